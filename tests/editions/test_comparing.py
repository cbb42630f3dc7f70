"""What differs between two editions: asked about what changed, no more and no less."""

from __future__ import annotations

import os
import random
import re
from dataclasses import replace

import pytest

from reportgen.editions.comparing import ASKED, DifferenceKind, compare
from reportgen.load.changes import is_reason
from reportgen.model.edition import Printed, PrintedChart, Said, Saying
from reportgen.model.text import Text
from tests.editions.edits import Draft, draft, edited


def told(old: Draft, new: Draft) -> set[str]:
    """What is asked about, as the truth names it."""
    found = set[str]()
    for difference in compare(old.printed(), new.printed()):
        if difference.kind not in ASKED:
            continue
        names = {s for s in (difference.subject, difference.now) if s}
        if difference.kind in (DifferenceKind.GONE, DifferenceKind.NEW, DifferenceKind.REPLACED):
            found |= {f"text:{_name(subject)}" for subject in names}
        else:
            found |= names
    return found


def _name(subject: str) -> str:
    return subject.removeprefix("fact:").removeprefix("calc:").replace("] × [", "-by-").strip("[]")


def test_random_edits_ask_what_they_changed() -> None:
    """`make soak` has more of them, through the loader."""
    chance = random.Random(20)
    for number in range(int(os.environ.get("REPORTGEN_EDITS", "400"))):
        before = draft(chance)
        now = edited(before, chance)
        assert told(before, now) == now.asked, (number, before, now)


def saying(subject: str, value: str, call: str = "fact()", **more: object) -> Saying:
    return Saying(subject, value, Said(value), call=call, **more)  # type: ignore[arg-type]


def kinds(old: Printed, new: Printed, **aliases: str) -> list[tuple[str, str]]:
    return [(d.kind.value, d.subject) for d in compare(old, new, aliases)]


A, B = saying("fact:a", "14"), saying("fact:b", "15")
QUOTED = (("a", "s", "14 farms"), ("b", "s", "15 farms"))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        pytest.param([A], [A, A], [("times", "fact:a")], id="printed once more"),
        pytest.param([A, B], [B, A], [], id="moved"),
        pytest.param([A], [saying("fact:a", "14", "fact(digits=1)")], [("form", "fact:a")], id="asked for otherwise"),
        pytest.param([A], [replace(A, text="XIV")], [], id="other letters"),
        pytest.param([A], [replace(A, said=Said("14", unit="farm"))], [("changed", "fact:a")], id="another unit"),
        pytest.param([A], [replace(A, said=Said("14", relation="<="))], [("changed", "fact:a")], id="another relation"),
        pytest.param([A], [B], [("replaced", "fact:a")], id="another at the same place"),
        pytest.param([A, B], [B], [("gone", "fact:a")], id="gone"),
        pytest.param([B], [A, B], [("new", "fact:a")], id="new"),
    ],
)
def test_one_difference(old: list[Saying], new: list[Saying], found: list[tuple[str, str]]) -> None:
    assert kinds(Printed(tuple(old), QUOTED), Printed(tuple(new), QUOTED)) == found


def test_the_same_value_in_other_digits_is_another_form() -> None:
    """As where a column of a dataset is rounded: its call is as it was. Who sets it in other signs changes nothing."""
    row = Saying("row:d/Vigo/t", "12,400 t", Said("12400", unit="t"), call="cell()")
    assert kinds(Printed((row,)), Printed((replace(row, text="12,000 t"),))) == [("form", row.subject)]
    for text in ("12 400 t", "12.400 t", "١٢٬٤٠٠ t", "१२,४०० t"):
        assert not kinds(Printed((row,)), Printed((replace(row, text=text),)))
    day = Saying("fact:day", "2 July 1992", Said("1992-07-02"), call="fact()")
    assert not kinds(Printed((day,)), Printed((replace(day, text="02.07.1992"),)))


def test_the_day_of_its_source_is_the_time_of_a_fact_without_one() -> None:
    old, new = (replace(A, said=replace(A.said, dated=day)) for day in ("2024-03-14", "2019-03-14"))
    assert kinds(Printed((old,)), Printed((new,))) == [("changed", "fact:a")]
    assert not kinds(Printed((A,)), Printed((new,)))  # an edition of an earlier version does not say


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("Port|2021|2022|Vigo|⟨1|row:a⟩|⟨2|row:b⟩", "Port|2022|2021|Vigo|⟨1|row:a⟩|⟨2|row:b⟩", "2021: ⟨1|row:a⟩"),
        ("Port|Vigo|⟨1|row:a⟩|Marín|⟨2|row:b⟩", "Port|Marín|⟨1|row:a⟩|Vigo|⟨2|row:b⟩", "Vigo: ⟨1|row:a⟩"),
        ("Port|Vigo|⟨1|row:a⟩|Marín|⟨2|row:b⟩", "Port|Vigo|⟨1|row:a⟩|Lugo|⟨2|row:b⟩", "Marín: ⟨2|row:b⟩"),
        ("Fish|Price of cod|⟨1|row:a⟩|⟨2|row:b⟩", "Fish|Price of tuna|⟨1|row:a⟩|⟨2|row:b⟩", "Price of cod: ⟨1|row:a⟩"),
        ("Port|Vigo|⟨1|row:a⟩|Marín|⟨2|row:b⟩", "Port|Port of Vigo|⟨1|row:a⟩|Marin|⟨2|row:b⟩", ""),
        ("Port|Vigo|⟨1|row:a⟩|Marín|⟨2|row:b⟩", "Port|Marín|⟨2|row:b⟩|Vigo|⟨1|row:a⟩", ""),
        ("Fish|It grew.|Vigo|⟨1|row:a⟩|⟨2|row:b⟩", "Cod|It did.|Vigo|⟨1|row:a⟩|⟨2|row:b⟩", ""),
    ],
    ids=[
        "columns",
        "rows",
        "another name",
        "another thing",
        "spelling",
        "rows with their numbers",
        "what stands before",
    ],
)
def test_names_of_rows_and_columns_are_those_of_their_numbers(old: str, new: str, found: str) -> None:
    sayings = saying("row:a", "1"), saying("row:b", "2")

    def table(lines: str) -> Printed:
        return Printed(sayings, lines=tuple(re.split(r"\|(?!row)", lines)))

    turned = [d for d in compare(table(old), table(new), lang="en") if d.kind is DifferenceKind.TURNED]
    assert [d.sentence[0] for d in turned[:1]] == ([found] if found else [])


def test_dropped_under_one_id_and_printed_under_another() -> None:
    """The pair is found by evidence, by measure, place and time, or by the place in the text; and a rename is none."""
    quote = (("a", "s", "14 farms"), ("c", "s", "14 farms"))
    old, renamed = Printed((A, B), quote), Printed((B, saying("fact:c", "14")), quote)
    assert kinds(old, renamed) == [("renamed", "fact:a")]
    assert kinds(old, Printed((B, saying("fact:c", "16")), quote)) == [("replaced", "fact:a")]
    assert kinds(old, renamed, a="c") == []
    measured = [
        replace(saying(f"fact:{id}", value, measure="farms"), said=Said(value, place="KZ"))
        for id, value in (("a", "14"), ("c", "16"))
    ]
    assert kinds(Printed((measured[0], B)), Printed((B, measured[1]))) == [("replaced", "fact:a")]


def test_a_computed_value_follows_from_what_changed() -> None:
    def computed(value: str, formula: str = "[a] × [b]") -> Saying:
        return Saying("fact:c", value, Said(value), ("a", "b"), formula, call="fact()")

    unprinted = replace(A, call=""), replace(B, call="")
    old = Printed((computed("210"), *unprinted))
    changed = replace(unprinted[0], said=Said("16"))
    found = compare(old, Printed((computed("240"), changed, unprinted[1])))
    assert [(d.kind.value, d.subject, d.because) for d in found] == [
        ("follows", "fact:c", ("a",)),
        ("changed", "fact:a", ()),
    ]
    assert kinds(old, Printed((computed("210"), changed, unprinted[1]))) == []  # nobody could see it
    assert kinds(old, Printed((computed("29", "[a] + [b]"), *unprinted))) == [("changed", "fact:c")]


def test_rows_of_a_chart() -> None:
    def chart(*rows: tuple[str, ...], kind: str = "bar") -> Printed:
        return Printed((), (), (PrintedChart("c", kind, "d", rows),))

    one, other = ("fact:a",), ("row:d/x/rugs", "x")
    assert kinds(chart(one, other), chart(other, one)) == [("order", "chart:c")]
    assert kinds(chart(one), chart(one, other)) == [("chart data", "chart:c")]
    assert kinds(chart(one), chart(("fact:b",))) == [("chart data", "chart:c")]
    assert kinds(chart(one), chart(one, kind="line")) == [("chart look", "chart:c")]
    assert kinds(chart(one), Printed()) == [("chart data", "chart:c")]


def test_charts_are_told_as_readers_know_them() -> None:
    """By its title, a fact by what it says, a cell by what is printed of it."""

    def chart(*rows: tuple[str, ...]) -> Printed:
        sayings = saying("fact:a", "14 farms", "chart:c"), saying("row:d/x/rugs", "1,200", "chart:c")
        lines = "They kept ⟨|claim:a⟩ in June.", "It kept ⟨|claim:b⟩."
        return Printed(sayings, charts=(PrintedChart("c", "bar", "d", rows, title="Farms"),), lines=lines)

    def texts(old: Printed, new: Printed) -> list[tuple[str, str]]:
        return [(d.old, d.new) for d in compare(old, new) if d.kind is DifferenceKind.CHART]

    fact, cell = ("fact:a",), ("x", "row:d/x/rugs")
    assert texts(chart(fact), Printed()) == [("Farms", "")]
    assert texts(chart(fact), chart(cell)) == [("They kept 14 farms in June", "x, 1,200")]
    untitled = Printed(charts=(PrintedChart("c", "bar", "d", ()),))
    assert texts(Printed(), untitled) == [("", "c")]


def test_words_beside_values_of_a_chart() -> None:
    """A label, a line's words: to another value they are another statement; of an edition without them, none is."""

    def chart(*names: tuple[str, str, str], first: str = "a") -> Printed:
        return Printed(charts=(PrintedChart("c", "bar", "d", ((f"fact:{first}",), ("fact:b",)), names=names),))

    def label(of: str, words: str) -> tuple[str, str, str]:
        return "label", of, words

    old, swapped = (
        chart(label("a", one), label("b", other)) for one, other in (("Kenya", "Ghana"), ("Ghana", "Kenya"))
    )
    assert kinds(old, swapped) == [("chart data", "chart:c")]
    assert kinds(old, chart(label("b", "Ghana"), label("a", "Kenya"))) == []
    assert kinds(old, chart(label("a2", "Kenya"), label("b", "Ghana"), first="a2"), a="a2") == []
    assert kinds(old, chart(label("a", "Kenya"), label("b", "Ghana"), label("x", "Kenya"))) == []
    lines = [chart(("line", fact, "Mean")) for fact in ("fact:a", "fact:b")]
    assert kinds(*lines) == [("chart data", "chart:c")]
    before = replace(old, charts=(replace(old.charts[0], names=None, look=None),), pictures=None)
    assert kinds(before, replace(swapped, pictures=(("a.png", "x"),))) == []


def test_words_around_a_source() -> None:
    def cited(full: str, short: str = "[@law-2020]") -> Printed:
        return Printed(lines=(f"So it is {full}.",), cited=((full, short),))

    old = cited("[see ninety, @law-2020{p. 89}]")
    assert [d.kind.value for d in compare(old, cited("[see fifty, @law-2020{p. 89}]"), lang="en")] == ["words", "moved"]
    assert kinds(old, cited("[see ninety, @law-2020{p. 98}]")) == [("words", "text")]
    assert kinds(Printed(lines=("So it is [@law-2020].",)), old) == []  # of an earlier version
    assert kinds(Printed(lines=("So it is.",)), old) == [("words", "text")]


def test_words() -> None:
    def text(*lines: str) -> Printed:
        return Printed(lines=lines)

    line = "In all ⟨14|fact:a⟩ stand."
    assert kinds(text(line), text("In all ⟨15|fact:b⟩ stand.")) == [("order", "text"), ("moved", "text")]
    assert kinds(text("So in 2023."), text("So in 2021.")) == [("words", "text"), ("moved", "text")]
    assert kinds(text(line, "B."), text("In all ⟨14|fact:a⟩ stood.", "B.")) == [("words", "text")]
    one, other = "From ⟨14|fact:a⟩ in 2020 to ⟨15|fact:b⟩", "From ⟨15|fact:b⟩ in 2020 to ⟨14|fact:a⟩"
    assert kinds(text(one), text(other)) == [("order", "text"), ("moved", "text")]
    assert kinds(text("Up in 2020, down in 2021."), text("Up in 2021, down in 2020."))[-1] == ("moved", "text")
    assert kinds(text("A.", "So in 2023."), text("So in 2024.", "A."))[-1] == ("moved", "text")
    assert kinds(text("So [@law-2020]."), text("So [@law-2021].")) == [("words", "text")]
    spelled = [text("Two farms of ten."), text("Three farms of ten.")]
    assert [d.kind.value for d in compare(*spelled, lang="en")] == ["words", "moved"]
    pronoun = [text("One of them fell."), text("Some of them fell.")]
    assert [d.kind.value for d in compare(*pronoun, lang="en")] == ["words"]
    assert kinds(text(line), text("In all  ⟨14|fact:a⟩ stand.")) == []
    assert kinds(text("He said “so”."), text('He said "so".')) == []
    assert kinds(text(line), text(line, "And more.")) == [("words", "text")]
    assert kinds(text(line, "B."), text("B.", line)) == [("order", "text")]


@pytest.mark.parametrize(
    ("lang", "old", "new", "turned"),
    [
        ("en", "Punctuality fell by ⟨3 pp|fact:a⟩.", "Punctuality rose by ⟨3 pp|fact:a⟩.", True),
        ("en", "A berth costs ⟨90 EUR|fact:a⟩.", "No berth costs ⟨90 EUR|fact:a⟩.", True),
        ("en", "The bridge held ⟨40 t|fact:a⟩.", "The bridge never held ⟨40 t|fact:a⟩.", True),
        ("en", "It fell by ⟨40 t|fact:a⟩ then.", "It fell to ⟨40 t|fact:a⟩ then.", True),
        ("en", "They caught over ⟨40 t|fact:a⟩.", "They caught under ⟨40 t|fact:a⟩.", True),
        ("en", "They failed to raise ⟨40 EUR|fact:a⟩.", "They raised ⟨40 EUR|fact:a⟩.", True),
        ("en", "In 2019 the count rose.", "In 2019 the count fell.", True),
        ("ru", "Улов вырос на ⟨40 т|fact:a⟩.", "Улов упал на ⟨40 т|fact:a⟩.", True),
        ("ru", "Мост держал ⟨40 т|fact:a⟩.", "Мост не держал ⟨40 т|fact:a⟩.", True),
        ("fr", "La part a augmenté de ⟨3 %|fact:a⟩.", "La part a baissé de ⟨3 %|fact:a⟩.", True),
        ("de", "Der Anteil stieg um ⟨3 %|fact:a⟩.", "Der Anteil sank um ⟨3 %|fact:a⟩.", True),
        ("es", "La cuota aumentó un ⟨3 %|fact:a⟩.", "La cuota cayó un ⟨3 %|fact:a⟩.", True),
        ("it", "La quota è aumentata del ⟨3 %|fact:a⟩.", "La quota è diminuita del ⟨3 %|fact:a⟩.", True),
        ("pt", "A quota aumentou ⟨3 %|fact:a⟩.", "A quota caiu ⟨3 %|fact:a⟩.", True),
        ("fr", "La digue tenait ⟨40 t|fact:a⟩.", "La digue ne tenait pas ⟨40 t|fact:a⟩.", True),
        ("de", "Das Wehr hielt ⟨40 t|fact:a⟩.", "Das Wehr hielt nie ⟨40 t|fact:a⟩.", True),
        ("fr", "La digue tenait ⟨40 t|fact:a⟩.", "La digue, elle, tenait ⟨40 t|fact:a⟩.", False),
        (
            "en",
            "Ghent by ⟨1 m|fact:a⟩ and Leuven by ⟨2 m|fact:b⟩.",
            "Leuven by ⟨1 m|fact:a⟩ and Ghent by ⟨2 m|fact:b⟩.",
            True,
        ),
        (
            "nl",
            "Gent met ⟨1 m|fact:a⟩ en Leuven met ⟨2 m|fact:b⟩.",
            "Leuven met ⟨1 m|fact:a⟩ en Gent met ⟨2 m|fact:b⟩.",
            True,
        ),
        ("en", "Ghent | ⟨1 m|fact:a⟩", "Leuven | ⟨1 m|fact:a⟩", True),
        ("en", "The looms of Ghent wove ⟨1 m|fact:a⟩.", "The looms of Leuven wove ⟨1 m|fact:a⟩.", True),
        ("en", "The looms of Leuvn wove ⟨1 m|fact:a⟩.", "The looms of Leuven wove ⟨1 m|fact:a⟩.", False),
        ("en", "The looms wove ⟨1 m|fact:a⟩ in Ghent.", "In Ghent the looms wove ⟨1 m|fact:a⟩.", False),
        ("en", "The looms wove ⟨1 m|fact:a⟩.", "The looms of Ghent wove ⟨1 m|fact:a⟩.", False),
        ("en", "The cloth measured ⟨1 m|fact:a⟩.", "That cloth was ⟨1 m|fact:a⟩ long.", False),
        ("en", "Punctuallity fell by ⟨3 pp|fact:a⟩.", "Punctuality fell by ⟨3 pp|fact:a⟩.", False),
        ("en", "Then it fell by ⟨3 pp|fact:a⟩.", "It then dropped by ⟨3 pp|fact:a⟩.", False),
        ("en", "They have never raised ⟨40 EUR|fact:a⟩.", "They never raised ⟨40 EUR|fact:a⟩.", False),
        ("en", "The valley sold ⟨40 rugs|fact:a⟩.", "That valley had sold ⟨40 rugs|fact:a⟩.", False),
        ("en", "Nobody knows why.", "Everybody knows why.", False),  # without a number
        ("ru", "Улов вырос на ⟨40 т|fact:a⟩.", "Улов возрос на ⟨40 т|fact:a⟩.", False),
    ],
)
def test_words_that_turn_a_number(lang: str, old: str, new: str, turned: bool) -> None:
    beside = "They weave."
    found = compare(Printed(lines=(beside, old)), Printed(lines=(beside, new)), lang=lang)
    assert [each.kind.value for each in found] == ["words", "turned"] if turned else ["words"]
    both = [Printed(lines=(each, "And so on.", f"{beside} {each}")) for each in (old, new)]
    assert [each.kind.value for each in compare(*both, lang=lang)][1:] == ["turned"] * turned


def test_what_was_said_by_name_and_is_said_no_more() -> None:
    def said(*lines: str, place: str = "") -> Printed:
        shown = replace(saying("fact:a", "14"), said=Said("14", place=place))
        return Printed((shown,), QUOTED, lines=tuple(f"⟨|claim:{line}" for line in lines))

    def asked(old: Printed, new: Printed) -> list[str]:
        return [difference.subject for difference in compare(old, new) if difference.kind in ASKED]

    conflict, place = "conflict:c/preferred⟩⟨|fact:a⟩", "place:ANA⟩Santa Ana"
    assert asked(said(conflict), said()) == ["words:conflict:c/preferred"]
    assert asked(said(conflict), said(conflict.replace("/c/", "/d/"))) == []
    assert asked(said(place, place="ANA"), said(place="ANA")) == ["words:place:ANA"]
    assert asked(said(place), said()) == []
    assert asked(said("term:loom⟩A frame of 4 beams."), said()) == ["words:term:loom"]
    assert asked(said("term:loom⟩A frame."), said()) == []
    assert asked(said("unit:rug/few⟩rugs"), said()) == []


@pytest.mark.parametrize(
    ("text", "good"),
    [
        (Text.of("We had misread the table."), True),
        (Text.of("Опечатка в таблице"), True),
        (Text.of("О зарплатах."), True),
        (Text.of("误读表格"), True),
        (Text(()), False),
        *((Text.of(each), False) for each in (".", "…", "- -", "correction", "12 13", '{{ was("rent") }}', "a b")),
        (Text((("en", "We had misread it."), ("ru", "."))), False),
    ],
)
def test_a_reason_is_words(text: Text, good: bool) -> None:
    assert is_reason(text) is good
