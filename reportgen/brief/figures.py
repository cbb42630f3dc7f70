"""A chart's specification and its rows in, a figure whose every value is known out. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from fractions import Fraction

from reportgen.brief.calls import Call
from reportgen.brief.cells import unsaved_sources
from reportgen.brief.chart_checks import chart_faults
from reportgen.brief.chart_faults import Fault
from reportgen.brief.chart_words import unit_faults
from reportgen.brief.document import Document, authored
from reportgen.brief.figure_data import references, without
from reportgen.brief.map_checks import not_on_map
from reportgen.brief.printing import Printing
from reportgen.brief.wording import (
    VALUE,
    Options,
    claim_text,
    foreign,
    in_tongue,
    is_contradicted,
    place_name,
    quantity_text,
    shown_source,
    tongue,
    value_text,
)
from reportgen.brief.world_map import on_the_world
from reportgen.diagnostics import Diagnostic, Span
from reportgen.evidence.words_read import read_words
from reportgen.facts.view import View
from reportgen.language.countries import code_of, country_name
from reportgen.language.phrases import marked_up
from reportgen.language.typed_numbers import HAS_DIGIT
from reportgen.language.units import UnitError
from reportgen.late_patterns import regex
from reportgen.load.suggest import did_you_mean, meant_or_known
from reportgen.model.brief import Brief
from reportgen.model.chart import WORLD, Chart, ChartKind, ChartOptions, TableColumn
from reportgen.model.dataset import Column, Dataset, Query
from reportgen.model.edtf import Edtf, parse_edtf
from reportgen.model.evaluated import NumberKind
from reportgen.model.fact import DateValue, Evidence, Fact
from reportgen.model.figure import Datum, EvaluatedFigure, FigureColumn, FigureLine, Row, Shown, ShownSource
from reportgen.model.project import Project
from reportgen.model.quantity import PLAIN, Quantity, Unit, typed_quantity
from reportgen.model.text import Text, is_seen
from reportgen.quantities.dates import format_date
from reportgen.quantities.format import FormatError, printed_scale

FACT_COLUMNS: tuple[tuple[str, Shown], ...] = (
    ("id", "text"),
    ("claim", "text"),
    ("value", "value"),
    ("as_of", "date"),
    ("place", "text"),
    ("measure", "text"),
    ("source", "text"),
)
"""The columns of a query over the facts."""
SET_IN_TYPE = frozenset({ChartKind.TABLE, ChartKind.TIMELINE})
"""Kinds that are set as text, not drawn."""


def called_chart(view: View, call: Call) -> Chart | None:
    """The specification that a call names; a dataset makes a plain table or timeline.

    Where a chart of another kind has the dataset's id too, the table is known by another: `shops.table`.
    """
    id = str(call.subject.value)
    chart = view.chart(id)
    if call.name == "chart" or (chart is not None and chart.kind.value == call.name):
        return chart
    dataset = view.dataset(id)
    if dataset is None:
        return None
    kind = ChartKind.TABLE if call.name == "table" else ChartKind.TIMELINE
    return Chart(f"{id}.{kind}" if chart else id, id, dataset.title, kind, at=dataset.at)


def _why_empty(query: Query, view: View) -> str:
    """What of a query nothing answers, where it is one thing alone."""
    asked = [("measure", each, Query(measure=(each,))) for each in query.measure]
    asked += [("place", each, Query(place=(each,))) for each in query.place]
    for key, wanted, alone in asked:
        if not view.query(alone):
            return f': no fact has the {key} "{wanted}"'
    if query.as_of and not view.query(Query(as_of=query.as_of)):
        return f": no fact's time lies within {query.as_of.text}"
    return ""


def find_chart(printing: Printing, call: Call) -> Chart | None:
    """What `called_chart` finds; otherwise says what is wrong."""
    id = str(call.subject.value)
    view = printing.view
    if found := called_chart(view, call):
        return found
    chart = view.chart(id)
    if chart is None:
        if not view.broken("chart", id) and (call.name == "chart" or not view.broken("dataset", id)):
            named = "chart" if call.name == "chart" else "chart or dataset"
            known = view.known("charts") if call.name == "chart" else (*view.known("charts"), *view.known("datasets"))
            hint = meant_or_known(id, known, "chart")
            printing.problem("unknown-chart", f'no {named} has the id "{id}"', call.where(call.subject), hint)
        return None
    printing.problem(
        "wrong-kind", f'"{id}" is a {chart.kind} chart', call.where(call.subject), f'write {{{{ chart("{id}") }}}}'
    )
    return None


def evaluate_figure(document: Document, chart: Chart, anchor: str, name: str, where: Span) -> EvaluatedFigure | None:
    """A chart, table or timeline, ready to be drawn or set. `name` is its number in words: `Figure 1`."""
    printing = document.printing
    view, lang = printing.view, printing.lang
    dataset = view.dataset(chart.data)
    if dataset is None:
        return None  # reported when the project was loaded
    title, subtitle = (
        in_tongue(document.inline(*authored(text, chart.at, key, lang)), text, lang, view)
        for key, text in (("title", chart.title), ("subtitle", chart.subtitle))
    )
    rows = _Rows(document, chart, where)
    columns, found, sources = rows.of(dataset)
    names = [column.name for column in columns]
    missing = [
        (key, column)
        for key in ("x", "y", "color", "size", "facet", "low", "high", "place", "lat", "lon")
        if (column := getattr(chart, key)) and column not in names and not chart.figure
    ]
    for key, column in missing:
        hint = did_you_mean(column, names) or f"{key} names a column, and there are {', '.join(names)}"
        message = f'the data of "{chart.id}" has no column "{column}"'
        printing.problem("unknown-column", message, chart.at[key], hint)
    if missing:
        return None
    chart, found = on_the_world(chart, columns, found, lang)
    lines = rows.lines()
    is_alone = view.chart(chart.id) is not None
    faults = chart_faults(chart, columns, found, lines, lambda text: _is_free(document, text, lang), alone=is_alone)
    faults = (*faults, *unit_faults(chart, columns, found, view.units.forms, lang))
    query = dataset.query
    if query is not None and (view.lacks("fact") or any(view.broken("place", place) for place in query.place)):
        # Rows that are missing for an error elsewhere are no fault of the chart's.
        faults = tuple(fault for fault in faults if fault.code not in ("no-rows", "unknown-value"))
        if not found:
            return None
    for fault in faults:
        message, hint = fault.message, fault.hint
        if fault.code == "no-rows" and fault.key == "data":
            hint = f"write rows into {dataset.file}" if dataset.file else hint
            message += _why_empty(query, view) if query else ""
        told = Diagnostic(fault.code, message, chart.at[fault.key], hint, fault.severity)
        if told not in printing.problems:
            printing.problems.append(told)
    if any(fault.severity == "error" for fault in faults):
        return None
    facts = rows.named_facts() if chart.figure else ()
    if facts is None:
        return None
    if "title" in chart.at.keys and not is_seen(document.plain(title)):
        hint = "say in words what the chart shows; tags, comments and signs that cannot be seen are left out of a title"
        printing.problem("empty-title", "nothing is left of this title", chart.at["title"], hint)
    words, place = authored(chart.note, chart.at, "note", lang)
    words = " ".join(filter(None, (words, *_of_borders(chart, view, lang))))
    note = in_tongue(document.inline(words, place), chart.note, lang, view)
    alt = rows.words(chart.alt, "alt")
    earlier = tuple(f"figure-{alias}" for alias in chart.aliases) if anchor == f"figure-{chart.id}" else ()
    return EvaluatedFigure(
        chart.id, anchor, chart.kind, name, title, subtitle, note, document.plain(title), document.plain(subtitle), alt,
        columns, found, sources, lines, rows.annotations(), lang, document.plain(note), facts,
        view.furniture(lang).own, earlier,
        **{option.name: getattr(chart, option.name) for option in fields(ChartOptions)} | _drawn(chart, faults),
    )  # fmt: skip


def _of_borders(chart: Chart, view: View, lang: str) -> Iterator[str]:
    """Of a map: whose its borders are, and what they do not hold."""
    said = view.furniture(lang).phrase
    if chart.borders:
        yield f"{marked_up(said('Borders'), lang)}: @{chart.borders}."
    if chart.geometry == WORLD:
        whose = said("Borders: [Natural Earth]({}), which draws them by who holds the land.", lambda _: _NATURAL_EARTH)
        yield marked_up(whose, lang)
        missing = not_on_map(chart)
        if missing:
            names = ", ".join(country_name(code_of(name, lang), lang) for name in missing)
            yield marked_up(said("Not on the map: {}.", names), lang)


_NATURAL_EARTH = "https://www.naturalearthdata.com/"


def _drawn(chart: Chart, faults: Sequence[Fault]) -> dict[str, str]:
    """A figure of Plotly's without the parts that were told to be left out."""
    left_out = [tuple(fault.key.split(".")[1:]) for fault in faults if fault.code == "figure-part"]
    if not left_out:
        return {}
    figure = without(json.loads(chart.figure), left_out)
    return {"figure": json.dumps(figure, ensure_ascii=False, sort_keys=True, separators=(",", ":"))}


def _is_free(document: Document, text: str, lang: str) -> bool:
    """Whether an author may type a text: its digits are years, dates and names."""
    return all(run.kind != "typed" for run in document.printing.view.classifier(lang).runs(text))


_HEADS = {
    "id": "Item",
    "value": "Value",
    "claim": "Claim",
    "place": "Place",
    "as_of": "Time",
    "measure": "Measure",
    "unit": "Unit",
    "source": "Source",
    "fact": "Fact",
    "status": "State",
}
"""Column of a query's rows -> its heading."""


class _Rows:
    """The rows of one figure."""

    def __init__(self, document: Document, chart: Chart, where: Span) -> None:
        self._document = document
        self._printing = document.printing
        self._view = document.printing.view
        self._lang = document.printing.lang
        self._chart = chart
        self._where = where
        dataset = self._view.dataset(chart.data) if chart.labels else None
        is_file = dataset is not None and dataset.query is None
        self._labels = {key: self.words(label, f"labels.{key}", key if is_file else "") for key, label in chart.labels}
        self._label_tongues = {key: foreign(label, self._lang, self._view) for key, label in chart.labels}
        """The languages of these, where they are not the page's."""
        self._titles = {
            column.name: self.words(column.title, f"columns.{n}.title") for n, column in enumerate(chart.columns)
        }
        self._spoken = {column.name: foreign(column.title, self._lang, self._view) for column in chart.columns}
        """The languages of these titles, where they are not the page's."""
        self._set = chart.kind in SET_IN_TYPE
        self._ends: dict[str, tuple[str, str]] = {}
        """Of values that all have one unit: what each has before and after its number."""

    def of(self, dataset: Dataset) -> tuple[tuple[FigureColumn, ...], tuple[Row, ...], tuple[ShownSource, ...]]:
        """Columns, rows and sources of a dataset."""
        if dataset.query is None:
            return self._table(dataset)
        where = dataset.at["query.facts"]
        found = [fact for id in self._view.query(dataset.query) if (fact := self._view.fact(id)) is not None]
        facts = [fact for fact in found if self._printing.find(fact.id, where) is not None]
        shown = frozenset(fact.id for fact in facts)
        self._ends = self._units_of(facts)
        rows = tuple(self._row(fact, shown) for fact in facts)
        ids = dict.fromkeys(e.source for fact in facts for e in self._evidence(fact))
        sources = tuple(shown_source(self._view, id, self._lang) for id in ids)
        units = {q.unit.text for row in rows if (q := row.cells[2].quantity) is not None}
        columns = tuple(
            FigureColumn(
                name,
                title := self._titles.get(name) or self._title(name, facts)[0],
                self._kind(name, kind, rows),
                units.copy().pop() if name == "value" and len(units) == 1 else "",
                self._spoken[name] if self._titles.get(name) else self._title(name, facts)[1],
                self._head(title, self._view.computed(facts[0].id).quantity) if name == "value" and self._ends else "",
            )
            for name, kind in FACT_COLUMNS
        )
        return self._chosen(columns, rows, sources)

    def lines(self) -> tuple[FigureLine, ...]:
        """Reference lines."""
        found = []
        for n, line in enumerate(self._chart.lines):
            label = self.words(line.label, f"lines.{n}.label")
            fact = self._printing.find(line.fact, self._chart.at["lines"])
            if fact is not None:
                found.append(FigureLine(self._value(fact), label))
        return tuple(found)

    def annotations(self) -> tuple[tuple[str, str], ...]:
        """Words beside marks."""
        return tuple(
            (annotation.fact, self.words(annotation.text, f"annotations.{n}.text"))
            for n, annotation in enumerate(self._chart.annotations)
        )

    def named_facts(self) -> tuple[tuple[str, Datum], ...] | None:
        """The facts that a figure of Plotly's names, each once; None where one is not there."""
        found: dict[str, Datum] = {}
        named = [each for each in references(json.loads(self._chart.figure)) if each.fact]
        for each in named:
            if each.fact in found:
                continue
            fact = self._printing.find(each.fact, self._chart.at[f"figure.{'.'.join(each.path)}"])
            if fact is None:
                return None
            found[each.fact] = self._value(fact)
        return tuple(found.items())

    def words(self, text: Text, key: str, row: str = "") -> str:
        """A text of the specification as plain text, its numbers looked at, but for those in the name of its row: a
        footnote's mark."""
        if not text:
            return ""
        return self._document.plain_line(*authored(text, self._chart.at, key, self._lang), quotes=row)

    def _chosen(
        self, columns: tuple[FigureColumn, ...], rows: tuple[Row, ...], sources: tuple[ShownSource, ...]
    ) -> tuple[tuple[FigureColumn, ...], tuple[Row, ...], tuple[ShownSource, ...]]:
        """The columns that a table asks for, in its order."""
        if self._chart.kind is not ChartKind.TABLE:
            return columns, rows, sources
        wanted = self._chart.columns or tuple(TableColumn(name) for name in self._plain_columns(columns, rows))
        names = [column.name for column in columns]
        indices = []
        for n, column in enumerate(wanted):
            if column.name in names:
                indices.append(names.index(column.name))
            else:
                message = f'the data of "{self._chart.id}" has no column "{column.name}"'
                hint = did_you_mean(column.name, names) or f"it has {', '.join(names)}"
                self._printing.problem("unknown-column", message, self._chart.at[f"columns.{n}.name"], hint)
        chosen = tuple(columns[i] for i in indices)
        return chosen, tuple(_picked(row, indices) for row in rows), sources

    def _plain_columns(self, columns: tuple[FigureColumn, ...], rows: tuple[Row, ...]) -> list[str]:
        """What a table shows that names no columns, in the order of reading: everything of a CSV file; of facts, what
        tells them apart."""
        names = [column.name for column in columns]
        if not any(row.fact for row in rows):
            return names
        texts = {name: {row.cells[names.index(name)].text for row in rows} for name in ("place", "as_of")}
        varied = {name for name, found in texts.items() if len(found) > 1}
        shown = {"id" if self._labels or not varied else "place", "as_of", "value", "source"} | varied
        empty = {name for name, found in texts.items() if found == {""}}
        return [name for name in ("id", "place", "as_of", "value", "source") if name in shown - empty]

    def _row(self, fact: Fact, shown: frozenset[str]) -> Row:
        self._printing.use(fact.id)
        time = self._view.time_of(fact)
        sources = ", ".join(
            shown_source(self._view, id, self._lang).short for id in dict.fromkeys(e.source for e in fact.evidence)
        )
        value = self._value(fact)
        return Row(
            (
                self._named(fact),
                self._claim(fact),
                value,
                Datum(format_date(time, self._lang) if time else "", date=time, key=time.text if time else ""),
                Datum(self._label(fact.place) or place_name(self._view, fact.place, self._lang), key=fact.place),
                self._measured(fact),
                Datum(sources, key=sources),
            ),
            fact.id,
            dispreferred=self._dispreferred(fact),
            apart=is_contradicted(self._view, fact, shown),
        )

    def _value(self, fact: Fact) -> Datum:
        """A plotted value, which counts once; in a table or timeline it is a mark, where it is shown."""
        dated = isinstance(fact.value, DateValue)
        if self._set and not (dated if self._chart.kind is ChartKind.TIMELINE else self._shows("value")):
            return Datum("")
        try:
            mark = self._printing.mark_fact(fact, self._where, VALUE, called=f"chart:{self._chart.id}")
        except (FormatError, UnitError) as error:
            if self._set:
                return Datum("")
            self._printing.problem("no-value", error.message, fact.at.whole, error.hint)
            return Datum("")
        quantity = self._view.computed(fact.id).quantity
        date = fact.value.date if isinstance(fact.value, DateValue) else None
        ends = self._ends.get(fact.id, ("", ""))
        insert = self._printing.insert(replace(mark, around=ends)) if self._set else ""
        scale = printed_scale(quantity, self._lang, self._view.units) if quantity else Fraction(0)
        return Datum(
            mark.text, quantity, date, mark.text, mark.number, mark.entry, mark.status, insert, scale=scale, around=ends
        )

    def _named(self, fact: Fact) -> Datum:
        label = self._label(fact.id)
        spoken = "" if label else foreign(fact.claim, self._lang, self._view)
        return Datum(label or claim_text(self._view, fact, self._lang), key=fact.id, lang=spoken)

    def _measured(self, fact: Fact) -> Datum:
        if not fact.measure or (measure := self._view.measure(fact.measure)) is None:
            return Datum("", key=fact.measure)
        spoken = foreign(measure.label, self._lang, self._view)
        return Datum(measure.label.in_language(self._lang), key=fact.measure, lang=spoken)

    def _claim(self, fact: Fact) -> Datum:
        text = claim_text(self._view, fact, self._lang)
        dated = isinstance(fact.value, DateValue) and self._label(fact.id) != ""
        asked = not dated if self._chart.kind is ChartKind.TIMELINE else self._shows("claim")
        if not self._set or not asked:
            return Datum(text, key=fact.id)
        mark = self._printing.mark_fact(fact, self._where, Options(show="claim"), called=f"chart:{self._chart.id}")
        return Datum(
            text,
            key=fact.id,
            number=mark.number,
            entry=mark.entry,
            status=mark.status,
            insert=self._printing.insert(mark),
        )

    def _shows(self, name: str) -> bool:
        """Whether a table has a column; without a choice of its own it shows values, and no claims."""
        return any(column.name == name for column in self._chart.columns) if self._chart.columns else name == "value"

    def _label(self, key: str) -> str:
        return self._labels.get(key, "")

    def _dispreferred(self, fact: Fact) -> bool:
        return any(
            key[0] == "conflict"
            and (conflict := self._view.conflict(key[1]))
            and conflict.preferred not in ("", fact.id)
            and not any({fact.id, conflict.preferred} <= {*side} for side in self._view.sides(conflict.id))
            for key in self._view.standing(fact.id).because
        )

    def _evidence(self, fact: Fact) -> tuple[Evidence, ...]:
        inputs = self._view.computed(fact.id).inputs
        facts = [fact, *(found for id in inputs if (found := self._view.fact(id)) is not None)]
        return tuple(e for each in facts for e in each.evidence)

    def _title(self, name: str, facts: list[Fact]) -> tuple[str, str]:
        """A column's title, and its language where that is not the page's."""
        if name == "value":
            measures = {fact.measure for fact in facts}
            measure = self._view.measure(measures.pop()) if len(measures) == 1 else None
            if measure is not None:
                return measure.label.in_language(self._lang), foreign(measure.label, self._lang, self._view)
        words = self._view.furniture(self._lang)
        return words.plain(_HEADS[name]), "en" if words.is_foreign(_HEADS[name]) else ""

    def _kind(self, name: str, kind: Shown, rows: tuple[Row, ...]) -> Shown:
        if name != "value":
            return kind
        if all(row.cells[2].date is not None for row in rows):
            return "date"
        return "value" if any(row.cells[2].quantity is not None for row in rows) else "text"

    # Rows of a CSV file

    def _table(self, dataset: Dataset) -> tuple[tuple[FigureColumn, ...], tuple[Row, ...], tuple[ShownSource, ...]]:
        units = [self._view.units.parse(c.unit) if c.type == "number" else PLAIN for c in dataset.columns]
        titles = [
            self._titles.get(c.name) or self._heading(dataset, n) or c.name for n, c in enumerate(dataset.columns)
        ]
        columns = tuple(
            FigureColumn(
                c.name,
                title,
                {"number": "value", "date": "date", "year": "date"}.get(c.type, "text"),  # type: ignore[arg-type]
                c.unit,
                self._spoken[c.name] if self._titles.get(c.name) else self._title_lang(dataset, c),
                self._head(title, typed_quantity("0", unit)) if unit.factors else "",
            )
            for title, c, unit in zip(titles, dataset.columns, units, strict=True)
        )
        notes = {(row, column): mark for row, column, mark in dataset.notes}
        ways = [(unit, VALUE, self._scale(unit)) for c, unit in zip(dataset.columns, units, strict=True)]
        rows = tuple(
            Row(
                tuple(
                    self._cell(dataset, (n, place), way, notes.get((n, place), "")) for place, way in enumerate(ways)
                ),
                row=at,
            )
            for n, at in enumerate(dataset.numbers)
        )
        lacking = unsaved_sources(self._view, dataset)
        sources = tuple(
            replace(shown_source(self._view, id, self._lang), is_unsaved=id in lacking) for id in dataset.sources
        )
        return self._chosen(columns, rows, sources)

    def _units_of(self, facts: Sequence[Fact]) -> dict[str, tuple[str, str]]:
        """Id of a fact -> what stands around its number, where that is one unit's for all of them."""
        quantities = [self._view.computed(fact.id).quantity for fact in facts]
        if len(facts) < MANY or len({quantity and quantity.unit for quantity in quantities}) > 1:
            return {}
        if quantities[0] is None or not quantities[0].unit.factors:
            return {}
        try:
            pairs = (
                (value_text(self._view, f, self._lang), value_text(self._view, f, self._lang, _BARE)) for f in facts
            )
            found = {fact.id: around_number(*pair) for fact, pair in zip(facts, pairs, strict=True)}
        except (FormatError, UnitError):
            return {}  # told where the value is printed
        return {id: ends for id, ends in found.items() if ends} if None not in found.values() else {}

    def _head(self, title: str, of: Quantity | None) -> str:
        """A column's title with its unit as many of it are called, where the title does not say it; empty where the
        unit cannot be parted from its numbers."""
        if of is None:
            return ""
        many = typed_quantity("100", of.unit, step=Fraction(0))
        found = around_number(quantity_text(self._view, many, self._lang), self._bare(many, VALUE))
        if found is None:
            return ""
        before, after = (" ".join(each.split()) for each in found)
        said = f"{before}{after}" if after.startswith("/") else f"{before} {after}".strip()  # `€/kg`
        if said.casefold().startswith(title.casefold()):
            return title + said[len(title) :]
        return title if says(title, said, self._lang) else f"{title} ({said})"

    def _bare(self, quantity: Quantity, options: Options) -> str:
        return quantity_text(self._view, quantity, self._lang, replace(options, show="number"))

    def _heading(self, dataset: Dataset, n: int) -> str:
        """A column's title; its digits may be a name's, as in "PM2.5"."""
        title = dataset.columns[n].title
        words, place = authored(title, dataset.at, f"columns.{n}.title", self._lang)
        return self._document.plain_line(words, place) if "@" in words or "{{" in words else words

    def _title_lang(self, dataset: Dataset, column: Column) -> str:
        """The language of what heads a column, where it is not the page's."""
        return foreign(column.title, self._lang, self._view) if column.title else self._file_lang(dataset, column.name)

    def _file_lang(self, dataset: Dataset, words: str) -> str:
        """The language of words of a file, on a page in another language than the site's: its source's, else the
        site's. Empty where it is the page's."""
        own = str(self._view.setting("lang"))
        if self._lang.partition("-")[0] == own.partition("-")[0]:
            return ""
        source = self._view.source(dataset.source) if dataset.source else None
        if source is None or not source.language:
            return Text.of(words).foreign(self._lang, own)
        return Text.of(words).foreign(self._lang, tongue(source, self._lang) or self._lang)

    def _scale(self, unit: Unit) -> Fraction:
        """How many of the base unit one of a column's numbers is, as they are printed."""
        return printed_scale(typed_quantity("0", unit, step=Fraction(0)), self._lang, self._view.units)

    def _cell(self, dataset: Dataset, at: tuple[int, int], way: tuple[Unit, Options, Fraction], note: str) -> Datum:
        """`way`: a column's unit, how its numbers are printed, and their scale."""
        row, place = at
        column, cell, typed = dataset.columns[place], dataset.rows[row][place], dataset.typed[row][place]
        if cell is None:
            return Datum("", note=note)
        if isinstance(cell, Edtf):
            return Datum(format_date(cell, self._lang), date=cell, key=cell.text, note=note)

        def number(text: str) -> int:
            held, at, _ = dataset.origin(row, place) if dataset.parts else (dataset, row, place)
            where, kind, stands = self._where, NumberKind.DATASET, dataset.place(row, place)
            return self._printing.number(
                where, text, kind, dataset=dataset.id, row=held.numbers[at], cell=stands,
                call=f"chart:{self._chart.id}", of=column.name, at=row,
            )  # fmt: skip

        if column.type != "number":
            spoken, text = self._file_lang(dataset, typed), self._label(typed)
            if text and self._label_tongues[typed] in ("", spoken, self._view.setting("lang")):
                spoken = self._label_tongues[typed]
            else:  # a label for other languages alone leaves the file's word as it is
                text = typed
            return Datum(text, key=typed, number=number(text) if HAS_DIGIT.search(text) else None, lang=spoken)
        unit, options, scale = way
        digits, decimals = dataset.rounding(row, place)
        options = replace(options, digits=digits, decimals=decimals)
        quantity: Quantity = typed_quantity(typed, unit, step=Fraction(0))
        text = quantity_text(self._view, quantity, self._lang, options)
        around = around_number(text, self._bare(quantity, options)) or ("", "")
        return Datum(text, quantity, None, typed, number(text), note=note, scale=scale, around=around)


MANY = 2
"""Rows from which on a table's head may say the unit for them."""
_BARE = Options(unit="none")


def around_number(text: str, number: str) -> tuple[str, str] | None:
    """What a text has before and after a number, all of which stands in it in one piece; None where it does not."""
    before, found, after = text.partition(number)
    return None if not found or HAS_DIGIT.search(before[-1:] + after[:1]) or _GOES_ON.match(after) else (before, after)


def says(title: str, unit: str, lang: str) -> bool:
    """Whether a title has the words of a unit, in whatever form: the head "Wagons" of a column of "wagons"."""
    if re.search(rf"(?<!\w){re.escape(unit.casefold())}(?!\w)", title.casefold()):
        return True
    return read_words(unit, (title,), lang).state == "read"


_GOES_ON = regex(r"[.,\s\u00a0\u202f]\d")


def _picked(row: Row, indices: list[int]) -> Row:
    return replace(row, cells=tuple(row.cells[i] for i in indices))


def alone_slug(id: str, tongue: str = "") -> str:
    """The slug of a chart's own page, in another language than the site's: no brief's, for its colon."""
    return f"chart:{id}.{tongue}" if tongue else f"chart:{id}"


def spoken_alone(chart: Chart, others: Sequence[str], lang: str) -> str:
    """The slug of a chart's own page in a language, where it has one; else of that in the site's. `others`: languages
    of the site besides its own."""
    return alone_slug(chart.id, lang if lang in others and chart.title.speaks(lang) else "")


def chart_alone(project: Project, id: str, as_of: date, tongue: str = "") -> Brief:
    """The document of a chart's own page."""
    return Brief(
        slug=alone_slug(id, tongue),
        title="",
        date=parse_edtf(as_of.isoformat()),
        body=f'{{{{ chart("{id}") }}}}',
        body_line=1,
        lang=tongue or project.settings.lang,
        at=project.charts[id].at,
    )
