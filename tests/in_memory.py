"""A plugin of pytest: the folders of tests stand in memory, where Linux has room for files there.

On a disk, making and removing them takes a tenth of all processor time, and as much waiting again. They stand where
they always do if somebody said where that is, and on a machine whose memory has little room, such as most containers.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

IN_MEMORY = Path("/dev/shm")
NAMED = ("PYTEST_DEBUG_TEMPROOT", "TMPDIR", "TEMP", "TMP")
"""Variables that say where temporary files are to stand."""
ROOM = 2 << 30
"""Bytes. All workers together need a fifth of it."""


def pytest_configure(config: pytest.Config) -> None:
    if not config.option.basetemp and not any(os.environ.get(name) for name in NAMED) and has_room(IN_MEMORY):
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(IN_MEMORY)


def has_room(folder: Path) -> bool:
    """Whether tests may write there, start what they wrote, and not fill it."""
    try:
        found = os.statvfs(folder)
    except (AttributeError, OSError):  # no such call, as on Windows, or no such folder
        return False
    usable = os.access(folder, os.W_OK | os.X_OK) and not found.f_flag & os.ST_NOEXEC
    return usable and found.f_bavail * found.f_frsize > ROOM
