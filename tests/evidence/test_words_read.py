from __future__ import annotations

import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.evidence.words_read import read_words

READ = [
    ("en", "Government will legalise", "the government will legalize mining"),
    ("en", "sceptical", "agencies were skeptical"),
    ("en", "centers", "a global centre"),
    ("en", "a special pilot project", "under a special pilot project"),
    ("en", "COVID-19", "the COVID-19 pandemic"),
    ("en", "Kazakhstan's President", "the President of Kazakhstan"),
    ("en", "no clear rules", "there are no clear rules"),
    ("en", "policies", "the policy of the bank"),
    ("en", "encouraging banks", "to encourage the bank"),
    ("en", "the United States and Russia", "the United States (7.24%) and Russia"),
    ("ru", "рынок", "на рынке"),
    ("ru", "Министерство финансов", "из Министерства финансов"),
    ("ru", "Асан Исекешев", "слова Асана Исекешева"),
    ("ru", "Ерболат Досаев", "Ерболату Досаеву поручено"),
    ("ru", "серая зона", "майнеры в серой зоне"),
    ("ru", "цифровой тенге", "о введении цифрового тенге"),
    ("ru", "Павел Дуров", "основателя Павла Дурова"),
    ("ru", "Нур-Султан", "в Нур-Султане"),
    ("ru", "не имеет статуса", "не имеет правового статуса"),
    ("ru", "учёный", "учёные и учений"),
    ("kk", "цифрлық теңге", "цифрлық теңгені енгізу"),
    ("kk", "Энергетика министрлігі", "Энергетика министрлігінің хабарлауынша"),
    ("kk", "Алматы қаласы", "Алматы қаласында"),
    ("kk", "халық", "халқының саны"),
    ("kk", "Ерлан", "Ерланның айтуынша"),
    ("kk", "заң емес", "бұл заң емес"),
    ("kk", "банк", "банктерге"),
    ("kk", "кітап", "кітабында"),
]
ORDERS = [
    ("en", "fish harm dams", "dams harm fish", "dams harm fish"),
    ("en", "India outproduced China", "China outproduced India", "China outproduced India"),
    ("en", "banks sue miners", "in June the miners sue the banks", "miners sue the banks"),
    ("en", "dams harm fish", "the dams have harmed the fish", ""),
    ("en", "Ministry of Energy", "the Energy Ministry said", ""),
    ("en", "not yet clear", "it is not clear yet", ""),
    ("en", "North Sea haddock", "haddock in the North Sea", ""),
    ("en", "President Kassym-Jomart Tokayev", "Kassym-Jomart Tokayev, the President", ""),
    ("en", "dams and ponds harm fish", "ponds and dams harm fish", ""),
    ("ru", "рыбы вредят плотинам", "плотины вредят рыбам", "плотины вредят рыбам"),
    ("ru", "плотины вредят рыбам", "рыбам вредят плотины", ""),
    ("ru", "Банк купил завод", "Завод купил банка", "Завод купил банка"),
    ("kk", "балықтар бөгетке зиян келтіреді", "бөгеттер балыққа зиян келтіреді", "бөгеттер балыққа зиян келтіреді"),
    ("kk", "бөгеттер балыққа зиян", "балыққа бөгеттер зиян", ""),
    ("fr", "poissons nuisent barrages", "barrages nuisent poissons", "barrages nuisent poissons"),
]


@pytest.mark.parametrize(("language", "value", "quote", "order"), ORDERS)
def test_the_order_of_words_says_who_does_what(language: str, value: str, quote: str, order: str) -> None:
    found = read_words(value, [quote], language)
    assert (found.state, found.reordered) == ("paraphrase" if order else "read", order)


PARAPHRASES = [
    ("en", "banned", "the bans", ("banned",)),
    ("en", "centre", "a centaur", ("centre",)),
    ("en", "William", "Williams said", ("William",)),
    ("en", "US", "told us that", ("US",)),
    ("en", "COVID-21", "the COVID-19 pandemic", ("COVID-21",)),
    ("en", "clear", "the rules aren't clear", ()),
    ("en", "approved", "it was never approved", ()),
    ("en", "not approved", "it was approved", ("not",)),
    ("en", "Samruk welcomed it", "Tengri allowed it", ("Samruk", "welcomed")),
    ("ru", "Иванов", "по словам Ивана", ("Иванов",)),
    ("ru", "Министерство финансов", "Министерства энергетики", ("финансов",)),
    ("ru", "законный майнинг", "незаконного майнинга", ("законный",)),
    ("ru", "разрешен", "майнинг не разрешен", ()),
    ("ru", "Ерболат Досаев", "Ерболату Досканову", ("Досаев",)),
    ("ru", "без лицензии", "с лицензией", ("без",)),
    ("kk", "Қаржы министрлігі", "Энергетика министрлігінің", ("Қаржы",)),
    ("kk", "Ерлан", "Ержанның айтуынша", ("Ерлан",)),
    ("kk", "рұқсат берілді", "рұқсат берілмеді", ("берілді",)),
    ("kk", "заңды", "заңсыз болды", ("заңды",)),
    ("kk", "заң", "бұл заң емес", ()),
]
NAMES = {
    "en": ("Galymzhan Pirmatov", "Galymzhan Pirmatov, Chairman of the National Bank"),
    "ru": ("Касым-Жомарт Токаев", "по словам Касым-Жомарта Токаева"),
    "kk": ("Қасым-Жомарт Тоқаев", "Қасым-Жомарт Тоқаевтың айтуынша"),
}
LETTERS = {"en": string.ascii_lowercase, "ru": "бвгджзклмнпрстфхцчшщ", "kk": "бвгжзклмнпрстшңғқ"}


@pytest.mark.parametrize(("language", "value", "quote"), READ)
def test_words_that_the_quote_has_are_read(language: str, value: str, quote: str) -> None:
    assert read_words(value, [quote], language).state == "read"


@pytest.mark.parametrize(("language", "value", "quote", "missing"), PARAPHRASES)
def test_other_words_are_ours_and_named(language: str, value: str, quote: str, missing: tuple[str, ...]) -> None:
    reading = read_words(value, [quote], language)
    assert reading.state == "paraphrase"
    if missing:
        assert reading.missing == missing
    else:
        assert reading.negated == "quote"
        assert reading.negation


def test_a_capitalised_word_is_named_first() -> None:
    assert read_words("banned by Samruk", ["allowed by Tengri"], "en").missing == ("Samruk", "banned")


def test_the_quotes_carry_a_text_together() -> None:
    assert (
        read_words("Eurasian Bank and Intebix", ["the Eurasian Bank", "and the Intebix exchange"], "en").state == "read"
    )


def test_words_left_out_are_not_looked_for() -> None:
    assert read_words("half a dozen shops", ["the shops"], "en", [(0, 12)]).state == "read"


@pytest.mark.parametrize("language", NAMES)
@settings(deadline=None)  # the first look at a language compiles its patterns
@given(seed=st.integers(0, 10**6))
def test_any_changed_word_of_a_name_is_refused(language: str, seed: int) -> None:
    """A changed letter before the ending, a dropped start, or another word in its place."""
    name, quote = NAMES[language]
    assert read_words(name, [quote], language).state == "read"
    chance = random.Random(seed)
    words = name.replace("-", " ").split()
    word = chance.choice(words)
    index = chance.randrange(0, len(word) - 1)
    letter = chance.choice([c for c in LETTERS[language] if c != word[index].lower()])
    changed = chance.choice([word[:index] + letter + word[index + 1 :], word[2:], word[::-1]])
    if changed.lower() == word.lower():
        return
    assert read_words(name.replace(word, changed), [quote], language).state == "paraphrase"


@pytest.mark.parametrize(
    ("language", "value", "quote", "state"),
    [
        ("en", "from Cluj-Napoca to Innsbruck", "from Innsbruck to Cluj-Napoca", "paraphrase"),
        ("en", "from coal to gas", "the switch from gas to coal", "paraphrase"),
        ("en", "to the river from the sea", "from the river to the sea", "paraphrase"),
        ("ru", "из Инсбрука в Клуж", "поезд из Клужа в Инсбрук", "paraphrase"),
        ("en", "from Innsbruck to Cluj-Napoca", "a train from Innsbruck to Cluj-Napoca", "read"),
        ("en", "to Spain from France", "goods from France to Spain", "read"),
        ("en", "a move from gas to coal", "moved from gas to coal", "read"),
        ("en", "from gas to gas", "from gas to gas", "read"),
        ("en", "the road to Graz", "the road from Linz to Graz", "read"),
        ("en", "letters to the king from his son", "letters from his son to the king", "read"),
        ("ru", "из Инсбрука в Клуж", "поезд из Инсбрука в Клуж", "read"),
        ("ru", "в Клуж из Инсбрука", "из Инсбрука в Клуж", "read"),
    ],
)
def test_where_something_goes_from_and_to(language: str, value: str, quote: str, state: str) -> None:
    assert read_words(value, [quote], language).state == state
