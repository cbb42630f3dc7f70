"""Steps of the bench that are no commands of the program: `python steps.py STEP [ARGUMENT…]`, run in the folder of a
project that was built with PDFs."""

from __future__ import annotations

import gc
import json
import os
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any


def papers(build: Path) -> list[dict[str, Any]]:
    """What the PDFs of the last build were made from, in order of their names."""
    from reportgen.rebuild.store import DiskStore

    asked = "SELECT key FROM kept WHERE kind = 'trace' AND key LIKE 'paper %' ORDER BY key"
    with sqlite3.connect(build / "cache/store.sqlite") as kept:
        names = [name for (name,) in kept.execute(asked)]
    with DiskStore(build / "cache") as store:
        return [json.loads(store.get(store.traces(name)[0].value or "") or b"") for name in names]


MOST = 20
"""Documents that bare WeasyPrint sets: 200 take it twenty minutes."""


def bare(build: Path) -> str:
    """WeasyPrint as it comes, in one process, on our print HTML with our options: no structure or files of ours.

    Returns, as JSON, how many documents there are, how many of them it set, the CPU seconds that it took before the
    first one, and how many bytes of PDF it wrote.
    """
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from reportgen.pdf import render

    fonts, written = FontConfiguration(), 0
    jobs = papers(build)
    start = time.process_time()
    for job in jobs[:MOST]:
        os.environ["SOURCE_DATE_EPOCH"] = str(job["epoch"])
        fetcher, base = render._fetcher({}, ()), job["address"]
        css = CSS(string=render.font_faces() + job["css"], font_config=fonts, url_fetcher=fetcher, base_url=base)
        written += len(
            HTML(string=job["html"], base_url=base, url_fetcher=fetcher).write_pdf(
                stylesheets=[css], font_config=fonts, pdf_version="1.7", pdf_identifier=True, pdf_tags=True,
                output_intent="srgb", presentational_hints=False,
            )
        )  # fmt: skip
    return json.dumps({"documents": len(jobs), "set": len(jobs[:MOST]), "start": start, "bytes": written})


def page(build: Path, out: Path) -> None:
    """The first brief's print HTML as one file, for the `weasyprint` command."""
    from reportgen.pdf import render

    first, faces = papers(build)[0], render.font_faces()
    for n, (font, _) in enumerate(render._faces()):
        faces = faces.replace(f'"{render.FONTS}{n}"', f'"{font.path.as_uri()}"')
    style = f"<style>{faces}{first['css']}</style></head>"
    out.write_text(first["html"].replace("</head>", style, 1), encoding="utf-8")


def drawn(build: Path) -> None:
    """Forgets all but the charts: formatted citations and compiled templates too."""
    with sqlite3.connect(build / "cache/store.sqlite") as store:
        store.execute(
            "DELETE FROM kept WHERE kind IN ('citation', 'template', 'latest') OR kind = 'trace'"
            " AND key NOT LIKE 'figure %' AND key NOT LIKE 'draw %' AND key NOT LIKE 'picture %'"
        )


def loaded(build: Path) -> float:
    """CPU seconds of loading the project in the current folder alone, with what its last build kept."""
    from reportgen.citing.pandoc import Citeproc
    from reportgen.load.files import DiskFiles
    from reportgen.pipeline import kept_files, open_project
    from reportgen.rebuild.fresh import look, program_digest
    from reportgen.rebuild.store import DiskStore

    gc.set_threshold(100_000)
    with DiskStore(build / "cache") as store, Citeproc() as citeproc:
        kept = kept_files(store, program_digest(), look(Path(), build))
        began = time.process_time()
        open_project(DiskFiles(Path()), Path(), citeproc, kept)
        return time.process_time() - began


if __name__ == "__main__":
    print({"bare": bare, "page": page, "drawn": drawn, "loaded": loaded}[sys.argv[1]](*map(Path, sys.argv[2:])))
