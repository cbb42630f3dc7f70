"""Briefs and facts in; metadata out: meta tags, JSON-LD, and citation files (BibTeX, RIS, CSL-JSON). Pure.

Highwire Press tags are what Google Scholar and Zotero read; Open Graph is what social sites read; schema.org is
for search engines. The templates write `<link rel="canonical">` and the description themselves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from babel.core import get_global
from markupsafe import Markup

from reportgen.exports.feeds import brief_address, page_address, pdf_address
from reportgen.exports.tables import FactRecord, json_bytes
from reportgen.model.brief import Author
from reportgen.model.edtf import parse_edtf
from reportgen.model.evaluated import EvaluatedBrief, ListedWork, ShownEdition
from reportgen.model.source import Source
from reportgen.pages.shell import Site

JsonLd = Mapping[str, object]
_CONTEXT = "https://schema.org"
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DOWNLOADS = (
    ("facts.json", "application/json"), ("facts.csv", "text/csv"), ("facts.sqlite", "application/vnd.sqlite3"),
    ("datapackage.json", "application/json"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tag:
    """A `<meta>` element."""

    attribute: str
    """`name` or `property`."""
    key: str
    content: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The preview picture of a link."""

    address: str
    """Absolute."""
    alt: str
    width: int
    """Pixels, like `height`."""
    height: int


# A brief


def brief_tags(brief: EvaluatedBrief, site: Site, picture: Picture | None = None) -> tuple[Tag, ...]:
    """Highwire and Open Graph tags."""
    return _highwire(brief, site) + _open_graph(brief, site, picture)


def brief_jsonld(brief: EvaluatedBrief, site: Site) -> JsonLd:
    """A brief as a schema.org Report that cites its sources and is based on the site's Dataset."""
    address = brief_address(site.base_url, brief.slug)
    return _without_empty(
        {
            **_page("Report", address),
            "name": brief.plain_title,
            "abstract": brief.plain_abstract,
            "inLanguage": brief.lang,
            "translationOfWork": _original(brief, site),
            "datePublished": brief.date.text,
            "dateModified": brief.modified,
            "version": brief.edition.version if brief.edition else None,
            "correction": [_correction(edition) for edition in brief.editions if edition.kind == "correction"],
            "author": [_author(author, site) for author in brief.authors],
            "publisher": _corrected_publisher(site) if brief.edition else _organization(site),
            "license": site.license_url or site.license,
            "keywords": list(brief.keywords),
            "isAccessibleForFree": True,
            "encoding": _file("MediaObject", "application/pdf", pdf_address(site.base_url, brief.slug)),
            "isBasedOn": {"@type": "Dataset", "@id": _dataset_address(site)},
            "citation": [_cited(reference, site) for reference in brief.references],
        }
    )


def _original(brief: EvaluatedBrief, site: Site) -> JsonLd | None:
    known = brief.original
    if known is None or not known.path:
        return None
    return {"@type": "Report", "@id": page_address(site.base_url, known.path), "inLanguage": known.lang}


def _correction(edition: ShownEdition) -> JsonLd:
    said = [
        f"{was.before}{was.old} → {was.new}{was.after}"
        for reason in edition.reasons
        for was in reason.values
        if was.old and was.new
    ]
    reasons = [re.sub(r"[\U000f0000-\U000ffffd]", "", Markup(reason.text).striptags()) for reason in edition.reasons]
    text = " ".join((*said, *reasons))
    return {"@type": "CorrectionComment", "text": text, "datePublished": edition.iso}


def _corrected_publisher(site: Site) -> JsonLd | None:
    known = _organization(site)
    return {**known, "correctionsPolicy": f"{site.base_url}corrections/"} if known else None


def _cited_address(brief: EvaluatedBrief, site: Site) -> str:
    """The address of the last edition; the brief's own where it has none."""
    address = brief_address(site.base_url, brief.slug)
    return f"{address}editions/{brief.edition.id}/" if brief.edition else address


def _cited_day(brief: EvaluatedBrief) -> str:
    return brief.edition.iso if brief.edition else brief.date.text


def cite_exports(brief: EvaluatedBrief, site: Site) -> Mapping[str, bytes]:
    """A brief as BibTeX, RIS and CSL-JSON: cite.bib, cite.ris, cite.json."""
    bib, ris = _bibtex(brief, site), _ris(brief, site)
    return {"cite.bib": bib.encode(), "cite.ris": ris.encode(), "cite.json": json_bytes([_csl(brief, site)])}


# Facts


def fact_jsonld(record: FactRecord, sources: Mapping[str, Source], site: Site, measure: str = "") -> JsonLd:
    """A fact as a schema.org Claim about a value, with its quotations. It has no rating.

    `measure` is what the measure is called in the page's language.
    """
    address = f"{site.base_url}facts/{record.id}/"
    cited = [(e.quote, source) for e in record.evidence if (source := sources.get(e.source))]
    return _without_empty(
        {
            **_page("Claim", address),
            "text": record.claim,
            "inLanguage": site.lang,
            "about": _property(record, measure or record.measure),
            "temporalCoverage": _iso_time(record.as_of),
            "appearance": [_work(source, site) for source in {source.id: source for _, source in cited}.values()],
            "citation": [
                {"@type": "Quotation", "text": quote, "isPartOf": {"@id": _source_address(source, site)}}
                for quote, source in cited
            ],
            "isBasedOn": [{"@type": "Claim", "@id": f"{site.base_url}facts/{id}/"} for id in record.derived_from],
            "isPartOf": {"@type": "Dataset", "@id": _dataset_address(site)},
            "publisher": _organization(site),
        }
    )


def dataset_jsonld(site: Site, measures: Iterable[str] = (), facts: int | None = None) -> JsonLd:
    """The fact base as a schema.org Dataset; `measures` are called as in the site's language."""
    return _without_empty(
        {
            **_page("Dataset", _dataset_address(site)),
            "name": site.title,
            "description": site.description or site.title,
            "inLanguage": site.lang,
            "license": site.license_url or site.license,
            "creator": _organization(site),
            "isAccessibleForFree": True,
            "size": None if facts is None else f"{facts} facts",
            "variableMeasured": list(measures),
            "distribution": [_file("DataDownload", kind, f"{site.base_url}data/{name}") for name, kind in _DOWNLOADS],
        }
    )


# As HTML


def head_html(tags: Iterable[Tag] = (), jsonld: Iterable[JsonLd] = ()) -> Markup:
    """Tags and JSON-LD for a page's head."""
    line = Markup('<meta {}="{}" content="{}">\n')
    metas = Markup("").join(line.format(tag.attribute, tag.key, tag.content) for tag in tags)
    return metas + Markup("").join(jsonld_script(data) + Markup("\n") for data in jsonld)


def jsonld_script(data: JsonLd) -> Markup:
    """JSON-LD in its element; `<`, `>` and `&` in its text are escaped."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(f'<script type="application/ld+json">{text}</script>')


# Parts


def _page(type: str, address: str) -> JsonLd:
    return {"@context": _CONTEXT, "@type": type, "@id": address, "url": address}


def _highwire(brief: EvaluatedBrief, site: Site) -> tuple[Tag, ...]:
    found = [
        ("title", brief.plain_title),
        *(p for a in brief.authors for p in (("author", a.name), ("author_orcid", _orcid(a.orcid)))),
        ("publication_date", brief.date.text.replace("-", "/")),
        ("technical_report_institution", site.publisher),
        ("publisher", site.publisher),
        ("language", brief.lang),
        ("abstract", brief.plain_abstract),
        *(("keywords", word) for word in brief.keywords),
        ("public_url", brief_address(site.base_url, brief.slug)),
        ("pdf_url", pdf_address(site.base_url, brief.slug)),
    ]
    return tuple(Tag("name", f"citation_{key}", text) for key, text in found if text)


def _open_graph(brief: EvaluatedBrief, site: Site, picture: Picture | None) -> tuple[Tag, ...]:
    language = str(get_global("likely_subtags").get(brief.lang, brief.lang)).replace("-", "_").split("_")
    found = [
        ("og:type", "article"),
        ("og:title", brief.plain_title),
        ("og:description", brief.plain_abstract),
        ("og:url", brief_address(site.base_url, brief.slug)),
        ("og:site_name", site.title),
        ("og:locale", f"{language[0]}_{language[-1]}" if len(language) > 1 else ""),
        ("article:published_time", brief.date.text),
        ("article:modified_time", brief.modified if brief.modified != brief.date.text else ""),
        *(("article:author", author.name) for author in brief.authors),
        *(("article:tag", word) for word in brief.keywords),
    ]
    return social_tags(found, picture)


def social_tags(found: Iterable[tuple[str, str]], picture: Picture | None) -> tuple[Tag, ...]:
    """Open Graph tags, those of a picture and of the card that shows it among them; empty ones are left out."""
    if picture:
        size = (("og:image:width", str(picture.width)), ("og:image:height", str(picture.height)))
        found = [*found, ("og:image", picture.address), *size, ("og:image:alt", picture.alt)]
    card = Tag("name", "twitter:card", "summary_large_image" if picture else "summary")
    return (*(Tag("property", key, text) for key, text in found if text), card)


def _file(type: str, format: str, address: str) -> JsonLd:
    return {"@type": type, "encodingFormat": format, "contentUrl": address}


def _dataset_address(site: Site) -> str:
    return f"{site.base_url}facts/"


def _source_address(source: Source | ListedWork, site: Site) -> str:
    return f"{site.base_url}sources/{source.slug}/"


def _organization(site: Site) -> JsonLd | None:
    return {"@type": "Organization", "name": site.publisher, "url": site.base_url} if site.publisher else None


def _author(author: Author, site: Site) -> JsonLd:
    if author.name == site.publisher and not author.orcid:
        return _organization(site) or {}
    same = f"https://orcid.org/{_orcid(author.orcid)}" if author.orcid else None
    if not author.family:
        return _without_empty({"@type": "Organization", "@id": same, "name": author.name, "sameAs": same})
    names = {"name": author.name, "givenName": author.given, "familyName": author.family}
    return _without_empty({"@type": "Person", "@id": same, **names, "sameAs": same})


def _cited(reference: ListedWork, site: Site) -> JsonLd:
    address = _source_address(reference, site)
    return {"@type": "CreativeWork", "@id": address, "url": address, "name": Markup(reference.html).striptags()}


def _property(record: FactRecord, name: str) -> JsonLd | None:
    """The value, and its bounds if it is not exact; a value that is only a bound has no `value`."""
    value = record.value
    if value is None:
        return None
    known = {"@type": "PropertyValue", "name": name, "unitText": record.unit}
    if value.type != "range" and record.relation in ("=", "~"):
        known["value"] = value.text
    if value.min != value.max:
        known |= {"minValue": value.min or "", "maxValue": value.max or ""}
    return _without_empty(known)


def _work(source: Source, site: Site) -> JsonLd:
    return _without_empty(
        {
            "@type": "NewsArticle" if source.type == "article-newspaper" else "CreativeWork",
            "@id": _source_address(source, site),
            "url": source.url or _source_address(source, site),
            "name": source.title,
            "datePublished": _iso_time(source.issued.text).partition("/")[0] if source.issued else None,
            "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
            "inLanguage": source.language,
        }
    )


def _iso_time(edtf: str) -> str:
    """A time in ISO 8601; empty for what it cannot say: seasons, years before the first, times that are not exact."""
    time = parse_edtf(edtf) if edtf else None
    if time is None or time.approximate or time.uncertain or time.off_calendar or "X" in edtf:
        return ""
    return "" if any(end and end.precision == "season" for end in time.ends) else edtf


def _orcid(orcid: str) -> str:
    return orcid.rstrip("/").rpartition("/")[2]


def _without_empty(data: JsonLd) -> dict[str, object]:
    return {key: value for key, value in data.items() if value is not None and value not in ("", [], {})}


# Files to cite a brief by


def _csl(brief: EvaluatedBrief, site: Site) -> dict[str, object]:
    return _without_empty(
        {
            "id": brief.slug,
            "type": "report",
            "title": brief.plain_title,
            "author": [author.csl for author in brief.authors],
            "issued": {"date-parts": [[int(part) for part in _cited_day(brief).split("-")]]},
            "original-date": {"date-parts": [[int(part) for part in brief.date.text.split("-")]]}
            if brief.edition and _cited_day(brief) != brief.date.text
            else None,
            "version": brief.edition.version if brief.edition else None,
            "publisher": site.publisher,
            "URL": _cited_address(brief, site),
            "abstract": brief.plain_abstract,
            "keyword": ", ".join(brief.keywords),
            "language": brief.lang,
        }
    )


def _bibtex(brief: EvaluatedBrief, site: Site) -> str:
    year, month, day = _cited_day(brief).split("-")
    people = [_bibtex_name(author) for author in brief.authors]
    fields = {
        "title": f"{{{_tex(brief.plain_title)}}}",
        "author": " and ".join(people),
        "institution": _tex(site.publisher),
        "year": year,
        "month": _MONTHS[int(month) - 1],
        "day": str(int(day)),
        "date": _cited_day(brief),
        "origdate": brief.date.text if brief.edition and _cited_day(brief) != brief.date.text else "",
        "version": brief.edition.version if brief.edition else "",
        "url": _cited_address(brief, site),
        "abstract": _tex(brief.plain_abstract),
        "keywords": _tex(", ".join(brief.keywords)),
        "langid": brief.lang,
    }
    lines = [f"  {key} = {text if key == 'month' else f'{{{text}}}'}" for key, text in fields.items() if text]
    return f"@techreport{{{brief.slug},\n" + ",\n".join(lines) + "\n}\n"


def _bibtex_name(author: Author) -> str:
    """Braces keep an institution's name, and the parts of a person's, from being parted anew."""
    if not author.family:
        return f"{{{_tex(author.name)}}}"
    if not author.given:
        return f"{{{_tex(author.family)}}}" if " " in author.family else _tex(author.family)
    return f"{_tex(author.family)}, {_tex(author.given)}"


def _tex(text: str) -> str:
    """`text` with TeX's special characters escaped."""
    return "".join(_TEX.get(sign, sign) for sign in " ".join(text.split()))


def _ris(brief: EvaluatedBrief, site: Site) -> str:
    """RIS as RefMan described it: two letters, two spaces, a hyphen, a space; CRLF."""
    fields = [
        ("TY", "RPRT"),
        ("ID", brief.slug),
        ("TI", brief.plain_title),
        *(("AU", _ris_name(author)) for author in brief.authors),
        ("PY", _cited_day(brief)[:4]),
        ("DA", _cited_day(brief).replace("-", "/") + "/"),
        ("ET", brief.edition.version if brief.edition else ""),
        ("OP", brief.date.text if brief.edition and _cited_day(brief) != brief.date.text else ""),
        ("PB", site.publisher),
        ("AB", brief.plain_abstract),
        *(("KW", word) for word in brief.keywords),
        ("LA", brief.lang),
        ("UR", _cited_address(brief, site)),
        ("L1", pdf_address(site.base_url, brief.slug)),
    ]
    lines = [f"{tag}  - {' '.join(text.split())}" for tag, text in fields if text]
    return "\r\n".join([*lines, "ER  - ", ""])


def _ris_name(author: Author) -> str:
    """An office's name ends in a comma: else programs part it like a person's, at its last word or at a comma.

    Commas in it become the sign that looks like one (U+201A), since RIS has no other way to keep them.
    """
    if not author.family:
        return author.name.replace(",", "\u201a") + ","
    return f"{author.family}, {author.given}" if author.given else author.family
