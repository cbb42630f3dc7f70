"""A language in, how its words change their endings, out. Pure; remembered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class WordForms:
    """What tells the forms of one word from another word."""

    grammar: frozenset[str] = frozenset()
    """Articles and prepositions: not compared."""
    negations: frozenset[str] = frozenset()
    ending: re.Pattern[str] = re.compile("")
    """What a form of a word may end in after its stem."""
    name_ending: re.Pattern[str] = re.compile("")
    """What the form of a name may end in: fewer, since Иванов is not Иван."""
    changes: frozenset[tuple[str, str]] = frozenset()
    """Letters that stand for each other at the end of a stem."""
    spellings: tuple[tuple[re.Pattern[str], str], ...] = ()
    fleeting: re.Pattern[str] | None = None

    def is_ending(self, text: str, is_name: bool) -> bool:
        """Whether a word or a name may end so."""
        return bool((self.name_ending if is_name else self.ending).fullmatch(text))


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_RU_CASES = (
    "а|я|о|е|у|ю|ы|и|ь|й|ом|ем|ей|ой|ою|ею|ам|ям|ами|ями|ах|ях|ью|ия|ии|ию|ием|ий|иям|иями|иях|ие|ье|ья|"
    "ый|ая|яя|ое|ее|ые|ого|его|ому|ему|ым|им|ую|юю|ых|их|ыми|ими"
)
_KK_PLURAL = "(?:лар|лер|дар|дер|тар|тер)?"
_KK_OWNED = "(?:ымыз|іміз|мыз|міз|ыңыз|іңіз|ым|ім|ың|ің|сы|сі|ы|і)?"
_KK_CASE = (
    "(?:ның|нің|дың|дің|тың|тің|ға|ге|қа|ке|на|не|а|е|ны|ні|ды|ді|ты|ті|н|нда|нде|да|де|та|те|нан|нен|дан|ден|тан|тен|"
    "мен|бен|пен)?(?:ғы|гі)?"
)

_FORMS = {
    "en": WordForms(
        _set("a an the of in on at by for to from with as into upon"),
        _set("no not never none neither nor nothing nobody nowhere without cannot n't non hardly"),
        re.compile("s|es|ed|d|e|ing|y|ies|ied|", re.IGNORECASE),
        re.compile(""),
        spellings=(
            (re.compile(r"(?<=[a-z]{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)"), "iz"),
            (re.compile(r"(?<=[a-z]{2}ly)s(?=(?:e|ed|es|ing)$)"), "z"),
        ),
    ),
    "ru": WordForms(
        _set("в во на с со к ко по из от о об обо у за для при до через"),
        _set("не ни нет без никогда никто ничего нельзя ничто никакой никаких отнюдь"),
        re.compile(f"(?:{_RU_CASES}|ов|ев|ит|ят|ет|ют|ут|ат|)"),
        re.compile(f"(?:{_RU_CASES}|)"),
        fleeting=re.compile(r"(.{2,}[^аеиоуыэюя])[ое]([кцнлр])"),
    ),
    "kk": WordForms(
        _set("үшін туралы бойынша"),
        _set("емес жоқ ешқашан ешқандай ешкім ештеңе ешбір"),
        re.compile(f"{_KK_PLURAL}{_KK_OWNED}{_KK_CASE}"),
        re.compile(f"{_KK_PLURAL}{_KK_OWNED}{_KK_CASE}"),
        changes=frozenset((("к", "г"), ("қ", "ғ"), ("п", "б"))),
        fleeting=re.compile(r"(.{2,}[^аәеиоөуүұыіэюя]|.[^аәеиоөуүұыіэюя])[ыі]([нлрсзқп])"),
    ),
}


@cache
def word_forms(language: str) -> WordForms:
    """The forms of a language's words; of an unknown one, each word is itself alone."""
    return _FORMS.get(language.partition("-")[0], WordForms())


@cache
def is_negation(word: str, language: str = "") -> bool:
    """Whether a word is a negation in a language, or in any whose negations are known where the language is not."""
    bare = word.strip(".,;:!?()[]\"'").lower()
    known = (word_forms(language),) if language else _FORMS.values()
    return any(bare in forms.negations or (bare.endswith("n't") and "n't" in forms.negations) for forms in known)
