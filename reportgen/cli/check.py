"""`reportgen check`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.project import Code, as_of_option, in_project, strict_option
from reportgen.cli.show import as_json, as_record, as_workflow_command, count, counted, show_text
from reportgen.diagnostics import counted_by_strict, errors
from reportgen.model.brief import PAGES

if TYPE_CHECKING:
    from reportgen.pipeline import Checked


@click.command()
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as notes beside the lines on GitHub.",
)
@strict_option
@as_of_option
@in_project
def check(root: Path, shape: str, strict: bool, as_of: date | None) -> Code:
    """Look for mistakes, and change nothing.

    Lists problems with their file, line and column, and says of each brief how many of its numbers come
    from a cited fact. It lays out no page: what shows only then, such as a table too wide for paper,
    "reportgen build" tells.

    \b
    reportgen check                    before you publish
    reportgen check --strict           warnings count too
    reportgen check --format json      for an editor or a script
    """
    from reportgen import pipeline

    checked = pipeline.check(root, as_of)
    failed = bool((counted_by_strict if strict else errors)(checked.diagnostics))
    if shape == "json":
        click.echo(as_json(document(checked, not failed)))
    elif shape == "github":
        for diagnostic in checked.diagnostics:
            click.echo(as_workflow_command(diagnostic))
    else:
        show_text(checked.diagnostics, root, sys.stdout)
        click.echo(report(checked))
    return 1 if failed else 0


def document(checked: Checked, ok: bool) -> dict[str, object]:
    """All that a check found, for programs."""
    return {
        "ok": ok,
        "diagnostics": [as_record(diagnostic) for diagnostic in checked.diagnostics],
        "briefs": [
            {"brief": share.slug, "bound": share.bound, "total": share.total, "statements": share.statements}
            for share in checked.shares
        ],
        "facts": checked.facts,
    }


def report(checked: Checked) -> str:
    """Each brief's share of bound numbers, and a closing line."""
    lines = []
    if checked.shares:
        lines.append("Numbers and dates that come from a cited fact, and statements:")
        widest = max(len(share.slug) for share in checked.shares)
        for share in checked.shares:
            part = f"{share.bound} of {share.total}" if share.total else "no numbers"
            part += f", {count(share.statements, 'statement')}" if share.statements else ""
            lines.append(f"  {share.slug:<{widest}}  {part}")
    found = counted(checked.diagnostics) or "No problems"
    pages = sum(share.slug.startswith(PAGES) for share in checked.shares)
    counts = [count(len(checked.shares) - pages, "brief"), *([count(pages, "page")] if pages else [])]
    lines.append(f"{found} in {', '.join(counts)} and {count(checked.facts, 'fact')}.")
    return "\n".join(lines)
