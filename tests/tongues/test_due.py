"""What is to be looked at again, and by when."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest

from reportgen import due as reviews
from reportgen.citing.pandoc import Citeproc
from reportgen.cli import project as clocked
from tests.driver import Project, command, write_tree
from tests.tongues.undrawn import Known, falconry

FACTS, MEASURES = "content/facts/falcons.yaml", "content/measures.yaml"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fact `flown-2023` is to be looked at by its own date, two of falcons by their measure's."""
    facts = str(falconry()[FACTS]).replace("  value: 18.5\n", "  value: 18.5\n  review_by: 2024-06-30\n")
    measures = str(falconry()[MEASURES]).replace("unit: falcon}", "unit: falcon, review_by: 2024-02}")
    files = falconry({FACTS: facts, MEASURES: measures}, without=(".kk.md", ".de.md", ".ar.md"))
    made = Project.of(tmp_path_factory.mktemp("due"), files)
    return made.root


@pytest.fixture(autouse=True, scope="module")
def citeproc() -> Iterator[None]:
    """One pandoc for all, which answers each question once."""
    with Citeproc(known=Known()) as one, pytest.MonkeyPatch.context() as patches:
        patches.setattr(reviews, "Citeproc", lambda: nullcontext(one))
        yield


def due(root: Path, *options: str) -> list[dict[str, object]]:
    found = command("due", "--root", str(root), "--format", "json", *options)
    assert found.code == 0
    listed: list[dict[str, object]] = found.data["due"]
    return listed


def test_what_is_past_its_day_is_due_with_its_line_and_its_briefs(root: Path) -> None:
    (measure,) = due(root)
    assert (measure["kind"], measure["id"], measure["by"]) == ("measure", "falcons", "2024-02-29")
    assert measure["briefs"] == ["falcons", "falcons.ru"]
    assert measure["file"] == MEASURES
    assert measure["line"] == 1
    assert "https://falconry.example/ru/briefs/falcons/" in str(measure["pages"])


def test_a_fact_has_its_own_day_and_within_looks_ahead(root: Path) -> None:
    assert [item["id"] for item in due(root, "--as-of", "2024-06-01")] == ["falcons"]
    ahead = due(root, "--as-of", "2024-06-01", "--within", "P30D")
    assert [(item["id"], item["by"]) for item in ahead] == [("falcons", "2024-02-29"), ("flown-2023", "2024-06-30")]
    assert due(root, "--as-of", "2024-01-01") == []


def test_today_is_read_from_the_clock_where_it_is_asked_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(date):
        @classmethod
        def today(cls) -> Clock:
            return cls(2024, 7, 1)

    monkeypatch.setattr(clocked, "date", Clock)
    assert [item["id"] for item in due(root, "--as-of", "today")] == ["falcons", "flown-2023"]
    assert [item["id"] for item in due(root)] == ["falcons"]


def test_as_text_and_as_an_issue(root: Path) -> None:
    text = command("due", "--root", str(root), "--as-of", "2024-07-02").out
    assert f"{FACTS}:" in text
    assert '"flown-2023" was to be looked at again by 2024-06-30' in text
    assert "2 things due as of 2024-07-02." in text
    issue = command("due", "--root", str(root), "--as-of", "2024-07-02", "--format", "markdown").out
    assert issue.count("- [ ] `content/") == 2
    wrong = command("due", "--root", str(root), "--within", "a month")
    assert wrong.code == 2
    assert "P3M" in wrong.err


def test_words_that_the_newest_copy_lacks_make_their_source_due(root: Path, tmp_path: Path) -> None:
    from reportgen.rebuild.digest import sha256

    project = Project.from_folder(tmp_path / "again", root)
    changed = project.read("archive/register.txt").replace("18.5%", "19%")
    project.write("archive/register-2.txt", changed)
    archive = project.read("content/sources/archive.yaml")
    copy = f", {{sha256: {sha256(changed.encode())}, media_type: text/plain, retrieved: 2024-02-20}}]\ngazette"
    write_tree(project.root, {"content/sources/archive.yaml": archive.replace("]\ngazette", copy)})
    assert project.run("verify", "--archive", str(project.path("archive"))).code == 0
    (measure, source) = due(project.root)
    assert json.dumps(source["id"]) == '"flown-2023"'
    assert source["kind"] == "source"
    assert "does not have the quote" in str(source["message"])
    assert measure["kind"] == "measure"
