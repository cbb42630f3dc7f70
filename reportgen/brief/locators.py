"""The words after a source's id in, a CSL locator and the rest out. Pure.

As Pandoc reads them, but with the terms of every language at once. https://pandoc.org/MANUAL.html#citation-syntax
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from reportgen.late_patterns import regex

TERMS = {
    "act": "act acts акт акты акт. акті актілер",
    "appendix": "appendix appendices app. apps. приложение приложения прил. қосымша қосымшалар қос.",
    "article-locator": "article articles art. arts. статья статьи ст. стст. бап баптар",
    "book": "book books bk. bks. книга книги кн. кітап кітаптар кіт.",
    "canon": "canon canons can. cann. канон каноны канондар",
    "chapter": "chapter chapters chap. chaps. ch. chs. глава главы гл. тарау тараулар тар.",
    "column": "column columns col. cols. столбец столбцы столб. стб. баған бағана бағандар бағ.",
    "elocation": "elocation location locations loc. locs. позиция позиции поз.",
    "equation": "equation equations eq. eqs. eqq. уравнение уравнения ур. теңдеу теңдеулер теңд.",
    "figure": "figure figures fig. figs. рисунок рисунки рис. сурет суреттер сур.",
    "folio": "folio folios fol. fols. лист листы л. лл. парақ парақтар пар.",
    "issue": "issue issues no. nos. номер номера выпуск выпуски вып. № №№ нөмір шығарылым шығарылымдар шығ.",
    "line": "line lines l. ll. строка строки стр-ка жол жолдар",
    "note": "note notes n. nn. fn. примечание примечания прим. ескертпе ескертпелер ескерт.",
    "opus": "opus opera op. opp. сочинение сочинения соч.",
    "page": "page pages p. pp. p pp страница страницы с. сс. стр. бет беттер б. бб. бет.",
    "paragraph": "paragraph paragraphs para. paras. par. ¶ ¶¶ параграф параграфы абзац абзацы абз. пункт пункты п. пп."
    " тармақ тармақтар тарм.",
    "part": "part parts pt. pts. часть части ч. чч. бөлік бөліктер",
    "rule": "rule rules r. rr. правило правила прав. ереже ережелер",
    "scene": "scene scenes sc. scs. сцена сцены сц. көрініс көріністер",
    "section": "section sections sec. secs. sect. sects. s. ss. § §§ раздел разделы разд. бөлім бөлімдер бөл.",
    "sub-verbo": "s.v. s.vv. sub_verbo sub_verbis",
    "supplement": "supplement supplements supp. supps. suppl. дополнение дополнения доп. толықтыру толықтырулар",
    "table": "table tables tbl. tbls. таблица таблицы табл. кесте кестелер кест.",
    "timestamp": "timestamp timestamps",
    "title-locator": "title titles tit. titt. титул титулы тит.",
    "verse": "verse verses v. vv. стих стихи өлең өлеңдер",
    "version": "version versions ver. версия версии нұсқа нұсқалар",
    "volume": "volume volumes vol. vols. том тома т. тт. томдар",
}
"""CSL locator label -> its terms in English, Russian and Kazakh; `_` for the space inside of one."""

KNOWN_TERMS = "app., art., bk., ch., col., eq., fig., fol., l., n., no., p., para., pt., r., s., tbl., tit., v., vol."
"""Those that English authors need most."""

_LABELS = {word.replace("_", " "): label for label, words in TERMS.items() for word in words.split(" ")}
_WORDS = "|".join(re.escape(word) for word in sorted(_LABELS, key=lambda word: (-len(word), word)))
_ROMAN = r"(?=[ivxlcdm])m{0,4}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})(?!\w|\.[ ]?\d)"
ROMAN = regex(_ROMAN, re.IGNORECASE)
_UNIT = r"(?:\((?:[^()\n])*\)|\[(?:[^\[\]\n])*\]|[^\s,;()\[\]{}])+"
_NUMBERED = rf"(?=[^\s,;]*\d){_UNIT}"
_PAGES = rf"(?:{_NUMBERED}|{_ROMAN}(?:[-–—]{_ROMAN})?)"
_PAGES_ELSEWHERE = frozenset({"s.", "ss."})
"""Terms that mean a page in texts of other languages than those of `TERMS`."""
_LANGUAGES = frozenset({"en", "ru", "kk"})
_UNKNOWN = regex(
    r"(?:at )?(?P<words>(?P<term>[^\W\d_]+\.?) ?(?!(?:1[5-9]|20)\d\d\b)(?:\d[\w.()–-]*|[IVXLC]+\b))"
    r"(?=$|[,;:)]| (?:and|or|to|&) | [^\W\d_]+\.? ?(?!(?:1[5-9]|20)\d\d\b)\d)"
)
_LEAD = regex(r"\s*(?:,\s*)?")
_EMPHASIS = regex(r"(?<![\\*_`])(?P<mark>\*{1,3}|_{1,3}|`+)(?=\S)(?P<words>[^*_`\n]*[^*_`\s])(?P=mark)(?![*_`])")


@dataclass(frozen=True, slots=True)
class Locator:
    """Where in a source."""

    value: str
    """`3-5`; empty where the words name no place."""
    label: str
    """CSL locator label; empty without one."""
    rest: str
    """The words after it."""


def parse_locator(words: str, lang: str = "en") -> Locator:
    """Reads `, pp. 3-5 and more`, `, 33`, `, {any words} and more`. After empty braces there is no locator.

    A locator is printed without emphasis, as Pandoc prints it: `p. **32**` is `p. 32`.
    """
    pairs = list(_EMPHASIS.finditer(words))
    ends = [(pair.span("mark"), (pair.end("words"), pair.end())) for pair in pairs]
    marks = {n for pair in ends for start, end in pair for n in range(start, end)}
    kept = [n for n in range(len(words)) if n not in marks]
    ours = _is_ours(lang)
    found = _read("".join(words[n] for n in kept), ours)
    if not found.value:
        return _read(words, ours)
    cut = kept[len(kept) - len(found.rest)] if found.rest else len(words)
    parted = any(pair.start() < cut < pair.end() for pair in pairs)
    return Locator(found.value, found.label, found.rest if parted else words[cut:])


def unknown_place(words: str, lang: str = "en") -> tuple[str, str]:
    """The first words and their term, `("cl. 4", "cl.")`, where they look like a locator and are none; else empty."""
    start = _LEAD.match(words)
    found = _UNKNOWN.match(words, start.end() if start else 0)
    if not found or (found["term"] in _LABELS and (found["term"] not in _PAGES_ELSEWHERE or _is_ours(lang))):
        return "", ""
    return found["words"].rstrip("."), found["term"]


def _is_ours(lang: str) -> bool:
    return lang.partition("-")[0] in _LANGUAGES


def nearest_term(term: str, lang: str = "en") -> str:
    """The term with a point, if there is one: `para.` for `para`. For what means a page in a language, the page's."""
    near = f"{term.lower().rstrip('.')}."
    if near in _PAGES_ELSEWHERE and not _is_ours(lang):
        return "p." if near == "s." else "pp."
    return near if near in _LABELS and near != term else ""


# These take a while to compile, and a text whose citations have no locators needs none of them.


@cache
def _label() -> re.Pattern[str]:
    # After a term without a point a letter would make it part of another word: "part" in "participants".
    return re.compile(rf"(?P<term>{_WORDS})(?:(?<=[.§¶№])|(?![^\W\d_]))[ \u00a0\u202f]*", re.IGNORECASE)


@cache
def _labelled() -> re.Pattern[str]:
    return re.compile(rf"{_PAGES}(?:[ ]?[–—-][ ]?{_PAGES}|[,;]?[ ]{_PAGES}|,{_PAGES})*", re.IGNORECASE)


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(
        rf"(?=[\d(]|[A-Za-z]?\d){_NUMBERED}(?:[ ]?[–—-][ ]?{_NUMBERED}|[,;]?[ ]{_NUMBERED}|,{_NUMBERED})*"
    )


@cache
def _postfixed() -> re.Pattern[str]:
    """Kazakh puts the term last: `5-бет`, `5 б.`"""
    return re.compile(rf"(?P<value>\d+(?:[-–—]\d+)?)(?:-| (?=б))(?P<term>{_WORDS})(?!\w)", re.IGNORECASE)


def _read(words: str, ours: bool) -> Locator:
    start = _LEAD.match(words)
    at = start.end() if start else 0
    if at == len(words):
        return Locator("", "", words)
    if words[at : at + 1] == "{" and (end := _closing(words, at)):
        inner = words[at + 1 : end - 1].strip()
        label = _label().match(inner)
        value = inner[label.end() :] if label else inner
        return Locator(value, _name(label) if value else "", words[end:])
    if postfixed := _postfixed().match(words, at):
        return Locator(postfixed["value"], _name(postfixed), words[postfixed.end() :])
    label = _label().match(words, at)
    if label and label["term"].lower() in _PAGES_ELSEWHERE and not (ours and label["term"].islower()):
        return Locator("", "", words)
    found = (_labelled() if label else _bare()).match(words, label.end() if label else at)
    value = found[0].rstrip(".,:") if found else ""
    if found is None or not value:
        return Locator("", "", words)
    return Locator(value, _name(label), words[found.start() + len(value) :])


def _name(label: re.Match[str] | None) -> str:
    return _LABELS[label["term"].lower()] if label else "page"


def _closing(words: str, start: int) -> int | None:
    depth = 0
    for at in range(start, len(words)):
        depth += {"{": 1, "}": -1}.get(words[at], 0)
        if depth == 0:
            return at + 1
    return None
