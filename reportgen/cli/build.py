"""`reportgen build`."""

from __future__ import annotations

import sys
from datetime import date
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from reportgen.cli.faults import tell_faults
from reportgen.cli.progress import progress_bar
from reportgen.cli.project import Code, as_of_option, in_project, out_folder, strict_option
from reportgen.cli.show import count, counted, show_text
from reportgen.diagnostics import Diagnostic, errors
from reportgen.rebuild.world import naming

if TYPE_CHECKING:
    from reportgen.pipeline import Summary
    from reportgen.rebuild.workers import Pool
    from reportgen.targets.session import Formats


@click.command()
@click.option("--only", multiple=True, metavar="SLUG", help="Make this brief alone (its file's name without .md).")
@click.option(
    "--format",
    "formats",
    type=click.Choice(["html", "pdf", "all", "docx"]),
    default="all",
    show_default=True,
    help="What to make of each brief; docx is for comments in Word, and no part of the site.",
)
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes at work at once. Without it: one a core."
)
@click.option("--executor", type=click.Choice(["local", "dask"]), default="local", show_default=True, help="Who works.")
@click.option("--scheduler", metavar="ADDRESS", default="", help="Of a Dask cluster, e.g. tcp://10.0.0.5:8786.")
@click.option("--explain", is_flag=True, help="Say why each part was made again.")
@strict_option
@as_of_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where the site goes, as DIR/site. Without it: build/ in the project's folder.",
)
@in_project
def build(
    root: Path,
    only: tuple[str, ...],
    formats: Formats | Literal["docx"],
    jobs: int | None,
    executor: str,
    scheduler: str,
    explain: bool,
    strict: bool,
    as_of: date | None,
    out: Path | None,
) -> Code:
    """Make the site and the PDFs.

    Only what changed is made again. With any error in content/, nothing is: all errors are listed, and the last
    good site stays as it was.

    \b
    reportgen build                            everything
    reportgen build --only wages-2025          one brief, while you write it
    reportgen build --format html              no PDFs, which take longest
    reportgen build --explain                  and why each part was made again
    reportgen build --format docx              build/docx/<slug>.docx of each brief, drafts too
    """
    from reportgen import pipeline

    with progress_bar() as progress:
        if formats == "docx":
            made = pipeline.word(
                root, out_folder(root, out), only=only, jobs=jobs, as_of=as_of, strict=strict, progress=progress
            )
            return _tell_word(made, root, out_folder(root, out))
        summary = pipeline.build(
            root,
            out_folder(root, out),
            only=only,
            formats=formats,
            jobs=jobs,
            as_of=as_of,
            strict=strict,
            progress=progress,
            pool=_pool(executor, scheduler),
            keep_warnings=lambda warnings: keep_warnings(warnings, root, out_folder(root, out)),
        )
    show_text(summary.diagnostics, root, sys.stderr)
    faults = [failure.fault for failure in summary.faults if failure.fault]
    if explain:
        for stale in summary.made:
            click.echo(f"{stale.name}: {stale.reason}")
    click.echo(closing(summary, strict), err=not summary.ok)
    if formats == "html" and summary.ok and (lacking := _without_pdf(summary.site)):
        click.echo(
            f"note: links to the PDF of {count(lacking, 'brief')} lead nowhere yet: `reportgen build` makes them."
        )
    if faults:
        return tell_faults(faults, out_folder(root, out))
    if any(diagnostic.code == "unknown-brief" for diagnostic in summary.diagnostics):
        return 2
    return 0 if summary.ok else 1


def _without_pdf(site: Path) -> int:
    """How many pages of briefs link to a PDF that is not there."""
    folders = [page.parent for depth in ("", "*/") for page in site.glob(f"{depth}briefs/*/index.html")]
    return sum(not (folder / f"{folder.name}.pdf").is_file() for folder in folders)


def _tell_word(made: Summary, root: Path, out: Path) -> Code:
    """What came of the Word documents."""
    show_text(made.diagnostics, root, sys.stderr)
    if made.faults:
        return tell_faults([failure.fault for failure in made.faults], out)
    if not made.ok:
        click.echo(f"No Word document was written: {counted(made.diagnostics)}.", err=True)
        return 2 if any(found.code == "unknown-brief" for found in made.diagnostics) else 1
    click.echo(f"{count(made.written, 'Word document')} in {made.site}")
    return 0


def _pool(executor: str, scheduler: str) -> Pool | None:
    """None for processes of this machine."""
    if (executor == "dask") != bool(scheduler):
        raise click.UsageError("--executor dask and --scheduler ADDRESS go together")
    if not scheduler:
        return None
    from reportgen.distributed import dask

    return dask(scheduler)


def keep_warnings(warnings: tuple[Diagnostic, ...], root: Path, out: Path) -> None:
    """Written down, so that a later build with nothing to do says them again without finding them again."""
    path = out / "warnings"
    if not warnings:
        path.unlink(missing_ok=True)
        return
    text = StringIO()
    show_text(warnings, root, text)
    out.mkdir(parents=True, exist_ok=True)
    with naming(path):
        path.write_text(f"{counted(warnings)}\n{text.getvalue()}", encoding="utf-8")


def closing(summary: Summary, strict: bool) -> str:
    """What came of it, in a line or two."""
    site = f"{summary.site}"
    found = counted(summary.diagnostics)
    if not summary.ok:
        why = found or "an error of the program"
        if strict and found and not errors(summary.diagnostics) and not summary.faults:
            why += ", and --strict counts warnings as errors"
        if summary.placed:
            return f"Built but for the search: {why}. {site} is new, and its search finds what it found before."
        return f"Not built: {why}. {f'{site} is as it was' if summary.site.exists() else 'There is no site yet'}."
    told = f" ({found})" if found else ""
    if not summary.made and not summary.written and not summary.removed:
        return f"Nothing to do{told}: {site} is up to date."
    kept = f", {summary.kept:,} were up to date" if summary.kept else ""
    pages = f", its pages in {summary.placed:.1f} s" if summary.placed else ""
    return (
        f"Built in {summary.seconds:.1f} s{pages}{told}: {count(len(summary.made), 'part')} made{kept}; "
        f"{count(summary.written, 'file')} written, {summary.removed:,} removed.\n{summary.site / 'index.html'}"
    )
