"""Invented works, one for each way in which a work can lack something."""

from __future__ import annotations

import json

from reportgen.brief.citations import find_citations
from reportgen.model.citation import CitationRequest, CitedWork

ITEMS = (
    {
        "id": "board-2020",
        "type": "report",
        "title": "Rigs & <i>Rules</i>",
        "author": [{"literal": "Steppe Energy Board"}],
        "publisher": "Steppe Energy Board",
        "issued": {"date-parts": [[2020, 10, 6]]},
        "URL": "https://example.org/a?b=1&c=2",
    },
    {
        "id": "doe-alpha",
        "type": "article-journal",
        "title": "Alpha",
        "author": [{"family": "Doe", "given": "Jane"}],
        "container-title": "Energy",
        "volume": "3",
        "page": "1-9",
        "issued": {"date-parts": [[2020]]},
    },
    {
        "id": "doe-beta",
        "type": "book",
        "title": "Beta <script>",
        "author": [{"family": "Doe", "given": "Jane"}],
        "publisher": "Press",
        "issued": {"date-parts": [[2020]]},
    },
    {
        "id": "курсив/2021 05",
        "type": "article-newspaper",
        "title": "Майнинг в степи",
        "container-title": "Степная газета",
        "issued": {"date-parts": [[2021, 5, 3]]},
    },
    {"id": "undated", "type": "webpage", "title": "No date here", "author": [{"literal": "Lake Bank"}]},
)
WORKS = tuple(CitedWork(json.dumps(item), f"source-{number}") for number, item in enumerate(ITEMS))
TEXT = """
[see @board-2020, ch. 3-5, *emphasis* added] @doe-alpha says [@doe-alpha, p. 7; @doe-beta] [-@doe-beta]
[@{курсив/2021 05}, с. 5 and <b>on</b>] [@undated, in the 2020 edition] @doe-beta [para. 9]
"""


def request(style: str, text: str = TEXT, lang: str = "en", nocite: tuple[str, ...] = ()) -> CitationRequest:
    return CitationRequest(find_citations(text).citations, WORKS, style, lang, nocite)
