"""The program's own words in the languages that it speaks. Pure.

A language that is not here gets English. `{}` stands for what is filled in.
"""

from __future__ import annotations

from collections.abc import Mapping

_EN = {
    "figure": "Figure {}",
    "table": "Table {}",
    "reported": "reported {}",
    "to": "{}–{}",
    "and": "{} and {}",
    "others": "{} and others",
    "untitled": "untitled",
    "unverified": "Not verified",
    "disputed": "Disputed",
    "overdue": "Past review",
    "computed": "Computed",
    "verified": "Verified",
    "doubt-unverified": "The quoted words were not found in the archived text.",
    "doubt-no-archive": "No archived text of the source is at hand.",
    "doubt-overdue": "It was due to be looked at again by {}.",
    "doubt-other": "Another fact has {} ({}).",
    "doubt-check": "It fails a check of ours: {}.",
    "doubt-input-unverified": "It rests on a value that is not verified: {}.",
    "doubt-input-disputed": "It rests on a disputed value: {}.",
    "doubt-input-overdue": "It rests on a value past its review date: {}.",
    "column-value": "Value",
    "column-claim": "Claim",
    "column-place": "Place",
    "column-as_of": "Time",
    "column-measure": "Measure",
    "column-unit": "Unit",
    "column-source": "Source",
    "column-fact": "Fact",
    "column-label": "Item",
    "column-status": "State",
}
_RU = {
    "figure": "Рисунок {}",
    "table": "Таблица {}",
    "reported": "сообщено {}",
    "and": "{} и {}",
    "others": "{} и др.",
    "untitled": "без названия",
    "unverified": "Не проверено",
    "disputed": "Оспаривается",
    "overdue": "Пора пересмотреть",
    "computed": "Вычислено",
    "verified": "Проверено",
    "doubt-unverified": "Процитированные слова не найдены в архивном тексте.",
    "doubt-no-archive": "Архивного текста источника нет.",
    "doubt-overdue": "Срок пересмотра истёк {}.",
    "doubt-other": "Другой факт говорит: {} ({}).",
    "doubt-check": "Не проходит нашу проверку: {}.",
    "doubt-input-unverified": "Основано на непроверенном значении: {}.",
    "doubt-input-disputed": "Основано на оспариваемом значении: {}.",
    "doubt-input-overdue": "Основано на значении с истёкшим сроком: {}.",
    "column-value": "Значение",
    "column-claim": "Утверждение",
    "column-place": "Место",
    "column-as_of": "Время",
    "column-measure": "Показатель",
    "column-unit": "Единица",
    "column-source": "Источник",
    "column-fact": "Факт",
    "column-label": "Статья",
    "column-status": "Состояние",
}
_KK = {
    "figure": "{}-сурет",
    "table": "{}-кесте",
    "reported": "{} хабарланған",
    "and": "{} және {}",
    "others": "{} және т.б.",
    "untitled": "атаусыз",
    "unverified": "Тексерілмеген",
    "disputed": "Даулы",
    "overdue": "Қайта қарау мерзімі өтті",
    "computed": "Есептелген",
    "verified": "Тексерілген",
    "doubt-unverified": "Дәйексөз мұрағат мәтінінен табылмады.",
    "doubt-no-archive": "Дереккөздің мұрағат мәтіні жоқ.",
    "doubt-overdue": "Қайта қарау мерзімі: {}.",
    "doubt-other": "Басқа дерек: {} ({}).",
    "doubt-check": "Біздің тексеруден өтпейді: {}.",
    "doubt-input-unverified": "Тексерілмеген мәнге негізделген: {}.",
    "doubt-input-disputed": "Даулы мәнге негізделген: {}.",
    "doubt-input-overdue": "Мерзімі өткен мәнге негізделген: {}.",
    "column-value": "Мәні",
    "column-claim": "Тұжырым",
    "column-place": "Орны",
    "column-as_of": "Уақыты",
    "column-measure": "Көрсеткіш",
    "column-unit": "Бірлік",
    "column-source": "Дереккөз",
    "column-fact": "Дерек",
    "column-label": "Тармақ",
    "column-status": "Күйі",
}
_LANGUAGES: Mapping[str, Mapping[str, str]] = {"en": _EN, "ru": _EN | _RU, "kk": _EN | _KK}


def say(lang: str, key: str, *filled: str) -> str:
    """A phrase in a language, filled in."""
    return _LANGUAGES.get(lang.partition("-")[0], _EN)[key].format(*filled)
