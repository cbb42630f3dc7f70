"""Work for processes, in a module that they import in no time."""

from __future__ import annotations

import os
import time

from reportgen.diagnostics import Diagnostic, ReportError, Span
from reportgen.rebuild.target import TargetResult

WRONG = Diagnostic("unknown-fact", "no fact has the id", Span.at("content/briefs/a.md"))


def where(name: str) -> TargetResult:
    return TargetResult({name: str(os.getpid()).encode()})


def die(flag: str) -> TargetResult:
    os._exit(9)


def dawdle(name: str) -> TargetResult:
    time.sleep(0.02)
    return TargetResult({name: b""})


def refuse(name: str) -> TargetResult:
    raise ReportError([WRONG])
