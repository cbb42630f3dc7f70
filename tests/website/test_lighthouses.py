"""A project on lighthouses whose briefs use every construct of the authors' guide, built from end to end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from lxml import html

from reportgen.publish.links import broken_links
from tests.conftest import made_once
from tests.driver import Project
from tests.pdf.tagged import Element, tagged

IN_ORDER = (
    *("Nobody had asked who kept them", "trim the wick", "at dusk", "at midnight, which", "wind the clockwork"),
    *("write the log", "polish the brass", "not even in daylight", "No keeper shall sleep on watch.", "nor read"),
    *("whistle", "RULE: no spirits | no <guests>", "seventh rule", "eighth rule", "a week’s pay", "$ and the post"),
    *("lamp lit", "log written", "The hours from dusk", "Cut every four hours.", "<illegible>", "#fog is a word"),
    *("Price * weight, a_b, C:\\logs", "and its second.", "not data.csv", "bold", "Weather", "nor in a west one"),
    *(
        "How a lamp works",
        "lens",
        "Setext heading",
        "Again the count.",
        "The tower at Muckle Head",
        "The fog grew thicker",
    ),
    *("Lights, by who counted", "When they were counted", "Stations and their lamps", "Hours of fog signal by year"),
    *(
        "How many lights burned",
        "is to be rebuilt in granite",
        "The lamp burned",
        "a|b",
        "s.v. wick",
        "Article 5(2)(b)",
    ),
)
"""Words of the longer brief in the order in which a reader meets them."""
NOTES = (
    *("The Board’s own figure", "Lamps were trimmed", "With rottenstone", "then the rail", "Except the Bible."),
    *("A watch in winter was longer.", "Of a heading.", "It calls this one.", "The inner one.", "Written where it is"),
    "In a cell.",
)


RIGHT_TO_LEFT = (
    "אחד שתיים שלוש",
    "كثيف على الساحل الشمالي سمعت فيه الإشارة كما كتب الحارس London أمس",
    "הערפל הסתיר את המגדלור צופר כל הלילה",
    "ملاحظة قصيرة عن",
    "הערה קצרה על",
)
"""Words of the other brief that stand on one line each, from right to left."""


@dataclass(frozen=True)
class Lights:
    """The project as it is built."""

    site: dict[str, bytes]
    checked: str


def make(folder: Path) -> Lights:
    project = Project.from_folder(folder, "lighthouses")
    checked = project.run("check", "--strict")
    done = project.build(formats="all")
    assert done.ok, [*done.diagnostics, *done.faults]
    return Lights(done.site, checked.told if checked.code else "")


@pytest.fixture(scope="session")
def lights(tmp_path_factory: pytest.TempPathFactory) -> Lights:
    return made_once(tmp_path_factory, "lighthouses", make)


def test_it_passes_the_strictest_check(lights: Lights) -> None:
    assert lights.checked == ""


def test_every_word_stands_on_the_page_in_order(lights: Lights) -> None:
    main = html.document_fromstring(lights.site["briefs/keepers/index.html"].decode()).find(".//main")
    notes = " ".join(" ".join(each.itertext()) for each in main.xpath(".//*[starts-with(@id, 'note-')]"))
    for note in NOTES:
        assert " ".join(notes.split()).count(note) == 1, note
    for aside in main.xpath(".//aside | .//nav | .//section[contains(@class, 'how')]"):
        aside.drop_tree()
    follow(IN_ORDER, " ".join("".join(main.itertext()).split()))


def test_every_word_stands_on_paper_in_order(lights: Lights) -> None:
    root = tagged(lights.site["briefs/keepers/keepers.pdf"])
    follow([re.sub(r"\s", "", words) for words in IN_ORDER], squeezed(root, notes=False))
    said = squeezed(root, notes=True)
    for note in NOTES:
        assert said.count(re.sub(r"\s", "", note)) == 1, note


def test_every_link_leads_somewhere(lights: Lights) -> None:
    assert broken_links(lights.site, "https://lights.example/coast/") == []


def test_a_quotation_leads_to_its_words_in_the_source(lights: Lights) -> None:
    page = html.document_fromstring(lights.site["facts/oil/index.html"].decode())
    words = "about%201%2C150%20litres%20of%20paraffin%20a%20year"
    address = f"https://lights.example/report#:~:text={words}"
    assert page.xpath("//footer/a[. = 'Read it in the source']/@href") == [address]


def test_other_scripts_and_notes_of_abstract_and_messages(lights: Lights) -> None:
    page = lights.site["briefs/fog/index.html"].decode()
    paper = "".join(tagged(lights.site["briefs/fog/fog.pdf"]).text.split())
    for words in ("霧", "Гудок", "ὀμίχλη", "ערפל, ضباب", "Called in the abstract.", "Called in a message."):
        assert words in re.sub("</?bdi[^>]*>", "", page), words
        assert "".join(words.split()) in paper, words


def test_words_written_right_to_left_stand_in_their_order_on_paper(lights: Lights) -> None:
    with pypdfium2.PdfDocument(lights.site["briefs/fog/fog.pdf"]) as document:
        words = document[0].get_textpage()
        for line in RIGHT_TO_LEFT:
            places = [
                (words.get_charbox(found[0])[0], each)
                for each in line.split()
                if (found := words.search(each, match_whole_word=True).get_next())
            ]
            assert [each for _, each in sorted(places, reverse=True)] == line.split()


def test_a_link_of_an_author_holds_no_other(lights: Lights) -> None:
    page = lights.site["briefs/fog/index.html"].decode()
    assert re.search(r'<a href="[^"]*">counted <span data-n="\d+">712\sh</span> of it</a> by', page)
    assert "[counted" not in page


def test_a_brief_without_a_number_does_not_say_how_it_is_known(lights: Lights) -> None:
    page = lights.site["briefs/plain/index.html"].decode()
    paper = tagged(lights.site["briefs/plain/plain.pdf"]).text
    assert "How we know" not in page + paper
    assert 'class="ledger' not in page
    assert '<header class="title wide alone">' in page, "nothing keeps its contents off its dateline"
    assert '<header class="title wide">' in lights.site["briefs/keepers/index.html"].decode()
    assert len(pypdfium2.PdfDocument(lights.site["briefs/plain/plain.pdf"])) == 1


def test_no_page_has_an_id_twice(lights: Lights) -> None:
    for path, page in lights.site.items():
        if path.endswith(".html"):
            ids = html.document_fromstring(page.decode()).xpath("//@id")
            assert len(ids) == len(set(ids)), path


def test_in_a_style_of_notes(tmp_path: Path) -> None:
    project = Project.from_folder(tmp_path, "lighthouses")
    project.change("content/site.yaml", "citation_style: apa", "citation_style: chicago-notes-bibliography")
    done = project.build()
    assert done.ok, done.diagnostics
    page = html.document_fromstring(done.site["briefs/keepers/index.html"].decode())
    numbers = [int(id.removeprefix("note-")) for id in page.xpath("//main//*[starts-with(@id, 'note-')]/@id")]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > len(NOTES)


def follow(words: list[str] | tuple[str, ...], text: str) -> None:
    """Each of some words stands in a text after the one before."""
    at = 0
    for each in words:
        found = text.find(each, at)
        assert found >= 0, f"{each!r} is not after {text[max(0, at - 60) : at]!r}"
        at = found + len(each)


def squeezed(element: Element, *, notes: bool) -> str:
    """The text of a tree without blanks and hyphens, of its notes or of all else."""

    def texts(each: Element, inside: bool) -> str:
        inside = inside or each.kind == "Note"
        return "".join(
            (part if inside is notes else "") if isinstance(part, str) else texts(part, inside) for part in each.parts
        )

    return re.sub(r"[\s\u00ad\u2010]", "", texts(element, False))
