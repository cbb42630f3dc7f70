"""A real server, asked over HTTP while files are saved."""

from __future__ import annotations

import http.client
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn

from reportgen.cli.show import as_text, lines_below
from reportgen.preview import Preview
from reportgen.serve import HOST, Server
from tests.driver import Project
from tests.rebuild import desk

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@dataclass
class Served:
    project: Project
    port: int

    def get(self, path: str, host: str = HOST) -> tuple[int, bytes]:
        with closing(http.client.HTTPConnection(HOST, self.port, timeout=60)) as connection:
            connection.request("GET", path, headers={"Host": host})
            with connection.getresponse() as answer:
                return answer.status, answer.read()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Ends when the browser has been told of what is saved within."""
        with closing(http.client.HTTPConnection(HOST, self.port, timeout=20)) as connection:
            connection.request("GET", "/__changes")
            with connection.getresponse() as answer:
                assert answer.readline() == b"retry: 300\n"
                yield
                while answer.readline() != b"event: changed\n":
                    pass

    def save(self, **chosen: int) -> None:
        """Other texts in some slots, and the draft."""
        with self.told():
            self.project.hold(desk.texts(third=2, **chosen))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    project = Project.of(tmp_path_factory.mktemp("desk"), desk.texts(third=2))
    root = project.root
    with Preview(root, project.out) as preview:
        server = Server(preview, lambda problem: as_text(problem, lines_below(root)), root)
        running = uvicorn.Server(uvicorn.Config(server.app, host=HOST, port=0, log_level="error"))
        thread = threading.Thread(target=running.run)
        thread.start()
        while not running.started:
            time.sleep(0.01)
        yield Served(project, running.servers[0].sockets[0].getsockname()[1])
        running.should_exit = True
        thread.join(30)


def test_pages_as_they_would_be_built(served: Served) -> None:
    status, page = served.get("/briefs/sea/")
    assert status == 200
    assert b"Water." in page
    assert b'<script src="/__reload.js" defer></script></head>' in page
    for path in ("/", "/briefs/shore/index.html", "/facts/fish/index.html", "/charts/boats-chart/", "/assets/style.css",
                 "/sources/", "/briefs/sea/provenance.json", "/__reload.js", "/data/facts.json"):  # fmt: skip
        assert served.get(path)[0] == 200, path
    assert served.get("/briefs/nothing/")[0] == 404
    assert served.get("/briefs/sea")[0] == 307
    assert not served.project.path("build/site").exists()


def test_drafts_are_shown(served: Served) -> None:
    assert served.get("/briefs/third/")[0] == 200


def test_a_pdf_on_request(served: Served) -> None:
    status, data = served.get("/briefs/sea/sea.pdf")
    assert (status, data[:5]) == (200, b"%PDF-")


def test_a_saved_brief_is_shown(served: Served) -> None:
    served.save(opening=1)
    assert b"Water, again." in served.get("/briefs/sea/")[1]
    served.save(opening=1, boats_2021=1)
    assert b">17" in served.get("/briefs/sea/")[1]
    served.save()
    assert b"Water, again." not in served.get("/briefs/sea/")[1]


def test_a_problem_is_a_page_with_its_place(served: Served) -> None:
    good = served.get("/briefs/sea/")[1]
    with served.told():
        wrong = '\n{{ fact("nothing") }} <script>alert(1)</script>\n'
        served.project.append("content/briefs/sea.md", wrong)
    status, page = served.get("/briefs/sea/")
    assert status == 500
    assert b"content/briefs/sea.md:15:" in page
    first, _, rest = page.partition(b"<details>")
    assert b"error[unknown-fact]" in first
    assert b"warning[" not in first
    assert b"warning[html-removed]" in rest
    assert b"<script>alert" not in page
    assert b'<a href="?last-good">' in page
    assert served.get("/briefs/sea/?last-good") == (200, good)
    assert served.get("/about/")[0] == 200
    served.save()
    assert served.get("/briefs/sea/") == (200, good)


def test_only_this_machine_by_its_name(served: Served) -> None:
    assert served.get("/", host="evil.example")[0] == 421
    assert served.get("/", host=f"localhost:{served.port}")[0] == 200


def test_an_address_that_is_none_is_not_found(served: Served) -> None:
    assert served.get("//x/")[0] == 404
    assert served.get("//example.org/x")[0] == 404


def test_a_server_that_is_interrupted_ends_quietly_and_has_seen_a_folder_made_late(tmp_path: Path) -> None:
    project = Project.of(tmp_path / "desk", desk.texts(third=2))
    process = project.start("serve", "--port", "0")
    assert process.stdout is not None
    address = process.stdout.readline()
    assert process.stdout.readline().startswith("There is no desk, for want of a folder of saved sources at ")
    port = int(address.split(":")[2].split("/")[0])
    with closing(http.client.HTTPConnection(HOST, port, timeout=30)) as connection:
        connection.request("GET", "/__changes")  # it listens, as it said
        with connection.getresponse() as answer:
            assert answer.readline() == b"retry: 300\n"
            project.write("templates/about.html", "{% extends 'base.html' %}{% block title %}We{% endblock %}")
            while answer.readline() != b"event: changed\n":
                pass
            os.kill(process.pid, signal.SIGINT)
            out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (0, "", "")


def test_a_page_says_that_saves_are_no_longer_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("no watches are left")

    class Silent:
        def page(self, path: str) -> None:
            return None

        def changed(self, paths: object) -> None:
            pass

    (tmp_path / "content").mkdir()
    monkeypatch.setattr("watchfiles.awatch", fail)
    server = Server(Silent(), str, tmp_path)
    running = uvicorn.Server(uvicorn.Config(server.app, host=HOST, port=0, log_level="error"))
    thread = threading.Thread(target=running.run)
    thread.start()
    try:
        while not running.started:
            time.sleep(0.02)
        port = running.servers[0].sockets[0].getsockname()[1]
        with closing(http.client.HTTPConnection(HOST, port, timeout=20)) as connection:
            connection.request("GET", "/__changes")
            with connection.getresponse() as answer:
                while (line := answer.readline()) != b"event: unwatched\n":
                    assert line
                assert b"no watches are left" in answer.readline()
    finally:
        running.should_exit = True
        thread.join()
