"""A saved copy in, what it says of its title, authors, date and publisher out, each as given or as a guess.

Given is what a page says of itself in the ways made for it (JSON-LD, citation_*, Dublin Core, Open Graph); a guess is
what is read off it otherwise, or what those ways disagree on. What PDFs and Word documents say of themselves is wrong
more often than right, and a guess. Effects: none; pypdfium2 is loaded when a PDF comes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from lxml import etree, html

from reportgen.archive.docx import core_properties
from reportgen.archive.media_types import DOCX, PAGES, PDF, SHEETS, media_type_and_charset
from reportgen.archive.pdf_text import pdf_properties
from reportgen.evidence.date_groups import ReadDate
from reportgen.evidence.dates_read import dates_in
from reportgen.evidence.script import count_words
from reportgen.language.guessing import language_of
from reportgen.language.naming import FAMILY_FIRST, begins_with_family_name, is_a_person, language_of_dating
from reportgen.late_patterns import regex
from reportgen.model.brief import person
from reportgen.model.edtf import parse_edtf

Certainty = Literal["given", "guess"]
FIELDS = ("type", "title", "author", "issued", "publisher", "container-title", "DOI", "URL", "language")
"""The variables of CSL that are drafted, in the order in which they are written."""

_MOST_WORDS_OF_TITLE = 20
_FIRST_LINES = 12
"""In which a document may print its date."""
_MOST_WORDS_OF_DATELINE = 5
_LINES_WITH_DATE = 12
"""Lines of a text in which its date is looked for."""
_SHOWN = 60
_LONGEST = 400
"""Characters of a field."""
_BY = regex(r"^(?:by|от|автор:?)\s+", re.IGNORECASE)
_DAY = regex(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ].*)?$")
_PARTED = regex(r"\s+[|–—·»:-]+\s+")
_TYPES = {"newsarticle": "article-newspaper", "report": "report", "scholarlyarticle": "article-journal", "book": "book"}
_DOI = regex(r"10\.\d{4,9}/[^\s\"<>]+")


@dataclass(frozen=True, slots=True)
class DraftField:
    """One variable of a reference."""

    name: str
    """CSL's, one of `FIELDS`."""
    values: tuple[str, ...]
    """One text; of authors each name, a person's with the family name first: `Doe, Jane`."""
    certainty: Certainty
    origin: str
    """Where it is from, for a person: `citation_title`."""
    institutions: frozenset[str] = frozenset()
    """Those of the values that are no persons' names."""

    @property
    def text(self) -> str:
        return "; ".join(self.values)


ReferenceDraft = Mapping[str, DraftField]
"""By name, in the order of `FIELDS`."""


def drafted(data: bytes, media_type: str, text: str, name: str) -> ReferenceDraft:
    """The draft of a reference. `text` is the copy's, `name` that of its file."""
    kind, charset = media_type_and_charset(media_type)
    if kind in PAGES:
        found = [*_of_page(data, charset)]
    elif kind == PDF:
        found = [*_of_first_lines(text), *_of_properties(pdf_properties(data), "the PDF's properties", "CreationDate")]
    elif kind == DOCX:
        found = [*_of_first_lines(text), *_of_properties(core_properties(data), "the document's properties", "created")]
        found += [_guess("title", line, "its first line") for line in text.splitlines()[:1]]
    elif kind.startswith("text/") and kind != "text/csv":
        found = [*_of_lines([line.strip() for line in text.splitlines() if line.strip()])]
    else:
        found = []
    by_name: dict[str, DraftField] = {}
    for field in found:
        if field.values and field.name not in by_name:
            by_name[field.name] = field
    by_name.setdefault("title", _described(kind, name))
    by_name.setdefault("type", _guess("type", _type_of(kind, by_name), "the kind of file"))
    return with_persons({name: by_name[name] for name in FIELDS if name in by_name})


def _described(kind: str, name: str) -> DraftField:
    """A description in brackets, where no title is to be had: `check` tells of it as `draft-title`."""
    what = "Table" if kind in SHEETS or kind == "text/csv" else "Text"
    bare = re.sub(r"\.\w{1,8}$", "", name.rpartition("/")[2])
    words = " ".join(re.sub(r"[_\W]+", " ", bare).split())
    return _guess("title", f"[{what}: {words}]" if words else f"[{what}]", "the file's name")


def _type_of(kind: str, found: Mapping[str, DraftField]) -> str:
    if kind in PAGES or "URL" in found:
        return "webpage"
    return "dataset" if kind in SHEETS or kind == "text/csv" else "report" if kind in (PDF, DOCX) else "document"


def with_persons(draft: ReferenceDraft) -> ReferenceDraft:
    """The draft with the authors' family names first. Its publisher is no person."""
    if "author" not in draft:
        return draft
    said = draft["author"]
    publishers = {draft[key].text.casefold() for key in ("publisher", "container-title") if key in draft}
    others = said.institutions | {name for name in said.values if name.casefold() in publishers}
    language = draft["language"].text.partition("-")[0].lower() if "language" in draft else ""
    names = {name: name if name in others else _person(name, language) for name in said.values}
    others |= {name for name, person in names.items() if not person}
    values = tuple(names[name] or name for name in said.values)
    return {**draft, "author": replace(said, values=values, institutions=frozenset(others))}


def _person(name: str, language: str) -> str:
    """A person's name with the family name first, as it stands already in some languages; empty where it is not certain
    to be one."""
    if not is_a_person(name):
        return ""
    if "," in name:
        return ", ".join(part.strip() for part in name.split(","))
    words = name.split()
    if begins_with_family_name(words) or (language in FAMILY_FIRST and len(words) > 1):
        return f"{words[0]}, {' '.join(words[1:])}"
    found = person(name)
    return f"{found.family}, {found.given}"


def _guess(name: str, text: str, origin: str) -> DraftField:
    return _field(name, [text], "guess", origin)


def _field(name: str, texts: Iterable[str], certainty: Certainty, origin: str) -> DraftField:
    values = dict.fromkeys(" ".join(_printable(text).split())[:_LONGEST] for text in texts)
    return DraftField(name, tuple(filter(None, values)), certainty, origin)


def _printable(text: str) -> str:
    """Without control characters, marks of direction and private-use characters."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ue000-\uf8ff]", " ", text)


def a_day(text: str) -> str:
    """A date as ISO 8601 writes it; empty where the text is none."""
    found = _DAY.match(text.strip())
    if not found:
        return ""
    day = "-".join(f"{int(part):0{4 if n == 0 else 2}}" for n, part in enumerate(filter(None, found.groups())))
    try:
        return parse_edtf(day).text
    except ValueError:
        return ""


# Texts ----------------------------------------------------------------------------------------------------------------


def _of_lines(lines: Sequence[str]) -> Iterator[DraftField]:
    """A first line that is no sentence is the title; one of the first that begins with a word for it, the date."""
    first = lines[0].strip("#*= \t") if lines else ""
    if len(lines) > 1 and 0 < count_words(first) <= _MOST_WORDS_OF_TITLE and first[-1] not in ".,;:":
        yield _guess("title", first, "its first line")
    for line in lines[:_LINES_WITH_DATE]:
        language = language_of_dating(line)
        if language and (days := [day for date in dates_in(line, language)[0] if (day := _day_of(date))]):
            yield _guess("issued", days[0], f'its line "{line[:_SHOWN]}"')
            return


def _day_of(date: ReadDate) -> str:
    parts = [date.year, date.month, date.day]
    known = parts[: parts.index(None)] if None in parts else parts
    return a_day("-".join(map(str, known))) if known else ""


# PDF and Word ---------------------------------------------------------------------------------------------------------


def _of_first_lines(text: str) -> Iterator[DraftField]:
    """The first day that stands in a short line of its beginning: a file is often made long after its text."""
    language = language_of(text) or "en"
    for line in [line.strip() for line in text.splitlines() if line.strip()][:_FIRST_LINES]:
        days = [_day_of(date) for date in dates_in(line, language)[0] if date.day is not None]
        if days and days[0] and len(line.split()) <= _MOST_WORDS_OF_DATELINE:
            yield _guess("issued", days[0], f'its line "{line[:_SHOWN]}"')
            return


def _of_properties(said: Mapping[str, str], origin: str, created: str) -> Iterator[DraftField]:
    lower = {key.lower(): value for key, value in said.items()}
    if largest := lower.get("largest"):
        own = lower.get("title", "").strip()
        if count_words(own) > 2 and largest.casefold().startswith(f"{own.casefold()} "):
            largest = own  # a heading in letters of the same size goes on
        yield _guess("title", largest, "the largest letters of its first page")
    for name, key in (("title", "title"), ("author", "author"), ("author", "creator")):
        value = lower.get(key, "")
        is_program = key == "creator" and origin.startswith("the PDF")
        if (
            value
            and not is_program
            and not re.search(r"\.(?:exe|docx?|indd|qxd|pdf)\b|microsoft|untitled", value, re.I)
        ):
            yield _guess(name, value, origin)
    made = re.sub(r"^D:(\d{4})(\d\d)(\d\d).*$", r"\1-\2-\3", lower.get(created.lower(), ""))
    if day := a_day(made):
        yield _guess("issued", day, f"when the file was made, by {origin}")
    if language := lower.get("language", ""):
        yield _guess("language", language, origin)


# Pages ----------------------------------------------------------------------------------------------------------------


def _of_page(data: bytes, charset: str) -> Iterator[DraftField]:
    try:
        page = html.document_fromstring(data, parser=html.HTMLParser(encoding=charset or _encoding(data)))
    except (ValueError, SyntaxError, etree.LxmlError):
        return
    meta = _metas(page)
    linked = _linked_data(page)
    yield from _title(page, meta, linked)
    yield from _authors(meta, linked)
    yield from _issued(page, meta, linked)
    journal = _first(meta, "citation_journal_title", "prism.publicationname")
    site = _first(meta, "og:site_name") or _name_of(linked.get("publisher"))
    publisher = _first(meta, "citation_publisher", "dc.publisher", "dcterms.publisher") or (site if not journal else "")
    kinds = linked.get("@type", "")
    kind = next((k for k in map(str, kinds if isinstance(kinds, list) else [kinds]) if k.lower() in _TYPES), "")
    csl = "article-journal" if journal else _TYPES.get(kind.lower(), "")
    if csl:
        yield _field("type", [csl], "given", "citation_journal_title" if journal else f"JSON-LD {kind}")
    if journal:
        yield _field("container-title", [journal], "given", "citation_journal_title")
    elif csl == "article-newspaper" and site:
        yield _field("container-title", [site], "given", "the site's name")
    if publisher and csl != "article-newspaper":
        yield _field("publisher", [publisher], "given", "the page's publisher or site name")
    if doi := _DOI.search(_first(meta, "citation_doi", "dc.identifier", "prism.doi")):
        yield _field("DOI", [doi.group()], "given", "citation_doi")
    canonical = (link.get("href") or "" for link in page.iter("link") if link.get("rel") == "canonical")
    address = _first(meta, "og:url") or next(canonical, "")
    if re.match(r"https?://", address):
        yield _field("URL", [address], "given", "its canonical address")
    language = page.get("lang") or _first(meta, "citation_language", "dc.language", "og:locale")
    if tag := re.match(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2})?(?=$|[-_])", language or ""):
        yield _field("language", [tag.group().replace("_", "-")], "given", "its lang attribute or metadata")


def _encoding(data: bytes) -> str | None:
    try:
        data.decode()
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _metas(page: html.HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in page.iter("meta"):
        name = (element.get("name") or element.get("property") or element.get("itemprop") or "").lower()
        if content := (element.get("content") or "").strip():
            found.setdefault(name, []).append(content)
    return found


def _first(meta: Mapping[str, list[str]], *names: str) -> str:
    return next((meta[name][0] for name in names if name in meta), "")


def _linked_data(page: html.HtmlElement) -> dict[str, Any]:
    """The JSON-LD item that has most of what a reference needs; a block that is no JSON is passed over."""
    best: dict[str, Any] = {}
    wanted = ("headline", "name", "author", "datePublished", "publisher")
    for script in page.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        text = re.sub(r"^\s*(?://)?<!\[CDATA\[|(?://)?\]\]>\s*$", "", script.text or "")
        try:
            items = list(_items(json.loads(text, strict=False)))
        except (ValueError, RecursionError):
            continue
        for item in items:
            if ("headline" in item or "datePublished" in item) and sum(key in item for key in wanted) > sum(
                key in best for key in wanted
            ):
                best = item
    return best


def _items(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for part in value:
            yield from _items(part)
    elif isinstance(value, dict):
        yield value
        yield from _items(value.get("@graph", []))
        yield from _items(value.get("mainEntity", []))


def _name_of(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name", "")
    return value if isinstance(value, str) else ""


def _full_name(item: Any) -> str:
    parts = [item.get(key) for key in ("familyName", "givenName")] if isinstance(item, dict) else []
    texts = [part.strip() for part in parts if isinstance(part, str) and part.strip() and "," not in part]
    return ", ".join(texts) if len(texts) == 2 else _name_of(item)


def _title(page: html.HtmlElement, meta: Mapping[str, list[str]], linked: Mapping[str, Any]) -> Iterator[DraftField]:
    """The headline that most of the others hold: sites add their name to one, and a description to another."""
    if title := _first(meta, "citation_title", "dc.title", "dcterms.title"):
        yield _field("title", [title], "given", "citation_title or DC.title")
    whole = " ".join(next((e.text_content() for e in page.iter("title")), "").split())
    heading = " ".join(next((e.text_content() for e in page.iter("h1")), "").split())
    said = [_name_of(linked.get("headline")), _first(meta, "og:title", "twitter:title"), heading, whole]
    raw = [" ".join(text.split()) for text in said if text.strip()]
    choices = [*raw[: len(raw) - bool(whole)], *_PARTED.split(whole), whole]
    votes = {one: sum(one.casefold() in other.casefold() for other in raw) for one in choices if count_words(one) > 0}
    if votes:
        # Of equally good ones the longest: a site's name stands in as many as its headline does.
        best = max(votes, key=lambda one: (votes[one], count_words(one) > 2, len(one)))
        yield _field("title", [best], "given" if votes[best] > 1 else "guess", "what the page's headlines agree on")


def _authors(meta: Mapping[str, list[str]], linked: Mapping[str, Any]) -> Iterator[DraftField]:
    for name in ("citation_author", "dc.creator", "dcterms.creator"):
        if name in meta:
            yield _named(meta[name], name)
    people = linked.get("author", [])
    people = people if isinstance(people, list) else [people]
    said = [(_BY.sub("", name), one) for one in people if (name := _full_name(one)) and not name.startswith("http")]
    if said:
        found = _field("author", [name for name, _ in said], "given", "JSON-LD author")
        offices = _field("author", [name for name, one in said if _is_office(one)], "given", "")
        yield replace(found, institutions=frozenset(offices.values))
    for name in ("author", "article:author", "parsely-author", "byl"):
        texts = [_BY.sub("", text) for text in meta.get(name, []) if not text.startswith("http")]
        if texts:
            yield _named(texts, f"meta {name}")


def _named(texts: Iterable[str], origin: str) -> DraftField:
    """The authors of texts that may hold several, with semicolons between them."""
    found = _field("author", [name for text in texts for name in text.split(";")], "given", origin)
    # `Ana Silva, Rui Cruz` may be two: it is left as it is.
    whole = (name for name in found.values if "," in name and all(len(part.split()) > 1 for part in name.split(",")))
    return replace(found, institutions=frozenset(whole))


def _is_office(item: Any) -> bool:
    """Whether JSON-LD says of an author that it is no person: its type is any but `Person`."""
    kinds = item.get("@type", "Person") if isinstance(item, dict) else "Person"
    return "Person" not in (kinds if isinstance(kinds, list) else [kinds])


def _issued(page: html.HtmlElement, meta: Mapping[str, list[str]], linked: Mapping[str, Any]) -> Iterator[DraftField]:
    names = (
        *("citation_publication_date", "citation_date", "article:published_time", "dc.date", "dcterms.issued"),
        *("dc.date.issued", "datepublished", "date", "parsely-pub-date"),
    )
    said = [_name_of(linked.get("datePublished")), *(_first(meta, name) for name in names)]
    days = list(dict.fromkeys(filter(None, map(a_day, said))))
    if days:
        longest = max(days, key=len)
        agree = all(longest.startswith(day) for day in days)
        origin = "the page's metadata" if agree else f"the page's metadata, which also has {', '.join(days[1:])}"
        yield _field("issued", [longest if agree else days[0]], "given" if agree else "guess", origin)
    for element in page.iter("time"):
        if day := a_day(element.get("datetime") or ""):
            yield _guess("issued", day, "the first time on the page")
            return
