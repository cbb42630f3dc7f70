"""The files of one kind in; the maps that stand in them, each with its place, out. Gathers problems as it goes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Generic, Protocol, TypeVar

from reportgen.diagnostics import Diagnostic, Places, Severity, Span
from reportgen.late_patterns import regex
from reportgen.load.files import Files, RefusedError
from reportgen.load.kept import Kept
from reportgen.load.lines import FileText, decode
from reportgen.load.schema import Keys, Model, check
from reportgen.load.suggest import meant_or_known, nearest
from reportgen.load.yaml import Mapping, Scalar, Sequence, YamlDocument, YamlNode, read_yaml

ItemType = TypeVar("ItemType")
_AN_ID = regex(r"""(?:^|[\s{,])id:\s*["']?([a-z0-9][a-z0-9-]*)""")


@dataclass(slots=True)
class Loading:
    """The state of one load: where the files are, and all that was found to be wrong."""

    files: Files
    content: tuple[str, ...] = ()
    """Every file under content/, sorted."""
    found: list[Diagnostic] = field(default_factory=list)
    broken: set[tuple[str, str]] = field(default_factory=set)
    """(kind, id) of what stands in the files but could not be made; without an id, all of a file."""
    unreadable: set[str] = field(default_factory=set)
    """Paths of the files whose text could not be had."""
    renamed: dict[tuple[str, str], str] = field(default_factory=dict)
    """(kind, the id in a program's export) -> the key that an author gave it."""
    missed: int = 0
    """How many references named an unknown or a broken item."""
    lang: str = "en"
    kept: Kept | None = None
    """What earlier builds kept of the files."""
    read: dict[str, str] = field(default_factory=dict)
    """SHA-256 of each file that was read as text, where anything is kept."""

    def report(
        self, code: str, message: str, span: Span, hint: str | None = None, severity: Severity = "error"
    ) -> None:
        """Records a problem."""
        self.found.append(Diagnostic(code, message, span, hint, severity))

    def text(self, path: str) -> FileText:
        """A UTF-8 file's text; empty, and reported, if it cannot be read."""
        try:
            content = self.files.read(path)
        except OSError as error:
            self.cannot_read(path, error)
            return FileText.of(path, "")
        if self.kept:
            self.read[path] = sha256(content).hexdigest()
        source, found = decode(path, content)
        if found:
            self.unreadable.add(path)
        self.found += found
        return source

    def cannot_read(self, path: str, error: OSError) -> None:
        """Records a file that the operating system cannot read."""
        self.unreadable.add(path)
        why = (error.strerror or "it is not there").lower()
        hint = "look at its permissions, and whether it is a link to a file that has moved"
        if isinstance(error, RefusedError):
            why, hint = error.why, error.hint
        self.report("unreadable", f"this file cannot be read: {why}", Span.at(path), hint)

    def is_broken(self, kind: str, id: str) -> bool:
        """Whether it stands, or may stand, in the files without having been made, which is an error of its own."""
        return (kind, id) in self.broken or (kind, "") in self.broken

    @property
    def told(self) -> tuple[int, ...]:
        """How much was said so far: whatever is wrong, or left out, makes it another."""
        return len(self.found), len(self.broken), len(self.unreadable), len(self.renamed), self.missed

    def document(self, path: str, source: FileText | None = None) -> YamlDocument:
        """A YAML file, whose text may be there already; its root is None, and the reason reported, if it cannot be
        read."""
        document, found = read_yaml(source or self.text(path))
        self.found += found
        return document

    def refer(self, kind: str, wanted: str, names: Collection[str], span: Span) -> bool:
        """Whether there is such an id; if not, and if it is not merely broken, that is reported."""
        if wanted in names:
            return True
        self.missed += 1
        if not self.is_broken(kind, wanted):
            key = self.renamed.get((kind, wanted))
            hint = f'its key is "{key}"' if key else meant_or_known(wanted, names, kind)
            self.report(f"unknown-{kind}", f'no {kind} has the id "{wanted}"', span, hint)
        return False


@dataclass(frozen=True, slots=True)
class Item:
    """One map of a file."""

    document: YamlDocument
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


def items(loading: Loading, kind: str, *paths: str, under: str = "") -> Iterator[Item]:
    """The maps of files that each hold one map or a list of them, or have these under a lone key."""
    for path in paths:
        before = len(loading.found)
        yield from items_in(loading, kind, loading.text(path), before, under)


def items_in(loading: Loading, kind: str, source: FileText, before: int, under: str = "") -> Iterator[Item]:
    """The maps of a file. `before`: how many problems there were before its text was read."""
    document = loading.document(source.file, source)
    root = document.root
    if under and isinstance(root, Mapping) and list(root) == [under]:
        root = root[under]
    if root is None:
        if len(loading.found) > before:
            loading.broken |= {(kind, found) for found in _AN_ID.findall(document.source.text) or [""]}
        elif not document.source.text.strip():
            hint = "write something in it, or delete it"
            loading.report("empty-file", "nothing stands in this file", Span.at(source.file), hint, "warning")
        return
    for node in root if isinstance(root, Sequence) else [root]:
        if isinstance(node, Mapping):
            yield Item(document, node)
        else:
            hint = f"a {kind} begins with - and has its keys below each other"
            span = _first_line(document, node)
            loading.report("wrong-type", f"a {kind} must be a map of keys and values", span, hint)


def has_names_for_keys(loading: Loading, kind: str, keys: Collection[str], item: Item, name: str = "id") -> bool:
    """Whether a map has the names of its items where their keys should stand, or one word above a list of them.

    That is told once, and what it names counts as broken. `name` is the key that such a name belongs to.
    """
    node = item.node
    if not node or any(key in keys or nearest(key, keys) for key in node):
        return False
    first = next(iter(node))
    loading.broken |= {(kind, str(key)) for key in node} | {(kind, found) for found in _AN_ID.findall(_text_of(item))}
    message = f'"{first}" stands where a {kind} has its keys'
    inner = node[first]
    if isinstance(inner, Sequence) and len(node) == 1:
        hint = f"leave out the line {first}: so that the file begins with the list below it"
    else:
        below = "meaning: …" if name == "term" else "its keys"
        hint = f"begin each {kind} with a line - {name}: {first}, and write {below} below it, two blanks in"
    name_at = node.names[first]
    loading.report("wrong-type", message, item.document.source.span(name_at.start, name_at.end), hint)
    return True


def _text_of(item: Item) -> str:
    return item.document.source.text[item.node.start : item.node.end]


def checked(
    loading: Loading, kind: str, keys: Keys[Model], item: Item, at: Places | None = None
) -> tuple[Model | None, frozenset[str]]:
    """What an item's keys say, and the names of those that are wrong. Such an item counts as broken under its id."""
    fields, failed, found = check(keys, item.document, item.node, at)
    loading.found += found
    if item.id and (failed or fields is None):
        loading.broken.add((kind, item.id))
    return fields, failed


@dataclass(frozen=True, slots=True)
class ItemFields(Generic[Model]):
    """An item with an id of its own, its keys checked."""

    item: Item
    fields: Model
    failed: frozenset[str]
    """The keys whose values are wrong, and had to be left out."""
    at: Places


Make = Callable[[ItemFields[Model]], ItemType | None]


def load_items(
    loading: Loading, kind: str, keys: Keys[Model], found: Iterable[Item], make: Make[Model, ItemType]
) -> dict[str, ItemType]:
    """What `make` makes of the items, by id, in their order.

    An item counts as broken, and is left out, where `make` gives None, or where a key or a reference in it is wrong.
    """
    made: dict[str, ItemType] = {}
    _load(loading, keys, found, make, Register(kind), made)
    return made


def load_files(
    loading: Loading,
    kind: str,
    keys: Keys[Model],
    paths: Iterable[str],
    make: Make[Model, ItemType],
    basis: Callable[[], object],
    holds: Callable[[ItemType], bool] = lambda _: True,
    read: Callable[[str], Iterable[Item] | None] = lambda _: None,
) -> dict[str, ItemType]:
    """The same of the items of YAML files, where those of a file that was in order may be known from an earlier build.

    `basis` is all that `make` looks at but for the file, digested as a value; `holds` whether an item of an earlier
    build is still what `make` would make, as far as it hangs on other files; `read` gives the items of other files than
    YAML.
    """
    register, made = Register(kind), dict[str, ItemType]()
    digest = loading.kept.digest((kind, loading.lang, basis())) if loading.kept else ""
    for path in paths:
        if (found := read(path)) is not None:
            _load(loading, keys, found, make, register, made)
            continue
        before = loading.told
        known, source = known_items(loading, path, digest)
        if known is not None and all(map(holds, known.values())):
            for id, item in known.items():
                start = len(loading.found)
                if register.admit(loading, id, item):
                    made[id] = item
                name_problems(loading, kind, id, start)
            continue
        source = source or loading.text(path)
        there = [*items_in(loading, kind, source, before[0])]
        names = _load(loading, keys, there, make, register, made)
        if loading.kept and loading.told == before and len(names) == len(there) and all(holds(made[n]) for n in names):
            items = {name: made[name] for name in names}
            made |= loading.kept.keep(source, loading.read[path], digest, items)
    return made


def known_items(loading: Loading, path: str, basis: str) -> tuple[dict[str, Any] | None, FileText | None]:
    """The items of a file that are known from an earlier build, and its text, where it had to be read for that."""
    if loading.kept is None:
        return None, None
    if looked := loading.kept.looked.get(path):
        return loading.kept.items(path, looked, basis), None
    source = loading.text(path)
    return loading.kept.items(path, loading.read.get(path, ""), basis), source


def _load(
    loading: Loading,
    keys: Keys[Model],
    found: Iterable[Item],
    make: Make[Model, ItemType],
    register: Register,
    made: dict[str, ItemType],
) -> list[str]:
    """Adds to `made` what can be made of the items. Returns their ids."""
    kind, names = register.kind, list[str]()
    for item in found:
        before = len(loading.found)
        if has_names_for_keys(loading, kind, keys.by_name, item):
            continue
        at = item.at
        fields, failed = checked(loading, kind, keys, item, at)
        if (item.id and not register.admit(loading, item.id, at["id"])) or fields is None:
            name_problems(loading, kind, item.id, before)
            continue
        missed = loading.missed
        new = make(ItemFields(item, fields, failed, at))
        name_problems(loading, kind, item.id, before)
        if new is None or failed or loading.missed > missed:
            loading.broken.add((kind, item.id))
        else:
            made[item.id] = new
            names.append(item.id)
    return names


def name_problems(loading: Loading, kind: str, id: str, start: int) -> None:
    """Every problem of a fact names it: a list of facts is long, and its lines say little."""
    if kind == "fact" and id:
        for number, problem in enumerate(loading.found[start:], start):
            if f'"{id}"' not in problem.message:
                loading.found[number] = replace(problem, message=f'"{id}": {problem.message}')


class HasPlaces(Protocol):
    """An item that knows where its keys stand; to say so may take a while."""

    @property
    def at(self) -> Places: ...


@dataclass(slots=True)
class Register:
    """The ids of one kind, each once whatever its case."""

    kind: str
    seen: dict[str, tuple[str, Span | HasPlaces]] = field(default_factory=dict)

    def admit(self, loading: Loading, name: str, where: Span | HasPlaces) -> bool:
        """Whether the id is new; if not, that is reported with the other place. `where`: the place of the id, or what
        has it."""
        folded = name.casefold()
        if folded not in self.seen:
            self.seen[folded] = (name, where)
            return True
        other, first = self.seen[folded]
        place = _of_id(first)
        if other != name:
            loading.broken.add((self.kind, name))
        also = f'"{name}"' if other == name else f'"{name}", apart from capital letters,'
        loading.report(
            "duplicate-id",
            f"{also} is already the id of another {self.kind}",
            _of_id(where),
            f"the other stands at {place.file}:{place.line}",
        )
        return False


def _of_id(where: Span | HasPlaces) -> Span:
    return where if isinstance(where, Span) else where.at["id"]


def _first_line(document: YamlDocument, node: YamlNode) -> Span:
    span = document.span(node)
    return Span.at(span.file, span.line, span.column) if span.end_line > span.line else span
