"""What the file says of itself where archives and readers look: XMP, the meaning of its colours, its structure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from PIL import ImageCms
from reportlab.pdfbase.pdfdoc import (
    NoEncryption,
    PDFArray,
    PDFDictionary,
    PDFInfo,
    PDFName,
    PDFObject,
    PDFStream,
    PDFString,
    PDFZCompress,
)

PRODUCT = "Briefing Composer"
_COLOURS = "sRGB"
_PROFILE_MADE = (2000, 1, 1, 0, 0, 0)  # the time that stands in the colour profile
_SCHEMA = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
{properties}
</rdf:Description>
{schema}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself, as clean text; empty where it says nothing.

    ``stamp`` is its time in ISO 8601, ``pdf_stamp`` the same as PDF writes it.
    """

    title: str
    author: str
    subject: str
    keywords: str
    language: str
    stamp: str
    pdf_stamp: str


class Info(PDFInfo):  # type: ignore[misc]
    """The document's information dictionary, with nothing that is not known."""

    def __init__(self, about: About) -> None:
        super().__init__()
        self.title, self.author, self.subject = about.title, about.author, about.subject
        self.keywords, self.creator, self.producer = about.keywords, PRODUCT, PRODUCT
        self._entries = {
            "Title": about.title,
            "Author": about.author,
            "Subject": about.subject,
            "Keywords": about.keywords,
            "Creator": PRODUCT,
            "Producer": PRODUCT,
            "CreationDate": about.pdf_stamp,
            "ModDate": about.pdf_stamp,
        }

    def format(self, document: Any) -> bytes:
        entries = {name: PDFString(text) for name, text in self._entries.items() if text}
        words: bytes = PDFDictionary(entries | {"Trapped": PDFName("False")}).format(document)
        return words


class _Ended(PDFObject):  # type: ignore[misc]
    """The content of a stream with the line end that stands after it and does not count."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __len__(self) -> int:
        return len(self._content)

    def format(self, document: Any) -> bytes:
        return self._content + b"\n"


class _StreamEnds(NoEncryption):  # type: ignore[misc]
    """Encrypts nothing. ReportLab asks it for the content of each stream, which PDF/A wants to end with its line."""

    def encode(self, t: str | bytes) -> _Ended:
        return _Ended(t.encode("latin-1") if isinstance(t, str) else t)


def describe(document: Any, about: About) -> None:
    """Put into a ReportLab document what PDF/A-2a and PDF/UA-1 ask for beside the structure tree."""
    document.encrypt = _StreamEnds()
    catalogue = document.Catalog
    catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "OutputIntents"]
    catalogue.MarkInfo = PDFDictionary({"Marked": "true"})
    kind = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    catalogue.Metadata = PDFStream(kind, _xmp(about).encode(), [])
    profile = PDFStream(PDFDictionary({"N": 3}), _srgb(), [PDFZCompress])
    intent = {
        "Type": PDFName("OutputIntent"),
        "S": PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": PDFString(_COLOURS),
        "Info": PDFString(_COLOURS),
        "DestOutputProfile": document.Reference(profile),
    }
    catalogue.OutputIntents = PDFArray([PDFDictionary(intent)])


def _xmp(about: About) -> str:
    properties = {
        "dc:title": _listed("Alt", about.title, ' xml:lang="x-default"'),
        "dc:creator": _listed("Seq", about.author),
        "dc:description": _listed("Alt", about.subject, ' xml:lang="x-default"'),
        "dc:language": _listed("Bag", about.language),
        "pdf:Keywords": escape(about.keywords),
        "pdf:Producer": PRODUCT,
        "xmp:CreatorTool": PRODUCT,
        "xmp:CreateDate": about.stamp,
        "xmp:ModifyDate": about.stamp,
    }
    lines = (f"<{name}>{value}</{name}>" for name, value in properties.items() if value)
    return _PACKET.format(properties="\n".join(lines), schema=_SCHEMA)


def _listed(kind: str, text: str, attribute: str = "") -> str:
    return f"<rdf:{kind}><rdf:li{attribute}>{escape(text)}</rdf:li></rdf:{kind}>" if text else ""


@lru_cache(maxsize=1)
def _srgb() -> bytes:
    """An sRGB profile, the same at all times."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[24:36] = b"".join(part.to_bytes(2, "big") for part in _PROFILE_MADE)
    return bytes(made)
