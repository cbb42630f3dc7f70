"""A sentence, a number and the times that it names in, the time of the number out; empty where that is not sure. Pure.

A time is taken only where words say that it is when something was so (`in 2024`), and none makes it one that is
compared with (`than in 2003`, `up on 2019`, `since 2015`, `2015 levels`). A time that stands with another number is
that number's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.late_patterns import regex


@dataclass(frozen=True, slots=True)
class NamedTime:
    """A time that a text names."""

    start: int
    end: int
    edtf: str
    last: str = ""
    """Of a span, its end: `between 2010 and 2020`; else empty."""

    @property
    def whole(self) -> str:
        return f"{self.edtf}/{self.last}" if self.last else self.edtf


@dataclass(frozen=True, slots=True)
class _TimeWords:
    """What a language says before and after a time. Each is a pattern of words, in small letters."""

    at: str
    """Before a time at which something is so."""
    at_after: str
    """After such a time, where that alone says so."""
    against: str
    """Words before a time, with a few others between, that make it one that is compared with, or a start."""
    against_after: str
    """After it."""
    event: str
    """What happened then, and says nothing of numbers after it: `built in 1990`."""


_WORDS = {
    "en": _TimeWords(
        r"(?:in|during|for|throughout|by|of|at|on|within|as of|as at) (?:the |years? |season |month of |fiscal |spring "
        r"|summer |autumn |winter |q[1-4] |early |late |mid-?)*(?:end of |start of |beginning of )?",
        "",
        r"than|compared?|comparison|versus|vs|against|relative|since|until|till|before|after|from|over|above|below|exceed\w*"
        r"|as(?! (?:of|at)\b)|like|unlike|baseline|beyond|back|previous|prior|earlier|last|only|up to|to",
        r"levels?|figures?|baseline|base|average|prices?|values?|totals?|law|act|directive|treaty|report|rules",
        r"built|opened|founded|established|launched|adopted|signed|published|completed|constructed|born|created"
        r"|introduced|installed|renovated|commissioned|began|begun|started|act|law|directive|treaty|agreement|updated",
    ),
    "ru": _TimeWords(
        r"(?:в|во|за|на|к|по итогам|в течение|осенью|весной|летом|зимой|по состоянию на) "
        r"(?:конец |начало |конце |начале )?",
        "",
        r"чем|сравнению|сравнении|против|с|со|относительно|после|до|уровня|уровню|уровнем|уровне|от|отношению"
        r"|прошл\w+|предыдущ\w+",
        r"(?:год\w* )?(?:уров\w+|цен\w*)|год(?:ом|а) (?:раньше|ранее)|годом",
        r"построен\w*|открыт\w*|основан\w*|создан\w*|принят\w*|подписан\w*|опубликован\w*|введен\w*|запущен\w*|закон\w*",
    ),
    "kk": _TimeWords(
        r"",
        r"жылы|жылдың|жылғы|жылда|ж",
        r"бұрынғы|өткен",
        r"жылмен|жылға|жылдан|жылғыдан|жылғымен|жылғыға|жылғы деңгей\w*",
        r"салынған|ашылған|құрылған|қабылданған",
    ),
    "de": _TimeWords(
        r"(?:im|in|für|während|bis|ende|anfang|am) (?:jahre? |sommer |winter |frühjahr |herbst )?",
        "",
        r"gegenüber|als|seit|vergleich|verglichen|vor|nach|von|statt|ab|gegen|zu",
        r"(?:er )?(?:niveau|stand|preisen)",
        r"gebaut\w*|eröffnet\w*|gegründet\w*|erbaut\w*|beschlossen\w*|gesetz\w*",
    ),
    "fr": _TimeWords(
        r"(?:en|pendant|durant|pour|au cours de|à la fin de|fin|début|le) (?:l'année |l'an )?",
        "",
        r"rapport|depuis|qu'en|que|contre|comparé\w*|comparaison|avant|après|dès|de$|de l.{0,12}$|sur",
        r"niveaux?",
        r"construit\w*|ouvert\w*|fondé\w*|adopté\w*|signé\w*|publié\w*|loi",
    ),
    "es": _TimeWords(
        r"(?:en|durante|para|a finales de|a fines de|el) (?:el año |el )?",
        "",
        r"que|respecto|desde|frente|comparad\w+|comparación|antes|después|contra|sobre|de",
        r"niveles?",
        r"construid\w*|abiert\w*|fundad\w*|adoptad\w*|firmad\w*|publicad\w*|ley",
    ),
}
_FURTHEST = 7
"""Words before a time among which one of comparison belongs to it."""
_CLAUSE = regex(r"[,;:()–]| - ")
_NUMBER_AT = regex(r"(?<!\bto )(?<!\bдо )(?<![\d.,])\d[\d.,]*(?: [^\W\d]+)? (?:[^\W\d]+ )?$")
"""A number before a time, what it counts, and the word between the two; where a change ends, it is of that time."""
_TOKEN = regex(r"[\w'-]+|[^\w\s]")


def time_beside(
    text: str,
    number: tuple[int, int],
    times: Sequence[NamedTime],
    others: Sequence[tuple[int, int]],
    language: str,
    *,
    change: int = 0,
) -> str:
    """The EDTF time of the number at a place of a sentence.

    `others` is where other numbers stand; `change` is 1 or 2 of a number that is the first or second end of a change.
    """
    words = _WORDS.get(language.replace("_", "-").partition("-")[0].lower())
    lowered = text.lower() if len(text.lower()) == len(text) else text
    if words is None or not times:
        return ""
    if change and len(times) == 1 and times[0].last:
        return times[0].edtf if change == 1 else times[0].last
    sure = [one for one in times if _is_at(lowered, one, words)]
    if (after := _attached(text, number, sure, times, others)) is not None:
        return after.whole
    taken = {found for other in others if (found := _attached(text, other, sure, times, [number, *others]))}
    left = [one for one in sure if one not in taken and _governs(lowered, one, number, words)]
    return left[0].whole if len({one.whole for one in left}) == 1 and not change else ""


def _attached(
    text: str,
    number: tuple[int, int],
    sure: Sequence[NamedTime],
    times: Sequence[NamedTime],
    others: Sequence[tuple[int, int]],
) -> NamedTime | None:
    """The time that stands after a number in its clause, with no other number or time between."""
    following = next((one for one in sorted(times, key=lambda one: one.start) if one.start >= number[1]), None)
    if following is None or following not in sure:
        return None
    between = text[number[1] : following.start]
    if any(number[1] <= start < following.start for start, _ in others):
        return None
    return None if _CLAUSE.search(between.rstrip(" (")) else following


def _is_at(text: str, time: NamedTime, words: _TimeWords) -> bool:
    """Whether words say that something was so at a time."""
    before, after = text[: time.start], text[time.end :]
    if _is_against(before, after, words):
        return False
    if time.edtf.isdecimal() and re.search(r"\bon\s+$", before):
        return False  # `up on 2019`
    if words.at_after and not re.match(rf"[\s-]*(?:{words.at_after})\b", after):
        return False
    if not words.at_after and not time.last:
        found = re.search(rf"(?:^|[^\w'-])(?:{words.at})$", before.rstrip("(") if before.endswith("(") else before)
        if found is None and not re.search(r"\d[\w% ]*\($", before):
            return False
    return True


def is_compared_with(text: str, start: int, end: int, language: str) -> bool:
    """Whether words beside the time at a place of a sentence make it one that is compared with, a start or an end."""
    words = _WORDS.get(language.replace("_", "-").partition("-")[0].lower())
    lowered = text.lower() if len(text.lower()) == len(text) else text
    if words is None:
        return False
    before = _NUMBER_AT.sub("", lowered[:start])  # `from 11 in 2019`
    return any(_is_against(each, lowered[end:], words) for each in (lowered[:start], before))


def is_of_event(text: str, start: int, end: int, language: str) -> bool:
    """Whether the time at a place of a sentence is told between commas of when something came to be, and not of the
    rest: `The hall, built in 1911, seats 900`."""
    words = _WORDS.get(language.replace("_", "-").partition("-")[0].lower())
    lowered = text.lower()
    if words is None or len(lowered) != len(text) or not lowered[end:].startswith(","):
        return False
    opening = lowered[:start].rpartition(", ")
    return bool(opening[1]) and bool(re.match(rf"(?:{words.event})(?: [^\W\d]+){{0,3}} ?$", opening[2]))


def _is_against(before: str, after: str, words: _TimeWords) -> bool:
    if words.against_after and re.match(rf"[\s'-]*(?:{words.against_after})\b", after):
        return True
    said: list[str] = []
    for token in reversed(_TOKEN.findall(before)):
        if token in ",;:()" or token.isdecimal() or len(said) == _FURTHEST:
            break
        said.append(token)
    return bool(re.search(rf"\b(?:{words.against})\b", " ".join(reversed(said))))


def _governs(text: str, time: NamedTime, number: tuple[int, int], words: _TimeWords) -> bool:
    """Whether a time that does not stand right after a number may be said of it."""
    if time.start >= number[1]:
        return not _CLAUSE.search(text[number[1] : time.start])
    opening = text[: time.start]
    if len(_TOKEN.findall(opening)) <= 4 and not re.search(rf"\b(?:{words.event})\b", opening):
        return True  # `In 2024, …`
    between = text[time.end : number[0]]
    clause = _CLAUSE.split(opening)[-1]
    return not _CLAUSE.search(between) and not re.search(rf"\b(?:{words.event})\b", clause)
