"""A finished drawing and a palette in, the drawing in the palette's colours out. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reportgen.charts.data import GRID, HEAT, INK, INK2, PAPER, REST, C
from reportgen.model.look import OURS, Palette, channels, mixed

_SHARES = (0.12, 0.3, 0.5, 0.7, 1)
"""Of c1 on the paper, for the shades of a heat map."""


def recoloured(svg: str, palette: Palette) -> str:
    """A drawing that names colours, in those of the palette: on paper and to download. A page's names tokens."""
    tokens = palette.tokens("light")
    changed = _changes(tokens) if tokens else {}
    return re.sub("|".join(map(re.escape, changed)), lambda m: changed[m[0]], svg) if changed else svg


def _changes(tokens: Mapping[str, str]) -> dict[str, str]:
    """Each literal colour of a drawing, as plotly.js and we write it -> the palette's."""
    paper, c1 = tokens.get("paper", OURS["light"]["paper"]), tokens.get("c1", C[0])
    named = {f"c{n}": colour for n, colour in enumerate(C, 1)} | {"mark-soft": REST, "ink": INK, "ink-2": INK2}
    named |= {"grid": GRID, "paper": PAPER}
    pairs = {colour: tokens[name] for name, colour in named.items() if name in tokens}
    if {"c1", "paper"} & set(tokens):
        pairs |= {shade: mixed(c1, paper, share) for shade, share in zip(HEAT, _SHARES, strict=True)}
    found: dict[str, str] = {}
    for colour, own in pairs.items():
        red, green, blue = channels(colour)
        spelled = (colour, colour.lower(), f"rgb({red}, {green}, {blue})", f"rgb({red},{green},{blue})")
        found |= dict.fromkeys(spelled, own)
    return found
