"""The DOCX writer: a LayoutDocument as one package, the same bytes for the same document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from briefing_app.export.docx.body import BodyWriter
from briefing_app.export.docx.package import PackageBuilder
from briefing_app.export.docx.parts import (
    app_part,
    core_part,
    fonts_part,
    footer_part,
    header_part,
    note_kind,
    notes_part,
    settings_part,
)
from briefing_app.export.docx.runs import Bookmarks, RunWriter
from briefing_app.export.docx.styles import styles_part
from briefing_app.export.docx.theme import theme_part
from briefing_app.export.docx.xml import part
from briefing_app.layout.document import (
    LayoutDocument,
    NoteRun,
    TextRun,
)
from briefing_app.layout.words import body_lines


def write_docx(document: LayoutDocument, page_numbers: Mapping[str, int] | None = None) -> bytes:
    """The document as a DOCX package.

    ``page_numbers`` are the pages on which nodes start, by id, for the cached numbers of the contents; a heading
    without one shows a dash until Word renews the field. Raises ExportError where a picture cannot be shown.
    """
    bookmarks = _bookmarks(document)
    kind: Literal["footnote", "endnote"] = "endnote" if note_kind(document) == "endnote" else "footnote"
    language = document.properties.language
    body_runs = RunWriter(bookmarks, kind, language)
    note_runs = RunWriter(bookmarks, kind, language)
    writer = BodyWriter(document, body_runs, bookmarks, page_numbers or {})
    body = writer.body()
    package = PackageBuilder(part("document", f"<w:body>{body}</w:body>"))
    package.add("styles", styles_part(document, writer.numbered))
    package.add("numbering", writer.numberings.part())
    package.add("settings", settings_part(document))
    package.add("fontTable", fonts_part())
    package.add("theme", theme_part(), number=1)
    if document.notes:
        package.add(f"{kind}s", notes_part(kind, document.notes, note_runs), links=note_runs.links.ids)
    package.add("header", header_part(document, first=False), id="rIdHeader", number=1)
    package.add("header", header_part(document, first=True), id="rIdFirst", number=2)
    package.add("footer", footer_part(document, first=False), id="rIdFooter", number=1)
    if document.cover:
        package.add("footer", footer_part(document, first=True), id="rIdFirstFooter", number=2)
    package.link(body_runs.links.ids)
    for image in writer.pictures.parts:
        package.add_image(image)
    package.add_properties(core_part(document.properties), app_part(document.properties))
    return package.save()


def _bookmarks(document: LayoutDocument) -> Bookmarks:
    """Names for the headings, and for whatever else a link leads to."""
    lines = list(body_lines(document))
    headings = [line.id for line in lines if line.level]
    wanted = {
        run.target
        for line in (*lines, *(line for note in document.notes for line in note.lines))
        for run in line.runs
        if isinstance(run, TextRun) and run.target
    }
    called = [run.note_id for line in lines for run in line.runs if isinstance(run, NoteRun)]
    there = [*(line.id for line in lines), *called]
    return Bookmarks(headings, [id for id in there if id in wanted], called)
