"""`reportgen publish`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.faults import tell_faults
from reportgen.cli.progress import progress_bar
from reportgen.cli.project import Code, in_project, out_folder
from reportgen.cli.show import count, counted, show_text
from reportgen.diagnostics import Diagnostic, counted_by_strict

if TYPE_CHECKING:
    from reportgen.model.project import Project
    from reportgen.publish.sending import Sending


@click.command()
@click.argument("target")
@click.option("--dry-run", is_flag=True, help="Say what would be sent and removed, and send nothing.")
@click.option("--allow-unverified", is_flag=True, help="Publish also with quotations that were not verified.")
@in_project
def publish(root: Path, target: str, dry_run: bool, allow_unverified: bool) -> Code:
    """Build the site, check it, and send what changed to TARGET.

    Errors and warnings stop it; notices do not. A quotation that was not verified is a warning. Drafts are left out.
    Every link of the finished site has to lead somewhere. What an interruption left half done, the same command
    finishes. Keys and passwords come from the environment.

    \b
    reportgen publish ../www                   a folder
    reportgen publish git:gh-pages             a branch, pushed to origin
    reportgen publish s3://bucket/briefs       any address that fsspec opens: s3, gs, az, sftp, …
    reportgen publish ../www --dry-run         what would be sent
    """
    from reportgen import pipeline
    from reportgen.publish.sending import ObstacleError, send
    from reportgen.publish.targets import TargetError, open_place, read_target
    from reportgen.rebuild.output import SiteOutput

    try:
        place = open_place(read_target(target), root, out_folder(root) / "site")
    except TargetError as error:
        raise click.UsageError(f"{error.problem}{'; ' + error.hint if error.hint else ''}") from None
    with progress_bar() as progress:
        summary = pipeline.build(root, out_folder(root), progress=progress)
    allowed = {"unverified"} if allow_unverified else set[str]()
    stopping = tuple(d for d in counted_by_strict(summary.diagnostics) if d.code not in allowed)
    show_text(summary.diagnostics, root, sys.stderr)
    faults = [failure.fault for failure in summary.faults if failure.fault]
    if faults:
        return tell_faults(faults, out_folder(root))
    if stopping or not summary.ok:
        click.echo(f"Not published: {counted(stopping) or 'the site was not built'}.", err=True)
        return 1
    files = {path: written.sha for path, written in SiteOutput(summary.site).manifest().items()}
    project = pipeline.answers(root)[0].project
    broken = faults_of(project, summary.site, tuple(files))
    if broken:
        show_text(broken, root, sys.stderr)
        click.echo(f"Not published: {counted(broken)} in the finished site.", err=True)
        return 1
    try:
        sent = send(summary.site, files, place, dry_run=dry_run)
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


def faults_of(project: Project, site: Path, paths: tuple[str, ...]) -> tuple[Diagnostic, ...]:
    """Broken links of the finished site, and drafts that are in it."""
    from reportgen.diagnostics import Span
    from reportgen.model.brief import BriefStatus, folder_of
    from reportgen.publish.links import broken_links

    drafts = tuple(folder_of(slug) for slug, brief in project.documents.items() if brief.status is BriefStatus.DRAFT)
    shown = [path for path in paths if path.startswith(drafts)]
    found = [
        Diagnostic("draft-in-site", "this is a draft, and drafts are not published", Span.at(f"{site}/{path}"))
        for path in shown
    ]
    files = {path: (site / path).read_bytes() for path in paths}
    broken = broken_links(files, project.settings.base_url, str(site))
    return (*found, *(_written_in(fault, f"{site}/", project) for fault in broken))


def _written_in(fault: Diagnostic, site: str, project: Project) -> Diagnostic:
    """Says which brief or page to look into."""
    folder = "/".join(fault.span.file.removeprefix(site).split("/")[:2])
    if fault.hint or folder.removeprefix("briefs/") not in project.documents:
        return fault
    return replace(fault, hint=f"look for it in content/{folder}.md")


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
