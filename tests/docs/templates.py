"""The contexts of page templates in, docs/templates.md out: each template, the names that it may use, and their types.

Every class that a name leads to has its fields listed, with the docstring under each.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
import types
import typing
from collections.abc import Iterator
from dataclasses import is_dataclass
from enum import Enum
from functools import cache
from typing import Any

import jinja2
import jinja2.meta
from jinja2 import nodes

import reportgen.targets.contexts  # noqa: F401 - so that every context is there
from reportgen.pages.context import PageContext
from tests.docs.blocks import ROOT

ALWAYS = {
    "_": '`_("Facts")` gives a phrase in the language of the page; further arguments fill its `{}`',
    "counted": '`counted("facts rest on it", n)` gives a phrase in the form that it has beside the number `n`',
    "around": '`around("{} facts", n)` gives what stands before, between and after what a template fills into a phrase',
    "dated": '`dated("Edition of {}", day, text)` gives the `text` of a day, or the day in the language of the phrase',
    "lang": "the language of the page, such as `en`",
    "dir": "the direction that this is written in: `ltr` or `rtl`",
    "site": "what all pages show of site.yaml: [Site](#site)",
}
"""What every template may use besides its context."""
FILTERS = {
    "days": "a text in which no line ends between a day and its month",
    "dated": "a date in HTML, whose parts stay on one line",
    "enlarged": "a value in large type: its number in an element to be set large, the words beside it in others",
    "large_letters": "how many letters are large of the longest of what `enlarged` made",
    "loosened": "a value in large type, which may wrap between the number and its unit",
    "quoted": "a quotation between the quotation marks of a language: `quoted(lang)`",
    "begun": "plain text with a capital letter at its beginning",
    "own_name": "the name of a language, given by its tag, in itself: `Español`",
    "unstopped": "a phrase without its full stop",
    "stop": "the full stop after a text, nothing where it has one: `г.`",
    "typeset": "plain text with the quotation marks, dashes and spaces of the page's language; never for HTML",
    "plain_lines": "a line of text.txt of an edition as it was read",
    "digits": 'plain text with each run of digits in a `<span data-n="…">`, as every page needs; `digits("name")` says '
    "what kind of digits they are",
}
FOLDER = ROOT / "templates"
MACROS = ("marks.html", "lists.html", "beside.html", "edition.html")
"""Templates of macros alone."""
LAYOUT = ("base.html",)

HEAD = """\
# Templates

A file in your project's `templates/` takes the place of ours of the same name; copy ours to begin with. Templates are
[Jinja](https://jinja.palletsprojects.com/), and a name that a template is not given is an error, in a branch that no
page takes too; ask for it by `is defined` where it may be lacking. Values are frozen: templates lay out, and decide
nothing. A file of another name is read where one of these extends, includes or imports it.

This page is made of the types in `reportgen/pages/context.py` and `reportgen/targets/contexts.py`.
"""


def contexts() -> dict[str, type[PageContext]]:
    """Template -> the class of what it is given."""
    found: dict[str, type[PageContext]] = {}
    waiting: list[type[PageContext]] = [PageContext]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if "template" in vars(kind) and getattr(sys.modules[kind.__module__], kind.__name__) is kind:
            found[kind.template] = kind  # a dataclass with slots has a twin without
    return dict(sorted(found.items()))


@cache
def parsed(name: str) -> nodes.Template:
    environment = jinja2.Environment()
    environment.filters |= dict.fromkeys(FILTERS, str)
    return environment.parse((FOLDER / name).read_text("utf-8"))


def references(name: str) -> set[str]:
    """The templates that one extends, includes or imports, however deep."""
    found, waiting = set[str](), [name]
    while waiting:
        for other in jinja2.meta.find_referenced_templates(parsed(waiting.pop())):
            if other and other not in found and other.endswith(".html"):
                found.add(other)
                waiting.append(other)
    return found


def wanted(name: str) -> set[str]:
    """The names that a template and all that it refers to want from outside."""
    found: set[str] = set()
    for each in (name, *references(name)):
        tree = parsed(each)
        own = {node.name for node in tree.find_all(nodes.Macro)} | {node.target for node in tree.find_all(nodes.Import)}
        own |= {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
        found |= jinja2.meta.find_undeclared_variables(tree) - own
    return found


def document() -> str:
    """docs/templates.md."""
    parts = [HEAD, "## What every template may use\n", *_list(ALWAYS), "", "Filters:\n", *_list(FILTERS), ""]
    parts += _table(PageContext)
    named: dict[str, type] = {}
    for template, kind in contexts().items():
        parts += [f"## {template}\n", f"{_said(kind)}\n"]
        own = [base for base in reversed(kind.__mro__) if issubclass(base, PageContext) and base is not PageContext]
        rows = [row for base in own for row in rows_of(base)]
        parts += _rows(rows) if rows else ["It is given what every template is given.\n"]
    for kind in (PageContext, *contexts().values()):
        named |= reachable(kind)
    parts += ["## Macros\n", "Called by our templates, and by the program for what stands in a text:\n"]
    for name in MACROS:
        shown = [f"`{m.name}({', '.join(a.name for a in m.args)})`" for m in parsed(name).find_all(nodes.Macro)]
        parts.append(f"- {name}: {' '.join(sorted(shown))}")
    parts += ["", "## Types\n", "What the names above lead to.\n"]
    for name, each in sorted(named.items(), key=lambda item: item[0].casefold()):
        parts += [f"### {name}\n", f"{_said(each)}\n", *_members(each)]
    return "\n".join(parts).rstrip() + "\n"


def _list(entries: dict[str, str]) -> list[str]:
    return [f"- `{name}`: {meaning}" for name, meaning in entries.items()]


def _table(kind: type) -> list[str]:
    bases = [base for base in kind.__mro__ if base is kind or is_dataclass(base)]
    return _rows([row for base in bases for row in rows_of(base)])


def _members(kind: type) -> list[str]:
    if issubclass(kind, Enum):
        return [" · ".join(f"`{member.value}`" for member in kind) + "\n"]
    return _table(kind)


Row = tuple[str, str, str]
"""Name, type and meaning."""


def _rows(rows: list[Row]) -> list[str]:
    lines = ["| name | type | meaning |", "|---|---|---|"]
    return [*lines, *(f"| `{name}` | {kind} | {meaning} |" for name, kind, meaning in rows), ""]


def rows_of(kind: type) -> list[Row]:
    """The fields of a class, and its properties."""
    source = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(source, ast.ClassDef)
    rows = []
    for node, after in zip(source.body, [*source.body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            typed = ast.unparse(node.annotation)
            if not typed.startswith("ClassVar") and node.target.id != "at":
                rows.append((node.target.id, _typed(typed), _docstring(after)))
        elif isinstance(node, ast.FunctionDef) and any(ast.unparse(d) == "property" for d in node.decorator_list):
            typed = ast.unparse(node.returns) if node.returns else ""
            rows.append((node.name, _typed(typed), _flat(ast.get_docstring(node) or "")))
    return rows


def _docstring(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return _flat(node.value.value)
    return ""


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def _typed(annotation: str) -> str:
    """A type as it is read aloud, each class a link to its own fields."""
    text = annotation.replace(" | None", " or none").replace(" | ", " or ").replace(", ...", ", …")
    return re.sub(r"\b[A-Z]\w+\b", lambda m: f"[{m[0]}](#{m[0].lower()})" if m[0] in _known() else m[0], text)


@cache
def _known() -> frozenset[str]:
    return frozenset(name for kind in (PageContext, *contexts().values()) for name in reachable(kind))


def _said(kind: type) -> str:
    return _flat(inspect.getdoc(kind) or "")


@cache
def reachable(kind: type) -> dict[str, type]:
    """Name -> class, of every class of ours that a context's fields lead to; not the context itself."""
    found: dict[str, type] = {}
    waiting = list(_classes_in(kind))
    while waiting:
        each = waiting.pop()
        if each.__name__ not in found:
            found[each.__name__] = each
            waiting += _classes_in(each) if not issubclass(each, Enum) else ()
    return found


def _classes_in(kind: type) -> Iterator[type]:
    hints = typing.get_type_hints(kind)
    hints |= {
        name: typing.get_type_hints(member.fget).get("return")
        for name, member in inspect.getmembers(kind, lambda member: isinstance(member, property))
    }
    for name, hint in hints.items():
        if name != "at":
            yield from _ours(hint)


def _ours(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and not isinstance(hint, types.GenericAlias):
        if hint.__module__.startswith("reportgen.") and (is_dataclass(hint) or issubclass(hint, Enum)):
            yield hint
        return
    for part in typing.get_args(hint):
        yield from _ours(part)
