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


LONGEST = 60
"""Characters of a changed text that are shown."""


@click.command()
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as notes beside the lines on GitHub.",
)
@click.option("--fix", is_flag=True, help="Put right what is beyond doubt, say what was changed, and check.")
@click.option("--lang", help="List what the project does not give in a language, such as ru, as a table to fill in.")
@click.option(
    "--to", type=click.Path(path_type=Path, dir_okay=False), help="With --lang: the file to write it to, .csv or .xlsx."
)
@click.option(
    "--fill",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="With --lang: a table that was filled in, CSV or XLSX; its texts are put into the files.",
)
@click.option("--dry-run", is_flag=True, help="With --fix or --fill: show the changes, and make none.")
@strict_option
@as_of_option
@in_project
def check(
    root: Path, shape: str, fix: bool, lang: str | None, to: Path | None, fill: Path | None, dry_run: bool,
    strict: bool, as_of: date | None,
) -> Code:  # fmt: skip
    """Look for mistakes, and change nothing but with --fix or --fill.

    Lists problems with their file, line and column, and says of each brief how many of its numbers come
    from a cited fact. Whatever would stop "reportgen build" or "publish" is found here, but for what only the
    layout of a page shows: a table too wide for paper.

    \b
    reportgen check                    before you publish
    reportgen check --strict           warnings count too
    reportgen check --format json      for an editor or a script
    reportgen check --fix              misspelt names, dates like 29.11.2026, curly quotes, line ends
    reportgen check --lang ru --to ru.csv     what has no Russian, as a table for a translator
    reportgen check --lang ru --fill ru.csv   the table back into the files
    """
    from reportgen import pipeline

    if dry_run and not (fix or fill):
        raise click.UsageError("--dry-run is for --fix and --fill: a check changes nothing")
    if (to or fill) and not lang:
        raise click.UsageError("say the language: --lang ru")
    if to and to.suffix.lower() not in (".csv", ".xlsx"):
        raise click.UsageError(f"a table is written as CSV or XLSX: --to {to.stem}.csv or --to {to.stem}.xlsx")
    if lang:
        return _in_language(root, lang, to, fill, dry_run)
    checked = _fixed(root, as_of, dry_run, shape != "text") if fix else pipeline.check(root, as_of)
    failed = bool((counted_by_strict if strict else errors)(checked.diagnostics))
    if shape == "json":
        click.echo(as_json(document(checked, not failed)))
    elif shape == "github":
        for diagnostic in checked.diagnostics:
            click.echo(as_workflow_command(diagnostic))
    else:
        show_text(checked.diagnostics, root, sys.stdout)
        if not fix and (number := _fixable(checked, root)):
            click.echo(f"or: reportgen check --fix puts {number:,} of these right")
        click.echo(report(checked))
    return 1 if failed else 0


def _fixed(root: Path, as_of: date | None, dry_run: bool, aside: bool) -> Checked:
    """Puts right what can be, and says what. `aside`: on standard error. Returns what is found afterwards."""
    from reportgen.desk.files import commit, difference
    from reportgen.desk.putting_right import put_right

    right = put_right(root, as_of)
    if dry_run:
        click.echo(difference(right.changes).rstrip("\n") if right.changes else "Nothing to put right.", err=aside)
    else:
        if right.changes:
            commit(root, right.changes)
        lines = [f"{fix.file}:{fix.line}: {_short(fix.old)} -> {_short(fix.new)}" for fix in right.fixes]
        lines += [f"{file}: {count(odd, 'line')} made to end like the others" for file, odd in right.evened]
        done = len(right.fixes) + len(right.evened)
        told = f"Put right: {done:,}, in {count(len(right.changes), 'file')}." if done else "Nothing to put right."
        click.echo("\n".join([*lines, told]), err=aside)
    return right.checked


def _in_language(root: Path, lang: str, to: Path | None, fill: Path | None, dry_run: bool) -> Code:
    """What the project lacks in a language, as a table; or such a table, filled in, back into the files."""
    from reportgen import pipeline
    from reportgen.desk import translating
    from reportgen.desk.files import commit, difference
    from reportgen.load.fields import is_language

    if not is_language(lang):
        raise click.UsageError(f'"{lang}" is no language\'s tag: write en, ru or kk, for example')
    with pipeline.asking(root) as (asked, cite):
        if fill is None:
            rows = translating.lacking(asked, cite, lang)
            as_workbook = to is not None and to.suffix.lower() == ".xlsx"
            made = translating.table(rows, lang, asked.project.settings.lang, as_workbook=as_workbook)
            if to is None:
                click.echo(made.decode("utf-8-sig"), nl=False)
            else:
                to.write_bytes(made)
            click.echo(f"{count(len(rows), 'text')} without {lang}.", err=True)
            return 0
    given = translating.read_filled(fill, lang)
    changes, refused = translating.soundly_filled_in(
        root, asked, lang, given, lambda files: pipeline.check(root, files=files).diagnostics
    )
    if dry_run:
        click.echo(difference(changes).rstrip("\n") if changes else "Nothing to fill in.")
    else:
        commit(root, changes)
        names = ", ".join(change.name for change in changes)
        click.echo(f"Filled in: {names}." if changes else "Nothing to fill in.")
    show_text(refused, root, sys.stderr)
    return 1 if refused else 0


def _fixable(checked: Checked, root: Path) -> int:
    """Of how many problems it is beyond doubt what was meant."""
    from reportgen.desk.fixing import FIXED

    if not any(found.code in FIXED for found in checked.diagnostics):
        return 0
    from reportgen.desk.putting_right import fixable

    return len(fixable(root, checked.diagnostics))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 2]}…{text[-1]}"


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
