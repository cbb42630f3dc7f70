"""A session in; what only setting a page tells of a project's own templates out. Pure but for the engines.

Each page that such a template sets is set in memory, but for its drawings, and read as `publish` reads the finished
site. What is found is told of the template in which it stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from reportgen.charts.drawn import write_drawing
from reportgen.diagnostics import Diagnostic, Span
from reportgen.facts.addresses import site_paths
from reportgen.late_patterns import regex
from reportgen.model.brief import folder_of
from reportgen.pages.inserts import Drawing
from reportgen.pages.template_faults import FOLDER, own_templates, used
from reportgen.publish.links import LinkFault, link_faults
from reportgen.rebuild.executor import run
from reportgen.rebuild.store import MemoryStore
from reportgen.rebuild.target import Reader, Target, TargetResult
from reportgen.targets.all import all_targets
from reportgen.targets.drawings import NOTHING
from reportgen.targets.session import Session

_PAGES = {
    "home": "home.html", "404": "404.html", "marks": "legend.html", "search": "search.html", "about": "about.html",
    "timeline": "timeline.html", "charts": "charts.html", "facts": "facts.html", "sources": "sources.html",
    "fact": "fact.html", "source": "source.html", "chart": "chart.html", "page": "brief.html", "paper": "print.html",
    "moved": "moved.html", "gone": "gone.html", "corrections": "corrections.html", "editions": "editions.html",
    "changes": "edition-changes.html", "edition": "edition.html", "kept": "edition.html",
}  # fmt: skip
"""How the name of a target begins that sets a page -> the template that sets it."""
_MORE = {"brief.html": ("beside.html", "page.html"), "chart.html": ("embed.html",)}
"""Templates that set parts of a page, and are not named in its own."""
PAPER = "print.html"
"""The HTML of a PDF, where its page would be; the site does not have it."""
_MADE_BESIDES = regex(
    r"404\.html$|assets/|data/|search/|charts/[^/]+/embed\.html$|(?:[\w-]+/)?briefs/[^/]+/editions/[^/]+/changes/index\.html$"
)
"""Paths of the site besides those that authors may link to."""


def rehearsed(session: Session) -> Iterator[Diagnostic]:
    """The problems, each with a line of a template; nothing where all templates are the program's."""
    project = session.project
    own = {name: text for name, text in own_templates(project.templates).items() if name.endswith(".html")}
    if not own:
        return
    parts = {
        kind: [part for name in (page, *_MORE.get(page, ())) for part in used(name, project.templates) if part in own]
        for kind, page in _PAGES.items()
    }
    targets = undrawn_targets(session)
    tongues = tuple(f"{lang} " for lang in session.languages[1:])

    def kind_of(target: str) -> str:
        """Of a page in another language, what it is in its own."""
        return target.removeprefix(next(filter(target.startswith, tongues), "")).partition(" ")[0]

    wanted = [target.name for target in targets if parts.get(kind_of(target.name))]
    if not wanted:
        return
    wanted += ["feeds"] if parts["page"] else []  # it links to parts of the briefs' pages
    store = MemoryStore()
    outcome = run(targets, store, session.digest_of, wanted=wanted)
    for failure in outcome.failures:
        if failure.fault:
            raise RuntimeError(f"{failure.name}: {failure.fault}")
        yield from failure.diagnostics
    by_path = {path: name for name, trace in outcome.results.items() for path in trace.files}
    files = {path: store.get(sha) or b"" for path, sha in outcome.files.items()} if outcome.ok else {}
    if outcome.ok and parts["paper"]:  # a PDF keeps no trace of what its HTML asked for in vain
        for slug in (name for target in wanted if (name := target.removeprefix("paper ")) != target):
            set_ = json.loads(store.get(outcome.results[f"paper {slug}"].value or "") or b"")
            path = f"{folder_of(slug)}{PAPER}"
            files[path], by_path[path] = set_["html"].encode(), f"paper {slug}"
    there = site_paths(project)
    settled = link_faults(files, project.settings.base_url, lambda p: p in there or _MADE_BESIDES.match(p))
    for path, fault in settled:
        target = by_path.get(fault.lacking or path, "")
        yield _told(fault, {name: own[name] for name in parts.get(kind_of(target)) or own})


def _told(fault: LinkFault, own: Mapping[str, str]) -> Diagnostic:
    """Where the address or id stands in the author's templates, else where the first of them begins."""
    found = [(name, place) for name, text in own.items() if (place := _place_of(fault.written, text))]
    name, (start, end) = found[0] if found else (next(iter(own)), (0, 1))
    text = own[name]
    where = Span.at(FOLDER + name, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start), end - start)
    hint = fault.hint or (f"compare it with the program's own {name}" if fault.lacking else None)
    return Diagnostic(fault.code, f"on a page made with this template, {fault.message}", where, hint)


def _place_of(written: str, text: str) -> tuple[int, int] | None:
    """Where an address or id stands in a template, quoted if it does so."""
    found = re.search(rf"(?<=[\"'#/])(?:{re.escape(written)})(?=[\"'])", text) or re.search(re.escape(written), text)
    return found.span() if found and written else None


def undrawn_targets(session: Session) -> list[Target]:
    """Those of the pages, with nothing drawn in them."""
    return [
        replace(target, make=_undrawn(target.name)) if target.name.startswith("draw ") else target
        for target in all_targets(session, (), "all")
    ]


def _undrawn(name: str) -> Callable[[Reader], TargetResult]:
    """A drawing of which nothing is drawn, where a chart is one."""

    def make(reader: Reader) -> TargetResult:
        is_drawn = reader.output(name.replace("draw ", "figure ", 1)) != NOTHING
        return TargetResult(value=write_drawing(_EMPTY) if is_drawn else NOTHING)

    return make


_EMPTY = Drawing("<svg></svg>", "<svg></svg>", "<svg></svg>", "<svg></svg>", "{}", plotly="{}", heights=(1, 1))
