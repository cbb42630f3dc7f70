"""What differs from a brief's last edition in, whether its author said why out: problems, else the next edition. Pure.

A reason stands beside the thing: in `changes:` of the fact, of the dataset, or of the brief. It counts as long as no
edition of that brief has seen it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from reportgen.brief.said import plain_line
from reportgen.diagnostics import Diagnostic, Places, Span
from reportgen.editions.comparing import ASKED, WORDY, DifferenceKind, TextDifference
from reportgen.late_patterns import regex
from reportgen.model.brief import Brief
from reportgen.model.dataset import Dataset
from reportgen.model.edition import Change, ChangeKind, Edition, EditionChange, EditionNote, NewValue, Said
from reportgen.model.fact import Fact
from reportgen.model.project import Project, Settings

_FACT_KINDS = frozenset((DifferenceKind.CHANGED, DifferenceKind.QUOTE, DifferenceKind.CLAIM))


@dataclass(frozen=True, slots=True)
class Reason:
    """An entry of `changes:` that no edition of the brief has seen."""

    owner: str
    change: Change
    where: Span

    @property
    def is_minor(self) -> bool:
        return self.change.kind is ChangeKind.MINOR


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found of a brief that has editions, or is to have one."""

    diagnostics: tuple[Diagnostic, ...] = ()
    pending: EditionNote | None = None
    """The edition that is not released yet; None where nothing is said otherwise, or something without a reason."""
    differences: tuple[TextDifference, ...] = ()
    reasons: Mapping[str, str] | None = None
    """Subject of a difference -> the reason given, for `diff`."""


def entry_digest(owner: str, change: Change) -> str:
    """By what an edition knows an entry again."""
    key = [owner, change.kind.value, change.text.by_language, change.facts]
    return sha256(json.dumps(key, ensure_ascii=False).encode()).hexdigest()[:16]


def entries(project: Project, brief: Brief) -> Iterator[tuple[str, Change, Span]]:
    """Every entry that may explain a change in a brief: its own, and those of all facts and datasets."""
    yield from entries_of("brief", brief.changes, brief.at)
    for fact in project.facts.values():
        yield from entries_of(f"fact:{fact.id}", fact.changes, fact.at)
    for dataset in project.datasets.values():
        yield from entries_of(f"dataset:{dataset.id}", dataset.changes, dataset.at)


def entries_of(owner: str, changes: tuple[Change, ...], at: Places) -> Iterator[tuple[str, Change, Span]]:
    """Whose each entry is, the entry, and its place."""
    for number, change in enumerate(changes):
        key = f"changes.{number}.text" if f"changes.{number}.text" in at.keys else f"changes.{number}.kind"
        yield owner, change, at[key]


def seen_entries(project: Project, brief: Brief) -> tuple[str, ...]:
    """The digests of all entries there are."""
    return tuple(sorted(entry_digest(owner, change) for owner, change, _ in entries(project, brief)))


def unseen(found: Iterable[tuple[str, Change, Span]], history: tuple[Edition, ...]) -> tuple[Reason, ...]:
    """The entries that the last edition had not seen; of equal ones, those that have no date come first."""
    seen = Counter(history[-1].seen if history else ())
    reasons = []
    for owner, change, where in sorted(found, key=lambda entry: entry[1].date is None):
        digests = (entry_digest(owner, replace(change, text=text)) for text in change.text.earlier())
        if digest := next((digest for digest in digests if seen[digest]), ""):
            seen[digest] -= 1
        else:
            reasons.append(Reason(owner, change, where))
    return tuple(sorted(reasons, key=lambda reason: reason.where))


Where = Callable[[TextDifference], Span]


def judge(
    brief: Brief,
    history: tuple[Edition, ...],
    differences: tuple[TextDifference, ...],
    reasons: tuple[Reason, ...],
    place: Where,
) -> Judged:
    """Whether each difference has its reason. Facts and rows that say something else are told by `gate.py`, once for
    all briefs; `place` says where all else is printed now."""
    last = history[-1]
    used: dict[Reason, list[NewValue]] = {r: [] for r in reasons if r.owner == "brief"}
    told: dict[str, str] = {}
    problems: list[Diagnostic] = []
    unexplained = False
    for difference in differences:
        if difference.kind not in ASKED:
            continue
        reason = reason_for(difference, reasons)
        if reason is None:
            unexplained = True
            if difference.kind not in _FACT_KINDS or not (difference.facts or difference.dataset):
                problems.append(_unexplained(brief, last, difference, reasons, place(difference)))
            continue
        told[difference.subject] = reason.change.text.in_language(brief.lang)
        if difference.kind is not DifferenceKind.CHART:
            used.setdefault(reason, []).append(new_value(difference))
        else:
            used.setdefault(reason, [])
    wordy = [difference for difference in differences if difference.kind in WORDY]
    moved = next((each for each in wordy if each.kind in (DifferenceKind.MOVED, DifferenceKind.TURNED)), None)
    said_why = any(r.owner == "brief" and not r.is_minor and not r.change.facts for r in reasons)
    if moved is not None and not said_why and not unexplained:
        of_words = next((reason for reason in used if reason.is_minor), None)
        said = " became ".join(f"“{shortened(plain_line(sentence)) or '…'}”" for sentence in moved.sentence)
        problems.append(minor_problem(of_words, said) if of_words else _unreleased_words(brief, last, [moved], place))
        unexplained = True
    if wordy and not used and not unexplained:
        problems.append(_unreleased_words(brief, last, wordy, place))
        unexplained = True
    problems += _needless(brief, reasons, differences)
    if unexplained or not used:
        return Judged(tuple(problems), None, differences, told)
    changes = tuple(
        EditionChange(reason.owner, reason.change.kind, reason.change.text, reason.change.facts, tuple(values))
        for reason, values in used.items()
    )
    follows = tuple(
        new_value(difference)
        for difference in differences
        if difference.kind is DifferenceKind.FOLLOWS and difference.old != difference.new
    )
    minor = all(change.kind is ChangeKind.MINOR for change in changes)
    note = EditionNote("", next_version(history, minor), "", changes, follows)
    return Judged(tuple(problems), note, differences, told)


def reason_for(difference: TextDifference, reasons: tuple[Reason, ...], *, minor: bool = False) -> Reason | None:
    """The entry that says why: of the fact or dataset, else of the brief that names it, else of the brief."""
    is_new = difference.kind is DifferenceKind.NEW
    owners = [owner for owner in difference.owners if not (is_new and owner.startswith("fact:"))]
    good = [reason for reason in reasons if reason.is_minor is minor]
    for owner in owners:
        for reason in good:
            if reason.owner == owner:
                return reason
    of_brief = [reason for reason in good if reason.owner == "brief"]
    named = (reason for reason in of_brief if set(reason.change.facts) & set(difference.facts))
    general = (reason for reason in of_brief if not reason.change.facts)
    return next(named, None) or next(general, None)


def is_withdrawal(edition: Edition) -> bool:
    """Whether an edition says that its brief was withdrawn."""
    return any(change.kind is ChangeKind.WITHDRAWAL for change in edition.note.changes)


def last_that_said(history: tuple[Edition, ...]) -> Edition:
    """The edition with which a brief is compared: the last that says more than that it was withdrawn."""
    return next((edition for edition in reversed(history) if not is_withdrawal(edition)), history[-1])


def restored_problem(brief: Brief, history: tuple[Edition, ...], reasons: tuple[Reason, ...]) -> Iterator[Diagnostic]:
    """That a brief which was withdrawn stands again, and nobody says why."""
    said_why = any(r.owner == "brief" and not r.is_minor and not r.change.facts for r in reasons)
    if is_withdrawal(history[-1]) and not said_why:
        message = f"this brief was withdrawn on {history[-1].note.date}, and stands again"
        hint = f'say why, in the front matter of {brief.slug}: changes: [{{kind: update, text: "…"}}]'
        yield Diagnostic("unexplained-change", message, brief.at["title"], hint)


def next_version(history: tuple[Edition, ...], minor: bool) -> str:
    """`3` after `2` or `2.4`; of a minor one `2.1` after `2`."""
    if not history:
        return "1"
    major, _, small = history[-1].note.version.partition(".")
    return f"{major}.{int(small or 0) + 1}" if minor else str(int(major) + 1)


_NAMED = regex(r"⟨\|fact:([^⟩]*)⟩")
"""A fact that words of the site's record name."""
_SAID = {
    DifferenceKind.CHANGED: "{old} was published on {day}; now it is {new}",
    DifferenceKind.QUOTE: "another quotation was published on {day} for this",
    DifferenceKind.REPLACED: "{old} was published here on {day}; now {new} stands in its place",
    DifferenceKind.GONE: "{old} was published on {day}, and is printed no more",
    DifferenceKind.NEW: "{new} is new: it was not in the edition of {day}",
    DifferenceKind.CLAIM: "“{old}” was published on {day}; now it is “{new}”",
    DifferenceKind.HIDDEN: "“{new}” was seen in what was published on {day}; now a stylesheet hides it",
    DifferenceKind.MOVED: "a sentence has other numbers than were published on {day}",
    DifferenceKind.TURNED: "a sentence says otherwise of its numbers than was published on {day}",
    DifferenceKind.CHART: "the rows of {subject} are not those that were published on {day}",
}


def said_of(difference: TextDifference, day: str) -> str:
    """A difference in words."""
    old, new = difference.old, difference.new
    if old and new and difference.kind in (DifferenceKind.CHANGED, DifferenceKind.REPLACED):
        old, new = apart(old, new, difference.said)
        if difference.now and difference.said[0] == difference.said[1]:
            old, new = (f"{difference.old} ({_name(each)})" for each in (difference.subject, difference.now))
    if difference.kind is DifferenceKind.CLAIM:
        old, new = (shortened(_NAMED.sub(r"\1", text)) for text in (old, new or "…"))
        if not difference.old:
            return f"“{new}” is new since {day}, and stands on pages that were published"
        if not difference.new:
            return f"“{old}” was published on {day}, and is said no more"
    names = {"old": old, "new": new, "day": day}
    return _SAID[difference.kind].format(subject=f'"{difference.subject.partition(":")[2]}"', **names)


def _name(subject: str) -> str:
    """What a subject is called: a fact's id, a formula, of a row of a file the words in it."""
    kind, _, name = subject.partition(":")
    return name.partition("/")[2].rpartition("/")[0] if kind == "row" else name


def apart(old: str, new: str, said: tuple[Said, Said]) -> tuple[str, str]:
    """Two values as printed, each with its time and, where nothing else tells them apart, all that it says."""
    if said[0].place != said[1].place:
        old, new = (f"{text} ({one.place or 'no place'})" for text, one in zip((old, new), said, strict=True))
    if said[0].as_of != said[1].as_of:
        old, new = (f"{text} ({one.as_of or 'no time'})" for text, one in zip((old, new), said, strict=True))
    elif said[0].dated != said[1].dated and all(one.dated for one in said):
        old, new = (f"{text} (source of {one.dated})" for text, one in zip((old, new), said, strict=True))
    if said[0].modality != said[1].modality:
        old, new = (f"{text} ({one.modality or 'done'})" for text, one in zip((old, new), said, strict=True))
    if old == new:
        parts = [
            (one.relation if one.relation != "=" else "", one.value or "…", f"{one.min}–{one.max}", one.unit)
            for one in said
        ]
        differs = [n for n in range(4) if parts[0][n] != parts[1][n]]
        old, new = (f"{old} ({' '.join(each[n] for n in differs if each[n]) or 'exact'})" for each in parts)
    return old, new


def new_value(difference: TextDifference) -> NewValue:
    """What became of a value, as an edition records it."""
    old, new = difference.old, difference.new
    if old and new:
        old, new = apart(old, new, difference.said)
    return NewValue(difference.facts[-1] if difference.facts else "", old, new)


def _unexplained(
    brief: Brief, last: Edition, difference: TextDifference, reasons: tuple[Reason, ...], where: Span
) -> Diagnostic:
    message = said_of(difference, last.note.date)
    minor = reason_for(difference, reasons, minor=True)
    if minor is not None:
        return minor_problem(minor, message)
    more = ""
    if difference.sentence[0] or difference.sentence[1]:
        more = f"it stood in “{shortened(difference.sentence[0] or difference.sentence[1])}”"
        if difference.kind is DifferenceKind.NEW:
            more = f"it stands in “{shortened(difference.sentence[1])}”"
    facts = f"facts: [{', '.join(difference.facts)}], " if difference.facts else ""
    hint = (
        f'say why, in the front matter of {brief.slug}: changes: [{{kind: update, {facts}text: "…"}}]   '
        "(or status: draft while you work)"
    )
    return Diagnostic("unexplained-change", message, where, hint, more=more)


def page_problem(brief: Brief, day: str, difference: TextDifference, minor: Reason | None, where: Span) -> Diagnostic:
    """What a page beside the briefs, or a chart's own, says otherwise without a reason."""
    message = said_of(difference, day)
    if minor is not None:
        return minor_problem(minor, message)
    beside = f"the front matter of {brief.slug}" if brief.is_page else f"the dataset {difference.dataset}"
    if not brief.is_page and not difference.dataset:
        beside = "content/site.yaml"
    hint = f'say why, in {beside}: changes: [{{kind: update, text: "…"}}]'
    more = ""
    if difference.sentence[0]:
        more = f"it stood in “{shortened(plain_line(difference.sentence[0]))}”"
    return Diagnostic("unexplained-change", message, where, hint, more=more)


def minor_problem(reason: Reason, message: str) -> Diagnostic:
    """A change of a number that is called minor."""
    hint = 'kind: correction where it was wrong, revision where the source changed it, each with text: "…"'
    return Diagnostic("minor-changes-numbers", f"this is no minor change: {message}", reason.where, hint)


def shortened(text: str) -> str:
    """The beginning of a sentence."""
    return text if len(text) <= 90 else f"{text[:88].rstrip()}…"


def _unreleased_words(brief: Brief, last: Edition, wordy: list[TextDifference], place: Where) -> Diagnostic:
    first = wordy[0]
    where = place(first)
    if first.kind in (DifferenceKind.MOVED, DifferenceKind.TURNED):
        was, now = (shortened(plain_line(sentence)) for sentence in first.sentence)
        said = f"“{was}” is “{now}” now" if was and now else f"“{now}” is new" if now else f"“{was}” is gone"
        what = "has other numbers" if first.kind is DifferenceKind.MOVED else "says otherwise of its numbers"
        message = f"a sentence {what} than in the edition of {last.note.date}: {said}"
        hint = 'say why, in the front matter: changes: [{kind: correction, text: "…"}]   (clarification, if no more)'
        return Diagnostic("unreleased-words", message, where, hint, "warning")
    hint = f"reportgen release {brief.slug} --minor, or an entry with the reason in changes:"
    if first.kind is DifferenceKind.FORM and first.old != first.new:
        message = f"{first.old} was printed in the edition of {last.note.date}, and {first.new} is now"
        return Diagnostic("unreleased-words", message, where, hint, "warning")
    message = f"the words are not those of the edition of {last.note.date}"
    if first.kind is not DifferenceKind.WORDS:
        message = f"this is not as it was in the edition of {last.note.date}: {first.kind} ({first.subject})"
    was, now = (plain_line(line) for line in first.sentence)
    if was or now:
        message += f": “{shortened(now or was)}”" + ("" if now else " is gone")
    return Diagnostic("unreleased-words", message, where, hint, "warning")


def _needless(
    brief: Brief, reasons: tuple[Reason, ...], differences: tuple[TextDifference, ...]
) -> Iterator[Diagnostic]:
    """Entries that name facts of which nothing is said otherwise."""
    about = {id for difference in differences for id in difference.facts if difference.kind is not DifferenceKind.TIMES}
    for reason in reasons:
        idle = [id for id in reason.change.facts if id not in about]
        if reason.owner == "brief" and idle:
            yield needless(reason.where, ", ".join(f'"{id}"' for id in idle), brief.slug)


def needless(where: Span, what: str, slug: str) -> Diagnostic:
    """An entry about what did not change."""
    message = f"this entry is about {what}, which is in {slug} as it was published"
    return Diagnostic("needless-change", message, where, "remove it, or correct what it is about", "warning")


def history_problems(project: Project, brief: Brief) -> Iterator[Diagnostic]:
    """What in a brief contradicts its editions: entries that are gone, days that are others."""
    history = project.editions.get(brief.slug, ())
    if not history:
        return
    now = {
        (owner, change.kind.value, text.by_language)
        for owner, change, _ in entries(project, brief)
        for text in change.text.earlier()
    }
    for edition in history:
        for change in edition.note.changes:
            kind, _, id = change.owner.partition(":")
            owner = {"fact": project.facts.get(id), "dataset": project.datasets.get(id)}.get(kind, brief)
            if owner is None or change.kind is ChangeKind.WITHDRAWAL:
                continue
            if (change.owner, change.kind.value, change.text.by_language) not in now:
                where = brief.at["title"] if owner is brief else owner.at["id"]
                said = change.text.in_language(brief.lang) or change.kind.value
                message = f"an entry of changes: was published on {edition.note.date}, and is gone: “{shortened(said)}”"
                hint = "write it again as it was; a new reason is another entry"
                yield Diagnostic("change-removed", message, where, hint)
    yield from _wrong_dates(brief, history)


def removed_entries(project: Project) -> Iterator[Diagnostic]:
    """Entries beside facts, datasets and pages that the site was released with, and that are gone."""
    owners: Mapping[str, Mapping[str, Fact | Dataset | Brief]] = {
        "fact": project.facts,
        "dataset": project.datasets,
        "brief": project.documents,
    }
    for record in project.records:
        for change in record.note.changes:
            kind, _, id = change.owner.partition(":")
            owner: Settings | Fact | Dataset | Brief | None = project.settings
            owner = owner if kind == "site" else owners.get(kind, {}).get(id)
            if owner is None or any(each.continues(change) for each in owner.changes):
                continue
            said = change.text.in_language(project.settings.lang) or change.kind.value
            message = f"an entry of changes: was published on {record.note.date}, and is gone: “{shortened(said)}”"
            hint = "write it again as it was; a new reason is another entry"
            where = owner.at["changes"] if kind == "site" else owner.at["title" if kind == "brief" else "id"]
            yield Diagnostic("change-removed", message, where, hint)


def _wrong_dates(brief: Brief, history: tuple[Edition, ...]) -> Iterator[Diagnostic]:
    first = history[0].note.date
    if brief.date.text != first:
        message = f"the first edition is of {first}, and not of {brief.date.text}"
        yield Diagnostic("wrong-date", message, brief.at["date"], f"write date: {first}")
    if brief.updated is not None and brief.updated.text != (last := modified(history)):
        hint = "remove the line: the day of an update is that of its edition"
        message = f"the last edition that changed more than words is of {last}, and not of {brief.updated.text}"
        yield Diagnostic("wrong-date", message, brief.at["updated"], hint)


def modified(history: tuple[Edition, ...]) -> str:
    """The day of the last edition that was not minor."""
    major = (edition.note.date for edition in reversed(history) if not edition.note.is_minor)
    return next(major, history[0].note.date)


def with_day(note: EditionNote, day: str, taken: Iterable[str]) -> EditionNote:
    """A pending edition, dated; of several in a day each gets a number."""
    ids = frozenset(taken)
    names = (day, *(f"{day}-{number}" for number in range(2, 1000)))
    return replace(note, id=next(name for name in names if name not in ids), date=day)
