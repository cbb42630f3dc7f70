"""A template's tree and the types of what it is given in; the names that nothing here has, in any branch, out. Pure.

A page takes few of a template's branches, and Jinja tells of a name only once it is asked for. What is told here is
wrong whatever a page says: a name that is neither given, nor set, nor asked for by `is defined`, and what a value of a
known type does not have. Types are followed through attributes and loops, and nowhere else.
"""

from __future__ import annotations

import typing
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any

from jinja2 import nodes
from jinja2.meta import find_undeclared_variables

_UNION = type(int | None)
_ASKED = ("defined", "undefined")
_FALLBACKS = ("default", "d")


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name, or an attribute, that nothing here has."""

    name: str
    line: int
    known: tuple[str, ...]
    """What there is in its place."""


def names_set(tree: nodes.Template) -> frozenset[str]:
    """The names that a template gives to what it includes, and to its own blocks."""
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx in ("store", "param")}
    own |= {node.name for node in tree.find_all(nodes.Macro)} | {node.target for node in tree.find_all(nodes.Import)}
    listed = [name for node in tree.find_all(nodes.FromImport) for name in node.names]
    return frozenset(own | {name if isinstance(name, str) else name[1] for name in listed})


def unknown_names(tree: nodes.Template, given: Mapping[str, Any], also: Collection[str]) -> Iterator[UnknownName]:
    """In the order of the lines. `given`: name -> its type, None where it is not known; `also`: names without one."""
    allowed = {*given, *also, *names_set(tree), *_asked_for(tree)}
    lacking = find_undeclared_variables(tree) - allowed
    told: dict[tuple[str, int], UnknownName] = {}
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name in lacking:
            told.setdefault((name.name, name.lineno), UnknownName(name.name, name.lineno, tuple(sorted(allowed))))
    typed = _typed(tree, given)
    for part in tree.find_all(nodes.Getattr):
        kind = _type_of(part.node, typed)
        if kind is not None and part.attr not in _members(kind) and not _is_asked(part, tree):
            known = tuple(name for name in sorted(_members(kind)) if not name.startswith("_"))
            told.setdefault((part.attr, part.lineno), UnknownName(part.attr, part.lineno, known))
    return iter(sorted(told.values(), key=lambda one: one.line))


def _members(kind: type) -> frozenset[str]:
    """Its fields, properties and methods."""
    return frozenset(name for base in kind.__mro__ for name in base.__dict__)


def _asked_for(tree: nodes.Template) -> Iterator[str]:
    for node in (*tree.find_all(nodes.Test), *tree.find_all(nodes.Filter)):
        if node.name in (*_ASKED, *_FALLBACKS) and isinstance(node.node, nodes.Name):
            yield node.node.name


def _is_asked(part: nodes.Getattr, tree: nodes.Template) -> bool:
    """Whether it is asked anywhere if this is there."""
    asked = (
        node.node
        for node in (*tree.find_all(nodes.Test), *tree.find_all(nodes.Filter))
        if node.name in _ASKED + _FALLBACKS
    )
    return any(isinstance(node, nodes.Getattr) and node.attr == part.attr for node in asked)


def _typed(tree: nodes.Template, given: Mapping[str, Any]) -> dict[str, Any]:
    """Names that stand for one value wherever they stand -> its type: what is given and never set, and the variables of
    loops that no other loop has."""
    times = Counter(node.name for node in tree.find_all(nodes.Name) if node.ctx in ("store", "param"))
    found = {name: kind for name, kind in given.items() if name not in times}
    for loop in tree.find_all(nodes.For):
        if isinstance(loop.target, nodes.Name) and times[loop.target.name] == 1:
            items = _items(_hint_of(loop.iter, found))
            if items is not None:
                found[loop.target.name] = items
    return found


def _type_of(node: nodes.Node, typed: Mapping[str, Any]) -> type | None:
    """The class of a value, where it is one of ours whose fields are all that it has."""
    hint = _without_none(_hint_of(node, typed))
    return hint if isinstance(hint, type) and is_dataclass(hint) else None


def _hint_of(node: nodes.Node, typed: Mapping[str, Any]) -> Any:
    if isinstance(node, nodes.Name):
        return typed.get(node.name)
    if isinstance(node, nodes.Getattr) and (kind := _type_of(node.node, typed)) is not None:
        member = getattr(kind, node.attr, None)
        if isinstance(member, property):
            return typing.get_type_hints(member.fget).get("return")
        return typing.get_type_hints(kind).get(node.attr)
    return None


def _without_none(hint: Any) -> Any:
    if typing.get_origin(hint) in (typing.Union, _UNION):
        rest = [part for part in typing.get_args(hint) if part is not type(None)]
        return rest[0] if len(rest) == 1 else None
    return hint


def _items(hint: Any) -> Any:
    """What a tuple of any length, or a list, holds."""
    hint = _without_none(hint)
    held = typing.get_args(hint)
    if typing.get_origin(hint) is tuple and len(held) == 2 and held[1] is ...:
        return held[0]
    return None
