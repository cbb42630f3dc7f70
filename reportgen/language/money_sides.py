"""Money beside a number in, the multiple on the money's other side out: `585 US$ million`, `585 €m`, `EUR million 585`.

Pure. A multiple is None where the word may be one and may be none, or languages differ on it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from reportgen.language.lexicon import PrintedUnit, printed_units, unit_data
from reportgen.language.numerals import LETTERS, NO_CODES, SHORT_FOREIGN
from reportgen.language.unit_reader import UnitReader
from reportgen.late_patterns import regex

_SMALLEST = 1000
_ABBREVIATED = 4
"""Letters of a word that ends in a full stop."""
_OF_BOOKS = frozenset(("mio", "mrd", "mln", "mlrd", "млн", "млрд", "тыс", "трлн"))
"""Abbreviations of multiples that accounts in any language have, and that are no other words."""
_TONNES = frozenset(("t", "т"))
"""Thousands, trillions, or what the money is paid for."""
_CODE_AND_MULTIPLE = regex(r"([A-Z]{3})(k|mm?|mn|mln|mio|bn?|bln|tn|mrd)")
"""A code with its multiple in one word: `585 EURm`."""
_WHOLE_LETTERS = frozenset(("M", "K", "k", "Md"))

Multiple = tuple[int, Fraction | None]
"""One past its last token, and what it multiplies by."""


def multiple_behind(reader: UnitReader, first: int, end: int) -> Multiple | None:
    """The multiple directly behind money, from its first token to one past its last: `585 $m`, `585 EUR (million)`."""
    is_signed = _is_signed(reader, first, end)
    opened = reader.text(end) == "("
    start = end + 1 if opened else end if is_signed else reader.past_stop(end)
    found = _multiple_at(reader, start, is_signed)
    if found is None or (opened and reader.text(found[0]) != ")"):
        return None
    after, factor = found
    token = reader.tokens[start]
    if start > end and not opened and token.is_capital:  # `5 dol. Millions went`
        return None
    if reader.text(after) in reader.lexicon.words("of"):  # `for 5 $ millions of them came`
        return None
    if reader.is_year(first - 1) and (following := reader.at(after)) and following.kind == "number":
        return None  # `in 2019 USD million 585`
    is_short = token.text in reader.lexicon.data.get("multiples", ())
    return after + opened, factor if is_signed or is_short else None


def money_and_multiple(reader: UnitReader, index: int) -> tuple[tuple[PrintedUnit, ...], Fraction | None] | None:
    """A code of money and its multiple, written in one word: `EURm`."""
    token = reader.at(index)
    found = _CODE_AND_MULTIPLE.fullmatch(token.raw) if token else None
    codes = unit_data().money.get(found[1]) if found and found[1] not in NO_CODES else None
    if found is None or codes is None:
        return None
    value = reader.lexicon.data.get("multiples", {}).get(found[2])
    value = value or unit_data().multiples.get(found[2] if found[2] in _OF_BOOKS else "")
    return printed_units(f"${codes}"), Fraction(value) if value else None


def multiple_before(reader: UnitReader, first: int) -> tuple[int, tuple[PrintedUnit, ...], Fraction | None] | None:
    """Money and its multiple before a number that begins at a token: where they begin, `$m 585`, `EUR million 585`."""
    if joined := money_and_multiple(reader, first - 1):
        return first - 1, *joined
    index = _before_stop(reader, first - 1)
    money = reader.money_before(index) if first else None
    found = _multiple_at(reader, index, is_signed=True) if money else None
    if money is None or found is None or found[0] != index + 1:
        return None
    before = reader.at(money[0] - 1)  # `5 USD million 585`: the multiple is that of the number before it
    is_taken = before is not None and before.kind == "number" and not reader.is_year(money[0] - 1)
    return None if is_taken else (money[0], money[1], found[1])


def multiple_of_money(reader: UnitReader, first: int) -> tuple[Literal["", "alone", "counted"], str]:
    """Whether a multiple stands right before the money before a number: without a number of its own, as in
    `million USD 585`, or with one, as in `for 5 million USD 585 came`, whose money it is; and the word."""
    index = _before_stop(reader, first - 1)
    if index == first - 1 and reader.text(index) in reader.lexicon.words("after_multiple"):
        index -= 1
    token = reader.at(index)
    is_letter = token is not None and token.raw in LETTERS and index == first - 1 and reader.glued(first)
    found = _multiple_at(reader, index, is_signed=False)
    if not is_letter and (found is None or found[0] != index + 1):
        return "", ""
    before = reader.at(index - 1)
    if before is not None and before.kind == "number" and reader.money_before(index - 1):  # `USD 5 million EUR 585`
        return "", ""
    is_counted = before is not None and (
        before.kind in ("number", "fraction", "raised")
        or reader.is_number_word(index - 1)
        or reader.text(index - 1) in reader.lexicon.articles
    )
    return "counted" if is_counted else "alone", reader.tokens[index].raw


def _before_stop(reader: UnitReader, index: int) -> int:
    """The place of an abbreviation whose full stop stands at a token, else that token."""
    before = reader.at(index - 1)
    is_stop = reader.text(index) == "." and reader.glued(index)
    return index - 1 if is_stop and before and before.kind == "word" and len(before.text) <= _ABBREVIATED else index


def _multiple_at(reader: UnitReader, index: int, is_signed: bool) -> Multiple | None:
    start = index + 1 if reader.text(index) == "-" and reader.glued(index) and reader.glued(index + 1) else index
    token, after, lexicon = reader.at(start), reader.at(start + 1), reader.lexicon
    if token is None or token.kind != "word":
        return None
    if after is not None and not after.gap and after.kind in ("number", "raised", "word"):
        return None
    if token.raw in LETTERS or token.text in lexicon.data.get("doubtful_multiples", ()):
        return (index + 1, _letter(reader, index)) if is_signed and start == index else None
    if found := reader.multiple(index):
        end, long = found
        return None if long is not None and long < _SMALLEST else (end, Fraction(long) if long else None)
    if token.text in _OF_BOOKS:
        return start + 1, Fraction(unit_data().multiples[token.text])
    return (start + 1, None) if is_signed and token.text in SHORT_FOREIGN | {"m"} else None


def _letter(reader: UnitReader, index: int) -> Fraction | None:
    """What a letter beside money multiplies by: `$m`, `$ m`, `$M`; of `€ M` it may be a name's."""
    token, known = reader.tokens[index], reader.lexicon.data.get("multiples", {})
    if token.text in _TONNES or (token.gap and token.raw.isupper()):
        return None
    value = known.get(token.text) or (LETTERS[token.raw] if token.raw in _WHOLE_LETTERS else None)
    return Fraction(value) if value else None


def _is_signed(reader: UnitReader, first: int, end: int) -> bool:
    """Whether money is written by a sign or a code, and by no name."""
    said = "".join(token.raw for token in reader.tokens[first:end])
    return said in unit_data().money
