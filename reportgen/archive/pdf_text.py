"""The bytes of a PDF in, the text that a reader sees out. Effects: none; pypdfium2 is loaded when a PDF comes.

PDFium gives characters with their places. From these come what its plain text loses: digits raised or lowered beside a
line stay so (10⁶ is not 106), a hyphen at a line's end is marked, the cells of a table's row stand in one line with
` | ` between, paragraphs are parted by an empty line, and what stands at the head or foot of several pages is put at
the end, so that a sentence goes on across a page break.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Sequence
from ctypes import byref, c_double
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from statistics import median_low
from typing import Any

from reportgen.late_patterns import regex

EXTRACTOR = "pdfium-3"
"""Name and version of this way to read PDFs. It stands in evidence.lock, since offsets count in what it gives."""

RAISED = str.maketrans("0123456789+-−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
LOWERED = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")

_HYPHENS = "\x02\ufffe"
"""How PDFium marks a hyphen at a line's end."""
_LONGEST_SCRIPT = 8
"""Characters of a raised or lowered run at most; what is longer is a line of its own."""
_BETWEEN_CELLS = 1.1
"""How wide a gap parts two cells, in heights of a line."""
_BETWEEN_NUMBERS = 0.38
"""How wide a gap parts two cells of numbers."""
_BETWEEN_SET_NUMBERS = 0.2
"""The same where no space is typed between them."""
_BETWEEN_GROUPS = 0.6
"""The same where both may be one number: `50 000`."""
_GROUP_BEFORE, _GROUP_AFTER = regex(r"(?<!\d)\d{1,3}\s*$"), regex(r"\s*\d{3}(?!\d)")
_CELL_LINES = 3
"""Lines of a cell at most."""
_CELL_LENGTH = 60
"""Characters of a line of a cell at most."""
_ENDS = frozenset("0123456789%)*")
_BEGINS = frozenset("0123456789-−–+($€£")
"""How cells of numbers end and begin."""
_GAP = "\x1f"
_NEAR_ROWS = 6
"""Lines above and below among which another has its cells in the same columns."""
_LIST_MARK = regex(r"\W*|\W*(?:\d{1,3}(?:\.\d{1,3})*|[^\W\d_]|[ivxIVX]{1,5})\W+|\[.*\]\W*")
"""What stands before an item of a list."""
_SPACES = regex(r" {3,}(?=\S)")
"""What parts cells where a table is made of spaces."""
_EDGE_LINES = 2
"""Lines at the head and at the foot of a page that may be running ones."""
_SAME_PLACE = 3.0
"""Points by which running lines differ in height from page to page at most."""


class PdfTextError(Exception):
    """Bytes that are no readable PDF; the message says why, without a full stop."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters of one size on one baseline."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    broken: bool
    """Whether PDFium begins a line with it."""
    shift: int = 0
    """1 where raised beside the line, -1 where lowered."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """White space in a line that may part two cells."""

    left: float
    right: float
    numbers: bool
    """Whether numbers stand on both sides."""


@dataclass(slots=True)
class _Line:
    """A line of a page."""

    text: str
    baseline: float
    size: float
    hyphen: bool = False
    """Whether a word goes on in the next line."""
    left: float = 0.0
    right: float = 0.0
    gaps: list[_Gap] = field(default_factory=list)
    """The wide gaps of the line, in its order; each stands as `_GAP` in `runs`."""
    runs: list[str] = field(default_factory=list)


def pdf_text(data: bytes) -> str:
    """The text of a PDF. Raises PdfTextError."""
    return _read(data)[0]


def page_starts(data: bytes) -> tuple[int, ...]:
    """Where the text of each page begins in that of its PDF, and last where the running lines of all pages stand.
    Raises PdfTextError."""
    return _read(data)[1]


@lru_cache(maxsize=2)
def _read(data: bytes) -> tuple[str, tuple[int, ...]]:
    return _joined(_pages(data))


def _pages(data: bytes) -> list[list[_Line]]:
    pdfium: Any = importlib.import_module("pypdfium2")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as problem:
        raise PdfTextError(f"the PDF cannot be read: {problem}") from None
    try:
        return [_lines(runs) for runs in (_runs(document, number, pdfium) for number in range(len(document)))]
    except pdfium.PdfiumError as problem:
        raise PdfTextError(f"a page of the PDF cannot be read: {problem}") from None
    finally:
        document.close()


def _runs(document: Any, number: int, pdfium: Any) -> list[_Run]:
    page = document[number]
    text_page = page.get_textpage()
    try:
        found = _runs_of(text_page.raw, text_page.count_chars(), pdfium.raw)
        return [replace(run, text=_whole(run.text)) for run in found]
    finally:
        text_page.close()
        page.close()


def _whole(text: str) -> str:
    """The text with each pair of surrogates as the one character that it is: PDFium counts in UTF-16. A half without
    the other is a character that is not known."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if not text.isascii() else text


def _runs_of(page: Any, count: int, raw: Any) -> Iterator[_Run]:
    x, y, box = c_double(), c_double(), raw.FS_RECTF()
    letters: list[str] = []
    left = right = baseline = size = 0.0
    broken = False
    for index in range(count):
        code = raw.FPDFText_GetUnicode(page, index)
        if code in (10, 13) or (code == 32 and raw.FPDFText_IsGenerated(page, index)):
            if letters:
                yield _Run("".join(letters), left, right, baseline, size, broken)
                letters = []
                broken = False
            broken = broken or code != 32
            continue
        raw.FPDFText_GetCharOrigin(page, index, byref(x), byref(y))
        raw.FPDFText_GetLooseCharBox(page, index, byref(box))
        height = abs(box.top - box.bottom)
        same = abs(y.value - baseline) <= 0.02 * size and abs(height - size) <= 0.02 * size
        apart = letters and code != 32 and x.value - right > _BETWEEN_NUMBERS * size
        if letters and (not same or apart) and code != 32:
            yield _Run("".join(letters), left, right, baseline, size, broken)
            letters, broken = [], False
        if not letters:
            left, baseline, size = x.value, y.value, height
        letters.append(chr(code) if code and chr(code) != _GAP else " ")
        right = box.right if code != 32 or not letters[:-1] else right
        if chr(code) in _HYPHENS:
            yield _Run("".join(letters), left, right, baseline, size, broken)
            letters, broken = [], True
    if letters:
        yield _Run("".join(letters), left, right, baseline, size, broken)


def _lines(runs: Sequence[_Run]) -> list[_Line]:
    """The lines of a page, with raised and lowered digits as such."""
    lines: list[_Line] = []
    base: _Run | None = None
    """The run on whose baseline the line stands."""
    for index, run in enumerate(runs):
        before = runs[index - 1] if index else None
        following = runs[index + 1] if index + 1 < len(runs) else None
        goes_on = base is not None and before is not None and _continues(before, run, base.size)
        if goes_on and base is not None and (shift := _shift(run, base)):
            run = replace(run, shift=shift)
            _add(lines[-1], run, before, base.size)
            continue
        is_back = goes_on and base is not None and abs(run.baseline - base.baseline) <= 0.05 * base.size
        if is_back and base is not None:
            _add(lines[-1], run, before, base.size)
        elif not run.broken and base is not None and lines and not lines[-1].hyphen:
            _add(lines[-1], run, before, base.size)
            base = run
        else:
            lines.append(_Line("", run.baseline, run.size, left=run.left))
            if following and _continues(run, following, following.size) and (shift := _shift(run, following)):
                run = replace(run, shift=shift)
                lines[-1].baseline, lines[-1].size = following.baseline, following.size
                base = replace(following, left=run.left)
            else:
                base = run
            _add(lines[-1], run, None, run.size)
        if run.text[-1:] in _HYPHENS:
            lines[-1].hyphen = True
    for index, line in enumerate(lines):
        near = [*lines[max(0, index - _NEAR_ROWS) : index], *lines[index + 1 : index + 1 + _NEAR_ROWS]]
        line.text = " ".join(_with_cells("".join(line.runs), line, near).split())
    return list(_rows([line for line in lines if line.text]))


def _with_cells(text: str, line: _Line, near: Sequence[_Line]) -> str:
    """The text of a line with ` | ` in its gaps, where lines near it have cells in the same columns."""
    first, *cells = text.split(_GAP)
    is_row = any(gap.numbers for gap in line.gaps)
    others = [pair for one in near for pair in _columns(one)]
    for (gap, end), cell in zip(_columns(line), cells, strict=True):
        begins = any(one.left > line.left + line.size and abs(one.left - gap.right) < 0.3 * line.size for one in near)
        is_column = is_row or begins or any(_is_same_column(gap, end, *other, size=line.size) for other in others)
        is_cell = is_column and not _LIST_MARK.fullmatch(first.strip())
        first += f" | {cell}" if is_cell else f" {cell}"
    return first


def _columns(line: _Line) -> Iterator[tuple[_Gap, float]]:
    """Each gap of a line, and where the cell after it ends."""
    yield from zip(line.gaps, [*(gap.left for gap in line.gaps[1:]), line.right], strict=False)


def _is_same_column(gap: _Gap, end: float, other: _Gap, other_end: float, *, size: float) -> bool:
    """Whether two gaps lie above each other, and part numbers, or the cells after them are set flush or centred."""
    if min(gap.right, other.right) - max(gap.left, other.left) <= 0.3 * size:
        return False
    if other.numbers:
        return True
    edges = (gap.right - other.right, end - other_end, (gap.right + end - other.right - other_end) / 2)
    return any(abs(edge) < 0.3 * size for edge in edges)


def _rows(lines: Sequence[_Line]) -> Iterator[_Line]:
    """The lines of a page, those of cells that stand beside each other as one."""
    kept: list[_Line] = []
    cell = 0.0
    """Where the last cell of the row that is being put together begins; 0 where none is."""
    row: _Line | None = None
    for line in lines:
        held = _beside(kept, line)
        if held:
            first = kept[-held]
            first.text = f"{' '.join(one.text for one in kept[-held:])} | {line.text}"
            first.right = line.right
            del kept[len(kept) - held + 1 :]
            row, cell = first, line.left
        elif row is not None and kept[-1] is row and _goes_on_in_cell(row, line, cell):
            row.text += f" {line.text}"
            row.right = max(row.right, line.right)
        else:
            kept.append(line)
            row, cell = (line, line.gaps[-1].right) if " | " in line.text and line.gaps else (None, 0.0)
    yield from kept


def _beside(kept: Sequence[_Line], line: _Line) -> int:
    """How many of the last lines are the cell at whose right a line stands, at the height of its first; 0 if none."""
    for count in range(1, min(_CELL_LINES, len(kept)) + 1):
        cell = kept[-count:]
        first, last = cell[0], cell[-1]
        if any(len(one.text) > _CELL_LENGTH for one in (last, line)) or last.hyphen or line.hyphen:
            return 0
        if _LIST_MARK.fullmatch(first.text):
            return 0
        if count > 1 and (" | " in first.text or abs(cell[1].left - first.left) > 2 * first.size):
            return 0
        is_level = last.baseline - 0.3 * line.size < line.baseline < first.baseline + 0.6 * first.size
        is_higher = count == 1 or line.baseline > last.baseline + 0.3 * line.size
        is_right = line.left - max(one.right for one in cell) > 0.3 * line.size
        if is_level and is_higher and is_right:
            return count
    return 0


def _goes_on_in_cell(row: _Line, line: _Line, cell: float) -> bool:
    """Whether a line stands below the last cell of a row, and not in the first column."""
    if " | " in line.text or not re.search(r"[^\W\d_]", line.text):
        return False
    below = row.baseline - line.baseline
    is_under = cell - line.size < line.left and line.right < row.right + line.size
    return is_under and row.left + 2 * row.size < line.left and 0 < below < _CELL_LINES * 1.4 * line.size


def _continues(before: _Run, run: _Run, size: float) -> bool:
    """Whether a run follows another to the right, no more than a wide space away."""
    return -0.35 * size <= run.left - before.right <= 1.2 * size


def _shift(run: _Run, base: _Run) -> int:
    """Whether a run stands raised (1) or lowered (-1) beside another, or neither (0)."""
    rise = run.baseline - base.baseline
    if len(run.text.strip()) > _LONGEST_SCRIPT or run.size > 1.02 * base.size:
        return 0
    if not 0.06 * base.size < abs(rise) < 0.6 * base.size:
        return 0
    return 1 if rise > 0 else -1


def _add(line: _Line, run: _Run, before: _Run | None, size: float) -> None:
    """Puts a run at the end of a line."""
    text = run.text
    for hyphen in _HYPHENS:
        text = text.replace(hyphen, "-")
    if run.shift:
        text = text.translate(RAISED if run.shift > 0 else LOWERED)
    text = _SPACES.sub(" | ", text) if text.strip() else text
    line.right = max(line.right, run.right)
    gap = run.left - before.right if before is not None else 0.0
    if before is not None and not run.shift and text.strip() and before.text.strip():
        numbers = before.text.rstrip()[-1] in _ENDS and text.lstrip()[0] in _BEGINS
        is_typed = before.text[-1].isspace() or text[0].isspace()
        wide = _BETWEEN_CELLS if not numbers else _BETWEEN_NUMBERS if is_typed else _BETWEEN_SET_NUMBERS
        if numbers and _GROUP_BEFORE.search(before.text) and _GROUP_AFTER.match(text):
            wide = _BETWEEN_GROUPS
        if gap > wide * size:
            line.gaps.append(_Gap(before.right, run.left, numbers))
            text = f"{_GAP}{text}"
    line.runs.append(f" {text}" if gap > 0.15 * size else text)


def _joined(pages: Sequence[list[_Line]]) -> tuple[str, tuple[int, ...]]:
    """The pages as one text, and where each begins in it; running lines once each, at its end."""
    running = _running(pages)
    pieces: list[str] = []
    ends: list[str] = []
    starts: list[int] = []
    length = 0
    for number, lines in enumerate(pages):
        starts.append(length)
        kept = [line for index, line in enumerate(lines) if (number, index) not in running]
        ends += [line.text for index, line in enumerate(lines) if (number, index) in running]
        gaps = [one.baseline - other.baseline for one, other in pairwise(kept)]
        usual = median_low([gap for gap in gaps if gap > 0] or [0.0])
        for line, gap in zip(kept, (*gaps, 0.0)[: len(kept)], strict=True):
            is_paragraph = gap > 1.4 * max(usual, 0.8 * line.size) and not line.hyphen
            pieces.append(line.text + ("\n\n" if is_paragraph else "\n"))
            length += len(pieces[-1])
    pieces += (f"\n{line}\n" for line in dict.fromkeys(ends))
    return "".join(pieces).rstrip("\n"), (*starts, length)


def _running(pages: Sequence[list[_Line]]) -> set[tuple[int, int]]:
    """The lines, as (page, index), at the same height of a later page too, alike but for the number of the page."""
    gaps = [one.baseline - other.baseline for lines in pages for one, other in pairwise(lines)]
    usual = median_low([gap for gap in gaps if gap > 0] or [0.0])
    edges = [_edges(lines, usual) for lines in pages]
    found: set[tuple[int, int]] = set()
    for number, edge in enumerate(edges):
        for index, line in edge:
            for later in (number + 1, number + 2):
                for other_index, other in edges[later] if later < len(edges) else ():
                    is_level = abs(line.baseline - other.baseline) <= _SAME_PLACE
                    if is_level and _alike(line.text, other.text, later - number):
                        found |= {(number, index), (later, other_index)}
    # A page of nothing but running lines keeps them: they may be its text.
    return {(n, i) for n, i in found if sum(1 for page, _ in found if page == n) < len(pages[n])}


def _edges(lines: Sequence[_Line], usual: float) -> list[tuple[int, _Line]]:
    """The lines at the head and foot of a page, with their indices, further from the rest than a line usually is."""
    ordered = sorted(enumerate(lines), key=lambda pair: -pair[1].baseline)
    gaps = [one[1].baseline - other[1].baseline for one, other in pairwise(ordered)]
    found: list[tuple[int, _Line]] = []
    for count in range(_EDGE_LINES, 0, -1):
        if len(gaps) >= count and gaps[count - 1] > 1.3 * usual:
            found += ordered[:count]
            break
    for count in range(_EDGE_LINES, 0, -1):
        if len(gaps) >= count and gaps[-count] > 1.3 * usual:
            found += ordered[-count:]
            break
    return found


def _alike(one: str, other: str, apart: int) -> bool:
    """Whether two lines are equal, or differ in one number by the pages between them."""
    if one == other:
        return True
    first, second = re.split(r"(\d+)", one), re.split(r"(\d+)", other)
    if len(first) != len(second):
        return False
    differing = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return len(differing) == 1 and all(
        a.isdecimal() and b.isdecimal() and int(b) - int(a) == apart for a, b in differing
    )


def pdf_properties(data: bytes) -> dict[str, str]:
    """What a PDF says of itself (`Title`, `Author`, `CreationDate`), and `largest`: the largest letters of its first
    page, which are its title more often. Empty where it cannot be read."""
    pdfium: Any = importlib.import_module("pypdfium2")
    try:
        document = pdfium.PdfDocument(data)
    except RuntimeError:
        return {}
    try:
        said = {key: value for key, value in document.get_metadata_dict(skip_empty=True).items() if value.strip()}
        lines = _lines(_runs(document, 0, pdfium)) if len(document) else []
    except RuntimeError:
        return {}
    finally:
        document.close()
    size = max((line.size for line in lines), default=0.0)
    title = " ".join(line.text for line in lines if line.size > 0.97 * size)
    return {**said, "largest": title} if title and len({round(line.size) for line in lines}) > 1 else said
