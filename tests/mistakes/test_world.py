"""What the machine refuses: told with its path and the next step, and never called a fault of the program."""

from __future__ import annotations

import errno
import os
import py_compile
import re
import resource
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from reportgen import pipeline
from reportgen.citing import pandoc
from reportgen.load.files import DiskFiles
from reportgen.rebuild.output import Disk
from reportgen.rebuild.store import DiskStore
from reportgen.rebuild.workers import _died
from reportgen.rebuild.world import world_problem
from tests.driver import PROJECTS, Project, command, read_tree

HTML = ("build", "--format", "html", "--jobs", "1")


@pytest.fixture
def bees(tmp_path: Path) -> Project:
    return Project.of(tmp_path / "bees", read_tree(PROJECTS / "bees"))


@pytest.fixture
def tea(tmp_path: Path) -> Project:
    """A small one, where the size is not what is tested."""
    return Project.from_folder(tmp_path / "tea", "tea")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a build of that project keeps: a build that starts with it has little left but to write its site."""
    project = Project.from_folder(tmp_path_factory.mktemp("kept") / "tea", "tea")
    assert project.run(*HTML).code == 0
    return project.path("build/cache")


class Full(Disk):
    """A disk on which the n-th effect fails, and all that follow."""

    left = 0

    def _spend(self, path: str) -> None:
        Full.left -= 1
        if Full.left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

    def write(self, path: str, data: bytes, flush: bool = False) -> None:
        self._spend(path)
        super().write(path, data, flush)

    def move(self, source: str, target: str) -> None:
        self._spend(target)
        super().move(source, target)

    def make_folder(self, path: str) -> None:
        self._spend(path)
        super().make_folder(path)


def test_a_full_disk_at_any_write_of_the_site_leaves_the_old_or_the_new_one(
    bees: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bees.run(*HTML).code == 0
    old = bees.site
    bees.change("content/site.yaml", "Valley Desk", "Valley House")
    with monkeypatch.context() as patches:
        made = pipeline.SiteOutput.__init__
        patches.setattr(pipeline.SiteOutput, "__init__", lambda self, site: made(self, site, Full()))
        for n in (0, 1, 2, 5, 20, 40, 60):
            Full.left = n
            done = bees.run(*HTML)
            if done.code == 0:
                break
            assert done.code == 1, done.err
            assert "error[refused-by-system]: the disk is full" in done.err
            assert "hint: make room" in done.err
            assert "error.log" not in done.err
            assert all(data for data in bees.site.values()), "an empty file"
    assert bees.run(*HTML).code == 0
    assert bees.site != old
    assert b"Valley House" in bees.site["index.html"]


@pytest.mark.parametrize("after", [0, 3, 30])
def test_a_full_disk_under_the_cache(tea: Project, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    left = [after]
    save = DiskStore._save

    def fail(self: DiskStore) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._path))
        save(self)

    with monkeypatch.context() as patches:
        patches.setattr(DiskStore, "_save", fail)
        done = tea.run(*HTML)
    assert (done.code, tea.site) == (1, {})
    assert "the disk is full" in done.err
    assert tea.run(*HTML).code == 0


def test_a_limit_for_the_size_of_files(tea: Project) -> None:
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        " resource.setrlimit(resource.RLIMIT_FSIZE, (30000, resource.RLIM_INFINITY));"
        f" from reportgen.cli.main import run; sys.exit(run({list(HTML)!r}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tea.root, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert re.search(r"(?m)^build/\S+:1:1: error\[refused-by-system\]: no file may become so large here$", done.stderr)


@pytest.mark.parametrize(("limit", "number"), [(30_000, errno.EFBIG), (10_000_000, errno.EIO)])
def test_a_limit_for_the_size_of_files_is_blamed_where_the_file_is_as_large(
    limit: int, number: int, tmp_path: Path
) -> None:
    code = (
        "import resource, sys; from pathlib import Path; from reportgen.rebuild.world import refused;"
        f" resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, resource.RLIM_INFINITY));"
        " print(refused(Path(sys.argv[1]), 'disk I/O error').errno)"
    )
    file = tmp_path / "kept"
    file.write_bytes(bytes(20_000))
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True)
    assert int(done.stdout) == number
    assert [each.name for each in tmp_path.iterdir()] == ["kept"]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.EPERM, errno.EIO, errno.EDQUOT, errno.EMFILE])
def test_whatever_is_refused_has_words_a_path_and_a_step(
    tea: Project, kept: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    copytree(kept, tea.path("build/cache"))

    def refuse(self: Disk, path: str, *_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number), path)

    monkeypatch.setattr(Disk, "write", refuse)
    done = tea.run(*HTML)
    assert done.code == 1
    assert re.search(r"/build/\S+:1:1: error\[refused-by-system\]: .+\n(.*\n)*?  hint: .+", done.err), done.err
    assert tea.site == {}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE])
def test_what_is_refused_without_a_path_names_the_file(
    tea: Project, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: Any) -> int:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patches:
        patches.setattr(os, "write", refuse)
        done = tea.run(*HTML)
    assert done.code == 1
    assert re.search(r"(?m)^\S*build/lock:1:1: error\[refused-by-system\]: .+\n  hint: .+", done.err), done.err


def test_of_two_paths_the_one_that_is_full_is_told() -> None:
    problem = world_problem(OSError(errno.ENOSPC, "full", "build/site/a.html", None, "www/a.html"))
    assert problem is not None
    assert problem.span.file == "www/a.html"


def test_a_limit_of_open_files_is_not_one_of_the_machine() -> None:
    own, whole = (world_problem(OSError(number, "")) for number in (errno.EMFILE, errno.ENFILE))
    assert own is not None
    assert whole is not None
    assert ("limit" in (own.hint or ""), "limit" in (whole.hint or "")) == (True, False)


def test_a_compiled_file_that_is_cut_off_is_named(tmp_path: Path) -> None:
    """As a full disk leaves it: Python writes on, and fails at each start from then on."""
    (tmp_path / "cut_off.py").write_text("x = 1\n", encoding="utf-8")
    compiled = Path(py_compile.compile(str(tmp_path / "cut_off.py"), doraise=True))
    compiled.write_bytes(compiled.read_bytes()[:-5])
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from reportgen.cli import main;"
        " main.cli = type('C', (), {'main': lambda *_, **__: __import__('cut_off')})(); sys.exit(main.run([]))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, f"{compiled}:1:1: error[refused-by-system]" in done.stderr) == (1, True), done.stderr


def test_workers_that_may_open_few_files_ask_for_more(monkeypatch: pytest.MonkeyPatch) -> None:
    hints = []
    for most in (20, 1024, -1):
        monkeypatch.setattr(resource, "getrlimit", lambda _, most=most: (most, most))
        hints.append("open files" in (_died("fonts").hint or ""))
    assert hints == [True, False, False]


def test_every_number_of_an_error_is_told() -> None:
    for number in errno.errorcode:
        problem = world_problem(OSError(number, os.strerror(number), "build/site"))
        assert problem is not None
        assert problem.hint
        assert (problem.span.file, problem.message[:1].isupper()) == ("build/site", False)
    assert world_problem(MemoryError()) is not None
    assert world_problem(KeyError("x")) is None


def _build_is_a_file(tea: Project) -> None:
    tea.path("build").write_bytes(b"")


def _site_is_a_file(tea: Project) -> None:
    tea.path("build").mkdir()
    tea.path("build/site").write_bytes(b"")


def _state_is_a_file(tea: Project) -> None:
    tea.path("build").mkdir()
    tea.path("build/.site.reportgen").write_bytes(b"")


def _cache_is_a_file(tea: Project) -> None:
    tea.path("build").mkdir()
    tea.path("build/cache").write_bytes(b"")


def _lock_is_a_folder(tea: Project) -> None:
    tea.path("build/lock").mkdir(parents=True)


def _warnings_is_a_folder(tea: Project) -> None:
    tea.path("build/warnings/x").mkdir(parents=True)


def _stamp_is_a_folder(tea: Project) -> None:
    tea.path("build/stamp/x").mkdir(parents=True)


FOLDERS = (_build_is_a_file, _site_is_a_file, _state_is_a_file, _cache_is_a_file, _lock_is_a_folder)


@pytest.mark.parametrize("spoil", [*FOLDERS, _warnings_is_a_folder, _stamp_is_a_folder])
def test_a_file_where_a_folder_should_be_and_the_reverse(tea: Project, spoil: Callable[[Project], None]) -> None:
    spoil(tea)
    done = tea.run(*HTML)
    assert done.code in (0, 1), done.err
    assert "inside the program" not in done.err
    if done.code:
        assert "hint: " in done.err


def test_a_content_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "content").write_bytes(b"")
    assert command("check", "--root", str(tmp_path)).code == 2
    done = command("new", str(tmp_path / "content" / "x"))
    assert done.code == 1
    assert "a file stands where a folder should be" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_pipes_and_sockets_are_passed_over_and_never_waited_for(bees: Project) -> None:
    for folder in ("facts", "briefs", "images", "data", "charts", "sources"):
        os.mkfifo(bees.path(f"content/{folder}/pipe.yaml"))
    os.mkfifo(bees.path("content/images/pipe.png"))
    os.mkfifo(bees.path("templates/pipe.html"))
    with socket.socket(socket.AF_UNIX) as listening:
        here = os.getcwd()
        os.chdir(bees.path("content/images"))
        listening.bind("socket.png")
        os.chdir(here)
        assert bees.run("check").code == 0
        assert bees.run(*HTML).code == 0
        assert "Nothing to do" in bees.process(*HTML).out
    bees.change("content/data/hives.yaml", "weather.csv", "pipe.csv")
    os.mkfifo(bees.path("content/data/pipe.csv"))
    assert bees.run("check").code == 1


@pytest.mark.parametrize("inside", [True, False], ids=["inside", "outside"])
@pytest.mark.parametrize(
    "name", ["content/facts/link.yaml", "content/images/link.png", "templates/link.html", "content/data/link.csv"]
)
def test_a_link_is_read_where_it_stays_in_the_project(bees: Project, tmp_path: Path, name: str, inside: bool) -> None:
    target = (bees.root if inside else tmp_path) / f"elsewhere{Path(name).suffix}"
    target.write_bytes(b"# nothing\n")
    bees.path(name).symlink_to(target)
    done = bees.run("check")
    assert done.code == (0 if inside else 1) or name.endswith(".csv")
    assert ("leads out of the project's folder" in done.out) == (not inside and not name.endswith(".csv"))
    if not inside:
        with pytest.raises(OSError, match="leads out"):
            DiskFiles(bees.root).read(name)


def test_a_folder_behind_a_link_is_told(bees: Project, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    bees.path("content/images/more").symlink_to(tmp_path / "more")
    assert "error[unreadable]: this file cannot be read: it is a link to a folder" in bees.run("check").out


def test_a_content_that_leads_out_is_not_read(tmp_path: Path) -> None:
    bees = Project.of(tmp_path / "bees", read_tree(PROJECTS / "bees"))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "content").symlink_to(bees.path("content"))
    done = command("check", "--root", str(tmp_path / "other"))
    assert done.code == 1
    assert "leads out of the project's folder" in done.out


def test_a_pandoc_that_dies_is_started_anew_once_and_then_told(bees: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    exchange = pandoc.Citeproc._exchange

    def die_once(self: pandoc.Citeproc, request: dict[str, Any]) -> Any:
        if len(started) < deaths:
            started.append(self._started().pid)
            self._started().kill()
        return exchange(self, request)

    monkeypatch.setattr(pandoc.Citeproc, "_exchange", die_once)
    deaths = 1
    assert bees.run("check").code == 0
    deaths = 1000
    done = bees.run("check")
    assert done.code == 1
    assert "inside the program" not in done.err


def test_a_reader_who_leaves_hears_no_less_of_the_work(tea: Project) -> None:
    tea.change("content/facts/base.yaml", "value: 12.50", "value: 27,5")
    words = f"{sys.executable} -m reportgen check | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", words], cwd=tea.root, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "")


def test_a_pipe_that_breaks_inside_is_no_reader_who_has_left(bees: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))

    monkeypatch.setattr(pipeline, "check", broken)
    done = bees.run("check")
    assert done.code == 1
    assert "a program that reportgen had started has ended" in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="pipes of POSIX")
def test_an_output_that_cannot_be_written(tea: Project) -> None:
    words = f"{sys.executable} -m reportgen check > /dev/full"
    done = subprocess.run(["bash", "-c", words], cwd=tea.root, capture_output=True, text=True)
    assert done.returncode == 1
    assert "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr
