"""A project of numbers: facts -> values -> pages, with a record of what ran."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from reportgen.model.reads import ReadKey
from reportgen.rebuild.digest import ABSENT, digest
from reportgen.rebuild.executor import BuildOutcome, run
from reportgen.rebuild.store import MemoryStore, Store
from reportgen.rebuild.target import Reader, Target, TargetResult, Work
from reportgen.rebuild.workers import Pool
from tests.driver import contents


@dataclass
class Toy:
    """What the authors wrote."""

    facts: dict[str, int] = field(default_factory=dict)
    briefs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Slug -> ids of facts, `*` for "all facts", or `>slug` for the value of another brief."""
    templates: dict[str, str] = field(default_factory=lambda: {"page": "{}", "index": "{}"})

    def answer(self, key: ReadKey) -> Any:
        match key:
            case ("fact", name):
                return self.facts.get(name)
            case ("brief", name):
                return self.briefs.get(name)
            case ("template", name):
                return self.templates.get(name)
            case ("query", "facts"):
                return sorted(self.facts)
            case ("query", "briefs"):
                return sorted(self.briefs)
        raise AssertionError(key)

    def digest_of(self, key: ReadKey) -> str:
        found = self.answer(key)
        return ABSENT if found is None else digest(found)

    def targets(self, heavy: bool = False) -> list[Target]:
        """Pages first, so that what they read has to be found out."""
        pages = [Target(f"page:{slug}", self._page(slug, heavy)) for slug in self.briefs]
        values = [Target(f"value:{slug}", self._value(slug)) for slug in self.briefs]
        return [Target("index", self._index), *pages, *values]

    def _ask(self, reader: Reader, *key: str) -> Any:
        reader.record(key, self.digest_of(key))
        return self.answer(key)

    def _value(self, slug: str) -> Callable[[Reader], TargetResult]:
        def make(reader: Reader) -> TargetResult:
            total = 0
            for part in self._ask(reader, "brief", slug):
                if part == "*":
                    asked = self._ask(reader, "query", "facts")
                elif part.startswith(">"):
                    try:
                        total += int(reader.output(f"value:{part[1:]}"))
                    except LookupError:
                        total -= 1
                    continue
                else:
                    asked = [part]
                for name in asked:
                    total += self._ask(reader, "fact", name) or 0
            # Half is lost on purpose: many an edit changes nothing in the value.
            return TargetResult(value=str(total // 2).encode())

        return make

    def _page(self, slug: str, heavy: bool) -> Callable[[Reader], TargetResult | Work]:
        def make(reader: Reader) -> TargetResult | Work:
            text = self._ask(reader, "template", "page")
            work = Work(render, (slug, text, reader.output(f"value:{slug}")))
            return work if heavy else work.task(*work.args)

        return make

    def _index(self, reader: Reader) -> TargetResult:
        text = self._ask(reader, "template", "index")
        lines = {s: len(reader.files(f"page:{s}")) for s in self._ask(reader, "query", "briefs")}
        return TargetResult({"index.html": text.format(json.dumps(lines)).encode()})


def render(slug: str, text: str, value: bytes) -> TargetResult:
    return TargetResult({f"briefs/{slug}.html": text.format(value.decode()).encode()})


def build(toy: Toy, store: Store, pool: Pool | None = None) -> BuildOutcome:
    return run(toy.targets(heavy=pool is not None), store, toy.digest_of, pool)


def clean(toy: Toy) -> tuple[BuildOutcome, dict[str, bytes | None]]:
    store = MemoryStore()
    outcome = build(toy, store)
    return outcome, contents(outcome, store)
