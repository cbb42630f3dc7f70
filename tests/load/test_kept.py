"""Files that were in order come out of what an earlier build kept, as if they had been read."""

from __future__ import annotations

import json
import os
import pickle
import random
import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from reportgen.load import judged_facts
from reportgen.load.files import MemoryFiles
from reportgen.load.items import Loading
from reportgen.load.kept import Kept, KeptDataset, KeptFact, _table
from reportgen.load.project import load
from reportgen.model.fact import Fact
from reportgen.model.project import Project
from reportgen.model.verdict import Verdict
from reportgen.rebuild.digest import digest, digest_of, written
from tests.driver import PROJECTS, ROOT, read_tree

EDITS = int(os.environ.get("REPORTGEN_EDITS", "60"))
NAMES = ("nets", "states", "lighthouses", "looms", "falconry")


class Memory(dict[str, str]):
    """What a build keeps."""

    def put(self, key: str, text: str) -> None:
        self[key] = text

    @property
    def kept(self) -> Kept:
        return Kept(self, "this program", digest)


def texts_of(root: Path) -> dict[str, bytes | str]:
    return {f"content/{name}": data for name, data in read_tree(root / "content").items()}


def shown(project: Project) -> list[object]:
    """All of a project, with the places that are no part of its equality."""
    named = [*project.facts.items(), *project.datasets.items(), *project.charts.items(), *project.documents.items()]
    places = [(id, item.at.whole, [*item.at.keys.items()], dict(item.at.runs)) for id, item in named]
    return [project, *map(digest, (project.facts, project.datasets, project.charts, project.documents)), places]


@pytest.mark.parametrize("root", [ROOT, *(PROJECTS / name for name in NAMES)], ids=lambda root: root.name)
def test_what_is_kept_is_what_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, memory = MemoryFiles(texts_of(root)), Memory()
    first, found = load(files)
    assert load(files, kept=memory.kept) == (first, found)
    assert memory
    judged: list[str] = []
    verdict_of = judged_facts.verdict_of

    def noted(loading: Loading, fact: Fact, *rest: Any) -> Verdict | None:
        judged.append(fact.at.whole.file)
        return verdict_of(loading, fact, *rest)

    monkeypatch.setattr(judged_facts, "verdict_of", noted)
    again, told = load(files, kept=memory.kept)
    assert not {*judged} & {*memory}
    assert told == found
    assert shown(again) == shown(first)


def test_a_file_is_read_again_when_anything_that_it_hangs_on_is_another() -> None:
    """Lines and words of all files are changed in turn: with what was kept before the change, all is as without."""
    chance = random.Random(21)
    projects = [texts_of(PROJECTS / name) for name in NAMES]
    memories = [Memory() for _ in projects]
    for files, memory in zip(projects, memories, strict=True):
        load(MemoryFiles(files), kept=memory.kept)
    for _ in range(EDITS):
        files, memory = chance.choice([*zip(projects, memories, strict=True)])
        path = chance.choice([path for path in sorted(files) if path.endswith((".yaml", ".csv", ".md"))])
        edited = {**files, path: change(files[path], chance)}
        assert shown_all(edited, Memory(memory)) == shown_all(edited, None), (path, edited[path])


def shown_all(files: dict[str, bytes | str], memory: Memory | None) -> list[object]:
    project, found = load(MemoryFiles(files), kept=memory.kept if memory is not None else None)
    return [found, *shown(project)]


def change(data: bytes | str, chance: random.Random) -> str:
    """A text without one of its lines, with one twice, or with another word or number in the place of one."""
    text = data.decode() if isinstance(data, bytes) else data
    lines = text.splitlines(keepends=True)
    at, kind = chance.randrange(len(lines)), chance.randrange(4)
    if kind < 2:
        lines[at : at + 1] = lines[at : at + 1] * (2 * kind)
        return "".join(lines)
    words = [*re.finditer(r"\w+", text)]
    one, other = chance.choice(words), chance.choice(words)
    return text[: one.start()] + (other[0] if kind == 2 else str(chance.randrange(3000))) + text[one.end() :]


FILES: dict[str, bytes | str] = {
    "content/site.yaml": "title: T\npublisher: P\nbase_url: https://a.example/\nlang: en\nnames: [Channel 4]\n",
    "content/measures.yaml": "- {id: nets, label: Nets, kind: count, unit: net}\n",
    "content/units.yaml": "- {id: net, plural: {one: net, other: nets}}\n",
    "content/sources/s.yaml": "- {id: s, type: report, title: S, issued: 2020}\n",
    "content/facts/f.yaml": '- {id: f, claim: "Channel 4 saw {value}.", measure: nets, value: 1400, as_of: 2020,'
    ' evidence: [{source: s, quote: "1,400 nets"}]}\n',
    "content/data/d.yaml": "- {id: d, title: D, file: d.csv, source: s, columns: [{name: a},"
    " {name: n, type: number, unit: net}]}\n",
    "content/data/d.csv": "a,n\nx,1\n",
    "content/charts/c.yaml": "- {id: c, data: d, kind: bar, x: a, y: n, title: C, hatched: [f], alt: Drawn}\n",
    "content/briefs/b.md": "---\ntitle: B\ndate: 2020-01-02\nauthors: [{name: A B}]\n---\nText.\n",
}
CHANGES = (
    ("content/site.yaml", "Channel 4", "Channel 5"),
    ("content/site.yaml", "lang: en", "lang: de"),
    ("content/measures.yaml", "kind: count", "kind: date"),
    ("content/measures.yaml", "unit: net", "unit: boat"),
    ("content/units.yaml", "other: nets", "other: webs"),
    ("content/sources/s.yaml", "issued: 2020", "issued: 2020, language: de"),
    ("content/sources/s.yaml", "id: s", "id: t"),
    ("content/data/d.csv", "x,1", "x,2"),
    ("content/data/d.yaml", "id: d", "id: e"),
    ("content/facts/f.yaml", "id: f", "id: g"),
    ("content/briefs/b.md", "date: 2020", "date: 2021"),
    ("content/briefs/b.md", "Text", "No text"),
)


@pytest.mark.parametrize(("path", "old", "new"), CHANGES)
def test_all_that_a_file_hangs_on_counts(path: str, old: str, new: str) -> None:
    memory = Memory()
    first = load(MemoryFiles(FILES), kept=memory.kept)
    assert first[1] == []
    kept = ("sources/s.yaml", "facts/f.yaml", "data/d.yaml", "charts/c.yaml", "briefs/b.md")
    assert {*memory} == {f"content/{name}" for name in kept}
    edited = {**FILES, path: str(FILES[path]).replace(old, new)}
    now = load(MemoryFiles(edited), kept=memory.kept)
    assert now == load(MemoryFiles(edited))
    assert now != first


def test_cells_are_read_when_they_are_asked_for_and_a_file_that_was_looked_at_is_not_read_again() -> None:
    memory = Memory()
    first = load(MemoryFiles(FILES), kept=memory.kept)[0].datasets["d"]
    looked = replace(memory.kept, looked={"content/data/d.csv": first.sha256})
    _table.cache_clear()
    dataset = load(MemoryFiles({**FILES, "content/data/d.csv": "gone"}), kept=looked)[0].datasets["d"]
    assert isinstance(dataset, KeptDataset)
    assert digest(dataset) == digest(first)
    assert _table.cache_info().misses == 0
    assert dataset.rows == first.rows
    assert _table.cache_info().misses == 1
    other = replace(dataset, title=first.title, columns=())
    assert digest(other) == digest_of(written(other)) == digest(replace(first, columns=())) != digest(first)
    assert (dataset, hash(dataset)) == (first, hash(first))
    for each in (dataset, replace(dataset, title=first.title)):
        assert pickle.loads(pickle.dumps(each)) == first
    assert pickle.loads(pickle.dumps(dataset)).known_digest == dataset.known_digest
    assert other != first
    with pytest.raises(AttributeError):
        _ = dataset.row  # type: ignore[attr-defined]


def test_what_an_item_knows_of_itself_is_what_it_would_come_to() -> None:
    memory, first = Memory(), load(MemoryFiles(FILES))[0]
    load(MemoryFiles(FILES), kept=memory.kept)
    known = load(MemoryFiles(FILES), kept=memory.kept)[0]
    for one, other in ((first.facts, known.facts), (first.datasets, known.datasets), (first.charts, known.charts)):
        assert one
        for id, item in one.items():
            kept = getattr(other[id], "known_digest", ""), getattr(other[id], "known_places", "")
            assert kept == (digest(item), digest(item.at.positions))


def test_loading_asks_kept_items_for_no_more_than_is_read_at_once() -> None:
    memory = Memory()
    load(MemoryFiles(FILES), kept=memory.kept)
    known = load(MemoryFiles(FILES), kept=memory.kept)[0]
    items = (known.facts["f"], known.datasets["d"], known.charts["c"])
    assert [type(vars(item)["_rest"]) for item in items] == [str] * 3
    assert all(item.aliases == () for item in items)
    assert known.facts["f"].claim


FACTS = "content/facts/f.yaml"


def test_a_file_of_facts_that_was_looked_at_is_not_read_again() -> None:
    memory, first = Memory(), load(MemoryFiles(FILES))[0].facts["f"]
    load(MemoryFiles(FILES), kept=memory.kept)
    unread = MemoryFiles({**FILES, FACTS: "gone"})
    known = load(unread, kept=replace(memory.kept, looked={FACTS: sha256_of(FILES[FACTS])}))[0].facts["f"]
    assert isinstance(known, KeptFact)
    assert not {"claim", "evidence", "value", "verdict", "at"} & vars(known).keys()
    for each in (known, pickle.loads(pickle.dumps(known)), replace(known, id="f")):
        assert (each, digest(each), hash(each)) == (first, digest(first), hash(first))
        assert each.at["evidence.0.quote"] == first.at["evidence.0.quote"]
    assert known != replace(first, unit="boat")
    found = load(unread, kept=replace(memory.kept, looked={FACTS: "another"}))[1]
    assert "wrong-type" in {each.code for each in found}


def test_what_is_kept_of_a_file_is_of_its_bytes_as_they_were_read_and_not_as_they_were_looked_at() -> None:
    """It may change between the two, and change back."""
    memory, looked = Memory(), {FACTS: sha256_of(FILES[FACTS])}
    changed = MemoryFiles({**FILES, FACTS: str(FILES[FACTS]).replace("1400", "1400.0").replace("1,400 nets", "1400.0")})
    load(changed, kept=replace(memory.kept, looked=looked))
    now = load(MemoryFiles(FILES), kept=replace(memory.kept, looked=looked))
    assert now == load(MemoryFiles(FILES))


def sha256_of(text: bytes | str) -> str:
    return sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()


def test_what_something_was_said_of_is_said_again() -> None:
    fact = str(FILES["content/facts/f.yaml"]).replace("Channel 4 saw", "They saw")
    files, memory = MemoryFiles({**FILES, "content/facts/f.yaml": fact}), Memory()
    _, found = load(files, kept=memory.kept)
    assert [each.code for each in found] == ["claim-not-alone"]
    assert load(files, kept=memory.kept)[1] == found


def test_damage_and_another_program_cost_work_alone() -> None:
    files, memory = MemoryFiles(texts_of(PROJECTS / "states")), Memory()
    first = load(files, kept=memory.kept)
    for text in ("", "[]", '{"of": 1}', '{"items": {}}'):
        memory.update(dict.fromkeys(memory, text))
        assert load(files, kept=memory.kept) == first
    kept = {path: of(text) for path, text in memory.items()}
    assert load(files, kept=replace(memory.kept, program="another")) == first
    assert all(of(memory[path]) != before for path, before in kept.items())


def of(text: str) -> str:
    """What a kept file is of."""
    return str(json.loads(text.partition("\n")[0])["of"])
