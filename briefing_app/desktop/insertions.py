"""What is put into the text by way of a dialog: links, notes, tables, pictures."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from briefing_app.desktop.desk import Desk
from briefing_app.desktop.dialogs.base import show_dialog
from briefing_app.desktop.dialogs.small import LinkDialog, NoteDialog, PictureDialog, TableDialog
from briefing_app.desktop.shell import Shell
from briefing_app.errors import UnreadableFile
from briefing_app.model.block import Picture
from briefing_app.model.plain import inline_text

_PICTURES = "Pictures (*.png *.jpg *.jpeg *.gif)"
_LARGEST = 50 << 20  # bytes of a picture


class Insertions(QObject):
    """Asks for what is to be inserted and hands it to the composer of one window."""

    def __init__(self, window: Shell, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk

    def link(self, url: str) -> None:
        """Ask for the address of the selected words; ``url`` is the present one."""
        dialog = LinkDialog(self._window, url)
        show_dialog(dialog, lambda: self._window.composer.set_link(dialog.address()))

    def note(self, note_id: str = "") -> None:
        """Ask for the words of a new note, or of one that stands in the text."""
        composer = self._window.composer
        note = composer.note(note_id) if note_id else None
        dialog = NoteDialog(self._window, inline_text(note.content) if note else "")

        def write() -> None:
            if note is None:
                composer.insert_note(dialog.words())
            else:
                composer.edit_note(note.id, dialog.words())

        show_dialog(dialog, write)

    def table(self) -> None:
        dialog = TableDialog(self._window)
        show_dialog(dialog, lambda: self._window.composer.insert_table(dialog.rows.value(), dialog.columns.value()))

    def picture(self, node_id: str = "") -> None:
        """Ask for a picture's file and what it shows; of one that stands in the text, only what it shows."""
        if node_id:
            self._describe_again(node_id)
            return
        chooser = QFileDialog(self._window, "Insert a picture", "", _PICTURES)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(lambda name: self.picture_from(Path(name)))
        chooser.open()

    def picture_from(self, path: Path) -> None:
        """Read a picture beside the window and ask for what it shows."""
        self._desk.files.run(lambda: read_picture(path), lambda read: self._describe(path, *read), self._window.report)

    def _describe_again(self, node_id: str) -> None:
        session = self._window.session
        picture = session.briefing.node(node_id) if session else None
        if isinstance(picture, Picture):
            dialog = PictureDialog(self._window, "This picture", picture.alt)
            show_dialog(dialog, lambda: self._window.composer.set_picture_alt(node_id, dialog.alt.text().strip()))

    def _describe(self, path: Path, data: bytes, media_type: str) -> None:
        dialog = PictureDialog(self._window, path.name)
        show_dialog(dialog, lambda: self._window.composer.insert_picture(data, media_type, dialog.alt.text().strip()))


def read_picture(path: Path) -> tuple[bytes, str]:
    """A picture's bytes and media type. Raises UnreadableFile."""
    media_type = mimetypes.guess_type(path.name)[0] or ""
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            raise UnreadableFile(f"{path.name} has {size >> 20} MB; a picture may have 50.", "Make it smaller first.")
        return path.read_bytes(), media_type
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}.", "Choose another picture.") from error
