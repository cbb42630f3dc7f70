"""`python -m tests.bench.chain FOLDER`: what a maker of briefs would put together of other programs, timed as one step.

The peers' pandoc workload in FOLDER becomes pages by `pandoc lua`, its charts SVG and PNG by Kaleido in one warm
process, and all pages a search index by pagefind. Effects: runs a browser; writes into FOLDER.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.drawing.browser import missing_browser

WIDTH, HEIGHT = 700, 450
PAGES = "outlua"
"""Where the workload's own script for pandoc puts its pages."""


def pandoc(environ: Mapping[str, str] = os.environ) -> str | None:
    """The pandoc that the peers were installed with; None without them."""
    home = environ.get("PEERS_HOME", "")
    return shutil.which("pandoc", path=os.path.join(home, "bin")) if home else None


def lacking(peers: Path | None, environ: Mapping[str, str] = os.environ) -> str | None:
    """Why it cannot be measured here, or None. `peers`: the folder that holds `workload.py`."""
    if peers is None or not (peers / "workload.py").is_file():
        return "--peers names no folder with workload.py"
    return missing_browser() or (None if pandoc(environ) else "PEERS_HOME names no folder with bin/pandoc")


def figure(rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """A chart of the workload for Plotly: bars by region, a line by month, or bars by quarter for each service."""
    first, *others = rows[0]
    if others == ["value"]:
        kind = {"type": "scatter", "mode": "lines"} if first == "month" else {"type": "bar"}
        series = [{**kind, "x": [row[first] for row in rows], "y": [float(row["value"]) for row in rows]}]
        return {"data": series, "layout": {}}
    names = dict.fromkeys(row[others[0]] for row in rows)
    bars = [
        {
            "type": "bar",
            "name": name,
            "x": [row[first] for row in rows if row[others[0]] == name],
            "y": [float(row["value"]) for row in rows if row[others[0]] == name],
        }
        for name in names
    ]
    return {"data": bars, "layout": {"barmode": "stack"}}


def drawn(folder: Path) -> int:
    """Every table of the workload as SVG and PNG. Returns how many drawings were written."""
    import kaleido

    from tests.drawing.oracle import kaleido_server

    written = 0
    with kaleido_server():
        for path in sorted((folder / "data").glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                made = figure(list(csv.DictReader(file)))
            for kind in ("svg", "png"):
                options = {"format": kind, "width": WIDTH, "height": HEIGHT}
                (folder / "charts" / f"{path.stem}.{kind}").write_bytes(kaleido.calc_fig_sync(made, opts=options))
                written += 1
    return written


def main() -> None:
    from pagefind_bin import get_executable

    folder, program = Path(sys.argv[1]), pandoc()
    assert program is not None
    subprocess.run([program, "lua", "build.lua"], cwd=folder, check=True)
    print(drawn(folder), "drawings")
    subprocess.run([str(get_executable()), "--site", PAGES], cwd=folder, check=True)


if __name__ == "__main__":
    main()
