"""`reportgen add`: what is copied, drafted and written, and what is refused."""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.archive.media_types import DOCX
from reportgen.desk import adding, files, stamping
from reportgen.desk.references import ReferenceDraft, drafted
from reportgen.diagnostics import ReportError
from reportgen.language.naming import latin
from tests.desk.office import docx
from tests.desk.project import FILES, PAGE, added, harbour
from tests.desk.servers import answer, fetched_from, server
from tests.desk.test_extracting import warc
from tests.driver import Project, read_tree
from tests.workbooks import ods, xlsx


def add(project: Project, name: str, *options: str) -> dict[str, object]:
    done = project.run("add", name if "://" in name else str(project.path(name)), "--json", *options)
    (found,) = done.data["added"]
    assert done.data["ok"] == (done.code == 0)
    return {**found, "code": done.code}


def test_a_source_is_added_and_needs_no_more(tmp_path: Path) -> None:
    project = harbour(tmp_path)
    done = project.run("add", str(project.path("page.html")), "--retrieved", "2026-11-22")
    assert done.code == 0, done.told
    sha = hashlib.sha256(PAGE.encode()).hexdigest()
    assert project.read("saved/duarte-2025-2026-11-22.html") == PAGE
    assert project.read("content/sources/archive.yaml") == (
        f"# Copies.\nduarte-2025: [{{sha256: {sha}, media_type: text/html, retrieved: 2026-11-22}}]\n"
    )
    assert project.read("content/sources/sources.yaml") == FILES["content/sources/sources.yaml"] + (
        '- id: duarte-2025\n  type: webpage\n  title: "Ferries carry more than ever"\n'
        '  author: [{family: Duarte, given: Ines}]\n  issued: 2025-03-14\n  publisher: "Harbour News"\n'
        '  URL: "https://harbour.example/ferries"\n  language: en-GB\n'
    )
    evidence = '[{source: duarte-2025, quote: "carried 14,200 passengers"}]'
    project.write("content/facts/base.yaml", f"- {{id: a, claim: It was., value: 14200, evidence: {evidence}}}\n")
    assert project.run("check").code == 0
    assert project.run("verify").code == 0


def test_the_same_bytes_are_known(tmp_path: Path) -> None:
    project = added(tmp_path)
    before = read_tree(tmp_path)
    assert project.run("add", str(project.path("page.html"))).out == "known: ferries\n"
    assert read_tree(tmp_path / "content") == {
        k.removeprefix("content/"): v for k, v in before.items() if k.startswith("content/")
    }
    project.remove("saved/ferries-2026-11-22.html")
    known = add(project, "page.html", "--retrieved", "2026-11-23", "--publisher", "A port")
    assert (known["outcome"], known["ignored"]) == ("known", ["publisher", "retrieved"])
    assert (
        "change it in content/sources/sources.yaml, at ferries)"
        in project.run("add", str(project.path("page.html")), "--publisher", "A port").err
    )
    assert "Not taken: publisher (" in project.run("add", str(project.path("page.html")), "--publisher", "A port").err
    assert project.read("saved/ferries-2026-11-23.html") == PAGE


@pytest.mark.parametrize(("typed", "hint"), [("EN_gb", "en-GB"), ("English", "en"), ("Elvish", "its tag, like en")])
def test_a_language_is_named_by_its_tag(typed: str, hint: str, tmp_path: Path) -> None:
    project = harbour(tmp_path)
    done = project.run("add", str(project.path("page.html")), "--language", typed)
    assert (done.code, done.err.count(f'"{typed}" is no language\'s tag; write {hint}')) == (2, 1)


def test_guesses_are_left_out_where_nobody_is_asked(tmp_path: Path) -> None:
    core = "<dc:title>office-2007</dc:title><dc:creator>z</dc:creator>"
    core += "<dcterms:created>2013-12-23T23:15:00Z</dcterms:created>"
    project = harbour(tmp_path, {"a.docx": docx("<w:p><w:r><w:t>45 boats were counted.</w:t></w:r></w:p>", core=core)})
    found = add(project, "a.docx", "--dry-run")
    assert set(found["fields"]) == {"type", "title"}
    assert set(found["left_out"]) == {"author", "issued"}
    found = add(project, "a.docx", "--yes", "--dry-run")
    assert {name: field["certainty"] for name, field in found["fields"].items()} == dict.fromkeys(
        ("type", "title", "author", "issued"), "guess"
    )
    found = add(
        project, "a.docx", "--title", "Boats", "--author", "A. Silva", "--author", "B. Cruz", "--issued", "2024"
    )
    assert found["source"] == "silva-2024"
    assert '[{family: Silva, given: "A."}, {family: Cruz, given: "B."}]' in project.read("content/sources/sources.yaml")
    assert project.run("check").code == 0


def test_what_was_left_out_is_written_where_it_is_said(tmp_path: Path) -> None:
    core = "<dcterms:created>2013-12-23T23:15:00Z</dcterms:created>"
    project = harbour(tmp_path, {"a.docx": docx("<w:p><w:r><w:t>45 boats were counted.</w:t></w:r></w:p>", core=core)})
    said = project.run("add", str(project.path("a.docx"))).out
    assert "issued          left out: guessed as 2013-12-23" in said
    ((file, source),) = re.findall(r"To keep a guess, write it in (\S+), at (\S+); --yes keeps all at once", said)
    assert f"id: {source}\n" in project.read(file)


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    project = harbour(tmp_path)
    before = read_tree(tmp_path)
    done = project.run("add", str(project.path("page.html")), "--dry-run")
    assert done.code == 0
    assert "+- id: duarte-2025" in done.out
    assert read_tree(tmp_path) == before


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("scan.txt", b"* * *", "no-text"),
        ("noise.txt", b"\x01\x02 \xff\xe4 words \x9d", "no-text"),
        (
            "page.mhtml",
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\nIt is 8=25.\n",
            "no-text",
        ),
        ("lib.json", b'[{"id": "a", "type": "book", "title": "Eight boats"}]', "no-text"),
        ("lib.bib", b"@book{a,\n title = {Eight boats of the harbour}}", "no-text"),
        ("empty.txt", b"\n", "no-text"),
        ("memo.rtf", b"{\\rtf1\\ansi The harbour had 8 boats, caf\\'e9.}", "no-text"),
        (
            "letter.eml",
            b"From: a@b.example\nContent-Transfer-Encoding: quoted-printable\n\nThe harbour had 8 bo=\nats.\n",
            "no-text",
        ),
        ("photo.png", b"\x89PNG\r\n\x1a\n\0", "no-text"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "no-text"),
        ("broken.pdf", b"%PDF-1.7\nnothing", "no-text"),
        ("empty.xlsx", xlsx({"Sheet": [[None]]}), "no-text"),
        ("missing.txt", None, "unreadable"),
    ],
)
def test_what_gives_no_text_is_refused(name: str, data: bytes | None, code: str, tmp_path: Path) -> None:
    project = harbour(tmp_path, {name: data} if data is not None else {})
    before = read_tree(tmp_path / "content")
    found = add(project, name)
    assert found["code"] == 1
    assert [one["code"] for one in found["diagnostics"]] == [code]  # type: ignore[attr-defined]
    assert read_tree(tmp_path / "content") == before
    assert not project.path("saved").exists()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("scan.jpg", b"\xff\xd8\xff\xe0 a scan without a zero", "it is a picture"),
        ("scan.tif", b"II*\0", "it is a picture"),
        ("scan.webp", b"RIFF\x10\0\0\0WEBPVP8 ", "it is a picture"),
        ("cut.docx", b"PK\3\4 cut", "it is packed"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "a document of an old Office"),
        ("film.mp4", b"\0\0\0 ftypisom", "no words can be taken out"),
    ],
)
def test_what_gives_no_text_is_named(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    (found,) = add(harbour(tmp_path, {name: data}), name)["diagnostics"]  # type: ignore[misc]
    assert said in found["message"]
    assert "application/" not in found["hint"]


def test_a_text_that_speaks_of_pictures_is_none(tmp_path: Path) -> None:
    found = add(
        harbour(tmp_path, {"note.txt": b"Website WEBP: 45 boats lay in the harbour."}), "note.txt", "--title", "A"
    )
    assert found["code"] == 0


@pytest.mark.parametrize(
    ("name", "text", "page"),
    [
        ("boats.csv", "Jahr;Boote;Größe\n2024;45;groß\n", "windows-1252"),
        ("boats.txt", "Les pêcheurs comptaient 45 bateaux près du café.", "windows-1252"),
        ("boats.txt", "В гавани стояло 45 лодок, цена выросла.", "windows-1251"),
    ],
)
def test_a_file_in_an_old_encoding_is_a_source(name: str, text: str, page: str, tmp_path: Path) -> None:
    data = text.encode(page)
    project = harbour(tmp_path, {name: data, "content/data/boats.csv": data})
    found = add(project, name, "--as", "boats", "--title", "Boats")
    assert [one["code"] for one in found["diagnostics"]] == ["code-page"]  # type: ignore[attr-defined]
    assert found["media_type"] == f"text/{'csv' if name.endswith('csv') else 'plain'}; charset={page}"
    if name.endswith("csv"):
        columns = "[{name: Jahr, type: year}, {name: Boote, type: number, unit: boat}, {name: Größe, type: text}]"
        described = f"- {{id: boats, file: boats.csv, source: boats, encoding: {page}, columns: {columns}}}\n"
        project.write("content/data/boats.yaml", described)
    else:
        quote = text.rstrip(".")
        fact = f'- {{id: b, claim: "{{value}}.", value: 45, source: boats, quote: "{quote}"}}\n'
        fact = fact.replace(f'source: boats, quote: "{quote}"', f'evidence: [{{source: boats, quote: "{quote}"}}]')
        project.write("content/facts/boats.yaml", fact)
    assert project.run("verify").code == 0
    assert "unverified" not in project.run("check").told


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("content/sources/sources.yaml", "[{id: count-2024, type: report, title: The count}]\n"),
        ("content/sources/archive.yaml", "{count-2024: [{sha256: " + "0" * 64 + "}]}\n"),
        ("content/sources/sources.yaml", "- id: count-2024\n  title: 'not closed\n"),
    ],
)
def test_a_file_that_cannot_be_edited_leaves_all_as_it_was(file: str, text: str, tmp_path: Path) -> None:
    project = harbour(tmp_path, {file: text})
    before = read_tree(tmp_path / "content")
    done = project.run("add", str(project.path("page.html")))
    assert done.code == 1
    assert "error[cannot-edit]" in done.err
    assert "put this into it yourself:" in done.err
    assert read_tree(tmp_path / "content") == before
    assert not project.path("saved").exists()


def test_a_failure_in_the_middle_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = harbour(tmp_path)
    before = read_tree(tmp_path / "content")
    replace, done = files._replace, []

    def failing(path: Path, data: bytes) -> None:
        done.append(path.name)
        if path.name == "archive.yaml" and done.count("archive.yaml") == 1:
            raise OSError(28, "No space left on device", str(path))
        replace(path, data)

    monkeypatch.setattr(files, "_replace", failing)
    assert project.run("add", str(project.path("page.html"))).code == 1
    assert read_tree(tmp_path / "content") == before
    assert read_tree(tmp_path / "saved") == {}


SEEDS = {
    "a.html": PAGE.encode(),
    "a.docx": docx("<w:p><w:r><w:t>45 boats</w:t></w:r></w:p>", core="<dc:title>Boats</dc:title>"),
    "a.xlsx": xlsx({"Sheet": [["Boats", 45], ["Ships", 1.5]]}),
    "a.ods": ods({"Sheet": [["Boats", 45]]}),
    "a.csv": b"Port,Boats\nLisbon,45\n",
    "a.txt": "Порт принял 45 судов.".encode(),
    "a.warc": warc(),
    "a.pdf": (Path(__file__).parents[1] / "evidence/cases/superscript.pdf").read_bytes(),
}


@given(st.sampled_from(sorted(SEEDS)), st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_read_or_refused(name: str, data: st.DataObject) -> None:
    """With bytes changed, left out or cut off, and under another name: never an error of the program's own."""
    held = bytearray(SEEDS[name])
    for place in data.draw(st.lists(st.integers(0, len(held) - 1), max_size=6)):
        held[place] = data.draw(st.integers(0, 255))
    damaged = bytes(held[: data.draw(st.integers(0, len(held)))]) if data.draw(st.booleans()) else bytes(held)
    with TemporaryDirectory() as folder:
        path = Path(folder, data.draw(st.sampled_from(sorted(SEEDS))))
        path.write_bytes(damaged)
        with suppress(ReportError):
            copy = adding.copy_of(str(path), datetime(2026, 11, 22, tzinfo=UTC))
            assert copy.draft["title"].text
            assert copy.text.original.strip()


SECOND = PAGE.replace("14,200", "14,300")


@pytest.mark.parametrize("how", ["--as", "address", "doi"])
def test_a_second_copy_tells_which_quotes_it_lost(how: str, tmp_path: Path) -> None:
    project = added(tmp_path, {"second.html": SECOND})
    if how == "doi":
        project.change("content/sources/sources.yaml", '  URL: "https://harbour.example/ferries"', "  DOI: 10.1000/x1")
        project.write(
            "second.html",
            SECOND.replace(
                '<link rel="canonical" href="https://harbour.example/ferries">',
                '<meta name="citation_doi" content="10.1000/X1">',
            ),
        )
    for number, claim in ((2, "They carried {value}."), (3, "It grew by {value}.")):
        assert (
            project.run("suggest", "ferries", "--take", str(number), "--claim", claim, "--id", f"f{number}").code == 0
        )
    options = ["--as", "ferries"] if how == "--as" else []
    before = read_tree(tmp_path)
    command = ("add", str(project.path("second.html")), "--retrieved", "2026-12-01", *options)
    done = project.run(*command)
    assert done.code == 1
    assert done.err.count("error[quote-lost]") == 1
    assert '"f2": the new copy of "ferries" does not have the quote' in done.err
    assert "[14,200 → 14,300]" in done.err
    assert "Nothing was written." in done.err
    assert "Another copy" not in done.out
    assert read_tree(tmp_path) == before
    assert project.run(*command, "--json").data["added"][0]["outcome"] == "lost"
    done = project.run(*command, "--yes")
    assert done.code == 0
    assert done.out.count("warning[quote-lost]") == 1
    assert "To undo: delete saved/ferries-2026-12-01.html, and in content/sources/archive.yaml the entry" in done.out
    assert project.read("content/sources/archive.yaml").count("sha256:") == 2
    assert project.read("saved/ferries-2026-12-01.html") == project.read("second.html")
    assert project.read("content/sources/sources.yaml").count("- id:") == 2
    assert "notice[quote-not-in-newest]" in project.run("check").out
    kept = project.read("content/evidence.lock")
    verified = project.run("verify")
    assert verified.code == 0
    assert "notice[quote-not-in-newest]" in verified.out
    assert project.read("content/evidence.lock") == kept


def test_a_source_of_a_reference_manager_gets_its_copy(tmp_path: Path) -> None:
    item = [{"id": "Duarte2025", "type": "webpage", "title": "Ferries", "URL": "https://harbour.example/ferries/"}]
    project = harbour(tmp_path, {"content/sources/zotero.json": json.dumps(item)})
    before = project.read("content/sources/sources.yaml"), project.read("content/sources/zotero.json")
    found = add(project, "page.html")
    assert (found["outcome"], found["source"]) == ("copied", "Duarte2025")
    assert (project.read("content/sources/sources.yaml"), project.read("content/sources/zotero.json")) == before
    assert project.run("check").code == 0


def test_a_source_that_says_no_language_is_read_in_that_of_its_words(tmp_path: Path) -> None:
    item = [{"id": "onega2024", "type": "report", "title": "Пароходы Онеги", "issued": {"date-parts": [[2024]]}}]
    text = "Отчёт порта. По данным порта, в 2024 году на пароходах было более 58 тысяч пассажиров, и это не всё.\n"
    project = harbour(tmp_path, {"content/sources/zotero.json": json.dumps(item), "onega.txt": text})
    done = project.run("add", str(project.path("onega.txt")), "--as", "onega2024")
    assert "Its source says no language: read as ru" in done.out
    assert "language: ru" in project.read("content/sources/archive.yaml")
    shown = project.run("suggest", "onega2024", "--json").data["suggestions"]
    (number,) = (each["number"] for each in shown if each["text"].startswith("58"))
    claim = "Steamers carried {value} passengers."
    taken = project.run("suggest", "onega2024", "--take", str(number), "--claim", claim)
    assert taken.code == 0, taken.told
    written = "".join(path.read_text() for path in (tmp_path / "content/facts").glob("*.yaml"))
    assert 'unit: thousand\n  relation: ">"' in written, written
    archive = project.read("content/sources/archive.yaml")
    project.write("content/sources/archive.yaml", re.sub(r",? *\n? *language: ru", "", archive))
    told = project.run("check", "--strict")
    assert told.code == 1
    assert "warning[unsaid-language]" in told.told
    assert "read as Russian" in told.told


def test_an_address_is_kept_as_a_warc_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = harbour(tmp_path)
    body = PAGE.replace("</body>", "<p>" + "The harbour is old. " * 60 + "</body>").encode()
    answers = {
        "/ferries": answer(body),
        "/wall": answer(PAGE.encode()),
        "/scan.pdf": answer(b"%PDF-1.7", content_type="application/pdf"),
    }
    with server(answers) as (port, _):
        monkeypatch.setattr(adding, "fetch", fetched_from(port))
        found = add(project, "http://harbour.example/ferries", "--as", "ferries", "--retrieved", "2026-11-22")
        wall = add(project, "http://harbour.example/wall")
        scan = add(project, "http://harbour.example/scan.pdf")
    assert (found["outcome"], found["saved"]) == ("added", "saved/ferries-2026-11-22.warc.gz")
    assert found["sha256"] == hashlib.sha256(body).hexdigest()
    assert [one["code"] for one in wall["diagnostics"]] == ["not-fetched"]  # type: ignore[attr-defined]
    assert [one["code"] for one in scan["diagnostics"]] == ["no-text"]  # type: ignore[attr-defined]
    assert 'URL: "http://harbour.example/ferries"' in project.read("content/sources/sources.yaml")
    assert project.run("suggest", "ferries", "--take", "2", "--claim", "They carried {value}.").code == 0
    assert project.run("verify").code == 0


@pytest.mark.parametrize("command", ["check", "build", "verify"])
def test_nothing_else_calls_an_address(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    project = added(tmp_path)

    def called(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "getaddrinfo", called)
    monkeypatch.setattr(socket.socket, "connect", called)
    done = project.build() if command == "build" else project.run(command)
    assert done.code == 0 if not hasattr(done, "ok") else done.ok


def test_the_archive_is_where_it_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--archive, else REPORTGEN_ARCHIVE, else site.yaml, else saved/."""
    project = harbour(tmp_path / "p")
    page = str(project.path("page.html"))
    assert "saved/" in project.run("add", page, "--dry-run").out
    project.append("content/site.yaml", "archive: kept\n")
    assert "new file kept/" in project.run("add", page, "--dry-run").out
    monkeypatch.setenv("REPORTGEN_ARCHIVE", str(tmp_path / "outside"))
    assert f"new file {tmp_path / 'outside'}/" in project.run("add", page, "--dry-run").out
    assert (
        f"new file {tmp_path / 'named'}/"
        in project.run("add", page, "--archive", str(tmp_path / "named"), "--dry-run").out
    )
    done = project.run("verify")
    assert done.code == 2
    assert "there is no folder of saved sources" in done.err
    assert project.run("add", page).code == 0
    assert [path.suffix for path in (tmp_path / "outside").iterdir()] == [".html"]
    assert project.run("verify").code == 0


def test_two_sources_of_one_name_have_two_ids(tmp_path: Path) -> None:
    other = PAGE.replace("https://harbour.example/ferries", "https://harbour.example/boats").replace("14,200", "15,200")
    project = harbour(tmp_path, {"other.html": other})
    assert [add(project, name)["source"] for name in ("page.html", "other.html")] == [
        "duarte-2025",
        "duarte-2025-2",
    ]


@pytest.mark.parametrize(
    ("title", "id"),
    [
        ("Зерно хранятся на Кубани", "zerno-khranyatsya-kubani"),
        ("Өзен мен Қызылорда", "ozen-qyzylorda"),
        ("Øystrande båtene på Sørøya, Łódź", "oystrande-batene-soroya"),
        ("港", "source"),
    ],
)
def test_a_title_in_other_letters_gives_an_id(title: str, id: str, tmp_path: Path) -> None:
    project = harbour(tmp_path, {"a.txt": "В порту стоят 45 судов."})
    assert add(project, "a.txt", "--title", title)["source"] == id


def test_letters_of_new_ids_change_no_address_of_a_source() -> None:
    """What was published stands at addresses that are made of ids by `latin`."""
    assert latin("Þórsdóttir Łukasiewicz Bjørnstad") == "þorsdottir łukasiewicz bjørnstad"


def test_on_a_terminal_the_draft_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter takes it, a letter edits a line, and what is no date is asked for again."""
    project = harbour(tmp_path, {"boats.txt": "The harbour counted 45 boats, and the port of it was glad for that."})
    typed = iter(
        ["t", "Boats of the harbour", "d", "soon", "d", "2024-05", "a", "A. Silva; B. Cruz", "l", "-", "?", ""]
    )
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(typed))
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda self: True})())
    done = project.run("add", str(project.path("boats.txt")))
    assert done.code == 0, done.told
    assert "? guessed from its words" in done.out
    assert '"soon" is no date' in done.out
    assert '"?" is none of the letters' in done.out
    assert next(typed, None) is None
    assert project.read("content/sources/sources.yaml").endswith(
        '- id: silva-2024\n  type: document\n  title: "Boats of the harbour"\n'
        '  author: [{family: Silva, given: "A."}, {family: Cruz, given: "B."}]\n  issued: 2024-05\n'
    )


STAMPED = "The harbour counted 45 boats in 2024."
"""What tests/desk/cases/stamp.tsr is a time stamp of, made with `openssl ts` and no nonce."""


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """A service that gives one answer, whatever it is asked; what it was asked."""
    asked: list[bytes] = []

    def sent(_: str, body: bytes, media_type: str) -> bytes:
        assert media_type == "application/timestamp-query"
        asked.append(body)
        return (Path(__file__).parent / "cases/stamp.tsr").read_bytes()

    def requested(stamps: Any, data: bytes) -> Any:
        digest = stamps.base.HashAlgorithm.SHA256
        return stamps.TimestampRequestBuilder().data(data).hash_algorithm(digest).nonce(nonce=False).build()

    monkeypatch.setattr(stamping, "send", sent)
    monkeypatch.setattr(stamping, "requested", requested)
    return asked


SERVICE = {"content/site.yaml": FILES["content/site.yaml"] + "timestamp: https://stamps.example/tsr\n"}


def test_a_time_stamp_is_kept_beside_the_copy(tmp_path: Path, service: list[bytes]) -> None:
    project = harbour(tmp_path, {**SERVICE, "boats.txt": STAMPED})
    found = add(project, "boats.txt", "--as", "boats", "--retrieved", "2026-11-22")
    assert (found["code"], found["diagnostics"]) == (0, [])
    (asked,) = service
    assert hashlib.sha256(STAMPED.encode()).digest() in asked
    assert STAMPED.encode() not in asked
    stamp = project.path("saved/boats-2026-11-22.txt.tsr").read_bytes()
    assert stamp == (Path(__file__).parent / "cases/stamp.tsr").read_bytes()
    assert project.run("verify").code == 0


def test_a_time_stamp_of_something_else_is_not_kept(tmp_path: Path, service: list[bytes]) -> None:
    project = harbour(tmp_path, {**SERVICE, "boats.txt": STAMPED + " And more."})
    found = add(project, "boats.txt", "--as", "boats", "--retrieved", "2026-11-22")
    assert found["code"] == 0
    assert [one["code"] for one in found["diagnostics"]] == ["not-stamped"]  # type: ignore[attr-defined]
    assert {path.name for path in project.path("saved").iterdir()} == {"boats-2026-11-22.txt"}


@pytest.mark.parametrize("service_at", ["https://127.0.0.1/tsr", "https://stamps.example/tsr"])
def test_a_service_that_gives_none_stops_nothing(
    service_at: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda host, port, **_: [(0, 0, 0, "", ("127.0.0.1", port))])
    settings = SERVICE["content/site.yaml"].replace("https://stamps.example/tsr", service_at)
    project = harbour(tmp_path, {"content/site.yaml": settings, "boats.txt": STAMPED})
    found = add(project, "boats.txt", "--as", "boats", "--retrieved", "2026-11-22")
    (told,) = found["diagnostics"]  # type: ignore[misc]
    assert (found["code"], told["code"], told["severity"]) == (0, "not-stamped", "warning")
    assert "no address of the public internet" in told["message"]
    assert project.path("saved/boats-2026-11-22.txt").exists()


# The reference --------------------------------------------------------------------------------------------------------


def of_page(head: str, body: str = "<p>x") -> ReferenceDraft:
    data = f"<html><head>{head}</head><body>{body}</body></html>".encode()
    return drafted(data, "text/html", "x", "x.html")


@pytest.mark.parametrize(
    ("head", "body", "title", "certainty"),
    [
        ("<title>Boats sail - News</title>", "<h1>Boats sail</h1>", "Boats sail", "given"),
        ('<title>Boats | News</title><meta property="og:title" content="Boats">', "", "Boats", "given"),
        ("<title>Boats sail</title>", "", "Boats sail", "guess"),
        ("<title>News: all</title>", "<h1>Boats</h1>", "News: all", "guess"),
        ('<meta name="citation_title" content="Of boats"><title>Journal</title>', "", "Of boats", "given"),
        (
            '<title>Ferry - Wiki</title><script type="application/ld+json">{"headline": "a boat that carries people",'
            '"datePublished": "2001-01-01"}</script>',
            "<h1>Ferry</h1>",
            "Ferry",
            "given",
        ),
    ],
)
def test_the_title_is_what_most_headlines_hold(head: str, body: str, title: str, certainty: str) -> None:
    found = of_page(head, body)["title"]
    assert (found.text, found.certainty) == (title, certainty)


@pytest.mark.parametrize(
    ("head", "field", "text", "certainty"),
    [
        ('<meta name="citation_publication_date" content="2024/03/05">', "issued", "2024-03-05", "given"),
        (
            '<meta property="article:published_time" content="2024-03-05T10:00:00+02:00">',
            "issued",
            "2024-03-05",
            "given",
        ),
        ('<meta name="date" content="2024"><meta name="dc.date" content="2024-03">', "issued", "2024-03", "given"),
        (
            '<meta name="dc.date" content="2024-03-05"><meta name="date" content="2023">',
            "issued",
            "2024-03-05",
            "guess",
        ),
        (
            '<meta name="citation_author" content="A. B."><meta name="citation_author" content="C. D.">',
            "author",
            "B., A.; D., C.",
            "given",
        ),
        ('<meta name="author" content="By Ines Duarte">', "author", "Duarte, Ines", "given"),
        ('<meta name="citation_journal_title" content="Seas">', "container-title", "Seas", "given"),
        ('<meta name="citation_journal_title" content="Seas">', "type", "article-journal", "given"),
        ('<meta name="dc.publisher" content="The Port">', "publisher", "The Port", "given"),
        ('<meta name="citation_doi" content="doi:10.1000/abc.1">', "DOI", "10.1000/abc.1", "given"),
        (
            '<script type="application/ld+json">{broken</script><script type="application/ld+json">{"@graph": '
            '[{"@type": "NewsArticle", "headline": "H", "author": [{"name": "Ana"}, "By Rui"]}]}</script>',
            "author",
            "Ana; Rui",
            "given",
        ),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "H", '
            '"publisher": {"name": "News"}}</script>',
            "container-title",
            "News",
            "given",
        ),
    ],
)
def test_what_a_page_says_of_itself_is_given(head: str, field: str, text: str, certainty: str) -> None:
    found = of_page(head)[field]
    assert (found.text, found.certainty) == (text, certainty)


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script type="application/ld+json">{"headline": 7, "author": {"name": ["x"]}, "datePublished": {}}</script>',
        '<meta name="dc.date" content="2024-99-99"><meta name="author" content="https://x.example/me">',
        "<title></title><h1> </h1>",
        "\x00\x01<meta name=author>",
    ],
)
def test_a_page_that_says_nonsense_of_itself_has_a_description(head: str) -> None:
    found = of_page(head)
    assert found["title"].certainty == "guess"
    assert "issued" not in found


LINKED = (
    '<script type="application/ld+json">{"headline": "H", "publisher": {"name": "Harbour News"}, "author": %s}</script>'
)


@pytest.mark.parametrize(
    ("head", "names", "institutions"),
    [
        ('<meta name="author" content="Sigrid Haugen">', ["Haugen, Sigrid"], 0),
        ('<meta name="author" content="Haugen, Sigrid">', ["Haugen, Sigrid"], 0),
        (
            '<meta name="author" content="Haugen, Sigrid; Ana van Dal">',
            ["Haugen, Sigrid", "van Dal, Ana"],
            0,
        ),
        ('<meta name="author" content="Асель Нурланова">', ["Нурланова, Асель"], 0),
        ('<meta name="author" content="Петров Иван Сергеевич">', ["Петров, Иван Сергеевич"], 0),
        ('<meta name="author" content="Ana Silva, Rui Cruz">', ["Ana Silva, Rui Cruz"], 1),
        ('<meta name="author" content="Ministry of Tea, Land and Water">', ["Ministry of Tea, Land and Water"], 1),
        ('<meta name="author" content="Norges Bank">', ["Norges Bank"], 1),
        ('<meta name="author" content="Министерство труда">', ["Министерство труда"], 1),
        ('<meta name="author" content="Денсаулық сақтау министрлігі">', ["Денсаулық сақтау министрлігі"], 1),
        (
            '<meta name=author content="My Light"><meta property=og:site_name content="My Light">',
            ["My Light"],
            1,
        ),
        ('<meta name="author" content="Reuters">', ["Reuters"], 1),
        ('<meta name="author" content="Dr. Jane Doe">', ["Dr. Jane Doe"], 1),
        (LINKED % '{"@type": "Person", "name": "Sigrid Haugen"}', ["Haugen, Sigrid"], 0),
        (LINKED % '{"familyName": "Silva Souza", "givenName": "Ana Maria"}', ["Silva Souza, Ana Maria"], 0),
        (LINKED % '{"@type": "Organization", "name": "Sigrid Haugen"}', ["Sigrid Haugen"], 1),
        (
            LINKED % '[{"@type": "Person", "name": "Harbour News"}, {"name": "By Rui Cruz"}]',
            ["Harbour News", "Cruz, Rui"],
            1,
        ),
    ],
)
def test_authors_are_persons_or_institutions(head: str, names: list[str], institutions: int) -> None:
    found = of_page(head)["author"]
    assert list(found.values) == names
    assert len(found.institutions) == institutions


def test_authors_are_written_as_persons_and_printed_so(tmp_path: Path) -> None:
    project = harbour(tmp_path, {"a.txt": "The port has 45 boats."})
    names = ("--author", "Haugen, Sigrid", "--author", "Silva Souza, Ana Maria", "--organisation", "Save Our Bay")
    assert add(project, "a.txt", *names, "--issued", "2024")["source"] == "haugen-2024"
    assert (
        'author: [{family: Haugen, given: Sigrid}, {family: "Silva Souza", given: "Ana Maria"}, '
        '{literal: "Save Our Bay"}]'
    ) in project.read("content/sources/sources.yaml")


def test_what_a_pdf_says_of_itself_is_a_guess() -> None:
    from weasyprint import HTML

    page = "<title>10811.exe</title><meta name=author content='A. Silva'><h1>The Harbour Plan</h1><p>45 boats."
    found = drafted(HTML(string=page).write_pdf(), "application/pdf", "x", "plan.pdf")
    assert (found["title"].text, found["title"].certainty) == ("The Harbour Plan", "guess")
    assert (found["author"].text, found["author"].certainty) == ("Silva, A.", "guess")


def test_a_heading_as_large_as_the_title_is_no_part_of_it() -> None:
    from weasyprint import HTML

    page = "<title>The Harbour Plan</title><h1>The Harbour Plan</h1><h1>Summary</h1><p>45 boats."
    assert (
        drafted(HTML(string=page).write_pdf(), "application/pdf", "x", "plan.pdf")["title"].text == "The Harbour Plan"
    )


def test_an_institution_of_other_languages_is_no_person(tmp_path: Path) -> None:
    project = harbour(tmp_path, {"a.txt": "The port has 45 boats."})
    names = (
        "Ministerio de Desarrollo",
        "Contraloría General de la República",
        "Universidade do Porto",
        "وزارة التعليم",
    )
    add(project, "a.txt", *(part for name in names for part in ("--author", name)))
    written = project.read("content/sources/sources.yaml")
    assert all(f'{{literal: "{name}"}}' in written for name in names)


def test_a_source_in_other_letters_is_called_by_its_file(tmp_path: Path) -> None:
    project = harbour(tmp_path, {"egypt.meals.txt": "التغذية المدرسية في مصر\n\nوجبات 45"})
    assert add(project, "egypt.meals.txt")["source"] == "egypt"
    project = harbour(tmp_path / "b", {"संख्या.txt": "शिक्षा\n\n45"})
    assert add(project, "संख्या.txt")["source"] == "source"


@pytest.mark.parametrize(
    ("text", "title", "issued"),
    [
        ("Boats of the region\nPublished on 3 May 2024\n\nThe port has 45 boats.", "Boats of the region", "2024-05-03"),
        ("# Boats\n\nDate: May 2024\nIt has 45.", "Boats", "2024-05"),
        ("Суда региона\nОпубликовано 3 мая 2024 года\nВ порту 45 судов.", "Суда региона", "2024-05-03"),
        ("Кемелер\nЖарияланған күні: 2024 жылғы 3 мамыр\nПортта 45 кеме.", "Кемелер", "2024-05-03"),
        ("Boats\nPublished: 03/05/2024\nIt has 45.", "Boats", "2024"),
        ("Boats\nThe quay was opened on 3 May 2024.", "Boats", ""),
        ("The port has 45 boats.\nIt had 46.", "[Text: boats]", ""),
        ("The port has 45 boats", "[Text: boats]", ""),
    ],
)
def test_a_text_has_its_title_and_date_from_its_lines(text: str, title: str, issued: str) -> None:
    found = drafted(text.encode(), "text/plain", text, "boats.txt")
    assert (found["title"].text, found["title"].certainty) == (title, "guess")
    assert ("issued" in found) == bool(issued)
    assert not issued or (found["issued"].text, found["issued"].certainty) == (issued, "guess")


def test_a_title_that_the_program_made_stops_strict(tmp_path: Path) -> None:
    project = harbour(tmp_path, {"boats.txt": "The port has 45 boats.", "b.csv": "Port,Boats\nLisbon,45\n"})
    for name in ("boats.txt", "b.csv"):
        assert add(project, name)["code"] == 0
    assert project.run("check").code == 0
    done = project.run("check", "--strict")
    assert done.code == 1
    assert done.told.count("warning[draft-title]") == 2
    project.change("content/sources/sources.yaml", "[Text: boats]", "Boats")
    project.change("content/sources/sources.yaml", "[Table: b]", "Boats by port")
    assert project.run("check", "--strict").code == 0


def test_a_file_without_a_title_is_described() -> None:
    assert drafted(b"x", "text/plain", "x", "harbour_count-2024.txt")["title"].text == "[Text: harbour count 2024]"
    assert drafted(b"x", "text/csv", "x", "boats.csv")["title"].text == "[Table: boats]"


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        (
            "Geschäftsbericht\nObersee AG\n27. März 2025\nDie Schiffe fuhren und der Diesel ist von der Stadt.",
            "2025-03-27",
        ),
        ("The annual report\n14 March 2025\nThe boats of the port.", "2025-03-14"),
        ("The boats of the port sailed until 14 March 2025, and then they were all sold to the town.", "2013-12-23"),
    ],
)
def test_the_day_that_a_document_prints_is_before_that_of_its_file(text: str, issued: str) -> None:
    core = "<dcterms:created>2013-12-23T23:15:00Z</dcterms:created>"
    data = docx("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n")), core=core)
    assert drafted(data, DOCX, text, "a.docx")["issued"].text == issued


def test_what_is_said_of_a_source_that_is_there_is_told_as_not_taken(tmp_path: Path) -> None:
    project = harbour(tmp_path, {"a.txt": "The port had 45 boats.", "b.txt": "The port had 46 boats."})
    assert project.run("add", str(project.path("a.txt")), "--as", "count-2024").code == 0
    done = project.run("add", str(project.path("b.txt")), "--as", "count-2024", "--title", "Boats")
    assert done.code == 0
    assert "Not taken: title (its reference is written; change it in content/sources/" in done.err
