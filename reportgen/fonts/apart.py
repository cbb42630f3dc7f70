"""An Arabic font in, the same with a glyph for each letter out, so that its words are copied out of a PDF in order.

A PDF maps a glyph to its letters, and readers turn round what is written right to left, glyph by glyph: the two letters
of a ligature come out swapped. So the ligatures that are a matter of taste are left out. Lam and alef, which must join,
become two glyphs: one draws both, the other nothing. Pure but for fontTools.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from typing import Any

LAM_ALEF = range(0xFEF5, 0xFEFD)
"""How Unicode encodes lam and alef joined: only to find their glyphs by."""
_NOTHING = "nothing.{}"


@lru_cache(maxsize=50)
def letters_apart(data: bytes) -> bytes:
    """A TrueType font cut with the signs of LAM_ALEF in it; any other font comes back as it is."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(data), recalcTimestamp=False)
    joined = {font.getBestCmap().get(code) for code in LAM_ALEF} - {None}
    if not joined or "GSUB" not in font or "glyf" not in font:
        return data
    pairs = dict(_taken_out(font, joined))
    alefs = sorted({alef for _, alef in pairs})
    for alef in alefs:
        _add_nothing(font, _NOTHING.format(alef))
    if pairs:
        _add_lookups(font, pairs, alefs)
    written = BytesIO()
    font.save(written, reorderTables=None)
    return written.getvalue()


def _taken_out(font: Any, joined: set[Any]) -> Iterator[tuple[tuple[str, str], str]]:
    """Takes all ligatures out; gives those of lam and alef: (lam's glyph, alef's glyph), the glyph of both."""
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            inner = getattr(subtable, "ExtSubTable", subtable)
            for first, ligatures in getattr(inner, "ligatures", {}).items():
                for ligature in ligatures:
                    if ligature.LigGlyph in joined and len(ligature.Component) == 1:
                        yield (first, ligature.Component[0]), ligature.LigGlyph
            if hasattr(inner, "ligatures"):
                inner.ligatures = {}


def _add_nothing(font: Any, name: str) -> None:
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    font["glyf"][name] = Glyph()  # appends it to the order of glyphs
    font["hmtx"][name] = (0, 0)
    font["maxp"].numGlyphs = len(font.getGlyphOrder())
    font.getReverseGlyphMap(rebuild=True)


def _add_lookups(font: Any, pairs: dict[tuple[str, str], str], alefs: list[str]) -> None:
    """The rules that draw lam as both letters before an alef, and this alef as nothing; marks may stand between."""
    from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
    from fontTools.ttLib import TTFont

    both = " ".join(sorted(set(pairs.values())))
    rules = [f"  sub {lam}' {alef} by {glyph};" for (lam, alef), glyph in sorted(pairs.items())]
    rules += [f"  sub [{both}] {alef}' by {_NOTHING.format(alef)};" for alef in alefs]
    lookups = f"lookup draw {{ lookupflag IgnoreMarks;\n{chr(10).join(rules[: len(pairs)])}\n}} draw;\n"
    lookups += f"lookup drop {{ lookupflag IgnoreMarks;\n{chr(10).join(rules[len(pairs) :])}\n}} drop;\n"
    made = TTFont()
    made.setGlyphOrder(font.getGlyphOrder())
    for table in ("glyf", "head", "maxp", "GDEF"):
        if table in font:
            made[table] = font[table]
    addOpenTypeFeaturesFromString(made, f"{lookups}feature rlig {{ lookup draw; lookup drop; }} rlig;", tables=["GSUB"])
    ours, added = font["GSUB"].table, made["GSUB"].table
    first = len(ours.LookupList.Lookup)
    for lookup in added.LookupList.Lookup:
        for subtable in lookup.SubTable:
            for record in _records(subtable):
                record.LookupListIndex += first
    ours.LookupList.Lookup += added.LookupList.Lookup
    ours.LookupList.LookupCount = len(ours.LookupList.Lookup)
    wanted = [first + n for n in added.FeatureList.FeatureRecord[0].Feature.LookupListIndex]
    for record in ours.FeatureList.FeatureRecord:
        if record.FeatureTag == "rlig":
            record.Feature.LookupListIndex += wanted
            record.Feature.LookupCount = len(record.Feature.LookupListIndex)


def _records(subtable: Any) -> Iterator[Any]:
    """The references to lookups in a contextual rule, of whichever format."""
    yield from getattr(subtable, "SubstLookupRecord", None) or ()
    names = (("ChainSubRuleSet", "ChainSubRule"), ("ChainSubClassSet", "ChainSubClassRule"))
    for sets, rules in names:
        for rule_set in getattr(subtable, sets, None) or ():
            for rule in getattr(rule_set, rules) if rule_set else ():
                yield from rule.SubstLookupRecord
