"""The program's own words in each language that it speaks, English being the key. Reads the package's own files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources

from babel import Locale

Forms = Mapping[str, str]
"""CLDR's plural category, such as `one` or `few` -> a phrase beside a number of that category."""


@cache
def languages() -> Mapping[str, Mapping[str, str | Forms]]:
    """Code of a language -> English phrase -> phrase; `phrases/<code>.json` holds them, `{}` for what is filled in.

    English has only what stands beside one; its other forms are the keys.
    """
    folder = resources.files("reportgen.language") / "phrases"
    return {
        file.name.removesuffix(".json"): json.loads(file.read_text(encoding="utf-8"))
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
    }


def phrase(lang: str, words: str, *filled: object) -> str:
    """A phrase in a language, filled in; English where it has not been translated."""
    return _filled(_found(lang, words, "other"), filled)


def counted(lang: str, words: str, count: int, *filled: object) -> str:
    """A phrase in the form that it has beside a number: `{} facts here` beside 1 is `{} fact here`."""
    base = lang.partition("-")[0]
    spoken = base if words in languages().get(base, {}) else "en"
    return _filled(_found(spoken, words, _category(spoken, count)), filled)


def _found(lang: str, words: str, category: str) -> str:
    found = languages().get(lang.partition("-")[0], {}).get(words, words)
    return found if isinstance(found, str) else found.get(category, found.get("other", words))


@cache
def _category(lang: str, count: int) -> str:
    return str(Locale.parse(lang).plural_form(count))


def _filled(found: str, filled: tuple[object, ...]) -> str:
    if filled and found.endswith("{}.") and str(filled[-1]).endswith("."):
        found = found[:-1]  # `12 февраля 2024 г.` has its full stop
    return found.format(*filled) if filled else found
