"""`reportgen publish` from end to end on a small project."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from reportgen.cli.publish import trial
from tests.driver import Project

BRIEF = "---\ntitle: {title}\ndate: 2026-01-05\nstatus: {status}\n---\nNothing to count here{more}.\n"


@pytest.fixture
def sound(project: Project) -> Project:
    """The project without a warning, and with a draft."""
    assert project.run("verify", "--archive", str(project.path("archive"))).code == 0
    project.write("content/briefs/draft.md", BRIEF.format(title="Draft", status="draft", more=", but 99 sacks"))
    return project


def test_a_site_goes_out_sound_and_whole(sound: Project, tmp_path: Path) -> None:
    """One project from its first faults to its last page, for each build after the first is quick."""
    www, late = tmp_path / "www", "content/briefs/late.md"

    sound.write(late, BRIEF.format(title="Late", status="final", more=", or two percent at most"))
    refused = sound.publish(www)
    assert refused.code == 1
    assert "Not published: 1 warning" in refused.err

    sound.write(late, BRIEF.format(title="Late", status="final", more="; see [this](../gone/index.html)"))
    refused = sound.publish(www)
    assert refused.code == 1
    assert "error[unknown-link]" in refused.err
    assert 'the link "../gone/index.html" leads to no page' in refused.err
    assert not www.exists()

    sound.write(late, BRIEF.format(title="Late", status="final", more=""))
    www.mkdir()
    (www / "index.html").write_text("theirs")
    refused = sound.publish(www)
    assert refused.code == 1
    assert "did not put there: index.html" in refused.err
    assert [path.name for path in www.iterdir()] == ["index.html"]
    (www / "index.html").unlink()

    dry = sound.publish(www, "--dry-run")
    assert dry.code == 0, dry
    assert "send index.html" in dry.out
    assert not list(www.iterdir())

    assert sound.publish(www).code == 0
    assert (www / "index.html").read_bytes() == sound.site["index.html"]
    assert (www / "briefs/late/late.pdf").is_file()
    assert not (www / "briefs/draft").exists()
    assert "Nothing to publish" in sound.publish(www).out

    sound.remove(late)
    assert "error[address-lost]" in sound.publish(www).err
    sound.write("content/gone.yaml", "briefs/late: We were too late.\n")
    assert sound.publish(www).code == 0
    assert "We were too late." in (www / "briefs/late/index.html").read_text("utf-8")


def test_a_place_that_is_full_is_named(sound: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Path.write_bytes

    def refuse(self: Path, data: Any) -> int:
        if "www" in str(self):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", refuse)
    refused = sound.publish(tmp_path / "www")
    assert refused.code == 1
    assert "Errno" not in refused.err
    assert "www" in refused.err.partition(": error[refused-by-system]: the disk is full")[0].splitlines()[-1]
    assert "hint: make room; then run the same command again" in refused.err


def test_quotations_that_were_not_verified_stop_it(project: Project, tmp_path: Path) -> None:
    """Unless they are let through; what pages tell to readers stops nothing."""
    project.write("content/checks.yaml", '- {id: k, assert: "[tea-b] > [tea-a]", message: Odd., severity: warning}\n')
    project.change("content/facts/base.yaml", "- id: tea-a\n", "- id: tea-a\n  review_by: 2020\n")
    refused = project.publish(tmp_path / "www")
    assert refused.code == 1
    assert "warning[unverified]" in refused.err
    assert "Not published: 2 warnings." in refused.err
    assert not (tmp_path / "www").exists()
    allowed = project.publish(tmp_path / "www", "--allow-unverified")
    assert allowed.code == 0, allowed.err
    assert b'data-state="unverified"' in (tmp_path / "www/briefs/tea/index.html").read_bytes()
    assert project.run("verify", "--archive", str(project.path("archive"))).code == 0
    done = project.publish(tmp_path / "www")
    assert done.code == 0, done.err
    assert "notice[overdue]" in done.err
    project.write("content/nobody-reads.yaml", "x")
    assert project.publish(tmp_path / "www", "--allow-unverified").code == 1


@pytest.mark.parametrize("target", ["git:", "", "s3://key:secret@bucket", "git:main"])
def test_a_target_that_is_none_is_wrong_usage(sound: Project, target: str) -> None:
    refused = sound.publish(target)
    assert refused.code == 2
    assert "secret" not in refused.told


@pytest.mark.parametrize("named", ["saved", "papers/2024", "../papers"])
def test_a_dry_run_looks_at_the_saved_copies(named: str, tmp_path: Path) -> None:
    """A folder outside of the project is not brought into the copy that a dry run makes."""
    root = tmp_path / "p"
    (root / "content").mkdir(parents=True)
    (root / "content/site.yaml").write_text(f"title: Tea\narchive: {named}\n", encoding="utf-8")
    (root / named).mkdir(parents=True)
    (root / named / "a.txt").write_text("tea", encoding="utf-8")
    with trial(root) as copy:
        found = {path.relative_to(copy).as_posix(): path.read_text() for path in copy.rglob("a.txt")}
        assert found == ({} if named.startswith("..") else {f"{named}/a.txt": "tea"})
        assert not (copy / "../papers").exists()
    assert (root / named / "a.txt").read_text() == "tea"
