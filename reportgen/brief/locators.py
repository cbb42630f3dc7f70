"""The words after a source's id in, a CSL locator and the rest out. Pure.

As Pandoc reads them, but with the terms of every language at once. https://pandoc.org/MANUAL.html#citation-syntax
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TERMS = {
    "act": "act acts акт",
    "appendix": "appendix appendices app. apps. приложение прил. қосымша",
    "article-locator": "article articles art. arts. статья статьи ст. бап баптар",
    "book": "book books bk. bks. книга кн. кітап",
    "canon": "canon canons",
    "chapter": "chapter chapters chap. chaps. ch. chs. глава главы гл. тарау",
    "column": "column columns col. cols. столбец столб. бағана",
    "equation": "equation equations eq. eqs.",
    "figure": "figure figures fig. figs. рисунок рисунки рис. сурет сур.",
    "folio": "folio folios fol. fols.",
    "issue": "issue issues no. nos. номер выпуск вып. № №№ нөмір",
    "line": "line lines l. ll. строка стр-ка жол",
    "note": "note notes n. nn. fn. примечание прим. ескертпе",
    "opus": "opus opera op. opp.",
    "page": "page pages p. pp. p pp страница страницы с. сс. стр. бет беттер б. бб. бет.",
    "paragraph": "paragraph paragraphs para. paras. par. ¶ ¶¶ параграф абзац абз. пункт п. пп. тармақ тарм.",
    "part": "part parts pt. pts. часть части ч. бөлім бөл.",
    "rule": "rule rules r. rr. правило",
    "scene": "scene scenes sc. scs. сцена",
    "section": "section sections sec. secs. sect. § §§ раздел разд.",
    "sub-verbo": "s.v. s.vv. sub\u00a0verbo",
    "supplement": "supplement supplements supp. supps.",
    "table": "table tables tbl. tbls. таблица табл. кесте",
    "timestamp": "timestamp timestamps",
    "verse": "verse verses v. vv. стих",
    "volume": "volume volumes vol. vols. том т. тт.",
}
"""CSL locator label -> its terms in English, Russian and Kazakh."""

_LABELS = {word: label for label, words in TERMS.items() for word in words.split(" ")}
_WORDS = "|".join(re.escape(word) for word in sorted(_LABELS, key=lambda word: (-len(word), word)))
# After a term without a point a letter would make it part of another word: "part" in "participants".
_LABEL = re.compile(rf"(?P<term>{_WORDS})(?:(?<=[.§¶№])|(?![^\W\d_]))[ \u00a0\u202f]*", re.IGNORECASE)
_ROMAN = r"(?=[ivxlcdm])m{0,4}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})(?!\w)"
_UNIT = r"(?:\((?:[^()\n])*\)|\[(?:[^\[\]\n])*\]|[^\s,;()\[\]{}])+"
_NUMBERED = rf"(?=[^\s,;]*\d){_UNIT}"
_PAGES = rf"(?:{_NUMBERED}|{_ROMAN}(?:[-–—]{_ROMAN})?)"
_LABELLED = re.compile(rf"{_PAGES}(?:[ ]?[–—-][ ]?{_PAGES}|[,;]?[ ]{_PAGES}|,{_PAGES})*", re.IGNORECASE)
_BARE = re.compile(rf"(?=[\d(]|[A-Za-z]?\d){_NUMBERED}(?:[ ]?[–—-][ ]?{_NUMBERED}|[,;]?[ ]{_NUMBERED}|,{_NUMBERED})*")
_POSTFIXED = re.compile(rf"(?P<value>\d+(?:[-–—]\d+)?)(?:-| (?=б))(?P<term>{_WORDS})(?!\w)", re.IGNORECASE)
"""Kazakh puts the term last: `5-бет`, `5 б.`"""
_LEAD = re.compile(r"\s*(?:,\s*)?")


@dataclass(frozen=True, slots=True)
class Locator:
    """Where in a source."""

    value: str
    """`3-5`; empty where the words name no place."""
    label: str
    """CSL locator label; empty without one."""
    rest: str
    """The words after it."""


def parse_locator(words: str) -> Locator:
    """Reads `, pp. 3-5 and more`, `, 33`, `, {any words} and more`. After empty braces there is no locator."""
    start = _LEAD.match(words)
    at = start.end() if start else 0
    if words[at : at + 1] == "{" and (end := _closing(words, at)):
        inner = words[at + 1 : end - 1].strip()
        label = _LABEL.match(inner)
        value = inner[label.end() :] if label else inner
        return Locator(value, _name(label) if value else "", words[end:])
    if postfixed := _POSTFIXED.match(words, at):
        return Locator(postfixed["value"], _name(postfixed), words[postfixed.end() :])
    label = _LABEL.match(words, at)
    found = (_LABELLED if label else _BARE).match(words, label.end() if label else at)
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
