"""The pages of a PDF below one another, drawn when they come into view."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from briefing_app.desktop.background import Lane
from briefing_app.desktop.theme import GRID, LIGHT, Colours

if TYPE_CHECKING:
    from briefing_app.app.previewing import PageImage

_GAP = 2 * GRID
_KEPT = 24  # page images in memory
_ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_SCREEN = 96 / 72  # device-independent pixels to a point at 100 %


Mark = tuple[tuple[float, float, float, float], bool]  # left, top, right, bottom; whether it is cited


class Pages(Protocol):
    """Pages that can be drawn: their sizes in points, and a picture of each. It may be used from any thread."""

    @property
    def sizes(self) -> tuple[tuple[float, float], ...]: ...
    def render(self, number: int, scale: float) -> PageImage: ...
    def close(self) -> None: ...


class PageView(QAbstractScrollArea):
    """Scrolls through pages. It gets images from a thread and shows the old ones until the new ones are there."""

    page_changed = Signal(int, int)  # the page in view, from 1, and how many there are
    place_clicked = Signal(int, float, float)  # page from 1, point from its top left
    zoom_changed = Signal(str)

    def __init__(self, colours: Colours, name: str) -> None:
        """``name`` is what screen readers say."""
        super().__init__()
        self._colours = colours
        self._lane = Lane("page-images", self)
        self._images: Pages | None = None
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._pixels: OrderedDict[tuple[int, int, int], QImage] = OrderedDict()
        self._old: dict[int, QImage] = {}
        self._asked: set[tuple[int, int, int]] = set()
        self._marks: Mapping[int, Sequence[Mark]] = {}
        self._version = 0
        self._zoom: float | None = None  # None fits the width
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(lambda: self._tell_page())

    # --- what is shown

    def show_pages(self, images: Pages | None) -> None:
        """Show other pages, at the place that is in view now."""
        place = self.verticalScrollBar().value()
        self._old = {key[1]: image for key, image in self._pixels.items() if key[0] == self._version}
        self._marks = {}
        self._version += 1
        if self._images is not None:
            self._lane.run(self._images.close)
        self._images = images
        self._sizes = images.sizes if images else ()
        self._pixels.clear()
        self._asked.clear()
        self._measure()
        self.verticalScrollBar().setValue(place)
        self._tell_page()
        self.viewport().update()

    def set_marks(self, marks: Mapping[int, Sequence[Mark]]) -> None:
        """Mark lines on pages (from 1): boxes in points from the page's top left, and whether they are cited."""
        self._marks = marks
        self.viewport().update()

    @property
    def is_drawn(self) -> bool:
        """True where every page in view has its image."""
        return all((self._version, number, self._scale_key(number)) in self._pixels for number, _ in self._visible())

    def go_to(self, page: int, y: float = 0.0) -> None:
        """Scroll so that ``y`` points of page number ``page`` (from 1) stand at the top."""
        if 1 <= page <= len(self._sizes):
            top = self._rects()[page - 1].top() + y * self._scale(page - 1)
            self.verticalScrollBar().setValue(round(top - GRID))

    def recolour(self, colours: Colours) -> None:
        self._colours = colours
        self.viewport().update()

    def close_lane(self) -> None:
        self._lane.close()

    # --- zoom

    def fit_width(self) -> None:
        self._set_zoom(None)

    def zoom_by(self, step: int) -> None:
        """The next larger (1) or smaller (-1) size."""
        now = self._scale(0) / _SCREEN if self._sizes else 1.0
        if step > 0:
            self._set_zoom(next((zoom for zoom in _ZOOMS if zoom > now + 0.01), _ZOOMS[-1]))
        else:
            self._set_zoom(next((zoom for zoom in reversed(_ZOOMS) if zoom < now - 0.01), _ZOOMS[0]))

    def _set_zoom(self, zoom: float | None) -> None:
        old_height = max(1, self._height())
        fraction = self.verticalScrollBar().value() / old_height
        self._zoom = zoom
        self._measure()
        self.verticalScrollBar().setValue(round(fraction * self._height()))
        self.zoom_changed.emit("Fit width" if zoom is None else f"{zoom:.0%}")
        self.viewport().update()

    # --- geometry

    def _scale(self, number: int) -> float:
        """Device-independent pixels to a point on this page."""
        if self._zoom is not None:
            return self._zoom * _SCREEN
        widest = max((width for width, _ in self._sizes), default=595.0)
        return max(0.1, (self.viewport().width() - 2 * _GAP) / widest)

    def _rects(self) -> list[QRectF]:
        rects, top = [], float(_GAP)
        for number, (width, height) in enumerate(self._sizes):
            scale = self._scale(number)
            left = max(float(_GAP), (self.viewport().width() - width * scale) / 2)
            rects.append(QRectF(round(left), round(top), round(width * scale), round(height * scale)))
            top += round(height * scale) + _GAP
        return rects

    def _height(self) -> int:
        rects = self._rects()
        return round(rects[-1].bottom()) + _GAP if rects else 0

    def _measure(self) -> None:
        rects = self._rects()
        self.verticalScrollBar().setRange(0, max(0, self._height() - self.viewport().height()))
        self.verticalScrollBar().setPageStep(self.viewport().height())
        self.verticalScrollBar().setSingleStep(40)
        right = max((round(rect.right()) + _GAP for rect in rects), default=0)
        self.horizontalScrollBar().setRange(0, max(0, right - self.viewport().width()))
        self.horizontalScrollBar().setPageStep(self.viewport().width())

    def _visible(self) -> list[tuple[int, QRectF]]:
        shift = QPointF(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        view = QRectF(self.viewport().rect())
        placed = ((number, rect.translated(shift)) for number, rect in enumerate(self._rects()))
        return [(number, rect) for number, rect in placed if rect.intersects(view)]

    def _tell_page(self) -> None:
        middle = self.viewport().height() / 3
        pages = [number for number, rect in self._visible() if rect.top() <= middle]
        if self._sizes:
            self.page_changed.emit((pages[-1] if pages else 0) + 1, len(self._sizes))
        else:
            self.page_changed.emit(0, 0)

    # --- images

    def _scale_key(self, number: int) -> int:
        return round(self._scale(number) * self.devicePixelRatioF() * 1000)

    def _request(self, number: int) -> None:
        key = (self._version, number, self._scale_key(number))
        images = self._images
        if images is None or key in self._asked:
            return
        self._asked.add(key)

        def draw() -> PageImage | None:
            return images.render(number, key[2] / 1000) if key[0] == self._version else None

        self._lane.run(draw, lambda image: self._arrived(key, image))

    def _arrived(self, key: tuple[int, int, int], image: PageImage | None) -> None:
        self._asked.discard(key)
        if image is None or key[0] != self._version:
            return
        pixels = QImage(image.data, image.width, image.height, image.stride, QImage.Format.Format_RGB32).copy()
        pixels.setDevicePixelRatio(self.devicePixelRatioF())
        self._pixels[key] = pixels
        self._old.pop(key[1], None)
        while len(self._pixels) > _KEPT:
            self._pixels.popitem(last=False)
        self.viewport().update()

    # --- Qt's side

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), QColor(self._colours.canvas))
        for number, rect in self._visible():
            painter.setPen(QColor(self._colours.border))
            painter.setBrush(QColor("#ffffff"))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
            key = (self._version, number, self._scale_key(number))
            image = self._pixels.get(key)
            if image is None:
                self._request(number)
                image = self._old.get(number) or self._any_size(number)
            if image is not None:
                painter.drawImage(rect, image)
            self._paint_marks(painter, number, rect)

    def _paint_marks(self, painter: QPainter, number: int, page: QRectF) -> None:
        """Lay colour over lines as a marker does, so that the letters stay readable; paper is white in any look."""
        scale = self._scale(number)
        painter.save()
        painter.setClipRect(page)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.setPen(Qt.PenStyle.NoPen)
        for (left, top, right, bottom), cited in self._marks.get(number + 1, ()):
            painter.setBrush(QColor(LIGHT.cited if cited else LIGHT.match))
            box = QRectF(left * scale, top * scale, (right - left) * scale, (bottom - top) * scale)
            painter.drawRoundedRect(box.translated(page.topLeft()).adjusted(-1.5, -1, 1.5, 1), 2, 2)
        painter.restore()

    def _any_size(self, number: int) -> QImage | None:
        return next((image for key, image in reversed(self._pixels.items()) if key[1] == number), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        old = max(1, self._height()) if event.oldSize().width() > 0 else 0
        fraction = self.verticalScrollBar().value() / old if old else 0.0
        self._measure()
        if self._zoom is None and fraction:
            self.verticalScrollBar().setValue(round(fraction * self._height()))
        self._tell_page()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        place = event.position()
        for number, rect in self._visible():
            if rect.contains(place):
                scale = self._scale(number)
                self.place_clicked.emit(number + 1, (place.x() - rect.left()) / scale, (place.y() - rect.top()) / scale)

    def sizeHint(self) -> QSize:
        return QSize(480, 600)

    def page_rect(self, page: int) -> QRect:
        """Where page number ``page`` (from 1) stands in the viewport."""
        shift = QPointF(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        return self._rects()[page - 1].translated(shift).toRect()
