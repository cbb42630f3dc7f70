"""A number on its way to a phrase in, what binds it to what stands around it out: relations, negations and ranges.

Changes the drafts that the scanner hands in, and nothing else.
"""

from __future__ import annotations

from bisect import bisect_left

from reportgen.language.draft import Draft
from reportgen.language.lexicon import PhraseTable, unit_data
from reportgen.language.listed_words import is_one_of
from reportgen.language.unit_reader import UnitReader

NEGATED = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "~>": "<=", "reach": "<"}
"""What a relation turns into after a negation; the others have no meaning then."""
MEANT: dict[str, tuple[str, ...]] = {"~<": ("~", "<"), "~>": (">", "~"), "reach": ()}
"""What words of relation may mean, where it is not one relation."""
_FEW = 4
"""Words between a relation and a negation, a number or a verb of change that may belong to it."""
_FAR = 2
"""Words between a negation and a relation that leave open whether it is negated."""
_CLAUSE = 12
"""Words between the subject of a clause and a relation that its denial may turn."""
_BETWEEN_NOUNS = 3
_NOUNS = 2
"""Words between the number of a part and the `of` of its whole."""
_STOPS = frozenset('.,;:!?()[]"«»“”…')


def relate(draft: Draft, drafts: list[Draft], reader: UnitReader) -> None:
    """Find the words of relation before or after a number, and a negation before them."""
    index = draft.first if draft.outer_first < 0 else draft.outer_first
    before = _before(draft, index, drafts, reader)
    if draft.void:
        return
    after = draft.inner or _after(draft, drafts, reader)
    if not after and any(draft.ending.endswith(e) for e in reader.lexicon.words("about_endings")):
        after = "~"
    draft.sides = before, after
    codes = [code for code in (before, after) if code]
    if not codes:
        return
    own_denial = reader.lexicon.is_agglutinative and after not in ("<", ">")  # `15-тен аспады` has it in its verb
    if after and not before and not own_denial and _is_denied(draft, index, reader):
        return
    exact = [code for code in codes if code not in ("~", "reach")]
    code = exact[-1] if exact else codes[0]
    if len(set(exact)) > 1 and {c[:1] for c in exact} == {"<", ">"}:
        draft.void = "its words of relation contradict each other"
        return
    draft.relations = MEANT.get(code, (code,))
    is_before = before == code and draft.outer_first >= 0
    if is_before and (_may_be_span(draft, code, reader) or _may_be_of_word_before(draft, reader)):
        draft.relations = ("=", *draft.relations)


def _may_be_span(draft: Draft, code: str, reader: UnitReader) -> bool:
    """`over three years` says how long, or at least how long; but not `lasted over three years`."""
    words, first = reader.lexicon.words, draft.outer_first
    if code != ">" or not _is_time(draft) or reader.text(first) not in words("relations_of_spans"):
        return False
    return not (reader.text(first - 1) in words("before_spans") and reader.text(draft.last) not in words("not_per"))


def _is_time(draft: Draft) -> bool:
    return any(base in ("s", "month") for unit in draft.units for base, _ in unit.powers)


def _may_be_of_word_before(draft: Draft, reader: UnitReader) -> bool:
    """Whether a word of relation may belong to the one before it: `took over 12 ships`, `the debate over 12`."""
    lexicon, first = reader.lexicon, draft.outer_first
    governing = lexicon.data.get("relations_of_words", {}).get(reader.text(first), ())
    before = reader.text(first - 1) if first > 0 else ""
    if not before or not is_one_of(before, governing):
        return False
    return not (_is_time(draft) and before in lexicon.words("before_spans"))


# Before ---------------------------------------------------------------------------------------------------------------


def _before(draft: Draft, index: int, drafts: list[Draft], reader: UnitReader) -> str:
    found = _ending_at(index, reader, fillers=3)
    if found is None:
        _bare_negation(draft, index, reader)
        return ""
    start, code = found
    word = reader.text(start)
    if code == "<=" and reader.text(start - 1) in reader.lexicon.words("verbs_of_up"):
        return ""  # `edged up to 7.4 percent`
    if (
        code == "<="
        and word in reader.lexicon.words("to_after_change")
        and _is_end_of_change(start, drafts, draft, reader)
    ):
        return ""
    if code == ">=" and word in reader.lexicon.data.get("from", {}) and draft.kind == "range":
        return ""
    further = _ending_at(start, reader, fillers=1)
    if further and code in ("~", "~<", "~>") and further[1] not in ("~", "reach"):
        start, code = further
    negation = _negation(start, reader)
    is_goal = code == "<=" and word in reader.lexicon.words("to_after_change")  # `не дошла до 12 из 131 села`
    is_missed = negation is not None and (is_goal or code == "reach")
    is_missed = is_missed or (code == "<" and _is_reached(index, reader))  # `failed to reach`
    if is_missed and _is_of_whole(draft, reader):
        return ""  # `never reached 14 of the villages`
    if negation is not None:
        first, is_close = negation
        if not is_close:
            draft.void = f'"{reader.text(first)}" may turn round "{reader.text(start)}"'
            draft.outer_first = first
            return ""
        turned = NEGATED.get(code)
        if turned is None:
            draft.void = f'"{reader.text(first)}" stands before "{reader.text(start)}"'
            return ""
        start, code = first, turned
    elif _is_denied(draft, start, reader):
        return ""
    draft.outer_first = start if draft.outer_first < 0 else min(start, draft.outer_first)
    return code


def _ending_at(index: int, reader: UnitReader, fillers: int) -> tuple[int, str] | None:
    """The longest words of relation that end before a token, fillers left out: their first token, and what they say."""
    for skipped in range(fillers + 1):
        found = _longest_back(index, reader, reader.lexicon.relations.before)
        found = found or _longest_back(index, reader, unit_data().relations)
        if found and skipped and _is_part(found[0], reader):
            return None  # `some of the 131`
        if found and skipped and _is_of_place(found[0], index, reader):
            return None  # `rolled over at 40`
        if found and skipped and found[1] in ("<", ">") and _says_by_how_much(found[0], index, reader):
            return None
        if found:
            return found
        previous = reader.text(index - 1)
        if skipped == fillers or not previous or previous not in reader.lexicon.words("fillers"):
            return None
        index -= 1
    return None


def _is_part(index: int, reader: UnitReader) -> bool:
    """Whether a word of relation is one for a part, before `of`."""
    words = reader.lexicon.words
    return reader.text(index) in words("parts_before_of") and reader.text(index + 1) in words("of")


def _is_of_place(start: int, end: int, reader: UnitReader) -> bool:
    """Whether a word of relation that may be of another word has a preposition behind it: `handed over to 12`."""
    lexicon = reader.lexicon
    is_one = reader.text(start) in lexicon.data.get("relations_of_words", {})
    return is_one and reader.text(start + 1) in lexicon.prepositions and start + 1 <= end


def _is_reached(index: int, reader: UnitReader) -> bool:
    """Whether the word before a number says that something comes to it, or to what it counts: `reached`."""
    last = _back(index, reader)
    table, keys = reader.lexicon.relations.before, reader.lexicon.keys
    return last is not None and any(
        not rest and code == "reach" for key in keys(reader.text(last)) for rest, code in table.get(key, ())
    )


def _is_of_whole(draft: Draft, reader: UnitReader) -> bool:
    """Whether a number counts some of a whole, which is named behind it: `14 of the villages`, `14 villages of 60`."""
    words = reader.lexicon.data.get("partitives", {})
    if any(base in ("percent", "pp") for unit in draft.units for base, _ in unit.powers):
        return False
    for index in range(draft.last, draft.last + _NOUNS + 1):
        token, after = reader.at(index), reader.at(index + 1)
        if token is None or token.kind != "word" or after is None:
            return False
        if token.text in words.get("of", ()):
            return after.kind == "number" or after.text in words.get("the", ())
    return False


def _says_by_how_much(start: int, end: int, reader: UnitReader) -> bool:
    """Whether a word of relation and the `by` after it compare, and bound nothing: `ниже на 7%`, `exceeded by 7%`."""
    return end - start == 1 and reader.text(end) in reader.lexicon.data.get("steps", {}).get("by", ())


def _longest_back(index: int, reader: UnitReader, table: PhraseTable) -> tuple[int, str] | None:
    best: tuple[int, str] | None = None
    last = _back(index, reader)
    if last is None:
        return None
    word = reader.text(last)
    if word in ("<", ">") and reader.glued(last) and reader.text(last - 1) in ("-", "="):
        return None  # an arrow
    if len(word) == 1 and word.isalpha() and last == index - 1 and word not in ("в",):
        return None  # `c.` is about, `c` is not
    for key in reader.lexicon.keys(word):
        for rest, code in table.get(key, ()):
            start = _phrase_back(last, reader, rest)
            if start is not None and (best is None or start < best[0]):
                best = start, code
    return best


def _phrase_back(last: int, reader: UnitReader, words: tuple[str, ...]) -> int | None:
    position = last
    for word in words:
        before = _back(position, reader)
        if before is None or word not in (reader.text(before), *reader.lexicon.keys(reader.text(before))):
            return None
        position = before
    return position


def _back(index: int, reader: UnitReader) -> int | None:
    """The word before a token; the full stop of an abbreviation, a comma within and a hyphen are passed over."""
    index -= 1
    while index >= 0 and reader.text(index) in (".", "-") and reader.glued(index):
        index -= 1
    return index if index >= 0 else None


def _negation(start: int, reader: UnitReader) -> tuple[int, bool] | None:
    """A negation before words of relation, and whether it belongs to them; None if there is none in the clause."""
    index, passed = start - 1, 0
    while index >= 0 and passed <= _FEW:
        word = reader.text(index)
        if word in _STOPS or reader.tokens[index].kind == "number":
            return None
        if reader.lexicon.is_negation(word):
            return index, passed <= _FAR or _only_fillers(index + 1, start, reader)
        if word not in reader.lexicon.words("negation_fillers"):
            return _far_negation(index - 1, reader)
        index, passed = index - 1, passed + 1
    return None


def _only_fillers(first: int, last: int, reader: UnitReader) -> bool:
    return all(reader.text(i) in reader.lexicon.words("negation_fillers") for i in range(first, last))


def _far_negation(index: int, reader: UnitReader) -> tuple[int, bool] | None:
    for position in range(index, max(-1, index - _FAR), -1):
        word = reader.text(position)
        if word in _STOPS or reader.tokens[position].kind == "number":
            return None
        if reader.lexicon.is_negation(word) and word not in reader.lexicon.words("noun_negations"):
            return position, False
    return None


def _is_denied(draft: Draft, index: int, reader: UnitReader) -> bool:
    """Whether the subject of the clause denies what is said of the number: `no region lost more than 15 percent`."""
    lexicon = reader.lexicon
    for position in range(index - 1, max(-1, index - 1 - _CLAUSE), -1):
        word = reader.text(position)
        if word in _STOPS or word in lexicon.conjunctions or word in lexicon.words("clause_ends"):
            return False
        if lexicon.knows("subject_negations", word) and _is_subject(position, reader):
            draft.void = f'"{word}" may turn round what is said of it'
            draft.outer_first = position  # a quote that begins later leaves it out
            return True
    return False


def _is_subject(position: int, reader: UnitReader) -> bool:
    """Whether a denial begins its clause, alone or after one preposition, or stands after `there is`."""
    lexicon, after = reader.lexicon, reader.at(position + 1)
    if lexicon.is_agglutinative:
        return True
    if after is None or after.kind == "number" or after.text in lexicon.words("not_denied"):
        return False  # `no. 5`, `not only`
    before = position - 1
    if reader.text(before) in lexicon.prepositions:
        before -= 1
    word = reader.text(before) if before >= 0 else ""
    starts = lexicon.words("clause_starts") | lexicon.words("clause_ends") | lexicon.conjunctions
    return not word or word in _STOPS or word in starts


def _bare_negation(draft: Draft, index: int, reader: UnitReader) -> None:
    """`not 500 farms`, `cannot even be 500`, `all but 500`: the number is denied, or left out."""
    lexicon = reader.lexicon
    if not lexicon.has_words:  # of `pas moins de 500` the bound is not known
        return
    position = index - 1
    while reader.text(position) and reader.text(position) in lexicon.articles | lexicon.words("exactly"):
        position -= 1
    for passed in range(_FAR + 1):
        word = reader.text(position - passed)
        for text, start in reader.ending(position - passed, "leaves_out"):
            draft.void, draft.outer_first = f'"{text}" stands before it', start
            return
        if not word or word in _STOPS or word in lexicon.conjunctions - lexicon.words("negation_passes"):
            return
        if lexicon.is_negation(word):
            if passed and word in lexicon.words("noun_negations"):
                return
            draft.void, draft.outer_first = f'"{word}" stands before it', position - passed
            return
        if not lexicon.knows("negation_passes", word):
            return


def _is_end_of_change(start: int, drafts: list[Draft], draft: Draft, reader: UnitReader) -> bool:
    """Whether `до` says where a change ends: after a verb of change, or after `с` and a number."""
    lexicon = reader.lexicon
    if lexicon.data.get("changes_stand") == "after":
        return False
    for index in range(start - 1, max(-1, start - 9), -1):
        word = reader.text(index)
        if word == "." and any(other.first < index <= other.last for other in drafts):
            continue  # `на 0,9 п. п. до 3,2%`
        if word in ".;!?" or (word == "," and index < start - 5):
            return False
        if is_change(word, reader):
            return True
    return any(
        other.last <= start and reader.text(other.first - 1) in lexicon.data.get("from", {}) and start - other.last < 8
        for other in drafts
        if other.kind == "number"
    )


def is_change(word: str, reader: UnitReader) -> bool:
    return is_one_of(word, reader.lexicon.words("changes"))


# After ----------------------------------------------------------------------------------------------------------------


def _after(draft: Draft, drafts: list[Draft], reader: UnitReader) -> str:
    lexicon = reader.lexicon
    start = draft.last if draft.outer_last < 0 else draft.outer_last
    if reader.text(start) == "-" and reader.glued(start):
        start += 1
    for skipped in range(_BETWEEN_NOUNS + 1):
        index = start + skipped
        token = reader.at(index)
        if token is None:
            return ""
        if found := reader.longest(index, lexicon.relations.after):
            end, code = found
            is_name = end - index == 1 and token.is_capital and token.text == "max"  # `737 MAX`
            alone = is_name or (end - index == 1 and not _fits(index, skipped, reader))
            if alone or (lexicon.is_agglutinative and not _governed(index, skipped, reader)):
                found = None
        if found:
            end, code = found
            if draft.kind != "range" or not lexicon.is_agglutinative or code != "<=":
                return _negated_after(draft, end, code, reader)
        if skipped <= 1 and token.text in lexicon.words("left_out_after"):
            draft.void, draft.outer_last = f'"{token.text}" stands after it', index + 1
            return ""
        if lexicon.is_negation(token.text) and skipped <= 1 and lexicon.is_agglutinative:
            draft.void, draft.outer_last = f'"{token.text}" stands after it', index + 1
            return ""
        if token.kind != "word" or (skipped and token.text in lexicon.conjunctions):
            return ""
        at = bisect_left(drafts, index, key=lambda other: other.first)
        if any(other.first == index for other in drafts[at : at + 2] if other is not draft):
            return ""
    return ""


def _fits(index: int, skipped: int, reader: UnitReader) -> bool:
    """Whether one word of relation after a number belongs to it: directly after, or governed by its case."""
    word = reader.text(index)
    if word == "+":
        return reader.glued(index)
    if reader.lexicon.is_agglutinative:
        return True
    if skipped:
        return False
    after = reader.at(index + 1)
    return after is None or after.kind != "number"


def _governed(index: int, skipped: int, reader: UnitReader) -> bool:
    """Whether the word before has the case that a postposition asks for, or is the number itself."""
    if index == 0:
        return False
    word = reader.text(index - 1)
    if reader.text(index) == "+" or reader.text(index) in reader.lexicon.words("without_case"):
        return skipped <= 1
    if skipped == 0 and reader.text(index) in reader.lexicon.words("often_without_case"):
        return True
    return _has_case(word, reader)


def _has_case(word: str, reader: UnitReader) -> bool:
    lexicon = reader.lexicon
    return (
        any(word.endswith(e) for e in lexicon.words("ablative"))
        or any(word.endswith(e) for e in lexicon.words("dative") if len(e) > 1 or word == e)
        or any(word.endswith(e) for e in lexicon.words("owned_dative"))
    )


def _negated_after(draft: Draft, end: int, code: str, reader: UnitReader) -> str:
    lexicon = reader.lexicon
    if lexicon.is_agglutinative:
        if code == "<=" and reader.text(end - 1) in lexicon.words("to_after_change"):
            for position in range(end, min(len(reader.tokens), end + _FEW)):
                if reader.text(position) in _STOPS:
                    break
                if is_change(reader.text(position), reader):
                    return ""
        for position in range(end, min(len(reader.tokens), end + 2)):
            if lexicon.is_negation(reader.text(position)):
                turned = NEGATED.get(code)
                draft.outer_last = position + 1
                if turned is None:
                    draft.void = f'"{reader.text(position)}" stands after it'
                    return ""
                return turned
    draft.outer_last = max(draft.outer_last, end)
    return code
