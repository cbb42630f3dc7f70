"""Stylesheets, scripts, fonts, pictures, and the plotly.js that draws here too, as targets."""

from __future__ import annotations

import re

from reportgen.drawing.v8 import plotly_js_path
from reportgen.fonts.fallbacks import fallback_faces
from reportgen.fonts.webfonts import web_font_faces, web_fonts_version
from reportgen.rebuild.digest import digest
from reportgen.rebuild.target import Batch, Reader, Target, TargetResult, Work
from reportgen.targets.session import Session
from reportgen.targets.tasks import fonts_kept, fonts_made

OF_BRIEFS = ("card.js", "toc.js", "term.js", "chart.js")
"""The scripts of a brief's page, which it loads as one file."""
OF_LISTS = tuple(
    f"css/{part}.css"
    for part in (
        "home",
        "rows",
        "search",
        "facts-list",
        "charts-list",
        "sources-list",
        "series",
        "fact-page",
        "editions-list",
    )
)
"""Stylesheets of components that no brief's page has. That page holds all others itself."""


def asset_targets(session: Session) -> list[Target]:
    """Files that pages share."""

    def style(reader: Reader) -> TargetResult:
        theme = session.theme
        scripts = [name for name in theme.templates if name.endswith(".js")]
        reader.record(("all", "templates"))
        reader.record(("version", "fonts"))
        reader.record(("setting", "colors"))
        sheet, parts = theme.stylesheet("screen")
        for name in (*parts, *scripts):
            reader.record(("template", name))
        sheets = (web_font_faces(), fallback_faces(), sheet)
        files = {"style.css": _packed("\n".join(sheets)), **{name: theme.text(name) for name in scripts}}
        files |= {"brief.js": "".join(theme.text(name) for name in OF_BRIEFS)}
        of_briefs = _packed("\n".join((*sheets[:-1], theme.stylesheet("screen", OF_LISTS)[0])))
        return TargetResult({f"assets/{name}": text.encode() for name, text in files.items()}, of_briefs.encode())

    def fonts(reader: Reader) -> TargetResult | Work:
        reader.record(("version", "fonts"))
        if not session.keeping:
            return Work(fonts_made)
        key = digest((session.program, web_fonts_version()))
        return fonts_kept(key) or Work(fonts_made, (key,))

    def plotly(reader: Reader) -> TargetResult:
        reader.record(("version", "plotly.js"))
        return TargetResult({"assets/plotly.min.js": plotly_js_path().read_bytes()})

    def images(reader: Reader) -> TargetResult:
        reader.record(("all", "images"))
        for name in session.project.images:
            reader.record(("image", name))
        return TargetResult({f"assets/images/{name}": data for name, data in session.project.images.items()})

    packed = Target("fonts", fonts, Batch("fonts", is_long=True))
    return [Target("style", style), packed, Target("plotly.js", plotly), Target("images", images)]


def _packed(css: str) -> str:
    """A stylesheet without comments, indents and blanks that mean nothing: what is read by browsers alone."""
    bare = re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", css, flags=re.S))
    return re.sub(r";?\n?\}", "}", re.sub(r"(?<=[{;,])\n", "", bare.replace(" {\n", "{"))).strip() + "\n"
