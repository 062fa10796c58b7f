"""Review copies: each block in a content control that keeps the block's id, so that it is known when it comes back."""

from __future__ import annotations

import zlib

from briefing_app.export.docx.xml import value

_PREFIX = "block:"
_LONGEST = 64  # characters of a tag, in Word
_FIRST, _LAST = 1, 0x7FFFFFFE  # ids of content controls
_CONTENTS = 70010001  # the id that the contents' own control has


class Controls:
    """Content controls of one document. The same block always gets the same numbers, in any order of blocks."""

    def __init__(self) -> None:
        self._taken = {_CONTENTS}

    def around(self, id: str, inside: str) -> str:
        """The block-level ``inside`` in the control of the block ``id``."""
        tag = value(f"{_PREFIX}{id}"[:_LONGEST])
        return (
            f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/><w:id w:val="{self._number(id)}"/></w:sdtPr>'
            f"<w:sdtContent>{inside}</w:sdtContent></w:sdt>"
        )

    def _number(self, id: str) -> int:
        number = max(_FIRST, zlib.crc32(id.encode("utf-8", "surrogatepass")) & 0x7FFFFFFF)
        while number in self._taken:
            number = number % _LAST + 1
        self._taken.add(number)
        return number
