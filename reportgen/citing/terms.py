"""The words for CSL's locator labels, and for an earlier publication, that pandoc's locales lack. Values only.

Its Russian locale has English words for those of CSL 1.0.2, and it has no Kazakh locale.
"""

from __future__ import annotations

from collections.abc import Mapping

TERMS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "act": "акт акты",
        "appendix": "приложение приложения прил.",
        "article-locator": "статья статьи ст.",
        "canon": "канон каноны",
        "elocation": "позиция позиции поз.",
        "equation": "уравнение уравнения ур.",
        "rule": "правило правила прав.",
        "scene": "сцена сцены сц.",
        "supplement": "дополнение дополнения доп.",
        "table": "таблица таблицы табл.",
        "title-locator": "титул титулы тит.",
    },
    "kk": {
        "act": "акт актілер",
        "appendix": "қосымша қосымшалар қос.",
        "article-locator": "бап баптар бап",
        "book": "кітап кітаптар кіт.",
        "canon": "канон канондар",
        "chapter": "тарау тараулар тар.",
        "column": "баған бағандар бағ.",
        "elocation": "орын орындар",
        "equation": "теңдеу теңдеулер теңд.",
        "figure": "сурет суреттер сур.",
        "folio": "парақ парақтар пар.",
        "issue": "шығарылым шығарылымдар шығ.",
        "line": "жол жолдар",
        "note": "ескертпе ескертпелер ескерт.",
        "opus": "шығарма шығармалар",
        "page": "бет беттер б.",
        "paragraph": "тармақ тармақтар тарм.",
        "part": "бөлік бөліктер",
        "rule": "ереже ережелер",
        "scene": "көрініс көріністер көр.",
        "section": "бөлім бөлімдер бөл.",
        "supplement": "толықтыру толықтырулар",
        "table": "кесте кестелер кест.",
        "title-locator": "тақырып тақырыптар",
        "verse": "өлең өлеңдер",
        "version": "нұсқа нұсқалар",
        "volume": "том томдар т.",
    },
}
"""Language -> label -> one, several, and in short, where there is a short form."""

WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "kk": {
        "accessed": ("қаралған күні",),
        "and": ("және",),
        "anonymous": ("авторы көрсетілмеген",),
        "circa": ("шамамен",),
        "edition": ("басылым", "басылымдар", "бас."),
        "editor": ("редактор", "редакторлар", "ред."),
        "et-al": ("және т.б.",),
        "in": ("кітапта:",),
        "ibid": ("сонда",),
        "no date": ("күні жоқ",),
        "translator": ("аудармашы", "аудармашылар", "ауд."),
    }
}
"""Language that pandoc has no locale of -> term -> its word; of what is counted also several, and in short. Its months
are CLDR's."""
FIRST_PUBLISHED: Mapping[str, str] = {"ru": "год первой публикации:", "kk": "алғаш жарияланған жылы:"}
"""Language -> what stands before the year of `original-date`."""
