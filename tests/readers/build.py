"""Small files of each format, made for the tests of the readers."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from briefing_app.model.block import ListBlock, Paragraph, Picture, Quotation, Table
from briefing_app.model.draft import Draft, DraftHeading, DraftPart
from briefing_app.model.inline import Inlines, LineBreak, Note, Text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def ids() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"n{next(numbers)}"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def docx(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    footnotes: str = "",
    core: str = "",
    relations: Mapping[str, tuple[str, str, bool]] | None = None,
    parts: Mapping[str, bytes] | None = None,
) -> bytes:
    """A Word package with the given XML inside its parts; ``relations`` are id -> (kind, target, external)."""
    main = {
        "styles": ("styles", "styles.xml", False),
        "numbering": ("numbering", "numbering.xml", False),
        "footnotes": ("footnotes", "footnotes.xml", False),
        **(relations or {}),
    }
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relations(
            {"d": ("officeDocument", "word/document.xml", False), "c": ("core-properties", "docProps/core.xml", False)}
        ),
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(main),
        "word/styles.xml": f"<w:styles {_NAMES}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {_NAMES}>{numbering}</w:numbering>",
        "word/footnotes.xml": f"<w:footnotes {_NAMES}>{footnotes}</w:footnotes>",
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="urn:core" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:dcterms="http://purl.org/dc/terms/">{core}</cp:coreProperties>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        for name, data in (parts or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def _relations(entries: Mapping[str, tuple[str, str, bool]]) -> str:
    lines = "".join(
        f'<Relationship Id="{identity}" Type="{_REL}/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if outside else ''}/>"
        for identity, (kind, target, outside) in entries.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def png(size: tuple[int, int] = (3, 2), form: str = "PNG") -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, form)
    return out.getvalue()


def pdf(pages: list[list[str]], *, font: str = "", password: str = "", **properties: str) -> bytes:
    """A PDF with the given lines on its pages, 14 points apart; an empty line leaves a gap."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    encryption = StandardEncryption(password, canPrint=1, strength=40) if password else None
    canvas = Canvas(out, invariant=1, encrypt=encryption)
    if font:
        pdfmetrics.registerFont(TTFont(Path(font).stem, font))
    canvas.setTitle(properties.get("title", ""))
    canvas.setAuthor(properties.get("author", ""))
    for lines in pages:
        canvas.setFont(Path(font).stem if font else "Helvetica", 11)
        for number, line in enumerate(lines):
            canvas.drawString(72, 760 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


Placed = tuple[float, float, str]  # left and base line in points, and the words there


def drawn(pages: list[list[Placed]], *, size: float = 10, large: frozenset[str] = frozenset()) -> bytes:
    """A PDF of words at given places, drawn in the order given; those in ``large`` in larger letters."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    for page in pages:
        for left, base, text in page:
            canvas.setFont("Helvetica", size * 1.6 if text in large else size)
            canvas.drawString(left, base, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def words(draft: Draft) -> str:
    """Every character that a draft shows, in reading order, list marks and alt texts left out."""
    return draft.title + "".join(text for part in draft.parts for text in _words(part))


def _words(part: DraftPart) -> Iterator[str]:
    match part:
        case DraftHeading() | Paragraph():
            yield from _inline_words(part.content)
        case ListBlock():
            for item in part.items:
                for block in item.blocks:
                    yield from _words(block)
        case Quotation():
            for inner in part.paragraphs:
                yield from _words(inner)
        case Table():
            yield from _inline_words(part.caption)
            for row in part.rows:
                for cell in row.cells:
                    for block in cell.blocks:
                        yield from _words(block)
        case Picture():
            yield from _inline_words(part.caption)
        case _:
            return


def _inline_words(inlines: Inlines) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text(text=text):
                yield text
            case LineBreak():
                yield "\n"
            case Note(content=content):
                yield from _inline_words(content)
            case _:
                return
