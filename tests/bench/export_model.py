"""One document of any length for the benches of exports, as ours and as its peers want it written.

A page is 8 paragraphs of 46 words with a heading over the first of every second page; for each 10 pages there are 20
notes, 3 tables of 7 by 4 and one picture. 200 pages make 400 notes, 60 tables, 20 pictures.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from html import escape
from pathlib import Path

from briefing_app.layout.contents import make_contents
from briefing_app.layout.document import (
    LaidBlock,
    LaidMedia,
    LayoutDocument,
    NoteRun,
    PictureBlock,
    Role,
    TextLine,
    TextRun,
)
from briefing_app.layout.styles import resolve_styles
from briefing_app.model.template import Template
from tests.export.pdf_reading import WORDS, document, heading, line, note, table

ROWS, COLUMNS = 7, 4
_PER_PAGE, _WORDS = 8, 46
_WIDE, _HIGH = 640, 360  # pixels of a picture


@dataclass(frozen=True)
class Part:
    """A piece of the content. ``kind``: heading, paragraph, table or picture; ``note`` is called at its end."""

    kind: str
    text: str = ""
    level: int = 0
    note: str = ""
    number: int = 0


def content(pages: int) -> list[Part]:
    """The parts of a document of about so many pages."""
    chance = random.Random(7)

    def words(count: int) -> str:
        return " ".join(chance.choices(WORDS, k=count)).capitalize()

    parts: list[Part] = []
    for page in range(pages):
        if page % 2 == 0:
            parts.append(Part("heading", f"{words(4)} {page}", level=1 + page // 2 % 2))
        for at in range(_PER_PAGE):
            called = f"{words(16)}." if at % 4 == 0 else ""
            parts.append(Part("paragraph", f"{words(_WORDS)}.", note=called))
        if page % 10 in (2, 5, 8):
            parts.append(Part("table", words(5), number=page))
        if page % 10 == 4:
            parts.append(Part("picture", words(6), number=page))
    return parts


def cell_text(row: int, column: int) -> str:
    return f"{'head' if row == 0 else 'cell'} {row}.{column}"


def picture(number: int) -> bytes:
    """A JPEG that differs from those of other numbers, and is as large as a photograph of its size."""
    from PIL import Image

    chance = random.Random(number)
    small = Image.frombytes("RGB", (80, 45), chance.randbytes(80 * 45 * 3))
    out = io.BytesIO()
    small.resize((_WIDE, _HIGH), Image.Resampling.BICUBIC).save(out, "JPEG", quality=85)
    return out.getvalue()


def laid(parts: list[Part]) -> LayoutDocument:
    """The content as our writers take it, with contents and foot notes."""
    blocks: list[LaidBlock] = []
    notes: list[str] = []
    media: dict[str, LaidMedia] = {}
    for at, part in enumerate(parts):
        match part.kind:
            case "heading":
                blocks.append(heading(f"h{at}", part.text, part.level))
            case "paragraph":
                runs: list[TextRun | NoteRun] = [TextRun(part.text)]
                if part.note:
                    notes.append(part.note)
                    runs.append(NoteRun(f"n{len(notes)}", len(notes)))
                blocks.append(TextLine(f"p{at}", Role.BODY, tuple(runs)))
            case "table":
                blocks.append(line(f"c{at}", part.text, role=Role.CAPTION))
                blocks.append(table(f"t{at}", ROWS, COLUMNS))
            case _:
                sha256 = f"{part.number:064x}"
                media[sha256] = LaidMedia(sha256, "image/jpeg", picture(part.number), _WIDE, _HIGH)
                caption = line(f"c{at}", part.text, role=Role.CAPTION)
                blocks.append(PictureBlock(f"i{at}", sha256, "A picture", 360.0, 202.5, caption))
    contents = make_contents(blocks)
    styles = resolve_styles(Template(id="bench", name="Bench"))
    made = tuple(note(number, text) for number, text in enumerate(notes, 1))
    return document(*((contents,) if contents else ()), *blocks, notes=made, media=media, styles=styles)


def write_pictures(parts: list[Part], folder: Path) -> None:
    for part in parts:
        if part.kind == "picture":
            (folder / f"picture-{part.number}.jpg").write_bytes(picture(part.number))


def markdown(parts: list[Part]) -> str:
    """For pandoc."""
    out: list[str] = ["---\ntitle: Bench\n---"]
    notes = 0
    for part in parts:
        match part.kind:
            case "heading":
                out.append(f"{'#' * part.level} {part.text}")
            case "paragraph":
                call = ""
                if part.note:
                    notes += 1
                    call = f"[^{notes}]"
                out.append(part.text + call)
                if part.note:
                    out.append(f"[^{notes}]: {part.note}")
            case "table":
                rows = [" | ".join(cell_text(row, column) for column in range(COLUMNS)) for row in range(ROWS)]
                rows.insert(1, " | ".join(["---"] * COLUMNS))
                out += ["\n".join(f"| {row} |" for row in rows), f": {part.text}"]
            case _:
                out.append(f"![{part.text}](picture-{part.number}.jpg){{width=5in}}")
    return "\n\n".join(out) + "\n"


def typst(parts: list[Part]) -> str:
    """For Typst, with contents, foot notes and page numbers."""
    out = [
        '#set document(title: "Bench", author: "Bench")',
        '#set page(paper: "a4", margin: 72pt, header: [TLP:AMBER])',
        "#set page(footer: context [TLP:AMBER #counter(page).display()])",
        '#set text(font: "Noto Serif", size: 10.5pt, lang: "en")',
        "#outline()",
    ]
    for part in parts:
        match part.kind:
            case "heading":
                out.append(f"{'=' * part.level} {part.text}")
            case "paragraph":
                out.append(part.text + (f"#footnote[{part.note}]" if part.note else ""))
            case "table":
                heads = ", ".join(f"[{cell_text(0, column)}]" for column in range(COLUMNS))
                cells = ", ".join(f"[{cell_text(row, column)}]" for row in range(1, ROWS) for column in range(COLUMNS))
                body = f"table(columns: {COLUMNS}, table.header({heads}), {cells})"
                out.append(f"#figure({body}, caption: [{part.text}])")
            case _:
                image = f'image("picture-{part.number}.jpg", width: 360pt, alt: "A picture")'
                out.append(f"#figure({image}, caption: [{part.text}])")
    return "\n\n".join(out) + "\n"


def html(parts: list[Part]) -> str:
    """For WeasyPrint, with contents that give page numbers, foot notes and page numbers."""
    sheet = (
        '@page{size:A4;margin:72pt;@top-right{content:"TLP:AMBER"}'
        '@bottom-right{content:"TLP:AMBER " counter(page)}@footnote{border-top:.5pt solid}}'
        'body{font:10.5pt/1.35 "Noto Serif"}.n{float:footnote;font-size:8.5pt}'
        "li a::after{content:leader('.') target-counter(attr(href),page)}thead{display:table-header-group}"
    )
    head, body = [], []
    for at, part in enumerate(parts):
        text = escape(part.text)
        match part.kind:
            case "heading":
                head.append(f'<li><a href="#h{at}">{text}</a></li>')
                body.append(f'<h{part.level} id="h{at}">{text}</h{part.level}>')
            case "paragraph":
                body.append(f"<p>{text}{f'<span class=n>{escape(part.note)}</span>' if part.note else ''}</p>")
            case "table":
                heads = "".join(f'<th scope="col">{cell_text(0, column)}</th>' for column in range(COLUMNS))
                rows = "".join(
                    f"<tr>{''.join(f'<td>{cell_text(row, column)}</td>' for column in range(COLUMNS))}</tr>"
                    for row in range(1, ROWS)
                )
                body.append(
                    f"<table><caption>{text}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
                )
            case _:
                image = f'<img src="picture-{part.number}.jpg" alt="A picture" width="480">'
                body.append(f"<figure>{image}<figcaption>{text}</figcaption></figure>")
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bench</title><style>{sheet}</style></head>'
        f"<body><ol>{''.join(head)}</ol>{''.join(body)}</body></html>"
    )
