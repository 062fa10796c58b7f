"""The faces that a document uses, embedded in ReportLab's: only the glyphs that stand in it, and what each stands for.

ReportLab's own TrueType fonts choose their codes by character. Ours are chosen by glyph *and* characters, as shaping
asks, so they are composite fonts of our own among the objects of ReportLab's document.
"""

from __future__ import annotations

from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import BasicFonts, PDFArray, PDFDictionary, PDFStream, PDFString, PDFZCompress

from briefing_app.errors import ExportError
from briefing_app.export.pdf.fonts import FontFile
from briefing_app.export.pdf.shaping import UsedFace, advance
from briefing_app.export.pdf.tree import archivable

_SYMBOLIC, _ITALIC = 4, 64  # font descriptor flags
_UNNEEDED = (b"GSUB", b"GPOS", b"GDEF", b"name", b"gasp", b"post", b"OS/2")  # tables that a PDF does not use
_PER_BLOCK = 100  # mappings in one block of a ToUnicode map

_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_CMAP_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def embed_face(document: Any, face: UsedFace, index: int) -> None:
    """Add a composite font with the codes of ``face`` to a ReportLab document, under the face's resource name.

    ``index`` makes its subset tag.

    :raises ExportError: the font's file is damaged.
    """
    file = face.file
    tag = "".join(chr(65 + (index // 26**place) % 26) for place in range(5, -1, -1))
    base = f"/{tag}+{file.name}"
    codes = [(code, glyph, text) for (glyph, text), code in face.codes.items()]
    glyph_ids = b"".join(glyph.to_bytes(2, "big") for glyph in (0, *(glyph for _, glyph, _ in codes)))
    widths = [advance(file, glyph) * 1000 / file.upem for _, glyph, _ in codes]
    system = {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
    descendant = {
        "Type": "/Font",
        "Subtype": "/CIDFontType2",
        "BaseFont": base,
        "CIDSystemInfo": PDFDictionary(system),
        "FontDescriptor": document.Reference(_descriptor(file, base, {glyph for _, glyph, _ in codes})),
        "DW": 1000,
        "W": PDFArray([1, PDFArray(widths)]),
        "CIDToGIDMap": _stream(glyph_ids),
    }
    font = {
        "Type": "/Font",
        "Subtype": "/Type0",
        "BaseFont": base,
        "Encoding": "/Identity-H",
        "DescendantFonts": PDFArray([document.Reference(PDFDictionary(descendant))]),
        "ToUnicode": _stream(_to_unicode(codes).encode("ascii")),
    }
    document.idToObject[BasicFonts][face.resource] = document.Reference(PDFDictionary(font))


def _descriptor(file: FontFile, base: str, glyphs: set[int]) -> Any:
    descent, ascent, cap = (round(value * 1000) for value in (file.descent, file.ascent, file.cap_height))
    program = _subset(file, sorted(glyphs))
    return PDFDictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": base,
            "Flags": _SYMBOLIC | (_ITALIC if file.italic else 0),
            "FontBBox": PDFArray([-1000, -descent, 2000, ascent]),
            "ItalicAngle": -12 if file.italic else 0,
            "Ascent": ascent,
            "Descent": -descent,
            "CapHeight": cap,
            "StemV": 140 if file.bold else 80,
            "FontFile2": _stream(program, Length1=len(program)),
        }
    )


def _stream(data: bytes, **entries: int) -> Any:
    return PDFStream(PDFDictionary(entries), data, [PDFZCompress])


def _subset(file: FontFile, glyphs: list[int]) -> bytes:
    plan = hb.SubsetInput()
    plan.glyph_set.update(glyphs)
    plan.flags = (
        hb.SubsetFlags.RETAIN_GIDS
        | hb.SubsetFlags.NO_HINTING
        | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        | hb.SubsetFlags.NOTDEF_OUTLINE
    )
    plan.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _UNNEEDED)
    try:
        data: bytes = hb.subset(file.face, plan).blob.data
    except RuntimeError as fault:
        raise ExportError(
            f"The font {file.name} cannot be embedded: its file is damaged.", "Install the application again."
        ) from fault
    return data


def _to_unicode(codes: list[tuple[int, int, str]]) -> str:
    meant = ((code, archivable(text).encode("utf-16-be", "replace")) for code, _, text in codes)
    rows = [f"<{code:04X}> <{units.hex().upper()}>" for code, units in meant]
    blocks = []
    for start in range(0, len(rows), _PER_BLOCK):
        block = rows[start : start + _PER_BLOCK]
        blocks.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n")
    return _CMAP_HEAD + "".join(blocks) + _CMAP_TAIL
