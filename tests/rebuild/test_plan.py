from __future__ import annotations

import pytest

from reportgen.model.reads import ReadKey
from reportgen.rebuild.digest import ABSENT
from reportgen.rebuild.plan import Stale, plan, wording
from reportgen.rebuild.target import Target, TargetResult
from reportgen.rebuild.trace import Read, Trace, Traces

VALUE, PAGE = "brief:a:evaluated", "brief:a:html"
NOW: dict[ReadKey, str] = {("fact", "x"): "1", ("fact", "y"): "1", ("template", "brief.html"): "1"}


def traced(*reads: tuple[ReadKey, str], value: str | None = None, **files: str) -> Trace:
    return Trace(tuple(Read(*read) for read in sorted(reads)), files, value)


def planned(traces: Traces, names: tuple[str, ...] = (PAGE, VALUE), lost: str = "") -> list[Stale]:
    targets = [Target(name, lambda _: TargetResult()) for name in names]
    return plan(targets, traces, lambda key: NOW.get(key, ABSENT), lambda sha: sha != lost)


def test_nothing_is_stale_where_all_reads_hold() -> None:
    traces = {
        VALUE: (traced((("fact", "x"), "1"), value="v"),),
        PAGE: (traced((("output", VALUE), "v"), page="p"),),
    }
    assert planned(traces) == []


def test_reasons_are_those_of_the_nearest_trace() -> None:
    far = traced((("fact", "x"), "0"), (("fact", "y"), "0"))
    near = traced((("fact", "x"), "1"), (("fact", "y"), "7"))
    assert planned({VALUE: (far, near)}, (VALUE,)) == [Stale(VALUE, ("fact y changed",))]


def test_any_trace_will_do() -> None:
    old, new = traced((("fact", "x"), "1"), value="v"), traced((("fact", "x"), "2"), value="w")
    assert planned({VALUE: (new, old)}, (VALUE,)) == []


def test_what_is_read_comes_first_and_may_stop_the_change() -> None:
    traces = {
        VALUE: (traced((("fact", "x"), "0"), value="v"),),
        PAGE: (traced((("output", VALUE), "v"), page="p"),),
    }
    first, second = planned(traces)
    assert first == Stale(VALUE, ("fact x changed",))
    assert second == Stale(PAGE, (f"{VALUE} is stale",), awaits=(VALUE,))


def test_what_is_stale_anyway_awaits_nothing() -> None:
    traces = {
        VALUE: (traced((("fact", "x"), "0"), value="v"),),
        PAGE: (traced((("output", VALUE), "v"), (("template", "brief.html"), "0"), page="p"),),
    }
    assert Stale(PAGE, ("template brief.html changed",)) in planned(traces)


def test_records_without_content_are_not_trusted() -> None:
    traces = {VALUE: (traced((("fact", "x"), "1"), value="v"),)}
    assert planned(traces, (VALUE,), lost="v") == [Stale(VALUE, ("its output is no longer in the cache",))]


def test_records_that_read_each_other_end() -> None:
    traces = {
        VALUE: (traced((("output", PAGE), "p"), value="v"),),
        PAGE: (traced((("output", VALUE), "v"), value="p"),),
    }
    assert {stale.name for stale in planned(traces)} == {VALUE, PAGE}


def test_targets_that_are_gone_are_absent() -> None:
    traces = {PAGE: (traced((("output", VALUE), "v"), page="p"),)}
    assert planned(traces, (PAGE,)) == [Stale(PAGE, (f"what {VALUE} gives changed",))]


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
