"""An edition's files in, its folder under content/editions/ out: whole or not at all.

Effects: writes a hidden folder beside, flushes it to the disk, and renames it into place in one step; what a killed run
left beside is removed by the next.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from reportgen.diagnostics import Diagnostic, ReportError, Span
from reportgen.rebuild.world import naming

ATTRIBUTES = "* -text\n"
"""No version of git, on no system, changes a byte of an edition."""


def write_edition(root: Path, slug: str, id: str, files: Mapping[str, bytes]) -> Path:
    """Puts an edition into place. Raises ReportError where one stands there, OSError where it cannot be written."""
    editions = root / "content" / "editions"
    folder = editions / slug
    folder.mkdir(parents=True, exist_ok=True)
    attributes = editions / ".gitattributes"
    if not attributes.is_file():
        _write(attributes, ATTRIBUTES.encode())
    for left in folder.glob(".new-*"):
        shutil.rmtree(left)
    beside, place = folder / f".new-{id}-{os.getpid()}", folder / id
    beside.mkdir()
    try:
        for name, data in files.items():
            _write(beside / name, data)
        _flush(beside)
        if place.exists():
            raise FileExistsError(str(place))
        os.rename(beside, place)
    except FileExistsError:
        shutil.rmtree(beside, ignore_errors=True)
        message = f"the edition {id} of {slug} stands there already"
        hint = "another release made it at the same time: look at it, then run the same command again"
        where = Span.at(f"content/editions/{slug}/{id}")
        raise ReportError([Diagnostic("edition-chain", message, where, hint)]) from None
    _flush(folder)
    return place


def _write(path: Path, data: bytes) -> None:
    with naming(path), open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    """The names in a folder to the disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
