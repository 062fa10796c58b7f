"""The sample sources that are documents, mails and plain files."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from samples_text import Part, Sample

FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def plain_text(sample: Sample) -> str:
    blocks = [sample["title"], f"{sample['outlet']}, {sample['date']}"]
    blocks += [part.text or "\n".join(f"- {item}" for item in part.items) for part in sample.parts]
    return "\n\n".join((*blocks, sample.notice)) + "\n"


def markdown(sample: Sample) -> str:
    head = "\n".join(
        f"{name}: {_quoted(sample[field])}"
        for name, field in (("title", "title"), ("author", "author"), ("outlet", "outlet"), ("date", "date"),
                            ("language", "language"), ("url", "url"))
    )  # fmt: skip
    blocks = [_markdown(part) for part in sample.parts]
    return "\n\n".join((f"---\n{head}\n---", f"# {sample['title']}", *blocks, f"*{sample.notice}*")) + "\n"


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '\\"') + '"' if ":" in value else value


def _markdown(part: Part) -> str:
    match part.kind:
        case "heading":
            return f"## {part.text}"
        case "list":
            return "\n".join(f"- {item}" for item in part.items)
        case "table":
            head, *body = ("| " + " | ".join(row) + " |" for row in part.rows)
            return "\n".join((head, "|" + " --- |" * len(part.rows[0]), *body))
        case _:
            return part.text


def email(sample: Sample) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = sample["author"]
    message["To"] = sample["to"]
    message["Subject"] = sample["title"]
    message["Date"] = format_datetime(datetime.fromisoformat(sample["date"]))
    message["Message-ID"] = "<bulletin-4@halven-link.example>"
    message["Organization"] = sample["outlet"]
    blocks = [part.text or "\n".join(f"- {item}" for item in part.items) for part in sample.parts]
    message.set_content("\n\n".join((*blocks, sample.notice)), cte="quoted-printable")
    return message.as_bytes()


# --- DOCX -------------------------------------------------------------------------------------------------------


def docx(sample: Sample) -> bytes:
    from docx import Document

    document = Document()
    properties = document.core_properties
    properties.title, properties.author = sample["title"], sample["author"]
    properties.language, properties.comments = sample["language"], sample.notice
    properties.created = properties.modified = datetime.fromisoformat(sample["date"])
    properties.last_modified_by = sample["author"]
    document.add_heading(sample["title"], 0)
    document.add_paragraph(f"{sample['outlet']}, {sample['date']}")
    for part in sample.parts:
        _to_docx(document, part)
    document.add_paragraph().add_run(sample.notice).italic = True
    buffer = io.BytesIO()
    document.save(buffer)
    return _same_bytes(buffer.getvalue())


def _to_docx(document: Any, part: Part) -> None:
    match part.kind:
        case "heading":
            document.add_heading(part.text, 1)
        case "list":
            for item in part.items:
                document.add_paragraph(item, style="List Bullet")
        case "table":
            table = document.add_table(0, len(part.rows[0]), style="Light Grid Accent 1")
            for row in part.rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        case _:
            document.add_paragraph(part.text)


def _same_bytes(package: bytes) -> bytes:
    """The ZIP without the time of its making."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            new.writestr(entry, old.read(name))
    return buffer.getvalue()


# --- PDF --------------------------------------------------------------------------------------------------------


def pdf(sample: Sample) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    for name in ("NotoSerif-Regular", "NotoSerif-Bold", "NotoSerif-Italic"):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))
    body = ParagraphStyle("body", fontName="NotoSerif-Regular", fontSize=11, leading=17, spaceAfter=9)
    head = ParagraphStyle("head", body, fontName="NotoSerif-Bold", fontSize=13, spaceBefore=10)
    title = ParagraphStyle("title", head, fontSize=18, leading=24, spaceAfter=6)
    small = ParagraphStyle("small", body, fontName="NotoSerif-Italic", fontSize=9, leading=13)
    flow: list[Any] = [Paragraph(sample["title"], title), Paragraph(f"{sample['outlet']}, {sample['date']}", small)]
    for part in sample.parts:
        match part.kind:
            case "heading":
                flow.append(Paragraph(part.text, head))
            case "table":
                flow.extend((_pdf_table(part, body), Spacer(1, 9)))
            case _:
                flow.append(Paragraph(part.text, body))
    flow.append(Paragraph(sample.notice, small))
    buffer = io.BytesIO()
    template = SimpleDocTemplate(
        buffer, pagesize=A4, leftMargin=80, rightMargin=80, topMargin=80, bottomMargin=80, invariant=1,
        lang=sample["language"], title=sample["title"], author=sample["author"],
        subject="A sample written for Briefing Composer",
        initialFontName="NotoSerif-Regular",
    )  # fmt: skip
    template.build(flow)
    return _dated(buffer.getvalue(), sample)


def _dated(data: bytes, sample: Sample) -> bytes:
    """The PDF with the sample's date in the place of the fixed one; both have the same length."""
    day = sample["date"][:10].replace("-", "").encode("ascii")
    return data.replace(b"(D:20000101000000+00'00')", b"(D:" + day + b"090000+00'00')")


def _pdf_table(part: Part, body: Any) -> Any:
    from reportlab.lib import colors
    from reportlab.platypus import Paragraph, Table

    rows = [[Paragraph(cell, body) for cell in row] for row in part.rows]
    whole = ((0, 0), (-1, -1))
    return Table(rows, style=[("LINEBELOW", *whole, 0.4, colors.grey), ("VALIGN", *whole, "TOP")], hAlign="LEFT")


def scan(picture: bytes, sample: Sample) -> bytes:
    """A PDF of one page that is a picture and nothing else."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setTitle(sample["title"])
    canvas.setSubject("A sample written for Briefing Composer")
    canvas.drawImage(ImageReader(io.BytesIO(picture)), 0, 0, *A4)
    canvas.save()
    return _dated(buffer.getvalue(), sample)
