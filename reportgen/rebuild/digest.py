"""Values in, digests out: equal values have equal digests in any process, on any day. Pure."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from operator import attrgetter
from typing import Any, Final

Digest = str
"""32 hex digits, or ABSENT."""

ABSENT: Final[Digest] = "absent"
"""The answer of a look-up that found nothing: a read like any other."""

_Write = Callable[[Any, list[str]], None]


def digest(value: object) -> Digest:
    """The digest of a frozen value: BLAKE2b, 128 bits, over the value written out with its types and lengths.

    Takes None, bool, int, float, str, bytes, Fraction, Decimal, dates, enums, sequences, mappings and sets in any
    order, and dataclasses of these. Fields whose metadata has `{"place": True}` are left out, so that moving a value in
    its file changes nothing. Raises TypeError for anything else. A value may know its digest already, under
    `known_digest`.
    """
    known: Digest = getattr(value, "known_digest", "")
    return known or digest_of(written(value))


@dataclasses.dataclass(frozen=True, slots=True)
class Digested:
    """Stands for a value whose digest is all that is asked of it."""

    known_digest: Digest


def digest_of(text: str) -> Digest:
    """The digest of a value that is written out already."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def written(value: object) -> str:
    """A value written out with its types and lengths: equal values, equal texts. Raises TypeError as `digest` does."""
    out: list[str] = []
    _WRITERS[type(value)](value, out)
    return "".join(out)


def sha256(data: bytes) -> str:
    """The name of a file's content in the cache."""
    return hashlib.sha256(data).hexdigest()


def _write_str(value: str, out: list[str]) -> None:
    out.append(f"s{len(value)}:{value}")


def _write_sequence(value: Sequence[object], out: list[str]) -> None:
    out.append("(")
    _write_parts(value, out)
    out.append(")")


def _write_parts(parts: Iterable[Any], out: list[str]) -> None:
    """Texts, None, numbers and tuples, of which there are most, without a look at what writes each."""
    for part in parts:
        kind = type(part)
        if kind is str:
            out.append(f"s{len(part)}:{part}")
        elif part is None:
            out.append("N")
        elif kind is tuple:
            out.append("(")
            if part:
                _write_parts(part, out)
            out.append(")")
        elif kind is int:
            out.append(f"i{part};")
        else:
            _WRITERS[kind](part, out)


def _write_mapping(value: Mapping[object, object], out: list[str]) -> None:
    out.append("{")
    out += sorted(written(key) + written(item) for key, item in value.items())
    out.append("}")


def _write_set(value: Set[object], out: list[str]) -> None:
    out.append("<")
    out += sorted(written(item) for item in value)
    out.append(">")


def _dataclass_writer(cls: type) -> _Write:
    names = [f.name for f in dataclasses.fields(cls) if not f.metadata.get("place")]
    head = f"@{cls.__qualname__}("
    if not names:
        return lambda _value, out: out.append(head + ")")
    if len(names) == 1:
        only = attrgetter(names[0])

        def write_one(value: object, out: list[str]) -> None:
            out.append(head)
            part = only(value)
            _WRITERS[type(part)](part, out)
            out.append(")")

        return write_one
    parts = attrgetter(*names)

    def write(value: object, out: list[str]) -> None:
        out.append(head)
        _write_parts(parts(value), out)
        out.append(")")

    return write


_BY_BASE: tuple[tuple[type | tuple[type, ...], _Write], ...] = (
    # The order matters: a StrEnum is a str, a bool an int, a datetime a date.
    (Enum, lambda value, out: out.append(f"e{type(value).__qualname__}.{value._name_};")),
    (bool, lambda value, out: out.append("T" if value else "F")),
    (type(None), lambda _value, out: out.append("N")),
    (str, _write_str),
    ((bytes, bytearray), lambda value, out: out.append(f"b{hashlib.sha256(value).hexdigest()};")),
    (int, lambda value, out: out.append(f"i{value};")),
    (float, lambda value, out: out.append(f"f{value!r};")),
    (Fraction, lambda value, out: out.append(f"q{value.numerator}/{value.denominator};")),
    (Decimal, lambda value, out: out.append(f"d{value};")),
    ((datetime.date, datetime.time), lambda value, out: out.append(f"t{value.isoformat()};")),
    (Mapping, _write_mapping),
    (Set, _write_set),
    (Sequence, _write_sequence),
)


class _Writers(dict[type, _Write]):
    """How to write each type; found once for each."""

    def __missing__(self, cls: type) -> _Write:
        if dataclasses.is_dataclass(cls):
            self[cls] = _dataclass_writer(cls)
            return self[cls]
        for base, write in _BY_BASE:
            if issubclass(cls, base):
                self[cls] = write
                return write
        raise TypeError(f"a {cls.__qualname__} has no digest")


_WRITERS: Final = _Writers()
