"""The desk over HTTP: what it shows, and whom it refuses."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from reportgen.serve import Answer, BesidePages, Server
from tests.desk.asking import HOST, PORT, DeskClient, NoPages
from tests.desk.project import added
from tests.desk.test_session import FACT, QUOTE
from tests.driver import Project, read_tree

APIS = ("read", "judge", "save", "retire", "undo", "marks")
GETS = ("/__desk/", "/__desk/s/ferries", "/__desk/desk.js", "/__desk/desk.css")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return added(tmp_path)


@pytest.fixture
def client(project: Project) -> DeskClient:
    return DeskClient(project.root).enter()


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What any logger is told meanwhile, however unimportant."""
    told, level = StringIO(), logging.root.level
    handler = logging.StreamHandler(told)
    logging.root.addHandler(handler)
    logging.root.setLevel(logging.NOTSET)
    yield told
    logging.root.setLevel(level)
    logging.root.removeHandler(handler)


def form(client: DeskClient, **changed: Any) -> dict[str, Any]:
    base = client.post("read", {"slug": "ferries", "candidate": 2}).data["base"]
    return {"slug": "ferries", "copy": "", "quote": QUOTE, "fact": FACT, "base": base, **changed}


# What is shown --------------------------------------------------------------------------------------------------------


def test_the_list_says_what_is_left(client: DeskClient) -> None:
    page = client.get("/__desk/").text
    row = page.partition('data-slug="ferries"')[2].partition("</li>")[0]
    assert re.findall(r"<dd[^>]*>(\d+)</dd>", row) == ["0", "6", "0"]
    assert "No saved copy: <code>reportgen add FILE --as count-2024</code>" in page
    assert page.index('data-slug="ferries"') < page.index('data-slug="count-2024"')  # what can be worked on comes first


def test_the_list_shows_titles_and_dates_as_they_are_read(project: Project, client: DeskClient) -> None:
    title = 'CO<sub>2</sub> of <i>Esox</i> <span class=""nocase"">on</span> lakes'.replace('""', "'")
    project.append("content/sources/sources.yaml", f'- {{id: pike, type: book, title: "{title}", issued: "1911~"}}\n')
    row = client.get("/__desk/").text.partition('data-slug="pike"')[2].partition("</li>")[0]
    assert "CO2 of Esox on lakes" in row
    assert "1911~" not in row
    assert "1911" in row


def test_a_source_is_a_page_to_read_without_a_script(client: DeskClient) -> None:
    assert client.post("save", form(client)).status == 201
    page = client.get("/__desk/s/ferries").text
    assert '<a class="fact" href="/facts/carried/" data-facts="carried">carried 14,200 passengers a day</a>' in page
    assert '<a class="number" href="#n3" id="n3" data-number="3">8 percent</a>' in page
    assert 'id="losses" aria-labelledby="lost-title" hidden' in page
    assert "Checking" not in page


def test_two_copies_of_one_day_have_two_names(project: Project) -> None:
    other = project.read("page.html").replace("</body>", "<p>A word more.</p></body>")
    for number, day in enumerate(("2026-11-22", "2026-11-30")):
        project.write("page.html", other + f"<!-- {number} -->")
        command = ("add", str(project.path("page.html")), "--as", "ferries", "--retrieved", day, "--yes")
        assert project.run(*command).code == 0
    page = DeskClient(project.root).enter().get("/__desk/s/ferries").text
    names = re.findall(r'copy=(\w{8})\w+"[^>]*>([^<]*)</a>', page)
    assert len(names) == 3
    assert [name for sha, name in names if name not in (f"2026-11-22 ({sha})", "2026-11-30")] == []


def test_a_claim_is_asked_for_in_each_language_of_the_site(project: Project, client: DeskClient) -> None:
    """Before a brief is written in it, too."""
    project.change("content/site.yaml", "lang: en", "lang: en\nlanguages: [en, ru]")
    assert re.findall('data-claim="(.*?)"', client.get("/__desk/s/ferries").text) == ["en", "ru"]


def test_a_lost_quotation_is_named_on_top_with_the_nearest_passage(project: Project, client: DeskClient) -> None:
    project.write(
        "content/facts/desk.yaml",
        '- {id: lost, claim: "The ferries carried {value}.", value: 14300,'
        ' evidence: [{source: ferries, quote: "carried 14,300 passengers a day"}]}\n',
    )
    page = client.get("/__desk/s/ferries").text
    assert 'id="losses" aria-labelledby="lost-title">' in page
    assert "carried 14,300 passengers a day</q>" in page
    assert "nearest: " in page
    marks = client.post("marks", {"slug": "ferries"}).data
    assert [one[0] for one in marks["lost"]] == ["lost"]


def test_a_source_of_markup_is_shown_as_its_characters(tmp_path: Path) -> None:
    text = (
        "<script>alert(1)</script> &amp; <b>42 farms</b>\r\n\r\nIn 2020\r\nthere were 43 farms. \U0001f33e 44 farms.\n"
    )
    project = added(tmp_path, {"farms.txt": text.encode()})
    done = project.run("add", str(project.path("farms.txt")), "--as", "farms", "--title", "<i>Farms</i>", "--yes")
    assert done.code == 0, done.told
    client = DeskClient(tmp_path).enter()
    page = client.get("/__desk/s/farms").text
    assert "<script>alert" not in page
    assert "<b>" not in page.partition('id="text"')[2].partition("</section>")[0]
    assert "<i>Farms" not in page
    assert "&lt;script&gt;alert(" in page
    assert ")&lt;/script&gt; &amp;amp; &lt;b&gt;" in page
    numbers = {text[start:end] for _, start, end in client.post("marks", {"slug": "farms"}).data["numbers"]}
    assert {"42", "43", "44"} <= numbers


@pytest.mark.parametrize("path", [*GETS, "/__desk/nothing", "/__desk/s/nothing", "/__desk/api/save"])
def test_every_answer_has_the_headers_of_the_desk(path: str, client: DeskClient) -> None:
    for answer in (client.get(path), client.ask("GET", path)):
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_pages_of_the_desk_hold_no_script_of_their_own_and_none_of_serve(client: DeskClient) -> None:
    for path in ("/__desk/", "/__desk/s/ferries"):
        page = client.get(path).text
        assert re.findall(r"<script[^>]*>", page) == ['<script src="/__desk/desk.js" defer>']
        assert not re.findall(r"\son\w+=|\sstyle=|__reload", page)


# Who is refused -------------------------------------------------------------------------------------------------------


def test_the_token_gives_a_cookie_and_leaves_the_address(project: Project) -> None:
    client = DeskClient(project.root)
    answer = client.ask("GET", f"/__desk/?t={client.desk.token}")
    assert (answer.status, answer.headers["location"]) == (303, "/__desk/")
    name, *said = answer.headers["set-cookie"].split("; ")
    assert name.startswith(f"desk-{PORT}=")
    assert {one.casefold() for one in said} == {"httponly", "path=/__desk", "samesite=strict"}
    assert len(client.desk.token) >= 22, "128 bits as base 64"
    other = DeskClient(project.root)
    assert other.desk.token != client.desk.token
    client.enter()
    assert len({client.desk.token, client.cookie.partition("=")[2], client.secret}) == 3
    for given in ("", "x", client.desk.token[:-1], other.desk.token, client.secret, "é", "%00"):
        assert client.ask("GET", f"/__desk/?t={given}").status == 403, given


@pytest.mark.parametrize("path", [path for path in GETS if not path.endswith(".css")])
@pytest.mark.parametrize("cookie", ["", "desk-8123=", "desk-8123=x", "desk-8124={}", "desk-8123={}x"])
def test_without_its_cookie_nothing_is_shown(path: str, cookie: str, client: DeskClient) -> None:
    right = client.cookie.partition("=")[2]
    answer = client.ask("GET", path, [("host", HOST), ("cookie", cookie.format(right))])
    assert answer.status == 403
    assert b"Harbour" not in answer.body
    assert client.secret not in answer.text


def test_whoever_is_turned_away_reads_why(client: DeskClient) -> None:
    page = client.ask("GET", "/__desk/")
    assert "by the address that <code>reportgen serve</code> printed in the terminal." in page.text
    style = client.ask("GET", "/__desk/desk.css")
    assert (style.status, style.headers["content-type"].partition(";")[0]) == (200, "text/css")
    assert client.ask("POST", "/__desk/desk.css").status == 403


WRONG_HOSTS = ("evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:80", f"127.0.0.1.evil.example:{PORT}",
               f"[::1]:{PORT}", "")  # fmt: skip


@pytest.mark.parametrize("host", WRONG_HOSTS)
def test_another_host_is_not_answered(host: str, client: DeskClient) -> None:
    for path in (*GETS, f"/__desk/?t={client.desk.token}"):
        assert client.ask("GET", path, [("host", host), ("cookie", client.cookie)]).status == 421
    for name in APIS:
        assert client.post(name, {}, {**client.right, "host": host}).status == 421
    assert client.ask("GET", "/__desk/", [("cookie", client.cookie)]).status == 421
    two = [("host", HOST), ("host", host), ("cookie", client.cookie)]
    assert client.ask("GET", "/__desk/", two).status == 421


LOCAL = f"http://localhost:{PORT}"
HOSTILE: dict[str, tuple[int, Callable[[dict[str, str]], dict[str, str]]]] = {
    "no cookie": (403, lambda right: {**right, "cookie": ""}),
    "wrong cookie": (403, lambda right: {**right, "cookie": f"desk-{PORT}=x"}),
    "no second secret": (403, lambda right: {k: v for k, v in right.items() if k != "x-desk"}),
    "wrong second secret": (403, lambda right: {**right, "x-desk": right["x-desk"][:-1]}),
    "no origin": (403, lambda right: {k: v for k, v in right.items() if k != "origin"}),
    "origin null": (403, lambda right: {**right, "origin": "null"}),
    "another port": (403, lambda right: {**right, "origin": "http://127.0.0.1:9999"}),
    "another name of this machine": (403, lambda right: {**right, "origin": LOCAL}),
    "another scheme": (403, lambda right: {**right, "origin": f"https://{HOST}"}),
    "another site": (403, lambda right: {**right, "origin": "https://evil.example"}),
    "a form of HTML": (415, lambda right: {**right, "content-type": "application/x-www-form-urlencoded"}),
    "plain text": (415, lambda right: {**right, "content-type": "text/plain; application/json"}),
    "no type": (415, lambda right: {k: v for k, v in right.items() if k != "content-type"}),
}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_request_is_refused_by_every_route(hostile: str, project: Project, client: DeskClient) -> None:
    before = read_tree(project.root)
    status, changed = HOSTILE[hostile]
    asked = form(client)
    for name in APIS:
        assert client.post(name, asked, changed(client.right)).status == status, name
    assert read_tree(project.root) == before
    assert client.post("save", asked).status == 201, "so that what was refused was refused for that alone"


@pytest.mark.parametrize("said", ["right", "wrong", "none"])
def test_a_large_form_is_refused(said: str, project: Project, client: DeskClient) -> None:
    before = read_tree(project.root)
    body = json.dumps({"slug": "ferries", "x": "y" * 65536}).encode()
    length = {"right": str(len(body)), "wrong": "12", "none": ""}[said]
    headers = client.right | ({"content-length": length} if length else {})
    for name in APIS:
        assert client.post(name, body, headers).status == 413
    assert read_tree(project.root) == before


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"null", b"[" * 60000, b"\xff", b"1" * 5000])
def test_what_is_no_form_is_refused(body: bytes, client: DeskClient) -> None:
    for name in APIS:
        assert client.post(name, body).status == 422


@pytest.mark.parametrize("text", ["\ud800", "\u202e", "a\nb", "x" * 401, "\x00", "\ue000"])
@pytest.mark.parametrize("key", ["claim", "id", "note", "place", "reading", "locator", "as_of", "unit", "measure"])
def test_fields_are_one_short_line_of_honest_characters(
    text: str, key: str, project: Project, client: DeskClient
) -> None:
    before = read_tree(project.path("content"))
    for name in ("judge", "save"):
        assert client.post(name, form(client, fact={**FACT, key: f"a{text}"})).status == 422
    assert read_tree(project.path("content")) == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "GET"])
def test_other_methods_write_nothing(method: str, client: DeskClient) -> None:
    answer = client.ask(method, "/__desk/api/save", list(client.right.items()), json.dumps(form(client)).encode())
    assert answer.status == 405


@pytest.mark.parametrize(
    "path", ["/__desk/s/..%2f..%2fetc", "/__desk/s/../desk.py", "/__desk/desk.py", "/__desk//", "/__desk/s/"]
)
def test_no_path_leads_to_a_file(path: str, client: DeskClient) -> None:
    assert client.get(f"/__desk/{path}").status == 404


# Files ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["content/facts/desk.yaml", "content/facts", "content/evidence.lock"])
def test_no_link_leads_a_save_out_of_the_project(name: str, project: Project, tmp_path_factory: Any) -> None:
    outside = tmp_path_factory.mktemp("outside")
    place, target = project.path(name), outside / Path(name).name
    if place.exists():
        place.rename(target)
    elif place.suffix:
        target.write_text("# Not ours.\n")
    place.symlink_to(target)
    client = DeskClient(project.root).enter()
    before = read_tree(outside)
    answer = client.post("save", form(client))
    assert answer.status == 422, answer.data
    said = answer.data.get("error") or answer.data["verdict"][0]["message"]
    assert re.search(r"leads out|outside", said), said
    assert read_tree(outside) == before


def test_a_file_that_cannot_be_written_is_told(project: Project, client: DeskClient, monkeypatch: Any) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "content/facts/desk.yaml")

    before = read_tree(project.path("content"))
    asked = form(client)
    monkeypatch.setattr("os.replace", fail)
    answer = client.post("save", asked)
    assert answer.status == 422
    assert "No space left on device" in answer.data["error"]
    assert read_tree(project.path("content")) == before


def test_a_source_added_beside_is_seen(project: Project, client: DeskClient) -> None:
    assert client.get("/__desk/s/tides").status == 404
    project.write("tides.txt", "The tide rose by 31 metres in a day, they said.\n")
    assert project.run("add", str(project.path("tides.txt")), "--as", "tides", "--title", "Tides").code == 0
    page = client.get("/__desk/s/tides").text
    assert "31 metres" in page.replace('<a class="number" href="#n1" id="n1" data-number="1">', "").replace("</a>", "")


def test_a_saved_copy_that_is_gone_is_told(project: Project, client: DeskClient) -> None:
    assert "14,200" in client.get("/__desk/s/ferries").text
    project.path("saved").rename(project.path("elsewhere"))
    for path in ("/__desk/", "/__desk/s/ferries"):
        answer = client.get(path)
        assert (answer.status, "14,200" in answer.text) == (200, False)
        assert "is not in" in answer.text
    assert client.post("marks", {"slug": "ferries"}).status == 422


@pytest.mark.parametrize(
    ("fault", "status", "says"),
    [
        (PermissionError(13, "Permission denied", "saved"), 503, "The machine refuses it: saved: Permission denied."),
        (ZeroDivisionError("<b>"), 500, "An error of reportgen&#39;s own (ZeroDivisionError: &lt;b&gt;)."),
    ],
)
def test_a_page_that_cannot_be_made_says_why(
    fault: Exception, status: int, says: str, client: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise fault

    monkeypatch.setattr("reportgen.desk.session.DeskSession.project", fail)
    for path in ("/__desk/", "/__desk/s/ferries"):
        answer = client.get(path)
        assert (answer.status, says in answer.text) == (status, True)


def test_nothing_of_the_desk_is_told_to_a_log(
    project: Project, log: StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    client = DeskClient(project.root).enter()
    client.post("save", form(client))
    client.ask("GET", "/__desk/?t=wrong")
    said = log.getvalue() + "".join(capfd.readouterr())
    assert client.desk.token not in said
    assert client.secret not in said


# The command ----------------------------------------------------------------------------------------------------------


def test_the_command_offers_the_desk_where_there_are_saved_sources(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Any] = []

    def listen(_pages: object, _excerpt: object, _root: Path, _port: int, ready: Any, beside: Any) -> None:
        given.append(beside)
        ready("http://127.0.0.1:8123/")

    monkeypatch.setattr("reportgen.serve.serve", listen)
    printed = project.run("serve").out.splitlines()
    assert printed[0] == "Serving http://127.0.0.1:8123/ (Ctrl-C ends it)"
    assert re.fullmatch(r"The desk: http://127\.0\.0\.1:8123/__desk/\?t=[\w-]{43}", printed[1])
    assert project.run("serve", "--no-desk").out.splitlines() == printed[:1]
    assert project.run("serve", "--archive", str(project.path("nothing"))).code == 2
    project.path("saved").rename(project.path("elsewhere"))
    assert "reportgen add FILE makes it" in project.run("serve").out
    assert "The desk: " in project.run("serve", "--archive", str(project.path("elsewhere"))).out
    assert [beside is not None for beside in given] == [True, False, False, True]


def test_a_page_of_problems_leads_to_the_desk(project: Project) -> None:
    class Broken(NoPages):
        def page(self, path: str) -> Answer:  # type: ignore[override]
            return Answer()

    client = DeskClient(project.root)
    beside = BesidePages(client.desk.routes, '<a href="/__desk/">The desk</a>')
    client._app = Server(Broken(), str, None, beside).app
    assert '<a href="/__desk/">The desk</a>' in client.ask("GET", "/briefs/sea/").text
    client._app = Server(Broken(), str, None).app
    assert "__desk" not in client.ask("GET", "/briefs/sea/").text
    assert client.ask("GET", "/__desk/").status == 500, "a page like any other, where there is no desk"
