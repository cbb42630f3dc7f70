"""Template text in; its calls and statements, each with its place, and what is wrong with any of them out.

Calls are read from Jinja's own tokens, which keep their columns, before anything runs; every bad one is reported at
once. Statements (conditions and loops) may choose which text is printed, never what a call is given; they are limited
to what can be checked without running them: loops are
short, and no object outside the text can be reached.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportgen.brief.calls import OPTIONS, Call, CallError, JinjaToken, SpanOf, read_call
from reportgen.diagnostics import Diagnostic, Span
from reportgen.late_patterns import regex
from reportgen.model.citation import Citation

_DELIMITERS = {"comment_start_string": "{=#", "comment_end_string": "#=}"}
_OPENING = regex(r"\{\{|\{%|\{=#")
_SINGLE = r"(?!\{\{|\}\}|\{%|%\})"
_STRING = rf'"(?:{_SINGLE}[^"\\\n]|\\.)*"|\'(?:{_SINGLE}[^\'\\\n]|\\.)*\''
_WHOLE = regex(
    rf"\{{\{{(?>{_STRING}|(?!\}}\}}|\{{\{{|\{{%).)*?\}}\}}|\{{%(?>{_STRING}|(?!%\}}|\{{\{{|\{{%).)*?%\}}|\{{=#.*?#=\}}",
    re.S,
)
"""A call, a statement or a comment. A text in it holds no two braces: where a quotation mark was forgotten, the next
one opens a text that would take in the calls after it."""
_UNCLOSED = regex(rf"\{{\{{\s*([A-Za-z_]\w*\s*\((?>{_STRING}|[^(){{}}\n\"'])*\))\s*\}}?")
"""A call whose braces are not closed, as far as it goes."""
_LOOKS_LIKE = 'a call looks like {{ fact("some-id") }}; to print braces themselves: {% raw %}{{ … }}{% endraw %}'


def new_environment() -> jinja2.Environment:
    """Jinja with our comment marks: `{#id}` stays Markdown's."""
    return ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined, autoescape=False, keep_trailing_newline=True, **_DELIMITERS
    )


_LEXER = new_environment()


@dataclass(frozen=True, slots=True)
class Scan:
    """The calls and problems of a template."""

    calls: tuple[Call, ...] = ()
    """In order; those that are wrong are left out."""
    problems: tuple[Diagnostic, ...] = ()
    holes: tuple[tuple[int, int], ...] = ()
    """Ranges of calls, statements and comments, which are not the author's prose."""
    template: bool = False
    """Whether there are statements or comments, so that Jinja has to render it."""


def scan(text: str, place: SpanOf) -> Scan:
    """All calls of a template, and what is wrong with any of them."""
    if "{{" not in text and "{%" not in text and "{=#" not in text:
        return Scan()
    text = text.replace("\r\n", " \n").replace("\r", "\n")  # as Jinja reads it, every offset kept
    try:
        calls, problems, holes, template = _read(list(_tokens(text)), place)
        # If all calls could be read, the text is valid; Jinja's own parser, which is slow, is needed only otherwise.
        tree = _LEXER.parse(text) if template or problems else None
    except (jinja2.TemplateSyntaxError, RecursionError) as error:
        return _piecemeal(text, place, error)
    if template and tree and not any(problem.code == "call-not-printed" for problem in problems):
        problems += check_statements(tree, text, place)
    return Scan(tuple(calls), tuple(problems), tuple(holes), template)


def _read(tokens: list[JinjaToken], place: SpanOf) -> tuple[list[Call], list[Diagnostic], list[tuple[int, int]], bool]:
    calls: list[Call] = []
    problems: list[Diagnostic] = []
    holes: list[tuple[int, int]] = []
    template = False
    run: list[JinjaToken] = []
    opener: JinjaToken | None = None
    for token in tokens:
        if token.kind in ("variable_begin", "block_begin", "comment_begin"):
            opener, run = token, []
        elif token.kind in ("raw_begin", "raw_end"):
            holes.append((token.start, token.end))
        elif token.kind == "variable_end" and opener is not None:
            try:
                calls.append(read_call(run, opener.start, token.end, place))
            except CallError as error:
                problems.append(error.diagnostic)
        elif token.kind == "block_end":
            problems += [_not_printed(word, place) for word in run if word.kind == "name" and word.text in OPTIONS]
        elif opener is not None and token.kind != "whitespace":
            run.append(token)
        if opener is not None and token.kind in ("variable_end", "block_end", "comment_end"):
            holes.append((opener.start, token.end))
            opener = None
        template = template or token.kind in ("block_begin", "comment_begin", "raw_begin")
    return calls, problems, holes, template or opener is not None


def _not_printed(word: JinjaToken, place: SpanOf) -> Diagnostic:
    return Diagnostic(
        "call-not-printed",
        f"{word.text}() stands inside a {{% … %}} block; calls are only printed",
        place(word.start, len(word.text)),
        f"write it where its value should stand: {{{{ {word.text}(…) }}}}",
    )


def _piecemeal(text: str, place: SpanOf, error: jinja2.TemplateSyntaxError | RecursionError) -> Scan:
    """A template that Jinja cannot read, call by call, so that each wrong call is reported."""
    calls: list[Call] = []
    problems: list[Diagnostic] = []
    holes: list[tuple[int, int]] = []
    at = 0

    def read(fragment: str, start: int) -> None:
        _LEXER.parse(fragment)
        tokens = [JinjaToken(t.kind, t.text, t.start + start) for t in _tokens(fragment)]
        found, wrong, _, _ = _read(tokens, place)
        calls.extend(found)
        problems.extend(wrong)

    while opening := _OPENING.search(text, at):
        start = opening.start()
        whole = _WHOLE.match(text, start)
        following = _OPENING.search(text, start + 2)
        after = (text.find("\n", start), following.start() if following else len(text), len(text))
        end = whole.end() if whole else min(n for n in after if n > 0)
        holes.append((start, end))
        at = max(end, start + 2)
        if whole is None:
            closer = {"{{": "}}", "{%": "%}"}.get(text[start : start + 2], "#=}")
            message, hint, last = f"this call is opened and never closed: {closer} is missing", _LOOKS_LIKE, end
            called = _UNCLOSED.match(text, start, end)
            if called:
                message = f"{called[1]} is opened and never closed: }}}} is missing behind it"
                hint, last = f"write {{{{ {called[1]} }}}}", called.end()
            problems.append(Diagnostic("template-syntax", message, place(start, last - start), hint))
            if called:
                with suppress(jinja2.TemplateSyntaxError, RecursionError):
                    read(f"{text[start : called.end(1)]}}}}}", start)
        elif text.startswith("{{", start):
            fragment = text[start:end]
            try:
                read(fragment, start)
            except (jinja2.TemplateSyntaxError, RecursionError) as bad:
                problems.append(_unreadable(fragment, text[end : end + 1], place(start, end - start), bad))
    if not any(problem.code == "template-syntax" for problem in problems):
        line = getattr(error, "lineno", 1)
        start = sum(len(before) + 1 for before in text.split("\n")[: line - 1])
        statement = text.find("{%", start)
        start = max(statement, start)
        end = next((n for n in (text.find("%}", start) + 2, len(text)) if n > start), len(text))
        message, hint = f"this statement cannot be read: {_said(error)}", _LOOKS_LIKE
        if called := _CALLED.match(text, start):
            message, hint = (
                "a call stands between braces, and {% … %} holds none",
                f"write {{{{ {called[1].strip()} }}}}",
            )
        problems.append(Diagnostic("template-syntax", message, place(start, end - start), hint))
    return Scan(tuple(calls), tuple(problems), tuple(holes), True)


_CURLY = regex("[“”„‘’«»]")
_CALLED = regex(r"\{%-?\s*((?:" + "|".join(OPTIONS) + r")\s*\(.*?)-?%\}", re.S)


def _unreadable(call: str, after: str, where: Span, error: jinja2.TemplateSyntaxError | RecursionError) -> Diagnostic:
    """What is wrong with a call: mostly a brace too many, or quotation marks that a word processor has set."""
    if call.startswith("{{{") and after == "}":
        inside = call[3:-2].strip()
        return Diagnostic("template-syntax", "a call has two braces on each side", where, f"write {{{{ {inside} }}}}")
    if sign := _CURLY.search(call):
        hint = f"write {_CURLY.sub(chr(34), call)}"
        message = f"a call takes straight quotation marks, and here is {sign[0]}"
        return Diagnostic("template-syntax", message, where, hint)
    hint = _LOOKS_LIKE
    if _ROW.search(call) and re.match("unexpected char|expected token ':'", getattr(error, "message", None) or ""):
        hint = 'what is more than letters and digits stands in quotation marks: row={"Country Name": "Côte d\'Ivoire"}'
    return Diagnostic("template-syntax", f"this call cannot be read: {_said(error)}", where, hint)


_ROW = regex(r"\brow\s*=\s*\{")
_IN_WORDS = (
    (regex(r"""unexpected char ['"]+"""), "a quotation mark is missing"),
    (regex(r"unexpected char '(.)'"), r"\1 stands outside of quotation marks"),
    (regex(r"unexpected '[]}]', expected '\)'"), "its bracket ) is missing"),
    (regex(r"unexpected '([])}])'"), r"\1 closes what was not opened"),
    (regex(r"expected token ',', got '(.+)'"), r"a comma is missing before \1, or a quotation mark"),
    (regex(r"expected token ':', got '(.+)'"), r"in braces { } a colon is missing before \1"),
    (regex(r"expected token 'end of print statement', got 'string'"), "its brackets ( ) are missing"),
    (regex(r"expected token 'end of print statement', got '(.+)'"), r"\1 stands outside of its brackets"),
)
"""What Jinja says, and how a call's author understands it."""


def _said(error: jinja2.TemplateSyntaxError | RecursionError) -> str:
    """Jinja's message, without its offset, which does not count from the start of the file."""
    message = getattr(error, "message", None) or "it is nested too deep"
    message = re.sub(r" at \d+$", "", message.replace("\\", "")).rstrip(".")
    said = (found.expand(words) for pattern, words in _IN_WORDS if (found := pattern.fullmatch(message)))
    return next(said, message)


def _tokens(text: str) -> Iterator[JinjaToken]:
    """Jinja's tokens with offsets. Text that a `-` strips is in no token, so each is searched for from the last on."""
    position = 0
    for _, kind, value in _LEXER.lex(text):
        if not value:
            continue
        found = text.find(value, position)
        start = position if found < 0 else found
        yield JinjaToken(kind, value, start)
        position = start + len(value)


def pieces_of(
    text: str,
    items: Sequence[Call | Citation],
    holes: Sequence[tuple[int, int]],
    template: bool,
    printed: Mapping[int, str],
) -> list[tuple[str, int | None]]:
    """The author's text with calls and citations replaced; in a template, for calls of `inserts`."""
    ends = {item.start: item.end for item in items}
    starts = sorted(ends)

    def is_inside(at: int) -> bool:
        before = bisect_left(starts, at) - 1
        return before >= 0 and at < ends[starts[before]]

    spans = sorted({*ends.items(), *(hole for hole in holes if not is_inside(hole[0]))})
    out: list[tuple[str, int | None]] = []
    at, strip = 0, False
    for start, end in spans:
        before, opening, closing = text[at:start], text[start : start + 3], text[end - 3 : end]
        left = len(before) - len(before.lstrip()) if strip else 0
        before = before[left:]
        out.append((before.rstrip() if opening in ("{{-", "{%-", "{=#-") and not template else before, at + left))
        strip = closing == "-}}" and not template
        if template:
            trim = "-" if opening == "{{-" else "", "-" if closing == "-}}" else ""
            out.append((f"{{{{{trim[0]} inserts({start}) {trim[1]}}}}}" if start in ends else text[start:end], None))
        else:
            out.append((printed.get(start, ""), None))
        at = end
    rest = text[at:]
    left = len(rest) - len(rest.lstrip()) if strip else 0
    return [*out, (rest[left:], at + left)]


MOST_TURNS = 1000
"""Largest total number of repetitions of all loops."""
_STATEMENTS = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign)
_EXPRESSIONS = (
    nodes.Const, nodes.List, nodes.Tuple, nodes.Name, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
    nodes.CondExpr,
)  # fmt: skip


def check_statements(tree: nodes.Template, text: str, place: Callable[[int, int], Span]) -> list[Diagnostic]:
    """What is wrong with the statements of a template."""
    problems: list[Diagnostic] = []

    def report(node: nodes.Node, message: str, hint: str) -> None:
        start = sum(len(line) + 1 for line in text.split("\n")[: node.lineno - 1])
        at = text.find("{%", start)
        at = start if at < 0 else at
        end = text.find("%}", at)
        problems.append(
            Diagnostic("bad-statement", message, place(at, (end + 2 if end >= 0 else len(text)) - at), hint)
        )

    for node in _walk(tree):
        if isinstance(node, nodes.For) and (node.recursive or _turns(node.iter) is None):
            report(node, "a loop goes over something written out", "for example {% for n in range(3) %}")
        elif not isinstance(node, (*_STATEMENTS, *_EXPRESSIONS)) and not _is_allowed_call(node):
            message = "a text takes only the statements if, for, set and raw, without calls, filters and sums"
            report(node, message, 'print values with {{ fact("some-id") }}')
    if not problems and _total(tree) > MOST_TURNS:
        loop = next(tree.find_all(nodes.For))
        report(loop, f"the loops repeat their text more than {MOST_TURNS} times", "write it out, or as a chart")
    return problems


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    """Each statement and expression, without the contents of printed expressions and allowed calls."""
    yield node
    if isinstance(node, nodes.Output) or _is_allowed_call(node):
        return
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _is_allowed_call(node: nodes.Node) -> bool:
    """`range(3)`, `loop.last`."""
    if isinstance(node, nodes.Getattr):
        return isinstance(node.node, nodes.Name) and node.node.name == "loop" and not node.attr.startswith("_")
    return _turns(node) is not None and isinstance(node, nodes.Call)


def _turns(iterated: nodes.Node) -> int | None:
    """Number of items that a loop iterates over; None if unknown."""
    if isinstance(iterated, nodes.List | nodes.Tuple):
        return len(iterated.items)
    if isinstance(iterated, nodes.Const) and isinstance(iterated.value, str):
        return len(iterated.value)
    match iterated:
        case nodes.Call(node=nodes.Name(name="range"), kwargs=[], dyn_args=None, dyn_kwargs=None, args=arguments):
            numbers = [each.value for each in arguments if isinstance(each, nodes.Const)]
            try:
                return len(range(*numbers)) if len(numbers) == len(arguments) else None
            except OverflowError:
                return MOST_TURNS + 1
            except (TypeError, ValueError):  # the wrong number or type of arguments, or a step of zero
                return None
    return None


def _total(node: nodes.Node) -> int:
    """How often the innermost text of a node is printed, its loops multiplied and its branches added."""
    inner = sum(_total(child) for child in node.iter_child_nodes())
    if isinstance(node, nodes.For):
        return (_turns(node.iter) or 0) * max(1, inner)
    return inner
