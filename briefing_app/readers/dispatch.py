"""One door for all formats: find out what the bytes are, and let that format's reader read them."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import cast

from briefing_app.model.reading import Reading
from briefing_app.readers.detection import detect

# The modules are imported when first needed: each brings libraries of its own.
_READERS = {
    "txt": "read_txt",
    "markdown": "read_markdown",
    "html": "read_html",
    "mhtml": "read_mhtml",
    "pdf": "read_pdf",
    "docx": "read_docx",
    "eml": "read_eml",
}


def read(data: bytes, name: str) -> Reading:
    """Read a file's bytes; ``name`` is its file name, which the messages use.

    The format is told by the content first, so that a wrongly named file is read as what it is. The same bytes
    give the same reading always. Raises UnreadableFile, and nothing else, for any bytes whatever.
    """
    key = detect(data, name)
    module = importlib.import_module(f"briefing_app.readers.{key}")
    reader = cast("Callable[[bytes, str], Reading]", getattr(module, _READERS[key]))
    return reader(data, name)
