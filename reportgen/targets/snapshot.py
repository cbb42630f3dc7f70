"""A session in, what workers make its targets out of; and, in a worker, that opened. The project travels as values.

Effects: keeps formatted citations in the store; in a worker a pandoc starts with the first citation that is not known.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from reportgen.citing.pandoc import Citeproc
from reportgen.citing.problems import citing
from reportgen.facts.answers import Answers
from reportgen.language.units import UnitTable
from reportgen.model.project import Project
from reportgen.rebuild.store import DiskStore, StoredTexts
from reportgen.rebuild.target import Target
from reportgen.targets.session import Session

Listing = Callable[[Session], list[Target]]
"""The targets of a build: a function of a module, or a `partial` of one."""


@dataclass(frozen=True, slots=True)
class _Luggage:
    """All of a session that cannot be worked out in no time."""

    project: Project
    as_of: date
    units: UnitTable
    releases: Mapping[str, str]
    pending: Mapping[str, str]
    left: tuple[str, ...]
    program: str
    slugs: tuple[str, ...]
    pages: tuple[str, ...]
    sources: tuple[str, ...]


class SessionSnapshot:
    """What workers make a session's targets out of."""

    def __init__(self, session: Session, listing: Listing, store: DiskStore) -> None:
        self._session = session
        self._listing = listing
        self._store = store
        self._citations = StoredTexts(store, "citation")

    def packed(self) -> bytes:
        """The pickle of a function that opens it."""
        session, answers = self._session, self._session.answers
        parts = _Luggage(
            answers.project,
            answers.as_of,
            answers.units,
            answers.releases,
            answers.pending,
            session.left,
            session.program,
            session.slugs,
            session.pages,
            session.sources,
        )
        return pickle.dumps(partial(SessionBench, parts, self._listing), pickle.HIGHEST_PROTOCOL)

    def texts(self, batch: str) -> Mapping[str, str]:
        """The formatted citations of a batch, by key."""
        kept = self._store.text("citations of", batch)
        found = {key: self._citations.get(key) for key in (json.loads(kept) if kept else ())}
        return {key: text for key, text in found.items() if text is not None}

    def keep(self, batch: str, texts: Mapping[str, str]) -> None:
        """Keep those that a batch has used."""
        known = self.texts(batch)
        for key, text in texts.items():
            if key not in known:
                self._citations.put(key, text)
        if texts.keys() != known.keys():
            self._store.put_text("citations of", batch, json.dumps(sorted(texts)).encode())


class SessionBench:
    """A session in a worker, which has no store."""

    def __init__(self, parts: _Luggage, listing: Listing) -> None:
        self._texts = _Texts()
        self._citeproc = Citeproc(known=self._texts)
        answers = Answers(parts.project, parts.as_of, parts.units, parts.releases)
        answers.pending = parts.pending
        cite = citing(self._citeproc, parts.project)
        sources = parts.sources
        session = Session(answers, cite, parts.program, parts.slugs, None, parts.pages, sources, keeping=True)
        session.left = parts.left
        self.targets = {target.name: target for target in listing(session)}
        """By name."""

    def close(self) -> None:
        """End pandoc."""
        self._citeproc.close()

    def using(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Begin a batch: what it uses of these, or adds to them, is in the result at its end."""
        self._texts.given, self._texts.used = texts, {}
        return self._texts.used


class _Texts:
    """The formatted citations of one batch."""

    def __init__(self) -> None:
        self.given: Mapping[str, str] = {}
        self.used: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """A text that is known."""
        text = self.used.get(key) or self.given.get(key)
        if text is not None:
            self.used[key] = text
        return text

    def put(self, key: str, text: str) -> None:
        """A new one."""
        self.used[key] = text
