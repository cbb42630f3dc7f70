"""An evaluated brief and a view in; what it shows in another language than its own, for want of words, out. Pure.

What is told is what the page shows: of a fact its claim and notes, of a chart its texts, of a unit its forms. A fact
that only a list shows is marked there, and not told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from reportgen.brief.wording import foreign
from reportgen.diagnostics import Diagnostic
from reportgen.facts.texts import OwnedText, of_owner
from reportgen.facts.view import View
from reportgen.language.locales import locale_of
from reportgen.language.units import UnitError
from reportgen.model.evaluated import EvaluatedBrief, NumberKind
from reportgen.model.figure import EvaluatedFigure
from reportgen.model.quantity import Quantity, Unit, UnitForms
from reportgen.model.text import Text
from reportgen.quantities.formula import parse_formula

_INTEGERS = (*range(201), 1000)
"""Among these each plural form that a language has for whole numbers is used, but for one that millions alone take, as
in Spanish ("1.000.000 de personas"): `other` serves there."""


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A text that a page in a language shows in another."""

    text: OwnedText
    spoken: str
    """The language that it is shown in; empty where only a form is missing."""
    forms: tuple[str, ...] = ()
    """Of a unit, the plural forms that the language needs and units.yaml does not give."""
    is_name: bool = False
    """Whether it is a word of a file, which often is a name, and the same in each language."""


def left_overs(brief: EvaluatedBrief, view: View) -> Iterator[LeftOver]:
    """Each once."""
    found: dict[tuple[str, str, str], LeftOver] = {}
    for text in _shown(brief, view):
        if spoken := foreign(text.text, brief.lang, view):
            found.setdefault((text.owner, text.id, text.key), LeftOver(text, spoken))
    for over in (*_names(brief, view), *_units(brief, view)):
        found.setdefault((over.text.owner, over.text.id, over.text.key), over)
    yield from found.values()


def left_over_problems(brief: EvaluatedBrief, view: View) -> Iterator[Diagnostic]:
    """The same as warnings."""
    found = [*left_overs(brief, view)]
    yield from _of_names([each for each in found if each.is_name], brief.lang)
    for each in found:
        text, lang = each.text, brief.lang
        if each.is_name:
            continue
        where = text.where
        if each.forms:
            message = f'"{text.id}" has no form for {", ".join(each.forms)} in "{lang}", and is printed in another'
            forms = ", ".join(f"{form}: {{{lang}: …}}" for form in each.forms)
            hint = f"add to its plural: {forms}; reportgen check --lang {lang} lists all"
            yield Diagnostic("missing-forms", message, where, hint, "warning")
            continue
        message = f'the {text.name} is not given in "{lang}": its page shows it in "{each.spoken}"'
        key = text.key.rpartition(".")[2]
        hint = f"{key}: {{{each.spoken}: …, {lang}: …}}; reportgen check --lang {lang} lists all"
        yield Diagnostic("missing-language", message, where, hint, "warning")


def _of_names(names: Sequence[LeftOver], lang: str) -> Iterator[Diagnostic]:
    """A notice for each chart: most names are the same in each language."""
    for id in dict.fromkeys(each.text.id for each in names):
        mine = [each for each in names if each.text.id == id]
        first = mine[0]
        word, others = first.text.text.in_language(first.spoken), len(mine) - 1
        said = f'"{word}"' + (f" and {others:,} more" if others else "")
        message = f'of chart "{id}" words in the rows are not given in "{lang}": {said}'
        hint = f"labels: {{{word}: {{{lang}: …}}}}; reportgen check --lang {lang} lists all"
        yield Diagnostic("missing-language", message, first.text.where, hint, "notice")


def _names(brief: EvaluatedBrief, view: View) -> Iterator[LeftOver]:
    """Words of a file that a chart shows in another language, and may give by `labels`."""
    for figure in brief.figures:
        chart = view.chart(figure.id)
        for row in figure.rows if chart else ():
            for column, cell in zip(figure.columns, row.cells, strict=True):
                if chart and cell.lang and not row.fact and column.kind == "text" and "." not in cell.key:
                    text = Text(((cell.lang, cell.key),))
                    at = OwnedText("chart", chart.id, f"labels.{cell.key}", text, chart.at)
                    yield LeftOver(at, cell.lang, is_name=True)


def _kept_words(figure: EvaluatedFigure) -> Iterator[str]:
    """Words of a file that stand as they are: a label gives them in other languages alone, or the same."""
    for row in figure.rows:
        for column, cell in zip(figure.columns, row.cells, strict=True):
            if not row.fact and column.kind == "text" and cell.text == cell.key:
                yield cell.key


def _shown(brief: EvaluatedBrief, view: View) -> Iterator[OwnedText]:
    for entry in brief.entries:
        if entry.fact and (fact := view.fact(entry.fact)):
            yield from _but_changes(of_owner("fact", fact))
    yield from _reasons(brief, view)
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


def _but_changes(texts: Iterator[OwnedText]) -> Iterator[OwnedText]:
    """Without the reasons for changes, which a page shows of those alone that its editions tell."""
    return (text for text in texts if not text.key.startswith("changes."))


def _reasons(brief: EvaluatedBrief, view: View) -> Iterator[OwnedText]:
    """The reasons of facts and datasets that the page tells in another language."""
    reasons = [reason for edition in brief.editions for reason in edition.reasons if reason.lang]
    told = {(owner, reason.kind) for reason in reasons for owner in reason.owners}
    for name in sorted({owner for owner, _ in told}):
        kind, _, id = name.partition(":")
        owner = view.fact(id) if kind == "fact" else view.dataset(id) if kind == "dataset" else None
        for text in of_owner(kind, owner) if owner else ():
            number = text.key.split(".")[1] if owner and text.key.startswith("changes.") else ""
            if owner and number and (name, owner.changes[int(number)].kind.value) in told:
                yield text


def _of_figure(figure: EvaluatedFigure, view: View) -> Iterator[OwnedText]:
    chart = view.chart(figure.id)
    dataset = view.dataset(chart.data if chart else figure.id.partition(".")[0])
    names = {column.name for column in figure.columns}
    titled = {column.name for column in chart.columns if column.title} if chart else set()
    if chart:
        kept = {f"labels.{word}" for word in _kept_words(figure)}
        yield from (text for text in of_owner("chart", chart) if text.key not in kept)
    if dataset:
        columns = [column.name for column in dataset.columns]
        for text in _but_changes(of_owner("dataset", dataset)):
            number = text.key.split(".")[1] if text.key.startswith("columns.") else ""
            if columns[int(number)] in names - titled if number else chart is None:
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
    units = (*(quantity.unit for quantity in _quantities(brief, view)), *_units_of_columns(brief, view))
    for name in dict.fromkeys(name for unit in units for name, _ in unit.factors):
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


def _units_of_columns(brief: EvaluatedBrief, view: View) -> Iterator[Unit]:
    """Those of a file's columns: of charts and tables, and of cells that a text prints."""
    units = {column.unit for figure in brief.figures for column in figure.columns if column.kind == "value"}
    for number in brief.numbers:
        if (
            number.kind is NumberKind.DATASET
            and not number.call.startswith("chart:")
            and "unit=none" not in number.call
        ):
            dataset = view.dataset(number.dataset)
            columns = dataset.columns if dataset else ()
            units |= {column.unit for column in columns if column.name == number.of and column.type == "number"}
    for unit in sorted(filter(None, units)):
        with suppress(UnitError):  # told where the column is
            yield view.units.parse(unit)
