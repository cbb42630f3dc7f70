"""Which names of elements are blocks, and which stand within a line, is said in one place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from reportgen.brief.tags import BLOCKS, KNOWN_TAGS, PHRASES, TAGS, TITLED_BLOCKS, VOID, WITHIN_A_LINE
from tests.driver import ROOT

OTHERS = {
    "brief/tags.py": "the place",
    "archive/extract.py": "pages of others",
    "desk/web.py": "the desk's own pages",
}


def lists(tree: ast.AST) -> Iterator[list[str]]:
    """Words that stand together in a module: in a text, or in a set or list of texts."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.findall(r"[a-z]\w*", node.value)
        elif isinstance(node, ast.Set | ast.List | ast.Tuple):
            yield [str(each.value) for each in node.elts if isinstance(each, ast.Constant)]


def test_no_other_module_lists_them() -> None:
    def is_list(words: list[str]) -> bool:
        return max(len(names.intersection(words)) for names in (WITHIN_A_LINE - {"a", "i", "s"}, BLOCKS)) > 8

    found = [
        (path.relative_to(ROOT).as_posix(), words)
        for path in sorted((ROOT / "reportgen").rglob("*.py"))
        if path.relative_to(ROOT / "reportgen").as_posix() not in OTHERS
        if is_list(re.findall(r"[a-z]\w*", text := path.read_text("utf-8")))  # else none of its lists is
        for words in lists(ast.parse(text))
        if is_list(words)
    ]
    assert found == []


def test_each_element_is_one_or_the_other() -> None:
    assert frozenset(TAGS) <= BLOCKS | WITHIN_A_LINE
    assert not BLOCKS & WITHIN_A_LINE
    assert PHRASES < WITHIN_A_LINE
    assert TITLED_BLOCKS < BLOCKS
    assert VOID <= frozenset(TAGS) <= KNOWN_TAGS
