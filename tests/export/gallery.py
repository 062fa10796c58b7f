"""Briefings that show every block, script and option, for the validators.

``python -m tests.export.gallery FOLDER`` writes them, and the sample briefing, as DOCX and PDF, and validates all.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, get_args

from briefing_app.app.paths import resources_dir
from briefing_app.export.docx import write_docx
from briefing_app.export.pdf.writer import write_pdf
from briefing_app.layout.document import LayoutDocument
from briefing_app.layout.lay_out import LayoutOptions, lay_out
from briefing_app.layout.options import ExportOptions
from briefing_app.model.block import ListBlock, ListItem, Picture, Quotation, Row, Table
from briefing_app.model.briefing import Briefing, Meta
from briefing_app.model.inline import Citation, Note, Text
from briefing_app.model.template import CitationStyle
from tests.export import validators
from tests.export_options import options_of
from tests.samples import CHART, DATE, MAP, briefing_of, cell, full_briefing, paragraph, template, words

_ARABIC = "صدر تقرير الميناء (TLP) في 14 نوفمبر، وجاء فيه أن حركة السفن عادت إلى طبيعتها. "
_HEBREW = "משרד התחבורה הודיע ב-14 בנובמבר שהנמל (TLP) נפתח מחדש, והתנועה חזרה לסדרה. "


# Names of options that are shown together, each in a document from the left and one from the right.
OPTIONS: dict[str, dict[str, Any]] = {
    "cover": {"cover": True, "contents": True, "numbered_paragraphs": True, "watermark": True},
    "review": {"line_numbers": True, "review": True, "watermark": True, "numbered_paragraphs": True},
    "columns": {"columns": 2, "contents": False, "excerpts": True},
    "columns-lines": {"columns": 2, "line_numbers": True, "paper": "Letter", "left": 20.0, "right": 20.0},
    "excerpts": {"excerpts": True, "citations": "sources", "paper": "A5", "left": 15.0, "right": 15.0},
    "columns-cover": {"columns": 2, "cover": True, "contents": True, "citations": "sources", "excerpts": True},
    "off": {"citations": "none", "contents": False, "numbered_headings": False, "paper": "Legal"},
    "endnotes": {"citations": "endnotes", "excerpts": True, "review": True, "line_numbers": True},
}


def gallery() -> dict[str, LayoutDocument]:
    """The briefings by name, laid out."""
    options = LayoutOptions(date=DATE)
    made = {
        f"full-{style}": lay_out(full_briefing(), LayoutOptions(date=DATE, form=ExportOptions(citations=style)))
        for style in get_args(CitationStyle)
    }
    made["arabic"] = lay_out(from_the_right("ar"), options)
    made["hebrew"] = lay_out(from_the_right("he"), options)
    made["tables"] = lay_out(_tables(), options)
    made["pictures"] = lay_out(_pictures(), options)
    for name, chosen in OPTIONS.items():
        made[f"options-{name}"] = lay_out(full_briefing(), options_of(**chosen))
        made[f"options-{name}-arabic"] = lay_out(from_the_right("ar"), options_of(**chosen))
    return made


def from_the_right(language: str) -> Briefing:
    """A briefing in Arabic ("ar") or Hebrew ("he")."""
    text = {"ar": _ARABIC, "he": _HEBREW}[language]
    rows = Row("r1", (cell("c1", text[:20]), cell("c2", "A"))), Row("r2", (cell("c3", "1"), cell("c4", "2")))
    blocks = (
        paragraph("p1", Text(text * 9, language=language), Citation("k1", "e-normal")),
        Quotation("q", "e-normal"),
        paragraph("p2", text * 3, Note("n", (Text(text * 4),)), " Words, ", Text(text, link="https://a.example/")),
        ListBlock("l", tuple(ListItem(f"i{at}", (paragraph(f"ip{at}", text * 2),)) for at in range(3)), ordered=True),
        Table("t", rows, caption=words(text)),
    )
    return briefing_of(
        *blocks,
        meta=Meta(title=text.split("(")[0].strip(), language=language, marking="TLP:AMBER"),
        template=template(contents=True, numbered_headings=True),
    )


def _tables() -> Briefing:
    long = Table(
        "long",
        tuple(
            Row(f"r{row}", tuple(cell(f"c{row}-{column}", f"{row}.{column}") for column in range(5)))
            for row in range(150)
        ),
        caption=words("A long table"),
    )
    spanning = Table(
        "spanning",
        (
            Row("s1", (cell("s1a", "Port", rows=2), cell("s1b", "Ships", columns=2))),
            Row("s2", (cell("s2b", "October"), cell("s2c", "November", Citation("k1", "e-memo")))),
            Row("s3", (cell("s3a", "Velsk", rows=2), cell("s3b", "word " * 1500), cell("s3c", "1"))),
            Row("s4", (cell("s4b", "2", columns=2),)),
            Row("s5", (cell("s5a", ""), cell("s5b", ""), cell("s5c", ""))),
        ),
        header_rows=2,
    )
    single = Table("single", tuple(Row(f"o{row}", (cell(f"oc{row}", f"{row}"),)) for row in range(2)), header_rows=0)
    return briefing_of(long, paragraph("between", "Between."), spanning, single)


def _pictures() -> Briefing:
    shapes = (
        Picture("p1", MAP.sha256, alt="Both berths", caption=words("The harbour")),
        Picture("p2", CHART.sha256, alt="Ships a day", width=120.0),
        Picture("p3", MAP.sha256, caption=words("Described by its caption alone")),
        Picture("p4", CHART.sha256),
    )
    return briefing_of(*shapes)


def write_gallery(folder: Path) -> tuple[list[Path], list[Path]]:
    """Write all as PDF and DOCX into the folder; the files of each kind."""
    folder.mkdir(parents=True, exist_ok=True)
    pdfs, words_files = [], []
    for name, laid in gallery().items():
        pdfs.append(folder / f"{name}.pdf")
        pdfs[-1].write_bytes(write_pdf(laid, resources_dir() / "fonts").data)
        words_files.append(folder / f"{name}.docx")
        words_files[-1].write_bytes(write_docx(laid))
    return pdfs, words_files


def _write_sample(folder: Path) -> None:
    """The sample briefing as the demonstration exports it; the user's own files are left alone."""
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"BRIEFING_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, "-m", "briefing_app", "demo", "--no-window", "--out", str(folder)]
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    if lacking := validators.lacking_for_pdf() or validators.lacking_for_docx():
        print(f"Nothing was validated: {lacking}.", file=sys.stderr)
        return 1
    pdfs, words_files = write_gallery(folder)
    _write_sample(folder)
    pdfs.append(folder / "sample.pdf")
    words_files.append(folder / "sample.docx")
    faults = validators.pdf_faults(pdfs) + validators.docx_faults(words_files)
    good = f"{len(pdfs)} PDF are PDF/UA-1 and PDF/A-2a, {len(words_files)} DOCX are valid Open XML."
    print("\n".join(faults) or good)
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
