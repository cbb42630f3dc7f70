"""A language's tag in, the script that it is written in out. Pure."""

from __future__ import annotations

from functools import cache

from babel.core import get_global


@cache
def script_of(lang: str) -> str:
    """By ISO 15924: the script that the tag names, else that of the language; `Latn` where it is not known."""
    parts = str(get_global("likely_subtags").get(lang, lang)).replace("-", "_").split("_")
    likely = parts + str(get_global("likely_subtags").get(parts[0], "")).split("_")
    return next((part.title() for part in likely[1:] if len(part) == 4 and part.isalpha()), "Latn")
