"""Running text in, what each run of digits in it is out: a year, a date, a name, a reference, or a number typed by hand.

Pure. The text is a whole block (a paragraph, a cell), so that emphasis cannot split a number from its unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from babel import Locale

from reportgen.quantities.unit_names import long_name, short_name
from reportgen.quantities.units import UnitTable

DigitClass = Literal["year", "date", "name", "reference", "typed"]


@dataclass(frozen=True, slots=True)
class DigitRun:
    """Digits that a reader sees, and what they are."""

    start: int
    end: int
    kind: DigitClass


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A number spelled out before a unit or a counted noun."""

    start: int
    end: int
    text: str


DIGIT = r"\d⁰¹²³⁴-⁹₀-₉¼½¾⅐-⅞⓪①-⒛⓵-⓾❶-➓㉑-㉟㊱-㊿０-９"
"""Inside a character class: everything that reads as a digit, superscripts, fractions and circled ones too."""
HAS_DIGIT = re.compile(f"[{DIGIT}]")
_RUN = re.compile(f"[{DIGIT}]+(?:[.,:/\u00a0\u202f\u2009][{DIGIT}]+| \\d{{3}}(?!\\d))*")
_SPLIT = re.compile(f"[{DIGIT}]+")
_SQUARE = re.compile(r"(?<=[mм])[²³]")

_MULTIPLES = (
    "hundred thousand million billion trillion mln bn m k тысяч тысячи тысяча тыс миллион миллиона миллионов млн"
    " миллиард миллиарда миллиардов млрд трлн мың миллион миллиард"
).split()
_CURRENCY_SIGNS = "$€£¥₸₽₴₹₩₿"
_SPELLED_OUT = frozenset("W kW MW GW Wh kWh MWh GWh H/s EH/s kg t km m year month week day hour".split())
_MONEY = "tenge dollar dollars euro euros rouble roubles rubles тенге доллар доллара долларов евро рублей теңге".split()
_PERCENT = ("%", "‰", "percent", "per cent", "percentage", "процент", "процента", "процентов", "пайыз", "pp")


class Classifier:
    """What digits mean in one language of one project."""

    def __init__(self, lang: str, names: Iterable[str], units: Iterable[str]) -> None:
        months = "|".join(sorted(map(re.escape, _months(lang.partition("-")[0]) | _months("en")), key=len, reverse=True))
        year = r"(?:1[89]\d\d|20\d\d|2100)"
        day = r"(?:3[01]|[12]\d|0?[1-9])"
        span = rf"(?:{day}\s?[–—-]\s?)?{day}(?:st|nd|rd|th)?"
        self._names = _alternatives(names)
        self._dates = re.compile(
            rf"\b{span}\s(?:of\s)?(?:{months})\b(?:,?\s{year})?|\b(?:{months})\.?\s{span}(?![\w.,]*\d)(?:,?\s{year})?"
            rf"|\b{year}-(?:0[1-9]|1[0-2])(?:-{day})?\b|\b{day}[./](?:0?[1-9]|1[0-2])[./]{year}\b",
            re.I,
        )
        self._references = re.compile(
            r"\b(?:Figures?|Tables?|Sections?|Articles?|Chapters?|Annex(?:es)?|Notes?|Part|Рисун\w+|Рис\.|Таблиц\w+|"
            r"Раздел\w*|Стат\w+|Глав\w+|сурет|кесте|бап)\s?(\d+)\b|§\s?(\d+)",
            re.I,
        )
        unit_words = sorted({u for u in (*units, *_MULTIPLES, *_PERCENT) if u and not HAS_DIGIT.search(u)}, key=len)
        alternatives = "|".join(re.escape(u) for u in reversed(unit_words))
        self._unit_after = re.compile(rf"\s?[-\u2011]?\s?(?:(?:{alternatives})(?!\w)|[{_CURRENCY_SIGNS}%‰°])", re.I)
        self._years = re.compile(
            rf"(?<![\w.,{_CURRENCY_SIGNS}]){year}(?:\s?[–—/-]\s?(?:{year}|\d\d)(?!\d))?(?:s|['’]s|-?[а-яё]{{1,3}})?(?!\w)(?![.,]\d)"
        )
        nouns = "|".join(re.escape(u) for u in reversed(unit_words) if u.isalpha() and u not in _MULTIPLES)
        words = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
        self._number_words = re.compile(
            rf"\b((?:{words})(?:[\s-](?:and\s)?(?:{words}))*)[\s-](?:[\w’'-]+\s)?(?:{nouns})(?!\w)", re.I
        ) if nouns else None

    def runs(self, text: str) -> tuple[DigitRun, ...]:
        """Every run of digits in the text, in order."""
        if not HAS_DIGIT.search(text):
            return ()
        safe: list[DigitRun] = []
        if self._names is not None:
            safe += [DigitRun(m.start(), m.end(), "name") for m in self._names.finditer(text)]
        safe += [
            DigitRun(m.start(), m.end(), "date")
            for m in self._dates.finditer(text)
            if not (text[m.end() - 1].isdigit() and self._unit_after.match(text, m.end()))
        ]
        safe += [DigitRun(m.start(), m.end(), "reference") for m in self._references.finditer(text)]
        safe += [
            DigitRun(m.start(), m.end(), "year")
            for m in self._years.finditer(text)
            if not self._unit_after.match(text, m.end()) and text[max(0, m.start() - 1) : m.start()] not in ("-", "−", "+")
        ]
        text = _SQUARE.sub("m", text)
        found: list[DigitRun] = []
        for run in _RUN.finditer(text):
            inside = [s for s in safe if s.start < run.end() and s.end > run.start()]
            if inside and all(
                any(s.start <= d.start() and d.end() <= s.end for s in inside)
                for d in _SPLIT.finditer(text, run.start(), run.end())
            ):
                for digits in _SPLIT.finditer(text, run.start(), run.end()):
                    around = next(s for s in inside if s.start <= digits.start() and digits.end() <= s.end)
                    found.append(DigitRun(digits.start(), digits.end(), around.kind))
            elif not inside:
                found.append(DigitRun(run.start(), run.end(), "typed"))
            else:
                for digits in _SPLIT.finditer(text, run.start(), run.end()):
                    kind = next((s.kind for s in inside if s.start <= digits.start() and digits.end() <= s.end), "typed")
                    found.append(DigitRun(digits.start(), digits.end(), kind))
        return _joined(found)

    def number_words(self, text: str) -> tuple[NumberWord, ...]:
        """Numbers spelled out before a unit or a counted noun, across one adjective at most."""
        if self._number_words is None:
            return ()
        return tuple(NumberWord(m.start(1), m.end(1), m.group(1)) for m in self._number_words.finditer(text))


def unit_words(lang: str, units: UnitTable) -> frozenset[str]:
    """Every word that stands after a number as its unit, in a language and in English."""
    words = {*units.aliases, *_MONEY}
    for form in units.forms.values():
        for text in (form.short, form.long, *(text for _, text in form.plural)):
            words.update((text.in_language(lang), text.in_language("en")))
    for name, symbol in units.symbols.items():
        if symbol.kind == "currency":
            continue
        words.add(name)
        if symbol.kind == "count" or name in _SPELLED_OUT:
            for count in (Decimal(1), Decimal(2), Decimal(5)):
                words.update(long_name(name, count, language, units) for language in (lang, "en"))
                words.add(short_name(name, count, lang, units))
    return frozenset(word for word in words if len(word) > 1 or word == "%")


def _joined(runs: list[DigitRun]) -> tuple[DigitRun, ...]:
    return tuple(sorted(runs, key=lambda r: r.start))


def _alternatives(names: Iterable[str]) -> re.Pattern[str] | None:
    words = sorted((re.escape(n) for n in names if HAS_DIGIT.search(n)), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)") if words else None


@lru_cache
def _months(lang: str) -> frozenset[str]:
    """Names of the months, as they stand alone and in dates, long and short."""
    try:
        locale = Locale(lang)
    except Exception:  # Babel raises several types for a language that it does not know
        return frozenset()
    names = (
        name
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in locale.months[context][width].values()
    )
    return frozenset(n.rstrip(".") for n in names if n.isalpha() or n.rstrip(".").isalpha())


_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen"
    " half third quarter"
    " один одна одно два две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать"
    " четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать тридцать сорок пятьдесят"
    " шестьдесят семьдесят восемьдесят девяносто сто тысяча тысячи тысяч миллион миллиона миллионов миллиард"
    " бір екі үш төрт бес алты жеті сегіз тоғыз он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан жүз мың"
).split()
