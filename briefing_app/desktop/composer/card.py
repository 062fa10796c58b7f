"""One section of the briefing as a card: its heading, its counts, its hint, its text."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from briefing_app.desktop.composer.context import Context
from briefing_app.desktop.composer.counts import Count, Counter, describe, describe_shortly
from briefing_app.desktop.composer.glyphs import glyph
from briefing_app.desktop.composer.heading_editor import HeadingEditor
from briefing_app.desktop.composer.hint import Hint
from briefing_app.desktop.composer.host import Host
from briefing_app.desktop.composer.labels import Labels
from briefing_app.desktop.composer.margin import WIDTH as MARGIN
from briefing_app.desktop.composer.margin import Margin
from briefing_app.desktop.composer.section_editor import SectionEditor
from briefing_app.model.block import Block, Paragraph, Section
from briefing_app.model.template import TemplateSection

_NARROW = 560  # pixels below which a card says its counts in short


class SectionCard(QFrame):
    """Holds the views of one section, and shows what the section is now. It makes no edits."""

    def __init__(self, context: Context, host: Host, section: Section, depth: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.level = depth
        self.row = parent
        self._context = context
        self._border = context.theme.border
        self._focused = False
        self._is_over = False  # more than a fifth over the template's target
        self._section = section
        self._template: TemplateSection | None = None
        self._counter = Counter()
        self._counted_with: Labels | None = None
        self._count: Count | None = None
        self._hint_chosen: bool | None = None  # open or closed by the user; None follows the text
        self.heading = HeadingEditor(context, host, section, depth, self)
        self.editor = SectionEditor(context, host, section, self)
        self.hint = Hint(self)
        self._counts = QLabel(self)
        self._info = QToolButton(self)
        self._info.setCheckable(True)
        self._info.setAutoRaise(True)
        self._info.setIconSize(QSize(16, 16))
        self._info.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._info.setToolTip("What the template asks here")
        self._info.setAccessibleName("What the template asks here")
        self._info.clicked.connect(self._choose_hint)
        self.margin = Margin(context, self.heading, self.editor, section.id, self)
        self._arrange()
        self.editor.focused.connect(lambda: self._set_focused(True))
        self.heading.focused.connect(lambda: self._set_focused(True))
        self._dress()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.heading, 1, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self._counts, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self._info, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 18, 28, 12)
        layout.setSpacing(9)
        layout.addLayout(top)
        layout.addWidget(self.hint)
        layout.addWidget(self.editor)

    @property
    def section_id(self) -> str:
        return self._section.id

    def set_theme(self) -> None:
        """Take colours and type from the context, and write the texts in them."""
        self.heading.set_theme(self._section)
        self.editor.set_theme(self._section)
        self._dress()

    def _dress(self) -> None:
        """Everything of ``set_theme`` but the texts, which take it themselves when they are made."""
        theme = self._context.theme
        self.hint.set_theme(theme)
        self._counts.setFont(theme.font(theme.small + 1))
        self._info.setIcon(glyph("info", theme.muted.name()))
        self._info.setStyleSheet(
            "QToolButton { border: 0; border-radius: 6px; padding: 3px; background: transparent; }"
            f"QToolButton:hover, QToolButton:focus, QToolButton:checked {{ background: {theme.hint.name()}; }}"
        )
        self._colour_counts()
        self._set_focused(self._focused)

    def show_section(self, section: Section, *, echo: object | None = None) -> None:
        """Show the section as it is now; ``echo`` is the view that shows it already."""
        if section is self._section and self._counted_with is self._context.labels:
            return
        self._section = section
        if echo is self.editor:
            self.editor.adopt(section)
        else:
            self.editor.show_section(section)
        if echo is not self.heading:
            self.heading.show_section(section)
        self._refresh_counts()

    def show_template(self, template: TemplateSection | None) -> None:
        """Show what the template asks of this section."""
        if template is self._template and self._count is not None:
            return
        self._template = template
        self.hint.show_template(template)
        self._count = None
        self._refresh_counts()

    def show_remarks(self) -> None:
        """Draw what the checks have found in this section."""
        self.margin.update()
        self.heading.viewport().update()
        self.editor.viewport().update()

    def refresh_labels(self) -> None:
        """Draw citations and quotations with their new labels."""
        self.heading.refresh_labels()
        self.editor.refresh_labels()

    def _refresh_counts(self) -> None:
        if self._counted_with is not self._context.labels:
            self._counter = Counter()
        self._counted_with = self._context.labels
        count = self._counter.count(self._section, self._counted_with)
        if count != self._count:
            self._count = count
            target = self._template.target_words if self._template else None
            self._show_counts()
            self._is_over = bool(target) and count.words > (target or 0) * 1.2
            self._colour_counts()
        self._refresh_hint()

    def _show_counts(self) -> None:
        """The counts in words, or in short where the card is narrow."""
        count = self._count or Count()
        target = self._template.target_words if self._template else None
        unprinted = "" if self._section.show_heading else "heading not printed · "
        full = unprinted + describe(count, target)
        is_narrow = self.width() < _NARROW
        self._counts.setText(describe_shortly(count, target) if is_narrow else full)
        self._counts.setToolTip(full if is_narrow else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (event.size().width() < _NARROW) != (event.oldSize().width() < _NARROW):
            self._show_counts()

        self.margin.setGeometry(3, 0, MARGIN, event.size().height())

    def settle(self) -> None:
        """Have the card's and its row's height follow from what is in it, now and not with the next events."""
        for layout in (self.layout(), self.row.layout()):
            assert layout is not None
            layout.invalidate()
            layout.activate()

    def _colour_counts(self) -> None:
        theme = self._context.theme
        colour = theme.finding if self._is_over else theme.muted
        palette = self._counts.palette()
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        self._counts.setPalette(palette)

    def _choose_hint(self) -> None:
        self._hint_chosen = self._info.isChecked()
        self._refresh_hint()

    def toggle_hint(self) -> None:
        """Open or close what the template asks here."""
        self._info.click()

    def _refresh_hint(self) -> None:
        is_open = self._hint_chosen if self._hint_chosen is not None else is_blank(self._section.blocks)
        self._info.setVisible(self.hint.has_text)
        self._info.setChecked(is_open)
        self.hint.setVisible(self.hint.has_text and is_open)

    def _set_focused(self, focused: bool) -> None:
        self._focused = focused
        theme = self._context.theme
        self._border = theme.focus_border if focused else theme.border
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._border, 1))
        painter.setBrush(self._context.theme.card)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)

    def set_current(self, current: bool) -> None:
        """Show whether the caret is in this section."""
        self._set_focused(current)


def is_blank(blocks: tuple[Block, ...]) -> bool:
    """True where a section has no block with anything in it."""
    return all(isinstance(block, Paragraph) and not block.content for block in blocks)
