"""A YAML file's text and what is to be in it in, the text with those lines changed and no others out. Pure.

Nothing is printed anew: text goes in at the places that the reader of YAML keeps. The changed text is read back, and is
given out only if it says what the old one said and exactly what was asked for; else CannotEditError says why not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reportgen.late_patterns import regex
from reportgen.load.lines import FileText
from reportgen.load.yaml import Mapping as YamlMapping
from reportgen.load.yaml import Scalar, YamlNode, read_yaml
from reportgen.load.yaml import Sequence as YamlSequence


class Plain(str):
    """A text that is written without quotes, because it is no text: a number, a date, `true`."""

    __slots__ = ()


YamlValue = str | Plain | Sequence["YamlValue"] | Mapping[str, "YamlValue"]
"""What is written: a text, a number or date, a list, a map."""
NodePath = tuple[str | int, ...]
"""Keys and numbers of items on the way to a value."""

_BARE = regex(r"[A-Za-z][\w-]*(?:[/.][\w-]+)*")
"""Words that need no quotes, if they are none that YAML reads otherwise."""
_SAFE = regex(r"[\w.+-][\w.+~?/%-]*")
"""What means the same without quotes wherever it stands."""
_WORDS_OF_YAML = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))


class CannotEditError(Exception):
    """A file that cannot be changed without touching other lines; the message says why, without a full stop."""


def with_item(text: str, item: Mapping[str, YamlValue]) -> str:
    """The text of a list with one more item at its end. An empty file becomes a list."""
    root = _root(text)
    if root is not None and not isinstance(root, YamlSequence):
        raise CannotEditError("the file holds a single map, and not a list that begins with -")
    indent = 0
    if root is not None:
        if text[root.start : root.start + 1] == "[":
            raise CannotEditError("its list is written between [ and ]")
        indent = root.start - _line_start(text, root.start)
    lines = [f"{'  ' if number else '- '}{line}" for number, line in enumerate(_block(item))]
    new = _at_end(text, [" " * indent + line for line in lines])
    return _proved(text, new, [*(_plain(root) if root is not None else []), _told(item)])


def with_entry(text: str, key: str, value: YamlValue) -> str:
    """The text of a map with one more key at its end. An empty file becomes a map."""
    root = _root(text)
    if root is not None and not isinstance(root, YamlMapping):
        raise CannotEditError("the file holds no map of keys and values")
    if root is not None and key in root:
        raise CannotEditError(f'the key "{key}" stands there already')
    indent = 0
    if root is not None:
        if text[root.start : root.start + 1] == "{":
            raise CannotEditError("its map is written between { and }")
        indent = root.start - _line_start(text, root.start)
    new = _at_end(text, [" " * indent + line for line in _block({key: value})])
    return _proved(text, new, {**(_plain(root) if root is not None else {}), key: _told(value)})


def with_part(text: str, path: NodePath, value: YamlValue) -> str:
    """The text with one more value at the end of the list at a path."""
    root = _root(text)
    found = _at(root, path)
    if not isinstance(found, YamlSequence) or not found:
        raise CannotEditError(f"{_named(path)} is no list")
    last = found[-1]
    if text[found.start : found.start + 1] == "[":
        new = text[: last.end] + ", " + _flow(value) + text[last.end :]
    else:
        indent = found.start - _line_start(text, found.start)
        new = _after_line(text, last.end, [" " * indent + f"- {_flow(value)}"])
    return _proved(text, new, _changed(_plain(root), path, lambda old: [*old, _told(value)]))


def with_key(text: str, path: NodePath, key: str, value: YamlValue) -> str:
    """The text with a key of the map at a path set to a value: written over, or added after the map's first key."""
    root = _root(text)
    found = _at(root, path)
    if not isinstance(found, YamlMapping) or not found:
        raise CannotEditError(f"{_named(path)} is no map")
    if key in found:
        old = found[key]
        if not isinstance(old, Scalar) or old.start == found.names[key].start:
            raise CannotEditError(f'"{key}" is more than a text on one line')
        new = text[: old.start] + _flow(value) + text[old.end :]
    else:
        first = next(iter(found))
        after = found[first].end
        if text[found.start : found.start + 1] == "{":
            new = text[:after] + f", {key}: {_flow(value)}" + text[after:]
        else:
            name = found.names[first]
            indent = name.start - _line_start(text, name.start)
            new = _after_line(text, after, [" " * indent + f"{key}: {_flow(value)}"])
    return _proved(text, new, _changed(_plain(root), path, lambda before: {**before, key: _told(value)}))


def without_key(text: str, path: NodePath, key: str) -> str:
    """The text without a key of the map at a path. Refused where a comment would go with it."""
    root = _root(text)
    found = _at(root, path)
    if not isinstance(found, YamlMapping) or key not in found or key == next(iter(found)):
        raise CannotEditError(f'"{key}" is no key that can be taken out')
    old, name = found[key], found.names[key]
    if text[found.start : found.start + 1] == "{":
        keys = list(found)
        before = found[keys[keys.index(key) - 1]]
        new = text[: before.end] + text[old.end :]
    else:
        if not isinstance(old, Scalar) or re.search(r"[\r\n]", text[old.start : old.end]):
            raise CannotEditError(f'"{key}" is more than a text on one line')
        end = re.compile(r"\r\n|\n|\r|\Z").search(text, old.end)
        assert end is not None
        if text[old.end : end.start()].strip():
            raise CannotEditError(f'a comment stands beside "{key}"')
        new = text[: _line_start(text, name.start)] + text[end.end() :]
    gone = _changed(_plain(root), path, lambda before: {one: said for one, said in before.items() if one != key})
    return _proved(text, new, gone)


def item_in(text: str, id: str) -> tuple[int, dict[str, YamlValue]]:
    """The number of the item with an id in a list, or 0 of a map with it, and what it says."""
    place = items_of(text).index(id)
    root = _root(text)
    found = root[place] if isinstance(root, YamlSequence) else root
    assert isinstance(found, YamlMapping)
    said = _given(found)
    assert isinstance(said, dict)
    return place, said


def _given(node: YamlNode) -> YamlValue:
    if isinstance(node, YamlMapping):
        return {key: _given(value) for key, value in node.items()}
    if isinstance(node, YamlSequence):
        return [_given(value) for value in node]
    return Plain(node) if node.plain and _SAFE.fullmatch(node) else str(node)


def entry_text(item: Mapping[str, YamlValue]) -> str:
    """An item as it is written into a list: what an author pastes where a file cannot be edited."""
    return "\n".join(f"{'  ' if number else '- '}{line}" for number, line in enumerate(_block(item))) + "\n"


def items_of(text: str) -> list[str]:
    """The ids of a list's items, empty where an item has none."""
    root = _root(text)
    found = root if isinstance(root, YamlSequence) else [root] if root is not None else []
    ids = [item.get("id", "") if isinstance(item, YamlMapping) else "" for item in found]
    return [str(id) if isinstance(id, Scalar) else "" for id in ids]


# How values are written -----------------------------------------------------------------------------------------------


def _block(item: Mapping[str, YamlValue]) -> list[str]:
    return [f"{_flow(key)}: {_flow(value)}" for key, value in item.items()]


def _flow(value: YamlValue) -> str:
    if isinstance(value, Plain):
        return str(value)
    if isinstance(value, str):
        is_bare = _BARE.fullmatch(value) and value.lower() not in _WORDS_OF_YAML
        return value if is_bare else _quoted(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(part)}" for key, part in value.items()) + "}"
    return "[" + ", ".join(map(_flow, value)) + "]"


def _quoted(text: str) -> str:
    """In double quotes; what YAML does not take as it is stands as an escape, as JSON writes it."""
    shown = json.dumps(text, ensure_ascii=False)
    return re.sub("[\x7f-\xa0\u2028\u2029\ufeff]", lambda found: f"\\u{ord(found.group()):04x}", shown)


# Where lines go in ----------------------------------------------------------------------------------------------------


def _line_start(text: str, offset: int) -> int:
    before = text[:offset].replace("\r", "\n").rfind("\n") + 1
    if text[before:offset].strip(" -"):
        raise CannotEditError("what is to be changed begins inside a line")
    # A list's or map's first key may stand after the - of the list around it.
    return before


def _break_of(text: str) -> str:
    found = re.search(r"\r\n|\n|\r", text)
    return found.group() if found else "\n"


def _at_end(text: str, lines: Sequence[str]) -> str:
    """The lines at the end of a document: before the mark ... that ends one."""
    mark = re.search(r"^\.\.\.[ \t]*(?:#.*)?$", text, re.MULTILINE)
    if mark and text[mark.end() :].strip():
        raise CannotEditError("text stands after the line of ...")
    end = mark.start() if mark else len(text)
    return _inserted(text, end, lines)


def _after_line(text: str, offset: int, lines: Sequence[str]) -> str:
    """The lines after the one in which a value ends."""
    found = re.compile(r"\r\n|\n|\r").search(text, offset)
    return _inserted(text, found.end() if found else len(text), lines)


def _inserted(text: str, offset: int, lines: Sequence[str]) -> str:
    mark = _break_of(text)
    before = text[:offset]
    if before and before[-1] not in "\r\n":
        before += mark
    return before + "".join(line + mark for line in lines) + text[offset:]


# The proof ------------------------------------------------------------------------------------------------------------


def _root(text: str) -> YamlNode | None:
    document, found = read_yaml(FileText.of("", text))
    if found:
        where = found[0].span
        raise CannotEditError(f"line {where.line}: {found[0].message}")
    return document.root


def _at(root: YamlNode | None, path: NodePath) -> YamlNode:
    node: Any = root
    for step in path:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            raise CannotEditError(f"{_named(path)} is not there") from None
    if node is None:
        raise CannotEditError("the file is empty")
    found: YamlNode = node
    return found


def _named(path: NodePath) -> str:
    return '"' + ".".join(map(str, path)) + '"' if path else "the file"


def _changed(data: Any, path: NodePath, change: Callable[[Any], Any]) -> Any:
    """The data with what stands at a path put through a function."""
    if not path:
        return change(data)
    first, *rest = path
    if isinstance(data, list):
        return [_changed(part, tuple(rest), change) if n == first else part for n, part in enumerate(data)]
    return {key: _changed(part, tuple(rest), change) if key == first else part for key, part in data.items()}


def _plain(node: YamlNode | None) -> Any:
    """What a node says: maps, lists, and scalars as (text, whether it is a text for sure)."""
    if node is None:
        return None
    if isinstance(node, YamlMapping):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, YamlSequence):
        return [_plain(value) for value in node]
    return str(node), not node.plain


def _told(value: YamlValue) -> Any:
    """What a value is to be read back as."""
    if isinstance(value, Plain):
        return str(value), False
    if isinstance(value, str):
        return value, _flow(value) != value
    if isinstance(value, Mapping):
        return {key: _told(part) for key, part in value.items()}
    return [_told(part) for part in value]


def _proved(old: str, new: str, expected: object) -> str:
    try:
        root = _root(new)
    except CannotEditError as problem:
        raise CannotEditError(f"the file would not be readable any more ({problem})") from None
    if root is None or _plain(root) != expected:
        raise CannotEditError("the change would be read as something else than what was asked for")
    return new
