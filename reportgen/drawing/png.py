"""An SVG drawing in, its picture as PNG out, with the site's own fonts. Effects: reads font files.

resvg draws without a browser and gives the same bytes everywhere. It takes a variable font at its first weight only, so
that it is handed an instance a weight, made once in the life of a process.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from reportgen.fonts.metrics import SANS, FontFile, font_files

WEIGHTS = (400, 600, 700)
"""Those that drawings use."""


def png_version() -> str:
    """What a picture depends on but its drawing."""
    packages = ("resvg", "uharfbuzz", "fontpkg-ibm-plex-sans")
    return " ".join(version(name) for name in packages)


def svg_to_png(svg: str, width: int) -> bytes:
    """A picture `width` pixels wide, on white. Same bytes for the same drawing."""
    from resvg import render, usvg

    options = usvg.Options.default()  # made anew, as it may not leave its thread; that takes a third of a millisecond
    options.font_family = SANS
    for face in _faces():
        options.load_font_data(face)
    tree = usvg.Tree.from_str(svg, options)
    drawn_width, drawn_height = tree.int_size()
    height = -(-drawn_height * width // drawn_width)
    scale = (width / drawn_width, 0, 0, 0, height / drawn_height, 0)
    return bytes(render(tree, scale, bg_size=(width, height), bg_color=(255, 255, 255, 255)))


@cache
def _faces() -> tuple[bytes, ...]:
    """The sans at each weight, upright."""
    face = next(font for font in font_files() if font.family == SANS and font.style == "normal" and " " in font.weight)
    return tuple(_instance(face, weight) for weight in WEIGHTS)


def _instance(font: FontFile, weight: int) -> bytes:
    """HarfBuzz cuts an instance in a hundredth of the time that fontTools takes."""
    import uharfbuzz as hb

    face = hb.Face(hb.Blob.from_file_path(str(font.path)))
    wanted = hb.SubsetInput()
    wanted.keep_everything()
    for axis in face.axis_infos:
        wanted.pin_axis_location(face, axis.tag, weight if axis.tag == "wght" else axis.default_value)
    return bytes(hb.subset(face, wanted).blob.data)
