"""Items of files that were in order when an earlier build read them, as JSON and back: values only, no code.

A kept file is used while its bytes, and all that its items were checked against, are the same. One that anything was
said of is not kept, so that it is said again. It is a line with the items, a line with where the lines of the file
begin, and then, of each item, a line for what loading does not ask of all, and one for each field that few ever ask
for: they stay text until somebody does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, ClassVar, Protocol

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
from reportgen.model.source import Source
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
        Source,
    )
}
_WORDS: dict[str, type[StrEnum]] = {
    cls.__name__: cls for cls in (Rank, Modality, ChangeKind, Relation, ChartKind, BriefStatus)
}
_TABLES = frozenset(("rows", "typed", "in_columns"))
"""Fields of a dataset that are kept by columns."""
_CELLS = _TABLES | {"numbers", "lines"}
"""Fields of a dataset that are text again after a while."""
_LATE: dict[type, frozenset[str]] = {
    Fact: frozenset(("value", "verdict", "at")),
    Chart: frozenset(("at",)),
    Dataset: _CELLS | {"at"},
}
"""Fields that stay text until they are asked for, each by itself."""
_EARLY: dict[type, frozenset[str]] = {
    Fact: frozenset(("id", "measure", "place", "unit", "formula", "address", "aliases")),
    Chart: frozenset(
        ("id", "data", "lines", "annotations", "borders", "figure", "geometry", "hatched", "aliases"),
    ),
    Dataset: frozenset(("id", "columns", "file", "join", "query", "sha256", "aliases")),
}
"""Fields that loading asks of all items. All others stay text together until one of them is asked for."""
_KNOWN = ("known_digest", "known_places")
"""What an item knows of itself: its digest, and that of its places."""
_SHARED = (Unit, Column)
"""Classes of which many values are equal."""
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

    def items(self, file: str, sha256: str, basis: str) -> dict[str, Any] | None:
        """The items of a file, by id; None where it was not kept, or its bytes or `basis` are others now."""
        text = self.known.get(file)
        return None if text is None else self._read(text, file, sha256, basis)

    def keep(self, source: FileText, sha256: str, basis: str, items: Mapping[str, Any]) -> Mapping[str, Any]:
        """Keep the items of a file of which nothing is to be said. `sha256`: of the bytes that they were made of.
        Returns the same as they come out of it, which take less memory; as they are where they cannot be kept."""
        late: list[str] = [_json(source.starts)]
        try:
            encoded = [(id, *self._written(item, late)) for id, item in items.items()]
        except (TypeError, ValueError):  # it holds something else than values, or rows of several lengths
            return items
        text = "\n".join((_json({"of": self._of(sha256, basis), "items": encoded}), *late))
        self.known.put(source.file, text)
        return self._read(text, source.file, sha256, basis) or items

    def _written(self, item: Any, late: list[str]) -> tuple[tuple[str, ...], Any, dict[str, int]]:
        """The digests of an item that keeps them, what is read of it at once, and which line the text of each other
        field is, or of all the rest. These are added to the lines."""
        lines: dict[str, int] = {}
        kind = type(item)
        if kind not in _LATE:
            return (), _encoded(item), lines
        wanted, early = _LATE[kind], _EARLY[kind]
        for key, default in _fields(kind.__name__):
            part = getattr(item, key)
            if key in wanted and part != default:
                lines[_TEXT + key] = len(late)
                late.append(_json(_by_columns(part) if key in _TABLES else _encoded(part)))
        given = _encoded(item, wanted)
        if rest := {key: given.pop(key) for key in [*given] if key not in early and key != "="}:
            lines[_REST] = len(late)
            late.append(_json(rest))
        return (self.digest(item), self.digest(item.at.positions)), given, lines

    def _read(self, text: str, file: str, sha256: str, basis: str) -> dict[str, Any] | None:
        try:
            first, *late = text.split("\n")
            kept = json.loads(first)
            if kept["of"] != self._of(sha256, basis):
                return None
            source = _unread(file, late[0])
            return {id: _item(known, item, lines, late, source) for id, known, item, lines in kept["items"]}
        except (ValueError, LookupError, TypeError):
            return None

    def _of(self, sha256: str, basis: str) -> str:
        return f"{self.program} {basis} {sha256}"


class UnreadText(FileText):
    """A file that need not be read: of its text is known where its lines begin, and that when it is asked for."""

    __slots__ = ("_begin",)

    def __getattr__(self, name: str) -> Any:
        if name != "starts":
            raise AttributeError(name)
        starts = tuple(json.loads(self._begin))
        object.__setattr__(self, "starts", starts)
        return starts

    def __reduce__(self) -> tuple[Any, ...]:
        return _unread, (self.file, self._begin)


def _unread(file: str, begin: str) -> UnreadText:
    made = UnreadText(file, "", ())
    object.__setattr__(made, "_begin", begin)
    object.__delattr__(made, "starts")
    return made


_TEXT = "_text_of_"
"""Begins the name under which an item has the text of a field."""
_REST = "_rest"
"""Under which it has the text of all fields that have none of their own and are not early, until one is asked for."""
_put = object.__setattr__


class _LateField:
    """A field that stays text until it is asked for: of a thousand items, an edit asks for a few. It stands in the
    class, where a field that an item holds itself goes before it."""

    def __init__(self, name: str, default: object) -> None:
        self._name, self._text, self._default = name, _TEXT + name, default

    def __get__(self, item: Any, kind: type | None = None) -> Any:
        if item is None:
            return self
        held = vars(item)
        if self._text in held:
            text = held[self._text]
            if self._name in _CELLS:
                return _table(text)
            made = held[self._name] = _decoded(json.loads(text), item._source)
            return made
        if _REST in held:
            rest = json.loads(held.pop(_REST))
            held |= {key: _decoded(part, item._source) for key, part in rest.items()}
        if (found := held.get(self._name, self._default)) is MISSING:
            raise AttributeError(self._name)
        return found


class _KeptItem:
    """An item most of whose fields stay text until they are asked for. Fields that are as they are unless they are
    given stand in the class alone: a dataset has forty, and seven are given."""

    __slots__ = ()
    item_of: ClassVar[type[Any]]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, self.item_of) and all(
            getattr(self, part.name) == getattr(other, part.name) for part in fields(self.item_of) if part.compare
        )

    def __reduce__(self) -> tuple[Any, ...]:
        held = {name: getattr(self, name) for name in (*_EARLY[self.item_of], *vars(self))}
        return _held, (self.item_of, {name: part for name, part in held.items() if _TEXT + name not in held})


class KeptFact(_KeptItem, Fact):
    """A fact."""

    __qualname__ = "Fact"  # as which it is digested where it is a part of something else
    __hash__ = Fact.__hash__
    item_of = Fact


class KeptChart(_KeptItem, Chart):
    """A chart."""

    __qualname__ = "Chart"
    __hash__ = Chart.__hash__
    item_of = Chart


class KeptDataset(_KeptItem, Dataset):
    """A dataset, whose cells are text again after a while: a build asks for each in turn."""

    __qualname__ = "Dataset"
    __hash__ = Dataset.__hash__
    item_of = Dataset

    @property
    def path(self) -> str:
        """As it is of any dataset, without a look at where its keys stand."""
        file = self._source.file if hasattr(self, "_source") else self.at.whole.file
        return f"{file.rpartition('/')[0]}/{self.file}"


_KEPT: dict[type, type[_KeptItem]] = {each.item_of: each for each in (KeptFact, KeptChart, KeptDataset)}


def _held(kind: type, held: Mapping[str, Any]) -> Any:
    """An item of what it holds."""
    made = object.__new__(_KEPT[kind])
    for name, part in held.items():
        _put(made, name, part)
    return made


@lru_cache(maxsize=64)
def _table(text: str) -> Any:
    return _decoded(json.loads(text), _NOWHERE)


_NOWHERE = FileText.of("", "")
"""The text of cells, which have no places."""


def _item(known: Sequence[str], value: Any, lines: Mapping[str, int], late: Sequence[str], source: FileText) -> Any:
    """What `_written` was given."""
    kind = _CLASSES[value["="]]
    if kind not in _KEPT:
        return _decoded(value, source)
    made = object.__new__(_KEPT[kind])
    for key, part in value.items():
        if key != "=":
            _put(made, key, part if type(part) in _PLAIN else _decoded(part, source))
    for key, line in lines.items():
        _put(made, key, late[line])
    _put(made, "_source", source)
    for name, digest in zip(_KNOWN, known, strict=True):
        _put(made, name, digest)
    return made


def _encoded(value: Any, without: Collection[str] = ()) -> Any:
    """A value as JSON: a tuple is a list, and all else than a text, a number and None says what it is. Raises TypeError
    for what is not kept. `without`: fields that are left out."""
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
    if kind is Text and len(value.by_language) == 1 and value.by_language[0][0] == "":
        return {"text": value.by_language[0][1]}
    if kind in _SHARED:
        return {"shared": _json({"=": name, **{key: _encoded(part) for key, part in given.items()}})}
    return {"=": name, **{key: _encoded(part) for key, part in given.items() if key not in without}}


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
    if type(value) is dict:
        return _READERS[next(iter(value), "")](value, source)
    return value


def _value(value: dict[str, Any], source: FileText) -> Any:
    cls = _CLASSES[value.pop("=")]
    for key, part in value.items():
        if type(part) not in _PLAIN:
            value[key] = _decoded(part, source)
    return cls(**value)


def _places(value: dict[str, Any], source: FileText) -> Places:
    line, column, end_line, end_column, *offsets = value["at"]
    spelled = {key: tuple([tuple(run) for run in found]) for key, found in value["runs"].items()}
    return Places(Span(source.file, line, column, end_line, end_column), Spans(source, value["keys"], offsets), spelled)


def _rows(value: dict[str, Any], source: FileText) -> Any:
    return tuple(zip(*(_decoded(column, source) for column in value["columns"]), strict=True))


@lru_cache(1024)
def _shared(text: str) -> Any:
    """A value of which there are a thousand that are equal."""
    return _decoded(json.loads(text), _NOWHERE)


@cache
def _fields(name: str) -> tuple[tuple[str, object], ...]:
    """The fields of a class, each with what it is unless it is given."""
    made = ((part.name, part.default_factory, part.default) for part in fields(_CLASSES[name]))
    return tuple((name, default if factory is MISSING else factory()) for name, factory, default in made)


def _set_fields(kept: type[_KeptItem]) -> None:
    """Puts into a class what its items do not hold. What is given of every item stays where dataclasses put it."""
    for name, default in _fields(kept.item_of.__name__):
        if name not in _EARLY[kept.item_of]:
            setattr(kept, name, _LateField(name, default))
        elif default is not MISSING:
            setattr(kept, name, default)


for _each in _KEPT.values():
    _set_fields(_each)


def _spelled(number: Fraction) -> str:
    return f"{number.numerator}/{number.denominator}"


@lru_cache(maxsize=10_000)
def _fraction(text: str) -> Fraction:
    over, _, under = text.partition("/")
    return Fraction(int(over), int(under))


_READERS: dict[str, Callable[[dict[str, Any], FileText], Any]] = {
    "=": _value,
    "at": _places,
    "number": lambda value, _: _fraction(value["number"]),
    "time": lambda value, _: parse_edtf(value["time"]),
    "shared": lambda value, _: _shared(value["shared"]),
    "text": lambda value, _: Text((("", value["text"]),)),
    "word": lambda value, _: _WORDS[value["word"]](value["value"]),
    "columns": _rows,
    "numbers": lambda value, _: [*map(_fraction, value["numbers"])],
}
"""By the first key of what is no list and no plain value."""
