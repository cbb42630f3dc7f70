"""What a brief says goes without a source is what a build refuses once that source is deleted: all of it, no more."""

from __future__ import annotations

import re
from datetime import date

import pytest

from reportgen.brief.cited import Cite
from reportgen.brief.evaluate import evaluate
from reportgen.brief.figures import chart_alone
from reportgen.facts.view import View
from reportgen.load.files import MemoryFiles
from reportgen.load.project import load
from tests.brief.project import BRIEF, FILES, answers_of, brief, evaluated, fake_cite, fake_notes, loaded, told

BODY = """\
{{ fact("boats-2020") }}

{{ fact("share-2020") }} of {{ fact("share-2021") }}

{{ fact("rise-twice") }} and {{ calc("[rise] * 3") }}

{{ calc("[share-2021] * 2") }} and {{ fact("opened", show="date") }}

{{ fact("fish") }}

{{ fact("both") }}

{{ fact("from-table") }}

{{ cell("prices", row={year: "2021"}, column="price") }}

{{ chart("shares-chart") }}

{{ chart("named") }}

{{ chart("salt-alone") }}

{{ table("prices") }}

{{ table("risen") }}

{{ conflict("boats") }}

So [@paper-2021]. And [@unused; @report-2020].

{{ sources() }}
"""
MORE = """\
- {id: both, claim: "It cost {value}.", measure: cost, place: CA, value: 9,
   evidence: [{source: report-2020, quote: "9 KZT"}, {source: paper-2021, quote: "9 KZT"}]}
- {id: boats-again, claim: "{value} were there.", measure: boats, place: AR, value: 19, as_of: 2020-06-11,
   evidence: [{source: paper-2021, quote: "19 boats"}]}
- {id: deep, claim: "{value} were deep.", measure: boats, place: CA, value: 8,
   evidence: [{source: paper-2021, quote: "8 boats"}]}
- {id: from-table, claim: "The price was {value}.", from: {dataset: prices, row: {year: 2020}, column: price}}
"""
SEA = {
    **FILES,
    "content/facts/more.yaml": MORE,
    "content/data/sea.yaml": """\
- {id: shares, query: {measure: share}}
- {id: some, query: {facts: [boats-2020, deep]}}
- {id: risen, title: The rise, query: {facts: [rise]}}
- {id: caspian, query: {measure: boats, place: [CA]}}
- {id: prices, title: Prices, file: prices.csv, source: dry-2022,
   columns: [{name: year, type: year}, {name: price, type: number, unit: KZT}]}
""",
    "content/data/prices.csv": "year,price\n2020,5\n2021,6\n",
    "content/charts/sea.yaml": """\
- {id: shares-chart, kind: bar, data: shares, x: value, y: id, title: Shares, alt: Bars}
- {id: named, kind: bar, data: some, x: value, y: id, title: Boats, alt: Bars}
- {id: salt-alone, kind: bar, data: caspian, x: value, y: id, title: Deep boats, alt: Bars}
""",
    "content/conflicts.yaml": """\
- {id: boats, facts: [boats-2020, boats-again], reason: The report counted, preferred: boats-2020, title: Boats}
""",
    "content/sources/sources.yaml": FILES["content/sources/sources.yaml"]
    + "- {id: dry-2022, type: dataset, title: Prices, issued: 2022, publisher: Dry Office, language: en}\n",
    **brief(BODY),
}


def refused(files: dict[str, str]) -> set[int]:
    """The lines of the brief that a build refuses, once all else is deleted that it refuses for want of a source."""
    files = dict(files)
    while True:
        project, problems = load(MemoryFiles(files), read_style=lambda _: "")
        wrong = [each for each in problems if each.severity == "error"]
        if not wrong:
            found = evaluate(project.briefs["sea"], View(answers_of(project)), fake_cite)
            wrong = [each for each in found.diagnostics if each.severity == "error"]
        if all(each.span.file == BRIEF for each in wrong):
            return {each.span.line for each in wrong if each.span.line}
        for path in {each.span.file for each in wrong} - {BRIEF}:
            struck = {each.span.line for each in wrong if each.span.file == path}
            kept = (line for n, line in enumerate(files[path].splitlines(True), 1) if n not in struck)
            files[path] = "".join(kept)


@pytest.mark.parametrize("source", ["report-2020", "paper-2021", "dry-2022", "unused"])
def test_what_is_said_to_go_is_what_a_build_refuses(source: str) -> None:
    files = {
        path: whole_lines(text) if "/facts/" in path or "/data/sea" in path else text for path, text in SEA.items()
    }
    found = evaluated(BODY, files=files)
    assert [line for line in told(found) if " warning unverified" not in line] == []
    shown = found.brief
    assert shown.grounds is not None
    (weight,) = (each for each in shown.grounds.weights if each.source.id == source)
    lines = BODY.splitlines()
    first = files[BRIEF][: files[BRIEF].index(BODY)].count("\n") + 1

    def line_of(call: str) -> int:
        return first + next(n for n, line in enumerate(lines) if call in line)

    said = {shown.numbers[n].line for n in (*weight.numbers, *weight.statements) if shown.numbers[n].call != ""}
    said = {line for line in said if line and lines[line - first].startswith(("{{ fact", "{{ calc", "{{ cell"))}
    said |= {line_of(f'("{shown.figures[n].id}")') for n in weight.figures}
    said |= {line_of(f'conflict("{shown.conflicts[n].id}")') for n in weight.conflicts}
    cited = first + next(n for n, line in enumerate(lines) if "[@" in line)
    assert bool(weight.cited) is (source != "dry-2022")
    said |= {cited} if weight.cited else set()
    without = re.sub(rf"^- {{id: {source}\b.*\n", "", files["content/sources/sources.yaml"], flags=re.M)
    assert without != files["content/sources/sources.yaml"]
    assert refused({**files, "content/sources/sources.yaml": without}) == said


def whole_lines(text: str) -> str:
    """A list of YAML with each item in a line of its own."""
    items = re.split(r"^- ", text, flags=re.M)[1:]
    flows = (" ".join(item.split()) for item in items)
    found = []
    for item, flow in zip(items, flows, strict=True):
        if flow.startswith("{"):
            found.append(f"- {flow}\n")
        else:
            found.append("- {" + ", ".join(line.strip() for line in item.strip().split("\n")) + "}\n")
    return "".join(found)


def test_the_box_counts_the_sources() -> None:
    grounds = evaluated(BODY, files=SEA).brief.grounds
    assert grounds is not None
    assert [(each.source.id, len(each.figures)) for each in grounds.weights] == [
        *(("paper-2021", 3), ("report-2020", 2), ("dry-2022", 1), ("unused", 0))
    ]
    resting = {each.source.id: each.resting for each in grounds.weights}
    assert resting["paper-2021"] == ((0, 1, 2), (1, 1, 2), (2, 0, 0), (4, 0, 0))
    assert resting["report-2020"] == ((0, 1, 2), (1, 1, 2), (4, 0, 0))
    assert resting["dry-2022"] == ((3, 0, 0),)
    assert grounds.kinds == (("{} reports", 3), ("{} datasets", 1))
    assert (grounds.authored, grounds.published, grounds.saved) == (3, 1, 0)
    assert (grounds.last, grounds.last_text) == ("2022", "2022")


@pytest.mark.parametrize(("id", "statement"), [("fish", True), ("boats-2020", False)])
def test_a_quotation_counts_as_its_fact_does(id: str, statement: bool) -> None:
    (number,) = evaluated(f'{{{{ quote("{id}") }}}}').brief.numbers
    assert number.statement is statement


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{{ sources() }}\n\n{{ sources() }}", "shown-twice"),
        ('{{ sources("all") }}', "bad-call"),
        ("Words {{ sources() }}", "block-not-alone"),
    ],
)
def test_the_box_stands_once_and_alone(body: str, code: str) -> None:
    assert [problem.code for problem in evaluated(body).diagnostics] == [code]


CATCH = {
    **FILES,
    "content/sources/sources.yaml": FILES["content/sources/sources.yaml"]
    + """\
- {id: nets-2022, type: dataset, title: Nets, issued: 2022, publisher: Net Office, language: en}
- {id: ports-2022, type: dataset, title: Ports, issued: 2022, publisher: Port Office, language: en}
""",
    "content/data/catch.yaml": """\
- {id: nets, title: Nets, file: nets.csv, source: nets-2022,
   columns: [{name: port, type: text}, {name: nets, type: number, unit: boat}]}
- {id: ports, title: Ports, file: ports.csv, source: ports-2022,
   columns: [{name: port, type: text}, {name: depth, type: number, unit: KZT}]}
- {id: both, title: Nets and ports, file: nets.csv, source: nets-2022,
   join: {dataset: ports, on: {port: port}, columns: [depth]},
   columns: [{name: port, type: text}, {name: nets, type: number, unit: boat}]}
- {id: sums, title: Sums, query: {facts: [nets-twice]}}
""",
    "content/data/nets.csv": "port,nets\nAral,5\nAktau,6\n",
    "content/data/ports.csv": "port,depth\nAral,7\nAktau,8\n",
    "content/facts/catch.yaml": """\
- {id: nets-all, claim: "There were {value}.",
   formula: "[nets: nets where port = Aral] + [nets: nets where port = Aktau]"}
- {id: nets-twice, claim: "Twice that is {value}.", formula: "[nets-all] * 2"}
""",
    "content/charts/catch.yaml": """\
- {id: nets-bar, kind: bar, data: nets, x: port, y: nets, title: Nets, alt: Bars}
- {id: both-dots, kind: scatter, data: both, x: nets, y: depth, title: Nets and depths, alt: Dots}
- {id: sums-bar, kind: bar, data: sums, x: id, y: value, title: Twice, alt: Bars}
- {id: own, data: nets, title: Of our own, alt: Bars, figure: {data: [{type: bar, x: "@port", y: "@nets"}]}}
""",
}


@pytest.mark.parametrize(
    ("call", "sources", "figures"),
    [
        ('chart("nets-bar")', {"nets-2022"}, 1),
        ('chart("own")', {"nets-2022"}, 1),
        ('table("nets")', {"nets-2022"}, 1),
        ('table("both")', {"nets-2022", "ports-2022"}, 1),
        ('chart("both-dots")', {"nets-2022", "ports-2022"}, 1),
        ('chart("sums-bar")', {"nets-2022"}, 1),
        ('fact("nets-twice")', {"nets-2022"}, 0),
        ('calc("[nets-twice] * 3")', {"nets-2022"}, 0),
    ],
)
@pytest.mark.parametrize("cite", [fake_cite, fake_notes])
def test_a_source_that_only_a_file_names_is_listed_and_weighed(
    call: str, sources: set[str], figures: int, cite: Cite
) -> None:
    files = {**CATCH, **brief(f"{{{{ {call} }}}}\n\n{{{{ sources() }}}}\n")}
    project = loaded(files)
    shown = evaluate(project.briefs["sea"], View(answers_of(project)), cite).brief
    assert {work.source for work in shown.references} == sources
    assert shown.grounds is not None
    assert {each.source.id: len(each.figures) for each in shown.grounds.weights} == dict.fromkeys(sources, figures)
    assert all(each.figures or each.numbers for each in shown.grounds.weights)
    assert shown.grounds.kinds == (("{} datasets", len(sources)),)


def test_the_page_of_a_chart_lists_what_it_cites_alone() -> None:
    """Its caption names what it rests on."""
    project = loaded(CATCH)
    alone = chart_alone(project, "nets-bar", date(2026, 11, 22))
    assert evaluate(alone, View(answers_of(project)), fake_cite).brief.references == ()
