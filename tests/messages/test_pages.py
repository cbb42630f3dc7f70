"""Every code that the program can give has a page, and the page's examples do what it says."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, chdir, contextmanager, nullcontext, redirect_stdout
from dataclasses import replace
from functools import partial
from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest

from reportgen import pipeline
from reportgen.citing.pandoc import Citeproc
from reportgen.cli.main import run
from reportgen.cli.new import STARTER
from reportgen.desk import adding
from reportgen.diagnostics import Diagnostic
from reportgen.messages.pages import SECTIONS, codes, page
from reportgen.targets import briefs
from reportgen.targets.tasks import pdf_made
from tests.desk.servers import answer, fetched_from, server, slowly
from tests.messages.document import document
from tests.messages.examples import Listener, Step, commands, steps, write
from tests.messages.given_codes import given_codes

ROOT = Path(__file__).resolve().parents[2]
BAD, GOOD = SECTIONS[2:]
RELEASED = tuple(code for code in codes() if "released before" in page(code).text)
"""Told of a project that has an edition."""
PUBLISHED = tuple(c for c in codes() if "`reportgen publish`" in page(c).told_by and c not in RELEASED)
"""Told of a finished site: all examples of these are published together, as each has pages of its own."""


class Known(dict[str, str]):
    """What pandoc has answered."""

    def put(self, key: str, answer: str) -> None:
        self[key] = answer


@pytest.fixture(scope="module")
def citeproc() -> Iterator[Citeproc]:
    """One pandoc for all examples, which answers each question once."""
    with Citeproc(known=Known()) as one:
        yield one


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, citeproc: Citeproc) -> Path:
    """The project that the examples change, built."""
    root = tmp_path_factory.mktemp("built")
    write(root)
    with pytest.MonkeyPatch.context() as patches:
        assert Listener(patches, citeproc).told(root, ["build"]) == []
    return root / "build"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory, citeproc: Citeproc, built: Path) -> Path:
    """What `reportgen release` makes of that project."""
    root = tmp_path_factory.mktemp("released")
    write(root)
    copytree(built, root / "build")
    with pytest.MonkeyPatch.context() as patches:
        asked = ["verify", "--archive", "saved"], ["release"], ["check"]
        assert Listener(patches, citeproc).told(root, *asked) == []
    return root / "content/editions"


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch, citeproc: Citeproc) -> Listener:
    return Listener(monkeypatch, citeproc)


def example(code: str, heading: str) -> tuple[Step, ...]:
    return steps(page(code).section(heading))


# What an example needs around it


@contextmanager
def another_build(root: Path, patches: pytest.MonkeyPatch) -> Iterator[None]:
    """Another build is at work, and is not waited for."""
    exclusive = pipeline.exclusive
    patches.setattr(pipeline, "exclusive", partial(exclusive, wait=0))
    with exclusive(root / "build" / "lock"):
        yield


@contextmanager
def short_wait(_: Path, patches: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody answers, and half a second is waited."""
    from reportgen import distributed

    patches.setattr(distributed, "dask", partial(distributed.dask, wait=0.5))
    yield


@contextmanager
def few_values(root: Path, patches: pytest.MonkeyPatch) -> Iterator[None]:
    """The limit and the example are both a thousandth of what they are: the whole one takes minutes."""
    from reportgen.brief import evaluate, printing

    for module in (evaluate, printing):
        patches.setattr(module, "MOST_INSERTS", printing.MOST_INSERTS // 1000)
    yield


@contextmanager
def on_paper(_: Path, patches: pytest.MonkeyPatch) -> Iterator[None]:
    """PDFs are laid out."""
    patches.setattr(briefs, "pdf_made", pdf_made)
    yield


@contextmanager
def large_answer(_: Path, patches: pytest.MonkeyPatch) -> Iterator[None]:
    """The address answers with more than is kept, which here is a thousand bytes."""
    with server({"/report.html": answer(b"x" * 2000)}) as (port, _requests):
        patches.setattr(adding, "fetch", fetched_from(port, most_bytes=1000))
        yield


@contextmanager
def slow_answer(_: Path, patches: pytest.MonkeyPatch) -> Iterator[None]:
    """The address sends a letter now and then, and a third of a second is waited."""
    pieces = (bytes([byte]) for byte in answer(b"x" * 2000))
    with server({"/report.html": slowly(pieces, 0.05)}) as (port, _requests):
        patches.setattr(adding, "fetch", fetched_from(port, seconds=0.3))
        yield


@contextmanager
def another_editor(root: Path, patches: pytest.MonkeyPatch) -> Iterator[None]:
    """Somebody saves a file of facts after it was read."""
    from reportgen.desk import files

    exclusive = files.exclusive

    def saved_before(path: Path, wait: float) -> AbstractContextManager[None]:
        facts = root / "content/facts/shops.yaml"
        facts.write_text(facts.read_text("utf-8") + "# and more\n", "utf-8")
        return exclusive(path, wait)

    patches.setattr(files, "exclusive", saved_before)
    yield


@contextmanager
def released_before(root: Path, _: pytest.MonkeyPatch) -> Iterator[None]:
    """The example's brief was released, with its translation if there is one, before its words were changed."""
    brief = root / "content/briefs/windmills.md"
    changed = brief.read_text("utf-8")
    before = changed.replace(" windy", "").replace("changes: [{kind: minor}]\n", "")
    brief.write_text(before, "utf-8")
    with chdir(root), redirect_stdout(StringIO()):
        assert [run(each) for each in (["verify", "--archive", "saved"], ["release", "windmills"])] == [0, 0]
    brief.write_text(changed, "utf-8")
    yield


@contextmanager
def verified_before(root: Path, _: pytest.MonkeyPatch) -> Iterator[None]:
    """The example's quotations were found before a saved copy was changed."""
    changed = {path: path.read_bytes() for path in (root / "saved").iterdir()}
    copytree(STARTER / "saved", root / "saved", dirs_exist_ok=True)
    with chdir(root), redirect_stdout(StringIO()):
        assert run(["verify", "--archive", "saved"]) == 0
    for path, data in changed.items():
        path.write_bytes(data)
    yield


AROUND: dict[str, Callable[[Path, pytest.MonkeyPatch], AbstractContextManager[None]]] = {
    "build-running": another_build,
    "changed-underneath": another_editor,
    "no-scheduler": short_wait,
    "saved-copy": verified_before,
    "too-wide": on_paper,
    "answer-too-large": large_answer,
    "too-many-values": few_values,
    "translation-behind": released_before,
    "part-lost": released_before,
    "too-slow": slow_answer,
}
SHORTENED = {"too-many-values": ("70000", "70")}


def shortened(code: str, given: tuple[Step, ...]) -> tuple[Step, ...]:
    old, new = SHORTENED.get(code, ("", ""))
    return tuple(replace(step, text=step.text.replace(old, new)) if old else step for step in given)


# The tests


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    given = given_codes()
    without = {code: places for code, places in given.items() if code not in codes()}
    assert not without, f"without a page in reportgen/messages, with the sections {', '.join(SECTIONS)}: {without}"
    assert not set(codes()) - given.keys(), "pages of codes that nothing gives"


@pytest.mark.parametrize("code", codes())
def test_a_page_has_its_parts(code: str) -> None:
    one = page(code)
    assert one.text.startswith(f"# {code}\n\n{one.summary}\n\n{one.told_by}\n\n## ")
    assert re.findall(r"^## (.+)$", one.text, re.MULTILINE) == list(SECTIONS)
    assert one.summary.endswith(".")
    assert re.fullmatch(r"(An error|A warning|A notice), told by .+\.", one.told_by)
    assert all(one.section(heading) for heading in SECTIONS)


@pytest.mark.parametrize("code", [code for code in codes() if code not in PUBLISHED])
def test_the_example_causes_it(
    code: str,
    tmp_path: Path,
    listener: Listener,
    monkeypatch: pytest.MonkeyPatch,
    built: Path,
    request: pytest.FixtureRequest,
) -> None:
    given = shortened(code, example(code, BAD))
    if code in RELEASED:
        copytree(request.getfixturevalue("released"), tmp_path / "content/editions")
    asked = commands(given) or [["check"]]
    if asked[0][0] == "build" and not any("mkdir" in step.text for step in given):
        copytree(built, tmp_path / "build")
    write(tmp_path, given)
    if code in AROUND:
        with AROUND[code](tmp_path, monkeypatch):
            told = listener.told(tmp_path, *asked)
    else:
        told = listener.told(tmp_path, *asked, unverified=code == "unverified")
    _expect(code, told)


@pytest.mark.parametrize("code", [code for code in codes() if code not in PUBLISHED])
def test_what_is_put_right_does_not(
    code: str,
    tmp_path: Path,
    listener: Listener,
    monkeypatch: pytest.MonkeyPatch,
    built: Path,
    request: pytest.FixtureRequest,
) -> None:
    given = example(code, GOOD)
    asked = commands(given)
    if code in RELEASED:
        copytree(request.getfixturevalue("released"), tmp_path / "content/editions")
    if asked and asked[0][0] == "build":
        copytree(built, tmp_path / "build")
    write(tmp_path, given)
    with on_paper(tmp_path, monkeypatch) if code == "too-wide" else nullcontext():
        told = listener.told(tmp_path, *asked, ["check"], unverified=code == "unverified")
    if not page(code).told_by.startswith("A notice"):
        told = [one for one in told if (one.code, one.severity) != (code, "notice")]
    assert told == []


def test_of_a_finished_site_each_example_causes_its_own(tmp_path: Path, listener: Listener, built: Path) -> None:
    root = tmp_path / "town"
    copytree(built, root / "build")
    for heading in (BAD, GOOD):
        given = {code: example(code, heading) for code in PUBLISHED}
        write(root, (step for each in given.values() for step in each))
        assert all(commands(each) == [["publish", "../www"]] for each in given.values())
        asked = ["verify", "--archive", "saved"], ["publish", "../www"]
        told = listener.told(root, *asked, late=(step for each in given.values() for step in each))
        if heading == GOOD:
            assert told == []
            assert (tmp_path / "www" / "index.html").is_file()
            assert listener.told(root, ["check"]) == []
            return
        left = set(told)
        for code, each in given.items():
            stem = Path(each[0].path).stem
            own = [one for one in told if re.search(rf"/{stem}[/.]", one.span.file)]
            _expect(code, own)
            left -= set(own)
        assert not left


def _expect(code: str, told: list[Diagnostic]) -> None:
    """A page names the codes that come with its own."""
    also = set(re.findall(r"Comes with `([a-z-]+)`", page(code).text))
    found = {one.code for one in told}
    assert found == {code} | also, told
    kind = page(code).told_by.partition(",")[0].split()[-1]
    assert {one.severity for one in told if one.code == code} == {kind}


def test_the_document_is_current() -> None:
    path, now = ROOT / "docs" / "messages.md", document(map(page, codes()))
    if os.environ.get("UPDATE_EXPECTED"):
        path.write_text(now, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == now, "UPDATE_EXPECTED=1 pytest tests/messages writes it"
