"""Text that may differ by language."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """What an author wrote, once or once a language."""

    by_language: tuple[tuple[str, str], ...]
    """(BCP 47 tag, text), as written; one pair with an empty tag where the author gave no language."""

    @classmethod
    def of(cls, text: str) -> Text:
        """The same text in every language."""
        return cls((("", text),))

    def in_language(self, lang: str) -> str:
        """The text in `lang`, else in its base language, else in the one that was written first."""
        texts = dict(self.by_language)
        for tag in (lang, lang.partition("-")[0], ""):
            if tag in texts:
                return texts[tag]
        return self.by_language[0][1] if self.by_language else ""

    def speaks(self, lang: str) -> bool:
        """Whether it was written for a language."""
        return any(tag in (lang, lang.partition("-")[0]) for tag, _ in self.by_language)

    def foreign(self, lang: str, own: str) -> str:
        """The language of what `in_language` gives, where it is another than `lang`; empty otherwise, and for what has
        no letters. `own`: the language of what was written without one."""
        base, words = lang.partition("-")[0], re.sub(r"\{value\}", "", self.in_language(lang))
        if self.speaks(lang) or not re.search(r"[^\W\d_]", words):
            return ""
        tag = "" if "" in dict(self.by_language) else self.by_language[0][0]
        return "" if (tag or own).partition("-")[0] == base else tag or own

    def continues(self, other: Text) -> bool:
        """Whether it is that text, perhaps given in more languages since."""
        texts = dict(self.by_language)
        first = self.by_language[0][1] if self.by_language else None
        return self == other or (
            bool(other.by_language)
            and all(texts.get(tag, None if tag else first) == text for tag, text in other.by_language)
        )

    def earlier(self) -> tuple[Text, ...]:
        """What it may have been before more languages were added at its end, itself first."""
        texts = self.by_language
        shorter = [Text(texts[:number]) for number in range(len(texts), 0, -1)] or [self]
        return (*shorter, *([Text.of(texts[0][1])] if len(texts) > 1 else ()))

    def __bool__(self) -> bool:
        return any(text for _, text in self.by_language)


def is_seen(text: str) -> bool:
    """Whether anything of a text is seen when it is printed."""
    return any(sign.isprintable() and not sign.isspace() for sign in text)
