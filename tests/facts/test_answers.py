"""What is asked of a project: states, computed values, queries, checks; and that reads tell all that was looked at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.brief.evaluate import evaluate
from reportgen.brief.problems import problems
from reportgen.brief.subjects import outcomes, rulings
from reportgen.facts.answers import Answers, Computed, query_key
from reportgen.facts.view import View
from reportgen.model.dataset import Query
from reportgen.model.edtf import parse_edtf
from reportgen.model.fact import Status
from reportgen.model.lock import Lock, LockEntry
from reportgen.model.project import Project
from reportgen.quantities.formula import CheckVerdict
from reportgen.rebuild.digest import digest
from tests.brief.project import BRIEF, FILES, answers_of, brief, fake_cite, loaded

FACTS = "content/facts/sea.yaml"
ARCHIVE = {
    "content/sources/archive.yaml": "".join(
        f"{id}: [{{sha256: {digit * 64}, media_type: text/plain}}]\n"
        for id, digit in (("report-2020", "a"), ("paper-2021", "b"))
    )
}


def verified(project: Project, *, but: str = "") -> Project:
    """The project with a lock that has found every quote, but those of one fact."""
    shas = {"report-2020": "a" * 64, "paper-2021": "b" * 64}
    entries = tuple(
        LockEntry(e.source, e.prefix, e.quote, e.suffix, shas[e.source], 0, 9)
        for fact in project.facts.values()
        for e in fact.evidence
        if fact.id != but
    )
    return replace(project, lock=Lock(entries))


def states(project: Project, as_of: date = date(2026, 11, 22)) -> dict[str, str]:
    answers = answers_of(project, as_of)
    return {id: answers.standing(id).status.value for id in project.facts}


def with_more(facts: str = "", **files: str) -> Project:
    named = {f"content/{name}.yaml": text for name, text in files.items()}
    return loaded({**ARCHIVE, FACTS: FILES[FACTS] + facts, **named})


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # Whether a brief prints them or not.
        ("note: Seven of 9 boats.", ["typed-number 2:18"]),
        ('note: "One in {en: 9}"', ["typed-number 2:22"]),
        ("reading: {en: As 14., ru: 'Так {{ fact(\"x\") }}'}", ["typed-number 2:20", "unknown-fact 2:43"]),
        ("note: In 2020 the boats were counted.", []),
        ("claim: After 2020 boats were many.", ["digit-in-claim 2:16"]),
        ("claim: In 2020, boats were many.", []),
        ("claim: After ٢٠٢٠ boats were many.", ["digit-in-claim 2:16"]),
        ("claim: In ٢٠٢٠, boats were many.", []),
    ],
)
def test_what_is_said_of_facts_types_no_number(facts: str, expected: list[str]) -> None:
    claim = "" if facts.startswith("claim") else "  claim: Boats.\n"
    text = f"- id: said\n  {facts}\n{claim}  evidence: [{{source: report-2020, quote: fourteen boats}}]\n"
    found = problems(answers_of(loaded({"content/facts/said.yaml": text})))
    assert [f"{p.code} {p.span.line}:{p.span.column}" for p in found] == expected


def test_states() -> None:
    found = states(verified(loaded(ARCHIVE)))
    assert found["share-2020"] == found["fish"] == "verified"
    assert found["rise"] == found["rise-twice"] == "computed"
    assert set(states(loaded()).values()) == {"unverified"}
    unsure = states(verified(loaded(ARCHIVE), but="share-2020"))
    assert (unsure["share-2020"], unsure["share-2021"]) == ("unverified", "verified")
    assert unsure["rise"] == unsure["rise-twice"] == "unverified"


def test_a_computed_value_takes_the_worst_state_and_says_whose() -> None:
    project = verified(loaded(ARCHIVE), but="share-2020")
    answers = answers_of(project)
    assert answers.standing("rise-twice").because == (("fact", "share-2020"),)
    assert answers.standing_of(("rise-twice", "share-2020", "boats-2020")).because == (("fact", "share-2020"),)


def test_the_order_of_the_states() -> None:
    dispute = "- {id: c, facts: [share-2020, share-2021], reason: Because.}\n"
    overdue = FILES[FACTS].replace("  value: 6.17\n", "  value: 6.17\n  review_by: 2020-12\n")
    overdue = overdue.replace("  value: 14\n", "  value: 14\n  review_by: 2020-12\n")
    project = loaded({**ARCHIVE, FACTS: overdue, "content/conflicts.yaml": dispute})
    found = states(verified(project))
    assert (found["share-2020"], found["share-2021"], found["boats-2020"]) == ("disputed", "disputed", "overdue")
    assert found["rise"] == "disputed"
    assert states(verified(project, but="share-2021"))["rise"] == "unverified"
    assert answers_of(verified(project)).standing("share-2020").because == (("conflict", "c"),)


@pytest.mark.parametrize(
    ("review_by", "as_of", "status"),
    [
        ("2020-12", date(2020, 12, 31), "verified"),
        ("2020-12", date(2021, 1, 1), "overdue"),
        ("2020-12-05", date(2020, 12, 5), "verified"),
        ("2020-12-05", date(2020, 12, 6), "overdue"),
        ("2020", date(2020, 12, 31), "verified"),
        ("2020", date(2021, 1, 1), "overdue"),
    ],
)
def test_age(review_by: str, as_of: date, status: str) -> None:
    facts = FILES[FACTS].replace("  value: 14\n", f"  value: 14\n  review_by: {review_by}\n")
    assert states(verified(loaded({**ARCHIVE, FACTS: facts})), as_of)["boats-2020"] == status
    measures = FILES["content/measures.yaml"].replace("unit: boat,", f"unit: boat, review_by: {review_by},")
    project = verified(loaded({**ARCHIVE, "content/measures.yaml": measures}))
    assert states(project, as_of)["boats-2020"] == status
    own = FILES[FACTS].replace("  value: 14\n", "  value: 14\n  review_by: 2030\n")
    both = loaded({**ARCHIVE, "content/measures.yaml": measures, FACTS: own})
    assert states(verified(both), as_of)["boats-2020"] == "verified"


def test_a_review_that_is_due_is_a_notice_with_its_place() -> None:
    facts = FILES[FACTS].replace("  value: 14\n", "  value: 14\n  review_by: 2020-12\n")
    project = verified(loaded({**ARCHIVE, FACTS: facts}))
    (due,) = problems(answers_of(project, date(2021, 1, 1)))
    assert (due.code, due.severity) == ("overdue", "notice")
    assert "boats-2020" in due.message
    assert due.span.line == facts[: facts.index("review_by")].count("\n") + 1
    assert problems(answers_of(project, date(2020, 12, 31))) == ()


def test_a_failed_check_disputes_the_facts_that_it_names() -> None:
    rule = '- {{id: k, assert: "[share-2020] {0} [share-2021]", message: Odd, severity: {1}}}\n'
    failing = with_more(checks=rule.format(">", "error"))
    answers = answers_of(verified(failing))
    assert answers.standing("share-2020") == answers.standing("share-2021")
    assert answers.standing("share-2020").because == (("check", "k"),)
    assert answers.standing("rise").status is Status.DISPUTED
    (problem,) = problems(answers)
    assert (problem.code, problem.severity, problem.message) == ("check-failed", "error", 'the check "k" fails: Odd')
    (notice,) = problems(answers_of(with_more(checks=rule.format(">", "warning"))))
    assert (notice.code, notice.severity) == ("check-failed", "notice")
    assert problems(answers_of(with_more(checks=rule.format("<", "error")))) == ()


def test_an_undecided_check_is_a_notice_and_disputes_nothing() -> None:
    bound = FILES[FACTS].replace(
        "  value: 14\n", '  value: 14\n  relation: ">"\n  reading: The count of 14 boats leaves out those at sea.\n'
    )
    checks = '- {id: k, assert: "[boats-2020] > 20 boat", message: Odd.}\n'
    project = verified(loaded({**ARCHIVE, FACTS: bound, "content/checks.yaml": checks}))
    (problem,) = problems(answers_of(project))
    assert (problem.code, problem.severity) == ("check-undecided", "notice")
    assert problem.message == 'the check "k" is undecided: Odd'
    assert states(project)["boats-2020"] == "inferred"
    view = View(answers_of(project))
    (outcome,) = outcomes(view, "en")
    assert outcome.verdict is CheckVerdict.UNDECIDED
    assert ("verdict", "k") in view.reads


def test_the_reason_of_a_ruling_is_printed_like_any_text() -> None:
    said = "- {id: k, facts: [share-2020, share-2021], reason: \"It was {{ fact('share-2020') }}, *at most*.\"}\n"
    (ruling,) = rulings(View(answers_of(loaded({"content/conflicts.yaml": said}))), "en")
    assert "{" not in ruling.reason
    assert "*" not in ruling.reason
    assert claimed(FILES[FACTS], "share-2020") in ruling.reason


def claimed(text: str, id: str) -> str:
    """The number that a fact of the file has."""
    found = re.search(rf"id: {id}\n(?:.*\n)*?  value: (\S+)", text)
    assert found
    return found[1]


def test_formulas_without_a_value_are_told_once_at_their_place() -> None:
    more = (
        '- {id: bad, claim: "It is {value}.", formula: "[boats-2020] + [share-2020]"}\n'
        '- {id: worse, claim: "It is {value}.", formula: "[bad] * 2"}\n'
        '- {id: wordy, claim: "It is {value}.", formula: "2 * [fish]"}\n'
    )
    checks = '- {id: k, assert: "[opened] > 2", message: Odd}\n'
    found = problems(answers_of(with_more(more, checks=checks)))
    line = FILES[FACTS].count("\n")
    assert [(p.code, p.span.line - line, p.span.column, p.message) for p in found] == [
        ("bad-formula", 1, 48, '"bad": boat and percent cannot be added, subtracted or compared'),
        ("bad-formula", 3, 55, '"wordy": "fish" has no number to compute with'),
        ("bad-formula", 1 - line, 21, 'the check "k": "opened" has no number to compute with'),
    ]


def test_inputs_are_exactly_what_a_formula_reaches() -> None:
    answers = answers_of(loaded())
    assert answers.computed("rise-twice").inputs == ("rise", "share-2021", "share-2020")
    assert answers.computed("share-2020").inputs == ()
    assert answers.computed("nothing") == Computed(None, (), 'no fact has the id "nothing"')


def test_queries() -> None:
    more = """\
- {id: later, claim: "It was {value}.", measure: share, place: CA, value: 7, unit: percent, as_of: 2021-06,
   evidence: [{source: report-2020, quote: "it was 7%"}]}
- {id: early, claim: "It was {value}.", measure: share, place: CA, value: 8, unit: percent, as_of: 2020/2021,
   evidence: [{source: report-2020, quote: "it was 8%"}]}
- {id: gone, claim: "It was {value}.", measure: share, place: CA, value: 9, unit: percent, rank: deprecated,
   evidence: [{source: report-2020, quote: "it was 9%"}]}
"""
    answers = answers_of(with_more(more))

    def ask(query: Query) -> object:
        return answers.answer(query_key(query))

    assert ask(Query(measure=("share",))) == ("early", "share-2020", "share-2021", "later")
    assert ask(Query(measure=("share",), place=("CA",))) == ("early", "later")
    assert ask(Query(measure=("share",), as_of=parse_edtf("2021"))) == ("share-2021", "later")
    assert ask(Query(measure=("share",), as_of=parse_edtf("2020/2021"))) == (
        "early",
        "share-2020",
        "share-2021",
        "later",
    )
    assert ask(Query(facts=("later", "boats-2020"))) == ("later", "boats-2020")
    assert ask(Query(measure=("nothing",))) == ()


# Reads

TEXTS = (
    '{{ fact("boats-2020") }}',
    '{{ fact("fish") }} [@unused]',
    '{{ calc("[share-2021] / [share-2020]") }}',
    '{{ fact("rise-twice") }}',
    '{{ chart("shares-chart") }}',
    '{{ table("shares") }}',
    '{{ quote("opened") }}',
    "Seven boats in 2021.",
)
# Each a file, words in it, and what they turn into: the project still loads.
CHANGES = (
    (FACTS, "14", "15"),
    (FACTS, "  value: 6.17\n", "  value: 7\n  reading: The 6.17% of the text is a slip of the pen.\n"),
    (FACTS, "carp | bream", "carp"),
    (FACTS, "The fish was", "The catch was"),
    (FACTS, "2020-06-25", "2020-06"),
    (FACTS, "[rise] * 2", "[rise] * 3"),
    (FACTS, "It opened on", "It was opened on"),
    ("content/measures.yaml", "Share of the catch", "The catch's share"),
    ("content/measures.yaml", "unit: boat, comp", "unit: boat, review_by: 2020, comp"),
    ("content/measures.yaml", "- {id: kind,", "- {id: herds, label: Herds, kind: number, unit: herd}\n- {id: kind,"),
    ("content/units.yaml", "en: boats", "en: vessels"),
    ("content/sources/sources.yaml", "title: A report", "title: The report"),
    ("content/sources/sources.yaml", "issued: 2021-02", "issued: 2021-03"),
    ("content/sources/sources.yaml", "family: Dry", "family: Wet"),
    ("content/data/sea.yaml", "measure: share", "measure: share, as_of: 2021"),
    ("content/charts/sea.yaml", "title: Shares", "title: The shares"),
    ("content/site.yaml", "AR: Aral", "AR: The Aral"),
    ("content/site.yaml", "publisher: Aral Desk", "publisher: Desk"),
    ("content/site.yaml", "G20]", "G20, Seven]"),
    ("content/conflicts.yaml", "", "- {id: c, facts: [share-2020, share-2021], preferred: share-2020, reason: So.}\n"),
    ("content/checks.yaml", "", '- {id: k, assert: "[share-2020] > [share-2021]", message: Odd, severity: warning}\n'),
)  # fmt: skip


def changed(change: tuple[str, str, str]) -> Mapping[str, str]:
    path, old, new = change
    before = FILES.get(path, "")
    assert old in before
    return {path: before.replace(old, new) if old else new}


def seen(text: str, files: Mapping[str, str]) -> tuple[View, str, Answers]:
    project = verified(loaded({**ARCHIVE, **files, BRIEF: brief(text)[BRIEF]}))
    answers = answers_of(project)
    view = View(answers)
    found = evaluate(project.briefs["sea"], view, fake_cite)
    assert [p for p in found.diagnostics if p.severity == "error"] == []
    return view, digest(found.brief), answers


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4, unique=True), st.sampled_from(CHANGES))
def test_equal_reads_make_equal_briefs(texts: list[str], change: tuple[str, str, str]) -> None:
    """A change of what an evaluation came to shows in what it read."""
    text = "\n\n".join(texts)
    view, before, answers = seen(text, {})
    _, after, others = seen(text, changed(change))
    moved = {key for key in view.reads if digest(answers.answer(key)) != digest(others.answer(key))}
    if not moved:
        assert before == after


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change[2].strip()[:40])
def test_every_change_shows_somewhere(change: tuple[str, str, str]) -> None:
    """The changes above are no empty ones: each turns the whole page into another, or is of no use to any."""
    text = "\n\n".join(TEXTS)
    view, before, answers = seen(text, {})
    _, after, others = seen(text, changed(change))
    moved = {key for key in view.reads if digest(answers.answer(key)) != digest(others.answer(key))}
    assert moved
    assert before != after or re.search("herds|Seven|review_by|kind", str(change))


def test_an_unrelated_fact_changes_no_read() -> None:
    view, _, answers = seen('{{ fact("fish") }} and {{ calc("[share-2021] * 2") }}', {})
    for change in CHANGES[:2]:
        _, _, others = seen('{{ fact("fish") }} and {{ calc("[share-2021] * 2") }}', changed(change))
        assert {key: digest(answers.answer(key)) for key in view.reads} == {
            key: digest(others.answer(key)) for key in view.reads
        }


def test_a_view_keeps_what_it_is_asked() -> None:
    answers = answers_of(loaded())
    facts = answers.project.facts
    view = View(answers)
    assert view.time_of(facts["boats-2020"]) is not None
    assert view.reads == {("source", "report-2020")}
    view = View(answers)
    formula = facts["rise-twice"].formula
    assert formula is not None
    view.compute(formula)
    assert view.reads == {("units",), ("computed", "rise")}
    view = View(answers)
    view.standing_of(("rise", "fish"))
    assert view.reads == {("standing", "rise"), ("standing", "fish")}
    view = View(answers)
    assert view.fact("nothing") is None
    assert not view.has_image("nothing.png")
    assert view.reads == {("fact", "nothing"), ("image", "nothing.png")}
