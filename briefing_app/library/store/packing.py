"""The forms in which texts and original bytes are at rest, and their hashes.

They cost more than all else that is done with a small source, and so are made in the worker that has read it.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field

from briefing_app.library.words.lexicon import Forms
from briefing_app.model.reading import Fields

FILE_FROM = 1 << 20  # bytes; larger originals are files of their own, as they are
_DEFLATE_FROM = 512  # bytes; smaller ones gain nothing


@dataclass(frozen=True, slots=True)
class Packed:
    """A source's hashes and its packed text; ``deflated`` are its original bytes, None where they stay as they are."""

    sha256: str
    text_sha256: str
    text: bytes = field(repr=False)
    deflated: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that is kept of a source but its original bytes, in the form in which it is at rest.

    ``blocks``, ``pages`` and ``warnings`` are JSON. ``forms`` are its words for the index, if they were made.
    """

    packed: Packed
    fields: Fields
    has_text: bool
    page_count: int
    blocks: str = field(repr=False)
    pages: str = field(repr=False)
    warnings: str = field(repr=False)
    title_key: str
    forms: Forms | None = field(repr=False)


def packed_form(data: bytes, text: str) -> Packed:
    """What is kept of a source with these original bytes and this text."""
    encoded = text.encode("utf-8", "surrogatepass")
    packed = zlib.compress(encoded, 3)
    if encoded == data and _is_deflated(data):  # a text file: packed once
        small = packed if len(packed) < len(data) * 0.9 else None
    else:
        small = deflated(data)
    return Packed(hashlib.sha256(data).hexdigest(), hashlib.sha256(encoded).hexdigest(), packed, small)


def pack(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 3)


def unpack(packed: bytes) -> str:
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")


def deflated(data: bytes) -> bytes | None:
    """Original bytes made smaller, or None where that gains nothing or they are a file of their own."""
    if not _is_deflated(data):
        return None
    small = zlib.compress(data, 1)
    return small if len(small) < len(data) * 0.9 else None


def _is_deflated(data: bytes) -> bool:
    return _DEFLATE_FROM <= len(data) < FILE_FROM
