"""A document's citations in, formatted: in the text, as notes where the style has notes, and as a list of sources."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportgen.brief.document import Document
from reportgen.brief.markdown import INSERT
from reportgen.brief.printing import Printing
from reportgen.model.brief import Brief
from reportgen.model.citation import CitationRequest, CitedWork, FormattedCitations
from reportgen.model.evaluated import CitationMark, ListedWork, NoteMark
from reportgen.model.figure import Html
from reportgen.model.text import Text

Cite = Callable[[CitationRequest], FormattedCitations]


@dataclass(frozen=True, slots=True)
class Cited:
    """What the citations of a document print."""

    formatted: FormattedCitations
    references: tuple[ListedWork, ...] = ()


def format_citations(document: Document, cite: Cite) -> Cited:
    """All citations of a document in one request, with the sources that its facts rest on."""
    view, lang = document.printing.view, document.printing.lang
    resting: dict[str, set[str]] = {}
    for id in document.printing.facts:
        fact = view.fact(id)
        for evidence in fact.evidence if fact else ():
            if view.source(evidence.source) is not None:
                resting.setdefault(evidence.source, set()).add(id)
    live = [n for n in range(len(document.citations)) if n not in document.merged]
    citations = tuple(document.citations[n] for n in live)
    cited = dict.fromkeys(item.source for citation in citations for item in citation.items)
    works = []
    for id in (*cited, *(source for source in resting if source not in cited)):
        source = view.source(id)
        assert source is not None
        works.append(CitedWork(source.csl, f"ref-{source.slug}"))
    if not works:
        return Cited(FormattedCitations((), (), False, ()))
    nocite = tuple(source for source in resting if source not in cited)
    formatted = cite(CitationRequest(citations, tuple(works), view.style, lang, nocite))
    references = []
    for entry in formatted.bibliography:
        source = view.source(entry.source)
        assert source is not None
        anchors = tuple(
            f"cite-{n + 1}"
            for n, citation in enumerate(document.citations)
            if n not in document.unlinked and any(item.source == entry.source for item in citation.items)
        )
        html = f"{entry.label} {entry.html}" if entry.label else entry.html
        references.append(
            ListedWork(source.id, source.slug, f"ref-{source.slug}", html, anchors, len(resting.get(source.id, ())))
        )
    spread = dict(zip(live, zip(formatted.citations, formatted.names, strict=True), strict=True))
    every = [spread.get(n, ("", "")) for n in range(len(document.citations))]
    texts, names = (tuple(pair[part] for pair in every) for part in (0, 1))
    return Cited(FormattedCitations(texts, names, formatted.note_style, formatted.bibliography), tuple(references))


def citations_as_notes(
    printing: Printing, formatted: FormattedCitations, texts: Sequence[Html], notes: tuple[Html, ...]
) -> tuple[tuple[str, ...], tuple[Html, ...], tuple[Html, ...]]:
    """In a note style citations become footnotes, numbered together with the author's own.

    Takes the texts in the order of reading; gives what each citation prints in its place, the texts and the notes.
    A citation elsewhere, as in a note of the author's or under a figure, prints in its place, in brackets.
    """
    if not formatted.note_style:
        return formatted.citations, tuple(texts), notes
    marks = [
        f"{name} ({text.rstrip('.')})" if name else f"({text.rstrip('.')})"
        for text, name in zip(formatted.citations, formatted.names, strict=True)
    ]
    ordered: list[Html] = []
    renumbered: dict[int, int] = {}
    out = []
    for text in texts:
        pieces = []
        for piece in re.split(f"({INSERT.pattern})", text):
            item = printing.inserted(piece) if INSERT.fullmatch(piece) else None
            pieces.append(piece)
            if isinstance(item, NoteMark):
                if item.note not in renumbered:
                    renumbered[item.note] = len(ordered)
                    ordered.append(notes[item.note])
                printing.exchange(piece, NoteMark(renumbered[item.note]))
            elif isinstance(item, CitationMark):
                marks[item.citation] = formatted.names[item.citation]
                pieces.append(printing.insert(NoteMark(len(ordered))))
                ordered.append(f'<span data-n="citation">{formatted.citations[item.citation]}</span>')
        out.append("".join(pieces))
    for n, note in enumerate(notes):  # a note that only another note calls
        if n not in renumbered:
            renumbered[n] = len(ordered)
            ordered.append(note)
    for note in notes:
        for piece in INSERT.findall(note):
            item = printing.inserted(piece)
            if isinstance(item, NoteMark):
                printing.exchange(piece, NoteMark(renumbered[item.note]))
    return tuple(marks), tuple(out), tuple(ordered)


def how_to_cite(brief: Brief, title: str, printing: Printing, cite: Cite) -> str:
    """The brief itself as a reference."""
    view = printing.view
    publisher, base = view.setting("publisher"), view.setting("base_url")
    assert isinstance(publisher, Text)
    item = {
        "id": "this",
        "type": "report",
        "title": title,
        "author": [{"literal": author.name} for author in brief.authors],
        "issued": {"date-parts": [[int(part) for part in brief.date.text.split("-")]]},
        "publisher": publisher.in_language(brief.lang),
        "URL": f"{base}briefs/{brief.slug}/",
    }
    work = CitedWork(json.dumps(item, ensure_ascii=False, sort_keys=True), "cite")
    formatted = cite(CitationRequest((), (work,), view.style, brief.lang, ("this",)))
    return formatted.bibliography[0].html if formatted.bibliography else ""
