"""Pages in, the words of each language that a reader may write otherwise out: for search.js, which compares by them.

Pagefind finds the beginnings of words as they are written, and English endings. Where words end otherwise in each
sentence, readers type another form than the page has; and `е` for `ё`, or `к` for `қ`, as their keyboard has it.
"""

from __future__ import annotations

import json
import re

from reportgen.late_patterns import regex

INFLECTED = ("ru", "kk", "uk", "be", "ky", "tt", "uz", "az", "tr")
"""Languages of which all words are listed, since they end otherwise in each sentence; of others those with a letter
that is often written as another."""
_LANG = regex(rb'<html[^>]*\blang="([A-Za-z-]+)"')
_MAIN = regex(r"<main\b.*?</main>", re.S)
_APART = regex(r"<(script|style|svg)\b.*?</\1>|<[^>]*>", re.S)
_WORD = regex(r"[^\W\d_]{3,}")
_FOLDED = regex("[øłđæœßıþð]")
_SIGNS = tuple(letter.encode() for letter in "øØłŁđĐæÆœŒßıþð")
_SIGN = regex(b"|".join(_SIGNS))
_LEADS = frozenset(sign[:1] for sign in _SIGNS)
"""Their first bytes, of which a page mostly has none."""
MOST = 60_000
"""Words of a language."""


def is_inflected(lang: str) -> bool:
    """Whether all words of a language are listed."""
    return lang.lower().partition("-")[0] in INFLECTED


class WordLists:
    """The words of pages, by language."""

    def __init__(self) -> None:
        self._found: dict[str, set[str]] = {}

    def add(self, page: bytes) -> None:
        """Those of a page that is searched."""
        tag = _LANG.search(page[:300])
        if tag is None or b"data-pagefind-body" not in page:
            return
        lang = tag[1].decode().lower()
        found = self._found.setdefault(lang, set())
        inflected = is_inflected(lang)
        if not inflected and not any(lead in page and _SIGN.search(page) for lead in _LEADS):
            return
        main = _MAIN.search(page.decode())
        words = _WORD.findall(_APART.sub(" ", main[0]).lower()) if main else []
        found.update(word for word in words if inflected or _FOLDED.search(word))

    def lists(self, *, several: bool = False) -> dict[str, bytes]:
        """Path below search/ -> the words of a language, small letters, in order. `several`: of each language, even
        those without such words."""
        return {
            f"words-{lang}.json": json.dumps(sorted(words)[:MOST], ensure_ascii=False).encode()
            for lang, words in sorted(self._found.items())
            if is_inflected(lang) or several
        }
