"""A fact base of nine facts and a brief that prints some of them, built by hand: each odd thing once."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

from reportgen.diagnostics import Places, Span
from reportgen.exports.tables import FactRecord, fact_records
from reportgen.facts.answers import Answers
from reportgen.facts.view import View
from reportgen.language.units import unit_table
from reportgen.model.brief import Author, person
from reportgen.model.chart import ChartKind
from reportgen.model.edtf import parse_edtf
from reportgen.model.evaluated import (
    FIRST_INSERT,
    EvaluatedBrief,
    ListedWork,
    Mark,
    NumberKind,
    PrintedNumber,
    ShownChange,
)
from reportgen.model.fact import Conflict, DateValue, Evidence, Fact, Rank, Status, TextValue
from reportgen.model.figure import Datum, EvaluatedFigure, FigureColumn, Row, ShownSource
from reportgen.model.interval import Interval
from reportgen.model.lock import Lock, LockEntry
from reportgen.model.measure import Measure, MeasureKind
from reportgen.model.project import Project, Settings
from reportgen.model.quantity import PLAIN, Quantity, Relation, range_quantity, typed_quantity
from reportgen.model.source import ArchivedText, Source
from reportgen.model.text import Text
from reportgen.model.verdict import QuoteVerdict, Verdict
from reportgen.pages.shell import Site
from reportgen.quantities.formula import parse_formula

AT = Places(Span.at("content/tiny.yaml"))
UNITS = unit_table(["percent", "billion KZT", "USD"], [])
PERCENT, KZT, USD = (UNITS.parse(name) for name in ("percent", "billion KZT", "USD"))
SHA = "ab" * 32
SITE = Site(
    title="Tiny & Sons <briefs>",
    publisher="Tiny Desk",
    description="A fact base of nine facts, each of them odd in a way of its own.",
    base_url="https://example.org/sub/",
    lang="en",
    license="CC BY 4.0",
    license_url="https://creativecommons.org/licenses/by/4.0/",
    paper="A4",
    as_of="1 March 2022",
)


def _source(id: str, slug: str, title: str, **more: str) -> Source:
    item = {"id": id, "type": "article-newspaper", "title": title, "issued": {"date-parts": [[2021, 11, 20]]}} | more
    return Source(
        id, slug, json.dumps(item, sort_keys=True), "article-newspaper", title, authors=("Nakamoto",),
        issued=parse_edtf("2021-11-20"), publisher="Daily </script> & Co", language="en",
        archived=(ArchivedText(SHA, "text/plain"),), at=AT,
    )  # fmt: skip


SOURCES = (_source("Daily:2021", "daily-2021", 'A "quoted" <title>'), _source("weekly", "weekly", "Ұлттық банк ₸"))
_FOUND = Evidence("Daily:2021", "amounts to 18.10%", "the network ", "", "p. 3")
_LOST = Evidence("weekly", "=SUM(A1)")
_READ = Verdict("number", "read", (QuoteVerdict("read"),))
FACTS = (
    Fact(
        "share", Text.of("The share was {value}."), typed_quantity("18.10", PERCENT), "share", "KZ",
        as_of=parse_edtf("2021-08"), evidence=(_FOUND,), verdict=_READ, at=AT,
    ),
    Fact(
        "first-share", Text.of("The first share was {value}."), typed_quantity("6.17", PERCENT), "share", "KZ",
        evidence=(_FOUND,), verdict=_READ, at=AT,
    ),
    Fact(
        "over", Text.of("It was {value}."), typed_quantity("13", PERCENT, Relation.OVER), "share",
        evidence=(_FOUND, _LOST), verdict=_READ, at=AT,
    ),
    Fact(
        "span", Text.of("It cost {value}."), range_quantity("10", "20.5", KZT),
        evidence=(_FOUND,), verdict=_READ, at=AT,
    ),
    Fact(
        "loss", Text.of("The change was {value}."), typed_quantity("-5.0", USD),
        evidence=(_FOUND,), verdict=_READ, at=AT,
    ),
    Fact(
        "danger", Text.of("=cmd|'/c calc'!A1"), TextValue(Text.of("@home\tand\r\nabroad")), evidence=(_LOST,),
        reading=Text.of("+1"), verdict=_READ, at=AT,
    ),
    Fact(
        "day", Text.of("The law came on {value}."), DateValue(parse_edtf("2020-06~")), evidence=(_FOUND,),
        rank=Rank.DEPRECATED, verdict=_READ, at=AT,
    ),
    Fact("bare", Text.of("Some doubted."), evidence=(_FOUND,), at=AT),
    Fact("growth", Text.of("It grew by {value}."), formula=parse_formula("[share] - [first-share]"), at=AT),
)  # fmt: skip


def project() -> Project:
    settings = Settings(
        Text.of(SITE.title),
        Text.of(SITE.publisher),
        SITE.base_url,
        "en",
        parse_edtf("2022-03-01"),
        "apa",
        at=AT,
    )
    found = LockEntry(_FOUND.source, _FOUND.prefix, _FOUND.quote, _FOUND.suffix, SHA, 12, 29)
    measure = Measure("share", Text.of("Share"), MeasureKind.NUMBER, "percent", at=AT)
    return Project(
        settings, {s.id: s for s in SOURCES}, {"share": measure}, {}, {f.id: f for f in FACTS},
        {"c": Conflict("c", ("first-share", "over"), Text.of("why"), "over", at=AT)}, {}, {}, {}, {}, {}, (),
        Lock((found,)), "", {}, {},
    )  # fmt: skip


def view() -> View:
    return View(Answers(project(), date(2022, 3, 1), UNITS))


def records() -> tuple[FactRecord, ...]:
    used_in = {"share": ("tiny",), "growth": ("tiny", "another"), "first-share": ("tiny",)}
    return fact_records(view(), used_in)


def figure() -> EvaluatedFigure:
    def row(fact: str, label: str, value: Datum) -> Row:
        when = Datum("2021", date=parse_edtf("2021"), key="2021")
        return Row((Datum(label, key=fact), value, when, Datum("Kazakhstan", key="KZ")), fact)

    columns = (
        FigureColumn("id", "What", "text"),
        FigureColumn("value", "Share", "value", "percent"),
        FigureColumn("as_of", "When", "date"),
        FigureColumn("place", "Where", "text"),
    )
    share, over = typed_quantity("18.10", PERCENT), typed_quantity("13", PERCENT, Relation.OVER)
    third = Interval.point(Fraction(1, 3))
    computed = Quantity(third, third, PLAIN, Relation.EQUAL, None, None)
    rows = (
        row("share", "Share, in all", Datum("18.10%", share, number=0)),
        row("over", "=HYPERLINK()", Datum("over 13%", over)),
        row("loss", "Loss", Datum("−5.0", typed_quantity("-5.0"))),
        row("growth", "Growth", Datum("0.333", computed)),
        row("bare", "Nothing", Datum("")),
    )
    weekly = ShownSource("weekly", "weekly", "Weekly, 2021", "Ұлттық банк ₸", "2021")
    return EvaluatedFigure(
        "shares", "figure-shares", ChartKind.BAR, "Figure 1", "Shares", "", "", "Shares", "In percent", "alt",
        columns, rows, (weekly,), x="place", y="value",
    )  # fmt: skip


def brief() -> EvaluatedBrief:
    at, inputs = "content/briefs/tiny.md", ("share", "first-share")
    numbers = (
        PrintedNumber("18.10%", NumberKind.FACT, fact="share", file=at, line=14, column=36, status=Status.VERIFIED),
        PrintedNumber(
            "11.93 pp", NumberKind.FORMULA, "", "[share] - [first-share]", inputs, file=at, line=15, column=3
        ),
        PrintedNumber("31-VII", NumberKind.WAIVER, reason="the law's own number", file=at, line=16, column=1),
        PrintedNumber("7", NumberKind.DATASET, dataset="prices", row=2),
    )
    changes = (ShownChange("1 March 2022", "2022-03-01", f"<em>Corrected</em> to {chr(FIRST_INSERT)} &amp; no more"),)
    reference = ListedWork("weekly", "weekly", "ref-weekly", 'Weekly (<span data-n="citation">2021</span>).', (), 1)
    return EvaluatedBrief(
        slug="tiny", lang="en", draft=False, title="Tiny", plain_title="Tiny: 100% & {more} </script>", subtitle="",
        plain_subtitle="",
        date=parse_edtf("2022-02-28"), date_text="28 February 2022", updated=parse_edtf("2022-03-01"),
        updated_text="1 March 2022", authors=(person("Әлия Nurlanova", "0000-0002-1825-0097"), Author("Tiny Desk")),
        abstract="", plain_abstract="It grew by 11.93 pp & more, said <nobody>.", key_messages=(), key_figures=(),
        keywords=("crypto", "R&D"), changes=changes, body="", sections=(), notes=(),
        inserts=(Mark("18.10%", 0, Status.VERIFIED, 0),), entries=(), numbers=numbers, figures=(figure(),),
        conflicts=(), citations=(), references=(reference,), how_to_cite="", overdue=(), words=10,
        facts=("share", "first-share"),
    )  # fmt: skip
