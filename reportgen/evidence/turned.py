"""A claim and a quote that prints its number in, where one of them turns what the other says of it, out. Pure.

Compared are words that deny or suppose it, words by which something rises or falls, and of how many it is told, in the
clause of the number.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.evidence.changes import other_judgement, other_side, other_step, other_way
from reportgen.evidence.denials import denied
from reportgen.evidence.further import told_as_all
from reportgen.evidence.levels import other_level, past_level, unchanged
from reportgen.evidence.partitive import of_part, told_of_all
from reportgen.evidence.quoted import Quoted
from reportgen.evidence.said_numbers import in_claim, in_quote
from reportgen.evidence.undoing import undone
from reportgen.evidence.unfinished import not_told_as_done
from reportgen.model.text import Text
from reportgen.model.verdict import ValueKind, VerdictProblem

_COMPARISONS = (
    of_part, denied, other_way, other_judgement, other_step, other_side, unchanged, other_level, past_level,
    undone, not_told_as_done, told_of_all, told_as_all,
)  # fmt: skip


_OF_ALL = (
    "say in the claim that it is all of them, as in: of {value}; quote the number of those of which the claim tells, or"
    " say in reading: why both are so"
)


def turned(
    claim: Text, site: str, quotes: Sequence[Quoted], read: Sequence[Sequence[str]], kind: ValueKind = "number"
) -> VerdictProblem | None:
    """What a claim says against one of the quotes, each with the phrases in which it prints the value; None where the
    two agree, or where nothing is known to be compared. `site` is the language of texts without a tag."""
    said = [place for tag, text in claim.by_language for place in in_claim(text, tag or site)]
    for quote, texts in zip(quotes, read, strict=True):
        places = [*in_quote(quote, texts, kind)] if not quote.carries else []
        for mine in said if places else ():
            for compare in _COMPARISONS:
                if found := compare(mine, places):
                    hint = "say in the claim what the quote says, or say in reading: why both are so"
                    hint = _OF_ALL if compare is of_part else hint
                    return VerdictProblem("value-contradicted", found[0], hint, found[1])
    return None
