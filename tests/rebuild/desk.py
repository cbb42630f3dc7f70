"""A small project that can be edited everywhere: each slot of a file holds one of several texts, some of them empty."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from hashlib import sha256

SAVED = "14 boats, or 15 boats"
SHA = sha256(SAVED.encode()).hexdigest()
State = Mapping[str, int]
"""Slot -> which of its texts stands there."""

_EVIDENCE = "evidence: [{{source: {}, quote: {}}}]"


def _fact(id: str, value: str, source: str, quote: str, *more: str, claim: str = "It was {value}.") -> str:
    lines = [f'claim: "{claim}"', "place: AR", f"value: {value}", *more, _EVIDENCE.format(source, json.dumps(quote))]
    return f"- id: {id}\n" + "".join(f"  {line}\n" for line in lines)


def _boats(year: str, value: str, *more: str) -> str:
    return _fact(f"boats-{year}", value, "report-2020", f"{value} boats", "measure: boats", f"as_of: {year}-06", *more)


def _lock(*quotes: tuple[str, str]) -> str:
    entries = [
        {"source": s, "prefix": "", "quote": q, "suffix": "", "sha256": SHA, "start": 5, "end": 9} for s, q in quotes
    ]
    return json.dumps({"version": 1, "entries": entries})


SLOTS: Mapping[str, tuple[str, ...]] = {
    # Settings
    "title": ("The Aral Desk", "The Aral Bureau"),
    "publisher": ("Aral Desk", "Aral House"),
    "lang": ("en", "ru"),
    "site-as-of": ("as_of: 2026-11-22", "", "as_of: 2026-11-20"),
    "style": ("apa", "ieee"),
    "names": ("[]", "[COVID-19]"),
    "places": ("{AR: Aral}", "{AR: The Aral Sea}", "{}"),
    "license": ("", "license: CC BY"),
    "paper": ("", "paper: Letter"),
    "address": ("https://aral.example/", "https://sea.example/x/"),
    # Measures, units, sources
    "boats-label": ("Boats at work", "Boats afloat"),
    "review": ("", ", review_by: 2025-01"),
    "unused-measure": ("", "- {id: nets, label: Nets, kind: number, unit: net}"),
    "tolerance": ("", ", tolerance: 9"),
    "units": ("", "- {id: boat, kind: count, short: boat, long: boat, plural: {one: boat, other: boats}}"),
    "issued": ("2022-06-11", "2022-06"),
    "paper-title": ("A paper", "A thin paper"),
    "more-sources": ("", "- {id: unused, type: report, title: Another, issued: 2019}"),
    "archive": ("", f"report-2020: [{{sha256: {SHA}, media_type: text/plain}}]"),
    "lock": ("", _lock(("report-2020", "14 boats")), _lock(("report-2020", "14 boats"), ("report-2020", "15 boats"))),
    # Facts
    "comment": ("", "# a line more\n", "# two lines\n# more\n"),
    "boats-2019": ("", _boats("2019", "12"), _boats("2019", "13")),
    "boats-2020": (
        _boats("2020", "14"),
        _boats("2020", "15"),
        _boats("2020", "14", 'note: "Counted once, not {{ fact(\\"boats-2021\\") }}."'),
        _boats("2020", "14", "review_by: 2026-11-21"),
    ),
    "boats-2021": (_boats("2021", "16"), _boats("2021", "17"), _boats("2021", "16", "rank: deprecated")),
    "rival": (
        "",
        _fact("rival", "40", "paper-2021", "40 boats", "measure: boats", "as_of: 2021-06", claim="Forty: {value}."),
    ),
    "opened": (
        _fact("opened", "2020-06-25", "paper-2021", "opened on 25 June 2020", "measure: opened"),
        _fact("opened", "2020-06-26", "paper-2021", "opened on 26 June 2020", "measure: opened"),
    ),
    "fish": ("carp", "bream"),
    "digits": ("", ", digits: 2"),
    # Rulings
    "conflict": (
        "",
        "- {id: rivals, facts: [boats-2021, rival], preferred: boats-2021, reason: Nearer.}",
        "- {id: rivals, facts: [boats-2021, rival], reason: Nobody knows.}",
    ),
    "check": ("", '- {id: few, assert: "[boats-2020] < 3 boat", message: Too many, severity: warning}'),
    # Data and charts
    "query": ("{measure: boats}", "{facts: [boats-2020, boats-2021]}", "{measure: boats, as_of: 2020/2021}"),
    "price": ("7.5", "7.25"),
    "chart-comment": ("", "# moved\n"),
    "chart-kind": ("bar", "line"),
    "chart-title": ("Boats", "More boats", "'Boats, {{ fact(\"boats-2020\") }}'"),
    "chart-note": ("", "note: Counted by hand., "),
    "second-chart": (
        "",
        "- {id: prices-chart, kind: line, data: prices, x: month, y: price, title: Prices, alt: A line}",
    ),
    # Briefs
    "front": ("subtitle: By the water\nkeywords: [fish]", "keywords: [fish]\nsubtitle: By the water", ""),
    "front-comment": ("", "# for us\n"),
    "status": ("", "status: draft\n"),
    "updated": ("", "updated: 2026-11-23\n"),
    "opening": ("Water.", "Water, again.", "Water. \n"),
    "cited": ("[@paper-2021, p. 2]", "[@report-2020; @paper-2021]", ""),
    "number": ('{{ fact("boats-2020") }}', '{{ calc("[boats-2021] - [boats-2020]") }}', '{{ fact("rise") }}'),
    "typed": ("", '{{ typed("31-VII", reason="a form") }}'),
    "words": ("", "Then there were twenty boat."),
    "shown-again": ("", '{{ chart("boats-chart") }}'),
    "picture": ("", "\n![A net](images/net.svg)\n"),
    "net": tuple(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n} 3"><path d="M0 0h4v3H0z"/></svg>' for n in (4, 5)
    ),
    "third": (
        "",
        '---\ntitle: Third\ndate: 2026-11-24\n---\n{{ fact("boats-2021") }} or {{ fact("fish") }}.\n',
        "---\ntitle: Third\ndate: 2026-11-24\nstatus: draft\n---\nDry.\n",
    ),
    # Templates
    "base": ("", "<!-- ours -->{% include 'foot.html' ignore missing %}{{ shell.path }}"),
    "foot": ("", "A foot", "Another foot"),
    "about": ("", "{% set part = 'foot' %}About {% include [part ~ '.html', '404.html'] %}"),
    "print-css": ("", "body { color: red }"),
    "component": ("", ".ledger { color: red }"),
    "script": ("", "let a = 1"),
    # Asked on the command line
    "day": ("", "2026-12-01"),
}

_FILES = {
    "content/site.yaml": "title: «title»\npublisher: «publisher»\nbase_url: «address»\nlang: «lang»\n«site-as-of»\n"
    "citation_style: «style»\nnames: «names»\nplaces: «places»\n«license»\n«paper»\n",
    "content/measures.yaml": "- {id: boats, label: «boats-label», kind: number, unit: boat«tolerance»«review»}\n"
    "- {id: opened, label: Day, kind: date}\n- {id: kind, label: Kind of fish, kind: text}\n«unused-measure»\n",
    "content/units.yaml": "«units»",
    "content/conflicts.yaml": "«conflict»",
    "content/checks.yaml": "«check»",
    "content/evidence.lock": "«lock»",
    "content/sources/sources.yaml": "- {id: report-2020, type: report, title: A report, author: [{family: Sea}],"
    " issued: «issued»}\n- {id: paper-2021, type: report, title: «paper-title», issued: 2022-02}\n«more-sources»\n",
    "content/sources/archive.yaml": "«archive»",
    "content/facts/sea.yaml": "«comment»«boats-2019»«boats-2020»«boats-2021»«rival»«opened»"
    '- {id: fish, claim: "It was {value}.", measure: kind, place: AR, value: «fish»,'
    ' evidence: [{source: paper-2021, quote: "a fish"}]}\n'
    '- {id: rise, claim: "It rose by {value}.", formula: "[boats-2021] - [boats-2020]"«digits»}\n'
    '- {id: rise-twice, claim: "It rose by {value}.", formula: "[rise] * 2"}\n',
    "content/data/sea.yaml": "- {id: boats, query: «query»}\n- {id: prices, file: prices.csv, source: paper-2021,"
    " columns: [{name: month, type: date}, {name: price, type: number, unit: KZT}]}\n",
    "content/data/prices.csv": "month,price\n2021-01,«price»\n2021-02,8\n",
    "content/charts/sea.yaml": "«chart-comment»- {id: boats-chart, kind: «chart-kind», data: boats, x: as_of, y: value,"
    " title: «chart-title», «chart-note»alt: Bars}\n«second-chart»\n",
    "content/briefs/sea.md": "---\n«front-comment»title: The sea\ndate: 2026-11-22\n«updated»«front»\n---\n"
    '«opening» It was {{ fact("boats-2021") }} «cited».\n\nAnd «number» «typed»\n\n«words»\n\n'
    '{{ chart("boats-chart") }}\n«picture»',
    "content/briefs/shore.md": "---\ntitle: The shore\ndate: 2026-11-21\n«status»---\n"
    'Open since {{ fact("opened") }}, on {{ fact("rise-twice") }}.\n\n{{ table("prices") }}\n\n«shown-again»\n',
    "content/briefs/third.md": "«third»",
    "content/images/net.svg": "«net»",
    "templates/foot.html": "«foot»",
    "templates/about.html": "«about»",
    "templates/extra.js": "«script»",
    "templates/base.html": "«base»",
    "templates/print.css": "«print-css»",
    "templates/css/ledger.css": "«component»",
}
_SLOT = re.compile("«([a-z0-9-]+)»")

START: State = dict.fromkeys(SLOTS, 0)


def texts(**chosen: int) -> dict[str, str]:
    """The project's files with other texts in some slots; `_` in a name stands for `-`."""
    return files({**START, **{slot.replace("_", "-"): number for slot, number in chosen.items()}})


def files(state: State) -> dict[str, str]:
    """The project's files; one that comes out empty is not there."""
    made = {path: _SLOT.sub(lambda m: SLOTS[m[1]][state[m[1]]], text) for path, text in _FILES.items()}
    return {path: text for path, text in made.items() if text}


def verified(texts: Mapping[str, str]) -> dict[str, str]:
    """The files with every quotation found in a saved copy of its source, which stands in the project, and with the
    prices as another copy of theirs."""
    quotes = re.findall(r'source: ([\w-]+), quote: "([^"]+)"', texts["content/facts/sea.yaml"])
    text, prices = f"{{sha256: {SHA}, media_type: text/plain}}", texts["content/data/prices.csv"]
    copies = {id: [text] for id in sorted({id for id, _ in quotes})}
    copies.setdefault("paper-2021", []).append(
        f"{{sha256: {sha256(prices.encode()).hexdigest()}, media_type: text/csv}}"
    )
    archive = "".join(f"{id}: [{', '.join(each)}]\n" for id, each in copies.items())
    lock = {"content/evidence.lock": _lock(*quotes), "content/sources/archive.yaml": archive}
    return {**texts, **lock, "saved/report.txt": SAVED, "saved/prices.csv": prices}


def edited(state: State, chance: random.Random) -> State:
    """Another text in one slot, sometimes in two."""
    found = dict(state)
    for _ in range(chance.choice((1, 1, 1, 2))):
        slot = chance.choice(sorted(SLOTS))
        found[slot] = chance.choice([n for n in range(len(SLOTS[slot])) if n != found[slot]])
    return found
