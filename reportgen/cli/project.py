"""What all commands share: which project, as of which day, and what becomes of errors."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Concatenate, ParamSpec, cast

import click

from reportgen.cli.faults import tell_fault
from reportgen.cli.show import counted, show_text
from reportgen.diagnostics import ReportError

P = ParamSpec("P")
Code = int
"""An exit code: 0 fine, 1 problems in the input, 2 wrong usage, 3 an error of the program."""


class DayOption(click.ParamType[date]):
    """A day as ISO 8601 writes it."""

    def __init__(self, *, clock: bool = False) -> None:
        self._clock = clock
        """Whether `today` is taken, which reads the clock."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        if self._clock and value == "today":
            return date.today()
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            also = ", or today" if self._clock else ""
            self.fail(f"{value!r} is not a day; write it like 2026-11-22{also}", param, ctx)


as_of_option = click.option(
    "--as-of",
    type=DayOption(clock=True),
    metavar="DATE",
    help="The day that review dates are judged by, e.g. 2026-11-22, or today. Without it: `as_of` in site.yaml, "
    "else the newest brief's date; never today's.",
)
strict_option = click.option("--strict", is_flag=True, help="Count warnings as errors.")


_root_option = click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path("."),
    metavar="DIR",
    help="The project's folder, which holds content/. Without it: the folder that you are in.",
)


def in_project(command: Callable[Concatenate[Path, P], Code]) -> Callable[P, Code]:
    """Adds `--root`. Authors' errors are shown; a program error is saved to a file and reported in two lines."""

    @functools.wraps(command)
    def run(root: Path, *args: P.args, **kwargs: P.kwargs) -> Code:
        if not (root / "content").is_dir():
            where = "this folder" if root == Path(".") else str(root)
            raise click.UsageError(
                f"there is no content/ in {where}. Go to the project's folder, or name it with --root DIR; to start a"
                " project, run: reportgen new"
            )
        try:
            return command(root, *args, **kwargs)
        except ReportError as error:
            show_text(error.diagnostics, root, sys.stderr)
            click.echo(counted(error.diagnostics), err=True)
            return 1
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            return tell_fault(error, out_folder(root, kwargs.get("out")))

    return cast("Callable[P, Code]", _root_option(run))


def out_folder(root: Path, out: object = None) -> Path:
    """Where builds go. UsageError where that is a folder of the project's own files."""
    if not isinstance(out, Path):
        return Path(root / "build")
    there, site = out.resolve(), (out / "site").resolve()
    for name in ("content", "templates"):
        own = (root / name).resolve()
        if own == site or own in (there, *there.parents) or site in own.parents:
            raise click.UsageError(f"{out} is where the project's own {name}/ stands; name another folder for --out")
    return out
