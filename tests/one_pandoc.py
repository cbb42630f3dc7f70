"""A pandoc that goes from one command to the next: a process of tests starts it once, and not each command anew.

What one command has asked is not asked again for another: most of the tests' projects are the same few, with a change.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import pytest

from reportgen.citing.pandoc import Citeproc

Idle = tuple[subprocess.Popen[bytes], IO[bytes] | None, int]
"""A process that waits for a request, its log, and how many it has answered."""


OWN = {"_started": Citeproc._started, "close": Citeproc.close}
"""How a Citeproc starts a process and ends it, for tests of just that."""


@contextmanager
def one_pandoc() -> Iterator[None]:
    """While it lasts, what a Citeproc would end at its close is given to the next one that would start a process.

    What one was answered, the others are told; but not where a test looks at how pandoc is asked.
    """
    idle: list[Idle] = []
    answers: dict[str, str] = {}
    started, close = OWN["_started"], OWN["close"]
    answer, exchange = Citeproc._answer, Citeproc._exchange

    def taken(self: Citeproc) -> subprocess.Popen[bytes]:
        if self._process is None and idle:
            self._process, self._log, self._asked = idle.pop()
        return started(self)

    def given_back(self: Citeproc) -> None:
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                idle.append((self._process, self._log, self._asked))
                self._process = self._log = None
                self._sent.clear()
                self._asked = 0
        close(self)

    def answered(self: Citeproc, request: dict[str, Any], style: Any) -> Any:
        if Citeproc._started is not taken or Citeproc._exchange is not exchange:
            return answer(self, request, style)
        key = json.dumps(request)
        if key not in answers:
            answers[key] = json.dumps(answer(self, request, style))
        return json.loads(answers[key])

    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(Citeproc, "_answer", answered)
        patches.setattr(Citeproc, "_started", taken)
        patches.setattr(Citeproc, "close", given_back)
        yield
    for process, log, asked in idle:
        last = Citeproc()
        last._process, last._log, last._asked = process, log, asked
        last.close()
