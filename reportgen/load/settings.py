"""site.yaml in, the site's settings out. What is missing or wrong is reported and replaced by a default."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from reportgen.diagnostics import Places, Span
from reportgen.late_patterns import regex
from reportgen.load.changes import CHANGES, check_changes
from reportgen.load.fields import WrongKeyError, is_language, tag_of, word_of
from reportgen.load.items import Loading
from reportgen.load.look import a_logo, a_palette
from reportgen.load.schema import check, keys_of
from reportgen.load.yaml import Mapping, Scalar, Sequence
from reportgen.model.project import Corrections, Settings
from reportgen.model.text import Text

PATH = "content/site.yaml"
_MAIL = regex(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def a_language(value: Any) -> str:
    """The tag of a language. Raises WrongKeyError."""
    if not isinstance(value, Scalar) or not is_language(value):
        shown = f'"{value}" is no language\'s tag' if isinstance(value, Scalar) else "%KEY% must be a language's tag"
        meant = tag_of(value) if isinstance(value, Scalar) else None
        hint = f'did you mean "{meant}"?' if meant else "for example en, ru, kk or en-GB"
        raise WrongKeyError(shown, hint, "wrong-value")
    return str(value)


def _web_address(value: Any) -> str:
    try:
        parts = urlsplit(value) if isinstance(value, Scalar) else None
        is_one = parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_one = False
    if not is_one or re.search(r"[\s<>\"]", value):
        raise WrongKeyError("%KEY% must be a web address", "for example https://example.org/", "wrong-value")
    return str(value)


def _address(value: Any) -> str:
    """The address of a site: what stands after ? or # is no part of one."""
    address = _web_address(value)
    if "?" in address or "#" in address:
        raise WrongKeyError(
            "%KEY% must be a folder's address, without ? and #", "for example https://example.org/", "wrong-value"
        )
    return address.rstrip("/") + "/"


def _service(value: Any) -> str:
    return _address(value).rstrip("/")


def _contact(value: Any) -> str:
    """A mail address, or a web address."""
    if isinstance(value, Scalar) and _MAIL.fullmatch(value):
        return str(value)
    try:
        return _web_address(value)
    except WrongKeyError:
        hint = "for example desk@example.org, or the address of a page with a form"
        raise WrongKeyError("%KEY% must be a mail address or a web address", hint, "wrong-value") from None


def _languages(value: Any) -> tuple[str, ...]:
    """Tags of languages, each once."""
    tags = tuple(map(a_language, value)) if isinstance(value, Sequence) else (a_language(value),)
    if len(set(tags)) < len(tags):
        raise WrongKeyError("%KEY% names a language twice", "for example [en, ru, kk]", "wrong-value")
    return tags


_SETTINGS = keys_of(
    Settings,
    contact=_contact,
    base_url=_address,
    license_url=_web_address,
    timestamp=_service,
    lang=a_language,
    languages=_languages,
    paper=word_of("A4", "Letter"),
    published=word_of("cited", "all"),
    changes=CHANGES,
    corrections=keys_of(Corrections, contact=_contact),
    colors=a_palette,
    logo=a_logo,
)


def load_settings(loading: Loading) -> Settings:
    """The site's settings."""
    fallback = Settings(Text.of(""), Text.of(""), "https://example.org/", at=Places(Span.at(PATH)))
    if PATH not in loading.content:
        hint = "it holds title, publisher and base_url, a line each; `reportgen new FOLDER` writes one to copy"
        if not any(re.fullmatch(r"content/site\.ya?ml(?:\.txt)?", path, re.I) for path in loading.content):
            loading.report("missing-file", "there is no file content/site.yaml", Span.at(PATH), hint)
        return fallback
    document = loading.document(PATH)
    if not isinstance(document.root, Mapping):
        if document.root is not None or not loading.found:
            loading.report("wrong-type", "site.yaml must hold keys and values", Span.at(PATH), "title: …")
        return fallback
    settings, _, found = check(_SETTINGS, document, document.root, document.places(document.root))
    loading.found += found
    if settings is None:  # else all that its other keys say would be told as missing
        settings = check(_SETTINGS, document, _with_stand_ins(document.root), fallback.at)[0]
    if settings:
        check_changes(loading, settings.changes, settings.at)
    if settings and settings.languages and "lang" not in document.root:
        settings = replace(settings, lang=settings.languages[0])
    elif settings and settings.languages and settings.languages[0] != settings.lang:
        message = f'the first of the languages is that of the site, and lang says "{settings.lang}"'
        hint = f"put {settings.lang} first, or leave lang out"
        loading.report("wrong-value", message, settings.at["languages"], hint)
    return settings or fallback


def _with_stand_ins(root: Mapping) -> Mapping:
    """The map with something in place of each key that it cannot do without."""
    made = Mapping(root)
    made.start, made.end, made.names = root.start, root.end, dict(root.names)
    for key, text in (("title", "…"), ("publisher", "…"), ("base_url", "https://example.org/")):
        typed = root.get(key)
        if key == "publisher" and isinstance(typed, Scalar) and typed.strip():
            continue  # an author of that name is not taken for a person
        given = Scalar(text)
        given.start = given.end = root.start
        given.plain, given.style = False, ""
        made[key] = made.names[key] = given
    return made
