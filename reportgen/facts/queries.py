"""Questions about facts in, the same as text and back; which facts answer them out. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date

from reportgen.model.dataset import Query
from reportgen.model.edtf import Edtf, parse_edtf, within
from reportgen.model.fact import Fact, Rank


def inverted(pairs: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, tuple[str, ...]]:
    """From what names what to what is named by what, each once, in order."""
    found: dict[str, dict[str, None]] = {}
    for id, named in pairs:
        for name in named:
            found.setdefault(name, {})[id] = None
    return {name: tuple(ids) for name, ids in found.items()}


def query_key(query: Query) -> tuple[str, ...]:
    """The question that a dataset asks."""
    parts = {
        "facts": query.facts,
        "measure": query.measure,
        "place": query.place,
        "as_of": query.as_of.text if query.as_of else "",
    }
    return (
        "query",
        json.dumps({name: part for name, part in parts.items() if part}, ensure_ascii=False, sort_keys=True),
    )


def read_query(text: str) -> Query:
    """`query_key`'s text, read back."""
    parts = json.loads(text)
    return Query(
        tuple(parts.get("facts", ())),
        tuple(parts.get("measure", ())),
        tuple(parts.get("place", ())),
        parse_edtf(parts["as_of"]) if "as_of" in parts else None,
    )


def found_by(query: Query, facts: Iterable[tuple[Fact, Edtf | None]]) -> tuple[str, ...]:
    """Ids of the facts, given with their times, that a query finds: by time, then id. Deprecated ones are left out."""
    found = [(time, fact) for fact, time in facts if _asked_for(fact, time, query)]
    found.sort(key=lambda pair: (pair[0].sort_key if pair[0] else (date.max, date.max, ""), pair[1].id))
    return tuple(fact.id for _, fact in found)


def _asked_for(fact: Fact, time: Edtf | None, query: Query) -> bool:
    if fact.rank is Rank.DEPRECATED:
        return False
    if query.measure and fact.measure not in query.measure:
        return False
    if query.place and fact.place not in query.place:
        return False
    return query.as_of is None or (time is not None and within(time, query.as_of))
