"""A project's answers and the engines in, what all targets are made with out. Keeps what was evaluated; no other effects."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from reportgen.build.digest import ABSENT, Digest, digest
from reportgen.build.target import Reader
from reportgen.engines.pandoc import pandoc_version
from reportgen.engines.pdf import pdf_engine_version
from reportgen.engines.v8 import PlotlyEngine, plotly_js_version
from reportgen.engines.webfonts import web_fonts_version
from reportgen.evaluate.answers import Answers, Key
from reportgen.evaluate.brief import Cite, Evaluation, evaluate
from reportgen.evaluate.view import View
from reportgen.model.brief import Brief
from reportgen.model.edtf import parse_edtf
from reportgen.model.evaluated import EvaluatedBrief
from reportgen.quantities.dates import format_date
from reportgen.render.shell import Shell, Site
from reportgen.render.theme import Theme

Formats = Literal["html", "pdf", "all"]
_VERSIONS: dict[str, Callable[[], str]] = {
    "pandoc": pandoc_version,
    "plotly.js": plotly_js_version,
    "pdf": pdf_engine_version,
    "fonts": web_fonts_version,
}
_SITE = ("title", "publisher", "description", "base_url", "lang", "license", "license_url", "paper", "as_of")
_INCLUDED = re.compile(r"{%-?\s*(?:extends|include|import|from)\s+[\"']([^\"']+)[\"']")


class Workshop:
    """The project's answers, the engines, the theme, and what was evaluated already."""

    def __init__(self, answers: Answers, cite: Cite, plotly: PlotlyEngine, program: str) -> None:
        self.answers = answers
        self.project = answers.project
        self.lang = answers.project.settings.lang
        self.cite = cite
        self.plotly = plotly
        self.theme = Theme(answers.project.templates)
        self.site = _site(answers)
        self._program = program
        self._evaluated: dict[str, Evaluation] = {}
        self._digests: dict[Key, Digest] = {}

    def digest_of(self, key: Key) -> Digest:
        """The digest of an answer as of now."""
        if key not in self._digests:
            if key[0] == "version":
                self._digests[key] = digest(self._program if key[1] == "program" else _VERSIONS[key[1]]())
            else:
                answer = self.answers.answer(key)
                self._digests[key] = ABSENT if answer is None else digest(answer)
        return self._digests[key]

    def evaluate(self, brief: Brief, reader: Reader) -> Evaluation:
        """Evaluates a brief; what it looks at is read."""
        view = View(self.answers)
        self._evaluated[brief.slug] = evaluate(brief, view, self.cite)
        record(reader, view, ("version", "pandoc"))
        return self._evaluated[brief.slug]

    def evaluated(self, brief: Brief, reader: Reader) -> EvaluatedBrief:
        """A brief's value, of which `reader` reads no more than whether it is another than before."""
        reader.output(evaluation(brief.slug))
        if brief.slug not in self._evaluated:
            self._evaluated[brief.slug] = evaluate(brief, View(self.answers), self.cite)
        return self._evaluated[brief.slug].brief

    def shell(self, reader: Reader, path: str, current: str, template: str) -> Shell:
        """A page's surroundings; the templates that it is laid out with are read."""
        for name in _SITE:
            reader.record(("setting", name))
        for name in self._templates_of(template):
            reader.record(("template", name))
        return Shell(self.site, path, current)

    def _templates_of(self, template: str) -> tuple[str, ...]:
        """A template and all that it includes, however deep."""
        found: dict[str, None] = {}
        waiting = [template]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = None
                waiting += _INCLUDED.findall(self.project.templates.get(name, ""))
        return tuple(found)


def evaluation(slug: str) -> str:
    """The name of the target that evaluates a brief."""
    return f"evaluate {slug}"


def record(reader: Reader, view: View, *more: Key) -> None:
    """Passes on what a view looked at."""
    for key in (*sorted(view.reads), *more):
        reader.record(key)


def _site(answers: Answers) -> Site:
    settings = answers.project.settings
    lang = settings.lang
    return Site(
        settings.title.in_language(lang),
        settings.publisher.in_language(lang),
        settings.description.in_language(lang),
        settings.base_url,
        lang,
        settings.license.in_language(lang),
        settings.license_url,
        settings.paper,
        format_date(parse_edtf(answers.as_of.isoformat()), lang),
    )
