"""Rows for charts and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from reportgen.diagnostics import Places
from reportgen.model.edtf import Edtf
from reportgen.model.text import Text


@dataclass(frozen=True, slots=True)
class Query:
    """Which facts make the rows. Empty parts ask for nothing."""

    facts: tuple[str, ...] = ()
    """Ids, in the order of the rows; with these, nothing else is asked."""
    measure: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    as_of: Edtf | None = None
    """Times wholly within this."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a described CSV file (Frictionless Table Schema)."""

    name: str
    type: str = "text"
    """`text`, `number`, `date` or `year`."""
    unit: str = ""
    title: Text = field(default_factory=lambda: Text(()))


Cell = str | Fraction | Edtf | None


@dataclass(frozen=True, slots=True)
class Dataset:
    """A query over the facts, or the rows of a CSV file with a description of its columns."""

    id: str
    title: Text = field(default_factory=lambda: Text(()))
    query: Query | None = None
    file: str = ""
    """The CSV file's name beside the description."""
    source: str = ""
    """Id of the source of a CSV file."""
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    """A CSV file's cells, in the order of `columns`."""
    typed: tuple[tuple[str, ...], ...] = ()
    """The same cells as the file spells them: typed zeros count."""
    at: Places = field(kw_only=True, compare=False, metadata={"place": True})
