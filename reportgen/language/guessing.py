"""A text in, the language that it is in out, where its words leave no doubt. Pure."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from reportgen.language.lexicon import TURNING, lexicon, telling_words
from reportgen.language.words import ELIDING, elided_keys, folded, lower, plain_keys
from reportgen.late_patterns import regex
from reportgen.model.source import Source

_SMALL: dict[str, frozenset[str]] = {
    "en": frozenset(["the", "of", "and", "in", "to", "is", "was", "for", "that", "with", "by", "from"]),
    "de": frozenset(["der", "die", "das", "und", "ist", "von", "mit", "nicht", "den", "im", "auf", "wird"]),
    "fr": frozenset(["le", "la", "les", "des", "et", "est", "une", "dans", "du", "que", "pour", "au"]),
    "es": frozenset(["el", "los", "las", "y", "es", "una", "del", "que", "por", "con", "se", "más"]),
    "it": frozenset(["il", "gli", "e", "è", "una", "della", "che", "per", "con", "nel", "di", "si"]),
    "pt": frozenset(["o", "os", "as", "e", "é", "uma", "da", "do", "que", "por", "com", "não"]),
    "ru": frozenset(["и", "в", "на", "не", "что", "с", "по", "для", "как", "из", "это", "от"]),
    "kk": frozenset(["және", "мен", "бұл", "үшін", "бойынша", "деп", "оның", "бар", "туралы", "жылы", "болып", "пен"]),
}
_LOOKED_AT = 20_000
"""Characters of a text: its beginning tells its language."""
_SURE = 2
"""How many times as often as the next language's its words must stand there."""


def language_of(text: str) -> str:
    """The tag of a language; empty where none stands out."""
    words = Counter(re.findall(r"[^\W\d_]+", text[:_LOOKED_AT].lower()))
    found = sorted(((sum(words[word] for word in small), tag) for tag, small in _SMALL.items()), reverse=True)
    (most, tag), (next_most, _) = found[:2]
    return tag if most >= 3 and most >= _SURE * next_most else ""


def small_words(tag: str) -> frozenset[str]:
    """The smallest words of a language, where they are known."""
    return _SMALL.get(tag.partition("-")[0], frozenset())


UNKNOWN = "und"
"""The tag of a language that is not known: in it no words of relation are, and a person has to look."""
_LATIN = regex(r"[A-Za-zÀ-ɏ]")
_CYRILLIC = regex(r"[Ѐ-ӿ]")
_DISTINCT = 2
"""So many different small words of a language make a sentence of it, where no word is the expected language's."""


def language_read(source: Source, text: str, site: str) -> str:
    """The tag of the language that words of a source are read in: its own, else the one that the words speak for, the
    site's where they speak for no other."""
    return source.language or spoken_in(text, site)


def spoken_in(text: str, expected: str) -> str:
    """The tag of the language of a few words that say none: `expected` unless they speak against it.

    They do if their letters are not its own, or if they have a multiple, a unit or small words of another language and
    none of its own. UNKNOWN where they are not in `expected`, and no other language stands out.
    """
    text = text[:_LOOKED_AT]
    if _TELLING.search(text):
        return expected if expected.partition("-")[0] == "kk" else "kk"
    if len(text) > _ENOUGH and (guess := language_of(text)):
        return expected if guess == expected.partition("-")[0] else guess
    base = expected.partition("-")[0]
    same = _script(text) in ("", _script_of(base))
    if same and _known(text, base):
        return expected
    found = {tag: _known(text, tag) for tag in _SMALL if tag != base}
    least = _DISTINCT if same else 1
    best = [tag for tag, hits in found.items() if hits >= least and hits == max(found.values())]
    if len(best) == 1:
        return best[0]
    return expected if same and not best else UNKNOWN


_TELLING = regex("[ӘәҒғҚқҢңҰұҺһ]")
"""Letters that of these languages `kk` alone has."""
_BESIDE: dict[str, frozenset[str]] = {
    "de": frozenset(["rund", "etwa", "über", "mehr", "weniger", "knapp", "ungefähr", "mindestens", "höchstens"]),
    "fr": frozenset(["plus", "moins", "environ", "près", "jusqu"]),
    "es": frozenset(["más", "menos", "casi", "unos", "unas", "alrededor"]),
    "it": frozenset(["oltre", "circa", "più", "meno", "quasi"]),
    "pt": frozenset(["mais", "menos", "quase", "cerca"]),
}
"""Words of relation of languages that have no file."""
_ENOUGH = 300
"""Characters of a text whose small words can be counted."""


def _known(text: str, tag: str) -> int:
    """How many words of a text say that it is in a language."""
    if _script(text) not in ("", _script_of(tag)):
        return 0
    words = dict.fromkeys(re.findall(r"[^\W\d_]+", lower(folded(text))))
    small, beside = _SMALL.get(tag, frozenset()), _BESIDE.get(tag, frozenset())
    telling = sum(word in beside or (len(word) > _SHORT and _is_own(word, tag)) for word in words)
    return len(words.keys() & small) + _DISTINCT * telling


_SHORT = 2
"""Letters of a word that may be of any language."""


def _is_own(word: str, tag: str) -> bool:
    """Whether a word is a multiple, a unit, a month or a word of relation in a language."""
    known = telling_words(tag)
    keys = elided_keys if tag in ELIDING else plain_keys if tag in TURNING else lexicon(tag).keys
    return any(key in known for key in (word, *keys(word)))


@cache
def _script_of(tag: str) -> str:
    """The letters of a language."""
    return _script("".join(telling_words(tag) if tag in TURNING else lexicon(tag).months))


def _script(text: str) -> str:
    """The letters in which most of a text is: `Latin`, `Cyrillic`, `other`; empty where it has none."""
    latin, cyrillic = len(_LATIN.findall(text)), len(_CYRILLIC.findall(text))
    most, left = max(latin, cyrillic), len(text) - latin - cyrillic
    if left > most:  # else no other letters can be more, and they need not be counted
        most = max(most, sum(char.isalpha() for char in text) - latin - cyrillic)
    return "" if not most else "Latin" if most == latin else "Cyrillic" if most == cyrillic else "other"
