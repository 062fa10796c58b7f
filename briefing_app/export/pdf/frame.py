"""What stands around the text on every page: running head, marking above and below, page number, and the column."""

from __future__ import annotations

from dataclasses import dataclass, replace

from briefing_app.errors import ExportError
from briefing_app.export.pdf.sheet import Sheet
from briefing_app.export.pdf.styling import RULE_COLOUR, Stylist, clean, colour
from briefing_app.export.pdf.text import Line, Look, Measure, Span, Typesetter
from briefing_app.layout.document import LayoutDocument, Role

_EDGE = 16.0  # points between the paper's edge and the head or foot, at least
_GAP = 12.0  # points between the rule and the text
_PAD_X, _PAD_Y = 6.0, 2.0  # around the marking
_BANNER_SIZE = 12.0  # points; the standard asks for 12 or larger
_BANNER_SHARE = 0.72  # of the column's width, beyond which the marking is set on several lines
_LEAST_WIDTH, _LEAST_HEIGHT = 72.0, 96.0  # points of a column that text can be set in
_RULE = 0.5
_WATERMARK = "/Type /Pagination /Subtype /Watermark"
_ACROSS = 0.95  # of the paper's shorter side, which words across it are long
_LARGEST_ACROSS = 220.0  # points
_PALE = "#E4E7EC"
_HEAD = "/Type /Pagination /Subtype /Header /Attached [/Top]"
_FOOT = "/Type /Pagination /Subtype /Footer /Attached [/Bottom]"


@dataclass(frozen=True, slots=True)
class Column:
    """Where text stands on a page, in points from the top left."""

    x: float
    y: float
    width: float
    height: float


class Frame:
    """The head and foot of the pages of one document, and the column that they leave."""

    def __init__(self, document: LayoutDocument, stylist: Stylist, typesetter: Typesetter) -> None:
        self._document = document
        self._stylist = stylist
        self._typesetter = typesetter
        page = document.page
        self._width = page.width - page.left - page.right
        self.columns, self.column_width = page.columns, (self._width - page.gap * (page.columns - 1)) / page.columns
        self.step = self.column_width + page.gap
        if self.column_width < _LEAST_WIDTH:
            raise _too_small(document)
        self._banner, self._banner_width = self._set_banner()
        style = stylist.style(Role.HEADER)
        text = style.size * style.line_height
        self._band = max(text, sum(line.height for line in self._banner) + 2 * _PAD_Y if self._banner else 0.0)
        needed = _EDGE + self._band + 4 + _GAP
        top, bottom = max(page.top, needed), max(page.bottom, needed)
        self.column = Column(page.left, top, self._width, page.height - top - bottom)
        if self.column.height < _LEAST_HEIGHT:
            raise _too_small(document)

    def _set_banner(self) -> tuple[list[Line], float]:
        banner = self._document.banner
        if banner is None or not banner.text.strip():
            return [], 0.0
        style = self._stylist.style(Role.BANNER)
        size = max(style.size, _BANNER_SIZE)
        look = Look("sans", size, bold=True, colour=colour(banner.colour, "#FFFFFF"))
        height = size * 1.25
        measure = Measure(width=self._width * _BANNER_SHARE, height=height, baseline=size * 0.98, align="left")
        lines = self._typesetter.lines([Span(clean(banner.text).replace("\n", " "), look)], measure)
        width = max(line.right - line.left for line in lines)
        narrow = replace(measure, width=width + 0.1, align="right")
        return self._typesetter.lines([Span(clean(banner.text).replace("\n", " "), look)], narrow), width

    def draw(self, sheet: Sheet, page: int, pages: int) -> None:
        """Draw the head and foot of a page; they are no part of the text. A cover has only the marking."""
        document, column = self._document, self.column
        if document.watermark:
            with sheet.artifact(_WATERMARK):
                self._across(sheet, document.watermark)
        if page == 1 and document.cover:
            self._draw_on_cover(sheet)
            return
        with sheet.artifact(_HEAD):
            rule = column.y - _GAP - _RULE
            self._band_at(sheet, rule - 4 - self._band)
            self._words(sheet, rule - 4 - self._band, Role.HEADER, clean(document.header))
            sheet.rule(column.x, rule, column.x + column.width, _RULE, RULE_COLOUR)
        words = document.words.page.replace("{pages}", str(pages)).replace("{page}", str(page))
        if document.footer.strip():
            words += f"  ·  {document.footer}"
        with sheet.artifact(_FOOT):
            rule = column.y + column.height + _GAP
            sheet.rule(column.x, rule, column.x + column.width, _RULE, RULE_COLOUR)
            self._band_at(sheet, rule + 4)
            self._words(sheet, rule + 4, Role.FOOTER, clean(words))

    def _draw_on_cover(self, sheet: Sheet) -> None:
        """The marking above and below, and whether it is a draft."""
        column, words = self.column, clean(self._document.watermark)
        top, bottom = column.y - _GAP - _RULE - 4 - self._band, column.y + column.height + _GAP + 4
        for y, kind, role in ((top, _HEAD, Role.HEADER), (bottom, _FOOT, Role.FOOTER)):
            with sheet.artifact(kind):
                self._band_at(sheet, y)
                self._words(sheet, y, role, words)

    def _across(self, sheet: Sheet, words: str) -> None:
        """Large pale words from corner to corner, as outlines: nobody who copies the text gets them with it."""
        page = self._document.page
        width = self._typesetter.outlines(words, 1.0).width
        size = min(_ACROSS * min(page.width, page.height) / max(width, 0.1), _LARGEST_ACROSS)
        sheet.slanted(self._typesetter.outlines(words, size), page.width / 2, page.height / 2, _PALE)

    def _band_at(self, sheet: Sheet, y: float) -> None:
        if not self._banner or self._document.banner is None:
            return
        width = self._banner_width + 2 * _PAD_X
        height = sum(line.height for line in self._banner) + 2 * _PAD_Y
        x = self.column.x + self.column.width - width  # on the right, as the standard recommends, in any script
        sheet.fill(x, y, width, height, colour(self._document.banner.background))
        y += _PAD_Y
        for line in self._banner:
            sheet.line(line, x + _PAD_X, y)
            y += line.height

    def _words(self, sheet: Sheet, y: float, role: Role, text: str) -> None:
        """One line beside the marking, shortened where it is too long for that."""
        rtl = self._stylist.rtl
        taken = self._banner_width + 2 * _PAD_X + 12 if self._banner else 0.0
        width = self._width - taken
        text = " ".join(text.split())
        if width < 20 or not text:
            return
        look = self._stylist.look(role)
        text = self._shortened(text, look, width)
        style = self._stylist.style(role)
        height = style.size * style.line_height
        measure = replace(self._stylist.measure(role, width + 0.5, rtl), align="left")
        line = self._typesetter.lines([Span(text, look)], measure)[0]
        sheet.line(line, self.column.x, y + (self._band - height) / 2)

    def _shortened(self, text: str, look: Look, width: float) -> str:
        if self._typesetter.width([Span(text, look)]) <= width:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self._typesetter.width([Span(text[:middle].rstrip() + "…", look)]) <= width:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip() + "…"


def _too_small(document: LayoutDocument) -> ExportError:
    page = document.page
    return ExportError(
        f"The PDF was not written: a page of {page.width:g} by {page.height:g} points with these margins leaves no "
        "room for text between the head and the foot.",
        "Choose a larger page or smaller margins in the template's page set-up.",
    )
