"""Answers in; citations and calls in texts that are printed as they are typed, out. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from reportgen.brief.citations import find_citations, mask_verbatim
from reportgen.brief.document import authored
from reportgen.diagnostics import Diagnostic, Places, Span
from reportgen.facts.answers import Answers
from reportgen.model.fact import TextValue
from reportgen.model.project import Project
from reportgen.model.text import Text

_SETTINGS = ("title", "publisher", "description", "license")


class _Owner(Protocol):
    @property
    def at(self) -> Places: ...


_PlainText = tuple[str, str, Text, _Owner, str]
"""What it is, its hint, the text, whose it is, and the key under which it stands there."""


def plain_text_problems(answers: Answers) -> Iterator[Diagnostic]:
    """A warning of each: readers would see its brackets or braces."""
    project = answers.project
    for name, hint, text, owner, key in (*_of_facts(project), *_of_the_rest(project)):
        for tag, typed in text.by_language:
            if "{{" not in typed and "@" not in typed:
                continue
            words, place = authored(text, owner.at, key, tag)
            call = words.find("{{")
            if call >= 0:
                yield _told("a call", name, hint, place(call, max(2, words.find("}}", call) + 2 - call)))
            for citation in find_citations(mask_verbatim(words)).citations if "@" in words else ():
                if any(item.source in project.sources for item in citation.items):
                    where = place(citation.start, citation.end - citation.start)
                    yield _told("a citation", name, hint, where)


def _told(what: str, name: str, hint: str, where: Span) -> Diagnostic:
    message = f"{what} is not read in {name}: it would be printed as it is typed"
    return Diagnostic("not-read-here", message, where, hint, "warning")


def _of_facts(project: Project) -> Iterator[_PlainText]:
    for fact in project.facts.values():
        hint = "name the source under evidence, or cite it in the fact's note"
        yield "a claim", hint, fact.claim, fact, "claim"
        if isinstance(fact.value, TextValue):
            yield "a value", hint, fact.value.text, fact, "value"


def _of_the_rest(project: Project) -> Iterator[_PlainText]:
    leave = "leave it out"
    for measure in project.measures.values():
        yield "a measure's label", leave, measure.label, measure, "label"
        yield "a measure's description", leave, measure.description, measure, "description"
    for check in project.checks.values():
        yield "a check's message", leave, check.message, check, "message"
    settings = project.settings
    for name in _SETTINGS:
        yield f"the site's {name}", leave, getattr(settings, name), settings, name
    for code, place in settings.places:
        yield "the name of a place", leave, place, settings, f"places.{code}"
    for page in project.pages.values():
        yield "the name of a page in the navigation", leave, Text.of(page.menu), page, "menu"
        if page.order is not None and not page.menu:
            hint = "give the page a short name for the navigation: menu: …"
            yield "the navigation, which shows a page's title,", hint, Text.of(page.title), page, "title"
    for brief in project.briefs.values():
        for n, keyword in enumerate(brief.keywords):
            yield "a keyword", leave, Text.of(keyword), brief, f"keywords.{n}"
        for n, author in enumerate(brief.authors):
            yield "an author's name", leave, Text.of(author.name), brief, f"authors.{n}.name"
