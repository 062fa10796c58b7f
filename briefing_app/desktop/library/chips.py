"""The values that are chosen among those of the answers, each with a way to take it off."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from briefing_app.app.finding import FACETS, Chosen
from briefing_app.desktop.library.flow import FlowBox
from briefing_app.desktop.library.wordings import short

_WIDEST = 26  # letters of a value that are shown


class ChipRow(FlowBox):
    """Shows what is chosen, and asks to take one of it off, or all. It keeps nothing."""

    removed = Signal(str, str)
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chips: list[QPushButton] = []
        self.hide()

    def show_chosen(self, chosen: Chosen) -> None:
        for chip in self.chips:
            self.flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = []
        for field, value in chosen.pairs:
            words = short(field, value)
            shown = words if len(words) <= _WIDEST else f"{words[: _WIDEST - 1]}…"
            self._add(f"{shown}  ×", f"{FACETS[field]}: {words}. Take it off", partial(self.removed.emit, field, value))
        if len(chosen.pairs) > 1:
            clear = self._add("Clear all", "Take everything off that is chosen", self.cleared.emit)
            clear.setProperty("flat", True)
        self.setVisible(bool(chosen.pairs))
        self.fit()

    def _add(self, words: str, tip: str, do: object) -> QPushButton:
        chip = QPushButton(words)
        chip.setObjectName("chip")
        chip.setToolTip(tip)
        chip.setAccessibleName(tip)
        chip.setAutoDefault(False)
        chip.clicked.connect(lambda: do())  # type: ignore[operator]
        self.flow.addWidget(chip)
        self.chips.append(chip)
        return chip
