"""What an address answered in, a WARC file of it out. Effects: none; warcio is loaded when one is made."""

from __future__ import annotations

import importlib
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from reportgen.desk.fetching import Fetched

_PACKING = frozenset(("content-encoding", "transfer-encoding", "content-length"))
"""Headers of how the answer came, which is kept unpacked."""


def warc_of(fetched: Fetched, when: datetime) -> bytes:
    """A packed WARC file with the request, and with the answer as its payload."""
    writing: Any = importlib.import_module("warcio.warcwriter")
    status: Any = importlib.import_module("warcio.statusandheaders")
    out = BytesIO()
    writer = writing.WARCWriter(out, gzip=True)
    date = {"WARC-Date": when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    headers = [(f"X-Archive-Orig-{k}" if k.lower() in _PACKING else k, v) for k, v in fetched.headers]
    headers.append(("Content-Length", str(len(fetched.data))))
    line = f"{fetched.status} {fetched.reason}".strip()
    answer = status.StatusAndHeaders(line, headers, protocol="HTTP/1.1")
    response = writer.create_warc_record(
        fetched.address,
        "response",
        payload=BytesIO(fetched.data),
        length=len(fetched.data),
        http_headers=answer,
        warc_headers_dict=date,
    )
    asked = status.StatusAndHeaders(f"GET {fetched.target} HTTP/1.1", list(fetched.request), is_http_request=True)
    request = writer.create_warc_record(fetched.address, "request", http_headers=asked, warc_headers_dict=dict(date))
    writer.write_request_response_pair(request, response)
    return out.getvalue()


def name_of(address: str) -> str:
    """The last part of an address that could be a file's name."""
    parts = urlsplit(address)
    return next((part for part in reversed(parts.path.split("/")) if part), parts.hostname or "")
