"""What is made from the lexicon is read back as itself: number words, units, currencies, and composed quotes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.language.fitting import Asked
from reportgen.language.judging import judge
from reportgen.language.lexicon import lexicon, unit_data
from reportgen.language.number_phrases import Phrase
from reportgen.language.scanner import phrases
from reportgen.language.units import unit_table
from tests.language.reading import is_read

LANGUAGES = ("en", "ru", "kk")
NOUNS = {"en": "farms", "ru": "ферм", "kk": "ферма"}
UNITS = unit_table(["farm"])


def one(text: str, language: str) -> Phrase:
    found = [phrase for phrase in phrases(text, language) if phrase.kind in ("number", "ordinal")]
    assert len(found) == 1, (text, found)
    return found[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_number_word_is_its_value(language: str) -> None:
    """Every gender and case that CLDR spells."""
    known = lexicon(language)
    for word, value in known.numbers.items():
        if word in known.data["collective"] and known.articles:
            continue
        phrase = one(f"{word} {NOUNS[language]}", language)
        assert (phrase.void, [reading.value for reading in phrase.readings]) == ("", [value]), word
    for word, value in known.ordinals.items():
        phrase = one(f"{word} {NOUNS[language]}", language)
        if phrase.kind == "ordinal":
            assert [reading.value for reading in phrase.readings] == [value], word


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_multiple_multiplies(language: str) -> None:
    known = lexicon(language)
    for word, value in {**known.scales, **known.data["multiples"]}.items():
        if word not in known.data["doubtful_multiples"]:
            phrase = one(f"7 {word} {NOUNS[language]}", language)
            assert [reading.value for reading in phrase.readings] == [7 * value], word


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_name_of_a_unit_is_read(language: str) -> None:
    """Long and short names in every plural category, those left out that are other words."""
    known = lexicon(language)
    missing = []
    for name, lengths in known.names.items():
        if name not in unit_data().units:
            continue
        for text in lengths.get("long", {}).values():
            units = {
                unit.name for phrase in phrases(f"7 {text}", language) for r in phrase.readings for unit in r.units
            }
            if name not in units and text.lower() not in known.words("not_units"):
                missing.append((name, text, units))
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_symbol_is_read(language: str) -> None:
    known = lexicon(language)
    for symbol, said in unit_data().symbols.items():
        if symbol.lower() not in known.words("not_units") and symbol not in known.data["doubtful_multiples"]:
            phrase = one(f"7 {symbol}", language)
            found = {unit.name for reading in phrase.readings for unit in reading.units}
            assert set(said.split("|")) & found or not phrase.readings[0].units, (symbol, found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_name_of_a_currency_is_read(language: str) -> None:
    currencies = {name: lengths for name, lengths in lexicon(language).names.items() if name not in unit_data().units}
    assert len(currencies) > 100
    for code, lengths in currencies.items():
        for text in lengths["long"].values():
            found = {
                unit.name for phrase in phrases(f"7 {text}", language) for r in phrase.readings for unit in r.units
            }
            assert code in found, (text, code, found)
    for code in ("KZT", "USD", "EUR", "GBP"):
        for quote in (f"7 {code}", f"{code} 7", f"{code}7", f"7{code}"):
            assert {unit.name for unit in one(quote, language).readings[0].units} == {code}, quote


def digits(number: Decimal, language: str, group: str) -> str:
    whole, _, decimals = f"{number:f}".partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(whole):,}".replace(",", group)
    return sign + grouped + (("." if language == "en" else ",") + decimals if decimals else "")


AMOUNTS = st.decimals(min_value="0.01", max_value="999999", places=2, allow_nan=False).map(
    lambda n: n.normalize() if n == n.to_integral_value() else n
)
MEASURES = {
    "en": {
        "MW": ("MW", "megawatts", "-MW"),
        "percent": ("%", "percent", "per cent"),
        "KZT": ("tenge",),
        "t": ("tonnes",),
    },
    "ru": {"MW": ("МВт", "мегаватт", "мегаватта"), "percent": ("%", "процентов"), "KZT": ("тенге",), "t": ("тонн",)},
    "kk": {
        "MW": ("МВт", "мегаватт"),
        "percent": ("%", "пайыз", "пайызды"),
        "KZT": ("теңге", "теңгені"),
        "t": ("тонна",),
    },
}
MULTIPLES = {
    "en": {"": 1, "thousand": 10**3, "million": 10**6, "bn": 10**9},
    "ru": {"": 1, "тысяч": 10**3, "млн": 10**6, "млрд": 10**9},
    "kk": {"": 1, "мың": 10**3, "млн": 10**6, "миллиард": 10**9},
}
BEFORE = {
    "en": {"": "=", "over": ">", "at least": ">=", "not over": "<=", "no less than": ">=", "below": "<", "about": "~"},
    "ru": {"": "=", "более": ">", "не менее": ">=", "не более": "<=", "не превышает": "<=", "менее": "<", "около": "~"},
    "kk": {"": "=", "кемінде": ">=", "ең көбі": "<=", "шамамен": "~"},
}


@settings(max_examples=400, deadline=None)
@given(data=st.data(), language=st.sampled_from(LANGUAGES), amount=AMOUNTS)
def test_quotes_composed_of_the_lexicon(data: st.DataObject, language: str, amount: Decimal) -> None:
    """Value in equals value out; ten times, one more, the other sign, another unit or bound are refused."""
    unit, names = data.draw(st.sampled_from(sorted(MEASURES[language].items())))
    name = data.draw(st.sampled_from(names))
    multiple, factor = data.draw(st.sampled_from(sorted(MULTIPLES[language].items())))
    before, relation = data.draw(st.sampled_from(sorted(BEFORE[language].items())))
    group = data.draw(st.sampled_from(["", " ", "\u00a0", *("," if language == "en" else ".")]))
    if group and abs(amount) >= 1000 and group in ",." and amount == int(amount) and amount < 10**6:
        group = " "  # a single mark before three digits is the decimal mark by turns
    gap = "" if name in ("%", "-MW") else " "
    if name == "-MW" and multiple:
        name, gap = "MW", " "
    number = f"{digits(amount, language, group)} {multiple}".strip()
    quote = " ".join(f"{before} {number}{gap}{name}".split(" ")).strip()
    value = Asked(Fraction(amount) * factor, UNITS.parse(unit), relation)
    verdict = judge(value, quote, language)
    assert is_read(verdict), (quote, value, verdict)
    step = Fraction(factor)
    for wrong in (value.value * 10, value.value + step, -value.value):  # type: ignore[operator]
        assert not is_read(judge(Asked(wrong, value.unit, relation), quote, language)), (quote, wrong)
    other = UNITS.parse("GW" if unit == "MW" else "MW")
    assert not is_read(judge(Asked(value.value, other, relation), quote, language)), quote
    opposite = {"=": ">", "~": "<", ">": "<", ">=": "<=", "<": ">", "<=": ">="}[relation]
    assert not is_read(judge(Asked(value.value, value.unit, opposite), quote, language)), quote


@settings(max_examples=150, deadline=None)
@given(language=st.sampled_from(LANGUAGES), low=st.integers(1, 400), more=st.integers(1, 400))
def test_ranges(language: str, low: int, more: int) -> None:
    high = low + more
    quotes = {
        "en": (f"between {low} and {high} MW", f"{low}–{high} MW", f"{low} to {high} MW", f"{low}MW-{high}MW"),
        "ru": (f"от {low} до {high} МВт", f"{low}-{high} МВт", f"между {low} и {high} МВт"),
        "kk": (f"{low} мен {high} МВт аралығында", f"{low}–{high} МВт", f"{low} МВт-тан {high} МВт-қа дейін"),
    }
    unit = UNITS.parse("MW")
    for quote in quotes[language]:
        assert is_read(judge(Asked(None, unit, "=", Fraction(low), Fraction(high)), quote, language)), quote
        for value in (low, high):
            assert not is_read(judge(Asked(Fraction(value), unit), quote, language)), (quote, value)
        assert not is_read(judge(Asked(None, unit, "=", Fraction(low), Fraction(high + 1)), quote, language)), quote
