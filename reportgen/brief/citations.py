"""Running text in, what it cites out, in Pandoc's citation syntax. Pure.

The text is Markdown in which `mask_verbatim` has blanked all that is not prose: code, addresses, tags.
https://pandoc.org/MANUAL.html#citation-syntax
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportgen.brief.locators import parse_locator, unknown_place
from reportgen.late_patterns import regex
from reportgen.model.citation import Citation, CitationItem, CitationProblem, FoundCitations

_ID = r"(?:[^\W_]|[_*])(?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*"
"""Letters, digits and `_`, and internal punctuation that more of them follows."""
_KEY = regex(rf"(?P<minus>-?)@(?:(?P<id>{_ID})|\{{(?P<braced>(?:[^{{}}\n]|\{{[^{{}}\n]*\}})+)\}})")
_TOKEN = regex(r"\\.|[\[\]]|-?@|\n(?=[ \t]*(?:\n|\Z))", re.DOTALL)
_AT_ONCE = regex(r"[ \t]*\n?[ \t]*(?=\[(?!\^))")
_UNCLOSED = regex(r"\[[^][.!?()\d;:]{0,40}\Z")
_BRACED = regex(r"-?@\{[^\n}]*\}?")
_LONE_AT = regex(r"-?@(?=\s*[;,\]])|(?<=\[)-?@")
_PART = regex(r"\\.|[\[\]{};]", re.DOTALL)
_VERBATIM = regex(
    r"""
    (?=[ `~\\<(\[hf])  # what each of these begins with
    (?:
    (?P<fence>^[ ]{0,3}(?P<tick>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ ]{0,3}(?P=tick)[`~]*[ \t]*$)
  | (?P<escaped>\\.)
  | (?P<code>(?P<ticks>(?<!`)`+(?!`)).+?(?<!`)(?P=ticks)(?!`))
  | (?P<tag><!--.*?-->|</?[A-Za-z][^<>]*>)
  | (?P<target>(?<=\])\((?:[^()\s]|\([^()\s]*\))*(?:\s+(?P<title>"[^"\n]*"|'[^'\n]*'))?[ \t]*\))
  | (?P<definition>^[ ]{0,3}\[(?![\^@])[^\]\n]+\]:[^\n]*$)
  | (?P<address>(?<!@)(?<!@\{)\b(?:https?|ftp)://[^\s<>\])]+)
    )
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


_DEFINED = regex(r"""\s("[^"]*"|'[^']*'|\([^()]*\))[ \t]*\Z""")
_SPOKEN = regex(r"""\s(?:title|alt)[ ]*=[ ]*("[^"]*"|'[^']*')""", re.IGNORECASE)
_SIGNS_OF_CITATIONS = regex(r"[`@\[\]{};\\]")


def mask_verbatim(text: str) -> str:
    """The text with blanks for link targets, tags, comments, and what looks like a citation in code and addresses: the
    same length, the same lines."""

    def blank(match: re.Match[str]) -> str:
        if match["escaped"]:
            return match[0]
        if match["target"]:  # its brackets are kept: they distinguish a link's text from a citation
            caption = match["title"] if _is_caption(match) else ""
            address = match[0][1:-1].partition(caption)[0] if caption else match[0][1:-1]
            rest = match[0][1 + len(address) + len(caption) : -1]
            return "(" + re.sub(r"[^\n]", " ", address) + caption + rest + ")"
        if match["code"]:  # its words may be a citation's: p. `4`
            return _SIGNS_OF_CITATIONS.sub(" ", match[0])
        if match["address"] and not _SIGNS_OF_CITATIONS.search(match[0]):
            return match[0]
        return re.sub(r"[^\n]", " ", match[0])

    return _VERBATIM.sub(blank, text)


def unread_titles(text: str, masked: str) -> Iterator[tuple[int, int]]:
    """Where the title of a link, of a link's definition, or of an HTML element stands, if an `@` is in it."""
    for match in _VERBATIM.finditer(text):
        if match["target"]:
            read = masked[match.start()] == " " or _is_caption(match)  # or within code
            titles = [] if read else [match.span("title")]
        elif match["definition"]:
            titles = [found.span(1) for found in _DEFINED.finditer(match[0])]
        elif match["tag"] and not match["tag"].startswith("<!--"):
            titles = [found.span(1) for found in _SPOKEN.finditer(match[0])]
        else:
            continue
        before = 0 if match["target"] else match.start()
        yield from ((before + a, before + b) for a, b in titles if "@" in text[before + a : before + b])


def _is_caption(target: re.Match[str]) -> bool:
    """Whether the title of a link's target is that of a picture, which is printed below it."""
    if "@" not in (target["title"] or ""):
        return False
    depth, text = 0, target.string
    for at in range(target.start() - 1, -1, -1):
        if text[at] in "[]" and text[at - 1 : at] != "\\":
            depth += 1 if text[at] == "]" else -1
            if depth == 0:
                return text[at - 1 : at] == "!" and text[at - 2 : at - 1] != "\\"
    return False


@dataclass(slots=True)
class _Bracketed:
    """A pair of brackets."""

    start: int
    end: int = 0
    """After the closing one; 0 while there is none."""
    keys: list[re.Match[str]] = field(default_factory=list)
    """Each `@id` between them that is not in an inner pair."""


def find_citations(text: str, lang: str = "en") -> FoundCitations:
    """Every citation in a text in a language, in order, and every one that cannot be read."""
    pairs, keys, problems = _scan(text)
    citations: list[Citation] = []
    inside = 0
    for start in sorted((*pairs, *keys)):
        if start < inside:
            continue
        found = _bracketed(text, pairs[start], pairs, problems, lang) if start in pairs else None
        if start in keys:
            found = _in_text(text, keys[start], pairs, problems, lang)
        if found:
            citations.append(found)
            inside = found.end
    return FoundCitations(tuple(citations), tuple(sorted(problems, key=lambda problem: (problem.start, problem.end))))


def _scan(text: str) -> tuple[dict[int, _Bracketed], dict[int, re.Match[str]], list[CitationProblem]]:
    """Closed pairs of brackets and `@id`s, by where they start: one pass, since a page of brackets is long."""
    pairs: dict[int, _Bracketed] = {}
    keys: dict[int, re.Match[str]] = {}
    problems: list[CitationProblem] = []
    open_: list[_Bracketed] = []
    at = 0
    while token := _TOKEN.search(text, at):
        at = token.end()
        if token[0] == "[":
            open_.append(_Bracketed(token.start()))
        elif token[0] == "]" and open_:
            pair = open_.pop()
            pair.end = at
            pairs[pair.start] = pair
        elif token[0][0] == "\n":
            problems += _never_closed(text, open_, token.start())
            open_.clear()
        elif token[0][-1] == "@" and token[0][0] != "\\":
            if key := _key_at(text, token.start()):
                at = key.end()
                keys[key.start()] = key
                if open_:
                    open_[-1].keys.append(key)
            elif (unnamed := _BRACED.match(text, token.start())) and not _glued(text, token.start()):
                problems.append(_nameless(*unnamed.span()))
    problems += _never_closed(text, open_, len(text))
    return pairs, keys, problems


def _never_closed(text: str, brackets: list[_Bracketed], end: int) -> Iterator[CitationProblem]:
    for bracket in brackets:
        # A bracket that is followed by more than a few words is one of another kind, as in "[0, 1)".
        if bracket.keys and _UNCLOSED.match(text[bracket.start : bracket.keys[0].start()]):
            hint = 'add "]" where it ends, or write \\[ for a bracket'
            end = bracket.start + len(text[bracket.start : end].split("\n", 1)[0].rstrip())
            yield CitationProblem("a citation is opened and never closed", bracket.start, end, hint)


def _bracketed(
    text: str, pair: _Bracketed, pairs: dict[int, _Bracketed], problems: list[CitationProblem], lang: str
) -> Citation | None:
    """`[see @a, pp. 3-5; @b]`, or None where the brackets are something else, e.g. a link."""
    if _is_link(text, pair, pairs):
        return None
    if not pair.keys:
        if _LONE_AT.search(text, pair.start, pair.end) and "[" not in text[pair.start + 1 : pair.end]:
            problems.append(_nameless(pair.start, pair.end))
        return None
    return Citation(tuple(_items(text, pair, pair.start + 1, problems, lang)), pair.start, pair.end)


def _is_link(text: str, pair: _Bracketed, pairs: dict[int, _Bracketed]) -> bool:
    following = text[pair.end : pair.end + 1]
    if text.startswith("[^", pair.end):
        return False  # a note's call follows
    return following in ("(", "{") or (following == "[" and not (pair.end in pairs and pairs[pair.end].keys))


def _items(
    text: str, pair: _Bracketed, start: int, problems: list[CitationProblem], lang: str
) -> Iterator[CitationItem]:
    """The items from `start` up to the closing bracket, separated by semicolons."""
    for first, last in _parts(text, start, pair.end - 1):
        keys = [key for key in pair.keys if first <= key.start() < last]
        if not keys:
            bare = not text[first:last].strip()
            problems.append(_nameless(first - bare, last + bare))
            continue
        if len(keys) > 1:
            hint = 'put ";" between sources'
            problems.append(CitationProblem("two sources are cited without a semicolon", *keys[1].span(), hint))
        yield _item(keys[0], text[first : keys[0].start()], text[keys[0].end() : last], lang, in_text=False)


def _in_text(
    text: str, key: re.Match[str], pairs: dict[int, _Bracketed], problems: list[CitationProblem], lang: str
) -> Citation:
    """`@id says`, `-@id`, `@id [p. 3]`."""
    alone = Citation((_item(key, "", "", lang, in_text=True),), key.start(), key.end())
    opened = _AT_ONCE.match(text, key.end())
    pair = pairs.get(opened.end()) if opened else None
    if pair is None or text[pair.end : pair.end + 1] in ("(", "{", "["):
        return alone
    first, last = next(_parts(text, pair.start + 1, pair.end - 1))
    if any(other.start() < last for other in pair.keys) or _LONE_AT.match(text, pair.start + 1):
        return alone
    if not text[pair.start + 1 : pair.end - 1].strip():
        hint = "write a locator in them, e.g. [p. 3], or leave them out"
        problems.append(CitationProblem("the brackets after a source are empty", pair.start, pair.end, hint))
    others = _items(text, pair, last + 1, problems, lang) if last < pair.end - 1 else ()
    return Citation((_item(key, "", text[first:last], lang, in_text=True), *others), key.start(), pair.end)


def _item(key: re.Match[str], before: str, after: str, lang: str, *, in_text: bool) -> CitationItem:
    group = "id" if key["id"] else "braced"
    locator = parse_locator(_plain(after), lang)
    braced = after.lstrip(" ,").startswith("{") and not locator.value
    return CitationItem(
        source=key[group],
        prefix=_plain(before).strip(),
        locator=locator.value,
        label=locator.label,
        suffix=_parted(locator.rest, braced=braced),
        suppress_author=bool(key["minus"]),
        author_in_text=in_text and not key["minus"],
        start=key.start(group),
        end=key.end(group),
        place=_plain(after)[: len(_plain(after)) - len(locator.rest)].strip(" ,{}"),
        unknown=("", "") if braced else unknown_place(locator.rest, lang),
        as_typed=braced,
    )


def _plain(words: str) -> str:
    return re.sub(r"\s+(?=,)", "", re.sub(r"\s+", " ", words.replace("\\@", "@")))


def _parted(suffix: str, *, braced: bool = False) -> str:
    """A suffix with a space in front, if it needs one: `@id [see there]` has none. After empty braces, a comma too."""
    suffix = suffix.rstrip()
    return suffix if not suffix or suffix[0] in " ,.;:!?)-–—" else f", {suffix}" if braced else f" {suffix}"


def _key_at(text: str, start: int) -> re.Match[str] | None:
    if _glued(text, start):
        if text[start] == "@":
            return None
        start += 1  # `non-@id` is a compound, not a hidden author
    return _KEY.match(text, start)


def _glued(text: str, start: int) -> bool:
    """Whether a word ends here, as in an e-mail address."""
    before = text[max(start - 2, 0) : start]
    return before[-1:].isalnum() or (before[-1:] == "_" and before[:-1].isalnum())


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The ranges between semicolons that are not in brackets or braces."""
    depth, first = 0, start
    for mark in _PART.finditer(text, start, end):
        if mark[0] == ";" and depth <= 0:
            yield first, mark.start()
            first = mark.end()
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(mark[0], 0)
    yield first, end


def _nameless(start: int, end: int) -> CitationProblem:
    return CitationProblem("a citation names no source", start, end, "write @ and a source's id, or \\@ for an at sign")
