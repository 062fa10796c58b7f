"""The fonts and icons that ship are there, whole, and under their licences."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
ICONS = FONTS.parent / "icons"
STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
EUROPEAN = "AzéßŁőşĦƏ ЖяїґєѓЎӘқѫ Ωάϊ Ἀῆᾧ №€₽₴₿½™ “”„«»–—…†‡•‰ ʼ"
FACES = {
    **dict.fromkeys((f"NotoSerif-{style}" for style in STYLES), EUROPEAN),
    **dict.fromkeys((f"NotoSans-{style}" for style in STYLES), EUROPEAN),
    **dict.fromkeys(
        (f"Inter-{style}" for style in ("Regular", "Medium", "SemiBold", "Bold", "Italic")),
        "AzéßŁőş Жяїґєқ Ωάϊ №€₽₴½™ “”„«»–—…•→≥",
    ),
    **dict.fromkeys(("NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold"), "ابتثجيپچگی٠٩،؟"),
    **dict.fromkeys(("NotoSerifHebrew-Regular", "NotoSerifHebrew-Bold"), "אבגךםןףץ"),
    "NotoSansMath-Regular": "→←↔⇒≤≥≠≈∑√∞",
    "NotoSansSymbols2-Regular": "✓✗★☆●■□▲☐☑",
}


def test_the_faces_are_those_listed() -> None:
    assert {file.stem for file in FONTS.glob("*.ttf")} == set(FACES)


@pytest.mark.parametrize("face", FACES)
def test_a_face_is_static_truetype_with_layout_and_its_characters(face: str) -> None:
    with TTFont(FONTS / f"{face}.ttf") as font:
        assert "glyf" in font
        assert not {"CFF ", "CFF2", "fvar"} & set(font.keys())
        assert "GSUB" in font or face.startswith("NotoSansSymbols2")
        assert font["OS/2"].fsType == 0, "may be embedded in documents"
        missing = [character for character in FACES[face] if ord(character) not in font.getBestCmap()]
        assert not missing


def test_the_fonts_stay_small_and_carry_their_licences() -> None:
    assert sum(file.stat().st_size for file in FONTS.glob("*.ttf")) < 6_000_000
    for licence in ("OFL-Noto.txt", "OFL-Inter.txt"):
        text = (FONTS / licence).read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in text


def test_every_icon_is_an_svg_of_its_own_size_and_the_licence_is_there() -> None:
    icons = list(ICONS.glob("*.svg"))
    assert len(icons) > 60
    for icon in icons:
        root = ElementTree.parse(icon).getroot()
        assert root.tag == "{http://www.w3.org/2000/svg}svg", icon
        assert root.get("viewBox"), icon
    assert "ISC License" in (ICONS / "LICENSE-Lucide.txt").read_text(encoding="utf-8")
