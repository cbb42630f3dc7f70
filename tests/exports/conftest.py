"""The project's own data files, made once for all tests that read them back."""

from __future__ import annotations

import pytest

from tests.exports.real import Published, published


@pytest.fixture(scope="session")
def real() -> Published:
    return published()
