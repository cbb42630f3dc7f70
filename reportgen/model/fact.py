"""Facts with their evidence, the conflicts between them, and checks."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from reportgen.diagnostics import Places
from reportgen.model.edition import Change
from reportgen.model.edtf import Edtf
from reportgen.model.formula import CellAddress, Formula
from reportgen.model.quantity import Quantity
from reportgen.model.text import Text
from reportgen.model.verdict import Carries, Verdict


class Rank(StrEnum):
    """Wikidata's ranks; which of two facts is preferred is said in conflicts.yaml."""

    NORMAL = "normal"
    DEPRECATED = "deprecated"


class Modality(StrEnum):
    """In which mood a source gives what a fact says, from the surest on."""

    DONE = "done"
    CLAIMED = "claimed"
    """The source passes on what others say."""
    PLANNED = "planned"
    """Somebody means to do it, or will."""
    EXPECTED = "expected"
    """It is foreseen, or held possible."""


class Status(StrEnum):
    """The state of a value: the first that holds, and from the worst to the best."""

    UNVERIFIED = "unverified"
    DISPUTED = "disputed"
    OVERDUE = "overdue"
    INFERRED = "inferred"
    PARAPHRASE = "paraphrase"
    COMPUTED = "computed"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class DateValue:
    """A value that is a time."""

    date: Edtf


@dataclass(frozen=True, slots=True)
class TextValue:
    """A value in words."""

    text: Text


FactValue = Quantity | DateValue | TextValue


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of a source that carry a claim: a W3C TextQuoteSelector with a CSL locator."""

    source: str
    """Id of the source."""
    quote: str
    """The shortest words that carry the claim, contiguous in the source between `prefix` and `suffix`."""
    prefix: str = ""
    suffix: str = ""
    locator: str = ""
    """Where in the source, e.g. `p. 3`."""
    carries: Carries = ""
    """What it is quoted for, where it does not carry the value."""


@dataclass(frozen=True, slots=True)
class CellOrigin:
    """The cell of a dataset that gives a fact its value."""

    dataset: str
    """Id of the dataset."""
    read_by: str
    """Id of the dataset whose file holds it: another one, where that was joined."""
    number: int
    """Of the row in its file, counted from 1; of several, the first."""
    column: str
    place: str
    """`nets.csv, line 5, column 4`, or how many cells make it, and where the first of them stand."""
    stands: tuple[str, ...]
    """The same as a phrase and what fills it; empty where several cells make it."""
    path: str
    """The file's, from the project's root."""
    sha256: str
    """Of the file."""
    source: str
    """Id of the file's source."""

    @property
    def file(self) -> str:
        """The file's name."""
        return self.path.rpartition("/")[2]

    @property
    def is_computed(self) -> bool:
        """Whether several cells make it."""
        return not self.stands


@dataclass(frozen=True, slots=True)
class Fact:
    """One claim in our own words, with its value and its evidence, or with the formula that computes it."""

    id: str
    claim: Text
    """A sentence without digits; `{value}` stands for the value."""
    value: FactValue | None = None
    """None where a formula computes it, or where the claim has no value."""
    measure: str = ""
    place: str = ""
    unit: str = ""
    """As typed: `percent`, `billion KZT`, `farm`."""
    as_of: Edtf | None = None
    """The time that the value describes. None where the source gives none: then its date of issue is shown instead."""
    evidence: tuple[Evidence, ...] = ()
    formula: Formula | None = None
    precision: Fraction | None = None
    """What the value was rounded to, in its unit; None where its author or its measure says nothing of it."""
    exact: bool = False
    """Whether its author says that nothing was rounded."""
    digits: int | None = None
    """Significant digits to print a computed value with."""
    decimals: int | None = None
    reading: Text = field(default_factory=lambda: Text(()))
    """How the value was read, where its digits do not stand in the quote."""
    note: Text = field(default_factory=lambda: Text(()))
    modality: Modality | None = None
    """None where its author does not say."""
    rank: Rank = Rank.NORMAL
    review_by: Edtf | None = None
    """When it is due to be looked at again."""
    address: CellAddress | None = None
    """Of a value that a dataset gives, from `from`."""
    cell: CellOrigin | None = None
    """Where the value comes from, if from a dataset; `evidence` then is what stands there."""
    changes: tuple[Change, ...] = ()
    """Why what was published of it is another now."""
    aliases: tuple[str, ...] = ()
    """Ids that it had before."""
    verdict: Verdict | None = None
    """What its quotes carry of its value; None for a claim without a value, and for a computed one."""
    at: Places = field(kw_only=True, compare=False, metadata={"place": True})

    @property
    def quotes(self) -> str:
        """The words of its sources, a line each."""
        return "\n".join(evidence.quote for evidence in self.evidence)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Facts that contradict each other, and the author's explanation."""

    id: str
    facts: tuple[str, ...]
    reason: Text
    preferred: str = ""
    """Id of the fact that is preferred; empty where none is."""
    title: Text = field(default_factory=lambda: Text(()))
    at: Places = field(kw_only=True, compare=False, metadata={"place": True})


@dataclass(frozen=True, slots=True)
class Check:
    """A statement about facts that ought to hold."""

    id: str
    formula: Formula
    """A comparison, from `assert`."""
    message: Text
    severity: str = "error"
    at: Places = field(kw_only=True, compare=False, metadata={"place": True})
