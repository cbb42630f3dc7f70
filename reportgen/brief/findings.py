"""What the parse of one text has found: notes, abbreviations, and what its author has to be told. Pure values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from reportgen.brief.doubts import Doubt


@dataclass(slots=True)
class Findings:
    """What the parse of one text has found."""

    places: dict[str, int] = field(default_factory=dict)
    """Label of a note, or `*` and an abbreviation -> the line that defines it."""
    within: dict[str, Token] = field(default_factory=dict)
    """Notes that stand within the text, `^[so]`, which is their label too."""
    abbreviations: dict[str, str] = field(default_factory=dict)
    spelled: set[str] = field(default_factory=set)
    """Abbreviations that the text uses."""
    links: set[str] = field(default_factory=set)
    """Labels of link definitions that the text uses."""
    addresses: dict[str, int] = field(default_factory=dict)
    """Address of a link or picture, not encoded -> the first line of the block that holds it first."""
    doubts: dict[tuple[str, str], Doubt] = field(default_factory=dict)
    """(kind, mark) -> the first of them."""
    uncalled: set[str] = field(default_factory=set)
    """Labels of notes that are called where no note is read."""
    lines: Sequence[int] = (0, 0)
    """The first line of the block that is read, and the one after it."""
    defines_notes: bool = True
    """Whether a note that is called must be defined here."""

    def tell(self, kind: str, mark: str, needle: str, about: str = "") -> None:
        """Notes what the author has to be told, once a mark."""
        self.doubts.setdefault((kind, mark), Doubt(kind, mark, needle, self.lines[0], about))

    def tell_removed(self, mark: str, needle: str) -> None:
        """Notes HTML that the page will not hold."""
        match mark:
            case "markdown=":
                self.tell("unread", mark, needle)
            case "picture":
                self.tell(mark, needle, needle)
            case _:
                self.tell("removed", mark, needle)


def findings_of(state: StateBlock | StateInline | StateCore) -> Findings:
    findings = state.env["findings"]
    assert isinstance(findings, Findings)
    return findings
