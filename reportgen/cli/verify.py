"""`reportgen verify`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.archive_folder import archive_folder, archive_option
from reportgen.cli.project import Code, in_project
from reportgen.cli.show import console, count, counted, show_text, visible
from reportgen.diagnostics import errors, in_file_order

if TYPE_CHECKING:
    from reportgen.archive.texts import QuoteOutcome
    from reportgen.newer import SavedTable

SHA = 12
"""Hex digits of a file's hash that are shown."""


@click.command()
@archive_option
@in_project
def verify(root: Path, archive: Path | None) -> Code:
    """Find every quotation in the saved sources.

    Prints, for each fact, whether its quotation stands in the saved text, and where; for one that does not, the
    passage that comes nearest, with the differences marked as [yours → the source's]. What was found is kept in
    content/evidence.lock, which belongs beside the facts: a fact counts as verified while its quotation and the
    saved file stay as they were. Saved files are known by their content, whatever they are called.

    Each dataset is made again from the saved copy of its file, and its rows are compared; where a newer copy has been
    saved, the numbers that it has otherwise are listed.

    \b
    reportgen verify
    reportgen verify --archive ../sources
    """
    from reportgen import newer, pipeline

    verified = pipeline.verify(root, lambda project: archive_folder(root, archive, project))
    tables, told = newer.saved_tables(root, verified.asked, verified.archive)
    diagnostics = in_file_order((*verified.diagnostics, *told))
    out = console(sys.stdout)
    for fact, outcome in verified.outcomes:
        out.print(_line(fact, outcome))
    for table in tables:
        out.print(_table_line(table))
    show_text(diagnostics, root, sys.stdout)
    found = sum(outcome.entry is not None for _, outcome in verified.outcomes)
    lock = "was written" if verified.changed else "is as it was"
    wrong = f" ({wrong})" if (wrong := counted(diagnostics)) else ""
    made = f", {sum(table.is_same for table in tables):,} of {count(len(tables), 'table')} made again" if tables else ""
    quotations = f"{found:,} of {count(len(verified.outcomes), 'quotation')} found"
    click.echo(f"{quotations}{made}{wrong}; content/evidence.lock {lock}.")
    return 1 if errors(diagnostics) else 0


def _table_line(table: SavedTable) -> str:
    """What became of a dataset: its rows made again from the saved copy of its file, by hash, or not."""
    if table.is_same:
        return f"same       {table.dataset}  {table.source} {table.sha256[:SHA]}… {count(table.rows, 'row')}"
    return f"NOT SAVED  {table.dataset}  {table.source}: no saved copy of it has the SHA-256 of {table.file}"


def _line(fact: str, outcome: QuoteOutcome) -> str:
    """Where a quotation stands: file by hash, characters from and up to. The nearest passage comes with the problem."""
    source = outcome.request.source
    if outcome.entry is None:
        return f"NOT FOUND  {fact}  {source}: {visible(outcome.reason)}"
    return f"found      {fact}  {source} {outcome.entry.sha256[:SHA]}… {outcome.entry.start}–{outcome.entry.end}"
