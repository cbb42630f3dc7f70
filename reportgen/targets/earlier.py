"""Addresses that were given up, as targets: pages that lead to the new one, or that say why there is none.

What is no page, a PDF, a drawing, a table, stands at its earlier address too, or says there in its own format why it is
gone. A page leads on without JavaScript by `refresh`, and with it without losing the part behind `#`.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from posixpath import dirname, relpath
from textwrap import wrap
from urllib.parse import quote

from reportgen.exports.tables import json_bytes
from reportgen.facts.addresses import EarlierPath, earlier_paths, gone_files
from reportgen.model.brief import folder_of, stem_of
from reportgen.model.project import Project
from reportgen.rebuild.target import Reader, Target, TargetResult, Work
from reportgen.targets.contexts import GoneContext, MovedContext
from reportgen.targets.pages import with_fonts
from reportgen.targets.session import Session

_MAKERS = {"briefs": ("layout {}", "pdf {}"), "charts": ("chart {}", "picture {}", "tables")}
"""What makes the files beside a page."""


def earlier_targets(session: Session) -> Iterator[Target]:
    """A target an earlier name, and one an address that was given up."""
    project = session.project
    moved: dict[tuple[str, str], list[EarlierPath]] = {}
    for path in earlier_paths(project):
        name = next(old for old, id in project.aliases[path.kind].items() if id == path.id and _is_of(path.old, old))
        moved.setdefault((path.kind, name), []).append(path)
    for (kind, name), paths in moved.items():
        yield _moved(session, kind, name, tuple(paths))
    for address in project.gone:
        if not any(folder_of(slug) == f"{address}/" for slug in project.briefs):
            yield _gone(session, address)


def earlier_maker(project: Project, path: str) -> str:
    """The name of the target that makes a file at an address that was given up; empty where it is none."""
    for address in project.gone:
        if path == f"{address}/index.html" or path in gone_files(address):
            return f"gone {address}"
    for each in earlier_paths(project):
        if each.old == path:
            names = (old for old, id in project.aliases[each.kind].items() if id == each.id and _is_of(path, old))
            return f"moved {each.kind}/{next(names)}"
    return ""


def _is_of(path: str, name: str) -> bool:
    """Whether a path is one under a name."""
    return f"/{stem_of(name)}/" in f"/{path}" or path == f"data/charts/{name}.csv"


def _moved(session: Session, kind: str, name: str, paths: tuple[EarlierPath, ...]) -> Target:
    def make(reader: Reader) -> TargetResult | Work:
        files: dict[str, bytes] = {}
        made: dict[str, bytes] = {}
        id = paths[0].id
        for maker in _MAKERS.get(kind, ()):
            try:
                made |= reader.files(maker.format(id))
            except LookupError:  # a draft has no page of its own: its last edition stands there
                continue
        if kind == "briefs" and not session.project.briefs[id].is_public:
            made |= reader.files(f"kept {id}")
        for path in paths:
            if path.old.endswith("/index.html"):
                lang = path.old.partition("/")[0]
                shell = session.shell(reader, path.old, "", MovedContext.template, lang=lang)
                to = quote(relpath(path.new, dirname(path.old)))
                address = session.site.base_url + path.new.removesuffix("index.html")
                context = MovedContext(shell=shell, to=to, address=address)
                files[path.old] = session.theme.page(context, shell.site.lang).encode()
            elif path.new in made:
                files[path.old] = made[path.new]
        return with_fonts(session, reader, files)

    return Target(f"moved {kind}/{name}", make)


def _gone(session: Session, address: str) -> Target:
    def make(reader: Reader) -> TargetResult | Work:
        reader.record(("gone", address))
        kind, name = address.split("/")[-2:]
        path = f"{address}/index.html"
        shell = session.shell(reader, path, kind, GoneContext.template, lang=address.partition("/")[0])
        reason = session.project.gone[address].in_language(shell.site.lang)
        context = GoneContext(shell=shell, name=name, reason=reason)
        files = {path: session.theme.page(context, shell.site.lang).encode()}
        for other in gone_files(address):
            files[other] = _in_words(other, reason)
        return with_fonts(session, reader, files)

    return Target(f"gone {address}", make)


def _in_words(path: str, reason: str) -> bytes:
    """The reason in the format that was asked for."""
    if path.endswith(".csv"):
        return f'"gone","reason"\n"yes","{reason.replace(chr(34), chr(34) * 2)}"\n'.encode()
    if path.endswith(".json"):
        return json_bytes({"gone": reason})
    lines = wrap(reason, 72)
    said = "".join(f'<tspan x="16" y="{40 + 24 * n}">{escape(line)}</tspan>' for n, line in enumerate(lines))
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 {56 + 24 * len(lines)}" role="img"'
        f' aria-label="{escape(reason)}"><text font-family="IBM Plex Sans, sans-serif" font-size="16">{said}</text>'
        "</svg>\n"
    )
    if path.endswith(".svg"):
        return drawn.encode()
    from reportgen.drawing.png import svg_to_png  # not wanted where no chart was given up

    return svg_to_png(drawn, 1280)
