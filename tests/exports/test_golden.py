"""Each file that is made of the tiny fact base, as it should be: tests/exports/expected.

`UPDATE_EXPECTED=1 pytest tests/exports` writes what is made now; read the difference before you keep it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from reportgen.exports.datapackage import chart_resources, chart_table, datapackage_json
from reportgen.exports.feeds import SitemapPage, feed_xml, robots_txt, sitemap_xml
from reportgen.exports.metadata import (
    Picture,
    brief_jsonld,
    brief_tags,
    cite_exports,
    dataset_jsonld,
    fact_jsonld,
    head_html,
)
from reportgen.exports.provenance import provenance_json
from reportgen.exports.tables import (
    csv_part,
    facts_csv,
    facts_json,
    figure_csv,
    figure_data_json,
    json_part,
    sources_json,
)
from reportgen.pages.listing import listed
from tests.exports.tiny import SITE, brief, figure, project, records, view

EXPECTED = Path(__file__).parent / "expected"
PICTURE = Picture("https://example.org/sub/charts/shares/shares.png", 'A "bar" chart', 1200, 630)


@cache
def made() -> Mapping[str, bytes]:
    files = {"facts.csv": facts_csv([csv_part(records())])}
    claims = [fact_jsonld(record, project().sources, SITE, "Share") for record in records()]
    return {
        "facts.json": facts_json([json_part(records())]),
        "facts.csv": files["facts.csv"],
        "sources.json": sources_json(view(), view().all("sources")),
        "shares.csv": figure_csv(figure(), SITE),
        "shares.json": figure_data_json(figure(), SITE, {"data": [], "layout": {}}),
        "datapackage.json": datapackage_json(SITE, files, chart_resources([chart_table(figure(), SITE)])),
        "provenance.json": provenance_json(brief(), ("0", "20")),
        "feed.xml": feed_xml(SITE, [listed(brief())]),
        "sitemap.xml": sitemap_xml(SITE.base_url, [SitemapPage("index.html"), SitemapPage("404.html", "2022-03-01")]),
        "robots.txt": robots_txt(SITE.base_url),
        "brief.html": head_html(brief_tags(brief(), SITE, PICTURE), [brief_jsonld(brief(), SITE)]).encode(),
        "facts.html": head_html((), [dataset_jsonld(SITE, ("Share",), 9), *claims]).encode(),
        **cite_exports(brief(), SITE),
    }


@pytest.mark.parametrize("name", made())
def test_it_is_as_expected(name: str) -> None:
    path = EXPECTED / name
    if os.environ.get("UPDATE_EXPECTED"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(made()[name])
    assert made()[name] == path.read_bytes()


def test_nothing_is_expected_that_is_not_made() -> None:
    assert {path.name for path in EXPECTED.iterdir()} == set(made())
