from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from reportgen.diagnostics import ReportError
from reportgen.rebuild.output import CommittedFiles, Disk, SiteOutput
from reportgen.rebuild.store import MemoryStore
from tests.driver import read_tree

CACHE = MemoryStore()
OLD = {
    "index.html": CACHE.put(b"old index"),
    "same.css": CACHE.put(b"same"),
    "briefs/gone/index.html": CACHE.put(b"gone"),
    "briefs/gone/gone.pdf": CACHE.put(b"gone, on paper"),
    "briefs/stays/index.html": CACHE.put(b"old stays"),
    "swap": CACHE.put(b"a file that becomes a folder"),
    "deep/down/file": CACHE.put(b"a folder that becomes a file"),
}
NEW = {
    "index.html": CACHE.put(b"new index, longer"),
    "same.css": CACHE.put(b"same"),
    "briefs/new page/index.html": CACHE.put(b"new"),
    "briefs/stays/index.html": CACHE.put(b"new stays"),
    "swap/inner": CACHE.put(b"inner"),
    "deep": CACHE.put(b"now a file"),
}


def folders(site: Path) -> set[str]:
    return {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_dir()}


def bytes_of(files: Mapping[str, str]) -> dict[str, bytes]:
    return {path: CACHE.blobs[sha] for path, sha in files.items()}


class QuickDisk(Disk):
    """Does not wait for the disk."""

    def write(self, path: str, data: bytes, flush: bool = False) -> None:
        super().write(path, data)


class FailingDisk(QuickDisk):
    """Fails at its n-th step and at all that follow: a full disk, or a process that is no more."""

    def __init__(self, steps: int, torn: bool) -> None:
        self.steps = steps
        self.torn = torn

    def _step(self, done: str = "") -> None:
        self.steps -= 1
        if self.steps < 0:
            raise OSError(28, "No space left on device", done)

    def write(self, path: str, data: bytes, flush: bool = False) -> None:
        if self.torn and self.steps == 0:
            super().write(path, data[: len(data) // 2])
        self._step()
        super().write(path, data, flush)

    def move(self, source: str, target: str) -> None:
        self._step()
        super().move(source, target)

    def make_folder(self, path: str) -> None:
        self._step()
        super().make_folder(path)

    def remove(self, path: str) -> None:
        self._step()
        super().remove(path)

    def remove_folder(self, path: str) -> None:
        self._step()
        super().remove_folder(path)


def test_a_commit_writes_removes_and_keeps(tmp_path: Path) -> None:
    site = tmp_path / "site"
    output = SiteOutput(site)
    assert output.commit(OLD, CACHE.get) == CommittedFiles(tuple(sorted(OLD)), (), 0)
    assert read_tree(site) == bytes_of(OLD)
    os.utime(site / "same.css", ns=(5, 5))
    (site / "CNAME").write_text("theirs")
    change = output.commit(NEW, CACHE.get)
    assert change.kept == 1
    assert set(change.removed) == OLD.keys() - NEW.keys()
    assert read_tree(site) == bytes_of(NEW) | {"CNAME": b"theirs"}
    assert folders(site) == {"briefs", "briefs/new page", "briefs/stays", "swap"}
    assert (site / "same.css").stat().st_mtime_ns == 5
    assert output.standing().keys() == NEW.keys()
    assert sorted(p.name for p in output.state.iterdir()) == ["lock", "manifest"]


def test_a_commit_of_the_same_touches_nothing(tmp_path: Path) -> None:
    SiteOutput(tmp_path / "site").commit(NEW, CACHE.get)
    disk = FailingDisk(0, torn=False)
    disk.remove = Disk().remove  # type: ignore[method-assign]
    assert SiteOutput(tmp_path / "site", disk).commit(NEW, CACHE.get) == CommittedFiles(kept=len(NEW))


@pytest.mark.parametrize("torn", [False, True])
def test_any_step_may_be_the_last(tmp_path: Path, torn: bool) -> None:
    steps, failed = 0, True
    while failed:
        for then in ("recover", "old", "new"):
            site = tmp_path / f"{steps}{then}" / "site"
            SiteOutput(site, QuickDisk()).commit(OLD, CACHE.get)
            os.utime(site / "same.css", ns=(5, 5))
            (site / "briefs" / "theirs.txt").write_text("theirs")
            theirs = {"briefs/theirs.txt": b"theirs"}
            try:
                SiteOutput(site, FailingDisk(steps, torn)).commit(NEW, CACHE.get)
                failed = False
            except OSError:
                failed = True
            either = [*bytes_of(OLD).items(), *bytes_of(NEW).items(), *theirs.items()]
            assert all(item in either for item in read_tree(site).items())
            if then == "recover":
                SiteOutput(site, QuickDisk())._finish_journal()
                assert read_tree(site) in (bytes_of(OLD) | theirs, bytes_of(NEW) | theirs)
                assert SiteOutput(site).standing().keys() == read_tree(site).keys() - theirs.keys()
            else:
                files = OLD if then == "old" else NEW
                SiteOutput(site, QuickDisk()).commit(files, CACHE.get)
                assert read_tree(site) == bytes_of(files) | theirs
                assert SiteOutput(site, QuickDisk()).standing().keys() == files.keys()
            assert (site / "same.css").stat().st_mtime_ns == 5
            assert sorted(p.name for p in SiteOutput(site, QuickDisk()).state.iterdir()) == ["lock", "manifest"]
        steps += 1
    assert steps > 20


def test_a_power_cut_leaves_names_without_bytes(tmp_path: Path) -> None:
    site = tmp_path / "site"
    SiteOutput(site).commit(OLD, CACHE.get)
    disk = QuickDisk()
    disk.move = FailingDisk(1, torn=False).move  # type: ignore[method-assign]
    with pytest.raises(OSError, match="No space"):
        SiteOutput(site, disk).commit(NEW, CACHE.get)
    for staged in (SiteOutput(site).state / "new").iterdir():
        staged.write_bytes(b"")
    SiteOutput(site)._finish_journal()
    SiteOutput(site).commit(NEW, CACHE.get)
    assert read_tree(site) == bytes_of(NEW)


def test_an_empty_folder_is_not_in_the_way(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "index.html" / "empty").mkdir(parents=True)
    SiteOutput(site).commit(OLD, CACHE.get)
    assert read_tree(site) == bytes_of(OLD)


@pytest.mark.parametrize("name", ["manifest", "journal"])
def test_records_that_are_spoilt_are_not_believed(tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    output = SiteOutput(site)
    output.commit(OLD, CACHE.get)
    (output.state / name).write_bytes(b"reportgen-site 1 0123\nremove CNAME\n")
    (site / "CNAME").write_text("theirs")
    output.commit(NEW if name == "journal" else OLD, CACHE.get)
    assert read_tree(site) == bytes_of(NEW if name == "journal" else OLD) | {"CNAME": b"theirs"}


def test_a_file_that_someone_changed_is_put_right(tmp_path: Path) -> None:
    site = tmp_path / "site"
    SiteOutput(site).commit(OLD, CACHE.get)
    (site / "index.html").write_bytes(b"OLD INDEX")
    SiteOutput(site).commit({"same.css": OLD["same.css"]}, CACHE.get, stays=lambda _: True)
    SiteOutput(site).commit(OLD, CACHE.get)
    assert read_tree(site) == bytes_of(OLD)


def test_a_part_leaves_the_rest(tmp_path: Path) -> None:
    site = tmp_path / "site"
    SiteOutput(site).commit(OLD, CACHE.get)
    SiteOutput(site).commit({"index.html": NEW["index.html"]}, CACHE.get, stays=lambda _: True)
    assert read_tree(site) == bytes_of(OLD | {"index.html": NEW["index.html"]})
    SiteOutput(site).commit(NEW, CACHE.get)
    assert read_tree(site) == bytes_of(NEW)


@pytest.mark.parametrize(("stranger", "ours"), [("a/b/theirs", "a/b"), ("a/b", "a/b/c")])
def test_what_others_put_in_the_way_is_told_and_left(tmp_path: Path, stranger: str, ours: str) -> None:
    site = tmp_path / "site"
    SiteOutput(site).commit(OLD, CACHE.get)
    (site / stranger).parent.mkdir(parents=True)
    (site / stranger).write_text("theirs")
    with pytest.raises(ReportError) as caught:
        SiteOutput(site).commit(NEW | {ours: NEW["deep"]}, CACHE.get)
    assert [(d.code, d.span.file) for d in caught.value.diagnostics] == [("output-blocked", "site/a/b")]
    assert read_tree(site) == bytes_of(OLD) | {stranger: b"theirs"}


def test_lost_content_stops_a_commit_before_it_begins(tmp_path: Path) -> None:
    site = tmp_path / "site"
    SiteOutput(site).commit(OLD, CACHE.get)
    with pytest.raises(OSError, match=r"index\.html is no longer in the cache"):
        SiteOutput(site).commit(NEW, lambda sha: None)
    assert read_tree(site) == bytes_of(OLD)
