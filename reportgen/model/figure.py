"""Figures with every value known: charts, tables and timelines, ready to be drawn or set. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from reportgen.model.chart import ChartKind, ChartOptions
from reportgen.model.edtf import Edtf
from reportgen.model.fact import Status
from reportgen.model.quantity import Quantity

ROWS_IN_PAGE = 500
"""From so many rows on a page does not hold all of a figure's data."""
ROWS_SHOWN = 50
"""Of those."""

Html = str
"""Sanitised HTML with inserts, as `evaluated` has them."""


@dataclass(frozen=True, slots=True)
class ShownSource:
    """As much of a source as a brief or a card shows of it."""

    id: str
    slug: str
    short: str
    """`Caspian Policy Center, 6 October 2020`."""
    title: str
    time: str
    """When it was issued, in the page's language; empty where it does not say."""
    lang: str = ""
    """Its language; empty where it is the page's."""
    is_unsaved: bool = False
    """Whether rows are drawn or set as its own, out of a file that is no saved copy of it."""


Shown = Literal["value", "text", "date", "none"]


@dataclass(frozen=True, slots=True)
class Datum:
    """One cell of a figure: a value that knows where it comes from, or words."""

    text: str
    """As printed; empty where there is none."""
    quantity: Quantity | None = None
    date: Edtf | None = None
    key: str = ""
    """The value that specifications name it by: a place's code, a fact's id, a word."""
    number: int | None = None
    """Index into `EvaluatedBrief.numbers`, for a value."""
    entry: int | None = None
    status: Status | None = None
    insert: str = ""
    """The insert that prints it with its letter, in tables and timelines."""
    note: str = ""
    """The mark that stands beside the value in its file: `p`, `*`."""
    scale: Fraction = Fraction(0)
    """How many of its quantity's base unit one of the number in `text` is; 0 where that is its unit's."""
    around: tuple[str, str] = ("", "")
    """What `text` has before and after its number, where a table says that in the head of the column."""
    lang: str = ""
    """The language of words; empty where it is the page's, and of values."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a figure."""

    cells: tuple[Datum, ...]
    """In the order of `EvaluatedFigure.columns`."""
    fact: str = ""
    """Id of the fact that the row is, where it is one."""
    row: int | None = None
    """Number of a file's row, counted from 1."""
    dispreferred: bool = False
    """Whether another source is preferred to it in conflicts.yaml."""
    apart: bool = False
    """Whether no line joins it to others: another value of this figure, or one that is preferred, contradicts it."""


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column of a figure's data."""

    name: str
    """`id`, `claim`, `value`, `unit`, `as_of`, `place`, `measure`, `source`, or a CSV file's own."""
    title: str
    """In the page's language."""
    kind: Shown
    unit: str = ""
    """The unit that all its values have, in short form; empty where they differ or have none."""
    title_lang: str = ""
    """The title's language, where it is not the page's."""
    head: str = ""
    """The title as a table has it: with the unit that its cells do not repeat; empty where they do."""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A line across the plot at a value."""

    value: Datum
    label: str


@dataclass(frozen=True, slots=True)
class EvaluatedFigure(ChartOptions):
    """A chart, table or timeline with its rows, ready to be drawn or set."""

    id: str
    anchor: str
    """`figure-wages`; unique in the brief."""
    kind: ChartKind
    name: str
    """`Figure 1`, in the page's language."""
    title: Html
    subtitle: Html
    note: Html
    plain_title: str
    plain_subtitle: str
    alt: str
    """Plain text: the author's, else written from the data."""
    columns: tuple[FigureColumn, ...]
    rows: tuple[Row, ...]
    sources: tuple[ShownSource, ...]
    lines: tuple[FigureLine, ...] = ()
    annotations: tuple[tuple[str, str], ...] = ()
    """(id of a fact, plain text beside its mark)."""
    lang: str = "en"
    plain_note: str = ""
    facts: tuple[tuple[str, Datum], ...] = ()
    """(id, value) of the facts that an author's own Plotly figure names."""
    words: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict, hash=False)
    """The program's words in the page's language, those that the project gives."""
    earlier: tuple[str, ...] = ()
    """Anchors under the names that it had before."""

    @property
    def is_long(self) -> bool:
        """Whether a page shows the first of its rows alone, and loads the live chart when it is asked for."""
        return len(self.rows) >= ROWS_IN_PAGE

    @property
    def shown_rows(self) -> tuple[Row, ...]:
        """The rows that tables on pages show."""
        return self.rows[:ROWS_SHOWN] if self.is_long else self.rows
