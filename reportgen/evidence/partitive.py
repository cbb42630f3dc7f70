"""A claim and a quote that prints its number in, what it tells of a part of it out: `12 of 131 boats sank`. Pure.

What is said of the part is known by its verb, where a word is plainly one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.evidence.said_numbers import SaidNumber, TextAgainst, clause_of, named_in
from reportgen.language.lexicon import lexicon
from reportgen.language.listed_words import ListedWord, is_one_of, listed_words
from reportgen.language.number_phrases import Phrase
from reportgen.language.scanner import phrases
from reportgen.language.words import Token, folded, lower, tokens_of, words_of
from reportgen.late_patterns import regex

_OWNERS = regex(r"(?<![^\W_])[^\W\d_][\w-]*(?:'s|s')\s+\Z")
"""`the port's`, before the number of what it has."""
_SPACE = regex(r"[\s)]*")
_STOPS = regex(r"[.;:!?](?:\s|$)")
_ENDS = regex(r"[.;:!?,()]+(?:\s|$)")
_BEGINS = regex(r"(?:^|[.;:!?,(]\s*)$")
_DETERMINERS = 5
"""Words between `of` and a number."""
_NOUNS = 2
"""Words between the number of a part and the `of` of the whole: `12 boats of the 131`."""
_FAR = 6
"""Words between a number and `of which`."""
_SHORT = 3
"""Letters of words that name nothing."""
_STEM = 5
"""Letters by which words of one root are known."""


@dataclass(frozen=True, slots=True)
class PartTold:
    """The part of a number of which a sentence speaks."""

    text: str
    """The words of the part and of the whole: `12 of the 131`."""
    verbs: frozenset[str]
    """What is said of the part, by the beginnings of words that are plainly verbs."""
    named: frozenset[str]
    """What is said of the whole, by the beginnings of the words between its number and that verb."""
    is_bound: bool
    """Whether the number is nothing but the whole, as in `12 of 131`; in `131, of which 12` more may be said of it."""


def of_part(claim: SaidNumber, quotes: Sequence[SaidNumber]) -> TextAgainst | None:
    """What a quote says of a part of its number, and the claim of all of it. In doubt where the verb is another one;
    where the claim says that the number is all there is, nothing."""
    parts = [part_told(each.text, each.start, each.end, each.outer[0], each.lang) for each in quotes]
    told = [part for part in parts if part]
    if not told or len(told) < len(parts):
        return None
    mine = part_told(claim.text, claim.start, claim.end, claim.outer[0], claim.lang)
    if (mine and mine.is_bound) or part_before(claim.text, claim.start, claim.outer[0], claim.lang) >= 0:
        return None
    place, first = (claim.text, claim.start, claim.end, claim.lang), told[0]
    is_same = claim.lang == quotes[0].lang
    if is_same and not says_of(claim.text, claim.start, claim.lang) and all(verb_beside(*place, p.verbs) for p in told):
        said = f'the quote says "{first.text}", of which a part is told, and the claim tells it of the whole'
        return said, "error"
    is_of_whole = is_same and (verb_beside(*place, first.named) or _names_no_more(claim, first.named))
    if mine or not first.is_bound or is_of_whole or says_whole(*place, quotes[0].text):
        return None
    return f'the quote says "{first.text}", of which a part is told, and the claim does not say so', "warning"


def told_of_all(claim: SaidNumber, quotes: Sequence[SaidNumber]) -> TextAgainst | None:
    """A number that a quote tells of as a part of a greater one, and the claim, by the same verb, as all of them: `lost
    17 of its 43 wells`, `lost all 17`. In doubt, and nothing where a relative says which they are."""
    words = [word for word in listed_words("all_of", claim.text, claim.lang) if "all" in word.codes]
    fillers = lexicon(claim.lang).words("from_fillers") | lexicon(claim.lang).articles
    near = [word for word in words if word.end <= claim.start and _ends_in(claim, word.end, fillers)]
    told = [_as_part(place) for place in quotes]
    if not near or not all(told):
        return None
    if any("relative" in w.codes and w.start >= claim.end for w in listed_words("all_of", claim.text, claim.lang)):
        return None
    if not all(each and verb_beside(claim.text, claim.start, claim.end, claim.lang, each.verbs) for each in told):
        return None
    text = told[0].text if told[0] else ""
    return f'the quote says "{text}", and the claim says "{near[-1].text}" of the part', "warning"


def _ends_in(claim: SaidNumber, start: int, fillers: frozenset[str]) -> bool:
    the = {word.entry for word in listed_words("partitives", claim.text, claim.lang) if "the" in word.codes}
    return all(each.lower() in fillers | the for each in claim.text[start : claim.start].split())


def _as_part(place: SaidNumber) -> PartTold | None:
    """What is told of a number as a part of a greater one that follows: `17 of its 43 wells`."""
    mine = next((p for p in phrases(place.text, place.lang) if p.start <= place.start < p.end), None)
    for other in phrases(place.text, place.lang):
        if mine is None or not other.is_count or other.start < mine.end:
            continue
        told = part_told(place.text, other.start, other.end, other.outer_start, place.lang)
        start = folded(place.text).find(told.text) if told and told.is_bound else -1
        if told and start >= 0 and start <= mine.start and mine.end <= start + len(told.text) and told.verbs:
            return told
    return None


def _names_no_more(claim: SaidNumber, known: frozenset[str]) -> bool:
    """Whether a claim names nothing but what some beginnings of words do."""
    names = named_in(claim, *clause_of(claim)) or named_in(claim, 0, len(claim.text))
    helpers = {word[:_STEM] for word in lexicon(claim.lang).words("helping_verbs")}
    return bool(names) and {name for name in names if name.isalpha()} <= known | helpers


def part_told(text: str, start: int, end: int, outer: int, lang: str) -> PartTold | None:
    """The part of the number from `start` to `end`, whose words of relation begin at `outer`; None where no part of it
    is told."""
    if not lexicon(lang).data.get("partitives"):
        return None
    plain = folded(text)
    if any(each.is_time for each in phrases(text, lang) if each.start <= start < each.end):
        return None
    sentence = _ToldSentence(plain, lang, listed_words("partitives", plain, lang), phrases(text, lang))
    if lexicon(lang).is_agglutinative:
        return sentence.of_owned(start, end)
    return sentence.before(start, end, outer) or sentence.behind(start, end, outer) or sentence.of_which(start, end)


def part_before(text: str, start: int, outer: int, lang: str) -> int:
    """Where the words begin that make the number from `start` the whole of a part, and end before it: `most of its`;
    below 0 where none do. Known in more languages than what a quote tells of a part."""
    numbers = phrases(text, lang)
    if lexicon(lang).is_agglutinative or any(each.is_time for each in numbers if each.start <= start < each.end):
        return -1
    plain = folded(text)
    sentence = _ToldSentence(plain, lang, _listed(plain, lang), [each for each in numbers if not each.is_time])
    return sentence.begins_before(outer)


def _listed(text: str, lang: str) -> tuple[ListedWord, ...]:
    return listed_words("partitives", text, lang) or listed_words("parts_before", text, lang)


def says_whole(text: str, start: int, end: int, lang: str, quote: str) -> bool:
    """Whether a sentence says that a number is all there is: `had 131 boats`, `a fleet of 131 boats`. What is said `of`
    it may be said of the part, where the quote has the word too: `the loss of 131 boats`."""
    found = _listed(text, lang)
    if lexicon(lang).is_agglutinative:
        return any("whole" in word.codes for word in found)
    if any("total" in word.codes for word in found):
        return True
    fillers = lexicon(lang).words("from_fillers") | lexicon(lang).articles
    said = {word[:_STEM] for word in words_of(lower(quote)) if len(word) > _SHORT}
    for word in found:
        between = text[word.end : start].split()
        if word.end > start or not all(each.lower() in fillers for each in between):
            continue
        before = words_of(lower(text[: word.start]))[-1:]
        if "whole" in word.codes or ("of" in word.codes and not said.intersection(each[:_STEM] for each in before)):
            return True
    return False


def says_of(text: str, start: int, lang: str) -> bool:
    """Whether `of` or its like stands directly before a number: `guests of 131 countries came`."""
    words = _listed(text, lang)
    return any("of" in word.codes and _is_between(text, word.end, start) for word in words)


def verb_beside(text: str, start: int, end: int, lang: str, verbs: frozenset[str]) -> bool:
    """Whether one of some verbs is said of a number: it stands in its clause, and no other verb nearer to it."""
    near = [token for token in _clause(folded(text), start, end) if token.kind == "word"]
    if lexicon(lang).is_agglutinative:
        return near[-1].text[:_STEM] in verbs if near else False
    before = [token.text for token in near if token.end <= start][::-1]
    after = [token.text for token in near if token.start >= end]
    for words in (after, before):
        first = next((word for word in words if is_verb(word, lang)), "")
        if first[:_STEM] in verbs:
            return True
    return False


@dataclass(frozen=True, slots=True)
class _ToldSentence:
    text: str
    lang: str
    listed: Sequence[ListedWord]
    numbers: Sequence[Phrase]

    def before(self, start: int, end: int, outer: int) -> PartTold | None:
        """`12 of the 131 boats sank`, `half the 131`, `lost one in 131`."""
        first = self.begins_before(outer)
        if first < 0:
            return None
        verbs = [] if self._is_asked_of_whole(end) else self._verbs_after(end)
        verbs_before = self._verb_before(first)
        return self._told(self.text[first:end], end, len(self.text), [*verbs, *verbs_before])

    def begins_before(self, outer: int) -> int:
        """Where the words of a part begin that end at the words of relation of a number; below 0 where none do."""
        at = self._past_determiners(outer)
        of = next((w for w in self._with("of", "in") if _is_between(self.text, w.end, at)), None)
        if of is None and at == outer:
            of = next((w for w in self._with("which") if _is_between(self.text, w.end, at) and self._is_these(w)), None)
        if of is None:
            part = next((w for w in self._with("direct") if _is_between(self.text, w.end, at)), None)
            return part.start if part else -1
        if "in" in of.codes:
            one = next((w for w in self._with("one") if _is_between(self.text, w.end, of.start)), None)
            return one.start if one and at == outer else -1
        return self._part_before(of.start, is_near=at == outer and "definite" not in of.codes)

    def behind(self, start: int, end: int, outer: int) -> PartTold | None:
        """`of the 131 boats 12 sank`."""
        at = self._past_determiners(outer)
        of = next((w for w in self._with("of") if _is_between(self.text, w.end, at)), None)
        if of is None or not _BEGINS.search(self.text, 0, of.start):
            return None
        stop = _STOPS.search(self.text, end)
        last = stop.start() if stop else len(self.text)
        part = self._part_after(start, end, last)
        if part is None:
            return None
        verbs = self._verbs_after(part[1]) or self._verb_before(part[0])
        return self._told(self.text[of.start : part[1]], end, part[0], verbs)

    def of_which(self, start: int, end: int) -> PartTold | None:
        """`131 boats, of which 12 sank`, `131 boats, 12 of which sank`."""
        for word in self._with("which"):
            between = self.text[end : word.start]
            if word.start < end or len(between.split()) > _FAR or _STOPS.search(between):
                continue
            if any(each.is_count and end <= each.start < word.start for each in self.numbers):
                last = word.end
                first = next(each.start for each in self.numbers if each.is_count and end <= each.start < word.start)
            else:
                part = self._part_after(start, word.end, min(len(self.text), word.end + _FAR * 4))
                first, last = word.start, part[1] if part else -1
            if last > 0:
                verbs = frozenset(self._verbs_after(last))
                return PartTold(f"{self.text[start:end]} … {self.text[first:last]}", verbs, frozenset(), is_bound=False)
        return None

    def of_owned(self, start: int, end: int) -> PartTold | None:
        """`131 қайықтың 12-сі батты`: the whole in the genitive or the ablative, its part in the possessive."""
        known = lexicon(self.lang)
        words = [token for token in tokens_of(self.text) if token.start >= end or token.start >= start]
        owner = next((t for t in words if t.kind == "word" and any(map(t.text.endswith, known.words("owners")))), None)
        if owner is None or len(self.text[end : owner.start].split()) > _NOUNS or owner.start < start:
            return None
        if _ENDS.search(self.text[start : owner.start] + " "):
            return None
        stop = _STOPS.search(self.text, owner.end)
        last = stop.start() if stop else len(self.text)
        part = self._part_after(start, owner.end, last)
        if part is None:
            return None
        final = [token.text for token in tokens_of(self.text[part[1] : last]) if token.kind == "word"][-1:]
        return self._told(self.text[start : part[1]], end, part[0], [word[:_STEM] for word in final])

    def _told(self, said: str, first: int, last: int, verbs: Sequence[str]) -> PartTold:
        words = [token.text[:_STEM] for token in _until_end(self.text, first) if token.end <= last]
        at = next((number for number, word in enumerate(words) if word in verbs), len(words))
        return PartTold(said, frozenset(verbs), frozenset(words[:at]), is_bound=True)

    def _with(self, *codes: str) -> Iterator[ListedWord]:
        return (word for word in self.listed if not word.codes.isdisjoint(codes))

    def _is_these(self, word: ListedWord) -> bool:
        """Whether words that may stand for a whole, `of these`, may stand before its number too."""
        return word.entry.split()[-1] in lexicon(self.lang).data.get("partitives", {}).get("the", ())

    def _past_determiners(self, at: int) -> int:
        for _ in range(_DETERMINERS):
            word = next((w for w in self._with("the") if _is_between(self.text, w.end, at)), None)
            owner = _OWNERS.search(self.text, 0, at) if word is None else None
            if word is None and owner is None:
                break
            at = word.start if word else owner.start() if owner else at
        return at

    def _part_before(self, at: int, *, is_near: bool) -> int:
        """Where the part begins that ends before `of`; below 0 where none does."""
        codes = ("part",) if is_near else ("part", "noun")
        found = next((w.start for w in self._with(*codes) if _is_between(self.text, w.end, at)), -1)
        number = self._number_before(at, is_near=is_near)
        return min(found, number) if found >= 0 <= number else max(found, number)

    def _number_before(self, at: int, *, is_near: bool) -> int:
        for each in reversed([p for p in self.numbers if p.end <= at and p.kind in ("number", "ordinal", "range")]):
            between = self.text[each.end : at]
            if _SPACE.fullmatch(between) or (not is_near and _is_few(between)):
                return each.start
            return -1
        return -1

    def _part_after(self, start: int, first: int, last: int) -> tuple[int, int] | None:
        """The part that is told in a run of the text, a number that is less than the whole or a word for a part."""
        whole = next((r.value for p in self.numbers if p.start <= start < p.end for r in p.readings), None)
        for each in self.numbers:
            if not (first <= each.start and each.end <= last and each.is_count):
                continue
            if lexicon(self.lang).is_agglutinative and not self._is_owned(each):
                continue
            value = next((reading.value for reading in each.readings), None)
            is_less = whole is None or value is None or value < whole
            return (each.start, each.end) if is_less and not each.is_time else None
        words = (w for w in self._with("part", "noun", "direct") if first <= w.start and w.end <= last)
        return next(((w.start, w.end) for w in words), None)

    def _is_owned(self, number: Phrase) -> bool:
        """Whether a number has the ending of what belongs to something: `12-сі`."""
        ends = lexicon(self.lang).words("owned_numbers")
        said = self.text[number.start : number.end + 4].split()[0].rstrip(".,;")
        return any(said.endswith(ending) for ending in ends)

    def _verbs_after(self, end: int) -> list[str]:
        tokens = [*_until_end(self.text, end)]
        found = [token.text for token in tokens if is_verb(token.text, self.lang)]
        helped = _helped([token.text for token in tokens], self.lang)
        return [word[:_STEM] for word in (helped or found[-1:])]

    def _is_asked_of_whole(self, end: int) -> bool:
        """Whether all that follows a whole says by whom: `32% of the 430 million it had asked for`."""
        words = [token.text for token in _until_end(self.text, end)]
        subjects, known = lexicon(self.lang).words("subjects"), lexicon(self.lang)
        at = next((number for number, word in enumerate(words) if word in subjects), len(words))
        rest = [word for word in words[at + 1 :] if word not in known.words("helping_verbs")]
        said = [*words[:at], *rest[1:]]
        return (
            bool(rest)
            and is_verb(rest[0], self.lang)
            and not any(is_verb(w, self.lang) for w in said)
            and (known.grammar.issuperset(rest[1:]))
        )

    def _verb_before(self, first: int) -> list[str]:
        words = [token.text for token in tokens_of(self.text[:first]) if token.kind in ("word", "sign", "number")]
        fillers = lexicon(self.lang).words("from_fillers") | lexicon(self.lang).articles
        while words and (words[-1] in fillers or lexicon(self.lang).is_adverb(words[-1])):
            words.pop()
        return [words[-1][:_STEM]] if words and is_verb(words[-1], self.lang) else []


def _helped(words: Sequence[str], lang: str) -> list[str]:
    """The word after a word that helps a verb: `were lost`."""
    helpers = lexicon(lang).words("helping_verbs")
    for number, word in enumerate(words):
        if word in helpers:
            rest = [each for each in words[number + 1 :] if each not in helpers and not lexicon(lang).is_adverb(each)]
            known = lexicon(lang)
            is_verb = rest and rest[0] not in known.articles | known.prepositions and not rest[0].isdigit()
            return rest[:1] if is_verb else []
    return []


def is_verb(word: str, lang: str) -> bool:
    """Whether a word is plainly a verb."""
    known = lexicon(lang)
    endings = known.words("verb_endings")
    is_listed = is_one_of(word, known.words("part_verbs"))
    return is_listed or any(word.endswith(ending) and len(word) > len(ending) + 2 for ending in endings)


def _clause(text: str, start: int, end: int) -> list[Token]:
    first = max((found.end() for found in _ENDS.finditer(text, 0, start)), default=0)
    found = _ENDS.search(text, end)
    last = found.start() if found else len(text)
    return [token for token in tokens_of(text) if first <= token.start and token.end <= last]


def _until_end(text: str, end: int) -> Iterator[Token]:
    found = _ENDS.search(text, end)
    last = found.start() if found else len(text)
    yield from (token for token in tokens_of(text) if token.start >= end and token.end <= last and token.kind == "word")


def _is_between(text: str, start: int, end: int) -> bool:
    """Whether nothing but spaces stands from one place to another."""
    return start <= end and not text[start:end].strip()


def _is_few(between: str) -> bool:
    words = between.split()
    return 0 < len(words) <= _NOUNS and all(word.isalpha() for word in words)
