from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest

from reportgen.archive.extract import extracted
from reportgen.archive.lock_file import lock_text, parsed_lock
from reportgen.archive.texts import QuoteRequest, open_archive, verify_quotes
from reportgen.model.lock import Lock
from reportgen.model.source import ArchivedText

TEXT = "The Aral registry counted 18.10% of licences.\r\nOutput was 82 billion tenge, and 82 billion tenge again.\n"
PAGE = """<!doctype html><title>Aral</title><script>82</script><style>p{}</style>
<h1>The registry</h1><p>It <b>cou</b>nted 10<sup>6</sup> samples of CO<sub>2</sub><br>and left.
<p hidden>Unseen 5</p><ul><li>one<li>two</ul><table><tr><td>7<td>8</table><p>The <q>safe</q> list, 2<sup>nd</sup> – é"""


def _saved(folder: Path, name: str, data: bytes, media_type: str) -> ArchivedText:
    folder.joinpath(name).write_bytes(data)
    return ArchivedText(hashlib.sha256(data).hexdigest(), media_type)


def _code(folder: Path, quote: str, *texts: ArchivedText, prefix: str = "", suffix: str = "") -> str:
    lock, (outcome,) = verify_quotes([QuoteRequest("aral", prefix, quote, suffix, texts)], open_archive(folder))
    assert bool(lock.entries) == (outcome.code == "found")
    assert bool(outcome.reason) == (outcome.code != "found")
    return outcome.code


def test_quotes_are_found_by_hash_under_any_name(tmp_path: Path) -> None:
    text = _saved(tmp_path, "x.y", TEXT.encode(), "text/plain")
    lock, outcomes = verify_quotes([QuoteRequest("aral", "", "counted 18.10% of", "", (text,))], open_archive(tmp_path))
    (entry,) = lock.entries
    assert TEXT[entry.start : entry.end] == "counted 18.10% of"
    assert (entry.sha256, outcomes[0].entry) == (text.sha256, entry)


def test_why_quotes_are_not_found(tmp_path: Path) -> None:
    text = _saved(tmp_path, "a.txt", TEXT.encode(), "text/plain")
    gone = ArchivedText("0" * 64, "text/plain")
    assert _code(tmp_path, "counted 18.20% of", text) == "quote-not-found"
    assert _code(tmp_path, "counted 18.10", text) == "quote-cut"
    assert _code(tmp_path, "82 billion tenge", text) == "quote-ambiguous"
    assert _code(tmp_path, "82 billion tenge", text, suffix="again") == "found"
    assert _code(tmp_path, "“”", text) == "quote-empty"
    assert _code(tmp_path, " ".join(["word"] * 13), text) == "quote-too-long"
    assert _code(tmp_path, "The Ar\u0430l registry", text) == "quote-mixed-script"
    assert _code(tmp_path, "counted \u202e18.10%", text) == "quote-bidi-control"
    assert _code(tmp_path, "counted 18.10% of") == "no-archived-text"
    assert _code(tmp_path, "counted 18.10% of", gone) == "archive-missing"
    assert _code(tmp_path, "counted 18.20% of", gone, text) == "quote-not-found"
    assert _code(tmp_path, "counted 18.10% of", gone, text) == "found"
    assert _code(tmp_path, "counted", _saved(tmp_path, "b", b"counted \xff", "text/plain")) == "archive-unreadable"
    assert _code(tmp_path, "counted", _saved(tmp_path, "c", b"counted", "image/png")) == "archive-unreadable"


def test_look_alikes_of_the_archive_are_a_warning(tmp_path: Path) -> None:
    text = _saved(tmp_path, "a.txt", "The Ar\u0430l registry".encode(), "text/plain")
    archive = open_archive(tmp_path)
    _, (outcome,) = verify_quotes([QuoteRequest("aral", "", "Ar\u0430l registry", "", (text,))], archive)
    assert outcome.code == "found"
    assert "Cyrillic" in outcome.warnings[0] or "cyrillic" in outcome.warnings[0]
    assert "archived text has it" in outcome.warnings[0]


def test_visible_text_of_a_page() -> None:
    text = extracted(PAGE.encode(), "text/html").original
    assert text.split("\n") == [
        "The registry",
        "It counted 10⁶ samples of CO₂",
        "and left.",
        "one",
        "two",
        "7",
        "8",
        "The “safe” list, 2nd – é",
    ]


def test_encodings() -> None:
    assert extracted("ферма".encode("cp1251"), "text/plain; charset=windows-1251").original == "ферма"
    assert extracted("<p>ферма".encode("cp1251"), "text/html; charset=windows-1251").original == "ферма"
    assert extracted('<meta charset="windows-1251"><p>ферма'.encode("cp1251"), "text/html").original == "ферма"
    assert extracted("ферма".encode("utf-16"), "text/plain").text == "ферма"


def test_pdf(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    data = _pdf("Output of the crypto-", "friendly plant was 82 billion.")
    text = _saved(tmp_path, "p", data, "application/pdf")
    assert _code(tmp_path, "crypto-friendly plant", text) == "found"
    assert _code(tmp_path, "82 million", text) == "quote-not-found"


def test_the_lock_names_the_reader_of_a_pdf_and_holds_pieces(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    data = _pdf("Output of the crypto-", "friendly plant was 82 billion.")
    pdf, plain = _saved(tmp_path, "p", data, "application/pdf"), _saved(tmp_path, "t", TEXT.encode(), "text/plain")
    asked = [
        QuoteRequest("paper", "", "Output of … was 82 billion", "", (pdf,)),
        QuoteRequest("aral", "", "The Aral … of licences", "", (plain,)),
        QuoteRequest("aral", "", "The Aral registry", "", (plain,)),
    ]
    lock, _ = verify_quotes(asked, open_archive(tmp_path))
    entries = {entry.quote: entry for entry in lock.entries}
    assert entries["Output of … was 82 billion"].text == "pdfium-1"
    assert entries["The Aral … of licences"].text == ""
    assert entries["The Aral registry"].pieces == ()
    start, end = entries["The Aral … of licences"].pieces[1]
    assert TEXT[start:end] == "of licences"
    assert parsed_lock(lock_text(lock), "evidence.lock") == lock
    assert '"text"' not in lock_text(Lock((entries["The Aral registry"],)))


def test_broken_pdf(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    assert _code(tmp_path, "a", _saved(tmp_path, "p", b"%PDF-1.4 no", "application/pdf")) == "archive-unreadable"


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_warc_by_payload_digest(tmp_path: Path, name: str) -> None:
    pytest.importorskip("warcio")
    records = [_warc_record(page.encode()) for page in ("<p>Nothing", PAGE)]
    packed = b"".join(gzip.compress(record) if name.endswith("gz") else record for record in records)
    tmp_path.joinpath(name).write_bytes(packed)
    text = ArchivedText(hashlib.sha256(PAGE.encode()).hexdigest(), "text/html")
    assert _code(tmp_path, "counted 10⁶ samples", text) == "found"
    assert _code(tmp_path, "counted 106 samples", text) == "quote-not-found"


def _warc_record(payload: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + payload
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2019-05-01T00:00:00Z\r\n"
        "WARC-Target-URI: http://aral.example/\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def _pdf(*lines: str) -> bytes:
    """A PDF of one page with the given lines."""
    shown = "".join(f"({line}) Tj T* " for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 40 700 Td {shown}ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    entries = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    table = f"xref\n0 6\n0000000000 65535 f \n{entries}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + table).encode()
