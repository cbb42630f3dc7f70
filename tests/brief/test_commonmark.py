r"""Each section of CommonMark's and GitHub's specifications by inputs of our own, read as cmark-gfm reads them.

The specification's own 652 examples are in no package that is installed here. Counted once by hand, with those in the
source archive of markdown-it-py 4.3.0: of the 588 outside HTML blocks and raw HTML 558 are read alike, lists and items
74 of 74, fenced code 29 of 29, quotes 25 of 25. The 30 others are pictures whose titles are captions, tags that a page
may not hold or that have no end, and addresses of other kinds: `DIFFERENCES` in test_grammar.py.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from tests.brief.test_grammar import ours, theirs

INPUTS = defaultdict[str, list[str]](list)
for line in (Path(__file__).parent / "commonmark.jsonl").read_text("utf-8").splitlines():
    INPUTS[json.loads(line)["section"]].append(json.loads(line)["text"])


@pytest.mark.parametrize("section", INPUTS)
def test_each_section_is_read_as_github_reads_it(section: str) -> None:
    assert [text for text in INPUTS[section] if ours(text) != theirs(text)] == []


def test_the_inputs_are_many_and_different() -> None:
    assert len(INPUTS) == 26
    assert all(len(texts) == len({*texts}) >= 3 for texts in INPUTS.values())
    assert sum(map(len, INPUTS.values())) > 300
