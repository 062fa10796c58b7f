"""What a section is shown as says the same as the section."""

from __future__ import annotations

import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from briefing_app.desktop.composer.difference import edits_between
from briefing_app.desktop.composer.reader import DocumentReader
from briefing_app.desktop.composer.styles import Styles
from briefing_app.desktop.composer.theme import LIGHT
from briefing_app.desktop.composer.writer import write_document
from briefing_app.model.block import Block, Section
from briefing_app.model.briefing import Briefing, walk
from briefing_app.model.edit import apply_all
from tests import samples
from tests.desktop.composer.strategies import sections


def _round_trip(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], bool]:
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    write_document(document, blocks, Styles(LIGHT))
    known = {node.id: node for block in blocks for node in walk(block)}
    fresh = itertools.count()
    reading = DocumentReader(known, lambda: f"fresh{next(fresh)}", lambda _block: False).read(document)
    assert not reading.fixes
    return reading.blocks, reading.untidy


def test_every_section_of_the_sample_comes_back(qapp: QApplication) -> None:
    for section, _ in samples.full_briefing().all_sections():
        assert _round_trip(section.blocks) == (section.blocks, False)


_SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=60, deadline=None, suppress_health_check=_SLOW)
@given(blocks=sections())
def test_any_section_comes_back(qapp: QApplication, blocks: tuple[Block, ...]) -> None:
    assert _round_trip(blocks) == (blocks, False)


@settings(max_examples=40, deadline=None, suppress_health_check=_SLOW)
@given(data=st.data(), first=sections(), second=sections())
def test_the_difference_of_two_sections_is_edits(
    data: st.DataObject, first: tuple[Block, ...], second: tuple[Block, ...]
) -> None:
    old = data.draw(st.permutations(first))
    before = Briefing(id="b", template=samples.template(), sections=(Section("s", (), tuple(old)),))
    new = data.draw(st.permutations(list(second)))
    after = apply_all(before, edits_between("s", old, new))
    assert after.briefing.sections[0].blocks == tuple(new)
    assert apply_all(after.briefing, (after.inverse,)).briefing == before
