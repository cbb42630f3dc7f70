"""A brief with one of each kind of content: made up, and never shipped."""

from __future__ import annotations

from tests.pdf.stress import SLUG

BRIEF = """---
title: A brief of every kind
date: 2026-11-22
authors: [{name: Ai Sea}]
abstract: 'The town had {{ fact("shops-2025") }}.'
key_messages: ['**One.** There are {{ fact("shops-2025") }}.']
key_figure: [{fact: shops-2025, label: in the town}]
---
## Chart

As {{ ref("rise") }} shows, there are more.

{{ chart("rise") }}

## Table

{{ table("shops") }}

| Of Markdown | Number |
|---|--:|
| a cell | {{ fact("shops-2024") }} |

## Conflict

{{ conflict("count") }}

## Quote

{{ quote("shops-2025") }}

## Timeline

{{ timeline("years") }}

## Notes

A note[^1] and a citation [@count, p. 2].

- an item
- another

[^1]: It says more:

    - of one thing
    - of another

    | Of a note | Word |
    |---|---|
    | a cell | text |
"""
FILES = {
    "content/site.yaml": "title: The Tests\npublisher: Tests, made up\nbase_url: https://tests.example/\nlang: en\n",
    "content/measures.yaml": "- {id: shops, label: Shops, kind: count, unit: shop, tolerance: 1}\n",
    "content/sources/all.yaml": "- {id: count, type: report, title: The count, author: [{family: Sea, given: Ai}], "
    "issued: 2026-01-12, URL: https://example.org/count}\n"
    "- {id: survey, type: report, title: A survey, author: [{family: Bo, given: Ann}], issued: 2026-01-13}\n",
    "content/facts/all.yaml": """
- {id: shops-2024, claim: "The town had {value}.", measure: shops, value: 120, as_of: "2024",
   evidence: [{source: count, quote: there were 120 shops}]}
- {id: shops-2025, claim: "The town had {value}.", measure: shops, value: 131, as_of: "2025",
   evidence: [{source: count, quote: there were 131 shops}]}
- {id: shops-survey, claim: "The town had {value}.", measure: shops, value: 140, as_of: "2025",
   evidence: [{source: survey, quote: we found 140 shops}]}
""",
    "content/conflicts.yaml": "- {id: count, facts: [shops-2025, shops-survey], preferred: shops-2025, "
    "title: How many shops, reason: The count is complete.}\n",
    "content/data/all.yaml": "- {id: shops, title: Shops by year, query: {facts: [shops-2024, shops-2025]}}\n",
    "content/charts/all.yaml": "- {id: rise, kind: bar, data: shops, x: as_of, y: value, title: More shops}\n"
    "- {id: years, kind: timeline, data: shops, title: Two counts}\n",
    f"content/briefs/{SLUG}.md": BRIEF,
}
