"""The command group: arguments in, an exit code out; exceptions become messages, never a traceback."""

from __future__ import annotations

import errno
import sys
from collections import UserDict
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from reportgen.cli.faults import tell_fault


class _Commands(UserDict[str, click.Command]):
    """The commands by name. One is imported when it is asked for: all of them take longer than what most do."""

    def __getitem__(self, name: str) -> click.Command:
        if name not in self.data:
            raise KeyError(name)
        module = name.replace("-", "_")
        found: click.Command = getattr(import_module(f"reportgen.cli.{module}"), module)
        return found


_NAMES = (
    *("new", "add", "suggest", "import-notes", "build", "check", "explain", "serve", "verify", "facts", "why", "diff"),
    *("due", "compare", "release", "publish"),
)


@click.group(
    commands=_Commands({name: click.Command(name) for name in _NAMES}),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(package_name="reportgen", message="%(prog)s %(version)s")
def cli() -> None:
    """Policy briefs in which no number is typed by hand.

    Facts, sources and briefs stand in content/; the finished site and its PDFs go to build/site.

    \b
    reportgen new my-briefs             start a project with a small example
    reportgen check                     look for mistakes, and change nothing
    reportgen explain unknown-fact      what a message means, and how to put it right
    reportgen build                     make the site and the PDFs
    reportgen serve                     show the site in a browser while you write
    reportgen add report.pdf            save a source, and write its reference
    reportgen suggest wages-2025        list the numbers of a source, and make facts of them
    reportgen import-notes notes.json   make facts of what you marked in Hypothesis or Zotero
    reportgen verify                    find every quotation in the saved sources
    reportgen facts wages               search the fact base
    reportgen why median-wage-2025      what a fact rests on, and what rests on it
    reportgen diff --data rents.csv     what a newer version of a dataset's file changes
    reportgen due --as-of today         what is to be looked at again
    reportgen compare before build/site what differs between two built sites, numbers and looks
    reportgen release wages --minor     freeze what the briefs say now, as an edition
    reportgen publish git:gh-pages      check all of it, and send what changed

    Exit codes: 0 fine, 1 problems in the project's files or with the machine, 2 wrong usage, 3 a command that
    was interrupted, or an error of the program's own.
    """


def run(arguments: Sequence[str]) -> int:
    """Run one command. Raises KeyboardInterrupt when interrupted, with what became of the site if that is not as it
    was."""
    try:
        code = cli.main(list(arguments), prog_name="reportgen", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.Abort as abort:
        raise KeyboardInterrupt(*getattr(abort.__cause__, "args", ())) from None
    except click.ClickException as error:
        error.show()
        return 2
    except SystemExit as stop:
        # Click exits by itself at a pipe that broke, which our own output cannot be (`Output`).
        return tell_fault(stop.__context__ or BrokenPipeError(errno.EPIPE, None), Path("build"))
    except Exception as error:
        return tell_fault(error, Path("build"))
