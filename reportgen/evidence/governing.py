"""A sentence and the runs of it that a quote takes in, what else of it governs the numbers there, out. Pure.

Read are the whole sentence and each number's clause in it: what denies or doubts it, a condition, words of mood, what
rises or falls by it, with what it is compared, and of what a part is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.evidence.asked_about import has_question_mark, question_at
from reportgen.evidence.moods import moods_in
from reportgen.evidence.partitive import is_verb, part_before
from reportgen.evidence.said_numbers import SaidNumber, clause_of, condition_before, turning_words
from reportgen.evidence.sentences import sentence_ends
from reportgen.evidence.undoing import undoing
from reportgen.language.lexicon import lexicon
from reportgen.language.listed_words import ListedWord, listed_words
from reportgen.language.number_phrases import Phrase
from reportgen.language.scanner import SHARE, phrases
from reportgen.language.stepping import step_at
from reportgen.language.words import folded, tokens_of
from reportgen.late_patterns import regex
from reportgen.model.lock import LeftOut

_MOST_NUMBERS = 6
"""Numbers of a quote that are looked at."""
_NEAR = 3
"""Words between words that govern and a number, where other words of the sentence may come between."""
_FAR = 8
"""Words between words that govern and a number, in its clause."""
_FURTHEST = 12
"""Words between a denial and a clause that it denies."""
_MARK = regex(r"[,;:]")
_DENYING = frozenset(("before", "after"))
_ONE_WORD = regex(r"\s+(?:[^\W\d_]+\s+)?")
_LONGEST = 80
"""Characters of a question that are shown."""
_CELL = "|"


def left_out_of(
    text: str, blocks: str, spans: Sequence[tuple[int, int]], language: str
) -> tuple[tuple[LeftOut, bool], ...]:
    """What of its sentence a quote leaves out that governs a number of it, each with whether that is certain.

    `blocks` is the text with a mark where a paragraph ends; `spans` are the pieces of the quote.
    """
    start, end = spans[0][0], spans[-1][1]
    first, last = _sentence(text, blocks, start, end)
    sentence = text[first:last]
    runs = [(a - first, b - first) for a, b in spans]
    found = dict.fromkeys(_asked(sentence, runs, language), False)
    if not lexicon(language).knows_turns:
        return tuple(found.items())
    for place, phrase in _numbers(sentence, runs, language):
        reader = _GovernedNumber(place, phrase, runs)
        for kind, words, is_sure in reader.all():
            if phrase is None and not is_sure:
                continue  # of words alone it is not known what of their sentence they are about
            left = LeftOut(kind, " ".join(words.split()), sentence[place.start : place.end] if phrase else "")
            found[left] = found.get(left, False) or is_sure
    for phrase in _shares(sentence, runs, language):
        place = SaidNumber(sentence, language, phrase.start, phrase.end)
        for kind, words, is_sure in _GovernedNumber(place, phrase, runs).part():
            found[LeftOut(kind, words, phrase.text)] = is_sure
    return tuple(found.items())


def _asked(sentence: str, runs: Sequence[tuple[int, int]], language: str) -> Iterator[LeftOut]:
    """The question that a sentence asks of a number of a quote, where the quote leaves its mark out."""
    for place, phrase in _numbers(sentence, runs, language) if has_question_mark(sentence, language) else ():
        question = question_at(sentence, place.start, language)
        if phrase is not None and question and not any(a < question[1] <= b for a, b in runs):
            words = " ".join(sentence[question[0] : question[1]].split())
            yield LeftOut("asked", words if len(words) <= _LONGEST else f"…{words[-_LONGEST:]}", phrase.text)


def _sentence(text: str, blocks: str, start: int, end: int) -> tuple[int, int]:
    """The sentence, or the cell of a table, around a run of a text."""
    first = max(blocks.rfind("¶", 0, start), text.rfind(_CELL, 0, start)) + 1
    after = [at for at in (blocks.find("¶", end), text.find(_CELL, end)) if at >= 0]
    last = min(after, default=len(text))
    ends = [first + at for at in sentence_ends(text[first:last])]
    return (
        max((at for at in ends if at <= start), default=first),
        min((at for at in ends if at >= end), default=last),
    )


def _numbers(text: str, runs: Sequence[tuple[int, int]], language: str) -> Iterator[tuple[SaidNumber, Phrase | None]]:
    """The numbers of a quote; the quote itself where it has none."""
    said = (phrase for phrase in phrases(text, language) if not phrase.void)
    ends = (one for p in said for one in (p.ends if p.kind == "range" and p.sense != "range" else (p,)))
    found = [one for one in ends if any(a <= one.start and one.end <= b for a, b in runs)]
    if found:
        yield from ((SaidNumber(text, language, one.start, one.end), one) for one in found[:_MOST_NUMBERS])
    else:
        yield SaidNumber(text, language, *runs[0]), None


def _shares(text: str, runs: Sequence[tuple[int, int]], language: str) -> Iterator[Phrase]:
    """The numbers of a quote that no value is read from in their sentence, as another one is their share."""
    for each in phrases(text, language):
        if each.void == SHARE and any(a <= each.start and each.end <= b for a, b in runs):
            yield each


class _GovernedNumber:
    """One number of a quote, with its clause."""

    def __init__(self, place: SaidNumber, phrase: Phrase | None, runs: Sequence[tuple[int, int]]) -> None:
        self.place, self.phrase, self.runs = place, phrase, runs
        self.text, self.lang = place.text, place.lang
        self.known = lexicon(place.lang)
        self.first, self.last = clause_of(place)
        self.begins, self.ends = place.outer if phrase else (place.start, place.end)

    def all(self) -> Iterator[tuple[str, str, bool]]:
        yield from self._denials()
        yield from self._undoings()
        yield from self._conditions()
        yield from self._moods()
        yield from self._changes()
        yield from self._compared()
        yield from self.part()

    def _is_quoted(self, start: int, end: int) -> bool:
        return any(a <= start and end <= b for a, b in self.runs)

    def _quoted(self, table: str, codes: frozenset[str] = frozenset()) -> Iterator[tuple[int, int, ListedWord]]:
        """The words of a table that the quote has by itself, in the clause of its number."""
        for a, b in self.runs:
            for word in listed_words(table, self.text[a:b], self.lang):
                if self.first <= a + word.start < self.last and (not codes or word.codes & codes):
                    yield a + word.start, a + word.end, word

    def _listed(self, code: str) -> Iterator[ListedWord]:
        return (word for word in listed_words("governing", self.text, self.lang) if code in word.codes)

    def _is_relative(self, start: int) -> bool:
        """Whether a relative word stands before a place, or a word further: what follows is a clause of its own."""
        words = [word for word in self._listed("relatives") if word.end < start]
        return any(_ONE_WORD.fullmatch(self.text[word.end : start]) for word in words)

    def _far(self, start: int) -> int:
        return 1 if self._is_relative(start) else _FAR

    def _words(self, start: int, end: int) -> int:
        return sum(token.kind == "word" for token in tokens_of(folded(self.text[start:end])))

    def _edge(self) -> int:
        """Where the run begins that has the number."""
        return next(a for a, b in self.runs if a <= self.place.start < b or a >= self.place.start)

    # Denials ----------------------------------------------------------------------------------------------------------

    def _denials(self) -> Iterator[tuple[str, str, bool]]:
        words = turning_words(self.place)
        conditions = {word.start for word in listed_words("opposites", self.text, self.lang) if "if" in word.codes}
        said = [word for word in words if word.codes & _DENYING and word.start not in conditions]
        if any(start not in conditions for start, _, _ in self._quoted("turning", _DENYING)):
            return
        for word in said:
            if self._is_quoted(word.start, word.end):
                continue
            if "before" in word.codes and word.end <= self.begins:
                found = self._before(word, words)
            elif "after" in word.codes and self.ends <= word.start and word.end <= self.last:
                found = self._after(word)
            else:
                continue
            if found is not None:
                yield "denied", word.text, found

    def _before(self, word: ListedWord, words: Sequence[ListedWord]) -> bool | None:
        """Whether a word certainly denies what is said behind it; None where it does not."""
        edge, between = self._edge(), self.text[word.end : self.place.start]
        if any(
            not self.text[word.start : each.start].strip() or each.start > word.start for each in self._factive(edge)
        ):
            return None
        that = self._that(word)
        parts = any("parts" in each.codes and word.end <= each.start < edge for each in words)
        if that is not None and not parts and self._words(word.end, edge) <= _FURTHEST:
            return not _MARK.search(self.text[that:edge]) and self._words(word.end, that) <= _NEAR + 1
        if self._is_truth(word) and any(
            each.end <= self.place.start and self.text[: each.start].rstrip().endswith(",")
            for each in self._listed("that")
            if each.start > word.end
        ):
            return False
        if word.start < self.first or _MARK.search(between):
            return None
        if any(q.start == word.start for q in self._listed("quantifiers")):
            return self._is_bare(word.end, edge)
        return False if self._words(word.end, self.place.start) <= self._far(word.start) else None

    def _is_truth(self, word: ListedWord) -> bool:
        """Whether a word denies a whole sentence: `not true, as he said, that`."""
        truths = [each for each in listed_words("opposites", self.text, self.lang) if "truth" in each.codes]
        return any(each.end >= word.end and self._words(word.end, each.start) <= 1 for each in truths)

    def _factive(self, edge: int) -> Iterator[ListedWord]:
        return (word for word in self._listed("factive") if word.end <= edge)

    def _that(self, word: ListedWord) -> int | None:
        """Where the clause begins that a word denies: behind `that`."""
        thats = [each for each in self._listed("that") if word.end <= each.end <= self.place.start]
        thats = [each for each in thats if self._words(word.end, each.start) <= _NEAR + 1]
        return thats[0].end if thats else None

    def _is_bare(self, start: int, end: int) -> bool:
        """Whether there is nothing between two places but articles, words that say which are meant, and numbers."""
        words = [token for token in tokens_of(folded(self.text[start:end])) if token.kind == "word"]
        passed = self.known.articles.union(self.known.data.get("definite", {}).get("before", ()))
        return all(token.text in passed for token in words)

    def _after(self, word: ListedWord) -> bool | None:
        if _MARK.search(self.text[self.ends : word.start]) or self._words(self.ends, word.start) > _FAR:
            return None
        if self.known.is_agglutinative:
            edge = max(b for _, b in self.runs)
            thats = [each for each in self._listed("that") if edge <= each.start and each.end <= word.start]
            return any(self._words(each.end, word.start) == 0 for each in thats)
        if any(self.ends <= r.start and r.end <= word.start for r in self._listed("relatives")):
            return None
        return False

    def _undoings(self) -> Iterator[tuple[str, str, bool]]:
        if self.phrase is None or any(self._quoted("undoings", frozenset(("before", "after", "passive", "at_end")))):
            return
        for word in undoing(self.place):
            yield "undone", word.text, False

    # Conditions -------------------------------------------------------------------------------------------------------

    def _conditions(self) -> Iterator[tuple[str, str, bool]]:
        words = [w for w in listed_words("opposites", self.text, self.lang) if "if" in w.codes]
        if any(self._is_quoted(word.start, word.end) for word in words):
            return
        opening = condition_before(self.place)
        for word in words:
            if self._is_question(word.start):
                continue
            is_before = self.first <= word.start and word.end <= self.place.start
            is_after = word.start >= self.ends and not _MARK.search(self.text[self.ends : word.start].rstrip(" ,"))
            if is_before or is_after or (opening and opening.start == word.start):
                yield "condition", word.text, False

    def _is_question(self, start: int) -> bool:
        return any(not self.text[word.end : start].strip() for word in self._listed("no_if") if word.end <= start)

    # Moods ------------------------------------------------------------------------------------------------------------

    def _moods(self) -> Iterator[tuple[str, str, bool]]:
        moods = moods_in(self.text, self.lang)
        if any(self._is_quoted(mood.start, mood.end) for mood in moods):
            return
        for mood in moods:
            if mood.is_of_following and mood.start >= self.ends:
                continue
            if mood.doubtful and not self._is_near(mood.start, mood.end):
                continue
            if self._governs(mood.start, mood.end):
                yield "doubtful" if mood.doubtful else str(min(mood.says)), mood.text, False
        if any(self._quoted("governing", frozenset(("undone",)))):
            return
        for word in self._listed("undone"):
            if self._governs(word.start, word.end):
                yield "planned", word.text, False

    def _is_near(self, start: int, end: int) -> bool:
        """Whether words that may say something else stand so near that they are said of the number."""
        if self.known.is_agglutinative:
            return start >= self.ends and self._words(self.ends, start) <= _NEAR
        return end <= self.begins and self._words(end, self.begins) <= _NEAR

    def _governs(self, start: int, end: int) -> bool:
        """Whether words in the clause of the number, and not too far, may be said of it."""
        if end <= self.begins and not self.known.is_agglutinative:
            return start >= self.first and self._words(end, self.begins) <= self._far(start)
        if start >= self.ends and end <= self.last:
            far = _FAR if self.known.is_agglutinative else _NEAR + 1
            return self._words(self.ends, start) <= far and not self._is_relative(start)
        return False

    # Changes ----------------------------------------------------------------------------------------------------------

    def _changes(self) -> Iterator[tuple[str, str, bool]]:
        phrase = self.phrase
        if phrase is None or phrase.kind not in ("number", "range"):
            return
        words = listed_words("directions", self.text, self.lang)
        behind = listed_words("comparatives", self.text, self.lang)
        inside = [w for w in (*words, *behind) if self._is_quoted(w.start, w.end)]
        if any(self.first <= w.start and w.end <= self.last for w in inside):
            return
        for word in behind:
            is_of_range = bool(phrase.relations) and phrase.outer_end > phrase.end
            if word.start >= self.ends and not is_of_range and _ONE_WORD.fullmatch(self.text[self.ends : word.start]):
                yield next(iter(word.codes)), word.text, False
        step = step_at(self.text, self.place.start, self.place.end, self.lang)
        for word in words:
            if word.start < self.first or word.end > self.last or (step is not None and step[0] in ("to", "from")):
                continue
            if self._changes_by(word, step is not None):
                yield next(iter(word.codes)), word.text, step is not None

    def _changes_by(self, word: ListedWord, is_by: bool) -> bool:
        """Whether the number says by how much something rises or falls."""
        if word.end <= self.place.start:
            between = self.text[word.end : self.place.start]
            if is_by:
                return self._words(word.end, self.place.start) <= _FAR and not self._is_relative(word.start)
            return self._are_joins(between)
        if self.known.is_agglutinative:
            return self._words(self.ends, word.start) <= _NEAR
        return word.start >= self.ends and not self.text[self.ends : word.start].strip()

    def _are_joins(self, text: str) -> bool:
        joins = self.known.data.get("governing", {}).get("joins", ())
        return not _MARK.search(text) and all(
            token.text in joins for token in tokens_of(folded(text)) if token.kind == "word"
        )

    # Comparisons ------------------------------------------------------------------------------------------------------

    def _compared(self) -> Iterator[tuple[str, str, bool]]:
        if self.phrase is None:
            return
        for word in turning_words(self.place):
            if "compared" not in word.codes or word.end > self.place.start or self._is_quoted(word.start, word.end):
                continue
            if len(self.text[word.end : self.place.start].split()) <= 2:
                yield "compared", word.text, False

    # Parts ------------------------------------------------------------------------------------------------------------

    def part(self) -> Iterator[tuple[str, str, bool]]:
        """The words of a part that end before a number, or before the words that are quoted with it: `most of its`."""
        edge = self._edge()
        if self.phrase is None or self.phrase.kind not in ("number", "range") or self.begins < edge:
            return
        begins = part_before(self.text, self.place.start, self.begins, self.lang)
        if not 0 <= begins < edge or any(begins < b and a < edge for a, b in self.runs):
            return
        if part_before(self.text[edge:], self.place.start - edge, self.begins - edge, self.lang) >= 0:
            return
        if self._is_named_alone() or self._is_all(begins, edge) or self._is_of_another_kind():
            return
        if not self._is_told_in_a_relative():
            yield "part", " ".join(self.text[begins:edge].split()), False

    def _is_named_alone(self) -> bool:
        """Whether a quote tells nothing of what its number counts: `the 44 lakes`."""
        last = max(b for _, b in self.runs)
        words = [token.text for token in tokens_of(folded(self.text[self.ends : last])) if token.kind == "word"]
        return len(words) <= 1 and not any(is_verb(word, self.lang) for word in words)

    def _is_all(self, begins: int, edge: int) -> bool:
        """Whether the words of a part say that it is all there is: `every one of`, `42 of the 42`, `100% of its`."""
        alls = (word for word in listed_words("all_of", self.text, self.lang) if "all" in word.codes)
        if any(word.start <= begins < word.end for word in alls):
            return True
        whole = next((reading.value for reading in self.phrase.readings), None) if self.phrase else None
        for each in phrases(self.text, self.lang):
            if each.start == begins and each.end <= edge and each.readings and whole is not None:
                reading = each.readings[0]
                limit = 100 if any(unit.name == "percent" for unit in reading.units) else whole
                return reading.value >= limit
        return False

    def _is_of_another_kind(self) -> bool:
        """Whether a number measures each of something, and is not their number: `dozens of 42-foot boats`, `grants, one
        of €5 million`."""
        if self.text[self.ends :].startswith("-"):
            return True
        before = self.text[: self.begins].split()[-1:]
        bare = {*self.known.data.get("partitives", {}).get("of", ()), *self._outside("of")} - {
            *self._outside("definite")
        }
        readings = self.phrase.readings if self.phrase else ()
        is_counted = not readings or any(not reading.units for reading in readings)
        return not is_counted and bool(before) and before[0].lower() in bare

    def _outside(self, code: str) -> Sequence[str]:
        found: Sequence[str] = self.known.data.get("parts_before", {}).get(code, ())
        return found

    def _is_told_in_a_relative(self) -> bool:
        """Whether what is said of the number is said in a clause of its own: `one of 42 countries that signed`."""
        listed = listed_words("parts_before", self.text, self.lang)
        words = [*self._listed("relatives"), *(word for word in listed if "relative" in word.codes)]
        for word in words:
            between = self.text[self.ends : word.start]
            is_one = word.entry not in self.known.articles or between.rstrip().endswith(",")
            if word.start >= self.ends and is_one and len(between.split()) < _NEAR:
                return True
        return False
