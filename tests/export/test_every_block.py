"""Every kind of block, in every writer; and a kind that nobody knows is an error, never a gap."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast, get_args

import docx
import pypdfium2
import pytest

from briefing_app.app.paths import resources_dir
from briefing_app.export.docx import write_docx
from briefing_app.export.pdf.writer import write_pdf
from briefing_app.export.text import write_text
from briefing_app.layout.document import LaidBlock, LayoutDocument
from briefing_app.layout.lay_out import LayoutOptions, lay_out
from briefing_app.model.block import (
    Block,
    ListBlock,
    ListItem,
    PageBreak,
    Paragraph,
    Picture,
    Quotation,
    Row,
    Section,
    Table,
)
from briefing_app.model.inline import Citation, LineBreak, Note, Text
from tests.samples import DATE, MAP, briefing_of, cell, paragraph, template, words


def text_of_docx(document: LayoutDocument) -> str:
    data = write_docx(document)
    body = docx.Document(io.BytesIO(data)).element.body
    return " ".join(node.text or "" for node in body.iter() if str(node.tag).endswith("}t"))


def text_of_pdf(document: LayoutDocument) -> str:
    fonts: Path = resources_dir() / "fonts"
    file = pypdfium2.PdfDocument(write_pdf(document, fonts).data)
    try:
        return " ".join(page.get_textpage().get_text_bounded() for page in file)
    finally:
        file.close()


WRITERS: dict[str, Callable[[LayoutDocument], str]] = {
    "text": write_text,
    "docx": text_of_docx,
    "pdf": text_of_pdf,
}


def listed(id: str, text: str, ordered: bool = False) -> ListBlock:
    return ListBlock(id, (ListItem(f"{id}-i", (paragraph(f"{id}-p", text),)),), ordered)


BLOCKS: dict[str, tuple[Block, tuple[str, ...]]] = {
    "paragraph": (
        paragraph(
            "p",
            Text("Bold", bold=True),
            Text("slanted", italic=True),
            Text("link", link="https://a.example/"),
            LineBreak(),
            "second line",
            Note("n", (Text("A note."),)),
            Citation("c", "e-closed"),
            mark="TLP:GREEN",
        ),
        ("Bold", "slanted", "link", "second line", "(TLP:GREEN)"),
    ),
    "list": (
        ListBlock(
            "l",
            (
                ListItem("i", (paragraph("lp", "Outer"), listed("l2", "Inner"))),
                ListItem("i3", (listed("l3", "Alone", ordered=True),)),
            ),
        ),
        ("Outer", "Inner", "Alone"),
    ),
    "quotation": (Quotation("q", "e-opened", translated=True), ("open to ships", "вновь открыт", "Translated")),
    "own quotation": (Quotation("q", paragraphs=(paragraph("qp", "We never closed."),)), ("We never closed.",)),
    "table": (
        Table(
            "t",
            (Row("r1", (cell("a", "Head"),)), Row("r2", (cell("b", "Left"), cell("c", "Right")))),
            caption=words("What it shows"),
        ),
        ("What it shows", "Head", "Left", "Right"),
    ),
    "picture": (Picture("pic", MAP.sha256, alt="A map", caption=words("Where it lies")), ("Where it lies",)),
    "page break": (PageBreak("b"), ()),
}


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("block", BLOCKS)
def test_every_block_in_every_writer(block: str, writer: str) -> None:
    value, shown = BLOCKS[block]
    briefing = briefing_of(paragraph("before", "Before."), value, paragraph("after", "After."))
    document = lay_out(briefing, LayoutOptions(date=DATE, marking="TLP:AMBER"))
    text = WRITERS[writer](document)
    places = [text.find(part) for part in ("Before.", *shown[: 1 if block == "paragraph" else None], "After.")]
    assert -1 not in places
    assert places == sorted(places)
    assert all(part in text for part in shown)


@pytest.mark.parametrize("writer", WRITERS)
def test_headings_and_contents_in_every_writer(writer: str) -> None:
    sections = tuple(Section(f"s{n}", words(f"Part {n}"), (paragraph(f"p{n}", f"Words {n}."),)) for n in (1, 2, 3))
    document = lay_out(briefing_of(sections=sections, template=template()), LayoutOptions(date=DATE))
    text = WRITERS[writer](document)
    assert all(f"Part {n}" in text and f"Words {n}." in text for n in (1, 2, 3))


def test_no_kind_of_block_is_forgotten() -> None:
    assert {type(block) for block, _ in BLOCKS.values()} == set(get_args(Block))


class Unknown:
    """A kind of block that no writer knows."""

    id = "unknown"


@pytest.mark.parametrize("writer", WRITERS)
def test_an_unknown_block_is_an_error(writer: str) -> None:
    document = lay_out(briefing_of(paragraph("p", "Words.")), LayoutOptions(date=DATE))
    broken = replace(document, blocks=(*document.blocks, cast(LaidBlock, Unknown())))
    with pytest.raises(AssertionError, match="unreachable"):
        WRITERS[writer](broken)


def test_the_layout_refuses_an_unknown_block() -> None:
    with pytest.raises(AssertionError):
        lay_out(briefing_of(cast(Paragraph, Unknown())), LayoutOptions(date=DATE))
