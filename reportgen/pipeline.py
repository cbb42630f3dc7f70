"""A project's folder in; a checked project, a verified lock or a built site out.

Effects: reads and writes files, runs the engines.

project = load(files)  ->  evaluated = evaluate(brief, view, cite)  ->  page = render_html(evaluated, …)  ->  commit
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any

from reportgen.brief.cited import Cite
from reportgen.brief.evaluate import Evaluation
from reportgen.brief.figures import chart_alone
from reportgen.brief.links import anchors, unknown_parts
from reportgen.brief.lock_problems import copy_problems, cut_problems, newest_copy_problems, quote_problems
from reportgen.brief.problems import problems
from reportgen.charts.drawn import apart
from reportgen.citing.pandoc import Citeproc, CiteprocError, parsed_style
from reportgen.citing.problems import citing
from reportgen.citing.styles import StyleError, find_style, style_files
from reportgen.diagnostics import Diagnostic, ReportError, Span, counted_by_strict, errors, in_file_order
from reportgen.editions.evaluating import evaluate_told
from reportgen.editions.gate import dates_to_come, edition_problems
from reportgen.facts.addresses import SiteAddress
from reportgen.facts.answers import Answers
from reportgen.facts.tongues import languages
from reportgen.facts.view import View
from reportgen.fonts.coverage import fact_glyph_problems, glyph_problems
from reportgen.fonts.setting import word_widths
from reportgen.fonts.typefaces import Shelf
from reportgen.fonts.webfonts import web_font_faces
from reportgen.language.units import UnitTable, unit_table
from reportgen.load.files import DiskFiles, Files
from reportgen.load.kept import Kept
from reportgen.load.project import ADDED, load
from reportgen.load.suggest import meant_or_known
from reportgen.model.brief import PAGES, Brief, file_of, folder_of, original_of, paper_of
from reportgen.model.evaluated import EvaluatedBrief, NumberKind
from reportgen.model.figure import EvaluatedFigure
from reportgen.model.lock import Lock, LockEntry, MissedQuote
from reportgen.model.project import Project
from reportgen.model.quantity import Quantity
from reportgen.pages.default_theme import default_templates
from reportgen.pages.template_faults import own_templates
from reportgen.pages.theme import Theme, imported
from reportgen.rebuild.digest import digest, written
from reportgen.rebuild.exclusive import exclusive
from reportgen.rebuild.executor import BuildOutcome, ProgressEvent, run
from reportgen.rebuild.fresh import Look, look, program_digest, program_version, stamp_options, write_stamp
from reportgen.rebuild.output import Blob, CommittedFiles, SiteOutput, Stays
from reportgen.rebuild.plan import Stale
from reportgen.rebuild.store import DiskStore, StoredTexts
from reportgen.rebuild.target import Failure, Reader, Target, TargetResult, Work
from reportgen.rebuild.workers import Pool, processes
from reportgen.rebuild.world import naming
from reportgen.targets.all import all_targets, word_documents
from reportgen.targets.contexts import names_given
from reportgen.targets.drawings import lettering
from reportgen.targets.search import SEARCH, SEARCH_FILES
from reportgen.targets.session import Formats, Session, published, published_pages
from reportgen.targets.snapshot import SessionSnapshot
from reportgen.targets.tasks import drawing_made, start_drawing, start_little

if TYPE_CHECKING:
    from reportgen.archive.texts import Archive, QuoteOutcome

LOCK = "content/evidence.lock"
PRELOADED = (
    "reportgen.late_methods",
    "asyncio",  # of the engine that draws
    "reportgen.charts.figures",
    "reportgen.targets.tasks",
    "reportgen.targets.snapshot",
    "reportgen.targets.all",
    "reportgen.targets.catalogue",
)
"""What a worker needs for a batch."""
MANY = 4
"""Briefs from which on a first build is sure to need processes, which begin while it reads the project."""
SEARCH_TO_COME = "build/site is new, and the next build makes its search index"
SETTINGS = "content/site.yaml"


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a brief is bound to facts."""

    slug: str
    bound: int
    """Of its numbers and dates, those that come from a fact, a formula or a row."""
    total: int
    """With those that are typed by hand."""
    statements: int
    """Values in words, which count apart."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What `reportgen check` found."""

    diagnostics: tuple[Diagnostic, ...]
    shares: tuple[Share, ...]
    facts: int
    asked: Answers
    """The project."""
    evaluated: tuple[tuple[Brief, EvaluatedBrief], ...]
    """All documents, and those of charts that none of them shows."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What `reportgen verify` found."""

    lock: Lock
    outcomes: tuple[tuple[str, QuoteOutcome], ...]
    """(id of a fact, outcome of one of its quotes), in the order of the facts."""
    diagnostics: tuple[Diagnostic, ...]
    changed: bool
    """Whether evidence.lock is another than before."""
    asked: Answers
    """The project, with what was found."""
    archive: Archive
    """Where it was looked for."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did."""

    diagnostics: tuple[Diagnostic, ...]
    made: tuple[Stale, ...] = ()
    """What was made, and why."""
    kept: int = 0
    """How many targets were up to date."""
    written: int = 0
    removed: int = 0
    faults: tuple[Failure, ...] = ()
    """Errors of the program."""
    seconds: float = 0
    site: Path = Path("site")
    ok: bool = False
    placed: float | None = None
    """Seconds after which the pages stood in place, before the search index was made; None where it was not."""


def open_project(
    files: Files, root: Path, citeproc: Citeproc, kept: Kept | None = None
) -> tuple[Project, list[Diagnostic]]:
    """Loads a project with our theme below its own. `kept`: what earlier builds kept of its files."""

    def read_bibliography(text: str) -> list[dict[str, Any]]:
        try:
            return citeproc.read_bibliography(text, "biblatex")
        except CiteprocError as error:
            raise ValueError(error.message, error.line) from error

    def read_style(name: str) -> str:
        try:
            xml = find_style(name, root)
            parsed_style(xml)
        except (StyleError, CiteprocError) as error:
            hint = getattr(error, "hint", None) or "take it from https://www.zotero.org/styles again"
            raise ReportError([Diagnostic("unknown-style", error.message, Span.at(SETTINGS), hint)]) from error
        return xml

    return load(
        files,
        read_bibliography=read_bibliography,
        read_style=read_style,
        default_templates=default_templates(),
        kept=kept,
    )


def kept_files(store: DiskStore, program: str, seen: Look | None = None) -> Kept:
    """What earlier builds by the same program kept of a project's files. `seen`: the files, looked at just now."""
    looked = {path: sha256 for path, (_, _, sha256) in seen.inputs.items()} if seen else {}
    store.read_ahead("file")
    return Kept(StoredTexts(store, "file"), program, digest, looked)


def _program(store: DiskStore) -> str:
    """The program's digest, which the store knows if its files are as they were at the last build: to look at them
    takes a fifth of reading them."""
    version = program_version()
    kept = store.text("program", version)
    if kept is None:
        kept = program_digest().encode()
        store.put_text("program", version, kept)
    return kept.decode()


def units_of(project: Project) -> UnitTable:
    """The units that a project knows."""
    return unit_table((*(m.unit for m in project.measures.values() if m.unit), *project.nouns), project.units.values())


def age_day(project: Project, as_of: date | None) -> date:
    """The day that ages are counted to: as asked, else site.yaml's, else the newest brief's. Never the clock."""
    if as_of is not None:
        return as_of
    if project.settings.as_of is not None:
        return project.settings.as_of.start
    return max((brief.date.start for brief in project.briefs.values()), default=date(1970, 1, 1))


def answers(root: Path, as_of: date | None = None) -> tuple[Answers, tuple[Diagnostic, ...]]:
    """A project to ask questions of, and the problems in its files."""
    with Citeproc() as citeproc:
        return asked_of(DiskFiles(root), root, as_of, citeproc)


def asked_of(
    files: Files, root: Path, as_of: date | None, citeproc: Citeproc, kept: Kept | None = None
) -> tuple[Answers, tuple[Diagnostic, ...]]:
    """A project, read from `files`, to ask questions of, and the problems in its files and its templates."""
    project, found = open_project(files, root, citeproc, kept)
    given = names_given() if own_templates(project.templates) else {}
    found += (*Theme(project.templates).problems(given), *_stylesheet_problems(project))
    return Answers(project, age_day(project, as_of), units_of(project)), tuple(found)


def _stylesheet_problems(project: Project) -> Iterator[Diagnostic]:
    """Addresses in the project's own stylesheets that lead nowhere; they are published in assets/."""
    own = {name: text for name, text in own_templates(project.templates).items() if name.endswith(".css")}
    files: dict[str, bytes] = {}
    ours = default_templates()
    for name, whole in own.items():
        text = whole.removeprefix(f"{ours.get(name, '')}\n") if name in ADDED else whole  # as its author has it
        for part, (start, end) in imported(text):
            if normpath(join(dirname(name), part)) in project.templates:  # its text takes this place
                text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
        files[f"assets/{name}"] = text.encode()
    if not own:
        return
    from reportgen.publish.links import link_faults

    faces = web_font_faces()
    # A stylesheet is no file of the site: one that a line names otherwise than our own do is not there.
    there = {f"assets/images/{name}" for name in project.images}
    faults = link_faults(
        files,
        project.settings.base_url,
        lambda path: path in there or f'"{path.removeprefix("assets/")}"' in faces,
    )
    for path, fault in faults:
        hint = fault.hint or _in_stylesheet(fault.written)
        where = Span.at(f"templates/{path.removeprefix('assets/')}", fault.line)
        yield Diagnostic("unknown-link", fault.message, where, hint)


def _in_stylesheet(address: str) -> str:
    """What a stylesheet may name."""
    if address.endswith(".css"):
        return 'a stylesheet beside it is taken in by a line of its own: @import "its-name.css";'
    if address.endswith((".ttf", ".otf", ".ttc", ".woff", ".woff2")):
        return "a font of your own stands in content/fonts/ and is named in content/site.yaml, under fonts:"
    return "a picture of content/images is url(images/its-name.png) here"


@contextmanager
def asking(root: Path) -> Iterator[tuple[Answers, Cite]]:
    """A project to ask questions of, and what formats its citations. Raises ReportError where there are errors."""
    with Citeproc() as citeproc:
        asked, found = asked_of(DiskFiles(root), root, None, citeproc)
        if errors(found):
            raise ReportError(errors(found))
        yield asked, citing(citeproc, asked.project)


def check(root: Path, as_of: date | None = None, files: Files | None = None) -> Checked:
    """Every problem of a project, and how much of each brief is bound. `files`: the project's as they are to be."""
    from reportgen.editions.translating import behind_problems, translation_problems
    from reportgen.targets.rehearsal import rehearsed

    with Citeproc() as citeproc:
        asked, found = asked_of(files or DiskFiles(root), root, as_of, citeproc)
        found += (*problems(asked), *quote_problems(asked), *edition_problems(asked), *dates_to_come(asked.project))
        found += _copies(asked, root, root / "build")[1]
        project, shares, shown = asked.project, [], set[tuple[str, str]]()
        linked: list[tuple[SiteAddress, Span]] = []
        parts: dict[str, tuple[str, frozenset[str]]] = {}
        own: list[tuple[EvaluatedFigure, tuple[Diagnostic, ...]]] = []
        done: dict[str, tuple[Brief, EvaluatedBrief]] = {}
        faulty = set[str]()
        shelf = Shelf(project)
        found += shelf.problems
        cite = citing(citeproc, project)
        for brief, result, wrong in evaluations(asked, cite, project.documents.values()):
            found += wrong
            if result is None:
                continue
            evaluated = result.brief
            done[brief.slug] = brief, evaluated
            if errors(wrong):
                faulty |= {brief.slug}
            linked += result.parts
            parts[f"{evaluated.folder}index.html"] = brief.slug, anchors(evaluated)
            if not errors(wrong):
                found += glyph_problems(brief, evaluated, written(evaluated), shelf)
            own += ((figure, wrong) for figure in evaluated.figures if figure.figure)
            if not evaluated.draft:
                shown |= {(figure.id, evaluated.lang) for figure in evaluated.figures}
            counted = [number for number in evaluated.numbers if number.kind is not NumberKind.EDITION]
            kinds = [number.kind for number in counted if not number.statement]
            waived, statements = kinds.count(NumberKind.WAIVER), len(counted) - len(kinds)
            typed = sum(each.code == "typed-number" for each in wrong)
            shares.append(Share(brief.slug, len(kinds) - waived, len(kinds) + typed, statements))
        for brief, evaluated in done.values():
            if {brief.slug, original_of(brief.slug)} & faulty:  # what an error leaves out is no difference
                continue
            if brief.is_translation and (beside := done.get(original_of(brief.slug))):
                view = View(asked)
                found += (*translation_problems(brief, beside[1], evaluated, view),)
                found += (*behind_problems(brief, beside[1], evaluated, view),)
        for fact in project.facts.values():
            found += fact_glyph_problems(fact, shelf)
        alone: list[tuple[Brief, EvaluatedBrief]] = []
        for brief, result, wrong in evaluations(asked, cite, charts_alone(asked, shown)):
            found += wrong
            alone += [(brief, result.brief)] if result else []
            own += ((figure, wrong) for figure in (result.brief.figures if result else ()) if figure.figure)
        found += (*_drawing_problems(asked.project, [figure for figure, wrong in own if not errors(wrong)], shelf),)
        for address, where in linked:
            if address.path in parts:
                slug, known = parts[address.path]
                found += tuple(unknown_parts([(address.fragment, where)], slug, known))
        if not errors(found) and own_templates(asked.project.templates):
            found += tuple(rehearsed(Session(asked, cite, program_digest(), keeping=True)))
    return Checked(in_file_order(found), tuple(shares), len(project.facts), asked, (*done.values(), *alone))


def _drawing_problems(project: Project, figures: Iterable[EvaluatedFigure], shelf: Shelf) -> Iterator[Diagnostic]:
    """What a build would say of the authors' own Plotly figures: whether they can be drawn is known by drawing them."""
    for figure in dict.fromkeys(map(apart, figures)):
        where, words = project.charts[figure.id].at["figure"], word_widths(lettering(figure, written(figure)), shelf)
        try:
            yield from _warnings_of_drawing(figure, where, tuple(sorted(words.items())))
        except ReportError as error:
            yield from error.diagnostics


@lru_cache(64)
def _warnings_of_drawing(
    figure: EvaluatedFigure, where: Span, words: tuple[tuple[str, tuple[float, float]], ...]
) -> tuple[Diagnostic, ...]:
    """Kept for whoever checks again in one process, as `check --fix` does."""
    return drawing_made(figure, "", True, where, dict(words)).warnings


def _copies(asked: Answers, root: Path, out: Path) -> tuple[Look, tuple[Diagnostic, ...]]:
    """The saved copies in the project's own folder, and what is wrong with them. Where the environment names another
    one, nothing is looked at."""
    named = Path(asked.project.settings.archive or "saved").as_posix()
    if os.environ.get("REPORTGEN_ARCHIVE") or not asked.project.lock.entries:
        return look(root, out, folders=()), ()
    copies = look(root, out, [named], folders=())
    saved = {path: sha256 for path, (_, _, sha256) in copies.inputs.items()}
    needed = {copy.sha256.lower() for source in asked.project.sources.values() for copy in source.archived}
    needed |= {entry.sha256 for entry in asked.project.lock.entries}
    if not needed <= {*saved.values()} and any(path.endswith((".warc", ".warc.gz")) for path in saved):
        from reportgen.archive.texts import open_archive

        saved |= {f"{path}:{offset}": sha for sha, (path, offset) in open_archive(root / named).payloads.items()}
    return copies, tuple(copy_problems(asked, saved, f"{named}/", LOCK))


def verify(root: Path, archive: Path | Callable[[Project], Path]) -> Verified:
    """Looks every quote up in the archive, and writes evidence.lock. `archive` may hang on what site.yaml says."""
    from reportgen.archive.lock_file import write_lock
    from reportgen.archive.texts import QuoteRequest, open_archive, verify_quotes

    with Citeproc() as citeproc:
        project, found = open_project(DiskFiles(root), root, citeproc)
    files = project.data_files
    asked = [
        (fact.id, n, QuoteRequest(e.source, e.prefix, e.quote, e.suffix, source.archived, source.language, files))
        for fact in project.facts.values()
        if fact.cell is None
        for n, e in enumerate(fact.evidence)
        if (source := project.sources.get(e.source)) is not None
    ]
    folder = archive if isinstance(archive, Path) else archive(project)
    opened = open_archive(folder)
    lock, outcomes = verify_quotes([request for _, _, request in asked], opened)
    diagnostics = list(found)
    told = {(each.code, each.span) for each in found}
    against = [against_heads_of(project, opened, id, n, each) for (id, n, _), each in zip(asked, outcomes, strict=True)]
    diagnostics += filter(None, against)
    lock = _without_misread(lock, outcomes, against)
    for (id, n, _), outcome in zip(asked, outcomes, strict=True):
        where = project.facts[id].at[f"evidence.{n}.quote"]
        if outcome.entry is None and (outcome.code, where) not in told:
            message = f'"{id}" is not verified: {outcome.reason}'
            diagnostics.append(Diagnostic(outcome.code, message, where, outcome.hint or None))
        diagnostics += [Diagnostic("archive-text", warning, where, severity="warning") for warning in outcome.warnings]
    asked_anew = Answers(replace(project, lock=lock), age_day(project, None), units_of(project))
    for fact in project.facts.values():
        diagnostics += newest_copy_problems(fact, asked_anew.verified(fact.id), asked_anew.project)
        diagnostics += cut_problems(fact, asked_anew.verified(fact.id), project)
    with naming(root / LOCK):
        changed = write_lock(root / LOCK, lock)
    ids = (id for id, _, _ in asked)
    outcomes_by_id = tuple(zip(ids, outcomes, strict=True))
    return Verified(lock, outcomes_by_id, in_file_order(diagnostics), changed, asked_anew, opened)


def _without_misread(lock: Lock, outcomes: Collection[QuoteOutcome], against: Iterable[Diagnostic | None]) -> Lock:
    """The lock without quotes whose tables say plainly that no fact of theirs is what they print: they count as not
    found, for that reason."""
    held: dict[LockEntry, str] = {}
    for outcome, wrong in zip(outcomes, against, strict=True):
        if outcome.entry:
            is_wrong = wrong is not None and wrong.severity == "error"
            said = wrong.message.partition(": ")[2] if wrong is not None and is_wrong else ""
            held[outcome.entry] = said and held.get(outcome.entry, said)
    missed = [
        MissedQuote(*entry.key, tuple(sorted({text.sha256.lower() for text in outcome.request.texts})), held[entry])
        for outcome in outcomes
        if (entry := outcome.entry) is not None and held[entry]
    ]
    kept = tuple(entry for entry in lock.entries if not held.get(entry))
    return Lock(kept, (*lock.missed, *missed)) if missed else lock


def against_heads_of(
    project: Project, archive: Archive, id: str, number: int, outcome: QuoteOutcome
) -> Diagnostic | None:
    """What the head of a column, a row or a table says against a fact whose quote is a number of that table."""
    from reportgen.archive.media_types import PDF, media_type_and_charset
    from reportgen.evidence.under_heads import against_heads
    from reportgen.language.guessing import language_read

    fact, entry = project.facts[id], outcome.entry
    verdict, quote = fact.verdict, fact.evidence[number]
    if entry is None or verdict is None or verdict.kind != "number" or quote.carries:
        return None
    read = (each for each in outcome.request.texts if each.sha256.lower() == entry.sha256 and archive.reads(each))
    copy = next(read)
    source = project.sources[quote.source]
    problem = (
        against_heads(
            fact.value,
            fact.claim,
            fact.reading,
            fact.as_of,
            archive.text(copy),
            entry.pieces or ((entry.start, entry.end),),
            verdict.quotes[number].read,
            language_read(source, f"{source.title} {quote.quote}", project.settings.lang),
            site=project.settings.lang,
            is_explicit=media_type_and_charset(copy.media_type)[0] not in (PDF, "text/plain", "text/markdown"),
            forms=project.units,
        )
        if isinstance(fact.value, Quantity) and (verdict.state == "read" or verdict.inferred)
        else None
    )
    if problem is None:
        return None
    where = fact.at["value" if problem.code == "heading-contradicted" else "as_of"]
    return Diagnostic(problem.code, f'"{id}": {problem.message}', where, problem.hint, severity=problem.severity)


def build(
    root: Path,
    out: Path,
    *,
    only: tuple[str, ...] = (),
    formats: Formats = "all",
    jobs: int | None = None,
    as_of: date | None = None,
    strict: bool = False,
    progress: Callable[[ProgressEvent], None] = lambda _: None,
    keep_warnings: Callable[[tuple[Diagnostic, ...]], None] | None = None,
    pool: Pool | None = None,
) -> Summary:
    """Makes what is stale of a site, and puts it in place if all of it succeeded.

    `out` holds `site/` and the cache. With errors nothing in `out/site` changes. `keep_warnings` stores the
    warnings that are shown again when nothing changed; without it, a build with warnings never counts as up to date.
    `pool` does the expensive work in place of `jobs` processes of this machine. Raises ReportError only where another
    build is running.
    """
    began = time.perf_counter()
    workers = pool or pool_of(jobs or os.cpu_count() or 1)
    out.mkdir(parents=True, exist_ok=True)
    with (
        exclusive(out / "lock"),
        DiskStore(out / "cache") as store,
        Citeproc(known=StoredTexts(store, "citation")) as citeproc,
        ExitStack() as ahead,
    ):
        has_charts = (root / "content/charts").is_dir()
        if workers and store.is_new and len(list((root / "content/briefs").glob("*.md"))) >= MANY:
            ahead.enter_context(workers.ahead(start_drawing if has_charts else start_little))
        elif not workers and store.is_new and has_charts:
            start_drawing()
        seen = look(root, out, style_files(root))
        program = _program(store)
        asked, found = asked_of(DiskFiles(root), root, as_of, citeproc, kept_files(store, program, seen))
        found += (*problems(asked), *quote_problems(asked), *edition_problems(asked), *Shelf(asked.project).problems)
        copies, lost = _copies(asked, root, out)
        found += lost
        unknown = tuple(_unknown(slug, asked.project) for slug in only if slug not in asked.project.documents)
        cite = citing(citeproc, asked.project)
        if errors(found) or unknown:
            found = (*found, *_brief_problems(asked, cite))
        if errors((*found, *unknown)):
            seconds = time.perf_counter() - began
            return Summary(in_file_order((*found, *unknown)), seconds=seconds, site=out / "site")
        session = Session(asked, cite, program, store=store)
        output, stays = SiteOutput(out / "site"), _left_alone(asked.project, only, formats)
        changes: list[CommittedFiles] = []
        placed: float | None = None

        def is_good(outcome: BuildOutcome) -> bool:
            return outcome.ok and not (strict and counted_by_strict((*found, *outcome.diagnostics)))

        def place_pages(blob: Blob) -> None:
            """The site need not wait for its search index."""
            nonlocal placed
            pages = outcome.files
            changes.append(output.commit(pages, blob, lambda path: stays(path) or path.startswith(SEARCH_FILES)))
            placed = time.perf_counter() - began

        def place_meanwhile() -> None:
            with DiskStore(out / "cache") as reading:
                place_pages(reading.get)

        def with_pages(target: Target) -> Target:
            """The search index, with the pages put in place before it: of a new site, for which nobody waits, while it
            is made."""

            def make(reader: Reader) -> TargetResult | Work:
                if output.site.exists():
                    place_pages(store.get)
                    return target.make(reader)
                from concurrent.futures import ThreadPoolExecutor

                with ThreadPoolExecutor(1) as thread:
                    placing = thread.submit(place_meanwhile)
                    made = target.make(reader)
                    placing.result()
                    return made

            return replace(target, make=make)

        targets = [
            with_pages(target) if target.name == SEARCH else target
            for target in all_targets(session, only, formats, last=True)
        ]
        made_first = [target.name for target in targets if target.name != SEARCH]
        snapshot = SessionSnapshot(session, partial(all_targets, only=only, formats=formats), store)
        outcome = run(targets, store, session.digest_of, workers, progress, made_first, snapshot=snapshot)
        if len(made_first) < len(targets) and is_good(outcome):
            try:
                outcome = run(targets, store, session.digest_of, workers, progress, [SEARCH], outcome)
            except KeyboardInterrupt:
                raise KeyboardInterrupt(*((SEARCH_TO_COME,) if placed else ())) from None
        ok = is_good(outcome)
        if ok:
            changes.append(output.commit(outcome.files, store.get, stays))
        diagnostics = in_file_order((*found, *outcome.diagnostics))
        if any(change.is_healed for change in changes):
            diagnostics = in_file_order((*diagnostics, _healed(output)))
        store.sweep(outcome.results)
        style = asked.project.settings.citation_style
        known = not style.endswith(".csl") or style in seen.also
        if ok and known and not counted_by_strict(lost) and (keep_warnings or not diagnostics):
            if keep_warnings:
                keep_warnings(diagnostics)
            options = stamp_options(only, formats, as_of, strict)
            write_stamp(
                out, seen.together(copies), program_version(), options, output.standing(), session.engine_files()
            )
        return Summary(
            diagnostics,
            outcome.made,
            len(outcome.results) - len(outcome.made),
            sum(len(change.written) for change in changes),
            sum(len(change.removed) for change in changes),
            tuple(failure for failure in outcome.failures if failure.fault),
            time.perf_counter() - began,
            out / "site",
            ok,
            placed,
        )


def word(
    root: Path,
    out: Path,
    *,
    only: tuple[str, ...] = (),
    jobs: int | None = None,
    as_of: date | None = None,
    strict: bool = False,
    progress: Callable[[ProgressEvent], None] = lambda _: None,
) -> Summary:
    """Makes `out/docx/<slug>.docx` of each brief, drafts too, for people to comment on in Word.

    With errors nothing is written. Raises ReportError only where a build is running.
    """
    began = time.perf_counter()
    out.mkdir(parents=True, exist_ok=True)
    with (
        exclusive(out / "lock"),
        DiskStore(out / "cache") as store,
        Citeproc(known=StoredTexts(store, "citation")) as citeproc,
    ):
        asked, found = asked_of(DiskFiles(root), root, as_of, citeproc)
        briefs = asked.project.briefs
        found += (*problems(asked), *(_unknown(slug, asked.project) for slug in only if slug not in briefs))
        if errors(found):
            seconds = time.perf_counter() - began
            return Summary(in_file_order(found), seconds=seconds, site=out / "docx")
        session = Session(asked, citing(citeproc, asked.project), _program(store), tuple(briefs), store)
        pool = pool_of(jobs or os.cpu_count() or 1)
        outcome = run(word_documents(session, only), store, session.digest_of, pool, progress)
        diagnostics = in_file_order((*found, *outcome.diagnostics))
        ok = outcome.ok and not (strict and counted_by_strict(diagnostics))
        files = {name: sha for name, sha in outcome.files.items() if name.endswith(".docx")} if ok else {}
        for name, sha in files.items():
            (out / "docx").mkdir(exist_ok=True)
            beside = out / "docx" / f"{name}.new"
            beside.write_bytes(store.get(sha) or b"")
            beside.replace(out / "docx" / name)
        return Summary(
            diagnostics,
            outcome.made,
            len(outcome.results) - len(outcome.made),
            len(files),
            0,
            tuple(failure for failure in outcome.failures if failure.fault),
            time.perf_counter() - began,
            out / "docx",
            ok,
        )


def pool_of(jobs: int) -> Pool | None:
    """Processes of this machine; none for a single job."""
    return processes(jobs, PRELOADED) if jobs > 1 else None


def _left_alone(project: Project, only: tuple[str, ...], formats: Formats) -> Stays:
    """What is not made now, and still belongs to the site: other briefs, the other format. Nothing of a brief that is
    gone."""
    papers = {paper_of(slug) for slug in published(project)}
    alive = tuple(folder_of(slug) for slug in (*published(project), *published_pages(project)))

    def stays(path: str) -> bool:
        if only:
            return True
        if formats == "html":
            return path in papers
        return formats == "pdf" and (not path.startswith(("briefs/", PAGES)) or path.startswith(alive))

    return stays


def _healed(output: SiteOutput) -> Diagnostic:
    message = "the list of the site's files was damaged; it was made anew from what stands there"
    hint = f"look into {output.site.name}/ for files of an older site, which are no longer known to be ours"
    where = Span.at(f"{output.state.name}/manifest")
    return Diagnostic("list-damaged", message, where, hint, "notice")


def _unknown(slug: str, project: Project) -> Diagnostic:
    path = file_of(slug)
    hint = meant_or_known(slug, project.documents, "brief")
    return Diagnostic("unknown-brief", f'there is no brief "{slug}"', Span.at(path), hint)


def _brief_problems(asked: Answers, cite: Cite) -> Iterator[Diagnostic]:
    """What is wrong in briefs and charts, when something else is wrong already: all is reported at once."""
    for _, _, wrong in evaluations(asked, cite, every_document(asked)):
        yield from wrong


def every_document(asked: Answers) -> tuple[Brief, ...]:
    """All briefs and pages, and the documents of the charts' own pages."""
    return (*asked.project.documents.values(), *charts_alone(asked))


def evaluations(
    asked: Answers, cite: Cite, briefs: Iterable[Brief]
) -> Iterator[tuple[Brief, Evaluation | None, tuple[Diagnostic, ...]]]:
    """Each brief with its evaluation, if its citations can be formatted, and what is wrong with it."""
    for brief in briefs if asked.project.style else ():  # without a style there is nothing to cite by
        try:
            result = evaluate_told(brief, View(asked), cite).evaluation
        except ReportError as error:
            yield brief, None, error.diagnostics
        else:
            yield brief, result, result.diagnostics


def charts_alone(asked: Answers, shown: Collection[tuple[str, str]] = ()) -> Iterator[Brief]:
    """The documents of the charts' own pages, without those charts that were evaluated in a brief of the language."""
    first, *others = languages(asked.project)
    for id, chart in asked.project.charts.items():
        if (id, first) not in shown or "#" in written(chart):  # a link to a part of a brief leads nowhere on this page
            yield chart_alone(asked.project, id, asked.as_of)
        yield from (
            chart_alone(asked.project, id, asked.as_of, tag)
            for tag in others
            if (id, tag) not in shown and chart.title.speaks(tag)
        )
