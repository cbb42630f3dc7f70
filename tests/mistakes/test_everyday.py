"""Everyday mistakes are told where they are made, with what to do; none hides another; what is no mistake passes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.citing.pandoc import Citeproc
from reportgen.cli.new import STARTER
from reportgen.diagnostics import Diagnostic, counted_by_strict
from reportgen.load.files import MemoryFiles
from tests.driver import PROJECTS, Project, read_tree
from tests.mistakes.everyday import (
    BRIEF,
    CHARTS,
    CLAIM,
    DATA,
    DEATHS,
    EVERYDAY,
    MISSING,
    NETS,
    ROWS,
    SHARE,
    SITE,
    WHO,
    Variant,
)

Change = tuple[str, str | None, str | bytes]
STARTED = read_tree(STARTER)
WHOLE = read_tree(PROJECTS / "nets")
PLAIN = {path: data for path, data in WHOLE.items() if path != MISSING}
FIRST_BRIEF, SHOPS, UNITS = "content/briefs/first-brief.md", "content/facts/shops.yaml", "content/units.yaml"


@pytest.fixture(scope="module", autouse=True)
def one_pandoc() -> Iterator[None]:
    """One process for all, which answers each question once."""

    class Known(dict[str, str]):
        put = dict.__setitem__

    with Citeproc(known=Known()) as citeproc, pytest.MonkeyPatch.context() as patches:
        patches.setattr(pipeline, "Citeproc", lambda **_: nullcontext(citeproc))
        yield


def changed(files: Mapping[str, bytes], changes: Iterable[Change]) -> dict[str, bytes]:
    made = dict(files)
    for path, old, new in changes:
        if old is not None:
            text = made[path].decode()
            assert old in text, f"{old!r} is not in {path}"
            made[path] = text.replace(old, str(new), 1).encode()
        elif isinstance(new, str) and new.startswith("content/"):
            made[new] = made.pop(path)
        else:
            made[path] = new if isinstance(new, bytes) else new.encode()
    return made


def told(files: Mapping[str, bytes]) -> list[Diagnostic]:
    """What is told, but that the quotations are not looked for."""
    found = pipeline.check(Path("/nowhere"), files=MemoryFiles(files)).diagnostics
    return [one for one in found if one.code != "unverified"]


def line_of(one: Diagnostic) -> str:
    return f"{one.span.file}:{one.span.line} {one.code} {one.severity}"


def expected(variant: Variant) -> str:
    path, old, new, first = variant
    place = new if old is None and isinstance(new, str) and new.startswith("content/") else path
    return first if ":" in first or not first else f"{place}:{first}"


def test_without_a_mistake_nothing_is_told() -> None:
    assert told(WHOLE) == []


ALONE = (
    *("three blanks for two", "no closing quote", "619,000", "27,5", "27%", "one closing brace", "single braces"),
    *("no quotes in a call", "facts( for fact(", "kind: linechart", "values: for value:", "a fact with no value"),
    *("a column's unit in the plural", '"138,123" in a CSV', "a template with an unknown name", "who.yaml.txt"),
)


@pytest.mark.parametrize("name", EVERYDAY)
def test_a_mistake_is_told_first_with_its_place_and_what_to_do(name: str) -> None:
    assert len(EVERYDAY[name]) == 4
    for variant in EVERYDAY[name]:
        path, old, new, _ = variant
        found = told(changed(WHOLE if path == MISSING else PLAIN, [(path, old, new)]))
        assert (line_of(found[0]) if found else "") == expected(variant), variant
        assert all(one.hint for one in found), variant
        assert name not in ALONE or len(found) <= 1, "what follows from a mistake is no mistake of its own"


def bytes_of(path: str, encoding: str = "utf-8", before: bytes = b"", ends: str = "\n") -> dict[str, bytes]:
    text = PLAIN[path].decode().replace("\n", ends)
    return {**PLAIN, path: before + text.encode(encoding)}


def rows_of(old: str, new: str) -> dict[str, bytes]:
    return {**PLAIN, ROWS: PLAIN[ROWS].replace(old.encode(), new.encode())}


RIGHT = {
    **{f"Windows line ends in {path}": bytes_of(path, ends="\r\n") for path in (ROWS, NETS, BRIEF, SITE)},
    **{f"line ends of old Macs in {path}": bytes_of(path, ends="\r") for path in (ROWS, NETS, BRIEF, SITE)},
    **{f"a byte order mark in {path}": bytes_of(path, before=b"\xef\xbb\xbf") for path in (ROWS, NETS, BRIEF, SITE)},
    "UTF-16": bytes_of(ROWS, "utf-16"),
    "UTF-16, the small byte first": bytes_of(ROWS, "utf-16-le", b"\xff\xfe"),
    "UTF-16, the great byte first": bytes_of(ROWS, "utf-16-be", b"\xfe\xff"),
    "UTF-16 and Windows line ends": bytes_of(ROWS, "utf-16", ends="\r\n"),
    "semicolons": rows_of(",", ";"),
    "tabs": rows_of(",", "\t"),
    "semicolons and quotes": {**PLAIN, ROWS: re.sub(rb"\b(NG|KE)\b", rb'"\1"', PLAIN[ROWS]).replace(b",", b";")},
    "no end of the last line": {**PLAIN, ROWS: PLAIN[ROWS].rstrip()},
    "decimal commas": {**PLAIN, ROWS: PLAIN[ROWS].replace(b",", b";").replace(b"138123", b"138,5")},
    "commas and points": {**PLAIN, ROWS: PLAIN[ROWS].replace(b",", b";").replace(b"138123", b"138.123,5")},
    "spaces for thousands": rows_of("138123", "138 123"),
    "points for decimals": rows_of("138123", "138123.5"),
    **{
        f"{path[:-5]}.yml": {path[:-5] + ".yml" if name == path else name: data for name, data in PLAIN.items()}
        for path in (NETS, CHARTS, DATA, "content/sources/sources.yaml")
    },
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_no_mistake_is_accepted(name: str) -> None:
    assert told(RIGHT[name]) == []


@pytest.mark.parametrize(
    ("encoding", "word"), [("cp1252", "Bénin"), ("cp1252", "Åland"), ("cp1252", "Côte d’Ivoire"), ("cp1252", "España")]
)
def test_a_table_in_a_code_page_of_windows_is_read_with_a_word(encoding: str, word: str) -> None:
    files = {**PLAIN, ROWS: PLAIN[ROWS].decode().replace("KE", word).encode(encoding)}
    assert [line_of(one).split(" ", 1)[1] for one in told(files)] == ["code-page warning"]


def test_what_other_programs_leave_is_passed_over(tmp_path: Path) -> None:
    left = ("data/~$five.xlsx", ".DS_Store", "briefs/nets.md~", "facts/.nets.yaml.swp", "images/Thumbs.db")
    left += ("briefs/#nets.md#", "briefs/.#nets.md", "sources/.~lock.report.odt#", "briefs/~$draft.docx", "desktop.ini")
    project = Project.of(tmp_path, {**PLAIN, **{f"content/{name}": b"x: [" for name in left}})
    found = pipeline.check(project.root).diagnostics
    assert [line_of(one) for one in found if one.code != "unverified"] == []


# One hides no other

MANY: dict[str, tuple[Change, str]] = {
    "a name of a file": (("content/briefs/Be es.md", None, b"---\n"), "bad-id"),
    "an ending": (("content/briefs/old.markdown", None, b"---\n"), "wrong-ending"),
    "a tab": ((WHO, "  place: NG", "\tplace: NG"), "yaml-tab"),
    "a fact": ((BRIEF, 'given {{ fact("nets-2025") }}, {{', 'given {{ fact("nets-2026") }}, {{'), "unknown-fact"),
    "a call": ((BRIEF, "Nobody counted", "Nobody { fact(\"nets-2024\") } counted"), "bare-call"),
    "a typed number": ((DEATHS, "The office counted", "The office of 33 counted"), "typed-number"),
    "a source": ((DEATHS, "[@health-post]", "[@heath-post]"), "unknown-source"),
    "a picture": ((BRIEF, "images/net.png", "images/nest.png"), "unknown-picture"),
    "a number": ((SHARE, "value: 27.5", "value: 27,5"), "bad-number"),
    "a date": ((NETS, "as_of: 2024", "as_of: 1/2/2024"), "bad-date"),
    "a kind": ((CHARTS, "kind: line", "kind: linechart"), "wrong-value"),
    "a column's unit": ((DATA, "unit: net}", "unit: netts}"), "bad-unit"),
    "a note": ((BRIEF, "[^sold]: The", "[^solt]: The"), "unknown-note"),
    "a style": ((SITE, "lang: en", "lang: en\ncitation_style: chicago-17"), "unknown-style"),
}  # fmt: skip


@pytest.mark.parametrize("one", MANY)
def test_no_fault_hides_another(one: str) -> None:
    for other in list(MANY)[list(MANY).index(one) + 1 :]:
        codes = {found.code for found in told(changed(PLAIN, [MANY[one][0], MANY[other][0]]))}
        assert {MANY[one][1], MANY[other][1]} <= codes, f"{one} and {other}"


def test_all_faults_are_told_at_once() -> None:
    codes = {found.code for found in told(changed(PLAIN, [change for change, _ in MANY.values()]))}
    assert {code for _, code in MANY.values()} <= codes


# What stopped the program, or passed, in a project that had just begun

DATASET = (
    "{{id: d, file: d.csv, source: town-count-2025, columns:"
    " [{{name: Year, type: year}}, {{name: N, type: number, unit: {}}}]}}"
)
CHART = b"{id: d, kind: line, data: d, x: Year, y: N, title: It rose}"
ENDS = '{{ chart("shops-over-time") }}'


def with_column(unit: str, measure: str = "shop") -> dict[str, bytes]:
    more = {"content/data/d.csv": b"Year,N\n2020,5\n", "content/charts/d.yaml": CHART}
    more["content/data/d.yaml"] = DATASET.format(unit).encode()
    changes = [
        ("content/measures.yaml", "unit: shop}", f"unit: {measure}}}"),
        (FIRST_BRIEF, ENDS, f'{ENDS}\n\n{{{{ chart("d") }}}}'),
    ]
    return changed(STARTED, changes) | more


def with_facts(old: str, new: str) -> dict[str, bytes]:
    return changed(STARTED, [(SHOPS, old, new)])


def with_words(words: str) -> dict[str, bytes]:
    return changed(STARTED, [(FIRST_BRIEF, "Change this", f"{words} Change this")])


def in_language(tag: str, *, claim: bool = False, unit: bool = False) -> dict[str, bytes]:
    text = f'---\ntitle: Лавки\ndate: 2026-01-15\nlang: {tag}\n---\nБыло {{{{ fact("shops-2025") }}}}.\n'
    files = {**STARTED, "content/briefs/other.md": text.encode()}
    if claim:
        spoken = f'claim: {{en: "The town had {{value}}.", {tag}: "Было {{value}}."}}\n  measure: shops\n  value: 131'
        files = changed(files, [(SHOPS, 'claim: "The town had {value}."\n  measure: shops\n  value: 131', spoken)])
    if unit:
        some = "".join(f"{number}: {{en: shops, {tag}: лавки}}, " for number in ("few", "many"))
        forms = f"{{one: {{en: shop, {tag}: лавка}}, {some}other: {{en: shops, {tag}: лавки}}}}"
        files |= {UNITS: f"- {{id: shop, kind: count, plural: {forms}}}\n".encode()}
    return files


def cited(id: str, call: str) -> dict[str, bytes]:
    author, day = [{"family": "Roe", "given": "Jo"}], {"date-parts": [["2020"]]}
    item = {"id": id, "type": "report", "title": "Nets", "issued": day, "author": author}
    return with_words(f"See {call}.") | {"content/sources/lib.json": json.dumps([item]).encode()}


ZOTERO = "http://zotero.org/users/12345/items/ABCD1234"
LOCAL = "http://zotero.org/users/local/Ab/items/XY12"
LINE = "  value: 131\n"
FAULTS: dict[str, tuple[dict[str, bytes], str]] = {
    "a unit of a column": (with_column("nets"), ""),
    "a unit of a column, misspelt": (with_column("shps"), "content/data/d.yaml:1 bad-unit error"),
    "a unit of a column, cut": (with_column("kg/"), "content/data/d.yaml:1 bad-unit error"),
    "a unit of a column with a number": (with_column("10 shop"), "content/data/d.yaml:1 bad-unit error"),
    "a unit in the plural": (with_column("shop", "shops"), ""),
    "a unit in both": (with_column("shops", "shops"), ""),
    "a column in the plural": (with_column("shops"), ""),
    "a plural by another rule": (with_column("box", "boxes"), ""),
    **{
        f"{key} for value": (with_facts("value: 131", f"{key}: 131"), f"{SHOPS}:11 unknown-key error")
        for key in ("values", "Value", "valeu", "number")
    },
    "no line of a value": (with_facts(LINE, ""), f"{SHOPS}:9 bad-claim error"),
    "an empty value": (with_facts("value: 131", "value:"), f"{SHOPS}:9 bad-claim error"),
    "a value in a comment": (with_facts("value: 131", "# value: 131"), f"{SHOPS}:9 bad-claim error"),
    "no value of two": (changed(with_facts(LINE, ""), [(SHOPS, "  value: 120\n", "")]), f"{SHOPS}:3 bad-claim error"),
    **{
        f"a brief in {tag} without its words": (in_language(tag), f"{SHOPS}:9 missing-language warning")
        for tag in ("ru", "kk", "de")
    },
    "a brief without the noun": (in_language("ru", claim=True), f"{UNITS}:1 missing-forms warning"),
    "a brief without the claim": (in_language("ru", unit=True), f"{SHOPS}:9 missing-language warning"),
    "a brief with all its words": (in_language("ru", claim=True, unit=True), ""),
    "single braces": (with_words('{ fact("shops-2025") }'), f"{FIRST_BRIEF}:7 bare-call error"),
    "single braces, close": (with_words('{fact("shops-2025")}'), f"{FIRST_BRIEF}:7 bare-call error"),
    "no braces": (with_words('It has fact("shops-2025").'), f"{FIRST_BRIEF}:7 bare-call error"),
    "round brackets": (with_words('(fact("shops-2025"))'), f"{FIRST_BRIEF}:7 bare-call error"),
    "Zotero's own id": (cited(ZOTERO, f"[@{ZOTERO}]"), ""),
    "Zotero's own id in braces": (cited(ZOTERO, f"[@{{{ZOTERO}}}, p. 3]"), ""),
    "of a group": (cited("http://zotero.org/groups/9/items/XY12", "@{http://zotero.org/groups/9/items/XY12}"), ""),
    "of this machine": (cited(LOCAL, f"[@{{{LOCAL}}}]"), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_what_once_stopped_a_new_project_or_passed_in_silence(name: str) -> None:
    files, first = FAULTS[name]
    found = counted_by_strict(told(files))  # a notice of the program's own words in a language may stand before them
    assert ([line_of(one) for one in found] or [""])[0] == first


PLACES = "lang: en\nplaces: {NG: Nigeria, QX: The coast}"
LINES = "kind: line, data: five, x: Year, y: Nets, color: Country, highlight: [NG]"
OWN = 'figure: {data: [{type: bar, x: "@Year", y: "@Nets", name: {en: Nets, ru: Сетки}}]}'
NEXT_STEPS = {
    (SHARE, "value: 27.5", "value: ~27.5"): 'write value: 27.5 and relation: "~"',
    (SHARE, "value: 27.5", "value: more than 27.5"): 'write value: 27.5 and relation: ">"',
    (SHARE, "value: 27.5", "value: [27, 28]"): "a range is {min: …, max: …}",
    (SHARE, CLAIM, "{value} slept under a net."): 'write "{value} slept under a net."',
    (SHARE, "place: NG", "place: The coast"): 'did you mean "QX"?',
    (NETS, "value: 619000", "value: 619000\n  unit: $ million"): "USD, million EUR",
    (NETS, "value: 619000", "value: 619000\n  unit: million dollars"): "USD, million EUR",
    (SHARE, "[nets-2025] - [nets-2024]", "[nets-2025] and [nets-2024]"): "write a second one",
    (DATA, "measure: nets", "measure: net"): 'did you mean "nets"?',
    (BRIEF, "[@net-office-2025]", "[net-office-2025, p. 2]"): "write [@net-office-2025, p. 2]",
    (BRIEF, "![A net", "<!-- later\n\n![A net"): "a comment is written",
    (BRIEF, 'show="number"', "cite=no"): "write true or false",
    (CHARTS, LINES, f"data: five, {OWN}"): "one text",
}


@pytest.mark.parametrize("change", NEXT_STEPS)
def test_the_step_leads_on_and_nothing_follows_from_the_mistake(change: tuple[str, str, str]) -> None:
    (hint,) = [one.hint or "" for one in told(changed(PLAIN, [(SITE, "lang: en", PLACES), change]))] or [""]
    assert NEXT_STEPS[change] in hint
