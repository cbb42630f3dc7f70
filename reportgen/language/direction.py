"""A language's tag in, the direction that it is written in out. Pure."""

from __future__ import annotations

from functools import cache
from typing import Literal
from unicodedata import bidirectional

from reportgen.language.locales import locale_of
from reportgen.late_patterns import regex

Direction = Literal["ltr", "rtl"]
_RTL_SCRIPTS = ("Arab", "Aran", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg")
RTL = "\u0590-\u05ff\u0600-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""What is written right to left, as a class of a regular expression. Arabic digits are not."""
WRITTEN_RTL = regex(f"[{RTL}]")

NUMBER_OF = regex(rf"(?<=[^\W\d_])(?<![{RTL}])[\s,:()][\s,;:()]*(?=\d[\d.,]*(?:[–-]\d[\d.,]*)?\s+[{RTL}])")
"""What parts a name from the number of a word that is written right to left: in `Office, 20 يناير` the 20 would go with
the name."""

SIGN_OF_MONEY = regex(r"(?<![^\W_])[A-Z]{1,3}[$€£¥](?![\w\u200e\u00a0 ]*\d|&lrm;)")
"""`R$` behind its number: where lines are written right to left it would be `$R`."""


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


def begins_rtl(text: str) -> bool:
    """Whether the first letter of a text, which its line goes by, is written right to left."""
    return next((side != "L" for side in map(bidirectional, text) if side in ("L", "R", "AL")), False)


def numbers_kept(text: str) -> str:
    """A text whose numbers stay with the words after them, if those are written right to left, and whose signs of
    money stay behind their letters."""
    return (
        SIGN_OF_MONEY.sub("\\g<0>\u200e\u200f", NUMBER_OF.sub("\\g<0>\u200f", text))
        if WRITTEN_RTL.search(text)
        else text
    )
