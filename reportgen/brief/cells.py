"""A `cell` call and a view in; the cell of a dataset that it names, its state and its evidence, out. Pure."""

from __future__ import annotations

import re

from reportgen.brief.calls import Call
from reportgen.brief.wording import no_copy
from reportgen.diagnostics import Diagnostic, Span
from reportgen.facts.view import View
from reportgen.load.one_cell import CellFaultError, find_cell
from reportgen.load.suggest import meant_or_known
from reportgen.model.dataset import Dataset
from reportgen.model.edtf import Edtf
from reportgen.model.evaluated import State
from reportgen.model.fact import CellOrigin, Status
from reportgen.model.formula import CellAddress
from reportgen.model.source import Source
from reportgen.quantities.dates import format_date


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
    row, column = call.named["row"], call.named["column"]
    assert isinstance(row.value, tuple)
    try:
        return dataset, *find_cell(dataset, CellAddress(id, call.text("column"), row.value))
    except CellFaultError as fault:
        where = {"row": row, "column": column}.get(fault.part)
        raise CellError(fault.code, fault.message, call.where(where) if where else call.span, fault.hint) from fault


def cell_state(view: View, cell: CellOrigin, lang: str) -> State:
    """Verified where the file is a saved copy of its source, by its digest; what several cells make is computed."""
    if not is_saved(view, cell):
        return State(Status.UNVERIFIED, (), (no_copy(view, cell, lang),))
    return State(Status.COMPUTED if cell.is_computed else Status.VERIFIED)


def is_saved(view: View, cell: CellOrigin) -> bool:
    """Whether the file of a cell is a saved copy of its source, by its digest."""
    source = view.source(cell.source)
    return source is not None and _is_copy_of(cell.sha256, source)


def _is_copy_of(sha256: str, source: Source) -> bool:
    return any(copy.sha256.lower() == sha256 for copy in source.archived)


def unsaved_sources(view: View, dataset: Dataset) -> frozenset[str]:
    """The ids of the sources whose rows a dataset has out of a file that is no saved copy of them."""
    found = {id for part in dataset.parts for id in unsaved_sources(view, part.dataset)}
    own = dataset.held or (((dataset.file, dataset.sha256, dataset.source),) if dataset.file else ())
    for _, sha256, id in own:
        source = view.source(id) if id else None
        if source is not None and not _is_copy_of(sha256, source):
            found.add(id)
    return frozenset(found)


def rows_problem(view: View, dataset: Dataset) -> Diagnostic | None:
    """What is told of a dataset whose file is no saved copy of its source; None where it is one."""
    source = view.source(dataset.source) if dataset.source and dataset.file else None
    if source is None or _is_copy_of(dataset.sha256, source):
        return None
    message = f'the rows of "{dataset.id}" are not verified: {dataset.file} is no saved copy of "{dataset.source}"'
    hint = _saving(view, dataset.sha256, dataset.file, dataset.path, dataset.id)
    return Diagnostic("unverified", message, dataset.at["source"], hint, "warning")


def cell_problem(view: View, cell: CellOrigin, where: Span) -> Diagnostic:
    """A cell that is not verified, and what the author does next."""
    hint = _saving(view, cell.sha256, cell.file, cell.path, cell.read_by)
    message = f'this cell is not verified: {cell.file} is no saved copy of "{cell.source}"'
    return Diagnostic("unverified", message, where, hint, "warning")


def _saving(view: View, sha256: str, file: str, path: str, dataset: str) -> str:
    """What to do with a file that is no saved copy of the source that its dataset names."""
    sources = [source for id in view.all("sources") if (source := view.source(id)) is not None]
    of = next((source.id for source in sources if _is_copy_of(sha256, source)), "")
    if of:
        return f'{file} is a saved copy of "{of}": write source: {of} in the dataset "{dataset}"'
    return (
        f"run `reportgen add {_quoted(path)}`, which saves the file as a source of its own, and write the id"
        f' of that source as source: in the dataset "{dataset}"'
    )


def _quoted(path: str) -> str:
    """A path as a command line takes it."""
    return path if re.fullmatch(r"[\w./-]+", path) else f'"{path}"'


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
