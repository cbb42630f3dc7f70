"""Markdown with inserts in, sanitised HTML with inserts out: body, notes and headings. Pure.

Markdown runs first (its grammar is in `grammar.py`), then nh3 removes what authors may not write, then the tree is
adapted: inserts in attributes and code become plain text, headings get anchors, tables align by class.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from html import escape, unescape
from typing import Any
from unicodedata import category, normalize
from urllib.parse import quote, unquote

import nh3
from lxml import etree, html
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reportgen.brief.doubts import Doubt
from reportgen.brief.findings import Findings
from reportgen.brief.grammar import parser
from reportgen.brief.links import PICTURES, is_internal, picture_path
from reportgen.brief.tags import SCHEMES, TAGS, VOID
from reportgen.late_patterns import regex
from reportgen.model.evaluated import FIRST_INSERT

INSERT = regex(f"[{chr(FIRST_INSERT)}-\U000ffffd]")
_STOPPED = regex(rf"({INSERT.pattern})((?:</(?:em|strong|del|ins|span|a)>)*)\.(?![.\w])")
PRIVATE = regex("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
"""Private-use characters, which authors may not type."""

CONTROL = regex("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Control characters, which nobody sees and XML does not hold."""

SEPARATOR = regex("[\x85\u2028\u2029]")
"""Signs that part lines in other programs: a browser runs the words around them together, and paper breaks there."""

_HEADING = regex("h[1-6]")
_TAG = regex(r'<(?:[^<>"]|"[^"]*")*>')
_OF_A_TABLE = regex(r"<(?:table|tr|td|th|tbody|thead|tfoot|caption)\b")
_TAG_OR_COMMENT = regex(r"""<!--.*?-->|</?[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>""", re.S)
_NESTED = regex(r"<(/?)([a-z][a-z0-9]*)[^>]*>")
_ATTRIBUTE = regex(r"""(\s[^\s"'<>=]+)=("[^"]*"|'[^']*')""")
_WRITTEN_TAG = regex(rf"<[a-z][a-z0-9]*(?:{_ATTRIBUTE.pattern}|\s[^\s\"'<>=]+)*>")
_LINK_LABEL = regex(r"\[((?:[^\[\]\\]|\\.)+)\]:")
_DEEPEST_TREE = 200
"""Number of elements in each other; the parser of trees leaves out what is deeper than 256."""
TASK_WORDS = ("To do:", "Done:")
"""Phrases that say whether a task is done."""
_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes={"*": set(), **{tag: set(names) for tag, names in TAGS.items()}},
    url_schemes=set(SCHEMES) - {""},
    link_rel=None,
)


def stopped_once(html: str, ends_in_stop: Callable[[str], bool]) -> str:
    """A text without the full stop after an insert whose own words end in one: `12 мая 2019 г.` ends the sentence."""
    return _STOPPED.sub(lambda found: found[1] + found[2] if ends_in_stop(found[1]) else found[0], html)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its anchor."""

    anchor: str
    level: int


@dataclass(frozen=True, slots=True)
class Converted:
    """A Markdown text as HTML, before its digits are looked at."""

    html: str
    headings: tuple[Heading, ...] = ()
    notes: tuple[str, ...] = ()
    """In the order of their first calls; a note that another calls follows on it."""
    labels: tuple[str, ...] = ()
    """Of the notes."""
    images: tuple[str, ...] = ()
    """Addresses of the pictures that it shows, not encoded."""
    addresses: tuple[str, ...] = ()
    """Inserts in an address, an anchor or a class, where no value is allowed."""
    nameless: tuple[str, ...] = ()
    """Addresses of pictures without alternative text."""
    doubts: tuple[Doubt, ...] = ()
    """What its author has to be told."""
    links: tuple[str, ...] = ()
    """Addresses of links that may lead into the site, as written: those that name no host, and those of the web."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Address of a link or picture, not encoded -> the first line of the block that holds it first."""
    repeated: tuple[str, ...] = ()
    """Ids that the author gave twice, or that the page has already."""


CallNote = Callable[[str], str]
"""The label of a note that is called -> the insert that calls it."""


class Converter:
    """Markdown's grammar, set up once and used for many texts."""

    def __init__(self) -> None:
        self._text = _rendering(parser())
        self._line = _rendering(parser(blocks=False))

    def convert(
        self,
        text: str,
        plain: Callable[[str], str],
        note: CallNote,
        taken: frozenset[str] = frozenset(),
        called: Sequence[str] = (),
        tasks: tuple[str, str] = TASK_WORDS,
    ) -> Converted:
        """A whole document. `plain` gives an insert's plain text, and `called` are the labels of the notes that texts
        before it called: they come first."""
        return _converted(self._text, text, plain, note, Findings(), set(taken), called, tasks)

    def convert_inline(self, text: str, plain: Callable[[str], str], note: CallNote = lambda _: "") -> Converted:
        """A title, a message or a caption: one paragraph without its tags, in which no block begins.

        The notes that it calls are defined elsewhere, but for those within it.
        """
        findings = Findings(defines_notes=False)
        converted = _converted(self._line, text, plain, note, findings, set(), (), TASK_WORDS)
        return replace(converted, html=_unwrapped(converted.html))


@cache
def converter() -> Converter:
    """The processor that all texts share."""
    return Converter()


def policy_html(text: str) -> str:
    """Markdown of site.yaml, in which nothing is called, as HTML."""
    return converter().convert(text, lambda _: "", lambda _: "").html if text else ""


def _rendering(md: MarkdownIt) -> MarkdownIt:
    md.add_render_rule("note_call", _note_call)
    md.add_render_rule("task", _task)
    return md


def _note_call(_: Any, tokens: Sequence[Token], n: int, options: Any, env: Any) -> str:
    """The insert that calls a note. The first call of a note numbers those that the note itself calls."""
    label = tokens[n].meta["label"]
    called: str = env["note"](label)
    if label not in env["called"]:
        env["called"][label] = ""
        env["called"][label] = env["render"](label)
    return called


def _task(_: Any, tokens: Sequence[Token], n: int, options: Any, env: Any) -> str:
    done = tokens[n].meta["checked"]
    sign, words = ("✓" if done else ""), env["tasks"][done]
    return f'<span class="task">{sign}</span><span class="vh">{escape(words)} </span>'


def _converted(
    md: MarkdownIt,
    text: str,
    plain: Callable[[str], str],
    note: CallNote,
    findings: Findings,
    taken: set[str],
    called: Sequence[str],
    tasks: tuple[str, str],
) -> Converted:
    env: dict[str, Any] = {"findings": findings, "note": note, "called": dict.fromkeys(called, ""), "tasks": tasks}
    body, texts = parted(md.parse(text, env))
    if not findings.defines_notes and [token.type for token in body] == ["paragraph_open", "inline", "paragraph_close"]:
        body = body[1:2]  # a tag that is not closed would stand around the paragraph too
    env["render"] = lambda label: md.renderer.render(texts.get(label, []), md.options, env)
    for label in called:
        env["called"][label] = env["render"](label)
    rendered = md.renderer.render(body, md.options, env)
    tree = _tree(rendered, text, findings)
    found = _Shape(plain, taken)
    found.walk(tree)
    notes = []
    for rendered in env["called"].values():
        item = _tree(rendered, text, findings)
        found.walk(item)
        notes.append(_unwrapped(_inner(item)))
    _tell_unused(findings, env, text.split("\n"))
    return Converted(
        _inner(tree).strip(), tuple(found.headings), tuple(notes), tuple(env["called"]), tuple(found.images),
        tuple(found.addresses), tuple(found.nameless), tuple(findings.doubts.values()),
        tuple(found.links), findings.addresses, tuple(found.repeated),
    )  # fmt: skip


def _tell_unused(findings: Findings, env: dict[str, Any], lines: Sequence[str]) -> None:
    """Notes, abbreviations and link definitions that the text does not use would vanish."""
    for label, line in findings.places.items():
        if label.startswith("*") and label[1:] not in findings.spelled:
            findings.doubts["unused", label] = Doubt("unused", label, f"*[{label[1:]}]", line, label[1:])
        elif not label.startswith("*") and label not in env["called"] and label not in findings.uncalled:
            findings.doubts["uncalled note", label] = Doubt("uncalled note", label, f"[^{label}]:", line, label)
    for label, link in env.get("references", {}).items():
        if label not in findings.links:
            typed = _typed_label(lines, link, label)
            findings.doubts["unused", f"[{label}]"] = Doubt("unused", label, "[", link["map"][0], typed)
    for link in env.get("duplicate_refs", ()):
        typed = _typed_label(lines, link, link["label"])
        findings.doubts["twice", link["label"]] = Doubt("twice", "", "[", link["map"][0], typed)


def _typed_label(lines: Sequence[str], link: dict[str, Any], label: str) -> str:
    """The label of a link definition as its author typed it: Markdown knows it in capitals."""
    line = lines[link["map"][0]] if link["map"][0] < len(lines) else ""
    found = _LINK_LABEL.search(line)
    return found[1] if found and found[1].upper() == label.upper() else label.lower()


_CONTAINERS = frozenset({"blockquote", "list_item", "bullet_list", "ordered_list"})


def parted(tokens: list[Token]) -> tuple[list[Token], dict[str, list[Token]]]:
    """The blocks that are in no note, and those of each note; of notes with one label, the first. A quotation or an
    item that held notes alone is left out with them."""
    out: list[Token] = []
    notes: dict[str, list[Token]] = {}
    open_: list[list[Token]] = []
    for token in tokens:
        into = open_[-1] if open_ else out
        kind = token.type.removesuffix("_close")
        if token.type == "note_open":
            _mark_emptied(into)
            open_.append([])
            notes.setdefault(token.meta["label"], open_[-1])
        elif token.type == "note_close":
            open_.pop()
        elif kind in _CONTAINERS and token.nesting < 0 and into[-1].type == f"{kind}_open" and _is_emptied(into[-1]):
            into.pop()
            _mark_emptied(into)
        else:
            into.append(token)
    return out, notes


def _mark_emptied(tokens: list[Token]) -> None:
    """Keeps of the container that begins last that something was taken out of it."""
    if tokens and tokens[-1].nesting > 0:
        tokens[-1].meta["emptied"] = True


def _is_emptied(token: Token) -> bool:
    return "emptied" in token.meta


def _tree(rendered: str, text: str, findings: Findings) -> html.HtmlElement:
    clean = _CLEANER.clean(rendered)
    _tell_moved(rendered, clean, text, findings)
    if clean.count("</") > _DEEPEST_TREE:
        depth = 0
        for closing, name in _NESTED.findall(clean):
            depth += 0 if name in VOID else -1 if closing else 1
            if depth > _DEEPEST_TREE:
                raise RecursionError
    tree: html.HtmlElement = html.fragment_fromstring(clean, create_parent="div")
    return tree


def _tell_moved(rendered: str, clean: str, text: str, findings: Findings) -> None:
    """What stands between the cells of a table is read by HTML as if it stood before the table, and cells without a
    table as one run of text."""
    if not _OF_A_TABLE.search(rendered):
        return
    before, after = (unescape(_TAG_OR_COMMENT.sub(" ", html)).split() for html in (rendered, clean))
    at = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), None)
    if at is None:
        return
    moved = after[at]
    kind = "moved" if moved in before[at:] else "no cell"
    at, word = (before.index(moved, at), moved) if kind == "moved" else (at, before[at])
    stands = [found.start() for found in re.finditer(rf"(?<!\w){re.escape(word)}", text)]
    nth = min(before[:at].count(word), len(stands) - 1)
    findings.doubts[kind, word] = Doubt(kind, word, word, text.count("\n", 0, stands[nth]) if stands else 0)


_WEB = regex(r"https?://", re.IGNORECASE)


class _Shape:
    """One pass over a tree: headings, attributes, code, tables, pictures."""

    def __init__(self, plain: Callable[[str], str], taken: set[str]) -> None:
        self.headings: list[Heading] = []
        self.images: list[str] = []
        self.addresses: list[str] = []
        self.nameless: list[str] = []
        self.links: dict[str, None] = {}
        self.repeated: list[str] = []
        self._plain = plain
        self._taken = taken
        self._last_of: dict[str, int] = {}
        """Words of a heading -> the number that its anchor was given last."""

    def walk(self, tree: html.HtmlElement) -> None:
        for element in list(tree.iter()):
            if not isinstance(element.tag, str):
                continue
            linked = element.get("href", "") if element.tag == "a" else ""
            self._attributes(element)
            if element.tag in ("code", "pre", "kbd", "samp"):
                for inner in element.iter():
                    inner.text = self._replaced(inner.text)
                    if inner is not element:
                        inner.tail = self._replaced(inner.tail)
            elif _HEADING.fullmatch(element.tag):
                self._heading(element)
            elif element.get("class") == "task":
                element.set("aria-hidden", "true")
            elif linked and (is_internal(linked) or _WEB.match(linked)) and not INSERT.search(linked):
                self.links[linked] = None
            elif element.tag == "img":
                self._picture(element)
            elif element.tag == "table":
                _shape_table(element)
            if element.text is None and not len(element) and element.tag not in VOID:
                element.text = ""  # or its end would be left out

    def _attributes(self, element: html.HtmlElement) -> None:
        for name, value in list(element.attrib.items()):
            if name in ("alt", "title"):
                continue  # replaced last, after the digits that authors typed there are reported
            if name == "id" and _OURS.match(value):
                del element.attrib[name]
                self.repeated.append(value)
                continue
            if INSERT.search(value):
                self.addresses.extend(INSERT.findall(value))
                element.set(name, self._replaced(value) or "")
        if (id := element.get("id")) and not _HEADING.fullmatch(element.tag):
            if id in self._taken:
                del element.attrib["id"]
                self.repeated.append(id)
            self._taken.add(id)
        if element.tag in ("td", "th") and (side := element.attrib.pop("align", None)) in ("right", "center"):
            element.set("class", f"{element.get('class', '')} {'n' if side == 'right' else 'c'}".strip())

    def _picture(self, element: html.HtmlElement) -> None:
        """However its name is written, a picture has one address. One without was told when it was read."""
        if not element.get("src"):
            return
        name = normalize("NFC", unquote(element.get("src", "")))
        if (path := picture_path(name)).startswith(PICTURES):
            element.set("src", quote(path))
        self.images.append(name)
        if not (element.get("alt") or "").strip():
            self.nameless.append(name)

    def _heading(self, element: html.HtmlElement) -> None:
        words = element.text_content()
        # Without the values in it, so that a link to it holds when one is corrected.
        base = slug(INSERT.sub(" ", words)) or slug(self._replaced(words) or "") or "section"
        if _OURS.match(base):
            base = f"section-{base}"
        base = element.get("id") or base
        if element.get("id") in self._taken:
            self.repeated.append(base)
        anchor, n = base, self._last_of.get(base, 1)
        while anchor in self._taken:
            n += 1
            anchor = f"{base}-{n}"
        self._last_of[base] = n
        self._taken.add(anchor)
        element.set("id", anchor)
        self.headings.append(Heading(anchor, int(element.tag[1])))

    def _replaced(self, text: str | None) -> str | None:
        return text if text is None else INSERT.sub(lambda m: self._plain(m.group()), text)


def _shape_table(table: html.HtmlElement) -> None:
    for cell in table.xpath("./thead/tr/th"):
        cell.set("scope", "col")
    for cell in table.xpath("./tbody/tr/td[1]"):
        if not HAS_INSERT_ONLY.fullmatch(cell.text_content().strip()) and "n" not in (cell.get("class") or "").split():
            cell.tag = "th"
            cell.set("scope", "row")


_OURS = regex(r"(?:fact|calc|mark|cite|note|noteref|ref|figure|conflict|is)-")
"""Prefixes of the anchors that a page generates; a heading may not have one."""
HAS_INSERT_ONLY = regex(f"{INSERT.pattern}*")


def replace_in_attributes(text: str, plain: Callable[[str], str]) -> str:
    """Inserts in what is left of attributes as plain text."""

    def replaced(tag: re.Match[str]) -> str:
        return INSERT.sub(lambda m: escape(plain(m.group())), tag.group())

    return _TAG.sub(replaced, text)


def slug(text: str) -> str:
    """Text as an anchor: letters and digits of any script with their marks, lower case, hyphens between."""
    signs = (c if c.isalnum() or category(c).startswith("M") else " " for c in normalize("NFC", text.lower()))
    return "-".join(re.sub(r"(?<!\w)[\u0300-\u036f\ufe00-\ufe0f]+", "", "".join(signs)).split())


def _inner(element: Any) -> str:
    """An element's content as HTML."""
    head = escape(element.text or "", quote=False)
    inner = head + "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
    return _WRITTEN_TAG.sub(_in_double_quotes, inner) if "='" in inner else inner


def _in_double_quotes(tag: re.Match[str]) -> str:
    """A tag whose attributes all stand in double quotation marks: lxml sets single ones around a double one."""
    return _ATTRIBUTE.sub(lambda a: f'{a[1]}="{a[2][1:-1].replace(chr(34), "&quot;")}"', tag[0])


def _unwrapped(text: str) -> str:
    """The content of a single paragraph; several stay as they are."""
    text = text.strip()
    if text.startswith("<p>") and text.endswith("</p>") and text.count("<p") == 1:
        return text[3:-4]
    return text
