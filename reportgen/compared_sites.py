"""Two built sites in, what differs between them out: numbers, words, drawings, and pictures of PDFs' pages.

For whoever looks at a new version of the program, of WeasyPrint or of a theme before it is published. Effects: none;
pypdfium2 is loaded where a PDF differs.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from reportgen.brief.tags import BLOCKS, VOID
from reportgen.charts.svg import alone
from reportgen.late_patterns import regex

ListSteps = tuple[tuple[str, str, str], ...]
"""(replace, delete or insert; what stood there; what stands there now)."""
SCALE = 1.0
"""Pixels a point of a PDF's page."""
_SKIPPED = frozenset(("script", "style", "head"))
_BLOCKS = BLOCKS | {"header", "footer", "nav", "main", "br"}
_VOID = VOID | {"meta", "link", "input", "source", "wbr", "area", "base", "embed"}
_UNBROKEN = regex(r"\s|(?<=[^\W\d_])[-\x02\u00ad\ufffe]\s*(?=[^\W\d_])")
"""What may stand at the end of a line, and is not looked at."""
_SVG = regex(rb"<svg\b.*?</svg>", re.S)


@dataclass(frozen=True, slots=True)
class DifferentFile:
    """A file that only one of the sites has, or that is another."""

    path: str
    """Below the site."""
    kind: str
    """`new`, `gone` or `changed`."""
    numbers: ListSteps = ()
    """Of a page: the printed values, in the order of the page."""
    words: ListSteps = ()
    """The text, a block a line; of data, its lines."""
    charts: tuple[tuple[str, str], ...] = ()
    """(old, new) drawings as SVG."""
    pictures: tuple[tuple[int, bytes, bytes], ...] = ()
    """Of a PDF: (number of a page, old, new) as PNG; empty bytes where there is no such page."""

    @property
    def is_look_alone(self) -> bool:
        """Whether it says what it said."""
        return self.kind == "changed" and not self.numbers and not self.words


def compare_sites(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Iterator[DifferentFile]:
    """What differs, in the order of the paths. Path below a site -> content."""
    for path in sorted(old.keys() | new.keys()):
        if path not in new or path not in old:
            yield DifferentFile(path, "gone" if path in old else "new")
        elif old[path] != new[path]:
            found = _different(path, old[path], new[path])
            sheets = [_styles(site, path) for site in (old, new)] if found.charts else ["", ""]
            pairs = ((alone(one, sheets[0]), alone(other, sheets[1])) for one, other in found.charts)
            yield replace(found, charts=tuple(pairs))


def _styles(site: Mapping[str, bytes], path: str) -> str:
    """What declares the colours of a page's drawings: the stylesheet in it, or the site's."""
    return "\n".join(site.get(name, b"").decode("utf-8", "replace") for name in (path, "assets/style.css"))


def _different(path: str, old: bytes, new: bytes) -> DifferentFile:
    if path.endswith(".html"):
        pages = _read(old), _read(new)
        charts = _drawings(_SVG.findall(old), _SVG.findall(new))
        return DifferentFile(
            path, "changed", steps(pages[0].numbers, pages[1].numbers), steps(pages[0].lines, pages[1].lines), charts
        )
    if path.endswith(".svg"):
        return DifferentFile(path, "changed", charts=_drawings([old], [new]))
    if path.endswith(".pdf"):
        return _papers(path, old, new)
    if path.endswith((".json", ".csv", ".txt", ".xml", ".bib", ".ris")):
        lines = [data.decode("utf-8", "replace").splitlines() for data in (old, new)]
        return DifferentFile(path, "changed", words=steps(*lines))
    return DifferentFile(path, "changed")


def steps(old: list[str], new: list[str]) -> ListSteps:
    """How one list becomes the other; of as many lines on both sides each with its own."""
    found: list[tuple[str, str, str]] = []
    for step, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "replace" and b - a == d - c:
            found += (("replace", one, other) for one, other in zip(old[a:b], new[c:d], strict=True))
        elif step != "equal":
            found.append((step, "\n".join(old[a:b]), "\n".join(new[c:d])))
    return tuple(found)


def _word_steps(old: list[str], new: list[str]) -> ListSteps:
    """How one text becomes the other, word by word: where its lines end, and with which hyphen, is look."""
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    found = ((step, " ".join(old[a:b]), " ".join(new[c:d])) for step, a, b, c, d in opcodes if step != "equal")
    return tuple(step for step in found if _UNBROKEN.sub("", step[1]) != _UNBROKEN.sub("", step[2]))


def _drawings(old: list[bytes], new: list[bytes]) -> tuple[tuple[str, str], ...]:
    """Those that differ, in pairs: of two lists as long the first with the first; else what is gone and what came."""
    if len(old) == len(new):
        pairs = list(zip(old, new, strict=True))
    else:
        gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
        most = max(len(gone), len(come))
        pairs = list(zip([*gone, *[b""] * (most - len(gone))], [*come, *[b""] * (most - len(come))], strict=True))
    return tuple((one.decode(), other.decode()) for one, other in pairs if one != other)


class _ComparedPage(HTMLParser):
    """The text of a page, a block a line, and the values that it prints."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.numbers: list[str] = []
        self._line: list[str] = []
        self._open: list[tuple[str, bool]] = []
        """The elements around, each with whether it is a printed value."""
        self._value: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._end_line()
        if tag not in _VOID:
            self._open.append((tag, any(name == "data-n" for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _ in self._open):
            name, is_value = self._open.pop()
            if is_value:
                self.numbers.append(" ".join("".join(self._value).split()))
                self._value.clear()
            if name == tag:
                break
        if tag in _BLOCKS:
            self._end_line()

    def handle_data(self, data: str) -> None:
        if not any(name in _SKIPPED or name == "svg" for name, _ in self._open):
            self._line.append(data)
            if any(is_value for _, is_value in self._open):
                self._value.append(data)

    def _end_line(self) -> None:
        if line := " ".join("".join(self._line).split()):
            self.lines.append(line)
        self._line.clear()


def _read(page: bytes) -> _ComparedPage:
    parser = _ComparedPage()
    parser.feed(page.decode("utf-8", "replace"))
    parser.close()
    parser._end_line()
    return parser


def _papers(path: str, old: bytes, new: bytes) -> DifferentFile:
    """Two PDFs: their words, and each page that looks otherwise."""
    pdfium: Any = importlib.import_module("pypdfium2")
    papers = [pdfium.PdfDocument(data) for data in (old, new)]
    try:
        words: tuple[list[str], list[str]] = ([], [])
        pictures = []
        for number in range(max(map(len, papers))):
            seen: list[tuple[bytes, Any]] = []
            for paper, text in zip(papers, words, strict=True):
                if number >= len(paper):
                    seen.append((b"", None))
                    continue
                page = paper[number]
                text += page.get_textpage().get_text_bounded().split()
                image = page.render(scale=SCALE).to_pil()
                seen.append((image.tobytes(), image))
            if seen[0][0] != seen[1][0]:
                pictures.append((number + 1, _png(seen[0][1]), _png(seen[1][1])))
        return DifferentFile(path, "changed", (), _word_steps(*words), (), tuple(pictures))
    finally:
        for paper in papers:
            paper.close()


def _png(image: Any) -> bytes:
    if image is None:
        return b""
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
