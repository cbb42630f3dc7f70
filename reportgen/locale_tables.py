"""Babel's locales, each with tables of its own.

Effects, when it is imported: replaces a property of Babel's `Locale`. What a language says in a table by way of another
table ("alone, as in dates") Babel writes into what all languages share, so that months, days, quarters and eras of a
language were those of whichever had been asked for before it.
"""

from __future__ import annotations

from typing import Any

from babel import Locale, UnknownLocaleError
from babel.localedata import LocaleDataDict

__all__ = ["TABLES", "Locale", "UnknownLocaleError"]

TABLES = "_data"
"""What a locale reads all its tables by."""
_KEPT = "_own_tables"
"""Where a locale keeps them, once they are asked for."""


class _OwnTables(LocaleDataDict):
    """Tables that are found by way of others when they are asked for, and kept here alone."""

    def __init__(self, data: Any, base: Any = None) -> None:
        super().__init__(data.copy(), data if base is None else base)

    def __getitem__(self, key: Any) -> Any:
        found = super().__getitem__(key)
        if type(found) is LocaleDataDict:
            found = self._data[key] = _OwnTables(found._data, self.base)
        return found


def _with_own_tables(shared: Any) -> property:
    known: dict[str, _OwnTables] = {}

    def tables(locale: Locale) -> _OwnTables:
        found: _OwnTables | None = vars(locale).get(_KEPT)
        if found is None:
            name = str(locale)
            found = known.get(name) or known.setdefault(name, _OwnTables(shared.fget(locale)._data))
            vars(locale)[_KEPT] = found
        return found

    return property(tables)


setattr(Locale, TABLES, _with_own_tables(getattr(Locale, TABLES)))
