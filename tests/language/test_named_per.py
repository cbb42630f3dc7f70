"""What a quote names apart from its numbers says what they are counted per; everyday names of units and of money."""

from __future__ import annotations

import pytest

from tests.language.reading import is_read, read

HONEST = (
    ("en", "A kilo of cod costs 12 euros", "12", "EUR/kg"),
    ("en", "The price of a litre of diesel rose to 1.80 euros", "1.80", "EUR/L"),
    ("en", "Tin fetched 240 euros the tonne", "240", "EUR/t"),
    ("en", "An hour of flight costs 4,500 US dollars", "4500", "USD/h"),
    ("en", "The trawler burns 3,500 litres of diesel a day", "3500", "L/day"),
    ("en", "The farm uses 3,500 litres of fresh water daily", "3500", "L/day"),
    ("en", "Every day the farm uses 3,500 litres of water", "3500", "L/day"),
    ("en", "The pump moves 40 tonnes of water an hour", "40", "t/h"),
    ("en", "The annual harvest is 12 tonnes", "12", "t/year"),
    ("en", "A square metre of office costs 300 euros", "300", "EUR/m2"),
    ("ru", "Килограмм меди стоит 310 рублей", "310", "RUB/kg"),
    ("ru", "За литр солярки просят 60 рублей", "60", "RUB/L"),
    ("ru", "Ежедневно ферма тратит 3500 литров воды", "3500", "L/day"),
    ("ru", "Цена тонны никеля поднялась до 310 рублей", "310", "RUB/t"),
    ("fr", "La morue se vend 18,40 € le kilo", "18.40", "EUR/kg"),
    ("fr", "Le litre de gazole est à 1,80 euro", "1.80", "EUR/L"),
    ("fr", "Le cuivre vaut 90 euros la tonne", "90", "EUR/t"),
    ("fr", "Le bureau se loue 90 € le mètre carré", "90", "EUR/m2"),
    ("fr", "La mine produit chaque année 12 tonnes d'or", "12", "t/year"),
    ("fr", "La ferme consomme 3 500 litres d'eau par jour", "3500", "L/day"),
    ("fr", "La production annuelle est de 12 tonnes", "12", "t/year"),
    ("fr", "Le plombier prend 60 € de l'heure", "60", "EUR/h"),
    ("es", "El bacalao está a 18,40 € el kilo", "18.40", "EUR/kg"),
    ("es", "El gasóleo cuesta 1,80 euros el litro", "1.80", "EUR/L"),
    ("es", "Cobra 12 euros a la hora", "12", "EUR/h"),
    ("es", "La granja gasta 3.500 litros de agua al día", "3500", "L/day"),
    ("es", "La mina produce 12 toneladas de oro anuales", "12", "t/year"),
    ("de", "Dorsch kostet 18,40 Euro das Kilo", "18.40", "EUR/kg"),
    ("de", "Der Liter Diesel kostet 1,80 Euro", "1.80", "EUR/L"),
    ("de", "Die Tonne Weizen brachte 240 Euro", "240", "EUR/t"),
    ("de", "Sie bekommt 12 Euro die Stunde", "12", "EUR/h"),
    ("de", "Sie bekommt 12 Euro in der Stunde", "12", "EUR/h"),
    ("de", "Der Hof braucht täglich 3.500 Liter Wasser", "3500", "L/day"),
    ("de", "Die Mine fördert 12 Tonnen Gold im Jahr", "12", "t/year"),
    ("pt", "O bacalhau custa 18,40 € por quilo", "18.40", "EUR/kg"),
    ("pt", "O bacalhau custa 18,40 € o quilo", "18.40", "EUR/kg"),
    ("pt", "A mina produz 12 toneladas de ouro por ano", "12", "t/year"),
    ("it", "Il baccalà costa 18,40 euro al chilo", "18.40", "EUR/kg"),
    ("it", "Il grano costa 240 euro alla tonnellata", "240", "EUR/t"),
    ("it", "Il grano costa 240 euro a tonnellata", "240", "EUR/t"),
    ("it", "L'idraulico prende 60 euro l'ora", "60", "EUR/h"),
    ("it", "La miniera produce 12 tonnellate d'oro l'anno", "12", "t/year"),
    ("it", "La miniera produce 12 tonnellate d'oro all'anno", "12", "t/year"),
    ("nl", "De kabeljauw kost 18,40 euro per kilo", "18.40", "EUR/kg"),
)
"""Language, quote, value and unit."""

WRONG = (
    ("en", "A kilo of cod costs 12 euros", "12", "EUR/t"),
    ("en", "A kilo of tin costs 12 euros, and a litre of diesel 2 euros", "2", "EUR/kg"),
    ("en", "The farm uses 3,500 litres of water a week", "3500", "L/day"),
    ("en", "Cod costs 12 euros", "12", "EUR/kg"),
    ("en", "He landed 12 tonnes, 3 years after the storm", "12", "t/year"),
    ("en", "He landed 12 tonnes in the years of plenty", "12", "t/year"),
    ("en", "He landed 12 tonnes half a year ago", "12", "t/year"),
    ("en", "The stock was 12 tonnes; the annual report is late", "12", "t/year"),
    ("de", "Das Lager fasst 12 Tonnen. Der jährliche Bericht fehlt", "12", "t/year"),
    ("fr", "Le stock est de 12 tonnes. La production annuelle baisse", "12", "t/year"),
    ("fr", "Il a débarqué 12 tonnes il y a un an", "12", "t/year"),
    ("de", "Er landete vor einem Jahr 12 Tonnen an", "12", "t/year"),
    ("fr", "La morue se vend 18,40 € le kilo", "18.40", "EUR/t"),
    ("fr", "La ferme consomme 3 500 litres d'eau par semaine", "3500", "L/day"),
    ("fr", "La morue se vend 18,40 €", "18.40", "EUR/kg"),
    ("es", "La mina produjo 12 toneladas hace 3 años", "12", "t/year"),
    ("de", "Der Hof braucht wöchentlich 3.500 Liter Wasser", "3500", "L/day"),
    ("de", "Dorsch kostet 18,40 Euro das Kilo", "18.40", "EUR/t"),
    ("pt", "O bacalhau custa 18,40 € por quilo", "18.40", "EUR/t"),
    ("it", "Il baccalà costa 18,40 euro al chilo", "18.40", "EUR/t"),
    ("ru", "Килограмм меди стоит 310 рублей", "310", "RUB/t"),
)

EVERYDAY = (
    ("fr", "Chacun mange 33 kilos de poisson", "33", "kg"),
    ("es", "El consumo fue de 23,2 kilos", "23.2", "kg"),
    ("pt", "Cada um come 59,9 quilos", "59.9", "kg"),
    ("it", "Il pesce pesava 12 chili", "12", "kg"),
    ("de", "Der Fisch wog 12 Kilo", "12", "kg"),
    ("nl", "De vis woog 12 kilo", "12", "kg"),
    ("de", "Der Streit dauert seit 12 Jahren", "12", "year"),
    ("de", "Das Werk stand nach 3 Monaten still", "3", "month"),
    ("de", "Das Eis taute in 12 Tagen", "12", "day"),
    ("fr", "La digue a tenu 12 années", "12", "year"),
    ("es", "La temperatura subió 1,2 grados", "1.2", "°C"),
    ("de", "Es wurde um 1,2 Grad wärmer", "1.2", "°C"),
    ("fr", "La mer a gagné 1,4 degré", "1.4", "°C"),
    ("it", "Il mare è salito di 1,4 gradi", "1.4", "°C"),
    ("pt", "O mar aqueceu 1,4 graus", "1.4", "°C"),
    ("es", "El barco giró 12 grados", "12", "degree"),
    ("en", "exports worth 143 billion kronur", "143", "billion ISK"),
    ("en", "a fine of 12 krónur", "12", "ISK"),
    ("en", "a fine of 12 kronor", "12", "SEK"),
    ("en", "a fine of 12 Norwegian crowns", "12", "NOK"),
    ("en", "a road for 12 billion CFA francs", "12", "billion XOF"),
    ("en", "fees of 12 meticais", "12", "MZN"),
    ("en", "a 12m-euro grant", "12", "million EUR"),
    ("en", "a 3bn-dollar loan", "3", "billion USD"),
    ("en", "plums at 450p a kilo", "4.5", "GBP/kg"),
)


@pytest.mark.parametrize(("language", "quote", "value", "unit"), HONEST)
def test_a_unit_that_is_named_alone_says_what_is_counted_per(language: str, quote: str, value: str, unit: str) -> None:
    verdict = read(quote, value, unit, language)
    assert is_read(verdict), verdict


@pytest.mark.parametrize(("language", "quote", "value", "unit"), WRONG)
def test_another_unit_or_none_does_not(language: str, quote: str, value: str, unit: str) -> None:
    assert not is_read(read(quote, value, unit, language))


@pytest.mark.parametrize(("language", "quote", "value", "unit"), EVERYDAY)
def test_everyday_names_are_read(language: str, quote: str, value: str, unit: str) -> None:
    verdict = read(quote, value, unit, language)
    assert is_read(verdict), verdict
