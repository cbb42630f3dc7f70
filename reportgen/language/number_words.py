"""A whole number in, its name or ordinal in English, Russian or Kazakh out. Pure."""

from __future__ import annotations

LARGEST = 999_999

# fmt: off
_EN = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]
# fmt: on
_EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
# fmt: off
_RU = [
    "ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять",
    "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать", "семнадцать",
    "восемнадцать", "девятнадцать",
]
# fmt: on
_RU_TENS = ["двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"]
_RU_HUNDREDS = ["сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"]
_KK = ["нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"]
_KK_TENS = ["он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан"]
# fmt: off
_EN_ORDINALS = [
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
]
# fmt: on


def number_words(number: int, lang: str) -> str:
    """`number` in words: "fourteen", "четырнадцать", "он төрт". ValueError where there are none to give."""
    if abs(number) > LARGEST:
        raise ValueError(f"{number} is too large to print in words")
    minus = {"en": "minus ", "ru": "минус ", "kk": "минус "}
    match lang.partition("-")[0]:
        case "en":
            words = _english(abs(number))
        case "ru":
            words = _russian(abs(number))
        case "kk":
            words = _kazakh(abs(number))
        case base:
            raise ValueError(f'there are no number words for the language "{base}"')
    return (minus[lang.partition("-")[0]] if number < 0 else "") + words


def ordinal(number: int, lang: str) -> str:
    """`number` as a place in an order: "second", "21st", "2-й", "2-ші". ValueError for other languages and below 1."""
    if number < 1:
        raise ValueError(f"{number} is no place in an order")
    match lang.partition("-")[0]:
        case "en":
            if number < len(_EN_ORDINALS):
                return _EN_ORDINALS[number]
            teen = number % 100 in (11, 12, 13)
            return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
        case "ru":
            return f"{number}-й"
        case "kk":
            return f"{number}-{_kazakh_ending(number)}"
        case base:
            raise ValueError(f'there are no ordinals for the language "{base}"')


def _english(number: int) -> str:
    if number < 20:
        return _EN[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return _EN_TENS[tens - 2] + (f"-{_EN[rest]}" if rest else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_EN[hundreds]} hundred" + (f" and {_english(rest)}" if rest else "")
    thousands, rest = divmod(number, 1000)
    joined = "" if not rest else f" and {_english(rest)}" if rest < 100 else f" {_english(rest)}"
    return f"{_english(thousands)} thousand{joined}"


def _russian(number: int) -> str:
    if number < 20:
        return _RU[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return _RU_TENS[tens - 2] + (f" {_RU[rest]}" if rest else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return _RU_HUNDREDS[hundreds - 1] + (f" {_russian(rest)}" if rest else "")
    thousands, rest = divmod(number, 1000)
    counted = _russian(thousands)
    teen = thousands % 100 in range(11, 15)
    noun = "тысяч" if teen or thousands % 10 not in (1, 2, 3, 4) else "тысяча" if thousands % 10 == 1 else "тысячи"
    if not teen and thousands % 10 in (1, 2):  # a thousand is feminine
        counted = counted.removesuffix("один").removesuffix("два") + ("одна" if thousands % 10 == 1 else "две")
    return f"{counted} {noun}" + (f" {_russian(rest)}" if rest else "")


def _kazakh(number: int) -> str:
    if number < 10:
        return _KK[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return _KK_TENS[tens - 1] + (f" {_KK[rest]}" if rest else "")
    size, name = (100, "жүз") if number < 1000 else (1000, "мың")
    many, rest = divmod(number, size)
    counted = name if many == 1 else f"{_kazakh(many)} {name}"
    return counted + (f" {_kazakh(rest)}" if rest else "")


def _kazakh_ending(number: int) -> str:
    """Vowel harmony follows the last word: алтыншы, but екінші."""
    last = number % 10
    if last:
        return "шы" if last in (6, 9) else "ші"
    tens = number // 10 % 10
    if tens:
        return "шы" if tens in (1, 2, 3, 4, 6, 9) else "ші"
    return "шы" if number % 1000 == 0 else "ші"
