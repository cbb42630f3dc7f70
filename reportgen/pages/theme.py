"""Templates and stylesheets by name in, a theme that pages are set with out. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from functools import cached_property
from html import escape
from posixpath import dirname, join, normpath
from typing import Any, ClassVar, Literal

import jinja2
from markupsafe import Markup

from reportgen.brief.links import SITE
from reportgen.brief.said import plain_line
from reportgen.brief.typography import bound, quoted
from reportgen.brief.typography import typeset as with_signs
from reportgen.diagnostics import Diagnostic, ReportError
from reportgen.language.direction import direction
from reportgen.language.lexicon import lexicon
from reportgen.language.locales import own_name
from reportgen.language.phrases import END, ENGLISH, Phrases, furniture, marked_up, unmarked
from reportgen.late_patterns import regex
from reportgen.model.edtf import parse_edtf
from reportgen.model.look import Palette
from reportgen.pages.addresses import PageAddress, css_readdressed
from reportgen.pages.context import PageContext
from reportgen.pages.directions import directed
from reportgen.pages.palette import palette_css
from reportgen.pages.template_faults import FOLDER, GivenNames, template_fault, template_problems, unused
from reportgen.quantities.dates import format_date

Medium = Literal["screen", "paper"]

_LISTS: Mapping[Medium, str] = {"screen": "screen.css", "paper": "print.css"}
CUSTOM = "custom.css"
"""A stylesheet of the project's that comes after all of ours."""
_IMPORT = regex(r"""@import(?<=^@import)\s+(?:url\(\s*)?(["']?)([^"'()\s;]+)\1\s*\)?\s*;[ \t]*$""", re.M)
"""It begins with what a stylesheet has few of, and then looks back to the beginning of the line."""
_ABROAD = regex(r"[a-z][a-z0-9+.-]*:|[/#]", re.I)
"""How an address begins that leads to the same place from everywhere."""
_MEDIUM = regex(r"^/\* -+ On (screen|paper) -+ \*/$", re.M)
_HEADING = regex(r"(<h[1-6]\b(?:(?!<h[1-6]\b).)*?</h[1-6]>)", re.S)
_DIGITS = regex(r"\d+(?:[.,:/\u00a0-]\d+)*")
_LINK = regex(rf'(<a\b[^<>]*\bhref="){SITE}')
_PICTURE = regex(r'(<img\b[^<>]*\bsrc=")images/')
_YEAR = regex(r"(1[89]|20)\d\d|2100")


class Theme:
    """A project's templates, which override ours; `compiled` caches the compiled ones."""

    def __init__(
        self,
        templates: Mapping[str, str],
        compiled: jinja2.BytecodeCache | None = None,
        palette: Palette | None = None,
        words: Mapping[str, Phrases] | None = None,
    ) -> None:
        self.templates = templates
        self._words = words or {}
        self._palette = palette or Palette()
        self._compiled = compiled

    @cached_property
    def _environment(self) -> jinja2.Environment:
        environment = _Environment(
            loader=_Loader(dict(self.templates)),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=self._compiled,
        )
        environment.filters["digits"] = digits
        environment.filters["typeset"] = _typeset
        environment.filters["loosened"] = loosened
        environment.filters["enlarged"] = enlarged
        environment.filters["large_letters"] = large_letters
        environment.filters["dated"] = dated
        environment.filters["days"] = days
        environment.filters["quoted"] = lambda text, lang: Markup(quoted(Markup.escape(text), lang))
        environment.filters["plain_lines"] = plain_line
        environment.filters["unstopped"] = lambda text: re.sub(rf"\.({END}?)$", r"\1", str(text))
        environment.filters["begun"] = begun
        environment.filters["own_name"] = own_name
        environment.filters["stop"] = lambda text: "" if unmarked(str(text)).endswith(".") else "."
        return environment

    def page(self, context: PageContext, lang: str) -> str:
        """A page out of the template that its context is for."""
        given = {field.name: getattr(context, field.name) for field in fields(context)}
        with self.blaming(context.template):
            template = self._environment.get_template(context.template)
            page = template.render(self._phrases(lang), site=context.site, **given)
        page = marked_up(with_addresses(page, context.shell.root), lang)
        return directed(bound(with_levels(page)), direction(lang))

    def macros(self, template: str, lang: str) -> Callable[..., Markup]:
        """All macros of a template, to call many times: by name, with what is given to it."""
        with self.blaming(template):
            module = self._environment.get_template(template).make_module(self._phrases(lang))

        def call(name: str, *given: object) -> Markup:
            with self.blaming(template):
                return Markup(marked_up(getattr(module, name)(*given), lang))

        return call

    def _phrases(self, lang: str) -> dict[str, object]:
        """What every template may use besides its context: `_("Sources")` is a phrase in the page's language,
        `counted("facts rest on it", n)` one in the form that it has beside a number, `around("{} facts", n)` what
        stands around what is filled into it, `dated("Edition of {}", day, text)` a day in its language, `dir` the
        direction of writing."""
        words = furniture(lang, self._words)

        def dated(phrase: str, day: str, text: str) -> str:
            return format_date(parse_edtf(day), "en") if words.is_foreign(phrase) else text

        return {
            "_": words.phrase, "counted": words.counted, "around": words.parts, "dated": dated, "lang": lang,
            "dir": direction(lang),
        }  # fmt: skip

    @contextmanager
    def blaming(self, template: str) -> Iterator[None]:
        """Raises ReportError in place of whatever goes wrong in an author's own template."""
        try:
            yield
        except ReportError:
            raise
        except Exception as error:
            fault = template_fault(error, self.templates, template)
            if fault is None:
                raise
            raise ReportError([fault]) from error

    def problems(self, given: GivenNames) -> tuple[Diagnostic, ...]:
        """What is wrong in the author's own templates, as far as it can be seen before a page is made."""
        sheets = [(name, text) for name, text in self.templates.items() if name.endswith(".css")]
        taken = {normpath(join(dirname(name), part)) for name, text in sheets for part, _ in imported(text)}
        left = unused(self.templates, self._environment, taken | {CUSTOM}) if given else ()
        return (*template_problems(self.templates, self._environment, given, self._phrases("en")), *left)

    def text(self, name: str) -> str:
        """A script as it is."""
        return self.templates[name]

    def stylesheet(self, medium: Medium, without: Collection[str] = ()) -> tuple[str, tuple[str, ...]]:
        """The tokens, the project's colours, the stylesheet of a medium, with the files that it imports in place, and a
        custom.css of the project's; the names of all files that were looked for. `without` are files left out."""
        looked_for: dict[str, None] = {CUSTOM: None, **dict.fromkeys(without)}
        sheets = [self._sheet("tokens.css", medium, looked_for), self.colours(medium)]
        sheets.append(self._sheet(_LISTS[medium], medium, looked_for))
        if CUSTOM in self.templates:
            sheets.append(self._sheet(CUSTOM, medium, looked_for))
        return "\n".join(filter(None, sheets)), tuple(looked_for)

    def colours(self, medium: Medium) -> str:
        """The tokens that site.yaml colours; empty where it does not."""
        return palette_css(self._palette, medium)

    def _sheet(self, name: str, medium: Medium, looked_for: dict[str, None]) -> str:
        """A stylesheet without what it says of the other medium. Each file is imported once."""
        looked_for[name] = None
        for_both, *divided = _MEDIUM.split(from_folder(self.templates[name], dirname(name)))
        sections = zip(divided[::2], divided[1::2], strict=True)

        def imported(found: re.Match[str]) -> str:
            part = normpath(found[2])
            if part in looked_for:
                return ""
            if part in self.templates:
                return self._sheet(part, medium, looked_for)
            looked_for[part] = None
            return found[0]  # an address, or a file that is not there

        return _IMPORT.sub(imported, for_both + "".join(text for section, text in sections if section == medium))


def from_folder(css: str, folder: str) -> str:
    """A stylesheet of a folder below templates/ as it stands in the one above: its addresses lead where they led."""

    def led(address: PageAddress) -> str:
        return address.text if not address.text or _ABROAD.match(address.text) else normpath(join(folder, address.text))

    if not folder:
        return css
    css = _IMPORT.sub(lambda found: f'@import "{normpath(join(folder, found[2]))}";', css)
    return css_readdressed(css, "", led)


def imported(css: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """The stylesheets whose text takes the place of an `@import`, each with where that stands."""
    return ((found[2], found.span()) for found in _IMPORT.finditer(css))


class _Environment(jinja2.Environment):
    """Compiles a template once a process, whatever number of projects use it: all have the same filters."""

    compiled: ClassVar[dict[tuple[str, str | None, str | None], Any]] = {}

    def compile(
        self, source: Any, name: str | None = None, filename: str | None = None, *more: Any, **others: Any
    ) -> Any:
        key = source, name, filename
        if more or others or not isinstance(source, str):
            return super().compile(source, name, filename, *more, **others)
        if key not in self.compiled:
            self.compiled[key] = super().compile(source, name, filename)
        return self.compiled[key]


class _Loader(jinja2.DictLoader):
    """Names each template's file, so that a line of it can be told."""

    def get_source(  # type: ignore[override]
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, _, is_current = super().get_source(environment, template)
        return source, FOLDER + template, is_current


def with_levels(html: str) -> str:
    """A page in which no heading of a figure skips a level: before the first section it is one of the second."""
    parts, level = [], 0
    for n, part in enumerate(_HEADING.split(html)):
        if n % 2:
            if part.startswith('<h3 class="cap"') and level == 1:
                part = f"<h2{part[3:-5]}</h2>"
            level = int(part[2])
        parts.append(part)
    return "".join(parts)


def with_addresses(html: str, root: str) -> str:
    """A page with the addresses of authors' pictures and of what they link to in the site."""
    return _LINK.sub(lambda m: f"{m[1]}{root}", _PICTURE.sub(lambda m: f"{m[1]}{root}assets/images/", html))


def begun(text: str) -> str:
    """Plain text with a capital letter at its beginning."""
    at = len(ENGLISH) if text.startswith(ENGLISH) else 0
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


@jinja2.pass_context
def _typeset(context: jinja2.runtime.Context, text: str | None) -> str:
    """Plain text of the page's language, as it is printed."""
    # A file of macros that was imported without the page's names has none.
    return typeset(text, str(context.get("lang", jinja2.StrictUndefined(name="lang"))))


def digits(text: str | None, kind: str = "date") -> Markup:
    """Plain text with each run of digits in a `<span data-n>`: years as years, the rest as `kind`."""
    if not text:
        return Markup("")

    def marked(match: re.Match[str]) -> str:
        found = "year" if kind == "date" and _YEAR.fullmatch(match.group()) else kind
        return f'<span data-n="{found}">{match.group()}</span>'

    source = text if isinstance(text, Markup) else escape(text, quote=False)
    return Markup(_DIGITS.sub(marked, source))


_BETWEEN_WORDS = regex(r"(?<!\d)\u00a0|\u00a0(?!\d)")


def loosened(text: str) -> str:
    """A text or HTML in large type that may wrap between a number and its unit, but not among digits."""
    spaced = _BETWEEN_WORDS.sub(" ", text)
    return Markup(spaced) if isinstance(text, Markup) else spaced


_VALUE = regex(r'(<span[^>]* data-n="\d+"[^>]*>)((?:[^<]|<span[^>]*>[^<]*</span>)*)(?=</span>)')
"""A value in its element."""
_PARTS = regex(
    r"(?:((?![A-Z]{2})[^\W\d_]+(?: (?![A-Z]{2})[^\W\d_]+){0,2}) )?"
    r"((?:[A-Z]{1,3}[\u00a0 ]?)?[^\w\s<>]{0,3}(?:\d|<span[^>]*>\d[^<]*</span>)"
    r"(?:[^\s<]|[\u00a0\u202f](?=\d))*(?: [^\w\s<]{1,2})?)"
    r"(?: ([^<\d\s](?:[^<\d]|(?<=[^\W\d_])\d)*))?"
)
"""`around | 98,000 | people`."""
_LARGE = regex(r'(?<=<span class="number">)(?:[^<]|<span[^>]*>[^<]*</span>)*')


@jinja2.pass_context
def enlarged(context: jinja2.runtime.Context, html: str) -> Markup:
    """A value for large type: the number in an element, to be set large, the words beside it in others, to be set
    small. What is no number with words, such as a date, is large as a whole."""
    month = lexicon(str(context["lang"])).month

    def sized(inner: str) -> str:
        parts = _PARTS.fullmatch(inner)
        if parts is None or any(month(word.lower()) is not None for word in inner.split()):
            return f'<span class="number">{inner}</span>'
        before, number, after = parts.groups()
        ahead = f"<small>{before} </small>" if before else ""
        space = " " if after else ""  # within an element: a PDF's text has none that stands between two
        return f'{ahead}<span class="number">{number}{space}</span>' + (f"<small>{after}</small>" if after else "")

    if not isinstance(html, Markup):
        return Markup(sized(escape(html, quote=False)))
    found = None if 'class="fact said"' in html else _VALUE.search(str(html))
    if found is None:
        return Markup(f'<span class="number">{html}</span>')
    text = str(html)
    return Markup(text[: found.start()] + found[1] + sized(found[2]) + text[found.end() :])


MOST_LETTERS = 20
"""A value of more is a sentence, which wraps."""


def large_letters(texts: Collection[str]) -> int:
    """How many letters of what `enlarged` made are large, of the longest of several that stand in a row."""
    counts = [sum(len(Markup(part).striptags()) for part in _LARGE.findall(str(text))) for text in texts]
    return max((count for count in counts if count <= MOST_LETTERS), default=MOST_LETTERS)


_BEFORE_DIGITS = regex(r"^([^\W\d_]{2,6}) (?=[^\w\s]{0,2}\d|[A-Z]{2,3}\W?\d)(?!(?:1[5-9]|2[01])\d\d(?![\d.,]))")
"""What is said of a number before it: `around 98,000`."""
_GAP = regex(r"(\S+) (?=(\S+))")
_MARKUP = regex(r"(<[^>]*>)")


@jinja2.pass_context
def dated(context: jinja2.runtime.Context, html: str) -> Markup:
    """A date in HTML whose parts stay on one line; what is said of it may stand on another: `possibly`."""
    month = lexicon(str(context["lang"])).month

    def gap(found: re.Match[str]) -> str:
        one, other = found[1], found[2]
        is_date = one[:1].isdigit() or one.endswith(".") or (other[:4].isdigit() and month(one.lower()) is not None)
        return f"{one}\u00a0" if is_date else found[0]

    parts = _MARKUP.split(str(html) if isinstance(html, Markup) else escape(html, quote=False))
    return Markup("".join(part if n % 2 else _GAP.sub(gap, part) for n, part in enumerate(parts)))


_DAY = regex(r"(?<![\w.,])(\d{1,2}\.?) (?=([^\W\d_]+))")
_DAY_AFTER = regex(r"([^\W\d_]{3,}) (?=\d{1,2}(?!\w))")


@jinja2.pass_context
def days(context: jinja2.runtime.Context, text: str) -> str:
    """A text in which no line ends between a day and its month, as in the name of a source: `18 March`, `18. März`."""
    month = lexicon(str(context["lang"])).month

    def joined(found: re.Match[str], name: str) -> str:
        return f"{found[0][:-1]}\u00a0" if month(name.lower()) is not None else found[0]

    spaced = _DAY_AFTER.sub(
        lambda found: joined(found, found[1]), _DAY.sub(lambda found: joined(found, found[2]), text)
    )
    return Markup(spaced) if isinstance(text, Markup) else spaced


_TOGETHER = regex(r"(?<![\w.,\u00a0])(\d{1,3}) (?=[^\W\d_]{2})")
"""A day and its month, a number and what it counts."""


def typeset(text: str | None, lang: str) -> str:
    """Plain text with typographic signs. Not for HTML, whose quotation marks must not change."""
    signed = with_signs(text or "", lang)
    if " " not in signed:
        return signed
    return _BEFORE_DIGITS.sub("\\1\u00a0", _TOGETHER.sub("\\1\u00a0", signed))
