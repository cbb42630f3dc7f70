"""A diagnostic's code in, its page out: what it means, why it matters, an example, and how to put it right.

The pages are the Markdown files beside this module, one a code. Effects: reads those files, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SECTIONS = ("What it means", "Why it matters", "An example", "Put right")
"""The headings of every page, in their order. What stands under the last two is a change to the project that
`reportgen new` writes."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is to be said of one code."""

    code: str
    text: str
    """Markdown: the code as a heading, a sentence, a paragraph on who tells it, and the sections."""

    @property
    def summary(self) -> str:
        """The sentence."""
        return self.text.split("\n\n")[1]

    @property
    def told_by(self) -> str:
        """Its severity, and the commands that tell it."""
        return self.text.split("\n\n")[2]

    def section(self, heading: str) -> str:
        """What stands under one of `SECTIONS`."""
        after = self.text.partition(f"\n## {heading}\n")[2]
        return after.partition("\n## ")[0].strip()


@cache
def codes() -> tuple[str, ...]:
    """Every code that has a page, sorted."""
    names = (file.name for file in files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(".md") for name in names if name.endswith(".md")))


def page(code: str) -> Explanation:
    """The page of a code. Raises KeyError where there is none."""
    if code not in codes():
        raise KeyError(code)
    return Explanation(code, files(__package__).joinpath(f"{code}.md").read_text(encoding="utf-8"))
