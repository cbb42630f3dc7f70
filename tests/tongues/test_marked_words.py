"""A project in English whose translation shows words of its files and its reasons for changes: each is marked with its
language, told, listed, and may be filled in, also where it was published."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest

from reportgen import pipeline, releasing
from reportgen.citing.pandoc import Citeproc
from reportgen.model.text import Text
from reportgen.targets import briefs
from tests.driver import Project
from tests.messages.examples import blank
from tests.tongues.undrawn import Known

DATA, CSV, CHARTS = "content/data/rents.yaml", "content/data/rents.csv", "content/charts/rents.yaml"
FILES = {
    "content/site.yaml": "title: {en: Rents, es: Rentas}\npublisher: {en: Desk, es: Mesa}\n"
    "base_url: https://desk.example/\nlanguages: [en, es]\ncorrections: {policy: We say what was wrong.}\n",
    "content/briefs/flats.md": '---\ntitle: Flats\ndate: 2026-01-15\n---\n{{ table("rents") }}\n\n'
    '{{ chart("bars") }}\n',
    "content/briefs/flats.es.md": '---\ntitle: Pisos\n---\n{{ table("rents") }}\n\n{{ chart("bars") }}\n',
    DATA: "id: rents\nfile: rents.csv\nsource: census\ncolumns:\n- {name: Town}\n"
    "- {name: rent, type: number, unit: USD, title: {en: Rent, es: Renta}}\n",
    CSV: "Town,rent\nSpring,640\nAutumn,720\n",
    CHARTS: "- {id: rents, kind: table, data: rents, title: {en: Rents, es: Rentas}}\n"
    "- {id: bars, kind: bar, data: rents, x: Town, y: rent, title: {en: Bars, es: Barras}}\n",
    "content/sources/census.yaml": "- {id: census, type: dataset, title: Rents, author: [{literal: Town}],"
    " issued: 2026-01-02}\n",
}
REASON = "The office revised its table."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Citeproc(known=Known()) as one, pytest.MonkeyPatch.context() as patches:
        for module in (releasing, pipeline):
            patches.setattr(module, "Citeproc", lambda **_: nullcontext(one))
        patches.setattr(briefs, "pdf_made", blank)
        yield Project.of(tmp_path, FILES)


def told(project: Project) -> list[tuple[str, str]]:
    found = project.run("check", "--format", "json").data["diagnostics"]
    return [(each["severity"], each["message"]) for each in found if each["code"] == "missing-language"]


def lacking(project: Project) -> dict[tuple[str, str], str]:
    """What a table of the project asks for beside the program's own words, and whether that is shown."""
    assert project.run("check", "--lang", "es", "--to", str(project.root / "es.csv")).code == 0
    with (project.root / "es.csv").open(encoding="utf-8-sig", newline="") as file:
        return {(row["id"], row["key"]): row["shown"] for row in csv.DictReader(file) if row["of"] != "words"}


def fill(project: Project, owner: str, id: str, key: str, words: str) -> None:
    (project.root / "filled.csv").write_text(f"of,id,key,es\n{owner},{id},{key},{words}\n", encoding="utf-8")
    done = project.run("check", "--lang", "es", "--fill", str(project.root / "filled.csv"))
    assert done.code == 0, done.told


def released(project: Project, day: date) -> None:
    """Publishes what `publish` would, but for its warnings."""
    allowed = frozenset({"missing-language", "unverified"})
    assert releasing.release(project.root, project.out, day=day, allowed=allowed).ok


def test_words_of_a_file_are_marked_told_and_filled_in(project: Project) -> None:
    head = 'the title of column 1 of dataset "rents" is not given in "es": its page shows it in "en"'
    names = [
        f'of chart "{id}" words in the rows are not given in "es": "Spring" and 1 more' for id in ("rents", "bars")
    ]
    assert told(project) == [*(("notice", name) for name in names), ("warning", head)]
    assert lacking(project) == {
        ("rents", "columns.0.title"): "yes",
        **{(id, f"labels.{town}"): "yes" for id in ("rents", "bars") for town in ("Spring", "Autumn")},
        ("", "corrections.policy"): "in lists",
    }
    assert project.build().ok
    page, english = (project.site[f"{home}briefs/flats/index.html"].decode() for home in ("es/", ""))
    assert '<th scope="col" lang="en">Town</th>' in page
    assert '<th scope="row"><span lang="en">Spring</span></th>' in page
    assert '<th scope="col">Town</th>' in english
    assert '<th scope="row">Spring</th>' in english
    fill(project, "dataset", "rents", "columns.0.title", "Ciudad")
    fill(project, "chart", "rents", "labels.Spring", "Primavera")
    fill(project, "chart", "rents", "labels.Autumn", "Otoño")
    assert "{name: Town, title: {en: Town, es: Ciudad}}" in project.read(DATA)
    assert 'Spring: {es: "Primavera"}' in project.read(CHARTS).replace("es: Primavera", 'es: "Primavera"')
    assert told(project) == [("notice", names[1])]


def test_a_reason_is_marked_told_and_filled_in_after_it_was_published(project: Project) -> None:
    released(project, date(2026, 1, 15))
    project.change(CSV, "640", "650")
    project.change(DATA, "source: census\n", f"source: census\nchanges: [{{kind: revision, text: {REASON}}}]\n")
    released(project, date(2026, 2, 1))
    reason = 'the text of change 1 of dataset "rents" is not given in "es": its page shows it in "en"'
    assert ("warning", reason) in told(project)
    assert lacking(project)["rents", "changes.0.text"] == "yes"
    assert project.build().ok
    site = {path: data.decode() for path, data in project.site.items() if path.endswith(".html")}
    assert f'<span lang="en">{REASON}</span>' in site["es/briefs/flats/index.html"]
    assert f'<p lang="en">{REASON}</p>' in site["es/corrections/index.html"]
    assert '<div lang="en"><p>We say' in site["es/corrections/index.html"]
    assert f'<p lang="en">{REASON}</p>' in site["es/briefs/flats/editions/index.html"]
    assert f'<span lang="en">{REASON}</span>' in site["es/briefs/flats/editions/2026-02-01/changes/index.html"]
    assert not [path for path in site if not path.startswith("es/") and f'lang="en">{REASON}' in site[path]]
    # What was published may be given in more languages: it stays the entry that it was.
    fill(project, "dataset", "rents", "changes.0.text", "La oficina revisó su tabla.")
    assert ("warning", reason) not in told(project)
    assert project.run("check").code == 0
    assert project.build().ok
    page = project.site["es/briefs/flats/index.html"].decode()
    assert "La oficina revisó su tabla." in page
    assert REASON not in page
    # And it explains nothing that changes after it.
    project.change(CSV, "650", "660")
    done = project.run("check")
    assert "error[unexplained-change]" in done.told


def test_a_text_in_more_languages_continues_what_it_was() -> None:
    plain, both = Text.of("A"), Text((("en", "A"), ("es", "B")))
    assert both.continues(plain)
    assert both.continues(Text((("es", "B"),)))
    assert not both.continues(Text.of("B"))
    assert not plain.continues(both)
    assert not both.continues(Text(()))
    assert both.earlier() == (both, Text((("en", "A"),)), plain)
    assert Text(()).earlier() == (Text(()),)


def test_a_label_in_one_other_language_leaves_the_word_of_the_file_elsewhere(project: Project) -> None:
    fill(project, "chart", "rents", "labels.Spring", "Primavera")
    assert "labels: {Spring: {es: Primavera}}" in project.read(CHARTS)
    english = [message for _, message in told(project) if '"en"' in message and "labels" in message]
    assert not english
    assert project.build().ok
    page, english_page = (project.site[f"{home}briefs/flats/index.html"].decode() for home in ("es/", ""))
    assert '<th scope="row">Primavera</th>' in page
    assert '<th scope="row">Spring</th>' in english_page


def test_a_unit_of_a_column_is_told_and_filled_in(project: Project) -> None:
    project.change(DATA, "unit: USD", "unit: people")

    def forms() -> list[str]:
        found = project.run("check", "--format", "json").data["diagnostics"]
        return [each["message"] for each in found if each["code"] == "missing-forms"]

    assert [message.partition(",")[0] for message in forms()] == ['"people" has no form for other']
    assert {key for id, key in lacking(project) if id == "people"} == {"plural.other", "plural.one"}
    rows = "of,id,key,es\nunit,people,plural.one,persona\nunit,people,plural.other,personas\n"
    (project.root / "filled.csv").write_text(rows, encoding="utf-8")
    assert project.run("check", "--lang", "es", "--fill", str(project.root / "filled.csv")).code == 0
    assert forms() == []


def test_a_unit_of_a_cell_in_a_text_is_told(project: Project) -> None:
    project.change(DATA, "unit: USD", "unit: people")
    (project.root / CHARTS).unlink()
    for tongue, call in (("", ""), (".es", 'Eran {{ cell("rents", row={Town: Spring}, column="rent") }}.')):
        named = f"content/briefs/flats{tongue}.md"
        head = FILES[named].rpartition("---\n")[0]
        (project.root / named).write_text(f"{head}---\n{call}\n", encoding="utf-8")
    found = project.run("check", "--format", "json").data["diagnostics"]
    assert [each["message"] for each in found if each["code"] == "missing-forms"]
    assert "unknown" not in " ".join(each["code"] for each in found)
