"""The built site behind a server at /a/b/, and a browser to look at it with."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import browser
from tests.conftest import Built, build, made_once
from tests.driver import PROJECTS

STATES = PROJECTS / "states"
"""A project with a value in each of the seven states."""

BELOW = "/a/b/"


class _Below(http.server.SimpleHTTPRequestHandler):
    """A site that is not at the root of its server."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(BELOW.rstrip("/")) if path.startswith(BELOW) else "/gone")

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def served(built: Built) -> Iterator[str]:
    """The address of the site's root."""
    handler = functools.partial(_Below, directory=str(built.folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{BELOW}"
        server.shutdown()


@pytest.fixture(scope="session")
def states(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The project in states/, built."""
    return made_once(tmp_path_factory, "states", lambda folder: build(STATES, folder))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def one_tab(chromium: Browser) -> Page:
    return chromium.new_page()


@pytest.fixture
def tab(one_tab: Page) -> Page:
    """The page of all tests of a file that only look, empty: a new one costs half a second of the processor."""
    one_tab.goto("about:blank")
    one_tab.set_viewport_size({"width": 1280, "height": 720})
    one_tab.emulate_media(color_scheme="light")
    return one_tab
