"""The time of a fact and quoted words in; what the words print of other times out."""

from __future__ import annotations

import pytest

from reportgen.evidence.time_told import other_times
from reportgen.model.edtf import parse_edtf


@pytest.mark.parametrize(
    ("as_of", "quote", "language", "others"),
    [
        ("2017", "43,5 % en 2017 a 42,4 % en 2022", "es", ()),
        ("2018", "43,5 % en 2017 a 42,4 % en 2022", "es", ("2022",)),
        ("2017-05", "5 en 2017 à 6 en 2022", "fr", ()),
        ("2017", "٥ في ٢٠١٧ مقابل 6 في ٢٠٢٢", "ar", ()),
        ("2017", "2017 boats in 2022", "en", ("2022",)),
    ],
)
def test_a_year_that_is_printed_is_no_other_time(
    as_of: str, quote: str, language: str, others: tuple[str, ...]
) -> None:
    assert other_times(parse_edtf(as_of), [(quote, language)]) == others
