"""`reportgen release`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.faults import tell_faults
from reportgen.cli.progress import progress_bar
from reportgen.cli.project import Code, DayOption, in_project, out_folder
from reportgen.cli.show import counted, show_text
from reportgen.diagnostics import Diagnostic, ReportError, Span

if TYPE_CHECKING:
    from reportgen.desk.files import FileChange
    from reportgen.load.files import Files
    from reportgen.model.project import Project
    from reportgen.releasing import MadeEdition, Released

KINDS = ("correction", "revision", "update", "clarification")


@click.command()
@click.argument("words", nargs=-1, metavar="[SLUG…] [TEXT]")
@click.option("--minor", is_flag=True, help="Nothing that is said changed: a misspelt word, the order of sentences.")
@click.option("--kind", type=click.Choice(KINDS), help="Why; TEXT, the last word of the command, is the reason.")
@click.option("--fact", metavar="ID", help="The fact that the reason is about: it is written there, for all briefs.")
@click.option("--date", "day", type=DayOption(), metavar="DAY", help="The edition's day. Without it: today.")
@click.option("--dry-run", is_flag=True, help="Say which editions would be made, and make none.")
@in_project
def release(
    root: Path, words: tuple[str, ...], minor: bool, kind: str | None, fact: str | None, day: date | None, dry_run: bool
) -> Code:
    """Freeze what the briefs say now: an edition of each that is not as it was published.

    An edition stands in content/editions/: page, PDF, and the list of all that they print. `publish` makes what is
    pending by itself; this command is for a reason that you would rather type here than into a file.

    \b
    reportgen release                                            what `publish` would release
    reportgen release wages --minor                              a misspelt word
    reportgen release wages --kind update "A paragraph on rent."
    reportgen release --kind correction --fact rent-2025 "We had misread the table."
    reportgen release --dry-run                                  which editions would be made
    """
    slugs, text = _slugs_and_text(words, minor, kind, fact)
    reasons = _reason(root, slugs, text, "minor" if minor else kind or "", fact)
    written = () if dry_run else reasons
    files: Files | None = None
    if reasons:
        from reportgen.desk.files import LaidOver, commit

        commit(root, written)
        files = LaidOver(root, reasons) if dry_run else None
    over = {change.name: change.after or b"" for change in reasons}
    done = None
    try:
        done = make_editions(root, slugs, day, dry_run=dry_run, files=files)
        show_text(done.diagnostics, root, sys.stderr, over)
    except ReportError as error:
        if not written:
            raise
        show_text(error.diagnostics, root, sys.stderr)  # before the entry is taken back: lines are shown as they were
        return 1
    finally:
        if written and (done is None or not done.ok):
            _take_back(root, written)
    if done.faults:
        return tell_faults([failure.fault for failure in done.faults], out_folder(root))
    if not done.ok:
        click.echo(f"Not released: {counted(done.diagnostics) or 'the pages were not made'}.", err=True)
        return 1
    click.echo(report(done.editions, dry_run))
    return 0


def _slugs_and_text(
    words: tuple[str, ...], minor: bool, kind: str | None, fact: str | None
) -> tuple[tuple[str, ...], str]:
    """What was typed: the briefs, and the reason. Raises UsageError."""
    if minor and kind:
        raise click.UsageError("--minor and --kind exclude each other")
    if fact and not kind:
        raise click.UsageError("--fact needs --kind and a reason")
    if not kind:
        if minor and not words:
            raise click.UsageError("--minor needs the briefs that it is about")
        return words, ""
    if not words:
        raise click.UsageError('--kind needs a reason: reportgen release --kind correction "We had misread the table."')
    slugs = words[:-1]
    if not slugs and not fact:
        raise click.UsageError("name the brief that the reason is about, or its fact with --fact")
    return slugs, words[-1]


def _reason(root: Path, slugs: tuple[str, ...], text: str, kind: str, fact: str | None) -> tuple[FileChange, ...]:
    """The entry that the command gives, in its file; nothing where the same stands there and waits for its edition."""
    if not slugs and not kind:
        return ()
    from reportgen import pipeline
    from reportgen.desk.changes import change_entry, file_with

    project = pipeline.answers(root)[0].project
    unknown = [slug for slug in slugs if slug not in project.briefs]
    if unknown:
        raise ReportError([_unknown("brief", slug, tuple(project.briefs)) for slug in unknown])
    if fact and fact not in project.facts:
        raise ReportError([_unknown("fact", fact, tuple(project.facts))])
    if not kind:
        return ()
    owners = [f"fact:{fact}"] if fact else ["brief"] * len(slugs)
    targets = [""] if fact else list(slugs)
    entry = change_entry(kind, text, "")
    del entry["date"]
    return tuple(
        file_with(root, project, owner, slug, entry)
        for owner, slug in zip(owners, targets, strict=True)
        if not _waits(project, owner, slug, kind, text)
    )


def _waits(project: Project, owner: str, slug: str, kind: str, text: str) -> bool:
    """Whether the same entry stands there without a day: a release that was interrupted wrote it."""
    changes = project.briefs[slug].changes if owner == "brief" else project.facts[owner.partition(":")[2]].changes
    return any(c.date is None and c.kind == kind and c.text.in_language("") == text for c in changes)


def _unknown(kind: str, id: str, known: tuple[str, ...]) -> Diagnostic:
    from reportgen.load.suggest import meant_or_known

    return Diagnostic(f"unknown-{kind}", f'there is no {kind} "{id}"', Span.of(id), meant_or_known(id, known, kind))


def _take_back(root: Path, written: tuple[FileChange, ...]) -> None:
    from reportgen.desk.files import commit

    commit(root, [change.undone for change in reversed(written)])


def make_editions(
    root: Path,
    slugs: tuple[str, ...] = (),
    day: date | None = None,
    *,
    dry_run: bool = False,
    allowed: frozenset[str] = frozenset(),
    files: Files | None = None,
) -> Released:
    """Makes what is pending, and writes its day beside each reason. `files`: as `release` has them."""
    from reportgen import pipeline
    from reportgen.desk.changes import dated_files
    from reportgen.desk.files import commit
    from reportgen.model.edition import RECORD
    from reportgen.releasing import release as make

    with progress_bar() as progress:
        done = make(
            root,
            out_folder(root),
            day=day or date.today(),
            only=slugs,
            dry_run=dry_run,
            allowed=allowed,
            chosen_day=day is not None,
            files=files,
            progress=progress,
        )
    if done.ok and done.editions and not dry_run:
        project = pipeline.answers(root)[0].project
        released = [(slug, edition.note) for slug, history in project.editions.items() for edition in history]
        released += [(RECORD, record.note) for record in project.records]
        commit(root, dated_files(root, project, released))
    return done


def name_of(edition: MadeEdition) -> str:
    """What an edition is of, in words."""
    from reportgen.model.edition import RECORD

    return edition.brief if edition.brief != RECORD else "facts, pages and charts"


def report(editions: tuple[MadeEdition, ...], dry_run: bool) -> str:
    """Which editions were made, or would be."""
    if not editions:
        return "Nothing to release: every brief says what its last edition says."
    lines = [f"{name_of(each)}, edition of {each.note.date}, version {each.note.version}" for each in editions]
    if dry_run:
        return "\n".join((*lines, "Nothing was done. With --dry-run left out, these editions would be made."))
    return "\n".join(("Released:", *lines, "Commit content/editions/ with the rest."))
