"""A language's tag in, whether it is written in Latin letters out. Pure."""

from __future__ import annotations

from functools import cache

from babel.core import get_global


@cache
def is_latin(lang: str) -> bool:
    """By the script that the tag names, else by that of the language; a language that is not known counts as Latin."""
    parts = str(get_global("likely_subtags").get(lang, lang)).replace("-", "_").split("_")
    likely = parts + str(get_global("likely_subtags").get(parts[0], "")).split("_")
    return next((part for part in likely[1:] if len(part) == 4 and part.isalpha()), "Latn").title() == "Latn"
