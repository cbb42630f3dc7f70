"""What is kept between builds: content, traces and texts, in one SQLite file."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reportgen.rebuild.digest import sha256
from reportgen.rebuild.store import FEW, MOST_HELD, DiskStore, StoredTexts
from reportgen.rebuild.trace import KnownReads, Read, Trace, read_traces, remember, write_traces

TRACE = Trace((Read(("fact", "x"), "1"), Read(("query", '{"a":"ж"}'), "2")), {"a/b.html": sha256(b"b")}, sha256(b"v"))
OTHER = Trace((Read(("fact", "x"), "7"),), {}, None)
LARGE = 20_000
"""Bytes of content that spans several pages of the file."""


def test_traces_are_what_they_were() -> None:
    assert read_traces(write_traces((TRACE, OTHER)), {}) == (TRACE, OTHER)


@pytest.mark.parametrize("name", ['a "b"', "back\\slash", "line\nend", "a\u00a0b", '","', "ж"])
def test_a_read_is_the_same_json_whatever_its_name(name: str) -> None:
    trace = Trace((Read(("fact", name), "1"),), {}, None)
    assert json.loads(write_traces((trace,)))[0][0] == ["fact", name, "1"]
    assert read_traces(write_traces((trace,)), {}) == (trace,)


def test_traces_share_their_reads() -> None:
    known: KnownReads = {}
    (one,), (other,) = (read_traces(write_traces((trace,)), known) for trace in (TRACE, TRACE))
    assert all(a is b for a, b in zip(one.reads, other.reads, strict=True))


def test_the_latest_come_first_and_the_oldest_go() -> None:
    assert remember((OTHER, TRACE), TRACE) == (TRACE, OTHER)
    assert remember((OTHER,), TRACE, keep=1) == (TRACE,)


def test_all_of_it_comes_back(tmp_path: Path) -> None:
    blobs = [b"some", b"", b"\r\n" * LARGE]
    with DiskStore(tmp_path / "cache") as store:
        shas = [store.put(data) for data in blobs]
        store.put_text("template", "a", b"\x00bytes")
        StoredTexts(store, "citation").put("a", "a text: ж")
        store.keep("page", (TRACE, OTHER))
        assert store.traces("page") == (TRACE, OTHER)
    for _ in range(2):
        with DiskStore(tmp_path / "cache") as store:
            assert [store.get(sha) for sha in shas] == blobs
            assert store.traces("page") == (TRACE, OTHER)
            assert store.traces("other") == ()
            assert store.text("template", "a") == b"\x00bytes"
            assert StoredTexts(store, "citation").get("a") == "a text: ж"
            assert StoredTexts(store, "citation").get("b") is None
            assert not store.intact(sha256(b"else"))
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["store.sqlite"]


def altered(folder: Path, kind: str) -> None:
    with sqlite3.connect(folder / "store.sqlite") as database:
        (data,) = database.execute("SELECT data FROM kept WHERE kind = ?", (kind,)).fetchone()
        database.execute("UPDATE kept SET data = ? WHERE kind = ?", (data[:-1] + b"?", kind))
    database.close()


@pytest.mark.parametrize("kind", ["blob", "template", "trace"])
def test_nothing_is_believed_of_an_altered_file(tmp_path: Path, kind: str) -> None:
    """Not even by the next build, should this one fail."""
    with DiskStore(tmp_path) as store:
        sha = store.put(b"some")
        store.put_text("template", "a", b"bytes")
        store.keep("page", (TRACE,))
    altered(tmp_path, kind)
    store = DiskStore(tmp_path)
    assert store.intact(sha)
    found: dict[str, object] = {
        "blob": store.get(sha),
        "template": store.text("template", "a"),
        "trace": store.traces("page"),
    }
    assert not found[kind]
    store.close()
    store = DiskStore(tmp_path)
    assert not store.intact(sha)
    store.close()


def test_an_entry_under_another_key_is_not_believed(tmp_path: Path) -> None:
    with DiskStore(tmp_path) as store:
        store.keep("page", (TRACE,))
    with sqlite3.connect(tmp_path / "store.sqlite") as database:
        database.execute("UPDATE kept SET key = 'other'")
    database.close()
    with DiskStore(tmp_path) as store:
        assert store.traces("other") == ()


def test_whatever_is_damaged_is_missing(tmp_path: Path) -> None:
    blobs = {sha256(data): data for data in (bytes([n]) * 9**n for n in range(6))}
    whole, damaged, chance = tmp_path / "whole", tmp_path / "damaged", random.Random(2)
    with DiskStore(whole) as store:
        for data in blobs.values():
            store.put(data)
        for n in range(20):
            store.keep(f"page {n}", (TRACE, OTHER))
    for _ in range(300):
        shutil.rmtree(damaged, ignore_errors=True)
        shutil.copytree(whole, damaged)
        path = damaged / "store.sqlite"
        data = bytearray(path.read_bytes())
        for _ in range(chance.choice((1, 50))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data[: chance.choice((len(data), chance.randrange(len(data))))])
        # A file that cannot be read is begun anew once that shows: what was said to be intact is then missing once.
        assert any(comes_back(damaged, blobs) for _ in range(4))


def comes_back(folder: Path, blobs: dict[str, bytes]) -> bool:
    """Whether all content is there after it was put; what is wrong never comes back."""
    with DiskStore(folder) as store:
        for sha, content in blobs.items():
            assert store.get(sha) in (None, content)
        for n in range(20):
            assert store.traces(f"page {n}") in ((), (TRACE, OTHER))
        for content in blobs.values():
            store.put(content)
        store.keep("last", (TRACE,))
    with DiskStore(folder) as store:
        found = {sha: store.get(sha) for sha in blobs}
        assert all(found[sha] in (None, content) for sha, content in blobs.items())
        return found == blobs


def _many(folder: Path) -> list[str]:
    """Keeps more targets than are looked up one by one. Returns the SHA-256 of what each gave."""
    with DiskStore(folder) as store:
        shas = [store.put(f"{n}".encode()) for n in range(FEW + 20)]
        for n, sha in enumerate(shas):
            store.keep(f"target {n}", (Trace((), {f"{n}.html": sha}),))
    return shas


def test_many_texts_do_not_wait_for_a_trace(tmp_path: Path) -> None:
    with DiskStore(tmp_path / "cache") as store:
        texts = [str(n).encode() * (MOST_HELD // 8) for n in range(10)]
        for n, text in enumerate(texts):
            store.put_text("file", str(n), text)
        with DiskStore(tmp_path / "cache") as other:
            assert [other.text("file", str(n)) for n in range(10)] == [*texts[:9], None]
    with DiskStore(tmp_path / "cache") as store:
        assert store.text("file", "9") == texts[9]


def test_what_is_read_ahead_is_what_is_there(tmp_path: Path) -> None:
    with DiskStore(tmp_path / "cache") as store:
        for n in range(3):
            store.put_text("file", str(n), b"before")
    with DiskStore(tmp_path / "cache") as store:
        store.read_ahead("file")
        store.put_text("file", "0", b"after")
        assert [store.text("file", str(n)) for n in range(4)] == [b"after", b"before", b"before", None]
    with DiskStore(tmp_path / "cache") as store:
        store.read_ahead("file")
        damage(tmp_path / "cache/store.sqlite")
        assert [store.text("file", str(n)) for n in range(3)] == [b"after", b"before", b"before"]
    with DiskStore(tmp_path / "cache") as store:
        store.read_ahead("file")
        assert store.text("file", "1") is None


def damage(path: Path) -> None:
    """Alters a text, of which its checksum remains."""
    with sqlite3.connect(path) as database:
        database.execute("UPDATE kept SET data = data || 'more' WHERE key = '1'")


def test_many_are_found_as_few_are(tmp_path: Path) -> None:
    shas = _many(tmp_path)
    with DiskStore(tmp_path) as store:
        found = [store.traces(f"target {n}") for n in range(len(shas))]
        assert [trace.blobs for (trace,) in found] == [(sha,) for sha in shas]
        assert all(map(store.intact, shas))
        assert not store.intact(sha256(b"else"))
        assert store.traces("else") == ()
        store.keep("else", (Trace((), {"else.html": store.put(b"else")}),))
        assert store.intact(sha256(b"else"))


def test_of_many_one_that_is_damaged_is_not_believed(tmp_path: Path) -> None:
    shas = _many(tmp_path)
    last = f"target {len(shas) - 1}"
    with sqlite3.connect(tmp_path / "store.sqlite") as database:
        database.execute("UPDATE kept SET data = ? WHERE kind = 'trace' AND key = ?", (b"x" * 40, last))
    database.close()
    with DiskStore(tmp_path) as store:
        assert [name for n in range(FEW) if not store.traces(name := f"target {n}")] == []
        assert all(map(store.intact, shas))
        assert store.traces(last) == ()
        assert not any(map(store.intact, shas))


def test_of_many_the_latest_are_read_in_one_go(tmp_path: Path) -> None:
    shas = _many(tmp_path)
    names = [f"target {n}" for n in range(len(shas))]
    newer = Trace((Read(("fact", "x"), "1"),), {"new.html": sha256(b"new")})
    with DiskStore(tmp_path) as store:
        store.keep(names[-1], (newer, *store.traces(names[-1])))
        store.keep("else", (TRACE, OTHER))
    with DiskStore(tmp_path) as store:
        asked: list[str] = []
        traces = store.traces
        store.traces = lambda name: asked.append(name) or traces(name)  # type: ignore[func-returns-value, method-assign]
        store.expect(FEW)
        assert store.latest(names[0])
        assert asked == names[:1]
        store.expect(len(names))
        found = [store.latest(name) for name in (*names, "else")]
        assert found == [*(Trace((), {f"{n}.html": sha}) for n, sha in enumerate(shas[:-1])), newer, TRACE]
        assert asked == names[:1]
        assert store.latest("nothing") is None
        assert store.traces("else") == (TRACE, OTHER)


@pytest.mark.parametrize("text", [b"", b"no database", b"SQLite format 3\x00"])
def test_a_file_that_is_no_store_is_begun_anew(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "store.sqlite").write_bytes(text)
    with DiskStore(tmp_path) as store:
        sha = store.put(b"some")
    with DiskStore(tmp_path) as store:
        assert store.get(sha) == b"some"


def test_another_format_is_begun_anew(tmp_path: Path) -> None:
    with DiskStore(tmp_path) as store:
        store.put(b"some")
    with sqlite3.connect(tmp_path / "store.sqlite") as database:
        database.execute("PRAGMA user_version = 999")
    database.close()
    with DiskStore(tmp_path) as store:
        assert not store.intact(sha256(b"some"))


def test_many_that_open_a_new_file_at_once_do_not_fail(tmp_path: Path) -> None:
    for n in range(20):
        ready = threading.Barrier(8)

        def opens(ready: threading.Barrier = ready, folder: Path = tmp_path / str(n)) -> bool:
            ready.wait()
            with DiskStore(folder) as store:
                return store.intact("a")

        with ThreadPoolExecutor(8) as threads:
            assert [future.result() for future in [threads.submit(opens) for _ in range(8)]] == [False] * 8


def named(data: bytes, n: int = 0) -> Trace:
    return Trace((Read(("fact", "x"), str(n)),), {"a": sha256(data)}, None)


def test_what_was_not_used_goes_first(tmp_path: Path) -> None:
    contents = [bytes([n]) * LARGE * 9 for n in range(6)]
    with DiskStore(tmp_path) as store:
        for n, data in enumerate(contents):
            store.put(data)
            store.keep("page", tuple(named(each, m) for m, each in enumerate(contents[: n + 1]))[::-1])
        store.put_text("citation", "old", b"old")
        store.put(b"of the other")
        store.keep("other", (named(b"of the other"),))
        store.sweep({"page"})
        assert all(map(store.intact, map(sha256, contents)))
    with DiskStore(tmp_path, cap=LARGE * 40) as store:
        store.put_text("citation", "new", b"new")
        store.sweep({"page"})
        assert [store.intact(sha256(data)) for data in contents] == [False] * 5 + [True]
        assert store.traces("page") == (named(contents[5], 5),)
        assert store.get(sha256(b"of the other")) == b"of the other"
        assert (store.text("citation", "old"), store.text("citation", "new")) == (None, b"new")
    assert (tmp_path / "store.sqlite").stat().st_size < LARGE * 15
    with DiskStore(tmp_path, cap=0) as store:
        store.sweep({"page"})
        assert store.get(sha256(contents[5])) == contents[5]
        assert not store.intact(sha256(b"of the other"))
        assert store.traces("other") == ()


PUTS = """
import sys
from pathlib import Path
from reportgen.rebuild.digest import sha256
from reportgen.rebuild.store import DiskStore
from reportgen.rebuild.trace import Read, Trace
store = DiskStore(Path(sys.argv[1]), cap=int(sys.argv[3]))
for n in range(10**6):
    sha = store.put(str(n).encode() * (n * n % 50_000))
    store.keep(f"page {sys.argv[2]} {n}", (Trace((Read(("fact", "x"), "1"),), {"a": sha}, None),))
    print(f"page {sys.argv[2]} {n}", flush=True)
    if n % 50 == 49:
        store.sweep({f"page {sys.argv[2]} {m}" for m in range(n + 1)})
"""


def puts(folder: Path, name: str, cap: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PUTS, str(folder), name, str(cap)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def assert_kept(folder: Path, told: set[str]) -> None:
    """Each trace is there, with its content."""
    with DiskStore(folder) as store:
        for name in told:
            (trace,) = store.traces(name)
            assert all(store.intact(sha) and store.get(sha) is not None for sha in trace.blobs)


def test_a_killed_build_has_not_worked_in_vain(tmp_path: Path) -> None:
    chance = random.Random(4)
    for n in range(int(os.environ.get("REPORTGEN_KILLS", "5"))):
        told = set[str]()
        with puts(tmp_path, str(n), 10**7) as process:
            assert process.stdout is not None
            told.add(process.stdout.readline().strip())
            time.sleep(chance.uniform(0, 0.3))
            process.kill()
            told |= {line.strip() for line in process.stdout if line.endswith("\n")}
        assert_kept(tmp_path, told)


def test_two_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    """As two previews of one project do, of which one is killed."""
    with puts(tmp_path, "a", 10**10) as one, puts(tmp_path, "b", 10**10) as other:
        assert one.stdout is not None
        assert other.stdout is not None
        told = {pipe.readline().strip() for pipe in (one.stdout, other.stdout)}
        time.sleep(0.5)
        one.kill()
        time.sleep(0.5)
        assert other.poll() is None
        other.kill()
        told |= {line.strip() for pipe in (one.stdout, other.stdout) for line in pipe if line.endswith("\n")}
    assert len(told) > 20
    assert_kept(tmp_path, told)


def test_a_full_disk_is_told_and_harms_nothing(tmp_path: Path) -> None:
    with DiskStore(tmp_path) as store:
        first = store.put(b"first")
        store.keep("first", (named(b"first"),))
    store = DiskStore(tmp_path)
    store.traces("first")
    assert store._database is not None
    store._database.execute("PRAGMA max_page_count = 8")
    store.put(b"2" * LARGE * 9)
    with pytest.raises(OSError, match="full"):
        store.keep("second", (named(b"2" * LARGE * 9),))
    store.close()
    with DiskStore(tmp_path) as store:
        assert store.get(first) == b"first"
        assert store.traces("first") == (named(b"first"),)
        assert store.traces("second") == ()


def test_a_folder_that_cannot_be_made_is_an_error_of_the_disk(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        DiskStore(tmp_path / "file" / "cache").intact("a")
