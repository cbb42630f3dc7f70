"""A document's elements in, its ordered lists numbered as their attributes say.

WeasyPrint reads these attributes only together with many that stylesheets are for. Effects: writes styles into lists.
"""

from __future__ import annotations

from typing import Any

TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
"""Value of the attribute `type` -> style of list."""


def number_lists(root: Any) -> None:
    """Writes where each list below an element begins, in which direction it counts and with which signs."""
    for element in root.iter():
        if element.tag != "ol":
            continue
        items = element.findall("li")
        step = 1 if element.get("reversed") is None else -1
        first = _whole(element.get("start"), 1 if step > 0 else len(items))
        _add(element, f"counter-reset: list-item {first - step}")
        for item in items:
            if step < 0:
                _add(item, f"counter-increment: list-item {step}")
            if kind := TYPES.get(element.get("type", "")):
                _add(item, f"list-style-type: {kind}")


def _whole(text: str | None, default: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return default


def _add(element: Any, declaration: str) -> None:
    element.set("style", "; ".join(filter(None, (element.get("style"), declaration))))
