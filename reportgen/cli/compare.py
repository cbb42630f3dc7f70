"""`reportgen compare OLD_SITE NEW_SITE`: what differs between two built sites."""

from __future__ import annotations

import os
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from reportgen.cli.project import Code
from reportgen.cli.show import as_json, count

if TYPE_CHECKING:
    from reportgen.compared_sites import DifferentFile, ListSteps

WIDTH, HEIGHT = 1280, 3000
"""Of pictures of pages, in pixels."""
MOST = 12
"""Differences of one file that are shown in words."""
_STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}h2{overflow-wrap:anywhere}"
    "table{border-collapse:collapse;width:100%}td{padding:.3rem .6rem;border-top:1px solid #bbb;vertical-align:top}"
    "del{color:#8a1f11}ins{color:#0b5d2a;text-decoration:none}.pair{display:grid;gap:1rem;"
    "grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr))}"
    ".pair svg,.pair img{max-width:100%;height:auto;border:1px solid #bbb}"
)


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "html")),
    default="text",
    help="How it is said; html is a page that shows both.",
)
@click.option(
    "--browser",
    metavar="COMMAND",
    help="Look at web pages too: the command of Chromium or Chrome, which takes pictures of those that differ.",
)
def compare(old: Path, new: Path, form: str, browser: str | None) -> Code:
    """Say what differs between two built sites: numbers, words, charts, and how pages of PDFs look.

    For a look before you publish with a new version of reportgen or WeasyPrint, or with another theme: keep the site
    as it is, build it anew, and compare. Looks at every file; exits with 0 whatever it finds.

    \b
    cp -r build/site before
    reportgen compare before build/site
    reportgen compare before build/site --format html > differences.html
    reportgen compare before build/site --format html --browser chromium > differences.html
    """
    from reportgen.archive.pdf_text import PdfTextError
    from reportgen.compared_sites import compare_sites

    for site in (old, new):
        if not site.is_dir():
            raise click.UsageError(f"there is no folder {site}; a built site stands in build/site")
    try:
        found = tuple(compare_sites(_files(old), _files(new)))
        if browser:
            found = tuple(_looked_at(found, browser, old, new))
    except (PdfTextError, PictureError) as error:
        click.echo(f"Not compared: {error}.", err=True)
        return 1
    if form == "json":
        click.echo(as_json({"files": [document(each) for each in found]}))
    elif form == "html":
        click.echo(page(found))
    else:
        click.echo("\n".join(report(found)))
    return 0


class PictureError(Exception):
    """A browser takes no pictures."""


def _looked_at(found: tuple[DifferentFile, ...], browser: str, old: Path, new: Path) -> Iterator[DifferentFile]:
    """The files, pages that look otherwise with a picture before and now; where a stylesheet is another, so may be
    pages that are not."""
    from reportgen.compared_sites import DifferentFile

    named = {each.path: each for each in found}
    if any(path.endswith(".css") for path in named):
        pages = (path.relative_to(new).as_posix() for path in new.rglob("*.html"))
        both = (path for path in pages if path not in named and (old / path).is_file())
        named |= {path: DifferentFile(path, "changed") for path in both}
    for path, each in sorted(named.items()):
        if not path.endswith(".html") or each.kind != "changed":
            yield each
            continue
        one, other = (_picture(browser, site / path) for site in (old, new))
        if one != other:
            yield replace(each, pictures=((1, one, other),))
        elif each in found:
            yield each


def _picture(browser: str, page: Path) -> bytes:
    """A page as a browser shows it, as PNG. Raises PictureError."""
    with TemporaryDirectory() as folder:
        there = Path(folder) / "page.png"
        asked = [browser, "--headless", "--hide-scrollbars", f"--user-data-dir={folder}/profile"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            asked.append("--no-sandbox")  # it does not start otherwise, as in containers
        asked += [f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={there}", page.resolve().as_uri()]
        try:
            subprocess.run(asked, check=True, capture_output=True, timeout=60)
            return there.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise PictureError(f"{browser} took no picture of {page} ({error.__class__.__name__})") from error


def _files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(site).parts)
    }


def report(found: tuple[DifferentFile, ...]) -> list[str]:
    """What differs, a line each."""
    lines = []
    for each in found:
        found_in = (
            (len(each.numbers), "number", "numbers"),
            (len(each.words), "line of text", "lines of text"),
            (len(each.charts), "chart", "charts"),
            (len(each.pictures), "page to look at", "pages to look at"),
        )
        parts = [f"{number:,} {one if number == 1 else many}" for number, one, many in found_in if number]
        said = ", ".join(parts) if parts else "bytes alone"
        lines.append(f"{each.path}: {said if each.kind == 'changed' else each.kind}")
        lines += [f"  {_short(old)} -> {_short(new)}" for _, old, new in each.numbers[:MOST]]
        for _, old, new in each.words[:MOST]:
            lines += [f"  - {_short(old)}"] if old else []
            lines += [f"  + {_short(new)}"] if new else []
        if each.pictures:
            lines.append(f"  pages that look otherwise: {', '.join(str(number) for number, _, _ in each.pictures)}")
    look = sum(each.is_look_alone for each in found)
    if not found:
        return ["The two sites are the same, byte by byte."]
    verb = "differs" if len(found) == 1 else "differ"
    return [*lines, f"{count(len(found), 'file')} {verb}, {look:,} in look or bytes alone."]


def _short(text: str) -> str:
    line = " / ".join(text.splitlines())
    return line if len(line) <= 100 else f"{line[:98]}…"


def document(each: DifferentFile) -> dict[str, object]:
    """For programs; pictures as data in base64."""
    return {
        "path": each.path,
        "kind": each.kind,
        "numbers": [list(step) for step in each.numbers],
        "words": [list(step) for step in each.words],
        "charts": [{"old": old, "new": new} for old, new in each.charts],
        "pictures": [
            {"page": number, "old": b64encode(old).decode(), "new": b64encode(new).decode()}
            for number, old, new in each.pictures
        ],
    }


def page(found: tuple[DifferentFile, ...]) -> str:
    """One page, whole in itself: numbers, words, and drawings and pictures beside each other."""
    parts = [f"<p>{escape(report(found)[-1])}</p>"]
    for each in found:
        parts.append(f"<h2>{escape(each.path)}</h2>")
        if each.kind != "changed":
            parts.append(f"<p>{escape(each.kind)}</p>")
        parts += [_table("Numbers", each.numbers), _table("Words", each.words)]
        for old, new in each.charts:
            parts.append(f'<div class="pair"><div>{drawing(old)}</div><div>{drawing(new)}</div></div>')
        for number, one, other in each.pictures:
            before, now = _image(one, f"Page {number} before"), _image(other, f"Page {number} now")
            head = f"<h3>Page {number}</h3>" if each.path.endswith(".pdf") else ""
            parts.append(f'{head}<div class="pair"><div>{before}</div><div>{now}</div></div>')
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Two sites compared</title>'
        f"<style>{_STYLE}</style></head><body><main><h1>Two sites compared</h1>{''.join(parts)}</main></body></html>"
    )


def _table(name: str, steps: ListSteps) -> str:
    rows = "".join(
        f"<tr><td><del>{_lines(old)}</del></td><td><ins>{_lines(new)}</ins></td></tr>" for _, old, new in steps
    )
    return f"<table><caption>{name}</caption><tbody>{rows}</tbody></table>" if rows else ""


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())


def drawing(svg: str) -> str:
    """A drawing as a picture, so that nothing in it acts on the page."""
    return _image(svg.encode(), "A chart", "image/svg+xml") if svg else "<p>none</p>"


def _image(data: bytes, name: str, kind: str = "image/png") -> str:
    if not data:
        return "<p>none</p>"
    return f'<img alt="{escape(name)}" src="data:{kind};base64,{b64encode(data).decode()}">'
