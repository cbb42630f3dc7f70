"""Pandoc and a project in, how its citations are formatted out. Pure but for the process that pandoc is."""

from __future__ import annotations

import errno

from reportgen.brief.cited import Cite
from reportgen.citing.pandoc import Citeproc, CiteprocError
from reportgen.diagnostics import Diagnostic, ReportError, Span
from reportgen.model.citation import CitationRequest, FormattedCitations
from reportgen.model.project import Project


def citing(citeproc: Citeproc, project: Project) -> Cite:
    """How citations are formatted. What the processor cannot use is a problem of the project's style or sources."""

    def cite(request: CitationRequest) -> FormattedCitations:
        try:
            return citeproc.format(request)
        except CiteprocError as error:
            if isinstance(error.__cause__, OSError):
                hint = "run the same command again; where memory is short, close other programs"
                if error.__cause__.errno == errno.EMFILE:
                    hint = "raise the limit for open files (ulimit -n); then run the same command again"
                found = Diagnostic("refused-by-system", error.message, Span.at("."), hint)
                raise ReportError([found]) from error
            where = project.settings.at["citation_style"]
            hint = "try another citation_style; if it is told again, a source's data is at fault"
            raise ReportError([Diagnostic("citations", error.message, where, hint)]) from error

    return cite
