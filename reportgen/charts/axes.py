"""Values in, positions in px out; the scales of a chart and the ticks of its axes. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from reportgen.charts.text import day_text, month_text, number_text
from reportgen.model.edtf import Edtf

_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
_DAY_STEPS = (1, 2, 7, 14)


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled value of an axis."""

    at: float
    text: str
    mark: str = "scale"
    """`scale` for a number, else `date` or `year`."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear, logarithmic or time scale between two positions in px."""

    low: float
    """Value at `start`; days since 1970 on a time scale."""
    high: float
    start: float
    """px."""
    end: float
    """px; smaller than `start` where values grow upwards."""
    log: bool = False
    time: bool = False

    def __call__(self, value: float) -> float:
        """The position of `value`, in px."""
        low, high = self._place(self.low), self._place(self.high)
        return self.start + (self._place(value) - low) / ((high - low) or 1) * (self.end - self.start)

    def back(self, pixel: float) -> float:
        """The value at `pixel`."""
        low, high = self._place(self.low), self._place(self.high)
        place = low + (pixel - self.start) / ((self.end - self.start) or 1) * (high - low)
        return float(10**place) if self.log else place

    def plotly(self, value: float) -> float | str:
        """`value` as Plotly's traces expect it."""
        return iso(value) if self.time else clean(value)

    def plotly_range(self) -> list[float | str]:
        """The axis's `range`."""
        if self.log:
            return [clean(math.log10(self.low)), clean(math.log10(self.high))]
        return [self.plotly(self.low), self.plotly(self.high)]

    def kind(self) -> str:
        """The axis's `type`."""
        return "date" if self.time else "log" if self.log else "linear"

    def _place(self, value: float) -> float:
        return math.log10(value) if self.log else value


def clean(value: float) -> float:
    """`value` without the noise of binary fractions; whole numbers whole."""
    rounded = float(f"{value:.10g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e15 else rounded


def iso(days: float) -> str:
    """Days since 1970 as Plotly writes a time."""
    moment = _EPOCH + timedelta(seconds=round(days * 86400))
    return moment.isoformat(sep=" ") if moment.time() != moment.min.time() else moment.date().isoformat()


def days_since_1970(day: date) -> float:
    """A day's first instant."""
    return float((day - _EPOCH.date()).days)


def midpoint(time: Edtf) -> float:
    """The middle of a time in days since 1970; the known end of one that is open."""
    if time.end is None:
        return days_since_1970(time.start)
    if time.open_start:
        return days_since_1970(time.end)
    return (days_since_1970(time.start) + days_since_1970(time.end)) / 2


def nice_step(span: float, count: int) -> Fraction:
    """1, 2, 2.5 or 5 times a power of ten, so that about `count` steps fill `span`."""
    rough = span / max(1, count)
    power = Fraction(10) ** math.floor(math.log10(rough)) if rough > 0 else Fraction(1)
    for factor in (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10)):
        # 2.5 and 0.25 need one more decimal than the other ticks: only for tens and up
        if factor == Fraction(5, 2) and power < 10:
            continue
        if float(factor * power) >= rough * 0.999:
            return factor * power
    return 10 * power


def number_ticks(low: float, high: float, count: int, lang: str, affix: tuple[str, str] = ("", "")) -> tuple[Tick, ...]:
    """Round numbers from `low` to `high`; only the last has the unit, as `affix` before and after it."""
    step = nice_step(high - low, count)
    first, last = _whole(low, high, step)
    for more in range(count + 1, count + 4):  # a single tick shows no scale
        if last > first:
            break
        step = nice_step(high - low, more)
        first, last = _whole(low, high, step)
    decimals = 0
    while (step * 10**decimals).denominator != 1 and decimals < 12:
        decimals += 1
    values = [step * index for index in range(first, last + 1)]
    return _with_unit([(float(value), number_text(value, decimals, lang)) for value in values], affix)


def _whole(low: float, high: float, step: Fraction) -> tuple[int, int]:
    """The first and last multiple of `step` between the two."""
    return math.ceil(round(low / float(step), 9)), math.floor(round(high / float(step), 9))


def log_ticks(low: float, high: float, count: int, lang: str, affix: tuple[str, str] = ("", "")) -> tuple[Tick, ...]:
    """Powers of ten between the two; with 2 and 5 times them where there are few."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    for factors in ((1,), (1, 3), (1, 2, 5)):
        powers = [Fraction(10) ** power for power in range(first, last + 1)]
        values = [f * power for power in powers for f in factors if low * 0.999 <= float(f * power) <= high * 1.001]
        if len(values) >= 3:
            break
    values = values[:: max(1, math.ceil(len(values) / (count + 2)))]
    pairs = [(float(value), number_text(value, max(0, len(str(value.denominator)) - 1), lang)) for value in values]
    return _with_unit(pairs, affix)


def _with_unit(pairs: list[tuple[float, str]], affix: tuple[str, str]) -> tuple[Tick, ...]:
    texts = [text for _, text in pairs]
    if texts:
        sign, bare = ("−", texts[-1][1:]) if texts[-1].startswith("−") else ("", texts[-1])
        texts[-1] = f"{sign}{affix[0]}{bare}{affix[1]}"
    return tuple(Tick(clean(value), text) for (value, _), text in zip(pairs, texts, strict=True))


def time_ticks(low: float, high: float, count: int, lang: str, centred: bool) -> tuple[Tick, ...]:
    """Round times between two days since 1970; `centred` names the middle of a month or year, not its start."""
    first, last = (_EPOCH + timedelta(days=low)).date(), (_EPOCH + timedelta(days=high)).date()
    if high - low < 70:
        return _day_ticks(first, last, count, lang)
    months = (high - low) / 30.44
    step = next((step for step in _MONTH_STEPS if months / step <= count), _MONTH_STEPS[-1])
    ticks = []
    start = first.year * 12 + first.month - 1
    for month in range(start - start % step, last.year * 12 + last.month, step):
        day = date(month // 12, month % 12 + 1, 1)
        after = date((month + min(step, 12)) // 12, (month + min(step, 12)) % 12 + 1, 1)
        at = days_since_1970(day)
        if centred and (step == 1 or step >= 12):
            at = (at + days_since_1970(after)) / 2
        if low <= at <= high:
            ticks.append(Tick(at, str(day.year), "year") if step >= 12 else Tick(at, month_text(day, lang), "date"))
    return tuple(ticks)


def _day_ticks(first: date, last: date, count: int, lang: str) -> tuple[Tick, ...]:
    days = (last - first).days + 1
    step = next((step for step in _DAY_STEPS if days / step <= count), 14)
    return tuple(
        Tick(days_since_1970(day) + 0.5, day_text(day, lang), "date")
        for day in (first + offset * _DAY for offset in range(0, days, step))
    )
