"""The examples of a Markdown specification in, how many of each section a brief reads as it says, and which not, out.

    python -m tests.brief.specification spec.txt

The specification is no part of this repository, and of no package that it needs: `npm pack commonmark-spec@0.31.2` has
CommonMark's as `spec.txt`, and github.com/github/cmark-gfm has GitHub's as `test/spec.txt`. Ends with 1 if an example
outside of HTML blocks and raw HTML is read in another way and is none of `DIFFERENT`, or is one and is not.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.brief.test_grammar import ours, read

HTML = ("HTML blocks", "Raw HTML")
"""The sections of which a page holds a part only."""
DIFFERENT: Mapping[str, Mapping[str, tuple[int, ...]]] = {
    "0.31.2": {
        "text in angle brackets that is no HTML": (201, 491, 524, 536),
        "an address of a kind that pages do not link to": (596, 598, 599, 601),
        "a tag that is never closed": (21, 31, 344, 476, 477, 494, 642, 643),
        "a picture with a title": (572, 573, 576, 577, 579, 584, 585, 586, 587, 588, 589, 591),
        "": (608, 611),
    },
    "0.29": {
        "text in angle brackets that is no HTML": (170, 500, 532, 544),
        "an address of a kind that pages do not link to": (604, 606, 607, 609, 628),
        "HTML that a page may not hold": (653,),
        "a tag that is never closed": (317, 327, 354, 485, 486, 503, 663, 664),
        "a mail address without brackets": (629, 630, 631),
        "a picture with a title": (580, 581, 584, 585, 587, 592, 593, 594, 595, 596, 597, 599),
        "": (279, 280, 616, 619),
    },
}
"""Version of a specification, CommonMark's and GitHub's -> as docs/writing.md names a difference -> the numbers of its
examples. Those without a name are read as GitHub itself reads them: bare addresses are links, and tasks are drawn."""
_EXAMPLE = re.compile(r"^`{32} example(?: [^\n]*)?\n(.*?)^\.\n(.*?)^`{32}$|^#{1,6} +([^\n]*)$", re.M | re.S)
_VERSION = re.compile(r"^version: *'?([\d.]+)", re.M)


@dataclass(frozen=True, slots=True)
class Example:
    """What a specification says of a text."""

    number: int
    section: str
    markdown: str
    html: str

    @property
    def is_read(self) -> bool:
        """Whether a brief reads it so."""
        return ours(self.markdown) == read(self.html.replace("<del>", "<s>").replace("</del>", "</s>"))


def examples(specification: str) -> Iterator[Example]:
    """All of them, numbered from 1. `→` stands for a tab."""
    number, section = 0, ""
    for found in _EXAMPLE.finditer(specification.partition("<!-- END TESTS -->")[0].replace("→", "\t")):
        if found[3] is not None:
            section = found[3]
        else:
            number += 1
            yield Example(number, section, found[1], found[2])


def report(specification: str) -> tuple[list[str], bool]:
    """Lines that say how many are read so, and whether the others are those that are known."""
    version = _VERSION.search(specification)
    known = {n for numbers in DIFFERENT.get(version[1] if version else "", {}).values() for n in numbers}
    count, alike, others = Counter[str](), Counter[str](), set[int]()
    for example in examples(specification):
        count[example.section] += 1
        if example.is_read:
            alike[example.section] += 1
        elif example.section not in HTML:
            others.add(example.number)
    lines = [f"{alike[section]:4} of {count[section]:3}  {section}" for section in count]
    outside = [section for section in count if section not in HTML]
    lines.append(f"{sum(alike[s] for s in outside):4} of {sum(count[s] for s in outside):3}  outside of HTML")
    lines += [f"     {n} is read in another way" for n in sorted(others - known)]
    lines += [f"     {n} is read so, and listed as read in another way" for n in sorted(known - others)]
    return lines, others == known


def main(path: str) -> int:
    lines, expected = report(Path(path).read_text("utf-8"))
    print("\n".join(lines))
    return not expected


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
