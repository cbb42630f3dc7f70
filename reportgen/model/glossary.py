"""Terms as authors explain them."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.diagnostics import Places
from reportgen.model.text import Text


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A term of the glossary."""

    term: Text
    """As the list of terms names it. A page of a language that it is not given in does not know it."""
    meaning: Text
    """Evaluated like the text of a brief."""
    also: tuple[tuple[str, str], ...] = ()
    """(language, another form): plurals, cases, spellings. An empty language stands for all."""
    at: Places = field(kw_only=True, compare=False, metadata={"place": True})

    def forms(self, lang: str) -> tuple[str, ...]:
        """What is found on a page of a language, the term itself first; empty where the term has no words in it."""
        tags = (lang, lang.partition("-")[0], "")
        words = dict(self.term.by_language)
        own = next((words[tag] for tag in tags if tag in words), "")
        return tuple(dict.fromkeys((own, *(form for tag, form in self.also if tag in tags)))) if own else ()
