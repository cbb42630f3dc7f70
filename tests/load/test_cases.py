"""Each mistake beside what is said of it: tests/load/cases/*.txt, over the small valid project in base.txt.

A case is `== name`, then files as `-- path` with their text, then `-- expect` with one problem a line:
`file:line:column code message | hint`, warnings marked. Where nothing follows `-- expect`, nothing is wrong.
`UPDATE_EXPECTED=1 pytest tests/load` writes what is said now; read the difference before you keep it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reportgen.diagnostics import Diagnostic
from reportgen.load.files import MemoryFiles
from reportgen.load.project import load

CASES = Path(__file__).parent / "cases"


def sections(text: str, mark: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in text.splitlines(keepends=True):
        if line.startswith(mark):
            found.append((line[len(mark) :].strip(), ""))
        elif found:
            found[-1] = (found[-1][0], found[-1][1] + line)
    return found


def base() -> dict[str, str]:
    return dict(sections((CASES / "base.txt").read_text("utf-8"), "-- "))


def cases() -> list[tuple[Path, str, dict[str, str]]]:
    return [
        (path, name, dict(sections(body, "-- ")))
        for path in sorted(CASES.glob("*.txt"))
        if path.name != "base.txt"
        for name, body in sections(path.read_text("utf-8"), "== ")
    ]


def shown(problem: Diagnostic) -> str:
    span = problem.span
    mark = "warning " if problem.severity == "warning" else ""
    hint = f" | {problem.hint}" if problem.hint else ""
    return f"{span.file}:{span.line}:{span.column} {mark}{problem.code} {problem.message}{hint}\n"


def told(files: dict[str, str]) -> str:
    project = {**base(), **{path: text for path, text in files.items() if path != "expect"}}
    return "".join(
        map(shown, load(MemoryFiles({path: text for path, text in project.items() if text != "(none)\n"}))[1])
    )


def test_the_base_is_right() -> None:
    assert told({}) == ""


@pytest.mark.parametrize(
    ("path", "name", "files"), [pytest.param(*case, id=f"{case[0].stem}: {case[1]}") for case in cases()]
)
def test_each_mistake_is_told(path: Path, name: str, files: dict[str, str]) -> None:
    if os.environ.get("UPDATE_EXPECTED"):
        _update(path, name, told(files))
        return
    assert told(files) == files["expect"]


def _update(path: Path, name: str, now: str) -> None:
    parts = []
    for title, body in sections(path.read_text("utf-8"), "== "):
        if title == name:
            body = body.split("-- expect\n")[0] + "-- expect\n" + now
        parts.append(f"== {title}\n{body}")
    path.write_text("".join(parts), "utf-8")


def test_a_word_of_thousands_of_digits_is_too_long_and_not_read() -> None:
    quote = "1" * 5000
    facts = (
        f'- {{id: long, claim: "It was {{value}}.", value: 1, evidence: [{{source: tea-2021, quote: "{quote}"}}]}}\n'
    )
    found = told({"content/facts/long.yaml": facts})
    assert 'quote-too-long "long": the quote has 5000 characters' in found
