"""`reportgen serve`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from reportgen.cli.project import Code, as_of_option, in_project, out_folder
from reportgen.cli.show import as_text, lines_below


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    metavar="N",
    help="Where the preview listens on this machine; 0 takes a free port.",
)
@as_of_option
@in_project
def serve(root: Path, port: int, as_of: date | None) -> Code:
    """Show the site in a browser while you write.

    Save a file, and the page in the browser is made again; what is wrong in it stands there with its file and line.
    Drafts are shown, PDFs are made when you open them, and build/site stays as it is. Ctrl-C ends it.

    \b
    reportgen serve
    reportgen serve --port 8080
    """
    from reportgen.preview import Preview
    from reportgen.serve import PortError
    from reportgen.serve import serve as serve_pages

    with Preview(root, out_folder(root), as_of) as preview:
        try:
            serve_pages(
                preview,
                lambda problem: as_text(problem, lines_below(root)).plain,
                root,
                port,
                lambda address: click.echo(f"Serving {address} (Ctrl-C ends it)"),
            )
        except PortError as error:
            raise click.ClickException(f"port {port} cannot be had ({error}); name another: --port N") from error
        except KeyboardInterrupt:
            pass
    return 0
