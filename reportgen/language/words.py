"""Text in, tokens out; a word in, the forms that it may be listed under, out. Pure.

Folding keeps the length of a text, so a token's place in the folded text is its place in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from reportgen.late_patterns import regex

TokenKind = Literal["number", "word", "raised", "fraction", "sign"]

_DIGITS = {chr(zero + n): str(n) for zero in (0x0660, 0x06F0, 0xFF10) for n in range(10)}
_FOLDED = str.maketrans(
    {
        **_DIGITS,  # `٥٨٫٥٪` and `５８％` are 58.5% and 58%.
        "٫": ".",
        "٬": ",",
        **dict.fromkeys("٪％﹪", "%"),
        **dict.fromkeys("‐‑‒–−﹣－", "-"),
        "―": "—",
        **dict.fromkeys("’‘ʼ‛´`", "'"),
        **dict.fromkeys("\u00a0\u202f\u2009\u2007\u2008\u200a\u2002\u2003\t", " "),
        "ё": "е",
        "Ё": "Е",
        "⁄": "/",
        "∕": "/",
        "µ": "µ",
        "μ": "µ",
    }
)
_PLAIN = str.maketrans(_DIGITS)
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
_PARTS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒"
_LETTER = rf"[^\W\d_{_RAISED}{_PARTS}₀-₉]"
_VOWELS = (
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09d7\u0a01-\u0a03\u0a3c-\u0a51\u0a70\u0a71"
    "\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bd7\u0c00-\u0c04\u0c3c-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6"
    "\u0d00-\u0d03\u0d3b-\u0d57\u0d81-\u0d83\u0dca-\u0ddf\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
    "\u102b-\u103e\u17b4-\u17d3\u17dd\u200d"
)
"""Signs of vowels and their like, which are no letters and stand inside words: `करोड़`, `ล้าน`, `သန်း`."""
_HAN_MULTIPLE = regex("[百万萬亿億]|千(?![瓦克米帕卡焦伏安赫升字比])")
"""A multiple in Chinese or Japanese, and no prefix of a unit: `千瓦` is a kilowatt."""
_TOKEN = regex(
    r"(?P<number>(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)(?:[.,·]\d+)*|(?<![\w.,])\.\d+|\d+(?:[.,'·]\d+)*)"
    rf"|(?P<word>{_LETTER}(?:{_LETTER}|[\u0300-\u036f\u00ad{_VOWELS}])*(?:'{_LETTER}+)*)"
    rf"|(?P<raised>[{_RAISED}]+)|(?P<fraction>[{_PARTS}])|(?P<sign>\S)"
)


class Token(NamedTuple):
    """A word, a run of digits with its marks, or a sign."""

    kind: TokenKind
    text: str
    """Folded, in lower case."""
    raw: str
    """Folded, as capitalised in the text."""
    start: int
    end: int
    gap: bool
    """Whether it stands at the beginning or after a space."""

    @property
    def is_capital(self) -> bool:
        return self.raw[:1].isupper()


def with_plain_digits(text: str) -> str:
    """A text whose Arabic-Indic, Persian and full-width digits are written 0 to 9; each stays in its place."""
    return text if text.isascii() else text.translate(_PLAIN)


def folded(text: str) -> str:
    """The text with plain dashes, spaces and apostrophes, and `е` for `ё`; as long as before."""
    return text.translate(_FOLDED)


def lower(text: str) -> str:
    """The text in lower case, as long as before."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def tokens_of(text: str) -> list[Token]:
    """The tokens of a folded text."""
    return [*_tokens(text)]


def _tokens(text: str) -> Iterator[Token]:
    lowered, end = lower(text), 0
    for found in _TOKEN.finditer(text):
        start, last = end, found.end()
        begin = found.start()
        kind: TokenKind = found.lastgroup  # type: ignore[assignment]
        said = lowered[begin:last]
        if kind == "word" and "\u00ad" in said:
            said = said.replace("\u00ad", "")
        yield Token(kind, said, text[begin:last], begin, last, begin > start or begin == 0)
        end = last


def without_elisions(tokens: list[Token], elided: Container[str]) -> list[Token]:
    """The tokens with words apart that an apostrophe joins, of which the first is one of some: `n'a`, `dell'anno`."""
    found: list[Token] = []
    for token in tokens:
        while "'" in token.text and (first := token.text.partition("'")[0]) in elided:
            after, at = len(first) + 1, token.start + len(first)
            found.append(token._replace(text=first, raw=token.raw[: after - 1], end=at))
            token = token._replace(text=token.text[after:], raw=token.raw[after:], start=at + 1, gap=False)
        found.append(token)
    return found


def without_joins(tokens: list[Token], known: Container[str], millions: Iterable[str] = ()) -> list[Token]:
    """Chinese, Japanese and Thai words after numbers in parts: `万`, `亿` and their like, and what they count: `亿元`,
    `ล้านบาท`. `millions` are words for a million and more that begin no other word, the longest first."""
    found: list[Token] = []
    for token in tokens:
        after_number = bool(found) and found[-1].kind == "number"
        while after_number and token.kind == "word" and len(token.text) > 1 and _HAN_MULTIPLE.match(token.text):
            if token.text in known:
                break
            first, rest = token.text[0], token.start + 1
            found.append(token._replace(text=first, raw=first, end=rest))
            token = token._replace(text=token.text[1:], raw=token.raw[1:], start=rest, gap=False)
        first = next((m for m in millions if after_number and token.text.startswith(m)), "")
        if first and token.text != first and token.text not in known and len(token.raw) == len(token.text):
            at = token.start + len(first)
            found.append(token._replace(text=first, raw=token.raw[: len(first)], end=at))
            token = token._replace(text=token.text[len(first) :], raw=token.raw[len(first) :], start=at, gap=False)
        found.append(token)
    return found


def words_of(phrase: str) -> tuple[str, ...]:
    """The words and signs of a phrase, full stops and hyphens left out, as phrases are listed and looked up."""
    found = [token.text for token in tokens_of(folded(phrase)) if token.text not in ".-⋅·"]
    return tuple(found)


WordKeys = Callable[[str], tuple[str, ...]]
"""A word -> the forms that it may be listed under, the surest first."""


def plain_keys(word: str) -> tuple[str, ...]:
    """A word, and the word without a possessive."""
    bare = word.removesuffix("'s").removesuffix("'")
    return (word,) if bare == word else (word, bare)


ELIDING = frozenset(("ast", "ca", "fr", "it"))
"""Languages in which the word for "of" becomes `d'` before a vowel: `3 millions d'euros`."""


def elided_keys(word: str) -> tuple[str, ...]:
    """For languages that shorten "of" before a vowel: a word, and the word without it: `d'euros`."""
    return (*plain_keys(word), word[2:]) if word.startswith("d'") and len(word) > 2 else plain_keys(word)


_ADJECTIVES = ("ов", "н")
"""What Russian adjectives made of nouns end in before their ending: `мегаваттный`, `километровый`."""


def stem_keys(endings: tuple[str, ...], shortest: int = 3) -> WordKeys:
    """For languages whose words change their last letters: a word and its stem, which is marked by `~`."""
    by_length = sorted((e for e in endings if e), key=len, reverse=True)

    def keys(word: str) -> tuple[str, ...]:
        for ending in by_length:
            if word.endswith(ending) and len(word) - len(ending) >= shortest:
                stem = word[: -len(ending)]
                adjective = next((s for s in _ADJECTIVES if stem.endswith(s) and len(stem) > shortest + len(s)), "")
                return (word, f"{stem}~", f"{stem.removesuffix(adjective)}~") if adjective else (word, f"{stem}~")
        return word, f"{word}~"

    return keys


def root_keys(ending: re.Pattern[str], softens: Mapping[str, str], shortest: int = 2) -> WordKeys:
    """For languages that string endings together: a word, and each start of it that such a string may follow."""

    def keys(word: str) -> tuple[str, ...]:
        found = [word]
        for length in range(len(word) - 1, shortest - 1, -1):
            if ending.fullmatch(word, length):
                root = word[:length]
                found += (root, root + root[-1])  # of three equal letters one is dropped: ватт, ваттық
                if hard := softens.get(root[-1]):
                    found.append(root[:-1] + hard)
        return tuple(found)

    return keys
