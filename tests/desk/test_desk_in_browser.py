"""The desk as a person uses it: a real server, a real browser, keys alone."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import browser, watched
from tests.desk.bees import started
from tests.driver import Project

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
KEY, DECISION = 0.28, 1.35
"""Seconds of a key for an average typist, and of making up one's mind (Card, Moran and Newell's keystroke model)."""
FACTS = "content/facts/desk.yaml"


@dataclass(frozen=True)
class Served:
    project: Project
    entry: str
    """The address that the terminal printed."""

    @property
    def at(self) -> str:
        return self.entry.partition("__desk")[0]

    def opened(self, page: Page, source: str) -> Page:
        """A source at the desk, in a page that has been let in."""
        page.goto(f"{self.at}__desk/s/{source}")
        page.wait_for_selector("html[data-ready]")
        return page


@contextmanager
def serving(project: Project) -> Iterator[Served]:
    """`reportgen serve` in the project."""
    process = project.start("serve", "--port", "0")
    assert process.stdout is not None
    process.stdout.readline()
    entry = process.stdout.readline().removeprefix("The desk: ").strip()
    try:
        yield Served(project, entry)
    finally:
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (out, err) == ("", ""), "a server says no more than its addresses"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(started(tmp_path_factory.mktemp("bees") / "bees")) as found:
        yield found


@dataclass(frozen=True)
class Watched:
    page: Page
    found: list[str]
    """What it complained of."""


@pytest.fixture(scope="module")
def desk(served: Served, chromium: Browser) -> Watched:
    """A page that has been let in: one for all tests, since each new one costs a second of the processor."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    found = watched(page)
    page.goto(served.entry)
    return Watched(page, found)


@pytest.fixture
def text(served: Served, desk: Watched) -> Iterator[Page]:
    """The page of swarms at the desk; whatever a test saves is taken away after it."""
    names = ("content/evidence.lock", "content/measures.yaml")
    before = {name: place.read_bytes() for name in names if (place := served.project.path(name)).exists()}
    desk.found.clear()
    yield served.opened(desk.page, "swarms-2025")
    desk.page.unroute_all()
    desk.page.evaluate("sessionStorage.clear()")
    desk.page.goto("about:blank")  # it listens no longer, and nothing of it is asked for
    served.project.path(FACTS).unlink(missing_ok=True)
    for name in names:
        served.project.path(name).unlink(missing_ok=True)
        if name in before:
            served.project.path(name).write_bytes(before[name])
    assert [one for one in desk.found if not re.search("__changes|/api/|status of 4|ERR_FAILED", one)] == []


def ready(page: Page, state: str = "ready") -> None:
    expect(page.locator("#verdict")).to_have_attribute("data-state", state, timeout=30_000)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent"))


# Keys, focus and states -----------------------------------------------------------------------------------------------


def test_a_fact_is_made_edited_and_taken_back_by_keys(served: Served, text: Page) -> None:
    assert focused(text) == "text"
    text.evaluate("document.activeElement.blur()")
    text.keyboard.press("n")
    assert not text.locator("#n1:focus").count(), "single letters work while the focus is in the text"
    text.locator("#text").focus()
    text.keyboard.press("n")
    assert focused(text) == "n1"
    text.keyboard.press("n")
    text.keyboard.press("p")
    assert focused(text) == "n1"
    text.keyboard.press("Enter")
    ready(text, "empty")
    assert text.locator("[data-quote=quote]").inner_text() == "84 swarms in April 2025"
    assert text.evaluate("[...CSS.highlights.get('chosen')].map(String)") == ["84 swarms in April 2025"]
    text.keyboard.press("Control+Enter")
    expect(text.locator("#told")).to_have_text("The claim is still to be written.")
    text.keyboard.type("np?eu {value} swarms")
    ready(text)
    text.keyboard.press("Escape")
    expect(text.locator("#told")).to_contain_text("Esc once more")
    assert text.locator("#form").is_visible()
    text.keyboard.press("Control+Enter")
    expect(text.locator("#copy")).to_be_focused()
    saved = served.project.read(FACTS)
    assert 'claim: "np?eu {value} swarms"' in saved
    assert "locator" not in saved, "a page of the web has no pages"
    text.keyboard.press("Enter")
    assert text.evaluate("navigator.clipboard.readText()") == '{{ fact("swarms-2025-04") }}'
    expect(text.locator("[data-count=facts]")).to_have_text("1")
    assert focused(text) == "84 swarms in ", "the focus is back at the words, which are a fact by now"

    text.keyboard.press("e")
    expect(text.locator("#form-title")).to_have_text("Edit swarms-2025-04")
    claim = text.locator("[data-claim]")
    expect(claim).to_have_value("np?eu {value} swarms")
    claim.fill("Firefighters collected {value} swarms.")
    text.locator("#as_of").fill("")
    ready(text)
    text.keyboard.press("Control+Enter")
    expect(text.locator("#copy")).to_be_focused()
    assert served.project.read(FACTS) == saved.replace(
        "np?eu {value} swarms", "Firefighters collected {value} swarms."
    ).replace("  as_of: 2025-04\n", "")
    text.keyboard.press("u")
    expect(text.locator("#told")).to_contain_text("as they were")
    assert served.project.read(FACTS) == saved
    text.keyboard.press("?")
    expect(text.locator("#help")).to_be_visible()
    text.keyboard.press("Escape")
    expect(text.locator("#help")).to_be_hidden()


def test_words_are_taken_on_and_off_by_keys(text: Page) -> None:
    text.locator("#n3").click()
    ready(text, "empty")
    quote = text.locator("[data-quote=quote]")
    expect(quote).to_have_text("town up to 140 euros")
    text.locator("#form-title").click()
    for keys, shown in (
        ("Shift+ArrowLeft", "town up to 140"),
        ("Shift+ArrowRight", "town up to 140 euros"),
        ("Alt+Shift+ArrowLeft", "the town up to 140 euros"),
        ("Alt+Shift+ArrowRight", "town up to 140 euros"),
        ("Alt+Shift+ArrowRight", "up to 140 euros"),
    ):
        text.keyboard.press(keys)
        expect(quote).to_have_text(shown)
        assert text.evaluate("[...CSS.highlights.get('chosen')].map(String)") == [shown]
    text.locator("[data-do=right-on]").click()
    expect(quote).to_have_text("up to 140 euros; nobody")
    expect(text.locator("#words")).to_have_text("5 of 12 words")


def test_selected_words_are_taken_and_what_stands_twice_is_told_apart(text: Page) -> None:
    text.evaluate("""() => {
      const words = "61 registered keepers", walker = document.createTreeWalker(document.querySelector("#text"), 4);
      const paragraph = [...document.querySelectorAll("#text p")].find((p) => p.textContent.includes(words));
      const node = [...paragraph.childNodes].find((one) => one.textContent.includes("registered"));
      const range = document.createRange();
      range.setStart(node.previousSibling.firstChild, 0);
      range.setEnd(node, node.data.indexOf("keepers") + 4);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    }""")
    button = text.locator("#take button")
    expect(button).to_be_visible()
    button.click()
    ready(text, "empty")
    expect(text.locator("[data-quote=quote]")).to_have_text("61 registered keepers")
    beside = text.locator("[data-quote=prefix]").inner_text() + text.locator("[data-quote=suffix]").inner_text()
    assert beside.strip()
    expect(text.locator("#value")).to_have_value("61")


@dataclass
class Between:
    """Stands between a page and the server from before the first request: a page goes on sending past a route that was
    only just laid."""

    page: Page
    does: Callable[[Route], object] = Route.continue_
    met: int = 0

    def __post_init__(self) -> None:
        self.page.route("**/__desk/api/**", self._meet)

    def _meet(self, route: Route) -> None:
        self.met += 1
        self.does(route)


def test_while_it_is_checked_nothing_is_green(text: Page) -> None:
    between, held = Between(text), list[Route]()
    text.locator("#n3").click()
    ready(text, "empty")
    text.keyboard.type("It cost {value}.")
    ready(text)
    assert between.met >= 3
    between.does = held.append
    text.locator("#value").fill("141")
    verdict = text.locator("#verdict")
    expect(verdict).to_have_attribute("data-state", "reading")
    expect(verdict).to_have_text("Checking…")
    expect(text.locator("#save")).to_have_attribute("aria-disabled", "true")
    text.wait_for_timeout(250)
    text.locator("#value").fill("142")
    text.wait_for_timeout(250)
    assert len(held) == 2
    held[0].fulfill(status=200, json={"verdict": [], "id": "x", "claims": []})
    text.wait_for_timeout(100)
    expect(verdict).to_have_attribute("data-state", "reading")
    held[1].continue_()
    ready(text, "wrong")
    expect(verdict).to_contain_text("140")
    expect(text.locator("#value")).to_have_attribute("aria-invalid", "true")
    text.keyboard.press("Control+Enter")
    assert text.locator("#form").is_visible()


def test_a_conflict_and_a_silent_server_keep_what_was_typed(served: Served, text: Page) -> None:
    between = Between(text)
    text.locator("#n3").click()
    ready(text, "empty")
    text.keyboard.type("It cost {value}.")
    ready(text)
    served.project.write(FACTS, "# Written meanwhile.\n")
    text.keyboard.press("Control+Enter")
    ready(text, "conflict")
    assert served.project.read(FACTS) == "# Written meanwhile.\n"
    text.keyboard.press("Enter")
    ready(text)
    expect(text.locator("[data-claim]")).to_have_value("It cost {value}.")
    text.locator("#note").evaluate("box => { box.closest('details').open = true; }")
    text.locator("#note").fill("Told by phone.")
    ready(text)
    assert between.met >= 5
    between.does = Route.abort
    text.keyboard.press("Control+Enter")
    ready(text, "offline")
    between.does = Route.continue_
    text.keyboard.press("Control+Enter")
    text.wait_for_selector("#saved:not([hidden])")
    saved = served.project.read(FACTS)
    assert saved.startswith("# Written meanwhile.\n- id: ")
    assert 'note: "Told by phone."' in saved
    text.keyboard.press("u")
    expect(text.locator("#n3")).to_be_focused()


def test_what_was_typed_goes_only_when_asked_for(served: Served, text: Page) -> None:
    claim = text.locator("[data-claim]").first
    text.locator("#n3").click()
    ready(text, "empty")
    text.keyboard.type("It cost {value}.")
    ready(text)
    text.locator("#n1").click()  # another number
    expect(text.locator("#told")).to_contain_text("Something was typed")
    expect(claim).to_have_value("It cost {value}.")
    asked: list[str] = []
    text.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    served.opened(text, "swarms-2025")  # a page loaded again, as after a new start of the server
    ready(text)
    assert asked == ["beforeunload"]
    expect(claim).to_have_value("It cost {value}.")
    expect(text.locator('[data-quote="quote"]')).not_to_be_empty()
    text.keyboard.press("Control+Enter")
    text.wait_for_selector("#saved:not([hidden])")
    assert 'claim: "It cost {value}."' in served.project.read(FACTS)
    text.keyboard.press("u")
    expect(text.locator("#idle")).to_be_visible()
    served.opened(text, "swarms-2025")
    expect(text.locator("#form")).to_be_hidden()


def test_marks_follow_files_and_a_form_stays(served: Served, text: Page) -> None:
    text.locator("#n3").click()
    ready(text, "empty")
    text.keyboard.type("It cost {value}.")
    served.project.write(
        FACTS,
        '- {id: eighty, claim: "It was {value}.", value: 84,'
        ' evidence: [{source: swarms-2025, quote: "84 swarms in April 2025"}]}\n',
    )
    expect(text.locator("#text [data-facts=eighty]").first).to_have_text("84 swarms in ")
    expect(text.locator("[data-claim]")).to_have_value("It cost {value}.")
    served.project.change(FACTS, "84 swarms", "85 swarms")
    expect(text.locator("#losses")).to_contain_text("85 swarms")
    served.project.path(FACTS).unlink()
    expect(text.locator("#losses")).to_be_hidden()
    expect(text.locator("#n1")).to_have_text("84")


def test_wording_is_offered_and_a_fact_is_retired(served: Served, text: Page) -> None:
    served.project.write(
        "content/measures.yaml",
        "- {id: shops, label: Shops in the town, kind: count, unit: shop}\n"
        "- {id: swarms, label: Swarms that were collected, kind: count, unit: swarm}\n",
    )
    served.project.write(
        FACTS,
        '- id: old\n  claim: "The town\'s firefighters collected {value} swarms."\n'
        "  measure: swarms\n  value: 84\n  as_of: 2025-04\n"
        '  evidence: [{source: swarms-2025, quote: "collected 84 swarms in April"}]\n',
    )
    expect(text.locator("#text [data-facts=old]").first).to_be_visible()
    text.locator("#n4").click()
    ready(text, "empty")
    text.locator("#measure").select_option("swarms")
    offer = text.locator("#offers button")
    expect(offer).to_have_text("The town's firefighters collected {value} swarms.")
    text.locator("[data-claim]").press("ArrowDown")
    text.keyboard.press("Enter")
    expect(text.locator("[data-claim]")).to_have_value("The town's firefighters collected {value} swarms.")
    text.keyboard.press("Escape")
    text.keyboard.press("Escape")

    text.locator("#text [data-facts=old]").first.click()
    text.locator("#retire summary").click()
    text.locator("#reason").fill("The town has counted anew.")
    text.locator("[data-do=retire]").click()
    expect(text.locator("#told")).to_have_text("Retired: old; u takes it back.")
    expect(text.locator("#text .retired").first).to_be_visible()
    saved = served.project.read(FACTS)
    assert "  rank: deprecated\n" in saved
    assert '  note: "The town has counted anew."\n' in saved

    brief = "content/briefs/aray.md"
    served.project.write(brief, "---\ntitle: Ара\ndate: 2026-11-22\nlang: kk\nstatus: draft\n---\nСөз.\n")
    served.opened(text, "swarms-2025").locator("#n3").click()
    ready(text, "empty")
    text.keyboard.type("It cost {value}.")
    text.locator("#measure").select_option("+")
    text.get_by_label("What it measures en", exact=True).fill("Costs of a call")
    text.get_by_label("What it measures kk optional").fill("Шақыру құны")
    ready(text)
    text.keyboard.press("Control+Enter")
    expect(text.locator("#copy")).to_be_focused()
    served.project.path(brief).unlink()
    assert '  label: {en: "Costs of a call", kk: "Шақыру құны"}\n' in served.project.read("content/measures.yaml")


# Everybody ------------------------------------------------------------------------------------------------------------


LOOKS = ((1280, "light"), (360, "dark"))
SAID = [
    'form "A new fact"',
    'heading "A new fact"',
    'blockquote "The quotation"',
    'group "Words of the quotation"',
    'button "One word more at the left"',
    'button "One word fewer at the left"',
    'button "One word fewer at the right"',
    'button "One word more at the right"',
    'textbox "Claim"',
    'button "{value}"',
    'textbox "Value"',
    'textbox "Unit"',
    'combobox "Relation"',
    'combobox "Measure"',
    'group "The new measure"',
    'textbox "What it measures"',
    'combobox "Kind"',
    'textbox "Its unit"',
    'textbox "Place"',
    'textbox "As of"',
    'combobox "Mood"',
    'button "Save"',
    'button "Cancel"',
]
"""The form as a screen reader has it: names without keys, in the order of the eye."""


def said(page: Page) -> list[str]:
    """What has a name in the panel of the form, in the order in which it is read."""
    shown = page.locator("#panel").aria_snapshot()
    return re.findall(r'(?m)^ *- \'?((?:form|heading|blockquote|group|button|textbox|combobox) "[^"]*")', shown)


def test_axe_finds_nothing_in_any_state(served: Served, text: Page) -> None:
    page, wrong = text, []

    def look(state: str) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE)
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 740})
            page.emulate_media(color_scheme=scheme)
            for finding in page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]:
                wrong.extend(f"{state} at {width}: {finding['id']}: {n['html'][:160]}" for n in finding["nodes"])
            assert page.evaluate("document.documentElement.scrollWidth") <= width, state

    look("text")
    page.locator("#n3").click()
    ready(page, "empty")
    look("form")
    page.locator("[data-claim]").fill("It cost {value}.")
    page.locator("#value").fill("7")
    page.locator("#measure").select_option("+")
    page.locator("#measure-label").fill("Costs of a call")
    expect(page.locator("#verdict")).to_contain_text("140")
    assert said(page) == SAID
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    boxes = [node for node in tree if node.get("role", {}).get("value") == "textbox"]
    (claim,) = (node for node in boxes if node["name"]["value"] == "Claim")
    assert claim["description"]["value"].startswith("town up to 140 euros {value} stands for the number.")
    assert page.locator("#value").get_attribute("aria-describedby") == "verdict"
    page.locator("#more summary").click()
    look("wrong")
    sheet, window = page.locator("#panel").bounding_box(), page.viewport_size
    assert sheet is not None
    assert window is not None
    assert sheet["height"] <= 0.6 * window["height"] + 1
    chosen = page.evaluate("[...CSS.highlights.get('chosen')][0].getBoundingClientRect().bottom")
    assert chosen < sheet["y"], "the chosen words stay in sight"
    for name in ("#save", "[data-do=close]"):
        box = page.locator(f"#form {name}").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= window["height"]
    small = page.evaluate("""() => [...document.querySelectorAll("button, input, select, summary, textarea")]
      .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 24).map((one) => one.outerHTML)""")
    assert small == []
    page.locator("#value").fill("140")
    ready(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#copy")).to_be_focused()
    expect(page.locator("#told")).to_contain_text("Saved and verified")
    look("saved")
    page.goto(f"{served.at}__desk/")
    look("list")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="light")
    assert wrong == []


def test_without_a_script_it_is_a_page_to_read(served: Served) -> None:
    """As a browser without one shows it: what is hidden there is told by `hidden`."""
    read = build_opener(HTTPCookieProcessor())
    listed = html.fromstring(read.open(served.entry).read())
    (link,) = (one for one in listed.iter("a") if one.text == "Swarms in town")
    page = html.fromstring(read.open(f"{served.at.rstrip('/')}{link.get('href')}").read())
    assert "84 swarms" in page.get_element_by_id("text").text_content()
    assert page.get_element_by_id("n1").text == "84"
    assert "hidden" in page.get_element_by_id("form").attrib
    assert "reportgen suggest swarms-2025" in page.find(".//noscript").text_content()


# From a source to a printed number ------------------------------------------------------------------------------------


@dataclass
class Hands:
    """A person at a keyboard, who counts."""

    page: Page
    keys: int = 0
    decisions: int = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += key.count("+") + 1

    def type(self, text: str) -> None:
        self.page.keyboard.insert_text(text)
        self.keys += len(text)

    def decide(self) -> None:
        self.decisions += 1

    @property
    def seconds(self) -> float:
        return KEY * self.keys + DECISION * self.decisions


CHOSEN = {
    "bees-2025": [
        ("11,300", "The country had {value} beekeepers in 2024.", ""),
        ("212,000", "Beekeepers of the country kept {value} hives.", ""),
        ("18.4 kg", "A hive gave {value} of honey.", "Honey of a hive"),
        ("30 and 45 percent", "{value} of the colonies were lost in winter.", ""),
    ],
    "swarms-2025": [
        ("84", "Firefighters collected {value} swarms in April 2025.", ""),
        ("140 euros", "A call cost the town {value}.", ""),
    ],
}
"""Source -> the numbers that are taken from it, each with its claim and the name of a new measure."""


def test_from_new_to_six_printed_numbers_without_yaml(served: Served, desk: Watched) -> None:
    project = served.project
    typed = ("reportgen new bees\n", "cd bees\n", "reportgen add ../report.pdf\n", "\n")
    typed += ("reportgen add ../swarms.html\n", "\n", "reportgen serve\n")
    page = desk.page
    page.goto(f"{served.at}__desk/")
    hands = Hands(page, keys=sum(map(len, typed)), decisions=len(typed))
    calls: list[str] = []
    for source, numbers in CHOSEN.items():
        page.locator(f'a[href="/__desk/s/{source}"]').focus()
        hands.press("Tab", "Shift+Tab", "Enter")
        page.wait_for_selector("html[data-ready]")
        for number, claim, measure in numbers:
            hands.decide()
            while page.evaluate("document.activeElement.textContent") != number:
                hands.press("n")
            hands.press("Enter")
            hands.decide()
            page.wait_for_selector("#form:not([hidden])")
            expect(page.locator("[data-claim]")).to_be_focused()
            if number == "18.4 kg":
                assert page.locator("section[aria-label='Page 60']").count() == 1
                assert "Heads and feet" in str(page.locator("#text .sheet").last.text_content())
                assert page.locator("#locator").input_value() == "p. 23"
            hands.type(claim)
            if measure:
                hands.decide()
                hands.press("Tab", "Tab", "Tab", "Tab", "Tab", "ArrowDown")
                assert focused(page) == "measure"
                hands.press("Tab")
                hands.type(measure)
            hands.decide()
            ready(page)
            hands.press("Control+Enter")
            page.wait_for_selector("#saved:not([hidden])")
            hands.press("Enter")
            calls.append(page.evaluate("navigator.clipboard.readText()"))
        page.goto(f"{served.at}__desk/")
        hands.press("Alt+ArrowLeft")
    brief = "---\ntitle: Bees\ndate: 2026-11-22\n---\n" + "\n\n".join(f"We note {call}." for call in calls) + "\n"
    hands.keys += len(brief) - sum(map(len, calls)) + 2 * len(calls)
    hands.decisions += len(calls)
    project.write("content/briefs/bees.md", brief)
    print(f"{hands.keys} keys, {hands.decisions} decisions: {hands.seconds:.0f} s by the keystroke model")
    assert hands.seconds < 300

    lock = project.read("content/evidence.lock")
    assert "content/evidence.lock is as it was" in project.run("verify").out
    assert project.read("content/evidence.lock") == lock
    assert project.run("check").code == 0
    assert project.build(only=("bees",)).ok
    printed = re.sub(r"<[^>]+>", "", project.site["briefs/bees/index.html"].decode())
    for shown in ("11,300", "212,000", "18.4", "30–45", "84", "€140"):
        assert re.search(rf"We note [a-z ]*{re.escape(shown)}", printed.replace("\u00a0", " ")), shown
    assert "Honey of a hive" in project.read("content/measures.yaml")
    words = (served.entry.partition("?t=")[2], "__desk", "X-Desk", "desk.js", "__reload")
    for path, data in project.site.items():
        assert not [word for word in words if word.encode() in data], path
