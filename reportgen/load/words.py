"""content/words/<language>.yaml in; the program's own words in that language out, as its authors put them.

What is no phrase of the program, lacks what is filled in, or a form that every number may need, is reported and left
out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from reportgen.diagnostics import Span
from reportgen.language.locales import locale_of
from reportgen.language.phrases import Forms, Phrases, catalogue, furniture
from reportgen.load.fields import a_or_an, is_language
from reportgen.load.items import Loading
from reportgen.load.suggest import did_you_mean
from reportgen.load.yaml import Mapping as YamlMapping
from reportgen.load.yaml import Scalar, YamlDocument, YamlNode
from reportgen.model.brief import Brief, file_of

FOLDER = "content/words/"


def load_words(loading: Loading, paths: Iterable[str]) -> Mapping[str, Phrases]:
    """Language -> English phrase -> phrase, or its forms by CLDR's categories."""
    found: dict[str, Phrases] = {}
    for path in paths:
        lang = path.removeprefix(FOLDER).rpartition(".")[0]
        if not is_language(lang):
            hint = f"name it after the language: {FOLDER}de.yaml"
            loading.report("bad-id", f'"{lang}" is no language\'s tag', Span.at(path), hint)
            continue
        if lang in found:
            hint = "put the words of both into one, and delete the other"
            loading.report("same-language-twice", f'two files give words in "{lang}"', Span.at(path), hint)
            continue
        document = loading.document(path, loading.text(path))
        found[lang] = _phrases(loading, document, lang)
    return found


def _phrases(loading: Loading, document: YamlDocument, lang: str) -> Phrases:
    root = document.root
    if root is None:
        return {}
    if not isinstance(root, YamlMapping):
        message, hint = f"this file must be a map, and is {a_or_an(root)}", 'for example Key messages: "…"'
        loading.report("wrong-type", message, document.span(root), hint)
        return {}
    known = catalogue()
    found: dict[str, str | Forms] = {}
    for words, node in root.items():
        if words not in known:
            hint = did_you_mean(words, tuple(known)) or f"reportgen check --lang {lang} lists all of them"
            where = document.span(root.names[words])
            loading.report("unknown-key", f'the program has no words "{words}"', where, hint)
        elif (given := _given(loading, document, words, node, lang)) is not None:
            found[words] = given
    return found


def _given(loading: Loading, document: YamlDocument, words: str, node: YamlNode, lang: str) -> str | Forms | None:
    where = document.span(node)
    if isinstance(node, Scalar):
        given: dict[str, str] = {"other": str(node)}
    elif isinstance(node, YamlMapping) and all(isinstance(form, Scalar) for form in node.values()):
        given = {category: str(form) for category, form in node.items()}
    else:
        message = f'"{words}" must be words, or a map of their forms, and is {a_or_an(node)}'
        loading.report("wrong-type", message, where, 'for example {one: "{} Fakt", other: "{} Fakten"}')
        return None
    if fault := words_fault(words, given, lang):
        loading.report(fault.code, fault.message, where, fault.hint)
        return None
    return given["other"] if isinstance(node, Scalar) else given


class WordsFault(NamedTuple):
    """Why forms cannot stand for a phrase of the program."""

    code: str
    message: str
    hint: str


def words_fault(words: str, given: Mapping[str, str], lang: str) -> WordsFault | None:
    """What is wrong with the forms of a phrase, category of number -> words."""
    tags = {*map(str, locale_of(lang).plural_form.tags), "other"}
    if unknown := [category for category in given if category not in tags]:
        message = f'"{lang}" has no form "{unknown[0]}"'
        return WordsFault("unknown-key", message, f"its forms are {', '.join(sorted(tags))}")
    if "other" not in given:
        message = f'"{words}" has no form "other", which numbers take that have no form of their own'
        return WordsFault("missing-key", message, "add other: …")
    for form in given.values():
        bare = form.replace("{}", "")
        if not form.strip() or form.count("{}") != words.count("{}") or "{" in bare or "}" in bare:
            wanted = f"as often as in the English words, {words.count('{}')} times"
            message = f'{{}} must stand in these words {wanted}: "{form}"'
            if "{}" not in words:
                message = f'these words have a brace, and the English ones have none: "{form}"'
            if not form.strip():
                message = "these words are empty"
            return WordsFault("wrong-value", message, f"the English words: {words}")
    return None


def missing_words(loading: Loading, site: str, words: Mapping[str, Phrases], briefs: Mapping[str, Brief]) -> None:
    """Tells of each language, the site's and those of its documents, in which pages have words of the program in
    English."""
    for lang in dict.fromkeys((site, *(brief.lang for brief in briefs.values()))):
        missing = furniture(lang, words).missing()
        if not missing:
            continue
        path = f"{FOLDER}{lang}.yaml"
        first = next((file_of(slug) for slug, brief in briefs.items() if brief.lang == lang), "content/site.yaml")
        where = Span.at(path if words.get(lang) else first)
        count = f"{len(missing)} of the program's {len(catalogue())} own words and sentences"
        message = f'{count} are not given in "{lang}", and stand on its pages in English, marked as that'
        hint = f"reportgen check --lang {lang} lists them as a table to fill in, which writes {path}"
        loading.report("english-words", message, where, hint, "notice")
