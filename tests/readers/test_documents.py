"""OpenDocument texts, RTF documents and e-books."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing_app.errors import UnreadableFile
from briefing_app.model.reading import BlockKind, Reading
from briefing_app.readers import read
from tests.readers.test_read import ARABIC, RUSSIAN, archive, check_form

_ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("meta", "meta"),
    )
)  # fmt: skip


def odt(body: str, meta: str = "", styles: str = "") -> bytes:
    dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    content = f"<office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
    content += f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": content.encode(),
            "meta.xml": f"<office:meta-data {_ODF} {dc}><office:meta>{meta}</office:meta></office:meta-data>".encode(),
        }
    )


def shape(reading: Reading) -> list[tuple[BlockKind, str]]:
    check_form(reading)
    return [(block.kind, reading.text[block.start : block.end]) for block in reading.blocks]


def test_an_opendocument_text() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Deleted words</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:p text:style-name="P1">Сводка</text:p><text:h text:outline-level="2">Порт</text:h>'
        f"<text:p>{RUSSIAN}<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>A note.</text:p></text:note-body></text:note></text:p>"
        '<text:p>Two<text:s text:c="2"/>spaces<text:tab/>tab<text:line-break/>line'
        "<office:annotation><text:p>A comment</text:p></office:annotation></text:p>"
        "<text:list><text:list-item><text:p>First</text:p><text:list><text:list-item><text:p>Inner</text:p>"
        "</text:list-item></text:list></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell>"
        "<text:p>B</text:p><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p><draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame></text:p>"
    )
    styles = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    meta = "<dc:title/><meta:initial-creator>Анна</meta:initial-creator><meta:creation-date>2026-11-03T10:00:00"
    reading = read(odt(body, meta + "</meta:creation-date>", styles), "сводка.odt")
    assert shape(reading) == [
        (BlockKind.HEADING, "Сводка"),
        (BlockKind.HEADING, "Порт"),
        (BlockKind.PARAGRAPH, RUSSIAN),
        (BlockKind.PARAGRAPH, "Two  spaces\ttab\nline"),
        (BlockKind.LIST_ITEM, "First"),
        (BlockKind.LIST_ITEM, "Inner"),
        (BlockKind.TABLE, "A\tB b"),
        (BlockKind.PARAGRAPH, "In a box"),
        (BlockKind.NOTE, "A note."),
    ]
    fields = reading.fields
    assert (fields.title, fields.authors, fields.published) == ("Сводка", ("Анна",), "2026-11-03")
    assert (fields.language, reading.reader) == ("ru", "odt/2")


def test_a_locked_opendocument_text_is_refused() -> None:
    manifest = b"<m><encryption-data/></m>"
    data = archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": b"\x01",
            "META-INF/manifest.xml": manifest,
        }
    )
    with pytest.raises(UnreadableFile, match="encrypted with a password"):
        read(data, "a.odt")


def test_an_rtf_document() -> None:
    cyrillic = "".join(f"\\'{byte:02x}" for byte in RUSSIAN.encode("cp1251"))
    arabic = "".join(f"\\u{ord(char)}?" for char in ARABIC)
    text = (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial Cyr;}}{\colortbl;\red0;}"
        r"{\stylesheet{\s0 Normal;}{\s1\b heading 1;}}{\info{\title Port {\b report}}{\author A. M\'fcller}"
        r"{\creatim\yr2026\mo11\dy3\hr1}{\subject Nothing}}{\header Page head\par}"
        r"\pard\s1 Findings\par\pard\f1 " + cyrillic + r"\par\plain " + arabic + r"\par"
        r" Curly \{braces\}\line {\b bold} caf\'e9\~x{\footnote A note.\par}{\deleted gone}{\v hidden}"
        r"{\*\unknown words}{\pict\wmetafile 00ff}{\field{\*\fldinst HYPERLINK x}{\fldrslt a link}}\par"
        r"{\listtext 1.\tab}An item\par\pard\intbl A\cell B\par b\cell\row\intbl C\cell D\cell\row\pard End\bin3 }}}}"
    )
    reading = read(text.encode("latin-1"), "a.rtf")
    assert shape(reading) == [
        (BlockKind.HEADING, "Findings"),
        (BlockKind.PARAGRAPH, RUSSIAN),
        (BlockKind.PARAGRAPH, ARABIC),
        (BlockKind.PARAGRAPH, "Curly {braces}\nbold café\u00a0xa link"),
        (BlockKind.LIST_ITEM, "An item"),
        (BlockKind.TABLE, "A\tB b\nC\tD"),
        (BlockKind.PARAGRAPH, "End"),
        (BlockKind.NOTE, "A note."),
    ]
    fields = reading.fields
    assert (fields.title, fields.authors, fields.published) == ("Port report", ("A. Müller",), "2026-11-03")


def epub(spine: dict[str, str], **more: bytes) -> bytes:
    items = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in spine)
    order = "".join(f'<itemref idref="{name}"/>' for name in spine)
    book = (
        '<!DOCTYPE package><package xmlns="http://www.idpf.org/2007/opf"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Порты</dc:title><dc:creator>Анна Иванова</dc:creator>'
        "<dc:publisher>Вестник</dc:publisher><dc:date>2026-11</dc:date><dc:language>ru-RU</dc:language></metadata>"
        f'<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>{items}'
        f'</manifest><spine><itemref idref="nav"/>{order}</spine></package>'
    )
    container = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    pages = {f"OPS/{name}.xhtml": text.encode() for name, text in spine.items() if text}
    files = {"mimetype": b"application/epub+zip", "META-INF/container.xml": container.encode()}
    return archive({**files, "OPS/book.opf": book.encode(), "OPS/nav.xhtml": b"<html>Contents</html>", **pages, **more})


def test_an_e_book_is_read_in_the_order_of_its_spine() -> None:
    page = '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html>'
    data = epub(
        {"two": page.format("<h1>Начало</h1><p>Первая глава.</p>"), "one": page.format(f"<p>{RUSSIAN}</p>"), "no": ""}
    )
    reading = read(data, "book.epub")
    assert shape(reading) == [
        (BlockKind.HEADING, "Начало"),
        (BlockKind.PARAGRAPH, "Первая глава."),
        (BlockKind.PARAGRAPH, RUSSIAN),
    ]
    fields = reading.fields
    assert (fields.title, fields.authors, fields.outlet) == ("Порты", ("Анна Иванова",), "Вестник")
    assert (fields.published, fields.language) == ("2026-11", "ru")
    assert reading.warnings == ("A chapter is missing from the book: “OPS/no.xhtml”.",)


@pytest.mark.corpus
@pytest.mark.parametrize("kind", ["odt", "rtf"])
def test_real_documents(corpus: Path, kind: str) -> None:
    readings = [read(file.read_bytes(), file.name) for file in sorted((corpus / kind).iterdir())]
    for reading in readings:
        check_form(reading)
    assert sum(bool(reading.text) for reading in readings) >= 0.85 * len(readings)
