"""A project's templates and what went wrong in one in; the author's file, the line and the reason out. Pure.

Only where a template of the author's own takes part: what goes wrong in ours alone is a fault of the program.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from typing import Any

import jinja2
from jinja2.meta import find_referenced_templates

from reportgen.diagnostics import Diagnostic, Span
from reportgen.late_patterns import regex
from reportgen.load.suggest import did_you_mean
from reportgen.pages.default_theme import default_templates
from reportgen.pages.template_names import UnknownName, names_set, unknown_names

FOLDER = "templates/"
_COMPILED = (".html", ".xml", ".j2", ".jinja")
_GIVEN = "docs/templates.md lists the names that each template is given"
_LACKING = regex(r"'[\w.]+ object' has no attribute '(\w+)'")
_ALWAYS = ("site", "loop", "self", "super", "caller", "varargs", "kwargs")
_STEPS = (
    ("macro '", "give it what stands behind its name in {% macro %}"),
    ("does not export", "name a macro of that file, as it is written behind {% macro"),
    ("No filter named", "docs/templates.md lists the filters, besides those of Jinja"),
    ("No test named", "the tests are those of Jinja, such as `is defined`"),
    ("defined twice", "give each block of a file a name of its own"),
)
"""Words of Jinja's -> what to do."""
_UNDEFINED = regex(r"'\w+' is undefined")
_SYNTAX = "close every {{ with }} and every {% with %}; docs/templates.md shows how a template begins"


def own_templates(templates: Mapping[str, str]) -> dict[str, str]:
    """Those of a project's templates that its authors wrote."""
    ours = default_templates()
    return {name: text for name, text in templates.items() if ours.get(name) != text}


GivenNames = Mapping[str, Mapping[str, Any]]
"""Template that sets a page -> the names that it is given, each with its type."""


def template_problems(
    templates: Mapping[str, str], environment: jinja2.Environment, given: GivenNames, always: Collection[str]
) -> Iterator[Diagnostic]:
    """What can be seen without setting a page: templates that cannot be read, parents that are not there, and names
    that no page gives."""
    own = own_templates(templates)
    trees: dict[str, jinja2.nodes.Template] = {}
    for name, text in own.items():
        if not name.endswith(_COMPILED):
            continue
        try:
            environment.compile(text, name, FOLDER + name)
            trees[name] = environment.parse(text)
            wanted = find_referenced_templates(trees[name])
        except jinja2.TemplateSyntaxError as error:
            yield _unreadable(name, error)
        except RecursionError:
            yield _told(name, 1, "this template cannot be read: its parts stand too deep in each other", _SYNTAX)
        else:
            for other in wanted:
                if other is not None and other not in templates:
                    line = text.count("\n", 0, max(text.find(other), 0)) + 1
                    yield _missing(name, line, other, templates)
    # What a template sets, others that it includes are given too; which are included may be said by a value.
    everywhere = {
        *_ALWAYS,
        *always,
        *environment.globals,
        *(name for tree in trees.values() for name in names_set(tree)),
    }
    for name, tree in trees.items() if given else ():
        known = given.get(name) or {each: None for names in given.values() for each in names}
        for unknown in unknown_names(tree, known, everywhere):
            yield _unknown(name, unknown, own[name])


def unused(
    templates: Mapping[str, str], environment: jinja2.Environment, named: Collection[str]
) -> Iterator[Diagnostic]:
    """Files of a name that is none of ours, and that nothing takes in. `named`: those that a stylesheet takes in, and
    such as are looked for by name."""
    ours, own = default_templates(), own_templates(templates)
    taken: set[str | None] = {*named}
    for text in own.values():
        with suppress(jinja2.TemplateError, RecursionError):
            taken.update(find_referenced_templates(environment.parse(text)))
    if None in taken:  # which one is taken in, a value says
        return
    for name in own:
        if name not in ours and name not in taken and name.endswith((*_COMPILED, ".css", ".js")):
            hint = did_you_mean(name, ours) or "give it the name of one of ours, or take it in by a file that has one"
            yield Diagnostic("unknown-file", f"nothing reads {FOLDER}{name}", Span.at(FOLDER + name), hint, "warning")


def _unknown(name: str, unknown: UnknownName, text: str) -> Diagnostic:
    line = text.splitlines()[unknown.line - 1]
    found = re.search(rf"\b{unknown.name}\b", line)
    where = Span.at(FOLDER + name, unknown.line, found.start() + 1 if found else 1, len(unknown.name) if found else 1)
    hint = did_you_mean(unknown.name, unknown.known) or _GIVEN
    return Diagnostic("page-template", f'nothing here is called "{unknown.name}"', where, hint)


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
    if _UNDEFINED.fullmatch(str(error)) and (bare := _imported_bare(place[0], own)):
        name, line, written = bare
        whole = f"{written.removesuffix('%}').rstrip()} with context %}}"
        hint = f"names of a page reach what it imports by: {whole}; docs/templates.md lists them"
        return _told(name, line, f"{FOLDER}{place[0]} fails where it is imported so: {error}", hint)
    reason = _LACKING.sub(r'nothing here is called "\1"', str(error)) or type(error).__name__
    hint = next((hint for words, hint in _STEPS if words in reason), _GIVEN)
    return _told(*place, f"{fails}: {reason}", hint)


def _imported_bare(imported: str, own: Mapping[str, str]) -> tuple[str, int, str] | None:
    """(template, line, words) of what imports a template without the names that the page is given."""
    written = re.compile(rf"""\{{%-?\s*(?:import|from)\s+["']{re.escape(imported)}["'](?:(?!%\}}).)*%\}}""", re.S)
    for name, text in own.items():
        for found in written.finditer(text):
            if not re.search(r"with\s+context\s*-?%\}$", found[0]):
                return name, text.count("\n", 0, found.start()) + 1, found[0]
    return None


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
    hint = next((hint for words, hint in _STEPS if words in (error.message or "")), _SYNTAX)
    return _told(name or "", error.lineno, f"this template cannot be read: {error.message}", hint)


def _missing(name: str, line: int, other: object, templates: Mapping[str, str]) -> Diagnostic:
    hint = did_you_mean(str(other), templates) or f"write it to {FOLDER}{other}, or name one that is there"
    return _told(name, line, f'there is no template "{other}"', hint)


def _told(name: str, line: int, message: str, hint: str) -> Diagnostic:
    return Diagnostic("page-template", message, Span.at(FOLDER + name, max(line, 1)), hint)
