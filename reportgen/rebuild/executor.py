"""Targets in, their content in the store out; only what is stale is made. Writes to the store, and starts workers."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from typing import Literal, NamedTuple

from reportgen.diagnostics import Diagnostic, in_file_order
from reportgen.model.reads import ReadKey
from reportgen.rebuild.digest import ABSENT, Digest, sha256
from reportgen.rebuild.garbage import Garbage
from reportgen.rebuild.parts import entries, entry_of
from reportgen.rebuild.performing import MadeBatch, MayHold, Order, failure, perform
from reportgen.rebuild.plan import OUTPUTS, Fresh, Stale, judge
from reportgen.rebuild.store import Store
from reportgen.rebuild.target import DigestOf, Failure, Snapshot, Target, TargetResult
from reportgen.rebuild.trace import Read, Trace, remember
from reportgen.rebuild.workers import InFlight, Job, Pool

WORTH_A_WORK = 32
"""Targets of batches that take about as long to make as what is handed back as Work."""
NO_ENTRY = sha256(b"null")
"""What is read of a value in parts that has no such entry."""


class ProgressEvent(NamedTuple):
    """A change of state of one target, for a progress display."""

    state: Literal["started", "made", "kept", "failed", "held"]
    """`kept`: it was up to date. `held`: a target that it reads failed."""
    name: str
    done: int
    """Targets settled so far, this one included."""
    total: int
    reason: str = ""
    """Why it is made; only with `started`."""


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """The result of a build. The site may be changed only if it is `ok`."""

    results: Mapping[str, Trace]
    """Of every target that is up to date now, in the order of the targets."""
    made: tuple[Stale, ...]
    """Those that ran and succeeded, and why, in the order of the targets."""
    failures: tuple[Failure, ...]
    held: tuple[str, ...]
    """Not made, because something that they read failed."""

    @property
    def ok(self) -> bool:
        return not self.failures and not self.held

    @property
    def files(self) -> dict[str, str]:
        """The whole site: path -> SHA-256 of its content in the cache."""
        return {path: sha for trace in self.results.values() for path, sha in trace.files.items()}

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Warnings of all that is used, and the authors' errors."""
        found = [w for trace in self.results.values() for w in trace.warnings]
        return in_file_order([*found, *(d for f in self.failures for d in f.diagnostics)])


def run(
    targets: Iterable[Target],
    store: Store,
    digest_of: DigestOf,
    pool: Pool | None = None,
    progress: Callable[[ProgressEvent], None] = lambda _: None,
    wanted: Iterable[str] | None = None,
    before: BuildOutcome | None = None,
    snapshot: Snapshot | None = None,
) -> BuildOutcome:
    """Make what is stale. Failures are gathered, and stop only what reads the failed.

    `wanted`: names of targets; of the others only what these read is looked at. `before`: how a run of other targets
    of the same build ended well, which this one goes on from. `snapshot`: what workers of the pool make batches of
    targets out of; without it all targets are made here, and workers do only what they hand back as Work.

    Each new trace is stored at once, so that the next build need not repeat what a killed one had made. Raises
    ValueError if two targets have one name, and OSError if the store cannot be written.
    """
    with ExitStack() as stack, Garbage() as garbage:
        running = _BuildRun(targets, store, digest_of, InFlight(pool, stack, snapshot), progress, garbage)
        if wanted is not None:
            running.queue = deque(wanted)
        if before is not None:
            running.settled = dict(before.results)
            running.made = {stale.name: stale for stale in before.made}
        return running.run()


class _Held(BaseException):
    """Raised in a `make` that reads a failed target. A BaseException, so that `make` does not catch it by mistake."""


class _BuildRun:
    """The state of one `run`."""

    def __init__(
        self,
        targets: Iterable[Target],
        store: Store,
        digest_of: DigestOf,
        in_flight: InFlight,
        progress: Callable[[ProgressEvent], None],
        garbage: Garbage,
    ) -> None:
        listed = list(targets)
        self.targets = {target.name: target for target in listed}
        if len(self.targets) < len(listed):
            raise ValueError("two targets have one name")
        self.store = store
        self.digest_of = digest_of
        self.progress = progress
        self.garbage = garbage
        self.settled: dict[str, Trace] = {}
        self.failures: dict[str, Failure] = {}
        self.held: set[str] = set()
        self.made: dict[str, Stale] = {}
        self.looked_at: set[str] = set()
        """Targets of which it was asked whether their latest traces hold, of those that have any."""
        self.judging: set[str] = set()
        self.making: set[str] = set()
        self.waiting: dict[str, list[str]] = {}
        """Target in flight -> those to be judged once it is settled."""
        self.known: dict[Read, Read] = {}
        self.holding = set[Read]()
        """Reads that are now as they were."""
        self.parts: dict[str, Mapping[str, Digest]] = {}
        """SHA-256 of a value that was read in parts -> the digest of each."""
        self.queue = deque(self.targets)
        self.later = deque[str]()
        """What gathers from many targets: it would wait for one after the other while workers had nothing to do."""
        self.in_flight = in_flight
        self.batches: dict[str, list[str]] = {}
        """Batch -> its targets."""
        for target in listed if in_flight.snapshot else ():
            if target.batch:
                self.batches.setdefault(target.batch.name, []).append(target.name)
        self.apart: set[str] = set()
        """Targets that a worker was asked for once: whatever came of that, it is not asked again."""

    def run(self) -> BuildOutcome:
        self.store.expect(len(self.queue))
        if self.batches:
            self.put_off()
        while self.queue or self.later or self.in_flight.names:
            if self.queue:
                self.visit(self.queue.popleft(), wait=False)
            elif self.later and not any(map(self.is_batched, chain(*self.waiting.values()))):
                self.visit(self.later.popleft(), wait=False)
            else:
                self.collect()
        self.refuse_shared_paths()
        order = list(self.targets)
        return BuildOutcome(
            {name: self.settled[name] for name in order if name in self.settled},
            tuple(self.made[name] for name in order if name in self.made),
            tuple(self.failures[name] for name in order if name in self.failures),
            tuple(name for name in order if name in self.held),
        )

    def put_off(self) -> None:
        """Put off what comes behind the first batches, but for those that take long: targets of batches first, as
        workers make them meanwhile."""
        first = next((n for n, name in enumerate(self.queue) if self.is_batched(name)), 0)
        behind = (n for n, name in enumerate(self.queue) if n > first and not self.is_batched(name))
        begun = next(behind, len(self.queue))
        names = list(self.queue)
        long = [name for name in names if (batch := self.targets[name].batch) and batch.is_long]
        self.queue = deque(dict.fromkeys((*long, *names[:begun])))
        self.later = deque(sorted(names[begun:], key=lambda name: not self.is_batched(name)))

    def is_batched(self, name: str) -> bool:
        return self.targets[name].batch is not None

    def decided(self, name: str) -> bool:
        return name in self.settled or name in self.failures or name in self.held

    def result_of(self, key: ReadKey) -> Digest | None:
        if key[1] not in self.targets:
            return ABSENT
        if key[1] not in self.settled:
            return None
        trace = self.settled[key[1]]
        return self.part_digest(trace.value, key[2]) if key[0] == "part" else trace.answer(key)

    def part_digest(self, sha: str | None, key: str) -> Digest:
        """The digest of an entry of a value; ABSENT where that is none, or is lost."""
        if sha is None:
            return ABSENT
        if sha not in self.parts:
            data = self.store.get(sha)
            if data is None:
                return ABSENT
            self.parts[sha] = {name: sha256(entry) for name, entry in entries(data).items()}
        return self.parts[sha].get(key, NO_ENTRY)

    def visit(self, name: str, wait: bool) -> None:
        """Judge a target, those that its traces read first, and make it if it is stale.

        With `wait`, work in flight on which it depends is waited for; else it is queued again when that work is done.
        """
        if self.decided(name) or name in self.in_flight.names or self.is_kept(name):
            return
        self.judging.add(name)
        while not self.decided(name) and name not in self.in_flight.names:
            verdict = self.judged(name)
            if isinstance(verdict, Fresh):
                self.settle(name, verdict.trace, "kept")
                break
            awaited = (*verdict.awaits, *self.lacking(name))
            other = next((o for o in awaited if o not in self.judging and o not in self.making), None)
            if other is None:
                if not self.hand_out(verdict):
                    self.make(verdict)
                break
            if not self.decided(other) and other not in self.in_flight.names:
                self.visit(other, wait)
            if other in self.failures or other in self.held:
                if other in verdict.awaits:
                    self.decide(name, "held")
            elif other not in self.settled and wait:
                self.collect(other)
            elif other not in self.settled:
                self.waiting.setdefault(other, []).append(name)
                break
        self.judging.discard(name)

    def demand(self, name: str) -> Trace:
        """Another target's result, now. Raises _Held if there is none."""
        if name in self.making:
            raise RuntimeError(f"{name} reads itself, through {', '.join(sorted(self.making - {name})) or 'nothing'}")
        while not self.decided(name):
            if name in self.in_flight.names:
                self.collect(name)
            elif name in self.judging:
                # Its old traces form a cycle with the target that asks: make it without them.
                self.make(Stale(name, ("its records read each other in a circle",)))
            else:
                self.visit(name, wait=True)
        if name not in self.settled:
            raise _Held
        return self.settled[name]

    def remake(self, name: str) -> Trace:
        """A result whose content turned out to be lost when it was read."""
        self.settled.pop(name)
        return self.demand(name)

    def lacking(self, name: str) -> tuple[str, ...]:
        """Targets whose values have to go along where a worker makes this one, and that are not decided."""
        batch = self.targets[name].batch
        if batch is None or name in self.apart or not self.in_flight.snapshot:
            return ()
        return tuple(need for need in batch.needs if need in self.targets and not self.decided(need))

    def hand_out(self, stale: Stale) -> bool:
        """Have a worker make a stale target, with all of its batch that is stale too or may be. False where it is to be
        made here."""
        batch = self.targets[stale.name].batch
        if batch is None or stale.name in self.apart or not self.in_flight.snapshot:
            return False
        while self.in_flight.is_busy(batch.engine):
            self.collect()
        found: dict[str, Stale] = {}
        for name in self.batches[batch.name]:
            if not self.decided(name) and name not in self.making and name not in self.apart:
                if name != stale.name and self.is_kept(name):
                    continue
                verdict = stale if name == stale.name else self.judged(name)
                if isinstance(verdict, Fresh):
                    self.settle(name, verdict.trace, "kept")
                else:
                    found[name] = verdict
        certain = {name for name, verdict in found.items() if name == stale.name or not verdict.awaits}
        together, more = set[str](), certain
        while more:  # and what hangs on nothing else
            together |= more
            more = {name for name in found.keys() - together if together.issuperset(found[name].awaits)}
        names: dict[str, tuple[MayHold, ...]] = {}
        for name, verdict in found.items():
            if name in certain:
                self.tell("started", name, verdict.reason)
            if name in together:
                names[name] = () if name in certain else tuple(self.may_hold(verdict.may_hold))
        self.apart |= names.keys()
        values = {name: self.settled[name].value for name in self.known_to(batch.name, batch.needs)}
        contents = {name: self.store.get(sha) if sha else None for name, sha in values.items()}
        given = {name: data for name, data in contents.items() if data is not None or values[name] is None}
        assert self.in_flight.snapshot is not None
        texts = self.in_flight.snapshot.texts(batch.name)
        self.in_flight.submit_batch(Order(names, given, texts), batch.engine, len(certain) / WORTH_A_WORK)
        return True

    def known_to(self, batch: str, needs: Iterable[str]) -> Iterable[str]:
        """Targets whose values go along with a batch."""
        return (name for name in (*self.batches[batch], *needs) if name in self.settled)

    def may_hold(self, traces: Iterable[Trace]) -> Iterator[MayHold]:
        for trace in traces:
            reads = (read for read in trace.reads if read.key[0] in OUTPUTS and self.result_of(read.key) is None)
            value = self.store.get(trace.value) if trace.value else None
            if value is not None or not trace.value:
                yield MayHold(tuple(reads), value)

    def is_kept(self, name: str) -> bool:
        """Whether a target is as its latest trace has it, as most are; then it is settled."""
        latest = self.store.latest(name)
        if latest is None:
            return False
        self.looked_at.add(name)
        if not self.holds(latest) or not all(map(self.store.intact, latest.blobs)):
            return False
        self.settled[name] = latest
        self.decide(name, "kept")
        return True

    def judged(self, name: str) -> Fresh | Stale:
        return judge(name, self.store.traces(name), self.digest_of, self.result_of, self.store.intact)

    def holds(self, trace: Trace) -> bool:
        """Whether all that it read is as it was, and settled. Targets share most of their reads: each is looked at
        once."""
        if self.holding.issuperset(trace.reads):
            return True
        for read in trace.reads:
            if read not in self.holding:
                if read.key[0] not in OUTPUTS:
                    now: Digest | None = self.digest_of(read.key)
                else:
                    now = self.result_of(read.key)
                    if now is None and read.key[1] not in self.looked_at and self.is_kept(read.key[1]):
                        now = self.result_of(read.key)
                if now != read.digest:
                    return False
                self.holding.add(read)
        return True

    def take(self, job: Job, batch: MadeBatch) -> None:
        """What a worker made of a batch; not what it made of values that turned out to be others."""
        for made in batch.made:
            if any(self.result_of(key) != seen for key, seen in made.outputs.items() if key[0] in OUTPUTS):
                continue
            verdict = self.judged(made.name)
            if isinstance(verdict, Fresh):
                self.settle(made.name, verdict.trace, "kept")
                continue
            self.made[made.name] = verdict
            self.finish(made.name, {key: self.digest_of(key) for key in made.reads} | dict(made.outputs), made.result)
        of = self.targets[job.names[0]].batch
        assert of is not None
        assert self.in_flight.snapshot is not None
        self.in_flight.snapshot.keep(of.name, batch.texts)

    def make(self, stale: Stale) -> None:
        name = stale.name
        self.tell("started", name, stale.reason)
        self.making.add(name)
        reader = _RecordingReader(self)
        try:
            made = self.targets[name].make(reader)
        except _Held:
            self.decide(name, "held")
            return
        except Exception as error:
            self.fail(failure(name, error))
            return
        finally:
            self.making.discard(name)
        self.made[name] = stale
        if isinstance(made, TargetResult):
            self.finish(name, reader.reads, made)
        elif self.in_flight.pool is None:
            self.finish(name, reader.reads, perform(name, made))
        else:
            while self.in_flight.is_busy(made.engine):
                self.collect()
            self.in_flight.submit(name, made, reader.reads)

    def collect(self, name: str | None = None) -> None:
        """Wait for work in flight: that of a target, or else the first to finish."""
        for job, result in self.in_flight.collect(name):
            if isinstance(result, MadeBatch):
                self.take(job, result)
            elif result is not None:
                self.finish(job.names[0], job.reads, result)
            self.queue.extendleft(name for name in reversed(job.names) if not self.decided(name))

    def finish(self, name: str, reads: dict[ReadKey, Digest], result: TargetResult | Failure) -> None:
        if isinstance(result, Failure):
            self.fail(result)
            return
        try:
            for key, digest in result.reads.items():
                _add(reads, key, digest)
            self.check(reads, result)
        except ValueError as error:
            self.fail(failure(name, error))
            return
        files = {path: self.store.put(data) for path, data in sorted(result.files.items())}
        value = None if result.value is None else self.store.put(result.value)
        trace = Trace(tuple(self.read(key, reads[key]) for key in sorted(reads)), files, value, result.warnings)
        self.settle(name, trace, "made")
        self.garbage.count()

    def read(self, key: ReadKey, digest: Digest) -> Read:
        """One value for a read that many targets share: each has dozens, and they are kept to the end."""
        read = Read(key, digest)
        return self.known.setdefault(read, read)

    def check(self, reads: Mapping[ReadKey, Digest], made: TargetResult) -> None:
        """Raises ValueError for what would make a target stale for ever, or write outside the site."""
        for key, digest in reads.items():
            if key[0] not in OUTPUTS and self.digest_of(key) != digest:
                raise ValueError(f"{key} was read as {digest}, and is {self.digest_of(key)}")
        for path in made.files:
            parts = path.split("/")
            if not path.isprintable() or {"\\", ":"} & set(path) or {"", ".", ".."} & set(parts):
                raise ValueError(f"{path!r} is no path below the site")

    def refuse_shared_paths(self) -> None:
        owners: dict[str, str] = {}
        for name in self.targets:
            for path in self.settled[name].files if name in self.settled else ():
                # On file systems that ignore case, a.html and A.html are one file.
                owner = owners.setdefault(path.casefold(), name)
                if owner != name and name not in self.failures:
                    self.failures[name] = Failure(name, fault=f"{owner} and {name} both write {path}")

    def fail(self, failed: Failure) -> None:
        self.failures[failed.name] = failed
        self.decide(failed.name, "failed")

    def settle(self, name: str, trace: Trace, state: Literal["made", "kept"]) -> None:
        self.settled[name] = trace
        if self.store.latest(name) is not trace:
            before = self.store.traces(name)
            now = remember(before, trace)
            if now != before:
                self.store.keep(name, now)
        self.decide(name, state)

    def decide(self, name: str, state: Literal["made", "kept", "failed", "held"]) -> None:
        if state == "held":
            self.held.add(name)
        if state in ("held", "failed"):
            self.made.pop(name, None)
        # At the head of the queue, while the evaluations that they share are still in memory.
        self.queue.extendleft(reversed(self.waiting.pop(name, ())))
        self.tell(state, name)

    def tell(self, state: Literal["started", "made", "kept", "failed", "held"], name: str, reason: str = "") -> None:
        done = len(self.settled) + len(self.failures) + len(self.held)
        self.progress(ProgressEvent(state, name, done, len(self.targets), reason))


class _RecordingReader:
    """Records what one `make` looks at."""

    def __init__(self, running: _BuildRun) -> None:
        self._run = running
        self.reads: dict[ReadKey, Digest] = {}

    def record(self, key: ReadKey, digest: Digest | None = None) -> None:
        _add(self.reads, key, self._run.digest_of(key) if digest is None else digest)

    def output(self, name: str) -> bytes:
        sha = self.output_digest(name)
        if sha == ABSENT:
            raise LookupError(name)
        data = self._run.store.get(sha)
        if data is None:
            del self.reads["output", name]
            sha = self._record(("output", name), self._run.remake(name))
            data = self._run.store.get(sha)
        if data is None:
            raise LookupError(name)
        return data

    def output_digest(self, name: str) -> Digest:
        return self._record(("output", name), self._demand(name))

    def part(self, name: str, key: str) -> bytes:
        trace = self._demand(name)
        sha = trace.value if trace else None
        data = self._run.store.get(sha) if sha else None
        if sha and data is None:
            sha = self._run.remake(name).value
            data = self._run.store.get(sha) if sha else None
        _add(self.reads, ("part", name, key), self._run.part_digest(sha, key))
        if data is None:
            raise LookupError(name)
        return entry_of(data, key)

    def files(self, name: str) -> Mapping[str, bytes]:
        trace = self._demand(name)
        found = self._contents(trace)
        if None in found.values():
            trace = self._run.remake(name)
            found = self._contents(trace)
        self._record(("files", name), trace)
        if trace is None:
            raise LookupError(name)
        return {path: data or b"" for path, data in found.items()}

    def paths(self, name: str) -> Iterable[str]:
        trace = self._demand(name)
        self._record(("files", name), trace)
        if trace is None:
            raise LookupError(name)
        return trace.files

    def _contents(self, trace: Trace | None) -> dict[str, bytes | None]:
        return {path: self._run.store.get(sha) for path, sha in trace.files.items()} if trace else {}

    def _demand(self, name: str) -> Trace | None:
        return self._run.demand(name) if name in self._run.targets else None

    def _record(self, key: ReadKey, trace: Trace | None) -> Digest:
        digest = ABSENT if trace is None else trace.answer(key)
        _add(self.reads, key, digest)
        return digest


def _add(reads: dict[ReadKey, Digest], key: ReadKey, digest: Digest) -> None:
    if reads.setdefault(key, digest) != digest:
        raise ValueError(f"{key} was read as {reads[key]} and as {digest} in one build")
