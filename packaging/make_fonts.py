"""Make the fonts in resources/fonts from the packages that carry the originals.

    make_fonts.py NOTO INTER

NOTO is a folder with the Noto TrueType files (Debian's fonts-noto-core, unpacked), INTER one with Inter's
static WOFF2 files (the npm package inter-ui, its folder `web`). Each face is cut to the characters listed
here; layout features stay, hinting and glyph names go. The same input gives the same bytes.
"""

import argparse
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts"

EUROPEAN = (
    (0x0020, 0x024F),  # Latin, Latin-1, Extended-A and B
    (0x0250, 0x036F),  # IPA, modifiers, combining marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic and its supplement
    (0x1AB0, 0x1AFF),  # combining marks, extended
    (0x1C80, 0x1C8F),  # Cyrillic Extended-C
    (0x1D00, 0x1DBF),  # phonetic, superscript letters
    (0x1DC0, 0x1DFF),  # combining marks, supplement
    (0x1E00, 0x1EFF),  # Latin Extended Additional
    (0x1F00, 0x1FFF),  # polytonic Greek
    (0x2000, 0x206F),  # punctuation, spaces, direction marks
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20CF),  # currency
    (0x2100, 0x214F),  # letterlike
    (0x2150, 0x218F),  # number forms
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2460, 0x24FF),  # enclosed numbers and letters
    (0x2500, 0x25FF),  # boxes and geometric shapes
    (0x2C60, 0x2C7F),  # Latin Extended-C
    (0x2DE0, 0x2DFF),  # Cyrillic Extended-A
    (0x2E00, 0x2E7F),  # punctuation, supplement
    (0xA640, 0xA69F),  # Cyrillic Extended-B
    (0xA720, 0xA7FF),  # Latin Extended-D
    (0xFB00, 0xFB06),  # ligatures
    (0xFE20, 0xFE2F),  # combining half marks
    (0xFFFC, 0xFFFD),  # object and replacement characters
)
MATHEMATICS = (
    (0x0020, 0x007E),
    (0x00A0, 0x00FF),
    (0x2032, 0x2037),  # primes
    (0x2100, 0x214F),
    (0x2190, 0x22FF),  # arrows, operators
    (0x2300, 0x23FF),  # technical
    (0x25A0, 0x25FF),
    (0x27C0, 0x27FF),  # more symbols and arrows
    (0x2900, 0x29FF),
    (0x2A00, 0x2AFF),
)
SYMBOLS = (
    (0x0020, 0x007E),
    (0x00A0, 0x00A0),
    (0x2300, 0x23FF),
    (0x2500, 0x27BF),  # boxes, shapes, miscellaneous symbols, dingbats
    (0x2B00, 0x2BFF),  # arrows and stars
)
WHOLE = ((0x0000, 0x10FFFF),)

NOTO_FACES = {
    **{f"NotoSerif-{style}": EUROPEAN for style in ("Regular", "Bold", "Italic", "BoldItalic")},
    **{f"NotoSans-{style}": EUROPEAN for style in ("Regular", "Bold", "Italic", "BoldItalic")},
    **{f"NotoNaskhArabic-{style}": WHOLE for style in ("Regular", "Bold")},
    **{f"NotoSerifHebrew-{style}": WHOLE for style in ("Regular", "Bold")},
    "NotoSansMath-Regular": MATHEMATICS,
    "NotoSansSymbols2-Regular": SYMBOLS,
}
INTER_FACES = {f"Inter-{style}": EUROPEAN for style in ("Regular", "Medium", "SemiBold", "Bold", "Italic")}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("noto", type=Path)
    parser.add_argument("inter", type=Path)
    folders = parser.parse_args()
    for name, ranges in NOTO_FACES.items():
        make(folders.noto / f"{name}.ttf", name, ranges)
    for name, ranges in INTER_FACES.items():
        make(folders.inter / f"{name}.woff2", name, ranges)
    return 0


def make(source: Path, name: str, ranges: tuple[tuple[int, int], ...]) -> None:
    options = subset.Options()
    options.layout_features = ["*"]
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.name_IDs = ["*"]
    options.drop_tables += ["DSIG"]
    font = TTFont(source, recalcTimestamp=False)
    font.flavor = None
    wanted = [code for code in font.getBestCmap() if any(low <= code <= high for low, high in ranges)]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    target = FONTS / f"{name}.ttf"
    font.save(target)
    print(f"{target.name}: {len(wanted)} characters, {target.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    sys.exit(main())
