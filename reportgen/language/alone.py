"""A sentence and its language in, the words by which it leans on another sentence out. Pure.

Only words that hardly ever mean anything else are listed. Of a language without a list nothing is known, and nothing is
found.
"""

from __future__ import annotations

import re
from functools import cache

_NOUNS_EN = (
    "paper|report|source|article|study|survey|document|text|author|authors|page|table|year|month|day|week|quarter|"
    "period|time|place|country|region|city|town|law|bill|speech|statement|minister|institute|agency|bank|company"
)
_WORK_EN = "paper|report|source|article|study|survey|document|text|page|table|chapter|section"
_WORK_RU = (
    "статьи|статье|статья|доклада|докладе|доклад|отчёта|отчета|отчёте|отчете|отчёт|отчет|источника|источнике|источник"
)
_NOUNS_RU = f"{_WORK_RU}|года|году|год|месяца|месяце|месяц|страны|стране|страна|закона|законе|закон|министра|министр"
_WORK_KK = (
    "мақалада|мақаланың|мақала|есепте|есептің|есеп|баяндамада|баяндаманың|баяндама|дереккөзде|дереккөздің|дереккөз"
)
_NOUNS_KK = f"{_WORK_KK}|жылы|жылдың|жыл|айда|айдың|елде|елдің|ел|заңда|заңның|заң|министр"
_LISTS: dict[str, tuple[str, ...]] = {
    "en": (
        rf"\bthe (?:very )?same (?:{_NOUNS_EN})\b(?! (?:as|that|which|in which)\b)",
        r"\balso\b(?! (?:known|called|named|spelt|spelled|written)\b)",
        r", too(?=[.!]?$)",
        r"\blikewise\b",
        r"\bas well(?=[.!]?$)",
        r"\bfurther (?:down|up|on|below|above)\b",
        r"\b(?:see|as|noted|mentioned|named|described|given|cited|said|shown) (?:above|below|earlier|before)\b",
        r"\bthe (?:above|aforementioned|latter)\b",
        rf"\b(?:this|that) (?:{_WORK_EN})\b",
        r"^(?:they|he|she|these|this|such)\b(?! (?:who|that|which)\b)",
    ),
    "ru": (
        rf"\b(?:тот|та|то|те|того|той|том|тех|том|ту) же (?:само\w+ )?(?:{_NOUNS_RU})\b",
        r"\bтакже\b",
        r"\bтам же\b",
        r"\bвыше(?:упомянут|указан|назван|приведён|приведен)\w*",
        r"\b(?:как|см\.|указан\w*|упомянут\w*|приведен\w*) (?:выше|ниже)\b",
        rf"\b(?:этот|эта|этом|этой|этого) (?:{_WORK_RU})\b",
        r"^(?:они|он|она|эти|это)\b",
    ),
    "kk": (
        rf"\b(?:сол|дәл сол|осы) (?:{_NOUNS_KK})\b",
        r"\bсондай-ақ\b",
        r"\bжоғарыда (?:айтылған|аталған|көрсетілген)\b",
        r"\bтөменде (?:айтылған|аталған|көрсетілген)\b",
        r"^(?:олар|ол|бұл|бұлар)\b",
    ),
}


def leaning_words(text: str, language: str) -> tuple[int, int] | None:
    """Where the first words stand by which a sentence leans on another one; None where it stands alone."""
    found = [match.span() for pattern in _patterns(language.partition("-")[0]) if (match := pattern.search(text))]
    return min(found, key=lambda span: (span[0], -span[1]), default=None)


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in _LISTS.get(language, ()))
