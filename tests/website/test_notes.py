"""Notes as readers get them, on screen and on paper: each once, numbered as one reads, linked with every call."""

from __future__ import annotations

import re
from typing import Literal

import pytest
import tinyhtml5
from lxml import html

from reportgen.brief.evaluate import Evaluation
from reportgen.pages.default_theme import default_templates
from reportgen.pages.inserts import Drawing, Inserts
from reportgen.pages.theme import Theme
from tests.brief.project import FILES, evaluated, fake_notes, told

PLACES = {
    "paragraph": "Para[^n] and[^m].\n",
    "tight list": "- item[^n]\n- other[^m]\n",
    "nested list": "- a\n  - b\n    - c[^n]\n\n[^m]\n",
    "loose list": "- a\n\n  b[^n]\n\n- c[^m]\n",
    "quotation in a list": "- a\n\n  > b[^n] c[^m]\n",
    "table": "| a | b |\n|---|---|\n| c[^n] | d[^m] |\n",
    "definition": "Term[^n]\n:   Definition[^m]\n",
    "heading": "## Head[^n]\n\n### Sub[^m]\n\nText.\n",
    "another note": "Text[^n].\n",
    "box": '!!! note "Title[^n]"\n    Text[^m]\n',
    "caption": '![A](images/boats.png "Cap[^n]")\n\n![B](images/boats.png "Cap[^m]"){.wide}\n',
    "task": "- [x] done[^n]\n- [ ] not[^m]\n",
}
NOTES = "\n[^m]: ZZm.\n\n[^n]: ZZn{}.\n"


def shown(found: Evaluation, medium: Literal["screen", "paper"]) -> html.HtmlElement:
    inserts = Inserts(found.brief, Theme(default_templates()), medium, {})
    parts = [inserts.html(found.brief.abstract), inserts.notes(found.brief.abstract)]
    parts += [inserts.html(message) for message in found.brief.key_messages]
    parts += [inserts.notes(*found.brief.key_messages), inserts.body()]
    return html.fragment_fromstring("".join(parts), create_parent="main")


def proved(page: html.HtmlElement, texts: list[str]) -> None:
    """Each text stands once; the numbers have no gap; each call leads to its note, and each note to all its calls."""
    words = page.text_content()
    assert [words.count(text) for text in texts] == [1] * len(texts)
    calls = page.xpath("//a[@class='noteref']")
    order = list(dict.fromkeys(call.get("href") for call in calls))
    assert sorted(order, key=lambda href: int(href[6:])) == [f"#note-{n + 1}" for n in range(len(texts))]
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for href in order:
        (note,) = page.xpath("//*[@id=$id]", id=href[1:])
        back = {a.get("href")[1:] for a in note.xpath(".//a[@class='back' or @class='notenum']")}
        assert back == {call.get("id") for call in calls if call.get("href") == href}


@pytest.mark.parametrize("medium", ["screen", "paper"])
@pytest.mark.parametrize("place", PLACES)
def test_a_note_is_printed_wherever_it_is_called(place: str, medium: Literal["screen", "paper"]) -> None:
    inner = " with[^m]" if place == "another note" else ""
    found = evaluated(PLACES[place] + NOTES.format(inner), files={"content/images/boats.png": "x"})
    assert told(found) == []
    proved(shown(found, medium), ["ZZn", "ZZm"])


@pytest.mark.parametrize("medium", ["screen", "paper"])
def test_notes_of_the_abstract_and_the_messages_come_first(medium: Literal["screen", "paper"]) -> None:
    front = "abstract: 'Abs[^b] and^[ZZown].'\nkey_messages: ['One[^c].', 'Two[^b].']\n"
    body = "Text[^a], again[^b], [^c].\n\n[^a]: ZZa.\n\n[^b]: ZZb[^d].\n\n[^c]: ZZc.\n\n[^d]: ZZd.\n"
    found = evaluated(body, front)
    assert told(found) == []
    page = shown(found, medium)
    proved(page, ["ZZa", "ZZb", "ZZc", "ZZd", "ZZown"])
    numbered = [re.search(r"ZZ[a-z]+", page.xpath("string(//*[@id=$id])", id=f"note-{n}")) for n in range(1, 6)]
    assert [match and match[0] for match in numbered] == ["ZZb", "ZZd", "ZZown", "ZZc", "ZZa"]


@pytest.mark.parametrize("medium", ["screen", "paper"])
def test_a_note_of_many_blocks_stays_whole(medium: Literal["screen", "paper"]) -> None:
    note = "[^n]: ZZone.\n\n    ZZtwo\n\n    - ZZthree\n\n    | ZZfour |\n    |--|\n    | ZZfive |\n"
    found = evaluated(f"Text[^n] goes on.\n\n{note}")
    assert told(found) == []
    page = shown(found, medium)
    (inside,) = page.xpath("//*[@id='note-1']")
    assert re.findall(r"ZZ\w+", inside.text_content()) == ["ZZone", "ZZtwo", "ZZthree", "ZZfour", "ZZfive"]
    if medium == "paper":
        assert page.xpath("string(//p[a])").endswith("goes on."), "the paragraph ends where its author ended it"


PUT_IN = {
    "the words of a source": ('quote("share-2020")', "a share of 6.17%"),
    "a table": ('table("shares")', "18.10"),
    "a chart": ('chart("shares-chart")', "Figure 1"),
    "a conflict": ('conflict("apart")', "Which of them."),
    "the sources": ("sources()", "Saved copy"),
}
APART = {"content/conflicts.yaml": "{id: apart, facts: [share-2020, share-2021], reason: Which of them., title: Apart}"}


@pytest.mark.parametrize("put_in", PUT_IN)
def test_what_is_put_into_a_note_does_not_end_it_on_paper(put_in: str) -> None:
    """As a browser reads it, a block ends the paragraph around it, and with it the note."""
    call, words = PUT_IN[put_in]
    found = evaluated(f"ZZtext[^n]\n\n[^n]: ZZone.\n\n    {{{{ {call} }}}}\n\n    ZZlast.\n", files=APART)
    drawings = {figure.id: Drawing("", "", "", "") for figure in found.brief.figures}
    inserts = Inserts(found.brief, Theme(default_templates()), "paper", drawings)
    page = tinyhtml5.parse(str(inserts.body()), namespace_html_elements=False)
    (note,) = page.iterfind(".//*[@id='note-1']")
    inside = " ".join("".join(note.itertext()).split())
    assert re.search(f"ZZone.*{re.escape(words)}.*ZZlast", inside), inside


@pytest.mark.parametrize(
    ("medium", "typed", "shown"),
    [
        ("screen", "ZZone.\\n\\nZZtwo.", "ZZone.ZZtwo. Source"),
        ("paper", "ZZone.\\n\\nZZtwo", "ZZone.ZZtwo. Source"),
        ("screen", "ZZone [@report-2020]", r"ZZone1 \(note\)\. Source"),
        ("screen", "(ZZone “ZZtwo?”)", r"\(ZZone “ZZtwo\?”\) Source"),
        ("screen", "*ZZone!* [@report-2020]", r"ZZone!1 \(note\) Source"),
    ],
)
def test_the_paragraphs_of_a_figures_note_stay_in_its_type_and_end_in_a_stop(
    medium: Literal["screen", "paper"], typed: str, shown: str
) -> None:
    chart = FILES["content/charts/sea.yaml"].replace("alt: Bars", f'alt: Bars, note: "{typed}"')
    found = evaluated('{{ chart("shares-chart") }}\n', files={"content/charts/sea.yaml": chart}, cite=fake_notes)
    inserts = Inserts(found.brief, Theme(default_templates()), medium, {"shares-chart": Drawing("", "", "", "")})
    page = tinyhtml5.parse(str(inserts.body()), namespace_html_elements=False)
    (note,) = page.iterfind(".//p[@class='src']")
    assert re.match(shown, "".join(note.itertext()))


def test_in_a_style_of_notes_authors_notes_and_citations_share_their_numbers() -> None:
    found = evaluated("A[^n] b [@report-2020] c[^n].\n\n[^n]: ZZn[^m].\n\n[^m]: ZZm.\n", cite=fake_notes)
    assert told(found) == []
    page = shown(found, "screen")
    proved(page, ["ZZn", "ZZm", "report-2020"])


def test_a_heading_shows_its_notes_mark_and_the_contents_do_not() -> None:
    found = evaluated("## Head[^n]\n\n[^n]: ZZn.\n")
    assert [section.title for section in found.brief.sections] == ["Head"]
    assert shown(found, "screen").xpath("//h2/a[@class='noteref']")


@pytest.mark.parametrize(
    ("front", "problem"),
    [
        ("subtitle: 'S[^n]'\n", "4:13 note-not-here a note can be called"),
        ("changes: [{date: 2026-11-22, text: 'Counted anew[^n]'}]\n", "note-not-here"),
        ("abstract: 'S[^x]'\n", '4:13 unknown-note no note has the label "x"'),
        ("key_messages: ['a', 'S[^x]']\n", 'unknown-note no note has the label "x"'),
    ],
)
def test_a_note_where_none_can_be_is_told_with_its_line(front: str, problem: str) -> None:
    lines = told(evaluated("Text[^n].\n\n[^n]: ZZn.\n", front))
    assert [line for line in lines if problem in line], lines


INNER = "abstract: 'Words[^a] and ^[ZZc [^deep] note] end ^[ZZe].'\nkey_messages: ['One^[ZZf [^deep]].']\n"
DEFINED = "\n[^deep]: ZZd.\n\n[^a]: ZZa calls [^inner].\n\n[^inner]: ZZb.\n"


@pytest.mark.parametrize("style", ["numbers", "notes"])
@pytest.mark.parametrize("medium", ["screen", "paper"])
def test_numbers_ascend_as_one_reads(medium: Literal["screen", "paper"], style: str) -> None:
    """Notes of the abstract call others, which the main text calls too."""
    known = {"cite": fake_notes} if style == "notes" else {}
    body = f"Text ^[ZZg], [^inner] and [^h].\n\n[^h]: ZZh calls [^i].\n\n[^i]: ZZi.\n{DEFINED}"
    found = evaluated(body, INNER, **known)
    assert told(found) == []
    page = shown(found, medium)
    proved(page, [f"ZZ{letter}" for letter in "abcdefghi"])
    numbers = [int(id.removeprefix("note-")) for id in page.xpath("//@id[starts-with(., 'note-')]")]
    assert numbers == list(range(1, 10))
    words = [page.xpath("string(//*[@id=$id])", id=f"note-{n}") for n in numbers]
    assert [re.findall(r"ZZ(\w)", text) for text in words] == [[letter] for letter in "abcdefghi"]


LETTERED = {
    "in a quotation": "A{0} [^q] B{1}.\n\n> [^q]: note{2}\n",
    "in an item": "A{0} [^q] B{1}.\n\n- [^q]: note{2}\n\nC.\n",
    "in the text": "A{0} ^[note{2}] B{1}.\n",
    "over two lines": "> A{0} ^[note\n> goes on{2}] B{1}.\n",
    "defined the other way round": "A{0}[^q] B[^r].\n\n[^r]: note{2}\n\n[^q]: note{1}\n",
    "in each other": "A{0}[^q] B{1}[^r].\n\n[^r]: note\n\n[^q]: note{2} ^[deep{3}]\n",
    "before its call": "[^q]: note{2}\n\nA{0}[^q] B{1}.\n",
}


@pytest.mark.parametrize("name", LETTERED)
def test_letters_are_given_as_one_reads(name: str) -> None:
    facts = [f' {{{{ fact("{id}") }}}}' for id in ("boats-2020", "share-2020", "share-2021", "cost-2021")]
    found = evaluated(LETTERED[name].format(*facts)).brief
    order = [entry.fact for entry in found.entries]
    assert order == ["boats-2020", "share-2020", "share-2021", "cost-2021"][: len(order)]
    assert len(order) == len(re.findall(r"\{\d\}", LETTERED[name]))


@pytest.mark.parametrize("around", ["> {}\n", "- {}\n", "> - {}\n", "1. {}\n", "> {}\n>\n> [^m]: ZZm.\n"])
def test_what_held_notes_alone_is_left_out(around: str) -> None:
    more = "[^m]" if "[^m]" in around else ""
    found = evaluated(f"Text[^n]{more}.\n\n" + around.format("[^n]: ZZn."))
    assert told(found) == []
    page = shown(found, "screen")
    assert page.xpath("//main/blockquote | //main/ul | //main/ol | //li[not(.//text())]") == []
    assert "ZZn" in page.text_content()


def test_a_paragraph_below_a_table_in_a_list_keeps_the_order() -> None:
    found = evaluated("- a\n\n  | b[^n] |\n  |---|\n  | c |\n\n  text[^m]\n\n[^n]: ZZn.\n\n[^m]: ZZm.\n")
    assert told(found) == []
    assert shown(found, "screen").xpath("//@id[starts-with(., 'note-')]") == ["note-1", "note-2"]


def test_a_note_may_be_as_high_as_the_text_up_to_the_next_one() -> None:
    """So that a long one does not run into it."""
    text = "a[^n]\n\nb\n\n***\n\n- c\n\n- d\n\ne[^m]\n\n{}\n\nf\n\n[^n]: ZZn.\n[^m]: ZZm.\n"
    for last, rows in (('![A](images/boats.png "Cap"){.wide}', ["4", None]), ("g", ["4", "3"])):
        page = shown(evaluated(text.format(last)), "screen")
        found = [re.search(r"--rows:(\d+)", aside.get("style", "")) for aside in page.xpath(".//aside")]
        assert [rows_of and rows_of[1] for rows_of in found] == rows


def test_a_table_scrolls_in_a_frame_of_its_own_and_its_notes_stand_outside() -> None:
    for text in (PLACES["table"], "".join(f"> {line}\n" for line in PLACES["table"].splitlines())):
        found = evaluated(text + NOTES.format(""), files={})
        page = shown(found, "screen")
        assert [frame.get("class") for frame in page.xpath(".//table/..")] == ["scroll"]
        assert page.xpath(".//div[@class='scroll']//aside") == []
        assert shown(found, "paper").xpath(".//*[@class='scroll']") == []


def test_a_table_in_a_note_scrolls_too_and_its_cells_keep_what_they_span_on_paper() -> None:
    table = "<table>\n    <tr><td colspan='2'>b</td></tr>\n    <tr><td>c</td><td>d</td></tr>\n    </table>"
    found = evaluated(f"a[^n]\n\n[^n]: Of a table:\n\n    {table}\n", files={})
    assert shown(found, "screen").xpath("count(.//aside//div[@class='scroll']/table)") == 1
    (cell,) = shown(found, "paper").xpath(".//span[@data-as='th' and @colspan]")
    assert (cell.get("colspan"), cell.text_content()) == ("2", "b")


def test_notes_far_longer_than_their_text_stand_below_it() -> None:
    """Beside it they would leave the column empty. What follows without notes fills it; a picture may."""
    note = "\n\n[^n]: " + "Words of a long note. " * 40 + "\n"
    text = "Text that goes on. " * 60
    beside = {
        "Short[^n].": False,
        f"Short[^n].\n\n{text}": True,
        f"Short[^n].\n\n{text}[^m]": True,
        f"{text}[^n]\n\n- {text}": True,
        "- a[^n]\n- b\n\nShort.": False,
        "Short[^n].\n\n![A](images/boats.png)": True,
    }
    for body, expected in beside.items():
        more = "\n[^m]: Short.\n" if "[^m]" in body else ""
        page = shown(evaluated(body + note + more, files={"content/images/boats.png": "x"}), "screen")
        (aside,) = page.xpath("//aside[.//*[@id='note-1']]")
        assert ("beside" in aside.get("class")) is expected, body
