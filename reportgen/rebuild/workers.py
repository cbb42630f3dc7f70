"""Worker processes behind the `concurrent.futures` interface. Effects: starts processes, and ends them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any
from uuid import uuid4

from reportgen.diagnostics import Diagnostic, Span
from reportgen.model.reads import ReadKey
from reportgen.rebuild.digest import Digest
from reportgen.rebuild.performing import MadeBatch, Order, failure, find_snapshots, perform, perform_batch
from reportgen.rebuild.target import Failure, Snapshot, TargetResult, Work
from reportgen.rebuild.world import TOO_LONG_FOR_A_SOCKET, few_files

ENOUGH = 2
"""Weight of jobs from which on processes are started."""
AHEAD = 8
"""How many more jobs than a pool's width may be in flight where the next needs no engine: such are soon done, and the
processes have enough to do while this one makes what only it can make."""
_Result = TargetResult | Failure | MadeBatch


@dataclass(frozen=True, slots=True)
class Parcel:
    """A snapshot on its way to each worker."""

    token: str
    """By which batches name it."""
    packed: bytes


@dataclass(eq=False, slots=True)
class Job:
    """What a worker is asked for: the work of one target, or a batch."""

    names: tuple[str, ...]
    """Targets."""
    call: Callable[..., _Result]
    """A function of a module."""
    args: tuple[Any, ...]
    """What it is given; picklable."""
    engine: str
    weight: float = 1
    """How much there is to do, compared with setting a PDF."""
    reads: dict[ReadKey, Digest] = field(default_factory=dict)
    """What a target read before its work began."""
    future: Future[_Result] | None = None
    """None where it has not begun, or the pool was broken already."""


Back = tuple[Job, _Result | None]
"""A job and its result; None for a batch that no worker makes: its targets are to be made one by one."""


@dataclass(frozen=True, slots=True)
class Pool:
    """A way to run work elsewhere, opened only if there is some."""

    open: Callable[[Parcel | None], AbstractContextManager[Executor]]
    """A fresh executor each time, or `nullcontext(executor)` for one that outlives the build. What it is given has to
    reach each worker before its first batch."""
    width: int
    """Pieces of work handed out at once: enough to keep it busy, few enough to keep memory flat."""
    private: bool = False
    """Whether its processes serve this build alone. None is then started for little work, which takes longer than that
    work; and they end, to give back their memory, before another engine is loaded."""
    ahead: Callable[[Callable[[], None]], AbstractContextManager[object]] = lambda _: nullcontext()
    """For use where there is sure to be work: the executor that is opened first is there already, and each of its
    processes begins with what it is given, a function of a module."""


def processes(jobs: int, preload: Sequence[str] = ()) -> Pool:
    """`jobs` processes of this machine. On Linux those that begin ahead are forks of this one, while it has but one
    thread; for others a server process imports once for all what is slow to import, the modules of `preload`."""
    ready: list[tuple[ExitStack, Executor, Path]] = []
    """What was begun ahead, and was not opened yet."""

    @contextmanager
    def begun(first: Callable[[], None] | None = None) -> Iterator[tuple[Executor, Path]]:
        """An executor, and the folder in which its processes look for snapshots."""
        # Slow to import, and often not needed.
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        forked = first is not None and _has_one_thread()
        # Elsewhere a fork of a process that has loaded system libraries is not safe.
        method = "fork" if forked else "forkserver" if sys.platform == "linux" else "spawn"
        context = multiprocessing.get_context(method)
        if method == "forkserver":
            _start_server(["__main__", *preload])
        mine = set(multiprocessing.active_children())
        with TemporaryDirectory(prefix="reportgen-", ignore_cleanup_errors=True) as name, ExitStack() as starting:
            pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(Path(name),))
            calls = [first] * jobs if first else []
            try:
                if forked:
                    with _held_back(signal.SIGINT, signal.SIGTERM):
                        _submit(pool, calls)
                else:  # another thread waits until the server has imported all, and a process begins
                    thread = Thread(target=_submit, args=(pool, calls))
                    thread.start()
                    starting.callback(thread.join)
                yield pool, Path(name)
            except BaseException:
                starting.close()
                pool.shutdown(wait=False, cancel_futures=True)
                for child in set(multiprocessing.active_children()) - mine:
                    child.terminate()
                raise
            finally:
                starting.close()
                pool.shutdown(cancel_futures=True)

    @contextmanager
    def ahead(first: Callable[[], None]) -> Iterator[None]:
        with ExitStack() as stack:
            ready.append((stack, *stack.enter_context(begun(first))))
            try:
                yield
            finally:
                ready.clear()

    @contextmanager
    def start(parcel: Parcel | None) -> Iterator[Executor]:
        with ExitStack() as stack:
            if ready:
                before, pool, folder = ready.pop()
                stack.push(before.pop_all())
            else:
                pool, folder = stack.enter_context(begun())
            if parcel is not None:
                (folder / parcel.token).write_bytes(parcel.packed)
            yield pool

    return Pool(start, 2 * jobs, True, ahead)


def _submit(pool: Executor, calls: Sequence[Callable[[], None]]) -> None:
    """Where this fails, so does the first job that is submitted, which is then seen to."""
    with suppress(BrokenExecutor, OSError, EOFError):
        for call in calls:
            pool.submit(call)


def _start_server(preload: list[str]) -> None:
    """Start the fork server with SIGINT blocked, which its children inherit."""
    from multiprocessing import forkserver, resource_tracker

    resource_tracker.ensure_running()  # else the server would start it, which unblocks SIGINT
    forkserver.set_forkserver_preload(preload)
    with _held_back(signal.SIGINT):
        forkserver.ensure_running()


@contextmanager
def _held_back(*signals: signal.Signals) -> Iterator[None]:
    """Block signals, also in processes that start meanwhile: Ctrl-C reaches the whole process group, and the parent
    ends the workers."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _has_one_thread() -> bool:
    """Whether this process may be forked: another thread may hold a lock, which nothing would release in the fork."""
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:  # on systems other than Linux
        return False


def _begin(folder: Path) -> None:
    """The first thing that a process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":  # a fork has the handlers of its parent
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
    Thread(target=_end_with_parent, args=(folder,), daemon=True).start()
    find_snapshots(folder)


def _end_with_parent(folder: Path) -> None:
    """Else it would wait for work for ever where the parent was killed, and the snapshot would stay."""
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        rmtree(folder, ignore_errors=True)
        os._exit(1)


class InFlight:
    """Jobs in flight in a pool. A process that dies breaks the pool and all that is in flight: each job is then done by
    itself, so that only the one which kills its process fails."""

    def __init__(self, pool: Pool | None, stack: ExitStack, snapshot: Snapshot | None = None) -> None:
        self.pool = pool
        self.snapshot = snapshot if pool else None
        """None where no batches are made elsewhere."""
        self.names: dict[str, Job] = {}
        """Target -> its job."""
        self._stack = stack
        self._executor: Executor | None = None
        self._engine = ""
        """The engine that the processes have loaded."""
        self._held: list[Job] = []
        """Jobs that have not begun, as no process is started for so little."""
        self._token = uuid4().hex
        self._parcel: Parcel | None = None

    def is_busy(self, engine: str) -> bool:
        """Whether other jobs have to come back before one that loads this engine is submitted."""
        most = self.pool.width + (0 if engine else AHEAD) if self.pool else 1
        return bool(self.names) and (self._needs_others(engine) or len(self._jobs()) - len(self._held) >= most)

    def submit(self, name: str, work: Work, reads: dict[ReadKey, Digest]) -> None:
        """Start a target's work, and the pool if there is enough to do."""
        self._submit(Job((name,), perform, (name, work), work.engine, work.weight, reads))

    def submit_batch(self, order: Order, engine: str, weight: float) -> None:
        """The same of a batch."""
        self._submit(Job(tuple(order.names), perform_batch, (self._token, order), engine, weight))

    def _submit(self, job: Job) -> None:
        if self._needs_others(job.engine):
            self._close()
        self._engine = job.engine or self._engine
        self.names |= dict.fromkeys(job.names, job)
        self._held.append(job)
        idle = self._executor is None and len(self._jobs()) == len(self._held)
        if idle and self.pool and self.pool.private and sum(each.weight for each in self._held) < ENOUGH:
            return
        held, self._held = self._held, []
        for each in held:
            self._begin(each)

    def _jobs(self) -> list[Job]:
        return list(dict.fromkeys(self.names.values()))

    def _needs_others(self, engine: str) -> bool:
        """Whether fresh processes are needed, as the engine is another one."""
        held = self._engine if self._executor and self.pool and self.pool.private else ""
        return bool(held and engine) and held != engine

    def _begin(self, job: Job) -> None:
        try:
            job.future = self._open().submit(job.call, *job.args)
        except (BrokenExecutor, OSError, EOFError) as error:  # the latter two where the server that forks has died
            if str(error) == TOO_LONG_FOR_A_SOCKET:
                raise
            job.future = None

    def collect(self, name: str | None) -> list[Back]:
        """Wait for the job of that target, or else for the first, and return all that is done."""
        if self._held:
            held, self._held = self._held, []
            return [self._done(job, job.call(*job.args) if job.call is perform else None) for job in held]
        jobs = self._jobs()
        wait([j.future for j in jobs if j.future and (name is None or name in j.names)], return_when=FIRST_COMPLETED)
        back, broken = [], False
        for job in jobs:
            if job.future and not job.future.done():
                continue
            result = _result(job)
            if result is None:
                broken = True
            else:
                back.append(self._done(job, result))
        return back + self._one_by_one() if broken else back

    def _done(self, job: Job, result: _Result | None) -> Back:
        for name in job.names:
            del self.names[name]
        return job, result

    def _one_by_one(self) -> list[Back]:
        back: list[Back] = []
        self._close()
        for job in self._jobs():
            self._begin(job)
            result = _result(job)
            if result is None:
                self._close()
                if job.call is perform:
                    result = Failure(job.names[0], (_died(job.names[0]),))
            back.append(self._done(job, result))
        return back

    def _open(self) -> Executor:
        if self.pool is None:
            raise BrokenExecutor
        if self._executor is None:
            if self.snapshot and not self._parcel:
                self._parcel = Parcel(self._token, self.snapshot.packed())
            self._executor = self._stack.enter_context(self.pool.open(self._parcel))
        return self._executor

    def _close(self) -> None:
        self._stack.close()
        self._executor = None


def _died(name: str) -> Diagnostic:
    """Mostly the system ends a process because memory is short; which that was, nobody can say."""
    kind, _, subject = name.partition(" ")
    message = f"the process that makes the {kind}{f' of {subject}' if subject else ''} was ended twice"
    hint = "memory may be short: close other programs, or build with --jobs 1; if it happens again, report it"
    if few_files():
        hint = "raise the limit for open files (ulimit -n), or build with --jobs 1; then run the same command again"
    return Diagnostic("refused-by-system", message, Span.at("."), hint)


def _result(job: Job) -> _Result | None:
    """None where the pool broke."""
    try:
        return job.future.result() if job.future else None
    except BrokenExecutor:
        return None
    except Exception as error:
        return failure(job.names[0], error)
