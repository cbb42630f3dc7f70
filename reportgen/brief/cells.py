"""A `cell` call and a view in; the cell of a dataset that it names, its state and its evidence, out. Pure."""

from __future__ import annotations

import re
from fractions import Fraction

from reportgen.brief.calls import Call
from reportgen.brief.wording import shown_source
from reportgen.diagnostics import Diagnostic, Span
from reportgen.facts.view import View
from reportgen.language.phrases import phrase
from reportgen.load.suggest import did_you_mean, meant_or_known
from reportgen.model.dataset import Dataset
from reportgen.model.edtf import Edtf
from reportgen.model.evaluated import ShownEvidence, State
from reportgen.model.fact import Status
from reportgen.model.quantity import is_number
from reportgen.model.source import Source
from reportgen.quantities.dates import format_date

_NO_COPY = "The table’s file is not among the saved copies of this source: {}, SHA-256 {}"
_SHORT = 12
"""Digits of a digest that are enough to tell files apart."""


class CellError(Exception):
    """A call that names no cell; without a message it was told elsewhere."""

    def __init__(self, code: str, message: str, span: Span, hint: str | None = None) -> None:
        self.code, self.message, self.span, self.hint = code, message, span, hint


def found_cell(view: View, call: Call) -> tuple[Dataset, int, int]:
    """The dataset, the row and the column that a call names, both counted from 0. Raises CellError."""
    id, span = str(call.subject.value), call.where(call.subject)
    dataset = view.dataset(id)
    if dataset is None:
        known = meant_or_known(id, view.known("datasets"), "dataset")
        message = "" if view.broken("dataset", id) else f'no dataset has the id "{id}"'
        raise CellError("unknown-dataset", message, span, known)
    if dataset.query is not None:
        message, hint = f'the dataset "{id}" is a query over the facts', 'print one of them: {{ fact("some-id") }}'
        raise CellError("wrong-kind", message, span, hint)
    names = [column.name for column in dataset.columns]
    place = _column(names, call.text("column"), call.where(call.named["column"]))
    rows = _rows(dataset, names, call)
    if dataset.rows[rows[0]][place] is None:
        message = f"this cell has no value: {dataset.place(rows[0], place)}"
        raise CellError("no-value", message, call.span, "print another, or say in words that it is not known")
    return dataset, rows[0], place


def _column(names: list[str], name: str, span: Span) -> int:
    if name not in names:
        hint = did_you_mean(name, names) or f"it has {', '.join(names)}"
        raise CellError("unknown-column", f'the dataset describes no column "{name}"', span, hint)
    return names.index(name)


def _rows(dataset: Dataset, names: list[str], call: Call) -> list[int]:
    """The one row in which each column has its value."""
    argument = call.named["row"]
    span = call.where(argument)
    rows = [*range(len(dataset.rows))]
    assert isinstance(argument.value, tuple)
    for name, wanted in argument.value:
        place = _column(names, name, span)
        kept = [row for row in rows if _same(dataset.typed[row][place], wanted)]
        if not kept:
            known = [*dict.fromkeys(dataset.typed[row][place] for row in rows)]
            hint = did_you_mean(wanted, known) or f"it has {', '.join(known[:8])}"
            raise CellError("unknown-value", f'no row has "{wanted}" in "{name}"', span, hint)
        rows = kept
    if len(rows) > 1:
        said = {name for name, _ in argument.value}
        others = [name for n, name in enumerate(names) if name not in said and dataset.columns[n].type != "number"]
        hint = f"say which: {', '.join(others)}" if others else "leave out what stands twice in the file by where"
        raise CellError("several-rows", f"{len(rows)} rows are meant by this", span, hint)
    return rows


def _same(cell: str, wanted: str) -> bool:
    return cell == wanted or (is_number(cell) and is_number(wanted) and Fraction(cell) == Fraction(wanted))


def cell_state(view: View, dataset: Dataset, lang: str) -> State:
    """Verified where the file is a saved copy of its source, by its digest; what several cells make is computed."""
    source = view.source(dataset.source)
    if source is None or not _is_copy_of(dataset, source):
        digest = f"{dataset.sha256[:_SHORT]}…"
        return State(Status.UNVERIFIED, (), (phrase(lang, _NO_COPY, dataset.file, digest),))
    return State(Status.COMPUTED if dataset.spelled else Status.VERIFIED)


def _is_copy_of(dataset: Dataset, source: Source) -> bool:
    """Whether a dataset's file is a saved copy of a source, by its digest."""
    return any(copy.sha256.lower() == dataset.sha256 for copy in source.archived)


def cell_problem(view: View, dataset: Dataset, where: Span) -> Diagnostic:
    """A cell that is not verified, and what the author does next."""
    sources = [source for id in view.all("sources") if (source := view.source(id)) is not None]
    of = next((source.id for source in sources if _is_copy_of(dataset, source)), "")
    if of:
        hint = f'{dataset.file} is a saved copy of "{of}": write source: {of} in the dataset "{dataset.id}"'
    else:
        command = f"reportgen add {_quoted(dataset.path)}"
        hint = (
            f"run `{command}`, which saves the file as a source of its own, and write the id of that source as source:"
            f' in the dataset "{dataset.id}"'
        )
    message = f'this cell is not verified: {dataset.file} is no saved copy of "{dataset.source}"'
    return Diagnostic("unverified", message, where, hint, "warning")


def _quoted(path: str) -> str:
    """A path as a command line takes it."""
    return path if re.fullmatch(r"[\w./-]+", path) else f'"{path}"'


def cell_evidence(view: View, dataset: Dataset, at: tuple[int, int], lang: str) -> tuple[ShownEvidence, ...]:
    """The cell as its file has it, and where; nothing of what no cell prints."""
    if dataset.spelled:
        return ()
    verified = cell_state(view, dataset, lang).status is Status.VERIFIED
    said = phrase(lang, "The table’s file is a saved copy of this source") if verified else ""
    source = shown_source(view, dataset.source, lang)
    return (ShownEvidence(source, dataset.spelling(*at), phrase(lang, *dataset.stands(*at)), verified, said),)


def cell_label(dataset: Dataset, call: Call, at: tuple[int, int], lang: str) -> str:
    """The column and what the author named the row by: `Deaths, Kenya, 2021`."""
    row, place = at
    names = [column.name for column in dataset.columns]
    argument = call.named["row"].value
    assert isinstance(argument, tuple)
    keys = [_key(dataset, (row, names.index(name)), lang) for name, _ in argument]
    return ", ".join((_title(dataset, place, lang), *keys))


def _key(dataset: Dataset, at: tuple[int, int], lang: str) -> str:
    """A cell that names a row; a number says whose it is."""
    row, place = at
    value, typed = dataset.rows[row][place], dataset.typed[row][place]
    if isinstance(value, Edtf):
        return format_date(value, lang)
    return f"{_title(dataset, place, lang)} {typed}" if dataset.columns[place].type == "number" else typed


def _title(dataset: Dataset, place: int, lang: str) -> str:
    column = dataset.columns[place]
    return column.title.in_language(lang) or column.name
