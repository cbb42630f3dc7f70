"""The program's own words in each language that it speaks, English being the key. Reads the package's own files.

A project may give them in other languages, and other words in these. What nobody gave is in English, and is marked as
that: on a page in German, `Key messages` stands between two private-use characters, which `marked_up` makes an element
with `lang="en"` of, and which `unmarked` takes out where there are no elements.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib import resources

from babel.lists import format_list

from reportgen.language.locales import locale_of
from reportgen.late_patterns import regex

Forms = Mapping[str, str]
"""CLDR's plural category, such as `one` or `few` -> a phrase beside a number of that category."""
Phrases = Mapping[str, str | Forms]
"""English phrase -> phrase; `{}` for what is filled in."""

ENGLISH, OWN, END = "\U00100001", "\U00100002", "\U00100003"
"""Begin what is in English on a page of another language, begin within it what is in the page's, and end either."""
_MARKS = regex(f"[{ENGLISH}{OWN}{END}]")
_TAG = regex(r"<(script|style|title|textarea|option)\b.*?</\1>|<!--.*?-->|<[^<>]*>", re.S)
_WHOLE = regex(rf"(<[a-z][a-z0-9]*\b(?![^<>]*\slang=)[^<>/]*)>{ENGLISH}([^<>{ENGLISH}{OWN}{END}]*){END}(?=</)")
_ATTRIBUTES = regex(
    rf"<(?:img|input)\b[^<>]*{ENGLISH}[^<>]*>|<[a-z][a-z0-9]*\b[^<>]*{ENGLISH}[^<>]*>(?=(?:[^\w<>&]|&[^;]*;)*</)"
)
"""Tags with attributes in English, of elements without words: on others `lang` would be of the words too."""
_LABELLED = regex(rf'(<[a-z][a-z0-9]*\b(?![^<>]*\slang=)[^<>]*?) aria-label="([^"<>]*{ENGLISH}[^"<>]*)"')
"""An element with words whose name, which only a screen reader says, is in English or begins so."""
_NO_WORDS = regex(rf"{OWN}((?:[^{ENGLISH}{OWN}{END}<>]|<[^<>]*>)*){END}")


@cache
def languages() -> Mapping[str, Phrases]:
    """Code of a language -> its phrases, out of `phrases/<code>.json`.

    English has only what stands beside one; its other forms are the keys.
    """
    folder = resources.files("reportgen.language") / "phrases"
    return {
        file.name.removesuffix(".json"): json.loads(file.read_text(encoding="utf-8"))
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
    }


def furniture(lang: str, given: Mapping[str, Phrases]) -> Furniture:
    """The words of a language. `given`: those of a project, by language; of `de-AT` those of `de` too."""
    return Furniture(lang, {**given.get(lang.partition("-")[0], {}), **given.get(lang, {})})


@cache
def catalogue() -> Mapping[str, bool]:
    """Each phrase in English -> whether it has a form for each number."""
    return {words: not isinstance(put, str) for words, put in languages()["ru"].items()}


@dataclass(frozen=True, slots=True)
class Furniture:
    """The program's words on pages in one language."""

    lang: str
    own: Phrases = field(default_factory=dict)
    """Those that the project gives."""

    def phrase(self, words: str, *filled: object) -> str:
        """A phrase, filled in; marked where it is in English because the language has none. A function that is filled
        in gives what stands there in the language that it is called with, as a date in the phrase's own."""
        return self._said(words, self._in_form(words, None), filled)

    def counted(self, words: str, count: int, *filled: object) -> str:
        """A phrase in the form that it has beside a number: `{} facts here` beside 1 is `{} fact here`."""
        return self._said(words, self._in_form(words, count), filled)

    def plain(self, words: str, *filled: object) -> str:
        """A phrase for where nothing can be marked: a drawing, a feed, an attribute."""
        return unmarked(self.phrase(words, *filled))

    def of_two(self, one: str, other: str) -> str:
        """Two names; in a language without the phrase as its locale data joins two."""
        if self.is_foreign("{} and {}"):
            return format_list([one, other], locale=locale_of(self.lang))
        return self.phrase("{} and {}", one, other)

    def with_others(self, name: str) -> str:
        """The first of several names; in a language without the phrase in Latin, as its bibliographies have it."""
        return f"{name} et al." if self.is_foreign("{} and others") else self.phrase("{} and others", name)

    def parts(self, words: str, count: int | None = None) -> list[str]:
        """What stands before, between and after what a template fills in, which is in the page's language."""
        found = self._in_form(words, count)
        if not self.is_foreign(words):
            return found.split("{}")
        return f"{ENGLISH}{found}{END}".replace("{}", f"{OWN}{{}}{END}").split("{}")

    def is_foreign(self, words: str) -> bool:
        """Whether a phrase is in English on a page of another language."""
        return self.spoken(words) != self.lang

    def spoken(self, words: str) -> str:
        """The language that a phrase is in."""
        base = self.lang.partition("-")[0]
        known = base == "en" or words in self.own or words in languages().get(base, {})
        return self.lang if known else "en"

    def missing(self) -> tuple[str, ...]:
        """The phrases that are in English on pages of another language."""
        return tuple(words for words in catalogue() if self.is_foreign(words))

    def _in_form(self, words: str, count: int | None) -> str:
        spoken = self.spoken(words)
        given = self.own if words in self.own else languages().get(spoken.partition("-")[0], {})
        found = given.get(words, words)
        if isinstance(found, str):
            return found
        return found.get("other" if count is None else _category(spoken, count), found.get("other", words))

    def _said(self, words: str, found: str, filled: tuple[object, ...]) -> str:
        spoken = self.spoken(words)
        texts = [each(spoken) if callable(each) else str(each) for each in filled]
        if spoken == self.lang:
            return _filled(found, texts)
        marked = zip(filled, texts, strict=True)
        texts = [text if callable(each) else f"{OWN}{text}{END}" for each, text in marked]
        return f"{ENGLISH}{_filled(found, texts)}{END}"


def unmarked(text: str) -> str:
    """A text without marks of its languages."""
    return _MARKS.sub("", text)


def marked_up(html: str, lang: str) -> str:
    """A page in a language, or a part of one, in which elements say what is in English."""
    if not any(mark in html for mark in (ENGLISH, OWN, END)):
        return html
    html = _ATTRIBUTES.sub(lambda found: _in_english(found[0]), html)
    html = _with_labels(html)
    html = _TAG.sub(lambda found: unmarked(found[0]), html)
    html = _NO_WORDS.sub(lambda found: found[0] if re.search(r"[^\W\d_]", _bare(found[1])) else found[1], html)
    html = _WHOLE.sub(r'\1 lang="en">\2', html)
    return html.replace(ENGLISH, '<span lang="en">').replace(OWN, f'<span lang="{lang}">').replace(END, "</span>")


def _with_labels(html: str) -> str:
    """The names of elements as texts of their own, which can say their language, at the end of the page or the part."""
    names: dict[str, str] = {}
    part = sha256(html.encode()).hexdigest()[:6]

    def named(found: re.Match[str]) -> str:
        name = names.setdefault(found[2], f"named-{part}-{len(names) + 1}")
        return f'{found[1]} aria-labelledby="{name}"'

    html = _LABELLED.sub(named, html)
    texts = "".join(f'<span id="{name}" hidden data-pagefind-ignore>{text}</span>' for text, name in names.items())
    head, end, foot = html.rpartition("</body>")
    return f"{head}{texts}{end}{foot}" if end else f"{html}{texts}"


def _in_english(tag: str) -> str:
    """A tag that says in which language its attributes are, unless they are in two or it says one already."""
    if OWN in tag or re.search(r"\slang=", tag):
        return tag
    return re.sub(r"^<[a-z][a-z0-9]*", r'\g<0> lang="en"', tag)


def _bare(html: str) -> str:
    return re.sub(r"<[^<>]*>|&#?\w+;", "", html)


@cache
def _category(lang: str, count: int) -> str:
    return str(locale_of(lang).plural_form(count))


def _filled(found: str, texts: list[str]) -> str:
    if texts and found.endswith("{}.") and unmarked(texts[-1]).endswith("."):
        found = found[:-1]  # `12 февраля 2024 г.` has its full stop
    return found.format(*texts) if texts else found
