"""A small project, built whole and compared with what is expected. `UPDATE_EXPECTED=1` writes it anew."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.conftest import made_once
from tests.driver import Project

HERE = Path(__file__).parent
EXPECTED = HERE / "expected"
KEPT = (
    "briefs/ferries/index.html",
    "briefs/ferries/provenance.json",
    "charts/passengers/passengers.csv",
    "charts/passengers/passengers.svg",
    "data/facts.csv",
    "data/facts.json",
    "data/sources.json",
    "facts/growth/index.html",
    "feed.xml",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The built site. The project's own folder stays clean: a copy of it is built."""
    done = made_once(tmp_path_factory, "ferries", lambda folder: Project.from_folder(folder, HERE).build(formats="all"))
    assert done.errors == []
    assert done.ok, done.faults
    return done.site


@pytest.mark.parametrize("path", KEPT)
def test_each_file_is_as_expected(site: Mapping[str, bytes], path: str) -> None:
    found = site[path].decode("utf-8").replace("\r\n", "\n")
    found = re.sub(r"(<style data-from[^>]*>).*?(?=</style>)", r"\1", found, flags=re.S)
    if os.environ.get("UPDATE_EXPECTED"):
        (EXPECTED / path).parent.mkdir(parents=True, exist_ok=True)
        (EXPECTED / path).write_text(found, "utf-8", newline="")
    assert found == (EXPECTED / path).read_bytes().decode("utf-8")


def test_the_pdf_says_the_same(site: Mapping[str, bytes]) -> None:
    pdf = PdfReader(io.BytesIO(site["briefs/ferries/ferries.pdf"]))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))
    for part in (
        "A ferry and its passengers",
        "It grew.",
        "Sources disagree",
        "How we know",
        "12,400 passengers",
        "2.50 euros",
    ):
        assert part in text
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "A ferry and its passengers"
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in pdf.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert fonts
    assert all("+" in font and "Plex" in font for font in fonts)
