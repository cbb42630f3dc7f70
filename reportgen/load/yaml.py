"""YAML text in; its maps, lists and scalars out, each knowing where it stands. Pure.

Scalars are the characters that the author typed: nothing becomes a number, a date or a boolean here. PyYAML's C parser
gives the events; composing them here rather than there keeps depth, aliases and duplicate keys under control.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml
import yaml.events as ev
from yaml.error import MarkedYAMLError, YAMLError

from reportgen.diagnostics import Diagnostic, Places, Span
from reportgen.late_patterns import regex
from reportgen.load.lines import FileText, bidi_controls, escaped_signs, private_characters
from reportgen.load.runs import runs
from reportgen.load.yaml_words import UNPRINTABLE, syntax_error

DEEPEST = 60
EXPANSIONS = 10_000


class Scalar(str):
    """A text as typed. `start` and `end` are offsets in the file, quotes included."""

    __slots__ = ("end", "plain", "start", "style")
    start: int
    end: int
    plain: bool
    """Whether it was typed without quotes and not as a block."""
    style: str
    """`'`, `"`, `|`, `>` or empty."""


class Sequence(list["YamlNode"]):
    """A list."""

    __slots__ = ("end", "start")
    start: int
    end: int


class Mapping(dict[str, "YamlNode"]):
    """A map; `names` are its keys with their places."""

    __slots__ = ("end", "names", "start")
    start: int
    end: int
    names: dict[str, Scalar]


YamlNode = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """A YAML file, or the part of a file that is YAML."""

    source: FileText
    root: YamlNode | None
    """None where there is nothing but comments."""

    def span(self, node: YamlNode) -> Span:
        """Where a value stands."""
        return self.source.span(node.start, node.end)

    def places(self, node: YamlNode) -> Places:
        """Where a value and all that is in it stand."""
        paths, offsets = list[str](), list[int]()
        spelled: dict[str, tuple[tuple[int, int, int], ...]] = {}
        for path, value in _walk(node, ""):
            paths.append(path.replace("\n", " "))
            offsets += (value.start, value.end)
            if isinstance(value, Scalar) and not (value.plain and value.end - value.start == len(value)):
                spelled[path] = tuple(
                    (offset, *self.source.position(index)) for offset, index in runs(self.source.text, value)
                )
        return Places(self.span(node), Spans(self.source, "\n".join(paths), offsets), spelled)


class Spans(AnyMapping[str, Span]):
    """Where the parts of a value stand, their lines counted when they are asked for: few of them ever are."""

    __slots__ = ("_source", "offsets", "paths")

    def __init__(self, source: FileText, paths: str, offsets: Iterable[int]) -> None:
        self._source = source
        self.paths = _shared(paths)
        """A line each, in their order; a thousand facts have the same."""
        self.offsets = array("I", offsets)
        """Of each path: where its part begins, and where it ends."""

    def __getitem__(self, path: str) -> Span:
        at = 2 * _numbered(self.paths)[path]
        return self._source.span(self.offsets[at], self.offsets[at + 1])

    def __contains__(self, path: object) -> bool:
        return path in _numbered(self.paths)

    def __iter__(self) -> Iterator[str]:
        return iter(_numbered(self.paths))

    def __len__(self) -> int:
        return len(_numbered(self.paths))

    @property
    def positions(self) -> str:
        """All of it as text, the same for the same places: in half of the time that it takes span by span."""
        source, ends = self._source, iter(self.offsets)
        found = [
            (*source.position(start), *source.position(max(end - 1, start)))
            for start, end in zip(ends, ends, strict=True)
        ]
        return f"{self.paths} {found}"


@lru_cache(4096)
def _shared(paths: str) -> str:
    return paths


@lru_cache(1024)
def _numbered(paths: str) -> AnyMapping[str, int]:
    return {path: number for number, path in enumerate(paths.split("\n"))} if paths else {}


def read_yaml(source: FileText, start: int = 0, end: int | None = None) -> tuple[YamlDocument, list[Diagnostic]]:
    """The YAML between two offsets of a file. After a syntax error the root is None; other problems leave the rest."""
    text = source.text[start:end]
    if bad := UNPRINTABLE.search(text):
        at = source.span(start + bad.start(), start + bad.end())
        message = f"the character U+{ord(bad.group()):04X} cannot stand in a YAML file"
        return YamlDocument(source, None), [
            Diagnostic("yaml-syntax", message, at, "delete it; it is usually invisible")
        ]
    composer = _Composer(source, start)
    try:
        composer.compose(text)
    except _TooMuchError as stop:
        return YamlDocument(source, None), [*composer.found, stop.diagnostic]
    except MarkedYAMLError as error:
        wrong = syntax_error(error, source, start)
        place = wrong.span.line, wrong.span.column
        others = [found for found in composer.found if (found.span.line, found.span.column) != place]
        return YamlDocument(source, None), [*others, wrong]
    except YAMLError as error:
        return YamlDocument(source, None), [Diagnostic("yaml-syntax", str(error), source.span(start, start + 1))]
    return YamlDocument(source, composer.root), [
        *composer.found,
        *private_characters(source, start, end),
        *bidi_controls(source, start, end),
    ]


_GLUED_COMMENT = regex(r"[ \t]+(#[^\s#][^\n]*?)[ \t]*$", re.M)
_CURLY = frozenset("“„‘«")
_IN_CURLY_QUOTES = regex("“[^“”„]*”|„[^“”„]*[“”]|‘[^‘’]*’|«[^«»]*»")


class _TooMuchError(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


@dataclass(slots=True)
class _Open:
    """A map or list whose end has not come yet."""

    node: Sequence | Mapping
    anchor: str | None
    size: int = 1
    key: Scalar | None = None
    """The key that waits for its value."""
    bad_key: bool = False
    """The value that comes belongs to a key that cannot be used."""


@dataclass(slots=True)
class _Composer:
    source: FileText
    base: int
    found: list[Diagnostic] = field(default_factory=list)
    root: YamlNode | None = None
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, tuple[YamlNode, int]] = field(default_factory=dict)
    expanded: int = 0
    documents: int = 0

    def compose(self, text: str) -> None:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            self._take(event)

    def _take(self, event: Any) -> None:
        kind = type(event)
        start, end = self.base + event.start_mark.index, self.base + event.end_mark.index
        if kind is ev.ScalarEvent:
            self._tag(event, start)
            scalar = self._scalar(event, start, end)
            if event.anchor:
                self.anchors[event.anchor] = (scalar, 1)
            self._add(scalar, 1)
        elif kind is ev.MappingStartEvent or kind is ev.SequenceStartEvent:
            self._tag(event, start)
            node: Sequence | Mapping = Mapping() if kind is ev.MappingStartEvent else Sequence()
            if isinstance(node, Mapping):
                node.names = {}
            node.start = node.end = start
            if len(self.stack) >= DEEPEST:
                self._stop(
                    "yaml-depth", f"lists and maps stand more than {DEEPEST} deep in each other", start, start + 1
                )
            self.stack.append(_Open(node, event.anchor))
        elif kind is ev.MappingEndEvent or kind is ev.SequenceEndEvent:
            self._close(end)
        elif kind is ev.AliasEvent:
            self._alias(event.anchor, start, end)
        elif kind is ev.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self._stop(
                    "yaml-documents",
                    "a file holds one YAML document",
                    start,
                    end,
                    "remove this line of ---, or split the file",
                )

    def _scalar(self, event: Any, start: int, end: int) -> Scalar:
        text = self.source.text
        if event.anchor or event.tag:
            start = _past_properties(text, start, end)
        scalar = Scalar(event.value)
        scalar.style = event.style or ""
        scalar.plain = not scalar.style
        if scalar.style in ("|", ">"):
            end = start + len(text[start:end].rstrip())
        if scalar.plain and not scalar and self.stack and (key := self.stack[-1].key) is not None:
            start, end = key.start, key.end
        scalar.start, scalar.end = start, end
        if scalar.style == '"' and not scalar.isascii():
            self.found += escaped_signs(self.source, start, end)
        if scalar.plain and scalar[:1] in _CURLY and _IN_CURLY_QUOTES.fullmatch(scalar):
            where = self.source.span(scalar.start, scalar.end)
            message = f"the curly quotation marks of {scalar} are part of the text, and are printed"
            hint = (
                'write straight ones around it ("…"), or none; to print the curly ones, put straight ones around them'
            )
            self.found.append(Diagnostic("curly-quotes", message, where, hint, "warning"))
        if scalar.plain and (cut := _GLUED_COMMENT.match(text, end)) and any(map(str.isalpha, scalar)):
            where = self.source.span(cut.start(1), cut.end(1))
            message = f'the text ends before "{cut[1]}", since a # after a space begins a comment'
            hint = 'put the whole text in quotes ("…"); if it is a comment, put a space after the #'
            self.found.append(Diagnostic("comment-in-text", message, where, hint, "warning"))
        return scalar

    def _add(self, value: YamlNode, size: int) -> None:
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        top.size += size
        if isinstance(top.node, Sequence):
            top.node.append(value)
        elif top.bad_key:
            top.bad_key = False
        elif top.key is None:
            self._key(top, value)
        else:
            top.node[top.key] = value
            top.key = None
        top.node.end = max(top.node.end, value.end)

    def _key(self, top: _Open, value: YamlNode) -> None:
        assert isinstance(top.node, Mapping)
        if not isinstance(value, Scalar):
            top.bad_key = True
            self._report("yaml-key", "a key must be a word, not a list or a map", value.start, value.end)
        elif value == "<<" and value.plain:
            top.bad_key = True
            hint = "write the keys out in each place"
            self._report("yaml-merge", "merging maps with << is not supported", value.start, value.end, hint)
        elif value in top.node.names:
            top.bad_key = True
            first = self.source.position(top.node.names[value].start)[0]
            self._report(
                "duplicate-key",
                f'the key "{value}" stands twice',
                value.start,
                value.end,
                f"it is also on line {first}",
            )
        else:
            top.node.names[str(value)] = value
            top.key = value

    def _close(self, end: int) -> None:
        done = self.stack.pop()
        if self.source.text[done.node.start : done.node.start + 1] in ("[", "{") or end <= done.node.start:
            done.node.end = max(done.node.end, end)
        if done.anchor:
            self.anchors[done.anchor] = (done.node, done.size)
        self._add(done.node, done.size)

    def _alias(self, name: str, start: int, end: int) -> None:
        if any(part.anchor == name for part in self.stack):
            self._stop("yaml-alias", f"*{name} stands inside what it repeats", start, end)
        if name not in self.anchors:
            self._stop(
                "yaml-alias",
                f"*{name} repeats something that is not marked &{name}",
                start,
                end,
                "put a text that begins with * in quotes",
            )
        node, size = self.anchors[name]
        self.expanded += size
        if self.expanded > EXPANSIONS:
            self._stop(
                "yaml-alias",
                "the repetitions marked with * make this file too large",
                start,
                end,
                "write the values out",
            )
        self._add(node, size)

    def _tag(self, event: Any, start: int) -> None:
        if event.tag:
            end = start + len(self.source.text[start:].split(maxsplit=1)[0])
            self._report(
                "yaml-tag",
                "a value cannot have a tag, a word that begins with !",
                start,
                end,
                "put a text that begins with ! in quotes",
            )

    def _report(self, code: str, message: str, start: int, end: int, hint: str | None = None) -> None:
        self.found.append(Diagnostic(code, message, self.source.span(start, end), hint))

    def _stop(self, code: str, message: str, start: int, end: int, hint: str | None = None) -> None:
        raise _TooMuchError(Diagnostic(code, message, self.source.span(start, end), hint))


def _past_properties(text: str, start: int, end: int) -> int:
    while start < end and text[start] in "&!":
        while start < end and not text[start].isspace():
            start += 1
        while start < end and text[start].isspace():
            start += 1
    return start


def _walk(node: YamlNode, path: str) -> Iterator[tuple[str, YamlNode]]:
    children: Iterator[tuple[str, YamlNode]]
    if isinstance(node, Mapping):
        children = iter(node.items())
    elif isinstance(node, Sequence):
        children = ((str(number), value) for number, value in enumerate(node))
    else:
        return
    for name, value in children:
        below = f"{path}.{name}" if path else name
        yield below, value
        if not isinstance(value, Scalar):
            yield from _walk(value, below)
