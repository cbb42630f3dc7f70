"""Other people's checkers read the PDFs: PDF/UA-1, PDF/A-3a, the syntax. What is waived is proved, byte by byte."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import zlib
from hashlib import sha256
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest

from reportgen.citing.pandoc import Citeproc
from reportgen.language.direction import WRITTEN_RTL
from reportgen.load.files import MemoryFiles
from reportgen.pipeline import asked_of
from reportgen.rebuild.executor import run
from reportgen.rebuild.store import MemoryStore
from reportgen.targets.all import all_targets
from reportgen.targets.session import Session
from tests.conftest import Built, made_once
from tests.pdf.stress import Stress
from tests.tongues.undrawn import FALCONRY, falconry

TORN_HEADS = "TBL-010"
"""Of outloud: it takes a table whose rows have heads for one whose heads are torn apart. Scope says which each is."""
RUNNING_HEADS = "TAG-002"
"""Of outloud: it takes a running head of eight words for prose that nobody hears. Proved by where it stands."""
MM = 72 / 25.4
STREAM = re.compile(rb"\n(\d+) 0 obj\n(.*?)\nstream\n", re.S)


def failures(pdf: bytes, profile: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for failure in page.validate_pdf_bytes(pdf, profile=profile).failures:
        found.setdefault(failure.rule_id, []).append(failure.message)
    return found


def lengths_are_right(pdf: bytes) -> bool:
    """Whether every stream is as long as it says, read without a PDF library: it ends where `endstream` begins."""
    seen = 0
    for start in (match.end() for match in STREAM.finditer(pdf)):
        head = pdf[pdf.rindex(b" 0 obj\n", 0, start) : start]
        declared = re.search(rb"/Length (\d+)", head)
        assert declared is not None, head
        content = pdf[start : start + int(declared[1])]
        assert pdf.startswith(b"\nendstream\nendobj", start + len(content)), head
        if b"/FlateDecode" in head:
            inflater = zlib.decompressobj()
            inflater.decompress(content)
            assert inflater.eof, head
            assert inflater.unused_data == b"", head
        seen += 1
    return seen == pdf.count(b"\nendstream\n")


def test_pdf_ua(pdf: bytes) -> None:
    assert failures(pdf, "ua1") == {}


def test_pdf_a(pdf: bytes) -> None:
    """The checker takes a line feed that ends a stream's data for the one before `endstream`."""
    found = failures(pdf, "3a")
    if "PDFA3A-STREAM-LENGTH-001" in found:
        assert lengths_are_right(pdf)
        del found["PDFA3A-STREAM-LENGTH-001"]
    assert found == {}


def test_the_length_of_every_stream(pdf: bytes) -> None:
    assert lengths_are_right(pdf)


def test_a_translation_written_right_to_left(tmp_path: Path) -> None:
    """Beside the English ones: with marks of languages and directions on what stays in English, and a chart."""
    files = falconry(without=(".ru.md", ".kk.md", ".de.md"))
    store = MemoryStore()
    with Citeproc() as citeproc:
        session = Session(asked_of(MemoryFiles(files), FALCONRY, None, citeproc)[0], citeproc.format, "test")
        outcome = run(all_targets(session, (), "pdf"), store, session.digest_of, wanted=["pdf falcons.ar"])
    assert outcome.ok, [*outcome.failures, *outcome.diagnostics]
    made = store.get(outcome.files["ar/briefs/falcons/falcons.pdf"]) or b""
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert str(opened.Root.Lang) == "ar"
    test_pdf_ua(made)
    test_pdf_a(made)
    (tmp_path / "a.pdf").write_bytes(made)
    boxes = subprocess.run(["pdftotext", "-bbox", tmp_path / "a.pdf", "-"], capture_output=True, text=True, check=True)
    label = re.search(r'>Figure</word>\s*<word [^>]*xMax="([\d.]+)"[^>]*>1<', boxes.stdout)
    ends = [float(x) for x in re.findall(r'xMax="([\d.]+)"[^>]*>know<', boxes.stdout)]
    assert label is not None
    words = re.findall(
        r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>([^<]*)<', boxes.stdout.split("<page ")[2]
    )
    placed = [(float(left), float(top), float(right), text) for left, top, right, text in words]
    end = next(top for _, top, _, text in placed if text == "Sources:")
    labels = [each for each in placed if each[3] in ("365", "412", "431", "400") and each[1] < end]
    assert len(labels) == 4
    for left, top, _, text in labels:
        nouns = [each for each in placed if WRITTEN_RTL.search(each[3]) and abs(each[1] - top) < 6]
        assert any(0 < left - right < 6 for _, _, right, _ in nouns), f"{text} stands to the left of its noun"
    letters, values = ([each for each in placed if each[3] == text] for text in ("a", "412"))
    beside = [(a, v) for a in letters for v in values if abs(a[1] - v[1]) < 6 and 0 < a[0] - v[2] < 20]
    assert len(beside) == 1, "the letter of an entry stands where its line begins"
    assert max(ends) - float(label[1]) < 1, "the label stands away from the side of its column"


def test_the_proof_finds_a_wrong_length(stress: Stress) -> None:
    wrong = re.sub(rb"/Length (\d+)", lambda m: b"/Length %d" % (int(m[1]) - 1), stress.pdf, count=1)
    with pytest.raises(AssertionError):
        lengths_are_right(wrong)


@pytest.mark.skipif(not shutil.which("qpdf"), reason="no qpdf here")
def test_syntax(pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf)
    done = subprocess.run(["qpdf", "--check", tmp_path / "a.pdf"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def second_voice(tmp_path_factory: pytest.TempPathFactory, built: Built, stress: Stress) -> dict[str, Any]:
    """The findings of outloud in each PDF, by the digest of the PDF: asked once of all, for its start takes longest."""
    checker = shutil.which("outloud", path=str(Path(sys.executable).parent))
    if checker is None:
        pytest.skip("outloud is not installed")
    pdfs = [stress.pdf, *map(built.pdf, built.papers)]

    def make(folder: Path) -> dict[str, Any]:
        files = {folder / f"{sha256(pdf).hexdigest()}.pdf": pdf for pdf in pdfs}
        for file, pdf in files.items():
            file.write_bytes(pdf)
        subprocess.run([checker, "--json", folder / "a.json", *files], capture_output=True, check=False)
        results = json.loads((folder / "a.json").read_text())["results"]
        return {Path(result["path"]).stem: result["findings"] for result in results}

    return made_once(tmp_path_factory, "outloud", make)


def test_a_second_voice(pdf: bytes, second_voice: dict[str, Any]) -> None:
    """Its warning is of the order of painting: what hangs beside the text and the foot of the page are painted last."""
    errors = [found for found in second_voice[sha256(pdf).hexdigest()] if found["severity"] == "error"]
    assert [found for found in errors if found["rule"] not in (TORN_HEADS, RUNNING_HEADS)] == []
    boxes = [box for found in errors if found["rule"] == RUNNING_HEADS for box in found["boxes"]]
    assert [box for box in boxes if not in_margin(box)] == []


def in_margin(box: dict[str, Any]) -> bool:
    """Above or below the text, whose frame is 24 mm from the top and 23 mm from the bottom of A4."""
    return bool(box["y0"] > (297 - 24) * MM or box["y1"] < 23 * MM)
