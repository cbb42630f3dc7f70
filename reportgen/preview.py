"""A project's folder in, its pages as they would be built out, each when it is asked for. Keeps the engines warm, and
what it made in a cache of its own; writes nothing into the site. Drafts are shown."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from reportgen.brief.problems import problems
from reportgen.citing.pandoc import Citeproc
from reportgen.citing.problems import citing
from reportgen.diagnostics import Diagnostic, errors, in_file_order
from reportgen.drawing.v8 import start_v8
from reportgen.editions.gate import edition_problems
from reportgen.facts.answers import Answers
from reportgen.fonts.typefaces import Shelf
from reportgen.load.briefs import load_briefs, with_originals
from reportgen.load.files import DiskFiles
from reportgen.load.items import Loading
from reportgen.model.brief import Brief, BriefStatus
from reportgen.pages.theme import Theme
from reportgen.pipeline import age_day, kept_files, open_project, units_of
from reportgen.rebuild.executor import run
from reportgen.rebuild.fresh import program_digest
from reportgen.rebuild.store import DiskStore, StoredTexts
from reportgen.rebuild.target import Target
from reportgen.rebuild.workers import Pool
from reportgen.serve import Answer
from reportgen.targets.all import all_targets
from reportgen.targets.contexts import names_given
from reportgen.targets.earlier import earlier_maker
from reportgen.targets.editions import kept_maker
from reportgen.targets.session import Session

BRIEFS = "content/briefs/"
ASSETS = {"assets/style.css": "style", "assets/plotly.min.js": "plotly.js"}


class Preview:
    """The site as it would be, for use as a context manager by one thread."""

    def __init__(self, root: Path, out: Path, as_of: date | None = None) -> None:
        start_v8()
        self._root, self._as_of = root, as_of
        self._stack = ExitStack()
        self._store = self._stack.enter_context(DiskStore(out / "preview"))
        known = StoredTexts(self._store, "citation")
        self._citeproc = self._stack.enter_context(Citeproc(known=known))
        self._worker: ProcessPoolExecutor | None = None
        self._program = program_digest()
        self._found: tuple[Diagnostic, ...] = ()
        self._problems: tuple[Diagnostic, ...] = ()
        self._session: Session | None = None
        self._targets: list[Target] = []
        self._load()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.sweep({target.name for target in self._targets})
        if self._worker:
            self._worker.shutdown(wait=False, cancel_futures=True)
        self._stack.close()

    def changed(self, paths: Iterable[str]) -> None:
        """Files of the project, by path from its root, are others now, or gone, or new."""
        paths = tuple(paths)
        if not all(path.startswith(BRIEFS) and path.endswith(".md") for path in paths) or not self._load_briefs(paths):
            self._load()

    def page(self, path: str) -> Answer | None:
        """A file of the site as it is now, or why it cannot be made; None where there is no such file."""
        found = errors((*self._found, *self._problems))
        if found or self._session is None:
            return Answer(problems=in_file_order((*self._found, *self._problems)))
        name = self._maker(path)
        if name is None:
            return None
        outcome = run(
            self._targets,
            self._store,
            self._session.digest_of,
            Pool(lambda _: nullcontext(self._warm()), 1) if name.startswith("pdf ") else None,
            wanted=[name],
        )
        if not outcome.ok:
            faults = tuple(f"{failure.name}: {failure.fault}" for failure in outcome.failures if failure.fault)
            return Answer(problems=outcome.diagnostics, faults=faults)
        sha = outcome.files.get(path)
        data = self._store.get(sha) if sha else None
        return None if data is None else Answer(data, outcome.diagnostics)

    def _maker(self, path: str) -> str | None:
        """The target that makes a file."""
        assert self._session is not None
        if name := earlier_maker(self._session.project, path) or kept_maker(self._session.project, path):
            return name
        tongue, _, rest = path.partition("/")
        if tongue in self._session.languages[1:] and rest:
            name = self._spoken(tongue, rest)
            return name if any(target.name == name for target in self._targets) else None
        parts = path.split("/")
        if parts[0] == "sources" and len(parts) == 3:
            sources = self._session.project.sources.values()
            name = next((f"source {source.id}" for source in sources if source.slug == parts[1]), "")
        elif len(parts) == 3 and parts[0] == "pages":
            name = f"page pages/{parts[1]}"
        elif len(parts) == 3 and parts[0] in ("briefs", "facts", "charts"):
            kind = {".pdf": "pdf", ".png": "picture"}.get(path[-4:])
            kind = kind or {"briefs": "page", "facts": "fact", "charts": "chart"}[parts[0]]
            name = f"{kind} {parts[1]}"
        elif parts[0] == "assets":
            name = ASSETS.get(path) or (parts[1] if parts[1] in ("fonts", "images") else "style")
        elif parts[0] == "search" and path != "search/index.html":
            name = "search index"
        elif len(parts) == 2 and parts[1].startswith("index"):
            name = parts[0]
        elif len(parts) == 1 and path.startswith("index"):
            name = "home"
        else:
            name = {"404.html": "404"}.get(path, "data" if parts[0] == "data" else "feeds")
        return name if any(target.name == name for target in self._targets) else None

    def _spoken(self, tongue: str, path: str) -> str:
        """The target that makes a file below a language's folder, which at the root would stand at this path."""
        kind, _, id = (self._maker(path) or self._document(path)).partition(" ")
        if kind == "feeds":
            return f"{tongue} feed"
        if kind in ("page", "pdf", "chart", "picture"):
            return f"{kind} {id}.{tongue}"
        return f"{tongue} {kind} {id}".rstrip()

    @staticmethod
    def _document(path: str) -> str:
        """The target that makes a brief's or a page's files, whether or not there is an original in the site."""
        folder, _, rest = path.partition("/")
        slug = rest.partition("/")[0]
        return f"{'pdf' if path.endswith('.pdf') else 'page'} {'pages/' if folder == 'pages' else ''}{slug}"

    def _warm(self) -> ProcessPoolExecutor:
        """A process that has WeasyPrint loaded, from the first PDF on."""
        if self._worker is None:
            import multiprocessing

            self._worker = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
        return self._worker

    def _load(self) -> None:
        """The whole project anew."""
        kept = kept_files(self._store, self._program)
        project, found = open_project(DiskFiles(self._root), self._root, self._citeproc, kept)
        self.project = project
        self._found = (*found, *Theme(project.templates).problems(names_given()))
        asked = Answers(project, age_day(project, self._as_of), units_of(project))
        self._problems = (
            (*problems(asked), *edition_problems(asked), *Shelf(project).problems) if not errors(found) else ()
        )
        self._set_up(asked)

    def _load_briefs(self, paths: tuple[str, ...]) -> bool:
        """These briefs anew, and nothing else. False where that is not enough."""
        before = self._session
        if before is None:
            return False
        loading = Loading(DiskFiles(self._root), lang=before.lang)
        there = tuple(path for path in paths if (self._root / path).is_file())
        slugs = {path.rpartition("/")[2].removesuffix(".md") for path in paths}
        briefs = {slug: brief for slug, brief in before.project.briefs.items() if slug not in slugs}
        briefs |= load_briefs(loading, there)
        broken = {key for key in before.project.broken if key not in {("brief", slug) for slug in slugs}}
        project = replace(
            before.project,
            briefs=with_originals(dict(sorted(briefs.items(), key=lambda item: f"{item[0]}.md"))),
            broken=frozenset(broken | loading.broken),
        )
        if age_day(project, self._as_of) != before.answers.as_of or any(_is_linked(b) for b in briefs.values()):
            return False
        others = (d for d in self._found if d.span.file not in paths)
        self._found = in_file_order((*others, *loading.found))
        self._set_up(before.answers.with_briefs(project), frozenset(slugs))
        return True

    def _set_up(self, asked: Answers, briefs: frozenset[str] | None = None) -> None:
        before = self._session
        slugs, pages = tuple(asked.project.briefs), tuple(asked.project.pages)
        cite = citing(self._citeproc, asked.project)
        self._session = Session(asked, cite, self._program, slugs, self._store, pages)
        if before is not None and briefs is not None:
            self._session.take_over(before, briefs)
        self._targets = all_targets(self._session, (), "all") if not errors(self._found) else []


def _is_linked(brief: Brief) -> bool:
    """Whether a brief is not all by itself: others decide what is shown of it, or it of others."""
    return bool(brief.aliases or brief.by) or brief.status is BriefStatus.WITHDRAWN
