"""Number words of English, Russian and Kazakh, and what finds them where they count something. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_WORDS: Mapping[str, str] = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety dozen half",
    "ru": "ноль один одна одно одного одной два две двух двум три трёх трех трём трем четыре четырёх четырех пять пяти"
    " шесть шести семь семи восемь восьми девять девяти десять десяти одиннадцать одиннадцати двенадцать двенадцати"
    " тринадцать тринадцати четырнадцать четырнадцати пятнадцать пятнадцати шестнадцать шестнадцати семнадцать"
    " семнадцати восемнадцать восемнадцати девятнадцать девятнадцати двадцать двадцати тридцать тридцати сорок сорока"
    " пятьдесят пятидесяти шестьдесят шестидесяти семьдесят семидесяти восемьдесят восьмидесяти девяносто сто ста"
    " двести двухсот триста трёхсот четыреста пятьсот пятисот шестьсот семьсот восемьсот девятьсот полтора полторы",
    "kk": "нөл бір екі үш төрт бес алты жеті сегіз тоғыз он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан",
}
_MULTIPLES: Mapping[str, str] = {
    "en": "hundred thousand million billion trillion",
    "ru": "тысяча тысячи тысяч тысячу миллион миллиона миллионов миллиард миллиарда миллиардов триллион триллиона",
    "kk": "жүз мың миллион миллиард триллион",
}
_NO_ADJECTIVES = (
    "of in to or and per a an the is was were are at on for from by with than as more less out"
    " и или в на из от до за по не чем к с со мен және немесе"
)


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


WORDS = _any({word for words in (*_WORDS.values(), *_MULTIPLES.values()) for word in words.split()})
"""An alternation of every number word."""


def number_phrases(lang: str, nouns: Iterable[str], symbols: Iterable[str]) -> re.Pattern[str]:
    """What finds, as its group 1, a number in words before one of `nouns` or `symbols`, across one adjective.

    A multiple on its own ("billion tenge") names a unit and no number.
    """
    base = lang.partition("-")[0]
    words, multiples = (_any(table.get(base, table["en"]).split()) for table in (_WORDS, _MULTIPLES))
    known = [noun for noun in nouns if noun.replace(" ", "").replace("-", "").isalpha()]
    counted = rf"(?i:{_any(known)})|{_any(s for s in symbols if len(s) > 1 and s.isalpha())}"
    article = r"(?:(?:a|an)\s(?=" + multiples + "|dozen|half))?" if base not in ("ru", "kk") else ""
    single = rf"(?:{words})" if not article else rf"(?:(?:{words})|(?<=\ba\s)(?:{multiples}))"
    return re.compile(
        rf"(?<![\w-])(?i:{article}({single}(?:(?:[\s-]|\sand\s)(?:{words}|{multiples}))*)[\s\u00a0-](?:an?\s)?"
        rf"(?:(?!(?:{'|'.join(_NO_ADJECTIVES.split())})\s)[\w’'-]+\s)?)(?:{counted})(?!\w)"
    )
