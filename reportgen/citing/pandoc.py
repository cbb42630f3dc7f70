"""CitationRequest in, FormattedCitations out; a bibliography file's text in, CSL-JSON items out.

Effects: keeps one `pandoc lua` process, which reads no file of the project's and goes to no network.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Protocol, Self

from lxml import etree

from reportgen.model.citation import BibliographyEntry, CitationItem, CitationRequest, FormattedCitations

SCRIPT = Path(__file__).with_name("citeproc.lua")
CSL = "{http://purl.org/net/xbiblio/csl}"
LABELS = (
    *("act", "appendix", "article-locator", "book", "canon", "chapter", "column", "elocation", "equation", "figure"),
    *("folio", "issue", "line", "note", "opus", "page", "paragraph", "part", "rule", "scene", "section", "sub-verbo"),
    *("supplement", "table", "timestamp", "title-locator", "verse", "volume"),
)
"""The locator labels of CSL 1.0.2."""
REQUESTS_A_PROCESS = 100
"""Pandoc's memory grows by a third of a megabyte with each request, so a process is replaced after so many."""
BIBLIOGRAPHY_FORMATS = ("biblatex", "bibtex", "endnotexml", "ris")
"""What `read_bibliography` reads, as pandoc names it. For `.bib` files choose biblatex, which includes bibtex."""


class CiteprocError(Exception):
    """A style, a source or a bibliography that pandoc cannot use, or a failure of pandoc."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        self.message = message
        """One sentence without a full stop."""
        self.line = line
        """In the bibliography's text, counted from 1, where pandoc says."""
        self.column = column
        super().__init__(message)


@cache
def pandoc_version() -> str:
    """The version of the package that brings pandoc, e.g. `1.17`: part of what every citation depends on."""
    return version("pypandoc-binary")


def pandoc_path() -> Path:
    """The program in `pypandoc`, whose own function would start every pandoc of the machine to find the newest."""
    package = find_spec("pypandoc")
    folder = package.submodule_search_locations if package else None
    if not folder:
        raise CiteprocError("pandoc is not installed: pip install pypandoc-binary")
    return Path(folder[0], "files", "pandoc.exe" if sys.platform == "win32" else "pandoc")


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    xml: str
    note: bool


class Known(Protocol):
    """Answers by key, in one line of ASCII each."""

    def get(self, key: str) -> str | None:
        """The answer that was put; None where there is none."""

    def put(self, key: str, text: str) -> None:
        """Keeps an answer."""


class Citeproc:
    """Pandoc's citation processor, for use as a context manager. The process starts at the first request that the cache
    cannot answer. Threads may share it."""

    def __init__(self, timeout: float = 60, known: Known | None = None) -> None:
        self._timeout = timeout
        self._known = known
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None
        self._asked = 0
        self._sent: set[str] = set()
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process. A later request starts another."""
        with self._lock:
            self._stop()

    def format(self, request: CitationRequest) -> FormattedCitations:
        """Every citation of a document and its bibliography. Raises CiteprocError."""
        items = [_with_language(json.loads(work.csl)) for work in request.sources]
        anchors = {str(item["id"]): work.anchor for item, work in zip(items, request.sources, strict=True)}
        cited = [item.source for citation in request.citations for item in citation.items]
        for source in (*cited, *request.nocite):
            if source not in anchors:
                raise CiteprocError(f'no source has the id "{source}"')
        style = prepared(request.style)
        with self._lock:
            answer = self._ask(
                {
                    "operation": "format",
                    "style": style.name,
                    "lang": request.lang,
                    "sources": json.dumps(items),
                    "anchors": anchors,
                    "citations": [[_item(item) for item in citation.items] for citation in request.citations],
                    "nocite": list(request.nocite),
                },
                style,
            )
        return FormattedCitations(
            citations=tuple(answer["citations"]),
            names=tuple(answer["names"]),
            note_style=style.note,
            bibliography=tuple(BibliographyEntry(e["source"], e["html"], e["label"]) for e in answer["bibliography"]),
        )

    def read_bibliography(self, text: str, format: str) -> list[dict[str, Any]]:
        """The CSL-JSON items of a bibliography in one of BIBLIOGRAPHY_FORMATS. Raises CiteprocError, with its place."""
        if format not in BIBLIOGRAPHY_FORMATS:
            raise CiteprocError(f'bibliographies of the format "{format}" cannot be read')
        with self._lock:
            items = self._ask({"operation": "bibliography", "text": text, "format": format})
        return list(items)

    def _ask(self, request: dict[str, Any], style: _Style | None = None) -> Any:
        """The answer from the cache, or from pandoc. Errors are not cached."""
        if self._known is None:
            return self._answer(request, style)
        key = _key(json.dumps(request))
        known = self._known.get(key)
        if known is not None:
            return json.loads(known)
        answer = self._answer(request, style)
        self._known.put(key, json.dumps(answer))
        return answer

    def _answer(self, request: dict[str, Any], style: _Style | None) -> Any:
        """Asks pandoc, and if the process dies, asks a new one once more."""
        if self._asked >= REQUESTS_A_PROCESS:
            self._stop()
        for attempt in (1, 2):
            try:
                if style is not None and style.name not in self._sent:
                    self._exchange({"operation": "style", "name": style.name, "xml": style.xml})
                    self._sent.add(style.name)
                return self._exchange(request)
            except OSError as error:
                reason = str(error)
                said = self._stop()
                if attempt == 2:
                    raise CiteprocError(f"pandoc stopped without an answer: {said or reason}") from error
            except CiteprocError:
                raise
            except BaseException:
                self._stop()  # interrupted: the next request must not read this answer
                raise
        raise AssertionError("unreachable")

    def _exchange(self, request: dict[str, Any]) -> Any:
        process = self._started()
        self._asked += 1
        assert process.stdin is not None
        assert process.stdout is not None
        overdue = threading.Timer(self._timeout, process.kill)
        overdue.daemon = True
        overdue.start()
        try:
            process.stdin.write(json.dumps(request).encode("ascii") + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
        finally:
            overdue.cancel()
            overdue.join()
        if not line.endswith(b"\n"):
            raise OSError(f"no answer within {self._timeout:g} seconds, or the process died")
        answer = json.loads(line)
        if "error" in answer:
            raise _error(answer["error"])
        return answer["ok"]

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._log = tempfile.TemporaryFile()  # noqa: SIM115 (closed in _stop)
            # -E: no init.lua or style of this machine's user.
            command = (pandoc_path(), "lua", "-E", SCRIPT)
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log)
        return self._process

    def _stop(self) -> str:
        """Ends the process. Returns its last line on stderr."""
        process, log = self._process, self._log
        self._process = self._log = None
        self._sent.clear()
        self._asked = 0
        if process is None or log is None:
            return ""
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(OSError):  # it may have died with our request unread
            process.stdin.close()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        log.seek(0)
        said = log.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
        log.close()
        return said


def _key(request: str) -> str:
    """SHA-256 of all that an answer depends on. A style's name contains the digest of its text."""
    return sha256(f"{pandoc_version()}\n{SCRIPT.read_text('utf-8')}\n{request}".encode()).hexdigest()


def _with_language(item: dict[str, Any]) -> dict[str, Any]:
    """English styles capitalise titles unless their language is another; one without Latin letters is not English."""
    if item.get("language") or re.search(r"[A-Za-z]", str(item.get("title", ""))):
        return item
    return {**item, "language": "und"}


def _item(item: CitationItem) -> dict[str, Any]:
    return {
        "source": item.source,
        "prefix": item.prefix,
        # Braces would end the locator for pandoc.
        "locator": re.sub(r"[\[\]{}]", "", item.locator),
        "label": item.label if item.label in LABELS else "page",
        "suffix": item.suffix,
        "suppress_author": item.suppress_author,
        "author_in_text": item.author_in_text,
    }


@cache
def prepared(text: str) -> _Style:
    """The style with names for locator labels that are the same in every language (see citeproc.lua)."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_blank_text=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise CiteprocError(f"the citation style is not XML: {error.msg}") from error
    if root.tag != f"{CSL}style":
        raise CiteprocError("the citation style is not a CSL style: its first element is not <style>")
    citation = root.find(f"{CSL}citation")
    if citation is None:
        raise CiteprocError("the citation style says nothing about citations: it only names another style")
    terms = etree.Element(f"{CSL}locale")
    holder = etree.SubElement(terms, f"{CSL}terms")
    for label in LABELS:
        term = etree.SubElement(holder, f"{CSL}term", {"name": label, "form": "verb-short"})
        term.text = f"\ue000{label}"
    root.insert(1 if root.find(f"{CSL}info") is not None else 0, terms)
    xml = etree.tostring(root, encoding="unicode")
    return _Style(f"style-{sha256(xml.encode()).hexdigest()[:16]}.csl", xml, root.get("class") == "note")


def _error(text: str) -> CiteprocError:
    place = re.search(r"\(line (\d+), column (\d+)\)", text)
    line, column = (int(place[1]), int(place[2])) if place else (None, None)
    # Parsec adds the line of text and a caret under it; Lua and Haskell add stack traces.
    text = re.sub(r"\n[^\n]*\n[ \t]*\^[ \t]*(?=\n|$)", "", text)
    text = re.split(r"\n(?:stack traceback|HasCallStack)", text)[0]
    told = [part.strip() for part in text.splitlines() if part.strip() and "(line" not in part]
    return CiteprocError("pandoc cannot use this: " + ("; ".join(told[:3]) or "no reason given"), line, column)
