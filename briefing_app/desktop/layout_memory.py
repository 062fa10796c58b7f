"""The sizes of a window and its panes, remembered between two starts."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow, QSplitter

FIRST_SIZE = (1480, 920)  # device-independent pixels
FIRST_SIZES = {"panes": [300, 700, 480], "left": [520, 300]}


def restore_layout(window: QMainWindow, kept: Mapping[str, str], **splitters: QSplitter) -> None:
    """Give window and panes the sizes that were kept, or those of a first start."""
    window.resize(*FIRST_SIZE)
    if "window" in kept:
        window.restoreGeometry(QByteArray.fromHex(kept["window"].encode()))
    for name, splitter in splitters.items():
        splitter.setSizes(FIRST_SIZES[name])
        if name in kept:
            splitter.restoreState(QByteArray.fromHex(kept[name].encode()))
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)


def kept_layout(window: QMainWindow, **splitters: QSplitter) -> dict[str, str]:
    """The sizes as text, to be kept."""
    states = {"window": window.saveGeometry(), **{name: one.saveState() for name, one in splitters.items()}}
    return {name: bytes(state.toHex().data()).decode() for name, state in states.items()}
