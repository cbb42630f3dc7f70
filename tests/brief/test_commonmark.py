r"""Each section of CommonMark's and GitHub's specifications by inputs of our own, read as cmark-gfm reads them.

The specifications' own examples are in no package that is installed here: `specification.py` counts them in a file.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from tests.brief.specification import DIFFERENT, report
from tests.brief.test_grammar import DIFFERENCES, ours, theirs

INPUTS = defaultdict[str, list[str]](list)
for line in (Path(__file__).parent / "commonmark.jsonl").read_text("utf-8").splitlines():
    INPUTS[json.loads(line)["section"]].append(json.loads(line)["text"])


@pytest.mark.parametrize("section", INPUTS)
def test_each_section_is_read_as_github_reads_it(section: str) -> None:
    assert [text for text in INPUTS[section] if ours(text) != theirs(text)] == []


def test_the_inputs_are_many_and_different() -> None:
    assert len(INPUTS) == 26
    assert all(len(texts) == len({*texts}) >= 3 for texts in INPUTS.values())
    assert sum(map(len, INPUTS.values())) > 300


def example(markdown: str, html: str) -> str:
    return f"{'`' * 32} example table\n{markdown}\n.\n{html}\n{'`' * 32}\n"


def test_examples_of_a_specification_are_counted() -> None:
    one, other = example("→a", "<pre><code>a\n</code></pre>"), example("*b*", "<p>b</p>")
    lines, expected = report(f"# Tabs\n{one}## Emphasis\n{other}# Raw HTML\n{other}<!-- END TESTS -->\n{one}")
    assert [line.split() for line in lines] == [
        *(["1", "of", "1", "Tabs"], ["0", "of", "1", "Emphasis"], ["0", "of", "1", "Raw", "HTML"]),
        *(["1", "of", "2", "outside", "of", "HTML"], ["2", "is", "read", "in", "another", "way"]),
    ]
    assert not expected
    assert report(one) == (["   1 of   1  ", "   1 of   1  outside of HTML"], True)
    assert not report(f"version: '0.31.2'\n{one}")[1], "its known differences are missing"
    assert {name for names in DIFFERENT.values() for name in names} <= {*DIFFERENCES, ""}
