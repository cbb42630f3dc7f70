"""The program's own words in each language that it speaks, English being the key. Reads the package's own files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def languages() -> Mapping[str, Mapping[str, str]]:
    """Code of a language -> English phrase -> phrase; `phrases/<code>.json` holds them, `{}` for what is filled in."""
    folder = resources.files("reportgen.language") / "phrases"
    return {
        file.name.removesuffix(".json"): json.loads(file.read_text(encoding="utf-8"))
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
    }


def phrase(lang: str, words: str, *filled: object) -> str:
    """A phrase in a language, filled in; English where it has not been translated."""
    found = languages().get(lang.partition("-")[0], {}).get(words, words)
    return found.format(*filled) if filled else found
