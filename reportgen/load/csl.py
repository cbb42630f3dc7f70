"""One CSL item as authors give it in; the item as canonical JSON, with what the program itself reads, out. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

from reportgen.model.edtf import Edtf, parse_edtf

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
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
TYPES = frozenset(_TYPES.split())
"""Item types of CSL 1.0.2."""
NAMES = frozenset(_NAMES.split())
DATES = frozenset(("accessed", "available-date", "event-date", "issued", "original-date", "submitted"))
KEYS = NAMES | DATES | frozenset(_TEXTS.split())
"""Variables of CSL 1.0.2, with the older names that reference managers still write."""


def canonical(item: Mapping[str, Any]) -> str:
    """The item as JSON that is the same bytes for the same item."""
    return json.dumps(item, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def date_of(text: str) -> dict[str, Any]:
    """A CSL date for an EDTF text. Raises ValueError if it is none."""
    when = parse_edtf(text)
    ends = [end for end in when.ends if end is not None]
    parts = [[int(part) for part in re.split("-", end.text.rstrip("~?%"))] for end in dict.fromkeys(ends)]
    seasons = [part[1] - 20 for part in parts if len(part) == 2 and part[1] > 12]
    date: dict[str, Any] = {"date-parts": [part[:1] if len(part) == 2 and part[1] > 12 else part for part in parts]}
    if seasons:
        date["season"] = seasons[0]
    if when.approximate or when.uncertain:
        date["circa"] = True
    return date


def edtf_of(date: Any) -> Edtf | None:
    """The time that a CSL date names, or None where it names none that can be read."""
    if not isinstance(date, Mapping):
        return None
    circa = "~" if date.get("circa") not in (None, False, 0, "", "false", "0") else ""
    points: list[str] = []
    for part in date.get("date-parts") or ():
        if not isinstance(part, list) or not part or part[0] in (None, ""):
            continue
        numbers = [int(number) for number in part[:3] if str(number).isdigit()]
        if len(numbers) == 1 and str(date.get("season", "")) in ("1", "2", "3", "4"):
            numbers.append(20 + int(date["season"]))
        points.append("-".join(f"{number:0{4 if place == 0 else 2}}" for place, number in enumerate(numbers)) + circa)
    text = "/".join(points[:2]) or str(date.get("raw") or date.get("literal") or "")
    try:
        return parse_edtf(text)
    except ValueError:
        return None


def misfits(item: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The variables that no citation processor can use: (variable, what it must be, for example)."""
    for key, value in item.items():
        if key in NAMES:
            if not isinstance(value, list) or not all(isinstance(person, Mapping) for person in value):
                yield key, "a list of names", "[{family: Nakamoto, given: Satoshi}] or [{literal: World Bank}]"
        elif key in DATES:
            if not _is_date(value):
                yield key, "a date", "2021-11-20, or {date-parts: [[2021, 11, 20]]}"
        elif key in KEYS - {"categories", "custom"} and not _is_text(value):
            yield key, "a text", f"{key}: …"


def _is_text(value: Any) -> bool:
    if isinstance(value, str):
        return not _LONE_SURROGATE.search(value)
    return isinstance(value, int) or (isinstance(value, float) and isfinite(value))


def _is_date(value: Any) -> bool:
    if not isinstance(value, Mapping):
        return False
    parts = value.get("date-parts", [])
    whole = isinstance(parts, list) and all(isinstance(part, list) and part for part in parts)
    return whole and all(re.fullmatch(r"-?\d{1,4}", str(number)) for part in parts for number in part)


def author_names(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Family names, with their particles, or names of institutions; editors where there is no author."""
    people = item.get("author") or item.get("editor") or []
    names: list[str] = []
    for person in people if isinstance(people, list) else []:
        if isinstance(person, Mapping):
            family = " ".join(filter(None, (person.get("non-dropping-particle"), person.get("family"))))
            names.append(str(person.get("literal") or family or person.get("given") or ""))
    return tuple(filter(None, names))


def text_of(item: Mapping[str, Any], key: str) -> str:
    """A text variable; empty if there is none."""
    value = item.get(key)
    return str(value) if isinstance(value, (str, int, float)) else ""
