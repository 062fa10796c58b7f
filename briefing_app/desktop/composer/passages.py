"""A passage that is dragged from the reader or the library."""

from __future__ import annotations

import json
from dataclasses import dataclass

from PySide6.QtCore import QMimeData

PASSAGE_TYPE = "application/x-briefing-passage"


@dataclass(frozen=True, slots=True)
class Passage:
    """A range of a source's text in code points. It has no words: they are the library's to give."""

    source_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Target:
    """A place for a passage: before block number ``index`` of a section (its end where ``index`` is too large)."""

    section_id: str
    index: int


def passage_mime(passage: Passage, text: str = "") -> QMimeData:
    """What a drag of ``passage`` carries; ``text`` is for other programs."""
    data = QMimeData()
    value = {"source_id": passage.source_id, "start": passage.start, "end": passage.end}
    data.setData(PASSAGE_TYPE, json.dumps(value).encode())
    if text:
        data.setText(text)
    return data


def read_passage(data: QMimeData) -> Passage | None:
    """The passage that a drag carries, or None."""
    if not data.hasFormat(PASSAGE_TYPE):
        return None
    try:
        value = json.loads(bytes(data.data(PASSAGE_TYPE).data()))
        return Passage(str(value["source_id"]), int(value["start"]), int(value["end"]))
    except (ValueError, KeyError, TypeError):
        return None
