"""What a file says of a fact in; the fact, compared with its quotes, out. Imported when there is such a file: one that
was in order, and is as it was, is known from an earlier build."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from reportgen.diagnostics import Diagnostic, Places
from reportgen.evidence.changes import compared_with, of_another_time
from reportgen.evidence.judge import OF_CLAIMS, supports
from reportgen.evidence.left_behind import time_of_other
from reportgen.evidence.moods import mood_problem, moods_in
from reportgen.evidence.quoted import Quoted, listed
from reportgen.evidence.script import count_words, problems_in_quote
from reportgen.evidence.time_told import is_told_as_past, months_in, other_times, prints_time, reached_later
from reportgen.language.guessing import UNKNOWN, language_read
from reportgen.language.locales import language_name
from reportgen.language.units import MULTIPLES, UnitError, UnitTable, is_percent, unit_ratio
from reportgen.language.words import with_plain_digits
from reportgen.late_patterns import regex
from reportgen.load.changes import check_changes
from reportgen.load.claims import TO_DO, YEAR, check_claim
from reportgen.load.facts import Basis, FactFields
from reportgen.load.formulas import formula_at
from reportgen.load.items import Loading
from reportgen.load.shared_units import check_shared_units
from reportgen.load.values import WrongValueError, doubtful_text, relation_of, value_of
from reportgen.load.words_beside import check_words_beside
from reportgen.load.yaml import Scalar, YamlNode
from reportgen.model.edtf import Edtf, overlaps
from reportgen.model.fact import DateValue, Evidence, Fact, FactValue, Modality, TextValue
from reportgen.model.formula import Formula
from reportgen.model.measure import Measure, MeasureKind
from reportgen.model.quantity import PLAIN, Quantity, Relation, Unit
from reportgen.model.source import Source
from reportgen.model.text import Text
from reportgen.model.verdict import Verdict

LONGEST_QUOTE = 12
"""Words of prefix, quote and suffix together."""
MOST_CHARACTERS = 1000
"""Of a quote, and of a text value that is compared with one."""
_YEARS = regex(rf"(?<![\d.,]){YEAR.pattern}(?![.,]?\d)")


def judged_fact(
    loading: Loading, basis: Basis, fields: FactFields, failed: frozenset[str], at: Places, misspelt: bool
) -> Fact | None:
    """The fact; None where its value, unit or formula cannot be used."""
    measure = basis.measures.get(fields.measure)
    if not fields.measure:
        basis = replace(basis, units=basis.units.with_nouns(fields.unit))
    if fields.measure:
        loading.refer("measure", fields.measure, basis.measures, at["measure"])
    for number, given in enumerate(fields.evidence):
        loading.refer("source", given.source, basis.sources, at[f"evidence.{number}.source"])
    whole = _one_origin(loading, fields, failed, at)
    formula = formula_at(loading, fields.formula, at, "formula") if fields.formula else None
    unit = _unit(loading, basis, fields, measure, at)
    if formula is not None and unit is not None:
        _check_scaled(loading, fields, formula, unit, at)
    value, relation = _value(loading, fields, measure, unit, at, basis.units)
    counted = isinstance(value, Quantity) or formula is not None
    fact = Fact(
        id=fields.id,
        claim=fields.claim,
        value=value,
        measure=fields.measure,
        place=fields.place,
        unit=fields.unit or (measure.unit if measure and counted else ""),
        as_of=fields.as_of,
        evidence=fields.evidence,
        formula=formula,
        address=fields.from_,
        precision=fields.precision,
        exact=fields.exact,
        digits=fields.digits,
        decimals=fields.decimals,
        reading=fields.reading,
        note=fields.note,
        modality=fields.modality,
        rank=fields.rank,
        review_by=fields.review_by,
        changes=check_changes(loading, fields.changes, at, of_brief=False),
        aliases=fields.aliases,
        at=at,
    )
    has_value = fields.value is not None or bool(fields.formula or fields.from_) or bool(failed)
    check_claim(loading, fact, basis.names, has_value or misspelt)
    check_quotes(loading, fact)
    quotes = _quotes(loading, fact, basis)
    check_years(loading, fact, basis)
    check_time(loading, fact, basis)
    if value is not None and unit is not None and relation is not None:
        fact = replace(fact, verdict=verdict_of(loading, fact, quotes, basis))
        check_compared(loading, fact, quotes)
        check_words_beside(loading, fact, quotes, basis)
        sources = [basis.sources[each.source] for each in fact.evidence if each.source in basis.sources]
        check_shared_units(loading, fact, quotes, sources)
    check_mood(loading, fact, quotes)
    usable = whole and unit is not None and relation is not None
    usable = usable and (fields.value is None or value is not None) and (formula is not None or not fields.formula)
    return fact if usable and (has_value or not _prints_value(fact)) else None


_PERCENT_TYPED = regex(r"\{value\}\s?(%|percent\b|per cent\b|процент(?!н)|пайыз(?!дық))")


def _check_scaled(loading: Loading, fields: FactFields, formula: Formula, unit: Unit, at: Places) -> None:
    """Reports a formula that turns its result into its unit by hand, which the unit does anyway."""
    for tag, text in fields.claim.by_language if unit == PLAIN and formula.is_share else ():
        if typed := _PERCENT_TYPED.search(text):
            message = f'the claim of "{fields.id}" types "{typed[1]}", and the fact is not counted in percent'
            key = f"claim.{tag}" if tag else "claim"
            hint = "add unit: percent to the fact, and leave out what the claim types"
            loading.report("bad-claim", message, at.inside(key, *typed.span(1)), hint)
    found = formula.multiplied_by("100") if is_percent(unit) else None
    what = "percent, and its formula takes it times 100 again"
    if found is None and unit.multiple != 1 and not formula.multiplies_facts:
        found = formula.divided_by(str(unit.multiple))
        what = f"{unit.text}, and its formula divides it by {unit.multiple} again"
    if found is not None:
        where = at.inside("formula", found.start, found.end)
        hint = f"leave out the {found.text}: unit: counts so by itself"
        if formula.is_sum:
            hint += "; a growth is [new] / [old] - 1"
        loading.report("bad-formula", f'"{fields.id}" is counted in {what}', where, hint)


def _prints_value(fact: Fact) -> bool:
    return any("{value}" in text for _, text in fact.claim.by_language)


def _one_origin(loading: Loading, fields: FactFields, failed: frozenset[str], at: Places) -> bool:
    """A fact has evidence, a formula or a cell of a dataset, and one of these alone."""
    if fields.from_:
        for key in ("evidence", "formula", "value", "unit", "relation", "precision", "exact"):
            if getattr(fields, key):
                message = f'a fact from a dataset has no "{key}": the cell and its column give it'
                loading.report("formula-and-value", message, at[key], f"remove {key}, or remove from")
                return False
    if fields.formula:
        for key in ("evidence", "value", "relation", "precision", "exact", "modality"):
            if getattr(fields, key):
                message = f'a computed fact has no "{key}": its formula gives it'
                loading.report("formula-and-value", message, at[key], f"remove {key}, or remove the formula")
                return False
    if fields.digits is not None and fields.decimals is not None and (fields.formula or fields.from_):
        loading.report("wrong-value", 'a fact has "digits" or "decimals", not both', at["decimals"])
        return False
    if fields.formula:
        return True
    if fields.from_:
        return True
    for key in ("digits", "decimals"):
        if getattr(fields, key) is not None:
            hint = "a typed value keeps the digits that were typed"
            loading.report("wrong-value", f'only a computed fact has "{key}"', at[key], hint)
    if not fields.evidence and not {"evidence", "formula", "from"} & failed:
        hint = "evidence: [{source: …, quote: …}]"
        loading.report("missing-key", f'the fact "{fields.id}" has no evidence', at["id"], hint)
        return False
    return True


def _unit(loading: Loading, basis: Basis, fields: FactFields, measure: Measure | None, at: Places) -> Unit | None:
    """The fact's unit, else its measure's; None where it cannot be used or, its measure missing, be known."""
    if fields.measure and measure is None and not fields.unit:
        return None
    text = fields.unit or (measure.unit if measure else "")
    try:
        unit = basis.units.parse(text)
    except UnitError as error:
        if not fields.unit:  # reported with the measure
            return None
        if not (fields.measure and loading.is_broken("measure", fields.measure)):
            loading.report("bad-unit", error.message, at["unit"], error.hint)
        return None
    if fields.unit and measure and measure.kind in (MeasureKind.NUMBER, MeasureKind.COUNT):
        try:
            expected = basis.units.parse(measure.unit)
        except UnitError:
            return None
        if unit.powers != expected.powers and not (basis.units.is_money(unit) and basis.units.is_money(expected)):
            named = f'counts in "{measure.unit}"' if measure.unit else "has no unit"
            message = f'the measure "{measure.id}" {named}, which "{fields.unit}" cannot be turned into'
            loading.report("bad-unit", message, at["unit"], _unit_hint(measure, unit))
            return None
    return unit


def _unit_hint(measure: Measure, unit: Unit) -> str:
    """What to write in place of a unit that the measure does not have; `thousand` alone lacks what it counts."""
    if measure.unit and not unit.factors and unit.multiple != 1 and measure.unit.split()[0] not in MULTIPLES:
        return f"write unit: {unit.text} {measure.unit}"
    unit_of = measure.unit.replace("%", "percent")  # YAML takes no text that begins with a %
    return (
        f"write unit: {unit_of}, or correct the measure's"
        if measure.unit
        else f'add a unit to the measure "{measure.id}"'
    )


def _value(
    loading: Loading, fields: FactFields, measure: Measure | None, unit: Unit | None, at: Places, units: UnitTable
) -> tuple[FactValue | None, Relation | None]:
    """The value and the relation, each None where it cannot be used."""
    typed: YamlNode | None = fields.value
    relation: Relation | None = None
    try:
        relation = relation_of(fields.relation, at)
    except WrongValueError as wrong:
        loading.found.append(wrong.diagnostic)
    if typed is None:
        return None, relation
    kind = measure.kind if measure else None
    try:
        step = _step(fields, measure, unit or PLAIN, units)
        value = value_of(typed, kind, unit or PLAIN, relation or Relation.EQUAL, at, step)
    except WrongValueError as wrong:
        loading.found.append(wrong.diagnostic)
        return None, relation
    if doubt := doubtful_text(typed, kind, at):
        loading.found.append(doubt)
        return None, relation
    if doubt := _doubtful_year(fields, at):
        loading.found.append(doubt)
    _check_precision(loading, fields, value, at)
    if isinstance(value, DateValue | TextValue):
        for key in ("unit", "relation"):
            if getattr(fields, key):
                message = f'only a number has a "{key}", and "value" is a {_sort(value)}'
                loading.report("bad-unit" if key == "unit" else "wrong-value", message, at[key], f"remove {key}")
    return value, relation


def _doubtful_year(fields: FactFields, at: Places) -> Diagnostic | None:
    """A warning, where a number that nothing says anything of looks like a year: it would be printed as "2,025"."""
    typed = fields.value
    if fields.measure or fields.unit or fields.relation or not isinstance(typed, Scalar) or not YEAR.fullmatch(typed):
        return None
    message = f'{typed} has no measure and no unit, so it is a number, printed as "{int(typed):,}", and not a year'
    hint = "give the fact a measure of kind: date if it is a year, of kind: count or number if it is none"
    return Diagnostic("doubtful-year", message, at["value"], hint, "warning")


def _step(fields: FactFields, measure: Measure | None, unit: Unit, units: UnitTable) -> Fraction | None:
    """What the number was rounded to: 0 for counted nouns and what is said to be exact, None for its last digit."""
    if fields.exact:
        return Fraction(0)
    if fields.precision is not None:
        return fields.precision
    if measure and measure.precision is not None:
        try:
            return measure.precision * unit_ratio(units.parse(measure.unit), unit)
        except UnitError:  # another currency
            return None
    counted = units.counts(unit) or (measure is not None and measure.kind is MeasureKind.COUNT and unit.multiple == 1)
    return Fraction(0) if counted and isinstance(fields.value, Scalar) and "." not in fields.value else None


def _check_precision(loading: Loading, fields: FactFields, value: FactValue, at: Places) -> None:
    """Reports `precision` and `exact` where nothing is rounded, or where the two contradict each other."""
    if fields.precision is not None and fields.exact:
        loading.report("wrong-value", 'a value that is "exact" has no "precision"', at["precision"], "keep one of them")
    for key in ("precision", "exact"):
        if not getattr(fields, key):
            continue
        if not isinstance(value, Quantity):
            loading.report("wrong-value", f'only a number has "{key}"', at[key], f"remove {key}")
        elif value.central is None or value.bounds:
            message = f'"{key}" is of a single number; bounds are exact as they stand'
            loading.report("wrong-value", message, at[key], f"remove {key}")
        elif key == "exact" and value.relation is Relation.AROUND:
            hint = "remove one of them, or give the precision"
            loading.report("wrong-value", 'a value that is "around" is not "exact"', at[key], hint)


def _sort(value: Any) -> str:
    return "date" if isinstance(value, DateValue) else "text"


def check_quotes(loading: Loading, fact: Fact) -> None:
    """Reports quotes that are empty, too long, or hold characters that no quote may."""
    for number, evidence in enumerate(fact.evidence):
        key = f"evidence.{number}.quote"
        words = count_words(*filter(None, (evidence.prefix, evidence.quote, evidence.suffix)))
        if words > LONGEST_QUOTE:
            message = f"prefix, quote and suffix have {words} words together, and may have {LONGEST_QUOTE}"
            loading.report("quote-too-long", message, fact.at[key], "keep the shortest words that carry the claim")
        elif len(evidence.quote) > MOST_CHARACTERS:
            message = f"the quote has {len(evidence.quote)} characters, and may have {MOST_CHARACTERS}"
            loading.report("quote-too-long", message, fact.at[key], "keep the shortest words that carry the claim")
        elif not count_words(evidence.quote):
            loading.report("missing-key", "the quote has no words", fact.at[key])
        for part in ("prefix", "quote", "suffix"):
            text = getattr(evidence, part)
            for problem in () if text.isascii() else problems_in_quote(text):
                span = fact.at.inside(f"evidence.{number}.{part}", problem.start, problem.end)
                loading.report("bad-quote", problem.message, span, "copy the words from the source again")


def _quotes(loading: Loading, fact: Fact, basis: Basis) -> tuple[Quoted, ...]:
    """The quotes of a fact, each with its language; none where one is too long to be read."""
    if any(len(evidence.quote) > MOST_CHARACTERS for evidence in fact.evidence):
        return ()
    quotes = []
    for number, evidence in enumerate(fact.evidence):
        source = basis.sources.get(evidence.source)
        language = loading.lang
        if source:
            language = language_read(source, f"{source.title} {evidence.quote}", loading.lang)
        if source and not source.language:
            _tell_of_language(loading, fact, number, source, language)
        quotes.append(Quoted(evidence.quote, language, evidence.carries))
    return tuple(quotes)


def check_mood(loading: Loading, fact: Fact, quotes: tuple[Quoted, ...]) -> None:
    """Reports a fact that says in another mood than its quotes: as done what they call planned, or the contrary."""
    if not quotes:
        return
    is_found = fact.verdict is not None and fact.verdict.kind != "text"
    read = [each.read for each in fact.verdict.quotes] if fact.verdict and is_found else []
    problem = mood_problem(fact.modality, quotes, fact.reading, fact.claim, loading.lang, read)
    if problem:
        span = fact.at["modality" if fact.modality else "claim"]
        loading.report(problem.code, f'"{fact.id}": {problem.message}', span, problem.hint, problem.severity)


def check_years(loading: Loading, fact: Fact, basis: Basis) -> None:
    """Warns of a year in a claim that nothing in the fact prints: no quote, no time, no note, and no source's date of
    issue that is not itself a guess; and of a month of such a year, where what is printed is another one."""
    if not fact.evidence or fact.cell is not None or any(e.source not in basis.sources for e in fact.evidence):
        return
    issued = (source.issued for e in fact.evidence if (source := basis.sources.get(e.source)) and source.issued)
    times = [time for time in issued if not (time.approximate or time.uncertain)]
    times += [fact.as_of] if fact.as_of else []
    told = [(text, tag or loading.lang) for words in (fact.reading, fact.note) for tag, text in words.by_language]
    printed = [*_words_around(loading, fact.evidence, basis), *told]
    dated = [*(text for text, _ in printed), *(time.text for time in times)]
    known = {year for text in dated for year in _YEARS.findall(with_plain_digits(text))}
    for tag, text in fact.claim.by_language:
        key = f"claim.{tag}" if tag else "claim"
        for found in _YEARS.finditer(with_plain_digits(text)):
            if found.group() not in known:
                said = text[found.start() : found.end()]
                message = f'the claim of "{fact.id}" says {said}, and no quote prints that year'
                hint = "say in note: where the year is from, or quote words that print it, with carries: time"
                loading.report("year-not-in-quote", message, fact.at.inside(key, *found.span()), hint, "warning")
                return
        for words, time in months_in(text, tag or loading.lang) if _YEARS.search(with_plain_digits(text)) else ():
            if not any(overlaps(time, one) for one in times) and (others := other_times(time, printed)):
                message = f'the claim of "{fact.id}" says {words}, and what it quotes prints {listed(others)}'
                hint = "write the month that the quote prints, or say in note: where the other is from"
                loading.report("year-not-in-quote", message, fact.at[key], hint, "warning")
                return


def check_time(loading: Loading, fact: Fact, basis: Basis) -> None:
    """Warns of a time of the fact, where its quotes print another one, and neither reading nor note prints the fact's.
    The quotes of a date print that date, which need not be the time of the fact."""
    if isinstance(fact.value, DateValue) and fact.evidence:
        _check_told_as_past(loading, fact, basis)
    if fact.as_of is None or not fact.evidence or isinstance(fact.value, DateValue):
        return
    said = [e for e in fact.evidence if e.carries == "time"] or [e for e in fact.evidence if not e.carries]
    printed = _words_around(loading, said, basis)
    others = other_times(fact.as_of, printed)
    if not others and fact.modality not in (Modality.PLANNED, Modality.EXPECTED):
        later = reached_later(fact.as_of, printed)
        others = () if later and any(moods_in(*each) for each in printed) else later
    told = [(text, tag or loading.lang) for words in (fact.reading, fact.note) for tag, text in words.by_language]
    if not others:
        _check_issued(loading, fact, basis, [*printed, *told])
    elif not any(prints_time(fact.as_of, *each) for each in told):
        message = f'"{fact.id}": as_of says {fact.as_of.text}, and the quote prints {listed(others)}'
        hint = "write the time that the quote prints, or say in note: how the fact's time is known, and print it there"
        loading.report("time-not-in-quote", message, fact.at["as_of"], hint, "warning")


def _check_issued(loading: Loading, fact: Fact, basis: Basis, printed: list[tuple[str, str]]) -> None:
    """Warns of a time of the fact that begins after its sources were issued, where that day is known, nothing prints
    that time and the fact is said neither to be planned nor expected."""
    if fact.as_of is None or fact.modality in (Modality.PLANNED, Modality.EXPECTED):
        return
    latest = _issued_before(fact.as_of, fact, basis)
    if latest and not any(prints_time(fact.as_of, *each) for each in printed):
        message = f'"{fact.id}": as_of says {fact.as_of.text}, and its source was issued before that, {latest.text}'
        hint = (
            "correct as_of, or the source's issued; of what was foreseen, say modality: planned or expected; "
            "else say in note: how that time is known, and print it there"
        )
        loading.report("later-than-source", message, fact.at["as_of"], hint, "warning")


def _issued_before(time: Edtf, fact: Fact, basis: Basis) -> Edtf | None:
    """The day on which the last of a fact's sources was issued, where that is known, and before a time."""
    found = [basis.sources.get(each.source) for each in fact.evidence]
    issued = [source.issued for source in found if source and source.issued]
    if not issued or len(issued) < len(found) or time.first is None:
        return None
    latest = max(issued, key=lambda each: (each.after is None, each.after or 0))
    if latest.after is None or time.first < latest.after or latest.approximate or latest.uncertain:
        return None
    return latest


def _check_told_as_past(loading: Loading, fact: Fact, basis: Basis) -> None:
    """Warns of a date after its sources were issued of which the claim tells as of what is over."""
    if not isinstance(fact.value, DateValue) or fact.reading or fact.modality in (Modality.PLANNED, Modality.EXPECTED):
        return
    latest = _issued_before(fact.value.date, fact, basis)
    if latest and any(is_told_as_past(text, tag or loading.lang) for tag, text in fact.claim.by_language):
        message = (
            f'"{fact.id}": the value is {fact.value.date.text}, and its source was issued before that, {latest.text}'
        )
        hint = (
            "say in the claim that it was foreseen, with modality: planned or expected; or correct the source's "
            "issued; else say in reading: how that is known"
        )
        loading.report("later-than-source", message, fact.at["value"], hint, "warning")


def check_compared(loading: Loading, fact: Fact, quotes: tuple[Quoted, ...]) -> None:
    """Warns of a value with which its quote compares another, `compared with 5,400 a year before`, where neither the
    words after it nor reading or note print the time of the fact."""
    if fact.verdict is None or fact.verdict.kind != "number":
        return
    read = [each.read for each in fact.verdict.quotes]
    told = [(text, tag or loading.lang) for words in (fact.reading, fact.note) for tag, text in words.by_language]
    found = compared_with(quotes, read)
    if found is None:
        others = of_another_time(fact.as_of, quotes, read) if fact.as_of else ()
        if fact.as_of and others and not any(prints_time(fact.as_of, *each) for each in told):
            message = f'"{fact.id}": as_of says {fact.as_of.text}, and the quote says {listed(others)} after the value'
            hint = "write the time that stands beside the value, or the value that stands beside that time"
            loading.report("time-not-in-quote", message, fact.at["as_of"], hint, "warning")
        elif fact.as_of and not any(prints_time(fact.as_of, *each) for each in told):
            _check_changed_from(loading, fact, fact.as_of, quotes, read)
        return
    told.append((found[2].text, found[2].language))
    if fact.as_of is None or not any(prints_time(fact.as_of, *each) for each in told):
        message = f'"{fact.id}": the quote says "{found[0]} {found[1]}", so the value is of another time than the rest'
        hint = "give that time as as_of, and print it in note:, or quote it with the value"
        loading.report("time-not-in-quote", message, fact.at["as_of" if fact.as_of else "value"], hint, "warning")


def _check_changed_from(
    loading: Loading, fact: Fact, as_of: Edtf, quotes: tuple[Quoted, ...], read: list[tuple[str, ...]]
) -> None:
    """Warns of a value that was so before the time of the fact, at which its quote says that it changed to another."""
    if words := time_of_other(as_of, fact.claim, loading.lang, quotes, read):
        message = f'"{fact.id}": the quote says "{words}", and as_of, {as_of.text}, is the time of what it changed to'
        hint = "write the value that it changed to, or give the time before the change as as_of, and print it in note:"
        loading.report("time-not-in-quote", message, fact.at["as_of"], hint, "warning")


def _words_around(loading: Loading, evidence: Iterable[Evidence], basis: Basis) -> list[tuple[str, str]]:
    """Quotes with what stands beside them, each with its language, but for those that are too long to be read."""
    words = []
    for each in evidence:
        source = basis.sources.get(each.source)
        language = source.language if source and source.language else loading.lang
        words.append((f"{each.prefix} {each.quote} {each.suffix}", language))
    return [each for each in words if len(each[0]) <= 3 * MOST_CHARACTERS]


def verdict_of(loading: Loading, fact: Fact, quotes: tuple[Quoted, ...], basis: Basis) -> Verdict | None:
    """What the quotes carry of a fact's value; what speaks against it is reported. None without a value."""
    if fact.value is None or not quotes:
        return None
    said = fact.value.text.by_language if isinstance(fact.value, TextValue) else ()
    if any(len(text) > MOST_CHARACTERS for _, text in said):
        return None
    to_do = any(text.startswith(TO_DO) for _, text in fact.claim.by_language)
    verdict = supports(
        fact.value,
        quotes,
        language=loading.lang,
        reading=_own_words(fact.reading),
        units=basis.units.forms,
        claim=None if to_do else fact.claim,
    )
    if to_do:
        left = (each for each in verdict.problems if each.severity != "warning" or each.code not in OF_CLAIMS)
        verdict = replace(verdict, problems=tuple(left))
    for problem in verdict.problems:
        key = "reading" if problem.code in _OF_READINGS else "value"
        if problem.code == "no-relation-words" and "relation" in fact.at.keys:
            continue  # its author has looked, and says so
        loading.report(problem.code, f'"{fact.id}": {problem.message}', fact.at[key], problem.hint, problem.severity)
    return verdict


def _tell_of_language(loading: Loading, fact: Fact, number: int, source: Source, language: str) -> None:
    """Warns of words that are not in the site's language, and of which nobody said in which they are."""
    if language == loading.lang:
        return
    known = language != UNKNOWN
    read = f"its words are read as {language_name('en', language)}" if known else "not the site's, by its words"
    message = f'"{fact.id}": the source "{source.id}" does not say its language: {read}'
    hint = (
        f"write language: {language if known else '…'} in its item, or beside its copy in content/sources/archive.yaml"
    )
    loading.report("unsaid-language", message, fact.at[f"evidence.{number}.source"], hint, "warning")


_CITATION_OR_CALL = regex(r"\[[^\[\]\n]*@[^\[\]\n]*\]|\{\{.*?\}\}")


def _own_words(reading: Text) -> Text:
    """A reading without its citations and calls, whose digits are no number that it gives."""
    return Text(tuple((tag, _CITATION_OR_CALL.sub(" ", text)) for tag, text in reading.by_language))


_OF_READINGS = frozenset(("reading-incomplete", "digit-in-reading", "reading-not-a-sentence"))
