"""The options of an export's form, each left to the template or chosen; and a name to keep them under."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QLabel, QWidget

from briefing_app.app.export_options import OPTIONS, Choice, Switch
from briefing_app.desktop.dialogs.base import FormDialog
from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import label
from briefing_app.errors import BriefingError

OptionData = dict[str, Any]
_AS_TEMPLATE = "As the template says"
_NAMES = {
    "cover": "Cover page",
    "contents": "Contents",
    "numbered_headings": "Numbered headings",
    "numbered_paragraphs": "Numbered paragraphs",
    "watermark": "DRAFT across pages",
    "line_numbers": "Line numbers",
    "columns": "Columns",
    "paper": "Paper",
    "citations": "Citations",
    "excerpts": "Appendix of excerpts",
    "review": "Review copy",
}
_VALUES = {
    True: "Yes",
    False: "No",
    "footnotes": "Notes at the foot of the page",
    "endnotes": "Notes at the end",
    "sources": "Numbers into a list of sources",
    "none": "None",
}
_COLUMNS = {1: "One", 2: "Two"}
_MARGINS = ("top", "bottom", "left", "right")
_UNCHOSEN = 4.0  # millimetres, below the least margin: left to the template


class ExportOptionsDialog(FormDialog):
    """Asks for the options of an export. ``save`` keeps them under a name where one is given."""

    def __init__(
        self, parent: QWidget | None, data: Mapping[str, Any], save: Callable[[str, OptionData], None]
    ) -> None:
        super().__init__(parent, "Options of the export", "Use these", width=640)
        self._save = save
        self.choices: dict[str, QComboBox] = {}
        self.margins: dict[str, QDoubleSpinBox] = {}
        for name, option in OPTIONS.items():
            if isinstance(option, Switch | Choice):
                values = option.values if isinstance(option, Choice) else (True, False)
                self.choices[name] = self._add_choice(name, option.about, values, data.get(name))
        self._add_margins(data)
        self.profile = self.add_line("Keep as profile", hint="a name, or nothing to use these once")

    def _add_choice(self, name: str, about: str, values: tuple[Any, ...], chosen: Any) -> QComboBox:
        field = QComboBox()
        field.setToolTip(f"{about[0].upper()}{about[1:]}")
        field.addItem(_AS_TEMPLATE, None)
        shown = _COLUMNS if name == "columns" else _VALUES
        for value in values:
            field.addItem(str(shown.get(value, value)), value)
        place = next((at for at, value in enumerate(values) if value == chosen and type(value) is type(chosen)), -1)
        field.setCurrentIndex(place + 1)
        self.add_row(_NAMES.get(name, name), field)
        return field

    def _add_margins(self, data: Mapping[str, Any]) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for name in _MARGINS:
            field = QDoubleSpinBox()
            field.setRange(_UNCHOSEN, 80.0)
            field.setDecimals(0)
            field.setSuffix(" mm")
            field.setMinimumWidth(76)
            field.setSpecialValueText("–")
            field.setToolTip(f"The {name} margin; – leaves it to the template")
            field.setAccessibleName(f"{name.capitalize()} margin")
            field.setValue(float(data.get(name, _UNCHOSEN)))
            caption: QLabel = label(name.capitalize(), muted=True)
            caption.setBuddy(field)
            row.addWidget(caption)
            row.addWidget(field)
            self.margins[name] = field
        row.addStretch(1)
        self.add_row("Margins", row)

    def data(self) -> OptionData:
        """The options that were chosen; those left to the template are left out."""
        chosen = {name: field.currentData() for name, field in self.choices.items()}
        margins = {name: field.value() for name, field in self.margins.items() if field.value() > _UNCHOSEN}
        return {name: value for name, value in (chosen | margins).items() if value is not None}

    def check(self) -> str:
        """Keep the profile, where a name is given; why it cannot be kept."""
        if name := self.profile.text().strip():
            try:
                self._save(name, self.data())
            except BriefingError as error:
                return str(error)
        return ""
