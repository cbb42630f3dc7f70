"""A PDF before it is written in; the same with its XMP packet, as PDF/A-3a and PDF/UA-1 require, out.

Effects: changes the PDF.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

import pydyf

from reportgen.exports.attachments import Attached

PRINT = 4
"""The annotation flag that an annotation is printed."""
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
"""PDF/A allows the identifier of PDF/UA only with the schema that defines it."""


def finisher(address: str, digest: str, attached: tuple[Attached, ...]) -> Callable[[Any, pydyf.PDF], None]:
    """The function that WeasyPrint calls last: `address` is the page's own, `digest` the SHA-256 of all inputs."""

    def finish(document: Any, pdf: pydyf.PDF) -> None:
        # Uncompressed, so that programs that cannot read PDF find it.
        xmp = _xmp_packet(document.metadata, address, digest, pdf)
        packet = pydyf.Stream([xmp], {"Type": "/Metadata", "Subtype": "/XML"})
        for found in pdf.objects:
            if isinstance(found, pydyf.Dictionary) and found.get("Type") == "/Annot":
                found["F"] = PRINT
            elif isinstance(found, pydyf.Stream) and found.extra.get("Subtype") == "/Image":
                found.extra.pop("Interpolate", None)  # PDF/A forbids that a reader smooths a picture
        pdf.add_object(packet)
        pdf.catalog["Metadata"] = packet.reference
        _associate(pdf, attached)
        intent = pdf.catalog["OutputIntents"][0]
        intent["S"] = "/GTS_PDFA1"
        intent["OutputConditionIdentifier"] = intent["Info"] = pydyf.String("sRGB IEC61966-2.1")

    return finish


def _associate(pdf: pydyf.PDF, attached: tuple[Attached, ...]) -> None:
    """Makes each attached file an associated file of the document, with its relationship to it."""
    files = {file.name: file for file in attached}
    found = [each for each in pdf.objects if isinstance(each, pydyf.Dictionary) and "EF" in each]
    for each in found:
        file = files[each["UF"].string]
        each["Type"] = "/Filespec"
        each["AFRelationship"] = f"/{file.relationship}"
        pdf.objects[int(each["EF"]["F"].split()[0])].extra["Subtype"] = "/" + file.media_type.replace("/", "#2f")
        each["EF"]["UF"] = each["EF"]["F"]
    if found:
        found.sort(key=lambda each: each["UF"].string)
        tree = pdf.objects[int(pdf.catalog["Names"]["EmbeddedFiles"].split()[0])]
        tree["Names"] = pydyf.Array(part for each in found for part in (each["UF"], each.reference))
        pdf.catalog["AF"] = pydyf.Array(each.reference for each in found)


def _xmp_packet(metadata: Any, address: str, digest: str, pdf: pydyf.PDF) -> bytes:
    """The metadata of the HTML, and both identifiers, as RDF. Properties without a value are left out."""
    license = metadata.custom.get("dcterms.rights")
    properties = [
        "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        _UA_SCHEMA,
        "<dc:format>application/pdf</dc:format>",
        _alternatives("dc:title", metadata.title),
        _array("dc:creator", "Seq", *metadata.authors),
        _alternatives("dc:description", metadata.description),
        _array("dc:subject", "Bag", *metadata.keywords),
        _array("dc:language", "Bag", metadata.lang),
        _array("dc:publisher", "Bag", metadata.custom.get("publisher")),
        _alternatives("dc:rights", license),
        _text("dc:identifier", address),
        _text("dc:source", f"urn:sha256:{digest}"),
        _array("dc:date", "Seq", metadata.created),
        _text("xmpRights:Marked", "True" if license else None),
        _text("xmpRights:WebStatement", metadata.custom.get("dcterms.license")),
        _text("xmp:CreatorTool", metadata.generator),
        _text("xmp:CreateDate", metadata.created),
        _text("xmp:ModifyDate", metadata.modified),
        _text("xmp:MetadataDate", metadata.modified),
        _text("xmpMM:DocumentID", address),
        _text("xmpMM:InstanceID", f"urn:sha256:{digest}"),
        _text("pdf:Producer", pdf.info["Producer"].string),
        _text("pdf:Keywords", ", ".join(metadata.keywords)),
    ]
    spaces = " ".join(f'xmlns:{prefix}="{namespace}"' for prefix, namespace in NAMESPACES.items())
    body = "\n".join(filter(None, properties))
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f'<rdf:RDF xmlns:rdf="{RDF}">\n<rdf:Description rdf:about="" {spaces}>\n{body}\n'
        '</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="r"?>\n'
    ).encode()


def _text(name: str, value: str | None) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def _alternatives(name: str, value: str | None) -> str:
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(value)}</rdf:li></rdf:Alt></{name}>' if value else ""


def _array(name: str, kind: str, *values: str | None) -> str:
    items = "".join(_text("rdf:li", value) for value in values)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>" if items else ""
