"""`reportgen import-notes`: what was marked elsewhere becomes facts whose claims are to be written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reportgen.desk.annotations import AnnotationError, MarkedWords, read_annotations
from tests.desk.project import added
from tests.driver import Project, read_tree

CASES = Path(__file__).parent / "cases"
ADDRESS = "https://harbour.example/ferries"


def w3c(exact: str, *, prefix: str = "", suffix: str = "", source: str = ADDRESS, comment: str = "") -> dict[str, Any]:
    selector = {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
    body = [{"type": "TextualBody", "value": comment}] if comment else []
    return {"type": "Annotation", "target": [{"source": source, "selector": [selector]}], "body": body}


def imported(project: Project, *annotations: dict[str, Any], options: tuple[str, ...] = ()) -> Any:
    path = project.path("notes.json")
    path.write_text(json.dumps(list(annotations)), "utf-8")
    done = project.run("import-notes", str(path), "--json", *options)
    return done.data


def outcomes(found: Any) -> list[str]:
    return [note["outcome"] for note in found["notes"]]


# Reading --------------------------------------------------------------------------------------------------------------

MARKED = MarkedWords(ADDRESS, "45 boats", "had ", " there", "why", "7")


@pytest.mark.parametrize(
    "data",
    [
        [
            {
                "target": {
                    "source": {"id": ADDRESS},
                    "selector": [
                        {"type": "PageSelector", "label": "7"},
                        {"type": "TextQuoteSelector", "exact": "45 boats", "prefix": "had ", "suffix": " there"},
                    ],
                },
                "body": {"type": "TextualBody", "value": "why"},
            }
        ],
        {
            "type": "AnnotationPage",
            "items": [
                {
                    "target": {
                        "source": ADDRESS,
                        "selector": [
                            {"type": "TextPositionSelector", "start": 1},
                            {"type": "PageSelector", "label": "7"},
                            {"type": "TextQuoteSelector", "exact": "45 boats", "prefix": "had ", "suffix": " there"},
                        ],
                    },
                    "body": [{"purpose": "tagging", "value": "boats"}, {"value": "why"}],
                }
            ],
        },
        {
            "export_date": "2026-11-22",
            "annotations": [
                {
                    "uri": ADDRESS,
                    "text": "why",
                    "tags": ["boats"],
                    "target": [
                        {
                            "selector": [
                                {"type": "PageSelector", "label": "7"},
                                {
                                    "type": "TextQuoteSelector",
                                    "exact": "45 boats",
                                    "prefix": "had ",
                                    "suffix": " there",
                                },
                            ]
                        }
                    ],
                },
                {"uri": ADDRESS, "text": "a note on the page", "target": [{"source": ADDRESS}]},
            ],
        },
    ],
    ids=["list", "page", "hypothesis"],
)
def test_annotations_are_read_alike(data: object) -> None:
    assert read_annotations(json.dumps(data)) == (MARKED,)


def test_annotations_of_zotero_are_read() -> None:
    marked = {
        "annotationType": "highlight",
        "annotationText": "45 boats",
        "annotationComment": "why",
        "annotationPageLabel": "7",
    }
    data = {
        "jsonrpc": "2.0",
        "result": [{"path": "/home/a/ferries.pdf", "annotations": [marked, {"annotationType": "image"}]}],
    }
    assert read_annotations(json.dumps(data)) == (MarkedWords("/home/a/ferries.pdf", "45 boats", "", "", "why", "7"),)


@pytest.mark.parametrize("text", ["", "{", "{}", "[]", "7", '"x"', "[" * 100_000, '{"target": 7}', '[{"target": [7]}]'])
def test_what_holds_no_annotations_says_so(text: str) -> None:
    with pytest.raises(AnnotationError, match=r"JSON|no marked words"):
        read_annotations(text)


# Importing ------------------------------------------------------------------------------------------------------------


def test_marked_words_become_a_fact_that_waits_for_its_claim(tmp_path: Path) -> None:
    project = added(tmp_path)
    found = imported(project, w3c("carried 14,200 passengers a day", comment="Good for the\nsummary."))
    assert outcomes(found) == ["taken"]
    assert project.read("content/facts/desk.yaml") == (
        '- id: ferries-2\n  claim: "TODO {value}"\n  value: 14200\n  unit: passenger\n'
        '  evidence: [{source: ferries, quote: "carried 14,200 passengers a day"}]\n  note: "Good for the summary."\n'
    )
    errors = [one["code"] for one in json.loads(project.run("check", "--format", "json").out)["diagnostics"]]
    assert errors == ["claim-todo"]
    assert project.run("build").code == 1
    project.change("content/facts/desk.yaml", "TODO {value}", "They carried {value} a day.")
    assert project.run("check", "--strict").code == 0
    assert "content/evidence.lock is as it was" in project.run("verify").out


def test_twice_is_once(tmp_path: Path) -> None:
    project = added(tmp_path)
    assert outcomes(imported(project, w3c("carried 14,200 passengers"), w3c("14,200 passengers a day"))) == [
        "taken",
        "known",
    ]
    before = read_tree(tmp_path / "content")
    assert outcomes(imported(project, w3c("carried 14,200 passengers"))) == ["known"]
    assert read_tree(tmp_path / "content") == before


def test_of_many_words_each_number_is_a_fact(tmp_path: Path) -> None:
    project = added(tmp_path)
    long = (
        "In March 2025 the ferries of Portugal carried 14,200 passengers a day, over 8 percent more than a year before."
    )
    found = imported(project, w3c(long, comment="See page 4"), options=("--source", "ferries"))
    (note,) = found["notes"]
    assert (note["outcome"], len(note["facts"]), note["comment_left_out"]) == ("taken", 2, True)
    assert "March" not in project.read("content/facts/desk.yaml")


@pytest.mark.parametrize(
    ("note", "outcome"),
    [
        (w3c("carried 14,201 passengers"), "not-found"),
        (w3c("carried 14,200 passenger trains"), "not-found"),
        (w3c("the harbour said"), "no-number"),
        (w3c("carried 14,200 passengers", source="https://other.example/x"), "no-source"),
        (w3c("a"), "ambiguous"),
    ],
)
def test_what_cannot_be_imported_is_listed(note: dict[str, Any], outcome: str, tmp_path: Path) -> None:
    project = added(tmp_path)
    before = read_tree(tmp_path / "content")
    found = imported(project, note)
    assert (outcomes(found), found["ok"], found["written"]) == ([outcome], False, False)
    assert read_tree(tmp_path / "content") == before
    done = project.run("import-notes", str(project.path("notes.json")))
    assert done.code == 1
    assert "not imported: “" in done.out


def test_what_stands_around_tells_several_places_apart(tmp_path: Path) -> None:
    text = "The old port had 45 boats in all. The new port had 45 boats in all."
    project = added(tmp_path, {"ports.txt": text})
    assert project.run("add", str(project.path("ports.txt")), "--as", "ports", "--language", "en").code == 0
    assert outcomes(imported(project, w3c("had 45 boats", source="ports"))) == ["ambiguous"]
    found = imported(project, w3c("had 45 boats", prefix="e new port ", suffix=" in all.", source="ports"))
    assert outcomes(found) == ["taken"]
    assert found["notes"][0]["facts"] == ["ports-2"]


def test_the_page_becomes_the_locator(tmp_path: Path) -> None:
    project = added(tmp_path)
    marked = {
        "annotationText": "carried 14,200\npassengers",
        "annotationPageLabel": "iv",
        "annotationType": "highlight",
    }
    found = imported(project, {"result": [{"annotations": [marked]}]}, options=("--source", "ferries"))
    assert outcomes(found) == ["taken"]
    assert 'locator: "p. iv"' in project.read("content/facts/desk.yaml")


def test_the_annotations_of_a_browser_are_imported(tmp_path: Path) -> None:
    """Marked twice, with the page's own line breaks: of a sentence with three shares, each is a fact."""
    (marked, again) = json.loads((CASES / "w3c-annotations.json").read_text("utf-8"))
    exact = marked["target"][0]["selector"][0]["exact"]
    project = added(tmp_path, {"news.txt": f"It keeps the weather of the year.\n\n{' '.join(exact.split())} %). Yet."})
    assert project.run("add", str(project.path("news.txt")), "--as", "news", "--language", "en").code == 0
    found = imported(project, marked, again, options=("--source", "news"))
    assert outcomes(found) == ["taken", "known"]
    text = project.read("content/facts/desk.yaml")
    assert all(value in text for value in ("value: 18.10", "value: 35.40", "value: 11.23")), text


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    project = added(tmp_path)
    imported(project, w3c("carried 14,200 passengers"), options=("--dry-run",))
    assert not project.path("content/facts/desk.yaml").exists()
    done = project.run("import-notes", str(project.path("notes.json")), "--dry-run")
    assert '+  claim: "TODO {value}"' in done.out
