"""A language in, what CLDR says of its months, units, currencies and multiples, out. Reads Babel's data.

Names that mislead are left out: the ton of CLDR in kk is the American one, and an abbreviation of one letter is a
word, a unit or a multiple by turns.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from babel.core import get_global
from babel.localedata import locale_identifiers
from babel.numbers import get_territory_currencies

from reportgen.language.compact import Length, compact_words
from reportgen.language.lexicon import Lexicon, PhraseTable, lexicon, table_of, turning_part, unit_data
from reportgen.language.locales import territory_of
from reportgen.language.scripts import script_of
from reportgen.language.words import ELIDING, elided_keys, folded, lower, plain_keys, words_of
from reportgen.late_patterns import regex
from reportgen.locale_tables import Locale, UnknownLocaleError

_SHORTEST_SIGN = 2
"""Letters of a sign that other words may look like."""
_SAME = 4
"""Letters that an adjective shares with the name of a country or language."""
_OTHER_NOUNS = frozenset(
    ("balboa", "colon", "colón", "dobra", "gourde", "lek", "lari", "leone", "loti", "pula", "tala")
)
"""Nouns of currencies, without the ending of a plural, that are other words in some language."""
_MORE_SIGNS: Mapping[str, Mapping[str, str]] = {
    "bg": {"лв": "BGN"},
    "th": {"บาท": "THB"},
    "vi": {"đ": "VND", "đồng": "VND"},
}
"""Signs and names of a language's own currency that CLDR does not have."""
_OTHER_WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "vi": {"đồng": ("nghiệp", "chí", "hồ", "bào", "minh", "đội", "hương", "ruộng", "phục", "tác", "loạt", "thời")}
}
"""Language -> the name of a currency -> words that make another word of it: `300 đồng nghiệp`, colleagues."""
_LENGTHS: tuple[Length, ...] = ("long", "short")
_SHORTEST = 3
"""Letters of an abbreviated unit that is not one of the symbols."""
_PATTERN = regex(r"[\u200e\u200f\s]*\{0\}[\u200e\u200f\s]*")
_MARKS = regex(r"[\u200e\u200f\u061c]")
_SIGNS = (("%", "percent"), ("‰", "per_mille"))
"""Signs of units that are the same in every language."""
_MISLEADING = {("kk", "duration-quarter")}
"""(language, CLDR's id of a unit) of names that mean another unit."""
_TURNED_OR_WARM = "degree|°C|°F"
"""What a degree may be, without its scale: of an angle, or of warmth."""
_TON, _TONNE = "mass-ton", "mass-tonne"
_LINKS = {**dict.fromkeys(("ast", "ca", "es", "fr", "gl", "pt", "ro"), "de"), "it": "di"}
"""What stands between a multiple and the unit that it counts: `3 millones de euros`."""
_LINKED_NUMBERS = frozenset(("ro",))
"""Languages in which it stands after numbers from 20 on as well: `25 de milioane de lei`, `25 de lei`."""
_HUNDREDS = {"千": 10**3, "百": 100}
_HINDI = {"सौ": 100, "मिलियन": 10**6, "बिलियन": 10**9}
_MORE_MULTIPLES: Mapping[str, Mapping[str, int]] = {
    "ar": {
        **dict.fromkeys(("ألفا", "ألفًا"), 10**3),
        "مليونا": 10**6,
        **dict.fromkeys(("مليارا", "مليارات", "بليون", "بليونا", "بلايين"), 10**9),
        **dict.fromkeys(("تريليون", "تريليونا", "تريليونات", "ترليونا"), 10**12),
        **dict.fromkeys(("مئة", "مائة"), 100),
    },
    "as": {"হাজাৰ": 10**3, "লাখ": 10**5, "লক্ষ": 10**5, "কোটি": 10**7},
    "bn": {"শত": 100, "লক্ষ": 10**5, "মিলিয়ন": 10**6, "বিলিয়ন": 10**9},
    "ca": {"mil": 10**3},
    "da": {"mill": 10**6},
    "de": {"tsd": 10**3, "mill": 10**6},
    "el": {"εκατ": 10**6, "δισεκατ": 10**9},
    "es": {"millares": 10**3, **dict.fromkeys(("mill", "mdd", "mdp"), 10**6), "millardo": 10**9, "millardos": 10**9},
    "fa": {"همت": 10**12},
    "fr": {"milliers": 10**3, "mds": 10**9},
    "gl": {"mil": 10**3},
    "he": {"אלפי": 10**3, "מיל": 10**6},
    "hi": _HINDI,
    "hr": {"mlrd": 10**9},
    "it": {"migliaia": 10**3, "mrd": 10**9},
    "ja": _HUNDREDS,
    "kn": {"ಲಕ್ಷ": 10**5, "ಕೋಟಿ": 10**7},
    "ko": {"백": 100},
    "mr": _HINDI,
    "ml": {"ലക്ഷം": 10**5, "കോടി": 10**7},
    "nb": {"mia": 10**9},
    "ne": {**_HINDI, "करोड": 10**7},
    "nl": {"mrd": 10**9},
    "nn": {"mia": 10**9},
    "no": {"mia": 10**9},
    "or": {"ହଜାର": 10**3, "ଲକ୍ଷ": 10**5, "କୋଟି": 10**7},
    "pt": {"milhares": 10**3},
    "sr": {"mil": 10**6, "mlrd": 10**9},
    "si": {"ලක්ෂ": 10**5, "කෝටි": 10**7},
    "sv": {"tkr": 10**3, **dict.fromkeys(("milj", "mkr", "mnkr"), 10**6), "mdkr": 10**9},
    "ta": {"லட்சம்": 10**5, "இலட்சம்": 10**5, "கோடி": 10**7},
    "te": {
        **dict.fromkeys(("వేలు", "వేల"), 10**3),
        **dict.fromkeys(("లక్ష", "లక్షలు", "లక్షల"), 10**5),
        **dict.fromkeys(("కోటి", "కోట్లు", "కోట్ల"), 10**7),
    },
    "th": {"ร้อย": 100},
    "ur": {"ملین": 10**6, "بلین": 10**9},
    "vi": {"ngàn": 10**3, "tỉ": 10**9},
    "zh": {**_HUNDREDS, "萬": 10**4, "億": 10**8},
}
"""Words for multiples, and forms of them, that CLDR does not have."""
_JOINING = frozenset(
    [
        "Beng",
        "Deva",
        "Ethi",
        "Gujr",
        "Guru",
        "Hans",
        "Hant",
        "Jpan",
        "Khmr",
        "Knda",
        "Kore",
        "Laoo",
        "Mlym",
        "Mymr",
        "Orya",
        "Sinh",
        "Taml",
        "Telu",
        "Thai",
    ]
)
"""Scripts in which what is said of a multiple is written in one with it: `亿元`, `ล้านคน`, `कोटींची`."""
_WHOLE_SIGNS = ("CJK UNIFIED", "HANGUL SYLLABLE", "ETHIOPIC SYLLABLE")
"""How the names of signs begin of which one alone is a word: `万`, `억`, `ሺ`."""
_POINTED = {
    "\u0921\u093c": "\u095c",
    "\u0922\u093c": "\u095d",
    "\u091c\u093c": "\u095b",
    "\u09a1\u09bc": "\u09dc",
    "\u0a1c\u0a3c": "\u0a5b",
    "\u09af\u09bc": "\u09df",
}
"""A letter and its point as two signs -> the same as one sign."""

_PLAIN_NAMES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "af": {"t": ("ton",)},
    "bg": {"t": ("тон", "тона")},
    "ca": {"kg": ("quilo", "quilos")},
    "da": {"kg": ("kilo",)},
    "de": {
        "kmh": ("Stundenkilometer", "Stundenkilometern"),
        "km": ("Kilometern",),
        "m": ("Metern",),
        "l": ("Litern",),
        "m2": ("Quadratmetern",),
        "m3": ("Kubikmetern",),
        "km2": ("Quadratkilometern",),
        "ha": ("Hektaren",),
        "kg": ("Kilo", "Kilos"),
        "day": ("Tagen",),
        "month": ("Monaten",),
        "year": ("Jahren",),
    },
    "es": {"$PEN": ("soles",), "kg": ("kilo", "kilos")},
    "fr": {
        "kmh": ("kilomètre-heure", "kilomètres-heure", "kilomètres à l'heure"),
        "kg": ("kilo", "kilos"),
        "year": ("année", "années"),
    },
    "gl": {"t": ("tonelada", "toneladas"), "kg": ("quilo", "quilos")},
    "hu": {"t": ("tonna",), "kg": ("kiló",)},
    "id": {"t": ("ton",)},
    "it": {"percent": ("per cento",), "kg": ("chilo", "chili")},
    "nb": {"kg": ("kilo",)},
    "nl": {"kg": ("kilo", "kilo's")},
    "pl": {"kg": ("kilo",)},
    "pt": {
        "kg": ("quilo", "quilos"),
        "t": ("tonelada", "toneladas"),
        "km": ("quilómetro", "quilómetros"),
        "km2": ("quilómetro quadrado", "quilómetros quadrados"),
        "$BRL": ("reais",),
    },
    "ro": {"t": ("tonă", "tone"), "kg": ("kil", "kile")},
    "sl": {"t": ("tona", "toni", "tone", "ton")},
    "sv": {"kg": ("kilo",)},
    "uk": {"kg": ("кіло",)},
}
"""Names without the adjective or the ending that CLDR has in them: `toneladas métricas`, `quilogramas`."""
_POINTS: Mapping[str, Mapping[str, str]] = {
    "ca": {"one": "punt percentual", "other": "punts percentuals"},
    "cs": {"one": "procentní bod", "few": "procentní body", "many": "procentního bodu", "other": "procentních bodů"},
    "da": {"other": "procentpoint"},
    "de": {"one": "Prozentpunkt", "other": "Prozentpunkte", "dative": "Prozentpunkten"},
    "es": {"one": "punto porcentual", "other": "puntos porcentuales"},
    "fi": {"one": "prosenttiyksikkö", "other": "prosenttiyksikköä"},
    "fr": {"one": "point de pourcentage", "other": "points de pourcentage"},
    "gl": {"one": "punto porcentual", "other": "puntos porcentuais"},
    "id": {"other": "poin persentase"},
    "it": {"one": "punto percentuale", "other": "punti percentuali"},
    "nb": {"other": "prosentpoeng"},
    "nl": {"one": "procentpunt", "other": "procentpunten"},
    "no": {"other": "prosentpoeng"},
    "pl": {
        "one": "punkt procentowy",
        "few": "punkty procentowe",
        "many": "punktów procentowych",
        "other": "punktu procentowego",
    },
    "pt": {"one": "ponto percentual", "other": "pontos percentuais"},
    "ro": {"one": "punct procentual", "other": "puncte procentuale"},
    "sv": {"one": "procentenhet", "other": "procentenheter"},
    "tr": {"other": "yüzde puan"},
    "uk": {
        "one": "відсотковий пункт",
        "few": "відсоткові пункти",
        "many": "відсоткових пунктів",
        "other": "відсоткового пункту",
    },
}
"""Language -> form -> its words for points of percent, which CLDR does not have."""
_POWERS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], bool]] = {
    "ca": (("quadrat", "quadrats"), ("cúbic", "cúbics"), False),
    "de": (("Quadrat",), ("Kubik",), True),
    "es": (("cuadrado", "cuadrados"), ("cúbico", "cúbicos"), False),
    "fr": (("carré", "carrés"), ("cube", "cubes"), False),
    "it": (("quadrato", "quadrati", "quadri"), ("cubo", "cubi"), False),
    "nl": (("vierkante",), ("kubieke",), True),
    "pt": (("quadrado", "quadrados"), ("cúbico", "cúbicos"), False),
}
"""Language -> the words that square and cube an abbreviated unit, and whether they stand before it: `km carrés`."""


_PER: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "ca": (("per", "al"), ("per", "per cada"), ("persona", "habitant", "càpita")),
    "da": (("per", "pr"), ("per", "pr"), ("person", "indbygger", "hoved")),
    "de": (("pro", "je"), ("pro", "je", "auf je"), ("person", "kopf", "einwohner", "einwohnerin")),
    "es": (("por", "al"), ("por", "por cada"), ("persona", "habitante", "cápita", "cabeza")),
    "fr": (("par",), ("par", "aux"), ("personne", "habitant", "tête")),
    "gl": (("por", "ao"), ("por", "por cada"), ("persoa", "habitante", "cápita")),
    "it": (("per", "al", "alla", "allo", "a"), ("per", "per ogni", "ogni"), ("persona", "abitante", "testa", "capita")),
    "nb": (("per",), ("per",), ("person", "innbygger", "hode")),
    "nl": (("per",), ("per",), ("persoon", "inwoner", "hoofd")),
    "no": (("per",), ("per",), ("person", "innbygger", "hode")),
    "pt": (("por", "ao"), ("por", "por cada"), ("pessoa", "habitante", "cápita", "cabeça")),
    "sv": (("per",), ("per",), ("person", "invånare", "capita")),
}
"""Language -> its words for "per" before a unit; those before a round number, a unit of measure or people; and
words for people themselves."""
_WATT_HOURS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "de": (("kilo", "mega", "giga", "tera"), ("wattstunde", "wattstunden")),
    "es": (("kilo", "mega", "giga", "tera"), ("vatio hora", "vatios hora", "vatio horas", "vatios horas")),
    "fr": (("kilo", "méga", "giga", "téra"), ("wattheure", "wattheures", "watt heure", "watts heure", "watts heures")),
    "it": (("kilo", "mega", "giga", "tera"), ("wattora",)),
    "nl": (("kilo", "mega", "giga", "tera"), ("wattuur",)),
    "pt": (("quilo", "mega", "giga", "tera"), ("watt hora", "watts hora", "watt horas", "watts horas")),
}
"""Language -> its prefixes of thousand, million and so on, and its words for watt-hours, most of which CLDR lacks."""
_BETWEEN: Mapping[str, tuple[tuple[str, ...], str]] = {
    "ca": (("entre",), "i"),
    "cs": (("mezi",), "a"),
    "da": (("mellem",), "og"),
    "de": (("zwischen",), "und"),
    "es": (("entre",), "y"),
    "fr": (("entre",), "et"),
    "gl": (("entre",), "e"),
    "it": (("tra", "fra"), "e"),
    "nb": (("mellom",), "og"),
    "nl": (("tussen",), "en"),
    "no": (("mellom",), "og"),
    "pl": (("między", "pomiędzy"), "a"),
    "pt": (("entre",), "e"),
    "ro": (("între",), "și"),
    "sv": (("mellan",), "och"),
    "uk": (("між",), "і"),
}
"""Language -> its words for "between", and the one that joins the two numbers behind it."""
_EVERY: Mapping[str, Mapping[str, str]] = {
    "fr": {"l'heure": "h", "l'hectare": "ha", "l'année": "year"},
    "it": {"all'ora": "h", "all'anno": "year", "all'ettaro": "ha"},
}
"""Language -> words that say by themselves what is counted per."""


def computed(base: str) -> Lexicon:
    """The lexicon of a language that has no file."""
    locale = locale_of(base)
    if locale is None:
        return Lexicon(base, ".", False, {}, plain_keys, units=table_of(_SIGNS, plain_keys))
    names, hand = unit_names(locale, unit_data().cldr), turning_part(base)
    own = dict(signs_of(locale)) | dict(_MORE_SIGNS.get(base, {}))
    link = [_LINKS[base]] if base in _LINKS else []
    return Lexicon(
        base,
        decimal_mark(locale),
        month_first(locale),
        months(locale),
        elided_keys if base in ELIDING else plain_keys,
        scales={**multiples(locale), **_more(base)},
        units=_units_of(
            names,
            money_names(locale),
            [*((name, "t") for name in plain_tons(locale)), *plain_names(base), *sign_entries(base, own)],
            own,
            _own_names(locale),
        ),
        names=names,
        negations=frozenset(hand.get("negations", ())),
        data={
            **hand,
            "after_multiple": link,
            "after_number": link if base in _LINKED_NUMBERS else [],
            **_rates(base),
            **_between(base),
            "other_words": _OTHER_WORDS.get(base, {}),
        },
        joins=script_of(base) in _JOINING,
        leading=_leading_percent(locale),
    )


def _rates(base: str) -> dict[str, Any]:
    """What is known of words that make a number a rate."""
    if base not in _PER:
        return {}
    per, before, people = _PER[base]
    marks = {"open_marks": before, "noun_marks": before, "nouns": people, "people": people}
    return {"per": per, "rates": {**marks, "adverbs": _EVERY.get(base, {})}}


def _between(base: str) -> dict[str, Any]:
    """What is known of words that make a range of two numbers."""
    if base not in _BETWEEN:
        return {}
    before, joining = _BETWEEN[base]
    return {"between": before, "link": {joining: "pair"}}


def points_of_percent(base: str) -> Mapping[str, str]:
    """Plural category -> a language's words for points of percent; none where they are not known."""
    return _POINTS.get(base, {})


def plain_names(base: str) -> Iterator[tuple[str, str]]:
    """Names of units and currencies that CLDR has with an adjective only, each with its unit."""
    yield from ((name, unit) for unit, names in _PLAIN_NAMES.get(base, {}).items() for name in names)
    yield from ((name, "pp") for name in points_of_percent(base).values())
    prefixes, names = _WATT_HOURS.get(base, ((), ()))
    yield from ((prefix + name, f"{sign}Wh") for prefix, sign in zip(prefixes, "kMGT", strict=False) for name in names)
    squared, cubed, is_before = _POWERS.get(base, ((), (), False))
    for power, words in ((2, squared), (3, cubed)):
        for symbol in ("m", "km"):
            yield from ((f"{word} {symbol}" if is_before else f"{symbol} {word}", f"{symbol}{power}") for word in words)


def _leading_percent(locale: Locale) -> frozenset[str]:
    """The sign of percent and its name, where they stand before their number."""
    named = unit_sides(locale, "concentr-percent", "long", "other")
    sign = locale.percent_formats[None].pattern.lstrip().startswith("%")
    words = lower(folded(named[0])).strip() if named and not named[1].strip() else ""
    return frozenset(filter(None, ("%" if sign else "", words if " " not in words else "")))


def _units_of(
    names: Mapping[str, Mapping[str, Mapping[str, str]]],
    money: Mapping[str, Mapping[str, str]],
    plain: Iterable[tuple[str, str]],
    own: Mapping[str, str],
    adjectives: frozenset[str],
) -> PhraseTable:
    known = table_of((*_SIGNS, *unit_entries(names, money), *plain), plain_keys)
    bare = table_of((*bare_money(money), *nouns_of_one(money, own, adjectives)), plain_keys)
    return {**{word: entries for word, entries in bare.items() if word not in known}, **_merged(known, bare)}


def _merged(known: PhraseTable, bare: PhraseTable) -> PhraseTable:
    """The table with a bare noun after the longer names that begin with it: `franc suisse` before `franc`."""
    merged = {}
    for word, entries in known.items():
        is_whole = any(not rest for rest, _ in entries)
        merged[word] = entries if is_whole else [*entries, *bare.get(word, ())]
    return merged


def bare_money(money: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """The noun of several currencies' names, and those of them that are legal tender: `Franken`, `$CHF`.

    It is the last word of a name or the first, by the language: the one that more names share.
    """
    named = {code: [words_of(text) for text in forms.values()] for code, forms in money.items()}
    sharing: dict[int, dict[str, set[str]]] = {place: {} for place in (-1, 0)}
    for place, found in sharing.items():
        for code, forms in named.items():
            for words in forms:
                if len(words) > 1:
                    found.setdefault(lower(words[place]), set()).add(code)
    place = max(sharing, key=lambda place: sum(len(codes) for codes in sharing[place].values() if len(codes) > 1))
    nouns = {word: codes for word, codes in sharing[place].items() if len(codes) > 1}
    beside = 1 if place == 0 else -2
    adjectives = {
        lower(words[place])
        for forms in named.values()
        for words in forms
        if len(words) > 1 and lower(words[beside]) in nouns  # `nouveau dollar`
    }
    for word, codes in nouns.items():
        current = sorted(codes & _tender(), key=lambda code: (code != "USD", code))  # as of `$`
        is_weight = "GBP" in codes  # a pound, in any language, and in French a book
        if current and not is_weight and word not in adjectives and word.isalpha() and len(word) >= _SHORTEST:
            yield word, "$" + "|".join(current)


def sign_entries(base: str, own: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The signs of a language's own currencies that are written in letters, each with the others that share it last:
    `kr`, in Swedish of Sweden before Norway."""
    shared = unit_data().money
    for sign, code in own.items():
        letters = "".join(words_of(sign))
        if len(letters) > 1 or sign in _MORE_SIGNS.get(base, ()):
            others = [other for other in shared.get(sign.rstrip("."), "").split("|") if other not in ("", code)]
            yield " ".join(words_of(sign)), "$" + "|".join([code, *others])


def nouns_of_one(
    money: Mapping[str, Mapping[str, str]], own: Mapping[str, str], adjectives: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Nouns of a single currency's name with an adjective: of a language's own currency, `лева`, and those that are
    the same in English, `dongs`."""
    international = {
        entry: name
        for entry, found in _english_units().items()
        for rest, name in found
        if not rest and name[0] == "$" and "|" not in name and "+" not in name
    }
    for code, forms in money.items():
        for text in forms.values():
            for word in map(lower, words_of(text)) if code in _tender() else ():
                plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
                if plain.rstrip("s") in _OTHER_NOUNS or len(word) < _SHORTEST:
                    continue
                if any(international.get(said) == f"${code}" for said in (word, plain, plain.rstrip("s"))):
                    for said in dict.fromkeys((word, plain)):
                        if said not in _english_units() or international.get(said) == f"${code}":
                            yield said, f"${code}"
    for code in sorted(set(own.values()) & money.keys()):
        yield from _own_nouns(money, code, adjectives)


def _own_names(locale: Locale) -> frozenset[str]:
    """How the names of a language and its country begin, in itself."""
    territory = locale.territories.get(territory_of(str(locale).replace("_", "-")), "")
    language = locale.languages.get(locale.language, "")
    return frozenset(lower(folded(word))[:_SAME] for name in (territory, language) for word in name.split())


def _own_nouns(
    money: Mapping[str, Mapping[str, str]], code: str, adjectives: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """The words that a name of one currency has and none of another, but of its country: `rupiah`, `лева`."""
    others = (forms for other, forms in money.items() if other != code)
    elsewhere = {word for forms in others for text in forms.values() for word in words_of(text)}
    for text in money[code].values():
        words = words_of(text)
        for place in (0, -1) if len(words) > 1 else ():
            is_noun = words[place] not in elsewhere and words[place][:_SAME] not in adjectives
            if is_noun and words[place].isalpha() and len(words[place]) >= _SHORTEST:
                yield words[place], f"${code}"


@cache
def _english_units() -> PhraseTable:
    return lexicon("en").units


@cache
def _tender() -> frozenset[str]:
    """Codes of the currencies that are legal tender somewhere today."""
    by_territory: Any = get_global("territory_currencies")
    return frozenset(code for held in by_territory.values() for code, _, until, tender in held if tender and not until)


def own_signs() -> dict[str, str]:
    """Signs of currencies, as their own countries write them, that are no other words anywhere -> codes, parted by
    `|`: `FCFA`, `Ksh`, `T$`."""
    found: dict[str, set[str]] = {}
    for name in locale_identifiers():
        for sign, code in signs_of(Locale.parse(name)):
            is_sign = any(unicodedata.category(letter) == "Sc" for letter in sign)
            letters = "".join(words_of(sign))
            if len(sign) > 1 and (
                is_sign or (letters == lower(sign) and len(sign) > _SHORTEST_SIGN and sign[0].isupper())
            ):
                found.setdefault(sign, set()).add(code)
    return {sign: "|".join(sorted(codes)) for sign, codes in sorted(found.items())}


def signs_of(locale: Locale) -> Iterator[tuple[str, str]]:
    """The signs of the currencies that are paid in a locale's country, as it writes them, each with its code."""
    territory = locale.territory or territory_of(str(locale).replace("_", "-"))
    symbols: Any = locale.currency_symbols
    for code in get_territory_currencies(territory) if territory else ():
        sign = _MARKS.sub("", symbols.get(code, code)).strip(" \u200b")
        if sign and sign != code and code in _tender():
            yield sign, code


def locale_of(base: str) -> Locale | None:
    """Babel's locale of a language; None if it has none."""
    try:
        return Locale.parse(base)
    except (UnknownLocaleError, ValueError):
        return None


def decimal_mark(locale: Locale) -> str:
    symbols: Any = locale.number_symbols
    return "," if symbols.get("latn", symbols).get("decimal") == "," else "."


def month_first(locale: Locale) -> bool:
    pattern: str = locale.date_formats["short"].pattern
    return bool(pattern.find("M") < pattern.find("d"))


def months(locale: Locale) -> dict[str, int]:
    """Each name of a month, in dates and alone, long and short -> its number."""
    return {
        lower(folded(name)).rstrip("."): number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in locale.months[context][width].items()
        if not name.isdigit()
    }


def multiples(locale: Locale) -> dict[str, int]:
    """Words for thousands and up, long and short -> value."""
    found: dict[str, int] = {}
    for length in _LENGTHS:
        for multiple, by_category in compact_words(locale, length).items():
            for before, after in by_category.values():
                word = (before + after).strip().rstrip(".").strip()
                is_symbol = word[:1].islower() and not word.islower()  # `kM` of Catalan, which is `km` in lower case
                if words_of(word) == (lower(folded(word)),) and not is_symbol and (len(word) > 1 or _is_whole(word)):
                    found.update(dict.fromkeys(_spelled(lower(folded(word))), multiple))
    return found


def _more(base: str) -> dict[str, int]:
    words = _MORE_MULTIPLES.get(base, {}).items()
    return {said: multiple for word, multiple in words for said in _spelled(lower(folded(word)))}


def _is_whole(sign: str) -> bool:
    return unicodedata.name(sign, "").startswith(_WHOLE_SIGNS)


def _spelled(word: str) -> Iterator[str]:
    """A word, and where a letter has a point, the word with both as one sign, and without the point: `करोड़`, `करोड`."""
    yield word
    for two, one in _POINTED.items():
        if two in word:
            yield from (word.replace(two, one), word.replace(two, two[0]))


def unit_names(locale: Locale, ids: Mapping[str, str]) -> dict[str, dict[str, dict[str, str]]]:
    """Unit -> length -> plural category -> its name without a number. `ids` are unit -> CLDR's id."""
    patterns: Any = locale._data["unit_patterns"]
    found: dict[str, dict[str, dict[str, str]]] = {}
    for name, cldr in ids.items():
        if is_misleading(locale, cldr) or cldr not in patterns:
            continue
        lengths = {}
        for length in ("long", "short"):
            forms = {
                category: _PATTERN.sub("", text).strip(" \u00a0")
                for category, text in dict(patterns[cldr].get(length, {})).items()
                if category in ("one", "two", "few", "many", "other") and isinstance(text, str) and "{0}" in text
            }
            if forms:
                lengths[length] = forms
        if lengths:
            found[name] = lengths
    return found


def is_misleading(locale: Locale, cldr: str) -> bool:
    """Whether CLDR's name of a unit means another one to readers: `طن` and `тонна` are the American ton there, and the
    metric one has an adjective; to everybody who writes them they are the metric one."""
    return (locale.language, cldr) in _MISLEADING or (cldr == _TON and bool(plain_tons(locale)))


@cache
def plain_tons(locale: Locale) -> frozenset[str]:
    """The words for a ton without an adjective, where CLDR gives them to the American one; none in English."""
    patterns: Any = locale._data["unit_patterns"]
    lengths = (
        [
            {
                _PATTERN.sub("", text).strip(" \u00a0")
                for text in dict(patterns.get(id, {}).get(length, {})).values()
                if isinstance(text, str) and "{0}" in text
            }
            for id in (_TON, _TONNE)
        ]
        for length in ("long", "short")
    )
    found = (
        name
        for short, metric in lengths
        for name in short
        if any(len(words_of(other)) > len(words_of(name)) for other in metric)
    )
    return frozenset() if locale.language == "en" else frozenset(name for name in found if len(name) > 1)


def unit_sides(locale: Locale, cldr: str, length: str, category: str) -> tuple[str, str] | None:
    """What stands before a number and after it where it has a unit, with spaces; None where CLDR does not say."""
    forms: Mapping[str, Any] = dict(locale._data["unit_patterns"].get(cldr, {}).get(length, {}))
    text = forms.get(category) or forms.get("other")
    if not isinstance(text, str) or "{0}" not in text:
        return None
    before, _, after = _MARKS.sub("", text).partition("{0}")
    return before, after


def before_money(locale: Locale) -> str:
    """What stands before a sum of money, `¤` for its sign; empty where the sign stands after it."""
    pattern: str = locale.currency_formats["standard"].pattern.partition(";")[0]
    before = re.split(r"[#0,.]+", _MARKS.sub("", pattern), maxsplit=1)[0]
    return before if "¤" in before else ""


def money_names(locale: Locale) -> dict[str, dict[str, str]]:
    """Code -> plural category -> the name of a currency."""
    plural: Any = locale._data["currency_names_plural"]
    single: Any = locale._data["currency_names"]
    return {
        code: {"other": str(name), **{k: str(v) for k, v in dict(plural.get(code, {})).items()}}
        for code, name in dict(single).items()
        if "(" not in str(name)
    }


def unit_entries(
    names: Mapping[str, Mapping[str, Mapping[str, str]]], money: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str]]:
    """Each form of a unit's name that can be read without mistaking it for a word, and of a currency's."""
    for name, lengths in names.items():
        for length, forms in lengths.items():
            for text in forms.values():
                if length == "long" or len(re.sub(r"[^\w]", "", text)) >= _SHORTEST:
                    yield text, _TURNED_OR_WARM if name == "degree" and text.isalpha() else name
    for code, forms in money.items():
        for text in forms.values():
            yield text, f"${code}"


def fraction(text: object) -> Fraction:
    """A number as the hand-made files write it: `1/2`, `0.3048`, `60`."""
    return Fraction(str(text))
