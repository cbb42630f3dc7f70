"""A new project on bees with a PDF of sixty pages and a saved web page: as `new` and `add` leave it."""

from __future__ import annotations

from pathlib import Path

from tests.driver import Project, command

FILLER = "The keepers of the valley met in spring and spoke of the weather, the lime trees and the price of wax."
PAGES = {
    7: "In 2024 the country's 11,300 beekeepers kept more than 212,000 hives between them.",
    23: "A hive gave 18.4 kg of honey, the least in ten years, the institute found.",
    41: "Imports cost the trade about €9.6 million in 2024, over 12 percent more than in 2023.",
    58: "Between 30 and 45 percent of the colonies were lost in the winter before.",
}
"""Page of the report -> what it says."""
PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Swarms in town | Valley Post</title>
<meta property="og:title" content="Swarms in town"><meta property="og:site_name" content="Valley Post">
<meta property="article:published_time" content="2025-05-02T08:00:00Z"></head><body><h1>Swarms in town</h1>
<p>\U0001f41d\U0001f41d Firefighters of the town collected 84 swarms in April 2025, twice as many as a year before.</p>
<p>Each call cost the town up to 140 euros; <b>nobody</b> was stung.</p>
<p>The town has 61 registered keepers. The town has 61 registered keepers, it says again.</p>
</body></html>
"""


def report() -> bytes:
    """The PDF: sixty pages of filler, some of which say something."""
    kids, objects = [], []
    for number in range(1, 61):
        said = [*[FILLER] * 2, *([PAGES[number]] if number in PAGES else []), FILLER]
        lines = [(740 - 16 * n, line) for n, line in enumerate(piece for text in said for piece in _wrapped(text))]
        shown = "".join(
            f"BT /F1 11 Tf 72 {height} Td ({line}) Tj ET\n"
            for height, line in ((800, f"Bees and people {number}"), *lines)
        ).encode("cp1252")
        page, content = 4 + 2 * number, 5 + 2 * number
        kids.append(f"{page} 0 R")
        objects.append((page, f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
                              f"/Contents {content} 0 R>>".encode()))  # fmt: skip
        objects.append((content, b"<</Length %d>>stream\n%sendstream" % (len(shown), shown)))
    head = [
        (1, b"<</Type/Catalog/Pages 2 0 R>>"),
        (2, f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()),
        (3, b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"),
    ]
    return (
        b"%PDF-1.4\n"
        + b"".join(b"%d 0 obj\n%s\nendobj\n" % one for one in [*head, *objects])
        + b"trailer<</Root 1 0 R>>"
    )


def _wrapped(text: str) -> list[str]:
    words, lines = text.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 76:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [*lines, ""]


def started(root: Path) -> Project:
    """The project, with the report added as `bees-2025` and the page as `swarms-2025`."""
    assert command("new", str(root)).code == 0
    project = Project(root)
    project.path("report.pdf").write_bytes(report())
    project.write("swarms.html", PAGE)
    said = ("--retrieved", "2026-11-22")
    paper = (
        "--title",
        "Bees and people",
        "--publisher",
        "Institute of Bees",
        "--issued",
        "2025-03-01",
        "--language",
        "en",
    )
    for line in (("report.pdf", "--as", "bees-2025", *paper), ("swarms.html", "--as", "swarms-2025")):
        done = project.run("add", str(project.path(line[0])), *line[1:], *said)
        assert done.code == 0, done.told
    return project
