from __future__ import annotations

import gzip
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.archive.extract import ExtractionError, extracted
from reportgen.archive.lock_file import lock_text, parsed_lock
from reportgen.archive.texts import QuoteRequest, open_archive, verify_quotes
from reportgen.evidence.fold import fold
from reportgen.evidence.match import Match, find_quote
from reportgen.evidence.script import count_words
from reportgen.evidence.surroundings import words_around
from reportgen.model.edtf import parse_edtf
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
        "7 | 8",
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
    assert entries["Output of … was 82 billion"].text == "pdfium-3"
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


def test_a_damaged_warc_is_told_in_words() -> None:
    pytest.importorskip("warcio")
    with pytest.raises(ExtractionError, match="a record of it is damaged, or cut off"):
        extracted(b"WARC/1.0\r\nWARC-Type: response", "application/warc")


def test_deep_html() -> None:
    def deep(depth: int) -> bytes:
        return b"<body>" + b"<div>" * depth + b"Ninety farms stand here." + b"</div>" * depth

    assert extracted(deep(400), "text/html").original == "Ninety farms stand here."
    with pytest.raises(ExtractionError, match="too deep"):
        extracted(deep(20_000), "text/html")


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


# The words around a quote


def _around(folder: Path, text: str, quote: str, *, prefix: str = "", suffix: str = "") -> tuple[str, str]:
    saved = _saved(folder, "around.txt", text.encode(), "text/plain")
    lock, _ = verify_quotes([QuoteRequest("aral", prefix, quote, suffix, (saved,), "en")], open_archive(folder))
    (entry,) = lock.entries
    before, after = entry.before, entry.after
    assert count_words(before, prefix, quote, suffix, after) <= 12
    if quote in text and not prefix and not suffix:
        assert before + quote + after in " ".join(text.replace("\u00ad", "").replace("\u202e", "").split())
    return before, after


@pytest.mark.parametrize(
    ("text", "quote", "before", "after"),
    [
        # To the end of the sentence on either side, which an abbreviation may be taken for.
        ("It rained. Then 14 farms opened in May. It snowed.", "14 farms", "Then ", " opened in May"),
        ("He met Mr. Aral of the 14 farms there.", "14 farms", "Aral of the ", " there"),
        ("The office counted 14 farms: nine were old.", "counted 14 farms", "The office ", ""),
        ("The office counted 14 farms, as it says.", "counted 14 farms", "The office ", ", as it says"),
        ("Aral (the office) counted 14 farms", "counted 14 farms", "Aral (the office) ", ""),
        # Not over the end of a paragraph, and over the end of a line.
        ("The farms\n\ncounted 14 lakes\nand a sea\n\nof salt", "counted 14 lakes", "", " and a sea"),
        # No more than twelve words in all, the room shared out; what one side leaves the other has.
        ("a b c d e f g h 14 farms i j k l m n o p", "14 farms", "d e f g h ", " i j k l m"),
        ("a b c d 14 farms and p q r s t u v w x y z", "14 farms", "a b c d ", " and p q r s t"),
        ("aa ab ac ad ae af ag ah ai aj ak al am an", "ab ac ad ae af ag ah ai aj ak al am", "", ""),
        # A number is never half a word of them.
        ("a b c d e f g h i j k of 3,500 farms", "b c d e f g h i j k of", "a ", ""),
        ("c d e f g h i j k of 3,500 farms", "c d e f g h i j k of", "", " 3,500"),
        # Nor is half of a number phrase.
        (
            "p q g h i ice is 6 km long now and covers over 18 km² today",
            "ice is 6 km long",
            "g h i ",
            " now and covers",
        ),
        (
            "now it covers over 18 km² and is 6 km long in a dry year by all",
            "and is 6 km long",
            "over 18 km² ",
            " in a dry year",
        ),
    ],
)
def test_the_words_around_a_quote(tmp_path: Path, text: str, quote: str, before: str, after: str) -> None:
    assert _around(tmp_path, text, quote) == (before, after)


def test_words_around_stand_outside_prefix_and_suffix(tmp_path: Path) -> None:
    text = "Late in May the North Aral drew 5 MW in June of all years. The South Aral drew 5 MW."
    assert _around(tmp_path, text, "drew 5 MW", prefix="North Aral", suffix="in June") == ("May the ", " of all years")


def test_words_around_a_quote_in_pieces(tmp_path: Path) -> None:
    text = "That year the port handled 18% of the cargo of the country, after 6% in May, they say."
    assert _around(tmp_path, text, "port handled 18% … after 6%") == ("That year the ", " in May, they say")


def test_words_around_hold_no_hidden_characters(tmp_path: Path) -> None:
    text = "The of\u00adfice\u202e in May counted 14 farms."
    assert _around(tmp_path, text, "counted 14 farms") == ("The office in May ", "")


def test_of_a_pdf_no_word_around_is_parted_at_the_end_of_a_line() -> None:
    text = fold("The non-\nresident office counted 14 farms", joins_lines=True)
    found = find_quote(text, "", "counted 14 farms", "")
    assert isinstance(found, Match)
    assert words_around(text, found.outer, 9) == ("office ", "")


# The newest copy


def _dated(folder: Path, name: str, text: str, day: str) -> ArchivedText:
    return replace(_saved(folder, name, text.encode(), "text/plain"), retrieved=parse_edtf(day) if day else None)


@pytest.mark.parametrize("days", [("2026-01-15", "2026-11-29"), ("", ""), ("2026-12-01", "")])
def test_a_newer_copy_without_the_words_is_told(tmp_path: Path, days: tuple[str, str]) -> None:
    old = _dated(tmp_path, "old", "There were 120 shops in the town.", days[0])
    new = _dated(tmp_path, "new", "There were 125 shops in the town.", days[1])
    archive = open_archive(tmp_path)

    def lacking(quote: str, *copies: ArchivedText) -> str:
        lock, _ = verify_quotes([QuoteRequest("town", "", quote, "", copies, "en")], archive)
        return lock.entries[0].lacking

    assert lacking("were 120 shops", old, new) == new.sha256
    assert lacking("shops in the town", old, new) == ""
    assert lacking("were 125 shops", old, new) == ""
    assert lacking("were 120 shops", old, replace(new, sha256="0" * 64)) == ""
    assert lacking("were 120 shops", new, old) == (new.sha256 if all(days) else "")


def test_the_language_of_the_source_says_what_a_negation_is(tmp_path: Path) -> None:
    saved = (_saved(tmp_path, "a", "The rule is не clear.".encode(), "text/plain"),)
    archive = open_archive(tmp_path)

    def code(language: str, quote: str) -> str:
        return verify_quotes([QuoteRequest("aral", "", quote, "", saved, language)], archive)[1][0].code

    assert (code("ru", "The rule is"), code("en", "The rule is")) == ("quote-cut", "found")
