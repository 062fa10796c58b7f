"""How the parts of the library's panel stand below one another, and what of them leads where."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout

from briefing_app.app.finding import Chosen
from briefing_app.desktop.library.panel_shell import PanelShell
from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import EmptyState


def lay_out(panel: PanelShell, read_only: QLabel, found: QLabel, stack: QStackedWidget, empty: EmptyState) -> None:
    """Put the parts of the panel below one another."""
    bars = panel.bars
    first = QHBoxLayout()
    first.setSpacing(GRID // 2)
    first.addWidget(panel.search, 1)
    first.addWidget(bars.add)
    second = QHBoxLayout()
    second.setSpacing(0)
    second.addWidget(panel.view_button, 1)
    second.addWidget(bars.more)
    second.addWidget(bars.inbox)
    second.addWidget(bars.sort)
    second.addWidget(bars.facets)
    third = QHBoxLayout(bars.found_row)
    third.setContentsMargins(0, 0, 0, 0)
    third.setSpacing(GRID // 2)
    third.addWidget(found, 1)
    third.addWidget(bars.save)
    top = QVBoxLayout()
    top.setContentsMargins(12, 12, 12, GRID // 2)
    top.setSpacing(GRID // 2)
    top.addLayout(first)
    top.addLayout(second)
    top.addWidget(panel.chips)
    top.addWidget(read_only)
    top.addWidget(bars)
    top.addWidget(bars.found_row)
    stack.addWidget(panel.list)
    stack.addWidget(empty)
    empty.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    read_only.hide()
    bars.found_row.hide()
    bars.more.hide()
    layout = QVBoxLayout(panel)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addLayout(top)
    layout.addWidget(stack, 1)
    layout.addWidget(panel.foot)
    layout.addWidget(panel.import_bar)


def connect_parts(panel: PanelShell) -> None:
    """Let chips, facets, bars and views ask the panel for what they offer."""
    bars = panel.bars
    panel.chips.removed.connect(lambda field, value: panel.choose(panel.asked.chosen.toggled(field, value)))
    panel.chips.cleared.connect(lambda: panel.choose(Chosen()))
    panel.facets.chosen_changed.connect(panel.choose)
    bars.facets.clicked.connect(lambda: panel.facets.open(bars.facets, panel.colours, panel.asked))
    bars.inbox.clicked.connect(lambda: panel.show_view(panel.views.inbox))
    bars.back_wanted.connect(panel.go_back)
    bars.import_wanted.connect(panel.import_requested)
    panel.view_button.clicked.connect(lambda: panel.views.open(panel.view_button, panel.colours))
    panel.views.chosen.connect(panel.show_view)
    panel.list.send_wanted.connect(panel.send_wanted)
    panel.curator.told.connect(panel.foot.say)
    for part in (panel.special, panel.curator):
        part.refused.connect(panel.troubled)
