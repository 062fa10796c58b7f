"""Small questions about keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_COMMAND = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def is_undo(event: QKeyEvent) -> bool:
    """Ctrl+Z, or what the system uses."""
    return event.matches(QKeySequence.StandardKey.Undo)


def is_redo(event: QKeyEvent) -> bool:
    """Ctrl+Y and Ctrl+Shift+Z on every system, besides what it uses itself."""
    if event.matches(QKeySequence.StandardKey.Redo):
        return True
    modifiers = event.modifiers()
    if event.key() == Qt.Key.Key_Y:
        return modifiers == _COMMAND
    return event.key() == Qt.Key.Key_Z and modifiers == _COMMAND | _SHIFT


def is_command(event: QKeyEvent, key: Qt.Key) -> bool:
    """Ctrl and this key, and nothing else."""
    return event.key() == key and event.modifiers() == _COMMAND


def is_plain_paste(event: QKeyEvent) -> bool:
    """Ctrl+Shift+V: the clipboard's words alone."""
    return event.key() == Qt.Key.Key_V and event.modifiers() == _COMMAND | _SHIFT


def is_typing(event: QKeyEvent) -> bool:
    """True where the key puts characters into the text."""
    text = event.text()
    control = event.modifiers() & (_COMMAND | Qt.KeyboardModifier.MetaModifier)
    return bool(text) and (text[0].isprintable()) and not control
