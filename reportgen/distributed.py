"""The address of a Dask scheduler in, a pool of its workers out. The machines need reportgen, and nothing of a project:
work carries values, and a snapshot of the project goes to each worker once. Needs the package distributed.

Effects: opens a connection.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from reportgen.diagnostics import Diagnostic, ReportError, Span
from reportgen.installing import command_for
from reportgen.rebuild.performing import drop_snapshot, take_snapshot
from reportgen.rebuild.workers import Parcel, Pool


def dask(scheduler: str, wait: float = 30) -> Pool:
    """Twice as many tasks are in flight as there are threads. Raises ReportError if the scheduler does not answer."""
    try:
        import distributed
    except ImportError:
        raise _cannot(scheduler, "the package distributed is not installed", command_for("distributed")) from None
    connect: Any = distributed.Client
    try:
        client = connect(scheduler, timeout=wait, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        hint = "is the scheduler running, and the address right?"
        raise _cannot(scheduler, f"it does not answer: {error}", hint) from error
    width = 2 * max(1, sum(client.nthreads().values()))
    client.close()

    class Delivery(distributed.WorkerPlugin):
        """A snapshot on its way to each worker, also to one that comes later."""

        def __init__(self, parcel: Parcel) -> None:
            self._parcel = parcel

        def setup(self, worker: object) -> None:
            """It is there."""
            take_snapshot(self._parcel.token, self._parcel.packed)

        def teardown(self, worker: object) -> None:
            """It is no longer needed."""
            drop_snapshot(self._parcel.token)

    @contextmanager
    def start(parcel: Parcel | None) -> Iterator[Executor]:
        # A task whose worker dies is run again elsewhere, until it has killed several.
        with connect(scheduler, timeout=wait, set_as_default=False) as mine, mine.get_executor(pure=False) as pool:
            if parcel is None:
                yield pool
                return
            mine.register_plugin(Delivery(parcel), name=parcel.token)
            try:
                yield pool
            finally:
                mine.unregister_worker_plugin(parcel.token)

    return Pool(start, width)


def _cannot(scheduler: str, why: str, hint: str) -> ReportError:
    span = Span.at("--scheduler")
    return ReportError([Diagnostic("no-scheduler", f"no work can be sent to {scheduler}: {why}", span, hint)])
