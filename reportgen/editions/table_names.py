"""The lines of two editions in, numbers of tables that stand beside other names than they did out. Pure.

A cell of a table is a line of an edition's text, and nothing tells the lines of a table from others: what is looked at
are runs of lines that are numbers alone, with the short lines between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from reportgen.editions.rewording import LIKE
from reportgen.language.words import lower
from reportgen.late_patterns import regex

VALUE = regex(r"⟨[^|⟩]*\|([^⟩]*)⟩")
"""A number of a line, with its subject."""
_ENDED = regex(r"[.!?:;…。！？।؟][\"'”’»)\]]*$")
"""How a line of prose ends; names of rows and columns do not."""
_LABEL = 80
"""Letters of the longest name of a row or a column."""


@dataclass(frozen=True, slots=True)
class _LabelledNumber:
    """A line that is a number alone, as in a cell of a table."""

    line: str
    subject: str
    labels: tuple[str, ...]
    """The lines without numbers between the one before it and this one: the name of its row, and before the first one
    those of the columns too."""


def _labelled(lines: Sequence[str]) -> list[list[_LabelledNumber]]:
    """Runs of lines that are numbers alone, with the names between them, as a table has them."""
    found: list[list[_LabelledNumber]] = [[]]
    labels: list[str] = []
    for line in lines:
        values = VALUE.findall(line)
        words = VALUE.sub("", line).strip()
        if len(values) == 1 and not any(sign.isalnum() for sign in words):
            found[-1].append(_LabelledNumber(line, values[0], tuple(labels)))
            labels = []
        elif not values and words and len(words) <= _LABEL and not _ENDED.search(words):
            labels.append(line)
        else:
            labels = []
            found.append([])
    return [run for run in found if len(run) > 1]


def relabelled(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Numbers of a table that stand in the order in which they stood, beside the name of another row or below that of
    another column: the name and the number, then and now."""
    after = {tuple(each.subject for each in run): run for run in _labelled(new)}
    for run in _labelled(old):
        other = after.get(tuple(each.subject for each in run))
        if other is None:
            continue
        both = [*_below_titles(run)], [*_below_titles(other)]
        known = {label for each in both[0] for label in each.labels}
        for one, another in zip(*both, strict=True):
            is_same_shape = len(one.labels) == len(another.labels)
            for was, now in zip(one.labels, another.labels, strict=True) if is_same_shape else ():
                if was != now and (now in known or not _is_spelling(was, now)):
                    yield f"{was}: {one.line}", f"{now}: {another.line}"


def _below_titles(run: Sequence[_LabelledNumber]) -> Iterator[_LabelledNumber]:
    """The numbers of a table, the first of them with the names of its row and of the columns alone."""
    columns = next((n for n, each in enumerate(run) if n and each.labels), len(run))
    heads = columns + 2  # their own names, that of the first column, and that of the first row
    yield replace(run[0], labels=run[0].labels[-heads:])
    yield from run[1:]


def _is_spelling(old: str, new: str) -> bool:
    """Whether a name is another form of a name: with fewer words or more, or with others of nearly the same letters."""
    one, other = (re.findall(r"\w+", lower(text)) for text in (old, new))
    gone, come = (
        " ".join(word for word in words if word not in others) for words, others in ((one, other), (other, one))
    )
    return not gone or not come or SequenceMatcher(None, gone, come, autojunk=False).ratio() >= LIKE
