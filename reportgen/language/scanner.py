"""A text and its language in, its number phrases out. Pure; the last texts are remembered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import cast

from reportgen.language import linking, rating, relating, signing
from reportgen.language.dating import dated
from reportgen.language.draft import Draft
from reportgen.language.drafting import Drafter
from reportgen.language.lexicon import Lexicon, PrintedUnit, lexicon, unit_data
from reportgen.language.listed_words import is_one_of
from reportgen.language.literals import Numeral
from reportgen.language.number_phrases import Bound, Phrase, RangeSense
from reportgen.language.unit_reader import UnitReader
from reportgen.language.words import Token, folded, tokens_of, without_joins

_OPENING = frozenset("([{")
SHARE = "one number is a share of the other"
"""Why no value is read from either."""
_SMALL_WHOLE = 20
"""What is no more may be the whole of a share that holds of any number: `3 out of 5`."""
_LONGEST_LINK = 4
"""Letters of a word that may join the ends of a range: `a`, `bis`, `până`."""


def phrases(text: str, language: str, *, factors: bool = False) -> tuple[Phrase, ...]:
    """Every number phrase of a text, in its order; void ones, dates, years and labels included. With `factors` words
    such as `twice` and `doubled` as well."""
    return _phrases(text, language.replace("_", "-").partition("-")[0].lower(), factors)


def units_in(text: str, language: str) -> frozenset[PrintedUnit]:
    """Every unit that a text names, with a number or without."""
    scanner = _Scanner(text, lexicon(language))
    found = (scanner.reader.unit_at(index) for index in range(len(scanner.tokens)))
    return frozenset(unit for one in found if one for unit in one[1])


@lru_cache(maxsize=256)
def _phrases(text: str, language: str, factors: bool) -> tuple[Phrase, ...]:
    return tuple(_Scanner(text, lexicon(language), factors).phrases())


@dataclass(slots=True)
class _Scanner:
    original: str
    lexicon: Lexicon
    factors: bool = False
    """Whether words that are a factor themselves are numbers."""
    text: str = field(init=False)
    tokens: list[Token] = field(init=False)
    reader: UnitReader = field(init=False)

    def __post_init__(self) -> None:
        self.text = folded(self.original)
        self.tokens = tokens_of(self.text)
        if self.lexicon.joins:
            self.tokens = without_joins(self.tokens, self.lexicon.units, self.lexicon.millions)
        self.reader = UnitReader(self.lexicon, self.text, self.tokens)

    # The order of work ------------------------------------------------------------------------------------------------

    def phrases(self) -> Iterator[Phrase]:
        is_of_words = all(token.kind == "word" for token in self.tokens)
        if (
            is_of_words
            and not self.factors
            and not any(self.reader.is_number_word(i) or self._may_begin(i) for i in range(len(self.tokens)))
        ):
            return
        drafts = [*self._drafts()]
        self._labels(drafts)
        drafts = signing.signed(self._ranges(drafts), self.reader)
        self._bounds(drafts)
        for draft in drafts:
            if not draft.void and draft.kind in ("number", "year", "range"):
                relating.relate(draft, drafts, self.reader)
        rating.rate(drafts, self.reader)
        for draft in drafts:
            yield self._phrase(draft)

    def _may_begin(self, index: int) -> bool:
        lexicon, word = self.lexicon, self.tokens[index].text
        data = lexicon.data
        return lexicon.has_words and (
            self.reader.ordinal(index) is not None
            or word in data["halves"]
            or self.reader.part(index) is not None
            or word in data.get("half_scales", ())
            or lexicon.knows("one_and_half", word)
        )

    def _drafts(self) -> Iterator[Draft]:
        index = 0
        dates = {span.first: span for span in dated(self.reader)}
        while index < len(self.tokens):
            if span := dates.get(index):
                numeral = Numeral(index, span.last, Fraction(0), Fraction(1), kind="date")
                yield Draft(numeral, index, span.last, "date", void=span.reason)
                index = span.last
                continue
            read = self.reader.read(index)
            if read is None:
                if self.factors and (value := self._factor_at(index)):
                    numeral = Numeral(index, index + 1, Fraction(value), Fraction(1), worded=True)
                    yield Draft(numeral, index, index + 1, factor=True)
                index += 1
                continue
            draft = Drafter(self.original, self.reader).draft(read)
            yield draft
            index = max(draft.last, read.last, index + 1)

    def _factor_at(self, index: int) -> int:
        """How many times as much a word says by itself: 2 for `twice`; 0 where it says nothing of the kind."""
        word = self.reader.text(index)
        for value, said in self.lexicon.data.get("factors", {}).get("words", {}).items():
            alone = frozenset(text for text in said if " " not in text)
            longer = (tuple(text.split()) for text in said if " " in text)
            if is_one_of(word, alone) or any(self.reader.phrase(index, words) for words in longer):
                return int(value)
        return 0

    # Labels, ranges and bounds ----------------------------------------------------------------------------------------

    def _labels(self, drafts: list[Draft]) -> None:
        for draft, following in pairwise(drafts):  # `14 және 15-баптар`
            is_after = following.kind == "label" and following.last > following.numeral.last
            if is_after and draft.is_plain and not draft.units and self._goes_on(draft, following):
                draft.kind, draft.void = "label", "it is a label"
        previous: Draft | None = None
        for draft in drafts:
            if self._is_lettered(draft) and self._is_label(draft, lettered=True):
                draft.kind, draft.void = "label", "it is a label"
            elif draft.kind in ("number", "year") and not draft.void:
                if self._is_label(draft) or (previous is not None and self._goes_on(previous, draft)):
                    draft.kind, draft.void = "label", "it is a label"
                elif self._is_confidence(draft):
                    draft.kind, draft.void = "label", "it is a level of confidence"
                elif self._goes_on_after_its_unit(draft):
                    draft.void = f'the unit goes on in "{self._after_unit(draft)}"'
                elif self._is_factor(draft):
                    draft.factor = True
                elif self._is_every(draft):
                    draft.void = f'"{self.reader.text(draft.first - 1)}" makes it a share'
                elif self._is_clock(draft):
                    draft.kind, draft.void = "date", "it is a time of day"
            elif draft.kind == "ordinal" and not draft.void and self._is_every(draft):
                draft.void = f'"{self.reader.text(draft.first - 1)}" makes it a share'
            previous = draft if draft.kind == "label" and draft.last == draft.numeral.last else None
        for one, other in pairwise(drafts):
            if not self.lexicon.has_words and self._may_share_multiple(one, other):
                said = self.original[self.tokens[one.first].start : self.tokens[other.last - 1].end]
                one.void = f'in "{said}" the multiple may be that of both'
            if one.numeral.worded and self._is_of(one, other):
                if one.numeral.value < 1:  # `half of 1%`
                    other.void = "only a part of it is meant"
                elif other.numeral.worded and one.numeral.value < 10:  # `a couple of dozen`
                    one.void = other.void = "the two words are one number"
            if one.is_plain and other.is_plain and self._is_ratio(one, other):
                one.void = other.void = SHARE
            if one.is_plain and other.is_plain and self._is_continued(one, other):
                one.void = other.void = "the two amounts are one"

    def _may_share_multiple(self, one: Draft, other: Draft) -> bool:
        """`de 3 a 5 millones`, in a language whose words for ranges are not known: 3, or 3 millions."""
        between = self.tokens[one.last : other.first]
        is_joined = len(between) == 1 and between[0].kind == "word" and len(between[0].text) <= _LONGEST_LINK
        multiple = other.numeral.multiple
        if self.reader.text(one.first - 1) in self.lexicon.words("between"):
            return False
        is_bare = one.is_plain and not one.units and one.numeral.multiple == 1
        return is_joined and is_bare and multiple > 1 and one.numeral.value * multiple < other.numeral.value

    def _is_label(self, draft: Draft, *, lettered: bool = False) -> bool:
        reader, index = self.reader, draft.first - 1
        if (draft.units and not lettered) or (draft.numeral.worded and not reader.at(index)):
            return False
        stop = reader.text(index) == "." and reader.glued(index)
        word = reader.at(index - 1 if stop else index)
        if word is None or not (self.lexicon.has_words or word.text in "№#§"):
            return False
        labels = self.lexicon.words("labels") or frozenset("№#§")
        if word.text not in labels and not (word.kind == "word" and self.lexicon.knows("labels", word.text)):
            return False
        if word.kind == "word" and ((len(word.text) == 1 and not stop) or (draft.units and not word.is_capital)):
            return False
        if word.text == "no" and not (stop or word.is_capital):
            return False
        if draft.numeral.worded and not word.is_capital:
            return False
        if self.lexicon.knows("label_doubts", word.text) and not stop:
            after = reader.at(draft.last)
            return not (
                after
                and after.gap
                and after.kind == "word"
                and not after.is_capital
                and not self._is_grammar(after.text)
            )
        return True

    def _is_lettered(self, draft: Draft) -> bool:
        """`2a` or `5-g`, which may be a label though its letter is a unit too."""
        letter = draft.last - 1
        is_letter = self.tokens[letter].kind == "word" and len(self.tokens[letter].text) == 1
        is_glued = all(self.reader.glued(index) for index in range(draft.numeral.last, draft.last))
        has_hyphen = letter == draft.numeral.last + 1 and self.reader.text(draft.numeral.last) == "-"
        is_next = letter == draft.numeral.last or has_hyphen
        return draft.kind == "number" and is_letter and is_glued and is_next

    def _is_grammar(self, word: str) -> bool:
        lexicon = self.lexicon
        return word in lexicon.prepositions or word in lexicon.conjunctions or word in lexicon.articles

    def _goes_on(self, label: Draft, draft: Draft) -> bool:
        """`Articles 14 and 15`, `Tables 3–5`, `Article 15(2)`, and after a comma where no noun follows."""
        if self.reader.text(draft.first - 1) == "(" and self.reader.text(label.last) in ("(", ")"):
            return all(self.reader.glued(index) for index in range(label.last, draft.first + 1))
        between = [token for token in self.tokens[label.last : draft.first] if token.text != ")"]
        if len(between) != 1:
            return False
        after = self.reader.at(draft.last)
        is_listed = after is None or after.kind == "sign" or after.text in self.lexicon.conjunctions
        sign = between[0].text
        return sign in ("-", "—", "/") or sign in self.lexicon.conjunctions or (sign == "," and is_listed)

    def _is_confidence(self, draft: Draft) -> bool:
        after = self.reader.text(draft.last)
        return any(unit.name == "percent" for unit in draft.units) and is_one_of(
            after, self.lexicon.words("confidence")
        )

    def _after_unit(self, draft: Draft) -> str:
        """The word after a unit, past a hyphen or the point of an abbreviation."""
        index = draft.last
        while self.reader.text(index) in ("-", "."):
            index += 1
        return self.reader.text(index)

    def _goes_on_after_its_unit(self, draft: Draft) -> bool:
        """`5 MW hours`, `5 m squared`, `5% points`, `5 dollars Canadian`: another unit than its first word."""
        has_unit = bool(draft.units) and not draft.before
        return has_unit and (
            self._after_unit(draft) in self.lexicon.words("unit_goes_on") or self._is_of_a_country(draft)
        )

    def _is_of_a_country(self, draft: Draft) -> bool:
        """`5 dollars Canadian`: which of several currencies of the name it is, a capitalised word after it says."""
        after = self.reader.at(draft.last)
        if after is None or after.kind != "word" or not after.gap or not after.is_capital:
            return False
        money = unit_data().money.values()
        is_shared = len(draft.units) > 1 and any(unit.name in money for unit in draft.units)
        return is_shared and after.text not in self.lexicon.data.get("months", {})

    def _is_factor(self, draft: Draft) -> bool:
        """`10-fold`, `10 times more`, `в 2 раза`, `5 есе`: it counts nothing."""
        if draft.units:
            return False
        known = self.lexicon.data.get("factors", {})
        index = draft.last + (self.reader.text(draft.last) == "-")
        word, before, after = (self.reader.text(n) for n in (index, draft.first - 1, index + 1))
        if is_one_of(word, frozenset(known.get("after", ()))):
            return True
        beside = before in known.get("times_before", ()) or after in known.get("times_after", ())
        return word in known.get("times", ()) and beside

    def _is_continued(self, one: Draft, other: Draft) -> bool:
        """`$2 and 50 cents`, `$2 billion and $300 million`, `2 million and 300 thousand`: one amount in two parts."""
        between = [token.text for token in self.tokens[one.last : other.first]]
        if len(between) != 1 or between[0] not in self.lexicon.conjunctions:
            return False
        pairs = [(a, b) for a in one.units for b in other.units if a.powers == b.powers]
        if one.units and other.units:
            smaller = any(b.scale < a.scale for a, b in pairs)
            return bool(pairs) and (smaller or other.numeral.multiple < one.numeral.multiple)
        return not one.units and 1 < other.numeral.multiple < one.numeral.multiple

    def _is_every(self, draft: Draft) -> bool:
        return self.lexicon.knows("every", self.reader.text(draft.first - 1)) and not draft.units

    def _is_clock(self, draft: Draft) -> bool:
        reader = self.reader
        times = reader.beginning(draft.last, "times")
        return any(len(text) > 2 or draft.numeral.value <= 12 for text, _ in times)

    def _is_of(self, one: Draft, other: Draft) -> bool:
        """`half of 1%`, `a couple of dozen`; but `half of the 36 boats` says how many boats there are."""
        words = [token.text for token in self.tokens[one.last : other.first]]
        of, article = self.lexicon.words("of"), self.lexicon.words("one")
        return bool(words) and words[0] in of and (len(words) == 1 or (len(words) == 2 and words[1] in article))

    def _is_ratio(self, one: Draft, other: Draft) -> bool:
        if one.units or self.reader.is_year(other.numeral.first):
            return False
        if one.ending and one.last == other.first and other.numeral.value < one.numeral.value and one.numeral.worded:
            return self._has_case(one.ending, "ablative")
        if other.numeral.value < one.numeral.value:
            return False
        between = " ".join(token.text for token in self.tokens[one.last : other.first])
        if between not in self.lexicon.words("ratio"):
            return False
        wholes, value = self.lexicon.data.get("partitives", {}), other.numeral.value
        if between in wholes.get("in", ()):
            return value <= _SMALL_WHOLE
        is_count = between in wholes.get("of", ()) and value > _SMALL_WHOLE and one.numeral.value > 1
        return not is_count or f"{value}".strip("0") == "1"  # `12 of 131 boats`; but `3 out of 5`, `40 out of 100`

    def _has_case(self, word: str, case: str) -> bool:
        return any(word.endswith(ending) for ending in self.lexicon.words(case))

    def _ranges(self, drafts: list[Draft]) -> list[Draft]:
        found: list[Draft] = []
        index = 0
        while index < len(drafts):
            draft = drafts[index]
            following = drafts[index + 1] if index + 1 < len(drafts) else None
            if following is not None:
                link = linking.link(draft, following, self.reader)
                if link == "void":
                    draft.void = following.void = "it is no range from low to high"
                elif link:
                    found.append(self._joined(draft, following, link))
                    index += 2
                    continue
            found.append(draft)
            index += 1
        return found

    def _joined(self, low: Draft, high: Draft, link: RangeSense) -> Draft:
        """Both ends as one: multiple and unit pass from high to low where low has none and stays below high."""
        factor = high.numeral.multiple
        passes = (low.numeral.multiple == 1 and not low.units) or (low.before and low.numeral.multiple == 1)
        is_below = low.sign * low.numeral.value * factor < high.sign * high.numeral.value
        if passes and factor > 1 and is_below:
            low.numeral = replace(
                low.numeral, value=low.numeral.value * factor, step=low.numeral.step * factor, multiple=factor
            )
        if high.also and not low.also and not low.units:
            low.also, low.only_also = high.also, high.only_also
        elif high.also and low.before and not low.also:
            low.also, low.only_also = tuple((f, low.units) for f, _ in high.also), True
        if not low.units:
            low.units, low.before = high.units, high.before
        elif not high.units:
            high.units = low.units
            high.also = tuple((f, units or low.units) for f, units in high.also)
        if high.sign == 1 and low.kind == "year" and high.kind == "year":
            return Draft(low.numeral, low.first, high.last, "year", void="they are years", high=high)
        low.kind = high.kind = "number"
        first, last = linking.outer(low, high, self.reader)
        joined = Draft(
            low.numeral,
            low.first,
            high.last,
            "range",
            low.sign,
            units=low.units,
            rate=low.rate or high.rate,
            also=low.also,
            only_also=low.only_also,
            ending=high.ending,
            high=high,
            sense=link,
        )
        joined.outer_first, joined.outer_last, joined.low_last = first, last, low.last
        if link != "range":
            start = linking.from_before(low, self.reader)
            change = linking.change_beside(low, high, self.reader) if link == "change" else -1
            if change > 0 and self.lexicon.is_negation(self.reader.text(change - 1)):
                joined.void = f'"{self.reader.text(change - 1)}" stands before the change'
            joined.beside = tuple(index for index in (start, change) if index >= 0)
            if 0 <= start < low.first - 1:
                joined.outer_first = -1  # `from about 11`: the words between are of relation
        return joined

    def _bounds(self, drafts: list[Draft]) -> None:
        """`35 (22–50)`, `35% (95% CI 22–50)`: a number with the range that stands in brackets after it."""
        last: Draft | None = None
        for draft in drafts:
            if last is not None and draft.kind == "range" and self._is_apposed(last, draft):
                if not draft.units:
                    draft.units = last.units
                    if draft.high is not None:
                        draft.high.units = last.units
                last.bounds = draft
            if draft.kind == "number" and not draft.void:
                last = draft
            elif draft.kind != "label":
                last = None

    def _is_apposed(self, number: Draft, bounds: Draft) -> bool:
        opened = is_far = is_told = False
        allowed = self.lexicon.words("ranging") | self.lexicon.words("confidence")
        for token in self.tokens[number.last : bounds.first]:
            is_told = is_told or is_one_of(token.text, self.lexicon.words("confidence"))
            if token.text in _OPENING or is_one_of(token.text, self.lexicon.words("confidence")):
                opened = True
            elif not opened and (token.kind == "word" or token.text in "-'"):
                is_far = True  # `62% of the fish that came (95% CI: 54–70%)`
            elif not (
                token.kind == "number"
                or token.text in ("%", ",", ":", ";", "=", "from", "of", "от", "plausible")
                or is_one_of(token.text, allowed)
            ):
                return False
        return opened and (is_told or not is_far)

    def _said(self, start: int, end: int) -> str:
        return " ".join(self.original[start:end].split())

    # Out --------------------------------------------------------------------------------------------------------------

    def _phrase(self, draft: Draft) -> Phrase:
        tokens = self.tokens
        start, end = tokens[draft.first].start, tokens[draft.last - 1].end
        first = draft.first if draft.outer_first < 0 else min(draft.outer_first, draft.first)
        last = draft.last if draft.outer_last < 0 else max(draft.outer_last, draft.last)
        first, last = min((first, *draft.beside)), max((last, *(index + 1 for index in draft.beside)))
        outer_start, outer_end = tokens[first].start, tokens[last - 1].end
        left, right = self._said(outer_start, start), self._said(end, outer_end)
        readings = () if draft.void and draft.kind != "year" else draft.readings()
        is_range = draft.kind == "range" and draft.high is not None
        return Phrase(
            draft.kind,
            start,
            end,
            self._said(start, end),
            () if is_range else readings,
            readings if is_range else (),
            draft.high.readings() if is_range and draft.high else (),
            draft.sense,
            self._phrase(draft.bounds) if draft.bounds else None,
            cast("tuple[Bound, ...]", draft.relations),
            " … ".join(filter(None, (left, right))) if draft.relations else "",
            outer_start,
            outer_end,
            draft.void,
            draft.numeral.worded,
            tuple(
                (tokens[n.first].start, tokens[n.last - 1].end)
                for n in (draft.numeral, *((draft.high.numeral,) if draft.high else ()))
            ),
            draft.first,
            draft.last,
            (tokens[draft.low_last - 1].end, tokens[draft.high.first].start) if is_range and draft.high else (0, 0),
            (self._said(start, tokens[draft.low_last - 1].end), self._said(tokens[draft.high.first].start, end))
            if is_range and draft.high
            else ("", ""),
            _relations_of_ends(draft) if is_range else ((), ()),
            draft.factor or (draft.high is not None and draft.high.factor),
        )


def _relations_of_ends(draft: Draft) -> tuple[tuple[Bound, ...], tuple[Bound, ...]]:
    """`from over 11 to 27`: what is said before is said of the first end; `about` may be of both."""
    before, after = draft.sides
    first = relating.MEANT.get(before, (before,) if before else ())
    other = relating.MEANT.get(after, (after,) if after else ())
    if not after and before == "~":
        other = ("", "~")
    return cast("tuple[tuple[Bound, ...], tuple[Bound, ...]]", (first, other))
