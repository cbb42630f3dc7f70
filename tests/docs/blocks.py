"""A document in, its fenced blocks out, each with what the document says that it is; and the files that they make up.

Before each block stands a comment that readers do not see: `<!-- example: KIND … -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONTEXT = Path(__file__).parent / "context"
GENERATED = ("docs/messages.md",)
"""Made of pages whose every example is built by tests/messages."""
DOCUMENTS = tuple(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
)

_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})(?P<lang>[^\n`]*)\n(?P<text>.*?)^(?P=fence)[ \t]*$", re.M | re.S)
_DIRECTIVE = re.compile(r"<!-- example: (?P<kind>\w+)(?P<rest>(?:(?!-->).)*)-->\n\Z", re.S)
_PART = re.compile(r"^# (content/\S+?):?(?: .*)?$", re.M)


@dataclass(frozen=True)
class Block:
    """A fenced block."""

    document: str
    line: int
    lang: str
    text: str
    kind: str
    """`file`, `commands`, …; empty where the document does not say."""
    rest: str
    """What follows the kind."""
    span: tuple[int, int]
    """Where its text stands in the document."""

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


@cache
def blocks(document: str) -> tuple[Block, ...]:
    """Every fenced block of a document."""
    text = (ROOT / document).read_text("utf-8")
    found = []
    for fence in _FENCE.finditer(text):
        said = _DIRECTIVE.search(text, 0, fence.start())
        found.append(
            Block(
                document,
                text.count("\n", 0, fence.start()) + 1,
                fence["lang"].strip(),
                fence["text"],
                said["kind"] if said else "",
                said["rest"].strip() if said else "",
                fence.span("text"),
            )
        )
    return tuple(found)


def of_kind(kind: str) -> list[Block]:
    """Every block of a kind, of all documents."""
    return [block for document in DOCUMENTS for block in blocks(document) if block.kind == kind]


def files(document: str) -> dict[str, str]:
    """The project that a document's blocks make up, with what they stand beside. Inside a block, a line such as
    `# content/charts/x.yaml` begins another file."""
    made = dict(_context(Path(document).stem))
    for block in (block for block in blocks(document) if block.kind == "file"):
        cuts = [(found.start(), found[1]) for found in _PART.finditer(block.text)]
        parts = [(0, block.rest), *(cut for cut in cuts if cut != (0, block.rest))]
        for (start, path), (end, _) in zip(parts, [*parts[1:], (len(block.text), "")], strict=True):
            made[path] = made.get(path, "") + block.text[start:end]
    return made


def _context(name: str) -> Iterable[tuple[str, str]]:
    path = CONTEXT / f"{name}.txt"
    if path.is_file():
        for part in path.read_text("utf-8").split("\n-- ")[1:]:
            name, _, text = part.partition("\n")
            yield name, f"{text}\n"
