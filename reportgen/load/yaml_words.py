"""An error of libyaml in; a Diagnostic in plain words out. Pure."""

from __future__ import annotations

import re

from yaml.error import MarkedYAMLError

from reportgen.diagnostics import Diagnostic
from reportgen.late_patterns import regex
from reportgen.load.lines import FileText

UNPRINTABLE = regex("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")

_WORDS = (
    (
        "mapping values are not allowed",
        "a colon with a space after it cannot stand here",
        'put the whole value in quotes: "…"; or the keys above are not indented alike',
    ),
    (
        "block sequence entries are not allowed",
        "a list cannot begin on the line of its key",
        "put each - on a line of its own, below the key",
    ),
    (
        "did not find expected ',' or ']'",
        "a list that begins with [ is not closed",
        "close it with ], and put commas between its values; a value with a comma or a colon needs quotes",
    ),
    (
        "did not find expected ',' or '}'",
        "a map that begins with { is not closed",
        "close it with }, and put commas between its keys; a value with a comma or a colon needs quotes",
    ),
    (
        "found unexpected end of stream",
        "a quotation mark is not closed",
        "close it, and write a quotation mark inside quotes twice ('') or after a backslash (\\\")",
    ),
    ("found unexpected document indicator", "a quotation mark is not closed", "close it before the line of ---"),
    (
        "found unknown escape character",
        "a backslash in double quotes begins an escape that YAML does not know",
        "use single quotes, or write the backslash twice",
    ),
    (
        "did not find expected '-' indicator",
        "a list's item should begin here with a -",
        "indent all lines of an item alike, and begin each item with -",
    ),
    ("could not find expected ':'", "a key without a colon", "write `key: value`, with a space after the colon"),
    (
        "did not find expected key",
        "a key should begin here",
        "indent the keys of one map alike; a value that has quotes inside needs quotes around all of it",
    ),
    (
        "did not find expected comment or line break",
        "after | or > the text begins on the next line",
        'put a sign such as ">" or ">=" in quotes',
    ),
    (
        "did not find expected <document start>",
        "there is text after the end of the value",
        "put the whole value in quotes",
    ),
    ("did not find expected node content", "a value is missing here", "write it, or delete the comma before it"),
    ("did not find expected alphabetic", "a value cannot begin with * or & here", 'put it in quotes: "…"'),
    ("found a tab character", "a tab stands where spaces indent", "indent with spaces"),
)
_CALL_IN_DOUBLE_QUOTES = regex(r"\"[^\"']*\{\{[^}\"']*\(\"")
_BEGINS_WITH_BRACES = regex(r"[ \t]*(?:-[ \t]+)?[\w-]+:[ ]+(\{\w+\}[ ]*[^\s,}\]#\"][^\"\n]*)$")
_SINGLE_QUOTES = "put single quotes around the text: '… {{ fact(\"some-id\") }} …'"
_INSIDE_BRACKETS = ("or ']'", "or '}'", "expected node content")
_PLACED_BY_START = ("found unexpected end of stream", "or ']'", "or '}'", "found unexpected document indicator")


def syntax_error(error: MarkedYAMLError, source: FileText, base: int) -> Diagnostic:
    """What is wrong with a file's YAML, where, and what to do."""
    problem = error.problem or ""
    mark = error.problem_mark or error.context_mark
    at = base + (mark.index if mark else 0)
    if error.context_mark and any(words in problem for words in _PLACED_BY_START):
        at = base + error.context_mark.index
    at = min(at, max(len(source.text) - 1, 0))
    noticed = base + error.problem_mark.index if error.problem_mark else at
    if any(words in problem for words in _INSIDE_BRACKETS) and (cut := _comment_inside(source, at, noticed)):
        return cut
    if slip := _slip(source, at, max(at, noticed)):
        return slip
    span = source.span(at, at + 1)
    if "cannot start any token" in problem:
        if source.text[at : at + 1] == "\t":
            return Diagnostic("yaml-tab", "a tab stands where spaces indent", span, "indent with spaces")
        message = f"a value cannot begin with {source.text[at : at + 1]}"
        return Diagnostic("yaml-syntax", message, span, 'put it in quotes: "…"')
    for words, message, hint in _WORDS:
        if words in problem:
            if braced := _BEGINS_WITH_BRACES.match(_line_at(source.text, at)):
                begin = source.text.rfind("\n", 0, at) + 1 + braced.start(1)
                span = source.span(begin, begin + 1)
                message, hint = "a text that begins with { needs quotes around it", f'write "{braced[1]}"'
            if _CALL_IN_DOUBLE_QUOTES.search(_line_at(source.text, at)):
                message, hint = "the quotes of a call end the quotes around the text", _SINGLE_QUOTES
            return Diagnostic("yaml-tab" if "tab" in words else "yaml-syntax", message, span, hint)
    return Diagnostic("yaml-syntax", f"this is not YAML: {problem}", span, "put the value in quotes")


_KEY = regex(r"[ \t]*(?:-[ \t]+)?[\w-]+:(?=[ \n]|$)")
_NO_SPACE = regex(r"[ \t]*(?:-[ \t]+)?(?P<key>[A-Za-z_]+):(?P<value>[^\s/:][^:\n]*)$")
_HARD_SPACE = regex(r"[ \t]*(?:-[ \t]+)?(?P<key>[A-Za-z_]+):(?P<space>[\u00a0\u2007\u202f\u3000])")
_HARD_INDENT = regex(r"[ \t]*(?P<space>[\u00a0\u2007\u202f\u3000]+)")
_QUOTED = regex(r"""(?:(?<=[\s\[{,(])|^)(?P<mark>["'])""", re.M)
_APOSTROPHE = regex(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_QUOTED_OR_COMMENT = regex(
    r"""(?<=[\s\[{,])(?:"(?:[^"\\]|\\.)*"|'[^']*')|(?<=[\s\[{,])(?P<comment>#[^\s#][^\n]*[\]}][^\n]*)""", re.S
)
_COMMENT = regex(r"^[ \t]*#[^\n]*|(?<=[ \t])#[^\n]*", re.M)


def _slip(source: FileText, at: int, noticed: int) -> Diagnostic | None:
    """A slip that libyaml notices too late, told where it was made: a quotation mark that is not closed on its line, an
    apostrophe that closes one, a colon without a space, an invisible space, a line that is indented otherwise."""
    text = source.text
    opened = _open_quote(text, noticed)
    if opened is not None:
        span = source.span(opened, opened + 1)
        hint = "close it at the end of its text; a quotation mark inside stands twice ('') or after a backslash (\\\")"
        return Diagnostic("yaml-syntax", "the quotation mark that opens here is not closed on its line", span, hint)
    start = text.rfind("\n", 0, at) + 1
    above = text.rfind("\n", 0, max(start - 1, 0)) + 1
    for begin, line in ((start, _line_at(text, start)), (above, _line_at(text, above))):
        if hard := _HARD_INDENT.match(line):
            span = source.span(begin + hard.start("space"), begin + hard.end("space"))
            message = "this line begins with an invisible space of another kind, a no-break space"
            return Diagnostic("yaml-syntax", message, span, "delete it, and indent with the space bar")
        if hard := _HARD_SPACE.match(line):
            span = source.span(begin + hard.start("space"), begin + hard.end("space"))
            message = "after this colon stands an invisible space of another kind, a no-break space"
            return Diagnostic("yaml-syntax", message, span, "delete it, and type a space with the space bar")
        if (bare := _NO_SPACE.match(line)) and (begin == above or at > begin + bare.end("key")):
            span = source.span(begin + bare.end("key"), begin + bare.end("key") + 1)
            hint = f"write {bare['key']}: {bare['value'].strip()}"
            return Diagnostic("yaml-syntax", "after this colon a space is missing", span, hint)
    apostrophe = _APOSTROPHE.search(text, max(start, noticed - 2), noticed + 1) or re.compile(
        r"(?<=[^\W\d_])'(?=[^\W\d_])"
    ).search(text, max(start, at - 2), at + 1)
    if apostrophe and re.search(r"[\s\[{,]'", text[start : apostrophe.start()]):
        span = source.span(apostrophe.start(), apostrophe.end())
        message = "this apostrophe ends the single quotes around the text"
        return Diagnostic("yaml-syntax", message, span, "write it twice: ''")
    return _other_indent(source, start, above)


def _comment_inside(source: FileText, at: int, noticed: int) -> Diagnostic | None:
    """A comment that takes in the end of a list or map in brackets: `{accent: #0b5c4a}`."""
    text = source.text
    start = min(at, text.rfind("\n", 0, len(text[:noticed].rstrip())) + 1)
    for found in _QUOTED_OR_COMMENT.finditer(text, start, noticed):
        if cut := found["comment"]:
            value = re.split(r"[\s,\]}]", cut)[0]
            span = source.span(found.start("comment"), found.start("comment") + len(value))
            message = f"a # begins a comment here, so nothing is read from {value} to the end of its line"
            begins_value = text[: found.start("comment")].rstrip(" \t")[-1:] in tuple(":,[{\n")
            hint = f'put it in quotes: "{value}"' if begins_value else 'put the whole text in quotes ("…")'
            return Diagnostic("yaml-syntax", message, span, hint)
    return None


def _open_quote(text: str, at: int) -> int | None:
    """Where a quoted text opens that goes on over lines with keys of their own, up to where the error was noticed."""
    place = 0
    comments = [found.span() for found in _COMMENT.finditer(text[: at + 1])]
    while (opening := _QUOTED.search(text, place)) and opening.start("mark") <= at:
        start, mark = opening.start("mark"), opening["mark"]
        if any(a <= start < b for a, b in comments):
            place = start + 1
            continue
        end = _closing(text, start, mark)
        inside = text[start : end if end >= 0 else len(text)]
        first, _, rest = inside.partition("\n")
        if rest and any(_KEY.match(line) for line in rest.split("\n")) and ": |" not in first:
            return start
        if end < 0:
            return None
        place = end + 1
    return None


def _closing(text: str, start: int, mark: str) -> int:
    """The end of a quoted text; -1 where there is none."""
    at = start + 1
    while (at := text.find(mark, at)) >= 0:
        if mark == '"':
            slashes = len(text[start:at]) - len(text[start:at].rstrip("\\"))
            if slashes % 2 == 0:
                return at
            at += 1
        elif text[at : at + 2] == "''":
            at += 2
        else:
            return at
    return -1


def _other_indent(source: FileText, start: int, above: int) -> Diagnostic | None:
    """A key that stands deeper than the key above it, which has a value already."""
    line, before = _line_at(source.text, start), _line_at(source.text, above)
    if not (_KEY.match(line) and re.match(r"[ \t]*(?:-[ \t]+)?[\w-]+: +[^\s|>&]", before)) or start == above:
        return None
    wanted = len(before) - len(before.lstrip(" -\t"))
    given = len(line) - len(line.lstrip(" "))
    if given <= wanted:
        return None
    hint = f"begin it with {wanted} spaces, as the key above" if wanted else "begin it at the start of the line"
    span = source.span(start, start + max(given, 1))
    return Diagnostic(
        "yaml-syntax", "this line stands deeper than the one above, which has its value already", span, hint
    )


def _line_at(text: str, at: int) -> str:
    """The line on which a place stands."""
    start = text.rfind("\n", 0, at) + 1
    return text[start : (text + "\n").find("\n", at)]
