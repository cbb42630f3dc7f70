"""The time of what something changed from, beside that of what it changed to."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.evidence.left_behind import time_of_other
from reportgen.evidence.quoted import Quoted
from reportgen.model.edtf import parse_edtf
from reportgen.model.text import Text

CASES = (Path(__file__).parent / "cases" / "left-behind.txt").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize("case", CASES)
def test_what_was_so_before_a_change_is_not_of_its_time(case: str) -> None:
    language, as_of, claim, quote, value, told = case.split("|")
    found = time_of_other(parse_edtf(as_of), Text.of(claim), language, [Quoted(quote, language)], [[value]])
    assert found == told
