"""What a build was asked for and by which program, as the stamp keeps both. Imports next to nothing, like `fresh`."""

from __future__ import annotations

import os

from reportgen.rebuild.fresh import installed

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CHECKOUT_THEME = os.path.join(os.path.dirname(PACKAGE), "templates")
"""Where the default theme stands in a checkout; in an installed package it is a folder of the package."""


def stamp_options(
    only: tuple[str, ...] = (), formats: str = "all", as_of: object = None, strict: bool = False
) -> tuple[str, ...]:
    """The options that decide what a build makes, in one order. `as_of` is a date, its ISO text, or None."""
    options = [f"only={slug}" for slug in sorted(set(only))]
    options.append(f"format={formats}")
    if as_of:
        options.append(f"as-of={as_of}")
    if strict:
        options.append("strict")
    return tuple(options)


def program_digest() -> str:
    """A text that differs once the program or an installed package does, wherever and whenever they were installed:
    what traces depend on. The command line has no part in what is made."""
    import hashlib
    import sys
    from pathlib import Path

    found = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for path in sorted(Path(PACKAGE).rglob("*")):
        name = path.relative_to(PACKAGE).as_posix()
        if path.suffix in (".py", ".js", ".lua", ".json") and not name.startswith(("cli/", "serve")):
            found.update(f"{name}\n".encode() + path.read_bytes())
    for folder in sys.path:
        if folder.endswith("-packages") and os.path.isdir(folder):
            found.update("\n".join(sorted(n for n in os.listdir(folder) if n.endswith(".dist-info"))).encode())
    return found.hexdigest()


def program_version() -> str:
    """A text that differs once the program, its theme, Python or an installed package does."""
    version = installed(PACKAGE)
    if not os.path.isdir(os.path.join(PACKAGE, "templates")) and os.path.isdir(CHECKOUT_THEME):
        version += f" {installed(CHECKOUT_THEME)}"
    return version
