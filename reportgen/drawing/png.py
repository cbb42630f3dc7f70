"""An SVG drawing in, its picture as PNG out, with the site's own fonts. Effects: reads font files.

resvg draws without a browser and gives the same bytes everywhere. It draws a variable font at its default weight only,
so it is given a static font for each weight, made once in a process.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from reportgen.fonts.metrics import SANS, font_file, static_font
from reportgen.installing import version_of

WEIGHTS = ("400", "600", "700")
"""The weights that drawings use."""


def png_version() -> str:
    """The versions that a picture depends on, besides its drawing."""
    return " ".join(version_of(name) for name in ("resvg", "uharfbuzz", "fontpkg-ibm-plex-sans"))


def svg_to_png(svg: str, width: int, fonts: Iterable[bytes] = ()) -> bytes:
    """A picture `width` pixels wide, on white. Same bytes for the same drawing.

    `fonts`: of signs that the sans lacks.
    """
    from resvg import render, usvg

    options = usvg.Options.default()  # made each time (0.3 ms), for it may not leave its thread
    options.font_family = SANS
    for face in (*_faces(), *fonts):
        options.load_font_data(face)
    tree = usvg.Tree.from_str(svg, options)
    drawn_width, drawn_height = tree.int_size()
    height = -(-drawn_height * width // drawn_width)
    scale = (width / drawn_width, 0, 0, 0, height / drawn_height, 0)
    return bytes(render(tree, scale, bg_size=(width, height), bg_color=(255, 255, 255, 255)))


@cache
def _faces() -> tuple[bytes, ...]:
    """The upright sans at each weight."""
    return tuple(static_font(font_file(SANS, int(weight), "normal"), weight) for weight in WEIGHTS)
