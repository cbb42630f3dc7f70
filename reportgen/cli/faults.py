"""Errors of the program's own: what is said of them, and where their details are kept. Writes one file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from reportgen.cli.show import show_text
from reportgen.installing import version_of
from reportgen.rebuild.world import world_problem

LOG = "error.log"


def tell_fault(error: BaseException, folder: Path) -> int:
    """Say what the machine refused; of an error of the program's own save a traceback, and say where it is. Returns the
    exit code."""
    problem = world_problem(error)
    if problem is not None:
        show_text([problem], Path("."), sys.stderr)
        return 1
    import traceback

    return tell_faults(["".join(traceback.format_exception(error))], folder)


def tell_faults(details: Sequence[str], folder: Path) -> int:
    """The same for tracebacks that come from elsewhere."""
    last = details[-1].strip().splitlines()[-1] if details and details[-1].strip() else "unknown"
    told = f"reportgen: something went wrong inside the program, not in your files: {last}"
    path = _saved("\n".join(details), folder)
    where = f"The details are in {path}; please report the error with that file." if path else "\n".join(details)
    click.echo(f"{told}\n{where}", err=True)
    return 3


def _saved(details: str, folder: Path) -> Path | None:
    import platform
    import tempfile  # with the former, slow to import

    version = version_of("reportgen") or "(not installed)"
    text = f"reportgen {version}, Python {sys.version.split()[0]}, {platform.platform()}\n\n{details}\n"
    for place in (folder, Path(tempfile.gettempdir())):
        path = place / (LOG if place == folder else f"reportgen-{LOG}")
        try:
            place.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError:
            continue
        return path
    return None
