"""A PDF is seen as it was saved: its pages, with the cited passage marked where it stands."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QColor
from reportlab.pdfgen.canvas import Canvas

from briefing_app.desktop.theme import LIGHT
from tests.desktop.conftest import User

FILLING = [f"Line {number} of the notice to shipping." for number in range(40)]


def _pdf(path: Path) -> Path:
    canvas = Canvas(str(path), pagesize=(595, 842))
    for words in ("The harbour opened on 3 May.", "The cable was cut at dawn, the office said."):
        canvas.setFont("Helvetica", 12)
        for number, line in enumerate((*FILLING[:20], words, *FILLING[20:])):
            canvas.drawString(72, 770 - 16 * number, line)
        canvas.showPage()
    canvas.save()
    return path


def test_a_cited_passage_is_marked_on_its_page(user: User, tmp_path: Path) -> None:
    reader = user.window.reader
    user.window.imports.start([_pdf(tmp_path / "notice.pdf")])
    user.wait(lambda: user.window.library.model.rowCount() == 1)
    user.new_briefing("Cable")
    user.open_row(0)
    user.select("The cable was cut at dawn")
    user.act("insert_quotation")
    user.wait(lambda: user.window.documents.session.briefing.excerpts)
    (excerpt,) = user.window.documents.session.briefing.excerpts
    assert excerpt.page == 2
    with user.bot.waitSignal(reader.pages.placed, timeout=20_000):
        user.window.passages.show_excerpt(excerpt.id)
        user.wait(lambda: reader.passage() is None)
        reader._as_pages.click()
    view = reader.pages.view
    user.wait(lambda: view.is_drawn)
    assert reader.pages._bar.page == "Page 2 of 2"
    picture = view.viewport().grab().toImage()
    scale = picture.devicePixelRatio()
    rect = view.page_rect(2)
    points = rect.width() / 595
    x, y = rect.left() + 70.8 * points, rect.top() + (842 - (770 - 16 * 20) - 4) * points
    assert picture.pixelColor(round(x * scale), round(y * scale)) == QColor(LIGHT.cited)
    assert reader.passage() is None, "passages are taken from the text"
    reader._as_pages.click()
    assert reader.view.isVisible()


def test_pages_that_cannot_be_drawn_are_told(user: User, tmp_path: Path) -> None:
    reader = user.window.reader
    file = _pdf(tmp_path / "notice.pdf")
    user.window.imports.start([file])
    user.wait(lambda: user.window.library.model.rowCount() == 1)
    user.open_row(0)
    reader.pages._open_pages = lambda key, data: user.desk.source_pages(key, b"%PDF-1.7 nothing")
    reader._as_pages.click()
    user.wait(lambda: "cannot be shown" in reader.pages._empty._title.text())
