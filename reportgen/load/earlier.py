"""Names and addresses that were given up in; what leads from them to what is there now, and what is wrong, out.

`aliases:` of a brief, page, fact, chart, dataset or source name what it was called before; content/gone.yaml says why
an address leads nowhere any more; a brief that is withdrawn is replaced by a few words that say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reportgen.diagnostics import Places, Span
from reportgen.language.phrases import Furniture, Phrases, furniture, marked_up
from reportgen.load.changes import is_reason
from reportgen.load.fields import ID, WrongKeyError, is_language, words
from reportgen.load.items import Loading
from reportgen.load.suggest import meant_or_known
from reportgen.load.yaml import Mapping as YamlMapping
from reportgen.model.brief import PAGES, Author, Brief, BriefStatus, file_of, folder_of, original_of, tongue_of
from reportgen.model.chart import Chart
from reportgen.model.dataset import Dataset
from reportgen.model.edition import Edition
from reportgen.model.edtf import parse_edtf
from reportgen.model.fact import Fact
from reportgen.model.source import Source
from reportgen.model.text import Text

GONE = "content/gone.yaml"
KINDS = ("briefs", "charts", "facts", "pages", "sources")
"""Folders of pages that may be given up."""


def load_gone(loading: Loading) -> dict[str, Text]:
    """Address below the site, `facts/old-id` -> why it was given up."""
    if GONE not in loading.content:
        return {}
    document = loading.document(GONE)
    root = document.root
    if root is None:
        return {}
    example = '"facts/old-id": "We had read another town\'s table."'
    if not isinstance(root, YamlMapping):
        loading.report("wrong-type", "gone.yaml must hold addresses, each with a reason", Span.at(GONE), example)
        return {}
    found: dict[str, Text] = {}
    for name, value in root.items():
        key = root.names[name]
        where = document.source.span(key.start, key.end)
        path = str(name).strip("/").removesuffix("/index.html")
        *before, folder, id = ("", *path.split("/")) if "/" in path else ("", "")
        is_one = (
            folder in KINDS and ID.fullmatch(id) and len(before) < 3 and (len(before) < 2 or is_language(before[1]))
        )
        if not is_one:
            hint = f"for example {example}; it begins with one of {', '.join(KINDS)}"
            loading.report("wrong-value", f'"{name}" is no address of this site', where, hint)
            continue
        try:
            reason = words(value)
        except WrongKeyError:
            reason = Text(())
        if not is_reason(reason):
            hint = f"for example {example}, which readers see there"
            loading.report("needs-reason", f"{path} is given up, and nothing says why", where, hint)
            continue
        found[path] = reason
    return found


WithAliases = (
    Mapping[str, Brief] | Mapping[str, Fact] | Mapping[str, Chart] | Mapping[str, Dataset] | Mapping[str, Source]
)


def check_aliases(
    loading: Loading, kind: str, named: WithAliases, names: Mapping[str, str] | None = None
) -> dict[str, str]:
    """An earlier name -> the id now, of a kind; what cannot be is told. `names`: of an id, how addresses have it."""
    found: dict[str, str] = {}
    taken = {names[id] if names else id: id for id in named}
    for id, each in named.items():
        if isinstance(each, Brief) and tongue_of(id):
            found |= _of_translation(loading, kind, each, named.get(original_of(id)))
            continue
        for number, alias in enumerate(each.aliases):
            where = _alias_place(each.at, number)
            before = PAGES if kind == "page" else ""
            bare = alias.removeprefix(before)
            if not ID.fullmatch(bare) and kind != "source":
                loading.report("bad-id", f'"{alias}" was no {kind}\'s id', where, "write the id that it had before")
            elif before + bare in taken:
                hint = "leave it out: that address is taken" if taken[before + bare] != id else "leave it out"
                loading.report("alias-taken", f'"{alias}" is the id of a {kind} that there is', where, hint)
            elif before + bare in found:
                hint = "an address can lead to one page alone: leave one of the two out"
                loading.report("alias-taken", f'"{alias}" is an alias of "{found[before + bare]}" already', where, hint)
            else:
                found[before + bare] = id
    return found


def _of_translation(
    loading: Loading, kind: str, brief: Brief, original: Brief | Fact | Chart | Dataset | Source | None
) -> dict[str, str]:
    """A translation had the names that its original had."""
    if brief.aliases:
        message = "the earlier names of a translation are those of its original"
        loading.report(
            "unknown-key", message, brief.at["aliases"], f"write aliases in {file_of(original_of(brief.slug))}"
        )
    before = PAGES if kind == "page" else ""
    aliases = original.aliases if original else ()
    return {f"{before}{alias.removeprefix(before)}.{tongue_of(brief.slug)}": brief.slug for alias in aliases}


def _alias_place(at: Places, number: int) -> Span:
    return at[f"aliases.{number}"] if f"aliases.{number}" in at.keys else at["aliases"]


def check_successors(loading: Loading, briefs: Mapping[str, Brief]) -> None:
    """Whether what took a brief's place is there."""
    for slug, brief in briefs.items():
        if not brief.by:
            continue
        where, other = brief.at["by"], briefs.get(brief.by)
        if brief.status not in (BriefStatus.SUPERSEDED, BriefStatus.WITHDRAWN):
            hint = "write status: superseded, or remove by:"
            loading.report(
                "wrong-value", "by: names what took the place of this brief, which is not superseded", where, hint
            )
        elif other is None or brief.by == slug:
            meant = meant_or_known(brief.by, [name for name in briefs if name != slug], "brief")
            loading.report("unknown-brief", f'there is no other brief "{brief.by}"', where, meant)
        elif not other.is_listed:
            what = "withdrawn itself" if other.status is BriefStatus.WITHDRAWN else "a draft"
            hint = "name a brief that readers find, or leave by: out"
            loading.report(
                "successor-withdrawn", f'"{brief.by}" took the place of this brief, and is {what}', where, hint
            )


def with_withdrawn(
    briefs: Mapping[str, Brief],
    gone: Mapping[str, Text],
    editions: Mapping[str, tuple[Edition, ...]],
    words: Mapping[str, Phrases],
) -> dict[str, Brief]:
    """The briefs, those that are withdrawn with nothing but the words that say so; among them those whose file is gone
    and that gone.yaml names."""
    shown = dict(briefs)
    for slug, history in editions.items():
        addresses = (folder_of(name).rstrip("/") for name in (slug, original_of(slug)))
        reason = next((gone[address] for address in addresses if address in gone), None)
        if slug not in shown and reason:
            shown[slug] = _given_up(history[-1], history[0], reason, slug)
    for slug, brief in list(shown.items()):
        original = shown.get(original_of(slug))
        if tongue_of(slug) and original is not None and original.status is BriefStatus.WITHDRAWN:
            brief = replace(brief, status=original.status, reason=original.reason, by=original.by)
        if brief.status is BriefStatus.WITHDRAWN:
            shown[slug] = _withdrawn(brief, shown, bool(editions.get(slug)), furniture(brief.lang, words))
    return shown


def _given_up(last: Edition, first: Edition, reason: Text, slug: str) -> Brief:
    return Brief(
        slug=slug,
        title=last.title,
        date=parse_edtf(first.note.date),
        body="",
        body_line=1,
        lang=last.lang,
        status=BriefStatus.WITHDRAWN,
        authors=tuple(Author(name) for name in last.authors),
        reason=reason,
        at=Places(Span.at(GONE)),
    )


def _withdrawn(brief: Brief, briefs: Mapping[str, Brief], has_editions: bool, own: Furniture) -> Brief:
    parts = []

    def said(words: str) -> str:
        return marked_up(own.phrase(words), brief.lang)

    if (other := briefs.get(brief.by)) is not None:
        parts.append(f"{said('In its place:')} [{_plain(other.title)}](../{brief.by}/index.html)")
    if has_editions:
        parts.append(f"[{said('What was published stands in its editions.')}](editions/index.html)")
    return replace(
        brief,
        title=f"{own.plain('Withdrawn:')} {brief.title}",
        subtitle="",
        abstract="",
        key_messages=(),
        key_figures=(),
        body="\n\n".join(parts) + "\n",
    )


def _plain(title: str) -> str:
    return title.replace("[", "(").replace("]", ")")
