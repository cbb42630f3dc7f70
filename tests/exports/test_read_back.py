"""What we write, read by other people's programs."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree, html

from reportgen.citing.pandoc import Citeproc
from reportgen.exports.datapackage import chart_csv_path, chart_resources, chart_table, datapackage_json
from reportgen.exports.feeds import SitemapPage, feed_xml, robots_txt, sitemap_xml
from reportgen.exports.metadata import brief_jsonld, brief_tags, cite_exports, dataset_jsonld, head_html, jsonld_script
from reportgen.exports.tables import csv_part, facts_csv, figure_csv
from reportgen.model.brief import Author, person
from reportgen.model.figure import Datum, FigureColumn, Row
from reportgen.model.quantity import typed_quantity
from reportgen.pages.listing import BriefListing, listed
from tests.exports.real import Published
from tests.exports.tiny import SITE, brief, figure, records

ATOM = "{http://www.w3.org/2005/Atom}"


def problems(folder: Path, files: Mapping[str, bytes]) -> list[Any]:
    """What the `frictionless` tool finds wrong with a data package."""
    for path, content in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import validate

        report = validate(str(folder / "datapackage.json"))
    assert {task.place for task in report.tasks} == set(files) - {"datapackage.json"}
    return list(report.flatten(["rowNumber", "fieldName", "type", "note"]))


def test_the_data_package_is_valid(real: Published, tmp_path: Path) -> None:
    assert problems(tmp_path, real.files) == []


def test_odd_cells_leave_a_valid_package(tmp_path: Path) -> None:
    files = {"facts.csv": facts_csv([csv_part(records())])}
    package = datapackage_json(SITE, files, chart_resources([chart_table(figure(), SITE)]))
    files[chart_csv_path("shares")] = figure_csv(figure(), SITE)
    assert problems(tmp_path, files | {"datapackage.json": package}) == []


def test_an_authors_columns_may_be_called_like_ours(tmp_path: Path) -> None:
    names = ("row", "license", "=sources", "price", "day")
    columns = tuple(FigureColumn(name, name, "value" if name == "price" else "text") for name in names)
    cells = (
        (
            *(Datum(text, key=text) for text in ("a", "MIT", "x")),
            Datum("−7.50", typed_quantity("-7.50", step=Fraction(0))),
            Datum("2021"),
        ),
        (Datum(""), Datum(""), Datum("+"), Datum(""), Datum("")),
    )
    drawn = replace(figure(), columns=columns, rows=tuple(Row(each, row=n) for n, each in enumerate(cells, 1)))
    files = {"facts.csv": facts_csv([csv_part(records())])}
    package = datapackage_json(SITE, files, chart_resources([chart_table(drawn, SITE)]))
    files[chart_csv_path("shares")] = figure_csv(drawn, SITE)
    assert problems(tmp_path, files | {"datapackage.json": package}) == []
    header, first, _ = files[chart_csv_path("shares")].decode("utf-8-sig").splitlines()
    assert header.startswith("row,row_,license,'=sources,price,price_min,")
    assert first.startswith("1,a,MIT,x,-7.50,-7.5,-7.5,,,−7.50,2021,")


def test_a_changed_file_breaks_its_package(tmp_path: Path) -> None:
    files = {"facts.csv": facts_csv([csv_part(records())])}
    package = datapackage_json(SITE, files, "")
    changed = files["facts.csv"].replace(b"18.10,18.095,18.105", b"18.10,18.095,much")
    kinds = {problem[2] for problem in problems(tmp_path, {"facts.csv": changed, "datapackage.json": package})}
    assert {"hash-count", "type-error"} <= kinds


def test_the_feed_is_atom() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import feedparser

        feed = feedparser.parse(feed_xml(SITE, [listed(brief())]))
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.title == "Tiny & Sons <briefs>"
    assert [entry.tags[0].term for entry in feed.entries] == ["brief", "change"]
    first, change = feed.entries
    assert first.link == "https://example.org/sub/briefs/tiny/"
    assert [author.name for author in first.authors] == ["Әлия Nurlanova", "Tiny Desk"]
    assert first.published_parsed[:3] == (2022, 2, 28)
    assert change.summary == "Corrected to 18.10% & no more"
    assert {link.href for entry in feed.entries for link in entry.links} <= {
        "https://example.org/sub/briefs/tiny/",
        "https://example.org/sub/briefs/tiny/tiny.pdf",
        "https://example.org/sub/briefs/tiny/#changes",
    }


def test_the_feed_is_newest_first_and_bounded(real: Published) -> None:
    def listing(slug: str, day: str) -> BriefListing:
        return BriefListing(slug, "en", f"{slug}\x00\x0b", "", "", day, "", "", (), (), (), None, (), (), 0, ())

    briefs = [listing(f"b{n:03}", f"2021-{n % 12 + 1:02}-01") for n in range(150)]
    root = etree.fromstring(feed_xml(real.site, briefs))
    days = [entry.findtext(f"{ATOM}updated") for entry in root.findall(f"{ATOM}entry")]
    assert len(days) == 100
    assert days == sorted(days, key=str, reverse=True)
    assert root.findtext(f"{ATOM}updated") == days[0]
    ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    assert feed_xml(real.site, reversed(briefs)) == feed_xml(real.site, briefs)
    assert etree.fromstring(feed_xml(real.site, [])).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_the_sitemap_and_robots_lead_to_each_page() -> None:
    pages = [SitemapPage("index.html"), SitemapPage("facts/a/index.html", "2022-03-01"), SitemapPage("x&y-index.html")]
    root = etree.fromstring(sitemap_xml(SITE.base_url, pages))
    assert [url[0].text for url in root] == [
        "https://example.org/sub/",
        "https://example.org/sub/facts/a/",
        "https://example.org/sub/x&y-index.html",
    ]
    robots = RobotFileParser()
    robots.parse(robots_txt(SITE.base_url).decode().splitlines())
    assert robots.site_maps() == ["https://example.org/sub/sitemap.xml"]
    assert robots.can_fetch("*", "https://example.org/sub/briefs/tiny/")


def test_metadata_come_back_as_they_went_in() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import extruct

        page = f"<html><head>{head_html(brief_tags(brief(), SITE), [brief_jsonld(brief(), SITE)])}</head></html>"
        found = extruct.extract(page, syntaxes=["json-ld", "opengraph"])
    (report,) = found["json-ld"]
    assert report == brief_jsonld(brief(), SITE)
    assert report["name"] == brief().plain_title
    properties = dict(found["opengraph"][0]["properties"])
    assert properties["og:title"] == brief().plain_title
    assert properties["og:url"] == "https://example.org/sub/briefs/tiny/"
    tree = html.fromstring(page)
    authors = tree.xpath('//meta[@name="citation_author"]/@content')
    assert authors == ["Әлия Nurlanova", "Tiny Desk"]
    assert tree.xpath('//meta[@name="citation_pdf_url"]/@content') == ["https://example.org/sub/briefs/tiny/tiny.pdf"]


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u2028 & \\u003c"])
def test_nothing_ends_a_script_early(text: str) -> None:
    script = jsonld_script({"name": text})
    assert str(script).count("<") == 2
    (element,) = html.fragments_fromstring(str(script))
    assert json.loads(element.text or "") == {"name": text}


def test_the_dataset_says_where_its_files_are(real: Published) -> None:
    data = json.loads(json.dumps(dataset_jsonld(real.site, ("Share",), 167)))
    files = {download["contentUrl"].rpartition("/")[2] for download in data["distribution"]}
    assert files == {"facts.json", "facts.csv", "facts.sqlite", "datapackage.json"} <= set(real.files)


def test_a_brief_can_be_cited_from_bibtex(real: Published) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pybtex.database import parse_string

        for each in (*real.briefs, brief()):
            (entry,) = parse_string(cite_exports(each, SITE)["cite.bib"].decode(), "bibtex").entries.values()
            assert entry.key == each.slug
            assert entry.type == "techreport"
            assert entry.fields["year"] == each.date.text[:4]
            names = [(" ".join(p.last_names), " ".join(p.first_names)) for p in entry.persons["author"]]
            assert names == [(a.family or f"{{{a.name}}}", a.given) for a in each.authors]
    assert entry.fields["title"] == r"{Tiny: 100\% \& \{more\} </script>}"


def test_a_brief_can_be_cited_from_ris(real: Published) -> None:
    import rispy

    for each in (*real.briefs, brief()):
        (entry,) = rispy.loads(cite_exports(each, SITE)["cite.ris"].decode())
        assert entry["type_of_reference"] == "RPRT"
        assert entry["title"] == each.plain_title
        assert entry["authors"] == [f"{a.family}, {a.given}" if a.family else f"{a.name}," for a in each.authors]
        assert entry["year"] == each.date.text[:4]
        assert entry["keywords"] == list(each.keywords)
        assert entry["urls"] == [f"https://example.org/sub/{each.folder}"]


def test_a_brief_can_be_cited_from_csl_json() -> None:
    (item,) = json.loads(cite_exports(brief(), SITE)["cite.json"])
    assert item["issued"] == {"date-parts": [[2022, 2, 28]]}
    assert item["author"] == [{"family": "Nurlanova", "given": "Әлия"}, {"literal": "Tiny Desk"}]


OFFICE = "Ministry of Tea, Land and Water"


@pytest.mark.parametrize(
    ("author", "family", "given"),
    [
        (person("Jane Doe"), "Doe", "Jane"),
        (person("Doe, Jane"), "Doe", "Jane"),
        (person("Ludwig van Beethoven"), "van Beethoven", "Ludwig"),
        (person("Plato"), "Plato", ""),
        (Author("Ana Lúcia Silva Souza", family="Silva Souza", given="Ana Lúcia"), "Silva Souza", "Ana Lúcia"),
        (Author(OFFICE), "", ""),
    ],
    ids=lambda value: value.name if isinstance(value, Author) else "",
)
def test_each_program_reads_a_person_as_one_and_an_office_as_one_name(author: Author, family: str, given: str) -> None:
    files = cite_exports(replace(brief(), authors=(author,)), SITE)
    literal = {"literal": OFFICE} if not family else {"family": family, "given": given} if given else {"family": family}
    assert json.loads(files["cite.json"])[0]["author"] == [literal]
    with Citeproc() as citeproc:
        (from_bib,) = citeproc.read_bibliography(files["cite.bib"].decode(), "biblatex")
        (from_ris,) = citeproc.read_bibliography(files["cite.ris"].decode(), "ris")
    (read,) = from_bib["author"]
    parts = ("dropping-particle", "non-dropping-particle", "family")
    assert (" ".join(filter(None, map(read.get, parts))), read.get("given", "")) == (family, given)
    assert read.get("literal", "") == ("" if family else OFFICE)
    (name,) = from_ris["author"]
    whole = {"family": OFFICE.replace(",", "\u201a")}
    assert name.get("given", "") == given
    assert family or name == whole
