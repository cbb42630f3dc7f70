"""The project that lived, made once, and a copy of it for whoever changes it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from reportgen.citing.pandoc import Citeproc
from tests.conftest import made_once
from tests.driver import Project
from tests.editions.life import Life, Retired, live, quick, retire


class _Answers(dict[str, str]):
    """What pandoc answered."""

    put = dict.__setitem__


@pytest.fixture(scope="session")
def citeproc() -> Iterator[Citeproc]:
    """One pandoc for all of them, which is asked each thing once."""
    with Citeproc(known=_Answers()) as one:
        yield one


@pytest.fixture(scope="session")
def life(tmp_path_factory: pytest.TempPathFactory, citeproc: Citeproc) -> Life:
    with quick(citeproc):
        return made_once(tmp_path_factory, "looms-life", live)


@pytest.fixture(scope="session")
def retired(life: Life, tmp_path_factory: pytest.TempPathFactory, citeproc: Citeproc) -> Retired:
    with quick(citeproc):
        return made_once(tmp_path_factory, "looms-retired", partial(retire, life))


@pytest.fixture
def project(life: Life, tmp_path: Path, citeproc: Citeproc) -> Iterator[Project]:
    """The project with its editions, in a folder of its own, with what its builds kept."""
    copy = Project(life.root).copied(tmp_path / "looms")
    with quick(citeproc):
        yield copy


@pytest.fixture
def written(life: Life, tmp_path: Path, citeproc: Citeproc) -> Iterator[Project]:
    """The same without what was built, for whoever only checks it: to copy that takes as long as to check."""
    with quick(citeproc):
        yield Project.from_folder(tmp_path / "looms", life.root)
