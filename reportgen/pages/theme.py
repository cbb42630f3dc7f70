"""Templates and stylesheets by name in, a theme that pages are set with out. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from functools import cached_property
from html import escape

import jinja2
from markupsafe import Markup

from reportgen.brief.typography import edits
from reportgen.language.phrases import phrase
from reportgen.pages.context import PageContext

_DIGITS = re.compile(r"\d+(?:[.,:/\u00a0-]\d+)*")
_PICTURE = re.compile(r'(<img\b[^<>]*\bsrc=")images/')
_YEAR = re.compile(r"(1[89]|20)\d\d|2100")


class Theme:
    """A project's templates over ours. `compiled` may know them from earlier."""

    def __init__(self, templates: Mapping[str, str], compiled: jinja2.BytecodeCache | None = None) -> None:
        self.templates = templates
        self._compiled = compiled

    @cached_property
    def _environment(self) -> jinja2.Environment:
        environment = jinja2.Environment(
            loader=jinja2.DictLoader(dict(self.templates)),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=self._compiled,
        )
        environment.filters["digits"] = digits
        environment.filters["typeset"] = _typeset
        return environment

    def page(self, context: PageContext, lang: str) -> str:
        """A page out of the template that its context is for."""
        given = {field.name: getattr(context, field.name) for field in fields(context)}
        words = {"_": lambda words, *filled: phrase(lang, words, *filled), "lang": lang, "site": context.site}
        page = self._environment.get_template(context.template).render(words, **given)
        return with_pictures(page, context.shell.root)

    def macros(self, template: str, lang: str) -> object:
        """All macros of a template, to call many times."""
        return self._environment.get_template(template).make_module(
            {"_": lambda words, *filled: phrase(lang, words, *filled), "lang": lang}
        )

    def text(self, name: str) -> str:
        """A stylesheet or script as it is."""
        return self.templates[name]


def with_pictures(html: str, root: str) -> str:
    """Authors' pictures, which texts call `images/its-name.png`, at their addresses; `root` leads to the site's."""
    return _PICTURE.sub(lambda m: f"{m[1]}{root}assets/images/", html)


@jinja2.pass_context
def _typeset(context: jinja2.runtime.Context, text: str | None) -> str:
    """Plain text of the page's language, as it is printed."""
    return typeset(text, str(context["lang"]))


def digits(text: str | None, kind: str = "date") -> Markup:
    """Plain text with each run of digits in a `<span data-n>`: years as years, the rest as `kind`."""
    if not text:
        return Markup("")

    def marked(match: re.Match[str]) -> str:
        found = "year" if kind == "date" and _YEAR.fullmatch(match.group()) else kind
        return f'<span data-n="{found}">{match.group()}</span>'

    source = text if isinstance(text, Markup) else escape(text, quote=False)
    return Markup(_DIGITS.sub(marked, source))


_TOGETHER = re.compile(r"(?<![\w.,\u00a0])(\d{1,3}) (?=[^\W\d_]{2})")
"""A day and its month, a number and what it counts."""


def typeset(text: str | None, lang: str) -> str:
    """Never for HTML, whose own quotation marks have to stay."""
    made = text or ""
    for edit in reversed(edits(made, lang)):
        made = made[: edit.start] + edit.text + made[edit.end :]
    return _TOGETHER.sub("\\1\u00a0", made)
