"""A map out of a file and a dataclass of its keys in; the dataclass filled, and every wrong key in words, out. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from reportgen.diagnostics import Diagnostic, Places, Span
from reportgen.load.fields import READERS, WrongKeyError, a_or_an, one_of
from reportgen.load.suggest import did_you_mean
from reportgen.load.yaml import Mapping, Scalar, Sequence, YamlDocument, YamlNode

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Model = TypeVar("Model", bound="DataclassInstance")


MOST_UNKNOWN = 20
"""Unknown keys of one map that are told one by one."""


@dataclass(frozen=True)
class Keys(Generic[Model]):
    """The keys of one kind of map. One that is empty counts as left out."""

    model: type[Model]
    """What the map becomes."""
    without: tuple[str, ...]
    """Fields of the model that are no keys."""
    readers: dict[str, Callable[[Any], Any] | Keys[Any]]
    """What reads a field, where that is not told by its type."""

    @property
    def placed(self) -> bool:
        """Whether the model has a field `at`, which takes the places of the keys."""
        return any(part.name == "at" for part in fields(self.model))

    @cached_property
    def by_name(self) -> dict[str, _Key]:
        """Found when a map is read: types take long to look up, and most builds read few kinds of maps."""
        hints = get_type_hints(self.model)
        found: dict[str, _Key] = {}
        for part in fields(self.model):
            if part.name != "at" and part.name not in self.without:
                read = self.readers.get(part.name) or _reader(hints[part.name])
                required = part.default is MISSING and part.default_factory is MISSING
                many = isinstance(read, Keys) and get_origin(hints[part.name]) is tuple
                found[part.name.rstrip("_")] = _Key(part.name, required, many, read)
        return found


@dataclass(frozen=True, slots=True)
class _Key:
    field: str
    """The dataclass's field."""
    required: bool
    many: bool
    """Whether its value is a list of maps."""
    read: Callable[[Any], Any] | Keys[Any]
    """The value's reader, or the keys of the map or maps in it."""


def keys_of(
    model: type[Model], *, without: tuple[str, ...] = (), **readers: Callable[[Any], Any] | Keys[Any]
) -> Keys[Model]:
    """The keys of a map are the fields of a dataclass, apart from those in `without`.

    Each is read by its reader in `readers`, else by its type. A field without a default is required; `assert_` is
    the key `assert`.
    """
    return Keys(model, without, readers)


def _reader(hint: Any) -> Callable[[Any], Any] | Keys[Any]:
    """What reads a value of this type, an item of this list, or this where it may be None."""
    if hint in READERS:
        return READERS[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return one_of(hint)
    return keys_of(hint) if isinstance(hint, type) and is_dataclass(hint) else _reader(get_args(hint)[0])


@dataclass(slots=True)
class _MapReader:
    """One map of a file, and what was found to be wrong in it."""

    document: YamlDocument
    wrong: list[Diagnostic] = field(default_factory=list)
    unknown: list[Diagnostic] = field(default_factory=list)

    def map(self, keys: Keys[Model], node: Mapping, at: Places | None) -> tuple[Model | None, frozenset[str]]:
        unknown = [name for name in node if name not in keys.by_name]
        for name in unknown[:MOST_UNKNOWN]:
            self._report_unknown(keys, node.names[name])
        if len(unknown) > MOST_UNKNOWN:
            first = node.names[unknown[MOST_UNKNOWN]]
            message = f"{len(unknown) - MOST_UNKNOWN:,} more keys are not known here"
            hint = f"the keys here are {', '.join(sorted(keys.by_name))}"
            span = self.document.source.span(first.start, first.end)
            self.unknown.append(Diagnostic("unknown-key", message, span, hint))
        values: dict[str, Any] = {"at": at} if keys.placed else {}
        failed: set[str] = set()
        usable = True
        for name, key in keys.by_name.items():
            if name not in node and not key.required:
                continue
            content, before = node.get(name), len(self.wrong)
            if content is None or (isinstance(content, Scalar) and content.plain and not content):
                if key.required:
                    self._report_missing(node, name)
            else:
                values[key.field] = self._value(key, name, content, node.names[name])
            if len(self.wrong) > before:
                values.pop(key.field, None)
                failed.add(name)
                usable = usable and not key.required
        return keys.model(**values) if usable else None, frozenset(failed)

    def _value(self, key: _Key, name: str, content: YamlNode, typed: Scalar) -> Any:
        if key.many:
            if isinstance(content, Sequence):
                return tuple([self._part(key.read, name, part, typed) for part in content])
            hint = f"begin each item below {name}: with a -, or write {name}: […]"
            self._wrong(f'"{name}" must be a list, and is {a_or_an(content)}', content, typed, hint)
            return None
        return self._part(key.read, name, content, typed)

    def _part(self, read: Callable[[Any], Any] | Keys[Any], name: str, content: YamlNode, typed: Scalar) -> Any:
        if not isinstance(read, Keys):
            try:
                return read(content)
            except WrongKeyError as error:
                message = error.message.replace("%KEY%", f'"{name}"')
                self._wrong(message, content, typed, error.hint, error.code)
        elif isinstance(content, Mapping):
            return self.map(read, content, None)[0]
        else:
            hint = "write its keys below it, indented, or between { and }"
            self._wrong(f'"{name}" must hold keys and values, and is {a_or_an(content)}', content, typed, hint)
        return None

    def _wrong(self, message: str, value: YamlNode, key: Scalar, hint: str | None, code: str = "wrong-type") -> None:
        """A scalar is wrong at its own place, a list or a map at that of its key, which is shorter."""
        span = self.document.source.span(key.start, key.end)
        place = self.document.span(value) if isinstance(value, Scalar) else span
        self.wrong.append(Diagnostic(code, message, place, hint))

    def _report_missing(self, node: Mapping, name: str) -> None:
        if name in node:
            message, hint = f'the key "{name}" has no value', f"write it after the colon: {name}: …"
            span = self.document.source.span(node.names[name].start, node.names[name].end)
        else:
            message, hint = f'the key "{name}" is missing', f"add {name}: …"
            span = heading(self.document, node)
        self.wrong.append(Diagnostic("missing-key", message, span, hint, lacks=name))

    def _report_unknown(self, keys: Keys[Any], key: Scalar) -> None:
        hint = did_you_mean(key, keys.by_name) or f"the keys here are {', '.join(sorted(keys.by_name))}"
        if key in ("min", "max") and {"value", "claim"} <= keys.by_name.keys():
            hint = "bounds stand in the value: value: {value: …, min: …, max: …}, or value: {min: …, max: …}"
        span = self.document.source.span(key.start, key.end)
        self.unknown.append(Diagnostic("unknown-key", f'there is no key "{key}" here', span, hint))


def check(
    keys: Keys[Model], document: YamlDocument, node: Mapping, at: Places | None = None
) -> tuple[Model | None, frozenset[str], list[Diagnostic]]:
    """The map as its dataclass, the names of the keys that had to be left out, and what is wrong.

    A key that is wrong and can be done without is left out, so that all else can still be looked at; None where it
    cannot be. `at` is for dataclasses with a field of that name.
    """
    reader = _MapReader(document)
    made, failed = reader.map(keys, node, at)
    return made, failed, reader.wrong + reader.unknown


def heading(document: YamlDocument, node: YamlNode) -> Span:
    """Where to point when a whole map is meant: its id, else its first key."""
    if isinstance(node, Mapping) and node:
        first: YamlNode = node.get("id") or next(iter(node.names.values()))
        return document.source.span(first.start, first.end)
    return document.source.span(node.start, min(node.start + 1, node.end))
