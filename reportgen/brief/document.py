"""A document's texts in, HTML with inserts out: calls and citations found, Markdown converted, digits accounted for.

One `Document` evaluates all texts of one brief, in the order in which they are read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape, unescape
from operator import itemgetter
from unicodedata import normalize
from urllib.parse import quote, unquote

import jinja2

from reportgen.brief.calls import BLOCKS, Call, SpanOf
from reportgen.brief.citations import find_citations, mask_verbatim, unread_titles
from reportgen.brief.doubts import block_marks, list_numbers, told
from reportgen.brief.glossary import Mentions
from reportgen.brief.inline_rules import decoded
from reportgen.brief.links import PARTS, is_broken, is_internal, resolved, unknown_link, with_links
from reportgen.brief.locators import KNOWN_TERMS, nearest_term
from reportgen.brief.markdown import (
    CONTROL,
    INSERT,
    PRIVATE,
    SEPARATOR,
    TASK_WORDS,
    Converted,
    Converter,
    replace_in_attributes,
    stopped_once,
)
from reportgen.brief.note_order import NoteTexts, note_texts
from reportgen.brief.positions import Marked, locate, mark, rendered
from reportgen.brief.printing import NOTHING, Printing
from reportgen.brief.prose import TypedRun, extent, set_prose
from reportgen.brief.prose_mask import read_citations
from reportgen.brief.scanning import Scan, new_environment, pieces_of, scan
from reportgen.brief.titles import with_title_words
from reportgen.brief.typography import typeset
from reportgen.brief.wording import call_for
from reportgen.diagnostics import Diagnostic, Places, Severity, Span
from reportgen.evidence.told_beside import rate_unsaid, told_otherwise
from reportgen.facts.addresses import SiteAddress
from reportgen.language.beside import said_beside
from reportgen.language.typed_numbers import Classifier, name_pattern
from reportgen.language.words import with_plain_digits
from reportgen.late_patterns import regex
from reportgen.load.lines import bidi_control, is_bidi_control
from reportgen.load.suggest import did_you_mean
from reportgen.model.citation import Citation, CitationItem
from reportgen.model.evaluated import CitationMark, Mark, NoteMark, PrintedNumber, ReferenceMark, Section
from reportgen.model.fact import DateValue, TextValue
from reportgen.model.figure import Html
from reportgen.model.quantity import Quantity, Relation
from reportgen.model.text import Text
from reportgen.quantities.formula import parse_formula

_ENVIRONMENT = new_environment()
_NUMBERED_SIGN = regex(r"&#(?:\d{1,7}|[xX][\da-fA-F]{1,6});")
_UNSEEN = (
    (PRIVATE, "is a private-use one, which has no meaning to readers", "delete it, or write what it should show"),
    (CONTROL, "is a control character, which nobody sees", "delete it"),
    (SEPARATOR, "parts lines in other programs, and nobody sees it", "delete it, or end the line in its place"),
)
"""(signs, what they are, the next step)"""
_TAGS = regex(r"<[^>]*>")
_HEADING = regex(r'<h(?P<level>[1-6])[^>]*\sid="(?P<anchor>[^"]*)"[^>]*>(?P<title>.*?)</h(?P=level)>', re.S)
_LEVEL = regex(r"(</?h)([1-6])(?=[\s>])")
_NOT_LISTED = regex(
    r"""<span class="title-words"[^<>]*>[^<]*</span>|</?(?:a|abbr)\b(?:[^<>"]|"[^"]*")*>"""
    r"""|(?<=[^<>])\sid="[^"]*"(?=[^<>]*>)"""
)
_ADJACENT = regex(rf"({INSERT.pattern})(\s*)(?=({INSERT.pattern}))")
_NOTES = "<hr data-notes>"
_LINKED = r"""(?:\]\(\s*<?|\]:\s*<?|(?:href|src)\s*=\s*["']?|<)(?P<address>{})(?=[)\s>"']|$)"""
_LINK = regex(r"<a\b[^>]*\shref=[^>]*>.*?</a>", re.S)
_YEAR = regex(r"1[89]\d\d|20\d\d|2100")
_AROUND_NUMBER = regex(r"^\D+|\D+$")
_DEFINED = regex(
    r"(?:\b(?:an?|one)\s+(?:[^\W\d_]+\s+){1,2}(?:is|equals|means|weighs)|(?:^|[.;(]\s*)(?:[^\W\d_]+\s+){1,2}(?:=|[–—-](?:\s+это)?"
    r"|это|равен|равна|равно|равняется))\s+(?:(?:equal\s+to|exactly)\s+)?(?:an?\s+)?\Z",
    re.IGNORECASE,
)
"""A unit of which a text goes on to say what it is."""
_BEFORE = 80
"""Characters before a number among which that is looked for."""
_BEHIND = regex(r"([\U000f0000-\U000ffffd])(?:[ \u00a0]|&nbsp;)?(%|[^\W\d_]{3,}(?:[ \u00a0][^\W\d_]+)?)")
"""A printed value, and what is typed right behind it."""
_MULTIPLE = regex(r"^(?:thousand|million|billion|trillion) ")
_FAR = 400
"""Signs beside a value among which its sentence is looked for."""
_NEAR = 120
"""Signs beside a value among which its neighbours are looked for."""
_BREAKING = regex(r"<(?!/?(?:a|abbr|b|em|i|mark|span|strong|u)\b)[^<>]*>|[.!?]\s")
"""What parts a value from its neighbours: a tag of more than a word, or the end of a sentence."""
_LAST_WORDS, _FIRST_WORDS = regex(r"(?:\S+\s+){0,4}\S*$"), regex(r"\s*\S*(?:\s+\S+){0,3}")
_TABBED = "a table pasted with tabs: save it as CSV in content/data/, or write | between its cells"
_ABBREVIATION = regex(r"^[ ]{0,3}\*\[([^\]\n]+)\]:", re.M)

BlockCall = Callable[[Call], str]
"""What a block call prints: an insert."""
References = Mapping[str, ReferenceMark]


@dataclass(frozen=True, slots=True)
class Body:
    """The converted main text."""

    html: Html
    sections: tuple[Section, ...]
    notes: tuple[Html, ...]


_UNSIGNED = regex(r"(?<![\]\w\\!])\[(\w(?:[\w:.-]*\w)?)(?:,[^\[\]\n]*)?\](?![\[({:])")
"""A word between brackets that is no link."""
_UNREAD_CALLS = frozenset(("template-syntax", "bare-call", "bad-call", "unknown-call"))


def _is_called(target: str, text: str) -> bool:
    """Whether a call that prints a block seems to name it: `chart(rain)`, `{charts("rain")`."""
    named = rf"\b(?:chart|table|timeline)s?\(\s*[\"'“”„‘’«]?{re.escape(target)}[\"'“”„‘’»]?\s*[),]"
    return re.search(named, text, re.I) is not None


_DASHES = ("-", "–", "—", "−")
_SAID_BESIDE = {
    "repeats": ("which says so itself", 'leave out what is typed; what a call prints without its unit: show="number"'),
    "contradicts": (
        "which says something else",
        'leave out what is typed; what a call prints without its unit: show="number"',
    ),
    "multiplies": ("and makes another number of it", 'print that number: {{{{ calc("[{id}] {by}") }}}}, or as it is'),
    "bounds": (
        "which says nothing of the kind",
        "where the source says so, relation: in the fact prints it; where the sentence compares, leave it",
    ),
}
"""What words beside a value do, and what to do."""


class Document:
    """The texts of one brief, and what they print."""

    def __init__(self, printing: Printing, converter: Converter, classifier: Classifier, folder: str = "") -> None:
        """`folder`: that of the page, `briefs/wages/`, from which authors' addresses may lead."""
        self.printing = printing
        self._folder = folder
        self._links: dict[str, SiteAddress] = {}
        self.parts: list[tuple[SiteAddress, Span]] = []
        """Parts of pages that texts link to; those of the page itself have no path."""
        self.citations: list[Citation] = []
        self.unlinked: set[int] = set()
        """Citations to which no link can lead: merged into the next, or in plain text."""
        self.merged: set[int] = set()
        """Citations that the one after them repeats."""
        self.words = 0
        self._unshown: list[tuple[str, Diagnostic]] = []
        """Ids that `ref` leads to and that nothing shows, with what was told."""
        self._unknown_places: set[str] = set()
        """Words before a number that were told to be no locator."""
        self._converter = converter
        self._classifier = classifier
        self._blocks: dict[str, Call] = {}
        self.mentions = Mentions((), printing.lang)
        """The terms that running text mentions; none, unless the one who evaluates a page knows a glossary."""
        self._notes: dict[str, int] = {}
        """Label of each note that was called -> its number, from 0, in the order of reading."""
        self._early: dict[str, Span] = {}
        """Label of each note that a text before the body calls -> where."""
        self._within: dict[str, Html] = {}
        """Text of each note that stands within a text before the body."""

    def inline(
        self,
        text: str,
        place: SpanOf,
        references: References | None = None,
        *,
        quotes: str = "",
        notes: bool = False,
    ) -> Html:
        """A title, a message, a caption: one run of text.

        Numbers that stand in `quotes` are not typed: a reading repeats what its quotations print. Those with `notes`
        may call those of the body, or hold some of their own.
        """
        marked = self._expanded(text, place, references or {}, None)
        plain = self.printing.plain
        called: dict[str, None] = {}

        def call(label: str) -> str:
            called[label] = None
            return self._note(label) if notes else NOTHING

        converted = self._converted(lambda: self._converter.convert_inline(marked.plain, plain, call), place)
        if notes:
            blocks = tuple(block_marks(text))
            others = (doubt for doubt in converted.doubts if not blocks or doubt.mark not in ("-a", "| |", "##"))
            converted = replace(converted, doubts=(*blocks, *others))
        self._check_shape(converted, text, marked, place)
        for label in called:
            words = label if label.startswith("^[") else f"[^{label}]"
            where = place(marked.find(words, 0, text), len(words))
            if notes:
                self._early.setdefault(label, where)
            else:
                message = "a note can be called in the main text, the abstract and the key messages alone"
                self.printing.problem("note-not-here", message, where, "say it in the text, or leave it out here")

        def again() -> str:
            second = self._converter.convert_inline(marked.harmless, plain)
            return _NOTES.join((second.html, *second.notes))

        whole = _NOTES.join((converted.html, *converted.notes))
        html, *texts = self._prose(
            whole, text, marked, place, again, quotes, list_numbers(text) if notes else frozenset()
        ).split(_NOTES)
        html = self.mentions.marked(html) if notes else html
        for label, note in zip(converted.labels, texts, strict=True):
            if label.startswith("^["):
                self._within.setdefault(label, note)
        return html

    def plain_line(self, text: str, place: SpanOf, *, quotes: str = "") -> str:
        """One run of text as plain text, for where nothing can be a link. Numbers in `quotes` are not typed."""
        html = self.inline(text, place, quotes=quotes)
        for insert in INSERT.findall(html):
            self._unlinked(insert)
        return self.plain(html)

    def body(self, text: str, place: SpanOf, references: References, block: BlockCall, scanned: Scan) -> Body:
        """The main text. `scanned`: the calls in it."""
        marked = self._expanded(text, place, references, block, scanned)
        plain = self.printing.plain
        taken = frozenset({*PARTS, *(["terms"] if self.mentions.any else []), *(r.anchor for r in references.values())})
        early = tuple(self._notes)
        said = self.printing.view.furniture(self.printing.lang)
        tasks = (said.phrase(TASK_WORDS[0]), said.phrase(TASK_WORDS[1]))
        converted = self._converted(
            lambda: self._converter.convert(marked.plain, plain, self._note, taken, early, tasks), place
        )
        self._check_shape(converted, text, marked, place)
        for label, note in zip(converted.labels, converted.notes, strict=True):
            if not note and label not in self._within:
                self._no_note(label, marked, text, place)

        def again() -> str:
            second = self._converter.convert(marked.harmless, plain, lambda _: "", called=early, tasks=tasks)
            return _NOTES.join((second.html, *second.notes))

        whole = self._lifted(_NOTES.join((converted.html, *converted.notes)))
        prose = self._prose(whole, text, marked, place, again)
        html, *notes = self.mentions.marked(prose).split(_NOTES)
        html = _below_title(html)
        sections = tuple(
            Section(h["anchor"], int(h["level"]), self._listed(h["title"])) for h in _HEADING.finditer(html)
        )
        texts = (self._within.get(label, note) for label, note in zip(converted.labels, notes, strict=True))
        return Body(html, sections, tuple(texts))

    def _note(self, label: str) -> str:
        """The insert that calls a note."""
        return self.printing.insert(NoteMark(self._notes.setdefault(label, len(self._notes))))

    def _no_note(self, label: str, marked: Marked, text: str, place: SpanOf) -> None:
        """Tells of a note that is called and has no text."""
        words = f"[^{label}]:"
        if words in text:
            where, message = place(marked.find(words, 0, text), len(words)), f'the note "{label}" has no text'
            hint = "write its text behind the colon"
        else:
            where, message = self._early.get(label, place(0, 1)), f'no note has the label "{label}"'
            hint = f"write it into the main text, at the start of a line: [^{label}]: …"
        self.printing.problem("unknown-note", message, where, hint)

    def plain(self, html: Html) -> str:
        """HTML with inserts as plain text, for titles and metadata. Citations stay inserts until they are formatted."""
        bare = stopped_once(_TAGS.sub("", html), lambda insert: self.printing.plain(insert).endswith("."))
        return unescape(INSERT.sub(lambda m: self.printing.plain(m.group()), bare)).strip()

    def with_citations(self, text: str, words: Callable[[int], str]) -> str:
        """Plain text with its citations, of each of which `words` gives the words."""

        def printed(insert: re.Match[str]) -> str:
            item = self.printing.inserted(insert.group())
            return words(item.citation) if isinstance(item, CitationMark) else insert.group()

        return INSERT.sub(printed, text)

    # From the author's text to Markdown with inserts

    def _without_unseen(self, text: str, place: SpanOf) -> str:
        """A text without the signs that mean something to this program or to another one alone, typed or written as
        numbers; the first of each kind is told. All else stays where it is."""
        written = [(m.span(), unescape(m[0])) for m in _NUMBERED_SIGN.finditer(text)]
        for (start, end), sign in written:
            if is_bidi_control(sign):
                self.printing.problems.append(bidi_control(sign, place(start, end - start)))
        for signs, what, hint in _UNSEEN:
            found = sorted(
                [(m.span(), m[0]) for m in signs.finditer(text)]
                + [(span, sign) for span, sign in written if signs.fullmatch(sign)]
            )
            for n, ((start, end), sign) in enumerate(found):
                if n == 0:
                    message = f"the character U+{ord(sign):04X} {what}"
                    self.printing.problem("private-character", message, place(start, end - start), hint)
                text = text[:start] + "\ufffd" * (end - start) + text[end:]
        return text

    def _expanded(
        self,
        text: str,
        place: SpanOf,
        references: References,
        block: BlockCall | None,
        scanned: Scan | None = None,
    ) -> Marked:
        seen = self._without_unseen(text, place)
        if scanned is None or seen != text:
            scanned = scan(seen, place)
        text = seen
        self.printing.problems.extend(scanned.problems)
        citations = self._citations(text, scanned, place, blocks=block is not None)
        items: list[Call | Citation] = [*scanned.calls, *citations]
        printed: dict[int, str] = {}

        def emit(start: int) -> str:
            item = by_start[start]
            done = self._call(item, references, block) if isinstance(item, Call) else self._citation(item, place)
            printed[start] = done
            return done

        by_start = {item.start: item for item in items}
        template = scanned.template and not scanned.problems
        if not template:  # letters in the order of reading: notes are read last
            late = note_texts(text, tuple(self._notes), blocks=block is not None) if items else NoteTexts()
            for item in sorted(items, key=lambda i: (late.turn(i.start), i.start)):
                emit(item.start)
        pieces = pieces_of(text, items, scanned.holes, template, printed)
        marked = mark(pieces)
        if not template:
            return marked
        marks = marked.marks()
        made = self._run(marks.text, emit, place)
        for start in by_start.keys() - printed.keys():
            emit(start)  # in a branch that is not taken: mistakes in it are told all the same
        return rendered(made, marks.spans)

    def _run(self, template: str, emit: Callable[[int], str], place: SpanOf) -> str:
        """Jinja's own statements: conditions, loops, comments."""
        try:
            return _ENVIRONMENT.from_string(template).render(inserts=emit)
        except (jinja2.TemplateError, ArithmeticError, TypeError, ValueError, LookupError) as error:
            self.printing.problem("template-error", f"this template cannot be run: {error}", place(0, 1))
            return ""

    def _call(self, call: Call, references: References, block: BlockCall | None) -> str:
        if call.name in BLOCKS:
            if block is None:
                hint = f"put it into the main text, alone in a paragraph: {{{{ {call.name}(…) }}}}"
                self._not_alone(call, f"{call.name}() prints a block, and here is only a line", hint)
                return NOTHING
            made = block(call)
            if made:
                self._blocks[made] = call
            return made
        if call.name == "ref":
            target = str(call.subject.value)
            if target in references:
                mark, option = references[target], call.named.get("show")
                if option is not None and option.value == "number":  # its noun is typed, in the case that it takes
                    mark = replace(mark, text=_AROUND_NUMBER.sub("", mark.text))
                return self.printing.insert(mark)
            if not self.printing.view.broken("chart", target):
                message = f'this brief shows nothing with the id "{target}"'
                hint = self._referred(target, references)
                self.printing.problem("unknown-reference", message, call.where(call.subject), hint)
                self._unshown.append((target, self.printing.problems[-1]))
            return NOTHING
        return self.printing.value(call)

    def forget_effects(self, text: str) -> None:
        """A reference to what a call shows that cannot be read is no fault of its own: the call is told."""
        problems = self.printing.problems
        if any(problem.code in _UNREAD_CALLS for problem in problems):
            effects = [told for target, told in self._unshown if _is_called(target, text)]
            problems[:] = [problem for problem in problems if problem not in effects]

    def _referred(self, target: str, references: References) -> str:
        """What to do about a reference to what the brief does not show."""
        charts, shown = self.printing.view.known("charts"), sorted(references)
        if target in (*charts, *self.printing.view.known("datasets")):
            return f'show it first: {{{{ chart("{target}") }}}}'
        if meant := did_you_mean(target, references) or did_you_mean(target, charts):
            return meant
        return f"it shows {', '.join(shown)}" if shown else "a reference leads to a chart or table that the brief shows"

    def _citations(self, text: str, scanned: Scan, place: SpanOf, *, blocks: bool) -> list[Citation]:
        self._tell_unsigned(text, place)
        if "@" not in text:
            return []
        prose = read_citations(text, scanned.holes, self.printing.lang, blocks=blocks)
        found = prose.found
        self._tell_unread(prose.text, prose.masked, place)
        for problem in found.problems:
            where = place(problem.start, problem.end - problem.start)
            self.printing.problem("bad-citation", problem.message, where, problem.hint)
        good = []
        for citation in found.citations:
            first, last = (
                bisect_left(scanned.holes, at, key=itemgetter(0)) for at in (citation.start + 1, citation.end)
            )
            inside = scanned.holes[first:last]
            for start, end in inside:
                message = "a value cannot stand inside a citation"
                self.printing.problem("bad-citation", message, place(start, end - start), "put it before or after it")
            if not inside:
                good.append(citation)
        return good

    def _tell_unsigned(self, text: str, place: SpanOf) -> None:
        """A warning of each source between brackets whose at sign was forgotten."""
        for found in _UNSIGNED.finditer(mask_verbatim(text)) if "[" in text else ():
            if self.printing.view.source(found[1]) is not None:
                message = f'"{found[0]}" is printed as it is typed: a citation has an at sign before the source'
                where, hint = place(found.start(), len(found[0])), f"write [@{found[0][1:]}"
                self.printing.problems.append(Diagnostic("unread-mark", message, where, hint, "warning"))

    def _tell_unread(self, text: str, masked: str, place: SpanOf) -> None:
        """A warning of each citation in the title of a link."""
        for start, end in unread_titles(text, masked):
            for citation in find_citations(text[start:end]).citations:
                if any(self.printing.view.source(item.source) for item in citation.items):
                    message = "a citation is not read in a link's title: it would be printed as it is typed"
                    hint = 'cite in the text; a picture\'s caption is the title in its own brackets: ![…](images/… "…")'
                    where = place(start + citation.start, citation.end - citation.start)
                    self.printing.problems.append(Diagnostic("not-read-here", message, where, hint, "warning"))

    def _citation(self, citation: Citation, place: SpanOf) -> str:
        view, known = self.printing.view, True
        for item in citation.items:
            if view.source(item.source) is None:
                known = False
                if not view.broken("source", item.source):
                    key = view.key_of(item.source)
                    near = did_you_mean(item.source, view.known("sources"))
                    hint = f'its key is "{key}": cite @{key}' if key else near or "to print an at sign, write \\@"
                    where = place(item.start, item.end - item.start)
                    self.printing.problem("unknown-source", f'no source has the id "{item.source}"', where, hint)
        if not known:
            return NOTHING
        self._tell_unknown_places(citation, place)
        self._tell_typed(citation, place)
        lang = self.printing.lang
        self.citations.append(replace(citation, items=tuple(_typeset(item, lang) for item in citation.items)))
        return self.printing.insert(CitationMark(len(self.citations) - 1))

    def _tell_unknown_places(self, citation: Citation, place: SpanOf) -> None:
        """A notice of words that look like a locator, once a word."""
        for words, term in (item.unknown for item in citation.items):
            if not term or term in self._unknown_places:
                continue
            self._unknown_places.add(term)
            near = nearest_term(term, self.printing.lang)
            message = f'"{words}" is printed as it is typed: "{term}" is no word for a place in a source'
            known = f'write "{words.replace(term, near, 1)}"' if near else f"such words are {KNOWN_TERMS}"
            hint = f"{known}; to have it printed as it is typed without this notice, write {{}}, {words}"
            where = place(citation.start, citation.end - citation.start)
            self.printing.problems.append(Diagnostic("unknown-locator", message, where, hint, "notice"))

    def _tell_typed(self, citation: Citation, place: SpanOf) -> None:
        """An error of each number that is typed around a source, and is no place in it."""
        for item in citation.items:
            suffix = "" if item.as_typed else item.suffix.replace(item.unknown[0], "", 1)
            for words in (item.prefix, suffix):
                for run in self._classifier.runs(words):
                    if run.kind == "typed":
                        message = f'"{words[run.start : run.end]}" is typed by hand in a citation'
                        hint = "say it outside of the citation, from a fact; before a place in the source, write {}"
                        where = place(citation.start, citation.end - citation.start)
                        self.printing.problem("typed-number", message, where, hint)

    # From HTML with inserts to the page's text

    def _check_shape(self, converted: Converted, text: str, marked: Marked, place: SpanOf) -> None:
        for insert in converted.addresses:
            where = self.printing.places.get(insert, place(0, 1))
            self.printing.problem("value-in-address", "a value cannot stand in an address", where, "type the address")
        for doubt in converted.doubts:
            where = place(marked.find(doubt.needle, doubt.line, text), len(INSERT.sub("", doubt.needle)))
            self.printing.problems.append(told(doubt, where))
        self._check_links(converted, text, marked, place)

        def begin(address: str) -> int:
            return marked.find("", converted.lines.get(decoded(address), 0), text)

        end = 0
        for address in converted.nameless:
            at, length = _nameless_in(text, address, end)
            end = at + length
            self.printing.problem(
                "missing-alt", f"the picture {address} has no alternative text",
                place(at, length),
                "say in the square brackets what it shows: ![boats in the harbour](images/boats.jpg)",
            )  # fmt: skip
        for id in converted.repeated:
            where = place(marked.find(id, 0, text), len(id))
            message = f'the id "{id}" stands twice on this page, or is one of its own'
            hint = "give each part an id of its own: this one is left out"
            self.printing.problems.append(Diagnostic("repeated-anchor", message, where, hint, "warning"))
        for address in converted.links:
            self._link(address, place(*_address_in(text, address, begin(address))))
        for address in converted.images:
            self.printing.picture(address, place(*_address_in(text, address, begin(address))))

    def _check_links(self, converted: Converted, text: str, marked: Marked, place: SpanOf) -> None:
        """An error of each note and citation within a link: no link holds another."""
        for link in _LINK.findall("\n".join((converted.html, *converted.notes))):
            for insert in INSERT.findall(link):
                match self.printing.inserted(insert):
                    case CitationMark(citation=index):
                        cited = self.citations[index]
                        where, hint = place(cited.start, cited.end - cited.start), "cite before or after the link"
                        self.printing.problem("bad-citation", "a citation cannot stand within a link", where, hint)
                    case NoteMark(note=index):
                        label = list(self._notes)[index]
                        words = label if label.startswith("^[") else f"[^{label}]"
                        where, hint = place(marked.find(words, 0, text), len(words)), "call it right behind the link"
                        self.printing.problem("note-not-here", "a note cannot be called within a link", where, hint)
                    case _:
                        pass

    def _link(self, address: str, where: Span) -> None:
        """Finds what a link to the site means."""
        if address.startswith("#"):
            self.parts.append((SiteAddress("", unquote(address[1:])), where))
            return
        within = address
        if not is_internal(address):
            base = str(self.printing.view.setting("base_url"))
            if not address.startswith(base):
                return
            within = f"/{address.removeprefix(base)}"
        meant = resolved(within, self._folder, self.printing.view)
        if meant is None:
            if not is_broken(within, self._folder, self.printing.view):
                self.printing.problems.append(unknown_link(unquote(address), where, self._folder, self.printing.view))
            return
        self._links[address] = meant
        if meant.fragment:
            self.parts.append((meant, where))

    def _converted(self, convert: Callable[[], Converted], place: SpanOf) -> Converted:
        try:
            return convert()
        except RecursionError:
            message = "lists, quotations or signs are nested too deep here to be read"
            self.printing.problem("too-deep", message, place(0, 1), "write fewer of them on one line")
            return Converted("")

    def _lifted(self, html: Html) -> Html:
        """Blocks out of the paragraphs in which they stand alone; any other is an error."""
        alone: set[str] = set()

        def lift(found: re.Match[str]) -> str:
            if found[1] not in self._blocks:
                return found[0]
            alone.add(found[1])
            return found[1]

        lifted = re.sub(rf"(?m)^<p>({INSERT.pattern})</p>(?=$|{_NOTES})", lift, html)
        for insert, call in self._blocks.items():
            if insert not in alone:
                message = "a chart, table, timeline, conflict or quote stands alone in a paragraph"
                self._not_alone(call, message, "leave an empty line before and after it")
        return lifted

    def _not_alone(self, call: Call, message: str, hint: str) -> None:
        self.printing.problem("block-not-alone", message, call.span, hint)

    def _prose(
        self,
        html: Html,
        text: str,
        marked: Marked,
        place: SpanOf,
        again: Callable[[], str],
        quotes: str = "",
        listed: frozenset[int] = frozenset(),
    ) -> Html:
        """Sets the text, and reports what was typed by hand. `again` converts the text with its marks; of the numbers
        at `listed` something else is said."""
        keys = name_pattern(_ABBREVIATION.findall(marked.plain)) if "*[" in marked.plain else None
        self._percent_behind(html)
        self._said_beside(html)
        prose = set_prose(html, self.printing.lang, self._classifier, keys, quotes)
        self.words += prose.words
        if prose.typed or prose.number_words:
            where = locate(marked, again(), html, text)
            for run in prose.typed:
                start, length = extent(run, where, text)
                if start in listed or text[max(start - 2, 0) : start] == "[^":  # the label of a note that is not there
                    continue
                hint = _TABBED if "\t" in _line_at(text, start).strip() else self._hint(run)
                hint += self._of_definition(run, text, start)
                at = place(start, length)
                if at.file.startswith("content/pages/"):
                    hint += '; of an address or a telephone: {{ typed("…", reason="our address") }} around all of it'
                self.printing.problem("typed-number", f'"{run.text}" is typed by hand', at, hint)
            for word in prose.number_words:
                message = f'"{word.text}" is a number in words, typed by hand'
                held = call_for(self.printing.view, word.readings, word.context, ', show="words"')
                start, length = extent(word, where, text)
                hint = held or 'print it from a fact: {{ fact("…", show="words") }}'
                hint += self._of_definition(word, text, start)
                span = place(start, length)
                self.printing.problems.append(Diagnostic("number-word", message, span, hint, "warning"))
        shown = replace_in_attributes(self._merged(with_links(prose.html, self._links)), self._unlinked)
        return with_title_words(shown, self.printing.lang)

    def _unlinked(self, insert: str) -> str:
        """An insert as plain text; to a citation in it no link can lead."""
        item = self.printing.inserted(insert)
        if isinstance(item, CitationMark):
            self.unlinked.add(item.citation)
        return self.printing.plain(insert)

    def _percent_behind(self, html: Html) -> None:
        """Tells of "percent" behind a computed number that is none: `0.095%`, where a part of a whole is printed."""
        for found in _BEHIND.finditer(html):
            item = self.printing.inserted(found[1])
            where = self.printing.places.get(found[1])
            if where is None or not isinstance(item, Mark) or not self._classifier.begins_with_percent(found[2]):
                continue
            number = self.printing.numbers[item.number]
            is_plain = not any(letter.isalpha() or letter in "%‰" for letter in item.text)
            by_hand = not self.printing.calls[found[1]].named.keys().isdisjoint(("show", "unit", "scale"))
            if number.formula and is_plain and not by_hand and parse_formula(number.formula).is_share:
                message = (
                    f'"{found[2].split()[0]}" is typed behind {item.text}, which is a part of one, and not of a hundred'
                )
                hint = 'write scale="percent" in the call, or unit: percent in the fact, and leave out what is typed'
                self.printing.problem("bad-call", message, where, hint)

    def _said_beside(self, html: Html) -> None:
        """Warns of a unit, a currency, a relation or a sign that is typed beside a value which prints one, and of what
        makes another value of it."""
        places = [(found.start(), found.end(), found.group()) for found in INSERT.finditer(html)]
        for n, (start, end, insert) in enumerate(places):
            item, where = self.printing.inserted(insert), self.printing.places.get(insert)
            if where is None or not isinstance(item, Mark) or item.statement:
                continue
            between = html[places[n - 1][1] if n else 0 : start]
            before = "" if n and between.strip() in _DASHES else _beside(between, before=True)
            after = _beside(html[end : places[n + 1][0] if n + 1 < len(places) else len(html)], before=False)
            number = self.printing.numbers[item.number]
            call = self.printing.calls[insert]
            unit = call.text("unit", "none" if call.text("show") == "number" else "short")
            without_unit = unit == "none"
            fact = self.printing.view.fact(number.fact) if number.fact and without_unit else None
            unit = fact.unit if fact else ""
            unit = _MULTIPLE.sub("", unit) if any(map(str.isalpha, item.text)) else unit  # `1.24 billion` has its own
            printed = f"{item.text} {unit}" if unit else item.text
            lang = item.lang or self.printing.lang
            is_claim = item.sentence != ("", "")  # the words of a claim are asked for where it stands
            without_unit = fact is not None and bool(fact.unit)
            found = None if is_claim else said_beside(before, printed, after, lang, without_unit=without_unit)
            if found is None:
                around = _sentence(html, start, end, self.printing.plain)
                around = (around[0] + item.sentence[0], item.sentence[1] + around[1])
                self._told_otherwise(number, item.text, around, lang, where)
                continue
            if fact and found.does == "repeats":
                continue
            if found.does == "bounds" and (call.number("digits") is not None or self._is_bound(number)):
                continue
            shown = " ".join(printed.split())
            what, hint = _SAID_BESIDE[found.does]
            if found.factor:
                hint = hint.format(id=number.fact or "its-id", by="* 2" if found.factor == "2" else "/ 2")
            elif found.does == "multiplies":
                hint = "leave out what is typed, or correct the unit of the fact, which has its multiple"
            message = f'"{found.text}" is typed {"before" if found.is_before else "behind"} "{shown}", {what}'
            severity: Severity = "notice" if found.does == "bounds" else "warning"
            self.printing.problems.append(Diagnostic("said-beside", message, where, hint, severity))

    def _told_otherwise(
        self, number: PrintedNumber, printed: str, around: tuple[str, str], lang: str, where: Span
    ) -> None:
        """Warns of a sentence that says of a value what its fact does not: a rate, or the contrary of its claim."""
        fact = self.printing.view.fact(number.fact) if number.fact else None
        if fact is None or isinstance(fact.value, DateValue | TextValue):
            return
        site = str(self.printing.view.setting("lang"))
        said = [(text, tag or site) for tag, text in fact.claim.by_language]
        sources = [(self.printing.view.source(each.source), each.quote) for each in fact.evidence]
        said += [(quote, (source.language if source else "") or site) for source, quote in sources]
        if rate := rate_unsaid(printed, around[1], lang, said, fact.as_of):
            message = f'"{rate}" is typed behind "{printed}", and nothing in the fact says that'
            hint = "leave it out, or print a fact that is counted so"
            self.printing.problems.append(Diagnostic("said-beside", message, where, hint, "warning"))
        elif against := told_otherwise(around[0], printed, around[1], lang, fact.claim, site):
            hint = "say what the fact says, or print another one; where both are so, give the sentence other words"
            self.printing.problems.append(Diagnostic("said-beside", against, where, hint, "warning"))

    def _is_bound(self, number: PrintedNumber) -> bool:
        """Whether words of relation may stand at a value: its fact has such words."""
        fact = self.printing.view.fact(number.fact) if number.fact else None
        value = fact.value if fact is not None else None
        return isinstance(value, Quantity) and value.relation is not Relation.EQUAL

    def _of_definition(self, run: TypedRun, text: str, start: int) -> str:
        """What to write where a text says what a unit is: `a quintal is a hundred kilograms`, which needs no source."""
        if not any(reading.units for reading in run.readings) or not _DEFINED.search(
            text, max(start - _BEFORE, 0), start
        ):
            return ""
        return f'; to say what a unit is: {{{{ typed("{run.text}", reason="a definition") }}}}'

    def _hint(self, run: TypedRun) -> str:
        """The call to paste in place of a typed number, where a fact holds it."""
        in_a_word = re.search(rf"[^\W\d_]{re.escape(run.text)}", run.word) and not any(r.units for r in run.readings)
        named = "" if in_a_word else call_for(self.printing.view, run.readings, run.context)
        if named:
            return named
        hint = 'print it from a fact: add one to content/facts/ and write {{ fact("its-id") }} here'
        if _YEAR.fullmatch(with_plain_digits(run.text)):
            return f"{hint}; a year is known as one where no unit and no noun that is counted follows it"
        return f'{hint}; if "{run.word}" is a name, add it to names in content/site.yaml' if run.word else hint

    def _merged(self, html: Html) -> Html:
        """Of marks with one letter, or citations of one thing, that stand next to each other, the last says it."""

        def merge(pair: re.Match[str]) -> str:
            first, second = self.printing.inserted(pair[1]), self.printing.inserted(pair[3])
            if isinstance(first, Mark) and isinstance(second, Mark) and first.entry == second.entry and second.letter:
                self.printing.replace_insert(pair[1], replace(first, letter=False))
            elif isinstance(first, CitationMark) and isinstance(second, CitationMark):
                one, other = self.citations[first.citation], self.citations[second.citation]
                if _cited(one) == _cited(other):
                    self.merged.add(first.citation)
                    self.unlinked.add(first.citation)
                    return ""
            return pair[0]

        return _ADJACENT.sub(merge, html)

    def _listed(self, title: Html) -> Html:
        """A heading where it is listed: it is a link there. Notes, links and explanations stand in the text."""

        def kept(insert: re.Match[str]) -> str:
            return "" if isinstance(self.printing.inserted(insert.group()), CitationMark | NoteMark) else insert.group()

        return _NOT_LISTED.sub("", INSERT.sub(kept, title)).strip()


def _beside(html: Html, *, before: bool) -> str:
    """The words directly before or behind an insert, with what parts them from it, of the same line alone."""
    html = html[-_NEAR:] if before else html[:_NEAR]
    parts = _BREAKING.split(html)
    text = unescape(_TAGS.sub("", parts[-1 if before else 0])).replace("\u00ad", "")
    text = text.rpartition(">")[2] if before else text.partition("<")[0]  # a tag that is cut through
    return _LAST_WORDS.search(text)[0] if before else _FIRST_WORDS.match(text)[0]  # type: ignore[index]


def _sentence(html: Html, start: int, end: int, plain: Callable[[str], str]) -> tuple[str, str]:
    """The words of the sentence before and behind an insert; what other calls print stands there as it is printed."""
    before = _BREAKING.split(html[max(0, start - _FAR) : start])[-1].rpartition(">")[2]
    after = _BREAKING.split(html[end : end + _FAR])[0].partition("<")[0]
    shown = (INSERT.sub(lambda found: plain(found.group()), _TAGS.sub("", text)) for text in (before, after))
    first, last = (unescape(text).replace("\u00ad", "") for text in shown)
    return first, last


def _below_title(html: Html) -> Html:
    """The first level is the title's: a text with several headings of it has each of its headings a level lower. One
    alone, as a title that is repeated, becomes one of the second level."""
    first = html.count("<h1")
    if not first:
        return html
    return _LEVEL.sub(lambda tag: f"{tag[1]}{min(int(tag[2]) + (first > 1 or tag[2] == '1'), 6)}", html)


def _typeset(item: CitationItem, lang: str) -> CitationItem:
    """An author's words around a source, with typographic signs."""
    prefix, locator, suffix = (typeset(words, lang) for words in (item.prefix, item.locator, item.suffix))
    return replace(item, prefix=prefix, locator=locator, suffix=suffix)


def _address_in(text: str, address: str, begin: int) -> tuple[int, int]:
    """Where the address of a link or a picture stands in a text, however it is written: offset and length. It is in
    the block that begins at `begin`, or in a definition anywhere."""
    for at in (begin, 0):
        for written in _spellings(address):
            if found := re.compile(_LINKED.format(written)).search(text, at):
                return found.start("address"), len(found["address"])
    at = text.find(address, begin)
    return max(at, 0), len(address) if at >= 0 else 1


def _nameless_in(text: str, address: str, after: int) -> tuple[int, int]:
    """Where a picture without words stands, as a whole, from an offset on."""
    for name in _spellings(address):
        if found := re.compile(rf"!\[\s*\]\(\s*<?{name}|<img\b[^>]*{name}").search(text, after):
            return found.start(), found.end() - found.start()
    return after, 1


def _spellings(address: str) -> Iterator[str]:
    """Patterns of an address as it may be typed: as it is, then each of its signs as itself, in percents or by name."""
    yield re.escape(address)
    for each in dict.fromkeys((address, unquote(address), normalize("NFD", unquote(address)))):
        yield "".join(map(_sign, each))


def _sign(sign: str) -> str:
    plain, encoded = "|".join(map(re.escape, dict.fromkeys((sign, escape(sign))))), quote(sign, safe="")
    return f"(?:{plain}|(?i:{encoded}))" if "%" in encoded else plain


def _cited(citation: Citation) -> list[tuple[str, str, str, str, str, bool, bool]]:
    return [
        (i.source, i.prefix, i.label, i.locator, i.suffix, i.suppress_author, i.author_in_text) for i in citation.items
    ]


def placed(at: Places, key: str) -> SpanOf:
    """Where the parts of a key's text stand."""

    def place(start: int, length: int) -> Span:
        return at.inside(key, start, start + length)

    return place


def authored(text: Text, at: Places, key: str, lang: str) -> tuple[str, SpanOf]:
    """A text's words in a language, and where they stand: `title`, or `title.ru` where there are several."""
    words = text.in_language(lang)
    tag = next((tag for tag, found in text.by_language if tag and found == words), "")
    return words, placed(at, f"{key}.{tag}" if tag else key)


def _line_at(text: str, at: int) -> str:
    return text[text.rfind("\n", 0, at) + 1 : (text + "\n").find("\n", at)]
