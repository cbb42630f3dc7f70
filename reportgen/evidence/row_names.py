"""A claim and the heads of a table's rows in, the name of another row than the number's in the claim out. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.evidence.word_forms import word_forms
from reportgen.evidence.words_read import ReadWord, same_word, words_of
from reportgen.language.countries import code_of
from reportgen.language.lexicon import lexicon
from reportgen.language.listed_words import is_one_of
from reportgen.late_patterns import regex
from reportgen.model.text import Text

_PARTS = regex(r",\s+|\s*\|\s*|\s[–—]\s")
_SHORT = 3
"""Letters below which a word tells no row."""
_MOST_WORDS = 4
"""Words of what is a name, and no description."""
_BEGINS = regex(r"(?:^|[.!?:]\s+)[\"'“„«(]*$")
_PLURAL = regex(r"[^suáéíóú]s$")


def other_row(claim: Text, site: str, own: str, rows: Sequence[str], language: str) -> str:
    """The head of the one other row that a claim names, where it names nothing of the number's own row; empty where
    there is none. Compared are names alone, which begin with a capital wherever they stand: what a row counts may be
    said in other words."""
    mine = _parts(own)
    others = [each for each in dict.fromkeys(rows) if each and each != own]
    if not mine or not others or not all(map(_is_name, mine)):
        return ""
    for tag, text in claim.by_language:
        lang = tag or site
        if _names(text, lang, own, others, language):
            return ""
        parts = {part: None for each in others for part in _parts(each) if part not in mine}
        may_begin = not any(map(_is_description, (*parts, *mine)))
        found = {part for part in parts if _names_it(text, lang, part, language, may_begin)}
        if len(found) == 1:
            return found.pop()
    return ""


def _parts(head: str) -> list[str]:
    return [part for part in _PARTS.split(head.strip()) if part]


def _is_name(part: str) -> bool:
    words = part.split()
    return 0 < len(words) <= _MOST_WORDS and words[0][0].isupper() and any(len(word) > _SHORT for word in words)


def _names(text: str, lang: str, own: str, others: Sequence[str], language: str) -> bool:
    """Whether a claim has any word of the head of a row by which that differs from the others, or names its country."""
    shared = {word.form for each in others for word in words_of(each, language)}
    said = words_of(text, lang)
    forms = word_forms(lang)
    telling = [word for word in words_of(own, language) if word.form not in shared]
    if any(same_word(word, mine, forms) for word in telling for mine in said if len(word.text) >= _SHORT):
        return True
    if any(is_one_of(word.form, lexicon(language).words("totals")) for word in telling):
        return True  # of a total, a claim names the parts
    codes = {code for part in _parts(own) if (code := code_of(part, language))}
    return bool(codes) and any(code_of(run, lang) in codes for run in _runs(said))


def _runs(words: Sequence[ReadWord]) -> Iterator[str]:
    for first in range(len(words)):
        for last in range(first + 1, min(len(words), first + _MOST_WORDS) + 1):
            yield " ".join(word.text for word in words[first:last])


def _is_description(part: str) -> bool:
    """Whether the head of a row may be what its numbers count, and no name: `Trade balance`, `Exports`."""
    first, *rest = part.split()
    is_plural = not rest and _PLURAL.search(first) is not None
    return is_plural or any(word.islower() and len(word) > _SHORT for word in rest)


def _names_it(text: str, lang: str, part: str, language: str, may_begin: bool) -> bool:
    """Whether a claim has the name of another row, as a name: with capitals that are not those of a sentence's
    beginning, but in English where no row may be a description; and in a language whose nouns have them a country's."""
    if not _is_name(part):
        return False
    said, forms = words_of(text, lang), word_forms(lang)
    if code := code_of(part, language):
        return any(code_of(run, lang) == code for run in _runs(said))
    if lexicon(lang).data.get("nouns_have_capitals"):
        return False
    if not (may_begin and lang.partition("-")[0] == "en"):
        said = tuple(word for word in said if not _BEGINS.search(text[: word.start]))
    wanted = [word for word in words_of(part, language) if len(word.text) > 1]
    return bool(wanted) and all(
        any(same_word(word, mine, forms) and mine.text[0].isupper() == word.text[0].isupper() for mine in said)
        for word in wanted
    )
