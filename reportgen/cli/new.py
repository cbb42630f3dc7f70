"""`reportgen new`."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from reportgen.cli.project import Code

STARTER = Path(__file__).with_name("starter")
"""The files of a first project. All that they say is invented."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("."), metavar="[FOLDER]")
def new(folder: Path) -> Code:
    """Start a project with a small example to change.

    Writes a source, two facts, a chart and a brief, each with a word on what it is, into FOLDER, or into the folder
    that you are in; for git also what it is to leave out, and which files it must not change. What stands there already
    is not touched.

    \b
    reportgen new my-briefs
    """
    files = {path.relative_to(STARTER): path for path in sorted(STARTER.rglob("*")) if path.is_file()}
    kept = [path for path in files if path.name.startswith(".") and (folder / path).exists()]
    taken = [path for path in files if path not in kept and (folder / path).exists()]
    if (folder / "content").exists() or taken:
        what = "a content/" if (folder / "content").exists() else taken[0]
        raise click.UsageError(f"there is {what} in {folder} already. Name a new folder: reportgen new FOLDER")
    for path in kept:
        lines = [line for line in files.pop(path).read_text("utf-8").splitlines() if line and not line.startswith("#")]
        click.echo(f"{path} is there already and stays as it is. These lines belong into it: {', '.join(lines)}")
    for path, starter in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(starter.read_bytes())
    if folder != Path("."):
        click.echo(f"Written to {folder}. Now:\n  cd {shlex.quote(str(folder))}")
    else:
        click.echo("Written. Now:")
    click.echo("  reportgen add FILE    save a source of your own, and write its reference")
    click.echo("  reportgen serve       see the site in a browser while you write")
    click.echo("  reportgen build       make the site and the PDF, in build/site")
    return 0
