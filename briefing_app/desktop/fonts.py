"""The fonts of the window: those that come with the app, so that every desktop looks the same."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from briefing_app.app.paths import resources_dir

_FACES = ("Inter-Regular", "Inter-Medium", "Inter-SemiBold", "Inter-Bold", "Inter-Italic")
_FALLBACKS = ("NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold", "NotoSerifHebrew-Regular", "NotoSans-Regular")
FAMILIES = ["Inter", "Noto Sans", "Noto Naskh Arabic", "Noto Serif Hebrew"]
SIZE = 13  # pixels


def load_fonts() -> QFont:
    """Load the faces that the window is drawn with, and give its font."""
    folder = resources_dir() / "fonts"
    for name in (*_FACES, *_FALLBACKS):
        QFontDatabase.addApplicationFont(str(folder / f"{name}.ttf"))
    return sized(SIZE)


def sized(pixels: int, *, bold: bool = False, medium: bool = False) -> QFont:
    """The window's font at this size in pixels."""
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(pixels)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    elif medium:
        font.setWeight(QFont.Weight.Medium)
    return font
