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

Literal = str | int | bool | tuple[tuple[str, str], ...]

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
    "cell": {**VALUE_OPTIONS, "show": ("value", "number", "words", "ordinal"), "row": tuple, "column": str},
    "calc": {**VALUE_OPTIONS, "show": ("value", "number", "words", "ordinal", "date")},
    "chart": {},
    "table": {},
    "timeline": {},
    "conflict": {},
    "quote": {},
    "sources": {},
    "ref": {"show": ("name", "number")},
    "was": {},
    "typed": {"reason": str},
}
"""Call -> its named arguments, each with its type or its allowed words."""
BLOCKS = frozenset({"chart", "table", "timeline", "conflict", "quote", "sources"})
"""Calls that print a block, alone in a paragraph."""

_WORDS: dict[type, str] = {
    int: "a whole number",
    bool: "true or false",
    str: "text in quotation marks",
    tuple: "columns and their values",
}
_EXAMPLES = {
    int: "for example {}=2",
    bool: "for example {}=false",
    str: 'for example {}="…"',
    tuple: 'for example {}={{"Country": "Kenya", "year": 2021}}',
}


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


_NEEDED = {"typed": ', reason="number of a law"', "cell": ', row={"Country": "Kenya"}, column="deaths"'}
_CLOSERS = {"(": ")", "[": "]", "{": "}"}


def read_call(run: list[JinjaToken], start: int, end: int, place: SpanOf) -> Call:
    """`name ( arguments )` out of the tokens between two braces."""
    whole = place(start, end - start)
    if not run or run[0].kind != "name" or run[0].text not in OPTIONS:
        raise _no_call(run, whole, place)
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
    if name == "sources":
        if positional or named:
            raise CallError("bad-call", "sources() takes nothing", whole, "write {{ sources() }}")
        positional.append(Argument("", run[1].start, 1))
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
    if name == "cell" and not {"row", "column"} <= named.keys():
        example = f'for example {{{{ cell("some-id"{_NEEDED["cell"]}) }}}}'
        raise CallError("bad-call", "cell() needs a row and a column", whole, example)
    return Call(name, tuple(positional), named, start, end, place)


def _no_call(run: list[JinjaToken], whole: Span, place: SpanOf) -> CallError:
    """What is wrong where the tokens do not begin with the name of a call."""
    if len(run) > 1 and run[0].kind == "name" and run[1].text == "(":
        word = run[0].text
        hint = did_you_mean(word, OPTIONS) or f"the calls are {', '.join(OPTIONS)}"
        return CallError("unknown-call", f"there is no call {word}()", place(run[0].start, len(word)), hint)
    if called := next((t for t in run if t.kind == "name" and t.text in OPTIONS), None):
        return CallError(*_in_an_expression(called.text, run, whole))
    literals = (t for t in run if t.kind in ("string", "integer", "float") and HAS_DIGIT.search(t.text))
    if literal := next(literals, None):
        at, hint = place(literal.start, len(literal.text)), 'print it from a fact: {{ fact("some-id") }}'
        return CallError("typed-number", f"{literal.text} is typed by hand", at, hint)
    hint = 'for example {{ fact("some-id") }} or {{ calc("[a] - [b]") }}'
    return CallError("bad-call", "only a call can stand between {{ and }}", whole, hint)


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
    depth = 0
    for token in tokens:
        depth += (token.text in _CLOSERS) - (token.text in _CLOSERS.values()) if token.kind == "operator" else 0
        if token.text == "," and token.kind == "operator" and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _literal(part: list[JinjaToken], call: str, place: SpanOf) -> Argument:
    token, length = part[0], len(part[0].text)
    match token.kind if len(part) == 1 else "":
        case "string":
            text = re.sub(r"\\(.)", r"\1", token.text[1:-1], flags=re.S)
            return Argument(text, token.start + 1, max(1, length - 2))
        case "integer":
            return Argument(int(token.text.replace("_", "")), token.start, length)
        case "name" if token.text.lower() in ("true", "false"):
            return Argument(token.text.lower() == "true", token.start, length)
    at = place(token.start, part[-1].end - token.start)
    if token.text == "{" and part[-1].text == "}" and (pairs := _pairs(part[1:-1])):
        return Argument(pairs, token.start, part[-1].end - token.start)
    hint = 'put ids and words in quotation marks, "some-id", and write true or false for yes or no'
    raise CallError("bad-call", f"in the brackets of {call}() stands something without quotation marks", at, hint)


def _pairs(tokens: list[JinjaToken]) -> tuple[tuple[str, str], ...]:
    """`Country: "Kenya", year: 2021` as texts; empty where it is something else."""
    pairs: list[tuple[str, str]] = []
    for part in _split(tokens):
        colon = next((n for n, token in enumerate(part) if token.text == ":"), 0)
        key, value = part[:colon], part[colon + 1 :]
        if len(key) != 1 or len(value) != 1 or any(t.kind not in _PLAIN for t in (*key, *value)):
            return ()
        name, text = (
            re.sub(r"\\(.)", r"\1", token.text[1:-1], flags=re.S) if token.kind == "string" else token.text
            for token in (key[0], value[0])
        )
        pairs.append((name, text))
    return tuple(pairs)


_PLAIN = ("string", "name", "integer", "float")


def _check_option(call: str, key: JinjaToken, argument: Argument, place: SpanOf) -> None:
    options, name, value = OPTIONS[call], key.text, argument.value
    if name not in options:
        known = f"it has {', '.join(options)}" if options else "it takes an id alone"
        at, hint = place(key.start, len(name)), did_you_mean(name, options) or known
        raise CallError("unknown-option", f'{call}() has no option "{name}"', at, hint)
    wanted = options[name]
    if isinstance(wanted, tuple):
        wrong = value not in wanted
        message, hint = f'"{value}" is no {name} of {call}()', _choices(call, name, wanted, value)
    elif type(value) is not wanted:
        wrong, message, hint = True, f"{name}= takes {_WORDS[wanted]}", _EXAMPLES[wanted].format(name)
    else:
        wrong = wanted is int and not FEWEST[name] <= value <= LONGEST  # type: ignore[operator]
        message, hint = f"{name}= takes a whole number from {FEWEST.get(name)} to {LONGEST}", f"for example {name}=2"
    if wrong:
        raise CallError("bad-option", message, place(argument.start, argument.length), hint)


def _choices(call: str, name: str, wanted: tuple[str, ...], value: Literal) -> str:
    """The words that an option takes; a unit is no way of printing one, and has an option of its own."""
    listed = f"one of {', '.join(wanted)}"
    if name != "unit":
        return listed
    other = f'{listed}, which say how the unit is printed; for another unit write scale="{value}"'
    return f"{other}, or make it a computed fact with formula: and unit: {value}" if call == "calc" else other
