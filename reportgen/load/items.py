"""The files of one kind in; the maps that stand in them, each with its place, out. Gathers problems as it goes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reportgen.diagnostics import Diagnostic, Places, Severity, Span
from reportgen.load.files import Files
from reportgen.load.lines import FileText, decode
from reportgen.load.schema import Keys, Model, check
from reportgen.load.suggest import did_you_mean
from reportgen.load.yaml import Document, Mapping, Scalar, Sequence, Value, read_yaml

_AN_ID = re.compile(r"""(?:^|[\s{,])id:\s*["']?([a-z0-9][a-z0-9-]*)""")


@dataclass(slots=True)
class Loading:
    """A load under way: where the files are, and all that was found to be wrong."""

    files: Files
    content: tuple[str, ...] = ()
    """Every file under content/, sorted."""
    found: list[Diagnostic] = field(default_factory=list)
    broken: set[tuple[str, str]] = field(default_factory=set)
    """(kind, id) of what stands in the files but could not be made."""
    missed: int = 0
    """How many references led nowhere, or to something broken."""
    lang: str = "en"

    def report(
        self, code: str, message: str, span: Span, hint: str | None = None, severity: Severity = "error"
    ) -> None:
        """Remember a problem."""
        self.found.append(Diagnostic(code, message, span, hint, severity))

    def text(self, path: str) -> FileText:
        """A UTF-8 file's text; empty, and reported, if it cannot be read."""
        try:
            content = self.files.read(path)
        except OSError as error:
            self.report("unreadable", f"this file cannot be read: {error.strerror or error}", Span.at(path))
            return FileText.of(path, "")
        source, found = decode(path, content)
        self.found += found
        return source

    def document(self, path: str) -> Document:
        """A YAML file; its root is None, and the reason reported, if it cannot be read."""
        document, found = read_yaml(self.text(path))
        self.found += found
        return document

    def refer(self, kind: str, wanted: str, known: Iterable[str], span: Span, what: str = "") -> bool:
        """Whether there is such an id; if not, and if it is not merely broken, that is reported."""
        names = known if isinstance(known, (dict, set, frozenset)) else set(known)
        if wanted in names:
            return True
        self.missed += 1
        if (kind, wanted) not in self.broken:
            message = f'no {what or kind} has the id "{wanted}"'
            self.report(f"unknown-{kind}", message, span, did_you_mean(wanted, names))
        return False


@dataclass(frozen=True, slots=True)
class Item:
    """One map of a file."""

    document: Document
    node: Mapping

    @property
    def at(self) -> Places:
        """Where its parts stand."""
        return self.document.places(self.node)

    @property
    def id(self) -> str:
        """Its id as far as it can be read, else empty."""
        value = self.node.get("id")
        return str(value) if isinstance(value, Scalar) else ""


def items(loading: Loading, kind: str, path: str) -> Iterator[Item]:
    """The maps of a file that holds one map or a list of them."""
    document = loading.document(path)
    root = document.root
    if root is None:
        loading.broken |= {(kind, found) for found in _AN_ID.findall(document.source.text)}
        return
    for node in root if isinstance(root, Sequence) else [root]:
        if isinstance(node, Mapping):
            yield Item(document, node)
        else:
            hint = f"a {kind} begins with - and has its keys below each other"
            span = _first_line(document, node)
            loading.report("wrong-type", f"a {kind} must be a map of keys and values", span, hint)


def checked(loading: Loading, kind: str, model: type[Model], item: Item) -> tuple[Model | None, frozenset[str]]:
    """An item's fields, and the names of those that are wrong. Such an item counts as broken under its id."""
    fields, failed, found = check(model, item.document, item.node)
    loading.found += found
    if item.id and (failed or fields is None):
        loading.broken.add((kind, item.id))
    return fields, failed


@dataclass(slots=True)
class Register:
    """The ids of one kind, each once whatever its case."""

    kind: str
    seen: dict[str, tuple[str, Span]] = field(default_factory=dict)

    def admit(self, loading: Loading, name: str, span: Span) -> bool:
        """Whether the id is new; if not, that is reported with the other place."""
        folded = name.casefold()
        if folded not in self.seen:
            self.seen[folded] = (name, span)
            return True
        other, place = self.seen[folded]
        if other != name:
            loading.broken.add((self.kind, name))
        also = f'"{name}"' if other == name else f'"{name}", apart from capital letters,'
        loading.report(
            "duplicate-id",
            f"{also} is already the id of another {self.kind}",
            span,
            f"the other stands at {place.file}:{place.line}",
        )
        return False


def _first_line(document: Document, node: Value) -> Span:
    span = document.span(node)
    return Span.at(span.file, span.line, span.column) if span.end_line > span.line else span


__all__ = ["Item", "Keys", "Loading", "Register", "checked", "items"]
