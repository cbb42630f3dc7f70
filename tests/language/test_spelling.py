"""Numbers in words as they are printed; each is read back as itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.language.scanner import phrases
from reportgen.language.spelling import number_words, ordinal

LANGUAGES = ("en", "ru", "kk")


@settings(max_examples=300, deadline=None)
@given(number=st.integers(1, 1499), language=st.sampled_from(LANGUAGES))
def test_ordinals_are_read_back(number: int, language: str) -> None:
    assert [r.value for phrase in phrases(ordinal(number, language), language) for r in phrase.readings] == [number]


@settings(max_examples=300, deadline=None)
@given(number=st.integers(-(10**12) + 1, 10**12 - 1), language=st.sampled_from(LANGUAGES))
def test_read_back(number: int, language: str) -> None:
    found = phrases(number_words(number, language), language)
    assert [reading.value for phrase in found for reading in phrase.readings] == [number]


def test_none_to_give() -> None:
    with pytest.raises(ValueError, match="no number words"):
        number_words(5, "fr")
    with pytest.raises(ValueError, match="too large"):
        number_words(10**12, "en")
    with pytest.raises(ValueError, match="no place"):
        ordinal(0, "en")
