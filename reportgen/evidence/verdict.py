"""What the quotes of a value carry: the verdict that pages, commands and exports read. Values only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

ReadState = Literal["read", "partial", "unread", "contradicted", "paraphrase"]
ValueKind = Literal["number", "date", "text"]
Carries = Literal["", "place", "time", "name", "context"]
ShownAs = Literal["read", "inferred", "paraphrase", ""]
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


@dataclass(frozen=True, slots=True)
class Problem:
    """What speaks against printing a value as read, for a person."""

    code: str
    message: str
    """The cause, without a full stop."""
    hint: str
    """The next step."""
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True, slots=True)
class QuoteVerdict:
    """What one quote says of a value."""

    state: ReadState
    read: tuple[str, ...] = ()
    """The words in it that were read."""
    printed: tuple[str, ...] = ()
    """The numbers or dates of the value's kind that it prints, in its words."""
    lacking: tuple[str, ...] = ()
    """What it does not print of the value: `the day`, `the unit MW`, `"outlawed"`."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueVerdict:
    """What the quotes of a value carry."""

    kind: ValueKind
    state: ReadState
    quotes: tuple[QuoteVerdict, ...]
    """One for each quote, in their order; of a text, what they carry together, once for each."""
    read: tuple[str, ...] = ()
    """The words of the quotes that were read."""
    printed: tuple[str, ...] = ()
    """The numbers or dates of the value's kind that the quotes print."""
    lacking: tuple[str, ...] = ()
    """What no quote prints."""
    inferred: bool = False
    """Whether a reading says how the value was read, and says enough."""
    problems: tuple[Problem, ...] = ()
    """Errors and warnings. A value with an error is not to be published."""
    why: str = ""
    """What a person is told of a value in our words: which words the quote does not have. Without a full stop."""

    @property
    def mark(self) -> ShownAs:
        """How the value is shown: `read`, `inferred`, in our words (`paraphrase`), or not at all."""
        if any(problem.severity == "error" for problem in self.problems):
            return ""
        if self.inferred:
            return "inferred"
        return "paraphrase" if self.state == "paraphrase" else "read" if self.state == "read" else ""


def gathered(groups: Iterable[Iterable[_T]]) -> tuple[_T, ...]:
    """What several groups hold, each once, in their order."""
    return tuple(dict.fromkeys(item for group in groups for item in group))


def listed(texts: Sequence[str], *, quoted: bool = True) -> str:
    """`"a", "b" and "c"`."""
    marked = [f'"{text}"' if quoted else text for text in texts]
    return " and ".join(filter(None, (", ".join(marked[:-1]), *marked[-1:])))
