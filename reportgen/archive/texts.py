"""A folder of saved texts in, where each quote stands out. Effects: reads the folder's files; writes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from reportgen.archive.extract import ExtractionError, extracted, extractor
from reportgen.archive.warc import WarcError, payloads
from reportgen.evidence.fold import FoldedText
from reportgen.evidence.match import Ambiguous, Match, Miss, MissKind, find_quote
from reportgen.evidence.script import count_words, problems_in_quote
from reportgen.evidence.surroundings import words_around
from reportgen.model.lock import Lock, LockEntry, MissedQuote
from reportgen.model.source import ArchivedText, newer_copies

MAX_WORDS = 12
"""How many words prefix, quote and suffix may hold together."""

OutcomeCode = Literal[
    "found",
    "quote-not-found",
    "quote-cut",
    "quote-piece-too-short",
    "quote-ambiguous",
    "quote-empty",
    "quote-too-long",
    "quote-mixed-script",
    "quote-bidi-control",
    "no-archived-text",
    "archive-missing",
    "archive-unreadable",
]

_CODES: dict[MissKind, OutcomeCode] = {
    "absent": "quote-not-found",
    "empty": "quote-empty",
    "cut-word": "quote-cut",
    "cut-number": "quote-cut",
    "cut-bound": "quote-cut",
    "cut-negation": "quote-cut",
    "cut-mood": "quote-cut",
    "short-piece": "quote-piece-too-short",
}
_NEXT_STEPS: dict[MissKind, str] = {
    "absent": "quote words that stand in the source",
    "short-piece": "each piece of a quote has two words or more",
}


@dataclass(frozen=True, slots=True)
class Archive:
    """Saved texts by their hash."""

    folder: Path
    files: dict[str, Path]
    """SHA-256 in lower-case hex -> a file with those bytes."""
    payloads: dict[str, tuple[Path, int]]
    """SHA-256 of a WARC record's payload -> its file and offset there."""
    notes: tuple[str, ...] = ()
    """What could not be looked into, in words."""
    _texts: dict[tuple[str, str], FoldedText] = field(default_factory=dict, repr=False, compare=False)

    def __contains__(self, sha256: str) -> bool:
        return sha256 in self.files or sha256 in self.payloads

    def data(self, sha256: str) -> bytes:
        """The bytes with this hash. Raises KeyError where the archive has none."""
        if sha256 in self.files:
            return self.files[sha256].read_bytes()
        path, offset = self.payloads[sha256]
        with path.open("rb") as file:
            return next(found.data for found in payloads(file) if found.offset == offset)

    def reads(self, archived: ArchivedText) -> bool:
        """Whether the text of a saved copy was given already."""
        return (archived.sha256.lower(), archived.media_type) in self._texts

    def text(self, archived: ArchivedText) -> FoldedText:
        """The text of a saved copy. Raises KeyError where the archive lacks it, ExtractionError where it gives none."""
        key = archived.sha256.lower(), archived.media_type
        if key not in self._texts:
            self._texts[key] = extracted(self.data(key[0]), key[1])
        return self._texts[key]


@dataclass(frozen=True, slots=True)
class QuoteRequest:
    """A quote to be looked for, as its author typed it."""

    source: str
    prefix: str
    quote: str
    suffix: str
    texts: tuple[ArchivedText, ...]
    """The saved copies of its source; the first that holds the quote counts."""
    language: str = ""
    """BCP 47 tag of the source; empty where it is not known."""
    files: frozenset[str] = frozenset()
    """Hashes of the files that datasets are read from."""


@dataclass(frozen=True, slots=True)
class QuoteOutcome:
    """What became of a request."""

    request: QuoteRequest
    code: OutcomeCode
    entry: LockEntry | None = None
    """Where the quote stands; None unless it was found."""
    reason: str = ""
    """Why it was not found, in the author's terms, without a full stop."""
    hint: str = ""
    """The next step, or the nearest passage with the differences marked."""
    warnings: tuple[str, ...] = ()
    """Deceiving characters that the archive itself holds, and copies that could not be read."""

    @property
    def missed(self) -> MissedQuote | None:
        """What is kept of a quote that was looked for in vain; of one whose copies could not be read, nothing."""
        asked = self.request
        if self.entry or not asked.texts or self.code.startswith("archive-"):
            return None
        copies = tuple(sorted({text.sha256.lower() for text in asked.texts}))
        return MissedQuote(asked.source, asked.prefix, asked.quote, asked.suffix, copies, self.reason)


def open_archive(folder: Path) -> Archive:
    """Index a folder's files, whatever they are called, and the records of its WARC files."""
    files: dict[str, Path] = {}
    held: dict[str, tuple[Path, int]] = {}
    notes: list[str] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            files.setdefault(hashlib.file_digest(file, "sha256").hexdigest(), path)
        if path.name.endswith((".warc", ".warc.gz")):
            try:
                with path.open("rb") as file:
                    for found in payloads(file):
                        held.setdefault(found.sha256, (path, found.offset))
            except WarcError as problem:
                notes.append(f"{path.relative_to(folder).as_posix()}: {problem}")
    return Archive(folder, files, held, tuple(notes))


def verify_quotes(requests: Iterable[QuoteRequest], archive: Archive) -> tuple[Lock, tuple[QuoteOutcome, ...]]:
    """Look for every quote. The outcomes stand in the order of the requests; the lock holds what was found."""
    outcomes = tuple(_outcome(request, archive) for request in requests)
    missed = (outcome.missed for outcome in outcomes)
    found = tuple(outcome.entry for outcome in outcomes if outcome.entry)
    return Lock(found, tuple(quote for quote in missed if quote)), outcomes


def _outcome(request: QuoteRequest, archive: Archive) -> QuoteOutcome:
    words = count_words(request.prefix, request.quote, request.suffix)
    if words > MAX_WORDS:
        reason = f"prefix, quote and suffix hold {words} words, which is more than {MAX_WORDS}"
        return QuoteOutcome(request, "quote-too-long", reason=reason, hint="quote only the words that carry the claim")
    if not request.texts:
        hint = "name a saved copy in sources/archive.yaml"
        return QuoteOutcome(request, "no-archived-text", reason=f'"{request.source}" has no archived text', hint=hint)
    missed: list[QuoteOutcome] = []
    warnings: list[str] = []
    for archived in request.texts:
        try:
            text = archive.text(archived)
        except KeyError:
            reason = f"no file in the archive has the SHA-256 {archived.sha256[:12]}…"
            missed.append(QuoteOutcome(request, "archive-missing", reason=reason, hint="; ".join(archive.notes)))
        except ExtractionError as problem:
            warnings.append(f"{archived.sha256[:12]}…: {problem}")
            missed.append(QuoteOutcome(request, "archive-unreadable", reason=str(problem)))
        else:
            outcome = _searched(request, archived, text)
            if outcome.entry:
                entry = replace(outcome.entry, lacking=_lacking(request, archived, archive))
                return QuoteOutcome(request, "found", entry, warnings=(*outcome.warnings, *warnings))
            missed.append(outcome)
    # A copy that was read says more than one that is missing.
    return min(missed, key=lambda outcome: outcome.code.startswith("archive-"))


def _lacking(request: QuoteRequest, holder: ArchivedText, archive: Archive) -> str:
    """The hash of the newest copy of the same file where that can be read and does not have the quote that `holder`
    has; else empty."""
    newer = newer_copies(request.texts, holder.sha256.lower(), request.files)
    if not newer:
        return ""
    newest = newer[0]
    try:
        text = archive.text(newest)
    except (KeyError, ExtractionError):
        return ""
    found = find_quote(text, request.prefix, request.quote, request.suffix, request.language)
    return newest.sha256.lower() if isinstance(found, Miss) else ""


def _searched(request: QuoteRequest, archived: ArchivedText, text: FoldedText) -> QuoteOutcome:
    problems = [
        problem for part in (request.prefix, request.quote, request.suffix) for problem in problems_in_quote(part)
    ]
    found = find_quote(text, request.prefix, request.quote, request.suffix, request.language)
    match found:
        case Match(start, end, pieces, outer, left_out):
            held = problems_in_quote(text.original[start:end])
            ours = {problem.message for problem in problems} - {problem.message for problem in held}
            if not ours:
                sha256, reader = archived.sha256.lower(), extractor(archived.media_type)
                words = request.source, request.prefix, request.quote, request.suffix
                before, after = words_around(text, outer, MAX_WORDS - count_words(*words[1:]), request.language)
                entry = LockEntry(*words, sha256, start, end, pieces, reader, before, after, left_out)
                warnings = tuple(f"{problem.message}; so the archived text has it" for problem in held)
                return QuoteOutcome(request, "found", entry, warnings=tuple(dict.fromkeys(warnings)))
        case Ambiguous(places, contexts) if not problems:
            reason = f"the quote stands {len(places)} times in the source"
            shown = " | ".join(f"…{context}…" for context in contexts[:3])
            return QuoteOutcome(
                request, "quote-ambiguous", reason=reason, hint=f"tell them apart by a prefix or suffix: {shown}"
            )
        case Miss(kind, reason, marked=marked) if not problems:
            hint = f"the nearest passage: {marked}" if marked else _NEXT_STEPS.get(kind, "")
            return QuoteOutcome(request, _CODES[kind], reason=reason, hint=hint)
    problem = problems[0]
    code: OutcomeCode = "quote-bidi-control" if problem.kind == "bidi-control" else "quote-mixed-script"
    return QuoteOutcome(request, code, reason=problem.message, hint="copy the words from the source, or type them anew")
