"""Lines of a text in, block tokens out: the rules for blocks that CommonMark lacks or reads otherwise. Pure.

Each rule is a function that markdown-it asks at a line: notes, abbreviations, boxes, definitions, HTML, tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import html_block as read_html_block
from markdown_it.rules_block import table as read_table
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from reportgen.brief.findings import Findings, findings_of
from reportgen.brief.foreign_marks import unread_marks
from reportgen.brief.tags import KNOWN_TAGS, TAG, is_tag, without_foreign
from reportgen.late_patterns import regex

DEEPEST = 100
"""Number of lists, items and quotations that may stand in each other."""
_NOTE = regex(r"\[\^([^\[\]\n]+)\]:[ \t]*")
_NOTE_IN_HTML = regex(r"\[\^([^\[\]\n]+)\]|\^\[[^\[\]\n]+\]")
_ABBREVIATION = regex(r"\*\[([^\[\]\n]+)\][ ]?:[ \t]*(.*)")
_ADMONITION = regex(r"!!! ?(?P<kind>[\w-]+)(?:[ \t]+(?P<words>.*?))?[ \t]*\Z")
_PLACED = regex(r"(?:inline|end|annotate)(?:[ ]+(?:inline|end|annotate))*[ ]*(?=[\"]|\Z)")
_QUOTED = regex(r'(?P<before>|.*?[ \t])"(?P<quoted>.*)"')
_SIDES = {"text-align:right": "n", "text-align:center": "c"}
"""How markdown-it aligns a cell -> the class that does."""
_COLUMNS = regex(r"\||^:-|-:")
"""In the line below a table's head; dashes alone make the line above them a heading."""
_CLOSED = regex(r"</(?:script|style|textarea)\s*>", re.I)


BlockRule = Callable[[StateBlock, int, int, bool], bool]


def refuse_depth(md: MarkdownIt) -> None:
    """Lets too many blocks in each other be an error: markdown-it would leave the innermost out without a word."""
    tokenize = md.block.tokenize

    def checked(state: StateBlock, start: int, end: int) -> None:
        if state.level > DEEPEST:
            raise RecursionError
        tokenize(state, start, end)

    md.block.tokenize = checked  # type: ignore[assignment, method-assign]


def note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`[^label]: …`, with all that is indented by four blanks below it."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("[^", begin) or state.is_code_block(start):
        return False
    found = _NOTE.match(state.src, begin, state.eMarks[start])
    if found is None:
        return False
    if silent:
        return True
    findings, label = findings_of(state), found[1].strip()
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


def abbreviation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`*[HTML]: Hypertext Markup Language`."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("*[", begin) or state.is_code_block(start):
        return False
    found = _ABBREVIATION.match(state.src, begin, state.eMarks[start])
    if found is None:
        return False
    if found[2].count("*") % 2:  # an emphasis: *[Editor]: see below*
        return False
    if not silent:
        state.line = start + 1
        meaning = found[2].strip()
        if not meaning and state.line < end and not state.isEmpty(state.line):
            meaning = _line(state, state.line).strip()
            state.line += 1
        findings = findings_of(state)
        word = found[1].strip()
        if word in findings.abbreviations:
            findings.lines = (start, state.line)
            findings.tell("two meanings", word, found[0].partition(":")[0], word)
        findings.abbreviations.setdefault(word, meaning)
        findings.places.setdefault("*" + word, start)
    return True


def admonition(read: BlockRule) -> BlockRule:
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
            title = _box_title(found, state.level + 1, start)
            state.tokens[at + 1 : at + 1 + titled] = title
            _tell_of_box(findings_of(state), found, is_empty=len(state.tokens) == at + 2 + len(title), line=start)
        return True

    return admonition


def _tell_of_box(findings: Findings, found: re.Match[str], *, is_empty: bool, line: int) -> None:
    findings.lines = (line, line + 1)
    if is_empty:
        findings.tell("unread", "!!!", found[0])
    elif placed := _PLACED.match(found["words"] or ""):
        findings.tell("unread", "!!! inline", placed[0].strip())


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


def definition_list(read: BlockRule) -> BlockRule:
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
        _part_paragraphs(state.tokens[at:], findings_of(state))
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


def html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """HTML as CommonMark reads it, where it is HTML: a word in angle brackets that is no tag's name is text."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("<", begin) or state.is_code_block(start):
        return False
    findings = findings_of(state)
    line = state.src[begin : state.eMarks[start]]
    if line.startswith("<!--"):
        if state.src.rfind("-->") < begin:
            return False
    else:
        name = re.match(r"</?([A-Za-z][A-Za-z0-9-]*)", line)
        if name is None or name[1].lower() not in KNOWN_TAGS:
            return False
        if (tag := TAG.match(state.src, begin)) and not is_tag(tag):
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
        token.content = without_foreign(token.content, findings.tell_removed)
        words = re.sub(r"<[^<>]*>", "", token.content)
        for kind, needle in unread_marks(words, in_html=True):
            findings.tell("unread", kind, needle)
        for called in _NOTE_IN_HTML.finditer(words):
            findings.tell("unread note", called[0], called[0])
            findings.uncalled.add((called[1] or "").strip())
    return True


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table; of cells beyond the last column, which GitHub leaves out, the author is told."""
    at = len(state.tokens)
    if start + 1 >= end or not _COLUMNS.search(_line(state, start + 1)) or not read_table(state, start, end, silent):
        return False
    if not silent:
        width = sum(token.type == "th_open" for token in state.tokens[at:])
        findings = findings_of(state)
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


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
