"""A translation is released, its original changed: which sentences are behind, and what the page says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from reportgen import pipeline, releasing
from reportgen.citing.pandoc import Citeproc
from reportgen.targets import briefs
from tests.driver import Project
from tests.messages.examples import blank
from tests.tongues.undrawn import Known

FILES = {
    "content/site.yaml": "title: Rents\npublisher: Desk\nbase_url: https://desk.example/\nlanguages: [en, ru]\n",
    "content/briefs/flats.md": "---\ntitle: Flats\ndate: 2026-01-15\nauthors: [Ada Lime]\n"
    "keywords: [rents, wages]\n---\nRents rose. Wages did not. Nobody knows why.\n",
    "content/briefs/flats.ru.md": "---\ntitle: Квартиры\nkeywords: [плата]\n---\n"
    "Плата выросла. Зарплаты нет. Никто не знает почему.\n",
}
BRIEF, TRANSLATION = "content/briefs/flats.md", "content/briefs/flats.ru.md"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Released, and then one sentence of the original changed."""
    with Citeproc(known=Known()) as one, pytest.MonkeyPatch.context() as patches:
        patches.setattr(releasing, "Citeproc", lambda **_: nullcontext(one))
        patches.setattr(pipeline, "Citeproc", lambda **_: nullcontext(one))
        patches.setattr(briefs, "pdf_made", blank)
        made = Project.of(tmp_path, FILES)
        assert made.run("release").code == 0
        made.change(BRIEF, "Wages did not.", "Wages fell.")
        made.change(
            BRIEF, "date: 2026-01-15", "date: 2026-01-15\nchanges: [{kind: update, text: Wages are known now.}]"
        )
        yield made


def behind(project: Project) -> list[tuple[int, str, str]]:
    found = project.run("check", "--format", "json").data["diagnostics"]
    assert {each["severity"] for each in found if each["code"] == "translation-behind"} <= {"notice"}
    return [(d["line"], d["message"], d["hint"]) for d in found if d["code"] == "translation-behind"]


def edition(project: Project, folder: str) -> dict[str, object]:
    known: dict[str, object] = json.loads(project.read(f"content/editions/{folder}/edition.json"))
    return known


def test_a_translation_waits_for_its_translator_and_says_so(project: Project) -> None:
    # Exactly the counterpart of the sentence that changed is named.
    ((line, message, hint),) = behind(project)
    assert line == 5
    assert "“Wages did not.”" in message
    assert "“Wages fell.”" in message
    assert "“Зарплаты нет.”" in hint
    # The original is released anew; the translation stays as it is, and its page says which edition it follows.
    assert edition(project, "flats.ru/2026-01-15")["original"] == "2026-01-15"
    assert "original" not in edition(project, "flats/2026-01-15")
    assert project.run("release", "--date", "2026-02-01").code == 0
    assert edition(project, "flats/2026-02-01")["version"] == "2"
    assert not project.path("content/editions/flats.ru/2026-02-01").exists()
    (item,) = json.loads(project.run("due", "--format", "json").out)["due"]
    assert (item["kind"], item["id"]) == ("translation", "flats.ru")
    page = project.build().site["ru/briefs/flats/index.html"].decode()
    assert "Перевод. Оригинал:" in page
    assert '<time datetime="2026-01-15" data-n="date">15' in page.partition("Перевод. Оригинал:")[2]
    assert "С тех пор оригинал опубликован заново" in page
    # The translator follows it, and releases.
    project.change(TRANSLATION, "Зарплаты нет.", "Зарплаты упали.")
    assert behind(project) == []
    project.change(TRANSLATION, "title: Квартиры", "title: Квартиры\nchanges: [{kind: update, text: О зарплатах.}]")
    assert project.run("release", "--date", "2026-02-03").code == 0
    assert edition(project, "flats.ru/2026-02-03")["original"] == "2026-02-01"
    site = project.build().site
    again = site["ru/briefs/flats/index.html"].decode().partition("Перевод. Оригинал:")[2]
    assert '<time datetime="2026-02-01" data-n="date">' in again
    assert "С тех пор" not in again
    assert {"ru/briefs/flats/editions/2026-02-03/index.html", "ru/corrections/index.html"} <= site.keys()
    listed, changes = (
        site[f"ru/briefs/flats/editions/{path}index.html"].decode() for path in ("", "2026-02-03/changes/")
    )
    assert '<span aria-current="true">Русский</span>' in listed
    assert '<a href="../../../../briefs/flats/editions/index.html" lang="en" hreflang="en">English</a>' in listed
    assert '<span aria-current="true">Русский</span>' in changes  # which stands in no other language
    assert "English <small>(home page)</small>" in changes
    edition_page = site["ru/briefs/flats/editions/2026-02-03/index.html"].decode()
    assert "г.</time></b> " in edition_page  # one full stop for the day and its sentence


def test_an_original_is_released_without_a_translation_that_is_not_ready(project: Project) -> None:
    project.change(TRANSLATION, "Зарплаты нет.", "Зарплаты упали.")  # nobody says why
    done = project.run("release", "flats", "--date", "2026-02-01")
    assert done.code == 0, done.told
    assert "notice[translation-behind]" in done.err
    assert "flats.ru gets no edition with its original" in done.err
    assert len(list(project.path("content/editions/flats").iterdir())) == 2
    assert len(list(project.path("content/editions/flats.ru").iterdir())) == 1
    refused = project.run("release", "--date", "2026-02-02")
    assert refused.code == 1
    assert "warning[unreleased-words]" in refused.err


def test_a_translation_is_not_older_than_what_it_follows(project: Project) -> None:
    """It would say on the day of the first edition what was known later."""
    assert project.run("release", "--date", "2026-02-01", "flats").code == 0
    project.write("content/site.yaml", project.read("content/site.yaml").replace("[en, ru]", "[en, ru, kk]"))
    late = "content/briefs/flats.kk.md"
    project.write(late, "---\ntitle: Пәтерлер\n---\nЖалдау ақысы өсті. Жалақы төмендеді. Неге екенін ешкім білмейді.\n")
    said = project.run("check").told
    assert "warning[wrong-date]: the first edition of this translation will be of 2026-01-15" in said
    assert "write date: 2026-02-01" in said
    project.change(late, "title:", "date: 2026-02-01\ntitle:")
    assert "wrong-date" not in project.run("check").told


def test_a_translation_is_not_older_than_its_original(project: Project) -> None:
    project.write("content/briefs/lifts.md", "---\ntitle: Lifts\ndate: 2026-01-15\n---\nLifts stood still.\n")
    translation = "content/briefs/lifts.ru.md"
    project.write(translation, "---\ntitle: Лифты\ndate: 2026-01-14\n---\nЛифты стояли.\n")
    said = project.run("check").told
    assert "warning[wrong-date]: this translation is of 2026-01-14, before its original, which is of 2026-01-15" in said
    project.change(translation, "date: 2026-01-14", "date: 2026-01-15")
    assert "wrong-date" not in project.run("check").told


def test_a_brief_long_after_all_of_its_sources_is_told(project: Project) -> None:
    source = "- {id: lift-count, type: report, title: Lifts, issued: 2025-11-01, language: en}\n"
    project.write("content/sources/lifts.yaml", source)
    saved = f"lift-count: [{{sha256: {'a' * 64}, media_type: text/plain, retrieved: 2025-12-01}}]\n"
    project.write("content/sources/archive.yaml", saved)
    project.write("content/briefs/lifts.md", "---\ntitle: Lifts\ndate: 2205-01-15\n---\nLifts stood still.\n")
    said = project.run("check").told
    assert (
        "warning[wrong-date]: this brief is of 2205-01-15, and the last source of the project was saved on 2025-12-01"
        in said
    )
    project.change("content/briefs/lifts.md", "2205", "2029")
    assert "wrong-date" not in project.run("check").told
