"""Reasons of an edition in, each told once out."""

from __future__ import annotations

from reportgen.brief.history import _told_once
from reportgen.language.phrases import Furniture
from reportgen.model.edition import ChangeKind, EditionChange, EditionNote
from reportgen.model.evaluated import ShownReason, ShownWas
from reportgen.model.text import Text
from reportgen.targets.editions import line_of


def test_the_same_reason_at_two_datasets_is_told_once_with_the_values_of_both() -> None:
    one, two = ShownWas("", "1", 0, "2", 1), ShownWas("", "3", 2, "4", 3)
    said = [
        ShownReason("revision", (one,), "The office revised its table.", ("dataset:a",)),
        ShownReason("revision", (two,), "The office revised its table.", ("dataset:b",)),
        ShownReason("correction", (), "The office revised its table.", ("fact:c",)),
        ShownReason("revision", (), "Another.", ("fact:d",)),
    ]
    first, *others = _told_once(said)
    assert first == ShownReason("revision", (one, two), "The office revised its table.", ("dataset:a", "dataset:b"))
    assert others == said[2:]


def test_a_list_of_editions_tells_the_same_reason_once() -> None:
    changes = tuple(
        EditionChange(owner, ChangeKind.REVISION, Text.of("The office revised its table."))
        for owner in ("dataset:a", "dataset:b")
    )
    note = EditionNote("2026-02-01", "2", "2026-02-01", changes)
    assert [reason.text for reason in line_of(note, Furniture("en"), "", "en").reasons] == [
        "The office revised its table."
    ]
