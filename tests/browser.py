"""A real browser for tests: Debian's chromium. Tests that need it are skipped where there is none."""

from __future__ import annotations

import asyncio
import atexit
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The lists under the line for addresses: pages that each new window loads, two thirds of what it costs. The last
    # such argument is the one that counts, so that what Playwright turns off is named again.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,"
    "AimEnabled,AvoidCorsURLLoaderRestartOnRedirect,AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,"
    "HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,LensOverlay,MediaRouter,NetworkTimeServiceQuerying,"
    "OptimizationHints,PaintHolding,PreconnectToSearch,ThirdPartyStoragePartitioning",
)


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium, headless: started by the first test of this process that asks, and left to the next ones as new.

    Playwright leaves its event loop marked as running, in which no other test could run one of its own.
    """
    before = asyncio._get_running_loop()
    opened, loop = _started()
    asyncio._set_running_loop(loop)
    theirs = set(opened.contexts)
    try:
        yield opened
    finally:
        for context in set(opened.contexts) - theirs:
            context.close()
        asyncio._set_running_loop(before)


@cache
def _started() -> tuple[Browser, asyncio.AbstractEventLoop]:
    """The browser of this process, and Playwright's event loop."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium is installed")
    playwright = sync_playwright().start()
    opened = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
    loop = asyncio.get_running_loop()

    def end() -> None:
        asyncio._set_running_loop(loop)
        opened.close()
        playwright.stop()

    atexit.register(end)
    return opened, loop


def watched(page: Page) -> list[str]:
    """What a page complains of from now on: errors, and requests that fail or go to another host."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(f"error: {error}"))
    page.on("console", lambda message: found.append(message.text) if message.type in ("error", "warning") else None)
    page.on("requestfailed", lambda request: found.append(f"failed: {request.url}"))
    page.on(
        "request",
        lambda request: (
            found.append(f"elsewhere: {request.url}")
            if not request.url.startswith(("file:", "data:", "blob:", "http://127.0.0.1"))
            else None
        ),
    )
    return found
