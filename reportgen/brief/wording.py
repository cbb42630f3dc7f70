"""Facts and sources in, the words in which a page shows them out: values, times, sources, doubts. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import TypeGuard

from reportgen.brief.calls import Call
from reportgen.evidence.pieces import with_marks
from reportgen.facts.view import View
from reportgen.language.guessing import language_read
from reportgen.language.lexicon import lexicon
from reportgen.language.locales import locale_of
from reportgen.language.number_phrases import NumberReading
from reportgen.late_patterns import regex
from reportgen.model.citation import Citation, CitationItem
from reportgen.model.dataset import Dataset
from reportgen.model.edtf import Edtf
from reportgen.model.evaluated import Operand, ShownEvidence, State
from reportgen.model.fact import CellOrigin, DateValue, Evidence, Fact, Modality, Status, TextValue
from reportgen.model.figure import ShownSource
from reportgen.model.formula import Formula
from reportgen.model.lock import LockEntry
from reportgen.model.quantity import Quantity, typed_quantity
from reportgen.model.source import Source
from reportgen.model.text import Text
from reportgen.model.verdict import ParaphraseCause, Verdict
from reportgen.quantities.dates import format_date
from reportgen.quantities.format import FormatError, Show, UnitStyle, format_quantity
from reportgen.quantities.formula import formula_parts, literal_quantity


@dataclass(frozen=True, slots=True)
class Options:
    """How a value is to be printed."""

    show: str = "value"
    unit: UnitStyle = "short"
    scale: str | None = None
    digits: int | None = None
    decimals: int | None = None

    @classmethod
    def of(cls, call: Call) -> Options:
        """A call's options; they were checked when it was read."""
        unit = call.text("unit", "short")
        return cls(
            call.text("show", "value"),
            unit if unit in ("short", "long", "none") else "short",  # type: ignore[arg-type]
            call.text("scale") or None,
            call.number("digits"),
            call.number("decimals"),
        )


VALUE = Options()
_EMPHASIS = regex(r"[*`\\]|(?<!\w)_|_(?!\w)")
"""Marks of Markdown around the words of a citation."""

_NOT_FOUND = "The quoted words were not found in the archived text."
_NO_COPY = "The table’s file is not among the saved copies of this source: {}, SHA-256 {}"
_SHORT = 12
"""Digits of a digest that are enough to tell files apart."""
_NO_ARCHIVE = "No archived text of the source is at hand."
_RESTS_ON = {
    Status.UNVERIFIED: "It rests on a value that is not verified: {}.",
    Status.DISPUTED: "It rests on a disputed value: {}.",
    Status.OVERDUE: "It rests on a value past its review date: {}.",
    Status.INFERRED: "It rests on a value that was inferred: {}.",
    Status.PARAPHRASE: "It rests on a statement in our words: {}.",
}


def quantity_text(view: View, quantity: Quantity, lang: str, options: Options = VALUE) -> str:
    """A number as printed. Raises FormatError or UnitError."""
    show: Show = options.show if options.show in ("number", "words", "ordinal") else "value"  # type: ignore[assignment]
    return format_quantity(
        quantity, lang, units=view.units, show=show, unit=options.unit, scale=options.scale,
        digits=options.digits, decimals=options.decimals,
    )  # fmt: skip


def value_text(view: View, fact: Fact, lang: str, options: Options = VALUE) -> str:
    """A fact's value as printed. Raises FormatError or UnitError where it cannot be printed so."""
    if options.show == "date":
        time = view.time_of(fact)
        if time is None:
            raise FormatError(f'"{fact.id}" has no time to print', "give it `as_of`, or its source a date of issue")
        return format_date(time, lang)
    if options.show in ("number", "words", "ordinal") and isinstance(fact.value, DateValue | TextValue):
        raise FormatError(f'"{fact.id}" has no number to print', f'{{{{ fact("{fact.id}") }}}}')
    if isinstance(fact.value, DateValue):
        return format_date(fact.value.date, lang)
    if isinstance(fact.value, TextValue):
        return fact.value.text.in_language(lang)
    quantity = view.computed(fact.id).quantity
    if quantity is None:
        raise FormatError(f'"{fact.id}" is a claim without a value', f'{{{{ fact("{fact.id}", show="claim") }}}}')
    own = Options(
        options.show, options.unit, options.scale,
        fact.digits if options.digits is None and options.decimals is None else options.digits,
        fact.decimals if options.digits is None and options.decimals is None else options.decimals,
    )  # fmt: skip
    return view.printed((fact.id, lang, own), lambda: quantity_text(view, quantity, lang, own))


def cell_text(view: View, dataset: Dataset, row: int, place: int, lang: str, options: Options) -> str:
    """A cell of a dataset's file as printed. Raises FormatError or UnitError where it cannot be printed so."""
    column, value, typed = dataset.columns[place], dataset.rows[row][place], dataset.typed[row][place]
    if isinstance(value, Edtf):
        return format_date(value, lang)
    if column.type != "number":
        return typed
    if options.digits is None and options.decimals is None:
        digits, decimals = dataset.rounding(row, place)
        options = replace(options, digits=digits, decimals=decimals)
    return quantity_text(view, typed_quantity(typed, view.units.parse(column.unit), step=Fraction(0)), lang, options)


def foreign(text: Text, lang: str, view: View) -> str:
    """The language in which a text is shown on a page of another; empty where it is in the page's."""
    return text.foreign(lang, str(view.setting("lang"))) if text and not text.speaks(lang) else ""


def in_tongue(html: str, text: Text, lang: str, view: View) -> str:
    """The HTML of a text, which says its language where that is not the page's."""
    spoken = foreign(text, lang, view) if html else ""
    return f'<span lang="{spoken}">{html}</span>' if spoken else html


def claim_parts(fact: Fact, lang: str, value: str) -> tuple[str, str]:
    """The words of a claim before and after its value; all of them before where it shows none. A value that ends in a
    full stop (`83 дн.`) ends the sentence."""
    before, _, after = fact.claim.in_language(lang).partition("{value}")
    return before, after[1:] if value.endswith(".") and after.startswith(".") else after


def claim_text(view: View, fact: Fact, lang: str) -> str:
    """A claim as a sentence, with its value."""
    claim = fact.claim.in_language(lang)
    if "{value}" not in claim:
        return claim
    value = value_text(view, fact, lang)
    text = (claim.replace("{value}.", "{value}") if value.endswith(".") else claim).replace("{value}", value)
    is_words = isinstance(fact.value, TextValue)  # as they are written: `eBay`
    return text if is_words or not claim.startswith("{value}") else text[:1].upper() + text[1:]


_JOINS = ",:;—–-"
"""Signs between a sentence and its value."""


def claim_beside(view: View, fact: Fact, lang: str) -> str:
    """A claim whose value is a date, without that date at its end, which stands beside it: where a preposition of time
    or a sign joins the two, so that a sentence is left."""
    before, _, after = fact.claim.in_language(lang).partition("{value}")
    words = before.split()
    if after.strip() in ("", ".") and len(words) > 1:
        if words[-1].lower() in lexicon(lang).words("before_dates"):
            return f"{' '.join(words[:-1])}."
        if words[-1][-1] in _JOINS:
            return f"{' '.join(words).rstrip(f'{_JOINS} ')}."
    return claim_text(view, fact, lang)


_YEAR = {"ru": "год", "kk": "жыл"}
"""What a year that stands by itself is said with."""


def time_text(view: View, fact: Fact, lang: str) -> str:
    """When a fact held, or when it was reported; of a computed one, the times of all that it rests on."""
    if fact.as_of is not None:
        text = format_date(fact.as_of, lang)
        return f"{text}\u00a0{_YEAR[base]}" if text.isdigit() and (base := lang.partition("-")[0]) in _YEAR else text
    if fact.formula is not None:
        return times_text(view, view.computed(fact.id).inputs, lang)
    time = view.time_of(fact)
    return view.furniture(lang).phrase("reported {}", partial(format_date, time)) if time else ""


def times_text(view: View, facts: tuple[str, ...], lang: str) -> str:
    """The times of several facts: one if it is the same, else the first and the last. A day on which one was reported
    is the time of none that says its own, and stands only where none does."""
    given = [fact for id in facts if (fact := view.fact(id)) is not None and fact.formula is None]
    found = [fact.as_of for fact in given if fact.as_of] or [time for fact in given if (time := view.time_of(fact))]
    ordered = sorted({time.text: time for time in found}.values(), key=lambda time: time.sort_key)
    if not ordered:
        return ""
    first, last = (format_date(time, lang) for time in (ordered[0], ordered[-1]))
    dash = " – " if " " in first + last else "–"
    return first if first == last else f"{first}{dash}{last}"


_TAG = regex(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*")
"""The tag of a language; bibliographies also hold its name."""


def shown_source(view: View, id: str, lang: str) -> ShownSource:
    """A source in one line. Unknown ones are errors elsewhere, and show their id."""
    source = view.source(id)
    if source is None:
        return ShownSource(id, id, id, id, "")
    time = source.issued_words or (format_date(source.issued, lang) if source.issued else "")
    authors = list(source.authors)
    who = authors[0] if authors else ""
    if len(authors) == 2:
        who = view.furniture(lang).of_two(*authors)
    elif len(authors) > 2:
        who = view.furniture(lang).with_others(authors[0])
    where = source.container or source.publisher
    names = [name for name in (who, where if where != who else "") if name] or [
        (source.short_title or source.title).strip("[]") or view.furniture(lang).plain("untitled")
    ]
    short = ", ".join([*names, time] if time else names)
    return ShownSource(id, source.slug, short, source.title, time, tongue(source, lang))


def tongue(source: Source, lang: str) -> str:
    """A source's language, for what is shown of it on a page in `lang`; empty where it is the same."""
    own = source.language.replace("_", "-")
    return own if _TAG.fullmatch(own) and own.lower() != lang.lower() else ""


def citation_words(view: View, citation: Citation, lang: str) -> str:
    """A citation where no list of references is at hand: `(see Example Town, 12 January 2026, p. 5)`."""
    first, *others = citation.items
    if first.author_in_text:
        name, rest = shown_source(view, first.source, lang).short, [_item_words(view, item, lang) for item in others]
        rest = [text for text in (_EMPHASIS.sub("", f"{first.place}{first.suffix}").strip(" ,"), *rest) if text]
        return f"{name} ({'; '.join(rest)})" if rest else name
    return f"({'; '.join(_item_words(view, item, lang) for item in citation.items)})"


def _item_words(view: View, item: CitationItem, lang: str) -> str:
    source = shown_source(view, item.source, lang)
    named = (source.time or source.short) if item.suppress_author else source.short
    where = f", {item.place}" if item.place else ""
    return f"{_EMPHASIS.sub('', item.prefix)} {named}{_EMPHASIS.sub('', where + item.suffix)}".strip()


def no_copy(view: View, cell: CellOrigin, lang: str) -> str:
    """That the file of a cell is not saved."""
    return view.furniture(lang).phrase(_NO_COPY, cell.file, f"{cell.sha256[:_SHORT]}…")


def cell_evidence(view: View, cell: CellOrigin, evidence: Evidence, lang: str, *, is_saved: bool) -> ShownEvidence:
    """A cell as its file has it, and where; of what several cells make, where the first of them stand."""
    said = view.furniture(lang).phrase(
        "The table’s file is a saved copy of this source: SHA-256 {}", f"{cell.sha256[:_SHORT]}…"
    )
    source = shown_source(view, cell.source, lang)
    where = view.furniture(lang).phrase(*cell.stands) if cell.stands else cell.place
    return ShownEvidence(source, evidence.quote, where, is_saved, said if is_saved else "")


def shown_evidence(view: View, fact: Fact, lang: str) -> tuple[ShownEvidence, ...]:
    """The quotes that carry a fact, and whether each was found; of a computed one, the cells that its formula names."""
    if fact.formula is not None:
        return cells_in(view, fact.formula, lang)
    if fact.cell is not None:
        saved = bool(view.verified(fact.id)[0])
        return (cell_evidence(view, fact.cell, fact.evidence[0], lang, is_saved=saved),)
    return tuple(
        ShownEvidence(
            shown_source(view, evidence.source, lang),
            quote_text(evidence, found),
            evidence.locator,
            found is not None,
            _looked_up(view, evidence, found, lang),
            *around(evidence, found),
        )
        for evidence, found in zip(fact.evidence, view.verified(fact.id), strict=True)
    )


def cells_in(view: View, formula: Formula, lang: str) -> tuple[ShownEvidence, ...]:
    """The cells of datasets that a formula names."""
    named = dict.fromkeys(reference.id for reference in formula.positions if reference.cell is not None)
    return tuple(found for id in named if (cell := view.fact(id)) for found in shown_evidence(view, cell, lang))


def _looked_up(view: View, evidence: Evidence, found: LockEntry | None, lang: str) -> str:
    if found is not None:
        return view.furniture(lang).phrase("Words found in the archived text")
    source = view.source(evidence.source)
    return view.furniture(lang).phrase("Words not found in the archived text") if source and source.archived else ""


def quote_text(evidence: Evidence, found: LockEntry | None) -> str:
    """A quote as printed: where it was found in pieces, with ` … ` between them."""
    return with_marks(evidence.quote) if found and found.pieces else evidence.quote


def around(evidence: Evidence, found: LockEntry | None) -> tuple[str, str]:
    """The words before and after a quote: prefix and suffix, and what the archived text has around these."""
    before, after = (found.before, found.after) if found else ("", "")
    prefix = f"{evidence.prefix} " if evidence.prefix else ""
    suffix = f" {evidence.suffix}" if evidence.suffix else ""
    return before + prefix, suffix + after


def verdict_in(view: View, fact: Fact, lang: str) -> Verdict | None:
    """What a fact's quotes carry of its value as a page in a language prints it: words in another language than the
    quotes' are a translation of those that were compared, and what was seen of these is not said of them."""
    verdict, value = fact.verdict, fact.value
    if verdict is None or verdict.carried not in ("read", "paraphrase") or not isinstance(value, TextValue):
        return verdict
    own = str(view.setting("lang"))
    found = ((view.source(e.source), e.quote) for e in fact.evidence)
    quoted = {language_read(source, f"{source.title} {quote}", own) for source, quote in found if source}
    shown = value.text.in_language(lang)
    if any(shown == value.text.in_language(language) for language in quoted):
        return verdict
    cause = ParaphraseCause("language", (lang, ", ".join(sorted(quoted))))
    return replace(verdict, state="paraphrase", cause=cause)


def status_in(view: View, fact: Fact, lang: str) -> Status:
    """A fact's state on a page in a language."""
    status = view.standing(fact.id).status
    if status is not Status.VERIFIED or not isinstance(fact.value, TextValue):
        return status
    verdict = verdict_in(view, fact, lang)
    return Status.PARAPHRASE if verdict is not None and verdict.carried == "paraphrase" else status


def mood_of(view: View, fact: Fact) -> str:
    """In which mood a fact speaks, where that is not as of what is done; of a computed one, the least sure of those of
    its inputs."""
    return fact.modality.value if _is_said(fact.modality) else mood_among(view, view.computed(fact.id).inputs)


def mood_among(view: View, inputs: tuple[str, ...]) -> str:
    """The least sure mood of what a value was computed from; empty where all of it is done."""
    said = [each.modality for id in inputs if (each := view.fact(id)) is not None and _is_said(each.modality)]
    return max(said, key=list(Modality).index).value if said else ""


def _is_said(modality: Modality | None) -> TypeGuard[Modality]:
    return modality not in (None, Modality.DONE)


def compared_text(view: View, verdict: Verdict | None, reading: str, lang: str) -> str:
    """What comparing a fact's value with its quotes came to, as sentences; empty for a fact without a value.

    `reading` is the fact's, in the page's language.
    """
    if verdict is None or not verdict.carried:
        return ""
    said = view.furniture(lang).phrase
    if verdict.carried == "inferred":
        if verdict.printed:
            told = said("The words print {}; the value was inferred from them.", _listed(verdict.printed))
        else:
            told = said("The words do not print the value; it was inferred from them.")
        return " ".join(filter(None, (told, _unread(verdict, said), reading)))
    if verdict.kind == "text" and verdict.carried == "read":
        return said("Every word of the statement, apart from articles and prepositions, is in the quoted words.")
    if verdict.cause is None:
        return " ".join(filter(None, (said("The words print {}.", _listed(verdict.read)), _unread(verdict, said))))
    words = _listed(verdict.cause.words)
    match verdict.cause.kind:
        case "language":
            return said("The statement and the quoted words are in different languages, and were not compared.")
        case "value-negation":
            return said("The statement is in our words: it has {}, and the quoted words have no negation.", words)
        case "quote-negation":
            return said("The statement is in our words: the quoted words have {}, and it has no negation.", words)
        case "order":
            return said("The statement is in our words: the quoted words have its words in another order.")
    return said("The statement is in our words. Not in the quoted words: {}.", words)


def _unread(verdict: Verdict, said: Callable[[str], str]) -> str:
    """What nobody but its author has read, where that is so."""
    if not verdict.words_unread:
        return ""
    return said("Whether they say “over”, “up to” or the like, its author has read, and no program.")


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f'"{word}"' for word in words)


def is_a_cell(fact: Fact) -> bool:
    """Whether it is the cell of a dataset that a formula names, and no fact of the fact base."""
    return fact.cell is not None and fact.address is None


def operands(view: View, formula: Formula, lang: str) -> tuple[Operand, ...]:
    """A formula as shown: `18.10% − 6.17%`, each value with its fact."""
    shown = []
    for part in formula_parts(formula):
        if part.kind == "ref":
            fact = view.fact(part.text)
            is_fact = fact is not None and not is_a_cell(fact)
            text = value_text(view, fact, lang) if fact else part.text
            shown.append(Operand(text, part.text if is_fact else ""))
        elif part.kind == "literal":
            shown.append(Operand(quantity_text(view, literal_quantity(part.text, view.units), lang)))
        else:
            shown.append(Operand(part.text))
    return tuple(shown)


def place_name(view: View, code: str, lang: str) -> str:
    """A place as readers know it: as site.yaml names it, else as the locale data does, else its code."""
    view.setting("places")
    named = dict(view.settings.places).get(code)
    if named:
        return named.in_language(lang)
    return str(locale_of(lang).territories.get(code, code))


def state_of(view: View, fact: Fact, lang: str) -> State:
    """A fact's state and, in words, what it comes from."""
    standing = replace(view.standing(fact.id), status=status_in(view, fact, lang))
    doubts = tuple(doubt for key in standing.because if (doubt := _doubt(view, key, fact, standing.status, lang)))
    if not standing.because and standing.status is Status.UNVERIFIED:
        if fact.cell is not None:
            return State(standing.status, (), (no_copy(view, fact.cell, lang),))
        archived = all((source := view.source(e.source)) and source.archived for e in fact.evidence)
        doubts = (view.furniture(lang).phrase(_NOT_FOUND if archived else _NO_ARCHIVE),)
    if not standing.because and standing.status is Status.OVERDUE:
        measure = view.measure(fact.measure) if fact.measure else None
        due = fact.review_by or (measure.review_by if measure else None)
        said = view.furniture(lang).phrase
        doubts = (said("It was due to be looked at again by {}.", partial(format_date, due)),) if due else ()
    return State(standing.status, tuple(key[1] for key in standing.because), doubts)


def computed_state(view: View, inputs: tuple[str, ...], lang: str) -> State:
    """The state of a value that a brief computes."""
    standing = view.standing_of(inputs)
    doubts = tuple(doubt for key in standing.because if (doubt := _doubt(view, key, None, standing.status, lang)))
    return State(standing.status, tuple(key[1] for key in standing.because), doubts)


def _doubt(view: View, key: tuple[str, ...], fact: Fact | None, status: Status, lang: str) -> str:
    kind, id = key
    if kind == "check":
        check, said = view.check(id), view.furniture(lang).phrase
        return (
            said("It fails a check of ours: {}.", check.message.in_language(lang).strip().rstrip(".")) if check else ""
        )
    if kind == "conflict":
        conflict = view.conflict(id)
        others = [other for other in conflict.facts if fact is None or other != fact.id] if conflict else []
        return " ".join(_other(view, other, lang) for other in others)
    other = view.fact(id)
    if other is None:
        return ""
    return view.furniture(lang).phrase(_RESTS_ON[status], value_text(view, other, lang))


def _other(view: View, id: str, lang: str) -> str:
    other = view.fact(id)
    if other is None:
        return ""
    source = shown_source(view, other.evidence[0].source, lang).short if other.evidence else id
    return view.furniture(lang).phrase("Another fact has {} ({}).", value_text(view, other, lang), source)


def is_contradicted(view: View, fact: Fact, shown: frozenset[str]) -> bool:
    """Whether a line through a fact would join values that contradict each other: another that is `shown` does, or one
    that is preferred to it."""
    for id in view.conflicts_of(fact.id):
        conflict, sides = view.conflict(id), view.sides(id)
        own = next((side for side in sides if fact.id in side), ())
        if conflict is None or (conflict.preferred and conflict.preferred in own):
            continue
        if conflict.preferred or shown & {other for side in sides if side != own for other in side}:
            return True
    return False


def call_for(view: View, readings: Sequence[NumberReading], after: str, options: str = "") -> str:
    """The call to paste in place of a number typed by hand, where a fact holds it, however the number is written.

    `readings` are what it may be, `after` the text behind it, in which the noun that it counts may stand.
    """
    facts = [fact for id in view.known("facts") if (fact := view.fact(id))]
    held = [(fit, fact) for fact in facts if (fit := max((_fit(fact, r) for r in readings), default=0))]
    best = [fact for fit, fact in held if fit == max(fit for fit, _ in held)]
    if not best:
        return ""
    after = after.lstrip(" \u00a0-\u2011").lower()
    near = [fact for fact in best if fact.unit and after.startswith(fact.unit.split()[-1].lower())]
    others = [fact.id for fact in best[1:4]] if not near else []
    also = f" (also {', '.join(others)})" if others else ""
    return f'write {{{{ fact("{(near or best)[0].id}"{options}) }}}}{also}'


def _fit(fact: Fact, reading: NumberReading) -> int:
    """Whether a fact holds a number: 2 with its unit, 1 without one, 0 not at all."""
    value = fact.value
    if not isinstance(value, Quantity) or value.typed is None:
        return 0
    numbers = [Fraction(text) for text in (*value.typed.split("/"), *(value.bounds or ()))]
    unit = value.unit
    if reading.units:
        same = [printed for printed in reading.units if printed.powers == unit.powers]
        return 2 * any(reading.value * printed.scale == n * unit.scale for printed in same for n in numbers)
    return int(any(reading.value in (n, n * unit.multiple) for n in numbers))
