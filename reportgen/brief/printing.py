"""Calls in; marks, entries and numbers out: everything that one document prints, in the order in which it prints it.

Each printing is a private-use character in the text, an insert, which renderers replace by its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from reportgen.brief.calls import Call
from reportgen.brief.cells import CellError, cell_label, cell_problem, cell_state, found_cell, is_saved
from reportgen.brief.wording import (
    Options,
    cell_evidence,
    cell_text,
    cells_in,
    claim_parts,
    claim_text,
    compared_text,
    computed_state,
    foreign,
    is_a_cell,
    mood_among,
    mood_of,
    operands,
    quantity_text,
    shown_evidence,
    state_of,
    status_in,
    time_text,
    times_text,
    value_text,
    verdict_in,
)
from reportgen.diagnostics import Diagnostic, Span
from reportgen.facts.view import View
from reportgen.language.rounding import unsupported
from reportgen.language.units import UnitError
from reportgen.load.one_cell import cell_evidence as evidence_of
from reportgen.load.one_cell import cell_origin
from reportgen.load.suggest import meant_or_known
from reportgen.model.edition import Edition
from reportgen.model.evaluated import (
    FIRST_INSERT,
    CitationMark,
    FactEntry,
    Insert,
    Mark,
    NumberKind,
    PrintedNumber,
    ReferenceMark,
    Waiver,
)
from reportgen.model.fact import DateValue, Fact, Rank, Status, TextValue
from reportgen.model.formula import Formula
from reportgen.model.quantity import Quantity
from reportgen.quantities.dates import has_words
from reportgen.quantities.format import FormatError
from reportgen.quantities.formula import FormulaError, formula_text, parse_formula

MOST_INSERTS = 0xFFFFD - FIRST_INSERT
_LONGEST_ANCHOR = 80
_SPOKEN = {"+": "plus", "−": "minus", "×": "times", "÷": "over"}
NOTHING = ""
"""What a call with an error prints: the error stops the build."""


class Printing:
    """What a document has printed so far."""

    def __init__(self, view: View, lang: str) -> None:
        self.view = view
        self.lang = lang
        self.inserts: list[Insert] = []
        self.numbers: list[PrintedNumber] = []
        self.entries: list[FactEntry] = []
        self.problems: list[Diagnostic] = []
        self.facts: dict[str, None] = {}
        self.places: dict[str, Span] = {}
        """Insert -> where the call stands that made it."""
        self.calls: dict[str, Call] = {}
        """Insert -> that call."""
        self.pictures: dict[str, Span] = {}
        """Address of each picture shown -> where it is first shown."""
        self.is_full = False
        """Whether there was more to print than there are characters for it."""
        self.before: Edition | None = None
        """While a reason for a change is set: the edition before it, whose values `was` prints."""
        self._entry_of: dict[tuple[str, str], int] = {}

    def insert(self, item: Insert) -> str:
        """A character that stands for `item`."""
        if len(self.inserts) >= MOST_INSERTS:
            self.is_full = True
            return NOTHING
        self.inserts.append(item)
        return chr(FIRST_INSERT + len(self.inserts) - 1)

    def replace_insert(self, character: str, item: Insert) -> None:
        """Lets an insert stand for something else."""
        self.inserts[ord(character) - FIRST_INSERT] = item

    def inserted(self, character: str) -> Insert:
        """What an insert stands for."""
        return self.inserts[ord(character) - FIRST_INSERT]

    def plain(self, character: str) -> str:
        """An insert as plain text, for attributes and code; a citation stays one until it is formatted."""
        match self.inserted(character):
            case Mark(text=text, sentence=(before, after)):
                return before + text + after
            case Waiver(text=text) | ReferenceMark(text=text):
                return text
            case CitationMark():
                return character
            case _:
                return ""

    def value(self, call: Call) -> str:
        """Prints a `fact`, `calc`, `cell`, `was` or `typed` call."""
        prints = {"fact": self._fact, "calc": self._calc, "cell": self._cell, "typed": self._typed, "was": self._was}
        try:
            made = prints[call.name](call)
            self.places[made], self.calls[made] = call.span, call
            return made
        except (FormatError, UnitError) as error:
            scale = call.named.get("scale") if isinstance(error, UnitError) else None
            self.problem("bad-option", error.message, call.where(scale) if scale else call.span, error.hint)
            return NOTHING

    def picture(self, address: str, where: Span) -> None:
        """Notes that a picture is shown."""
        self.pictures.setdefault(address, where)

    def find(self, id: str, where: Span) -> Fact | None:
        """The fact that may be printed under an id; otherwise says why not."""
        fact = self.view.fact(id)
        if fact is None:
            if not self.view.broken("fact", id):
                hint = meant_or_known(id, self.view.known("facts"), "fact")
                self.problem("unknown-fact", f'no fact has the id "{id}"', where, hint)
            return None
        if fact.formula is not None and self.view.computed(id).quantity is None:
            return None  # why it has no value is told once, at its formula
        if fact.rank is Rank.DEPRECATED:
            self.problem(
                "deprecated-fact", f'"{id}" is deprecated and cannot be printed', where,
                "print the fact that took its place, or give it `rank: normal` again",
            )  # fmt: skip
            return None
        self.use(id)
        return fact

    def use(self, *facts: str) -> None:
        """Notes that the document rests on facts."""
        self.facts.update(dict.fromkeys(id for id in facts if (fact := self.view.fact(id)) and not is_a_cell(fact)))

    def number(self, where: Span | None, text: str, kind: NumberKind, **known: object) -> int:
        """Lists one printing of a number; its index in provenance.json."""
        place = {"file": where.file, "line": where.line, "column": where.column} if where else {}
        self.numbers.append(PrintedNumber(text, kind, **place, **known))  # type: ignore[arg-type]
        return len(self.numbers) - 1

    def mark_fact(
        self, fact: Fact, where: Span | None, options: Options, *, cite: bool = True, called: str = "fact()"
    ) -> Mark:
        """One printing of a fact. Raises FormatError or UnitError."""
        inputs = self.view.computed(fact.id).inputs if fact.formula is not None else ()
        self.use(fact.id, *inputs)
        inputs, cells = self._parted(inputs)
        cell = fact.cell.place if fact.cell else "; ".join(cells)
        sentence = ("", "")
        self._check_season(fact, options)
        if options.show == "claim":
            if "{value}" in fact.claim.in_language(self.lang):
                text = value_text(self.view, fact, self.lang)
                sentence = claim_parts(fact, self.lang, text)
            else:
                text = fact.claim.in_language(self.lang)
        else:
            text = value_text(self.view, fact, self.lang, options)
        formula = fact.formula.text if fact.formula else ""
        status = status_in(self.view, fact, self.lang)
        verdict = verdict_in(self.view, fact, self.lang)
        words = is_statement(fact)
        number = self.number(
            where, text, NumberKind.FACT, fact=fact.id, formula=formula, facts=inputs, status=status, statement=words,
            cell=cell, printed=verdict.printed if verdict else (), why=verdict.why if verdict else "", call=called,
        )  # fmt: skip
        entry = self.entry_for_fact(fact, text, number)
        said = fact.claim if options.show == "claim" else fact.value.text if isinstance(fact.value, TextValue) else None
        spoken = foreign(said, self.lang, self.view) if said else ""
        return Mark(text, number, self.entries[entry].state.status, entry, cite, sentence, words, spoken)

    def _check_season(self, fact: Fact, options: Options) -> None:
        time = fact.value.date if isinstance(fact.value, DateValue) else None
        time = self.view.time_of(fact) if options.show == "date" else time
        if time is not None and not has_words(time, self.lang):
            hint = "give the months, as 2021-06/2021-08, or make it a value in words"
            raise FormatError(f'"{fact.id}" has the season {time.text}, and none has a name in "{self.lang}"', hint)

    def _parted(self, inputs: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Of what a value was computed from, the ids of the facts, and where the cells of datasets stand."""
        found = [fact for id in inputs if (fact := self.view.fact(id)) is not None]
        cells = (fact.cell.place for fact in found if fact.cell is not None)
        return tuple(fact.id for fact in found if not is_a_cell(fact)), tuple(dict.fromkeys(cells))

    def entry_for_fact(self, fact: Fact, text: str, number: int) -> int:
        """The entry of a fact under "How we know", made when it is first printed."""
        key = ("fact", fact.id)
        if key not in self._entry_of:
            value = text if fact.value is None and fact.formula is None else value_text(self.view, fact, self.lang)
            claim = claim_text(self.view, fact, self.lang)
            formula = operands(self.view, fact.formula, self.lang) if fact.formula else ()
            verdict = verdict_in(self.view, fact, self.lang)
            in_our_words = verdict is not None and verdict.carried == "paraphrase"
            self._add_entry(
                key,
                f"fact-{fact.id}",
                fact=fact.id,
                text="" if value == claim else value,
                number=number,
                claim=claim,
                claim_parts=claim_parts(fact, self.lang, value),
                claim_lang=foreign(fact.claim, self.lang, self.view),
                time=time_text(self.view, fact, self.lang),
                state=state_of(self.view, fact, self.lang),
                evidence=shown_evidence(self.view, fact, self.lang),
                formula=formula,
                compared=compared_text(self.view, verdict, "", self.lang) if in_our_words else "",
                reading=fact.reading.in_language(self.lang),
                note=fact.note.in_language(self.lang),
                mood=mood_of(self.view, fact),
                earlier=tuple(f"fact-{alias}" for alias in fact.aliases),
            )
        return self._entry_of[key]

    def _add_entry(self, key: tuple[str, str], anchor: str, **known: object) -> None:
        letter = letters(len(self.entries))
        self._entry_of[key] = len(self.entries)
        self.entries.append(FactEntry(letter, anchor, **known))  # type: ignore[arg-type]

    def _calc_anchor(self, formula: Formula) -> str:
        """An anchor that depends on the formula alone: `calc-share-2021-minus-share-2020`."""
        words = formula_text(formula, str)
        for sign, word in _SPOKEN.items():
            words = words.replace(sign, f"-{word}-")
        anchor = "calc-" + "-".join(re.findall(r"[a-z0-9]+", words.lower()))
        if len(anchor) > _LONGEST_ANCHOR or any(entry.anchor == anchor for entry in self.entries):
            anchor = f"{anchor[:_LONGEST_ANCHOR]}-{sha256(words.encode()).hexdigest()[:6]}"
        return anchor

    def _fact(self, call: Call) -> str:
        fact = self.find(str(call.subject.value), call.where(call.subject))
        if fact is None:
            return NOTHING
        options = Options.of(call)
        self._check_digits(call, f'"{fact.id}"', self.view.computed(fact.id).quantity, options)
        return self.insert(self.mark_fact(fact, call.span, options, cite=call.flag("cite", True), called=asked(call)))

    def _calc(self, call: Call) -> str:
        text = str(call.subject.value)
        try:
            formula = parse_formula(text)
        except FormulaError as error:
            self._formula_problem(call, error.message, error.start, error.end, error.hint)
            return NOTHING
        found = [
            self.find(r.id, call.place(call.subject.start + r.start + 1, max(1, r.end - r.start - 2)))
            for r in formula.positions
            if r.cell is None
        ]
        if not all(found):
            return NOTHING
        computed = self.view.compute(formula)
        if computed.quantity is None:
            if any(r.cell is not None and self.view.broken("dataset", r.cell.dataset) for r in formula.positions):
                return NOTHING  # why it could not be read is told there
            self._formula_problem(call, computed.problem, computed.start, computed.end, computed.hint)
            return NOTHING
        self.use(*computed.inputs)
        options = Options.of(call)
        if options.show == "date":
            shown = times_text(self.view, computed.inputs, self.lang)
        else:
            shown = quantity_text(self.view, computed.quantity, self.lang, options)
            self._check_digits(call, "the result", computed.quantity, options)
            for id in self.view.round_numbers(formula, options.digits, options.decimals):
                if (round_fact := self.view.fact(id)) is not None:
                    self.problems.append(round_problem(round_fact, f'the result of "{text}"'))
        status = self.view.standing_of(computed.inputs).status
        inputs, cells = self._parted(computed.inputs)
        number = self.number(
            call.span, shown, NumberKind.FORMULA, formula=text, facts=inputs, cell="; ".join(cells), status=status,
            call=asked(call),
        )  # fmt: skip
        for reference in formula.references:
            cell = self.view.fact(reference)
            if cell is not None and cell.cell is not None and is_a_cell(cell) and not is_saved(self.view, cell.cell):
                self.problems.append(cell_problem(self.view, cell.cell, call.span))
        key = ("calc", formula_text(formula, lambda id: f"[{id}]"))
        if key not in self._entry_of:
            self._add_entry(
                key,
                self._calc_anchor(formula),
                fact="",
                text=shown,
                number=number,
                claim="",
                claim_parts=("", ""),
                time=times_text(self.view, computed.inputs, self.lang),
                state=computed_state(self.view, computed.inputs, self.lang),
                mood=mood_among(self.view, computed.inputs),
                evidence=cells_in(self.view, formula, self.lang),
                formula=operands(self.view, formula, self.lang),
            )
        return self.insert(Mark(shown, number, status, self._entry_of[key], call.flag("cite", True)))

    def _cell(self, call: Call) -> str:
        """A cell of a dataset's file. Its row is the one in which each named column has the value given."""
        try:
            dataset, row, place = found_cell(self.view, call)
        except CellError as error:
            if error.message:
                self.problem(error.code, error.message, error.span, error.hint)
            return NOTHING
        text = cell_text(self.view, dataset, row, place, self.lang, Options.of(call))
        cell = cell_origin(dataset, row, place)
        where = {"dataset": dataset.id, "row": cell.number, "cell": cell.place}
        where |= {"call": asked(call), "of": dataset.columns[place].name, "at": row}
        words = dataset.columns[place].type == "text"
        state = cell_state(self.view, cell, self.lang)
        number = self.number(call.span, text, NumberKind.DATASET, status=state.status, statement=words, **where)
        if state.status is Status.UNVERIFIED:
            self.problems.append(cell_problem(self.view, cell, call.span))
        key = ("cell", f"{dataset.id} {row} {place}")
        if key not in self._entry_of:
            claim = f"{cell_label(dataset, call, (row, place), self.lang).removesuffix('.')}."
            self._add_entry(
                key,
                f"calc-cell-{dataset.id}-{sha256(cell.place.encode()).hexdigest()[:8]}",
                fact="",
                text=text,
                number=number,
                claim=claim,
                claim_parts=(claim, ""),
                time="",
                state=state,
                evidence=(
                    cell_evidence(
                        self.view,
                        cell,
                        evidence_of(dataset, row, place),
                        self.lang,
                        is_saved=state.status is not Status.UNVERIFIED,
                    ),
                ),
            )
        return self.insert(Mark(text, number, state.status, self._entry_of[key], call.flag("cite", True)))

    def _check_digits(self, call: Call, name: str, quantity: Quantity | None, options: Options) -> None:
        """Warns of digits that a call asks for and its value does not support."""
        supported = unsupported(quantity, options.digits, options.decimals) if quantity else ""
        if supported:
            key = "digits" if options.digits is not None else "decimals"
            self.problems.append(digits_problem(name, supported, key, call.where(call.named[key])))

    def _typed(self, call: Call) -> str:
        text = str(call.subject.value)
        number = self.number(call.span, text, NumberKind.WAIVER, reason=call.text("reason"))
        return self.insert(Waiver(text, number))

    def _was(self, call: Call) -> str:
        """What the edition before printed of a fact."""
        id = str(call.subject.value)
        if self.before is None:
            hint = "write it into the text of an entry of changes:, once the brief has an edition"
            self.problem("bad-call", "was() stands only in the reason for a change", call.span, hint)
            return NOTHING
        sayings = (saying for saying in self.before.printed.sayings if saying.fact == id and saying.is_printed)
        saying = next(sayings, None)
        if saying is None:
            message = f'the edition of {self.before.note.date} does not print "{id}"'
            hint = meant_or_known(id, {s.fact for s in self.before.printed.sayings if s.fact}, "fact")
            self.problem("unknown-fact", message, call.where(call.subject), hint)
            return NOTHING
        number = self.number(call.span, saying.text, NumberKind.EDITION, edition=self.before.note.id, fact=id)
        return self.insert(Waiver(saying.text, number))

    def _formula_problem(self, call: Call, message: str, start: int, end: int, hint: str | None) -> None:
        if end == start > 0:  # where the formula ends too early
            start -= 1
            end = start + 1
        at = call.place(call.subject.start + start, end - start) if end > start else call.where(call.subject)
        self.problem("bad-formula", message, at, hint)

    def problem(self, code: str, message: str, where: Span, hint: str | None = None) -> None:
        """Notes an error."""
        self.problems.append(Diagnostic(code, message, where, hint))

    def warn_of(self, code: str) -> None:
        """Turns the errors with a code that were noted so far into warnings."""
        self.problems[:] = [replace(p, severity="warning") if p.code == code else p for p in self.problems]


def asked(call: Call) -> str:
    """What a call asks for besides its subject, in one spelling: `fact(digits=2)`."""
    named = sorted((name, argument.value) for name, argument in call.named.items() if name not in ("cite", "row"))
    return f"{call.name}({', '.join(f'{name}={value}' for name, value in named)})"


def is_statement(fact: Fact) -> bool:
    """Whether a fact states words, not a number or a date."""
    return fact.formula is None and not isinstance(fact.value, Quantity | DateValue)


def digits_problem(name: str, supported: str, key: str, where: Span) -> Diagnostic:
    """A warning of digits that are asked for and not printed."""
    return Diagnostic(
        "digits-unsupported",
        f"{name} supports {supported}: its inputs are rounded, and no more is printed",
        where,
        f"leave out {key}, or ask for fewer; if an input is not rounded, give it exact: true or its precision",
        "warning",
    )


def round_problem(fact: Fact, name: str) -> Diagnostic:
    """A warning of a number whose zeros may or may not be meant."""
    value = fact.value
    typed = value.typed if isinstance(value, Quantity) and value.typed else ""
    step = "1" + "0" * (len(typed.lstrip("-")) - 2)
    return Diagnostic(
        "round-number",
        f"{name} would print otherwise if the final zeros of {typed} were no more than rounding",
        fact.at["value"],
        f"say what it was rounded to: precision: {step} for two digits, precision: 1 for all of them; or exact: true",
        "warning",
    )


def letters(number: int) -> str:
    """0 is `a`, 25 `z`, 26 `aa`, 27 `ab`."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def letter_runs(indices: Iterable[int]) -> list[tuple[int, int]]:
    """First and last index of each run of entries whose letters follow on each other; two make no run: `c, f–i`."""
    runs: list[tuple[int, int]] = []
    for index in sorted(set(indices)):
        if runs and index == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return [part for a, b in runs for part in (((a, a), (b, b)) if b == a + 1 else ((a, b),))]
