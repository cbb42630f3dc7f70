"""What a brief says in, printed.json and text.txt of its edition out. Pure. `load/editions.py` reads them back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from reportgen.exports.provenance import provenance_entry
from reportgen.exports.tables import json_bytes
from reportgen.model.brief import folder_of
from reportgen.model.edition import Edition, EditionChange, NewValue, Printed, Saying
from reportgen.model.evaluated import EvaluatedBrief, NumberKind
from reportgen.model.text import Text


def printed_json(brief: EvaluatedBrief, printed: Printed) -> bytes:
    """Every printed number with what it says, the facts that it was computed from, quotations, charts and sources."""
    sayings = iter(printed.sayings)
    numbers = []
    for number in brief.numbers:
        entry: dict[str, object] = dict(provenance_entry(number))
        if number.kind in (NumberKind.FACT, NumberKind.FORMULA, NumberKind.DATASET):
            entry |= _saying(next(sayings))
        numbers.append(entry | {"state": number.status.value if number.status else None})
    data = {
        "numbers": numbers,
        "inputs": [_saying(saying) | {"facts": list(saying.facts)} for saying in sayings],
        "quotes": [{"fact": fact, "source": source, "quote": quote} for fact, source, quote in printed.quotes],
        "charts": [asdict(chart) for chart in printed.charts],
        "sources": dict(printed.sources),
        "pictures": dict(printed.pictures or ()),
        "cited": dict(printed.cited or ()),
    }
    return json_bytes(data)


def record_json(record: Edition) -> bytes:
    """What the facts, the pages beside the briefs and the charts say, a line an entry, and the addresses that last."""

    def listed(printed: Printed) -> dict[str, object]:
        numbers = [_saying(saying) | {"facts": list(saying.facts)} for saying in printed.sayings if saying.is_printed]
        return {
            "numbers": numbers,
            "inputs": [_saying(each) | {"facts": list(each.facts)} for each in printed.sayings if not each.is_printed],
            "quotes": [{"fact": fact, "source": source, "quote": quote} for fact, source, quote in printed.quotes],
            "charts": [asdict(chart) for chart in printed.charts],
            "sources": dict(printed.sources),
            "pictures": dict(printed.pictures or ()),
            "cited": dict(printed.cited or ()),
        }

    documents = {slug: listed(printed) | {"lines": list(printed.lines)} for slug, printed in record.documents}
    return json_bytes(listed(record.printed) | {"documents": documents, "addresses": list(record.addresses)})


def _saying(saying: Saying) -> dict[str, object]:
    return {
        "subject": saying.subject,
        "text": saying.text,
        **asdict(saying.said),
        "compared": saying.formula,
        "measure": saying.measure,
        "call": saying.call,
        "sentence": saying.sentence,
    }


def text_txt(printed: Printed) -> bytes:
    """The text, a sentence a line."""
    return "".join(f"{line}\n" for line in printed.lines).encode()


def edition_json(edition: Edition, made_by: dict[str, str], addresses: tuple[str, ...]) -> bytes:
    """What an edition is: its place in the history, its reasons, and the digests of its files."""
    note = edition.note
    data = {
        "brief": edition.brief,
        "lang": edition.lang,
        "id": note.id,
        "version": note.version,
        "date": note.date,
        "title": edition.title,
        "authors": list(edition.authors),
        "changes": [_change(change) for change in note.changes],
        "follows": [_value(value) for value in note.follows],
        "seen": list(edition.seen),
        "addresses": list(addresses),
        "base_url": edition.base_url,
        "made_by": made_by,
        "files": dict(edition.files),
        "previous": edition.previous or None,
        **({"original": edition.original} if edition.original else {}),
    }
    return json_bytes(data)


def _change(change: EditionChange) -> dict[str, object]:
    return {
        "in": change.owner,
        "kind": change.kind.value,
        "text": text_value(change.text),
        "facts": list(change.facts),
        "values": [_value(value) for value in change.values],
    }


def text_value(text: Text) -> str | dict[str, str]:
    """A text as authors write it: once, or by language."""
    if all(not tag for tag, _ in text.by_language):
        return text.in_language("")
    return dict(text.by_language)


def _value(value: NewValue) -> dict[str, str]:
    return {"fact": value.fact, "old": value.old, "new": value.new}


def changes_json(histories: Mapping[str, tuple[Edition, ...]], records: tuple[Edition, ...], base_url: str) -> bytes:
    """data/changes.json: every edition of every brief with its reasons, newest first, and what changed beside them;
    each with the digest of its edition.json, which `publish` looks for in the project from then on."""
    rows = [
        {
            "brief": slug,
            "edition": edition.note.id,
            "url": f"{base_url}{folder_of(slug)}editions/{edition.note.id}/",
            **_noted(edition),
            **_removed(edition),
        }
        for slug, history in histories.items()
        for edition in history
    ]
    rows.sort(key=lambda row: (str(row["date"]), str(row["brief"]), str(row["edition"])), reverse=True)
    beside = [{"record": record.note.id, **_noted(record)} for record in reversed(records)]
    return json_bytes({"editions": rows, "beside": beside})


def _removed(edition: Edition) -> dict[str, object]:
    removal = edition.removal
    return {"removed": {"date": removal.date.text, "reason": text_value(removal.reason)}} if removal else {}


def _noted(edition: Edition) -> dict[str, object]:
    note = edition.note
    return {
        "version": note.version,
        "date": note.date,
        "changes": [_change(change) for change in note.changes],
        "follows": [_value(value) for value in note.follows],
        "sha256": edition.sha256,
    }
