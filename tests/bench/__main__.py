"""`make bench`: a corpus is generated and built; CPU seconds, wall time and peak memory of each step are printed, and
which bars are reached.

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
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, MutableMapping
from compileall import compile_dir
from dataclasses import asdict
from pathlib import Path

from tests.bench.bars import BARE, CHAIN, Cost, judged
from tests.bench.chain import lacking
from tests.bench.corpus import write

SUBREAPER = 36
"""prctl: orphans become our children, so that worker processes count as well."""
ROOT = Path(__file__).resolve().parents[2]
STEPS = str(Path(__file__).with_name("steps.py"))


def corrected(environ: MutableMapping[str, str]) -> str:
    """Takes out what would let each start compile the program anew. Returns what is to be said of that."""
    told = environ.pop("PYTHONDONTWRITEBYTECODE", "")
    return "PYTHONDONTWRITEBYTECODE is left out: with it each start would take twice as long.\n" if told else ""


def cost(command: list[str], folder: Path, log: Path | None = None) -> Cost:
    """Runs a command to its end, that of its last process. Raises SystemExit if it fails. `log`: where it writes, the
    folder's neighbour unless it is given."""
    began = time.monotonic()
    log = log or folder.parent / "log"
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
    python = [sys.executable]
    run = [*python, "-m", "reportgen", "build", "--jobs", "2"]
    html, papers = [*run, "--format", "html"], [*run, "--format", "pdf"]

    def again() -> None:
        shutil.rmtree(folder / "build", ignore_errors=True)

    found: dict[str, Cost] = {"python -c pass": cost([*python, "-c", "pass"], folder)}
    found["new, and its first build"] = begun(folder)
    write(folder, briefs)
    if pdf:
        found["pdf, cold, one job"] = cost([*papers[:-3], "1", *papers[-2:]], folder)
        again()
        found["pdf, cold, two jobs"] = cost(papers, folder)
        found[BARE] = all_set(cost([*python, STEPS, "bare", "build"], folder), json.loads(last_line(folder)))
        write(folder, briefs, text=2)
        found["pdf, one text, --only"] = cost([*papers, "--only", "brief-000"], folder)
        cost([*python, STEPS, "page", "build", "page.html"], folder)
        found["weasyprint page.html"] = cost([*python, "-m", "weasyprint", "page.html", "page.pdf"], folder)
        write(folder, briefs)
        again()
    found["html, cold, one job"] = cost([*html[:-3], "1", *html[-2:]], folder)
    again()
    found["html, cold, two jobs"] = cost(html, folder)
    found["html, nothing changed"] = cost(html, folder)
    shutil.rmtree(folder / "build" / "site")
    (folder / "build" / "stamp").unlink()
    cost([*python, STEPS, "drawn", "build"], folder)
    found["html, cold, charts in the cache"] = cost(html, folder)
    write(folder, briefs, text=1)
    found["html, one text, --only"] = cost([*html, "--only", "brief-000"], folder)
    cost(html, folder)
    write(folder, briefs, text=1, fact=1)
    found["loading, one file changed"] = loading(folder)
    found["html, one fact"] = cost(html, folder)
    found["html, one fact, its pages"] = until_placed(found["html, one fact"], folder)
    write(folder, briefs, text=1, fact=1, row=1)
    found["html, one row of a chart"] = cost(html, folder)
    return found


def last_line(folder: Path) -> str:
    """What the step that ended last said at its end."""
    return (folder.parent / "log").read_text().splitlines()[-1]


def all_set(some: Cost, found: Mapping[str, float]) -> Cost:
    """What all documents would take where only some were set: as long each, after the start."""
    times = found["documents"] / found["set"]
    if times == 1:
        return some
    cpu, wall = (found["start"] + (taken - found["start"]) * times for taken in (some.cpu, some.wall))
    return Cost(round(cpu, 2), round(wall, 2), some.memory, f"scaled from {found['set']} documents; MB are of these")


def chain(peers: Path | None, folder: Path, briefs: int) -> dict[str, Cost]:
    """Pandoc, Kaleido and pagefind on the peers' workload; nothing where one of them is not there."""
    if why := lacking(peers):
        print(f"not measured: {CHAIN}, since {why}")
        return {}
    assert peers is not None
    site = folder.parent / "chain"
    options = ("--briefs", str(briefs), "--out", str(site), "--peer", "pandoc", "--charts", "svg")
    subprocess.run([sys.executable, str(peers / "workload.py"), *options], check=True, stdout=subprocess.DEVNULL)
    return {CHAIN: cost([sys.executable, "-m", "tests.bench.chain", str(site)], ROOT, folder.parent / "log")}


def loading(folder: Path) -> Cost:
    """Of a process that has imported the program already."""
    command = [sys.executable, STEPS, "loaded", "build"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return Cost(round(float(done.stdout), 3), 0, 0)


def until_placed(step: Cost, folder: Path) -> Cost:
    """The build that ended last, without what it took after its pages were in place: its search index."""
    log = (folder.parent / "log").read_text()
    whole, pages = map(float, re.findall(r"Built in ([\d.]+) s, its pages in ([\d.]+) s", log)[-1])
    return Cost(0, round(step.wall - (whole - pages), 2), 0)


def begun(folder: Path) -> Cost:
    """`reportgen new`, and a build of what it made."""
    run = [sys.executable, "-m", "reportgen"]
    parts = [cost([*run, "new", "begun"], folder), cost([*run, "build", "--root", "begun"], folder)]
    return Cost(sum(part.cpu for part in parts), sum(part.wall for part in parts), max(part.memory for part in parts))


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
    sys.stdout.write(corrected(os.environ))
    compile_dir(ROOT / "reportgen", quiet=2)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    sizes: dict[int, dict[str, Cost]] = {}
    beside: dict[int, dict[str, object]] = {}
    results: dict[str, object] = {"machine": f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores"}
    for briefs in map(int, asked.briefs.split(",")):
        base = Path(tempfile.mkdtemp(prefix="reportgen-bench-"))
        (base / "project").mkdir()
        print(f"\n{briefs} briefs\n{'':32}{'CPU s':>9}{'wall s':>9}{'MB':>6}")
        steps = measured(briefs, bool(asked.pdf), base / "project")
        steps |= chain(Path(asked.peers) if asked.peers else None, base / "project", briefs)
        for name, took in steps.items():
            print(f"{name:32}{took.cpu:9.2f}{took.wall:9.2f}{took.memory:6.0f}  {took.note}".rstrip())
        sizes[briefs] = steps
        results[str(briefs)] = {name: asdict(took) for name, took in steps.items()}
        if asked.peers:
            beside[briefs] = peers(Path(asked.peers), asked.peer, briefs)
            results[f"peers {briefs}"] = beside[briefs]
        shutil.rmtree(base)
    print()
    for line in judged(sizes, beside):
        print(line)
    if asked.out:
        Path(asked.out).write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
