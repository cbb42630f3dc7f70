"""A Plotly figure as JSON in, a standalone SVG out: the plotly package's plotly.js, in V8, over a document of our own.

Effects: reads plotly.js and the fonts; runs V8 in this process. No browser, no network, no clock.
"""

from __future__ import annotations

import atexit
import base64
import ctypes
import json
import mmap
import re
import struct
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from html import unescape
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from reportgen.fonts import metrics
from reportgen.installing import command_for
from reportgen.late_patterns import regex

if TYPE_CHECKING:
    from py_mini_racer import MiniRacer

SCRIPTS = ("dom.js", "selectors.js", "text.js", "geometry.js", "window.js", "clean.js")
FLAGS = (
    *("--min-semi-space-size=4", "--max-semi-space-size=4", "--no-opt"),
    *("--expose-gc", "--heap-growing-percent=20"),
)
"""4 MB for new objects: with 2, a drawing takes a tenth longer; with 8, a tenth less, and the process 6 MB more. No
optimized code: making it delays the drawing, and 700 figures do not make up for it. The last two are for what a drawing
leaves behind, which `begin` throws away before it counts as old: a tenth less time, and 17 MB less at most, than with
`--optimize-for-size`, which lets it grow old."""
FIGURES_A_CONTEXT = 5000
"""A context is replaced after this many drawings, so that it cannot grow without limit. No growth has been seen in so
many; a new one takes as long as fifty drawings."""
SECONDS = 60
"""A drawing takes a tenth of one. An axis may ask plotly.js for so many marks that it would never end."""

_WEBGL = (
    *("scattergl", "scatterpolargl", "splom", "parcoords", "scatter3d", "surface", "mesh3d", "cone", "streamtube"),
    *("isosurface", "volume"),
)
_TILES = ("scattermap", "choroplethmap", "densitymap", "scattermapbox", "choroplethmapbox", "densitymapbox")
NEEDS = dict.fromkeys(_WEBGL, "WebGL") | dict.fromkeys(_TILES, "WebGL and map tiles")
"""Types of trace that cannot be drawn here, and what each needs."""
_GEO = ("scattergeo", "choropleth")
_UNUSED = regex(r"(?:scene|map|mapbox)\d*")
"""Parts of a layout for traces that cannot be drawn here."""


MADV_DONTNEED = 4
"""Linux's name for pages that may be taken away: those of a file are read again."""
MAP_FIXED = 16
"""Linux's name for what is mapped in the place of what stood there."""
_ANONYMOUS = regex(r"^([0-9a-f]+)-([0-9a-f]+) rw-p 0+ 00:00 0 *$", re.M)
"""Memory that belongs to no file, and may be written to."""
_MAPPED = regex(
    r"^([0-9a-f]+)-([0-9a-f]+) (\S+) [^\n]*libmini_racer\.so\n(?:(?!Anonymous:)[A-Z][^\n]*\n)*Anonymous: +(\d+) kB",
    re.M,
)


class DrawingError(Exception):
    """A figure that cannot be drawn here. Its message is one sentence without a full stop."""


Widths = Mapping[str, tuple[float, float]]
"""A run of signs that the sans lacks -> its width, regular and bold, in thousandths of the type size."""
NO_WORDS: Widths = MappingProxyType({})


class Renderer(Protocol):
    """Draws figures: the engine here, or the optional one."""

    def draw(self, figure_json: str, width: int, height: int, ident: str, words: Widths = ...) -> str:
        """One figure as SVG text, `width` by `height` pixels, whose ids begin with `ident`. Raises DrawingError."""

    def close(self) -> None:
        """Frees what it holds; a later figure starts it again."""


def plotly_js_path() -> Path:
    """The plotly.js that the plotly package ships. It draws here, and on pages with an interactive chart."""
    spec = find_spec("plotly")  # importing it would take time and memory, and nothing else of it is used
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("plotly is not installed")
    return Path(spec.origin).parent / "package_data" / "plotly.min.js"


@cache
def plotly_js_version() -> str:
    """Its version, e.g. `4.1.1`."""
    with plotly_js_path().open(encoding="utf-8") as file:
        found = re.search(r"plotly\.js v([\d.]+)", file.read(400))
    if found is None:
        raise DrawingError("the plotly package's plotly.js names no version")
    return found[1]


def start_v8() -> None:
    """Starts V8 without drawing. A thread older than V8 crashes when it frees what V8 has compiled, so a program that
    draws in a thread calls this in the main thread first."""
    from py_mini_racer import DEFAULT_V8_FLAGS, LibAlreadyInitializedError, init_mini_racer

    with suppress(LibAlreadyInitializedError):
        init_mini_racer(flags=(*DEFAULT_V8_FLAGS, *FLAGS))
        _map_languages()


class PlotlyEngine:
    """Draws figures in one V8 context, started at the first figure.

    Figures that need WebGL or map tiles go to the optional renderer; without it, they are refused with the reason.
    """

    def __init__(
        self, figures_a_context: int = FIGURES_A_CONTEXT, optional: Renderer | None = None, seconds: float = SECONDS
    ) -> None:
        self._figures_a_context = figures_a_context
        self._seconds = seconds
        self._optional = optional
        self._context: MiniRacer | None = None
        self._drawn = 0
        self._faces: dict[str, set[str]] = {}
        """Face -> the blocks of characters that the context can measure."""
        self._has_words = False
        """Whether the context knows widths of what the faces lack."""

    def __enter__(self) -> PlotlyEngine:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def start(self) -> None:
        """Does what the first figure would wait for."""
        self._started()

    def close(self) -> None:
        """Frees the context; a later figure starts another."""
        if self._optional is not None:
            self._optional.close()
        self._close_context()

    def _close_context(self) -> None:
        if self._context is not None:
            _give_back(self._context)
            self._context.close()
            atexit.unregister(self._context.close)
        self._context = None
        self._faces = {}
        self._has_words = False
        self._drawn = 0

    def check(self, figure_json: str) -> tuple[str, ...]:
        """What plotly.js would ignore without a message: unknown keys and wrong values, in its own words. Raises
        DrawingError where it would not draw a trace at all."""
        figure, needs = _checked(figure_json)
        faults = [] if needs else json.loads(str(self._started().eval(f"faultsOf({json.dumps(figure)})")))
        lost = "; ".join(fault["msg"] for fault in faults if fault["lost"])
        if lost:
            raise DrawingError(lost)
        return tuple(dict.fromkeys(fault["msg"] for fault in faults))

    def draw(self, figure_json: str, width: int, height: int, ident: str, words: Widths = NO_WORDS) -> str:
        """One figure as SVG text, `width` by `height` pixels, whose ids begin with `ident`. Raises DrawingError."""
        figure, needs = _checked(figure_json)
        if needs and self._optional is not None:
            return self._optional.draw(figure, width, height, ident)
        if needs:
            raise DrawingError(f"{'; '.join(needs)}; use the optional renderer: {command_for('kaleido')}")
        if self._drawn >= self._figures_a_context:
            self._close_context()
        self._drawn += 1
        context = self._started()
        blocks = metrics.blocks_of(unescape(figure))
        for key in self._faces:
            self._install_font(context, key, blocks)
        if words or self._has_words:
            context.eval(f"installWords({json.dumps(dict(words))})")
            self._has_words = bool(words)
        while True:
            answer = self._answered(context, f"begin({json.dumps(figure)}, {width:d}, {height:d}, {json.dumps(ident)})")
            if answer.startswith("<"):
                return self._with_pixels(context, answer)
            failure: dict[str, str] = json.loads(answer)
            if failure.get("kind") != "MissingFont":
                raise DrawingError(f"plotly.js could not draw the figure: {failure['error']}")
            if failure["error"] in self._faces:
                raise DrawingError(f"the font {failure['error']} could not be loaded")
            self._install_font(context, failure["error"], blocks)

    def _answered(self, context: MiniRacer, begin: str) -> str:
        """What came of a drawing that is begun: an SVG, or what is missing as JSON."""
        from py_mini_racer import JSTimeoutException

        try:
            context.eval(begin, timeout_sec=self._seconds)
            return str(context.eval("outcome()", timeout_sec=self._seconds))
        except JSTimeoutException:
            message = (
                f"plotly.js did not end within {self._seconds:g} s; a dtick that is too small for its axis does that"
            )
            raise DrawingError(message) from None

    def _started(self) -> MiniRacer:
        if self._context is not None:
            return self._context
        from concurrent.futures import ThreadPoolExecutor

        from py_mini_racer import MiniRacer

        start_v8()
        # In a thread of its own, since it keeps the event loop of the one it is made in, which may end before it does.
        with ThreadPoolExecutor(1) as thread:
            context = thread.submit(MiniRacer).result()
        atexit.register(context.close)  # otherwise V8's thread can keep the interpreter from ending
        here = resources.files(__package__ or "reportgen.drawing")
        for name in SCRIPTS:
            context.eval(here.joinpath(name).read_text(encoding="utf-8"))
        families = {family.lower(): family for family in metrics.FAMILIES}
        context.eval(f"installFonts({json.dumps(families)}, {json.dumps(metrics.SANS)}, {json.dumps(metrics.GENERIC)})")
        context.eval(_in_ascii(plotly_js_path().read_bytes()))
        context.eval("rememberSchema()")
        _give_back(context)  # a quarter of what reading plotly.js took
        self._context = context
        return context

    def _install_font(self, context: MiniRacer, key: str, blocks: frozenset[str]) -> None:
        """Gives the context the metrics of a face in these blocks, if it does not have them."""
        family, weight, style = key.split("|")
        had = self._faces.setdefault(key, set())
        for block in sorted(blocks - had):
            table = metrics.face_table(family, int(weight), style, block)
            context.eval(f"installFont({json.dumps(key)}, {table})")
            had.add(block)

    def _with_pixels(self, context: MiniRacer, svg: str) -> str:
        return re.sub(r"data:pixels,(\d+)", lambda found: _png(str(context.eval(f"pixelsOf({found[1]})"))), svg)


def _give_back(context: MiniRacer) -> None:
    """Memory that V8 and the C library keep for later, to the system; and the pages of V8's own file, of which it has
    read all, and needs half again."""
    context.low_memory_notification()
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        if trim := getattr(library, "malloc_trim", None):
            trim(0)
        for start, end in _pages_of_v8():
            library.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), MADV_DONTNEED)


def _pages_of_v8() -> Iterator[tuple[int, int]]:
    """Where V8's library stands in memory as it is in its file: without what is written to, by itself or the loader."""
    try:
        maps = Path("/proc/self/smaps").read_text("utf-8", "surrogateescape")
    except OSError:
        return
    for start, end, rights, anonymous in _MAPPED.findall(maps):
        if "w" not in rights and anonymous == "0":
            yield int(start, 16), int(end, 16)


def _map_languages() -> None:
    """V8 has read all that it knows of languages into memory, 10 MB of which drawings need next to nothing. The file
    itself takes the place of this copy: the system reads of it what is asked for."""
    spec = find_spec("py_mini_racer")
    if sys.platform != "linux" or spec is None or spec.origin is None:
        return
    library = ctypes.CDLL(None)
    with suppress(OSError), Path(spec.origin).with_name("icudtl.dat").open("rb") as file:
        same = mmap.mmap(file.fileno(), 0, mmap.MAP_PRIVATE)
        first, size = ctypes.byref(ctypes.c_char.from_buffer(same)), ctypes.c_size_t(len(same))
        pages = -(-len(same) // mmap.PAGESIZE) * mmap.PAGESIZE
        for begin, end in _ANONYMOUS.findall(Path("/proc/self/maps").read_text("utf-8", "surrogateescape")):
            start = ctypes.c_void_p(int(begin, 16))
            if int(end, 16) - int(begin, 16) == pages and library.memcmp(start, first, size) == 0:
                how = mmap.PROT_READ | mmap.PROT_WRITE, mmap.MAP_PRIVATE | MAP_FIXED
                library.mmap(start, size, *how, file.fileno(), ctypes.c_long(0))


def _in_ascii(script: bytes) -> str:
    """The same script in a third of the memory: V8 and Python keep all of a text as wide as its widest letter. Letters
    beyond ASCII stand in its texts and patterns alone."""
    ascii_only = re.sub(rb"[\x80-\xff]+", lambda letters: json.dumps(letters[0].decode())[1:-1].encode(), script)
    return ascii_only.decode("ascii")


def _checked(figure_json: str) -> tuple[str, list[str]]:
    """The figure with its three parts, and what its traces need that is not available here."""
    try:
        figure = json.loads(figure_json)
    except ValueError as error:
        raise DrawingError(f"the figure is not JSON: {error}") from None
    if not isinstance(figure, dict) or not isinstance(figure.get("data", []), list):
        raise DrawingError("a figure is a map with `data`, a list, and `layout`, a map")
    data = figure.get("data", [])
    kinds = (trace.get("type", "scatter") for trace in data if isinstance(trace, dict))
    needs = [f"{kind} needs {NEEDS[kind]}" for kind in dict.fromkeys(kinds) if kind in NEEDS]
    layout = figure.get("layout") or {}
    needs += dict.fromkeys(lack for trace in data if isinstance(trace, dict) and (lack := _outlines(trace, layout)))
    images = (figure.get("layout") or {}).get("images") or []
    shown = [*images, *(trace for trace in data if isinstance(trace, dict) and trace.get("type") == "image")]
    if any(not str(image.get("source", "data:")).startswith("data:") for image in shown if isinstance(image, dict)):
        raise DrawingError("an image is not inside the figure; give its source as a data: address")
    layout = figure.get("layout") or {}
    if not needs and isinstance(layout, dict):  # plotly.js goes round in circles over a scene without WebGL
        layout = {key: part for key, part in layout.items() if not _UNUSED.fullmatch(key)}
    parts = {"data": data, "layout": layout, "config": figure.get("config") or {}}
    return json.dumps(parts, ensure_ascii=False), needs


def _outlines(trace: dict[str, Any], layout: Any) -> str:
    """What a trace on a map needs besides the figure; empty for one that brings its own areas or positions, on a map
    that shows nothing else."""
    kind = trace.get("type")
    if kind not in _GEO:
        return ""
    if not (isinstance(trace.get("geojson"), dict) or ("lat" in trace and "lon" in trace)):
        return f"{kind} needs map outlines from the network, unless it brings its own geojson"
    geo = layout.get(trace.get("geo") or "geo") if isinstance(layout, dict) else None
    shown = isinstance(geo, dict) and any(geo[key] for key in geo if key.startswith("show") and key != "showframe")
    if not isinstance(geo, dict) or geo.get("visible") is not False or shown:
        return f"{kind} needs map outlines from the network, unless its layout has geo: {{visible: false}}"
    return ""


def _png(pixels_json: str) -> str:
    """A data address of a PNG of 8-bit RGBA pixels."""
    pixels: dict[str, Any] = json.loads(pixels_json)
    width, height, data = pixels["width"], pixels["height"], bytes(pixels["data"])
    rows = b"".join(b"\0" + data[4 * width * row : 4 * width * (row + 1)] for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")
