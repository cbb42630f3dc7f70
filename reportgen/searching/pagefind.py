"""A site's pages in, a search index that a browser can read out. Effects: runs pagefind and talks to it; no files.

Its files are named by their content, and come out the same for the same pages, whatever the number of cores and the
order of the files: tests/website/test_pages.py says so. Pagefind answers one message at a time, each JSON in Base64 up
to a comma, as its own packages for Node and Python ask it: pages handed over in folders took twice the time.
"""

from __future__ import annotations

import json
import os
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from reportgen.searching.order import in_order

_LEFT_OUT = ("ui.css", "ui.js", "pagefind-highlight.js")
"""Pagefind's own pages and scripts, of which we have another."""


class SearchError(Exception):
    """Pagefind could not make an index."""


def search_version() -> str:
    """What the index depends on but the pages."""
    return version("pagefind_bin")


def search_index(pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """Path below search/ -> content. `pages` maps paths below the site to HTML.

    Pages without `data-pagefind-body` are not searched. Raises SearchError.
    """
    from pagefind_bin import get_executable

    command = [str(get_executable()), "--service"]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    try:
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere) as pagefind:
            index = _asked(pagefind, "NewIndex", config={"keep_index_url": True})["index_id"]
            for path in sorted(pages):
                _asked(pagefind, "AddFile", index_id=index, file_path=path, file_contents=pages[path].decode())
            files = _asked(pagefind, "GetFiles", index_id=index)["files"]
    except OSError as error:
        raise SearchError(f"pagefind ended before its answer: {error}") from error
    found = {file["path"]: b64decode(file["content"]) for file in files if not file["path"].endswith(_LEFT_OUT)}
    return in_order(found)


def _asked(pagefind: subprocess.Popen[bytes], kind: str, **message: Any) -> dict[str, Any]:
    """Its answer to a message."""
    assert pagefind.stdin is not None
    assert pagefind.stdout is not None
    request = json.dumps({"message_id": 1, "payload": {"type": kind, **message}}).encode()
    pagefind.stdin.write(b64encode(request) + b",")
    pagefind.stdin.flush()
    answer = b""
    while not answer.endswith(b","):
        if not (part := os.read(pagefind.stdout.fileno(), 1 << 20)):
            raise SearchError(f"pagefind ended before its answer to {kind}")
        answer += part
    payload: dict[str, Any] = json.loads(b64decode(answer[:-1]))["payload"]
    if payload["type"] == "Error":
        raise SearchError(f"pagefind could not do {kind}: {payload['message']}")
    return payload
