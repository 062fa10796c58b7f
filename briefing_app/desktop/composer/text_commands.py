"""Bold, italic, underline and links on the selection of any of the composer's text views."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QTextCharFormat, QTextCursor

from briefing_app.desktop.composer.inlines import fragments
from briefing_app.desktop.composer.properties import OBJECT, Kind
from briefing_app.desktop.composer.reader import kind_of
from briefing_app.desktop.composer.styles import run_of
from briefing_app.desktop.composer.sync import place_of
from briefing_app.desktop.composer.text_view import TextView
from briefing_app.model.inline import Text

Restyle = Callable[[Text], Text]


def toggle_style(view: TextView, style: str) -> None:
    """Turn "bold", "italic" or "underline" on or off for the selection, or for what is typed next."""
    cursor = view.textCursor()
    if cursor.hasSelection():
        runs = [run for _, _, run in runs_in(cursor)]
        on = not (runs and all(getattr(run, style) for run in runs))
        restyle_selection(view, lambda run: _styled(run, style, on))
        return
    here = run_of("", view.currentCharFormat())
    view.setCurrentCharFormat(_made(view, cursor, _styled(here, style, not getattr(here, style))))


def set_link(view: TextView, url: str) -> None:
    """Make the selection, or the link around the caret, a link to ``url``; an empty one ends the link."""
    cursor = view.textCursor()
    if not cursor.hasSelection():
        if not cursor.charFormat().anchorHref():
            if url:
                cursor.insertText(url, _made(view, cursor, Text("", link=url)))
            return
        _select_link(cursor)
        view.setTextCursor(cursor)
    restyle_selection(view, lambda run: replace(run, link=url))


def _select_link(cursor: QTextCursor) -> None:
    href, block = cursor.charFormat().anchorHref(), cursor.block()
    place = cursor.position()
    spans = [
        (one.position(), one.position() + one.length())
        for one in fragments(block)
        if one.charFormat().anchorHref() == href
    ]
    start = end = place
    for low, high in spans:
        if low <= end and high >= start:
            start, end = min(start, low), max(end, high)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)


def _styled(run: Text, style: str, on: bool) -> Text:
    match style:
        case "bold":
            return replace(run, bold=on)
        case "italic":
            return replace(run, italic=on)
        case _:
            return replace(run, underline=on)


def runs_in(cursor: QTextCursor) -> list[tuple[int, int, Text]]:
    """The runs of text in the selection: start, end and style. Chips and whole blocks are left out."""
    low, high = cursor.selectionStart(), cursor.selectionEnd()
    found: list[tuple[int, int, Text]] = []
    block = cursor.document().findBlock(low)
    while block.isValid() and block.position() < high:
        for one in fragments(block):
            start, end = max(low, one.position()), min(high, one.position() + one.length())
            if start < end and OBJECT not in one.text():
                found.append((start, end, run_of("", one.charFormat())))
        block = block.next()
    return found


def restyle_selection(view: TextView, change: Restyle) -> None:
    """Give each run of the selection the style that ``change`` makes of its own."""
    chosen = view.textCursor()
    cursor = QTextCursor(view.document())
    cursor.beginEditBlock()
    for start, end, run in runs_in(chosen):
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(_made(view, cursor, change(run)))
    cursor.endEditBlock()


def _made(view: TextView, cursor: QTextCursor, run: Text) -> QTextCharFormat:
    block = view.document().findBlock(cursor.selectionStart())
    place = "heading" if view.is_heading else place_of(block)
    return view.styles.run(run, "caption" if kind_of(block) is Kind.CAPTION else place)
