"""`make bench`: a corpus is generated and built; CPU seconds, wall time and peak memory of each step are printed.

    python -m tests.bench [--briefs 1,20] [--pdf 1] [--peers FOLDER --peer NAME,…] [--out results.json]

FOLDER holds the peers' `bench.py` and `workload.py`, and PEERS_HOME says where they are installed; they are timed in
the same run, so that ratios are of one machine in one hour. CPU seconds are those of all processes that a step starts.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.corpus import write

SUBREAPER = 36
"""prctl: orphans become our children, so that worker processes count as well."""
BARE = """
import json, sys
from pathlib import Path
from reportgen.build.cache import DiskCache
from reportgen.build.trace import TraceFile
from reportgen.engines.pdf import render_pdf
from reportgen.targets.briefs import Attached
cache = Path(sys.argv[1], "cache")
blobs = DiskCache(cache)
for name, (trace, *_) in sorted(TraceFile(cache / "traces").load().items()):
    if name.startswith("paper "):
        job = json.loads(blobs.get(trace.value))
        attached = tuple(Attached(**file) for file in job["attached"])
        render_pdf(job["html"], job["css"], job["address"], job["epoch"], {}, attached)
"""


@dataclass
class Cost:
    """What a command took."""

    cpu: float
    """Seconds, user and system, of all its processes."""
    wall: float
    memory: float
    """MB of its largest process."""


def cost(command: list[str], folder: Path) -> Cost:
    """Runs a command to its end, that of its last process. Raises SystemExit if it fails."""
    began = time.monotonic()
    log = folder.parent / "log"
    with log.open("ab") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
    cpu, memory, wall = 0.0, 0.0, 0.0
    while True:
        try:
            pid, status, used = os.wait4(-1, 0)
        except ChildProcessError:
            break
        cpu += used.ru_utime + used.ru_stime
        memory = max(memory, used.ru_maxrss / 1024)
        if pid == process.pid:
            wall = time.monotonic() - began
            process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{log.read_text()[-2000:]}")
    return Cost(round(cpu, 2), round(wall, 2), round(memory))


def measured(briefs: int, pdf: bool, folder: Path) -> dict[str, Cost]:
    """Every step at one size."""
    run = [sys.executable, "-m", "reportgen", "build", "--jobs", "2"]
    html, everything = [*run, "--format", "html"], run
    found: dict[str, Cost] = {"python -c pass": cost([sys.executable, "-c", "pass"], folder)}
    write(folder, briefs)
    found["html, cold"] = cost(html, folder)
    found["html, nothing changed"] = cost(html, folder)
    write(folder, briefs, text=1)
    found["html, one text, --only"] = cost([*html, "--only", "brief-000"], folder)
    write(folder, briefs, text=1, fact=1)
    found["html, one fact"] = cost(html, folder)
    write(folder, briefs, text=1, fact=1, row=1)
    found["html, one row of a chart"] = cost(html, folder)
    if pdf:
        found["PDFs of what stands as HTML"] = cost(everything, folder)
        found["bare WeasyPrint, one process"] = cost([sys.executable, "-c", BARE, "build"], folder)
        write(folder, briefs, text=2, fact=1, row=1)
        found["one text with its PDF, --only"] = cost([*everything, "--only", "brief-000"], folder)
    return found


def peers(folder: Path, names: str, briefs: int) -> dict[str, object]:
    """The peers' own figures, in their own form."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        Path(out.name).write_text("{}")
        command = [sys.executable, str(folder / "bench.py"), "--n", str(briefs), "--runs", "1", "--peers", names]
        subprocess.run([*command, "--ops", "html", "--steps", "cold,text,data", "--out", out.name], check=True)
        found: dict[str, object] = json.loads(Path(out.name).read_text())
        return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--briefs", default="1,20")
    parser.add_argument("--pdf", type=int, default=1)
    parser.add_argument("--peers", default=os.environ.get("REPORTGEN_PEERS", ""))
    parser.add_argument("--peer", default="pandoc-lua(1proc),mkdocs+bibtex,make+pandoc")
    parser.add_argument("--out", default="")
    asked = parser.parse_args()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    results: dict[str, object] = {"machine": f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores"}
    for briefs in map(int, asked.briefs.split(",")):
        base = Path(tempfile.mkdtemp(prefix="reportgen-bench-"))
        (base / "project").mkdir()
        print(f"\n{briefs} briefs\n{'':32}{'CPU s':>9}{'wall s':>9}{'MB':>6}")
        steps = measured(briefs, bool(asked.pdf), base / "project")
        for name, took in steps.items():
            print(f"{name:32}{took.cpu:9.2f}{took.wall:9.2f}{took.memory:6.0f}")
        results[str(briefs)] = {name: asdict(took) for name, took in steps.items()}
        if asked.peers:
            results[f"peers {briefs}"] = peers(Path(asked.peers), asked.peer, briefs)
        shutil.rmtree(base)
    if asked.out:
        Path(asked.out).write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
