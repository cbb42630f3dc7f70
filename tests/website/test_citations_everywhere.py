"""A citation, a value, emphasis and a link in every text that authors write: nothing vanishes, nothing stays raw."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import pytest

from tests.conftest import made_once
from tests.driver import Project

RICH = 'Zq{} [@tales, p. 9] and *soft* and <https://ferry.example/x> and {{{{ fact("boats") }}}}.'
SOURCES = """
- {id: tales, type: book, title: Tales of the ferry, author: [{family: Bee, given: Bo}], issued: 2019}
- {id: count, type: report, title: The ferry count, author: [{literal: Harbour}], issued: 2024-03-01, language: en}
"""
FILES = {
    "content/site.yaml": "{title: Ferries, publisher: Ferry desk, base_url: 'https://ferry.example/', lang: en}\n",
    "content/measures.yaml": "- {id: boats, label: Boats, kind: count, unit: boat}\n",
    "content/sources/sources.yaml": SOURCES,
    "content/data/boats.yaml": """
- {id: boats, title: RICH, query: {measure: boats}}
- {id: fares, file: fares.csv, source: count, columns: [{name: line, title: RICH}, {name: fare, type: number}]}
""",
    "content/data/fares.csv": "line,fare\nNorth,3\n",
    "content/charts/boats.yaml": """
{id: boats-chart, kind: bar, data: boats, x: id, y: value, title: RICH, subtitle: RICH, note: RICH, alt: RICH,
 annotations: [{fact: boats, text: RICH}], lines: [{fact: boats-old, label: RICH}], labels: {boats: RICH}}
""",
    "content/charts/table.yaml": """
{id: boats-table, kind: table, data: boats, title: RICH, subtitle: RICH, note: RICH,
 columns: [{name: id, title: RICH}, {name: value}], labels: {boats: RICH}}
""",
    "content/conflicts.yaml": "- {id: apart, facts: [boats, boats-other], title: RICH, reason: RICH, preferred: boats}\n",
    "content/facts/boats.yaml": """
- {id: boats, claim: "There were {value}.", measure: boats, value: 12, as_of: 2024, note: RICH,
   reading: "ZqN [@tales, p. 9] and *soft* and <https://ferry.example/x>: the list has that many.",
   evidence: [{source: count, quote: "a list of boats"}]}
- {id: boats-other, claim: "There were {value}.", measure: boats, value: 20, as_of: 2024,
   evidence: [{source: tales, quote: "twenty boats"}]}
- {id: boats-old, claim: "There were {value}.", measure: boats, value: 8, as_of: 2020,
   evidence: [{source: count, quote: "8 boats"}]}
""",
    "content/briefs/ferries.md": """---
title: RICH
subtitle: RICH
date: 2024-05-01
abstract: RICH
key_messages: [RICH, RICH]
key_figure: {fact: boats, label: RICH}
changes: [{date: 2024-05-02, text: RICH}]
---
RICH

## RICH

- RICH

| a | b |
|---|---|
| RICH | c |

> RICH

Term[^note]

[^note]: RICH

{{ chart("boats-chart") }}

{{ table("boats-table") }}

{{ table("boats") }}

{{ table("fares") }}

{{ conflict("apart") }}
""",
}
"""Each RICH becomes that text with a number in letters of its own: Zqa, Zqb, …"""
PLAIN = {
    ("Fact", "claim"), ("TextValue", "text"), ("Measure", "label"), ("Measure", "description"), ("Check", "message"),
    ("Settings", "title"), ("Settings", "publisher"), ("Settings", "description"), ("Settings", "license"),
    ("Settings", "places"), ("UnitForms", "short"), ("UnitForms", "long"), ("UnitForms", "plural"),
}  # fmt: skip
"""Texts that are printed as they are typed."""
READ = {
    ("Chart", "title"), ("Chart", "subtitle"), ("Chart", "note"), ("Chart", "alt"), ("Chart", "labels"),
    ("ReferenceLine", "label"), ("Annotation", "text"), ("TableColumn", "title"), ("Dataset", "title"),
    ("Column", "title"), ("Fact", "reading"), ("Fact", "note"), ("Conflict", "reason"), ("Conflict", "title"),
}  # fmt: skip
"""Texts in which citations and calls are read, besides those of briefs."""


def letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:02}")


def rich(files: dict[str, str]) -> tuple[dict[str, str], int]:
    count = 0

    def text(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        words = RICH.format(letters(count))
        quoted = f"'{words}'" if found.string[: found.start()].rstrip(" ")[-1:] in (":", ",", "[") else words
        return quoted

    made = {}
    for path, content in files.items():
        made[path] = re.sub("RICH", text, content)
    return made, count


@pytest.fixture(scope="module", params=["apa", "ieee"])
def built(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> tuple[Path, int]:
    def make(folder: Path) -> tuple[Path, int]:
        files, count = rich(FILES)
        files["content/site.yaml"] = files["content/site.yaml"].replace(
            "lang: en", f"lang: en, citation_style: {request.param}"
        )
        built = Project.of(folder, files).build(jobs=2)
        assert (built.errors, built.faults) == ([], ())
        return folder / "build/site", count

    return made_once(tmp_path_factory, f"cited-{request.param}", make)


def page(site: Path, path: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring((site / path).read_text("utf-8"))


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
