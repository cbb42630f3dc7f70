"""What authors say of facts and conflicts in; its plain text, and what is wrong with it, out. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.brief.document import Document, authored
from reportgen.brief.markdown import converter
from reportgen.brief.printing import Printing
from reportgen.brief.wording import citation_words
from reportgen.diagnostics import Diagnostic, Places
from reportgen.facts.answers import Answers
from reportgen.facts.view import View
from reportgen.language.typed_numbers import HAS_DIGIT
from reportgen.language.words import with_plain_digits
from reportgen.late_patterns import regex
from reportgen.load.claims import YEAR, digit_in_claim
from reportgen.model.fact import Conflict, Fact
from reportgen.model.text import Text

_MORE_THAN_WORDS = regex(r"[^\w\s.,;:?!()'’‘“”\"/–—-]|_")
"""What may be Markdown, a call or a citation."""


def said(view: View, text: Text, at: Places, key: str, lang: str) -> str:
    """A text in a language, its values and citations printed and Markdown's marks left out."""
    words, place = authored(text, at, key, lang)
    if not _MORE_THAN_WORDS.search(words):
        return words
    document = _document(view, lang)
    plain = document.plain_line(words, place)
    return document.with_citations(plain, lambda n: citation_words(view, document.citations[n], lang))


def said_problems(answers: Answers) -> Iterator[Diagnostic]:
    """Numbers typed by hand, calls and citations that lead nowhere: printed by a brief or not, a page shows them."""
    view = View(answers)
    for fact in answers.project.facts.values():
        yield from fact_said_problems(view, fact)
    for conflict in answers.project.conflicts.values():
        for key, text in (("title", conflict.title), ("reason", conflict.reason)):
            yield from _problems(view, text, conflict, key)


def fact_said_problems(view: View, fact: Fact) -> Iterator[Diagnostic]:
    """The same of one fact."""
    yield from _claim_problems(view, fact)
    yield from _problems(view, fact.note, fact, "note")
    yield from _problems(view, fact.reading, fact, "reading", fact.quotes)


def _claim_problems(view: View, fact: Fact) -> Iterator[Diagnostic]:
    """What looks like a year, and counts something; other digits are told when the claim is loaded."""
    for tag, text in fact.claim.by_language:
        for run in view.classifier(tag or view.settings.lang).runs(text):
            if run.kind == "typed" and YEAR.fullmatch(with_plain_digits(text[run.start : run.end])):
                yield digit_in_claim(fact, tag, text, run.start, run.end)


def _problems(view: View, text: Text, of: Fact | Conflict, key: str, quotes: str = "") -> Iterator[Diagnostic]:
    for tag, _ in text.by_language:
        lang = tag or view.settings.lang
        words, place = authored(text, of.at, key, lang)
        suspect = HAS_DIGIT.search(words) or _MORE_THAN_WORDS.search(words)
        if suspect or view.classifier(lang).number_words(words):
            document = _document(view, lang)
            document.inline(words, place, quotes=quotes)
            yield from document.printing.problems


def _document(view: View, lang: str) -> Document:
    return Document(Printing(view, lang), converter(), view.classifier(lang))
