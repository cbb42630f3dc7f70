"""The bench's own steps go with the program as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench.steps import bare, drawn, loaded, page, papers
from tests.driver import Project

SITE = "title: Weirs\npublisher: Mill\nbase_url: https://example.org/\n"
BRIEF = "---\ntitle: Weirs\ndate: 2025-01-01\n---\nA weir stood here.\n"


def test_each_step_runs_in_a_project_that_was_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project.of(tmp_path / "weirs", {"content/site.yaml": SITE, "content/briefs/weirs.md": BRIEF})
    assert project.build(formats="all").ok
    monkeypatch.chdir(project.root)
    build = Path("build")
    assert len(papers(build)) == 1
    found = json.loads(bare(build))
    assert (found["documents"], found["set"], found["bytes"] > 10_000) == (1, 1, True)
    page(build, Path("page.html"))
    assert "A weir stood here" in Path("page.html").read_text("utf-8")
    assert 0 < loaded(build) < 60
    drawn(build)
    assert papers(build) == []
