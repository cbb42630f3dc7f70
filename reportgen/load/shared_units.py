"""A fact whose quote prints a unit with a word that others share in, as `$1,250`, `500 pounds` and `1.5 degrees`; a
warning where nothing says which of them it is, out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from babel.numbers import get_territory_currencies

from reportgen.evidence.quoted import Quoted
from reportgen.evidence.which_unit import SharedWord, says_money, shared_word, usual_money
from reportgen.language.countries import code_of, is_code
from reportgen.language.lexicon import unit_data
from reportgen.language.locales import territory_of
from reportgen.load.items import Loading
from reportgen.model.fact import Fact
from reportgen.model.quantity import Quantity
from reportgen.model.source import Source

_EVER = date(1900, 1, 1), date(2100, 1, 1)
_WORLDS = "USD"
"""The currency that is meant by its shared sign in any country."""
_FAHRENHEIT = frozenset(("US", "BS", "BZ", "FM", "KY", "LR", "MH", "PW"))
"""Countries that measure temperatures so."""
_SHORT_TONS = frozenset(("US",))
_LONGEST_NAME = 4
"""Words of a country's name."""


def check_shared_units(loading: Loading, fact: Fact, quotes: Sequence[Quoted], sources: Sequence[Source]) -> None:
    """Warns of a sign or word that another unit has too, where neither the fact's place nor its sources are of a
    country that uses the fact's, or where they are of one that uses the other; no reading says how it is known."""
    if not isinstance(fact.value, Quantity) or fact.reading or fact.verdict is None:
        return
    names = [name for name, power in fact.value.unit.factors if power > 0]
    for name in names:
        word = shared_word(name, quotes)
        if word is None:
            continue
        place = fact.place.partition("-")[0]
        published = countries_of(quotes, sources)
        countries = (place, *published) if is_code(place) else published
        is_money = name in unit_data().money
        other = (
            _other_money(loading, name, word, place, published, quotes) if is_money else _other(name, word, countries)
        )
        if other:
            _tell(loading, fact, word, name, other)
        return


def _tell(loading: Loading, fact: Fact, word: SharedWord, name: str, other: str) -> None:
    message = (
        f'"{fact.id}": the quote says "{word.text}", which may be {other} as well, and nothing says that it is {name}'
    )
    hint = (
        f"quote the words that say {name}, give the fact a place that pays in it, the source a language such as"
        " en-AU, or say in reading: how it is known"
        if name in unit_data().money
        else f"quote the words that say {name}, or say in reading: how it is known"
    )
    loading.report("unit-not-in-quote", message, fact.at["value"], hint, "warning")


def countries_of(quotes: Iterable[Quoted], sources: Iterable[Source]) -> tuple[str, ...]:
    """The countries of a fact's sources: by the region of their language, the name of who published them."""
    found = [territory_of(quote.language) for quote in quotes if "-" in quote.language]
    for source in sources:
        for text in (source.publisher, source.container):
            found += [*_countries_in(text, source.language or "en")]
    return tuple(dict.fromkeys(filter(None, found)))


def _countries_in(text: str, lang: str) -> Iterable[str]:
    """The countries that the words of a name say: `Bank of Canada`."""
    words = text.split()
    for first in range(len(words)):
        for last in range(min(len(words), first + _LONGEST_NAME), first, -1):
            name = " ".join(words[first:last]).strip(",.;:()")
            if not is_code(name) and (code := code_of(name, lang)):
                yield code
                break


def paid_in(countries: Iterable[str]) -> frozenset[str]:
    """The codes of the currencies that are paid in some countries, today or since 1900."""
    return frozenset(code for country in countries for code in get_territory_currencies(country, *_EVER))


def paid_today(countries: Iterable[str]) -> frozenset[str]:
    """The codes of the currencies that are paid in some countries now."""
    return frozenset(code for country in countries for code in get_territory_currencies(country))


def _other_money(
    loading: Loading, code: str, word: SharedWord, place: str, published: Sequence[str], quotes: Sequence[Quoted]
) -> str:
    """What a shared sign or word may mean as well: the usual currency, another that its countries pay in, a weight."""
    usual = usual_money(word.names)
    paid = paid_in(filter(None, (place, *published)))
    if "lb" in word.names and (is_money := says_money(word)) is not True and (is_money is False or code not in paid):
        return "pounds of weight"
    if usual and code == usual:
        said = paid if code != _WORLDS else paid_in(published)
        other = next((name for name in word.names if name in said), "")
        return other if code not in said else ""
    spoken = (territory_of(lang) for lang in (loading.lang, *(quote.language for quote in quotes)))
    if code in paid_in(filter(None, (place, *published, *spoken))):
        return ""
    others = [name for name in word.names if name != code and name in unit_data().money]
    return usual or next((name for name in others if name in paid), others[0])


def _other(name: str, word: SharedWord, countries: Sequence[str]) -> str:
    """What a word that several units of measure share may mean as well: `1.5 degrees`, `5 tons`."""
    if name in ("°C", "°F") and {"°C", "°F"} <= {*word.names}:
        other = "°F" if name == "°C" else "°C"
        usual = {"°F" if country in _FAHRENHEIT else "°C" for country in countries}
        usual = usual or (set() if word.language.partition("-")[0] == "en" else {"°C"})
        return other if usual != {name} else ""
    if name == "t" and "short_ton" in word.names:
        return "short tons" if _SHORT_TONS.intersection(countries) else ""
    return ""
