"""WordprocessingML as strings: escaping, names, and the few shapes that every part uses."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from briefing_app.layout.document import Style

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# what XML 1.0 cannot hold: controls, lone surrogates, two non-characters
_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BLANK = re.compile("[\x0b\x0c\x85\u2028\u2029]")  # breaks of other kinds, which words must not be joined at
_PIECES = re.compile("([\t\n])")
_HEX = re.compile(r"#?([0-9A-Fa-f]{6})")
_BEGIN, _SEPARATE, _END = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end"))
FIELD_END = f"<w:r>{_END}</w:r>"
_ALIGNMENT = {"justify": "both", "center": "center", "end": "right"}


def part(name: str, content: str) -> bytes:
    """A part whose root is ``w:name``, in UTF-8."""
    root = f'<w:{name} xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:pic="{PIC}">'
    return f"{_HEAD}{root}{content}</w:{name}>".encode()


def plain_part(content: str) -> bytes:
    """A part of another vocabulary, whose root is in ``content``."""
    return f"{_HEAD}{content}".encode()


def clean(text: str) -> str:
    """``text`` without the characters that XML cannot hold; breaks of other kinds become spaces."""
    return _BLANK.sub(" ", _ILLEGAL.sub("", text))


def value(text: str) -> str:
    """``text`` as it stands inside an attribute's double quotes."""
    return escape(clean(text), {'"': "&quot;", "\n": " ", "\t": " ", "\r": " "})


def content(text: str) -> str:
    """``text`` as it stands between tags."""
    return escape(clean(text))


def words(text: str) -> str:
    """The inside of a run: ``w:t``, with tabs and line breaks as elements of their own."""
    if "\t" not in text and "\n" not in text:
        return f'<w:t xml:space="preserve">{content(text)}</w:t>'
    shapes = {"\t": "<w:tab/>", "\n": "<w:br/>"}
    return "".join(shapes.get(piece) or words(piece) for piece in _PIECES.split(text) if piece)


def run(properties: str, inside: str) -> str:
    return f"<w:r>{properties}{inside}</w:r>"


def field(instruction: str, properties: str, cached: str) -> str:
    """A complex field with its cached result; nothing asks to renew it on opening."""
    return f"{field_start(instruction, properties)}{run(properties, words(cached))}{run(properties, _END)}"


def field_start(instruction: str, properties: str = "") -> str:
    """A complex field up to its result, which FIELD_END closes, in the same paragraph or a later one."""
    code = f'<w:instrText xml:space="preserve"> {content(instruction)} </w:instrText>'
    return "".join(run(properties, inside) for inside in (_BEGIN, code, _SEPARATE))


def paragraph(properties: str, inside: str) -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def colour(text: str) -> str:
    """Six hexadecimal digits, or "auto" where ``text`` is no colour."""
    match = _HEX.fullmatch(text)
    return match.group(1).upper() if match else "auto"


def twips(points: float) -> int:
    return round(points * 20)


def spacing_before(points: float) -> str:
    """Space above a paragraph instead of its style's."""
    return f'<w:spacing w:before="{twips(points)}"/>'


def emu(points: float) -> int:
    """English metric units, in which drawings are measured."""
    return round(points * 12700)


def alignment(style: Style) -> str:
    """``w:jc``; nothing for the start edge, whichever side that is."""
    name = _ALIGNMENT.get(style.align)
    return f'<w:jc w:val="{name}"/>' if name else ""


def spacing(style: Style) -> str:
    """Space around and inside; lines grow where a script needs more."""
    line = twips(style.size * style.line_height)
    before, after = twips(style.space_before), twips(style.space_after)
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="atLeast"/>'


def look(style: Style) -> str:
    """The inside of ``w:rPr`` for a style: fonts, weight, colour, size, for complex scripts too."""
    faces = FACES[style.font]
    on = "" if style.bold else ' w:val="0"'
    slanted = "" if style.italic else ' w:val="0"'
    size = round(style.size * 2)
    return (
        f'<w:rFonts w:ascii="{faces}" w:hAnsi="{faces}" w:eastAsia="{faces}" w:cs="{COMPLEX_FACE}"/>'
        f"<w:b{on}/><w:bCs{on}/><w:i{slanted}/><w:iCs{slanted}/>"
        f'<w:color w:val="{colour(style.colour)}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )


FACES = {"serif": "Noto Serif", "sans": "Noto Sans"}
COMPLEX_FACE = "Noto Naskh Arabic"
HEBREW_FACE = "Noto Serif Hebrew"
