"""Pictures of a draft: checked, and made into a type that every writer takes (PNG, JPEG or GIF)."""

from __future__ import annotations

import hashlib
import io
import struct
import warnings

from briefing_app.model.briefing import Media

MAX_PICTURE = 64 * 1024 * 1024
_MAX_PIXELS = 120_000_000
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif"}


class NoPicture(ValueError):
    """The bytes are no picture that can be used; the text says why, in a few words."""


def picture_media(data: bytes) -> Media:
    """The picture as it is where it is a PNG, JPEG or GIF, else converted to PNG. Raises NoPicture."""
    from PIL import Image

    if not data:
        raise NoPicture("it is empty")
    if len(data) > MAX_PICTURE:
        raise NoPicture("it is larger than 64 megabytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as picture:
                if picture.width * picture.height > _MAX_PIXELS:
                    raise NoPicture("it has too many pixels")
                picture.load()
                if picture.format in _TYPES:
                    return _media(data, _TYPES[picture.format])
                mode = "RGBA" if picture.mode in ("RGBA", "LA", "P", "PA") else "RGB"
                out = io.BytesIO()
                picture.convert(mode).save(out, "PNG")
                return _media(out.getvalue(), "image/png")
    except Image.DecompressionBombError as error:
        raise NoPicture("it has too many pixels") from error
    except (OSError, ValueError, SyntaxError, struct.error, EOFError, IndexError, KeyError, TypeError) as error:
        if isinstance(error, NoPicture):
            raise
        raise NoPicture("it is damaged or of a kind that cannot be shown") from error


def _media(data: bytes, media_type: str) -> Media:
    return Media(sha256=hashlib.sha256(data).hexdigest(), media_type=media_type, data=data)
