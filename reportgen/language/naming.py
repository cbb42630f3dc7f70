"""A name in; its forms by case, its letters in Latin ones, and whether it is a person's out. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from reportgen.language.lexicon import names_data
from reportgen.late_patterns import regex

_NO_NAME_OF_A_PERSON = regex(r"[\d&/@|:]|\b(?:and|of|for|the|on|at|и|по|на|от|для|және)\b", re.IGNORECASE)
_MOST_WORDS = 6
"""Of a person's name."""


FAMILY_FIRST = frozenset(("hu", "ja", "km", "ko", "vi", "zh"))
"""Languages in whose texts a person's family name stands first."""


@lru_cache(maxsize=1024)
def forms_of(name: str, language: str) -> re.Pattern[str]:
    """What finds a name in a text, as whole words, each in one of the cases that the language has."""
    endings = names_data()["case_endings"].get(language.partition("-")[0], {})
    said = r"\s+".join("(?:" + "|".join(map(re.escape, _forms(word, endings))) + ")" for word in name.split())
    return re.compile(rf"(?<!\w){said}(?!\w)")


def _forms(word: str, endings: Mapping[str, str]) -> Iterator[str]:
    yield word
    ending = next((each for each in endings if word.endswith(each)), None)
    if ending is not None and len(word) > len(ending) + 1:
        yield from (word.removesuffix(ending) + other for other in endings[ending].split())


def latin(text: str) -> str:
    """A text in small Latin letters, as far as the program knows how to spell its letters in those."""
    letters = (names_data()["latin"].get(letter, letter) for letter in unicodedata.normalize("NFC", text).lower())
    bare = unicodedata.normalize("NFKD", "".join(letters))
    return "".join(character for character in bare if not unicodedata.combining(character))


def is_a_person(name: str) -> bool:
    """Whether a name is to be taken for a person's, by its words: family and other names, and none of an office.

    A name of one word, or one with a title, is not parted: which part is the family name cannot be told.
    """
    if _has_legal_form(name):
        return False
    family, comma, given = (part.strip() for part in name.partition(","))
    words = _words(name)
    if comma:
        is_parted = bool(family and given) and "," not in given and not _words(given) & _listed("titles")
        return is_parted and (len(family.split()) == 1 or not words & _listed("offices"))
    if not 2 <= len(name.split()) <= _MOST_WORDS or _NO_NAME_OF_A_PERSON.search(name):
        return False
    return not words & (_listed("offices") | _listed("titles"))


def _has_legal_form(name: str) -> bool:
    """Whether a name begins or ends as those of companies do: `Fjordlaks AS`, `ТОО «Рыба»`, `Fish, Inc.`."""
    words = [word.replace(".", "").strip("\"'«»“”„()") for word in name.replace(",", " ").split()]
    words = [word for word in words if word]
    # Of initials nothing is told: `A. S. Byatt` has no words in between.
    return len(words) > 1 and any(word in _listed("legal_forms") for word in (words[0], words[-1]))


def begins_with_family_name(words: list[str]) -> bool:
    """Whether the family name comes first, as in names that end in a patronymic: not in `Роман Аркадьевич Абрамович`,
    whose family name only looks like one, and not in `Rod R. Blagojevich`."""
    return (
        len(words) == 3 and _is_patronymic(words[2]) and not _is_patronymic(words[1]) and len(words[1].strip(".")) > 1
    )


def has_patronymic(words: list[str]) -> bool:
    """Whether one of three words is a patronymic."""
    return len(words) == 3 and any(map(_is_patronymic, words[1:]))


def _is_patronymic(word: str) -> bool:
    return word.lower().endswith(tuple(_listed("patronymics")))


def language_of_dating(line: str) -> str:
    """The language in which a line's first word says when a text was published; empty where it says no such thing."""
    first = re.match(r"\W*([^\W\d_]+)", line.lower())
    said = names_data()["published"].items()
    return next((tag for tag, words in said if first and first[1] in words.split()), "")


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower()))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(names_data()[name].split())
