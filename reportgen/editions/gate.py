"""Answers about a project in, what published facts and rows say otherwise without a reason out. Pure.

Facts and rows are told here, once for all briefs that print them, where they stand: in drafts too, for their own pages,
charts and the data files show them whether or not a brief does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Protocol

from reportgen.brief.said import (
    fact_said,
    fact_saying,
    inputs_of,
    quantity_said,
    quotes_of,
    row_names,
    row_said,
    row_subject,
    words_line,
)
from reportgen.brief.wording import Options, cell_text, claim_parts, quantity_text, value_text
from reportgen.diagnostics import Diagnostic, Span
from reportgen.editions.comparing import DifferenceKind, TextDifference, compare, renamed
from reportgen.editions.judging import (
    Reason,
    entries,
    history_problems,
    last_that_said,
    minor_problem,
    needless,
    reason_for,
    removed_entries,
    said_of,
    unseen,
)
from reportgen.editions.record import (
    OF_FACTS,
    facts_printed,
    last_said,
    place_of,
    reasons_of_site,
    renames,
    site_reason,
)
from reportgen.facts.addresses import is_lasting, site_paths
from reportgen.facts.answers import Answers
from reportgen.facts.view import View
from reportgen.language.nearness import nearest_words
from reportgen.language.units import UnitError
from reportgen.late_patterns import regex
from reportgen.model.brief import PAGES, folder_of, original_of, tongue_of
from reportgen.model.dataset import Dataset
from reportgen.model.edition import Printed, Saying, WordsName, whole
from reportgen.model.fact import Fact
from reportgen.model.project import Project
from reportgen.quantities.format import FormatError
from reportgen.quantities.formula import FormulaError, parse_formula

MOST_TOLD = 6
"""Values that follow, and cells of a file, told one by one."""
_CLAIMED = regex(r"⟨\|claim:([^⟩]+)⟩")
_NAMED = regex(r"(\w+)=([^,)]*)")


def edition_problems(answers: Answers) -> tuple[Diagnostic, ...]:
    """What contradicts the editions of a project, but for what a brief's own text says: that is told where it is
    evaluated."""
    project, found = answers.project, list[Diagnostic]()
    asked: dict[str, _Question] = {}
    aliases = renames(project)
    for slug, history in project.editions.items():
        brief = project.briefs.get(slug)
        if brief is None or not history:
            continue
        found += history_problems(project, brief)
        if not brief.is_public and not whole(history):
            message = f"{folder_of(slug)} was published on {history[0].note.date}, and no edition of it stands any more"
            hint = "write status: withdrawn and a reason, or remove status: draft"
            found.append(Diagnostic("address-lost", message, brief.at["status"], hint))
        if not brief.is_public or brief.is_listed:
            last, view = last_that_said(history), View(answers)
            said = renamed(last.printed, aliases)
            reasons = unseen(entries(project, brief), history)
            differences = compare(said, said_again(said, view, brief.lang), lang=brief.lang)
            _ask(asked, slug, last.note.date, differences, partial(reason_for, reasons=reasons))
    found += _record_problems(answers, asked, aliases)
    found += (question.diagnostic(answers) for question in asked.values())
    found += _needless_in_facts(answers)
    found += _lost_addresses(answers)
    return tuple(dict.fromkeys(found))


def _record_problems(
    answers: Answers, asked: dict[str, _Question], aliases: Mapping[str, str]
) -> tuple[Diagnostic, ...]:
    """What the site's record says against facts and rows that no brief prints."""
    project = answers.project
    if not project.records:
        return ()
    last, reasons, view = project.records[-1], reasons_of_site(project), View(answers)
    found = list(removed_entries(project))
    for slug, said in (("", last_said(project)), *last.documents):
        said = renamed(said, aliases)
        again = said_again(said, view, project.settings.lang) if slug else facts_printed(view, project)
        differences = compare(said, again, lang=project.settings.lang)
        why = partial(site_reason, project, slug, reasons=reasons)
        _ask(asked, slug, last.note.date, differences, why)
        found += (
            _shared_words(project, last.note.date, difference, why(difference, minor=True))
            for difference in differences
            if difference.subject.startswith("words:") and why(difference) is None
        )
    return tuple(found)


def _shared_words(project: Project, day: str, difference: TextDifference, minor: Reason | None) -> Diagnostic:
    """Words of many pages that say other numbers, or that name a unit or a place otherwise."""
    message = said_of(difference, day)
    if minor is not None:
        return minor_problem(minor, message)
    hint = 'say why, in content/site.yaml: changes: [{kind: clarification, text: "…"}]'
    return Diagnostic("unexplained-change", message, place_of(project, difference.subject), hint)


def _lost_addresses(answers: Answers) -> Iterator[Diagnostic]:
    """What was published and would answer no more."""
    project = answers.project
    if any(not id for _, id in project.broken):  # a file cannot be read: what stands in it is not lost
        return
    there = site_paths(project)
    lost: dict[str, str] = {}
    for record in project.records[-1:]:
        lost |= {path: record.note.date for path in record.addresses if path not in there}
    linked: dict[str, str] = {}
    for slug, history in project.editions.items():
        for edition in history:
            linked |= {path: edition.folder for path in edition.addresses if is_lasting(path) and path not in there}
        if slug not in project.briefs and ("brief", slug) not in project.broken:
            lost[f"{folder_of(slug)}index.html"] = history[-1].note.date
    for path, folder in sorted(linked.items()):
        if path not in lost and path.startswith("assets/") and path not in there:
            name = path.removeprefix("assets/images/")
            message = (
                f"the edition {folder.removeprefix('content/editions/')} leads to the picture {name}, which is gone"
            )
            hint = "put it back: an edition is not edited"
            yield Diagnostic("address-lost", message, Span.at(f"content/images/{name}"), hint)
        else:
            lost.setdefault(path, folder.rpartition("/")[2][:10])
    # A language may stand on one document alone: where that is wrong itself, its pages are not lost.
    unread = {tongue for _, id in project.broken if (tongue := tongue_of(id))}
    told = set[str]()
    for path, day in sorted(lost.items(), key=lambda each: (not each[0].endswith("/index.html"), each[0])):
        folder, _, name = path.rpartition("/")
        if folder == "data/charts":
            folder = f"charts/{name.removesuffix('.csv')}"
        kind, id = folder.split("/")[-2:]
        if folder in told or (kind.removesuffix("s"), id) in project.broken or path.partition("/")[0] in unread:
            continue
        whole = name == "index.html"
        told |= {folder} if whole else set()
        what = f"{folder}/" if whole else path
        message = f"{what} was published on {day}, and nothing would stand there"
        gone = f'content/gone.yaml: "{folder}": "…"' if whole else f"keep the kind of the chart that has {name}"
        likely = _likely_alias(project, kind, id) if whole else ""
        renamed = f'if it is called "{likely}" now, write there: aliases: [{id}]; else say why it is gone, in '
        hint = renamed + gone if likely else f"say why it is gone, in {gone}" if whole else gone
        if whole and any(folder_of(slug) == f"{folder}/" for slug in project.documents):
            hint = "remove status: draft, or say in content/gone.yaml why it is gone"
        yield Diagnostic("address-lost", message, Span.of(what), hint)


def dates_to_come(project: Project) -> Iterator[Diagnostic]:
    """What the first edition of a brief would contradict."""
    newest = _newest_day(project)
    for slug, brief in project.briefs.items():
        if newest and brief.date.start.year > newest.year + _YEARS_AHEAD and brief.is_listed:
            message = f"this brief is of {brief.date.text}, and the last source of the project was saved on {newest}"
            yield Diagnostic("wrong-date", message, brief.at["date"], "look at the year", "warning")
            continue
        if project.editions.get(slug) or not brief.is_listed:
            continue
        followed = project.editions.get(original_of(slug), ()) if tongue_of(slug) else ()
        if followed and brief.date.text < (day := followed[-1].note.date):
            message = (
                f"the first edition of this translation will be of {brief.date.text}, "
                f"and it follows the edition of its original of {day}"
            )
            hint = f"write date: {day}, or the later day on which you publish it"
            yield Diagnostic("wrong-date", message, brief.at["date"], hint, "warning")
        elif (original := project.briefs.get(original_of(slug))) and _is_before(brief.date.text, original.date.text):
            message = f"this translation is of {brief.date.text}, before its original, which is of {original.date.text}"
            hint = f"write date: {original.date.text} or a later day, or no date, which is as much as its original's"
            yield Diagnostic("wrong-date", message, brief.at["date"], hint, "warning")
        if brief.updated is not None and brief.updated.text != brief.date.text:
            message = (
                f"the first edition will be of {brief.date.text}, and this brief says {brief.updated.text} besides"
            )
            hint = f"remove the line, or write date: {brief.updated.text}: the day of an update is that of its edition"
            yield Diagnostic("wrong-date", message, brief.at["updated"], hint, "warning")


_YEARS_AHEAD = 20
"""So many years after its last source was saved a brief is dated by a slip."""


def _newest_day(project: Project) -> date | None:
    """The last day on which a source was saved; no clock is asked."""
    copies = (copy for source in project.sources.values() for copy in source.archived)
    return max((copy.retrieved.start for copy in copies if copy.retrieved), default=None)


def _is_before(day: str, other: str) -> bool:
    """Whether a time is before another, as far as both are written: 2026-01 is not before 2026-01-15."""
    shorter = min(len(day), len(other))
    return day[:shorter] < other[:shorter]


def _likely_alias(project: Project, kind: str, id: str) -> str:
    """What it may be called now: new of its kind, and nearest in name; of facts, with the same quotation."""
    paths = project.records[-1].addresses if project.records else ()
    known = {path.split("/")[1] for path in paths if path.startswith(kind)}
    named: Mapping[str, object] = {
        "briefs": project.briefs,
        "charts": project.charts,
        "facts": project.facts,
        "pages": {slug.removeprefix(PAGES): page for slug, page in project.pages.items()},
        "sources": {source.slug: source for source in project.sources.values()},
    }.get(kind, {})
    new = [name for name in named if name not in known and not tongue_of(name)]
    before = project.editions.get(id, ()) if kind == "briefs" else ()
    titled = [name for name in new if before and project.briefs[name].title == before[-1].title]
    if len(titled) == 1:
        return titled[0]
    if kind == "facts" and project.records:
        quoted = {(source, quote) for fact, source, quote in project.records[-1].printed.quotes if fact == id}
        for name in new:
            if quoted & {(evidence.source, evidence.quote) for evidence in project.facts[name].evidence}:
                return name
    near = nearest_words(id, new)
    return near[0] if near else new[0] if len(new) == 1 else ""


@dataclass(slots=True)
class _Question:
    """A fact, or a dataset's rows, that say something else than was published, and nobody said why."""

    difference: TextDifference
    day: str
    briefs: dict[str, int] = field(default_factory=dict)
    """Slug of a brief, page or chart's page -> how often it printed the value; empty for the fact's own page."""
    follows: dict[str, None] = field(default_factory=dict)
    minor: Reason | None = None
    more: list[TextDifference] = field(default_factory=list)
    """Further rows of the same dataset."""

    def diagnostic(self, answers: Answers) -> Diagnostic:
        difference, project = self.difference, answers.project
        message = said_of(difference, self.day)
        if self.minor is not None:
            return minor_problem(self.minor, message)
        told = list(self._pages())
        more = f"it is printed {', '.join(told)}" if told else "it is computed with"
        if not told and "" in self.briefs:
            more = "it stands on its own page, and in the data files"
        if self.more:
            more += f"; so it is with {len(self.more):,} more of this file"
        if self.follows:
            listed = list(self.follows)
            rest = f" and {len(listed) - MOST_TOLD:,} more" if len(listed) > MOST_TOLD else ""
            more += f"; with it {', '.join(listed[:MOST_TOLD])}{rest}"
        where = _place(answers, difference)
        kind = "correction" if difference.kind is DifferenceKind.CHANGED else "update"
        beside = "here" if difference.facts else f"in the dataset {difference.dataset}"
        otherwise = "(revision, if the source changed" if kind == "correction" else "(correction, if it was wrong"
        where_else = "or one entry in each brief" if told else "or one in content/site.yaml for several"
        hint = f'say why, {beside}: changes: [{{kind: {kind}, text: "…"}}]   {otherwise}; {where_else})'
        if difference.facts and project.facts[difference.facts[-1]].changes:
            hint = hint.replace("changes: [{", "one more entry of changes: {").replace("}]", "}")
        return Diagnostic("unexplained-change", message, where, hint, more=more)

    def _pages(self) -> Iterator[str]:
        """Where it is printed and how often: a translation in brackets after its original, if both print it."""
        printing = {slug: times for slug, times in sorted(self.briefs.items()) if times and slug}
        for slug, times in printing.items():
            if not _is_of_another(slug, printing):
                tongues = [tongue_of(other) for other in printing if original_of(other) == slug != other]
                also = f" (also {', '.join(tongues)})" if tongues else ""
                yield f"{_times(times)} in {_page(slug)}{also}"


def _is_of_another(slug: str, printing: Mapping[str, int]) -> bool:
    """Whether it is a translation, and what it is translated from prints the same value."""
    return bool(tongue_of(slug)) and bool(printing.get(original_of(slug)))


def _page(slug: str) -> str:
    return f"the chart {slug.partition(':')[2]}" if ":" in slug else slug


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


class _Why(Protocol):
    """Finds the entry that says why."""

    def __call__(self, difference: TextDifference, *, minor: bool = False) -> Reason | None: ...


def _ask(
    asked: dict[str, _Question],
    slug: str,
    day: str,
    differences: tuple[TextDifference, ...],
    why: _Why,
) -> None:
    for difference in differences:
        if difference.kind not in OF_FACTS or not (difference.facts or difference.dataset) or why(difference):
            continue
        key = difference.facts[-1] if difference.facts else f"row:{difference.dataset}"
        if key in asked and asked[key].briefs and (not slug or ":" in slug):
            continue  # told with the briefs that print it
        question = asked.setdefault(key, _Question(difference, day))
        if question.difference.subject != difference.subject:
            question.more.append(difference)
        question.briefs[slug] = question.briefs.get(slug, 0) + difference.times[0]
        question.minor = question.minor or why(difference, minor=True)
        if _is_of_another(slug, question.briefs):
            continue  # what follows is said in the language of the original
        question.follows.update(
            (f"{each.old} becomes {each.new}", None)
            for each in differences
            if each.kind is DifferenceKind.FOLLOWS
            and set(each.because) & set(difference.facts)
            and each.old != each.new
            and each.times[0]
        )


def _place(answers: Answers, difference: TextDifference) -> Span:
    project = answers.project
    if difference.facts:
        return _fact_place(project.facts[difference.facts[-1]], difference)
    dataset = project.datasets[difference.dataset]
    if dataset.file.endswith((".csv", ".tsv", ".txt")):
        names = row_names(dataset)
        for name, line in zip(names, dataset.lines, strict=True):
            if difference.subject.startswith(f"row:{dataset.id}/{name}/"):
                return Span.at(f"content/data/{dataset.file}", line)
    return dataset.at["file"]


def _fact_place(fact: Fact, difference: TextDifference) -> Span:
    if difference.kind is DifferenceKind.CLAIM:
        return fact.at["claim"]
    if difference.kind is DifferenceKind.QUOTE:
        return fact.at["evidence.0.quote"]
    if difference.said[0].modality != difference.said[1].modality and fact.modality:
        return fact.at["modality"]
    return fact.at["formula"] if fact.formula else fact.at["value"]


def _needless_in_facts(answers: Answers) -> Iterator[Diagnostic]:
    """Entries of facts that say what they said when they were published."""
    project = answers.project
    for fact in project.facts.values():
        if not fact.changes:
            continue
        idle: list[tuple[Span, str]] = []
        needed = printed = False
        histories = {slug: each for slug, each in project.editions.items() if slug in project.briefs}
        for slug, history in (histories | {"the site": project.records}).items():
            known = [s for s in history[-1].printed.sayings if s.fact == fact.id] if history else []
            if not known:
                continue
            printed = True
            own = ((f"fact:{fact.id}", change, _entry_place(fact, n)) for n, change in enumerate(fact.changes))
            fresh = unseen(own, history)
            view = View(answers)
            quotes = tuple(quote for quote in history[-1].printed.quotes if quote[0] == fact.id)
            if known[0].said != fact_said(fact, view) or sorted(quotes) != sorted(quotes_of(fact)):
                needed = True
            idle += [(reason.where, slug) for reason in fresh]
        if printed and not needed:
            yield from (needless(where, f'"{fact.id}"', slug) for where, slug in dict(idle).items())


def _entry_place(fact: Fact, number: int) -> Span:
    key = f"changes.{number}.text"
    return fact.at[key] if key in fact.at.keys else fact.at[f"changes.{number}.kind"]


# What an edition said, said again as of now


def said_again(printed: Printed, view: View, lang: str) -> Printed:
    """The same printings with the values that they have now; what is gone is left out."""
    facts = dict.fromkeys(fact for fact, _, _ in printed.quotes)
    rows: dict[str, CellPlaces] = {}
    sayings = [_again(saying, view, lang, rows) for saying in printed.sayings]
    known = (fact for id in facts if (fact := view.fact(id)) is not None)
    return replace(
        printed,
        sayings=tuple(saying for saying in sayings if saying is not None),
        quotes=tuple(quote for fact in known for quote in quotes_of(fact)),
        lines=tuple(_claim_again(line, view, lang) for line in printed.lines),
    )


def _claim_again(line: str, view: View, lang: str) -> str:
    found = _CLAIMED.search(line)
    name = WordsName.read(found[1]) if found else None
    fact = view.fact(name.id) if name and name == WordsName("fact", name.id) else None
    return line if fact is None else words_line(WordsName("fact", fact.id), claim_parts(fact, lang, ""))


CellPlaces = Mapping[str, tuple[int, int]]
"""Of a dataset: by what a cell is compared -> its row and its column, from 0."""


def _again(saying: Saying, view: View, lang: str, rows: dict[str, CellPlaces]) -> Saying | None:
    if saying.fact:
        fact = view.fact(saying.fact)
        if fact is None:
            return None
        text = saying.text
        with suppress(FormatError, UnitError):
            text = value_text(view, fact, lang, options_of(saying.call))
        return fact_saying(fact, view, text, saying.call, saying.sentence)
    if saying.subject.startswith("calc:"):
        return _calc_again(saying, view, lang)
    id = saying.subject.removeprefix("row:").partition("/")[0]
    dataset = view.dataset(id)
    if dataset is None:
        return None
    if id not in rows:
        rows[id] = _cells(dataset)
    found = rows[id].get(saying.subject)
    if found is None:
        return None
    row, place = found
    said, text = row_said(dataset, row, place), saying.text
    if said != saying.said:
        text = said.value
        with suppress(FormatError, UnitError):
            text = cell_text(view, dataset, row, place, lang, options_of(saying.call))
    return Saying(saying.subject, text, said, call=saying.call, sentence=saying.sentence)


def _calc_again(saying: Saying, view: View, lang: str) -> Saying | None:
    try:
        computed = view.compute(parse_formula(saying.subject.removeprefix("calc:")))
    except FormulaError:
        return None
    if computed.quantity is None:
        return None
    said = quantity_said(computed.quantity) if "show=date" not in saying.call else saying.said
    try:
        text = quantity_text(view, computed.quantity, lang, options_of(saying.call))
    except (FormatError, UnitError):
        text = said.value
    facts = inputs_of(computed.inputs, view)
    return Saying(saying.subject, text, said, facts, saying.formula, call=saying.call, sentence=saying.sentence)


def _cells(dataset: Dataset) -> CellPlaces:
    return {
        row_subject(dataset.id, name, column.name): (row, place)
        for row, name in enumerate(row_names(dataset))
        for place, column in enumerate(dataset.columns)
    }


def options_of(call: str) -> Options:
    """How a printing asked for its value."""
    named = {found[1]: found[2].strip() for found in _NAMED.finditer(call)}
    unit, digits, decimals = named.get("unit", "short"), named.get("digits"), named.get("decimals")
    show = named.get("show", "value")
    return Options(
        show if show != "claim" else "value",
        unit if unit in ("short", "long", "none") else "short",  # type: ignore[arg-type]
        named.get("scale"),
        int(digits) if digits else None,
        int(decimals) if decimals else None,
    )
