"""From a folder of saved articles to an exported briefing, in the window, by real events."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from briefing_app.app.session import Session
from briefing_app.desktop.dialogs.export import ExportDialog
from briefing_app.desktop.dialogs.import_report import ImportReportDialog
from briefing_app.desktop.dialogs.properties import PropertiesDialog
from briefing_app.desktop.library.cards import USED_ROLE
from briefing_app.model.block import Quotation
from tests.desktop.conftest import User


def test_the_first_start_says_what_to_do(user: User) -> None:
    window = user.window
    user.wait(lambda: window.library._empty.isVisible() and not window.library.is_searching)
    words = " ".join(one.text() for one in window.library._empty.findChildren(type(window.library._found)))
    assert "Your library is empty" in words
    assert "Drop saved articles here" in words
    assert window.start_page.new_button.isVisible()
    assert not window.actions_["save"].isEnabled()
    assert not window.top_bar.export_button.isEnabled()
    assert "No briefing is open" in window.status.state.text()


def test_from_a_folder_of_articles_to_an_exported_briefing(user: User, repository: Path, tmp_path: Path) -> None:
    window = user.window
    _import_folder(user, repository / "resources" / "samples" / "sources")
    user.new_briefing("Who cut the cable")
    assert "Not saved yet" in window.status.state.text()
    _quote(user)
    _undo_and_redo(user)
    _set_marking(user)
    saved = _save(user, tmp_path / "cable.briefing")
    _export(user, tmp_path / "cable.docx", "docx")
    _export(user, tmp_path / "cable.pdf", "pdf")
    assert (tmp_path / "cable.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "cable.docx").read_bytes().startswith(b"PK")
    _reopen(user, saved)


def _import_folder(user: User, folder: Path) -> None:
    window = user.window
    window.imports.start([folder, folder / "01-strait-courier-cable-fault.html"])
    assert window.library.import_bar.isVisible()
    user.wait(lambda: not window.imports.is_running)
    assert "15 imported" in window.messages.text
    assert "0 failed" in window.messages.text
    for report in window.findChildren(ImportReportDialog):
        report.accept()
    user.wait(lambda: window.library.model.rowCount() == 15)


def _quote(user: User) -> None:
    window = user.window
    user.search("earthquake trawls", found=1)
    user.open_row(0)
    assert window.reader.view.extraSelections(), "the words that were searched for are highlighted"
    session = window.documents.session
    assert session is not None
    window.composer.go_to(session.briefing.sections[1].id)
    user.select("six times by anchors, twice by trawls, once by an earthquake")
    assert window.reader.bar.isVisible()
    user.bot.mouseClick(window.reader.bar.buttons["quotation"], Qt.MouseButton.LeftButton)
    user.wait(lambda: session.undo_label == "Insert quotation")
    quotation = next(block for block in session.briefing.sections[1].blocks if isinstance(block, Quotation))
    excerpt = session.briefing.excerpt(quotation.excerpt_id)
    assert excerpt is not None
    assert excerpt.text == "six times by anchors, twice by trawls, once by an earthquake"
    assert excerpt.is_intact
    user.wait(lambda: window.library.model.index(0, 0).data(USED_ROLE) == 1)
    assert "1 citation" in window.status.state.text()


def _undo_and_redo(user: User) -> None:
    window, session = user.window, user.window.documents.session
    assert session is not None
    after = session.briefing
    assert window.actions_["undo"].text() == "Undo Insert quotation"
    user.act("undo")
    assert not session.briefing.excerpts
    assert window.actions_["redo"].text() == "Redo Insert quotation"
    user.act("redo")
    assert session.briefing == after


def _set_marking(user: User) -> None:
    user.act("properties")
    dialog = user.dialog(PropertiesDialog)
    dialog.marking.setCurrentText("TLP:GREEN")
    dialog.edition.setValue(2)
    user.press(dialog, "Save")
    user.wait(lambda: user.window.status.marking.text() == "TLP:GREEN")
    assert "Edition 2" in user.window.status.about.text()


def _save(user: User, target: Path) -> Path:
    user.act("save")
    user.choose_file(target)
    user.wait(target.exists)
    user.wait(lambda: user.window.status.state.text().startswith("Saved "))
    assert not user.window.isWindowModified()
    return target


def _export(user: User, target: Path, format: str) -> None:
    user.act("export")
    dialog = user.dialog(ExportDialog)
    user.wait(dialog.accept_button.isEnabled)
    assert dialog.findings.count(), "empty sections are told before the export"
    getattr(dialog, format).setChecked(True)
    dialog.target.setText(str(target))
    user.press(dialog, "Export")
    user.wait(lambda: dialog.accept_button.text() == "Close")
    assert target.exists()
    user.press(dialog, "Close")
    user.wait(lambda: not [one for one in user.window.findChildren(QDialog) if one.isVisible()])


def _reopen(user: User, saved: Path) -> None:
    session = user.window.documents.session
    assert session is not None
    user.act("close")
    user.wait(lambda: not user.desk.windows)
    window = user.desk.open_window()
    window.documents.open_path(saved)
    user.wait(lambda: window.documents.session is not None)
    again = window.documents.session
    assert again is not None
    assert again.briefing == session.briefing == Session.open(saved)[0].briefing
    assert str(saved) in user.desk.preferences.recent


def test_keys_insert_what_is_selected(user: User, add_source: object) -> None:
    add_source("Nothing else here. The port reopened on Monday.", title="Harbour note")  # type: ignore[operator]
    user.new_briefing("Keys")
    session = user.window.documents.session
    assert session is not None
    user.wait(lambda: user.window.library.model.rowCount() == 1)
    user.open_row(0)
    user.select("The port reopened on Monday.")
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(user.window.reader.view, Qt.Key.Key_S, modifiers)
    user.wait(lambda: "sentence" in session.undo_label)
    user.select("Nothing else here.")
    QTest.keyClick(user.window.reader.view, Qt.Key.Key_C, modifiers)
    user.wait(lambda: session.undo_label == "Insert citation")
    assert [excerpt.text for excerpt in session.briefing.excerpts] == [
        "The port reopened on Monday.",
        "Nothing else here.",
    ]
