"""The filters of a search: outlet, language, tag, and a range of dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import label
from briefing_app.model.source import is_partial_date


@dataclass(frozen=True, slots=True)
class Filters:
    """What is let through; empty means everything. Dates are ISO 8601 and may stop at the year or the month."""

    outlet: str = ""
    language: str = ""
    tag: str = ""
    from_date: str = ""
    to_date: str = ""


class FilterRow(QWidget):
    """Fields for the filters, folded away until they are wanted."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._outlet, self._language, self._tag = (self._choice(name) for name in ("Outlet", "Language", "Tag"))
        self._from, self._to = self._date("From"), self._date("To")
        self._typing = QTimer(self, singleShot=True, interval=250)
        self._typing.timeout.connect(self.changed)
        clear = QPushButton("Clear filters")
        clear.setProperty("flat", True)
        clear.clicked.connect(self.clear)
        dates = QHBoxLayout()
        dates.setSpacing(GRID)
        dates.addWidget(self._from)
        dates.addWidget(label("to", muted=True))
        dates.addWidget(self._to)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(GRID)
        grid.setHorizontalSpacing(GRID)
        rows: list[tuple[str, QWidget | QHBoxLayout]] = [
            ("Outlet", self._outlet),
            ("Language", self._language),
            ("Tag", self._tag),
            ("Date", dates),
        ]
        for number, (name, field) in enumerate(rows):
            caption: QLabel = label(name, muted=True)
            grid.addWidget(caption, number, 0)
            if isinstance(field, QHBoxLayout):
                grid.addLayout(field, number, 1)
            else:
                grid.addWidget(field, number, 1)
        grid.addWidget(clear, len(rows), 1)
        grid.setColumnStretch(1, 1)

    def value(self) -> Filters:
        """The filters as they stand; a date that is not whole yet is left out."""
        dates = [field.text().strip() for field in (self._from, self._to)]
        first, last = (date if is_partial_date(date) else "" for date in dates)
        outlet, language, tag = (str(box.currentData() or "") for box in (self._outlet, self._language, self._tag))
        return Filters(outlet, language, tag, first, last)

    def offer(
        self, outlets: Sequence[tuple[str, int]], languages: Sequence[tuple[str, int]], tags: Sequence[tuple[str, int]]
    ) -> None:
        """Fill the choices with what there is in the library; what is chosen stays chosen."""
        for box, values in ((self._outlet, outlets), (self._language, languages), (self._tag, tags)):
            chosen = box.currentData()
            box.blockSignals(True)
            while box.count() > 1:
                box.removeItem(1)
            for value, count in values:
                box.addItem(f"{value}  ({count:,})", value)
            box.setCurrentIndex(max(0, box.findData(chosen)))
            box.blockSignals(False)

    def clear(self) -> None:
        for box in (self._outlet, self._language, self._tag):
            box.setCurrentIndex(0)
        for field in (self._from, self._to):
            field.clear()

    def set_value(self, values: Mapping[str, str]) -> None:
        """Choose ``outlet``, ``language`` or ``tag`` by its value."""
        boxes = {"outlet": self._outlet, "language": self._language, "tag": self._tag}
        for name, value in values.items():
            boxes[name].setCurrentIndex(max(0, boxes[name].findData(value)))

    def _choice(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.addItem(f"Any {name.lower()}", "")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)
        box.currentIndexChanged.connect(lambda: self.changed.emit())
        return box

    def _date(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(f"{name} date")
        field.setPlaceholderText("2026-11")
        field.setToolTip("A year, a month or a day, such as 2026, 2026-11 or 2026-11-03")
        field.textChanged.connect(lambda: self._typing.start())
        return field
