"""Places of facts and of queries in; those that are no code and in no list of the project, told. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from babel import Locale
from babel.core import get_global

from reportgen.diagnostics import Diagnostic, Span
from reportgen.load.suggest import nearest


def unknown_places(used: Iterable[tuple[str, Span]], listed: Iterable[str]) -> Iterator[Diagnostic]:
    """A warning for each place that readers would see as the letters that were typed.

    A project without a list may name its places by ids of its own: then only one that looks like a slip is told, which
    stands once, beside another that differs in a letter, or is a country's name, or its code in another form (`NGA`).
    """
    placed, names = list(used), set(listed)
    times = Counter(place for place, _ in placed)
    codes = Locale.parse("en").territories
    named = {name.casefold(): code for code, name in codes.items() if code.isalpha()}
    for place, span in placed:
        if place in names or place in codes:
            continue
        short = get_global("territory_aliases").get(place.upper(), [place.upper()])[0]
        short = named.get(place.casefold(), short)
        meant = short if short in codes and not place.isdecimal() else nearest(place, names)
        if meant is None and not names:
            meant = nearest(place, (other for other in times if other != place and times[other] > times[place]))
        if meant is None and not names:
            continue
        listed = f"name it in content/site.yaml: places: {{{place}: …}}"
        hint = f'did you mean "{meant}"? else {listed}' if meant else listed
        yield Diagnostic("unknown-place", f'nothing says what the place "{place}" is called', span, hint, "warning")
