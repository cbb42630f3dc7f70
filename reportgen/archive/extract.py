"""The bytes of a saved copy in, its visible text out. Effects: none; the reader of a kind is loaded when one comes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree, html

from reportgen.archive.docx import DocxError, docx_text
from reportgen.archive.media_types import CSV, DOCX, PAGES, PDF, SHEETS, WARC, media_type_and_charset, readable_types
from reportgen.archive.pdf_text import EXTRACTOR, LOWERED, RAISED, PdfTextError, pdf_text
from reportgen.archive.rows import BETWEEN, is_row, row_line
from reportgen.archive.tables import TableError, csv_text, sheet_text
from reportgen.archive.warc import WarcError, is_warc, the_page
from reportgen.evidence.fold import CellMarks, CellPlace, FoldedText, fold
from reportgen.late_patterns import regex

_HIDDEN = frozenset(("script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "textarea"))
_INLINE_TAGS = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike "
    "strong sub sup time tt u var wbr"
)
_INLINE = frozenset(_INLINE_TAGS.split())
_OF_TEXTS = ("table", "h1", "h2", "h3", "article", "form", "section")
"""What stands in a table that lays out a page, and in none of data."""
_MOST_SPANNED = 1000
_BEGINS, _ENDS = "\x02", "\x03"
"""Around what stands beside the text of a page, until its lines are made."""
_REACHED = "\x04"
"""In an empty cell to which one above reaches down, until the lines are made."""
_ROLES_BESIDE = ("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu")
_NAMES_BESIDE = regex(
    r"[ _-](?:"
    r"nav|navbar|navigation|menu|breadcrumbs?|footer|sidebar|comments?|disqus|related|recirc\w*"
    r"|recommend\w*|share|sharing|social|cookies?|consent|gdpr|newsletter|signup|subscribe"
    r"|promos?|teasers?|trending|popular|most|sponsored|advert\w*|ads?|outbrain|taboola|byline"
    r"|timestamp|dateline|pagination|pager|tags|toolbar|masthead|tools|widget|copyright"
    r"|references|reflist|bibliography"
    r")[ _-]",
    re.IGNORECASE,
)
_LONGEST_TEASER = 400
"""Characters of a block of links."""
_STRUCK = frozenset(("del", "s", "strike"))
_STRUCK_STYLE = regex(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_STRUCK_MARK = regex(r"~~(?=\S)(?:(?!\n\s*\n).)+?(?<=\S)~~", re.DOTALL)
"""Of Markdown."""
_NO_ROWS: Mapping[html.HtmlElement, str] = {}
_NO_DISPLAY = regex(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class ExtractionError(Exception):
    """Bytes that give no text; the message says why, without a full stop."""


def extracted(data: bytes, media_type: str) -> FoldedText:
    """The text of a saved copy, folded; offsets count in its `original`. Raises ExtractionError."""
    try:
        return _extracted(*_opened(data, media_type))
    except (DocxError, PdfTextError, TableError, WarcError) as problem:
        raise ExtractionError(str(problem)) from None


def extractor(media_type: str) -> str:
    """The name of what reads a media type, where there could be another: only PDFs are read one way or another."""
    return EXTRACTOR if media_type_and_charset(media_type)[0] == PDF else ""


def _opened(data: bytes, media_type: str) -> tuple[bytes, str]:
    """What is to be read: of a WARC file, whatever type is given, the page that it holds, with that page's type."""
    if not is_warc(data):
        return data, media_type
    page = the_page(data)
    return page.data, page.media_type


def _extracted(data: bytes, media_type: str) -> FoldedText:
    kind, charset = media_type_and_charset(media_type)
    if kind in PAGES:
        text, beside, reached = _visible(data, charset)
        return fold(text, lines_are_paragraphs=True, beside=beside, cells=CellMarks(reached))
    if kind in SHEETS:
        text, cells = sheet_text(data)
        return fold(text, lines_are_paragraphs=True, cells=cells)
    if kind == "text/plain":
        return fold(_decoded(data, charset or "utf-8"))
    if kind == "text/markdown":
        return fold(_STRUCK_MARK.sub(" ", _decoded(data, charset or "utf-8")))
    if kind == CSV:
        return fold(csv_text(_decoded(data, charset or "utf-8-sig")), lines_are_paragraphs=True)
    if kind == PDF:
        return fold(pdf_text(data), joins_lines=True)
    if kind == DOCX:
        return fold(docx_text(data), lines_are_paragraphs=True)
    if kind == WARC:
        raise ExtractionError("the file is no WARC file")
    raise ExtractionError(f'the media type "{media_type}" is none of {readable_types()}')


def _decoded(data: bytes, charset: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        charset = "utf-16"
    try:
        return data.decode(charset)
    except LookupError:
        raise ExtractionError(f'no encoding is called "{charset}"') from None
    except UnicodeDecodeError:
        raise ExtractionError(f"the file is not {charset}; say which encoding, as in `text/plain; charset=…`") from None


def _visible(data: bytes, charset: str) -> tuple[str, tuple[tuple[int, int], ...], frozenset[CellPlace]]:
    """What a reader sees of a page, one block a line; where what stands beside its text is; and the empty cells to
    which one above reaches down."""
    if charset:
        _decoded(b"", charset)
    elif _is_utf8(data):
        # lxml takes a page that names no encoding for Latin-1.
        charset = "utf-8"
    try:
        page = html.document_fromstring(data, parser=html.HTMLParser(encoding=charset or None, huge_tree=True))
    except (ValueError, SyntaxError, etree.LxmlError):
        raise ExtractionError("the file holds no HTML") from None
    pieces: list[str] = []
    try:
        _collect(page, pieces)
    except RecursionError:
        raise ExtractionError("its elements stand in each other too deep to be read") from None
    return _with_sides("".join(pieces))


def _with_sides(text: str) -> tuple[str, tuple[tuple[int, int], ...], frozenset[CellPlace]]:
    """The lines of a text, which of them stand between the marks of what is beside it, and the cells that are marked as
    reached from above."""
    lines: list[str] = []
    beside: list[tuple[int, int]] = []
    reached: set[CellPlace] = set()
    depth = length = 0
    for marked in text.split("\n"):
        is_beside = depth > 0 or marked.lstrip().startswith(_BEGINS)
        depth += marked.count(_BEGINS) - marked.count(_ENDS)
        if _REACHED in marked:
            reached |= {(length, at) for at, cell in enumerate(marked.split(BETWEEN)) if _REACHED in cell}
            marked = marked.replace(_REACHED, "")
        line = " ".join(marked.replace(_BEGINS, " ").replace(_ENDS, " ").split())
        if not line:
            continue
        if is_beside:
            beside.append((length, length + len(line)))
        lines.append(line)
        length += len(line) + 1
    return "\n".join(lines), tuple(beside), frozenset(reached)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _collect(element: html.HtmlElement, pieces: list[str], rows: Mapping[html.HtmlElement, str] = _NO_ROWS) -> None:
    """What a reader sees of an element; `rows` are those of the table around it that are rows of data."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if not _is_shown(element):
        return
    if tag in _STRUCK or _STRUCK_STYLE.search(element.get("style", "")):
        pieces.append(" ")  # what was struck out is not said any more
        return
    if element in rows:
        pieces.append(f"\n{rows[element]}\n")
        return
    if tag == "table":
        rows = _rows(element)
    around = "" if tag in _INLINE else " " if tag in ("img", "input", "button", "select") else "\n"
    is_beside = around == "\n" and _is_beside(element, tag)
    if is_beside:
        pieces.append(f"\n{_BEGINS}")
    start = len(pieces)
    pieces.append("“" if tag == "q" else around)
    pieces.append(_spaced(element.text))
    for child in element:
        _collect(child, pieces, rows)
        pieces.append(_spaced(child.tail))
    pieces.append("”" if tag == "q" else around)
    if tag in ("sup", "sub"):
        # 10<sup>6</sup> is not 106.
        shifted = "".join(pieces[start:]).translate(RAISED if tag == "sup" else LOWERED)
        pieces[start:] = [shifted]
    if is_beside:
        pieces.append(f"{_ENDS}\n")


def _is_beside(element: html.HtmlElement, tag: str) -> bool:
    """Whether a part of a page is none of its text: by its tag or role, by its name, or because it is all links."""
    if tag in ("body", "html", "main", "article"):
        return False
    if tag in ("nav", "footer", "aside", "form", "button", "select") or element.get("role") in _ROLES_BESIDE:
        return True
    if _NAMES_BESIDE.search(f" {element.get('class', '')} {element.get('id', '')} ") and not _holds_text(element):
        return True
    if tag not in ("p", "li", "h2", "h3", "h4", "h5", "h6", "dd", "dt", "figcaption", "ul", "ol", "div"):
        return False
    links = [" ".join(link.text_content().split()) for link in element.iter("a")]
    whole = " ".join(element.text_content().split())
    return bool(links) and len(whole) <= _LONGEST_TEASER and sum(map(len, links)) >= 0.8 * len(whole)


def _holds_text(element: html.HtmlElement) -> bool:
    """Whether the text of the page may be in it: `class="has-sidebar"` may stand at the whole of it."""
    return element.find(".//h1") is not None or element.find(".//article") is not None


def _is_shown(element: html.HtmlElement) -> bool:
    tag = element.tag if isinstance(element.tag, str) else ""
    return (
        bool(tag)
        and tag not in _HIDDEN
        and "hidden" not in element.attrib
        and not _NO_DISPLAY.search(element.get("style", ""))
    )


def _rows(table: html.HtmlElement) -> dict[html.HtmlElement, str]:
    """The rows of data of a table, each as a line. A cell that reaches down leaves its place below empty."""
    found: dict[html.HtmlElement, str] = {}
    reaching: dict[int, int] = {}
    for row in (one for part in table for one in ([part] if part.tag == "tr" else part) if one.tag == "tr"):
        cells: list[str] = []
        below = {column: left - 1 for column, left in reaching.items() if left > 1}
        for cell in (one for one in row if one.tag in ("td", "th") and _is_shown(one)):
            while len(cells) in reaching:
                cells.append(_REACHED)
            said: list[str] = []
            _collect(cell, said)
            across, down = _spans(cell, "colspan"), _spans(cell, "rowspan")
            if down > 1:
                below |= dict.fromkeys(range(len(cells), len(cells) + across), down - 1)
            cells += ["".join(said), *[""] * (across - 1)]
        reaching = below
        bare = [cell.replace(_REACHED, "") for cell in cells]
        if is_row(bare) and not any(True for _ in row.iter(*_OF_TEXTS)):
            last = max(place for place, cell in enumerate(bare) if cell.strip())
            found[row] = row_line(cells[: last + 1])
    return found


def _spans(cell: html.HtmlElement, name: str) -> int:
    said = cell.get(name, "1").strip()
    return min(int(said), _MOST_SPANNED) if said.isdecimal() and int(said) > 0 else 1


def _spaced(text: str | None) -> str:
    return re.sub(rf"[\n\r\t\f{_BEGINS}{_ENDS}{_REACHED}]", " ", text or "")
