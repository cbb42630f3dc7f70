"""An evaluated brief in; out: the scripts in it that no font can print, each with its place. Effects: reads fonts."""

from __future__ import annotations

import html
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from reportgen.diagnostics import Diagnostic, Places, Span
from reportgen.fonts.setting import missing
from reportgen.fonts.typefaces import Shelf
from reportgen.installing import command_for
from reportgen.model.brief import Brief
from reportgen.model.evaluated import EvaluatedBrief
from reportgen.model.fact import Fact
from reportgen.model.project import Project
from reportgen.model.source import Source
from reportgen.model.text import Text

_MOST_SHOWN = 8
_SIGNS = ("Zyyy", "Zinh", "Zzzz")
"""Of no script: symbols, pictures, marks."""
_CJK = {"Hani": "Chinese and Japanese", "Hira": "Chinese and Japanese", "Kana": "Chinese and Japanese"} | {
    "Bopo": "Chinese and Japanese", "Hang": "Korean",
}  # fmt: skip


def glyph_problems(brief: Brief, evaluated: EvaluatedBrief, text: str, shelf: Shelf) -> tuple[Diagnostic, ...]:
    """Of each script that no font has: an error where an author wrote it, a notice where a source holds it, at the
    first such place. `text` is the evaluated brief written out."""
    project = shelf.project
    signs = missing(html.unescape(text) + _around(project), shelf)
    return tuple(_told(signs, _values(brief, evaluated, project), project, brief.at.whole)) if signs else ()


def fact_glyph_problems(fact: Fact, shelf: Shelf) -> tuple[Diagnostic, ...]:
    """The same of a fact, wherever it is printed."""
    signs = missing("".join(text for _, text in _keyed(fact, "")), shelf)
    return tuple(_told(signs, [fact], shelf.project, fact.at.whole)) if signs else ()


def _around(project: Project) -> str:
    """What stands around each brief: the texts of site.yaml."""
    settings = project.settings
    texts = (settings.title, settings.publisher, settings.description, settings.license)
    return "".join(words for text in texts for _, words in text.by_language)


def _told(signs: Collection[str], values: Sequence[Any], project: Project, whole: Span) -> Iterator[Diagnostic]:
    authored = list(_places(signs, values))
    others = list(_places(set(signs) - {sign for sign, _ in authored}, project.sources.values()))
    for places, severity in ((authored, "error"), (others, "notice")):
        scripts: dict[str, list[tuple[str, Span]]] = {}
        for sign, where in places:
            scripts.setdefault(_script(sign), []).append((sign, where))
        for script, found in scripts.items():
            yield _problem(script, [sign for sign, _ in found], min(where for _, where in found), severity == "error")
    placed = {sign for sign, _ in (*authored, *others)}
    if left := sorted(set(signs) - placed):
        yield _problem(_script(left[0]), left, whole, False)


def _problem(script: str, signs: Sequence[str], where: Span, is_error: bool) -> Diagnostic:
    shown = " ".join(dict.fromkeys(signs[:_MOST_SHOWN])) + " …" * (len(signs) > _MOST_SHOWN)
    codes = f" (U+{ord(signs[0][-1]):04X})" if len(signs) == 1 else ""
    what = f"the {script} script:" if script else "the signs" if len(signs) > 1 else "the sign"
    message = f"no font has {what} {shown}{codes}"
    named = "name a font that has it under fonts: in content/site.yaml"
    if script in _CJK.values():
        hint = f"{command_for('manimgx-fonts-cjk')}, or {named}"
    else:
        hint = named if script else f"write it in words, or {named}"
    if is_error:
        return Diagnostic("no-glyph", message, where, hint)
    return Diagnostic("no-glyph", f"{message}; a PDF shows a box", where, hint, "notice")


def _script(sign: str) -> str:
    """The name of a sign's script, by its letter; empty for what is of no script."""
    from fontTools import unicodedata

    code = next((code for char in sign if (code := unicodedata.script(char)) not in _SIGNS), "")
    return _CJK.get(code) or (unicodedata.script_name(code, "") or "").replace("_", " ") if code else ""


def _values(brief: Brief, evaluated: EvaluatedBrief, project: Project) -> list[Any]:
    """The brief, its figures, its facts, and the other values of authors that a page shows."""
    used: list[Any] = [brief]
    used += [project.charts[figure.id] for figure in evaluated.figures if figure.id in project.charts]
    used += [project.facts[id] for id in evaluated.facts if id in project.facts]
    used += [project.settings, *project.measures.values(), *project.conflicts.values(), *project.checks.values()]
    used += project.glossary
    return [*used, *project.datasets.values()]


def _places(signs: Collection[str], values: Iterable[Any]) -> Iterator[tuple[str, Span]]:
    """The first place of each sign."""
    left = set(signs)
    for value in values:
        for key, text in _keyed(value, ""):
            for sign in sorted(sign for sign in left if sign in text):
                left.discard(sign)
                yield sign, _inside(value, key, text, text.find(sign))
        if not left:
            return


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
        for name in _written(value.__class__):
            yield from _keyed(getattr(value, name), f"{key}.{name}".lstrip("."))
    elif isinstance(value, Sequence):
        for n, item in enumerate(value):
            yield from _keyed(item, f"{key}.{n}")


@cache
def _written(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass that an author writes."""
    return tuple(field.name for field in fields(kind) if not field.metadata.get("place"))
