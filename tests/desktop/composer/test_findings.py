"""What the checks find stands in its place beside the writing, calmly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from briefing_app.app.remarking import Remark, calmly, in_words, next_remark, remarks_on
from briefing_app.desktop.composer.callout import Callout
from briefing_app.desktop.composer.findings import Findings
from briefing_app.desktop.composer.margin import Margin
from briefing_app.model.block import Section
from briefing_app.model.briefing import Briefing
from briefing_app.model.inline import Citation, Text
from briefing_app.model.template import TemplateSection
from tests import samples
from tests.desktop.composer.page import Key, Page
from tests.samples import paragraph

BARE = "The port of Velsk was closed again on Monday"


def _briefing() -> Briefing:
    """Three sections that must be sourced: with an uncited paragraph, with none, and with two."""
    contents = (
        (paragraph("a1", BARE), paragraph("a2", BARE, Citation("c1", "e-rates"))),
        (paragraph("b1", "Short line"),),
        (paragraph("c1x", BARE), paragraph("c2x", BARE)),
    )
    sections = tuple(
        Section(f"s{number}", (Text(f"Part {number}"),), blocks, key=f"k{number}")
        for number, blocks in enumerate(contents)
    )
    forms = tuple(
        TemplateSection(key=f"k{number}", heading=f"Part {number}", sourcing="required") for number in range(3)
    )
    full = samples.full_briefing(sections=sections)
    return replace(full, template=replace(full.template, sections=forms))


@pytest.fixture
def page(open_page, qtbot: QtBot) -> Iterator[Page]:  # type: ignore[no-untyped-def]
    made: Page = open_page(_briefing())
    made.findings = Findings(made.composer, made.composer)  # type: ignore[attr-defined]
    made.findings.set_session(made.session)  # type: ignore[attr-defined]
    _settle(made, qtbot, {"a1", "c1x", "c2x"})
    yield made
    made.findings.close()  # type: ignore[attr-defined]


def _findings(page: Page) -> Findings:
    return page.findings  # type: ignore[attr-defined, no-any-return]


def _shown(page: Page) -> set[str]:
    return {remark.node_id for remark in _findings(page).shown}


def _settle(page: Page, qtbot: QtBot, nodes: set[str]) -> None:
    qtbot.waitUntil(lambda: _shown(page) == nodes, timeout=8_000)


def test_what_is_new_where_one_writes_waits_until_the_caret_leaves(page: Page, qtbot: QtBot) -> None:
    page.go("b1", 10)
    page.type(" that grows into a claim")
    page.go("a1", 0)
    page.go("b1", 10)
    page.type("s")
    with qtbot.waitSignal(_findings(page).checked, timeout=8_000):
        pass
    assert _shown(page) == {"a1", "c1x", "c2x"}, "nothing appears under the hands"
    page.go("a2", 0)
    assert _shown(page) == {"a1", "b1", "c1x", "c2x"}
    while page.session.undo_label:
        page.session.undo()
    _settle(page, qtbot, {"a1", "c1x", "c2x"})


def test_a_mended_place_loses_its_mark(page: Page, qtbot: QtBot) -> None:
    page.go("a2", 44)
    page.key(Key.Key_Delete)
    _settle(page, qtbot, {"a1", "c1x", "c2x"})
    page.go("a1", 0)
    _settle(page, qtbot, {"a1", "a2", "c1x", "c2x"})
    page.session.undo()
    _settle(page, qtbot, {"a1", "c1x", "c2x"})


def test_one_goes_from_finding_to_finding_and_reads_each(page: Page, qtbot: QtBot) -> None:
    callout = page.composer.findChild(Callout)
    page.go("s1", 0)
    for step, node in ((1, "c1x"), (1, "c2x"), (1, "a1"), (-1, "c2x"), (-1, "c1x"), (-1, "a1")):
        _findings(page).go(step)
        qtbot.waitUntil(callout.isVisible)
        caret = page.composer.caret()
        assert caret is not None
        assert caret.node_id == node
        assert "cites no source" in callout.words.text()
    page.type("x")
    assert not callout.isVisible()


def test_a_mark_says_what_it_means_and_leads_there(page: Page, qtbot: QtBot) -> None:
    margins = [one for one in page.composer.findChildren(Margin) if list(one.places())]
    assert len(margins) == 2
    height, remarks = next(iter(margins[0].places()))
    editor = page.editor("s0")
    below = height + margins[0].mapToGlobal(QPoint()).y() - editor.mapToGlobal(QPoint()).y()
    assert 0 < below < 24, "it stands beside the paragraph's first line"
    point = QPoint(margins[0].width() // 2, round(height))
    assert "cites no source" in margins[0].tip_at(QPointF(point))
    assert margins[0].tip_at(QPointF(4, height + 60)) == ""
    assert "cites no source" in editor.tip_at(QPointF(30, 12))
    page.go("s1")
    QTest.mouseClick(margins[0], Qt.MouseButton.LeftButton, pos=point)
    caret = page.composer.caret()
    assert caret is not None
    assert caret.node_id == remarks[0].node_id == "a1"


def test_marks_are_painted_beside_and_under_the_words(page: Page) -> None:
    colour = page.composer._context.theme.finding.rgb()

    def pixels() -> int:
        image = page.composer.grab().toImage()
        return sum(image.pixel(x, y) == colour for x in range(400) for y in range(300))

    marked = pixels()
    page.composer.show_remarks(())
    assert marked > 40
    assert pixels() == 0


def test_remarks_are_in_reading_order_and_counted() -> None:
    briefing = _briefing()
    form = replace(
        briefing.template,
        sections=(*briefing.template.sections, TemplateSection(key="z", heading="Gone", required=True)),
    )
    remarks = remarks_on(replace(briefing, template=form, excerpts=()))
    assert [remark.node_id for remark in remarks] == ["", "a1", "a2", "c1x", "c2x"]
    assert [remark.section_id for remark in remarks] == ["", "s0", "s0", "s2", "s2"]
    assert in_words(remarks) == "1 error · 4 warnings"
    assert in_words(()) == "No findings"
    assert next_remark(briefing, remarks[:1], "a1", 1) is None
    found = next_remark(briefing, remarks, "gone", 1)
    assert found is not None
    assert found.node_id == "a1"


def test_only_what_is_new_at_the_place_of_writing_is_held_back() -> None:
    one, other = Remark("warning", "x", "r", "n", "s", 1), Remark("warning", "y", "q", "n", "s", 1)
    changed = replace(one, message="z")
    assert calmly((one,), (changed, other), "n") == (changed,)
    assert calmly((one,), (changed, other), "m") == (changed, other)
    assert calmly((), (one,), "") == (one,)
