"""The rules of the code base that no other tool checks: who may import whom, and what may not be in a file."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "reportgen"

LAYERS = (
    ("diagnostics",),
    ("model",),
    ("language",),
    ("quantities", "evidence"),
    ("load",),
    ("evaluate",),
    ("render",),
    ("engines",),
    ("build",),
    ("publish", "serve", "distributed"),
    ("targets",),
    ("pipeline",),
    ("preview",),
    ("cli",),
    ("__main__",),
)
"""From the bottom up. A part imports from the layers below its own, and not from others of its own layer, save that
`evidence` and `quantities` are sisters of which `evidence` may use the other."""
ALLOWED = {("evidence", "quantities")}

LONGEST = 350
"""Lines of a file."""
LONGER: dict[str, str] = {}
"""Path -> why it is longer."""

SUBJECT = re.compile(
    r"kazakh|astana|almaty|toka[iy]ev|nazarbayev|crypto|bitcoin|blockchain|hash-?\s?rate|\bmin(?:ing|ers?)\b|binance|"
    r"\baifc\b|\btenge\b|\bkz-",
    re.IGNORECASE,
)
"""Words of the first body of content, of which the program knows nothing. KZT is a currency code like any other."""
LANGUAGE_DATA: dict[str, tuple[str, ...]] = {
    "reportgen/engines/fonts.py": ("kazakh",),
    "reportgen/engines/webfonts.py": ("kazakh",),
    "reportgen/evaluate/locators.py": ("kazakh",),
    "reportgen/evaluate/spelled.py": ("kazakh", "tenge"),
    "reportgen/evaluate/typed.py": ("tenge",),
    "reportgen/evaluate/words.py": ("kazakh",),
    "reportgen/evidence/vocabulary.py": ("kazakh", "tenge"),
    "reportgen/quantities/format.py": ("kazakh",),
    "reportgen/quantities/number_words.py": ("kazakh",),
    "reportgen/quantities/unit_names.py": ("kazakh", "tenge"),
}
"""Where the name of a language, or of a currency in it, is data that every project with that language needs."""

SHAPELESS = {"utils", "util", "helpers", "helper", "manager", "managers", "handlers", "common", "misc"}


def part_of(path: Path) -> str:
    """The part of the program that a module belongs to; empty for the package's own `__init__`."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py").replace("__init__", "")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and part of each import of our own, those inside functions and for type checks too."""
    package = ("reportgen", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else ()
            module = ".".join((*base, *([node.module] if node.module else [])))
            # In `from reportgen import pipeline` the part is named only by what is imported.
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "reportgen" else [module]
        else:
            continue
        for name in names:
            if name.startswith("reportgen."):
                yield node.lineno, name.split(".")[1]


def texts(*folders: str, suffixes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Path from the root, and text, of every file of those kinds."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def test_imports_point_one_way() -> None:
    height = {part: n for n, layer in enumerate(LAYERS) for part in layer}
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        part, place = part_of(path), path.relative_to(ROOT).as_posix()
        for line, other in imported(path):
            if other == part or not part or (part, other) in ALLOWED:
                continue
            if other not in height or part not in height or height[other] >= height[part]:
                wrong.append(f"{place}:{line}: {part} may not import {other}")
    assert not wrong, "\n".join(wrong)


def test_every_part_has_its_layer() -> None:
    known = {part for layer in LAYERS for part in layer}
    assert {part_of(path) for path in PACKAGE.rglob("*.py")} - {""} <= known


def test_every_package_says_what_it_is() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    missing = [folder.relative_to(ROOT).as_posix() for folder in folders if not (folder / "__init__.py").is_file()]
    assert not missing
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in sorted(PACKAGE.rglob("*.py"))
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent, "without a docstring: " + ", ".join(silent)


def test_the_program_knows_no_subject() -> None:
    kinds = (".py", ".js", ".lua", ".html", ".css", ".xml", ".txt", ".svg")
    wrong = []
    for path, text in texts("reportgen", "templates", suffixes=kinds):
        allowed = LANGUAGE_DATA.get(path, ())
        for number, line in enumerate(text.splitlines(), start=1):
            for found in SUBJECT.finditer(line):
                word = found.group().casefold()
                if word not in allowed or line[found.end() :].casefold().startswith("stan"):
                    wrong.append(f"{path}:{number}: {line.strip()[:100]}")
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_no_file_is_too_long() -> None:
    kinds = (".py", ".js", ".lua", ".html")
    lengths = {path: text.count("\n") for path, text in texts("reportgen", "templates", "tests", suffixes=kinds)}
    long = {path: lines for path, lines in lengths.items() if lines > LONGEST}
    assert long.keys() == LONGER.keys(), long


def test_no_module_is_named_after_nothing() -> None:
    assert not [path for path in PACKAGE.rglob("*.py") if path.stem in SHAPELESS]


def test_every_command_is_documented() -> None:
    from reportgen.cli.main import cli

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in cli.commands if f"`reportgen {name}" not in readme] == []
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[0].split()
    assert [name for name in targets if name != "build" and f"make {name}" not in readme] == []


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs", "requirements.lock"])
def test_no_machine_and_no_registry_is_named(name: str) -> None:
    place = ROOT / name
    for path in sorted(place.rglob("*.md")) if place.is_dir() else [place]:
        text = path.read_text(encoding="utf-8")
        assert not re.findall(r"(?<!emit)-index-url|--find-links|pypi\.org|(?<![\w.])/(?:work|root|opt|home)/", text)
