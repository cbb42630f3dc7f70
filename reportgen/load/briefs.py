"""The files of content/briefs and content/pages in; briefs and pages by slug out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Literal

from reportgen.diagnostics import Places, Span
from reportgen.late_patterns import regex
from reportgen.load.changes import CHANGES, check_changes, is_reason
from reportgen.load.fields import ID, WrongKeyError, a_day, a_or_an, is_language, slug, word_of, words
from reportgen.load.items import Item, Loading, Register, checked
from reportgen.load.lines import FileText, bidi_controls, lines_of
from reportgen.load.schema import heading, keys_of
from reportgen.load.settings import a_language
from reportgen.load.yaml import Mapping, Scalar, Sequence, YamlNode, read_yaml
from reportgen.model.brief import (
    PAGES,
    Author,
    Brief,
    BriefStatus,
    Differs,
    KeyFigure,
    file_of,
    original_of,
    person,
    stem_of,
    tongue_of,
)
from reportgen.model.edition import Change, Removal
from reportgen.model.edtf import Edtf, parse_edtf
from reportgen.model.text import Text, is_seen

_FRONT = regex(r"---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_LONE_RETURN = regex(r"\r(?!\n)")
"""A line end of old Macs; elsewhere a sign that does not break a line of Markdown."""
MOST_LINES = 10_000
"""Lines of a brief; to convert very many takes longer than anybody waits."""
_CALC = 'calc("'
Kind = Literal["brief", "page"]


_INSTITUTION = ("organisation", "organization", "literal")
_ORCID = regex(r"(?:https?://(?:www\.)?orcid\.org/)?((?:[0-9]{4}-){3}[0-9]{3}[0-9X])/?")
_A_NAME = (
    "for example [{name: Jane Doe, orcid: 0000-0002-1825-0097}, {family: Doe, given: Jane}, {organisation: World Bank}]"
)


def _authors(value: Any) -> tuple[Author, ...]:
    return tuple(_author(part) for part in (value if isinstance(value, Sequence) else [value]))


def _person(name: str, orcid: str = "") -> Author:
    """A person by one text, whose family name comes first where a patronymic ends it."""
    words = name.split()
    if len(words) == 3 and "," not in name:
        from reportgen.language.naming import begins_with_family_name

        if begins_with_family_name(words):
            return Author(name, orcid, words[0], " ".join(words[1:]))
    return person(name, orcid)


def _author(part: YamlNode) -> Author:
    """A person, unless an organisation is named as such."""
    if isinstance(part, Scalar):
        return _person(str(part))
    given = part if isinstance(part, Mapping) else Mapping()
    texts = {key: str(text) for key, text in given.items() if isinstance(text, Scalar) and text}
    orcid = texts.pop("orcid", "")
    if orcid:
        found = _ORCID.fullmatch(orcid)
        if found is None:
            raise WrongKeyError(
                f'%KEY% names "{orcid}" as an ORCID, and it is none', "write it so: 0000-0002-1825-0097"
            )
        orcid = found[1]
    if len(texts) + ("orcid" in given) == len(given):
        match sorted(texts):
            case [key] if key in _INSTITUTION:
                return Author(texts[key], orcid)
            case ["name"]:
                return _person(texts["name"], orcid)
            case ["family"]:
                return Author(texts["family"], orcid, texts["family"])
            case ["family", "given"]:
                return Author(f"{texts['given']} {texts['family']}", orcid, texts["family"], texts["given"])
    raise WrongKeyError("%KEY% must be a list of names", _A_NAME)


@dataclass(frozen=True, slots=True)
class _FigureFields:
    label: str
    fact: str = ""
    calc: str = ""
    value: str = ""


def _one_or_more(value: Any) -> Any:
    """One map, or a list of them."""
    if isinstance(value, Mapping):
        return (value,)
    if isinstance(value, Sequence) and all(isinstance(part, Mapping) for part in value):
        return value
    raise WrongKeyError(
        f"%KEY% must hold a fact and a label, and is {a_or_an(value)}", "for example {fact: …, label: …}"
    )


@dataclass(frozen=True, slots=True)
class _BriefFields:
    title: str
    date: Edtf | None = None
    subtitle: str = ""
    updated: Edtf | None = None
    authors: tuple[Author, ...] = ()
    abstract: str = ""
    key_messages: tuple[str, ...] = ()
    key_figure: Any = ()
    keywords: tuple[str, ...] = ()
    lang: str = ""
    status: BriefStatus = BriefStatus.FINAL
    changes: tuple[Change, ...] = ()
    differs: Differs | None = None
    reason: Text = field(default_factory=lambda: Text(()))
    by: str = ""
    aliases: tuple[str, ...] = ()
    removed: tuple[Removal, ...] = ()


def _order(value: Any) -> int:
    if isinstance(value, Scalar) and re.fullmatch(r"[0-9]{1,3}", value):
        return int(value)
    shown = f'"{value}"' if isinstance(value, Scalar) else a_or_an(value)
    raise WrongKeyError(f"%KEY% must be a whole number from 0 to 999, and is {shown}", "for example 1")


@dataclass(frozen=True, slots=True)
class _PageFields:
    title: str
    subtitle: str = ""
    abstract: str = ""
    lang: str = ""
    status: str = "final"
    updated: Edtf | None = None
    differs: Differs | None = None
    order: int | None = None
    menu: str = ""
    changes: tuple[Change, ...] = ()
    aliases: tuple[str, ...] = ()


_BRIEF = keys_of(
    _BriefFields,
    date=a_day,
    updated=a_day,
    authors=_authors,
    key_figure=_one_or_more,
    lang=a_language,
    changes=CHANGES,
    removed=keys_of(Removal, date=a_day),
)
_FIGURE = keys_of(_FigureFields)
_PAGE = keys_of(
    _PageFields,
    status=word_of("draft", "final"),
    updated=a_day,
    lang=a_language,
    order=_order,
    changes=CHANGES,
)
_UNDATED = parse_edtf("0001-01-01")


def load_briefs(loading: Loading, paths: tuple[str, ...]) -> dict[str, Brief]:
    """The briefs, by slug, in the order of the files."""
    return _documents(loading, paths, "brief")


def load_pages(loading: Loading, paths: tuple[str, ...]) -> dict[str, Brief]:
    """The pages beside the briefs, by slug (`pages/methods`), in the order of the files."""
    return _documents(loading, paths, "page")


def with_originals(briefs: dict[str, Brief]) -> dict[str, Brief]:
    """The same documents, of which translations take from their originals what they do not say: date and authors."""
    found = dict(briefs)
    for name, brief in briefs.items():
        original = briefs.get(original_of(name))
        if original is not None and brief.is_translation:
            date = original.date if brief.date == _UNDATED else brief.date
            found[name] = replace(brief, date=date, authors=brief.authors or original.authors)
    return found


def paired(loading: Loading, documents: dict[str, Brief], languages: tuple[str, ...]) -> dict[str, Brief]:
    """The documents without translations that have no original, are in its language or in one that site.yaml does not
    name, each of which is reported."""
    found = {}
    for name, brief in documents.items():
        original = documents.get(original_of(name))
        kind, tongue, where = "page" if brief.is_page else "brief", tongue_of(name), Span.at(file_of(name))
        if not tongue:
            found[name] = brief
        elif original is None:
            if not loading.is_broken(kind, original_of(name)):
                _tell_no_original(loading, name, where, documents.values())
            loading.broken.add((kind, name))
        elif original.lang == tongue:
            message = f"{file_of(original_of(name))} is in this language already: {tongue}"
            hint = "delete one of the two, or name this file by the language that it is in"
            loading.report("same-language-twice", message, where, hint)
            loading.broken.add((kind, name))
        else:
            if languages and tongue not in languages:
                hint = f"add it there: languages: [{', '.join((*languages, tongue))}]"
                message = f'the languages of content/site.yaml do not name "{tongue}"'
                loading.report("wrong-value", message, where, hint)
            found[name] = brief
    return with_originals(found)


def _tell_no_original(loading: Loading, name: str, where: Span, documents: Iterable[Brief]) -> None:
    """A translation without its original, which may only have another name now."""
    wanted, stem = file_of(original_of(name)), stem_of(name)
    renamed = next((d for d in documents if not tongue_of(d.slug) and {stem, original_of(name)} & {*d.aliases}), None)
    message = f"this is a translation, and {wanted} is not there"
    hint = f"write {wanted}, of which this is the translation, or rename this file to it"
    if renamed is not None:
        message = f"this is a translation of {stem}, which is called {stem_of(renamed.slug)} now"
        hint = f"rename this file to {file_of(f'{renamed.slug}.{tongue_of(name)}')}"
    loading.report("no-original", message, where, hint)


def _documents(loading: Loading, paths: tuple[str, ...], kind: Kind) -> dict[str, Brief]:
    register = Register(kind)
    loaded: dict[str, Brief] = {}
    names = {path.rpartition("/")[2].removesuffix(".md") for path in paths if path.endswith(".md")}
    for path in paths:
        if not path.endswith(".md"):
            continue
        name = path.rpartition("/")[2].removesuffix(".md")
        original, dot, tongue = name.partition(".")
        if not ID.fullmatch(original) or (dot and not is_language(tongue)):
            message = f'"{name}" cannot be a {kind}\'s address: use small Latin letters, digits and hyphens'
            from reportgen.language.naming import latin

            hint = f"rename the file to {suggested}.md" if (suggested := slug(latin(name))) else "rename the file"
            if of := _meant_original(name, names):
                message = f'"{name}" is no name of a translation: that ends in the tag of its language, as {of}.ru does'
                tag = _meant_tag(name, of)
                hint = f"rename the file to {of}.{tag}.md" if tag else f"rename the file to {of}.….md"
            loading.report("bad-id", message, Span.at(path), hint)
            continue
        if register.admit(loading, name, Span.at(path)):
            key = PAGES + name if kind == "page" else name
            brief = _brief(loading, kind, key, loading.text(path), tongue)
            if brief is None:
                loading.broken.add((kind, key))
            else:
                loaded[key] = brief
    return loaded


def _meant_original(name: str, names: Collection[str]) -> str:
    """The document beside whose name another goes on with a mark and letters, as `wages_ru` and `wages.RU` do."""
    found = re.fullmatch(r"(.+?)[._ -]+([^\W\d_]{2,3}(?:[-_]\w+)?)", name)
    return found[1] if found and found[1] in names else ""


def _meant_tag(name: str, original: str) -> str:
    """The language's tag that a name ends in, as tags are written; empty for what is none."""
    tag = name[len(original) + 1 :].strip("._ -")
    base, _, region = tag.replace("_", "-").partition("-")
    meant = "-".join(filter(None, (base.lower(), region.upper() if len(region) == 2 else region)))
    return meant if is_language(meant) else ""


def _brief(loading: Loading, kind: Kind, name: str, source: FileText, tongue: str) -> Brief | None:
    if "\r" in source.text:
        source = replace(source, text=_LONE_RETURN.sub("\n", source.text))
    front = _FRONT.match(source.text)
    if front is None:
        if source.text or not loading.found:
            _tell_front(loading, kind, source)
        return None
    head = FileText.of(source.file, front[0])  # its places keep no more of the text than they stand in
    basis, before = f"{kind} {name} {tongue} {loading.lang}", loading.told
    digest = sha256(front[0].encode("utf-8", "surrogatepass")).hexdigest() if loading.kept else ""
    kept = loading.kept.items(source.file, digest, basis) if loading.kept else None
    brief = kept[name] if kept else _without_text(loading, kind, name, head, front.span("yaml"), tongue)
    if brief is None:
        return None
    if loading.kept and not kept and loading.told == before:
        brief = loading.kept.keep(head, digest, basis, {name: brief})[name]
    loading.found += bidi_controls(source, front.end())
    if len(source.starts) > MOST_LINES:
        message = f"this {kind} has {len(source.starts):,} lines, and at most {MOST_LINES:,} are read"
        loading.report("unreadable", message, Span.at(source.file, MOST_LINES), f"divide it into several {kind}s")
        return None
    return replace(brief, body=source.text[front.end() :], body_line=source.position(front.end())[0])


def _without_text(
    loading: Loading, kind: Kind, name: str, head: FileText, front: tuple[int, int], tongue: str
) -> Brief | None:
    """What its front matter says."""
    document, found = read_yaml(head, *front)
    loading.found += found
    if document.root is None and not found:
        keys = "title: …" if kind == "page" else "title: …, date: …"
        loading.report("missing-key", "the front matter is empty", Span.at(head.file), keys)
    elif document.root is not None and not isinstance(document.root, Mapping):
        loading.report("wrong-type", "front matter must hold keys and values", document.span(document.root), "title: …")
    if not isinstance(document.root, Mapping):
        return None
    tag = document.root.get("lang")
    lang = tongue or (str(tag) if isinstance(tag, Scalar) and tag else loading.lang)
    item = Item(document, _in_language(document.root, lang))
    if tongue and isinstance(tag, Scalar) and tag and tag != tongue:
        message = f'lang says "{tag}", and the name of this file says "{tongue}"'
        hint = f"leave lang out, or rename the file to {original_of(name).removeprefix(PAGES)}.{tag}.md"
        loading.report("wrong-value", message, item.at["lang"], hint)
    brief = _page(loading, name, item) if kind == "page" else _dated(loading, name, item)
    if brief is None:
        return None
    if not is_seen(brief.title):
        hint = f"write it in words: lists, links and search engines show a {kind} by its title"
        loading.report("empty-title", "nothing stands in this title", item.at["title"], hint)
        return None
    for n, said in enumerate(brief.key_messages):
        if not is_seen(said):
            where = item.at[f"key_messages.{n}"]
            loading.report("wrong-value", "this key message is empty", where, "write it, or delete its line")
    if brief.differs and (not tongue or not brief.differs.reason):
        message = "what differs has no reason" if tongue else "only a translation differs from its original"
        hint = "add reason: …, for whoever reads the file" if tongue else f"a translation's file is {name}.ru.md, say"
        loading.report("missing-key" if tongue else "unknown-key", message, item.at["differs"], hint)
    return replace(brief, lang=lang)


_PLAIN = ("title", "subtitle", "abstract", "updated", "order", "differs", "aliases")


def _page(loading: Loading, name: str, item: Item) -> Brief | None:
    """A page without its text."""
    fields, failed = checked(loading, "page", _PAGE, item)
    if fields is None or failed:
        return None
    given = {field: getattr(fields, field) for field in _PLAIN}
    return Brief(
        slug=name,
        date=_UNDATED,
        body="",
        body_line=0,
        lang=fields.lang or loading.lang,
        status=BriefStatus(fields.status),
        menu=fields.menu,
        changes=check_changes(loading, fields.changes, item.at, of_brief=False),
        at=item.at,
        **given,
    )


def _dated(loading: Loading, name: str, item: Item) -> Brief | None:
    """A brief without its text."""
    fields, failed = checked(loading, "brief", _BRIEF, item)
    if fields is None:
        return None
    if fields.date is None and "date" not in failed and not tongue_of(name):
        loading.report("missing-key", 'the key "date" is missing', heading(item.document, item.node), "add date: …")
        return None
    figures, at, good = _figures(loading, fields, item, item.at)
    if failed or not good:
        return None
    if fields.status is BriefStatus.WITHDRAWN and not is_reason(fields.reason):
        hint = 'reason: "The ministry took its figures back.", which readers see in its place'
        what = "this brief is withdrawn, and " + ("its reason says too little" if fields.reason else "nothing says why")
        loading.report("needs-reason", what, at["reason" if fields.reason else "status"], hint)
        return None
    if fields.status is BriefStatus.SUPERSEDED and not fields.by:
        hint = "by: the name of the brief that took its place"
        loading.report("needs-successor", "this brief is superseded, and nothing says by which", at["status"], hint)
    return Brief(
        slug=name,
        title=fields.title,
        date=fields.date or _UNDATED,
        body="",
        body_line=0,
        lang=fields.lang or loading.lang,
        status=fields.status,
        subtitle=fields.subtitle,
        updated=fields.updated,
        authors=fields.authors,
        abstract=fields.abstract,
        key_messages=fields.key_messages,
        key_figures=figures,
        keywords=fields.keywords,
        changes=check_changes(loading, fields.changes, at),
        differs=fields.differs,
        reason=fields.reason,
        by=fields.by,
        aliases=fields.aliases,
        removed=_removed(loading, fields.removed, at),
        at=at,
    )


def _removed(loading: Loading, removed: tuple[Removal, ...], at: Places) -> tuple[Removal, ...]:
    """The removals, of which those without a reason are reported."""
    for number, removal in enumerate(removed):
        if not is_reason(removal.reason):
            hint = 'reason: "A court ordered it on 3 May 2026.", which readers see at its address'
            message = f"the edition {removal.edition} is removed, and nothing says why"
            loading.report("needs-reason", message, at[f"removed.{number}.reason"], hint)
    return removed


_KEY_LINE = regex(r"(?:[a-z_]+:(?:\s|$)|\s|- |#|$)")


def _tell_front(loading: Loading, kind: Kind, source: FileText) -> None:
    """Says which of the two lines of --- is missing."""
    lines = lines_of(source.text)
    if lines and lines[0].rstrip() == "---":
        last = next((n for n, line in enumerate(lines[1:], 1) if not _KEY_LINE.match(line)), len(lines))
        message, hint = "the front matter has no end", "write a line of --- after its last key, before the text"
        loading.report("front-matter", message, Span.at(source.file, min(last + 1, max(len(lines), 1))), hint)
    elif lines and _KEY_LINE.match(lines[0]) and ":" in lines[0]:
        message, hint = (
            "the line of --- before the front matter is missing",
            "write --- alone on the line above it",
        )
        loading.report("front-matter", message, Span.at(source.file), hint)
    else:
        message = f"a {kind} begins with front matter, between two lines of ---"
        date = "" if kind == "page" else " and date: …"
        hint = f"write at its top, each on a line of its own: --- and title: …{date} and ---"
        loading.report("front-matter", message, Span.at(source.file), hint)


def _in_language(node: Mapping, lang: str) -> Mapping:
    """Front matter with each text that is given by language in the brief's own; every text keeps its place."""
    chosen = Mapping((key, _chosen(value, lang)) for key, value in node.items())
    chosen.names, chosen.start, chosen.end = node.names, node.start, node.end
    return chosen


def _chosen(value: YamlNode, lang: str) -> YamlNode:
    if isinstance(value, Sequence):
        listed = Sequence(_chosen(part, lang) for part in value)
        listed.start, listed.end = value.start, value.end
        return listed
    if not isinstance(value, Mapping):
        return value
    if value and all(is_language(tag) and isinstance(text, Scalar) for tag, text in value.items()):
        found = words(value).in_language(lang)
        return next(text for text in value.values() if text == found)
    return _in_language(value, lang)


def _figures(
    loading: Loading, fields: _BriefFields, item: Item, at: Places
) -> tuple[tuple[KeyFigure, ...], Places, bool]:
    """The key figures; the places with `key_figures.N.value` and `.label`, wherever and however they were written."""
    if not fields.key_figure:
        return (), at, True
    keys, spelled = dict(at.keys), dict(at.runs)
    figures: list[KeyFigure] = []
    good = True
    listed = isinstance(item.node.get("key_figure"), Sequence)
    for number, node in enumerate(fields.key_figure):
        before = f"key_figure.{number}" if listed else "key_figure"
        figure, failed = checked(loading, "brief", _FIGURE, Item(item.document, node))
        given = [key for key in ("fact", "calc", "value") if figure and getattr(figure, key)]
        if figure is None or failed or len(given) != 1:
            good = False
            if figure is not None and not failed:
                message = "a key figure has one of fact, calc and value"
                hint = "for example {fact: …, label: …}"
                loading.report("missing-key", message, heading(item.document, node), hint)
            continue
        key = given[0]
        typed = getattr(figure, key)
        figures.append(KeyFigure(f'{_CALC}{typed}")' if key == "calc" else typed, figure.label))
        for name, old in (("value", key), ("label", "label")):
            was, now = f"{before}.{old}", f"key_figures.{number}.{name}"
            keys[now] = at[was]
            shift = len(_CALC) if old == "calc" else 0
            runs = at.runs.get(was) or ((0, at[was].line, at[was].column),)
            if was in at.runs or shift:
                spelled[now] = tuple((offset + shift, line, column) for offset, line, column in runs)
    return tuple(figures), replace(at, keys=keys, runs=spelled), good
