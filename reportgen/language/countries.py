"""A country as a table of an office names it in, its ISO 3166 code out. Pure.

Names are those of CLDR and, below, those that the World Bank, the United Nations, Eurostat and the FAO print otherwise.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from babel.core import get_global

from reportgen.language.locales import locale_of
from reportgen.late_patterns import regex

SPOKEN = ("en", "ru", "kk")
"""Languages in which countries are always known."""
_WITHDRAWN = frozenset(("DD", "DDR", "YD", "YMD", "VD", "VDR", "FX", "FXX", "HV", "NH", "RH", "SUR", "TP"))
"""Codes of countries that were others than those of today."""
_NO_COUNTRIES = frozenset(("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"))
_OTHER_NAMES = {
    "AE": "UAE",
    "BN": "Brunei Darussalam",
    "BO": "Bolivia (Plurinational State of)",
    "BY": "Республика Беларусь",
    "CD": "Congo, Dem. Rep. | Democratic Republic of the Congo | DR Congo | Dem. Rep. Congo | Congo (Kinshasa)",
    "CG": "Congo, Rep. | Republic of the Congo | Congo | Congo (Brazzaville)",
    "CI": "Ivory Coast",
    "CN": "China, mainland | People's Republic of China",
    "CV": "Cabo Verde",
    "CZ": "Czech Republic | Чешская Республика",
    "EG": "Egypt, Arab Rep.",
    "FK": "Falkland Islands (Malvinas)",
    "FM": "Micronesia, Fed. Sts. | Micronesia (Federated States of)",
    "FO": "Faeroe Islands",
    "GB": "United Kingdom of Great Britain and Northern Ireland | Great Britain",
    "GM": "Gambia, The",
    "GR": "EL",
    "HK": "Hong Kong | Hong Kong SAR, China | China, Hong Kong SAR",
    "BS": "Bahamas, The",
    "IR": "Iran, Islamic Rep. | Iran (Islamic Republic of)",
    "KG": "Kyrgyz Republic | Кыргызская Республика | Киргизская Республика",
    "KP": "Северная Корея | Korea, Dem. People's Rep. | Democratic People's Republic of Korea",
    "KR": "Южная Корея | Korea, Rep. | Republic of Korea | Korea, Republic of | Республика Корея",
    "KZ": "Республика Казахстан | Қазақстан Республикасы",
    "LA": "Lao PDR | Lao People's Democratic Republic",
    "MD": "Republic of Moldova | Moldova, Republic of | Республика Молдова",
    "MF": "St. Martin (French part)",
    "MK": "Macedonia | The former Yugoslav Republic of Macedonia",
    "MM": "Myanmar | Burma",
    "MO": "Macao | Macau | Macao SAR, China | China, Macao SAR",
    "N. Cyprus": "Northern Cyprus",
    "NL": "Netherlands (Kingdom of the)",
    "PS": "Palestine | State of Palestine | West Bank and Gaza",
    "RU": "Russian Federation | Российская Федерация",
    "SK": "Slovak Republic",
    "SO": "Somalia, Fed. Rep.",
    "SX": "Sint Maarten (Dutch part)",
    "SY": "Syrian Arab Republic",
    "SZ": "Swaziland",
    "TL": "East Timor | TP | TMP",
    "TR": "Turkey",
    "TW": "Taiwan, China | China, Taiwan Province of | Chinese Taipei",
    "TZ": "United Republic of Tanzania | Tanzania, United Republic of",
    "US": "United States of America | Соединенные Штаты Америки | США",
    "VA": "Holy See",
    "VC": "St. Vincent and the Grenadines",
    "VE": "Venezuela, RB | Venezuela (Bolivarian Republic of)",
    "VI": "US Virgin Islands | Virgin Islands (U.S.) | United States Virgin Islands",
    "VN": "Viet Nam",
    "XK": "XKX",
    "YE": "Yemen, Rep.",
}
_NO_LETTER = regex(r"[^\w]+")


def code_of(name: str, lang: str, others: Iterable[str] = ()) -> str:
    """The two letters of a country that is given by a name, or by its two or three letters or digits; one of `others`
    as it is; empty where none is called so."""
    named = {_folded(other): other for other in others} | _codes(lang)
    return named.get(_folded(name), "")


def is_code(name: str) -> bool:
    """Whether a country is given by letters or digits that readers may not know."""
    return len(name) in (2, 3) and (name.isupper() or name.isdecimal())


def country_name(code: str, lang: str) -> str:
    """Its name in a language; the code where there is none."""
    return str(locale_of(lang).territories.get(code, code))


@cache
def _codes(lang: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for spoken in (*reversed(SPOKEN), lang):
        found |= {_folded(name): code for code, name in _territories(spoken)}
    found |= {code.lower(): code for code, _ in _territories("en")}
    for other, codes in get_global("territory_aliases").items():
        if len(codes) == 1 and _is_country(codes[0]) and other not in _WITHDRAWN:
            found.setdefault(other.lower(), codes[0])
    for code, names in _OTHER_NAMES.items():
        found |= {_folded(name): code for name in names.split(" | ")}
    return found


def _territories(lang: str) -> Iterator[tuple[str, str]]:
    """Code and name of each."""
    for code, name in locale_of(lang).territories.items():
        if isinstance(code, str) and _is_country(code):
            yield code, str(name)


def _is_country(code: str) -> bool:
    return code.isalpha() and code not in _NO_COUNTRIES


def _folded(name: str) -> str:
    """Letters alone, without accents, and short words in one spelling."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign))
    words = _NO_LETTER.sub(" ", plain.replace("&", " and ").replace("'", "").replace("’", "")).split()
    if len(words) == 1:
        return words[0]
    return " ".join("saint" if word == "st" else word for word in words if word != "the")
