"""`reportgen due`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.project import Code, as_of_option, in_project
from reportgen.cli.show import as_json, count

if TYPE_CHECKING:
    from reportgen.due import DueItem
    from reportgen.model.edtf import Duration


class DurationOption(click.ParamType["Duration"]):
    """A time as ISO 8601 writes it."""

    name = "duration"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Duration:
        from reportgen.model.edtf import Duration, parse_duration

        if isinstance(value, Duration):
            return value
        try:
            return parse_duration(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command()
@click.option("--within", type=DurationOption(), metavar="TIME", help="Also what falls due in this time: P30D, P3M.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as the text of an issue.",
)
@as_of_option
@in_project
def due(root: Path, within: Duration | None, shape: str, as_of: date | None) -> Code:
    """List what is to be looked at again, each with its line and the briefs that print it.

    Facts and measures past their "review_by", sources whose newest saved copy no longer has words that a fact
    quotes, and translations whose original was published anew. Nothing that it finds makes it fail.

    \b
    reportgen due --as-of today                   what is due today
    reportgen due --as-of today --within P30D     and in the next thirty days
    reportgen due --format markdown               for the issue that a weekly job keeps open
    """
    from reportgen.due import due as due_items

    day, items = due_items(root, as_of, within)
    if shape == "json":
        click.echo(as_json({"as_of": day.isoformat(), "due": [record(item) for item in items]}))
    else:
        click.echo("\n".join(_markdown(day, items) if shape == "markdown" else _text(day, items)))
    return 0


def record(item: DueItem) -> dict[str, object]:
    """One item, as programs read it."""
    return {
        "kind": item.kind,
        "id": item.id,
        "by": item.by or None,
        "message": item.message,
        "file": item.where.file,
        "line": item.where.line,
        "briefs": list(item.briefs),
        "pages": list(item.pages),
        "sources": list(item.sources),
    }


def _text(day: date, items: Sequence[DueItem]) -> list[str]:
    lines = []
    for item in items:
        lines.append(f"{item.where.file}:{item.where.line}: {item.message}")
        lines.append(f"  printed in {', '.join(item.briefs)}" if item.briefs else "  printed in no brief")
        lines += [f"  look at {address}" for address in item.sources[:3]]
    return [*lines, f"{count(len(items), 'thing')} due as of {day.isoformat()}."]


def _markdown(day: date, items: Sequence[DueItem]) -> list[str]:
    lines = [f"{count(len(items), 'thing')} due as of {day.isoformat()}.", ""]
    for item in items:
        page = f" ([page]({item.pages[0]}))" if item.pages else ""
        shown = f", printed in {', '.join(f'`{slug}`' for slug in item.briefs)}" if item.briefs else ""
        look = "; look at " + ", ".join(f"<{address}>" for address in item.sources[:3]) if item.sources else ""
        lines.append(f"- [ ] `{item.where.file}:{item.where.line}` {item.message}{page}{shown}{look}")
    return lines
