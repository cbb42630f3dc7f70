"""A small project of invented facts, in memory, and what its brief evaluates to."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from reportgen.brief.evaluate import Evaluation, evaluate
from reportgen.diagnostics import Diagnostic
from reportgen.facts.answers import Answers
from reportgen.facts.view import View
from reportgen.language.units import UnitTable, unit_table
from reportgen.load.files import MemoryFiles
from reportgen.load.project import load
from reportgen.model.citation import BibliographyEntry, CitationRequest, FormattedCitations
from reportgen.model.project import Project

BRIEF = "content/briefs/sea.md"
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|([nt]))")

FILES: Mapping[str, str] = {
    "content/site.yaml": """\
title: The Aral Desk
publisher: Aral Desk
base_url: https://aral.example/
lang: en
as_of: 2026-11-22
names: [COVID-19, 3D printing, G20]
places: {AR: Aral, CA: Caspian}
""",
    "content/measures.yaml": """\
- {id: boats, label: Boats at work, kind: number, unit: boat, comparable_within: P3M}
- {id: share, label: Share of the catch, kind: number, unit: percent, tolerance: 0.5}
- {id: cost, label: Cost of the dam, kind: number, unit: KZT}
- {id: opened, label: Day of the opening, kind: date}
- {id: kind, label: Kind of fish, kind: text, single: true}
""",
    "content/units.yaml": """\
- {id: boat, kind: count, short: {en: boat, ru: лодка, kk: қайық}, long: {en: boat, ru: лодка, kk: қайық},
   plural: {one: {en: boat, ru: лодка, kk: қайық}, few: {en: boats, ru: лодки, kk: қайық},
            many: {en: boats, ru: лодок, kk: қайық}, other: {en: boats, ru: лодки, kk: қайық}}}
""",
    "content/sources/sources.yaml": """\
- {id: report-2020, type: report, title: A report, author: [{family: Sea, given: Ai}], issued: 2020-06-11, language: en}
- {id: paper-2021, type: report, title: A paper, author: [{family: Salt, given: Bo}], issued: 2021-02, language: en}
- {id: unused, type: report, title: Another, author: [{family: Dry, given: Cy}], issued: 2019, language: en}
""",
    "content/facts/sea.yaml": """\
- id: boats-2020
  claim: "{value} were at work."
  measure: boats
  place: AR
  value: 14
  evidence: [{source: report-2020, quote: "14 boats were at work"}]
- id: share-2020
  claim: "The catch's share was {value}."
  measure: share
  place: AR
  value: 6.17
  unit: percent
  evidence: [{source: report-2020, quote: "a share of 6.17%"}]
- id: share-2021
  claim: "The catch's share was {value}."
  measure: share
  place: AR
  value: 18.10
  unit: percent
  evidence: [{source: paper-2021, quote: "a share of 18.10%"}]
- id: cost-2021
  claim: "The dam cost {value}."
  measure: cost
  place: AR
  value: 82
  unit: billion KZT
  evidence: [{source: paper-2021, quote: "cost 82 billion tenge"}]
- {id: opened, claim: "It opened on {value}.", measure: opened, place: AR, value: 2020-06-25,
   evidence: [{source: paper-2021, quote: "opened on 25 June 2020"}]}
- {id: fish, claim: "The fish was {value}.", measure: kind, place: AR, value: carp | bream,
   evidence: [{source: paper-2021, quote: "carp | bream"}]}
- {id: rise, claim: "The rise was {value}.", formula: "[share-2021] - [share-2020]"}
- {id: rise-twice, claim: "Twice the rise was {value}.", formula: "[rise] * 2"}
""",
    "content/data/sea.yaml": "{id: shares, query: {measure: share}}\n",
    "content/charts/sea.yaml": """\
{id: shares-chart, kind: bar, data: shares, x: as_of, y: value, title: Shares, alt: Bars}
""",
    BRIEF: "---\ntitle: The sea\ndate: 2026-11-22\n---\nWater.\n",
}


def fake_cite(request: CitationRequest) -> FormattedCitations:
    """Each citation as its sources' ids in brackets; the sources by id."""
    texts = tuple("(" + "; ".join(item.source for item in c.items) + ")" for c in request.citations)
    cited = {*request.nocite, *(item.source for c in request.citations for item in c.items)}
    works = {json.loads(work.csl)["id"]: work.csl for work in request.sources}
    entries = tuple(BibliographyEntry(id, works[id]) for id in sorted(cited))
    return FormattedCitations(texts, tuple("" for _ in texts), False, entries)


def fake_notes(request: CitationRequest) -> FormattedCitations:
    """The same in a style of notes."""
    found = fake_cite(request)
    names = tuple(c.items[0].source if c.items[0].author_in_text else "" for c in request.citations)
    return FormattedCitations(found.citations, names, True, found.bibliography)


def unescaped(text: str) -> str:
    """`\\n` and `\\u0430` read."""
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else {"n": "\n", "t": "\t"}[m[2]], text)


def lines(path: Path) -> list[tuple[str, ...]]:
    """The fields of each line of a file of cases, parted by tabs; `#` begins a comment."""
    found = path.read_text("utf-8").split("\n")
    return [tuple(line.split("\t")) for line in found if line and not line.startswith("# ")]


def units_of(project: Project) -> UnitTable:
    return unit_table([m.unit for m in project.measures.values() if m.unit], project.units.values())


def answers_of(project: Project, as_of: date = date(2026, 11, 22)) -> Answers:
    return Answers(project, as_of, units_of(project))


def loaded(files: Mapping[str, str] | None = None) -> Project:
    """The project with some files exchanged; it must load without errors."""
    project, problems = load(MemoryFiles({**FILES, **(files or {})}), read_style=lambda _: "")
    assert [p for p in problems if p.severity == "error"] == []
    return project


def brief(body: str, front: str = "") -> dict[str, str]:
    """A brief of this text, with more keys of front matter."""
    return {BRIEF: f"---\ntitle: The sea\ndate: 2026-11-22\n{front}---\n{body}"}


def evaluated(body: str, front: str = "", files: Mapping[str, str] | None = None, **known: object) -> Evaluation:
    """The brief of this text, evaluated."""
    project = loaded({**(files or {}), **brief(body, front)})
    return evaluate(project.briefs["sea"], View(answers_of(project)), known.get("cite", fake_cite))  # type: ignore[arg-type]


def told(found: Evaluation) -> list[str]:
    """Its problems, a line each."""
    return [shown(problem) for problem in found.diagnostics]


def shown(problem: Diagnostic) -> str:
    span = problem.span
    mark = "warning " if problem.severity == "warning" else ""
    hint = f" | {problem.hint}" if problem.hint else ""
    return f"{span.line}:{span.column} {mark}{problem.code} {problem.message}{hint}"
