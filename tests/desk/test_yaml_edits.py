"""A file is changed on the lines that are meant, or it is refused: for the ways in which people write YAML."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportgen.desk.yaml_edits import CannotEditError, Plain, with_entry, with_item, with_key, with_part

SHAPES: dict[str, str] = json.loads((Path(__file__).parent / "cases/yaml-shapes.json").read_text("utf-8"))["shapes"]
SHAPES |= {
    "tabs after values": "- id: a\t\n  value: 1\t# tab\n",
    "keep scalar last": "- id: a\n  note: |+\n    one\n\n\n",
    "nested list last": "- id: a\n  evidence:\n  - source: x\n    quote: y\n",
    "comment between": "- id: a\n  value: 1\n\n# the other\n- id: b\n  value: 2\n",
    "quoted keys": "- 'id': a\n  \"value\": 1\n",
}
ITEM = {"id": "new", "claim": 'It "is" # {value}: so\\', "value": Plain("2"), "evidence": [{"quote": "a, b: 10⁶ {c}"}]}
REFUSED = {"flow root", "single map", "block map"}
"""Shapes to which no item can be added."""
EDITS: dict[str, Callable[[str], str]] = {
    "append": lambda text: with_item(text, ITEM),
    "add a key": lambda text: with_key(text, (0,), "rank", "deprecated"),
    "change a claim": lambda text: with_key(text, (0,), "claim", "new: {value}"),
}


def read(text: str) -> Any:
    return yaml.load(text.removeprefix("\ufeff"), Loader=yaml.CBaseLoader)


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "BOM"])
def test_an_edit_changes_its_own_lines_or_is_refused(shape: str, edit: str) -> None:
    text = SHAPES[shape]
    if edit == "append" and shape in REFUSED:
        with pytest.raises(CannotEditError, match=r"\w"):
            EDITS[edit](text)
        return
    try:
        new = EDITS[edit](text)
    except CannotEditError:
        assert edit != "append"
        return
    mark = "\r\n" if "\r\n" in text else "\n"
    ended = text if not text or text[-1] in "\r\n" else text + mark
    if edit == "append":
        head, end, tail = ended.partition("...\n") if "..." in ended else (ended, "", "")
        assert new.startswith(head)
        assert new.endswith(end + tail)
        assert read(new)[:-1] == (read(text) or [])
        assert read(new)[-1] == {**ITEM, "value": "2"}
    else:
        old_lines = text.splitlines()
        assert len([line for line in new.splitlines() if line not in old_lines]) == 1
    assert len(new.split(mark)) - 1 == new.count("\n")


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Co"), exclude_characters="\x00\ufeff"), max_size=30)


@given(TEXTS, st.sampled_from([shape for shape in SHAPES if shape not in REFUSED | {"BOM"}]))
def test_any_text_is_read_back_as_it_was_given(text: str, shape: str) -> None:
    try:
        new = with_item(SHAPES[shape], {"id": "new", "claim": text, "names": {text or "x": [text]}})
    except CannotEditError:
        assert any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or ord(c) in (0xFFFE, 0xFFFF) or ord(c) > 0xFFFF for c in text)
        return
    assert read(new)[-1]["claim"] == text


def test_a_value_stays_what_it_was_asked_for() -> None:
    """A number stays a number, and a text that looks like one a text."""
    assert with_item("", {"id": "a", "value": Plain("18.10")}) == "- id: a\n  value: 18.10\n"
    assert with_item("", {"id": "a", "value": "18.10"}) == '- id: a\n  value: "18.10"\n'
    assert with_item("", {"id": "no", "unit": "percent # x"}) == '- id: "no"\n  unit: "percent # x"\n'
    with pytest.raises(CannotEditError):
        with_item("", {"id": "a", "value": Plain("percent # x")})


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("a: [{x: 1}]  # one\nb: []\n", "a: [{x: 1}, {x: 2}]  # one\nb: []\n"),
        ("a:\n- {x: 1}\n# end\n", "a:\n- {x: 1}\n- {x: 2}\n# end\n"),
        ("a:\n  - x: 1\n    y: 2   # why\n\nb: 3\n", "a:\n  - x: 1\n    y: 2   # why\n  - {x: 2}\n\nb: 3\n"),
        ("a:\r\n  - {x: 1}\r\n", "a:\r\n  - {x: 1}\r\n  - {x: 2}\r\n"),
        ("a: {x: 1}\n", None),
        ("a: &l [{x: 1}]\nb: *l\n", None),
        ("b: 1\n", None),
    ],
)
def test_a_list_in_a_map_is_added_to(text: str, new: str | None) -> None:
    if new is None:
        with pytest.raises(CannotEditError):
            with_part(text, ("a",), {"x": Plain("2")})
    else:
        assert with_part(text, ("a",), {"x": Plain("2")}) == new


def test_a_map_is_added_to() -> None:
    assert with_entry("# all\na: 1 # one\n", "b", [{"x": Plain("2")}]) == "# all\na: 1 # one\nb: [{x: 2}]\n"
    for text in ("{a: 1}\n", "- a\n", "b: 1\n", "a: [\n"):
        with pytest.raises(CannotEditError):
            with_entry(text, "b", "x")
