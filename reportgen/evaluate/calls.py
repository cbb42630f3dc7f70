"""Template text in, its calls out, each with its place: `{{ fact("kz-farms-2020-06", show="words") }}`.

Calls are direct, with literal arguments, and only printed. So they are read from Jinja's own tokens, which keep their
columns, before anything runs; every bad one is reported at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import jinja2

from reportgen.diagnostics import Diagnostic, Span
from reportgen.load.suggest import nearest

Literal = str | int | bool

Place = Callable[[int, int], Span]
"""(offset in the template text, length) -> where that stands in the author's file."""


@dataclass(frozen=True, slots=True)
class Argument:
    """A literal argument and where it stands."""

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
    place: Place = field(compare=False, repr=False)

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
"""Each call's named arguments: a type, or the words that it takes."""
BLOCKS = frozenset({"chart", "table", "timeline", "conflict", "quote"})
"""Calls that print a block, alone in a paragraph."""

_DELIMITERS = {"comment_start_string": "{=#", "comment_end_string": "#=}"}
_WORDS: dict[type, str] = {int: "a whole number", bool: "true or false", str: "text in quotation marks"}


def new_environment() -> jinja2.Environment:
    """Jinja with our comment marks: `{#id}` stays Markdown's."""
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined, autoescape=False, keep_trailing_newline=True, **_DELIMITERS
    )


_LEXER = new_environment()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def scan(text: str, place: Place) -> tuple[tuple[Call, ...], tuple[Diagnostic, ...]]:
    """All calls of a template in order, and what is wrong with any of them."""
    calls: list[Call] = []
    problems: list[Diagnostic] = []
    try:
        tokens = list(_tokens(text))
        _LEXER.parse(text)
    except jinja2.TemplateSyntaxError as error:
        return (), (_syntax(error, text, place),)
    run: list[_Token] = []
    opener: _Token | None = None
    for token in tokens:
        if token.kind in ("variable_begin", "block_begin"):
            opener, run = token, []
        elif token.kind == "variable_end" and opener is not None:
            try:
                calls.append(_read_call(run, opener.start, token.end, place))
            except _BadCall as error:
                problems.append(error.diagnostic)
            opener = None
        elif token.kind == "block_end" and opener is not None:
            problems.extend(
                Diagnostic(
                    "call-not-printed",
                    f"{word.text}() stands inside a {{% … %}} block; calls are only printed",
                    place(word.start, len(word.text)),
                    f"write it where its value should stand: {{{{ {word.text}(…) }}}}",
                )
                for word in run
                if word.kind == "name" and word.text in OPTIONS
            )
            opener = None
        elif opener is not None and token.kind != "whitespace":
            run.append(token)
    return tuple(calls), tuple(problems)


class _BadCall(Exception):
    def __init__(self, code: str, message: str, span: Span, hint: str | None = None) -> None:
        self.diagnostic = Diagnostic(code, message, span, hint)
        super().__init__(message)


def _tokens(text: str) -> Iterator[_Token]:
    """Jinja's tokens with offsets. Text that a `-` strips is in no token, so each is searched for from the last one on."""
    position = 0
    for _, kind, value in _LEXER.lex(text):
        if not value:
            continue
        found = text.find(value, position)
        start = position if found < 0 else found
        yield _Token(kind, value, start)
        position = start + len(value)


def _syntax(error: jinja2.TemplateSyntaxError, text: str, place: Place) -> Diagnostic:
    lines = text.split("\n")
    before = "\n".join(lines[: error.lineno - 1])
    start = len(before) + (1 if error.lineno > 1 else 0)
    line = lines[error.lineno - 1] if error.lineno <= len(lines) else ""
    at = max(line.find("{{"), line.find("{%"), 0)
    message = (error.message or "this cannot be read").rstrip(".")
    return Diagnostic(
        "template-syntax",
        f"this call cannot be read: {message}",
        place(start + at, max(1, len(line) - at)),
        'a call looks like {{ fact("some-id") }}; to print braces themselves, put them in `code`',
    )


_CLOSERS = {"(": ")", "[": "]", "{": "}"}


def _read_call(run: list[_Token], start: int, end: int, place: Place) -> Call:
    """`name ( arguments )` out of the tokens between two braces."""
    whole = place(start, end - start)
    if not run or run[0].kind != "name" or run[0].text not in OPTIONS:
        if run and run[0].kind == "name" and len(run) > 1 and run[1].text == "(":
            raise _BadCall(
                "unknown-call",
                f"there is no call {run[0].text}()",
                place(run[0].start, len(run[0].text)),
                _did_you_mean(run[0].text, OPTIONS) or f"the calls are {', '.join(OPTIONS)}",
            )
        raise _BadCall(
            "bad-call",
            "only a call can stand between {{ and }}",
            whole,
            'for example {{ fact("some-id") }} or {{ calc("[a] - [b]") }}',
        )
    name = run[0].text
    if len(run) < 3 or run[1].text != "(" or run[-1].text != ")" or _closes_early(run[1:]):
        extra = next((t for t in run if t.text == "|"), None)
        raise _BadCall(
            "bad-call",
            f"{name}() takes no filter" if extra else f"{name}() cannot be part of an expression",
            whole,
            f'the call stands alone: {{{{ {name}("…") }}}}; to compute, use {{{{ calc("[a] - [b]") }}}}',
        )
    positional: list[Argument] = []
    named: dict[str, Argument] = {}
    for part in _split(run[2:-1]):
        if len(part) >= 3 and part[0].kind == "name" and part[1].text == "=":
            key, argument = part[0], _literal(part[2:], name, place)
            _check_option(name, key, argument, place)
            named[key.text] = argument
        else:
            positional.append(_literal(part, name, place))
    if len(positional) != 1 or not isinstance(positional[0].value, str):
        what = {"calc": "a formula", "typed": "the text"}.get(name, "an id")
        raise _BadCall("bad-call", f"{name}() takes {what} in quotation marks first, and nothing else unnamed", whole)
    if name == "typed" and not str(named.get("reason", Argument("", 0, 0)).value).strip():
        raise _BadCall(
            "missing-reason", "typed() needs a reason", whole, 'for example typed("31-VII", reason="number of a law")'
        )
    return Call(name, tuple(positional), named, start, end, place)


def _closes_early(tokens: list[_Token]) -> bool:
    """Whether the bracket that opens first is closed before the last token."""
    depth = 0
    for n, token in enumerate(tokens):
        depth += (token.text in _CLOSERS) - (token.text in _CLOSERS.values()) if token.kind == "operator" else 0
        if depth == 0:
            return n != len(tokens) - 1
    return True


def _split(tokens: list[_Token]) -> list[list[_Token]]:
    parts: list[list[_Token]] = [[]]
    for token in tokens:
        if token.text == "," and token.kind == "operator":
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _literal(part: list[_Token], call: str, place: Place) -> Argument:
    token = part[0]
    if len(part) == 1 and token.kind == "string":
        return Argument(_unquoted(token.text), token.start + 1, max(1, len(token.text) - 2))
    if len(part) == 1 and token.kind == "integer":
        return Argument(int(token.text.replace("_", "")), token.start, len(token.text))
    if len(part) == 1 and token.kind == "name" and token.text.lower() in ("true", "false"):
        return Argument(token.text.lower() == "true", token.start, len(token.text))
    raise _BadCall(
        "bad-call",
        f"{call}() takes only literal arguments",
        place(token.start, part[-1].end - token.start),
        "write ids and options out in quotation marks",
    )


def _unquoted(text: str) -> str:
    """A Jinja string literal's text."""
    return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.S)


def _check_option(call: str, key: _Token, argument: Argument, place: Place) -> None:
    options = OPTIONS[call]
    if key.text not in options:
        raise _BadCall(
            "unknown-option",
            f'{call}() has no option "{key.text}"',
            place(key.start, len(key.text)),
            _did_you_mean(key.text, options) or (f"it has {', '.join(options)}" if options else "it takes an id alone"),
        )
    wanted = options[key.text]
    if isinstance(wanted, tuple):
        if argument.value not in wanted:
            raise _BadCall(
                "bad-option",
                f'"{argument.value}" is no {key.text} of {call}()',
                place(argument.start, argument.length),
                f"one of {', '.join(wanted)}",
            )
    elif type(argument.value) is not wanted:
        raise _BadCall(
            "bad-option", f"{key.text}= takes {_WORDS[wanted]}", place(argument.start, argument.length)
        )


def _did_you_mean(name: str, names: Mapping[str, object]) -> str | None:
    found = nearest(name, names)
    return f'did you mean "{found}"?' if found else None
