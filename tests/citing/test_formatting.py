"""Citations as three styles print them, and a process that comes back when it dies."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reportgen.brief.citations import find_citations
from reportgen.citing import pandoc
from reportgen.citing.pandoc import Citeproc, CiteprocError, pandoc_version
from reportgen.citing.styles import StyleError, find_style
from reportgen.model.citation import CitationRequest, CitedWork, FormattedCitations
from tests.citing.works import WORKS, request
from tests.one_pandoc import OWN


@pytest.fixture(autouse=True)
def own_process(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, method in OWN.items():
        monkeypatch.setattr(Citeproc, name, method)


@pytest.fixture(scope="module")
def citeproc() -> Iterator[Citeproc]:
    with Citeproc() as running:
        yield running


def style(name: str) -> str:
    return find_style(name, Path())


def printed(answer: FormattedCitations) -> list[str]:
    """Citations with links as `<n: words>`, then the references."""
    links = [c.replace('<a href="#source-', "<").replace('" role="doc-biblioref">', ": ") for c in answer.citations]
    return [link.replace("</a>", ">") for link in links] + [f"{e.label}{e.html}" for e in answer.bibliography]


ADDRESS = '<a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>'
EXPECTED = {
    "apa": [
        "(see <0: Steppe Energy Board, 2020, Chapters 3–5>, <em>emphasis</em> added)",
        "Doe (<1: 2020a>)",
        "(<1: Doe, 2020a, p. 7>; <2: 2020b>)",
        "(<2: 2020b>)",
        "(<3: “Майнинг в степи,” 2021, p. 5> and &lt;b&gt;on&lt;/b&gt;)",
        "(<4: Lake Bank, n.d.>, in the 2020 edition)",
        "Doe (<2: 2020b, para. 9>)",
        "Doe, J. (2020a). Alpha. <em>Energy</em>, <em>3</em>, 1–9.",
        "Doe, J. (2020b). <em>Beta &lt;script&gt;</em>. Press.",
        "Lake Bank. (n.d.). <em>No date here</em>.",
        f"Steppe Energy Board. (2020). <em>Rigs &amp; <em>Rules</em></em>. Steppe Energy Board. {ADDRESS}",
        "Майнинг в степи. (2021, May 3). <em>Степная газета</em>.",
    ],
    "chicago-author-date": [
        "(see <0: Steppe Energy Board 2020, chaps. 3–5>, <em>emphasis</em> added)",
        "Doe (<1: 2020a>)",
        "(<1: Doe 2020a, 7>; <2: 2020b>)",
        "(<2: 2020b>)",
        "(<3: <em>Степная газета</em> 2021, 5> and &lt;b&gt;on&lt;/b&gt;)",
        "(<4: Lake Bank, n.d.>, in the 2020 edition)",
        "Doe (<2: 2020b, para. 9>)",
        "Doe, Jane. 2020a. “Alpha.” <em>Energy</em> 3: 1–9.",
        "Doe, Jane. 2020b. <em>Beta &lt;Script&gt;</em>. Press.",
        "Lake Bank. n.d. “No Date Here.”",
        f"Steppe Energy Board. 2020. <em>Rigs &amp; <em>Rules</em></em>. Steppe Energy Board. {ADDRESS}.",
        "<em>Степная газета</em>. 2021. “Майнинг в степи.” May 3.",
    ],
    "ieee": [
        "see <0: [1, Ch. 3–5]>, <em>emphasis</em> added",
        "<1: [2]>",
        "<1: [2, p. 7]>, <2: [3]>",
        "<2: [3]>",
        "<3: [4, p. 5]> and &lt;b&gt;on&lt;/b&gt;",
        "<4: [5]>, in the 2020 edition",
        "<2: [3, Para. 9]>",
        f"[1]Steppe Energy Board, “Rigs &amp; <em>Rules</em>,” Steppe Energy Board, Oct. 2020. Available: {ADDRESS}",
        "[2]J. Doe, “Alpha,” <em>Energy</em>, vol. 3, pp. 1–9, 2020.",
        "[3]J. Doe, <em>Beta &lt;script&gt;</em>. Press, 2020.",
        "[4]“Майнинг в степи,” <em>Степная газета</em>, May 03, 2021.",
        "[5]Lake Bank, “No date here.”",
    ],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_document_in_a_style(citeproc: Citeproc, name: str) -> None:
    answer = citeproc.format(request(style(name)))
    assert printed(answer) == EXPECTED[name]
    assert not answer.note_style
    assert set(answer.names) == {""}


def test_a_note_style_gives_notes_and_ibid(citeproc: Citeproc) -> None:
    text = "[@doe-beta, p. 3] [@doe-beta, p. 4] [@doe-beta, p. 4] @doe-alpha [p. 7]"
    answer = citeproc.format(request(style("chicago-notes-bibliography-subsequent-ibid"), text))
    assert answer.note_style
    assert printed(answer)[:4] == [
        "<2: Jane Doe, <em>Beta &lt;Script&gt;</em> (Press, 2020), 3>.",
        "<2: Ibid., 4>.",
        "<2: Ibid.>",
        "<1: “Alpha,” <em>Energy</em> 3 (2020): 7>.",
    ]
    assert answer.names == ("", "", "", "Jane Doe")


def test_a_style_without_bibliography_links_to_nothing(citeproc: Citeproc) -> None:
    answer = citeproc.format(request(style("chicago-notes")))
    assert answer.bibliography == ()
    assert not any("#source" in citation for citation in answer.citations)


def test_locators_speak_the_language_of_the_page(citeproc: Citeproc) -> None:
    answer = citeproc.format(request(style("apa"), "[@doe-beta, p. 3] [@{курсив/2021 05}, 5-7]", lang="ru"))
    assert printed(answer)[:2] == ["(<2: Doe, 2020, с. 3>)", "(<3: «Майнинг в степи», 2021, сс. 5–7>)"]


def test_sources_that_are_not_cited(citeproc: Citeproc) -> None:
    answer = citeproc.format(request(style("apa"), "", nocite=("undated",)))
    assert printed(answer) == ["Lake Bank. (n.d.). <em>No date here</em>."]
    answer = citeproc.format(request(style("ieee"), "", nocite=("undated",)))
    assert answer.bibliography[0].html == "Lake Bank, “No date here.”"


def test_a_killed_process_is_started_again() -> None:
    with Citeproc() as citeproc:
        before = citeproc.format(request(style("ieee")))
        process = citeproc._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        assert citeproc.format(request(style("ieee"))) == before
        assert citeproc._process is not None
        assert citeproc._process.pid != process.pid
        last = citeproc._process
    assert last.poll() == 0


class Notebook(dict[str, str]):
    """Answers on paper."""

    put = dict.__setitem__


def test_what_is_known_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = Notebook()
    with Citeproc(known=notebook) as citeproc:
        with pytest.raises(CiteprocError):
            citeproc.read_bibliography("@book{a,\n title={x", "biblatex")
        assert notebook == {}
        before = citeproc.format(request(style("ieee")))
        citeproc.format(request(style("ieee"), "[@doe-beta, p. 3]"))
        citeproc.read_bibliography("@book{a, title={Foo}}", "biblatex")
    assert len(notebook) == 3
    assert all(text.isascii() and "\n" not in text for text in notebook.values())
    with Citeproc(known=notebook) as citeproc:
        assert citeproc.format(request(style("ieee"))) == before
        assert citeproc.read_bibliography("@book{a, title={Foo}}", "biblatex")[0]["title"] == "Foo"
        assert citeproc._process is None
        for other in (request(style("apa")), request(style("ieee"), lang="ru"), request(style("ieee"), "[@doe-beta]")):
            citeproc.format(other)
        assert len(notebook) == 6
        with monkeypatch.context() as patched:
            patched.setattr(pandoc, "pandoc_version", lambda: "another")
            assert citeproc.format(request(style("ieee"))) == before
    assert len(notebook) == 7


def test_threads_share_it(citeproc: Citeproc) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda name: citeproc.format(request(style(name))), ["apa", "ieee"] * 4))
    assert [printed(answer) for answer in answers] == [EXPECTED["apa"], EXPECTED["ieee"]] * 4


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        ("<style", "is not XML"),
        ("<html/>", "is not a CSL style"),
        ('<style xmlns="http://purl.org/net/xbiblio/csl"/>', "only names another style"),
    ],
)
def test_broken_styles(citeproc: Citeproc, xml: str, message: str) -> None:
    with pytest.raises(CiteprocError, match=message):
        citeproc.format(request(xml))
    with pytest.raises(CiteprocError, match="no source has the id"):
        citeproc.format(request(style("ieee"), "[@nobody]"))


def test_bibliographies(citeproc: Citeproc) -> None:
    (item,) = citeproc.read_bibliography(
        '@book{a, title={Die {GmbH}}, author={M{\\"u}ller, Jörg}, year=2020}', "biblatex"
    )
    assert (item["id"], item["title"], item["author"]) == ("a", "Die GmbH", [{"family": "Müller", "given": "Jörg"}])
    (item,) = citeproc.read_bibliography("TY  - BOOK\nID  - q\nTI  - Foo\nER  - \n", "ris")
    assert item["title"] == "Foo"
    with pytest.raises(CiteprocError, match=r"unexpected end of input$") as told:
        citeproc.read_bibliography("@book{a,\n title={x", "biblatex")
    assert told.value.line == 2
    with pytest.raises(CiteprocError, match="cannot be read"):
        citeproc.read_bibliography("", "docx")


@pytest.mark.parametrize(
    ("name", "requests"), [("apa", 2), ("chicago-author-date", 2), ("modern-language-association", 2), ("ieee", 6)]
)
def test_references_by_themselves_are_asked_for_together(name: str, requests: int) -> None:
    """Two works by Doe of 2020 are 2020a and 2020b in one bibliography, and a second one by an author begins with a
    dash: not here. What is numbered, and a work of two people of one name, is asked for by itself."""
    couple = {"id": "couple", "type": "book", "title": "Both", "author": [{"family": "Roe", "given": g} for g in "AB"]}
    works = (*WORKS, CitedWork(json.dumps(couple), "couple"))
    found: list[tuple[list[FormattedCitations], Notebook]] = []
    for together in (False, True):
        notebook, answers = Notebook(), []
        with Citeproc(known=notebook) as citeproc:
            for work in works:
                others = tuple(other for other in works if other is not work) if together else ()
                id = json.loads(work.csl)["id"]
                answers.append(citeproc.format(CitationRequest((), (work,), style(name), "en", (id,), beside=others)))
            styles = 1 + (together and name != "ieee")
            assert citeproc._asked == styles + (requests if together else len(works))
        found.append((answers, notebook))
    assert found[0] == found[1]
    assert len(found[0][1]) == len(works)
    assert "2020a" not in str(found)


LIKE_ANOTHER = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>x</title><id>x</id><updated>2020-01-01T00:00:00+00:00</updated></info>
<citation><layout><names variable="author"/></layout></citation>
<bibliography><layout><text variable="title"/><choose>
<if disambiguate="true"{}><text value=", like another"/></if><else><text value=", alone"/></else>
</choose></layout></bibliography></style>"""


@pytest.mark.parametrize("more", ["", ' type="book"', ' type="book" match="none"', ' locator="page" match="any"'])
def test_a_reference_by_itself_is_like_no_other(more: str) -> None:
    """Where a style prints more of works that look the same, as do these two."""
    two = [{"id": id, "type": "book", "title": "A", "author": [{"family": "Doe", "given": "J"}]} for id in "ab"]
    works = [CitedWork(json.dumps(item), item["id"]) for item in two]
    xml, found = LIKE_ANOTHER.format(more), []
    for beside in ((), (works[1],)):
        with Citeproc(known=Notebook()) as citeproc:
            found.append(citeproc.format(CitationRequest((), (works[0],), xml, "en", ("a",), beside=beside)))
    assert found[0] == found[1]


def test_the_version_is_known() -> None:
    assert pandoc_version()[0].isdigit()


def test_styles_are_found_by_name_and_by_path(tmp_path: Path) -> None:
    assert find_style("nature-digest", tmp_path) == find_style("nature", tmp_path)
    (tmp_path / "house.csl").write_text(style("ieee"), "utf-8")
    assert find_style("house.csl", tmp_path) == style("ieee")


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("APA", 'no citation style has the name "APA"', 'did you mean "apa"?'),
        ("dependent/nature-digest", "no citation style has the name", "did you mean"),
        ("chicago-author-dat", "no citation style has the name", '"chicago-author-date"'),
        ("zzzzzz", "no citation style has the name", "zotero.org/styles"),
        ("no.csl", 'there is no file "no.csl"', "beside content/site.yaml"),
        ("../no.csl", "lies outside the project", "copy it"),
        ("link.csl", "is a link that leads out of the project", "copy it"),
        ("pipe.csl", 'there is no file "pipe.csl"', ""),
    ],
)
def test_unknown_styles(tmp_path: Path, name: str, message: str, hint: str) -> None:
    (tmp_path / "link.csl").symlink_to(__file__)
    os.mkfifo(tmp_path / "pipe.csl")
    with pytest.raises(StyleError) as told:
        find_style(name, tmp_path)
    assert message in told.value.message
    assert hint in (told.value.hint or "")


def test_a_process_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.citing.pandoc.REQUESTS_A_PROCESS", 3)
    with Citeproc() as citeproc:
        first = citeproc.format(request(style("apa")))
        process = citeproc._process
        assert citeproc.format(request(style("apa"))) == first  # the style and two requests
        assert citeproc._process is process
        assert citeproc.format(request(style("apa"))) == first
        assert citeproc._process is not process


SILENT = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout><choose><if type="book"><text variable="title"/></if></choose></layout></bibliography></style>"""


def test_every_entry_has_words_whatever_the_kind_of_the_work(citeproc: Citeproc) -> None:
    author = {"author": [{"family": "Doe", "given": "Jo"}], "issued": {"date-parts": [[2019, 3, 1]]}}
    items = [
        {"id": kind, "type": kind, "title": f"Of {kind}", **known}
        for kind, known in (("speech", author), ("document", {}), ("interview", author), ("book", author))
    ]
    works = tuple(CitedWork(json.dumps(item), f"source-{item['id']}") for item in items)
    cited = find_citations("[@speech; @document, p. 2; @interview; @book]").citations

    def entries(xml: str) -> dict[str, str]:
        answer = citeproc.format(CitationRequest(cited, works, xml, "en"))
        return {entry.source: entry.html for entry in answer.bibliography}

    assert entries(style("chicago-notes-bibliography")) == {
        "book": "Doe, Jo. <em>Of Book</em>. 2019.",
        "document": "<em>Of Document</em>. n.d.",
        "interview": "Doe, Jo. <em>Of Interview</em>. 2019.",
        "speech": "Doe, Jo. <em>Of Speech</em>. 2019.",
    }
    assert entries(SILENT) == {item["id"]: item["title"] for item in items}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "Original work published 1938"),
        ("ru", "Год первой публикации: 1938"),
        ("kk", "Алғаш жарияланған жылы: 1938"),
    ],
)
def test_the_year_of_a_first_publication_is_told_in_the_language_of_the_page(
    citeproc: Citeproc, lang: str, words: str
) -> None:
    item = {"id": "x", "type": "book", "title": "T", "issued": {"date-parts": [[2020]]}}
    item |= {"original-date": {"date-parts": [[1938]]}}
    works = (CitedWork(json.dumps(item), "ref-x"),)
    found = citeproc.format(CitationRequest((), works, style("apa"), lang, ("x",)))
    assert words in found.bibliography[0].html


def test_a_style_brings_the_terms_of_the_language_of_the_page_alone() -> None:
    known = {lang: pandoc.prepared(style("apa"), lang).xml for lang in ("kk", "ru-KZ", "en")}
    assert {lang: ["қосымша" in xml, "приложение" in xml] for lang, xml in known.items()} == {
        "kk": [True, False],
        "ru-KZ": [False, True],
        "en": [False, False],
    }


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"type": "webpage", "issued": {"date-parts": [[2020, 2, 12]], "circa": True}}, "(шамамен 2020, 12 ақпан)"),
        ({"type": "webpage", "issued": {"date-parts": [[2022, 9]]}}, "(2022, қыркүйек)"),
        ({"type": "webpage"}, "(күні жоқ)"),
        ({"type": "chapter", "container-title": "C", "editor": [{"family": "A"}]}, "Кітапта: A (Ред.)"),
    ],
)
def test_a_language_that_pandoc_has_no_locale_of_has_its_own_months_and_words(
    citeproc: Citeproc, item: dict[str, object], words: str
) -> None:
    work = {"id": "x", "title": "T", "author": [{"family": "B"}]} | item
    request = CitationRequest((), (CitedWork(json.dumps(work), "ref-x"),), style("apa"), "kk", ("x",))
    assert words in citeproc.format(request).bibliography[0].html
