"""A saved copy and a time-stamping service in, the service's signed word that it existed then out (RFC 3161).

Effects: one call to the service, which is told a hash and nothing else; rfc3161-client is loaded for it.
"""

from __future__ import annotations

import hashlib
import importlib
from typing import Any

from reportgen.desk.fetching import send
from reportgen.diagnostics import Diagnostic, ReportError, Span
from reportgen.installing import command_for

ENDING = ".tsr"
"""Of the name of a time stamp, after that of the file that it is of."""


def stamp_of(data: bytes, service: str) -> bytes:
    """The service's answer, as `openssl ts` reads it. Raises ReportError (`not-stamped`)."""
    try:
        stamps: Any = importlib.import_module("rfc3161_client")
    except ModuleNotFoundError:
        raise _problem(service, f"time stamps need one package more: {command_for('rfc3161-client')}") from None
    request = requested(stamps, data)
    try:
        answer = send(service, request.as_bytes(), "application/timestamp-query")
        response = stamps.decode_timestamp_response(answer)
    except ReportError as error:
        raise _problem(service, error.diagnostics[0].message) from None
    except ValueError:
        raise _problem(service, "the service's answer is no time stamp") from None
    if response.status not in (stamps.PKIStatus.GRANTED, stamps.PKIStatus.GRANTED_WITH_MODS):
        raise _problem(service, f"the service refuses: {'; '.join(response.status_string) or response.status}")
    said = response.tst_info
    if said.message_imprint.message != hashlib.sha256(data).digest() or said.nonce != request.nonce:
        raise _problem(service, "the service's time stamp is of something else")
    return answer


def requested(stamps: Any, data: bytes) -> Any:
    """A request for data: its SHA-256, with a number that the answer has to repeat, and the service's certificate."""
    return stamps.TimestampRequestBuilder().data(data).hash_algorithm(stamps.base.HashAlgorithm.SHA256).build()


def _problem(service: str, why: str) -> ReportError:
    hint = "the source is kept without one; look at timestamp: in site.yaml"
    found = Diagnostic("not-stamped", f"no time stamp was given: {why}", Span.at(service), hint, "warning")
    return ReportError([found])
