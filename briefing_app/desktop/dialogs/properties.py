"""A briefing's properties: what stands on its title, and its marking."""

from __future__ import annotations

import datetime
from dataclasses import replace

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateTimeEdit, QHBoxLayout, QPushButton, QWidget

from briefing_app.desktop.dialogs.base import FormDialog
from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import spin_box
from briefing_app.model.briefing import Meta
from briefing_app.model.marking import TLP_LABELS

_OFFSETS = [*range(-12 * 60, 15 * 60, 60), 210, 270, 330, 345, 390, 570, 630, -210, -150]


def marking_choices(first: str) -> list[tuple[str, str]]:
    """The labels of TLP 2.0, under what an empty choice means."""
    return [(first, ""), *((marking, marking) for marking in TLP_LABELS)]


class PropertiesDialog(FormDialog):
    """Asks for everything in ``Meta``. The briefing is not changed by it."""

    def __init__(self, parent: QWidget | None, meta: Meta) -> None:
        super().__init__(parent, "Briefing properties", "Save", width=560)
        self._meta = meta
        self.title = self.add_line("Title", meta.title)
        self.subtitle = self.add_line("Subtitle", meta.subtitle)
        self.author = self.add_line("Author", meta.author)
        self.organisation = self.add_line("Organisation", meta.organisation)
        self.reference = self.add_line("Reference", meta.reference)
        self.edition = spin_box(1, 9999, meta.edition)
        self.add_row("Edition", self.edition)
        self._add_as_of(meta.as_of)
        self.period = self.add_line("Period", meta.period, "such as 10 to 24 November 2026")
        self.distribution = self.add_line("Distribution", meta.distribution, "who receives it")
        self.marking = self.add_choice("Marking", marking_choices("No marking"), meta.marking)
        self.restrictions = self.add_line("Restrictions", meta.restrictions, "printed beside the marking")
        self.language = self.add_line("Language", meta.language, "such as en, fr, uk")

    def _add_as_of(self, as_of: str) -> None:
        self.has_as_of = QCheckBox()
        self.has_as_of.setAccessibleName("State the information cut-off")
        self.has_as_of.setChecked(bool(as_of))
        self.as_of = QDateTimeEdit()
        self.as_of.setDisplayFormat("d MMM yyyy  HH:mm")
        self.as_of.setCalendarPopup(True)
        self.as_of.setAccessibleName("Information cut-off")
        self.zone = QComboBox()
        self.zone.setAccessibleName("Time zone")
        for minutes in sorted(_OFFSETS):
            self.zone.addItem(_zone_name(minutes), minutes)
        now = QPushButton("Now", autoDefault=False)
        now.clicked.connect(lambda: self._set_moment(datetime.datetime.now().astimezone()))
        self._set_moment(_moment(as_of))
        self.has_as_of.setChecked(bool(as_of))
        self._enable_as_of(bool(as_of))
        self.has_as_of.toggled.connect(self._enable_as_of)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for part in (self.has_as_of, self.as_of, self.zone, now):
            row.addWidget(part, 1 if part is self.as_of else 0)
        self.add_row("As of", row)

    def _enable_as_of(self, enabled: bool) -> None:
        self.as_of.setEnabled(enabled)
        self.zone.setEnabled(enabled)

    def _set_moment(self, moment: datetime.datetime) -> None:
        offset = moment.utcoffset() or datetime.timedelta()
        minutes = round(offset.total_seconds() / 60)
        if self.zone.findData(minutes) < 0:
            self.zone.addItem(_zone_name(minutes), minutes)
        self.zone.setCurrentIndex(self.zone.findData(minutes))
        self.as_of.setDateTime(QDateTime(moment.year, moment.month, moment.day, moment.hour, moment.minute, 0))
        self.has_as_of.setChecked(True)

    def check(self) -> str:
        return "" if self.title.text().strip() else "A briefing needs a title."

    def meta(self) -> Meta:
        """What was given. A field that was not touched keeps its value to the letter."""
        return replace(
            self._meta,
            title=self.title.text().strip(),
            subtitle=self.subtitle.text().strip(),
            author=self.author.text().strip(),
            organisation=self.organisation.text().strip(),
            reference=self.reference.text().strip(),
            edition=self.edition.value(),
            as_of=self._as_of_text(),
            period=self.period.text().strip(),
            language=self.language.text().strip() or "en",
            marking=str(self.marking.currentData()),
            restrictions=self.restrictions.text().strip(),
            distribution=self.distribution.text().strip(),
        )

    def _as_of_text(self) -> str:
        if not self.has_as_of.isChecked():
            return ""
        moment = self.as_of.dateTime()
        zone = datetime.timezone(datetime.timedelta(minutes=int(self.zone.currentData())))
        date, time = moment.date(), moment.time()
        given = datetime.datetime(date.year(), date.month(), date.day(), time.hour(), time.minute(), tzinfo=zone)
        before = _moment(self._meta.as_of) if self._meta.as_of else None
        if before is not None and before.replace(second=0, microsecond=0) == given:
            return self._meta.as_of
        return given.isoformat()


def _moment(as_of: str) -> datetime.datetime:
    """A time of a briefing; the present one where it has none that can be read."""
    try:
        moment = datetime.datetime.fromisoformat(as_of)
    except ValueError:
        return datetime.datetime.now().astimezone()
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def _zone_name(minutes: int) -> str:
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours:02d}:{rest:02d}"
