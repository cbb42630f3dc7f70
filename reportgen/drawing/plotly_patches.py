"""plotly.js in, the same with a few places that it comes to thousands of times a figure made quicker, out. Pure.

Each edit leaves what is drawn as it was, byte for byte. One that finds its place not exactly once, as in another
version of plotly.js, is left out: that version draws the same, more slowly. `kept` and `readPaths` are of window.js.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = r"[\w$]+"


@dataclass(frozen=True, slots=True)
class Patch:
    """One place."""

    why: str
    """What is done over and over there."""
    place: str
    """A regular expression, blind to the names that a minifier gives."""
    instead: str
    """As `re.sub` has it."""


EDITS = (
    Patch(
        "A path such as marker.line.color is taken apart for each of its readings, three of them a coerced attribute.",
        r'var i=r\.split\("\."\),n,a,o,s;(for\(.{1,500}?\}s\+\+\})(return typeof t!="object"\?)',
        r'var i=readPaths.get(r),n,a,o,s;if(!i){i=r.split(".");\1readPaths.set(r,i)}\2',
    ),
    Patch(
        "Every annotation is drawn once more to see how far it widens its axis, even if it stands on no axis.",
        rf"\.filterVisible\(({_NAME}\.annotations\));if\(({_NAME})\.length&&",
        r'.filterVisible(\1.filter(one=>one.xref!=="paper"||one.yref!=="paper");if(\2.length&&',
    ),
    Patch(
        "A colour is read for each mark and letter that bears it.",
        r'=(e=>\{if\(typeof e!="string"\)return;let t=e\.trim\(\)\.toLowerCase\(\);.{1,60}?catch\(r\)\{return\}\})',
        r"=kept(\1)",
    ),
    Patch(
        "So is its opaque form.",
        rf"=(e=>{_NAME}\({_NAME}\({_NAME}\(\{{\}},{_NAME}\(e\)\),\{{alpha:1\}}\)\))",
        r"=kept(\1)",
    ),
    Patch(
        "A regular expression is made for each class that is set.",
        rf"function ({_NAME})(\({_NAME}\)\{{return new RegExp\([^;}}]{{1,20}}{_NAME}\.requote\([^;}}]{{1,40}}\)\}})",
        r"var \1=kept(function\2);",
    ),
)


def quickened(script: str) -> str:
    """The script with the edits that fit it."""
    places = [(edit, list(re.finditer(edit.place, script))) for edit in EDITS]
    parts, end = [], 0
    for start, stop, instead in sorted((*m[0].span(), m[0].expand(edit.instead)) for edit, m in places if len(m) == 1):
        parts += [script[end:start], instead]
        end = stop
    return "".join([*parts, script[end:]])
