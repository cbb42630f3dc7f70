"""What a small project's files come to."""

from __future__ import annotations

import json
from cProfile import Profile
from fractions import Fraction
from pathlib import Path

import pytest

from reportgen.diagnostics import Diagnostic, ReportError, Span
from reportgen.load.files import DiskFiles, MemoryFiles
from reportgen.load.project import load
from reportgen.load.suggest import nearest
from reportgen.model.fact import DateValue, TextValue
from reportgen.model.project import Project
from reportgen.model.quantity import Quantity

from .test_cases import base

SOURCE = "content/sources/x"
EVIDENCE = "evidence: [{source: tea-2021, quote: tea}]"


def made(files: dict[str, str | bytes]) -> tuple[Project, list[Diagnostic]]:
    return load(MemoryFiles({**base(), **files}))


def codes(found: list[Diagnostic]) -> list[str]:
    return [problem.code for problem in found]


def test_a_number_keeps_its_zeros_and_takes_its_measure_s_unit() -> None:
    project, _ = made({})
    value = project.facts["tea-a"].value
    assert isinstance(value, Quantity)
    assert (value.typed, value.written, value.unit.text, project.facts["tea-a"].unit) == ("12.50", 4, "kg", "kg")
    assert project.facts["tea-c"].formula is not None
    assert project.facts["tea-c"].formula.references == ("tea-a", "tea-b")


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("no", TextValue),
        ('"12"', TextValue),
        ("12:30", TextValue),
        ("{en: a, ru: б}", TextValue),
        ("2021", Quantity),
        ("-3", Quantity),
        ("0.50", Quantity),
        ("{min: 1, max: 2.5}", Quantity),
        ("2021-11", DateValue),
        ("2020/2025", DateValue),
        ("2020-06~", DateValue),
    ],
)
def test_a_value_is_what_it_looks_like(typed: str, kind: type) -> None:
    reading = 'reading: "It says June 2020, November 2021 and May 2025."'
    fact = f'- {{id: x, claim: "It was {{value}}.", value: {typed}, {reading}, {EVIDENCE}}}\n'
    project, found = made({"content/facts/x.yaml": fact})
    assert codes(found) == (["doubtful-year"] if typed == "2021" else [])
    assert isinstance(project.facts["x"].value, kind)


@pytest.mark.parametrize(
    ("relation", "told", "carried"),
    [("", ["warning"], "read"), ('relation: "=", ', [], "read"), ('relation: ">", ', [], "inferred")],
)
def test_where_relation_words_are_not_known_the_author_is_asked_once(
    relation: str, told: list[str], carried: str
) -> None:
    """A bound of which the author is the only witness is not verified."""
    source = "- {id: journal, type: report, title: Du thé, issued: 2021-01-02, language: fr}\n"
    quoted = 'evidence: [{source: journal, quote: "plus de 12 kg"}]'
    fact = f'- {{id: x, claim: "It was {{value}}.", value: 12, unit: kg, {relation}{quoted}}}\n'
    project, problems = made({"content/sources/fr.yaml": source, "content/facts/x.yaml": fact})
    verdict = project.facts["x"].verdict
    assert verdict is not None
    assert (verdict.carried, verdict.words_unread) == (carried, True)
    assert [problem.severity for problem in problems if problem.code == "no-relation-words"] == told
    assert codes(problems) == ["no-relation-words"] * len(told)


def test_a_date_by_its_measure() -> None:
    fact = f'- {{id: x, claim: "It was {{value}}.", measure: law-day, value: 2021, {EVIDENCE}}}\n'
    assert isinstance(made({"content/facts/x.yaml": fact})[0].facts["x"].value, DateValue)


def test_sources_in_json_are_left_as_they_are() -> None:
    item = {
        "id": "http://zotero.org/1/ÄÖ",
        "type": "book",
        "volume": 3,
        "citation-key": "k",
        "issued": {"date-parts": [["2020", 5]]},
        "author": [{"family": "Berg", "non-dropping-particle": "van"}, {"literal": "World Bank"}],
    }
    project, found = made({f"{SOURCE}.json": json.dumps([item], indent="\t")})
    assert not found
    source = project.sources["http://zotero.org/1/ÄÖ"]
    item["issued"] = {"date-parts": [[2020, 5]]}
    assert json.loads(source.csl) == item
    assert source.slug == "http-zotero-org-1-ao"
    assert (source.authors, source.title) == (("van Berg", "World Bank"), item["id"])
    assert source.issued_words == ""
    assert source.issued is not None
    assert source.issued.text == "2020-05"
    assert (source.at["id"].line, source.at["id"].column) == (3, 9)


def test_dates_of_sources() -> None:
    sources = """
- {id: a, type: book, title: A, issued: 2020-06~}
- {id: b, type: book, title: B, issued: 2020-22}
- {id: c, type: book, title: C, issued: {date-parts: [[2020, 1], [2020, 3]], circa: true}}
- {id: d, type: book, title: D, issued: 2020/2021}
- {id: e, type: book, title: E}
"""
    project, found = made({f"{SOURCE}.yaml": sources})
    assert not found
    times = [source.issued and source.issued.text for source in project.sources.values()][1:]
    assert times == ["2020-06~", "2020-22", "2020-01~/2020-03~", "2020/2021", None]
    assert json.loads(project.sources["a"].csl)["issued"] == {"date-parts": [[2020, 6]], "circa": True}
    assert json.loads(project.sources["b"].csl)["issued"] == {"date-parts": [[2020]], "season": 2}


def test_bibtex_through_what_reads_it() -> None:
    files = MemoryFiles({**base(), f"{SOURCE}.bib": "\n@book{cha,\n title = {Tea}}\n"})
    project, found = load(files, read_bibliography=lambda _: [{"id": "cha", "type": "book", "title": "Tea"}])
    assert not found
    assert (project.sources["cha"].at["id"].line, project.sources["cha"].at["id"].column) == (2, 7)

    def fails(_: str) -> list[dict[str, object]]:
        raise ValueError("no closing brace")

    assert codes(load(files, read_bibliography=fails)[1]) == ["bibtex-syntax"]


def test_archived_texts() -> None:
    digest = "a" * 64
    archive = f"tea-2021: [{{sha256: {digest.upper()}, media_type: text/html, retrieved: 2026-11-22}}]\n"
    project, found = made({"content/sources/archive.yaml": archive})
    assert not found
    assert [(text.sha256, text.media_type) for text in project.sources["tea-2021"].archived] == [(digest, "text/html")]


def test_a_described_file() -> None:
    columns = "[{name: price, type: number, unit: USD}, {name: month, type: date}, {name: name}]"
    project, found = made(
        {
            "content/data/p.yaml": f"{{id: p, file: p.csv, source: tea-2021, columns: {columns}}}\n",
            "content/data/p.csv": "month;name;price;spare\r\n2021-01;green;1,50;\r\n;black;;\r\n".encode("utf-8-sig"),
        }
    )
    assert not found
    dataset = project.datasets["p"]
    assert dataset.typed == (("1.50", "2021-01", "green"), ("", "", "black"))
    assert dataset.rows[0][0] == Fraction(3, 2)
    assert dataset.rows[1] == (None, None, "black")


@pytest.mark.parametrize(("page", "word", "name"), [("cp1251", "Чай пьют", "1251"), ("cp1252", "thé café olé", "1252")])
def test_windows_code_pages(page: str, word: str, name: str) -> None:
    table = f"id;claim;source;quote\r\nx;{word}.;tea-2021;tea\r\n".encode(page)
    project, found = made({"content/facts/x.csv": table})
    assert [(problem.code, problem.severity, problem.span.line) for problem in found] == [("code-page", "warning", 2)]
    assert name in found[0].message
    assert project.facts["x"].claim.in_language("en") == f"{word}."


def test_utf_16_as_excel_writes_unicode_text() -> None:
    table = "id\tclaim\tsource\tquote\r\nx\tЧай.\ttea-2021\ttea\r\n".encode("utf-16")
    project, found = made({"content/facts/x.csv": table})
    assert not found
    assert project.facts["x"].claim.in_language("en") == "Чай."


def test_a_figure_for_plotly_is_canonical_json() -> None:
    chart = '{id: f, data: tea, title: T, figure: {layout: {}, data: [{type: bar, n: 1.50, s: "1", t: true, o: ~}]}}\n'
    project, found = made({"content/charts/f.yaml": chart})
    assert not found
    assert project.charts["f"].figure == '{"data":[{"n":1.5,"o":null,"s":"1","t":true,"type":"bar"}],"layout":{}}'


def test_a_brief() -> None:
    text = """---
title: Tea
date: 2026-11-22
authors: [{name: Ai Cha, orcid: 0000-0002-1825-0097}, Tea Institute]
key_messages:
  - One {{ fact("tea-a") }}.
key_figure:
  - {fact: tea-a, label: drunk}
  - {calc: "[tea-a] - [tea-b]", label: gap}
abstract: >-
  Folded
  abstract {{ fact("x") }}.
---

Body.
"""
    project, found = made({"content/briefs/one.md": text})
    assert not found
    brief = project.briefs["one"]
    assert (brief.body, brief.body_line, brief.lang) == ("\nBody.\n", 14, "en")
    assert [author.name for author in brief.authors] == ["Ai Cha", "Tea Institute"]
    assert [figure.value for figure in brief.key_figures] == ["tea-a", 'calc("[tea-a] - [tea-b]")']
    start = brief.abstract.index("fact")
    assert brief.at.inside("abstract", start, start + 4) == Span.at("content/briefs/one.md", 12, 15, 4)
    start = brief.key_figures[1].value.index("tea-b")
    place = brief.at.inside("key_figures.1.value", start, start + 5)
    assert text.split("\n")[place.line - 1][place.column - 1 : place.end_column - 1] == "tea-b"
    assert brief.at["key_figures.0.label"].line == 8


def test_styles_templates_and_images() -> None:
    def read_style(name: str) -> str:
        if name == "apa":
            return "<style/>"
        raise LookupError(name)

    files = {**base(), "templates/page.html": "ours", "content/images/a/b.svg": "<svg viewBox='0 0 4 3'/>"}
    project, found = load(
        MemoryFiles(files), read_style=read_style, default_templates={"page.html": "default", "a.css": "a"}
    )
    assert not found
    assert (project.style, dict(project.images)) == ("<style/>", {"a/b.svg": b"<svg viewBox='0 0 4 3'/>"})
    assert dict(project.templates) == {"page.html": "ours", "a.css": "a"}
    files["content/site.yaml"] += "citation_style: appa\n"
    assert codes(load(MemoryFiles(files), read_style=read_style)[1]) == ["unknown-style"]

    def refuses(name: str) -> str:
        raise ReportError([Diagnostic("x", "it is gone", Span.at("y"), "name another")])

    told = load(MemoryFiles(files), read_style=refuses)[1]
    assert [(problem.code, problem.message, problem.span.line) for problem in told] == [
        ("unknown-style", "it is gone", 7)
    ]


def test_what_cannot_be_made_is_known_to_be_broken() -> None:
    facts = f"- {{id: x, claim: Tea., rank: none, {EVIDENCE}}}\n- {{id: y, claim: Tea., odd: 1, {EVIDENCE}}}\n"
    project, found = made({"content/facts/x.yaml": facts})
    assert codes(found) == ["wrong-value", "unknown-key"]
    assert ("fact", "x") in project.broken
    assert "y" in project.facts


def test_the_same_from_disk_in_the_same_order(tmp_path: Path) -> None:
    for path, text in base().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    (tmp_path / "content/facts/.hidden.yaml").write_text("{", "utf-8")
    files = DiskFiles(tmp_path)
    assert files.paths("content") == MemoryFiles(base()).paths("content")
    assert files.paths("nowhere") == ()
    assert load(files) == load(MemoryFiles(base()))


def test_nearest_names() -> None:
    assert nearest("kz-hashrate-share-2012", ["kz-hashrate-share-2021", "us-share"]) == "kz-hashrate-share-2021"
    assert nearest("TEA", ["tea"]) == "tea"
    assert nearest("quite-another", ["tea"]) is None


def test_twice_as_many_facts_take_twice_the_work() -> None:
    fact = '- {id: x%d, claim: "It was {value}.", measure: tea-drunk, value: %d, place: KZ, as_of: 2021-08, '

    def calls(facts: int) -> int:
        """Of functions, which unlike time do not hang on the machine."""
        numbers = range(1, facts + 1)
        rows = (f'evidence: [{{source: tea-2021, quote: "tea {number} kg"}}]}}\n' for number in numbers)
        file = "".join(fact % (number, number) + row for number, row in zip(numbers, rows, strict=True))
        profile = Profile()
        project, found = profile.runcall(made, {"content/facts/x.yaml": file})
        assert not found
        assert len(project.facts) == facts + 3
        return sum(entry.callcount for entry in profile.getstats())

    calls(400)  # what is read once
    assert calls(400) < 2.2 * calls(200)


def test_what_rests_on_nothing_is_broken_too_and_told_once() -> None:
    facts = """
- {id: x, claim: Tea., formula: "[gone] + [tea-a]"}
- {id: y, claim: Tea., formula: "[x] * 2"}
- {id: ring, claim: Tea., formula: "[ring] * 2"}
- {id: z, claim: Tea., formula: "[y] + [ring]"}
"""
    files: dict[str, str | bytes] = {
        "content/facts/x.yaml": facts,
        "content/data/x.yaml": "{id: d, query: {facts: [z]}}\n",
        "content/charts/x.yaml": "{id: c, kind: bar, data: d, title: T}\n",
        "content/checks.yaml": '{id: k, assert: "[z] < 5 kg", message: M}\n',
        "content/conflicts.yaml": "{id: o, facts: [z, tea-a], reason: So.}\n",
    }
    project, found = made(files)
    assert codes(found) == ["unknown-fact", "formula-cycle"]
    assert set(project.facts) == {"tea-a", "tea-b", "tea-c"}
    assert not {"d", "c", "k", "o"} & {*project.datasets, *project.charts, *project.checks, *project.conflicts}
    names = {("fact", "x"), ("fact", "y"), ("fact", "z"), ("fact", "ring"), ("dataset", "d"), ("chart", "c")}
    assert names | {("check", "k"), ("conflict", "o")} == project.broken


@pytest.mark.parametrize("style", ["../secret.csl", "/etc/secret.csl", "a/../../secret.csl"])
def test_nothing_outside_the_project_is_read(tmp_path: Path, style: str) -> None:
    (tmp_path / "secret.csl").write_text("secret", "utf-8")
    site = tmp_path / "project/content/site.yaml"
    site.parent.mkdir(parents=True)
    site.write_text(base()["content/site.yaml"] + f"citation_style: {style}\n", "utf-8")
    project, found = load(DiskFiles(tmp_path / "project"))
    assert codes(found) == ["unknown-style"]
    assert project.style == ""


@pytest.mark.parametrize(
    "content", [b"\xff\x80", b"\x00", b"- {x: [", b"- id: tea-a\n  claim: [\n"], ids=["bytes", "nul", "syntax", "id"]
)
def test_a_file_that_cannot_be_read_is_told_once(content: bytes) -> None:
    """What names its facts, measures or sources is not wrong for that."""
    for path in ("content/facts/base.yaml", "content/measures.yaml", "content/sources/sources.yaml"):
        if path != "content/facts/base.yaml" and b"tea-a" in content:
            continue
        project, problems = load(MemoryFiles({**base(), path: content}))
        assert [problem.span.file for problem in problems] == [path]
        assert not project.facts


def test_a_link_to_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    for path, text in base().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    for name in ("facts/gone.yaml", "facts/gone.csv", "data/gone.csv", "briefs/gone.md", "images/gone.png"):
        (tmp_path / "content" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "content" / name).symlink_to("nowhere")
    (tmp_path / "content/facts/loop.yaml").symlink_to("loop.yaml")
    (tmp_path / "content/data/gone.yaml").write_text(
        "{id: gone, file: gone.csv, source: tea-2021, columns: [{name: a}]}", "utf-8"
    )
    _, problems = load(DiskFiles(tmp_path))
    assert {problem.code for problem in problems} == {"unreadable"}
    assert len(problems) == 6


@pytest.mark.parametrize(
    ("typed", "name", "family", "given"),
    [
        ("Jane Doe", "Jane Doe", "Doe", "Jane"),
        ("{name: Jane Ann Doe}", "Jane Ann Doe", "Doe", "Jane Ann"),
        ('{name: "Doe, Jane"}', "Doe, Jane", "Doe", "Jane"),
        ("{name: Ludwig van Beethoven}", "Ludwig van Beethoven", "van Beethoven", "Ludwig"),
        ("{name: Plato}", "Plato", "Plato", ""),
        ("{name: Иванов Иван Иванович}", "Иванов Иван Иванович", "Иванов", "Иван Иванович"),
        ("{name: Иван Иванович Иванов}", "Иван Иванович Иванов", "Иванов", "Иван Иванович"),
        ("{name: Роман Аркадьевич Абрамович}", "Роман Аркадьевич Абрамович", "Абрамович", "Роман Аркадьевич"),
        ("{name: Rod R. Blagojevich}", "Rod R. Blagojevich", "Blagojevich", "Rod R."),
        ("{family: Silva Souza, given: Ana}", "Ana Silva Souza", "Silva Souza", "Ana"),
        ("{organisation: World Bank}", "World Bank", "", ""),
        ('{literal: "Ministry of Tea, Land and Water"}', "Ministry of Tea, Land and Water", "", ""),
    ],
)
def test_an_author_is_a_person_unless_an_organisation_is_named(typed: str, name: str, family: str, given: str) -> None:
    text = f"---\ntitle: T\ndate: 2026-01-02\nauthors: [{typed}]\n---\nTea.\n"
    project, found = made({"content/briefs/x.md": text})
    assert [problem.code for problem in found] == (["guessed-name"] if typed == "{name: Jane Ann Doe}" else [])
    (author,) = project.briefs["x"].authors
    assert (author.name, author.family, author.given) == (name, family, given)


@pytest.mark.parametrize(
    "typed", ["[a]", "{}", "{name: A, family: B}", "{given: A}", "{name: A, email: x}", "{name: [A]}"]
)
def test_what_is_no_author_is_told_with_examples(typed: str) -> None:
    text = f"---\ntitle: T\ndate: 2026-01-02\nauthors: [{typed}]\n---\nTea.\n"
    (problem,) = made({"content/briefs/x.md": text})[1]
    assert (problem.code, "{organisation: World Bank}" in (problem.hint or "")) == ("wrong-type", True)
