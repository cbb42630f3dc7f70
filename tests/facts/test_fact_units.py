"""What a fact may count: any noun where it has no measure, a multiple of what its measure counts, and what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.diagnostics import Diagnostic
from reportgen.pipeline import check
from tests.driver import Project

FILES = {
    "content/site.yaml": "title: Vault\npublisher: Vault\nbase_url: https://vault.example/\nlang: en\n",
    "content/measures.yaml": "- {id: samples, label: Samples, kind: number, unit: sample}\n",
    "content/sources/sources.yaml": "- {id: vault, type: report, title: The vault, issued: 2023, language: en}\n",
}
BANKS, SAMPLES = "The vault has some 1,750 banks.", "Over 320 thousand samples were tested."


def told(folder: Path, fact: str, quote: str = BANKS) -> list[Diagnostic]:
    line = f'- {{id: x, claim: "It had {{value}}.", {fact}, evidence: [{{source: vault, quote: "{quote}"}}]}}\n'
    project = Project.of(folder, {**FILES, "content/facts/x.yaml": line})
    return [each for each in check(project.root).diagnostics if each.severity == "error"]


@pytest.mark.parametrize("unit", ["bank", "banks", "gene bank"])
def test_a_fact_without_a_measure_counts_any_noun(tmp_path: Path, unit: str) -> None:
    assert told(tmp_path, f"value: 1750, unit: {unit}, relation: '~'") == []


def test_a_counted_noun_of_a_fact_is_printed_in_its_plural(tmp_path: Path) -> None:
    assert told(tmp_path, "value: 1750, unit: bank, relation: '~'") == []
    brief = '---\ntitle: Vaults\ndate: 2023-07-01\n---\nThere are {{ fact("x") }}.\n'
    project = Project.of(tmp_path, {"content/briefs/vaults.md": brief})
    assert "1,750\u00a0banks" in project.build().site["briefs/vaults/index.html"].decode()


@pytest.mark.parametrize(
    ("unit", "hint"), [("milion bank", "million bank"), ("KWh", "kWh"), ("kgg", "{id: kgg, kind: count")]
)
def test_what_is_nearly_a_unit_is_told(tmp_path: Path, unit: str, hint: str) -> None:
    (found,) = told(tmp_path, f"value: 1750, unit: {unit}, relation: '~'")
    assert found.code == "bad-unit"
    assert hint in (found.hint or "")
    assert "…" not in (found.hint or "")


def test_a_multiple_of_what_a_measure_counts_is_led_to_its_unit(tmp_path: Path) -> None:
    (found,) = told(tmp_path, "measure: samples, value: 320, unit: thousand, relation: '>'", SAMPLES)
    assert (found.code, found.hint) == ("bad-unit", "write unit: thousand sample")
    (found,) = told(tmp_path, "measure: samples, value: 320, relation: '>'", SAMPLES)
    assert found.code == "value-contradicted"
    assert found.hint == "write unit: thousand sample, or value: 320000 with unit: sample"
    for right in ("value: 320, unit: thousand sample", "value: 320000", "value: 320000, unit: sample"):
        assert told(tmp_path, f"measure: samples, {right}, relation: '>'", SAMPLES) == []
