"""A text that may differ by language in, the words in one language and where they stand out. Pure."""

from __future__ import annotations

from reportgen.brief.calls import SpanOf
from reportgen.diagnostics import Places, Span
from reportgen.model.text import Text


def placed(at: Places, key: str) -> SpanOf:
    """Where the parts of a key's text stand."""

    def place(start: int, length: int) -> Span:
        return at.inside(key, start, start + length)

    return place


def authored(text: Text, at: Places, key: str, lang: str) -> tuple[str, SpanOf]:
    """A text's words in a language, and where they stand: `title`, or `title.ru` where there are several."""
    words = text.in_language(lang)
    tag = next((tag for tag, found in text.by_language if tag and found == words), "")
    return words, placed(at, f"{key}.{tag}" if tag else key)
