"""A value as it is printed and what is typed directly before and behind it in; what of that it prints itself, what
contradicts it, or what makes another value of it, out. Pure.

Of words before it the reader of relations and currencies tells, of words behind it that of units: a value that prints
"40 kg" needs no "kilograms", and one that prints "at least" no "at most".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportgen.language.lexicon import Lexicon, PrintedUnit, lexicon, unit_data
from reportgen.language.listed_words import listed_words
from reportgen.language.nouns import plural_of
from reportgen.language.number_phrases import Phrase, Rate
from reportgen.language.scanner import phrases
from reportgen.language.words import Token, WordKeys, folded, lower, tokens_of, words_of
from reportgen.late_patterns import regex

_SHARES = frozenset(("percent", "pp", "per_mille", "bp", "basis_point"))
_WORDS = frozenset(("bar",))
"""Units whose names are other words too: `бар` is "there is"."""
_NEAR = 60
"""Signs beside a value whose words are looked at first."""
_END = regex(r"\s*(?:$|[.,;:!?)\]»”’\"…–—])")
_WORD = regex(r"[^\W\d_]+")
_NOUN = regex(r"(?:^|[\d\s\u00a0\u202f])([^\W\d_]{3,})$")
_RATE = regex(r"/\s?([^\W\d_]+)|\b([^\W\d_]+)[ \u00a0](?=([^\W\d_]+))")
_SIGNS = ("-", "−", "–")
_FACTORS = frozenset(("2", "1/2"))
"""What words before a value multiply it by that are no number words, which are told wherever they stand."""


@dataclass(frozen=True, slots=True)
class SaidBeside:
    """Words beside a value that say what it says."""

    text: str
    """As typed."""
    is_before: bool
    does: Literal["repeats", "contradicts", "multiplies", "bounds"]
    """They say the same; something else of the same kind; make another number of it, as `half of`; or make a bound of a
    value that is none, as `nearly`."""
    factor: str = ""
    """What it is multiplied by, where that is known: `2`, `1/2`."""


def said_beside(
    before: str, printed: str, after: str, language: str, *, without_unit: bool = False, alone: bool = False
) -> SaidBeside | None:
    """The first words beside a printed value that repeat or contradict what it prints of unit, currency, relation or
    sign, or change it; None where nothing plainly does. `before` and `after` have the spaces by which they are parted
    from it. `without_unit`: the text prints the unit of the value in its place, so that `printed` has more. `alone`:
    the sentence tells of the value alone, and compares nothing with it, so that "fewer than" is said of it."""
    is_last = not after.strip(" .!?") and not without_unit
    if is_last and not factor_before(before, language) and not _may_bind(before, lexicon(language)):
        return None
    value = next((p for p in phrases(printed, language) if p.kind in ("number", "range")), None)
    if value is None or not any(sign.isdigit() for sign in printed):
        return None
    said = _before(before, printed, value, language, alone) or _multiple(value, after, language, without_unit)
    said = said or _behind(printed, value, after, language)
    return said or (_other_unit(before, printed, value, after, language) if without_unit else None)


def _before(before: str, printed: str, value: Phrase, language: str, alone: bool) -> SaidBeside | None:
    if not before.strip():
        return None
    if (factor := factor_before(before, language)) and value.kind == "number":
        return SaidBeside(factor[0], True, "multiplies", factor[1])
    if not _may_bind(before, lexicon(language)):
        return None
    text = f"{before}5"
    found = next((p for p in phrases(text, language) if p.start <= len(before) < p.end), None)
    if found is None or found.kind != "number":
        return None
    money = {unit.name for reading in found.readings for unit in reading.units}
    own = {unit.name for unit in _units(value)}
    if found.start < len(before) and money and own:
        return SaidBeside(text[found.start : len(before)].strip(), True, "repeats" if money & own else "contradicts")
    if found.readings and found.readings[0].value < 0:
        is_negative = printed.startswith(_SIGNS)
        return SaidBeside(text[found.start : len(before)].strip(), True, "repeats" if is_negative else "contradicts")
    words = lower(text[found.outer_start : found.start].strip())
    mine = lower(printed[value.outer_start : value.start].strip())
    if found.relations and value.relations and mine and words:
        if words == mine:
            return SaidBeside(words, True, "repeats")
        if words not in lexicon(language).words("relation_prepositions"):
            return SaidBeside(words, True, "repeats" if found.relations == value.relations else "contradicts")
    is_bound = bool(found.relations) and not value.relations and value.kind == "number" and bool(words)
    is_bound = is_bound and words.split()[-1] not in lexicon(language).articles  # `below the 40 of last year`
    is_bound = is_bound and not _is_of_word_before(before, printed, language)
    if is_bound and (_bounds(words, value, language) or (alone and words in _comparing(language))):
        return SaidBeside(words, True, "bounds")
    return None


def _is_of_word_before(before: str, printed: str, language: str) -> bool:
    """Whether a word of relation before a value may belong to the word before it: `took over`."""
    found = next((p for p in phrases(f"{before}{printed}", language) if p.start <= len(before) < p.end), None)
    return found is not None and "=" in found.relations


def _may_bind(before: str, known: Lexicon) -> bool:
    """Whether the last words of a text may be a sign, a relation or money of the number behind them; most are none, and
    need not be read."""
    passed = known.words("fillers") | known.articles
    for token in tokens_of(folded(before[-_NEAR:]))[::-1]:
        if token.kind != "word" or token.text in known.data.get("signs", ()) or _may_name(token, known):
            return True
        if any(key in known.relations.before for key in known.keys(token.text)):
            return True
        if token.text not in passed:
            break
    return False


def _may_name(token: Token, known: Lexicon) -> bool:
    """Whether a word may name a unit, a currency or a multiple, or begin to."""
    shared = unit_data()
    if token.raw in shared.symbols or token.raw in shared.money or not token.raw[1:].islower():
        return True
    return any(key in known.units or key in known.scales for key in known.keys(token.text))


def _bounds(words: str, value: Phrase, language: str) -> bool:
    """Whether words of relation surely are said of the number: `over 40 years` may be for so long, and `above 40` where
    something else was."""
    known = lexicon(language)
    if words in known.words("relations_of_spans"):
        return not any(unit.is_time for unit in _units(value))
    return words not in known.words("relation_prepositions") | known.words("relation_comparatives")


def _comparing(language: str) -> frozenset[str]:
    """Words of relation that as often compare something else: `fewer than`."""
    return lexicon(language).words("relation_comparatives")


def factor_before(before: str, language: str) -> tuple[str, str] | None:
    """The words at the end of a text that make another number of the one that follows, and what they multiply it by:
    `half of the`, `twice`."""
    known = lexicon(language)
    joins = {*known.words("of"), *known.words("articles")}
    for word in listed_words("sizes", before, language):
        between = words_of(lower(before[word.end :]))
        if word.entry not in known.words("both") and joins.issuperset(between) and word.codes <= _FACTORS:
            return before[word.start :].strip(), next(iter(word.codes))
    return None


def _multiple(value: Phrase, after: str, language: str, without_unit: bool) -> SaidBeside | None:
    """A multiple that is typed behind a value: `1.1 million visitors` before `million`."""
    word = next(iter(tokens_of(folded(after[:_NEAR]))), None)
    known = lexicon(language)
    if without_unit or value.kind != "number" or word is None or word.kind != "word" or not after[:1].isspace():
        return None
    if not any(key in known.scales for key in known.keys(word.text)):
        return None
    text = f"5 {after.lstrip()}"
    found = next(iter(phrases(text, language)), None)
    is_joined = after.lstrip()[len(word.raw) :][:1] == "-"  # `million-dollar`
    if found is None or found.start or found.void or not found.readings or is_joined:
        return None
    return SaidBeside(word.raw, False, "multiplies") if all(r.multiple != 1 for r in found.readings) else None


def typed_rate(after: str, language: str) -> Rate | None:
    """The rate that a text says of a number before it: `a month`, `visits a day`."""
    found = next(iter(phrases(f"5{after}", language)), None) if after[:1].isspace() else None
    rate = found.readings[0].rate if found and not found.start and not found.void and found.readings else None
    return None if rate is None or rate.weak else rate


def own_rate(printed: str, language: str) -> Rate | None:
    """What a printed value says itself that it is counted per."""
    rates = (reading.rate for found in phrases(printed, language) for reading in found.readings)
    return next((rate for rate in rates if rate), None)


def _other_period(printed: str, after: str, language: str) -> SaidBeside | None:
    """A time that is typed behind a value which is counted per another: `a month` behind `50,000 a year`."""
    mine = own_rate(printed, language)
    theirs = typed_rate(after, language) if mine and mine.is_period else None
    if mine is None or theirs is None or not theirs.is_period:
        return None
    if {unit.name for unit in mine.units} & {unit.name for unit in theirs.units}:
        return None
    return SaidBeside(theirs.text, False, "contradicts")


def _other_unit(before: str, printed: str, value: Phrase, after: str, language: str) -> SaidBeside | None:
    """A unit or currency typed at a number that is printed without its own, which is another."""
    own = _units(value)
    for text, said in ((f"{before}5", before), (f"5{after}", after)):
        at = len(before) if said is before else 0
        found = next((p for p in phrases(text, language) if p.start <= at < p.end), None)
        theirs = _units(found) if found is not None and found.kind == "number" and not found.void else ()
        if found is None or not theirs or any(a.powers == b.powers for a in own for b in theirs):
            continue
        words = text[found.start : at] if said is before else text[1 : found.end]
        if words.strip() and not (any(unit.is_time for unit in theirs) or all(unit.name in _WORDS for unit in theirs)):
            return SaidBeside(words.strip(" \u00a0-"), said is before, "contradicts")
    return None


def units_in(text: str, language: str) -> frozenset[str]:
    """The units and currencies of all numbers of a text."""
    return frozenset(unit.name for found in phrases(text, language) for unit in _units(found))


def _units(value: Phrase) -> tuple[PrintedUnit, ...]:
    return tuple(unit for reading in (*value.readings, *value.high) for unit in reading.units)


def _behind(printed: str, value: Phrase, after: str, language: str) -> SaidBeside | None:
    if not after.strip():
        return None
    noun = _NOUN.search(printed)
    typed = _WORD.match(after.lstrip())
    is_joined = typed is not None and after.lstrip()[typed.end() :][:1] == "-"  # `people-watchers`
    if noun and typed and lower(noun[1]) == lower(typed[0]) and after[:1].isspace() and not is_joined:
        return SaidBeside(typed[0], False, "repeats")
    if rated := _rate(printed, after, language):
        return SaidBeside(rated, False, "repeats")
    if other := _other_period(printed, after, language):
        return other
    if value.relations and value.outer_end < len(printed) + 1 and (more := _relation(printed, value, after, language)):
        return SaidBeside(more, False, "repeats")
    first = next(iter(tokens_of(folded(after[:_NEAR]))), None)
    if first is None or (first.kind == "word" and not _may_name(first, lexicon(language))):
        return None
    text = f"1{'' if after[0] == '-' else ' '}{after.lstrip()}"
    found = next(iter(phrases(text, language)), None)
    if found is None or found.start or found.kind != "number" or found.void or not _units(found):
        return None
    said = text[1 : found.end].strip(" \u00a0-")
    own, theirs = _units(value), _units(found)
    if (not own and not noun) or text[found.end : found.end + 1] == "-":
        return None
    if any(a.powers == b.powers for a in own for b in theirs):
        is_name = any(unit.is_time for unit in theirs) and not _END.match(text, found.end)
        is_same = any(a.name == b.name for a in own for b in theirs)
        return None if is_name else SaidBeside(said, False, "repeats" if is_same else "contradicts")
    is_share = all(unit.name in _SHARES for unit in theirs)
    if not own or any(unit.name in _WORDS for unit in theirs):
        return SaidBeside(said, False, "contradicts") if is_share else None
    is_money = any(map(_is_money, theirs)) and not any(map(_is_money, own))
    is_measure = len(said) > 1 and not is_money and not any(unit.is_time for unit in theirs)
    if is_share or (is_measure and _END.match(text, found.end)):
        return SaidBeside(said, False, "contradicts")
    return None


def _is_money(unit: PrintedUnit) -> bool:
    return len(unit.name) == 3 and unit.name.isupper()


def _rate(printed: str, after: str, language: str) -> str:
    """`a dam` behind `/dam`: what the value prints below its line, typed again."""
    words = _WORD.findall(after)[:2]
    if len(words) < 2 or lower(words[0]) not in lexicon(language).words("per"):
        return ""
    if _WORD.match(after.lstrip()) is None or not after[:1].isspace():
        return ""
    keys, per = lexicon(language).keys, lexicon(language).words("per")
    below = [one or (noun if lower(word) in per else "") for one, word, noun in _RATE.findall(printed)]
    mine = {form for word in below if word for form in _forms(lower(word), keys)}
    theirs = {*_forms(lower(words[1]), keys)}
    return f"{words[0]} {words[1]}" if mine & theirs else ""


def _forms(word: str, keys: WordKeys) -> tuple[str, ...]:
    return (word, plural_of(word), *keys(word))


def _relation(printed: str, value: Phrase, after: str, language: str) -> str:
    """Words of relation behind a value that has some: `at least 40 kg or more`."""
    text = f"{printed}{after}"
    found = next((p for p in phrases(text, language) if p.start == value.start), None)
    more = text[max(found.end, len(printed)) : found.outer_end] if found and found.relations else ""
    said = next(iter(phrases(f"5 {more}", language)), None) if words_of(more) else None
    is_other = "~" in value.relations and said is not None and "~" not in said.relations  # `around 40 km or less`
    return "" if is_other else " ".join(more.split()) if words_of(more) else ""
