"""An original and its translation, evaluated, in; what the one prints otherwise than the other out. Pure.

Facts, charts, conflicts and sources are compared as sets, and the text sentence by sentence: the two are laid beside
each other so that as few sentences as can be stand beside others, one beside one or two.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from heapq import heappop, heappush
from itertools import pairwise

from reportgen.brief.said import Sentence, plain_line, sentences
from reportgen.diagnostics import Diagnostic, Severity, Span
from reportgen.editions.comparing import CITED, digits_of, unvalued
from reportgen.editions.rewording import Reworded, reworded, sizes_reworded
from reportgen.facts.view import View
from reportgen.late_patterns import regex
from reportgen.model.brief import Brief, Differs, file_of, original_of
from reportgen.model.edition import Edition
from reportgen.model.evaluated import EvaluatedBrief, PrintedNumber

_NUMBER = regex(r"\d+")
_WORK = regex(r"(?<![^\s\[])@([^\s{};,\]]+)(?:\{([^}]*)\}|,\s*([^\W\d]{1,4}\.?\s*\d[\d–-]*))?")
"""A work that is cited, with the place in it as the program or, in a language whose words for it it lacks, its author
has it: `@report{p. 3}`, `@report, S. 3`."""
_WORD = r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\d_]+"
"""A word, or a letter of a script that has no spaces between words."""
_FEW_WORDS = 5
_ASKED = regex(r"\b(?:digits|decimals)=\w+")
_SHOWN = 110
"""Letters of a sentence that a message shows."""
_GAP = 1.5
_MISFIT = 3.0
_JOINED = 0.4
"""What it costs that a sentence stands alone, that a number of two sentences differs, and that two stand beside one."""
_FEW = 2
"""Sentences that a message quotes whole."""
_EXCHANGED = 0.1
"""What each of some sentences costs that say the same numbers as others beside them, in another order."""
_LONGEST_EXCHANGE = 8
"""Sentences and cells of such a place, as of two rows of a table."""
_STEPS = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 0), (0, 1))


@dataclass(frozen=True, slots=True)
class Beside:
    """Sentences of an original, and those of its translation that say the same: from, and to without the last."""

    original: tuple[int, int]
    translation: tuple[int, int]


Sentences = tuple[int, int]
"""Where sentences begin and end: from, and to without the last."""
Lengths = tuple[Sequence[int], Sequence[int]]
"""Letters of each sentence of the original and of the translation."""


def laid_beside(
    original: Sequence[Counter[str]], translation: Sequence[Counter[str]], lengths: Lengths
) -> list[Beside]:
    """Two texts, each sentence as the numbers that it prints, beside each other."""
    if len(original) == len(translation) and all(map(Counter.__eq__, original, translation)):
        return [Beside((n, n + 1), (n, n + 1)) for n in range(len(original))]
    rows, columns = len(original), len(translation)
    ours, theirs = _groups(original), _groups(translation)
    width = 60 + abs(rows - columns)
    before: dict[tuple[int, int], tuple[int, int]] = {}
    # Cheapest first (A*), so that what is far from the best is never looked at.
    ahead = [(0.0, 0.0, (0, 0), (0, 0))]
    while (rows, columns) not in before:
        _, cost, (i, j), came_from = heappop(ahead)
        if (i, j) in before:
            continue
        before[i, j] = came_from
        for down, across in _STEPS:
            k, m = i + down, j + across
            if k <= rows and m <= columns and abs(k - m) <= width and (k, m) not in before:
                new = cost + _cost(ours[i, k], theirs[j, m], lengths, (i, k), (j, m))
                at_least = new + _JOINED * abs((rows - k) - (columns - m))
                heappush(ahead, (at_least, new, (k, m), (i, j)))
        for count in _exchanges(original[i : i + _LONGEST_EXCHANGE], translation[j : j + _LONGEST_EXCHANGE]):
            long, short = (sum(each[n : n + count]) for each, n in zip(lengths, (i, j), strict=True))
            new = cost + _EXCHANGED * count + abs(long - short) / max(long, short)
            at_least = new + _JOINED * abs((rows - i) - (columns - j))
            heappush(ahead, (at_least, new, (i + count, j + count), (i, j)))
    found, at = [], (rows, columns)
    while at != (0, 0):
        start = before[at]
        found.append(Beside((start[0], at[0]), (start[1], at[1])))
        at = start
    return found[::-1]


def _exchanges(one: Sequence[Counter[str]], other: Sequence[Counter[str]]) -> Iterator[int]:
    """How many sentences from here on say the same numbers in another order: rows that were exchanged."""
    if not one or not other or not one[0] or not other[0] or one[0] == other[0]:
        return
    if not all(any(next(iter(first)) in each for each in texts) for first, texts in ((one[0], other), (other[0], one))):
        return
    here, there = Counter[str](), Counter[str]()
    for count, (mine, theirs) in enumerate(zip(one, other, strict=False), start=1):
        here, there = here + mine, there + theirs
        if count > 1 and mine and theirs and here == there:
            yield count
            return


def _groups(texts: Sequence[Counter[str]]) -> dict[Sentences, Counter[str]]:
    """The numbers of no, one and two sentences, by where they begin and end."""
    none = {(i, i): Counter[str]() for i in range(len(texts) + 1)}
    one = {(i, i + 1): text for i, text in enumerate(texts)}
    return none | one | {(i, i + 2): first + second for i, (first, second) in enumerate(pairwise(texts))}


def _cost(numbers: Counter[str], others: Counter[str], lengths: Lengths, rows: Sentences, columns: Sentences) -> float:
    missing = 0
    if numbers != others:
        missing = (
            ((numbers - others) + (others - numbers)).total() if numbers and others else (numbers or others).total()
        )
    sentences = rows[1] - rows[0] + columns[1] - columns[0]
    if rows[0] == rows[1] or columns[0] == columns[1]:
        return _GAP + _MISFIT * missing
    long, short = sum(lengths[0][slice(*rows)]) + 20, sum(lengths[1][slice(*columns)]) + 20
    uneven = abs(long - short) / max(long, short)
    return _MISFIT * missing + _JOINED * (sentences - 2) + uneven


def numbers_of(line: str) -> Counter[str]:
    """What a sentence prints, each as `fact:id`, `calc:[a] - [b]`, and of what was typed, as a year, its digits."""
    found = Counter(re.findall(r"⟨[^|⟩]*\|([^⟩]*)⟩", line))
    typed = CITED.sub("", _WORK.sub("", re.sub(r"⟨[^⟩]*⟩", "", line)))
    found.update(map(_plain, _NUMBER.findall(typed)))
    return found


def _plain(digits: str) -> str:
    """Digits of any script as a number."""
    return str(int(digits))


def _works_of(line: str) -> set[str]:
    """The works that a sentence cites, each with the numbers of the place in it: `report, 3`, as the word before them
    may be of any language."""
    found = ((id.rstrip(".:"), _NUMBER.findall(place or typed)) for id, place, typed in _WORK.findall(line))
    return {", ".join((id, "–".join(map(_plain, numbers)))) if numbers else id for id, numbers in found}


_KINDS = ("fact", "dataset", "chart", "conflict", "source", "measure", "place")


def translation_problems(
    brief: Brief, original: EvaluatedBrief, translation: EvaluatedBrief, view: View
) -> Iterator[Diagnostic]:
    """What a translation prints otherwise than its original, and does not say so."""
    differs = brief.differs or Differs()
    langs = original.lang, translation.lang
    allowed = {f"fact:{id}" for id in differs.facts} | set(differs.numbers)
    told: set[str] = set()
    texts = sentences(original, view), _with_figures(sentences(translation, view), brief, translation)
    yield from _left_behind(brief, texts, langs)
    for found, facts in _sentence_problems(brief, texts, allowed):
        told |= facts
        yield found
    same = frozenset((*differs.wording, *(name.partition(":")[2] or name for name in allowed)))
    otherwise_said: set[str] = set()
    for found, names in _wording_problems(brief, texts, langs, view):
        otherwise_said |= names
        if not names <= same:
            yield found
    for name in sorted({*differs.wording} - otherwise_said):
        what = f"differs names “{name}” in wording, of which the two say the same in the same order"
        yield Diagnostic("translation-differs", what, brief.at["differs"], f"take {name} out", "warning")
    for found, works in _citation_problems(brief, texts, set(differs.sources)):
        told |= works
        yield found
    cited = [set[str]().union(*(_works_of(each.text) for each in text)) for text in texts]
    otherwise = {_id(work) for work in cited[0] ^ cited[1]}
    rounded = dict(_rounded_otherwise(original, translation))
    yield from (problem for name, problem in rounded.items() if name not in allowed)
    sets = {
        "facts": (set(original.facts), set(translation.facts)),
        "charts": ({figure.id for figure in original.figures}, {figure.id for figure in translation.figures}),
        "conflicts": ({each.id for each in original.conflicts}, {each.id for each in translation.conflicts}),
        "sources": ({each.source for each in original.references}, {each.source for each in translation.references}),
    }
    is_whole = not any(view.lacks(kind) for kind in _KINDS)  # what is broken is missing in both
    for kind, (one, other) in sets.items():
        named = set(getattr(differs, kind))
        for id in sorted((one ^ other) - named - (told if kind in ("facts", "sources") else set())):
            what = f'the original has the {kind[:-1]} "{id}", and this translation has not'
            what = what if id in one else f'this translation has the {kind[:-1]} "{id}", and its original has not'
            hint = f'show it in both, or say why: differs: {{{kind}: [{id}], reason: "…"}}'
            yield Diagnostic("translation-differs", what, brief.at["title"], hint, "warning")
        unlike = otherwise if kind == "sources" else {name.partition(":")[2] for name in rounded}
        for id in sorted((named - (one ^ other) - unlike) if is_whole else ()):
            what = f'differs names the {kind[:-1]} "{id}", in which the two do not differ'
            yield Diagnostic("translation-differs", what, brief.at["differs"], f"take {id} out", "warning")


def _with_figures(said: Sequence[Sentence], brief: Brief, evaluated: EvaluatedBrief) -> tuple[Sentence, ...]:
    """The sentences, in which the title and the other words of a figure stand where the brief shows it."""
    lines: dict[str, int] = {}
    for figure in evaluated.figures:
        call = re.search(rf"\(\s*[\"']{re.escape(figure.id)}[\"']", brief.body)
        line = brief.body_line + brief.body.count("\n", 0, call.start()) if call else 0
        words = " ".join(filter(None, (figure.plain_title, figure.plain_subtitle, figure.plain_note)))
        lines |= {" ".join(words.split()): line} if line else {}
    return tuple(
        each
        if each.line or not (plain := " ".join(plain_line(each.text).split()))
        else replace(each, line=next((line for words, line in lines.items() if plain in words), 0))
        for each in said
    )


def _rounded_otherwise(original: EvaluatedBrief, translation: EvaluatedBrief) -> Iterator[tuple[str, Diagnostic]]:
    """Each fact and formula that the two print with other digits, so that readers see two numbers."""
    theirs, ours = _printings(original), _printings(translation)
    for name, printed in ours.items():
        there = {asked: number for number, asked in theirs.get(name, ())}
        other = next((number for number, asked in printed if there and asked not in there), None)
        said = next(iter(there.values()), None)
        if other is None and len(printed) == len(theirs.get(name, ())):  # each printed as often, in other digits
            more, less = (Counter(asked for _, asked in side) for side in (printed, theirs[name]))
            other = next((number for number, asked in printed if more[asked] > less[asked]), None)
            said = next((number for asked, number in there.items() if less[asked] > more[asked]), None)
        if other is None or said is None:
            continue
        if digits_of(other.text) == digits_of(said.text):
            continue
        message = f"{other.text} ({name.partition(':')[2]}) is printed as {said.text} in the original"
        where = Span.at(other.file, other.line or 0)
        hint = f'give the two calls the same digits= and decimals= ({said.file}:{said.line} has "{said.call}")'
        yield name, Diagnostic("translation-differs", message, where, hint, "warning")


def _printings(found: EvaluatedBrief) -> dict[str, list[tuple[PrintedNumber, tuple[str, ...]]]]:
    """What a text prints by a call -> each printing, with the digits that were asked for."""
    by_name: dict[str, list[tuple[PrintedNumber, tuple[str, ...]]]] = {}
    for number in found.numbers:
        if number.call.startswith(("fact(", "calc(")) and number.file == file_of(found.slug):
            name = f"fact:{number.fact}" if number.fact else f"calc:{number.formula}"
            by_name.setdefault(name, []).append((number, tuple(_ASKED.findall(number.call))))
    return by_name


def _sentence_problems(
    brief: Brief, texts: tuple[Sequence[Sentence], Sequence[Sentence]], allowed: set[str]
) -> Iterator[tuple[Diagnostic, set[str]]]:
    """Each sentence that prints other numbers than its counterpart, with the facts by which they differ."""
    theirs, ours = texts
    one = [numbers_of(each.text) for each in theirs]
    other = [numbers_of(each.text) for each in ours]
    lengths = ([len(each.text) for each in theirs], [len(each.text) for each in ours])
    for pair in laid_beside(one, other, lengths):
        left, right = theirs[slice(*pair.original)], ours[slice(*pair.translation)]
        here = sum(one[slice(*pair.original)], Counter[str]())
        there = sum(other[slice(*pair.translation)], Counter[str]())
        lacking, more = (
            Counter({name: n for name, n in each.items() if name not in allowed})
            for each in (here - there, there - here)
        )
        if not lacking and not more:
            continue
        where = _place(brief, right, ours, pair.translation[0])
        facts = {name.removeprefix("fact:") for name in (*lacking, *more)}
        said = " and ".join(filter(None, (_said("lacks", lacking, left), _said("prints", more, right))))
        there_line = f"{file_of(original_of(brief.slug))}:{left[0].line}" if left and left[0].line else ""
        hint = f"original{f', {there_line}' if there_line else ''}: {_quoted(left)}; translation: {_quoted(right)}"
        yield (
            Diagnostic("translation-differs", f"beside its original, this sentence {said}", where, hint, "warning"),
            facts,
        )


def _wording_problems(
    brief: Brief, texts: tuple[Sequence[Sentence], Sequence[Sentence]], langs: tuple[str, str], view: View
) -> Iterator[tuple[Diagnostic, set[str]]]:
    """Each sentence that says its numbers in another order or beside other words, with what they are about."""
    theirs, ours = texts
    one = [numbers_of(each.text) for each in theirs]
    other = [numbers_of(each.text) for each in ours]
    lengths = ([len(each.text) for each in theirs], [len(each.text) for each in ours])
    pairs = laid_beside(one, other, lengths)
    lines = tuple([each.text for each in text] for text in texts)
    for pair in pairs:
        here, there = slice(*pair.original), slice(*pair.translation)
        if sum(one[here], Counter[str]()) == sum(other[there], Counter[str]()):
            for found in reworded(lines[0][here], lines[1][there], langs, view):
                yield _reworded(brief, texts, pair, found)
    for pair in _without_seams(pairs, one, other):
        before = Counter[tuple[str, ...]]()
        for found in sizes_reworded(lines[0][slice(*pair.original)], lines[1][slice(*pair.translation)], langs):
            yield _reworded(brief, texts, pair, found, before[tuple(found.names)])
            before[tuple(found.names)] += 1


def _left_behind(
    brief: Brief, texts: tuple[Sequence[Sentence], Sequence[Sentence]], langs: tuple[str, str]
) -> Iterator[Diagnostic]:
    """Sentences that a translation has letter for letter as its original: they wait for their translator."""
    if langs[0].partition("-")[0] == langs[1].partition("-")[0]:
        return
    theirs = {unvalued(each.text) for each in texts[0]}
    for each in texts[1]:
        if unvalued(each.text) not in theirs or not _is_prose(plain_line(each.text)):
            continue
        # What a chart or a fact says is told where it is written; a quotation stays as it is.
        where = place_of(each.text, 0, brief)
        if where is None or brief.body.split("\n")[max(where.line - brief.body_line, 0)].lstrip().startswith(">"):
            continue
        message = f"this sentence is its original's, letter for letter: {_quoted([each])}"
        hint = f"translate it into {langs[1]}; a quotation stands in quotation marks or after >"
        yield Diagnostic("missing-language", message, where, hint, "warning")


def _is_prose(text: str) -> bool:
    """Whether a text is a sentence of some words, and no quotation, name or list of names."""
    words: list[str] = re.findall(_WORD, text)
    if len(words) < _FEW_WORDS or unicodedata.category(text[0]) in ("Pi", "Pf") or text[0] in "\"'„‚「『":
        return False
    if words[-1].lower() == words[-1].upper():  # no script with small and great letters
        return text.rstrip("\"'”’»)]").endswith((".", "!", "?", "…", "。", "！", "？", "؟", "।"))
    return 2 * sum(word[0].islower() for word in words) > len(words)


def _without_seams(pairs: Sequence[Beside], one: Sequence[Counter[str]], other: Sequence[Counter[str]]) -> list[Beside]:
    """The pairs, those that print no number joined with each other: by their length alone they may lie wrongly."""
    found: list[Beside] = []
    before = False
    for pair in pairs:
        bare = not any((*one[slice(*pair.original)], *other[slice(*pair.translation)]))
        if bare and before:
            last = found.pop()
            pair = Beside((last.original[0], pair.original[1]), (last.translation[0], pair.translation[1]))
        found.append(pair)
        before = bare
    return found


def _reworded(
    brief: Brief, texts: tuple[Sequence[Sentence], Sequence[Sentence]], pair: Beside, found: Reworded, nth: int = 0
) -> tuple[Diagnostic, set[str]]:
    """What is told of a pair; `nth`: how many times the same was told of it before."""
    theirs, ours = texts
    left, right = theirs[slice(*pair.original)], ours[slice(*pair.translation)]
    names = [name.partition(":")[2] or name for name in found.names]
    key = f'differs: {{wording: [{", ".join(map(_listed, names))}], reason: "…"}}'
    shown, at = _counterpart(left, right, names, nth)
    beside = right[shown : shown + 1] if at < len(left) == len(right) else right
    quoted = _quoted(left[at : at + 1] or left, names), _quoted(beside, names)
    hint = f"original: {quoted[0]}; translation: {quoted[1]}; if both mean the same: {key}"
    message = f"beside its original, this sentence {found.said}"
    if found.doubt:
        message += f": {found.doubt}"
    severity: Severity = "notice" if found.doubt else "warning"
    where = _place(brief, right[shown:], ours, pair.translation[0] + shown)
    return Diagnostic("translation-differs", message, where, hint, severity), set(names)


def _counterpart(
    left: Sequence[Sentence], right: Sequence[Sentence], names: Sequence[str], nth: int
) -> tuple[int, int]:
    """Which of some sentences stands where the `nth` with a word stands in the original, by their count, else by their
    length, and which that is; of few the first, and past the last."""
    if max(len(left), len(right)) <= _FEW:
        return 0, len(left)
    found = [n for n, each in enumerate(left) if any(name in plain_line(each.text) for name in names)]
    if not found:
        return 0, len(left)
    at = found[min(nth, len(found) - 1)]
    if len(left) == len(right):
        return at, at
    before = sum(len(each.text) for each in left[:at]) / max(1, sum(len(each.text) for each in left))
    sizes = [len(each.text) for each in right]
    ends = (sum(sizes[: n + 1]) for n in range(len(sizes)))
    return next((n for n, end in enumerate(ends) if end > before * sum(sizes)), 0), at


def _listed(name: str) -> str:
    """A name as an item of a YAML list."""
    return name if re.fullmatch(r"[^\W\d_][\w -]*", name) else json.dumps(name, ensure_ascii=False)


def _citation_problems(
    brief: Brief, texts: tuple[Sequence[Sentence], Sequence[Sentence]], allowed: set[str]
) -> Iterator[tuple[Diagnostic, set[str]]]:
    """Each sentence that cites other works or places than its counterpart, with those works."""
    theirs, ours = texts
    one, other = ([_works_of(each.text) for each in text] for text in texts)
    # The works help to lay the sentences beside each other: many that cite print no number.
    marks = [
        [numbers_of(each.text) + Counter(f"@{_id(work)}" for work in works) for each, works in zip(*pair, strict=True)]
        for pair in ((theirs, one), (ours, other))
    ]
    lengths = ([len(each.text) for each in theirs], [len(each.text) for each in ours])
    for pair in laid_beside(marks[0], marks[1], lengths):
        left, right = theirs[slice(*pair.original)], ours[slice(*pair.translation)]
        here, there = (
            set[str]().union(*found) for found in (one[slice(*pair.original)], other[slice(*pair.translation)])
        )
        lacking, more = ({work for work in each if _id(work) not in allowed} for each in (here - there, there - here))
        if not lacking and not more:
            continue
        said = " and ".join(
            f"{verb} {'; '.join(sorted(works))}"
            for verb, works in (("does not cite", lacking), ("cites", more))
            if works
        )
        yield (
            Diagnostic(
                "translation-differs",
                f"beside its original, this sentence {said}",
                _place(brief, right, ours, pair.translation[0]),
                f"original: {_quoted(left)}; translation: {_quoted(right)}",
                "warning",
            ),
            {_id(work) for work in (*lacking, *more)},
        )


def _id(work: str) -> str:
    return work.partition(", ")[0]


def _said(verb: str, numbers: Counter[str], shown: Sequence[Sentence]) -> str:
    texts = [plain for name in numbers if (plain := _printed(name, shown))]
    return f"{verb} {', '.join(texts)}" if texts else ""


def _printed(name: str, shown: Sequence[Sentence]) -> str:
    """A number as it is printed there."""
    found = next((m[1] for each in shown if (m := re.search(rf"⟨([^|⟩]*)\|{re.escape(name)}⟩", each.text))), "")
    return f"{found} ({name.partition(':')[2]})" if found else name


def _quoted(shown: Sequence[Sentence], names: Sequence[str] = ()) -> str:
    """Sentences in short; of many, the first with one of some words."""
    if len(shown) > _FEW and names:
        shown = [each for each in shown if any(name in plain_line(each.text) for name in names)][:1] or shown
    text = " ".join(plain_line(each.text) for each in shown)
    short = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"
    return f"“{short}”" if short else "none"


def _place(brief: Brief, right: Sequence[Sentence], ours: Sequence[Sentence], at: int) -> Span:
    """Where sentences stand in the translation's file; for none, where they would."""
    shown = [*right, *reversed(ours[:at])]
    return next((where for each in shown if (where := place_of(each.text, each.line, brief))), brief.at["title"])


def place_of(text: str, line: int, brief: Brief) -> Span | None:
    """Where a sentence stands in a brief's file: by its first number, else by some words of it."""
    front = {"subtitle": brief.subtitle, "abstract": brief.abstract}
    front |= {f"key_messages.{n}": said for n, said in enumerate(brief.key_messages)}
    if line:
        return Span.at(brief.at.whole.file, line)
    words = re.findall(r"[^\W\d_]+", plain_line(text))
    for start in range(max(1, len(words) - 3)):
        run = r"\W+".join(map(re.escape, words[start : start + 4]))
        if run and (found := re.search(rf"(?<!\w){run}(?!\w)", brief.body)):
            return Span.at(brief.at.whole.file, brief.body_line + brief.body.count("\n", 0, found.start()))
        if run and (name := next((name for name in front if re.search(rf"(?<!\w){run}(?!\w)", front[name])), "")):
            return brief.at[name]
    return None


def followed(brief: Brief, editions: Callable[[str], tuple[Edition, ...]]) -> tuple[Edition | None, Edition | None]:
    """The edition of its original that a translation's last edition follows, and that last edition."""
    own = editions(brief.slug)
    history = editions(original_of(brief.slug))
    last = own[-1] if own else None
    if last is None or not history:
        return None, last
    return next((each for each in history if each.note.id == last.original), None), last


def behind_problems(
    brief: Brief, original: EvaluatedBrief, translation: EvaluatedBrief, view: View
) -> Iterator[Diagnostic]:
    """Sentences of a translation that still say what their originals said when it was last published."""
    then, last = followed(brief, view.editions)
    if then is None or last is None:
        return
    in_full, own_in_full = (each.printed.cited is not None for each in (then, last))
    old = then.printed.lines
    new = tuple(each.text for each in sentences(original, view, entries=True, in_full=in_full))
    known = last.printed.lines
    own = sentences(translation, view, entries=True, in_full=own_in_full)
    now = Counter(unvalued(each.text) for each in own)
    lengths = ([len(line) for line in old], [len(line) for line in known])
    pairs = laid_beside([numbers_of(line) for line in old], [numbers_of(line) for line in known], lengths)
    counterpart = {row: pair.translation for pair in pairs for row in range(*pair.original)}
    matcher = SequenceMatcher(None, [unvalued(line) for line in old], [unvalued(line) for line in new], autojunk=False)
    shown = {each.text: each.line for each in own}
    for kind, start, end, first, stop in matcher.get_opcodes():
        if kind == "equal":
            continue
        rows = range(start, end) if kind != "insert" else range(max(start - 1, 0), min(start, len(old)))
        columns = sorted({column for row in rows for column in range(*counterpart.get(row, (0, 0)))})
        same = [known[column] for column in columns if now[unvalued(known[column])]]
        if not same or (kind == "insert" and len(now) > len(known)):
            continue
        here = next((text for text in shown if unvalued(text) == unvalued(same[0])), same[0])
        where = place_of(here, shown.get(here, 0), brief) or brief.at["title"]
        said = f"its original said {_line(old[start:end])} and says {_line(new[first:stop])}"
        if kind == "insert":
            said = f"after it, its original has {_line(new[first:stop])}"
        message = f"this sentence follows the edition of {then.note.date}: {said}"
        hint = f"{_line(same)}: follow it, then reportgen release {brief.slug}; or release it with --minor as it is"
        yield Diagnostic("translation-behind", message, where, hint, "notice")


def _line(lines: Sequence[str]) -> str:
    text = " ".join(map(plain_line, lines))
    short = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"
    return f"“{short}”" if short else "nothing"
