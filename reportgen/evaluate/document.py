"""A document's texts in, HTML with inserts out: calls and citations found, Markdown converted, every digit accounted for.

One `Document` evaluates all texts of one brief, in the order in which they are read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape

import jinja2

from reportgen.diagnostics import Diagnostic
from reportgen.evaluate.calls import BLOCKS, Call, Place, new_environment, scan
from reportgen.evaluate.citations import find_citations, mask_verbatim
from reportgen.evaluate.markdown import INSERT, PRIVATE, Converted, Converter
from reportgen.evaluate.printing import NOTHING, Printing
from reportgen.evaluate.prose import Prose, TypedRun, marked, places, set_prose
from reportgen.evaluate.typed import Classifier
from reportgen.load.suggest import did_you_mean
from reportgen.model.citation import Citation
from reportgen.model.evaluated import CitationMark, Html, Mark, NoteMark, ReferenceMark
from reportgen.model.quantity import Quantity

_ENVIRONMENT = new_environment()
_TAGS = re.compile(r"<[^>]*>")
_HOLE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{=#.*?#=\}", re.S)

BlockCall = Callable[[Call], str]
"""What a block call prints: an insert."""


@dataclass(frozen=True, slots=True)
class Body:
    """The converted main text."""

    html: Html
    converted: Converted
    notes: tuple[Html, ...]
    words: int


class Document:
    """The texts of one brief, and what they print."""

    def __init__(self, printing: Printing, converter: Converter, classifier: Classifier, draft: bool = False) -> None:
        self.printing = printing
        self.citations: list[Citation] = []
        self.images: list[str] = []
        self.words = 0
        self._converter = converter
        self._classifier = classifier
        self._draft = draft

    def inline(self, text: str, place: Place, references: Mapping[str, ReferenceMark] | None = None) -> Html:
        """A title, a message, a caption: one run of text."""
        expanded = self._expanded(text, place, references or {}, None)
        converted = self._converter.convert_inline(expanded, self.printing.plain)
        self._check_shape(converted, place)
        prose = self._prose(converted.html, text, expanded, place)
        return prose.html

    def body(self, text: str, place: Place, references: Mapping[str, ReferenceMark], block: BlockCall) -> Body:
        """The main text."""
        expanded = self._expanded(text, place, references, block)
        taken = frozenset({"how", "key", "references", "cite", "changes", "main", *(r.anchor for r in references.values())})
        converted = self._converter.convert(
            expanded, self.printing.plain, lambda n: self.printing.insert(NoteMark(n)), taken
        )
        self._check_shape(converted, place)
        html = self._lifted(converted.html, place)
        prose = self._prose(html, text, expanded, place, notes=converted.notes)
        separator = "<hr data-notes>"
        parts = prose.html.split(separator)
        return Body(self._merged(parts[0]), converted, tuple(parts[1:]), prose.words)

    def plain(self, html: Html) -> str:
        """HTML with inserts as plain text, for titles and metadata."""
        return unescape(INSERT.sub(lambda m: self.printing.plain(m.group()), _TAGS.sub("", html))).strip()

    # From the author's text to Markdown with inserts

    def _expanded(self, text: str, place: Place, references: Mapping[str, ReferenceMark], block: BlockCall | None) -> str:
        if private := PRIVATE.search(text):
            self.printing.problem(
                "private-character",
                f"the character U+{ord(private.group()):04X} is a private-use one, which has no meaning to readers",
                place(private.start(), 1),
                "delete it, or write what it should show",
            )
            text = PRIVATE.sub("\ufffd", text)
        calls, problems = scan(text, place) if "{{" in text or "{%" in text or "{=#" in text else ((), ())
        self.printing.problems.extend(problems)
        found = find_citations(_HOLE.sub(lambda m: "\x00" * len(m.group()), mask_verbatim(text))) if "@" in text else None
        for problem in found.problems if found else ():
            where = place(problem.start, problem.end - problem.start)
            self.printing.problem("bad-citation", problem.message, where, problem.hint)
        citations = found.citations if found else ()
        pieces: list[tuple[int, int, Call | Citation]] = sorted(
            [(c.start, c.end, c) for c in calls] + [(c.start, c.end, c) for c in citations], key=lambda piece: piece[0]
        )
        printed = [
            self._call(item, references, block) if isinstance(item, Call) else self._citation(item, place)
            for _, _, item in pieces
        ]
        whole = "{%" not in text and "{=#" not in text
        out, at = [], 0
        for n, (start, end, _) in enumerate(pieces):
            out += [text[at:start], printed[n] if whole else f"{{{{ inserts[{n}] }}}}"]
            at = end
        expanded = "".join([*out, text[at:]])
        if not whole and not problems:
            expanded = self._run(expanded, printed, place)
        return expanded.replace("\\@", "@") if "@" in expanded else expanded

    def _run(self, template: str, printed: list[str], place: Place) -> str:
        """Jinja's own statements: conditions, loops, comments."""
        try:
            return _ENVIRONMENT.from_string(template).render(inserts=printed)
        except (jinja2.TemplateError, ArithmeticError, TypeError, ValueError, LookupError) as error:
            self.printing.problem("template-error", f"this template cannot be run: {error}", place(0, 1))
            return ""

    def _call(self, call: Call, references: Mapping[str, ReferenceMark], block: BlockCall | None) -> str:
        if call.name in BLOCKS:
            if block is None:
                hint = f"put it into the main text, alone in a paragraph: {{{{ {call.name}(…) }}}}"
                self.printing.problem("block-not-alone", f"{call.name}() prints a block, and here is only a line", call.span, hint)
                return NOTHING
            return block(call)
        if call.name == "ref":
            target = str(call.subject.value)
            if target in references:
                return self.printing.insert(references[target])
            self.printing.problem(
                "unknown-reference", f'this brief shows nothing with the id "{target}"', call.where(call.subject),
                did_you_mean(target, references) or f'show it first: {{{{ chart("{target}") }}}}',
            )  # fmt: skip
            return NOTHING
        return self.printing.value(call)

    def _citation(self, citation: Citation, place: Place) -> str:
        view, known = self.printing.view, True
        for item in citation.items:
            if view.source(item.source) is None:
                known = False
                if not view.broken("source", item.source):
                    hint = did_you_mean(item.source, view.known("sources")) or "to print an at sign, write \\@"
                    where = place(item.start, item.end - item.start)
                    self.printing.problem("unknown-source", f'no source has the id "{item.source}"', where, hint)
        if not known:
            return NOTHING
        self.citations.append(citation)
        return self.printing.insert(CitationMark(len(self.citations) - 1))

    # From HTML with inserts to the page's text

    def _check_shape(self, converted: Converted, place: Place) -> None:
        if converted.addresses:
            self.printing.problem("value-in-address", "a value cannot stand in an address", place(0, 1))
        for address in converted.nameless:
            self.printing.problem(
                "missing-alt", f"the picture {address} has no alternative text", place(0, 1),
                "say in the square brackets what it shows: ![a mine at Ekibastuz](images/mine.jpg)",
            )  # fmt: skip
        self.images.extend(converted.images)

    def _lifted(self, html: Html, place: Place) -> Html:
        """Blocks out of the paragraphs in which they stand alone; any other is an error."""

        def is_block(character: str) -> bool:
            return not isinstance(self.printing.inserted(character), Mark | CitationMark | NoteMark | ReferenceMark) and (
                type(self.printing.inserted(character)).__name__.endswith("Block")
            )

        lifted = re.sub(
            rf"(?m)^<p>({INSERT.pattern})</p>$", lambda m: m[1] if is_block(m[1]) else m[0], html
        )
        for line in lifted.split("\n"):
            if len(line) > 1 and any(is_block(c) for c in INSERT.findall(line)):
                self.printing.problem(
                    "block-not-alone", "a chart, table, timeline, conflict or quote stands alone in a paragraph", place(0, 1),
                    "leave an empty line before and after it",
                )  # fmt: skip
        return lifted

    def _prose(self, html: Html, text: str, expanded: str, place: Place, notes: tuple[str, ...] = ()) -> Prose:
        """Sets the text, and reports what was typed by hand."""
        separator = "<hr data-notes>"
        whole = separator.join((html, *notes))
        prose = set_prose(whole, self.printing.lang, self._classifier)
        self.words += prose.words
        severity = "warning" if self._draft else "error"
        if prose.typed:
            where = self._offsets(text, expanded, whole)
            for run in prose.typed:
                offset = where(run)
                self.printing.problems.append(
                    Diagnostic(
                        "typed-number",
                        f'"{run.text}" is typed by hand',
                        place(offset, len(run.text)) if offset is not None else place(0, 1),
                        self._call_for(run),
                        severity,
                    )
                )
        for word in prose.number_words:
            at = text.find(word.text)
            self.printing.problems.append(
                Diagnostic(
                    "number-word", f'"{word.text}" is a number in words, typed by hand', place(max(at, 0), len(word.text)),
                    'print it from a fact: {{ fact("…", show="words") }}', "warning",
                )  # fmt: skip
            )
        return prose

    def _offsets(self, text: str, expanded: str, html: str) -> Callable[[TypedRun], int | None]:
        """From a run of digits in the HTML to its offset in the author's text.

        The expanded Markdown is converted once more with marks after its digits; its calls were replaced, so offsets in it
        are carried back over the calls.
        """
        found = places(expanded, self._converter.raw(marked(expanded)), html)
        holes = [m.span() for m in re.finditer(rf"{INSERT.pattern}", expanded)]
        digits_in = [m.start() for m in re.finditer(r"\d+", expanded)]
        visible = _blanked(text)
        digits_out = [m.start() for m in re.finditer(r"\d+", visible)]

        def offset(run: TypedRun) -> int | None:
            if run.ordinal in found and holes is not None:
                index = bisect_right(digits_in, found[run.ordinal]) - 1
                if len(digits_in) == len(digits_out):
                    return digits_out[index]
            at = visible.find(run.text)
            return at if at >= 0 else None

        return offset

    def _call_for(self, run: TypedRun) -> str:
        """The call to paste in place of a typed number, where a fact holds it."""
        wanted = run.text.replace(",", "").replace("\u00a0", "").replace(" ", "")
        view = self.printing.view
        named = [id for id in view.known("facts") if _holds(view.fact(id), wanted)]
        if not named:
            return 'print it from a fact: add one to content/facts/ and write {{ fact("its-id") }} here'
        after = run.context.strip().lower()
        near = [id for id in named if (fact := view.fact(id)) and fact.unit and after.startswith(_unit_start(fact.unit))]
        best = (near or named)[0]
        others = f" (also {', '.join(named[1:4])})" if len(named) > 1 and not near else ""
        return f'write {{{{ fact("{best}") }}}}{others}'

    def _merged(self, html: Html) -> Html:
        """Of marks with one letter, or citations of one thing, that stand next to each other, the last says it."""
        for one, between, other in re.findall(rf"({INSERT.pattern})(\s*)(?=({INSERT.pattern}))", html):
            first, second = self.printing.inserted(one), self.printing.inserted(other)
            if isinstance(first, Mark) and isinstance(second, Mark) and first.entry == second.entry:
                index = self.printing.inserts.index(first)
                self.printing.inserts[index] = Mark(
                    first.text, first.number, first.status, first.entry, False, first.sentence
                )
            elif isinstance(first, CitationMark) and isinstance(second, CitationMark):
                if _same(self.citations[first.citation], self.citations[second.citation]):
                    html = html.replace(one + between + other, other)
        return html


def _same(one: Citation, other: Citation) -> bool:
    def key(citation: Citation) -> list[tuple[str, str, str, str]]:
        return [(i.source, i.prefix, i.locator, i.suffix) for i in citation.items]

    return key(one) == key(other)


def _blanked(text: str) -> str:
    """The author's text without calls and citations, whose digits are no digits of the text; same length."""
    blank = _HOLE.sub(lambda m: " " * len(m.group()), text)
    found = find_citations(mask_verbatim(blank)) if "@" in blank else None
    for citation in found.citations if found else ():
        blank = blank[: citation.start] + " " * (citation.end - citation.start) + blank[citation.end :]
    return blank


def _holds(fact: object, number: str) -> bool:
    value = getattr(fact, "value", None)
    return isinstance(value, Quantity) and value.typed is not None and number in value.typed.split("/")


def _unit_start(unit: str) -> str:
    return {"percent": "%"}.get(unit, unit.split()[0].lower())
