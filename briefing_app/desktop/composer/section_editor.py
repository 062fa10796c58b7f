"""The text of one section, as it is written: keys, the clipboard, drops."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QKeyEvent

from briefing_app.app.ids import new_id
from briefing_app.desktop.composer import keys
from briefing_app.desktop.composer.block_editor import BlockEditor
from briefing_app.desktop.composer.clipboard import mime_of_selection
from briefing_app.desktop.composer.drops import copy_of
from briefing_app.desktop.composer.passages import PASSAGE_TYPE


class SectionEditor(BlockEditor):
    """Gives keys, the clipboard and drops their meaning in a section's text."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not keys.handle(self, event):
            super().keyPressEvent(event)
        self.commit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        cursor = self.cursorForPosition(event.pos())
        chosen = self.textCursor()
        inside = chosen.selectionStart() <= cursor.position() <= chosen.selectionEnd() and chosen.hasSelection()
        if event.reason() is QContextMenuEvent.Reason.Mouse and not inside:
            self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.menu_requested.emit(event.globalPos())

    def createMimeDataFromSelection(self) -> QMimeData:
        return mime_of_selection(self)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return (
            source.hasFormat(PASSAGE_TYPE)
            or source.hasText()
            or source.hasHtml()
            or source.hasImage()
            or source.hasUrls()
        )

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.commit()
        self.host.paste(self, source)

    def drop_text(self, event: QDropEvent) -> None:
        """Put what is dropped where it is dropped; text of this section itself is moved there, as one step."""
        target = self.cursorForPosition(event.position().toPoint())
        chosen = self.textCursor()
        data = copy_of(event.mimeData())
        merge = f"move {new_id()}"
        if event.source() in (self, self.viewport()) and event.dropAction() is Qt.DropAction.MoveAction:
            if chosen.selectionStart() <= target.position() <= chosen.selectionEnd():
                return
            chosen.removeSelectedText()
            self.setTextCursor(chosen)
            self.commit("Move text", merge=merge)
        self.setTextCursor(target)
        self.host.paste(self, data, merge=merge)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
