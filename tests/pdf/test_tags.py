"""The tags of each kind of content, as a screen reader meets them, held against approved ones; and their order.

`UPDATE_EXPECTED=1 pytest tests/pdf/test_tags.py` writes tests/pdf/tags anew: read the difference.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from tests.conftest import Built, made_once
from tests.no_skips import UNDER_CI
from tests.pdf.stress import SLUG, Stress, make
from tests.pdf.tagged import Element, tagged

APPROVED = Path(__file__).parent / "tags"
BRIEF = """---
title: A brief of every kind
date: 2026-11-22
authors: [{name: Ai Sea}]
abstract: 'The town had {{ fact("shops-2025") }}.'
key_messages: ['**One.** There are {{ fact("shops-2025") }}.']
key_figure: [{fact: shops-2025, label: in the town}]
---
## Chart

As {{ ref("rise") }} shows, there are more.

{{ chart("rise") }}

## Table

{{ table("shops") }}

| Of Markdown | Number |
|---|--:|
| a cell | {{ fact("shops-2024") }} |

## Conflict

{{ conflict("count") }}

## Quote

{{ quote("shops-2025") }}

## Timeline

{{ timeline("years") }}

## Notes

A note[^1] and a citation [@count, p. 2].

- an item
- another

[^1]: It says more.
"""
FILES = {
    "content/site.yaml": "title: The Tests\npublisher: Tests, made up\nbase_url: https://tests.example/\nlang: en\n",
    "content/measures.yaml": "- {id: shops, label: Shops, kind: count, unit: shop, tolerance: 1}\n",
    "content/sources/all.yaml": "- {id: count, type: report, title: The count, author: [{family: Sea, given: Ai}], "
    "issued: 2026-01-12, URL: https://example.org/count}\n"
    "- {id: survey, type: report, title: A survey, author: [{family: Bo, given: Ann}], issued: 2026-01-13}\n",
    "content/facts/all.yaml": """
- {id: shops-2024, claim: "The town had {value}.", measure: shops, value: 120, as_of: "2024",
   evidence: [{source: count, quote: there were 120 shops}]}
- {id: shops-2025, claim: "The town had {value}.", measure: shops, value: 131, as_of: "2025",
   evidence: [{source: count, quote: there were 131 shops}]}
- {id: shops-survey, claim: "The town had {value}.", measure: shops, value: 140, as_of: "2025",
   evidence: [{source: survey, quote: we found 140 shops}]}
""",
    "content/conflicts.yaml": "- {id: count, facts: [shops-2025, shops-survey], preferred: shops-2025, "
    "title: How many shops, reason: The count is complete.}\n",
    "content/data/all.yaml": "- {id: shops, title: Shops by year, query: {facts: [shops-2024, shops-2025]}}\n",
    "content/charts/all.yaml": "- {id: rise, kind: bar, data: shops, x: as_of, y: value, title: More shops}\n"
    "- {id: years, kind: timeline, data: shops, title: Two counts}\n",
    f"content/briefs/{SLUG}.md": BRIEF,
}


@pytest.fixture(scope="session")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Stress:
    return made_once(tmp_path_factory, "tags", lambda _: make(FILES))


def parts(root: Element) -> dict[str, list[Element]]:
    """What stands under each section's title, by its title; first what stands above all of them."""
    found: dict[str, list[Element]] = {"Title": []}
    for element in (part for part in root.parts if isinstance(part, Element)):
        title = next((each.text for each in element.all() if each.kind == "H2"), "")
        if title and (element.kind == "H2" or title in ("How we know", "References")):
            found[title] = []
        found[[*found][-1]].append(element)
    return found


def test_the_tags_of_each_kind_of_content(brief: Stress) -> None:
    written = {
        f"{title.strip().lower().replace(' ', '-')}.txt": "".join(
            f"{line}\n" for each in elements for line in each.lines()
        )
        for title, elements in parts(tagged(brief.pdf)).items()
    }
    if os.environ.get("UPDATE_EXPECTED"):
        assert not UNDER_CI, "nobody reads them there"
        for old in APPROVED.glob("*.txt"):
            old.unlink()
        for name, text in written.items():
            (APPROVED / name).write_text(text, "utf-8")
    assert written == {path.name: path.read_text("utf-8") for path in APPROVED.glob("*.txt")}


END = "\N{SYMBOL FOR END OF TEXT}"
"""Of the words before a note."""
ADDED = re.compile(r"\(p\.\d+\)")
"""The page of a reference."""


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def blocks(page: str) -> Iterator[str]:
    """The first words of each block of a brief's text, in the order of its HTML: of a figure, those of its title."""
    (main,) = html.document_fromstring(page).xpath("//main")
    for block in main.xpath("./p | ./h2 | ./h3 | ./figure | ./section | ./table | ./ul | ./ol | ./blockquote"):
        for apart in block.xpath(".//*[@class='footnote' or (@aria-hidden='true' and name()!='sup')]"):
            apart.tail = (END if apart.get("class") == "footnote" else "") + (apart.tail or "")
            apart.drop_tree()
        begins = {"figure": ".//h3", "ul": "./li", "ol": "./li"}.get(block.tag, ".")
        words = squeezed("".join(each.text_content() for each in block.xpath(begins)[:1]).partition(END)[0])[:12]
        if words:
            yield words


def test_tags_are_in_the_order_of_the_html(built: Built, stress: Stress, brief: Stress) -> None:
    made = [(built.site[f"briefs/{slug}/{slug}.pdf"], text) for slug, text in built.papers.items()]
    for pdf, page in (*made, (stress.pdf, stress.html), (brief.pdf, brief.html)):
        told, at = ADDED.sub("", squeezed(tagged(pdf).text)), 0
        for words in blocks(page):
            found = told.find(words, at)
            assert found >= 0, f"{words} does not come after {told[at : at + 40]}"
            at = found + 1
