"""The methods that `dataclasses` writes, compiled when they are first called.

Effects, when it is imported: replaces a function of Python's own `dataclasses`, in Python 3.11 and 3.12; later ones
compile all methods of a class at once, and are left as they are. To compile six methods of each of the program's 440
classes was a third of what it took to import it, and a run makes values of one class in four.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

WRITER = "_create_fn"
"""What `dataclasses` makes each method by, given its name first."""


def _late(name: str, write: Callable[[], Any]) -> Callable[..., Any]:
    """A method that puts the one that `write` gives in its own place."""
    written: list[Any] = []

    def method(self: Any, /, *given: Any, **named: Any) -> Any:
        if not written:
            written.append(write())
            for cls in type(self).__mro__:
                if vars(cls).get(name) is method:  # not that of a repr, which stands in a wrapper
                    written[0].__qualname__ = method.__qualname__
                    setattr(cls, name, written[0])
        return written[0](self, *given, **named)

    method.__name__ = name
    return method


def _compile_when_called(write: Callable[..., Any]) -> Callable[..., Any]:
    return lambda name, *given, **named: _late(name, lambda: write(name, *given, **named))


if hasattr(dataclasses, WRITER):
    setattr(dataclasses, WRITER, _compile_when_called(getattr(dataclasses, WRITER)))
