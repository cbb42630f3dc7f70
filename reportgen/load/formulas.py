"""The formulas of facts and checks in; their trees, dangling references and cycles out."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.diagnostics import Places
from reportgen.load.items import Loading, name_problems
from reportgen.model.fact import Fact
from reportgen.model.formula import Formula
from reportgen.quantities.formula import FormulaError, parse_formula


def formula_at(loading: Loading, text: str, at: Places, key: str) -> Formula | None:
    """The formula in a key; None, and reported, if it cannot be read."""
    try:
        return parse_formula(text)
    except FormulaError as error:
        loading.report("bad-formula", error.message, at.inside(key, error.start, error.end), error.hint)
        return None


def check_references(loading: Loading, formula: Formula, facts: Mapping[str, Fact], at: Places, key: str) -> None:
    """Reports every reference to a fact that is not there, at its place in the formula."""
    for reference in formula.positions:
        if reference.cell is not None:  # looked for when all datasets are read
            continue
        loading.refer("fact", reference.id, facts, at.inside(key, reference.start + 1, reference.end - 1))


def computable(loading: Loading, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """The facts without those whose formula reaches a fact that is not there, or itself; all such count as broken."""
    for fact in facts.values():
        if fact.formula is not None:
            before = len(loading.found)
            check_references(loading, fact.formula, facts, fact.at, "formula")
            name_problems(loading, "fact", fact.id, before)
    _check_cycles(loading, facts)
    return reachable(loading, facts)


def reachable(loading: Loading, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """The facts without those that are broken, and without those whose formula reaches one; these count as broken."""
    kept = {name: fact for name, fact in facts.items() if ("fact", name) not in loading.broken}
    while True:
        reached = {
            name: fact
            for name, fact in kept.items()
            if fact.formula is None or all(r.cell is not None or r.id in kept for r in fact.formula.positions)
        }
        if len(reached) == len(kept):
            return kept
        loading.broken |= {("fact", name) for name in kept.keys() - reached.keys()}
        kept = reached


def _check_cycles(loading: Loading, facts: Mapping[str, Fact]) -> None:
    """Reports every ring of facts that are computed from each other, once, at the first of them in the files."""
    finished: set[str] = set()
    for start in facts:
        if start in finished:
            continue
        path: list[str] = []
        waiting = [(start, 0)]
        while waiting:
            name, depth = waiting.pop()
            while len(path) > depth:
                finished.add(path.pop())
            if name in path:
                _report(loading, facts, path[path.index(name) :])
                continue
            if name in finished or name not in facts:
                continue
            path.append(name)
            formula = facts[name].formula
            if formula is not None:
                waiting += [(reference, depth + 1) for reference in reversed(formula.references)]
        finished.update(path)


def _report(loading: Loading, facts: Mapping[str, Fact], ring: list[str]) -> None:
    order = list(facts)
    first = min(ring, key=order.index)
    ring = [*ring[ring.index(first) :], *ring[: ring.index(first)], first]
    shown = " -> ".join(f"[{name}]" for name in ring)
    message = f"this formula goes round in a circle: {shown}"
    loading.report("formula-cycle", message, facts[first].at["formula"], "give one of them a value and evidence")
    loading.broken |= {("fact", name) for name in ring}
