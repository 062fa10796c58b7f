"""Pictures in a PDF: every kind looks as it should, stands where its caption does, and is named where it is damaged."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from briefing_app.errors import ExportError
from briefing_app.export.pdf.result import PdfFile
from briefing_app.export.pdf.writer import write_pdf
from briefing_app.layout.document import (
    LaidMedia,
    PictureBlock,
    Role,
)
from tests.export.pdf_reading import (
    document,
    line,
    prose,
)
from tests.samples import png


@pytest.fixture(scope="module")
def fonts(repository: Path) -> Path:
    return repository / "resources" / "fonts"


def test_pictures_are_scaled_to_the_page_and_stay_with_their_caption(fonts: Path) -> None:
    media = LaidMedia("m", "image/png", png(64, 48), 64, 48)
    blocks = (
        *(line(f"p{at}", prose(80)) for at in range(6)),
        PictureBlock("pic", "m", "Map", 4000, 3000, line("cap", "A caption", role=Role.CAPTION)),
        PictureBlock("again", "m", "Map", 100, 75),
    )
    file = write_pdf(document(*blocks, media={"m": media}), fonts)
    (picture,) = file.places["pic"]
    assert (picture.x0, picture.x1) == pytest.approx((72, 595.28 - 72), abs=1)
    assert [place.page for place in file.places["cap"]] == [picture.page]
    assert len(file.data) < 40_000  # the picture stands in the file once


def shades(file: PdfFile, block: str) -> tuple[int, int]:
    """How light the left and the right half of a block are on the first page, from 0 to 255."""
    (place,) = file.places[block]
    with pypdfium2.PdfDocument(file.data) as pdf:
        page = pdf[0].render(scale=1).to_pil().convert("L")
    y = round((place.y0 + place.y1) / 2)
    return tuple(page.getpixel((round(place.x0 + (place.x1 - place.x0) * at), y)) for at in (0.25, 0.75))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        *(("1", "PNG"), ("L", "PNG"), ("LA", "PNG"), ("P", "PNG"), ("RGB", "PNG"), ("RGBA", "PNG"), ("I;16", "PNG")),
        *(("L", "JPEG"), ("RGB", "JPEG"), ("CMYK", "JPEG"), ("turned", "JPEG"), ("CMYK", "TIFF"), ("P", "GIF")),
    ],
)
def test_every_kind_of_picture_is_printed_as_it_looks(fonts: Path, mode: str, kind: str) -> None:
    image = Image.new("L", (40, 40), 0)
    image.paste(255, (0, 20, 40, 40) if mode == "turned" else (0, 0, 20, 40))
    options: dict[str, object] = {}
    match mode:
        case "LA" | "RGBA":  # the light half is a hole in a dark picture
            made = Image.new(mode, (40, 40), 0)
            made.putalpha(image.point(lambda value: 255 - value))
        case "I;16":
            made = image.convert("I").point(lambda value: value * 200).convert("I;16")
        case "turned":
            made = image.convert("RGB")
            options["exif"] = made.getexif()
            options["exif"][0x0112] = 6  # a quarter to the right, to be seen upright
        case _:
            made = image.convert(mode)
    out = io.BytesIO()
    made.save(out, kind, **options)
    media = {"m": LaidMedia("m", f"image/{kind.lower()}", out.getvalue())}
    file = write_pdf(
        document(PictureBlock("pic", "m", "", 90, 90), PictureBlock("two", "m", "", 90, 90), media=media), fonts
    )
    for block in ("pic", "two"):
        light, dark = shades(file, block)
        assert light > 240, block
        assert dark < 70, block


def test_a_picture_starts_where_its_caption_does(fonts: Path) -> None:
    media = {"m": LaidMedia("m", "image/png", png(64, 48), 64, 48)}
    right = line("c2", "خريطة الميناء", role=Role.CAPTION, direction="rtl")
    blocks = (
        PictureBlock("left", "m", "", 64, 48, line("c1", "A map", role=Role.CAPTION)),
        PictureBlock("bare", "m", "", 64, 48),
        PictureBlock("right", "m", "", 64, 48, right),
    )
    file = write_pdf(document(*blocks, media=media), fonts)
    assert file.places["left"][0].x0 == file.places["bare"][0].x0 == pytest.approx(72, abs=0.1)
    assert file.places["right"][0].x1 == pytest.approx(595.28 - 72, abs=0.1)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\nrubbish", png(64, 48)[:80], b"<svg/>"])
def test_a_damaged_picture_is_named(fonts: Path, data: bytes) -> None:
    block = PictureBlock("pic", "m", "Map of the harbour", 100, 75)
    with pytest.raises(ExportError, match="Map of the harbour"):
        write_pdf(document(block, media={"m": LaidMedia("m", "image/png", data)}), fonts)
    with pytest.raises(ExportError, match="Map of the harbour"):
        write_pdf(document(block), fonts)
