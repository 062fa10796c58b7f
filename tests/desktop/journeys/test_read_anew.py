"""A source that was read anew since a passage was quoted: the passage is shown where it stands now."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from briefing_app.library.store.packing import pack
from briefing_app.model.excerpt import sha256_text
from tests.desktop.conftest import User

TEXT = "Власти обвинили судно. Кабель перерезан ночью у маяка. Порт закрыт до утра."


def test_a_moved_passage_is_shown_and_taken_over(user: User, add_source: Callable[..., str]) -> None:
    source_id = add_source(TEXT, title="Кабель", language="ru")
    user.wait(lambda: user.window.library.model.rowCount() == 1)
    user.new_briefing("Cable")
    user.open_row(0)
    user.select("Кабель перерезан ночью у маяка.")
    user.act("insert_quotation")
    session = user.window.documents.session
    assert session is not None
    user.wait(lambda: session.briefing.excerpts)
    (excerpt,) = session.briefing.excerpts
    now = "НОВОСТИ ДНЯ\n\n" + TEXT
    connection = sqlite3.connect(user.desk.library.folder / "library.sqlite", timeout=10)
    with connection:
        connection.execute("UPDATE reading SET text = ?, text_sha256 = ?", (pack(now), sha256_text(now)))
        connection.execute("UPDATE source SET text_sha256 = ?", (sha256_text(now),))
    connection.close()
    user.window.passages.show_excerpt(excerpt.id)
    user.wait(lambda: "read again" in user.window.messages.text)
    passage = user.window.reader.passage()
    assert passage is not None
    assert now[passage.start : passage.end] == excerpt.text
    button = next(
        one for one in user.window.messages.findChildren(QPushButton) if one.text() == "Take over" and one.isVisible()
    )
    button.click()
    user.wait(lambda: session.briefing.excerpts[0].start == passage.start)
    assert session.briefing.excerpts[0].text == excerpt.text
    assert session.undo_label == "Take over the passage"
    assert user.window.reader.source_id == source_id


def test_a_source_is_read_again_from_its_kept_file(user: User, tmp_path: Path) -> None:
    saved = tmp_path / "note.txt"
    saved.write_text(TEXT, encoding="utf-8")
    user.window.imports.start([saved])
    user.wait(lambda: user.window.library.model.rowCount() == 1)
    user.open_row(0)
    saved.unlink()
    database = user.desk.library.folder / "library.sqlite"
    connection = sqlite3.connect(database, timeout=10)
    with connection:
        connection.execute("UPDATE reading SET text = ?, text_sha256 = ?", (pack("old"), sha256_text("old")))
        connection.execute("UPDATE source SET text_sha256 = ?, reader = 'txt/0'", (sha256_text("old"),))
    connection.close()
    user.window.library.deeds.command("read_again")
    user.wait(lambda: "of them 1 with another text" in user.window.messages.text)
    user.wait(lambda: "перерезан" in user.window.reader.view.toPlainText())
