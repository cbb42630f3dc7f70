"""The program as others get it: a wheel, built from what git has, in an environment of its own.

The libraries are those of this environment, so that nothing is fetched.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from reportgen.diagnostics import ReportError
from reportgen.installing import command_for, version_of
from reportgen.pdf.render import pdf_engine_version
from tests.conftest import made_once
from tests.driver import ROOT, read_tree

SHIPPED = ("reportgen", "templates")
_MADE = re.compile(r"__pycache__|^language/data/.*\.yaml$")
"""What Python makes, and what docs/make_lexicon.py makes the words of languages of."""


@dataclass(frozen=True)
class Installed:
    """A wheel in an environment of its own."""

    wheel: Path
    command: Path
    """`reportgen`, as its users call it."""

    def run(self, folder: Path, *arguments: str) -> str:
        """What a command prints. It finds no module of the folder that it is run in, nor any of ours."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
        done = subprocess.run(
            [self.command, *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return made_once(tmp_path_factory, "installed", install)


def install(folder: Path) -> Installed:
    """Builds the wheel from a copy, since setuptools leaves its traces beside the source."""
    source, environment = folder / "source", folder / "environment"
    source.mkdir()
    for name in ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for name in SHIPPED:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    build = "from setuptools.build_meta import build_wheel; print(build_wheel('..'))"
    quiet = ["-W", "ignore", "-c", build]
    name = subprocess.run(
        [sys.executable, *quiet], cwd=source, check=True, capture_output=True, text=True
    ).stdout.split()[-1]
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", scripts / "python", "install", "-qq", "--no-index", "--no-deps"]
    subprocess.run([*pip, "--no-compile", "--disable-pip-version-check", folder / name], check=True)
    (packages,) = environment.glob("**/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    (packages / "weasyprint.py").write_text("raise OSError('Pango is not here, and pages do not need it')\n")
    return Installed(folder / name, scripts / "reportgen")


def test_a_wheel_has_all_that_the_program_reads(installed: Installed) -> None:
    packed = set(zipfile.ZipFile(installed.wheel).namelist())
    code = {f"reportgen/{path}" for path in read_tree(ROOT / "reportgen") if not _MADE.search(path)}
    theme = {f"reportgen/templates/{path}" for path in read_tree(ROOT / "templates")}
    assert {"reportgen/cli/starter/.gitignore", "reportgen/templates/css/card.css"} <= code | theme
    assert code | theme == {path for path in packed if path.startswith("reportgen/")}


def test_it_starts_and_builds_a_project_in_an_empty_folder(installed: Installed, tmp_path: Path) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert installed.run(tmp_path, "--version") == f"reportgen {version}\n"
    assert installed.run(tmp_path, "new", "town").startswith("Written to town.")
    town = tmp_path / "town"
    told = installed.run(town, "build", "--format", "html", "--jobs", "1")
    assert "build/site/index.html" in told
    assert "links to the PDF of 1 brief lead nowhere yet: `reportgen build` makes them" in told
    site = read_tree(town / "build/site")
    assert b"131" in site["briefs/first-brief/index.html"]
    assert {"assets/style.css", "charts/shops-over-time/shops-over-time.svg", "search/pagefind.js"} <= set(site)


def test_without_pango_its_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unloadable:
        def __getattr__(self, name: str) -> object:
            print("advice of WeasyPrint's")
            raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setitem(sys.modules, "reportgen.pdf.weasyprint_patches", Unloadable())
    for system, words in (("linux", "apt-get install libpango"), ("darwin", "brew install pango"), ("win32", "MSYS2")):
        monkeypatch.setattr(sys, "platform", system)
        with pytest.raises(ReportError) as told:
            pdf_engine_version()
        (found,) = told.value.diagnostics
        assert "Pango, which is not installed" in found.message
        assert words in (found.hint or "")
        assert "build --format html" in (found.hint or "")


def test_what_is_lacking_is_added_to_this_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    python = str(tmp_path / ".venv/bin/python")
    assert command_for("x", str(tmp_path), python) == f"{Path('.venv/bin/python')} -m pip install x"
    (tmp_path / "uv-receipt.toml").touch()
    assert command_for("x", str(tmp_path), "/elsewhere/python") == "uv pip install --python /elsewhere/python x"
    (tmp_path / "pipx_metadata.json").touch()
    assert command_for("x", str(tmp_path), python) == "pipx inject reportgen x"


def test_versions_are_those_that_packages_say() -> None:
    engines = ("pypandoc-binary", "pagefind_bin", "resvg", "uharfbuzz", "fontpkg-ibm-plex-sans", "fonttools", "brotli")
    assert [version_of(name) for name in engines] == [*map(importlib.metadata.version, engines)]
    assert version_of("no-such-package") == ""


def test_the_first_change_is_of_the_version_that_is_installed() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    headings = [line for line in (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines() if line.startswith("## ")]
    assert headings[0].startswith(f"## {version}")


def test_make_installs_all_that_the_program_requires_and_nothing_that_only_its_tests_do() -> None:
    described = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    program, tests = locked("requirements.lock"), locked("requirements-dev.lock")
    asked = [*described["project"]["dependencies"], *described["dependency-groups"]["build"]]
    assert required(asked) - program.keys() == set()
    assert program.items() <= tests.items()
    assert {"pytest", "mypy", "hypothesis", "distributed", "playwright"} <= tests.keys() - program.keys()


def locked(name: str) -> dict[str, str]:
    """Name of a package -> its version."""
    return dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))


def required(asked: list[str]) -> set[str]:
    """The packages that are asked for on this system, and all that they require in turn."""
    found: set[tuple[str, str]] = set()
    left = [(Requirement(each), "") for each in asked]
    while left:
        each, extra = left.pop()
        name = canonicalize_name(each.name)
        if each.marker and not each.marker.evaluate({"extra": extra}):
            continue
        for wanted in ("", *each.extras):
            if (name, wanted) not in found:
                found.add((name, wanted))
                left += [(Requirement(one), wanted) for one in importlib.metadata.requires(name) or ()]
    return {name for name, _ in found}
