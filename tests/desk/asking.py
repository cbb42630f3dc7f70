"""The desk asked as a browser asks it, without a socket: an ASGI application in, its answers out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportgen.desk.web import DeskPages
from reportgen.serve import BesidePages, Server

PORT = 8123
HOST = f"127.0.0.1:{PORT}"
Header = tuple[str, str]


class NoPages:
    """A site without pages."""

    def page(self, path: str) -> None:
        return None

    def changed(self, paths: object) -> None:
        pass


@dataclass(frozen=True)
class HttpAnswer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def data(self) -> Any:
        return json.loads(self.body)


@dataclass
class DeskClient:
    """A browser at a project's desk; `enter` gives it the cookie and the secret of the page."""

    root: Path
    desk: DeskPages = field(init=False)
    cookie: str = ""
    secret: str = ""

    def __post_init__(self) -> None:
        self.desk = DeskPages(self.root, self.root / "saved")
        self._app = Server(NoPages(), str, None, BesidePages(self.desk.routes, "")).app

    def enter(self) -> DeskClient:
        answer = self.ask("GET", f"/__desk/?t={self.desk.token}")
        assert (answer.status, answer.headers["location"]) == (303, "/__desk/")
        self.cookie = answer.headers["set-cookie"].partition(";")[0]
        self.secret = self.get("/__desk/").text.partition('name="desk" content="')[2].partition('"')[0]
        return self

    def get(self, path: str) -> HttpAnswer:
        return self.ask("GET", path, [("host", HOST), ("cookie", self.cookie)])

    @property
    def right(self) -> dict[str, str]:
        """The headers of a page's own request."""
        return {
            "host": HOST,
            "cookie": self.cookie,
            "x-desk": self.secret,
            "origin": f"http://{HOST}",
            "content-type": "application/json",
        }

    def post(self, name: str, form: Any, headers: dict[str, str] | None = None) -> HttpAnswer:
        body = form if isinstance(form, bytes) else json.dumps(form).encode()
        return self.ask("POST", f"/__desk/api/{name}", list((headers or self.right).items()), body)

    def ask(
        self, method: str, path: str, headers: Sequence[Header] = (("host", HOST),), body: bytes = b""
    ) -> HttpAnswer:
        return asyncio.run(self._asked(method, path, headers, body))

    async def _asked(self, method: str, path: str, headers: Sequence[Header], body: bytes) -> HttpAnswer:
        where, _, query = path.partition("?")
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": where,
            "raw_path": where.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers],
            "server": ("127.0.0.1", PORT),
            "client": ("127.0.0.1", 50000),
        }
        sent: list[dict[str, Any]] = []
        parts = [body[n : n + 16384] for n in range(0, len(body), 16384)] or [b""]

        async def receive() -> dict[str, Any]:
            part = parts.pop(0) if parts else b""
            return {"type": "http.request", "body": part, "more_body": bool(parts)}

        async def send(message: Any) -> None:
            sent.append(message)

        await self._app(scope, receive, send)  # type: ignore[arg-type]
        head = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        return HttpAnswer(sent[0]["status"], head, b"".join(one.get("body", b"") for one in sent[1:]))
