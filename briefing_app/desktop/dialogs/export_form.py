"""The choice of an export's form: the template's own, a profile, or options for this export alone."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from briefing_app.app.export_options import options_from_data, options_in_words, options_to_data
from briefing_app.app.profiles import load_profiles, save_profile
from briefing_app.desktop.dialogs.export_options import ExportOptionsDialog, OptionData
from briefing_app.desktop.theme import GRID
from briefing_app.errors import BriefingError

_TEMPLATE, _ONCE = "As the template says", "Options for this export"


class ExportForm(QWidget):
    """A list of profiles with a button for the options themselves. ``problem_found`` tells of profiles not readable."""

    problem_found = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._once: OptionData | None = None
        self._profiles: dict[str, OptionData] = {}
        self.choice = QComboBox()
        self.choice.setAccessibleName("Form")
        self.choice.currentIndexChanged.connect(lambda _: self._explain())
        self.change = QPushButton("Options…", autoDefault=False)
        self.change.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.choice, 1)
        row.addWidget(self.change)

    def fill(self, data: OptionData, profile: str = "") -> None:
        """List the profiles, with these options chosen: as ``profile`` where that still has them."""
        try:
            self._profiles = {name: options_to_data(options) for name, options in load_profiles().items()}
        except BriefingError as error:
            self._profiles = {}
            self.problem_found.emit(str(error))
        self._once = data if data and self._profiles.get(profile) != data else None
        self.choice.blockSignals(True)
        self.choice.clear()
        self.choice.addItem(_TEMPLATE, ("", {}))
        for name, options in self._profiles.items():
            self.choice.addItem(name, (name, options))
        if self._once is not None:
            self.choice.addItem(_ONCE, ("", self._once))
            self.choice.setCurrentIndex(self.choice.count() - 1)
        elif profile in self._profiles:
            self.choice.setCurrentIndex(self.choice.findText(profile))
        self.choice.blockSignals(False)
        self._explain()

    @property
    def data(self) -> OptionData:
        """The options chosen."""
        chosen: tuple[str, OptionData] = self.choice.currentData() or ("", {})
        return dict(chosen[1])

    @property
    def profile(self) -> str:
        """The name of the profile chosen; empty where it is none."""
        chosen: tuple[str, OptionData] = self.choice.currentData() or ("", {})
        return chosen[0]

    def _explain(self) -> None:
        self.choice.setToolTip(options_in_words(options_from_data(self.data)))

    def _ask(self) -> None:
        dialog = ExportOptionsDialog(self, self.data, _save)

        def use() -> None:
            self.fill(dialog.data(), dialog.profile.text().strip())

        dialog.accepted.connect(use)
        dialog.open()


def _save(name: str, data: dict[str, Any]) -> None:
    save_profile(name, options_from_data(data))
