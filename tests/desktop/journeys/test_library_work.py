"""Working through the library in the window: a morning's inbox, narrowing, saving, grading, reprints, imports."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from briefing_app.app.composing import section_name
from briefing_app.app.finding import ALL, STARRED, Chosen
from briefing_app.app.library_access import open_library
from briefing_app.app.session import Session
from briefing_app.desktop.dialogs.application import PreferencesDialog
from briefing_app.desktop.dialogs.import_report import ImportReportDialog
from briefing_app.desktop.dialogs.library import NameDialog
from briefing_app.desktop.dialogs.source_fields import SEVERAL, SourceFieldsDialog
from briefing_app.desktop.popover import Popover
from briefing_app.desktop.start import after_show, open_desk
from briefing_app.model.block import Quotation
from briefing_app.model.edit import SetText
from briefing_app.model.inline import Text
from tests.desktop.conftest import User
from tests.samples import full_briefing

Key = Qt.Key
Add = Callable[..., str]
_STORY = (
    "The ferry to Lindhavn was stopped for six hours on Monday after its bow door failed to close. The harbour office"
    " said that a hinge had broken in the night and that nobody was hurt. The operator has ordered the part from its"
    " yard in the north and hopes to sail again by Friday evening. Two hundred lorries waited on the quay, and the"
    " town opened its school hall for the drivers, who were given soup and beds by the fire brigade."
)


@pytest.fixture
def morning(user: User) -> User:
    """Six sources that have come in, in two languages and of three outlets."""
    added: list[str] = []

    def fill(library: Any) -> None:
        from briefing_app.model.reading import Fields

        for number, (outlet, language) in enumerate(
            [("Courier", "en"), ("Courier", "en"), ("Gazette", "en"), ("Вестник", "ru"), ("Gazette", "en")]
        ):
            text = f"Report number {number} about the port. It has a second sentence on cables."
            fields = Fields(
                title=f"Report {number}", outlet=outlet, language=language, published=f"2026-11-0{number + 1}"
            )
            added.append(library.add_text(text, fields).id)

    user.desk.library.change(fill)
    user.wait(lambda: len(added) == 5 and user.window.library.model.rowCount() == 5)
    return user


def titles(user: User) -> list[str]:
    model = user.window.library.model
    return [card.title for row in range(model.rowCount()) if (card := model.card(row)) is not None]


def settle(user: User) -> None:
    """Wait until what was done has reached the library and the list has asked again."""
    library = user.window.library
    user.wait(lambda: not library.curator.is_busy and not library._gathering.isActive() and not library.is_searching)


def press(user: User, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(user.window.library.list, key)


def states(user: User) -> dict[str, Any]:
    """What the library itself knows of its sources, by title."""
    found: list[dict[str, Any]] = []

    def read(library: Any) -> dict[str, Any]:
        rows = library.rows(0, 100)
        known = library.states([source.id for source in rows])
        return {source.display_title: known[source.id] for source in rows}

    user.desk.library.ask(read, found.append)
    user.wait(lambda: found)
    return found[0]


def test_a_morning_is_triaged_by_keys(morning: User) -> None:
    user, library = morning, morning.window.library
    user.window.documents.take(Session(full_briefing()))
    user.wait(lambda: library.bars.inbox.text() == "5")
    library.bars.inbox.click()
    user.wait(lambda: titles(user) == [f"Report {number}" for number in (4, 3, 2, 1, 0)])
    assert library.list.hasFocus()
    user.wait(library.foot.keys.isVisible)
    user.wait(lambda: library.list.selected_ranges() == [(0, 0)])
    press(user, Key.Key_J, Key.Key_P)
    press(user, Key.Key_K, Key.Key_D, Key.Key_D)  # 4 kept, 3 and 2 dropped, without waiting for anything
    assert titles(user) == ["Report 1", "Report 0"]
    assert library.list.currentIndex().row() == 0
    press(user, Key.Key_S)
    settle(user)
    press(user, Key.Key_Z, Key.Key_Z)  # the star and the second drop are taken back
    user.wait(lambda: titles(user) == ["Report 2", "Report 1", "Report 0"])
    settle(user)
    assert library.answers.current_card().title == "Report 2"  # type: ignore[union-attr]
    press(user, Key.Key_T)
    popover = user.dialog_like(Popover)
    QTest.keyClicks(popover.words, "ports")
    QTest.keyClick(popover.words, Key.Key_Return)
    QTest.keyClick(popover.words, Key.Key_Escape)
    user.wait(library.list.hasFocus)
    settle(user)
    press(user, Key.Key_2)  # its first paragraph goes to the second section, and it is kept
    session = user.window.session
    assert session is not None
    user.wait(lambda: session.undo_label == "Insert quotation")
    user.wait(lambda: titles(user) == ["Report 1", "Report 0"])
    settle(user)
    second = [section for section, _ in session.briefing.all_sections()][1]
    quoted = second.blocks[-1]
    assert isinstance(quoted, Quotation)
    excerpt = session.briefing.excerpt(quoted.excerpt_id)
    assert excerpt is not None
    assert excerpt.text == "Report number 2 about the port. It has a second sentence on cables."
    press(user, Key.Key_K, Key.Key_D)
    user.wait(lambda: library._empty.isVisible())
    assert library._empty._title.text() == "The inbox is empty. Well done."
    settle(user)
    known = states(user)
    assert {title: state.triage for title, state in known.items()} == {
        **dict.fromkeys(("Report 4", "Report 2", "Report 1"), "kept"),
        **dict.fromkeys(("Report 3", "Report 0"), "dropped"),
    }
    assert known["Report 2"].tags == ("ports",)
    assert not any(state.starred for state in known.values())
    user.wait(lambda: not library.views.counts["inbox"])


def test_what_is_chosen_among_the_answers_narrows_them(morning: User) -> None:
    user, library = morning, morning.window.library
    library.bars.facets.click()
    popover = user.dialog_like(Popover)
    user.wait(lambda: popover.list.count() > 3)
    words = [popover.list.item(row).text() for row in range(popover.list.count())]
    assert words[:4] == ["Outlet", "Courier", "Gazette", "Вестник"]
    QTest.keyClicks(popover.words, "gaz")
    QTest.keyClick(popover.words, Key.Key_Return)
    user.wait(lambda: sorted(titles(user)) == ["Report 2", "Report 4"])
    popover.words.clear()
    user.wait(lambda: popover.list.item(1).text() == "Gazette" and popover.list.count() > 4)
    QTest.keyClicks(popover.words, "cour")  # another outlet beside it: either will do
    QTest.keyClick(popover.words, Key.Key_Return)
    user.wait(lambda: len(titles(user)) == 4)
    QTest.keyClick(popover.words, Key.Key_Escape)
    assert [chip.text() for chip in library.chips.chips] == ["Gazette  ×", "Courier  ×", "Clear all"]
    user.search("number 1", found=1)
    user.bot.mouseClick(library.chips.chips[0], Qt.MouseButton.LeftButton)
    assert library.asked.chosen == Chosen((("outlet", "Courier"),))
    user.wait(lambda: titles(user) == ["Report 1"])
    library.clear_search()
    user.wait(lambda: len(titles(user)) == 5)
    assert not library.chips.isVisible()


def test_a_saved_search_is_there_after_a_restart(morning: User, library_folder: Path) -> None:
    user, library = morning, morning.window.library
    user.search("outlet:gazette cables", found=2)
    user.press(user.window, "Save this search")
    dialog = user.dialog(NameDialog)
    assert dialog.query.text() == "outlet:gazette cables"
    QTest.keyClicks(dialog.name, "Gazette on cables")
    user.press(dialog, "Save")
    user.wait(lambda: library.asked.view.title == "Gazette on cables" and not library.search.text())
    user.wait(lambda: sorted(titles(user)) == ["Report 2", "Report 4"])
    user.desk.housekeeping.close()
    user.desk.library.close()
    again = open_desk(library_folder)
    try:
        window = again.open_window()
        after_show(again, [])
        after = User(user.bot, again, window)  # type: ignore[arg-type]
        after.wait(lambda: any(view.title == "Gazette on cables" for view in window.library.views.collections))
        window.library.view_button.click()
        popover = after.dialog_like(Popover)
        QTest.keyClick(popover.list, Key.Key_End)
        after.wait(lambda: any("saved" in popover.list.item(n).text().casefold() for n in range(popover.list.count())))
        row = next(n for n in range(popover.list.count()) if popover.list.item(n).text() == "Gazette on cables")
        popover.list.setCurrentRow(row)
        QTest.keyClick(popover.list, Key.Key_Return)
        after.wait(lambda: sorted(titles(after)) == ["Report 2", "Report 4"])
        assert window.library.model.card(0).highlights  # type: ignore[union-attr]
    finally:
        window.close()
        again.close()


def test_several_sources_are_changed_together(morning: User) -> None:
    user, library = morning, morning.window.library
    library.list.setFocus()
    library.list.selectAll()
    assert library.foot.selection.isVisible()
    press(user, Key.Key_F)
    dialog = user.dialog(SourceFieldsDialog)
    assert dialog.windowTitle() == "Fields of 5 sources"
    assert dialog.outlet.placeholderText() == SEVERAL
    dialog.reliability.setCurrentIndex(dialog.reliability.findData("B"))
    dialog.tags.setText("ports, november")
    user.press(dialog, "Save")
    user.wait(lambda: all(library.model.card(row) and library.model.card(row).grade == "B" for row in range(5)))  # type: ignore[union-attr]
    user.wait(lambda: {state.tags for state in states(user).values()} == {("november", "ports")})
    assert library.model.card(0).outlet == "Gazette"  # type: ignore[union-attr]  # where they differ nothing is changed
    settle(user)
    assert len(library.curator.selected_cards()) == 5, "what was selected still is"
    press(user, Key.Key_S)
    settle(user)
    library.show_view(STARRED)
    user.wait(lambda: library.asked.view == STARRED and len(titles(user)) == 5)
    library.deeds.command("undo")
    user.wait(lambda: library._empty.isVisible())


def test_a_reprint_is_shown_with_its_origin_and_can_be_said_to_be_none(user: User, add_source: Add) -> None:
    library = user.window.library
    origin = add_source(_STORY, title="Ferry stopped", outlet="Courier", published="2026-11-02")
    reprint = add_source(f"{_STORY}\n\nAgency", title="Lorries wait", outlet="Gazette", published="2026-11-03")
    user.wait(lambda: library.model.rowCount() == 1 and library.model.card(0) and library.model.card(0).reprints == 1)  # type: ignore[union-attr]
    library.list.setFocus()
    library.list.setCurrentIndex(library.model.index(0, 0))
    press(user, Key.Key_R)
    user.wait(lambda: titles(user) == ["Ferry stopped", "Lorries wait"])
    assert library.model.card(0).why == "earliest"  # type: ignore[union-attr]
    assert "in common" in library.model.card(1).why  # type: ignore[union-attr]
    library.list.setCurrentIndex(library.model.index(1, 0))
    user.press(user.window, "Not a reprint")
    settle(user)
    press(user, Key.Key_Escape)
    user.wait(lambda: library.answers.fixed is None and sorted(titles(user)) == ["Ferry stopped", "Lorries wait"])
    assert not library.model.card(0).reprints  # type: ignore[union-attr]
    user.desk.library.close()
    with open_library(user.desk.library.folder, write=False) as opened:
        assert opened.reprint_group(origin) == opened.reprint_group(reprint) == ()


def test_the_like_of_a_passage_and_what_a_section_wants_are_listed(user: User, add_source: Add) -> None:
    library, reader = user.window.library, user.window.reader
    add_source(_STORY, title="Ferry stopped", outlet="Courier")
    add_source(
        "Lorries waited on the quay when the ferry to Lindhavn failed again in June.", title="Quay", outlet="Post"
    )
    for number in range(12):
        story = f"The museum of town {number} has bought a painting of a mill by an artist, and it is two on the list."
        add_source(story, title=f"Museum {number}", outlet=f"Paper {number}")
    user.window.documents.take(Session(full_briefing()))
    user.search("ferry bow door", found=1)
    user.open_row(0)
    user.select("Two hundred lorries waited on the quay")
    user.bot.mouseClick(reader.bar.buttons["similar"], Qt.MouseButton.LeftButton)
    user.wait(lambda: titles(user) == ["Quay"])
    assert library.bars.heading.whole == "More like the passage of “Ferry stopped”"
    library.bars.back.click()
    user.wait(lambda: titles(user) == ["Ferry stopped"] and library.answers.fixed is None)
    session = user.window.session
    assert session is not None
    section = session.briefing.sections[1]
    session.do(SetText(section.blocks[0].id, (Text("Ferry and lorries on the quay of Lindhavn"),)), "Type")
    user.window.composer.go_to(section.id)
    library.view_button.click()
    popover = user.dialog_like(Popover)
    row = next(n for n in range(popover.list.count()) if popover.list.item(n).text().startswith("For section"))
    popover.list.setCurrentRow(row)
    QTest.keyClick(popover.list, Key.Key_Return)
    user.wait(lambda: set(titles(user)[:2]) == {"Quay", "Ferry stopped"})
    assert library.bars.heading.whole == f"For section: {section_name(section)}"
    assert library.model.card(0).why  # type: ignore[union-attr]


def test_an_import_is_held_goes_on_and_its_failures_are_tried_again(user: User, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number}.txt").write_text(f"Article {number} about ports.", encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    (folder / "other.pdf").write_bytes(b"%PDF-1.4 and nothing either")
    bar = user.window.library.import_bar
    user.window.library.search.setFocus()
    user.window.imports.start([folder])
    bar.pause.click()
    assert bar.paused
    user.wait(lambda: bar._what.whole.startswith("Paused at"))
    assert user.window.imports.is_running
    bar.pause.click()
    report = user.dialog(ImportReportDialog)
    assert "40 imported" in user.window.messages.text
    report.choice.setCurrentIndex(report.choice.findData("Failed"))
    assert report.table.model().rowCount() == 2
    assert report.again.isEnabled()
    user.press(report, "Try again")
    again = user.dialog(ImportReportDialog)
    user.wait(lambda: "0 imported, 0 already there, 2 failed" in user.window.messages.text)
    user.press(again, "Close")


def test_what_is_saved_in_a_watched_folder_appears(user: User, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    article = folder / "article.txt"
    article.write_text("An article that was saved here a while ago.", encoding="utf-8")
    os.utime(article, (1_700_000_000, 1_700_000_000))  # at rest, as files are that were not saved just now
    user.act("preferences")
    dialog = user.dialog(PreferencesDialog)
    dialog.watched.take(str(folder))
    user.press(dialog, "Save")
    user.wait(lambda: "From a watched folder: 1 new source" in user.window.messages.text)
    user.wait(lambda: user.window.library.model.rowCount() == 1)
    user.act("preferences")
    dialog = user.dialog(PreferencesDialog)
    assert dialog.watched.folders() == [folder]
    dialog.watched.list.setCurrentRow(0)
    user.press(dialog, "Remove")
    user.press(dialog, "Save")
    watched: list[Any] = []
    user.desk.library.change(lambda library: library.watched(), watched.append)
    user.wait(lambda: watched == [()])


def test_the_query_line_completes_fields_and_their_values(morning: User) -> None:
    user, search = morning, morning.window.library.search
    search.setFocus()
    QTest.keyClicks(search, "outl")
    user.wait(search.options.isVisible)
    QTest.keyClick(search, Key.Key_Tab)
    assert search.text() == "outlet:"
    QTest.keyClicks(search, "ga")
    user.wait(lambda: search.options.isVisible() and search.options.item(0).text().startswith("outlet:Gazette"))
    QTest.keyClick(search, Key.Key_Down)
    QTest.keyClick(search, Key.Key_Return)
    assert search.text() == "outlet:Gazette "
    user.wait(lambda: len(titles(user)) == 2)
    assert user.window.library.asked.view == ALL
