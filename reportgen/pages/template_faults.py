"""A project's templates and what went wrong in one in; the author's file, the line and the reason out. Pure.

Only where a template of the author's own takes part: what goes wrong in ours alone is a fault of the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import jinja2
from jinja2.meta import find_referenced_templates

from reportgen.diagnostics import Diagnostic, Span
from reportgen.load.suggest import did_you_mean
from reportgen.pages.default_theme import default_templates

FOLDER = "templates/"
_COMPILED = (".html", ".xml", ".j2", ".jinja")
_GIVEN = "docs/templates.md lists the names that each template is given"
_LACKING = re.compile(r"'[\w.]+ object' has no attribute '(\w+)'")
_SYNTAX = "close every {{ with }} and every {% with %}; docs/templates.md shows how a template begins"


def own_templates(templates: Mapping[str, str]) -> dict[str, str]:
    """Those of a project's templates that its authors wrote."""
    ours = default_templates()
    return {name: text for name, text in templates.items() if ours.get(name) != text}


def template_problems(templates: Mapping[str, str], environment: jinja2.Environment) -> Iterator[Diagnostic]:
    """What can be seen without setting a page: templates that cannot be read, and parents that are not there."""
    for name, text in own_templates(templates).items():
        if not name.endswith(_COMPILED):
            continue
        try:
            environment.compile(text, name, FOLDER + name)
            wanted = find_referenced_templates(environment.parse(text))
        except jinja2.TemplateSyntaxError as error:
            yield _unreadable(name, error)
        except RecursionError:
            yield _told(name, 1, "this template cannot be read: its parts stand too deep in each other", _SYNTAX)
        else:
            for other in wanted:
                if other is not None and other not in templates:
                    line = text.count("\n", 0, max(text.find(other), 0)) + 1
                    yield _missing(name, line, other, templates)


def template_fault(error: Exception, templates: Mapping[str, str], page: str) -> Diagnostic | None:
    """Why the template `page` could not be set; None where that is no fault of the author's templates."""
    own = own_templates(templates)
    if isinstance(error, jinja2.TemplateSyntaxError) and error.name in own:
        return _unreadable(error.name, error)
    place = next((place for place in reversed(_frames(error)) if place[0] in own), None)
    fails = "this template fails"
    if place is None:
        taking_part = [name for name in used(page, templates) if name in own]
        if not taking_part:
            return None
        place, fails = (taking_part[0], 1), f"the page {page} cannot be made with this template"
    if isinstance(error, jinja2.TemplateNotFound) and error.name:
        return _missing(*place, error.name, templates)
    if isinstance(error, RecursionError):
        return _told(*place, "this template includes or calls itself without an end", "let it call something else")
    reason = _LACKING.sub(r'nothing here is called "\1"', str(error)) or type(error).__name__
    return _told(*place, f"{fails}: {reason}", _GIVEN)


def _frames(error: Exception) -> list[tuple[str, int]]:
    """(template, line) of each template that was at work, the innermost last."""
    found = []
    trace = error.__traceback__
    while trace is not None:
        frame, line = trace.tb_frame, trace.tb_lineno
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:  # a macro that was called from Python: Jinja has not put its own line in yet
            found.append((template.name, template.get_corresponding_lineno(line)))
        elif frame.f_code.co_filename.startswith(FOLDER):
            found.append((frame.f_code.co_filename.removeprefix(FOLDER), line))
        trace = trace.tb_next
    return found


def used(page: str, templates: Mapping[str, str]) -> list[str]:
    """A template and all whose names stand in it, or in those."""
    found = [page]
    for name in found:
        named = re.findall(r"""["']([\w./-]+)["']""", templates.get(name, ""))
        found += [other for other in dict.fromkeys(named) if other in templates and other not in found]
    return found


def _unreadable(name: str | None, error: jinja2.TemplateSyntaxError) -> Diagnostic:
    return _told(name or "", error.lineno, f"this template cannot be read: {error.message}", _SYNTAX)


def _missing(name: str, line: int, other: object, templates: Mapping[str, str]) -> Diagnostic:
    hint = did_you_mean(str(other), templates) or f"write it to {FOLDER}{other}, or name one that is there"
    return _told(name, line, f'there is no template "{other}"', hint)


def _told(name: str, line: int, message: str, hint: str) -> Diagnostic:
    return Diagnostic("page-template", message, Span.at(FOLDER + name, max(line, 1)), hint)
