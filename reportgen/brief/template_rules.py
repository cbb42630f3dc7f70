"""Jinja's statements of a text in, what an author may not do with them out. Pure.

Conditions and loops may steer which text is printed, never what a call is given. They are kept to what can be told
without running it: so no loop is long, and nothing reaches beyond the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jinja2 import nodes

from reportgen.diagnostics import Diagnostic, Span

MOST_TURNS = 1000
"""How often the text inside loops may be repeated, all loops together."""
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
        report(
            loop,
            f"the loops repeat their text more than {MOST_TURNS} times",
            "write it out, or as a chart",
        )
    return problems


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    """Each statement and expression, without what is printed and without what has been judged whole."""
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
    """How many things a loop goes over; None where that cannot be told."""
    if isinstance(iterated, nodes.List | nodes.Tuple):
        return len(iterated.items)
    if isinstance(iterated, nodes.Const) and isinstance(iterated.value, str):
        return len(iterated.value)
    if (
        not isinstance(iterated, nodes.Call)
        or not isinstance(iterated.node, nodes.Name)
        or iterated.node.name != "range"
    ):
        return None
    if iterated.kwargs or iterated.dyn_args or iterated.dyn_kwargs or not 1 <= len(iterated.args) <= 3:
        return None
    numbers = [arg.value for arg in iterated.args if isinstance(arg, nodes.Const) and isinstance(arg.value, int)]
    if len(numbers) != len(iterated.args) or numbers[2:] == [0]:
        return None
    try:
        return len(range(*numbers))
    except OverflowError:
        return MOST_TURNS + 1


def _total(node: nodes.Node) -> int:
    """How often the innermost text of a node is printed, its loops multiplied and its branches added."""
    inner = sum(_total(child) for child in node.iter_child_nodes())
    if isinstance(node, nodes.For):
        return (_turns(node.iter) or 0) * max(1, inner)
    return inner
