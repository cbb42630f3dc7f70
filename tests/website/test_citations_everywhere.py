"""A citation, a value, emphasis and a link in every text that authors write: nothing vanishes, nothing stays raw."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from string import ascii_lowercase
from typing import Any, get_args, get_type_hints

import lxml.html
import pytest

from reportgen.model import brief, chart, dataset, fact, measure, project, quantity
from reportgen.model.brief import paper_of
from reportgen.model.text import Text
from reportgen.publish.links import broken_links
from reportgen.rebuild.target import TargetResult
from reportgen.targets import briefs
from tests.conftest import UNSET, made_once
from tests.driver import Project, read_tree

RICH = 'Zq{} [@tales, p. 9] and *soft* and <https://harbour.example/x> and {{{{ fact("boats") }}}}.'
SHORT = "Zq{} [@tales, p. 9]"
"""For a drawing, in which there is not much room."""
SOURCES = """
- {id: tales, type: book, title: Tales of the ferry, author: [{family: Bee, given: Bo}], issued: 2024}
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
 annotations: [{fact: boats, text: SHORT}], lines: [{fact: boats-old, label: SHORT}], labels: {boats: SHORT}}
""",
    "content/charts/table.yaml": """
{id: boats-table, kind: table, data: boats, title: RICH, subtitle: RICH, note: RICH,
 columns: [{name: id, title: RICH}, {name: value}], labels: {boats: RICH}}
""",
    "content/conflicts.yaml": """
- {id: apart, facts: [boats, boats-other], title: RICH, reason: RICH, preferred: boats}
""",
    "content/facts/boats.yaml": """
- {id: boats, claim: "There were {value}.", measure: boats, value: 12, as_of: 2024, note: RICH,
   reading: "ZqN [@tales, p. 9] and *soft* and <https://harbour.example/x>: the list has that many.",
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

![A boat [@count, p. 2]](images/boat.svg "RICH")
""",
    "content/images/boat.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0,0h9"/></svg>',
}
"""Each RICH and SHORT becomes that text with a word of its own: Zqaa, Zqab, …"""
PLAIN = {
    ("Fact", "claim"), ("TextValue", "text"), ("Measure", "label"), ("Measure", "description"), ("Check", "message"),
    ("Settings", "title"), ("Settings", "publisher"), ("Settings", "description"), ("Settings", "license"),
    ("Settings", "places"), ("Settings", "selection"), ("UnitForms", "short"), ("UnitForms", "long"),
    ("UnitForms", "plural"), ("UnitForms", "per"), ("Brief", "reason"), ("Project", "gone"),
    ("Corrections", "policy"),
}  # fmt: skip
"""Texts that are printed as they are typed."""
READ = {
    ("Chart", "title"), ("Chart", "subtitle"), ("Chart", "note"), ("Chart", "alt"), ("Chart", "labels"),
    ("ReferenceLine", "label"), ("Annotation", "text"), ("TableColumn", "title"), ("Dataset", "title"),
    ("Column", "title"), ("Fact", "reading"), ("Fact", "note"), ("Conflict", "reason"), ("Conflict", "title"),
}  # fmt: skip
"""Texts in which citations and calls are read, besides those of briefs."""


def rich() -> tuple[dict[str, str], dict[str, list[str]]]:
    """The files, and the words that tell each text from the others, by file."""
    made, names = dict(FILES), {}
    count = 0
    for path, content in FILES.items():

        def text(found: re.Match[str], path: str = path) -> str:
            nonlocal count
            name = f"{ascii_lowercase[count // 26]}{ascii_lowercase[count % 26]}"
            count += 1
            names.setdefault(path, []).append(f"Zq{name}")
            words = {"RICH": RICH, "SHORT": SHORT}[found[0]].format(name)
            quoted = found.string[: found.start()].rstrip(" ")[-1:] in (":", ",", "[")
            return f"'{words}'" if quoted else words

        made[path] = re.sub("RICH|SHORT", text, content)
    return made, names


@pytest.fixture(scope="module", params=["apa", "ieee"])
def built(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> tuple[Path, str]:
    def make(folder: Path) -> Path:
        files, _ = rich()
        style = f"lang: en, citation_style: {request.param}"
        files["content/site.yaml"] = files["content/site.yaml"].replace("lang: en", style)
        built = Project.of(folder, files).build()
        assert (built.errors, built.faults) == ([], ())
        return folder / "build/site"

    return made_once(tmp_path_factory, f"cited-{request.param}", make), request.param


def page(site: Path, path: str) -> lxml.html.HtmlElement:
    found = lxml.html.document_fromstring((site / path).read_text("utf-8"))
    for mark in found.xpath("//script | //a[@class='fact']/sup"):
        mark.drop_tree()
    return found


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def cited(style: str) -> str:
    """A pattern of the citation where a list of references is at hand."""
    return r"\(Bee, 2024, p\. 9\)" if style == "apa" else r"\[\d, p\. 9\]"


PLAIN_CITED = r"\(Bee, 2024, p\. 9\)"
REST = r" and soft and https://harbour\.example/x and 12\s+boats\."


def test_a_brief_prints_all_of_every_text(built: tuple[Path, str]) -> None:
    site, style = built
    _, names = rich()
    shown_brief = page(site, "briefs/ferries/index.html")
    text = words(shown_brief)
    shown = [*names["content/briefs/ferries.md"], *names["content/facts/boats.yaml"]]
    for name in shown:
        assert re.search(f"{name} {cited(style)}{REST}", text), name
    drawn = names["content/charts/boats.yaml"]
    for name in (*drawn[:3], *names["content/charts/table.yaml"][:3], *names["content/data/boats.yaml"][:1]):
        assert re.search(f"{name} {cited(style)}{REST}", text), name
    for name in (drawn[3], names["content/charts/table.yaml"][3], names["content/data/boats.yaml"][1]):
        assert re.search(f"{name} {PLAIN_CITED}{REST}", text), name
    for name in (*drawn[4:], names["content/charts/table.yaml"][4]):
        assert re.search(f"{name} {PLAIN_CITED}", text), name
    conflict = names["content/conflicts.yaml"]
    assert re.search(f"{conflict[0]} {PLAIN_CITED}{REST}", text)
    assert re.search(f"{conflict[1]} {cited(style)}{REST}", text)
    assert "Tales of the ferry" in words(shown_brief.xpath("//ul[@class='refs']")[0])
    back = shown_brief.xpath("//ul[@class='refs']//a[@aria-label='Back to citation']/@href")
    assert len(back) > 20
    assert all(len(shown_brief.xpath(f"//*[@id='{anchor[1:]}']")) == 1 for anchor in back)
    links = shown_brief.xpath("//span[@class='citation']//a/@href")
    assert all(len(shown_brief.xpath(f"//*[@id='{anchor[1:]}']")) == 1 for anchor in links)


def test_other_pages_and_files_print_it_too(built: tuple[Path, str]) -> None:
    site, style = built
    _, names = rich()
    drawn, texts = names["content/charts/boats.yaml"], names["content/briefs/ferries.md"]
    alone = page(site, "charts/boats-chart/index.html")
    for name in drawn[:3]:
        assert re.search(f"{name} {cited(style)}{REST}", words(alone)), name
    assert "Tales of the ferry" in words(alone.xpath("//ul[@class='refs']")[0])
    framed = page(site, "charts/boats-chart/embed.html").xpath("//figure//a[@role='doc-biblioref']/@href")
    assert set(framed) == {"index.html#ref-tales"}
    svg = " ".join(re.sub("<[^>]+>", " ", (site / "charts/boats-chart/boats-chart.svg").read_text("utf-8")).split())
    for name in (*drawn[:3], *drawn[4:]):
        assert re.search(f"{name} {PLAIN_CITED}", svg), name
    described = page(site, "briefs/ferries/index.html")
    assert re.search(f"{texts[0]} {PLAIN_CITED}{REST}", described.xpath("string(//title)"))
    assert re.search(f"{texts[2]} {PLAIN_CITED}{REST}", described.xpath("string(//meta[@name='description']/@content)"))
    feed = (site / "feed.xml").read_text("utf-8")
    for name in (texts[0], texts[2], texts[6]):
        assert re.search(f"{name} {PLAIN_CITED}{REST}", feed), name
    home = words(page(site, "index.html"))
    for name in (texts[0], texts[5]):
        assert re.search(f"{name} {PLAIN_CITED}{REST}", home), name
    facts, conflict = names["content/facts/boats.yaml"], names["content/conflicts.yaml"]
    about, own = words(page(site, "about/index.html")), words(page(site, "facts/boats/index.html"))
    assert re.search(f"{facts[0]} {PLAIN_CITED}{REST}", own)
    assert re.search(f"ZqN {PLAIN_CITED} and soft", own)
    assert re.search(f"ZqN {PLAIN_CITED} and soft", (site / "data/facts.json").read_text("utf-8"))
    for name in conflict:
        assert re.search(f"{name} {PLAIN_CITED}{REST}", about), name
        assert re.search(f"{name} {PLAIN_CITED}{REST}", own), name


def test_every_link_of_the_site_leads_somewhere(built: tuple[Path, str]) -> None:
    site, _ = built
    assert broken(read_tree(site)) == []


def test_what_is_cited_everywhere_can_be_published_in_a_style_of_notes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its PDF is looked at in test_noted_pages, and takes longest."""
    monkeypatch.setattr(briefs, "pdf_made", lambda *_: TargetResult({paper_of("ferries"): UNSET}))
    files, _ = rich()
    style = "citation_style: chicago-notes-bibliography"
    files["content/site.yaml"] = files["content/site.yaml"].replace("lang: en", style)
    sent = Project.of(tmp_path / "ferries", files).publish(tmp_path / "www", "--allow-unverified")
    assert sent.code == 0, sent.told
    framed = page(tmp_path / "www", "charts/boats-chart/embed.html")
    assert len(framed.xpath("//aside//a[@href='index.html#ref-tales']")) == 3


def broken(site: dict[str, bytes]) -> list[str]:
    """The links that lead nowhere, but for those to a PDF that was not made."""
    found = [fault.message for fault in broken_links(site, "https://ferry.example/")]
    return [message for message in found if ".pdf, which is not there" not in message]


def test_nothing_stays_raw(built: tuple[Path, str]) -> None:
    site, _ = built
    for path in (path for path in site.rglob("*") if path.suffix in (".html", ".xml", ".json", ".svg", ".csv")):
        text = path.read_text("utf-8")
        for raw in ("[@tales", "*soft*", "{{ fact", "{{", "\U000f0000", "< a href"):
            assert raw not in text, (path, raw)
        assert not re.search("[\U000f0000-\U000ffffd]", text), path


def test_a_text_without_room_for_it_is_told_of_a_citation(tmp_path: Path) -> None:
    """What is printed as it is typed holds no citation and no call."""
    files, _ = rich()
    files |= {
        "content/site.yaml": """\
title: Ferries [@tales]
publisher: Ferry desk
base_url: https://ferry.example/
description: "Of {{ fact('boats') }}"
license: "@tales"
places: {AA: "Aa [@tales]"}
""",
        "content/measures.yaml": """\
- {id: boats, label: "Boats [@tales]", description: "B @tales", kind: count, unit: boat}
""",
        "content/checks.yaml": '- {id: check, assert: "[boats] > 2", message: "Low [@tales]"}\n',
        "content/facts/more.yaml": """\
- {id: more, claim: "More [@tales] {value}.", value: "in the bay [@tales]",
   evidence: [{source: tales, quote: in the bay}]}
""",
        "content/briefs/other.md": """---
title: Other
date: 2024-05-01
keywords: ["bay [@tales]"]
authors: ["Jane [@tales]", {name: "Joe @tales"}]
---
Write to me@tales.example, or @nobody. [Fares](https://harbour.example/x "As in [@tales]")
are at [the pier][]. `[x](y "[@tales]")`

    [x](y "[@tales]")

[the pier]: https://harbour.example/@tales "By @tales"
""",
    }
    told = [p for p in Project.of(tmp_path, files).build().diagnostics if p.code == "not-read-here"]
    assert {(p.span.file[len("content/") :], p.message.split(" is not read in ")[1].split(":")[0]) for p in told} == {
        ("site.yaml", "the site's title"), ("site.yaml", "the site's description"), ("site.yaml", "the site's license"),
        ("site.yaml", "the name of a place"), ("measures.yaml", "a measure's label"),
        ("measures.yaml", "a measure's description"), ("checks.yaml", "a check's message"),
        ("facts/more.yaml", "a claim"), ("facts/more.yaml", "a value"), ("briefs/other.md", "a keyword"),
        ("briefs/other.md", "an author's name"),
        ("briefs/other.md", "a link's title"),
    }  # fmt: skip
    assert all(p.severity == "warning" and p.hint for p in told)
    assert sum("a link's title" in p.message for p in told) == 2


def test_every_text_is_read_or_printed_as_typed() -> None:
    found = set()
    for module in (brief, chart, dataset, fact, measure, project, quantity):
        for kind in vars(module).values():
            if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.__name__:
                hints: dict[str, Any] = get_type_hints(kind)
                found |= {(kind.__name__, field.name) for field in fields(kind) if _holds_text(hints[field.name])}
    assert found == PLAIN | READ


def _holds_text(hint: Any) -> bool:
    return hint is Text or any(_holds_text(part) for part in get_args(hint))
