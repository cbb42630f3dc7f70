"""Pandoc's citation syntax: what a text cites, and what is wrong with it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.brief.citations import find_citations, mask_verbatim
from reportgen.model.citation import CitationItem


def shown(item: CitationItem) -> str:
    """An item on one line: `prefix|-id|label locator|suffix`, with `+` for an author in the text."""
    sign = "-" if item.suppress_author else "+" if item.author_in_text else ""
    return f"{item.prefix}|{sign}{item.source}|{item.label} {item.locator}|{item.suffix}".replace("| |", "||")


CASES = [
    ("[@id]", ["[@id] = |id||"]),
    ("As shown [@id].", ["[@id] = |id||"]),
    ("[see @a, pp. 3-5; @b]", ["[see @a, pp. 3-5; @b] = see|a|page 3-5| + |b||"]),
    ("[-@id]", ["[-@id] = |-id||"]),
    ("[-@a, 44; also -@b]", ["[-@a, 44; also -@b] = |-a|page 44| + also|-b||"]),
    ("@id says", ["@id = |+id||"]),
    ("-@id says", ["-@id = |-id||"]),
    ("@id [p. 3] says", ["@id [p. 3] = |+id|page 3|"]),
    ("@id\n[p. 3]", ["@id\n[p. 3] = |+id|page 3|"]),
    ("@id\n\n[p. 3]", ["@id = |+id||"]),
    ("@id [p. 3; @b, ch. 4]", ["@id [p. 3; @b, ch. 4] = |+id|page 3| + |b|chapter 4|"]),
    ("@id [see there]", ["@id [see there] = |+id|| see there"]),
    ("@a [@b]", ["@a = |+a||", "[@b] = |b||"]),
    ("@a [the link](x)", ["@a = |+a||"]),
    ("@a [the link][x]", ["@a = |+a||"]),
    ("@a [^1]", ["@a = |+a||"]),
    ("[@a][@b]", ["[@a] = |a||", "[@b] = |b||"]),
    ("[@a; @b; @c]", ["[@a; @b; @c] = |a|| + |b|| + |c||"]),
    ("(@a)", ["@a = |+a||"]),
    ("@{any id} x", ["@{any id} = |+any id||"]),
    (
        "[@{https://x.org/?a=b&c=[1]}, p. 33]",
        ["[@{https://x.org/?a=b&c=[1]}, p. 33] = |https://x.org/?a=b&c=[1]|page 33|"],
    ),
    ("[@{a{b}c}]", ["[@{a{b}c}] = |a{b}c||"]),
    ("@foo.", ["@foo = |+foo||"]),
    ("@foo.bar/baz:qux?", ["@foo.bar/baz:qux = |+foo.bar/baz:qux||"]),
    ("@doe//x", ["@doe//x = |+doe//x||"]),
    ("@doe--and", ["@doe = |+doe||"]),
    ("@_doe", ["@_doe = |+_doe||"]),
    ("@2020doe", ["@2020doe = |+2020doe||"]),
    ("[@Əділет-2021]", ["[@Əділет-2021] = |Əділет-2021||"]),
    ("[@a, § 5]", ["[@a, § 5] = |a|section 5|"]),
    ("[@a, §5]", ["[@a, §5] = |a|section 5|"]),
    ("[@a, para. 3, my suffix]", ["[@a, para. 3, my suffix] = |a|paragraph 3|, my suffix"]),
    ("[@a, vol. 2, p. 3]", ["[@a, vol. 2, p. 3] = |a|volume 2|, p. 3"]),
    ("[@a, Fig. 2]", ["[@a, Fig. 2] = |a|figure 2|"]),
    ("[@a, table 2b]", ["[@a, table 2b] = |a|table 2b|"]),
    ("[@a, pp. iv-vii]", ["[@a, pp. iv-vii] = |a|page iv-vii|"]),
    ("[@a p. 3]", ["[@a p. 3] = |a|page 3|"]),
    ("[@a, p.3]", ["[@a, p.3] = |a|page 3|"]),
    ("[@a 33]", ["[@a 33] = |a|page 33|"]),
    ("[@a, 33, 35-37 and nowhere else]", ["[@a, 33, 35-37 and nowhere else] = |a|page 33, 35-37| and nowhere else"]),
    ("[@a, pp. 3 – 5]", ["[@a, pp. 3 – 5] = |a|page 3 – 5|"]),
    ("[@a, participants 5]", ["[@a, participants 5] = |a||, participants 5"]),
    ("[@a, see p. 3]", ["[@a, see p. 3] = |a||, see p. 3"]),
    ("[@a, passim]", ["[@a, passim] = |a||, passim"]),
    ("[@a passim]", ["[@a passim] = |a|| passim"]),
    ("[@a{ii, A, D-Z}, with a suffix]", ["[@a{ii, A, D-Z}, with a suffix] = |a|page ii, A, D-Z|, with a suffix"]),
    ("[@a, {pp. iv, (xv)-(xvii)} here]", ["[@a, {pp. iv, (xv)-(xvii)} here] = |a|page iv, (xv)-(xvii)| here"]),
    ("[@a{}, 99 years later]", ["[@a{}, 99 years later] = |a||, 99 years later"]),
    ("[см. @a, с. 5]", ["[см. @a, с. 5] = см.|a|page 5|"]),
    ("[@a, гл. 2]", ["[@a, гл. 2] = |a|chapter 2|"]),
    ("[@a, ст. 5-1]", ["[@a, ст. 5-1] = |a|article-locator 5-1|"]),
    ("[@a, 5-бет]", ["[@a, 5-бет] = |a|page 5|"]),
    ("[@a, 12-15 б.]", ["[@a, 12-15 б.] = |a|page 12-15|"]),
    ("[@a, 3-тарау]", ["[@a, 3-тарау] = |a|chapter 3|"]),
    ("[see\n@a,\np. 3]", ["[see\n@a,\np. 3] = see|a|page 3|"]),
    ("[see [x] @a]", ["[see [x] @a] = see [x]|a||"]),
    ("[a [@b] c]", ["[@b] = |b||"]),
    ("[@a](https://x.org)", ["@a = |+a||"]),
    ("[@a]{.mark}", ["@a = |+a||"]),
    (r"\[@a\]", ["@a = |+a||"]),
    (r"[write to me\@x.org @a]", [r"[write to me\@x.org @a] = write to me@x.org|a||"]),
    ("non-@a", ["@a = |+a||"]),
    ("[0, 1) as @a says", ["@a = |+a||"]),
    (r"\@id", []),
    ("me@example.com, first_last_@example.com", []),
    ("[me@example.com]", []),
    ("@ 5 pm [meet @ 6]", []),
    ("[x] [ ] []", []),
    ("", []),
    ("@a\n", ["@a = |+a||"]),
    ("\n\n \n@a\n\n\n", ["@a = |+a||"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_what_is_cited(text: str, expected: list[str]) -> None:
    found = find_citations(text)
    shapes = [f"{text[c.start : c.end]} = {' + '.join(map(shown, c.items))}" for c in found.citations]
    assert shapes == expected
    assert not found.problems
    for citation in found.citations:
        assert all(text[item.start : item.end] == item.source for item in citation.items)


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("so [@a, p. 3", "[@a, p. 3", "a citation is opened and never closed"),
        ("[see @a\n\nb]", "[see @a", "a citation is opened and never closed"),
        ("[@]", "[@]", "a citation names no source"),
        ("[see @]", "[see @]", "a citation names no source"),
        ("[@a; ]", "; ]", "a citation names no source"),
        ("[@a; emphasis added]", " emphasis added", "a citation names no source"),
        ("@{} says", "@{}", "a citation names no source"),
        ("@{abc says", "@{abc says", "a citation names no source"),
        ("[see @a @b]", "@b", "two sources are cited without a semicolon"),
        ("@a []", "[]", "the brackets after a source are empty"),
    ],
)
def test_what_is_wrong(text: str, where: str, message: str) -> None:
    (problem,) = find_citations(text).problems
    assert (text[problem.start : problem.end], problem.message) == (where, message)
    assert problem.hint


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("`[@a]` [@b]", ["b"]),
        ("``x ` @a`` @b", ["b"]),
        ("```\n[@a]\n```\n@b", ["b"]),
        ("~~~ text\n@a\n~~~~\n@b", ["b"]),
        ("[her page](https://x.org/@a) @b", ["b"]),
        ('[her page](x "by @a") @b', ["b"]),
        ("<https://x.org/@a> https://x.org/@a @b", ["b"]),
        ("[x]: https://x.org/@a\n@b", ["b"]),
        ('<a title="@a">@b</a> <!-- @c -->', ["b"]),
        ("[^1]: see @b", ["b"]),
        (r"\`@b\`", ["b"]),
        ("2 < 3 @b > 1", ["b"]),
        ("[@{http://zotero.org/users/1/items/A}, p. 5]", ["http://zotero.org/users/1/items/A"]),
        ("[see @http://zotero.org/users/1/items/A; @b]", ["http://zotero.org/users/1/items/A", "b"]),
        ("@{https://x.org/?a=b} says", ["https://x.org/?a=b"]),
        ("@http://zotero.org/groups/1/items/A.", ["http://zotero.org/groups/1/items/A"]),
    ],
)
def test_code_and_addresses_cite_nothing(text: str, cited: list[str]) -> None:
    masked = mask_verbatim(text)
    assert [item.source for citation in find_citations(masked).citations for item in citation.items] == cited
    assert len(masked) == len(text)
    assert [m.start() for m in re.finditer("\n", masked)] == [m.start() for m in re.finditer("\n", text)]


@settings(max_examples=400)
@given(st.text(st.sampled_from("[]@{};,-\\ \n`<>()aбp.3_§i*") | st.characters()))
def test_any_text_can_be_read(text: str) -> None:
    assert len(mask_verbatim(text)) == len(text)
    found = find_citations(text)
    end = 0
    for citation in found.citations:
        assert end <= citation.start < citation.end <= len(text)
        assert citation.items
        end = citation.end
        at = citation.start
        for item in citation.items:
            assert at <= item.start < item.end <= citation.end
            assert text[item.start : item.end] == item.source
            assert bool(item.locator) == bool(item.label)
            at = item.end
    for problem in found.problems:
        assert 0 <= problem.start < problem.end <= len(text)


@pytest.mark.parametrize(
    "text", ["[" * 16000, "[@a" * 6000, "[" * 8000 + "@a" + "]" * 8000, "@{" * 8000, "[@a " + "i-" * 8000]
)
def test_time_grows_with_the_text_only(text: str) -> None:
    find_citations(mask_verbatim(text))
