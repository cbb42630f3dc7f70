"""A block's text in; marks in it that other programs read and this one prints as typed, out. Pure.

What people bring along from Pandoc, Quarto, MyST, MkDocs, Obsidian, GitHub and LaTeX. A mark is told where it is beyond
doubt that one was meant: a price in dollars is no formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reportgen.brief.calls import OPTIONS
from reportgen.late_patterns import regex

_MASKED = regex(
    r"\\.|(?P<ticks>(?<!`)`+(?!`)).+?(?<!`)(?P=ticks)(?!`)|<[^<>\n]*>|(?<=\])\([^()\s]*\)|\b(?:https?://|www\.)\S+",
    re.S,
)
"""What is no prose: escapes, code, tags, addresses."""
_CODE = regex(r"(?P<ticks>(?<!`)`+(?!`)).+?(?<!`)(?P=ticks)(?!`)", re.S)
_SUSPECT = regex(
    r"\t|==|[$\\~^|]|%%|\A%|\[\[|\[!|:::|:[a-z{+]|\[TOC\]|[a-z]\(|\+[-=+]|\{[-=+>:~a-z]|<[!?]|\][ ]?[\[(]|--8<|\*\*"
    r"|\A(?:\[[^\w\[\]]\]|:|Table:)"
    r"|(?:\A|\n)[ \t]*(?:\(?[\w@#]{1,5}[.)][ ]|\?\?\?|///|===|\.\.[ ]|\#\#|[-*+•◦▪‣☐–—:]|\([\w-]+\)=)",
    re.I,
)
"""What stands in a text that has any of them. Most have none, and are looked at no further."""
_NUMBERING = r"(?:(?:[^\W\d_]|[ivx]{2,4})[.)]|\d+\)|\#\.|@\w*\))"
"""What begins an item of a list for Pandoc, or between parentheses."""
_BLANKS = r"[^()<>\"'\n]*[^\s()<>\"'\n][ ][^()<>\"'\n]*"
"""An address with a blank in it."""
_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("==", regex(r"(?<![=<>!])==(?![=\s])[^=\n]*[^=\s]==(?!=)")),
    ("$", regex(r"\$\$[^$]+\$\$|(?<![\w$])\$(?:(?![\s$\d])|(?=\d*[a-z\\^_{]))[^$\n]*[^\s$]\$(?![\w$])")),
    (":::", regex(r"^:::.*", re.M)),
    ("[TOC]", regex(r"\A\[(?:\[_?TOC_?\]|TOC)\]\Z", re.I)),
    ("a)", regex(rf"^\(?{_NUMBERING}[ ].*\n\(?{_NUMBERING}[ ]", re.M)),
    ("[^]", regex(r"(?<![!\\])\[[^\[\]\n]*\[\^[^\[\]\n]+\][^\[\]\n]*\]\0+")),
    ("[[", regex(r"\[\[[^\[\]\n]+\]\]")),
    (":tada:", regex(r"(?<![\w:]):[a-z][a-z0-9_+-]+:(?![\w:])")),
    ("~", regex(r"(?<![~\\])~(?![~\s>])[^~\n]{0,60}[^~\s]~(?!~)")),
    ("^", regex(r"(?<!\^)\^(?![\^\s\[])[^\^\s\[\]]{1,20}\^(?!\^)")),
    ("^^", regex(r"\^\^(?![\^\s])[^^\n]*[^^\s]\^\^(?!\^)")),
    ("++", regex(r"(?<![\w+{])\+\+(?![+\s])[^+\n]*(?:\+[^+\n]+)*\+\+(?!\+)")),
    ("{++", regex(r"\{(?:\+\+.*?\+\+|--.*?--|>>.*?<<|~~.*?~~|\+[^+{}]+\+|=[^={}]+=|-[^-{}]+-)\}", re.S)),
    ("%%", regex(r"(?<![%\d])%%(?!%)[^%]+%%", re.S)),
    ("||", regex(r"(?<!\|)\|\|(?![|\s])[^|\n]*[^|\s]\|\|(?!\|)")),
    ("=== ", regex(r"^={3}[!+]?[ ]+[\"'][^\n]*", re.M)),
    ("???", regex(r"^\?{3}\+?[ ]+\w[^\n]*", re.M)),
    ("///", regex(r"^/{3,}[ ]*\w[^\n]*", re.M)),
    ("--8<--", regex(r"^-+8<-+.*", re.M)),
    (".. ::", regex(r"^\.\.[ ][\w-]+::.*", re.M)),
    ("+++", regex(r"^\+{3}(?!\+).*", re.M)),
    ("(a)=", regex(r"^\([\w-]+\)=[ \t]*$", re.M)),
    ("{a}`", regex(r"(?<!\w)\{[a-z][\w:-]*\}\0")),
    ("`{=", regex(r"\0\{=\w+\}")),
    ("{:toc}", regex(r"\{:?(?:toc|::?\w+)[^{}\n]*\}", re.I)),
    ("[!a]", regex(r"\A\[![\w-]+\][-+]?[^\n]*")),
    ("[-]", regex(r"\A\[[-></]\][ ][^\n]*")),
    ("^a", regex(r"(?<=\s)\^[A-Za-z][\w-]*\Z")),
    ("[](a b)", regex(rf"\]\((?![\s<]){_BLANKS}(?:\)|(?<=\w)\.\w{{2,4}}[ ][\"'“][^\n]*?[\"'”]\))")),
    ("[] ()", regex(r"\][ ]\((?:\0+\)?|[\w%./-]+\.(?:md|png|jpe?g|svg|gif|webp)\))")),
    ("##", regex(r"^\#{2,6}[^\#\s].*", re.M)),
    ("-a", regex(r"^(?:([-*+])|([•◦▪‣☐–—])[ \t]*)[^\W\d_].*\n(?:\1|\2)[ \t]*\w.*", re.M)),
    ("| a", regex(r"^\|[ ][^|\n]+\n\|[ ][^|\n]+$", re.M)),
    ("% a", regex(r"\A%[ ][^\n]*")),
    (": a", regex(r"\A(?::|Table:)[ ]\S[^\n]*\Z")),
    ("~ a", regex(r"(?<=\n)[~:][ \t]+\S.*")),
)  # fmt: skip
_TEX = (
    r"\\\((?=[^\n]*\\\))(?:[^\n\\]|\\(?!\)))*[\\^_={}<>+*/](?:[^\n\\]|\\(?!\)))*\\\)"
    r"|\\\([^\W\d_]\\\)|\\\[[^\n\[\]]*[\\^_={}<>+*/][^\[\]]*\\\]"
    r"|\\(?:begin|end|text\w+|emph|cite\w*|ref|label|footnote|section|frac|sqrt|href|url|includegraphics)\{[^{}\n]*\}"
    r"|\\(?:newpage|pagebreak|clearpage|noindent|tableofcontents|maketitle)\b"
)
_RAW: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("\\", regex(_TEX)),
    ("<!", regex(r"<(?:\?[a-z]+|!(?:\[CDATA\[|[A-Z]{4,}))[^<>]*>", re.I)),
    ("<!--", regex(r"<!--(?!-?>)(?:(?!-->).)*\Z", re.S)),
)
"""Marks that begin with a backslash, or stand in angle brackets."""
_DASHES = r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$"
_TABLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("+--+", regex(r"^[ \t]*\+(?:[-=:]+\+)+[ \t]*$", re.M)),
    ("|--|", regex(rf"(?<=\n)(?=[^\n]*\|){_DASHES}", re.M)),
    ("tabs", regex(r"^[^\t\n]*\S[ ]*\t[^\n]*\S[ \t]*\n[^\t\n]*\S[ ]*\t[^\n]*\S", re.M)),
    ("| |", regex(r"^[ \t]*\|[^\n]*\|[ \t]*(?=\n[ \t]*\|[^\n]*\|[ \t]*$)", re.M)),
)
"""Tables that are none."""
_QUOTE = "[\"'“”„‘’«»]"
_CALL = regex(
    r"(?<!\w)(?<!\{\{)(?<!\{\{ )"
    rf"(?:{'|'.join(OPTIONS)})\(\s*{_QUOTE}[^()\n]*{_QUOTE}(?:,[^()\n]*)?\)"
    r"(?!\s*\}\})"
)
"""A call without its braces, as when one of them was left out."""
DRAWN = frozenset({"mermaid", "geojson", "topojson", "stl", "math", "plantuml", "dot"})
"""Languages of code that other programs draw."""
SIMPLE_TABLE = regex(r"-{2,}(?:[ ]+-{2,})+[ ]*$")
"""The line below the heads of one of Pandoc's tables, which Markdown reads as a rule."""
_IN_HTML = regex(r"(?<![*\w])\*\*?(?![*\s])[^*\n]+(?<!\s)\*\*?(?!\w)|\[[^\[\]\n]+\]\([^()\s]+\)|`[^`\n]+`")
_FORMULA = "formulas are not set: write it in words, or with <sub> and <sup>"
_BOX = 'for a box, write !!! note "Title", with its text below, indented by four blanks'
_COMMENT = "a comment is written <!-- so -->"
HINTS = {
    "==": "to highlight words, write <mark>words</mark>",
    "$": f"{_FORMULA}; for a dollar sign alone, write \\$",
    "\\": f"{_FORMULA}; commands of LaTeX are not read",
    ":::": _BOX,
    "[TOC]": "delete it: a page lists its headings by itself",
    "a)": "to make a list of the lines, begin each with - or with 1. or 1)",
    "[[": "to link, write [words](other-brief.md)",
    "[^]": "no link holds a note: call it right behind the link, [words](address)[^note]",
    ":tada:": "write the sign itself, or words",
    "~": "to lower letters, write <sub>{}</sub>; to strike out, ~~words~~",
    "^": "to raise letters, write <sup>{}</sup>",
    "^^": "to mark what was put in, write <ins>words</ins>",
    "++": "to mark what was put in, write <ins>words</ins>; for keys, <kbd>Ctrl</kbd>",
    "{++": f"changes are not read: write <ins> and <del>; {_COMMENT}",
    "%%": f"this is printed: {_COMMENT}",
    "% a": f"this is printed: {_COMMENT}; a title stands in the lines between --- at the top",
    "||": "write the words as they are: nothing is hidden on paper",
    "=== ": "give each part a heading of its own: paper has no tabs",
    "???": "what folds is <details><summary>Title</summary>, an empty line, the text, an empty line, and </details>",
    "///": _BOX,
    ".. ::": f"directives are not read; {_BOX}",
    "```{": "code is printed, and not run or read: write the words, a picture, or a call such as {{ chart(…) }}",
    "```mermaid": "this is printed as code, and not drawn: save the drawing as SVG in content/images/, and show that",
    "--8<--": "write the words here: no other file is read in",
    "+++": "delete it, or write --- for a rule",
    "(a)=": "a heading's anchor stands behind it: ## Words {#anchor}",
    "{a}`": "roles are not read: link with [words](#anchor), cite with [@id]",
    "`{=": "delete it: nothing is written for one format alone",
    "{:toc}": "delete it: a page lists its headings by itself",
    "[!a]": "a box as on GitHub is > [!NOTE], TIP, IMPORTANT, WARNING or CAUTION, alone on its line; "
    'one with a title is !!! note "Title"',
    "[-]": "a task is [ ] or [x]",
    "^a": "an anchor of a paragraph stands on its last line: {#anchor}",
    "[](a b)": "an address with blanks stands in angle brackets: [words](<a b.pdf>); a picture's width behind the"
    " parentheses: {width=300}",
    "<!": "delete it: a page says of itself what it is",
    "<!--": f"close it: {_COMMENT}",
    "[] ()": "write the parenthesis right behind the bracket: [words](address)",
    "[][]": "nothing defines the second bracket: write [words](address), or a backslash before the first bracket",
    "**": "write the stars right at the words, and a blank or a sign outside of them: **words** more",
    "##": "write a blank behind the signs: ## Words",
    "-a": "to make a list of the lines, write a hyphen and a blank before each: - words",
    "| a": "end each line but the last with a backslash, to keep the lines apart",
    ": a": "write the table's title above it, or show the data by {{ table(…) }}, which has one",
    "~ a": "a definition begins with a colon and blanks: :   words",
    "-- --": "write a table with bars between its cells, and the line |---|---| below its head",
    "!!!": "the text of a box is indented by four blanks, below its line",
    "!!! inline": "boxes stand in the text: delete these words",
    "{.x}": "attributes stand right after an emphasis, a link or a picture, at the end of a heading, or alone on the"
    " last line of a paragraph: {.x-class}",
    "|--|": "give the line of dashes below a table's head as many parts as the head has cells: |---|---| for two",
    "| |": "write a line of dashes below the table's head: |---|---| for two columns",
    "tabs": "tabs part no cells: save the table as CSV in content/data/, or write | between its cells, and |---|---|"
    " below its head",
    "+--+": "write a table with bars between its cells, and the line |---|---| below its head",
    "block": "this text is one paragraph: say it in a sentence, or move it to the main text",
    "definition": "begin the line with :   at the margin, as the definition before it",
    "in HTML": "leave an empty line before and after the words that stand between the tags",
    "markdown=": 'delete markdown="1", and leave an empty line before and after the words between the tags',
}
"""Kind of mark -> what to write in its place."""
NOT_AS_TYPED = frozenset({"\\", "-- --", "{++", "!!!", "--8<--"})
"""Kinds of marks of which signs are read as something else: a backslash, a rule, hyphens."""


_STARS = regex(r"(?<![*\\])\*\*(?!\*)[^*\n]+(?<!\\)\*\*(?!\*)")
"""What is meant to be strong, if its stars are left in the text."""


def left_stars(text: str, printed: str) -> str:
    """What is meant to be strong and is printed with its stars: the first such words of a text, or nothing. `printed`
    is its plain words, with a sign in place of each mark that was read."""
    if printed.count("**") < 2 or not (typed := _STARS.search(text)):
        return ""
    left = _STARS.search(printed)
    return left[0] if left and left[0] in text else typed[0]


_REFERENCE = regex(r"(?<![\w\]!\\])\[[^\[\]\n^@][^\[\]\n]*\]\[([^\[\]\n^@][^\[\]\n]*)\]")


def undefined_reference(text: str, is_defined: Callable[[str], bool]) -> str:
    """The first `[words][label]` whose label nothing defines, or nothing."""
    if "][" not in text:
        return ""
    found = _REFERENCE.finditer(_MASKED.sub(lambda m: "\0" * len(m[0]), text))
    return next((text[each.start() : each.end()] for each in found if not is_defined(each[1])), "")


def unread_marks(text: str, *, in_html: bool = False) -> Iterator[tuple[str, str]]:
    """(kind, words) of the first mark of each kind; in a block of HTML every mark is one."""
    if in_html:
        if found := _IN_HTML.search(text):
            yield "in HTML", found[0]
        return
    if not _SUSPECT.search(text):
        return
    for kind, mark in _RAW:
        if found := mark.search(_CODE.sub(lambda m: "\0" * len(m[0]), text)):
            yield kind, found[0]
    prose = _MASKED.sub(lambda m: "\0" * len(m[0]), text)
    if found := _CALL.search(prose):
        yield "call", found[0]
        return
    for kind, mark in _TABLES:
        if found := mark.search(prose):
            yield kind, found[0].strip()
            return
    for kind, mark in _MARKS:
        if found := mark.search(prose):
            yield kind, text[found.start() : found.end()]
