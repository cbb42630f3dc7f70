"""A language in, the patterns by which dates are read in it, out. Pure; remembered.

Months come from CLDR in every language; what data sets lack (quarters, halves, `late`, decades, fiscal years) from the
lexicon's hand-made part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from reportgen.evidence.date_tables import TABLES, DateTable
from reportgen.evidence.fold import folded_words

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_CYRILLIC_ROMAN = str.maketrans("іхv", "ixv")
_GLUED_BEFORE = "mid|late|early|end|start"


@dataclass(frozen=True, slots=True)
class DateWords:
    """What the words of a language say of dates."""

    table: DateTable
    month: re.Pattern[str]
    """A month with its endings; group 1 is the form that `months` lists."""
    months: Mapping[str, int]
    """Lower-case form -> month."""
    short: frozenset[str]
    """Forms that are abbreviations: no months without a day or a year."""
    patterns: tuple[tuple[re.Pattern[str], Literal["void", "span"]], ...]
    """What is looked for before months and years, in this order."""
    year_suffix: re.Pattern[str]
    """Words that make the number before them a year: `2020 года`."""
    decade: re.Pattern[str]
    """What makes it a decade: `1990s`."""
    day_suffix: re.Pattern[str]
    """The ending of a day: `25th`."""
    year_before: re.Pattern[str]
    """Words after which a bare number of four digits is a year."""
    weak_before: re.Pattern[str]
    year_after: re.Pattern[str]
    """What follows a number that counts nothing: the end, a mark, a word of grammar."""
    count_before: re.Pattern[str]
    counted: re.Pattern[str]
    """Units after a number."""
    label_before: re.Pattern[str]
    glued_before: re.Pattern[str]
    join: re.Pattern[str]
    """What lies between two dates of a range or list."""
    glue: Mapping[tuple[str, str], re.Pattern[str]]
    """What may lie between two kinds of parts of one date."""
    before: tuple[tuple[re.Pattern[str], str], ...]
    """Words before a year or month that narrow it: `late 2017`."""
    after: tuple[tuple[re.Pattern[str], str], ...]
    negated_before: re.Pattern[str]
    negated_after: re.Pattern[str]
    day_word: re.Pattern[str]
    """A day in words: `twenty-fifth`."""
    day_words: Mapping[str, int]
    bare_years: bool
    """Whether a year is commonly written without the word for year."""
    year_first: bool = True

    def month_of(self, form: str, written: str, before: str, after: str) -> tuple[int | None, bool]:
        """The number of a month's form, and whether it is a month even without a day or a year beside it."""
        number = self.months.get(form)
        table = self.table
        if number is None:
            return None, False
        if form in table.modal and not written[:1].isupper() and not re.search(r"\d(?:st|nd|rd|th)? $", before):
            return None, False
        if form in self.short:
            return number, False
        if written[:1].isupper() and re.match(r" [^\W\d_]", after) and after[1].isupper():
            # June Smith is a person.
            return number, bool(table.month_before.search(before))
        if form in table.doubtful or (table.lower_case and written[:1].isupper() and before):
            return number, bool(table.month_before.search(before)) or bool(table.month_mark.search(written.lower()))
        return number, True

    def ordinal_of(self, text: str) -> int | None:
        """The number that `third`, `3rd`, `III` or `three` gives."""
        if found := re.match(r"\d+", text):
            return int(found.group())
        roman = text.translate(_CYRILLIC_ROMAN)
        if roman in _ROMAN:
            return _ROMAN[roman]
        return next((number for stem, number in self.table.ordinals if text.startswith(stem)), None)

    def season_of(self, text: str) -> int | None:
        """EDTF's number of a season."""
        return next((number for stem, number in self.table.seasons if text.startswith(stem)), None)

    def qualifier(self, before: str, after: str) -> str:
        """`early`, `start`, `mid`, `late`, `end` or nothing, from what stands beside a year or month."""
        for pattern, word in self.before:
            if pattern.search(before):
                return word
        for pattern, word in self.after:
            if pattern.match(after):
                return word
        return ""

    def is_count_after(self, lower: str, start: int, end: int) -> bool:
        """Whether digits after a month, up to `end`, count something: `in June 13 farms`."""
        if self.counted.match(lower, end):
            return True
        if self.table.day_after_month:
            return not self.table.day_after_month.search(lower[start:end] + lower[end : end + 5])
        return bool(self.table.month_not_day.search(lower[:start])) and not self.year_after.match(lower, end)


@cache
def date_words(language: str) -> DateWords:
    """The patterns of a language; of an unknown one, those that need no words."""
    base = language.partition("-")[0]
    table = TABLES.get(base, DateTable())
    months, short, order = _months(language)
    months = {**months, **table.months}
    forms = "|".join(re.escape(form) for form in sorted(months, key=lambda form: (-len(form), form)))
    letters = r"[^\W\d_]"
    month = re.compile(
        rf"(?<!{letters})({forms or '(?!)'})(?:{table.month_endings})(?!{letters})\.?(?:{table.month_word})?"
    )
    ordinal = (
        rf"\d{{1,2}}(?:{table.ordinal_suffix})?|[ivіх]{{1,3}}|(?:{'|'.join(s for s, _ in table.ordinals) or '(?!)'})\w*"
    )
    spans = [
        re.compile(pattern.replace("ORD", ordinal).replace("SEASON", _stems(table.seasons))) for pattern in table.spans
    ]
    patterns = (
        *((re.compile(pattern), "void") for pattern in table.voids),
        *((pattern, "span") for pattern in spans),
    )
    return DateWords(
        table,
        month,
        months,
        short - set(table.months),
        patterns,  # type: ignore[arg-type]
        re.compile(table.year_suffix),
        re.compile(table.decade),
        re.compile(table.day_suffix),
        _ending(table.year_before),
        _ending(table.weak_before),
        re.compile(
            rf"\s*$|\s?\.\.\.|[.,;:!?)\]\"'](?!\d)|\s?-\s|-\d{{4}}(?!\d)| (?:{table.grammar or '(?!)'})(?!\w)|\s?[(\"\[]"
        ),
        _ending(table.count_before),
        re.compile(rf" ?(?:{table.counted})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{table.labels}) ?$"),
        re.compile(rf"(?<!\w)(?:{table.glued_before})-$"),
        re.compile(rf" (?:{table.joins})(?: (?:{table.join_more}))* (?:{table.join_glued})?|{table.join_plain}"),
        _glue(table, order),
        tuple((re.compile(rf"(?<!\w)(?:{pattern})$"), word) for word, pattern in table.before),
        tuple((re.compile(rf" ?(?:{pattern})"), word) for word, pattern in table.after),
        _ending(table.negated_before),
        re.compile(table.negated_after),
        re.compile(
            rf"(?<!\w)(?:{'|'.join(sorted((w for w, _ in table.day_words), key=len, reverse=True)) or '(?!)'})(?!\w)"
        ),
        dict(table.day_words),
        table.bare_years,
    )


def _ending(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})[ ]?$" if words else "(?!)")


def _stems(pairs: tuple[tuple[str, int], ...]) -> str:
    return "(?:" + ("|".join(stem for stem, _ in pairs) or "(?!)") + ")"


def _glue(table: DateTable, order: str) -> dict[tuple[str, str], re.Pattern[str]]:
    glue = {
        ("day", "month"): r"(?:\.? ?|-)(?:(?:de|do|di|d'|ta') ?)?",
        ("month", "year"): r"(?:[.,]? |-)(?:(?:de|del|do) )?",
        ("day", "year"): r"(?:[.,]? )(?:(?:de|del|do) )?",
    }
    if order.startswith("y"):
        glue |= {("year", "month"): r"[.,]? ?", ("year", "day"): r"[.,]? ?", ("month", "day"): " "}
    if order.startswith("Md"):
        glue |= {("month", "day"): " "}
    glue |= dict(table.glue)
    return {kinds: re.compile(pattern) for kinds, pattern in glue.items()}


def _months(language: str) -> tuple[dict[str, int], frozenset[str], str]:
    """Lower-case forms of months by CLDR, those that are abbreviations, and the order of a long date: `yMd`."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return {}, frozenset(), "dMy"
    forms: dict[str, set[int]] = {}
    wide: set[str] = set()
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[context][width].items():
                form = folded_words(name).lower().rstrip(".").replace("ё", "е")
                if len(form) < (3 if form.isascii() else 2) or any(character.isdigit() for character in form):
                    continue
                forms.setdefault(form, set()).add(number)
                if width == "wide":
                    wide.add(form)
    months = {form: min(numbers) for form, numbers in forms.items() if len(numbers) == 1}
    order = "".join(re.findall("[yMd]", str(locale.date_formats["long"].pattern)))
    return months, frozenset(months) - wide, "".join(dict.fromkeys(order))
