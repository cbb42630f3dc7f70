"""A number and a quote in, whether the quote carries the number, out. Pure.

Rules 4 to 8 of what a quotation carries. A verdict names what the quote prints and never says more than that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from reportgen.language.fitting import FITS, Asked, Fit, SoughtAmount, alike_rates, fit, is_price, target_of
from reportgen.language.headings import headed_units
from reportgen.language.lexicon import Lexicon, lexicon
from reportgen.language.listed_words import listed_words
from reportgen.language.named_per import NamedUnit, named_units, nearest
from reportgen.language.nouns import plural_of, singular_of
from reportgen.language.number_phrases import NumberReading, Phrase, Rate
from reportgen.language.rounding import exact_text
from reportgen.language.scanner import phrases, units_in
from reportgen.language.units import MULTIPLES
from reportgen.language.words import Token, folded, lower, tokens_of, words_of
from reportgen.late_patterns import regex
from reportgen.model.quantity import PLAIN
from reportgen.model.verdict import QuoteVerdict, VerdictProblem

_IMPLIED: Mapping[str, frozenset[str]] = {
    ">": frozenset((">", ">=")),
    ">=": frozenset((">=",)),
    "<": frozenset(("<", "<=")),
    "<=": frozenset(("<=",)),
    "~": frozenset(("~",)),
    "": frozenset(("=", "~")),
    "=": frozenset(("=", "~")),
}
"""What the quote says -> the relations of a fact that follow from it."""
_WORDS: Mapping[str, str] = {">": "over", ">=": "at least", "<": "under", "<=": "at most", "~": "about"}
_LEAST_MULTIPLE = 1000
_HEAD = regex(r"(?:[(\[]([^()\[\]:]{1,40})[)\]]|(?:^|[.;])\s*([^.:;()\d]{2,40})):\s*\Z")
"""What stands before a number as its heading: `Catch (thousand t): `, `In euros: `."""
_NOUNS_AFTER = 2
"""Words between a number that looks like a year and the fact's noun."""
_LONGEST_HEAD = 12
"""Words and signs before a number that may say what is counted."""


def judge(value: Asked, quote: str, language: str) -> QuoteVerdict:
    """What a quote in a language says of a number."""
    unknown = not lexicon(language).has_words
    stated, value = value, replace(value, relation="=") if unknown and value.relation != "~" else value
    target = target_of(value, language)
    read = phrases(quote, language, factors=_may_be_factor(value, target, quote, language))
    found = tuple(_of_groups(p, value, target, quote, language) for p in read)
    usable = [p for p in found if _is_usable(p, value, target, quote, language)]
    best: QuoteVerdict | None = None
    printed = tuple(dict.fromkeys(p.text for p in usable))
    said = _words(quote, language) if target.rates else frozenset()
    if len(target.rates) > 1:
        said |= _units_said(quote, language)
    named = named_units(quote, language) if target.rates else ()
    for verdict in _verdicts(value, target, usable, printed, said, named):
        if best is None or _ORDER[verdict.state] < _ORDER[best.state]:
            best = verdict
        if best.state == "read" and not best.problems:
            break
    if best is None:
        return _unread(value, found, language)
    if best.state == "read" and unknown:
        return _without_words(stated, best, printed, language)
    return best


_ORDER: Mapping[str, int] = {"read": 0, "partial": 1, "contradicted": 2, "unread": 3}


def _words(quote: str, language: str) -> frozenset[str]:
    """The words of a quote in the forms under which they are listed."""
    known = lexicon(language)
    return frozenset(key for word in words_of(lower(quote)) for key in (word, *known.keys(word)))


def _units_said(quote: str, language: str) -> frozenset[str]:
    """The units that a quote names anywhere, each as `/year`."""
    return frozenset(f"/{unit.name}" for unit in units_in(quote, language))


def same(one: Phrase, other: Phrase) -> bool:
    """Whether two phrases say the same number of the same unit, and bound it alike."""
    if one.kind != other.kind or one.relations != other.relations:
        return False
    pairs = ((one.readings, other.readings), (one.low, other.low), (one.high, other.high))
    return all((not mine and not theirs) or any(_equal(m, t) for m in mine for t in theirs) for mine, theirs in pairs)


def alike(one: Phrase, other: Phrase) -> bool:
    """Whether two phrases are numbers of one kind: of one dimension, or both without a unit."""
    mine, theirs = one.readings or one.low, other.readings or other.low
    return any(
        (not m.units and not t.units) or any(a.powers == b.powers for a in m.units for b in t.units)
        for m in mine
        for t in theirs
    )


def _equal(one: NumberReading, other: NumberReading) -> bool:
    if not one.units and not other.units:
        return one.value == other.value
    return any(
        a.powers == b.powers and one.value * a.scale == other.value * b.scale for a in one.units for b in other.units
    )


def _is_usable(phrase: Phrase, value: Asked, target: SoughtAmount, quote: str, language: str) -> bool:
    if phrase.kind == "ordinal":
        return target.kind == "plain" and not phrase.void
    if phrase.kind == "year":
        return target.kind == "count" and not phrase.void and _noun_follows(phrase, value, quote, language)
    return phrase.is_count and not (phrase.factor and target.kind != "plain" and not _counts_times(value))


def _of_groups(phrase: Phrase, value: Asked, target: SoughtAmount, quote: str, language: str) -> Phrase:
    """The phrase, void where it counts groups of what the fact counts, `10 pairs of shops`, or where its multiple
    stands apart from it: `131 (thousand) deaths`, `in thousands: 131`."""
    phrase = _headed(phrase, quote, language)
    if phrase.is_count and (apart := _multiple_apart(phrase, tokens_of(folded(quote)), language)):
        return replace(phrase, void=f'"{apart}" stands beside it')
    if target.kind != "count" or not phrase.is_count:
        return phrase
    groups = lexicon(language).words("groups")
    tokens = tokens_of(folded(quote))
    if two := _first_of_two(phrase, value, tokens, language):
        return replace(phrase, void=f'it counts "{two}"')
    word = tokens[phrase.last_token] if phrase.last_token < len(tokens) else None
    if word is None or word.kind != "word":
        return phrase
    following = tokens[phrase.last_token + 1] if phrase.last_token + 1 < len(tokens) else None
    if following is None or following.kind != "word":
        return phrase
    wholes = lexicon(language).data.get("partitives", {}).get("of", ())
    is_of = following.text in lexicon(language).words("of") or not lexicon(language).articles
    counted = {part for noun in value.nouns for part in words_of(lower(noun))}
    is_group = word.text in groups and is_of
    is_owner = following.text in lexicon(language).words("of") and _counts_another(phrase, tokens, counted, language)
    is_owner = is_owner and f"{word.text} {following.text}" not in wholes  # `12 out of 131 boats`
    if not (is_group or is_owner) or counted & (groups | lexicon("en").words("groups")):
        return phrase
    return replace(phrase, void=f'it counts "{word.raw}"')


def _headed(phrase: Phrase, quote: str, language: str) -> Phrase:
    """The phrase with the unit and multiple that stand before it as a heading: `shipments (thousand t): 4.2`."""
    if not phrase.is_count or phrase.kind != "number" or any(reading.units for reading in phrase.readings):
        return phrase
    head = _HEAD.search(quote, 0, phrase.start)
    said = headed_units(head[1] or head[2], language) if head else ()
    if len(said) != 1 or (head and not head[1] and said[0].is_multiple):
        return phrase
    readings = (
        replace(
            r,
            value=r.value * one.value,
            step=r.step * one.value,
            multiple=r.multiple * one.multiple,
            units=one.units,
            rate=one.rate or r.rate,
        )
        for r in phrase.readings
        for one in said[0].readings
    )
    return replace(phrase, readings=tuple(readings))


def _first_of_two(phrase: Phrase, value: Asked, tokens: Sequence[Token], language: str) -> str:
    """English words that count something else than their first one, which is the fact's noun: `bed nights`."""
    index = phrase.last_token
    if language.partition("-")[0] != "en" or value.value == 1 or index + 1 >= len(tokens):
        return ""
    word, after = tokens[index], tokens[index + 1]
    nouns = {form for noun in value.nouns for form in words_of(lower(noun))[-1:]}
    is_one = word.text in nouns | {singular_of(noun) for noun in nouns} and plural_of(word.text) != word.text
    if not word.gap or not is_one or any(" " in noun or "-" in noun for noun in value.nouns):
        return ""
    if after.text == "-" and not after.gap and index + 2 < len(tokens) and tokens[index + 2].kind == "word":
        return f"{word.raw}-{tokens[index + 2].raw}"
    is_many = after.kind == "word" and after.gap and singular_of(after.text) != after.text
    return f"{word.raw} {after.raw}" if is_many else ""


def _multiple_apart(phrase: Phrase, tokens: Sequence[Token], language: str) -> str:
    """A word for a multiple that stands in brackets behind a number, or before a colon in front of it."""
    scales = lexicon(language).scales
    after = tokens[phrase.last_token : phrase.last_token + 3]
    if len(after) == 3 and after[0].text in ("(", "[") and scales.get(after[1].text, 0) >= _LEAST_MULTIPLE:
        return after[1].raw if after[2].text in (")", "]") else ""
    before = tokens[max(0, phrase.first_token - 2) : phrase.first_token]
    is_headed = len(before) == 2 and before[1].text == ":" and scales.get(before[0].text, 0) >= _LEAST_MULTIPLE
    return before[0].raw if is_headed else ""


def _counts_another(phrase: Phrase, tokens: Sequence[Token], counted: set[str], language: str) -> bool:
    """Whether another noun stands at the number, and the fact's behind `of`: `15 owners of shops`."""
    known = lexicon(language)
    nouns = {key for word in counted for form in (word, plural_of(word)) for key in known.keys(form)}
    first, *further = tokens[phrase.last_token], *tokens[phrase.last_token + 2 : phrase.last_token + 4]
    if nouns.intersection(known.keys(first.text)) or first.text in known.words("counters"):
        return False
    return any(nouns.intersection(known.keys(token.text)) for token in further)


def _may_be_factor(value: Asked, target: SoughtAmount, quote: str, language: str) -> bool:
    """Whether a quote may say a value by `twice` or `doubled` alone."""
    if not (target.unit == PLAIN or _counts_times(value)) or value.value is None:
        return False
    said = (phrase for phrase in phrases(quote, language, factors=True) if phrase.factor)
    return any(reading.value == value.value for phrase in said for reading in phrase.readings)


def _counts_times(value: Asked) -> bool:
    """Whether a value is a factor itself."""
    return any(name in ("time", "times", "fold") for name, _ in value.unit.factors)


def _noun_follows(phrase: Phrase, value: Asked, quote: str, language: str) -> bool:
    """Whether the fact's own noun stands right after, `of them` or `of its rooms`, or before in `number of rooms:`, and
    no word of time before."""
    known = lexicon(language)
    plain = folded(quote)
    tokens = tokens_of(plain)
    before = tokens[phrase.first_token - 1].text if phrase.first_token else ""
    years = known.data.get("years", {})
    if before in years.get("before", ()) or any(
        t.text in years.get("after", ()) for t in tokens[phrase.last_token : phrase.last_token + 1]
    ):
        return False
    firsts = {word for noun in value.nouns for word in words_of(lower(noun))[:1]}
    nouns = {key for word in firsts | set(map(plural_of, firsts)) for key in known.keys(word)}
    if _is_headed_count(tokens[: phrase.first_token], tokens[phrase.last_token :], nouns, known):
        return True
    is_of = phrase.last_token < len(tokens) and tokens[phrase.last_token].text in known.words("of")
    is_own = is_of and any(token.text in years.get("own", ()) for token in tokens[phrase.last_token + 1 :][:1])
    following = tokens[phrase.last_token : phrase.last_token + _NOUNS_AFTER + 2 * is_own]
    parts = (word.start for word in listed_words("partitives", plain, language) if "which" in word.codes)
    if any(start > phrase.end and not plain[phrase.end : start].strip() for start in parts):
        return True  # `1900 of them`
    return any(key in nouns for token in following for key in known.keys(token.text))


def _is_headed_count(before: Sequence[Token], after: Sequence[Token], nouns: set[str], known: Lexicon) -> bool:
    """Whether a clause says what is counted, and then its number: `number of rooms: 2063`, `the number of rooms reached
    2072`; but no heading with a row of years, and nothing in brackets, `number of rooms (2019)`."""
    heads = [tuple(said.split()) for said in known.data.get("years", {}).get("heads", ())]
    if not heads or not before or (after and after[0].kind == "number"):
        return False
    last = before[-1]
    if not (last.text == ":" or (last.kind == "word" and not nouns.intersection(known.keys(last.text)))):
        return False
    words = [token.text for token in before]
    for index in range(len(words) - 1, max(-1, len(words) - _LONGEST_HEAD), -1):
        if words[index] in (".", ";", "(", "?", "!", "|") or (words[index] == ":" and index < len(words) - 1):
            return False
        if any(tuple(words[index : index + len(head)]) == head for head in heads):
            return any(nouns.intersection(known.keys(word)) for word in words[index + 1 : -1])
    return False


# Fitting --------------------------------------------------------------------------------------------------------------


def _verdicts(
    value: Asked,
    target: SoughtAmount,
    usable: Sequence[Phrase],
    printed: tuple[str, ...],
    said: frozenset[str],
    named: Sequence[NamedUnit],
) -> Iterator[QuoteVerdict]:
    is_range = value.value is None
    for phrase in usable:
        if is_range:
            found = _of_range(value, target, phrase, printed)
        elif phrase.kind == "range":
            found = _of_end(value, target, phrase, printed)
        else:
            found = _of_number(value, target, phrase, printed)
        yield _rated(found, target, phrase, said, named) if found.state == "read" else found


def _rated(
    found: QuoteVerdict, target: SoughtAmount, phrase: Phrase, said: frozenset[str], named: Sequence[NamedUnit]
) -> QuoteVerdict:
    """A number that is there, by what the quote and the fact count it per."""
    rate = next((reading.rate for reading in (*phrase.readings, *phrase.low, *phrase.high) if reading.rate), None)
    unit = target.unit.text
    if target.rates and rate is None and not _divides(phrase):
        if any(_is_named(wanted, said) or _stands_alone(wanted, named, phrase) for wanted in target.rates):
            return found
        problem = VerdictProblem(
            "unit-not-in-quote",
            f'the quote has "{_whole(phrase)}", and does not say what it is counted per; the unit is {unit}',
            "quote the words that print the unit, or say in reading: how it was read",
        )
        return QuoteVerdict("partial", (), found.printed, (f"the unit {unit}",), (problem,))
    if rate is None or rate.weak:
        return found
    if len(target.rates) > 1 and (lacking := next((r for r in target.rates if not _is_told(r, rate, said)), None)):
        problem = VerdictProblem(
            "unit-not-in-quote",
            f'the quote says "{_whole(phrase)}", and not "/{lacking.text}"; the unit is {unit}',
            "quote the words that print the unit, or say in reading: how it was read",
        )
        return QuoteVerdict("partial", (), found.printed, (f"the unit {unit}",), (problem,))
    severity: Literal["error", "warning"] = "warning"
    if not target.rates:
        message = f'the quote says "{_whole(phrase)}", and the unit of the fact does not say "{rate.text}"'
        severity = "warning" if rate.is_period or not any(map(is_price, phrase.readings)) else "error"
    elif _are_other_nouns(rate, target):
        message = f'the quote says "{rate.text}", which cannot be compared with the unit {unit}'
    else:
        return found
    hint = f'say "{rate.text}" in the claim, or in the unit, as in t/year'
    problem = VerdictProblem("unit-not-in-quote", message, hint, severity)
    return replace(found, problems=(*found.problems, problem))


def _divides(phrase: Phrase) -> bool:
    """Whether the unit of a phrase says itself what it is counted per: `km/h`."""
    found = (unit for reading in (*phrase.readings, *phrase.low, *phrase.high) for unit in reading.units)
    return any(power < 0 for unit in found for _, power in unit.powers)


def _are_other_nouns(rate: Rate, target: SoughtAmount) -> bool:
    """Whether what a phrase is counted per is a noun that the fact does not name."""
    named = any(wanted.nouns & rate.nouns for wanted in target.rates if wanted.nouns)
    return bool(rate.nouns) and not rate.units and not named


def _is_told(wanted: Rate, rate: Rate, said: frozenset[str]) -> bool:
    """Whether one of several things that are counted per stands beside the number or elsewhere in the quote."""
    names = {f"/{unit.name}" for unit in wanted.units}
    return alike_rates(wanted, rate) or _is_named(wanted, said) or bool(names & said)


def _is_named(rate: Rate, said: frozenset[str]) -> bool:
    """Whether a text names what is counted per somewhere else than beside the number: `each person eats 30 kg`."""
    return bool(said & rate.nouns)


def _stands_alone(rate: Rate, named: Sequence[NamedUnit], phrase: Phrase) -> bool:
    """Whether a quote names what is counted per apart from its number: `a kilo of cod costs 12 euros`."""
    return bool(rate.units) and any(
        alike_rates(rate, Rate("", units=each.units)) for each in nearest(named, phrase.start)
    )


def _of_number(value: Asked, target: SoughtAmount, phrase: Phrase, printed: tuple[str, ...]) -> QuoteVerdict:
    number = value.value or Fraction(0)
    found = fit(number, target, phrase.readings)
    if found != "fits":
        return _misfit(found, value, target, phrase, printed)
    if value.low is not None and value.high is not None:
        return _with_bounds(value, target, phrase, printed)
    return _related(value, phrase, printed, phrase.relations or ("",))


def _related(value: Asked, phrase: Phrase, printed: tuple[str, ...], said: Sequence[str]) -> QuoteVerdict:
    """The verdict of a number that is there, by its relation."""
    text = _whole(phrase)
    relation = value.relation
    if any(relation in _IMPLIED[one] for one in said) and not (relation == "=" and said[0] == "~"):
        return QuoteVerdict("read", (text,), printed)
    if relation == "=" and "~" in said and said[0] in ("~", ""):
        problem = VerdictProblem(
            "relation-in-quote", f'the quote says "{text}", and the fact has no "~"', 'add relation: "~"', "warning"
        )
        return QuoteVerdict("read", (text,), printed, ('the relation "~"',), (problem,))
    first = next((one for one in said if one), "")
    if not first:
        problem = VerdictProblem(
            "value-contradicted",
            f'the quote says "{text}", without "{_WORDS.get(relation, relation)}"',
            f'take out relation: "{relation}", or quote the words that say it',
        )
        return QuoteVerdict("contradicted", (), printed, (f'the relation "{relation}"',), (problem,))
    if relation in ("=", "~") or relation[0] == first[0]:
        problem = VerdictProblem(
            "relation-in-quote",
            f'the quote says "{text}", which is {first}, and the fact says {relation}',
            f'write relation: "{first}"',
        )
        return QuoteVerdict("partial", (text,), printed, (f'the relation "{first}"',), (problem,))
    problem = VerdictProblem(
        "value-contradicted",
        f'the quote says "{text}", which is {first}, and the fact says {relation}',
        f'write relation: "{first}", or correct the value',
    )
    return QuoteVerdict("contradicted", (), printed, (f'the relation "{first}"',), (problem,))


def _with_bounds(value: Asked, target: SoughtAmount, phrase: Phrase, printed: tuple[str, ...]) -> QuoteVerdict:
    bounds = phrase.bounds
    low, high = value.low or Fraction(0), value.high or Fraction(0)
    if bounds and fit(low, target, bounds.low) == "fits" and fit(high, target, bounds.high) == "fits":
        return QuoteVerdict("read", (phrase.text, bounds.text), printed)
    said = f'the quote has "{phrase.text}"' + (
        f' with "{bounds.text}"' if bounds else ", and no bounds directly after it"
    )
    problem = VerdictProblem(
        "value-contradicted" if bounds else "value-not-in-quote",
        said,
        "correct min and max, quote the words that print them, or say in reading: how they were read",
    )
    return QuoteVerdict("contradicted" if bounds else "partial", (), printed, ("min and max",), (problem,))


def _of_end(value: Asked, target: SoughtAmount, phrase: Phrase, printed: tuple[str, ...]) -> QuoteVerdict:
    """A single number against a range: it is no end of it, unless it bounds what the end bounds."""
    number = value.value or Fraction(0)
    low, high = (fit(number, target, end) for end in (phrase.low, phrase.high))
    if "fits" not in (low, high):
        best = min(low, high, key=FITS.index)
        return _misfit(best, value, target, phrase, printed)
    if phrase.sense != "range":
        end = phrase.ends[0 if low == "fits" else 1]
        return _related(value, end, printed, end.relations or ("",))
    if (low == "fits" and value.relation == ">=") or (high == "fits" and value.relation == "<="):
        return QuoteVerdict("read", (_whole(phrase),), printed)
    problem = VerdictProblem(
        "value-contradicted",
        f'the quote has the range "{_whole(phrase)}", and the value is one end of it',
        "write {min, max}, with both ends",
    )
    return QuoteVerdict("contradicted", (), printed, ("the other end of the range",), (problem,))


def _of_range(value: Asked, target: SoughtAmount, phrase: Phrase, printed: tuple[str, ...]) -> QuoteVerdict:
    low, high = value.low or Fraction(0), value.high or Fraction(0)
    ends = (phrase.low, phrase.high) if phrase.kind == "range" else (phrase.readings, phrase.readings)
    fits = {fit(low, target, ends[0]), fit(high, target, ends[1])}
    turned = {fit(low, target, ends[1]), fit(high, target, ends[0])}
    if phrase.kind == "range" and phrase.sense != "range" and "fits" in (*fits, *turned):
        return _of_change(phrase, printed)
    if phrase.kind == "range" and fits == {"fits"}:
        bound = next((r for r in phrase.relations if r not in ("~", "=")), "")
        if bound:
            return _related(value, phrase, printed, (bound,))
        return QuoteVerdict("read", (_whole(phrase),), printed)
    if phrase.bounds and fit(low, target, phrase.bounds.low) == fit(high, target, phrase.bounds.high) == "fits":
        return QuoteVerdict("read", (phrase.bounds.text,), printed)
    worst = max(fits, key=FITS.index)
    return _misfit("other" if worst == "fits" else worst, value, target, phrase, printed)


def _of_change(phrase: Phrase, printed: tuple[str, ...]) -> QuoteVerdict:
    """A range against what says, or may say, that a number went from one to the other."""
    one_by_one = "write a fact for each of the two numbers, with its own time"
    if phrase.sense == "change":
        said = f'the quote has "{_whole(phrase)}" as a change, and the value is a range'
        problem = VerdictProblem("value-contradicted", said, one_by_one)
        return QuoteVerdict("contradicted", (), printed, ("a range",), (problem,))
    said = f'the quote says "from" and "to" with "{phrase.text}", which may be a change'
    hint = f"if it is one, {one_by_one}; else quote the words that say that it is a range, or say it in reading:"
    problem = VerdictProblem("value-not-in-quote", said, hint)
    return QuoteVerdict("unread", (), printed, ("a range",), (problem,))


def _whole(phrase: Phrase) -> str:
    """The phrase with its words of relation and of what it is counted per."""
    if not phrase.relation:
        rate = next((reading.rate.text for reading in phrase.readings if reading.rate), "")
        return phrase.text if rate in phrase.text else f"{phrase.text} … {rate}"
    parts = phrase.relation.split(" … ")
    if len(parts) == 2:
        return f"{parts[0]} {phrase.text} {parts[1]}"
    after = phrase.outer_end > phrase.end
    joined = f"{phrase.text} {phrase.relation}" if after else f"{phrase.relation} {phrase.text}"
    return joined.replace(" +", "+")


def _misfit(found: Fit, value: Asked, target: SoughtAmount, phrase: Phrase, printed: tuple[str, ...]) -> QuoteVerdict:
    has = f'the quote has "{_whole(phrase)}"'
    unit = target.unit.text
    listed = " and ".join(f'"{text}"' for text in printed)
    match found:
        case "unitless":
            problem = VerdictProblem(
                "unit-not-in-quote",
                f"{has}, without the unit {unit}",
                "quote the words that print the unit, or say in reading: how it was read",
            )
            return QuoteVerdict("partial", (), printed, (f"the unit {unit}",), (problem,))
        case "other unit":
            message = f"{has}, and the unit of the value is {unit}" if unit else f"{has}, and the value has no unit"
            problem = VerdictProblem(
                "value-contradicted", message, "correct the unit, or quote the words that print the value"
            )
            return QuoteVerdict("contradicted", (), printed, (f"the unit {unit}",) if unit else (), (problem,))
        case "other":
            problem = VerdictProblem(
                "value-contradicted",
                f"the quote has {listed}, and not the value",
                _with_multiple(value, target, phrase)
                or "correct the value, quote the words that print it, or say in reading: how it was read, "
                "and what the quote prints",
            )
            return QuoteVerdict("contradicted", (), printed, ("the value",), (problem,))
        case _:
            problem = VerdictProblem(
                "value-not-in-quote",
                f"the quote has {listed}, and not the value",
                "quote the words that print the value, or say in reading: how it was read",
            )
            return QuoteVerdict("unread", (), printed, ("the value",), (problem,))


def _with_multiple(value: Asked, target: SoughtAmount, phrase: Phrase) -> str:
    """What to write where the value lacks the quote's multiple alone: 320 for `320 thousand samples`."""
    if not value.value or value.unit.multiple != 1:
        return ""
    for reading in phrase.readings:
        same = (target.powers, target.scale)
        same_unit = not reading.units or any((unit.powers, unit.scale) == same for unit in reading.units)
        for word, multiple in MULTIPLES.items():
            if same_unit and reading.value == value.value * multiple:
                unit = f"{word} {value.unit.text}".strip()
                kept = f" with unit: {value.unit.text}" if value.unit.text else ""
                return f"write unit: {unit}, or value: {exact_text(reading.value)}{kept}"
    return ""


def _why_not(phrase: Phrase) -> str:
    if phrase.factor:
        return "it says how many times as much"
    kinds = {"ordinal": "it is an ordinal", "year": "it reads as a year"}
    return phrase.void or kinds.get(phrase.kind, "")


def _unread(value: Asked, found: Sequence[Phrase], language: str) -> QuoteVerdict:
    """Nothing in the quote is a number that could carry the value."""
    shown = [f'"{p.text}"' + (f" ({_why_not(p)})" if _why_not(p) else "") for p in found]
    message = (
        f"the quote has {' and '.join(shown)}, which cannot be read as the value"
        if shown
        else "no number can be read out of the quote"
    )
    if not shown and not lexicon(language).has_words:
        message += f'; no words of number are known for "{language}"'
    problem = VerdictProblem(
        "value-not-in-quote", message, "quote the words that print the value, or say in reading: how it was read"
    )
    return QuoteVerdict("unread", (), tuple(p.text for p in found), ("the value",), (problem,))


def _without_words(value: Asked, verdict: QuoteVerdict, printed: tuple[str, ...], language: str) -> QuoteVerdict:
    between = "" if lexicon(language).words("between") else ', "between … and"'
    problem = VerdictProblem(
        "no-relation-words",
        f'the quote is in "{language}", of which only digits, units and months are known: it may say "over", "up to", '
        f'"about", "not", "minus"{between} or "a third of", and nothing of that was looked for',
        f'look at the quote yourself, and write the relation that it says: relation: "{value.relation}"',
        "warning",
    )
    return QuoteVerdict("read", verdict.read, printed, verdict.lacking, (*verdict.problems, problem))
