"""Numbers on their way to phrases in, what each is counted per out: `for every 1,000 people`, `на душу населения`.

Changes the drafts that are handed in. `per kWh` and `an hour` right after a unit were read with the unit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction

from reportgen.language.draft import Draft
from reportgen.language.lexicon import PrintedUnit, printed_units, unit_data
from reportgen.language.number_phrases import Rate
from reportgen.language.unit_reader import UnitReader

_FAR = 4
"""Words between a number and what it is counted per: `15 tonnes of carbon dioxide per head`."""
_NOUN = 3
"""Words of the noun that it is counted per."""
_ROUND = 100
"""The least round number of which a share is told: `5 in 1,000 people`."""


def rate(drafts: Sequence[Draft], reader: UnitReader) -> None:
    """Find what the numbers of a text are counted per. A number of that is none of its own."""
    data = reader.lexicon.data.get("rates")
    if not data:
        return
    begins = {draft.first: draft for draft in drafts}
    below: list[Draft] = []
    for draft in drafts:
        if draft.kind not in ("number", "range", "year") or draft.void or draft in below:
            continue
        if draft.rate is None or draft.rate.weak:
            found = _after(draft, begins, reader)
            if found is None and (found := _before(draft, drafts, begins, reader)):
                found = None if _is_share(draft) and not found[0].units and found[3] is None else found
            if found:
                draft.rate, first, last, counted = found
                if not draft.rate.is_period:  # a quotation may leave out by what time something that goes on is counted
                    draft.outer_first = min(first, draft.first if draft.outer_first < 0 else draft.outer_first)
                    draft.outer_last = max(last, draft.outer_last)
                if counted and draft.rate.amount != 1:
                    below.append(counted)
    for draft in below:
        draft.void = "it says of how many a rate is"


Found = tuple[Rate, int, int, Draft | None]
"""A rate, the first token and one past the last of its words, and the number that is counted per."""


def _after(draft: Draft, begins: dict[int, Draft], reader: UnitReader) -> Found | None:
    """A rate behind a number and its noun, within the clause."""
    near = draft.last + 1
    for index in range(draft.last, draft.last + _FAR + 1):
        token = reader.at(index)
        if token is None:
            return None
        adverb = reader.lexicon.data["rates"].get("adverbs", {}).get(token.text)
        if adverb and index <= draft.last + 1:
            return Rate(token.raw, units=printed_units(adverb)), draft.first, index + 1, None
        found = _marked(index, begins, reader, is_near=index <= near)
        if found:
            rate_, last, counted = found
            if not rate_.units and counted is None and _is_spread(draft, index, reader):
                return None
            is_less = counted is not None and not counted.units and counted.numeral.value < draft.numeral.value
            if is_less and not _is_marked(index, reader):
                return None
            return rate_, draft.first, last, counted
        if not token.gap and index > draft.last and reader.tokens[index - 1].kind == "word" and token.kind == "number":
            near = index + 1
            continue  # `CO2`
        if token.text == "." and reader.glued(index) and reader.text(index + 1) == "/" and reader.glued(index + 1):
            continue  # `340 hab./km²`
        if (token.kind != "word" and token.text != "-") or token.text in reader.lexicon.conjunctions:
            return None
        if index in begins:
            return None
    return None


def _is_marked(index: int, reader: UnitReader) -> bool:
    """Whether words that always make a rate stand at a token: `450 kg per 100 people`, but not `450 in 100 towns`."""
    return any(reader.beginning(index, "rates", "marks"))


def _is_spread(draft: Draft, index: int, reader: UnitReader) -> bool:
    """Whether a share is the same in each of several, and not counted per one: `0.3% in each arm`."""
    return _is_share(draft) and reader.text(index) in reader.lexicon.data["rates"].get("spreads", ())


def _is_share(draft: Draft) -> bool:
    return any(base in ("percent", "pp") for unit in draft.units for base, _ in unit.powers)


def _marked(
    index: int, begins: dict[int, Draft], reader: UnitReader, *, is_near: bool
) -> tuple[Rate, int, Draft | None] | None:
    """What stands below the line where words at a token make a rate."""
    data = reader.lexicon.data["rates"]
    if reader.text(index) == "/" and reader.glued(index) and reader.glued(index + 1):
        found = _below(index, index + 1, begins, reader)
        return found if found and (found[0].units or found[2] or "person" in found[0].nouns) else None
    for _, start in reader.beginning(index, "rates", "marks"):
        is_phrase = reader.text(start) in data.get("no_nouns", ()) or reader.text(index - 1) == "as"
        if not is_phrase and (found := _below(index, start, begins, reader)):
            return found
    if is_near and is_period_at(reader, index):
        end, units = reader.unit_at(index + 1) or (index, ())
        if reader.text(end) in reader.lexicon.words("not_per"):
            return None
        return Rate(_said(index, end, reader), units=units), end, None
    for text, start in reader.beginning(index, "rates", "open_marks"):
        counted, word = begins.get(start), reader.text(start)
        unit = reader.unit_at(start)
        is_measured = unit is not None and _divides(unit[1])
        is_counted = counted is not None and (
            _is_round(counted) or (text in data.get("noun_marks", ()) and _divides(counted.units))
        )
        if is_counted or (text in data.get("noun_marks", ()) and (is_measured or _is_listed(word, reader))):
            return _below(index, start, begins, reader)
    return None


def is_period_at(reader: UnitReader, index: int) -> bool:
    """Whether a word and the time after it say how often: `an hour`, `в год`."""
    if reader.text(index) not in reader.lexicon.words("per"):
        return False
    listed = reader.lexicon.data.get("rates", {}).get("periods")
    if listed is not None:
        return reader.text(index) in listed["after"] and reader.text(index + 1) in listed["times"]
    token, found = reader.at(index + 1), reader.unit_at(index + 1)
    if token is None or token.kind != "word" or found is None:
        return False
    return any(base in ("s", "month") for unit in found[1] for base, _ in unit.powers)


def _divides(units: Sequence[PrintedUnit]) -> bool:
    """Whether something may be counted by a unit, and its words say no time: `за киловатт-час`, but `за год`."""
    return bool(units) and not any(
        base in ("percent", "pp") or unit.is_time for unit in units for base, _ in unit.powers
    )


def _is_round(draft: Draft) -> bool:
    """100, 1,000, 10,000, …: what shares are told of."""
    value = draft.numeral.value
    return value >= _ROUND and str(value).rstrip("0") == "1"


def _is_listed(word: str, reader: UnitReader) -> bool:
    data = reader.lexicon.data["rates"]
    return any(key in data.get("nouns", ()) for key in (word, *reader.lexicon.keys(word)))


def _below(
    first: int, index: int, begins: dict[int, Draft], reader: UnitReader
) -> tuple[Rate, int, Draft | None] | None:
    """What is counted per: a number with its unit or noun, a unit, or a noun."""
    counted = begins.get(index)
    if counted is not None and counted.kind not in ("number", "year"):
        counted = None
    amount = counted.numeral.value if counted else Fraction(1)
    start = reader.past_stop(counted.last) if counted else index
    units = counted.units if counted else ()
    end = start
    if not units and (found := reader.unit_at(start)) and not counted:
        end, units = found
    nouns: set[str] = set()
    if not counted and (name := reader.lexicon.data["rates"].get("adverbs", {}).get(reader.text(start))):
        end, units = start + 1, printed_units(name)  # `per annum`
    if not units:
        for word in _noun(start, begins, reader):
            nouns.update((word, *reader.lexicon.keys(word)))
            end += 1
        if not nouns:
            return None
        if nouns.intersection(reader.lexicon.data["rates"].get("people", ())):
            nouns.add("person")
    is_price = amount == 1 and any(is_money(unit) for unit in units)  # `450 yen per dollar`
    return Rate(_said(first, end, reader), amount, units, frozenset(nouns), is_price), end, counted


def is_money(unit: PrintedUnit) -> bool:
    return unit.powers[0][0] not in unit_data().units and unit.name == unit.powers[0][0]


def _noun(index: int, begins: dict[int, Draft], reader: UnitReader) -> Iterator[str]:
    lexicon = reader.lexicon
    for position in range(index, index + _NOUN):
        token = reader.at(position)
        if token is None or token.kind != "word" or position in begins:
            return
        if token.text in lexicon.prepositions or token.text in lexicon.conjunctions or lexicon.is_negation(token.text):
            return
        yield token.text


def _before(draft: Draft, drafts: Sequence[Draft], begins: dict[int, Draft], reader: UnitReader) -> Found | None:
    """A rate before a number: `per 1,000 people 15 died`, `сағатына 44 км`, `1000 адамға 15 өлім`."""
    lexicon = reader.lexicon
    first = draft.first if draft.outer_first < 0 else draft.outer_first
    for index in range(first - 1, max(-1, first - _FAR - 5), -1):
        token = reader.at(index)
        if token is None or token.text in ".;:!?()|" or (token.text == "," and lexicon.is_agglutinative):
            return None
        at = bisect_right(drafts, index, key=lambda other: other.first) - 1
        inside = drafts[at] if at >= 0 and index < drafts[at].last else None
        if lexicon.is_agglutinative:
            if inside is not None and inside.first != index:
                continue
            found = _governed(index, draft, inside, begins, reader)
            if found:
                return found
            if inside is not None:
                return None
            continue
        leading = reader.beginning(index, "rates", "leading")
        for _, start in leading if inside is None or inside.first == index else ():
            if (below := _below(index, start, begins, reader)) and below[1] <= first:
                if any(other.first >= below[1] and other.last <= draft.first for other in drafts):
                    return None
                return below[0], index, draft.last, below[2]
        for _, start in reader.beginning(index, "rates", "leading_measured") if inside is None else ():
            below = _below(index, start, begins, reader)
            if below and below[1] < first and not below[2] and _divides(below[0].units):
                return below[0], index, draft.last, None
    return None


def _governed(
    index: int, draft: Draft, inside: Draft | None, begins: dict[int, Draft], reader: UnitReader
) -> Found | None:
    """A unit or noun in the dative before the number, with `each` or a round number before it."""
    lexicon, data = reader.lexicon, reader.lexicon.data["rates"]
    token = reader.tokens[index]
    if inside is not None:
        last = inside.last
        noun = reader.text(last - 1) if inside.units else reader.text(last)
        end = last if inside.units else last + 1
        is_each = reader.lexicon.knows("every", reader.text(index - 1))
        is_of = reader.text(end) in data.get("for", ())
        is_one = inside.numeral.value == 1 and _divides(inside.units)
        is_rate = (is_each or not inside.void) and (is_one or _is_round(inside)) and (is_of or _is_dative(noun, reader))
        if not is_rate or end > draft.first or inside is draft:
            return None
        found = _below(index, index, begins, reader)
        return (found[0], index, draft.last, inside) if found else None
    owned = any(token.text.endswith(ending) for ending in (*lexicon.words("owned_dative"), *data.get("endings", ())))
    if owned:
        starts = range(max(0, index - 2), index + 1)
        longer = (start for start in starts if (reader.unit_at(start) or (0,))[0] > index)
        index = next(longer, index)
    unit = reader.unit_at(index) if owned else None
    if unit and unit[0] <= draft.first and reader.tokens[index].kind == "word":
        return Rate(_said(index, unit[0], reader), units=unit[1]), index, draft.last, None
    for text, start in reader.beginning(index, "rates", "leading"):
        if start <= draft.first:
            if _is_listed(reader.text(start - 1), reader):
                return Rate(_said(index, start, reader), nouns=frozenset(("person",))), index, draft.last, None
            if (
                start not in begins
                and _is_dative(reader.text(start), reader, each=text in data["each"])
                and start < draft.first
            ):
                found = _below(index, start, begins, reader)
                if found and found[1] <= draft.first:
                    return found[0], index, draft.last, None
    return None


def _is_dative(word: str, reader: UnitReader, *, each: bool = False) -> bool:
    """Whether a word has the case of what is counted per; after `each` it may be what something is taken from."""
    lexicon = reader.lexicon
    if each and any(word.endswith(ending) for ending in lexicon.words("ablative")):
        return True
    return any(word.endswith(e) for name in ("dative", "owned_dative") for e in lexicon.words(name) if len(e) > 1)


def _said(first: int, last: int, reader: UnitReader) -> str:
    tokens = reader.tokens[first:last]
    return "".join((" " if token.gap and number else "") + token.raw for number, token in enumerate(tokens))
