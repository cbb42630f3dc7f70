"""What all projects share is kept beside the program, once."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from reportgen.rebuild.beside import keep, kept
from reportgen.targets import tasks


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def test_what_is_kept_is_that_of_one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept("thing", "one") is None
    assert keep("thing", "one", b"a\nb")
    assert kept("thing", "one") == b"a\nb"
    assert kept("thing", "on") is None
    assert keep("thing", "other", b"")
    assert kept("thing", "one") is None
    assert kept("thing", "other") == b""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert not keep("thing", "third", b"c")
    assert kept("thing", "other") == b""


@pytest.mark.parametrize("damaged", [b"", b"one", b"one\n", b"one\na", b"other"])
def test_what_is_cut_off_or_altered_is_not_kept(tmp_path: Path, damaged: bytes) -> None:
    assert keep("thing", "one", b"a\nb")
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    whole = file.read_bytes()
    for data in (damaged, whole[:-1], whole.replace(b"a\nb", b"a\nc")):
        file.write_bytes(data)
        assert kept("thing", "one") is None
    assert keep("thing", "one", b"a\nb")
    assert file.read_bytes() == whole


def test_a_disk_that_is_full_is_left_without_a_part_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> int:
        path.touch()
        raise OSError(errno.ENOSPC, "full", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    assert not keep("thing", "one", b"a")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_where_nothing_may_be_written_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "file"))
    assert not keep("thing", "one", b"a")
    assert kept("thing", "one") is None


def test_fonts_are_packed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert tasks.fonts_kept("key") is None
    made = tasks.fonts_made("key")
    monkeypatch.setattr("reportgen.fonts.webfonts.web_fonts", lambda: pytest.fail("they were packed again"))
    assert len(made.files) == 15
    assert tasks.fonts_kept("key") == made
    assert tasks.fonts_kept("another program's") is None
