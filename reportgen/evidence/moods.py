"""Quotes in, the moods in which they speak out; and whether a fact says so. Pure.

A mood is read by its words alone: "slated to", "is expected to", "reportedly". What has none of them is taken as done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from reportgen.evidence.fold import folded_words
from reportgen.evidence.quoted import Quoted, listed
from reportgen.language.lexicon import Lexicon, lexicon
from reportgen.language.words import Token, folded, tokens_of
from reportgen.model.fact import Modality
from reportgen.model.text import Text
from reportgen.model.verdict import VerdictProblem

_BESIDE = 60
"""Characters beside a quote among which words of mood are looked for."""
_MARKS = " \"'([)]"
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


def moods_in(text: str, language: str) -> tuple[Mood, ...]:
    """The words of mood in a text, in their order."""
    known = lexicon(language)
    listed_moods = known.data.get("moods")
    if not listed_moods:
        return ()
    whole = folded_words(text)
    tokens = [token for token in tokens_of(folded(whole)) if token.kind == "word"]
    found, at = list[Mood](), 0
    while at < len(tokens):
        mood = None if _is_undone(tokens, at, known) else _mood_at(tokens, at, whole, language)
        size = len(mood.text.split()) if mood else 1
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
    """Whether a word that names something, or "than" before it, leaves no mood: "May", "more than expected"."""
    if tokens[at].is_capital and (at > 0 or len(tokens[at].text) <= _SHORT):
        return True
    nouns = known.data.get("nouns_of_mood", {}).get(tokens[at].text, ())
    return at > 0 and (tokens[at - 1].text in known.words("moods_undone_after") or tokens[at - 1].text in nouns)


_WordsOfMood = tuple[int, str, list[str]]
"""Place among all words of mood, the mood, the words."""


@cache
def _words_of_mood(language: str) -> tuple[Mapping[str, list[_WordsOfMood]], list[_WordsOfMood]]:
    """First word -> the words of mood that begin with it; and those whose first word has a `*`."""
    named = [(name, phrase.split()) for name, phrases in lexicon(language).data["moods"].items() for phrase in phrases]
    exact: dict[str, list[_WordsOfMood]] = {}
    wild: list[_WordsOfMood] = []
    for n, (name, words) in enumerate(named):
        (wild if "*" in words[0] else exact.setdefault(words[0], [])).append((n, name, words))
    return exact, wild


def _mood_at(tokens: Sequence[Token], at: int, whole: str, language: str) -> Mood | None:
    """The longest words of mood that begin at a token."""
    best: tuple[int, set[Modality], bool] = (0, set(), False)
    exact, wild = _words_of_mood(language)
    first = tokens[at].text
    for _, name, words in sorted([*exact.get(first, ()), *(each for each in wild if _is(first, each[2][0]))]):
        if len(words) >= best[0] and _are(tokens[at : at + len(words)], words):
            said = best[1] if len(words) == best[0] else set()
            doubt = name == "doubtful" or (bool(said) and best[2])
            best = len(words), said | ({Modality(name)} if name != "doubtful" else set()), doubt
    if not best[0]:
        return None
    start, end = tokens[at].start, tokens[at + best[0] - 1].end
    says = best[1] or {Modality.EXPECTED, Modality.PLANNED}
    return Mood(whole[start:end], start, end, frozenset(says), best[2])


def _are(tokens: Sequence[Token], words: Sequence[str]) -> bool:
    return len(tokens) == len(words) and all(map(_is, (token.text for token in tokens), words))


def _is(word: str, wanted: str) -> bool:
    """Whether a word is the one that is listed; `*` stands for any ending, or for any beginning."""
    if wanted.startswith("*"):
        return word.endswith(wanted[1:]) and len(word) > len(wanted)
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


def mood_problem(modality: Modality | None, quotes: Sequence[Quoted], reading: Text) -> VerdictProblem | None:
    """What a fact says against the moods of its quotes; None where the two agree.

    A reading answers for words that it prints.
    """
    told = " ".join(folded_words(text).lower() for _, text in reading.by_language)
    if modality in (None, Modality.DONE):
        moods = [mood for quote in quotes if not quote.carries for mood in moods_in(quote.text, quote.language)]
        moods = [mood for mood in moods if mood.text.lower() not in told]
        sure = next((mood for mood in moods if not mood.doubtful), None)
        mood = sure or (moods[0] if moods and modality is None else None)
        return _unsaid(mood, modality) if mood else None
    if not any(lexicon(quote.language).data.get("moods") for quote in quotes):
        return None
    moods = [mood for quote in quotes for mood in moods_in(quote.text, quote.language)]
    if any(modality in mood.says for mood in moods) or told:
        return None
    words = listed(tuple(dict.fromkeys(mood.text for mood in moods)))
    has = f"the words say {words}" if words else "no quoted words say so"
    hint = f"quote the words that say that it was {modality}, with carries: context if they print no value"
    other = next(iter(sorted(said_by(moods))), None)
    hint += f", or write modality: {other}" if other else f", or remove modality: {modality}"
    return VerdictProblem("modality-in-quote", f"the fact is {modality}, and {has}", hint, "warning")


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


def left_out(text: str, start: int, end: int, language: str) -> str:
    """The words of mood that stand directly beside a run of a folded text: before it, or in languages whose verbs come
    last, after it; empty where there are none, or they may say something else."""
    known = lexicon(language)
    first = max(0, start - _BESIDE)
    if known.is_agglutinative:
        beside = text[start : end + _BESIDE]
        return next((m.text for m in _sure(beside, language) if not beside[end - start : m.start].strip(_MARKS)), "")
    beside = text[first:start]
    return next((m.text for m in _sure(beside, language) if not beside[m.end :].strip(_MARKS)), "")


def _sure(text: str, language: str) -> list[Mood]:
    return [mood for mood in moods_in(text, language) if not mood.doubtful]


def modality_of(moods: Sequence[Mood]) -> Modality | None:
    """The mood of a quote that speaks in one; None where there is none, or it may be doubted."""
    sure = [mood for mood in moods if not mood.doubtful]
    return min(sure[0].says, key=list(Modality).index) if sure else None
