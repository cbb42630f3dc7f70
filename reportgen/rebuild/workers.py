"""Worker processes behind the `concurrent.futures` interface. Effects: starts processes, and ends them."""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass

from reportgen.diagnostics import Diagnostic, ReportError, Span
from reportgen.model.reads import ReadKey
from reportgen.rebuild.digest import Digest
from reportgen.rebuild.target import Failure, TargetResult, Work
from reportgen.rebuild.world import world_problem

_Future = Future[TargetResult | Failure]
Back = tuple[str, dict[ReadKey, Digest], TargetResult | Failure]
"""A target, what it read before its work began, and the result."""


@dataclass(frozen=True, slots=True)
class Pool:
    """A way to run work elsewhere, opened only if there is some."""

    open: Callable[[], AbstractContextManager[Executor]]
    """A fresh executor each time, or `nullcontext(executor)` for one that outlives the build."""
    width: int
    """Pieces of work handed out at once: enough to keep it busy, few enough to keep memory flat."""
    private: bool = False
    """Whether its processes serve this build alone. None is then started for a single piece of work, which takes longer
    than many a one; and they end, to give back their memory, before another engine is loaded."""


def processes(jobs: int, preload: Sequence[str] = ()) -> Pool:
    """`jobs` processes of this machine. `preload` names the modules that are slow to import: on Linux a server process
    imports them once for all."""

    @contextmanager
    def start() -> Iterator[Executor]:
        # Slow to import, and often not needed.
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        # Elsewhere a fork of a process that has loaded system libraries is not safe.
        context = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
        if sys.platform == "linux":
            _start_server(["__main__", *preload])
        mine = set(multiprocessing.active_children())
        pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_ignore_interrupts)
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for child in set(multiprocessing.active_children()) - mine:
                child.terminate()
            raise
        finally:
            pool.shutdown(cancel_futures=True)

    return Pool(start, 2 * jobs, private=True)


def perform(name: str, work: Work) -> TargetResult | Failure:
    """Do the work. Errors are returned as values, since not every exception can be pickled."""
    try:
        return work.task(*work.args)
    except Exception as error:
        return failure(name, error)


def failure(name: str, error: Exception) -> Failure:
    """The authors' errors and the machine's in words; anything else with its traceback."""
    if isinstance(error, ReportError):
        return Failure(name, error.diagnostics)
    if problem := world_problem(error):
        return Failure(name, (problem,))
    return Failure(name, fault="".join(traceback.format_exception(error)))


def _start_server(preload: list[str]) -> None:
    """Start the fork server with SIGINT blocked, which its children inherit: Ctrl-C reaches the whole process group,
    and the parent ends the workers."""
    from multiprocessing import forkserver

    forkserver.set_forkserver_preload(preload)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ignore_interrupts() -> None:
    # On systems without a fork server.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class InFlight:
    """Work in flight in a pool. A process that dies breaks the pool and all work in flight: each piece is then run by
    itself, so that only the one which kills its process fails."""

    def __init__(self, pool: Pool | None, stack: ExitStack) -> None:
        self.pool = pool
        self.names: dict[str, tuple[_Future | None, Work, dict[ReadKey, Digest]]] = {}
        """Target -> its future (None where the pool was broken already), its work and what it has read."""
        self._stack = stack
        self._executor: Executor | None = None
        self._engine = ""
        """The engine that the processes have loaded."""
        self._single = ""
        """A target whose work has not begun, as no process is started for a single one."""

    def is_busy(self, work: Work) -> bool:
        """Whether other work has to come back before this is submitted."""
        most = self.pool.width if self.pool else 1
        return bool(self.names) and (self._needs_others(work) or len(self.names) >= most)

    def submit(self, name: str, work: Work, reads: dict[ReadKey, Digest]) -> None:
        """Start work, and the pool if there is enough of it."""
        if self._needs_others(work):
            self._close()
        self._engine = work.engine or self._engine
        if self._executor is None and self.pool and self.pool.private and not self.names:
            self._single, self.names[name] = name, (None, work, reads)
            return
        if self._single:
            self.names[self._single] = (self._begun(self._single), *self.names[self._single][1:])
            self._single = ""
        self.names[name] = (None, work, reads)
        self.names[name] = (self._begun(name), work, reads)

    def _needs_others(self, work: Work) -> bool:
        """Whether fresh processes are needed, as the engine is another one."""
        held = self._engine if self._executor and self.pool and self.pool.private else ""
        return bool(held and work.engine) and held != work.engine

    def _begun(self, name: str) -> _Future | None:
        try:
            return self._open().submit(perform, name, self.names[name][1])
        except (BrokenExecutor, OSError, EOFError):  # the latter two where the server that forks has died
            return None

    def collect(self, name: str | None) -> list[Back]:
        """Wait for that target, or else for the first, and return all that is done."""
        if self._single:
            single, self._single = self._single, ""
            _, work, reads = self.names.pop(single)
            return [(single, reads, perform(single, work))]
        wait([f for n, (f, _, _) in self.names.items() if f and name in (None, n)], return_when=FIRST_COMPLETED)
        back, broken = [], False
        for each, (future, _, reads) in list(self.names.items()):
            if future and not future.done():
                continue
            result = _result(each, future)
            if result is None:
                broken = True
            else:
                back.append((each, reads, result))
                del self.names[each]
        return back + self._one_by_one() if broken else back

    def _one_by_one(self) -> list[Back]:
        back: list[Back] = []
        self._close()
        for name, (_, _, reads) in self.names.items():
            result = _result(name, self._begun(name))
            if result is None:
                self._close()
                result = Failure(name, (_died(name),))
            back.append((name, reads, result))
        self.names.clear()
        return back

    def _open(self) -> Executor:
        if self.pool is None:
            raise BrokenExecutor
        if self._executor is None:
            self._executor = self._stack.enter_context(self.pool.open())
        return self._executor

    def _close(self) -> None:
        self._stack.close()
        self._executor = None


def _died(name: str) -> Diagnostic:
    """Mostly the system ends a process because memory is short; which that was, nobody can say."""
    kind, _, subject = name.partition(" ")
    message = f"the process that makes the {kind}{f' of {subject}' if subject else ''} was ended twice"
    hint = "memory may be short: close other programs, or build with --jobs 1; if it happens again, report it"
    return Diagnostic("refused-by-system", message, Span.at("."), hint)


def _result(name: str, future: _Future | None) -> TargetResult | Failure | None:
    """None where the pool broke."""
    try:
        return future.result() if future else None
    except BrokenExecutor:
        return None
    except Exception as error:
        return failure(name, error)
