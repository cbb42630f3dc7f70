"""A language's tag in, the direction that it is written in out. Pure."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from reportgen.language.locales import locale_of

Direction = Literal["ltr", "rtl"]
_RTL_SCRIPTS = ("Arab", "Aran", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg")
RTL = "\u0590-\u05ff\u0600-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""What is written right to left, as a class of a regular expression. Arabic digits are not."""
WRITTEN_RTL = re.compile(f"[{RTL}]")


@cache
def direction(lang: str) -> Direction:
    """By the script that the tag names, else by that of the language."""
    script = next((part.title() for part in lang.split("-")[1:] if len(part) == 4 and part.isalpha()), "")
    if script:
        return "rtl" if script in _RTL_SCRIPTS else "ltr"
    try:
        return "rtl" if locale_of(lang).text_direction == "rtl" else "ltr"
    except ValueError:
        return "ltr"
