"""A preview in, a web server on this machine out: pages made when they are asked for, problems as pages, and an event
to the browser when a file is saved. Effects: listens on 127.0.0.1, watches the project's folder."""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Protocol

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from reportgen.diagnostics import Diagnostic

HOST = "127.0.0.1"
OWN_NAMES = (HOST, "localhost")
"""What this machine may be called by a browser."""
WATCHED = ("content", "templates")
SETTLE = 40
"""Milliseconds after the last change that a save is taken to be whole."""
SCRIPT = """\
const source = new EventSource("/__changes");
let opened = false;
source.onopen = () => { if (opened) location.reload(); opened = true; };
source.addEventListener("changed", () => location.reload());
source.addEventListener("unwatched", (event) => {
  const told = document.createElement("p");
  told.textContent = event.data;
  told.setAttribute("role", "alert");
  told.style.cssText = "position:sticky;top:0;z-index:9;margin:0;padding:.5rem 1rem;background:#b00020;color:#fff";
  document.body.prepend(told);
});
addEventListener("pagehide", () => source.close());
"""
_TAG = b'<script src="/__reload.js" defer></script>'


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a page that was asked for."""

    data: bytes | None = None
    """Its content; None where it could not be made."""
    problems: tuple[Diagnostic, ...] = ()
    faults: tuple[str, ...] = ()
    """Errors of the program, with tracebacks."""


class PortError(Exception):
    """The port cannot be had."""


class PageSource(Protocol):
    """What is served."""

    def page(self, path: str) -> Answer | None:
        """A file of the site; None where there is none of that path."""

    def changed(self, paths: Iterable[str]) -> None:
        """Files of the project are others now."""


class OwnHost:
    """Against DNS rebinding: a page of another site must not read drafts. An ASGI application before another."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            named = Request(scope).headers.getlist("host")
            if [host.partition(":")[0] in OWN_NAMES for host in named] != [True]:
                await Response("this server answers to 127.0.0.1 and localhost alone", 421)(scope, receive, send)
                return
        await self._app(scope, receive, send)


@dataclass(frozen=True, slots=True)
class BesidePages:
    """What else a server shows, beside the pages of a site."""

    routes: Sequence[BaseRoute]
    link: str
    """Where it begins, as HTML: stands on pages that say what is wrong."""


Excerpt = Callable[[Diagnostic], str]
"""A diagnostic as text, with the line that it stands on."""


class Server:
    """One project's preview. All work on pages is done by one thread."""

    def __init__(
        self, pages: PageSource, excerpt: Excerpt, root: Path | None = None, beside: BesidePages | None = None
    ) -> None:
        self._pages = pages
        self._excerpt = excerpt
        self._root = root
        self._beside = beside
        self._thread = ThreadPoolExecutor(1, "pages")
        self._good: dict[str, bytes] = {}
        """The last good content of each page."""
        self._listening: set[asyncio.Queue[str]] = set()
        self._unwatched = ""
        """Why saves are no longer noticed; empty while they are."""
        self.is_ending: Callable[[], bool] = self._never
        self._ended = asyncio.Event()
        self.app = Starlette(
            routes=[
                Route("/__changes", self._changes),
                Route("/__reload.js", lambda _: Response(SCRIPT, media_type="text/javascript")),
                *(beside.routes if beside else ()),
                Route("/{path:path}", self._page),
            ],
            middleware=[Middleware(OwnHost)],
            lifespan=self._life,
        )

    async def tell(self, paths: tuple[str, ...]) -> None:
        """These files were saved."""
        await self._do(self._pages.changed, paths)
        for queue in self._listening:
            queue.put_nowait("changed")

    @asynccontextmanager
    async def _life(self, _app: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(self._watch()) if self._root else None
        try:
            yield
        finally:
            self._ended.set()
            if watching:
                watching.cancel()
            self._thread.shutdown(wait=False, cancel_futures=True)

    async def _do(self, work: Callable[..., Any], *args: object) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *args)

    @staticmethod
    def _never() -> bool:
        return False

    async def _watch(self) -> None:
        try:
            while True:
                await self._watch_folders()
        except Exception as error:
            self._unwatched = f"Saved files are no longer noticed ({error}): reload the page after a save"
            for queue in self._listening:
                queue.put_nowait("unwatched")

    async def _watch_folders(self) -> None:
        """Tells of saves, until one of the watched folders is new or gone."""
        from watchfiles import awatch

        assert self._root is not None
        root = self._root.resolve()
        folders = [root / name for name in WATCHED if (root / name).is_dir()]
        if not folders:
            await asyncio.sleep(1)
            return
        watching = awatch(*folders, debounce=SETTLE * 4, step=SETTLE, rust_timeout=1000, yield_on_timeout=True)
        async for changes in watching:
            paths = {Path(path).relative_to(root).as_posix() for _, path in changes}
            others = [name for name in WATCHED if (root / name).is_dir() != (root / name in folders)]
            if paths or others:
                await self.tell(tuple(sorted(paths | set(others))))
            if others:
                return

    async def _changes(self, request: Request) -> Response:
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._listening.add(queue)

        async def events() -> AsyncIterator[str]:
            try:
                yield "retry: 300\n\n"
                if self._unwatched:
                    queue.put_nowait("unwatched")
                while not (self._ended.is_set() or self.is_ending() or await request.is_disconnected()):
                    try:
                        event = await asyncio.wait_for(queue.get(), 0.2)
                        yield f"event: {event}\ndata: {self._unwatched}\n\n"
                    except TimeoutError:
                        continue
            finally:
                self._listening.discard(queue)

        return StreamingResponse(events(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def _page(self, request: Request) -> Response:
        path = request.path_params["path"]
        if path.endswith("/") or not path:
            path += "index.html"
        if "last-good" in request.query_params and path in self._good:
            return _response(path, self._good[path])
        odd = "" in path.split("/")
        answer: Answer | None = None if odd else await self._do(self._pages.page, path)
        if answer is None:
            if not odd and not path.endswith("/index.html") and "." not in path.rpartition("/")[2]:
                return RedirectResponse(f"/{path}/")
            missing = await self._do(self._pages.page, "404.html")
            return _response("404.html", (missing and missing.data) or b"not found", 404)
        if answer.data is None:
            html = path.endswith(".html")
            return _response("problems.html", self._problems(path, answer) if html else b"", 500)
        if path.endswith(".html"):
            self._good[path] = answer.data
        return _response(path, answer.data)

    def _problems(self, path: str, answer: Answer) -> bytes:
        """A page of what is wrong, each with its file and line; the last good page one click away."""
        wrong = [problem for problem in answer.problems if problem.severity == "error"]
        rest = [problem for problem in answer.problems if problem.severity != "error"]
        shown = [f"<pre>{escape(self._excerpt(problem))}</pre>" for problem in wrong]
        shown += [f"<h2>An error of reportgen's own</h2><pre>{escape(fault)}</pre>" for fault in answer.faults]
        if rest:
            told = "".join(f"<pre>{escape(self._excerpt(problem))}</pre>" for problem in rest)
            shown.append(f"<details><summary>{len(rest)} more that would not stop it</summary>{told}</details>")
        last = '<p><a href="?last-good">The last good page</a></p>' if path in self._good else ""
        if self._beside:
            last += f"<p>{self._beside.link}</p>"
        return (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Not built</title><style>'
            "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#14212b}"
            "pre{white-space:pre-wrap;border-left:4px solid #b00020;padding:.5rem 1rem;background:#f6f3ee}"
            "details pre{border-color:#8a8f94}"
            f"</style></head><body><h1>This page cannot be made yet</h1>{last}{''.join(shown)}</body></html>"
        ).encode()


def _response(path: str, data: bytes, status: int = 200) -> Response:
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    if kind == "text/html":
        head, end, tail = data.rpartition(b"</head>")
        data = head + _TAG + end + tail if end else _TAG + data
    return Response(data, status, {"Cache-Control": "no-store"}, kind)


def serve(
    pages: PageSource,
    excerpt: Excerpt,
    root: Path,
    port: int,
    ready: Callable[[str], None],
    beside: BesidePages | None = None,
) -> None:
    """Serves until interrupted. Port 0 takes a free one; `ready` is told the address."""
    import socket

    import uvicorn

    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    with listening:
        try:
            listening.bind((HOST, port))
        except OSError as error:
            raise PortError(error.strerror or str(error)) from error

        class Listening(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                if self.started and not self.should_exit:
                    ready(f"http://{HOST}:{listening.getsockname()[1]}/")

        async def run() -> None:
            server = Server(pages, excerpt, root, beside)
            listener = Listening(
                uvicorn.Config(server.app, log_level="critical", access_log=False, timeout_graceful_shutdown=2)
            )
            server.is_ending = lambda: listener.should_exit
            await listener.serve(sockets=[listening])

        asyncio.run(run())
