"""The list of the library's cards."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from briefing_app.desktop.library.card_painter import BROWSE_HEIGHT, CardPainter
from briefing_app.desktop.library.cards import CardModel


def card_list(model: CardModel, painter: CardPainter) -> QTableView:
    """The view of the cards: one column of fixed height, from which cards can be dragged."""
    view = QTableView()
    view.setModel(model)
    view.setItemDelegate(painter)
    view.horizontalHeader().hide()
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    view.verticalHeader().hide()
    view.verticalHeader().setMinimumSectionSize(BROWSE_HEIGHT)
    view.verticalHeader().setDefaultSectionSize(BROWSE_HEIGHT)
    view.setShowGrid(False)
    view.setFrameShape(QTableView.Shape.NoFrame)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setDragEnabled(True)
    view.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
    view.setMouseTracking(True)
    view.setTabKeyNavigation(False)
    view.setAccessibleName("Sources")
    return view
