"""A project's folder and a source's id in, what could be taken from the source out. Effects: reads files."""

from __future__ import annotations

from reportgen import pipeline
from reportgen.archive.extract import ExtractionError
from reportgen.archive.media_types import CSV, PDF, SHEETS, media_type_and_charset
from reportgen.archive.pdf_text import page_starts
from reportgen.archive.texts import Archive
from reportgen.desk.proposing import Suggested, suggested
from reportgen.diagnostics import Diagnostic, ReportError
from reportgen.evidence.fold import FoldedText
from reportgen.model.project import Project
from reportgen.model.source import ArchivedText, Source, newest_copy


def text_of(source: Source, archive: Archive, copy: ArchivedText | None = None) -> tuple[FoldedText, ArchivedText]:
    """The text of a saved copy of a source, by default the newest. Raises ReportError."""
    where = source.at["id"]
    copy = copy or newest_copy(source.archived)
    if copy is None:
        hint = "run `reportgen add FILE --as ID`, FILE being a copy of it and ID its id"
        raise ReportError([Diagnostic("no-archived-text", f'"{source.id}" has no saved copy', where, hint)])
    try:
        return archive.text(copy), copy
    except KeyError:
        message = f'the copy of "{source.id}" is not in {archive.folder}'
        hint = f"no file there has the SHA-256 {copy.sha256[:12]}…; name another folder with --archive DIR"
        raise ReportError([Diagnostic("archive-missing", message, where, hint)]) from None
    except ExtractionError as problem:
        message = f'the copy of "{source.id}" gives no text: {problem}'
        raise ReportError([Diagnostic("archive-unreadable", message, where)]) from None


def pages_of(copy: ArchivedText, archive: Archive) -> tuple[int, ...]:
    """Where each page of a PDF begins in its text, and last where the running lines of all stand; else nothing."""
    kind = media_type_and_charset(copy.media_type)[0]
    return page_starts(archive.data(copy.sha256.lower())) if kind == PDF else ()


def is_table(copy: ArchivedText) -> bool:
    """Whether a copy is a spreadsheet or CSV."""
    kind = media_type_and_charset(copy.media_type)[0]
    return kind == CSV or kind in SHEETS


def suggestions_of(
    source: Source,
    project: Project,
    archive: Archive,
    *,
    wanted: int = 0,
    everything: bool = False,
    copy: ArchivedText | None = None,
    within: tuple[int, int] | None = None,
) -> Suggested:
    """What a copy of a source could give, by default the newest, as `suggested` says. Raises ReportError."""
    text, copy = text_of(source, archive, copy)
    return suggested(
        text,
        source,
        project,
        pipeline.units_of(project),
        pages=pages_of(copy, archive),
        is_table=is_table(copy),
        wanted=wanted,
        everything=everything,
        within=within,
    )
