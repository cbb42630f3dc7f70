"""English nouns that are counted: their plural and singular by rule. Pure."""

from __future__ import annotations

import re

from reportgen.late_patterns import regex

_SAME = (
    "fish salmon trout cod carp tuna pike perch sturgeon herring mackerel plaice sole haddock halibut shad "
    "grouse sheep cattle deer moose elk caribou bison swine poultry livestock offspring plankton krill species "
    "series means headquarters crossroads gallows barracks aircraft spacecraft watercraft hovercraft equipment "
    "information news staff police personnel software hardware furniture luggage waste wildlife timber seaweed "
    "hertz "
)
"""Nouns whose plural is as they are."""
_PAIRS = (
    "person:people child:children man:men woman:women mouse:mice foot:feet tooth:teeth goose:geese louse:lice "
    "ox:oxen die:dice penny:pence lens:lenses gas:gases atlas:atlases canvas:canvases bias:biases quiz:quizzes "
    "leaf:leaves loaf:loaves half:halves calf:calves shelf:shelves wolf:wolves thief:thieves knife:knives "
    "life:lives wife:wives hoof:hooves scarf:scarves sheaf:sheaves potato:potatoes tomato:tomatoes hero:heroes "
    "echo:echoes veto:vetoes embargo:embargoes torpedo:torpedoes volcano:volcanoes mosquito:mosquitoes "
    "buffalo:buffaloes mango:mangoes cargo:cargoes criterion:criteria phenomenon:phenomena datum:data "
    "medium:media bacterium:bacteria stratum:strata memorandum:memoranda curriculum:curricula spectrum:spectra "
    "nucleus:nuclei fungus:fungi stimulus:stimuli alumnus:alumni larva:larvae alga:algae vertebra:vertebrae "
    "axis:axes basis:bases analysis:analyses crisis:crises thesis:theses hypothesis:hypotheses "
    "diagnosis:diagnoses oasis:oases emphasis:emphases synthesis:syntheses matrix:matrices vertex:vertices "
    "appendix:appendices passer-by:passers-by "
)
"""Nouns with another plural than by rule."""
_IRREGULAR = {noun: noun for noun in _SAME.split()} | dict(pair.split(":") for pair in _PAIRS.split())
_ENDINGS = (
    ("fish", "fish"),
    ("sheep", "sheep"),
    ("deer", "deer"),
    ("calf", "calves"),
    ("-ox", "-oxen"),
    ("woman", "women"),
    ("child", "children"),
    ("craft", "craft"),
    ("wife", "wives"),
)
"""Ends of nouns that are put together: a swordfish, a housewife."""
_MEN = regex(
    "(?:fisher|crafts|sports|police|fire|states|chair|work|business|sales|camera|milk|post|trades|noble|clergy|spokes"
    "|country|horse|oars|frontiers|watch)man"
)
_SINGULAR = {plural: singular for singular, plural in _IRREGULAR.items()}
_HEAD = regex(r"(.+?)( (?:per|of|from|in|for|with|without|at|under|on|by|to) .+)")
_SYMBOL = regex(r"\d|[a-zа-я][A-ZА-Я]")
"""What is in a name that is no word: MtCO2e."""
_PLURAL = regex(r".{2,}[^sui'’]s|.{2,}(?:ies|ues)", re.IGNORECASE)


def plural_of(noun: str) -> str:
    """The plural by rule: `farms`, `boxes`, `deaths per 100,000 people`; what is a plural already stays."""
    if found := _HEAD.fullmatch(noun):
        return plural_of(found[1]) + found[2]
    before, _, last = noun.rpartition(" ")
    return f"{before} {_plural(last)}".lstrip()


def singular_of(noun: str) -> str:
    """The singular by rule: `case` of `cases`."""
    if found := _HEAD.fullmatch(noun):
        return singular_of(found[1]) + found[2]
    before, _, last = noun.rpartition(" ")
    return f"{before} {_singular(last)}".lstrip()


def _plural(word: str) -> str:
    if _SYMBOL.search(word) or word in _SINGULAR or _is_plural(word) or _singular(word) != word:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if _MEN.fullmatch(word):
        return word[:-3] + "men"
    for one, many in _ENDINGS:
        if word.endswith(one):
            return word.removesuffix(one) + many
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(?:s|x|z|ch|sh)$", word) else "s")


def _singular(word: str) -> str:
    if word in _SINGULAR:
        return _SINGULAR[word]
    if _MEN.fullmatch(f"{word[:-3]}man") and word.endswith("men"):
        return f"{word[:-3]}man"
    for one, many in _ENDINGS:
        if word.endswith(many):
            return word.removesuffix(many) + one
    if _SYMBOL.search(word) or word in _IRREGULAR or not _is_plural(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if re.search(r"(?:ss|x|zz|ch|sh|[^ao\W]us)es$", word) and len(word) > 4 else word[:-1]


def _is_plural(word: str) -> bool:
    return _PLURAL.fullmatch(word) is not None and word not in _IRREGULAR
