"""A unit that says of what it is, `t CO2`, and the quotes of a fact in; what none of them says of it out. Pure.

The names of substances are looked for in whatever language a quote is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from re import Pattern

from reportgen.evidence.quoted import Quoted
from reportgen.language.units import substance_of
from reportgen.language.words import folded
from reportgen.late_patterns import regex
from reportgen.model.quantity import Unit
from reportgen.model.verdict import VerdictProblem

_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_NAMES: Mapping[str, str] = {
    "CO2": "|".join(
        (
            r"carbon[ -]di-?oxide|kohlen(?:stoff)?dioxid|dioxyde de carbone|gaz carbonique|di[oó]xido de carbono",
            r"anidride carbonica|(?:bi|di)ossido di carbonio|ko[ou]lstofdioxide|koldioxid|kuldioxid|karbondioks",
            r"hiilidioksidi|dwutlenk\w* węgla|oxid\w* uhličit|karbon dioksida|диоксид\w* углерод|двуокис\w* углерод",
            r"углекисл|вуглекисл|діоксид\w* вуглец|көмірқышқыл|көміртег?[іи]\w* \w*(?:диоксид|тотығ)",
            "二氧化碳|二酸化炭素|이산화탄소",
        )
    ),
    "CH4": r"methan(?!ol)|méthan(?!ol)|metan(?!ol)|метан(?!ол)",
    "N2O": r"nitrous oxide|lachgas|distickstoff|protoxyde d'azote|[oó]xido nitroso|protossido d'azoto|закис\w* азота",
    "SO2": "|".join(
        (
            r"sul(?:f|ph)ur di-?oxide|schwefeldioxid|dioxyde de soufre|di[oó]xido de (?:azufre|enxofre)",
            r"anidride solforosa|diossido di zolfo|диоксид\w* серы|сернист",
        )
    ),
    "NO2": "|".join(
        (
            r"nitrogen di-?oxide|stickstoffdioxid|dioxyde d'azote|di[oó]xido de nitr[oó]g|biossido di azoto",
            r"диоксид\w* азота",
        )
    ),
    "H2": r"hydrog[eéè]n|wasserstoff|hidr[oó]g[eé]n|idrogeno|waterstof|водород|сутег|сутек",
    "NH3": r"ammonia|ammoniak|ammoniac|amon[ií]aco|аммиак|аміак",
}
"""The formula of a substance -> its names in words, as they begin."""
_GASES = "|".join(
    (
        r"greenhouse|\bghg|treibhausg|effet de serre|\bges\b|efecto invernadero|efeito (?:de )?estufa|gas serra",
        "broeikas|парников|көшетхана|жылыжай",
    )
)
_EQUIVALENT = r"(?:[ -]?\(?(?:eq\b|equiv\b|equivalents?\b(?! to)|äq|équiv|equivalentes?\b(?! a)|экв|equivalenti?\b))"
"""What stands behind a substance that others are counted as, `CO2e`."""
_BEFORE = r"(?:équivalents?|equivalentes?|equivalenti?|эквивалент\w*)(?: de| di| en)? "
_ANY_EQUIVALENT = r"equivalent|äquivalent|équivalent|эквивалент"


def substance_problem(unit: Unit, quotes: Sequence[Quoted], printed: str) -> VerdictProblem | None:
    """What is told where no quote says of what a number counts the tonnes; None where one does, or the unit says none.

    A quote that says what else a fact's words are for counts as well. Of a substance whose name in words is not known
    nothing is told.
    """
    wanted = next((said for name, _ in unit.factors if (said := substance_of(name))), "")
    known = wanted.removesuffix("e")
    if known not in _NAMES:
        return None
    texts = [folded(quote.text).translate(_LOWERED).lower() for quote in quotes]
    is_plain, is_equivalent, is_broad = (any(p.search(text) for text in texts) for p in _patterns(known))
    if wanted == known:
        told, other = "" if is_plain else known, f"{known}e" if is_equivalent else ""
    else:
        told = "" if is_equivalent or is_broad else wanted
        other = known if told and is_plain else ""
    if other:
        message = f'the quote says {other} at "{printed}", and the unit is {unit.text}'
    elif told:
        message = f'the quote has "{printed}", and no quoted words say {told}; the unit is {unit.text}'
    else:
        return None
    said = "" if other else ", in a quote of their own with carries: context if need be"
    hint = f"quote the words that say {wanted}{said}, correct the unit, or say in reading: how it is known"
    return VerdictProblem("unit-not-in-quote", message, hint, "warning")


@cache
def _patterns(known: str) -> tuple[Pattern[str], Pattern[str], Pattern[str]]:
    """A substance by its formula or name; others that are counted as it; words for what is counted so."""
    formula = rf"(?:(?<![^\W_])|(?<=[gt])){known.lower()}(?!\d)"
    plain = rf"{formula}|{_NAMES[known]}"
    equivalent = rf"(?:{plain})\w*?{_EQUIVALENT}|(?:{formula})-?\(?[eэ]\b|{_BEFORE}(?:{plain})"
    return regex(plain), regex(equivalent), regex(f"{_ANY_EQUIVALENT}|{_GASES}")
