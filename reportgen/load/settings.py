"""site.yaml in, the site's settings out. What is missing or wrong is reported and replaced by something plain."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import PlainValidator

from reportgen.diagnostics import Places, Span
from reportgen.load.fields import NO_WORDS, Date, LineField, LinesField, Names, Words, is_language, problem, word_of
from reportgen.load.items import Keys, Loading
from reportgen.load.schema import check
from reportgen.load.yaml import Mapping, Scalar
from reportgen.model.project import Settings
from reportgen.model.text import Text

PATH = "content/site.yaml"


def _language(value: Any) -> str:
    if not isinstance(value, Scalar) or not is_language(value):
        shown = f'"{value}" is no language\'s tag' if isinstance(value, Scalar) else "%KEY% must be a language's tag"
        raise problem(shown, "for example en, ru, kk or en-GB", "wrong-value")
    return str(value)


def _address(value: Any) -> str:
    if not isinstance(value, Scalar) or not value.startswith(("http://", "https://")):
        raise problem("%KEY% must be a web address", "for example https://example.org/", "wrong-value")
    return str(value).rstrip("/") + "/"


Language = Annotated[str, PlainValidator(_language)]


class _SettingsFields(Keys):
    title: Words
    publisher: Words
    base_url: Annotated[str, PlainValidator(_address)]
    lang: Language = "en"
    as_of: Date | None = None
    citation_style: LineField = "apa"
    names: LinesField = ()
    places: Names = ()
    description: Words = NO_WORDS
    license: Words = NO_WORDS
    license_url: LineField = ""
    paper: Annotated[str, PlainValidator(word_of("A4", "Letter"))] = "A4"


def load_settings(loading: Loading) -> Settings:
    """The site's settings."""
    fallback = Settings(Text.of(""), Text.of(""), "https://example.org/", "en", None, "apa", at=Places(Span.at(PATH)))
    if PATH not in loading.content:
        hint = "it holds title, publisher and base_url, a line each; `reportgen new FOLDER` writes one to copy"
        loading.report("missing-file", "there is no file content/site.yaml", Span.at(PATH), hint)
        return fallback
    document = loading.document(PATH)
    if not isinstance(document.root, Mapping):
        if document.root is not None or not loading.found:
            loading.report("wrong-type", "site.yaml must hold keys and values", Span.at(PATH), "title: …")
        return fallback
    fields, _, found = check(_SettingsFields, document, document.root)
    loading.found += found
    if fields is None:
        return fallback
    return Settings(
        title=fields.title,
        publisher=fields.publisher,
        base_url=fields.base_url,
        lang=fields.lang,
        as_of=fields.as_of,
        citation_style=fields.citation_style,
        names=fields.names,
        places=fields.places,
        description=fields.description,
        license=fields.license,
        license_url=fields.license_url,
        paper=fields.paper,
        at=document.places(document.root),
    )
