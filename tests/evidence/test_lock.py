from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.archive.lock_file import lock_text, parsed_lock, write_lock
from reportgen.diagnostics import ReportError
from reportgen.model.lock import LeftOut, Lock, LockEntry

ENTRY = LockEntry("aral-2019", "", "82 billion “tenge”", "", "ab" * 32, 3, 21)
ENTRIES = st.builds(
    LockEntry,
    st.text(),
    st.text(),
    st.text(),
    st.text(),
    st.text(),
    st.integers(0),
    st.integers(0),
    before=st.text(),
    after=st.text(),
    lacking=st.text(),
    left_out=st.lists(st.builds(LeftOut, st.text(), st.text(), st.text()), max_size=2).map(tuple),
)


def test_entry_is_trusted_only_while_quote_and_hash_are_unchanged() -> None:
    lock = Lock((ENTRY,))
    assert lock.trusted(*ENTRY.key, sha256s=[ENTRY.sha256]) == ENTRY
    assert lock.trusted(*ENTRY.key, sha256s=["cd" * 32]) is None
    assert lock.trusted(*replace(ENTRY, quote="28 billion “tenge”").key, sha256s=[ENTRY.sha256]) is None


def test_entries_without_what_is_optional_still_load() -> None:
    fields = '"source": "a", "prefix": "", "quote": "b", "suffix": "", "sha256": "c", "start": 0, "end": 1'
    old = f'{{"version": 1, "entries": [{{{fields}}}]}}'
    (entry,) = parsed_lock(old, "evidence.lock").entries
    assert (entry.before, entry.after, entry.lacking, entry.text, entry.pieces) == ("", "", "", "", ())
    with pytest.raises(ReportError):
        parsed_lock(old.replace('"end": 1', '"end": 1, "before": 5'), "evidence.lock")
    for wrong in ('[{"kind": "denied"}]', "5", '["not"]', '[{"kind": "denied", "words": 5, "number": ""}]'):
        with pytest.raises(ReportError):
            parsed_lock(old.replace('"end": 1', f'"end": 1, "left_out": {wrong}'), "evidence.lock")


@given(st.lists(ENTRIES))
def test_text_keeps_the_lock_and_not_the_order(entries: list[LockEntry]) -> None:
    lock = Lock(tuple(entries))
    text = lock_text(lock)
    assert parsed_lock(text, "evidence.lock") == lock
    assert lock_text(Lock(tuple(reversed(entries)))) == text


@pytest.mark.parametrize("text", ["", "[]", "{", '{"version": 1}', '{"version": 1, "entries": [{}]}', '{"version": 9}'])
def test_unreadable_lock_is_one_diagnostic(text: str) -> None:
    with pytest.raises(ReportError) as raised:
        parsed_lock(text, "content/evidence.lock")
    assert [problem.code for problem in raised.value.diagnostics] == ["lock-unreadable"]


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "evidence.lock"
    assert write_lock(path, Lock((ENTRY,)))
    before = path.stat()
    assert not write_lock(path, Lock((ENTRY,)))
    assert path.stat() == before
    assert parsed_lock(path.read_text("utf-8"), path.name) == Lock((ENTRY,))
    assert [file.name for file in tmp_path.iterdir()] == ["evidence.lock"]
