"""The pictures of the sample library, drawn: a map of the invented strait, and a notice as a scanner sees it."""

from __future__ import annotations

import io
import itertools
import math
import random
from collections.abc import Iterable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from samples_text import Sample

FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts"

_SEA, _LAND, _SHORE = "#E8F0F5", "#EFE8DA", "#B9AC90"
_INK, _QUIET, _CABLE, _FAULT, _OLD = "#1F2A44", "#5B6B7F", "#1F6F9F", "#B3261E", "#8FA3B5"
_SCALE = 2  # drawn at twice the size, then made smaller, so that lines are smooth

Point = tuple[float, float]


def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), size * _SCALE)


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _shore(start: Point, end: Point, seed: int, swing: float) -> list[Point]:
    """A coast between two points, bent at random but always in the same way."""
    chance = random.Random(seed)
    points = [start, end]
    while len(points) < 260:
        finer: list[Point] = []
        for (x1, y1), (x2, y2) in itertools.pairwise(points):
            shift = chance.uniform(-1, 1) * swing
            finer += [(x1, y1), ((x1 + x2) / 2 + shift * 0.3, (y1 + y2) / 2 + shift)]
        points, swing = [*finer, points[-1]], swing * 0.52
    return points


def _scaled(points: Iterable[Point]) -> list[Point]:
    return [(x * _SCALE, y * _SCALE) for x, y in points]


def strait_map() -> bytes:
    """The Halven Strait with both cables, the fault, and the ports; 1500 by 620 pixels."""
    width, height = 1500, 620
    image = Image.new("RGB", (width * _SCALE, height * _SCALE), _SEA)
    draw = ImageDraw.Draw(image)
    north = _shore((-20, 150), (1520, 120), 11, 120)
    south = _shore((-20, 500), (1520, 525), 5, 80)
    for coast, corner in ((north, -40), (south, height + 40)):
        draw.polygon(_scaled([(-20, corner), *coast, (1520, corner)]), fill=_LAND)
        draw.line(_scaled(coast), fill=_SHORE, width=3 * _SCALE, joint="curve")
    lindhavn, eskby, yarva = _on(north, 300), _on(south, 1080), _on(north, 1310)
    _cables(draw, lindhavn, eskby)
    _places(draw, lindhavn, eskby, yarva)
    _names(draw)
    return _png(image.resize((width, height), Image.Resampling.LANCZOS).quantize(96))


def _on(coast: list[Point], x: float) -> Point:
    return min(coast, key=lambda point: abs(point[0] - x))


def _curve(start: Point, end: Point, bend: float) -> list[Point]:
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + bend)
    steps = [step / 60 for step in range(61)]
    return [
        (
            (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * middle[0] + t * t * end[0],
            (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * middle[1] + t * t * end[1],
        )
        for t in steps
    ]


def _cables(draw: ImageDraw.ImageDraw, start: Point, end: Point) -> None:
    old, new = _curve(start, end, 110), _curve(start, end, -60)
    for first in range(0, 60, 3):  # dashed: the older route
        draw.line(_scaled(old[first : first + 3]), fill=_OLD, width=3 * _SCALE)
    draw.line(_scaled(new), fill=_CABLE, width=4 * _SCALE, joint="curve")
    small = _font("Inter-Medium", 27)
    draw.text(_scaled([(old[17][0] - 150, old[17][1] + 10)])[0], "Halven-1", fill=_QUIET, font=small)
    draw.text(_scaled([(new[22][0] + 10, new[22][1] - 40)])[0], "Halven-2", fill=_CABLE, font=small)
    x, y = new[40]
    for radius, colour in ((17, "#FFFFFF"), (13, _FAULT)):
        box = _scaled([(x - radius, y - radius), (x + radius, y + radius)])
        draw.ellipse([box[0], box[1]], fill=colour)
    for turn in (1, -1):
        cross = _scaled([(x - 6, y - 6 * turn), (x + 6, y + 6 * turn)])
        draw.line(cross, fill="#FFFFFF", width=3 * _SCALE)
    draw.text(_scaled([(x + 34, y - 62)])[0], "Break, 3 November", fill=_FAULT, font=_font("Inter-SemiBold", 30))
    draw.text(
        _scaled([(x + 34, y - 24)])[0], "31 nautical miles off Lindhavn", fill=_FAULT, font=_font("Inter-Regular", 25)
    )


def _places(draw: ImageDraw.ImageDraw, lindhavn: Point, eskby: Point, yarva: Point) -> None:
    font = _font("Inter-SemiBold", 30)
    for (x, y), name, shift in ((lindhavn, "Lindhavn", -50), (eskby, "Eskby", 14), (yarva, "Port Yarva", -50)):
        box = _scaled([(x - 7, y - 7), (x + 7, y + 7)])
        draw.ellipse([box[0], box[1]], fill=_INK, outline="#FFFFFF", width=2 * _SCALE)
        draw.text(_scaled([(x, y + shift)])[0], name, fill=_INK, font=font, anchor="ma")


def _names(draw: ImageDraw.ImageDraw) -> None:
    font = _font("Inter-Regular", 28)
    for x, y, name in (
        (190, 24, "V E L D A N I A"),
        (1320, 24, "Z E M L O V I A"),
        (420, 562, "E S K M A R K"),
    ):
        draw.text(_scaled([(x, y)])[0], name, fill=_QUIET, font=font, anchor="ma")
    draw.text(_scaled([(90, 420)])[0], "Halven Strait", fill=_CABLE, font=_font("Inter-Italic", 34))
    bar = [(1245, 580), (1430, 580)]  # the break is drawn 573 pixels from Lindhavn
    draw.line(_scaled(bar), fill=_INK, width=3 * _SCALE)
    for x, _ in bar:
        draw.line(_scaled([(x, 573), (x, 587)]), fill=_INK, width=3 * _SCALE)
    draw.text(_scaled([(1337, 543)])[0], "10 nautical miles", fill=_INK, font=_font("Inter-Regular", 24), anchor="ma")


def scanned_notice(sample: Sample) -> bytes:
    """A typed notice as a scanner sees it: a little askew, uneven in light, and with specks."""
    chance = random.Random(14)
    page = Image.new("L", (1240, 1754), 247)
    draw = ImageDraw.Draw(page)
    heading = ImageFont.truetype(str(FONTS / "NotoSerif-Bold.ttf"), 44)
    body = ImageFont.truetype(str(FONTS / "NotoSerif-Regular.ttf"), 32)
    y = 260
    for number, text in enumerate((*(part.text for part in sample.parts), "", sample.notice)):
        for line in _wrapped(text, 58):
            draw.text((190, y), line, fill=40, font=body if number else heading)
            y += 52
        y += 36
    draw.ellipse((820, 1180, 1050, 1410), outline=120, width=5)
    draw.text((935, 1295), "HARBOUR\nOFFICE", fill=120, font=body, anchor="mm", align="center")
    for _ in range(500):
        x, y = chance.randrange(1240), chance.randrange(1754)
        draw.point((x, y), fill=chance.randrange(90, 200))
    shade = Image.linear_gradient("L").resize(page.size).point(lambda value: 235 + value // 13)
    page = Image.composite(page, shade, page.point(lambda value: 255 if value < 200 else 90))
    askew = page.rotate(math.degrees(0.012), resample=Image.Resampling.BICUBIC, fillcolor=244)
    buffer = io.BytesIO()
    askew.filter(ImageFilter.GaussianBlur(0.8)).save(buffer, "JPEG", quality=55, dpi=(150, 150))
    return buffer.getvalue()


def _wrapped(text: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width)
