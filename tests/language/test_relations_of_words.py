"""Words of relation that may belong to the word before them: `took over 12 ships`."""

from __future__ import annotations

import pytest

from reportgen.language.scanner import phrases


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("The bank took over 12 branches", ("=", ">")),
        ("The heirs handed over 12 million euros", ("=", ">")),
        ("the debate over 12 schools", ("=", ">")),
        ("a report about 12 bridges", ("=", "~")),
        ("He warned about 310 leaks", ("=", "~")),
        ("The rent was rolled over at 40 euros", ()),
        ("He handed over to 12 families", ()),
        ("Building takes over 14 years", (">",)),
        ("Building takes well over 14 years", (">",)),
        ("The heirs took over 14 years ago", ("=", ">")),
        ("measurements taken over 14 years", ("=", ">")),
        ("It cost over 12 million euros", (">",)),
        ("It is over the 40 tonnes of last year", (">",)),
        ("There are about 310 leaks", ("~",)),
    ],
)
def test_what_a_word_of_relation_may_say(text: str, relations: tuple[str, ...]) -> None:
    assert phrases(text, "en")[0].relations == relations
