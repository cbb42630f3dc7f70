"""Answers in; what is wrong in the meanings of the glossary out, used or not. Pure.

A page says nothing of it, so that it is told once.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.brief.document import Document, authored
from reportgen.brief.markdown import converter
from reportgen.brief.printing import Printing
from reportgen.diagnostics import Diagnostic
from reportgen.facts.answers import Answers
from reportgen.facts.view import View


def meaning_problems(answers: Answers) -> Iterator[Diagnostic]:
    """Typed digits, unknown facts and sources, links that lead nowhere: as in a brief."""
    for term in answers.project.glossary:
        for tag, _ in term.meaning.by_language:
            lang = tag or answers.project.settings.lang
            view = View(answers)
            printing = Printing(view, lang)
            document = Document(printing, converter(), view.classifier(lang), "briefs/any/")
            document.inline(*authored(term.meaning, term.at, "meaning", lang))
            yield from printing.problems
