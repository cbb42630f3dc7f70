"""Any edits, in any order: no target whose reads are unchanged runs, none whose reads changed is missed."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reportgen.rebuild.store import MemoryStore
from reportgen.rebuild.trace import KEEP, Read
from reportgen.rebuild.workers import Pool
from tests.driver import contents, made

from .toy import Toy, build, build_batches, clean, threads

BATCHES = Pool(threads, width=2)
THREADS = Pool(lambda _: ThreadPoolExecutor(2), width=2)
FACTS = st.sampled_from(["a", "b", "c", "d"])
SLUGS = st.sampled_from(["p", "q", "r"])
# A brief reads only briefs before it, so that there is no circle.
PARTS = st.lists(st.one_of(FACTS, st.sampled_from(["*", ">p", ">q"])), max_size=4)


class Rebuilds(RuleBasedStateMachine):
    """Builds after every edit, and compares with a clean build."""

    @initialize()
    def start(self) -> None:
        self.toy = Toy({"a": 2, "b": 4}, {"p": ("a", "b")})
        self.store = MemoryStore()
        self.builds = 0
        self.seen: dict[str, list[tuple[Read, ...]]] = defaultdict(list)
        """What each target read, the latest first: all that a perfect memory of KEEP states would know."""

    @rule(name=FACTS, value=st.integers(0, 5))
    def write_fact(self, name: str, value: int) -> None:
        self.toy.facts[name] = value

    @rule(name=FACTS)
    def delete_fact(self, name: str) -> None:
        self.toy.facts.pop(name, None)

    @rule(slug=SLUGS, parts=PARTS)
    def write_brief(self, slug: str, parts: list[str]) -> None:
        self.toy.briefs[slug] = tuple(part for part in parts if not part.startswith(">") or part[1:] < slug)

    @rule(slug=SLUGS)
    def delete_brief(self, slug: str) -> None:
        self.toy.briefs.pop(slug, None)

    @rule(name=st.sampled_from(["page", "index"]), text=st.sampled_from(["{}", "<p>{}", "<b>{}"]))
    def write_template(self, name: str, text: str) -> None:
        self.toy.templates[name] = text

    @precondition(lambda self: self.store.blobs)
    @rule(data=st.data())
    def lose_content(self, data: st.DataObject) -> None:
        """On a copy: content is shared, so that what else must run depends on who puts it back first."""
        store = MemoryStore()
        store.blobs, store.kept = dict(self.store.blobs), dict(self.store.kept)
        store.blobs[data.draw(st.sampled_from(sorted(store.blobs)))] = b"altered"
        outcome = build_batches(self.toy, store, BATCHES) if self.builds % 2 else build(self.toy, store)
        assert outcome.ok
        assert contents(outcome, store) == clean(self.toy)[1]

    @invariant()
    def build_makes_what_changed_and_nothing_else(self) -> None:
        expected, site = clean(self.toy)
        self.builds += 1
        if self.builds % 3:
            outcome = build(self.toy, self.store, THREADS if self.builds % 3 == 1 else None)
        else:
            outcome = build_batches(self.toy, self.store, BATCHES)
        assert outcome.ok
        assert contents(outcome, self.store) == site
        assert outcome.results == expected.results
        for name, trace in expected.results.items():
            assert (name in made(outcome)) == (trace.reads not in self.seen[name]), name
            self.seen[name] = [trace.reads, *(old for old in self.seen[name] if old != trace.reads)][:KEEP]
        assert made(build(self.toy, self.store)) == set()


Rebuilds.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None, database=None)
TestRebuilds = Rebuilds.TestCase
