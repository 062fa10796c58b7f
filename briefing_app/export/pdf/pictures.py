"""Pictures as ReportLab reads them: a JPEG as it is, all else made upright, in eight bits, with its transparency."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader

from briefing_app.errors import ExportError
from briefing_app.layout.document import LaidMedia

_MOST_PIXELS = 80_000_000
_ORIENTATION = 0x0112  # the EXIF tag


def picture_reader(media: LaidMedia | None, name: str) -> ImageReader:
    """The picture, checked and decoded. ``name`` tells the analyst which picture is meant.

    :raises ExportError: the picture is not in the document, is damaged, or is too large to be decoded.
    """
    if media is None:
        raise ExportError(
            f"The PDF was not written: the picture {name} is not among the briefing's pictures.",
            "Insert the picture again.",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Pillow about odd metadata, which is not printed
            return _reader(media.data, name)
    except (
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        ArithmeticError,
        IndexError,
        Image.DecompressionBombError,
    ) as bad:
        raise ExportError(
            f"The PDF was not written: the picture {name} is damaged or is not a picture ({media.media_type}).",
            "Replace the picture, or remove it from the briefing.",
        ) from bad


def _reader(data: bytes, name: str) -> ImageReader:
    with Image.open(io.BytesIO(data)) as opened:
        image: Image.Image = opened
        if image.width * image.height > _MOST_PIXELS:
            raise ExportError(
                f"The PDF was not written: the picture {name} has {image.width} by {image.height} pixels.",
                "Replace it by a smaller one.",
            )
        upright = image.getexif().get(_ORIENTATION, 1) in (0, 1)
        image.load()
        if opened.format == "JPEG" and upright and image.mode in ("L", "RGB"):
            return ImageReader(io.BytesIO(data))
        if not upright:
            image = ImageOps.exif_transpose(image)
        return ImageReader(_plain(image))


def _plain(image: Image.Image) -> Image.Image:
    """The picture in grey, in RGB, or in RGB with alpha where something of it is transparent."""
    if "A" in image.getbands() or "transparency" in image.info:
        rgba = image.convert("RGBA")
        if rgba.getchannel("A").getextrema() != (255, 255):
            return rgba
        image = rgba.convert("RGB")
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        image = _reduced(image)
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _reduced(image: Image.Image) -> Image.Image:
    """A picture of deep greys in the 256 that are printed."""
    deep = image.convert("F")
    low, high = deep.getextrema()
    low, high = float(low), float(high)  # type: ignore[arg-type]
    scale = 255.0 / ((high - low) or 1.0)
    return deep.point(lambda value: value * scale - low * scale).convert("L")
