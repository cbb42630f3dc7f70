"""A language in, the patterns by which dates are read in it, out. Pure; remembered.

Months come from CLDR in every language; what data sets lack (quarters, halves, `late`, decades, fiscal years) from the
lexicon's hand-made part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from reportgen.evidence.fold import folded_words
from reportgen.language.lexicon import Lexicon, lexicon
from reportgen.late_patterns import regex

Pattern = re.Pattern[str]

SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
"""EDTF's numbers of the seasons of the north."""

_LETTER = r"[^\W\d_]"
_YEAR = r"\d{4}(?:[-/]\d{2,4})?"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_CYRILLIC_ROMAN = str.maketrans("іхv", "ixv")
_NEVER = "(?!)"
_END = r"\s*$|\s?\.\.\.|[.,;:!?)\]\"'](?!\d)|\s?-\s|-\d{4}(?!\d)|\s?[(\"\[]"
"""The end of a text, or a mark that ends a clause."""
_BETWEEN = {
    "day month": r"(?:\.? ?|-)",
    "month day": r"(?: |-)",
    "month year": r"(?:[.,]? |-)",
    "day year": r"[.,]? ",
    "year month": r"[.,]? ?",
    "year day": r"[.,]? ?",
    "span year": r"(?:,? |-)",
    "year span": r"(?:,? |-)",
    "span month": " ",
}
"""What may lie between two parts of one date, before the words that the lexicon gives for each."""
_GENERAL = {"day month": ["de", "do", "di", "ta'"], "month year": ["de", "del", "do"], "day year": ["de", "del"]}
"""The words between the parts of a date in languages without a hand-made part."""
_GENERAL_ABOUT = {
    "de": ["um", "etwa", "gegen", "ungefähr", "circa", "ca", "rund"],
    "es": ["hacia", "alrededor de", "cerca de", "aproximadamente", "circa", "aproximadamente en"],
    "fr": ["vers", "environ", "autour de", "aux alentours de", "aux environs de", "circa"],
    "it": ["verso", "circa", "intorno al"],
    "pt": ["cerca de", "por volta de", "aproximadamente"],
}
_GENERAL_BETWEEN = {"de": ["zwischen"], "es": ["entre"], "fr": ["entre"], "it": ["tra", "fra"], "pt": ["entre"]}
"""Language without a hand-made part -> words before a date that is known about, or only as one of two."""


@dataclass(frozen=True, slots=True)
class DateWords:
    """What the words of a language say of dates."""

    month: Pattern
    """A month with its endings; group 1 is the form that `months` lists."""
    months: Mapping[str, int]
    """Lower-case form -> month."""
    language: str
    capitals: frozenset[str]
    """Forms that are months only with a capital: `may`."""
    doubts: frozenset[str]
    """Forms that are other words or names too."""
    months_lower: bool
    """Whether a month with a capital within a sentence is a name."""
    doubts_before_year: bool
    """Whether a doubtful form before a year is the month."""
    month_before: Pattern
    """Words after which a doubtful form is a month."""
    month_mark: Pattern
    """A word that belongs to months alone, after one: `маусым айында`."""
    count_after_month: Pattern
    """Words before a month after which digits are no day: `in June 13 farms`."""
    day_marked: Pattern | None
    """What a day after a month needs."""
    day_suffix: Pattern
    """The ending of a day: `25th`."""
    day_word: Pattern
    """A day in words: `twenty-fifth`."""
    day_words: Mapping[str, int]
    ordinals: tuple[tuple[Pattern, int], ...]
    seasons: Mapping[str, int]
    """Each form of a season's name -> EDTF's number."""
    season_doubts: Mapping[str, Pattern]
    """A season's name that is another word too -> what stands before it where it is the season."""
    voids: tuple[Pattern, ...]
    """Times that give nothing: fiscal years, and the years of prices (`in 2020 dollars`)."""
    spans: tuple[Pattern, ...]
    """Quarters, halves, seasons, the first months of a year."""
    year_suffix: Pattern
    """Words that make the number before them a year: `2020 года`."""
    decade: Pattern
    """What makes it a decade: `1990s`."""
    year_before: Pattern
    """Words after which a bare number of four digits is a year."""
    determiner: Pattern
    """Words after which it is one unless a plural follows: `the 2019 law`."""
    year_after: Pattern
    """What follows a number that counts nothing: the end, a mark, a word of grammar."""
    count_before: Pattern
    counted: Pattern
    """Units after a number."""
    label_before: Pattern
    glued_before: Pattern
    """Words that a hyphen joins to a year: `mid-2019`."""
    join: Pattern
    """What lies between two dates of a range or list."""
    glue: Mapping[tuple[str, str], Pattern]
    """What may lie between two kinds of parts of one date."""
    narrowed_before: tuple[tuple[Pattern, str], ...]
    """Words before a year or month that narrow it: `late 2017`."""
    narrowed_after: tuple[tuple[Pattern, str], ...]
    negated_before: Pattern
    negated_after: Pattern
    bound_before: Pattern
    """Words before a date that make it a bound: `by June 2020`."""
    bound_after: Pattern
    about_before: Pattern
    """Words before a date that is not known exactly: `around 2017`."""
    about_after: Pattern
    between_before: Pattern
    """Words before two dates between which the time lies."""
    between_after: Pattern
    bound_anywhere: Pattern
    bound_relative: Pattern
    """The `by which` of `the year by which it closes`."""
    """Such words of either kind, wherever they stand."""
    bare_years: bool
    """Whether a year is commonly written without the word for year."""

    def month_of(self, form: str, written: str, before: str, after: str) -> tuple[int | None, bool]:
        """The number of a month's form, and whether it is a month even without a day or a year beside it."""
        number = self.months.get(form)
        is_capital = written[:1].isupper()
        if number is None:
            return None, False
        if form in self.capitals and not is_capital and not re.search(rf"\d{_LETTER}{{0,2}} $", before):
            return None, False
        if form in _short(self.language):
            return number, False
        is_name = is_capital and bool(re.match(rf" {_LETTER}", after)) and after[1].isupper()
        if is_name or form in self.doubts or (self.months_lower and is_capital and before):
            return number, bool(self.month_before.search(before) or self.month_mark.search(written.lower()))
        return number, True

    def ordinal_of(self, text: str) -> int | None:
        """The number that `third`, `3rd`, `III` or `three` gives."""
        if found := re.match(r"\d+", text):
            return int(found.group())
        roman = text.translate(_CYRILLIC_ROMAN)
        if roman in _ROMAN:
            return _ROMAN[roman]
        return next((number for pattern, number in self.ordinals if pattern.fullmatch(text)), None)

    def narrowed(self, before: str, after: str) -> str:
        """`early`, `start`, `mid`, `late`, `end` or nothing, from what stands beside a year or month."""
        found = (word for pattern, word in self.narrowed_before if pattern.search(before))
        return next(found, "") or next((word for pattern, word in self.narrowed_after if pattern.match(after)), "")

    def is_count_after(self, lower: str, start: int, end: int) -> bool:
        """Whether digits after a month, up to `end`, count something: `in June 13 farms`."""
        if self.counted.match(lower, end):
            return True
        if self.day_marked:
            return not self.day_marked.search(lower[start : end + 5])
        return bool(self.count_after_month.search(lower[:start])) and not self.year_after.match(lower, end)


@cache
def date_words(language: str) -> DateWords:
    """The patterns of a language; of one without a hand-made part, those that need few words."""
    known = lexicon(language)
    hand: dict[str, Any] = known.data.get("dates", {})
    months = {**known.months, **hand.get("month_forms", {})}
    forms = "|".join(re.escape(form) for form in sorted(months, key=lambda form: (-len(form), form)))
    endings = f"(?:{known.ending.pattern})" if "ending" in known.data else ""
    mark = rf" (?:{_any(hand.get('month_after'))})(?!{_LETTER})"
    seasons = {form: SEASONS[name] for name, forms in hand.get("seasons", {}).items() for form in forms}
    days = {word: number for number, word in enumerate(hand.get("days", ()), start=1)}
    year_words = rf" ?-?(?:{_any(hand.get('year_words'))})(?!\w)"
    year_endings = rf"-?(?:{_any(hand.get('year_endings'))})"
    day_endings = _any(hand.get("day_endings", ["st", "nd", "rd", "th", "er", "e", "º", "ª", "°"]))
    narrowed = (hand.get("narrowed_before", {}), hand.get("narrowed_after", {}))
    return DateWords(
        month=regex(rf"(?<!{_LETTER})({forms or _NEVER}){endings}(?!{_LETTER})\.?(?:{mark})?"),
        months=months,
        language=language,
        capitals=frozenset(hand.get("month_capitals", ())),
        doubts=frozenset(hand.get("month_doubts", ())),
        months_lower=hand.get("months_lower", False),
        doubts_before_year=hand.get("doubts_before_year", True),
        month_before=regex(rf"(?<!\w)(?:{_any(hand.get('month_before'))})[ -]$|[/-]$"),
        month_mark=regex(mark),
        count_after_month=_before(hand.get("count_after_month")),
        day_marked=regex(rf"\d-{_LETTER}|\d (?:{_any(hand['day_marked'])})") if "day_marked" in hand else None,
        day_suffix=regex(rf"-?(?:{day_endings})(?!\w)" if known.language != "en" else rf"(?:{day_endings})(?!\w)"),
        day_word=regex(rf"(?<!\w)(?:{_any(days)})(?!\w)"),
        day_words=days,
        ordinals=tuple((regex(_one(word)), number) for word, number in hand.get("ordinals", {}).items()),
        seasons=seasons,
        season_doubts={word: _before(before) for word, before in hand.get("season_doubts", {}).items()},
        voids=tuple(_voids(hand)),
        spans=tuple(_spans(hand, known, seasons)),
        year_suffix=regex(rf"(?:{year_endings})?{year_words}\.?|(?:-|(?='))(?:{_any(hand.get('year_endings'))})(?!\w)"),
        decade=_decade(hand),
        year_before=_before(hand.get("year_before")),
        determiner=_before(hand.get("year_determiners")),
        year_after=regex(rf"{_END}| (?:{_any(hand.get('grammar'))})(?!\w)"),
        count_before=_before(hand.get("count_before")),
        counted=regex(rf" ?(?:{_any([*_units(known), *hand.get('counted', ())])})(?!\w)"),
        label_before=regex(rf"(?<!\w)(?:{_any(_labels(known, hand))})\.? ?$"),
        glued_before=regex(rf"(?<!\w)(?:{_any(hand.get('glued_before'))})-$"),
        join=_join(hand),
        glue=_glue(hand, language),
        narrowed_before=tuple((_before(words), word) for word, words in narrowed[0].items()),
        narrowed_after=tuple((regex(rf" ?(?:{_any(words)})"), word) for word, words in narrowed[1].items()),
        negated_before=regex(
            rf"(?<!\w)(?:{_any(hand.get('negated_before'))})(?: (?:{_any(hand.get('negated_fillers'))}))? $"
        ),
        bound_before=regex(
            rf"(?<!\w)(?:{_any(hand.get('bound_before'))})(?: (?:{_any(hand.get('bound_fillers'))}))* $"
        ),
        bound_after=regex(rf"{_LETTER}* ?(?:{_any(hand.get('bound_after'))})(?!\w)"),
        about_before=regex(
            rf"(?<!\w)(?:{_any(hand.get('about_before') or _GENERAL_ABOUT.get(known.language))})\.?"
            rf"(?: (?:{_any([*hand.get('bound_fillers', ()), *hand.get('join_more', ())])}))* $"
        ),
        about_after=regex(rf"{_LETTER}* ?(?:{_any(hand.get('about_after'))})(?!\w)"),
        between_before=regex(
            rf"(?<!\w)(?:{_any(known.data.get('between') or _GENERAL_BETWEEN.get(known.language))})"
            rf"(?: (?:{_any([*hand.get('bound_fillers', ()), *hand.get('join_more', ())])}))* $"
        ),
        between_after=regex(rf"{_LETTER}* ?(?:{_any(known.data.get('between_after'))})(?!\w)"),
        bound_anywhere=regex(
            rf"(?<!\w)(?:{_any([*hand.get('bound_before', ()), *hand.get('bound_after', ())])})(?!\w)"
        ),
        bound_relative=regex(
            rf"(?<!\w)(?:{_any(hand.get('bound_before'))}) (?:{_any(hand.get('bound_relatives'))})(?!\w)"
        ),
        negated_after=regex(rf" ?(?:{_any(hand.get('negated_after'))})(?!\w)"),
        bare_years=hand.get("bare_years", True),
    )


def _one(word: str) -> str:
    """A word as a pattern; `*` is any ending."""
    return re.escape(word.replace("ё", "е")).replace(r"\*", rf"{_LETTER}*")


def _any(words: Iterable[str] | None) -> str:
    """Any of some words, the longest first, as a pattern."""
    return "|".join(_one(word) for word in sorted(words or (), key=lambda word: (-len(word), word))) or _NEVER


def _before(words: Iterable[str] | None) -> Pattern:
    """Any of some words right before a place; a word ending in a hyphen is glued to it."""
    listed = list(words or ())
    glued, parted = [w for w in listed if w.endswith("-")], [w for w in listed if not w.endswith("-")]
    return regex(rf"(?<!\w)(?:(?:{_any(parted)}) |(?:{_any(glued)}))$")


def _spans(hand: Mapping[str, Any], known: Lexicon, seasons: Iterable[str]) -> Iterable[Pattern]:
    endings = _any(known.data.get("ordinal_endings", hand.get("day_endings")))
    number = rf"\d{{1,2}}(?:-?(?:{endings}))?|[ivіх]{{1,3}}|(?:{_any(hand.get('ordinals'))})"
    kinds = {"quarter": (_any(hand.get("quarters")), "q"), "half": (_any(hand.get("halves")), "h")}
    for kind, (words, letter) in kinds.items():
        yield regex(rf"(?<!\w){letter} ?(?P<{kind}>[1-4])(?!\w)")
        yield regex(rf"(?<!\w)(?P<{kind}>[1-4]) ?{letter}(?!\w)")
        if words != _NEVER:
            yield regex(rf"(?<!\w)(?P<{kind}>{number})[ -]?(?:{words})(?!\w)")
    if months := hand.get("months"):
        yield regex(rf"(?<!\w)(?:{_any(hand.get('first'))}) (?P<months>{number}) (?:{_any(months)})(?!\w)")
        if hand.get("first_months_bare"):
            yield regex(rf"(?<!\w)(?P<months>\d{{1,2}}) (?:{_any(months)})(?!\w)")
    if seasons:
        yield regex(rf"(?<!\w)(?P<season>{_any(seasons)})(?!\w)")


def _voids(hand: Mapping[str, Any]) -> Iterable[Pattern]:
    fiscal, years = _any(hand.get("fiscal")), _any(hand.get("fiscal_years"))
    endings = rf"(?:-?(?:{_any(hand.get('year_endings'))}))?(?: (?:{_any(hand.get('year_words'))}))?"
    yield regex(rf"(?<!\w)(?:{_any(hand.get('fiscal_short'))}) ?'?\d{{2,4}}(?:[-/]\d{{2,4}})?(?!\w)")
    yield regex(rf"(?<!\w)(?:{fiscal})(?: (?:{years}))?(?: of)? {_YEAR}(?: (?:{years}))?(?!\w)")
    yield regex(rf"(?<!\w){_YEAR}{endings} (?:{fiscal})(?: (?:{years}))(?!\w)")
    yield regex(rf"(?<!\w)\d{{4}}[-/]\d{{2,4}}{endings} (?:{_LETTER}+ )?(?:{_any(hand.get('seasons_of_years'))})(?!\w)")
    yield regex(r"(?<!\w)(?:[qh][1-4]|[1-4][qh]) ?'?\d\d(?!\w)")
    before, after = (_any(hand.get(f"money_{side}_year")) for side in ("before", "after"))
    yield regex(rf"(?<!\w)(?:{before}) \d{{4}}{endings}(?!\w)")
    yield regex(rf"(?<!\w)\d{{4}}{endings} (?:{after})(?!\w)")


def _decade(hand: Mapping[str, Any]) -> Pattern:
    endings = _any(hand.get("decade_endings", ["s", "'s", "er", "х", "е"]))
    words = rf"(?:-?(?:{_any(hand.get('year_endings'))}))?[ -]?(?:{_any(hand.get('decade_words'))})(?!\w)"
    return regex(rf"-?(?:{endings})(?!\w)(?: (?:{_any(hand.get('year_words'))})(?!\w))?|{words}")


def _units(known: Lexicon) -> Iterable[str]:
    """Signs and short names of units that stand beside numbers in any language, and the language's own in one word."""
    yield from ("%", "usd", "eur", "kzt", "rub", "kw", "mw", "gw", "tw", "kwh", "mwh", "gwh", "twh", "km", "kg")
    yield from (word for word, found in known.units.items() if len(word) > 2 and any(not rest for rest, _ in found))


def _labels(known: Lexicon, hand: Mapping[str, Any]) -> Iterable[str]:
    labels = known.data.get("labels", ["№", "no", "nr", "n°", "§"])
    doubts = known.data.get("label_doubts", ())
    yield from (label for label in labels if label not in doubts or label == "no")
    yield from hand.get("year_labels", ())


def _join(hand: Mapping[str, Any]) -> Pattern:
    bare = " " if hand.get("joined_bare") else _NEVER
    more, glued = _any(hand.get("join_more")), _any(hand.get("join_glued"))
    return regex(rf" (?:{_any(hand.get('joins'))})(?: (?:{more}))* (?:(?:{glued})-)?|{bare}")


def _glue(hand: Mapping[str, Any], language: str) -> dict[tuple[str, str], Pattern]:
    found: dict[tuple[str, str], Pattern] = {}
    for pair, words in (hand["glue"] if "glue" in hand else _common_glue(language)).items():
        one, _, other = pair.partition(" ")
        found[one, other] = regex(rf"{_BETWEEN[pair]}(?:(?:{_any(words)}) )?")
    return found


def _common_glue(language: str) -> dict[str, list[str]]:
    """What joins the parts of a date in a language without a hand-made part."""
    pairs: dict[str, list[str]] = dict(_GENERAL)
    order = _cldr(language)[1]
    if order.startswith("y"):
        pairs |= {"year month": [], "year day": [], "month day": []}
    if order.startswith("Md"):
        pairs |= {"month day": []}
    return pairs | {"span year": ["of", "de"], "year span": []}


@cache
def _short(language: str) -> frozenset[str]:
    """Forms of months that are abbreviations: no months without a day or a year."""
    wide, months = _cldr(language)[0], date_words(language).months
    return frozenset(form for form in months if form not in wide and any(name.startswith(form) for name in wide))


def _cldr(language: str) -> tuple[frozenset[str], str]:
    """The full names of months by CLDR, and the order of a long date: `yMd`."""
    from reportgen.locale_tables import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return frozenset(), "dMy"
    names = (name for context in ("format", "stand-alone") for name in locale.months[context]["wide"].values())
    order = "".join(dict.fromkeys(re.findall("[yMd]", str(locale.date_formats["long"].pattern))))
    return frozenset(folded_words(name).lower().replace("ё", "е") for name in names), order
