"""Sentences laid beside each other in, what their words say otherwise of the same numbers out. Pure.

Read are the order of numbers that could stand for each other, words of relation and denial at a number (`over`, `not`),
words that are a number themselves (`half`, `doubled`, `five`), and whether what is told rises or falls, in the
languages whose words are known; and the names beside numbers, in any. A sentence that prints other numbers is told
elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from reportgen.evidence.moods import Mood, moods_in
from reportgen.evidence.said_numbers import SaidNumber, turning_word
from reportgen.facts.view import View
from reportgen.language.lexicon import Lexicon, lexicon
from reportgen.language.listed_words import is_one_of, listed_words
from reportgen.language.literals import Numeral
from reportgen.language.numerals import NumeralReader
from reportgen.language.scanner import phrases
from reportgen.language.stepping import step_at
from reportgen.language.words import Token, folded, lower, tokens_of, words_of
from reportgen.late_patterns import regex
from reportgen.model.fact import DateValue, Modality, TextValue
from reportgen.model.quantity import Quantity
from reportgen.quantities.formula import parse_formula

_TOKEN = regex(r"⟨(?P<text>[^|⟩]*)\|(?P<name>[^⟩]*)⟩|(?P<digits>\d+)|\[[^\[\]]*@[^\[\]]*\]")
_LETTERS = regex(r"[^\W\d]|[%‰$€£]")
_WORD = regex(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
LIKE = 0.6
"""How like two spellings of a word are, from 0 to 1."""
_BETWEEN = 2
"""Words at most between a word that says that something is planned, and its number: `plans about 5`."""
LONG = 4
"""Letters of a first word that may be a name, and is no article."""
_COUNTS = frozenset(range(2, 100))
"""Whole numbers whose words are compared. `One` is an article and a pronoun too."""


UNKNOWN_WORDS = "its words are known in one of the two languages alone"
OFTEN_LEFT_OUT = "another language says as often nothing"
MOVED = "grammar may ask for it; see that each stands where it is meant"

_AMOUNT = "amount"
"""The kind of all numbers that say how much, whatever they measure."""
_TIMES = ((("s", 1),), (("month", 1),))
"""Units of what says how long: in any sentence it may stand first or last."""


@dataclass(frozen=True, slots=True)
class Reworded:
    """What two texts that print the same numbers say otherwise of them."""

    said: str
    """What the translation does, as the end of a sentence that begins with it."""
    names: tuple[str, ...]
    """The facts, formulas, digits or words that it is about."""
    doubt: str = ""
    """Why it may be right all the same, so that it is a notice; empty where it is not."""


@dataclass(frozen=True, slots=True)
class _Number:
    """A number where a sentence prints it."""

    name: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _SideText:
    """Some sentences as they are read."""

    plain: str
    shown: tuple[_Number, ...]
    """Without what citations print."""
    lang: str


def reworded(
    original: Sequence[str], translation: Sequence[str], langs: tuple[str, str], view: View
) -> Iterator[Reworded]:
    """What a translation's sentences say otherwise than those of its original beside them, which print the same."""
    one, other = _text(original, langs[0]), _text(translation, langs[1])
    found = [
        *_moved(one, other, view),
        *_exchanged(original, translation, langs),
        *_related(one, other),
        *_turned(one, other),
        *_compared(one, other),
        *_denied(one, other),
        *_in_other_moods(one, other),
        *_named_otherwise(one, other),
    ]
    steps = _steps(one), _steps(other)
    found += _stepped(*steps)
    yield from found
    told = {name for each in found for name in each.names}
    yield from (moved for moved in _amounts_moved(one, other, view, steps) if told.isdisjoint(moved.names))


def says_otherwise(old: str, new: str, lang: str) -> bool:
    """Whether a sentence that prints the same numbers as before says something else of them: that they rise and do not
    fall, are by how much and not to what, over and not up to, or somebody else's, or denies what it did not."""
    one, other = _text((old,), lang), _text((new,), lang)
    turned = (*_turned(one, other), *_compared(one, other))
    found = (*_related(one, other), *turned, *_stepped(_steps(one), _steps(other)))
    return bool(found) or _denials(one) != _denials(other) or _names_exchanged(one, other)


def _names_exchanged(one: _SideText, other: _SideText) -> bool:
    """Whether names stand beside other numbers than before, or another name where one was that is no other spelling of
    it. A name is a word with a capital within a sentence, or the first one if no other is changed."""
    here, there = _places(one), _places(other)
    names = _capitals(one.plain) | _capitals(other.plain)
    moved = [word for word in names if word in here and word in there and here[word] != there[word]]
    if len(moved) > 1:
        return True
    gone, came = ([word for word in words if word not in others] for words, others in ((here, there), (there, here)))
    first = {lower(word[0]) for text in (one, other) if (word := _WORD.search(text.plain)) and len(word[0]) >= LONG}
    if len(gone) != 1 or len(came) != 1 or not first.issuperset((*gone, *came)):
        gone, came = ([word for word in each if word in names] for each in (gone, came))
    pairs = zip(gone, came, strict=False)
    return any(SequenceMatcher(None, old, new).ratio() < LIKE for old, new in pairs)


def _places(text: _SideText) -> dict[str, tuple[int, ...]]:
    """A word in small letters -> before how many of the numbers it stands, each time."""
    found: dict[str, tuple[int, ...]] = {}
    for word in _WORD.finditer(text.plain):
        if not any(shown.start < word.end() and word.start() < shown.end for shown in text.shown):
            before = sum(shown.start < word.start() for shown in text.shown)
            found[lower(word[0])] = (*found.get(lower(word[0]), ()), before)
    return found


def _capitals(text: str) -> set[str]:
    """The words that begin with a capital and do not begin a sentence, in small letters."""
    return {lower(word[0]) for word in _WORD.finditer(text) if word[0][0].isupper() and not _begins(text, word.start())}


def _begins(text: str, at: int) -> bool:
    return text[:at].rstrip(" \"'“„«(*_|")[-1:] in ("", ".", "!", "?", ":", "\n")


def _denials(text: _SideText) -> int:
    """How many words of a text deny something."""
    known = lexicon(text.lang).data
    listed = {word for table in ("negations", "subject_negations", "weak_negations") for word in known.get(table, ())}
    return sum(is_one_of(word, listed) for word in words_of(lower(folded(text.plain))))


def sizes_reworded(original: Sequence[str], translation: Sequence[str], langs: tuple[str, str]) -> Iterator[Reworded]:
    """Words for a number that one of the two has and the other has not."""
    one, other = _text(original, langs[0]), _text(translation, langs[1])
    found = _sizes(one), _sizes(other)
    known = [_knows(text.lang) for text in (one, other)]
    for n, (verb, whose) in enumerate((("does not say", "the original"), ("says", "this sentence"))):
        beside = set[str]().union(*(size.codes for size in found[1 - n]))
        for size in found[n]:
            if size.doubtful:
                continue
            if all(known) and not size.codes & beside:
                doubt = OFTEN_LEFT_OUT if size.is_two else ""
                yield Reworded(f"{verb} “{size.word}”, or what is as much", (size.word,), doubt)
            elif not all(known):
                yield Reworded(
                    f"may say otherwise what {whose} says as “{size.word}”", (size.word,), doubt=UNKNOWN_WORDS
                )


def _text(lines: Sequence[str], lang: str) -> _SideText:
    plain, shown, at = "", [], 0
    line = " ".join(lines)
    for found in _TOKEN.finditer(line):
        plain, at = plain + line[at : found.start()], found.end()
        text = found["digits"] or found["text"]
        if text is None:
            plain += " "
            continue
        name = found["name"] or str(int(text))
        shown.append(_Number(name, text, len(plain), len(plain) + len(text)))
        plain += text
    return _SideText(plain + line[at:], tuple(shown), lang)


def _knows(lang: str) -> bool:
    return lexicon(lang).has_words


# The order of numbers


def _moved(one: _SideText, other: _SideText, view: View) -> Iterator[Reworded]:
    """Numbers of one kind in another order: nothing but the words says which of them is meant where."""
    kinds: dict[str, set[str]] = {}
    for text in (one, other):
        for shown in text.shown:
            for kind in _kinds(shown, view):
                kinds.setdefault(kind, set()).add(shown.name)
    told: set[str] = set()
    kinds.pop(_AMOUNT, None)
    for names in kinds.values():
        order, there = ([shown.name for shown in text.shown if shown.name in names] for text in (one, other))
        if order != there and Counter(order) == Counter(there):
            moved = [name for name, instead in zip(order, there, strict=True) if name != instead]
            if not told.issuperset(moved):
                told |= {*moved}
                yield _in_another_order(dict.fromkeys(moved), other)


def _amounts_moved(
    one: _SideText, other: _SideText, view: View, steps: tuple[_StepWords, _StepWords]
) -> Iterator[Reworded]:
    """Amounts of several kinds in another order, as they also are where grammar has turned the sentence round. If all
    but one of them stand beside the same step, they stand where they are meant."""
    order, there = ([s.name for s in text.shown if _AMOUNT in _kinds(s, view)] for text in (one, other))
    if order != there and Counter(order) == Counter(there):
        moved = [name for name, instead in zip(order, there, strict=True) if name != instead]
        if len({*moved} - (steps[0].keys() & steps[1].keys())) > 1:
            yield _in_another_order(dict.fromkeys(moved), other, MOVED)


def _exchanged(original: Sequence[str], translation: Sequence[str], langs: tuple[str, str]) -> Iterator[Reworded]:
    """Two sentences beside two, of which each prints what the other did."""
    if len(original) != 2 or len(translation) != 2:
        return
    first, there = (Counter(s.name for s in _text(each[:1], langs[0]).shown) for each in (original, translation))
    gone, came = first - there, there - first
    if gone and came:
        yield _in_another_order({**gone, **came}, _text(translation, langs[1]))


def _in_another_order(names: dict[str, object] | dict[str, int], text: _SideText, doubt: str = "") -> Reworded:
    printed = {shown.name: shown.text for shown in text.shown}
    *others, last = (_named(name, printed[name]) for name in names)
    said = f"{', '.join(others)} and {last}"
    return Reworded(f"prints {said} in another order", tuple(names), doubt)


def _named(name: str, text: str) -> str:
    return f"{text} ({name.partition(':')[2]})" if ":" in name else text


def _kinds(shown: _Number, view: View) -> Iterator[str]:
    """In whose place a number could stand: of the same dimension, and where no unit is printed, any that has none."""
    kind, _, subject = shown.name.partition(":")
    if not subject:
        yield "time" if len(shown.text) == len("2020") else f"digits {len(shown.text)}"
        return
    fact = view.fact(subject) if kind == "fact" else None
    if fact is not None and isinstance(fact.value, DateValue):
        yield "time"
    elif fact is not None and isinstance(fact.value, TextValue):
        yield f"text of {fact.measure}" if fact.measure else f"text {fact.id}"
    elif kind == "row":
        yield f"column {subject.partition('/')[0]} {subject.rpartition('/')[2]}"
    else:
        quantity = view.computed(subject).quantity if fact is not None else _computed(subject, view)
        yield f"unit {quantity.unit.powers}" if quantity is not None else f"{kind} {subject}"
        if quantity is not None and quantity.unit.powers not in _TIMES:
            yield _AMOUNT
        if not _LETTERS.search(shown.text):
            yield "without a unit"


def _computed(formula: str, view: View) -> Quantity | None:
    return view.compute(parse_formula(formula)).quantity


# Words at a number


_StepWords = dict[str, tuple[str, str]]
"""Number -> `by`, `to` or `from`, and the number with the word for it as the text has it."""


def _stepped(here: _StepWords, there: _StepWords) -> Iterator[Reworded]:
    """What something changed by, in one, and what it changed to or from in the other."""
    names = [name for name in here if name in there and here[name][0] != there[name][0]]
    if names:
        parts = [f"“{there[name][1]}” where the original says “{here[name][1]}”" for name in names]
        yield Reworded(f"says {' and '.join(parts)}", tuple(names))


def _steps(text: _SideText) -> _StepWords:
    """Of a number that is printed once beside `by`, `to` or `from`, which of them it is, and the words: where something
    rises or falls, and no bound stands there, as in `up to 40`."""
    if not _found("directions", text):
        return {}
    read = phrases(text.plain, text.lang)
    found: _StepWords = {}
    often = Counter(shown.name for shown in text.shown)
    for shown in text.shown:
        bounds = [each.relations for each in read if each.start < shown.end and shown.start < each.end]
        is_bound = (">=",) in bounds or ("<=",) in bounds
        alone = not is_bound and often[shown.name] == 1
        step = step_at(text.plain, shown.start, shown.end, text.lang) if alone else None
        if step is not None:
            code, start, end = step
            found[shown.name] = code, text.plain[start:end]
    return found


def _related(one: _SideText, other: _SideText) -> Iterator[Reworded]:
    here, there = _relations(one), _relations(other)
    for name in dict.fromkeys((*here, *there)):
        listed = (*here.get(name, ()), *there.get(name, ()))
        said, instead = ([each for each in found.get(name, ()) if each] for found in (here, there))
        words = next((words for _, words in (*said, *instead) if words), "")
        if None in listed:
            continue
        if not _knows(one.lang) or not _knows(other.lang):
            if words:
                yield Reworded(f"may say otherwise what the other says as “{words}”", (name,), doubt=UNKNOWN_WORDS)
        elif Counter(code for code, _ in said) != Counter(code for code, _ in instead):
            more = [words for code, words in instead if code not in {code for code, _ in said} and words]
            less = [words for code, words in said if code not in {code for code, _ in instead} and words]
            parts = [f"says “{words}”" for words in more[:1]] + [f"does not say “{words}”" for words in less[:1]]
            yield Reworded(" and ".join(parts) or "says otherwise how much it is", (name,))


_WordsBeside = list[tuple[str, str] | None]
"""Of a number each time it is printed, what the words beside it say beyond what the program printed, and the words;
None where that is not read."""


def _relations(text: _SideText) -> dict[str, _WordsBeside]:
    found: dict[str, _WordsBeside] = {}
    if not _knows(text.lang):
        return found
    read = phrases(text.plain, text.lang)
    for shown in text.shown:
        if ":" not in shown.name:
            continue
        own = [phrase for phrase in phrases(shown.text, text.lang) if phrase.kind in ("number", "range")]
        around = [
            phrase
            for phrase in read
            if phrase.start < shown.end and shown.start < phrase.end and phrase.kind in ("number", "range")
        ]
        if len(own) != 1 or len(around) != 1 or own[0].void:
            found.setdefault(shown.name, []).append(None)
            continue
        phrase = around[0]
        code = "no number" if phrase.void else "".join(phrase.relations)
        printed = "".join(own[0].relations)
        words = text.plain[phrase.outer_start : phrase.outer_end].strip() if code != printed else ""
        if phrase.void and phrase.outer_start == phrase.start:
            words = f"{words}: {phrase.void}"
        found.setdefault(shown.name, []).append((code if code != printed else "", words))
    return found


def _turned(one: _SideText, other: _SideText) -> Iterator[Reworded]:
    """What rises in one and falls in the other."""
    if not (one.shown or other.shown) or not all(lexicon(text.lang).knows_turns for text in (one, other)):
        return
    here, there = (
        {code: each.word for each in _found("directions", text) for code in each.codes} for text in (one, other)
    )
    if len(here) == len(there) == 1 and here.keys() != there.keys():
        (word,), (instead,) = here.values(), there.values()
        yield Reworded(f"says “{instead}” where the original says “{word}”", (instead, word))


def _compared(one: _SideText, other: _SideText) -> Iterator[Reworded]:
    """What is so much more in one and less in the other: `20% fewer`, `20 % de plus`."""
    if not one.shown or not all(lexicon(text.lang).knows_turns for text in (one, other)):
        return
    here, there = _comparatives(one), _comparatives(other)
    if not here.keys().isdisjoint(there) and not any(_turned(one, other)):
        for name in here:
            if name in there and here[name].codes.isdisjoint(there[name].codes):
                said = f"says “{there[name].word}” where the original says “{here[name].word}”"
                yield Reworded(said, (there[name].word, here[name].word))


def _comparatives(text: _SideText) -> dict[str, _Size]:
    """Number -> the word directly behind it by which it is more or less."""
    words, found = _found("comparatives", text), dict[str, _Size]()
    for shown in text.shown:
        behind = (
            each for each in words if each.start - shown.end >= 0 and not text.plain[shown.end : each.start].strip()
        )
        if word := next(behind, None):
            found[shown.name] = word
    return found


def _denied(one: _SideText, other: _SideText) -> Iterator[Reworded]:
    """What is denied or supposed of a number in one, where the other has no word that could say so."""
    if not all(lexicon(text.lang).knows_turns for text in (one, other)):
        return
    bounded = {name for text in (one, other) for name, found in _relations(text).items() if any(map(_bounds, found))}
    for shown in one.shown:
        if shown.name in bounded:  # `at most 5`, `pas plus de 5`
            continue
        beside = [each for each in other.shown if each.name == shown.name]
        if len(beside) != 1 or sum(each.name == shown.name for each in one.shown) != 1:
            continue
        for verb, said, place, text in (
            ("does not say", one, shown, other),
            ("says", other, beside[0], one),
        ):
            word = turning_word(SaidNumber(said.plain, said.lang, place.start, place.end))
            if word and "doubtful" not in word.codes and not _may_deny(text):
                yield Reworded(f"{verb} “{word.text}” of {_named(shown.name, shown.text)}", (shown.name,))
                return


def _bounds(beside: tuple[str, str] | None) -> bool:
    return beside is not None and beside[0] not in ("", "no number")


def _may_deny(text: _SideText) -> bool:
    """Whether any word of a text may deny or suppose something, or says that something is lacking."""
    turns = {"before", "after", "doubtful", "lack", "if", "may", "down"}
    tables = ("turning", "opposites", "directions", "comparatives")
    listed = (word for table in tables for word in listed_words(table, text.plain, text.lang))
    return _denials(text) > 0 or any(word.codes & turns for word in listed)


def _in_other_moods(one: _SideText, other: _SideText) -> Iterator[Reworded]:
    """What is planned in one by a word right before its number, and simply so in the other."""
    if (one.shown or other.shown) and all(lexicon(text.lang).data.get("moods") for text in (one, other)):
        here, there = (moods_in(text.plain, text.lang) for text in (one, other))
        for verb, text, moods, others in (("does not say", one, here, there), ("says", other, there, here)):
            found = (mood for mood in moods if _plans_a_number(mood, text))
            if not others and (mood := next(found, None)):
                yield Reworded(f"{verb} “{mood.text}”, or in another word that it is planned", (mood.text,))


def _plans_a_number(mood: Mood, text: _SideText) -> bool:
    """Whether words say for sure that a number right behind them is planned, or, like `plans`, with nothing between."""
    number = next((shown for shown in text.shown if shown.start >= mood.end), None)
    if number is None or not any(map(str.isdigit, number.text)) or Modality.PLANNED not in mood.says:
        return False
    is_sure = not mood.doubtful and len(mood.says) == 1
    return len(_WORD.findall(text.plain[mood.end : number.start])) <= (_BETWEEN if is_sure else 0)


def _named_otherwise(one: _SideText, other: _SideText) -> Iterator[Reworded]:
    """Two names, written alike in both, of which each stands beside the numbers that the other stood beside."""
    if [shown.name for shown in one.shown] != [shown.name for shown in other.shown]:
        return
    names = _capitals(one.plain), _capitals(other.plain)
    if not all(names):
        return
    here, there = (
        {word: at for word, at in _places(text).items() if word in named}
        for text, named in zip((one, other), names, strict=True)
    )
    alike = {}
    for name in here:
        found = [word for word in there if SequenceMatcher(None, name, word).ratio() >= LIKE]
        if len(found) == 1:
            alike[name] = found[0]
    for name, word in alike.items():
        for second, instead in alike.items():
            is_first = here[name] < here[second]
            if is_first and word != instead and (here[name], here[second]) == (there[instead], there[word]):
                yield Reworded(f"has {word.title()} and {instead.title()} beside each other’s numbers", (word, instead))
                return


# Words that are a number


@dataclass(frozen=True, slots=True)
class _Size:
    """Words for a number in a text."""

    word: str
    codes: frozenset[str]
    """What it may be."""
    start: int
    end: int
    entry: str = ""
    """As the table has it in which it was found."""
    is_two: bool = False
    """Whether it is `two` or `both`."""
    doubtful: bool = False
    """Whether it may be no number, so that it is the counterpart of one and is never told of itself."""


def _sizes(text: _SideText) -> list[_Size]:
    """Words for a number, each with what it may be."""
    found: list[_Size] = []
    doubts = _found("size_doubts", text)
    # A doubt that is spelled out is about that very word; one with a star gives way to what is surely a number.
    exact, broad = ([each for each in doubts if ("*" in each.entry) == starred] for starred in (False, True))
    for sizes in (exact, _found("sizes", text), [*_counts(text)], broad):
        found += [each for each in sizes if not _overlaps(each, found)]
    return found


def _overlaps(size: _Size, others: Sequence[_Size]) -> bool:
    return any(each.start < size.end and size.start < each.end for each in others)


def _counts(text: _SideText) -> Iterator[_Size]:
    """Whole numbers in words: of `twenty-two` neither the twenty nor the two."""
    known = lexicon(text.lang)
    tokens = tokens_of(folded(text.plain))
    reader = NumeralReader(known, folded(text.plain), tokens)
    vague = {*known.data.get("collective", ()), *known.words("plural_scales"), *known.words("either_scales")}
    index = 0
    while index < len(tokens):
        numeral = reader.worded(index)
        if numeral is None:
            index += 1
            continue
        first, last = tokens[numeral.first], tokens[numeral.last - 1]
        words = {token.text for token in tokens[numeral.first : numeral.last]}
        index = numeral.last
        if numeral.value not in _COUNTS or numeral.kind == "ordinal" or numeral.void:
            continue
        if not any(shown.start < last.end and first.start < shown.end for shown in text.shown):
            codes = frozenset((str(numeral.value),))
            said = text.plain[first.start : last.end]
            is_two = numeral.value == 2
            doubtful = bool(words & vague) or (is_two and _is_definite(numeral, tokens, known))
            yield _Size(said, codes, first.start, last.end, is_two=is_two, doubtful=doubtful)


def _is_definite(numeral: Numeral, tokens: Sequence[Token], known: Lexicon) -> bool:
    """Whether readers know which are meant, so that their number may go unsaid: `the two`, `екі сан да`."""
    words = known.data["definite"]
    before = tokens[max(numeral.first - 1, 0) : numeral.first]
    after = tokens[numeral.last : numeral.last + 3]
    return any(each.text in words["before"] for each in before) or any(each.text in words["after"] for each in after)


def _found(table: str, text: _SideText) -> list[_Size]:
    """The words of a table in a text, outside of what numbers print, with its entries."""
    doubtful = table == "size_doubts"
    both = lexicon(text.lang).words("both")
    return [
        _Size(word.text, word.codes, word.start, word.end, word.entry, is_two=word.entry in both, doubtful=doubtful)
        for word in listed_words(table, text.plain, text.lang)
        if not any(shown.start < word.end and word.start < shown.end for shown in text.shown)
    ]
