"""A project's folder and a day in; an edition of each brief that says something else than its last one, out.

Effects: runs the engines, and writes below content/editions/. An edition is the page and the PDF as the site would have
them, frozen, with the list of all that they print.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from reportgen.brief.figures import chart_alone
from reportgen.brief.lock_problems import quote_problems
from reportgen.brief.problems import problems
from reportgen.brief.said import printed
from reportgen.charts.svg import alone
from reportgen.citing.pandoc import Citeproc
from reportgen.citing.problems import citing
from reportgen.diagnostics import Diagnostic, ReportError, Span, counted_by_strict, errors, in_file_order
from reportgen.editions.comparing import DifferenceKind, TextDifference, compare, word_steps
from reportgen.editions.evaluating import ToldBrief, evaluate_told
from reportgen.editions.files import write_edition
from reportgen.editions.freezing import addresses, freeze, misled
from reportgen.editions.gate import dates_to_come, edition_problems
from reportgen.editions.judging import seen_entries, with_day
from reportgen.editions.record import facts_printed, record_note, renames, seen_of_site
from reportgen.exports.printed import edition_json, printed_json, record_json, text_txt
from reportgen.facts.addresses import promised
from reportgen.facts.answers import Answers
from reportgen.facts.view import View
from reportgen.load.files import DiskFiles, Files
from reportgen.load.suggest import meant_or_known
from reportgen.model.brief import Brief, file_of, folder_of, original_of, paper_of, stem_of
from reportgen.model.edition import RECORD, Edition, EditionNote, whole
from reportgen.model.project import Project
from reportgen.pipeline import asked_of, pool_of
from reportgen.rebuild.exclusive import exclusive
from reportgen.rebuild.executor import BuildOutcome, ProgressEvent, run
from reportgen.rebuild.fresh import program_digest
from reportgen.rebuild.store import DiskStore, StoredTexts
from reportgen.rebuild.target import Failure
from reportgen.targets.all import all_targets
from reportgen.targets.assets import asset_targets
from reportgen.targets.session import Session


@dataclass(frozen=True, slots=True)
class MadeEdition:
    """An edition that was made, or would be."""

    brief: str
    """Its slug; `RECORD` for what stands beside the briefs."""
    note: EditionNote


@dataclass(frozen=True, slots=True)
class Released:
    """What a release did."""

    diagnostics: tuple[Diagnostic, ...]
    editions: tuple[MadeEdition, ...] = ()
    faults: tuple[Failure, ...] = ()
    ok: bool = False


def release(
    root: Path,
    out: Path,
    *,
    day: date,
    only: tuple[str, ...] = (),
    dry_run: bool = False,
    allowed: frozenset[str] = frozenset(),
    chosen_day: bool = False,
    files: Files | None = None,
    jobs: int | None = None,
    progress: Callable[[ProgressEvent], None] = lambda _: None,
) -> Released:
    """Makes the editions that are pending, of all briefs or of some; nothing where anything would stop `publish`.

    A first edition has the day of its brief, unless `chosen_day`; no edition is older than the one before it.
    `allowed`: codes of warnings that do not stop it. A translation that `only` does not name goes along with its
    original where nothing of its own stops it. With `dry_run` nothing is laid out or written. `files`: those of the
    project, where some are to be otherwise than on the disk.
    """
    out.mkdir(parents=True, exist_ok=True)
    with (
        exclusive(out / "lock"),
        DiskStore(out / "cache") as store,
        Citeproc(known=StoredTexts(store, "citation")) as citeproc,
    ):
        asked, found = asked_of(files or DiskFiles(root), root, None, citeproc)
        briefs = {slug: b for slug, b in asked.project.briefs.items() if b.is_public}
        wanted = {slug: b for slug, b in briefs.items() if not only or slug in only or original_of(slug) in only}
        days, late = _days(wanted, asked.project.editions, day, chosen_day)
        found = (*found, *problems(asked), *quote_problems(asked), *edition_problems(asked), *late)
        found += tuple(dates_to_come(asked.project))
        if errors(found):
            return Released(in_file_order(found))
        asked.releases = days
        session = Session(asked, citing(citeproc, asked.project), program_digest(), store=store)
        told, left = _told(session, wanted, only, allowed)
        beside = () if only else tuple(map(session.told, _beside(session)))
        own = tuple(d for each in (*told.values(), *beside) for d in each.evaluation.diagnostics)
        said = in_file_order((*found, *own, *left))
        pending = {slug: each for slug, each in told.items() if each.history.pending is not None}
        stops = _stopping(said, allowed)
        record = None if only or stops else _record(session, beside, day)
        made = tuple(MadeEdition(slug, _note(each)) for slug, each in pending.items())
        made += (MadeEdition(RECORD, record.note),) if record else ()
        if stops or dry_run or not made:
            return Released(said, made if not stops else (), (), not stops)
        outcome = _laid_out(session, store, pending, jobs or os.cpu_count() or 1, progress)
        said = in_file_order((*found, *left, *outcome.diagnostics))
        if _stopping(said, allowed) or not outcome.ok:
            return Released(said, (), tuple(failure for failure in outcome.failures if failure.fault))
        frozen, wrong = _frozen(session, pending, outcome, store)
        if wrong:
            return Released((*said, *wrong))
        for slug, written in frozen.items():
            write_edition(root, slug, _note(pending[slug]).id, written)
        if record:
            write_edition(root, RECORD, record.note.id, _record_files(record))
        return Released(said, made, (), True)


def _told(
    session: Session, wanted: Mapping[str, Brief], only: tuple[str, ...], allowed: frozenset[str]
) -> tuple[dict[str, ToldBrief], tuple[Diagnostic, ...]]:
    """What each brief says and whether somebody said why; and of translations that wait for their translators, that.
    Originals come first: a translation says which edition of its original it follows."""
    told = {slug: session.told(brief) for slug, brief in wanted.items() if not brief.is_translation}
    known = ((slug, each.history.pending) for slug, each in told.items())
    session.answers.pending = {slug: note.date for slug, note in known if note is not None}
    told |= {slug: session.told(brief) for slug, brief in wanted.items() if brief.is_translation}
    along = (slug for slug in told if only and slug not in only)
    left = {slug: own for slug in along if (own := _stopping(told[slug].evaluation.diagnostics, allowed))}
    session.left = tuple(sorted(left))
    return (
        {slug: each for slug, each in told.items() if slug not in left},
        tuple(_left_behind(wanted[slug], own) for slug, own in left.items()),
    )


def _laid_out(
    session: Session,
    store: DiskStore,
    pending: Mapping[str, ToldBrief],
    jobs: int,
    progress: Callable[[ProgressEvent], None],
) -> BuildOutcome:
    """The pages and PDFs of the briefs that get an edition, with all that they show."""
    shown = [target.name for target in asset_targets(session) if pending]
    wanted = [*shown, *(f"{kind} {slug}" for slug in pending for kind in ("layout", "page", "pdf"))]
    return run(all_targets(session, (), "all"), store, session.digest_of, pool_of(jobs), progress, wanted=wanted)


def _frozen(
    session: Session, pending: Mapping[str, ToldBrief], outcome: BuildOutcome, store: DiskStore
) -> tuple[dict[str, dict[str, bytes]], list[Diagnostic]]:
    """Slug -> what stands in the folder of its edition; and what their pages would lead to in vain."""
    frozen: dict[str, dict[str, bytes]] = {}
    wrong: list[Diagnostic] = []
    for slug, each in pending.items():
        follows = pending.get(original_of(slug)) if original_of(slug) != slug else None
        follows_id = _note(follows).id if follows else ""
        frozen[slug] = _files(session, session.project.briefs[slug], each, outcome, store, follows_id, wrong)
    return frozen, wrong


def _stopping(found: Iterable[Diagnostic], allowed: frozenset[str]) -> list[Diagnostic]:
    return [d for d in counted_by_strict(tuple(found)) if d.code not in allowed]


def _left_behind(brief: Brief, wrong: list[Diagnostic]) -> Diagnostic:
    """A translation of what is released that was not named itself, and that something of its own stops."""
    first = wrong[0]
    message = f"{brief.slug} gets no edition with its original: {first.message}"
    hint = f"follow it, and say why in changes: of {file_of(brief.slug)}; `publish` waits for that"
    return Diagnostic("translation-behind", message, first.span, hint, "notice")


def _beside(session: Session) -> tuple[Brief, ...]:
    """The pages beside the briefs, and the documents of the charts' own pages."""
    charts = (chart_alone(session.project, id, session.answers.as_of) for id in session.project.charts)
    return (*(session.project.pages[slug] for slug in session.pages), *charts)


def _record(session: Session, beside: tuple[ToldBrief, ...], day: date) -> Edition | None:
    """The record of what stands beside the briefs; None where it is as it was."""
    project = session.project
    now = {"": facts_printed(View(session.answers), project)}
    now |= {told.evaluation.brief.slug: printed(told.evaluation.brief, View(session.answers)) for told in beside}
    addresses = sorted(promised(project, session.sources))
    note = record_note(project, now, addresses, renames(project))
    if note is None:
        return None
    before = project.records[-1] if project.records else None
    late = max(day.isoformat(), before.note.date if before else "")
    note = with_day(note, late, [each.note.id for each in project.records])
    return Edition(
        RECORD,
        session.lang,
        note,
        session.site.title,
        (),
        session.site.base_url,
        seen_of_site(project),
        (),
        before.sha256 if before else "",
        now.pop(""),
        "",
        documents=tuple(now.items()),
        addresses=tuple(addresses),
    )


def _record_files(record: Edition) -> dict[str, bytes]:
    files = {"printed.json": record_json(record), "text.txt": text_txt(record.printed)}
    listed = tuple(sorted((name, sha256(data).hexdigest()) for name, data in files.items()))
    return files | {"edition.json": edition_json(replace(record, files=listed), _made_by(), ())}


def _made_by() -> dict[str, str]:
    return {name: version(name) for name in ("reportgen", "weasyprint")}


def _note(told: ToldBrief) -> EditionNote:
    assert told.history.pending is not None
    return told.history.pending


def _days(
    briefs: Mapping[str, Brief], editions: Mapping[str, tuple[Edition, ...]], day: date, chosen: bool
) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """The day of each brief's next edition, and what is wrong with the one that was asked for."""
    days, wrong = {}, []
    for slug, brief in briefs.items():
        history = editions.get(slug, ())
        asked = day.isoformat()
        if not history:
            days[slug] = asked if chosen else brief.date.text
            if chosen and asked != brief.date.text:
                message = f"the first edition would be of {asked}, and the brief says {brief.date.text}"
                wrong.append(Diagnostic("wrong-date", message, brief.at["date"], f"write date: {asked}"))
            continue
        last = history[-1].note.date
        if chosen and asked < last:
            message = f"{asked} is before the last edition of {slug}, which is of {last}"
            wrong.append(Diagnostic("wrong-date", message, Span.of("--date"), f"name {last} or a later day"))
        days[slug] = max(asked, last)
    return days, tuple(wrong)


def _files(
    session: Session,
    brief: Brief,
    told: ToldBrief,
    outcome: BuildOutcome,
    store: DiskStore,
    follows: str,
    wrong: list[Diagnostic],
) -> dict[str, bytes]:
    """All that stands in an edition's folder; what its page would lead to in vain goes into `wrong`. `follows`: id of
    the edition of a translation's original that is made with it."""
    slug, note, evaluated = brief.slug, _note(told), told.evaluation.brief
    brief_folder = folder_of(slug)

    def read(path: str) -> bytes | None:
        sha = outcome.files.get(path)
        return store.get(sha) if sha else None

    page, paper = read(f"{brief_folder}index.html"), read(paper_of(slug))
    assert page is not None
    assert paper is not None
    base_url = session.site.base_url
    before = next(reversed(session.project.editions.get(slug, ())), None)
    previous = before.note.id if before else ""
    frozen = freeze(page.decode(), slug, note.id, previous, base_url, read)
    said = printed(evaluated, View(session.answers))
    cites = {name: read(f"{brief_folder}{name}") or b"" for name in ("cite.bib", "cite.ris", "cite.json")}
    files = {
        "printed.json": printed_json(evaluated, said),
        "text.txt": text_txt(said),
        "page.html": frozen.html,
        f"{stem_of(slug)}.pdf": paper,
        **cites,
        **frozen.files,
    }
    edition = Edition(
        slug,
        brief.lang,
        note,
        evaluated.plain_title,
        tuple(author.name for author in brief.authors),
        base_url,
        seen_entries(session.project, brief),
        tuple(sorted((name, sha256(data).hexdigest()) for name, data in files.items())),
        before.sha256 if before else "",
        said,
        "",
        follows or _last_id(session.project.editions.get(original_of(slug), ()) if brief.is_translation else ()),
    )
    linked = addresses(frozen.html, slug, note.id)
    lost = [path for path in linked if path.startswith("assets/") and path not in outcome.files]
    wrong += (
        Diagnostic(
            "broken-link",
            f"the page of this brief, as an edition would keep it, leads to {path}, which is not there",
            Span.at(file_of(slug)),
            "look for it in the templates of this project, and in logo: of content/site.yaml",
        )
        for path in dict.fromkeys((*lost, *misled(page.decode(), frozen.html, slug, note.id, previous, files)))
    )
    return files | {"edition.json": edition_json(edition, _made_by(), linked)}


def _last_id(history: tuple[Edition, ...]) -> str:
    return history[-1].note.id if history else ""


@dataclass(frozen=True, slots=True)
class EditionDiff:
    """What a brief says otherwise at one time than at another."""

    brief: str
    old: str
    """Id of an edition."""
    new: str
    """The same, or `now`."""
    rows: tuple[TextDifference, ...]
    words: tuple[tuple[str, str, str], ...]
    """(replace, delete or insert; old lines; new lines)."""
    reasons: Mapping[str, str]
    """Subject -> the author's reason."""
    charts: tuple[tuple[str, str, str], ...] = ()
    """(id, old drawing, new drawing) of each chart that differs, as SVG; empty where there is none."""


def edition_diffs(
    root: Path, slug: str | None, old: str | None, new: str | None, out: Path | None = None
) -> tuple[EditionDiff, ...]:
    """What differs, of one brief or of all that have editions; where builds go, `out`, with the drawings. Raises
    ReportError."""
    with Citeproc() as citeproc:
        asked, found = asked_of(DiskFiles(root), root, None, citeproc)
        if errors(found):
            raise ReportError(errors(found))
        project, cite = asked.project, citing(citeproc, asked.project)
        slugs = [slug] if slug else [each for each in project.editions if each in project.briefs]
        made = []
        for each in slugs:
            history = {edition.note.id: edition for edition in project.editions.get(each, ())}
            if each not in project.briefs or not history:
                message = f'no brief "{each}" has editions'
                hint = meant_or_known(each, tuple(project.editions), "brief")
                raise ReportError([Diagnostic("unknown-brief", message, Span.of(each), hint)])
            standing = whole(tuple(history.values()))
            before = _edition(each, history, old or (standing[-1].note.id if standing else next(reversed(history))))
            if new:
                after = _edition(each, history, new)
                to, now, reasons = after.note.id, after.printed, _reasons(after)
            else:
                view = View(asked)
                told = evaluate_told(project.briefs[each], view, cite)
                to, now, reasons = "now", printed(told.evaluation.brief, view), dict(told.judged.reasons or {})
            rows = compare(before.printed, now, renames(project), before.lang)
            words = word_steps(before.printed, now)
            made.append(EditionDiff(each, before.note.id, to, rows, words, reasons))
        if out is not None:
            pages = _pages_now(asked, out, [diff.brief for diff in made if diff.new == "now" and _charts_of(diff)])
            made = [_with_drawings(diff, project, pages) for diff in made]
        return tuple(made)


def _charts_of(diff: EditionDiff) -> tuple[str, ...]:
    """Ids of the charts that differ."""
    kinds = (DifferenceKind.CHART, DifferenceKind.LOOK)
    return tuple(dict.fromkeys(row.subject.removeprefix("chart:") for row in diff.rows if row.kind in kinds))


def _pages_now(asked: Answers, out: Path, slugs: Sequence[str]) -> dict[str, str]:
    """The pages of briefs as they are now, whatever is wrong with them, with their stylesheet."""
    if not slugs:
        return {}
    out.mkdir(parents=True, exist_ok=True)
    with exclusive(out / "lock"), DiskStore(out / "cache") as store, Citeproc() as citeproc:
        cite = citing(citeproc, asked.project)
        session = Session(asked, cite, program_digest(), tuple(asked.project.briefs), store)
        session.left = tuple(slugs)
        targets, pool = all_targets(session, (), "html"), pool_of(os.cpu_count() or 1)
        wanted = [f"page {slug}" for slug in slugs]
        files = run(targets, store, session.digest_of, pool, lambda _: None, wanted=wanted).files
        made = {slug: store.get(sha) for slug in slugs if (sha := files.get(f"{folder_of(slug)}index.html"))}
        return {slug: page.decode() for slug, page in made.items() if page is not None}


def _with_drawings(diff: EditionDiff, project: Project, pages: Mapping[str, str]) -> EditionDiff:
    folders = {edition.note.id: edition.folder for edition in project.editions[diff.brief]}
    frozen = {id: project.edition_files.get(f"{folder}/page.html", b"").decode() for id, folder in folders.items()}
    before, after = frozen[diff.old], pages.get(diff.brief, "") if diff.new == "now" else frozen[diff.new]
    former = {id: old for old, id in project.aliases.get("charts", {}).items()}
    return replace(
        diff,
        charts=tuple(
            (id, _drawing(before, id) or _drawing(before, former.get(id, id)), _drawing(after, id))
            for id in _charts_of(diff)
        ),
    )


def _drawing(page: str, id: str) -> str:
    """A chart as a page draws it; empty where it draws none."""
    found = re.search(rf'data-chart="{re.escape(id)}".*?(<svg\b.*?</svg>)', page, re.S)
    return alone(found[1], page) if found else ""


def _edition(slug: str, history: Mapping[str, Edition], id: str) -> Edition:
    if id not in history:
        message = f'{slug} has no edition "{id}"'
        found = Diagnostic("unknown-edition", message, Span.of(id), f"its editions are {', '.join(history)}")
        raise ReportError([found])
    if history[id].removal is not None:
        message = f"the edition {id} of {slug} was removed: what it said stands nowhere any more"
        raise ReportError([Diagnostic("unknown-edition", message, Span.of(id), "name another")])
    return history[id]


def _reasons(edition: Edition) -> dict[str, str]:
    return {
        f"fact:{value.fact}": change.text.in_language(edition.lang)
        for change in edition.note.changes
        for value in change.values
        if value.fact
    }
