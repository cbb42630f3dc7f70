"""Answers in, what evidence.lock says of their quotes out: not verified, not in the newest copy. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportgen.brief.cells import cell_problem, is_saved, rows_problem
from reportgen.diagnostics import Diagnostic, Span
from reportgen.evidence.dates_read import dates_in
from reportgen.evidence.left_out import FactWords, left_out_problem
from reportgen.evidence.quoted import listed
from reportgen.evidence.sentences import sentence_ends
from reportgen.evidence.time_told import other_times
from reportgen.facts.answers import Answers
from reportgen.facts.view import View
from reportgen.model.fact import Fact
from reportgen.model.lock import OTHERWISE, LockEntry
from reportgen.model.project import Project
from reportgen.model.quantity import Quantity
from reportgen.model.source import Source, newer_copies


def quote_problems(answers: Answers) -> Iterator[Diagnostic]:
    """Facts with a quote that the lock does not hold, datasets whose file is no saved copy of their source, and quotes
    that the newest saved copy does not have."""
    view = View(answers)
    for fact in answers.project.facts.values():
        if fact.cell is not None or fact.formula is not None:
            yield from _unsaved(view, fact)
            continue
        found = answers.verified(fact.id)
        lacking = [number for number, entry in enumerate(found) if entry is None]
        # Of a copy that archive.yaml names wrongly it is told there, and once.
        if lacking and ("copy", fact.evidence[lacking[0]].source) not in answers.project.broken:
            yield _unverified(answers, fact, lacking[0])
        yield from newest_copy_problems(fact, found, answers.project)
        yield from cut_problems(fact, found, answers.project)
        yield from time_problems(fact, found, answers.project)
    yield from filter(None, (rows_problem(view, dataset) for dataset in answers.project.datasets.values()))


def cut_problems(fact: Fact, found: Sequence[LockEntry | None], project: Project) -> Iterator[Diagnostic]:
    """Quotes of a fact that leave out what their sentence says of them, and of which the fact says nothing."""
    site = project.settings.lang
    for number, (evidence, entry) in enumerate(zip(fact.evidence, found, strict=True)):
        if entry is None or not entry.left_out or evidence.carries:
            continue
        told = [(text, tag or site) for words in (fact.reading, fact.note) for tag, text in words.by_language]
        quote = "", site
        for n, other in enumerate(fact.evidence):
            source = project.sources.get(other.source)
            words = other.quote, (source.language if source else "") or site
            told, quote = (told, words) if n == number else ([*told, words], quote)
        said = FactWords(fact.claim, site, tuple(told), quote, fact.modality, fact.as_of, fact.verdict)
        if problem := left_out_problem(entry.left_out, said):
            where = fact.at[f"evidence.{number}.quote"]
            yield Diagnostic(problem.code, f'"{fact.id}": {problem.message}', where, problem.hint, problem.severity)


def time_problems(fact: Fact, found: Sequence[LockEntry | None], project: Project) -> Iterator[Diagnostic]:
    """A fact of another time than the rest of the sentence says from which it quotes a number, where neither its quotes
    nor reading or note print any time."""
    site = project.settings.lang
    if fact.as_of is None or not isinstance(fact.value, Quantity):
        return
    told = [(text, tag or site) for words in (fact.reading, fact.note) for tag, text in words.by_language]
    around: list[tuple[str, str]] = []
    for evidence, entry in zip(fact.evidence, found, strict=True):
        source = project.sources.get(evidence.source)
        lang = (source.language if source else "") or site
        told.append((f"{evidence.prefix} {evidence.quote} {evidence.suffix}", lang))
        if entry is not None and not evidence.carries and "|" not in entry.before + evidence.quote + entry.after:
            around.append((_sentence_of(entry, told[-1][0]), lang))
    if not around or any(dates_in(text, lang)[0] for text, lang in told):
        return
    if others := other_times(fact.as_of, around):
        message = f'"{fact.id}": as_of says {fact.as_of.text}, and the sentence of its quote says {listed(others)}'
        hint = "quote the time with it, with […] where it stands apart; correct as_of; or say in note: how it is known"
        yield Diagnostic("time-not-in-quote", message, fact.at["as_of"], hint, "warning")


def _sentence_of(entry: LockEntry, quoted: str) -> str:
    """A quote with what evidence.lock keeps of its sentence before and behind it."""
    before = entry.before[max(sentence_ends(entry.before), default=0) :]
    after = entry.after[: min(sentence_ends(entry.after), default=len(entry.after))]
    return f"{before}{quoted}{after}"


def copy_problems(answers: Answers, saved: Mapping[str, str], folder: str, lock: str) -> Iterator[Diagnostic]:
    """Saved copies in which words were found, and that are no more as they were. `saved`: the files of their folder, by
    path, each with its SHA-256 (in a WARC, that of a record); `folder`, `lock`: how the two are called."""
    standing, sources = frozenset(saved.values()), answers.project.sources
    known = {copy.sha256.lower() for source in sources.values() for copy in source.archived}
    needed: dict[str, tuple[Fact, int]] = {}
    for fact in answers.project.facts.values():
        for n, entry in enumerate(answers.verified(fact.id)):
            if entry is not None:
                needed.setdefault(entry.sha256, (fact, n))
    if needed and not saved:
        yield _kept_elsewhere(len(needed), folder, lock)
        return
    strange = [path for path, sha256 in saved.items() if sha256 not in known]
    named = {path for id in sources for path in _named_for(id, strange, sources)}
    nameless = [path for path in strange if path not in named]
    for sha256, (fact, n) in needed.items():
        if sha256 in standing:
            continue
        where, source = fact.at[f"evidence.{n}.quote"], fact.evidence[n].source
        changed = next(_named_for(source, strange, sources), "")
        if changed:
            message = f'{changed} is no more as it was when the words of "{fact.id}" were found in it'
            hint = "put it back as it was; a newer copy is a file of its own: reportgen add FILE --as " + source
            yield Diagnostic("saved-copy", message, where, f"{hint}, then reportgen verify")
            continue
        if nameless:
            files = nameless[0] if len(nameless) == 1 else f"{nameless[0]} and {len(nameless) - 1:,} more"
            message = (
                f'no file is as it was when the words of "{fact.id}" were found in it, and no source knows {files}'
            )
            hint = (
                f'if {files} was changed, put it back; if not, put the copy of "{source}" back, or run reportgen verify'
            )
            yield Diagnostic("saved-copy", message, where, hint)
            continue
        message = f'the copy of "{source}" in which words were found ({sha256[:12]}…) is not saved any more'
        hint = "put it back; reportgen verify says what stands without it"
        yield Diagnostic("saved-copy", message, where, hint, "warning")
    read = {dataset.sha256 for dataset in answers.project.datasets.values()}
    for other in sources.values():
        for copy in other.archived:
            if (sha256 := copy.sha256.lower()) not in {*standing, *needed, *read}:
                message = f'the copy {sha256[:12]}… of "{other.id}" is not in {folder}; nothing was found in it'
                hint = "put it back, or take its entry away"
                yield Diagnostic("saved-copy", message, copy.at["sha256"], hint, "notice")


def _kept_elsewhere(copies: int, folder: str, lock: str) -> Diagnostic:
    """Copies that are lost all at once, or not kept with the project: said once."""
    found = "a saved copy" if copies == 1 else f"{copies:,} saved copies"
    message = f"words were found in {found}, and {folder} holds none; whether they still stand there is not known"
    hint = (
        f"put {folder} back; where it stands elsewhere, name it as archive: in site.yaml or in REPORTGEN_ARCHIVE; "
        "where copies are left out on purpose, as on a server, nothing is to be done"
    )
    return Diagnostic("saved-copy", message, Span.at(lock), hint, "notice")


def _named_for(source: str, paths: Iterable[str], sources: Mapping[str, Source]) -> Iterator[str]:
    """The files whose names begin with a source's id, as it is or as addresses spell it, and with no longer id."""
    own = (source, sources[source].slug) if source in sources else (source,)
    longer = tuple(id for id in sources if id != source and id.startswith(source))
    named = ((path, path.rpartition("/")[2]) for path in paths)
    return (path for path, name in named if name.startswith(own) and not name.startswith(longer))


def _unsaved(view: View, fact: Fact) -> Iterator[Diagnostic]:
    """The cells of a fact whose file is not saved."""
    named = (reference.id for reference in fact.formula.positions if reference.cell) if fact.formula else (fact.id,)
    for id in dict.fromkeys(named):
        known = view.fact(id)
        if known is not None and known.cell is not None and not is_saved(view, known.cell):
            yield cell_problem(view, known.cell, fact.at["formula" if fact.formula else "from"])


_CUTS = ("the quote leaves out", "the quote begins inside", "the quote ends inside")
"""How a reason begins, where the words of a quote stand in the source and are cut."""


def _unverified(answers: Answers, fact: Fact, number: int) -> Diagnostic:
    evidence = fact.evidence[number]
    source = answers.project.sources.get(evidence.source)
    copies = {copy.sha256.lower() for copy in source.archived} if source else ()
    words = evidence.source, evidence.prefix, evidence.quote, evidence.suffix
    if missed := answers.project.lock.why_missed(*words, copies):
        why = f"it was looked for in vain: {missed}"
        hint = "quote words that stand in the source, then run `reportgen verify`, which shows the nearest ones"
        if any(said in missed for said in _CUTS):
            hint = "quote it with those words, or words that stand further from them, then run `reportgen verify`"
        elif "which is more than" in missed:
            hint = "quote fewer words, then run `reportgen verify`"
        if missed.startswith(OTHERWISE):
            why, hint = missed, "write the unit that its table says, then run `reportgen verify`"
    elif source is None or source.archived:
        why = "content/evidence.lock does not hold its quote"
        hint = "run `reportgen verify`"
    else:
        why = f'"{evidence.source}" has no saved copy'
        hint = f"run `reportgen add FILE --as {evidence.source}`, FILE being a copy of it, and then `reportgen verify`"
    where = fact.at[f"evidence.{number}.quote"]
    return Diagnostic("unverified", f'"{fact.id}" is not verified: {why}', where, hint, "warning")


def newest_copy_problems(fact: Fact, found: Sequence[LockEntry | None], project: Project) -> Iterator[Diagnostic]:
    """Quotes of a fact that stand in a saved copy, and were looked for in the newest one of the same file in vain."""
    for number, (evidence, entry) in enumerate(zip(fact.evidence, found, strict=True)):
        source = project.sources.get(evidence.source)
        if source is None or entry is None or not entry.lacking:
            continue
        newer = newer_copies(source.archived, entry.sha256, project.data_files)
        if not newer or entry.lacking != newer[0].sha256.lower():
            continue
        newest = newer[0]
        saved = f", saved on {newest.retrieved.text}" if newest.retrieved else ""
        yield Diagnostic(
            "quote-not-in-newest",
            f'"{fact.id}": the newest copy of "{evidence.source}" ({newest.sha256[:12]}…{saved}) does not have the '
            f"quote; an older copy ({entry.sha256[:12]}…) does",
            fact.at[f"evidence.{number}.quote"],
            "see whether the source was changed: then quote what it says now, or say in note: that it changed",
            "notice",
        )
