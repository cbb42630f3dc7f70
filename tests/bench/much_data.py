"""A chart of 6,467 rows: how many bytes its page is as a browser asks for it, and how long the chart takes.

`python -m tests.bench.much_data` prints both; `make bench` runs it.
"""

from __future__ import annotations

import gzip
import tempfile
import time
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from reportgen import pipeline
from reportgen.brief.evaluate import evaluate
from reportgen.brief.figures import chart_alone
from reportgen.charts.drawn import apart
from reportgen.citing.pandoc import Citeproc
from reportgen.facts.view import View
from reportgen.targets.tasks import drawing_made
from tests.browser import browser
from tests.driver import Project

CHART = "cases-by-week"
PACKED = (".woff2", ".png")
"""Endings of what a server sends as it is."""


def weight(site: Path, page: str) -> dict[str, int]:
    """What a browser asks for to show a page: path -> bytes as sent, texts by gzip."""

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given, directory=str(site))

        def log_message(self, *_: object) -> None:
            pass

    found: dict[str, int] = {}
    with ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_address[1]}/"
        with browser() as opened:
            shown = opened.new_page(viewport={"width": 1280, "height": 900})
            asked: list[str] = []
            shown.on("request", lambda request: asked.append(request.url.removeprefix(base)))
            shown.goto(base + page, wait_until="networkidle")
        for path in asked:
            data = (site / path).read_bytes()
            found[path] = len(data) if path.endswith(PACKED) else len(gzip.compress(data, 6))
        server.shutdown()
    return found


def seconds(root: Path) -> float:
    """Seconds of the processor to lay the chart out, draw it for all its places and finish it."""
    asked, _ = pipeline.answers(root)
    with Citeproc() as citeproc:
        found = evaluate(chart_alone(asked.project, CHART, asked.as_of), View(asked), citeproc.format)
    figure = apart(found.brief.figures[0])
    began = time.process_time()
    drawing_made(figure, "", False, asked.project.charts[CHART].at["figure"])
    return time.process_time() - began


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Project.from_folder(Path(folder), "weeks")
        took = seconds(project.root)
        assert project.build().ok
        sent = weight(project.out / "site", f"charts/{CHART}/index.html")
        print(f"\na line chart of 6,467 rows       {took:9.2f} CPU s")
        print(f"its page with all it asks for    {sum(sent.values()) / 1000:9.1f} kB as sent, in {len(sent)} files")


if __name__ == "__main__":
    main()
