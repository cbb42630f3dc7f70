"""The spoilt CSV files of the Pollock benchmark, read as a dataset's file is, and compared with their clean versions.

    python -m tests.bench.pollock FOLDER

FOLDER is a copy of `polluted_files` of https://github.com/HPI-Information-Systems/Pollock (2,290 files, with the clean
ones and their parameters). Each is read twice: without keys, and with those that its parameters come to. A file counts
as silently wrong where it is read otherwise than it is meant, and not a word is said.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from pathlib import Path

from reportgen.load.framing import UNTOLD, TableFrame
from reportgen.load.table import Dialect, read_table
from reportgen.model.dataset import letters

GUESSED = Dialect(lenient=True)


def outcome(folder: Path, name: str, *, keys: bool) -> str:
    """`right`, `refused`, `told` or `silently wrong`."""
    parameters = json.loads((folder / "parameters" / f"{name}_parameters.json").read_text("utf-8"))
    dialect, frame = with_keys(parameters) if keys else (GUESSED, UNTOLD)
    table, found = read_table(name, (folder / "csv" / name).read_bytes(), dialect, frame)
    if any(each.severity == "error" for each in found):
        assert all(each.hint for each in found if each.severity == "error"), name
        return "refused"
    with (folder / "clean" / name).open(newline="", encoding="utf-8", errors="replace") as file:
        meant = [tuple(row) for row in csv.reader(file)]
    read = [tuple("" if cell == letters(n) else cell for n, cell in enumerate(table.header, 1)), *table.rows]
    if meant in (read, read[1:] if frame.header == (0,) else read):
        return "right"
    return "told" if found else "silently wrong"


def with_keys(parameters: dict[str, int | str]) -> tuple[Dialect, TableFrame]:
    """The keys that say what a file's parameters say."""
    above, names = int(parameters["preamble_lines"]), int(parameters["header_lines"])
    header = tuple(range(above + 1, above + names + 1)) if names > 1 else () if names else (0,)
    dialect = Dialect(str(parameters["delimiter"]), str(parameters["encoding"]), lenient=True)
    return dialect, TableFrame(above if names == 1 else None, header, int(parameters["footnote_lines"]), guess=True)


if __name__ == "__main__":
    csv.field_size_limit(10**9)
    folder = Path(sys.argv[1])
    names = sorted(path.name for path in (folder / "csv").iterdir())
    for keys in (False, True):
        counts = Counter(outcome(folder, name, keys=keys) for name in names)
        print("with keys" if keys else "without keys", dict(counts))
