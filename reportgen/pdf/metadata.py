"""What a PDF says of itself in, its XMP packet out. Pure.

One RDF holds both identifiers, PDF/A-3a and PDF/UA-1, and the extension schema by which PDF/A allows the second.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}

_UA_SCHEMA = """<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""


@dataclass(frozen=True, slots=True)
class Description:
    """A document's metadata, plain text."""

    title: str
    authors: tuple[str, ...]
    description: str
    keywords: tuple[str, ...]
    lang: str
    publisher: str
    license: str
    license_url: str
    address: str
    """Of the page that the document is the print of."""
    digest: str
    """SHA-256 of all that it was made from, in hex."""
    created: str
    """ISO 8601, as is `modified`."""
    modified: str
    creator: str
    producer: str


def xmp_packet(about: Description) -> bytes:
    """The packet, UTF-8. Properties without a value are left out."""
    properties = [
        "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        _UA_SCHEMA,
        "<dc:format>application/pdf</dc:format>",
        _alternatives("dc:title", about.title),
        _array("dc:creator", "Seq", about.authors),
        _alternatives("dc:description", about.description),
        _array("dc:subject", "Bag", about.keywords),
        _array("dc:language", "Bag", (about.lang,)),
        _array("dc:publisher", "Bag", (about.publisher,)),
        _alternatives("dc:rights", about.license),
        _text("dc:identifier", about.address),
        _text("dc:source", f"urn:sha256:{about.digest}"),
        _array("dc:date", "Seq", (about.created,)),
        _text("xmpRights:Marked", "True" if about.license else ""),
        _text("xmpRights:WebStatement", about.license_url),
        _text("xmp:CreatorTool", about.creator),
        _text("xmp:CreateDate", about.created),
        _text("xmp:ModifyDate", about.modified),
        _text("xmp:MetadataDate", about.modified),
        _text("xmpMM:DocumentID", about.address),
        _text("xmpMM:InstanceID", f"urn:sha256:{about.digest}"),
        _text("pdf:Producer", about.producer),
        _text("pdf:Keywords", ", ".join(about.keywords)),
    ]
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
    body = "\n".join(filter(None, properties))
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f'<rdf:RDF xmlns:rdf="{RDF}">\n<rdf:Description rdf:about="" {spaces}>\n{body}\n'
        '</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="r"?>\n'
    ).encode()


def _text(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def _alternatives(name: str, value: str) -> str:
    item = f'<rdf:li xml:lang="x-default">{escape(value)}</rdf:li>'
    return f"<{name}><rdf:Alt>{item}</rdf:Alt></{name}>" if value else ""


def _array(name: str, kind: str, values: tuple[str, ...]) -> str:
    items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values if value)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>" if items else ""
