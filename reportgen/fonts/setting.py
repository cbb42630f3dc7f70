"""A text and a project's typefaces in; out: which typeface prints each sign that ours lack, and the fonts cut to them.

Effects: reads font files, once a text holds a sign outside the set that every site ships.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import sha256

from reportgen.fonts.apart import LAM_ALEF, letters_apart
from reportgen.fonts.boxes import box_font
from reportgen.fonts.metrics import APART, MONO, SANS, SERIF, covers, font_files
from reportgen.fonts.subset import cut_font, woff2
from reportgen.fonts.typefaces import JOINERS, FontFace, Shelf, Typeface, opened
from reportgen.fonts.webfonts import REPERTOIRE
from reportgen.language.beyond_ascii import beyond_ascii
from reportgen.late_patterns import regex

ON_SCREEN = {SERIF: "Script Serif", SANS: "Script Sans"}
"""What stylesheets call the fonts of a page that stand in for one of ours."""
BOXES = "Script Boxes"
REGULAR, BOLD = 400, 700
"""The weights that are cut of each typeface: for text, and for what is bold in it."""
_WEIGHTS = {REGULAR: "100 550", BOLD: "551 900"}
_UNSEEN = (
    "\x00-\x20\x7f-\x9f\u00ad\u034f\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufe00-\ufe0f\ufeff\ufff9-\uffff"
    "\U000e0000-\U000e0fff"
)
"""Spaces, control characters, joiners and selectors, as a class of a regular expression."""
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_SHIPPED = "".join(f"{re.escape(chr(a))}-{re.escape(chr(b))}" for ranges in REPERTOIRE.values() for a, b in ranges)
_OTHERS = regex(f"[^{_SHIPPED}{_UNSEEN}{_PRIVATE}]")
"""A sign outside the fonts that every site ships."""
_PRIVATE_SIGN = regex(f"[{_PRIVATE}]")
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_MARKED = regex(rf"[^\s<>&;{_MARKS}\ufe0f][{_MARKS}\ufe0f]*[{_MARKS}]")
"""A letter with marks that may stand on any letter. Letter and marks have to be of one font, or they do not meet."""
# Not compiled at once, which takes a while: few texts have other signs than ours.
_KANA = "[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f]"
_HANGUL = "[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]"
_HAN = "[\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_ARABIC = "[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]"
_DANDAS = ("\u0964", "\u0965")
"""Full stops of all Indic scripts, which the typefaces of each have."""
_LANG = regex(r'\blang="((?:ja|ko|zh)\b[\w-]*)"')
_TEXT = regex(r"<svg\b.*?</svg>|<(script|style|title)\b.*?</\1>|<[^<>]*>", re.S)


@dataclass(frozen=True, slots=True)
class Setting:
    """A typeface, and what it prints of a text."""

    typeface: Typeface
    signs: frozenset[str]
    several_languages: bool = False
    """Whether Chinese characters of it have the forms of more than one language."""


@dataclass(frozen=True, slots=True)
class CutFace:
    """A font that is cut to a text."""

    family: str
    """As stylesheets call it."""
    weight: int
    italic: bool
    data: bytes
    like_serif: bool = False
    """Whether the sans asks it last."""


def needed(text: str) -> frozenset[str]:
    """The signs of a text outside the fonts that every site ships, and its letters whose marks are outside."""
    found = set(_OTHERS.findall(beyond_ascii(text)))
    if not found:
        return frozenset()
    marked = (cluster for cluster in _MARKED.findall(text) if found & set(cluster))
    return frozenset(found.union(cluster for cluster in marked if cluster[0] not in found))


def lacking(text: str) -> frozenset[str]:
    """Those of them that none of our fonts has, on paper either."""
    return frozenset(sign for sign in needed(text) if not (has(sign, SANS) or has(sign, MONO)))


def has(sign: str, family: str) -> bool:
    return all(covers(char, family) or char in JOINERS for char in sign)


def han_languages(text: str) -> tuple[str, ...]:
    """The languages of a text's Chinese characters, the commonest first, by the `lang` of its elements or its signs."""
    named = [name.lower() for name in _LANG.findall(text)]
    if named:
        return tuple(sorted(dict.fromkeys(named), key=lambda name: -named.count(name)))
    if re.search(_KANA, text):
        return ("ja",)
    return ("ko",) if re.search(_HANGUL, text) else ()


def settings(signs: Iterable[str], typefaces: Iterable[Typeface], several: bool = False) -> Iterator[Setting]:
    """Which typeface prints each sign: the first that has it, of a full stop of Indic scripts one that prints other
    signs as well. What none has is left out."""
    chosen: dict[Typeface, set[str]] = {}
    typefaces = tuple(typefaces)
    for sign in sorted(signs, key=lambda sign: (sign in _DANDAS, sign)):
        preferred = tuple(face for face in typefaces if face in chosen) if sign in _DANDAS else ()
        if face := next((face for face in (*preferred, *typefaces) if face.covers(sign)), None):
            chosen.setdefault(face, set()).add(sign)
    for face, found in chosen.items():
        parts = (part for sign in found for part in _parts(sign) if face.covers(part))
        yield Setting(face, frozenset(found.union(parts)), several and any(re.search(_HAN, sign) for sign in found))


def _parts(sign: str) -> Iterator[str]:
    """What HarfBuzz may take a sign of an Indic or Southeast Asian script apart into, to place the parts."""
    for char in sign:
        if "\u0900" <= char <= "\u1cff":
            yield from unicodedata.normalize("NFD", char)
            yield from unicodedata.normalize("NFKD", char)
        if "\u1780" <= char <= "\u17ff":
            yield "\u17c1"  # the left part of Khmer vowels


def missing(text: str, shelf: Shelf) -> frozenset[str]:
    """The signs of a text that no font has, ours or others."""
    if not (signs := lacking(text)):
        return signs
    typefaces = shelf.typefaces(SANS)
    return frozenset(sign for sign in signs if not any(face.covers(sign) for face in typefaces))


# On screen


@cache
def _ours() -> tuple[Typeface, ...]:
    """Our own fonts whole: of them, too, a page may need more than every site ships."""
    found = []
    for family in (SERIF, SANS, MONO):
        files = [file for file in font_files((family,)) if file.weight in ("400", "700", "100 700")]
        cuts = [
            FontFace(
                file.path, 0, float(file.weight.split()[0]), float(file.weight.split()[-1]), file.style == "italic"
            )
            for file in files
        ]
        found.append(Typeface(family, tuple(cuts), like_serif=family == SERIF))
    return tuple(found)


def page_fonts(html: str, stem: str, shelf: Shelf) -> tuple[str, dict[str, bytes]]:
    """A page's `@font-face` rules and its fonts by name, not yet packed; nothing where our own are enough. `stem`:
    what the names begin with."""
    signs = needed(html)
    if not signs:
        return "", {}
    languages = han_languages(html)
    rules: dict[str, None] = {}
    files: dict[str, bytes] = {}
    for family, shown in ON_SCREEN.items():
        ours = [face for face in _ours() if family == SERIF or not face.like_serif]
        typefaces = (*ours, *shelf.typefaces(family, languages[0] if languages else ""))
        for found in settings(signs, typefaces, len(languages) > 1):
            for weight, italic, data in cut_to(found):
                name = f"{stem}-{_slug(found.typeface.name)}{'-bold' * (weight == BOLD)}{'-italic' * italic}"
                name += f"-{sha256(data).hexdigest()[:8]}.woff2"
                files[name] = data
                # Upright letters are not slanted where they have no italic: the second rule says that they are it.
                styles = ("italic",) if italic else ("normal",) if found.typeface.is_italic else ("normal", "italic")
                bold = found.typeface.is_bold
                for style in styles:
                    rules[
                        f'@font-face {{ font-family: "{shown}"; font-weight: {_WEIGHTS[weight] if bold else "100 900"};'
                        f' font-style: {style}; font-display: swap; src: url("{name}") format("woff2");'
                        f" unicode-range: {_ranges(found.signs)}; }}\n"
                    ] = None
    return "".join(rules), files


@lru_cache(maxsize=200)
def packed(data: bytes) -> bytes:
    """A font as WOFF2: what takes long of a page's fonts. Half of the pages that need one need the same signs."""
    return woff2(data)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "font"


def _ranges(signs: Iterable[str]) -> str:
    codes = sorted({ord(char) for sign in signs for char in sign})
    runs: list[list[int]] = []
    for code in codes:
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ", ".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in runs)


@lru_cache(maxsize=200)
def cut_to(found: Setting) -> tuple[tuple[int, bool, bytes], ...]:
    """A typeface cut to its signs: weight, slope, font. A typeface without bold or italic has none."""
    face = found.typeface
    return tuple(
        (weight, italic, cut_font(face.cut(weight, italic), weight, found.signs, found.several_languages))
        for weight in ((REGULAR, BOLD) if face.is_bold else (REGULAR,))
        for italic in ((False, True) if face.is_italic else (False,))
    )


# On paper and in pictures


def paper_faces(html: str, shelf: Shelf, in_pictures: str = "") -> tuple[str, tuple[CutFace, ...]]:
    """What is printed in our fonts, with the fonts of all signs that they lack, there and in the words of pictures.
    Letters whose marks they lack, and those that they draw badly, are put into elements of their own. A sign without a
    font is a box, and copies."""
    signs = lacking(html + in_pictures) | frozenset(_PRIVATE_SIGN.findall(html))
    if not signs:
        return html, ()
    languages = han_languages(html)
    lang, several = languages[0] if languages else "", len(languages) > 1
    faces: dict[tuple[str, int, bool], CutFace] = {}
    found = [setting for family in (SERIF, SANS) for setting in settings(signs, shelf.typefaces(family, lang), several)]
    for setting in found:
        family = f"Script {setting.typeface.name}"
        for weight, italic, data in _cut_for_paper(setting):
            face = CutFace(family, weight, italic, data, setting.typeface.like_serif)
            faces.setdefault((family, weight, italic), face)
    boxed = signs - {sign for setting in found for sign in setting.signs}
    if boxed:
        faces[BOXES, REGULAR, False] = CutFace(BOXES, REGULAR, False, box_font("".join(sorted(boxed))))
    marked = {sign: f"Script {setting.typeface.name}" for setting in reversed(found) for sign in setting.signs}
    apart = {sign: name for sign, name in marked.items() if len(sign) > 1 or sign in APART}
    return _wrapped(html, apart), tuple(faces.values())


def _cut_for_paper(found: Setting) -> Iterator[tuple[int, bool, bytes]]:
    """A typeface cut to its signs; of an Arabic one the letters stay apart."""
    if not any(re.search(_ARABIC, sign) for sign in found.signs):
        yield from cut_to(found)
        return
    for weight, italic, data in cut_to(replace(found, signs=found.signs.union(map(chr, LAM_ALEF)))):
        yield weight, italic, letters_apart(data)


def _wrapped(html: str, marked: Mapping[str, str]) -> str:
    """HTML with each of the letters in the typeface that has its marks."""
    if not marked:
        return html
    pattern = re.compile("|".join(map(re.escape, sorted(marked, key=len, reverse=True))))

    def text(words: str) -> str:
        return pattern.sub(lambda m: f"<span style=\"font-family: '{marked[m[0]]}'\">{m[0]}</span>", words)

    made, at = [], 0
    for tag in _TEXT.finditer(html):
        made += [text(html[at : tag.start()]), tag[0]]
        at = tag.end()
    return "".join((*made, text(html[at:])))


def for_drawings(svg: str, shelf: Shelf) -> tuple[tuple[Typeface, ...], bool]:
    """The typefaces to ask for what a drawing prints, and whether its Chinese characters are of several languages."""
    languages = han_languages(svg)
    return (*_ours(), *shelf.typefaces(SANS, languages[0] if languages else "")), len(languages) > 1


def with_font_faces(svg: str, shelf: Shelf) -> str:
    """A drawing that stands alone, with the fonts of the signs that every site's own lack inside it."""
    signs = needed(svg)
    if not signs:
        return svg
    rules = [
        f'@font-face{{font-family:"{ON_SCREEN[SANS]}";font-weight:{_WEIGHTS[weight]};unicode-range:{_ranges(each.signs)};'
        f'src:url("data:font/woff2;base64,{b64encode(woff2(data)).decode()}")}}'
        for each in settings(signs, *for_drawings(svg, shelf))
        for weight, italic, data in cut_to(each)
        if not italic
    ]
    style = f"<style>{''.join(rules)}text{{unicode-bidi:plaintext}}</style>"
    return re.sub(r"<svg\b[^>]*>", lambda start: start[0] + style, svg, count=1)


def word_widths(text: str, shelf: Shelf) -> dict[str, tuple[float, float]]:
    """The widths of each run of signs that the sans lacks, regular and bold, in thousandths of the type size."""
    if not (signs := needed(text)):
        return {}
    lacks = sorted({char for sign in signs for char in sign if not covers(char)})
    if not lacks:
        return {}
    typefaces, _ = for_drawings(text, shelf)
    joined = "".join(map(re.escape, (*lacks, *sorted(JOINERS))))
    runs = sorted(set(re.findall(f"[{joined}]+", text)))
    return {run: (run_width(run, typefaces, REGULAR), run_width(run, typefaces, BOLD)) for run in runs}


def run_width(run: str, typefaces: Iterable[Typeface], weight: int) -> float:
    """Of a run that one typeface has whole, as it is shaped; of another, sign by sign."""
    typefaces = tuple(typefaces)
    if face := next((face for face in typefaces if face.covers(run)), None):
        return _shaped(face.cut(weight, False), weight, run)
    if len(run) == 1:
        return 600
    return sum(run_width(char, typefaces, weight) for char in run)


def _shaped(cut: FontFace, weight: int, run: str) -> float:
    import uharfbuzz as hb

    font = hb.Font(opened(cut))
    font.scale = (1000, 1000)
    if cut.low < cut.high:
        font.set_variations({"wght": min(max(weight, cut.low), cut.high)})
    buffer = hb.Buffer()
    buffer.add_str(run)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    return float(sum(position.x_advance for position in buffer.glyph_positions))
