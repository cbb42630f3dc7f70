"""A view of the fact base, or a figure, in; data files out: facts.json, facts.csv, sources.json, a chart's data.

Pure. One rule for all JSON: every key is there, what does not apply is null, lists may be empty, numbers are strings.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache
from typing import Any

from reportgen.brief.statements import said
from reportgen.brief.wording import claim_text, mood_of
from reportgen.facts.view import View
from reportgen.language.rounding import bound_texts, exact_text, quantity_texts
from reportgen.language.units import UnitError
from reportgen.late_patterns import regex
from reportgen.model.fact import DateValue, Fact, Status, TextValue
from reportgen.model.figure import Datum, EvaluatedFigure, FigureColumn
from reportgen.model.quantity import Quantity, Relation
from reportgen.pages.shell import Site
from reportgen.quantities.format import FormatError

AMONG = " | "
"""Separates several texts in one cell; ids are separated by a space."""


@dataclass(frozen=True, slots=True)
class RecordValue:
    """A fact's value as data."""

    type: str
    """`number`, `text`, `date` or `range`."""
    text: str
    """The rounded number, plain, with its typed zeros; a range's ends as `10/20.5`; a date as EDTF; words."""
    min: str | None = None
    """The unrounded interval's end, 12 digits; None where it is unbounded or no number."""
    max: str | None = None


@dataclass(frozen=True, slots=True)
class RecordEvidence:
    """A quotation, and its position in the archived text of its source."""

    source: str
    quote: str
    prefix: str
    suffix: str
    locator: str
    verified: bool
    sha256: str | None
    start: int | None
    end: int | None
    pieces: tuple[tuple[int, int], ...]
    """Half-open offsets of each piece; empty for a quote without a mark."""


@dataclass(frozen=True, slots=True)
class FactRecord:
    """A fact as data, its texts in the site's language; empty texts do not apply."""

    id: str
    claim: str
    """A sentence, with the value in it."""
    value: RecordValue | None
    unit: str
    relation: str
    as_of: str
    """EDTF; empty where the source gives no time."""
    place: str
    measure: str
    rank: str
    modality: str
    """`planned`, `expected` or `claimed`, of a computed value the least sure of its inputs; empty for what is done."""
    reading: str
    printed: tuple[str, ...]
    """The numbers or dates of the value's kind that the quotes print, in their words."""
    why: str
    """Why a statement is in our words."""
    status: Status
    evidence: tuple[RecordEvidence, ...]
    formula: str
    derived_from: tuple[str, ...]
    """Every fact that it was computed from, however deep."""
    used_in: tuple[str, ...]
    """Slugs of the briefs that print it or compute with it, sorted."""


class LaidOut(str):
    """JSON as it stands in its place in a file."""


def laid_out(value: object, depth: int) -> LaidOut:
    """A value as it stands in a file of `json_bytes`, in so many lists and maps."""
    return LaidOut(_laid_out(value, "\n" + depth * " "))


def json_bytes(value: object) -> bytes:
    """JSON that is the same bytes for the same value, and can be read in an editor."""
    return f"{_laid_out(value)}\n".encode()


_QUOTED = json.encoder.encode_basestring
_WRITERS: Mapping[type, Callable[[Any], str]] = {
    str: _QUOTED,
    LaidOut: str,
    int: str,
    bool: {True: "true", False: "false"}.__getitem__,
    type(None): lambda _: "null",
}
"""Most values of a file are one of these."""


def _laid_out(value: object, margin: str = "\n") -> str:
    """What `json.dumps` gives with an indent of one, in a third of its time. `margin`: a line's end and the blanks
    before the next."""
    if write := _WRITERS.get(type(value)):
        return write(value)
    inner = f"{margin} "
    if isinstance(value, dict) and value:
        parts = [f"{inner}{_key(key)}: {_laid_out(item, inner)}" for key, item in value.items()]
        return f"{{{','.join(parts)}{margin}}}"
    if isinstance(value, list | tuple) and value:
        return f"[{','.join([inner + _laid_out(item, inner) for item in value])}{margin}]"
    return _QUOTED(value) if isinstance(value, str) else json.dumps(value)


@lru_cache(maxsize=1024, typed=True)
def _key(key: object) -> str:
    return _QUOTED(key if isinstance(key, str) else json.dumps(key))


# Facts


def fact_records(
    view: View, used_in: Mapping[str, tuple[str, ...]], only: Collection[str] | None = None
) -> tuple[FactRecord, ...]:
    """Every fact, or some, by id. `used_in`: id of a fact -> slugs of briefs."""
    facts = [fact for id in sorted(view.all("facts") if only is None else only) if (fact := view.fact(id)) is not None]
    return tuple(fact_record(view, fact, used_in.get(fact.id, ())) for fact in facts)


def fact_record(view: View, fact: Fact, used_in: tuple[str, ...]) -> FactRecord:
    """One fact."""
    lang = str(view.setting("lang"))
    computed = view.computed(fact.id)
    quantity = computed.quantity
    value = _value(fact, quantity, lang)
    return FactRecord(
        id=fact.id,
        claim=_claim(view, fact, lang),
        value=value,
        unit=quantity.unit.text if quantity else fact.unit,
        relation="" if value is None else (quantity.relation if quantity else Relation.EQUAL).value,
        as_of=fact.as_of.text if fact.as_of else "",
        place=fact.place,
        measure=fact.measure,
        rank=fact.rank.value,
        modality=mood_of(view, fact),
        reading=said(view, fact.reading, fact.at, "reading", lang),
        printed=fact.verdict.printed if fact.verdict else (),
        why=fact.verdict.why if fact.verdict else "",
        status=view.standing(fact.id).status,
        evidence=tuple(
            RecordEvidence(
                e.source, e.quote, e.prefix, e.suffix, e.locator, found is not None,
                found.sha256 if found else None, found.start if found and not fact.cell else None,
                found.end if found and not fact.cell else None,
                found.pieces if found else (),
            )
            for e, found in zip(fact.evidence, view.verified(fact.id), strict=True)
        ),
        formula=fact.formula.text if fact.formula else "",
        derived_from=tuple(id for id in computed.inputs if ":" not in id),
        used_in=tuple(sorted(set(used_in))),
    )  # fmt: skip


def json_part(records: Iterable[FactRecord]) -> str:
    """Facts as they stand in facts.json."""
    return ",".join(f"{_INSIDE}{_laid_out(_object(record), _INSIDE)}" for record in records)


_INSIDE = "\n  "


def facts_json(parts: Iterable[str]) -> bytes:
    """facts.json: the whole fact base, or some facts, by id, out of its parts."""
    facts = ",".join(filter(None, parts))
    return (f'{{\n "facts": [{facts}\n ]\n}}\n' if facts else '{\n "facts": []\n}\n').encode()


FACT_FIELDS: tuple[tuple[str, str, Callable[[FactRecord], str], str], ...] = (
    ("id", "string", lambda r: r.id, "The fact's id; its page is facts/<id>/."),
    ("claim", "string", lambda r: r.claim, "The claim in our own words, with its value."),
    ("value_type", "string", lambda r: r.value.type if r.value else "", "number, text, date or range."),
    ("value", "string", lambda r: r.value.text if r.value else "", "Rounded; a range as 10/20, a date as EDTF."),
    ("min", "number", lambda r: (r.value and r.value.min) or "", "The lower end, unrounded; empty if unbounded."),
    ("max", "number", lambda r: (r.value and r.value.max) or "", "The upper end, unrounded; empty if unbounded."),
    ("unit", "string", lambda r: r.unit, "The unit of value, min and max."),
    # A spreadsheet would read a cell with only an equals sign as a formula.
    ("relation", "string", lambda r: "" if r.relation == "=" else r.relation, "<, <=, >, >= or ~; empty: exactly so."),
    ("as_of", "string", lambda r: r.as_of, "When the value held, as EDTF; empty if the source gives no time."),
    ("place", "string", lambda r: r.place, "A place's code, ISO 3166 where there is one."),
    ("measure", "string", lambda r: r.measure, "What the value measures."),
    ("rank", "string", lambda r: r.rank, "normal or deprecated."),
    ("modality", "string", lambda r: r.modality, "planned, expected or claimed, as the source has it; empty: done."),
    ("status", "string", lambda r: r.status.value, ", ".join(Status)),
    ("reading", "string", lambda r: r.reading, "How the value was read, where the quote does not spell it."),
    ("sources", "string", lambda r: AMONG.join(e.source for e in r.evidence), "Ids of the sources, in sources.json."),
    ("quotes", "string", lambda r: AMONG.join(e.quote for e in r.evidence), "The words of each source."),
    ("locators", "string", lambda r: AMONG.join(e.locator for e in r.evidence if e.locator), "Where in the sources."),
    ("verified", "boolean", lambda r: _yes(all(e.verified for e in r.evidence)) if r.evidence else "",
     "Whether every quote was found in the archived source; empty for computed facts."),
    ("formula", "string", lambda r: r.formula, "How a computed fact is computed."),
    ("derived_from", "string", lambda r: " ".join(r.derived_from), "Ids of all facts that it was computed from."),
    ("used_in", "string", lambda r: " ".join(r.used_in), "The briefs that print it."),
)  # fmt: skip
"""The columns of facts.csv: name, Table Schema type, cell, description."""


def csv_part(records: Iterable[FactRecord]) -> str:
    """Facts as they stand in facts.csv: a row each. A list is joined in one cell; facts.json has it as a list."""
    return _rows([cell(record) for _, _, cell, _ in FACT_FIELDS] for record in records)


def facts_csv(parts: Iterable[str]) -> bytes:
    """facts.csv: a row for each fact, by id, out of its parts."""
    return csv_bytes((name for name, _, _, _ in FACT_FIELDS), (), "".join(parts))


def _object(record: FactRecord) -> dict[str, object]:
    """A record's fields are the keys of facts.json, in its order."""
    value = asdict(record.value) if record.value else None
    return nulls(_shallow(record)) | {"value": value, "evidence": [nulls(_shallow(each)) for each in record.evidence]}


def _shallow(record: FactRecord | RecordEvidence) -> dict[str, object]:
    """Its fields, as they are."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def nulls(record: Mapping[str, object]) -> dict[str, object]:
    """Null in place of empty texts."""
    return {key: None if value == "" else value for key, value in record.items()}


def _value(fact: Fact, quantity: Quantity | None, lang: str) -> RecordValue | None:
    if isinstance(fact.value, DateValue):
        return RecordValue("date", fact.value.date.text)
    if isinstance(fact.value, TextValue):
        return RecordValue("text", fact.value.text.in_language(lang))
    if quantity is None:
        return None
    texts = quantity_texts(quantity, fact.digits, fact.decimals)
    return RecordValue("range" if quantity.is_range else "number", "/".join(texts), *bound_texts(quantity))


def _claim(view: View, fact: Fact, lang: str) -> str:
    try:
        return claim_text(view, fact, lang)
    except (FormatError, UnitError):  # an error of the author's, reported where the fact is printed
        return fact.claim.in_language(lang)


# Sources


def sources_json(view: View, ids: Iterable[str]) -> bytes:
    """sources.json: these sources as CSL-JSON items, by id."""
    found = [source for id in sorted(ids) if (source := view.source(id)) is not None]
    return json_bytes([json.loads(source.csl) for source in found])


# Charts


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column of a chart's data file."""

    name: str
    type: str
    """Of Table Schema: `string`, `number`, `integer` or `boolean`."""
    title: str
    cells: tuple[str, ...]
    """Plain; empty where there is none."""


def figure_columns(figure: EvaluatedFigure, site: Site) -> tuple[DataColumn, ...]:
    """A figure's rows as columns of plain data.

    A value is written as a number; the columns after it have both ends of its interval, its relation, its unit and its
    printed form. A computed value is not rounded (12 digits). The last columns name the sources, so that a row copied
    out of the file still has them.
    """
    columns: list[DataColumn] = []
    facts, rows = tuple(row.fact for row in figure.rows), tuple(str(row.row or "") for row in figure.rows)
    if any(facts):
        columns.append(DataColumn("fact", "string", "Fact", facts))
    elif any(rows):
        columns.append(DataColumn("row", "integer", "Row", rows))
    for n, column in enumerate(figure.columns):
        columns += _figure_column(column, tuple(row.cells[n] for row in figure.rows), facts)
    if any(row.dispreferred for row in figure.rows):
        cells = tuple(_yes(row.dispreferred) for row in figure.rows)
        columns.append(DataColumn("dispreferred", "boolean", "Another source is preferred", cells))
    if not any(column.name == "source" for column in columns):
        shorts = AMONG.join(source.short for source in figure.sources)
        columns.append(DataColumn("sources", "string", "Sources", (shorts,) * len(figure.rows)))
    for title, text in (("License", license_text(site)), ("Address", chart_address(site, figure))):
        columns.append(DataColumn(title.lower(), "string", title, (text,) * len(figure.rows)))
    return _named_apart(columns)


def figure_csv(figure: EvaluatedFigure, site: Site) -> bytes:
    """A chart's data as CSV, with its sources and licence in every row."""
    return columns_csv(figure_columns(figure, site))


def columns_csv(columns: Collection[DataColumn]) -> bytes:
    """The columns of a figure as CSV."""
    return csv_bytes([column.name for column in columns], zip(*(column.cells for column in columns), strict=True))


def figure_data_json(figure: EvaluatedFigure, site: Site, plotly: object = None) -> bytes:
    """A chart's data as JSON, with its sources and licence; `plotly` is the figure as Plotly reads it."""
    columns = figure_columns(figure, site)
    return json_bytes(
        {
            "id": figure.id,
            "kind": figure.kind.value,
            "title": figure.plain_title,
            "subtitle": figure.plain_subtitle or None,
            "lang": figure.lang,
            "address": chart_address(site, figure),
            "publisher": site.publisher or None,
            "license": {"name": site.license or None, "url": site.license_url or None},
            "sources": [
                {"id": s.id, "title": s.title, "short": s.short} | ({"status": "unverified"} if s.is_unsaved else {})
                for s in figure.sources
            ],
            "columns": [{"name": c.name, "type": c.type, "title": c.title} for c in columns],
            "rows": [
                {column.name: cell or None for column, cell in zip(columns, cells, strict=True)}
                for cells in zip(*(column.cells for column in columns), strict=True)
            ],
            "figure": plotly,
        }
    )


def chart_address(site: Site, figure: EvaluatedFigure) -> str:
    """A chart's permanent address."""
    return site.base_url + site.chart_folder(figure.id)


def license_text(site: Site) -> str:
    """The licence in one line."""
    return " ".join(filter(None, (site.license, site.license_url)))


def _figure_column(column: FigureColumn, cells: tuple[Datum, ...], facts: tuple[str, ...]) -> list[DataColumn]:
    name, title = column.name, column.title
    if column.kind == "value":
        of = [cell.quantity for cell in cells]
        bounds = [bound_texts(q) if q else (None, None) for q in of]
        return [
            DataColumn(name, "number", title, tuple(_number(q) for q in of)),
            *_notes(column, cells),
            DataColumn(f"{name}_min", "number", f"{title} (least)", tuple(low or "" for low, _ in bounds)),
            DataColumn(f"{name}_max", "number", f"{title} (most)", tuple(high or "" for _, high in bounds)),
            DataColumn(f"{name}_relation", "string", f"{title} (relation)",
                       tuple(q.relation.value if q and q.relation is not Relation.EQUAL else "" for q in of)),
            DataColumn(f"{name}_unit", "string", f"{title} (unit)", tuple(q.unit.text if q else "" for q in of)),
            DataColumn(f"{name}_printed", "string", f"{title} (as printed)", tuple(cell.text for cell in cells)),
        ]  # fmt: skip
    if column.kind == "date":
        texts = tuple(cell.date.text if cell.date else cell.text for cell in cells)
        return [DataColumn(name, "string", title, texts), *_notes(column, cells)]
    keys, texts = tuple(cell.key for cell in cells), tuple(cell.text for cell in cells)
    shown = DataColumn("label" if name == "id" and any(facts) else name, "string", title, texts)
    coded = any(key and key != text for key, text in zip(keys, texts, strict=True)) and keys != facts
    return [DataColumn(f"{name}_id", "string", f"{title} (id)", keys), shown] if coded else [shown]


def _notes(column: FigureColumn, cells: tuple[Datum, ...]) -> list[DataColumn]:
    """The marks beside the values, where there are any."""
    notes = tuple(cell.note for cell in cells)
    return [DataColumn(f"{column.name}_note", "string", f"{column.title} (mark)", notes)] if any(notes) else []


def _number(quantity: Quantity | None) -> str:
    if quantity is None or quantity.is_range:
        return ""
    return exact_text(quantity.headline) if quantity.typed is None else quantity.typed


def _named_apart(columns: list[DataColumn]) -> tuple[DataColumn, ...]:
    """Columns with unique names; an author's own file may have columns with the names of ours."""
    taken: dict[str, DataColumn] = {}
    for column in columns:
        name = safe_cell(column.name)
        while name in taken:
            name += "_"
        taken[name] = replace(column, name=name)
    return tuple(taken.values())


def _yes(answer: bool) -> str:
    return "true" if answer else "false"


_RUNS = regex(r"\s*[=+\-@＝＋－＠]")
_NUMBER = regex(r"-?[0-9]+(\.[0-9]+)?")
_BREAKS = regex(r"[\t\r\n\v\f\x85\u2028\u2029]+")
_CONTROLS = regex(r"[\x00-\x08\x0e-\x1f\x7f]")


def safe_cell(text: str) -> str:
    """`text` on one line, with an apostrophe in front if a spreadsheet would read it as a formula."""
    line = text if text.isprintable() else _CONTROLS.sub("", _BREAKS.sub(" ", text))
    return "'" + line if _RUNS.match(line) and not _NUMBER.fullmatch(line) else line


def csv_bytes(header: Iterable[str], rows: Iterable[Iterable[str]], more: str = "") -> bytes:
    """A CSV file as RFC 4180 has it (CRLF, quotation marks where needed), in UTF-8. `more`: rows that are text already.

    It begins with a byte-order mark: without one, Excel does not read Cyrillic and ₸ as UTF-8.
    """
    return (_rows([header]) + _rows(rows) + more).encode("utf-8-sig")


def _rows(rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()
