"""Places of facts and of queries in; those that are no code and in no list of the project, told. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from babel.core import get_global

from reportgen.diagnostics import Diagnostic, Severity, Span
from reportgen.load.suggest import nearest
from reportgen.locale_tables import Locale
from reportgen.model.text import Text


def unknown_places(used: Iterable[tuple[str, Span]], listed: Mapping[str, Text]) -> Iterator[Diagnostic]:
    """An error for each place that is no code and in no list of the project: readers would see the letters typed.

    A project without a list may name its places by ids of its own: then only what looks like a slip is told. A
    country's name, or its code in another form (`NGA`), is an error; an id that differs in a letter from another that
    is used more often is a warning, since it can be meant.
    """
    placed, names = list(used), set(listed)
    if not placed:
        return
    called = {text.casefold(): code for code, texts in listed.items() for _, text in texts.by_language}
    times = Counter(place for place, _ in placed)
    codes = Locale.parse("en").territories
    named = {name.casefold(): code for code, name in codes.items() if code.isalpha()}
    for place, span in placed:
        if place in names or place in codes:
            continue
        short = get_global("territory_aliases").get(place.upper(), [place.upper()])[0]
        short = named.get(place.casefold(), short)
        meant = short if short in codes and not place.isdecimal() else nearest(place, names)
        if near := nearest(place.casefold(), called):
            meant = called[near]
        certain = meant is not None or bool(names)
        if not certain:
            meant = nearest(place, (other for other in times if other != place and times[other] > times[place]))
        if meant is None and not names:
            continue
        name_it = f"name it in content/site.yaml: places: {{{place}: …}}"
        hint = f'did you mean "{meant}"? else {name_it}' if meant else name_it
        severity: Severity = "error" if certain else "warning"
        yield Diagnostic("unknown-place", f'nothing says what the place "{place}" is called', span, hint, severity)
