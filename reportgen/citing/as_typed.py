"""A locator in, the same with signs for pandoc that part nothing, and what it prints back to what was typed. Pure.

Pandoc takes each comma, hyphen and blank of a locator for that of a list or a range, and sets it as such.
"""

from __future__ import annotations

import re

from reportgen.brief.locators import ROMAN
from reportgen.late_patterns import regex

_SIGNS = {"-": "\ue002", ",": "\ue003", " ": "\ue004"}
"""Sign -> what stands for it where it parts nothing."""
_WHOLE = "\ue005"
"""Before a number that pandoc would shorten to what differs from the one before: `1,000–010`."""
_TYPED = str.maketrans({_WHOLE: "", **{stands: sign for sign, stands in _SIGNS.items()}})
_GROUPED = regex(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])")
"""A number with commas between its thousands."""
_COMPOUND = regex(r"[^\s,;:()\[\]{}–—-]+(?:-[^\s,;:()\[\]{}–—-]+)+")
_COUNTED = regex(r"(?P<before>[^\W\d_]*)(?P<digits>\d+)[^\W\d_]*")


def as_typed(locator: str) -> str:
    """The signs within one number or one label, `1,000`, `A-1`, `5-bis`, `front matter`, part nothing."""
    if not re.search(r"\d", locator) and not any(ROMAN.fullmatch(word) for word in re.findall(r"\w+", locator)):
        return "".join(_SIGNS.get(sign, sign) for sign in locator)
    grouped = _GROUPED.sub(lambda found: found[0].replace(",", _SIGNS[","]), locator)
    grouped = re.sub(rf"([-–])(?=\d+{_SIGNS[',']})", rf"\1{_WHOLE}", grouped)
    return _COMPOUND.sub(lambda m: m[0] if _is_range(m[0]) else m[0].replace("-", _SIGNS["-"]), grouped)


def typed(words: str) -> str:
    """What pandoc printed, with the signs themselves."""
    return words.translate(_TYPED)


def _is_range(words: str) -> bool:
    """Whether what is counted stands on both sides of one hyphen, in order: `33-35`, `321-28`, `iv-vi`, `A1-A5`."""
    sides = re.sub(f"[{_WHOLE}{_SIGNS[',']}]", "", words).split("-")
    if len(sides) != 2:
        return False
    if all(ROMAN.fullmatch(side) for side in sides):
        return True
    first, last = (_COUNTED.fullmatch(side) for side in sides)
    if first is None or last is None or last["before"].lower() not in ("", first["before"].lower()):
        return False
    start, end = first["digits"], last["digits"]
    missing = len(start) - len(end)
    return not (missing and end.startswith("0")) and int(start) <= int(start[: max(missing, 0)] + end)
