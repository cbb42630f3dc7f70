"""HTML that authors write in, and what of it stays: names, attributes and addresses. Pure.

The sanitiser decides what may stand on a page; this says it before, so that the author is told, and so that text in
angle brackets that is no HTML is text. All that tells elements within a line from blocks asks here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from urllib.parse import quote, unquote

from markdown_it.common.html_re import close_tag, open_tag

from reportgen.late_patterns import regex

_EVERYWHERE = frozenset({"class", "id", "lang", "dir"})
_OWN: Mapping[str, frozenset[str]] = {
    "a": frozenset({"href"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "td": frozenset({"align", "colspan", "rowspan", "headers"}),
    "th": frozenset({"align", "colspan", "rowspan", "headers", "scope"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "details": frozenset({"open"}),
}
_ELEMENTS = (
    "a abbr aside b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure"
    " h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strong sub summary sup table"
    " tbody td tfoot th thead tr u ul var"
)
TITLED_BLOCKS = frozenset("p li td th dt dd".split())  # noqa: SIM905
"""The words of their titles follow at their end, and not behind them."""
PHRASES = frozenset("a abbr b cite code del dfn em i ins kbd mark q s samp small span strong sub sup u var".split())  # noqa: SIM905
"""Those that stand within a paragraph."""
VERBATIM = frozenset({"code", "kbd", "pre", "samp"})
"""Those whose words are printed as they are typed."""
TAGS: Mapping[str, frozenset[str]] = {
    name: _EVERYWHERE
    | _OWN.get(name, frozenset())
    | ({"title"} if name in PHRASES | TITLED_BLOCKS | {"img"} else frozenset())
    for name in _ELEMENTS.split()
}
"""Elements that authors may write, each with its attributes. A title stands where its words can be printed too."""
WITHIN_A_LINE = PHRASES | {"bdi", "br", "img", "wbr"}
"""With what holds no words, and what the program itself writes there."""
BLOCKS = frozenset(TAGS) - WITHIN_A_LINE
"""All others."""
ROOMS = frozenset("address article footer header hgroup main nav search".split())  # noqa: SIM905
"""Blocks that templates alone hold."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_FOREIGN = (
    "address applet area article audio base basefont bdi bdo bgsound blink body button canvas center data datalist"
    " dialog dir embed fieldset font footer form frame frameset head header hgroup html iframe input isindex label"
    " legend link main map marquee math menu menuitem meta meter nav nobr noembed noframes noscript object optgroup"
    " option output param picture plaintext progress rp rt ruby script search select slot source strike style svg"
    " acronym big keygen listing multicol nextid rb rtc spacer"
    " template textarea time title track tt video wbr xmp circle clippath defs ellipse foreignobject g line"
    " lineargradient mask path pattern polygon polyline radialgradient rect stop symbol text tspan use"
)
_MATHS = (
    "maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms"
    " mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics annotation"
)
WITHIN: Mapping[str, str] = dict.fromkeys(_MATHS.split(), "math")
"""Element of a foreign one -> that one, of which the author is told in its place."""
KNOWN_TAGS = frozenset({*TAGS, *_FOREIGN.split(), *WITHIN})
"""Names of elements of HTML, SVG and MathML. Any other word in angle brackets is text."""
_BARE = (
    "allowfullscreen async autofocus autoplay checked compact controls default defer disabled formnovalidate hidden"
    " inert ismap itemscope loop multiple muted nomodule noshade novalidate nowrap open playsinline readonly required"
    " reversed selected"
)
"""Attributes that HTML knows without a value."""
SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})
"""Kinds of addresses that authors may link to; the empty one is that of addresses in the site."""

OWN_CLASS = regex(r"wide|x-[\w-]+|\S*[\U000f0000-\U000ffffd]\S*")
"""A class that authors may give: one that the theme offers, or one of their own. By any other the theme may set its
parts, now or later. A value in one is told as an error elsewhere."""

VOID = frozenset({"br", "col", "hr", "img"})
"""Those that hold nothing."""
END_BY_THEMSELVES = frozenset("p li dt dd tr td th thead tbody tfoot caption colgroup".split())  # noqa: SIM905
"""Those whose end HTML lets be left out."""

Removed = Callable[[str, str], None]
"""Takes (kind, words) of what a page will not hold."""

TAG = regex(rf"(?=</?(?P<name>[A-Za-z][A-Za-z0-9-]*))(?:{open_tag}|{close_tag})")
_ATTRIBUTE = regex(r"\s([a-zA-Z_:][a-zA-Z0-9:._-]*)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\"'=<>`\x00-\x20]+))?")
_PIECE = regex(rf"<!--(?:-?>|.*?-->)|{TAG.pattern}|<", re.S)
_SCRIPT = regex(r"<(script|style)\b[^>]*>.*?</\1\s*>", re.S | re.I)
_CODES = regex(r"(?:%[89A-F][0-9A-F])+", re.I)
_PUNYCODE = regex(r"\bxn--([a-z0-9-]+)", re.I)
_SCHEME = regex(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.-]*):")


def is_tag(found: re.Match[str]) -> bool:
    """Whether a match of `TAG` is HTML. In `<a noise>` and `<time of day>` an author has put words in brackets."""
    given = list(_ATTRIBUTE.finditer(found[0]))
    words = given and all(each[2] is None and each[1].lower() not in _BARE.split() for each in given)
    return found["name"].lower() in KNOWN_TAGS and not words


def pattern_of(names: Iterable[str]) -> str:
    """A regular expression for any of these names."""
    return "|".join(sorted(names, key=lambda name: (-len(name), name)))


def scheme_of(address: str) -> str:
    """`https`, or nothing for an address in the site."""
    found = _SCHEME.match(re.sub(r"[\t\n\r]", "", address))
    return found[1].lower() if found else ""


def readable(address: str) -> str:
    """An address with the letters of other scripts in place of their codes; what is no letter keeps its code, and so
    the address can be typed as it is read."""

    def letters(found: re.Match[str]) -> str:
        meant = unquote(found[0], errors="ignore")
        return meant if quote(meant) == found[0].upper() and meant.isprintable() else found[0]

    def label(found: re.Match[str]) -> str:
        try:
            return found[1].encode().decode("punycode")
        except ValueError:
            return found[0]

    kind, mark, rest = address.partition("://")
    host = re.match(r"[^/?#\s]*", rest)
    named = host[0] if host and mark else ""
    if not mark:
        return _CODES.sub(letters, address)
    return kind + mark + _PUNYCODE.sub(label, named) + _CODES.sub(letters, rest[len(named) :])


def without_foreign(content: str, removed: Removed) -> str:
    """A block of HTML without tags that authors may not write; what is no tag at all is text."""

    def script(found: re.Match[str]) -> str:
        removed(f"<{found[1].lower()}>", found[0].split("\n")[0])
        return ""

    def piece(found: re.Match[str]) -> str:
        if found[0].startswith("<!--"):
            return ""
        name = (found["name"] or "").lower()
        if not name or not is_tag(found):
            return "&lt;" + found[0][1:]
        if name not in TAGS:
            removed(f"<{WITHIN.get(name, name)}>", found[0].split("\n")[0])
            return ""
        removed_attributes(found, removed)
        return without_foreign_attributes(found[0], name)

    return _PIECE.sub(piece, _SCRIPT.sub(script, content))


def without_foreign_attributes(tag: str, name: str) -> str:
    """A tag without classes that authors may not give; and `<a id="x"/>` as `<a id="x"></a>`: in HTML a slash at the
    end closes nothing."""

    def kept(found: re.Match[str]) -> str:
        if found[1].lower() != "class":
            return found[0]
        classes = " ".join(filter(OWN_CLASS.fullmatch, (found[2] or "").strip("\"'").split()))
        return f' class="{classes}"' if classes else ""

    tag = _ATTRIBUTE.sub(kept, tag)
    return f"{tag[:-2].rstrip()}></{name}>" if tag.endswith("/>") and name not in VOID else tag


def removed_attributes(tag: re.Match[str], removed: Removed) -> None:
    """Tells of a tag's attributes that a page will not hold."""
    if tag["name"].lower() == "img" and not re.search(r"""\ssrc\s*=\s*(?!""|'')\S""", tag[0], re.I):
        removed("picture", tag[0].split("\n")[0])
    for found in _ATTRIBUTE.finditer(tag[0]):
        name = found[1].lower()
        if name not in TAGS[tag["name"].lower()]:
            removed(f"{name}=", found[0].strip().split("\n")[0])
        elif name == "class":
            for word in (found[2] or "").strip("\"'").split():
                if not OWN_CLASS.fullmatch(word):
                    removed(f".{word}", word)
        elif name in ("href", "src") and scheme_of(unescape(found[2] or "").strip("\"'")) not in SCHEMES:
            if name == "src":
                removed("picture", (found[2] or "").strip("\"'"))
            else:
                removed("address", found[0].strip())
