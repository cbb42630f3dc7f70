"""Two numbers that follow each other in, whether they are the ends of a range or of a change, out. Pure."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from reportgen.language.draft import Draft
from reportgen.language.listed_words import is_one_of
from reportgen.language.number_phrases import RangeSense
from reportgen.language.relating import is_change
from reportgen.language.unit_reader import UnitReader

_FILLERS = 4
"""Words between `from` and its number at most."""
_CLAUSE = 10
"""Words before a number among which one of change is looked for."""
_AFTER = 6
"""Words after a number among which one of change is looked for."""
_BESIDE = 4
"""Words among which one is looked for that says that it is a range."""
_FAR = 5
"""A range hardly ends at so many times its beginning: `decreased $1.1 billion to $12.6 billion`."""
_STOPS = frozenset(".;:!?()[]")


def link(low: Draft, high: Draft, reader: UnitReader) -> RangeSense | Literal["void", ""]:
    """How two numbers that follow each other are joined; empty where they are not."""
    if not (low.is_plain and high.is_plain) or (
        {low.kind, high.kind} == {"number", "year"} and not _is_plain_year(low, high, reader)
    ):
        return ""
    between = [token.text for token in reader.tokens[low.last : high.first]]
    if between and between[-1] == "." and len(between) > 1:
        between = between[:-1]
    words = " ".join(between)
    rising = _is_rising(low, high)
    lexicon = reader.lexicon
    if lexicon.is_agglutinative and _is_from_to(low, high, between, reader):
        return "change" if change_beside(low, high, reader) >= 0 else "range"
    if words in ("-", "—", "- -", "…") or (not between and low.numeral.worded and high.numeral.worded):
        spaced = reader.tokens[low.last].gap if between else True
        if rising:
            is_sloppy = from_before(low, reader) >= 0 and change_beside(low, high, reader) >= 0
            return "change" if is_sloppy else "range"
        return "" if spaced else "void"
    said = lexicon.data.get("link", {}).get(words, "")
    if said in ("range", "span") and _are_change_and_end(low, high, reader):
        return ""
    if said in ("range", "span"):
        if from_before(low, reader) >= 0:
            sense = _sense(low, high, reader)
            return "change" if not rising else "range" if sense == "open" and said == "span" else sense
        return "range" if rising else ""
    before = reader.text(low.first - 1)
    if said == "pair" and rising:
        if before in lexicon.words("between") or (
            before in lexicon.words("fillers") and reader.text(low.first - 2) in lexicon.words("between")
        ):
            return "range"
        if _between_after(high, reader):
            return "range"
    if said == "alternative" and rising and low.kind == high.kind:
        return "range" if low.units == high.units or not low.units or low.before else ""
    return ""


def _sense(low: Draft, high: Draft, reader: UnitReader) -> RangeSense:
    """What `from 11 to 27` is, by the words around it."""
    start = from_before(low, reader)
    if _is_ranging(start - 1, reader):
        return "range"
    if change_beside(low, high, reader) >= 0:
        return "change"
    if reader.lexicon.data["from"][reader.text(start)] == "range" or _is_measured(low, high, reader):
        return "range"
    return "open"


def from_before(low: Draft, reader: UnitReader) -> int:
    """Where `from` stands before a number, with no more than `about`, `just` or the like between; else -1."""
    words = reader.lexicon.words("from_fillers") | reader.lexicon.articles
    for index in range(low.first - 1, max(-1, low.first - 2 - _FILLERS), -1):
        if reader.text(index) in reader.lexicon.data.get("from", {}):
            return index
        if reader.text(index) not in words:
            break
    return -1


def change_beside(low: Draft, high: Draft, reader: UnitReader) -> int:
    """Where a word of change stands before two numbers in their clause, or after them; else -1."""
    start = from_before(low, reader)
    for index in range((low.first if start < 0 else start) - 1, max(-1, low.first - _CLAUSE), -1):
        if reader.text(index) in _STOPS:
            break
        if is_change(reader.text(index), reader):
            return index
    for index in range(high.last, min(len(reader.tokens), high.last + _AFTER)):
        if reader.text(index) in _STOPS or reader.text(index) == ",":
            break
        if is_change(reader.text(index), reader):
            return index
    return -1


def _is_measured(low: Draft, high: Draft, reader: UnitReader) -> bool:
    """Whether words beside say what lies between the two: `measure from`, `prices from`, `27 metres long`."""
    before = reader.lexicon.words("measured_before")
    start = from_before(low, reader)
    for index in range(start - 1, max(-1, start - 1 - _BESIDE), -1):
        if reader.text(index) in _STOPS or reader.text(index) == ",":
            break
        if is_one_of(reader.text(index), before):
            return True
    after = range(high.last, min(len(reader.tokens), high.last + _BESIDE))
    return any(is_one_of(reader.text(index), reader.lexicon.words("measured_after")) for index in after)


def _is_plain_year(low: Draft, high: Draft, reader: UnitReader) -> bool:
    """Whether the one that looks like a year is the end of a range of numbers: `1500 to 2500 farms`, `900–1600 MW`."""
    year, other = (low, high) if low.kind == "year" else (high, low)
    if year is high:
        return bool(other.units) is False and other.numeral.bare and other.numeral.value >= 100
    return bool(other.units) or (other.numeral.bare and other.numeral.value > 2199)


def _are_change_and_end(low: Draft, high: Draft, reader: UnitReader) -> bool:
    """Whether two numbers say by how much something changed, and to what: `rose 4% to $585m`, `by a third to 420`."""
    if low.units and high.units:
        is_far = _value(high) * high.units[0].scale >= _FAR * _value(low) * low.units[0].scale > 0
        is_said = is_far and is_change(
            reader.text(low.outer_first - 1 if low.outer_first >= 0 else low.first - 1), reader
        )
        return is_said or not any(a.powers == b.powers for a in low.units for b in high.units)
    is_part = not low.units and low.numeral.value < 1 <= high.numeral.value
    before = low.first - (2 if reader.text(low.first - 1) in reader.lexicon.articles else 1)
    return is_part and reader.text(before) in reader.lexicon.data.get("steps", {}).get("by", ())


def _is_rising(low: Draft, high: Draft) -> bool:
    """Whether the second number is the larger, each in its own unit: `150 MW to 1 GW`. Below zero it may be so only
    with the multiple that the first shares: `−2 – −1 billion`."""
    shared = high.numeral.multiple if low.numeral.multiple == 1 and low.sign == -1 else Fraction(1)
    scales = next(((a.scale, b.scale) for a in low.units for b in high.units if a.powers == b.powers), (1, 1))
    return _value(low) * max(scales[0], shared) < _value(high) * scales[1]


def _value(draft: Draft) -> Fraction:
    return draft.sign * draft.numeral.value


def _is_from_to(low: Draft, high: Draft, between: list[str], reader: UnitReader) -> bool:
    """`5-тен 7-ге дейін`."""
    if between:
        return False
    from_case = any(low.ending.endswith(e) for e in reader.lexicon.words("ablative"))
    return from_case and bool(_until(high, reader))


def _until(high: Draft, reader: UnitReader) -> int:
    """One past `дейін` after the upper end and its noun; 0 if it does not stand there."""
    for index in range(high.last, min(len(reader.tokens), high.last + 3)):
        if reader.text(index) in reader.lexicon.words("to_after_change"):
            return index + 1
        if reader.tokens[index].kind != "word":
            return 0
    return 0


def _is_ranging(index: int, reader: UnitReader) -> bool:
    words = reader.lexicon.words("ranging")
    return any(is_one_of(reader.text(i), words) for i in range(max(0, index - 1), index + 1))


def _between_after(high: Draft, reader: UnitReader) -> bool:
    return any(
        reader.text(i) in reader.lexicon.words("between_after")
        for i in range(high.last, min(len(reader.tokens), high.last + 3))
    )


def outer(low: Draft, high: Draft, reader: UnitReader) -> tuple[int, int]:
    """The tokens that a range takes in: its `between` or `from`, and what follows it."""
    lexicon = reader.lexicon
    start = from_before(low, reader)
    if start < 0 and reader.text(low.first - 1) in lexicon.words("between"):
        start = low.first - 1
    last = _until(high, reader) or next(
        (
            i + 1
            for i in range(high.last, min(len(reader.tokens), high.last + 3))
            if reader.text(i) in lexicon.words("between_after")
        ),
        high.last,
    )
    return (low.first if start < 0 else start), last
