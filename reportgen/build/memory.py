"""How often Python looks for objects that nobody can reach. Nearly all that a build makes it keeps, and to look through
it took a twelfth of the time. Imports next to nothing, like `fresh`."""

from __future__ import annotations

import gc

OBJECTS = 100_000
"""New objects between two looks; Python's own number is 700."""


def look_seldom() -> None:
    """From now on in this process. What leaves much behind that holds itself, as a PDF does, calls `gc.collect`."""
    gc.set_threshold(OBJECTS)
