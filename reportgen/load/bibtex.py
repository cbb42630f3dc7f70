"""A BibTeX file's text in; its entries with the places of their fields out. Pure.

What the fields say is read by pandoc. This finds where they stand, and what pandoc cannot be given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.late_patterns import regex

_ENTRY = regex(r"@\s*(?P<kind>[A-Za-z]+)\s*[{(]\s*")
_KEY = regex(r"[^\s,{}()=]+(?=\s*[,})])")
_FIELD = regex(r"[\s,]*(?P<name>[A-Za-z][\w:.+/-]*)\s*=\s*")
_WORD = regex(r"[^\s,{}\"#]+")
_JOINED = regex(r"\s*#\s*")
_BRACE = regex(r"\\.|[{}]", re.DOTALL)
_QUOTE = regex(r"\\.|[{}\"]", re.DOTALL)
_NO_WORKS = frozenset(("comment", "preamble", "string"))
_INHERITING = ("crossref", "xdata")


@dataclass(frozen=True, slots=True)
class BibField:
    """A field of an entry."""

    text: str
    """As typed, without the braces or quotation marks around it."""
    start: int
    """Offset of its name."""
    value: int
    """Offset of its value, with what stands around it."""
    end: int


@dataclass(frozen=True, slots=True)
class BibEntry:
    """An entry for a work."""

    key: str
    start: int
    """Offset of its key."""
    fields: Mapping[str, BibField]
    """By name, in small letters."""


def bib_entries(text: str) -> tuple[BibEntry, ...]:
    """The entries for works, in their order; of one that is not whole, the fields before the fault."""
    found: list[BibEntry] = []
    at = 0
    while head := _ENTRY.search(text, at):
        at = head.end()
        if head["kind"].lower() in _NO_WORKS:
            at = _after_braces(text, head.end()) if text[head.end() - 1 : head.end()] == "{" else at
        elif key := _KEY.match(text, at):
            fields = dict(_fields(text, key.end()))
            at = max((field.end for field in fields.values()), default=key.end())
            found.append(BibEntry(key[0], key.start(), fields))
    return tuple(found)


def _fields(text: str, at: int) -> Iterator[tuple[str, BibField]]:
    while name := _FIELD.match(text, at):
        end = _after_value(text, name.end())
        if end == name.end():
            return
        typed = text[name.end() : end]
        bare = typed[1:-1] if typed[:1] + typed[-1:] in ("{}", '""') else typed
        yield name["name"].lower(), BibField(bare, name.start("name"), name.end(), end)
        at = end


def _after_value(text: str, at: int) -> int:
    """After a value, which may be joined of several by #; the offset itself where there is none."""
    end = at
    while True:
        if text[end : end + 1] == "{":
            after = _after_braces(text, end + 1)
        elif text[end : end + 1] == '"':
            after = _after_quotes(text, end + 1)
        else:
            word = _WORD.match(text, end)
            after = word.end() if word else end
        joined = _JOINED.match(text, after)
        if after == end or joined is None:
            return after
        end = joined.end()


def _after_braces(text: str, at: int) -> int:
    depth = 1
    for sign in _BRACE.finditer(text, at):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if not depth:
            return sign.end()
    return len(text)


def _after_quotes(text: str, at: int) -> int:
    depth = 0
    for sign in _QUOTE.finditer(text, at):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if sign[0] == '"' and not depth:
            return sign.end()
    return len(text)


def endless(entries: Sequence[BibEntry]) -> tuple[tuple[BibEntry, str], ...]:
    """The entries whose `crossref` or `xdata` leads back to themselves, with the field's name."""
    by_key = {entry.key.lower(): entry for entry in reversed(entries)}
    done: set[str] = set()
    found: list[tuple[BibEntry, str]] = []
    for first in dict.fromkeys(entry.key.lower() for entry in entries):
        path: list[tuple[str, Iterator[tuple[str, str]]]] = [] if first in done else [(first, _leads_to(by_key[first]))]
        above = {first}
        while path:
            key, links = path[-1]
            name, other = next(links, ("", ""))
            if not name:
                done.add(key)
                above.discard(key)
                path.pop()
            elif other in above:
                found.append((by_key[key], name))
            elif other in by_key and other not in done:
                above.add(other)
                path.append((other, _leads_to(by_key[other])))
    return tuple(found)


def _leads_to(entry: BibEntry) -> Iterator[tuple[str, str]]:
    for name in _INHERITING:
        if field := entry.fields.get(name):
            yield from ((name, key.strip().lower()) for key in field.text.split(","))


def without(text: str, fields: Sequence[BibField]) -> str:
    """The text with blanks for some fields: the same length, the same lines."""
    for field in fields:
        comma = re.compile(r"\s*,").match(text, field.end)
        end = comma.end() if comma else field.end
        text = text[: field.start] + re.sub(r"[^\n]", " ", text[field.start : end]) + text[end:]
    return text
