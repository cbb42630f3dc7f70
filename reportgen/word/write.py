"""HTML for Word in, a .docx out. Effects: runs pandoc in an empty folder.

The styles are those of pandoc's own reference document, with our sizes, colours and paper.
"""

from __future__ import annotations

import io
import os
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from reportgen.citing.pandoc import CiteprocError, pandoc_path
from reportgen.drawing.png import svg_to_png
from reportgen.word.document import WordSource

WIDTH = 1600
"""Of drawings, in pixels: 270 to the inch."""
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PAPER = {"A4": (11906, 16838), "Letter": (12240, 15840)}
"""Width and height in twentieths of a point."""
_SIZES = {
    "Title": 44,
    "Subtitle": 26,
    "Heading1": 32,
    "Heading2": 28,
    "Heading3": 24,
    "FootnoteText": 17,
    "Table": 19,
    "VerbatimChar": 20,
}
"""Style -> size in half points."""
_INK = "14212B"
_OWN: Mapping[str, str] = {
    "Kicker": "<w:caps/><w:sz w:val='17'/>",
    "Standfirst": "<w:i/><w:sz w:val='24'/>",
    "Figure Caption": "<w:b/>",
    "Figure Subtitle": "<w:sz w:val='20'/>",
    "Figure Source": "<w:i/><w:sz w:val='17'/>",
    "Ruling": "<w:sz w:val='20'/>",
    "Box Title": "<w:b/>",
    "Box": "",
}
"""Styles that only we have: name -> how their letters look."""
_BOXED = "<w:pBdr><w:left w:val='single' w:sz='18' w:space='8' w:color='8A94A0'/></w:pBdr>"
_SET: Mapping[str, str] = {
    "Figure Caption": "<w:keepNext/>",
    "Figure Subtitle": "<w:keepNext/>",
    "Box Title": f"<w:keepNext/>{_BOXED}<w:spacing w:before='120' w:after='0'/><w:ind w:left='340'/>",
    "Box": f"{_BOXED}<w:spacing w:before='0' w:after='120'/><w:ind w:left='340'/>",
}
"""How the paragraphs of some of them are set."""


def word_document(source: WordSource, pictures: Mapping[str, bytes], paper: str, epoch: int) -> bytes:
    """A brief as a Word document. Same bytes for the same input. Raises CiteprocError where pandoc fails."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, path in source.pictures.items():
            drawn = path.lower().endswith(".svg")
            data = svg_to_png(pictures[path].decode("utf-8", "replace"), WIDTH) if drawn else pictures[path]
            (folder / file).write_bytes(data)
        for path, svg in source.drawings.items():
            (folder / path).write_bytes(svg_to_png(svg, WIDTH))
        (folder / "reference.docx").write_bytes(reference_document(paper))
        command = [
            str(pandoc_path()),
            "-f",
            "html+epub_html_exts",
            "-t",
            "docx",
            "--reference-doc",
            "reference.docx",
            "-o",
            "brief.docx",
        ]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch)}
        done = subprocess.run(
            command, input=source.html.encode(), cwd=folder, env=environment, capture_output=True, timeout=120
        )
        if done.returncode:
            raise CiteprocError(done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2])
        return (folder / "brief.docx").read_bytes()


@cache
def reference_document(paper: str) -> bytes:
    """Pandoc's reference document in our type, on `A4` or `Letter`."""
    command = [str(pandoc_path()), "--print-default-data-file", "reference.docx"]
    given = zipfile.ZipFile(io.BytesIO(subprocess.run(command, check=True, capture_output=True, timeout=60).stdout))
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in given.infolist():
            data = given.read(entry)
            if entry.filename == "word/styles.xml":
                data = _styled(data)
            elif entry.filename == "word/document.xml":
                data = _on_paper(data, paper)
            out.writestr(zipfile.ZipInfo(entry.filename), data)
    return kept.getvalue()


def _styled(data: bytes) -> bytes:
    tree = etree.fromstring(data)
    for fonts in tree.iter(_name("rFonts")):
        fonts.attrib.clear()
        heading = any("eading" in (above.get(_name("styleId")) or "") for above in fonts.iterancestors())
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(_name(script), "Arial" if heading else "Georgia")
    for colour in tree.iter(_name("color")):
        colour.attrib.clear()
        colour.set(_name("val"), _INK)
    for style in tree.iter(_name("style")):
        size = _SIZES.get(style.get(_name("styleId"), ""))
        if size:
            run = style.find(_name("rPr"))
            run = etree.SubElement(style, _name("rPr")) if run is None else run
            for name in ("sz", "szCs"):
                for old in run.findall(_name(name)):
                    run.remove(old)
                etree.SubElement(run, _name(name)).set(_name("val"), str(size))
    for name, look in _OWN.items():
        kept = f"<w:pPr>{_SET[name]}</w:pPr>" if name in _SET else ""
        tree.append(
            etree.fromstring(
                f"<w:style xmlns:w='{_W}' w:type='paragraph' w:customStyle='1' w:styleId='{name.replace(' ', '')}'>"
                f"<w:name w:val='{name}'/><w:basedOn w:val='BodyText'/>{kept}<w:rPr>{look}</w:rPr></w:style>"
            )
        )
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _on_paper(data: bytes, paper: str) -> bytes:
    tree = etree.fromstring(data)
    width, height = _PAPER.get(paper, _PAPER["A4"])
    section = next(tree.iter(_name("sectPr")))
    size: Any = section.find(_name("pgSz"))
    size = etree.SubElement(section, _name("pgSz")) if size is None else size
    size.set(_name("w"), str(width))
    size.set(_name("h"), str(height))
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _name(local: str) -> str:
    return f"{{{_W}}}{local}"
