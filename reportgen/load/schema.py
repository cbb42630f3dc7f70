"""A map out of a file and a model of its keys in; the model's fields, and every wrong key in words, out. Pure."""

from __future__ import annotations

from collections.abc import Sequence as AnySequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, model_validator
from pydantic_core import ErrorDetails

from reportgen.diagnostics import Diagnostic, Span
from reportgen.load.fields import a_or_an
from reportgen.load.suggest import did_you_mean
from reportgen.load.yaml import Mapping, Scalar, Sequence, YamlDocument, YamlNode


class Keys(BaseModel):
    """The keys of one kind of map. A key that is empty counts as left out; unknown ones are told to the context."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _sort_out(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, Mapping):
            return value
        known = cls._names()
        kept: dict[str, YamlNode] = {}
        for key, content in value.items():
            if key not in known:
                if isinstance(info.context, _Unknown):
                    hint = did_you_mean(key, known) or f"the keys here are {', '.join(sorted(known))}"
                    info.context.keys.append((value.names[key], hint))
            elif not (isinstance(content, Scalar) and content.plain and not content):
                kept[key] = content
        return kept

    @classmethod
    def _names(cls) -> frozenset[str]:
        names = _NAMES.get(cls)
        if names is None:
            names = frozenset(field.alias or name for name, field in cls.model_fields.items())
            _NAMES[cls] = names
        return names


_NAMES: dict[type[Keys], frozenset[str]] = {}
Model = TypeVar("Model", bound=Keys)


@dataclass(slots=True)
class _Unknown:
    keys: list[tuple[Scalar, str]] = field(default_factory=list)


def check(
    model: type[Model], document: YamlDocument, node: Mapping
) -> tuple[Model | None, frozenset[str], list[Diagnostic]]:
    """The map's fields, the names of those that had to be left out, and what is wrong.

    A field that is wrong and can be done without is left out, so that all else can still be
    looked at; None where it cannot be.
    """
    unknown = _Unknown()
    found: list[Diagnostic] = []
    failed: frozenset[str] = frozenset()
    checked: Model | None = None
    try:
        checked = model.model_validate(node, context=unknown)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        found += [_diagnostic(document, node, detail) for detail in details]
        failed = frozenset(str(detail["loc"][0]) for detail in details if detail["loc"])
        checked = _without(model, node, failed)
    for key, hint in unknown.keys:
        span = document.source.span(key.start, key.end)
        found.append(Diagnostic("unknown-key", f'there is no key "{key}" here', span, hint))
    return checked, failed, found


def _without(model: type[Model], node: Mapping, failed: frozenset[str]) -> Model | None:
    rest = Mapping((key, value) for key, value in node.items() if key not in failed)
    rest.names, rest.start, rest.end = node.names, node.start, node.end
    try:
        return model.model_validate(rest)
    except ValidationError:
        return None


def _diagnostic(document: YamlDocument, node: Mapping, detail: ErrorDetails) -> Diagnostic:
    """A pydantic error in the author's words."""
    location, context = detail["loc"], detail.get("ctx", {})
    value, key = _found(node, location)
    name = next((part for part in reversed(location) if isinstance(part, str)), "")
    if detail["type"] == "missing":
        return _missing(document, node, location)
    span = _span(document, value, key)
    if "message" in context:
        message = str(context["message"]).replace("%KEY%", f'"{name}"')
        return Diagnostic(detail["type"], message, span, context.get("hint"))
    if detail["type"] in ("list_type", "tuple_type"):
        hint = f"begin each item below {name}: with a -, or write {name}: […]"
        return Diagnostic("wrong-type", f'"{name}" must be a list, and is {a_or_an(value)}', span, hint)
    hint = "write its keys below it, indented, or between { and }"
    return Diagnostic("wrong-type", f'"{name}" must hold keys and values, and is {a_or_an(value)}', span, hint)


def _missing(document: YamlDocument, node: Mapping, location: AnySequence[int | str]) -> Diagnostic:
    holder, _ = _found(node, location[:-1])
    name = location[-1]
    if isinstance(holder, Mapping) and name in holder:
        span = _span(document, holder, holder.names[str(name)])
        return Diagnostic("missing-key", f'the key "{name}" has no value', span, f"write it after the colon: {name}: …")
    return Diagnostic("missing-key", f'the key "{name}" is missing', heading(document, holder), f"add {name}: …")


def heading(document: YamlDocument, node: YamlNode) -> Span:
    """Where to point when a whole map is meant: its id, else its first key."""
    if isinstance(node, Mapping) and node:
        first: YamlNode = node.get("id") or next(iter(node.names.values()))
        return document.source.span(first.start, first.end)
    return document.source.span(node.start, min(node.start + 1, node.end))


def _found(node: YamlNode, location: AnySequence[int | str]) -> tuple[YamlNode, Scalar | None]:
    """The value at a location or the nearest around it, and its key."""
    key: Scalar | None = None
    for part in location:
        if isinstance(node, Mapping) and part in node:
            key = node.names[str(part)]
            node = node[str(part)]
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node):
            node = node[part]
    return node, key


def _span(document: YamlDocument, value: YamlNode, key: Scalar | None) -> Span:
    """A scalar's own place; for a list or a map that of its key, which is shorter."""
    if isinstance(value, Scalar) or key is None:
        return document.span(value)
    return document.source.span(key.start, key.end)
