"""Whole builds of a small project on the disk, with real engines."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import jinja2
import pytest

from reportgen import pipeline
from reportgen.__main__ import OBJECTS, site_up_to_date
from reportgen.brief.evaluate import evaluate
from reportgen.citing.pandoc import Citeproc
from reportgen.citing.styles import style_files
from reportgen.model.brief import Brief
from reportgen.rebuild.executor import ProgressEvent
from reportgen.targets import session
from reportgen.targets.all import AHEAD
from tests.bench import corpus

from . import desk

ROOT = Path(__file__).resolve().parents[2]
BUILD = """
import sys
from pathlib import Path
from reportgen.pipeline import build
if __name__ == "__main__":
    done = build(Path(sys.argv[1]), Path(sys.argv[1], "build"), jobs=int(sys.argv[2]))
    print([*done.diagnostics, *done.faults])
    sys.exit(not done.ok)
"""
ENGINES = session._ENGINES
WITH_PICTURE = {**desk.START, "picture": 1, "second-chart": 1, "third": 1, "archive": 1, "lock": 1}
EDITED = {**WITH_PICTURE, "boats-2021": 1, "opening": 1, "chart-title": 1, "third": 0, "publisher": 1, "comment": 2}


def tree(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def html(root: Path, **options: object) -> pipeline.Summary:
    given = {"formats": "html", "jobs": 1} | options
    return pipeline.build(root, root / "build", **given)  # type: ignore[arg-type]


def rebuilt(root: Path, jobs: int, environment: Mapping[str, str]) -> dict[str, bytes]:
    command = [sys.executable, "-c", BUILD, str(root), str(jobs)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return tree(root / "build" / "site")


def test_the_same_bytes_anywhere(tmp_path: Path) -> None:
    """Another folder, time zone, locale, hash seed and number of processes; built in two steps, or at once."""
    one, other = tmp_path / "one", tmp_path / "another place"
    desk.write(one, WITH_PICTURE)
    first = rebuilt(one, 1, {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"})
    assert "briefs/third/third.pdf" in first
    desk.write(one, EDITED)
    again = rebuilt(one, 1, {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"})
    desk.write(other, EDITED)
    there = {"TZ": "Asia/Almaty", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "42", "LANG": "kk_KZ"}
    elsewhere = rebuilt(other, 2, there)
    assert [path for path in again.keys() | elsewhere.keys() if again.get(path) != elsewhere.get(path)] == []
    assert "briefs/third/third.pdf" not in again
    assert not (one / "build" / "site" / "briefs" / "third").exists()
    for data in elsewhere.values():
        assert str(tmp_path).encode() not in data


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built once without PDFs; each test leaves it as it found it, or says so by building."""
    root = tmp_path_factory.mktemp("desk")
    desk.write(root, desk.START)
    assert html(root).ok
    return root


def test_one_brief_alone_leaves_the_rest(shared: Path) -> None:
    desk.write(shared, desk.START)
    html(shared)
    before = tree(shared / "build" / "site")
    desk.write(shared, {**desk.START, "opening": 1, "fish": 1})
    done = html(shared, only=("sea",))
    assert done.ok
    after = tree(shared / "build" / "site")
    assert {path for path in after if after[path] != before.get(path)} >= {"briefs/sea/index.html"}
    assert all(path.startswith("briefs/sea/") for path in after if after[path] != before.get(path))
    assert after.keys() == before.keys()
    assert done.removed == 0


EDITED_ONCE = """
import gc, json, sys
from reportgen.__main__ import main
sys.argv = ["reportgen", "build", "--only", "third", "--format", "html", "--jobs", "1", "--root", sys.argv[1]]
try:
    main()
finally:
    print(json.dumps([gc.get_threshold()[0], gc.get_freeze_count(), sorted(sys.modules)]))
"""
IDLE = {"fontpkg", "fontTools", "pypandoc", "reportgen.archive.texts", "reportgen.targets.catalogue", "rich.console"}
IDLE |= {"uharfbuzz", "weasyprint"}
"""What the edit of one text has no use for."""


def test_an_edit_of_one_text_imports_no_more_than_it_needs(tmp_path: Path) -> None:
    desk.write(tmp_path, WITH_PICTURE)
    assert html(tmp_path, only=("third",)).ok
    brief = tmp_path / "content" / "briefs" / "third.md"
    brief.write_text(brief.read_text("utf-8") + "\nA sentence more.\n", "utf-8")
    command = [sys.executable, "-c", EDITED_ONCE, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    threshold, frozen, modules = json.loads(done.stdout.splitlines()[-1])
    assert "reportgen.brief.evaluate" in modules
    assert IDLE.isdisjoint(modules)
    assert threshold == OBJECTS
    assert frozen > 10_000


def forget_traces(cache: Path) -> None:
    with sqlite3.connect(cache / "store.sqlite") as database:
        database.execute("DELETE FROM kept WHERE kind = 'trace'")
    database.close()


def traces_kept(cache: Path) -> int:
    """How many targets have a trace; 0 before there is a store."""
    try:
        with closing(sqlite3.connect(f"{(cache / 'store.sqlite').as_uri()}?mode=ro", uri=True)) as database:
            (count,) = database.execute("SELECT count(*) FROM kept WHERE kind = 'trace'").fetchone()
            return int(count)
    except sqlite3.OperationalError:
        return 0


def test_citations_are_formatted_and_templates_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another build starts no pandoc for the same citations, and compiles no template, even where all else is anew."""
    desk.write(tmp_path, WITH_PICTURE)
    assert html(tmp_path, only=("third",)).ok
    forget_traces(tmp_path / "build" / "cache")
    brief = tmp_path / "content" / "briefs" / "third.md"
    brief.write_text(brief.read_text("utf-8") + "\nA sentence more.\n", "utf-8")
    monkeypatch.setattr(Citeproc, "_started", lambda _: pytest.fail("pandoc was started"))
    with monkeypatch.context() as patched:
        patched.setattr(jinja2.Environment, "compile", lambda *_: pytest.fail("a template was compiled"))
        again = html(tmp_path, only=("third",))
    assert again.ok
    assert {"evaluate third", "page third"} <= {stale.name for stale in again.made}
    base = (ROOT / "templates" / "base.html").read_text("utf-8")
    (tmp_path / "templates").mkdir(exist_ok=True)
    (tmp_path / "templates" / "base.html").write_text(base.replace("</body>", "<p>Ours</p></body>"), "utf-8")
    assert html(tmp_path, only=("third",)).ok
    assert b"<p>Ours</p>" in (tmp_path / "build" / "site" / "briefs" / "third" / "index.html").read_bytes()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # WeasyPrint leaves a file open
def test_each_document_is_evaluated_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though few are kept evaluated: what a page shows of other briefs is filled in without them."""
    asked: list[str] = []

    def counted(brief: Brief, *rest: Any) -> Any:
        asked.append(brief.slug)
        return evaluate(brief, *rest)

    monkeypatch.setattr(session, "evaluate", counted)
    monkeypatch.setattr(session, "MOST_EVALUATED", AHEAD + 1)
    monkeypatch.setattr("reportgen.drawing.png.svg_to_png", lambda svg, width: b"")
    corpus.write(tmp_path, 4)
    assert html(tmp_path).ok
    assert sorted(asked) == sorted(set(asked))
    assert len(asked) == 4 + 4 * 3 > AHEAD + 1
    corpus.write(tmp_path, 4, text=1)
    asked.clear()
    assert html(tmp_path).ok
    assert asked == ["brief-000"]


def test_one_format_leaves_the_other(shared: Path) -> None:
    pdf = shared / "build" / "site" / "briefs" / "sea" / "sea.pdf"
    desk.write(shared, desk.START)
    assert html(shared, formats="all").ok
    assert pdf.is_file()
    desk.write(shared, {**desk.START, "third": 1})
    assert html(shared).ok
    assert pdf.is_file()
    assert not (shared / "build" / "site" / "briefs" / "third" / "third.pdf").exists()
    desk.write(shared, desk.START)
    assert html(shared, formats="all").removed > 0
    assert not (shared / "build" / "site" / "briefs" / "third").exists()


def test_what_fails_leaves_the_site_and_keeps_the_rest(shared: Path) -> None:
    desk.write(shared, desk.START)
    html(shared)
    before = tree(shared / "build" / "site")
    desk.write(shared, {**desk.START, "opening": 1})
    brief = shared / "content" / "briefs" / "shore.md"
    brief.write_text(brief.read_text() + '\n{{ fact("nothing") }}\n')
    failed = html(shared)
    assert not failed.ok
    assert [d.code for d in failed.diagnostics] == ["unknown-fact"]
    assert tree(shared / "build" / "site") == before
    desk.write(shared, {**desk.START, "opening": 1})
    done = html(shared)
    assert done.ok
    assert "evaluate sea" not in {stale.name for stale in done.made}
    assert b"Water, again." in tree(shared / "build" / "site")["briefs/sea/index.html"]


def test_warnings_and_the_stamp(shared: Path) -> None:
    desk.write(shared, {**desk.START, "words": 1, "check": 1})
    stamp = shared / "build" / "stamp"
    stamp.unlink(missing_ok=True)
    assert html(shared).diagnostics
    assert not stamp.exists()
    kept: list[tuple[object, ...]] = []
    again = html(shared, keep_warnings=kept.append)
    assert kept == [again.diagnostics]
    assert again.made == ()
    assert stamp.exists()
    strict = html(shared, strict=True)
    assert not strict.ok
    assert strict.diagnostics == again.diagnostics


def test_restored_texts_come_back_without_work(shared: Path) -> None:
    desk.write(shared, desk.START)
    html(shared)
    before = tree(shared / "build" / "site")
    times = {path: (shared / "build" / "site" / path).stat().st_mtime_ns for path in before}
    desk.write(shared, {**desk.START, "fish": 1})
    changed = html(shared)
    assert 0 < len(changed.made) < 20
    desk.write(shared, desk.START)
    assert html(shared).made == ()
    assert tree(shared / "build" / "site") == before
    kept = [path for path in before if (shared / "build" / "site" / path).stat().st_mtime_ns == times[path]]
    assert "briefs/sea/index.html" in kept
    assert len(before) - len(kept) == changed.written


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, session.Engine]]]:
    """A project built with every engine, each known by a file of ours."""
    root, found = tmp_path_factory.mktemp("engines"), dict[str, session.Engine]()
    for name, engine in ENGINES.items():
        (root / "engine").mkdir(exist_ok=True)
        (root / "engine" / name).write_text("one")
        found[name] = session.Engine(engine.version, lambda path=root / "engine" / name: [path])  # type: ignore[misc]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "_ENGINES", found)
        desk.write(root, desk.START)
        assert pipeline.build(root, root / "build", jobs=1, keep_warnings=lambda _: None).ok
        yield root, found


@pytest.mark.parametrize("name", ENGINES)
def test_another_version_of_an_engine_is_a_change(
    engines: tuple[Path, dict[str, session.Engine]], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is asked before anything is loaded, and the traces, give the same answer."""
    root, known = engines
    arguments = ["build", "--root", str(root)]
    assert site_up_to_date(arguments)
    file = root / "engine" / name
    before = file.stat().st_mtime_ns
    file.write_text("two")
    os.utime(file, ns=(before + 1, before + 1))
    assert not site_up_to_date(arguments)
    shutil.copytree(root, tmp_path / "copy")
    os.utime(file, ns=(before, before))
    assert site_up_to_date(arguments)
    monkeypatch.setitem(known, name, session.Engine(lambda: "another", known[name].files))
    made = pipeline.build(tmp_path / "copy", tmp_path / "copy" / "build", jobs=1).made
    assert f"the version of {name} changed" in {stale.reason for stale in made}


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
    """Whether a group of processes is gone, within ten seconds."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_interrupted_and_gone_on_with(tmp_path: Path) -> None:
    """Ctrl-C in the middle: the site as it was, no process left, and what was made is not made twice."""
    desk.write(tmp_path, desk.START)
    command = [sys.executable, "-c", BUILD, str(tmp_path), "2"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True)
    end = time.monotonic() + 60
    while time.monotonic() < end and traces_kept(tmp_path / "build" / "cache") < 4:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode != 0
    assert not (tmp_path / "build" / "site").exists()
    assert all_ended(process.pid)
    states: list[ProgressEvent] = []
    assert html(tmp_path, progress=states.append).ok
    assert any(event.state == "kept" for event in states)


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """Whole builds, processes and all: the next one ends as a clean build would."""
    expected = []
    states = (desk.START, {**desk.START, "fish": 1, "publisher": 1, "third": 1})
    for n, state in enumerate(states):
        desk.write(tmp_path / str(n), state)
        assert html(tmp_path / str(n)).ok
        expected.append(tree(tmp_path / str(n) / "build" / "site"))
    root, chance = tmp_path / "0", random.Random(3)
    command = [sys.executable, "-c", BUILD.replace("jobs=", 'formats="html", jobs='), str(root), "2"]
    for n in range(1, 1 + int(os.environ.get("REPORTGEN_KILLS", "2"))):
        desk.write(root, states[n % 2])
        process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 3))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert html(root).ok
        assert tree(root / "build" / "site") == expected[n % 2]


def test_a_style_of_the_projects_own_is_an_input(shared: Path) -> None:
    desk.write(shared, desk.START)
    site = shared / "content" / "site.yaml"
    site.write_text(site.read_text().replace("citation_style: apa", "citation_style: own.csl"))
    assert style_files(shared) == ("own.csl",)
    failed = html(shared)
    assert [d.code for d in failed.diagnostics] == ["unknown-style"]
