"""The faces that a document uses, embedded: only the glyphs that stand in it, and what each stands for."""

from __future__ import annotations

import uharfbuzz as hb

from briefing_app.errors import ExportError
from briefing_app.export.pdf.fonts import FontFile
from briefing_app.export.pdf.objects import Name, ObjectStore, Ref
from briefing_app.export.pdf.shaping import UsedFace

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


def embed_face(store: ObjectStore, face: UsedFace, index: int) -> Ref:
    """A composite font with the codes of ``face``; ``index`` makes its subset tag."""
    file = face.file
    tag = "".join(chr(65 + (index // 26**place) % 26) for place in range(5, -1, -1))
    base = Name(f"{tag}+{file.name}")
    codes = [(code, glyph, text) for (glyph, text), code in face.codes.items()]
    program = _subset(file, sorted({glyph for _, glyph, _ in codes}))
    data = store.stream(program, {"Length1": len(program)})
    extents = (file.descent, file.ascent, file.cap_height)
    descent, ascent, cap = (round(value * 1000) for value in extents)
    descriptor = store.add(
        {
            "Type": Name("FontDescriptor"),
            "FontName": base,
            "Flags": _SYMBOLIC | (_ITALIC if file.italic else 0),
            "FontBBox": [-1000, -descent, 2000, ascent],
            "ItalicAngle": -12 if file.italic else 0,
            "Ascent": ascent,
            "Descent": -descent,
            "CapHeight": cap,
            "StemV": 140 if file.bold else 80,
            "FontFile2": data,
        }
    )
    descendant = store.add(
        {
            "Type": Name("Font"),
            "Subtype": Name("CIDFontType2"),
            "BaseFont": base,
            "CIDSystemInfo": {"Registry": "Adobe", "Ordering": "Identity", "Supplement": 0},
            "FontDescriptor": descriptor,
            "DW": 1000,
            "W": [1, [file.font.get_glyph_h_advance(glyph) * 1000 / file.upem for _, glyph, _ in codes]],
            "CIDToGIDMap": store.stream(b"".join(glyph.to_bytes(2, "big") for glyph in (0, *(g for _, g, _ in codes)))),
        }
    )
    return store.add(
        {
            "Type": Name("Font"),
            "Subtype": Name("Type0"),
            "BaseFont": base,
            "Encoding": Name("Identity-H"),
            "DescendantFonts": [descendant],
            "ToUnicode": store.stream(_to_unicode(codes).encode("ascii")),
        }
    )


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
    rows = [f"<{code:04X}> <{text.encode('utf-16-be', 'replace').hex().upper()}>" for code, _, text in codes]
    blocks = []
    for start in range(0, len(rows), _PER_BLOCK):
        block = rows[start : start + _PER_BLOCK]
        blocks.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n")
    return _CMAP_HEAD + "".join(blocks) + _CMAP_TAIL
