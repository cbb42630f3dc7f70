"""What authors link to in the site: found when the text is evaluated, and led to from wherever the text is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from reportgen.facts.addresses import candidates, site_paths
from reportgen.load.files import DiskFiles
from reportgen.load.project import load
from reportgen.publish.links import broken_links
from tests.conftest import Built
from tests.driver import ROOT, Project

MARKET = "---\ntitle: Markets\ndate: 2026-01-16\n---\n## Stalls\n\nOpen.\n"


def brief(body: str) -> str:
    return f"---\ntitle: Bakeries\ndate: 2026-01-15\n---\n## Ovens\n\n{body}\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project.from_folder(tmp_path, "states")
    project.write("content/briefs/market.md", MARKET)
    return project


LINKS = {
    "#ovens": "#ovens",
    "market.md": "../../briefs/market/index.html",
    "market.md#stalls": "../../briefs/market/index.html#stalls",
    "briefs/market.md": "../../briefs/market/index.html",
    "../market/": "../../briefs/market/index.html",
    "../market/index.html#stalls": "../../briefs/market/index.html#stalls",
    "/briefs/market/": "../../briefs/market/index.html",
    "facts": "../../facts/index.html",
    "/charts/": "../../charts/index.html",
    "../../": "../../index.html",
    "/data/facts.csv": "../../data/facts.csv",
    "https://example.org/x": "https://example.org/x",
    "mailto:a@example.org": "mailto:a@example.org",
}


def test_a_link_leads_where_its_author_means(project: Project) -> None:
    project.write("content/briefs/bread.md", brief("\n\n".join(f"See [it]({address})." for address in LINKS)))
    done = project.build()
    assert not done.errors
    page = html.document_fromstring(done.site["briefs/bread/index.html"].decode())
    assert page.xpath("//main//a[text()='it']/@href") == [*LINKS.values()]
    assert not [
        fault for fault in broken_links(done.site) if "briefs/bread" in fault.span.file and "pdf" not in fault.message
    ]


NOWHERE = {
    "markt.md": 'did you mean "market.md"?',
    "#oven": 'did you mean "ovens"?',
    "market.md#stall": 'did you mean "stalls"?',
    "../../../etc/passwd": "leads to no page or file of the site",
    "plan.md": '"plan" is a draft',
    "images/none.png": "write other.md",
}


def test_a_link_to_nothing_is_told_with_its_line(project: Project) -> None:
    project.write("content/briefs/plan.md", MARKET.replace("---\n## ", "status: draft\n---\n## "))
    project.write("content/briefs/bread.md", brief("\n\n".join(f"See [it]({address})." for address in NOWHERE)))
    done = project.run("check")
    assert done.code == 1
    told = done.out.split("content/briefs/bread.md:")[1:]
    for line, hint, found in zip(range(7, 99, 2), NOWHERE.values(), told, strict=False):
        assert found.startswith(f"{line}:10: error[unknown-link]")
        assert hint in found
    assert len(told) == len(NOWHERE)


def test_what_may_be_linked_to_is_what_the_site_holds(built: Built) -> None:
    project, _ = load(DiskFiles(ROOT), read_style=lambda _: "")
    paths = site_paths(project)
    assert paths - set(built.site) == set()
    pages = {path for path in built.site if path.endswith("index.html")}
    assert pages - paths == set()


def test_no_address_leaves_the_site() -> None:
    for address in ("../../../x", "/../x", "%2e%2e/%2e%2e/%2e%2e/x", "a/../../../../x"):
        assert all(not found.path.startswith("..") for found in candidates(address, "briefs/x/"))
