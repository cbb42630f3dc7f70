"""A document that asks of the PDFs everything at once: made up, and never shipped."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from unittest.mock import patch

from PIL import Image

from reportgen.brief.evaluate import Evaluation, evaluate
from reportgen.citing.pandoc import Citeproc
from reportgen.citing.styles import find_style
from reportgen.facts.answers import Answers
from reportgen.facts.view import View
from reportgen.load.files import MemoryFiles
from reportgen.load.project import load
from reportgen.model.project import Project
from reportgen.pages.default_theme import default_templates
from reportgen.pipeline import units_of
from reportgen.rebuild.executor import run
from reportgen.rebuild.store import MemoryStore
from reportgen.targets.all import all_targets
from reportgen.targets.session import Session
from tests.pdf.typesetting import Sheet, laid_for_pdfs

ROWS = 254
"""Of the long table: seven pages and a half."""
SLUG = "stress"
PLACES = ("KZ", "US", "RU", "CN", "UZ", "KG")
RUSSIAN = (
    "Законодательство о цифровых активах складывалось постепенно, и к концу описываемого времени в нём соседствовали "
    "запреты и исключения. Электроэнергия, оборудование и разрешения распределялись неравномерно."
)
KAZAKH = (
    "Қазақстандағы цифрлық активтер туралы заңнама бірте-бірте қалыптасты. Әлеуметтік, ғылыми және өңірлік мәселелер "
    "үнемі талқыланып, һәм жаңа рұқсаттар беріле бастады; теңгенің белгісі — ₸."
)


@dataclass(frozen=True)
class Stress:
    """The document as made."""

    pdf: bytes
    html: str
    job: Mapping[str, object]
    """What WeasyPrint was given."""
    sheets: tuple[Sheet, ...]
    """Its pages, as they were laid out."""


def facts() -> str:
    """Sixty facts: an annex of some pages, and two charts."""
    lines = []
    for year in range(2011, 2021):
        for n, place in enumerate(PLACES):
            value = (year - 2000) * (n + 1) + n
            lines.append(
                f'- {{id: {place.lower()}-{year}, claim: "The share was {{value}}.", measure: share, place: {place}, '
                f'value: {value}, unit: percent, as_of: "{year}", '
                f'evidence: [{{source: report-2020, quote: "a share of {value}% in {place}"}}]}}'
            )
    return "\n".join(lines)


def paragraph(n: int) -> str:
    fact = f"{PLACES[n % 6].lower()}-{2011 + n % 10}"
    return (
        f'The share stood at {{{{ fact("{fact}") }}}} then, as a report has it [@report-2020, p. 2]; a note says more.'
        f"[^n{n}] Long words such as counterrevolutionaries and *emphasis*, **strength**, `code_{chr(97 + n)}` and "
        "[a link](https://example.org/a/rather/long/address/that/has/to/break/somewhere) stand in the running text, so "
        "that lines are full and the paragraph goes on for some way before it ends.\n\n"
        f"[^n{n}]: The note to this paragraph, with a [link](https://example.org/note) and with *emphasis* in it."
    )


def brief() -> str:
    """Every construct, in sections of some pages."""
    front = """---
title: A document for every trouble that a page may have
subtitle: Made up for the tests, and read by nobody
date: 2026-11-22
authors: [{name: Ai Sea, orcid: 0000-0002-1825-0097}, {name: Бо Соль}]
abstract: >-
  An abstract of some length, which says that {{ fact("kz-2020") }} is the share, and that әғқңөұүһі and ₸ print.
key_messages:
  - "**First.** A message with {{ fact('us-2020') }} in it."
  - "**Second.** Another one, in Russian: цифровые активы."
key_figure: [{fact: ru-2020, label: of the whole}]
keywords: [tests, печать, басып шығару]
status: final
---
"""
    sections = ["## Running text", *(paragraph(n) for n in range(8)), "### A deeper heading", paragraph(8)]
    sections += ["##### A heading that skips two levels", paragraph(9)]
    sections += ["## Lists", LISTS, "## Code and quotations", CODE, "## Tables", TABLE, '{{ table("long") }}']
    sections += ["## Charts", 'See {{ ref("lines") }} and {{ ref("bars") }}.', '{{ chart("lines") }}']
    sections += ['{{ chart("bars") }}', '{{ chart("facets") }}', '{{ timeline("times") }}', paragraph(10)]
    sections += ["![A grey square with a darker edge](images/square.png)", paragraph(11)]
    sections += ["## По-русски", f'<div lang="ru">\n\n{RUSSIAN}\n\n{RUSSIAN}\n\n</div>']
    sections += ["## Қазақша", f'<div lang="kk">\n\n{KAZAKH}\n\n{KAZAKH}\n\n</div>']
    sections += ["## Words that are long", "Donaudampfschifffahrtsgesellschaftskapitän" * 3 + "."]
    return front + "\n\n".join(sections) + "\n"


LISTS = """- One
- Two, which holds
    - a nested list
        - with another inside

            and a paragraph of its own
    - and ends

- Three, a paragraph

    and a second one in the same item

1. First
2. Second
    1. Inner
    2. Other
        - mixed

Term
:   Its first description.
:   Its second one.

Another term
:   Described, with `code`.

!!! note "An aside"
    Words in a box.

    - and a list in it

The HTML standard is abbreviated.

*[HTML]: HyperText Markup Language
"""

CODE = """> A quotation of a paragraph,
> on two lines.
>
> > And one inside it.

```python
def share(of: int, whole: int) -> float:  # box-drawing: ├── └──
    return of / whole
```

    indented code, with a line that is far too long to stand on the page and therefore has to be broken somewhere in it

Line with a hard break\\
and its end. <kbd>Ctrl</kbd>, <mark>marked</mark>, a<sup>b</sup>.

***
"""

TABLE = """| Left | Centre | Right |
|:-----|:------:|------:|
| a cell | {{ fact("kz-2015") }} | {{ fact("us-2015") }} |
| `a\\|b` | **bold** | *italic* |
| long words in a narrow column that have to go on for several lines | x | y |
"""


@cache
def picture() -> bytes:
    image = Image.new("RGB", (120, 80), "#C9D3D8")
    image.paste("#51616C", (0, 0, 120, 4))
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


def files() -> dict[str, str]:
    rows = "\n".join(f"row {n},{n * 7 % 100}.{n % 10},{'word ' * (n % 9 + 1)}".rstrip() for n in range(ROWS))
    return {
        "content/site.yaml": "title: The Tests\npublisher: Tests, made up\nbase_url: https://tests.example/\nlang: en\n"
        "as_of: 2026-11-22\nlicense: CC BY 4.0\nlicense_url: https://creativecommons.org/licenses/by/4.0/\n"
        "names: [CC BY 4.0]\n",
        "content/measures.yaml": "- {id: share, label: Share of the whole, kind: number, unit: percent}\n",
        "content/sources/sources.yaml": "- {id: report-2020, type: report, title: A report, "
        "author: [{family: Sea, given: Ai}], issued: 2020-06-11, language: en, URL: https://example.org/report}\n",
        "content/facts/all.yaml": facts(),
        "content/data/all.yaml": "- {id: shares, query: {measure: share}}\n"
        "- {id: early, query: {measure: share, place: [KZ, US, RU], as_of: 2011/2014}}\n"
        "- {id: one, query: {measure: share, place: [KZ]}}\n"
        "- {id: long, title: Many rows, file: long.csv, source: report-2020, "
        "columns: [{name: name, type: text}, {name: number, type: number, unit: percent}, {name: words, type: text}]}"
        "\n",
        "content/data/long.csv": f"name,number,words\n{rows}\n",
        "content/charts/all.yaml": "- {id: lines, kind: line, data: shares, x: as_of, y: value, color: place, "
        "title: Six lines that rise, alt: Six lines rise.}\n"
        "- {id: bars, kind: bar, data: early, x: as_of, y: value, color: place, title: Bars, alt: Bars beside bars.}\n"
        "- {id: facets, kind: line, data: early, x: as_of, y: value, facet: place, "
        "title: Side by side, alt: Three lines rise.}\n"
        "- {id: times, kind: timeline, data: one, title: All the years}\n",
        f"content/briefs/{SLUG}.md": brief(),
    }


def _answers(given: Mapping[str, str | bytes]) -> Answers:
    project, found = load(
        MemoryFiles({**given, "content/images/square.png": picture()}),
        read_bibliography=lambda text: [],
        read_style=lambda name: find_style(name, None),
        default_templates=default_templates(),
    )
    assert not [d for d in found if d.severity == "error"], found
    return Answers(project, date(2026, 11, 22), units_of(project))


def opened(given: Mapping[str, str | bytes]) -> tuple[Project, Evaluation]:
    """Its files, or others, as loaded and evaluated; nothing drawn."""
    answers = _answers(given)
    with Citeproc() as citeproc:
        return answers.project, evaluate(answers.project.briefs[SLUG], View(answers), citeproc.format)


def make(given: Mapping[str, str | bytes] | None = None) -> Stress:
    """The document of these files, as the program makes it. Raises AssertionError with what the program says of it."""
    cache = MemoryStore()
    with Citeproc() as citeproc, patch("reportgen.pages.html.LONG", 400), laid_for_pdfs() as laid:
        session = Session(_answers(given or files()), citeproc.format, "test")
        outcome = run(all_targets(session, (), "pdf"), cache, session.digest_of)
    assert outcome.ok, [*outcome.failures, *outcome.diagnostics]
    pdf = cache.get(outcome.files[f"briefs/{SLUG}/{SLUG}.pdf"]) or b""
    job = json.loads(cache.get(outcome.results[f"paper {SLUG}"].value or "") or b"")
    return Stress(pdf, job["html"], job, laid[job["html"]])
