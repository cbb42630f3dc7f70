"""Targets that workers make out of a snapshot: the same results, exactly what is stale, and nothing lost."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from reportgen.rebuild.digest import sha256
from reportgen.rebuild.executor import ProgressEvent, run
from reportgen.rebuild.performing import MayHold, Order, drop_snapshot, perform_batch, take_snapshot
from reportgen.rebuild.store import MemoryStore
from reportgen.rebuild.target import TargetResult, Work
from reportgen.rebuild.trace import Read
from reportgen.rebuild.workers import InFlight, Pool, processes
from tests.driver import contents, finished, made, start_python

from .toy import Deadly, Toy, ToyBench, ToySnapshot, build, build_batches, clean, threads


def toy_of(count: int) -> Toy:
    return Toy({"a": 2, "b": 4}, {"p": ("a",)} | {f"q{n}": ("a", ">p") for n in range(count - 1)})


def test_processes_make_batches_and_give_the_same() -> None:
    toy, store = toy_of(40), MemoryStore()
    snapshot = ToySnapshot(toy)
    outcome = build_batches(toy, store, processes(2), snapshot)
    expected, site = clean(toy)
    assert dict(outcome.results) == dict(expected.results)
    assert contents(outcome, store) == site
    assert [stale.reason for stale in outcome.made] == ["new: no record of it"] * 81
    assert snapshot.kept == {slug: {"met": "i"} for slug in toy.briefs if slug != "p"}
    assert made(build(toy, store)) == set()


def test_for_little_no_process_starts() -> None:
    def refuse(parcel: object) -> None:
        raise AssertionError

    pool = processes(2)
    object.__setattr__(pool, "open", refuse)
    assert build_batches(toy_of(2), MemoryStore(), pool).ok


BEGINNINGS = {"slow": partial(time.sleep, 0.2), "deadly": partial(os._exit, 1), "wrong": partial(int, "no")}


@pytest.mark.parametrize("first", BEGINNINGS.values(), ids=BEGINNINGS.keys())
def test_processes_begun_ahead_make_the_same(first: Callable[[], None]) -> None:
    toy, store, pool = toy_of(40), MemoryStore(), processes(2)
    with pool.ahead(first):
        outcome = build_batches(toy, store, pool)
    assert outcome.ok
    assert contents(outcome, store) == clean(toy)[1]
    assert not multiprocessing.active_children()


def test_processes_begun_ahead_end_where_nothing_is_made() -> None:
    with suppress(KeyboardInterrupt), processes(2).ahead(partial(time.sleep, 600)):
        while len(multiprocessing.active_children()) < 2:
            time.sleep(0.01)
        raise KeyboardInterrupt
    end = time.monotonic() + 60
    while multiprocessing.active_children() and time.monotonic() < end:
        time.sleep(0.01)
    assert not multiprocessing.active_children()


BEGUN = """
import multiprocessing, signal, time
from contextlib import ExitStack, suppress
from functools import partial
from threading import Thread
from reportgen.rebuild.workers import processes
def begun():
    with suppress(KeyboardInterrupt), processes(2).ahead(partial(time.sleep, 600)):
        while len(found := multiprocessing.active_children()) < 2:
            time.sleep(0.01)
        raise KeyboardInterrupt
    end = time.monotonic() + 60
    while any(process.exitcode is None for process in found) and time.monotonic() < end:
        time.sleep(0.01)  # not join: a thread of the pool waits too, and whoever comes second learns no exit code
    print(*(f"{type(process).__name__} {process.exitcode}" for process in found), flush=True)
if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    begun()
    Thread(target=time.sleep, args=(600,), daemon=True).start()
    begun()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is a fork")
def test_a_process_with_one_thread_is_forked_and_ends_its_forks(tmp_path: Path) -> None:
    """Though it treats SIGTERM otherwise. With another thread, a server forks in its place."""
    (tmp_path / "begun.py").write_text(BEGUN)
    done = finished(start_python([str(tmp_path / "begun.py")], tmp_path))
    assert done.told.splitlines() == [" ".join([f"{kind} -15"] * 2) for kind in ("ForkProcess", "ForkServerProcess")]


def test_what_takes_long_comes_first() -> None:
    toy = Toy({"a": 2}, {f"q{n}": ("a",) for n in range(40)})
    long = [
        replace(target, batch=replace(target.batch, is_long=target.batch.name == "q30")) if target.batch else target
        for target in toy.batched()
    ]
    started: list[str] = []

    def hear(event: ProgressEvent) -> None:
        if event.state == "started":
            started.append(event.name)

    assert run(long, MemoryStore(), toy.digest_of, Pool(threads, 2), hear, snapshot=ToySnapshot(toy)).ok
    assert [name.partition(":")[2] for name in started[:3]] == ["q30", "q30", "q0"]


def test_what_needs_no_engine_is_handed_out_further_ahead() -> None:
    with ExitStack() as stack:
        flight = InFlight(Pool(lambda _: ThreadPoolExecutor(2), 2), stack)
        for name in "ab":
            flight.submit(name, Work(TargetResult, engine="v8"), {})
        assert flight.is_busy("v8")
        assert not flight.is_busy("")
        for n in range(8):
            flight.submit(str(n), Work(TargetResult), {})
        assert flight.is_busy("")


@pytest.mark.parametrize(("value", "expected"), [(b"1", ["value:p"]), (b"0", ["value:p", "page:p"])])
def test_what_holds_is_not_made(value: bytes, expected: list[str]) -> None:
    """The trace of the page holds if the brief comes to 1."""
    toy = Toy({"a": 2}, {"p": ("a",)})
    take_snapshot("toy", pickle.dumps(partial(ToyBench, toy)))
    may_hold = MayHold((Read(("output", "value:p"), sha256(value)),), None)
    batch = perform_batch("toy", Order({"value:p": (), "page:p": (may_hold,)}, {}, {"met": "o"}))
    drop_snapshot("toy")
    assert [each.name for each in batch.made] == expected
    assert batch.texts == {"met": "oi"}


def test_what_is_not_at_hand_is_made_here() -> None:
    """p goes along with what reads it; q, which another batch makes, does not."""
    toy = Toy({"a": 8}, {"p": ("a",), "q": (">p",), "r": (">q", ">p")})
    take_snapshot("toy", pickle.dumps(partial(ToyBench, toy)))
    orders = {slug: Order({f"value:{slug}": (), f"page:{slug}": ()}, {"value:p": b"4"}, {}) for slug in "qr"}
    found = {slug: [each.name for each in perform_batch("toy", order).made] for slug, order in orders.items()}
    drop_snapshot("toy")
    assert found == {"q": ["value:q", "page:q"], "r": []}
    outcome = build_batches(toy, store := MemoryStore(), Pool(threads, 2))
    assert contents(outcome, store) == clean(toy)[1]


def test_a_batch_that_kills_its_process_is_made_here(tmp_path: Path) -> None:
    toy, store, flag = toy_of(40), MemoryStore(), tmp_path / "flag"
    outcome = build_batches(toy, store, processes(2), Deadly(toy, flag=flag, times=2))
    assert outcome.ok
    assert contents(outcome, store) == clean(toy)[1]
    assert flag.read_text("utf-8") == "xx"
