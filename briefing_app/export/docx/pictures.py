"""Pictures: inline drawings with their text alternative, and the image parts that they show."""

from __future__ import annotations

import io
from dataclasses import dataclass

from briefing_app.errors import ExportError
from briefing_app.export.docx.xml import PIC, A, emu, run, value
from briefing_app.layout.document import LaidMedia, PictureBlock

# the kinds that Word shows everywhere, by the first bytes
_KINDS = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"), (b"BM", "bmp"))


@dataclass(frozen=True, slots=True)
class ImagePart:
    """One picture's bytes in the package; ``kind`` is png, jpeg, gif or bmp."""

    relation: str
    number: int
    kind: str
    data: bytes


class Pictures:
    """Draws pictures, each with an id of its own, and keeps one part for each picture's bytes."""

    def __init__(self, media: dict[str, LaidMedia]) -> None:
        self._media = media
        self._parts: dict[str, ImagePart] = {}
        self._drawn = 0

    @property
    def parts(self) -> tuple[ImagePart, ...]:
        return tuple(self._parts.values())

    def drawing(self, picture: PictureBlock) -> str:
        """A run with the picture. Raises ExportError where its bytes are missing or cannot be shown."""
        image = self._part(picture)
        self._drawn += 1
        width, height = emu(picture.width), emu(picture.height)
        name = f'id="{self._drawn}" name="Picture {self._drawn}" descr="{value(picture.alt)}"'
        return run(
            "",
            f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
            f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr {name}/>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{PIC}"><pic:pic><pic:nvPicPr><pic:cNvPr {name}/>'
            f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{image.relation}"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
            f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing>",
        )

    def _part(self, picture: PictureBlock) -> ImagePart:
        if picture.media not in self._parts:
            media = self._media.get(picture.media)
            if media is None:
                raise ExportError(
                    f"The picture “{picture.alt or picture.id}” has no bytes.", "Insert it in the briefing again."
                )
            kind = next((kind for start, kind in _KINDS if media.data.startswith(start)), "")
            data = media.data if kind else _as_png(media.data, picture)
            number = len(self._parts) + 1
            self._parts[picture.media] = ImagePart(f"rIdImage{number}", number, kind or "png", data)
        return self._parts[picture.media]


def _as_png(data: bytes, picture: PictureBlock) -> bytes:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            output = io.BytesIO()
            image.convert("RGBA").save(output, "PNG")
            return output.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise ExportError(
            f"The picture “{picture.alt or picture.id}” cannot be read; its file is damaged.",
            "Insert it in the briefing again as PNG or JPEG.",
        ) from error
