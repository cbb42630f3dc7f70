"""What two editions say in, what differs between them out. Pure.

Compared by subject and not by place: by fact, else by formula, else by row of a dataset. Of subjects that are gone and
subjects that came, those make a pair that have the same evidence, formula, or measure, place and time; then those that
stand at the same place in the order of the text. So a number that is dropped under one id and printed under another is
still a change.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import islice

from reportgen.editions.rewording import says_otherwise
from reportgen.editions.table_names import VALUE, relabelled
from reportgen.language.lexicon import lexicon
from reportgen.language.typed_numbers import number_word_pattern
from reportgen.language.words import lower
from reportgen.late_patterns import regex
from reportgen.model.edition import Printed, PrintedChart, Said, Saying, WordsName


class DifferenceKind(StrEnum):
    """How what is said differs."""

    CHANGED = "changed"
    REPLACED = "replaced"
    GONE = "gone"
    NEW = "new"
    QUOTE = "quote"
    CLAIM = "claim"
    """The words of a fact type other numbers than they did."""
    HIDDEN = "hidden"
    """A stylesheet takes something out of sight."""
    CHART = "chart data"
    WORDS = "words"
    FORM = "form"
    MOVED = "moved"
    """A sentence says other numbers than it did, or in another order, each of which the text has elsewhere; or a number
    that is typed by hand, a year or a word, is new or gone."""
    TURNED = "turned"
    """A sentence says otherwise of the numbers that it prints: that they fell and did not rise, or the contrary."""
    ORDER = "order"
    REFERENCES = "references"
    LOOK = "chart look"
    PICTURE = "picture"
    FOLLOWS = "follows"
    RENAMED = "renamed"
    TIMES = "times"


ASKED = frozenset(
    (
        *(DifferenceKind.CHANGED, DifferenceKind.REPLACED, DifferenceKind.GONE, DifferenceKind.NEW),
        *(DifferenceKind.QUOTE, DifferenceKind.CLAIM, DifferenceKind.CHART, DifferenceKind.HIDDEN),
    )
)
"""What a reader could have quoted: it needs a reason that is not minor."""
HIDING = WordsName("hiding", "stylesheets")
"""What the project's own stylesheets take out of sight."""
_BETWEEN = " ; "
_OVER_ALL = ("template", "word")
"""What is laid over pages that were published, so that what is new there is a change of them."""
_WHOLE = ("unit", "place", "conflict")
"""Names of which each letter is a part of what a value says."""
WORDY = frozenset(
    (
        *(DifferenceKind.WORDS, DifferenceKind.FORM, DifferenceKind.MOVED, DifferenceKind.TURNED),
        *(DifferenceKind.ORDER, DifferenceKind.REFERENCES, DifferenceKind.LOOK, DifferenceKind.PICTURE),
    )
)
"""What needs an entry, which may be minor."""


_CELL = regex(r"\[([a-z0-9-]+):")
"""Where a formula takes a cell of a dataset."""


def cells_of(formula: str) -> tuple[str, ...]:
    """Ids of the datasets of which a formula takes cells."""
    return tuple(dict.fromkeys(_CELL.findall(formula)))


@dataclass(frozen=True, slots=True)
class TextDifference:
    """One thing that is said otherwise, or no more, or for the first time."""

    kind: DifferenceKind
    subject: str
    """As it was compared; of what is new, as it is now."""
    now: str = ""
    """What took its place, where that is another subject."""
    old: str = ""
    """As printed."""
    new: str = ""
    times: tuple[int, int] = (0, 0)
    """How often it was and is printed."""
    because: tuple[str, ...] = ()
    """Facts from which it follows."""
    sentence: tuple[str, str] = ("", "")
    data: str = ""
    """Of a figure: the dataset that it shows."""
    cells: tuple[str, ...] = ()
    """Of a value whose formula is as it was: the datasets of which it takes cells. It is another since they are."""
    said: tuple[Said, Said] = (Said(), Said())
    """What it said and says, of a value."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the facts that it is about."""
        subjects = dict.fromkeys((self.subject, self.now))
        return tuple(s.removeprefix("fact:") for s in subjects if s.startswith("fact:"))

    @property
    def dataset(self) -> str:
        """Id of the dataset whose row it is, or that it is computed from; empty for what is none."""
        if self.subject.startswith("row:"):
            return self.subject.removeprefix("row:").partition("/")[0]
        return self.data or next(iter(self.cells), "")

    @property
    def owners(self) -> tuple[str, ...]:
        """Whose reasons tell why, before those of briefs."""
        datasets = dict.fromkeys((*((self.dataset,) if self.dataset else ()), *self.cells))
        return (*(f"fact:{id}" for id in self.facts), *(f"dataset:{id}" for id in datasets))


@dataclass(frozen=True, slots=True)
class _Printings:
    """All printings of one subject."""

    first: Saying
    calls: tuple[str, ...]
    charts: frozenset[str]
    """The figures that show it, where nothing else does."""
    others: tuple[Saying, ...] = ()
    """What else it says: of facts that have become one since."""
    printed: tuple[Saying, ...] = ()
    """All that a reader saw, in the order of the text."""

    def beside(self, other: _Printings | None) -> _Printings:
        """The same, first what the other one does not say."""
        if other is None or self.first.said != other.first.said:
            return self
        return next((replace(self, first=each) for each in self.others if each.said != other.first.said), self)

    @property
    def times(self) -> int:
        return len(self.calls)


def compare(
    old: Printed, new: Printed, aliases: Mapping[str, str] | None = None, lang: str = ""
) -> tuple[TextDifference, ...]:
    """What differs. `aliases`: an id that a fact had before -> its id now. `lang`: in whose words numbers are typed."""
    if aliases:
        old = renamed(old, aliases)
    if old.cited is None and new.cited:
        new = replace(new, lines=_without_words(new.lines, new.cited))
    after = _groups(new)
    before = {subject: group.beside(after.get(subject)) for subject, group in _groups(old).items()}
    quotes = _quotes(old), _quotes(new)
    changed = {
        subject.removeprefix("fact:")
        for subject in before.keys() & after.keys()
        if subject.startswith("fact:") and _is_another(before[subject].first.said, after[subject].first.said)
    }
    own = {id for id in changed if not _follows(before[f"fact:{id}"], after[f"fact:{id}"], changed)}
    found: list[TextDifference] = []
    felt: set[str] = set()
    for subject in (s for s in before if s in after):
        one, other = before[subject], after[subject]
        difference = _same_subject(one, other, changed, own)
        if difference is None:
            continue
        if difference.kind is DifferenceKind.FOLLOWS:
            felt.update(difference.because)
        if one.times or other.times:
            found.append(difference)
    unprinted = (s for s in before if s in after and not (before[s].times and after[s].times))
    # What is not printed itself is asked about where something printed follows from it.
    found += (
        _difference(DifferenceKind.CHANGED, before[subject], after[subject])
        for subject in unprinted
        if subject.removeprefix("fact:") in felt
    )
    for subject in (s for s in before if s in after and s.startswith("fact:") and before[s].times and after[s].times):
        id = subject.removeprefix("fact:")
        if quotes[0].get(id) != quotes[1].get(id) and id not in own:
            was, now = (" … ".join(quote for _, quote in sorted(each.get(id, ()))) for each in quotes)
            quoted = _difference(DifferenceKind.QUOTE, before[subject], after[subject])
            found.append(replace(quoted, old=was, new=now))
    found += _claims(old, new, own, lang)
    charts = _charts(old, new)
    found += charts
    told = {each.subject.removeprefix("chart:") for each in charts if each.kind is DifferenceKind.CHART}
    found += _gone_and_come(before, after, quotes, told, old, new)
    found += _words(old, new, found, lang)
    return tuple(found)


def renamed(printed: Printed, aliases: Mapping[str, str]) -> Printed:
    """What was said, of what is called otherwise since. `aliases`: of a fact its id, of a figure and a dataset with
    `chart:` and `row:` before it."""

    def name(text: str) -> str:
        if text.startswith("fact:"):
            return f"fact:{aliases.get(text[5:], text[5:])}"
        if text.startswith("row:"):
            data, mark, rest = text.partition("/")
            return aliases.get(data, data) + mark + rest
        if text.startswith("chart:"):
            return aliases.get(text, text)
        text = _CELL.sub(lambda m: f"[{aliases.get(f'row:{m[1]}', f'row:{m[1]}').removeprefix('row:')}:", text)
        return re.sub(r"\[([a-z0-9-]+)\]", lambda m: f"[{aliases.get(m[1], m[1])}]", text)

    def label(kind: str, of: str) -> str:
        return aliases.get(of, of) if kind == "label" else name(of)

    def claim(found: re.Match[str]) -> str:
        name = WordsName.read(found[1])
        name = replace(name, id=aliases.get(name.id, name.id)) if name.kind == "fact" else name
        return f"⟨|claim:{name.text}⟩"

    sayings = tuple(
        replace(
            each,
            subject=name(each.subject),
            formula=name(each.formula),
            call=name(each.call),
            facts=tuple(aliases.get(id, id) for id in each.facts),
        )
        for each in printed.sayings
    )
    return replace(
        printed,
        sayings=sayings,
        quotes=tuple((aliases.get(fact, fact), source, quote) for fact, source, quote in printed.quotes),
        charts=tuple(
            replace(
                chart,
                id=name(f"chart:{chart.id}").removeprefix("chart:"),
                dataset=name(f"row:{chart.dataset}").removeprefix("row:"),
                rows=tuple(tuple(map(name, row)) for row in chart.rows),
                names=chart.names and tuple((kind, label(kind, of), words) for kind, of, words in chart.names),
            )
            for chart in printed.charts
        ),
        lines=tuple(_MARKED.sub(lambda m: f"|{name(m[1])}⟩", _CLAIM.sub(claim, line)) for line in printed.lines),
    )


def _claims(old: Printed, new: Printed, told: set[str], lang: str) -> Iterator[TextDifference]:
    """Facts whose own words type other numbers than before, and whose value is the same; and what else is said by name
    beside the texts, of which names of units, places and measures count by each letter: they are a part of what values
    say."""
    before, after = words_of(old), words_of(new)
    asked = set[str]()
    missed = {name for name in before if name.id and (name in after or _is_missed(name, before, after, new))}
    # All else that is new was said by nobody yet; a template lays out what was published.
    for name in sorted(missed | {name for name in after if name.kind in _OVER_ALL}):
        subject = f"fact:{name.id}" if name.kind == "fact" else f"words:{name.text}"
        numbers = _NumbersSaid(name.tag or lang, ())
        was, now = before.get(name, ""), after.get(name, "")
        if name == HIDING:
            hidden = hidden_line({*now.split(_BETWEEN)} - {*was.split(_BETWEEN)})
            if hidden:
                yield TextDifference(DifferenceKind.HIDDEN, subject, new=hidden, times=(1, 1))
            continue
        is_whole = name.kind in _WHOLE or (name.kind, name.part) == ("measure", "label")
        other = was != now if is_whole else numbers.typed(was) != numbers.typed(now)
        if other and not (name.kind == "fact" and name.id in told) and subject not in asked:
            asked.add(subject)
            yield TextDifference(DifferenceKind.CLAIM, subject, old=was, new=now, times=(1, 1))


def hidden_line(selectors: Collection[str]) -> str:
    """What is hidden, as a record has it."""
    return _BETWEEN.join(sorted(selectors))


NamedWords = Mapping[WordsName, str]
"""What is said beside the texts."""


def _is_missed(name: WordsName, before: NamedWords, after: NamedWords, new: Printed) -> bool:
    """Whether words that are there no more were a part of what is still said: those of a fact that there is, the name
    of a place that a value has, which of two facts was preferred; all that are told by their numbers alone."""
    if name.kind == "conflict":
        come = (words for other, words in after.items() if other.kind == "conflict" and other not in before)
        return before[name] not in come  # else it has another id
    if name.kind == "place":
        return any(saying.said.place == name.id for saying in new.sayings)
    if name.kind in ("unit", "measure"):
        return any((other.kind, other.id) == (name.kind, name.id) for other in after)
    return name.kind != "fact" or WordsName("fact", name.id) in after


def claims_of(printed: Printed) -> dict[str, str]:
    """Id of a fact -> its claim, with `…` for its value."""
    said = words_of(printed).items()
    return {name.id: words for name, words in said if name.kind == "fact" and not name.part and not name.tag}


def words_of(printed: Printed) -> dict[WordsName, str]:
    """What is said beside the texts, a claim with `…` for its value."""
    return dict(_named_words(line) for line in printed.lines if "|claim:" in line)


def _named_words(line: str) -> tuple[WordsName, str]:
    found = _CLAIM.search(line)
    assert found is not None
    name = WordsName.read(found[1])
    is_claim = name.kind == "fact" and not name.part
    return name, _CLAIM.sub("…" if is_claim else "", line).strip().replace("….", "…")


def _groups(printed: Printed) -> dict[str, _Printings]:
    by_subject: dict[str, list[Saying]] = {}
    for saying in printed.sayings:
        by_subject.setdefault(saying.subject, []).append(saying)
    return {
        subject: _Printings(
            min(found, key=lambda saying: (not saying.is_printed, saying.call.startswith("chart:"))),
            tuple(sorted(saying.call for saying in found if saying.is_printed)),
            frozenset(saying.call.removeprefix("chart:") for saying in found)
            if all(saying.call.startswith("chart:") for saying in found)
            else frozenset(),
            tuple(found[1:]),
            tuple(each for each in found if each.is_printed),
        )
        for subject, found in by_subject.items()
    }


def _quotes(printed: Printed) -> dict[str, frozenset[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for fact, source, quote in printed.quotes:
        found.setdefault(fact, set()).add((source, " ".join(quote.split())))
    return {fact: frozenset(quotes) for fact, quotes in found.items()}


def _follows(old: _Printings, new: _Printings, changed: set[str]) -> tuple[str, ...]:
    """The changed facts that a computed value follows from; none where its formula is another, or where it has none."""
    if not new.first.formula or old.first.formula != new.first.formula:
        return ()
    return tuple(id for id in new.first.facts if id in changed)


def _is_another(old: Said, new: Said) -> bool:
    """Whether a value is another, or of another time; editions of earlier versions do not say of which day the source
    of a fact without a time was."""
    return old != new or bool(old.dated and new.dated and old.dated != new.dated)


def _same_subject(old: _Printings, new: _Printings, changed: set[str], own: set[str]) -> TextDifference | None:
    if bool(old.times) is not bool(new.times):
        # Printed for the first time, or no more, where it was computed with before and is still.
        return _difference(DifferenceKind.NEW if new.times else DifferenceKind.GONE, old, new)
    if _is_another(old.first.said, new.first.said):
        because = tuple(id for id in _follows(old, new, changed) if id in own)
        kind = DifferenceKind.FOLLOWS if because else DifferenceKind.CHANGED
        is_same = old.first.formula == new.first.formula and not because
        return replace(
            _difference(kind, old, new), because=because, cells=cells_of(new.first.formula) if is_same else ()
        )
    if set(old.calls) != set(new.calls) and _forms(old) != _forms(new):
        return _in_form(old, new)
    if other := _rounded_otherwise(old, new):
        return other
    return _difference(DifferenceKind.TIMES, old, new) if old.times != new.times else None


def _forms(group: _Printings) -> frozenset[str]:
    """The ways in which a value is printed, apart from the figures that show it."""
    return frozenset(call for call in group.calls if not call.startswith(("chart:", "conflict:")))


_DATE = regex(r"\d{4}-\d\d")


def digits_of(text: str) -> str:
    """The digits of a printed number, whatever parts them and in whatever script."""
    return "".join(str(int(digit)) for digit in re.findall(r"\d", text))


def _in_form(old: _Printings, new: _Printings) -> TextDifference:
    """A value that is printed by other calls than it was: the first such printing, then and now."""
    one = next((each for each in old.printed if each.call not in new.calls), old.first)
    other = next((each for each in new.printed if each.call not in old.calls), new.first)
    found = _difference(DifferenceKind.FORM, old, new)
    return replace(found, old=one.text, new=other.text, sentence=(one.sentence, other.sentence))


def _rounded_otherwise(old: _Printings, new: _Printings) -> TextDifference | None:
    """A value that the same call prints in other digits, as where a column of its dataset is rounded: then and now."""
    was = {each.call: each for each in old.printed if not _DATE.match(each.said.value)}
    for other in new.printed:
        one = was.get(other.call, other)
        if digits_of(one.text) != digits_of(other.text) and digits_of(other.text):
            found = _difference(DifferenceKind.FORM, old, new)
            return replace(found, old=one.text, new=other.text, sentence=(one.sentence, other.sentence))
    return None


def _difference(kind: DifferenceKind, old: _Printings | None, new: _Printings | None) -> TextDifference:
    one, other = (group.first if group else None for group in (old, new))
    subject = one.subject if one else other.subject if other else ""
    return TextDifference(
        kind,
        subject,
        other.subject if other and other.subject != subject else "",
        one.text if one and (kind is not DifferenceKind.NEW) else "",
        other.text if other and kind is not DifferenceKind.GONE else "",
        (old.times if old else 0, new.times if new else 0),
        sentence=(one.sentence if one else "", other.sentence if other else ""),
        said=(one.said if one else Said(), other.said if other else Said()),
    )


# What is gone, and what came


def _gone_and_come(
    before: Mapping[str, _Printings],
    after: Mapping[str, _Printings],
    quotes: tuple[Mapping[str, frozenset[tuple[str, str]]], Mapping[str, frozenset[tuple[str, str]]]],
    charts: set[str],
    old: Printed,
    new: Printed,
) -> Iterator[TextDifference]:
    gone = {s: group for s, group in before.items() if s not in after and group.times}
    come = {s: group for s, group in after.items() if s not in before and group.times}

    def evidence(side: int) -> Callable[[_Printings], Hashable]:
        return lambda group: quotes[side].get(group.first.fact) if group.first.fact else None

    def formula(group: _Printings) -> Hashable:
        return group.first.formula or None

    def measured(group: _Printings) -> Hashable:
        first = group.first
        return (first.measure, first.said.place, first.said.as_of) if first.measure else None

    pairs: list[tuple[str, str]] = []
    for of_old, of_new in ((evidence(0), evidence(1)), (formula, formula), (measured, measured)):
        pairs += _paired(gone, come, of_old, of_new, pairs)
    pairs += _at_one_place(old, new, gone, come, pairs)
    for one, other in pairs:
        yield _pair(gone[one], come[other], quotes)
    ones, others = {one for one, _ in pairs}, {other for _, other in pairs}
    for subject, group in gone.items():
        if subject not in ones and not (group.charts and group.charts <= charts):
            yield _difference(DifferenceKind.GONE, group, None)
    for subject, group in come.items():
        if subject not in others and not (group.charts and group.charts <= charts):
            yield _difference(DifferenceKind.NEW, None, group)


def _paired(
    gone: Mapping[str, _Printings],
    come: Mapping[str, _Printings],
    of_old: Callable[[_Printings], Hashable],
    of_new: Callable[[_Printings], Hashable],
    pairs: list[tuple[str, str]],
) -> list[tuple[str, str]]:
    """Those of which one of each side has the same."""
    taken = {subject for pair in pairs for subject in pair}
    left: dict[Hashable, list[str]] = {}
    for subject, group in gone.items():
        if subject not in taken and (key := of_old(group)):
            left.setdefault(key, []).append(subject)
    found = []
    for subject, group in come.items():
        key = of_new(group)
        if subject not in taken and key and left.get(key):
            found.append((left[key].pop(0), subject))
    return found


def _at_one_place(
    old: Printed,
    new: Printed,
    gone: Mapping[str, _Printings],
    come: Mapping[str, _Printings],
    pairs: list[tuple[str, str]],
) -> list[tuple[str, str]]:
    """Those that stand between the same neighbours in the order of the text."""
    same = dict(pairs)
    one = [same.get(s.subject, s.subject) for s in old.sayings if s.is_printed]
    other = [s.subject for s in new.sayings if s.is_printed]
    found: dict[str, str] = {}
    for step, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if step == "replace":
            was = [s for s in dict.fromkeys(one[a:b]) if s in gone and s not in same and s not in found]
            now = [s for s in dict.fromkeys(other[c:d]) if s in come and s not in same.values()]
            found |= dict(zip(was, (s for s in now if s not in found.values()), strict=False))
    return list(found.items())


def _pair(
    old: _Printings,
    new: _Printings,
    quotes: tuple[Mapping[str, frozenset[tuple[str, str]]], Mapping[str, frozenset[tuple[str, str]]]],
) -> TextDifference:
    if old.first.said == new.first.said:
        facts = old.first.fact, new.first.fact
        if all(facts) and quotes[0].get(facts[0]) == quotes[1].get(facts[1]):
            return _difference(DifferenceKind.RENAMED, old, new)
        if old.first.formula and new.first.formula and old.first.facts == new.first.facts:
            return _difference(DifferenceKind.FORM, old, new)
    return _difference(DifferenceKind.REPLACED, old, new)


# Charts and words


def _charts(old: Printed, new: Printed) -> list[TextDifference]:
    before, after = ({chart.id: chart for chart in printed.charts} for printed in (old, new))
    found = []
    for id in dict.fromkeys((*before, *after)):
        subject = f"chart:{id}"
        one, other = before.get(id), after.get(id)
        if one is None or other is None:
            was, now = ("" if each is None else each.title or id for each in (one, other))
            data = (one or other).dataset  # type: ignore[union-attr]
            found.append(TextDifference(DifferenceKind.CHART, subject, old=was, new=now, data=data))
            continue
        gone, come = Counter(one.rows) - Counter(other.rows), Counter(other.rows) - Counter(one.rows)
        if gone or come:
            was, now = (_rows_text(rows, printed) for rows, printed in ((gone, old), (come, new)))
            times = len(one.rows), len(other.rows)
            found.append(
                TextDifference(DifferenceKind.CHART, subject, old=was, new=now, times=times, data=other.dataset)
            )
        elif any(handed := _handed_on(one, other, new)):
            kind, (was, now) = DifferenceKind.CHART, handed
            found.append(TextDifference(kind, subject, old=was, new=now, sentence=handed, data=other.dataset))
        elif one.rows != other.rows:
            found.append(TextDifference(DifferenceKind.ORDER, subject))
        if one.kind != other.kind or (None not in (one.look, other.look) and one.look != other.look):
            kinds = (one.kind, other.kind) if one.kind != other.kind else ("", "")
            found.append(TextDifference(DifferenceKind.LOOK, subject, old=kinds[0], new=kinds[1]))
    return found


def _handed_on(old: PrintedChart, new: PrintedChart, printed: Printed) -> tuple[str, str]:
    """Words beside one value that stand beside another now, as `Kenya: a nurse earned 300 USD`, then and now; nothing
    where none do."""
    if old.names is None or new.names is None:
        return "", ""
    gone = [each for each in old.names if each[2] and each not in new.names]
    come = [each for each in new.names if each[2] and each not in old.names]
    words = {each[::2] for each in gone} & {each[::2] for each in come}
    was, now = (
        "; ".join(f"{text}: {_cell_text(of, printed)}" for kind, of, text in side if (kind, text) in words)
        for side in (gone, come)
    )
    return was, now


def _without_words(lines: tuple[str, ...], cited: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Lines as an earlier version kept them: of a citation the works alone."""
    for full, short in cited:
        lines = tuple(line.replace(full, short) for line in lines)
    return lines


def _rows_text(rows: Iterable[tuple[str, ...]], printed: Printed) -> str:
    """The first rows as a reader knows them."""
    return "; ".join(", ".join(_cell_text(cell, printed) for cell in row if cell) for row in islice(rows, 3))


def _cell_text(cell: str, printed: Printed) -> str:
    """A fact with what it says, a cell of a file as it is printed, words as they are."""
    value = next((saying.text for saying in printed.sayings if saying.subject == cell), "")
    claim = claims_of(printed).get(cell.removeprefix("fact:"), "") if cell.startswith("fact:") else ""
    return claim.replace("…", value).removesuffix(".") if claim and value else value or cell.removeprefix("fact:")


_MARKED = regex(r"\|((?:fact|calc|row):[^⟩]*)⟩")
_CLAIM = regex(r"⟨\|claim:([^⟩]*)⟩")
_NUMBER = regex(rf"{VALUE.pattern}|\d+")
CITED = regex(r"@[a-z][a-z0-9-]*(?:\{[^}]*\})?|\[[a-z][a-z0-9-]*\]")
"""What a line has for a work that is cited, with the place in it, and for a reference to a figure or a section."""
_ALIKE = str.maketrans("“”„«»’‘–—‑", '"""""\'\'---')


def unvalued(line: str) -> str:
    """A line without its values and without what a typesetter sees to, by which words are compared."""
    return " ".join(VALUE.sub("⟨⟩", line).translate(_ALIKE).split())


def _words(old: Printed, new: Printed, found: list[TextDifference], lang: str) -> Iterator[TextDifference]:
    one, other = (tuple(unvalued(line) for line in printed.lines) for printed in (old, new))
    if Counter(one) != Counter(other):
        gone, come = Counter(one) - Counter(other), Counter(other) - Counter(one)
        was = next((line for line, key in zip(old.lines, one, strict=True) if key in gone), "")
        now = next((line for line, key in zip(new.lines, other, strict=True) if key in come), "")
        yield TextDifference(DifferenceKind.WORDS, "text", sentence=(was, now), times=(gone.total(), come.total()))
    elif (one != other or _order(old) != _order(new)) and not any(each.kind in ASKED for each in found):
        yield TextDifference(DifferenceKind.ORDER, "text")
    told = {subject for each in found if each.kind in ASKED for subject in (each.subject, each.now)}
    yield from islice(_moved_numbers(old.lines, new.lines, _NumbersSaid(lang, told)), 1)
    old_pictures, new_pictures = (
        (old.pictures, new.pictures) if old.pictures is not None and new.pictures is not None else ((), ())
    )
    for kind, *both in (
        (DifferenceKind.REFERENCES, dict(old.sources), dict(new.sources)),
        (DifferenceKind.PICTURE, dict(old_pictures), dict(new_pictures)),
    ):
        for id in sorted(both[0].keys() | both[1].keys()):
            if both[0].get(id) != both[1].get(id):
                yield TextDifference(kind, f"{'source' if kind is DifferenceKind.REFERENCES else kind}:{id}")


@dataclass(frozen=True, slots=True)
class _NumbersSaid:
    """What a text says in numbers."""

    lang: str
    told: Collection[str]
    """Subjects that are asked about already."""

    def __call__(self, text: str) -> list[str]:
        """What is marked in a text and what is typed, in their order: two that change places are a change."""
        marks = _NUMBER.finditer(CITED.sub(" ", text))
        found = (mark[1] or mark[0] for mark in marks if mark[1] not in self.told)
        return [*found, *self.typed(text)]

    def typed(self, text: str) -> list[str]:
        """Digits and number words that no value stands for; "one" is also a pronoun."""
        bare = CITED.sub(" ", VALUE.sub(" ", text))
        words = lower(bare) if self.lang else ""
        known = lexicon(self.lang).numbers if words else {}
        spelled = (found[0] for found in number_word_pattern(self.lang).finditer(words)) if words else ()
        return [*re.findall(r"\d+", bare), *(word for word in spelled if known.get(word) != 1)]


def _moved_numbers(old: tuple[str, ...], new: tuple[str, ...], numbers: _NumbersSaid) -> Iterator[TextDifference]:
    """Sentences rewritten so that they say other numbers, or something else of the same; numbers of a table beside
    other names; typed numbers that only one of the texts has. What stands in another place, twice, or no more is none;
    the words of facts are looked at for themselves."""
    old, new = (tuple(line for line in lines if "|claim:" not in line) for lines in (old, new))
    for step, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = "\n".join(old[a:b]), "\n".join(new[c:d])
        if step != "replace":
            continue
        if numbers(was) != numbers(now):
            yield TextDifference(DifferenceKind.MOVED, "text", sentence=(was, now))
            continue
        pairs = zip(old[a:b], new[c:d], strict=True) if b - a == d - c else ((was, now),)
        for pair in pairs:
            if numbers(pair[0]) and says_otherwise(*pair, numbers.lang):
                yield TextDifference(DifferenceKind.TURNED, "text", sentence=pair)
    for pair in relabelled(old, new):
        yield TextDifference(DifferenceKind.TURNED, "text", sentence=pair)
    typed = [{number: line for line in reversed(lines) for number in numbers.typed(line)} for lines in (old, new)]
    for number in sorted(typed[0].keys() ^ typed[1].keys()):
        sentence = typed[0].get(number, ""), typed[1].get(number, "")
        yield TextDifference(DifferenceKind.MOVED, "text", sentence=sentence)


def _order(printed: Printed) -> list[str]:
    """The marked values in the order of the text."""
    return [subject for line in printed.lines for subject in VALUE.findall(line)]


def word_steps(old: Printed, new: Printed) -> tuple[tuple[str, str, str], ...]:
    """(replace, delete or insert; old lines; new lines)."""
    lines = [[line for line in printed.lines if line != "⟨|claim:⟩"] for printed in (old, new)]
    one, other = ([unvalued(line) for line in each] for each in lines)
    return tuple(
        (step, "\n".join(lines[0][a:b]), "\n".join(lines[1][c:d]))
        for step, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
        if step != "equal"
    )
