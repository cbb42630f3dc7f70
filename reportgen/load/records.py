"""A JSON file of records in; a table of their values, with the digits that the file has, out. Pure."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from typing import Any

from reportgen.diagnostics import Diagnostic, Span
from reportgen.load.cells import Stored
from reportgen.load.framing import TableFrame, framed
from reportgen.load.lines import decode
from reportgen.load.table import Table

_HINT = 'a list of records: [{"country": "Kenya", "deaths": 12}, …]'
_DEEPEST = 4


class _NotRecordsError(Exception):
    """JSON that is no list of records: message."""


class _TwiceError(Exception):
    """A record with a key that stands twice in it."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def read_records(file: str, content: bytes) -> tuple[Table | None, list[Diagnostic]]:
    """The records as rows. A map in a record gives columns such as `country.id`."""
    source, found = decode(file, content)
    if found:
        return None, found
    try:
        data = json.loads(
            source.text, object_pairs_hook=_once, parse_int=Stored, parse_float=Stored, parse_constant=Stored
        )
        records = [_flat(record) for record in _records(data)]
    except json.JSONDecodeError as error:
        place = Span.at(file, error.lineno, error.colno)
        return None, [Diagnostic("unreadable-table", f"this is not JSON: {error.msg.lower()}", place, _HINT)]
    except _TwiceError as error:
        start = _second(source.text, error.key)
        message = f'a record has the key "{error.key}" twice, and one value would be lost'
        hint = "give one of the two another name, or delete it"
        return None, [Diagnostic("unreadable-table", message, source.span(start, start + 1), hint)]
    except (_NotRecordsError, RecursionError) as error:
        message = str(error) if isinstance(error, _NotRecordsError) else "the file is nested too deeply"
        return None, [Diagnostic("unreadable-table", message, Span.at(file), _HINT)]
    header = tuple(dict.fromkeys(key for record in records for key in record))
    rows = [header, *(tuple(record.get(key, "") for key in header) for record in records)]
    inside = framed(rows, range(len(rows)), TableFrame())
    return Table(file, replace(inside, told=()), records=True), []


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        counted = Counter(key for key, _ in pairs)
        raise _TwiceError(next(key for key, times in counted.items() if times > 1))
    return record


def _second(text: str, key: str) -> int:
    """Where a key stands in a record for the second time; at the beginning where it is written in another way."""
    last: dict[int, int] = {}
    depth = 0
    for found in re.finditer(
        rf'(?P<key>{re.escape(json.dumps(key, ensure_ascii=False))}\s*:)|"(?:[^"\\]|\\.)*"|[{{}}]', text
    ):
        if found["key"]:
            if depth in last:
                return found.start()
            last[depth] = found.start()
        elif found[0] in "{}":
            depth += 1 if found[0] == "{" else -1
            last = {at: start for at, start in last.items() if at <= depth} if found[0] == "}" else last
    return 0


def _records(data: Any) -> list[dict[str, Any]]:
    """The list of maps in a file: the file itself, or the one such list in it."""
    if isinstance(data, list) and data and all(isinstance(part, dict) for part in data):
        return data
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    lists = [part for part in inside if isinstance(part, list) and part and isinstance(part[0], dict)]
    if len(lists) != 1 or not all(isinstance(part, dict) for part in lists[0]):
        raise _NotRecordsError("this file is not a list of records")
    return lists[0]


def _flat(record: dict[str, Any], before: str = "", depth: int = 0) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict) and depth < _DEEPEST:
            flat |= _flat(value, f"{before}{key}.", depth + 1)
        elif isinstance(value, (dict, list)):
            raise _NotRecordsError(f'"{before}{key}" holds a list, and a cell holds one value')
        else:
            flat[before + key] = "" if value is None else _text(value)
    return flat


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return Stored("TRUE" if value else "FALSE")
    return value if isinstance(value, Stored) else str(value).strip()
