"""The page templates, stylesheets and scripts that a project starts from. Reads the package's own files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

import reportgen


@cache
def default_templates() -> Mapping[str, str]:
    """Name, as in templates/, with forward slashes -> text. In an installed package they are in
    `reportgen/templates`, in a checkout beside it."""
    packaged = resources.files(reportgen) / "templates"
    checkout = Path(reportgen.__file__).resolve().parents[1] / "templates"
    with resources.as_file(packaged) if packaged.is_dir() else resources.as_file(checkout) as folder:
        paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
        return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}
