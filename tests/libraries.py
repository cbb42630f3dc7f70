"""An invented library as Zotero exports it as CSL JSON: over a hundred works on bells, a dozen of them odd. No effects.

Every field that has to stay on its owner's machine holds the word in `SECRET`, and every work that nobody cites the
word in `UNCITED`.
"""

from __future__ import annotations

import json
from typing import Any

SECRET = "zzsecret"
UNCITED = "zzuncited"
ITEMS = "http://zotero.org/users/1234567/items/"
CITED = ("AAAA2024", "AAAA1510", "AAAA2021", "AAAAPRES", "AAAAMINI", "AAAAVITR", "AAAABLOG", "AAAALIST", "AAAA2022",
         "AAAA193X", "AAAADOI2")  # fmt: skip
"""Zotero's keys of the works that the project carillons cites."""


def _common(key: str, kind: str, title: str) -> dict[str, Any]:
    """An item with all that a library knows of it and no reader should."""
    return {
        "id": ITEMS + key,
        "type": kind,
        "abstract": f"{SECRET} An abstract, which belongs to its publisher.",
        "annote": f"{SECRET} read twice",
        "archive_location": f"/Users/roe/Zotero/storage/{SECRET}/{key}.pdf",
        "keyword": f"{SECRET}, bells",
        "language": "en",
        "note": f"{SECRET} ask Roe\nPMID: 12345",
        "source": "Zotero",
        "title": title,
        "accessed": {"date-parts": [["2026", 2, 27]], "season": "10:11:12"},
        "custom": {"file": f"C:\\Users\\roe\\{SECRET}.pdf"},
        "attachments": [f"zotero://select/library/items/{SECRET}"],
    }


def _odd() -> list[dict[str, Any]]:
    """The works that are cited, each odd in its own way."""

    def item(key: str, kind: str, title: str, **more: Any) -> dict[str, Any]:
        return _common(key, kind, title) | {name.replace("_", "-"): value for name, value in more.items()}

    roe = [{"family": "Roe", "given": "Jo", "non-dropping-particle": "van"}]
    return [
        item("AAAA2024", "report", "The bells of the Low Coast: a survey", author=[{"literal": "Tower Survey"}],
             issued={"date-parts": [["2024", 11, 5]]}, URL="www.towers.example/survey 2024.pdf"),
        item("AAAA1510", "legislation", "Act on the founding of bells", language="",
             issued={"date-parts": [["1510"]], "circa": True},
             note=f"original-date: 1502\n{SECRET}"),
        item("AAAA2021", "article-journal", "Clocks and bells", author=roe, container_title="Bells and Towers",
             issued={"literal": "Q3 2021"}, DOI="https://doi.org/10.5555/bells.2021.3",
             ISSN=["1234-5678", "8765-4321"]),
        item("AAAAPRES", "article-journal", ["Bells to come"], author=roe, container_title="Bells and Towers",
             issued={"literal": "in press"}, URL=f"file:///Users/roe/{SECRET}.pdf"),
        item("AAAAMINI", "report", "The state of towers", author=[{"literal": "Ministry of Towers, Bells and Clocks"}],
             issued={"date-parts": [["2020", "", ""]]}, URL="https://ministry.example/a?b=1&c=2"),
        item("AAAAVITR", "book", "On vessels of bronze", author=[{"family": "Vitruvius"}],
             issued={"date-parts": [[-25]]}, publisher="Old Press"),
        item("AAAABLOG", "post-weblog", "We ring", author=[{"given": "Ding"}], issued={"date-parts": [[None]]},
             URL=f"javascript:alert('{SECRET}')"),
        item("AAAALIST", "webpage", "Those who ring", author=[{"name": "Guild of Ringers"}],
             issued={"raw": "2023-05-06T10:11:12Z"}, URL="//guild.example/list"),
        item("AAAA2022", "article-magazine", "Spring note", author=roe, container_title="The Guild",
             issued={"date-parts": [["2022"]], "season": "1"}),
        item("AAAA193X", "book", "Casting between the wars", author=[{"family": "Founder", "given": "A."}],
             issued={"raw": "193X"}),
        item("AAAADOI2", "chapter", "Of clappers", author=roe, container_title="A book of towers",
             issued="2019-07", DOI="10.5555/clappers"),
    ]  # fmt: skip


def _plain(number: int) -> dict[str, Any]:
    """A work that is like the others."""
    family = ("Alm", "Berg", "Claes", "Dekker", "Evers", "Faber", "Groen")[number % 7]
    return _common(f"BBBB{number:04}", "article-journal", f"{UNCITED} On bell {number}") | {
        "container-title": f"{UNCITED} Bells and Towers",
        "volume": str(1 + number % 30),
        "issue": str(1 + number % 4),
        "page": f"{10 * number + 1}-{10 * number + 9}",
        "URL": f"https://{UNCITED}.example/{number}",
        "DOI": f"10.5555/{UNCITED}.{number}",
        "author": [{"family": family, "given": "Jan"}, {"family": "Visser", "given": "Els"}],
        "issued": {"date-parts": [[str(1950 + number % 70), 1 + number % 12]]},
    }


def zotero_export(works: int = 120) -> str:
    """The export, as Zotero lays it out."""
    return json.dumps([*_odd(), *(_plain(number) for number in range(works - len(_odd())))], indent="\t")
