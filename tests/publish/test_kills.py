"""Publications that are killed at any moment: nothing torn, nothing of others lost, and the same command ends right.

Few kills here; REPORTGEN_KILLS=20 asks for as many of each kind.
"""

from __future__ import annotations

import os
import random
import subprocess
import time
from hashlib import sha256
from pathlib import Path

import pytest

from reportgen.publish.sending import LIST
from tests.driver import read_tree, start_python, write_tree

KILLS = int(os.environ.get("REPORTGEN_KILLS", "2"))
FILES = 60
SCRIPT = """\
import sys
from hashlib import sha256
from pathlib import Path
from reportgen.publish.sending import send
from reportgen.publish.targets import open_place, read_target
site = Path(sys.argv[1])
files = {p.relative_to(site).as_posix(): sha256(p.read_bytes()).hexdigest() for p in site.rglob("*") if p.is_file()}
place = open_place(read_target(sys.argv[2]), Path("."), Path("site"))
print("begun", flush=True)
send(site, files, place)
"""
OTHERS = {"CNAME": b"briefs.example", "notes/mine.txt": b"mine", "briefs/theirs.txt": b"theirs"}


def site_of(turn: int) -> dict[str, bytes]:
    """A site of which most files change each turn, some come and go, and one is a file and a folder in turn."""
    files = {f"briefs/{n}/index.html": f"{turn} {n} ".encode() * 4000 for n in range(FILES)}
    files |= {f"assets/{n}.js": f"{n}".encode() for n in range(10)}
    files |= {f"only-{turn}/{n}.html": b"once" for n in range(5)}
    return (
        files | ({"part": b"a file"} if turn % 2 else {"part/index.html": b"a folder"}) | {"index.html": b"%d" % turn}
    )


def published(folder: Path) -> dict[str, bytes]:
    return {path: data for path, data in read_tree(folder).items() if path != LIST}


@pytest.fixture(params=["folder", "one by one", "file", "git"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    work = tmp_path / "work"
    work.mkdir()
    if request.param == "git":
        for words in (["init", "-q", "-b", "main"], ["commit", "-q", "--allow-empty", "-m", "x"]):
            subprocess.run(["git", "-c", "user.email=a@b", "-c", "user.name=a", *words], cwd=work, check=True)
    named = {"folder": "../www", "one by one": "../www", "file": f"file://{tmp_path}/www", "git": "git:gh-pages"}
    return request.param, named[request.param]


def there(kind: str, tmp_path: Path) -> dict[str, bytes]:
    if kind != "git":
        return published(tmp_path / "www")
    out = tmp_path / "checkout"
    subprocess.run(["rm", "-rf", str(out)], check=True)
    out.mkdir()
    listed = subprocess.run(["git", "archive", "gh-pages"], cwd=tmp_path / "work", capture_output=True, check=False)
    subprocess.run(["tar", "-x"], cwd=out, input=listed.stdout, check=False)
    return {path: data for path, data in published(out).items() if path != ".nojekyll"}


def test_a_killed_publication_tears_nothing_and_is_finished_by_the_next(
    target: tuple[str, str], tmp_path: Path
) -> None:
    kind, named = target
    script = SCRIPT
    if kind == "one by one":
        script = f"import reportgen.publish.switching as s\ns.can_switch = lambda _: False\n{SCRIPT}"
    chance = random.Random(kind)
    others = {} if kind == "git" else OTHERS
    write_tree(tmp_path / "www", others)
    before: dict[str, bytes] = {}
    for turn in range(KILLS + 1):
        site = tmp_path / f"site-{turn}"
        new = site_of(turn)
        write_tree(site, new)
        process = start_python(["-c", script, str(site), named], tmp_path / "work")
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n", process.communicate()
        if turn:  # the first publication is whole
            time.sleep(chance.random() * 0.25)
            process.kill()
        process.communicate()
        seen = there(kind, tmp_path)
        assert {path: seen.get(path) for path in others} == others
        ours = {path: data for path, data in seen.items() if path not in others}
        if turn and kind == "one by one":
            torn = {path for path, data in ours.items() if data not in (before.get(path), new.get(path))}
            assert {path for path in torn if not path.endswith(".new")} == set()
        else:
            assert ours in (before, new)
        done = start_python(["-c", script, str(site), named], tmp_path / "work")
        out, err = done.communicate(timeout=60)
        assert done.returncode == 0, out + err
        assert there(kind, tmp_path) == new | others
        before = new
    beside = {path.name for path in tmp_path.iterdir()} - {"www", "work", "checkout"}
    assert {name for name in beside if not name.startswith("site-")} == set(), "something was left behind"


@pytest.mark.parametrize("damage", [b"", b"nonsense\n", b"reportgen-published 2 0000\n"], ids=["empty", "other", "sum"])
def test_a_damaged_list_is_told_and_healed(tmp_path: Path, damage: bytes) -> None:
    from reportgen.publish.folder import Folder
    from reportgen.publish.sending import read_list, send

    old, new = {"index.html": b"1", "gone.html": b"1", "same.html": b"1"}, {"index.html": b"2", "same.html": b"1"}
    for name, files in (("old", old), ("new", new)):
        write_tree(tmp_path / name, files)
    shas = [{path: sha256(data).hexdigest() for path, data in files.items()} for files in (old, new)]
    place = Folder(tmp_path / "www")
    send(tmp_path / "old", shas[0], place)
    whole = (tmp_path / "www" / LIST).read_bytes()
    (tmp_path / "www" / LIST).write_bytes(damage + whole.partition(b"\n")[2] if b"2 0" in damage else damage)
    if b"2 0" in damage:  # what the list says of files that stand there as it says is still known to be ours
        assert send(tmp_path / "new", shas[1], place).is_healed
        assert published(tmp_path / "www") == new
    else:
        assert send(tmp_path / "old", shas[0], place).is_healed
    assert read_list(place)[1] is False


class Folding:
    """A place that takes two names that differ in capital letters for one, as many computers' disks do."""

    is_switched = False

    def __init__(self) -> None:
        self.held: dict[str, tuple[str, bytes]] = {}

    def standing(self) -> frozenset[str]:
        return frozenset(path for path, _ in self.held.values())

    def read(self, path: str) -> bytes | None:
        return self.held[path.casefold()][1] if path.casefold() in self.held else None

    def put(self, path: str, local: Path) -> None:
        self.write(path, local.read_bytes())

    def write(self, path: str, data: bytes) -> None:
        folded = path.casefold()
        above = [folded[:at] for at, sign in enumerate(folded) if sign == "/"]
        if any(other in self.held for other in above) or any(o.startswith(f"{folded}/") for o in self.held):
            raise NotADirectoryError(path)
        self.held[folded] = (self.held.get(folded, (path,))[0], data)

    def remove(self, path: str) -> None:
        self.held.pop(path.casefold(), None)

    def finish(self) -> None:
        pass


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"images/A.png": b"1"}, {"images/a.png": b"1"}),
        ({"part": b"1"}, {"part/index.html": b"2"}),
        ({"part/index.html": b"1"}, {"part": b"2"}),
        ({"Part": b"1"}, {"part/index.html": b"2"}),
    ],
)
def test_a_name_in_other_letters_and_a_file_that_becomes_a_folder(
    tmp_path: Path, old: dict[str, bytes], new: dict[str, bytes]
) -> None:
    from reportgen.publish.sending import send

    place = Folding()
    for name, files in (("old", old), ("new", new)):
        write_tree(tmp_path / name, files)
        send(tmp_path / name, {path: sha256(data).hexdigest() for path, data in files.items()}, place)
        assert {path: data for path, data in place.held.values() if path != LIST} == files
