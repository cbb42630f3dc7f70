"""A site's own colours and logo. Values only; a colour is `#rrggbb`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

TEXTS = ("accent", "ink", "ink-2")
"""Tokens of colours that words are set in."""
SERIES = ("c1", "c2", "c3", "c4", "c5", "c6")
"""Tokens of what a chart draws, a series each."""
GROUNDS = ("paper", "panel", "accent-soft", "rule", "grid", "mark-soft")
TOKENS = (*TEXTS, *SERIES, *GROUNDS)
"""What a project may colour. The states of a number keep their colours, which say what they mean; that of a verified
one is the accent."""
OURS = {
    "light": {
        "paper": "#ffffff",
        "panel": "#f2f5f5",
        "ink": "#14212b",
        "ink-2": "#51616c",
        "accent": "#00546f",
        "c1": "#00546f",
    },
    "dark": {
        "paper": "#10181d",
        "panel": "#19242b",
        "ink": "#e6ecee",
        "ink-2": "#a3b2ba",
        "accent": "#8dc8e3",
        "c1": "#8dc8e3",
    },
}
"""Those of templates/tokens.css that others are measured by."""
LEAST = {**dict.fromkeys(TEXTS, 4.5), **dict.fromkeys(SERIES, 3.0)}
"""Contrast with the paper, by WCAG: of texts, and of what is drawn."""

MADE = {"accent": 7.0, **dict.fromkeys(SERIES, 4.0)}
"""The same of what is made for a dark paper: an accent stands on panels too, which are lighter."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by token, as an author gives them."""

    light: tuple[tuple[str, str], ...] = ()
    dark: tuple[tuple[str, str], ...] = ()

    def tokens(self, scheme: str) -> Mapping[str, str]:
        """All that differ from ours in a scheme, `light` or `dark`, with what follows from those that were given."""
        given = dict(self.dark if scheme == "dark" else self.light)
        paper = given.get("paper", OURS[scheme]["paper"])
        if scheme == "dark":
            own = {name: colour for name, colour in self.light if name in (*SERIES, "accent") and name not in given}
            given |= {name: legible(colour, paper, MADE[name]) for name, colour in own.items()}
        if accent := given.get("accent"):
            given.setdefault("c1", accent)
            given.setdefault("accent-soft", mixed(accent, paper, 0.12 if scheme == "light" else 0.25))
            given["verified"] = accent
        return given


@dataclass(frozen=True, slots=True)
class Logo:
    """Files of content/images/."""

    light: str = ""
    """Empty where there is no logo."""
    dark: str = ""
    """For a dark ground; empty where the other serves."""


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(colour: str, ground: str, share: float) -> str:
    """So much of a colour on a ground."""
    pairs = zip(channels(colour), channels(ground), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """From 1 to 21, as WCAG 2 defines it."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in channels(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def legible(colour: str, paper: str, least: float) -> str:
    """A colour, mixed with white until it stands out from a dark paper."""
    steps = (mixed(colour, "#ffffff", 1 - step / 20) for step in range(21))
    return next((found for found in steps if contrast(found, paper) >= least), "#ffffff")
