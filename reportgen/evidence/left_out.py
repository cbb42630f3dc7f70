"""What a quote leaves out of its sentence, and what the fact says, in; what the fact has to say of it, out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.evidence.asked_about import HINT, asks_itself
from reportgen.evidence.denials import is_turned, lacks, tells_size_alone
from reportgen.evidence.fold import folded_words
from reportgen.evidence.moods import moods_in
from reportgen.evidence.partitive import of_part, part_before, part_told, says_of, says_whole
from reportgen.evidence.said_numbers import VALUE, SaidNumber, in_claim
from reportgen.evidence.time_told import prints_time
from reportgen.evidence.undoing import answers_undoing
from reportgen.language.lexicon import lexicon
from reportgen.language.listed_words import listed_words
from reportgen.language.words import lower, words_of
from reportgen.model.edtf import Edtf
from reportgen.model.fact import Modality
from reportgen.model.lock import LeftOut
from reportgen.model.text import Text
from reportgen.model.verdict import Verdict, VerdictProblem

_STEM = 4
"""Letters by which words of one root are known."""
_MOODS = frozenset(("planned", "expected", "claimed", "doubtful"))
_WAYS = {"up": "down", "down": "up"}


@dataclass(frozen=True, slots=True)
class FactWords:
    """What a fact says beside its quote."""

    claim: Text
    site: str
    """Language of texts without a tag."""
    told: tuple[tuple[str, str], ...]
    """Its reading, its note and its other quotes, each with its language."""
    quote: tuple[str, str] = ("", "")
    """The quote, with its language."""
    modality: Modality | None = None
    as_of: Edtf | None = None
    verdict: Verdict | None = None


def left_out_problem(left_out: Sequence[LeftOut], said: FactWords) -> VerdictProblem | None:
    """What a fact does not say of the words that its quote leaves out; None where it says it all."""
    found = [(left, is_against) for left in left_out if (is_against := _says_contrary(left, said)) is not None]
    if not found:
        return None
    left, is_against = min(found, key=lambda each: not each[1])
    of = f' of "{left.number}"' if left.number else ""
    message = f'the quote leaves out "{left.words}", which its sentence says{of}'
    if is_against:
        said_so = "tells it of the whole" if left.kind == "part" else "says the contrary"
        message += f", and the claim {said_so}"
    if left.kind == "asked":
        message = f'the quote leaves out that its sentence asks it: "{left.words}"'
        return VerdictProblem("quote-cut", message, HINT, "warning")
    hint = "quote those words too, with […] where they stand apart, or say in the claim what they say"
    if left.kind in _MOODS - {"doubtful"}:
        hint += f", or write modality: {left.kind}"
    if left.kind == "compared":
        hint = "give the time of that number as as_of, and print it in note:, or quote it with the value"
    else:
        hint += ", or in reading: why the fact holds without them"
    return VerdictProblem("quote-cut", message, hint, "error" if is_against else "warning")


def _says_contrary(left: LeftOut, said: FactWords) -> bool | None:
    """Whether a claim says the contrary of what is left out, if it does not say it; None where the fact does."""
    if not _is_of_value(left, said.verdict):
        return None
    words = lower(folded_words(left.words))
    if any(words in lower(folded_words(text)) for text, _ in said.told):
        return None
    if left.kind == "compared":
        is_known = said.as_of is not None and any(prints_time(said.as_of, *each) for each in (*said.told, said.quote))
        return None if is_known else False
    if left.kind in _MOODS and said.modality not in (None, Modality.DONE):
        return None
    if left.kind == "asked":
        asks = any(asks_itself(text) for _, text in said.claim.by_language)
        return None if asks or said.modality not in (None, Modality.DONE) else False
    claims = [(text, tag or said.site) for tag, text in said.claim.by_language]
    if left.kind == "part":
        found = [_tells_whole(left, said, *each) for each in claims]
        return None if None in found else any(found)
    if any(_says(left, words, *each) for each in claims):
        return None
    if left.kind == "denied" and claims and all(_tells_size_alone(left, said, *each) for each in claims):
        return None
    contrary = _WAYS.get(left.kind)
    return contrary is not None and any(contrary in _ways(*each) for each in claims)


def _tells_whole(left: LeftOut, said: FactWords, text: str, lang: str) -> bool | None:
    """Whether a claim says of all what its sentence says of a part; None where it tells the part, or that the number is
    all there is."""
    quote, language = said.quote
    folded = folded_words(quote)
    start = folded.find(folded_words(left.number))
    sentences = tuple(in_claim(text, lang))
    if start < 0 or not sentences:
        return None
    words = f"{folded_words(left.words)} "
    at = len(words) + start
    whole = SaidNumber(words + folded, language, at, at + len(folded_words(left.number)))
    for claim in sentences:
        if part_before(claim.text, claim.start, claim.outer[0], lang) >= 0 or says_of(claim.text, claim.start, lang):
            return None
        if part_told(whole.text, whole.start, whole.end, whole.outer[0], language):
            found = of_part(claim, [whole])
            return found[1] == "error" if found else None
        if says_whole(claim.text, claim.start, claim.end, lang, quote):
            return None
    return False


def _tells_size_alone(left: LeftOut, said: FactWords, text: str, lang: str) -> bool:
    quote, language = said.quote
    folded = folded_words(quote)
    start = folded.find(folded_words(left.number)) if left.number else -1
    if start < 0:
        return False
    number = SaidNumber(folded, language, start, start + len(folded_words(left.number)))
    sentences = tuple(in_claim(text, lang))
    return bool(sentences) and all(tells_size_alone(each, number, len(folded)) for each in sentences)


def _is_of_value(left: LeftOut, verdict: Verdict | None) -> bool:
    """Whether the number is the one that the fact reads; of a text it is not known."""
    if verdict is None or verdict.kind == "text" or not left.number:
        return left.kind not in {*_WAYS, "part"}
    if not verdict.read:
        return True
    number = folded_words(left.number)
    return any(number in text or text in number for text in map(folded_words, verdict.read))


def _says(left: LeftOut, words: str, text: str, lang: str) -> bool:
    """Whether a claim says what is left out, or something like it; in a language without lists it may."""
    known = lexicon(lang)
    if not known.knows_turns:
        return True
    if left.kind in _WAYS:
        return left.kind in _ways(text, lang)
    stems = {word[:_STEM] for word in words_of(words) if len(word) >= _STEM}
    if any(word[:_STEM] in stems for word in words_of(lower(text))):
        return True
    sentences = tuple(in_claim(text, lang))
    if any(map(is_turned, sentences)):
        return True
    if left.kind == "denied":
        return any(map(lacks, sentences))
    if left.kind == "undone":
        return any(map(answers_undoing, sentences))
    if moods_in(text, lang):
        return True
    if left.kind == "condition":
        return any(word.codes & {"if", "may"} for word in listed_words("opposites", text, lang))
    return any("undone" in word.codes for word in listed_words("governing", text, lang))


def _ways(text: str, lang: str) -> set[str]:
    tables = ("directions", "comparatives")
    return {
        code for table in tables for word in listed_words(table, text.replace(VALUE, "5"), lang) for code in word.codes
    }
