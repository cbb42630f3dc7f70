"""A project and a newer version of a dataset's file in; each printed number, chart and check that it changes, out.

Effects: reads the project's files and formats its citations. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import pipeline
from reportgen.brief.wording import value_text
from reportgen.diagnostics import Diagnostic, Span, in_file_order
from reportgen.facts.answers import Answers
from reportgen.facts.view import View
from reportgen.language.units import UnitError
from reportgen.load.files import DiskFiles, Files
from reportgen.load.project import load
from reportgen.model.brief import Brief, BriefStatus
from reportgen.model.dataset import Dataset
from reportgen.model.figure import Datum, EvaluatedFigure, FigureColumn, Row
from reportgen.model.interval import Interval
from reportgen.model.source import ArchivedText, newer_copies
from reportgen.pipeline import Checked
from reportgen.quantities.format import FormatError

if TYPE_CHECKING:
    from reportgen.archive.texts import Archive


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file that datasets are read from."""

    path: str
    """From the project's root."""
    sha256: str
    datasets: tuple[str, ...]
    """Ids of those that are read from it."""
    rows: tuple[int, ...]
    """How many rows each of them has; -1 for one that cannot be made."""


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value that is printed otherwise."""

    before: str
    """As printed; empty where it was not there."""
    after: str
    """Empty where it is there no more."""
    what: str = ""
    """Of a chart, the row and the column."""


@dataclass(frozen=True, slots=True)
class PrintedChange:
    """A number in a text that changes."""

    at: Span
    change: ValueChange
    briefs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A chart or table in which numbers change, or rows come or go."""

    id: str
    at: Span
    briefs: tuple[str, ...]
    """The briefs that show it; none for a chart that only has a page of its own."""
    changes: tuple[ValueChange, ...]
    """Of cells; a row that comes or goes has its cells."""
    new: int
    """Rows that were not there."""
    gone: int


@dataclass(frozen=True, slots=True)
class Compared:
    """What a newer file changes."""

    before: DataFile
    after: DataFile
    printed: tuple[PrintedChange, ...]
    facts: tuple[PrintedChange, ...]
    """Facts whose own number changes; `what` is the id."""
    figures: tuple[FigureChange, ...]
    checks: tuple[PrintedChange, ...]
    """Checks with another outcome, or with other numbers; `what` is the id."""
    problems: tuple[Diagnostic, ...]
    """What `reportgen check` would tell with the new file, and does not tell now."""
    saved_as: tuple[str, ...]
    """Ids of the sources of which the file in use is a saved copy."""

    @property
    def is_all_the_same(self) -> bool:
        return not (self.printed or self.facts or self.figures or self.checks or self.problems)


@dataclass(frozen=True, slots=True)
class _FilesWithNewer:
    """A project's files, some of which have other content."""

    files: Files
    newer: Mapping[str, bytes]
    """Path -> its other content."""

    def paths(self, under: str) -> tuple[str, ...]:
        return self.files.paths(under)

    def read(self, path: str) -> bytes:
        return self.newer[path] if path in self.newer else self.files.read(path)

    def refused(self) -> tuple[tuple[str, OSError], ...]:
        return self.files.refused()

    def size(self, path: str) -> int:
        return len(self.newer[path]) if path in self.newer else self.files.size(path)


@dataclass(frozen=True, slots=True)
class SavedTable:
    """What became of looking a dataset's file up among the saved copies."""

    dataset: str
    file: str
    source: str
    sha256: str
    rows: int
    is_same: bool
    """Whether the saved copy gives the same rows."""


def saved_tables(root: Path, asked: Answers, archive: Archive) -> tuple[tuple[SavedTable, ...], tuple[Diagnostic, ...]]:
    """Every dataset, made again from the saved copy of its file; and what a newer copy would change in the texts."""
    outcomes: list[SavedTable] = []
    found: list[Diagnostic] = []
    disk = DiskFiles(root)
    listed = _data_files(asked)
    hashes = {path: asked.project.datasets[ids[0]].sha256 for path, ids in listed.items()}
    saved = {path: archive.data(hash) for path, hash in hashes.items() if hash in archive}
    again = _made_again(disk, saved) if saved else {}
    read: _ReadAs = {}
    for path, ids in listed.items():
        datasets = [asked.project.datasets[id] for id in ids]
        sha256 = hashes[path]
        for dataset in datasets:
            source = asked.project.sources.get(dataset.source)
            copies = source.archived if source else ()
            is_saved = sha256 in {copy.sha256.lower() for copy in copies}
            same = is_saved and path in saved and dataset.id in again and again[dataset.id].typed == dataset.typed
            outcomes.append(SavedTable(dataset.id, path, dataset.source, sha256, len(dataset.rows), same))
            if is_saved and sha256 not in archive:
                message = f'"{dataset.id}": no file in the archive has the SHA-256 {sha256[:12]}… of {dataset.file}'
                hint = f"put {path} into {archive.folder.name}/, or run `reportgen add {path} --as {dataset.source}`"
                found.append(Diagnostic("archive-missing", message, dataset.at["file"], hint))
        for newer in newer_copies(copies, sha256, asked.project.data_files):
            if newer.sha256.lower() not in archive:
                break
            if _is_of(disk, path, newer, asked, archive, read, is_saved=is_saved):
                found += _in_newest(root, path, datasets[-1], newer, archive)
                break
    return tuple(outcomes), in_file_order(found)


_ReadAs = dict[tuple[str, str], Mapping[str, Dataset]]
"""A source and a saved copy -> the datasets of the source's files, were each of them that copy."""


def _is_of(
    files: Files, path: str, copy: ArchivedText, asked: Answers, archive: Archive, known: _ReadAs, *, is_saved: bool
) -> bool:
    """Whether a saved copy is one of this file, as far as can be told, and not of another of the same source."""
    datasets, data = asked.project.datasets, archive.data(copy.sha256.lower())
    listed = _data_files(asked)
    source = datasets[listed[path][-1]].source
    same = {each: ids for each, ids in listed.items() if datasets[ids[-1]].source == source}
    if is_saved and len(same) == 1:
        return True

    # What is joined to another file of the source is read with that file as it is.
    apart = [each for each, ids in same.items() if all(datasets[id].join is None for id in ids)]
    place = source, copy.sha256.lower()
    if place not in known:
        known[place] = _made_again(files, dict.fromkeys(apart, data))

    def likeness(each: str) -> tuple[int, int, int]:
        again = known[place] if each in apart else _made_again(files, {each: data})
        read = [(datasets[id], again[id]) for id in same[each] if id in again]
        names, cells = 0, 0
        for before, after in read:
            equal = _cells_of(before) & _cells_of(after)
            cells += len(equal)
            names += sum(before.columns[column].type != "number" for _, column, _ in equal)
        return len(read), names, cells

    own = likeness(path)
    return own[0] > 0 and all(likeness(each) <= own for each in same if each != path)


def _cells_of(dataset: Dataset) -> set[tuple[int, int, str]]:
    """Every cell by its row, its column and what it holds."""
    return {(row, column, text) for row, cells in enumerate(dataset.typed) for column, text in enumerate(cells)}


def _made_again(files: Files, newer: Mapping[str, bytes]) -> Mapping[str, Dataset]:
    """The datasets of a project, of which some files have other content."""
    project, _ = load(_FilesWithNewer(files, newer))
    return project.datasets


def _in_newest(root: Path, path: str, dataset: Dataset, newest: ArchivedText, archive: Archive) -> Iterator[Diagnostic]:
    """Numbers in texts and facts that the newest saved copy of a table has otherwise."""
    sha256 = newest.sha256.lower()
    held = archive.files.get(sha256)
    if held is None or held.suffix.lower() != Path(path).suffix.lower():
        return
    difference = compared(root, lambda _: path, archive.data(sha256))
    saved = f", saved on {newest.retrieved.text}" if newest.retrieved else ""
    hint = f"see what else it changes: reportgen diff --data {held.name} --of {path}; then put it in place of {path}"
    for each in (*difference.printed, *difference.facts):
        named = f'"{each.change.what}": ' if each.change.what else ""
        message = (
            f'{named}the newest copy of "{dataset.source}" ({sha256[:12]}…{saved}) has '
            f"{each.change.after or 'no such cell'} in place of {each.change.before}"
        )
        yield Diagnostic("cell-not-in-newest", message.replace("\u00a0", " "), each.at, hint, "notice")
    for figure in difference.figures:
        message = (
            f'"{figure.id}": the newest copy of "{dataset.source}" ({sha256[:12]}…{saved}) changes '
            f"{len(figure.changes)} of its numbers"
        )
        yield Diagnostic("cell-not-in-newest", message, figure.at, hint, "notice")


def _data_files(asked: Answers) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for id, dataset in asked.project.datasets.items():
        if dataset.query is None:
            found.setdefault(dataset.path, []).append(id)
    return {path: tuple(ids) for path, ids in found.items()}


def compared(
    root: Path, replaced: Callable[[Mapping[str, tuple[str, ...]]], str], content: bytes, as_of: date | None = None
) -> Compared:
    """What changes if `content` takes the place of a data file.

    `replaced` chooses it: path of each file that is read -> ids of its datasets in, one of the paths out. Raises
    ReportError.
    """
    disk = DiskFiles(root)
    before = pipeline.check(root, as_of, disk)
    files = _data_files(before.asked)
    path = replaced(files)
    after = pipeline.check(root, as_of, _FilesWithNewer(disk, {path: content}))
    ids = files[path]
    known = {_told(each) for each in before.diagnostics}
    return Compared(
        _file(path, disk.read(path), ids, before.asked),
        _file(path, content, ids, after.asked),
        tuple(_printed(before, after)),
        tuple(_facts(before.asked, after.asked)),
        tuple(_figures(before, after)),
        tuple(_checks(before.asked, after.asked)),
        # A notice says what was guessed of the file, and is told when it is taken; that the file is not saved yet,
        # `saved_as` says.
        in_file_order(
            each
            for each in after.diagnostics
            if each.severity != "notice" and each.code != "unverified" and _told(each) not in known
        ),
        _saved_as(before.asked, ids),
    )


def _saved_as(asked: Answers, datasets: tuple[str, ...]) -> tuple[str, ...]:
    ids = dict.fromkeys(asked.project.datasets[id].source for id in datasets)
    hashes = {asked.project.datasets[id].sha256 for id in datasets}
    sources = (source for id in ids if (source := asked.project.sources.get(id)) is not None)
    return tuple(source.id for source in sources if hashes & {copy.sha256.lower() for copy in source.archived})


def _told(found: Diagnostic) -> tuple[str, str, Span]:
    return found.code, found.message, found.span


def _file(path: str, content: bytes, ids: tuple[str, ...], asked: Answers) -> DataFile:
    datasets = asked.project.datasets
    rows = tuple(len(datasets[id].rows) if id in datasets else -1 for id in ids)
    return DataFile(path, sha256(content).hexdigest(), ids, rows)


# Numbers in texts

_PrintedAt = tuple[Span, int]
"""Where a number is printed, and the how manieth there."""


def _printed(before: Checked, after: Checked) -> Iterator[PrintedChange]:
    old, new = _numbers(before), _numbers(after)
    for place, (text, briefs) in old.items():
        other = new[place][0] if place in new else ""
        if text != other:
            yield PrintedChange(place[0], ValueChange(text, other), tuple(briefs))
    for place, (text, briefs) in new.items():
        if place not in old:
            yield PrintedChange(place[0], ValueChange("", text), tuple(briefs))


def _numbers(seen: Checked) -> dict[_PrintedAt, tuple[str, dict[str, None]]]:
    """Numbers in running texts by their places: as printed, and the briefs that have them."""
    found: dict[_PrintedAt, tuple[str, dict[str, None]]] = {}
    for brief, evaluated in seen.evaluated:
        plotted = {cell.number for figure in evaluated.figures for cell in _plotted(figure)}
        at: dict[Span, int] = {}
        for n, number in enumerate(evaluated.numbers):
            if n in plotted or not number.file or number.line is None or number.column is None:
                continue
            span = Span.at(number.file, number.line, number.column)
            place = (span, at.setdefault(span, 0))
            at[span] += 1
            _, briefs = found.setdefault(place, (number.text, {}))
            if brief.title:
                briefs[_called(brief)] = None
    return found


def _called(brief: Brief) -> str:
    return f"{brief.slug} (draft)" if brief.status is BriefStatus.DRAFT else brief.slug


def _plotted(figure: EvaluatedFigure) -> Iterator[Datum]:
    for row in figure.rows:
        yield from row.cells
    yield from (line.value for line in figure.lines)


# Facts and checks


def _facts(before: Answers, after: Answers) -> Iterator[PrintedChange]:
    for id, fact in before.project.facts.items():
        old, new = _value(id, before), _value(id, after)
        if old != new:
            yield PrintedChange(fact.at.whole, ValueChange(old[0], new[0], id), ())


def _value(id: str, asked: Answers) -> tuple[str, Interval | None]:
    """A fact's value as printed, and all that it may be."""
    fact, quantity = asked.project.facts.get(id), asked.computed(id).quantity
    try:
        text = value_text(View(asked), fact, asked.project.settings.lang) if fact is not None else ""
    except (FormatError, UnitError):
        text = ""
    return text, quantity.interval if quantity is not None else None


def _checks(before: Answers, after: Answers) -> Iterator[PrintedChange]:
    for id, check in before.project.checks.items():
        old, new = (_outcome(id, asked) for asked in (before, after))
        touched = any(_value(fact, before) != _value(fact, after) for fact in check.formula.references)
        if old != new or touched:
            yield PrintedChange(check.at.whole, ValueChange(old, new, id), ())


def _outcome(check: str, asked: Answers) -> str:
    verdict = asked.verdicts[check]
    return str(getattr(verdict, "value", "cannot be told"))


# Charts and tables


def _figures(before: Checked, after: Checked) -> Iterator[FigureChange]:
    old, new = _by_id(before), _by_id(after)
    for id, (figure, briefs) in old.items():
        other = new[id][0] if id in new else None
        changes, comes, goes = _cells(figure, other)
        chart = before.asked.project.charts.get(id)
        at = (chart or before.asked.project.datasets[figure.id.partition(".")[0]]).at.whole
        if changes or comes or goes:
            yield FigureChange(id, at, tuple(briefs), changes, comes, goes)


def _by_id(seen: Checked) -> dict[str, tuple[EvaluatedFigure, dict[str, None]]]:
    """Each figure, in the site's language where a page in it shows the figure; and the briefs that show it."""
    own = seen.asked.project.settings.lang
    found: dict[str, tuple[EvaluatedFigure, dict[str, None]]] = {}
    for brief, evaluated in seen.evaluated:
        for figure in evaluated.figures:
            first, briefs = found.setdefault(figure.id, (figure, {}))
            if first.lang != own == figure.lang:
                found[figure.id] = (figure, briefs)
            if brief.title:
                briefs[_called(brief)] = None
    return found


def _cells(old: EvaluatedFigure, new: EvaluatedFigure | None) -> tuple[tuple[ValueChange, ...], int, int]:
    """The cells that differ, the rows that come, and those that go."""
    rows, others = _rows(old), _rows(new) if new is not None else {}
    changes: list[ValueChange] = []
    for key, row in rows.items():
        changes += _row(key, old.columns, row, others.get(key))
    for key, row in others.items():
        if key not in rows and new is not None:
            changes += (replace(each, before="", after=each.before) for each in _row(key, new.columns, row, None))
    return tuple(changes), len(others.keys() - rows.keys()), len(rows.keys() - others.keys())


def _rows(figure: EvaluatedFigure) -> Mapping[tuple[str, ...], Row]:
    """The rows by what names them: their fact, or their words and times, with a count where several have the same."""
    seen: dict[tuple[str, ...], int] = {}
    found = {}
    for row in figure.rows:
        named = (row.fact,) if row.fact else tuple(_name(row, figure.columns))
        seen[named] = seen.get(named, 0) + 1
        found[(*named, f"no. {seen[named]}") if seen[named] > 1 else named] = row
    return found


def _name(row: Row, columns: Sequence[FigureColumn]) -> Iterable[str]:
    return (cell.text for cell, column in zip(row.cells, columns, strict=True) if column.kind != "value" and cell.text)


def _row(key: tuple[str, ...], columns: Sequence[FigureColumn], row: Row, other: Row | None) -> Iterator[ValueChange]:
    for n, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
        after = other.cells[n] if other is not None else None
        if column.kind != "value" or not (cell.text or (after and after.text)):
            continue
        text = after.text if after else ""
        if after is None or (cell.text, _amount(cell)) != (after.text, _amount(after)):
            both = (cell.text, text) if cell.text != text else (f"{text} ({cell.key})", f"{text} ({after.key})")  # type: ignore[union-attr]
            yield ValueChange(*both, ", ".join((*key, column.title)))


def _amount(cell: Datum) -> object:
    return cell.quantity.interval if cell.quantity is not None else cell.key
