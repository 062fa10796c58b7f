"""Issue an edition, write on, see what differs, draft what changed: through the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextBrowser

from briefing_app.app.comparing.compare import compare
from briefing_app.app.issuing import Register
from briefing_app.app.session import Session
from briefing_app.desktop.dialogs.comparison import NOW, ComparisonDialog
from briefing_app.desktop.dialogs.difference_page import make_page, mixed
from briefing_app.desktop.dialogs.editions import EditionsDialog, EditionView
from briefing_app.desktop.dialogs.issue import IssueDialog
from briefing_app.desktop.theme import DARK, LIGHT, Colours
from briefing_app.model.block import Paragraph
from briefing_app.model.edit import Insert, Move, Put, Remove, SetText, apply
from briefing_app.model.inline import Citation, Text
from briefing_app.model.plain import inline_text
from briefing_app.storage.file import load
from tests.desktop.conftest import User
from tests.samples import full_briefing


def _take(user: User) -> Session:
    session = Session(full_briefing())
    user.window.documents.take(session)
    return session


def _issue(user: User, note: str = "") -> None:
    user.act("issue")
    dialog: IssueDialog = user.dialog(IssueDialog)
    user.wait(dialog.accept_button.isEnabled)
    QTest.keyClicks(dialog.note, note)
    QTest.keyClick(dialog.note, Qt.Key.Key_Return)
    user.wait(lambda: not [one for one in user.window.findChildren(IssueDialog) if one.isVisible()])
    user.return_to_window()


def _change(session: Session) -> None:
    """A paragraph has other words, one has come, one has gone, and a section another name."""
    lead = next(session.briefing.all_sections())[0]
    block = next(one for one in lead.blocks if isinstance(one, Paragraph))
    session.do(SetText(block.id, (Text("Insurers have raised their rates again."),)), "Type")
    session.do(Insert(lead.id, 0, Paragraph("came", (Text("أُغلق المرفأ يوم الاثنين."),))), "Type")
    session.do(SetText("sec-views", (Text("Other voices"),)), "Rename section")


def test_an_edition_is_issued_compared_and_told(user: User, library_folder: Path, tmp_path: Path) -> None:
    session = _take(user)
    number = session.briefing.meta.edition
    _issue(user, "For the board")
    assert session.briefing.meta.edition == number + 1
    assert f"Edition {number} is issued" in user.window.messages.text
    assert user.window.actions_["undo"].text() == f"Undo Go on with edition {number + 1}"
    (record,) = Register(library_folder).editions(session.briefing.id).records
    assert (record.edition, record.note, record.marking) == (number, "For the board", session.briefing.meta.marking)
    _change(session)

    user.act("editions")
    editions: EditionsDialog = user.dialog(EditionsDialog)
    user.wait(lambda: editions.list.topLevelItemCount() == 1)
    assert editions.list.topLevelItem(0).text(3) == "For the board"
    assert record.sha256 in editions.details.text()
    QTest.keyClick(editions.list, Qt.Key.Key_Return)  # opens it, read only
    view: EditionView = user.dialog(EditionView)
    user.wait(lambda: view.preview.is_current and view.preview.view.is_drawn)
    user.press(view, "Save a copy…")
    user.choose_file(tmp_path / "copy.briefing")
    user.wait((tmp_path / "copy.briefing").is_file)
    assert load(tmp_path / "copy.briefing").briefing.meta.edition == number
    user.press(view, "Close")
    user.bot.mouseClick(editions.compare_button, Qt.MouseButton.LeftButton)
    dialog: ComparisonDialog = user.dialog(ComparisonDialog)
    user.wait(lambda: dialog.list.count() > 1)
    assert dialog.pair == (number, NOW)
    assert "Was “" in dialog.text.toPlainText()
    QTest.keyClick(dialog.text, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert dialog.count.text().startswith("1 of ")
    QTest.keyClick(dialog.text, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert dialog.list.currentRow() >= 0
    assert _words(dialog.text, QColor(dialog._colours.good)).count("أُغلق المرفأ يوم الاثنين.") == 1
    user.press(dialog, "Draft “what changed”")
    user.return_to_window()
    (section,) = [one for one, _ in session.briefing.all_sections() if one.key == "changes"]
    assert inline_text(section.heading) == f"What changed since edition {number}"
    assert user.window.actions_["undo"].text() == "Undo Draft what changed"
    user.act("undo")
    assert not [one for one, _ in session.briefing.all_sections() if one.key == "changes"]


def _words(text: QTextBrowser, colour: QColor) -> list[str]:
    """The runs of the document that are drawn in a colour."""
    found = []
    block = text.document().begin()
    while block.isValid():
        runs = block.begin()
        while not runs.atEnd():
            if runs.fragment().charFormat().foreground().color() == colour:
                found.append(runs.fragment().text())
            runs += 1
        block = block.next()
    return found


def test_what_is_wrong_is_listed_and_nothing_is_issued(user: User, library_folder: Path) -> None:
    session = _take(user)
    first = session.briefing.excerpts[0]
    session.do(Put(replace(first, text="Nobody wrote this.")), "Spoil")
    user.act("issue")
    dialog: IssueDialog = user.dialog(IssueDialog)
    user.wait(dialog.findings.isVisible)
    assert "must be mended" in dialog.state.text()
    assert not dialog.accept_button.isEnabled()
    QTest.keyClick(dialog.note, Qt.Key.Key_Return)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    user.return_to_window()
    assert Register(library_folder).briefing_ids() == ()


def test_two_editions_are_compared_and_a_damaged_one_is_told(user: User, library_folder: Path) -> None:
    session = _take(user)
    user.act("compare")
    user.wait(lambda: "nothing to compare with" in user.window.messages.text)
    user.act("editions")
    editions: EditionsDialog = user.dialog(EditionsDialog)
    user.wait(editions.empty.isVisible)
    QTest.keyClick(editions, Qt.Key.Key_Escape)
    user.return_to_window()
    first = session.briefing.meta.edition
    _issue(user)
    _change(session)
    _issue(user)
    user.act("compare")
    dialog: ComparisonDialog = user.dialog(ComparisonDialog)
    user.wait(lambda: "1 difference" in dialog.count.text())  # the number on the title page
    dialog.choose(first, first + 1)
    user.wait(lambda: dialog.list.count() > 2)
    assert not dialog.draft_button.isEnabled()
    dialog.choose(first, first)
    user.wait(lambda: "Nothing differs" in dialog.text.toPlainText())
    register = Register(library_folder)
    frozen = library_folder / "register" / "frozen"
    sha256 = register.editions(session.briefing.id).records[0].sha256
    damaged = frozen / sha256[:2] / f"{sha256}.briefing"
    damaged.chmod(0o644)
    damaged.write_bytes(b"other")
    dialog.choose(first, NOW)
    user.wait(lambda: "was changed since it was issued" in dialog.text.toPlainText())
    user.press(dialog, "Close")
    user.act("editions")
    editions = user.dialog(EditionsDialog)
    user.wait(lambda: editions.list.topLevelItemCount() == 2)
    assert editions.compare_button.isEnabled()
    editions.list.setCurrentItem(editions.list.topLevelItem(1))
    assert "Damaged" in editions.details.text()
    assert not editions.compare_button.isEnabled()
    QTest.keyClick(editions, Qt.Key.Key_Escape)


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [value / 255 for value in QColor(colour).getRgb()[:3]]
        r, g, b = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_differences_are_told_by_more_than_colour_and_can_be_read(user: User) -> None:
    old = full_briefing()
    new = apply(old, Remove(next(old.all_sections())[0].blocks[0].id)).briefing
    new = apply(new, Insert("sec-views", 0, Paragraph("n", (Text("New words."), Citation("c", "x-1"))))).briefing
    blocks = [block for section, _ in old.all_sections() if section.id != "sec-views" for block in section.blocks]
    new = apply(new, Move(blocks[-1].id, "sec-views", 0)).briefing
    for colours in (LIGHT, DARK):
        page = make_page(compare(old, new), colours, 14, only_differences=False)
        assert len(page.differences) > 2
        words = page.document.toPlainText()
        assert "Moved from “" in words
        assert "Moved to “" in words
        assert "New" in words
        assert "Removed" in words
        _see_formats(page.document.begin(), colours)
        for colour in (colours.good, colours.danger):
            assert _contrast(colour, mixed(colour, colours.panel, 0.08)) >= 4.5


def _see_formats(block: object, colours: Colours) -> None:
    """What is struck is red, what is underlined is green, and there is both."""
    seen: set[str] = set()
    while block.isValid():  # type: ignore[attr-defined]
        runs = block.begin()  # type: ignore[attr-defined]
        while not runs.atEnd():
            format: QTextCharFormat = runs.fragment().charFormat()
            colour = format.foreground().color()
            assert not format.fontStrikeOut() or colour == QColor(colours.danger)
            underlined = format.underlineStyle() != QTextCharFormat.UnderlineStyle.NoUnderline
            assert not underlined or colour == QColor(colours.good)
            seen.update({"struck"} if format.fontStrikeOut() else {"underlined"} if underlined else ())
            runs += 1
        block = block.next()  # type: ignore[attr-defined]
    assert seen == {"struck", "underlined"}
