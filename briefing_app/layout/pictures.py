"""Pictures at their printed size, and the bytes that the document carries for them."""

from __future__ import annotations

from briefing_app.layout.context import Context
from briefing_app.layout.document import LaidMedia, Page, PictureBlock, TextLine
from briefing_app.layout.pages import column_width, points
from briefing_app.layout.pixels import pixel_size
from briefing_app.model.block import Picture

_POINTS_PER_PIXEL = 72 / 96
_HIGHEST = 0.6  # of the page's height


class PictureLayer:
    """Sizes pictures for one page, and keeps each picture's bytes once."""

    def __init__(self, context: Context, page: Page) -> None:
        self._context = context
        self._page = page
        self.media: dict[str, LaidMedia] = {}

    def block(self, picture: Picture, caption: TextLine | None) -> PictureBlock | None:
        """The picture, or None (and a problem) where its bytes are missing or are no picture."""
        media = self._media(picture)
        if media is None:
            return None
        width, height = self._size(picture, media.pixel_width, media.pixel_height)
        return PictureBlock(picture.id, picture.media, picture.alt, width, height, caption)

    def _media(self, picture: Picture) -> LaidMedia | None:
        if picture.media in self.media:
            return self.media[picture.media]
        name = f"the picture “{picture.alt}”" if picture.alt else f"the picture {picture.id}"
        media = self._context.media(picture.media)
        if media is None:
            self._context.report(f"{name} is not in the briefing (its bytes, {picture.media[:12]}…, are missing).")
            return None
        size = pixel_size(media.data)
        if size is None:
            self._context.report(f"{name} is no PNG, JPEG, GIF, BMP or WebP file, or is damaged.")
            return None
        laid = LaidMedia(media.sha256, media.media_type, media.data, *size)
        self.media[picture.media] = laid
        return laid

    def _size(self, picture: Picture, pixel_width: int, pixel_height: int) -> tuple[float, float]:
        """Width and height in points, inside the column's width and six tenths of the page's height."""
        width = pixel_width * _POINTS_PER_PIXEL if picture.width is None else points(picture.width)
        highest = self._page.height * _HIGHEST * pixel_width / pixel_height
        width = max(1.0, min(width, column_width(self._page), highest))
        return round(width, 2), max(1.0, round(width * pixel_height / pixel_width, 2))
