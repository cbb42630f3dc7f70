"""Whatever was published keeps its number, or somebody said why, and its address answers, whatever the page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from shutil import copytree, rmtree
from threading import Thread

import pytest
from pypdf import PdfReader

from reportgen import releasing
from reportgen.citing.pandoc import Citeproc
from reportgen.pages.default_theme import default_templates
from reportgen.preview import Preview
from tests.browser import browser
from tests.driver import Project
from tests.editions.life import (
    ALONE,
    CHARTS,
    FACTS,
    LOOMS,
    MEASURES,
    PAGE,
    ROWS,
    RUGS,
    SMALL,
    UNITS,
    WHY,
    Life,
    Retired,
    quick,
)

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Told:
    code: str
    message: str
    hint: str


def told(project: Project) -> list[Told]:
    found = json.loads(project.run("check", "--format", "json").out)["diagnostics"]
    return [Told(each["code"], each["message"], each.get("hint") or "") for each in found]


Edit = Callable[[Project], None]


def change(file: str, old: str, new: str) -> Edit:
    return lambda project: project.change(file, old, new)


def small(old: str, new: str) -> Edit:
    return lambda project: project.change(FACTS, SMALL, SMALL.replace(old, new))


SITE = "content/site.yaml"
HEARSAY = "reading: The census passes on what sellers told it."
SOLD = '{{ fact("rugs-sold") }}'
ASKED = "unexplained-change"


@pytest.mark.parametrize(
    ("edit", "code", "said"),
    [
        pytest.param(small("as_of: 2025", "as_of: 2024"), ASKED, "US$85.50 (2025) was published", id="year of a fact"),
        pytest.param(small("{value} in 2025", "{value} in 2024"), ASKED, "in 2025.” was", id="words of a fact"),
        pytest.param(small("A small", "One small"), "", "", id="words without a number"),
        pytest.param(small("as_of: 2025", "place: ANA\n  as_of: 2025"), ASKED, "(no place)", id="place of a fact"),
        pytest.param(
            small("as_of: 2025", f"modality: claimed\n  {HEARSAY}\n  as_of: 2025"), ASKED, "(claimed)",
            id="mood of a fact",
        ),
        pytest.param(
            change(FACTS, "id: small-rug", "id: little-rug\n  aliases: [small-rug]\n  place: ANA"),
            ASKED, "(no place)", id="another name and another place",
        ),
        pytest.param(change(UNITS, "other: looms", "other: hundred looms"), ASKED, "hundred looms", id="unit"),
        pytest.param(change(UNITS, "- {id: rug", "- {id: yarn}\n- {id: rug"), "", "", id="a new unit"),
        pytest.param(change(MEASURES, "label: Price of a rug", "label: Price of 2 rugs"), ASKED, "2 rugs", id="label"),
        pytest.param(change(MEASURES, "label: Price of a", "label: Price of one"), ASKED, "one rug", id="its words"),
        pytest.param(change(SITE, "ANA: Santa Ana", "ANA: Mitla"), ASKED, "Mitla", id="name of a place"),
        pytest.param(change(SITE, "Briefs on", "7 briefs on"), ASKED, "7 briefs", id="words of the site"),
        pytest.param(change(SITE, "Briefs on", "Texts on"), "", "", id="other words of the site"),
        pytest.param(lambda p: p.write("templates/custom.css", "p::after { content: 'x' }"), "", "", id="a template"),
        pytest.param(
            lambda p: p.write("templates/brief.html", default_templates()["brief.html"] + "<!-- ours -->"),
            "", "", id="a brief's template",
        ),
        pytest.param(
            lambda p: p.write("templates/css/text.css", "p::after { content: '9' }"),
            ASKED, "“9” is new since", id="number of a template",
        ),
        pytest.param(
            lambda p: p.write("templates/custom.css", "@media print { p, .fact { display: none } }"),
            ASKED, "“@media print .fact ; @media print p” was seen in", id="number hidden",
        ),
        pytest.param(change(PAGE, SOLD, '{{ fact("women-weavers") }}'), ASKED, "stands in its place", id="page"),
        pytest.param(change(PAGE, SOLD, "rugs"), ASKED, "is printed no more", id="page without it"),
        pytest.param(change(PAGE, "in 2025", "in 2024"), ASKED, "a sentence has other numbers", id="year on a page"),
        pytest.param(change(PAGE, "The valley", "This valley"), "", "", id="words of a page"),
        pytest.param(change(PAGE, "2025.", f"2025. {SOLD}"), "", "", id="more on a page"),
        pytest.param(
            lambda project: project.change(ROWS, "Santa Ana,2023,3000\n", ""),
            ASKED, "the rows of", id="chart in no brief",
        ),
        pytest.param(change(FACTS, "id: small-rug", "id: little-rug"), "address-lost", "facts/small-rug/", id="fact"),
        pytest.param(
            change(FACTS, "id: small-rug", "id: little-rug\n  aliases: [small-rug]"), "", "", id="fact with alias"
        ),
        pytest.param(lambda p: p.change(FACTS, SMALL, ""), "address-lost", "facts/small-rug/", id="fact removed"),
        pytest.param(lambda p: p.remove(PAGE), "address-lost", "pages/methods/", id="page removed"),
        pytest.param(
            change(PAGE, "title:", "status: draft\ntitle:"), "address-lost", "pages/methods/", id="page a draft"
        ),
        pytest.param(change(CHARTS, ALONE, ""), "address-lost", "charts/rugs-alone/", id="chart removed"),
        pytest.param(
            change(CHARTS, "id: rugs-alone", "aliases: [rugs-alone], id: rugs-by-year"), "", "", id="chart with alias"
        ),
        pytest.param(
            lambda p: p.path(RUGS).rename(p.path("content/briefs/carpets.md")),
            "address-lost", "briefs/rugs/", id="brief renamed",
        ),
        pytest.param(
            change("content/site.yaml", "title:", "as_of: 2027-01-01\ntitle:"), "", "", id="another day",
        ),
    ],
)  # fmt: skip
def test_what_no_brief_prints_is_asked_about_too(written: Project, edit: Edit, code: str, said: str) -> None:
    edit(written)
    found = [each for each in told(written) if each.code not in ("needless-change", "year-not-in-quote", "unverified")]
    assert {each.code for each in found} <= {code}, found
    assert bool(found) is bool(code)
    assert not code or any(said in each.message for each in found), found


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (FACTS, "- id: small-rug\n", f"- id: small-rug\n{WHY}"),
        ("content/site.yaml", "title:", f"{WHY.strip()}\ntitle:"),
    ],
)
def test_a_reason_beside_the_fact_or_for_the_site_is_enough(project: Project, file: str, old: str, new: str) -> None:
    small("as_of: 2025", "as_of: 2024")(project)
    project.change(file, old, new)
    assert told(project) == []
    done = project.run("release", "--date", "2027-01-01")
    assert "facts, pages and charts, edition of 2027-01-01, version 3" in done.out
    assert "date: 2027-01-01" in project.read(file)
    assert told(project) == []
    assert "Nothing to release" in project.run("release", "--date", "2027-01-02").out
    fact = project.build().site["facts/small-rug/index.html"].decode()
    assert "<del>US$85.50 (2025)</del> → <ins>US$85.50 (2024)</ins>" in fact
    assert "We had misread the table." in fact
    assert "We had misread the table." in project.site["corrections/feed.xml"].decode()


def test_every_address_answers(life: Life, retired: Retired) -> None:
    """Nothing that was promised is gone, and it is published again with nothing to send."""
    before, now = life.target, retired.target
    assert retired.wrong.code == 0, retired.wrong.told
    lost = before.keys() - now.keys()
    assert {path for path in lost if re.search(r"\.(html|pdf|svg|csv)$", path)} == set()
    assert "Nothing to publish" in retired.again.out

    moved = now["briefs/rugs/index.html"].decode()
    assert '<noscript><meta http-equiv="refresh" content="0; url=../carpets/index.html"></noscript>' in moved
    assert '<script src="../../assets/moved.js" data-to="../carpets/index.html"></script>' in moved
    assert '<link rel="canonical" href="https://looms.example/valley/briefs/carpets/">' in moved
    assert "noindex" not in moved
    assert now["briefs/rugs/rugs.pdf"] == now["briefs/carpets/carpets.pdf"]
    assert now["data/charts/rugs-alone.csv"] == now["data/charts/rugs-by-year.csv"]
    assert now["charts/rugs-alone/rugs-alone.csv"] == now["charts/rugs-by-year/rugs-by-year.csv"]
    assert "../little-rug/index.html" in now["facts/small-rug/index.html"].decode()
    edition = "editions/2026-02-03/index.html"
    assert now[f"briefs/rugs/{edition}"] == now[f"briefs/carpets/{edition}"] == before[f"briefs/rugs/{edition}"]

    withdrawn = now["briefs/looms/index.html"].decode()
    assert "<h1>Withdrawn: Who weaves in the valley</h1>" in withdrawn
    assert "The census took it back." in withdrawn
    assert 'href="editions/index.html"' in withdrawn
    cite = json.loads(now["briefs/looms/cite.json"])[0]
    assert (cite["title"], cite["version"]) == ("Withdrawn: Who weaves in the valley", "3")
    assert before["briefs/looms/editions/2026-02-02/looms.pdf"] == now["briefs/looms/editions/2026-02-02/looms.pdf"]
    assert "The census took it back." in now["corrections/feed.xml"].decode()
    assert "<title>Withdrawn: Who weaves in the valley</title>" in now["feed.xml"].decode()
    for listed in ("index.html", "sitemap.xml"):
        assert "briefs/looms/" not in now[listed].decode()
    assert "We do no such thing any more." in now["pages/methods/index.html"].decode()


def test_a_brief_that_stands_again_is_compared_with_what_it_said(
    retired: Retired, tmp_path: Path, citeproc: Citeproc
) -> None:
    """Its withdrawal says nothing that could be compared; and it does not stand again without a word."""
    project = Project(retired.root).copied(tmp_path / "looms")
    with quick(citeproc):
        project.change(LOOMS, "status: withdrawn\nreason: The census took it back.\n", "")
        (one,) = told(project)
        assert (one.code, one.message[-16:]) == (ASKED, "and stands again")
        project.change(LOOMS, '{{ fact("women-weavers") }}', '{{ fact("rug-price") }}')
        assert any("over 40% was published here" in each.message for each in told(project))
        project.change(LOOMS, '{{ fact("rug-price") }}', '{{ fact("women-weavers") }}')
        project.change(LOOMS, "title:", "changes: [{kind: update, text: The census stands by it.}]\ntitle:")
        assert told(project) == []


def test_superseded_stands_whole_under_a_banner(project: Project) -> None:
    project.change(RUGS, "title:", "status: superseded\nby: looms\ntitle:")
    project.change(FACTS, "id: rugs-sold", "id: rugs-sold\n  aliases: [carpets-sold]")
    project.change(CHARTS, "id: rugs-table,", "id: rugs-table, aliases: [carpets],")
    project.append(
        "content/site.yaml", 'corrections: {contact: err@looms.example, policy: "We correct **at once**."}\n'
    )
    assert told(project) == []
    site = project.build().site
    page = site["briefs/rugs/index.html"].decode()
    for anchor in ("fact-rugs-sold", "fact-carpets-sold", "figure-rugs-table", "figure-carpets"):
        assert page.count(f'id="{anchor}"') == 1
    for name in ("corrections", "about"):
        assert "<p>We correct <strong>at once</strong>.</p>" in site[f"{name}/index.html"].decode()
        assert "mailto:err@looms.example" in site[f"{name}/index.html"].decode()
    assert '<b>Superseded.</b> In its place: <a href="../looms/index.html">Who weaves in the valley</a>' in page
    assert "wove most of them" in page


def test_an_edition_that_had_to_be_removed_says_why(life: Life, project: Project) -> None:
    copytree(life.www, www := project.path("www"))
    folder = project.path("content/editions/rugs/2026-02-03")
    removed = "removed: [{edition: 2026-02-03, date: 2026-03-09, reason: A court in Oaxaca ordered it.}]\n"
    project.change(RUGS, "title:", f"{removed}title:")
    assert {each.code for each in told(project)} == {"edition-altered"}
    for path in folder.iterdir():
        if path.name != "edition.json":
            path.unlink()
    assert told(project) == []
    done = project.publish(www)
    assert done.code == 0, done.told
    there = www / "briefs/rugs/editions/2026-02-03"
    assert "A court in Oaxaca ordered it." in (there / "index.html").read_text()
    assert "A court in Oaxaca ordered it." in (www / "briefs/rugs/editions/index.html").read_text()
    assert "A court in Oaxaca" in PdfReader(there / "rugs.pdf").pages[0].extract_text()
    assert sorted(path.name for path in there.iterdir()) == ["index.html", "rugs.pdf"]
    assert "Nothing to publish" in project.publish(www).out
    project.change(RUGS, "2026-02-03, date", "2026-02-04, date")
    assert {"edition-altered", "unknown-edition"} <= {each.code for each in told(project)}


def test_what_was_removed_is_no_back_door(project: Project) -> None:
    """What follows an edition that was removed is compared with the one before it."""
    (last,) = project.path("content/editions/rugs").glob("2026-03-*")
    for path in last.iterdir():
        if path.name != "edition.json":
            path.unlink()
    removed = f"removed: [{{edition: {last.name}, date: 2026-03-09, reason: A court ordered it.}}]\n"
    project.change(RUGS, "title:", f"{removed}title:")
    assert [each.code for each in told(project)] == [ASKED]


def test_check_tells_what_would_stop_a_publication(project: Project) -> None:
    """A day that the next edition will contradict; a picture that an edition leads to."""
    project.write("content/briefs/new.md", "---\ntitle: New\ndate: 2026-03-01\nupdated: 2026-03-05\n---\nWords.\n")
    assert [each.code for each in told(project)] == ["wrong-date"]
    assert project.run("check", "--strict").code == 1
    refused = project.run("release", "--date", "2026-03-06")
    assert refused.code == 1
    assert "wrong-date" in refused.err
    refused = project.publish(project.path("elsewhere"))
    assert refused.code == 1
    assert "warning[wrong-date]" in refused.err
    assert "Not published: 1 warning." in refused.err
    assert not project.path("elsewhere").exists()
    assert not project.path("content/editions/new").exists()
    project.remove("content/briefs/new.md")
    project.change(RUGS, "title:", "updated: 2026-03-01\nchanges: [{kind: update, text: We say more.}]\ntitle:")
    project.change(RUGS, "most of them", "most of them all")
    assert [each.code for each in told(project)] == ["wrong-date"]


def test_the_preview_shows_what_was_published(retired: Retired, tmp_path: Path) -> None:
    editions = "briefs/rugs/editions/"
    paths = ("briefs/rugs/index.html", "facts/small-rug/index.html", "pages/methods/index.html", "data/changes.json")
    kept = (f"{editions}index.html", f"{editions}2026-02-03/index.html", "corrections/index.html")
    with Preview(Project(retired.root).copied(tmp_path / "looms").root, tmp_path / "out") as preview:
        for path in (*paths, *kept):
            answer = preview.page(path)
            assert answer is not None, path
            assert answer.data == retired.target[path], path


def test_a_project_that_lacks_what_the_target_was_made_of_is_not_published(life: Life, project: Project) -> None:
    """A record that was deleted is made anew, of what is said now: the target knows better."""
    www = project.path("www")
    copytree(life.www, www)
    for folder in project.path("content/editions/_site").iterdir():
        rmtree(folder)
    small("as_of: 2025", "as_of: 2024")(project)
    refused = project.publish(www)
    assert refused.code == 1
    assert "error[edition-missing]" in refused.err, refused.told
    assert b"2024" not in (www / "facts/small-rug/index.html").read_bytes()


def test_a_translation_is_renamed_with_its_original(project: Project) -> None:
    """Until it is, its pages are not lost: the file's new name is told."""
    lang = project.read(RUGS).replace("What a rug brings", "Was ein Teppich bringt")
    text = re.sub(r"date: .*\n((authors|changes): .*\n)*", "date: 2026-03-02\n", lang)
    project.write("content/briefs/rugs.de.md", text)
    allowed = frozenset({"missing-language", "missing-forms"})
    done = releasing.release(project.root, project.out, day=date(2026, 3, 2), only=("rugs.de",), allowed=allowed)
    assert done.ok, done.diagnostics
    project.path(RUGS).rename(project.path("content/briefs/carpets.md"))
    project.change("content/briefs/carpets.md", "title:", "aliases: [rugs]\ntitle:")
    (one,) = [each for each in told(project) if each.code in ("no-original", "address-lost")]
    assert one == Told("no-original", "this is a translation of rugs, which is called carpets now",
                       "rename this file to content/briefs/carpets.de.md")  # fmt: skip
    project.path("content/briefs/rugs.de.md").rename(project.path("content/briefs/carpets.de.md"))
    assert {each.code for each in told(project)} <= allowed | {"english-words"}


def test_what_was_given_up_and_is_there_again_is_what_it_was(project: Project) -> None:
    project.change(FACTS, SMALL, "")
    project.write("content/gone.yaml", '"facts/small-rug": We had counted it twice.\n')
    assert project.run("release", "--date", "2026-03-05").code == 0
    project.remove("content/gone.yaml")
    project.append(FACTS, SMALL)
    assert told(project) == []
    small("as_of: 2025", "as_of: 2024")(project)
    assert [each.code for each in told(project)] == [ASKED]


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


def test_addresses_in_a_browser(retired: Retired) -> None:
    """From a file and below a server's root, with JavaScript and without: an earlier address leads on, and keeps the
    part behind #; new kinds of pages fit a phone, and axe finds nothing in them."""
    handler = partial(_Silent, directory=str(retired.www.parent))
    pages = (
        *("briefs/looms/", "briefs/carpets/editions/", "pages/methods/", "corrections/", "facts/looms-teotitlan/"),
        "briefs/looms/editions/",
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, browser() as chromium:
        Thread(target=server.serve_forever, daemon=True).start()
        below = f"http://127.0.0.1:{server.server_port}/www/"
        page = chromium.new_page()
        for root in (below, f"{retired.www.as_uri()}/"):
            page.goto(f"{root}briefs/rugs/index.html#how")
            page.wait_for_url("**/briefs/carpets/index.html#how")
        page.close()
        still = chromium.new_context(java_script_enabled=False).new_page()
        still.goto(f"{below}facts/small-rug/index.html")
        still.wait_for_url("**/facts/little-rug/index.html")
        context = chromium.new_context(viewport={"width": 360, "height": 740}, bypass_csp=True)
        page = context.new_page()
        wrong = []
        for path in pages:
            page.goto(f"{below}{path}index.html")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append(f"{path} is too wide")
            page.evaluate(AXE)
            for finding in page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]:
                wrong += [f"{path}: {finding['id']}: {node['html'][:120]}" for node in finding["nodes"]]
        assert wrong == []
        server.shutdown()


def test_a_part_of_an_earlier_edition_is_told_of_still(project: Project) -> None:
    """A heading that has other words, in an edition that was released since."""
    project.change(RUGS, "title:", "changes: [{kind: update, text: We tell more.}]\ntitle:")
    project.append(RUGS, "\n## Where they went\n\nFar.\n")
    assert project.run("release", "rugs", "--date", "2027-01-01").code == 0
    project.change(RUGS, "## Where they went", "## Where all went")
    assert project.run("release", "rugs", "--minor", "--date", "2027-01-02").code == 0
    said = project.run("check").told
    assert "the part #where-they-went of the edition of 2027-01-01 is not on the page" in said
    project.change(RUGS, "\n\nFar", '\n\n<span id="where-they-went"></span>Far')
    assert "part-lost" not in project.run("check").told
