from __future__ import annotations

import gc
import os
import signal
import sys
import weakref
from pathlib import Path

import pytest

from reportgen.diagnostics import Diagnostic, ReportError, Span
from reportgen.rebuild.digest import ABSENT, digest
from reportgen.rebuild.executor import BuildOutcome, ProgressEvent, run
from reportgen.rebuild.garbage import OFTEN
from reportgen.rebuild.parts import in_parts
from reportgen.rebuild.store import DiskStore, MemoryStore
from reportgen.rebuild.target import Reader, Target, TargetResult, Work
from reportgen.rebuild.workers import processes
from tests.driver import contents, finished, made, start_python

from .toy import Toy, build, clean
from .works import WRONG, dawdle, die, refuse, where

WARNING = Diagnostic("number-word", "a number in words", Span.at("content/briefs/a.md", 3), severity="warning")


def wrong(_: Reader) -> TargetResult:
    raise ReportError([WRONG])


def page(name: str, reads: str = "") -> Target:
    return Target(name, lambda reader: TargetResult({f"{name}.html": reader.output(reads) if reads else b""}, b"x"))


def run_plainly(*targets: Target) -> BuildOutcome:
    return run(targets, MemoryStore(), lambda _: ABSENT)


def test_a_failure_stops_only_what_reads_it() -> None:
    events: list[ProgressEvent] = []
    targets = [page("c", "b"), page("b", "a"), Target("a", wrong), page("d")]
    cache = MemoryStore()
    outcome = run(targets, cache, lambda _: ABSENT, progress=events.append)
    assert (outcome.ok, outcome.held, [f.name for f in outcome.failures]) == (False, ("c", "b"), ["a"])
    assert outcome.diagnostics == (WRONG,)
    assert made(outcome) == {"d"}
    assert [(e.state, e.name) for e in events][-1] == ("made", "d")
    assert events[-1].done == events[-1].total == 4
    again = run([*targets[:2], page("a"), targets[3]], cache, lambda _: ABSENT)
    assert again.ok
    assert made(again) == {"a", "b", "c"}


class Ring:
    """Something that holds itself, as what a template leaves behind does."""

    def __init__(self) -> None:
        self.ring = self


def test_what_targets_leave_behind_is_let_go_of_while_others_are_made() -> None:
    left: list[weakref.ref[Ring]] = []
    most = 0

    def leave(_: Reader) -> TargetResult:
        nonlocal most
        left.append(weakref.ref(Ring()))
        most = max(most, sum(ring() is not None for ring in left))
        return TargetResult()

    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    gc.set_threshold(100_000)
    try:
        run_plainly(*(Target(f"{number}", leave) for number in range(3 * OFTEN)))
    finally:
        gc.set_threshold(*before)
    assert len(left) == 3 * OFTEN
    assert most <= OFTEN
    assert gc.get_freeze_count() <= frozen, "what was frozen before may have gone meanwhile"


def test_our_own_faults_come_with_a_traceback() -> None:
    (failed,) = run_plainly(Target("a", lambda _: TargetResult({"a": b"a" * (1 // 0)}))).failures
    assert failed.diagnostics == ()
    assert "ZeroDivisionError" in failed.fault


def test_targets_that_read_each_other_fail() -> None:
    outcome = run_plainly(page("a", "b"), page("b", "a"))
    assert not outcome.ok
    assert "reads itself" in outcome.failures[0].fault


@pytest.mark.parametrize("path", ["../a", "/a", "a//b", "a\\b", "C:a", "a/./b", "", "a\nb"])
def test_no_path_leads_out_of_the_site(path: str) -> None:
    assert (
        "is no path below the site" in run_plainly(Target("a", lambda _: TargetResult({path: b""}))).failures[0].fault
    )


def test_who_reads_an_entry_of_a_value_is_made_again_for_that_alone() -> None:
    entries = {"a": b"1", "b": b"2"}
    store = MemoryStore()

    def whole(reader: Reader) -> TargetResult:
        reader.record(("fact", "all"))
        return TargetResult(value=in_parts(entries))

    def reads(key: str) -> Target:
        return Target(key, lambda reader: TargetResult({key: reader.part("all", key)}))

    def built() -> tuple[set[str], dict[str, bytes]]:
        outcome = run([*map(reads, "abc"), Target("all", whole)], store, lambda _: digest(entries))
        assert outcome.ok
        return made(outcome), contents(outcome, store)

    assert built() == ({"a", "b", "c", "all"}, {"a": b"1", "b": b"2", "c": b"null"})
    assert built()[0] == set()
    entries["b"] = b"3"
    assert built() == ({"b", "all"}, {"a": b"1", "b": b"3", "c": b"null"})
    entries["c"] = b"4"
    del entries["a"]
    assert built() == ({"a", "c", "all"}, {"a": b"null", "b": b"3", "c": b"4"})
    (value,) = (trace.value for trace in store.traces("all")[:1])
    store.blobs[value or ""] = b"lost"
    entries["a"] = b"1"
    assert built()[1] == {"a": b"1", "b": b"3", "c": b"4"}
    failed = run([reads("a")], MemoryStore(), lambda _: ABSENT).failures[0]
    assert "LookupError: all" in failed.fault


def test_two_targets_may_not_write_one_file() -> None:
    outcome = run_plainly(page("a"), page("A"))
    assert outcome.failures[0].fault == "a and A both write A.html"


def test_two_targets_may_not_have_one_name() -> None:
    with pytest.raises(ValueError, match="two targets"):
        run_plainly(page("a"), page("a"))


def test_a_read_that_is_not_what_is_there_is_a_fault() -> None:
    def make(reader: Reader) -> TargetResult:
        reader.record(("fact", "x"), "guessed")
        return TargetResult()

    assert "was read as guessed" in run_plainly(Target("a", make)).failures[0].fault


def test_warnings_are_kept_with_what_they_are_about(tmp_path: Path) -> None:
    targets = [Target("a", lambda _: TargetResult({"a": b""}, warnings=(WARNING,)))]
    with DiskStore(tmp_path) as store:
        run(targets, store, lambda _: ABSENT)
    with DiskStore(tmp_path) as store:
        outcome = run(targets, store, lambda _: ABSENT)
    assert made(outcome) == set()
    assert outcome.diagnostics == (WARNING,)


class Forgetful(MemoryStore):
    """Notices only in reading that content is lost."""

    def intact(self, sha: str) -> bool:
        return sha in self.blobs

    def get(self, sha: str) -> bytes | None:
        return super().get(sha) or (self.blobs.pop(sha, None) and None)


def test_content_that_is_lost_while_it_is_read_is_made_again() -> None:
    toy, cache = Toy({"a": 8}, {"p": ("a",)}), Forgetful()
    first = build(toy, cache)
    cache.blobs[first.results["value:p"].value or ""] = b"altered"
    toy.templates["page"] = "<b>{}"
    second = build(toy, cache)
    assert second.ok
    assert contents(second, cache) == clean(toy)[1]


def test_files_that_are_lost_while_they_are_read_are_made_again() -> None:
    whole, cache = Target("a", lambda _: TargetResult({"a.html": b"whole"})), Forgetful()
    first = run([whole], cache, lambda _: ABSENT)
    cache.blobs[first.files["a.html"]] = b"altered"
    copied = Target("b", lambda reader: TargetResult({"b.html": reader.files("a")["a.html"]}))
    second = run([whole, copied], cache, lambda _: ABSENT)
    assert made(second) == {"a", "b"}
    assert contents(second, cache) == {"a.html": b"whole", "b.html": b"whole"}


def test_what_a_task_read_is_recorded() -> None:
    def make(reader: Reader) -> Work:
        reader.record(("fact", "x"))
        return Work(task_that_reads)

    outcome = run([Target("a", make)], MemoryStore(), digest)
    assert [read.key for read in outcome.results["a"].reads] == [("fact", "x"), ("font", "serif")]


def task_that_reads() -> TargetResult:
    return TargetResult(reads={("font", "serif"): digest(("font", "serif"))})


def test_restoring_an_old_state_runs_nothing(tmp_path: Path) -> None:
    toy = Toy({"a": 2, "b": 4}, {"p": ("a",), "q": ("b",)})
    with DiskStore(tmp_path) as store:
        first = build(toy, store)
        toy.facts["a"] = 90
        assert made(build(toy, store)) == {"value:p", "page:p", "index"}
    toy.facts["a"] = 2
    with DiskStore(tmp_path) as store:
        third = build(toy, store)
    assert made(third) == set()
    assert third.files == first.files


def test_no_process_starts_without_work() -> None:
    toy, cache = Toy({"a": 2}, {"p": ("a",)}), MemoryStore()
    build(toy, cache)

    def fail_to_open() -> None:
        raise AssertionError

    pool = processes(2)
    object.__setattr__(pool, "open", fail_to_open)
    assert build(toy, cache, pool).ok


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_single_piece_of_work_starts_no_process(count: int) -> None:
    names = [f"{n}.html" for n in range(count)]
    targets = [Target(name, lambda _, name=name: Work(where, (name,))) for name in names]  # type: ignore[misc]
    cache = MemoryStore()
    outcome = run([*targets, page("last")], cache, lambda _: ABSENT, processes(2))
    assert outcome.ok
    here = str(os.getpid()).encode()
    assert [cache.get(outcome.files[name]) == here for name in names] == [count == 1] * count


def test_no_process_of_ours_loads_two_engines() -> None:
    engines = ["v8"] * 4 + [""] + ["pdf"] * 4
    works = {f"{n}.html": Work(where, (f"{n}.html",), engine) for n, engine in enumerate(engines)}
    targets = [Target(name, lambda _, work=work: work) for name, work in works.items()]  # type: ignore[misc]
    cache = MemoryStore()
    outcome = run(targets, cache, lambda _: ABSENT, processes(2))
    used = [cache.get(outcome.files[f"{n}.html"]) for n in range(9)]
    assert not set(used[:4]) & set(used[5:])
    assert len(set(used)) <= 4


def test_processes_give_the_same_bytes() -> None:
    toy = Toy({"a": 2, "b": 7}, {f"p{n}": ("a", "b", "*") for n in range(12)})
    cache = MemoryStore()
    outcome = build(toy, cache, processes(2, preload=["reportgen.rebuild.executor"]))
    assert outcome.ok
    assert contents(outcome, cache) == clean(toy)[1]
    assert outcome.results == clean(toy)[0].results


def test_a_worker_that_dies_takes_only_its_own_target_along() -> None:
    works = {"killer": Work(die, ("",)), "wrong": Work(refuse, ("",)), "odd": Work(dawdle, (lambda: 0,))}
    works |= {f"good{n}": Work(dawdle, (f"{n}.html",)) for n in range(4)}
    targets = [Target(name, lambda _, work=work: work) for name, work in works.items()]  # type: ignore[misc]
    outcome = run(targets, MemoryStore(), lambda _: ABSENT, processes(2))
    faults = {failed.name: failed for failed in outcome.failures}
    assert faults.keys() == {"killer", "wrong", "odd"}
    assert "was ended twice" in faults["killer"].diagnostics[0].message
    assert faults["wrong"].diagnostics == (WRONG,)
    assert "pickle" in faults["odd"].fault
    assert sorted(outcome.files) == ["0.html", "1.html", "2.html", "3.html"]


@pytest.mark.skipif(sys.platform != "linux", reason="signals of POSIX")
def test_a_fork_server_that_died_is_started_anew() -> None:
    from multiprocessing import forkserver

    for _ in range(2):
        targets = [Target(f"t{n}", lambda _, n=n: Work(dawdle, (f"{n}.html",))) for n in range(4)]  # type: ignore[misc]
        assert run(targets, MemoryStore(), lambda _: ABSENT, processes(2)).ok
        pid = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
        os.kill(pid, signal.SIGKILL)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)  # dead, and not yet reaped


def test_an_interrupted_build_has_not_worked_in_vain(tmp_path: Path) -> None:
    targets = [page(name) for name in "abcdef"]

    def interrupt(event: ProgressEvent) -> None:
        if event.done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), DiskStore(tmp_path) as store:
        run(targets, store, lambda _: ABSENT, progress=interrupt)
    with DiskStore(tmp_path) as store:
        outcome = run(targets, store, lambda _: ABSENT)
    assert made(outcome) == {"e", "f"}


INTERRUPTED = """
import time
from reportgen.rebuild.store import MemoryStore
from reportgen.rebuild.executor import run
from reportgen.rebuild.target import Target, Work
from reportgen.rebuild.workers import processes
def work():
    print("at work", flush=True)
    time.sleep(3600)
if __name__ == "__main__":
    targets = [Target(str(n), lambda _: Work(work)) for n in range(9)]
    run(targets, MemoryStore(), lambda _: "", processes(2))
"""


def test_ctrl_c_ends_the_workers(tmp_path: Path) -> None:
    (tmp_path / "build.py").write_text(INTERRUPTED)
    process = start_python([str(tmp_path / "build.py")], tmp_path)
    assert process.stdout is not None
    assert "at work" in process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    # Every worker holds the other end: that it closes proves that all are gone.
    done = finished(process)
    assert done.err.count("Traceback") == 1, done.err
    assert done.err.rstrip().endswith("KeyboardInterrupt")
