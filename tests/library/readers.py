"""Readers that stand in for the real ones; worker processes import them from here."""

from __future__ import annotations

import ctypes
import threading

from briefing_app.errors import UnreadableFile
from briefing_app.model.reading import BlockKind, Fields, PageSpan, Reading, TextBlock
from briefing_app.model.source import SourceKind


def read_simply(data: bytes, name: str) -> Reading:
    """Lines such as ``title: ...`` at the top are fields, the rest is the text; .bin files do bad things."""
    if name.endswith(".bin"):
        _misbehave(data)
    text = data.decode("utf-8", "surrogateescape")
    values: dict[str, str] = {}
    while text.partition(": ")[0] in ("title", "outlet", "published", "language", "url"):
        line, _, text = text.partition("\n")
        key, _, value = line.partition(": ")
        values[key] = value
    text = text.strip()
    return Reading(
        reader="simple/1",
        kind=SourceKind.WEB if name.endswith(".html") else SourceKind.TEXT,
        media_type="text/plain",
        text=text,
        fields=Fields(**values),
        blocks=(TextBlock(BlockKind.PARAGRAPH, 0, len(text)),) if text else (),
        pages=(PageSpan(1, 0, 10), PageSpan(2, 10, len(text))) if name.endswith(".pdf") else (),
        no_text=not text,
    )


def _misbehave(data: bytes) -> None:
    if data == b"encrypted":
        raise UnreadableFile("The file is encrypted.", "Save it without a password.")
    if data == b"crash":
        ctypes.string_at(0)
    if data == b"hang":
        threading.Event().wait()
    if data == b"fault":
        raise ZeroDivisionError("by zero")
