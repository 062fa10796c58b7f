"""Pictures as PDF objects: JPEG as it is, all else decoded, transparency as a soft mask."""

from __future__ import annotations

import io
import warnings
from typing import Any

from PIL import Image, ImageOps

from briefing_app.errors import ExportError
from briefing_app.export.pdf.objects import Name, ObjectStore, Ref
from briefing_app.layout.document import LaidMedia

_MOST_PIXELS = 80_000_000
_ORIENTATION = 0x0112  # the EXIF tag
_SPACES = {"L": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK"}


def embed_picture(store: ObjectStore, media: LaidMedia | None, name: str) -> Ref:
    """The picture's object. ``name`` tells the analyst which picture is meant.

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
            return _embed(store, media, name)
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


def _embed(store: ObjectStore, media: LaidMedia, name: str) -> Ref:
    with Image.open(io.BytesIO(media.data)) as opened:
        image: Image.Image = opened
        if image.width * image.height > _MOST_PIXELS:
            raise ExportError(
                f"The PDF was not written: the picture {name} has {image.width} by {image.height} pixels.",
                "Replace it by a smaller one.",
            )
        upright = image.getexif().get(_ORIENTATION, 1) in (0, 1)
        image.load()
        if opened.format == "JPEG" and upright and image.mode in ("L", "RGB"):
            space = _SPACES[image.mode]
            return store.stream(media.data, _entries(image, space, Filter=Name("DCTDecode")), compress=False)
        if not upright:
            image = ImageOps.exif_transpose(image)
        return _embed_pixels(store, image)


def _embed_pixels(store: ObjectStore, image: Image.Image) -> Ref:
    extra: dict[str, Any] = {}
    if "A" in image.getbands() or "transparency" in image.info:
        rgba = image.convert("RGBA")
        alpha = rgba.getchannel("A")
        if alpha.getextrema() != (255, 255):
            extra["SMask"] = store.stream(alpha.tobytes(), _entries(alpha, "DeviceGray"))
        image = rgba.convert("RGB")
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        image = _reduced(image)
    target = "L" if image.mode in ("1", "L") else "RGB"
    plain = image.convert(target)
    return store.stream(plain.tobytes(), _entries(plain, _SPACES[target], **extra))


def _reduced(image: Image.Image) -> Image.Image:
    """A picture of deep greys in the 256 that are printed."""
    deep = image.convert("F")
    low, high = deep.getextrema()
    low, high = float(low), float(high)  # type: ignore[arg-type]
    scale = 255.0 / ((high - low) or 1.0)
    return deep.point(lambda value: value * scale - low * scale).convert("L")


def _entries(image: Image.Image, space: str, **extra: Any) -> dict[str, Any]:
    return {
        "Type": Name("XObject"),
        "Subtype": Name("Image"),
        "Width": image.width,
        "Height": image.height,
        "ColorSpace": Name(space),
        "BitsPerComponent": 8,
        **extra,
    }
