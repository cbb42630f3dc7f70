"""A brief's HTML for paper in, HTML as pandoc reads it for Word out, with the drawings that it shows. Pure.

Footnotes become Word's own. The first mark of each entry under "How we know" calls that entry as a footnote, later ones
repeat its number, so that who comments on a number sees its source there; the section itself is left out, as are the
ledger and the contents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urljoin

from lxml import etree, html

from reportgen.brief.tags import WITHIN_A_LINE

_SVG = "{http://www.w3.org/2000/svg}svg"


def _of_class(name: str) -> str:
    return f"//*[contains(concat(' ', @class, ' '), ' {name} ')]"


_DROPPED = (
    *(_of_class(name) for name in ("site-head", "contents", "citing", "how", "ledger", "meta")),
    "//p[@data-state='overdue']",
    "//*[@aria-hidden='true' and not(self::svg)]",
)
"""What Word has or makes itself, what stands elsewhere in the document, what became notes, and mere decoration."""
_MOST_SPANNED = 100
"""Rows or columns that a cell reaches over."""
_SIDES = {"n": "right", "c": "center"}
"""Class of a cell -> the side on which its words stand."""
_STYLES = {
    "kicker": "Kicker",
    "subtitle": "Subtitle",
    "standfirst": "Standfirst",
    "src": "Figure Source",
    "sub": "Figure Subtitle",
    "cap": "Figure Caption",
    "rule": "Ruling",
    "admonition-title": "Box Title",
    "admonition": "Box",
}
"""Class -> style of the paragraph."""


@dataclass(frozen=True, slots=True)
class WordSource:
    """What pandoc is given."""

    html: str
    drawings: dict[str, str]
    """Name of a picture that the HTML shows, `drawing-1.png` -> its SVG."""
    pictures: dict[str, str]
    """Name of an author's own picture, `picture-1.png` -> its path below content/images/."""


def word_source(paper: str, address: str) -> WordSource:
    """The HTML for paper, adapted. `address`: of its page, from which links to other pages lead on."""
    page: Any = html.document_fromstring(paper)
    notes = _Notes(page)
    _head(page)
    for path in _DROPPED:
        for element in page.xpath(path):
            element.drop_tree()
    for title in page.xpath("//header//h1"):  # pandoc sets the title of the head
        title.drop_tree()
    drawings = dict(_drawings(page))
    for element in list(page.iter("figure", "figcaption", "p", "h3", "div", "section")):
        _style(element)
    page.find("body").extend(notes.kept)
    for cell in page.xpath("//td | //th"):
        side = next((_SIDES[name] for name in (cell.get("class") or "").split() if name in _SIDES), "")
        if side:
            cell.set("style", f"text-align: {side}")
    for table in page.xpath("//table[.//*[@colspan or @rowspan]]"):
        _fill_rows(table)
    pictures = dict(_pictures(page))
    _lead_on(page, address)
    return WordSource(etree.tostring(page, encoding="unicode", method="html"), drawings, pictures)


def _head(page: Any) -> None:
    """What pandoc sets below the title: a subtitle of plain words, the authors, and the day and version."""
    day = page.xpath("//span[@class='edition'] | //span[@class='edition']/following-sibling::span[not(@class)]")
    said = [re.sub(r"\s+", " ", part.text_content()).strip() for part in day]
    given = {"date": " · ".join(filter(None, said))}
    for subtitle in page.xpath("//header/p[@class='subtitle']"):
        if not subtitle.xpath(".//a | .//sup"):
            given["subtitle"] = re.sub(r"\s+", " ", subtitle.text_content()).strip()
            subtitle.drop_tree()
    page.find("head").extend(html.Element("meta", {"name": name, "content": text}) for name, text in given.items())


class _Notes:
    """The footnotes of a page, taken out of its text."""

    def __init__(self, page: Any) -> None:
        self._entries = {entry.get("id", ""): entry for entry in page.xpath("//li[contains(@class, 'entry')]")}
        self.kept: list[Any] = []
        self._number_of: dict[str, int] = {}
        """Anchor of an entry -> the number of its note."""
        for part in page.xpath("//*[@data-as]"):
            part.tag = part.attrib.pop("data-as")
        for drawn in page.xpath(f"{_of_class('notenum')} | {_of_class('back')}"):
            drawn.drop_tree()
        calls = f"{_of_class('footnote')} | {_of_class('fact')} | {_of_class('noteref')}"
        for element in page.xpath(calls):
            if any(above.get("class") in ("entry", "footnote") for above in element.iterancestors()):
                continue
            classes = element.get("class", "").split()
            if "noteref" in classes:
                self._note_call(element)
            elif "fact" in classes:
                self._mark(element)
            elif "footnote" in classes:  # what stood in a note has lost its class with it
                self._footnote(element)

    def _call(self) -> Any:
        return html.Element("a", {"epub:type": "noteref", "href": f"#word-note-{len(self.kept)}"})

    def _keep(self, blocks: Sequence[Any]) -> Any:
        note = html.Element("aside", {"epub:type": "footnote", "id": f"word-note-{len(self.kept) + 1}"})
        note.extend(blocks)
        self.kept.append(note)
        call = self._call()
        call.text = str(len(self.kept))
        return call

    def _footnote(self, element: Any) -> None:
        """An author's note: Word has no note in a note, so what it calls and marks follows its text."""
        inner = list(element.xpath(f".{_of_class('footnote')} | .{_of_class('fact')}"))
        more = []
        for part in inner:
            if part.tag == "a":
                entry = self._entries.get(part.get("href", "").removeprefix("#"))
                _plain(part)
                more += [_entry_text(entry)] if entry is not None else []
            else:
                more += _note_blocks(part)
                _put_text(part, "")
        call = self._keep([*_note_blocks(element), *more])
        self._number_of[element.get("id", "")] = len(self.kept)
        call.tail, element.tail = element.tail, None
        element.getparent().replace(element, call)

    def _note_call(self, call: Any) -> None:
        """The call of a note: the note beside it is Word's own call, and a later call repeats its number."""
        following = call.getnext()
        number = self._number_of.get(call.get("href", "").removeprefix("#"))
        if following is not None and following.get("class") == "footnote" and not (call.tail or "").strip():
            call.drop_tree()
        elif number:
            call.tag, call.text = "sup", str(number)
            call.attrib.clear()

    def _mark(self, mark: Any) -> None:
        name = mark.get("href", "").removeprefix("#")
        _plain(mark)
        entry = self._entries.get(name)
        if entry is None:
            return
        if name in self._number_of:
            call = html.Element("sup")
            call.text = str(self._number_of[name])
        else:
            call = self._keep([_entry_text(entry)])
            self._number_of[name] = len(self.kept)
        call.tail, mark.tail = mark.tail, None
        mark.addnext(call)


def _plain(mark: Any) -> None:
    """A value without its link and its letter."""
    mark.tag = "span"
    mark.attrib.clear()
    for letter in mark.findall("sup"):
        letter.drop_tree()


def _put_text(element: Any, text: str) -> None:
    element.text, tail = text, element.tail
    for child in list(element):
        element.remove(child)
    element.tail = tail
    element.drop_tag()


def _note_blocks(footnote: Any) -> list[Any]:
    """What a note holds, its first words as a paragraph."""
    first = html.Element("p")
    first.text, footnote.text = footnote.text, None
    blocks: list[Any] = [first]
    for child in list(footnote):
        if child.tag not in WITHIN_A_LINE:
            blocks.append(child)
        else:
            first.append(child)
    return [block for block in blocks if len(block) or (block.text or "").strip()]


def _entry_text(entry: Any) -> Any:
    """An entry as one paragraph: value, state, claim, quotation, source."""
    copied = html.fragment_fromstring(etree.tostring(entry, encoding="unicode", method="html", with_tail=False))
    for glyph in copied.iter("i"):
        glyph.tail = f" {glyph.tail or ''}"
    said = [re.sub(r"\s+", " ", p.text_content()).strip() for p in copied.iter("p")]
    paragraph = html.Element("p")
    paragraph.text = " ".join(f"{text}." if text[-1].isalnum() else text for text in said if text)
    return paragraph


def _lead_on(page: Any, address: str) -> None:
    """A document lies in any folder: links to the site's pages are whole addresses, and those to what was left out are
    plain words."""
    for term in page.xpath("//dl/div[@id]"):  # pandoc forgets the division
        anchor = html.Element("span", {"id": term.attrib.pop("id")})
        term.find("dt").insert(0, anchor)
        anchor.tail, term.find("dt").text = term.find("dt").text, None
    standing = {element.get("id") for element in page.xpath("//*[@id]")}
    for link in page.xpath("//a[@href]"):
        href = link.get("href")
        if not href.startswith("#"):
            link.set("href", urljoin(address, href))
        elif unquote(href[1:]) not in standing and href[1:] not in standing:
            link.drop_tag()


def _pictures(page: Any) -> Iterator[tuple[str, str]]:
    """Authors' pictures, each under a plain name."""
    shown = (image for image in page.iter("img") if "/images/" in f"/{image.get('src', '')}")
    for number, image in enumerate(shown, 1):
        path = unquote(f"/{image.get('src', '')}".partition("/images/")[2])
        name = f"picture-{number}.{path.rpartition('.')[2].lower()}"
        image.set("src", name.replace(".svg", ".png"))
        yield image.get("src"), path


def _drawings(page: Any) -> Iterator[tuple[str, str]]:
    """Puts a picture in the place of each drawing, with its description."""
    for number, drawing in enumerate(list(page.iter("svg", _SVG)), 1):
        name = f"drawing-{number}.png"
        said = drawing.get("aria-label") or " ".join(text.text_content() for text in drawing.iter("title", "desc"))
        holder = html.Element("p")
        holder.append(html.Element("img", {"src": name, "alt": said.strip(), "width": "600"}))
        svg = etree.tostring(drawing, encoding="unicode", method="xml", with_tail=False)
        holder.tail = drawing.tail
        drawing.getparent().replace(drawing, holder)
        yield name, svg


def _fill_rows(table: Any) -> None:
    """Gives each row as many cells as the table has columns: pandoc counts those of a row without the cells that reach
    into it from above, and leaves out what is beyond them."""
    width = 0
    filled: list[tuple[Any, int]] = []
    """Each row, and how many of its columns are taken by its cells and by those that reach into it."""
    for part in (table, *table.xpath("./thead | ./tbody | ./tfoot")):
        rows = part.findall("tr")
        taken: set[tuple[int, int]] = set()
        for y, row in enumerate(rows):
            x = 0
            for cell in row.xpath("./td | ./th"):
                while (y, x) in taken:
                    x += 1
                across, down = _span(cell, "colspan") or 1, _span(cell, "rowspan") or len(rows)
                down = min(down, len(rows) - y)
                cell.set("colspan", str(across))
                cell.set("rowspan", str(down))
                taken |= {(y + below, x + beside) for below in range(down) for beside in range(across)}
                x += across
        for y, row in enumerate(rows):
            filled.append((row, sum(each == y for each, _ in taken)))
        width = max((width, *(x + 1 for _, x in taken)))
    for row, count in filled:
        row.extend(html.Element("td") for _ in range(width - count))


def _span(cell: Any, name: str) -> int:
    said = cell.get(name, "1")
    return min(int(said), _MOST_SPANNED) if said.isdecimal() else 1


def _style(element: Any) -> None:
    """Names the style of what has a look of its own. Word knows no figures: their parts follow each other."""
    style = next((_STYLES[name] for name in (element.get("class") or "").split() if name in _STYLES), "")
    if element.tag in ("figure", "figcaption"):
        element.tag = "div"
    if not style:
        return
    if element.tag in ("p", "h3"):
        inner = html.Element("p")
        inner.text, element.text = element.text, None
        inner.extend(list(element))
        element.append(inner)
        element.tag = "div"
    element.set("custom-style", style)
