"""Costs of a build's steps in; whether each bar is reached, in lines to print, out. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    cpu: float
    """Seconds, user and system, of all its processes."""
    wall: float
    memory: float
    """MB of its largest process."""
    note: str = ""
    """What else is to be known of it."""


Steps = Mapping[str, Cost]
Peers = Mapping[str, Any]
"""As the peers' `bench.py` writes them: name -> `html` -> how many briefs -> step -> cpu, wall, mb."""
ONE, TWO = "one job", "two jobs"
CHAIN = "pandoc, Kaleido, pagefind: cold"
BARE = "bare WeasyPrint, one process"


@dataclass(frozen=True, slots=True)
class Bar:
    """What is to be reached at one size."""

    what: str
    most: float
    value: Callable[[Steps], float]
    unit: str = ""
    since: int = 1
    """Briefs from which on it holds."""


def _ratio(one: str, other: str, of: str = "cpu") -> Callable[[Steps], float]:
    return lambda steps: getattr(steps[one], of) / max(getattr(steps[other], of), 0.001)


BARS = (
    Bar(
        "HTML, cold: wall of two jobs, of that of one", 0.6, _ratio(f"html, cold, {TWO}", f"html, cold, {ONE}", "wall")
    ),
    Bar("PDFs, cold: wall of two jobs, of that of one", 0.65, _ratio(f"pdf, cold, {TWO}", f"pdf, cold, {ONE}", "wall")),
    Bar("PDFs, cold, whole build, of bare WeasyPrint", 1.25, _ratio(f"pdf, cold, {ONE}", BARE)),
    Bar(
        "one text with its PDF, of the weasyprint command",
        1.25,
        _ratio("pdf, one text, --only", "weasyprint page.html"),
    ),
    Bar("HTML, cold, of pandoc with Kaleido and pagefind", 0.3, _ratio(f"html, cold, {ONE}", CHAIN)),
    Bar("HTML, cold, one job: memory", 220, lambda steps: steps[f"html, cold, {ONE}"].memory, "MB"),
    Bar("PDFs, cold, one job: memory", 300, lambda steps: steps[f"pdf, cold, {ONE}"].memory, "MB"),
    Bar("nothing changed: wall", 0.08, lambda steps: steps["html, nothing changed"].wall, "s"),
    Bar("one fact: wall until its pages stand", 2, lambda steps: steps["html, one fact, its pages"].wall, "s", 200),
    Bar("loading, one file changed", 0.15, lambda steps: steps["loading, one file changed"].cpu, "CPU s", 200),
    Bar("reportgen new and its first build: wall", 3, lambda steps: steps["new, and its first build"].wall, "s"),
)
FLAT = (
    Bar("growth of one text, --only", 1.5, lambda steps: steps["html, one text, --only"].cpu),
    Bar("growth of the memory of HTML, one job", 1.1, lambda steps: steps[f"html, cold, {ONE}"].memory),
    Bar("growth of the memory of PDFs, one job", 1.1, lambda steps: steps[f"pdf, cold, {ONE}"].memory),
)
"""How much more the largest size may take than the smallest from 20 briefs on."""
PEERS = (
    ("HTML, cold, one job, of one-process pandoc", 4, f"html, cold, {ONE}", "pandoc-lua(1proc)", "cold"),
    ("one text, --only, of make with pandoc", 2.5, "html, one text, --only", "make+pandoc", "text"),
)
"""What, the most, our step, the peer and its step, in CPU seconds."""


def judged(found: Mapping[int, Steps], peers: Mapping[int, Peers]) -> Iterator[str]:
    """A line a bar and size: what it is, what was measured, the bar, and whether it is reached."""
    for briefs, steps in found.items():
        for bar in BARS:
            if briefs >= bar.since:
                yield _line(bar.what, briefs, _measured(bar, steps), bar.most, bar.unit)
        for what, most, ours, peer, step in PEERS:
            timed = peers.get(briefs, {}).get(peer, {}).get("html", {}).get(str(briefs), {})
            cpu = timed.get(step, {}).get("cpu")
            yield _line(what, briefs, steps[ours].cpu / cpu if cpu and ours in steps else None, most)
    sizes = sorted(size for size in found if size >= 20)
    for bar in FLAT if len(sizes) > 1 else ():
        low, high = (_measured(bar, found[size]) for size in (sizes[0], sizes[-1]))
        yield _line(f"{bar.what}, from {sizes[0]} briefs", sizes[-1], high / low if low and high else None, bar.most)


def _measured(bar: Bar, steps: Steps) -> float | None:
    try:
        return bar.value(steps)
    except KeyError:
        return None


def _line(what: str, briefs: int, value: float | None, most: float, unit: str = "") -> str:
    if value is None:
        return f"{what:58}{briefs:5}{'not measured':>16}"
    reached = "reached" if value <= most else "not reached"
    return f"{what:58}{briefs:5}{f'{value:.3g} {unit}'.strip():>16}   bar {f'{most:g} {unit}'.strip():9} {reached}"
