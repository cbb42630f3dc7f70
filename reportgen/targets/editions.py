"""Editions as targets: each as it was frozen, with what became of it since; the histories, and what was corrected."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from reportgen.brief.figures import SET_IN_TYPE
from reportgen.editions.comparing import ASKED, claims_of, compare, word_steps
from reportgen.editions.freezing import at_address, described, filled, whole
from reportgen.editions.judging import apart, modified, new_value
from reportgen.exports.feeds import FeedChange, corrections_feed
from reportgen.exports.printed import changes_json
from reportgen.fonts.setting import paper_faces
from reportgen.language.phrases import Furniture
from reportgen.model.brief import folder_of, original_of, stem_of, tongue_of
from reportgen.model.edition import Edition, EditionChange, EditionNote, NewValue
from reportgen.model.edition import whole as standing
from reportgen.model.edtf import parse_edtf
from reportgen.model.project import Project
from reportgen.model.text import Text
from reportgen.pages.listing import BriefListing, write_listing
from reportgen.quantities.dates import format_date
from reportgen.rebuild.target import Reader, Target, TargetResult, Work
from reportgen.targets.contexts import (
    ChangedPage,
    CorrectionsContext,
    DifferenceRow,
    EditionChangesContext,
    EditionLine,
    EditionRemovedContext,
    EditionsContext,
    LaterEdition,
    ReasonLine,
    RemovedOnPaperContext,
)
from reportgen.targets.pages import with_fonts
from reportgen.targets.session import TYPEFACES, Formats, Session
from reportgen.targets.tasks import leaf_made

TOLD = ("correction", "revision", "withdrawal")
"""Kinds of changes that the column of corrections has."""
OWN = ("page.html", "edition.json", "text.txt")
"""Files of an edition that the site does not hold as they are."""


def edition_targets(session: Session, formats: Formats) -> Iterator[Target]:
    """Everything that was published, and the pages that tell of it."""
    histories = {slug: history for slug, history in session.project.editions.items() if history}
    if not histories and not session.project.records:
        return
    made = _Editions(session)
    for slug, history in histories.items():
        for number, edition in enumerate(history):
            if edition.removal:
                yield made.removed(slug, history, edition)
                if formats != "html":
                    yield made.removed_paper(slug, history, edition)
                continue
            yield made.edition(slug, history, number)
            if number:
                yield made.changes(slug, (standing(history[:number]) or history[:number])[-1], edition)
        yield made.history(slug, history)
        brief = session.project.briefs.get(slug)
        history = standing(history)
        if history and (brief is None or not brief.is_public):
            yield made.kept(slug, history)
        if slug in session.kept:
            yield made.listed(slug, history)
    for lang in session.languages:
        yield made.corrections(lang)
    yield made.data()


def kept_maker(project: Project, path: str) -> str:
    """The name of the target that makes a file of what was published, or that tells of it; empty for other files."""
    if path == "data/changes.json":
        return "changes data"
    if path.startswith("corrections/"):
        return "corrections"
    folder, mark, rest = path.partition("/editions/")
    id, _, file = rest.partition("/")
    for slug, history in project.editions.items() if mark else ():
        for edition in history:
            if f"{folder}/" in (folder_of(slug), folder_of(edition.brief)):
                if not file:
                    return f"editions {slug}"
                if edition.note.id == id:
                    return f"{'changes' if file.startswith('changes/') else 'edition'} {edition.brief}/{id}"
    return ""


class _Editions:
    def __init__(self, session: Session) -> None:
        self._session = session

    def edition(self, slug: str, history: tuple[Edition, ...], number: int) -> Target:
        """An edition's folder on the site; of a brief that was renamed since, under both of its names."""
        edition = history[number]

        def make(reader: Reader) -> TargetResult:
            reader.record(("editions", slug))
            state, files = self._state(reader, history, number), dict[str, bytes]()
            frozen = self._frozen(edition)
            page = whole(frozen["page.html"], edition.brief, edition.note.id)
            for name in dict.fromkeys((edition.brief, slug)):
                base = f"{folder_of(name)}editions/{edition.note.id}/"
                files |= {base + file: data for file, data in frozen.items() if file not in OWN}
                files[f"{base}{stem_of(name)}.pdf"] = frozen[f"{stem_of(edition.brief)}.pdf"]
                files[f"{base}index.html"] = filled(page, state)
            return TargetResult(files)

        return Target(f"edition {edition.brief}/{edition.note.id}", make)

    def removed(self, slug: str, history: tuple[Edition, ...], edition: Edition) -> Target:
        """The address of an edition that had to be removed."""

        def make(reader: Reader) -> TargetResult | Work:
            files: dict[str, bytes] = {}
            for name in dict.fromkeys((edition.brief, slug)):
                context = self._removal(reader, slug, name, history, edition, EditionRemovedContext)
                path = f"{folder_of(name)}editions/{edition.note.id}/index.html"
                html = self._session.theme.page(context, edition.lang)
                files[path] = self._session.linked(reader, html, path, edition.lang).encode()
            return with_fonts(self._session, reader, files)

        return Target(f"edition {edition.brief}/{edition.note.id}", make)

    def removed_paper(self, slug: str, history: tuple[Edition, ...], edition: Edition) -> Target:
        """The PDF in its place."""

        def make(reader: Reader) -> Work:
            context = self._removal(reader, slug, slug, history, edition, RemovedOnPaperContext)
            reader.record(("setting", "colors"))
            reader.record(("version", "pdf"))
            html, faces = paper_faces(self._session.theme.page(context, edition.lang), self._session.shelf)
            if faces:
                reader.record(TYPEFACES)
            names = dict.fromkeys((edition.brief, slug))
            paths = tuple(f"{folder_of(name)}editions/{edition.note.id}/{stem_of(name)}.pdf" for name in names)
            css = f"{reader.output('print.css').decode()}\n@page {{ size: {self._session.site.paper} }}\n"
            epoch = int(datetime.combine(date.fromisoformat(context.day), datetime.min.time(), UTC).timestamp())
            return Work(leaf_made, (paths, html, css, context.shell.canonical, epoch, faces), engine="weasyprint")

        return Target(f"removed pdf {edition.brief}/{edition.note.id}", make)

    def _removal(
        self,
        reader: Reader,
        slug: str,
        name: str,
        history: tuple[Edition, ...],
        edition: Edition,
        kind: type[EditionRemovedContext],
    ) -> EditionRemovedContext:
        reader.record(("editions", slug))
        removal, lang = edition.removal, edition.lang
        assert removal is not None
        path = f"{folder_of(name)}editions/{edition.note.id}/index.html"
        return kind(
            shell=self._session.shell(reader, path, "briefs", kind.template, lang=lang),
            of=history[-1].title,
            edition=self._line(edition),
            day=removal.date.text,
            time=format_date(removal.date, lang),
            reason=removal.reason.in_language(lang),
        )

    def kept(self, slug: str, history: tuple[Edition, ...]) -> Target:
        """The address of a brief of which the next edition is being written: the last one stands there."""

        def make(reader: Reader) -> TargetResult:
            reader.record(("editions", slug))
            edition = history[-1]
            frozen = self._frozen(edition)
            macro = self._session.themed(reader, "edition.html").macros("edition.html", edition.lang)
            page = filled(frozen["page.html"], str(macro("writing", self._line(edition))).strip())
            base, paper = folder_of(slug), f"{stem_of(slug)}.pdf"
            files = {f"{base}index.html": at_address(page, slug, edition.note.id)}
            files[base + paper] = frozen[f"{stem_of(edition.brief)}.pdf"]
            files[f"{base}provenance.json"] = frozen["printed.json"]
            files |= {base + name: data for name, data in frozen.items() if name.startswith("cite.")}
            return TargetResult(files)

        return Target(f"kept {slug}", make)

    def listed(self, slug: str, history: tuple[Edition, ...]) -> Target:
        """What lists show of a brief of which the next edition is being written: the last one."""

        def make(reader: Reader) -> TargetResult:
            reader.record(("editions", slug))
            last = history[-1]
            frozen = self._frozen(last)
            typed = sum(entry["kind"] == "waiver" for entry in json.loads(frozen["printed.json"])["numbers"])
            updated = modified(history)
            said, project = last.printed, self._session.project
            facts, charts = (project.aliases.get(kind, {}) for kind in ("facts", "charts"))
            shown = (charts.get(chart.id, chart.id) for chart in said.charts if chart.kind not in SET_IN_TYPE)
            listing = BriefListing(
                slug=slug,
                lang=last.lang,
                title=last.title,
                subtitle="",
                abstract=described(frozen["page.html"]),
                date=history[0].note.date,
                date_text=format_date(parse_edtf(history[0].note.date), last.lang),
                updated="" if updated == history[0].note.date else updated,
                authors=last.authors,
                keywords=(),
                changes=tuple(_lately(history, self._session.answers.furniture(last.lang))),
                figure=None,
                facts=tuple(dict.fromkeys(facts.get(s.fact, s.fact) for s in said.sayings if s.fact and s.call)),
                charts=tuple(id for id in shown if id in project.charts),
                waived=typed,
                pictures=(),
            )
            return TargetResult(value=write_listing(listing))

        return Target(f"list {slug}", make)

    def _frozen(self, edition: Edition) -> dict[str, bytes]:
        files = self._session.project.edition_files
        return {name: files[f"{edition.folder}/{name}"] for name, _ in edition.files}

    def _state(self, reader: Reader, history: tuple[Edition, ...], number: int) -> str:
        edition, latest = history[number], standing(history)[-1]
        lang = edition.lang
        macro = self._session.themed(reader, "edition.html").macros("edition.html", lang)
        since = compare_values(edition, history[number + 1 :])
        corrected = any(change.kind == "correction" for later in history[number + 1 :] for change in later.note.changes)
        later = LaterEdition(self._line(latest), since, corrected) if latest is not edition else None
        return str(macro("state", self._line(edition), later)).strip()

    def _line(self, edition: Edition) -> EditionLine:
        lang = edition.lang
        words = self._session.answers.furniture(lang)
        line = line_of(edition.note, words, dict(edition.files)[f"{stem_of(edition.brief)}.pdf"], self._session.lang)
        if (removal := edition.removal) is None:
            return line
        return replace(line, removed=(format_date(removal.date, lang), removal.reason.in_language(lang)))

    def history(self, slug: str, history: tuple[Edition, ...]) -> Target:
        """The list of a brief's editions."""

        def make(reader: Reader) -> TargetResult | Work:
            reader.record(("editions", slug))
            path = f"{folder_of(slug)}editions/index.html"
            shell = self._session.shell(reader, path, "briefs", EditionsContext.template, lang=history[-1].lang)
            lines = tuple(self._line(edition) for edition in reversed(history))
            context = EditionsContext(shell=shell, slug=stem_of(slug), of=history[-1].title, editions=lines)
            html = self._session.theme.page(context, history[-1].lang)
            html = self._session.linked(reader, html, path, history[-1].lang)
            return with_fonts(self._session, reader, {path: html.encode()})

        return Target(f"editions {slug}", make)

    def changes(self, slug: str, before: Edition, edition: Edition) -> Target:
        """What an edition says otherwise than the one before it."""

        def make(reader: Reader) -> TargetResult | Work:
            reader.record(("editions", slug))
            files: dict[str, bytes] = {}
            for name in dict.fromkeys((edition.brief, slug)):
                path = f"{folder_of(name)}editions/{edition.note.id}/changes/index.html"
                shell = self._session.shell(reader, path, "briefs", EditionChangesContext.template, lang=edition.lang)
                line = self._line(edition)
                is_gone = line.kind == "withdrawal"  # all of it, for one reason
                context = EditionChangesContext(
                    shell=shell,
                    slug=name,
                    of=edition.title,
                    old=self._line(before),
                    new=line,
                    rows=() if is_gone else difference_rows(before, edition, self._session.lang),
                    words=() if is_gone else word_steps(before.printed, edition.printed),
                )
                html = self._session.theme.page(context, edition.lang)
                files[path] = self._session.linked(reader, html, path, edition.lang).encode()
            return with_fonts(self._session, reader, files)

        return Target(f"changes {edition.brief}/{edition.note.id}", make)

    def _told(self, lang: str) -> tuple[ChangedPage, ...]:
        """Corrections and revisions of all briefs, newest first; of a brief in the language, where it is in it."""
        slugs = self._session.project.editions
        spoken = {original_of(slug) for slug in slugs if tongue_of(slug) == lang}
        found = [
            ChangedPage(
                folder_of(slug),
                edition.title,
                self._line(edition),
                f"editions/{edition.note.id}/{'' if edition.removal else 'changes/'}",
            )
            for slug, history in slugs.items()
            if tongue_of(slug) == (lang if original_of(slug) in spoken else "")
            for edition in history
            if any(change.kind in TOLD for change in edition.note.changes)
        ]
        found += self._beside()
        return tuple(sorted(found, key=lambda page: (page.edition.iso, page.address, page.edition.id), reverse=True))

    def _beside(self) -> Iterator[ChangedPage]:
        """What was corrected of facts, pages and charts, but for what the edition of a brief tells."""
        project, words = self._session.project, self._session.answers.furniture(self._session.lang)
        told = {change.key for history in project.editions.values() for each in history for change in each.note.changes}
        for record in project.records:
            for change in record.note.changes:
                owner = change.owner
                if (
                    change.kind not in TOLD
                    or change.key in told
                    or (owner.startswith("brief:") and (("brief", *change.key[1:]) in told))
                ):
                    continue
                kind, _, id = owner.partition(":")
                address, title = "facts/", words.plain("Facts")
                if kind == "fact" and id in project.facts:
                    address, title = f"facts/{id}/", project.facts[id].claim.in_language(self._session.lang)
                elif kind == "dataset":
                    address, title = "charts/", words.plain("Charts")
                elif kind == "brief" and id in project.documents:
                    address, title = folder_of(id), project.documents[id].title
                note = replace(record.note, changes=(change,), follows=())
                yield ChangedPage(
                    address, title.replace("{value}", "…"), line_of(note, words, "", self._session.lang), ""
                )

    def corrections(self, lang: str) -> Target:
        """The column of corrections."""
        site = self._session.sites[lang]

        def make(reader: Reader) -> TargetResult | Work:
            for slug in self._session.project.editions:
                reader.record(("editions", slug))
            reader.record(("all", "editions"))
            reader.record(("records",))
            for id in self._session.project.facts:
                reader.record(("fact", id))
            path = f"{site.home}corrections/index.html"
            shell = self._session.shell(reader, path, "", CorrectionsContext.template, lang=lang)
            words = self._session.answers.furniture(lang)
            told = self._told(lang)
            html = self._session.theme.page(CorrectionsContext(shell=shell, pages=told), lang)
            feed = corrections_feed(site, tuple(map(self._entry, told)), words.plain("Corrections"))
            html = self._session.linked(reader, html, path, lang)
            files = {path: html.encode(), f"{site.home}corrections/feed.xml": feed}
            return with_fonts(self._session, reader, files)

        return Target(f"{lang} corrections" if site.home else "corrections", make)

    def _entry(self, page: ChangedPage) -> FeedChange:
        said = [f"{value.old} → {value.new}" for value in page.edition.values if value.old and value.new]
        return FeedChange(
            page.address,
            page.title,
            page.edition.kind,
            page.edition.iso,
            ". ".join((*(reason.text for reason in page.edition.reasons), *said)),
        )

    def data(self) -> Target:
        """data/changes.json."""

        def make(reader: Reader) -> TargetResult:
            project = self._session.project
            for slug in project.editions:
                reader.record(("editions", slug))
            reader.record(("all", "editions"))
            reader.record(("records",))
            reader.record(("setting", "base_url"))
            data = changes_json(project.editions, project.records, project.settings.base_url)
            return TargetResult({"data/changes.json": data})

        return Target("changes data", make)


def _lately(history: tuple[Edition, ...], words: Furniture) -> Iterator[tuple[str, str]]:
    """(day, what was corrected or revised, with the reason) of a brief's editions, the latest first."""
    for edition in reversed(history):
        line = line_of(edition.note, words, "", "")
        if line.kind in ("correction", "revision"):
            said = [f"{value.old} → {value.new}" for value in line.values if value.old and value.new]
            yield line.iso, " ".join((*said, *(reason.text for reason in line.reasons)))


def withdrawn_briefs(session: Session, reader: Reader, lang: str) -> tuple[FeedChange, ...]:
    """The briefs in a language that were withdrawn, with the day and the reason."""
    reader.record(("all", "editions"))
    found = []
    for slug, history in session.project.editions.items():
        reader.record(("editions", slug))
        last = history[-1] if history else None
        change = next((each for each in last.note.changes if each.kind == "withdrawal"), None) if last else None
        if last is not None and change is not None and last.lang == lang:
            reason = change.text.in_language(lang)
            found.append(FeedChange(folder_of(slug), last.title, "withdrawal", last.note.date, reason))
    return tuple(found)


def line_of(note: EditionNote, words: Furniture, sha: str, own: str) -> EditionLine:
    """An edition in a list. `sha`: of its PDF. `own`: the site's language."""
    text = format_date(parse_edtf(note.date), words.lang)
    reasons = tuple(dict.fromkeys(_reason(change, words, own) for change in note.changes if change.text))
    values = tuple(value for change in note.changes for value in change.values)
    kinds = [change.kind.value for change in note.changes]
    order = ("withdrawal", "correction", "revision", "update", "clarification", "minor")
    kind = next((kind for kind in order if kind in kinds), "first")
    return EditionLine(note.id, note.version, note.date, text, kind, reasons, values, note.follows, sha)


def compare_values(edition: Edition, later: tuple[Edition, ...]) -> tuple[NewValue, ...]:
    """Each value that an edition printed and a later one prints otherwise, as it was and as it is now."""
    now: dict[tuple[str, str], NewValue] = {}
    for each in later:
        values = [value for change in each.note.changes for value in change.values]
        for value in (*values, *each.note.follows):
            if not value.old or not value.new:
                continue
            start = next((key for key, known in now.items() if key[0] == value.fact and known.new == value.old), None)
            key = start or (value.fact, value.old)
            now[key] = NewValue(value.fact, key[1], value.new)
    printed = {(saying.fact, saying.text) for saying in edition.printed.sayings}
    return tuple(
        value
        for (fact, old), value in now.items()
        if value.old != value.new and {(fact, old), (fact, old.rpartition(" (")[0])} & printed
    )


def difference_rows(before: Edition, edition: Edition, own: str) -> tuple[DifferenceRow, ...]:
    """What differs between two editions, as a table shows it."""
    changes = edition.note.changes
    explained = {value: change for change in changes for value in change.values}
    reasons = {f"fact:{value.fact}": change for value, change in explained.items() if value.fact}
    reasons |= {change.owner: change for change in changes if change.owner.startswith("dataset:")}
    general = next((c for c in changes if c.owner == "brief" and not c.facts and c.kind != "minor"), None)
    claims = {**claims_of(before.printed), **claims_of(edition.printed)}
    titles = {chart.id: chart.title for printed in (before.printed, edition.printed) for chart in printed.charts}
    rows = []
    for each in compare(before.printed, edition.printed, lang=edition.lang):
        is_of_use = each.kind != "follows" or each.old != each.new
        if each.kind in ("times", "words", "order", "chart look") or not is_of_use:
            continue
        reason = explained.get(new_value(each)) or next((reasons[o] for o in each.owners if o in reasons), None)
        reason = reason or (general if each.kind in ASKED else None)
        said = reason.text if reason else Text(())
        text = ReasonLine(said.in_language(edition.lang), said.foreign(edition.lang, own))
        kind, _, name = each.subject.partition(":")
        cell = name.partition("/")[2].rpartition("/")[0] if kind == "row" else name
        name = {"fact": claims, "chart": titles}.get(kind, {}).get(name, "") or each.sentence[1] or each.sentence[0]
        name = name or ("" if kind == "words" else cell)
        old, new = apart(each.old, each.new, each.said) if each.old and each.new else (each.old, each.new)
        because = tuple(claims.get(id, id) for id in each.because)
        if old or new or because or text.text:
            rows.append(DifferenceRow(each.kind.value, name, old, new, because, text))
    return tuple(rows)


def _reason(change: EditionChange, words: Furniture, own: str) -> ReasonLine:
    """An author's reason as plain text, for lists: calls and citations in it stand in full on the page itself."""
    text = change.text.in_language(words.lang)
    if "{{" not in text and "[@" not in text:
        return ReasonLine(text, change.text.foreign(words.lang, own))
    said = "The reason stands in the edition itself."
    return ReasonLine(words.plain(said), "en" if words.is_foreign(said) else "")
