"""`reportgen serve`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.archive_folder import archive_folder, archive_option
from reportgen.cli.project import Code, as_of_option, in_project, out_folder
from reportgen.cli.show import as_text, lines_below

if TYPE_CHECKING:
    from reportgen.desk.web import DeskPages


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    metavar="N",
    help="Where the preview listens on this machine; 0 takes a free port.",
)
@click.option("--no-desk", is_flag=True, help="Show the site alone, without the desk.")
@archive_option
@as_of_option
@in_project
def serve(root: Path, port: int, no_desk: bool, archive: Path | None, as_of: date | None) -> Code:
    """Show the site in a browser while you write, and the desk, where numbers of your sources become facts.

    Save a file, and the page in the browser is made again; what is wrong in it stands there with its file and line.
    Drafts are shown, PDFs are made when you open them, and build/site stays as it is. Ctrl-C ends it.

    The desk shows the saved sources: choose a number, write what it says, save. Its address, with a key that is new
    each time, is printed here and good for this machine alone.

    \b
    reportgen serve
    reportgen serve --port 8080
    """
    from reportgen.desk.web import AT, DeskPages
    from reportgen.preview import Preview
    from reportgen.serve import BesidePages, PortError
    from reportgen.serve import serve as serve_pages

    with Preview(root, out_folder(root), as_of) as preview:
        folder, desk = None, None
        if not no_desk:
            folder = archive_folder(root, archive, preview.project, must_exist=archive is not None)
            desk = DeskPages(root, folder) if folder.is_dir() else None
        try:
            serve_pages(
                preview,
                lambda problem: as_text(problem, lines_below(root)),
                root,
                port,
                lambda address: _say(address, desk, folder),
                BesidePages(desk.routes, f'<a href="{AT}/">The desk, with your sources</a>') if desk else None,
            )
        except PortError as error:
            raise click.ClickException(f"port {port} cannot be had ({error}); name another: --port N") from error
        except KeyboardInterrupt:
            pass
    return 0


def _say(address: str, desk: DeskPages | None, folder: Path | None) -> None:
    click.echo(f"Serving {address} (Ctrl-C ends it)")
    if desk:
        click.echo(f"The desk: {address}__desk/?t={desk.token}")
    elif folder:
        click.echo(f"There is no desk, for want of a folder of saved sources at {folder}: reportgen add FILE makes it")
