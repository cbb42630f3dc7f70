"""`reportgen add`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportgen.cli.archive_folder import archive_folder, archive_option
from reportgen.cli.project import Code, DayOption, in_project
from reportgen.cli.show import as_json, as_record, show_text, visible
from reportgen.diagnostics import Diagnostic, ReportError, errors

if TYPE_CHECKING:
    from reportgen.desk.adding import Addition, NewCopy
    from reportgen.desk.references import ReferenceDraft

_LETTERS = {"type": "y", "title": "t", "author": "a", "issued": "d", "publisher": "p", "language": "l"}
"""Field -> the letter that edits it."""
_ALWAYS = frozenset(("title", "type"))
"""Guesses that are kept without a word, since every source needs them."""


@click.command()
@click.argument("targets", nargs=-1, required=True, metavar="FILE|URL…")
@click.option("--as", "source", metavar="ID", default="", help="The source's id; one that is there gets another copy.")
@click.option("--retrieved", type=DayOption(), metavar="DATE", help="The day it was saved. Without it: today.")
@click.option("--title", default="", metavar="TEXT", help="Its title.")
@click.option(
    "--author",
    "authors",
    multiple=True,
    metavar="NAME",
    help='An author, e.g. "Jane Doe" or "Silva Souza, Ana"; give it again for each.',
)
@click.option(
    "--organisation", "organisations", multiple=True, metavar="NAME", help="An author that is no person; as --author."
)
@click.option("--issued", default="", metavar="DATE", help="The day it was published, e.g. 2025-03-14 or 2025.")
@click.option("--publisher", default="", metavar="NAME", help="Who published it.")
@click.option(
    "--language", default="", metavar="TAG", help="The language it is in, e.g. en; it says how numbers are read."
)
@click.option("--yes", is_flag=True, help="Keep what is guessed without asking; and a copy that has lost quotations.")
@click.option("--dry-run", is_flag=True, help="Write nothing, and show what would be written.")
@click.option("--json", "as_document", is_flag=True, help="For programs.")
@archive_option
@in_project
def add(
    root: Path,
    targets: tuple[str, ...],
    source: str,
    retrieved: date | None,
    title: str,
    authors: tuple[str, ...],
    organisations: tuple[str, ...],
    issued: str,
    publisher: str,
    language: str,
    yes: bool,
    dry_run: bool,
    as_document: bool,
    archive: Path | None,
) -> Code:
    """Save a source, and write its reference.

    Copies the file, or what the address answers, into the folder of saved sources, and writes the entries of
    sources.yaml and archive.yaml. Title, authors, date and publisher are drafted from what it says of itself; what is
    guessed is shown as such, and on a terminal you are asked. Elsewhere guesses are left out, except the title.

    An address is called only here, when you give it; no other command fetches anything.

    \b
    reportgen add report.pdf
    reportgen add https://example.org/news/wages --language en
    reportgen add corrected.pdf --as wages-2025     another copy of a source
    """
    from reportgen.desk.references import a_day
    from reportgen.load.fields import is_language, tag_of

    if source and len(targets) > 1:
        raise click.UsageError("--as names one source: give one file or address")
    if issued and not a_day(issued):
        raise click.UsageError(f'--issued "{issued}" is no date; write it like 2025-03-14, 2025-03 or 2025')
    if language and not is_language(language.replace("_", "-")):
        meant = tag_of(language)
        hint = f"write {meant}" if meant else "write its tag, like en, fil or pt-BR"
        raise click.UsageError(f'--language "{language}" is no language\'s tag; {hint}')
    said = _said(title, authors, organisations, a_day(issued), publisher, language)
    told: list[dict[str, Any]] = []
    failed = False
    for target in targets:
        try:
            asks = sys.stdin.isatty() and not (yes or as_document)
            found = _add(root, target, source, retrieved, said, yes, dry_run, asks, archive)
        except ReportError as error:
            found = {"target": target, "outcome": "refused", "diagnostics": error.diagnostics}
        told.append(found)
        failed = failed or bool(errors(found["diagnostics"]))
        if not as_document:
            _tell(found, root, dry_run)
    if as_document:
        shown = [{**each, "diagnostics": [as_record(one) for one in each["diagnostics"]]} for each in told]
        click.echo(as_json({"ok": not failed, "added": shown}))
    return 1 if failed else 0


def _add(
    root: Path,
    target: str,
    source: str,
    retrieved: date | None,
    said: ReferenceDraft,
    yes: bool,
    dry_run: bool,
    asks: bool,
    named: Path | None,
) -> dict[str, Any]:
    """One source. What came of it, for people and programs."""
    from reportgen import pipeline
    from reportgen.archive.texts import open_archive
    from reportgen.desk.adding import addition, copy_of, known_as, put_back, stamped
    from reportgen.desk.files import commit, difference
    from reportgen.load.fields import ID

    now = datetime.now(UTC)
    day = retrieved or today()
    project = pipeline.answers(root)[0].project
    if source not in ("", *project.sources) and not ID.fullmatch(source):
        raise click.UsageError(f'"{source}" cannot be an id: use small Latin letters, digits and hyphens')
    folder = archive_folder(root, named, project, must_exist=False)
    copy = copy_of(target, now)
    if known := known_as(copy, project):
        changes = put_back(copy, known, open_archive(folder), root, day) if folder.is_dir() else ()
        if not dry_run:
            commit(root, changes)
        ignored = sorted(said) + (["retrieved"] if retrieved else [])
        return {
            "target": target,
            "outcome": "known",
            "source": known,
            "ignored": ignored,
            "file": project.sources[known].at.whole.file,
            "diagnostics": (),
        }
    draft = _with_said(copy.draft, said)
    done = addition(copy, draft, project, root, folder, source=source, retrieved=day)
    left_out: tuple[str, ...] = ()
    if done.is_new:
        if asks:
            draft = _asked(target, draft)
        elif not yes:
            left_out = tuple(n for n, field in draft.items() if field.certainty == "guess" and n not in _ALWAYS)
            draft = {name: field for name, field in draft.items() if name not in left_out}
        done = addition(copy, draft, project, root, folder, source=source, retrieved=day)
    lost = errors(done.told)
    if lost and not yes:
        return {"target": target, "outcome": "lost", "source": done.source, "diagnostics": done.told}
    if lost:
        kept = tuple(replace(one, severity="warning") if one in lost else one for one in done.told)
        done = replace(done, told=kept)
    if not dry_run:
        if project.settings.timestamp:
            done = stamped(done, project.settings.timestamp)
        commit(root, done.changes)
    return {
        "target": target,
        "outcome": "added" if done.is_new else "copied",
        **_record(copy, draft, done),
        "ignored": [] if done.is_new else sorted(said.keys() - ({"language"} if done.language else set())),
        "described": "" if done.is_new else project.sources[done.source].at.whole.file,
        "left_out": {name: copy.draft[name].text for name in left_out},
        "diff": difference(done.changes) if dry_run else "",
        "diagnostics": done.told,
    }


def today() -> date:
    """The day on this machine's calendar: when a copy was saved, where nobody says."""
    return date.today()


def _record(copy: NewCopy, draft: ReferenceDraft, done: Addition) -> dict[str, Any]:
    fields = {
        name: {"value": field.text, "certainty": field.certainty, "origin": field.origin}
        for name, field in draft.items()
        if done.is_new
    }
    named = [change.name for change in done.changes]
    entry = next((name for name in named if name.endswith("/archive.yaml")), "")
    return {
        "source": done.source,
        "saved": done.changes[0].name,
        "entry": entry,
        "file": next((name for name in named if name.startswith("content/sources/") and name != entry), ""),
        "sha256": copy.sha256,
        "media_type": copy.media_type,
        "fields": fields,
        "language": done.language,
    }


def _said(
    title: str, authors: tuple[str, ...], organisations: tuple[str, ...], issued: str, publisher: str, language: str
) -> ReferenceDraft:
    """What is said of a source on the command line."""
    from reportgen.desk.references import DraftField

    texts = {"title": title, "issued": issued, "publisher": publisher, "language": language}
    said = {name: DraftField(name, (text,), "given", "you") for name, text in texts.items() if text}
    if authors or organisations:
        values = (*authors, *organisations)
        said["author"] = DraftField("author", values, "given", "you", frozenset(organisations))
    return said


def _with_said(draft: ReferenceDraft, said: ReferenceDraft) -> ReferenceDraft:
    from reportgen.desk.references import FIELDS, with_persons

    return with_persons({name: said.get(name) or draft[name] for name in FIELDS if name in said or name in draft})


def _asked(target: str, draft: ReferenceDraft) -> ReferenceDraft:
    """The draft as a person at a terminal wants it: Enter takes it, a letter edits a field."""
    from reportgen.desk.references import FIELDS, DraftField, a_day, with_persons

    while True:
        click.echo(f"{target}:")
        for name in FIELDS:
            if name in draft or name in _LETTERS:
                field = draft.get(name)
                value = visible(field.text) if field else "–"
                doubt = f"   ? guessed from {field.origin}" if field and field.certainty == "guess" else ""
                click.echo(f"  {_LETTERS.get(name, ' ')}  {name:<15} {value}{doubt}")
        chosen = click.prompt("Enter takes it, a letter edits a line", default="", show_default=False).strip().lower()
        if not chosen:
            return draft
        name = next((n for n, letter in _LETTERS.items() if letter == chosen), "")
        if not name:
            click.echo(
                f'"{chosen}" is none of the letters {", ".join(_LETTERS.values())}; Enter takes the draft as it is'
            )
            continue
        old = draft[name].text if name in draft else ""
        new = click.prompt(f"{name} (- for none)", default=old).strip()
        if name == "issued" and new != "-" and not a_day(new):
            click.echo(f'"{new}" is no date; write it like 2025-03-14, 2025-03 or 2025')
            continue
        changed = dict(draft)
        changed.pop(name, None)
        if new != "-" or name in _ALWAYS:
            values = tuple(part.strip() for part in new.split(";")) if name == "author" else (new,)
            changed[name] = DraftField(name, values, "given", "you")
        draft = with_persons({name: changed[name] for name in FIELDS if name in changed})


def _tell(found: Mapping[str, Any], root: Path, dry_run: bool) -> None:
    diagnostics: tuple[Diagnostic, ...] = found["diagnostics"]
    if found["outcome"] == "refused":
        show_text(diagnostics, root, sys.stderr)
        return
    if found["outcome"] == "lost":
        show_text(diagnostics, root, sys.stderr)
        click.echo("Nothing was written.", err=True)
        click.echo("If it is another source, give it an id of its own with --as.", err=True)
        click.echo(f"If it is a copy of {found['source']}, --yes keeps it beside the older ones, which stay.", err=True)
        return
    if found["outcome"] == "known":
        click.echo(f"known: {found['source']}")
        if found["ignored"]:
            place = f"its reference is written; change it in {found['file']}, at {found['source']}"
            click.echo(f"Not taken: {', '.join(found['ignored'])} ({place}).", err=True)
        return
    if dry_run:
        click.echo(found["diff"], nl=False)
        click.echo("Nothing was written.")
        return
    what = "Added" if found["outcome"] == "added" else "Another copy of"
    click.echo(f"{what} {found['source']}, saved as {found['saved']}.")
    for name, field in found["fields"].items():
        doubt = f"   ? guessed from {field['origin']}" if field["certainty"] == "guess" else ""
        click.echo(f"  {name:<15} {visible(field['value'])}{doubt}")
    for name, value in found["left_out"].items():
        click.echo(f"  {name:<15} left out: guessed as {visible(value)}")
    if found["left_out"]:
        click.echo(f"To keep a guess, write it in {found['file']}, at {found['source']}; --yes keeps all at once.")
    if found["language"]:
        click.echo(
            f"Its source says no language: read as {found['language']}, which {found['entry']} says of this copy."
        )
    show_text(diagnostics, root, sys.stdout)
    if found["ignored"]:
        place = f"its reference is written; change it in {found['described']}, at {found['source']}"
        click.echo(f"Not taken: {', '.join(found['ignored'])} ({place}).", err=True)
    if found["outcome"] == "copied":
        click.echo(f"To undo: delete {found['saved']}, and in {found['entry']} the entry with {found['sha256'][:12]}….")
    if not diagnostics:
        click.echo(f"Now: reportgen suggest {found['source']}")
