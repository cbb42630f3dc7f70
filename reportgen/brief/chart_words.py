"""A chart's words and what it draws in; a multiple that they say and no drawn value has, out. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from reportgen.brief.chart_faults import Fault
from reportgen.language.fitting import Asked, SoughtAmount, fit, noun_forms, target_of
from reportgen.language.headings import HeadedUnit, headed_rate, headed_units
from reportgen.language.words import words_of
from reportgen.model.chart import Chart
from reportgen.model.figure import FigureColumn, Row
from reportgen.model.quantity import Unit, UnitForms

_KEYS = ("x", "y", "color", "size", "low", "high")
_IN = 1
"""Words of a note beside the unit that it gives: `In million euros.`"""


def unit_faults(
    chart: Chart, columns: Sequence[FigureColumn], rows: Sequence[Row], forms: Mapping[str, UnitForms], lang: str
) -> Iterator[Fault]:
    """A warning of a subtitle or a note that says a multiple with its unit, as `billion US dollars`, where what is
    drawn is in another. Of values without a unit nothing is known, and what is counted per something is left alone."""
    drawn = [at for at, column in enumerate(columns) if column.name in {getattr(chart, key) for key in _KEYS}]
    cells = (row.cells[at].quantity for row in rows for at in drawn)
    units = [*dict.fromkeys(cell.unit for cell in cells if cell is not None)]
    targets = [target_of(_one(unit, forms), lang) for unit in units]
    plain = any(target.kind == "plain" for target in targets)
    if not targets or plain or any(power < 0 for unit in units for _, power in unit.factors):
        return
    for key, text in (("subtitle", chart.subtitle), ("note", chart.note)):
        words = text.in_language(lang)
        for said in _said(words, lang, is_note=key == "note"):
            if not any(_fits(said, target) for target in targets):
                printed = " and ".join(dict.fromkeys(unit.text for unit in units))
                message = f'the {key} says "{said.text}", and what is drawn is in {printed}'
                yield Fault("heading-contradicted", message, key, "write what the labels of the drawing say", "warning")
                return


def _one(unit: Unit, forms: Mapping[str, UnitForms]) -> Asked:
    return Asked(Fraction(1), unit, nouns=noun_forms(unit, forms), below=noun_forms(unit, forms, sign=-1))


def _said(words: str, lang: str, *, is_note: bool) -> Iterator[HeadedUnit]:
    """The units with a multiple that a text gives; a note is read where it says nothing else."""
    words = words.strip().removesuffix(".")
    if not words or headed_rate(words, lang) is not None:
        return
    for said in headed_units(words, lang):
        is_plain = not any(sign.isdigit() for sign in said.text)
        is_all = len(words_of(words)) - len(words_of(said.text)) <= _IN
        if is_plain and (is_all or not is_note) and all(each.multiple != 1 and each.units for each in said.readings):
            yield said


def _fits(said: HeadedUnit, target: SoughtAmount) -> bool:
    return fit(Fraction(1), target, said.readings) in ("fits", "unitless")
