"""The search index as a target, and what a brief is found by. It reads the pages that are searched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from reportgen.brief.wording import place_name
from reportgen.facts.view import View
from reportgen.late_patterns import regex
from reportgen.model.brief import Brief
from reportgen.rebuild.target import Reader, Target, TargetResult
from reportgen.searching.pagefind import search_index
from reportgen.searching.words import WordLists
from reportgen.targets.session import Session, record

SEARCH = "search index"
"""The target's name."""
SEARCH_FILES = "search/"
"""Where its files begin."""
Terms = tuple[tuple[str, str], ...]
"""(filter, value): `kind`, `place`, `year` or `source`."""


def search_target(session: Session, slugs: tuple[str, ...]) -> Target:
    """The index over briefs, pages, facts and sources."""

    def make(reader: Reader) -> TargetResult:
        reader.record(("version", "search"))
        reader.record(("published",))
        reader.record(("all", "facts"))
        reader.record(("published", "sources"))
        project = session.project
        reader.record(("published", "pages"))
        names = [f"page {slug}" for slug in (*sorted(slugs), *session.pages)]
        names += [f"kept {slug}" for slug in session.kept]
        names += [f"fact {id}" for id in project.facts] + [f"source {id}" for id in session.sources]
        reader.record(("languages",))
        for lang in session.languages[1:]:
            spoken = (id for id in session.sources if project.sources[id].language.partition("-")[0] == lang)
            names += [f"{lang} fact {id}" for id, fact in project.facts.items() if fact.claim.speaks(lang)]
            names += [f"{lang} source {id}" for id in spoken]
        made = {path: name for name in names for path in reader.paths(name) if path.endswith(".html")}
        return search_made(_SearchedPages(reader, made), several=len(session.languages) > 1)

    return Target(SEARCH, make)


class _SearchedPages(Mapping[str, bytes]):
    """Pages as they are searched, each read when it is its turn: together they would take up much memory."""

    def __init__(self, reader: Reader, made: Mapping[str, str]) -> None:
        self._reader = reader
        self._made = made
        """Path -> the target that makes it."""

    def __getitem__(self, path: str) -> bytes:
        return searched(self._reader.files(self._made[path])[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def search_made(pages: Mapping[str, bytes], *, several: bool = False) -> TargetResult:
    """The search index over these pages. `several`: they are the same in several languages."""
    words = WordLists()
    files = {**search_index(pages, words.add), **words.lists(several=several)}
    return TargetResult({f"{SEARCH_FILES}{path}": data for path, data in files.items()})


_MARKS = regex(rb'<(sup|i|span)\b[^>]*\baria-hidden="true"[^>]*>(?:(?!<\1\b).)*?</\1>|<a class="noteref".*?</a>', re.S)
"""The letters and signs of numbers, calls of notes: pagefind would read them as part of the word before them."""
_CELL_END = regex(rb"</(?:td|th|dt)>")


def searched(page: bytes) -> bytes:
    """A page with its drawings, scripts and styles emptied, in which pagefind does not search: most of it, where charts
    are; without the marks of its numbers, and with a sign between cells, which would run together."""
    for opening, closing in ((b"<svg", b"</svg>"), (b"<script", b"</script>"), (b"<style", b"</style>")):
        parts, at = [], 0
        while (start := page.find(opening, at)) >= 0 and (end := page.find(closing, start)) >= 0:
            parts.append(page[at : page.find(b">", start) + 1])
            at = end
        page = b"".join([*parts, page[at:]])
    return _CELL_END.sub(" · ".encode() + rb"\g<0>", _MARKS.sub(b"", page))


def terms(kind: str, places: list[str], time: str, sources: list[str]) -> Terms:
    """What a page is found by. `kind` is brief, page, fact or source, `time` ISO; empty values are left out."""
    found = [("kind", kind), *(("place", place) for place in places)]
    found += [("year", time[:4] if time[:4].isdecimal() else ""), *(("source", source) for source in sources)]
    return tuple(dict.fromkeys((name, value) for name, value in found if value))


def terms_target(session: Session, brief: Brief) -> Target:
    """What a brief is found by: it looks at its facts more closely than the page, so it is a target of its own."""

    def make(reader: Reader) -> TargetResult:
        evaluated, view = session.evaluated(brief, reader), View(session.answers)
        facts = [fact for id in evaluated.facts if (fact := view.fact(id)) is not None]
        places = sorted({place_name(view, fact.place, brief.lang) for fact in facts if fact.place})
        sources = sorted({e.source.short for entry in evaluated.entries for e in entry.evidence})
        record(reader, view)
        time = (evaluated.updated.text if evaluated.updated else "") if evaluated.is_page else evaluated.date.text
        found = terms("page" if evaluated.is_page else "brief", places, time, sources)
        return TargetResult(value=json.dumps(found, ensure_ascii=False).encode())

    return Target(f"terms {brief.slug}", make)


def read_terms(data: bytes) -> Terms:
    """A terms target's value, read back."""
    return tuple((name, value) for name, value in json.loads(data))
