"""What does not fit a page of paper, or cannot be drawn on one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Misfit:
    """A table, a word or a picture that is too large for the paper, however it is set."""

    anchor: str
    """The `id` of its element, or of the nearest one around it; empty: none."""
    words: tuple[str, ...]
    """Its first words; of a table, the heads of its columns."""
    table: bool = False
    needed: int = 0
    """The width in mm that a table needs in its smallest type."""
    room: int = 0
    """The width in mm that it can have."""
    undrawn: str = ""
    """Of a drawing that cannot be made: why."""
