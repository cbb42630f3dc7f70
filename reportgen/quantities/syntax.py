"""Formula text in, its tree out, each node with its half-open offsets; a tree in, the formula as it is displayed, out.
Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from reportgen.late_patterns import regex
from reportgen.model.formula import (
    Binary,
    CellAddress,
    Comparison,
    FactReference,
    Formula,
    FormulaNode,
    Negation,
    NumberLiteral,
)

DEPTH = 50
"""How deep parentheses and signs may nest."""
LENGTH = 200
"""How many references, literals, signs and brackets a formula may have."""

_TOKEN = regex(
    r"""\s*(?:
      (?P<ref>\[(?:[:=,]\s*(?:"[^"\n]*"|'[^'\n]*')|[^\[\]])*\]?)
    | (?P<literal>[0-9][0-9.,_]*)
    | (?P<compare><=|>=|!=|==|<|>|=|≤|≥|≠)
    | (?P<sign>[-+*/×÷−·⋅()])
    | (?P<other>\S)
    )""",
    re.VERBOSE,
)
_NUMBER = regex(r"(0|[1-9][0-9]*)(\.[0-9]+)?")
_WORD = r"[^\W\d_](?:[\w.'’]|-(?=[^\W\d_]))*"
_UNIT = regex(rf"\s*(?:%(?!\w)|{_WORD}(?:\s+{_WORD})*(?:\s*[/·⋅]\s*{_WORD})*)")
_PER = regex(rf"\s*/\s*{_WORD}")
_NAME = r"""\s*(?:"(?P<{0}_quoted>[^"\n]*)"|'(?P<{0}_single>[^'\n]*)'|(?P<{0}>[^{1}\n]+?))\s*"""
_CELL = regex(
    r"\s*(?P<dataset>[a-z0-9][a-z0-9-]*)\s*:"
    + _NAME.format("column", "\"'")
    + r"(?<=[\s\"'])where(?=[\s\"'])(?P<row>.+)",
    re.DOTALL,
)
_CONDITION = regex(_NAME.format("name", "=\"',") + "=" + _NAME.format("value", ",") + "(?:,|$)")
_BARE = regex(r"[^\s=,:\[\]\"'](?:[^=,:\[\]\"\n]*[^\s=,:\[\]\"\n])?")
"""What needs no quotation marks in a cell's address."""
_ID = regex(r"[a-z0-9][a-z0-9-]*")
_SAME = {"×": "*", "÷": "/", "−": "-", "·": "*", "⋅": "*", "≤": "<=", "≥": ">=", "≠": "!=", "==": "="}


class FormulaError(ValueError):
    """A formula that cannot be read or computed: what, which part of its text, and what to do."""

    def __init__(self, message: str, start: int, end: int, hint: str | None = None) -> None:
        self.message = message
        """One sentence in the author's terms, without a full stop."""
        self.start = start
        """Offset of the part's first character in the formula."""
        self.end = end
        """One past its last character."""
        self.hint = hint
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class _FormulaToken:
    kind: str
    text: str
    start: int
    end: int
    cell: CellAddress | None = None


def cell_address(text: str) -> CellAddress | None:
    """`nets: 2023 nets where Province = Lake, year = "2023"` as an address; None where it is none."""
    found = _CELL.fullmatch(text)
    if found is None:
        return None
    row: list[tuple[str, str]] = []
    at, rest = 0, found["row"]
    while at < len(rest):
        condition = _CONDITION.match(rest, at)
        if condition is None:
            return None
        row.append((_named(condition, "name"), _named(condition, "value")))
        at = condition.end()
    return CellAddress(found["dataset"], _named(found, "column"), tuple(row)) if row else None


def _named(found: re.Match[str], group: str) -> str:
    spelled = next(found[name] for name in (f"{group}_quoted", f"{group}_single", group) if found[name] is not None)
    return " ".join(spelled.split())


def cell_text(address: CellAddress) -> str:
    """An address in the spelling by which a cell is known; what it writes, `cell_address` reads back."""
    row = ", ".join(f"{_marked(name)} = {_marked(value)}" for name, value in address.row)
    return f"{address.dataset}: {_marked(address.column)} where {row}"


def _marked(name: str) -> str:
    if _BARE.fullmatch(name) and " where " not in f" {name} ":
        return name
    return f"'{name}'" if '"' in name else f'"{name}"'


def parse_tree(text: str) -> FormulaNode:
    """The tree of a formula, or of a check with a Comparison at its top. Raises FormulaError."""
    return _FormulaParser(text).whole()


def references_in(node: FormulaNode) -> Iterator[FactReference]:
    """Every reference below `node`, in order of the text."""
    match node:
        case FactReference():
            yield node
        case Negation():
            yield from references_in(node.operand)
        case Binary() | Comparison():
            yield from references_in(node.left)
            yield from references_in(node.right)
        case NumberLiteral():
            return


def _tokens(text: str) -> Iterator[_FormulaToken]:
    at = 0
    while match := _TOKEN.match(text, at):
        kind = match.lastgroup or "other"
        start, end = match.span(kind)
        if kind == "literal":
            end = _literal_end(text, start, end)
        yield _token(kind, text, start, end)
        at = end
    yield _FormulaToken("end", "", len(text.rstrip()), max(len(text), 1))


def _literal_end(text: str, start: int, end: int) -> int:
    if not _NUMBER.fullmatch(text, start, end):
        raise FormulaError(
            f'"{text[start:end]}" is not a plain number', start, end, "write it like 10 or 18.10, without separators"
        )
    unit = _UNIT.match(text, end)
    if unit is None:
        return end
    end = unit.end()
    while per := _PER.match(text, end):  # `%/year`
        end = per.end()
    return end


def _token(kind: str, text: str, start: int, end: int) -> _FormulaToken:
    found = text[start:end]
    if kind == "ref":
        inside = found.strip("[]").strip()
        if not found.endswith("]") or len(found) == 1:
            raise FormulaError("this bracket is not closed", start, end, "write a fact as [fact-id]")
        if ":" in inside:
            address = cell_address(found[1:-1])
            if address is None:
                hint = "write a cell as [dataset: column where Country = Kenya, year = 2021]"
                raise FormulaError(f'"{inside}" names no cell of a dataset', start, end, hint)
            return _FormulaToken(kind, cell_text(address), start, end, address)
        if not _ID.fullmatch(inside):
            parted = re.split(r"\s+([-–—−+*/×÷·])\s+", inside)
            if len(parted) > 1 and all(map(_ID.fullmatch, parted[::2])):
                hint = "each fact stands in brackets of its own: " + " ".join(
                    part if n % 2 else f"[{part}]" for n, part in enumerate(parted)
                )
                raise FormulaError(f'"{inside}" is not the id of one fact', start, end, hint)
            if _ID.fullmatch(hyphened := re.sub("[‐‑‒–—−]", "-", inside)):
                hint = f"write hyphens, as typed on the keyboard: [{hyphened}]"
                raise FormulaError(f'"{inside}" cannot be the id of a fact', start, end, hint)
            raise FormulaError(
                f'"{inside}" cannot be the id of a fact', start, end, "ids are small Latin letters, digits and hyphens"
            )
        return _FormulaToken(kind, inside, start, end)
    if kind == "literal":
        return _FormulaToken(kind, " ".join(found.split()), start, end)
    if kind == "other":
        end = re.compile(r"[\w-]+|.").match(text, start).end()  # type: ignore[union-attr]
        word = text[start:end]
        hint = (
            "write * to multiply"
            if word in ("x", "X", "х", "Х")
            else f"write a fact as [{word}]"
            if _ID.fullmatch(word)
            else "use + - * / and parentheses"
        )
        if word.lower() in ("and", "or"):
            hint = "each check compares once: write a second one"
        if word in "‐‑‒–—−":
            hint = "write a minus sign as the hyphen of the keyboard: -"
        raise FormulaError(f'"{word}" means nothing in a formula', start, end, hint)
    return _FormulaToken(kind, _SAME.get(found, found), start, end)


class _FormulaParser:
    """Reads tokens from the left: comparison, then sums, products, signs, operands."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.place = 0
        self.depth = 0

    @property
    def next(self) -> _FormulaToken:
        return self.tokens[self.place]

    def take(self) -> _FormulaToken:
        token = self.next
        self.place += 1
        return token

    def whole(self) -> FormulaNode:
        if len(self.tokens) > LENGTH:
            beyond = self.tokens[LENGTH]
            raise FormulaError("the formula is too long", beyond.start, beyond.end, "make facts of its parts")
        left = self.sums()
        if self.next.kind == "compare":
            operator = self.take().text
            right = self.sums()
            left = Comparison(operator, left, right, left.start, right.end)
        if self.next.kind == "compare":
            raise FormulaError("only one comparison may stand in a check", self.next.start, self.next.end)
        if self.next.kind != "end":
            closing = self.next.text == ")"
            message = "this parenthesis closes nothing" if closing else "a sign is missing before this"
            raise FormulaError(message, self.next.start, self.next.end, None if closing else "put + - * or / between")
        return left

    def sums(self) -> FormulaNode:
        node = self.products()
        while self.next.kind == "sign" and self.next.text in "+-":
            operator = self.take().text
            right = self.products()
            node = Binary(operator, node, right, node.start, right.end)
        return node

    def products(self) -> FormulaNode:
        node = self.operand()
        while self.next.kind == "sign" and self.next.text in "*/":
            operator = self.take().text
            right = self.operand()
            node = Binary(operator, node, right, node.start, right.end)
        return node

    def operand(self) -> FormulaNode:
        token = self.take()
        if token.kind == "ref":
            return FactReference(token.text, token.start, token.end, token.cell)
        if token.kind == "literal":
            return NumberLiteral(token.text, token.start, token.end)
        if token.text not in ("-", "("):
            shown = "here the formula ends" if token.kind == "end" else f'"{token.text}" stands'
            raise FormulaError(f"{shown} where a value should be", token.start, token.end, "a value is [fact-id] or 10")
        self.depth += 1
        if self.depth > DEPTH:
            raise FormulaError(f"the formula nests more than {DEPTH} deep", token.start, token.end)
        node = self.negated(token) if token.text == "-" else self.bracketed(token)
        self.depth -= 1
        return node

    def negated(self, sign: _FormulaToken) -> FormulaNode:
        operand = self.operand()
        return Negation(operand, sign.start, operand.end)

    def bracketed(self, opening: _FormulaToken) -> FormulaNode:
        node = self.sums()
        if self.next.text != ")":
            raise FormulaError("this parenthesis is not closed", opening.start, opening.end)
        self.take()
        return node


_SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}
_COMPARED = {"<": " < ", "<=": " ≤ ", ">": " > ", ">=": " ≥ ", "=": " = ", "!=": " ≠ "}


@dataclass(frozen=True, slots=True)
class FormulaPart:
    """A piece of a formula as it is displayed."""

    kind: Literal["ref", "literal", "text"]
    text: str
    """The fact's id; the literal as typed, e.g. `10 kW/rig`; or signs with their spaces, e.g. ` − `."""


def formula_parts(formula: Formula) -> tuple[FormulaPart, ...]:
    """The formula as it is displayed, with typographic signs and single spaces, in pieces that can be linked."""
    parts: list[FormulaPart] = []
    for kind, text in _pieces(formula.root):
        if kind == "text" and parts and parts[-1].kind == "text":
            parts[-1] = FormulaPart("text", parts[-1].text + text)
        else:
            parts.append(FormulaPart(kind, text))
    return tuple(parts)


def formula_text(
    formula: Formula, show: Callable[[str], str], show_literal: Callable[[str], str] = lambda text: text
) -> str:
    """The formula in one line: `18.10% − 6.17%`, where `show` gives each fact's text and `show_literal` a literal's."""
    shown: dict[str, Callable[[str], str]] = {"ref": show, "literal": show_literal, "text": str}
    return "".join(shown[part.kind](part.text) for part in formula_parts(formula))


_DisplayPiece = tuple[Literal["ref", "literal", "text"], str]


def _pieces(node: FormulaNode, *, after_sign: bool = False) -> list[_DisplayPiece]:
    """A node's text; a negation directly after another sign is put in brackets: `× (−[a])`."""
    match node:
        case FactReference():
            return [("ref", node.id)]
        case NumberLiteral():
            return [("literal", node.text)]
        case Negation():
            operand = _operand(node.operand, brackets=isinstance(node.operand, Binary | Negation))
            return _bracketed([("text", "−"), *operand]) if after_sign else [("text", "−"), *operand]
        case Comparison():
            return [*_pieces(node.left), ("text", _COMPARED[node.operator]), *_pieces(node.right)]
        case Binary():
            left = _operand(node.left, brackets=_looser(node.left, node.operator, right=False), after_sign=after_sign)
            right = _operand(node.right, brackets=_looser(node.right, node.operator, right=True), after_sign=True)
            return [*left, ("text", _SIGNS[node.operator]), *right]


def _operand(node: FormulaNode, *, brackets: bool, after_sign: bool = False) -> list[_DisplayPiece]:
    return _bracketed(_pieces(node)) if brackets else _pieces(node, after_sign=after_sign)


def _bracketed(pieces: list[_DisplayPiece]) -> list[_DisplayPiece]:
    return [("text", "("), *pieces, ("text", ")")]


def _looser(node: FormulaNode, operator: str, *, right: bool) -> bool:
    """Whether an operand that is itself an operation needs brackets to keep its meaning."""
    if not isinstance(node, Binary):
        return False
    loose = node.operator in "+-"
    if not right:
        return operator in "*/" and loose
    return operator == "/" or (operator == "*" and node.operator != "*") or (operator == "-" and loose)
