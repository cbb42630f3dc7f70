"""A project in; each text that its authors may give once a language, with where it stands, out. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.diagnostics import Places, Span
from reportgen.model.chart import Chart
from reportgen.model.dataset import Dataset
from reportgen.model.edition import Change
from reportgen.model.fact import Conflict, Fact, TextValue
from reportgen.model.glossary import GlossaryTerm
from reportgen.model.project import Project
from reportgen.model.quantity import UnitForms
from reportgen.model.text import Text


@dataclass(frozen=True, slots=True)
class OwnedText:
    """A text of a project beside the briefs."""

    owner: str
    """`fact`, `chart`, …, or `site`."""
    id: str
    """Of its owner; empty for the site."""
    key: str
    """Dotted path below its owner: `claim`, `lines.0.label`, `plural.few`."""
    text: Text
    at: Places

    @property
    def where(self) -> Span:
        """Where it stands, or what is nearest."""
        return self.at[self.key]

    @property
    def name(self) -> str:
        """As a message calls it: `claim of fact "shops-2025"`, `title of column 2 of dataset "shops"`."""
        of = f'{self.owner} "{self.id}"' if self.id else "the site"
        listed, _, rest = self.key.partition(".")
        number, _, field = rest.partition(".")
        key = f"{field} of {listed.removesuffix('s')} {int(number) + 1}" if field and number.isdecimal() else self.key
        return f"{key} of {of}"


def texts_of(project: Project) -> Iterator[OwnedText]:
    """All that are not empty, in the order of the kinds and then of the files."""
    for kind, items in _OWNERS.items():
        for item in getattr(project, items).values():
            yield from of_owner(kind, item)
    for term in project.glossary:
        yield from of_owner("term", term)
    settings = project.settings
    for key in ("title", "publisher", "description", "selection"):
        if text := getattr(settings, key):
            yield OwnedText("site", "", key, text, settings.at)
    if settings.corrections.policy:
        yield OwnedText("site", "", "corrections.policy", settings.corrections.policy, settings.at)
    for key, text in _of_changes(settings.changes):
        if text:
            yield OwnedText("site", "", key, text, settings.at)
    for code, text in settings.places:
        yield OwnedText("site", "", f"places.{code}", text, settings.at)


_OWNERS = {
    "fact": "facts",
    "conflict": "conflicts",
    "chart": "charts",
    "dataset": "datasets",
    "measure": "measures",
    "unit": "units",
    "check": "checks",
}


def of_owner(kind: str, owner: object) -> Iterator[OwnedText]:
    """The texts of a fact, a chart, a unit, …, those that are not empty."""
    at: Places = getattr(owner, "at")  # noqa: B009
    id = owner.term.in_language("") if isinstance(owner, GlossaryTerm) else str(getattr(owner, "id", ""))
    for key, text in _keys(owner):
        if text:
            yield OwnedText(kind, id, key, text, at)


def _keys(owner: object) -> Iterator[tuple[str, Text]]:
    match owner:
        case Fact():
            yield from (("claim", owner.claim), ("reading", owner.reading), ("note", owner.note))
            if isinstance(owner.value, TextValue):
                yield "value", owner.value.text
            yield from _of_changes(owner.changes)
        case Conflict():
            yield from (("title", owner.title), ("reason", owner.reason))
        case Chart():
            yield from _of_chart(owner)
        case Dataset():
            yield "title", owner.title
            # A column that has no title is headed by its name.
            heads = [column.title or Text.of(column.name) for column in owner.columns]
            yield from ((f"columns.{n}.title", head) for n, head in enumerate(heads))
            yield from _of_changes(owner.changes)
        case UnitForms():
            yield from (("short", owner.short), ("long", owner.long), ("per", owner.per))
            yield from ((f"plural.{category}", text) for category, text in owner.plural)
        case GlossaryTerm():
            yield from (("term", owner.term), ("meaning", owner.meaning))
        case _:
            for key in ("label", "message"):
                if (text := getattr(owner, key, None)) is not None:
                    yield key, text


def _of_changes(changes: Sequence[Change]) -> Iterator[tuple[str, Text]]:
    yield from ((f"changes.{n}.text", change.text) for n, change in enumerate(changes))


def _of_chart(chart: Chart) -> Iterator[tuple[str, Text]]:
    yield from (("title", chart.title), ("subtitle", chart.subtitle), ("note", chart.note), ("alt", chart.alt))
    yield from ((f"lines.{n}.label", line.label) for n, line in enumerate(chart.lines))
    yield from ((f"annotations.{n}.text", note.text) for n, note in enumerate(chart.annotations))
    yield from ((f"columns.{n}.title", column.title) for n, column in enumerate(chart.columns))
    yield from ((f"labels.{name}", label) for name, label in chart.labels)
