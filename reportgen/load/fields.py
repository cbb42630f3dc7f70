"""One YAML value in; a text, date, flag, number or list out, or what is wrong with it. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, TypeVar

from babel.core import get_global
from babel.dates import get_month_names

from reportgen.language.locales import locale_of
from reportgen.late_patterns import regex
from reportgen.load.file_names import is_device
from reportgen.load.suggest import did_you_mean
from reportgen.load.yaml import Mapping, Scalar, Sequence
from reportgen.model.edtf import Edtf, parse_duration, parse_edtf
from reportgen.model.quantity import LONGEST, is_number, parse_number
from reportgen.model.text import Text

ID = regex(r"[a-z0-9][a-z0-9-]*")
_LANGUAGE = regex(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
Choice = TypeVar("Choice", bound=StrEnum)


def is_language(text: str) -> bool:
    """Whether it is the tag of a language whose numbers and dates can be written, by its usual code: ru, not rus."""
    if text.partition("-")[0] in get_global("language_aliases"):
        return False
    try:
        return _LANGUAGE.fullmatch(text) is not None and bool(locale_of(text))
    except ValueError:
        return False


@lru_cache
def tag_of(name: str) -> str | None:
    """The tag of a language that is named in English, in itself, by another code, or by its tag in other letters."""
    if is_language(cased := _cased(name)):
        return cased
    if usual := get_global("language_aliases").get(name):
        return str(usual).replace("_", "-")
    english = {str(known).casefold(): str(tag) for tag, known in locale_of("en").languages.items()}
    if (tag := english.get(name.casefold())) and is_language(tag):
        return tag
    own = ((tag, str(locale_of(tag).languages.get(tag, ""))) for tag in _SPOKEN.split())
    return next((tag for tag, known in own if known.casefold() == name.casefold()), None)


def _cased(tag: str) -> str:
    """A tag in the letters in which tags are written (RFC 5646, 2.1.1): EN_us -> en-US."""
    language, *others = tag.replace("_", "-").lower().split("-")
    return "-".join([language, *({2: each.upper(), 4: each.title()}.get(len(each), each) for each in others)])


_SPOKEN = (
    "ar az be bg bn cs da de el en es et fa fi fr he hi hu hy id it ja ka kk ko ky lt lv mn ms nb nl pl pt ro ru sk sl"
    " sq sr sv sw tg th tk tr uk ur uz vi zh"
)
"""Languages that are known by the name that they give themselves."""


def a_or_an(value: object) -> str:
    """What sort of value it is, in words."""
    if isinstance(value, Scalar):
        return "a text" if value else "empty"
    return "a list" if isinstance(value, Sequence) else "a map"


class WrongKeyError(Exception):
    """A key's value that cannot be used. `%KEY%` in the message stands for the key's name."""

    def __init__(self, message: str, hint: str | None = None, code: str = "wrong-type") -> None:
        self.message, self.hint, self.code = message, hint, code


def a_line(value: Any) -> str:
    """A text that is not a list or a map. Raises WrongKeyError."""
    if isinstance(value, Scalar):
        return str(value)
    raise WrongKeyError(
        f"%KEY% must be a text, and is {a_or_an(value)}", "put a text that begins with [ or { in quotes"
    )


def an_id(value: Any) -> str:
    """An id. Raises WrongKeyError."""
    text = a_line(value)
    if not ID.fullmatch(text):
        hint = f'for example "{suggested}"' if (suggested := slug(text)) else "for example wages-2021"
        raise WrongKeyError(f'"{text}" cannot be an id: use small Latin letters, digits and hyphens', hint, "bad-id")
    if is_device(text):  # ids become names of folders
        message = f'"{text}" cannot be an id: on Windows it is the name of a device'
        raise WrongKeyError(message, f'for example "the-{text}"', "bad-id")
    return text


def slug(text: str) -> str:
    """The text as an id could spell it; empty if it has no Latin letter or digit."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def words(value: Any) -> Text:
    """A text, or texts by language. Raises WrongKeyError."""
    if isinstance(value, Scalar):
        return Text.of(str(value))
    if isinstance(value, Mapping) and value:
        for tag, text in value.items():
            if not is_language(tag):
                hint = (
                    'put a text that has a comma in quotes: {en: "…, …"}'
                    if " " in tag
                    else "for example {en: …, ru: …}"
                )
                raise WrongKeyError(f'%KEY% has "{tag}" where a language should stand', hint)
            if not isinstance(text, Scalar):
                raise WrongKeyError(f'%KEY% in "{tag}" must be a text, and is {a_or_an(text)}')
        return Text(tuple((tag, str(text)) for tag, text in value.items()))
    raise WrongKeyError(
        f"%KEY% must be a text, or texts by language, and is {a_or_an(value)}", "for example {en: …, ru: …}"
    )


def _date(value: Any) -> Edtf:
    try:
        return parse_edtf(a_line(value))
    except ValueError as error:
        message, _, hint = str(error).partition("; ")
        meant = day_first(str(value))
        message = message if meant is None and "is not a date" not in message else f'"{value}" is not a date'
        raise WrongKeyError(message, meant or hint or None, "bad-date") from None


def a_day(value: Any) -> Edtf:
    """A day. Raises WrongKeyError."""
    date = _date(value)
    if date.precision != "day" or date.approximate or date.uncertain:
        raise WrongKeyError(f'"{date.text}" is not a day', "write year, month and day, like 2026-11-22", "bad-date")
    return date


def day_first(text: str) -> str | None:
    """For a date such as 20.11.2021, 12/31/2021 or November 20, 2021, how to write it."""
    found = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text.strip())
    if found:
        day, month, year = (int(part) for part in found.groups())
        if month > 12 >= day:
            day, month = month, day
        return f"write the year first: {year}-{month:02}-{day:02}" if 1 <= month <= 12 else "write the year first"
    if found := re.match(r"(\d{4}-\d{2}-\d{2})[T ]\d", text.strip()):
        return f"write its day, {found[1]}"
    if (found := re.fullmatch(r"(\d{1,2})[./-](\d{4})", text.strip())) and 1 <= int(found[1]) <= 12:
        return f"write the year first: {found[2]}-{int(found[1]):02}"
    named = re.findall(r"[^\W\d_]+|\d+", text)
    months = [number for word in named if (number := _months().get(word.casefold()))]
    years = [word for word in named if len(word) == 4 and word.isdecimal()]
    days = [int(word) for word in named if len(word) <= 2 and word.isdecimal()]
    if len(months) != 1 or len(years) != 1 or len(days) > 1:
        return None
    return f"write the year first: {years[0]}-{months[0]:02}{f'-{days[0]:02}' if days else ''}"


@cache
def _months() -> dict[str, int]:
    """Names of months, long and short, in the languages of the program's own words -> the month."""
    return {
        name.casefold().rstrip("."): number
        for tag in ("en", "ru", "kk")
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, context, tag).items()
    }


def _flag(value: Any) -> bool:
    if isinstance(value, Scalar) and value in ("true", "false"):
        return str(value) == "true"
    shown = f'"{value}"' if isinstance(value, Scalar) else a_or_an(value)
    raise WrongKeyError(f"%KEY% must be true or false, and is {shown}")


def whole_from(fewest: int) -> Callable[[Any], int]:
    """A reader of a whole number of digits, from `fewest` on."""

    def choose(value: Any) -> int:
        if isinstance(value, Scalar) and re.fullmatch(r"0|[1-9][0-9]?", value) and fewest <= int(value) <= LONGEST:
            return int(value)
        shown = f'"{value}"' if isinstance(value, Scalar) else a_or_an(value)
        raise WrongKeyError(f"%KEY% must be a whole number from {fewest} to {LONGEST}, and is {shown}", "for example 2")

    return choose


def a_step(value: Any) -> Fraction:
    if isinstance(value, Scalar) and is_number(value) and Fraction(value) > 0:
        return parse_number(str(value))
    shown = f'"{value}"' if isinstance(value, Scalar) else a_or_an(value)
    hint = "in the unit: precision: 10 takes 700 for 695 to 705"
    raise WrongKeyError(f"%KEY% must be a number above 0, and is {shown}", hint, "bad-number")


def _lines(value: Any) -> tuple[str, ...]:
    if isinstance(value, Scalar):
        return (str(value),)
    if isinstance(value, Sequence) and all(isinstance(item, Scalar) for item in value):
        return tuple(str(item) for item in value)
    what = a_or_an(value) if isinstance(value, Mapping) else "a list with something else in it"
    raise WrongKeyError(f"%KEY% must be a list of words, and is {what}", "for example [one, another]")


def a_duration(value: Any) -> str:
    """An ISO 8601 duration. Raises WrongKeyError."""
    try:
        return parse_duration(a_line(value)).text
    except ValueError as error:
        message, _, hint = str(error).partition("; ")
        raise WrongKeyError(message, hint or None, "bad-duration") from None


def named(value: Any) -> tuple[tuple[str, Text], ...]:
    """A map of names and texts, each of which may be by language."""
    if not isinstance(value, Mapping):
        raise WrongKeyError(f"%KEY% must hold names and texts, and is {a_or_an(value)}", "for example {FR: France}")
    return tuple((name, words(text)) for name, text in value.items())


def one_of(kind: type[Choice]) -> Callable[[Any], Choice]:
    """A reader of one of an enumeration's words."""

    def choose(value: Any) -> Choice:
        text = a_line(value)
        try:
            return kind(text)
        except ValueError:
            words = [member.value for member in kind]
            hint = did_you_mean(text, words) or f"one of {', '.join(words)}"
            raise WrongKeyError(f'%KEY% cannot be "{text}"', hint, "wrong-value") from None

    return choose


def word_of(*words: str) -> Callable[[Any], str]:
    """A reader of one of a few words."""

    def choose(value: Any) -> str:
        text = a_line(value)
        if text not in words:
            hint = did_you_mean(text, words) or f"one of {', '.join(words)}"
            raise WrongKeyError(f'%KEY% cannot be "{text}"', hint, "wrong-value")
        return text

    return choose


NO_WORDS = Text(())
READERS: dict[Any, Callable[[Any], Any]] = {
    str: a_line,
    bool: _flag,
    Text: words,
    Edtf: _date,
    tuple[str, ...]: _lines,
    tuple[tuple[str, Text], ...]: named,
    Any: lambda value: value,
}
"""The reader of each type that is read in one way wherever it stands."""
