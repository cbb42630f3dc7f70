"""Where each quote was found in the archived texts. Values only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

LockKey = tuple[str, str, str, str]
OTHERWISE = 'the source says "'
"""How a reason begins that is no miss: the quote stands there, in a table that says another unit than its facts."""


@dataclass(frozen=True, slots=True, order=True)
class LeftOut:
    """Words of a quote's sentence that the quote leaves out, and that say something of a number in it."""

    kind: str
    """`denied`, `undone`, `condition`, `planned`, `expected`, `claimed`, `doubtful`, `up`, `down`, `compared`,
    `asked` or `part`."""
    words: str
    number: str
    """As the archived text has it; empty of a quote without one."""


@dataclass(frozen=True, slots=True, order=True)
class LockEntry:
    """A quote that was found, and where."""

    source: str
    prefix: str
    quote: str
    """As the author typed it, like `prefix` and `suffix`."""
    suffix: str
    sha256: str
    """Of the archived file's bytes (of the payload's, in a WARC), in lower-case hex."""
    start: int
    """Code-point offset of the quote, without prefix and suffix, in the archived text before folding."""
    end: int
    """One past its last code point."""
    pieces: tuple[tuple[int, int], ...] = ()
    """Half-open offsets of each piece, the first beginning at `start`; empty for a quote without a mark."""
    text: str = ""
    """Which reader of PDFs gave the text that the offsets count in, e.g. `pdfium-3`; empty where there is but one."""

    before: str = ""
    """Words of the archived text directly before prefix and quote, with the space after them; may be empty."""
    after: str = ""
    """Words directly after quote and suffix, with the space or mark before them; may be empty."""
    left_out: tuple[LeftOut, ...] = ()
    """What of its sentence the quote leaves out, and may not without a word of its author's."""
    lacking: str = ""
    """SHA-256 of the newest saved copy where that was searched and does not have the quote; else empty."""

    @property
    def key(self) -> LockKey:
        """What the entry is known by."""
        return self.source, self.prefix, self.quote, self.suffix


@dataclass(frozen=True, slots=True, order=True)
class MissedQuote:
    """A quote that was looked for in vain."""

    source: str
    prefix: str
    quote: str
    suffix: str
    sha256s: tuple[str, ...]
    """Of its source's saved copies, sorted; with another one it is to be looked for again."""
    reason: str
    """Why it was not found, in the author's terms."""

    @property
    def key(self) -> LockKey:
        """What it is known by, as an entry is."""
        return self.source, self.prefix, self.quote, self.suffix


@dataclass(frozen=True, slots=True)
class Lock:
    """All quotes that were found, sorted, one entry for each key; and those that were not."""

    entries: tuple[LockEntry, ...] = ()
    missed: tuple[MissedQuote, ...] = ()
    _by_key: dict[LockKey, LockEntry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_key = {entry.key: entry for entry in sorted(self.entries, reverse=True)}
        object.__setattr__(self, "_by_key", by_key)
        object.__setattr__(self, "entries", tuple(sorted(by_key.values())))
        missed = {quote.key: quote for quote in self.missed if quote.key not in by_key}
        object.__setattr__(self, "missed", tuple(sorted(missed.values())))

    def why_missed(self, source: str, prefix: str, quote: str, suffix: str, sha256s: Collection[str]) -> str:
        """Why a quote was not found in these copies; empty where it was not looked for in them."""
        key, copies = (source, prefix, quote, suffix), tuple(sorted(sha256s))
        return next((each.reason for each in self.missed if (each.key, each.sha256s) == (key, copies)), "")

    def trusted(self, source: str, prefix: str, quote: str, suffix: str, sha256s: Collection[str]) -> LockEntry | None:
        """The entry of a quote, as long as its archived text is still one of the source's; None means not verified."""
        entry = self._by_key.get((source, prefix, quote, suffix))
        return entry if entry and entry.sha256 in sha256s else None
