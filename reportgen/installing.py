"""The name of a package in; its version, or the command that adds it to this very installation, out.

Effects: looks for two files, and at the names of what is installed.

What the program does without, such as fonts for Chinese, is installed by whoever needs it. `pip` alone would be that of
another Python where the program stands in an environment of its own, as pipx, uv and make set it up.
"""

from __future__ import annotations

import os
import re
import sys
from functools import cache
from pathlib import Path


def command_for(package: str, prefix: str = "", python: str = "") -> str:
    """What to give on a command line. `prefix`, `python`: of this installation."""
    environment = Path(prefix or sys.prefix)
    if (environment / "pipx_metadata.json").is_file():
        return f"pipx inject reportgen {package}"
    program = python or sys.executable
    below = os.path.relpath(program)
    short = program if below.startswith("..") else below
    if (environment / "uv-receipt.toml").is_file():
        return f"uv pip install --python {short} {package}"
    return f"{short} -m pip install {package}"


def version_of(package: str) -> str:
    """The version of an installed package as its folder is named, 2.6 for 2.006; empty where it is not installed.
    `importlib.metadata` takes longer to import than all engines to be asked."""
    return _versions().get(_one_spelling(package), "")


@cache
def _versions() -> dict[str, str]:
    """The packages whose folders stand where modules are found, the first of each name."""
    found: dict[str, str] = {}
    for folder in filter(os.path.isdir, sys.path):
        for entry in sorted(os.listdir(folder)):
            if described := re.fullmatch(r"(.+?)-([^-]+)(?:-py[\d.]+)?\.(?:dist|egg)-info", entry):
                found.setdefault(_one_spelling(described[1]), described[2])
    return found


def _one_spelling(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()
