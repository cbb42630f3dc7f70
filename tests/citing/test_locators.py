"""Every locator label as pandoc prints it, in three styles and three languages, and locators as authors write them.

Pandoc reads the labels of CSL 1.0.1 alone. For the others the oracle is pandoc with a label of its own that has the
term of the other: what a style does with a label does not depend on which it is.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from reportgen.brief.citations import find_citations
from reportgen.brief.locators import TERMS as LABEL_WORDS
from reportgen.brief.locators import parse_locator
from reportgen.citing.pandoc import LABELS, READ_BY_PANDOC, Citeproc, pandoc_path, passes
from reportgen.citing.styles import find_style
from reportgen.citing.terms import TERMS
from reportgen.model.citation import CitationRequest, CitedWork

STYLES = ("apa", "chicago-author-date", "ieee")
VALUES = ("5", "5-7", "5(2)(b)", "iv, vi-xi, and 5")
READ = tuple(label for label in READ_BY_PANDOC if label in LABELS)
LENT = ("number-of-pages", "opus", "figure", "book", "issue", "note", "part", "volume")
"""Labels that pandoc reads, and of which none of the three styles makes a difference."""
OTHERS = {
    "act": "act acts", "appendix": "appendix appendices app. apps.", "article-locator": "article articles art. arts.",
    "canon": "canon canons can. cann.", "elocation": "location locations loc. locs.",
    "equation": "equation equations eq. eqq.", "rule": "rule rules r. rr.", "scene": "scene scenes sc. scs.",
    "supplement": "supplement supplements supp. supps.", "table": "table tables tbl. tbls.",
    "title-locator": "title titles tit. titt.", "version": "version versions v. v.",
}  # fmt: skip
"""The labels that pandoc does not read, but for timestamp, which has no term: one, several, and both in short."""
WORK = {
    "id": "a", "type": "book", "title": "Alpha", "author": [{"family": "Doe", "given": "Ann"}], "publisher": "Press",
    "issued": {"date-parts": [[2020]]},
}  # fmt: skip
ITEM = json.dumps(WORK)


@pytest.fixture(scope="module")
def citeproc() -> Iterator[Citeproc]:
    with Citeproc() as running:
        yield running


def style(name: str) -> str:
    return find_style(name, Path())


def ours(citeproc: Citeproc, texts: list[str], style: str, lang: str = "en") -> list[str]:
    """The citations as we print them, without their links."""
    citations = tuple(find_citations(text).citations[0] for text in texts)
    answer = citeproc.format(CitationRequest(citations, (CitedWork(ITEM, "x"),), style, lang))
    return [unescape(re.sub("<[^>]+>", "", text)).replace("\u00a0", " ") for text in answer.citations]


def pandocs(folder: Path, texts: list[str], style: str, lang: str = "en") -> list[str]:
    """The same by pandoc itself, from its own Markdown."""
    (folder / "style.csl").write_text(style, "utf-8")
    (folder / "works.json").write_text(f"[{ITEM}]", "utf-8")
    options = (f"--bibliography={folder / 'works.json'}", f"--csl={folder / 'style.csl'}", "-M", f"lang={lang}")
    command = (pandoc_path(), "--citeproc", *options, "-M", "suppress-bibliography=true", "-t", "plain", "--wrap=none")
    done = subprocess.run(command, input="\n\n".join(texts).encode(), capture_output=True, check=True)
    return [line.replace("\u00a0", " ") for line in done.stdout.decode().split("\n") if line]


def terms_of(label: str, lang: str) -> list[str]:
    """One, several, and both in short."""
    words = {"en": OTHERS, **TERMS}[lang].get(label, "версия версия")
    one, several, *short = words.split(" ")
    return [one, several, *(short if len(short) == 2 else short * 2 or (one, several))]


def with_terms(style: str, lang: str, terms: dict[str, list[str]]) -> str:
    """A style with the terms of some labels, and with a name for each label that is the same in every language."""
    given = ""
    for label, (one, several, short, shorts) in terms.items():
        for form, single, multiple in (("long", one, several), ("short", short, shorts)):
            forms = f"<single>{single}</single><multiple>{multiple}</multiple>"
            given += f'<term name="{label}" form="{form}">{forms}</term>'
    named = "".join(f'<term name="{label}" form="verb">x{label}</term>' for label in READ_BY_PANDOC)
    locales = f'<locale xml:lang="{lang}"><terms>{given}</terms></locale><locale><terms>{named}</terms></locale>'
    return style.replace("</info>", f"</info>{locales}", 1)


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
@pytest.mark.parametrize("name", STYLES)
def test_every_label_in_a_style_and_a_language(citeproc: Citeproc, tmp_path: Path, name: str, lang: str) -> None:
    own = {label: terms_of(label, lang) for label in TERMS.get(lang, {}) if label in READ}
    asked = [f"[@a, {{x{label} {value}}}]" for label in READ for value in VALUES]
    known = [f"[@a, {{{words_of(label)} {value}}}]" for label in READ for value in VALUES]
    assert ours(citeproc, known, style(name), lang) == pandocs(
        tmp_path, asked, with_terms(style(name), lang, own), lang
    )
    others = list(OTHERS)
    for some in (others[:6], others[6:]):
        lent = dict(zip(some, LENT, strict=False))
        lending = with_terms(style(name), lang, {lent[label]: terms_of(label, lang) for label in some})
        asked = [f"[@a, {{x{lent[label]} {value}}}]" for label in some for value in VALUES]
        known = [f"[@a, {{{words_of(label)} {value}}}]" for label in some for value in VALUES]
        assert ours(citeproc, known, style(name), lang) == pandocs(tmp_path, asked, lending, lang)


def words_of(label: str) -> str:
    """A word of the label, whatever the language."""
    return LABEL_WORDS[label].split(" ")[0].replace("_", " ")


AS_WRITTEN = [
    ("[@a, art. 5]", "Article 5", "art. 5"),
    ("[@a, arts. 5-7]", "Articles 5–7", "arts. 5–7"),
    ("[@a, arts. 5–7]", "Articles 5–7", "arts. 5–7"),
    ("[@a, art. 5(2)(b)]", "Article 5(2)(b)", "art. 5(2)(b)"),
    ("[@a, art. 12 § 3]", "Article 12 § 3", "art. 12 § 3"),
    ("[@a, art.5]", "Article 5", "art. 5"),
    ("[@a, ст. 5]", "Article 5", "art. 5"),
    ("[@a, п. 5]", "para. 5", "para. 5"),
    ("[@a, ч. 5]", "Part 5", "pt. 5"),
    ("[@a, гл. 5]", "Chapter 5", "chap. 5"),
    ("[@a, бап 5]", "Article 5", "art. 5"),
    ("[@a, 5-бап]", "Article 5", "art. 5"),
    ("[@a, § 5]", "Section 5", "sec. 5"),
    ("[@a, s.v. 5]", "Sub verbo 5", "under 5"),
    ("[@a, timestamp 0:05]", "0:05", "at 0:05"),
    ("[@a, p. **32**]", "p. 32", "32"),
    ("[@a, p. 3*a*]", "p. 3a", "3a"),
    ("[@a, _p._ 3]", "p. 3", "3"),
    ("[@a, {sub verbo x}]", "Sub verbo x", "under x"),
    ("[@a {pp. iv, vi-xi, and 5} with a suffix]", "pp. iv, vi–xi, and 5 with a suffix",
     "iv, vi–xi, and 5 with a suffix"),
    ("[@a, 33-35]", "pp. 33–35", "33–35"),
    ("[@a, p. 591 [84]]", "pp. 591 [84]", "591 [84]"),
    ("[@a, {}99 years later]", "99 years later", "99 years later"),
    ("[@a, p. 1,000]", "p. 1,000", "1,000"),
    ("[@a, pp. 1,000-1,010]", "pp. 1,000–1,010", "1,000–1,010"),
    ("[@a, pp. 999, 1,000]", "pp. 999, 1,000", "999, 1,000"),
    ("[@a, p. A-1]", "p. A-1", "A-1"),
    ("[@a, pp. A-1, B-2]", "pp. A-1, B-2", "A-1, B-2"),
    ("[@a, pp. A1-A5]", "pp. A1–A5", "A1–5"),
    ("[@a, art. 5-bis]", "Article 5-bis", "art. 5-bis"),
    ("[@a, sec. 2-3-1]", "Section 2-3-1", "sec. 2-3-1"),
    ("[@a, {front matter}]", "p. front matter", "front matter"),
    ("[@a, p. 2019-05]", "p. 2019-05", "2019-05"),
    ("[@a, pp. 321-28]", "pp. 321–328", "321–28"),
]  # fmt: skip
"""What authors write, and what two styles print."""
LIKE_PANDOC = (
    *("p. **32**", "{sub verbo x}", "{pp. iv, vi-xi, and 5} with a suffix", "secs. 5-7", "sec. 5(2)(b)", "sec. 12 § 3"),
    *("p.5", "pp. 5–7", "33-35", "pp. 33-35, 38-39 and *passim*", "p. 3, emphasis added", "{p. 3 [84]}", "p. 3*a*"),
    *("p. 591 [84]", "chap. 3, p. 5", "vol. 2:33-35", "*see* p. 3", "pp. 4, 6, 8", "Chapter 3", "p. `3`", "99 years"),
    "{}99 years later",
)
AUTHOR_DATE = ("apa", "chicago-author-date")
Printed = dict[tuple[str, str], str]
"""Style and text -> what is printed."""


@pytest.fixture(scope="module")
def by_us(citeproc: Citeproc) -> Printed:
    """All texts of a style are asked at once: reading the style takes longest."""
    asked = [*(text for text, _, _ in AS_WRITTEN), *(f"[@a, {text}]" for text in LIKE_PANDOC)]
    return {
        (name, text): printed
        for name in AUTHOR_DATE
        for text, printed in zip(asked, ours(citeproc, asked, style(name)), strict=True)
    }


@pytest.fixture(scope="module")
def by_pandoc(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """The same of those that pandoc reads: starting it takes longest."""
    folder, asked = tmp_path_factory.mktemp("pandoc"), [f"[@a, {text}]" for text in LIKE_PANDOC]
    return {
        (name, text): printed
        for name in AUTHOR_DATE
        for text, printed in zip(asked, pandocs(folder, asked, style(name)), strict=True)
    }


@pytest.mark.parametrize(("text", "apa", "chicago"), AS_WRITTEN)
def test_locators_as_authors_write_them(by_us: Printed, text: str, apa: str, chicago: str) -> None:
    assert [by_us[name, text] for name in AUTHOR_DATE] == [f"(Doe, 2020, {apa})", f"(Doe 2020, {chicago})"]


@pytest.mark.parametrize("text", LIKE_PANDOC)
def test_pandoc_reads_the_same(by_us: Printed, by_pandoc: Printed, text: str) -> None:
    for name in AUTHOR_DATE:
        assert by_us[name, f"[@a, {text}]"] == by_pandoc[name, f"[@a, {text}]"]


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        (", p. 3 and *passim*", " and *passim*"),
        (", *p. 3 and* more", " and more"),
        (", p. 3, **bold**", ", **bold**"),
        (", **p. 3**", ""),
        (" 2*3*4 x", " x"),
    ],
)
def test_what_follows_a_locator_keeps_its_emphasis(words: str, rest: str) -> None:
    assert parse_locator(words).rest == rest


def test_a_document_may_use_every_label(citeproc: Citeproc) -> None:
    """More labels than can stand in for others: each prints what it prints alone."""
    texts = [f"[@a, {{{words_of(label)} 5-7}}]" for label in LABELS]
    found = [cited for text in texts for cited in find_citations(text).citations]
    assert len(passes(found)) > 5
    together = ours(citeproc, texts, style("chicago-author-date"))
    assert together == [ours(citeproc, [text], style("chicago-author-date"))[0] for text in texts]
    assert len(passes(found[:10])) == 1


def test_another_label_is_no_ibid(citeproc: Citeproc) -> None:
    notes = style("chicago-notes-bibliography-subsequent-ibid")
    texts = ["[@a, art. 5]", "[@a, rule 5]", "[@a, rule 5]", "[@a, opus 5]"]
    expected = ["Ann Doe, Alpha (Press, 2020), art. 5.", "Ibid., r. 5.", "Ibid.", "Ibid., op. 5."]
    assert ours(citeproc, texts, notes) == expected
    every = [f"[@a, {{{words_of(label)} 5}}]" for label in LABELS]
    assert ours(citeproc, [*texts, *every], notes)[:4] == expected


def test_a_style_may_have_words_of_its_own(citeproc: Citeproc) -> None:
    own = '</info><locale xml:lang="ru"><terms><term name="article-locator" form="short">статья</term></terms></locale>'
    house = style("chicago-author-date").replace("</info>", own, 1)
    assert ours(citeproc, ["[@a, art. 5]"], house, "ru") == ["(Doe 2020, статья 5)"]
    assert ours(citeproc, ["[@a, art. 5]"], style("chicago-author-date"), "ru") == ["(Doe 2020, ст. 5)"]
    tested = style("apa").replace('locator="page"', 'locator="article-locator"')
    assert ours(citeproc, ["[@a, art. 5]"], tested) == ["(Doe, 2020, art. 5)"]


def test_the_guide_lists_every_locator(citeproc: Citeproc) -> None:
    guide = (Path(__file__).parents[2] / "docs/writing.md").read_text("utf-8")
    rows = [
        line.strip("| ").split(" | ") for line in guide.partition("| you write |")[2].split("\n\n")[0].split("\n")[2:]
    ]
    words = [re.findall("`([^`]+)`", row[0]) for row in rows]
    assert words == [[word.replace("_", " ") for word in terms.split(" ")] for terms in LABEL_WORDS.values()]
    for column, lang in enumerate(("en", "ru", "kk"), 1):
        printed = ours(citeproc, [f"[@a, {{{row[0]} 5}}]" for row in words], style("chicago-author-date"), lang)
        assert [text.partition("2020, ")[2][:-1] for text in printed] == [row[column] for row in rows]
    every = [f"[@a, {{{word} 5}}]" for row in words for word in row]
    found = [find_citations(text).citations[0].items[0].label for text in every]
    assert found == [label for label, row in zip(LABEL_WORDS, words, strict=True) for _ in row]


@pytest.mark.parametrize(
    ("words", "lang", "label", "unknown"),
    [
        ("s. 4", "en-GB", "section", ""),
        ("ss. 4-6", "ru", "section", ""),
        ("s. 4", "sv", "", "s."),
        ("S. 4", "en", "", "S."),
        ("pp.5", "en", "page", ""),
        ("para 5", "en", "", "para"),
        ("at para 5", "en", "", "para"),
        ("cl. 4(2)", "en", "", "cl."),
        ("reg. 3", "en", "", "reg."),
        ("Schedule 2 para. 5", "en", "", "Schedule"),
        ("annex IV", "en", "", "annex"),
        ("art. 5, cl. 4", "en", "article-locator", "cl."),
        ("{} cl. 4", "en", "", ""),
        ("p. 5, n. 3", "en", "page", ""),
        ("May 2020", "en", "", ""),
        ("dated 5 May 2020", "en", "", ""),
        ("in the 2020 edition", "en", "", ""),
        ("and 4 others", "en", "", ""),
        ("see there", "en", "", ""),
    ],
)
def test_what_looks_like_a_locator_and_is_none_is_found(words: str, lang: str, label: str, unknown: str) -> None:
    (item,) = find_citations(f"[@a, {words}]", lang).citations[0].items
    assert (item.label, item.unknown[1]) == (label, unknown)
    assert item.unknown[0] in words
