"""Publishing to real places: a folder, a git branch and its remote, fsspec addresses; interrupted in the middle too."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import fsspec
import pytest

from reportgen.publish.address import Address
from reportgen.publish.branch import Branch
from reportgen.publish.folder import Folder
from reportgen.publish.sending import LIST, Destination, ObstacleError, read_list, send, turn
from reportgen.publish.targets import AddressTarget, BranchTarget, FolderTarget, TargetError, open_place, read_target
from tests.driver import read_tree, write_tree

FIRST = {"index.html": "1", "assets/style.css": "1", "briefs/a/index.html": "1", "briefs/a/a.pdf": "1", "feed.xml": "1"}
SECOND = {"index.html": "2", "assets/style.css": "1", "briefs/b/index.html": "2", "assets/new.js": "2", "feed.xml": "2"}


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def git_only_as_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of the machine's own."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


@pytest.fixture(params=["folder", "memory", "file", "branch", "pushed branch"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, git_only_as_told: None
) -> tuple[Callable[[], Destination], Callable[[], dict[str, str]]]:
    """How to open a place, and what stands there as a reader sees it."""
    if request.param == "folder":
        return lambda: Folder(tmp_path / "www"), lambda: on_disk(tmp_path / "www")
    if request.param in ("memory", "file"):
        url = f"memory://{tmp_path.name}/www" if request.param == "memory" else f"file://{tmp_path}/www"
        return lambda: Address(url), lambda: at_address(url)
    work, bare = tmp_path / "work", tmp_path / "bare.git"
    git(tmp_path, "init", "-q", "-b", "main", str(work))
    if request.param == "branch":
        return lambda: Branch(work, "gh-pages", ""), lambda: on_branch(work)
    git(tmp_path, "init", "-q", "--bare", str(bare))
    git(work, "remote", "add", "origin", str(bare))
    return lambda: Branch(work, "gh-pages", "origin"), lambda: on_branch(bare)


def on_disk(folder: Path) -> dict[str, str]:
    return {path: data.decode() for path, data in read_tree(folder).items() if path != LIST}


def at_address(url: str) -> dict[str, str]:
    fs, root = fsspec.core.url_to_fs(url)
    if not fs.exists(root):
        return {}
    found = {path.removeprefix(root).lstrip("/"): fs.cat_file(path).decode() for path in fs.find(root)}
    return {path: text for path, text in found.items() if path != LIST}


def on_branch(repository: Path) -> dict[str, str]:
    if not git(repository, "branch", "--list", "gh-pages"):
        return {}
    names = git(repository, "ls-tree", "-r", "--name-only", "gh-pages").split()
    return {n: git(repository, "show", f"gh-pages:{n}") for n in names if n not in (LIST, ".nojekyll")}


def site(folder: Path, texts: dict[str, str]) -> tuple[Path, dict[str, str]]:
    write_tree(folder, texts)
    return folder, {path: sha256(text.encode()).hexdigest() for path, text in texts.items()}


Opened = tuple[Callable[[], Destination], Callable[[], dict[str, str]]]


def test_sends_what_changed_and_removes_what_is_gone(place: Opened, tmp_path: Path) -> None:
    opened, there = place
    first, second = site(tmp_path / "1", FIRST), site(tmp_path / "2", SECOND)
    assert len(send(*first, opened(), dry_run=True).send) == 5
    assert there() == {}
    send(*first, opened())
    assert there() == FIRST
    assert send(*first, opened()).nothing
    sent = send(*second, opened())
    assert there() == SECOND
    assert sent.send == ("assets/new.js", "briefs/b/index.html", "index.html", "feed.xml")
    assert sent.remove == ("briefs/a/a.pdf", "briefs/a/index.html")
    assert sent.kept == 1
    assert read_list(opened()) == (second[1], False)


class Interrupted(KeyboardInterrupt):
    """In the middle."""


@pytest.mark.parametrize("fatal", [False, True], ids=["interrupted", "killed"])
@pytest.mark.parametrize("after", [0, 3, 5])
def test_an_interruption_is_finished_by_the_next_run(
    place: Opened, tmp_path: Path, after: int, fatal: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, there = place
    send(*site(tmp_path / "1", FIRST), opened())
    second, steps = site(tmp_path / "2", SECOND), []

    def stop(step: str, path: str) -> None:
        if len(steps) == after:
            if fatal:  # A killed process writes no list at its end.
                monkeypatch.setattr("reportgen.publish.sending.write_list", lambda *_: None)
            raise Interrupted
        steps.append(path)

    with pytest.raises(Interrupted):
        send(*second, opened(), progress=stop)
    seen = there()
    if any(path.endswith(".html") and text == "2" for path, text in seen.items()):
        assert seen.get("assets/new.js") == "2", "a page came before what it uses"
    monkeypatch.undo()
    again = send(*second, opened())
    assert there() == SECOND
    assert send(*second, opened()).nothing
    if not fatal and isinstance(opened(), Folder | Address):
        assert not set(steps) & {*again.send, *again.remove}, "sent twice"


def test_what_others_put_there_stays(place: Opened, tmp_path: Path) -> None:
    opened, there = place
    send(*site(tmp_path / "1", FIRST), opened())
    other = opened()
    other.write("CNAME", b"briefs.example")
    other.finish()
    send(*site(tmp_path / "2", SECOND), opened())
    assert there() == SECOND | {"CNAME": "briefs.example"}


def test_nothing_of_others_is_written_over(place: Opened, tmp_path: Path) -> None:
    opened, there = place
    other = opened()
    other.write("index.html", b"theirs")
    other.finish()
    with pytest.raises(ObstacleError) as caught:
        send(*site(tmp_path / "1", FIRST), opened())
    assert caught.value.paths == ("index.html",)
    assert there() == {"index.html": "theirs"}


def test_the_order_is_safe() -> None:
    order = ["assets/a.css", "search/index/x.pf_index", "b/b.pdf", "search/pagefind-entry.json"]
    order += ["b/c/index.html", "b/index.html", "index.html", "feed.xml"]
    assert sorted([*order[4:], *order[:4]], key=turn) == [
        "search/index/x.pf_index", "assets/a.css", "b/b.pdf", *order[3:]
    ]  # fmt: skip


def test_the_list_leads_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (tmp_path / "precious").write_text("x")
    (tmp_path / "www" / LIST).write_text("reportgen-published 1\n- ../precious\n- /etc/passwd\n- a//b\n")
    send(*site(tmp_path / "1", FIRST), Folder(tmp_path / "www"))
    assert (tmp_path / "precious").exists()


def test_the_branch_keeps_its_history_and_the_work_alone(tmp_path: Path, git_only_as_told: None) -> None:
    git(tmp_path, "init", "-q", "-b", "main", ".")
    (tmp_path / "mine.txt").write_text("staged")
    git(tmp_path, "add", "mine.txt")
    for name, texts in (("1", FIRST), ("2", SECOND)):
        send(*site(tmp_path / "out" / name, texts), Branch(tmp_path, "gh-pages", ""))
    assert git(tmp_path, "rev-list", "--count", "gh-pages").strip() == "2"
    assert git(tmp_path, "diff", "--cached", "--name-only").split() == ["mine.txt"]
    assert ".nojekyll" in git(tmp_path, "ls-tree", "--name-only", "gh-pages").split()
    with pytest.raises(TargetError, match="branch that you work on"):
        Branch(tmp_path, "main", "")


def test_a_clone_goes_on_from_what_another_pushed(tmp_path: Path, git_only_as_told: None) -> None:
    git(tmp_path, "init", "-q", "--bare", "bare.git")
    for name, texts in (("one", FIRST), ("two", SECOND)):
        git(tmp_path, "clone", "-q", str(tmp_path / "bare.git"), name)
        send(
            *site(tmp_path / "out" / name, texts),
            open_place(BranchTarget("pages", None), tmp_path / name, tmp_path / "out"),
        )
    assert git(tmp_path / "bare.git", "rev-list", "--count", "pages").strip() == "2"
    assert "briefs/a/index.html" not in git(tmp_path / "bare.git", "ls-tree", "-r", "--name-only", "pages")


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("public", FolderTarget("public")),
        ("C:\\www", FolderTarget("C:\\www")),
        ("git:gh-pages", BranchTarget("gh-pages", None)),
        ("git:gh-pages@upstream", BranchTarget("gh-pages", "upstream")),
        ("s3://bucket/path", AddressTarget("s3://bucket/path")),
        ("simplecache::s3://bucket", AddressTarget("simplecache::s3://bucket")),
    ],
)
def test_targets_are_read(text: str, target: object) -> None:
    assert read_target(text) == target


@pytest.mark.parametrize("text", ["", "git:", "git:@origin", "git:pages@"])
def test_targets_that_name_nothing_are_refused(text: str) -> None:
    with pytest.raises(TargetError):
        read_target(text)


@pytest.mark.parametrize("url", ["ftp://me:secret@host/www", "s3://key:secret@bucket"])
def test_an_address_with_a_password_is_refused_unsaid(url: str) -> None:
    with pytest.raises(TargetError) as caught:
        Address(url)
    assert "secret" not in str(caught.value)


def test_what_cannot_be_opened_is_said_in_words(tmp_path: Path, git_only_as_told: None) -> None:
    with pytest.raises(TargetError, match="cannot be opened"):
        Address(f"zip://::{(tmp_path / 'none.zip').as_uri()}")
    with pytest.raises(TargetError, match="no git repository"):
        Branch(tmp_path, "pages", "")
    git(tmp_path, "init", "-q", "-b", "main")
    with pytest.raises(TargetError, match="nowhere"):  # And not the last line of what git says.
        Branch(tmp_path, "pages", "nowhere")


def test_the_built_site_is_no_target(tmp_path: Path) -> None:
    for path in (tmp_path / "site", tmp_path / "site" / "in", tmp_path):
        with pytest.raises(TargetError):
            open_place(FolderTarget(str(path)), tmp_path, tmp_path / "site")


@pytest.mark.parametrize("target", ["content", "content/deep", "templates", "."])
@pytest.mark.parametrize("form", ["{}", "file://{}"])
def test_where_the_project_s_own_files_stand_is_no_target(tmp_path: Path, target: str, form: str) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "templates").mkdir()
    with pytest.raises(TargetError) as caught:
        open_place(read_target(form.format(tmp_path / target)), tmp_path, tmp_path / "build" / "site")
    assert caught.value.hint


def test_a_remote_is_never_an_option(tmp_path: Path, git_only_as_told: None) -> None:
    work = tmp_path / "work"
    git(tmp_path, "init", "-q", "-b", "main", str(work))
    with pytest.raises(TargetError):
        Branch(work, "gh-pages", f"--upload-pack=touch {tmp_path / 'run'};false")
    assert not (tmp_path / "run").exists()


def test_a_folder_is_switched_with_what_others_put_there(tmp_path: Path) -> None:
    www = tmp_path / "www"
    write_tree(www, {"CNAME": "briefs.example", "private/notes.txt": "mine"})
    (www / "empty").mkdir()
    (www / "latest").symlink_to("index.html")
    (www / "private").chmod(0o700)
    inode = (www / "private/notes.txt").stat().st_ino
    for texts in (FIRST, SECOND):
        place = open_place(FolderTarget(str(www)), tmp_path / "project", tmp_path / "project" / "site")
        assert place.is_switched
        send(*site(tmp_path / str(id(texts)), texts), place)
        assert on_disk(www) == texts | {
            "CNAME": "briefs.example",
            "private/notes.txt": "mine",
            "latest": texts["index.html"],
        }
    assert (www / "private/notes.txt").stat().st_ino == inode
    assert (www / "private").stat().st_mode & 0o777 == 0o700
    assert (www / "empty").is_dir()
    assert (www / "latest").is_symlink()
    assert not (www / "briefs/a").exists()


def test_what_came_into_the_old_site_at_the_last_moment_goes_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportgen.publish import switching

    www = tmp_path / "www"
    send(*site(tmp_path / "1", FIRST), switching.SwitchingFolder(www))
    exchange = switching.exchange

    def late(one: Path, other: Path) -> None:
        write_tree(www, {"late/note.txt": "late"})
        exchange(one, other)
        raise Interrupted  # and killed before it is cleared

    place = switching.SwitchingFolder(www)
    with monkeypatch.context() as patches:
        patches.setattr(switching, "exchange", late)
        patches.setattr(place, "_clear", lambda: None)
        with pytest.raises(Interrupted):
            send(*site(tmp_path / "2", SECOND), place)
    assert send(*site(tmp_path / "2", SECOND), switching.SwitchingFolder(www)).nothing
    assert on_disk(www) == SECOND | {"late/note.txt": "late"}
    assert {path.name for path in tmp_path.iterdir()} == {"www", "1", "2"}


def test_a_place_that_cannot_be_switched_says_so(tmp_path: Path) -> None:
    assert not Address(f"memory://{tmp_path.name}/x").is_switched
    assert not Folder(tmp_path / "www").is_switched


def test_an_older_list_is_still_read(tmp_path: Path) -> None:
    place = Folder(tmp_path / "www")
    first = site(tmp_path / "1", FIRST)
    send(*first, place)
    lines = "".join(f"{sha} {path}\n" for path, sha in first[1].items()).replace(first[1]["feed.xml"], "-", 1)
    place.write(LIST, f"reportgen-published 1\n{lines}".encode())
    send(*site(tmp_path / "2", SECOND), place)
    assert on_disk(tmp_path / "www") == SECOND


def test_a_folder_that_is_mounted_is_sent_file_by_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of the same disk, mounted into another: no other device, and still no step from one into the other."""
    from reportgen.publish import switching

    (tmp_path / "www").mkdir()
    assert switching.can_switch(tmp_path / "www")
    assert switching._mount(Path("/proc")) != switching._mount(tmp_path)
    monkeypatch.setattr(switching, "_mount", lambda folder: folder.name)
    assert not switching.can_switch(tmp_path / "www")
