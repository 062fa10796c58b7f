"""Qt's formats for everything that stands in a section, made once for each theme."""

from __future__ import annotations

from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QTextBlockFormat, QTextCharFormat, QTextFormat

from briefing_app.desktop.composer.frames import Path, QuoteFrame, encode_path
from briefing_app.desktop.composer.packing import pack
from briefing_app.desktop.composer.properties import Kind, Objects, Prop
from briefing_app.desktop.composer.theme import ComposerTheme
from briefing_app.model.inline import Citation, Note, Text

INDENT = 26.0  # pixels of one step of indentation
_HEAD_WEIGHT = QFont.Weight.DemiBold  # below bold, so that a table's head is not taken for bold text
_GAP = 6.0

Place = str  # "body", "cell", "head" or "heading"


class Styles:
    """Formats by what they are for. It holds no text and changes none."""

    def __init__(self, theme: ComposerTheme) -> None:
        self.theme = theme
        self._blocks: dict[tuple[str, Path, str, Place], QTextBlockFormat] = {}
        self.chip_font = theme.font(theme.size - 2)
        self.chip_metrics = QFontMetricsF(self.chip_font)
        self._runs: dict[tuple[bool, bool, bool, str, str, Place], QTextCharFormat] = {}

    # --- blocks

    def block(self, node: str, kind: Kind, path: Path = (), mark: str = "", place: Place = "body") -> QTextBlockFormat:
        """The format of one block of the document."""
        key = (kind, path, mark, place)
        if key not in self._blocks:
            self._blocks[key] = self._make_block(kind, path, mark, place)
        made = QTextBlockFormat(self._blocks[key])
        made.setProperty(Prop.NODE, node)
        return made

    def _make_block(self, kind: Kind, path: Path, mark: str, place: Place) -> QTextBlockFormat:
        made = QTextBlockFormat()
        made.setProperty(Prop.KIND, str(kind))
        made.setProperty(Prop.PATH, encode_path(path))
        made.setProperty(Prop.MARK, mark)
        made.setIndent(len(path))
        above, below, line_height = self._spaces(kind, path, place)
        made.setTopMargin(above)
        made.setBottomMargin(below)
        proportional = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        made.setLineHeight(line_height, proportional)
        if mark and kind is not Kind.WHOLE:
            made.setTextIndent(self.mark_width(mark))
        return made

    def _spaces(self, kind: Kind, path: Path, place: Place) -> tuple[float, float, int]:
        height = self.theme.line_height
        if kind is Kind.WHOLE:
            return 10, 12, 100
        if kind is Kind.CAPTION:
            return 2, 14, 120
        if place == "heading":
            return 0, 0, 100
        if place != "body":
            return 0, 0, 118
        if path:
            return (10, 10, height) if isinstance(path[0], QuoteFrame) else (3, 3, height)
        return 9, 9, height

    def mark_font(self) -> QFont:
        """The font of portion marks."""
        return self.theme.font(self.theme.small - 1, weight=QFont.Weight.Medium)

    def mark_width(self, mark: str) -> float:
        """The room that a portion mark takes before the first line."""
        return QFontMetricsF(self.mark_font()).horizontalAdvance(f"({mark})") + _GAP

    # --- characters

    def plain(self, kind: Kind, place: Place) -> QTextCharFormat:
        """The format of text without any style in a block of this kind."""
        return self.run(Text(""), "caption" if kind is Kind.CAPTION else place)

    def run(self, text: Text, place: Place = "body") -> QTextCharFormat:
        """The format of a run of text."""
        key = (text.bold, text.italic, text.underline, text.link, text.language, place)
        if key not in self._runs:
            self._runs[key] = self._make_run(text, place)
        return self._runs[key]

    def _make_run(self, text: Text, place: Place) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(QBrush(self.theme.text))
        if text.bold:
            made.setFontWeight(QFont.Weight.Bold)
        elif place in ("head", "heading"):
            made.setFontWeight(_HEAD_WEIGHT)
        if text.italic:
            made.setFontItalic(True)
        if place == "caption":
            made.setProperty(QTextFormat.Property.FontPixelSize.value, self.theme.small + 1)
            made.setForeground(QBrush(self.theme.muted))
        if text.language:
            made.setProperty(Prop.LANGUAGE, text.language)
        if text.link:
            made.setAnchorHref(text.link)
            made.setForeground(QBrush(self.theme.accent))
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        if text.underline:
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        return made

    def inline(self, inline: Citation | Note) -> QTextCharFormat:
        """The format of the object character of a citation or a note."""
        made = QTextCharFormat()
        made.setObjectType(Objects.CITATION if isinstance(inline, Citation) else Objects.NOTE)
        made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
        made.setProperty(Prop.INLINE, pack(inline))
        return made

    def whole(self, node: str) -> QTextCharFormat:
        """The format of the object character of a block that is handled as one thing."""
        made = QTextCharFormat()
        made.setObjectType(Objects.WHOLE)
        made.setProperty(Prop.NODE, node)
        return made


def run_of(text: str, made: QTextCharFormat) -> Text:
    """The run of text that a format stands for: the inverse of ``Styles.run``."""
    return Text(
        text,
        bold=made.fontWeight() >= QFont.Weight.Bold,
        italic=made.fontItalic(),
        underline=made.underlineStyle() == QTextCharFormat.UnderlineStyle.SingleUnderline,
        link=made.anchorHref(),
        language=made.stringProperty(Prop.LANGUAGE),
    )
