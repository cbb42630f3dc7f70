"""Work on a real Dask cluster of this machine, one of whose workers is killed in the middle."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reportgen.diagnostics import ReportError
from reportgen.distributed import dask
from reportgen.rebuild.executor import run
from reportgen.rebuild.store import MemoryStore
from reportgen.rebuild.target import Target, TargetResult, Work
from tests.driver import contents

from .toy import Deadly, Toy, build_batches, clean

distributed = pytest.importorskip("distributed", reason="the extra `distributed` is not installed")
pytestmark = pytest.mark.filterwarnings("default")


def work(name: str, victim: str) -> TargetResult:
    """The first to come by takes its worker down with it."""
    time.sleep(0.05)
    try:
        Path(victim).unlink()
    except FileNotFoundError:
        return TargetResult({f"{name}.txt": name.encode()})
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def wrong(name: str) -> TargetResult:
    raise ValueError(name)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as started:
        yield started


def test_a_worker_killed_in_the_middle_loses_nothing(cluster: Any, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.touch()
    names = [f"t{n}" for n in range(12)]
    targets = [Target(name, lambda _, name=name: Work(work, (name, str(victim)))) for name in names]  # type: ignore[misc]
    targets.append(Target("wrong", lambda _: Work(wrong, ("no",))))
    pool = dask(cluster.scheduler_address)
    assert pool.width == 4
    outcome = run(targets, MemoryStore(), lambda _: "", pool)
    assert not victim.exists()
    assert sorted(outcome.files) == sorted(f"{name}.txt" for name in names)
    assert [failure.name for failure in outcome.failures] == ["wrong"]
    assert "ValueError: no" in outcome.failures[0].fault


def test_batches_on_a_cluster_one_of_whose_workers_dies(cluster: Any, tmp_path: Path) -> None:
    """The snapshot reaches the worker that takes the dead one's place, too."""
    toy = Toy({"a": 2, "b": 4}, {"p": ("a",)} | {f"q{n}": ("a", ">p") for n in range(20)})
    store, flag = MemoryStore(), tmp_path / "flag"
    outcome = build_batches(toy, store, dask(cluster.scheduler_address), snapshot := Deadly(toy, flag=flag))
    assert outcome.ok
    assert flag.read_text("utf-8") == "x"
    assert snapshot.kept.keys() == toy.briefs.keys()  # no batch was made here
    assert contents(outcome, store) == clean(toy)[1]


def test_nobody_answers() -> None:
    with pytest.raises(ReportError) as caught:
        dask("tcp://127.0.0.1:1", wait=1)
    assert caught.value.diagnostics[0].code == "no-scheduler"
