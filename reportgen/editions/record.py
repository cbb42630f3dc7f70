"""What the site prints beside its briefs in; its record, and what in it is otherwise than before, out. Pure.

A brief has editions. Every fact has a page of its own besides, every chart has one with a table to download, and
authors may write pages: what these say is kept in one record, with the addresses that answer for ever. So are the words
that all pages share: names of the site, of measures, units and places, meanings of terms, and templates of the
project's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from reportgen.brief.figures import alone_slug
from reportgen.brief.said import fact_saying, plain_value, quotes_of, words_line
from reportgen.brief.wording import claim_parts
from reportgen.diagnostics import Span
from reportgen.editions.comparing import ASKED, HIDING, DifferenceKind, TextDifference, compare, hidden_line
from reportgen.editions.judging import Reason, entries_of, entry_digest, new_value, next_version, unseen
from reportgen.facts.view import View
from reportgen.language.nouns import plural_of
from reportgen.language.units import nouns_in
from reportgen.late_patterns import regex
from reportgen.model.edition import Change, Edition, EditionChange, EditionNote, NewValue, Printed, WordsName
from reportgen.model.fact import Fact
from reportgen.model.project import Project
from reportgen.model.quantity import UnitForms
from reportgen.model.text import Text
from reportgen.pages.default_theme import default_templates
from reportgen.pages.template_faults import own_templates

OF_FACTS = frozenset((DifferenceKind.CHANGED, DifferenceKind.QUOTE, DifferenceKind.CLAIM, DifferenceKind.HIDDEN))
"""What is asked about a fact, a row, and what all pages share, where it stands."""
_CLAIMED = regex(r"⟨\|claim:([^⟩]+)⟩")
_LAID_OUT = regex(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<(script|style)\b.*?</\1>", re.S)
"""What a template has others say, and what is no text."""
_ID_SIGNS = regex(r"[⟨⟩@/]")
_SPOKEN = regex(r"""\s(?:alt|title|aria-label)="([^"]*)\"""")
_ELEMENT = regex(r"<[^>]*>", re.S)
_CONTENT = regex(r"""\bcontent:\s*["']([^"']*)["']""")
_SILENT = frozenset((DifferenceKind.NEW, DifferenceKind.TIMES, DifferenceKind.ORDER, DifferenceKind.WORDS))
_SETTLED = ASKED - OF_FACTS - _SILENT | {DifferenceKind.MOVED, DifferenceKind.TURNED}
"""What is asked about a page or a chart: the site may grow, and its pages may be rewritten; numbers stay."""


def facts_printed(view: View, project: Project) -> Printed:
    """All that the pages of facts say, and the words that all pages share."""
    lang = project.settings.lang
    facts = [fact for id in view.all("facts") if (fact := view.fact(id)) is not None]
    return Printed(
        tuple(fact_saying(fact, view, plain_value(fact, view, lang), "fact()") for fact in facts),
        tuple(quote for fact in facts for quote in quotes_of(fact)),
        lines=(*(line for fact in facts for line in _fact_lines(fact, lang)), *_shared_lines(project)),
    )


def _fact_lines(fact: Fact, lang: str) -> Iterator[str]:
    """The words of a fact: its claim in each language, how it was read, and what is to be noted."""
    yield words_line(WordsName("fact", fact.id), claim_parts(fact, lang, ""))
    own = fact.claim.in_language(lang)
    for tag, words in fact.claim.by_language:
        if words != own:
            yield words_line(WordsName("fact", fact.id, tag=tag), claim_parts(fact, tag, ""))
    yield from _named(WordsName("fact", fact.id, "reading"), fact.reading, lang)
    yield from _named(WordsName("fact", fact.id, "note"), fact.note, lang)


def _shared_lines(project: Project) -> Iterator[str]:
    """What stands on many pages, an author's text a line, each under its name."""
    settings = project.settings
    for key in ("title", "publisher", "description", "license"):
        yield from _named(WordsName("site", key), getattr(settings, key), settings.lang)
    yield from _named(WordsName("site", "corrections"), settings.corrections.policy, settings.lang)
    for code, place in settings.places:
        yield from _named(WordsName("place", code), place, settings.lang)
    for measure in project.measures.values():
        yield from _named(WordsName("measure", measure.id, "label"), measure.label, settings.lang)
        yield from _named(WordsName("measure", measure.id, "description"), measure.description, settings.lang)
    counts = [fact.unit for fact in project.facts.values()] + [measure.unit for measure in project.measures.values()]
    for id in sorted({*project.units, *project.nouns, *nouns_in(counts)}):
        yield from _unit_lines(id, project.units.get(id), settings.lang)
    for conflict in project.conflicts.values():
        preferred = f"⟨|fact:{conflict.preferred}⟩" if conflict.preferred else "none"
        yield f"⟨|claim:{WordsName('conflict', conflict.id, 'preferred').text}⟩{preferred}"
    for term in project.glossary:
        yield from _named(WordsName("term", term.term.in_language(settings.lang)), term.meaning, settings.lang)
    for lang, words in sorted(project.words.items()):
        for english, given in sorted(words.items()):
            forms = (given,) if isinstance(given, str) else tuple(given.values())
            name = WordsName("word", _ID_SIGNS.sub("-", english), tag=lang)
            yield words_line(name, (" ".join(forms), ""))
    for file, text in own_templates(project.templates).items():
        if file.endswith((".html", ".css")):
            ours = {*_typed_in(file, default_templates().get(file, ""))}
            typed = (words for words in _typed_in(file, text) if words not in ours)
            yield from _named(WordsName("template", file), Text.of(" ".join(typed)))
    # There even where nothing is hidden: a record without it was made before this was looked at.
    hidden = {selector for found in _hidden_by_file(project).values() for selector in found}
    yield words_line(HIDING, (hidden_line(hidden), ""))


def _hidden_by_file(project: Project) -> dict[str, frozenset[str]]:
    """A stylesheet of the project's own -> what it hides and ours of that name does not."""
    own, ours = own_templates(project.templates), default_templates()
    sheets = {file: text for file, text in own.items() if file.endswith(".css")}
    if not sheets:
        return {}
    from reportgen.editions.hiding import hidden_by

    return {file: hidden_by(text) - hidden_by(ours.get(file, "")) for file, text in sheets.items()}


def _unit_lines(id: str, unit: UnitForms | None, lang: str) -> Iterator[str]:
    """The names of a unit as values are printed with; without any of its own a noun has the regular ones."""
    if unit is None:
        yield from _named(WordsName("unit", id, "one"), Text.of(id), lang)
        yield from _named(WordsName("unit", id, "other"), Text.of(plural_of(id)), lang)
        return
    for name, form in (("short", unit.short), ("long", unit.long), ("per", unit.per), *unit.plural):
        yield from _named(WordsName("unit", unit.id, name), form, lang)


def _named(name: WordsName, text: Text, lang: str = "") -> Iterator[str]:
    """A text, a line a language. `lang`: the site's, which is not named."""
    for tag, words in text.by_language:
        yield words_line(name if tag in ("", lang) else replace(name, tag=tag), (words, ""))


def _typed_in(name: str, text: str) -> Iterator[str]:
    """What a template types itself, and what a stylesheet puts into pages."""
    if name.endswith(".css"):
        yield from _CONTENT.findall(text)
        return
    html = _LAID_OUT.sub(" ", text)
    yield from _SPOKEN.findall(html)
    yield from _ELEMENT.sub(" ", html).split()


def place_of(project: Project, subject: str) -> Span:
    """Where words that all pages share are written; `subject` as a comparison names them."""
    name = WordsName.read(subject.removeprefix("words:"))
    if name == HIDING:
        hiding = (file for file, found in _hidden_by_file(project).items() if found)
        return Span.at(f"templates/{next(hiding, 'custom.css')}")
    with suppress(KeyError, StopIteration):  # what is gone has no line
        return _line_of(project, name)
    files = {"term": "glossary", "place": "site"}
    return Span.at(f"content/{files.get(name.kind, f'{name.kind}s')}.yaml")


def _line_of(project: Project, name: WordsName) -> Span:
    """Raises KeyError or StopIteration."""
    within, lang = f".{name.tag}" if name.tag else "", project.settings.lang
    match name.kind:
        case "measure":
            return project.measures[name.id].at[name.part + within]
        case "unit":
            return project.units[name.id].at.whole
        case "term":
            return next(t.at[f"meaning{within}"] for t in project.glossary if t.term.in_language(lang) == name.id)
        case "conflict":
            return project.conflicts[name.id].at["preferred"]
        case "template":
            return Span.at(f"templates/{name.id}")
        case "word":
            return Span.at(f"content/words/{name.tag}.yaml")
        case "place":
            return project.settings.at[f"places.{name.id}{within}"]
    return project.settings.at[name.id + within]


def asked_of_a_page(difference: TextDifference) -> bool:
    """Whether a page or a chart's own page needs a reason for it; facts and rows are asked about where they stand."""
    if difference.kind is DifferenceKind.CHART:
        return bool(difference.old)
    return difference.kind in _SETTLED


def entries_of_site(project: Project) -> Iterator[tuple[str, Change, Span]]:
    """Every entry that may explain a change of what no brief prints."""
    yield from entries_of("site", project.settings.changes, project.settings.at)
    for slug, document in project.documents.items():
        yield from entries_of(f"brief:{slug}", document.changes, document.at)
    for fact in project.facts.values():
        yield from entries_of(f"fact:{fact.id}", fact.changes, fact.at)
    for dataset in project.datasets.values():
        yield from entries_of(f"dataset:{dataset.id}", dataset.changes, dataset.at)


def reasons_of_site(project: Project) -> tuple[Reason, ...]:
    """The entries that the last record had not seen."""
    return unseen(entries_of_site(project), project.records)


def site_reason(
    project: Project, slug: str, difference: TextDifference, reasons: tuple[Reason, ...], *, minor: bool = False
) -> Reason | None:
    """The entry that says why: of the fact, dataset or page, of a brief that printed it, or of the site."""
    owners = {*difference.owners, f"brief:{slug}"}
    good = [reason for reason in reasons if reason.is_minor is minor]
    own = [reason for reason in good if reason.owner in owners]
    about = set(difference.facts)
    chart = difference.subject.removeprefix("chart:") if difference.kind is DifferenceKind.CHART else ""
    chart = chart or slug.removeprefix(alone_slug(""))
    wide = [
        reason
        for reason in good
        if (reason.owner == "site" or _printed_by(project, reason.owner, about, difference.dataset, chart))
        and (not reason.change.facts or about & set(reason.change.facts))
    ]
    return next(iter((*own, *wide)), None)


def _printed_by(project: Project, owner: str, facts: set[str], dataset: str, chart: str) -> bool:
    """Whether a brief's last edition prints one of these facts, rows of the dataset, or the chart."""
    history = project.editions.get(owner.removeprefix("brief:"), ()) if owner.startswith("brief:") else ()
    if not history:
        return False
    said = history[-1].printed
    return any(
        saying.fact in facts or (dataset and saying.subject.startswith(f"row:{dataset}/")) for saying in said.sayings
    ) or any(each.id == chart or (dataset and each.dataset == dataset) for each in said.charts)


def last_said(project: Project) -> Printed:
    """What was recorded last, and of each fact that was given up and is there again what was recorded of it last."""
    last, names = project.records[-1].printed, project.aliases.get("facts", {})
    seen = {names.get(saying.fact, saying.fact) for saying in last.sayings}
    sayings, quotes, lines = list(last.sayings), list(last.quotes), list(last.lines)
    for record in reversed(project.records[:-1]):
        said = record.printed
        again = {saying.fact for saying in said.sayings}
        again = {id for id in again if names.get(id, id) in project.facts and names.get(id, id) not in seen}
        if again:
            sayings += (saying for saying in said.sayings if saying.fact in again)
            quotes += (quote for quote in said.quotes if quote[0] in again)
            lines += (line for line in said.lines if _claimed_by(line) in again)
            seen |= {names.get(id, id) for id in again}
    return replace(last, sayings=tuple(sayings), quotes=tuple(quotes), lines=tuple(lines))


def _claimed_by(line: str) -> str:
    """Id of the fact whose words a line has."""
    found = _CLAIMED.search(line)
    name = WordsName.read(found[1]) if found else None
    return name.id if name and name.kind == "fact" else ""


def last_documents(project: Project) -> dict[str, Printed]:
    """What was recorded last of each page and each chart's own page."""
    return {slug: said for record in project.records for slug, said in record.documents}


def record_note(
    project: Project,
    now: Mapping[str, Printed],
    addresses: Iterable[str],
    aliases: Mapping[str, str],
) -> EditionNote | None:
    """The record that is to be made, without its day; None where all is as it was recorded. `now`: what the facts
    (under an empty name), the pages and the charts say."""
    history = project.records
    if not history:
        return EditionNote("", "1", "")
    last = history[-1]
    before = {"": last_said(project), **last_documents(project)}
    reasons, used, follows = reasons_of_site(project), dict[Reason, dict[NewValue, None]](), dict[NewValue, None]()
    differs = set(addresses) != set(last.addresses) or {"", *dict(last.documents)} != now.keys()
    for slug, said in now.items():
        if slug not in before:
            continue
        for difference in compare(before[slug], said, aliases, project.settings.lang):
            differs = differs or difference.kind in ASKED or difference.kind is DifferenceKind.RENAMED
            value = new_value(difference)
            if difference.kind is DifferenceKind.FOLLOWS and difference.old != difference.new:
                follows[value] = None
            if difference.kind not in OF_FACTS and (not slug or not asked_of_a_page(difference)):
                continue
            reason = site_reason(project, slug, difference, reasons)
            if reason is not None:
                used.setdefault(reason, {})[value] = None
    if not differs and not used:
        return None
    changes = tuple(
        EditionChange(reason.owner, reason.change.kind, reason.change.text, reason.change.facts, tuple(values))
        for reason, values in used.items()
    )
    return EditionNote("", next_version(history, not changes), "", changes, tuple(follows))


def seen_of_site(project: Project) -> tuple[str, ...]:
    """The digests of all entries there are."""
    return tuple(sorted(entry_digest(owner, change) for owner, change, _ in entries_of_site(project)))


def renames(project: Project) -> dict[str, str]:
    """What had another name -> its name now, as editions are compared by."""
    before = {"facts": "", "charts": "chart:", "datasets": "row:"}
    return {mark + old: mark + id for kind, mark in before.items() for old, id in project.aliases.get(kind, {}).items()}


def recorded(records: tuple[Edition, ...], slug: str) -> tuple[Edition, Printed] | None:
    """The last record, and what it says of a page or a chart; None where it says nothing."""
    said = dict(records[-1].documents).get(slug) if records else None
    return None if said is None else (records[-1], said)
