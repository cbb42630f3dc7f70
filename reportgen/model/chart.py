"""Chart specifications, as authors write them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from reportgen.diagnostics import Places
from reportgen.model.edtf import Edtf
from reportgen.model.text import Text

NO_TEXT = Text(())


class ChartKind(StrEnum):
    """How the rows are drawn."""

    BAR = "bar"
    LINE = "line"
    AREA = "area"
    DOT = "dot"
    RANGE = "range"
    SCATTER = "scatter"
    PIE = "pie"
    DONUT = "donut"
    HEATMAP = "heatmap"
    MAP = "map"
    WATERFALL = "waterfall"
    TIMELINE = "timeline"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """A line across the plot at a value that a fact gives."""

    fact: str
    label: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Annotation:
    """Words beside one row's mark."""

    fact: str
    text: Text


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table: a column of its dataset under a heading of its own."""

    name: str
    title: Text = NO_TEXT


WORLD = "world"
"""What `geometry` says for the borders of all countries, which come with the program."""
Ring = tuple[tuple[float, float], ...]
"""A closed border: longitudes and latitudes."""


@dataclass(frozen=True, slots=True)
class Region:
    """An area of a map."""

    name: str
    """What rows call it."""
    rings: tuple[Ring, ...]
    """Outer borders with the sun, those of holes against it; none of a place that the map does not have."""
    part_of: str = ""
    """The area that it is a part of, where no row names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartOptions:
    """How the rows are drawn: the keys of a specification that evaluation does not change."""

    x: str = ""
    """Name of a column, like `y`, `color`, `size` and `facet`; empty where the kind needs none."""
    y: str = ""
    color: str = ""
    size: str = ""
    facet: str = ""
    """Column whose values make small multiples."""
    low: str = ""
    """Columns of the ends of each value's whiskers."""
    high: str = ""
    place: str = ""
    """Of a map: the column that names areas, or points."""
    lat: str = ""
    """Of a map of points: the columns of latitude and longitude."""
    lon: str = ""
    highlight: tuple[str, ...] = ()
    """Values of `color` (else of the category axis) that are drawn in colour, the others in grey."""
    hatched: tuple[str, ...] = ()
    """Ids of facts whose bars are hatched: expected, not made."""
    orientation: str = ""
    """`h` or `v`; empty lets the kind decide."""
    stack: str = "group"
    """`group`, `stack` or `share`."""
    log: bool = False
    sort: str = ""
    """`value`, `-value` or empty for the rows' order."""
    figure: str = ""
    """A Plotly figure as JSON, its values naming columns, for what the kinds cannot draw."""
    extent: str = ""
    """Of a map: `data` shows what lies around the rows, `all` all of the borders; empty is `data` for the world."""
    regions: tuple[Region, ...] = ()
    """Of a map: the areas of its file."""


@dataclass(frozen=True, slots=True)
class Chart(ChartOptions):
    """What to draw, out of which rows, under which words."""

    id: str
    data: str
    """Id of a dataset."""
    title: Text
    """The finding, in words."""
    kind: ChartKind = ChartKind.SCATTER
    """Not used where `figure` is given."""
    subtitle: Text = NO_TEXT
    """Measure, unit and time."""
    note: Text = NO_TEXT
    alt: Text = NO_TEXT
    """Alternative text for screen readers; written from the data where the author gives none."""
    labels: tuple[tuple[str, Text], ...] = ()
    """(value of a column or id of a fact, what is shown for it)."""
    lines: tuple[ReferenceLine, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    columns: tuple[TableColumn, ...] = ()
    geometry: str = ""
    """Of a map: a GeoJSON file beside the chart's own, or `world`."""
    key: str = "id"
    """What in that file names an area: `id`, or `properties.` and a name."""
    borders: str = ""
    """Of a map: id of the source of its borders."""
    as_of: Edtf | None = None
    aliases: tuple[str, ...] = ()
    """Ids that it had before, whose addresses lead here."""
    at: Places = field(kw_only=True, compare=False, metadata={"place": True})
