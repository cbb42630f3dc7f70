"""Items of files that were in order when an earlier build read them, as JSON and back: values only, no code.

A kept file is used while its text, and all that its items were checked against, are the same. One that anything was
said of is not kept, so that it is said again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, Protocol

from reportgen.diagnostics import Places, Span
from reportgen.load.lines import FileText
from reportgen.load.yaml import Spans
from reportgen.model.brief import Author, Brief, BriefStatus, Differs, KeyFigure
from reportgen.model.chart import Annotation, Chart, ChartKind, ReferenceLine, TableColumn
from reportgen.model.dataset import Column, Dataset, Group, Wide
from reportgen.model.edition import Change, ChangeKind, Removal
from reportgen.model.edtf import Edtf, parse_edtf
from reportgen.model.fact import DateValue, Evidence, Fact, Modality, Rank, TextValue
from reportgen.model.formula import (
    Binary,
    CellAddress,
    Comparison,
    FactReference,
    Formula,
    Negation,
    NumberLiteral,
)
from reportgen.model.interval import Interval
from reportgen.model.quantity import Quantity, Relation, Unit
from reportgen.model.text import Text
from reportgen.model.verdict import ParaphraseCause, QuoteVerdict, Verdict, VerdictProblem

_CLASSES: dict[str, type] = {
    cls.__name__: cls
    for cls in (
        *(Fact, DateValue, TextValue, Evidence, Change, Text, Quantity, Interval, Unit),
        *(Verdict, QuoteVerdict, VerdictProblem, ParaphraseCause, CellAddress),
        *(Formula, FactReference, NumberLiteral, Negation, Binary, Comparison),
        *(Dataset, Column, Wide, Group),
        *(Chart, ReferenceLine, Annotation, TableColumn),
        *(Brief, Author, KeyFigure, Differs, Removal),
    )
}
_WORDS: dict[str, type[StrEnum]] = {
    cls.__name__: cls for cls in (Rank, Modality, ChangeKind, Relation, ChartKind, BriefStatus)
}
_TABLES = frozenset(("rows", "typed", "in_columns"))
"""Fields of a dataset that are kept by columns."""
_LATE = _TABLES | {"numbers", "lines"}
"""Fields of a dataset that stay text until they are asked for."""
_PLAIN = frozenset((str, int, bool, type(None)))


class KnownFiles(Protocol):
    """Texts by the path of a file, of an earlier build."""

    def get(self, key: str) -> str | None:
        """The text that was put; None where there is none."""

    def put(self, key: str, text: str) -> None:
        """Keeps a text in place of the one before."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What earlier builds kept of a project's files."""

    known: KnownFiles
    program: str
    """Differs once what reads files does."""
    digest: Callable[[object], str]
    """Of a value, its places left out."""
    looked: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of files, by path, as whoever looked at them before has found it."""

    def items(self, source: FileText, basis: str) -> dict[str, Any] | None:
        """The items of a file, by id; None where it was not kept, or its text or `basis` is another now."""
        text = self.known.get(source.file)
        return None if text is None else self._read(text, source, basis)

    def keep(self, source: FileText, basis: str, items: Mapping[str, Any]) -> Mapping[str, Any]:
        """Keep the items of a file of which nothing is to be said. Returns the same as they come out of it, which take
        less memory; as they are where they cannot be kept."""
        try:
            encoded = {id: _encoded(item) for id, item in items.items()}
        except (TypeError, ValueError):  # it holds something else than values, or rows of several lengths
            return items
        digests = {id: self.digest(item) for id, item in items.items() if isinstance(item, Dataset)}
        text = _json({"of": self._of(source, basis), "digests": digests, "items": encoded})
        self.known.put(source.file, text)
        return self._read(text, source, basis) or items

    def _read(self, text: str, source: FileText, basis: str) -> dict[str, Any] | None:
        try:
            kept = json.loads(text)
            if kept["of"] != self._of(source, basis):
                return None
            digests = kept["digests"]
            return {id: _item(item, source, digests.get(id, "")) for id, item in kept["items"].items()}
        except (ValueError, LookupError, TypeError):
            return None

    def _of(self, source: FileText, basis: str) -> str:
        return self.digest((self.program, basis, source.text))


class KeptDataset(Dataset):
    """A dataset that knows its digest, and whose cells stay text until they are asked for, and again after a while: of
    a thousand datasets an edit asks for a few, and a build for each in turn."""

    __slots__ = ("_texts", "known_digest")
    __qualname__ = "Dataset"  # as which it is digested where it is a part of something else

    def __getattr__(self, name: str) -> Any:
        """A field that is text, or the digest of a dataset that was changed since, which has none."""
        texts: Mapping[str, str] = object.__getattribute__(self, "_texts")
        if name not in texts:
            raise AttributeError(name)
        return _table(texts[name])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dataset) and all(
            getattr(self, part.name) == getattr(other, part.name) for part in fields(Dataset) if part.compare
        )

    __hash__ = Dataset.__hash__

    def __reduce__(self) -> tuple[Any, ...]:
        texts: Mapping[str, str] = getattr(self, "_texts", {})
        early = {part.name: getattr(self, part.name) for part in fields(Dataset) if part.name not in texts}
        return _kept, (early, texts, getattr(self, "known_digest", ""))


def _kept(early: Mapping[str, Any], texts: Mapping[str, str], known: str) -> KeptDataset:
    """A dataset of fields and of texts of fields. `known`: its digest, or nothing."""
    made = KeptDataset(**early)
    object.__setattr__(made, "_texts", texts)
    object.__setattr__(made, "known_digest", known)
    for key in texts:
        object.__delattr__(made, key)
    return made


@lru_cache(maxsize=64)
def _table(text: str) -> Any:
    return _decoded(json.loads(text), _NOWHERE)


_NOWHERE = FileText.of("", "")
"""The text of cells, which have no places."""


def _item(value: Any, source: FileText, known: str) -> Any:
    """What `_encoded` was given."""
    if value.get("=") != "Dataset":
        return _decoded(value, source)
    del value["="]
    texts = {key: value.pop(key) for key in _LATE & value.keys()}
    return _kept({key: _decoded(part, source) for key, part in value.items()}, texts, known)


def _encoded(value: Any) -> Any:
    """A value as JSON: a tuple is a list, and all else than a text, a number and None says what it is. Raises TypeError
    for what is not kept."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple:
        return [_encoded(part) for part in value]
    if kind is Fraction:
        return {"number": _spelled(value)}
    if kind is Edtf:
        return {"time": value.text}
    if kind is Places:
        return {"at": (*_placed(value), *value.keys.offsets), "keys": value.keys.paths, "runs": dict(value.runs)}
    if isinstance(value, StrEnum) and _WORDS.get(kind.__name__) is kind:
        return {"word": kind.__name__, "value": value.value}
    if isinstance(value, str):
        return str(value)
    name = kind.__name__
    if _CLASSES.get(name) is not kind:
        raise TypeError(f"a {name} is not kept")
    given = {key: part for key, default in _fields(name) if (part := getattr(value, key)) != default}
    late = {
        key: _json(_by_columns(part) if key in _TABLES else _encoded(part))
        for key, part in given.items()
        if kind is Dataset and key in _LATE
    }
    return {"=": name, **{key: _encoded(part) for key, part in given.items() if key not in late}, **late}


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _placed(places: Places) -> tuple[int, int, int, int]:
    if not isinstance(places.keys, Spans):
        raise TypeError("only places in YAML are kept")
    return places.whole.line, places.whole.column, places.whole.end_line, places.whole.end_column


def _by_columns(rows: Sequence[Sequence[Any]]) -> Any:
    """Rows that have the same columns, which are read in less time so."""
    return {"columns": [_column(cells) for cells in zip(*rows, strict=True)]}


def _column(cells: Sequence[Any]) -> Any:
    """The cells of a column; of numbers alone, without saying so of each."""
    if all(type(cell) is Fraction for cell in cells):
        return {"numbers": list(map(_spelled, cells))}
    return [_encoded(cell) for cell in cells]


def _decoded(value: Any, source: FileText) -> Any:
    """What `_encoded` was given. `source`: the text in which places stand."""
    if type(value) is list:
        return tuple([part if type(part) in _PLAIN else _decoded(part, source) for part in value])
    if type(value) is not dict:
        return value
    if name := value.pop("=", ""):
        given = {key: part if type(part) in _PLAIN else _decoded(part, source) for key, part in value.items()}
        return _CLASSES[name](**given)
    match value:
        case {"number": text}:
            return _fraction(text)
        case {"time": text}:
            return parse_edtf(text)
        case {"word": name, "value": text}:
            return _WORDS[name](text)
        case {"columns": columns}:
            return tuple(zip(*(_decoded(column, source) for column in columns), strict=True))
        case {"numbers": texts}:
            return [*map(_fraction, texts)]
        case {"at": [line, column, end_line, end_column, *offsets], "keys": paths, "runs": runs}:
            spelled = {key: tuple([tuple(run) for run in found]) for key, found in runs.items()}
            whole = Span(source.file, line, column, end_line, end_column)
            return Places(whole, Spans(source, paths, offsets), spelled)
    raise ValueError(f"not kept so: {', '.join(value)}")


@cache
def _fields(name: str) -> tuple[tuple[str, object], ...]:
    """The fields of a class, each with what it is unless it is given."""
    made = ((part.name, part.default_factory, part.default) for part in fields(_CLASSES[name]))
    return tuple((name, default if factory is MISSING else factory()) for name, factory, default in made)


def _spelled(number: Fraction) -> str:
    return f"{number.numerator}/{number.denominator}"


@lru_cache(maxsize=10_000)
def _fraction(text: str) -> Fraction:
    over, _, under = text.partition("/")
    return Fraction(int(over), int(under))
