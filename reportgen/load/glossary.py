"""content/glossary.yaml in; its terms out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reportgen.diagnostics import Places, Span
from reportgen.load.fields import WrongKeyError, a_or_an, is_language
from reportgen.load.items import Item, Loading, checked, has_names_for_keys, items
from reportgen.load.schema import keys_of
from reportgen.load.yaml import Mapping, Scalar, Sequence
from reportgen.model.glossary import GlossaryTerm
from reportgen.model.text import Text, is_seen


@dataclass(frozen=True, slots=True)
class _Fields:
    term: Text
    meaning: Text
    also: Any = ()


def _forms(value: Any) -> tuple[tuple[str, str], ...]:
    """Other forms: one, a list, or a map of these by language."""
    if isinstance(value, Mapping):
        if unknown := [tag for tag in value if not is_language(tag)]:
            raise WrongKeyError(f'%KEY% has "{unknown[0]}" where a language should stand', "for example {en: [a, b]}")
        return tuple((str(tag), form) for tag, part in value.items() for form in _listed(part))
    return tuple(("", form) for form in _listed(value))


def _listed(value: Any) -> Iterator[str]:
    for part in value if isinstance(value, Sequence) else (value,):
        if not isinstance(part, Scalar):
            hint = "for example [ice roads, winter roads], or {en: [ice roads], ru: [зимники]}"
            raise WrongKeyError(f"%KEY% must hold words, and has {a_or_an(part)}", hint)
        yield str(part)


_TERM = keys_of(_Fields, also=_forms)


def load_glossary(loading: Loading, path: str) -> tuple[GlossaryTerm, ...]:
    """The terms, in the order of the file. One that is wrong, or has a form of another's, is reported."""
    terms: list[GlossaryTerm] = []
    places: dict[tuple[str, str], Span] = {}
    for item in items(loading, "term", path, under="terms"):
        if has_names_for_keys(loading, "term", _TERM.by_name, item, "term"):
            continue
        fields, failed = checked(loading, "term", _TERM, item)
        if fields is not None and not failed and _said(loading, fields, item.at):
            term = GlossaryTerm(fields.term, fields.meaning, fields.also, at=item.at)
            _register(loading, term, item, places)
            terms.append(term)
    return tuple(terms)


def _said(loading: Loading, fields: _Fields, at: Places) -> bool:
    """Whether a term and its meaning are words, and the meaning is there in each language of the term."""
    for key, text in (("term", fields.term), ("meaning", fields.meaning)):
        if not all(is_seen(words) for _, words in text.by_language):
            loading.report("wrong-value", f"nothing stands in this {key}", at[key], "write it in words")
            return False
    meant = dict(fields.meaning.by_language)
    for tag, words in fields.term.by_language:
        if tag and "" not in meant and tag not in meant and tag.partition("-")[0] not in meant:
            message = f'the term "{words}" is given in "{tag}", and its meaning is not'
            loading.report("missing-key", message, at["meaning"], f"add to meaning: {{{tag}: …}}")
            return False
    return True


def _register(loading: Loading, term: GlossaryTerm, item: Item, places: dict[tuple[str, str], Span]) -> None:
    """Reports a form that stands in the glossary already, for the same language."""
    forms = [(tag, words, item.at["term"]) for tag, words in term.term.by_language]
    forms += [(tag, words, item.at["also"]) for tag, words in term.also]
    own: set[tuple[str, str]] = set()
    for tag, words, where in forms:
        folded = words.casefold()
        meets = {tag, ""} if tag else {other for other, _ in places}
        same = (place for (other, form), place in places.items() if form == folded and other in meets)
        first = next(same, None)
        if first:
            hint = f"the other stands at {first.file}:{first.line}: leave one of them out"
            loading.report("duplicate-id", f'"{words}" stands twice in the glossary', where, hint)
        own.add((tag, folded))
    places.update(dict.fromkeys(own, item.at["term"]))
