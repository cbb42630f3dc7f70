"""An evaluated brief in; the same with the words of citations where no link can stand, out. Pure.

Citations are formatted when the whole document is known; until then plain texts (titles in metadata, alternative texts,
words in a drawing) hold their inserts.
"""

from __future__ import annotations

from dataclasses import replace

from reportgen.brief.history import in_reasons
from reportgen.brief.markdown import INSERT, replace_in_attributes
from reportgen.model.evaluated import FIRST_INSERT, CitationMark, EvaluatedBrief, ShownConflict
from reportgen.model.figure import Datum, EvaluatedFigure, Html


def with_citation_words(brief: EvaluatedBrief) -> EvaluatedBrief:
    """The brief with `EvaluatedBrief.citation_words` in its plain texts, and in the attributes of its HTML."""
    return _Placed(brief).brief() if brief.citation_words else brief


class _Placed:
    def __init__(self, brief: EvaluatedBrief) -> None:
        self._brief = brief

    def brief(self) -> EvaluatedBrief:
        brief, html, plain = self._brief, self._html, self._plain
        return replace(
            brief,
            title=html(brief.title),
            plain_title=plain(brief.plain_title),
            subtitle=html(brief.subtitle),
            abstract=html(brief.abstract),
            plain_abstract=plain(brief.plain_abstract),
            key_messages=tuple(map(html, brief.key_messages)),
            key_figures=tuple(replace(figure, label=html(figure.label)) for figure in brief.key_figures),
            changes=tuple(replace(change, text=html(change.text)) for change in brief.changes),
            history=in_reasons(brief.history, html),
            body=html(brief.body),
            notes=tuple(map(html, brief.notes)),
            entries=tuple(
                replace(entry, reading=html(entry.reading), note=html(entry.note)) for entry in brief.entries
            ),
            figures=tuple(map(self._figure, brief.figures)),
            conflicts=tuple(map(self._conflict, brief.conflicts)),
        )

    def _figure(self, figure: EvaluatedFigure) -> EvaluatedFigure:
        html, plain = self._html, self._plain
        return replace(
            figure,
            title=html(figure.title),
            subtitle=html(figure.subtitle),
            note=html(figure.note),
            plain_title=plain(figure.plain_title),
            plain_subtitle=plain(figure.plain_subtitle),
            plain_note=plain(figure.plain_note),
            alt=plain(figure.alt),
            columns=tuple(replace(column, title=plain(column.title)) for column in figure.columns),
            rows=tuple(replace(row, cells=tuple(map(self._datum, row.cells))) for row in figure.rows),
            lines=tuple(replace(line, label=plain(line.label)) for line in figure.lines),
            annotations=tuple((fact, plain(words)) for fact, words in figure.annotations),
        )

    def _datum(self, datum: Datum) -> Datum:
        return replace(datum, text=self._plain(datum.text)) if INSERT.search(datum.text) else datum

    def _conflict(self, conflict: ShownConflict) -> ShownConflict:
        return replace(conflict, title=self._plain(conflict.title), reason=self._html(conflict.reason))

    def _html(self, html: Html) -> Html:
        return replace_in_attributes(html, self._words)

    def _plain(self, text: str) -> str:
        return INSERT.sub(lambda found: self._words(found.group()), text)

    def _words(self, insert: str) -> str:
        item = self._brief.inserts[ord(insert) - FIRST_INSERT]
        return self._brief.citation_words[item.citation] if isinstance(item, CitationMark) else ""
