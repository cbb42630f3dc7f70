"""A project's files in; the Project, and every problem in its files, out. Reads through `Files` and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from unicodedata import normalize

from reportgen.archive.lock_file import parsed_lock
from reportgen.diagnostics import Diagnostic, ReportError, Span, in_file_order
from reportgen.language.units import UnitTable, nouns_in, unit_table
from reportgen.load.author_names import check_authors
from reportgen.load.briefs import load_briefs, load_pages, paired
from reportgen.load.camera_places import without_place
from reportgen.load.charts import load_charts
from reportgen.load.datasets import DATA_ENDINGS, WORKBOOKS, RowContext, load_datasets
from reportgen.load.earlier import GONE, check_aliases, check_successors, load_gone, with_withdrawn
from reportgen.load.editions import FOLDER as EDITIONS
from reportgen.load.editions import load_editions
from reportgen.load.facts import Basis, load_facts, with_cells
from reportgen.load.file_names import odd_names
from reportgen.load.files import Files
from reportgen.load.glossary import load_glossary
from reportgen.load.items import Loading
from reportgen.load.kept import Kept
from reportgen.load.libraries import FOREIGN, ReadBibliography
from reportgen.load.lines import decode
from reportgen.load.look import tell_look
from reportgen.load.measures import load_measures, load_units, units_of
from reportgen.load.pictures import picture_problem, svg_flaw
from reportgen.load.places import unknown_places
from reportgen.load.rulings import load_checks, load_conflicts
from reportgen.load.settings import load_settings
from reportgen.load.source_addresses import with_slugs
from reportgen.load.sources import load_sources, with_archive
from reportgen.load.suggest import did_you_mean
from reportgen.load.words import load_words, missing_words
from reportgen.model.dataset import Dataset
from reportgen.model.fact import Fact
from reportgen.model.lock import Lock
from reportgen.model.project import Project, Settings

_YAML = (
    "content/site.yaml",
    "content/measures.yaml",
    "content/units.yaml",
    "content/conflicts.yaml",
    "content/checks.yaml",
    "content/glossary.yaml",
)
_FOLDERS = {
    "sources": (".yaml", ".yml", ".json", ".bib"),
    "facts": (".yaml", ".yml", ".csv"),
    "data": (".yaml", ".yml", *DATA_ENDINGS),
    "charts": (".yaml", ".yml", ".json", ".geojson"),
    "briefs": (".md",),
    "pages": (".md",),
    "words": (".yaml", ".yml"),
}
ADDED = ("tokens.css",)
"""Templates of a project that are added to ours of the same name."""
_ARCHIVE = "content/sources/archive.yaml"
_LOCK = "content/evidence.lock"


def load(
    files: Files,
    *,
    read_bibliography: ReadBibliography | None = None,
    read_style: Callable[[str], str] | None = None,
    default_templates: Mapping[str, str] | None = None,
    kept: Kept | None = None,
) -> tuple[Project, list[Diagnostic]]:
    """Everything under content/ and templates/, with all problems in the order of the files.

    `read_style` gives the CSL of a style by its name; it raises ReportError, LookupError or ValueError without one.
    What cannot be made, or refers to what is not there, is left out, and its (kind, id) stands in `broken`. Files that
    are as an earlier build read them, and were in order, come out of `kept`.
    """
    loading = Loading(files, kept=kept)
    loading.content = content = _named_well(loading, files.paths("content"))
    settings = load_settings(loading)
    loading.lang = settings.lang
    by_folder = {folder: _paths(content, folder) for folder in _FOLDERS}
    _warn_of_unread_files(loading, content, settings)
    measures = load_measures(loading, _YAML[1]) if _YAML[1] in content else {}
    forms = load_units(loading, _YAML[2]) if _YAML[2] in content else {}
    units = units_of(loading, measures, forms)
    libraries = (*by_folder["sources"], *_foreign_libraries(content))
    sources = load_sources(loading, tuple(p for p in libraries if p != _ARCHIVE), read_bibliography)
    sources = with_archive(loading, sources, _ARCHIVE) if _ARCHIVE in content else sources
    facts = load_facts(loading, by_folder["facts"], Basis(measures, sources, units, settings.names))
    counted = tuple(dict.fromkeys(fact.unit for fact in facts.values() if not fact.measure))
    units = unit_table((*(measure.unit for measure in measures.values()), *counted), forms.values())
    datasets = load_datasets(loading, by_folder["data"], RowContext(facts, measures, sources, units))
    facts = with_cells(loading, facts, datasets, Basis(measures, sources, units, settings.names))
    _tell_undescribed(loading, content, datasets)
    conflicts = load_conflicts(loading, _YAML[3], facts) if _YAML[3] in content else {}
    checks = load_checks(loading, _YAML[4], facts) if _YAML[4] in content else {}
    placed = [*_places(facts, datasets)]
    unnamed = [*unknown_places(placed, dict(settings.places))]
    loading.found += unnamed
    wrong = {each.span for each in unnamed if each.severity == "error"}
    loading.broken |= {("place", place) for place, span in placed if span in wrong}
    charts = load_charts(loading, by_folder["charts"], datasets, facts, sources)
    briefs = paired(loading, load_briefs(loading, by_folder["briefs"]), settings.languages)
    check_authors(loading, briefs.values(), [text for _, text in settings.publisher.by_language])
    pages = paired(loading, load_pages(loading, by_folder["pages"]), settings.languages)
    words = load_words(loading, by_folder["words"])
    earlier_briefs = check_aliases(loading, "brief", briefs)
    published = load_editions(loading, content, earlier_briefs, briefs)
    sources = with_slugs(sources, (*chain.from_iterable(published.editions.values()), *published.records))
    aliases = {
        "briefs": earlier_briefs,
        "pages": check_aliases(loading, "page", pages),
        "facts": check_aliases(loading, "fact", facts),
        "charts": check_aliases(loading, "chart", charts),
        "datasets": check_aliases(loading, "dataset", datasets),
        "sources": check_aliases(loading, "source", sources, {id: source.slug for id, source in sources.items()}),
    }
    check_successors(loading, briefs)
    gone = load_gone(loading)
    briefs = with_withdrawn(briefs, gone, published.editions, words)
    templates, images = _templates(loading, default_templates or {}), _images(loading, content)
    tell_look(loading, settings, images)
    for folder, error in files.refused():
        loading.cannot_read(folder, error)
    project = Project(
        settings=settings,
        sources=sources,
        measures=measures,
        units=forms,
        facts=facts,
        conflicts=conflicts,
        checks=checks,
        datasets=datasets,
        charts=charts,
        briefs=briefs,
        pages=pages,
        glossary=load_glossary(loading, _YAML[5]) if _YAML[5] in content else (),
        words=words,
        lock=_lock(loading, content),
        style=_style(loading, settings, read_style),
        templates=templates,
        images=images,
        fonts=_fonts(loading, settings.fonts, content),
        nouns=nouns_in((*counted, *_units_of_columns(datasets, units))),
        broken=frozenset(loading.broken),
        editions=published.editions,
        edition_files=published.files,
        records=published.records,
        gone=gone,
        aliases=aliases,
    )
    missing_words(loading, settings.lang, words, project.documents)
    return project, list(in_file_order(loading.found))


def _units_of_columns(datasets: Mapping[str, Dataset], units: UnitTable) -> Iterator[str]:
    """Units that only columns name. Where a measure has the other number, `nets` for `net`, it has named them first."""
    named = dict.fromkeys(column.unit for dataset in datasets.values() for column in dataset.columns)
    yield from (unit for unit in named if units.with_nouns(unit) is not units)


def _places(facts: Mapping[str, Fact], datasets: Mapping[str, Dataset]) -> Iterator[tuple[str, Span]]:
    """The places of facts and of queries, each with where it stands."""
    for fact in facts.values():
        if fact.place:
            yield fact.place, fact.at["place"]
    for dataset in datasets.values():
        for number, place in enumerate(dataset.query.place if dataset.query else ()):
            yield place, dataset.at.keys.get(f"query.place.{number}", dataset.at["query.place"])


def _named_well(loading: Loading, paths: tuple[str, ...]) -> tuple[str, ...]:
    """The paths without those that no page can be named by, each of which is reported."""
    odd = dict(odd_names(paths))
    loading.found += odd.values()
    loading.broken |= {("image", path.removeprefix("content/images/")) for path in odd}
    return tuple(path for path in paths if path not in odd)


def _paths(content: tuple[str, ...], folder: str) -> tuple[str, ...]:
    under = f"content/{folder}/"
    return tuple(path for path in content if path.startswith(under) and path.endswith(_FOLDERS[folder]))


def _foreign_libraries(content: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(path for path in content if path.startswith("content/sources/") and path.endswith(tuple(FOREIGN)))


def _warn_of_unread_files(loading: Loading, content: tuple[str, ...], settings: Settings) -> None:
    """Warns of files that nothing reads: a misspelt name would otherwise go unnoticed."""
    foreign = _foreign_libraries(content)
    for path in content:
        _, folder, *inside = path.split("/")
        style = (settings.citation_style, f"content/{settings.citation_style}")
        if path in style or path in foreign or path.startswith(f"{EDITIONS}/"):
            continue
        if inside and folder in _FOLDERS and not path.endswith(_FOLDERS[folder]):
            _tell_ending(loading, path, folder)
            continue
        if not inside and _tell_ending_of_one(loading, path):
            continue
        if not inside:
            if path in (*_YAML, _LOCK, GONE) or path.lower().endswith((".md", ".txt")):
                continue
            hint = did_you_mean(path, (*_YAML, GONE))
        else:
            name = path.removeprefix("content/")
            if folder in ("images", *_FOLDERS) or (folder == "fonts" and name in settings.fonts):
                continue
            hint = did_you_mean(folder, (*_FOLDERS, "images", "fonts"))
            if folder == "fonts":
                hint = f"name it in content/site.yaml: fonts: [{name}]"
        loading.report("unknown-file", f"nothing reads {path}", Span.at(path), hint, "warning")


def _tell_undescribed(loading: Loading, content: tuple[str, ...], datasets: Mapping[str, Dataset]) -> None:
    """Tells of tables in content/data/ that no dataset reads."""
    if any(kind == "dataset" for kind, _ in loading.broken):
        return
    read = {dataset.path.casefold() for dataset in datasets.values()}
    for path in content:
        if (
            path.startswith("content/data/")
            and path.lower().endswith((".csv", ".tsv", *WORKBOOKS))
            and path.casefold() not in read
        ):
            name = path.rpartition("/")[2]
            entry = f"{{id: some-name, file: {name}, source: its-source, columns: […]}}"
            hint = f"describe it in a .yaml file beside it: {entry}"
            loading.report("unknown-file", f"nothing reads {path}", Span.at(path), hint, "notice")


def _tell_ending_of_one(loading: Loading, path: str) -> bool:
    """Whether it is one of the files directly in content/ under another ending, which is told."""
    meant = re.sub(r"\.ya?ml$", ".yaml", path.lower().removesuffix(".txt"))
    if path in _YAML or meant not in _YAML or (path.lower().endswith((".yaml", ".yml")) and meant == path):
        return False
    _told_ending(loading, path, path[: len(meant) - len(".yaml")].rpartition("/")[2], meant.rpartition("/")[2])
    loading.broken |= {(kind, "") for kind in _IN_ONE.get(meant, ())}
    return True


_IN_ONE = {
    "content/measures.yaml": ("measure",),
    "content/units.yaml": ("unit",),
    "content/conflicts.yaml": ("conflict",),
}
"""What stands in a file directly in content/."""


def _told_ending(loading: Loading, path: str, stem: str, right: str) -> None:
    message = f"this file is not read: its name ends in {path.rpartition('/')[2].removeprefix(stem)}"
    hint = f"rename it to {right} (where the ending is hidden, let your computer show the endings of names first)"
    loading.report("wrong-ending", message, Span.at(path), hint)


def _tell_ending(loading: Loading, path: str, folder: str) -> None:
    """A file that was meant to be read and has another ending: nothing in it is known, so that what names it is not
    wrong for that. What other programs write may lie there, and is only warned of."""
    name = path.rpartition("/")[2]
    endings = _FOLDERS[folder]
    meant = name.lower().removesuffix(".txt")
    meant = re.sub(r"\.(?:markdown|mdown|mkd)$", ".md", meant)
    if meant.endswith(endings) or (name.lower().endswith(".txt") and folder in ("briefs", "pages")):
        stem = name[: meant.rfind(".")] if meant.endswith(endings) else name.rpartition(".")[0]
        right = stem + (meant[meant.rfind(".") :] if meant.endswith(endings) else endings[0])
        _told_ending(loading, path, stem, right)
        loading.broken |= {(_KINDS[folder], ""), ("brief", meant.rpartition(".")[0])}
        return
    ending = name.lower().rpartition(".")[2]
    hint = (
        _SAVED
        if folder == "sources" and ending in _COPIES
        else _PROGRAMS.get(ending, f"files in content/{folder}/ end in {', '.join(endings)}")
    )
    loading.report("unknown-file", f"nothing reads {path}", Span.at(path), hint, "warning")


_KINDS = {"sources": "source", "facts": "fact", "data": "dataset"} | {
    "charts": "chart",
    "briefs": "brief",
    "pages": "page",
}
_PICTURE = "move it to content/images/, and show it by ![what it shows](<images/its name.png>)"
_TABLE = "save its table as CSV (in Excel: Save as, CSV UTF-8), and move this file out of content/"
_PROSE = "copy its text into a file that ends in .md, and move this file out of content/"
_SAVED = (
    "if it is a copy of a source, move it out of content/ and run `reportgen add FILE`, which saves it for `verify`"
)
_COPIES = ("html", "htm", "mhtml", "docx", "doc", "odt", "rtf", "txt", "xlsx", "xls", "ods", "pdf", "epub")
"""Endings of what is saved of a source."""
_PROGRAMS = {
    **dict.fromkeys(("xlsx", "xls", "xlsm", "ods", "numbers"), _TABLE),
    **dict.fromkeys(("docx", "doc", "odt", "rtf", "pages"), _PROSE),
    **dict.fromkeys(("png", "jpg", "jpeg", "svg", "gif", "webp", "avif"), _PICTURE),
    "pdf": _SAVED,
}
"""What to do with the files of other programs, by their ending."""


def _lock(loading: Loading, content: tuple[str, ...]) -> Lock:
    text = loading.text(_LOCK).text if _LOCK in content else ""
    try:
        return parsed_lock(text, _LOCK) if text else Lock()
    except ReportError as error:
        loading.found += error.diagnostics
        return Lock()


def _style(loading: Loading, settings: Settings, read_style: Callable[[str], str] | None) -> str:
    """The citation style as CSL; the usual one, or nothing, where it is not to be had."""
    name, span = settings.citation_style, settings.at["citation_style"]
    if read_style is None and not name.endswith(".csl"):
        return ""
    try:
        return read_style(name) if read_style else decode(name, loading.files.read(name))[0].text
    except ReportError as error:
        loading.found += [replace(found, code="unknown-style", span=span) for found in error.diagnostics]
    except (LookupError, ValueError, OSError):
        hint = "for example apa, chicago-author-date or ieee, or the path of a .csl file from the project's folder"
        loading.report("unknown-style", f'no citation style is called "{name}"', span, hint)
    try:
        return read_style(_USUAL_STYLE) if read_style and name != _USUAL_STYLE else ""
    except (ReportError, LookupError, ValueError):
        return ""


_USUAL_STYLE = "apa"
"""Texts are read by it where the project's own style is not to be had, so that all that is wrong in them is told."""


def _templates(loading: Loading, defaults: Mapping[str, str]) -> dict[str, str]:
    """The default templates, each replaced by the project's own of the same name; tokens.css is added to ours."""
    templates = dict(defaults)
    for path in _named_well(loading, loading.files.paths("templates")):
        if path.endswith((".html", ".css", ".xml", ".txt", ".js", ".svg", ".j2", ".jinja")):
            name, text = path.removeprefix("templates/"), loading.text(path).text
            templates[name] = f"{defaults[name]}\n{text}" if name in ADDED and name in defaults else text
    return dict(sorted(templates.items()))


def _images(loading: Loading, content: tuple[str, ...]) -> dict[str, bytes]:
    """Authors' pictures by their names in NFC, as texts write them: some systems store names otherwise."""
    images: dict[str, bytes] = {}
    for path in content:
        if not path.startswith("content/images/"):
            continue
        name = normalize("NFC", path.removeprefix("content/images/"))
        try:
            images[name] = without_place(loading.files.read(path))
        except OSError as error:
            loading.cannot_read(path, error)
            loading.broken.add(("image", name))
            continue
        if found := picture_problem(name, images[name]):
            message, hint, line = found
            if name.lower().endswith(".svg"):
                loading.report("unsafe-picture", f"{path} cannot be published: {message}", Span.at(path, line), hint)
            else:
                where = Span.at(path, line)
                loading.report("broken-picture", f"{path} cannot be shown: {message}", where, hint, "warning")
        elif flaw := svg_flaw(name, images[name]):
            message, hint, line = flaw
            where = Span.at(path, line)
            loading.report("broken-picture", f"{path} cannot be shown: {message}", where, hint, "warning")
    return images


def _fonts(loading: Loading, names: tuple[str, ...], content: tuple[str, ...]) -> dict[str, bytes]:
    """The files among the fonts that site.yaml names."""
    found: dict[str, bytes] = {}
    for name in names:
        path = f"content/{name}"
        if name.startswith("fonts/") and path in content:
            try:
                found[name] = loading.files.read(path)
            except OSError as error:
                loading.cannot_read(path, error)
    return found
