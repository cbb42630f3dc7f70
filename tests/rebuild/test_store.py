"""What is kept between builds: traces and content."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from reportgen.rebuild.cache import DiskCache
from reportgen.rebuild.digest import sha256
from reportgen.rebuild.kept import KeptTexts
from reportgen.rebuild.trace import Read, Trace, TraceFile, prune, remember

TRACE = Trace((Read(("fact", "x"), "1"), Read(("query", '{"a":"ж"}'), "2")), {"a/b.html": sha256(b"b")}, sha256(b"v"))
OTHER = Trace((Read(("fact", "x"), "7"),), {}, None)


def test_traces_come_back(tmp_path: Path) -> None:
    file = TraceFile(tmp_path / "build" / "traces")
    assert file.load() == {}
    traces = {"a": (TRACE, OTHER), "b": (OTHER,)}
    file.save(traces)
    assert file.load() == traces
    path = tmp_path / "build" / "traces"
    before = path.read_bytes()
    os.utime(path, ns=(5, 5))
    file.save(dict(reversed(traces.items())))
    assert path.stat().st_mtime_ns == 5
    TraceFile(path).save(dict(reversed(traces.items())))
    assert path.read_bytes() == before
    file.save({})
    assert TraceFile(path).load() == {}


def test_a_killed_build_leaves_its_traces(tmp_path: Path) -> None:
    file = TraceFile(tmp_path / "traces")
    file.save({"a": (OTHER,)})
    file.append("a", TRACE)
    with (tmp_path / "traces.new").open("a") as cut:
        cut.write('0123 ["b",[')
    file.append("c", TRACE)
    assert file.load() == {"a": (TRACE, OTHER), "c": (TRACE,)}
    file.save(file.load())
    assert not (tmp_path / "traces.new").exists()


def test_few_new_traces_stay_beside_the_others(tmp_path: Path) -> None:
    path, new = tmp_path / "traces", tmp_path / "traces.new"
    many = {f"page {n}": (TRACE,) for n in range(50)}
    TraceFile(path).save(many)
    before = path.read_bytes()
    for n in range(50):
        file = TraceFile(path)
        traces = {**file.load(), f"page {n}": (OTHER, TRACE)}
        file.append(f"page {n}", OTHER)
        file.settle(traces, frozenset(TRACE.blobs))
        assert TraceFile(path).load() == traces
        assert new.exists() == (path.read_bytes() == before)
        assert not new.exists() or new.stat().st_size * 8 < path.stat().st_size
        before = path.read_bytes()


def test_what_cannot_be_read_is_not_there(tmp_path: Path) -> None:
    file = TraceFile(tmp_path / "traces")
    file.save({"a": (TRACE,)})
    whole = (tmp_path / "traces").read_bytes()
    for broken in (b"", whole[:-9], whole.replace(b'"1"', b'"2"'), b"\xff\x00", b"[]", b"x\n{}"):
        (tmp_path / "traces").write_bytes(broken)
        assert file.load() == {}


def test_the_latest_come_first_and_the_oldest_go() -> None:
    assert remember({"a": (OTHER, TRACE)}, "a", TRACE) == (TRACE, OTHER)
    assert remember({"a": (OTHER,)}, "a", TRACE, keep=1) == (TRACE,)


def test_traces_whose_content_is_gone_are_forgotten() -> None:
    assert prune({"a": (TRACE, OTHER), "b": (TRACE,)}, frozenset()) == {"a": (OTHER,)}
    assert prune({"b": (TRACE,)}, frozenset(TRACE.blobs)) == {"b": (TRACE,)}


def packs(folder: Path) -> list[Path]:
    return sorted(folder.glob("pack-*"))


def test_content_comes_back_and_is_checked(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path / "cache")
    blobs = [b"some", b"", b"\r\n" * 999]
    shas = [cache.put(data) for data in blobs]
    assert [cache.get(sha) for sha in shas] == blobs
    cache.sweep()
    (pack,) = packs(tmp_path / "cache")
    assert [DiskCache(tmp_path / "cache").get(sha) for sha in shas] == blobs
    os.utime(pack, ns=(1, 1))
    assert DiskCache(tmp_path / "cache").intact(shas[0])
    pack.write_bytes(pack.read_bytes().replace(b"some", b"else"))
    cache = DiskCache(tmp_path / "cache")
    assert not cache.intact(shas[0])
    assert cache.get(shas[0]) is None
    assert cache.intact(shas[2])
    assert cache.put(b"some") == shas[0]
    assert cache.get(shas[0]) == b"some"


def test_damage_that_shows_only_in_reading_is_not_forgotten(tmp_path: Path) -> None:
    """Not even if the build that reads it fails."""
    cache = DiskCache(tmp_path)
    sha = cache.put(b"some")
    cache.sweep()
    (pack,) = packs(tmp_path)
    before = pack.stat().st_mtime_ns
    pack.write_bytes(pack.read_bytes().replace(b"some", b"else"))
    os.utime(pack, ns=(before, before))
    cache = DiskCache(tmp_path)
    assert cache.intact(sha)
    assert cache.get(sha) is None
    assert not DiskCache(tmp_path).intact(sha)


def test_whatever_is_damaged_is_missing(tmp_path: Path) -> None:
    blobs = {sha256(data): data for data in (bytes([n]) * 7**n for n in range(4))}
    whole, spoilt, chance = tmp_path / "whole", tmp_path / "spoilt", random.Random(2)
    cache = DiskCache(whole, pack=200)
    for data in blobs.values():
        cache.put(data)
    cache.sweep()
    assert len(packs(whole)) == 2
    for _ in range(300):
        shutil.rmtree(spoilt, ignore_errors=True)
        shutil.copytree(whole, spoilt)
        path = chance.choice(sorted(spoilt.iterdir()))
        data = bytearray(path.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data[: chance.choice((len(data), chance.randrange(len(data))))])
        if chance.random() < 0.3:
            chance.choice(sorted(spoilt.iterdir())).unlink()
        for _ in range(2):
            cache = DiskCache(spoilt, pack=200)
            there = {sha for sha in blobs if cache.intact(sha)}
            assert {sha for sha in blobs if cache.get(sha) == blobs[sha]} == there
            for data in blobs.values():
                cache.put(data)
            if chance.random() < 0.5:
                cache.sweep()
        assert {sha: DiskCache(spoilt).get(sha) for sha in blobs} == blobs


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    old, newer = DiskCache(tmp_path).put(b"1" * 60), sha256(b"2" * 60)
    DiskCache(tmp_path).sweep()
    cache = DiskCache(tmp_path)
    cache.put(b"2" * 60)
    cache.sweep()
    cache = DiskCache(tmp_path, cap=130)
    now = cache.put(b"3" * 60)
    assert cache.sweep() == {newer, now}
    assert not DiskCache(tmp_path).intact(old)
    cache = DiskCache(tmp_path, cap=0)
    assert cache.intact(now)
    assert cache.sweep() == {now}


def test_room_is_given_back(tmp_path: Path) -> None:
    kept = sha256(b"0" * 99)
    for n in range(50):
        cache = DiskCache(tmp_path, cap=500, pack=1000)
        assert cache.put(b"0" * 99) == kept
        cache.put(bytes([n]) * 100)
        left = cache.sweep()
        assert kept in left
        assert len(left) == min(n + 2, 5)
        assert {sha for sha in left if DiskCache(tmp_path).intact(sha)} == left
        # Packs at least half full of what is left, and the one that is added to.
        assert sum(path.stat().st_size for path in packs(tmp_path)) <= 2 * 5 * 180 + 1180
    assert DiskCache(tmp_path).get(kept) == b"0" * 99


def test_any_step_of_a_sweep_may_be_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps, ended = 0, False
    while not ended:
        folder = tmp_path / str(steps)
        cache = DiskCache(folder, pack=600)
        blobs = [bytes([n]) * 100 for n in range(12)]
        shas = [cache.put(data) for data in blobs]
        cache.sweep()
        cache = DiskCache(folder, cap=0, pack=600)
        wanted = {sha for sha in shas[::4] if cache.intact(sha)}
        left = steps

        def step(done: Callable[..., Any], *args: Any, **more: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise KeyboardInterrupt
            return done(*args, **more)

        with monkeypatch.context() as patch:
            for owner, name in ((os, "write"), (os, "replace"), (Path, "unlink"), (Path, "write_bytes")):
                patch.setattr(owner, name, partial(step, getattr(owner, name)) if owner is os else _method(step, name))
            try:
                cache.sweep()
                ended = True
            except KeyboardInterrupt:
                pass
        cache.close()
        cache = DiskCache(folder, cap=0, pack=600)
        assert {sha for sha in shas if cache.intact(sha)} >= wanted
        cache.sweep()
        steps += 1
    assert steps > 5


def _method(step: Callable[..., Any], name: str) -> Callable[..., Any]:
    done = getattr(Path, name)
    return lambda self, *args, **more: step(done, self, *args, **more)


PUTS = """
import sys
from pathlib import Path
from reportgen.rebuild.cache import DiskCache
cache = DiskCache(Path(sys.argv[1]), pack=10**6)
for n in range(10**6):
    print(cache.put(str(n).encode() * (n * n % 50_000)), flush=True)
    if n % 50 == 49:
        cache.sweep()
"""


def test_a_killed_build_has_not_worked_in_vain(tmp_path: Path) -> None:
    chance, told = random.Random(4), set[str]()
    for _ in range(int(os.environ.get("REPORTGEN_KILLS", "5"))):
        with subprocess.Popen(
            [sys.executable, "-c", PUTS, str(tmp_path)], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            told.add(process.stdout.readline().strip())
            time.sleep(chance.uniform(0, 0.1))
            process.kill()
            told |= {line.strip() for line in process.stdout if line.endswith("\n")}
        cache = DiskCache(tmp_path)
        assert {sha for sha in told if cache.intact(sha)} == told
        assert {sha for sha in told if cache.get(sha) is not None} == told


def test_a_kill_in_the_middle_of_content(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    first = cache.put(b"first")
    cache.sweep()
    second, cut = cache.put(b"second"), cache.put(b"third" * 99)
    (pack,) = packs(tmp_path)
    for end in (pack.read_bytes()[:-1], pack.read_bytes()[:-495] + b"9" * 13 + b"\n"):
        pack.write_bytes(end)
        cache = DiskCache(tmp_path)
        assert [cache.intact(sha) for sha in (first, second, cut)] == [True, True, False]
    fourth = cache.put(b"fourth")
    cache = DiskCache(tmp_path)
    assert [cache.get(sha) for sha in (first, second, cut, fourth)] == [b"first", b"second", None, b"fourth"]


def test_a_full_disk_is_told_and_harms_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache, write = DiskCache(tmp_path), os.write
    first = cache.put(b"first")

    def full(descriptor: int, data: bytes) -> int:
        if len(data) < 60:
            raise OSError(28, "No space left on device")
        return write(descriptor, data[:60])

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(OSError, match="No space"):
            cache.put(b"second")
    assert not cache.intact(sha256(b"second"))
    third = cache.put(b"third")
    for now in (cache, DiskCache(tmp_path)):
        assert [now.get(sha) for sha in (first, sha256(b"second"), third)] == [b"first", None, b"third"]


def test_a_former_versions_files_are_removed(tmp_path: Path) -> None:
    (tmp_path / "0f").mkdir()
    (tmp_path / "0f" / "123").write_bytes(b"some")
    (tmp_path / "index").write_text("reportgen-cache 1 7\n0f123 4 1 6\n")
    (tmp_path / "traces").write_text("kept")
    assert DiskCache(tmp_path).sweep() == frozenset()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index", "traces"]


def test_kept_texts_come_back_the_latest_used_first(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "citations"
    first = KeptTexts(path)
    for key in "abc":
        first.put(key, f'["{key * 90}"]')
    assert first.get("b") == f'["{"b" * 90}"]'
    first.save()
    second = KeptTexts(path, cap=250)
    assert second.get("c") == f'["{"c" * 90}"]'
    assert second.get("z") is None
    second.put("d", "{}")
    second.save()
    assert [line[0] for line in path.read_text("ascii").splitlines()[1:]] == ["c", "d", "a"]
    before = path.stat().st_mtime_ns
    third = KeptTexts(path)
    third.get("a")
    third.save()
    assert path.stat().st_mtime_ns == before


def test_kept_texts_that_were_damaged_are_not_there(tmp_path: Path) -> None:
    path = tmp_path / "citations"
    texts = KeptTexts(path)
    texts.put("a", '{"ok": 1}')
    texts.save()
    whole = path.read_bytes()
    for broken in (b"", whole[:-2], whole.replace(b"1}", b"2}"), b"\xff\x00", b"a b\na b\n"):
        path.write_bytes(broken)
        assert KeptTexts(path).get("a") is None
