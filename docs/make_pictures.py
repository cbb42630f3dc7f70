"""The shipped briefs and a project that is made for it in, the pictures of README.md out, into docs/images/.

python docs/make_pictures.py     # needs the development's packages, Debian's chromium, and Poppler

Effects: builds, and starts `reportgen serve`, in temporary folders; writes the pictures.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs/images"
CONTEXT = ROOT / "tests/docs/context/README.txt"
"""Holds the page that the README adds as its example."""
SIZE = {"width": 1120, "height": 700}
COLOURS = 128
BRIEF = """---
title: Rents in Ostrava
date: 2026-11-22
---
A month in a flat of the city now costs {{ fact("rent-2025") }}, after another year of rises.
"""


SHIPPED = "briefs/mining-boom"
CHOSEN = "us-hashrate-share-2021"
"""The fact whose source is shown beside it."""
HEIGHT = 1050


def main() -> None:
    """Makes the pictures."""
    picture_brief()
    picture_desk()


def picture_brief() -> None:
    """A brief as a page, with the source of a number open beside it, and its first page on paper."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        reportgen("build", "--root", str(ROOT), "--out", folder)
        site = Path(folder) / "site"
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 960, "height": HEIGHT})
        page.goto((site / SHIPPED / "index.html").as_uri())
        mark = page.locator(f"p > a.fact[href='#fact-{CHOSEN}']").first
        mark.click()
        page.locator(".card:popover-open").first.wait_for()
        page.evaluate("document.querySelector('main h2:not(#key)').scrollIntoView()")
        page.evaluate("scrollBy(0, -16)")
        page.mouse.move(0, 0)
        page.wait_for_timeout(500)
        keep(page.screenshot(), IMAGES / "brief.png")
        browser.close()
        paper = site / SHIPPED / f"{Path(SHIPPED).name}.pdf"
        command = ["pdftoppm", "-png", "-singlefile", "-scale-to-x", "-1", "-scale-to-y", str(HEIGHT), str(paper)]
        keep(subprocess.run(command, check=True, capture_output=True).stdout, IMAGES / "pdf.png")


def picture_desk() -> None:
    """Four steps at the desk."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "rents"
        reportgen("new", str(root))
        (root / "rents.html").write_text(CONTEXT.read_text("utf-8").partition("-- rents.html\n")[2], "utf-8")
        reportgen("add", "--root", str(root), str(root / "rents.html"), "--retrieved", "2026-11-22")
        with serving(root) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page(viewport=SIZE)
            for number, _ in enumerate(steps(page, address, root), start=1):
                keep(page.screenshot(), IMAGES / f"desk-{number}.png")
            browser.close()


def steps(page: Page, address: str, root: Path) -> Iterator[None]:
    """From a source to a printed number; a picture is taken at each step."""
    page.goto(address)
    page.get_by_role("link", name="Rents rise again").click()
    page.wait_for_selector("html[data-ready]")
    page.keyboard.press("n")
    page.keyboard.press("n")
    yield
    page.keyboard.press("Enter")
    page.wait_for_selector("#verdict[data-state=empty]")
    page.keyboard.type("A flat in Ostrava cost {value}.")
    page.evaluate("document.querySelector('#more').open = true")
    page.locator("#id").fill("rent-2025")
    page.evaluate("document.querySelector('#more').open = false")
    page.locator("[data-claim]").focus()
    page.evaluate("document.querySelector('#form .scroll').scrollTop = 0")
    page.wait_for_selector("#verdict[data-state=ready]")
    yield
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#saved:not([hidden])")
    page.get_by_text("Facts 1", exact=True).wait_for()
    yield
    (root / "content/briefs/rents.md").write_text(BRIEF, "utf-8")
    page.wait_for_timeout(1000)
    page.goto(f"{address.partition('__desk')[0]}briefs/rents/")
    page.locator("p > a.fact").first.click()
    page.locator(".card:popover-open").first.wait_for()
    page.mouse.move(0, 0)
    yield


def reportgen(*arguments: str) -> None:
    """A command of the program as it stands here."""
    subprocess.run([sys.executable, "-m", "reportgen", *arguments], env=environment(), check=True, capture_output=True)


def environment() -> dict[str, str]:
    """Of commands: the program of this checkout, and no archive but the project's."""
    kept = {name: value for name, value in os.environ.items() if name != "REPORTGEN_ARCHIVE"}
    return {**kept, "PYTHONPATH": str(ROOT)}


@contextmanager
def serving(root: Path) -> Iterator[str]:
    """The address of the desk while the project is served."""
    command = [sys.executable, "-m", "reportgen", "serve", "--root", str(root), "--port", "0"]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process.stdout.readline().removeprefix("The desk: ").strip()
        process.send_signal(signal.SIGINT)


def keep(picture: bytes, path: Path) -> None:
    """A picture in few colours, so that it stays small."""
    few = Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
