"""The project's own fact base and briefs, and every data file of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.brief.evaluate import evaluate
from reportgen.exports.datapackage import chart_csv_path, chart_resources, chart_table, datapackage_json
from reportgen.exports.sqlite import facts_sqlite, rows_part
from reportgen.exports.tables import csv_part, fact_records, facts_csv, facts_json, figure_csv, json_part, sources_json
from reportgen.facts.answers import Answers
from reportgen.facts.view import View
from reportgen.language.units import unit_table
from reportgen.load.files import DiskFiles
from reportgen.load.project import load
from reportgen.model.citation import BibliographyEntry, CitationRequest, FormattedCitations
from reportgen.model.edtf import parse_edtf
from reportgen.model.evaluated import EvaluatedBrief
from reportgen.model.project import Project
from reportgen.pages.shell import Site

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Published:
    project: Project
    site: Site
    briefs: tuple[EvaluatedBrief, ...]
    files: Mapping[str, bytes]
    """Path below data/ -> content."""


def published() -> Published:
    project, _ = load(DiskFiles(ROOT), read_style=lambda _: "<style/>")
    settings = project.settings
    units = unit_table([m.unit for m in project.measures.values() if m.unit], project.units.values())
    answers = Answers(project, (settings.as_of or parse_edtf("2026-11-22")).start, units)
    briefs = tuple(evaluate(brief, View(answers), cite).brief for brief in project.briefs.values())
    used: dict[str, tuple[str, ...]] = {}
    for brief in briefs:
        for fact in brief.facts:
            used[fact] = (*used.get(fact, ()), brief.slug)
    title, publisher, description, license = (
        text.in_language("en") for text in (settings.title, settings.publisher, settings.description, settings.license)
    )
    site = Site(title, publisher, description, settings.base_url, "en", license, settings.license_url, "A4", "")
    figures = {figure.id: figure for brief in briefs for figure in brief.figures}
    records = fact_records(View(answers), used)
    files = {
        "facts.json": facts_json([json_part(records)]),
        "facts.csv": facts_csv([csv_part(records)]),
        "facts.sqlite": facts_sqlite(View(answers), [rows_part(records)], project.sources, site),
        "sources.json": sources_json(View(answers), project.sources),
    }
    charts = chart_resources(chart_table(figure, site) for figure in figures.values())
    files["datapackage.json"] = datapackage_json(site, files, charts)
    files |= {chart_csv_path(id): figure_csv(figure, site) for id, figure in figures.items()}
    return Published(project, site, briefs, files)


def cite(request: CitationRequest) -> FormattedCitations:
    """Citations without a style, which is no business of these tests."""
    ids = {item.source for citation in request.citations for item in citation.items} | set(request.nocite)
    entries = tuple(BibliographyEntry(id, f"<i>{id}</i>") for id in sorted(ids))
    none = ("",) * len(request.citations)
    return FormattedCitations(none, none, False, entries)
