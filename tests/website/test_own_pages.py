"""Pages beside the briefs, of a project on roads over ice: evaluated, linked, listed and searched like briefs."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html

from reportgen.publish.links import broken_links
from reportgen.rebuild.target import TargetResult
from reportgen.targets import briefs
from tests.browser import browser
from tests.conftest import made_once
from tests.driver import Project


@dataclass(frozen=True)
class Ice:
    """The project as it is built."""

    folder: Path
    site: dict[str, bytes]
    checked: str


def make(folder: Path) -> Ice:
    project = Project.from_folder(folder, "iceroads")
    checked = project.run("check", "--strict").told
    done = project.build()
    assert done.ok, done.errors
    return Ice(folder, done.site, checked)


@pytest.fixture(scope="module")
def ice(tmp_path_factory: pytest.TempPathFactory) -> Ice:
    return made_once(tmp_path_factory, "iceroads", make)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.from_folder(tmp_path, "iceroads")


@pytest.fixture
def built(ice: Ice, tmp_path: Path) -> Project:
    """A copy of the project, to change and build again."""
    return Project(ice.folder).copied(tmp_path / "ice")


def text_of(page: bytes) -> str:
    return str(html.fromstring(page).text_content())


def test_a_page_prints_facts_charts_citations_and_notes(ice: Ice) -> None:
    page = html.fromstring(ice.site["pages/methods/index.html"])
    assert page.xpath("//a[@class='fact' and @href='#fact-freeze-2024']")
    assert page.xpath("//*[@id='how']")
    assert page.xpath("//*[@id='fact-freeze-2024']")
    assert page.xpath("//figure[@id='figure-open-days']//*[name()='svg']")
    assert page.xpath("//*[@id='ref-lake-station-2025']")
    assert "Candle ice is not drilled." in text_of(ice.site["pages/methods/index.html"])
    numbers = json.loads(ice.site["pages/methods/provenance.json"])["numbers"]
    marked = {element.get("data-n") for element in page.xpath("//main//*[@data-n]")}
    assert {int(n) for n in marked if n.isdecimal()} == set(range(len(numbers)))
    assert "pages/methods  5 of 5" in ice.checked
    assert "in 1 brief, 2 pages and 6 facts" in ice.checked


def test_pages_stand_in_the_navigation_by_their_order(ice: Ice) -> None:
    own = [(None, "index.html"), ("ru", "pages/people/index.html")]
    for lang, path in own:
        links = html.fromstring(ice.site[path]).xpath("//header//nav/a")
        names = [link.text for link in links]
        at = names.index("Methods")
        assert names[at + 1] == "Люди"
        assert links[at + (lang is None)].get("lang") == (None if lang else "ru") or links[at].get("lang") == "en"
        assert [link.get("aria-current") for link in links].count("page") == 1
    assert html.fromstring(ice.site["pages/people/index.html"]).get("lang") == "ru"


def test_an_order_decides_and_without_one_a_page_is_not_listed(built: Project) -> None:
    built.change("content/pages/people.md", "order: 2", "order: 0")
    first = built.build().site["index.html"].decode()
    assert first.index(">Люди<") < first.index(">Methods<")
    built.change("content/pages/people.md", "order: 0\n", "")
    done = built.build()
    assert ">Люди<" not in done.site["index.html"].decode()
    assert "pages/people/index.html" in done.site


def test_links_lead_both_ways_and_every_list_knows_pages(ice: Ice) -> None:
    broken = broken_links(ice.site, "https://roads.example/", "site")
    assert [fault.message for fault in broken if "thaw.pdf leads" not in fault.message] == []
    brief, page = (ice.site[path].decode() for path in ("briefs/thaw/index.html", "pages/methods/index.html"))
    assert 'href="../../pages/methods/index.html">methods</a>' in brief
    assert 'href="../../briefs/thaw/index.html#what-the-ice-carries">the brief</a>' in page
    assert "https://roads.example/pages/methods/" in ice.site["sitemap.xml"].decode()
    assert "pages/methods" not in ice.site["feed.xml"].decode()
    used = ice.site["facts/needed-ice/index.html"].decode()
    assert 'href="../../pages/methods/index.html">How the ice is measured</a>' in used
    facts = {fact["id"]: fact for fact in json.loads(ice.site["data/facts.json"])["facts"]}
    assert facts["needed-ice"]["used_in"] == ["pages/methods", "thaw"]
    found = [gzip.decompress(data) for path, data in ice.site.items() if path.startswith("search/fragment/")]
    assert any(b"/pages/methods/" in fragment for fragment in found)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("By the drill", "By 12 drills", 'content/pages/methods.md:15:7: error[typed-number]: "12" is typed by hand'),
        (
            "menu: Methods",
            "menu: Methods of 12",
            'content/pages/methods.md:5:18: error[typed-number]: "12" is typed by',
        ),
        ("menu: Methods", "menu: '{{ fact(\"open-2024\") }}'", "content/pages/methods.md:5:8: warning[not-read-here]"),
        ("needed-ice", "needed-ise", "content/pages/methods.md:9:36: error[unknown-fact]"),
        ("thaw.md#what", "thaw.md#how", "content/pages/methods.md:9:68: error[unknown-link]: nothing on the page"),
        ("briefs/thaw.md", "briefs/thaws.md", "content/pages/methods.md:9:68: error[unknown-link]: the link"),
        ("order: 1", "order: first", 'content/pages/methods.md:4:8: error[wrong-type]: "order" must be a whole number'),
        ("order: 1", "date: 2025-01-01", 'content/pages/methods.md:4:1: error[unknown-key]: there is no key "date"'),
        ("title: How the ice is measured", "", 'content/pages/methods.md:3:1: error[missing-key]: the key "title"'),
    ],
)
def test_mistakes_on_a_page_are_told_with_their_line(project: Project, old: str, new: str, told: str) -> None:
    project.change("content/pages/methods.md", old, new)
    assert told in project.run("check").told


# The look


def test_logo_and_colours_are_on_pages_drawings_and_paper(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    page, printed = html.fromstring(built.site["briefs/thaw/index.html"]), []
    (logo,) = page.xpath("//header//img")
    assert (logo.get("src"), logo.get("alt")) == ("../../assets/images/logo.svg", "Tungara Road Watch")
    assert page.xpath("//header//source/@srcset") == ["../../assets/images/logo-dark.svg"]
    assert "--accent: #7a1f3d" in built.site["assets/style.css"].decode()
    assert "--accent: #7a1f3d" in built.site["404.html"].decode()
    drawing = built.site["charts/open-days/open-days.svg"].decode()
    assert "#7a1f3d" in drawing
    assert "rgb(0, 84, 111)" not in drawing
    monkeypatch.setattr(briefs, "pdf_made", lambda *given: printed.append(given) or TargetResult())
    assert built.build(formats="pdf").ok
    ((_, paper, css, _, _, images, *_),) = printed
    assert 'images/logo.svg" alt="Tungara Road Watch"' in paper
    assert images.keys() == {"logo.svg"}
    assert "--accent: #7a1f3d" in css
    assert "#7a1f3d" in re.findall(r"<svg.*?</svg>", paper, re.S)[0]
    assert re.findall(r'<section class="terms wide".*?</section>', paper, re.S)


# The glossary


def test_a_first_mention_leads_to_the_meaning_that_describes_it(ice: Ice) -> None:
    for path, terms in {
        "briefs/thaw": ["ice road", "freeze-up", "overflow", "candle ice"],
        "pages/methods": ["freeze-up", "ice road", "overflow", "candle ice"],
        "pages/people": ["зимник", "ледостав"],
    }.items():
        page = html.fromstring(ice.site[f"{path}/index.html"])
        links = page.xpath("//a[@class='term']")
        assert [link.text.casefold() for link in links] == terms
        assert [text.casefold() for text in page.xpath("//section[@class='terms wide']//dt/text()")] == terms
        for link in links:
            assert page.get_element_by_id(link.get("href")[1:]) is not None
            assert page.get_element_by_id(link.get("aria-describedby")).text_content()
    assert not html.fromstring(ice.site["briefs/thaw/index.html"]).xpath("//blockquote//a | //h1//a | //h2//a")
    assert "pressure ridge" not in str(ice.site)
    assert "assets/brief.js" in ice.site["briefs/thaw/index.html"].decode()
    assert "assets/term.js" not in ice.site["facts/open-2024/index.html"].decode()


def test_a_meaning_prints_facts_and_citations(ice: Ice) -> None:
    meaning = html.fromstring(ice.site["briefs/thaw/index.html"]).get_element_by_id("meaning:1")
    assert meaning.xpath(".//a[@class='fact' and @href='#fact-needed-ice']")
    assert meaning.xpath(".//a[@href='#ref-road-office-2025']")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Ice that the", "Ice of 3 winds that the", '10:42: error[typed-number]: "3" is typed by hand'),
        ('fact("needed-ice")', 'fact("needed-ise")', "error[unknown-fact]"),
        ("pages/methods.md#by", "pages/methods.md#bye", "error[unknown-link]"),
        ("pages/methods.md#by", "pages/method.md#by", "error[unknown-link]"),
        ("[overflows]", "[Ice road]", 'error[duplicate-id]: "Ice road" stands twice in the glossary'),
        (", ru: ледостав", ", kk: мұз", 'error[missing-key]: the term "мұз" is given in "kk", and its meaning is not'),
        ("meaning: Ice that", "sense: Ice that", 'error[missing-key]: the key "meaning" is missing'),
        ("[overflows]", "{english: [overflows]}", 'error[wrong-type]: "also" has "english" where a language'),
        ("{term: overflow,", "{term: '',", "error[wrong-value]: nothing stands in this term"),
    ],
)
def test_mistakes_in_the_glossary_are_told_once(project: Project, old: str, new: str, told: str) -> None:
    project.change("content/glossary.yaml", old, new)
    (line,) = [line for line in project.run("check").out.splitlines() if told in line]
    assert line.startswith("content/glossary.yaml:")


def test_a_meaning_shows_under_the_pointer_at_the_focus_and_at_a_tap(ice: Ice) -> None:
    """And is told to a screen reader once: what shows is for the eye alone."""
    address = (ice.folder / "build/site/briefs/thaw/index.html").as_uri()
    with browser() as chromium:
        page = chromium.new_context(viewport={"width": 360, "height": 800}, has_touch=True).new_page()
        page.goto(address)
        tip, terms = page.locator(".tip"), page.locator("a.term")
        assert tip.get_attribute("aria-hidden") == "true"
        for act in (terms.nth(2).hover, terms.nth(2).tap, lambda: terms.nth(2).press("Enter")):
            act()
            tip.wait_for()
            assert tip.inner_text() == "Water that a crack lets up onto the ice."
            assert not Axe().run(page).response["violations"]
            page.keyboard.press("Escape")
            assert not tip.is_visible()
            page.mouse.move(1, 1)
        assert "#" not in page.url
        without = chromium.new_context(java_script_enabled=False).new_page()
        without.goto(address)
        without.locator("a.term").nth(2).click()
        assert without.url.endswith("#term:3")


def test_a_draft_is_checked_and_not_published(built: Project) -> None:
    built.change("content/pages/people.md", "order: 2", "order: 2\nstatus: draft")
    built.change(
        "content/briefs/thaw.md", "Who watches the lake is told on [a page of its own](../pages/people.md).", ""
    )
    done = built.build()
    assert done.ok, done.errors
    assert not any(path.startswith("pages/people/") for path in done.site)
    assert "Люди" not in done.site["index.html"].decode()
    built.change("content/pages/methods.md", "By the drill", "By the [drill](people.md)")
    assert '"people" is a draft, and drafts are not published' in built.run("check").told


def test_an_edit_makes_a_page_and_no_brief_again(built: Project) -> None:
    built.change("content/pages/people.md", "нужен всем", "нужен и сейчас всем")
    made = built.build().made
    assert "page pages/people" in made
    assert not {"layout thaw", "page thaw", "layout pages/methods", "home"} & made
    built.remove("content/pages/people.md")
    built.change("content/briefs/thaw.md", "(../pages/people.md)", "(pages/methods.md)")
    gone = built.build()
    assert gone.ok, gone.errors
    assert not any("people" in path for path in gone.site)


def test_a_value_that_ends_in_a_full_stop_ends_its_sentence(ice: Ice) -> None:
    assert not re.search(r"[^.…]\.\.(?!\.)", text_of(ice.site["pages/people/index.html"]))
