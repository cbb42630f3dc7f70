"""A brief's last edition and what its page has now in; parts of the page that links no more lead to out. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reportgen.brief.links import anchors
from reportgen.diagnostics import Diagnostic
from reportgen.model.brief import Brief
from reportgen.model.edition import Edition
from reportgen.model.evaluated import EvaluatedBrief
from reportgen.pages.listing import plain

MARK = "write the mark behind the heading that took its place, as in `## Its words {#the-mark}`"


def lost_parts(brief: Brief, last: Edition, now: EvaluatedBrief) -> Iterator[Diagnostic]:
    """Headings of the last edition to which `#` and their mark lead no more, or to another part."""
    there = anchors(now)
    titles = [(section.anchor, _said(plain(now, section.title))) for section in now.sections]
    named, before = dict(titles), [(anchor, _said(words)) for anchor, words in last.parts]
    count, was = Counter(words for _, words in titles), Counter(words for _, words in before)
    for anchor, words in before:
        message = ""
        if anchor not in there:
            message = f"the part #{anchor} of the edition of {last.note.date} is not on the page"
        elif anchor in named and named[anchor] != words and count[words]:
            message = f"#{anchor} led to “{words}” in the edition of {last.note.date}, and leads to another part now"
        elif named.get(anchor) == words and was[words] != count[words]:
            message = f"#{anchor} may lead to another part than in the edition of {last.note.date}: headings are alike"
        if message:
            yield Diagnostic("part-lost", message, brief.at["title"], MARK.replace("the-mark", anchor), "notice")


def _said(words: str) -> str:
    return " ".join(words.split()).casefold()
