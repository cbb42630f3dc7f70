"""One CSL item as reference managers write it in; what of it is cited and published out. Pure.

What citation processors take is kept as it is. What they could not use is left out, and told. What is nobody else's
business never comes in, and is not told: notes, abstracts, keywords, places on the owner's machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from reportgen.late_patterns import regex
from reportgen.load.addresses import LOCAL_PATH, bare_doi, web_address
from reportgen.load.csl_dates import taken_date

_TYPES = """
article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
personal_communication post post-weblog regulation report review review-book software song speech standard thesis
treaty webpage
"""
_NAMES = """
author chair collection-editor compiler composer container-author contributor curator director editor
editorial-director executive-producer guest host illustrator interviewer narrator organizer original-author performer
producer recipient reviewed-author script-writer series-creator translator
"""
_TEXTS = """
id type abstract annote archive archive-place archive_collection archive_location authority call-number
chapter-number citation-key citation-label citation-number collection-number collection-title container-title
container-title-short dimensions division DOI edition event event-place event-title first-reference-note-number genre
ISBN ISSN issue journalAbbreviation jurisdiction keyword language license locator medium note number number-of-pages
number-of-volumes original-publisher original-publisher-place original-title page page-first part-number part-title
PMCID PMID printing-number publisher publisher-place references reviewed-genre reviewed-title scale section
shortTitle source status supplement-number title title-short URL version volume volume-title volume-title-short
year-suffix categories custom
"""
_LONE_SURROGATE = regex("[\ud800-\udfff]")
TYPES = frozenset(_TYPES.split())
"""Item types of CSL 1.0.2."""
NAMES = frozenset(_NAMES.split())
DATES = frozenset(("accessed", "available-date", "event-date", "issued", "original-date", "submitted"))
KEYS = NAMES | DATES | frozenset(_TEXTS.split())
"""Variables of CSL 1.0.2, with the older names that reference managers still write."""
PRIVATE = frozenset(("abstract", "annote", "categories", "custom", "keyword", "note"))
"""Those that readers of a site never see, and no other program gets."""
_NAME_PARTS = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")
_NAME_FLAGS = ("comma-suffix", "static-ordering")
_NEVER_A_PATH = frozenset(("id", "type", *(key for key in KEYS if "title" in key)))
_NOTED = regex(r"(?:\{:(?P<braced>[A-Za-z-]+):(?P<inside>[^}]*)\}|(?P<key>[A-Za-z-]+):(?P<line>[^\n]*)(?:\n|\Z))")
_SPELLED = {key.lower(): key for key in KEYS}


@dataclass(frozen=True, slots=True)
class Odd:
    """A variable that could not be taken as it was written."""

    key: str
    message: str
    """What is wrong with it, and what becomes of it."""
    must_be: str
    """What it must be; empty where it was repaired."""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What is left of an item."""

    item: dict[str, Any]
    odd: tuple[Odd, ...]


def canonical(item: Mapping[str, Any]) -> str:
    """The item as JSON that is the same bytes for the same item."""
    return json.dumps(item, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def with_id(text: str, name: str) -> str:
    """A canonical item under another id."""
    return canonical({**json.loads(text), "id": name})


def taken(item: Mapping[str, Any]) -> Taken:
    """An item as citation processors take it, without what is private. Keys that are none of CSL's are left out."""
    kept: dict[str, Any] = {}
    odd: list[Odd] = []
    for key, value in item.items():
        if key not in KEYS or key in PRIVATE or value is None or value == "" or value == []:
            continue
        if key in NAMES:
            _take_names(key, value, kept, odd)
        elif key in DATES:
            _take_date(key, value, kept, odd)
        else:
            _take_text(key, value, kept, odd)
    if isinstance(note := item.get("note"), str) and ":" in note:
        for key, value in noted(note).items():
            if key not in kept:
                kept[key] = value
    return Taken(kept, tuple(odd))


def noted(note: str) -> dict[str, Any]:
    """The variables that stand in a note's first lines, as Zotero's field "Extra" has them: `original-date: 1938`."""
    found: dict[str, Any] = {}
    odd: list[Odd] = []
    at = 0
    while line := _NOTED.match(note, at):
        at = line.end()
        key = _SPELLED.get((line["key"] or line["braced"]).lower(), "")
        text = (line["line"] or line["inside"] or "").strip()
        if not text or not key or key in PRIVATE or key in ("id", "citation-key"):
            continue
        if key in NAMES:
            found.setdefault(key, []).extend(filter(None, [_name(text)]))
        elif key in DATES:
            _take_date(key, text, found, odd)
        else:
            _take_text(key, text, found, odd)
    return found


def _take_names(key: str, value: Any, kept: dict[str, Any], odd: list[Odd]) -> None:
    people = value if isinstance(value, list) else [value]
    names = [_name(person) for person in people]
    if found := [name for name in names if name]:
        kept[key] = found
    if any(name is None for name in names) or isinstance(value, str):
        what = "what is no name is left out" if found else "it is left out"
        example = "[{family: Nakamoto, given: Satoshi}] or [{literal: World Bank}]"
        odd.append(Odd(key, f'"{key}" holds what is no name: {what}', "a list of names", example))


def _name(person: Any) -> dict[str, Any] | None:
    """A name's parts; empty where it has none; None for what is no name. `Roe || Ann` is family and given name."""
    if isinstance(person, str):
        family, bar, given = (part.strip() for part in person.partition("||"))
        return {"family": family, "given": given} if bar and given else {"literal": family} if family else {}
    if not isinstance(person, Mapping):
        return None
    texts = {key: _text(person[key]) for key in _NAME_PARTS if person.get(key) not in (None, "")}
    if not texts and person.get("name"):
        texts = {"literal": _text(person["name"])}
    name: dict[str, Any] = {key: str(text) for key, text in texts.items() if text is not None}
    if not name:
        return None if texts else {}
    return name | {key: True for key in _NAME_FLAGS if person.get(key) in (True, 1, "true")}


def _take_date(key: str, value: Any, kept: dict[str, Any], odd: list[Odd]) -> None:
    found = taken_date(value)
    if found.date:
        kept[key] = found.date
    if found.lost:
        how = "is taken as far as it goes" if found.date else "is left out"
        odd.append(Odd(key, f'"{key}" {how}: {found.lost}', "a date", "2021-11-20, or {date-parts: [[2021, 11, 20]]}"))
    elif found.cut:
        odd.append(Odd(key, f'"{key}" is cut to its day, {found.cut}', ""))


def _take_text(key: str, value: Any, kept: dict[str, Any], odd: list[Odd]) -> None:
    text: str | int | None
    if isinstance(value, list):
        texts = [said for part in value if isinstance(said := _text(part), str) and said]
        if key not in ("ISBN", "ISSN") and len(texts) > 1:
            odd.append(Odd(key, f'"{key}" is a list: the first of its {len(texts)} texts is taken', ""))
            texts = texts[:1]
        text = ", ".join(texts) if texts else None
    else:
        text = _text(value)
    if text is None:
        odd.append(Odd(key, f'"{key}" is not a text: it is left out', "a text", f"{key}: …"))
    elif key == "URL":
        found = web_address(str(text))
        if found.address:
            kept[key] = found.address
        if found.why:
            odd.append(Odd(key, f'"URL" {found.why}' if found.address else f'"URL" is left out: {found.why}', ""))
    elif key == "DOI":
        kept[key] = bare_doi(str(text))
    elif text != "" and not (isinstance(text, str) and key not in _NEVER_A_PATH and LOCAL_PATH.search(text)):
        kept[key] = text


def _text(value: Any) -> str | int | None:
    """A text, or a whole number; None for what is neither."""
    if isinstance(value, str):
        return None if _LONE_SURROGATE.search(value) else value
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    whole = isinstance(value, int) or value.is_integer()
    return int(value) if whole and abs(value) < 10**15 else str(value)


def author_names(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Family names, with their particles, or names of institutions; editors where there is no author."""
    names: list[str] = []
    for person in item.get("author") or item.get("editor") or []:
        family = " ".join(filter(None, (person.get("non-dropping-particle"), person.get("family"))))
        names.append(str(person.get("literal") or family or person.get("given") or ""))
    return tuple(filter(None, names))


def text_of(item: Mapping[str, Any], key: str) -> str:
    """A text variable; empty if there is none."""
    value = item.get(key)
    return str(value) if isinstance(value, (str, int, float)) else ""
