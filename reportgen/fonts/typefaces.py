"""A project's own fonts and those of installed packages in; out: the typefaces that print what ours lack.

Effects: reads font files of packages, and of families that site.yaml names: by fontpkg, else by fontconfig's `fc-list`.
Nothing is read before a text holds a sign that ours lack, or site.yaml names a font.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.diagnostics import Diagnostic
from reportgen.fonts.metrics import APART, SERIF
from reportgen.installing import version_of
from reportgen.model.project import Project

if TYPE_CHECKING:
    import uharfbuzz as hb

FILES = (".ttf", ".otf", ".ttc", ".otc", ".woff", ".woff2")
PACKAGES = ("fontpkg_ibm_plex_sans_arabic", "fontpkg_noto_serif", "manimgx_fonts", "manimgx_fonts_cjk")
_NOTO = "manimgx_fonts"
_SCRIPTS = (
    *("Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Hebrew"),
    *("Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thai", "Symbols"),
)
_HAN = {"ja": "JP", "ko": "KR", "zh": "SC", "zh-hant": "TC", "zh-tw": "TC", "zh-hk": "HK", "zh-mo": "HK"}
"""Language -> how a family for it is called at its end, where a file holds one for each."""
_NO_EMBEDDING = 0x0002
"""OS/2 fsType: the font may not be embedded in a document."""
_BITMAPS_ONLY = 0x0200


class FontError(Exception):
    """A font that cannot be used. Its message is the end of a sentence that the font begins."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class FontFace:
    """One face of a font file."""

    data: bytes | Path
    """The file: content of the project's, or a path of this machine, which names no output."""
    index: int = 0
    """Which of a collection's."""
    low: float = 400
    high: float = 400
    """The weights that it has; both the same in a static font."""
    italic: bool = False


@dataclass(frozen=True)
class Typeface:
    """A family that prints signs which ours lack."""

    name: str
    cuts: tuple[FontFace, ...]
    like_serif: bool = False
    """Whether it stands beside our serif alone."""

    @cached_property
    def signs(self) -> frozenset[int]:
        """The characters that its regular face prints."""
        found = frozenset(opened(self.cut(400, False)).unicodes)
        return found - {*map(ord, APART)} if self.name.startswith("IBM Plex") else found

    def covers(self, text: str) -> bool:
        """Whether it has each character of a text, but for joiners and selectors, which need no glyph."""
        return all(ord(char) in self.signs or char in JOINERS for char in text)

    @property
    def is_bold(self) -> bool:
        """Whether it has a bold face."""
        return any(cut.high >= 600 for cut in self.cuts)

    @property
    def is_italic(self) -> bool:
        """Whether it has an italic face."""
        return any(cut.italic for cut in self.cuts)

    def cut(self, weight: int, italic: bool) -> FontFace:
        """The face nearest to a weight and a slope."""

        def distance(cut: FontFace) -> tuple[bool, float]:
            return cut.italic != italic, abs(min(max(weight, cut.low), cut.high) - weight)

        return min(self.cuts, key=distance)


JOINERS = frozenset("\u200b\u200c\u200d\u2060\ufe0e\ufe0f")


@cache
def opened(cut: FontFace) -> hb.Face:
    """A face, as HarfBuzz reads it."""
    import uharfbuzz as hb

    blob = hb.Blob.from_file_path(str(cut.data)) if isinstance(cut.data, Path) else hb.Blob(cut.data)
    return hb.Face(blob, cut.index)


@dataclass(frozen=True)
class Shelf:
    """The typefaces of a project, in the order in which they are asked."""

    project: Project

    @cached_property
    def own(self) -> tuple[Typeface, ...]:
        """Those that site.yaml names and that can be used."""
        return tuple(face for found in self._named.values() if isinstance(found, tuple) for face in found)

    @cached_property
    def problems(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the fonts that site.yaml names."""
        return tuple(found for found in self._named.values() if isinstance(found, Diagnostic))

    @cached_property
    def _named(self) -> Mapping[int, tuple[Typeface, ...] | Diagnostic]:
        return {n: self._entry(n, entry) for n, entry in enumerate(self.project.settings.fonts)}

    def _entry(self, n: int, entry: str) -> tuple[Typeface, ...] | Diagnostic:
        where = self.project.settings.at[f"fonts.{n}"]
        try:
            if entry.lower().endswith(FILES):
                if entry not in self.project.fonts:
                    hint = "fonts stand in content/fonts/, and are named as in fonts/NotoSansJP.otf"
                    return Diagnostic("unknown-font", f"there is no file content/{entry}", where, hint)
                return _from_file(self.project.fonts[entry])
            if found := _family(entry):
                return found
        except FontError as error:
            return Diagnostic("unusable-font", f'the font "{entry}" {error}', where, error.hint)
        hint = "put its file into content/fonts/ and name that here, for example fonts/NotoSansJP.otf"
        return Diagnostic("unknown-font", f'no font family is called "{entry}" on this machine', where, hint)

    def typefaces(self, family: str, lang: str = "") -> tuple[Typeface, ...]:
        """Those to ask beside one of our families: the project's own, then those of packages. `lang`: the language
        whose forms Chinese characters have."""
        wanted = _HAN.get(lang.lower()) or _HAN.get(lang.lower().partition("-")[0], "")
        chosen = (*self.own, *packaged())
        fitting = [face for face in chosen if family == SERIF or not face.like_serif]
        return tuple(sorted(fitting, key=lambda face: bool(wanted) and _other_han(face.name, wanted)))

    @cached_property
    def version(self) -> str:
        """A text that differs once any font that may be used does."""
        own = [sha256(_content(cut.data)).hexdigest() for face in self.own for cut in face.cuts]
        return " ".join((*packages(), *own, *self.project.settings.fonts))

    def files(self) -> Iterator[Path]:
        """Files outside the project that its own typefaces are read from."""
        return (cut.data for face in self.own for cut in face.cuts if isinstance(cut.data, Path))


def _other_han(name: str, wanted: str) -> bool:
    """Whether a family is made for the Chinese characters of another language than wanted."""
    last = name.rpartition(" ")[2]
    return last in _HAN.values() and last != wanted


@cache
def packages() -> tuple[str, ...]:
    """Names and versions of the installed packages with typefaces."""
    return tuple(f"{name} {version}" for name in PACKAGES if (version := version_of(name)))


@cache
def packaged() -> tuple[Typeface, ...]:
    """The typefaces of installed packages."""
    found: list[Typeface] = []
    if find_spec("fontpkg_ibm_plex_sans_arabic"):
        found += _installed("IBM Plex Sans Arabic")
    if find_spec("fontpkg_noto_serif"):
        found += [Typeface(face.name, face.cuts, like_serif=True) for face in _installed("Noto Serif")]
    if folder := _folder(_NOTO):
        upright, italic = folder / "NotoSans[wght].ttf", folder / "NotoSans-Italic[wght].ttf"
        found.append(Typeface("Noto Sans", (FontFace(upright, 0, 400, 700), FontFace(italic, 0, 400, 700, True))))
        for script in (*_SCRIPTS, "Emoji"):
            name = f"Noto {script}" if script == "Emoji" else f"Noto Sans {script}"
            file = folder / f"{name.replace(' ', '')}[wght].ttf"
            found.append(Typeface(name, (FontFace(file, 0, 400, 700),)))
    if folder := _folder("manimgx_fonts_cjk"):
        file = folder / "NotoSansCJK-VF.otf.ttc"
        languages = ("JP", "KR", "SC", "TC", "HK")
        order = ("SC", "JP", "KR", "TC", "HK")
        found += [Typeface(f"Noto Sans {k}", (FontFace(file, languages.index(k), 100, 900),)) for k in order]
    return tuple(found)


def _folder(package: str) -> Path | None:
    spec = find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


def _installed(family: str) -> tuple[Typeface, ...]:
    """A family of a fontpkg package; empty where none is installed."""
    import fontpkg

    try:
        files = fontpkg.family(family).files
    except fontpkg.FamilyNotInstalled:
        return ()
    cuts = [
        FontFace(Path(f.path), 0, f.weight or f.wght_min, f.weight or f.wght_max, f.style == "italic") for f in files
    ]
    return (Typeface(family, tuple(cuts)),)


@cache
def _family(name: str) -> tuple[Typeface, ...]:
    """A family that is installed here. Raises FontError where it may not be used."""
    if found := _installed(name):
        return found
    import subprocess

    try:
        listed = subprocess.run(
            ["fc-list", "--format=%{file}\t%{index}\n", f":family={name}"],
            capture_output=True, text=True, check=True, timeout=60,
        ).stdout  # fmt: skip
    except FileNotFoundError:
        raise FontError(
            "is a family's name, and families are found by fontconfig's fc-list, which is not installed here",
            "install fontconfig, or put the font's file into content/fonts/ and name that",
        ) from None
    except (subprocess.SubprocessError, UnicodeDecodeError):
        return ()
    cuts = []
    for line in sorted(set(listed.splitlines())):
        path, _, index = line.rpartition("\t")
        if int(index) < 0x10000:  # above that, it is a named instance of a variable font
            cuts += [cut for cut in _cuts(Path(path)) if cut.index == int(index)]
    return (Typeface(name, tuple(cuts)),) if cuts else ()


@cache
def _from_file(data: bytes) -> tuple[Typeface, ...]:
    """The typefaces in a font file of the project. Raises FontError."""
    if data[:4] in (b"wOFF", b"wOF2"):
        data = _unpacked(data)
    families: dict[str, list[FontFace]] = {}
    for cut in _cuts(data):
        families.setdefault(_name(cut), []).append(cut)
    return tuple(Typeface(name, tuple(cuts)) for name, cuts in families.items())


def _unpacked(data: bytes) -> bytes:
    """A web font as a plain one. Raises FontError."""
    from fontTools.ttLib import TTFont

    try:
        font = TTFont(BytesIO(data), recalcTimestamp=False, recalcBBoxes=False)
        font.flavor = None
        plain = BytesIO()
        font.save(plain, reorderTables=None)
    except Exception as error:  # a damaged file makes fontTools and brotli raise all kinds
        raise _broken() from error
    return plain.getvalue()


def _broken() -> FontError:
    return FontError("cannot be read: its file is broken, or holds no font", "take the file from its maker again")


def _cuts(data: bytes | Path) -> Sequence[FontFace]:
    """The faces of a font file. Raises FontError for one that cannot or may not be used."""
    from fontTools.ttLib import TTCollection, TTFont

    try:
        head = _content(data)
        stream = BytesIO(head)
        collected = head[:4] == b"ttcf"
        fonts = TTCollection(stream, lazy=True).fonts if collected else [TTFont(stream, lazy=True)]
        return [_checked(font, FontFace(data, n)) for n, font in enumerate(fonts)]
    except FontError:
        raise
    except Exception as error:  # a damaged file makes fontTools raise all kinds
        raise _broken() from error


def _checked(font: object, cut: FontFace) -> FontFace:
    """A face with the weights and the slope that its tables tell. Raises FontError."""
    tables: dict[str, object] = font  # type: ignore[assignment]
    os2, head = tables["OS/2"], tables["head"]
    kind = getattr(os2, "fsType", 0)
    if kind & 0x000F == _NO_EMBEDDING or kind & _BITMAPS_ONLY:
        raise FontError(
            "forbids to be embedded in a document, which pages and PDFs do (OS/2 fsType)",
            "take a font with an open licence, for example one of Noto, or ask its maker for a licence",
        )
    if not ({"glyf", "CFF ", "CFF2"} & set(tables.keys())):
        raise FontError("holds pictures instead of outlines", "take a font with outlines, for example Noto Emoji")
    weight = float(getattr(os2, "usWeightClass", 400) or 400)
    low = high = weight
    for axis in getattr(tables["fvar"], "axes", ()) if "fvar" in tables else ():
        if axis.axisTag == "wght":
            low, high = axis.minValue, axis.maxValue
    opened(checked := FontFace(cut.data, cut.index, low, high, bool(getattr(head, "macStyle", 0) & 2)))
    return checked


def family_of(data: bytes) -> str:
    """A font's family, as its file tells it."""
    return _name(FontFace(data))


def _name(cut: FontFace) -> str:
    import uharfbuzz as hb

    face = opened(cut)
    names = (hb.OTNameIdPredefined.TYPOGRAPHIC_FAMILY, hb.OTNameIdPredefined.FONT_FAMILY)
    return next((name for id in names if (name := face.get_name(id))), "font")


def _content(data: bytes | Path) -> bytes:
    return data.read_bytes() if isinstance(data, Path) else data
