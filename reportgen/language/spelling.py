"""A whole number and a language in, its name or its place in an order out: what the reader reads. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from reportgen.language.lexicon import lexicon
from reportgen.locale_tables import Locale

LARGEST = 10**12 - 1


def number_words(number: int, language: str) -> str:
    """`number` in words: "fourteen", "четырнадцать", "он төрт". ValueError where there are none to give."""
    if abs(number) > LARGEST:
        raise ValueError(f"{number} is too large to print in words")
    known = lexicon(language)
    if "spelling" not in known.data:
        raise ValueError(f'there are no number words for the language "{known.language}"')
    minus = f"{known.data['spelling']['minus']} " if number < 0 else ""
    return minus + _spelled(abs(number), known.language)


def ordinal(number: int, language: str) -> str:
    """`number` as a place in an order: "second", "21st", "2-й", "жиырма бірінші", "121-ші".

    ValueError for other languages and below 1.
    """
    if number < 1:
        raise ValueError(f"{number} is no place in an order")
    known = lexicon(language)
    if "ordinal_spelling" not in known.data:
        raise ValueError(f'there are no ordinals for the language "{known.language}"')
    style = known.data["ordinal_spelling"]
    if number > style["words"] and "endings" in style:
        category = Locale.parse(known.language).ordinal_form(number)
        return f"{number}{style['endings'].get(category, style['endings']['other'])}"
    named = {value: word for word, value in reversed([*known.ordinals.items()])}
    if number in named and number <= style["words"]:
        return named[number]
    last = next(part for part in (number % 10, number % 100, number % 1000 and 100, 1000) if part)
    if number <= style["words"]:
        return f"{_spelled(number - last, known.language)} {named[last]}"
    ending: str = named[last][-style["last_letters"] :]
    return f"{number}-{ending}"


def _spelled(number: int, language: str) -> str:
    style: Mapping[str, Any] = lexicon(language).data["spelling"]
    for scale in (10**9, 10**6, 1000):
        if number >= scale:
            many, rest = divmod(number, scale)
            names = style["scales"][str(scale)]
            name = names.get(Locale.parse(language).plural_form(many)) or names.get("other") or names["many"]
            silent = many == 1 and scale in style.get("silent_one", ())
            counted = "" if silent else _below(many, language, scale == style.get("feminine_scale")) + " "
            return f"{counted}{name}" + _rest(rest, language, style)
    return _below(number, language, False)


def _rest(rest: int, language: str, style: Mapping[str, Any]) -> str:
    """What follows a scale or a hundred."""
    if not rest:
        return ""
    joint = f" {style['and']} " if "and" in style and rest < 100 else " "
    return joint + _spelled(rest, language)


def _below(number: int, language: str, feminine: bool) -> str:
    """A number below a thousand."""
    style: Mapping[str, Any] = lexicon(language).data["spelling"]
    words = _words(language)
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        if "hundred" in style:
            silent = hundreds == 1 and 100 in style.get("silent_one", ())
            head = ("" if silent else f"{words[hundreds]} ") + str(style["hundred"])
        else:
            head = words[hundreds * 100]
        if feminine and rest:
            return f"{head} {_below(rest, language, True)}"
        return head + _rest(rest, language, style)
    special = {int(value): word for value, word in style.get("feminine", {}).items()} if feminine else {}
    if number in special or number in words:
        return special.get(number) or words[number]
    tens, rest = divmod(number, 10)
    return words[tens * 10] + str(style["joint"]) + (special.get(rest) or words[rest])


@lru_cache
def _words(language: str) -> dict[int, str]:
    """The first form of each word below a thousand: the one that is counted with alone."""
    found: dict[int, str] = {}
    for word, value in lexicon(language).numbers.items():
        found.setdefault(value, word)
    return found
