"""Pages in, the words of each language that a reader may write otherwise out: for search.js, which compares by them.

Pagefind finds the beginnings of words as they are written, and English endings. Where words end otherwise in each
sentence, readers type another form than the page has; and `е` for `ё`, or `к` for `қ`, as their keyboard has it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

INFLECTED = ("ru", "kk", "uk", "be", "ky", "tt", "uz", "az", "tr")
"""Languages of which all words are listed, since they end otherwise in each sentence; of others those with a letter
that is often written as another."""
_LANG = re.compile(rb'<html[^>]*\blang="([A-Za-z-]+)"')
_MAIN = re.compile(r"<main\b.*?</main>", re.S)
_APART = re.compile(r"<(script|style|svg)\b.*?</\1>|<[^>]*>", re.S)
_WORD = re.compile(r"[^\W\d_]{3,}")
_FOLDED = re.compile("[øłđæœßıþð]")
_SIGNS = tuple(letter.encode() for letter in "øØłŁđĐæÆœŒßıþð")
MOST = 60_000
"""Words of a language."""


def is_inflected(lang: str) -> bool:
    """Whether all words of a language are listed."""
    return lang.lower().partition("-")[0] in INFLECTED


def word_lists(pages: Mapping[str, bytes], *, several: bool = False) -> dict[str, bytes]:
    """Path below search/ -> the words of a language, small letters, in order. `several`: of each language, even those
    without such words."""
    found: dict[str, set[str]] = {}
    for path in pages:
        page = pages[path]
        tag = _LANG.search(page[:300])
        if tag is None or b"data-pagefind-body" not in page:
            continue
        lang = tag[1].decode().lower()
        listed = found.setdefault(lang, set())
        if not is_inflected(lang) and not any(sign in page for sign in _SIGNS):
            continue
        main = _MAIN.search(page.decode())
        words = _WORD.findall(_APART.sub(" ", main[0]).lower()) if main else []
        listed.update(word for word in words if is_inflected(lang) or _FOLDED.search(word))
    return {
        f"words-{lang}.json": json.dumps(sorted(words)[:MOST], ensure_ascii=False).encode()
        for lang, words in sorted(found.items())
        if is_inflected(lang) or several
    }
