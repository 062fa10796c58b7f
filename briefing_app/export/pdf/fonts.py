"""The fonts that a PDF is set in: which file serves which family, and what each file covers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import uharfbuzz as hb

from briefing_app.errors import ExportError

FAMILIES = {"serif": "NotoSerif", "sans": "NotoSans"}
_INTERFACE = "Inter"  # the window's face: the last resort in a document
REPLACEMENT = "\ufffd"
_BLANK = "\u200b\u200c\u200d\u200e"  # which a font's maker gave no width
# Characters that guide layout and have no picture of their own: no font needs to have them.
INVISIBLE = frozenset(
    map(chr, (0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x61C, *range(0x202A, 0x202F)))
) | frozenset(map(chr, (*range(0x2066, 0x206A), *range(0xFE00, 0xFE10))))


@dataclass(frozen=True, slots=True, eq=False)
class FontFile:
    """One static TrueType file. ``ascent`` and ``descent`` are in ems, both positive.

    ``blank`` is a glyph without picture and width, for characters that have neither; 0 where there is none.
    """

    name: str
    family: str
    bold: bool
    italic: bool
    face: Any = field(repr=False)
    font: Any = field(repr=False)
    coverage: frozenset[str] = field(repr=False)
    upem: int
    ascent: float
    descent: float
    cap_height: float
    blank: int


@dataclass(frozen=True, slots=True, eq=False)
class FontStock:
    """The faces of a folder: for each family and look the order in which files are asked for a character."""

    chains: dict[tuple[str, bool, bool], tuple[FontFile, ...]]

    def chain(self, family: str, bold: bool, italic: bool) -> tuple[FontFile, ...]:
        return self.chains[family, bold, italic]


def _read_file(path: Path) -> FontFile | None:
    """The face in a file; None where it has no TrueType outlines, which are all that is embedded."""
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    if "glyf" not in face.table_tags or "fvar" in face.table_tags:
        return None
    font = hb.Font(face)
    family, _, style = path.stem.partition("-")
    extents = font.get_font_extents("ltr")
    upem = face.upem
    cap = font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT)
    return FontFile(
        name=path.stem,
        family=family,
        bold="Bold" in style and "Semi" not in style,
        italic="Italic" in style,
        face=face,
        font=font,
        coverage=frozenset(chr(code) for code in face.unicodes),
        upem=upem,
        ascent=extents.ascender / upem,
        descent=-extents.descender / upem,
        cap_height=cap / upem,
        blank=_blank(font),
    )


def _blank(font: Any) -> int:
    for char in _BLANK:
        glyph: int = font.get_nominal_glyph(ord(char)) or 0
        if glyph and not font.get_glyph_h_advance(glyph) and not font.get_glyph_extents(glyph).width:
            return glyph
    return 0


def load_fonts(folder: Path) -> FontStock:
    """The faces in ``folder``, read once in a process.

    :raises ExportError: the folder lacks a face that every document needs.
    """
    stamps = tuple(sorted((str(p), p.stat().st_mtime_ns) for p in folder.glob("*.ttf"))) if folder.is_dir() else ()
    return _load(str(folder), stamps)


@lru_cache(maxsize=4)
def _load(folder: str, stamps: tuple[tuple[str, int], ...]) -> FontStock:
    files = [file for name, _ in stamps if (file := _read_file(Path(name))) is not None]
    needed = [f"{family}-Regular" for family in FAMILIES.values()]
    lacking = sorted(set(needed) - {file.name for file in files})
    if lacking:
        raise ExportError(
            f"The PDF cannot be written: the fonts folder {folder} has no {' and no '.join(lacking)}.",
            "Install the application again, or put the TrueType file back.",
        )
    chains = {}
    for family in FAMILIES:
        for bold in (False, True):
            for italic in (False, True):
                chains[family, bold, italic] = _chain(files, family, bold, italic)
    return FontStock(chains)


def _chain(files: list[FontFile], family: str, bold: bool, italic: bool) -> tuple[FontFile, ...]:
    """Own family first, then the other text family, then the rest by name; in each the nearest look."""
    first = FAMILIES[family]
    second = next(other for other in FAMILIES.values() if other != first)
    families = sorted(
        {file.family for file in files}, key=lambda f: (f != first, f != second, f.startswith(_INTERFACE), f)
    )
    chain = []
    for name in families:
        members = [file for file in files if file.family == name]
        chain.append(
            min(members, key=lambda file: (file.bold != bold, file.italic != italic, "Medium" in file.name, file.name))
        )
    return tuple(chain)
