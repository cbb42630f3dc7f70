"""`{.class #anchor width=300}` in; the attributes of what it stands behind, out. Changes tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from reportgen.brief.findings import Findings, findings_of
from reportgen.brief.tags import OWN_CLASS, TAGS
from reportgen.late_patterns import regex

_NAME = r"[.#][\w\U000f0000-\U000ffffd-]+"
_ITEM = rf"""(?:{_NAME}|[A-Za-z_:][\w:.-]*=(?:"[^"\n]*"|'[^'\n]*'|[^\s{{}}"']+))"""
ATTRIBUTES = regex(rf"\{{:?[ \t]*({_ITEM}(?:[ \t]+{_ITEM}|{_NAME})*)[ \t]*\}}")
"""`{.class #id width=300}`, with or without a colon."""
_ITEMS = regex(rf"""{_NAME}|([A-Za-z_:][\w:.-]*)=("[^"\n]*"|'[^'\n]*'|[^\s{{}}"']+)""")
_AFTER = frozenset({"image", "code_inline", "link_close", "em_close", "strong_close", "s_close"})
"""What an attribute list may follow within a text."""
_ON_THEIR_LINE = frozenset({"heading_open", "td_open", "th_open", "dt_open"})
"""What an attribute list may end on the same line."""


def attributes_at_end(tokens: list[Token], n: int, findings: Findings) -> None:
    """An attribute list at the end of a heading, cell or term, or on the last line of a paragraph."""
    token, opening = tokens[n], tokens[n - 1]
    content = token.content
    if not content.endswith("}"):
        return
    begin = content.rfind("{")
    found = ATTRIBUTES.fullmatch(content, begin)
    before = content[:begin]
    if found is None or not before.rstrip():
        return
    own_line = before.rstrip(" \t").endswith("\n")
    if not own_line and not (opening.type in _ON_THEIR_LINE and before[-1] in " \t"):
        return
    token.content = before.rstrip()
    back = n - 1
    while tokens[back].hidden:
        back -= 1
    _give(tokens[back], found[1], findings)


def attributes_of_code(token: Token, findings: Findings) -> None:
    """```` ```{.python #id} ````"""
    found = ATTRIBUTES.fullmatch(token.info.strip())
    if found is None:
        return
    language = re.search(r"\.([\w-]+)", found[1])
    token.info = language[1] if language else ""
    _give(token, found[1].replace(language[0], "", 1) if language else found[1], findings)


def attributes(state: StateCore) -> None:
    """Attribute lists right after an emphasis, a link, a picture or code."""
    findings = findings_of(state)
    for block in state.tokens:
        children = block.children
        if block.type != "inline" or not children or "{" not in block.content:
            continue
        findings.lines = block.map or findings.lines
        for n in range(1, len(children)):
            token = children[n]
            if token.type != "text" or not token.content.startswith("{") or children[n - 1].type not in _AFTER:
                continue
            if found := ATTRIBUTES.match(token.content):
                _give(children[_opening(children, n - 1)], found[1], findings)
                token.content = token.content[found.end() :]
        for token in children:
            is_box = token.content.startswith(":::")  # told as that
            if token.type == "text" and not is_box and (found := ATTRIBUTES.search(token.content)):
                findings.tell("unread", "{.x}", found[0])


def _opening(tokens: Sequence[Token], n: int) -> int:
    depth = 0
    while n >= 0:
        depth += tokens[n].nesting
        if depth == 0:
            return n
        n -= 1
    return 0


def _give(token: Token, items: str, findings: Findings) -> None:
    """Gives an element the attributes of a list."""
    for item in _ITEMS.finditer(items):
        name = item[1] or ("class" if item[0].startswith(".") else "id")
        value = item[2].strip("\"'") if item[1] else item[0][1:]
        if name == "class":
            for word in value.split():
                if OWN_CLASS.fullmatch(word):
                    token.attrJoin("class", word)
                else:
                    findings.tell("removed", f".{word}", word)
        elif name in ("width", "height") and not re.fullmatch(r"\d+%?", value):
            findings.tell("removed", f"{name}=", item[0])
        elif name in TAGS.get(token.tag or "pre", frozenset()):
            token.attrSet(name, value)
        else:
            findings.tell("removed", f"{name}=", item[0])
