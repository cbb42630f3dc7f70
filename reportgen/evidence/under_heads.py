"""A number that a quote has out of a table and the text of the source in; what stands above and beside its cell against
the fact's unit, multiple, currency or year, out. Pure; the tables of the last texts are remembered.

A cell is a number alone: what it counts, only the words at the head of its column, of its row or of its table say.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from reportgen.evidence.cells import TableCell, TableRow, tables_in
from reportgen.evidence.fold import FoldedText, folded_words
from reportgen.evidence.passages import Passage, passages
from reportgen.evidence.row_names import other_row
from reportgen.evidence.time_told import other_times, prints_time
from reportgen.language.fitting import Asked, Fit, SoughtAmount, asked, fit, target_of
from reportgen.language.headings import HeadedUnit, headed_rate, headed_units
from reportgen.language.nouns import singular_of
from reportgen.language.number_phrases import NumberReading
from reportgen.language.scanner import phrases
from reportgen.language.units import POINTS, is_percent
from reportgen.language.words import lower, words_of
from reportgen.late_patterns import regex
from reportgen.model.edtf import Edtf
from reportgen.model.lock import OTHERWISE
from reportgen.model.quantity import Quantity, UnitForms
from reportgen.model.text import Text
from reportgen.model.verdict import VerdictProblem

VALUE = "{value}"
_BRACKET = regex(r"[(\[][^()\[\]]+[)\]]")
_YEAR_AT_END = regex(r"[\s,]+(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?\s*$")
_PERIODS = frozenset(("year", "month", "week", "day", "quarter", "hour", "min", "minute", "s", "second"))
"""What a head that is one word names its rows by, more often than what they are counted in."""
_OF_PRICES = regex(
    r"=\s*100|\b(?:prices?|base|rates? of|цен\w*|баға\w*|prix|precios|preços|prezzi|preise)\b", re.IGNORECASE
)
"""In a heading whose year is none of its numbers."""
_WHERE = {
    "column": "above its column",
    "row": "at its row",
    "corner": "at the corner of its table",
    "table": "above its table",
}
_JOINED = regex(r"^[\s,;/–—-]*(?:(?:and|и|және|und|et|y|e)\s)?\s*", re.IGNORECASE)
"""Between the parts of a title."""
_STEM = 4
"""Letters by which a word of a title is known at the head of a column."""
_MOST_ROWS = 40
_LONGEST_HEAD = 120
_NUMBERS = regex(r"(?<![^\s|])[-−–+~<>]?\d[\d.,]*(?![^\s|%*])")


@dataclass(frozen=True, slots=True)
class _HeadSaid:
    """What one head says of unit and multiple."""

    where: str
    """`above its column`, as a person is told."""
    units: tuple[HeadedUnit, ...]
    is_sure: bool
    """Whether it is of this very cell."""


@dataclass(frozen=True, slots=True)
class _FactRead:
    """A fact, and in which languages its source and the site are."""

    value: Quantity
    claim: Text
    reading: Text
    as_of: Edtf | None
    language: str
    site: str
    number: Asked


@dataclass(frozen=True, slots=True)
class _ReadCell:
    """A number of a quote, and what stands around it in its table."""

    cell: TableCell
    quoted: str
    readings: tuple[NumberReading, ...]
    rows: tuple[str, ...] = ()
    """The heads of all rows of its table."""


def against_heads(
    value: Quantity,
    claim: Text,
    reading: Text,
    as_of: Edtf | None,
    text: FoldedText,
    spans: Sequence[tuple[int, int]],
    read: Sequence[str],
    language: str,
    *,
    site: str,
    is_explicit: bool,
    forms: Mapping[str, UnitForms],
) -> VerdictProblem | None:
    """What the heads of each cell that is read as a value say against it; None where a head of one of them does not.

    A `reading` that names what the head says answers for it. `spans` are the pieces of the quote in the text before
    folding, `read` the words of it that were read. Where the file itself parts rows and cells, `is_explicit`, and the
    head is that of the column, it is an error.
    """
    found = []
    fact = _FactRead(value, claim, reading, as_of, language, site, asked(value, forms))
    for cell in _cells(text, spans, read, fact):
        problem = _of_unit(fact, cell, is_explicit=is_explicit) or _of_rate(fact, cell) or _of_year(fact, cell)
        problem = problem or _of_row(fact, cell)
        if problem is None:
            return None
        found.append(problem)
    return min(found, key=lambda one: one.severity != "warning") if found else None


def said_above(cell: TableCell, language: str) -> tuple[tuple[str, str], ...]:
    """What heads a cell, the nearest first, as far as it speaks of it: `column`, `row`, `corner` or `table`, with its
    words. Of a title with several units the part that names the column, if one does; of a head over several columns
    nothing."""
    column = "" if _are_several(cell.column, language) else cell.column
    title = cell.title
    if _are_several(title, language):
        title = _part_of_title(title, cell.column)
    corner = _YEAR_AT_END.sub("", cell.corner) if _units_of(cell.corner, language) else ""
    said = (("column", column), ("row", cell.row), ("corner", corner), ("table", title))
    return tuple((kind, head) for kind, head in said if head)


def is_open(cell: TableCell, language: str) -> bool:
    """Whether a table says units or multiples of which nobody knows which is that of a cell."""
    if any(_units_of(head, language) for _, head in said_above(cell, language)):
        return False
    heads = any(_units_of(head, language) for head in cell.heads)
    return heads or _are_several(cell.column, language) or _are_several(cell.title, language)


# Where a number stands ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _tables(text: FoldedText) -> tuple[tuple[Passage, ...], dict[int, TableRow]]:
    found = tuple(passages(text))
    return found, tables_in(text, found)


def _cells(
    text: FoldedText, spans: Sequence[tuple[int, int]], read: Sequence[str], fact: _FactRead
) -> Iterator[_ReadCell]:
    """The cell of each number that was read, or that a reading takes for the value."""
    wanted = [folded_words(words).casefold() for words in read]
    language = fact.language
    for start, end in spans:
        low, high = bisect_left(text.starts, start), bisect_left(text.starts, end)
        quoted = text.text[low:high]
        if not any(character.isdigit() for character in quoted):
            continue
        around = text.text[max(0, low - 2) : high + 2]
        is_row = "|" in around or "|" in text.original[text.original.rfind("\n", 0, start) + 1 : _line_end(text, end)]
        for phrase in phrases(quoted, language):
            said = folded_words(phrase.text).casefold()
            if phrase.void or phrase.kind != "number":
                continue
            is_value = any(reading.value == fact.number.value for reading in phrase.readings)
            if not (any(said == one or one in said for one in wanted) or (fact.reading and is_value)):
                continue
            if any(reading.multiple != 1 for reading in phrase.readings):
                continue
            if not is_row:
                if head := _head_above(text.original, start, language):
                    yield _ReadCell(TableCell("", "", head), quoted, phrase.readings)
                continue
            found, rows = _tables(text)
            at = bisect_right([passage.start for passage in found], low + phrase.start) - 1
            row = rows.get(found[at].start) if at >= 0 else None
            if row is not None:
                yield _ReadCell(row.cell_at(low + phrase.start - found[at].start), quoted, phrase.readings, row.names)


def _line_end(text: FoldedText, place: int) -> int:
    end = text.original.find("\n", place)
    return len(text.original) if end < 0 else end


def _head_above(original: str, start: int, language: str) -> str:
    """The line above rows of numbers that are parted by spaces alone, where it says a unit or multiple; else empty."""
    lines = original[:start].split("\n")[-_MOST_ROWS:]
    here = original[original.rfind("\n", 0, start) + 1 :].split("\n", 1)[0]
    if len(_NUMBERS.findall(here)) < 2:
        return ""
    heads = 0
    for line in reversed(lines[:-1]):
        said = " ".join(line.split())
        if _units_of(said, language):
            return said
        if len(_NUMBERS.findall(said)) < 2:
            heads += 1
            if heads > 1 or not said or len(said) > _LONGEST_HEAD or said[-1] in ".!?":
                return ""
    return ""


# What is said there ---------------------------------------------------------------------------------------------------


def _units_of(head: str, language: str) -> tuple[HeadedUnit, ...]:
    bare = _YEAR_AT_END.sub("", head).strip()
    found = dict.fromkeys((*headed_units(head, language), *headed_units(bare, language)))
    return tuple(
        one for one in found if not (one.text in (head, bare) and not one.is_multiple and _names_periods(one.readings))
    )


def _names_periods(readings: Sequence[NumberReading]) -> bool:
    return all(reading.multiple == 1 and {unit.name for unit in reading.units} <= _PERIODS for reading in readings)


def _are_several(head: str, language: str) -> bool:
    """Whether the brackets of a head say more than one unit."""
    return sum(bool(headed_units(part[1:-1], language)) for part in _BRACKET.findall(head)) > 1


def _part_of_title(title: str, column: str) -> str:
    """The part of a title whose words before its bracket name a column: `Passengers (thousands)`; empty where none is,
    or several are."""
    wanted = {word[:_STEM] for word in words_of(lower(column)) if len(word) >= _STEM}
    parts, first = [], 0
    for bracket in _BRACKET.finditer(title):
        before = _JOINED.sub("", title[first : bracket.start()])
        if wanted & {word[:_STEM] for word in words_of(lower(before)) if len(word) >= _STEM}:
            parts.append(before + bracket[0])
        first = bracket.end()
    return parts[0] if len(parts) == 1 else ""


def _said(cell: TableCell, language: str) -> Iterator[_HeadSaid]:
    parted = said_above(cell, language)
    for kind, head in parted:
        where = _WHERE[kind]
        is_named = kind == "table" and head != cell.title
        if units := _units_of(head, language):
            yield _HeadSaid(where, units, kind == "column" or is_named)
    if cell.heads and (units := tuple(unit for head in cell.heads for unit in _units_of(head, language))):
        yield _HeadSaid("above its table", units, False)
    if is_open(cell, language) and not cell.heads:
        units = (*headed_units(cell.column, language), *headed_units(cell.title, language))
        yield _HeadSaid("above its table", units, False)


def _of_unit(fact: _FactRead, at: _ReadCell, *, is_explicit: bool) -> VerdictProblem | None:
    number, cell = fact.number, at.cell
    target = target_of(Asked(Fraction(1), number.unit, nouns=number.nouns, below=number.below), fact.language)
    said = [*_said(cell, fact.language)]
    units = [unit for each in said for unit in each.units]
    if not units or any(_fits(unit, target) or _gives(unit, at, number, target) for unit in units):
        return None
    names_noun = _names_noun(target, (cell.column, cell.row, cell.title))
    own = {unit.name for reading in at.readings for unit in reading.units}
    for each in said:
        for unit in each.units:
            if own and not any(own & {head.name for head in reading.units} for reading in unit.readings):
                continue  # a cell that prints its own
            how = _against(unit, target, each, names_noun=names_noun)
            if not how or _is_in_claim(unit, fact) or _is_in_reading(unit, fact.reading):
                continue
            is_sure = (
                is_explicit and each.is_sure and how == "other" and target.kind != "plain" and not (fact.reading or own)
            )
            mine = f"the unit of the fact is {number.unit.text}" if number.unit.text else "the fact has no unit"
            message = f'{OTHERWISE}{unit.text}" {each.where}, and {mine}'
            hint = "write the unit that the table says, or say in reading: how the number was read"
            return VerdictProblem("heading-contradicted", message, hint, "error" if is_sure else "warning")
    return None


def _of_rate(fact: _FactRead, at: _ReadCell) -> VerdictProblem | None:
    """A warning, where the head of a column says what its numbers are counted per, and the fact does not."""
    unit, rate = fact.number.unit, headed_rate(at.cell.column, fact.language)
    has_below = any(power < 0 or " per " in name for name, power in unit.factors)
    if rate is None or has_below or is_percent(unit) or unit.text == POINTS:
        return None
    said = [text for told in (fact.claim, fact.reading) for _, text in told.by_language]
    stems = {word[:_STEM] for word in words_of(lower(rate.text))[1:]}
    if any(headed_rate(text, tag or fact.site) for tag, text in (*fact.claim.by_language, *fact.reading.by_language)):
        return None
    if any(word[:_STEM] in stems for text in said for word in words_of(lower(text))):
        return None
    mine = f"the unit of the fact is {unit.text}" if unit.text else "the fact has no unit"
    message = f'{OTHERWISE}{rate.text}" above its column, and {mine}'
    hint = "write what it is counted per in the unit, or say it in the claim or in reading:"
    return VerdictProblem("heading-contradicted", message, hint, "warning")


def _of_row(fact: _FactRead, at: _ReadCell) -> VerdictProblem | None:
    """A warning, where the claim names the head of another row, and nothing of its own."""
    if not at.rows or at.cell.is_head:
        return None
    other = other_row(fact.claim, fact.site, at.cell.row, at.rows, fact.language)
    if not other or _speaks_of(fact.reading, (at.cell.row, other)):
        return None
    message = f'the number stands in the row "{at.cell.row}", and the claim names "{other}", which is another row'
    hint = "quote the number of that row, name its own in the claim, or say in reading: how it was read"
    return VerdictProblem("heading-contradicted", message, hint, "warning")


def _speaks_of(reading: Text, heads: Sequence[str]) -> bool:
    """Whether a reading has a word of a head, and so says how it was read."""
    told = {word for head in heads for word in words_of(lower(head))}
    return any(word in told for _, text in reading.by_language for word in words_of(lower(text)))


def _gives(said: HeadedUnit, at: _ReadCell, number: Asked, target: SoughtAmount) -> bool:
    """Whether a cell comes to the value with what its head says: 131 below `thousand tonnes` is 131,000 t."""
    together = [
        replace(head, value=head.value * cell.value, multiple=head.multiple * cell.multiple)
        for head in said.readings
        for cell in at.readings
    ]
    return number.value is not None and fit(number.value, target, together) in ("fits", "unitless")


def _against(said: HeadedUnit, target: SoughtAmount, where: _HeadSaid, *, names_noun: bool) -> Fit | None:
    """How what a head says differs from a unit; None where it may be said of something else."""
    how = fit(Fraction(1), target, said.readings)
    is_title = where.where != _WHERE["column"]
    if target.kind == "plain":
        return how if all(reading.multiple != 1 for reading in said.readings) else None
    if names_noun and not said.is_multiple:
        return None
    if said.is_multiple and any(power < 0 for _, power in target.unit.factors):
        return None  # `Population (million) and density`
    if is_title and (is_percent(target.unit) or target.unit.text == POINTS):
        return None
    is_money = target.unit.factors[0][0].isupper() if target.unit.factors else False
    if is_title and not (how == "other" or (said.is_multiple and (target.kind == "count" or is_money))):
        return None
    return "other" if said.is_multiple and target.kind == "count" else how


def _fits(said: HeadedUnit, target: SoughtAmount) -> bool:
    return fit(Fraction(1), target, said.readings) in ("fits", "unitless")


def _names_noun(target: SoughtAmount, heads: Sequence[str]) -> bool:
    """Whether heads name the noun that is counted, of which a unit may say something else: `loans in euros`."""
    nouns = {name for name, power in target.unit.factors if power > 0} if target.kind == "count" else set()
    words = {form for head in heads for word in words_of(lower(head)) for form in (word, singular_of(word))}
    return bool(nouns & words)


def _is_in_claim(said: HeadedUnit, fact: _FactRead) -> bool:
    """Whether the claim types behind its value what a head says: `{value} thousand passengers`."""
    for tag, text in fact.claim.by_language:
        place = text.find(VALUE)
        shown = text.replace(VALUE, "5")
        for phrase in phrases(shown, tag or fact.site) if place >= 0 else ():
            if phrase.start <= place < phrase.end and any(
                mine.multiple == head.multiple
                and (not head.units or {unit.name for unit in mine.units} & {unit.name for unit in head.units})
                for mine in phrase.readings
                for head in said.readings
            ):
                return True
    return False


def _is_in_reading(said: HeadedUnit, reading: Text) -> bool:
    """Whether a reading has the first word of what a head says, and so speaks of it."""
    first = next(iter(words_of(lower(said.text))), "")
    return any(
        word[:_STEM] == first[:_STEM] for _, text in reading.by_language for word in words_of(lower(text)) if first
    )


def _of_year(fact: _FactRead, at: _ReadCell) -> VerdictProblem | None:
    """A warning, where the head of a column says another time than the fact, and the quote says none."""
    as_of, column, language = fact.as_of, at.cell.column, fact.language
    if as_of is None or not column or _OF_PRICES.search(column):
        return None
    others = other_times(as_of, [(column, language)])
    around = (at.quoted, at.cell.row, column)
    if (
        not others
        or other_times(as_of, [(at.quoted, language)])
        or any(prints_time(as_of, x, language) for x in around)
        or any(prints_time(as_of, text, tag or fact.site) for tag, text in fact.reading.by_language)
    ):
        return None
    message = f'as_of says {as_of.text}, and the source says "{column}" above the column of its number'
    hint = (
        "write the time that stands above it, quote the cell of the other, or print the fact's time in reading: and say"
    )
    hint += " there how it is known"
    return VerdictProblem("time-not-in-quote", message, hint, "warning")
