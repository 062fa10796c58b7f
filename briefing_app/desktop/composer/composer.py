"""The composer: the column of sections in which a briefing is written."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from briefing_app.desktop.composer import menus
from briefing_app.desktop.composer.block_editor import BlockEditor
from briefing_app.desktop.composer.composer_commands import ComposerCommands


class Composer(ComposerCommands):
    """Shows a session's briefing and edits it. It opens no dialogs and reads no library: it asks by signals."""

    def show_menu(self, editor: BlockEditor, point: QPoint) -> None:
        menus.show_menu(self, editor, point)
