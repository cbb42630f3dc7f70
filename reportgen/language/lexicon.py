"""A language in, all that the readers of numbers, dates and words know of it, out. Reads the package's own files once.

The languages in `MADE` have a file made by docs/make_lexicon.py. For any other language of CLDR months, units,
currencies and multiples are computed from Babel; words of number and relation are not known there. Of the languages in
`TURNING` a file has the words by which a sentence is denied, supposed or planned, and by which something changes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from reportgen.language.words import WordKeys, folded, lower, plain_keys, root_keys, stem_keys, words_of

_JOINED_MILLIONS = ("th",)
"""Languages without spaces whose words for a million begin no other word."""
UnitPowers = tuple[tuple[str, int], ...]
PhraseTable = Mapping[str, list[tuple[tuple[str, ...], str]]]
"""First word of a phrase -> its other words, and what it says; longer phrases first."""

ListedPhrase = tuple[int, str, tuple[str, ...]]
"""The number of a phrase in its list, the phrase as it stands there, and its words."""

MADE = ("en", "ru", "kk")
"""Languages with a file that has all."""
TURNING = ("fr", "es", "de", "pt", "it")
"""Languages with a file that has the words that turn a sentence, and no words of number and relation."""


@dataclass(frozen=True, slots=True)
class PrintedUnit:
    """A unit of measure or a currency as a text prints it."""

    name: str
    """As projects write it: `MW`, `KZT`, `percent`."""
    powers: UnitPowers
    """Base unit -> power, sorted, as in `model.quantity.Unit`."""
    scale: Fraction
    """How many of the base unit it is."""

    @property
    def is_time(self) -> bool:
        """Whether it is a second or a month, or a multiple of one."""
        return self.powers in ((("s", 1),), (("month", 1),))


@dataclass(frozen=True, slots=True)
class UnitData:
    """What all languages share."""

    units: Mapping[str, PrintedUnit]
    symbols: Mapping[str, str]
    """A symbol, capitals included -> names of units, parted by `|`."""
    money: Mapping[str, str]
    """A sign or code of a currency -> codes, parted by `|`."""
    read_signs: frozenset[str]
    """Signs of money that are read and not printed: `RM`."""
    sign_letters: Mapping[str, str]
    """Signs of currencies that are other words too -> codes: `P`."""
    multiples: Mapping[str, int]
    """Words for a multiple on which all languages of CLDR that have them agree."""
    disputed: frozenset[str]
    """Words for a multiple on which languages differ."""
    cldr: Mapping[str, str]
    """A unit -> its id in CLDR."""
    printed: Mapping[str, tuple[str, ...]]
    """A unit without prefix -> its symbol in print, and in Cyrillic letters where that takes prefixes."""
    prefixes: Mapping[str, tuple[str, str, str]]
    """A prefix of the SI -> how words begin with it in Latin and in Cyrillic letters, and its Cyrillic letter."""
    bases: frozenset[str]
    """Base units and codes of currencies: what a counted noun is not."""
    longest_symbol: int
    relations: PhraseTable
    """Signs of relation, as the words that stand before a number."""
    joined_nouns: Mapping[str, Mapping[str, str]]
    """Language -> how it writes a noun that units are joined to -> the noun in English."""
    joined_people: frozenset[str]
    """Of these, those whose times are one: man-hours are person-hours."""


@dataclass(frozen=True, slots=True)
class Relations:
    """Words of relation, by their last word where they stand before a number, by their first where after it."""

    before: PhraseTable = field(default_factory=dict)
    after: PhraseTable = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of a language. All words are folded and in lower case."""

    language: str
    decimal: str
    """The mark before decimals: `.` or `,`."""
    month_first: bool
    """Whether `05/06` is the fifth of May there."""
    months: Mapping[str, int]
    """Each form of the names of months -> 1 to 12."""
    keys: WordKeys = field(compare=False)
    """A word -> the forms that it may be listed under."""
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Words below 1000 that are added up -> value."""
    ordinals: Mapping[str, int] = field(default_factory=dict)
    scales: Mapping[str, int] = field(default_factory=dict)
    """Words that multiply what stands before them, a dozen and a hundred included."""
    units: PhraseTable = field(default_factory=dict)
    """Names of units and currencies."""
    relations: Relations = field(default_factory=Relations)
    articles: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    ending: re.Pattern[str] = field(default=re.compile(""), compare=False)
    """What a form of a word may end in after its stem, or nothing."""
    data: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """The rest of the language's hand-made part, as its YAML says it."""
    names: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """Forms for printing: unit -> length -> plural category -> name."""
    has_words: bool = False
    """Whether words of number, relation and negation are known."""
    leading: frozenset[str] = frozenset()
    """Signs and words that make the number behind them one of percent: `%58`, `yüzde 58`."""
    joins: bool = False
    """Whether what is said of a multiple is written in one with it: `亿元`, `ล้านคน`."""

    def words(self, name: str) -> frozenset[str]:
        """A list of the hand-made part, e.g. `labels`."""
        return _as_set(self.language, name)

    def phrases_by(self, place: Literal[0, -1], *path: str) -> Mapping[str, Sequence[ListedPhrase]]:
        """The phrases of a list of the hand-made part, e.g. `rates`, `marks`, by their first or their last word."""
        return _phrases_by(self.language, place, path)

    def knows(self, name: str, word: str) -> bool:
        """Whether a list has a word in one of its forms."""
        known = self.words(name)
        return bool(known) and (word in known or any(key in known for key in self.keys(word)))

    @property
    def millions(self) -> tuple[str, ...]:
        """Words for a million and more that are written in one with what they count and begin no other word, the
        longest first: `ล้าน`."""
        return _millions(self.language)

    @property
    def is_agglutinative(self) -> bool:
        """Whether words string endings together, and words of relation stand after their number."""
        return "ending" in self.data

    def is_ending(self, text: str) -> bool:
        return bool(self.ending.fullmatch(text))

    def is_negation(self, word: str) -> bool:
        return word in self.negations or word.endswith("n't")

    @property
    def knows_turns(self) -> bool:
        """Whether the words that deny or suppose something, and by which something changes, are known."""
        return "turning" in self.data

    @property
    def grammar(self) -> frozenset[str]:
        """Articles, prepositions and conjunctions, and what else names nothing."""
        return self.articles | self.prepositions | self.conjunctions | self.words("grammar")

    def is_adverb(self, word: str) -> bool:
        """Whether a word ends as adverbs do that may stand anywhere: `widely`."""
        endings = tuple(self.data.get("adverb_endings", ()))
        return bool(endings) and word.endswith(endings) and word not in endings and word.isalpha()

    def month(self, word: str) -> int | None:
        """The month that a word names in any of its forms."""
        found = self.months.get(word)
        if found or len(word) < 3:
            return found
        return next((self.months[key] for key in self.keys(word) if key in self.months), None)


@lru_cache(maxsize=256)
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language given by its BCP 47 tag; one without words for a language that CLDR does not know."""
    return _lexicon(language.replace("_", "-").partition("-")[0].lower())


@lru_cache
def _lexicon(base: str) -> Lexicon:
    if base not in MADE:
        from reportgen.language.cldr import computed

        return computed(base)
    return made(base, _json(base))


def made(base: str, data: Mapping[str, Any]) -> Lexicon:
    """The lexicon of a language out of the data of its file."""
    hand = data["hand"]
    relations = Relations(
        _table(((reversed(words_of(text)), code) for code, text in _said(hand["relations"]["before"]))),
        _table(((words_of(text), code) for code, text in _said(hand["relations"]["after"]))),
    )
    return Lexicon(
        base,
        data["decimal"],
        data["month_first"],
        {**_month_stems(data["months"], keys_of(hand)), **data["months"], **hand.get("months", {})},
        keys_of(hand),
        {**data["numbers"], **hand["words"], **hand["collective"]},
        data["ordinals"],
        {**data["scales"], **hand["scales"]},
        {word: [(tuple(rest), name) for rest, name in found] for word, found in data["units"].items()},
        relations,
        frozenset(hand["articles"]),
        frozenset(hand["prepositions"]),
        frozenset(hand["conjunctions"]),
        frozenset(hand["negations"]),
        ending_of(hand),
        hand,
        data["names"],
        True,
    )


def turning_part(base: str) -> Mapping[str, Any]:
    """What a language without words of number has by hand; empty where it has nothing."""
    hand: Mapping[str, Any] = _json(base)["hand"] if base in TURNING else {}
    return hand


@lru_cache
def telling_words(base: str) -> frozenset[str]:
    """The multiples, units, months and number words of a language. Of those that CLDR alone knows they are kept beside
    it, because its own files take a hundred times as long to read."""
    if base in TURNING:
        return frozenset(_json("telling")[base].split("\n"))
    known = lexicon(base)
    return frozenset((*known.scales, *known.units, *known.months, *known.numbers))


def _month_stems(months: Mapping[str, int], keys: WordKeys) -> dict[str, int]:
    """The stems of the long names, by which their other cases are found."""
    return {key: number for name, number in months.items() if len(name) > 3 for key in keys(name) if key[-1] == "~"}


def ending_of(hand: Mapping[str, Any]) -> re.Pattern[str]:
    """The endings of a language as one pattern."""
    return re.compile(hand.get("ending") or "|".join([*sorted(hand["endings"], key=len, reverse=True), ""]))


def keys_of(hand: Mapping[str, Any]) -> WordKeys:
    """How the words of a language are looked up."""
    if "ending" in hand:
        return cache(root_keys(ending_of(hand), hand["softens"]))
    if "ого" in hand["endings"]:
        return cache(stem_keys(tuple(hand["endings"])))
    return plain_keys


@lru_cache
def unit_data() -> UnitData:
    """Units, symbols, currencies, and the multiples of all languages."""
    data = _json("units")
    units = {
        name: PrintedUnit(name, tuple((base, power) for base, power in powers), Fraction(scale))
        for name, (powers, scale) in data["units"].items()
    }
    return UnitData(
        units,
        data["symbols"],
        data["money"],
        frozenset(data["read_signs"]),
        data["sign_letters"],
        data["multiples"],
        frozenset(data["disputed"]),
        data["cldr"],
        {name: tuple(symbols) for name, symbols in data["printed"].items()},
        {prefix: (latin, cyrillic, letter) for prefix, (latin, cyrillic, letter) in data["prefixes"].items()},
        frozenset(data["bases"]),
        max(map(len, data["symbols"])),
        {sign: [(tuple(rest), code) for rest, code in found] for sign, found in data["relations"].items()},
        {
            language: {word: noun for noun, words in nouns.items() for word in words}
            for language, nouns in data["joined_nouns"].items()
        },
        frozenset(data["joined_people"]),
    )


@lru_cache
def printed_units(said: str) -> tuple[PrintedUnit, ...]:
    """The units that an entry of a phrase table means: `MW`, `t|short_ton`, `$USD|CAD`, cents as `¢USD`, `$GBP+lb`."""
    known = unit_data().units
    if "+" in said:
        return tuple(unit for part in said.split("+") for unit in printed_units(part))
    if said[0] in "$¢":
        scale = Fraction(1, 100) if said[0] == "¢" else Fraction(1)
        return tuple(PrintedUnit(code, ((code, 1),), scale) for code in said[1:].split("|"))
    return tuple(known[name] for name in said.split("|"))


def table_of(entries: Iterable[tuple[str, str]], keys: WordKeys) -> PhraseTable:
    """A phrase table of texts, each under the last of its words' forms: stems where the language has them."""
    return _table(
        (
            tuple(keys(word)[1 if keys(word)[1:2] and keys(word)[1].endswith("~") else 0] for word in words_of(text)),
            name,
        )
        for text, name in entries
    )


def _table(entries: Iterable[tuple[Iterable[str], str]]) -> PhraseTable:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, name in entries:
        first, *rest = words
        entry = (tuple(rest), name)
        if entry not in found.setdefault(first, []):
            found[first].append(entry)
    for listed in found.values():
        listed.sort(key=lambda entry: -len(entry[0]))
    return found


def _said(groups: Mapping[str, list[str]]) -> Iterable[tuple[str, str]]:
    return ((code, text) for code, texts in groups.items() for text in texts)


@cache
def _millions(language: str) -> tuple[str, ...]:
    if language not in _JOINED_MILLIONS:
        return ()
    known = (word for word, value in lexicon(language).scales.items() if value >= 10**6)
    return tuple(sorted(known, key=lambda word: (-len(word), word)))


@cache
def _as_set(language: str, name: str) -> frozenset[str]:
    return frozenset(lower(folded(word)) for word in lexicon(language).data.get(name, ()))


@cache
def _phrases_by(language: str, place: Literal[0, -1], path: tuple[str, ...]) -> Mapping[str, Sequence[ListedPhrase]]:
    listed: Any = lexicon(language).data
    for name in path:
        listed = listed.get(name, {})
    found: dict[str, list[ListedPhrase]] = {}
    for number, text in enumerate(listed):
        words = tuple(lower(folded(text)).replace(".", " ").split())
        found.setdefault(words[place], []).append((number, text, words))
    return found


@cache
def names_data() -> Mapping[str, Any]:
    """What is known of names of places, persons and institutions, as its file has it."""
    found: Mapping[str, Any] = _json("names")
    return found


def _json(name: str) -> Any:
    return json.loads(files("reportgen.language").joinpath("data", f"{name}.json").read_bytes())
