"""A file of annotations in, what was marked in which document out. Pure.

Read are W3C Web Annotations (a page, a collection or a list), exports of Hypothesis, and the attachments with their
annotations that Better BibTeX gives of Zotero.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """Words that somebody marked."""

    document: str
    """Its address, or the name of its file; may be empty."""
    exact: str
    prefix: str = ""
    suffix: str = ""
    comment: str = ""
    page: str = ""
    """The label of its page."""


class AnnotationError(ValueError):
    """A file that holds no annotations that can be read; the message says why, without a full stop."""


def read_annotations(text: str) -> tuple[MarkedWords, ...]:
    """The annotations of a file, in its order; those that mark no words are left out. Raises AnnotationError."""
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        raise AnnotationError("this is not JSON") from None
    found = tuple(_all(data, ""))
    if not found:
        raise AnnotationError("no marked words are in it, as W3C annotations, Hypothesis or Zotero write them")
    return found


def _all(data: Any, document: str) -> Iterator[MarkedWords]:
    if isinstance(data, list):
        for part in data:
            yield from _all(part, document)
        return
    if not isinstance(data, dict):
        return
    if "annotationText" in data or "annotationType" in data:
        yield from _of_zotero(data, document)
    elif "target" in data:
        yield from _of_w3c(data)
    else:
        named = _text(data.get("path") or data.get("uri") or document)
        for key in ("items", "first", "rows", "annotations", "result"):
            yield from _all(data.get(key), named)


def _of_zotero(data: Mapping[str, Any], document: str) -> Iterator[MarkedWords]:
    exact = _text(data.get("annotationText"))
    if exact:
        yield MarkedWords(
            document,
            exact,
            comment=_text(data.get("annotationComment")),
            page=_text(data.get("annotationPageLabel")),
        )


def _of_w3c(data: Mapping[str, Any]) -> Iterator[MarkedWords]:
    """Hypothesis differs in that its comment is `text`, and its document `uri`."""
    comment = _text(data.get("text")) or " ".join(filter(None, map(_body, _list(data.get("body")))))
    for target in _list(data.get("target")):
        if not isinstance(target, dict):
            continue
        source = target.get("source")
        document = _text(source.get("id") if isinstance(source, dict) else source) or _text(data.get("uri"))
        selectors = [one for one in _list(target.get("selector")) if isinstance(one, dict)]
        page = next((_text(one.get("label")) for one in selectors if one.get("type") == "PageSelector"), "")
        for one in selectors:
            if one.get("type") == "TextQuoteSelector" and _text(one.get("exact")):
                prefix, suffix = _text(one.get("prefix")), _text(one.get("suffix"))
                yield MarkedWords(document, _text(one["exact"]), prefix, suffix, comment, page)
                break


def _body(body: Any) -> str:
    if isinstance(body, dict):
        return "" if body.get("purpose") == "tagging" else _text(body.get("value"))
    return ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
