"""A stylesheet in; what of pages it takes out of sight, selector by selector, out. Pure.

A number that is hidden is read by nobody, and is published no more. What is looked at is what hides by itself; that
something is moved away, covered, or has its ground's colour cannot be seen without a browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import tinycss2

from reportgen.late_patterns import regex

_HIDES = {
    "display": "none",
    "visibility": "hidden|collapse",
    "content-visibility": "hidden",
    "opacity": r"0*\.?0+%?",
    "font-size": r"0*\.?0+(?:[a-z]+|%)?",
    "color": "transparent",
}
"""Property -> a pattern of the values by which nothing is seen."""
_MADE = regex(r"::?(?:before|after|marker|placeholder|backdrop|selection)\s*$")
"""What a stylesheet adds to a page itself."""


def hidden_by(css: str) -> frozenset[str]:
    """Selectors, each behind the conditions that it stands under; a value that is worked out elsewhere may hide."""
    return frozenset(_hidden(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), ""))


def _hidden(nodes: list[tinycss2.ast.Node], within: str) -> Iterator[str]:
    for node in nodes:
        if node.type not in ("qualified-rule", "at-rule") or node.content is None:
            continue
        prelude = " ".join(tinycss2.serialize(node.prelude).split())
        name = f"@{node.lower_at_keyword} {prelude}" if node.type == "at-rule" else prelude
        if node.type == "at-rule" and node.lower_at_keyword in ("keyframes", "font-face", "page", "property"):
            continue
        inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        if any(map(_hides, inner)):
            for selector in prelude.split(",") if node.type == "qualified-rule" else [name]:
                if not _MADE.search(selector):
                    yield f"{within}{selector.strip()}".strip()
        yield from _hidden(inner, f"{within}{name} ")


def _hides(node: tinycss2.ast.Node) -> bool:
    if node.type != "declaration" or node.lower_name not in _HIDES:
        return False
    value = tinycss2.serialize(node.value).strip().lower()
    is_asked = "var(" in value and node.lower_name in ("display", "visibility", "opacity")
    return is_asked or bool(re.fullmatch(_HIDES[node.lower_name], value))
