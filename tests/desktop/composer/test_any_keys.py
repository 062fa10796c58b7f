"""Whatever is pressed, the view tells the truth, and undo leads all the way back."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from tests import samples
from tests.desktop.composer.page import CTRL, SHIFT, Key, Page

Open = Callable[..., Page]

_MOVES = (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End)
_EDITS = (Key.Key_Return, Key.Key_Backspace, Key.Key_Delete, Key.Key_Tab, Key.Key_Backtab)
_NO = Key.Key_unknown

_steps = st.one_of(
    st.tuples(
        st.just("key"), st.sampled_from(_MOVES + _EDITS + _EDITS), st.sampled_from([None, None, None, SHIFT, CTRL])
    ),
    st.tuples(st.just("type"), st.sampled_from(["a", " ", "- ", "ж", "1. ", "😀"])),
    st.tuples(st.just("go"), st.integers(0, 60), st.integers(0, 20)),
    st.tuples(
        st.just("do"),
        st.sampled_from(
            [
                "toggle_bullets",
                "toggle_numbers",
                "make_quotation",
                "toggle_bold",
                "insert_page_break",
                "add_row",
                "remove_column",
                "add_column",
                "remove_row",
                "indent",
                "outdent",
            ]
        ),
    ),
    st.tuples(st.sampled_from(["copy", "cut", "paste", "undo", "redo", "select all", "table"])),
)


def _perform(page: Page, step: tuple) -> None:  # type: ignore[type-arg]
    match step:
        case ("key", key, None):
            page.key(key)
        case ("key", key, modifiers):
            page.key(key, modifiers=modifiers)
        case ("type", text):
            page.type(text)
        case ("go", number, offset):
            nodes = [node for node in page.briefing.walk() if node.type not in ("row", "cell", "list", "list_item")]
            page.composer.go_to(nodes[number % len(nodes)].id, offset)
        case ("do", name):
            getattr(page.composer, name)()
        case ("undo",):
            page.key(Key.Key_Z, modifiers=CTRL)
        case ("redo",):
            page.key(Key.Key_Y, modifiers=CTRL)
        case ("table",):
            page.composer.insert_table(2, 2)
        case (name,):
            keys = {"copy": Key.Key_C, "cut": Key.Key_X, "paste": Key.Key_V, "select all": Key.Key_A}
            page.key(keys[name], modifiers=CTRL)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=st.lists(_steps, min_size=4, max_size=25))
def test_the_view_stays_true_and_undo_leads_back(open_page: Open, steps: list[tuple]) -> None:  # type: ignore[type-arg]
    start = samples.full_briefing()
    page = open_page(start)
    page.composer.message.connect(lambda text: _only_expected(text))
    page.go("sit-1", 3)
    try:
        for step in steps:
            _perform(page, step)
            QApplication.processEvents()
            page.assert_true_view()
        while page.session.undo_label:
            page.session.undo()
        assert page.briefing.sections == start.sections
        page.assert_true_view()
        while page.session.redo_label:
            page.session.redo()
        page.assert_true_view()
    finally:
        page.composer.set_session(None)
        page.composer.deleteLater()


def _only_expected(message: str) -> None:
    assert "cannot stand inside a table" in message, message
