"""Markdown is read as GitHub's own program reads it (cmark-gfm, by cmarkgfm), long texts in linear time, and what would
vanish is told.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import pytest
from cmarkgfm import markdown_to_html_with_extensions
from cmarkgfm.cmark import Options

from reportgen.brief.markdown import Converter
from reportgen.pages.html import with_addresses
from tests.brief.project import evaluated, told

GUIDE = (Path(__file__).parents[2] / "docs" / "writing.md").read_text("utf-8")
OPTIONS = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE
LINES = ["- a", "  - b", "   c", "", "1) d", "> e", "```", "# f", "---", "| g | h |", "    i", "j", "2. k", "+ l"]
SIGNS = ["*", "**", "_", "`", "[a](/b)", "a", " ", "\\", "~~", "<br>", "&amp;", "!", "[", "](c)", "\n", "("]
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr br table thead tbody tr th td div dl dt dd".split()  # noqa: SIM905
)
CONVERTER = Converter()


class Reader(HTMLParser):
    """HTML as a list of what it says: tags, attributes, words; blanks that no reader sees are left out."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[object, ...]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ours = ("id", "scope", "class", "align") if re.fullmatch(r"h\d|t[hd]", tag) else ()
        kept = tuple(sorted((name, value or "") for name, value in attrs if name not in ours))
        self.parts.append((tag, kept))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("br", "hr", "img"):
            self.parts.append(("/" + tag,))

    def handle_data(self, data: str) -> None:
        self.parts.append(("", data))


def read(html: str) -> list[tuple[object, ...]]:
    parts: list[tuple[object, ...]] = []
    for part in Reader(html).parts:
        if part[0] == "" and parts and parts[-1][0] == "":
            part = ("", f"{parts.pop()[1]}{part[1]}")
        parts.append(part)
    out, code = [], False
    for n, part in enumerate(parts):
        code = part[0] == "pre" or (code and part[0] != "/pre")
        if part[0] == "" and not code:
            words = re.sub(r"\s+", " ", str(part[1]))
            before, after = (str(parts[m][0]).lstrip("/") if 0 <= m < len(parts) else "p" for m in (n - 1, n + 1))
            words = words.lstrip() if before in _BLOCKS else words
            part = ("", words.rstrip() if after in _BLOCKS else words)
        if part != ("", ""):
            out.append(part)
    return out


def ours(text: str) -> list[tuple[object, ...]]:
    html = CONVERTER.convert(text, str, lambda _: "").html
    return read(re.sub(r'<th(?: class="\w")? scope="row">(.*?)</th>', r"<td>\1</td>", html, flags=re.S))


def theirs(text: str) -> list[tuple[object, ...]]:
    html = markdown_to_html_with_extensions(text, OPTIONS, ["table", "strikethrough", "autolink"])
    return read(html.replace("<del>", "<s>").replace("</del>", "</s>"))


def texts() -> Iterator[str]:
    yield from ("\n".join(lines) + "\n" for lines in product(LINES, repeat=2))
    yield from ("\n".join(lines) + "\n" for n, lines in enumerate(product(LINES, repeat=3)) if n % 7 == 0)
    yield from ("".join(signs) for n, signs in enumerate(product(SIGNS, repeat=3)) if n % 7 == 0)


def test_any_lines_and_any_signs_are_read_as_github_reads_them() -> None:
    assert [text for text in texts() if ours(text) != theirs(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Text:\n- one\n- two\n",
        "- a\n  - b\n   - c\n    - d\n",
        "1. x\n   - y\n2. z\n    - w\n",
        "* one\n\n  two\n\n* three\n",
        "> quote\n---\n\n- last\n---\n",
        "The price is \\$ high\n",
        "one\\\ntwo\n",
        "1. a\n\n   ```\n   code\n   ```\n\n2. b\n",
        "#word is a word.\n",
        "> ```\n> code\n> ```\n",
        "Text\n| a | b |\n|---|---|\n| c | d |\n",
        "| a |\n|:-:|\n| b \\| c |\n",
        "| a | b |\n|---|---|\n| only |\n",
        "~~gone~~ and ~~~~not\n",
        "See https://example.com/a_b_(c). And www.example.com!\n",
        "a <https://x.example/> b <m@x.example>\n",
        "Cost: 5 < 6 > 4 & 7\n",
        "[a][b] [b] [b][]\n\n[b]: /x 'Title'\n",
        "***a** b*\n",
        "**Bold lead**\n1. first\n2. second\n",
        "- a\n\n      code\n",
        "10) ten\n11) eleven\n",
        "Line  \nbroken\n",
        "<details>\n\n*a*\n\n</details>\n",
        "See ![a *b*](c.png)\n",
        "a<br>b<kbd>c</kbd>\n",
        "Setext\n===\n\nOther\n---\n",
        "\tcode\n",
        "&copy; &#65; \\& \\*\n",
    ],
)
def test_what_people_write_is_read_as_github_reads_it(text: str) -> None:
    assert ours(text) == theirs(text)


DIFFERENCES = {
    "text in angle brackets that is no HTML": "the town <redacted> said\n",
    "an address of a kind that pages do not link to": "[a](irc://x.example/)\n",
    "HTML that a page may not hold": "a <font>b</font>\n",
    "a tag that is never closed": "a <b>b\n",
    "the last four rows of the table above": "Term\n:   Definition\n",
    "a mail address without brackets": "write to m@x.example\n",
    "a bare address right after a backslash or a bracket": "[*www.q.example\n",
    "a bare address before a sign of another script": "see https://x.example/a。b\n",
    "a table under a line that has no bar": "text\n|---|\n",
    "a picture with a title": 'a ![a](b.png "c")\n',
}
"""As docs/writing.md names them -> an example."""


@pytest.mark.parametrize(("name", "text"), DIFFERENCES.items())
def test_a_difference_that_the_guide_names_is_one(name: str, text: str) -> None:
    assert ours(text) != theirs(text)
    assert f"| {name} |" in GUIDE


def test_the_guide_names_no_other_difference() -> None:
    table = GUIDE.partition("| where GitHub reads otherwise |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| (?!-)(.+?) \| .+ \|$", table, re.M) == list(DIFFERENCES)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "<a " * 16_000,
        "*" * 20_000,
        "![" * 12_000,
        "[a](" * 5_000,
        "[^a" * 10_000,
        ":" * 20_000,
        "`" * 20_000,
        "http://" * 8_000,
        "^[" * 10_000,
        "[[]" * 5_000,
        "{.a" * 10_000,
        "<!-- " * 10_000,
        "$a " * 10_000,
        ">" * 5_000,
        "- " * 3_000,
        "a|" * 5_000 + "\n" + "-|" * 5_000,
        "*a **b " * 3_000,
        "<b>" * 1_000 + "x",
        "".join("  " * n + "- a\n" for n in range(300)),
        "a\n: b\n" * 3_000,
        "www." * 10_000,
    ],
    ids=lambda text: text[:8].replace("\n", " "),
)
def test_an_answer_comes_within_a_second_and_nothing_is_dropped(text: str) -> None:
    began = time.process_time()
    try:
        html = Converter().convert(text, str, lambda _: "").html
    except RecursionError:
        html = text  # told: too-deep
    assert time.process_time() - began < 2  # of a processor that others may share
    assert len(re.findall(r"\w", re.sub("<[^>]*>", "", html))) >= len(re.findall(r"(?<![<\w])\w", text)) * 0.1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("A.\n\nThe ==word== here.", '7:5 warning unread-mark "==word=="'),
        ("Water is H~2~O.", '5:11 warning unread-mark "~2~"'),
        ("An area of x^2^.", '5:13 warning unread-mark "^2^"'),
        ("So $x^n$ holds.", '5:4 warning unread-mark "$x^n$"'),
        ("$$\nE = mc\n$$", '5:1 warning unread-mark "$$'),
        ("::: note\nText\n:::", '5:1 warning unread-mark "::: note"'),
        ("[TOC]", '5:1 warning unread-mark "[TOC]"'),
        ("Either:\n\na) this\nb) that", '7:1 warning unread-mark "a) this'),
        ("See [[the dam]].", '5:5 warning unread-mark "[[the dam]]"'),
        ("Well done :tada: all", '5:11 warning unread-mark ":tada:"'),
        ("<details>\n<summary>*x*</summary>\n</details>", '6:10 warning unread-mark "*x*"'),
        ("<div>a[^a]</div>\n\n[^a]: b", '5:7 warning unread-mark "[^a]" is printed as it is typed: in a block'),
        ("<details><summary>*a*[^a]</summary>b^[c]</details>", '5:37 warning unread-mark "^[c]" is printed'),
        ('<div markdown="1">\n\nx\n\n</div>', '5:6 warning unread-mark "markdown="1""'),
        ("*a*{.footnote .x-b}", '5:6 warning html-removed the class "footnote" is left out'),
        ("## A {.vh}", '5:8 warning html-removed the class "vh" is left out'),
        ('a <span class="wide task">b</span>', '5:21 warning html-removed the class "task" is left out'),
        ("<div class=vh>\n\na\n\n</div>", '5:12 warning html-removed the class "vh" is left out'),
        ("[a[^n]](https://x.org)\n\n[^n]: b", '5:1 warning unread-mark "[a[^n]](https://x.org)"'),
        ("[as @report-2020 says](https://x.org)", "5:5 bad-citation a citation cannot stand within a link"),
        ("[so [@report-2020]](https://x.org)", "5:5 bad-citation a citation cannot stand within a link"),
        ("<a href='https://x.org'>[@report-2020]</a>", "5:25 bad-citation a citation cannot stand within a link"),
        ("[a ^[b] c](https://x.org)", "5:4 note-not-here a note cannot be called within a link"),
        ("<a href='https://x.org'>a[^n]</a>\n\n[^n]: b", "5:26 note-not-here a note cannot be called within a link"),
        ("a {.wide} b", '5:3 warning unread-mark "{.wide}"'),
        ("- a\n- <script>x</script>", "6:3 warning html-removed the HTML element <script>"),
        (
            "<table>\n<tr><td>b</td></tr>\ne d\n</table>",
            '7:1 text-moved "e" stands between the cells',
        ),
        ("a\n\n<table><tr><td>b</td></tr>\n\nc *d*\n\n</table>", '9:1 text-moved "c" stands between'),
        ("<p>a</p>\n<td>b</td><td>c</td>", '6:5 text-moved "b" stands in a cell, and the cell in no row'),
        ("![alt ^[words]](images/a.png)", "5:1 note-not-here"),
        ('<hr title="x">', '5:5 warning html-removed the attribute title is left out: "title="x""'),
        ('<a href="&#106;avascript:x">a</a>', '5:4 warning html-removed "href="&#106;avascript:x"" is no address'),
        ("## A {#note-a}", '5:8 warning repeated-anchor the id "note-a"'),
        ("^[a [b]()]", "5:7 unknown-link this link has no address"),
        ("[a](https://x.org 'say \"5\"')", '5:25 typed-number "5"'),
        ("a <iframe src=x></iframe>", "5:3 warning html-removed the HTML element <iframe>"),
        ('<p style="a">b</p>', "5:4 warning html-removed the attribute style"),
        ("*a*{onclick=b}", "5:5 warning html-removed the attribute onclick"),
        ("a\n\n[x](javascript:alert)", '7:5 warning html-removed "javascript:alert" is no address'),
        ("| a | b |\n|---|---|\n| c | d | e |", "7:11 cells-beyond this row has more cells"),
        ("a[^n]\n\n[^n]: one\n\n[^n]: two", '9:1 repeated-note there are two notes with the label "n"'),
        ("1991. a\n1998. b\n2007. c", '6:1 warning list-numbers "1998." is printed as 1992:'),
        ("1. a\n\n   3) b\n   1) c", '8:4 warning list-numbers "1)" is printed as 4:'),
        ("12. a\n13. b\n15. c", '7:1 warning list-numbers "15." is printed as 14:'),
        ("a\n\n[Note]: secret", '7:1 warning unused-definition nothing uses "Note"'),
        ("[a][Dup]\n\n[Dup]: /b\n[Dup]: /c", '8:1 warning unused-definition the address of "[Dup]" is given twice'),
        ("ABC\n\n*[ABC]: one\n*[ABC]: two", '8:1 warning unused-definition the meaning of "ABC" is given twice'),
        ("Term\n:   one\ntwo\n  :   three", '8:3 warning unread-mark ":   three"'),
        ("Term\n:   one\n   ~ four", '7:4 warning unread-mark "~ four"'),
        ("| a | b |\n|---|\n| c | d |", '6:1 warning unread-mark "|---|"'),
        ("a | b | c\n--|--\nd | e | f", '6:1 warning unread-mark "--|--"'),
        ("x\n\n| a | b |\n| c | d |", '7:1 warning unread-mark "| a | b |"'),
        ("x\n\n+--+--+\n| a | b |\n+==+==+\n| c | d |\n+--+--+", '7:1 warning unread-mark "+--+--+"'),
        ("x ![a](file:///b%20c)", '5:8 foreign-picture the picture "file:///b%20c" is not one'),
        ("x ![a](data:image/png;base64,AA==)", '5:8 foreign-picture the picture "data:image/png;base64,AA=="'),
        ('x <img alt="a" src="file:///b">', '5:21 foreign-picture the picture "file:///b" is not one'),
        ('x <img alt="a">', '5:3 foreign-picture the picture "<img'),
        ("x ![a]()", "5:6 foreign-picture no picture is named here"),
        ("x\n\n[a]()", "7:3 unknown-link this link has no address"),
        ("x\n\n[a](<>)", "7:3 unknown-link this link has no address"),
        ('x ![a](images/boats.png){width="abc"}', "5:26 warning html-removed the attribute width is left out"),
        ("x \x07 y", "5:3 private-character the character U+0007 is a control character"),
        ("x y\x7f", "5:4 private-character the character U+007F is a control character"),
        ("x &#xF0000; y", "5:3 private-character the character U+F0000 is a private-use one"),
        ("x &#1048576;", "5:3 private-character the character U+100000 is a private-use one"),
        ("x <b>&#xc;</b>", "5:6 private-character the character U+000C is a control character"),
        ("a\u2028b", "5:2 private-character the character U+2028 parts lines in other programs"),
        ("a\x85b \u2029c", "5:2 private-character the character U+0085 parts lines in other programs"),
        ("a &#8233;", "5:3 private-character the character U+2029 parts lines in other programs"),
        ("a &#x202E;b", "5:3 warning bidi-control the invisible sign U+202E turns"),
        ('a [b](https://b.example "&#8295;")', "5:26 warning bidi-control the invisible sign U+2067 turns"),
        ("a</p>b", '5:2 warning html-removed "</p>" ends what has not begun'),
        ("x\n\n</div>", '7:1 warning html-removed "</div>" ends what has not begun'),
        ("<b>x\n\ny</b>", '7:2 warning html-removed "</b>" ends what has not begun'),
        ("a\n\n*[ABC]: secret", '7:1 warning unused-definition nothing uses "ABC"'),
        ("a\n\n<details>\n<summary>b</summary>\n\nc\n\n## d", '7:1 warning tag-left-open "<details>" is not closed'),
        ("<div>\n<section\n class=a>\n\nb\n\n</div>", '6:1 warning tag-left-open "<section" is not closed'),
        ("a\n\n```python\nb\n\nc[^d]", '7:1 warning tag-left-open the code that begins with "```python" is not closed'),
        ("> ```\n> b\n\nc", '5:3 warning tag-left-open the code that begins with "```" is not closed'),
        ("a**b**c, ** d **, *e*", '5:10 warning unread-mark "** d **" is printed as it is typed'),
        ("a <div> b\n\nc", '5:3 warning tag-left-open "<div>" is not closed'),
        ("<div><b>a</div>\n\n<div><i>b", '7:1 warning tag-left-open "<div>" is not closed'),
        ("[a](#b-c), [d](#b)", '5:16 unknown-link nothing on the page of "sea" has the id "b"'),
        ("In metadata.md, data.md\nand [a](data.md)", '6:9 unknown-link the link "data.md"'),
        ("    [a](data.md)\n\nb\n\n[a](data.md)", '9:5 unknown-link the link "data.md"'),
        ("data.md [a][b]\n\n[b]: data.md", '7:6 unknown-link the link "data.md"'),
        ("größe.md: <a href='größe.md'>a</a>", '5:20 unknown-link the link "größe.md"'),
        ("![a](/images/x.png) ![b](.images/x.png)", '5:26 foreign-picture the picture ".images/x.png"'),
        ("![a](../images/x.png)", "5:6 unknown-picture there is no content/images/x.png"),
        ("A.\n\n![a](<images/a+b%23c%3f d.png>)", "7:7 unknown-picture there is no content/images/a+b#c? d.png"),
        ("A.\n\n![a](images/%d0%BAs.png)", "7:6 unknown-picture there is no content/images/кs.png"),
        ("> a[^x]", '5:4 unknown-note no note has the label "x"'),
        ("a[^x]\n\n[^x]:", '7:1 unknown-note the note "x" has no text'),
        ('It has { fact("boats-2020") }.', '5:10 bare-call fact("boats-2020")'),
        ("It has {fact(“boats-2020”)}.", "5:9 bare-call fact(“boats-2020”)"),
        ("{% set a = 1 %}[b](/c) x\n\n[Note]: secret", '7:1 warning unused-definition nothing uses "Note"'),
        ('{% set a = 1 %}x\n\n<div class="x">b</div>', '7:13 warning html-removed the class "x"'),
        ("{% set a = 1 %}x\n\n1. y\n\n   a. z\n   b. w", '9:4 warning unread-mark "a. z"'),
        ('It has {{{ fact("boats-2020") }}}.', "5:8 template-syntax a call has two braces on each side"),
        ('It has {% fact("boats-2020") %}.', "5:8 template-syntax a call stands between braces"),
        ("It has {{ fact(“boats-2020”) }}.", "5:8 template-syntax a call takes straight quotation marks"),
    ],
)
def test_what_would_vanish_or_mislead_is_told(text: str, problem: str) -> None:
    lines = told(evaluated(text))
    assert [line for line in lines if line.startswith(problem)], lines


@pytest.mark.parametrize("line", ["  :   three", "   ~ three"])
def test_lines_of_a_definition_are_not_glued(line: str) -> None:
    html = CONVERTER.convert(f"Term\n:   one\ntwo\n{line}", str, lambda _: "").html
    assert re.search(r"two</p>\s*<p>[:~]\s+three</p>", html)


@pytest.mark.parametrize("address", ["images/a b.png", "./images/a b.png", "../images/a b.png", "../images/a%20b.png"])
def test_a_picture_is_found_as_seen_from_the_brief(address: str) -> None:
    for text in (f"![a](<{address}>)", f'<img alt="a" src="{address}">', f'![a](<{address}> "Words")'):
        converted = CONVERTER.convert(text, str, lambda _: "")
        assert 'src="images/a%20b.png"' in converted.html
        assert converted.images == (address.replace("%20", " "),)


def test_a_picture_that_is_none_is_told_once() -> None:
    for text in ("![a](file:///x)", "![a]()", '<img alt="a">', '<p><img alt="a" src="data:x"></p>'):
        assert len(told(evaluated(text))) == 1, told(evaluated(text))


@pytest.mark.parametrize("text", ["<!--> words -->", "<!---> words", "a <!--> words -->"])
def test_a_comment_ends_where_it_ends_in_a_browser(text: str) -> None:
    assert "words" in CONVERTER.convert(text, str, lambda _: "").html


def test_a_tag_that_is_not_closed_ends_with_its_text() -> None:
    assert CONVERTER.convert_inline("<b>A <i>title", str).html == "<b>A <i>title</i></b>"
    assert CONVERTER.convert("<b>a\n\nc", str, lambda _: "").html == "<p><b>a</b></p>\n<p>c</p>"


@pytest.mark.parametrize(
    "text", ["<p>a\n\nb", "<ul>\n<li>a\n<li>b\n</ul>", "<table><tr><td>a<td>b</table>", "a <b>c\n\nd"]
)
def test_a_tag_whose_end_may_be_left_out_is_not_told(text: str) -> None:
    assert told(evaluated(text)) == []


@pytest.mark.parametrize("dashes", [":---:", ":--", "--:", "|---|", "| :-: |"])
def test_a_table_may_have_one_column(dashes: str) -> None:
    text = f"| a |\n{dashes}\n| b |\n"
    assert ("table", ()) in ours(text)
    assert ours(text) == theirs(text)


def test_dashes_alone_make_a_heading_of_the_line_above() -> None:
    assert ("h2", ()) in ours("| a |\n---\n")
    assert ("table", ()) not in ours("a\n--:\n")


def test_a_note_that_is_called_in_html_is_told_once() -> None:
    assert len(told(evaluated("<div>a[^a] b[^a]</div>\n\n[^a]: b"))) == 1


@pytest.mark.parametrize(
    "words",
    [
        "<a noise>",
        "<time of day>",
        "<code red>",
        "<script of a play>",
        "<Img of her>",
        "<section missing>",
        "<p dropped>",
    ],
)
def test_words_in_brackets_that_begin_like_a_tag_are_words(words: str) -> None:
    """At the beginning of a block and within it; what HTML knows without a value is HTML."""
    found = evaluated(f"{words} he said {words} so *twice*.\n\n- {words}\n\n<details open>\n\nb\n\n</details>")
    assert told(found) == []
    assert unescape(found.brief.body).count(words) == 3
    assert "<em>twice</em>" in found.brief.body
    assert '<details open="">' in found.brief.body


@pytest.mark.parametrize(
    ("text", "address", "words"),
    [
        ("见 https://x.org/很长/b。他说", "https://x.org/%E5%BE%88%E9%95%BF/b", "https://x.org/很长/b"),
        ("(см. https://x.org/a», да)", "https://x.org/a", "https://x.org/a"),
        ("انظر https://x.org/a، ثم", "https://x.org/a", "https://x.org/a"),
        ("So https://x.org/(a)”. And", "https://x.org/(a)", "https://x.org/(a)"),
        ("So www.x.org/a… And", "http://www.x.org/a", "www.x.org/a"),
        ("<https://пример.рф/a%20b%22>", "https://xn--e1afmkfd.xn--p1ai/a%20b%22", "https://пример.рф/a%20b%22"),
        ("https://x.org/%D0%BF,%E2%80%AE,%ff", "https://x.org/%D0%BF,%E2%80%AE,%ff", "https://x.org/п,%E2%80%AE,%ff"),
    ],
)
def test_a_bare_address_ends_at_signs_of_other_scripts_and_is_printed_to_be_typed(
    text: str, address: str, words: str
) -> None:
    found = evaluated(text)
    assert told(found) == []
    links = re.findall('<a href="(.*?)">(.*?)</a>', found.brief.body)
    assert [(unescape(href), unescape(re.sub("<.*?>", "", shown))) for href, shown in links] == [(address, words)]
    assert 'class="url"' not in with_addresses(found.brief.body)  # on paper it stands once


@pytest.mark.parametrize(
    "text",
    [
        "It cost $5 and then $6, or US$7-$8 \\$x\\$ and `$x$`.",
        "a == b, a ≈ b, ~ten, ~~gone~~",
        "At 10:30: so. a:b:c",
        "x^ y^ and (a^b)",
        "`==x==`, `:tada:` and `[[x]]`",
        "https://x.example/a~b~c?d==e==f",
        "<name> and <a@x.example>",
        "data.csv and example.com",
        'Use `fact("x")` so.',
        "a[b](https://x.example/c){.wide} *d*{.x-e}",
        "# A head {#own}\n\nText\n{: .x-lead}",
        "A fact (in short).",
        "<div>\n\nx\n\n</div>\n\n<details><summary>a</summary>\n\nb <b>c</b>\n\n</details>\n\na<br>b</br>",
        "| a | b |\n|---|---|\n| c | d |\n\na | b\n\n`| a |\n| b |`",
        "> ~~~~\n> ```\n> ~~~~~\n\n- ```\n  a\n  ```\n\n```\n```",
        "1. a\n1. b\n1. c\n\nText\n\n4. d\n5. e\n   - f\n6. g",
    ],
)
def test_what_is_right_is_not_told(text: str) -> None:
    found = [line for line in told(evaluated(text)) if "typed-number" not in line and "number-word" not in line]
    assert found == []


def test_thousands_of_numbers_years_values_tags_and_entities_take_no_minutes() -> None:
    began = time.process_time()
    text = "typed 5 num in 2019 we <b>tag</b> {{ fact('boats-2020') }} &#49; 'so' "
    assert len(told(evaluated(text * 1_500))) == 3_000
    assert time.process_time() - began < 8  # it was 18, and grew with the square


def test_a_brief_may_quote_a_log_of_any_length() -> None:
    """Signs < that no > closes are text, however many there are."""
    assert evaluated("a <b\n" * 600).brief.body.count("a &lt;b") == 600
