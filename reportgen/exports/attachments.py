"""An evaluated brief and a view of the fact base in, the files inside its PDF out. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportgen.exports.tables import csv_part, fact_records, facts_csv, facts_json, figure_csv, json_part
from reportgen.facts.view import View
from reportgen.model.brief import original_of
from reportgen.model.evaluated import EvaluatedBrief
from reportgen.pages.shell import Site


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside a PDF."""

    name: str
    description: str
    relationship: Literal["Source", "Data", "Alternative", "Supplement"]
    """To the document (ISO 32000-2, 14.13.3): `Source` is what it was made from, `Data` what a part of it shows."""
    media_type: str
    text: str


def attached_files(brief: EvaluatedBrief, view: View, site: Site) -> tuple[Attached, ...]:
    """The facts that a brief prints or computes with, and the data of each of its figures."""
    used_in = dict.fromkeys(brief.facts, (original_of(brief.slug),))
    records = fact_records(view, used_in, brief.facts)
    facts = "The facts of this brief: claims, values, quotations and sources"
    files = [
        Attached("facts.csv", facts, "Source", "text/csv", facts_csv([csv_part(records)]).decode()),
        Attached("facts.json", facts, "Source", "application/json", facts_json([json_part(records)]).decode()),
    ]
    files += [
        Attached(
            f"{figure.id}.csv",
            f"{figure.name}: {figure.plain_title}" if figure.plain_title else figure.name,
            "Data",
            "text/csv",
            figure_csv(figure, site).decode(),
        )
        for figure in brief.figures
    ]
    return tuple(files)
