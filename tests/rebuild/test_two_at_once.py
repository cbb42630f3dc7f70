"""Builds that meet, and builds that are killed: real processes on a real folder."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from reportgen.diagnostics import ReportError
from reportgen.rebuild.exclusive import exclusive
from reportgen.rebuild.output import SiteOutput
from reportgen.rebuild.store import MemoryStore
from tests.driver import read_tree, start_python

COMMITS = """
import sys
from pathlib import Path
from reportgen.rebuild.store import MemoryStore
from reportgen.rebuild.output import SiteOutput
site, names, rounds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
cache = MemoryStore()
print("ready", flush=True)
for n in range(rounds):
    state = names[n % len(names)]
    files = {f"{state}{i}/page.html": cache.put(f"{state}{i}".encode()) for i in range(15)}
    files |= {f"shared/{i}.html": cache.put(f"{state}{i}".encode()) for i in range(15)}
    SiteOutput(site).commit(files, cache.get)
"""


def commits(site: Path, names: str, rounds: int) -> subprocess.Popen[str]:
    return start_python(["-c", COMMITS, str(site), names, str(rounds)], site.parent)


def state_of(site: Path) -> str:
    """The one state whose files these are, all of them."""
    found = {path: data.decode() for path, data in read_tree(site).items()}
    (state,) = {text[0] for text in found.values()}
    expected = {f"{state}{i}/page.html": f"{state}{i}" for i in range(15)}
    assert found == expected | {f"shared/{i}.html": f"{state}{i}" for i in range(15)}
    assert {p.name for p in site.iterdir()} == {"shared", *(f"{state}{i}" for i in range(15))}
    return state


def test_two_builds_do_not_harm_each_other(tmp_path: Path) -> None:
    site = tmp_path / "site"
    both = [commits(site, "ab", 15), commits(site, "cd", 15)]
    for process in both:
        process.communicate()
        assert process.returncode == 0
    assert state_of(site) in "abcd"


def test_a_killed_build_is_finished_by_the_next(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with commits(site, "a", 1) as first:
        first.communicate()
    chance = random.Random(5)
    for _ in range(int(os.environ.get("REPORTGEN_KILLS", "10"))):
        with commits(site, "abc", 10**6) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.05))
            process.kill()
        assert all(len(p.read_text()) in (2, 3) for p in site.rglob("*") if p.is_file())
        SiteOutput(site)._finish_journal()
        assert state_of(site) in "abc"


def test_whoever_waits_too_long_is_told(tmp_path: Path) -> None:
    cache = MemoryStore()
    output = SiteOutput(tmp_path / "site", wait=0.05)
    with exclusive(output.state / "lock"), pytest.raises(ReportError) as caught:
        output.commit({"a": cache.put(b"a")}, cache.get)
    (found,) = caught.value.diagnostics
    assert found.code == "build-running"
    assert "another build (process " in found.message
    output.commit({"a": cache.put(b"a")}, cache.get)


def test_a_lock_ends_with_its_holder(tmp_path: Path) -> None:
    """Though a fork of it, such as a worker, lives on."""
    code = (
        f"import os, time, pathlib; from reportgen.rebuild.exclusive import exclusive\n"
        f"with exclusive(pathlib.Path({str(tmp_path / 'lock')!r})):\n"
        f"    if os.fork(): print('held', flush=True)\n"
        f"    time.sleep(60)"
    )
    with start_python(["-c", code], tmp_path) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(ReportError), exclusive(tmp_path / "lock", wait=0):
            pass
        holder.kill()
    with exclusive(tmp_path / "lock", wait=5):
        os.killpg(holder.pid, signal.SIGKILL)
