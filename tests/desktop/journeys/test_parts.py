"""The outline, the preview, the look and the reports, each through the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from briefing_app.app.composing import section_name
from briefing_app.app.library_access import open_library
from briefing_app.app.preferences import load_preferences, preferences_file
from briefing_app.app.session import Session
from briefing_app.desktop.composer.card import SectionCard
from briefing_app.desktop.composer.column import Column
from briefing_app.desktop.composer.section_editor import SectionEditor
from briefing_app.desktop.composer.title_block import TitleBlock
from briefing_app.desktop.dialogs.application import PreferencesDialog
from briefing_app.desktop.dialogs.import_report import ImportReportDialog
from briefing_app.desktop.dialogs.properties import PropertiesDialog
from briefing_app.desktop.dialogs.source_fields import SourceFieldsDialog
from briefing_app.desktop.imports import KINDS
from briefing_app.desktop.start import after_show, open_desk
from briefing_app.model.edit import SetMeta, SetText
from briefing_app.model.inline import Text
from briefing_app.readers.detection import READER_FORMATS
from tests.desktop.conftest import User
from tests.samples import full_briefing


def _names(user: User) -> list[str]:
    session = user.window.documents.session
    assert session is not None
    return [f"{'-' * (depth - 1)}{section_name(section)}" for section, depth in session.briefing.all_sections()]


def test_the_outline_adds_renames_and_moves_sections(user: User) -> None:
    user.window.documents.take(Session(full_briefing()))
    outline = user.window.outline
    outline.mark_current("sec-views")
    outline.add()
    editor = outline.tree.findChild(QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "Insurers")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    user.wait(lambda: "Insurers" in _names(user))
    assert user.window.actions_["undo"].text() == "Undo Rename section"
    QTest.keyClick(outline.tree, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert "-Insurers" in _names(user)
    outline.mark_current("sec-lead")
    QTest.keyClick(outline.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert _names(user)[0] == "Situation"
    for _ in range(4):
        user.act("undo")
    assert _names(user) == [
        f"{'-' * (depth - 1)}{section_name(section)}" for section, depth in full_briefing().all_sections()
    ]


def test_the_outline_counts_what_is_written(user: User) -> None:
    session = Session(full_briefing())
    user.window.documents.take(session)
    item = user.window.outline._items["sec-empty"]
    assert "empty" in item.data(0, Qt.ItemDataRole.AccessibleTextRole)
    session.do(SetText("empty-p", (Text("Now three words"),)), "Type")
    user.wait(lambda: "3 words" in item.data(0, Qt.ItemDataRole.AccessibleTextRole))


def test_the_preview_shows_real_pages_and_follows_the_newest_edit(user: User) -> None:
    session = Session(full_briefing())
    user.window.documents.take(session)
    user.act("preview")
    preview = user.window.preview
    user.wait(lambda: preview.is_current and preview.view.is_drawn)
    pages = len(preview.view._sizes)
    assert pages >= 2
    for number in range(3):
        session.do(SetText("out-1", (Text(f"Edit number {number}. "),)), "Type")
    user.wait(lambda: preview.is_current and preview.view.is_drawn)
    assert preview._shown is session.briefing
    places = preview._preview.places["out-1"] if preview._preview else ()
    preview.view.go_to(places[0].page, places[0].y0)
    user.wait(lambda: preview.view.is_drawn)
    chosen: list[str] = []
    preview.node_clicked.connect(chosen.append)
    rect = preview.view.page_rect(places[0].page)
    scale = rect.width() / preview.view._sizes[places[0].page - 1][0]
    point = QPointF(rect.left() + (places[0].x0 + 4) * scale, rect.top() + (places[0].y0 + 4) * scale).toPoint()
    QTest.mouseClick(preview.view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert chosen == ["out-1"]
    assert user.window.composer.current_section_id() == "sec-outlook"


def _lightness(picture: QImage) -> list[int]:
    """The mean lightness (0 to 255) of each piece of a picture, six by four."""
    small = picture.scaled(6, 4, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return [small.pixelColor(x, y).lightness() for x in range(6) for y in range(4)]


def test_the_look_changes_everywhere_at_once_and_is_remembered(user: User) -> None:
    window = user.window
    user.window.documents.take(Session(full_briefing()))
    light = _lightness(window.grab().toImage())
    user.act("theme_dark")
    dark = _lightness(window.grab().toImage())
    assert min(light) > 200, light
    assert max(dark) < 80, dark
    assert user.desk.preferences.theme == "dark"
    assert window.actions_["theme_dark"].isChecked()


def test_a_correction_reaches_library_list_and_briefing(user: User, add_source: Callable[..., str]) -> None:
    source_id = add_source("The port reopened. More words.", title="Untitled scan")
    user.new_briefing("Corrected")
    session = user.window.documents.session
    assert session is not None
    user.window.passages.show_source(source_id)
    user.wait(lambda: user.window.reader.source_id == source_id)
    user.select("The port reopened.")
    user.act("insert_citation")
    user.wait(lambda: session.briefing.sources)
    user.bot.mouseClick(user.window.reader._correct, Qt.MouseButton.LeftButton)
    dialog = user.dialog(SourceFieldsDialog)
    dialog.published.setText("last week")
    user.press(dialog, "Save")
    assert "is no date" in dialog.problem.text()
    dialog.published.setText("2026-11-03")
    dialog.title.setText("Harbour gazette")
    dialog.tags.setText("ports, velsk")
    user.press(dialog, "Save")
    user.wait(lambda: session.briefing.source(source_id).title == "Harbour gazette")  # type: ignore[union-attr]
    user.wait(lambda: (card := user.window.library.model.card(0)) is not None and card.title == "Harbour gazette")
    user.wait(lambda: "#velsk" in user.window.reader._tags.text())


def test_an_import_reports_once_what_failed_and_why(user: User, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text("A good article about ports.", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    user.window.library.search.setFocus()
    user.window.imports.start([folder])
    report = user.dialog(ImportReportDialog)
    assert "1 imported" in user.window.messages.text
    report.choice.setCurrentIndex(report.choice.findData("Failed"))
    assert report.table.model().rowCount() == 2
    report.words.setText("broken")
    assert report.table.model().rowCount() == 1
    user.press(report, "Copy")
    assert "broken.pdf" in QGuiApplication.clipboard().text()
    user.press(report, "Close")


def test_an_import_that_ends_while_one_writes_takes_no_keys_away(user: User, tmp_path: Path) -> None:
    user.new_briefing("The strait")
    user.wait(lambda: isinstance(QApplication.focusWidget(), SectionEditor))
    (tmp_path / "empty.txt").write_bytes(b"")
    user.window.imports.start([tmp_path / "empty.txt"])
    user.wait(lambda: not user.window.imports.is_running)
    assert isinstance(QApplication.focusWidget(), SectionEditor)
    assert "1 failed" in user.window.messages.text
    user.press(user.window, "Show report")
    assert user.dialog(ImportReportDialog).table.model().rowCount() == 1


def test_the_file_dialog_offers_every_ending_that_is_read() -> None:
    for one in READER_FORMATS:
        assert all(f"*{ending} " in KINDS.replace(")", " ") for ending in one.extensions), one.key


def test_a_library_held_elsewhere_is_read_only_and_says_by_whom(user: User, add_source: Callable[..., str]) -> None:
    add_source("A text.", title="Held")
    user.desk.library.close()
    with open_library(user.desk.library.folder, write=True):
        other = open_desk(user.desk.library.folder)
        window = other.open_window()
        after_show(other, [])
        user.wait(lambda: other.library.is_open and window.library.model.rowCount() == 1)
        assert "For reading only" in window.library._read_only.text()
        assert "process" in window.library._read_only.text()
        assert not window.library.add_button.isEnabled()
        window.close()
        other.close()


def test_a_dropped_passage_is_quoted_where_it_fell(user: User, add_source: Callable[..., str]) -> None:
    source_id = add_source("First. The second sentence. Third.", title="Dropped")
    session = Session(full_briefing())
    user.window.documents.take(session)
    user.window.composer.passage_dropped.emit(source_id, 7, 27, "sec-outlook", 1)
    user.wait(lambda: session.undo_label == "Insert quotation")
    section = next(section for section in session.briefing.sections if section.id == "sec-outlook")
    excerpt = session.briefing.excerpt(section.blocks[1].excerpt_id)  # type: ignore[union-attr]
    assert excerpt is not None
    assert excerpt.text == "The second sentence."


def test_closing_while_an_import_runs_stops_it_and_keeps_what_came_in(user: User, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number}.txt").write_text(f"Article {number} about ports and cables.", encoding="utf-8")
    user.window.imports.start([folder])
    user.wait(lambda: user.window.library.import_bar._bar.maximum() > 0)
    user.act("close")
    user.wait(lambda: not user.desk.windows)
    user.desk.library.close()
    with open_library(user.desk.library.folder, write=True) as library:
        assert library.count() <= 300


def test_preferences_are_kept_and_name_the_library_of_the_next_start(user: User, tmp_path: Path) -> None:
    user.act("preferences")
    dialog = user.dialog(PreferencesDialog)
    dialog.author.setText("A. Analyst")
    dialog.library.setText(str(tmp_path / "other"))
    user.press(dialog, "Save")
    user.wait(lambda: user.window.messages.isVisible())
    user.wait(lambda: load_preferences().author == "A. Analyst")
    other = open_desk(None)
    assert other.library.folder == tmp_path / "other"
    other.close()


def test_damaged_preferences_are_no_obstacle(briefing_home: Path) -> None:
    for damage in (b"\xff\xfe", b"[1]", b'{"theme": 3, "recent": [1, "a"], "layout": {"x": 1}, "new": true}'):
        preferences_file().parent.mkdir(parents=True, exist_ok=True)
        preferences_file().write_bytes(damage)
        assert load_preferences().theme == "system"


def test_a_library_that_cannot_be_opened_is_told_and_the_window_works_without_it(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    not_a_folder = tmp_path / "library"
    not_a_folder.write_text("a file", encoding="utf-8")
    desk = open_desk(not_a_folder)
    window = desk.open_window()
    after_show(desk, [])
    title = "The library cannot be opened"
    qtbot.waitUntil(lambda: any(one.text() == title for one in window.library.findChildren(QLabel)))
    assert any(str(not_a_folder) in one.text() for one in window.library.findChildren(QLabel))
    window.take(Session(full_briefing()))
    assert window.session is not None
    assert window.composer.isVisible()
    window.close_then(lambda: None)
    box = next(one for one in window.findChildren(QMessageBox) if one.isVisible())
    qtbot.mouseClick(next(one for one in box.buttons() if "Don" in one.text()), Qt.MouseButton.LeftButton)
    assert desk.windows == []
    desk.close()


def test_a_second_window_shows_the_same_library(user: User) -> None:
    user.wait(lambda: user.window.library.add_button.isEnabled())
    other = user.desk.open_window(Session(full_briefing()))
    user.wait(lambda: not other.library.is_searching and other.library.add_button.isEnabled())
    assert "Opening the library" not in "".join(one.text() for one in other.library.findChildren(QLabel))


def test_the_title_stands_over_the_sections_and_opens_the_properties(user: User) -> None:
    session = Session(full_briefing())
    user.window.documents.take(session)
    block = user.window.composer.findChild(TitleBlock)
    assert block.title.text() == session.briefing.meta.title
    session.do(SetMeta(replace(session.briefing.meta, title="Тишина", edition=7)), "Change properties")
    assert block.title.text() == "Тишина"
    assert "Edition 7" in block.about.text()
    user.bot.mouseClick(block, Qt.MouseButton.LeftButton)
    dialog = user.dialog(PropertiesDialog)
    assert dialog.title.text() == "Тишина"
    dialog.reject()


def test_a_briefing_that_opens_can_be_written_in_at_once(user: User) -> None:
    user.new_briefing("The strait")
    user.wait(lambda: isinstance(QApplication.focusWidget(), SectionEditor))
    assert user.window.composer.current_section_id() == user.window.session.briefing.sections[0].id


def test_cards_have_their_heights_in_the_event_that_resizes_the_window(user: User) -> None:
    window = user.window
    window.documents.take(Session(full_briefing()))
    QApplication.processEvents()
    for size in ((1024, 700), (1700, 900), (1024, 700)):
        window.resize(*size)
        at_once = [(card.width(), card.height()) for card in window.composer.findChildren(SectionCard)]
        for _ in range(5):
            QApplication.processEvents()
        assert [(card.width(), card.height()) for card in window.composer.findChildren(SectionCard)] == at_once
        assert window.composer.findChild(Column).horizontalScrollBar().maximum() == 0
