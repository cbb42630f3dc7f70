"""A claim and a quote that prints its number in, where one of them turns what the other says of it, out. Pure.

Compared are words that deny or suppose it, and words by which something rises or falls, in the clause of the number.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.evidence.changes import other_side, other_step, other_way
from reportgen.evidence.denials import denied
from reportgen.evidence.quoted import Quoted
from reportgen.evidence.said_numbers import in_claim, in_quote
from reportgen.model.text import Text
from reportgen.model.verdict import ValueKind, VerdictProblem

_COMPARISONS = (denied, other_way, other_step, other_side)


def turned(
    claim: Text, site: str, quotes: Sequence[Quoted], read: Sequence[Sequence[str]], kind: ValueKind = "number"
) -> VerdictProblem | None:
    """What a claim says against one of the quotes, each with the phrases in which it prints the value; None where the
    two agree, or where nothing is known to be compared. `site` is the language of texts without a tag."""
    said = [place for tag, text in claim.by_language for place in in_claim(text, tag or site)]
    for quote, texts in zip(quotes, read, strict=True):
        places = [*in_quote(quote, texts, kind)] if not quote.carries else []
        for mine in said if places else ():
            if found := next(filter(None, (compare(mine, places) for compare in _COMPARISONS)), None):
                hint = "say in the claim what the quote says, or say in reading: why both are so"
                return VerdictProblem("value-contradicted", found[0], hint, found[1])
    return None
