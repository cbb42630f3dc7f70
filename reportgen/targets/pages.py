"""Pages in, with the fonts of signs that the site's own lack out: each page carries what it prints of them."""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import join, split

from reportgen.fonts.setting import needed, page_fonts
from reportgen.rebuild.target import Reader, TargetResult, Work
from reportgen.targets.session import TYPEFACES, Session
from reportgen.targets.tasks import pages_made

_ALONE = "404.html"
"""It is shown at any address, so that no font beside it is found."""


def with_fonts(session: Session, reader: Reader, files: Mapping[str, bytes]) -> TargetResult | Work:
    """Files of the site, of which the pages come with fonts. Packing these is work."""
    made, fonts = dict(files), dict[str, bytes]()
    for path, data in files.items():
        html = data.decode() if path.endswith(".html") and path != _ALONE else ""
        if not needed(html):
            continue
        reader.record(TYPEFACES)
        folder, name = split(path)
        rules, cut = page_fonts(html, name.removesuffix(".html"), session.shelf)
        made[path] = html.replace("</head>", f"<style>\n{rules}</style>\n</head>", 1).encode()
        fonts |= {join(folder, name): font for name, font in cut.items()}
    return Work(pages_made, (made, fonts)) if fonts else TargetResult(made)
