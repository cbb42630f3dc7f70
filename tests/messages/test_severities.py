"""Which problems stop what: errors always, warnings `publish` and `--strict`, notices nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from reportgen.diagnostics import Diagnostic, Span, counted_by_strict, errors
from reportgen.messages.pages import codes, page

PACKAGE = Path(__file__).resolve().parents[2] / "reportgen"
NOTICES = {
    "cell-not-in-newest",
    "check-failed",
    "check-undecided",
    "claim-not-alone",
    "english-words",
    "guessed",
    "guessed-name",
    "join-unmatched",
    "list-damaged",
    "missing-language",
    "no-glyph",
    "not-on-map",
    "overdue",
    "quote-not-in-newest",
    "repeated-source",
    "saved-copy",
    "source-field",
    "part-lost",
    "translation-behind",
    "unknown-file",
    "unknown-locator",
}
"""The notices of the design that exist so far."""
ALSO_GRAVER = {"check-failed", "join-unmatched", "missing-language", "no-glyph", "saved-copy", "unknown-file"}
"""A check says itself how grave it is. A sign without a font is an error but in a source. Rows that find no partner are
left out, with a notice, where the author says so. A saved copy that is lost is told by what rests on
it. A table that nothing describes is a notice, other files are warnings. Names in the rows of a chart
may be the same in each language; other texts may not."""


def _strings(node: ast.AST) -> Iterator[str]:
    return (each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str))


_MAKERS = ("Diagnostic", "Fault", "report", "replace")


def _given_as_notices() -> set[str]:
    """The codes of every call in the program that makes a diagnostic and may make it a notice."""
    found: set[str] = set()
    for file in PACKAGE.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        for call in ast.walk(ast.parse(text)) if "notice" in text else ():
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name | ast.Attribute):
                continue
            name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr
            given = [*call.args, *(keyword.value for keyword in call.keywords)]
            if name in _MAKERS and any("notice" in _strings(each) for each in given[1:]):
                found |= set(_strings(given[0])) or {f"{file.name}:{call.lineno}"}
    return found


def test_the_notices_are_those_of_the_design() -> None:
    assert _given_as_notices() == NOTICES
    told = {code for code in codes() if page(code).told_by.startswith("A notice")}
    assert told == (NOTICES - ALSO_GRAVER) & set(codes())


def test_what_each_severity_stops() -> None:
    found = [Diagnostic("a-code", "It is so", Span.at("a.md"), None, each) for each in ("error", "warning", "notice")]
    assert [each.severity for each in errors(found)] == ["error"]
    assert [each.severity for each in counted_by_strict(found)] == ["error", "warning"]
