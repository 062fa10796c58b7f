"""The package: parts, content types and relationships by python-docx, and one ZIP with fixed times and order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package

from briefing_app.export.docx.pictures import ImagePart

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a ZIP can hold
_FIRST = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")
_KINDS = {
    "styles": (CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES),
    "numbering": (CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING),
    "settings": (CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS),
    "fontTable": (CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE),
    "theme": (CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME),
    "footnotes": (CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES),
    "endnotes": (CONTENT_TYPE.WML_ENDNOTES, RELATIONSHIP_TYPE.ENDNOTES),
    "header": (CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
    "footer": (CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
}


class PackageBuilder:
    """Gathers the parts around the main document, and saves them."""

    def __init__(self, document: bytes) -> None:
        self._package = Package()
        self._document = self._part("/word/document.xml", CONTENT_TYPE.WML_DOCUMENT_MAIN, document)
        self._package.load_rel(RELATIONSHIP_TYPE.OFFICE_DOCUMENT, self._document, "rId1")

    def add(
        self, kind: str, data: bytes, *, id: str = "", number: int | None = None, links: Mapping[str, str] | None = None
    ) -> None:
        """Add a part that the document leads to, with the external links that stand in it."""
        content_type, relationship = _KINDS[kind]
        folder = "theme/" if kind == "theme" else ""
        part = self._part(f"/word/{folder}{kind}{number or ''}.xml", content_type, data)
        self._document.load_rel(relationship, part, id or f"rId{kind.capitalize()}")
        _link(part, links or {})

    def add_image(self, image: ImagePart) -> None:
        part = self._part(f"/word/media/image{image.number}.{image.kind}", f"image/{image.kind}", image.data)
        self._document.load_rel(RELATIONSHIP_TYPE.IMAGE, part, image.relation)

    def link(self, links: Mapping[str, str]) -> None:
        """The document's own external links, address to id."""
        _link(self._document, links)

    def add_properties(self, core: bytes, app: bytes) -> None:
        parts = (
            ("/docProps/core.xml", CONTENT_TYPE.OPC_CORE_PROPERTIES, RELATIONSHIP_TYPE.CORE_PROPERTIES, core, "rId2"),
            (
                "/docProps/app.xml",
                CONTENT_TYPE.OFC_EXTENDED_PROPERTIES,
                RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
                app,
                "rId3",
            ),
        )
        for name, content_type, relationship, data, id in parts:
            self._package.load_rel(relationship, self._part(name, content_type, data), id)

    def save(self) -> bytes:
        """The package's bytes: a fixed order, and no time but 1980, the same for the same parts."""
        draft = io.BytesIO()
        self._package.save(draft)
        output = io.BytesIO()
        with zipfile.ZipFile(draft) as source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
            for name in sorted(source.namelist(), key=_order):
                info = zipfile.ZipInfo(name, _EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system = 0
                target.writestr(info, source.read(name))
        return output.getvalue()

    def _part(self, name: str, content_type: str, data: bytes) -> Part:
        return Part(PackURI(name), content_type, data, self._package)


def _link(part: Part, links: Mapping[str, str]) -> None:
    for url, id in links.items():
        part.load_rel(RELATIONSHIP_TYPE.HYPERLINK, url, id, is_external=True)


def _order(name: str) -> tuple[int, str]:
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)
