"""Plain text in, the same as it is printed out: quotation marks, dashes, and spaces at which no line may end. Pure.

A brief's text is set when it is evaluated; this is for what other pages show of facts, measures and sources.
"""

from __future__ import annotations

import re

from reportgen.brief.typography import edits

_TOGETHER = re.compile(r"(?<![\w.,\u00a0])(\d{1,3}) (?=[^\W\d_]{2})")
"""A day and its month, a number and what it counts."""


def typeset(text: str | None, lang: str) -> str:
    """Never for HTML, whose own quotation marks have to stay."""
    made = text or ""
    for edit in reversed(edits(made, lang)):
        made = made[: edit.start] + edit.text + made[edit.end :]
    return _TOGETHER.sub("\\1\u00a0", made)
