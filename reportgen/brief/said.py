"""An evaluated brief and a view of its project in, all that it says out, as editions are compared by. Pure."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from fractions import Fraction
from hashlib import sha256
from html import escape, unescape
from urllib.parse import unquote

from reportgen.brief.markdown import INSERT
from reportgen.brief.tags import BLOCKS, pattern_of
from reportgen.brief.wording import is_a_cell, value_text
from reportgen.facts.view import View
from reportgen.language.units import UnitError
from reportgen.late_patterns import regex
from reportgen.model.chart import Chart, ChartOptions
from reportgen.model.citation import Citation
from reportgen.model.dataset import Dataset
from reportgen.model.edition import Printed, PrintedChart, Said, Saying, WordsName
from reportgen.model.edtf import Edtf
from reportgen.model.evaluated import (
    FIRST_INSERT,
    CitationMark,
    ConflictBlock,
    EvaluatedBrief,
    FigureBlock,
    Mark,
    NumberKind,
    PrintedNumber,
    QuoteBlock,
    ReferenceMark,
    Waiver,
)
from reportgen.model.fact import DateValue, Fact, Modality, TextValue
from reportgen.model.figure import EvaluatedFigure, Html, Row
from reportgen.model.formula import Formula
from reportgen.model.interval import Interval
from reportgen.model.quantity import Quantity
from reportgen.quantities.format import FormatError
from reportgen.quantities.formula import formula_text, parse_formula

_DIGITS = 12
_BREAK = regex(rf"</?(?:{pattern_of(BLOCKS | {'br'})})\b[^>]*>")
_TAG = regex(r"<[^>]*>")
_ALT = regex(r'<img\b[^>]*\salt="([^"]*)"[^>]*>')
_PICTURE = regex(r'<img\b[^>]*\ssrc="images/([^"]+)"')
_SENTENCE = regex(r"(?<=[.!?…])([\"'”’»)\]]*)\s+(?=\W*[\w⟨])(?![^⟨⟩]*⟩)")
_MARKED = regex(r"⟨([^|⟩]*)\|[^⟩]*⟩")
_CITATION = "\x02"
"""Stands around the index of a citation while a text is cut into sentences, so that none is cut."""
_CITED = regex(rf"\[{_CITATION}(\d+){_CITATION}\]")


def printed(brief: EvaluatedBrief, view: View) -> Printed:
    """All that a brief says, a printed value an entry, in the order in which it is evaluated."""
    rows: RowNames = {}
    subjects = [_subject(number, view, rows) for number in brief.numbers]
    lines = (*_lines(brief, subjects), *_words_beside(brief, view))
    sentences = _sentences(lines)
    sayings = [
        _saying(number, subject, view, sentences.get(" ".join(f"{number.text}|{subject}".split()), ""))
        for number, subject in zip(brief.numbers, subjects, strict=True)
        if subject
    ]
    shown = {saying.fact for saying in sayings if saying.fact}
    inputs = dict.fromkeys(id for saying in sayings for id in saying.facts if id not in shown)
    known = [fact for id in inputs if (fact := view.fact(id)) is not None]
    sayings += [fact_saying(fact, view, plain_value(fact, view, brief.lang)) for fact in known]
    facts = [fact for id in (*sorted(shown), *inputs) if (fact := view.fact(id)) is not None]
    return Printed(
        tuple(sayings),
        tuple(quote for fact in facts for quote in quotes_of(fact)),
        tuple(_chart(figure, subjects, view) for figure in brief.figures),
        tuple((id, _source_digest(id, brief, view)) for id in sorted(work.source for work in brief.references)),
        _pictures(brief, view),
        lines,
        tuple(dict.fromkeys((full, short) for full, short in _cited(brief).values() if full != short)),
    )


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text."""

    text: str
    """With its numbers marked as an edition's lines have them."""
    line: int
    """Of its first number in the brief's file; 0 where it has none there."""


def sentences(
    brief: EvaluatedBrief, view: View, *, entries: bool = False, in_full: bool = True
) -> tuple[Sentence, ...]:
    """The sentences of a brief, in the order of reading. `entries`: all lines that an edition has, so also those of
    its entries and the words around the text. `in_full`: with the words around the works that they cite."""
    rows: RowNames = {}
    subjects = [_subject(number, view, rows) for number in brief.numbers]
    lines = tuple(_lines(brief, subjects, entries=entries, in_full=in_full))
    places = tuple(_lines(brief, [str(n) for n in range(len(subjects))], entries=entries))
    beside = _words_beside(brief, view) if entries else ()
    return (
        *(
            Sentence(line, next((brief.numbers[int(n)].line or 0 for n in re.findall(r"⟨[^|⟩]*\|(\d+)⟩", place)), 0))
            for line, place in zip(lines, places, strict=True)
        ),
        *(Sentence(line, 0) for line in beside),
    )


def quotes_of(fact: Fact) -> tuple[tuple[str, str, str], ...]:
    """(fact, source, quotation) of its evidence."""
    return tuple((fact.id, evidence.source, evidence.quote) for evidence in fact.evidence)


def fact_saying(fact: Fact, view: View, text: str = "", call: str = "", sentence: str = "") -> Saying:
    """What a fact says now; without a call, of one that is not printed itself."""
    formula = formula_text(fact.formula, _named) if fact.formula else ""
    inputs = inputs_of(view.computed(fact.id).inputs, view) if fact.formula else ()
    said = fact_said(fact, view)
    return Saying(f"fact:{fact.id}", text or said.value, said, inputs, formula, fact.measure, call, sentence)


def plain_value(fact: Fact, view: View, lang: str) -> str:
    """A fact's value as it is printed where nothing else is asked for; empty where it cannot be printed so."""
    with suppress(FormatError, UnitError):
        return value_text(view, fact, lang)
    return ""


def inputs_of(ids: tuple[str, ...], view: View) -> tuple[str, ...]:
    """Of what a value was computed from, the facts: what stands in a file is compared by what it comes to."""
    return tuple(id for id in ids if (fact := view.fact(id)) is not None and not is_a_cell(fact))


def fact_said(fact: Fact, view: View) -> Said:
    """A fact's value, unit, relation, time, place and mood; of a computed one, its inputs say the mood."""
    quantity = view.computed(fact.id).quantity
    if isinstance(fact.value, DateValue):
        said = Said(fact.value.date.text)
    elif isinstance(fact.value, TextValue):
        said = Said(" / ".join(text for _, text in fact.value.text.by_language))
    else:
        said = quantity_said(quantity) if quantity is not None else Said()
    return replace(
        said,
        as_of=fact.as_of.text if fact.as_of else "",
        place=fact.place,
        modality="" if fact.modality in (None, Modality.DONE) else fact.modality.value,
        dated=time.text if fact.as_of is None and (time := view.time_of(fact)) else "",
    )


def quantity_said(quantity: Quantity) -> Said:
    """A number with its bounds, as plain numbers."""
    central = quantity.central
    value = quantity.typed or (_plain(central) if central is not None else "")
    low, high = _ends(quantity.interval)
    return Said(value, low, high, quantity.unit.text, quantity.relation.value)


def _ends(interval: Interval) -> tuple[str, str]:
    low, high = interval.low, interval.high
    return _plain(low) if low is not None else "", _plain(high) if high is not None else ""


def _plain(value: Fraction) -> str:
    """A plain number of up to twelve digits."""
    if value.denominator == 1:
        return str(value.numerator)
    whole = len(str(abs(int(value)))) if abs(value) >= 1 else 0
    places = max(_DIGITS - whole, 0)
    if not whole:
        small = abs(value)
        while small < Fraction(1, 10) and small:
            small *= 10
            places += 1
    rounded = round(value, places)
    sign, digits = "-" if rounded < 0 else "", abs(rounded.numerator * 10**places // rounded.denominator)
    text = str(digits).rjust(places + 1, "0")
    return sign + (f"{text[:-places]}.{text[-places:]}".rstrip("0").rstrip(".") if places else text)


def _named(id: str) -> str:
    return f"[{id}]"


RowNames = dict[str, tuple[str, ...]]
"""Id of a dataset -> what its rows are called."""


def _subject(number: PrintedNumber, view: View, rows: RowNames) -> str:
    """By what a printed number is compared; empty for what is typed, and for ticks."""
    if number.kind is NumberKind.FACT:
        return f"fact:{number.fact}"
    if number.kind is NumberKind.FORMULA:
        return f"calc:{formula_text(parse_formula(number.formula), _named)}"
    if number.kind is NumberKind.DATASET and (dataset := view.dataset(number.dataset)) is not None:
        if dataset.id not in rows:
            rows[dataset.id] = row_names(dataset)
        return row_subject(dataset.id, rows[dataset.id][number.at or 0], number.of)
    return ""


def row_names(dataset: Dataset) -> tuple[str, ...]:
    """What each row of a file is called: the words and times in it; where several have the same, with a number."""
    found, count = [], Counter[str]()
    for row in dataset.typed:
        cells = (cell for cell, column in zip(row, dataset.columns, strict=True) if column.type != "number")
        name = " · ".join(cells)
        count[name] += 1
        found.append(name if count[name] == 1 else f"{name} #{count[name]}")
    return tuple(found)


def row_subject(dataset: str, row: str, column: str) -> str:
    """By what a cell of a file is compared."""
    return f"row:{dataset}/{row}/{column}"


def _saying(number: PrintedNumber, subject: str, view: View, sentence: str) -> Saying:
    call = number.call or "fact()"
    if number.kind is NumberKind.FACT:
        fact = view.fact(number.fact)
        assert fact is not None
        return fact_saying(fact, view, number.text, call, sentence)
    if number.kind is NumberKind.FORMULA:
        formula: Formula = parse_formula(number.formula)
        quantity = view.compute(formula).quantity
        said = quantity_said(quantity) if quantity is not None and "show=date" not in call else Said()
        return Saying(
            subject, number.text, said, number.facts, formula_text(formula, _named), call=call, sentence=sentence
        )
    dataset = view.dataset(number.dataset)
    assert dataset is not None
    row = number.at or 0
    place = [column.name for column in dataset.columns].index(number.of)
    return Saying(subject, number.text, row_said(dataset, row, place), call=call, sentence=sentence)


def row_said(dataset: Dataset, row: int, place: int) -> Said:
    """A cell of a file."""
    cell = dataset.rows[row][place]
    return Said(cell.text if isinstance(cell, Edtf) else dataset.typed[row][place], unit=dataset.columns[place].unit)


def _chart(figure: EvaluatedFigure, subjects: list[str], view: View) -> PrintedChart:
    chart = view.chart(figure.id)
    return PrintedChart(
        figure.id,
        figure.kind.value,
        chart.data if chart else figure.id.partition(".")[0],
        tuple(_chart_row(row, subjects) for row in figure.rows),
        _look(figure),
        tuple(_names(chart, figure.lang)) if chart else (),
        figure.plain_title,
    )


def _names(chart: Chart, lang: str) -> Iterator[tuple[str, str, str]]:
    """What an author's words in a chart are beside: a value changes where they go to another."""
    named = [("label", key, text) for key, text in chart.labels]
    named += [("line", f"fact:{line.fact}", line.label) for line in chart.lines]
    named += [("annotation", f"fact:{each.fact}", each.text) for each in chart.annotations]
    named += [("column", column.name, column.title) for column in chart.columns]
    for kind, of, text in named:
        yield kind, of, " ".join(text.in_language(lang).split()) if text else ""


def _look(figure: EvaluatedFigure) -> str:
    """By what a drawing is known again, apart from its rows and words; empty where its author asked for nothing."""
    asked = {
        option.name: getattr(figure, option.name)
        for option in fields(ChartOptions)
        if getattr(figure, option.name) != option.default
    }
    return _digest(asked) if asked else ""


def _chart_row(row: Row, subjects: list[str]) -> tuple[str, ...]:
    """Of a fact the fact; of a file's row its cells."""
    if row.fact:
        return (f"fact:{row.fact}",)
    return tuple(subjects[cell.number] if cell.number is not None else cell.key or cell.text for cell in row.cells)


def _source_digest(id: str, brief: EvaluatedBrief, view: View) -> str:
    """Of a work as it is listed, and of where in it each fact of the brief stands."""
    source = view.source(id)
    known = (fact for name in sorted(brief.facts) if (fact := view.fact(name)) is not None)
    places = [(fact.id, e.locator) for fact in known for e in fact.evidence if e.source == id and e.locator]
    return _digest([source.csl, places]) if source else ""


def _digest(value: object) -> str:
    return sha256(json.dumps(value, sort_keys=True, default=asdict).encode()).hexdigest()[:16]


def _pictures(brief: EvaluatedBrief, view: View) -> tuple[tuple[str, str], ...]:
    """The author's pictures in a text, with what each shows."""
    named = sorted({unquote(unescape(name)) for text in (brief.body, *brief.notes) for name in _PICTURE.findall(text)})
    return tuple((name, sha256(data).hexdigest()[:16]) for name in named if (data := view.image(name)) is not None)


# The text


def _lines(brief: EvaluatedBrief, subjects: list[str], *, entries: bool = True, in_full: bool = True) -> Iterator[str]:
    """The text, a sentence a line, in the order of reading."""
    cited = _cited(brief)

    def token(mark: Mark) -> str:
        subject = subjects[mark.number]
        return f"{_words(mark.sentence[0])}⟨{mark.text}|{subject}⟩{_words(mark.sentence[1])}"

    def shown(character: str) -> str:
        match brief.inserts[ord(character) - FIRST_INSERT]:
            case Mark() as mark:
                return token(mark)
            case CitationMark(citation=index):
                return f" [{_CITATION}{index}{_CITATION}]" if index in cited else ""
            case ReferenceMark(anchor=anchor):
                return f"[{anchor}]"
            case Waiver(text=text):
                return text
            case FigureBlock(figure=index):
                return "<p>" + "<p>".join(_figure_texts(brief.figures[index])) + "<p>"
            case ConflictBlock(conflict=index):
                conflict = brief.conflicts[index]
                sides = " ≠ ".join(side.mark for side in conflict.sides)
                return f"<p>{conflict.title}<p>{sides}<p>{conflict.reason}<p>"
            case QuoteBlock(entry=index):
                entry = brief.entries[index]
                return f"<p>“{entry.evidence[0].quote if entry.evidence else ''}”<p>"
            case _:
                return ""

    def said(html: Html) -> Iterator[str]:
        for _ in range(3):  # blocks hold texts that hold marks
            html = INSERT.sub(lambda found: shown(found[0]), html)
        html = _ALT.sub(r"\1", html)
        for block in _BREAK.split(html):
            text = " ".join(unescape(_TAG.sub("", block)).split())
            for part in _SENTENCE.sub(r"\1\n", text).split("\n"):
                if part:
                    yield _CITED.sub(lambda found: cited[int(found[1])][0 if in_full else 1], part)

    for html in (brief.title, brief.subtitle, brief.abstract, *brief.key_messages):
        yield from said(html)
    for figure in brief.key_figures:
        yield from said(f"{figure.value} {figure.label}")
    yield from said(brief.body)
    for note in brief.notes:
        yield from said(note)
    for term in brief.terms if entries else ():
        yield from said(f"{escape(term.name, quote=False)}: {term.meaning}")
    for entry in brief.entries if entries else ():
        yield words_line(WordsName("fact", entry.fact), entry.claim_parts)
        yield from said(entry.reading)
        yield from said(entry.note)


def words_line(name: WordsName, parts: tuple[str, str]) -> str:
    """Words beside the texts; of a fact's claim, with its name where its value stands."""
    return " ".join(f"{_words(parts[0])}⟨|claim:{name.text}⟩{_words(parts[1])}".split())


def _words_beside(brief: EvaluatedBrief, view: View) -> Iterator[str]:
    """What is said around the text: by whom, under which words, and in charts as their authors wrote it."""
    yield from (author.name for author in brief.authors)
    yield from (keyword for keyword in brief.keywords)
    for figure in brief.figures:
        chart = view.chart(figure.id)
        if chart is not None:
            dataset = view.dataset(chart.data)
            texts = [chart.alt, *(text for _, text in chart.labels), *(line.label for line in chart.lines)]
            texts += [*(each.text for each in chart.annotations), *(column.title for column in chart.columns)]
            texts += (column.title for column in (dataset.columns if dataset else ()))
            yield from (" ".join(_words(text.in_language(brief.lang)).split()) for text in texts if text)


def _figure_texts(figure: EvaluatedFigure) -> tuple[str, ...]:
    return (figure.title, figure.subtitle, figure.note)


def _cited(brief: EvaluatedBrief) -> dict[int, tuple[str, str]]:
    """Index of a citation -> what it says, and the works that it cites."""
    found: dict[int, list[str]] = {}
    for work in brief.references:
        for anchor in work.cited:
            number = anchor.rpartition("-")[2]
            if number.isdigit():
                found.setdefault(int(number) - 1, []).append(work.source)
    return {
        index: (f"[{_in_full(brief.cited[index])}]", f"[{'; '.join(f'@{id}' for id in sorted(ids))}]")
        for index, ids in found.items()
    }


def _in_full(citation: Citation) -> str:
    """A citation with the words around its works, those that say where in braces."""
    items = []
    for item in citation.items:
        place = item.place or item.locator
        items.append(f"{item.prefix} @{item.source}{f'{{{place}}}' if place else ''}{item.suffix}")
    return " ".join(_words("; ".join(items)).replace(_CITATION, "").split())


def _words(text: str) -> str:
    return text.replace("⟨", "<").replace("⟩", ">")


def _sentences(lines: tuple[str, ...]) -> dict[str, str]:
    """`text|subject` of each marked number -> the first line that it stands in, without marks."""
    found: dict[str, str] = {}
    for line in lines:
        plain = plain_line(line)
        for mark in re.findall(r"⟨([^⟩]*)⟩", line):
            found.setdefault(mark, plain)
    return found


def plain_line(line: str) -> str:
    """A line as it was read, of a claim with `…` for its value."""
    return _MARKED.sub(lambda mark: mark[1] or "…", line).replace("….", "…")
