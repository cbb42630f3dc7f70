"""The time that the sentence of a quote says, outside of the words quoted, against that of the fact."""

from __future__ import annotations

import pytest

from reportgen.brief.lock_problems import time_problems
from reportgen.model.lock import LockEntry
from tests.brief.project import loaded

TOLD = [
    "2019|In April 2024 the port ||.",
    "2023||in Bergen|in the first five months of 2024.",
    "2019|In the summer of 2024 inspectors ||, more than ever.",
    "2010||| in 2015.",
    "2021-03|In May 2021 the port || and sold them.",
]
HONEST = [
    "2024|In April 2024 the port ||.",
    "2024-04|In April 2024 the port ||.",
    "2024|In 2019 it had none. The port ||.",
    "2024|The port || in all. In 2019 it had none.",
    "2019|The port ||, up from 26 in 2017.",
    "2019|Since 2010 the port ||.",
    "2019|Under the treaty of 1648 the port ||.",
    "2019|The port ||, compared with 12 in 2010.",
    "2019|From 2015 to 2020 the port || in all.",
    "2019|Between 2018 and 2020 the port || in all.",
    "2019|The port || in spring.",
    "2019|The port ||.",
    "2019|After 2017 the port ||.",
    "2019|Before 2020 the port ||.",
    "2019|The port, built in 1911, || of oak.",
    "2019|By 2017 rules the port || as lost; in 2019 too.",
    "2019|In 2018 and in 2019 the port ||.",
    "2019|In the year to 31 March 2019 the port ||.",
    "2019|On 4 May 2019 the port ||.",
    "2019-05|On 4 May the port ||.",
    "2019|Unlike in 2017, the port ||; that was 2019.",
    "2019|The port of 1,950 people ||.",
    "2019|Of its 2,024 berths the port ||.",
    "2019|The port || at 20:24.",
    "2019|The port || in 2018/19.",
    "2019|The port || in the season 2019–20.",
    "2019|Until 2021 the port || each year.",
    "2019|The port || as late as 2019.",
    "2019|In late 2019 the port ||.",
    "2019|In the third quarter of 2019 the port ||.",
    "2019~|In 2019 the port ||.",
    "2018/2020|In 2019 the port ||.",
    "2019|No. 2024 of the port ||.",
    "2019|In 2017 it closed; in 2019 the port ||.",
    "2019|Port | 2024 ||.",
    "2019|The report said it || on Monday.",
    "2019|The port || (2019).",
    "2019|The port || [2019].",
    "2019|In winter the port || and no more.",
    "2019|The port || more than in 2018.",
    "2019|The port || than in 2018.",
    "2019|At 2017 prices the port ||; all in 2019.",
]


def told(case: str) -> list[str]:
    as_of, before, *rest = case.split("|")
    if len(rest) > 3 or len(rest) < 2:
        before, rest = f"{before}|{rest[0]}", rest[1:]
    quote = "reported 28 boats"
    fact = '- {id: x, claim: "The port had {value}.", value: 28, unit: boat, as_of: ' + f'"{as_of}"'
    fact += f', evidence: [{{source: report-2020, quote: "{quote}"}}]}}\n'
    project = loaded({"content/facts/x.yaml": fact})
    entry = LockEntry("report-2020", "", quote, "", "0", 9, 29, before=before, after=" ".join(filter(None, rest)))
    return [each.message for each in time_problems(project.facts["x"], (entry,), project)]


@pytest.mark.parametrize("case", TOLD)
def test_another_time_of_the_sentence_is_told(case: str) -> None:
    (message,) = told(case)
    assert "the sentence of its quote says" in message


@pytest.mark.parametrize("case", HONEST)
def test_other_times_of_a_sentence_are_left_alone(case: str) -> None:
    assert told(case) == []
