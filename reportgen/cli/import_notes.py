"""`reportgen import-notes`."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from reportgen.cli.archive_folder import archive_folder, archive_option
from reportgen.cli.project import Code, in_project
from reportgen.cli.show import as_json, as_record, count, show_text, visible
from reportgen.diagnostics import Diagnostic, ReportError, Span, errors

_SHOWN = 60
"""Characters of marked words that are shown."""
_WORDS = {
    "taken": "",
    "known": "",
    "not-found": "these words do not stand in the saved source",
    "ambiguous": "these words stand there several times, and what stands around them does not tell which is meant",
    "no-number": "there is no number in them that can be read",
    "no-source": "no source with a saved copy has this address; name it with --source ID",
}


@click.command("import-notes")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--source", default="", metavar="ID", help="The source that all of them are about.")
@click.option("--dry-run", is_flag=True, help="Write nothing, and show what would be written.")
@click.option("--json", "as_document", is_flag=True, help="For programs.")
@archive_option
@in_project
def import_notes(root: Path, file: Path, source: str, dry_run: bool, as_document: bool, archive: Path | None) -> Code:
    """Make facts of what you marked elsewhere.

    Reads W3C Web Annotations, an export of Hypothesis, or Zotero's annotations as Better BibTeX gives them. Each number
    in marked words becomes a fact whose claim you still have to write: `reportgen check` says which. A comment becomes
    its note, a page's label its locator. What was imported before is not imported again.

    \b
    reportgen import-notes annotations.json
    reportgen import-notes zotero.json --source rents-2025
    """
    try:
        return _import(root, file, source, dry_run, as_document, archive)
    except ReportError as error:
        if not as_document:
            raise
        told = [as_record(one) for one in error.diagnostics]
        click.echo(as_json({"ok": False, "written": False, "notes": [], "diagnostics": told}))
        return 1


def _import(root: Path, file: Path, source: str, dry_run: bool, as_document: bool, archive: Path | None) -> Code:
    from reportgen import pipeline
    from reportgen.archive.texts import open_archive
    from reportgen.desk.annotations import AnnotationError, read_annotations
    from reportgen.desk.files import commit, difference
    from reportgen.desk.notes import imported
    from reportgen.desk.taking import written

    project = pipeline.answers(root)[0].project
    if source and source not in project.sources:
        raise click.UsageError(f'no source has the id "{source}"')
    try:
        found = read_annotations(file.read_text("utf-8-sig"))
    except (AnnotationError, UnicodeDecodeError) as problem:
        why = str(problem) if isinstance(problem, AnnotationError) else "this file is not in UTF-8"
        hint = "export the annotations again, as JSON"
        raise ReportError([Diagnostic("no-annotations", why, Span.at(str(file)), hint)]) from None
    opened = open_archive(archive_folder(root, archive, project))
    notes = imported(found, project, opened, source)
    entries = [entry for note in notes for entry in note.entries]
    done = written(entries, project, root, opened, may_wait=("claim-todo",)) if entries else None
    if done and not dry_run:
        commit(root, done.changes)
    wrong = [note for note in notes if _WORDS[note.outcome]]
    if as_document:
        listed = [
            {
                "exact": note.annotation.exact,
                "outcome": note.outcome,
                "source": note.source or None,
                "facts": [str(entry["id"]) for entry in note.entries],
                "comment_left_out": note.comment_left_out,
            }
            for note in notes
        ]
        told = [as_record(one) for one in (done.diagnostics if done else ())]
        shown = {"ok": not wrong, "written": bool(done) and not dry_run, "notes": listed, "diagnostics": told}
        click.echo(as_json(shown))
        return 1 if wrong else 0
    if done and dry_run:
        click.echo(difference(change for change in done.changes if change.name in done.files.values()), nl=False)
    for note in wrong:
        click.echo(f"not imported: “{_short(note.annotation.exact)}”: {_WORDS[note.outcome]}")
    for note in notes:
        if note.comment_left_out:
            click.echo(f"comment left out: “{_short(note.annotation.comment)}” has digits or calls")
    if done:
        show_text((one for one in done.diagnostics if one not in errors(done.diagnostics)), root, sys.stdout)
    known = Counter(note.outcome for note in notes)["known"]
    also = f", {known:,} known already" if known else ""
    where = f" in {', '.join(sorted(set(done.files.values())))}" if done else ""
    click.echo(f"{count(len(notes), 'annotation')}: {count(len(entries), 'fact')} written{where}{also}.")
    if entries:
        click.echo("Now write their claims, in place of TODO; `reportgen check` says where." if not dry_run else "")
    return 1 if wrong else 0


def _short(text: str) -> str:
    line = visible(" ".join(text.split()))
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
