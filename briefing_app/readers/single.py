"""The formats of which a file is one source: which module reads each."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from briefing_app.model.reading import Reading
from briefing_app.readers import markings

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

_MARKED_AT_EDGES = frozenset(("txt", "markdown", "docx", "odt", "rtf", "epub"))  # a first or last line may be a banner


def read_as(key: str, data: bytes, name: str) -> Reading:
    """Read bytes that ``detect`` has found to be in the format ``key``, one that holds a single source."""
    module = importlib.import_module(f"briefing_app.readers.{key}")
    reader = cast("Callable[[bytes, str], Reading]", getattr(module, SINGLE[key]))
    reading = reader(data, name)
    if key not in _MARKED_AT_EDGES or reading.fields.marking:
        return reading
    marking = markings.highest(markings.in_edges(markings.edges_of(reading.text)))
    return replace(reading, fields=replace(reading.fields, marking=marking)) if marking else reading
