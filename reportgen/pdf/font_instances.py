"""A variable font and the place on its axes in, the font at that place out, by HarfBuzz.

WeasyPrint asks fontTools, which takes a sixth of the time of a whole PDF. Effects: none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

import uharfbuzz as hb


@dataclass(frozen=True, slots=True)
class Instance:
    """A font file, where WeasyPrint looks for a font of fontTools."""

    content: bytes

    def save(self, file: BinaryIO) -> None:
        """Writes it there."""
        file.write(self.content)


def instance(font: Any, axes: Mapping[str, float], *, static: bool) -> Instance:
    """Stands in for fontTools' `instantiateVariableFont`: every axis is pinned, the unnamed ones where they start.

    `font` is a TTFont as it was opened, its glyphs already cut down; they keep their numbers. Raises RuntimeError for
    what HarfBuzz cannot read.
    """
    face = hb.Face(hb.Blob(font.reader.file.getvalue()))
    wanted = hb.SubsetInput()
    wanted.keep_everything()
    wanted.pin_all_axes_to_default(face)
    for tag, value in axes.items():
        wanted.pin_axis_location(face, tag, value)
    return Instance(bytes(wanted.subset(face).blob.data))
