"""The words by which a source says that something is not simply so."""

from __future__ import annotations

import pytest

from reportgen.evidence.match import Match, Miss, find_quote
from reportgen.evidence.moods import modality_of, moods_in


@pytest.mark.parametrize(
    ("language", "text", "words", "mood"),
    [
        ("en", "is slated to open in Ekibastuz", "slated", "planned"),
        ("en", "It will employ 160 people", "will", "planned"),
        ("en", "is widely expected to open", "expected", "expected"),
        ("en", "reportedly accounted for 6.17%", "reportedly", "claimed"),
        ("en", "were planning to ban it", "planning to", "planned"),
        ("en", "it could not pay", "could", None),
        ("en", "higher than expected", "", None),
        ("en", "sold in May by Will Smith", "", None),
        ("en", "the will of the people", "", None),
        ("en", "not clear whether it will ban them", "", None),
        ("en", "is expected to be, at last", "expected", "expected"),
        ("ru", "завод планируется открыть", "планируется", "planned"),
        ("ru", "Ожидается 300 млрд тенге", "Ожидается", "expected"),
        ("ru", "завод будет построен", "будет", "planned"),
        ("ru", "неясно, будет ли запрет", "", None),
        ("ru", "неожиданно выросла", "", None),
        ("ru", "может достичь 500 млрд", "может", None),
        ("kk", "зауыт салу жоспарланып отыр", "жоспарланып", "planned"),
        ("kk", "300 млрд теңге күтілуде", "күтілуде", "expected"),
        ("kk", "зауыт ашпақшы", "ашпақшы", "planned"),
        ("kk", "энергия көздерінің жанына", "", None),
        ("de", "wird erwartet", "", None),
    ],
)
def test_words_of_mood(language: str, text: str, words: str, mood: str | None) -> None:
    found = moods_in(text, language)
    assert " ".join(each.text for each in found) == words
    assert modality_of(found) == mood


@pytest.mark.parametrize(
    ("language", "text", "quote", "cut"),
    [
        ("en", "The centre will employ 160 people there.", "employ 160 people", "will"),
        ("en", "He expected “another 300 billion tenge” soon.", "another 300 billion tenge", "expected"),
        ("en", "The bank lent 5 million, and will lend more.", "lent 5 million", ""),
        ("en", "It could employ 160 people there.", "employ 160 people", ""),
        ("ru", "Центр будет давать 160 рабочих мест.", "давать 160 рабочих мест", "будет"),
        ("kk", "Орталық 160 адамды жұмысқа алады деп күтілуде.", "160 адамды жұмысқа алады деп", "күтілуде"),
    ],
)
def test_a_quote_may_not_leave_out_the_word_of_mood_beside_it(language: str, text: str, quote: str, cut: str) -> None:
    found = find_quote(text, "", quote, "", language)
    if cut:
        assert isinstance(found, Miss)
        assert found.kind == "cut-mood"
        assert cut in found.reason
    else:
        assert isinstance(found, Match)
