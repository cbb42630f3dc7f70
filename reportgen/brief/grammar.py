"""Markdown's grammar as briefs have it: a parser of markdown-it with the rules that CommonMark lacks. Pure.

Each rule is a function that markdown-it calls at a line or at a sign. `state.env["findings"]` holds what one text has
shown so far: its notes, its abbreviations, and what its author has to be told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import html_block as read_html_block
from markdown_it.rules_block import table as read_table
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import autolink as read_autolink
from markdown_it.rules_inline import html_inline as read_html_inline
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from reportgen.brief.doubts import Doubt, unread_marks
from reportgen.brief.tags import (
    KNOWN_TAGS,
    PHRASES,
    SCHEMES,
    TAG,
    TAGS,
    VOID,
    Removed,
    removed_attributes,
    scheme_of,
    without_foreign,
)

DEEPEST = 100
"""Number of lists, items and quotations that may stand in each other."""
_BRACKETS = 20
"""Number of brackets in each other that are tried as links."""
_NOTE = re.compile(r"\[\^([^\[\]\n]+)\]:[ \t]*")
_NOTE_CALL = re.compile(r"\[\^([^\[\]\n]+)\]")
_NOTE_IN_HTML = re.compile(r"\[\^([^\[\]\n]+)\]|\^\[[^\[\]\n]+\]")
_ABBREVIATION = re.compile(r"\*\[([^\[\]\n]+)\][ ]?:[ \t]*(.*)")
_ADMONITION = re.compile(r"!!! ?(?P<kind>[\w-]+)(?:[ \t]+(?P<words>.*?))?[ \t]*\Z")
_QUOTED = re.compile(r'(?P<before>|.*?[ \t])"(?P<quoted>.*)"')
_NAME = r"[.#][\w\U000f0000-\U000ffffd-]+"
_ITEM = rf"""(?:{_NAME}|[A-Za-z_:][\w:.-]*=(?:"[^"\n]*"|'[^'\n]*'|[^\s{{}}"']+))"""
ATTRIBUTES = re.compile(rf"\{{:?[ \t]*({_ITEM}(?:[ \t]+{_ITEM}|{_NAME})*)[ \t]*\}}")
"""`{.class #id width=300}`, with or without a colon."""
_ITEMS = re.compile(rf"""{_NAME}|([A-Za-z_:][\w:.-]*)=("[^"\n]*"|'[^'\n]*'|[^\s{{}}"']+)""")
_INSERTED = re.compile("%F3%B[0-9A-F]%[89AB][0-9A-F]%[89AB][0-9A-F]")
"""An insert in an address, as markdown-it writes it."""
_ADDRESS = re.compile(r"://[^\s/:?#]+\.|://localhost")
_ALERTS = {"alert_open": "admonition {}", "alert_title_open": "admonition-title"}
_SIDES = {"text-align:right": "n", "text-align:center": "c"}
"""How markdown-it aligns a cell -> the class that does."""
_CLOSED = re.compile(r"</(?:script|style|textarea)\s*>", re.I)
_AFTER = frozenset({"image", "code_inline", "link_close", "em_close", "strong_close", "s_close"})
"""What an attribute list may follow within a text."""
_ON_THEIR_LINE = frozenset({"heading_open", "td_open", "th_open", "dt_open"})
"""What an attribute list may end on the same line."""


@dataclass(slots=True)
class Findings:
    """What the parse of one text has found."""

    places: dict[str, int] = field(default_factory=dict)
    """Label of a note, or `*` and an abbreviation -> the line that defines it."""
    within: dict[str, Token] = field(default_factory=dict)
    """Notes that stand within the text, `^[so]`, which is their label too."""
    abbreviations: dict[str, str] = field(default_factory=dict)
    spelled: set[str] = field(default_factory=set)
    """Abbreviations that the text uses."""
    links: set[str] = field(default_factory=set)
    """Labels of link definitions that the text uses."""
    doubts: dict[tuple[str, str], Doubt] = field(default_factory=dict)
    """(kind, mark) -> the first of them."""
    uncalled: set[str] = field(default_factory=set)
    """Labels of notes that are called where no note is read."""
    lines: Sequence[int] = (0, 0)
    """The first line of the block that is read, and the one after it."""
    defines_notes: bool = True
    """Whether a note that is called must be defined here."""

    def tell(self, kind: str, mark: str, needle: str, about: str = "") -> None:
        """Notes what the author has to be told, once a mark."""
        self.doubts.setdefault((kind, mark), Doubt(kind, mark, needle, self.lines[0], about))


def parser(*, blocks: bool = True) -> MarkdownIt:
    """A parser of whole texts, or of paragraphs alone, in which `2021. A year` is no list."""
    md = MarkdownIt("commonmark", {"tasklists": True, "alerts": True, "store_labels": True})
    normalize = md.normalizeLink
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    md.normalizeLink = lambda url: _INSERTED.sub(lambda m: unquote(m[0]), normalize(url))  # type: ignore[method-assign]
    md.use(deflist_plugin).use(admon_plugin).use(gfm_autolink_plugin)
    md.enable(["table", "strikethrough"])
    md.disable("gfm_autolink_email")
    rule = {function.__name__: function for function in md.block.ruler.getRules("")}
    ends_text: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.at("deflist", _definition_list(rule["deflist"]), {"alt": ["paragraph", "reference", "blockquote"]})
    md.block.ruler.at("admonition", _admonition(rule["admonition"]), ends_text)
    md.block.ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    md.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    md.block.ruler.before("reference", "note", _note, ends_text)
    md.block.ruler.before("list", "abbreviation", _abbreviation, ends_text)
    md.inline.ruler.before("link", "note_call", _note_call)
    md.inline.ruler.before("link", "note_within", _note_within)
    md.inline.ruler.at("html_inline", _html_inline)
    md.inline.ruler.at("autolink", _autolink)
    protocol = next(rule for rule in md.inline.ruler.getRules("") if rule.__name__ == "_protocol_rule")
    md.inline.ruler.at("gfm_autolink_protocol", _bare_address(protocol))
    md.core.ruler.before("block", "deep_blocks", _deep_blocks)
    md.core.ruler.at("inline", _inline)
    md.core.ruler.before("inline", "list_numbers", _list_numbers)
    md.core.ruler.after("inline", "tags", _tags)
    md.core.ruler.after("tags", "attributes", _attributes)
    md.core.ruler.after("attributes", "tasks", _tasks)
    md.core.ruler.after("tasks", "figures", _figures)
    md.core.ruler.push("abbreviations", _abbreviations)
    _refuse_depth(md)
    if not blocks:
        md.block.ruler.enableOnly("paragraph")
        md.core.ruler.disable("figures")
    return md


def _findings(state: StateBlock | StateInline | StateCore) -> Findings:
    findings = state.env["findings"]
    assert isinstance(findings, Findings)
    return findings


# Depth


def _refuse_depth(md: MarkdownIt) -> None:
    """Lets too many blocks in each other be an error: markdown-it would leave the innermost out without a word."""
    tokenize = md.block.tokenize

    def checked(state: StateBlock, start: int, end: int) -> None:
        if state.level > DEEPEST:
            raise RecursionError
        tokenize(state, start, end)

    md.block.tokenize = checked  # type: ignore[assignment, method-assign]


def _deep_blocks(state: StateCore) -> None:
    state.md.options["maxNesting"] = 2 * DEEPEST


# Blocks

BlockRule = Callable[[StateBlock, int, int, bool], bool]


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`[^label]: …`, with all that is indented by four blanks below it."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("[^", begin) or state.is_code_block(start):
        return False
    found = _NOTE.match(state.src, begin, state.eMarks[start])
    if found is None:
        return False
    if silent:
        return True
    findings, label = _findings(state), found[1].strip()
    token = state.push("note_open", "", 1)
    token.meta = {"label": label}
    token.map = lines = [start, 0]
    if label in findings.places:
        findings.lines = lines
        findings.tell("repeated note", label, found[0].rstrip(), label)
    findings.places.setdefault(label, start)
    first = state.bMarks[start], state.tShift[start], state.sCount[start]
    around = state.blkIndent, state.listIndent, state.parentType
    state.blkIndent += 4
    state.bMarks[start], state.tShift[start], state.sCount[start] = found.end(), 0, state.blkIndent
    state.listIndent, state.parentType = -1, "footnote"
    state.md.block.tokenize(state, start, end)
    state.bMarks[start], state.tShift[start], state.sCount[start] = first
    state.blkIndent, state.listIndent, state.parentType = around
    lines[1] = state.line
    state.push("note_close", "", -1)
    return True


def _abbreviation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`*[HTML]: Hypertext Markup Language`."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("*[", begin) or state.is_code_block(start):
        return False
    found = _ABBREVIATION.match(state.src, begin, state.eMarks[start])
    if found is None:
        return False
    if not silent:
        state.line = start + 1
        meaning = found[2].strip()
        if not meaning and state.line < end and not state.isEmpty(state.line):
            meaning = _line(state, state.line).strip()
            state.line += 1
        findings = _findings(state)
        word = found[1].strip()
        if word in findings.abbreviations:
            findings.lines = (start, state.line)
            findings.tell("two meanings", word, found[0].partition(":")[0], word)
        findings.abbreviations.setdefault(word, meaning)
        findings.places.setdefault("*" + word, start)
    return True


def _admonition(read: BlockRule) -> BlockRule:
    """`!!! note "Title"`, with or without its quotation marks; without words the kind of the box is its title."""

    def admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if not state.src.startswith("!!!", state.bMarks[start] + state.tShift[start]):
            return False
        found = _ADMONITION.match(_line(state, start))
        if found is None:
            return False
        at = len(state.tokens)
        if not read(state, start, end, silent):
            return False
        if not silent:
            state.tokens[at].attrs["class"] = f"admonition {found['kind'].lower()}"
            titled = 3 if state.tokens[at + 1].type == "admonition_title_open" else 0
            state.tokens[at + 1 : at + 1 + titled] = _box_title(found, state.level + 1, start)
        return True

    return admonition


def _box_title(found: re.Match[str], level: int, line: int) -> list[Token]:
    words = found["kind"].capitalize() if found["words"] is None else found["words"]
    if quoted := _QUOTED.fullmatch(words):
        words = quoted["before"] + quoted["quoted"]
    if not words.strip():
        return []
    map = [line, line + 1]
    opening = Token("admonition_title_open", "p", 1, attrs={"class": "admonition-title"}, map=map, level=level)
    title = Token("inline", "", 0, content=words.strip(), children=[], map=map, level=level + 1)
    closing = Token("admonition_title_close", "p", -1, level=level)
    opening.block = closing.block = True
    return [opening, title, closing]


def _definition_list(read: BlockRule) -> BlockRule:
    """Terms and `: definition`. Each line before the definition is a term of its own."""

    def definition_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if silent:
            return read(state, start, end, silent)
        last = _last_term(state, start, end)
        at = len(state.tokens)
        if last < 0 or not read(state, last, end, False):
            return False
        terms = []
        for line in range(start, last):
            opening, words, closing = Token("dt_open", "dt", 1), Token("inline", "", 0), Token("dt_close", "dt", -1)
            opening.block = closing.block = True
            opening.map = words.map = [line, line + 1]
            opening.level = closing.level = state.level + 1
            words.content, words.children, words.level = _line(state, line).strip(), [], state.level + 2
            terms += [opening, words, closing]
        state.tokens[at + 1 : at + 1] = terms
        for token in state.tokens[at:]:
            if token.type == "inline" and token.map and token.map[1] == token.map[0]:
                token.map = [token.map[0], token.map[0] + 1]
        _part_paragraphs(state.tokens[at:], _findings(state))
        return True

    return definition_list


def _part_paragraphs(tokens: Sequence[Token], findings: Findings) -> None:
    """Paragraphs that follow on each other in one definition stay apart; one that begins as a definition is told."""
    for n, token in enumerate(tokens):
        if token.type != "paragraph_open" or n == 0 or tokens[n - 1].type != "paragraph_close":
            continue
        for each in (tokens[n - 3], tokens[n - 1], token, tokens[n + 2]):
            each.hidden = False
        if tokens[n + 1].content[:2] in (": ", ":\t", "~ ", "~\t") and token.map:
            findings.lines = token.map
            findings.tell("unread", "definition", tokens[n + 1].content.partition("\n")[0])


def _last_term(state: StateBlock, start: int, end: int) -> int:
    """The line before a definition, if all lines from `start` to it are terms; else -1."""
    if state.is_code_block(start):
        return -1
    ends = state.md.block.ruler.getRules("paragraph")
    line = start
    while line + 1 < end:
        after = line + 1
        if state.isEmpty(after):
            after += 1
            if after >= end:
                return -1
        if state.sCount[after] < state.blkIndent:
            return -1
        if _line(state, after)[:2] in (": ", ":\t") and state.sCount[after] - state.blkIndent < 4:
            return line
        if after > line + 1 or any(rule(state, after, end, True) for rule in ends):
            return -1
        line = after
    return -1


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """HTML as CommonMark reads it, where it is HTML: a word in angle brackets that is no tag's name is text."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("<", begin) or state.is_code_block(start):
        return False
    findings = _findings(state)
    line = state.src[begin : state.eMarks[start]]
    if line.startswith("<!--"):
        if state.src.rfind("-->") < begin:
            return False
    else:
        name = re.match(r"</?([A-Za-z][A-Za-z0-9-]*)", line)
        if name is None or name[1].lower() not in KNOWN_TAGS:
            return False
        if name[1].lower() in ("script", "style", "textarea"):
            limit = state.eMarks[end - 1]
            if line.startswith("</") or not _CLOSED.search(state.src, begin, limit):
                return False
    if not read_html_block(state, start, end, silent):
        return False
    if not silent:
        token = state.tokens[-1]
        findings.lines = token.map or (start, start)
        token.content = without_foreign(token.content, _removed(findings))
        words = re.sub(r"<[^<>]*>", "", token.content)
        for kind, needle in unread_marks(words, in_html=True):
            findings.tell("unread", kind, needle)
        for called in _NOTE_IN_HTML.finditer(words):
            findings.tell("unread note", called[0], called[0])
            findings.uncalled.add((called[1] or "").strip())
    return True


def _removed(findings: Findings) -> Removed:
    def tell(kind: str, needle: str) -> None:
        if kind == "markdown=":
            findings.tell("unread", kind, needle)
        elif kind == "picture":
            findings.tell("picture", needle, needle)
        else:
            findings.tell("removed", kind, needle)

    return tell


def _tags(state: StateCore) -> None:
    """Closes what is open at the end of a text, so that it ends there; tells of ends of what is not open."""
    findings = _findings(state)
    open_: list[str] = []
    for token in state.tokens:
        if token.type == "html_block":
            findings.lines = token.map or findings.lines
            _follow(token.content, open_, findings)
        elif token.type == "inline" and token.children:
            findings.lines = token.map or findings.lines
            before = len(open_)
            for child in token.children:
                if child.type == "html_inline":
                    _follow(child.content, open_, findings)
            while len(open_) > before and open_[-1] in PHRASES:
                token.children.append(Token("html_inline", "", 0, content=f"</{open_.pop()}>"))


def _follow(html: str, open_: list[str], findings: Findings) -> None:
    """Keeps which elements are open."""
    for found in TAG.finditer(html):
        name = found["name"].lower()
        if name in VOID or name not in TAGS or found[0].endswith("/>"):
            continue
        if not found[0].startswith("</"):
            open_.append(name)
        elif name in open_:
            while open_.pop() != name:
                pass
        else:
            findings.tell("stray end", found[0], found[0])


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table; of cells beyond the last column, which GitHub leaves out, the author is told."""
    at = len(state.tokens)
    if start + 1 >= end or "|" not in _line(state, start + 1) or not read_table(state, start, end, silent):
        return False
    if not silent:
        width = sum(token.type == "th_open" for token in state.tokens[at:])
        findings = _findings(state)
        for token in state.tokens[at:]:
            if side := _SIDES.get(str(token.attrs.pop("style", ""))):
                token.attrSet("class", side)
            if token.type == "tr_open" and token.map:
                cells = escapedSplit(_line(state, token.map[0]).strip())
                cells = cells[not cells[0].strip() : len(cells) - (not cells[-1].strip())]
                if len(cells) > width:
                    findings.lines = token.map
                    findings.tell("cell", str(token.map[0]), cells[width].strip(), str(width))
    return True


def _list_numbers(state: StateCore) -> None:
    """Tells of the first typed number of a list that is not the printed one. Where each is 1, none is meant."""
    findings = _findings(state)
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


# Inlines


def _inline(state: StateCore) -> None:
    """Each block's text, with the line at which it stands."""
    findings = _findings(state)
    tokens = state.tokens
    state.md.options["maxNesting"] = _BRACKETS
    for n, token in enumerate(tokens):
        if token.map:
            findings.lines = token.map
        if token.type == "fence" and token.info.lstrip().startswith("{"):
            _attributes_of_code(token, findings)
        if token.type in _ALERTS:  # GitHub's `> [!NOTE]` is a box like any other
            token.attrs["class"] = _ALERTS[token.type].format(token.info.lower())
        if token.type != "inline":
            continue
        _attributes_at_end(tokens, n, findings)
        for kind, needle in unread_marks(token.content):
            findings.tell("call" if kind == "call" else "unread", needle if kind == "call" else kind, needle)
        children: list[Token] = []
        state.md.inline.parse(token.content, state.md, state.env, children)
        token.children = children
        for child in children:
            if child.type in ("link_open", "image"):
                _link(child, token.content, findings)
    tokens += _notes_within(findings, 0)


def _notes_within(findings: Findings, known: int) -> list[Token]:
    """The notes that stand within the text, without those that are known."""
    out: list[Token] = []
    for label, words in list(findings.within.items())[known:]:
        out += Token("note_open", "", 1, meta={"label": label}), words, Token("note_close", "", -1)
    return out


def _link(token: Token, text: str, findings: Findings) -> None:
    if label := token.meta.get("label"):
        findings.links.add(label)
    address = str(token.attrs.get("href") or token.attrs.get("src") or "")
    if token.type == "image":
        if not address or scheme_of(address) not in SCHEMES:
            typed = address if address in text else unquote(address)
            findings.tell("picture", typed, typed or "](")
    elif not address:
        findings.tell("empty link", str(findings.lines[0]), "](")
    elif scheme_of(address) not in SCHEMES:
        findings.tell("removed", "address", address, scheme_of(address))


def _note_call(state: StateInline, silent: bool) -> bool:
    """`[^label]`."""
    if not state.src.startswith("[^", state.pos):
        return False
    found = _NOTE_CALL.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    findings, label = _findings(state), found[1].strip()
    if findings.defines_notes and label not in findings.places:
        if not silent:
            findings.tell("unknown note", label, found[0], label)
        return False
    if not silent:
        state.push("note_call", "", 0).meta = {"label": label}
    state.pos = found.end()
    return True


def _note_within(state: StateInline, silent: bool) -> bool:
    """`^[A note within the text.]`."""
    if not state.src.startswith("^[", state.pos):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    if end < 0 or not state.src[state.pos + 2 : end].strip():
        return False
    if not silent:
        findings, content = _findings(state), state.src[state.pos + 2 : end]
        label = f"^[{content}]"
        if label not in findings.within:
            children: list[Token] = []
            findings.within[label] = Token(
                "inline", "", 0, content=content, children=children, map=list(findings.lines)
            )
            state.md.inline.parse(content, state.md, state.env, children)
        state.push("note_call", "", 0).meta = {"label": label}
    state.pos = end + 1
    return True


def _html_inline(state: StateInline, silent: bool) -> bool:
    """A tag of HTML, or a comment; any other word in angle brackets is text."""
    if state.src[state.pos] != "<":
        return False
    if state.src.startswith("<!--", state.pos):
        return read_html_inline(state, silent)
    found = TAG.match(state.src, state.pos, state.posMax)
    if found is None or (name := found["name"].lower()) not in KNOWN_TAGS:
        return False
    if not silent:
        tell = _removed(_findings(state))
        if name in TAGS:
            removed_attributes(found, tell)
        else:
            tell(f"<{name}>", found[0])
    if name in TAGS:
        return read_html_inline(state, silent)
    state.pos = found.end()
    return True


def _autolink(state: StateInline, silent: bool) -> bool:
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


def _bare_address(read: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """`https://example.org`; asked only where one may be, for the rule itself reads all of the text before."""

    def bare_address(state: StateInline, silent: bool) -> bool:
        return (
            not silent
            and _ADDRESS.match(state.src, state.pos) is not None
            and state.src[max(state.pos - 5, 0) : state.pos].endswith(("http", "https"))
            and read(state, silent)
        )

    return bare_address


# Attributes, tasks, abbreviations


def _attributes_at_end(tokens: list[Token], n: int, findings: Findings) -> None:
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


def _attributes_of_code(token: Token, findings: Findings) -> None:
    """```` ```{.python #id} ````"""
    found = ATTRIBUTES.fullmatch(token.info.strip())
    if found is None:
        return
    language = re.search(r"\.([\w-]+)", found[1])
    token.info = language[1] if language else ""
    _give(token, found[1].replace(language[0], "", 1) if language else found[1], findings)


def _attributes(state: StateCore) -> None:
    """Attribute lists right after an emphasis, a link, a picture or code."""
    findings = _findings(state)
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
            if token.type == "text" and (found := ATTRIBUTES.search(token.content)):
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
            token.attrJoin("class", value)
        elif name in ("width", "height") and not re.fullmatch(r"\d+%?", value):
            findings.tell("removed", f"{name}=", item[0])
        elif name in TAGS.get(token.tag or "pre", frozenset()):
            token.attrSet(name, value)
        else:
            findings.tell("removed", f"{name}=", item[0])


def _tasks(state: StateCore) -> None:
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


def _figures(state: StateCore) -> None:
    """A picture alone in its paragraph, with a title or wide, is a figure; the title is its caption."""
    tokens, findings = state.tokens, _findings(state)
    out: list[Token] = []
    known = len(findings.within)
    for n, token in enumerate(tokens):
        out.append(token)
        findings.lines = token.map or findings.lines
        picture = _alone(token.children or []) if token.type == "inline" else None
        if picture is None or tokens[n - 1].type != "paragraph_open" or tokens[n - 1].hidden:
            continue
        title, classes = str(picture.attrs.pop("title", "")), str(picture.attrs.get("class", ""))
        if not title and "wide" not in classes.split():
            continue
        tokens[n - 1].tag = tokens[n + 1].tag = "figure"
        if classes:
            tokens[n - 1].attrJoin("class", str(picture.attrs.pop("class")))
        if title:
            words: list[Token] = []
            state.md.inline.parse(title, state.md, state.env, words)
            caption = Token("inline", "", 0, content=title, children=words, map=token.map)
            out += Token("figcaption_open", "figcaption", 1), caption, Token("figcaption_close", "figcaption", -1)
    state.tokens = out + _notes_within(findings, known)


def _alone(children: list[Token]) -> Token | None:
    """The picture, if there is nothing else."""
    left = [child for child in children if child.type != "text" or child.content.strip()]
    return left[0] if len(left) == 1 and left[0].type == "image" else None


def _abbreviations(state: StateCore) -> None:
    """Each abbreviation in the text, with its meaning."""
    findings = _findings(state)
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
