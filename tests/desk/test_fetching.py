"""What is fetched, and every way in which an address may not be."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO

import pytest

from reportgen.archive.warc import payloads
from reportgen.desk.fetching import _unpacked, fetch, is_public
from reportgen.desk.saving import name_of, warc_of
from reportgen.diagnostics import ReportError
from tests.desk.servers import answer, fetched_from, server, slowly

PAGE = b"<p>45 boats"


def code_of(address: str, answers: dict[str, object], **limits: float) -> str:
    with server(answers) as (port, _):  # type: ignore[arg-type]
        try:
            fetched_from(port, **limits)(address)
        except ReportError as error:
            (found,) = error.diagnostics
            assert found.span.file == address
            assert found.message
            return found.code
    return "fetched"


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "localhost"),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


def test_a_page_is_fetched_with_what_it_was_asked_for() -> None:
    with server({"/boats?year=2024": answer(PAGE, content_type="text/html; charset=utf-8")}) as (port, requests):
        found = fetched_from(port)("http://harbour.example/boats?year=2024#top")
    assert (found.status, found.data, found.header("content-type")) == (200, PAGE, "text/html; charset=utf-8")
    (asked,) = requests
    assert b"\r\nHost: harbour.example\r\n" in asked
    assert b"Cookie" not in asked
    assert b"Accept-Encoding: identity" in asked


def test_what_was_fetched_is_kept_whole() -> None:
    with server({"/boats": answer(gzip.compress(PAGE), content_encoding="gzip")}) as (port, _):
        found = fetched_from(port)("http://harbour.example/boats")
    (held,) = payloads(BytesIO(warc_of(found, datetime(2026, 11, 22, tzinfo=UTC))))
    assert (held.data, held.address, held.status) == (PAGE, "http://harbour.example/boats", "200")
    assert held.is_text


@pytest.mark.parametrize(
    "address",
    [
        *("file:///etc/passwd", "ftp://harbour.example/x", "gopher://harbour.example/", "http://", "http:///x"),
        *("http://user@harbour.example/", "http://user:word@harbour.example/", "http://harbour.example:0/"),
        *(
            "http://harbour.example:99999/",
            "http://[::1/",
            "http://harbour.example/a\r\nX: y",
            "http://harbour .example/",
        ),
    ],
)
def test_what_is_no_address_is_not_called(address: str) -> None:
    assert code_of(address, {"/": answer(PAGE)}) == "not-fetched"


def leading(to: str) -> bytes:
    return answer(b"", status="302 Found", location=to)


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("/end", "fetched"),
        ("http://other.example/end", "fetched"),
        ("http://inside.example/end", "not-public"),
        ("//inside.example/end", "not-public"),
        ("file:///etc/passwd", "not-fetched"),
        ("http://user:word@harbour.example/end", "not-fetched"),
        ("/start", "not-fetched"),
    ],
)
def test_each_redirection_is_looked_at_again(to: str, code: str) -> None:
    assert code_of("http://harbour.example/start", {"/start": leading(to), "/end": answer(PAGE)}) == code


def test_a_name_with_one_private_address_is_not_called() -> None:
    for found in (["10.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["93.184.216.34", "::1"]):
        with pytest.raises(ReportError) as error:
            fetch("http://harbour.example/", resolve=lambda _host, port, found=found: [(ip, port) for ip in found])
        assert error.value.diagnostics[0].code == "not-public"


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden", "404 Not Found", "429 Too Many", "500 Oops"])
def test_an_answer_that_is_an_error_is_not_kept(status: str) -> None:
    assert code_of("http://harbour.example/x", {"/x": answer(PAGE, status=status)}) == "not-fetched"


def bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return packer.compress(b"\0" * 30_000_000) + packer.flush()


def endless() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    while True:
        yield b"x" * 65536


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (answer(b"x" * 100_001), "answer-too-large"),
        (endless, "answer-too-large"),
        (answer(bomb(), content_encoding="gzip"), "answer-too-large"),
        (answer(PAGE, content_encoding="br"), "not-fetched"),
        (answer(PAGE, content_encoding="gzip"), "not-fetched"),
        (b"not HTTP at all\r\n\r\n", "not-fetched"),
        (b"", "not-fetched"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 200_000 + b"\r\n\r\n", "not-fetched"),
    ],
)
def test_what_has_no_end_is_given_up(said: object, code: str) -> None:
    assert code_of("http://harbour.example/x", {"/x": said}, most_bytes=100_000, seconds=5) == code


PADDED = answer(b"x" * 500, x_padding="p" * 3000)


@pytest.mark.parametrize(
    ("at_once", "pause"), [(0, 0.05), (0, 0.002), (len(PADDED) - 400, 0.05), (len(PADDED) - 400, 0.002), (30, 3)]
)
def test_a_drip_is_given_up_in_time(at_once: int, pause: float) -> None:
    """In its headers, and in what it holds; slowly, fast, and in silence."""
    pieces = (PADDED[:at_once], *(PADDED[n : n + 1] for n in range(at_once, len(PADDED))))
    began = time.monotonic()
    assert code_of("http://harbour.example/x", {"/x": lambda: slowly(iter(pieces), pause)}, seconds=0.3) == "too-slow"
    assert time.monotonic() - began < 5  # all of it would take 7 to 170 s


def test_what_is_packed_is_unpacked_piece_by_piece() -> None:
    """A small piece may stand for a very large one."""
    assert max(map(len, _unpacked([bomb()], "gzip", 1000))) <= 1000


def test_a_last_part_of_an_address_names_the_file() -> None:
    assert name_of("https://harbour.example/a/report.pdf?x=1") == "report.pdf"
    assert name_of("https://harbour.example/") == "harbour.example"
