"""A project of numbers: facts -> values -> pages, with a record of what ran. Worker processes import it in no time."""

from __future__ import annotations

import json
import os
import pickle
import signal
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from reportgen.model.reads import ReadKey
from reportgen.rebuild.digest import ABSENT, digest
from reportgen.rebuild.executor import BuildOutcome, run
from reportgen.rebuild.performing import drop_snapshot, take_snapshot
from reportgen.rebuild.store import MemoryStore, Store
from reportgen.rebuild.target import Batch, Reader, Target, TargetResult, Work
from reportgen.rebuild.workers import Parcel, Pool


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

    def batched(self) -> list[Target]:
        """A page and its value in a batch. What a brief named after p reads of p goes along, what it reads of q not."""

        def batch(slug: str) -> Batch:
            needs = tuple(f"value:{part[1:]}" for part in self.briefs[slug] if part == ">p")
            return Batch(slug, needs=needs)

        index, *others = self.targets(heavy=True)
        return [*(replace(target, batch=batch(target.name.partition(":")[2])) for target in others), index]

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


class ToyBench:
    """What a worker opens: targets alone."""

    def __init__(self, toy: Toy) -> None:
        self.targets = {target.name: target for target in toy.batched()}

    def close(self) -> None:
        """There is nothing to end."""

    def using(self, texts: Mapping[str, str]) -> dict[str, str]:
        return {**texts, "met": f"{texts.get('met', '')}i"}


@dataclass
class ToySnapshot:
    """The toy as workers get it."""

    toy: Toy
    kept: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def packed(self) -> bytes:
        return pickle.dumps(partial(ToyBench, self.toy))

    def texts(self, batch: str) -> Mapping[str, str]:
        return self.kept.get(batch, {})

    def keep(self, batch: str, texts: Mapping[str, str]) -> None:
        self.kept[batch] = texts


@dataclass
class Deadly(ToySnapshot):
    """A snapshot out of which the page of q3 takes its worker along, so many times."""

    flag: Path = Path()
    """A file with a sign for each time."""
    times: int = 1

    def packed(self) -> bytes:
        return pickle.dumps(partial(DeadlyBench, self.toy, self.flag, self.times))


class DeadlyBench(ToyBench):
    """What a worker opens then."""

    def __init__(self, toy: Toy, flag: Path, times: int) -> None:
        super().__init__(toy)
        whole = self.targets["page:q3"]

        def make(reader: Reader) -> TargetResult | Work:
            with flag.open("a+", encoding="utf-8") as file:
                file.seek(0)
                if len(file.read()) == times:
                    return whole.make(reader)
                file.write("x")
            os.kill(os.getpid(), signal.SIGKILL)
            raise AssertionError

        self.targets["page:q3"] = replace(whole, make=make)


@contextmanager
def threads(parcel: Parcel | None) -> Iterator[Executor]:
    """Two threads of this process, which get a snapshot too."""
    assert parcel is not None
    take_snapshot(parcel.token, parcel.packed)
    with ThreadPoolExecutor(2) as pool:
        yield pool
    drop_snapshot(parcel.token)


def build_batches(toy: Toy, store: Store, pool: Pool, snapshot: ToySnapshot | None = None) -> BuildOutcome:
    """The same in batches."""
    return run(toy.batched(), store, toy.digest_of, pool, snapshot=snapshot or ToySnapshot(toy))


def build(toy: Toy, store: Store, pool: Pool | None = None) -> BuildOutcome:
    return run(toy.targets(heavy=pool is not None), store, toy.digest_of, pool)


def clean(toy: Toy) -> tuple[BuildOutcome, dict[str, bytes | None]]:
    store = MemoryStore()
    outcome = build(toy, store)
    return outcome, {path: store.get(sha) for path, sha in outcome.files.items()}
