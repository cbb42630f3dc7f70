"""CitationRequest in, FormattedCitations out; a bibliography file's text in, CSL-JSON items out.

Effects: keeps one `pandoc lua` process, which reads no file of the project's and goes to no network.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import sha256
from html import escape, unescape
from importlib.util import find_spec
from itertools import product, zip_longest
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol, Self

from lxml import etree

from reportgen.citing.as_typed import as_typed, typed
from reportgen.citing.dates import said_once, with_dates
from reportgen.citing.terms import FIRST_PUBLISHED, TERMS, WORDS
from reportgen.installing import command_for, version_of
from reportgen.language.cldr import locale_of
from reportgen.late_patterns import regex
from reportgen.model.citation import (
    BibliographyEntry,
    Citation,
    CitationItem,
    CitationRequest,
    CitedWork,
    FormattedCitations,
    NotePlace,
)

if TYPE_CHECKING:
    import subprocess

SCRIPT = Path(__file__).with_name("citeproc.lua")
CSL = "{http://purl.org/net/xbiblio/csl}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LISTED = "\ue001"
_UNCAPITALISED = "\u2060"
"""Before a footnote's first letter, which pandoc would make a capital."""
_SMALL = regex(r"^(?:<[^>]*>|\W)*(?:Ibid|Idem|Id|Op|Loc|N|Там)\b")
"""What pandoc makes a capital of at the start of a footnote."""
_TERM_NAME = regex(r"[a-z-]+/[a-z]+/(?:true|false)=")
_TAG = regex(r"<[^>]*>")
_BRACKETED = regex(r"(?:[^\[\]{}]|\[[^\[\]{}]*\])*")
_ON_OTHERS = ("disambiguate-", "subsequent-author-substitute")
"""How the options of a style begin by which a reference hangs on the others."""
READ_BY_PANDOC = (
    *("number-of-pages", "opus", "folio", "verse", "line", "column", "figure", "book", "issue", "note", "sub-verbo"),
    *("volume", "part", "paragraph", "section", "chapter", "page"),
)
"""The locator labels of CSL 1.0.1, which are all that pandoc reads; the first is of no use to authors, the others are
in the order in which they are rarer."""
LABELS = (
    *(label for label in READ_BY_PANDOC if label != "number-of-pages"),
    *("act", "appendix", "article-locator", "canon", "elocation", "equation", "rule", "scene", "supplement", "table"),
    *("timestamp", "title-locator", "version"),
)
"""The locator labels of CSL 1.0.2."""
FORMS = ("long", "short", "symbol")
SIGNS = frozenset({"paragraph", "section"})
"""Labels that have a sign in every language: ¶ and §."""
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
    return version_of("pypandoc-binary")


def pandoc_path() -> Path:
    """The program in `pypandoc`, whose own function would start every pandoc of the machine to find the newest."""
    package = find_spec("pypandoc")
    folder = package.submodule_search_locations if package else None
    if not folder:
        raise CiteprocError(f"pandoc is not installed: {command_for('pypandoc-binary')}")
    return Path(folder[0], "files", "pandoc.exe" if sys.platform == "win32" else "pandoc")


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    xml: str
    note: bool
    numbered: bool


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
        texts, names = ([""] * len(request.citations) for _ in range(2))
        bibliography: list[dict[str, str]] = []
        with self._lock:
            if request.beside and self._known is not None:
                self._ask_ahead(request, self._known)
            for stand_ins, answered in passes(request.citations):
                answer = self._document(request, self._style(request, stand_ins), stand_ins, json.dumps(items), anchors)
                for n in answered:
                    texts[n], names[n] = typed(answer["citations"][n]), typed(answer["names"][n])
                    if request.notes and request.notes[n].within:
                        texts[n], names[n] = _within(texts[n], names[n]), ""
                bibliography = answer["bibliography"]
            bibliography = self._worded(request, items, bibliography, anchors)
        style, lang = prepared(request.style, request.lang), request.lang
        by_id = {str(item["id"]): item for item in items}
        return FormattedCitations(
            citations=tuple(with_dates(text, lang) for text in texts),
            names=tuple(names),
            note_style=style.note,
            bibliography=tuple(
                BibliographyEntry(e["source"], with_dates(said_once(e["html"], by_id[e["source"]]), lang), e["label"])
                for e in bibliography
            ),
            numbered=style.numbered,
        )

    def _worded(
        self,
        request: CitationRequest,
        items: list[dict[str, Any]],
        bibliography: list[dict[str, str]],
        anchors: dict[str, str],
    ) -> list[dict[str, str]]:
        """The bibliography, in which a work of a kind that the style has no words for is printed as a report, or if it
        has none for that either, by its title."""
        silent = tuple(entry["source"] for entry in bibliography if not _TAG.sub("", entry["html"]).strip())
        if not silent:
            return bibliography
        as_reports = [{**item, "type": "report"} if str(item["id"]) in silent else item for item in items]
        asked = CitationRequest((), (), request.style, request.lang, silent)
        answer = self._document(asked, prepared(request.style, request.lang), (), json.dumps(as_reports), anchors)
        spoken = {str(item["id"]): escape(str(item.get("title", "")), quote=False) for item in items}
        spoken |= {entry["source"]: entry["html"] for entry in answer["bibliography"] if entry["html"]}
        return [
            {**entry, "html": spoken[entry["source"]]} if entry["source"] in silent else entry for entry in bibliography
        ]

    def _ask_ahead(self, request: CitationRequest, known: Known) -> None:
        """Ask for several references in one request, where each comes out as it would by itself: pandoc reads the whole
        style for every request, which takes it longer than twenty references."""
        style = for_one_work(request.style, request.lang)
        if style is None or known.get(self._key_of_one(request, request.sources[0])):
            return
        works = [work for work in (*request.sources, *request.beside) if not _shares_names(json.loads(work.csl))]
        keys = {work: key for work in works if not known.get(key := self._key_of_one(request, work))}
        ids = {str(json.loads(work.csl)["id"]): work for work in keys}
        if len(ids) < 2:
            return
        items = [_with_language(json.loads(work.csl)) for work in keys]
        anchors = {id: work.anchor for id, work in ids.items()}
        asked = replace(request, nocite=tuple(ids))
        with suppress(CiteprocError):  # which of them is at fault is told where each is asked for
            answer = self._answer(_question(asked, style, (), json.dumps(items), anchors), style)
            for entry in answer["bibliography"]:
                known.put(keys[ids[entry["source"]]], json.dumps({**answer, "bibliography": [entry]}))

    def _key_of_one(self, request: CitationRequest, work: CitedWork) -> str:
        """Under which the answer about one work by itself is known."""
        item = _with_language(json.loads(work.csl))
        asked = replace(request, nocite=(str(item["id"]),))
        anchors = {str(item["id"]): work.anchor}
        return _key(
            json.dumps(_question(asked, prepared(request.style, request.lang), (), json.dumps([item]), anchors))
        )

    def _document(
        self, request: CitationRequest, style: _Style, stand_ins: StandIns, sources: str, anchors: dict[str, str]
    ) -> Any:
        """Pandoc's answer to a request, in a style that may be made for some labels."""
        return self._ask(_question(request, style, stand_ins, sources, anchors), style)

    def _style(self, request: CitationRequest, stand_ins: StandIns) -> _Style:
        """The style, in which the labels that pandoc reads print the terms of those that they stand in for."""
        if not stand_ins:
            return prepared(request.style, request.lang)
        listing = term_listing(request.style, request.lang, tuple(label for label, _ in stand_ins))
        asked = CitationRequest((Citation((ANY_PAGE,), 0, 0),), (), listing.xml, request.lang)
        answer = self._document(asked, listing, (), json.dumps([{"id": ANY_PAGE.source, "type": "book"}]), {})
        return with_stand_ins(request.style, request.lang, stand_ins, unescape(_TAG.sub("", answer["citations"][0])))

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
        import subprocess

        if self._process is None:
            self._log = tempfile.TemporaryFile()  # noqa: SIM115 (closed in _stop)
            # -E: no init.lua or style of this machine's user.
            command = (pandoc_path(), "lua", "-E", SCRIPT)
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log)
        return self._process

    def _stop(self) -> str:
        """Ends the process. Returns its last line on stderr."""
        from subprocess import TimeoutExpired

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
        except TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        log.seek(0)
        said = log.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
        log.close()
        return said


def _question(
    request: CitationRequest, style: _Style, stand_ins: StandIns, sources: str, anchors: dict[str, str]
) -> dict[str, Any]:
    """A request as citeproc.lua reads it."""
    places = zip_longest(request.citations, request.notes)
    return {
        "operation": "format",
        "style": style.name,
        "lang": request.lang,
        "sources": sources,
        "anchors": anchors,
        "citations": [_citation(citation, stand_ins, place) for citation, place in places],
        "notes": [place.number for place in request.notes],
        "nocite": list(request.nocite),
    }


def _key(request: str) -> str:
    """SHA-256 of all that an answer depends on. A style's name contains the digest of its text."""
    return sha256(f"{pandoc_version()}\n{SCRIPT.read_text('utf-8')}\n{request}".encode()).hexdigest()


def _with_language(item: dict[str, Any]) -> dict[str, Any]:
    """English styles capitalise titles unless their language is another; one without Latin letters is not English."""
    if item.get("language") or re.search(r"[A-Za-z]", str(item.get("title", ""))):
        return item
    return {**item, "language": "und"}


def _within(text: str, name: str) -> str:
    """What a citation prints within a note, as pandoc's writers have it: a footnote in brackets, without its point."""
    text = text.removeprefix(_UNCAPITALISED).lstrip().removesuffix(".")
    if not name:
        return f"({text})"
    return f"{name}, {_SMALL.sub(lambda found: found[0].lower(), text, count=1)}"


StandIns = tuple[tuple[str, str], ...]
"""(locator label that pandoc does not read, the one that stands in for it)."""
ANY_PAGE = CitationItem("any", "", "1", "page", "", False, False, 0, 0)


def passes(citations: Sequence[Citation]) -> list[tuple[StandIns, Sequence[int]]]:
    """How often to ask pandoc, with which stand-ins, and which citations each answer is for.

    Once, unless a document uses so many labels that it leaves too few to stand in for others.
    """
    used = [frozenset(item.label for item in citation.items if item.locator) for citation in citations]
    every = frozenset().union(*used)
    stand_ins = _stand_ins(every)
    if stand_ins is not None:
        return [(stand_ins, range(len(citations)))]
    groups: dict[frozenset[str], list[int]] = {}
    for n, labels in enumerate(used):
        groups.setdefault(labels if _unread(labels) else frozenset(), []).append(n)
    return [(_stand_ins(labels) or (), answered) for labels, answered in groups.items()]


def _stand_ins(labels: frozenset[str]) -> StandIns | None:
    """None where too few labels are left."""
    unread, free = _unread(labels), [label for label in READ_BY_PANDOC[:-1] if label not in labels]
    return tuple(zip(unread, free, strict=False)) if len(unread) <= len(free) else None


def _unread(labels: Iterable[str]) -> list[str]:
    return sorted(label for label in labels if label in LABELS and label not in READ_BY_PANDOC)


def _citation(citation: Citation, stand_ins: StandIns, place: NotePlace | None) -> list[dict[str, Any]]:
    items = [_item(item, stand_ins) for item in citation.items]
    if place is not None and place.within and not citation.items[0].author_in_text:
        items[0]["prefix"] = _UNCAPITALISED + items[0]["prefix"]
    return items


def _item(item: CitationItem, stand_ins: StandIns) -> dict[str, Any]:
    label, locator = item.label, as_typed(item.locator)
    if not _BRACKETED.fullmatch(locator):  # a bracket of a pair would end the locator for pandoc
        locator = re.sub(r"[\[\]{}]", "", locator)
    if label in dict(stand_ins):
        label = dict(stand_ins)[label]
    elif label and (label not in READ_BY_PANDOC or label in dict(stand_ins).values()):
        label, locator = "page", f"{locator}\u2060"  # another pass answers for it; here it is only no other's ibid.
    return {
        "source": item.source,
        "prefix": item.prefix,
        "locator": locator,
        "label": label,
        "suffix": item.suffix,
        "suppress_author": item.suppress_author,
        "author_in_text": item.author_in_text,
    }


@cache
def prepared(text: str, lang: str) -> _Style:
    """The style with names for locator labels that are the same in every language (see citeproc.lua), and with the
    terms of a language that pandoc lacks. Raises CiteprocError."""
    return _named(_with_terms(parsed_style(text), lang))


@cache
def for_one_work(text: str, lang: str) -> _Style | None:
    """The style without what makes a reference hang on others; none where references are numbered or named."""
    root = parsed_style(text)
    if any(variable in text for variable in ("citation-number", "citation-label")):
        return None
    for name in ("citation", "bibliography"):
        for part in root.findall(f"{CSL}{name}"):
            for option in [option for option in part.attrib if str(option).startswith(_ON_OTHERS)]:
                del part.attrib[option]
    for condition in root.iter(f"{CSL}if", f"{CSL}else-if"):
        if "disambiguate" in condition.attrib:
            if "locator" in condition.attrib:
                return None
            del condition.attrib["disambiguate"]
            condition.set("locator", "none")  # never so in a list of works, as "disambiguate" of one alone
    return _named(_with_terms(root, lang))


def _shares_names(item: dict[str, Any]) -> bool:
    """Whether two of a work's people have one name, which a style may tell apart even there."""
    people = [person for value in item.values() if isinstance(value, list) for person in value]
    names = [person["family"] for person in people if isinstance(person, dict) and "family" in person]
    return len({*names}) < len(names)


@lru_cache(maxsize=256)
def term_listing(text: str, lang: str, labels: tuple[str, ...]) -> _Style:
    """A style that prints the terms of locator labels as another style would: `act/long/false=act`, one a line."""
    root = _with_terms(parsed_style(text), lang)
    for name in ("citation", "bibliography", "macro"):
        for part in root.findall(f"{CSL}{name}"):
            root.remove(part)
    layout = etree.SubElement(etree.SubElement(root, f"{CSL}citation"), f"{CSL}layout")
    group = etree.SubElement(layout, f"{CSL}group", delimiter=_LISTED)
    root.set("class", "in-text")
    for name, form, plural in product(labels, FORMS, ("false", "true")):
        etree.SubElement(group, f"{CSL}text", value=f"{name}/{form}/{plural}=")
        etree.SubElement(group, f"{CSL}text", term=name, form=form, plural=plural)
    return _named(root)


@lru_cache(maxsize=256)
def with_stand_ins(text: str, lang: str, stand_ins: StandIns, listed: str) -> _Style:
    """The style for a document in a language; `listed` is what `term_listing` printed."""
    root = _with_terms(parsed_style(text), lang)
    terms: dict[str, str] = {}
    name = ""
    for part in listed.split(_LISTED):
        named = part.removesuffix("=") if _TERM_NAME.fullmatch(part) else ""
        terms[named or name] = "" if named else part.strip()
        name = named or name
    added = _new_locale(root, lang)
    for label, stand_in in stand_ins:
        for form in FORMS:
            one, several = (terms.get(f"{label}/{form}/{plural}", "") for plural in ("false", "true"))
            _add_term(added, stand_in, form, one, several)
    takes = dict(stand_ins)
    for condition in root.iterfind(".//*[@locator]"):
        tested = [label for label in condition.get("locator", "").split() if label not in takes.values()]
        condition.set("locator", " ".join(takes.get(label, label) for label in tested) or "none")
    return _named(root)


def parsed_style(text: str) -> etree._Element:
    """A CSL style. Raises CiteprocError for what is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_blank_text=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise CiteprocError(f"the citation style is not XML: {error.msg}") from error
    if root.tag != f"{CSL}style":
        raise CiteprocError("the citation style is not a CSL style: its first element is not <style>")
    if root.find(f"{CSL}citation") is None:
        raise CiteprocError("the citation style says nothing about citations: it only names another style")
    return root


def _with_terms(root: etree._Element, lang: str) -> etree._Element:
    """Adds the terms of a language that pandoc lacks, but for those that the style has itself. Those of any other would
    only be read, with the whole style, for each request."""
    lang = lang.partition("-")[0]
    labels = TERMS.get(lang)
    if labels is None:
        return root
    own = {
        str(term.get("name"))
        for locale in root.iterfind(f"{CSL}locale")
        if locale.get(_LANG, lang).partition("-")[0] == lang
        for term in locale.iter(f"{CSL}term")
    }
    added = _new_locale(root, lang, first=False)
    for label, words in labels.items():
        if label not in own:
            one, several, *short = words.split(" ")
            _add_term(added, label, "long", one, several)
            for form in ("short",) if label in SIGNS else ("short", "symbol"):
                _add_term(added, label, form, *(short * 2 or (one, several)))
    for label, forms in {**_months(lang), **WORDS[lang]}.items() if lang in WORDS else ():
        if label not in own:
            _add_term(added, label, "long", forms[0], forms[min(1, len(forms) - 1)])
            _add_term(added, label, "short", forms[-1], forms[-1])
    if "original-work-published" not in own:
        _add_term(added, "original-work-published", "long", *(FIRST_PUBLISHED[lang],) * 2)
    return root


def _months(lang: str) -> dict[str, tuple[str, ...]]:
    """CSL's terms for the months of a language -> the name, and that in short. A capital that they have only where they
    stand alone is not one of a reference."""
    locale = locale_of(lang)
    if locale is None:
        return {}
    alone, within = (locale.months[context] for context in ("stand-alone", "format"))
    found = {}
    for number, name in within["wide"].items():
        names = [str(alone[width][number]) for width in ("wide", "wide", "abbreviated")]
        found[f"month-{number:02}"] = tuple(map(str.lower, names) if str(name).islower() else names)
    return found


def _named(root: etree._Element) -> _Style:
    """The style as text, with a name for each locator label."""
    names = _new_locale(root)
    for label in READ_BY_PANDOC:
        term = etree.SubElement(names, f"{CSL}term", {"name": label, "form": "verb-short"})
        term.text = f"\ue000{label}"
    xml = etree.tostring(root, encoding="unicode")
    numbered = root.find(f"{CSL}info/{CSL}category[@citation-format='numeric']") is not None
    return _Style(f"style-{sha256(xml.encode()).hexdigest()[:16]}.csl", xml, root.get("class") == "note", numbered)


def _new_locale(root: etree._Element, lang: str = "", *, first: bool = True) -> etree._Element:
    """The terms of a locale that is added to a style. Of two in one language, the first holds."""
    locale = etree.Element(f"{CSL}locale", {_LANG: lang} if lang else {})
    root.insert((1 if root.find(f"{CSL}info") is not None else 0) if first else len(root), locale)
    return etree.SubElement(locale, f"{CSL}terms")


def _add_term(terms: etree._Element, label: str, form: str, one: str, several: str) -> None:
    term = etree.SubElement(terms, f"{CSL}term", {"name": label, "form": form})
    etree.SubElement(term, f"{CSL}single").text = one
    etree.SubElement(term, f"{CSL}multiple").text = several


def _error(text: str) -> CiteprocError:
    place = re.search(r"\(line (\d+), column (\d+)\)", text)
    line, column = (int(place[1]), int(place[2])) if place else (None, None)
    # Parsec adds the line of text and a caret under it; Lua and Haskell add stack traces.
    text = re.sub(r"\n[^\n]*\n[ \t]*\^[ \t]*(?=\n|$)", "", text)
    text = re.split(r"\n(?:stack traceback|HasCallStack)", text)[0]
    told = [part.strip() for part in text.splitlines() if part.strip() and "(line" not in part]
    return CiteprocError("pandoc cannot use this: " + ("; ".join(told[:3]) or "no reason given"), line, column)
