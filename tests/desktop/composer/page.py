"""A composer under test, and what a user does to it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from briefing_app.app.ids import new_id
from briefing_app.app.replacing import Wanted
from briefing_app.app.session import Session
from briefing_app.desktop.composer.composer import Composer
from briefing_app.desktop.composer.finding import Found
from briefing_app.desktop.composer.reader import DocumentReader
from briefing_app.desktop.composer.section_editor import SectionEditor
from briefing_app.model.block import Block, Section
from briefing_app.model.briefing import Briefing
from briefing_app.model.plain import inline_text, inlines_of

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


class Page:
    """The composer, its session, and keys that go to whatever has the caret."""

    def __init__(self, composer: Composer, session: Session) -> None:
        self.composer = composer
        self.session = session

    @property
    def briefing(self) -> Briefing:
        return self.session.briefing

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.section().blocks

    def section(self, id: str = "") -> Section:
        wanted = id or self.briefing.sections[0].id
        return next(section for section, _ in self.briefing.all_sections() if section.id == wanted)

    def editor(self, id: str = "") -> SectionEditor:
        wanted = id or self.briefing.sections[0].id
        return next(one for one in self.composer.findChildren(SectionEditor) if one.section_id == wanted)

    def go(self, node: str, offset: int | None = None) -> None:
        self.composer.go_to(node, offset)
        QApplication.processEvents()

    def key(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget(), key, modifiers)

    def type(self, text: str) -> None:
        """Type characters of any script."""
        for char in text:
            target = QApplication.focusWidget()
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, char))

    def find(self, text: str, *, backward: bool = False, **how: bool) -> Found | None:
        """Select the next place of these words."""
        return self.composer.finder.find(Wanted(text, **how), backward=backward)

    def select(self, count: int) -> None:
        """Select characters after the caret."""
        for _ in range(count):
            self.key(Key.Key_Right, modifiers=SHIFT)

    def words(self, node: str) -> str:
        found = self.briefing.node(node)
        assert found is not None, node
        return inline_text(inlines_of(found))

    def shown(self, id: str = "") -> tuple[Block, ...]:
        """The blocks as the document itself says, read from nothing but the document."""
        editor = self.editor(id)
        whole = dict(editor.text.known())
        return DocumentReader(whole, new_id, lambda _block: False).read(editor.document()).blocks

    def assert_true_view(self) -> None:
        """The documents show what the briefing says, and no id stands twice."""
        ids = [node.id for node in self.briefing.walk()]
        assert len(ids) == len(set(ids))
        for section, _ in self.briefing.all_sections():
            assert self.shown(section.id) == section.blocks
