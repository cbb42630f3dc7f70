"""What an author typed as a fact's value in; a number, a date or a text out, or what is wrong with it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from fractions import Fraction

from reportgen.diagnostics import Diagnostic, Places
from reportgen.late_patterns import regex
from reportgen.load.fields import a_or_an, day_first, is_language
from reportgen.load.yaml import Mapping, Scalar, YamlNode
from reportgen.model import fact as facts
from reportgen.model.edtf import looks_like_edtf, parse_edtf
from reportgen.model.measure import MeasureKind
from reportgen.model.quantity import Relation, Unit, bounded_quantity, is_number, range_quantity, typed_quantity
from reportgen.model.text import Text

_NUMBERS = (MeasureKind.NUMBER, MeasureKind.COUNT)
_GROUPED = regex(r"[+-]?\d{1,3}(?:([ ,.'’\u00a0\u202f_])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
_ALMOST = regex(r"[-+−]?[\d.,'’ \u00a0\u202f_]*\d[\d.,'’ \u00a0\u202f_]*(?:[eE][-+]?\d+)?")
_WITH_UNIT = regex(rf"({_ALMOST.pattern})\s*(%|[^\W\d_][\w ]*)")
_SHARE = regex(rf"{_ALMOST.pattern}\s*%")
_DATE_LIKE = regex(r"\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?[~?%]?|\d{1,2}[-./]\d{1,2}[-./]\d{4}")
_RANGE = regex(r"(\d[\d.,]*)\s*(?:[-–—]|to|\.\.)\s*(\d[\d.,]*)")
_NO_LIST = "write one value; a range is {min: …, max: …}, and two values are two facts"
_MULTIPLE = "with a multiple in its unit, like unit: billion KZT"
_RELATIONS = {
    "over": ">", "more than": ">", "above": ">", "at least": ">=", "up to": "<=", "at most": "<=", "under": "<",
    "less than": "<", "below": "<", "around": "~", "about": "~", "approximately": "~", "nearly": "~", "equal": "=",
    "==": "=", "≥": ">=", "=>": ">=", "≤": "<=", "=<": "<=", "≈": "~", "~=": "~",
}  # fmt: skip


_WORDS_OF_RELATION = "|".join(re.escape(words) for words in sorted(_RELATIONS, key=len, reverse=True))
_RELATED = regex(rf"([<>]=?|[=~]|{_WORDS_OF_RELATION})\s*(-?\d[\d.,]*)", re.I)


class WrongValueError(Exception):
    """A value that cannot be used."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


def relation_of(typed: YamlNode | None, at: Places) -> Relation:
    """The relation, `=` where none is given. Raises WrongValueError."""
    if typed is None:
        return Relation.EQUAL
    if not isinstance(typed, Scalar):
        raise _wrong(
            "wrong-type", f'"relation" must be a text, and is {a_or_an(typed)}', at, "relation", 'for example ">"'
        )
    meant = typed.strip() if typed.strip() in set(Relation) else _RELATIONS.get(typed.strip().lower(), "")
    if typed.plain:
        why = "without quotes, ~ means nothing in YAML: " if typed in ("~", "null") else ""
        hint = f'{why}write relation: "{"~" if why else meant or ">"}"'
        raise _wrong("unquoted-relation", '"relation" must be in quotes', at, "relation", hint)
    try:
        return Relation(str(typed))
    except ValueError:
        hint = f'did you mean "{meant}"?' if meant else 'one of "=" "<" "<=" ">" ">=" "~", in its quotation marks'
        raise _wrong("wrong-value", f'"relation" cannot be "{typed}"', at, "relation", hint) from None


def value_of(
    typed: YamlNode, kind: MeasureKind | None, unit: Unit, relation: Relation, at: Places, step: Fraction | None = None
) -> facts.FactValue:
    """The value, by what was typed and by its measure's kind. Raises WrongValueError.

    `step` is what a number was rounded to: None for one unit of its last digit, 0 if it is exact.
    """
    if isinstance(typed, Mapping):
        if "min" in typed or "max" in typed:
            return _range(typed, kind, unit, relation, at)
        return _text(typed, kind, at)
    if not isinstance(typed, Scalar):
        raise _wrong("wrong-type", '"value" must be a number, a date or a text, and is a list', at, "value", _NO_LIST)
    if not typed.plain:
        return _quoted(typed, kind, at)
    if kind is MeasureKind.DATE or (looks_like_edtf(typed) and not is_number(typed)):
        return _date(typed, kind, at)
    if is_number(typed):
        if kind is MeasureKind.TEXT:
            message = f'"{typed}" is a number, and the measure takes texts'
            raise _wrong("wrong-value", message, at, "value", f'put it in quotes: "{typed}"')
        try:
            return typed_quantity(str(typed), unit, relation, step)
        except ValueError as error:
            raise _wrong("bad-number", str(error), at, "value", f"write it {_MULTIPLE}") from None
    if kind in _NUMBERS:
        raise _wrong("bad-number", f'"{typed}" is not a number', at, "value", number_hint(typed))
    return facts.TextValue(Text.of(str(typed)))


def doubtful_text(typed: YamlNode, kind: MeasureKind | None, at: Places) -> Diagnostic | None:
    """A problem, where no measure says what a value is, and it looks more like a number or a date than like a text."""
    if kind is not None or not isinstance(typed, Scalar) or not typed.plain:
        return None
    if is_number(typed) or looks_like_edtf(typed):
        return None
    if _DATE_LIKE.fullmatch(typed):
        try:
            parse_edtf(str(typed))
        except ValueError as error:
            message, _, hint = str(error).partition("; ")
            meant = day_first(typed) or hint
    elif _ALMOST.fullmatch(typed) or _SHARE.fullmatch(typed):
        message, meant = f'"{typed}" is not a number', number_hint(typed)
    else:
        return None
    hint = f'{meant}; if it is meant as a text, put it in quotes: "{typed}"'
    return Diagnostic("doubtful-text", message, at["value"], hint)


def number_hint(typed: str) -> str:
    """How to write what was meant as a number."""
    text = typed.strip().replace("−", "-")
    if day := day_first(text):
        return day
    if found := _RANGE.fullmatch(text):
        return f"write a range as {{min: {found[1]}, max: {found[2]}}}"
    if re.search(r"\d[eE][-+]?\d", text):
        return f"write the number out, like 1200, or {_MULTIPLE}"
    if plain := _plain_number(text):
        return f"write {plain}"
    if (found := _WITH_UNIT.fullmatch(text)) and (plain := _plain_number(found[1].strip())):
        unit = "percent" if found[2] == "%" else found[2]
        return f"write value: {plain} and unit: {unit}"
    if (signed := _RELATED.fullmatch(text)) and (plain := _plain_number(signed[2])):
        relation = _RELATIONS.get(signed[1].lower(), signed[1])
        return f'write value: {plain} and relation: "{relation}"'
    return "write it like 14, -3 or 18.10"


def _plain_number(text: str) -> str:
    """The number that was meant, or empty: thousands parted, a decimal comma, zeros in front, a plus sign."""
    text = text.lstrip("+")
    if _GROUPED.fullmatch(text) and not re.fullmatch(r"-?\d{1,3}\.\d{3}", text):
        mark = next(sign for sign in text.lstrip("-") if not sign.isdigit())
        text = text.replace(mark, "").replace(",", ".")
    text = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    sign = "-" if text.startswith("-") else ""
    whole, point, decimals = text.lstrip("-").partition(".")
    text = sign + (whole.lstrip("0") or "0") + (point + decimals if decimals else "")
    return text if is_number(text) else ""


def _range(typed: Mapping, kind: MeasureKind | None, unit: Unit, relation: Relation, at: Places) -> facts.FactValue:
    if kind not in (None, *_NUMBERS):
        raise _wrong("wrong-value", f'the measure takes a {kind}, and "value" is a range of numbers', at, "value")
    for key, end in typed.items():
        if key not in ("value", "min", "max"):
            hint = "a range has min and max, and may have the value between them"
            raise _wrong("unknown-key", f'a range has no "{key}"', at, f"value.{key}", hint)
        if not isinstance(end, Scalar) or not is_number(end):
            shown = f'"{end}"' if isinstance(end, Scalar) else a_or_an(end)
            hint = number_hint(end) if isinstance(end, Scalar) else ""
            raise _wrong("bad-number", f"{shown} is not a number", at, f"value.{key}", hint or None)
    ends: AnyMapping[str, YamlNode] = typed
    middle, low, high = (str(ends[key]) if key in ends else None for key in ("value", "min", "max"))
    try:
        if middle is None:
            return range_quantity(low, high, unit, relation)
        if low is None or high is None:
            raise ValueError("a value between bounds needs both, min and max")
        return bounded_quantity(middle, low, high, unit, relation)
    except ValueError as error:
        example = "{min: 10, max: 12}" if middle is None else "{value: 35, min: 22, max: 50}"
        raise _wrong("bad-number", str(error), at, "value", f"for example {example}") from None


def _text(typed: Mapping, kind: MeasureKind | None, at: Places) -> facts.FactValue:
    if kind not in (None, MeasureKind.TEXT):
        raise _wrong("wrong-value", f'the measure takes a {kind}, and "value" is a map', at, "value")
    for key, text in typed.items():
        if not is_language(key) or not isinstance(text, Scalar):
            message = '"value" must be a number, a date, a text, a range or texts by language'
            raise _wrong("wrong-type", message, at, f"value.{key}", "for example {min: 10, max: 12} or {en: …, ru: …}")
    return facts.TextValue(Text(tuple((tag, str(text)) for tag, text in typed.items())))


def _quoted(typed: Scalar, kind: MeasureKind | None, at: Places) -> facts.FactValue:
    if kind not in (None, MeasureKind.TEXT):
        what = "dates" if kind is MeasureKind.DATE else "numbers"
        message = f"what stands in quotes is a text, and the measure takes {what}"
        if not typed.strip():
            raise _wrong("wrong-value", "the value is empty", at, "value", "write it, without quotes")
        plain = "" if kind is MeasureKind.DATE or is_number(typed) else number_hint(typed)
        raise _wrong(
            "wrong-value", message, at, "value", f"{plain}, without quotes" if plain else "take the quotes away"
        )
    return facts.TextValue(Text.of(str(typed)))


def _date(typed: Scalar, kind: MeasureKind | None, at: Places) -> facts.FactValue:
    if kind not in (None, MeasureKind.DATE):
        what, hint = ("texts", f'put it in quotes: "{typed}"') if kind is MeasureKind.TEXT else ("numbers", None)
        raise _wrong("wrong-value", f'"{typed}" is a date, and the measure takes {what}', at, "value", hint)
    try:
        date = parse_edtf(str(typed))
    except ValueError as error:
        message, _, hint = str(error).partition("; ")
        raise _wrong("bad-date", message, at, "value", day_first(typed) or hint or None) from None
    if date.off_calendar or any(end and end.precision in ("decade", "century") for end in date.ends):
        message = f'"{typed}" cannot be read out of a quotation, where decades and years before the first are words'
        hint = 'write the value as its source words it, in quotes: value: "the 1990s"; as_of takes such a date'
        raise _wrong("bad-date", message, at, "value", hint)
    return facts.DateValue(date)


def _wrong(code: str, message: str, at: Places, key: str, hint: str | None = None) -> WrongValueError:
    return WrongValueError(Diagnostic(code, message, at[key], hint))
