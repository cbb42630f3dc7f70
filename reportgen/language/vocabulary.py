"""The words that say a number, a multiple, a percentage or a relation, in English, Russian and Kazakh. Values only."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal

RelationSign = Literal["<", "<=", ">", ">=", "~"]

_TEENS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
SMALL = {word: number for number, word in enumerate(_TEENS.split())}
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = {word: 10 * number for number, word in enumerate(_TENS.split(), start=2)}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
ORDINALS = {word: number for number, word in enumerate(_ORDINALS.split(), start=1)}
PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10, "hundredth": 100}
"""Words for one part of so many, which `one third` and `two-fifths` are made of."""

SCALES = {"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

_MULTIPLES: dict[str, int] = {
    r"dozens?": 12,
    r"hundred": 10**2,
    r"thousands?|тыс\.?|тысяч[аиу]?|мың": 10**3,
    r"millions?|mln\.?|mn|млн\.?|миллион(?:а|ов)?": 10**6,
    r"billions?|bln\.?|bn|млрд\.?|миллиард(?:а|ов)?": 10**9,
    r"trillions?|trn|tn|трлн\.?|триллион(?:а|ов)?": 10**12,
}
MULTIPLE = re.compile(
    "|".join(f"(?P<m{power}>{pattern})" for pattern, power in _MULTIPLES.items()).join((" ?-?(?:", r")(?!\w)")),
    re.IGNORECASE,
)
"""A multiple right after a number."""

SHORT_MULTIPLES = {"k": 10**3, "m": 10**6, "b": 10**9}
"""Letters glued to digits; `m` and `b` count only after a currency sign, since `5m` may be five metres."""

PERCENT = re.compile(
    r" ?%|[ -](?:per cent|percent|pct|процент(?:а|ов)?|пайыз)(?!\w)|[ -](?:percentage points?|p\.p\.|pp|п\.п\.)(?!\w)",
    re.IGNORECASE,
)
DISTANT_PERCENT = re.compile(r"[)\]][.,]? ?%")
"""A percent sign parted from its number by a closing bracket, as slips in typesetting leave it: `(11.23). %`."""

CURRENCY = r"(?:(?:US|C|A|HK|S|NZ)?\$|[€£¥₸₽₹₩₴₺]|(?:USD|EUR|GBP|KZT|RUB|CNY)(?= ?\d))"

_UNITS = (
    "W kW MW GW TW Wh kWh MWh GWh TWh Hz kHz MHz GHz H/s kH/s MH/s GH/s TH/s PH/s EH/s ZH/s g kg t mg km m cm mm ha "
    "kB MB GB TB V kV A h min s ms °C x"
)
UNITS = frozenset(_UNITS.split())
"""Units that may be glued to digits. `5G` and `3D` are names, not numbers of something."""

RELATIONS: tuple[tuple[str, tuple[RelationSign, ...]], ...] = (
    (r"no (?:less|fewer) than|not (?:less|fewer) than|at least|a minimum of|не менее|кемінде", (">=",)),
    (r"no more than|not more than|up to|at most|a maximum of|as (?:many|much|high) as|не более|до", ("<=",)),
    (
        r"more than|greater than|higher than|over|above|exceed(?:s|ed|ing)?|upwards? of|in excess of"
        r"|surpass(?:es|ed|ing)?|topp(?:ed|ing)|более|свыше|больше|>",
        (">",),
    ),
    (r"nearly|almost|close to|just under|почти", ("~", "<")),
    (r"less than|fewer than|lower than|under|below|менее|меньше|<", ("<",)),
    (
        r"around|about|approximately|approx\.|roughly|some|circa|ca\.|an estimated|estimated at"
        r"|около|примерно|порядка|приблизительно|шамамен|≈|~",
        ("~",),
    ),
    (r"≥", (">=",)),
    (r"≤", ("<=",)),
)
"""What stands before a number, and the relations that a fact may give for it, the plainest first."""

RELATION_BEFORE = tuple(
    (re.compile(rf"(?<!\w)({words}) ?(?:(?:the|a|an) )?{CURRENCY}? ?$", re.IGNORECASE), relations)
    for words, relations in RELATIONS
)
RELATION_AFTER: tuple[tuple[re.Pattern[str], tuple[RelationSign, ...]], ...] = (
    (re.compile(r"(\+| (?:or|and) (?:more|over|above))(?!\w)", re.IGNORECASE), (">=", ">")),
    (re.compile(r"( or (?:less|fewer|under|below))(?!\w)", re.IGNORECASE), ("<=", "<")),
    (re.compile(r"( or so)(?!\w)", re.IGNORECASE), ("~",)),
)


def multiple_of(match: re.Match[str]) -> Fraction:
    """What a match of `MULTIPLE` multiplies by."""
    return Fraction(int((match.lastgroup or "m1")[1:]))
