"""What the quotations of a value carry of it: one verdict, which all that shows or checks a value reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

VerdictState = Literal["read", "partial", "unread", "contradicted", "paraphrase"]
Carries = Literal["", "place", "time", "name", "context"]
"""What a quotation is given for where it does not carry the value."""
ValueKind = Literal["number", "date", "text"]
Carried = Literal["read", "inferred", "paraphrase", ""]
"""How a value is shown: read in its quotation, inferred from it, in our words; empty where it may not be shown."""


@dataclass(frozen=True, slots=True)
class ParaphraseCause:
    """Why a value is in our words."""

    kind: Literal["language", "value-negation", "quote-negation", "words", "order"]
    """Another language, a negation in only one of the two, or words that the quotation does not have."""
    words: tuple[str, ...]
    """The languages of value and quotation, the negation, or the words."""


@dataclass(frozen=True, slots=True)
class VerdictProblem:
    """What speaks against printing a value as read, for a person."""

    code: str
    message: str
    """The cause, without a full stop."""
    hint: str
    """The next step."""
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True, slots=True)
class QuoteVerdict:
    """What one quotation says of a value."""

    state: VerdictState
    read: tuple[str, ...] = ()
    """The words in it that were read."""
    printed: tuple[str, ...] = ()
    """The numbers or dates of the value's kind that it prints, in its words."""
    lacking: tuple[str, ...] = ()
    """What it does not print of the value: `the day`, `the unit MW`, `"outlawed"`."""
    problems: tuple[VerdictProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the quotations of a value carry."""

    kind: ValueKind
    state: VerdictState
    quotes: tuple[QuoteVerdict, ...]
    """One for each quotation, in their order; of a text, what they carry together, once for each."""
    read: tuple[str, ...] = ()
    """The words of the quotations that were read."""
    printed: tuple[str, ...] = ()
    """The numbers or dates of the value's kind that the quotations print."""
    lacking: tuple[str, ...] = ()
    """What no quotation prints."""
    inferred: bool = False
    """Whether a reading says how the value was read, and says enough."""
    problems: tuple[VerdictProblem, ...] = ()
    """Errors and warnings. A value with an error is not to be published."""
    cause: ParaphraseCause | None = None
    """Why a value is in our words; None for other values."""

    @property
    def why(self) -> str:
        """The cause for a person, without a full stop; empty where there is none."""
        if self.cause is None:
            return ""
        first, *_ = words = self.cause.words
        match self.cause.kind:
            case "language":
                return f"the value is in the language {first}, and the quote in {words[1]}"
            case "value-negation":
                return f'the value has "{first}", and the quote has no negation'
            case "quote-negation":
                return f'the quote has "{first}", and the value has no negation'
            case "order":
                return f'the quote has the words of the value in another order: "{first}"'
        *others, last = (f'"{word}"' for word in words)
        listed = " and ".join(filter(None, (", ".join(others), last)))
        return f"the quote does not have the word{'s' if others else ''} {listed}"

    @property
    def words_unread(self) -> bool:
        """Whether a quotation is in a language of which no words of relation are known: if it says "over", only its
        author has seen it."""
        return any(problem.code == "no-relation-words" for problem in self.problems)

    @property
    def carried(self) -> Carried:
        """How the value is shown."""
        if any(problem.severity == "error" for problem in self.problems):
            return ""
        if self.inferred:
            return "inferred"
        return "paraphrase" if self.state == "paraphrase" else "read" if self.state == "read" else ""
