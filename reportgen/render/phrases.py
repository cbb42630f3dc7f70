"""The furniture's words in the languages that it speaks, English being the key. Pure."""

from __future__ import annotations

from collections.abc import Mapping

_RU = {
    "Briefs": "Записки", "Facts": "Факты", "Sources": "Источники", "Timeline": "Хронология", "Charts": "Графики",
    "About": "О методе", "Policy brief": "Аналитическая записка", "Key messages": "Главное", "How we know": "Откуда мы знаем",
    "References": "Источники", "How to cite": "Как цитировать", "Contents": "Содержание", "Changes": "Изменения",
    "Skip to the text": "К тексту", "{} values": "Значений: {}", "none typed by hand:": "ни одно не набрано вручную:",
    "verified": "проверено", "computed": "вычислено", "disputed": "оспаривается", "not verified": "не проверено",
    "past review": "пора пересмотреть", "Verified": "Проверено", "Computed": "Вычислено", "Disputed": "Оспаривается",
    "Not verified": "Не проверено", "Past review": "Пора пересмотреть", "Sources disagree": "Источники расходятся",
    "What we do.": "Что мы делаем.", "Source": "Источник", "Sources:": "Источники:", "Source:": "Источник:",
    "The fact’s own page": "Страница факта", "Edition of {}": "Издание от {}", "{} minutes’ read": "{} мин. чтения",
    "Picture": "Картинка", "Data": "Данные", "Interactive": "Интерактивно", "preferred": "предпочтено", "and": "и",
    "Draft": "Черновик", "Updated {}": "Обновлено {}",
}  # fmt: skip
_KK = {
    "Briefs": "Жазбалар", "Facts": "Деректер", "Sources": "Дереккөздер", "Timeline": "Хронология", "Charts": "Графиктер",
    "About": "Әдіс туралы", "Policy brief": "Аналитикалық жазба", "Key messages": "Басты ойлар", "How we know": "Қайдан білеміз",
    "References": "Дереккөздер", "How to cite": "Қалай сілтеме жасау керек", "Contents": "Мазмұны", "Changes": "Өзгерістер",
    "Skip to the text": "Мәтінге өту", "{} values": "Мән саны: {}", "none typed by hand:": "бірде-бірі қолмен терілмеген:",
    "verified": "тексерілген", "computed": "есептелген", "disputed": "даулы", "not verified": "тексерілмеген",
    "past review": "мерзімі өткен", "Verified": "Тексерілген", "Computed": "Есептелген", "Disputed": "Даулы",
    "Not verified": "Тексерілмеген", "Past review": "Мерзімі өткен", "Sources disagree": "Дереккөздер қайшы",
    "What we do.": "Біз не істейміз.", "Source": "Дереккөз", "Sources:": "Дереккөздер:", "Source:": "Дереккөз:",
    "The fact’s own page": "Деректің беті", "Edition of {}": "{} басылымы", "{} minutes’ read": "{} минут оқу",
    "Picture": "Сурет", "Data": "Деректер", "Interactive": "Интерактивті", "preferred": "таңдалған", "and": "және",
    "Draft": "Жоба", "Updated {}": "Жаңартылған: {}",
}  # fmt: skip
_LANGUAGES: Mapping[str, Mapping[str, str]] = {"ru": _RU, "kk": _KK}


def phrase(lang: str, words: str, *filled: object) -> str:
    """A phrase of the furniture; English where it has not been put into the language."""
    found = _LANGUAGES.get(lang.partition("-")[0], {}).get(words, words)
    return found.format(*filled) if filled else found
