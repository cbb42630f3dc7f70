"""What a translation prints otherwise than its original is told, with both sentences; and nothing else is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.brief.cited import Cite
from reportgen.brief.evaluate import evaluate
from reportgen.citing.pandoc import Citeproc
from reportgen.diagnostics import Diagnostic
from reportgen.editions.rewording import reworded, sizes_reworded
from reportgen.editions.translating import laid_beside, numbers_of, translation_problems
from reportgen.facts.answers import Answers
from reportgen.facts.view import View
from reportgen.load.files import MemoryFiles
from reportgen.model.brief import Differs
from reportgen.model.evaluated import EvaluatedBrief
from reportgen.pipeline import asked_of
from tests.tongues.undrawn import FALCONRY, Known, falconry

TERM = '{id: term, claim: "It takes {value}.", value: 3, unit: year, evidence: [{source: register, quote: "3 years"}]}'
"""A fact that no text prints."""


class Pair:
    """The falconry brief and its Russian translation, whose text a test changes."""

    def __init__(self, asked: Answers, cite: Cite) -> None:
        self.asked, self.cite = asked, cite
        self.briefs = asked.project.briefs
        self.original = evaluate(self.briefs["falcons"], View(asked), cite).brief

    def translated(self, body: str) -> EvaluatedBrief:
        return evaluate(replace(self.briefs["falcons.ru"], body=body), View(self.asked), self.cite).brief

    def told(self, body: str, differs: Differs | None = None) -> list[Diagnostic]:
        brief = replace(self.briefs["falcons.ru"], body=body, differs=differs)
        return list(translation_problems(brief, self.original, self.translated(body), View(self.asked)))

    @property
    def line(self) -> int:
        return self.briefs["falcons.ru"].body_line

    @property
    def body(self) -> str:
        return self.briefs["falcons.ru"].body


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    with Citeproc(known=Known()) as citeproc:
        asked, _ = asked_of(MemoryFiles(falconry({"content/facts/term.yaml": TERM})), FALCONRY, None, citeproc)
        yield Pair(asked, citeproc.format)


def test_a_translation_that_prints_the_same_is_not_told_of(pair: Pair) -> None:
    assert pair.told(pair.body) == []


def test_each_number_that_is_dropped_changed_or_added_is_told(pair: Pair) -> None:
    edits = [(m.start(), m.end(), "много") for m in re.finditer(r"\{\{ (?:fact|calc)\(.*?\) \}\}", pair.body)]
    edits += [(m.start(), m.end(), "2021") for m in re.finditer(r"(?<!-)\b2022\b", pair.body)]
    edits += [(start, end, '{{ fact("altai-weight") }}') for start, end, _ in edits[:2]]
    edits += [(pair.body.index("Прирост"), pair.body.index("Прирост"), 'Вес {{ fact("altai-weight") }}. ')]
    assert len(edits) == 9
    for start, end, text in edits:
        told = pair.told(pair.body[:start] + text + pair.body[end:])
        assert told, pair.body[start:end]
        assert {each.code for each in told} == {"translation-differs"}


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        # Two numbers of one kind have changed places; in one sentence, and in two.
        ({"falcons-2022": "falcons-2023", "falcons-2023": "falcons-2022"}, "(falcons-2023) in another order"),
        ({"В 2022 году": "В 2023 году", "через год": "в 2022 году"}, "prints"),
        # Words beside a number that its original has not, or lacks.
        ({'{{ fact("falcons-2022")': 'более {{ fact("falcons-2022")'}, "says “более 365”"),
        ({'{{ fact("falcons-2022")': 'не менее {{ fact("falcons-2022")'}, "says “не менее 365”"),
        ({'{{ fact("falcons-2022")': 'не {{ fact("falcons-2022")'}, "says “не 365”"),
        (
            {'{{ fact("falcons-2022")': 'половина из {{ fact("falcons-2022")'},
            "“365: one number is a share of the other”",
        ),
        ({"На охоту": "Вдвое чаще на охоту"}, "says “Вдвое”"),
        ({"На охоту": "Пять раз на охоту"}, "says “Пять раз”"),
        ({"На охоту": "Двадцать раз на охоту"}, "says “Двадцать”"),
        ({"Прирост составил": "Число упало на"}, "says “упало” where the original says “rise”"),
    ],
)
def test_the_same_numbers_in_another_order_or_beside_other_words_are_told(
    pair: Pair, edits: dict[str, str], told: str
) -> None:
    body = re.sub("|".join(map(re.escape, edits)), lambda found: edits[found[0]], pair.body, count=len(edits))
    assert body != pair.body
    found = pair.told(body)
    assert any(told in each.message for each in found), [each.message for each in found]
    assert {(each.code, each.severity) for each in found} == {("translation-differs", "warning")}


SHOWN = {"S": "⟨18.5%|fact:flown-2023⟩", "N": "⟨365|fact:falcons-2022⟩", "D": "2022", "T": "⟨3 years|fact:term⟩"}


@pytest.mark.parametrize(
    ("original", "translation", "lang", "told"),
    [
        # What words beside the two say is a warning; their order alone is a notice.
        ("They fell by S to N.", "Их число упало на S до N.", "ru", {}),
        ("They fell by about S to only N.", "Их число упало примерно на S, до всего N.", "ru", {}),
        ("They fell by S to N.", "Их число упало на N до S.", "ru", {"by": "до 18.5%", "to": "на 365"}),
        ("They fell by S from N.", "Их число упало с N на S.", "ru", {}),
        ("They fell by S from N.", "Их число упало с S на N.", "ru", {"from": "на 365", "by": "с 18.5%"}),
        ("They rose by S.", "Их число выросло до S.", "ru", {"by": "до 18.5%"}),
        ("They rose by up to S.", "Они выросли не более чем на S.", "ru", {}),
        ("They moved to S.", "Они перешли на S.", "ru", {}),
        ("They fell by S.", "Leur nombre a augmenté de S.", "fr", {"fell": "augmenté"}),
        ("They fell by S.", "Leur nombre a baissé de S.", "fr", {}),
        ("They rose by S.", "Su número bajó un S.", "es", {"rose": "bajó"}),
        ("They rose by S.", "Su número subió un S.", "es", {}),
        ("They rose by S.", "Ihre Zahl sank um S.", "de", {"rose": "sank"}),
        ("They rose by S.", "Ihre Zahl stieg um S.", "de", {}),
        ("They rose by S.", "O seu número caiu S.", "pt", {"rose": "caiu"}),
        ("They rose by S.", "Il loro numero è sceso del S.", "it", {"rose": "sceso"}),
        ("They rose by S.", "Il loro numero è aumentato del S.", "it", {}),
        ("They fell by S to N.", "Олар S-ға N деңгейіне дейін азайды.", "kk", {}),
        ("They fell by S to N.", "Олар N-ке S-ға дейін азайды.", "kk", {"by": "18.5%-ға дейін"}),
        ("S of them hunt for N.", "N ловят для S.", "ru", {"in another order": "notice"}),
        ("S jagen für N.", "N هي S.", "ar", {"in another order": "notice"}),
        # Not seen: a date or a span of time in the place of an amount, and what the grammar has turned round as well.
        ("In D there were N.", "В N было там D.", "ru", {}),
        ("Within T there were N.", "За N было там T.", "ru", {}),
        ("S of them caught N.", "S жыртқыш N-ті ұстады.", "kk", {}),
    ],
)
def test_numbers_of_two_kinds_that_changed_places_are_told(
    pair: Pair, original: str, translation: str, lang: str, told: dict[str, str]
) -> None:
    def shown(text: str) -> list[str]:
        return [re.sub(r"\b[SNDT]\b", lambda found: SHOWN[found[0]], text)]

    one = "de" if lang == "ar" else "en"
    found = [*reworded(shown(original), shown(translation), (one, lang), View(pair.asked))]
    if {*told.values()} == {"notice"}:
        assert [("in another order" in each.said, bool(each.doubt)) for each in found] == [(True, True)]
        return
    assert [each.doubt for each in found] == [""] * bool(told), found
    for word, instead in told.items():
        assert f"“{instead}” where the original says “{word}" in found[0].said


@pytest.mark.parametrize(
    ("original", "translation", "lang", "told"),
    [
        ("Ten mews closed.", "Он қаршыға үйі жабылды.", "kk", []),
        ("Ten mews closed.", "Қаршыға үйлері жабылды.", "kk", ["Ten"]),
        ("Ten mews closed.", "Они закрыли двадцать дворов.", "ru", ["Ten", "двадцать"]),
        ("Of the eight, ten fell ill.", "Из восьмерых заболел десяток.", "ru", []),
        ("A decade of thirst.", "Засуха шла десять лет.", "ru", []),
        ("He saw its feathers.", "Ол оның қанатын көрді, онда отырды.", "kk", []),  # of "it", not of ten
        ("Thirteen hawks, twenty-three owls.", "Он үш қаршыға, жиырма үш жапалақ.", "kk", []),
        ("Twenty-three owls.", "Двадцать четыре совы.", "ru", ["Twenty-three", "Двадцать четыре"]),
        ("Two thirds of the hoods.", "Томағалардың үштен екісі.", "kk", []),
        ("A three-year plan for its two halls, and a couple of nests.", "Трехлетний план.", "ru", []),
        ("A dozen hawks, half a dozen owls.", "Дюжина ястребов, шесть сов.", "ru", []),
        ("Two dozen hawks, dozens of owls.", "Ястребы, совы.", "ru", ["Two dozen"]),
        # Two is as often unsaid: a notice.
        ("Two mews closed.", "Дворы закрылись.", "ru", ["Two?"]),
        ("Two mews closed.", "Қаршыға үйлері жабылды.", "kk", ["Two?"]),
        ("Two mews closed, and both schools.", "Закрылись две школы, двор.", "ru", []),
        ("Mews closed.", "Двое закрылись.", "ru", ["Двое?"]),
        ("Mews closed.", "Екі үй жабылды.", "kk", ["Екі?"]),
        ("Both fell ill.", "Они заболели.", "ru", ["Both?"]),
        ("Both fell ill.", "Екеуі ауырды.", "kk", []),
        ("The first two fell ill.", "Они заболели.", "ru", []),
        ("They fell ill.", "Екі сұңқар да ауырды, екеуі де емделді.", "kk", []),
        ("A bilateral deal over twenty-two owls.", "Двусторонняя сделка: двадцать две совы.", "ru", []),
        ("Twice as many.", "Втрое больше.", "ru", ["Twice", "Втрое"]),
    ],
)
def test_numbers_in_words_are_compared_whole(original: str, translation: str, lang: str, told: list[str]) -> None:
    found = sizes_reworded([original], [translation], ("en", lang))
    assert [f"{word}{'?' if each.doubt else ''}" for each in found for word in each.names] == told


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("How we count stands in our notes.", True),
        ("“How we count stands in our notes.”", False),
        ("> How we count stands in our notes.", False),
        ("Как мы считаем, сказано в наших заметках.", False),
        ("The school opened.", False),
    ],
)
def test_a_sentence_that_was_left_behind_in_the_originals_words_is_told(pair: Pair, added: str, told: bool) -> None:
    found = [each for each in pair.told(f"{pair.body}\n\n{added}\n") if each.code == "missing-language"]
    assert [each.span.line for each in found] == [len(f"{pair.body}\n\n".splitlines()) + pair.line] * told


def test_a_sentence_of_four_words_may_be_the_same(pair: Pair) -> None:
    added = "\n\nHow we count it.\n\nHow we count it here.\n"
    placed, source = Pair(pair.asked, pair.cite), pair.briefs["falcons"]
    placed.original = evaluate(replace(source, body=source.body + added), View(pair.asked), pair.cite).brief
    found = [each.message for each in placed.told(pair.body + added) if each.code == "missing-language"]
    assert ["it here" in message for message in found] == [True]


def test_what_differs_names_in_wording_is_not_told(pair: Pair) -> None:
    body = pair.body.replace('{{ fact("falcons-2022")', 'более {{ fact("falcons-2022")')
    (told,) = pair.told(body)
    assert told.hint is not None
    assert 'differs: {wording: [falcons-2022], reason: "…"}' in told.hint
    assert pair.told(body, Differs("as the register has it", wording=("falcons-2022",))) == []
    (told,) = pair.told(pair.body, Differs("nothing", wording=("falcons-2022",)))
    assert "differs names “falcons-2022” in wording" in told.message


def test_words_that_are_not_known_in_the_other_language_are_a_notice(pair: Pair) -> None:
    def german(body: str) -> list[Diagnostic]:
        brief = replace(pair.briefs["falcons.de"], body=body)
        found = evaluate(brief, View(pair.asked), pair.cite).brief
        return list(translation_problems(brief, over, found, View(pair.asked)))

    source = pair.briefs["falcons"]
    asked = replace(source, body=source.body.replace('{{ fact("falcons-2022")', 'over {{ fact("falcons-2022")'))
    over = evaluate(asked, View(pair.asked), pair.cite).brief
    told, two = german(pair.briefs["falcons.de"].body)
    assert (told.severity, "“over 365”" in told.message) == ("notice", True)
    assert (two.severity, "“Two”" in two.message) == ("notice", True)
    german_body = pair.briefs["falcons.de"].body
    body = re.sub(r'"falcons-202[23]"', lambda found: f'"falcons-202{5 - int(found[0][-2])}"', german_body, count=2)
    assert "in another order" in german(body)[0].message


def test_a_number_that_is_rounded_otherwise_is_told(pair: Pair) -> None:
    """The fact is the same; readers of the two see 18.5% and 19 %."""
    body = pair.body.replace('fact("flown-2023")', 'fact("flown-2023", decimals=0)')
    (told,) = pair.told(body)
    assert "(flown-2023) is printed as 18.5% in the original" in told.message
    assert pair.told(body, Differs(facts=("flown-2023",), reason="so")) == []
    assert pair.told(pair.body.replace('fact("flown-2023")', 'fact("flown-2023", decimals=1)')) == []
    formula = 'calc("[falcons-2023] - [falcons-2022]"'
    (told,) = pair.told(pair.body.replace(formula, f"{formula}, digits=1"))
    assert "is printed as 47\u00a0falcons in the original" in told.message


def test_a_multiple_typed_behind_a_value_is_told(pair: Pair) -> None:
    body = pair.body.replace('{{ fact("falcons-2022") }}', '{{ fact("falcons-2022", show="number") }} тысяч соколов')
    brief = replace(pair.briefs["falcons.ru"], body=body)
    found = evaluate(brief, View(pair.asked), pair.cite).diagnostics
    assert [each.message for each in found if each.code == "number-word"] == [
        '"тысяч" is a number in words, typed by hand'
    ]


def test_both_sentences_are_quoted_with_their_lines(pair: Pair) -> None:
    (told,) = pair.told(pair.body.replace('выпускали {{ fact("flown-2023") }}', "выпускали много"))
    assert "18.5% (flown-2023)" in told.message
    assert told.hint is not None
    assert "content/briefs/falcons.md:10" in told.hint
    assert "Of the birds, 18.5% were flown" in told.hint
    assert "На охоту выпускали много птиц." in told.hint
    assert told.span.file == "content/briefs/falcons.ru.md"
    assert told.span.line == 8


def test_what_differs_names_is_not_told_and_what_does_not_differ_is(pair: Pair) -> None:
    body = pair.body.replace('выпускали {{ fact("flown-2023") }}', "выпускали много")
    assert pair.told(body, Differs("one is enough", facts=("flown-2023",))) == []
    told = pair.told(pair.body, Differs("nothing", facts=("school",), charts=("falcons-chart",)))
    assert ['"school"' in told[0].message, '"falcons-chart"' in told[1].message] == [True, True]
    without = pair.body.replace('{{ chart("falcons-chart") }}', "").replace('{{ conflict("falcons-of-2023") }}', "")
    assert {each.message.partition('"')[2].partition('"')[0] for each in pair.told(without)} >= {
        "falcons-chart",
        "falcons-of-2023",
    }


def test_where_something_is_broken_nothing_is_to_be_taken_out(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be made is missing in both, so that they seem not to differ in it."""
    differs = Differs("nothing", facts=("school",))
    assert pair.told(pair.body, differs)
    monkeypatch.setattr(View, "lacks", lambda _, kind: kind == "fact")
    assert pair.told(pair.body, differs) == []


def test_one_sentence_may_be_two_and_two_may_be_one(pair: Pair) -> None:
    two = pair.body.replace(", а через год {{", ". Через год их было {{")
    assert two != pair.body
    assert pair.told(two) == []
    one = pair.body.replace(" птиц. Школа открылась", " птиц, а школа открылась")
    assert one != pair.body
    assert pair.told(one) == []


def test_digits_of_any_script_are_the_same_number() -> None:
    assert numbers_of("في ٢٠٢٢ ⟨٤١٢|fact:a⟩") == numbers_of("in 2022 ⟨412|fact:a⟩ [@smith2020]")


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abc"), max_size=2), max_size=8), st.data())
def test_sentences_keep_their_order_and_each_stands_in_one_pair(rows: list[list[str]], data: st.DataObject) -> None:
    one = [Counter(row) for row in rows]
    other = [Counter(row) for row in rows if data.draw(st.booleans())]
    found = laid_beside(one, other, ([9] * len(one), [9] * len(other)))
    assert [n for pair in found for n in range(*pair.original)] == list(range(len(one)))
    assert [n for pair in found for n in range(*pair.translation)] == list(range(len(other)))


def test_a_work_or_a_place_in_it_that_is_cited_otherwise_is_told(pair: Pair) -> None:
    """In whatever language the word before the place is; the works of one citation in any order."""
    asked = replace(
        pair.briefs["falcons"], body=pair.briefs["falcons"].body.replace("[@register]", "[@register, p. 3]")
    )
    placed = Pair(pair.asked, pair.cite)
    placed.original = evaluate(asked, View(pair.asked), pair.cite).brief

    def told(cited: str) -> list[str]:
        return [each.message.partition("sentence ")[2] for each in placed.told(pair.body.replace("[@register]", cited))]

    assert told("[@register, с. 3]") == told("[@register, S. 3]") == []
    assert told("[@register, с. 4]") == ["does not cite register, 3 and cites register, 4"]
    assert told("[@register, S. 4]") == ["does not cite register, 3 and cites register, 4"]
    assert told("") == ["does not cite register, 3"]
    assert told("[@register, с. 3; @gazette]") == ["cites gazette"]
    named = Differs("so", sources=("register",))
    assert placed.told(pair.body.replace("[@register]", "[@register, с. 4]"), named) == []


def test_rows_that_changed_places_are_told_once_where_they_stand() -> None:
    one = [Counter(each) for each in ("", "a", "", "b", "", "c", "")]
    other = [Counter(each) for each in ("", "b", "", "a", "", "c", "")]
    lengths = ([9] * len(one), [9] * len(other))
    pairs = [(pair.original, pair.translation) for pair in laid_beside(one, other, lengths)]
    assert pairs == [((0, 1), (0, 1)), ((1, 4), (1, 4)), ((4, 5), (4, 5)), ((5, 6), (5, 6)), ((6, 7), (6, 7))]


def test_a_sentence_without_numbers_is_told_at_its_own_line() -> None:
    english = 'One hawk flew.\n\nIt came back to us in the evening.\n\n{{ chart("kinds") }}\n\nNobody saw the others.\n'
    english += "\n## End\n\nIt was seen by *four* men.\n"
    german = 'Ein Falke flog.\n\nEr kam am Abend zu uns zurück.\n\n{{ chart("kinds") }}\n\nNiemand sah die anderen.\n'
    german += "\n## Ende\n\nIhn sahen *sechs* Männer.\n"
    chart = "{id: kinds, kind: bar, data: falcons, x: as_of, y: value, color: source,"
    chart += " title: {en: Hawks of four kinds, de: Falken aus sechs Arten}}"
    front = "---\ntitle: Hawks\ndate: 2026-01-01\n---\n"
    files = {
        "content/charts/kinds.yaml": chart,
        "content/briefs/hawks.md": front + english,
        "content/briefs/hawks.de.md": front.replace("date", "lang: de\ndate") + german,
    }
    with Citeproc(known=Known()) as citeproc:
        asked, _ = asked_of(MemoryFiles(falconry(files)), FALCONRY, None, citeproc)
        briefs = asked.project.briefs
        both = [evaluate(briefs[name], View(asked), citeproc.format).brief for name in ("hawks", "hawks.de")]
        found = [*translation_problems(briefs["hawks.de"], *both, View(asked))]
    lines = files["content/briefs/hawks.de.md"].split("\n")
    told = [(lines[each.span.line - 1], each.message.partition("“")[2][:4]) for each in found]
    assert told == [('{{ chart("kinds") }}', "four"), ("Ihn sahen *sechs* Männer.", "four")]


@pytest.mark.parametrize(
    ("langs", "original", "translation", "said"),
    [
        ("en fr", "Ghent rose by ⟨5|row:a/n⟩.", "Gand a baissé de ⟨5|row:a/n⟩.", "says “baissé” where"),
        ("en fr", "It had ⟨5|row:a/n⟩ fewer.", "Il en avait ⟨5|row:a/n⟩ de plus.", "says “de plus” where"),
        ("en fr", "⟨5 %|row:a/n⟩ hold a card.", "⟨5 %|row:a/n⟩ n’ont pas de carte.", "says “pas” of 5 %"),
        ("en de", "It never had ⟨5|row:a/n⟩ bees.", "Es hatte ⟨5|row:a/n⟩ Bienen.", "does not say “never” of 5"),
        ("en fr", "Ghent plans ⟨5|row:a/n⟩ trams.", "Gand a construit ⟨5|row:a/n⟩ trams.", "does not say “plans”"),
        ("de en", "Bonn plant ⟨5|row:a/n⟩ Theater.", "Bonn has ⟨5|row:a/n⟩ theatres.", "does not say “plant”"),
        (
            "en fr",
            "Storks in Manila ⟨5|row:a/n⟩, in Jakarta ⟨7|row:b/n⟩.",
            "Les cigognes à Jakarta ⟨5|row:a/n⟩, à Manille ⟨7|row:b/n⟩.",
            "has Manille and Jakarta beside",
        ),
        # What is honest.
        ("en fr", "It had ⟨5|row:a/n⟩ fewer.", "Il en avait ⟨5|row:a/n⟩ de moins.", ""),
        ("en fr", "At most ⟨5|row:a/n⟩ died.", "Il n'en est pas mort plus de ⟨5|row:a/n⟩.", ""),
        ("en fr", "The museum lacks ⟨5|row:a/n⟩ works.", "Le musée n'a pas ⟨5|row:a/n⟩ œuvres.", ""),
        ("en de", "Ghent plans ⟨5|row:a/n⟩ trams.", "Gent plant ⟨5|row:a/n⟩ Bahnen.", ""),
        ("en kk", "The zoo plans ⟨5|row:a/n⟩ cages.", "Бақ ⟨5|row:a/n⟩ тор жоспарлап отыр.", ""),
        ("en fr", "⟨5|row:a/n⟩ in Ghent, ⟨7|row:b/n⟩ in Bruges.", "À Gand ⟨5|row:a/n⟩, à Bruges ⟨7|row:b/n⟩.", ""),
        (
            "de en",
            "Berlin verlor gegen Bonn ⟨5|row:a/n⟩ zu ⟨9|row:b/n⟩.",
            "Bonn beat Berlin ⟨5|row:a/n⟩ to ⟨9|row:b/n⟩.",
            "",
        ),
    ],
)
def test_what_is_denied_planned_less_or_of_another_name_is_told(
    pair: Pair, langs: str, original: str, translation: str, said: str
) -> None:
    one, other = langs.split()
    told = [each.said for each in reworded([original], [translation], (one, other), View(pair.asked))]
    told = [each for each in told if not each.startswith("may say otherwise")]  # French words of relation
    assert bool(said) == bool(told), told
    assert any(said in each for each in told) or not said, told
