"""A tagged PDF in, its texts in the order of its structure tree out: what a screen reader says. Reads bytes only."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

Spoken = tuple[tuple[str, ...], str]
"""The types of the elements that hold a text, from the outermost, and the text."""


def spoken_texts(pdf: bytes) -> list[Spoken]:
    """Every text that the structure tree holds, in its order; artifacts, such as running heads, are not among them."""
    pages = [_by_content(page) for page in pypdfium2.PdfDocument(pdf)]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {page.obj.objgen: n for n, page in enumerate(document.pages)}
        return list(_below(document.Root.StructTreeRoot.K, 0, (), numbers, pages))


def _below(
    node: Any, page: int, kinds: tuple[str, ...], numbers: dict[tuple[int, int], int], pages: list[dict[int, str]]
) -> Iterator[Spoken]:
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from _below(kid, page, kinds, numbers, pages)
        return
    if not isinstance(node, pikepdf.Dictionary):
        yield kinds, pages[page].get(int(node), "")
        return
    if "/Pg" in node:
        page = numbers[node.Pg.objgen]
    if node.get("/Type") == "/MCR":
        yield kinds, pages[page].get(int(node.MCID), "")
    elif node.get("/Type") != "/OBJR" and "/K" in node:
        yield from _below(node.K, page, (*kinds, str(node.get("/S", "/"))[1:]), numbers, pages)


def _by_content(page: Any) -> dict[int, str]:
    """The texts of a page by the number of their marked content."""
    reader, found = page.get_textpage(), dict[int, str]()

    def walk(count: int, get: Callable[[int], Any]) -> None:
        for n in range(count):
            item = get(n)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_FORM:
                walk(pdfium.FPDFFormObj_CountObjects(item), lambda n, form=item: pdfium.FPDFFormObj_GetObject(form, n))
            elif kind == pdfium.FPDF_PAGEOBJ_TEXT and (number := pdfium.FPDFPageObj_GetMarkedContentID(item)) >= 0:
                size = pdfium.FPDFTextObj_GetText(item, reader, None, 0)
                kept = ctypes.create_string_buffer(size)
                pdfium.FPDFTextObj_GetText(item, reader, ctypes.cast(kept, ctypes.POINTER(ctypes.c_ushort)), size)
                found[number] = found.get(number, "") + kept.raw[: size - 2].decode("utf-16-le")

    walk(pdfium.FPDFPage_CountObjects(page), lambda n: pdfium.FPDFPage_GetObject(page, n))
    return found
