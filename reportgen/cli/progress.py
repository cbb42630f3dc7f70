"""Events of a build in, a bar on a terminal out; elsewhere nothing, so that logs stay quiet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from reportgen.rebuild.executor import ProgressEvent


@contextmanager
def progress_bar() -> Iterator[Callable[[ProgressEvent], None]]:
    """What to tell each event to. The bar appears with the first piece of work, and goes when all is done."""
    with ExitStack() as stack:
        yield _ProgressBar(stack).tell if sys.stderr.isatty() else lambda _: None


class _ProgressBar:
    def __init__(self, stack: ExitStack) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self._stack = stack
        columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task("", total=None)
        self._shown = False

    def tell(self, event: ProgressEvent) -> None:
        if event.state == "started" and not self._shown:
            self._stack.enter_context(self._progress)
            self._shown = True
        words = {"started": "making", "failed": "failed"}.get(event.state)
        told = f"{words} {event.name}" if words else None
        self._progress.update(self._task, completed=event.done, total=event.total, description=told)
