"""evidence.lock read and written. Effects: that one file, replaced whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from reportgen.archive.lock_text import lock_text, parsed_lock
from reportgen.diagnostics import Diagnostic, ReportError, Span
from reportgen.model.lock import Lock


def read_lock(path: Path, shown_as: str = "content/evidence.lock") -> Lock:
    """The lock in a file; an empty one where there is no file. Raises ReportError where the file holds no lock."""
    try:
        text = path.read_bytes().decode()
    except FileNotFoundError:
        return Lock()
    except UnicodeDecodeError:
        hint = "delete the file and run `reportgen verify`"
        problem = Diagnostic("lock-unreadable", "the lock is not UTF-8", Span.at(shown_as), hint)
        raise ReportError([problem]) from None
    return parsed_lock(text, shown_as)


def write_lock(path: Path, lock: Lock) -> bool:
    """Write the lock, and say whether that changed the file. An unchanged file is left untouched."""
    data = lock_text(lock).encode()
    if path.is_file() and path.read_bytes() == data:
        return False
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        # mkstemp makes files that only their owner can read.
        os.chmod(name, path.stat().st_mode if path.exists() else 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True
