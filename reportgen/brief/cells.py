"""A `cell` call and a view in; the cell of a dataset that it names, its state and its evidence, out. Pure."""

from __future__ import annotations

from fractions import Fraction

from reportgen.brief.calls import Call
from reportgen.brief.wording import no_archive_text, shown_source
from reportgen.diagnostics import Span
from reportgen.facts.view import View
from reportgen.language.phrases import phrase
from reportgen.load.suggest import did_you_mean, meant_or_known
from reportgen.model.dataset import Dataset
from reportgen.model.evaluated import ShownEvidence, State
from reportgen.model.fact import Status
from reportgen.model.quantity import is_number


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
    if source is None or not any(copy.sha256 == dataset.sha256 for copy in source.archived):
        return State(Status.UNVERIFIED, (), (no_archive_text(lang),))
    return State(Status.COMPUTED if dataset.spelled else Status.VERIFIED)


def cell_evidence(view: View, dataset: Dataset, at: tuple[int, int], lang: str) -> tuple[ShownEvidence, ...]:
    """The cell as its file has it, and where; nothing of what no cell prints."""
    if dataset.spelled:
        return ()
    verified = cell_state(view, dataset, lang).status is Status.VERIFIED
    source = shown_source(view, dataset.source, lang)
    return (ShownEvidence(source, dataset.spelling(*at), phrase(lang, *dataset.stands(*at)), verified),)
