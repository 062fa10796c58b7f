"""Word documents as sources: their words in reading order, tracked changes as accepted, notes at the end."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from briefing_app.model.draft import Draft, DraftHeading
from briefing_app.model.plain import inline_text
from briefing_app.model.reading import Fields, Reading
from briefing_app.model.source import SourceKind
from briefing_app.readers.dates import iso_date
from briefing_app.readers.detection import MEDIA_TYPES
from briefing_app.readers.docx_markings import marking_of_docx
from briefing_app.readers.draft_docx import CoreProperties, parse_docx
from briefing_app.readers.flatten import flatten
from briefing_app.readers.language import language_of
from briefing_app.readers.text_builder import one_line

READER = "docx/2"
_JUNK = re.compile(r"(?:document\d*|untitled|microsoft word.*|word document|title|.*\.docx?)$", re.IGNORECASE)
_NOBODY = ("user", "admin", "administrator", "owner", "author", "unknown", "python-docx", "пользователь", "microsoft")


def read_docx(data: bytes, name: str) -> Reading:
    """Read a Word document. Headers, footers and pictures are no part of the text. Raises UnreadableFile."""
    numbers = itertools.count(1)
    draft, core = parse_docx(data, name, lambda: str(next(numbers)), pictures=False, contents=True)
    builder = flatten(draft)
    return Reading(
        reader=READER,
        kind=SourceKind.DOCUMENT,
        media_type=MEDIA_TYPES["docx"],
        text=builder.text,
        fields=replace(_fields(draft, core, builder.text), marking=marking_of_docx(data, name)),
        blocks=builder.blocks,
        no_text=not builder.text,
        warnings=draft.warnings,
    )


def _fields(draft: Draft, core: CoreProperties, text: str) -> Fields:
    names = (name.strip() for name in re.split(r"\s*;\s*", core.creator))
    return Fields(
        title=_title(draft, core),
        authors=tuple(name for name in names if name and name.lower() not in _NOBODY),
        published=iso_date(core.created)[:10] or iso_date(core.modified)[:10],
        language=language_of(core.language, text),
    )


def _title(draft: Draft, core: CoreProperties) -> str:
    """The paragraph in the title's style, else the property, else a heading that everything else stands under."""
    if draft.title:
        return draft.title
    if core.title and not _JUNK.match(core.title):
        return core.title
    first = draft.parts[0] if draft.parts else None
    if isinstance(first, DraftHeading):
        return one_line(inline_text(first.content))
    return ""
