"""A small figure of each kind, built by hand in English or Russian."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from reportgen.model.chart import ChartKind
from reportgen.model.edtf import parse_edtf
from reportgen.model.fact import Status
from reportgen.model.figure import Datum, EvaluatedFigure, FigureColumn, FigureLine, Row
from reportgen.model.quantity import Quantity, Relation, range_quantity, typed_quantity

CODES = ("US", "KZ", "RU", "CN", "CA", "IR", "MY")
NAMES = {
    "en": ("United States", "Kazakhstan", "Russia", "China", "Canada", "Iran", "Malaysia"),
    "ru": ("Соединённые Штаты", "Казахстан", "Россия", "Китай", "Канада", "Иран", "Малайзия"),
}
PLACES = {lang: dict(zip(CODES, names, strict=True)) for lang, names in NAMES.items()}
MONTHS = {
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "ru": ["янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек."],
}


class Maker:
    """Builds figures as evaluation does, counting numbers as it goes."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.numbers = 0

    def words(self, text: str) -> Datum:
        return Datum(text, key=text)

    def place(self, code: str) -> Datum:
        return Datum(PLACES[self.lang][code], key=code)

    def date(self, text: str) -> Datum:
        time = parse_edtf(text)
        month = f"{MONTHS[self.lang][time.start.month - 1]} {time.start.year}"
        return Datum(str(time.start.year) if time.precision == "year" else month, date=time, key=text)

    def value(self, number: str, unit: str = "%", status: Status = Status.VERIFIED) -> Datum:
        if number == "":
            return Datum("")
        relation, words = Relation.EQUAL, ""
        for sign, en, ru in ((">", "over ", "свыше "), ("<", "under ", "менее "), ("~", "about ", "около ")):
            if number.startswith(sign):
                relation, number, words = Relation(sign), number[1:], en if self.lang == "en" else ru
        if "/" in number:
            low, high = number.split("/")
            quantity: Quantity = range_quantity(low, high)
            text = f"{low}–{high}"
        else:
            quantity = typed_quantity(number, relation=relation)
            text = number.replace("-", "−")
        text = text if self.lang == "en" else text.replace(".", ",").replace("%", "\u00a0%")
        unit = unit if self.lang == "en" else "\u00a0" + unit.strip() if unit else ""
        self.numbers += 1
        return Datum(words + text + unit, quantity, number=self.numbers - 1, status=status)

    def figure(self, kind: str, columns: str, rows: Sequence[tuple[Datum, ...]], **options: Any) -> EvaluatedFigure:
        made = []
        for index, name in enumerate(columns.split()):
            sample = next((row[index] for row in rows if row[index].text), rows[0][index])
            shown = "value" if sample.quantity else "date" if sample.date else "text"
            made.append(FigureColumn(name, name.title(), shown))  # type: ignore[arg-type]
        return EvaluatedFigure(
            f"{kind}-{self.lang}",
            f"figure-{kind}",
            ChartKind(kind),
            "Figure 1",
            "",
            "",
            "",
            "What it shows",
            "Share, %",
            "",
            tuple(made),
            tuple(Row(cells, fact=f"{kind}-{index}") for index, cells in enumerate(rows)),
            (),
            lang=self.lang,
            **options,
        )


def bars(m: Maker) -> EvaluatedFigure:
    names = {
        "en": ("Invested by June 2020", "Expected in the next three years", "Possible by 2025"),
        "ru": ("Вложено к июню 2020", "Ожидается в ближайшие три года", "Возможно к 2025"),
    }[m.lang]
    unit = " bn" if m.lang == "en" else "млрд ₸"
    rows = [(m.words(name), m.value(value, unit)) for name, value in zip(names, ("82", "300", "500"), strict=True)]
    return m.figure("bar", "label value", rows, x="label", y="value", hatched=("bar-1", "bar-2"))


def long_bars(m: Maker) -> EvaluatedFigure:
    values = zip(PLACES["en"], ("35.4", "18.1", "11.2", "8.5", "9.6", "3.1", "~4.6"), strict=True)
    rows = [(m.place(code), m.value(value)) for code, value in values]
    return m.figure(
        "bar", "place value", rows, x="value", y="place", sort="-value", highlight=("KZ",),
        lines=(FigureLine(m.value("12.9"), "Mean" if m.lang == "en" else "Среднее"),),
    )  # fmt: skip


def negative(m: Maker) -> EvaluatedFigure:
    values = (("US", "4.6"), ("KZ", "11.93"), ("RU", "-2.3"), ("CN", "-41.9"))
    return m.figure("bar", "place value", [(m.place(p), m.value(v, " pp")) for p, v in values], x="place", y="value")


def grouped(m: Maker) -> EvaluatedFigure:
    values = (
        ("US", "2020", "7.24"),
        ("US", "2021", "35.40"),
        ("KZ", "2020", "6.17"),
        ("KZ", "2021", "18.10"),
        ("RU", "2020", "6.9"),
        ("RU", "2021", "11.23"),
    )
    rows = [(m.place(p), m.date(t), m.value(v)) for p, t, v in values]
    return m.figure("bar", "place as_of value", rows, x="place", y="value", color="as_of")


def stacked(m: Maker) -> EvaluatedFigure:
    values = [
        (t, p, v)
        for t, vs in (("2019", "75 5 4 6"), ("2020", "65 6 7 7"), ("2021", "21 18 35 11"))
        for p, v in zip(("CN", "KZ", "US", "RU"), vs.split(), strict=True)
    ]
    rows = [(m.date(t), m.place(p), m.value(v)) for t, p, v in values]
    return m.figure("bar", "as_of place value", rows, x="as_of", y="value", color="place", stack="stack")


def shares(m: Maker) -> EvaluatedFigure:
    values = [
        (p, k, v)
        for p, vs in (("KZ", "50 50"), ("US", "80 20"), ("CN", "30 60"))
        for k, v in zip(("grey", "white"), vs.split(), strict=True)
    ]
    rows = [(m.place(p), m.words(k), m.value(v, " MW" if m.lang == "en" else "МВт")) for p, k, v in values]
    return m.figure("bar", "place sector value", rows, x="value", y="place", color="sector", stack="share")


def columns(m: Maker) -> EvaluatedFigure:
    values = zip(range(2014, 2023), ["1.2", "1.9", "3.4", "6.17", "9.8", "12", "18.1", ">13", "4.4"], strict=True)
    return m.figure("bar", "as_of value", [(m.date(str(y)), m.value(v)) for y, v in values], x="as_of", y="value")


def line(m: Maker) -> EvaluatedFigure:
    values = (("2020-10", "6.17"), ("2021-11", "18.10"), ("2022-09", ">13"))
    return m.figure("line", "as_of value", [(m.date(t), m.value(v)) for t, v in values], x="as_of", y="value")


def lines(m: Maker) -> EvaluatedFigure:
    values = [
        (t, p, v)
        for p, vs in (
            ("CN", "75.5 71 65  44 21"),
            ("US", "4.1 5.5 7.24 16.8 35.40"),
            ("KZ", "1.4 6.2 6.17 8.2 18.10"),
            ("RU", "5.9 6.9 6.9 6.8 11.23"),
        )
        for t, v in zip(("2019-09", "2020-04", "2020-10", "2021-04", "2021-08"), vs.split(), strict=True)
    ]
    rows = [(m.date(t), m.place(p), m.value(v)) for t, p, v in values]
    return m.figure("line", "as_of place value", rows, x="as_of", y="value", color="place", highlight=("KZ",))


def equal_lines(m: Maker) -> EvaluatedFigure:
    figure = lines(m)
    return m.figure(
        "line", "as_of place value", [row.cells for row in figure.rows], x="as_of", y="value", color="place"
    )


def uncertain(m: Maker) -> EvaluatedFigure:
    values = (
        ("2017", "1.5"),
        ("2018", "~4"),
        ("2019", "5/9"),
        ("2020", ""),
        ("2021", "18.1"),
        ("2022", "<16"),
        ("2023", ">13"),
    )
    return m.figure(
        "line", "as_of value", [(m.date(t), m.value(v)) for t, v in values], x="as_of", y="value",
        annotations=(("line-4", "the peak, after China’s ban" if m.lang == "en" else "пик, после запрета в Китае"),),
        lines=(FigureLine(m.value("10"), "Target" if m.lang == "en" else "Цель"),),
    )  # fmt: skip


def log_line(m: Maker) -> EvaluatedFigure:
    values = [
        (f"20{10 + i}", v)
        for i, v in enumerate(["1", "14", "9", "120", "800", "310", "950", "14000", "3700", "7200", "29000", "46000"])
    ]
    return m.figure(
        "line", "as_of value", [(m.date(t), m.value(v, "")) for t, v in values], x="as_of", y="value", log=True
    )


def area(m: Maker) -> EvaluatedFigure:
    values = [(f"20{10 + i}", v) for i, v in enumerate(["1", "3", "4", "6", "7", "9", "11", "14", "18", "13"])]
    return m.figure("area", "as_of value", [(m.date(t), m.value(v)) for t, v in values], x="as_of", y="value")


def areas(m: Maker) -> EvaluatedFigure:
    figure = equal_lines(m)
    return m.figure(
        "area",
        "as_of place value",
        [row.cells for row in figure.rows],
        x="as_of",
        y="value",
        color="place",
        stack="stack",
    )


def dots(m: Maker) -> EvaluatedFigure:
    values = (("US", "35.40"), ("KZ", "18.10"), ("RU", "10/12"), ("CN", "~21"), ("CA", "9.6"))
    return m.figure(
        "dot", "place value", [(m.place(p), m.value(v)) for p, v in values], x="value", y="place", highlight=("KZ",)
    )


def ranges(m: Maker) -> EvaluatedFigure:
    values = (
        ("US", "2020-10", "7.24"),
        ("US", "2021-11", "35.40"),
        ("KZ", "2020-10", "6.17"),
        ("KZ", "2021-11", "18.10"),
        ("RU", "2020-10", "6.9"),
        ("RU", "2021-11", "11.23"),
        ("CN", "2020-10", "65"),
    )
    rows = [
        (m.place(p), m.date(t), m.value(v, status=Status.UNVERIFIED if v == "11.23" else Status.VERIFIED))
        for p, t, v in values
    ]
    note = "no later figure in our sources" if m.lang == "en" else "позднее данных нет"
    return m.figure(
        "range",
        "place as_of value",
        rows,
        x="value",
        y="place",
        color="as_of",
        highlight=("KZ",),
        annotations=(("range-6", note),),
    )


def scatter(m: Maker) -> EvaluatedFigure:
    values = (
        ("US", "4.1", "35.4", "120"),
        ("KZ", "3.2", "18.1", "90"),
        ("RU", "4.8", "11.2", "60"),
        ("CN", "5.5", "21", "70"),
        ("CA", "6.2", "9.6", "20"),
        ("IR", "1.9", "3.1", "9"),
        ("MY", "7.4", "4.6", "12"),
    )
    rows = [(m.place(p), m.value(x, " ¢"), m.value(y), m.value(s, " MW")) for p, x, y, s in values]
    return m.figure("scatter", "place price share power", rows, x="price", y="share", size="power", highlight=("KZ",))


def pie(m: Maker) -> EvaluatedFigure:
    values = zip(PLACES["en"], ("35.4", "18.1", "11.2", "21.1", "9.6", "3.1", "1.5"), strict=True)
    return m.figure("pie", "place value", [(m.place(p), m.value(v)) for p, v in values], x="place", y="value")


def donut(m: Maker) -> EvaluatedFigure:
    values = (("KZ", "18.1"), ("US", "35.4"), ("RU", "11.2"))
    return m.figure(
        "donut", "place value", [(m.place(p), m.value(v)) for p, v in values], x="place", y="value", highlight=("KZ",)
    )


def heatmap(m: Maker) -> EvaluatedFigure:
    values = [
        (p, t, v)
        for p, vs in (("CN", "75.5 65 44 21"), ("US", "4.1 7.24 16.8 35.4"), ("KZ", "1.4 6.17 8.2 18.1"))
        for t, v in zip(("2019", "2020", "2021", "2022"), vs.split(), strict=True)
    ]
    rows = [(m.place(p), m.date(t), m.value(v)) for p, t, v in values]
    return m.figure("heatmap", "place as_of value", rows, x="as_of", y="place", color="value")


def waterfall(m: Maker) -> EvaluatedFigure:
    names = {
        "en": ("At the start", "New licences", "Closures", "Power cuts", "At the end"),
        "ru": ("В начале", "Новые лицензии", "Закрытия", "Отключения", "В конце"),
    }[m.lang]
    rows = [
        (m.words(n), m.value(v, " MW" if m.lang == "en" else "МВт"))
        for n, v in zip(names, ("180", "95", "-40", "-72", "163"), strict=True)
    ]
    return m.figure("waterfall", "label value", rows, x="label", y="value", highlight=("waterfall-4",))


def multiples(m: Maker) -> EvaluatedFigure:
    figure = lines(m)
    rows = [row.cells for row in figure.rows]
    return m.figure("line", "as_of place value", rows, x="as_of", y="value", facet="place")


def bar_multiples(m: Maker) -> EvaluatedFigure:
    figure = grouped(m)
    return m.figure(
        "bar",
        "place as_of value",
        [row.cells for row in figure.rows],
        x="place",
        y="value",
        facet="as_of",
        highlight=("KZ",),
    )


def free(m: Maker) -> EvaluatedFigure:
    rows = [(m.place(p), m.value(v)) for p, v in (("US", "35.4"), ("KZ", "18.1"), ("RU", "11.2"))]
    own = {"data": [{"type": "funnel", "y": "@place", "x": {"column": "value"}, "text": "@value", "textinfo": "text"}]}
    return m.figure("bar", "place value", rows, figure=json.dumps(own))


FIGURES: tuple[Callable[[Maker], EvaluatedFigure], ...] = (
    bars, long_bars, negative, grouped, stacked, shares, columns, line, lines, equal_lines, uncertain, log_line,
    area, areas, dots, ranges, scatter, pie, donut, heatmap, waterfall, multiples, bar_multiples, free,
)  # fmt: skip
