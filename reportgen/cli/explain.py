"""`reportgen explain`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reportgen.cli.project import Code

if TYPE_CHECKING:
    from reportgen.messages.pages import Explanation

WIDEST = 100
"""Columns of a page on a terminal."""


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> Code:
    """Say what a message means, and how to put it right.

    CODE is what stands in brackets in a message. Without it, all codes are listed. The pages also stand in
    docs/messages.md.

    \b
    reportgen explain unknown-fact
    """
    from reportgen.load.suggest import did_you_mean
    from reportgen.messages.pages import codes, page

    if code is None:
        widest = max(map(len, codes()))
        for each in map(page, codes()):
            click.echo(f"{each.code:<{widest}}  {each.summary}")
        return 0
    if code not in codes():
        hint = did_you_mean(code, codes()) or "`reportgen explain` lists them all"
        raise click.UsageError(f'no message has the code "{code}": {hint}')
    _show(page(code))
    return 0


def _show(found: Explanation) -> None:
    """Laid out on a terminal; as it is written elsewhere."""
    if not sys.stdout.isatty():
        click.echo(found.text, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown
    from rich.theme import Theme

    out = Console(file=sys.stdout, theme=Theme({"markdown.code": "bold", "markdown.h2": "bold underline"}))
    out.width = min(out.width, WIDEST)
    out.print(Markdown(found.text, code_theme="ansi_dark"))
