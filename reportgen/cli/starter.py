"""The files of a first project: path from its folder -> text. Values only. All that they say is invented."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

SAVED = "The town counted 131 shops in December 2025. A year before there were 120 shops in the town.\n"
"""The saved copy of the source that the facts quote."""

FILES: Mapping[str, str] = {
    "content/site.yaml": """\
# Who publishes, and where. All keys: docs/writing.md, "The site".
title: Our briefs
publisher: Our desk
base_url: https://example.org/        # where the site will stand
lang: en
""",
    "content/measures.yaml": """\
# What values measure. A unit that is neither SI, a currency nor percent is a noun that is counted.
- {id: shops, label: Shops in the town, kind: count, unit: shop}
""",
    "content/sources/sources.yaml": """\
# The works that you quote. A BibTeX or CSL-JSON export from Zotero may stand beside this file, or in its place.
- id: town-count-2025
  type: report
  title: The town count
  author: [{literal: Example Town}]
  issued: 2026-01-12
  language: en
""",
    "content/sources/archive.yaml": f"""\
# Which saved copy belongs to which source, by the SHA-256 of its file: `sha256sum FILE` tells it.
town-count-2025: [{{sha256: {sha256(SAVED.encode()).hexdigest()}, media_type: text/plain, retrieved: 2026-01-15}}]
""",
    "saved/town-count-2025.txt": SAVED,
    "content/facts/shops.yaml": """\
# A fact is one claim with its value, and the shortest words of the source that carry it: twelve at most.
- id: shops-2024
  claim: "The town had {value}."
  measure: shops
  value: 120
  as_of: 2024-12
  evidence: [{source: town-count-2025, quote: "there were 120 shops in the town"}]
- id: shops-2025
  claim: "The town had {value}."
  measure: shops
  value: 131
  as_of: 2025-12
  evidence: [{source: town-count-2025, quote: "counted 131 shops in December 2025"}]
""",
    "content/data/shops.yaml": """\
# Rows for a chart or a table: every fact of a measure.
{id: shops, query: {measure: shops}}
""",
    "content/charts/shops.yaml": """\
{id: shops-over-time, kind: bar, data: shops, x: as_of, y: value, title: The town has more shops}
""",
    "content/briefs/first-brief.md": """\
---
title: More shops in the town
date: 2026-01-15
authors: [{name: Your Name}]
abstract: 'The town has {{ fact("shops-2025") }}.'
---
Change this file, content/briefs/first-brief.md, and run `reportgen check`.

At the end of 2025 the town had {{ fact("shops-2025") }}, which is {{ calc("[shops-2025] - [shops-2024]") }} more than
a year before [@town-count-2025].

{{ chart("shops-over-time") }}
""",
}
