"""Libraries as reference managers write them: what loads, what is left out and told, what is refused and how."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.citing.pandoc import Citeproc
from reportgen.citing.styles import find_style
from reportgen.diagnostics import Diagnostic
from reportgen.load import csl
from reportgen.load.addresses import web_address
from reportgen.load.files import MemoryFiles
from reportgen.load.project import load
from reportgen.model.citation import CitationRequest, CitedWork
from reportgen.model.project import Project
from tests.libraries import ITEMS, zotero_export

SITE = {"content/site.yaml": "title: T\npublisher: P\nbase_url: https://example.org/\n"}


@pytest.fixture(scope="module")
def citeproc() -> Iterator[Citeproc]:
    with Citeproc() as one:
        yield one


def loaded(files: dict[str, str], citeproc: Citeproc | None = None) -> tuple[Project, list[Diagnostic]]:
    below = {f"content/sources/{name}": text for name, text in files.items()}
    read = (lambda text: citeproc.read_bibliography(text, "biblatex")) if citeproc else None
    return load(MemoryFiles({**SITE, **below}), read_bibliography=read)


def told(found: list[Diagnostic]) -> list[tuple[str, str, int]]:
    return [(problem.code, problem.severity, problem.span.line) for problem in found]


def item(**fields: Any) -> dict[str, Any]:
    return {"id": "a", "type": "book", "title": "T", **{key.replace("_", "-"): value for key, value in fields.items()}}


def printed(citeproc: Citeproc, items: list[dict[str, Any]]) -> list[str]:
    """The items as APA prints them, out of a library that holds them."""
    numbered = [{**each, "id": f"s{number}"} for number, each in enumerate(items)]
    sources = list(loaded({"library.json": json.dumps(numbered)})[0].sources.values())
    works = tuple(CitedWork(source.csl, source.slug) for source in sources)
    ids = tuple(source.id for source in sources)
    formatted = citeproc.format(CitationRequest((), works, find_style("apa", Path()), "en", ids))
    by_id = {entry.source: re.sub(r"<[^>]*>", "", entry.html) for entry in formatted.bibliography}
    return [by_id[id] for id in ids]


# Dates


DATES: list[tuple[Any, str, str | None, bool]] = [
    ({"literal": "Q3 2021", "date-parts": [[2021]]}, "Q3 2021", "2021", True),
    ({"literal": "in press"}, "in press", None, True),
    ({"literal": "13th century"}, "13th century", None, True),
    ({"literal": "1996_2004"}, "1996–2004", None, True),
    ({"literal": "1996_"}, "1996–", None, True),
    ({"raw": "May 5, 2019"}, "May 5, 2019", None, True),
    ({"raw": "2019-05/2020-01"}, "2019–2020", "2019-05/2020-01", True),
    ({"raw": "2020-05-06T10:11:12Z"}, "2020", "2020-05-06", False),
    ("2020-05-06", "2020", "2020-05-06", True),
    (2020, "2020", "2020", True),
    ({"raw": "193X"}, "1930–1939", "1930/1939", True),
    ({"date-parts": [[1950]], "season": "1"}, "1950", "1950-21", True),
    ({"date-parts": [["2021"]], "season": 3}, "2021", "2021-23", True),
    ({"date-parts": [[2021]], "season": "Spring"}, "2021", "2021-21", True),
    ({"date-parts": [[2015, 14], [2016, 16]]}, "2015–2016", "2015-22/2016-24", True),
    ({"date-parts": [[2021]], "season": "10:11:12"}, "2021", "2021", True),
    ({"date-parts": [[2021]], "season": "harvest"}, "2021", "2021", False),
    ({"date-parts": [[-44, 3, 15]]}, "44 B.C.E.", "-0043-03-15", True),
    ({"date-parts": [[1900]], "circa": True}, "ca. 1900", "1900~", True),
    ({"date-parts": [[2004, 6], [0]]}, "2004–", "2004-06/", True),
    ({"date-parts": [[2004, 6], []]}, "2004", "2004-06", True),
    ({"date-parts": [[2004], [2005], [2006]]}, "2004–2005", "2004/2005", False),
    ({"raw": "2004-06/.."}, "2004–", "2004-06/", True),
    ({"date-parts": [[2020, "", ""]]}, "2020", "2020", True),
    ({"date-parts": [["2020", "5", "06"]]}, "2020", "2020-05-06", True),
    ({"date-parts": [2020, 5]}, "2020", "2020-05", True),
    ({"date-parts": [[2020, 60]]}, "2020", "2020", False),
    ({"date-parts": [[2020, -1]]}, "2020", "2020", False),
    ({"date-parts": [[2020, 5, 0]]}, "2020", "2020-05", False),
    ({"date-parts": [["2020-05-06"]]}, "n.d.", None, False),
    ({"date-parts": 5}, "n.d.", None, False),
    (True, "n.d.", None, False),
    ({"date-parts": [[None]]}, "n.d.", None, True),
    ({"date-parts": [[]]}, "n.d.", None, True),
    ({"date-parts": None}, "n.d.", None, True),
    ({}, "n.d.", None, True),
    (None, "n.d.", None, True),
    ("", "n.d.", None, True),
]


def test_dates_print_as_pandoc_prints_them(citeproc: Citeproc) -> None:
    items = [item(author=[{"family": f"Doe{n}"}], issued=date) for n, (date, *_) in enumerate(DATES)]
    assert printed(citeproc, items) == [f"Doe{n}. ({words}). T." for n, (_, words, *_) in enumerate(DATES)]


@pytest.mark.parametrize(("date", "edtf", "whole"), [(date, edtf, whole) for date, _, edtf, whole in DATES])
def test_a_date_is_read_as_a_time_and_what_is_lost_is_told(date: Any, edtf: str | None, whole: bool) -> None:
    project, found = loaded({"library.json": json.dumps([item(issued=date)])})
    time = project.sources["a"].issued
    assert (time.text if time else None) == edtf
    assert told(found) == ([] if whole else [("source-field", "notice", 1)])


def test_a_date_in_words_is_shown_in_them() -> None:
    project, _ = loaded({"library.json": json.dumps([item(issued={"literal": "Q3 2021", "date-parts": [[2021]]})])})
    assert project.sources["a"].issued_words == "Q3 2021"


# Items of any kind


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | st.text(max_size=8)
    | st.sampled_from(("2020", "in press", "https://example.org/", "javascript:x", "Doe || Jane", "~/x.pdf")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(("family", "given", "literal", "date-parts", "raw", "season", "circa", "name", "x")), inner,
        max_size=3,
    ),
    max_leaves=6,
)  # fmt: skip
KEYS = st.sampled_from([*sorted(csl.KEYS - {"id", "type"}), "file", "X"])
ANY_ITEMS = st.lists(st.dictionaries(KEYS, JSON_VALUES, max_size=8), min_size=20, max_size=40)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANY_ITEMS)
def test_whatever_an_export_holds_is_cited_or_left_out(citeproc: Citeproc, items: list[dict[str, Any]]) -> None:
    assert len(printed(citeproc, [{**each, "type": "book"} for each in items])) == len(items)


def test_names_ids_and_days_of_access_of_any_kind(citeproc: Citeproc) -> None:
    address = {"URL": "https://example.org/a_b?c=1&d=%D0%B0"}
    items = [
        item(author=[{"given": "Plato"}], accessed={"literal": "last spring"}, **address),
        item(author=[{"family": "Suharto"}], accessed={"date-parts": [["2020", 1, "05"]]}, **address),
        item(author=[{"family": "", "given": "", "literal": "UN"}]),
        item(author=[{"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}]),
    ]
    assert printed(citeproc, items) == [
        "Plato. (n.d.). T. Retrieved last spring, from https://example.org/a_b?c=1&amp;d=%D0%B0",
        "Suharto. (n.d.). T. Retrieved January 5, 2020, from https://example.org/a_b?c=1&amp;d=%D0%B0",
        "UN. (n.d.). T.",
        "van Gogh, V. (n.d.). T.",
    ]
    ids = ["Doe 2019", "a/b:c.d", "Müller2019_α", "http://zotero.org/x", "Müller2019-β"]
    project, found = loaded({"library.json": json.dumps([{**item(), "id": id} for id in ids])})
    assert (list(project.sources), found) == (ids, [])
    assert len({source.slug for source in project.sources.values()}) == len(ids)


def test_an_odd_field_stops_nothing(citeproc: Citeproc) -> None:
    odd = [
        item(title=["One"]),
        item(title=["One", "Two"]),
        item(title={"en": "One"}),
        item(ISSN=["1234-5678", "8765-4321"]),
        item(container_title=[], short_title=None, unknown={"a": 1}),
        item(volume=float("inf")),
        item(author=[{"name": "Tea Institute", "affiliation": [{"name": "x"}]}]),
        item(author=[{"family": "Roe", "given": "Jo"}, 5]),
        item(author=[{"family": "", "given": "", "literal": "UN"}]),
        item(title="half \ud800"),
        {"id": 12345, "type": "report", "title": "A number for an id"},
    ]
    for number, each in enumerate(odd[:-1]):
        each["id"] = f"s{number}"
    project, found = loaded({"library.json": json.dumps(odd, indent=1)})
    assert len(project.sources) == len(odd)
    assert {(problem.code, problem.severity) for problem in found} == {("source-field", "notice")}
    assert sorted(problem.message for problem in found) == [
        '"s1": "title" is a list: the first of its 2 texts is taken',
        '"s2": "title" is not a text: it is left out',
        '"s5": "volume" is not a text: it is left out',
        '"s7": "author" holds what is no name: what is no name is left out',
        '"s9": "title" is not a text: it is left out',
    ]
    assert json.loads(project.sources["s3"].csl)["ISSN"] == "1234-5678, 8765-4321"
    assert json.loads(project.sources["s6"].csl)["author"] == [{"literal": "Tea Institute"}]


def test_what_many_sources_have_in_common_is_told_once() -> None:
    items = [{**item(URL=f"www.x.example/{n}"), "id": f"s{n}"} for n in range(50)]
    items += [{**item(URL="javascript:alert(1)"), "id": "bad"}]
    _, found = loaded({"library.json": json.dumps(items)})
    assert sorted(problem.message for problem in found) == [
        '"bad": "URL" is left out: it is no address on the web',
        '"s0": "URL" is read as https://www.x.example/0; and so of "s1", "s2", "s3" and 46 more sources',
    ]


def test_what_zotero_s_field_extra_holds_is_cited_and_the_rest_of_a_note_is_not() -> None:
    note = "original-date: 1938\neditor: Roe || Jo\n{:PMID: 12}keyword: x\nCall me: tomorrow\nDOI: 10.1/x"
    project, found = loaded({"library.json": json.dumps([item(note=note)])})
    assert not found
    kept = json.loads(project.sources["a"].csl)
    assert kept.keys() == {"id", "type", "title", "original-date", "editor", "PMID"}
    assert kept["editor"] == [{"family": "Roe", "given": "Jo"}]


# Addresses


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://example.org/a?b=1&c=%20#d", "https://example.org/a?b=1&c=%20#d"),
        ("www.example.org", "https://www.example.org"),
        ("doi.org/10.1000/x", "https://doi.org/10.1000/x"),
        ("doi:10.1000/x", "https://doi.org/10.1000/x"),
        ("//example.org/x", "https://example.org/x"),
        ("example.org/page", "https://example.org/page"),
        ("<https://example.org/>", "https://example.org/"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ('https://example.org/"onclick="x', "https://example.org/%22onclick=%22x"),
        ("https://example.org/чай", "https://example.org/чай"),
        ("https://example.org/; https://example.com/", "https://example.org/"),
        (r"https://example.org/a\_b\%20c\~{}d", "https://example.org/a_b%20c~d"),
        ("javascript:alert(1)", ""),
        ("JavaScript://example.org/%0aalert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///Users/roe/x.pdf", ""),
        ("zotero://select/library/items/X", ""),
        ("ftp://example.org/", ""),
        ("https://", ""),
        ("https://[x", ""),
        ("https://roe:secret@example.org/", ""),
        ("paper.pdf", ""),
        ("see the library", ""),
    ],
)
def test_an_address_is_on_the_web_or_none(typed: str, address: str) -> None:
    found = web_address(typed)
    assert found.address == address
    assert bool(found.why) is (address != typed)


@given(st.text() | st.text().map("https://example.org/".__add__) | st.text().map("www.".__add__))
def test_no_text_becomes_an_address_that_is_not_of_the_web(typed: str) -> None:
    address = web_address(typed).address
    assert not address or re.match(r"https?://[^\s<>\"]+\Z", address, re.IGNORECASE)


# BibTeX


BIB = r"""@string{pub = {Steppe Press}}
@comment{nothing}
@article{alpha,
  title = {The {$\alpha$}-particle and $E=mc^2$},
  author = {M{\"u}ller, {\AA}sa and {Ministry of Tea, Land and Water}},
  journal = pub, year = {in press}, url = {www.example.org/a}, note = {zzsecret}, abstract = {zzsecret},
  keywords = {zzsecret}, file = {/Users/me/zzsecret.pdf}, annote = {zzsecret}
}
@online{decade, title = {B}, date = {199X}}
@online{open, title = {C}, date = {2004-06/..}}
@online{before, title = {D}, date = {-0044}}
"""


def test_bibtex_with_strings_accents_mathematics_and_dates_in_words(citeproc: Citeproc) -> None:
    project, found = loaded({"library.bib": BIB}, citeproc)
    assert [(problem.code, problem.span.line, problem.span.column) for problem in found] == [("source-field", 6, 43)]
    alpha = json.loads(project.sources["alpha"].csl)
    assert re.sub(r"\s", " ", alpha["title"]) == "The <i>α</i>-particle and <i>E</i> = <i>mc</i><sup>2</sup>"
    assert alpha["author"] == [{"family": "Müller", "given": "Åsa"}, {"literal": "Ministry of Tea, Land and Water"}]
    assert (alpha["container-title"], alpha["issued"], alpha["URL"]) == (
        "Steppe Press", {"literal": "in press"}, "https://www.example.org/a"
    )  # fmt: skip
    assert "zzsecret" not in repr(project.sources)
    times = {id: source.issued.text for id, source in project.sources.items() if source.issued}
    assert times == {"decade": "1990/1999", "open": "2004-06/", "before": "-0044"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("@book{a, title={A}, crossref={b}}\n@book{b, title={B},\n crossref={b}}\n", 3),
        ("@book{a, title={A}, crossref={b}}\n@book{b, crossref = {c}}\n@book{c, title={C}, crossref={a}}\n", 3),
        ('@book{a, title={A}, crossref="a"}\n@book{b, title={B}}\n@book{c, title={C}, crossref={a}}\n', 1),
        ("@book{a, title={A}, xdata={x,A}}\n@book{b, title={B}}\n@book{c, title={C}}\n", 1),
    ],
)
def test_entries_that_inherit_from_themselves_end_at_once(text: str, line: int, citeproc: Citeproc) -> None:
    began = time.process_time()
    project, found = loaded({"library.bib": text}, citeproc)
    assert time.process_time() - began < 10
    assert list(project.sources) == [key for key in "abc" if f"{{{key}," in text]
    assert told(found) == [("source-field", "notice", line)]
    assert "leads back to itself" in found[0].message


def test_a_fault_in_bibtex_has_its_line() -> None:
    def read(text: str) -> list[dict[str, Any]]:
        raise ValueError("no closing brace", 3)

    _, found = load(MemoryFiles({**SITE, "content/sources/x.bib": "@a{b,\n\n"}), read_bibliography=read)
    assert told(found) == [("bibtex-syntax", "error", 3)]


# What is no library of ours, and what stands there twice


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("x.json", '{"config": {"label": "BetterBibTeX JSON"}, "items": [{"itemType": "book"}]}', "Better CSL JSON"),
        ("x.json", '[{"key": "A", "version": 1, "data": {"itemType": "book"}}]', "Better CSL JSON"),
        ("x.json", '[{"itemType": "book", "title": "T"}]', "Better CSL JSON"),
        ("x.rdf", "<rdf:RDF/>", "CSL JSON"),
        ("x.ris", "TY  - BOOK\nER  - \n", "CSL JSON"),
        ("x.xml", "<xml><records/></xml>", "CSL JSON"),
        ("x.enw", "%0 Book", "Import"),
        ("x.csv", '"Key","Item Type"', "CSL JSON"),
    ],
)
def test_other_formats_are_told_what_to_export(name: str, text: str, said: str) -> None:
    fact = "- {id: x, claim: Tea is drunk., evidence: [{source: nobody-knows, quote: tea}]}\n"
    _, found = load(MemoryFiles({**SITE, f"content/sources/{name}": text, "content/facts/x.yaml": fact}))
    assert told(found) == [("foreign-library", "error", 1)], "the cause comes without its effects"
    assert said in (found[0].hint or "")


def test_csl_items_under_a_key_are_read() -> None:
    one = loaded({"x.json": json.dumps({"items": [item()]})})
    other = loaded({"x.yaml": "references:\n- {id: a, type: book, title: T}\n"})
    for project, found in (one, other):
        assert not found
        assert list(project.sources) == ["a"]


def test_the_same_export_twice_is_read_once_with_a_word() -> None:
    project, found = loaded({"a.json": zotero_export(), "a copy.json": zotero_export()})
    assert len(project.sources) == 120
    repeated = [problem for problem in found if problem.code == "repeated-source"]
    assert [(problem.severity, "and 119 more sources" in problem.message) for problem in repeated] == [("notice", True)]
    assert "content/sources/a copy.json" in repeated[0].message


def test_two_works_with_one_id_are_an_error_that_names_both_places() -> None:
    _, found = loaded({"a.json": json.dumps([item()]), "b.json": json.dumps([item(title="Other")])})
    assert told(found) == [("duplicate-id", "error", 1)]
    assert (found[0].span.file, found[0].hint) == (
        "content/sources/b.json", "the other stands at content/sources/a.json:1"
    )  # fmt: skip


def test_a_change_in_what_is_private_is_no_change() -> None:
    _, found = loaded({"a.json": json.dumps([item(note="one")]), "b.json": json.dumps([item(note="other")])})
    assert told(found) == [("repeated-source", "notice", 1)]


# Keys


def test_zotero_s_ids_have_short_slugs_and_take_keys() -> None:
    project, found = loaded({"lib.json": zotero_export(), "keys.yaml": f"survey: {ITEMS}AAAA2024\n"})
    assert {problem.code for problem in found} == {"source-field"}
    survey = project.sources["survey"]
    assert (survey.slug, survey.exported_id, json.loads(survey.csl)["id"]) == ("survey", f"{ITEMS}AAAA2024", "survey")
    assert project.sources[f"{ITEMS}AAAA1510"].slug == "aaaa1510"


@pytest.mark.parametrize(
    ("keys", "code", "said"),
    [
        (f"tea: {ITEMS}AAAABLOGG\n", "unknown-source", f'did you mean "{ITEMS}AAAABLOG"?'),
        (f"Tea 1: {ITEMS}AAAA2024\n", "bad-id", 'for example "tea-1"'),
        (f"a: {ITEMS}AAAA2024\nb: {ITEMS}AAAA2024\n", "duplicate-id", "delete one of the two"),
        (f"tea: [{ITEMS}AAAA2024]\n", "wrong-type", "write one id after the colon"),
        ("- tea\n", "wrong-type", "tea-2020: http://zotero.org/users/1/items/ABCD1234"),
    ],
)
def test_a_key_that_cannot_be_given_is_told(keys: str, code: str, said: str) -> None:
    _, found = loaded({"lib.json": zotero_export(), "keys.yaml": keys})
    (problem,) = [problem for problem in found if problem.severity == "error"]
    assert (problem.code, problem.span.file, problem.hint) == (code, "content/sources/keys.yaml", said)


# YAML


def test_yaml_by_hand_is_told_with_its_nearest_and_its_step() -> None:
    text = """
- {id: a, type: book, titel: T, title: T, issued: 2020-05-06T10:00, remark: A scan., note: private}
- {id: b, type: book, title: T, issued: in press, URL: www.example.org}
"""
    project, found = loaded({"x.yaml": text})
    assert sorted(told(found)) == [
        ("bad-date", "error", 3), ("source-field", "notice", 2), ("source-field", "notice", 3),
        ("unknown-key", "error", 2),
    ]  # fmt: skip
    hints = {problem.code: problem.hint for problem in found}
    assert hints["unknown-key"] == 'did you mean "title"?'
    assert hints["bad-date"] is not None
    assert hints["bad-date"].endswith("{literal: in press}")
    assert project.sources["a"].remark == "A scan."
    assert project.sources["a"].issued is not None
    assert project.sources["a"].issued.text == "2020-05-06"
    assert "private" not in repr(project.sources["a"])
