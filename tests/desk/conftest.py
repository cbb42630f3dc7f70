"""What all tests of the desk share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _no_other_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of saved sources is the project's own, whatever the machine's is."""
    monkeypatch.delenv("REPORTGEN_ARCHIVE", raising=False)
