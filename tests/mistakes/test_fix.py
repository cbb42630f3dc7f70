"""`check --fix`: what is beyond doubt is put right, nothing else is touched, and it is said.

Each fault spoils the project `bees`, which is right: put right, every byte is again what it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen import pipeline
from reportgen.citing.pandoc import Citeproc
from reportgen.desk.files import commit
from reportgen.desk.fixing import FIXED
from reportgen.desk.putting_right import PutRight, put_right
from tests.driver import PROJECTS, ROOT, Project, read_tree

FACTS, BRIEF, CHARTS = "content/facts/hives.yaml", "content/briefs/bees.md", "content/charts/charts.yaml"
DATA, SITE, MEASURES = "content/data/hives.yaml", "content/site.yaml", "content/measures.yaml"
FAULTS: dict[str, tuple[str, str, str]] = {
    "a measure": (FACTS, "measure: honey", "measure: hony"),
    "a source": (FACTS, "source: gazette-2022, quote: \"980", "source: gazete-2022, quote: \"980"),
    "a fact in a formula": (FACTS, "[hives-2022] - [hives-2021]\"", "[hivs-2022] - [hives-2021]\""),
    "a key": (FACTS, "  note: 'More", "  nots: 'More"),
    "curly quotes": (FACTS, '"A year later it kept {value}."', "“A year later it kept {value}.”"),
    "low quotes": (FACTS, '"They gave {value}."', "„They gave {value}.“"),
    "a fact": (BRIEF, '{{ fact("founded") }}', '{{ fact("foundet") }}'),
    "a fact with a dash": (BRIEF, 'fact("price-2022", unit', 'fact("price–2022", unit'),
    "curly quotes in a call": (BRIEF, '{{ ref("bars") }}', "{{ ref(“bars”) }}"),
    "a citation": (BRIEF, "@gazette-2022 disagrees", "@gazete-2022 disagrees"),
    "a call": (BRIEF, '{{ conflict("count") }}', '{{ conflicts("count") }}'),
    "a single brace": (BRIEF, '{{ fact("saying") }}', '{ fact("saying") }'),
    "a reference": (BRIEF, '{{ ref("rows") }}', '{{ ref("row") }}'),
    "a picture": (BRIEF, "images/hive.png", "images/hiv.png"),
    "a day with points": (BRIEF, "date: 2024-04-02\n", "date: 02.04.2024\n"),
    "a day in words": (BRIEF, "updated: 2024-04-02\n", "updated: April 2, 2024\n"),
    "a kind": (CHARTS, "kind: line,", "kind: linechart,"),
    "a column": (CHARTS, "color: Place", "color: Plac"),
    "a dataset's measure": (DATA, "query: {measure: hives}", "query: {measure: hivess}"),
    "a key of the site": (SITE, "publisher: Valley", "publishr: Valley"),
}  # fmt: skip


@pytest.fixture(scope="module")
def citeproc() -> Iterator[Citeproc]:
    class Known(dict[str, str]):
        put = dict.__setitem__

    with Citeproc(known=Known()) as one:
        yield one


@pytest.fixture(autouse=True)
def one_pandoc(citeproc: Citeproc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "Citeproc", lambda **_: nullcontext(citeproc))


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project.of(tmp_path_factory.mktemp("fix") / "bees", read_tree(PROJECTS / "bees"))


def spoilt(project: Project, faults: dict[str, tuple[str, str, str]], names: list[str]) -> dict[str, str]:
    """The files that are right; in the project they are spoilt."""
    was = {name: project.read(name) for name in (FACTS, BRIEF, CHARTS, DATA, SITE)}
    for name in names:
        path, old, new = faults[name]
        project.change(path, old, new)
    return was


def done(project: Project) -> PutRight:
    found = put_right(project.root)
    if found.changes:
        commit(project.root, found.changes)
    return found


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(sorted(FAULTS)), unique=True, min_size=3, max_size=len(FAULTS)))
def test_what_is_put_right_is_what_it_was_to_the_byte(right: Project, names: list[str]) -> None:
    was = spoilt(right, FAULTS, names)
    try:
        found = done(right)
        assert {name: right.read(name) for name in was} == was
        assert len(found.fixes) == len(names)
        assert all(d.code == "unverified" or d.severity == "notice" for d in found.checked.diagnostics)
    finally:
        for name, text in was.items():
            right.write(name, text)


def test_each_is_told_with_its_line_and_what_was_put_there(right: Project) -> None:
    was = spoilt(right, FAULTS, [*FAULTS])
    try:
        found = put_right(right.root).fixes
    finally:
        for name, text in was.items():
            right.write(name, text)
    told = {(fix.file, fix.line) for fix in found}
    for path, old, new in FAULTS.values():
        assert (path, was[path][: was[path].index(old)].count("\n") + 1) in told, new
    assert len(found) == len(FAULTS)


OPEN: dict[str, tuple[str, str, str]] = {
    "a day with two readings": (BRIEF, "date: 2024-04-02", "date: 02/04/2024"),
    "a day that is none": (BRIEF, "date: 2024-04-02", "date: 31.02.2024"),
    "another year": (BRIEF, 'fact("price-2022", unit', 'fact("price-2012", unit'),
    "other digits": (BRIEF, "@guild-2023, p. 4", "@guild-2032, p. 4"),
    "two names near": (BRIEF, 'fact("price-2022", unit', 'fact("price-202", unit'),
    "a decimal comma": (FACTS, "value: 1240", "value: 27,5"),
    "a number in curly quotes": (FACTS, "value: 1240", "value: “1240”"),
    "curly quotes of which one is missing": (BRIEF, '{{ fact("saying") }}', "{{ fact(“saying) }}"),
    "an apostrophe in a call": (BRIEF, '{{ fact("saying") }}', "{{ fact(“saying’) }}"),
    "curly quotes inside": (FACTS, '"They gave {value}."', "They “gave” {value}."),
    "a key that is there": (FACTS, "value: 1240", "value: 1240\n  valu: 1241"),
    "a tab": (FACTS, "  measure: founded", "\tmeasure: founded"),
}


@pytest.mark.parametrize("name", OPEN)
def test_what_could_be_meant_otherwise_is_left_alone(tmp_path: Path, name: str) -> None:
    project = Project.of(tmp_path, read_tree(PROJECTS / "bees"))
    spoilt(project, OPEN, [name])
    before = read_tree(project.root)
    found = done(project)
    assert (found.fixes, read_tree(project.root)) == ((), before)


def test_comments_a_byte_order_mark_and_line_ends_stay(tmp_path: Path) -> None:
    project = Project.of(tmp_path, read_tree(PROJECTS / "bees"))
    right = "\ufeff" + project.read(FACTS).replace("measure: honey", "measure:   honey  # what is “hony”?")
    right = right.replace("\n", "\r\n")
    project.path(FACTS).write_bytes(right.replace("  honey ", "  hony ", 1).encode())
    assert [fix.new for fix in done(project).fixes] == ["honey"]
    assert project.path(FACTS).read_bytes() == right.encode()


@pytest.mark.parametrize(("most", "odd"), [("\n", "\r\n"), ("\r\n", "\n"), ("\n", "\r")])
@pytest.mark.parametrize("path", [FACTS, BRIEF])
def test_lines_end_as_most_of_their_file_do(tmp_path: Path, path: str, most: str, odd: str) -> None:
    project = Project.of(tmp_path, read_tree(PROJECTS / "bees"))
    right = project.read(path).replace("\n", most)
    project.path(path).write_bytes(right.replace(most, odd, 3).encode())
    found = done(project)
    assert found.evened == ((path, 3),)
    assert project.path(path).read_bytes() == right.encode()
    assert done(project).changes == ()


def test_what_was_done_is_said_and_a_second_time_there_is_nothing(tmp_path: Path) -> None:
    project = Project.of(tmp_path, read_tree(PROJECTS / "bees"))
    spoilt(project, FAULTS, ["a source", "a day with points"])
    before = read_tree(project.root)
    shown = project.run("check", "--fix", "--dry-run")
    assert "-date: 02.04.2024\n+date: 2024-04-02\n" in shown.out
    assert read_tree(project.root) == before
    assert "or: reportgen check --fix puts 2 of these right" in project.run("check").out
    done = project.run("check", "--fix")
    assert done.code == 0
    assert done.out.startswith(
        "content/briefs/bees.md:4: 02.04.2024 -> 2024-04-02\n"
        "content/facts/hives.yaml:15: gazete-2022 -> gazette-2022\nPut right: 2, in 2 files.\n"
    )
    again = project.run("check", "--fix", "--format", "json")
    assert (again.code, again.data["ok"]) == (0, True)
    assert again.err == "Nothing to put right.\n"
    assert project.run("check", "--dry-run").code == 2


def test_a_file_that_cannot_be_written_is_no_fault_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project.of(tmp_path, read_tree(PROJECTS / "bees"))
    spoilt(project, FAULTS, ["a source", "a day with points"])
    before = read_tree(project.root / "content")

    def refuse(path: Path, data: bytes | None) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("reportgen.desk.files._put", refuse)
    done = project.run("check", "--fix")
    assert done.code == 1, done.err
    assert "error[refused-by-system]" in done.err
    assert read_tree(project.root / "content") == before


def test_the_page_of_each_message_says_it_where_it_is_so() -> None:
    pages = {path.stem: path.read_text("utf-8") for path in (ROOT / "reportgen/messages").glob("*.md")}
    assert {code for code, text in pages.items() if "`reportgen check --fix`" in text} == FIXED
