"""Real targets over a project that is edited at random: what read a change is made again, nothing else, and the bytes
are those of a clean build. The engines answer from memory what they were asked before; PDFs are recorded, not set."""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from reportgen.brief.problems import problems
from reportgen.citing.pandoc import Citeproc
from reportgen.citing.styles import find_style
from reportgen.diagnostics import errors, in_file_order
from reportgen.drawing.v8 import PlotlyEngine
from reportgen.facts.answers import Answers
from reportgen.load.files import MemoryFiles
from reportgen.load.project import load
from reportgen.pages.default_theme import default_templates
from reportgen.pipeline import age_day, units_of
from reportgen.rebuild.digest import digest
from reportgen.rebuild.executor import BuildOutcome, run
from reportgen.rebuild.store import MemoryStore
from reportgen.rebuild.target import TargetResult
from reportgen.rebuild.trace import KEEP, Read
from reportgen.targets import all as targets
from reportgen.targets.session import Session
from tests.driver import contents, made

from . import desk

ROUNDS = int(os.environ.get("REPORTGEN_SOAK", "20"))
SEED = os.environ.get("REPORTGEN_SEED", "1")


class Remembered:
    """Pure functions of engines, each asked once."""

    def __init__(self, plotly: PlotlyEngine, citeproc: Citeproc) -> None:
        self._known: dict[object, Any] = {}
        self._plotly, self._citeproc = plotly, citeproc

    def _once(self, key: object, ask: Callable[[], Any]) -> Any:
        if key not in self._known:
            self._known[key] = ask()
        return self._known[key]

    def draw(self, figure: str, width: int, height: int, ident: str, words: Any) -> Any:
        key = (figure, width, height, ident, tuple(words.items()))
        return self._once(key, lambda: self._plotly.draw(figure, width, height, ident, words))

    def check(self, figure: str) -> None:
        self._once(("check", figure), lambda: self._plotly.check(figure))

    def format(self, request: Any) -> Any:
        return self._once(digest(request), lambda: self._citeproc.format(request))


def recorded(slug: str, *paper: Any) -> TargetResult:
    *paper, _, faces = paper  # the brief only says where a problem stands
    return TargetResult({f"briefs/{slug}/{slug}.pdf": digest((*paper, faces)).encode()})


def indexed(pages: Any, **_: bool) -> TargetResult:
    return TargetResult({"search/index": digest(pages).encode()})


def no_fonts() -> TargetResult:
    return TargetResult({"assets/fonts/none": b""})


@pytest.fixture(scope="module")
def engines() -> Iterator[Remembered]:
    with pytest.MonkeyPatch.context() as patch, Citeproc() as citeproc, PlotlyEngine() as plotly:
        patch.setattr("reportgen.targets.briefs.pdf_made", recorded)
        patch.setattr("reportgen.targets.assets.fonts_made", no_fonts)
        patch.setattr("reportgen.targets.search.search_made", indexed)
        remembered = Remembered(plotly, citeproc)
        patch.setattr("reportgen.targets.tasks.renderer", lambda: remembered)
        yield remembered


class Desk:
    """The project in a state."""

    def __init__(self, state: desk.State, engines: Remembered) -> None:
        project, found = load(
            MemoryFiles(desk.files(state)),
            read_style=lambda name: find_style(name, desk.__file__),  # type: ignore[arg-type]
            default_templates=default_templates(),
        )
        day = desk.SLOTS["day"][state["day"]]
        self._asked = Answers(project, age_day(project, date.fromisoformat(day) if day else None), units_of(project))
        self._engines = engines
        self.valid = not errors((*found, *(problems(self._asked) if not errors(found) else ())))

    def build(self, store: MemoryStore) -> BuildOutcome:
        """As `pipeline.build` does it, in memory."""
        session = Session(self._asked, self._engines.format, "test")
        return run(targets.all_targets(session, (), "all"), store, session.digest_of)


@pytest.mark.parametrize("seed", SEED.split(","))
def test_edits_make_what_read_them_and_nothing_else(engines: Remembered, seed: str) -> None:
    chance = random.Random(seed)
    state: desk.State = desk.START
    former = [state]
    store = MemoryStore()
    seen: dict[str, list[tuple[Read, ...]]] = defaultdict(list)
    done = 0
    while done < ROUNDS:
        desk_now = Desk(state, engines)
        clean_store = MemoryStore()
        clean = desk_now.build(clean_store) if desk_now.valid else None
        if clean is not None:
            done += 1
            outcome = desk_now.build(store)
            told = f"{done}: " + ", ".join(f"{s}={state[s]}" for s in state if state[s] != former[-1][s])
            assert outcome.ok == clean.ok, told
            assert outcome.diagnostics == clean.diagnostics, told
            assert {f.name for f in outcome.failures} == {f.name for f in clean.failures}, told
            assert not [f.fault for f in clean.failures if f.fault], told
            names = made(outcome)
            for name, trace in clean.results.items():
                assert outcome.results[name].reads == trace.reads, (told, name)
                assert (name in names) == (trace.reads not in seen[name]), (told, name)
                seen[name] = [trace.reads, *(old for old in seen[name] if old != trace.reads)][:KEEP]
            assert contents(outcome, store) == contents(clean, clean_store), told
            assert in_file_order(outcome.diagnostics) == outcome.diagnostics
            former.append(state)
        else:
            state = former[-1]
        state = chance.choice(former[-4:]) if chance.random() < 0.2 else desk.edited(state, chance)


def test_a_charts_page_names_a_brief_that_begins_to_show_it(engines: Remembered) -> None:
    store = MemoryStore()
    Desk(desk.START, engines).build(store)
    later = Desk({**desk.START, "shown-again": 1}, engines)
    outcome, clean_store = later.build(store), MemoryStore()
    assert {"shown boats-chart", "chart boats-chart"} <= made(outcome)
    assert contents(outcome, store) == contents(later.build(clean_store), clean_store)
