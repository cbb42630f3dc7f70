"""Briefs and the site's publisher in; which of their authors' names were parted by a guess, as notices, out."""

from __future__ import annotations

from collections.abc import Collection, Iterable

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
    first, other = " ".join(words[:-2]), " ".join(words[-2:])
    if not is_a_person(author.name):
        hint = f"write {{organisation: {author.name}}}; of a person, {{family: …, given: …}}; of several, a list"
    elif len(words) < 3 or author.family[:1].islower() or any(map(_INITIAL.fullmatch, words[1:-1])):
        return
    else:
        if has_patronymic(words):
            if author.family != words[0] or not words[-1].isascii():
                return
            first, other = " ".join(words[:-1]), words[-1]  # John Paul Ivanovich
        hint = (
            f"if this is right, write {{family: {author.family}, given: {author.given}}}; else, say, "
            f"{{family: {other}, given: {first}}}"
        )
    message = f'"{author.name}" is taken for a person: family name "{author.family}", other names "{author.given}"'
    loading.report("guessed-name", message, brief.at[key], hint, "notice")
