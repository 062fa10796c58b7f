"""Word documents as drafts and as sources: structure kept, tracked changes as accepted, nothing lost."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from briefing_app.errors import UnreadableFile
from briefing_app.model.block import ListBlock, PageBreak, Paragraph, Picture, Quotation, Table
from briefing_app.model.draft import Draft, DraftHeading
from briefing_app.model.inline import Inline, LineBreak, Note, Text
from briefing_app.model.plain import inline_text
from briefing_app.model.reading import BlockKind
from briefing_app.readers import read, read_draft
from tests.readers.build import W, docx, ids, paragraph, png, run, words
from tests.readers.test_read import check_form

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own head"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="OwnToo"><w:name w:val="Own too"/><w:basedOn w:val="Own"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Intense Quote"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Cap"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Toc1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="B"><w:name w:val="Bold text"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="S"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""
SINGLE = '<w:u w:val="single"/>'
WIDE = '<w:gridSpan w:val="2"/>'
TALL = '<w:vMerge w:val="restart"/>'
NUMBERING = """
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>
"""


def draft_of(body: str, **parts: object) -> Draft:
    return read_draft(docx(body, styles=STYLES, numbering=NUMBERING, **parts), "draft.docx", ids())  # type: ignore[arg-type]


def content(draft: Draft, number: int = 0) -> tuple[Inline, ...]:
    part = draft.parts[number]
    assert isinstance(part, Paragraph | DraftHeading)
    return part.content


def item(text: str, level: int = 0) -> str:
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>')


def test_headings_title_and_quotations() -> None:
    draft = draft_of(
        paragraph("The title", "T")
        + paragraph("Lead words.")
        + paragraph("One", "berschrift1")
        + paragraph("Quoted.", "Q")
        + paragraph("On.", "Q")
        + paragraph("Two", "OwnToo")
        + paragraph("Three", properties='<w:outlineLvl w:val="2"/>')
    )
    assert draft.title == "The title"
    headings = [(part.level, part.content) for part in draft.parts if isinstance(part, DraftHeading)]
    assert headings == [(1, (Text("One"),)), (2, (Text("Two"),)), (3, (Text("Three"),))]
    quotation = draft.parts[2]
    assert isinstance(quotation, Quotation)
    assert [inner.content for inner in quotation.paragraphs] == [
        (Text("Quoted.", italic=True),),
        (Text("On.", italic=True),),
    ]


def test_toggles_links_fields_and_symbols() -> None:
    strong = '<w:rStyle w:val="S"/>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://x.org/f"</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("field")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    draft = draft_of(
        paragraph(run("bold") + run("plain", strong) + run("off.", '<w:b w:val="0"/>'), "B")
        + paragraph(
            run("under", SINGLE) + f'<w:hyperlink r:id="l">{run("link", SINGLE)}</w:hyperlink>'
            + f'<w:hyperlink w:anchor="here">{run("inner")}</w:hyperlink>' + field
        )
        + paragraph(
            '<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:noBreakHyphen/><w:sym w:font="Symbol" w:char="F061"/>'
            "<w:softHyphen/><w:t>c.</w:t></w:r>"
        ),
        relations={"l": ("hyperlink", "https://x.org/l", True)},
    )  # fmt: skip
    assert content(draft, 0) == (Text("bold", bold=True), Text("plainoff."))
    assert content(draft, 1) == (
        Text("under", underline=True), Text("link", link="https://x.org/l"), Text("inner"),
        Text("field", link="https://x.org/f"),
    )  # fmt: skip
    assert content(draft, 2) == (Text("a\tb"), LineBreak(), Text("\u2011αc."))


def test_lists_nest_start_and_go_on_counting() -> None:
    draft = draft_of(item("three") + item("inner", 1) + item("four") + paragraph("Between.") + item("five"))
    first, between, second = draft.parts
    assert isinstance(first, ListBlock)
    assert isinstance(second, ListBlock)
    assert isinstance(between, Paragraph)
    assert (first.ordered, first.start, len(first.items), second.start) == (True, 3, 2, 5)
    inner = first.items[0].blocks[1]
    assert isinstance(inner, ListBlock)
    assert not inner.ordered


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text) if text else '<w:p/>'}</w:tc>"


def test_tables_spans_headers_and_captions() -> None:
    rows = (
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('A', WIDE)}{cell('B')}</w:tr>"
        f"<w:tr>{cell('C', TALL)}{cell('D')}{cell('E')}</w:tr>"
        f"<w:tr>{cell('hidden below', '<w:vMerge/>')}{cell('F')}{cell('G')}</w:tr>"
    )
    grid = '<w:tblGrid><w:gridCol w:w="100"/><w:gridCol w:w="200"/><w:gridCol w:w="300"/></w:tblGrid>'
    draft = draft_of(paragraph("Table 1. Losses", "Cap") + f"<w:tbl>{grid}{rows}</w:tbl>")
    (table,) = draft.parts
    assert isinstance(table, Table)
    assert inline_text(table.caption) == "Table 1. Losses"
    assert (table.header_rows, table.widths) == (1, (100.0, 200.0, 300.0))
    assert [[(c.column_span, c.row_span) for c in row.cells] for row in table.rows] == [
        [(2, 1), (1, 1)],
        [(1, 2), (1, 1), (1, 1)],
        [(1, 1), (1, 1)],
    ]
    assert words(draft) == "Table 1. LossesABChidden belowDEFG"


def test_tracked_changes_comments_and_hidden_text() -> None:
    draft = draft_of(
        paragraph(
            f"{run('Kept ')}<w:ins>{run('added')}</w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
            f"<w:moveFrom>{run('moved away')}</w:moveFrom><w:moveTo>{run(' moved here.')}</w:moveTo>"
            f"{run('secret', '<w:vanish/>')}<w:r><w:commentReference w:id='1'/></w:r>"
        )
        + paragraph(run("Joined "), properties="<w:rPr><w:del/></w:rPr>")
        + paragraph("paragraphs.")
        + f"<w:ins>{paragraph('A whole one.')}</w:ins>"
    )
    assert [inline_text(part.content) for part in draft.parts if isinstance(part, Paragraph)] == [
        "Kept added moved here.",
        "Joined paragraphs.",
        "A whole one.",
    ]
    said = " ".join(draft.warnings)
    assert "3 tracked insertion(s)" in said
    assert "2 tracked deletion(s)" in said
    assert "1 comment(s)" in said
    assert "hidden" in said


def test_notes_and_page_breaks() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = (
        f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run(" The ")}{run("note", "<w:i/>")}</w:p>'
        f"{paragraph('Second.')}</w:footnote>"
    )
    draft = draft_of(
        paragraph(run("Words") + reference + run(" on.") + '<w:r><w:br w:type="page"/></w:r>' + run("Next page.")),
        footnotes=note,
    )
    first, page, second = draft.parts
    assert isinstance(page, PageBreak)
    assert isinstance(first, Paragraph)
    found = first.content[1]
    assert isinstance(found, Note)
    assert found.content == (Text("The "), Text("note", italic=True), LineBreak(), Text("Second."))
    assert isinstance(second, Paragraph)
    reading = read(docx(paragraph(run("Words") + reference), footnotes=note), "a.docx")
    assert [block.kind for block in reading.blocks] == [BlockKind.PARAGRAPH, BlockKind.NOTE]


BOX = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
INLINE = (
    '<w:drawing><wp:inline><wp:extent cx="3600000" cy="1"/><wp:docPr id="1" name="x" descr="A map of the port"/>'
    '<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="{}"/></pic:blipFill></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing>"
)


def test_pictures_and_text_boxes() -> None:
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent>"
    )
    vml = '<w:pict><v:shape alt="An old one" style="width:72pt"><v:imagedata r:id="bmp"/></v:shape></w:pict>'
    draft = draft_of(
        paragraph(f"{run('Before ')}<w:r>{both}</w:r>{run('after.')}")
        + paragraph(f"<w:r>{INLINE.format('png')}</w:r>")
        + paragraph("Figure 1. The port", "Cap")
        + paragraph(f"<w:r>{vml}</w:r>")
        + paragraph(f"<w:r>{INLINE.format('far')}</w:r><w:r>{INLINE.format('bad')}</w:r>"),
        relations={
            "png": ("image", "media/1.png", False), "bmp": ("image", "media/2.bmp", False),
            "far": ("image", "https://x.org/p.png", True), "bad": ("image", "media/3.png", False),
        },
        parts={"word/media/1.png": png(), "word/media/2.bmp": png((4, 4), "BMP"), "word/media/3.png": b"no picture"},
    )  # fmt: skip
    assert words(draft) == "Before after.In the box.Figure 1. The port"
    first, second = (part for part in draft.parts if isinstance(part, Picture))
    assert (first.alt, first.width, inline_text(first.caption)) == ("A map of the port", 100.0, "Figure 1. The port")
    assert (second.alt, second.width) == ("An old one", 25.4)
    assert [media.media_type for media in draft.media] == ["image/png", "image/png"]
    assert draft.media[0].data == png()
    assert sum("could not be taken over" in warning for warning in draft.warnings) == 2


def test_headings_without_heading_styles() -> None:
    body = "The convoy left the city at dawn, officials said, and reached the border by noon."
    bold = paragraph(run("Posture", "<w:b/>"))
    draft = draft_of(paragraph(body) + bold + paragraph(body) + paragraph("Jane Doe"))
    assert [part.content for part in draft.parts if isinstance(part, DraftHeading)] == [(Text("Posture"),)]
    plain = draft_of(paragraph(body) + paragraph("Posture") + paragraph(body) + paragraph("Outlook") + paragraph(body))
    assert [inline_text(part.content) for part in plain.parts if isinstance(part, DraftHeading)] == [
        "Posture",
        "Outlook",
    ]


def test_a_table_of_contents_is_text_of_a_source_and_not_of_a_draft() -> None:
    body = paragraph("One ..... 1", "Toc1") + paragraph("One", "berschrift1") + paragraph("Words.")
    assert words(draft_of(body)) == "OneWords."
    assert "table of contents" in draft_of(body).warnings[0]
    assert read(docx(body, styles=STYLES), "a.docx").text == "One ..... 1\n\nOne\n\nWords."


def test_fields_of_a_source() -> None:
    core = (
        "<dc:title>Порт под обстрелом</dc:title><dc:creator>Анна Иванова; Max Roe</dc:creator>"
        "<dcterms:created>2026-11-03T08:00:00Z</dcterms:created>"
    )
    reading = read(docx(paragraph("Порт был обстрелян дважды, сообщили власти города."), core=core), "a.docx")
    check_form(reading)
    fields = reading.fields
    assert (fields.title, fields.authors) == ("Порт под обстрелом", ("Анна Иванова", "Max Roe"))
    assert (fields.published, fields.language) == ("2026-11-03", "ru")


def shown_text(data: bytes) -> str:
    """Another way to the visible text of the main part: all ``w:t`` that are not deleted, each box once."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = next(name for name in archive.namelist() if re.fullmatch(r"/?word/document\d?\.xml", name))
        root = etree.fromstring(archive.read(name))
    gone = ["del", "moveFrom", "Fallback"]
    skipped = " or ".join(f"ancestor::*[local-name()='{tag}']" for tag in gone)
    texts = root.xpath(f"//*[local-name()='t' and not({skipped})]")
    return "".join(
        text.text or ""
        for text in texts
        if str(text.tag).startswith(
            ("{" + W, "{http://purl", "{http://schemas.openxmlformats.org/officeDocument/2006/math")
        )
    )


@pytest.mark.corpus
def test_real_documents_lose_no_text(corpus: Path) -> None:
    whole, files = 0, sorted((corpus / "docx").iterdir())
    for file in files:
        data = file.read_bytes()
        try:
            draft = read_draft(data, file.name, ids())
        except UnreadableFile:
            continue
        check_form(read(data, file.name))
        lost = Counter("".join(shown_text(data).split())) - Counter("".join(words(draft).split()))
        said = " ".join(draft.warnings)
        assert not lost or "hidden" in said or "contents" in said, (file.name, lost)
        whole += not lost
    assert whole >= 80
