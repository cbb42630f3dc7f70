"""`reportgen suggest`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportgen.cli.archive_folder import archive_folder, archive_option
from reportgen.cli.project import Code, in_project
from reportgen.cli.show import as_json, as_record, console, count, show_text, visible
from reportgen.diagnostics import Diagnostic, ReportError, Span
from reportgen.language.phrases import Furniture
from reportgen.load.suggest import did_you_mean

if TYPE_CHECKING:
    from reportgen.archive.texts import Archive
    from reportgen.desk.proposing import Suggested, Suggestion
    from reportgen.desk.taking import FactChoice
    from reportgen.model.project import Project

_CONTEXT = 160
"""Characters of a sentence that are shown."""


@click.command()
@click.argument("source", metavar="SOURCE")
@click.option("--all", "everything", is_flag=True, help="Show what is mostly noise too, such as years and labels.")
@click.option(
    "--min-strength", type=click.IntRange(min=1), default=1, metavar="N", help="Only what is worth citing this much."
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "yaml"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as facts whose claims are still to be written.",
)
@click.option("--json", "as_document", is_flag=True, help="The same as --format json.")
@click.option("--take", type=click.IntRange(min=1), metavar="N", help="Write number N as a fact; it needs a --claim.")
@click.option("--claim", default="", metavar="TEXT", help="The claim in your words, with {value} for the value.")
@click.option("--id", "fact_id", default="", metavar="ID", help="The fact's id. Without it: made of what it is about.")
@click.option("--measure", default="", metavar="ID", help="What it measures, from measures.yaml.")
@click.option("--place", default="", metavar="CODE", help="The place that it is about, e.g. NL.")
@click.option("--as-of", default="", metavar="DATE", help="The time that the value describes, e.g. 2025-12.")
@click.option("--unit", default="", metavar="UNIT", help="Another unit than the one that was read.")
@click.option("--relation", default="", metavar="SIGN", help="What the source says beside the number: = < <= > >= ~")
@click.option(
    "--modality",
    type=click.Choice(["done", "planned", "expected", "claimed"]),
    help="In which mood the source says it. Without it: as the quotation's words have it.",
)
@click.option("--locator", default="", metavar="TEXT", help='Where in the source, e.g. "p. 3".')
@click.option("--value", default="", metavar="VALUE", help="Another value than the one that was read; see --reading.")
@click.option(
    "--reading",
    default="",
    metavar="TEXT",
    help="How the value follows from the quotation, where that does not print it.",
)
@click.option("--yes", is_flag=True, help="Take the guessed measure, place and time too, where you give none.")
@click.option("--dry-run", is_flag=True, help="Write nothing, and show what would be written.")
@archive_option
@in_project
def suggest(
    root: Path,
    source: str,
    everything: bool,
    min_strength: int,
    shape: str,
    as_document: bool,
    take: int | None,
    claim: str,
    fact_id: str,
    measure: str,
    place: str,
    as_of: str,
    unit: str,
    relation: str,
    modality: str | None,
    locator: str,
    value: str,
    reading: str,
    yes: bool,
    dry_run: bool,
    archive: Path | None,
) -> Code:
    """List the numbers of a source, and make facts of them.

    Shows every number, range and date of the saved source that is no fact yet, each with the quotation that would
    carry it, and the value, unit and relation that are read out of it. What is mostly noise (page numbers, notes,
    headings) is hidden and counted. With --take, one is written as a fact and verified at once; measure, place and
    time are only guessed, and are written when you give them, or say --yes.

    \b
    reportgen suggest rents-2025
    reportgen suggest rents-2025 --take 4 --claim "The average rent was {value}."
    reportgen suggest rents-2025 --take 4 --claim "It was {value}." --measure rent --place CZ --as-of 2025-03
    """
    from reportgen import pipeline
    from reportgen.archive.texts import open_archive
    from reportgen.desk.reading import suggestions_of
    from reportgen.desk.taking import FactChoice

    project = pipeline.answers(root)[0].project
    if source not in project.sources:
        hint = did_you_mean(source, project.sources) or "`reportgen add FILE` adds one"
        raise click.UsageError(f'no source has the id "{source}": {hint}')
    if bool(take) != bool(claim):
        raise click.UsageError("--take N and --claim TEXT go together: a fact is a claim with its value")
    if relation not in ("", "=", "<", "<=", ">", ">=", "~"):
        raise click.UsageError(f'--relation "{relation}" is none of = < <= > >= ~')
    opened = open_archive(archive_folder(root, archive, project))
    as_document = as_document or shape == "json"
    if take:
        chosen = FactChoice(
            claim,
            fact_id,
            measure,
            place,
            as_of,
            unit,
            relation,
            locator,
            value=value,
            reading=reading,
            modality=modality or "",
        )
        try:
            return _take(root, source, take, chosen, project, opened, yes, dry_run, as_document)
        except ReportError as error:
            return _refused(error, root, as_document)
    found = suggestions_of(project.sources[source], project, opened, everything=everything)
    shown = [each for each in found.shown if each.strength >= min_strength]
    weak = len(found.shown) - len(shown)
    if as_document:
        click.echo(as_json(document(shown, found, weak)))
    elif shape == "yaml":
        click.echo(_as_yaml(shown, source, project), nl=False)
    else:
        if not project.sources[source].language:
            hint = "write its language in its item, where that is not the site's"
            click.echo(f"{source} says no language, and is read in the one that its words speak for: {hint}.")
        _print(shown, found, weak, source, everything)
    return 0


def document(shown: list[Suggestion], found: Suggested, weak: int) -> dict[str, object]:
    """What a source could give, for programs. Offsets count code points of the source's text."""
    from reportgen.desk.proposing import UNHEADED, UNQUOTED

    reasons = Counter(reason for _, reason in found.hidden)
    return {
        "suggestions": [record(each) for each in shown],
        "hidden": dict(sorted(reasons.items())),
        "below_min_strength": weak,
        "facts": len(found.ids),
        "left": len(found.shown) + reasons[UNQUOTED] + reasons[UNHEADED],
    }


def record(each: Suggestion) -> dict[str, object]:
    return {
        "number": each.number,
        "kind": each.candidate.kind,
        "text": each.candidate.text,
        "start": each.start,
        "end": each.end,
        "page": each.page or None,
        "sentence": each.sentence,
        "quote": each.quote,
        "prefix": "",
        "suffix": "",
        "value": each.value if isinstance(each.value, str) else dict(each.value),
        "unit": each.unit,
        "relation": each.relation or None,
        "modality": each.modality or None,
        "as_of": each.as_of or None,
        "place": each.place or None,
        "reading": each.reading or None,
        "left_out": list(dict.fromkeys(left.words for left in each.left_out)),
        "row": each.candidate.cell.row or None if each.candidate.cell else None,
        "column": each.candidate.cell.column or None if each.candidate.cell else None,
        "measure": each.measures[0] if each.likely else None,
        "measures": list(each.measures),
        "alternatives": list(each.alternatives),
        "strength": each.strength,
        "why": list(each.why),
        "verdict": each.verdict.state,
        "ask": ([] if each.relation else ["relation"]) + (["unit"] if each.is_unit_open else []),
    }


def _take(
    root: Path,
    source: str,
    number: int,
    choice: FactChoice,
    project: Project,
    opened: Archive,
    yes: bool,
    dry_run: bool,
    as_document: bool,
) -> Code:
    from reportgen.desk.files import commit, difference
    from reportgen.desk.reading import suggestions_of
    from reportgen.desk.taking import taken

    found = suggestions_of(project.sources[source], project, opened, wanted=number)
    if not found.shown:
        what = f"it is among what is {found.hidden[0][1]}" if found.hidden else "it has no such number"
        raise click.UsageError(f'number {number} of "{source}" cannot be taken: {what}. See reportgen suggest {source}')
    (chosen,) = found.shown
    if not chosen.relation and not choice.relation:
        hint = f'look at "{chosen.sentence}" and give the relation that it says, e.g. --relation ">"'
        message = (
            f'what stands beside "{chosen.candidate.text}" is not understood: it may say "over", "up to" or "about"'
        )
        raise ReportError([Diagnostic("no-relation-words", message, Span.of("--relation"), hint)])
    if chosen.candidate.sign and not choice.unit:
        says = f'"{chosen.candidate.sign}" stands before number {number}, and is no unit that is known'
        raise click.UsageError(f"{says}: say by --unit what it is counted in, such as the code of a currency")
    if chosen.is_unit_open and not choice.unit and not chosen.alternatives:
        column = chosen.candidate.cell.column if chosen.candidate.cell else ""
        says = f"the column of number {number} is headed “{column}”, and no unit of the project says what it is per"
        raise click.UsageError(f"{says}: say it by --unit, as in USD/person, with the noun in units.yaml")
    if chosen.is_unit_open and not choice.unit:
        others = ", ".join(f'"{unit}"' for unit in sorted({chosen.unit, *chosen.alternatives}))
        raise click.UsageError(f"the words of number {number} name several units: say by --unit which of {others}")
    if found.held_by:
        message = f'number {number}, "{chosen.candidate.text}", is the fact "{found.held_by}" already'
        file = project.facts[found.held_by].at.whole.file
        hint = f'print that: {{{{ fact("{found.held_by}") }}}}; or change it in {file}'
        raise ReportError([Diagnostic("known-fact", message, Span.of(f"--take {number}"), hint)])
    if yes:
        choice = replace(
            choice,
            measure=choice.measure or (chosen.measures[0] if chosen.likely else ""),
            place=choice.place or chosen.place,
            as_of=choice.as_of or chosen.as_of,
        )
    done = taken(chosen, source, choice, project, root, opened)
    if not dry_run:
        commit(root, done.changes)
    ((id, file),) = done.files.items()
    insert = f'{{{{ fact("{id}") }}}}'
    if as_document:
        told = [as_record(one) for one in done.diagnostics]
        shown: dict[str, Any] = {"id": id, "file": file, "quote": chosen.quote, "insert": insert}
        shown["verified"] = done.are_verified
        click.echo(as_json({"ok": True, "written": not dry_run, **shown, "diagnostics": told}))
        return 0
    if dry_run:
        click.echo(difference(change for change in done.changes if change.name == file), nl=False)
        click.echo("Nothing was written.")
        return 0
    show_text(done.diagnostics, root, sys.stdout)
    words = f'"{visible(chosen.quote)}"'
    if done.are_verified:
        click.echo(f"Written to {file} and verified: {words}.\nPrint it in a brief with: {insert}")
    else:
        click.echo(f"Written to {file}. The words stand in the source, and the fact is not verified before you have")
        click.echo(f"answered the warnings above: {words}.\nPrint it in a brief with: {insert}")
    return 0


def _refused(error: ReportError, root: Path, as_document: bool) -> Code:
    if as_document:
        click.echo(as_json({"ok": False, "written": False, "diagnostics": [as_record(d) for d in error.diagnostics]}))
    else:
        show_text(error.diagnostics, root, sys.stderr)
        click.echo("Nothing was written.", err=True)
    return 1


def _as_yaml(shown: list[Suggestion], source: str, project: Project) -> str:
    """The suggestions as facts whose claims are to be written: `check` does not pass them before."""
    from reportgen.desk.taking import FactChoice, fact_entry
    from reportgen.desk.yaml_edits import entry_text

    entries = (fact_entry(each, source, FactChoice("TODO {value}"), project) for each in shown)
    return "".join(map(entry_text, entries))


def _print(shown: list[Suggestion], found: Suggested, weak: int, source: str, everything: bool) -> None:
    from rich.text import Text

    out = console(sys.stdout)
    for each in shown:
        value = each.value if isinstance(each.value, str) else _bounded(each.value)
        relation = each.relation or "?"
        head = Text(f"{each.number:>4}  ", "dim")
        unit = f"{each.unit}?" if each.is_unit_open else each.unit
        head.append(f"{'' if relation == '=' else f'{relation} '}{value} {unit}".rstrip(), "bold")
        head.append(f"   “{visible(each.quote)}”")
        if each.page:
            head.append(f"   page {each.page}", "dim")
        out.print(head)
        guesses = [f"{name} {what}" for name, what in _guesses(each)]
        out.print(Text(f"      {visible(_around(each))}", "dim"))
        if each.modality:
            out.print(Text(f"      {each.modality}, by the words of the source", "dim"))
        for left in each.left_out[:1]:
            message = f"not whole: the sentence says “{visible(left.words)}” of it, and no short quotation has that too"
            out.print(Text(f"      {message}", "yellow"))
        if heads := _heads(each):
            out.print(Text(f"      in the table: {', '.join(heads)}", "dim"))
        if guesses:
            out.print(Text(f"      guessed: {', '.join(guesses)}", "dim"))
    if everything:
        for candidate, reason in found.hidden:
            out.print(Text(f"   –  {visible(candidate.text)}   cannot be taken: {reason}", "dim"))
    reasons = Counter(reason for _, reason in found.hidden)
    most_first = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    parts = [f"{number:,} {Furniture('en').counted(reason, number)}" for reason, number in most_first]
    told = f"{count(len(shown), 'suggestion')}; {count(len(found.ids), 'fact')} there already"
    told += f"; {weak:,} below --min-strength" if weak else ""
    if parts:
        told += f"; {'cannot be taken' if everything else 'hidden'}: {', '.join(parts)}"
    click.echo(f"{told}{' (--all shows them)' if parts and not everything else ''}.")
    if first := replace(found, shown=tuple(shown)).first:
        click.echo(f'To make a fact of one: reportgen suggest {source} --take {first.number} --claim "… {{value}} …"')


def _bounded(value: Mapping[str, str]) -> str:
    """A range, or a value with its bounds, as pages have it: `1.6 (1.2–2.0)`."""
    ends = f"{value['min']}–{value['max']}"
    return f"{value['value']} ({ends})" if "value" in value else ends


def _around(each: Suggestion) -> str:
    """The sentence; of a long one, the part around the number."""
    at = max(each.sentence.find(each.candidate.text), 0)
    first = max(0, min(at - _CONTEXT // 2, len(each.sentence) - _CONTEXT))
    shown = each.sentence[first : first + _CONTEXT]
    return f"{'…' if first else ''}{shown}{'…' if first + _CONTEXT < len(each.sentence) else ''}"


def _guesses(each: Suggestion) -> list[tuple[str, str]]:
    said = [("measure", each.measures[0] if each.likely else ""), ("place", each.place), ("time", each.as_of)]
    return [(name, what) for name, what in (*said, ("reading", each.reading)) if what]


def _heads(each: Suggestion) -> list[str]:
    """What heads the row and the column of a cell."""
    cell = each.candidate.cell
    said = (("row", cell.row), ("column", cell.column)) if cell else ()
    return [f"{name} “{visible(head)}”" for name, head in said if head]
