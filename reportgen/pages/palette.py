"""A palette in, CSS for a medium out. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.model.look import Palette

_OF_CONTRAST = ("ink-2", "rule", "grid")
"""Tokens that a reader's wish for more contrast sets."""


def palette_css(palette: Palette, medium: str) -> str:
    """The tokens that differ from ours. The reader's own colours, and a wish for more contrast, come first."""
    light = palette.tokens("light")
    if medium == "paper":
        return _root(light)
    out = []
    for scheme in ("light", "dark"):
        query = f" and (prefers-color-scheme: {scheme})"
        tokens = palette.tokens(scheme)
        calm = {name: colour for name, colour in tokens.items() if name in _OF_CONTRAST}
        others = {name: colour for name, colour in tokens.items() if name not in calm}
        out += [
            _within(f"(forced-colors: none){query}", others),
            _within(f"(forced-colors: none) and (prefers-contrast: no-preference){query}", calm),
        ]
    return "".join(out)


def _within(query: str, tokens: Mapping[str, str]) -> str:
    return f"@media screen and {query} {{\n{_root(tokens)}}}\n" if tokens else ""


def _root(tokens: Mapping[str, str]) -> str:
    lines = "".join(f"  --{name}: {colour};\n" for name, colour in tokens.items())
    return f":root {{\n{lines}}}\n" if lines else ""
