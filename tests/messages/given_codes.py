"""The program's source in; every diagnostic code that it can give, with the places that give it, out.

A code is followed from the call that makes a `Diagnostic` back through parameters, fields, assignments and returned
values to the literals that it comes from. What cannot be followed raises `LookupError`: then either the code is to be
written more plainly, or this file has to learn one more way.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "reportgen"

READ_BACK = {"trace.py"}
"""Files in which diagnostics are made of what an earlier run kept: their codes come from elsewhere."""
NO_CODES = {"found"}
"""Where a field of that name says something else: of a quotation that was found no diagnostic is made."""


@dataclass(frozen=True, slots=True)
class Sink:
    """A parameter whose value becomes a code, as it is or between two texts."""

    position: int
    """Among the arguments of a call, without `self`."""
    name: str
    before: str = ""
    after: str = ""


Function = ast.FunctionDef | ast.ClassDef
Key = tuple[str, str]
"""A file, and a function or class in it; of methods, which are called by name alone, the file is empty."""


@dataclass
class Module:
    """One file of the program."""

    path: Path
    tree: ast.Module
    imports: dict[str, str] = field(default_factory=dict)
    """Name -> the file that it is imported from."""

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        return {child: node for node in nodes(self.tree) for child in ast.iter_child_nodes(node)}

    @property
    def file(self) -> str:
        return self.path.relative_to(PACKAGE).as_posix()

    def around(self, node: ast.AST, kind: type[ast.AST]) -> ast.AST | None:
        """The nearest node of a kind that a node stands in."""
        while (above := self.parents.get(node)) is not None:
            if isinstance(above, kind):
                return above
            node = above
        return None


_LEAVES = {ast.Name, ast.Constant, ast.Load, ast.Store}


def nodes(tree: ast.AST) -> list[ast.AST]:
    """As `ast.walk`, which takes six times as long; without what stands below a name or a constant."""
    found: list[ast.AST] = [tree]
    for node in found:  # which grows
        if type(node) not in _LEAVES:
            for part in map(vars(node).get, node._fields):
                if isinstance(part, list):
                    found += [each for each in part if isinstance(each, ast.AST)]
                elif isinstance(part, ast.AST):
                    found.append(part)
    return found


class Search:
    """The search for every code of the program."""

    def __init__(self) -> None:
        self.modules = [Module(path, ast.parse(path.read_text("utf-8"))) for path in sorted(PACKAGE.rglob("*.py"))]
        self.codes: dict[str, set[str]] = defaultdict(set)
        """Code -> the places that give it, as `file:line`."""
        self._calls: dict[str, list[tuple[Module, ast.Call]]] = defaultdict(list)
        self._defined: dict[Key, Function] = {}
        self._done: set[tuple[Key, Sink]] = set()
        for module in self.modules:
            for node in nodes(module.tree):
                if isinstance(node, ast.Call):
                    self._calls[_called(node)].append((module, node))
                elif isinstance(node, Function):
                    self._defined[module.file, node.name] = node
                elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("reportgen"):
                    file = "/".join((node.module or "").split(".")[1:]) + ".py"
                    module.imports.update({alias.asname or alias.name: file for alias in node.names})

    def run(self) -> dict[str, set[str]]:
        """Every code, with the places that give it."""
        self._follow(("diagnostics.py", "Diagnostic"), Sink(0, "code"))
        self._follow(("dataclasses", "replace"), Sink(99, "code"))
        return {code: places for code, places in self.codes.items() if code not in NO_CODES}

    def _follow(self, key: Key, sink: Sink) -> None:
        """Takes what each call of a function gives for a parameter."""
        if (key, sink) in self._done:
            return
        self._done.add((key, sink))
        for module, call in self._calls[key[1]]:
            if not self._is_called(key, module, call):
                continue
            given = _argument(call, sink)
            if given is None and (starred := next((a for a in call.args if isinstance(a, ast.Starred)), None)):
                self._part(module, starred.value, sink.position - call.args.index(starred), sink, call)
            elif given is None:
                if (default := self._default(key, sink)) is not None:
                    self._take(module, default, sink, call)
            else:
                self._take(module, given, sink, call)

    def _is_called(self, key: Key, module: Module, call: ast.Call) -> bool:
        file, name = key
        if isinstance(call.func, ast.Attribute):
            return file == ""
        return file in (module.imports.get(name, module.file), "dataclasses")

    def _default(self, key: Key, sink: Sink) -> ast.expr | None:
        node = self._defined.get(key)
        if not isinstance(node, ast.FunctionDef):
            return None
        names = [argument.arg for argument in node.args.args]
        at = names.index(sink.name) - len(names)
        return node.args.defaults[at] if -at <= len(node.args.defaults) else None

    def _take(self, module: Module, value: ast.expr, sink: Sink, near: ast.AST) -> None:
        """Notes the codes that an expression can be, and follows the names in it."""
        if isinstance(value, ast.Constant):
            code = f"{sink.before}{value.value}{sink.after}"
            self.codes[code].add(f"{module.file}:{getattr(value, 'lineno', 0)}")
        elif isinstance(value, ast.IfExp):
            self._take(module, value.body, sink, near)
            self._take(module, value.orelse, sink, near)
        elif isinstance(value, ast.JoinedStr):
            self._take_format(module, value, sink, near)
        elif isinstance(value, ast.Attribute) and value.attr == "code":
            self._fields(value.attr, sink)
        elif isinstance(value, ast.Call) and ast.unparse(value.func).endswith("}.get"):
            table = value.func.value  # type: ignore[attr-defined]
            for part in (*table.values, *value.args[1:]):
                self._take(module, part, sink, near)
        elif isinstance(value, ast.Subscript) and isinstance(value.value, ast.Name):
            for table in _assigned(module.tree, value.value.id):
                assert isinstance(table[0], ast.Dict)
                for part in table[0].values:
                    self._take(module, part, sink, near)
        elif isinstance(value, ast.Name):
            self._name(module, value, sink, near)
        else:
            raise LookupError(f"{module.file}:{value.lineno}: the code {ast.unparse(value)} cannot be followed")

    def _take_format(self, module: Module, value: ast.JoinedStr, sink: Sink, near: ast.AST) -> None:
        at = next(n for n, part in enumerate(value.values) if isinstance(part, ast.FormattedValue))
        before = "".join(str(part.value) for part in value.values[:at] if isinstance(part, ast.Constant))
        after = "".join(str(part.value) for part in value.values[at + 1 :] if isinstance(part, ast.Constant))
        hole = value.values[at]
        assert isinstance(hole, ast.FormattedValue)
        longer = Sink(sink.position, sink.name, sink.before + before, after + sink.after)
        self._take(module, hole.value, longer, near)

    def _name(self, module: Module, name: ast.Name, sink: Sink, near: ast.AST) -> None:
        """A parameter is followed to the function's calls; a variable to what it is assigned."""
        inside = module.around(near, ast.FunctionDef)
        while isinstance(inside, ast.FunctionDef):
            names = [argument.arg for argument in inside.args.args]
            owner = module.around(inside, ast.ClassDef)
            if name.id in names:
                position = names.index(name.id) - (names[0] in ("self", "cls"))
                key = (module.file, inside.name) if owner is None else ("", inside.name)
                if inside.name == "__init__" and isinstance(owner, ast.ClassDef):
                    key = (module.file, owner.name)
                self._follow(key, Sink(position, name.id, sink.before, sink.after))
                return
            found = list(_assigned(inside, name.id))
            for value, at in found:
                if at is None:
                    self._take(module, value, sink, near)
                else:
                    self._part(module, value, at, sink, near)
            if found:
                return
            inside = module.around(inside, ast.FunctionDef)
        if module.path.name not in READ_BACK:
            raise LookupError(f"{module.file}:{name.lineno}: where the code {name.id} comes from cannot be told")

    def _part(self, module: Module, value: ast.expr, at: int, sink: Sink, near: ast.AST) -> None:
        """Takes one part of a tuple, or of the tuple that a function returns."""
        if isinstance(value, ast.Tuple):
            self._take(module, value.elts[at], sink, near)
        elif isinstance(value, ast.IfExp):
            self._part(module, value.body, at, sink, near)
            self._part(module, value.orelse, at, sink, near)
        elif isinstance(value, ast.Call):
            function = self._defined[module.imports.get(_called(value), module.file), _called(value)]
            for node in nodes(function):
                if isinstance(node, ast.Return) and node.value is not None:
                    self._part(module, node.value, at, sink, node)
        else:
            raise LookupError(f"{module.file}:{value.lineno}: {ast.unparse(value)} cannot be followed")

    def _fields(self, name: str, sink: Sink) -> None:
        """`problem.code`: whatever any class with a field of that name is made with."""
        for (file, owner), node in list(self._defined.items()):
            if not isinstance(node, ast.ClassDef) or owner == "Diagnostic":
                continue
            named = [part.target.id for part in node.body if isinstance(part, ast.AnnAssign) and _is_name(part.target)]
            for part in node.body:
                if isinstance(part, ast.FunctionDef) and part.name == "__init__":
                    named += [argument.arg for argument in part.args.args[1:]]
            if name in named and file != "diagnostics.py":
                self._follow((file, owner), Sink(named.index(name), name, sink.before, sink.after))


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _is_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Name)


def _argument(call: ast.Call, sink: Sink) -> ast.expr | None:
    for keyword in call.keywords:
        if keyword.arg == sink.name:
            return keyword.value
    before = call.args[: sink.position + 1]
    if len(before) > sink.position and not any(isinstance(argument, ast.Starred) for argument in before):
        return before[sink.position]
    return None


def _assigned(function: ast.FunctionDef | ast.Module, name: str) -> Iterator[tuple[ast.expr, int | None]]:
    """What a variable is assigned; with a number, that part of it."""
    for node in nodes(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name) and target.id == name:
                    yield node.value, None
                elif isinstance(target, ast.Tuple):
                    names = [getattr(part, "id", "") for part in target.elts]
                    if name in names:
                        yield node.value, names.index(name)
        elif isinstance(node, ast.For) and isinstance(node.target, ast.Tuple) and isinstance(node.iter, ast.Tuple):
            names = [getattr(part, "id", "") for part in node.target.elts]
            if name in names:
                for row in node.iter.elts:
                    assert isinstance(row, ast.Tuple)
                    yield row.elts[names.index(name)], None
        elif isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == name and node.value is not None:
            yield node.value, None


def given_codes() -> dict[str, set[str]]:
    """Every code that the program can give -> the places that give it."""
    found = Search().run()
    found.pop("found", None)  # an outcome's code where nothing is wrong
    return found
