"""All tokens of a text in, the same tokens changed out: what is known only of the whole text. Changes tokens.

Each rule is a function that markdown-it runs once over a text, in the order that `grammar.py` gives.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from reportgen.brief.attribute_lists import attributes_at_end, attributes_of_code
from reportgen.brief.block_rules import DEEPEST
from reportgen.brief.findings import Findings, findings_of
from reportgen.brief.foreign_marks import DRAWN, SIMPLE_TABLE, left_stars, undefined_reference, unread_marks
from reportgen.brief.inline_rules import tell_of_links
from reportgen.brief.tags import END_BY_THEMSELVES, PHRASES, TAG, TAGS, VOID

_BRACKETS = 20
"""Number of brackets in each other that are tried as links."""
_ALERTS = {"alert_open": "admonition {}", "alert_title_open": "admonition-title"}


def deep_blocks(state: StateCore) -> None:
    state.md.options["maxNesting"] = 2 * DEEPEST


def list_numbers(state: StateCore) -> None:
    """Tells of the first typed number of a list that is not the printed one. Where each is 1, none is meant."""
    findings = findings_of(state)
    for opening, numbers in _numbered_lists(state.tokens):
        first = int(opening.attrs.get("start", 1))
        if first <= 1 and all(int(item.info) == first for item in numbers):
            continue
        for printed, item in enumerate(numbers, first):
            if int(item.info) != printed:
                findings.lines = item.map or findings.lines
                findings.tell("list number", str(findings.lines[0]), item.info + item.markup, str(printed))
                break


def _numbered_lists(tokens: Sequence[Token]) -> list[tuple[Token, list[Token]]]:
    """Each numbered list with its items."""
    found: list[tuple[Token, list[Token]]] = []
    open_: list[list[Token]] = []
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            open_.append([])
            if token.type.startswith("ordered"):
                found.append((token, open_[-1]))
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            open_.pop()
        elif token.type == "list_item_open":
            open_[-1].append(token)
    return found


def inlines(state: StateCore) -> None:
    """Each block's text, with the line at which it stands."""
    findings = findings_of(state)
    tokens, known = state.tokens, state.env.get("references", {})
    state.md.options["maxNesting"] = _BRACKETS
    for n, token in enumerate(tokens):
        if token.map:
            findings.lines = token.map
        if token.type == "fence":
            _code(token, state.src.split("\n"), findings)
        elif token.type == "hr" and (dashes := SIMPLE_TABLE.search(state.src.split("\n")[findings.lines[0]])):
            findings.tell("unread", "-- --", dashes[0].strip())
        if token.type in _ALERTS:  # GitHub's `> [!NOTE]` is a box like any other
            token.attrs["class"] = _ALERTS[token.type].format(token.info.lower())
        if token.type != "inline":
            continue
        attributes_at_end(tokens, n, findings)
        for kind, needle in unread_marks(token.content):
            findings.tell("call" if kind == "call" else "unread", needle if kind == "call" else kind, needle)
        if words := undefined_reference(token.content, lambda label: normalizeReference(label) in known):
            findings.tell("unread", "[][]", words)
        children: list[Token] = []
        state.md.inline.parse(token.content, state.md, state.env, children)
        token.children = children
        tell_of_links(children, token.content, findings)
        printed = "".join(child.content if child.type == "text" else "\0" for child in children)
        if stars := left_stars(token.content, printed):
            findings.tell("unread", "**", stars)
    tokens += _notes_within(findings, 0)


def calls_of_notes(state: StateCore) -> None:
    """The same of blocks that call a note or hold one, where nothing else is asked of a text."""
    findings = findings_of(state)
    state.md.options["maxNesting"] = _BRACKETS
    for n, token in enumerate(state.tokens):
        if token.map:
            findings.lines = token.map
        if token.type == "inline":
            token.children = []
            if "[^" in token.content or "^[" in token.content:
                attributes_at_end(state.tokens, n, findings)
                state.md.inline.parse(token.content, state.md, state.env, token.children)
    state.tokens += _notes_within(findings, 0)


def _code(token: Token, lines: Sequence[str], findings: Findings) -> None:
    """The attributes of a block of code; what other programs would run or draw is told, and that it has no end."""
    info = token.info.strip()
    begin, end = findings.lines
    last = lines[end - 1].strip(" \t>")
    if end - begin < 2 or not last.startswith(token.markup) or last.strip(token.markup[0]):
        findings.tell("open code", str(begin), token.markup + token.info, token.markup)
    if info.startswith("{"):
        attributes_of_code(token, findings)
        if token.info.strip() == info:
            findings.tell("unread", "```{", info)
    elif info and info.split()[0].lower() in DRAWN:
        findings.tell("unread", "```mermaid", info)


def _notes_within(findings: Findings, known: int) -> list[Token]:
    """The notes that stand within the text, without those that are known."""
    out: list[Token] = []
    for label, words in list(findings.within.items())[known:]:
        out += Token("note_open", "", 1, meta={"label": label}), words, Token("note_close", "", -1)
    return out


@dataclass(frozen=True, slots=True)
class _Opened:
    """A tag that is not closed yet."""

    name: str
    words: str
    line: int

    def tell(self, findings: Findings) -> None:
        """Tells that it takes in what follows; of those whose end HTML lets be left out there is nothing to tell."""
        if self.name not in END_BY_THEMSELVES:
            findings.lines = (self.line, self.line + 1)
            findings.tell("left open", f"{self.line} {self.words}", self.words.partition("\n")[0], self.name)


def close_tags(state: StateCore) -> None:
    """Closes what is open at the end of a text, so that it ends there; tells of that, and of ends of what is not
    open."""
    findings = findings_of(state)
    open_: list[_Opened] = []
    for token in state.tokens:
        if token.type == "html_block":
            findings.lines = token.map or findings.lines
            _follow(token.content, open_, findings)
        elif token.type == "inline" and token.children:
            findings.lines = token.map or findings.lines
            token.children += _closing(token.children, open_, findings)
    for left in open_:
        left.tell(findings)


def _closing(tokens: Sequence[Token], open_: list[_Opened], findings: Findings) -> list[Token]:
    """The ends of the phrases that a text leaves open."""
    before = len(open_)
    for token in tokens:
        if token.type == "html_inline":
            _follow(token.content, open_, findings)
    closing = []
    while len(open_) > before and open_[-1].name in PHRASES:
        closing.append(Token("html_inline", "", 0, content=f"</{open_.pop().name}>"))
    return closing


def _follow(html: str, open_: list[_Opened], findings: Findings) -> None:
    """Keeps which elements are open."""
    first = findings.lines[0]
    for found in TAG.finditer(html):
        name = found["name"].lower()
        if name in VOID or name not in TAGS or found[0].endswith("/>"):
            continue
        if not found[0].startswith("</"):
            open_.append(_Opened(name, found[0], first + html.count("\n", 0, found.start())))
        elif any(each.name == name for each in open_):
            while (ended := open_.pop()).name != name:
                if ended.name not in PHRASES:
                    ended.tell(findings)
        else:
            findings.tell("stray end", found[0], found[0])


def tasks(state: StateCore) -> None:
    """A box at the beginning of each item of a list of tasks."""
    tokens = state.tokens
    n = 0
    while n < len(tokens):
        token = tokens[n]
        n += 1
        if token.attrs.get("class") == "contains-task-list":
            token.attrs.clear()
        if token.type != "list_item_open" or "checked" not in (token.meta or {}):
            continue
        token.attrs["class"] = "todo"
        box, token.meta = Token("task", "", 0, meta=token.meta), {}
        first = next((t for t in tokens[n : n + 2] if t.type == "inline"), None)
        if first is not None and tokens[n].type in ("paragraph_open", "heading_open"):
            assert first.children is not None
            first.children.insert(0, box)
        else:
            tokens.insert(n, Token("inline", "", 0, children=[box]))


def figures(state: StateCore) -> None:
    """A picture alone in its paragraph, with a title or wide, is a figure. A picture's title is its caption."""
    tokens, findings = state.tokens, findings_of(state)
    out: list[Token] = []
    known = len(findings.within)
    for n, token in enumerate(tokens):
        out.append(token)
        findings.lines = token.map or findings.lines
        children = token.children or []
        if not any(child.type == "image" for child in children):
            continue
        picture = _alone(children)
        if picture is None or tokens[n - 1].type != "paragraph_open" or tokens[n - 1].hidden:
            token.children = [part for child in children for part in _captioned(child, state)]
            continue
        caption, classes = _caption(picture, state), str(picture.attrs.get("class", ""))
        if not caption and "wide" not in classes.split():
            continue
        tokens[n - 1].tag = tokens[n + 1].tag = "figure"
        if classes:
            tokens[n - 1].attrJoin("class", str(picture.attrs.pop("class")))
        if caption:
            words = Token("inline", "", 0, content="", children=caption, map=token.map)
            out += Token("figcaption_open", "figcaption", 1), words, Token("figcaption_close", "figcaption", -1)
    state.tokens = out + _notes_within(findings, known)


def _caption(picture: Token, state: StateCore) -> list[Token]:
    """The words of a picture's title, which it loses."""
    title = str(picture.attrs.pop("title", ""))
    words: list[Token] = []
    if title:
        findings = findings_of(state)
        state.md.inline.parse(title, state.md, state.env, words)
        tell_of_links(words, title, findings)
        words += _closing(words, [], findings)
    return words


def _captioned(child: Token, state: StateCore) -> list[Token]:
    """A picture within a text, its caption behind it."""
    words = _caption(child, state) if child.type == "image" else []
    if not words:
        return [child]
    begin, end = (Token("html_inline", "", 0, content=tag) for tag in ('<span class="picture-caption">', "</span>"))
    return [child, begin, *words, end]


def _alone(children: list[Token]) -> Token | None:
    """The picture, if there is nothing else."""
    left = [child for child in children if child.type != "text" or child.content.strip()]
    return left[0] if len(left) == 1 and left[0].type == "image" else None


def abbreviations(state: StateCore) -> None:
    """Each abbreviation in the text, with its meaning."""
    findings = findings_of(state)
    if not findings.abbreviations:
        return
    keys = "|".join(re.escape(key) for key in sorted(findings.abbreviations, key=len, reverse=True))
    found = re.compile(rf"(?<!\w)(?:{keys})(?!\w)")
    for block in state.tokens:
        if block.type == "inline" and block.children:
            block.children = [part for child in block.children for part in _abbreviated(child, found, findings)]


def _abbreviated(token: Token, found: re.Pattern[str], findings: Findings) -> list[Token]:
    if token.type != "text" or not found.search(token.content):
        return [token]
    out: list[Token] = []
    at = 0
    for match in found.finditer(token.content):
        findings.spelled.add(match[0])
        meaning = findings.abbreviations[match[0]]
        before = Token("text", "", 0, content=token.content[at : match.start()])
        opening = Token("abbr_open", "abbr", 1, attrs={"title": meaning})
        out += [before, opening, Token("text", "", 0, content=match[0]), Token("abbr_close", "abbr", -1)]
        at = match.end()
    out.append(Token("text", "", 0, content=token.content[at:]))
    return out
