"""measures.yaml and units.yaml in; measures and forms of units out."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from reportgen.language.units import UnitError, UnitTable, unit_table
from reportgen.load.fields import WrongKeyError, a_duration, a_step, an_id, words
from reportgen.load.items import ItemFields, Loading, items, load_items
from reportgen.load.schema import keys_of
from reportgen.load.yaml import Mapping, Scalar
from reportgen.model.measure import Measure, MeasureKind, Tolerance
from reportgen.model.quantity import UnitForms, is_number
from reportgen.model.text import Text

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""CLDR's plural categories."""


def _tolerance(value: Any) -> Tolerance:
    found = re.fullmatch(r"([0-9.]+)\s*(%?)", value) if isinstance(value, Scalar) else None
    if not found or not is_number(found[1]):
        raise WrongKeyError(
            "%KEY% must be a number or a percentage", "for example 0.5, or 5% of the larger value", "bad-number"
        )
    amount = Fraction(found[1])
    return Tolerance(amount / 100, relative=True) if found[2] else Tolerance(amount)


def _plural(value: Any) -> tuple[tuple[str, Text], ...]:
    if not isinstance(value, Mapping):
        raise WrongKeyError("%KEY% must hold the forms of the noun", "for example {one: rig, other: rigs}")
    forms: list[tuple[str, Text]] = []
    for category, form in value.items():
        if isinstance(form, Mapping) and category not in CATEGORIES and set(form) <= set(CATEGORIES):
            # Given by language, {ru: {one: ферма}}: rearranged by form.
            forms += [(name, Text(((category, words(text).in_language("")),))) for name, text in form.items()]
        elif category not in CATEGORIES:
            raise WrongKeyError(
                f'%KEY% has no form "{category}"', f"the forms are {', '.join(CATEGORIES)}", "unknown-key"
            )
        else:
            forms.append((category, words(form)))
    merged: dict[str, Text] = {}
    for category, text in forms:
        before = merged[category].by_language if category in merged else ()
        merged[category] = Text(before + text.by_language)
    return tuple(merged.items())


def _per(value: Any) -> Text:
    text = words(value)
    if any(said.count("{}") != 1 for _, said in text.by_language):
        raise WrongKeyError("%KEY% must have {} where the amount stands", 'for example {en: "{} a farm"}')
    return text


_MEASURE = keys_of(Measure, id=an_id, tolerance=_tolerance, precision=a_step, comparable_within=a_duration)
_UNIT = keys_of(UnitForms, plural=_plural, per=_per)


def load_measures(loading: Loading, path: str) -> dict[str, Measure]:
    """The measures, by id, in the order of the file."""

    def measure(entry: ItemFields[Measure]) -> Measure:
        made = entry.fields
        if made.unit and made.kind not in (MeasureKind.NUMBER, MeasureKind.COUNT):
            message = f"a measure of kind {made.kind} has no unit"
            loading.report("bad-unit", message, made.at["unit"], "leave the unit out")
        if made.precision is not None and made.kind not in (MeasureKind.NUMBER, MeasureKind.COUNT):
            message = f"a measure of kind {made.kind} has no precision"
            loading.report("wrong-value", message, made.at["precision"], "leave the precision out")
        return made

    return load_items(loading, "measure", _MEASURE, items(loading, "measure", path), measure)


def load_units(loading: Loading, path: str) -> dict[str, UnitForms]:
    """The forms of units, by id, in the order of the file."""
    return load_items(loading, "unit", _UNIT, items(loading, "unit", path), lambda entry: entry.fields)


def units_of(loading: Loading, measures: dict[str, Measure], forms: dict[str, UnitForms]) -> UnitTable:
    """Every unit that the project knows; a measure's unit that cannot be read is reported."""
    table = unit_table((measure.unit for measure in measures.values()), forms.values())
    for measure in measures.values():
        try:
            table.parse(measure.unit)
        except UnitError as error:
            loading.report("bad-unit", error.message, measure.at["unit"], error.hint)
    return table
