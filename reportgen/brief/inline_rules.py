"""A block's text in, inline tokens out: the rules within a text that CommonMark lacks or reads otherwise. Pure.

Each rule is a function that markdown-it asks at a sign: calls of notes, tags, addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from unicodedata import category, normalize
from urllib.parse import unquote

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import autolink as read_autolink
from markdown_it.rules_inline import html_inline as read_html_inline
from markdown_it.token import Token

from reportgen.brief.findings import Findings, findings_of
from reportgen.brief.tags import (
    SCHEMES,
    TAG,
    TAGS,
    WITHIN,
    is_tag,
    removed_attributes,
    scheme_of,
    without_foreign_attributes,
)
from reportgen.late_patterns import regex

_NOTE_CALL = regex(r"\[\^([^\[\]\n]+)\]")
_UNSIGNED = regex("[^\\s<、。〈〉《》「」『』【】〔〕！（），：；？｡､｢｣]*")
"""An address in a Chinese or Japanese text, in which no blank follows on it."""
_ADDRESS = regex(r"://[^\s/:?#]+\.|://localhost")


def decoded(address: str) -> str:
    """An address as one letter for each that it means, however it is written."""
    return normalize("NFC", unquote(address))


def tell_of_links(tokens: Sequence[Token], text: str, findings: Findings) -> None:
    """Notes which definitions of links a text uses, and tells of addresses that lead nowhere."""
    for token in tokens:
        if token.type not in ("link_open", "image"):
            continue
        if label := token.meta.get("label"):
            findings.links.add(label)
        address = str(token.attrs.get("href") or token.attrs.get("src") or "")
        findings.addresses.setdefault(decoded(address), findings.lines[0])
        if token.type == "image":
            if not address or scheme_of(address) not in SCHEMES:
                typed = address if address in text else unquote(address)
                findings.tell("picture", typed, typed or "](")
            for part in token.children or ():
                if part.type == "note_call":
                    findings.tell("note in alt", part.meta["label"], "![")
        elif not address:
            findings.tell("empty link", str(findings.lines[0]), "](")
        elif scheme_of(address) not in SCHEMES:
            findings.tell("removed", "address", address, scheme_of(address))


def note_call(state: StateInline, silent: bool) -> bool:
    """`[^label]`."""
    if not state.src.startswith("[^", state.pos):
        return False
    found = _NOTE_CALL.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    findings, label = findings_of(state), found[1].strip()
    if findings.defines_notes and label not in findings.places:
        if not silent:
            findings.tell("unknown note", label, found[0], label)
        return False
    if not silent:
        state.push("note_call", "", 0).meta = {"label": label}
    state.pos = found.end()
    return True


def note_within(state: StateInline, silent: bool) -> bool:
    """`^[A note within the text.]`."""
    if not state.src.startswith("^[", state.pos):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    if end < 0 or not state.src[state.pos + 2 : end].strip():
        return False
    if not silent:
        findings, content = findings_of(state), state.src[state.pos + 2 : end]
        label = f"^[{content}]"
        if label not in findings.within:
            children: list[Token] = []
            findings.within[label] = Token(
                "inline", "", 0, content=content, children=children, map=list(findings.lines)
            )
            state.md.inline.parse(content, state.md, state.env, children)
            tell_of_links(children, content, findings)
        state.push("note_call", "", 0).meta = {"label": label}
    state.pos = end + 1
    return True


def html_inline(state: StateInline, silent: bool) -> bool:
    """A tag of HTML, or a comment; any other word in angle brackets is text."""
    if state.src[state.pos] != "<":
        return False
    if state.src.startswith("<!--", state.pos):
        return read_html_inline(state, silent)
    found = TAG.match(state.src, state.pos, state.posMax)
    if found is None or not is_tag(found):
        return False
    name = found["name"].lower()
    if not silent:
        tell = findings_of(state).tell_removed
        if name in TAGS:
            removed_attributes(found, tell)
        else:
            tell(f"<{WITHIN.get(name, name)}>", found[0])
    if name in TAGS:
        if not read_html_inline(state, silent):
            return False
        if not silent:
            state.tokens[-1].content = without_foreign_attributes(state.tokens[-1].content, name)
        return True
    state.pos = found.end()
    return True


def autolink(state: StateInline, silent: bool) -> bool:
    """`<https://example.org>`, `<a@example.org>`; what begins like an address of another kind is text."""
    if state.src[state.pos] != "<":
        return False
    former, count = state.pos, len(state.tokens)
    if not read_autolink(state, True):
        return False
    end, state.pos = state.pos, former
    if scheme_of(state.src[former + 1 : end - 1]) not in SCHEMES or len(state.tokens) != count:
        return False
    return read_autolink(state, silent)


def bare_address(read: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """`https://example.org`; asked only where one may be, for the rule itself reads all of the text before."""

    def bare_address(state: StateInline, silent: bool) -> bool:
        return (
            not silent
            and _ADDRESS.match(state.src, state.pos) is not None
            and state.src[max(state.pos - 5, 0) : state.pos].endswith(("http", "https"))
            and _read_to_sign(read, state)
        )

    return bare_address


def bare_site(read: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """`www.example.org`."""

    def bare_site(state: StateInline, silent: bool) -> bool:
        return not silent and state.src.startswith("www.", state.pos) and _read_to_sign(read, state)

    return bare_site


def _read_to_sign(read: Callable[[StateInline, bool], bool], state: StateInline) -> bool:
    """Reads an address that no sign of another script ends: GitHub takes `。`, `»` and `،` for a part of it."""
    if state.linkLevel > 0:
        return False
    found, limit = _UNSIGNED.match(state.src, state.pos, state.posMax), state.posMax
    end = found.end() if found else limit
    while end > state.pos and (state.src[end - 1] in "?!.,:" or _is_foreign_sign(state.src[end - 1])):
        end -= 1
    state.posMax = end
    try:
        return read(state, False)
    finally:
        state.posMax = limit


def _is_foreign_sign(character: str) -> bool:
    return not character.isascii() and category(character).startswith("P")
