"""The colours and the type of the composer, for the light and the dark look."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposerTheme:
    """Everything that decides how the composer looks. Sizes are in device-independent pixels."""

    canvas: QColor
    card: QColor
    border: QColor
    focus_border: QColor
    text: QColor
    muted: QColor
    accent: QColor
    selection: QColor
    selection_text: QColor
    chip: QColor
    chip_text: QColor
    note: QColor
    note_text: QColor
    quote_rule: QColor
    quote_ground: QColor
    table_line: QColor
    table_head: QColor
    hint: QColor
    finding: QColor
    missing: QColor
    families: tuple[str, ...] = ("Inter", "Noto Sans", "Noto Naskh Arabic", "Noto Serif Hebrew")
    size: int = 15
    small: int = 12
    line_height: int = 158  # per cent of the font's own

    def font(self, size: int | None = None, *, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The composer's font at ``size`` pixels (the text's own size where None)."""
        font = QFont()
        font.setFamilies(list(self.families))
        font.setPixelSize(size or self.size)
        font.setWeight(weight)
        return font


LIGHT = ComposerTheme(
    canvas=QColor("#f5f6f8"),
    card=QColor("#ffffff"),
    border=QColor("#e1e4e9"),
    focus_border=QColor("#b9c8f0"),
    text=QColor("#1b1e23"),
    muted=QColor("#5a616c"),
    accent=QColor("#2c5cd0"),
    selection=QColor("#cfdcfb"),
    selection_text=QColor("#14234a"),
    chip=QColor("#e6edfd"),
    chip_text=QColor("#1f429f"),
    note=QColor("#f1ecdd"),
    note_text=QColor("#6d5200"),
    quote_rule=QColor("#a9bdf0"),
    quote_ground=QColor("#f8f9fc"),
    table_line=QColor("#d5d9e0"),
    table_head=QColor("#f3f5f8"),
    hint=QColor("#f7f8fa"),
    finding=QColor("#a15c00"),
    missing=QColor("#b3261e"),
)
DARK = ComposerTheme(
    canvas=QColor("#1a1b1e"),
    card=QColor("#212327"),
    border=QColor("#35383f"),
    focus_border=QColor("#4a5d92"),
    text=QColor("#e9ebee"),
    muted=QColor("#a3a9b3"),
    accent=QColor("#7ea5ff"),
    selection=QColor("#35498a"),
    selection_text=QColor("#f2f5ff"),
    chip=QColor("#2b3a63"),
    chip_text=QColor("#cfdcff"),
    note=QColor("#43391f"),
    note_text=QColor("#f1d58a"),
    quote_rule=QColor("#566ba8"),
    quote_ground=QColor("#26292e"),
    table_line=QColor("#43474f"),
    table_head=QColor("#2a2d32"),
    hint=QColor("#27292e"),
    finding=QColor("#f0c05a"),
    missing=QColor("#ff9289"),
)
