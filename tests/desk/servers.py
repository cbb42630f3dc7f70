"""A server on this machine that answers as a test says: to be fetched from, where the test allows its address."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

from reportgen.desk.fetching import Fetched, FetchLimits, fetch

Answer = bytes | Iterator[bytes] | Callable[[], Iterator[bytes]]
"""All of it, or its pieces."""


def answer(body: bytes, *, status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer of HTTP; `content_type` is written as Content-Type."""
    named = {"content_type": "text/html", **headers}
    lines = [f"HTTP/1.1 {status}", *(f"{key.replace('_', '-')}: {value}" for key, value in named.items())]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "Connection: close", "", ""]).encode() + body


def slowly(pieces: Iterator[bytes], pause: float) -> Iterator[bytes]:
    """The pieces, one after another with a pause."""
    for piece in pieces:
        yield piece
        time.sleep(pause)


@contextmanager
def server(answers: Mapping[str, Answer]) -> Iterator[tuple[int, list[bytes]]]:
    """A server that gives each path its answer: its port, and the requests that it got."""
    requests: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        done = threading.Event()

        def serve() -> None:
            while not done.is_set():
                with suppress(OSError):
                    talk, _ = listening.accept()
                    threading.Thread(target=reply, args=(talk,), daemon=True).start()

        def reply(talk: socket.socket) -> None:
            with talk, suppress(OSError):
                asked = talk.recv(65536)
                if not asked:
                    return
                requests.append(asked)
                said = answers.get(asked.split(b" ")[1].decode(), answer(b"nothing here", status="404 Not Found"))
                for piece in [said] if isinstance(said, bytes) else said() if callable(said) else said:
                    if done.is_set():
                        break
                    talk.sendall(piece)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield listening.getsockname()[1], requests
        finally:
            done.set()
            with suppress(OSError):
                socket.create_connection(listening.getsockname(), timeout=1).close()
            thread.join(2)


def fetched_from(port: int, **limits: float) -> Callable[[str], Fetched]:
    """`fetch`, for which every name stands for a server on this machine, whose address is allowed."""

    def fetched(address: str) -> Fetched:
        return fetch(
            address,
            limits=FetchLimits(**limits),  # type: ignore[arg-type]
            resolve=lambda host, _: [("10.0.0.7" if host == "inside.example" else "127.0.0.1", port)],
            allowed=lambda address: address == "127.0.0.1",
        )

    return fetched
