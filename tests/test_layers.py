"""The rules of the code base that no other tool checks: who may import whom, and what may not be in a file."""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "reportgen"

LAYERS = (
    "late_methods",
    "late_patterns",
    "locale_tables",
    "installing",
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
    "word",
    "rebuild",
    "editions",
    "publish",
    "serve",
    "distributed",
    "searching",
    "targets",
    "pipeline",
    "releasing",
    "desk",
    "preview",
    "newer",
    "due",
    "compared_sites",
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
    "reportgen/citing/terms.py": ("kazakh",),
}
"""Where the name of a language, or of a currency in it, is data that every project with that language needs."""

SHAPELESS = {"utils", "util", "helpers", "helper", "manager", "managers", "handlers", "common", "misc"}


def part_of(path: Path) -> str:
    """The part of the program that a module belongs to; empty for the package's own `__init__`."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py").replace("__init__", "")


@dataclass(frozen=True)
class LookedThrough:
    """What the tests ask of a module. Its tree, which is large, is made once and not kept."""

    imports: tuple[ast.Import | ast.ImportFrom, ...]
    """Those inside functions and for type checks too."""
    has_docstring: bool
    patterns: tuple[int, ...]
    """Lines of the regular expressions that are compiled with it."""
    types: tuple[str, ...]
    """Names of its classes and type aliases, without the underscore of a private one."""


def statements(tree: ast.Module) -> list[ast.AST]:
    """The statements of a module, those within others too: a tenth of all that stands in its tree."""
    found: list[ast.AST] = [tree]
    for node in found:  # which grows
        for name in ("body", "orelse", "finalbody", "handlers", "cases"):
            found += getattr(node, name, ())
    return found


@cache
def looked_through(path: Path) -> LookedThrough:
    """A module of the program."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = statements(tree)
    aliases = (n.targets[0].id for n in tree.body if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name))
    types = [node.name.lstrip("_") for node in nodes if isinstance(node, ast.ClassDef)]
    types += [name.lstrip("_") for name in aliases if re.fullmatch(r"_*[A-Z][A-Za-z]*[a-z][A-Za-z]*", name)]
    imports = tuple(node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom))
    kept = [n for assigned in tree.body if isinstance(assigned, ast.Assign | ast.AnnAssign) for n in ast.walk(assigned)]
    patterns = tuple(n.lineno for n in kept if isinstance(n, ast.Call) and ast.unparse(n.func) == "re.compile")
    return LookedThrough(imports, bool(ast.get_docstring(tree)), patterns, tuple(types))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and part of each import of our own, those inside functions and for type checks too."""
    package = ("reportgen", *path.relative_to(PACKAGE).parts[:-1])
    for node in looked_through(path).imports:
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            base = package[: len(package) + 1 - node.level] if node.level else ()
            module = ".".join((*base, *([node.module] if node.module else [])))
            # In `from reportgen import pipeline` the part is named only by what is imported.
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "reportgen" else [module]
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


def test_modules_compile_their_patterns_late() -> None:
    """Six hundred that are compiled with their modules were a sixth of the time in which one text is built."""
    kept = [f"{path.name}:{line}" for path in sorted(PACKAGE.rglob("*.py")) for line in looked_through(path).patterns]
    assert kept == []


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
        if not looked_through(path).has_docstring
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


PURE = ("diagnostics", "model", "language", "quantities", "evidence", "facts", "brief", "pages", "exports", "charts")
"""The rooms of which docs/architecture.md says: no files, no clock, no network."""

PURE_IMPORTS = {
    "abc",
    *(
        "__future__",
        "array",
        "base64",
        "binascii",
        "bisect",
        "calendar",
        "collections",
        "contextlib",
        "copy",
        "csv",
        "dataclasses",
    ),
    *("datetime", "decimal", "difflib", "enum", "fractions", "functools", "hashlib", "html", "io", "itertools"),
    *(
        "json",
        "math",
        "operator",
        "posixpath",
        "re",
        "sqlite3",
        "struct",
        "typing",
        "unicodedata",
        "xml.etree.ElementTree",
        "collections.abc",
    ),
    *("babel", "babel.core", "babel.dates", "babel.lists", "babel.localedata", "babel.numbers", "babel.units"),
    *("jinja2", "jinja2.meta", "jinja2.sandbox"),
    *("lxml", "markdown_it", "mdit_py_plugins", "markupsafe", "nh3", "urllib.parse"),
}
"""Modules that a pure room may import; `markdown_it` and `mdit_py_plugins` stand for their modules too."""

PURE_NAMES = {
    "datetime": {"date", "datetime", "timedelta"},
    "datetime.date": {"min", "max", "start", "open_start"},
    "datetime.datetime": {"min", "max", "fromisoformat"},
    "io": {"StringIO"},
    "jinja2": {
        *("BytecodeCache", "DictLoader", "Environment", "StrictUndefined", "TemplateError", "TemplateNotFound"),
        *("TemplateSyntaxError", "nodes", "pass_context", "runtime"),
    },
    "lxml": {"etree", "html"},
    "lxml.etree": {"Element", "XMLParser", "_Element", "fromstring", "tostring"},
    "lxml.html": {"HtmlElement", "fragment_fromstring"},
    "markdown_it": {"MarkdownIt"},
    "posixpath": {"dirname", "join", "normpath"},
    "sqlite3": {"Connection", "connect"},
    "xml.etree.ElementTree": {"Element", "SubElement", "indent", "tostring"},
}
"""Of the modules and classes that can also read files, the clock or the network: what a pure room may use."""

PURE_BUILTINS = {
    *("abs", "all", "any", "bool", "bytes", "callable", "chr", "classmethod", "dict", "divmod"),
    *("enumerate", "filter", "float"),
    *("format", "frozenset", "getattr", "int", "isinstance", "iter", "len", "list", "map", "max", "min", "next"),
    *("object", "ord", "property", "range", "reversed", "round", "set", "sorted", "str", "sum", "super", "tuple"),
    *("type", "zip", "__name__"),
    *("ArithmeticError", "Exception", "KeyError", "LookupError", "OverflowError", "RecursionError", "TypeError"),
    *("ValueError", "ZeroDivisionError"),
}

IMPURE_FILES: dict[str, set[str]] = {
    # The words and templates that the program ships; they are the same wherever and whenever it runs.
    "language/lexicon.py": {"importlib.resources"},
    "language/phrases.py": {"importlib"},
    "pages/default_theme.py": {"importlib", "pathlib", "reportgen"},
}
"""Modules of pure rooms that read the package's own files, and what they import for it."""

PURE_NEIGHBOURS = {
    "late_patterns": "a regular expression in, what compiles it when it is used out",
    "locale_tables": "a language in, its tables of Babel out, which no other language writes into",
    "load.one_cell": "the address of a cell and the datasets in, the cell out; takes values only",
    "load.lines": "a file's text in, its lines and the signs that nobody sees out; takes values only",
    "load.suggest": "a misspelt name and the names there are in, a hint out",
    "load.claims": "the check of digits in a claim, which fact files and briefs share; takes values only",
}
"""Modules of other rooms that a pure room may import: the functions used from them are pure."""


def impure(path: str, source: str) -> Iterator[str]:
    """What a module of a pure room uses beyond what is allowed. `path` is from reportgen/."""
    tree = ast.parse(source)
    allowed = PURE_IMPORTS | IMPURE_FILES.get(path, set())
    meant: dict[str, str] = {}
    for node in statements(tree):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
            meant |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules = [node.module or ""]
            for alias in node.names:
                meant[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                if alias.name not in PURE_NAMES.get(modules[0], {alias.name}):
                    yield f"{node.module}.{alias.name}"
        else:
            continue
        for module in modules:
            first, _, rest = module.partition(".")
            own = first == "reportgen" and (rest.partition(".")[0] in PURE or rest in PURE_NEIGHBOURS)
            package = first if first in ("markdown_it", "mdit_py_plugins") else module
            if not own and package not in allowed:
                yield f"import {module}"
    # Where nothing is imported of which only a part may be used, no name of a part need be looked for.
    for node in ast.walk(tree) if PURE_NAMES.keys() & {*meant.values()} or "sqlite3" in source else ():
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            whole = meant.get(node.value.id, "")
            if node.attr not in PURE_NAMES.get(whole, {node.attr}):
                yield f"{whole}.{node.attr}"
        elif (
            isinstance(node, ast.Call)
            and getattr(node.func, "attr", "") == "connect"  # before the whole, which takes longer than all else here
            and ast.unparse(node.func) == "sqlite3.connect"
        ):
            yield from () if ast.unparse(node.args[0]) == "':memory:'" else ["a database that is a file"]
    yield from sorted(builtins_of(source, path) - PURE_BUILTINS)


def builtins_of(source: str, path: str) -> set[str]:
    """Names that a module uses and neither imports nor defines."""
    top = symtable.symtable(source, path, "exec")
    defined = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    found: set[str] = set()
    waiting = [top]
    while waiting:
        table = waiting.pop()
        waiting += table.get_children()
        found |= {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global() and symbol.is_referenced()}
    return found - defined - {child.get_name() for child in top.get_children()}


def test_pure_rooms_use_nothing_that_reads_files_clock_or_network() -> None:
    found: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if part_of(path) in PURE and (wrong := list(impure(name, path.read_text(encoding="utf-8")))):
            found[name] = wrong
    assert found == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import os\n", ["import os"]),
        ("from pathlib import Path\n", ["import pathlib"]),
        ("def f():\n    import socket\n", ["import socket"]),
        ("import time\nfrom urllib.request import urlopen\n", ["import time", "import urllib.request"]),
        ("from datetime import date\nday = date.today()\n", ["datetime.date.today"]),
        ("from datetime import datetime\nnow = [datetime.now]\n", ["datetime.datetime.now"]),
        ("import io\nio.open('a')\n", ["io.open"]),
        ("from io import open as o\n", ["io.open"]),
        ("from jinja2.loaders import FileSystemLoader\n", ["import jinja2.loaders"]),
        ("import jinja2\njinja2.FileSystemLoader('a')\n", ["jinja2.FileSystemLoader"]),
        ("import sqlite3\nsqlite3.connect('a.db')\n", ["a database that is a file"]),
        ("def f(paths):\n    return map(open, paths)\n", ["open"]),
        ("x = __import__('os')\n", ["__import__"]),
        ("from reportgen.rebuild.output import write\n", ["import reportgen.rebuild.output"]),
        ("import reportgen\n", ["import reportgen"]),
        ("def f(open):\n    return open + 1\n", []),
        ("from reportgen.model.text import Text\nclass A(Text): ...\nx = A(())\n", []),
    ],
)
def test_what_a_pure_room_may_not_use_is_found(source: str, found: list[str]) -> None:
    assert list(impure("facts/x.py", source)) == found


def test_the_document_names_the_pure_rooms_and_their_exceptions() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    sentence = next(part for part in page.split("\n- ") if "are pure" in part)
    rooms, _, rest = sentence.partition("are pure")
    assert tuple(re.findall(r"`(\w+)`", rooms)) == PURE
    assert set(re.findall(r"`(\w+/\w+\.py)`", rest)) == set(IMPURE_FILES)
    assert all((PACKAGE / name).is_file() for name in IMPURE_FILES)


def test_no_type_name_has_two_meanings() -> None:
    found: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for name in looked_through(path).types:
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


@pytest.mark.parametrize(
    "name", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs", "requirements.lock", "requirements-dev.lock"]
)
def test_no_machine_and_no_registry_is_named(name: str) -> None:
    place = ROOT / name
    for path in sorted(place.rglob("*.md")) if place.is_dir() else [place]:
        text = path.read_text(encoding="utf-8")
        assert not re.findall(r"(?<!emit)-index-url|--find-links|pypi\.org|(?<![\w.])/(?:work|root|opt|home)/", text)
