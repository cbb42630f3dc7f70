"""Whole builds of a small project on the disk, with real engines."""

from __future__ import annotations

import ctypes
import json
import os
import random
import shutil
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import jinja2
import pytest

from reportgen import pipeline
from reportgen.__main__ import OBJECTS, site_up_to_date
from reportgen.citing.pandoc import Citeproc
from reportgen.citing.styles import style_files
from reportgen.editions.evaluating import evaluate_told
from reportgen.model.brief import Brief
from reportgen.pages import theme
from reportgen.rebuild.executor import ProgressEvent
from reportgen.searching.pagefind import SearchError
from reportgen.targets import session
from reportgen.targets.all import AHEAD
from tests.bench import corpus
from tests.conftest import made_once
from tests.driver import ROOT, Project, finished, start_python

from . import desk

ENGINES = session._ENGINES
STORE = "build/cache/store.sqlite"
WITH_PICTURE = {"picture": 1, "second_chart": 1, "third": 1, "archive": 1, "lock": 1}
EDITED = {**WITH_PICTURE, "boats_2021": 1, "opening": 1, "chart_title": 1, "third": 0, "publisher": 1, "comment": 2}


def test_the_same_bytes_anywhere(tmp_path: Path) -> None:
    """Another folder, time zone, locale, hash seed and number of processes; built in two steps, or at once."""
    there = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "42", "LANG": "kk_KZ"}
    one = Project.of(tmp_path / "one", desk.texts(**WITH_PICTURE))
    assert one.build(formats="all").ok
    assert "briefs/third/third.pdf" in one.site
    one.hold(desk.texts(**EDITED))
    assert one.build(formats="all").ok
    other = Project.of(tmp_path / "another place", desk.texts(**EDITED))
    elsewhere = other.process("build", "--jobs", "2", environment=there)
    assert elsewhere.code == 0, elsewhere.told
    assert one.site == other.site
    assert "briefs/third/third.pdf" not in one.site
    assert not one.path("build/site/briefs/third").exists()
    for data in other.site.values():
        assert str(tmp_path).encode() not in data


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Built without PDFs; each test begins with texts of its own choice."""

    def make(folder: Path) -> Project:
        project = Project.of(folder, desk.texts())
        assert project.build().ok
        return project

    return made_once(tmp_path_factory, "desk", make).copied(tmp_path_factory.mktemp("desk") / "desk")


def test_one_brief_alone_leaves_the_rest(shared: Project) -> None:
    shared.hold(desk.texts())
    before = shared.build()
    shared.hold(desk.texts(opening=1, fish=1))
    after = shared.build(only=("sea",))
    assert after.ok
    assert "briefs/sea/index.html" in after.differs(before)
    assert all(path.startswith("briefs/sea/") for path in after.differs(before))
    assert after.site.keys() == before.site.keys()
    assert after.removed == 0


EDITED_ONCE = """
import gc, json, sys
from reportgen.__main__ import main
sys.argv = ["reportgen", "build", "--only", "third", "--format", "html", "--jobs", "1"]
try:
    main()
finally:
    print(json.dumps([gc.get_threshold()[0], gc.get_freeze_count(), sorted(sys.modules)]))
"""
IDLE = {"fontpkg", "fontTools", "pypandoc", "reportgen.archive.texts", "reportgen.targets.catalogue", "rich.console"}
IDLE |= {"uharfbuzz", "weasyprint"}
"""What the edit of one text has no use for."""


def test_an_edit_of_one_text_imports_no_more_than_it_needs(tmp_path: Path) -> None:
    project = Project.of(tmp_path, desk.verified(desk.texts(**WITH_PICTURE)))
    assert project.build(only=("third",)).ok
    project.append("content/briefs/third.md", "\nA sentence more.\n")
    done = finished(start_python(["-c", EDITED_ONCE], project.root))
    assert done.code == 0, done.told
    threshold, frozen, modules = json.loads(done.out.splitlines()[-1])
    assert "reportgen.brief.evaluate" in modules
    assert IDLE & {*modules} == set()
    assert threshold == OBJECTS
    assert frozen > 10_000


HEAPS = """
import ctypes, re, sys, threading
from pathlib import Path
from reportgen.__main__ import share_memory
if sys.argv[1] == "one":
    share_memory()
libc = ctypes.CDLL(None)
libc.fopen.restype = libc.malloc.restype = ctypes.c_void_p
def info():
    file = ctypes.c_void_p(libc.fopen(b"heaps.xml", b"w"))
    libc.malloc_info(0, file)
    libc.fclose(file)
    return Path("heaps.xml").read_text()
def apart():
    return int(re.search('type="mmap" count="(.*?)"', info())[1])
libc.free(ctypes.c_void_p(libc.malloc(20_000_000)))
before = apart()
libc.malloc(1_000_000)
small = apart() - before
libc.malloc(10_000_000)
large = apart() - before - small
meet = threading.Barrier(3)
def take():
    meet.wait()
    libc.malloc(1000)
    meet.wait()
threads = [threading.Thread(target=take) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(info().count("<heap "), small, large)
"""
"""How many heaps three threads have, and how many pieces stand apart from them of a page's size and of a large one,
which are taken after one that is larger was given back."""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="glibc has a heap for each thread")
def test_all_threads_take_memory_from_one_heap_and_large_pieces_are_given_back(tmp_path: Path) -> None:
    found = [finished(start_python(["-c", HEAPS, how], tmp_path)).out.split() for how in ("one", "many")]
    assert found[0] == ["1", "0", "1"]
    assert int(found[1][0]) > 1  # as glibc has it otherwise


def forget_traces(project: Project) -> None:
    with sqlite3.connect(project.path(STORE)) as database:
        database.execute("DELETE FROM kept WHERE kind IN ('trace', 'latest')")
    database.close()


def traces_kept(project: Project) -> int:
    """How many targets have a trace; 0 before there is a store."""
    try:
        with closing(sqlite3.connect(f"{project.path(STORE).as_uri()}?mode=ro", uri=True)) as database:
            (count,) = database.execute("SELECT count(*) FROM kept WHERE kind = 'trace'").fetchone()
            return int(count)
    except sqlite3.OperationalError:
        return 0


def test_citations_are_formatted_and_templates_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another build starts no pandoc for the same citations, compiles no template, and reads only the text that changed
    for what it cites, even where all else is anew."""
    project = Project.of(tmp_path, desk.texts(**WITH_PICTURE))
    for n, slug in enumerate(("sea", "third")):  # no fact rests on these
        project.append("content/sources/sources.yaml", f"- {{id: only-{n}, type: report, title: They, issued: 2019}}\n")
        project.append(f"content/briefs/{slug}.md", f"\nSo they say [@only-{n}].\n")
    read: list[str] = []
    cited_in = session.cited_in
    monkeypatch.setattr(session, "cited_in", lambda text, *more: read.append(text) or cited_in(text, *more))
    assert project.build(only=("third",)).ok
    assert len(read) == 2
    read.clear()
    forget_traces(project)
    project.append("content/briefs/third.md", "\nA sentence more.\n")
    monkeypatch.setattr(Citeproc, "_started", lambda _: pytest.fail("pandoc was started"))
    with monkeypatch.context() as patched:
        patched.setattr(jinja2.Environment, "compile", lambda *_: pytest.fail("a template was compiled"))
        again = project.build(only=("third",))
    assert again.ok
    assert [text.rstrip()[-16:] for text in read] == ["A sentence more."]
    assert again.made >= {"evaluate third", "page third"}
    base = (ROOT / "templates" / "base.html").read_text("utf-8")
    project.write("templates/base.html", base.replace("</body>", "<p>Ours</p></body>"))
    ours = project.build(only=("third",))
    assert ours.ok
    assert b"<p>Ours</p>" in ours.site["briefs/third/index.html"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # WeasyPrint leaves a file open
def test_what_workers_compile_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project(tmp_path)
    corpus.write(tmp_path, 2)
    first = project.process("build", "--format", "html", "--jobs", "2", environment={"PYTHONDONTWRITEBYTECODE": ""})
    assert first.code == 0, first.told
    shutil.rmtree(tmp_path / "build")
    corpus.write(tmp_path, 2, text=1)
    monkeypatch.setattr(theme._Environment, "compiled", {})
    monkeypatch.setattr(jinja2.Environment, "compile", lambda *_: pytest.fail("a template was compiled"))
    again = project.build(only=("brief-000",), formats="html")
    assert again.ok
    assert again.made >= {"evaluate brief-000", "page brief-000"}


def test_each_document_is_evaluated_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though few are kept evaluated: what a page shows of other briefs is filled in without them."""
    asked: list[str] = []

    def counted(brief: Brief, *rest: Any) -> Any:
        asked.append(brief.slug)
        return evaluate_told(brief, *rest)

    monkeypatch.setattr(session, "evaluate_told", counted)
    monkeypatch.setattr(session, "MOST_EVALUATED", AHEAD + 1)
    monkeypatch.setattr("reportgen.drawing.png.svg_to_png", lambda svg, width, fonts: b"")
    project = Project(tmp_path)
    corpus.write(tmp_path, 3)
    assert project.build().ok
    assert sorted(asked) == sorted(set(asked))
    assert len(asked) == 3 + 3 * 3 > AHEAD + 1
    corpus.write(tmp_path, 3, text=1)
    asked.clear()
    assert project.build().ok
    assert asked == ["brief-000"]


def test_one_format_leaves_the_other(shared: Project) -> None:
    pdf = "briefs/sea/sea.pdf"
    shared.hold(desk.texts())
    assert pdf in shared.build(formats="all").site
    shared.hold(desk.texts(third=1))
    pages = shared.build()
    assert pages.ok
    assert pdf in pages.site
    assert "briefs/third/third.pdf" not in pages.site
    shared.hold(desk.texts())
    assert shared.build(formats="all").removed > 0
    assert not shared.path("build/site/briefs/third").exists()


def test_what_fails_leaves_the_site_and_keeps_the_rest(shared: Project) -> None:
    shared.hold(desk.verified(desk.texts()))
    before = shared.build()
    shared.hold(desk.verified(desk.texts(opening=1)))
    shared.append("content/briefs/shore.md", '\n{{ fact("nothing") }}\n')
    failed = shared.build()
    assert not failed.ok
    assert failed.codes == ["unknown-fact"]
    assert failed.site == before.site
    shared.hold(desk.verified(desk.texts(opening=1)))
    done = shared.build()
    assert done.ok
    assert "evaluate sea" not in done.made
    assert b"Water, again." in done.site["briefs/sea/index.html"]


def test_the_engine_that_draws_starts_before_the_project_takes_up_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a first build that draws in its own process."""
    done: list[str] = []
    monkeypatch.setattr(pipeline, "start_drawing", lambda: done.append("engine"))
    opened = pipeline.open_project
    monkeypatch.setattr(pipeline, "open_project", lambda *given: done.append("project") or opened(*given))
    project = Project.of(tmp_path, desk.texts())
    for _ in range(2):
        assert project.build(only=("sea",)).ok
    assert done == ["engine", "project", "project"]


def test_the_site_does_not_wait_for_its_search_index(shared: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stops the index, or who does, finds the new pages in place, and the index that there was."""
    shared.hold(desk.texts())
    before = shared.build()
    shared.append("content/briefs/shore.md", "\nA tide of its own.\n")
    for stop, told in ((KeyboardInterrupt(), "its search index"), (SearchError("no room"), "no room")):
        with monkeypatch.context() as patch:
            patch.setattr("reportgen.targets.search.search_index", raising(stop))
            if isinstance(stop, KeyboardInterrupt):
                with pytest.raises(KeyboardInterrupt, match=told):
                    shared.build()
            else:
                assert told in shared.build().faults[0].fault
        now = shared.site
        assert now.keys() == before.site.keys()
        changed = {path for path, data in now.items() if data != before.site[path]}
        assert "briefs/shore/index.html" in changed
        assert not [path for path in changed if path.startswith("search/")]
    done = shared.build()
    assert done.made == {"search index"}
    assert [path for path in done.differs(before) if path.startswith("search/")]


def raising(error: BaseException) -> Callable[..., Any]:
    def stop(*_: Any) -> None:
        raise error

    return stop


def test_warnings_and_the_stamp(shared: Project) -> None:
    shared.hold(desk.texts(words=1, check=1))
    stamp = shared.path("build/stamp")
    stamp.unlink(missing_ok=True)
    assert shared.build().diagnostics
    assert not stamp.exists()
    kept: list[tuple[object, ...]] = []
    again = shared.build(keep_warnings=kept.append)
    assert kept == [again.diagnostics]
    assert again.made == set()
    assert stamp.exists()
    strict = shared.build(strict=True)
    assert not strict.ok
    assert strict.diagnostics == again.diagnostics


def test_restored_texts_come_back_without_work(shared: Project) -> None:
    shared.hold(desk.texts())
    before = shared.build()
    times = {path: shared.path(f"build/site/{path}").stat().st_mtime_ns for path in before.site}
    shared.hold(desk.texts(fish=1))
    changed = shared.build()
    assert 0 < len(changed.made) < 20
    shared.hold(desk.texts())
    restored = shared.build()
    assert restored.made == set()
    assert restored.site == before.site
    kept = [path for path in times if shared.path(f"build/site/{path}").stat().st_mtime_ns == times[path]]
    assert "briefs/sea/index.html" in kept
    assert len(times) - len(kept) == changed.written


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, dict[str, session.Engine]]]:
    """A project built with every engine, each known by a file of ours."""
    project, found = Project.of(tmp_path_factory.mktemp("engines"), desk.texts()), dict[str, session.Engine]()
    for name, engine in ENGINES.items():
        project.write(f"engine/{name}", "one")
        files = [project.path(f"engine/{name}")]
        found[name] = session.Engine(engine.version, lambda files=files: files)  # type: ignore[misc]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "_ENGINES", found)
        assert project.build(formats="all", keep_warnings=lambda _: None).ok
        yield project, found


@pytest.mark.parametrize("name", ENGINES)
def test_another_version_of_an_engine_is_a_change(
    engines: tuple[Project, dict[str, session.Engine]], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is asked before anything is loaded, and the traces, give the same answer."""
    project, known = engines
    arguments = ["build", "--root", str(project.root)]
    assert site_up_to_date(arguments)
    file = project.path(f"engine/{name}")
    before = file.stat().st_mtime_ns
    file.write_text("two")
    os.utime(file, ns=(before + 1, before + 1))
    assert not site_up_to_date(arguments)
    copy = project.copied(tmp_path / "copy")
    os.utime(file, ns=(before, before))
    assert site_up_to_date(arguments)
    monkeypatch.setitem(known, name, session.Engine(lambda: "another", known[name].files))
    assert f"the version of {name} changed" in copy.build(formats="all").reasons


def test_engines_are_known_by_files_of_theirs() -> None:
    for engine in ENGINES.values():
        engine.version()
    files = {name: {*engine.files()} for name, engine in ENGINES.items()}
    assert all(path.is_file() for each in files.values() for path in each)
    names = {name: {path.name for path in each} for name, each in files.items()}
    assert any("pango-1.0" in name for name in names["pdf"])
    assert names["plotly.js"] == {"plotly.min.js"}
    assert {name.partition(".")[0] for name in names["pandoc"]} == {"pandoc"}


def all_ended(group: int) -> bool:
    """Whether a group of processes is gone, or will be within two minutes."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_nothing_stays_where_the_build_was_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a process nor what processes were given."""
    folder = Path(tempfile.mkdtemp())  # tmp_path may be too long for a socket
    monkeypatch.setenv("TMPDIR", str(folder))
    project = Project(tmp_path / "project")
    corpus.write(project.root, 6)
    process = project.start("build", "--format", "html", "--jobs", "2")
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None and not list(folder.glob("reportgen-*/*")):
        time.sleep(0.02)
    given = list(folder.glob("reportgen-*/*"))
    process.kill()
    done = finished(process)
    assert given, done.told
    assert done.code == -signal.SIGKILL
    assert all_ended(process.pid)
    assert not list(folder.glob("reportgen-*"))
    shutil.rmtree(folder)


def test_a_folder_for_temporary_files_with_too_long_a_name_is_told(tmp_path: Path) -> None:
    """The sockets of the server of processes stand there, and their names may have about a hundred signs. For so few
    briefs none are forked before."""
    folder = tmp_path / ("long" * 25)
    folder.mkdir()
    project = Project(tmp_path / "project")
    corpus.write(project.root, 3)
    process = project.start("build", "--format", "html", "--jobs", "2", environment={"TMPDIR": str(folder)})
    done = finished(process)
    assert done.code == 1
    assert "set TMPDIR to a folder with a shorter one" in done.err


def test_interrupted_and_gone_on_with(tmp_path: Path) -> None:
    """Ctrl-C in the middle: the site as it was, no process left, and what was made is not made twice."""
    project = Project.of(tmp_path, desk.texts())
    process = project.start("build", "--jobs", "2")
    end = time.monotonic() + 600
    while time.monotonic() < end and traces_kept(project) < 4:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    done = finished(process)
    assert (done.code, done.err.strip()) == (3, "reportgen: interrupted; build/site is as it was")
    assert not project.path("build/site").exists()
    assert all_ended(process.pid)
    states: list[ProgressEvent] = []
    assert project.build(progress=states.append).ok
    assert any(event.state == "kept" for event in states)


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """Whole builds, processes and all: the next one ends as a clean build would."""
    states = (desk.texts(), desk.texts(fish=1, publisher=1, third=1))
    projects = [Project.of(tmp_path / str(n), state) for n, state in enumerate(states)]
    expected = [project.build().site for project in projects]
    project, chance = projects[0], random.Random(3)
    for n in range(1, 1 + int(os.environ.get("REPORTGEN_KILLS", "2"))):
        project.hold(states[n % 2])
        process = project.start("build", "--format", "html", "--jobs", "2")
        time.sleep(chance.uniform(0.3, 3))
        os.killpg(process.pid, signal.SIGKILL)
        finished(process)
        done = project.build()
        assert done.ok
        assert done.site == expected[n % 2]


def test_a_style_of_the_projects_own_is_an_input(shared: Project) -> None:
    shared.hold(desk.verified(desk.texts()))
    shared.change("content/site.yaml", "citation_style: apa", "citation_style: own.csl")
    assert style_files(shared.root) == ("own.csl", "content/own.csl")
    assert shared.build().codes == ["unknown-style"]
