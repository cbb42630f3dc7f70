"""`reportgen diff --data FILE`: what a newer version of a dataset's file changes, before it is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.driver import CommandResult, Project, read_tree


@pytest.fixture
def malaria(tmp_path: Path) -> Project:
    return Project.from_folder(tmp_path / "p", "malaria")


def diff(project: Project, newer: dict[str, str], *options: str, name: str = "nets.csv") -> CommandResult:
    """What a version of nets.csv changes in which texts are replaced; nothing is written."""
    text = project.path("content/data/nets.csv").read_bytes().decode("cp1252")
    for old, new in newer.items():
        assert old in text
        text = text.replace(old, new)
    path = project.root.parent / name
    path.write_bytes(text.encode("utf-8-sig" if "𓀀" in text else "cp1252"))
    before = read_tree(project.root)
    done = project.run("diff", "--data", str(path), *options)
    assert read_tree(project.root) == before
    return done


def test_it_lists_numbers_in_texts_and_charts_with_their_places(malaria: Project) -> None:
    line = 1 + malaria.read("content/briefs/malaria.md").split("\n").index(
        'The lake got {{ cell("nets", row={Province: Lake}, column="2023 nets") }}. In Kenya'
    )
    done = diff(malaria, {"1 310 250*": "1 402 000", "44,75": "44,80", "53,35": "53,350", "Highlands;": "Delta;"})
    assert done.code == 0
    assert f"  content/briefs/malaria.md:{line}  1,310,250 nets → 1,402,000 nets, in malaria\n" in done.out
    chart = "  content/charts/malaria.yaml:2  nets-by-province: 6 changes, 1 row new, 1 row gone, in malaria\n"
    assert chart in done.out
    told = done.out.partition(chart)[2].splitlines()[:6]
    assert told == [
        "    Lake, Nets in 2023: 1,310,250 nets → 1,402,000 nets",
        "    Côte, Households with a net: 44.8% (44.75) → 44.8% (44.80)",  # hidden by the rounding
        "    Highlands, Nets in 2023: 64,020 nets → nothing",
        "    Highlands, Households with a net: 12.5% → nothing",
        "    Delta, Nets in 2023: nothing → 64,020 nets",
        "    Delta, Households with a net: nothing → 12.5%",
    ]
    assert "1,402,000 nets → " not in done.out
    assert ": lake-nets: 1,310,250 nets → 1,402,000 nets\n" in done.out.replace("  lake-nets", ": lake-nets")
    assert "lake-first: holds → holds\n" in done.out  # of another number
    assert "It changes 3 numbers in texts, 12 numbers in 2 figures, 2 facts, 1 check; 1 brief.\n" in done.out
    assert done.out.endswith("Then save it: reportgen add content/data/nets.csv --as office-nets\n")


def test_charts_are_told_in_the_language_of_the_site(malaria: Project) -> None:
    text = malaria.read("content/briefs/malaria.md")
    (malaria.root / "content/briefs/malaria.de.md").write_text(text, encoding="utf-8")  # is read first
    told = diff(malaria, {"1 310 250*": "1 402 000"}).out
    assert "in malaria.de, malaria\n    Lake, Nets in 2023: 1,310,250 nets → 1,402,000 nets\n" in told


def test_the_line_under_a_problem_is_the_newer_file_s(malaria: Project) -> None:
    told = diff(malaria, {"44,75": "4x4,75"}).out
    assert "4x4,75" in next(line.partition(" | ")[2] for line in told.splitlines() if " | " in line)


def test_a_row_that_goes_is_an_error_with_the_call_that_needs_it(malaria: Project) -> None:
    done = diff(malaria, {"Lake;": "Sea;"}, "--json")
    assert done.code == 1
    found = done.data
    texts = [(each["before"], each["after"]) for each in found["texts"]]
    assert texts == [("1,310,250\u00a0nets", ""), ("92.1%", ""), ("655,125\u00a0nets", "")]
    assert [(each["code"], each["file"]) for each in found["problems"]] == [
        ("unknown-value", "content/briefs/malaria.md"), ("bad-formula", "content/briefs/malaria.md"),
        ("bad-formula", "content/checks.yaml"), ("unknown-value", "content/facts/nets.yaml"),
    ]  # fmt: skip


def test_a_file_that_cannot_be_read_as_described_is_told(malaria: Project) -> None:
    done = diff(malaria, {"Province;": "Region;"}, "--of", "nets.csv", name="nets-2024.csv")
    assert done.code == 1
    assert "new: nets: cannot be made;" in done.out
    assert 'nets.csv has no column "Province"' in done.out


def test_it_asks_which_file_is_meant(malaria: Project) -> None:
    done = diff(malaria, {}, name="nets-2024.csv")
    assert done.code == 2
    assert "say which it is a version of: --of NAME" in done.err
    assert diff(malaria, {}).out.endswith("The two files are the same, byte by byte.\n")
    assert "No brief has an edition yet." in malaria.run("diff").out
    assert malaria.run("diff", "malaria", "--data", str(malaria.path("content/site.yaml"))).code == 2


def test_it_tells_what_check_would_tell(malaria: Project) -> None:
    before = malaria.run("check").told
    found = diff(malaria, {"Highlands;": "Highlands 𓀀;"}, "--json").data["problems"]
    malaria.path("content/data/nets.csv").write_bytes((malaria.root.parent / "nets.csv").read_bytes())
    told = malaria.run("check", "--format", "json").data["diagnostics"]
    new = [each["code"] for each in told if each["message"] not in before and each["severity"] != "notice"]
    assert [each["code"] for each in found] == [code for code in new if code != "unverified"] == ["no-glyph"]
