"""What is wrong with a chart, as a value."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.diagnostics import Severity


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a chart cannot be drawn."""

    code: str
    message: str
    key: str
    """The key of the specification to point at, as `Places` has it."""
    hint: str
    severity: Severity = "error"
