"""The tags of each kind of content, as a screen reader meets them, held against approved ones; and their order.

`UPDATE_EXPECTED=1 pytest tests/pdf/test_tags.py` writes tests/pdf/tags anew: read the difference.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import html

from tests.conftest import Built
from tests.no_skips import UNDER_CI
from tests.pdf.stress import Stress
from tests.pdf.tagged import Element, tagged

APPROVED = Path(__file__).parent / "tags"


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
ADDED = re.compile(r"\([pс]\.\d+\)|\(\d+б\.\)")
"""The page of a reference, in three languages."""


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def blocks(page: str) -> Iterator[tuple[str, bool]]:
    """The first words of each block of a brief's text, in the order of its HTML, and whether it is a figure: then those
    of its title."""
    (main,) = html.document_fromstring(page).xpath("//main")
    for block in main.xpath("./p | ./h2 | ./h3 | ./figure | ./section | ./table | ./ul | ./ol | ./blockquote"):
        for apart in block.xpath(".//*[@class='footnote' or (@aria-hidden='true' and name()!='sup')]"):
            apart.tail = (END if apart.get("class") == "footnote" else "") + (apart.tail or "")
            apart.drop_tree()
        begins = {"figure": ".//h3", "ul": "./li", "ol": "./li"}.get(block.tag, ".")
        words = squeezed("".join(each.text_content() for each in block.xpath(begins)[:1]).partition(END)[0])[:12]
        if words:
            yield words, block.tag == "figure"


def test_tags_are_in_the_order_of_the_html(built: Built, stress: Stress, brief: Stress) -> None:
    """But for figures that text goes before: then they come before the next figure."""
    made = [(built.pdf(slug), text) for slug, text in built.papers.items()]
    for pdf, page in (*made, (stress.pdf, stress.html), (brief.pdf, brief.html)):
        told, at = ADDED.sub("", squeezed(tagged(pdf).text)), {True: 0, False: 0}
        for words, is_figure in blocks(page):
            found = told.find(words, at[is_figure])
            assert found >= 0, f"{words} does not come after {told[at[is_figure] : at[is_figure] + 40]}"
            at[is_figure] = found + 1
            at[True] = max(at.values())
