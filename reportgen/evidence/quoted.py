"""What the judges of values share: the words of one evidence, and how findings are put together. Values only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from reportgen.model.verdict import Carries

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words of one evidence."""

    text: str
    """The quote alone: prefix and suffix carry nothing."""
    language: str
    """BCP 47 tag of its source, else of the site."""
    carries: Carries = ""
    """What it is quoted for where it does not carry the value."""


def gathered(groups: Iterable[Iterable[_T]]) -> tuple[_T, ...]:
    """What several groups hold, each once, in their order."""
    return tuple(dict.fromkeys(item for group in groups for item in group))


def listed(texts: Sequence[str], *, quoted: bool = True) -> str:
    """`"a", "b" and "c"`."""
    marked = [f'"{text}"' if quoted else text for text in texts]
    return " and ".join(filter(None, (", ".join(marked[:-1]), *marked[-1:])))
