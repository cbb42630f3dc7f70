"""Makes reportgen/language/data/*.json out of CLDR and the YAML files beside them.

    python docs/make_lexicon.py          # all of it; needs icu4py, which holds CLDR's number words
    python docs/make_lexicon.py --hand   # only the hand-made part, after an edit of a YAML file

Run with the repository's root on PYTHONPATH.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers
from babel.numbers import get_territory_currencies, list_currencies

from reportgen.language import cldr
from reportgen.language.lexicon import MADE, TURNING, keys_of, table_of, unit_data
from reportgen.language.words import folded, lower, plain_keys

DATA = Path(__file__).resolve().parents[1] / "reportgen" / "language" / "data"
CASES = ("", "-genitive", "-dative", "-accusative", "-instrumental", "-prepositional", "-locative", "-ablative")
KINDS = ("", "-masculine", "-feminine", "-neuter", "-plural", "-verbose")
ATOMS = (*range(21), *range(30, 100, 10), *range(100, 1000, 100))
SCALES = (100, 10**3, 10**6, 10**9, 10**12, 10**15)
MEASURED = 4
"""The place of the prefix words in units.yaml: Latin is 1, Cyrillic 2, its letter 3."""


def main() -> None:
    shared = yaml.safe_load((DATA / "units.yaml").read_text(encoding="utf-8"))
    hand_only = "--hand" in sys.argv
    if not hand_only:
        agreed, disputed = all_multiples()
    else:
        old = json.loads((DATA / "units.json").read_text(encoding="utf-8"))
        agreed, disputed = old["multiples"], old["disputed"]
    write("units", units_of(shared, agreed, disputed))
    write_turning()
    for language in MADE:
        hand = yaml.safe_load((DATA / f"{language}.yaml").read_text(encoding="utf-8"))
        locale = Locale.parse(language)
        if hand_only:
            words = json.loads((DATA / f"{language}.json").read_text(encoding="utf-8"))
        else:
            words = number_words(language)
        ids = dict(measured(shared))
        names = cldr.unit_names(locale, ids)
        money = cldr.money_names(locale)
        british = cldr.unit_names(Locale.parse("en_GB"), ids) if language == "en" else {}
        entries = [*hand_entries(hand, shared, language)]
        entries += prefixed_entries(hand, shared, names, language)
        entries += bare_currencies(money, hand) if language == "en" else ()
        listed = {text for text, _ in entries}
        entries += [
            pair
            for source in (names, british)
            for pair in cldr.unit_entries(source, money if source is names else {})
            if pair[0] not in listed
        ]
        unread = {lower(folded(str(word))) for word in hand["not_units"]}
        entries = [pair for pair in entries if pair[0] and lower(folded(pair[0])) not in unread]
        write(
            language,
            {
                "decimal": cldr.decimal_mark(locale),
                "month_first": cldr.month_first(locale),
                "months": cldr.months(locale),
                "numbers": words["numbers"],
                "ordinals": words["ordinals"],
                "scales": {**words["scales"], **cldr.multiples(locale)} if not hand_only else words["scales"],
                "units": table_of(entries, keys_of(hand)),
                "names": {**names, **{code: {"long": forms} for code, forms in money.items()}},
                "hand": hand,
            },
        )


def write_turning() -> None:
    """The files of languages of which only the words that turn a sentence are known."""
    for language in TURNING:
        write(language, {"hand": yaml.safe_load((DATA / f"{language}.yaml").read_text(encoding="utf-8"))})
    write("telling", {language: "\n".join(sorted(known_words(language))) for language in TURNING})


def known_words(language: str) -> set[str]:
    """The multiples, units, months and number words of a language that has no file of its own for them."""
    known = cldr.computed(language)
    return {*known.scales, *known.units, *known.months, *known.numbers}


def write(name: str, data: dict[str, Any]) -> None:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=False)
    (DATA / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    print(f"{name}.json {len(text) // 1024} KB")


def number_words(language: str) -> dict[str, dict[str, int]]:
    """The words that CLDR spells numbers with, in every rule set of the language."""
    from icu4py.messageformat import MessageFormat  # needed here alone

    def speller(rule: str) -> Callable[[int], str]:
        form = MessageFormat(f"{{n,spellout,%{rule}}}", language)
        return lambda number: lower(folded(str(form.format({"n": number})))).replace("\u00ad", "")

    spelled = {"numbers": {}, "ordinals": {}, "scales": {}}  # type: dict[str, dict[str, int]]
    plain = [speller("spellout-numbering")(number) for number in ATOMS]
    for kind in ("cardinal", "ordinal"):
        for rule in (f"spellout-{kind}{form}{case}" for form in KINDS for case in CASES):
            try:
                spell = speller(rule)
                first = spell(3)
            except Exception:
                continue
            if kind == "ordinal" and first in plain:
                continue  # an unknown rule set falls back on plain numbers
            target = spelled["numbers" if kind == "cardinal" else "ordinals"]
            for number in ATOMS:
                word = spell(number)
                if word.isalpha() and not (number == 100 and language != "ru"):
                    target.setdefault(word, number)
            if kind == "cardinal":
                for scale in SCALES:
                    for count in (1, 2, 5):
                        word = re.split(r"[ -]", spell(scale * count))[-1]
                        if scale > 100 or language != "ru":
                            spelled["scales"].setdefault(word, scale)
            else:
                for scale in SCALES:
                    word = re.split(r"[ -]", spell(scale))[-1]
                    if len(word) > 2 and word.isalpha():
                        target.setdefault(word, scale)
    for word in {**spelled["numbers"], **spelled["scales"]}:
        spelled["ordinals"].pop(word, None)
    for word in spelled["scales"]:
        spelled["numbers"].pop(word, None)
    return spelled


def measured(shared: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Unit -> CLDR's id, prefixed units included."""
    for name, unit in shared["units"].items():
        if "cldr" not in unit:
            continue
        yield name, unit["cldr"]
        group, _, word = unit["cldr"].partition("-")
        for prefix in unit.get("prefixes", ""):
            yield prefix + name, f"{group}-{shared['prefixes'][prefix][1]}{word}"
    yield "kWh", "energy-kilowatt-hour"


def all_multiples() -> tuple[dict[str, int], list[str]]:
    """Words for a multiple in any language: those on which all agree, and those on which they differ."""
    found: dict[str, set[int]] = {}
    for name in locale_identifiers():
        if "_" not in name:
            for word, value in cldr.multiples(Locale.parse(name)).items():
                if len(word) > 2:
                    found.setdefault(word, set()).add(value)
    agreed = {word: min(values) for word, values in sorted(found.items()) if len(values) == 1}
    return agreed, sorted(word for word, values in found.items() if len(values) > 1)


def units_of(shared: dict[str, Any], agreed: dict[str, int], disputed: list[str]) -> dict[str, Any]:
    """units.json: every unit with its prefixes, every symbol, sign and code."""
    units: dict[str, Any] = {}
    symbols: dict[str, list[str]] = {}
    printed: dict[str, list[str]] = {}
    for name, unit in shared["units"].items():
        scale = cldr.fraction(unit.get("scale", 1))
        prefixes = {"": (0, "", "", ""), **{p: shared["prefixes"][p] for p in unit.get("prefixes", "")}}
        if "cldr" not in unit or "prefixes" in unit or "symbols" in unit:
            printed[name] = [unit.get("symbols", [name])[0], *unit.get("cyrillic", [])[: "prefixes" in unit]]
        for prefix, (power, _, _, letter) in prefixes.items():
            full = prefix + name
            units[full] = [sorted(unit["base"].items()), str(scale * cldr.fraction(10) ** power)]
            latin = unit.get("symbols", [name] if "prefixes" in unit else [])
            for symbol in [prefix + text for text in latin] + [letter + text for text in unit.get("cyrillic", [])]:
                symbols.setdefault(folded(symbol), []).append(full)
            for symbol in unit.get("also", {}).get(full, ()):
                symbols.setdefault(symbol, []).append(full)
            if prefix == "k":  # KW and Кг are written as often
                for symbol in ["K" + text for text in latin] + ["К" + text for text in unit.get("cyrillic", [])]:
                    symbols.setdefault(folded(symbol), []).append(full)
    codes = [*sorted(list_currencies()), *shared["extra_codes"]]
    money = {code: code for code in codes}
    money.update(shared["symbols"])
    read = {**{sign: codes for sign, codes in cldr.own_signs().items() if sign not in money}, **shared["signs_read"]}
    money.update(read)
    money["$"] = "|".join(shared["dollars"])
    money["£"] = "|".join(shared["pounds"])
    return {
        "units": units,
        "symbols": {symbol: "|".join(dict.fromkeys(names)) for symbol, names in symbols.items()},
        "money": money,
        "read_signs": sorted(read.keys() - {"C$"}),  # in English it is printed for Canada's
        "sign_letters": shared["sign_letters"],
        "multiples": agreed,
        "disputed": disputed,
        "cldr": dict(measured(shared)),
        "printed": printed,
        "prefixes": {prefix: words for prefix, (_, *words) in shared["prefixes"].items()},
        "bases": sorted({*shared["bases"], *codes}),
        "relations": table_of(
            ((" ".join(reversed(text.split())), code) for text, code in shared["relation_signs"].items()), plain_keys
        ),
        "joined_nouns": shared["joined_nouns"],
        "joined_people": shared["joined_people"],
    }


def hand_entries(hand: dict[str, Any], shared: dict[str, Any], language: str) -> Iterator[tuple[str, str]]:
    """What the hand-made part says of units and currencies, and the prefixed words of watt-hours and hashes."""
    signs = {"$": "|".join(shared["dollars"]), "£": "|".join(shared["pounds"])}
    for group, name in (
        ("percent", "percent"),
        ("points", "pp"),
        ("basis_points", "basis_point"),
        ("per_mille", "per_mille"),
    ):
        for text in hand[group]:
            yield text, name
    for codes, texts in hand["currencies"].items():
        weight = "+lb" if codes == "£" else ""  # a pound is money or a weight
        for text in texts:
            yield text, f"${signs.get(codes, codes)}{weight}"
    for codes, texts in hand["hundredths"].items():
        for text in texts:
            yield text, f"¢{codes}"
    for name, texts in hand["units"].items():
        for text in texts:
            yield text, name
    column = MADE.index(language)
    for name, unit in shared["units"].items():
        for prefix in ["", *unit.get("prefixes", "")]:
            start = shared["prefixes"][prefix][1 if language == "en" else 2] if prefix else ""
            for word in unit.get("words", [[], [], []])[column]:
                yield start + word, prefix + name


def bare_currencies(money: dict[str, dict[str, str]], hand: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The last word of each name of a currency in use, for all those that are called so: `zlotys`, `pesos`."""
    spent = {code for land in get_global("territory_currencies") for code in get_territory_currencies(land)}
    listed = {lower(folded(text)) for texts in hand["currencies"].values() for text in texts}
    found: dict[str, dict[str, None]] = {}
    for code in sorted(spent & money.keys()):
        for name in money[code].values():
            word = name.split()[-1]
            if word.isalpha() and lower(folded(word)) not in {*listed, *hand["not_money"]}:
                found.setdefault(word, {})[code] = None
    for word, codes in found.items():
        yield word, f"${'|'.join(codes)}"


def prefixed_entries(
    hand: dict[str, Any], shared: dict[str, Any], names: dict[str, Any], language: str
) -> Iterator[tuple[str, str]]:
    """The names with a prefix that CLDR lacks, as `unit_names.long_name` makes them: `petawatts`."""
    for name, unit in shared["units"].items():
        printed = hand["printed"]["units"].get(name, {}).get("long")
        forms = printed or names.get(name, {}).get("long", {})
        for prefix in unit.get("prefixes", ""):
            start = shared["prefixes"][prefix][1 if language == "en" else 2]
            for text in forms.values() if printed or prefix + name not in names else ():
                if text.replace("-", "").isalpha():
                    yield start + text, prefix + name


if __name__ == "__main__":
    if not (DATA / "units.json").is_file():
        unit_data.cache_clear()
    main()
