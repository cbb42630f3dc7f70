"""A project's folder in; what can be put right in its files, and what is wrong afterwards, out. Reads only.

What a fix leaves wrong, or makes wrong on its line, is not put right: the project is checked with all fixes, and again
without those.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reportgen import pipeline
from reportgen.desk.files import BYTE_ORDER_MARK, FileChange
from reportgen.desk.fixing import Fix, fixes, with_even_ends, with_fixes
from reportgen.diagnostics import Diagnostic
from reportgen.load.files import DiskFiles
from reportgen.load.lines import FileText

_TEXTS = (".yaml", ".yml", ".md")


@dataclass(frozen=True, slots=True)
class PutRight:
    """What can be put right."""

    fixes: tuple[Fix, ...]
    evened: tuple[tuple[str, int], ...]
    """File and how many of its lines ended otherwise than the rest."""
    changes: tuple[FileChange, ...]
    checked: pipeline.Checked
    """What is found once these changes are made."""


@dataclass(frozen=True, slots=True)
class _Changed:
    """A project's files, some of them with changes."""

    disk: DiskFiles
    changes: Mapping[str, bytes]

    def paths(self, under: str) -> tuple[str, ...]:
        return self.disk.paths(under)

    def read(self, path: str) -> bytes:
        found = self.changes.get(path)
        return self.disk.read(path) if found is None else found

    def refused(self) -> tuple[tuple[str, OSError], ...]:
        return self.disk.refused()

    def size(self, path: str) -> int:
        return self.disk.size(path)


def put_right(root: Path, as_of: date | None = None) -> PutRight:
    """What `check --fix` would write. Writes nothing."""
    before = _texts(root)
    evened = {name: with_even_ends(name, text) for name, (_, text) in before.items()}
    texts = {name: text for name, (text, _) in evened.items()}
    checked = _checked(root, as_of, before, texts)
    done: list[Fix] = []
    refused: set[tuple[str, str, str]] = set()
    # A name that is put right may show what was hidden behind it.
    while wanted := [fix for fix in fixes(checked.diagnostics, texts) if _key(fix) not in refused]:
        new, made = dict(texts), list[Fix]()
        for name in sorted({fix.file for fix in wanted}):
            new[name], fixed = with_fixes(name, texts[name], [fix for fix in wanted if fix.file == name])
            made += fixed
        refused |= {_key(fix) for fix in wanted if fix not in made}
        after = _checked(root, as_of, before, new) if made else checked
        if bad := _in_vain(made, new, checked.diagnostics, after.diagnostics):
            refused |= set(map(_key, bad))
            continue
        texts, checked = new, after
        done += made
    changes = tuple(
        FileChange(name, mark + old.encode(), mark + texts[name].encode())
        for name, (mark, old) in before.items()
        if texts[name] != old
    )
    odd = tuple((name, count) for name, (_, count) in evened.items() if count)
    return PutRight(tuple(sorted(done, key=lambda fix: (fix.file, fix.line))), odd, changes, checked)


def fixable(root: Path, found: Sequence[Diagnostic]) -> tuple[Fix, ...]:
    """What `put_right` would try first."""
    texts = {name: text for name, (_, text) in _texts(root).items()}
    wanted = fixes(found, texts)
    return tuple(
        fix
        for name in dict.fromkeys(fix.file for fix in wanted)
        for fix in with_fixes(name, texts[name], [fix for fix in wanted if fix.file == name])[1]
    )


def _key(fix: Fix) -> tuple[str, str, str]:
    return fix.file, fix.code, fix.message


def _checked(
    root: Path, as_of: date | None, before: Mapping[str, tuple[bytes, str]], texts: Mapping[str, str]
) -> pipeline.Checked:
    changed = {name: mark + texts[name].encode() for name, (mark, old) in before.items() if texts[name] != old}
    return pipeline.check(root, as_of, _Changed(DiskFiles(root), changed))


def _texts(root: Path) -> dict[str, tuple[bytes, str]]:
    """Of the files that can be changed, the byte order mark and the text."""
    found = {}
    files = DiskFiles(root)
    for name in files.paths("content"):
        if name.endswith(_TEXTS):
            try:
                data = files.read(name)
                mark = BYTE_ORDER_MARK if data.startswith(BYTE_ORDER_MARK) else b""
                found[name] = mark, data[len(mark) :].decode()
            except (OSError, UnicodeDecodeError):
                continue  # told by the check
    return found


def _in_vain(
    done: Sequence[Fix], texts: Mapping[str, str], before: Sequence[Diagnostic], after: Sequence[Diagnostic]
) -> list[Fix]:
    """Fixes after which the same is told still, or something new of the words that were put in."""
    told = {(found.code, found.message, found.span.file, found.span.line) for found in before}
    wrong = (d for d in after if d.severity != "notice")
    new = [d.span for d in wrong if (d.code, d.message, d.span.file, d.span.line) not in told]
    still = {(found.code, found.message, found.span.file, found.span.line) for found in after}
    bad = []
    moved: dict[str, int] = {}
    for fix in sorted(done, key=lambda fix: fix.start):
        start = fix.start + moved.get(fix.file, 0)
        moved[fix.file] = moved.get(fix.file, 0) + len(fix.new) - len(fix.old)
        line, column = FileText.of(fix.file, texts[fix.file]).position(start)
        here = range(column - 1, column + len(fix.new) + 1)
        is_new = any(span.file == fix.file and span.line == line and span.column in here for span in new)
        if is_new or (fix.code, fix.message, fix.file, fix.line) in still:
            bad.append(fix)
    return bad
