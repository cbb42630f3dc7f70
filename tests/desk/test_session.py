"""The desk's answers to a form: read, judge, save, retire, undo."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen import pipeline
from reportgen.archive.texts import open_archive
from reportgen.desk import yaml_edits
from reportgen.desk.session import DeskAnswer, DeskSession, judged
from tests.desk.project import added
from tests.desk.test_yaml_edits import REFUSED, SHAPES
from tests.driver import Project, read_tree


def desk(project: Project) -> DeskSession:
    return DeskSession(project.root, open_archive(project.path("saved")))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return added(tmp_path)


QUOTE = "carried 14,200 passengers a day"
FACT = {"id": "carried", "claim": "The ferries carried {value} a day.", "measure": "passengers", "value": "14200"}


def asked(at: DeskSession, **changed: Any) -> dict[str, Any]:
    """What a form sends to save the fact."""
    base = at.read({"slug": "ferries", "candidate": 2}).document["base"]
    return {"slug": "ferries", "copy": "", "quote": QUOTE, "fact": FACT, "base": base, **changed}


def told(answer: DeskAnswer) -> set[str]:
    return {one["code"] for one in answer.document.get("verdict", [])}


# Reading --------------------------------------------------------------------------------------------------------------


def test_a_candidate_is_read(project: Project) -> None:
    found = desk(project).read({"slug": "ferries", "candidate": 2})
    assert found.status == 200
    assert found.document["quote"] == QUOTE
    assert (found.document["unique"], found.document["words"], found.document["verdict"]) == (True, 6, [])
    assert found.document["propose"] == {
        "value": "14200",
        "unit": "passenger",
        "relation": "=",
        "modality": "",
        "measure": "passengers",
        "place": "PT",
        "as_of": "2025-03",
        "reading": "",
        "row": "",
        "column": "",
    }
    assert found.document["base"].keys() == {
        "content/facts/desk.yaml",
        "content/measures.yaml",
        "content/evidence.lock",
    }, "no fact is in another file yet"
    assert found.document["base"]["content/facts/desk.yaml"] == ""


def test_chosen_words_are_read(project: Project) -> None:
    at = desk(project)
    number = at.read({"slug": "ferries", "candidate": 2}).document["numbers"][0]
    found = at.read({"slug": "ferries", "start": number["start"] - 8, "end": number["end"] + 11})
    assert found.document["quote"] == "carried 14,200 passengers "[:25]
    assert [one["number"] for one in found.document["numbers"]] == [2]
    none = at.read({"slug": "ferries", "start": 0, "end": 7})
    assert (none.status, none.document["propose"], none.document["verdict"]) == (
        200,
        {},
        ["no number is read in these words"],
    )


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"slug": "../../etc"},
        {"slug": ["ferries"]},
        {"slug": "ferries"},
        {"slug": "ferries", "start": -1, "end": 4},
        {"slug": "ferries", "start": 4, "end": 4},
        {"slug": "ferries", "start": 0, "end": 10**9},
        {"slug": "ferries", "start": "0", "end": "4"},
        {"slug": "ferries", "start": True, "end": 4},
        {"slug": "ferries", "copy": "0" * 64, "start": 0, "end": 4},
        {"slug": "count-2024", "start": 0, "end": 4},
    ],
)
def test_what_is_no_place_in_a_source_is_refused(document: dict[str, Any], project: Project) -> None:
    assert desk(project).read(document).status == 422


def test_a_number_that_is_not_there_is_not_found(project: Project) -> None:
    assert desk(project).read({"slug": "ferries", "candidate": 999}).status == 404


# Judging --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, set()),
        ({"value": "14201"}, {"value-contradicted"}),
        ({"claim": "The ferries carried 7 a day."}, {"digit-in-claim"}),
        ({"claim": ""}, {"missing-key"}),
        ({"claim": "The ferries carried passengers."}, {"bad-claim", "unit-not-in-quote"}),
        ({"measure": "passenger"}, {"unknown-measure"}),
        ({"relation": ">"}, {"value-contradicted"}),
        ({"as_of": "2025-13"}, {"bad-date"}),
        ({"value": "fourteen"}, {"bad-number"}),
        ({"value": {"min": "14000", "max": "15000"}}, {"value-contradicted"}),
        ({"note": "By the books of 3 ships."}, {"typed-number"}),
        ({"note": 'As {{ fact("gone") }} says.'}, {"unknown-fact"}),
        ({"note": "See [@gone]."}, {"unknown-source"}),
        ({"place": "Norway"}, {"unknown-place"}),
    ],
)
def test_the_verdict_is_that_of_check(changed: dict[str, Any], codes: set[str], project: Project) -> None:
    at = desk(project)
    before = read_tree(project.root)
    found = at.judge(asked(at, fact={**FACT, **changed}))
    assert (found.status, told(found)) == (200, codes)
    assert read_tree(project.root) == before
    saved = at.save(asked(at, fact={**FACT, **changed}))
    assert saved.status == (422 if codes else 201)


def test_the_verdict_speaks_of_fields_and_of_no_lines_of_a_file(project: Project) -> None:
    at = desk(project)
    lacking = {**FACT, "value": "", "measure": "swans"}
    measure = {"id": "swans", "label": "", "kind": "count", "unit": "passenger"}
    verdict = at.judge(asked(at, fact=lacking, measure=measure)).document["verdict"]
    assert {(one["message"], one["hint"]) for one in verdict} >= {
        ("the new measure has no name", "say what it measures"),
        ("there is no value", "type the number that the words carry"),
    }


def test_a_verdict_comes_soon_in_a_large_project(project: Project) -> None:
    evidence = f'evidence: [{{source: ferries, quote: "{QUOTE}"}}]'
    lines = "".join(
        f'- {{id: f{n}, claim: "It was {{value}} a day.", value: 14200, {evidence}}}\n' for n in range(1000)
    )
    project.write("content/facts/many.yaml", lines)
    loaded = pipeline.answers(project.root)[0].project
    entry: dict[str, yaml_edits.YamlValue] = {"id": "one", "claim": "It was {value} a day."}
    entry |= {"value": yaml_edits.Plain("14200")}
    entry |= {"evidence": [{"source": "ferries", "quote": QUOTE}]}
    archive = open_archive(project.path("saved"))
    began = time.process_time()
    found = judged(entry, {}, loaded, archive)
    assert time.process_time() - began < 1.5
    assert found == ()


# Saving ---------------------------------------------------------------------------------------------------------------


def test_a_fact_is_saved_and_taken_back(project: Project) -> None:
    at, before = desk(project), read_tree(project.path("content"))
    saved = at.save(asked(at))
    assert saved.status == 201
    assert {k: saved.document[k] for k in ("id", "file", "line", "insert", "verified")} == {
        "id": "carried",
        "file": "content/facts/desk.yaml",
        "line": 1,
        "insert": '{{ fact("carried") }}',
        "verified": True,
    }
    assert project.run("check", "--strict").code == 0
    assert "content/evidence.lock is as it was" in project.run("verify").out
    assert at.undo({"token": saved.document["undo"]}).status == 200
    assert read_tree(project.path("content")) == before
    assert at.undo({"token": saved.document["undo"]}).status == 404


def test_words_that_leave_out_what_governs_them_are_saved_and_not_verified(tmp_path: Path) -> None:
    project = added(tmp_path)
    project.write("news.txt", "Revenue of the port rose by 14% to 187 million euros. The port plans to buy 3 cranes.\n")
    assert project.run("add", str(project.path("news.txt")), "--as", "news", "--retrieved", "2026-11-22").code == 0
    at = desk(project)
    fact = {"id": "cranes", "claim": "The port bought {value} cranes.", "value": "3"}
    form = asked(at, slug="news", quote="3 cranes", fact=fact)
    (told,) = at.judge(form).document["verdict"]
    assert (told["code"], told["severity"], told["field"]) == ("quote-cut", "warning", "quote")
    assert 'leaves out "plans to"' in told["message"]
    saved = at.save(form)
    assert saved.status == 201, saved.document
    assert saved.document["verified"] is False
    assert "warning[quote-cut]" in project.run("check").told
    fact = {"id": "revenue", "claim": "Revenue fell by {value}.", "value": "14", "unit": "percent"}
    assert at.save(asked(at, slug="news", quote="14% to 187 million", fact=fact)).status == 422


def test_a_new_measure_is_saved_with_its_first_fact(project: Project) -> None:
    at, before = desk(project), read_tree(project.path("content"))
    measure = {"id": "daily", "label": "People carried a day", "kind": "count", "unit": "person"}
    saved = at.save(asked(at, fact={**FACT, "measure": "daily"}, measure=measure))
    assert saved.status == 201, saved
    assert project.read("content/measures.yaml").endswith(
        '- id: daily\n  label: "People carried a day"\n  kind: count\n  unit: person\n'
    )
    assert project.run("check", "--strict").code == 0
    assert at.undo({"token": saved.document["undo"]}).status == 200
    assert read_tree(project.path("content")) == before
    texts = {"en": "People carried a day", "kk": "Күніне адам", "ru": ""}
    named = at.save(asked(at, fact={**FACT, "measure": "daily"}, measure={**measure, "label": texts}))
    assert named.status == 201, named
    assert 'label: {en: "People carried a day", kk: "Күніне адам"}\n' in project.read("content/measures.yaml")
    assert at.undo({"token": named.document["undo"]}).status == 200
    again = at.save(asked(at, fact={**FACT, "measure": "growth"}, measure={**measure, "id": "growth"}))
    assert told(again) >= {"duplicate-id"}


def test_a_fact_is_saved_in_place_of_another(project: Project) -> None:
    at = desk(project)
    assert at.save(asked(at)).status == 201
    project.change("content/facts/desk.yaml", "  value: 14200", "  value: 14200   # as printed")
    before = project.read("content/facts/desk.yaml")
    changed = at.save(asked(at, fact={**FACT, "claim": "Ferries carried {value}.", "place": "PT"}, replaces="carried"))
    assert changed.status == 201, changed
    after = project.read("content/facts/desk.yaml")
    assert "value: 14200   # as printed" in after
    assert [line for line in after.splitlines() if line not in before.splitlines()] == [
        "  place: PT",
        '  claim: "Ferries carried {value}."',
    ]
    assert at.undo({"token": changed.document["undo"]}).status == 200
    assert project.read("content/facts/desk.yaml") == before
    assert at.save(asked(at, replaces="nothing")).status == 422


def test_what_was_changed_meanwhile_is_not_lost(project: Project) -> None:
    at = desk(project)
    form = asked(at)
    project.write("content/facts/desk.yaml", "# Mine.\n")
    found = at.save(form)
    assert found.status == 409
    assert found.document["base"]["content/facts/desk.yaml"] == hashlib.sha256(b"# Mine.\n").hexdigest()
    assert project.read("content/facts/desk.yaml") == "# Mine.\n"
    saved = at.save({**form, "base": at.read({"slug": "ferries", "candidate": 2}).document["base"]})
    assert saved.status == 201
    project.append("content/facts/desk.yaml", "# And more.\n")
    assert at.undo({"token": saved.document["undo"]}).status == 409
    assert project.read("content/facts/desk.yaml").endswith("# And more.\n")


def test_of_two_saves_at_once_one_is_told(project: Project) -> None:
    at = desk(project)
    forms = [asked(at, fact={**FACT, "id": name}) for name in ("one", "other")]
    statuses: list[int] = []
    threads = [threading.Thread(target=lambda form=form: statuses.append(at.save(form).status)) for form in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(statuses) == [201, 409]
    assert project.read("content/facts/desk.yaml").count("- id:") == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"fact": None},
        {"fact": {**FACT, "rank": "deprecated"}},
        {"fact": {**FACT, "file": "../../x.yaml"}},
        {"fact": {**FACT, "claim": "a\nb"}},
        {"fact": {**FACT, "claim": "a\u202eb"}},
        {"fact": {**FACT, "claim": "a\ue000b"}},
        {"fact": {**FACT, "claim": "a\x00b"}},
        {"fact": {**FACT, "claim": "x" * 401}},
        {"fact": {**FACT, "claim": ["x"]}},
        {"fact": {**FACT, "value": {"least": "1"}}},
        {"fact": {**FACT, "value": {}}},
        {"fact": {**FACT, "id": "../../x"}},
        {"quote": "carried 14,201 passengers"},
        {"quote": ""},
        {"quote": "word " * 13},
        {"base": None},
        {"base": {"a": 1}},
        {"measure": {"id": "x"}},
        {"measure": {"id": "x", "label": "X", "kind": "count", "path": "/etc"}},
        {"measure": "x"},
        {"slug": "nothing"},
    ],
)
def test_what_no_form_sends_is_refused(changed: dict[str, Any], project: Project) -> None:
    at, before = desk(project), read_tree(project.path("content"))
    found = at.save(asked(at, **changed))
    assert found.status == 422
    assert found.document.get("error") or found.document["verdict"]
    assert read_tree(project.path("content")) == before


@pytest.mark.parametrize("text", ["[]\n", "{id: a, claim: x, evidence: []}\n", "id,claim\n"])
def test_a_file_that_cannot_be_edited_gives_the_text_to_paste(text: str, project: Project) -> None:
    project.write("content/facts/desk.yaml", text)
    at = desk(project)
    found = at.save(asked(at))
    assert found.status == 422
    (problem,) = found.document["verdict"]
    assert problem["code"] == "cannot-edit"
    assert "- id: carried" in problem["hint"]
    assert project.read("content/facts/desk.yaml") == text


@given(
    shape=st.sampled_from([shape for shape in SHAPES if shape not in REFUSED]),
    ending=st.sampled_from(["", "\n", "# end", "\n\n"]),
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_save_then_undo_gives_the_same_bytes(project: Project, shape: str, ending: str) -> None:
    text = (SHAPES[shape] + ending).encode()
    project.path("content/facts/desk.yaml").write_bytes(text)
    at = desk(project)
    saved = at.save(asked(at))
    if saved.status == 201:
        assert project.path("content/facts/desk.yaml").read_bytes() != text
        checked = pipeline.verify(project.root, project.path("saved"))
        assert not checked.changed, "the lock is as verify would write it"
        assert "carried" not in " ".join(one.message for one in checked.diagnostics if one.severity == "error")
        assert at.undo({"token": saved.document["undo"]}).status == 200
    assert project.path("content/facts/desk.yaml").read_bytes() == text


@pytest.mark.parametrize("renamed", range(4))
def test_a_kill_at_any_moment_loses_nothing(
    renamed: int, project: Project, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After so many files the process is gone, so that nothing is taken back either: each file is old or new, whole."""
    project.write("content/facts/desk.yaml", "# Mine.\n")
    at = desk(project)
    measure = {"id": "daily", "label": "People carried a day", "kind": "count", "unit": "person"}
    form = asked(at, fact={**FACT, "measure": "daily"}, measure=measure)
    before = read_tree(project.path("content"))
    whole = project.copied(tmp_path_factory.mktemp("beside") / "whole")
    at_whole = desk(whole)
    assert at_whole.save(form).status == 201
    after = read_tree(whole.path("content"))
    real, done = os.replace, []

    def replaced(old: str, new: Path) -> None:
        if len(done) == renamed:
            raise KeyboardInterrupt
        done.append(new)
        real(old, new)

    monkeypatch.setattr("os.replace", replaced)
    if renamed < 3:
        with pytest.raises(KeyboardInterrupt):
            at.save(form)
    else:
        assert at.save(form).status == 201
    monkeypatch.undo()
    now = read_tree(project.path("content"))
    assert all(now[name] in (before.get(name), after.get(name)) for name in now)
    assert set(before) <= set(now)
    assert len(done) == renamed
    assert "not readable" not in project.run("check").told


# Retiring -------------------------------------------------------------------------------------------------------------


def test_a_fact_is_retired_unless_a_brief_prints_it(project: Project) -> None:
    at = desk(project)
    assert at.save(asked(at)).status == 201
    base = at._base(["content/facts/desk.yaml"])
    brief = "---\ntitle: Boats\ndate: 2026-01-05\n---\nIt was {{ fact('carried') }}.\n"
    project.write("content/briefs/boats.md", brief)
    refused = at.retire({"id": "carried", "base": base, "reason": "The port has corrected it."})
    assert (refused.status, refused.document["briefs"]) == (422, ["boats"])
    project.remove("content/briefs/boats.md")
    assert at.retire({"id": "carried", "base": {}, "reason": "x"}).status == 409
    assert at.retire({"id": "other", "base": base, "reason": "x"}).status == 404
    done = at.retire({"id": "carried", "base": base, "reason": "The port has corrected it."})
    assert done.status == 200
    assert "  rank: deprecated\n" in project.read("content/facts/desk.yaml")
    assert '  note: "The port has corrected it."\n' in project.read("content/facts/desk.yaml")
    assert project.run("check").code == 0
    assert at.undo({"token": done.document["undo"]}).status == 200
    assert "deprecated" not in project.read("content/facts/desk.yaml")


# Wording --------------------------------------------------------------------------------------------------------------


def test_a_claim_that_leans_on_another_is_told_and_saved_all_the_same(project: Project) -> None:
    at = desk(project)
    asked_so = asked(at, fact={**FACT, "claim": "The same report also counts {value} a day."})
    (notice,) = at.judge(asked_so).document["verdict"]
    assert (notice["code"], notice["severity"], notice["field"]) == ("claim-not-alone", "notice", "claim")
    assert '"The same report"' in notice["message"]
    assert at.save(asked_so).status == 201
    assert "claim-not-alone" in project.run("check").told


def test_the_wording_of_a_measure_is_offered_in_each_language(project: Project) -> None:
    at = desk(project)
    both = {"en": "Ferries carried {value}.", "kk": "Паромдар {value} тасыды."}
    assert at.save(asked(at, fact={**FACT, "claim": both})).status == 201
    assert 'claim: {en: "Ferries carried {value}.", kk: "Паромдар {value} тасыды."}' in project.read(
        "content/facts/desk.yaml"
    )
    found = at.read({"slug": "ferries", "candidate": 3}).document
    assert found["propose"]["measure"] == ""
    asked_so = asked(at, fact={**FACT, "id": "more", "measure": "passengers", "place": "ES"})
    assert at.judge(asked_so).document["claims"] == [both]
    assert at.judge(asked(at, replaces="carried", fact={**FACT, "claim": both})).document["claims"] == []


# Editing --------------------------------------------------------------------------------------------------------------

WRITTEN = """\
# Ours.
- id: first
  claim: {en: "Ferries carried {value}.", fr: 'Les bacs: {value}.'}   # as the minister said
  measure: passengers
  value: 14200
  precision: 100
  place: PT
  as_of: 2025-03
  evidence:
  - source: ferries
    quote: carried 14,200 passengers
  note: 'It''s rounded.'
- id: last
  claim: "Up to {value} stayed empty."
  value: 3500
  relation: "<="
  evidence: [{source: ferries, quote: "Up to 3,500 seats", locator: p. 1}]
"""


def edited(at: DeskSession, id: str, **changed: Any) -> DeskAnswer:
    """A fact opened, and saved with other fields; None takes one out."""
    found = at.read({"slug": "ferries", "fact": id})
    assert found.status == 200, found
    fact = {key: value for key, value in {**found.document["fact"], **changed}.items() if value is not None}
    words = {key: found.document[key] for key in ("quote", "prefix", "suffix", "base", "part")}
    return at.save({"slug": "ferries", "copy": "", **words, "fact": fact, "replaces": id})


@pytest.mark.parametrize(
    ("id", "changed", "old", "new"),
    [
        ("first", {}, "", ""),
        ("first", {"place": "ES"}, "place: PT", "place: ES"),
        ("first", {"as_of": None}, "  as_of: 2025-03\n", ""),
        ("first", {"note": None}, "  note: 'It''s rounded.'\n", ""),
        (
            "first",
            {"claim": {"en": "Boats carried {value}.", "fr": "Les bacs: {value}."}},
            "Ferries carried",
            "Boats carried",
        ),
        ("last", {"locator": None}, ", locator: p. 1", ""),
        ("last", {"locator": "p. 2"}, "locator: p. 1", 'locator: "p. 2"'),
        ("last", {"value": "3500", "unit": "seat"}, "- id: last\n", "- id: last\n  unit: seat\n"),
    ],
)
def test_an_edit_changes_what_was_changed_and_no_more(
    id: str, changed: dict[str, Any], old: str, new: str, project: Project
) -> None:
    project.write("content/facts/desk.yaml", WRITTEN)
    assert project.run("verify").code == 0
    at = desk(project)
    saved = edited(at, id, **changed)
    assert saved.status == 201, saved
    assert project.read("content/facts/desk.yaml") == WRITTEN.replace(old, new, 1)
    assert "content/evidence.lock is as it was" in project.run("verify").out
    assert at.undo({"token": saved.document["undo"]}).status == 200
    assert project.read("content/facts/desk.yaml") == WRITTEN


@pytest.mark.parametrize(
    ("id", "changed"),
    [
        ("first", {"claim": {"en": "Boats carried {value}."}, "value": "14201"}),
        ("first", {"measure": "growth"}),
        ("last", {"relation": None}),
    ],
)
def test_an_edit_that_check_would_refuse_is_refused(id: str, changed: dict[str, Any], project: Project) -> None:
    project.write("content/facts/desk.yaml", WRITTEN)
    assert edited(desk(project), id, **changed).status == 422
    assert project.read("content/facts/desk.yaml") == WRITTEN


def test_a_computed_fact_and_one_of_a_table_are_edited_elsewhere(project: Project) -> None:
    project.write(
        "content/facts/desk.yaml", WRITTEN + '- {id: half, claim: "Half is {value}.", formula: "[first] / 2"}\n'
    )
    project.write("content/facts/more.csv", "id,claim,value,source,quote\ntabled,It is {value}.,1990,ferries,in 1990\n")
    at = desk(project)
    assert at.read({"slug": "ferries", "fact": "half"}).status == 422
    found = at.read({"slug": "ferries", "fact": "tabled"})
    assert found.status == 422
    assert "content/facts/more.csv" in str(found.document)


def test_a_save_that_would_contradict_another_fact_is_refused(project: Project) -> None:
    at = desk(project)
    fact = {**FACT, "place": "PT", "as_of": "2025-03"}
    assert at.save(asked(at, fact=fact)).status == 201
    project.write(
        "more.txt", "Another paper: in March 2025 the ferries carried 9,000 passengers a day, by its own count.\n"
    )
    assert project.run("add", str(project.path("more.txt")), "--as", "more", "--title", "More").code == 0
    at = desk(project)
    base = at.read({"slug": "more", "candidate": 2}).document["base"]
    other = {**fact, "id": "fewer", "value": "9000"}
    found = at.save({"slug": "more", "quote": "carried 9,000 passengers a day", "fact": other, "base": base})
    assert (found.status, told(found)) == (422, {"conflict"})
    assert "conflicts.yaml" in found.document["verdict"][0]["hint"]


def test_words_that_stand_twice_are_told_apart(tmp_path: Path) -> None:
    text = "The north has 61 keepers now.\n\nThe south has 61 keepers now.\n\n" + "It has 7 cats. " * 3
    project = added(tmp_path, {"keepers.txt": text.encode()})
    assert project.run("add", str(project.path("keepers.txt")), "--as", "keepers", "--title", "Keepers").code == 0
    at = desk(project)
    start = text.index("61", 30)
    found = at.read({"slug": "keepers", "start": start, "end": start + 10}).document
    assert (found["quote"], found["unique"]) == ("61 keepers", True)
    assert (found["prefix"], found["suffix"]) == ("south has", "")
    start = text.index("7 cats", text.index("7 cats") + 1)
    twice = at.read({"slug": "keepers", "start": start, "end": start + 6}).document
    assert twice["unique"] or twice["others"]


def test_in_a_language_without_known_words_the_relation_is_asked(project: Project) -> None:
    project.write(
        "ponts.txt", "Le port a vu passer plus de 200 millions de voyageurs en 2024, dit le rapport annuel.\n"
    )
    options = ("--as", "ponts", "--title", "Ponts", "--language", "fr")
    assert project.run("add", str(project.path("ponts.txt")), *options).code == 0
    at = desk(project)
    found = at.read({"slug": "ponts", "candidate": 1}).document
    assert (found["propose"]["value"], found["propose"]["unit"]) == ("200", "million")
    assert found["propose"]["relation"] is None, "nobody has read it as exactly so many"
    fact = {"claim": "The port saw {value} travellers.", "value": "200", "unit": "million"}
    form = {"slug": "ponts", "quote": found["quote"], "fact": fact, "base": found["base"]}
    (doubt,) = at.judge(form).document["verdict"]
    assert (doubt["code"], doubt["severity"]) == ("no-relation-words", "warning")
    assert at.judge({**form, "fact": {**fact, "relation": ">"}}).document["verdict"] == []


def test_another_value_than_was_published_is_saved_with_its_reason(project: Project) -> None:
    """Asked before anything is written; the reason is one line beside the fact."""
    at = desk(project)
    assert at.save(asked(at)).status == 201
    for path in (*project.path("content/briefs").glob("*.md"), *project.path("content/charts").glob("*")):
        path.unlink()
    done = project.run("release", "--date", "2026-03-01")
    assert "facts, pages and charts" in done.out, done.told
    before = project.read("content/facts/desk.yaml")
    at = desk(project)
    other = {**FACT, "as_of": "2023"}
    refused = at.save(asked(at, fact=other, replaces="carried"))
    assert (refused.status, told(refused)) == (422, {"unexplained-change"})
    assert project.read("content/facts/desk.yaml") == before
    assert told(at.save(asked(at, fact=other, replaces="carried", change={"kind": "correction", "text": "."}))) == {
        "needs-reason"
    }
    assert (
        at.save(asked(at, fact=other, replaces="carried", change={"kind": "withdrawal", "text": "No."})).status == 422
    )
    why = {"kind": "correction", "text": "We had misread the year."}
    saved = at.save(asked(at, fact=other, replaces="carried", change=why))
    assert saved.status == 201, saved
    assert 'changes: [{kind: correction, text: "We had misread the year."}]' in project.read("content/facts/desk.yaml")
    assert at.undo({"token": saved.document["undo"]}).status == 200
    assert project.read("content/facts/desk.yaml") == before
