"""A dataset's table, without a chart of its own: on pages, in the newest brief, in several, and in what is exported."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import lxml.html
import pikepdf
import pytest

from reportgen.preview import Preview
from tests.driver import Project

CSV = "day,cups,price\n2021-03,12,0.50\n2021-04,9,0.60\n"
CUPS = """\
{id: cups, title: {en: Cups and their price, ru: Чашки}, file: cups.csv, source: tea-2021,
 columns: [{name: day, type: date}, {name: cups, type: number}, {name: price, type: number, unit: USD}]}
"""
SHOWN = '\nSee {{ ref("tea") }} and {{ ref("cups") }}.\n\n{{ table("tea") }}\n\n{{ table("cups") }}\n'


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project.from_folder(tmp_path / "tea", "tea")
    project.write("content/data/cups.csv", CSV)
    project.write("content/data/cups.yaml", CUPS)
    return project


def page(project: Project, slug: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(project.path(f"build/site/briefs/{slug}/index.html").read_text("utf-8"))


def attached(pdf: bytes) -> set[str]:
    """The names of the files inside a PDF."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return set(document.attachments)


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_dataset_has_its_table_in_every_brief(project: Project) -> None:
    project.append("content/briefs/tea.md", SHOWN)
    project.write("content/briefs/newest.md", f"---\ntitle: Newest\ndate: 2026-11-23\n---\nText.\n{SHOWN}")
    done = project.build(formats="all")
    assert (done.errors, done.faults) == ([], ())
    for slug in ("tea", "newest"):
        found = page(project, slug)
        assert [words(link) for link in found.xpath("//a[@class='xref']")] == ["Table 1", "Table 2"]
        assert [link.get("href") for link in found.xpath("//a[@class='xref']")] == ["#figure-tea", "#figure-cups"]
        first, second = found.xpath("//figure[@class='tablewrap']")
        assert [words(caption) for caption in found.xpath("//*[@class='cap']")] == [
            "Table 1", "Table 2 Cups and their price",
        ]  # fmt: skip
        assert [section.get("aria-label") for section in found.xpath("//figure/section[@class='scroll']")] == [
            "Table 1", "Cups and their price",
        ]  # fmt: skip
        assert [words(cell) for cell in second.xpath(".//tbody/tr[1]/*")] == ["March 2021", "12", "US$0.50"]
        assert len(first.xpath(".//tbody/tr")) == 2
        numbers = json.loads(done.site[f"briefs/{slug}/provenance.json"])["numbers"]
        assert {number["dataset"] for number in numbers if number["dataset"]} == {"cups"}
    assert b"Newest" in done.site["feed.xml"]
    assert {"tea.csv", "cups.csv"} <= attached(done.site["briefs/newest/newest.pdf"])
    assert done.site["index.html"].count(b"<svg") == 0
    with Preview(project.root, project.out) as preview:
        answer = preview.page("briefs/newest/index.html")
        assert answer is not None
        assert answer.data is not None
        assert b"figure-cups" in answer.data


def test_a_column_without_a_unit_has_no_empty_brackets_in_a_long_table(project: Project) -> None:
    project.write(
        "content/data/cups.csv", CSV.splitlines()[0] + "".join(f"\n{1900 + n},{n},1" for n in range(30)) + "\n"
    )
    project.append("content/briefs/tea.md", SHOWN)
    for again in range(2):
        assert project.build().ok
        heads = page(project, "tea").xpath("//figure[@class='tablewrap'][2]//thead//th")
        assert [words(cell) for cell in heads] == ["day", "cups", "price (US$)"], again
        project.append("content/briefs/tea.md", "\nMore.\n")


def test_the_home_page_shows_the_newest_briefs_first_drawing(project: Project) -> None:
    project.append("content/briefs/tea.md", SHOWN + '\n{{ chart("tea-chart") }}\n')
    project.change("content/briefs/tea.md", "title: Tea\n", "title: Tea\nkey_figure: {fact: tea-a, label: a year}\n")
    done = project.build()
    assert (done.errors, done.faults) == ([], ())
    assert b"charts/tea-chart/" in done.site["index.html"]


def test_a_chart_and_a_dataset_may_share_an_id(project: Project) -> None:
    project.change("content/charts/tea.yaml", "tea-chart", "tea")
    project.append(
        "content/briefs/tea.md", '\n{{ ref("tea") }} is drawn.\n\n{{ chart("tea") }}\n\n{{ table("tea") }}\n'
    )
    project.write(
        "content/briefs/newest.md",
        '---\ntitle: Newest\ndate: 2026-11-23\n---\n{{ ref("tea") }}\n\n{{ table("tea") }}\n',
    )
    done = project.build()
    assert (done.errors, done.faults) == ([], ())
    both, alone = page(project, "tea"), page(project, "newest")
    assert [figure.get("id") for figure in both.xpath("//figure[@id]")] == ["figure-tea", "figure-tea.table"]
    assert [link.get("href") for link in both.xpath("//a[@class='xref']")] == ["#figure-tea"]
    assert [link.get("href") for link in alone.xpath("//a[@class='xref']")] == ["#figure-tea.table"]
    assert words(alone.xpath("//a[@class='xref']")[0]) == "Table 1"


@pytest.mark.parametrize(
    ("id", "why", "hint"),
    [
        ("cups", "", "write rows into cups.csv"),
        ("none", ': no fact has the measure "tea-rank"', "widen the query, or add facts"),
    ],
)
def test_a_table_without_rows_is_told(project: Project, id: str, why: str, hint: str) -> None:
    project.write("content/data/cups.csv", "day,cups,price\n")
    project.write("content/data/none.yaml", "{id: none, query: {measure: tea-rank}}\n")
    project.append("content/briefs/tea.md", f'\n{{{{ table("{id}") }}}}\n')
    (found,) = [problem for problem in project.build().diagnostics if problem.severity == "error"]
    assert (found.code, found.message, found.hint) == ("no-rows", f'the data of "{id}" has no rows{why}', hint)
    assert found.span.file == f"content/data/{id}.yaml"
    assert found.span.line == 1


def test_a_table_shown_twice_and_one_of_no_dataset(project: Project) -> None:
    project.append("content/briefs/tea.md", '\n{{ table("cups") }}\n\n{{ table("cups") }}\n\n{{ table("cup") }}\n')
    told = [(p.code, p.hint) for p in project.build().diagnostics if p.severity == "error"]
    assert told == [
        ("shown-twice", 'refer to it instead: {{ ref("cups") }}'), ("unknown-chart", 'did you mean "cups"?'),
    ]  # fmt: skip
