"""A PDF in, its structure tree with the text of each element out, as PDFium reads it."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

SHORT = 40
"""Letters of what is shown of a text."""
Texts = dict[tuple[int, int], str]
"""The page and the number of a marked content -> its text."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the tree."""

    kind: str
    parts: tuple[Element | str, ...]
    said: str
    """What is read in its place: the words of a picture."""

    @property
    def text(self) -> str:
        """All its text, and that of the elements in it."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def all(self) -> Iterator[Element]:
        """Itself and all elements in it, in the order of reading."""
        yield self
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.all()

    def lines(self, depth: int = 0) -> Iterator[str]:
        """Its kind with the beginning of its own text, then the elements in it, further in."""
        own = "".join(part if isinstance(part, str) else "…" for part in self.parts)
        short = " ".join((self.said or own).split())
        short = f"{short[:SHORT]}…" if len(short) > SHORT + 1 else short
        yield f"{'  ' * depth}{self.kind}" + (f' "{short}"' if short.strip("… ") else "")
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.lines(depth + 1)


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """Each page's text as it stands in the file, with no layout guessed. U+FFFE is a hyphen at the end of a line."""
    with pypdfium2.PdfDocument(pdf) as document:
        return tuple(page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document)


def tagged(pdf: bytes) -> Element:
    """The root of the tree."""
    texts = _texts(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = {page.obj.objgen: number for number, page in enumerate(document.pages)}

        def element(node: pikepdf.Object, page: int) -> Element:
            page = pages[node.Pg.objgen] if "/Pg" in node else page
            kids = node.get("/K", [])
            parts = [part for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]) for part in read(kid, page)]
            return Element(str(node.S)[1:], tuple(parts), str(node.get("/Alt", "")))

        def read(kid: object, page: int) -> Iterator[Element | str]:
            if isinstance(kid, int):
                yield texts.get((page, kid), "")
            elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
                yield texts.get((pages[kid.Pg.objgen], int(kid.MCID)), "")
            elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield element(kid, page)

        return element(document.Root.StructTreeRoot.K, 0)


def _texts(pdf: bytes) -> Texts:
    found: Texts = {}
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            words = page.get_textpage()
            for drawn in page.get_objects():
                mark = pdfium.FPDFPageObj_GetMarkedContentID(drawn.raw)
                if drawn.type == pdfium.FPDF_PAGEOBJ_TEXT and mark >= 0:
                    found[number, mark] = found.get((number, mark), "") + _text(drawn, words)
    return found


def _text(drawn: pypdfium2.PdfObject, words: pypdfium2.PdfTextPage) -> str:
    size = pdfium.FPDFTextObj_GetText(drawn.raw, words.raw, None, 0)
    kept = ctypes.create_string_buffer(size)
    pdfium.FPDFTextObj_GetText(drawn.raw, words.raw, ctypes.cast(kept, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return kept.raw.decode("utf-16-le").rstrip("\0").replace("\u00a0", " ")
