"""What a clipboard or a drop holds, as a fragment that a section can take."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

from briefing_app.app.fragments import Fragment, load_fragment
from briefing_app.app.ids import new_id
from briefing_app.desktop.composer.clipboard import FRAGMENT_TYPE
from briefing_app.desktop.composer.foreign_html import clean_html
from briefing_app.errors import BriefingError
from briefing_app.model.block import Paragraph, Picture
from briefing_app.model.briefing import Media
from briefing_app.model.inline import Inline, LineBreak, Text

_PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".bmp": "image/bmp"}
_LARGEST = 50_000_000  # bytes of a picture's file


def fragment_from(data: QMimeData) -> Fragment:
    """The blocks that ``data`` holds, in the best form that it offers; none where there is nothing to take.

    Raises BriefingError where what it holds is damaged.
    """
    if data.hasFormat(FRAGMENT_TYPE):
        return load_fragment(bytes(data.data(FRAGMENT_TYPE).data()))
    files = _picture_files(data)
    if files:
        return _pictures([_media_of_file(path) for path in files])
    if data.hasHtml():
        cleaned = clean_html(data.html(), new_id)
        if cleaned.blocks:
            return Fragment(tuple(cleaned.blocks), media=tuple(cleaned.media))
    if data.hasImage():
        media = _media_of_image(data.imageData())
        return _pictures([media]) if media is not None else Fragment()
    return Fragment(plain_paragraphs(data.text())) if data.hasText() else Fragment()


def plain_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of plain text. Blank lines divide them, or line ends where there is no blank line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n").strip("\n")
    parts = re.split(r"\n[ \t]*\n+", text) if re.search(r"\n[ \t]*\n", text) else text.split("\n")
    paragraphs = []
    for part in parts:
        inlines: list[Inline] = []
        for number, line in enumerate(re.split("[\n\u2028]", part.strip("\n"))):
            if number:
                inlines.append(LineBreak())
            if line:
                inlines.append(Text(line))
        if inlines:
            paragraphs.append(Paragraph(new_id(), tuple(inlines)))
    return tuple(paragraphs)


def _pictures(media: list[Media]) -> Fragment:
    return Fragment(tuple(Picture(new_id(), one.sha256) for one in media), media=tuple(media))


def _picture_files(data: QMimeData) -> list[Path]:
    if not data.hasUrls():
        return []
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in _PICTURES]


def _media_of_file(path: Path) -> Media:
    try:
        if path.stat().st_size > _LARGEST:
            raise BriefingError(f"The picture {path} is larger than 50 MB.", "Make it smaller first.")
        data = path.read_bytes()
    except OSError as error:
        raise BriefingError(
            f"The picture {path} cannot be read: {error.strerror}.", "Check your rights to it."
        ) from error
    if QImage.fromData(data).isNull():
        raise BriefingError(f"{path} is no picture that can be shown.", "Save it as PNG or JPEG.")
    return Media(sha256=hashlib.sha256(data).hexdigest(), media_type=_PICTURES[path.suffix.lower()], data=data)


def _media_of_image(value: object) -> Media | None:
    if not isinstance(value, QImage) or value.isNull():
        return None
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    value.save(buffer, "PNG")  # type: ignore[call-overload]  # at run time it takes a str
    data = bytes(content.data())
    return Media(sha256=hashlib.sha256(data).hexdigest(), media_type="image/png", data=data)
