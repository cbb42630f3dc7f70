"""Every code that the program can give has a page, and its examples do what the page says."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.engines.pandoc import Citeproc
from reportgen.messages.pages import SECTIONS, codes, document, page
from tests.messages.examples import Listener, commands, steps, write
from tests.messages.given_codes import given_codes

ROOT = Path(__file__).resolve().parents[2]


class Known(dict[str, str]):
    """What pandoc has answered."""

    def put(self, key: str, answer: str) -> None:
        self[key] = answer


@pytest.fixture(scope="module")
def citeproc() -> Iterator[Citeproc]:
    """One pandoc for all examples, which answers each question once."""
    with Citeproc(known=Known()) as one:
        yield one


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    given = given_codes()
    without = {code: places for code, places in given.items() if code not in codes()}
    assert not without, f"codes without a page: {without}"
    assert not set(codes()) - given.keys(), "pages of codes that nothing gives"


@pytest.mark.parametrize("code", codes())
def test_a_page_has_its_parts(code: str) -> None:
    text = page(code).text
    assert text.startswith(f"# {code}\n\n")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == list(SECTIONS)
    assert page(code).summary.endswith(".")
    assert all(page(code).section(heading) for heading in SECTIONS)


@pytest.mark.parametrize("code", codes())
def test_the_example_causes_it_and_what_is_put_right_does_not(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, citeproc: Citeproc
) -> None:
    listener = Listener(monkeypatch, citeproc)
    found = {}
    for heading in ("An example", "Put right"):
        example, root = steps(page(code).section(heading)), tmp_path / heading.replace(" ", "-")
        write(root, example)
        asked = commands(example) or [["check"]]
        found[heading] = [told for arguments in asked for told in listener.told(root, arguments)]
        if heading == "Put right":
            found["check"] = listener.told(root, ["check"])
    assert {told.code: told.message for told in found["An example"]}.keys() == {code}
    assert not found["Put right"]
    assert not [told for told in found["check"] if told.severity == "error"]
    kind = page(code).told_by.partition(",")[0]
    assert {told.severity for told in found["An example"]} == {kind.split()[-1]}


def test_the_document_is_current() -> None:
    path, now = ROOT / "docs" / "messages.md", document(map(page, codes()))
    if os.environ.get("UPDATE_EXPECTED"):
        path.write_text(now, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == now, "UPDATE_EXPECTED=1 pytest tests/messages writes it"
