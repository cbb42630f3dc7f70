"""Bytes of a text that is not UTF-8 in, the old encoding of Windows that they are likeliest in out. Pure."""

from __future__ import annotations

from reportgen.late_patterns import regex

_CYRILLIC = regex(r"(?<![A-Za-z])[А-Яа-яЁёІіҮүҢңҒғҚқӨөҰұҺһӘә]{2,}(?![A-Za-z])")
_NO_TEXT = regex(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def code_page_of(content: bytes) -> str:
    """`windows-1251` where most letters beyond ASCII are Cyrillic and stand side by side, else `windows-1252`; empty
    where the bytes are no text."""
    if _NO_TEXT.search(content):
        return ""
    text = content.decode("cp1251", "replace")
    inside = sum(len(run) for run in _CYRILLIC.findall(text))
    # Accents stand beside Latin letters (Größe), and Cyrillic words by themselves.
    is_cyrillic = inside * 2 > sum(char > "\x7f" and char.isalpha() for char in text)
    return "windows-1251" if is_cyrillic else "windows-1252"
