"""Objects that hold each other, let go of while many targets are made. Effects: the garbage collector of this process.

A page leaves a ring behind, of its macros and the drawings that these were given: half a megabyte. The collector by
itself would wait for a hundred of them.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass
from typing import Self

OFTEN, SELDOM = 16, 256
"""Targets after which what is new is looked through, and all that the build has made."""


_kept = False
"""Whether `keep_all` ran. Asking the collector what is frozen takes as long as there are objects."""


def keep_all() -> None:
    """What is there stays until the process ends: it is not looked through any more, and no `Garbage` undoes that."""
    global _kept
    gc.collect()
    gc.freeze()
    _kept = True


@dataclass(slots=True)
class Garbage:
    """For use as a context manager: what was there before it, such as the project, is not looked through."""

    made: int = 0
    froze: bool = False

    def __enter__(self) -> Self:
        if not _kept:
            gc.freeze()
            self.froze = True
        return self

    def __exit__(self, *_: object) -> None:
        if self.made >= SELDOM:
            gc.collect()
        if self.froze:
            gc.unfreeze()

    def count(self) -> None:
        """Another target is made."""
        self.made += 1
        if self.made % OFTEN == 0:
            gc.collect(2 if self.made % SELDOM == 0 else 0)
