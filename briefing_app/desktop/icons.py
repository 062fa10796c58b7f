"""Icons: line drawings that take the colour of the text around them, and change with the look."""

from __future__ import annotations

import math
import weakref
from typing import Literal, Protocol

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from briefing_app.app.paths import resources_dir
from briefing_app.desktop.theme import Colours

Tint = Literal["text", "muted", "accent", "on_accent", "danger", "warning", "good", "selection_text", "star"]
_SIZES = (18, 20)  # of panels' buttons and of the toolbar


class _TakesIcon(Protocol):
    def setIcon(self, icon: QIcon) -> object: ...


class Icons:
    """The icons of one application. Bound ones are drawn anew when the look changes; it holds them weakly."""

    def __init__(self, colours: Colours) -> None:
        self._colours = colours
        self._drawings: dict[str, str] = {}
        self._icons: dict[tuple[str, Tint], QIcon] = {}
        self._pixmaps: dict[tuple[str, Tint, int, float], QPixmap] = {}
        self._bound: weakref.WeakKeyDictionary[_TakesIcon, tuple[str, Tint]] = weakref.WeakKeyDictionary()

    def recolour(self, colours: Colours) -> None:
        """Draw everything in the colours of another look."""
        self._colours = colours
        self._icons.clear()
        self._pixmaps.clear()
        for target, (name, tint) in list(self._bound.items()):
            target.setIcon(self.icon(name, tint))

    def bind(self, target: _TakesIcon, name: str, tint: Tint = "text") -> None:
        """Give ``target`` an icon that follows the look."""
        self._bound[target] = (name, tint)
        target.setIcon(self.icon(name, tint))

    def icon(self, name: str, tint: Tint = "text") -> QIcon:
        """The icon in the present look, with a paler form for what is disabled."""
        key = (name, tint)
        if key not in self._icons:
            icon = QIcon()
            ratio = math.ceil(QGuiApplication.primaryScreen().devicePixelRatio() if QGuiApplication.screens() else 1)
            for size in _SIZES:
                drawn = self.pixmap(name, size, tint, ratio)
                icon.addPixmap(drawn)
                icon.addPixmap(_faded(drawn), QIcon.Mode.Disabled)
            self._icons[key] = icon
        return self._icons[key]

    def pixmap(self, name: str, size: int, tint: Tint = "text", ratio: float = 1.0) -> QPixmap:
        """The drawing at ``size`` device-independent pixels, for a screen with ``ratio`` pixels to each of them.

        A name that ends in ``-filled`` is the drawing with its shape filled.
        """
        key = (name, tint, size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(name, size, ratio, getattr(self._colours, tint))
        return self._pixmaps[key]

    def _draw(self, name: str, size: int, ratio: float, colour: str) -> QPixmap:
        if name not in self._drawings:
            outline = name.removesuffix("-filled")
            drawing = (resources_dir() / "icons" / f"{outline}.svg").read_text(encoding="utf-8")
            self._drawings[name] = drawing if outline == name else drawing.replace('fill="none"', 'fill="currentColor"')
        drawing = self._drawings[name].replace("currentColor", colour)
        pixels = round(size * ratio)
        pixmap = QPixmap(pixels, pixels)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, pixels, pixels))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap


def _faded(pixmap: QPixmap) -> QPixmap:
    """The same drawing, paler."""
    faded = QPixmap(pixmap.size())
    faded.setDevicePixelRatio(pixmap.devicePixelRatio())
    faded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(faded)
    painter.setOpacity(0.35)
    painter.drawPixmap(0, 0, pixmap)
    painter.end()
    return faded
