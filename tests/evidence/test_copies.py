"""Saved copies are looked at by check and build: what pages call found stands in them still."""

from __future__ import annotations

import os
import re
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from reportgen import pipeline
from reportgen.cli.new import STARTER
from reportgen.diagnostics import Diagnostic
from reportgen.rebuild.fresh import look, unchanged, write_stamp


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project, verified, without a folder of saved sources but its own."""
    copytree(STARTER, tmp_path / "town")
    pipeline.verify(tmp_path / "town", tmp_path / "town/saved")
    return tmp_path / "town"


def told(root: Path) -> list[Diagnostic]:
    return [each for each in pipeline.check(root).diagnostics if each.code == "saved-copy"]


def test_a_copy_that_was_changed_or_lost_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = root / "saved/town-count-2025.txt"
    whole = copy.read_bytes()
    assert told(root) == []
    copy.write_bytes(whole.replace(b"131", b"141"))
    (changed,) = told(root)
    assert (changed.severity, "saved/town-count-2025.txt is no more" in changed.message) == ("error", True)
    assert not pipeline.build(root, root / "build").ok
    copy.rename(root / "saved/other.txt")  # changed, and not called after its source
    (nameless,) = told(root)
    assert (nameless.severity, "saved/other.txt" in nameless.message) == ("error", True)
    assert not pipeline.build(root, root / "build").ok
    (root / "saved/more.txt").write_text("More.")
    assert [each.severity for each in told(root)] == ["error"]
    (root / "saved/more.txt").unlink()
    more = "\n- {id: town-count-2025-more, type: report, title: More}\n"
    sources = next(path for path in root.glob("content/sources/*") if "id: town-count-2025" in path.read_text())
    sources.write_text(sources.read_text() + more)
    (root / "saved/other.txt").rename(root / "saved/town-count-2025-more.txt")  # another source's
    assert [each.severity for each in told(root)] == ["warning"]
    (root / "saved/town-count-2025-more.txt").rename(root / "saved/other.txt")
    (root / "saved/other.txt").write_bytes(whole)  # whatever it is called
    assert told(root) == []
    monkeypatch.setenv("REPORTGEN_ARCHIVE", str(root / "elsewhere"))
    (root / "saved/other.txt").unlink()
    assert told(root) == []


def test_copies_that_are_all_gone_are_told_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = root / "content/sources/archive.yaml"
    more = f"\n  - {{sha256: {'1' * 64}, media_type: text/plain, retrieved: 2020-01-01}}"
    listed = re.sub(r"(?m)^town-count-2025: \[(.*)\]", rf"town-count-2025:\n  - \1{more}", archive.read_text())
    archive.write_text(listed)
    (unread,) = told(root)
    line = archive.read_text().splitlines().index(more.strip("\n")) + 1
    assert (unread.severity, unread.span.file, unread.span.line) == ("notice", "content/sources/archive.yaml", line)
    for folder in ("saved", "elsewhere"):
        settings = root / "content/site.yaml"
        settings.write_text(re.sub(r"archive: \w+", f"archive: {folder}", settings.read_text()))
        rmtree(root / folder, ignore_errors=True)
        (lost,) = told(root)
        assert (lost.severity, lost.span.file) == ("notice", "content/evidence.lock")
        assert f"{folder}/" in lost.message
        (root / folder).mkdir()
        (root / folder / ".gitignore").write_text("*")  # as projects keep it in git without what is in it
        assert told(root) == [lost]


def test_a_build_is_up_to_date_with_the_copies_as_they_were(root: Path) -> None:
    out, copy = root / "build", root / "saved/town-count-2025.txt"
    seen = look(root, out).together(look(root, out, ["saved/town-count-2025.txt"], folders=()))
    write_stamp(out, seen, "1", (), {})
    assert unchanged(root, out, "1")
    os.utime(copy)
    assert unchanged(root, out, "1")
    copy.write_bytes(copy.read_bytes().replace(b"131", b"141"))
    assert not unchanged(root, out, "1")
    copy.unlink()
    assert not unchanged(root, out, "1")
    write_stamp(out, look(root, out).together(look(root, out, ["saved"], folders=())), "1", (), {})
    assert unchanged(root, out, "1")
    copy.write_text("As it was.")
    assert not unchanged(root, out, "1")
