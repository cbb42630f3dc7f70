"""An error of libyaml in; a Diagnostic in plain words out. Pure."""

from __future__ import annotations

import re

from yaml.error import MarkedYAMLError

from reportgen.diagnostics import Diagnostic
from reportgen.load.lines import FileText

UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

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
_CALL_IN_DOUBLE_QUOTES = re.compile(r"\"[^\"']*\{\{[^}\"']*\(\"")
_SINGLE_QUOTES = "put single quotes around the text: '… {{ fact(\"some-id\") }} …'"
_PLACED_BY_START = ("found unexpected end of stream", "or ']'", "or '}'", "found unexpected document indicator")


def syntax_error(error: MarkedYAMLError, source: FileText, base: int) -> Diagnostic:
    """What is wrong with a file's YAML, where, and what to do."""
    problem = error.problem or ""
    mark = error.problem_mark or error.context_mark
    at = base + (mark.index if mark else 0)
    if error.context_mark and any(words in problem for words in _PLACED_BY_START):
        at = base + error.context_mark.index
    at = min(at, max(len(source.text) - 1, 0))
    span = source.span(at, at + 1)
    if "cannot start any token" in problem:
        if source.text[at : at + 1] == "\t":
            return Diagnostic("yaml-tab", "a tab stands where spaces indent", span, "indent with spaces")
        message = f"a value cannot begin with {source.text[at : at + 1]}"
        return Diagnostic("yaml-syntax", message, span, 'put it in quotes: "…"')
    for words, message, hint in _WORDS:
        if words in problem:
            if _CALL_IN_DOUBLE_QUOTES.search(_line_at(source.text, at)):
                message, hint = "the quotes of a call end the quotes around the text", _SINGLE_QUOTES
            return Diagnostic("yaml-tab" if "tab" in words else "yaml-syntax", message, span, hint)
    return Diagnostic("yaml-syntax", f"this is not YAML: {problem}", span, "put the value in quotes")


def _line_at(text: str, at: int) -> str:
    """The line on which a place stands."""
    start = text.rfind("\n", 0, at) + 1
    return text[start : (text + "\n").find("\n", at)]
