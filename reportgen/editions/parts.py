"""A brief's editions and what its page has now in; parts of the page that links no more lead to out. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reportgen.brief.links import anchors
from reportgen.diagnostics import Diagnostic
from reportgen.model.brief import Brief
from reportgen.model.edition import Edition
from reportgen.model.evaluated import EvaluatedBrief
from reportgen.pages.listing import plain

MARK = (
    "write the mark behind the heading that took its place, as in `## Its words {#the-mark}`; "
    'one more begins the text below it: `<span id="the-mark"></span>`'
)


def lost_parts(brief: Brief, last: Edition, now: EvaluatedBrief) -> Iterator[Diagnostic]:
    """Headings of an edition to which `#` and their mark lead no more, or to another part. `last`: knows them all."""
    there = anchors(now)
    titles = [(section.anchor, _said(plain(now, section.title))) for section in now.sections]
    named, before = dict(titles), [(anchor, _said(words), id) for anchor, words, id in last.parts]
    count = Counter(words for _, words in titles)
    was = Counter(words for _, words, id in before if id == last.note.id)
    for anchor, words, id in before:
        edition = f"the edition of {id[:10]}"
        message = ""
        if anchor not in there:
            message = f"the part #{anchor} of {edition} is not on the page"
        elif anchor in named and named[anchor] != words and count[words]:
            message = f"#{anchor} led to “{words}” in {edition}, and leads to another part now"
        elif id == last.note.id and named.get(anchor) == words and was[words] != count[words]:
            message = f"#{anchor} may lead to another part than in {edition}: headings are alike"
        if message:
            yield Diagnostic("part-lost", message, brief.at["title"], MARK.replace("the-mark", anchor), "notice")


def _said(words: str) -> str:
    return " ".join(words.split()).casefold()
