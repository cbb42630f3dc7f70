"""`reportgen diff`: what a newer version of a dataset's file changes, before it is taken."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.listing import spaced
from reportgen.cli.project import Code, as_of_option, in_project
from reportgen.cli.show import as_json, as_record, count, counted, show_text, visible
from reportgen.diagnostics import Span, errors
from reportgen.load.suggest import did_you_mean

if TYPE_CHECKING:
    from reportgen.newer import Compared, DataFile, PrintedChange, ValueChange

MOST_LISTED = 12
"""Changes of one chart that are listed without --all."""


@click.command()
@click.argument("slug", required=False)
@click.argument("old", required=False, metavar="[A]")
@click.argument("new", required=False, metavar="[B]")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "html")),
    default="text",
    help="Of editions.",
    show_default=True,
)
@click.option(
    "--data",
    "newer",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="A newer version of a file in content/data/, where it lies now: in your downloads, for example.",
)
@click.option("--of", "older", metavar="NAME", help="The file that it is a version of, where that has another name.")
@click.option("--all", "whole", is_flag=True, help=f"List every change of a chart, not the first {MOST_LISTED}.")
@click.option("--json", "as_document", is_flag=True, help="For programs.")
@as_of_option
@in_project
def diff(
    root: Path,
    slug: str | None,
    old: str | None,
    new: str | None,
    form: str,
    newer: Path | None,
    older: str | None,
    whole: bool,
    as_document: bool,
    as_of: date | None,
) -> Code:
    """What a brief says otherwise than its last edition; or what a newer version of a dataset's file changes.

    A and B are editions, by their ids; without them, the last one and now. With --data, before the file is taken,
    lists each number in the texts, charts, tables, facts and checks that would be another one, with its place and the
    briefs that print it, and the problems that the new file brings. Changes nothing.

    \b
    reportgen diff                                   every brief, its last edition against now
    reportgen diff wages 2026-01-15 2026-03-01       two editions
    reportgen diff wages --format html > diff.html
    reportgen diff --data ~/Downloads/rents.csv
    reportgen diff --data rents-2026.xlsx --of rents.xlsx
    """
    if newer is None:
        from reportgen.cli.edition_diff import diff_of_briefs

        return diff_of_briefs(root, slug, old, new, "json" if as_document else form)
    if slug:
        raise click.UsageError("--data compares a file, and takes no brief")
    return _of_data(root, newer, older, as_of, whole=whole, as_document=as_document)


def _of_data(root: Path, newer: Path, older: str | None, as_of: date | None, *, whole: bool, as_document: bool) -> Code:
    from reportgen.newer import compared

    found = compared(root, lambda known: _replaced(known, newer, older), newer.read_bytes(), as_of)
    if as_document:
        click.echo(as_json(document(found)))
    else:
        click.echo("\n".join(visible(spaced(line)) for line in report(found, whole=whole)))
        show_text(found.problems, root, sys.stdout, {found.after.path: newer.read_bytes()})
        click.echo(_closing(found))
    return 1 if errors(found.problems) else 0


def _replaced(known: Mapping[str, tuple[str, ...]], newer: Path, older: str | None) -> str:
    """The file of the project that a newer one is a version of."""
    name = older or newer.name
    if not known:
        raise click.UsageError("no dataset of this project is read from a file")
    found = [path for path in known if path == name or path.endswith(f"/{name}")]
    if len(found) == 1:
        if Path(found[0]).suffix.lower() != newer.suffix.lower():
            ending = newer.suffix or "nothing"
            raise click.UsageError(
                f"{newer.name} ends in {ending}, and {found[0]} is read: save it as {Path(found[0]).suffix} to compare"
                " the two"
            )
        return found[0]
    names = {path.rpartition("/")[2]: path for path in known}
    hint = did_you_mean(name, names) or f"datasets are read from {', '.join(known)}"
    what = "several datasets' files are called" if found else "no dataset is read from a file called"
    say = "say which by its path: --of content/data/…" if found else "say which it is a version of: --of NAME"
    raise click.UsageError(f"{what} {name}: {hint}; {say}")


def document(found: Compared) -> dict[str, object]:
    """All that changes, for programs."""
    return {
        "before": asdict(found.before),
        "after": asdict(found.after),
        "texts": [_record(each) for each in found.printed],
        "facts": [_record(each) for each in found.facts],
        "checks": [_record(each) for each in found.checks],
        "figures": [
            {
                "id": each.id, **_at(each.at), "briefs": list(each.briefs),
                "changes": [asdict(change) for change in each.changes], "new_rows": each.new, "gone_rows": each.gone,
            }
            for each in found.figures
        ],
        "problems": [as_record(each) for each in found.problems],
    }  # fmt: skip


def _record(each: PrintedChange) -> dict[str, object]:
    return {**asdict(each.change), **_at(each.at), "briefs": list(each.briefs)}


def _at(span: Span) -> dict[str, object]:
    return {"file": span.file, "line": span.line, "column": span.column}


def report(found: Compared, *, whole: bool) -> list[str]:
    """The changes as lines, a heading a kind."""
    lines = [f"{found.before.path}", f"  now: {_file(found.before)}", f"  new: {_file(found.after)}", ""]
    lines += _section("In the texts", (_printed(each) for each in found.printed))
    lines += _section("Facts", (_printed(each) for each in found.facts))
    lines += _section("Charts and tables", _figures(found, whole=whole))
    lines += _section("Checks", (_printed(each) for each in found.checks))
    return lines + (["Problems that the new file brings"] if found.problems else [])


def _file(file: DataFile) -> str:
    rows = ", ".join(
        f"{id}: {count(rows, 'row')}" if rows >= 0 else f"{id}: cannot be made"
        for id, rows in zip(file.datasets, file.rows, strict=True)
    )
    return f"{rows}; SHA-256 {file.sha256[:12]}…"


def _section(heading: str, lines: Iterable[str]) -> list[str]:
    listed = list(lines)
    return [heading, *listed, ""] if listed else []


def _printed(each: PrintedChange) -> str:
    of, briefs = each.change.what, _briefs(each.briefs)
    return f"  {_place(each.at)}  {f'{of}: ' if of else ''}{_changed(each.change)}{briefs}"


def _figures(found: Compared, *, whole: bool) -> Iterator[str]:
    for each in found.figures:
        of = count(len(each.changes), "change")
        rows = [f"{count(n, 'row')} {word}" for n, word in ((each.new, "new"), (each.gone, "gone")) if n]
        yield f"  {_place(each.at)}  {each.id}: {', '.join((of, *rows))}{_briefs(each.briefs)}"
        shown = each.changes if whole else each.changes[:MOST_LISTED]
        yield from (f"    {change.what}: {_changed(change)}" for change in shown)
        if len(shown) < len(each.changes):
            yield f"    and {len(each.changes) - len(shown):,} more, which --all lists"


def _changed(change: ValueChange) -> str:
    return f"{change.before or 'nothing'} → {change.after or 'nothing'}"


def _briefs(briefs: tuple[str, ...]) -> str:
    return f", in {', '.join(briefs)}" if briefs else ""


def _place(span: Span) -> str:
    return f"{span.file}:{span.line}"


def _closing(found: Compared) -> str:
    if found.before.sha256 == found.after.sha256:
        return "The two files are the same, byte by byte."
    if found.is_all_the_same:
        return "Nothing that is printed, drawn or checked changes."
    briefs = {brief for each in found.printed for brief in each.briefs}
    briefs |= {brief for figure in found.figures for brief in figure.briefs}
    numbers, figures = sum(len(each.changes) for each in found.figures), len(found.figures)
    parts = [
        f"{count(len(found.printed), 'number')} in texts" if found.printed else "",
        f"{count(numbers, 'number')} in {count(figures, 'figure')}" if found.figures else "",
        count(len(found.facts), "fact") if found.facts else "",
        count(len(found.checks), "check") if found.checks else "",
    ]
    told = ", ".join(filter(None, parts))
    lines = [f"It changes {told}; {count(len(briefs), 'brief')}."] if told else []
    if found.problems:
        lines.append(f"Once it is in place, put right what `check` tells: {counted(found.problems)}.")
    lines.append(f"Nothing was written. To take it, put it in place of {found.before.path}.")
    lines += [
        f"Then save it: reportgen add {shlex.quote(found.before.path)} --as {source}" for source in found.saved_as
    ]
    return "\n".join(lines)
