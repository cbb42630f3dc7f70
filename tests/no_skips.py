"""A plugin of pytest: where CI is set, a test that would be skipped fails, and so does a file that would be.

What a machine lacks (a browser, Poppler, the archive) is a reason to skip tests there; on CI nobody would notice.
"""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest

UNDER_CI = bool(os.environ.get("CI"))
"""As the tests were started; what a test runs is told that it is on its author's machine."""
ALLOWED = ("Skipped: signals of POSIX", "Skipped: pipes of POSIX", "Skipped: links need a privilege there")
"""What holds on one system alone."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if not hasattr(report, "wasxfail"):
        _fail_skipped(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _fail_skipped(report)
    return report


def _fail_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if not report.skipped or not UNDER_CI:
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if reason not in ALLOWED:
        report.outcome = "failed"
        report.longrepr = f"On CI nothing may be skipped. {reason}"
