"""The two looks of the window: colours, palette, and the few lines of style sheet over Fusion."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from briefing_app.app.paths import resources_dir

ThemeChoice = Literal["system", "light", "dark"]
GRID = 8  # device-independent pixels; every distance is a multiple or a half of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The colours of one look, ``#rrggbb``. Text on its ground has a contrast of 4.5 or more."""

    name: Literal["light", "dark"]
    canvas: str
    panel: str
    raised: str
    hover: str
    border: str
    field_border: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    selection_text: str
    cited: str
    match: str
    danger: str
    warning: str
    good: str
    notice: str
    star: str
    shadow: str


LIGHT = Colours(
    name="light",
    canvas="#f5f6f8",
    panel="#ffffff",
    raised="#ffffff",
    hover="#eef0f4",
    border="#e1e4e9",
    field_border="#c9ced6",
    text="#1b1e23",
    muted="#5a616c",
    accent="#2c5cd0",
    accent_hover="#244eb4",
    on_accent="#ffffff",
    selection="#e2e9fd",
    selection_text="#1c3f9f",
    cited="#fff0a8",
    match="#cfe6ff",
    danger="#b3261e",
    warning="#8a5a00",
    good="#1e7a46",
    notice="#fdf4dc",
    star="#c98a00",
    shadow="#d3d7de",
)
DARK = Colours(
    name="dark",
    canvas="#1a1b1e",
    panel="#212327",
    raised="#2a2d32",
    hover="#2e3137",
    border="#35383f",
    field_border="#4b5059",
    text="#e9ebee",
    muted="#a3a9b3",
    accent="#7ea5ff",
    accent_hover="#9bb9ff",
    on_accent="#10182b",
    selection="#2c3b63",
    selection_text="#dbe5ff",
    cited="#5e4f17",
    match="#1f4a70",
    danger="#ff9289",
    warning="#f0c05a",
    good="#6fcf97",
    notice="#3a3322",
    star="#f0c05a",
    shadow="#0e0f11",
)


class Theme(QObject):
    """Which look the application has now. It sets palette and style sheet and says when the look changed."""

    changed = Signal(object)

    def __init__(self, app: QApplication, choice: ThemeChoice = "system") -> None:
        super().__init__(app)
        self._app = app
        self._choice: ThemeChoice = choice
        self._colours = LIGHT
        self._drawings = QTemporaryDir()  # style sheets take drawings from files only
        app.setStyle("Fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._apply()

    @property
    def colours(self) -> Colours:
        return self._colours

    @property
    def choice(self) -> ThemeChoice:
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Take the light or the dark look, or the one that the system has."""
        self._choice = choice
        self._apply()

    def _drawing(self, name: str, colour: str) -> str:
        """The path of an icon in a colour, as style sheets want it."""
        path = Path(self._drawings.path()) / f"{name}-{self._colours.name}.svg"
        drawing = (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        path.write_text(drawing.replace("currentColor", colour), encoding="utf-8")
        return path.as_posix()

    def _follow_system(self) -> None:
        if self._choice == "system":
            self._apply()

    def _apply(self) -> None:
        system_is_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        dark = self._choice == "dark" or (self._choice == "system" and system_is_dark)
        self._colours = DARK if dark else LIGHT
        self._app.setPalette(palette(self._colours))
        colours = self._colours
        arrows = [self._drawing(f"chevron-{direction}", colours.muted) for direction in ("up", "down")]
        tick = self._drawing("check", colours.on_accent)
        self._app.setStyleSheet(style_sheet(colours, up=arrows[0], down=arrows[1], tick=tick))
        self.changed.emit(self._colours)


def palette(colours: Colours) -> QPalette:
    """Fusion's palette in these colours."""
    roles = QPalette.ColorRole
    made = QPalette(QColor(colours.raised), QColor(colours.canvas))
    pairs = {
        roles.Window: colours.canvas,
        roles.WindowText: colours.text,
        roles.Base: colours.panel,
        roles.AlternateBase: colours.canvas,
        roles.Text: colours.text,
        roles.PlaceholderText: colours.muted,
        roles.Button: colours.raised,
        roles.ButtonText: colours.text,
        roles.BrightText: colours.danger,
        roles.ToolTipBase: colours.raised,
        roles.ToolTipText: colours.text,
        roles.Highlight: colours.selection,
        roles.HighlightedText: colours.selection_text,
        roles.Link: colours.accent,
        roles.LinkVisited: colours.accent,
        roles.Accent: colours.accent,
        roles.Light: colours.raised,
        roles.Midlight: colours.hover,
        roles.Mid: colours.border,
        roles.Dark: colours.field_border,
        roles.Shadow: colours.shadow,
    }
    for role, colour in pairs.items():
        made.setColor(role, QColor(colour))
    faded = QColor(colours.muted)
    faded.setAlpha(150)
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, faded)
    return made


_SHEET = """
#top_bar, #message_bar, #find_bar {{ background: {c.panel}; border: 0; border-bottom: 1px solid {c.border}; }}
#palette {{ background: {c.panel}; border: 1px solid {c.field_border}; }}
#popover {{ background: {c.panel}; border: 1px solid {c.field_border}; border-radius: 8px; }}
#completions {{ background: {c.panel}; border: 1px solid {c.field_border}; border-radius: 8px; padding: 4px; }}
QProgressBar {{ border: 0; border-radius: 2px; background: {c.border}; }}
QProgressBar::chunk {{ border-radius: 2px; background: {c.accent}; }}
#popover QListWidget {{ background: transparent; }}
#chip {{ background: {c.selection}; color: {c.selection_text}; border: 1px solid transparent; border-radius: 10px;
    padding: 1px 8px; min-height: 16px; font-size: 12px; }}
#chip[flat="true"] {{ background: transparent; color: {c.muted}; }}
#chip:hover, #chip:focus {{ border-color: {c.accent}; }}
#view {{ background: {c.canvas}; padding: 6px 8px; border: 1px solid transparent; }}
#view:hover {{ background: {c.hover}; }}
#view:focus {{ border-color: {c.accent}; }}
#foot {{ background: {c.canvas}; border-top: 1px solid {c.border}; }}
#key {{ background: {c.raised}; border: 1px solid {c.field_border}; border-radius: 4px; padding: 0 5px;
    font-size: 11px; color: {c.text}; }}
#rule {{ background: {c.border}; border: 0; }}
QToolBar {{ background: transparent; border: 0; padding: 7px 4px; spacing: 2px; }}
QToolBar::separator {{ background: {c.field_border}; width: 1px; margin: 7px; }}
QToolButton {{ border: 0; border-radius: 6px; padding: 6px; color: {c.text}; }}
QToolButton:hover, QToolButton:focus {{ background: {c.hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {c.selection}; }}
QToolButton::menu-indicator {{ image: none; }}
QPushButton {{ {line} padding: 6px 14px; background: {c.raised}; min-height: 18px; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:checked {{ background: {c.selection}; color: {c.selection_text}; }}
QPushButton:focus {{ border-color: {c.accent}; }}
QPushButton[flat="true"] {{ border-color: transparent; background: transparent; padding: 4px 8px; }}
QPushButton[primary="true"], QPushButton:default {{
    background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; font-weight: 600; }}
QPushButton[primary="true"]:hover, QPushButton:default:hover {{ background: {c.accent_hover}; }}
QPushButton:disabled, QPushButton[primary="true"]:disabled, QPushButton:default:disabled {{
    background: {c.canvas}; color: {c.muted}; border-color: {c.border}; }}
QLineEdit, QPlainTextEdit, QDateTimeEdit, QSpinBox, QComboBox, QListWidget[boxed="true"] {{
    {line} padding: 5px 8px; background: {c.panel};
    selection-background-color: {c.selection}; selection-color: {c.selection_text}; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border-color: {c.accent}; }}
QSpinBox QLineEdit, QComboBox QLineEdit, QDateTimeEdit QLineEdit {{ border: 0; padding: 0; background: transparent; }}
QListWidget {{ outline: 0; }}
QTableView[boxed="true"] {{ {line} background: {c.panel}; outline: 0; }}
QTableView[boxed="true"]::item {{ padding: 0 8px; border: 0; color: {c.text}; }}
QTableView[boxed="true"]::item:selected {{ background: {c.selection}; color: {c.selection_text}; }}
QHeaderView {{ background: transparent; }}
QHeaderView::section {{ background: {c.panel}; color: {c.muted}; border: 0; border-bottom: 1px solid {c.border};
    padding: 6px 8px; }}
QListWidget::item {{ border: 0; border-radius: 4px; padding: 2px 6px; color: {c.text}; }}
QListWidget::item:hover {{ background: {c.hover}; }}
QListWidget::item:selected {{ background: {c.selection}; color: {c.selection_text}; }}
QCheckBox::indicator, QRadioButton::indicator {{
    width: 14px; height: 14px; border: 1px solid {c.field_border}; border-radius: 4px; background: {c.panel}; }}
QRadioButton::indicator {{ border-radius: 8px; }}
QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent}; image: url({tick}); }}
QRadioButton::indicator:checked {{ background: {c.on_accent}; border: 4px solid {c.accent}; width: 8px; height: 8px; }}
QComboBox:hover {{ background: {c.hover}; }}
QDateTimeEdit:disabled, QComboBox:disabled {{ color: {c.muted}; border-color: {c.border}; }}
QComboBox::drop-down, QDateTimeEdit::drop-down {{ border: 0; width: 24px; }}
QComboBox::down-arrow, QDateTimeEdit::down-arrow {{ image: url({down}); width: 14px; height: 14px; }}
QSpinBox::up-arrow {{ image: url({up}); width: 12px; height: 12px; }}
QSpinBox::down-arrow {{ image: url({down}); width: 12px; height: 12px; }}
QSpinBox::up-button, QSpinBox::down-button {{ border: 0; background: transparent; width: 20px; }}
QTabBar {{ background: {c.panel}; }}
QTabBar::tab {{ background: transparent; color: {c.muted}; padding: 9px 14px 8px 14px;
    border: 0; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {c.text}; border-bottom-color: {c.accent}; }}
QTabBar::tab:hover {{ color: {c.text}; }}
QTabWidget::pane {{ border: 0; border-top: 1px solid {c.border}; }}
QStatusBar {{ background: {c.panel}; border-top: 1px solid {c.border}; }}
QStatusBar::item {{ border: 0; }}
QSplitter::handle {{ background: {c.border}; }}
QMenuBar {{ background: {c.panel}; padding: 2px 6px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; }}
QScrollBar::handle {{ background: {c.field_border}; border-radius: 4px; margin: 2px; min-height: 28px; }}
QScrollBar::handle:hover {{ background: {c.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.border}; padding: 4px 6px; }}
QLabel[muted="true"] {{ color: {c.muted}; }}
QLabel[danger="true"] {{ color: {c.danger}; }}
"""


def style_sheet(colours: Colours, *, up: str, down: str, tick: str) -> str:
    """What Fusion and the palette cannot say. ``up``, ``down`` and ``tick`` are files with drawings."""
    line = f"border: 1px solid {colours.field_border}; border-radius: 6px;"
    return _SHEET.format(c=colours, line=line, up=up, down=down, tick=tick)
