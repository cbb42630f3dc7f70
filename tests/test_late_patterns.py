"""Patterns that modules keep: compiled when they are first used, and then like those of `re`."""

from __future__ import annotations

import re
import sys

import pytest

from reportgen import late_patterns, pipeline  # noqa: F401 - what imports most of the program
from reportgen.late_patterns import regex


def test_a_pattern_is_compiled_once_when_it_is_first_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_ = re.compile
    monkeypatch.setattr(late_patterns.re, "compile", lambda text, flags: compiled.append(text) or compile_(text, flags))
    day, word = regex(r"(?P<day>\d+)\. (\w+)", re.I), regex(rb"a+")
    assert day.pattern == r"(?P<day>\d+)\. (\w+)"
    assert compiled == []
    assert [found["day"] for found in day.finditer("3. May, 4. June")] == ["3", "4"]
    assert day.sub(r"\2 \1", "3. May") == "May 3"
    assert (day.groups, day.groupindex["day"], day.fullmatch("3.")) == (2, 1, None)
    assert day.flags == re.I | re.U
    assert word.search(b"baa") is not None
    assert compiled == [day.pattern, word.pattern]


def test_a_mistake_in_one_is_told_where_it_is_used() -> None:
    with pytest.raises(re.error, match="missing \\)"):
        regex("(").match("")


def test_the_patterns_of_the_program_compile() -> None:
    """Those of all modules that a build imports."""
    modules = [module for name, module in sorted(sys.modules.items()) if name.startswith("reportgen.")]
    kept = [one for module in modules for one in vars(module).values() if isinstance(one, late_patterns._Late)]
    assert len(kept) > 300
    for one in kept:
        assert one.flags >= 0, one.pattern
