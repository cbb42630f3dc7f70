"""EDTF text -> half-open days, and what lies within, over or near what."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.edtf import (
    Duration,
    add_duration,
    lie_within,
    looks_like_edtf,
    overlaps,
    parse_duration,
    parse_edtf,
    within,
)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2021", date(2021, 1, 1), date(2022, 1, 1), "year"),
        ("2021-11", date(2021, 11, 1), date(2021, 12, 1), "month"),
        ("2021-12", date(2021, 12, 1), date(2022, 1, 1), "month"),
        ("2020-02-29", date(2020, 2, 29), date(2020, 3, 1), "day"),
        ("2021-24", date(2021, 12, 1), date(2022, 3, 1), "season"),
        ("2020/2025", date(2020, 1, 1), date(2026, 1, 1), "interval"),
        ("2020-06/2020-06-15", date(2020, 6, 1), date(2020, 6, 16), "interval"),
        ("2021/..", date(2021, 1, 1), None, "interval"),
        ("2021/", date(2021, 1, 1), None, "interval"),
        ("../2021", date.min, date(2022, 1, 1), "interval"),
        ("2004-06/..", date(2004, 6, 1), None, "interval"),
        ("199X", date(1990, 1, 1), date(2000, 1, 1), "decade"),
        ("19XX", date(1900, 1, 1), date(2000, 1, 1), "century"),
        ("2004-XX", date(2004, 1, 1), date(2005, 1, 1), "year"),
        ("2004-XX-XX", date(2004, 1, 1), date(2005, 1, 1), "year"),
        ("2004-06-XX", date(2004, 6, 1), date(2004, 7, 1), "month"),
        ("9999", date(9999, 1, 1), date.max, "year"),
        ("-0044", date.min, date.min, "year"),
    ],
)
def test_covers_half_open_days(text: str, start: date, end: date | None, precision: str) -> None:
    time = parse_edtf(text)
    assert (time.start, time.end, time.precision, time.text) == (start, end, precision, text)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [("2020-06", False, False), ("2020-06~", True, False), ("2020-06?", False, True), ("2020-06%", True, True),
     ("2020~/2021?", True, True)],
)  # fmt: skip
def test_marks_widen_nothing(text: str, approximate: bool, uncertain: bool) -> None:
    time = parse_edtf(text)
    assert (time.approximate, time.uncertain) == (approximate, uncertain)
    bare = parse_edtf(text.translate(str.maketrans("", "", "~?%")))
    assert (time.start, time.end) == (bare.start, bare.end)


@pytest.mark.parametrize(
    "text",
    ["", "21", "2021-13", "2021-00", "2021-02-29", "2021-2", "2022/2021", "../..", "/", "2021-22-01",
     "2021/2022/2023", "2021 ", "June 2020", "2021~~", "２０２１", "199X-05", "1X99", "XXXX", "2004-XX-05", "2004-1X",
     "Y2021", "Y170000002-01", "-0043/-0044", "20215"],
)  # fmt: skip
def test_says_what_is_wrong(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_edtf(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2021", False), ("2021~", True), ("2021-11", True), ("2020/2025", True), ("12:30", False), ("010", False),
     ("18.10", False), ("2021-13", False), ("no", False), ("-5", False), ("20211", False), ("-0044", False),
     ("199X", True), ("2004-06-XX", True)],
)  # fmt: skip
def test_a_plain_scalar_is_a_date_beyond_a_bare_year(text: str, expected: bool) -> None:
    assert looks_like_edtf(text) is expected


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [("2021-11", "2020/2022", True), ("2022", "2020/2022", True), ("2022-12/2023-01", "2020/2022", False),
     ("2021/..", "2020/..", True), ("2021/..", "2020/2025", False), ("2019", "../2020", True)],
)  # fmt: skip
def test_within_means_wholly(inner: str, outer: str, expected: bool) -> None:
    assert within(parse_edtf(inner), parse_edtf(outer)) is expected


@pytest.mark.parametrize(
    ("one", "other", "overlap", "gap"),
    [("2021", "2021-05", True, 0), ("2020", "2021", False, 0), ("2021-11-20", "2021-11-22", False, 1),
     ("2020-06", "2020-10-06", False, 97), ("2021/..", "2030", True, 0), ("2021/..", "2020-12-30", False, 1)],
)  # fmt: skip
def test_gap_between_nearest_ends(one: str, other: str, overlap: bool, gap: int) -> None:
    first, second = parse_edtf(one), parse_edtf(other)
    assert overlaps(first, second) is overlaps(second, first) is overlap
    for days in (gap - 1, gap):
        reached = days == gap
        assert lie_within(first, second, Duration("", 0, days)) is lie_within(second, first, Duration("", 0, days))
        assert lie_within(first, second, Duration("", 0, days)) is (reached or overlap)


@pytest.mark.parametrize(
    ("one", "other", "duration", "expected"),
    [("2021-08", "2021-12", "P3M", True), ("2021-08", "2021-12-02", "P3M", False), ("2021", "2021-05", "P1D", True),
     ("2021-01-30", "2021-02-28", "P1M", True), ("2020-06", "2020-06", "P0D", True),
     ("2020-02", "2021-03", "P1Y", True)],
)  # fmt: skip
def test_comparable_within_counts_by_the_calendar(one: str, other: str, duration: str, expected: bool) -> None:
    assert lie_within(parse_edtf(one), parse_edtf(other), parse_duration(duration)) is expected
    assert lie_within(parse_edtf(other), parse_edtf(one), parse_duration(duration)) is expected


FAR = ["Y-170000002", "-9999-12-31", "-0044-03-14", "-0044-03-15", "-0044-04", "-0043", "-0001-12-31", "0000", "0001",
       "199X", "9999", "Y170000002"]  # fmt: skip


def test_years_before_the_first_and_far_ones_stand_in_their_order() -> None:
    times = [parse_edtf(text) for text in FAR]
    assert all(one.sort_key < other.sort_key for one, other in pairwise(times))
    assert [one.text for one, other in pairwise(times) if overlaps(one, other)] == []
    assert [time.text for time in times if time.off_calendar] == [*FAR[:8], "9999", "Y170000002"]
    assert lie_within(parse_edtf("-0001-12-31"), parse_edtf("0000-01-02"), parse_duration("P1D"))
    assert not lie_within(parse_edtf("-0001-12-31"), parse_edtf("0000-01-03"), parse_duration("P1D"))
    assert within(parse_edtf("-0044-03-15"), parse_edtf("-0044"))
    assert not within(parse_edtf("-0044-03-15"), parse_edtf("-0043/.."))
    assert parse_edtf("-0044-03").first_day == "-0044-03-01"


@given(st.integers(-9999, 9999), st.integers(1, 12), st.integers(1, 28))
def test_a_first_day_is_written_as_it_was(year: int, month: int, day: int) -> None:
    text = f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day:02}"
    assert parse_edtf(text).first_day == text
    assert parse_edtf(text).numbers == (year, month, day)


def test_durations() -> None:
    assert add_duration(date(2021, 1, 31), parse_duration("P1M")) == date(2021, 2, 28)
    assert add_duration(date(2020, 2, 29), parse_duration("P1Y2W")) == date(2021, 3, 14)
    assert add_duration(date(9999, 12, 31), parse_duration("P1D")) == date.max
    for text in ("P", "3M", "P3", "PT3H", "P-1M", "P3m", ""):
        with pytest.raises(ValueError):
            parse_duration(text)


@given(st.dates(date(1, 1, 1), date(9990, 12, 31)), st.dates(date(1, 1, 1), date(9990, 12, 31)))
def test_an_interval_holds_its_ends(one: date, other: date) -> None:
    first, last = sorted((one, other))
    time = parse_edtf(f"{first.isoformat()}/{last.isoformat()}")
    assert within(parse_edtf(first.isoformat()), time)
    assert within(parse_edtf(last.isoformat()), time)
    assert time.sort_key[0] == first.toordinal()
