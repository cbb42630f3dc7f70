"""Published works, and the saved texts of them that quotes are checked against."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from reportgen.diagnostics import Places, Span
from reportgen.model.edtf import Edtf

_TABLES = frozenset(
    {
        "text/csv",
        "text/tab-separated-values",
        "application/json",
        "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    }
)
"""Media types of files that hold rows alone."""


@dataclass(frozen=True, slots=True)
class ArchivedText:
    """One saved copy of a source."""

    sha256: str
    """Of the file's bytes, in lower-case hex. The file's name does not matter."""
    media_type: str = "text/plain"
    retrieved: Edtf | None = None
    """When the copy was saved."""
    language: str = ""
    """BCP 47 tag of its words, where the source itself says none."""
    at: Places = field(
        default=Places(Span.at("content/sources/archive.yaml")), kw_only=True, compare=False, metadata={"place": True}
    )

    @property
    def is_table(self) -> bool:
        """Whether it holds rows alone, as a spreadsheet does."""
        return self.media_type.partition(";")[0].strip().lower() in _TABLES


def newest_copy(copies: Sequence[ArchivedText]) -> ArchivedText | None:
    """The copy that was saved last: by `retrieved` where every copy has it, else the last in the list."""
    days = [copy.retrieved.start for copy in copies if copy.retrieved]
    if len(days) < len(copies):
        return copies[-1]
    return max(zip(days, range(len(copies)), copies, strict=True))[2] if copies else None


def newer_copies(copies: Sequence[ArchivedText], sha256: str, files: Collection[str] = ()) -> tuple[ArchivedText, ...]:
    """The copies that may be newer versions of the file with a hash, the newest first.

    A source may consist of several files: no table is a newer version of a page, and of two `files` that datasets are
    read from (their hashes) none is one of the other. Of a file that was not saved, any other copy may be.
    """
    own = next((copy for copy in copies if copy.sha256.lower() == sha256), None)
    others = set(files) - {sha256} if sha256 in files else set()
    rest = [
        copy for copy in copies if copy.sha256.lower() not in others and (own is None or copy.is_table == own.is_table)
    ]
    found: list[ArchivedText] = []
    while (newest := newest_copy(rest)) is not None and newest.sha256.lower() != sha256:
        found.append(newest)
        rest.remove(newest)
    return tuple(found)


def newest_first(copies: Sequence[ArchivedText]) -> tuple[ArchivedText, ...]:
    """The copies as they are listed, with the one before all others that was saved last."""
    newest = newest_copy(copies)
    return (newest, *(copy for copy in copies if copy is not newest)) if newest else ()


@dataclass(frozen=True, slots=True)
class Source:
    """A published work."""

    id: str
    """Its CSL id, as the author typed it."""
    slug: str
    """The id as file names and anchors spell it."""
    csl: str
    """What of the CSL-JSON item is cited and published, as canonical JSON: no notes, abstracts, keywords or files."""
    type: str
    """CSL type, e.g. `article-newspaper`."""
    title: str
    exported_id: str = ""
    """Its id in the reference manager's file, where keys.yaml gives it another."""
    short_title: str = ""
    """CSL `title-short`."""
    authors: tuple[str, ...] = ()
    """Family names, or the names of institutions."""
    issued: Edtf | None = None
    issued_words: str = ""
    """The date in its own words, where these are no EDTF: `in press`, `Q3 2021`."""
    publisher: str = ""
    container: str = ""
    """CSL `container-title`: the paper, journal or site that it appeared in."""
    url: str = ""
    """http or https: CSL `URL`, else the address of its DOI; empty where there is none."""
    language: str = ""
    """CSL `language`; empty means the site's. It decides how "1,234" in a quote is read."""
    remark: str = ""
    """What readers should know of it."""
    archived: tuple[ArchivedText, ...] = ()
    aliases: tuple[str, ...] = ()
    """Slugs that it had before, whose addresses lead here: written in archive.yaml."""
    at: Places = field(kw_only=True, compare=False, metadata={"place": True})
