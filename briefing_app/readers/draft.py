"""One door for drafts: text, Markdown and Word documents to the parts of a new briefing."""

from __future__ import annotations

from collections.abc import Callable

from briefing_app.errors import UnreadableFile
from briefing_app.model.draft import Draft
from briefing_app.readers.detection import READER_FORMATS, detect

_REMEDY = "Save it as DOCX, Markdown or text."


def read_draft(
    data: bytes, name: str, new_id: Callable[[], str], *, resolve: Callable[[str], bytes | None] | None = None
) -> Draft:
    """Read a draft; ``name`` is its file name, ``new_id`` gives each node its id.

    ``resolve`` gives the bytes of a picture that a Markdown draft names relative to itself, or None; without it
    only pictures inside the draft are taken over. Raises UnreadableFile for another format or damaged bytes.
    """
    key = detect(data, name)
    match key:
        case "txt":
            from briefing_app.readers.draft_text import draft_of_text

            return draft_of_text(data, new_id)
        case "markdown":
            from briefing_app.readers.draft_markdown import draft_of_markdown

            return draft_of_markdown(data, new_id, resolve)
        case "docx":
            from briefing_app.readers.draft_docx import draft_of_docx

            return draft_of_docx(data, name, new_id)
    label = next(entry.label for entry in READER_FORMATS if entry.key == key)
    raise UnreadableFile(f"“{name}” ({label}) cannot be taken as a draft.", _REMEDY)
