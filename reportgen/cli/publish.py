"""`reportgen publish`."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from shutil import copyfile, copytree
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import click

from reportgen.cli.faults import tell_faults
from reportgen.cli.progress import progress_bar
from reportgen.cli.project import Code, in_project, out_folder
from reportgen.cli.release import make_editions, name_of
from reportgen.cli.show import count, counted, show_text
from reportgen.diagnostics import Diagnostic, Span, counted_by_strict
from reportgen.model.brief import file_of, folder_of
from reportgen.model.edition import RECORD

if TYPE_CHECKING:
    from reportgen.model.project import Project
    from reportgen.publish.sending import Destination, Sending
    from reportgen.releasing import MadeEdition


@click.command()
@click.argument("target")
@click.option("--dry-run", is_flag=True, help="Say what would be released, sent and removed, and do nothing.")
@click.option("--allow-unverified", is_flag=True, help="Publish also with quotations that were not verified.")
@click.option("--no-release", is_flag=True, help="Stop where a brief is not as its last edition, as under CI.")
@in_project
def publish(root: Path, target: str, dry_run: bool, allow_unverified: bool, no_release: bool) -> Code:
    """Build the site, check it, and send what changed to TARGET.

    Where a brief is not as its last edition, it gets a new one in content/editions/, to be committed with the rest;
    under CI, which would lose it, that stops instead. Errors and warnings stop it; notices do not. A quotation that was
    not verified is a warning. Drafts are left out. Every link of the finished site has to lead somewhere. What an
    interruption left half done, the same command finishes. Keys and passwords come from the environment.

    \b
    reportgen publish ../www                   a folder
    reportgen publish git:gh-pages             a branch, pushed to origin
    reportgen publish s3://bucket/briefs       any address that fsspec opens: s3, gs, az, sftp, …
    reportgen publish ../www --dry-run         what would be released and sent
    """
    from reportgen.publish.targets import TargetError, open_place, read_target

    try:
        place = open_place(read_target(target), root, out_folder(root) / "site")
    except TargetError as error:
        raise click.UsageError(f"{error.problem}{'; ' + error.hint if error.hint else ''}") from None
    allowed = frozenset({"unverified"} if allow_unverified else set[str]())
    with trial(root) if dry_run else nullcontext(root) as made_in:
        done = finished_site(made_in, allowed, may_release=not no_release and not os.environ.get("CI"), dry_run=dry_run)
        return done if isinstance(done, int) else send_site(made_in, done, place, target, dry_run=dry_run)


@contextmanager
def trial(root: Path) -> Iterator[Path]:
    """A copy of a project, with what its builds keep, in which editions are made that nobody keeps."""
    from reportgen.load.files import DiskFiles
    from reportgen.load.items import Loading
    from reportgen.load.settings import load_settings

    out, files = out_folder(root), DiskFiles(root)
    settings = load_settings(Loading(files, files.paths("content")))
    style, saved = settings.citation_style, Path(settings.archive or "saved")
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out, prefix=".trial-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder)
        for name in ("content", "templates"):
            if (root / name).is_dir():
                copytree(root / name, copy / name)
        if style.endswith(".csl") and not (copy / style).is_file() and (root / style).is_file():
            (copy / style).parent.mkdir(parents=True, exist_ok=True)
            copyfile(root / style, copy / style)
        if (root / saved).is_dir() and (copy / saved).resolve().is_relative_to(copy.resolve()):
            copytree(root / saved, copy / saved, copy_function=_linked)
        if (out / "cache").is_dir():
            copytree(out / "cache", out_folder(copy) / "cache")
        yield copy


def _linked(source: str, target: str) -> None:
    """A link in place of a copy, which takes no room, where the system has links."""
    try:
        os.symlink(os.path.abspath(source), target)
    except OSError:
        copyfile(source, target)


class FinishedSite(NamedTuple):
    """A site that was built, and whose links were checked."""

    folder: Path
    project: Project
    """As it was read after the build."""


def finished_site(root: Path, allowed: frozenset[str], *, may_release: bool, dry_run: bool) -> FinishedSite | Code:
    """The site to be sent, with the editions that were pending; else the exit code, when all that is wrong was told."""
    built = built_site(root, allowed, quiet=False)
    if isinstance(built, int):
        return built
    done = make_editions(root, dry_run=not may_release, allowed=allowed)
    if done.faults:
        return tell_faults([failure.fault for failure in done.faults], out_folder(root))
    if not done.ok:
        show_text(done.diagnostics, root, sys.stderr)
        click.echo(f"Not published: {counted(done.diagnostics) or 'no edition was made'}.", err=True)
        return 1
    if not done.editions:
        return built
    if not may_release:
        return unreleased(root, done.editions)
    click.echo(released(done.editions, dry_run=dry_run))
    return built_site(root, allowed, quiet=True)


def send_site(root: Path, finished: FinishedSite, place: Destination, target: str, *, dry_run: bool) -> Code:
    """Sends what changed, unless something would be lost there or written over; says what was done."""
    from reportgen.publish.lost import lost_at
    from reportgen.publish.sending import ObstacleError, send
    from reportgen.publish.targets import TargetError
    from reportgen.rebuild.output import SiteOutput
    from reportgen.rebuild.world import world_problem

    site, project = finished
    files = {path: written.sha for path, written in SiteOutput(site).manifest().items()}
    lost = lost_at(project, site, files, place)
    if lost:
        show_text(lost, root, sys.stderr)
        click.echo(f"Not published: {counted(lost)}.", err=True)
        return 1
    try:
        sent = send(site, files, place, dry_run=dry_run)
    except ObstacleError as error:
        return refuse(error.paths, target)
    except KeyboardInterrupt:
        state = "is as it was" if place.is_switched else "may have a part of the new site"
        click.echo(f"Interrupted: {target} {state}. Run the same command again to go on from there.", err=True)
        return 3
    except TargetError as error:
        click.echo(f"Not published: {error.problem}. Run the same command again to go on from there.", err=True)
        return 1
    except Exception as error:
        if not isinstance(error, OSError) and type(place).__name__ != "Address":
            raise
        # Each service has errors of its own, of which none is a fault of this program.
        told = world_problem(error) if isinstance(error, OSError) and error.errno and error.filename else None
        if told:
            show_text([told], root, sys.stderr)
            click.echo("Not published: the machine refused it.", err=True)
            return 1
        click.echo(f"Not published: {error}. Run the same command again to go on from there.", err=True)
        return 1
    click.echo(report(sent, target, dry_run))
    if sent.is_healed:
        click.echo("note: the list of what was published there was damaged; it was made anew from what stands there.")
    if not place.is_switched and not sent.nothing:
        click.echo("note: this place cannot change all at once, so its files were sent one after another.")
    base_url = project.settings.base_url
    if "://example." in base_url:
        click.echo(f"note: base_url in content/site.yaml is still {base_url}; feeds and search engines are led there.")
    return 0


def built_site(root: Path, allowed: frozenset[str], *, quiet: bool) -> FinishedSite | Code:
    """The finished site, its links checked; else the exit code, when all that is wrong was told."""
    from reportgen import pipeline
    from reportgen.rebuild.output import SiteOutput

    with progress_bar() as progress:
        summary = pipeline.build(root, out_folder(root), progress=progress)
    stopping = tuple(d for d in counted_by_strict(summary.diagnostics) if d.code not in allowed)
    if stopping or not quiet:
        show_text(summary.diagnostics, root, sys.stderr)
    faults = [failure.fault for failure in summary.faults if failure.fault]
    if faults:
        return tell_faults(faults, out_folder(root))
    if stopping or not summary.ok:
        click.echo(f"Not published: {counted(stopping) or 'the site was not built'}.", err=True)
        return 1
    project = pipeline.answers(root)[0].project
    broken = faults_of(project, summary.site, tuple(SiteOutput(summary.site).manifest()))
    if broken:
        show_text(broken, root, sys.stderr)
        click.echo(f"Not published: {counted(broken)} in the finished site.", err=True)
        return 1
    return FinishedSite(summary.site, project)


def unreleased(root: Path, editions: tuple[MadeEdition, ...]) -> Code:
    """Where nobody keeps what would be released, nothing is published."""
    found = [
        Diagnostic(
            "unreleased",
            f"{name_of(each)} is not as it was published, and has no edition of what it says now"
            if each.brief != RECORD
            else "facts, pages or charts beside the briefs are not as they were published, and nothing records them",
            Span.at(file_of(each.brief) if each.brief != RECORD else "content"),
            "run on your own machine: reportgen release && git add content && git commit -m 'New editions'",
        )
        for each in editions
    ]
    show_text(found, root, sys.stderr)
    click.echo(f"Not published: {counted(found)}.", err=True)
    return 1


def released(editions: tuple[MadeEdition, ...], *, dry_run: bool) -> str:
    """Which editions were made on the way, or would be."""
    named = ", ".join(f"{name_of(each)} {each.note.date} (version {each.note.version})" for each in editions)
    if dry_run:
        return f"These editions would be released first, and sent too: {named}."
    return f"Released: {named}. Commit content/editions/."


def faults_of(project: Project, site: Path, paths: tuple[str, ...]) -> tuple[Diagnostic, ...]:
    """Broken links of the finished site, and drafts that are in it."""
    from reportgen.model.brief import BriefStatus
    from reportgen.publish.links import broken_links

    kept = {slug for slug, editions in project.editions.items() if editions}  # the last edition stands there
    unfinished = (slug for slug, brief in project.documents.items() if brief.status is BriefStatus.DRAFT)
    drafts = tuple(folder_of(slug) for slug in unfinished if slug not in kept)
    shown = [path for path in paths if path.startswith(drafts)]
    found = [
        Diagnostic("draft-in-site", "this is a draft, and drafts are not published", Span.at(f"{site}/{path}"))
        for path in shown
    ]
    files = {path: (site / path).read_bytes() for path in paths}
    broken = broken_links(files, project.settings.base_url, str(site))
    # A part of another page that an edition leads to may be called otherwise now; the page itself is there.
    broken = [fault for fault in broken if fault.code != "broken-anchor" or not _is_kept(fault.span.file, project)]
    return (*found, *(_written_in(fault, f"{site}/", project) for fault in broken))


def _is_kept(file: str, project: Project) -> bool:
    """Whether a file of the site is a part of an edition, as it is at the address of a draft."""
    found = re.search(r"/briefs/([^/]+)/(editions/[^/]+/)?[^/]+$", file)
    brief = project.briefs.get(found[1]) if found else None
    return found is not None and (bool(found[2]) or (brief is not None and not brief.is_public))


def _written_in(fault: Diagnostic, site: str, project: Project) -> Diagnostic:
    """Says which brief or page to look into."""
    path = fault.span.file.removeprefix(site)
    slug = next((slug for slug in project.documents if path.startswith(folder_of(slug))), "")
    if slug and path.startswith(f"{folder_of(slug)}editions/"):
        folder = f"content/editions/{slug}/{path.removeprefix(folder_of(slug)).split('/')[1]}"
        hint = f"it is led to by what was published, {folder}: put back what stood at that address"
        return fault if fault.hint else replace(fault, hint=hint)
    return fault if fault.hint or not slug else replace(fault, hint=f"look for it in {file_of(slug)}")


def refuse(paths: tuple[str, ...], target: str) -> Code:
    """Others' files are never written over."""
    listed = ", ".join(paths[:5]) + (f" and {len(paths) - 5:,} more" if len(paths) > 5 else "")
    click.echo(
        f"Not published: {target} holds files of the same names that reportgen did not put there: {listed}.\n"
        "Move them away, or name an empty place.",
        err=True,
    )
    return 1


def report(sent: Sending, target: str, dry_run: bool) -> str:
    """What was done, or would be."""
    lines = [f"send {path}" for path in sent.send] + [f"remove {path}" for path in sent.remove]
    if sent.nothing:
        return f"Nothing to publish: {target} has all {count(sent.kept, 'file')} already."
    told = f"{count(len(sent.send), 'file')} sent, {len(sent.remove):,} removed, {sent.kept:,} there already"
    if dry_run:
        return "\n".join([*lines, f"Nothing was done. With --dry-run left out: {told}."])
    return f"Published to {target}: {told}."
