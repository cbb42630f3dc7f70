"""A page in a language and what stands in which language in; the same with its links to the pages in its own out. Pure.

Templates and authors' texts link to pages as they stand at the root. A link to one that stands in the page's language
leads there; any other says in which language it leads to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape, unescape
from posixpath import dirname, join, normpath
from urllib.parse import quote, unquote

from reportgen.facts.tongues import Twin
from reportgen.language.locales import language_name
from reportgen.late_patterns import regex

_LINK = regex(r'<a\b(?P<tag>[^<>]*?\bhref="(?P<to>[^"#:]+\.html)(?P<part>#[^"]*)?"[^<>]*)>(?P<text>.*?)</a>', re.S)
_QUIET = regex(r'class="(?:fact|entry-value|mark)\b|aria-label=|\bhreflang=')
"""Links beside which no name of a language fits: values, and what says it already."""


def in_language(html: str, path: str, lang: str, twins: Callable[[str], Sequence[Twin]]) -> str:
    """The HTML of the page at `path`, with its links. `twins`: a page in each language, by its path in any."""
    folder, root = dirname(path), "../" * path.count("/")

    def link(found: re.Match[str]) -> str:
        tag = found["tag"]
        if "hreflang=" in tag:
            return found[0]
        pages = twins(normpath(join(folder, unquote(unescape(found["to"])))))
        if not pages:
            return found[0]
        meant = next((page for page in pages if page.lang == lang), pages[0])
        href = root + escape(quote(meant.path)) + (found["part"] or "")
        tag = tag.replace(f'href="{found["to"]}{found["part"] or ""}"', f'href="{href}"', 1)
        if meant.lang == lang:
            return f"<a{tag}>{found['text']}</a>"
        note = "" if _is_quiet(tag, found["text"]) else _note(lang, meant.lang)
        return f'<a hreflang="{meant.lang}"{tag}>{found["text"]}{note}</a>'

    return _LINK.sub(link, html)


def _note(lang: str, meant: str) -> str:
    """In which language a link leads to, by its name in the language of the page."""
    return f' <span class="tongue" lang="{lang}">({escape(language_name(lang, meant))})</span>'


def _is_quiet(tag: str, text: str) -> bool:
    return bool(_QUIET.search(tag)) or text.startswith("<b>") or "<svg" in text
