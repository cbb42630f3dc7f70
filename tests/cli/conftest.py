"""A small project in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.driver import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Tea: three facts, a chart and a brief, with a saved source in archive/."""
    return Project.from_folder(tmp_path / "tea", "tea")
