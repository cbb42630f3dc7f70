"""The words by which a source says that something is not simply so."""

from __future__ import annotations

import pytest

from reportgen.evidence.match import Match, Miss, find_quote
from reportgen.evidence.moods import modality_of, mood_problem, moods_in
from reportgen.evidence.quoted import Quoted
from reportgen.model.fact import Modality
from reportgen.model.text import Text


@pytest.mark.parametrize(
    ("language", "text", "words", "mood"),
    [
        ("en", "is slated to open in Ekibastuz", "slated", "planned"),
        ("en", "It will employ 160 people", "will", "planned"),
        ("en", "is widely expected to open", "expected", "expected"),
        ("en", "reportedly accounted for 6.17%", "reportedly", "claimed"),
        ("en", "were planning to ban it", "planning to", "planned"),
        ("en", "it could not pay", "could", None),
        ("en", "higher than expected", "", None),
        ("en", "sold in May by Will Smith", "", None),
        ("en", "the will of the people", "", None),
        ("en", "not clear whether it will ban them", "", None),
        ("en", "is expected to be, at last", "expected", "expected"),
        ("ru", "завод планируется открыть", "планируется", "planned"),
        ("ru", "Ожидается 300 млрд тенге", "Ожидается", "expected"),
        ("ru", "завод будет построен", "будет", "planned"),
        ("ru", "неясно, будет ли запрет", "", None),
        ("ru", "неожиданно выросла", "", None),
        ("ru", "может достичь 500 млрд", "может", None),
        ("kk", "зауыт салу жоспарланып отыр", "жоспарланып", "planned"),
        ("kk", "300 млрд теңге күтілуде", "күтілуде", "expected"),
        ("kk", "зауыт ашпақшы", "ашпақшы", "planned"),
        ("kk", "энергия көздерінің жанына", "", None),
        ("nl", "wordt verwacht", "", None),
        ("en", "is due to open in May", "due to", "planned"),
        ("en", "is due to close 20 arrays", "due to", "planned"),
        ("en", "is due to be closed", "due to", "planned"),
        ("en", "was due to 20 arrays", "", None),
        ("en", "is due to heavy rain", "", None),
        ("en", "is due to close contact", "", None),
        ("en", "due to rise in prices", "", None),
        ("en", "set to close in 2030", "set to", "planned"),
        ("en", "is now set to formally open the port", "set to", "planned"),
        ("en", "the limit was set to 20 arrays", "", None),
        ("en", "is about to close 20 arrays", "about to", "planned"),
        ("en", "was supposed to close", "supposed to", "claimed"),
        ("en", "proposed 20 arrays", "proposed", None),
        ("ru", "предложило закрыть", "предложило", None),
        ("ru", "хочет закрыть", "хочет", "planned"),
        ("ru", "надеется закрыть", "надеется", "expected"),
        ("kk", "жабуды ұсынды", "ұсынды", None),
        ("en", "planned mainstream dams hold 60%", "planned", None),
        ("en", "of the planned dams 60% stand", "planned", None),
        ("en", "the ministry planned dams", "planned", "planned"),
        ("en", "12 planned dams", "planned", "planned"),
        ("en", "planned to close", "planned", "planned"),
        ("ru", "планируемые плотины удержат 60%", "планируемые", None),
        ("ru", "12 запланированных плотин", "запланированных", "planned"),
        ("kk", "жоспарланған бөгеттер 60% ұстайды", "жоспарланған", None),
        ("fr", "la part devrait atteindre 40 %", "devrait", "expected"),
        ("fr", "la part devrait bientôt s'établir à 40 %", "devrait", "expected"),
        ("fr", "l'État devrait y penser", "devrait", None),
        ("fr", "la part va sûrement augmenter", "va", "planned"),
        ("fr", "le train va de Lyon à Nice", "", None),
        ("fr", "la ville n'ouvrira rien, qu'elle aura vendu", "ouvrira aura", None),
        ("fr", "une aura de mystère", "", None),
        ("fr", "plus élevé que prévu", "", None),
        ("fr", "l'école est prévue pour mai", "est prévue", "planned"),
        ("fr", "il s'engage à bâtir", "s'engage à", "planned"),
        ("fr", "la part aurait atteint 40 %", "aurait", None),
        ("fr", "atteindra-t-elle 40 % ?", "", None),
        ("fr", "selon la presse, 12 sont morts", "selon la presse", "claimed"),
        ("fr", "selon l'office, 12 sont morts", "", None),
        ("es", "se prevé que llegue", "se prevé", "expected"),
        ("es", "va a subir en mayo", "va a", "planned"),
        ("es", "el tren va a Lugo", "", None),
        ("es", "más que lo previsto", "", None),
        ("es", "alcanzará el 40 %", "alcanzará", None),
        ("es", "al parecer habría subido", "al parecer habría", "claimed"),
        ("es", "la minería mayoritaria de Irán", "", None),
        ("pt", "deve atingir 40 %", "deve", "expected"),
        ("pt", "deve levar um caderno", "deve", None),
        ("pt", "no verão de 2020", "", None),
        ("it", "dovrebbe salire al 40 %", "dovrebbe", "expected"),
        ("it", "s'impegna a costruire", "s'impegna a", "planned"),
        ("it", "l'università della città", "", None),
        ("de", "soll auf 40 % steigen", "soll", "planned"),
        ("de", "soll auf 40 % gestiegen sein", "soll", "claimed"),
        ("de", "Erwachsene sollen Wasser trinken", "sollen", None),
        ("de", "das Soll und das Haben", "", None),
        ("de", "wird von zwölf Firmen betrieben", "", None),
        ("de", "wird 2030 auf 40 % steigen, und dann", "wird", "planned"),
        ("de", "wird saniert und die Kosten steigen auf 40 %", "", None),
        ("de", "weil er 40 % erreichen will", "will", "planned"),
        ("de", "der letzte Wille zählt", "", None),
        ("de", "höher als erwartet", "", None),
        ("de", "unklar, ob es 40 werden sollen", "", None),
        ("de", "wie Medienberichten zufolge", "", None),
        ("de", "nach Gerüchten, laut Medien", "laut Medien", "claimed"),
        ("de", "der Etat sieht 40 Stellen vor", "sieht", None),
        ("de", "er sieht 40 Stellen", "", None),
        ("de", "sie strebt 40 % an", "strebt", "planned"),
        ("en", "40 planned economies", "", None),
        ("en", "Scheduled castes make up 16.6%", "", None),
        ("en", "expected years of schooling are 12", "", None),
        ("en", "40% of likely voters", "", None),
        ("en", "40 would-be migrants", "would", None),
        ("en", "the long-planned tunnel", "planned", None),
        ("ru", "ожидаемая продолжительность жизни", "", None),
        ("ru", "ожидаемая продолжительность строительства", "ожидаемая", None),
        ("kk", "күтілетін өмір сүру ұзақтығы", "", None),
    ],
)
def test_words_of_mood(language: str, text: str, words: str, mood: str | None) -> None:
    found = moods_in(text, language)
    assert " ".join(each.text for each in found) == words
    assert modality_of(found) == mood


@pytest.mark.parametrize(
    ("language", "text", "quote", "cut"),
    [
        ("en", "The centre will employ 160 people there.", "employ 160 people", "will"),
        ("en", "He expected “another 300 billion tenge” soon.", "another 300 billion tenge", "expected"),
        ("en", "The bank lent 5 million, and will lend more.", "lent 5 million", ""),
        ("en", "It could employ 160 people there.", "employ 160 people", "could"),
        ("en", "The ministry is expected to close 20 arrays.", "close 20 arrays", "expected"),
        ("en", "The ministry is slated to close 20 arrays.", "close 20 arrays", "slated"),
        ("en", "The ministry intends to close 20 arrays.", "close 20 arrays", "intends"),
        ("en", "The ministry is due to close 20 arrays.", "close 20 arrays", "due to"),
        ("en", "The ministry might soon close 20 arrays.", "close 20 arrays", "might"),
        ("en", "The ministry would eventually close 20 arrays.", "close 20 arrays", "would"),
        ("en", "The ministry was supposed to close 20 arrays.", "close 20 arrays", "supposed to"),
        ("en", "The ministry is likely to have closed 20 arrays.", "closed 20 arrays", "likely"),
        ("en", "The ministry hoped that it closed 20 arrays.", "closed 20 arrays", "hoped"),
        ("en", "The ministry agreed to close 20 arrays.", "close 20 arrays", "agreed to"),
        ("en", "The ministry must close 20 arrays.", "close 20 arrays", "must"),
        ("en", "The ministry agreed to close 20 arrays.", "agreed to close 20 arrays", ""),
        ("en", "The fall was due to 20 arrays.", "20 arrays", ""),
        ("en", "The limit was set to 20 arrays.", "20 arrays", ""),
        ("en", "It was as expected: it closed 20 arrays.", "it closed 20 arrays", ""),
        ("en", "It was what they expected. It closed 20 arrays.", "It closed 20 arrays", ""),
        ("ru", "Ожидается, что закроют 20 площадок.", "закроют 20 площадок", "Ожидается"),
        ("ru", "Министерство может закрыть 20 площадок.", "закрыть 20 площадок", "может"),
        ("ru", "Министерство хочет также закрыть 20 площадок.", "закрыть 20 площадок", "хочет"),
        ("ru", "Министерство решило закрыть 20 площадок.", "закрыть 20 площадок", "решило"),
        ("ru", "Министерство закрыло 20 площадок, и ожидается рост.", "закрыло 20 площадок", ""),
        ("kk", "Министрлік 20 алаңды жабуы мүмкін.", "20 алаңды жабуы", "мүмкін"),
        ("kk", "Министрлік 20 алаңды жабады деп күтілуде.", "20 алаңды жабады", "күтілуде"),
        ("kk", "Министрлік 20 алаңды жабуды ұсынды.", "20 алаңды жабуды", "ұсынды"),
        ("kk", "Министрлік 20 алаңды жабады деп күтілуде.", "20 алаңды жабады деп күтілуде", ""),
        ("kk", "Министрлік 20 алаңды жапты, ал рост күтілуде.", "20 алаңды жапты", ""),
        ("ru", "Центр будет давать 160 рабочих мест.", "давать 160 рабочих мест", "будет"),
        ("kk", "Орталық 160 адамды жұмысқа алады деп күтілуде.", "160 адамды жұмысқа алады деп", "күтілуде"),
        ("fr", "La ville devrait fermer 20 écoles.", "fermer 20 écoles", "devrait"),
        ("fr", "La ville s'engage à fermer 20 écoles.", "fermer 20 écoles", "s'engage à"),
        ("fr", "La ville a décidé de fermer 20 écoles.", "fermer 20 écoles", "a décidé de"),
        ("fr", "La ville, comme prévu, ferme 20 écoles.", "ferme 20 écoles", ""),
        ("es", "La ciudad podría cerrar 20 escuelas.", "cerrar 20 escuelas", "podría"),
        ("es", "La ciudad decidió cerrar 20 escuelas.", "cerrar 20 escuelas", "decidió"),
        ("es", "La ciudad cerró 20 escuelas y prevé más.", "cerró 20 escuelas", ""),
        ("de", "Die Stadt will 20 Schulen schließen.", "20 Schulen schließen", "will"),
        ("de", "Die Stadt soll 20 Schulen geschlossen haben.", "20 Schulen geschlossen haben", "soll"),
        ("de", "Dass sie 20 Schulen schließen soll, ist neu.", "20 Schulen schließen", "soll"),
        ("de", "Die Stadt schloss 20 Schulen und plant mehr.", "Die Stadt schloss 20 Schulen", ""),
    ],
)
def test_a_quote_may_not_leave_out_the_word_of_mood_beside_it(language: str, text: str, quote: str, cut: str) -> None:
    found = find_quote(text, "", quote, "", language)
    if cut:
        assert isinstance(found, Miss)
        assert found.kind == "cut-mood"
        assert cut in found.reason
    else:
        assert isinstance(found, Match)


@pytest.mark.parametrize(
    ("claim", "severity"),
    [("The ministry closed {value}.", "warning"), ("The ministry proposed to close {value}.", "")],
)
def test_a_claim_that_says_a_mood_answers_for_a_word_that_may_say_none(claim: str, severity: str) -> None:
    quote = Quoted("proposed closing 20 arrays", "en")
    problem = mood_problem(None, [quote], Text(()), Text.of(claim), "en")
    assert (problem.severity if problem else "") == severity
    sure = mood_problem(None, [Quoted("is due to close 20 arrays", "en")], Text(()), Text.of(claim), "en")
    assert sure is not None
    assert sure.severity == "error"


@pytest.mark.parametrize(
    ("language", "text", "severity"),
    [
        ("en", "The wine, expected to be sold abroad, filled 41 casks", "warning"),
        ("en", "The champion, who had been expected to lose, won 7 games", "warning"),
        ("en", "The city, which expects to grow, has 40 schools", "warning"),
        ("ru", "Завод, который планируют продать, выпустил 40 машин", "warning"),
        ("de", "Das Werk, das verkauft werden soll, baute 40 Wagen", "warning"),
        ("es", "La planta, que se prevé cerrar pronto, emplea a 40 personas", "warning"),
        ("en", "In the valley, reportedly, 40 died", "error"),
        ("en", "In the valley, reportedly in secret, 40 died", "error"),
        ("en", "The town, officials expect, gets 40 buses", "error"),
        ("en", "The hotel, which will have 40 beds, has 12 rooms", "error"),
        ("en", "The hotel, which will open in May, has 40 beds", "error"),
        ("en", "The hotel has 40 beds, which will be sold", "error"),
        ("en", "The hotel, which will be sold, is new", "error"),
        ("en", "It will, he said, have 40 beds", "error"),
        ("ru", "Завод, как ожидается, выпустит 40 машин", "error"),
    ],
)
def test_a_mood_between_commas_may_be_of_something_else(language: str, text: str, severity: str) -> None:
    problem = mood_problem(None, [Quoted(text, language)], Text(()), Text(()), "en")
    assert problem is not None
    assert problem.severity == severity


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "a radio station claimed 12 people"),
        ("en", "the union of librarians said 12 left"),
        ("en", "it puts the loss at 12 million"),
        ("fr", "selon le syndicat, 12 sont partis"),
        ("es", "el sindicato dijo que se fueron 12"),
        ("de", "laut Gewerkschaft gingen 12"),
        ("it", "secondo il sindacato 12 sono partiti"),
        ("pt", "segundo o sindicato 12 partiram"),
        ("ru", "по словам профсоюза, ушли 12"),
        ("kk", "кәсіподақтың айтуынша, 12 кетті"),
    ],
)
def test_what_somebody_says_is_claimed(language: str, words: str) -> None:
    said = [Quoted(words, language)]
    assert mood_problem(Modality.CLAIMED, said, Text(()), Text.of("In all {value} left."), "en") is None
    counted = [Quoted("12", language)]
    assert mood_problem(Modality.CLAIMED, counted, Text(()), Text.of("In all {value} left."), "en")


def test_what_is_believed_is_what_stands_behind_it() -> None:
    claim = Text.of("Of the readers, {value} think so.")
    before = Quoted("critics say that 40 readers think so", "en")
    behind = Quoted("40 readers believe that owls are wise", "en")
    assert mood_problem(None, [before], Text(()), claim, "en", [["40 readers"]])
    assert mood_problem(None, [behind], Text(()), claim, "en", [["40 readers"]]) is None
