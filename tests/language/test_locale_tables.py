"""What a language has of Babel's tables is the same whichever was asked for before it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import reportgen
from reportgen.language.lexicon import MADE, TURNING

PACKAGE = Path(reportgen.__file__).parent
LANGUAGES = (*MADE, *TURNING, "zh", "ja", "ar", "fa", "tr", "uk", "pt-BR", "en-GB", "sr-Latn")
SHARED = {"get_global", "list_currencies", "get_territory_currencies", "NumberPattern", "parse_pattern"}
"""What reads no table of a language."""
KEEPERS = {"reportgen.locale_tables", "reportgen.language.locales", "reportgen.language.cldr"}


ASK = """
import hashlib, sys
from reportgen.locale_tables import TABLES, Locale

def plain(value):
    if hasattr(value, "items"):
        return {str(key): plain(value[key]) for key in sorted(value, key=str)}
    return [*map(plain, value)] if isinstance(value, (list, tuple)) else repr(value)

def asked(tag):
    tables = getattr(Locale.parse(tag, sep="-"), TABLES)
    return {name: hashlib.sha256(repr(plain(tables[name])).encode()).hexdigest() for name in sorted(tables)}

for tag in sys.argv[1:]:
    asked(tag)
print({tag: asked(tag) for tag in sys.argv[1:]})
"""
"""Prints every table of the languages that are given, once all have been asked in their order."""


def tables_of(*tags: str) -> dict[str, dict[str, str]]:
    made = subprocess.run([sys.executable, "-c", ASK, *tags], capture_output=True, text=True, check=True)
    found: dict[str, dict[str, str]] = ast.literal_eval(made.stdout)
    return found


@pytest.fixture(scope="module")
def after_others() -> dict[str, dict[str, str]]:
    return tables_of(*reversed(LANGUAGES))


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_language_asked_alone_has_what_it_has_after_all_others(
    tag: str, after_others: dict[str, dict[str, str]]
) -> None:
    assert len(after_others[tag]) > 20
    assert tables_of(tag) == {tag: after_others[tag]}


def test_whatever_reads_a_table_has_the_locales_with_tables_of_their_own() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        imports = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
        named = {alias.name for node in imports if (node.module or "").startswith("babel") for alias in node.names}
        modules = {node.module for node in imports}
        modules |= {f"{node.module}.{alias.name}" for node in imports for alias in node.names}
        assert named <= SHARED or modules & KEEPERS or path.name == "locale_tables.py", path
