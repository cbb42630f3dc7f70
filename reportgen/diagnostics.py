"""Places in authors' files, and what is wrong there. Values only: nothing here reads, prints or exits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Literal

Severity = Literal["error", "warning", "notice"]
"""A notice never stops anything: what it tells of is true, and no fault of its author's."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of text in one of the authors' files."""

    file: str
    """Path from the project's root, with forward slashes."""
    line: int
    """Counted from 1, like the other three; 0 where the whole of `file` is meant, which may be an option's name."""
    column: int
    end_line: int
    end_column: int
    """One past the last character."""

    @classmethod
    def of(cls, whole: str) -> Span:
        """What has no lines: an option, or a part of what is to be written."""
        return cls(whole, 0, 0, 0, 0)

    @classmethod
    def at(cls, file: str, line: int = 1, column: int = 1, length: int = 1) -> Span:
        """A span of `length` characters on one line."""
        return cls(file, line, column, line, column + length)


@dataclass(frozen=True, slots=True)
class Places:
    """Where a value and each of its keys stand. Left out of equality and digests: moving a value does not change it."""

    whole: Span
    keys: Mapping[str, Span] = field(default_factory=dict)
    """Dotted path of a key (`evidence.0.quote`) -> where its value stands."""
    runs: Mapping[str, tuple[tuple[int, int, int], ...]] = field(default_factory=dict)
    """Dotted path of a text -> (offset in the text, line, column) where each run of it begins that its file spells the
    same way. A key that is not here is spelled on one line, as it is, from the start of its span."""

    @property
    def positions(self) -> object:
        """The same places, the same value, which is digested in little time."""
        return self.whole, getattr(self.keys, "positions", self.keys), self.runs

    def inside(self, key: str, start: int, end: int) -> Span:
        """The place of a part of a key's text, from `start` up to `end`: through quotes, escapes and folded lines."""
        span = self[key]
        runs = self.runs.get(key) or ((0, span.line, span.column),)
        line, column = _position(runs, start)
        end_line, end_column = _position(runs, max(end - 1, start))
        return Span(span.file, line, column, end_line, end_column + 1)

    def __getitem__(self, key: str) -> Span:
        """The place of a key's value, or of the nearest thing around it."""
        while key:
            if key in self.keys:
                return self.keys[key]
            key = key.rpartition(".")[0]
        return self.whole


def _position(runs: tuple[tuple[int, int, int], ...], offset: int) -> tuple[int, int]:
    first, line, column = runs[max(bisect_right(runs, offset, key=itemgetter(0)) - 1, 0)]
    return line, column + max(offset - first, 0)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: what, where, and what to do about it."""

    code: str
    """Stable and hyphenated, e.g. `unknown-fact`."""
    message: str
    """One sentence in the author's terms, without a full stop."""
    span: Span
    hint: str | None = None
    """The next step, e.g. `did you mean "wages-2021"?`."""
    severity: Severity = "error"
    more: str = ""
    """What else is to be known of it, a line before the next step."""
    lacks: str = ""
    """The key that is wanted and not there, or empty; else none."""


class ReportError(Exception):
    """Input that cannot be used. Carries every diagnostic that was found; the command line shows them."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(f"{len(self.diagnostics)} problems")


def errors(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Those that stop a build."""
    return tuple(d for d in diagnostics if d.severity == "error")


def counted_by_strict(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Those that stop a build with `--strict`."""
    return tuple(d for d in diagnostics if d.severity != "notice")


CAUSES = frozenset(
    (
        *(
            "file-name",
            "wrong-ending",
            "empty-file",
            "bad-id",
            "unreadable",
            "not-utf8",
            "not-merged",
            "missing-file",
            "duplicate-id",
            "not-csv",
            "csv-quote",
        ),
        *(
            "yaml-alias",
            "yaml-depth",
            "yaml-documents",
            "yaml-key",
            "yaml-merge",
            "yaml-syntax",
            "yaml-tab",
            "yaml-tag",
        ),
        *("json-syntax", "bibtex-syntax", "front-matter"),
    )
)
"""Codes of what keeps a file or an item from being read at all, by which much else may seem to be wrong."""


def in_file_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each once: causes of others first, then in the order of the files and of the lines within them."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda d: (d.code not in CAUSES, d.span, d.code, d.message)))
