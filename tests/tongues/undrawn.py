"""The falconry project's pages laid out in memory, with nothing drawn in them, no PDFs and no index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from reportgen.citing.pandoc import Citeproc
from reportgen.diagnostics import Diagnostic
from reportgen.load.files import MemoryFiles
from reportgen.pipeline import asked_of
from reportgen.rebuild.executor import BuildOutcome, run
from reportgen.rebuild.store import MemoryStore
from reportgen.targets.rehearsal import undrawn_targets
from reportgen.targets.session import Session
from tests.driver import PROJECTS, read_tree

FALCONRY = PROJECTS / "falconry"
_ARABIC = re.compile(r', ar: (?:"[^"]*"|[^,}]*)')


class Known(dict[str, str]):
    """What pandoc has answered."""

    def put(self, key: str, answer: str) -> None:
        self[key] = answer


_ANSWERED = Known()


def falconry(changed: Mapping[str, str] | None = None, without: Iterable[str] = (".ar.md",)) -> dict[str, str | bytes]:
    """The project's files, some of them others. `without`: endings of those that are left out; Arabic needs fonts."""
    files: dict[str, str | bytes] = dict(read_tree(FALCONRY))
    files |= changed or {}
    found = {path: text for path, text in files.items() if not path.endswith(tuple(without))}
    if ".ar.md" in without:
        texts = {path: text if isinstance(text, str) else text.decode() for path, text in found.items()}
        found = {path: _ARABIC.sub("", text).replace(", ar]", "]") for path, text in texts.items()}
    return found


def laid_out(
    files: Mapping[str, str | bytes], wanted: Iterable[str], store: MemoryStore | None = None
) -> tuple[dict[str, str], BuildOutcome, tuple[Diagnostic, ...]]:
    """Pages by path, what was made, and what is wrong in the files."""
    kept = store or MemoryStore()
    with Citeproc(known=_ANSWERED) as citeproc:
        asked, found = asked_of(MemoryFiles(files), FALCONRY, None, citeproc)
        session = Session(asked, citeproc.format, "test")
        outcome = run(undrawn_targets(session), kept, session.digest_of, wanted=list(wanted))
    pages = {path: (kept.get(sha) or b"").decode("utf-8", "replace") for path, sha in outcome.files.items()}
    return pages, outcome, found
