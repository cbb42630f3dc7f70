"""Counts hand-written code in reportgen/ and templates/: statements of Python (by `ast`); lines of Python, JavaScript
and Lua.

python docs/count.py            # of this checkout
python docs/count.py 0b7d0bc    # of a commit
"""

from __future__ import annotations

import ast
import io
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("reportgen", "templates")
KINDS = (".py", ".js", ".lua")


def texts(commit: str) -> Iterator[tuple[str, str]]:
    """Path and text of each file, in a commit or as it stands."""
    if not commit:
        for folder in FOLDERS:
            for path in sorted((ROOT / folder).rglob("*")):
                if path.suffix in KINDS:
                    yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        return
    command = ["git", "archive", commit, *FOLDERS]
    packed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(KINDS) else None
            if file is not None:
                yield member.name, file.read().decode()


def main() -> None:
    """Prints a line a room, and the sums."""
    rooms: dict[str, tuple[int, int]] = {}
    for path, text in texts(sys.argv[1] if len(sys.argv) > 1 else ""):
        parsed = ast.walk(ast.parse(text)) if path.endswith(".py") else ()
        statements = sum(isinstance(node, ast.stmt) for node in parsed)
        room = "/".join(path.split("/")[:-1])
        before = rooms.get(room, (0, 0))
        rooms[room] = (before[0] + statements, before[1] + text.count("\n"))
    for room, (statements, lines) in sorted(rooms.items()):
        print(f"{room:<28} {statements:>7} {lines:>7}")
    print(f"{'statements, lines':<28} {sum(s for s, _ in rooms.values()):>7} {sum(n for _, n in rooms.values()):>7}")


if __name__ == "__main__":
    main()
