"""The properties by which a text document of Qt carries a briefing's own structure."""

from __future__ import annotations

from enum import IntEnum, StrEnum

_USER = 0x100000  # QTextFormat.UserProperty
_OBJECT = 0x1000  # QTextFormat.UserObject


class Prop(IntEnum):
    """Property numbers. NODE, KIND, PATH and MARK stand on blocks, INLINE and LANGUAGE on characters."""

    NODE = _USER + 1
    KIND = _USER + 2
    PATH = _USER + 3
    MARK = _USER + 4
    INLINE = _USER + 5
    LANGUAGE = _USER + 6
    CELL = _USER + 7
    ROW = _USER + 8
    TABLE = _USER + 9
    HEADER = _USER + 10


class Objects(IntEnum):
    """Kinds of object characters: inside a line, and alone in a block of their own."""

    CITATION = _OBJECT + 1
    NOTE = _OBJECT + 2
    WHOLE = _OBJECT + 3


class Kind(StrEnum):
    """What a block of the document is.

    WHOLE is a quotation, picture, page break or table that is drawn and handled as one thing; CAPTION belongs to the
    block before it, whose id it carries; VOID stands where the briefing has no block but Qt needs one.
    """

    PARAGRAPH = "paragraph"
    WHOLE = "whole"
    CAPTION = "caption"
    VOID = "void"


OBJECT = "\ufffc"
LINE = "\u2028"
