"""The cells of a table's row in, the row as a line of text out: ` | ` between its cells. Pure.

The mark keeps cells apart: without it 12 beside 500 would be read as 12 500. What is laid out as a table, and is none,
stays lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

BETWEEN = " | "
_LONGEST_CELL = 300
"""Characters; what is longer is text that a table lays out."""


def row_line(cells: Sequence[str]) -> str:
    """A row as a line, without the empty cells at its end."""
    line = BETWEEN.join(" ".join(cell.split()) for cell in cells)
    return re.sub(r"(?: \|\s*)+$", "", line)


def is_row(cells: Sequence[str]) -> bool:
    """Whether cells are a row of data: two at least with words in them, and none of them a text of its own."""
    return sum(bool(cell.strip()) for cell in cells) >= 2 and all(len(cell) <= _LONGEST_CELL for cell in cells)
