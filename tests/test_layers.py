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
    "diagnostics",
    "messages",
    "model",
    "language",
    "quantities",
    "evidence",
    "archive",
    "load",
    "facts",
    "brief",
    "citing",
    "fonts",
    "drawing",
    "pages",
    "exports",
    "charts",
    "pdf",
    "rebuild",
    "publish",
    "serve",
    "distributed",
    "searching",
    "targets",
    "pipeline",
    "preview",
    "cli",
    "__main__",
)
"""The rooms from the bottom up. A room imports from those before it, and from none behind it."""

SUBJECT = re.compile(
    r"kazakh|astana|almaty|toka[iy]ev|nazarbayev|crypto|bitcoin|blockchain|hash-?\s?rate|\bmin(?:ing|ers?)\b|binance|"
    r"\baifc\b|\btenge\b|\bkz-",
    re.IGNORECASE,
)
"""Words of the first body of content, of which the program knows nothing. KZT is a currency code like any other."""
LANGUAGE_DATA: dict[str, tuple[str, ...]] = {
    "reportgen/fonts/metrics.py": ("kazakh",),
    "reportgen/fonts/webfonts.py": ("kazakh",),
    "reportgen/brief/locators.py": ("kazakh",),
    "reportgen/language/number_words_found.py": ("kazakh", "tenge"),
    "reportgen/language/typed_numbers.py": ("tenge",),
    "reportgen/language/vocabulary.py": ("kazakh", "tenge"),
    "reportgen/quantities/format.py": ("kazakh",),
    "reportgen/language/number_words.py": ("kazakh",),
    "reportgen/language/unit_names.py": ("kazakh", "tenge"),
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
    height = {part: n for n, part in enumerate(LAYERS)}
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        part, place = part_of(path), path.relative_to(ROOT).as_posix()
        for line, other in imported(path):
            if other == part or not part:
                continue
            if other not in height or part not in height or height[other] >= height[part]:
                wrong.append(f"{place}:{line}: {part} may not import {other}")
    assert not wrong, "\n".join(wrong)


def test_every_part_has_its_layer() -> None:
    known = set(LAYERS)
    assert {part_of(path) for path in PACKAGE.rglob("*.py")} - {""} <= known


def test_every_room_is_described() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)(?:/|\.py)` \|", page, re.MULTILINE)
    assert rows == [room for room in LAYERS if room != "__main__"]


def test_every_file_that_a_document_names_exists() -> None:
    named = [
        (path, name)
        for path, text in texts("docs", suffixes=(".md",))
        for name in re.findall(r"`((?:\w+/)+\w+\.(?:py|js|lua|html|css))`", text)
    ]
    assert [(path, name) for path, name in named if not (PACKAGE / name).exists() and not (ROOT / name).exists()] == []


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


def types_of(path: Path) -> Iterator[str]:
    """Names of the classes and type aliases of a module, without the underscore of a private one."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.name.lstrip("_")
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id.lstrip("_")
            if re.fullmatch(r"[A-Z][A-Za-z]*[a-z][A-Za-z]*", name):
                yield name


def test_no_type_name_has_two_meanings() -> None:
    found: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for name in types_of(path):
            found.setdefault(name, []).append(path.relative_to(ROOT).as_posix())
    assert {name: paths for name, paths in found.items() if len(paths) > 1} == {}


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
