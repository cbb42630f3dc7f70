"""What docs/after-you-publish.md tells an editor to write, taken from there and done."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tests.driver import Project
from tests.editions.life import FACTS, LOOMS, RUGS, WHY, Retired
from tests.editions.test_addresses import told

CHAPTER = (Path(__file__).parents[2] / "docs/after-you-publish.md").read_text("utf-8")


def the(pattern: str) -> str:
    """The one place of the chapter that is so."""
    (found,) = set(re.findall(pattern, CHAPTER))
    return str(found)


def test_a_misspelt_word(project: Project) -> None:
    project.change(RUGS, "wove most", "wove the most")
    (words,) = [one.message for one in told(project)]
    assert "the words are not those of the edition" in words
    command = shlex.split(the(r"reportgen (release wages --minor)").replace("wages", "rugs"))
    done = project.run(*command, "--date", "2026-03-02")
    assert "rugs, edition of 2026-03-02, version 2.1" in done.out, done.told
    assert told(project) == []


def test_a_wrong_number_is_one_line(project: Project) -> None:
    assert WHY.strip() == the(r"changes: \[\{kind: correction, .*\}\]")
    project.change(FACTS, "value: 62\n  as_of: 2025", "value: 62\n  as_of: 2024")
    assert {one.code for one in told(project)} == {"unexplained-change"}
    project.change(FACTS, "- id: looms-santa-ana\n", f"- id: looms-santa-ana\n{WHY}")
    assert told(project) == []
    kinds = re.findall(r"^\| `(\w+)` \|", CHAPTER, re.M)
    assert kinds == ["correction", "revision", "update", "clarification", "minor"]


def test_a_new_wave_is_one_line_a_brief(project: Project) -> None:
    entry = the(r"  (- \{kind: revision, text: [^}]*\})")
    project.change(FACTS, "value: 62\n  as_of: 2025", "value: 62\n  as_of: 2026")
    project.change(FACTS, "value: 12400\n  as_of: 2025", "value: 12400\n  as_of: 2026")
    project.change("content/sources/census.yaml", "issued: 2025-06-01", "issued: 2026-06-01")
    assert "unexplained-change" in {one.code for one in told(project)}
    for brief in (LOOMS, RUGS):
        project.change(brief, "title:", f"changes:\n  {entry}\ntitle:")
    assert told(project) == []


def test_a_rename_and_a_withdrawal(retired: Retired) -> None:
    """As the chapter has them, in the project that was retired."""
    for path, key in (
        ("content/briefs/carpets.md", the(r"(aliases: )\[rent-brno\]")),
        (LOOMS, the(r"`(status: withdrawn)`")),
        (LOOMS, the(r"and a `(reason:)`")),
    ):
        assert key in (retired.root / path).read_text("utf-8")
    address = re.compile(r'^"?(?:facts|pages)/[a-z0-9-]+"?: \w.*$', re.M)
    assert len(address.findall(CHAPTER)) == 2
    assert len(address.findall((retired.root / "content/gone.yaml").read_text("utf-8"))) == 1
    assert retired.wrong.code == 0
    changes = [path for path in retired.target if re.match(r"briefs/looms/editions/.*/changes/index\.html", path)]
    page = retired.target[max(changes)].decode()
    assert "The census took it back." in page
    assert "<table" not in page, "all that is gone is not listed"
