"""The outline's tree widget: where a section was dropped."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QDropEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyle,
    QStyleOption,
    QTreeWidget,
    QTreeWidgetItem,
)

from briefing_app.desktop.outline.item_painter import DEPTH_INDENT

ID_ROLE = Qt.ItemDataRole.UserRole


class OutlineTree(QTreeWidget):
    """The tree itself. A drop is a request: the tree changes when the briefing has changed."""

    moved = Signal(str, str, int)  # section, new parent ("" for the briefing), index there

    def __init__(self, painter: QAbstractItemDelegate) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setIndentation(DEPTH_INDENT)
        self.setItemDelegate(painter)
        self.setUniformRowHeights(True)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("Outline of the briefing")
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Only the arrow: the painter of items draws what is chosen, with a rounded ground of its own."""
        painter.fillRect(rect, self.palette().color(QPalette.ColorRole.Base))
        if not self.model().hasChildren(index):
            return
        option = QStyleOption()
        option.initFrom(self)
        option.rect = QRect(rect.right() + 1 - self.indentation(), rect.top(), self.indentation(), rect.height())
        option.state = QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_Children
        if self.isExpanded(index):
            option.state |= QStyle.StateFlag.State_Open
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorBranch, option, painter, self)

    def dropEvent(self, event: QDropEvent) -> None:
        item = self.currentItem()
        target = self.itemAt(event.position().toPoint())
        place = self.dropIndicatorPosition()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if item is None or item is target:
            return
        positions = QAbstractItemView.DropIndicatorPosition
        if target is None or place == positions.OnViewport:
            self.moved.emit(section_id_of(item), "", self.topLevelItemCount())
        elif place == positions.OnItem:
            self.moved.emit(section_id_of(item), section_id_of(target), target.childCount())
        else:
            parent = target.parent() or self.invisibleRootItem()
            index = parent.indexOfChild(target) + (1 if place == positions.BelowItem else 0)
            above = target.parent()
            self.moved.emit(section_id_of(item), section_id_of(above) if above is not None else "", index)


def section_id_of(item: QTreeWidgetItem) -> str:
    return str(item.data(0, ID_ROLE))


def all_items(parent: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    items: list[QTreeWidgetItem] = []
    for number in range(parent.childCount()):
        if (child := parent.child(number)) is not None:
            items += [child, *all_items(child)]
    return items
