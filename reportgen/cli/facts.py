"""`reportgen facts`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from reportgen.cli.listing import FactList, Listed
from reportgen.cli.project import Code, in_project
from reportgen.cli.show import as_json, console, count, counted
from reportgen.diagnostics import errors
from reportgen.facts.answers import Answers
from reportgen.facts.view import View
from reportgen.load.suggest import did_you_mean
from reportgen.model.fact import Status

_COLOURS = {
    Status.VERIFIED: "green",
    Status.COMPUTED: "cyan",
    Status.INFERRED: "blue",
    Status.PARAPHRASE: "white",
    Status.DISPUTED: "magenta",
    Status.OVERDUE: "yellow",
    Status.UNVERIFIED: "red",
}
ROOMY = 120
"""Columns of a terminal that has room for claims."""
IN_A_FILE = 220
"""Columns of a table that no terminal shows."""


@click.command()
@click.argument("query", nargs=-1)
@click.option("--measure", metavar="ID", help="Only values of this measure, e.g. median-wage.")
@click.option("--place", metavar="CODE", help="Only this place, e.g. NL.")
@click.option("--source", metavar="ID", help="Only what rests on this source.")
@click.option("--status", type=click.Choice([status.value for status in Status]), help="Only facts in this state.")
@click.option("--json", "as_document", is_flag=True, help="For programs, as the site's data/facts.json has them.")
@in_project
def facts(
    root: Path,
    query: tuple[str, ...],
    measure: str | None,
    place: str | None,
    source: str | None,
    status: str | None,
    as_document: bool,
) -> Code:
    """Search the fact base.

    Lists the facts that hold every word of QUERY in their id, claim, value, quotation, place, measure or notes;
    without one, all facts.

    \b
    reportgen facts
    reportgen facts wage 2025
    reportgen facts --place NL --status disputed
    reportgen facts --json > facts.json
    """
    from reportgen import pipeline

    answers, diagnostics = pipeline.answers(root)
    project = answers.project
    for option, wanted, known in (("measure", measure, project.measures), ("source", source, project.sources)):
        if wanted is not None and wanted not in known:
            hint = did_you_mean(wanted, known) or "see content/"
            raise click.UsageError(f'no {option} has the id "{wanted}": {hint}')
    words = [word.casefold() for text in query for word in text.split()]
    found = [
        listed
        for listed in FactList(answers).all()
        if measure in (None, listed.fact.measure)
        and (place is None or place.casefold() == listed.fact.place.casefold())
        and (source is None or source in listed.sources)
        and status in (None, listed.status.value)
        and all(map(listed.says, words))
    ]
    if as_document:
        click.echo(as_json(document(found, answers)))
    else:
        _print_table(found)
        click.echo(f"{count(len(found), 'fact')} of {len(project.facts):,}.")
    if wrong := counted(errors(diagnostics)):
        click.echo(f"{wrong} in content/: see `reportgen check`.", err=True)
    return 0


def document(found: list[Listed], answers: Answers) -> dict[str, object]:
    """Facts as the site's facts.json has them, save `used_in`: where they are printed is for `why` to say."""
    from reportgen.exports.tables import fact_records, facts_json, json_part

    wanted = {listed.fact.id for listed in found}
    records = json.loads(facts_json([json_part(fact_records(View(answers), {}))]))["facts"]
    shown = [{k: v for k, v in record.items() if k != "used_in"} for record in records if record["id"] in wanted]
    return {"facts": shown}


def _print_table(found: list[Listed]) -> None:
    """One line a fact; claims too where there is room for them, as there is in a file."""
    from rich.table import Table
    from rich.text import Text

    out = console(sys.stdout)
    if not out.is_terminal:
        out.width = IN_A_FILE
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("id", no_wrap=True)
    for heading in ("value", "state", "time", *(["claim"] if out.width >= ROOMY else [])):
        table.add_column(heading)
    for listed in found:
        fact, state = Text(listed.fact.id), Text(listed.status.value, _COLOURS[listed.status])
        cells = (fact, Text(listed.value), state, Text(listed.time), Text(listed.claim))
        table.add_row(*cells[: len(table.columns)])
    if found:
        out.print(table)
