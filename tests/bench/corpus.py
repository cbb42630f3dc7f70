"""A project of N briefs, the same on every machine. Writes only files whose bytes differ, so that writing it again with
another edit is one author changing one thing.

Each brief: 1,500 words in 6 sections, 20 citations of 60 sources, 2 tables of 10 rows, 3 charts (12, 60 and 48 rows), 3
footnotes, 5 links, 40 references to facts: 4 of its own, 36 of 200 that all share.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

SHARED = 200
OWN = 4
SOURCES = 60
WORDS = [
    "policy",
    "evidence",
    "housing",
    "transport",
    "council",
    "budget",
    "programme",
    "outcome",
    "baseline",
    "household",
    "income",
    "survey",
    "estimate",
    "labour",
    "market",
    "employment",
    "training",
    "cost",
    "benefit",
    "local",
    "authority",
    "funding",
    "grant",
    "review",
    "service",
    "delivery",
    "demand",
    "supply",
    "region",
    "season",
    "trend",
    "share",
    "sample",
    "interval",
    "sector",
    "energy",
    "carbon",
    "emission",
    "target",
    "adoption",
    "tariff",
    "subsidy",
    "threshold",
    "uptake",
    "monitoring",
    "evaluation",
    "pilot",
    "scheme",
    "cohort",
    "comparison",
    "control",
    "effect",
    "population",
    "migration",
    "education",
    "skill",
    "vacancy",
    "capital",
    "revenue",
    "expenditure",
    "forecast",
    "scenario",
    "assumption",
    "risk",
    "governance",
    "transparency",
    "consultation",
    "stakeholder",
    "the",
    "of",
    "and",
    "to",
    "in",
    "for",
    "with",
    "from",
    "along",
    "between",
    "across",
    "under",
    "while",
    "because",
    "although",
    "however",
    "therefore",
    "during",
    "before",
    "among",
    "toward",
    "within",
    "through",
    "remains",
    "suggests",
    "indicates",
    "shows",
    "implies",
    "requires",
    "allows",
    "involves",
    "includes",
    "supports",
    "depends",
]
NAMES = [
    "Adams",
    "Baker",
    "Chen",
    "Dutta",
    "Evans",
    "Fischer",
    "Garcia",
    "Hassan",
    "Ivanova",
    "Jones",
    "Kaur",
    "Lopez",
    "Mensah",
    "Nguyen",
    "Okafor",
    "Patel",
]
AREAS = ("North", "South", "East", "West", "Coast", "Hills", "Plains", "Lakes", "Islands", "Delta", "Steppe", "Capital")
DATA_SOURCE = "- {id: data, type: dataset, title: Figures by area, publisher: The Bench, issued: 2026, language: en}\n"
"""Of which all data files are saved copies."""
SERIES = ("Housing", "Transport", "Health", "Skills")


def write(root: Path, briefs: int, *, text: int = 0, fact: int = 0, row: int = 0) -> None:
    """With another `text`, `fact` or `row`, a sentence of the first brief, a fact that only it shows, or a row of its
    first chart is another."""
    for path, content in _files(briefs, text, fact, row):
        here = root / path
        if not here.is_file() or here.read_text(encoding="utf-8") != content:
            here.parent.mkdir(parents=True, exist_ok=True)
            here.write_text(content, encoding="utf-8")


def _files(briefs: int, text: int, fact: int, row: int) -> Iterator[tuple[str, str]]:
    yield (
        "content/site.yaml",
        (
            "title: The Bench\npublisher: The Bench\nbase_url: https://bench.example/\nlang: en\nas_of: 2026-11-22\n"
            "citation_style: apa\n"
        ),
    )
    yield "content/sources/sources.yaml", "".join((*map(_source, range(SOURCES)), DATA_SOURCE))
    yield "content/facts/shared.yaml", "".join(_fact(f"shared-{n}", 0) for n in range(SHARED))
    copies: list[str] = []
    for n in range(briefs):
        slug, first = f"brief-{n:03}", n == 0
        yield (
            f"content/facts/{slug}.yaml",
            "".join(_fact(f"{slug}-f{k}", fact if first and not k else 0) for k in range(OWN)),
        )
        yield f"content/briefs/{slug}.md", _brief(slug, text if first else 0)
        for path, content in _data(slug, row if first else 0):
            yield path, content
            if path.endswith(".csv"):
                copies.append(sha256(content.encode()).hexdigest())
    listed = ", ".join(f"{{sha256: {digest}, media_type: text/csv, retrieved: 2026-01-10}}" for digest in copies)
    yield "content/sources/archive.yaml", f"data: [{listed}]\n"


def _chance(*key: object) -> random.Random:
    return random.Random("|".join(map(str, key)))


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize()


def _source(n: int) -> str:
    chance = _chance("source", n)
    kind = ("article-journal", "report", "book")[n % 3]
    authors = ", ".join(
        f"{{family: {chance.choice(NAMES)}, given: {chance.choice('ABCDE')}}}" for _ in range(chance.randint(1, 3))
    )
    return (
        f"- {{id: s{n}, type: {kind}, title: {_sentence(chance, 7)}, author: [{authors}],"
        f" issued: {chance.choice((2025, 2026))},"
        f" publisher: {chance.choice(NAMES)} Press, URL: https://example.org/ref/{n}}}\n"
    )


def _fact(id: str, revision: int) -> str:
    chance = _chance("fact", id, revision)
    value = f"{chance.randint(10, 99)}.{chance.randint(1, 9)}"
    return (
        f'- id: {id}\n  claim: "{_sentence(chance, 8)} was {{value}}."\n  value: {value}\n  unit: percent\n'
        f"  as_of: {chance.randint(2000, 2007)}\n"
        f'  evidence: [{{source: s{chance.randrange(SOURCES)}, quote: "came to {value}%"}}]\n'
    )


def _brief(slug: str, revision: int) -> str:
    chance = _chance("brief", slug)
    shared = chance.sample(range(SHARED), 36)
    facts = [f"shared-{n}" for n in shared] + [f"{slug}-f{k}" for k in range(OWN)]
    chance.shuffle(facts)
    cited = iter([f"s{chance.randrange(SOURCES)}" for _ in range(20)])
    words = ["It changed again." if revision % 2 else "It changed."] if revision else []
    parts = [f"{_sentence(chance, 12)}. {' '.join(words)}"]
    blocks = iter(
        [f'{{{{ chart("{slug}-c{n}") }}}}' for n in range(3)] + [f'{{{{ table("{slug}-t{n}") }}}}' for n in range(2)]
    )
    notes, links = iter("abc"), iter(range(5))
    for section in range(6):
        parts.append(f"## {_sentence(chance, 4)}")
        for _ in range(4):
            sentences = []
            for _ in range(4):
                sentence = _sentence(chance, 13)
                if facts:
                    sentence += f' {{{{ fact("{facts.pop()}") }}}}'
                sentences.append(f"{sentence} {_sentence(chance, 2).lower()}")
            sentences[0] += "".join(f" [@{id}]" for id in [next(cited, "")] if id)
            sentences[1] += "".join(
                f" [{_sentence(chance, 2)}](https://example.org/link)" for _ in [next(links, None)] if _ is not None
            )
            sentences[2] += "".join(f"[^{note}]" for note in [next(notes, "")] if note)
            parts.append(". ".join(sentences) + ".")
        if section < 5:
            parts.append(next(blocks))
    parts += [f"[^{note}]: {_sentence(chance, 12)}." for note in "abc"]
    front = (
        f"title: {_sentence(chance, 6)}\ndate: 2026-{1 + int(slug[-3:]) % 10:02}-11\n"
        f"authors: [{{name: {chance.choice(NAMES)}}}]\n"
        f"abstract: {_sentence(chance, 30)}.\n"
    )
    return f"---\n{front}---\n" + "\n\n".join(parts) + "\n"


def _data(slug: str, revision: int) -> Iterator[tuple[str, str]]:
    def value(*key: object) -> float:
        return round(_chance(slug, *key).uniform(10, 99), 1)

    months = [f"{2019 + n // 12}-{1 + n % 12:02}" for n in range(60)]
    bars = [f"{area},{value(0, area, revision if not n else 0)}" for n, area in enumerate(AREAS)]
    lines = [f"{month},{value(1, month)}" for month in months]
    stacks = [f"{months[3 * n]},{name},{value(2, n, name)}" for n in range(12) for name in SERIES]
    tables = [[f"{area},{value(3 + t, area)}" for area in AREAS[:10]] for t in range(2)]
    number = "{name: value, type: number, unit: percent}"
    area, month, series = "{name: area, type: text}", "{name: month, type: date}", "{name: series, type: text}"
    shapes = [
        ("c0", "area,value", bars, f"{area}, {number}"),
        ("c1", "month,value", lines, f"{month}, {number}"),
        ("c2", "month,series,value", stacks, f"{month}, {series}, {number}"),
        ("t0", "area,value", tables[0], f"{area}, {number}"),
        ("t1", "area,value", tables[1], f"{area}, {number}"),
    ]
    described = ""
    for name, head, rows, columns in shapes:
        yield f"content/data/{slug}-{name}.csv", "\n".join([head, *rows]) + "\n"
        id = f"{slug}-{name}" + ("-data" if name[0] == "c" else "")
        described += (
            f"- {{id: {id}, title: {name.upper()[0]}. {_sentence(_chance(id), 4)}, file: {slug}-{name}.csv,"
            f" source: data, columns: [{columns}]}}\n"
        )
    yield f"content/data/{slug}.yaml", described
    kinds = [
        ("c0", "kind: bar, x: value, y: area"),
        ("c1", "kind: line, x: month, y: value"),
        ("c2", "kind: bar, x: month, y: value, color: series, stack: stack"),
    ]
    yield (
        f"content/charts/{slug}.yaml",
        "".join(
            f"- {{id: {slug}-{name}, data: {slug}-{name}-data, {rest},"
            f" title: {_sentence(_chance(slug, name), 5)}, alt: Drawn}}\n"
            for name, rest in kinds
        ),
    )
