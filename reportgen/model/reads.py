"""How a question that was asked while evaluating or building is named."""

from __future__ import annotations

ReadKey = tuple[str, ...]
"""What was asked: its kind, then its name, e.g. `("fact", "wages-2021")`, `("output", "brief:wages:evaluated")`.
A third part names an aspect: `("fact", "wages-2021", "value")`."""
