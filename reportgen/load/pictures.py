"""A picture's name and bytes in; why browsers could not show it, or should not, out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from reportgen.late_patterns import regex

_MAGIC: dict[str, tuple[bytes, ...]] = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "webp": (b"RIFF",),
}
_NAMES = {magic: name for name, magics in _MAGIC.items() for magic in magics}
UNSHOWN = frozenset({"heic", "heif", "tif", "tiff", "bmp", "psd", "eps", "ai", "pdf", "wmf", "emf"})
"""Endings of pictures that browsers do not show."""
_FOREIGN = frozenset({"script", "foreignobject", "iframe", "embed", "object", "handler", "listener"})
_INSIDE = regex(r"\s*(?:#|data:image/(?:png|jpe?g|gif|webp)[;,])", re.I)
_ELSEWHERE = regex(r"(?!https?:|mailto:)[a-z][a-z0-9+.-]*:", re.I)
"""An address that no link of a picture needs. Browsers leave out blanks and control characters before they read one."""
_UNREAD = regex("[\x00-\x20]+")
_STYLE_URL = regex(
    r"@import|image-set\(|(?<![\w-])(?:image|src)\(|url\(\s*[\"']?(?!#|data:image/(?:png|jpe?g|gif|webp)[;,])", re.I
)
_ESCAPED = regex(r"\\([0-9a-f]{1,6})\s?|\\(.)", re.I | re.S)
_XHTML = "http://www.w3.org/1999/xhtml"
_RISK = regex(rb"script|\son\w+\s*=|href|foreignobject|@import|url\(", re.I)
_PART = regex(r"""url\(\s*["']?#([^"')\s]+)""")
"""An address within an SVG."""
_EXPORT = "open it in a picture program and export it as PNG or JPEG"


def picture_problem(name: str, data: bytes) -> tuple[str, str, int] | None:
    """(what is wrong, the next step, the line) of a file that is to be a picture, by its ending."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in UNSHOWN:
        return f"browsers show no pictures of the kind {ending.upper()}", _EXPORT, 1
    real = next((kind for magic, kind in _NAMES.items() if data.startswith(magic)), "")
    if ending not in _MAGIC and ending != "svg":
        said = f"it is a {real.upper()} by its content"
        return (said, f"call it {name.rpartition('.')[0] or name}.{real}", 1) if real and data[:4] != b"RIFF" else None
    if not data:
        return "it is empty", "save it anew", 1
    if ending == "svg":
        return next(_in_svg(data), None)
    if not data.startswith(_MAGIC[ending]):
        real = real or ("heic" if data[4:8] == b"ftyp" else "")
        said = f"it is a {real.upper()} by its content" if real else "its content is none of a picture"
        return said, f"call it {name.rpartition('.')[0]}.{real}" if real in _MAGIC else _EXPORT, 1
    if _is_cut(ending, data):
        return "its end is missing", "save it anew, or export it once more", 1
    return None


def _is_cut(ending: str, data: bytes) -> bool:
    """Whether a picture ends before its end is said, or a GIF before anything is drawn."""
    if ending == "png":
        return b"IEND" not in data
    if ending == "gif":
        return b"," not in data[13:]
    if ending == "webp":
        return len(data) < int.from_bytes(data[4:8], "little") + 8
    return b"\xff\xd9" not in data


def svg_flaw(name: str, data: bytes) -> tuple[str, str, int] | None:
    """(what is wrong, the next step, the line) of an SVG that browsers do not show, or not whole."""
    if not name.lower().endswith(".svg"):
        return None
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as error:
        return f"it is no SVG: {str(error.msg).partition(', line')[0]}", "export it anew", error.lineno or 1
    if found := next(_broken_within(root), None):
        return found
    if root.get("viewBox") is None and (root.get("width") is None or root.get("height") is None):
        return "it has no viewBox, nor a width and a height", "export it anew, with its size", 1
    return None


def _broken_within(root: etree._Element) -> Iterator[tuple[str, str, int]]:
    """Ids that stand twice in an SVG, and what refers to a part or a page that is not there."""
    elements = list(root.iter(etree.Element))
    ids: set[str] = set()
    for element in elements:
        if (id := element.get("id")) is not None and id in ids:
            line = int(str(element.sourceline or 1))
            yield f'the id "{id}" stands twice in it', "export it anew, or delete one of the two", line
        ids.add(id or "")
    for element in elements:
        for key, given in element.attrib.items():
            local, value = etree.QName(key).localname.lower(), str(given)
            names = [value[1:]] if local == "href" and value.startswith("#") else _PART.findall(value)
            line = int(str(element.sourceline or 1))
            for name in (*names, *(value.split() if local == "aria-labelledby" else ())):
                if name not in ids:
                    yield f'it refers to "{name}", which is not in it', "export it anew", line
            if local == "href" and not re.match(r"#|https?:|mailto:|data:", value, re.I):
                yield f'its link "{value}" leads nowhere', "write a whole address: https://…", line
    for element in elements:
        line = int(str(element.sourceline or 1))
        for name in _PART.findall(element.text or "") if etree.QName(element).localname == "style" else ():
            if name not in ids:
                yield f'it refers to "{name}", which is not in it', "export it anew", line


def _in_svg(data: bytes) -> Iterator[tuple[str, str, int]]:
    """What of an SVG would run, or be fetched from elsewhere, when somebody opens it by its address."""
    step = 'delete it, or export the picture as "plain" or "optimised" SVG, or as PNG'
    if re.search(rb"<!ENTITY|<\?xml-stylesheet", data, re.I):
        yield "it holds an entity or names a stylesheet", step, 1
        return
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as error:
        if not _RISK.search(data):
            return  # `svg_flaw` tells it
        line = error.lineno or 1
        yield f"it is no SVG: {str(error.msg).partition(', line')[0]}", "export it anew", line
        return
    if etree.QName(root).localname != "svg":
        yield "it is no SVG: its first element is not <svg>", "export it anew", 1
    for element in root.iter(etree.Element):
        name, line = etree.QName(element).localname, int(str(element.sourceline or 1))
        if name.lower() in _FOREIGN or etree.QName(element).namespace == _XHTML:
            yield f"it holds <{name}>, which could run a program", step, line
        for key, given in element.attrib.items():
            local, value = etree.QName(key).localname.lower(), str(given)
            if local.startswith("on"):
                yield f"it holds {local}=, which could run a program", step, line
            elif (
                local in ("href", "src")
                and not _INSIDE.match(value)
                and (name != "a" or _ELSEWHERE.match(_UNREAD.sub("", value)))
            ):
                yield f'it refers to "{value[:60]}" outside of itself', step, line
            elif _reaches_out(value):
                yield f"its {local} refers to something outside of itself", step, line
            elif local == "attributename" and re.match(r"\s*(?:(?:xlink:)?href\s*$|on)", value, re.I):
                yield "it changes addresses, or what runs", step, line
        if name == "style" and _reaches_out("".join(map(str, element.itertext()))):
            yield "its style refers to something outside of itself", step, line


def _reaches_out(style: str) -> bool:
    """Whether a style, or an attribute that is one, names a file elsewhere, however it is spelled."""
    plain = _ESCAPED.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)) if found[1] else found[2], style)
    return _STYLE_URL.search(style) is not None or _STYLE_URL.search(plain) is not None
