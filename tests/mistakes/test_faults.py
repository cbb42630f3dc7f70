"""Mistakes that once stopped the program, or passed in silence, each with variants: what is said, and where.

Each changes the project `bees`; `expect` is `file:line code`, the first that is told, of an exit code of 1 for errors
and 0 for warnings.
"""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Iterator
from contextlib import nullcontext
from hashlib import sha256
from pathlib import Path
from time import process_time

import pytest

from reportgen import pipeline
from reportgen.citing.pandoc import Citeproc
from reportgen.cli.new import STARTER
from tests.driver import PROJECTS, Project, read_tree

FACTS, BRIEF, CHARTS = "content/facts/hives.yaml", "content/briefs/bees.md", "content/charts/charts.yaml"
DATA, ROWS, MEASURES = "content/data/hives.yaml", "content/data/weather.csv", "content/measures.yaml"
SITE, ABOUT, ARCHIVE = "content/site.yaml", "templates/404.html", "content/sources/archive.yaml"
CLAIM = "claim: The valley kept {value}."
FIRST = '{{ fact("hives-2021") }}, and'
HASH = "e7640e2e83a9d5776963528a2f3e598c5fbbe6583bfe4470c47f17f5e5aab304"

CASES: dict[str, tuple[str, str, str, str]] = {
    # a column's unit
    "a unit of a column with a sign": (DATA, "unit: mm}", "unit: kg/}", f"{DATA}:6 bad-unit error"),
    # no value
    "a date that is missing": (FACTS, "  value: 2020-06-25\n", "", f"{FACTS}:33 bad-claim error"),
    "no claim": (FACTS, f"  {CLAIM}\n", "", f"{FACTS}:2 missing-key error"),
    # a value that is no number
    "a comma without a measure": (
        FACTS,
        "measure: saying\n  value: a good year",
        "value: 24,000",
        f"{FACTS}:39 doubtful-text error",
    ),
    "a year without a measure": (
        FACTS,
        "measure: saying\n  value: a good year",
        "value: 2025",
        f"{FACTS}:39 doubtful-year warning",
    ),
    # front matter
    "an empty title": (BRIEF, "The bees of the valley", '""', f"{BRIEF}:2 empty-title error"),
    "an empty key message": (
        BRIEF,
        "title: The bees of the valley",
        "title: The bees\nkey_messages:\n- a\n- ' '",
        f"{BRIEF}:5 wrong-value error",
    ),
    "a title of tags": (BRIEF, "The bees of the valley", '"<b></b>"', f"{BRIEF}:2 empty-title error"),
    "a title of a comment": (BRIEF, "The bees of the valley", '"<!-- x -->"', f"{BRIEF}:2 empty-title error"),
    "a title of invisible signs": (BRIEF, "The bees of the valley", '"\u200b"', f"{BRIEF}:2 empty-title error"),
    "a chart's title of tags": (CHARTS, "title: Less rain", 'title: "<i></i>"', f"{CHARTS}:2 empty-title error"),
    # calls
    "a sign that turns the text": (BRIEF, "nobody counted", "nobody \u202ecounted", f"{BRIEF}:26 bidi-control warning"),
    "such a sign as an escape": (
        BRIEF,
        "The bees of the valley",
        '"The \\u202ebees"',
        f"{BRIEF}:2 bidi-control warning",
    ),
    # charts and rows
    # places
    "a place of no list": (FACTS, "place: UP", "place: HOLLIN", f"{FACTS}:5 unknown-place error"),
    "a place misspelt": (FACTS, "place: UP", "place: UPP", f"{FACTS}:5 unknown-place error"),
    # templates
    "an undefined name": (ABOUT, "site.description", "description", f"{ABOUT}:5 page-template error"),
    "a parent that is not there": (ABOUT, "base.html", "bases.html", f"{ABOUT}:1 page-template error"),
    "a block that is not closed": (
        ABOUT,
        "{% endblock %}\n{% block main",
        "{% block main",
        f"{ABOUT}:5 page-template error",
    ),
    "a link of a template": (ABOUT, "<h1>", '<a href="gone.html">x</a><h1>', f"{ABOUT}:4 broken-link error"),
    "an id twice in a template": (ABOUT, "<h1>", '<p id="a">x</p><h1 id="a">', f"{ABOUT}:4 repeated-id error"),
    "a label of nothing": (ABOUT, "<h1>", '<label for="a">x</label><h1>', f"{ABOUT}:4 unknown-id error"),
    # addresses
    "the site's own address": (
        BRIEF,
        "[above](#after)",
        "[x](https://bees.example/no)",
        f"{BRIEF}:46 unknown-link error",
    ),
    "an address without a host": (SITE, "https://bees.example/", "https://", f"{SITE}:4 wrong-value error"),
    "an address with a question": (
        SITE,
        "https://bees.example/",
        "https://a.example/?b",
        f"{SITE}:4 wrong-value error",
    ),
    "no address": (SITE, "license: CC BY 4.0", "license_url: by", f"{SITE}:8 wrong-value error"),
    "a timeline of a table": (
        CHARTS,
        "kind: line, data: weather, x: Year, y: Rain, color: Place",
        "kind: timeline, data: weather",
        f"{CHARTS}:2 wrong-value error",
    ),
}


class Known(dict[str, str]):
    """What pandoc has answered."""

    def put(self, key: str, answer: str) -> None:
        self[key] = answer


@pytest.fixture(scope="module")
def citeproc() -> Iterator[Citeproc]:
    with Citeproc(known=Known()) as one:
        yield one


@pytest.fixture(autouse=True)
def one_pandoc(citeproc: Citeproc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "Citeproc", lambda **_: nullcontext(citeproc))


USUAL = ("unverified", "claim-not-alone")
"""What is told of the project without a mistake."""


def told(project: Project, *command: str) -> tuple[int, list[str]]:
    """The exit code, and `file:line code severity` of each problem, in the order in which they are told."""
    done = project.run(*command)
    found = re.findall(r"^(\S[^\n]*?:\d+):\d+: (error|warning|notice)\[([a-z0-9-]+)\]", done.told, re.M)
    return done.code, [f"{place} {code} {severity}" for place, severity, code in found if code not in USUAL]


def changed(tmp_path: Path, path: str, old: str, new: str) -> Project:
    files = read_tree(PROJECTS / "bees")
    project = Project.of(tmp_path, {name: data for name, data in files.items() if name != ABOUT or path == ABOUT})
    text = project.read(path)
    assert old in text, f"{old!r} is not in {path}"
    project.write(path, text.replace(old, new, 1))
    return project


def test_without_a_mistake_nothing_is_told(tmp_path: Path) -> None:
    assert told(Project.of(tmp_path, read_tree(PROJECTS / "bees")), "check") == (0, [])


@pytest.mark.parametrize("name", CASES)
def test_the_cause_is_told_first_with_its_place(name: str, tmp_path: Path) -> None:
    path, old, new, expected = CASES[name]
    project = changed(tmp_path, path, old, new)
    code, found = told(project, "check")
    assert found, "nothing is told"
    assert found[0] == expected
    assert code == any(one.endswith("error") for one in found)


def test_an_earlier_name_of_a_draft_leads_nowhere(tmp_path: Path) -> None:
    """It stopped the program, and a page's led to a page that was not there."""
    project = Project.of(tmp_path, {n: d for n, d in read_tree(PROJECTS / "bees").items() if n != ABOUT})
    project.change("content/briefs/second.md", "status: draft", "status: draft\naliases: [earlier]")
    project.write("content/pages/how.md", "---\ntitle: How\norder: 1\nstatus: draft\naliases: [former]\n---\nSo.\n")
    done = project.build(formats="html", jobs=1)
    assert done.ok, done.faults
    assert not any("earlier" in path or "former" in path for path in done.site)


def test_a_chart_that_one_language_shows_is_looked_at_in_the_others(tmp_path: Path) -> None:
    """Its own page stands in each language in which its title is; a brief in one of them says nothing of the others."""
    project = changed(tmp_path, SITE, "lang: en\n", "lang: en\nlanguages: [en, ru]\n")
    project.write("content/briefs/plain.md", '---\ntitle: More\ndate: 2024-04-01\n---\n{{ chart("rain") }}\n')
    project.write(
        "content/briefs/plain.ru.md", "---\ntitle: Ещё\ndiffers: {charts: [rain], reason: In English.}\n---\nСлова.\n"
    )
    project.change(CHARTS, "title: Less rain", "title: {en: Less rain, ru: Меньше дождей}, subtitle: {en: By place}")
    assert f"{CHARTS}:2 missing-language warning" in told(project, "check")[1]


def test_what_an_error_leaves_out_of_a_translation_is_no_difference(tmp_path: Path) -> None:
    project = changed(tmp_path, SITE, "lang: en\n", "lang: en\nlanguages: [en, ru]\n")
    text = '---\ntitle: More\ndate: 2024-04-01\n---\n{{ fact("saying") }} and {{ fact("hives-2021") }}.\n'
    project.write("content/briefs/plain.md", text)
    project.write(
        "content/briefs/plain.ru.md", text.replace("date: 2024-04-01\n", "").replace("hives-2021", "hives-2020")
    )
    codes = [one for one in told(project, "check")[1] if one.startswith("content/briefs/plain.ru.md")]
    assert [one.split()[1] for one in codes] == ["unknown-fact"]


def test_a_link_to_what_is_wrong_itself_is_no_mistake(tmp_path: Path) -> None:
    project = changed(tmp_path, BRIEF, "nobody counted", "[nobody](../pages/how.md) [counted](plain.md)")
    project.write("content/briefs/plain.md", "---\ntitle: More\ndate: tomorrow\n---\nWords.\n")
    project.write("content/pages/how.md", "---\ntitle: How\norder: first\n---\nWords.\n")
    found = ["content/briefs/plain.md:3 bad-date error", "content/pages/how.md:3 wrong-type error"]
    assert told(project, "check") == (1, found)


@pytest.mark.parametrize("hash", [HASH[:-1], HASH + "0", f"{HASH[:-1]}x"])
def test_a_wrong_hash_is_told_once(tmp_path: Path, hash: str) -> None:
    project = Project.of(tmp_path, read_tree(PROJECTS / "bees"))
    project.write(ARCHIVE, f"guild-2022: [{{sha256: {hash}, media_type: text/plain, retrieved: 2026-01-15}}]\n")
    done = project.run("check")
    assert done.code == 1
    assert done.out.count("error[bad-sha256]") == 1
    assert '"hives-2021" is not verified' not in done.out


NAMES = {
    "hives.yaml.txt": (FACTS, "content/facts/hives.yaml.txt", "wrong-ending error"),
    "hives.YAML": (FACTS, "content/facts/hives.YAML", "wrong-ending error"),
    "hives.Yml": (FACTS, "content/facts/hives.Yml", "wrong-ending error"),
    "bees.markdown": (BRIEF, "content/briefs/bees.markdown", "wrong-ending error"),
    "bees.md.txt": (BRIEF, "content/briefs/bees.md.txt", "wrong-ending error"),
    "bees.txt": (BRIEF, "content/briefs/bees.txt", "wrong-ending error"),
    "My Bees.md": (BRIEF, "content/briefs/My Bees.md", "bad-id error"),
    "a line end": (BRIEF, "content/briefs/be\nes.md", "file-name error"),
    "no UTF-8": (BRIEF, os_name := b"content/briefs/b\xe9es.md".decode("utf-8", "surrogateescape"), "file-name error"),
    "a backslash": (BRIEF, "content/briefs/be\\es.md", "file-name error"),
    "a device": (BRIEF, "content/briefs/con.md", "file-name error"),
    "a device with an ending": (FACTS, "content/facts/NUL.yaml", "file-name error"),
    "a colon": ("content/images/hive.png", "content/images/hi:ve.png", "file-name error"),
    "capital letters alone": ("", "content/images/HIVE.png", "file-name error"),
}


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_file_is_told_first(name: str, tmp_path: Path) -> None:
    old, new, expected = NAMES[name]
    project = Project.of(tmp_path, read_tree(PROJECTS / "bees"))
    data = project.path(old or "content/images/hive.png").read_bytes()
    if old:
        project.remove(old)
    project.path(new).write_bytes(data)
    code, found = told(project, "check")
    assert code == 1
    assert found[0].endswith(expected)
    assert "\n" not in found[0]


@pytest.mark.parametrize("name", ["hives.yaml.txt", "hives.YAML", "hives.Yml"])
def test_what_names_a_file_s_facts_is_not_wrong_for_its_name(name: str, tmp_path: Path) -> None:
    old, new, expected = NAMES[name]
    project = Project.of(tmp_path, read_tree(PROJECTS / "bees"))
    project.path(old).rename(project.path(new))
    assert [one.split(" ", 1)[1] for one in told(project, "check")[1]] == [expected]


def test_one_odd_name_hides_nothing(tmp_path: Path) -> None:
    project = changed(tmp_path, BRIEF, FIRST, '{{ fact("hive-2021") }}, and')
    project.path("content/briefs/be\nes.md").write_bytes(b"---\n")
    project.path(os_name).write_bytes(b"---\n")
    codes = [one.split()[-2] for one in told(project, "check")[1]]
    assert codes == ["file-name", "file-name", "unknown-fact"]


@pytest.mark.parametrize(
    ("name", "says"),
    [("briefs/draft.docx", "ends in .md"), ("sources/report.pdf", "reportgen verify")],
)
def test_a_file_of_another_program_is_told_with_what_to_do(tmp_path: Path, name: str, says: str) -> None:
    project = Project.of(tmp_path, read_tree(PROJECTS / "bees") | {f"content/{name}": b"PK"})
    done = project.run("check")
    assert done.code == 0
    assert "warning[unknown-file]" in done.out
    assert says in done.out


@pytest.mark.parametrize("unit", ["shops", "boxes", "colonies", "hives", "kg/person"])
def test_a_counted_noun_may_stand_in_the_plural(tmp_path: Path, unit: str) -> None:
    assert told(changed(tmp_path, DATA, "unit: mm}", f"unit: {unit}}}"), "check") == (0, [])


def test_a_workbook_that_is_there_is_not_said_to_be_missing(tmp_path: Path) -> None:
    project = changed(tmp_path, DATA, "weather.csv", "weather.xlsx")
    project.path("content/data/weather.xlsx").write_bytes(b"PK")
    assert told(project, "check")[1][0] == "content/data/weather.xlsx:1 unreadable-table error"


@pytest.mark.parametrize(
    ("path", "encoding"), [(ROWS, "cp1252"), (FACTS, "cp1252"), (FACTS, "utf-16")], ids=["table", "facts", "sixteen"]
)
def test_a_line_is_shown_in_its_file_s_own_encoding(tmp_path: Path, path: str, encoding: str) -> None:
    project = changed(tmp_path, path, "LO" if path == ROWS else CLAIM, "Überé" if path == ROWS else "claim: Überé.")
    project.path(path).write_bytes(project.read(path).encode(encoding))
    assert ("Überé" in project.run("check").out) == (encoding == "cp1252")
    assert "\ufffd" not in project.run("check").out


SUGGESTED = [
    ("net", ["nt", "kg", "hive"], None),
    ("person", ["percent", "hive"], None),
    ("hives-2021", ["price-2021", "price-2022"], None),
    ("hivs", ["hive", "kg"], "hive"),
    ("guild-2032", ["guild-2023", "gazette-2022"], "guild-2023"),
    ("tea-d", ["tea-a", "tea-b", "tea-c"], None),
    ("linechart", ["line", "bar"], "line"),
    ("hives–2021", ["hives-2021", "hives-2022"], "hives-2021"),
]


@pytest.mark.parametrize(("typed", "known", "meant"), SUGGESTED)
def test_a_suggestion_is_never_a_guess(typed: str, known: list[str], meant: str | None) -> None:
    from reportgen.load.suggest import nearest

    assert nearest(typed, known) == meant


@pytest.fixture
def starter(tmp_path: Path) -> Project:
    return Project.of(tmp_path, read_tree(STARTER))


@pytest.mark.parametrize(
    "times", [("2024", "2025"), ("2022", "2025"), ("2024-06", "2025-06"), ("2024-12-31", "2025-12-31")]
)
def test_a_series_is_no_conflict(starter: Project, times: tuple[str, str]) -> None:
    starter.change(MEASURES, "unit: shop", "unit: shop, comparable_within: P6M")
    starter.change("content/facts/shops.yaml", "counted 131 shops in December 2025", "counted 131 shops")
    starter.write("content/evidence.lock", "")
    for old, new in zip(("2024-12", "2025-12"), times, strict=True):
        starter.change("content/facts/shops.yaml", f"as_of: {old}\n", f"as_of: {new}\n")
    assert told(starter, "check") == (0, [])


def test_a_time_without_a_beginning_and_an_end_is_an_error(starter: Project) -> None:
    starter.change("content/facts/shops.yaml", "as_of: 2025-12\n", "as_of: ../..\n")
    assert "content/facts/shops.yaml:12 bad-date error" in told(starter, "check")[1]


def test_addresses_of_an_own_stylesheet_are_those_of_the_site(starter: Project) -> None:
    """`publish` would refuse the site."""
    starter.write("content/images/a b.png", read_tree(PROJECTS / "lighthouses")["content/images/muckle head.png"])
    rules = "a { background: url(data:image/png;base64,AAAA) url('images/a b.png') }\nb { background: url(no.png) }\n"
    starter.write("templates/custom.css", f"{rules}@import 'no.css';\n")
    found = [line for line in told(starter, "check")[1] if "custom.css" in line]
    assert found == ["templates/custom.css:2 unknown-link error", "templates/custom.css:3 unknown-link error"]


@pytest.mark.parametrize(
    "text",
    ["It counted 131 shops in December 2025.", "Nothing of the year before.", "There were 125 shops in the town."],
)
def test_a_newer_copy_that_lacks_the_words_is_told(starter: Project, text: str) -> None:
    starter.write("saved/newer.txt", text)
    newer = f"{{sha256: {sha256(text.encode()).hexdigest()}, media_type: text/plain, retrieved: 2026-11-29}}]"
    starter.change(ARCHIVE, "2026-01-15}]", f"2026-01-15}}, {newer}")
    assert starter.run("verify", "--archive", str(starter.path("saved"))).code == 0
    assert "content/facts/shops.yaml:7 quote-not-in-newest notice" in told(starter, "check")[1]


LONG = {
    "lists in each other": (FACTS, "note: " + "[" * 400 + "]" * 400, "yaml-depth"),
    "maps in each other": (FACTS, "note: " + "{a: " * 400 + "}" * 400, "yaml-depth"),
    "unknown keys": (FACTS, "\n  ".join(f"key{n}: {n}" for n in range(5000)), "unknown-key"),
    "a long text": (FACTS, f'note: "{"word " * 1_000_000}"', "unreadable"),
    "a large table": (ROWS, "2020,510,UP\n" * 400_000, "unreadable"),
    "a large brief": (BRIEF, "Some words. " * 100_000, "unreadable"),
    "a brief of very many lines": (BRIEF, "---\n" * 100_000, "unreadable"),
}


@pytest.mark.parametrize("name", LONG)
def test_what_is_too_much_is_told_at_once(tmp_path: Path, name: str) -> None:
    path, text, code = LONG[name]
    project = Project.of(tmp_path, read_tree(PROJECTS / "bees"))
    if path == FACTS:
        text = f"- id: long\n  claim: A thing.\n  {text}\n  evidence: [{{source: guild-2022, quote: a thing}}]\n"
    project.append(path, text)
    began = process_time()
    result, found = told(project, "check")
    assert process_time() - began < 5
    assert (result, found[0].split()[-2]) == (1, code)
    assert len(found) < 40


def test_a_file_of_hundreds_of_megabytes_is_not_read(tmp_path: Path) -> None:
    project = Project.of(tmp_path, read_tree(PROJECTS / "bees"))
    for name in ("images/big.png", "facts/big.yaml", "data/big.csv"):
        with project.path(f"content/{name}").open("wb") as file:
            file.truncate(200 * 1024**2)
    tracemalloc.start()
    code, found = told(project, "check")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert code == 1
    assert {"content/images/big.png:1 unreadable error", "content/facts/big.yaml:1 unreadable error"} <= set(found)
    assert most < 100 * 1024**2


def test_a_conflict_is_shown_once(tmp_path: Path) -> None:
    again = '{{ conflict("count") }}\n\n{{ conflict("count") }}'
    assert told(changed(tmp_path, BRIEF, '{{ conflict("count") }}', again), "check") == (
        1,
        [f"{BRIEF}:26 shown-twice error"],
    )
