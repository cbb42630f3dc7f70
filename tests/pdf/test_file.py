"""What a PDF says of itself and carries: metadata, files, fonts, size; and that it is the same bytes anywhere."""

from __future__ import annotations

import csv
import gc
import hashlib
import io
import json
import os
import pickle
import re
import subprocess
import sys
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree

from reportgen.exports.attachments import Attached
from reportgen.pdf.render import render_pdf
from reportgen.targets.tasks import pdf_made
from tests.conftest import ROOT, Built
from tests.pdf.stress import Stress
from tests.pdf.test_conformance import failures
from tests.pdf.test_reading import nothing_collides, placed_words

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"


def packet(document: pikepdf.Pdf) -> etree._Element:
    metadata = document.Root.Metadata
    assert "/Filter" not in metadata
    return etree.fromstring(metadata.read_raw_bytes())


def words(root: etree._Element, name: str) -> list[str]:
    return [text for found in root.iter(name) for text in found.itertext() if text.strip()]


def test_it_says_what_it_is(document: pikepdf.Pdf) -> None:
    root = packet(document)
    assert len(list(root.iter(f"{RDF}RDF"))) == 1
    assert words(root, "{http://www.aiim.org/pdfua/ns/id/}part") == ["1"]
    assert words(root, "{http://www.aiim.org/pdfa/ns/id/}part") == ["3"]
    assert words(root, "{http://www.aiim.org/pdfa/ns/id/}conformance") == ["A"]
    assert words(root, f"{DC}title") == [str(document.docinfo.Title)]
    assert words(root, f"{DC}language") == [str(document.Root.Lang)]
    assert str(document.Root.Lang) in ("en", "ru", "kk")
    assert words(root, f"{DC}creator")
    assert words(root, f"{DC}rights") == ["CC BY 4.0"]
    assert words(root, f"{DC}identifier")[0].startswith("https://")
    assert re.fullmatch(r"urn:sha256:[0-9a-f]{64}", words(root, f"{DC}source")[0])
    assert words(root, "{http://ns.adobe.com/xap/1.0/}CreateDate") == ["2026-11-22T00:00:00Z"]
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert document.Root.MarkInfo.Marked
    assert all(page.Tabs == "/S" for page in document.pages)


def test_its_facts_and_data_are_inside(document: pikepdf.Pdf) -> None:
    files = {str(spec.UF): spec for spec in document.Root.AF}
    assert len(files) == len(document.Root.AF) == len(document.attachments)
    for name, spec in files.items():
        file = spec.EF.F
        content = file.read_bytes()
        assert spec.AFRelationship == ("/Source" if name.startswith("facts.") else "/Data")
        assert str(file.Params.ModDate) == str(file.Params.CreationDate) == "D:20261122000000Z"
        assert bytes(file.Params.CheckSum) == hashlib.md5(content).digest()
        assert str(spec.Desc)
        if name.endswith(".csv"):
            assert len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))) > 1
    facts = json.loads(files["facts.json"].EF.F.read_bytes())["facts"]
    assert facts
    assert all(fact["claim"] for fact in facts)


def test_fonts_are_inside_and_cut_down(document: pikepdf.Pdf) -> None:
    fonts = {font.objgen: font for page in document.pages for font in page.Resources.Font.values()}
    assert fonts
    for font in fonts.values():
        below = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        assert re.match(r"/[A-Z]{6}\+IBM-Plex", str(below.BaseFont)), below.BaseFont
        assert "/FontFile2" in below.FontDescriptor
        assert "/ToUnicode" in font


def test_it_is_small_and_names_no_machine(pdf: bytes, document: pikepdf.Pdf) -> None:
    assert len(pdf) < 300_000
    text = pdf + b"".join(
        each.read_bytes() for each in document.objects if isinstance(each, pikepdf.Stream) and "/Width" not in each
    )
    text += b"".join(each.unparse() for each in document.objects if not isinstance(each, pikepdf.Stream))
    for word in (str(ROOT), str(Path.home()), sys.prefix, "file:", "/tmp/", "weasyprint.py"):
        assert word.encode() not in text, word


class Page:
    """One that holds itself, as WeasyPrint's do."""

    def __init__(self) -> None:
        self.document = self


def test_its_pages_do_not_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page()
    left = weakref.ref(page)
    pages = [page]
    del page
    monkeypatch.setattr("reportgen.pdf.render.render_pdf", lambda *_: b"%PDF" if pages.pop() else b"")
    gc.disable()
    try:
        made = pdf_made("tea", "", "", "", 0, {}, (), None)  # type: ignore[arg-type]
        assert made.files == {"briefs/tea/tea.pdf": b"%PDF"}
    finally:
        gc.enable()
    assert left() is None


AGAIN = """
import pickle, sys
from reportgen.pdf.render import render_pdf
sys.stdout.buffer.write(render_pdf(*pickle.load(open(sys.argv[1], "rb"))))
"""


def test_on_letter_paper_and_the_same_bytes_in_another_place_and_time(brief: Stress, tmp_path: Path) -> None:
    job: Mapping[str, Any] = brief.job
    css = job["css"].replace("@page { size: A4 }", "@page { size: Letter }")
    assert css != job["css"]
    attached = tuple(Attached(**file) for file in job["attached"])
    asked = (job["html"], css, job["address"], job["epoch"], {}, attached)
    (tmp_path / "asked.pickle").write_bytes(pickle.dumps(asked))
    there = {**os.environ, "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "77", "SOURCE_DATE_EPOCH": "77"}
    command = [sys.executable, "-c", AGAIN, str(tmp_path / "asked.pickle")]
    made = subprocess.run(command, env=there, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    assert made.startswith(b"%PDF-1.7")
    assert made == render_pdf(*asked)
    pages = placed_words(made)
    assert {(width, height) for width, height, _ in pages} == {(612, 792)}
    nothing_collides(pages)
    assert failures(made, "ua1") == {}


def test_other_inputs_give_another_digest(built: Built) -> None:
    found = set()
    for slug in built.slugs:
        match = re.search(rb"urn:sha256:([0-9a-f]{64})", built.pdf(slug))
        assert match is not None
        found.add(match[1])
    assert len(found) == len(built.slugs)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere ctypes asks no other program")
def test_no_other_program_is_asked_where_pango_is() -> None:
    """A compiler and a linker take as long as a third of all that WeasyPrint imports."""
    told = (
        "import sys; started = []; sys.addaudithook(lambda what, _: started.append(what))\n"
        "from reportgen.pdf.render import pdf_engine_version\n"
        "assert pdf_engine_version()\n"
        "import ctypes.util\n"
        "assert not {'subprocess.Popen', 'os.posix_spawn'} & {*started}\n"
        "assert ctypes.util.find_library('c')\n"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
