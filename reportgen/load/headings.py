"""A dataset as it is described and the table that it is read from in; what is told where the headings of the file say
another unit, multiple, currency or year than the description, out. Pure.

Cells of a table are numbers alone: what they count, only the words above them say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reportgen.evidence.time_told import other_times, prints_time
from reportgen.language.fitting import Asked, SoughtAmount, fit, noun_forms, target_of
from reportgen.language.guessing import language_read
from reportgen.language.headings import HeadedUnit, headed_rate, headed_units, rated
from reportgen.language.nouns import singular_of
from reportgen.language.number_phrases import Rate
from reportgen.language.units import MULTIPLES, POINTS, UnitError, UnitTable, is_percent
from reportgen.language.words import lower, with_plain_digits, words_of
from reportgen.late_patterns import regex
from reportgen.load.cells import year_of
from reportgen.load.claims import YEAR
from reportgen.load.datasets import RowContext
from reportgen.load.items import Loading
from reportgen.load.shaping import NAME, ShapedRows
from reportgen.load.table import Table
from reportgen.model.dataset import Cell, Column, Dataset
from reportgen.model.fact import Fact
from reportgen.model.quantity import PLAIN
from reportgen.model.source import Source

_YEARS = regex(rf"(?<![\d.,]){YEAR.pattern}(?![.,]?\d)")
_OF_PRICES = regex(
    rf"\b(?:base(?: year)?|constant|prices of|в ценах)[:\s]+{YEAR.pattern}|{YEAR.pattern}\s*=\s*100\b"
    rf"|{YEAR.pattern}[-\s](?:constant\s)?(?:prices|price levels|dollars|us dollars|usd|euros?)\b",
    re.IGNORECASE,
)
"""A year that a heading names for something else than its numbers: `2015 = 100`, `in 2015 prices`."""
_NOTHING = SoughtAmount(PLAIN, (), Fraction(1), "plain")
_WHOLE = Fraction(99, 100), Fraction(101, 100)
"""Between these lies the sum of shares of one, as they are rounded."""


@dataclass(frozen=True, slots=True)
class _Described:
    """A column of numbers and what its file says above it."""

    number: int
    column: Column
    target: SoughtAmount
    own: tuple[HeadedUnit, ...]
    """What its name says."""
    names_noun: bool
    """Whether name or title have the noun that it counts, of which a unit may say something else: `loans in euros`."""

    def of_noun(self, said: Sequence[HeadedUnit]) -> Sequence[HeadedUnit]:
        """What headings may say of what it counts."""
        return [each for each in said if each.is_multiple] if self.names_noun else said


def check_headings(
    loading: Loading,
    dataset: Dataset,
    table: Table,
    shape: ShapedRows,
    values: Sequence[Sequence[Cell]],
    context: RowContext,
) -> None:
    """Warns of columns that are described otherwise than the file's headings say; `values` are their cells."""
    language = _language(context.sources.get(dataset.source), (*table.framed.above, *table.header), loading.lang)
    changed = {name for names in _reckoned(dataset) for name in names}
    columns = [(n, column) for n, column in enumerate(dataset.columns) if column.name not in changed]
    names = {n: _names(table, shape, n) for n, _ in columns}
    described = [
        _Described(n, column, target, _of(names[n], language), _names_noun(target, (*names[n], *table.framed.above)))
        for n, column in columns
        if column.type == "number" and (target := _target(column, context.units, language)) is not None
    ]
    title = _of(table.framed.above, language)
    for each in described:
        says = any(_fits(one, each.target) for one in title)
        against = _against(each.of_noun(each.own), each.target)
        if against is not None and not against.is_multiple and says:
            against = None  # "Hours" below "in millions"
        if not each.own and against is None:
            against = _against_title(each.of_noun(title), each, described)
        if against is not None and not _says_itself(each, loading.lang):
            _tell_unit(loading, dataset, each, against, _rate_of(each, names[each.number], dataset, language))
        elif rate := _rate_left_out(each, names[each.number], dataset, language, loading.lang):
            _tell_rate(loading, dataset, each, rate)
        elif is_percent(each.target.unit) and not each.own and not says and _is_share(values[each.number]):
            _tell_share(loading, dataset, each)
    bare = [(n, column) for n, column in columns if column.type == "number" and not column.unit]
    is_only = len(bare) == 1 and not described
    is_money = any(reading.units and reading.units[0].name.isupper() for one in title for reading in one.readings)
    is_only = is_only or (is_money and not any(_fits(one, each.target) for one in title for each in described))
    for n, column in bare:
        if multiple := _multiple_of([*_of(names[n], language), *(title if is_only else ())]):
            _tell_multiple(loading, dataset, n, column, multiple)
    dated = any(column.type in ("year", "date") for column in dataset.columns)
    for n, column in columns:
        said = [names[n]] if any(map(_years, names[n])) or dated else [names[n], table.framed.above[:1]]
        _check_years(loading, dataset, n, column, next((each for each in said if any(map(_years, each))), ()))


def _language(source: Source | None, texts: Iterable[str], site: str) -> str:
    return language_read(source, " ".join(texts), site) if source else site


def _reckoned(dataset: Dataset) -> tuple[tuple[str, ...], ...]:
    """Columns that hold something else than the file's: shares, changes, an index."""
    group = dataset.group
    return (group.share, group.change, group.index, (group.count,)) if group else ()


def _names(table: Table, shape: ShapedRows, number: int) -> tuple[str, ...]:
    """The names that stand in the file above the cells of a column."""
    places = dict.fromkeys(columns[number] for columns in set(shape.columns))
    return tuple(table.header[place] for place in sorted(places) if place > NAME)


def _of(texts: Iterable[str], language: str) -> tuple[HeadedUnit, ...]:
    return tuple(unit for text in dict.fromkeys(texts) for unit in headed_units(text, language))


def _target(column: Column, units: UnitTable, language: str) -> SoughtAmount | None:
    """One of what a column counts; None where it counts nothing that is known."""
    if not column.unit:
        return None
    try:
        unit = units.with_nouns(column.unit).parse(column.unit)
    except UnitError:  # reported with the column
        return None
    nouns = noun_forms(unit, units.forms)
    return target_of(Asked(Fraction(1), unit, nouns=nouns, below=noun_forms(unit, units.forms, sign=-1)), language)


def _names_noun(target: SoughtAmount, texts: Iterable[str]) -> bool:
    """Whether headings name the noun that a column counts."""
    nouns = {name for name, power in target.unit.factors if power > 0} if target.kind == "count" else set()
    words = {form for text in texts for word in words_of(lower(text)) for form in (word, singular_of(word))}
    return any(noun in words for noun in nouns)


def _against(said: Sequence[HeadedUnit], target: SoughtAmount) -> HeadedUnit | None:
    """What headings say against a unit; None where one of them says it, or none says anything."""
    return None if any(_fits(each, target) for each in said) else next(iter(said), None)


def _fits(said: HeadedUnit, target: SoughtAmount) -> bool:
    return fit(Fraction(1), target, said.readings) in ("fits", "unitless")


def _against_title(title: Sequence[HeadedUnit], each: _Described, described: Sequence[_Described]) -> HeadedUnit | None:
    """The same of a title, which need not speak of each column: of one that is counted in a share or in something else
    only where no other column is meant."""
    against = _against(title, each.target)
    if against is None or is_percent(each.target.unit) or each.target.unit.text == POINTS:
        return None
    is_rate = any(power < 0 for _, power in each.target.unit.factors)
    for one in title:
        if one.is_multiple and is_rate:
            continue  # `Population (million) and density`
        found = fit(Fraction(1), each.target, one.readings)
        is_counted = each.target.kind == "count" or each.target.unit.factors[0][0].isupper()
        if found == "other" or (one.is_multiple and is_counted and found == "alien"):
            return one
    meant = any(_fits(one, other.target) for one in title for other in described)
    is_only = sum(not other.own for other in described) == 1 and not meant
    return next((one for one in title if not one.is_multiple), None) if is_only else None


def _rate_of(each: _Described, names: Sequence[str], dataset: Dataset, language: str) -> Rate | None:
    """What the file says that a column is counted per; None where that only names the rows, as `Nets per province`
    beside a column of provinces."""
    rows = {
        form
        for column in dataset.columns
        if column.type != "number"
        for word in words_of(lower(column.name))
        for form in (word, singular_of(word))
    }
    found = (headed_rate(name, language) for name in names)
    return next((rate for rate in found if rate is not None and not rate.nouns & rows), None)


def _rate_left_out(each: _Described, names: Sequence[str], dataset: Dataset, language: str, site: str) -> Rate | None:
    """What a column is counted per by its file, and not by its unit nor by its own title."""
    unit = each.target.unit
    if is_percent(unit) or unit.text == POINTS or any(power < 0 or " per " in name for name, power in unit.factors):
        return None
    if any(headed_rate(text, tag or site) for tag, text in each.column.title.by_language):
        return None
    return _rate_of(each, names, dataset, language)


def _tell_rate(loading: Loading, dataset: Dataset, each: _Described, rate: Rate) -> None:
    column = each.column
    message = f'the file says "{rate.text}" above "{column.name}", and the unit of the column is {column.unit}'
    unit = rated(column.unit, rate)
    write = f"write unit: {unit}" if unit else "say in the unit what it is counted per"
    hint = f"{write}; or say it in the title of the column"
    loading.report("heading-contradicted", message, dataset.at[f"columns.{each.number}.unit"], hint, "warning")


def _says_itself(each: _Described, site: str) -> bool:
    """Whether the title that the author gives a column says its unit: so that a wrong heading may be put right."""
    said = (unit for tag, text in each.column.title.by_language for unit in headed_units(text, tag or site))
    return any(_fits(unit, each.target) for unit in said)


def _tell_unit(
    loading: Loading, dataset: Dataset, each: _Described, said: HeadedUnit, rate: Rate | None = None
) -> None:
    column = each.column
    message = f'the file says "{said.text}" above "{column.name}", and the unit of the column is {column.unit}'
    unit = _unit(said, each.target)
    if unit and rate and not said.readings[0].rate:
        unit = rated(unit, rate)
    write = f"write unit: {unit}; " if unit and unit != column.unit else ""
    hint = f'{write}if the heading of the file is wrong, say the unit in the title: {{title: "… ({column.unit})"}}'
    loading.report("heading-contradicted", message, dataset.at[f"columns.{each.number}.unit"], hint, "warning")


def _unit(said: HeadedUnit, target: SoughtAmount) -> str:
    """What a heading says, as a project writes it; empty where that is not sure."""
    reading = said.readings[0]
    words = {Fraction(multiple): word for word, multiple in MULTIPLES.items()} | {Fraction(1): ""}
    multiple = words.get(reading.multiple)
    if multiple is None:
        return ""
    nouns = target.unit.text.removeprefix(
        next((f"{w} " for w in MULTIPLES if target.unit.text.startswith(f"{w} ")), "")
    )
    name = reading.units[0].name if reading.units else nouns.partition("/")[0]
    made = f"{multiple} {name}".strip()
    return rated(made, reading.rate) if reading.rate else made


def _is_share(cells: Sequence[Cell]) -> bool:
    """Whether cells are parts of one that make it up together."""
    numbers = [cell for cell in cells if isinstance(cell, Fraction)]
    return len(numbers) > 1 and min(numbers) >= 0 and max(numbers) < 1 and _WHOLE[0] <= sum(numbers) <= _WHOLE[1]


def _multiple_of(said: Sequence[HeadedUnit]) -> HeadedUnit | None:
    """A multiple that headings say, with its unit or without."""
    return next((one for one in said if all(reading.multiple != 1 for reading in one.readings)), None)


def _tell_multiple(loading: Loading, dataset: Dataset, number: int, column: Column, said: HeadedUnit) -> None:
    """Warns of a column that is described without the multiple of its heading, unless its own title says one."""
    titles = (unit for tag, text in column.title.by_language for unit in headed_units(text, tag or loading.lang))
    if any(_multiple_of([unit]) for unit in titles):
        return
    message = f'the file says "{said.text}" above "{column.name}", and the column has no unit'
    unit = _unit(said, _NOTHING)
    write = f"write unit: {unit}" if unit else "give the column the unit that its heading says"
    hint = f"{write}; if the heading of the file is wrong, say the multiple in the title of the column"
    loading.report("heading-contradicted", message, dataset.at[f"columns.{number}.name"], hint, "warning")


def _tell_share(loading: Loading, dataset: Dataset, each: _Described) -> None:
    message = f'the cells of "{each.column.name}" add up to 1, and its unit is percent: 0.45 would be printed as 0.45%'
    hint = "leave out unit: percent, or write the cells in percent; if they are percent, say so in the title: (%)"
    if not _says_itself(each, loading.lang):
        loading.report("heading-contradicted", message, dataset.at[f"columns.{each.number}.unit"], hint, "warning")


# Years ----------------------------------------------------------------------------------------------------------------


def _years(text: str) -> list[str]:
    return _YEARS.findall(_OF_PRICES.sub(" ", with_plain_digits(text)))


def _meet(some: Collection[str], others: Collection[str]) -> bool:
    """Whether one of the others lies among some years."""
    return any(min(some) <= year <= max(some) for year in others)


def _check_years(loading: Loading, dataset: Dataset, number: int, column: Column, said: Sequence[str]) -> None:
    """Warns of a title that says another year than the headings."""
    known = {year for text in said for year in _years(text)}
    for tag, text in column.title.by_language if known else ():
        typed = _years(text)
        if typed and not (_meet(typed, known) or _meet(known, typed)):
            key = f"columns.{number}.title" + (f".{tag}" if tag else "")
            message = f'the file says {_listed(known)} above "{column.name}", and its title says {_listed(typed)}'
            hint = "write the year that the file has, or describe the column of the other year"
            loading.report("heading-contradicted", message, dataset.at[key], hint, "warning")
            return


def _listed(years: Iterable[str]) -> str:
    found = sorted(set(years))
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"


def check_time_of_cell(loading: Loading, fact: Fact, dataset: Dataset, row: int, place: int) -> None:
    """Warns of a fact that says another time than the heading and the row of its cell."""
    column = dataset.columns[place]
    cells = [
        dataset.typed[row][n] for n, other in enumerate(dataset.columns)
        if n != place and (other.type in ("year", "date") or year_of(dataset.typed[row][n]))
    ]  # fmt: skip
    printed = "; ".join(filter(None, (column.name, *cells))) if any(map(_years, (column.name, *cells))) else ""
    printed = printed or next((text for text in dataset.above[:1] if _years(text)), "")
    if not printed or dataset.is_made_of_several:
        return
    told = [(text, tag or loading.lang) for words in (fact.reading, fact.note) for tag, text in words.by_language]
    if fact.as_of is not None:
        others = other_times(fact.as_of, [(printed, loading.lang)])
        if others and not any(prints_time(fact.as_of, *each) for each in told):
            message = f'"{fact.id}": as_of says {fact.as_of.text}, and its cell stands under {_listed(others)}'
            hint = "write the time that the file says, name the cell of the other, or say in note: how it is known"
            loading.report("time-not-in-quote", message, fact.at["as_of"], hint, "warning")
        return
    known = {year for text in (printed, *(text for text, _ in told)) for year in _years(text)}
    for tag, text in fact.claim.by_language:
        typed = _years(text)
        if typed and not any(min(typed) <= year <= max(typed) for year in known):
            message = f'the claim of "{fact.id}" says {_listed(typed)}, and its cell stands under {_listed(known)}'
            hint = "name the cell of that year, or say in note: where the year is from"
            loading.report("year-not-in-quote", message, fact.at[f"claim.{tag}" if tag else "claim"], hint, "warning")
            return
