"""The project about honey, whose texts are in a dozen scripts, built once for all."""

from __future__ import annotations

import pytest

from tests.conftest import Built, build, made_once
from tests.driver import PROJECTS


@pytest.fixture(scope="session")
def honey(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return made_once(tmp_path_factory, "honey", lambda folder: build(PROJECTS / "honey", folder))
