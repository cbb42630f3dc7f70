from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.load.files import DiskFiles
from reportgen.rebuild.fresh import installed, look, unchanged, write_stamp
from reportgen.rebuild.output import SiteOutput
from reportgen.rebuild.store import MemoryStore

SLOW = {
    "click",
    "yaml",
    "jinja2",
    "pydantic",
    "typing",
    "dataclasses",
    "pathlib",
    "re",
    "json",
    "hashlib",
    "reportgen.diagnostics",
}
OLDER = 10**18
OPTIONS = ("--format", "html")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("content/site.yaml", "content/facts/ж a.yaml", "templates/brief.html", "house.csl"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"text of {name}")
        os.utime(tmp_path / name, ns=(OLDER, OLDER))
    cache = MemoryStore()
    output = SiteOutput(tmp_path / "build" / "site")
    output.commit({"index.html": cache.put(b"page"), "a b/ü\\n.html": cache.put(b"page")}, cache.get)
    seen = look(tmp_path, tmp_path / "build", also=["house.csl", "missing.csl"])
    (tmp_path / "engine").write_text("1.0")
    write_stamp(tmp_path / "build", seen, "1", OPTIONS, output.standing(), [tmp_path / "engine"])
    return tmp_path


def fresh(root: Path) -> bool:
    return unchanged(root, root / "build", "1", OPTIONS)


def test_nothing_changed(root: Path) -> None:
    assert fresh(root)


def test_a_project_may_be_moved(root: Path) -> None:
    write_stamp(root / "build", look(root, root / "build"), "1", OPTIONS, {})
    os.rename(root, root.with_name("moved"))
    assert fresh(root.with_name("moved"))


def rewrite(path: str, text: str, mtime: int) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        (root / path).write_text(text)
        os.utime(root / path, ns=(mtime, mtime))

    return edit


CHANGES: list[Callable[[Path], None]] = [
    rewrite("content/site.yaml", "text of content/SITE.yaml", OLDER + 1),
    rewrite("content/site.yaml", "shorter", OLDER),
    rewrite("content/new.yaml", "", OLDER),
    rewrite("house.csl", "text of HOUSE.csl", OLDER + 1),
    rewrite("missing.csl", "", OLDER),
    rewrite("build/site/index.html", "PAGE", OLDER),
    rewrite("engine", "2.0", OLDER),
    rewrite("engine", "1.0.1", OLDER),
    lambda root: (root / "engine").unlink(),
    rewrite("build/stamp", "reportgen-stamp 2\n", OLDER),
    lambda root: (root / "templates/brief.html").unlink(),
    lambda root: (root / "build/site/index.html").unlink(),
    lambda root: (root / "build/stamp").unlink(),
    lambda root: os.truncate(root / "build/stamp", 200),
]


@pytest.mark.parametrize("change", CHANGES)
def test_something_changed(root: Path, change: Callable[[Path], None]) -> None:
    change(root)
    assert not fresh(root)


def test_other_versions_and_options_are_changes(root: Path) -> None:
    assert not unchanged(root, root / "build", "2", OPTIONS)
    assert not unchanged(root, root / "build", "1", ())
    assert not unchanged(root, root / "build", "1", OPTIONS, root / "elsewhere")


def test_a_touch_is_no_change(root: Path) -> None:
    os.utime(root / "content" / "site.yaml")
    assert fresh(root)


def test_a_file_that_may_no_longer_be_read_is_seen(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = root / "content" / "site.yaml"
    file.chmod(0o600)
    assert fresh(root)
    opened = open

    def refuse(path: str, *args: object, **keys: object) -> object:
        if str(path).endswith("site.yaml"):
            raise PermissionError(13, "Permission denied", path)
        return opened(path, *args, **keys)  # type: ignore[call-overload]

    monkeypatch.setattr("builtins.open", refuse)  # root may read what nobody may
    assert not fresh(root)


def test_an_edit_within_a_tick_of_the_clock_is_seen(root: Path) -> None:
    file = root / "content" / "site.yaml"
    os.utime(file)
    write_stamp(root / "build", look(root, root / "build", ["house.csl"]), "1", OPTIONS, {})
    mtime = file.stat().st_mtime_ns
    rewrite("content/site.yaml", "text of content/SITE.yaml", mtime)(root)
    assert not fresh(root)


def test_a_look_hashes_only_what_may_have_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.utime(root / "content" / "site.yaml", ns=(OLDER + 5, OLDER + 5))
    hashed: list[str] = []
    monkeypatch.setattr("reportgen.rebuild.fresh._sha256", hashed.append)
    look(root, root / "build", ["house.csl"])
    assert [Path(path).name for path in hashed] == ["site.yaml"]


def test_our_own_files_are_part_of_the_version(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("a")
    before = installed(tmp_path)
    assert installed(tmp_path) == before
    (tmp_path / "a.py").write_text("ab")
    assert installed(tmp_path) != before


def test_next_to_nothing_is_imported(root: Path) -> None:
    code = (
        "import sys; before = set(sys.modules)\n"
        "from reportgen.rebuild.fresh import installed, unchanged\n"
        "installed('reportgen')\n"
        f"assert unchanged({str(root)!r}, {str(root / 'build')!r}, '1', {OPTIONS})\n"
        "print('\\n'.join(set(sys.modules) - before))"
    )
    found = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True).stdout
    assert set(found.split()) & SLOW == set()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_what_editors_leave_is_no_input(root: Path) -> None:
    (root / "content" / ".#site.yaml").symlink_to("someone@somewhere.1234")  # as Emacs locks a file
    (root / "content" / "gone.md").symlink_to("nowhere")
    (root / "content" / "round").symlink_to(".")
    (root / "content" / "self.md").symlink_to("self.md")
    (root / "content" / "site.yaml~").write_text("the file before")
    assert fresh(root)
    listed = {path for folder in ("content", "templates") for path in DiskFiles(root).paths(folder)}
    told = {"content/gone.md", "content/self.md"}  # reading these is an error
    assert listed - look(root, root / "build").inputs.keys() == told
