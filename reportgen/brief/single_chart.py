"""A chart's id in, the document that shows it and nothing else out. Pure."""

from __future__ import annotations

from datetime import date

from reportgen.model.brief import Brief
from reportgen.model.edtf import parse_edtf
from reportgen.model.project import Project


def alone_slug(id: str) -> str:
    """The slug of a chart's own page: no brief's, for its colon."""
    return f"chart:{id}"


def chart_alone(project: Project, id: str, as_of: date) -> Brief:
    """The document of a chart's own page."""
    return Brief(
        slug=alone_slug(id),
        title="",
        date=parse_edtf(as_of.isoformat()),
        body=f'{{{{ chart("{id}") }}}}',
        body_line=1,
        lang=project.settings.lang,
        at=project.charts[id].at,
    )
