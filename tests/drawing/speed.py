"""`python -m tests.drawing.speed`: how fast the engine starts and draws, beside Kaleido's warm server, and its memory.

Effects: runs a browser; prints. Ratios, since a busy machine slows both sides alike.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from reportgen.drawing.v8 import PlotlyEngine

from .figures import FIGURES, HEIGHT, WIDTH
from .oracle import kaleido_server

NAMES = ("bar-grouped", "bar-horizontal", "line-dates", "area", "scatter-sizes", "donut", "waterfall", "heatmap")
ROUNDS = 5
_START = """
import time
wall, cpu = time.perf_counter(), time.process_time()
from reportgen.drawing.v8 import PlotlyEngine
engine = PlotlyEngine()
engine._started()
print(time.perf_counter() - wall, time.process_time() - cpu)
engine.close()
"""


def resident() -> float:
    """Megabytes of memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Start, ratio, memory."""
    run = [sys.executable, "-c", _START]
    starts = [[float(part) for part in subprocess.check_output(run, text=True).split()] for _ in range(3)]
    wall, cpu = min(start[0] for start in starts), min(start[1] for start in starts)
    print(f"start: {wall:.2f} s by the clock, {cpu:.2f} s of processor, best of 3; load {os.getloadavg()[0]:.1f}")
    ours, theirs, busy = [], [], []
    with PlotlyEngine() as engine, kaleido_server() as oracle:
        for name in NAMES:
            engine.draw(json.dumps(FIGURES[name]), WIDTH, HEIGHT, name)
        for _ in range(ROUNDS):
            for name in NAMES:
                before, cpu = time.perf_counter(), time.process_time()
                engine.draw(json.dumps(FIGURES[name]), WIDTH, HEIGHT, name)
                between = time.perf_counter()
                busy.append(time.process_time() - cpu)
                oracle(FIGURES[name], WIDTH, HEIGHT)
                ours.append(between - before)
                theirs.append(time.perf_counter() - between)
    one, other = median(ours), median(theirs)
    here = f"{one * 1000:.0f} ms here, {median(busy) * 1000:.0f} of them of processor"
    print(f"a figure: {here}, {other * 1000:.0f} ms by Kaleido: {other / one:.1f} times (medians)")
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with PlotlyEngine() as engine:
        for number in range(1, total + 1):
            name = NAMES[number % len(NAMES)]
            engine.draw(json.dumps(FIGURES[name]), WIDTH, HEIGHT, name)
            if number in (1, 50) or number % 200 == 0:
                print(f"memory after {number} figures: {resident():.0f} MB", flush=True)


if __name__ == "__main__":
    main()
