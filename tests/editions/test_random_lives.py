"""Random edits of a project's files, read by the real loader: asked about is what changed, no more and no less; and
releases and publications that are killed at any moment: no edition is torn, and the same command ends right.

A few of each here; `make soak` has REPORTGEN_EDITS=2000 and REPORTGEN_KILLS=200.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from reportgen.citing.pandoc import Citeproc
from reportgen.citing.problems import citing
from reportgen.editions.gate import edition_problems
from reportgen.load.files import MemoryFiles
from reportgen.pipeline import asked_of, evaluations, every_document
from tests.driver import Project, read_tree
from tests.editions.life import ALONE, CHARTS, FACTS, MEASURES, PAGE, ROWS, RUGS, UNITS, Life, Retired, quick

EDITS = int(os.environ.get("REPORTGEN_EDITS", "12"))
KILLS = int(os.environ.get("REPORTGEN_KILLS", "3"))
TOLD = ("unexplained-change", "address-lost", "unreleased-words", "minor-changes-numbers")
SITE = "content/site.yaml"
Files = dict[str, str]


@dataclass(frozen=True)
class Edit:
    """One edit, and what has to be asked about it."""

    name: str
    make: Callable[[Files, random.Random], None]
    asks: str
    """A code of `TOLD`; empty where nothing is to be asked."""


def put(files: Files, path: str, old: str, new: str) -> None:
    assert old in files[path], (path, old)
    files[path] = files[path].replace(old, new, 1)


def change(path: str, old: str, new: str) -> Callable[[Files, random.Random], None]:
    return lambda files, _: put(files, path, old, new)


PRINTED = ("looms-santa-ana", "women-weavers", "small-rug")
"""Facts that have a time of their own, each changed by one edit at most."""


def _time(id: str, why: str = "") -> Callable[[Files, random.Random], None]:
    def make(files: Files, chance: random.Random) -> None:
        found = re.search(rf"- id: {id}\n(?:  .*\n)*?  as_of: (2025)\n", files[FACTS])
        assert found is not None
        at = found.start(1)
        text = files[FACTS][:at] + str(chance.randint(2001, 2019)) + files[FACTS][at + 4 :]
        files[FACTS] = text.replace(f"- id: {id}\n", f"- id: {id}\n{why}", 1)

    return make


CORRECTED = '  changes: [{kind: correction, text: "We had misread the year."}]\n'
MINOR = "  changes: [{kind: minor}]\n"
SOLD = '{{ fact("rugs-sold") }}'
BY_SUBJECT: dict[str, tuple[Edit, ...]] = {
    **{
        id: (
            Edit(f"time of {id}", _time(id), "unexplained-change"),
            Edit(f"time of {id}, with a reason", _time(id, CORRECTED), ""),
            Edit(f"time of {id}, called minor", _time(id, MINOR), "minor-changes-numbers"),
        )
        for id in PRINTED
    },
    "rows": (
        Edit("a cell", change(ROWS, "2024,7900", "2024,7901"), "unexplained-change"),
        Edit("a row more", change(ROWS, "2024,7900\n", "2024,7900\nTeotitlan,2025,9\n"), "unexplained-change"),
        Edit("a row less", change(ROWS, "Santa Ana,2023,3000\n", ""), "unexplained-change"),
    ),
    "page": (
        Edit("another fact on a page", change(PAGE, SOLD, '{{ fact("looms-both") }}'), "unexplained-change"),
        Edit("a page without its number", change(PAGE, SOLD, "rugs"), "unexplained-change"),
        Edit("another year on a page", change(PAGE, "in 2025", "in 2024"), "unexplained-change"),
        Edit("other words on a page", change(PAGE, "The valley", "This valley"), ""),
        Edit("more on a page", change(PAGE, "2025.", f"2025. And {SOLD}."), ""),
    ),
    "text": (
        Edit("other words", change(RUGS, "wove most", "made most"), "unreleased-words"),
        Edit("a year more", change(RUGS, "of them.", "of them in 2011."), "unreleased-words"),
        Edit("a number less", change(RUGS, ' at {{ fact("rug-price") }} each', ""), "unexplained-change"),
        Edit("a line further down", change(RUGS, "---\nThe valley", "---\n\n\nThe valley"), ""),
    ),
    "what all pages share": (
        Edit("the name of a unit", change(UNITS, "other: rugs", "other: thousand rugs"), "unexplained-change"),
        Edit("a number in a label", change(MEASURES, "Price of a rug", "Price of 2 rugs"), "unexplained-change"),
        Edit("other words of a label", change(MEASURES, "Price of a rug", "Price of rugs"), "unexplained-change"),
        Edit("the name of a place", change(SITE, "TEO: Teotitlan", "TEO: Mitla"), "unexplained-change"),
        Edit("words of the site", change(SITE, "Briefs on", "Texts on"), ""),
    ),
    "look": (
        Edit("a chart that is turned", change(CHARTS, "kind: bar,", "kind: bar, orientation: h,"), "unreleased-words"),
        Edit("other words beside it", change(CHARTS, 'subtitle: "Looms"', 'subtitle: "Looms", alt: Bars of looms.'),
             "unreleased-words"),
    ),
    "names": (
        Edit("a chart renamed", change(CHARTS, "id: rugs-alone", "id: rugs-by-year"), "address-lost"),
        Edit("with its alias", change(CHARTS, "id: rugs-alone", "aliases: [rugs-alone], id: rugs-by-year"), ""),
        Edit("a chart removed", change(CHARTS, ALONE, ""), "address-lost"),
        Edit("a comment", change(FACTS, "# What the census counts.\n", "# What it counts.\n\n"), ""),
    ),
}  # fmt: skip
BY_SUBJECT["small-rug"] += (
    Edit(
        "another year in its words",
        change(FACTS, "rug sold for {value} in 2025", "rug sold for {value} in 2024"),
        "unexplained-change",
    ),
    Edit("other words", change(FACTS, "A small rug", "One small rug"), ""),
)


def test_random_edits_through_the_loader_ask_what_they_changed(life: Life, citeproc: Citeproc) -> None:
    base: dict[str, bytes | str] = {f"content/{path}": data for path, data in read_tree(life.root / "content").items()}
    texts = [path for path in base if path.startswith("content/") and not path.startswith("content/editions/")]
    for number in range(EDITS):
        chance = random.Random(number)
        files = {path: data.decode() for path in texts if isinstance(data := base[path], bytes)}
        subjects = chance.sample(sorted(BY_SUBJECT), chance.randint(1, 3))
        edits = [chance.choice(BY_SUBJECT[subject]) for subject in subjects]
        for edit in edits:
            edit.make(files, chance)
        asks = {edit.asks for edit in edits} - {""}
        asked, found = asked_of(MemoryFiles({**base, **files}), Path("."), None, citeproc)
        found += edition_problems(asked)
        for _, _, wrong in evaluations(asked, citing(citeproc, asked.project), every_document(asked)):
            found += wrong
        told = {each.code for each in found if each.code in TOLD}
        if asks & {"unexplained-change", "minor-changes-numbers"} or any(
            "with a reason" in edit.name for edit in edits
        ):
            told.discard("unreleased-words")  # waits until the numbers have their reasons, which speak for words too
            asks.discard("unreleased-words")
        assert told == asks, (number, [edit.name for edit in edits], [each.message for each in found])


# Kills


class Killed(BaseException):
    """What ends a command here, as a signal would."""


CHANGING = ("rename", "replace", "fsync", "unlink", "rmdir", "mkdir", "link")
"""Calls that change files."""


def _killed(project: Project, after: int, *arguments: str) -> bool:
    """Runs a command that ends when it has made so many calls that change files: as after a kill, nothing that runs
    from then on, no tidying up either, changes any. Returns whether it was ended."""
    done = 0

    def dead(*_: object, **__: object) -> object:
        raise Killed

    def counted(call: Callable[..., object]) -> Callable[..., object]:
        def called(*args: object, **options: object) -> object:
            nonlocal done
            done += 1
            if done > after:
                for name in CHANGING:
                    patches.setattr(os, name, dead)
                raise Killed
            return call(*args, **options)

        return called

    with pytest.MonkeyPatch.context() as patches:
        for name in CHANGING:
            patches.setattr(os, name, counted(getattr(os, name)))
        with suppress(Killed):
            project.run(*arguments)
    return done > after


def _whole(project: Project) -> list[str]:
    """The editions there are, each byte of which is what its list says."""
    found = []
    for folder in sorted(project.path("content/editions").glob("*/*")):
        if folder.name.startswith(".new-"):
            continue
        known = json.loads((folder / "edition.json").read_text("utf-8"))
        assert {path.name for path in folder.iterdir()} == {*known["files"], "edition.json"}
        for name, digest in known["files"].items():
            assert sha256((folder / name).read_bytes()).hexdigest() == digest
        found.append(f"{known['brief']}/{known['id']}")
    return found


def test_killed_releases_and_publications_tear_nothing(project: Project, tmp_path: Path) -> None:
    project.change(RUGS, "title:", "changes: []\ntitle:")
    www, chance, ended = tmp_path / "www", random.Random(7), 0
    before = _whole(project)
    for number in range(KILLS):
        words = ("wove most", "wove the most")
        project.change(RUGS, *(words if words[0] in project.read(RUGS) else reversed(words)))
        project.change(RUGS, "changes: [", "changes: [{kind: minor}, ")
        command = ("publish", str(www)) if number % 2 else ("release", "--date", "2027-01-01")
        ended += _killed(project, int(2 ** chance.uniform(0, 9)), *command)
        there = _whole(project)
        assert set(before) <= set(there)
        assert len(there) <= len(before) + 2
        before = there
        if (www / "index.html").exists():
            assert not [path for path in read_tree(www) if path.endswith(".new")]
    assert ended
    assert project.publish(www).code == 0
    assert not list(project.path("content/editions").rglob(".new-*"))
    assert len(_whole(project)) > len(list(project.path("content/editions").glob("*/2026-*")))
    assert "Nothing to publish" in project.publish(www).out


def test_a_long_life_is_the_same_in_a_folder_and_on_a_branch(
    retired: Retired, tmp_path: Path, citeproc: Citeproc
) -> None:
    """Editions one after another, of a renamed brief beside a withdrawn one: twelve in `make soak`, published twice."""
    project, www = Project(retired.root).copied(tmp_path / "looms"), tmp_path / "www"
    with quick(citeproc):
        brief = "content/briefs/carpets.md"
        for day in range(1, 1 + (10 if "REPORTGEN_EDITS" in os.environ else 1)):
            words = ("made most", "wove most") if day % 2 == 0 else ("wove most", "made most")
            project.change(brief, *words)
            done = project.run("release", "carpets", "--minor", "--date", f"2027-01-{day:02}")
            assert done.code == 0, done.told
        for words in (["init", "-q", "-b", "main"], ["commit", "-q", "--allow-empty", "-m", "x"]):
            asked = ["git", "-c", "user.email=a@b", "-c", "user.name=a", *words]
            subprocess.run(asked, cwd=project.root, check=True)
        for target in (str(www), "git:gh-pages"):
            assert project.publish(target).code == 0
            assert "Nothing to publish" in project.publish(target).out
    asked = ["git", "ls-tree", "-r", "--name-only", "gh-pages"]
    listed = subprocess.run(asked, cwd=project.root, capture_output=True, text=True, check=True)
    there = {path for path in read_tree(www) if not path.startswith(".")}
    assert {path for path in listed.stdout.splitlines() if not path.startswith(".")} == there
    kept = [path for path in there if re.fullmatch(r"briefs/carpets/editions/[^/]+/index\.html", path)]
    assert len(kept) == len(_whole(project)) - len(list(project.path("content/editions").glob("[_l]*/*")))
