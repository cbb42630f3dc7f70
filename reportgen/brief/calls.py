"""The tokens between two braces in, a call out: `{{ fact("wages-2021", show="words") }}`.

A call has literal arguments, and can only be printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from reportgen.diagnostics import Diagnostic, Span
from reportgen.language.typed_numbers import HAS_DIGIT
from reportgen.load.suggest import did_you_mean
from reportgen.model.quantity import FEWEST, LONGEST

Literal = str | int | bool

SpanOf = Callable[[int, int], Span]
"""(offset in the template text, length) -> its position in the author's file."""


@dataclass(frozen=True, slots=True)
class Argument:
    """A literal argument and its position."""

    value: Literal
    start: int
    """Offset in the template text, inside the quotation marks of a string."""
    length: int


@dataclass(frozen=True, slots=True)
class Call:
    """One printed call."""

    name: str
    positional: tuple[Argument, ...]
    named: Mapping[str, Argument]
    start: int
    """Offset of the `{{`."""
    end: int
    """Offset after the `}}`."""
    place: SpanOf = field(compare=False, repr=False)

    @property
    def span(self) -> Span:
        """The whole call, braces and all."""
        return self.place(self.start, self.end - self.start)

    def text(self, name: str, default: str = "") -> str:
        """A named argument that is text."""
        argument = self.named.get(name)
        return default if argument is None else str(argument.value)

    def number(self, name: str) -> int | None:
        """A named argument that is a whole number."""
        argument = self.named.get(name)
        return argument.value if argument is not None and isinstance(argument.value, int) else None

    def flag(self, name: str, default: bool) -> bool:
        """A named argument that is `true` or `false`."""
        argument = self.named.get(name)
        return default if argument is None else bool(argument.value)

    def where(self, argument: Argument) -> Span:
        """The place of an argument."""
        return self.place(argument.start, argument.length)

    @property
    def subject(self) -> Argument:
        """The first argument: the id, the formula or the text."""
        return self.positional[0]


VALUE_OPTIONS: Mapping[str, type | tuple[str, ...]] = {
    "show": ("value", "number", "words", "ordinal", "claim", "date"),
    "unit": ("short", "long", "none"),
    "scale": str,
    "digits": int,
    "decimals": int,
    "cite": bool,
}
OPTIONS: Mapping[str, Mapping[str, type | tuple[str, ...]]] = {
    "fact": VALUE_OPTIONS,
    "calc": {**VALUE_OPTIONS, "show": ("value", "number", "words", "ordinal", "date")},
    "chart": {},
    "table": {},
    "timeline": {},
    "conflict": {},
    "quote": {},
    "ref": {},
    "typed": {"reason": str},
}
"""Call -> its named arguments, each with its type or its allowed words."""
BLOCKS = frozenset({"chart", "table", "timeline", "conflict", "quote"})
"""Calls that print a block, alone in a paragraph."""

_WORDS: dict[type, str] = {int: "a whole number", bool: "true or false", str: "text in quotation marks"}
_EXAMPLES = {int: "for example {}=2", bool: "for example {}=false", str: 'for example {}="…"'}


@dataclass(frozen=True, slots=True)
class JinjaToken:
    """One of Jinja's tokens."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class CallError(Exception):
    """A call that cannot be read."""

    def __init__(self, code: str, message: str, span: Span, hint: str | None = None) -> None:
        self.diagnostic = Diagnostic(code, message, span, hint)
        super().__init__(message)


_NEEDED = {"typed": ', reason="number of a law"'}
_CLOSERS = {"(": ")", "[": "]", "{": "}"}


def read_call(run: list[JinjaToken], start: int, end: int, place: SpanOf) -> Call:
    """`name ( arguments )` out of the tokens between two braces."""
    whole = place(start, end - start)
    if not run or run[0].kind != "name" or run[0].text not in OPTIONS:
        if run and run[0].kind == "name" and len(run) > 1 and run[1].text == "(":
            raise CallError(
                "unknown-call",
                f"there is no call {run[0].text}()",
                place(run[0].start, len(run[0].text)),
                did_you_mean(run[0].text, OPTIONS) or f"the calls are {', '.join(OPTIONS)}",
            )
        if called := next((t for t in run if t.kind == "name" and t.text in OPTIONS), None):
            raise CallError(*_in_an_expression(called.text, run, whole))
        if literal := next(
            (t for t in run if t.kind in ("string", "integer", "float") and HAS_DIGIT.search(t.text)), None
        ):
            raise CallError(
                "typed-number",
                f"{literal.text} is typed by hand",
                place(literal.start, len(literal.text)),
                'print it from a fact: {{ fact("some-id") }}',
            )
        raise CallError(
            "bad-call",
            "only a call can stand between {{ and }}",
            whole,
            'for example {{ fact("some-id") }} or {{ calc("[a] - [b]") }}',
        )
    name = run[0].text
    if len(run) < 3 or run[1].text != "(" or run[-1].text != ")" or _closes_early(run[1:]):
        raise CallError(*_in_an_expression(name, run, whole))
    positional: list[Argument] = []
    named: dict[str, Argument] = {}
    for part in _split(run[2:-1]):
        if len(part) >= 3 and part[0].kind == "name" and part[1].text == "=":
            key, argument = part[0], _literal(part[2:], name, place)
            if key.text in named:
                raise CallError("bad-call", f"{key.text}= is given twice", place(key.start, len(key.text)))
            _check_option(name, key, argument, place)
            named[key.text] = argument
        else:
            positional.append(_literal(part, name, place))
    if len(positional) != 1 or not isinstance(positional[0].value, str):
        what = {"calc": "a formula", "typed": "the text"}.get(name, "an id")
        example = {"calc": "[a] - [b]", "typed": "31-VII"}.get(name, "some-id")
        raise CallError(
            "bad-call",
            f"{name}() takes {what} in quotation marks first, and nothing else unnamed",
            whole,
            f'for example {{{{ {name}("{example}"{_NEEDED.get(name, "")}) }}}}',
        )
    if "digits" in named and "decimals" in named:
        at = named["decimals"]
        raise CallError(
            "bad-option", f"{name}() takes digits= or decimals=, not both", place(at.start, at.length), "leave one out"
        )
    if name == "typed" and not str(named.get("reason", Argument("", 0, 0)).value).strip():
        raise CallError(
            "missing-reason", "typed() needs a reason", whole, 'for example typed("31-VII", reason="number of a law")'
        )
    return Call(name, tuple(positional), named, start, end, place)


def _in_an_expression(name: str, run: list[JinjaToken], whole: Span) -> tuple[str, str, Span, str]:
    """What is wrong with a call among other words and signs."""
    filtered = any(token.text == "|" for token in run)
    message = f"{name}() takes no filter" if filtered else f"{name}() cannot be part of an expression"
    hint = f'the call stands alone: {{{{ {name}("…") }}}}; to compute, use {{{{ calc("[a] - [b]") }}}}'
    return "bad-call", message, whole, hint


def _closes_early(tokens: list[JinjaToken]) -> bool:
    """Whether the bracket that opens first is closed before the last token."""
    depth = 0
    for n, token in enumerate(tokens):
        depth += (token.text in _CLOSERS) - (token.text in _CLOSERS.values()) if token.kind == "operator" else 0
        if depth == 0:
            return n != len(tokens) - 1
    return True


def _split(tokens: list[JinjaToken]) -> list[list[JinjaToken]]:
    parts: list[list[JinjaToken]] = [[]]
    for token in tokens:
        if token.text == "," and token.kind == "operator":
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _literal(part: list[JinjaToken], call: str, place: SpanOf) -> Argument:
    token = part[0]
    if len(part) == 1 and token.kind == "string":
        return Argument(_unquoted(token.text), token.start + 1, max(1, len(token.text) - 2))
    if len(part) == 1 and token.kind == "integer":
        return Argument(int(token.text.replace("_", "")), token.start, len(token.text))
    if len(part) == 1 and token.kind == "name" and token.text.lower() in ("true", "false"):
        return Argument(token.text.lower() == "true", token.start, len(token.text))
    raise CallError(
        "bad-call",
        f"{call}() takes only literal arguments",
        place(token.start, part[-1].end - token.start),
        "write ids and options out in quotation marks",
    )


def _unquoted(text: str) -> str:
    """A Jinja string literal's text."""
    return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.S)


def _check_option(call: str, key: JinjaToken, argument: Argument, place: SpanOf) -> None:
    options = OPTIONS[call]
    if key.text not in options:
        raise CallError(
            "unknown-option",
            f'{call}() has no option "{key.text}"',
            place(key.start, len(key.text)),
            did_you_mean(key.text, options) or (f"it has {', '.join(options)}" if options else "it takes an id alone"),
        )
    wanted = options[key.text]
    if isinstance(wanted, tuple):
        if argument.value not in wanted:
            raise CallError(
                "bad-option",
                f'"{argument.value}" is no {key.text} of {call}()',
                place(argument.start, argument.length),
                f"one of {', '.join(wanted)}",
            )
    elif type(argument.value) is not wanted:
        hint = _EXAMPLES.get(wanted, "").format(key.text) or None
        raise CallError(
            "bad-option", f"{key.text}= takes {_WORDS[wanted]}", place(argument.start, argument.length), hint
        )
    elif wanted is int and not FEWEST[key.text] <= argument.value <= LONGEST:  # type: ignore[operator]
        raise CallError(
            "bad-option",
            f"{key.text}= takes a whole number from {FEWEST[key.text]} to {LONGEST}",
            place(argument.start, argument.length),
            f"for example {key.text}=2",
        )
