"""What a reader makes of a file's bytes: text, blocks, fields, pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from briefing_app.model.source import SourceKind


class BlockKind(StrEnum):
    """The role of a run of a source's text."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTATION = "quotation"
    TABLE = "table"
    CAPTION = "caption"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A block of the extracted text: ``text[start:end]`` in code points. ``level`` is 1 to 6 for headings."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class PageSpan:
    """The part of the extracted text that stands on page ``number`` (1-based): ``text[start:end]``."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Bibliographic fields as the file itself gives them; an empty value means that it does not.

    ``accessed`` is the day on which the program that saved the file says that it saved it. ``marking`` is the marking
    that the source came with, as it stands in it ("TLP:AMBER").
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    outlet: str = ""
    published: str = ""
    language: str = ""
    url: str = ""
    accessed: str = ""
    marking: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The result of reading one file. ``reader`` is the reader's name and version, such as ``html/1``.

    ``text`` has blocks divided by blank lines and no carriage returns. ``no_text`` is true where the file is
    sound but has no text in it (a scan). ``warnings`` are sentences for the analyst about what was left out.
    """

    reader: str
    kind: SourceKind
    media_type: str
    text: str
    fields: Fields = Fields()
    blocks: tuple[TextBlock, ...] = ()
    pages: tuple[PageSpan, ...] = ()
    no_text: bool = False
    warnings: tuple[str, ...] = ()
