"""An evaluated brief and a view in; what it shows in another language than its own, for want of words, out. Pure.

What is told is what the page shows: of a fact its claim and notes, of a chart its texts, of a unit its forms. A fact
that only a list shows is marked there, and not told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reportgen.brief.wording import foreign
from reportgen.diagnostics import Diagnostic
from reportgen.facts.texts import OwnedText, of_owner
from reportgen.facts.view import View
from reportgen.language.locales import locale_of
from reportgen.model.evaluated import EvaluatedBrief, NumberKind
from reportgen.model.figure import EvaluatedFigure
from reportgen.model.quantity import Quantity, UnitForms
from reportgen.model.text import Text
from reportgen.quantities.formula import parse_formula

_INTEGERS = (*range(201), 1000, 10**6)
"""Among these each plural form that a language has for whole numbers is used."""


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A text that a page in a language shows in another."""

    text: OwnedText
    spoken: str
    """The language that it is shown in; empty where only a form is missing."""
    forms: tuple[str, ...] = ()
    """Of a unit, the plural forms that the language needs and units.yaml does not give."""


def left_overs(brief: EvaluatedBrief, view: View) -> Iterator[LeftOver]:
    """Each once."""
    found: dict[tuple[str, str, str], LeftOver] = {}
    for text in _shown(brief, view):
        if spoken := foreign(text.text, brief.lang, view):
            found.setdefault((text.owner, text.id, text.key), LeftOver(text, spoken))
    for over in _units(brief, view):
        found.setdefault((over.text.owner, over.text.id, over.text.key), over)
    yield from found.values()


def left_over_problems(brief: EvaluatedBrief, view: View) -> Iterator[Diagnostic]:
    """The same as warnings."""
    for each in left_overs(brief, view):
        text, lang = each.text, brief.lang
        where = text.where
        if each.forms:
            message = f'"{text.id}" has no form for {", ".join(each.forms)} in "{lang}", and is printed in another'
            hint = f"add to its plural: {each.forms[0]}: {{{lang}: …}}; reportgen check --lang {lang} lists all"
            yield Diagnostic("missing-forms", message, where, hint, "warning")
            continue
        message = f'the {text.name} is not given in "{lang}": its page shows it in "{each.spoken}"'
        key = text.key.rpartition(".")[2]
        hint = f"{key}: {{{each.spoken}: …, {lang}: …}}; reportgen check --lang {lang} lists all"
        yield Diagnostic("missing-language", message, where, hint, "warning")


def _shown(brief: EvaluatedBrief, view: View) -> Iterator[OwnedText]:
    for entry in brief.entries:
        if entry.fact and (fact := view.fact(entry.fact)):
            yield from of_owner("fact", fact)
    for conflict in brief.conflicts:
        if found := view.conflict(conflict.id):
            yield from of_owner("conflict", found)
            first = view.fact(found.facts[0])
            measure = view.measure(first.measure) if first and first.measure and not found.title else None
            yield from of_owner("measure", measure) if measure else ()
    for figure in brief.figures:
        yield from _of_figure(figure, view)
    names = {term.name for term in brief.terms}
    for term in view.glossary if names else ():
        if names.intersection(term.forms(brief.lang)):
            # A term without a language is one for all, and a page knows none that has no words in its own.
            yield from (text for text in of_owner("term", term) if text.key != "term")


def _of_figure(figure: EvaluatedFigure, view: View) -> Iterator[OwnedText]:
    chart = view.chart(figure.id)
    dataset = view.dataset(chart.data if chart else figure.id.partition(".")[0])
    names = {column.name for column in figure.columns}
    if chart:
        yield from of_owner("chart", chart)
    if dataset:
        columns = [column.name for column in dataset.columns]
        for text in of_owner("dataset", dataset):
            number = text.key.split(".")[1] if text.key.startswith("columns.") else ""
            if columns[int(number)] in names if number else chart is None:
                yield text
    labels = {name for name, _ in chart.labels} if chart else set()
    facts = [fact for row in figure.rows if row.fact and (fact := view.fact(row.fact))]
    for fact in facts:
        if "claim" in names:
            yield from (text for text in of_owner("fact", fact) if text.key == "claim")
    for id in dict.fromkeys(fact.measure for fact in facts if fact.measure):
        if names & {"measure", "value"} and (measure := view.measure(id)):
            yield from of_owner("measure", measure)
    if "place" in names:
        view.setting("places")
        settings = view.settings
        places = {fact.place for fact in facts} - labels
        for code, name in settings.places:
            if code in places:
                yield OwnedText("site", "", f"places.{code}", name, settings.at)


def _units(brief: EvaluatedBrief, view: View) -> Iterator[LeftOver]:
    """Units that the language has no words for, of all that is printed."""
    for name in dict.fromkeys(name for quantity in _quantities(brief, view) for name, _ in quantity.unit.factors):
        symbol, form = view.units.symbols.get(name), view.units.forms.get(name)
        if form is not None:
            yield from _of_unit(form, symbol is not None and symbol.kind == "count", brief.lang, view)
        elif symbol is not None and symbol.kind == "count" and brief.lang.partition("-")[0] != "en":
            text = OwnedText("unit", name, "plural", Text(()), UnitForms(name).at)
            yield LeftOver(text, "", forms_of(brief.lang))


def _of_unit(form: UnitForms, is_noun: bool, lang: str, view: View) -> Iterator[LeftOver]:
    texts = tuple(of_owner("unit", form))
    if not is_noun:
        yield from (LeftOver(text, spoken) for text in texts if (spoken := foreign(text.text, lang, view)))
        return
    given = {key.removeprefix("plural.") for text in texts if not foreign(text.text, lang, view) for key in (text.key,)}
    lacking = tuple(category for category in forms_of(lang) if category not in given)
    if lacking and not ({"long", "short"} & given and not form.plural):
        yield LeftOver(OwnedText("unit", form.id, "plural", Text(()), form.at), "", lacking)


@cache
def forms_of(lang: str) -> tuple[str, ...]:
    """The plural forms that whole numbers have in a language."""
    rule = locale_of(lang).plural_form
    return tuple(dict.fromkeys(str(rule(number)) for number in _INTEGERS))


def _quantities(brief: EvaluatedBrief, view: View) -> Iterator[Quantity]:
    for number in brief.numbers:
        if number.kind is NumberKind.FACT:
            found = view.computed(number.fact).quantity
        elif number.kind is NumberKind.FORMULA:
            found = view.compute(parse_formula(number.formula)).quantity
        else:
            continue
        if found is not None and "unit=none" not in number.call:
            yield found
