"""The name of a package in, the command that adds it to this very installation out. Effects: looks for two files.

What the program does without, such as fonts for Chinese, is installed by whoever needs it. `pip` alone would be that of
another Python where the program stands in an environment of its own, as pipx, uv and make set it up.
"""

from __future__ import annotations

import os
import sys
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
