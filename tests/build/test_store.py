"""What is kept between builds: traces and content."""

from __future__ import annotations

import os
from pathlib import Path

from reportgen.build.cache import DiskCache
from reportgen.build.digest import sha256
from reportgen.build.kept import KeptTexts
from reportgen.build.trace import Read, Trace, TraceFile, prune, remember

TRACE = Trace((Read(("fact", "x"), "1"), Read(("query", '{"a":"ж"}'), "2")), {"a/b.html": sha256(b"b")}, sha256(b"v"))
OTHER = Trace((Read(("fact", "x"), "7"),), {}, None)


def test_traces_come_back(tmp_path: Path) -> None:
    file = TraceFile(tmp_path / "build" / "traces")
    assert file.load() == {}
    traces = {"a": (TRACE, OTHER), "b": (OTHER,)}
    file.save(traces)
    assert file.load() == traces
    before = (tmp_path / "build" / "traces").read_bytes()
    file.save(dict(reversed(traces.items())))
    assert (tmp_path / "build" / "traces").read_bytes() == before


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
        file.save(traces)
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


def blob(folder: Path, sha: str) -> Path:
    return folder / sha[:2] / sha[2:]


def test_content_comes_back_and_is_checked(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    sha = cache.put(b"some")
    assert cache.get(sha) == b"some"
    cache.sweep()
    assert DiskCache(tmp_path).intact(sha)
    os.utime(blob(tmp_path, sha), ns=(1, 1))
    assert DiskCache(tmp_path).intact(sha)
    blob(tmp_path, sha).write_bytes(b"else")
    os.utime(blob(tmp_path, sha), ns=(2, 2))
    cache = DiskCache(tmp_path)
    assert not cache.intact(sha)
    assert cache.get(sha) is None
    cache.put(b"some")
    assert cache.get(sha) == b"some"


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    old, newer = DiskCache(tmp_path).put(b"1" * 60), sha256(b"2" * 60)
    DiskCache(tmp_path).sweep()
    cache = DiskCache(tmp_path)
    cache.put(b"2" * 60)
    cache.sweep()
    cache = DiskCache(tmp_path, cap=130)
    now = cache.put(b"3" * 60)
    assert cache.sweep() == {newer, now}
    assert not blob(tmp_path, old).exists()
    cache = DiskCache(tmp_path, cap=0)
    assert cache.intact(now)
    assert cache.sweep() == {now}


def test_a_killed_build_leaves_no_untrue_index(tmp_path: Path) -> None:
    DiskCache(tmp_path).sweep()
    sha = DiskCache(tmp_path).put(b"some")
    (blob(tmp_path, sha).parent / "cut.tmp").write_bytes(b"so")
    cache = DiskCache(tmp_path, cap=0)
    assert not (blob(tmp_path, sha).parent / "cut.tmp").exists()
    assert cache.intact(sha)
    assert DiskCache(tmp_path, cap=0).sweep() == frozenset()
    assert not blob(tmp_path, sha).exists()


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
