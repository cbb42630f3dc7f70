"""The fact base in, a SQLite database out, as the bytes of its file. Pure: made in memory, without a clock."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing

from reportgen.exports.tables import FactRecord, license_text
from reportgen.facts.view import View
from reportgen.pages.shell import Site

_PRAGMAS = (
    "page_size = 4096", "auto_vacuum = 0", "secure_delete = 1", "temp_store = 2", "user_version = 1",
)  # fmt: skip
_TABLES = """
CREATE TABLE sources (
  id TEXT PRIMARY KEY NOT NULL, slug TEXT NOT NULL UNIQUE, type TEXT NOT NULL, title TEXT NOT NULL, authors TEXT,
  issued TEXT, publisher TEXT, container TEXT, url TEXT, language TEXT, csl TEXT NOT NULL
);
CREATE TABLE facts (
  id TEXT PRIMARY KEY NOT NULL, claim TEXT NOT NULL,
  value_type TEXT CHECK (value_type IN ('number', 'text', 'date', 'range')), value TEXT, number REAL,
  min REAL, max REAL, unit TEXT, relation TEXT, as_of TEXT, place TEXT, measure TEXT, rank TEXT NOT NULL, modality TEXT,
  reading TEXT,  status TEXT NOT NULL, formula TEXT
);
CREATE TABLE evidence (
  fact TEXT NOT NULL REFERENCES facts (id), position INTEGER NOT NULL, source TEXT NOT NULL REFERENCES sources (id),
  quote TEXT NOT NULL, prefix TEXT, suffix TEXT, locator TEXT, verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  sha256 TEXT, start_offset INTEGER, end_offset INTEGER, PRIMARY KEY (fact, position)
);
CREATE TABLE inputs (
  fact TEXT NOT NULL REFERENCES facts (id), input TEXT NOT NULL REFERENCES facts (id), PRIMARY KEY (fact, input)
);
CREATE TABLE used_in (fact TEXT NOT NULL REFERENCES facts (id), brief TEXT NOT NULL, PRIMARY KEY (fact, brief));
CREATE INDEX facts_by_measure ON facts (measure, place, as_of);
CREATE INDEX evidence_by_source ON evidence (source);
CREATE INDEX inputs_by_input ON inputs (input);
CREATE INDEX used_in_by_brief ON used_in (brief);
"""
_README = (
    "facts: one row a fact. value is the rounded value as text; number is the same to compute with.",
    "min and max are the unrounded ends of its interval; null where it is unbounded.",
    "relation is =, <, <=, >, >= or ~. as_of is EDTF. A status is verified, computed, disputed, unverified or overdue.",
    "modality is planned, expected or claimed, as the source has it; null for what is done.",
    "evidence: the words of a source that carry a fact, and the hash of the archived text that they were found in.",
    "start_offset and end_offset count that text's code points; the end is one past the last.",
    "sources: the works that facts and briefs name, with the CSL item as JSON in csl.",
    "inputs: every fact that a computed fact was computed from, however deep.",
    "used_in: the briefs that print a fact or compute with it.",
)


TableRows = Mapping[str, Sequence[Sequence[object]]]
"""By table."""
_WIDTHS = {"facts": 17, "evidence": 11, "inputs": 2, "used_in": 2}


def rows_part(records: Sequence[FactRecord]) -> TableRows:
    """Facts as they stand in facts.sqlite."""
    return {
        "facts": [_fact(record) for record in records],
        "evidence": [
            (r.id, n, e.source, e.quote, e.prefix or None, e.suffix or None, e.locator or None, int(e.verified),
             e.sha256, e.start, e.end)
            for r in records for n, e in enumerate(r.evidence, 1)
        ],
        "inputs": [(r.id, input) for r in records for input in r.derived_from],
        "used_in": [(r.id, brief) for r in records for brief in r.used_in],
    }  # fmt: skip


def facts_sqlite(view: View, parts: Sequence[TableRows], ids: Iterable[str], site: Site) -> bytes:
    """facts.sqlite, out of its parts: tables facts, evidence, sources (of these ids), inputs and used_in, and a view
    README."""
    sources = [source for id in sorted(ids) if (source := view.source(id)) is not None]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        run = database.execute
        for pragma in _PRAGMAS:
            run(f"PRAGMA {pragma}")
        database.executescript(_TABLES)
        run(_readme(site))
        run("BEGIN")
        _fill(database, "sources", 11, (
            (s.id, s.slug, s.type, s.title, "; ".join(s.authors) or None, s.issued.text if s.issued else None,
             s.publisher or None, s.container or None, s.url or None, s.language or None, s.csl)
            for s in sources
        ))  # fmt: skip
        for table, width in _WIDTHS.items():
            _fill(database, table, width, (row for part in parts for row in part[table]))
        run("COMMIT")
        run("VACUUM")
        return _without_version(database.serialize())


def _fill(database: sqlite3.Connection, table: str, width: int, rows: Iterable[Sequence[object]]) -> None:
    database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)


def _fact(record: FactRecord) -> tuple[object, ...]:
    value = record.value
    number = float(value.text) if value and value.type == "number" else None
    low, high = (float(end) if end is not None else None for end in ((value.min, value.max) if value else (None, None)))
    return (
        record.id, record.claim, value.type if value else None, value.text if value else None, number, low, high,
        record.unit or None, record.relation or None, record.as_of or None, record.place or None,
        record.measure or None, record.rank, record.modality or None,
        record.reading or None, record.status.value, record.formula or None,
    )  # fmt: skip


def _readme(site: Site) -> str:
    head = (site.title, site.publisher, license_text(site), f"{site.base_url}data/")
    lines = [*filter(None, head), *_README]
    quoted = ("'" + line.replace("'", "''") + "'" for line in lines)
    selects = " UNION ALL ".join(f"SELECT {n} AS line, {text} AS text" for n, text in enumerate(quoted, 1))
    return f"CREATE VIEW README AS {selects}"


def _without_version(file: bytes) -> bytes:
    """The header's change counter, its copy and SQLite's own version vary with the library: the bytes should not."""
    one, version = (1).to_bytes(4, "big"), (3_037_000).to_bytes(4, "big")
    return file[:24] + one + file[28:92] + one + version + file[100:]
