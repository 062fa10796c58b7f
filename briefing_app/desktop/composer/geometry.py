"""Where a section's blocks stand in its text document."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock, QTextDocument

from briefing_app.desktop.composer.frames import ListFrame, decode_path
from briefing_app.desktop.composer.properties import Prop
from briefing_app.desktop.composer.reader import blocks_of, node_of
from briefing_app.model.block import Block
from briefing_app.model.briefing import walk


def homes_of(blocks: Sequence[Block]) -> dict[str, int]:
    """The number of the section's block in which each node stands, by the node's id."""
    return {node.id: number for number, block in enumerate(blocks) for node in walk(block)}


def home_of(block: QTextBlock, homes: dict[str, int]) -> int | None:
    """The number of the section's block to which a block of the document belongs; None for a mere filler."""
    id = node_of(block)
    if id:
        return homes.get(id)
    path = decode_path(block.blockFormat().stringProperty(Prop.PATH))
    names = (frame.list_id if isinstance(frame, ListFrame) else frame.id for frame in path)
    return next((homes[name] for name in names if name in homes), None)


def edges_of_blocks(document: QTextDocument, blocks: Sequence[Block]) -> list[tuple[float, float]]:
    """The heights at which each of the section's blocks begins and ends as it is drawn."""
    homes = homes_of(blocks)
    areas: dict[int, QRectF] = {}
    layout = document.documentLayout()
    for block in blocks_of(document):
        home = home_of(block, homes)
        if home is not None:
            box = layout.blockBoundingRect(block)
            areas[home] = areas[home].united(box) if home in areas else box
    edges: list[tuple[float, float]] = []
    for number in range(len(blocks)):
        area = areas.get(number)
        last = edges[-1][1] if edges else 0.0
        edges.append((area.top(), area.bottom()) if area is not None else (last, last))
    return edges
