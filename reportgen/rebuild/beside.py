"""What is the same in all projects, kept where Python keeps the program's compiled modules.

Effects: reads and writes files in `__pycache__`.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

from reportgen.rebuild.digest import sha256


def kept(name: str, key: str) -> bytes | None:
    """What was kept under a name, if that was with the same key and is whole; None where there is none."""
    with suppress(OSError):
        head, _, data = _file(name).read_bytes().partition(b"\n")
        return data if head == _head(key, data) else None
    return None


def keep(name: str, key: str, data: bytes) -> bool:
    """Keep something in place of what was kept under the name. Returns whether that is possible. `key`: one line, which
    differs once the program does."""
    if sys.dont_write_bytecode:
        return False
    file = _file(name)
    part = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(_head(key, data) + b"\n" + data)
        part.replace(file)
    except OSError:
        with suppress(OSError):
            part.unlink()
        return False
    return True


def _head(key: str, data: bytes) -> bytes:
    """The first line of a file. A disk that fills up, or a machine that stops, may leave the rest cut off."""
    return f"{key} {sha256(data)}".encode()


def _file(name: str) -> Path:
    return Path(cache_from_source(str(Path(__file__).with_name(f"{name}.py"))))
