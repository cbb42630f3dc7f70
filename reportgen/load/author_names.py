"""Briefs and the site's publisher in; which of their authors' names were parted by a guess, as notices, out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from reportgen.late_patterns import regex
from reportgen.load.items import Loading
from reportgen.model.brief import Author, Brief

_INITIAL = regex(r"[^\W\d_]\.?-?(?:[^\W\d_]\.)?")


def check_authors(loading: Loading, briefs: Iterable[Brief], publisher: Collection[str]) -> None:
    """Tells of names of one text in which nothing says where the family name begins, and of institutions that were
    taken for persons."""
    for brief in briefs:
        for number, author in enumerate(brief.authors):
            key = f"authors.{number}"
            parted = {f"{key}.family", "authors.family"}
            if "authors" not in brief.at.keys or parted & brief.at.keys.keys():  # the original's, or parted by hand
                continue
            if author.given and "," not in author.name and author.name not in publisher:
                _tell(loading, author, brief, key)


def _tell(loading: Loading, author: Author, brief: Brief, key: str) -> None:
    from reportgen.language.naming import has_patronymic, is_a_person

    words = author.name.split()
    if not is_a_person(author.name):
        hint = f"write {{organisation: {author.name}}}; of a person, {{family: …, given: …}}; of several, a list"
    elif len(words) < 3 or author.family[:1].islower() or any(map(_INITIAL.fullmatch, words[1:-1])):
        return
    elif not has_patronymic(words):
        right = _parted(words, len(words) - 1)
        hint = f"if this is right, write {right}; else, say, {_parted(words, len(words) - 2)} or {_family_first(words)}"
    elif author.family == words[0] and words[-1].isascii():  # John Paul Ivanovich
        hint = f"if this is right, write {_family_first(words)}; else, say, {_parted(words, len(words) - 1)}"
    else:
        return
    message = f'"{author.name}" is taken for a person: family name "{author.family}", other names "{author.given}"'
    loading.report("guessed-name", message, brief.at[key], hint, "notice")


def _parted(words: Sequence[str], family: int) -> str:
    return f"{{family: {' '.join(words[family:])}, given: {' '.join(words[:family])}}}"


def _family_first(words: Sequence[str]) -> str:
    return f"{{family: {words[0]}, given: {' '.join(words[1:])}}}"
