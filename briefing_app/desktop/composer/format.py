"""What stands at the caret, as a toolbar shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtGui import QTextCharFormat, QTextCursor

from briefing_app.desktop.composer.frames import ListFrame, QuoteFrame, decode_path
from briefing_app.desktop.composer.properties import Kind, Prop
from briefing_app.desktop.composer.reader import kind_of
from briefing_app.desktop.composer.styles import run_of

ListKind = Literal["", "bullets", "numbers"]
BlockKind = Literal["", "heading", "paragraph", "quotation", "caption", "whole"]


@dataclass(frozen=True, slots=True)
class Format:
    """The state at the caret. ``block`` is empty where there is no caret; ``whole`` is a block handled as one thing."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    link: str = ""
    list: ListKind = ""
    depth: int = 0
    block: BlockKind = ""
    in_table: bool = False
    mark: str = ""
    has_selection: bool = False


def format_at(cursor: QTextCursor, *, heading: bool = False, typing: QTextCharFormat | None = None) -> Format:
    """The state at a cursor; ``typing`` is the format of what is typed next, where it differs."""
    run = run_of("", typing if typing is not None else cursor.charFormat())
    block = cursor.block()
    path = decode_path(block.blockFormat().stringProperty(Prop.PATH))
    lists = [frame for frame in path if isinstance(frame, ListFrame)]
    kind: BlockKind = "paragraph"
    if heading:
        kind = "heading"
    elif path and isinstance(path[0], QuoteFrame):
        kind = "quotation"
    elif kind_of(block) is Kind.CAPTION:
        kind = "caption"
    elif kind_of(block) is Kind.WHOLE:
        kind = "whole"
    list_kind: ListKind = ""
    if lists:
        list_kind = "numbers" if lists[-1].ordered else "bullets"
    return Format(
        bold=run.bold,
        italic=run.italic,
        underline=run.underline,
        link=run.link,
        list=list_kind,
        depth=len(lists),
        block=kind,
        in_table=cursor.currentTable() is not None,
        mark=block.blockFormat().stringProperty(Prop.MARK),
        has_selection=cursor.hasSelection(),
    )
