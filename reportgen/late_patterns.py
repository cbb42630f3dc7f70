"""Regular expressions, compiled when they are first used. Pure.

The program has 600 that stand in its modules. To compile all was a sixth of what it took to build one text, which uses
one in three.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_USES = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split", "groups", "groupindex", "flags")


class _Late:
    """What stands for a pattern. Once it is used, it has what the compiled one has."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._given = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._given)
        vars(self).update({use: getattr(compiled, use) for use in _USES})
        return getattr(compiled, name)


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A pattern for a module to keep: `re.compile`, but that a mistake in it raises re.error where it is used."""
    return cast("re.Pattern[AnyStr]", _Late(pattern, flags))
