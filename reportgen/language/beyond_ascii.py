"""A text in, its signs beyond ASCII out. Pure.

What may stand in a page and hardly ever does is looked for among these: a class of signs takes 5 ns to be compared with
each sign of a page, and this 1.
"""

from __future__ import annotations

_ASCII = bytes(range(128))


def beyond_ascii(text: str) -> str:
    """The signs of a text beyond ASCII, in their order."""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
