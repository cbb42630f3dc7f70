"""The records of a WARC file: what was saved of pages. Effects: reads the file; warcio is loaded when one comes."""

from __future__ import annotations

import hashlib
import importlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from reportgen.archive.media_types import is_readable

_OF_DAMAGED_FILES = (ArithmeticError, AttributeError, EOFError, LookupError, OSError, TypeError, ValueError, zlib.error)
"""What warcio lets through where a file is cut off or damaged."""
_GZIP = b"\x1f\x8b"


class WarcError(Exception):
    """A WARC file that cannot be read; the message says why, without a full stop."""


@dataclass(frozen=True, slots=True)
class Payload:
    """What one record of a WARC file holds."""

    offset: int
    data: bytes
    media_type: str
    """As the server gave it; empty where it gave none."""
    address: str
    status: str
    """Of the answer, e.g. `200`; empty for what was no answer."""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def is_text(self) -> bool:
        """Whether it is an answer that gives a text, rather than a redirection, a picture or a script."""
        return is_readable(self.media_type) and self.status in ("", "200")


def is_warc(data: bytes) -> bool:
    """Whether bytes begin as a WARC file does, packed or not."""
    if data[:2] != _GZIP:
        return data[:5] == b"WARC/"
    try:
        return zlib.decompressobj(wbits=31).decompress(data[:512], 5) == b"WARC/"
    except zlib.error:
        return False


def payloads(file: IO[bytes]) -> Iterator[Payload]:
    """Each record that holds something saved. Raises WarcError."""
    warcio: Any = importlib.import_module("warcio.archiveiterator")
    exceptions: Any = importlib.import_module("warcio.exceptions")
    records: Any = warcio.ArchiveIterator(file)
    try:
        for record in records:
            if record.rec_type in ("response", "resource", "conversion"):
                data = record.content_stream().read()
                http = record.http_headers
                kind = http.get_header("Content-Type") if http else record.rec_headers.get_header("Content-Type")
                address = record.rec_headers.get_header("WARC-Target-URI")
                status = http.get_statuscode() if http else ""
                # Asked for its offset, a record is read to its end.
                yield Payload(records.get_record_offset(), data, kind or "", address or "", status)
    except exceptions.ArchiveLoadFailed as problem:
        raise WarcError(f"the WARC file cannot be read: {problem}") from None
    except _OF_DAMAGED_FILES:
        raise WarcError("the WARC file cannot be read: a record of it is damaged, or cut off") from None


def the_page(data: bytes) -> Payload:
    """The one page that a WARC file holds. Raises WarcError where it holds none, or several."""
    found = {payload.sha256: payload for payload in payloads(BytesIO(data)) if payload.is_text}
    if not found:
        raise WarcError("the WARC file holds no page that gives a text")
    if len(found) > 1:
        named = "; ".join(f"{payload.address} is {sha256}" for sha256, payload in list(found.items())[:3])
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        raise WarcError(
            f"the WARC file holds {len(found)} pages: name one by the SHA-256 of what it holds ({named}{more})"
        )
    return next(iter(found.values()))
