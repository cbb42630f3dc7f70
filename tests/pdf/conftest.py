"""The PDFs that the tests look at: those of the shipped briefs, and one made to go wrong."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pytest

from tests.conftest import Built, is_set, made_once
from tests.driver import ROOT
from tests.pdf.kinds import FILES
from tests.pdf.stress import Stress, make

SLUGS = tuple(sorted(path.stem for path in (ROOT / "content" / "briefs").glob("*.md") if is_set(path.stem)))


@pytest.fixture(scope="session")
def stress(tmp_path_factory: pytest.TempPathFactory) -> Stress:
    """Made by the first worker that asks, shared by all."""
    return made_once(tmp_path_factory, "stress", lambda _: make())


@pytest.fixture(scope="session")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Stress:
    """One of each kind of content."""
    return made_once(tmp_path_factory, "tags", lambda _: make(FILES))


@pytest.fixture(params=[*SLUGS, "stress"])
def pdf(request: pytest.FixtureRequest) -> bytes:
    """Each PDF in turn."""
    if request.param == "stress":
        found: Stress = request.getfixturevalue("stress")
        return found.pdf
    built: Built = request.getfixturevalue("built")
    return built.pdf(request.param)


@pytest.fixture
def document(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    """The same, opened."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        yield opened
