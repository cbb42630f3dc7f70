"""English nouns that are counted: their plural and singular by rule. Pure."""

from __future__ import annotations

import re

_IRREGULAR = {
    "person": "people", "child": "children", "man": "men", "woman": "women", "mouse": "mice", "foot": "feet",
    "tooth": "teeth", "fish": "fish", "sheep": "sheep", "cattle": "cattle", "species": "species", "series": "series",
    "aircraft": "aircraft", "news": "news", "lens": "lenses",
    "atlas": "atlases", "canvas": "canvases", "bias": "biases", "analysis": "analyses", "crisis": "crises",
}  # fmt: skip
_SINGULAR = {plural: singular for singular, plural in _IRREGULAR.items()}
_HEAD = re.compile(r"(.+?)( (?:per|of|from|in|for|with|without|at|under|on|by|to) .+)")
_SYMBOL = re.compile(r"\d|[a-zа-я][A-ZА-Я]")
"""What is in a name that is no word: MtCO2e."""
_PLURAL = re.compile(r".{2,}[^sui'’]s|.{2,}(?:ies|ues)", re.IGNORECASE)


def plural_of(noun: str) -> str:
    """The plural by rule: `farms`, `boxes`, `deaths per 100,000 people`; what is a plural already stays."""
    if found := _HEAD.fullmatch(noun):
        return plural_of(found[1]) + found[2]
    before, _, last = noun.rpartition(" ")
    return f"{before} {_plural(last)}".lstrip()


def singular_of(noun: str) -> str:
    """The singular by rule: `case` of `cases`."""
    if found := _HEAD.fullmatch(noun):
        return singular_of(found[1]) + found[2]
    before, _, last = noun.rpartition(" ")
    return f"{before} {_singular(last)}".lstrip()


def _plural(word: str) -> str:
    if _SYMBOL.search(word) or word in _SINGULAR or _is_plural(word):
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(?:s|x|z|ch|sh)$", word) else "s")


def _singular(word: str) -> str:
    if word in _SINGULAR:
        return _SINGULAR[word]
    if _SYMBOL.search(word) or word in _IRREGULAR or not _is_plural(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if re.search(r"(?:ss|x|zz|ch|sh|[^ao\W]us)es$", word) and len(word) > 4 else word[:-1]


def _is_plural(word: str) -> bool:
    return _PLURAL.fullmatch(word) is not None and word not in _IRREGULAR
