"""A ReportLab document as a file whose small objects are packed together, and the table of where each stands.

ReportLab writes each object by itself. A structure tree has thousands that are alike: packed they take a tenth.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from reportlab.pdfbase.pdfdoc import Destination, OutlineEntryObject, PDFDictionary, PDFFile, PDFIndirectObject

from briefing_app.export.pdf.tree import TreeObject

_TOGETHER = 500  # objects in one stream
_FREE, _ALONE, _PACKED = range(3)  # kinds of entries in the table
_WIDTHS = (1, 4, 2)  # bytes of an entry's kind, place and rest


def packed_file(document: Any) -> bytes:
    """The bytes of the document; nothing can be added to it after that."""
    file = PDFFile(document._pdfVersion)
    root, info = document.Reference(document.Catalog), document.Reference(document.info)
    entries: dict[int, tuple[int, int, int]] = {0: (_FREE, 0, 65535)}
    small: list[tuple[int, bytes]] = []
    number = 1
    while number in document.numberToId:  # which grows while objects are written
        name = document.numberToId[number]
        made = document.idToObject[name]
        if _is_small(made):
            small.append((number, made.format(document)))
        else:
            entries[number] = (_ALONE, file.add(PDFIndirectObject(name, made).format(document)), 0)
        number += 1
    for start in range(0, len(small), _TOGETHER):
        pack = small[start : start + _TOGETHER]
        entries |= {its: (_PACKED, number, at) for at, (its, _) in enumerate(pack)}
        entries[number] = (_ALONE, file.add(_pack(number, pack)), 0)
        number += 1
    start = file.offset
    entries[number] = (_ALONE, start, 0)
    ends = b"/Root %s/Info %s/ID %s" % (root.format(document), info.format(document), document.ID())
    file.add(_table(number, entries, ends))
    file.add(b"startxref\n%d\n%%%%EOF\n" % start)
    data: bytes = file.format(document)
    return data


def _is_small(made: Any) -> bool:
    """Links, places, entries of the outline and the structure tree; nothing that readers look for by itself."""
    if isinstance(made, PDFDictionary):
        return "StructParent" in made.dict
    return isinstance(made, TreeObject | Destination | OutlineEntryObject)


def _pack(number: int, objects: list[tuple[int, bytes]]) -> bytes:
    """A stream of objects, which begins with where each of them is in it."""
    places, offset = [], 0
    for its, body in objects:
        places.append(b"%d %d" % (its, offset))
        offset += len(body) + 1
    head = b" ".join(places) + b"\n"
    body = head + b"\n".join(body for _, body in objects)
    return _stream(number, b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head)), body)


def _table(number: int, entries: dict[int, tuple[int, int, int]], ends: bytes) -> bytes:
    def rows() -> Iterator[bytes]:
        for its in range(number + 1):
            for value, width in zip(entries[its], _WIDTHS, strict=True):
                yield value.to_bytes(width, "big")

    widths = b" ".join(b"%d" % width for width in _WIDTHS)
    return _stream(number, b"/Type/XRef/Size %d/W[%s]%s" % (number + 1, widths, ends), b"".join(rows()))


def _stream(number: int, entries: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content)
    head = b"%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n" % (number, entries, len(packed))
    return head + packed + b"\nendstream\nendobj\n"
