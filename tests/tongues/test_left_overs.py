"""What a translation shows in another language for want of words: told where it stands, marked, listed, filled in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.brief.cited import Cite
from reportgen.brief.evaluate import evaluate
from reportgen.brief.left_overs import forms_of
from reportgen.citing.pandoc import Citeproc
from reportgen.desk.files import LaidOver
from reportgen.desk.translating import FilledRow, filled_in, lacking, read_filled, soundly_filled_in, table
from reportgen.diagnostics import Diagnostic, ReportError, Span
from reportgen.facts.answers import Answers
from reportgen.facts.view import View
from reportgen.language.unit_names import noun
from reportgen.language.units import unit_table
from reportgen.load.files import MemoryFiles
from reportgen.model.quantity import UnitForms
from reportgen.model.text import Text
from reportgen.pipeline import asked_of
from reportgen.rebuild.digest import digest
from tests.driver import Project, write_tree
from tests.tongues.undrawn import FALCONRY, Known, falconry

_RUSSIAN = re.compile(r', ru: (?:"[^"]*"|[^,}]*)')
FACTS, UNITS = "content/facts/falcons.yaml", "content/units.yaml"


@pytest.fixture(scope="module")
def citeproc() -> Iterator[Citeproc]:
    with Citeproc(known=Known()) as one:
        yield one


def asked(citeproc: Citeproc, changed: dict[str, str] | None = None) -> Answers:
    return asked_of(MemoryFiles(falconry(changed)), FALCONRY, None, citeproc)[0]


def told(answers: Answers, cite: Cite) -> tuple[str, list[str]]:
    """What the Russian brief comes to, whatever is marked in it, and the left-overs that are told of it."""
    brief = answers.project.briefs["falcons.ru"]
    found = evaluate(brief, View(answers), cite)
    entries = tuple(replace(entry, claim_lang="") for entry in found.brief.entries)
    codes = [f"{d.code} {d.span.file}:{d.span.line}" for d in found.diagnostics if d.code.startswith("missing-")]
    return digest(replace(found.brief, entries=entries)), codes


def test_each_text_without_the_language_is_told_if_the_page_shows_it(citeproc: Citeproc) -> None:
    whole, nothing = told(asked(citeproc), citeproc.format)
    assert nothing == []
    tried = 0
    for path in (FACTS, UNITS, "content/conflicts.yaml", "content/charts/falcons.yaml", "content/measures.yaml"):
        text = str(falconry()[path])
        for found in list(_RUSSIAN.finditer(text))[::2]:
            without = text[: found.start()] + text[found.end() :]
            now, codes = told(asked(citeproc, {path: without}), citeproc.format)
            line = text.count("\n", 0, found.start()) + 1
            changed = now != whole
            assert bool(codes) == changed, (path, line, codes)
            assert all(code.partition(" ")[2].startswith(path) for code in codes)
            tried += changed
    assert tried >= 7


def test_what_falls_back_says_its_language_on_the_page(citeproc: Citeproc) -> None:
    text = str(falconry()[FACTS]).replace(', ru: "Школа открылась {value}."', "")
    answers = asked(citeproc, {FACTS: text})
    brief = evaluate(answers.project.briefs["falcons.ru"], View(answers), citeproc.format).brief
    assert [entry.claim_lang for entry in brief.entries if entry.fact == "school"] == ["en"]
    assert {entry.claim_lang for entry in brief.entries if entry.fact != "school"} == {""}


@pytest.mark.parametrize(
    ("text", "lang", "spoken"),
    [
        (Text.of("A claim"), "ru", "en"),
        (Text.of("A claim"), "en-GB", ""),
        (Text.of("{value} (2021)"), "ru", ""),
        (Text((("en", "A"), ("ru", "Б"))), "ru-RU", ""),
        (Text((("ru", "Б"),)), "en", "ru"),
    ],
)
def test_the_language_that_a_text_falls_back_to(text: Text, lang: str, spoken: str) -> None:
    assert text.foreign(lang, "en") == spoken


def test_what_is_lacking_is_a_table_that_is_read_back_into_the_files(citeproc: Citeproc, tmp_path: Path) -> None:
    facts = str(falconry()[FACTS]).replace(', ru: "Школа открылась {value}."', "")
    facts = re.sub(r"claim: \{en: (\"\{value\} of the birds[^\"]*\")[^}]*\}[^}]*\}[^\n]*", r"claim: \1  # so", facts)
    units = str(falconry()[UNITS]).replace("few: {ru: сокола}", "few: {}").replace("    few: {}\n", "")
    answers = asked(citeproc, {FACTS: facts, UNITS: units})
    rows = lacking(answers, citeproc.format, "ru")
    assert [(row.text.id, row.text.key, row.shown) for row in rows] == [
        ("school", "claim", True),
        ("flown-2023", "claim", True),
        ("falcon", "plural.few", True),
        ("altai-weight", "claim", False),
    ] or {row.text.id for row in rows} == {"school", "flown-2023", "falcon", "altai-weight"}
    given = {"school": "Школа: {value}.", "flown-2023": "Птиц: {value}.", "falcon": "сокола"}
    filled = table((replace(row, filled=given.get(row.text.id, "")) for row in rows), "ru", "en")
    (tmp_path / "ru.csv").write_bytes(filled)
    named = (replace(row, filled=given.get(row.text.id, "")) for row in rows)
    (tmp_path / "ru.xlsx").write_bytes(table(named, "ru", "en", as_workbook=True))
    assert read_filled(tmp_path / "ru.xlsx", "ru") == read_filled(tmp_path / "ru.csv", "ru")
    write_tree(tmp_path, {FACTS: facts, UNITS: units})
    done, refused = filled_in(tmp_path, answers, "ru", read_filled(tmp_path / "ru.csv", "ru"))
    now = {change.name: (change.after or b"").decode() for change in done}
    assert not refused
    assert 'claim: {en: "{value} of the birds were flown at quarry.", ru: "Птиц: {value}."}  # so' in now[FACTS]
    assert 'ru: "Школа: {value}."' in now[FACTS]
    assert "ru: сокола" in now[UNITS] or 'ru: "сокола"' in now[UNITS]
    changed = set(now[FACTS].splitlines()) - set(facts.splitlines())
    assert len(changed) == 2
    again = asked(citeproc, now)
    assert {row.text.id for row in lacking(again, citeproc.format, "ru")} == {"altai-weight"}


def test_the_words_of_the_program_are_rows_that_go_into_a_file_of_their_own(citeproc: Citeproc, tmp_path: Path) -> None:
    path, given = "content/words/de.yaml", {"Briefs": "Berichte", "{} entries": "{} Einträge"}
    answers = asked(citeproc, {path: "# Ours\nFacts: Fakten\n"})
    rows = [row for row in lacking(answers, citeproc.format, "de") if row.text.owner == "words"]
    assert not [row for row in rows if row.text.id == "Facts"]
    assert [(row.text.key, row.said) for row in rows if row.text.id == "{} entries"] == [
        ("one", "{} entry"),
        ("other", "{} entries"),
    ]
    write_tree(tmp_path, {path: "# Ours\nFacts: Fakten\n"})
    (tmp_path / "de.csv").write_bytes(
        table((replace(row, filled=given.get(row.text.id, "")) for row in rows), "de", "en")
    )
    (done,), _ = filled_in(tmp_path, answers, "de", read_filled(tmp_path / "de.csv", "de"))
    assert (done.after or b"").decode() == (
        '# Ours\nFacts: Fakten\nBriefs: Berichte\n"{} entries": {one: "{} Einträge", other: "{} Einträge"}\n'
    )
    assert not [row for row in lacking(asked(citeproc), citeproc.format, "ru") if row.text.owner == "words"]


def test_a_row_that_would_be_an_error_in_its_file_is_left_out_and_told(citeproc: Citeproc, tmp_path: Path) -> None:
    path = "content/words/de.yaml"
    given = [
        ("words", "{} entries", "one", "{} Eintrag"),
        ("words", "{} facts here", "other", "{} Fakten hier"),
        ("words", "{} facts here", "few", "{} Fakten hier"),
        ("words", "Edition of {}", "words", "Ausgabe"),
        ("words", "Briefs", "words", "Berichte"),
    ]
    write_tree(tmp_path, {path: "Facts: Fakten\n"})
    (done,), refused = filled_in(tmp_path, asked(citeproc, {path: "Facts: Fakten\n"}), "de", given)
    assert (done.after or b"").decode() == "Facts: Fakten\nBriefs: Berichte\n"
    assert ['no form "other"' in refused[0].message, 'no form "few"' in refused[1].message] == [True, True]
    assert "{} must stand in these words as often" in refused[2].message


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("В реестре 365 соколов.", 'types no digits, and this one has "365"'),
        ("В реестре много соколов.", "has no {value}"),
        ("В реестре {number}.", '"{number}" is not {value}'),
        ("В реестре в 2022 году {value}.", ""),
    ],
)
def test_a_claim_that_types_a_number_is_left_out(citeproc: Citeproc, tmp_path: Path, words: str, message: str) -> None:
    write_tree(tmp_path, {path: text for path, text in falconry().items() if path.endswith("falcons.yaml")})
    changes, refused = filled_in(tmp_path, asked(citeproc), "ru", [("fact", "falcons-2022", "claim", words)])
    assert len(changes) == (not message)
    assert [message in each.message for each in refused] == [True] * bool(message)


def test_a_form_that_millions_alone_take_is_not_asked_for() -> None:
    assert [forms_of(lang) for lang in ("es", "fr", "pt", "it")] == [
        ("other", "one"), ("one", "other"), ("one", "other"), ("other", "one"),
    ]  # fmt: skip
    assert set(forms_of("ru")) == {"one", "few", "many"}
    assert set(forms_of("ar")) == {"zero", "one", "two", "few", "many", "other"}


def test_the_hint_names_each_form_that_is_missing(citeproc: Citeproc) -> None:
    units = str(falconry()[UNITS]).replace("few: {ru: сокола}", "few: {en: x}").replace(", ru: сокол,", ",")
    answers = asked(citeproc, {UNITS: units})
    found = evaluate(answers.project.briefs["falcons.ru"], View(answers), citeproc.format)
    (one,) = [each for each in found.diagnostics if each.code == "missing-forms"]
    assert "no form for one, few in" in one.message
    assert (one.hint or "").startswith("add to its plural: one: {ru: …}, few: {ru: …};")


def test_another_form_of_the_language_stands_in_for_a_form_of_another_language() -> None:
    forms = (("one", Text.of("person")), ("many", Text((("ru", "человек"),))), ("other", Text((("es", "personas"),))))
    table = unit_table((), (UnitForms("person", plural=forms),))
    assert noun("person", Decimal(10**6), "es", table) == "personas"


GLOSSARY = "content/glossary.yaml"
TERMS = """- term: lure
  meaning:
    en: A bait.
- term: {en: hood}
  meaning:
    en: A cap.
- term: {en: perch}
  meaning: A seat.
"""


@pytest.mark.parametrize("under", ["", "terms:\n"])
def test_a_term_is_a_row_of_its_own_and_goes_where_it_stands(citeproc: Citeproc, tmp_path: Path, under: str) -> None:
    answers = asked(citeproc, {GLOSSARY: under + TERMS})
    rows = [(row.text.id, row.text.key) for row in lacking(answers, citeproc.format, "ru") if row.text.owner == "term"]
    assert rows == [(term, key) for term in ("lure", "hood", "perch") for key in ("term", "meaning")]
    write_tree(tmp_path, falconry({GLOSSARY: under + TERMS}))
    given = [
        ("term", "lure", "meaning", "Приманка."),
        ("term", "hood", "meaning", "Клобучок."),
        ("term", "hood", "term", "клобучок"),
    ]
    (done,), refused = filled_in(tmp_path, answers, "ru", given)
    assert not refused
    assert (done.after or b"").decode() == under + TERMS.replace("A bait.\n", 'A bait.\n    ru: "Приманка."\n').replace(
        "{en: hood}", '{en: hood, ru: "клобучок"}'
    ).replace("A cap.\n", 'A cap.\n    ru: "Клобучок."\n')


def test_a_row_that_brings_the_project_an_error_is_left_out_and_told(citeproc: Citeproc, tmp_path: Path) -> None:
    answers = asked(citeproc, {GLOSSARY: TERMS})
    write_tree(tmp_path, falconry({GLOSSARY: TERMS}))
    given: list[FilledRow] = [
        ("term", "lure", "meaning", "Приманка."),
        ("term", "hood", "term", "клобучок"),
        ("term", "perch", "term", "клобучок"),
        ("fact", "school", "claim", "Школа: {value}."),
    ]

    def said(files: LaidOver) -> list[Diagnostic]:
        return [*asked_of(files, tmp_path, None, citeproc)[1]]

    changes, refused = soundly_filled_in(tmp_path, answers, "ru", given, said)
    now = {change.name: (change.after or b"").decode() for change in changes}
    assert 'ru: "Приманка."' in now[GLOSSARY]
    assert [each.message for each in refused] == [
        'left out, the term of term "hood": the term "клобучок" is given in "ru", and its meaning is not'
    ]
    # Each for itself is in order; the two together would stand twice.
    assert now[GLOSSARY].count("клобучок") == 1
    given.insert(1, ("term", "hood", "meaning", "Колпачок."))
    changes, refused = soundly_filled_in(tmp_path, answers, "ru", given, said)
    assert [each.message for each in refused] == [
        'left out, the term of term "perch": "клобучок" stands twice in the glossary'
    ]
    assert {each.code for each in refused} == {"unreadable-table"}
    assert "Школа: {value}." in {change.name: (change.after or b"").decode() for change in changes}[FACTS]


@pytest.mark.parametrize(("is_placed", "at_most"), [(True, 6), (False, 32)])
def test_rows_that_are_errors_are_found_in_few_checks(
    citeproc: Citeproc, tmp_path: Path, is_placed: bool, at_most: int
) -> None:
    """However many rows there are: an error says by its place which is meant, and is else searched for by halves."""
    terms = "".join(f"- term: {{en: term {chr(97 + n)}}}\n  meaning: A cap.\n" for n in range(16))
    answers = asked(citeproc, {GLOSSARY: terms})
    write_tree(tmp_path, falconry({GLOSSARY: terms}))
    texts = [row.text for row in lacking(answers, citeproc.format, "ru") if row.text.owner == "term"]
    bad = {7: "bad-text", 17: "other-text", 30: "bad-text"}
    given: list[FilledRow] = [
        (text.owner, text.id, text.key, f"нет {n}." if n in bad else f"слово {n}.") for n, text in enumerate(texts)
    ]
    assert len(given) == 32
    checks = 0

    def said(files: LaidOver) -> Iterator[Diagnostic]:
        nonlocal checks
        checks += 1
        for line, text in enumerate(files.read(GLOSSARY).decode().splitlines(), 1):
            for n, code in bad.items():
                if (column := text.find(f"нет {n}.")) >= 0:
                    where = Span.at(GLOSSARY, line)
                    place = Span(GLOSSARY, line, column + 1, line, column + 2)
                    yield Diagnostic(code, f"no {n}", place if is_placed else replace(where, file="content"))

    (change,), refused = soundly_filled_in(tmp_path, answers, "ru", given, said)
    assert [each.message.rpartition(": ")[2] for each in refused] == [f"no {n}" for n in bad]
    now = (change.after or b"").decode()
    assert now.count("слово") == 29
    assert "нет" not in now
    assert checks <= at_most, checks


def test_the_command_writes_no_row_that_check_calls_an_error(tmp_path: Path) -> None:
    project = Project.from_folder(tmp_path / "falconry", "falconry")
    project.write(GLOSSARY, "- term: {en: hood}\n  meaning: {en: A cap.}\n")
    (tmp_path / "ru.csv").write_text("of,id,key,ru\nterm,hood,term,клобучок\n", encoding="utf-8")
    done = project.run("check", "--lang", "ru", "--fill", str(tmp_path / "ru.csv"))
    assert done.code == 1
    assert "Nothing to fill in." in done.out
    assert 'error[unreadable-table]: left out, the term of term "hood"' in done.err


def test_the_table_opens_in_a_spreadsheet() -> None:
    made = table((), "ru", "en")
    assert made.startswith(b"\xef\xbb\xbf")
    head = next(csv.reader(io.StringIO(made.decode("utf-8-sig"))))
    assert head == ["file", "line", "of", "id", "key", "shown", "en", "ru"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("ru.csv", "of,id,key,ru\nfact,school,claim,Größe\n".encode("cp1252"), "not in UTF-8"),
        ("ru.csv", b'of,id,key,ru\nfact,school,claim,"Gr', "cannot be read"),
        ("ru.csv", "of,id,key,ru\n".encode("utf-16"), "not in UTF-8"),
        ("ru.xlsx", b"of,id,key,ru\n", "this workbook cannot be read"),
        ("ru.ods", b"PK\x03\x04", "this workbook cannot be read"),
        ("ru.csv", b"", "no columns"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ReportError) as refused:
        read_filled(tmp_path / name, "ru")
    (problem,) = refused.value.diagnostics
    assert problem.code == "unreadable-table"
    assert message in problem.message
