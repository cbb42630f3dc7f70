"""A character that no font has stops a build, at the place where its author wrote it."""

from __future__ import annotations

import pytest

from reportgen.diagnostics import Diagnostic
from reportgen.fonts.coverage import glyph_problems
from reportgen.fonts.metrics import COVERED, FAMILIES, MONO, SANS, covers
from reportgen.fonts.typefaces import Shelf
from reportgen.rebuild.digest import written
from tests.pdf.stress import SLUG, files, opened

BRIEF = f"content/briefs/{SLUG}.md"


def problems(changed: dict[str, str]) -> tuple[Diagnostic, ...]:
    project, result = opened({**files(), **changed})
    return glyph_problems(project.briefs[SLUG], result.brief, written(result.brief), Shelf(project))


def test_what_our_fonts_have() -> None:
    assert all(covers(char, SANS) or covers(char, MONO) for char in "Құқық,₸5–«да»├─≥ƒ≠†✓")
    assert all(covers(char, family) for char in COVERED for family in FAMILIES)
    assert not any(covers(char, family) for char in "中文😀" for family in FAMILIES)


def test_the_shipped_document_has_them_all() -> None:
    assert problems({}) == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "char"),
    [
        (BRIEF, "- Two, which", "- Two, ཇ, which", "ཇ"),
        (BRIEF, "печать, басып", "печать, 𓃭, басып", "𓃭"),
        ("content/charts/all.yaml", "title: Bars", "title: Bars ཇ", "ཇ"),
        ("content/facts/all.yaml", "The share was {value}", "The ཇ share was {value}", "ཇ"),
        ("content/sources/sources.yaml", "title: A report", "title: A ཇ report", "ཇ"),
    ],
)
def test_an_error_at_its_place(file: str, old: str, new: str, char: str) -> None:
    text = files()[file].replace(old, new, 1)
    (found,) = problems({file: text})
    severity = "notice" if "sources" in file else "error"
    line = text[: text.index(char)].count("\n") + 1
    assert (found.code, found.severity, found.span.file, found.span.line) == ("no-glyph", severity, file, line)
    assert text.splitlines()[line - 1][found.span.column - 1] == char
    assert f"U+{ord(char):04X}" in found.message
