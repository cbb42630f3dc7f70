"""Two numbers that follow each other in, whether they are the ends of a range or of a change, out. Pure."""

from __future__ import annotations

from fractions import Fraction

from reportgen.language.draft import Draft
from reportgen.language.relating import is_change
from reportgen.language.unit_reader import UnitReader


def link(low: Draft, high: Draft, reader: UnitReader) -> str:
    """How two numbers that follow each other are joined: `range`, `change`, `void`, or not at all (empty)."""
    if not (low.is_plain and high.is_plain) or (
        {low.kind, high.kind} == {"number", "year"} and not _is_plain_year(low, high, reader)
    ):
        return ""
    between = [token.text for token in reader.tokens[low.last : high.first]]
    if between and between[-1] == "." and len(between) > 1:
        between = between[:-1]
    words = " ".join(between)
    rising = _value(low) < _value(high)
    lexicon = reader.lexicon
    if lexicon.is_agglutinative and _is_from_to(low, high, between, reader):
        return "change" if _changes_after(high, reader) else "range"
    if words in ("-", "—", "- -", "…") or (not between and low.numeral.worded and high.numeral.worded):
        spaced = reader.tokens[low.last].gap if between else True
        if rising:
            return "range"
        return "" if spaced else "void"
    before = reader.text(low.first - 1)
    prefix = lexicon.data.get("from", {}).get(before, "")
    said = lexicon.data.get("link", {}).get(words, "")
    if said == "range":
        if prefix == "change" and not _is_ranging(low.first - 2, reader):
            return "change"
        if not rising:
            return "" if not prefix else "change"
        return "change" if prefix and _changed_before(low.first - 2, reader) else "range"
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


def _is_plain_year(low: Draft, high: Draft, reader: UnitReader) -> bool:
    """Whether the one that looks like a year is the end of a range of numbers: `1500 to 2500 farms`, `900–1600 MW`."""
    year, other = (low, high) if low.kind == "year" else (high, low)
    if year is high:
        return bool(other.units) is False and other.numeral.bare and other.numeral.value >= 100
    return bool(other.units) or (other.numeral.bare and other.numeral.value > 2199)


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


def _changes_after(high: Draft, reader: UnitReader) -> bool:
    return any(is_change(reader.text(i), reader) for i in range(high.last, min(len(reader.tokens), high.last + 6)))


def _changed_before(index: int, reader: UnitReader) -> bool:
    return any(is_change(reader.text(i), reader) for i in range(max(0, index - 4), index + 1))


def _is_ranging(index: int, reader: UnitReader) -> bool:
    words = reader.lexicon.words("ranging")
    return any(
        (word.startswith(w[:-1]) if w.endswith("*") else word == w)
        for word in (reader.text(i) for i in range(max(0, index - 1), index + 1))
        for w in words
    )


def _between_after(high: Draft, reader: UnitReader) -> bool:
    return any(
        reader.text(i) in reader.lexicon.words("between_after")
        for i in range(high.last, min(len(reader.tokens), high.last + 3))
    )


def outer(low: Draft, high: Draft, reader: UnitReader) -> tuple[int, int]:
    """The tokens that a range takes in: its `between` or `from`, and what follows it."""
    lexicon = reader.lexicon
    before = reader.text(low.first - 1)
    takes = before in lexicon.words("between") or before in lexicon.data.get("from", {})
    last = _until(high, reader) or next(
        (
            i + 1
            for i in range(high.last, min(len(reader.tokens), high.last + 3))
            if reader.text(i) in lexicon.words("between_after")
        ),
        high.last,
    )
    return (low.first - 1 if takes else low.first), last
