"""An address in, what it answers out. Effects: the network; nothing else of the program calls anywhere.

Every address that a name stands for has to be a public one, and the one that was looked at is the one that is called,
anew at each redirection. Time and size have an end, tested with every piece that comes.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urljoin, urlsplit

from reportgen.diagnostics import Diagnostic, ReportError, Span

if TYPE_CHECKING:
    import httpcore

FetchCode = Literal["not-public", "answer-too-large", "too-slow", "not-fetched"]
Resolve = Callable[[str, int], list[tuple[str, int]]]
"""A host's name and a port -> the addresses and ports that it stands for. Raises OSError."""

AGENT = "Mozilla/5.0 (compatible; reportgen; saves a page once, when a person asks)"
_FURTHEST = 5
"""Redirections."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """When a fetch is given up."""

    seconds: float = 30
    """For all of it, redirections included."""
    most_bytes: int = 50 * 1024 * 1024
    """Of what it answers, unpacked."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered."""

    address: str
    """Of the last redirection."""
    request: tuple[tuple[str, str], ...]
    """The headers that were sent."""
    target: str
    """What was asked for: path and query."""
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    data: bytes
    """Unpacked."""

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


class FetchError(Exception):
    """An address that gives nothing to keep."""

    def __init__(self, code: FetchCode, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, and so is the address that may be packed inside it."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner: list[ipaddress.IPv4Address | None] = []
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    unpacked = [one for one in inner if one is not None]
    mapped = isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None
    return (mapped or (ip.is_global and not ip.is_multicast)) and all(
        one.is_global and not one.is_multicast for one in unpacked
    )


def addresses_of(host: str, port: int) -> list[tuple[str, int]]:
    """What the system's resolver says of a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((str(entry[4][0]), port) for entry in found))


def fetch(
    address: str,
    *,
    limits: FetchLimits | None = None,
    resolve: Resolve = addresses_of,
    allowed: Callable[[str], bool] = is_public,
) -> Fetched:
    """What an address answers. Raises ReportError, with the address as its place.

    `allowed` says which IP addresses may be called.
    """
    network = _Network(limits or FetchLimits(), resolve, allowed)
    try:
        return _followed(address, network)
    except FetchError as problem:
        found = Diagnostic(problem.code, problem.message, Span.at(address), problem.hint or None)
        raise ReportError([found]) from None


def send(address: str, body: bytes, media_type: str, *, allowed: Callable[[str], bool] = is_public) -> bytes:
    """What a service answers to a POST, with the same limits. Raises ReportError."""
    network = _Network(FetchLimits(seconds=15, most_bytes=1024 * 1024), addresses_of, allowed)
    try:
        found = _answer(_checked(address), network, "POST", body, {"Content-Type": media_type})
        if found.status != 200:
            raise FetchError("not-fetched", f"the service answered {found.status} {found.reason}".strip())
    except FetchError as problem:
        raise ReportError([Diagnostic(problem.code, problem.message, Span.at(address), problem.hint or None)]) from None
    return found.data


def _followed(address: str, network: _Network) -> Fetched:
    for _ in range(_FURTHEST + 1):
        found = _answer(_checked(address), network)
        to = found.header("location")
        if found.status not in (301, 302, 303, 307, 308) or not to:
            break
        address = urljoin(address, to)
    else:
        raise FetchError("not-fetched", f"it leads on more than {_FURTHEST} times")
    if found.status != 200:
        hint = "save the page with the browser, and add that file"
        raise FetchError("not-fetched", f"it answers {found.status} {found.reason}".strip(), hint)
    return found


def _checked(address: str) -> str:
    """The address, if it is one that is fetched at all."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise FetchError("not-fetched", "this is no web address") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError("not-fetched", "only addresses that begin with http:// or https:// are fetched")
    if parts.username is not None or parts.password is not None:
        raise FetchError("not-fetched", "it holds a user's name or password", "leave out what stands before the @")
    if port == 0 or any(ord(character) <= 32 or ord(character) == 127 for character in address):
        raise FetchError("not-fetched", "this is no web address")
    return address


def _answer(
    address: str, network: _Network, method: str = "GET", body: bytes = b"", also: Mapping[str, str] | None = None
) -> Fetched:
    import httpcore

    parts = urlsplit(address)
    try:
        host = (parts.hostname or "").encode("idna").decode() if ":" not in (parts.hostname or "") else parts.hostname
    except UnicodeError:
        raise FetchError("not-fetched", "this is no web address") from None
    target = _ascii((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    named = f"[{host}]" if ":" in (host or "") else str(host)
    netloc = f"{named}:{parts.port}" if parts.port else named
    sent = {"Host": netloc, "User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity", **(also or {})}
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), network.limits.seconds)
    try:
        with (
            httpcore.ConnectionPool(
                ssl_context=ssl.create_default_context(), network_backend=network.backend()
            ) as pool,
            pool.stream(
                method,
                f"{parts.scheme}://{netloc}{target}",
                headers=list(sent.items()),
                content=body or None,
                extensions={"timeout": timeouts},
            ) as answer,
        ):
            headers = tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in answer.headers)
            encoding = next((value for key, value in headers if key.lower() == "content-encoding"), "")
            data = _gathered(answer.iter_stream(), encoding, network)
            reason = answer.extensions.get("reason_phrase", b"").decode("latin-1")
    except (httpcore.TimeoutException, TimeoutError):
        raise network.too_slow() from None
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as problem:
        if network.is_over():
            raise network.too_slow() from None
        raise FetchError("not-fetched", f"it does not answer: {problem or type(problem).__name__}") from None
    return Fetched(address, tuple(sent.items()), target, answer.status, reason, headers, data)


def _ascii(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="/?%:@!$&'()*+,;=-._~[]|")


def _gathered(pieces: Iterable[bytes], encoding: str, network: _Network) -> bytes:
    """All pieces, unpacked, as long as there is time and room."""
    data = bytearray()
    for piece in _unpacked(pieces, encoding.strip().lower(), network.limits.most_bytes):
        data += piece
        if len(data) > network.limits.most_bytes:
            size = f"{network.limits.most_bytes / 1024 / 1024:g} MiB"
            raise FetchError(
                "answer-too-large", f"it is larger than {size}", "save it with the browser, and add that file"
            )
        if network.is_over():
            raise network.too_slow()
    return bytes(data)


def _unpacked(pieces: Iterable[bytes], encoding: str, most: int) -> Iterator[bytes]:
    if encoding in ("", "identity"):
        yield from pieces
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FetchError("not-fetched", f'its answer is packed as "{encoding}", which was not asked for')
    unpacker = zlib.decompressobj(wbits=47 if "gzip" in encoding else 15)
    try:
        for piece in pieces:
            left = piece
            while left:
                yield unpacker.decompress(left, min(most, 1 << 20))
                left = unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error:
        raise FetchError("not-fetched", "its answer is packed, and cannot be unpacked") from None


@dataclass
class _Network:
    """One fetch with all its redirections: what may be called, and until when."""

    limits: FetchLimits
    resolve: Resolve
    allowed: Callable[[str], bool]
    end: float = field(init=False)

    def __post_init__(self) -> None:
        self.end = time.monotonic() + self.limits.seconds

    def left(self) -> float:
        return max(self.end - time.monotonic(), 0.01)

    def is_over(self) -> bool:
        return time.monotonic() >= self.end

    def too_slow(self) -> FetchError:
        hint = "try again, or save it with the browser and add that file"
        return FetchError("too-slow", f"it takes longer than {self.limits.seconds:g} seconds", hint)

    def chosen(self, host: str, port: int) -> tuple[str, int]:
        """The address and port that are called for a name, if every address of it may be."""
        try:
            found = self.resolve(host, port)
        except (OSError, UnicodeError):
            found = []
        if not found:
            raise FetchError("not-fetched", f'there is no address for "{host}"', "look for a typing error")
        if wrong := [address for address, _ in found if not self.allowed(address)]:
            message = f'"{host}" is at {wrong[0]}, which is no address of the public internet'
            raise FetchError("not-public", message, "save the page with the browser, and add that file")
        return found[0]

    def backend(self) -> httpcore.NetworkBackend:
        import httpcore

        network = self

        class Stream(httpcore.NetworkStream):
            """A connection on which no read or write outlasts the fetch."""

            def __init__(self, inner: httpcore.NetworkStream) -> None:
                self.inner = inner

            def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
                if network.is_over():
                    raise network.too_slow()
                return self.inner.read(max_bytes, network.left())

            def write(self, buffer: bytes, timeout: float | None = None) -> None:
                self.inner.write(buffer, network.left())

            def close(self) -> None:
                self.inner.close()

            def start_tls(
                self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
            ) -> httpcore.NetworkStream:
                return Stream(self.inner.start_tls(ssl_context, server_hostname, network.left()))

            def get_extra_info(self, info: str) -> Any:
                return self.inner.get_extra_info(info)

        class Backend(httpcore.NetworkBackend):
            """Connections to addresses that were looked at, and to no other."""

            def connect_tcp(
                self,
                host: str,
                port: int,
                timeout: float | None = None,
                local_address: str | None = None,
                socket_options: Any = None,
            ) -> httpcore.NetworkStream:
                address, chosen = network.chosen(host, port)
                return Stream(httpcore.SyncBackend().connect_tcp(address, chosen, network.left()))

        return Backend()
