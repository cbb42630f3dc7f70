"""Each command on a small project, and on the shipped content."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.diagnostics import Diagnostic, Span
from reportgen.rebuild.plan import Stale
from reportgen.rebuild.target import Failure
from tests.driver import ROOT, CommandResult, Project, command

WARNING = Diagnostic("some-warning", "a warning", Span.at("content/site.yaml"), severity="warning")
ERROR = Diagnostic("some-error", "an error", Span.at("content/site.yaml"))


# check


def test_check_finds_nothing_wrong(verified: Project) -> None:
    done = verified.run("check")
    assert (done.code, done.err) == (0, "")
    numbers = "Numbers and dates that come from a cited fact, and statements:\n  tea  1 of 1\n"
    assert done.out == f"{numbers}No problems in 1 brief and 3 facts.\n"


def test_check_shows_the_place(verified: Project) -> None:
    verified.change("content/briefs/tea.md", 'fact("tea-a")', 'fact("tea-x")')
    done = verified.run("check")
    assert done.code == 1
    assert done.out.startswith('content/briefs/tea.md:5:17: error[unknown-fact]: no fact has the id "tea-x"\n')
    assert '\n  5 | Tea is {{ fact("tea-x") }}.\n    |                 ^^^^^\n  hint: there are tea-a, ' in done.out
    assert "1 error in 1 brief and 3 facts." in done.out


def test_check_looks_at_charts_that_no_brief_shows(project: Project) -> None:
    project.change("content/charts/tea.yaml", "x: place", "x: palce")
    done = project.run("check")
    assert done.code == 1
    assert "content/charts/tea.yaml:1:54: error[unknown-column]" in done.out
    assert project.run("build").err.count("error[unknown-column]") == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/facts/base.yaml", "- {id: tea-a, claim: [unclosed\n"),
        ("content/facts/base.yaml", "- id: tea-a\n\tclaim: a tab\n"),
        ("content/site.yaml", "title: !!python/object:os.system x\n"),
        ("content/measures.yaml", "\x00"),
        ("content/briefs/tea.md", "---\ntitle: [\n---\n{{ fact( }}\n"),
        ("content/briefs/tea.md", "no front matter {% if %}"),
        ("content/evidence.lock", "{"),
        ("content/charts/tea.yaml", "{id: tea-chart, kind: nothing, data: nothing, title: Tea}\n"),
        ("content/checks.yaml", '- {id: c, assert: "[tea-a] < ", message: m}\n'),
    ],
)
def test_no_mistake_of_an_author_shows_a_traceback(project: Project, path: str, text: str) -> None:
    project.write(path, text)
    for name in ("check", "build"):
        done = project.run(name)
        assert done.code == 1, done
        assert "Traceback" not in done.told
        assert f"{path}:" in done.told
    assert not (project.out / "site").exists()


def test_check_as_json(verified: Project) -> None:
    verified.change("content/briefs/tea.md", "Tea is", "Tea is 12 and")
    done = verified.run("check", "--format", "json")
    found = done.data
    assert done.code == 1
    assert found.keys() == {"ok", "diagnostics", "briefs", "facts"}
    assert (found["ok"], found["facts"]) == (False, 3)
    keys = ["code", "severity", "message", "file", "line", "column", "end_line", "end_column", "hint"]
    assert [list(diagnostic) for diagnostic in found["diagnostics"]] == [keys]
    assert [brief.keys() for brief in found["briefs"]] == [{"brief", "bound", "total", "statements"}]


def test_numbers_typed_into_a_draft_count(verified: Project) -> None:
    (before,) = verified.run("check", "--format", "json").data["briefs"]
    verified.change("content/briefs/tea.md", "Tea is", "Tea is 42 and 17 and")
    verified.change("content/briefs/tea.md", "title:", "status: draft\ntitle:")
    (draft,) = verified.run("check", "--format", "json").data["briefs"]
    assert (draft["bound"], draft["total"]) == (before["bound"], before["total"] + 2)


def test_check_for_a_code_host(verified: Project) -> None:
    verified.change("content/briefs/tea.md", "Tea is", "Tea is 12 and")
    done = verified.run("check", "--format", "github")
    assert done.out.startswith("::error file=content/briefs/tea.md,line=5,")
    assert done.out.count("\n") == 1


def test_strict_counts_warnings(verified: Project) -> None:
    verified.write("content/nobody-reads.yaml", "x")
    assert [verified.run("check").code, verified.run("check", "--strict").code] == [0, 1]
    assert verified.run("check", "--format", "json", "--strict").data["ok"] is False


def test_strict_counts_no_notices(verified: Project) -> None:
    verified.write("content/checks.yaml", '- {id: k, assert: "[tea-b] > [tea-a]", message: Odd., severity: warning}\n')
    verified.change("content/facts/base.yaml", "- id: tea-a\n", "- id: tea-a\n  review_by: 2020\n")
    done = verified.run("check", "--format", "json", "--strict")
    told = {(each["code"], each["severity"]) for each in done.data["diagnostics"]}
    assert told == {("check-failed", "notice"), ("overdue", "notice")}
    assert (done.code, done.data["ok"]) == (0, True)
    lines = verified.run("check", "--format", "github", "--strict").out.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::notice", "::notice"]
    assert verified.run("check").out.endswith("2 notices in 1 brief and 3 facts.\n")


def test_quotations_that_were_not_verified_are_warnings(project: Project) -> None:
    done = project.run("check")
    assert (done.code, project.run("check", "--strict").code) == (0, 1)
    assert (
        'content/facts/base.yaml:5:40: warning[unverified]: "tea-a" is not verified: content/evidence.lock does not '
        "hold its quote\n"
    ) in done.out
    assert "hint: run `reportgen verify`" in done.out
    assert done.out.count("warning[unverified]") == 2
    assert project.run("verify", "--archive", str(project.path("archive"))).code == 0
    assert project.run("check", "--strict").code == 0
    project.change("content/facts/base.yaml", "each drank 12.50 kg", "drank 12.50 kg")
    assert project.run("check").out.count("warning[unverified]") == 1
    project.change("content/facts/base.yaml", "drank 12.50 kg", "drink 12.50 kg")
    assert "hold its quote" in project.run("check").out
    assert "NOT FOUND" in project.run("verify", "--archive", str(project.path("archive"))).out
    told = project.run("check").out
    assert ("is not verified: it was looked for in vain: " in told, "hold its quote" in told) == (True, False)
    assert "hint: quote words that stand in the source" in told
    project.change("content/facts/base.yaml", "drink 12.50 kg", "drank 12.50 kg")  # another quotation
    assert "hint: run `reportgen verify`" in project.run("check").out
    assert project.run("verify", "--archive", str(project.path("archive"))).code == 0
    assert "missed" not in project.path("content/evidence.lock").read_text(encoding="utf-8")
    project.write("content/sources/archive.yaml", "{}\n")
    assert '"tea-2021" has no saved copy' in project.run("check").out


def test_a_newer_copy_without_the_words_is_told(tmp_path: Path) -> None:
    """The newest copy of the starter's source has another number than a fact quotes."""
    root = tmp_path / "town"
    assert command("new", str(root)).code == 0
    town, newer = Project(root), "In 2026 the office counted again: there were 125 shops in the town. It counted "
    newer += "131 shops in December 2025.\n"
    town.write("saved/town-2.txt", newer)
    sha = hashlib.sha256(newer.encode()).hexdigest()
    old = town.read("content/sources/archive.yaml")
    town.write("content/sources/archive.yaml", old.replace("}]", f"}}, {{sha256: {sha}, retrieved: 2026-11-29}}]"))
    found = town.run("verify", "--archive", str(town.path("saved")))
    told = 'notice[quote-not-in-newest]: "shops-2024": the newest copy of "town-count-2025" (' + sha[:12]
    for done in (found, town.run("check", "--strict")):
        assert done.code == 0
        assert told + "…, saved on 2026-11-29) does not have the quote; an older copy (e7640e2e83a9…) does" in done.out
        assert done.out.count("notice[quote-not-in-newest]") == 1
    town.write("content/sources/archive.yaml", old)
    assert "quote-not-in-newest" not in town.run("check").out


def test_a_table_beside_a_text_is_no_newer_copy_of_it(tmp_path: Path) -> None:
    """The annex of a report has not its words: neither where it is added, nor when quotations are looked up."""
    root = tmp_path / "town"
    assert command("new", str(root)).code == 0
    town = Project(root)
    town.write("annex.csv", "street,shops\nMill Lane,12\n")
    done = town.run("add", str(town.path("annex.csv")), "--as", "town-count-2025", "--retrieved", "2026-11-29")
    assert (done.code, "quote-lost" in done.told) == (0, False)
    verified = town.run("verify")
    assert verified.code == 0
    assert "quote-not-in-newest" not in verified.told + town.run("check").told


# build

Building = Callable[[pipeline.Summary], None]


@pytest.fixture
def building(monkeypatch: pytest.MonkeyPatch) -> Building:
    """Has `reportgen build` come to a given summary."""
    return lambda summary: monkeypatch.setattr(pipeline, "build", lambda *_, **__: summary)


DONE = pipeline.Summary(
    diagnostics=(),
    made=(Stale("brief:tea:html", ("fact tea-a changed",)),),
    kept=4,
    written=2,
    removed=0,
    faults=(),
    seconds=1.25,
    site=Path("build/site"),
    ok=True,
)


def test_what_a_build_says(building: Building, project: Project) -> None:
    building(DONE)
    done = project.run("build")
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "Built in 1.2 s: 1 part made, 4 were up to date; 2 files written, 0 removed.\n"
        f"{Path('build/site/index.html')}\n"
    )
    assert project.run("build", "--explain").out.startswith("brief:tea:html: fact tea-a changed\n")


def test_nothing_to_do(building: Building, project: Project) -> None:
    building(replace(DONE, made=(), written=0))
    assert project.run("build").out == f"Nothing to do: {DONE.site} is up to date.\n"


@pytest.mark.parametrize(
    ("summary", "arguments", "code", "says"),
    [
        (replace(DONE, diagnostics=(WARNING,)), (), 0, "Built in 1.2 s (1 warning)"),
        (replace(DONE, placed=0.62), (), 0, "Built in 1.2 s, its pages in 0.6 s: 1 part made"),
        (replace(DONE, diagnostics=(ERROR,), ok=False), (), 1, "Not built: 1 error."),
        (replace(DONE, diagnostics=(ERROR,), ok=False, placed=0.62), (), 1, "Built but for the search: 1 error."),
        (replace(DONE, diagnostics=(WARNING,), ok=False), ("--strict",), 1, "--strict counts warnings as errors"),
        (replace(DONE, faults=(Failure("x", fault="Traceback …\nKeyError: 'y'"),), ok=False), (), 3, "KeyError: 'y'"),
    ],
)
def test_how_a_build_ends(
    building: Building, project: Project, summary: pipeline.Summary, arguments: tuple[str, ...], code: int, says: str
) -> None:
    building(summary)
    done = project.run("build", *arguments)
    assert done.code == code
    assert says in done.told
    assert "Traceback" not in done.told


def test_only_a_brief_that_there_is(project: Project) -> None:
    done = project.run("build", "--only", "tee")
    assert done.code == 2
    assert "the only brief is tea" in done.err


# verify


def test_verify_says_where_each_quotation_stands(project: Project) -> None:
    archive = ("--archive", str(project.path("archive")))
    first, again = project.run("verify", *archive), project.run("verify", *archive)
    assert (first.code, first.err, again.code) == (0, "", 0)
    lines = first.out.splitlines()
    assert lines[0].startswith("found      tea-a  tea-2021 ")
    assert lines[0].endswith("… 8–34")
    assert lines[-1] == "2 of 2 quotations found; content/evidence.lock was written."
    assert again.out.splitlines()[-1] == "2 of 2 quotations found; content/evidence.lock is as it was."
    assert "verified" in project.run("facts", "tea-a").out


def test_verify_tells_a_quotation_that_is_too_long_once(project: Project) -> None:
    project.change("content/facts/base.yaml", "each drank", "each drank" + " and drank" * 6)
    done = project.run("verify", "--archive", str(project.path("archive")))
    assert (done.code, done.out.count("error[quote-too-long]")) == (1, 1), done.told


def test_verify_shows_the_nearest_passage(project: Project) -> None:
    project.change("content/facts/base.yaml", "each drank", "all drank")
    done = project.run("verify", "--archive", str(project.path("archive")))
    assert done.code == 1
    assert done.out.startswith("NOT FOUND  tea-a  tea-2021: the source has other words\n")
    assert "\ncontent/facts/base.yaml:5:40: error[quote-not-found]: " in done.out
    assert "hint: the nearest passage: " in done.out
    assert "drank 12.50 kg of" in done.out.partition("hint: ")[2]
    assert "1 of 2 quotations found (1 error)" in done.out


# facts and why


def test_facts_finds_every_word(project: Project) -> None:
    done = project.run("facts", "tea", "gap")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0].split() == ["id", "value", "state", "time", "claim"]
    assert done.out.splitlines()[1].startswith("tea-c  at least 2.4 kg  ")
    assert done.out.splitlines()[-1] == "1 fact of 3."
    assert project.run("facts", "coffee").out == "0 facts of 3.\n"


def test_facts_as_json(project: Project) -> None:
    found = project.run("facts", "--json", "--measure", "tea-drunk", "--source", "tea-2021").data["facts"]
    assert [fact["id"] for fact in found] == ["tea-a", "tea-b"]
    assert (found[1]["value"]["text"], found[1]["relation"], found[1]["unit"]) == ("10", "<=", "kg")
    assert found[1]["evidence"][0]["quote"] == "up to 10 kg of tea"
    assert {fact["status"] for fact in found} == {"unverified"}


def test_facts_of_what_there_is_not(project: Project) -> None:
    done = project.run("facts", "--measure", "tea-drnk")
    assert done.code == 2
    assert 'did you mean "tea-drunk"?' in done.err


def test_facts_of_a_project_with_mistakes(project: Project) -> None:
    project.change("content/facts/base.yaml", 'tea-2021, quote: "up', 'tea-2012, quote: "up')
    done = project.run("facts")
    assert done.code == 0
    assert "1 error in content/: see `reportgen check`." in done.err


def test_why_of_a_quoted_fact(project: Project) -> None:
    told = project.run("why", "tea-a").out
    for line in (
        "tea-a: Tea drunk was 12.50 kg in a year.",
        "  “each drank 12.50 kg of tea”",
        "    not verified",
        "  facts: tea-c",
        "  datasets: tea",
        "  charts: tea-chart",
        '  printed: content/briefs/tea.md:5:8 fact("tea-a")',
    ):
        assert f"{line}\n" in told


def test_why_of_a_computed_fact(project: Project) -> None:
    told = project.run("why", "tea-c").out
    assert "  the formula [tea-a] - [tea-b] = at least 2.4 kg\n" in told
    assert "    tea-b = up to 10 kg (unverified)\n      “up to 10 kg of tea”\n" in told
    assert told.endswith("On it rest\n  nothing yet\n")


def test_why_of_no_fact(project: Project) -> None:
    done = project.run("why", "tae-a")
    assert done.code == 2
    assert 'no fact has the id "tae-a": did you mean "tea-a"?' in done.err


def shipped(*arguments: str) -> CommandResult:
    return command(*arguments, "--root", str(ROOT))


def test_why_of_every_shipped_fact(monkeypatch: pytest.MonkeyPatch) -> None:
    """All are asked of the project as it was read once."""
    read = pipeline.answers(ROOT)
    monkeypatch.setattr(pipeline, "answers", lambda _: read)
    ids = [fact["id"] for fact in shipped("facts", "--json").data["facts"]]
    assert len(ids) >= 80
    for id in ids[:: max(1, len(ids) // 5)]:
        done = shipped("why", id)
        assert done.code == 0
        assert done.out.startswith(f"{id}: ")
        assert "It rests on\n  nothing" not in done.out


def test_the_shipped_content_has_no_errors() -> None:
    found = shipped("check", "--format", "json").data
    assert [d for d in found["diagnostics"] if d["severity"] == "error"] == []
    assert found["ok"] is True
    assert all(brief["total"] - brief["bound"] <= 3 for brief in found["briefs"])
