"""Running text in, what each run of digits in it is out: a year, a date, a name, a reference, or a typed number.

Pure. The text is a whole block (a paragraph, a cell), so that emphasis cannot split a number from its unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from babel import Locale

from reportgen.language.number_words_found import number_phrases
from reportgen.language.unit_names import long_name, short_name
from reportgen.language.units import UnitTable

DigitClass = Literal["year", "date", "name", "reference", "quote", "typed"]


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


DIGIT = r"\d²³¹¼-¾⁰⁴-⁹₀-₉⅐-⅟↉①-⒛⓪-⓿❶-➓㆒-㆕㈠-㈩㉈-㉏㉑-㉟㊀-㊉㊱-㊿𐄇-𐄳🄀-🄌"
"""Inside a character class: everything that reads as a digit, superscripts, fractions and circled ones too."""
HAS_DIGIT = re.compile(f"[{DIGIT}]")
_RUN = re.compile(f"[{DIGIT}]+(?:[.,:/⁄'’\u00a0\u202f\u2009][{DIGIT}]+| \\d{{3}}(?!\\d))*")
_SPLIT = re.compile(f"[{DIGIT}]+")
_RAISED_UNIT = re.compile(r"(?<=[mм])[²³](?!\w)")

_SIGNS = "$€£¥₸₽₴₹₩₿"
_MULTIPLES = (  # noqa: SIM905
    "hundred thousand million billion trillion mln bn mn тысяч тысячи тысяча тыс миллион миллиона миллионов млн"
    " миллиард миллиарда миллиардов млрд трлн мың"
).split()
_MONEY = "tenge dollar dollars euro euros rouble roubles rubles тенге доллар доллара долларов евро рублей теңге".split()  # noqa: SIM905
_PERCENT = ("%", "‰", "percent", "per cent", "percentage", "pct", "процент", "процента", "процентов", "пайыз", "pp")
# Not every symbol there is: "In 2021 El Salvador" speaks of no exalitres.
_SYMBOLS = (  # noqa: SIM905
    "W kW MW GW TW Wh kWh MWh GWh TWh PWh H/s kH MH GH TH PH EH ZH Hz kHz MHz GHz kJ MJ GJ TJ PJ kV MB GB TB PB"
    " kg g t kt Mt m km cm mm ha min h s ms m2 km2 m3 m² km² m³ k"
).split()
_SPELLED_OUT = frozenset("W kW MW GW Wh kWh MWh GWh kg t km m year month week day h min s".split())  # noqa: SIM905
_YEAR_WORDS = frozenset(("year", "год", "года", "г.", "жыл", "ж."))
"""What stands after a year, not after a count of years."""

_ADDRESS = re.compile(
    r"\b(?:(?:https?|ftp)://|www\.|doi:\s?10\.)[^\s<>]*[\w/]|(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b10\.\d{4,9}/[^\s<>]*[\w/]",
    re.I,
)
_NUMBERED = r"\d+(?:\.\d+)*(?:\(\d+\))*[a-zа-я]?(?!\w|[.,]\d)"
_REFERENCE = re.compile(
    r"(?:\b(?:Figures?|Figs?\.|Tables?|Sections?|Articles?|Chapters?|Annex(?:es)?|Appendix|Notes?|Parts?|Рисун(?:ок|к[аеуи])|"
    r"Рис\.|Таблиц\w{1,2}|Раздел(?:[аеуы]|ов)?|Стать[яиеюё]\w?|Глав[аыеу]|сурет|кесте|бөлім|тарау|бап)|§§?)\s?"
    rf"{_NUMBERED}(?:(?:\s?[–—-]\s?|,\s?|\s(?:and|to|or|и|және|мен)\s){_NUMBERED})*"
    r"|(?<![\w.,])\d+-(?:сурет|кесте|бөлім|тарау|бап)\w*",
    re.I,
)
_YEAR = r"(?:1[89]\d\d|20\d\d|2100)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_MONTH_NUMBER = r"(?:1[0-2]|0?[1-9])"
_NUMERIC_DATE = re.compile(
    rf"(?<![\w.,/-])(?:{_YEAR}-(?:0[1-9]|1[0-2])(?:-{_DAY})?|{_DAY}([./-]){_MONTH_NUMBER}\1{_YEAR}"
    rf"|{_MONTH_NUMBER}/{_DAY}/{_YEAR}|{_YEAR}/{_MONTH_NUMBER}/{_DAY})(?![\w%]|[.,/-]\d)"
)
_QUARTER = re.compile(rf"\b[QH][1-4](?=\s?{_YEAR}(?!\w))")
_CYRILLIC_END = "-[а-яёәғқңөұүһі]{1,4}"
_YEARS = re.compile(
    rf"(?<![\w.,{_SIGNS}№#])(?<!\d/){_YEAR}(?:\s?[–—/-]\s?(?P<to>{_YEAR}|\d\d)(?!\d))?"
    rf"(?P<decade>s|['’]s|{_CYRILLIC_END})?(?![\w%‰°{_SIGNS}]|[.,:/]\d|{_CYRILLIC_END})"
)
_DECADES = re.compile(r"(?<![\w.,])(?:['’][1-9]0s(?!\w)|[1-9]0-(?:[ехм]|ми)\s(?=год)|[1-9]0-жылдар)")


class Classifier:
    """What digits mean in one language of one project."""

    def __init__(self, lang: str, names: Iterable[str], units: UnitTable) -> None:
        self._names = _alternatives(names)
        self._dates = _dates(lang.partition("-")[0])
        loose, strict, codes = _unit_words(lang, units)
        self._unit_after = _after(loose, {*strict, *codes})
        self._unit_after_year = _after(loose - _YEAR_WORDS, {*strict, *codes} - _YEAR_WORDS)
        self._code_before = re.compile(rf"\b(?:{_any(codes)}|No\.)\s?$")
        self._number_words = number_phrases(lang, (w for w in loose if w not in _MULTIPLES), strict)

    def runs(self, text: str, names: re.Pattern[str] | None = None) -> tuple[DigitRun, ...]:
        """Every run of digits in the text, in order. `names` are more words that hold digits."""
        if not HAS_DIGIT.search(text):
            return ()
        safe = [*self._safe(text, names)]

        def kind(start: int, end: int) -> DigitClass:
            return next((s.kind for s in safe if s.start <= start and end <= s.end), "typed")

        found: list[DigitRun] = []
        for run in _RUN.finditer(text):
            pieces = [DigitRun(*d.span(), kind(*d.span())) for d in _SPLIT.finditer(text, *run.span())]
            typed = all(piece.kind == "typed" for piece in pieces)
            found += [DigitRun(*run.span(), "typed")] if typed else pieces
        return tuple(found)

    def number_words(self, text: str) -> tuple[NumberWord, ...]:
        """Numbers spelled out before a unit or a counted noun, across one adjective at most."""
        return tuple(NumberWord(*m.span(1), m.group(1)) for m in self._number_words.finditer(text))

    def _safe(self, text: str, names: re.Pattern[str] | None) -> Iterator[DigitRun]:
        """What is no number, first the surest."""
        for pattern in (self._names, names, _ADDRESS, _RAISED_UNIT):
            for found in pattern.finditer(text) if pattern else ():
                yield DigitRun(*found.span(), "name")
        for pattern in (self._dates, _NUMERIC_DATE, _QUARTER):
            for found in pattern.finditer(text):
                if not self._counts(text, found.end(), self._unit_after_year):
                    yield DigitRun(*found.span(), "date")
        for found in _REFERENCE.finditer(text):
            if not self._counts(text, found.end(), self._unit_after):
                yield DigitRun(*found.span(), "reference")
        for found in _YEARS.finditer(text):
            if found["decade"] not in ("s", "'s", "’s") and self._counts(text, found.end(), self._unit_after_year):
                continue
            if not self._signed(text, found.start()):
                yield DigitRun(found.start(), _last_year(found), "year")
        for found in _DECADES.finditer(text):
            yield DigitRun(*found.span(), "year")

    def _counts(self, text: str, end: int, units: re.Pattern[str]) -> bool:
        """Whether a unit follows."""
        return text[end - 1].isdigit() and units.match(text, end) is not None

    def _signed(self, text: str, start: int) -> bool:
        """Whether a sign or a currency stands before: `-2021`, `KZT 2021`; not `mid-2021`."""
        before = text[max(0, start - 8) : start]
        return re.search(r"(?:^|[^\w\ufffc])[-−+±~≈<>≤≥]$", before) is not None or bool(
            self._code_before.search(before)
        )


def name_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """What finds the words with digits and letters among `names`."""
    return _alternatives(name for name in names if re.search(r"[^\W\d_]", name))


def _last_year(found: re.Match[str]) -> int:
    """The end of a year or of a range of years; `2021-13` is no range."""
    to = found["to"]
    if to is None or len(to) == 4 or int(to) > int(found.group()[2:4]):
        return found.end()
    return found.start() + 4


def _dates(lang: str) -> re.Pattern[str]:
    months = _any(_months(lang) | _months("en") | {"Sept"})
    ending = r"(?:st|nd|rd|th|-?го|-?е)?"
    span = rf"{_DAY}{ending}(?:\s?[–—-]\s?{_DAY}{ending})?"
    listed = rf"{_DAY}{ending}(?:(?:\s?[–—-]\s?|\s(?:and|to|or|и|по|мен|және)\s){_DAY}{ending})*"
    after = r"\w{0,7}" if lang == "kk" else ""
    return re.compile(
        rf"(?<![\w.,/{_SIGNS}]){listed}\s(?:of\s)?(?:{months}){after}(?!\w)(?:\.?,?\s{_YEAR}(?![\w%]|[.,]\d))?"
        rf"|\b(?:{months})\.?\s{span},?\s{_YEAR}(?![\w%]|[.,]\d)"
        rf"|(?<!\bin\s)(?<!\bIn\s)\b(?:{months})\.?\s{span}(?![\w%‰°]|[.,:/]\d| \d{{3}}(?!\d))"
    )


def _unit_words(lang: str, units: UnitTable) -> tuple[set[str], set[str], set[str]]:
    """What stands after a number as its unit, in a language and in English: words, symbols, codes of currencies."""
    words = {*units.aliases, *_MONEY, *_MULTIPLES, *_PERCENT}
    for form in units.forms.values():
        for text in (form.short, form.long, *(text for _, text in form.plural)):
            words.update((text.in_language(lang), text.in_language("en")))
    codes = set()
    for name, symbol in units.symbols.items():
        if symbol.kind == "currency":
            codes.add(name)
        elif symbol.kind == "count" or name in _SPELLED_OUT:
            words.add(name)
            for count in (Decimal(1), Decimal(2), Decimal(5)):
                words.update(long_name(name, count, language, units) for language in (lang, "en"))
                words.add(short_name(name, count, lang, units))
    words = {word for word in words if word and not HAS_DIGIT.search(word)}
    strict = {word for word in words if len(word) < 3 or word != word.lower()}
    return words - strict, strict | set(_SYMBOLS), codes


def _after(loose: Iterable[str], strict: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\s?[-\u2011]?\s?(?:(?:(?i:{_any(loose)})|{_any(strict)})(?!\w)|(?:US|A|C)?[{_SIGNS}]|[%‰°])")


def _any(words: Iterable[str]) -> str:
    """An alternation, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _alternatives(names: Iterable[str]) -> re.Pattern[str] | None:
    words = [name for name in names if HAS_DIGIT.search(name)]
    return re.compile(rf"(?<!\w)(?:{_any(words)})(?!\w)") if words else None


@lru_cache
def _months(lang: str) -> frozenset[str]:
    """Names of the months, alone and in dates, long and short. English ones only with a capital, because of `may`."""
    try:
        locale = Locale(lang)
    except Exception:  # Babel raises several types for a language that it does not know
        return frozenset()
    names = {
        name.rstrip(".")
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in locale.months[context][width].values()
    }
    return frozenset(
        spelled
        for name in names
        if name.isalpha()
        for spelled in (name, name.capitalize(), name.upper())
        if lang != "en" or spelled[0].isupper()
    )
