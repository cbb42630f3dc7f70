"""`reportgen publish` from end to end on a small project."""

from __future__ import annotations

from pathlib import Path

import pytest

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
    assert "error[broken-link]" in refused.err
    assert "briefs/gone/index.html, which is not there" in refused.err
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
    assert sound.publish(www).code == 0
    assert not (www / "briefs/late").exists()


@pytest.mark.parametrize("target", ["git:", "", "s3://key:secret@bucket", "git:main"])
def test_a_target_that_is_none_is_wrong_usage(sound: Project, target: str) -> None:
    refused = sound.publish(target)
    assert refused.code == 2
    assert "secret" not in refused.told
