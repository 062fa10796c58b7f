"""The formats of which a file is one source: which module reads each."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import cast

from briefing_app.model.reading import Reading

# The modules are imported when first needed: each brings libraries of its own.
SINGLE = {
    "txt": "read_txt",
    "markdown": "read_markdown",
    "html": "read_html",
    "mhtml": "read_mhtml",
    "pdf": "read_pdf",
    "docx": "read_docx",
    "odt": "read_odt",
    "rtf": "read_rtf",
    "epub": "read_epub",
    "eml": "read_eml",
    "msg": "read_msg",
}


def read_as(key: str, data: bytes, name: str) -> Reading:
    """Read bytes that ``detect`` has found to be in the format ``key``, one that holds a single source."""
    module = importlib.import_module(f"briefing_app.readers.{key}")
    reader = cast("Callable[[bytes, str], Reading]", getattr(module, SINGLE[key]))
    return reader(data, name)
