"""A PDF before it is written in, the same fit for archives and for every reader out. Effects: changes the PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pydyf

from reportgen.exports.attachments import Attached
from reportgen.pdf.metadata import Description, xmp_packet

PRINT = 4
"""The annotation flag that what is on screen is printed too."""


def finisher(address: str, digest: str, attached: tuple[Attached, ...]) -> Callable[[Any, pydyf.PDF], None]:
    """What WeasyPrint is to do last: `address` is the page's, `digest` that of all inputs."""

    def finish(document: Any, pdf: pydyf.PDF) -> None:
        _describe(pdf, _description(document.metadata, address, digest, pdf.info["Producer"].string))
        _print_annotations(pdf)
        _leave_pictures_alone(pdf)
        _associate(pdf, attached)
        intent = pdf.catalog["OutputIntents"][0]
        intent["S"] = "/GTS_PDFA1"
        intent["OutputConditionIdentifier"] = intent["Info"] = pydyf.String("sRGB IEC61966-2.1")

    return finish


def _description(metadata: Any, address: str, digest: str, producer: str) -> Description:
    custom: Mapping[str, str] = metadata.custom
    return Description(
        title=metadata.title or "",
        authors=tuple(metadata.authors),
        description=metadata.description or "",
        keywords=tuple(metadata.keywords),
        lang=metadata.lang or "",
        publisher=custom.get("publisher", ""),
        license=custom.get("dcterms.rights", ""),
        license_url=custom.get("dcterms.license", ""),
        address=address,
        digest=digest,
        created=metadata.created or "",
        modified=metadata.modified or "",
        creator=metadata.generator or "",
        producer=producer,
    )


def _describe(pdf: pydyf.PDF, about: Description) -> None:
    """Uncompressed, so that programs which know no PDF find it."""
    stream = pydyf.Stream([xmp_packet(about)], {"Type": "/Metadata", "Subtype": "/XML"})
    pdf.add_object(stream)
    pdf.catalog["Metadata"] = stream.reference


def _print_annotations(pdf: pydyf.PDF) -> None:
    for found in pdf.objects:
        if isinstance(found, pydyf.Dictionary) and found.get("Type") == "/Annot":
            found["F"] = PRINT


def _leave_pictures_alone(pdf: pydyf.PDF) -> None:
    """PDF/A lets no reader smooth a picture."""
    for found in pdf.objects:
        if isinstance(found, pydyf.Stream) and found.extra.get("Subtype") == "/Image":
            found.extra.pop("Interpolate", None)


def _associate(pdf: pydyf.PDF, attached: tuple[Attached, ...]) -> None:
    """Each attached file belongs to the document, once, and says in what way."""
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
