"""Sources in other scripts: what is selected is what is quoted, and translations stand beside the original."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest

from briefing_app.desktop.dialogs.small import TranslationDialog
from briefing_app.model.block import Quotation
from tests.desktop.conftest import User

RUSSIAN = "Порт Вельска снова открыт 🚢.\n\nМинистерство сняло ограничения «в полном объёме»."
ARABIC = "أعيد فتح الميناء أمس.\n\nقال المسؤول إن الحركة ستعود إلى طبيعتها 🚢 قريبا."


@pytest.mark.parametrize(
    ("text", "words", "language"),
    [
        (RUSSIAN, "Министерство сняло ограничения «в полном объёме».", "ru"),
        (ARABIC, "قال المسؤول إن الحركة ستعود إلى طبيعتها 🚢 قريبا.", "ar"),
    ],
)
def test_a_passage_is_quoted_in_translation(
    user: User, add_source: Callable[..., str], text: str, words: str, language: str
) -> None:
    source_id = add_source(text, title="Заметка", language=language)
    user.new_briefing("Scripts")
    session = user.window.documents.session
    assert session is not None
    user.window.passages.show_source(source_id)
    user.wait(lambda: user.window.reader.source_id == source_id and user.window.reader.view.is_whole)
    user.select(words)
    user.act("insert_translation")
    dialog = user.dialog(TranslationDialog)
    QTest.keyClicks(dialog.text, "Our own words.")
    user.press(dialog, "Save translation")
    user.wait(lambda: session.undo_label == "Insert quotation")
    excerpt = session.briefing.excerpts[0]
    assert (excerpt.text, excerpt.language) == (words, language)
    assert text[excerpt.start : excerpt.end] == words
    assert excerpt.translation is not None
    assert excerpt.translation.text == "Our own words."
    quotation = next(node for node in session.briefing.walk() if isinstance(node, Quotation))
    assert quotation.translated
    user.wait(lambda: user.window.reader.view.extraSelections())
    selection = user.window.reader.view.extraSelections()[0]
    assert selection.cursor.selectedText() == words


def test_a_word_in_another_script_is_found_and_highlighted(user: User, add_source: Callable[..., str]) -> None:
    add_source(RUSSIAN, title="Порт", language="ru")
    add_source("An unrelated text.", title="Other")
    user.search("ограничение", found=1)
    card = user.window.library.model.card(0)
    assert card is not None
    start, end = card.highlights[0]
    assert card.snippet[start:end].startswith("ограничен")


def test_a_click_on_a_citation_shows_its_passage_even_without_the_source(
    user: User, add_source: Callable[..., str]
) -> None:
    source_id = add_source("Before it. The cited words. After it.", title="Gone soon")
    user.new_briefing("Traces")
    session = user.window.documents.session
    assert session is not None
    user.window.passages.show_source(source_id)
    user.wait(lambda: user.window.reader.source_id == source_id)
    user.select("The cited words.")
    user.act("insert_citation")
    user.wait(lambda: session.briefing.excerpts)
    user.desk.library.change(lambda library: library.remove(source_id))
    user.wait(lambda: user.window.library.model.rowCount() == 0)
    user.window.composer.citation_activated.emit(session.briefing.excerpts[0].id)
    user.wait(lambda: user.window.reader.source_id == "")
    assert user.window.reader.view.toPlainText() == "Before it. The cited words. After it."
    assert "not in the library" in user.window.reader._notice.text()
