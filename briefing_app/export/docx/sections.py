"""Sections: the page, its margins and columns, line numbers, and which header stands where."""

from __future__ import annotations

from briefing_app.export.docx.xml import twips
from briefing_app.layout.directions import language_direction
from briefing_app.layout.document import LayoutDocument

_EDGE = 28.0  # points from the edge of the paper to the header and the footer


class Sections:
    """The sections of one document: one, or where text stands in columns the front, the columns and an end.

    ``on_new_page``: the columns begin on a new page, not under the front. Columns are of equal length at the end of
    the text because an empty section follows.
    """

    def __init__(self, document: LayoutDocument) -> None:
        self._document = document
        self._columns = document.page.columns
        self._has_front = bool(document.across)
        self.are_balanced = self._columns > 1
        self.on_new_page = False

    def front(self) -> str:
        """What goes across all columns."""
        return self._section("", columns=1, opens=True)

    def columns(self) -> str:
        """The text in columns, which ends here."""
        kind = "nextPage" if self.on_new_page else "continuous"
        return self._section(kind if self._has_front else "", columns=self._columns, opens=not self._has_front)

    def last(self) -> str:
        """The section at the document's end."""
        if self.are_balanced:
            return self._section("continuous", columns=1, opens=False)
        return self.columns()

    def _section(self, kind: str, *, columns: int, opens: bool) -> str:
        """One section; headers and footers are told by the one that ``opens`` the document, and kept by the others."""
        document, page = self._document, self._document.page
        edge = twips(min(_EDGE, page.top / 2, page.bottom / 2))
        heads = self._heads() if opens else ""
        # so that they stay under the document's header and footer
        endnotes = '<w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr>' if document.notes_place == "end" else ""
        begins = f'<w:type w:val="{kind}"/>' if kind else ""
        numbers = '<w:lnNumType w:countBy="1" w:restart="newPage"/>' if document.line_numbers else ""
        beside = f'<w:cols w:num="{columns}" w:space="{twips(page.gap)}"/>' if self._columns > 1 else ""
        backwards = language_direction(document.properties.language) == "rtl"
        bidi = "<w:bidi/>" if backwards and (numbers or beside) else ""
        return (
            f"<w:sectPr>{heads}{endnotes}{begins}"
            f'<w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"/>'
            f'<w:pgMar w:top="{twips(page.top)}" w:right="{twips(page.right)}" w:bottom="{twips(page.bottom)}" '
            f'w:left="{twips(page.left)}" w:header="{edge}" w:footer="{edge}" w:gutter="0"/>'
            f"{numbers}{beside}{'<w:titlePg/>' if opens else ''}{bidi}</w:sectPr>"
        )

    def _heads(self) -> str:
        """The footer is the same on the first page, but for a cover's."""
        first = "rIdFirstFooter" if self._document.cover else "rIdFooter"
        return (
            '<w:headerReference w:type="default" r:id="rIdHeader"/>'
            '<w:headerReference w:type="first" r:id="rIdFirst"/>'
            f'<w:footerReference w:type="default" r:id="rIdFooter"/><w:footerReference w:type="first" r:id="{first}"/>'
        )
