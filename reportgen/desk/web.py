"""A desk's session in, its pages and its answers over HTTP out, for a browser on this machine alone.

Every request is refused unless it names this server as its host and carries the cookie that the address of the terminal
gave; what changes files also says whose page asks, by a second secret and its origin. Effects: those of the session;
makes secrets anew each time that it is made.
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from hmac import compare_digest
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import Message, Receive, Scope, Send

from reportgen.archive.texts import Archive, open_archive
from reportgen.desk.forms import BadFormError, FormDocument, source_of
from reportgen.desk.marks import Marks, marks_of, sheets
from reportgen.desk.reading import is_table, pages_of, text_of
from reportgen.desk.session import DeskAnswer, DeskSession
from reportgen.diagnostics import ReportError
from reportgen.evidence.fold import FoldedText
from reportgen.fonts.webfonts import web_font_faces
from reportgen.language.guessing import language_read
from reportgen.late_patterns import regex
from reportgen.model.project import Project
from reportgen.model.source import ArchivedText, Source, newest_first
from reportgen.pages.default_theme import default_templates
from reportgen.quantities.dates import format_date
from reportgen.serve import OWN_NAMES

AT = "/__desk"
LARGEST = 64 * 1024
"""Bytes of a form."""
_COUNTED_FOR = 1.5
"""Seconds that the list of sources may take to count; the page asks for the rest."""
_PAGE = Path(__file__).with_name("page")
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


_MARKS = regex(r"</?(?:i|b|em|strong|sub|sup|sc|span)\b[^<>]*>", re.IGNORECASE)
"""What CSL allows in titles, as Zotero writes it."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source in the list."""

    slug: str
    title: str
    about: str
    """Who published it, and when."""
    facts: int
    left: int | None
    """Numbers that are no facts yet; None where they are not counted yet."""
    lost: int
    problem: str
    """Why its text cannot be shown; empty where it can."""


class _TurnedAwayError(Exception):
    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class DeskPages:
    """The routes of the desk, below /__desk. All work is done by one thread."""

    def __init__(self, root: Path, archive: Path) -> None:
        self._root, self._folder = root, archive
        self._thread = ThreadPoolExecutor(1, "desk")
        self._state: object = None
        """What the files of the archive were when it was opened."""
        self._session = DeskSession(root, Archive(archive, {}, {}))
        self.token, self._cookie, self._secret = (secrets.token_urlsafe(32) for _ in range(3))
        self._inner = Starlette(
            routes=[
                Route("/", self._sources, methods=["GET"]),
                Route("/s/{slug}", self._source, methods=["GET"]),
                Route("/desk.css", lambda _: Response(stylesheet(), media_type="text/css"), methods=["GET"]),
                Route("/desk.js", lambda _: Response(script(), media_type="text/javascript"), methods=["GET"]),
                *(Route(f"/api/{name}", self._api(name), methods=["POST"]) for name in self._answers),
            ],
        )
        self._inner.router.redirect_slashes = False
        self.routes = [Route(AT, lambda _: RedirectResponse(f"{AT}/")), Mount(AT, app=self)]

    @property
    def _answers(self) -> Mapping[str, Callable[[FormDocument], DeskAnswer]]:
        at = self._session
        asked = {"read": at.read, "judge": at.judge, "save": at.save, "retire": at.retire, "undo": at.undo}
        return {**asked, "marks": self._marks}

    # Who may ask ------------------------------------------------------------------------------------------------------

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application. Whatever it answers has the headers of the desk."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        request = Request(scope, receive)
        try:
            arrived = self._arrival(request)
            if arrived is None:
                self._check(request)
        except _TurnedAwayError as refused:
            await self._refusal(request, refused)(scope, receive, sent)
            return
        await (arrived or self._inner)(scope, receive, sent)

    def _host(self, request: Request) -> str:
        """The host that a request names, if that is this server. Raises _TurnedAwayError."""
        named = request.headers.getlist("host")
        port = (request.scope.get("server") or ("", 0))[1]
        if len(named) != 1 or named[0] not in [f"{name}:{port}" for name in OWN_NAMES]:
            raise _TurnedAwayError(421, "this desk answers at the address that the terminal printed, and at no other")
        return named[0]

    def _arrival(self, request: Request) -> Response | None:
        """To whoever comes with the token of the terminal: the cookie, and the same address without it."""
        self._host(request)
        given = request.query_params.get("t")
        if given is None or request.method != "GET" or request.scope["path"] != f"{AT}/":
            return None
        if not _same(given, self.token):
            raise _TurnedAwayError(
                403, "this address is of an earlier start; take the one that the terminal printed last"
            )
        answer = RedirectResponse(f"{AT}/", 303)
        port = request.scope["server"][1]
        answer.set_cookie(f"desk-{port}", self._cookie, path=AT, httponly=True, samesite="strict")
        return answer

    def _check(self, request: Request) -> None:
        """Raises _TurnedAwayError where a request may not be answered."""
        host = self._host(request)
        port = request.scope["server"][1]
        if request.method == "GET" and request.scope["path"] == f"{AT}/desk.css":
            return  # it holds nothing of the project, and the page that turns somebody away is to be read
        if not _same(request.cookies.get(f"desk-{port}", ""), self._cookie):
            raise _TurnedAwayError(403, "open the desk by the address that `reportgen serve` printed in the terminal")
        if request.method in ("GET", "HEAD"):
            return
        if not _same(request.headers.get("x-desk", ""), self._secret):
            raise _TurnedAwayError(403, "this was not asked by a page of the desk; load the page again")
        if request.headers.getlist("origin") != [f"http://{host}"]:
            raise _TurnedAwayError(403, "this was asked by a page of another origin")
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise _TurnedAwayError(415, "a form is sent as application/json")

    def _refusal(self, request: Request, refused: _TurnedAwayError) -> Response:
        if request.method == "POST":
            return _json(refused.status, {"error": str(refused)})
        page = _template("refused.html", why=str(refused))
        return Response(page, refused.status, media_type="text/html")

    # Answers to forms -------------------------------------------------------------------------------------------------

    def _api(self, name: str) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            try:
                document = await _document(request)
            except _TurnedAwayError as refused:
                return _json(refused.status, {"error": str(refused)})
            try:
                found: DeskAnswer = await self._do(lambda: self._answers[name](document))
            except OSError as problem:
                return _json(422, {"error": _said_of_machine(problem)})
            except Exception as fault:
                return _json(500, {"error": _said_of_fault(fault)})
            return _json(found.status, found.document)

        return answer

    async def _do(self, work: Callable[[], Any]) -> Any:
        def done() -> Any:
            self._refresh()
            return work()

        return await asyncio.get_running_loop().run_in_executor(self._thread, done)

    def _refresh(self) -> None:
        """The archive opened anew where its files are others: `reportgen add` may run beside."""
        paths = sorted(path for path in self._folder.rglob("*") if path.is_file())
        state = [(path, stat.st_mtime_ns, stat.st_size) for path in paths for stat in (path.stat(),)]
        if state != self._state:
            opened = open_archive(self._folder)
            kept = self._session.archive._texts
            opened._texts.update({key: text for key, text in kept.items() if key[0] in opened})
            self._session.archive, self._state = opened, state

    def _marks(self, asked: FormDocument) -> DeskAnswer:
        """Where facts and numbers stand in a text by now, and the measures that there are."""
        try:
            project = self._session.project()
            source, copy = source_of(asked, project)
            _, marks, _ = self._marked(source, copy, project)
        except (BadFormError, ReportError) as problem:
            return DeskAnswer(422, {"error": _said(problem)})
        return DeskAnswer(
            200,
            {
                "facts": [[mark.id, mark.start, mark.end, mark.retired] for mark in marks.facts],
                "numbers": [[mark.number, mark.start, mark.end] for mark in marks.numbers],
                "lost": [[one.id, one.quote, one.nearest] for one in marks.lost],
                "count": len(marks.ids),
                "left": len(marks.numbers),
                "measures": _measures(project),
            },
        )

    # Pages ------------------------------------------------------------------------------------------------------------

    async def _shown(self, page: Callable[[], str]) -> Response:
        try:
            return Response(await self._do(page), media_type="text/html")
        except BadFormError as problem:
            status, why = 404, str(problem)
        except OSError as problem:
            status, why = 503, _said_of_machine(problem)
        except Exception as fault:
            status, why = 500, _said_of_fault(fault)
        return Response(_template("refused.html", why=why), status, media_type="text/html")

    async def _sources(self, _: Request) -> Response:
        return await self._shown(self._list)

    def _list(self) -> str:
        project = self._session.project()
        until = time.monotonic() + _COUNTED_FOR
        # What can be worked on comes first; of a library, most works have no copy.
        sources = sorted(project.sources.values(), key=lambda source: not source.archived)
        rows = [self._row(source, project, until) for source in sources]
        return _template("sources.html", project=project, rows=rows, secret=self._secret)

    def _row(self, source: Source, project: Project, until: float) -> SourceRow:
        ids = {fact.id for fact in project.facts.values() if any(e.source == source.id for e in fact.evidence)}
        issued = format_date(source.issued, project.settings.lang) if source.issued else source.issued_words
        said = (_MARKS.sub("", source.publisher or source.container), issued)
        about = " · ".join(filter(None, said))
        left, lost, problem = None, 0, ""
        if not source.archived:
            problem = f"no saved copy: `reportgen add FILE --as {source.id}`"
        elif time.monotonic() < until:
            try:
                _, marks, _ = self._marked(source, None, project)
                left, lost = len(marks.numbers), len(marks.lost)
            except ReportError as found:
                problem = _said(found)
        return SourceRow(source.slug, _MARKS.sub("", source.title), about, len(ids), left, lost, problem)

    async def _source(self, request: Request) -> Response:
        query = request.query_params
        asked = {"slug": request.path_params["slug"], "copy": query.get("copy", "")}
        at = int(query["at"]) if query.get("at", "").isdecimal() and len(query["at"]) < 10 else -1
        return await self._shown(lambda: self._page(asked, at))

    def _page(self, asked: FormDocument, at: int) -> str:
        project = self._session.project()
        source, copy = source_of(asked, project)
        shown: dict[str, Any] = {
            "marks": Marks((), (), (), 0),
            "sheets": (),
            "problem": "",
            "copy": copy,
            "language": source.language,
        }
        try:
            text, shown["marks"], pages = self._marked(source, copy, project)
            shown["sheets"] = sheets(text, shown["marks"], pages, at)
            shown["language"] = language_read(source, text.text, project.settings.lang)
        except ReportError as problem:
            shown["problem"] = _said(problem)
        languages = dict.fromkeys(
            (project.settings.lang, *project.settings.languages, *(b.lang for b in project.documents.values()))
        )
        return _template(
            "source.html",
            project=project,
            source=source,
            copies=newest_first(source.archived),
            languages=list(languages),
            measures=_measures(project),
            secret=self._secret,
            at=at,
            **shown,
        )

    def _marked(
        self, source: Source, copy: ArchivedText | None, project: Project
    ) -> tuple[FoldedText, Marks, tuple[int, ...]]:
        """A text, what is marked in it, and where its pages begin. Raises ReportError."""
        text, copy = text_of(source, self._session.archive, copy)
        pages = pages_of(copy, self._session.archive)
        return text, marks_of(text, source, project, pages, is_table=is_table(copy)), pages


async def _document(request: Request) -> FormDocument:
    """The form of a request. Raises _TurnedAwayError."""
    length = request.headers.get("content-length", "0")
    body = b""
    if not length.isdecimal() or int(length) > LARGEST:
        raise _TurnedAwayError(413, "a form is no larger than 64 KiB")
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise _TurnedAwayError(413, "a form is no larger than 64 KiB")
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        raise _TurnedAwayError(422, "this is no JSON") from None
    if not isinstance(document, dict):
        raise _TurnedAwayError(422, "a form is an object")
    return document


def _same(given: str, wanted: str) -> bool:
    return compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def _json(status: int, document: FormDocument) -> Response:
    # Escapes, so that half a character of what came in can be told of.
    return Response(json.dumps(document), status, media_type="application/json")


def _said_of_machine(problem: OSError) -> str:
    said = f"{problem.filename}: {problem.strerror}" if problem.filename else str(problem)
    return f"the machine refuses it: {said}"


def _said_of_fault(fault: Exception) -> str:
    return f"an error of reportgen's own ({type(fault).__name__}: {fault})"


def _said(problem: BadFormError | ReportError) -> str:
    if isinstance(problem, BadFormError):
        return str(problem)
    return "; ".join(f"{one.message}{f' ({one.hint})' if one.hint else ''}" for one in problem.diagnostics)


def _measures(project: Project) -> list[tuple[str, str, str]]:
    """Id, label and unit of each measure."""
    lang = project.settings.lang
    return [(one.id, one.label.in_language(lang), one.unit) for one in project.measures.values()]


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_PAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    # A text's own returns would be read as other signs, and its places would move.
    made.filters["as_text"] = lambda text: _as_text(str(text))
    made.filters["with_code"] = lambda text: _with_code(str(text))
    return made


def _as_text(text: str) -> Any:
    from markupsafe import Markup, escape

    return Markup(str(escape(text.replace("\0", "\ufffd"))).replace("\r", "&#13;"))


def _with_code(text: str) -> Any:
    """What stands between backticks, as code."""
    from markupsafe import Markup, escape

    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def _template(name: str, **context: Any) -> str:
    return _environment().get_template(name).render(context)


@cache
def stylesheet() -> str:
    """The stylesheet: the faces and tokens of the default theme, and what the desk adds."""
    faces = web_font_faces().replace('url("fonts/', 'url("/assets/fonts/')
    return faces + default_templates()["tokens.css"] + (_PAGE / "desk.css").read_text("utf-8")


def script() -> str:
    """The script of the desk's pages."""
    return (_PAGE / "desk.js").read_text("utf-8")
