"""Small dialogs that ask for one thing in the text: a link, a note, a picture's words, a translation, a table."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from briefing_app.desktop.dialogs.base import FormDialog
from briefing_app.desktop.widgets import spin_box
from briefing_app.model.excerpt import Translation


class LinkDialog(FormDialog):
    """Asks for the address that the selected words lead to; an empty one takes the link off."""

    def __init__(self, parent: QWidget | None, url: str = "") -> None:
        super().__init__(parent, "Link", "Set link")
        self.url = self.add_line("Address", url, "https://…")
        self.add_note("Leave the address empty to take the link off.")

    def check(self) -> str:
        text = self.address()
        if text and not text.lower().startswith(("https://", "http://", "mailto:")):
            return "Begin the address with https://, http:// or mailto:."
        if any(char.isspace() for char in text):
            return "An address has no spaces in it."
        return ""

    def address(self) -> str:
        return self.url.text().strip()


class NoteDialog(FormDialog):
    """Asks for the words of a note."""

    def __init__(self, parent: QWidget | None, text: str = "") -> None:
        super().__init__(parent, "Note", "Save note" if text else "Insert note")
        self.text = self.add_text("Note", text, lines=5)
        self.text.setFocus()

    def check(self) -> str:
        return "" if self.words() else "Write the note first."

    def words(self) -> str:
        return self.text.toPlainText().strip()


class PictureDialog(FormDialog):
    """Asks what a picture shows, for readers who cannot see it."""

    def __init__(self, parent: QWidget | None, file_name: str, alt: str = "") -> None:
        super().__init__(parent, "Picture", "Save" if alt else "Insert picture")
        self.alt = self.add_line("Shows", alt, "such as: Map of the harbour with both berths")
        self.add_note(f"{file_name}: the words are read out to those who cannot see the picture.")

    def check(self) -> str:
        return "" if self.alt.text().strip() else "Say in a few words what the picture shows."


class TableDialog(FormDialog):
    """Asks for the size of a new table."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, "Table", "Insert table", width=320)
        self.rows, self.columns = spin_box(1, 200, 3), spin_box(1, 20, 3)
        self.add_row("Rows", self.rows)
        self.add_row("Columns", self.columns)


class TranslationDialog(FormDialog):
    """Asks for the analyst's own translation of a passage, which stays beside it word for word."""

    def __init__(
        self,
        parent: QWidget | None,
        original: str,
        *,
        translation: Translation | None,
        language: str,
        translator: str,
    ) -> None:
        super().__init__(parent, "Translation", "Save translation", width=600)
        passage: QPlainTextEdit = self.add_text("Passage", original, lines=4)
        passage.setReadOnly(True)
        self.text = self.add_text("Translation", translation.text if translation else "", lines=5)
        self.language = self.add_line("Into", translation.language if translation else language, "such as en")
        self.translator = self.add_line("Translator", translation.translator if translation else translator)
        self.add_note("The export marks it as a translation and keeps the original beside it.")
        self.text.setFocus()

    def check(self) -> str:
        if not self.text.toPlainText().strip():
            return "Write the translation first."
        return "" if self.language.text().strip() else "Name the language of the translation, such as en."

    def translation(self) -> Translation:
        return Translation(
            text=self.text.toPlainText().strip(),
            language=self.language.text().strip(),
            translator=self.translator.text().strip(),
        )
