"""A brief as a whole: letters, entries, key figures, figures and references to them, drafts, notes of facts."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.brief.evaluate import Evaluation, evaluate
from reportgen.brief.printing import letter_runs, letters
from reportgen.facts.view import View
from reportgen.language.phrases import unmarked
from reportgen.load.files import MemoryFiles
from reportgen.load.project import load
from reportgen.model.evaluated import FIRST_INSERT, FigureBlock, Mark, NumberKind, ReferenceMark
from tests.brief.project import BRIEF, FILES, answers_of, brief, evaluated, fake_cite, loaded, told


def marks(found: Evaluation, html: str) -> list[Mark]:
    items = [found.brief.inserts[ord(c) - FIRST_INSERT] for c in html if ord(c) >= FIRST_INSERT]
    return [item for item in items if isinstance(item, Mark)]


def letters_of(found: Evaluation) -> dict[str, str]:
    return {entry.fact or "calc": entry.letter for entry in found.brief.entries}


def test_letters_follow_the_order_of_reading() -> None:
    found = evaluated(
        'A {{ fact("share-2021") }}[^1] and {{ fact("opened") }}.\n\n'
        '[^1]: N {{ fact("cost-2021") }}.\n\nB {{ fact("boats-2020") }} {{ calc("[boats-2020] * 2") }}.\n',
        "abstract: 'S {{ fact(\"fish\") }}'\nkey_messages: ['M {{ fact(\"share-2020\") }}']\n"
        "key_figure: {fact: boats-2020, label: boats}\nsubtitle: 'T {{ fact(\"rise\") }}'\n",
    )
    assert told(found) == []
    order = ["rise", "fish", "share-2020", "boats-2020", "share-2021", "opened", "calc", "cost-2021"]
    assert letters_of(found) == dict(zip(order, "abcdefgh", strict=True))
    anchors = [f"fact-{id}" if id != "calc" else "calc-boats-2020-times-2" for id in order]
    assert [entry.anchor for entry in found.brief.entries] == anchors


def test_one_entry_a_fact_and_a_computation() -> None:
    found = evaluated(
        '{{ fact("boats-2020") }} {{ fact("boats-2020", show="words") }} {{ fact("boats-2020", cite=false) }}\n'
        '{{ calc("[share-2021] - [share-2020]") }} {{ calc("[share-2021]-[share-2020]", decimals=1) }}\n'
        '{{ calc("[share-2020] - [share-2021]") }} {{ fact("rise") }}\n'
    )
    assert [entry.fact for entry in found.brief.entries] == ["boats-2020", "", "", "rise"]
    assert [mark.entry for mark in marks(found, found.brief.body)] == [0, 0, 0, 1, 1, 2, 3]
    assert [number.text for number in found.brief.numbers] == [
        "14\u00a0boats", "fourteen", "14\u00a0boats", "11.93\u00a0pp", "11.9\u00a0pp",
        "−11.93\u00a0pp", "11.93\u00a0pp",
    ]  # fmt: skip
    assert found.brief.numbers[3].facts == ("share-2021", "share-2020")
    assert found.brief.facts == ("boats-2020", "share-2021", "share-2020", "rise")


def test_numbers_know_where_they_stand() -> None:
    found = evaluated('One.\n\nTwo {{ fact("boats-2020") }} {{ typed("31-VII", reason="a law") }}\n')
    assert [(n.kind, n.file, n.line, n.column) for n in found.brief.numbers] == [
        (NumberKind.FACT, BRIEF, 7, 5), (NumberKind.WAIVER, BRIEF, 7, 30),
    ]  # fmt: skip


def test_key_figures() -> None:
    front = (
        'key_figure:\n  - {fact: share-2021, label: of it}\n  - {calc: "[share-2021] - [share-2020]", label: more}\n'
    )
    found = evaluated("Water.", front + '  - {value: \'fact("boats-2020", show="words")\', label: boats}\n')
    assert told(found) == []
    assert [marks(found, figure.value)[0].text for figure in found.brief.key_figures] == [
        "18.10%", "11.93\u00a0pp", "fourteen",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("key_figure: {fact: share-202, label: x}", '4:20 unknown-fact no fact has the id "share-202"'),
        ('key_figure: {calc: "[share-2021] - [boats]", label: x}', '4:37 unknown-fact no fact has the id "boats"'),
        ('key_figure: {calc: "[share-2021] +", label: x}', "4:34 bad-formula here the formula ends where"),
        ("key_figure:\n  - {value: 14 boats, label: x}", "5:13 template-syntax"),
        ("abstract: >-\n  One\n  {{ fact('no') }}", '6:12 unknown-fact no fact has the id "no"'),
        ('abstract: "{{ chart(\'shares-chart\') }}"', "4:12 block-not-alone chart() prints a block"),
        ('subtitle: "A note[^1]"', "4:18 note-not-here a note can be called in"),
    ],
)  # fmt: skip
def test_mistakes_in_front_matter(front: str, expected: str) -> None:
    found = [line for line in told(evaluated("Water.", front + "\n")) if "typed-number" not in line]
    assert len(found) == 1
    assert found[0].startswith(expected)


@pytest.mark.parametrize(
    ("words", "column"),
    [
        ("- a", 12),
        ("## a", 12),
        ("> a", 12),
        ("| a | b |", 12),
        ("1. a\\n2. b", 12),
        ("a\\n- b", 15),
        ("\\u00e9\\n1) b", 20),
    ],
)
@pytest.mark.parametrize("key", ["abstract", "key_messages"])
def test_marks_of_blocks_in_a_text_of_one_paragraph(key: str, words: str, column: int) -> None:
    text = f'"{words}"'
    front = f"abstract: {text}" if key == "abstract" else f"key_messages:\n- {text}"
    line, at = (4, column) if key == "abstract" else (5, column - 8)
    found = [problem for problem in told(evaluated("Text.", front + "\n")) if "too-few" not in problem]
    assert [problem.split(" is printed")[0][: len(f"{line}:{at}")] for problem in found] == [f"{line}:{at}"], found
    assert all("warning unread-mark" in problem for problem in found)


def test_a_title_and_an_abstract_may_begin_with_a_year_or_a_dash() -> None:
    assert told(evaluated("Text.", 'abstract: "2021. A year – and *a* day."\n')) == []


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# A\n\n## B\n\n# C\n\n###### D", [2, 3, 2, 6]),
        ("# A\n\n## B\n\n### C", [2, 2, 3]),
        ("## A\n\n### B", [2, 3]),
        ("A\n===\n\nB\n---\n\n> # C", [2, 3, 2]),
    ],
)
def test_the_first_level_is_the_title_s(text: str, levels: list[int]) -> None:
    found = evaluated(text)
    assert [section.level for section in found.brief.sections] == levels
    assert [int(level) for level in re.findall(r"<h(\d)", found.brief.body)] == levels


def test_a_heading_is_listed_without_its_links_and_anchors() -> None:
    heading = "## A [b](https://a.example/ 'c > d') and **e**{#own}[^n] of HTML [@report-2020]"
    found = evaluated(f"{heading}\n\n[^n]: Note.\n\n*[HTML]: a language\n")
    assert [section.title for section in found.brief.sections] == ["A b and <strong>e</strong> of HTML"]


def test_references_before_and_after_the_figure() -> None:
    charts = FILES["content/charts/sea.yaml"]
    other = charts.replace("shares-chart", "other").replace("bar", "table").replace("x: as_of, y: value, ", "")
    found = evaluated(
        'See {{ ref("shares-chart") }} and {{ ref("other") }}, {{ ref("shares") }}.\n\n{{ table("other") }}\n\n'
        '{{ chart("shares-chart") }}\n\n{{ table("shares") }}\n\nAs {{ ref("shares-chart") }} shows.\n',
        "abstract: 'See {{ ref(\"other\") }}'\n",
        {"content/charts/other.yaml": other},
    )
    assert told(found) == []
    shown = [item for item in found.brief.inserts if isinstance(item, ReferenceMark)]
    assert [(item.text, item.anchor) for item in shown] == [
        ("Table 1", "figure-other"), ("Figure 1", "figure-shares-chart"), ("Table 1", "figure-other"),
        ("Table 2", "figure-shares"), ("Figure 1", "figure-shares-chart"),
    ]  # fmt: skip
    assert [figure.name for figure in found.brief.figures] == ["Table 1", "Figure 1", "Table 2"]
    blocks = [item.figure for item in found.brief.inserts if isinstance(item, FigureBlock)]
    assert blocks == [0, 1, 2]


def test_references_in_other_languages() -> None:
    for lang, name in (("ru", "Рисунок 1"), ("kk", "1-сурет"), ("fr", "Figure 1")):
        called = '{{ chart("shares-chart") }}\n\n{{ ref("shares-chart") }} {{ ref("shares-chart", show="number") }}'
        found = evaluated(called, f"lang: {lang}\n")
        shown = [item.text for item in found.brief.inserts if isinstance(item, ReferenceMark)]
        assert [unmarked(text) for text in shown] == [name, "1"]
        assert (shown == [name, "1"]) is (lang != "fr")  # marked as English


def test_a_draft_is_warned_of_typed_numbers() -> None:
    text = 'Of 14 boats. {{ fact("nothing") }}'
    draft = evaluated(text, "status: draft\n")
    assert [(p.code, p.severity) for p in draft.diagnostics] == [("unknown-fact", "error"), ("typed-number", "warning")]
    assert draft.brief.draft
    assert [p.severity for p in evaluated(text).diagnostics] == ["error", "error"]


def test_in_a_draft_every_typed_number_warns() -> None:
    text = '{{ 14 }} and {{ "9 boats" }}, *9* &#57;\n\n<span title="9 boats">so</span>\n\n{{ chart("shares-chart") }}'
    files = {"content/charts/sea.yaml": FILES["content/charts/sea.yaml"].replace("alt: Bars", "alt: Bars, note: Of 8")}
    front = (
        "status: draft\nsubtitle: Of 7\nkey_messages: [Of 6, Of 5]\nchanges: [{date: 2026-11-21, text: Of 4 more}]\n"
    )
    found = [(p.code, p.severity) for p in evaluated(text, front, files).diagnostics]
    assert found == [("typed-number", "warning")] * 10


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Of ₸82 billion.", 'write {{ fact("cost-2021") }}'),
        ("Of 82,000,000,000 tenge.", 'write {{ fact("cost-2021") }}'),
        ("Of 82 000 000 000 KZT.", 'write {{ fact("cost-2021") }}'),
        ("Of 82bn.", 'write {{ fact("cost-2021") }}'),
        ("Of 0.082 trillion tenge.", 'write {{ fact("cost-2021") }}'),
        ("Of 6,17 %.", 'write {{ fact("share-2020") }}'),
        ("Of 18.1 per cent.", 'write {{ fact("share-2021") }}'),
        ("From 6.17% to 9%.", 'write {{ fact("share-2020") }}'),
        ("Of fourteen boats.", 'write {{ fact("boats-2020", show="words") }}'),
        ("Of eighty-two billion tenge.", 'write {{ fact("cost-2021", show="words") }}'),
        ("Of 14 MW.", "add one to content/facts/"),
        ("Of 82 million tenge.", "add one to content/facts/"),
        ("Of 14 boats.", 'write {{ fact("boats-2020") }}'),
        ("Of 6.17% of it.", 'write {{ fact("share-2020") }}'),
        ("Of 82 billion.", 'write {{ fact("cost-2021") }}'),
        ("Of 99 boats.", 'print it from a fact: add one to content/facts/ and write {{ fact("its-id") }} here'),
        ("In FY14 it rose.", 'if "FY14" is a name, add it to names in content/site.yaml'),
        ("Of KZT82 billion.", 'write {{ fact("cost-2021") }}'),
        ("The G7.", 'if "G7" is a name, add it to names in content/site.yaml'),
    ],
)
def test_the_hint_of_a_typed_number(text: str, hint: str) -> None:
    assert hint in told(evaluated(text))[0]


@pytest.mark.parametrize(
    ("lang", "text", "id"),
    [
        ("ru", "Всего 82 млрд тенге.", "cost-2021"),
        ("ru", "Рост на 6,17 %.", "share-2020"),
        ("ru", "Всего 82 000 000 000 тенге.", "cost-2021"),
        ("kk", "Барлығы 82 миллиард теңге.", "cost-2021"),
        ("kk", "Барлығы 18,1 пайыз.", "share-2021"),
    ],
)
def test_the_hint_reads_other_languages(lang: str, text: str, id: str) -> None:
    (line,) = told(evaluated(text, f"lang: {lang}\n"))
    assert f'write {{{{ fact("{id}") }}}}' in line


def test_an_orcid_is_one() -> None:
    files = {**FILES, **brief("Text.", "authors: [{name: Ai Cha, orcid: abc}]\n")}
    _, problems = load(MemoryFiles(files), read_style=lambda _: "")
    found = [problem for problem in problems if problem.severity == "error"]
    assert [(p.span.line, 'names "abc" as an ORCID, and it is none' in p.message) for p in found] == [(4, True)]
    for orcid in ("0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-009X"):
        assert told(evaluated("Text.", f"authors: [{{name: Ai Cha, orcid: {orcid}}}]\n")) == []


def test_private_use_characters_are_errors() -> None:
    project = loaded()
    odd = replace(project.briefs["sea"], body="Wa\U000f0000ter \ue000.")
    (problem,) = evaluate(odd, View(answers_of(project)), fake_cite).diagnostics
    assert (problem.code, problem.span.line, problem.span.column) == ("private-character", 5, 3)


def test_notes_and_readings_of_facts_are_texts() -> None:
    facts = FILES["content/facts/sea.yaml"].replace(
        "  value: 14\n",
        '  value: 14\n  note: Said *twice*, in "May".\n  reading: {en: As -- it stands, ru: Так и есть там}\n',
    )
    entry = evaluated('{{ fact("boats-2020") }}', files={"content/facts/sea.yaml": facts}).brief.entries[0]
    assert entry.note == "Said <em>twice</em>, in “May”."
    assert entry.reading == "As – it stands"


def test_a_reading_repeats_what_its_quotes_print() -> None:
    old = '  value: 14\n  evidence: [{source: report-2020, quote: "14 boats were at work"}]\n'
    new = old.replace("14\n", "15\n  reading: The 14 boats and a ferry.\n")
    assert old in FILES["content/facts/sea.yaml"]
    facts = FILES["content/facts/sea.yaml"].replace(old, new)
    found = evaluated('{{ fact("boats-2020") }}', files={"content/facts/sea.yaml": facts})
    assert told(found) == []
    assert found.brief.entries[0].reading == 'The <span data-n="quote">14</span> boats and a ferry.'
    facts = facts.replace("  reading:", "  note: Then 14.\n  reading:")
    found = evaluated('{{ fact("boats-2020") }}', files={"content/facts/sea.yaml": facts})
    assert [problem.code for problem in found.diagnostics] == ["typed-number"]


def test_a_block_may_end_a_text_with_notes() -> None:
    found = evaluated('Boats.[^1]\n\n[^1]: A note.\n\n{{ chart("shares-chart") }}\n')
    assert told(found) == []
    assert not found.brief.body.endswith("</p>")


def test_a_draft_owes_what_is_said_of_its_facts() -> None:
    facts = FILES["content/facts/sea.yaml"].replace("  value: 14\n", "  value: 14\n  note: Twice 7.\n")
    files = {"content/facts/sea.yaml": facts}
    (problem,) = evaluated('{{ fact("boats-2020") }}', "status: draft\n", files).diagnostics
    assert (problem.severity, problem.span.file) == ("error", "content/facts/sea.yaml")


def test_labels_of_charts_are_texts() -> None:
    chart = FILES["content/charts/sea.yaml"].replace(
        "alt: Bars", "alt: \"At {{ fact('share-2021') }}\", labels: {share-2020: \"*First* -- {{ fact('fish') }}\"}"
    )
    found = evaluated('{{ chart("shares-chart") }}', files={"content/charts/sea.yaml": chart})
    assert told(found) == []
    figure = found.brief.figures[0]
    assert figure.alt == "At 18.10%"
    assert figure.rows[0].cells[0].text == "First – carp | bream"


def test_a_deprecated_fact_in_a_chart_is_an_error() -> None:
    facts = FILES["content/facts/sea.yaml"].replace("value: 6.17", "rank: deprecated\n  value: 6.17")
    facts = facts.replace("[share-2021] - [share-2020]", "[share-2021] * 1")
    data = "{id: shares, query: {facts: [share-2020, share-2021]}}\n"
    files = {"content/facts/sea.yaml": facts, "content/data/sea.yaml": data}
    found = evaluated('{{ chart("shares-chart") }}', files=files)
    assert [p.code for p in found.diagnostics] == ["deprecated-fact"]
    assert found.diagnostics[0].span.file == "content/data/sea.yaml"
    asked = evaluated('{{ chart("shares-chart") }}', files={"content/facts/sea.yaml": facts})
    assert told(asked) == []
    assert [row.fact for row in asked.brief.figures[0].rows] == ["share-2021"]


def test_conflicts_print_both_values_and_the_preferred_one() -> None:
    rules = '- {id: c, facts: [share-2020, share-2021], preferred: share-2021, reason: "So -- we think"}\n'
    found = evaluated('{{ conflict("c") }}', files={"content/conflicts.yaml": rules})
    assert told(found) == []
    (conflict,) = found.brief.conflicts
    assert (conflict.title, conflict.reason) == ("Share of the catch", "So – we think")
    assert [(side.fact, side.preferred) for side in conflict.sides] == [("share-2020", False), ("share-2021", True)]
    assert [marks(found, side.mark)[0].text for side in conflict.sides] == ["6.17%", "18.10%"]


def test_every_insert_of_a_text_is_known_and_stands_once() -> None:
    text = "".join(f'{{{{ fact("{id}") }}}} ' for id in ("boats-2020", "fish", "rise", "opened")) * 3
    found = evaluated(text + "[@unused]")
    used = re.findall("[\U000f0000-\U000ffffd]", found.brief.body)
    assert len(used) == len(set(used)) == len(found.brief.inserts) == 13


@given(st.integers(0, 2000))
def test_letters_go_on_after_z(number: int) -> None:
    text = letters(number)
    assert re.fullmatch("[a-z]+", text)
    value = 0
    for letter in text:
        value = value * 26 + ord(letter) - 96
    assert value == number + 1


def test_letters_in_runs() -> None:
    assert letter_runs([2, 5, 6, 7, 2]) == [(2, 2), (5, 7)]  # c, f–h
    assert letter_runs([0, 1]) == [(0, 0), (1, 1)]  # a, b


_TEXT = st.lists(
    st.sampled_from(
        ["Water ", "14 ", "2021 ", "**b** ", "`5` ", '{{ fact("boats-2020") }} ', "[@unused] ", "\n\n", "\n- ", "[^1] ",
         "\n\n[^1]: note 7\n\n", "| a | 9 |\n|--|--|\n", '"q" ', "fourteen boats ", "<b>3</b> ", "&#53; ", "\n# H 8\n",
         "{% if true %}", "{% endif %}", "{{ ", " }}", "[", "](", ")", "@", "5. ", "\\@", "{=#", "#=}", "€5 "]
    ),
    max_size=14,
)  # fmt: skip


@settings(deadline=None)
@given(_TEXT)
def test_whatever_is_typed_evaluates_and_is_told_within_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    project = loaded(brief(text))
    found = evaluate(project.briefs["sea"], View(answers_of(project)), fake_cite)
    lines = text.split("\n")
    for problem in found.diagnostics:
        span = problem.span
        assert 5 <= span.line < 5 + len(lines)
        assert 1 <= span.column <= len(lines[span.line - 5]) + 1
        if problem.code == "typed-number" and span.line == span.end_line and span.column > 1:
            written = lines[span.line - 5][span.column - 1 : span.end_column - 1]
            assert re.search(r"\d", written)


def test_a_year_before_a_noun_that_is_counted_is_told_apart() -> None:
    assert told(evaluated("In 2021, boats were many; after 2021 nobody sailed.\n")) == []
    (problem,) = told(evaluated("There were 2021 boats.\n"))
    assert problem.endswith("; a year is known as one where no unit and no noun that is counted follows it")


def test_a_day_of_report_is_not_the_time_of_what_says_its_own() -> None:
    """One input is of 2020 by its `as_of`; the other says no time, and its source is of 2021."""
    evidence = 'evidence: [{source: paper-2021, quote: "12 boats"}]'
    facts = "".join(
        f'- {{id: {id}, claim: "It had {{value}}.", value: 12, unit: boat, {time}{evidence}}}\n'
        for id, time in (("timed", "as_of: 2020, "), ("untimed", ""))
    )
    body = '{{ calc("[timed] + [untimed]", show="date") }} {{ calc("[untimed] * 2", show="date") }}'
    found = evaluated(body, files={"content/facts/timed.yaml": facts})
    assert [number.text for number in found.brief.numbers] == ["2020", "February 2021"]
