"""The first mention of a term: found as it is typed, marked once, and the words left as they are."""

from __future__ import annotations

import json
import re
from html import unescape
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.brief.glossary import Mentions
from reportgen.diagnostics import Places, Span
from reportgen.model.glossary import GlossaryTerm
from reportgen.model.text import Text
from tests.brief.project import FILES, evaluated

AT = Places(Span.at("content/glossary.yaml"))
ICE = GlossaryTerm(
    Text((("en", "ice road"), ("ru", "зимник"))), Text.of("…"), (("en", "ice roads"), ("ru", "зимники")), at=AT
)
ROAD = GlossaryTerm(Text.of("road"), Text.of("…"), at=AT)
OLM = GlossaryTerm(Text.of("Olm's & Co"), Text.of("…"), at=AT)
TERMS = (ROAD, ICE, OLM)
PARTS = ("ice road", "Road ", "<b>", "</b>", "<h2>", "</h2>", " &lt; ", "Olm’s &amp; Co", "x", "\n")


def mentioned(html: str, lang: str = "en") -> list[str]:
    """The words that are marked."""
    return re.findall(r'<a class="term"[^>]*>([^<]*)</a>', Mentions(TERMS, lang).marked(html))


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>The ice road and the ice road.</p>", ["ice road"]),
        ("<p>Ice roads. Then an ice road.</p>", ["Ice roads"]),
        ("<p>A road, an ice\u00a0road.</p>", ["road", "ice\u00a0road"]),
        ("<p>ICE ROAD, ice-road, roadside, off-road, ice roadie</p>", []),
        ("<p>Olm’s &amp; Co and Olm's &amp; Co</p>", ["Olm’s &amp; Co"]),
        ("<p>olm’s &amp; Co</p>", []),
        ("<h2>ice road</h2><p>Here: ice road.</p>", ["ice road"]),
        ("<p><code>ice road</code> <a href='#a'>ice <em>road</em></a> <q>ice road</q></p>", []),
        ("<blockquote><p>ice road</p><blockquote><p>road</p></blockquote><p>ice road</p></blockquote>", []),
        ('<div class="admonition note"><p class="admonition-title">road</p><p>ice road</p></div>', ["ice road"]),
        ("<ul><li>ice road</li></ul><table><tr><th>road</th><td>a road</td></tr></table>", ["ice road", "road"]),
        ("<p>зимник</p>", []),
        ('<p><img alt="an ice road" src="images/road.png"></p>', []),
    ],
)
def test_a_mention_is_words_of_the_running_text(html: str, words: list[str]) -> None:
    assert mentioned(html) == words


def test_a_page_of_another_language_knows_its_own_words() -> None:
    assert mentioned("<p>Зимники и ice roads.</p>", "ru") == ["Зимники"]
    assert mentioned("<p>ice road, a road</p>", "kk") == ["road"]


def test_mentions_go_on_from_text_to_text() -> None:
    mentions = Mentions(TERMS, "en")
    assert "mention:1" in mentions.marked("<p>A road.</p>")
    assert mentions.marked("<p>A road.</p>") == "<p>A road.</p>"
    assert "mention:2" in mentions.marked("<p>An ice road.</p>")
    assert mentions.found == [ROAD, ICE]


@given(st.lists(st.sampled_from(PARTS)))
def test_no_word_changes_and_no_term_is_marked_twice(parts: list[str]) -> None:
    html = "".join(parts)
    marked = Mentions(TERMS, "en").marked(html)
    assert re.sub(r'<a class="term"[^>]*>([^<]*)</a>', r"\1", marked) == html
    numbers = re.findall(r'id="mention:(\d+)"', marked)
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    assert len(numbers) <= len(TERMS)


NAMED = ("PM2.5", "CO2", "F-16", "H5N1", "24/7", "A4", "N-1", "1,4-dioxane", "Web 2.0")
"""Terms with digits; those below stand for themselves."""


@pytest.mark.parametrize(
    ("term", "text"),
    [
        *((term, f"It rests on {term} here.") for term in NAMED),
        *((term, f"**{term}** and (*{term}*), {term}.") for term in NAMED),
        *(
            (term, f"It rests on {term} here.")
            for term in ("G20", "COVID-19", "Article 5", "A/B", "C++", "§ 5", "U.S.")
        ),
        ("Boeing 737-800", "A Boeing 737-800 flew."),
        ("Series 2000", "The Series 2000 ran."),
        ("CO2", "Of CO<sub>2</sub> there was more."),
        ("ice-road", "An ice\u2011road."),
        ('"soft" law', 'It is "soft" law.'),
    ],
)
def test_a_term_with_digits_and_signs_is_found(term: str, text: str) -> None:
    named = FILES["content/site.yaml"].replace("names: [", f"names: [{', '.join(map(json.dumps, NAMED))}, ")
    glossary = f"terms: [{{term: {json.dumps(term)}, meaning: A thing.}}]\n"
    found = evaluated(text, files={"content/site.yaml": named, "content/glossary.yaml": glossary})
    assert found.diagnostics == ()
    assert [shown.name for shown in found.brief.terms] == [term]
    (marked,) = re.findall(r'<a class="term"[^>]*>(.*?)</a>', found.brief.body)
    assert Mentions([], "en").marked(marked) == marked
    words = unescape(re.sub(r"<[^>]*>", "", marked))
    assert words.translate(str.maketrans("“”\u2011\u00a0", '""- ')) == term
    assert ElementTree.fromstring(f"<p>{marked}</p>").tag == "p"  # what begins within it ends there
    plain = re.sub(r'<a class="term"[^>]*>(.*?)</a>', r"\1", found.brief.body)
    assert plain == evaluated(text, files={"content/site.yaml": named}).brief.body


@pytest.mark.parametrize(
    ("term", "html"),
    [
        ("PM2", '<p>Of PM<span data-n="name">2</span>.<span data-n="name">5</span>.</p>'),
        ("CO", '<p>Of CO<sub><span data-n="name">2</span></sub>.</p>'),
        ("5-dioxane", '<p><span data-n="name">2</span>,<span data-n="name">5</span>-dioxane</p>'),
        ("F-1", '<p>F-<span data-n="name">16</span></p>'),
        ("5 of it", '<p><span data-n="reference">Article 5</span> of it</p>'),
    ],
)
def test_a_part_of_a_name_with_digits_is_no_mention(term: str, html: str) -> None:
    mentions = Mentions([GlossaryTerm(Text.of(term), Text.of("…"), at=AT)], "en")
    assert mentions.marked(html) == html
    assert mentions.found == []


def test_a_link_begins_and_ends_in_one_element() -> None:
    mentions = Mentions([GlossaryTerm(Text.of("Article 5 of it"), Text.of("…"), at=AT)], "en")
    html = '<p>By <span data-n="reference">Article 5</span> of it &amp; all.</p>'
    marked = mentions.marked(html)
    assert '"><span data-n="reference">Article 5</span> of it</a> &amp; all.' in marked


def test_the_list_of_terms_keeps_its_anchor() -> None:
    """A heading of the author's with the same words gets another one, where a list of terms may follow."""
    glossary = {"content/glossary.yaml": "terms: [{term: ice road, meaning: A road on ice.}]\n"}
    text = "## Terms\n\nAn ice road, [explained](#terms).\n"
    found = evaluated(text, files=glossary)
    assert 'id="terms-2"' in found.brief.body
    assert found.diagnostics == ()
    assert 'id="terms"' in evaluated("## Terms\n\nWords.\n").brief.body
