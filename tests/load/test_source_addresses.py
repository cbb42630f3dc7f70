"""The name of a source's page comes from its id alone, and never passes to another work."""

from __future__ import annotations

from hashlib import sha256

import pytest

from reportgen.diagnostics import Places, Span
from reportgen.load.source_addresses import with_slugs
from reportgen.model.edition import Edition, EditionNote, Printed
from reportgen.model.source import Source


def source(id: str) -> Source:
    return Source(id, "", "{}", "book", "A", at=Places(Span.at("x.json")))


def named(*ids: str, published: tuple[Edition, ...] = ()) -> dict[str, str]:
    return {id: one.slug for id, one in with_slugs({id: source(id) for id in ids}, published).items()}


def digest(id: str) -> str:
    return sha256(id.encode()).hexdigest()[:6]


def edition(day: str, *slugs: str, cites: tuple[str, ...]) -> Edition:
    addresses = ("sources/index.html", "facts/x/index.html", *(f"sources/{name}/index.html" for name in slugs))
    said = Printed((), (), sources=tuple((id, "") for id in cites))
    return Edition("tea", "en", EditionNote(day, "1", day), "T", (), "", (), (), "", said, "", addresses=addresses)


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("smith-2020", "smith-2020"),
        ("smithTea2020", "smithtea2020"),
        ("Smith & Sons_2020", "smith-sons-2020"),
        ("петров2020Test", "petrov2020test"),
        ("garcíaMárquez1967", "garciamarquez1967"),
        ("Straße2001", "strasse2001"),
        ("王2001ferry", f"2001ferry-{digest('王2001ferry')}"),
        ("北京", f"source-{digest('北京')}"),
        ("con", f"con-{digest('con')}"),
        ("http://zotero.org/users/1/items/ABCD1234", "abcd1234"),
    ],
)
def test_an_id_spells_the_name(id: str, name: str) -> None:
    assert named(id)[id] == name
    others = ("aaa", "иванов2020Test", "李2001ferry", "上海")
    assert named(*others, id)[id] == named(id, *others)[id] == name


def test_names_that_are_alike_are_told_apart_and_none_is_another_s() -> None:
    assert named("a b", "a-b", "A_B") == {"a-b": "a-b", "a b": f"a-b-{digest('a b')}", "A_B": f"a-b-{digest('A_B')}"}
    assert named("A_B", "a b") == {"a b": f"a-b-{digest('a b')}", "A_B": f"a-b-{digest('A_B')}"}
    long = [f"{'x' * 200}{n}" for n in range(3)]
    names = named(*long)
    assert len(set(names.values())) == 3
    assert all(len(name) <= 100 for name in names.values())


def test_what_was_published_keeps_its_name() -> None:
    once = edition("2026-01-01", "smith2020", "tea", cites=("Smith2020", "tea"))
    names = named("smith2020", "Smith2020", "tea", published=(once,))
    assert names == {"Smith2020": "smith2020", "smith2020": f"smith2020-{digest('smith2020')}", "tea": "tea"}
    # Under earlier versions letters were dropped, and what was then alike was numbered.
    first = edition("2026-01-01", "2020test-2", cites=("петров2020Test",))
    second = edition("2026-02-01", "2020test-2", "2020test", cites=("петров2020Test", "иванов2020Test"))
    ids = ("иванов2020Test", "петров2020Test", "сидоров2020Test")
    kept = {"иванов2020Test": "2020test", "петров2020Test": "2020test-2", "сидоров2020Test": "sidorov2020test"}
    assert named(*ids, published=(second, first)) == kept
    assert named(*reversed(ids), published=(first, second)) == kept
    # A name that passed to another work leads to what it led to first.
    passed = (
        edition("2026-01-01", "2020test", cites=("петров2020Test",)),
        edition("2026-02-01", "2020test", "2020test-2", cites=("иванов2020Test", "петров2020Test")),
    )
    assert named(*ids[:2], published=passed) == {"иванов2020Test": "2020test-2", "петров2020Test": "2020test"}
    # With what this version gives, published once and again.
    names = named("a b", "A_B", "王2001ferry")
    again = edition("2026-03-01", *names.values(), cites=tuple(names))
    assert named("a b", "A_B", "王2001ferry", "a-b", published=(again,)) == names | {"a-b": "a-b"}
