"""What a field for a web address holds in; the address, or why it is none, out. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from reportgen.late_patterns import regex

_WEB = regex(r"https?://", re.IGNORECASE)
_NEXT = regex(r"[\s;,]+(?=https?://)", re.IGNORECASE)
_BARE = regex(r"(?:www\.|(?:dx\.)?doi\.org/|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/)\S", re.IGNORECASE)
_DOI = regex(r"(?:doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_DOI_ADDRESS = regex(r"(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*", re.IGNORECASE)
_GOOD = regex(r"https?://[A-Za-z0-9.-]*[A-Za-z0-9](?::\d+)?(?:[/?#][\w!#$%&'()*+,/:;=?@\[\]~.-]*)?", re.ASCII)
_LATEX = regex(r"\\([_%&#$~])(?:\{\})?")
"""A sign as LaTeX escapes it in an address, which BibTeX files of Mendeley and others do."""
_KEPT = "!#$%&'()*+,/:;=?@[]~"
LOCAL_PATH = regex(
    r"(?<![\w/:.])(?:file:|zotero:|[A-Za-z]:\\|/(?:Users|home|Volumes)/|~/|\\\\[\w.-]+\\)", re.IGNORECASE
)
"""Where a place on somebody's own machine begins."""


@dataclass(frozen=True, slots=True)
class FoundAddress:
    """An address on the web, or none."""

    address: str
    """http or https, without blanks; empty where there is none."""
    why: str = ""
    """What had to be done to it, or why it is none; empty where it is as it was written."""


def web_address(text: str) -> FoundAddress:
    """The address on the web that a text is, repaired where it is plain what is meant."""
    if _GOOD.fullmatch(text):
        return FoundAddress(text)
    typed = _LATEX.sub(r"\1", text.strip())
    if typed.startswith("<") and typed.endswith(">"):
        typed = typed[1:-1].strip()
    parts = _NEXT.split(typed)
    first = parts[0]
    if first.startswith("//"):
        first = f"https:{first}"
    elif doi := _DOI.fullmatch(first):
        first = f"https://doi.org/{doi[1]}"
    elif not _WEB.match(first) and _BARE.match(first):
        first = f"https://{first}"
    if not _WEB.match(first):
        return FoundAddress("", "it is no address on the web")
    address = quote(first, safe=_KEPT) if re.search(r"[^\w!#$%&'()*+,/:;=?@\[\]~.-]", first) else first
    try:
        parsed = urlsplit(address)
        good = bool(parsed.hostname) and "%" not in parsed.netloc
    except ValueError:
        good = False
    if not good:
        return FoundAddress("", "it is no address on the web")
    if parsed.username is not None:
        return FoundAddress("", "it holds a user's name")
    if len(parts) > 1:
        return FoundAddress(address, f"holds {len(parts)} addresses: the first is taken")
    return FoundAddress(address, "" if address == text else f"is read as {address}")


def bare_doi(text: str) -> str:
    """A DOI without the address of doi.org before it, with which styles print it, and without LaTeX's escapes."""
    typed = _LATEX.sub(r"\1", text.strip())
    found = _DOI_ADDRESS.match(typed)
    return typed[found.end() :] if found else typed
