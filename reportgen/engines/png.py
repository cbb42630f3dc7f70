"""An SVG drawing in, its picture as PNG out, with the site's own fonts. Effects: reads font files.

resvg draws without a browser and gives the same bytes everywhere. It takes a variable font at its first weight only, so
that it is handed an instance a weight, made once in the life of a process.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from reportgen.engines.fonts import SANS, FontFile, font_files

WEIGHTS = (400, 600, 700)
"""Those that drawings use."""


def png_version() -> str:
    """What a picture depends on but its drawing."""
    packages = ("resvg_py", "uharfbuzz", "fontpkg-ibm-plex-sans")
    return " ".join(version(name) for name in packages)


def svg_to_png(svg: str, width: int) -> bytes:
    """A picture `width` pixels wide, on white. Same bytes for the same drawing."""
    import resvg_py

    with TemporaryDirectory(prefix="reportgen-png-") as folder:
        files = []
        for name, data in _faces():
            path = Path(folder, name)
            path.write_bytes(data)
            files.append(str(path))
        drawn = resvg_py.svg_to_bytes(
            svg_string=svg, width=width, background="#ffffff", skip_system_fonts=True, font_files=files,
            font_family=SANS, sans_serif_family=SANS, serif_family=SANS,
        )  # fmt: skip
    return bytes(drawn)


@cache
def _faces() -> tuple[tuple[str, bytes], ...]:
    """(file name, font) of each weight of the sans, upright."""
    face = next(font for font in font_files() if font.family == SANS and font.style == "normal" and " " in font.weight)
    return tuple((f"sans-{weight}.ttf", _instance(face, weight)) for weight in WEIGHTS)


def _instance(font: FontFile, weight: int) -> bytes:
    """HarfBuzz cuts an instance in a hundredth of the time that fontTools takes."""
    import uharfbuzz as hb

    face = hb.Face(hb.Blob.from_file_path(str(font.path)))
    wanted = hb.SubsetInput()
    wanted.keep_everything()
    for axis in face.axis_infos:
        wanted.pin_axis_location(face, axis.tag, weight if axis.tag == "wght" else axis.default_value)
    return bytes(hb.subset(face, wanted).blob.data)
