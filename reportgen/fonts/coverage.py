"""An evaluated brief in; out: characters that no font of ours can print, each with its place. Effects: reads fonts."""

from __future__ import annotations

import html
import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from reportgen.diagnostics import Diagnostic, Places, Span
from reportgen.fonts.metrics import missing_glyphs
from reportgen.model.brief import Brief
from reportgen.model.evaluated import EvaluatedBrief
from reportgen.model.project import Project
from reportgen.model.source import Source
from reportgen.model.text import Text


def glyph_problems(brief: Brief, evaluated: EvaluatedBrief, text: str, project: Project) -> tuple[Diagnostic, ...]:
    """An error for each character that would print as an empty box, at the first place that it comes from. `text` is
    the evaluated brief written out."""
    missing = missing_glyphs("".join(set(html.unescape(text))))
    return tuple(_problem(char, _place(char, brief, evaluated, project)) for char in missing)


def _problem(char: str, where: Span) -> Diagnostic:
    name = f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip()
    hint = "write it in another way: a PDF may hold no character that its fonts cannot draw"
    return Diagnostic("no-glyph", f'no font can print "{char}" ({name})', where, hint)


def _place(char: str, brief: Brief, evaluated: EvaluatedBrief, project: Project) -> Span:
    """The first place in the brief, its figures, its facts, all sources, or the other values that a page shows."""
    used: list[Any] = [brief]
    used += [project.charts[figure.id] for figure in evaluated.figures if figure.id in project.charts]
    used += [project.facts[id] for id in evaluated.facts if id in project.facts]
    used += project.sources.values()
    used += [project.settings, *project.measures.values(), *project.conflicts.values(), *project.checks.values()]
    for value in used:
        for key, text in _keyed(value, ""):
            at = text.find(char)
            if at >= 0:
                return _inside(value, key, text, at)
    return brief.at.whole


def _inside(value: Any, key: str, text: str, at: int) -> Span:
    places: Places = value.at
    if isinstance(value, Brief) and key == "body":
        before = text[:at]
        line, column = before.count("\n"), at - before.rfind("\n")
        return Span.at(places.whole.file, value.body_line + line, column)
    return places.inside(key, at, at + 1) if key in places.keys else places[key]


def _keyed(value: Any, key: str) -> Iterator[tuple[str, str]]:
    """Every text of a value, by the dotted path of its key."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Text):
        for language, text in value.by_language:
            yield f"{key}.{language}".rstrip("."), text
    elif isinstance(value, Source):
        for name, item in json.loads(value.csl).items():
            yield name, json.dumps(item, ensure_ascii=False) if not isinstance(item, str) else item
    elif is_dataclass(value):
        for field in fields(value):
            if not field.metadata.get("place"):
                yield from _keyed(getattr(value, field.name), f"{key}.{field.name}".lstrip("."))
    elif isinstance(value, Sequence):
        for n, item in enumerate(value):
            yield from _keyed(item, f"{key}.{n}")
