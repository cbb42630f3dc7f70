from __future__ import annotations

from collections.abc import Mapping

import pytest

from reportgen.model.reads import ReadKey
from reportgen.rebuild.digest import ABSENT
from reportgen.rebuild.plan import Fresh, Stale, judge, wording
from reportgen.rebuild.trace import Read, Trace

VALUE, PAGE = "brief:a:evaluated", "brief:a:html"
NOW: dict[ReadKey, str] = {("fact", "x"): "1", ("fact", "y"): "1", ("template", "brief.html"): "1"}


def traced(*reads: tuple[ReadKey, str], value: str | None = None, **files: str) -> Trace:
    return Trace(tuple(Read(*read) for read in sorted(reads)), files, value)


def judged(*traces: Trace, settled: Mapping[str, Trace | None] | None = None, lost: str = "") -> Fresh | Stale:
    """PAGE judged; `settled` has the other targets, with None for one that is not settled."""

    def result_of(key: ReadKey) -> str | None:
        other = (settled or {}).get(key[1], ABSENT)
        return other.answer(key) if isinstance(other, Trace) else other

    return judge(PAGE, traces, lambda key: NOW.get(key, ABSENT), result_of, lambda sha: sha != lost)


def test_nothing_is_stale_where_all_reads_hold() -> None:
    value = traced((("fact", "x"), "1"), value="v")
    page = traced((("output", VALUE), "v"), page="p")
    assert judged(page, settled={VALUE: value}) == Fresh(page)


def test_reasons_are_those_of_the_nearest_trace() -> None:
    far = traced((("fact", "x"), "0"), (("fact", "y"), "0"))
    near = traced((("fact", "x"), "1"), (("fact", "y"), "7"))
    assert judged(far, near) == Stale(PAGE, ("fact y changed",))


def test_any_trace_will_do() -> None:
    old, new = traced((("fact", "x"), "1"), value="v"), traced((("fact", "x"), "2"), value="w")
    assert judged(new, old) == Fresh(old)


def test_an_unsettled_target_has_to_be_awaited() -> None:
    page = traced((("output", VALUE), "v"), page="p")
    assert judged(page, settled={VALUE: None}) == Stale(PAGE, (f"{VALUE} is stale",), (VALUE,), (page,))


def test_what_is_stale_anyway_awaits_nothing() -> None:
    page = traced((("output", VALUE), "v"), (("template", "brief.html"), "0"), page="p")
    assert judged(page, settled={VALUE: None}) == Stale(PAGE, ("template brief.html changed",))


def test_records_without_content_are_not_trusted() -> None:
    found = judged(traced((("fact", "x"), "1"), value="v"), lost="v")
    assert found == Stale(PAGE, ("its output is no longer in the cache",))


def test_targets_that_are_gone_are_absent() -> None:
    page = traced((("output", VALUE), "v"), page="p")
    assert judged(page) == Stale(PAGE, (f"what {VALUE} gives changed",))


@pytest.mark.parametrize(
    ("key", "seen", "now", "words"),
    [
        (("fact", "kz-farms"), "1", "2", "fact kz-farms changed"),
        (("fact", "kz-farms", "value"), "1", "2", "the value of fact kz-farms changed"),
        (("fact", "kz-farms"), ABSENT, "2", "there is now a fact kz-farms"),
        (("fact", "kz-farms"), "1", ABSENT, "there is no fact kz-farms any more"),
        (("template", "brief.html"), "1", "2", "template brief.html changed"),
        (("version", "weasyprint"), "1", "2", "the version of weasyprint changed"),
        (("setting", "title"), "1", "2", "the setting title changed"),
        (("query", '{"measure":["m"],"place":["KZ","US"],"as_of":""}'), "1", "2",
         "a new answer to the query measure m, place KZ US"),
        (("query", "all"), "1", "2", "a new answer to the query all"),
        (("style",), "1", "2", "the citation style changed"),
        (("part", "without", "cpc-2020"), "1", "2", "what without gives of cpc-2020 changed"),
    ],
)  # fmt: skip
def test_wording(key: ReadKey, seen: str, now: str, words: str) -> None:
    assert wording(key, seen, now) == words


def test_many_reasons_are_counted() -> None:
    assert Stale("a", ("1", "2", "3", "4", "5")).reason == "1; 2; 3; and 2 more"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("computed", "the value of a changed"),
        ("conflicts-of", "the conflicts of a are others than before"),
        ("dependents", "other facts are computed from a than before"),
        ("facts-of", "other facts rest on a than before"),
        ("standing", "the state of a changed"),
        ("verified", "whether the words of a were found changed"),
    ],
)
def test_what_is_asked_of_facts_is_told_in_words(kind: str, words: str) -> None:
    assert wording((kind, "a"), "1", "2") == words
