"""Quotes in, the moods in which they speak out; and whether a fact says so. Pure.

A mood is read by its words alone: "slated to", "is expected to", "reportedly". What has none of them is taken as done.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import zip_longest

from reportgen.evidence.fold import folded_words
from reportgen.evidence.quoted import Quoted, listed
from reportgen.language.lexicon import Lexicon, lexicon
from reportgen.language.listed_words import is_listed, is_one_of, listed_words
from reportgen.language.scanner import phrases
from reportgen.language.words import Token, folded, lower, tokens_of, without_elisions, words_of
from reportgen.late_patterns import regex
from reportgen.model.fact import Modality
from reportgen.model.text import Text
from reportgen.model.verdict import VerdictProblem

_BESIDE = 60
"""Characters beside a quote among which words of mood are looked for."""
_MARKS = regex(r"[\s\"'(\[)\]«»„“”]*")
_NUMBER = regex(r"\W*\d")
_TIME = regex(r"\s*[\dA-ZА-Я]")
_INFINITIVE = "~"
"""In listed words of mood, a verb that the words go before, and that is none of them: `due to ~`."""
_FURTHER = frozenset("~…")
"""How what has to follow listed words of mood is marked: a verb, or `…`, directly before it, what ends their clause."""
_OF_RANK = {"~any": -1}
"""What counts for less than any list: a verb that is known by its ending alone."""
_ENDS_CLAUSE = regex(r"[,;:.!?()–—](?:\s|$)|\s[–-]\s|\(")
_PASSED = 3
"""Adverbs and pronouns at most before the verb that words of mood go before."""
_STEM = 4
"""Letters by which words of one root are known."""
_COUNTED = 4
"""Words of another number and of what it counts at most."""
_MORE = 2
"""Words beside those of mood at least, of a clause of its own."""
_STOP = regex(r"[.;:!?](?:\s|$)")
_OPENS = regex(r",\s|\(|\s[-–—]\s")
_CLOSES = regex(r",(?:\s|$)|\)|\s[-–—]\s|[.;:!?](?:\s|$)")
_FURTHER_CLAUSE = regex(r"[.;]\s|,\s")
_DIGIT = regex(r"\d")
_SHORT = 4
"""Letters of words that are names where they are capitalised: May, Will."""


@dataclass(frozen=True, slots=True)
class Mood:
    """Words that say that something is not simply so."""

    text: str
    start: int
    """Where they stand in the folded text."""
    end: int
    says: frozenset[Modality]
    """Each mood that they may be of: "will" is of a plan or of an expectation."""
    doubtful: bool
    """Whether they may say something else: "could not pay"."""
    language: str
    size: int
    """How many words they are."""
    own: tuple[int, int] | None = None
    """Where the clause begins and ends that tells more of something and has them, if they stand in one: `, which will
    turn 150, `."""
    is_of_following: bool = False
    """Whether they are said of what stands behind them alone: `claimed that`."""
    is_weak: bool = False
    """Whether the words may say something else wherever they stand: `could`."""
    noun: str = ""
    """What a compound is said of that begins with them: `migrants`, of `would-be migrants`; else empty."""
    with_next: str = ""
    """The words and the one behind them, where both begin with a capital, as in a name: `Forecast International`."""


@lru_cache(maxsize=64)  # a quotation is asked for by several checks, one after another
def moods_in(text: str, language: str) -> tuple[Mood, ...]:
    """The words of mood in a text, in their order."""
    known = lexicon(language)
    listed_moods = known.data.get("moods")
    if not listed_moods:
        return ()
    whole = folded_words(text)
    words = without_elisions(tokens_of(folded(whole)), known.words("elided"))
    tokens = [token for token in words if token.kind == "word"]
    names = [(word.start, word.end) for word in listed_words("names_with_mood", whole, language)]
    found, at = list[Mood](), 0
    while at < len(tokens):
        if not _begun_by(tokens[at].text, language):
            at += 1
            continue
        is_in_name = any(start <= tokens[at].start < end for start, end in names)
        mood = None if is_in_name or _is_undone(tokens, at, known) else _mood_at(tokens, at, whole, language)
        mood = None if mood and (at or mood.size == 1) and _is_capital(tokens, at, known) else mood
        mood = None if mood and mood.size == 1 and _is_name(tokens, at) else mood  # `das Soll`
        size = mood.size if mood else 1
        found += [mood] if mood and not _is_asked(tokens, at, at + size, known) else []
        at += size
    return tuple(found)


def _is_asked(tokens: Sequence[Token], at: int, end: int, known: Lexicon) -> bool:
    """Whether words of mood stand in a question: `whether they will`, `будет ли`."""
    asked = known.data["moods_asked"]
    return any(token.text in asked["before"] for token in tokens[:at]) or (
        end < len(tokens) and tokens[end].text in asked["after"]
    )


def _is_undone(tokens: Sequence[Token], at: int, known: Lexicon) -> bool:
    """Whether "than" or an article before a word leaves no mood: "more than expected", "the will"."""
    nouns = known.data.get("nouns_of_mood", {}).get(tokens[at].text, ())
    return at > 0 and (tokens[at - 1].text in known.words("moods_undone_after") or tokens[at - 1].text in nouns)


def _is_capital(tokens: Sequence[Token], at: int, known: Lexicon) -> bool:
    """Whether a word names something, in a language whose nouns have no capital: "May"."""
    return _is_name(tokens, at) and not known.words("capital_nouns")


def _is_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word may name something, as its capital says."""
    return tokens[at].is_capital and (at > 0 or len(tokens[at].text) <= _SHORT)


_WordsOfMood = tuple[int, str, list[str]]
"""Place among all words of mood, the mood, the words."""


@cache
def _words_of_mood(language: str) -> tuple[Mapping[str, list[_WordsOfMood]], list[_WordsOfMood]]:
    """First word -> the words of mood that begin with it; and those whose first word has a `*`."""
    data = lexicon(language).data
    apart = str.maketrans("-'", "  ") if "elided" in data else str.maketrans("-", " ")
    named = [(name, phrase.translate(apart).split()) for name, phrases in data["moods"].items() for phrase in phrases]
    exact: dict[str, list[_WordsOfMood]] = {}
    wild: list[_WordsOfMood] = []
    for n, (name, words) in enumerate(named):
        (wild if "*" in words[0] else exact.setdefault(words[0], [])).append((n, name, words))
    return exact, wild


@lru_cache(maxsize=4096)
def _begun_by(word: str, language: str) -> list[_WordsOfMood]:
    """The words of mood that begin with a word, which few do."""
    exact, wild = _words_of_mood(language)
    return sorted([*exact.get(word, ()), *(each for each in wild if is_listed(word, each[2][0]))])


def _mood_at(tokens: Sequence[Token], at: int, whole: str, language: str) -> Mood | None:
    """The longest words of mood that begin at a token."""
    known, best = lexicon(language), _Longest()
    for _, name, phrase in _begun_by(tokens[at].text, language):
        words = phrase[:-1] if phrase[-1][0] in _FURTHER else phrase
        end, rank = at + len(words), len(phrase) + _OF_RANK.get(phrase[-1], words is not phrase and len(phrase[-1]) > 1)
        if rank < best.rank or not _are(tokens[at:end], words):
            continue
        if words[-1] in known.words("no_mood_before_numbers") and _NUMBER.match(whole, tokens[end - 1].end):
            continue  # `was set to 20`
        if words is phrase or _is_followed(phrase[-1], tokens, (at, end), whole, known):
            said = best.says if rank == best.rank else frozenset[Modality]()
            doubt = name == "doubtful" or (bool(said) and best.doubtful)
            best = _Longest(rank, end, said | ({Modality(name)} if name != "doubtful" else frozenset()), doubt)
    if not best.rank:
        return None
    start, last = tokens[at].start, tokens[best.end - 1].end
    doubt = best.doubtful or _is_attribute(tokens, at, best.end, whole, known)
    own = _own_clause(tokens, at, best, whole, known)
    is_aside = own is not None and _is_aside(tokens, own, whole, known)
    says = best.says or frozenset((Modality.EXPECTED, Modality.PLANNED))
    is_one_word = bool(known.data.get("hyphens_join"))
    noun = _compounded(tokens, best.end, whole) if is_one_word else ""
    is_joined = is_one_word and at > 0 and whole[tokens[at - 1].end : start] == "-"  # `the long-planned tunnel`
    doubt = doubt or bool(noun) or is_joined
    after = tokens[best.end : best.end + 1]
    is_name = bool(after) and tokens[at].is_capital and after[0].is_capital and whole[last : after[0].start] == " "
    return Mood(
        whole[start:last],
        start,
        last,
        says,
        doubt or is_aside,
        language,
        best.end - at,
        own,
        whole[start:last].lower() in known.words("moods_of_following") or tokens[best.end - 1].text in _thats(language),
        doubt,
        noun,
        whole[start : after[0].end] if is_name else "",
    )


@cache
def _thats(language: str) -> frozenset[str]:
    """The words with which a clause begins that says what is claimed or believed."""
    known = lexicon(language)
    return frozenset(known.data.get("governing", {}).get("that", ())) | known.words("clause_goes_on")


def _compounded(tokens: Sequence[Token], end: int, whole: str) -> str:
    """What a compound is said of that begins with words of mood: `migrants` of `would-be migrants`; else nothing."""
    is_first = False
    while end < len(tokens) and whole[tokens[end - 1].end : tokens[end].start] == "-":
        is_first, end = True, end + 1
    if not is_first:
        return ""
    is_followed = end < len(tokens) and whole[tokens[end - 1].end : tokens[end].start] == " "
    return tokens[end if is_followed else end - 1].text


@dataclass(frozen=True, slots=True)
class _Longest:
    """The longest words of mood so far."""

    rank: int = 0
    """Words that are listed, with what has to follow them; what is of a list of its own counts twice."""
    end: int = 0
    says: frozenset[Modality] = frozenset()
    doubtful: bool = False


def _is_attribute(tokens: Sequence[Token], at: int, end: int, whole: str, known: Lexicon) -> bool:
    """Whether a word of mood is said of a noun that another mood is said of: `planned dams would amount to`; of what a
    number counts, as in `12 planned dams`, it is said of the number."""
    if end - at > 1 or not is_one_of(tokens[at].text, known.words("attributes_of_mood")) or end >= len(tokens):
        return False
    following, before = tokens[end].text, whole[: tokens[at].start].rstrip()
    is_noun = (
        following not in known.grammar | known.words("clause_goes_on")
        and not whole[tokens[at].end : tokens[end].start].strip()
    )
    is_first = not before or (at > 0 and tokens[at - 1].text in known.grammar - known.conjunctions)
    return is_noun and is_first and not before[-1:].isdigit()


def _own_clause(tokens: Sequence[Token], at: int, mood: _Longest, whole: str, known: Lexicon) -> tuple[int, int] | None:
    """Where the clause begins and ends that tells more of something and has words of mood: it begins with them or with
    a relative word, behind a comma, a dash or a bracket. What is said of the whole, as `, officials expect,` or
    `, according to rumours in Rome,`, is no such clause."""
    start, end = tokens[at].start, tokens[mood.end - 1].end
    opening = max((found.end() for found in _OPENS.finditer(whole, 0, start)), default=0)
    if not opening or _STOP.search(whole, opening, start):
        return None
    found = _CLOSES.search(whole, end)
    closing = found.start() if found else len(whole)
    inside = [token for token in tokens if opening <= token.start and token.end <= closing]
    if not inside:
        return None
    is_relative = is_one_of(inside[0].text, known.words("relatives"))
    says_verb = tokens[mood.end - 1].text in known.words("no_mood_before_numbers")  # `, said to be the best,`
    is_first = inside[0] is tokens[at] and not mood.doubtful and (says_verb or Modality.CLAIMED not in mood.says)
    is_set_apart = whole[:opening].rstrip()[-1:] in "(-–—" and inside[0].text in known.words("subjects")
    is_first = is_first or (is_set_apart and len(inside) > _MORE and inside[-_MORE].start >= end)  # `(it will be sold)`
    others = [token.text for token in inside if not start <= token.start < end]
    joins = known.words("mood_joins")
    says_more = any(word not in joins and not known.is_adverb(word) for word in (others[1:] if is_relative else others))
    is_own = (is_relative or is_first) and len(others) >= _MORE and says_more
    return (opening, closing) if is_own else None


def _is_aside(tokens: Sequence[Token], own: tuple[int, int], whole: str, known: Lexicon) -> bool:
    """Whether a clause that tells more of something has no number and no month, and stands before a number:
    `The wine, expected to be sold abroad, filled 41 casks`."""
    opening, closing = own
    if whole[closing : closing + 1] in ("", *".;:!?") or not _DIGIT.search(whole, closing):
        return False
    if any(known.month(token.text) for token in tokens if opening <= token.start and token.end <= closing):
        return False
    return not any(each.start < closing and each.end > opening for each in phrases(whole, known.language))


def _is_followed(wanted: str, tokens: Sequence[Token], place: tuple[int, int], whole: str, known: Lexicon) -> bool:
    """Whether what is wanted follows words of mood: a verb for `~`, of a list of its own for `~events`, or at the end
    of the clause the word behind `…`."""
    start, end = place
    verbs = known.data["infinitives"]
    if wanted[0] != _INFINITIVE:
        return _at_end_of_clause(tokens, end, whole, {wanted[1:]}, verbs)
    if not verbs.get("at_end"):
        return _is_infinitive(tokens, end, whole, known, wanted[1:] or "verbs")
    wanted_verbs = verbs[wanted[1:] or "verbs"]
    if _at_end_of_clause(tokens, end, whole, wanted_verbs, verbs):
        return True  # `soll auf 40 % steigen`
    is_behind = start > 0 and is_one_of(tokens[start - 1].text, wanted_verbs) and not tokens[start - 1].is_capital
    return is_behind and _is_last(tokens, end - 1, whole, verbs)  # `dass sie auf 40 % steigen soll`


def _at_end_of_clause(
    tokens: Sequence[Token], at: int, whole: str, words: Collection[str], verbs: Mapping[str, Collection[str]]
) -> bool:
    """Whether the clause from a token on ends with one of some words."""
    for n in range(at, len(tokens)):
        if n and _ENDS_CLAUSE.search(whole, tokens[n - 1].end, tokens[n].start):
            return False
        is_wanted = is_one_of(tokens[n].text, words)
        is_wanted = is_wanted and not (words is verbs.get("any") and is_one_of(tokens[n].text, verbs["others"]))
        if is_wanted and not tokens[n].is_capital and _is_last(tokens, n, whole, verbs):
            return True
    return False


def _is_last(tokens: Sequence[Token], n: int, whole: str, verbs: Mapping[str, Collection[str]]) -> bool:
    """Whether a clause ends behind a token."""
    following = tokens[n + 1] if n + 1 < len(tokens) else None
    between = whole[tokens[n].end : following.start if following else len(whole)].strip()
    return bool(_ENDS_CLAUSE.match(between)) if between else following is None or following.text in verbs["ends"]


def _is_infinitive(tokens: Sequence[Token], at: int, whole: str, known: Lexicon, name: str) -> bool:
    """Whether a verb stands at a token: `due to open in May`, and not `due to open water` or `due to rain`."""
    known_verbs = known.data["infinitives"]
    verbs, passed = known_verbs[name], known_verbs.get("passed", ())
    last = at + _PASSED
    while at < min(last, len(tokens)) and not is_one_of(word := tokens[at].text, verbs):
        if word not in passed and not known.is_adverb(word):
            break
        at += 1
    if at >= len(tokens):
        return False
    word, end = tokens[at].text, tokens[at].end
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    rest = whole[end:].lstrip()
    is_timed = after in known_verbs.get("before_times", ()) and bool(_TIME.match(whole, tokens[at + 1].end))
    is_alone = not after or not rest[:1].isalpha() or after in known_verbs.get("before", ()) or is_timed
    is_other = word in known_verbs.get("others", ())
    return (is_one_of(word, verbs) and not is_other) or (word in known_verbs.get("doubtful", ()) and is_alone)


def _are(tokens: Sequence[Token], words: Sequence[str]) -> bool:
    return len(tokens) == len(words) and all(map(is_listed, (token.text for token in tokens), words))


def mood_problem(
    modality: Modality | None,
    quotes: Sequence[Quoted],
    reading: Text,
    claim: Text,
    site: str,
    read: Sequence[Sequence[str]] = (),
) -> VerdictProblem | None:
    """What a fact says against the moods of its quotes; None where the two agree.

    A reading answers for words that it prints, and a claim with words of mood for those that may say something else.
    `site` is the language of texts without a tag, `read` are the phrases in which each quote prints the value.
    """
    told = " ".join(folded_words(text).lower() for _, text in reading.by_language)
    if modality in (None, Modality.DONE):
        moods = [
            mood
            for quote, texts in zip_longest(quotes, read[: len(quotes)], fillvalue=())
            if isinstance(quote, Quoted) and not quote.carries
            for mood in _moods_of_value(quote, texts)
        ]
        moods = [mood for mood in moods if mood.text.lower() not in told]
        moods = [mood for mood in moods if not (mood.doubtful and _is_named(mood, claim))]
        moods = [mood for mood in moods if not _is_of_name(mood, claim, site)]
        sure = next((mood for mood in moods if not mood.doubtful), None)
        doubtful = moods[0] if moods and modality is None and not _says_mood(claim, site) else None
        mood = sure or doubtful
        return _unsaid(mood, modality) if mood else None
    if not any(lexicon(quote.language).data.get("moods") for quote in quotes):
        return None
    moods = [mood for quote in quotes for mood in moods_in(quote.text, quote.language)]
    if any(modality in mood.says for mood in moods) or told:
        return None
    if modality is Modality.CLAIMED and any(listed_words("attributions", *_said_in(quote)) for quote in quotes):
        return None
    words = listed(tuple(dict.fromkeys(mood.text for mood in moods)))
    has = f"the words say {words}" if words else "no quoted words say so"
    hint = f"quote the words that say that it was {modality}, with carries: context if they print no value"
    other = next(iter(sorted(said_by(moods))), None)
    hint += f", or write modality: {other}" if other else f", or remove modality: {modality}"
    return VerdictProblem("modality-in-quote", f"the fact is {modality}, and {has}", hint, "warning")


def _said_in(quote: Quoted) -> tuple[str, str]:
    return folded_words(quote.text), quote.language


def _moods_of_value(quote: Quoted, read: Sequence[str]) -> Iterator[Mood]:
    """The words of mood in a quote that may be said of the value, of which it is known where the quote prints it."""
    whole = folded_words(quote.text)
    places = [found.span() for text in read for found in re.finditer(re.escape(folded_words(text)), whole)]
    for mood in moods_in(quote.text, quote.language):
        if places and _is_said_elsewhere(mood, places, whole):
            continue
        sureness = _sureness(mood, places, whole, lexicon(quote.language))
        if sureness == "as said":
            yield mood
        elif sureness == "doubtful" and not mood.is_weak:
            yield replace(mood, doubtful=True)


def _is_said_elsewhere(mood: Mood, places: Sequence[tuple[int, int]], whole: str) -> bool:
    """Whether words of mood are said of another number (`12 instead of the 40 planned`), of what a sentence begins with
    (`Despite promises, 12 closed`), or make a bound of the number with its negation (`may not exceed 12`)."""
    lang = mood.language
    begins, ends = min(start for start, _ in places), max(end for _, end in places)
    words = listed_words("moods_elsewhere", whole, lang)
    for word in words:
        between = whole[word.end : mood.start]
        if "behind" in word.codes and ends <= word.start and word.end <= mood.start:
            counted = f"{between} {' '.join(whole[mood.end :].split()[:2])}"  # `statt der geplanten 50`
            if _DIGIT.search(counted) and not _ENDS_CLAUSE.search(between) and len(between.split()) <= _COUNTED:
                return True
        elif "despite" in word.codes and not any(map(str.isalnum, whole[: word.start])) and word.end <= mood.start:
            comma = whole.find(", ", mood.end)
            if not _ENDS_CLAUSE.search(between) and 0 <= comma < begins and not _STOP.search(whole, mood.end, begins):
                return True
    if not any(word.codes == {"bounds"} and word.start == mood.start and word.end == mood.end for word in words):
        return False
    found = [each for each in phrases(whole, lang) if any(each.start <= start < each.end for start, _ in places)]
    said = words_of(lower(whole[mood.end : begins]))
    is_denied = bool(said) and lexicon(lang).is_negation(said[0])
    return is_denied and all(
        each.outer_start <= mood.end + 1 and {*each.relations} and {*each.relations} <= {"<=", "<"} for each in found
    )


def _sureness(mood: Mood, places: Sequence[tuple[int, int]], whole: str, known: Lexicon) -> str:
    """How surely words of mood are said of the value: `as said` of them, `doubtful`, or `none`."""
    first, last = mood.own or (mood.start, mood.end)
    if not places or any(first <= start < last for start, _ in places):
        return "as said"
    begins, ends = min(start for start, _ in places), max(end for _, end in places)
    if mood.is_of_following and ends <= mood.start:
        return "none"
    if mood.own is None:
        is_behind = ends <= mood.start and _is_of_another(whole[ends : mood.start], known)
        return "doubtful" if is_behind else "as said"
    if ends <= first and not _OPENS.search(whole, ends, first - 1):
        return "as said"  # `40 beds, which will be sold`
    comes = any(is_one_of(word, known.words("comes_to_be")) for word in words_of(lower(whole[first:last])))
    is_past = all(_is_told_as_past(start, end, mood.own, whole, known) for start, end in places)
    if comes:
        return "doubtful" if is_past else "as said"
    return "none" if is_past and last <= begins else "doubtful"


def _is_of_another(between: str, known: Lexicon) -> bool:
    """Whether what stands between a value and words of mood ends with a further clause, which has a subject of its own:
    `, and a second port`, `; the works`."""
    mark = next(reversed([*_FURTHER_CLAUSE.finditer(between)]), None)
    if mark is None:
        return False
    words = words_of(lower(between[mark.end() :]))
    if mark[0][0] == ",":
        if not words or words[0] not in known.words("further"):
            return False
        words = words[1:]
    unnamed = known.grammar | known.words("subjects") | known.words("mood_joins")
    return any(word.isalpha() and word not in unnamed and not known.is_adverb(word) for word in words)


def _is_told_as_past(start: int, end: int, own: tuple[int, int], whole: str, known: Lexicon) -> bool:
    """Whether the clause around a number tells of what is over, by the form of its verb."""
    past = known.data.get("past")
    if not past:
        return False
    first = max((found.end() for found in _CLOSES.finditer(whole, 0, start) if found.end() <= start), default=0)
    found = _CLOSES.search(whole, end)
    last = found.start() if found else len(whole)
    words = [] if own[0] <= first < own[1] else words_of(lower(whole[first:last]))
    told = [word for word in words if is_one_of(word, past["forms"])]
    if told and told[-1] in past.get("helpers", ()):  # `has 40 beds`
        return False
    return bool(told) and not any(is_one_of(word, past["not"]) for word in words)


def _says_mood(claim: Text, site: str) -> bool:
    return any(moods_in(text, tag or site) for tag, text in claim.by_language)


def _is_named(mood: Mood, claim: Text) -> bool:
    """Whether a claim has the noun of words that may say a mood: `the target is`, of `a target of`."""
    if is_one_of(lower(mood.text), lexicon(mood.language).words("verbs_of_mood")):
        return False
    names = {word[:_STEM] for word in words_of(lower(mood.text)) if len(word) >= _STEM}
    return any(word[:_STEM] in names for _, text in claim.by_language for word in words_of(lower(text)))


def _is_of_name(mood: Mood, claim: Text, site: str) -> bool:
    """Whether words of mood are part of a name that a claim has too, or of a compound that is said of what the claim
    does not speak of: `40 would-be migrants`, where that tells of 40 people."""
    said = [text for tag, text in claim.by_language if lexicon(tag or site).language == lexicon(mood.language).language]
    if mood.with_next and any(mood.with_next in folded_words(text) for text in said):
        return True
    stems = {word[:_STEM] for text in said for word in words_of(lower(text))}
    return bool(mood.noun and said) and mood.noun[:_STEM] not in stems


def said_by(moods: Iterable[Mood]) -> frozenset[Modality]:
    """All that words of mood may say."""
    return frozenset(said for mood in moods for said in mood.says)


def _unsaid(mood: Mood, modality: Modality | None) -> VerdictProblem:
    named = " or ".join(f"modality: {said}" for said in sorted(mood.says, key=list(Modality).index))
    has = "is done" if modality else "does not say in which mood"
    otherwise = "say modality: done" if mood.doubtful else f'say in reading: what "{mood.text}" is said of'
    hint = f"write {named}, or {otherwise} if it is said of something else"
    return VerdictProblem(
        "modality-in-quote",
        f'the quote says "{mood.text}", and the fact {has}',
        hint,
        "warning" if mood.doubtful else "error",
    )


def mood_beside(text: str, start: int, end: int, language: str) -> str:
    """The words of mood that stand directly beside a run of a folded text, but for words that join them to it, as the
    `to` of `is expected to`: before it, or in languages whose verbs come last, after it; empty where there are none."""
    known = lexicon(language)
    if not known.data.get("moods"):
        return ""
    after = ""
    if known.is_agglutinative or known.words("moods_behind"):
        around = text[start : end + _BESIDE]
        moods = (m for m in moods_in(around, language) if m.start >= end - start)
        after = next((m.text for m in moods if _is_join(around[end - start : m.start], known)), "")
    if after or known.is_agglutinative:
        return after
    first = max(0, start - _BESIDE)
    around, before = text[first:end], text[first:start]
    moods = (m for m in moods_in(around, language) if m.end <= start - first)
    found = next((m.text for m in moods if _is_join(before[m.end :], known)), "")
    return found or next(
        (word.text for word in listed_words("beside", before, language) if _is_join(before[word.end :], known)), ""
    )


def _is_join(text: str, known: Lexicon) -> bool:
    """Whether words say nothing but that what stands before them is said of what comes."""
    joins = known.words("mood_joins")
    words = [token for token in tokens_of(folded(text)) if not _MARKS.fullmatch(token.text)]
    return all(
        token.text in joins
        or known.is_adverb(token.text)
        or (token.text == "," and after is not None and after.text in joins)
        for token, after in zip_longest(words, words[1:])
    )


def modality_of(moods: Sequence[Mood]) -> Modality | None:
    """The mood of a quote that speaks in one; None where there is none, or it may be doubted."""
    sure = [mood for mood in moods if not mood.doubtful]
    return min(sure[0].says, key=list(Modality).index) if sure else None
