"""What the composer inserts and changes by way of the briefing itself: passages, notes, pictures, tables."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Literal

from briefing_app.app.history import Caret
from briefing_app.app.ids import new_id
from briefing_app.app.keeping import keep
from briefing_app.desktop.composer.insertion import (
    Insertion,
    insert_blocks_after,
    insert_blocks_at,
    insert_inlines,
)
from briefing_app.model.block import Block, Cell, PageBreak, Paragraph, Picture, Quotation, Row, Section, Table
from briefing_app.model.briefing import Briefing, Media
from briefing_app.model.edit import Edit, Put, Replace, SetText
from briefing_app.model.excerpt import Excerpt, with_translation
from briefing_app.model.inline import Citation, Inline, Inlines, LineBreak, Note, Text, merge_texts, restyle
from briefing_app.model.plain import all_inlines, inline_text, inlines_of
from briefing_app.model.source import Source

PassageMode = Literal["quotation", "citation", "sentence"]


def passage(
    briefing: Briefing,
    section: Section,
    caret: Caret | None,
    source: Source,
    excerpt: Excerpt,
    mode: PassageMode,
    *,
    translated: bool = False,
    index: int | None = None,
) -> Insertion:
    """Put a passage after the caret's block or at the caret; before block ``index`` of the section where given."""
    excerpt_id, kept = keep(briefing, source, excerpt)
    known = briefing.excerpt(excerpt_id)
    if known is not None and excerpt.translation is not None and known.translation != excerpt.translation:
        kept = (*kept, Put(with_translation(known, excerpt.translation)))
    if mode == "quotation":
        block = Quotation(new_id(), excerpt_id=excerpt_id, translated=translated)
        placed = _place(section, caret, index, block)
    else:
        words: Inlines = (Citation(new_id("c"), excerpt_id),)
        if mode == "sentence":
            words = (_in_quotation_marks(excerpt, translated), *words)
        if index is None:
            placed = insert_inlines(briefing, section, caret, words, new_id)
        else:
            placed = insert_blocks_at(section, index, (Paragraph(new_id(), words),))
    return Insertion((*kept, *placed.edits), placed.after)


def _place(section: Section, caret: Caret | None, index: int | None, block: Block) -> Insertion:
    if index is not None:
        return insert_blocks_at(section, index, (block,))
    return insert_blocks_after(section, caret, (block,))


def _in_quotation_marks(excerpt: Excerpt, translated: bool) -> Text:
    translation = excerpt.translation if translated else None
    text = translation.text if translation else excerpt.text
    language = translation.language if translation else excerpt.language
    return Text(f"“{' '.join(text.split())}”", language=language)


def note(briefing: Briefing, section: Section, caret: Caret | None, content: Inlines) -> Insertion:
    """Put a note of the analyst's own at the caret."""
    inside = tuple(inline for inline in content if not isinstance(inline, Note))
    return insert_inlines(briefing, section, caret, (Note(new_id("f"), inside),), new_id)


def find_note(briefing: Briefing, note_id: str) -> Note | None:
    """The note with this id, wherever it stands."""
    for section in briefing.sections:
        for inline in all_inlines(section):
            if isinstance(inline, Note) and inline.id == note_id:
                return inline
    return None


def reworded(old: Inlines, text: str) -> Inlines:
    """``old`` with its words changed to ``text``: what stays the same keeps its style, and no citation is lost.

    ``text`` has line breaks as newlines, and nothing where ``old`` has a citation.
    """
    before = inline_text(old)
    start = 0
    while start < min(len(before), len(text)) and before[start] == text[start]:
        start += 1
    end = 0
    while end < min(len(before), len(text)) - start and before[-1 - end] == text[-1 - end]:
        end += 1
    head, gone, tail = _split(old, start, len(before) - end)
    middle: list[Inline] = []
    style = next((one for one in (*reversed(head), *gone) if isinstance(one, Text)), Text(""))
    for number, line in enumerate(text[start : len(text) - end].split("\n")):
        if number:
            middle.append(LineBreak())
        middle.append(restyle(style, line))
    kept = tuple(one for one in gone if isinstance(one, Citation | Note))
    return merge_texts((*head, *middle, *kept, *tail))


def _split(inlines: Inlines, start: int, end: int) -> tuple[Inlines, Inlines, Inlines]:
    """The parts before, between and after two places among the words; citations count nothing."""
    parts: tuple[list[Inline], list[Inline], list[Inline]] = ([], [], [])
    place = 0
    for inline in inlines:
        if not isinstance(inline, Text):
            length = 1 if isinstance(inline, LineBreak) else 0
            parts[0 if place + length <= start else 1 if place + length <= end else 2].append(inline)
            place += length
            continue
        for number, (low, high) in enumerate(((0, start), (start, end), (end, place + len(inline.text)))):
            piece = inline.text[max(0, low - place) : max(0, high - place)]
            if piece:
                parts[number].append(restyle(inline, piece))
        place += len(inline.text)
    return tuple(parts[0]), tuple(parts[1]), tuple(parts[2])


def changed_note(briefing: Briefing, note_id: str, content: Inlines) -> Edit | None:
    """The edit that gives a note other words; without words it is taken out. None where the note is not there."""
    inside = tuple(inline for inline in content if not isinstance(inline, Note))
    for node in briefing.walk():
        words = inlines_of(node)
        if any(isinstance(inline, Note) and inline.id == note_id for inline in words):
            changed = tuple(
                replace(inline, content=inside) if isinstance(inline, Note) and inline.id == note_id else inline
                for inline in words
            )
            if not inside:
                changed = tuple(one for one in changed if not (isinstance(one, Note) and one.id == note_id))
            return SetText(node.id, merge_texts(changed))
    return None


def picture(
    briefing: Briefing, section: Section, caret: Caret | None, data: bytes, media_type: str, alt: str
) -> Insertion:
    """Put a picture after the caret's block."""
    media = Media(sha256=hashlib.sha256(data).hexdigest(), media_type=media_type, data=data)
    placed = insert_blocks_after(section, caret, (Picture(new_id(), media.sha256, alt),))
    kept: tuple[Edit, ...] = () if briefing.picture(media.sha256) else (Put(media),)
    return Insertion((*kept, *placed.edits), placed.after)


def picture_alt(briefing: Briefing, node_id: str, alt: str) -> Edit | None:
    """The edit that sets a picture's text alternative, or None where there is no such picture."""
    node = briefing.node(node_id)
    return Replace(node_id, replace(node, alt=alt)) if isinstance(node, Picture) else None


def marked(briefing: Briefing, node_id: str, mark: str) -> Edit | None:
    """The edit that sets the portion mark of a block or a section, or None where the node takes none."""
    node = briefing.node(node_id)
    if isinstance(node, Paragraph | Quotation | Table | Picture | Section):
        return Replace(node_id, replace(node, mark=mark))
    return None


def translated(briefing: Briefing, node_id: str, on: bool) -> Edit | None:
    """The edit that makes a quotation show its translation or its original."""
    node = briefing.node(node_id)
    return Replace(node_id, replace(node, translated=on)) if isinstance(node, Quotation) else None


def page_break(section: Section, caret: Caret | None) -> Insertion:
    """Put a page break after the caret's block."""
    return insert_blocks_after(section, caret, (PageBreak(new_id()),))


def table(section: Section, caret: Caret | None, rows: int, columns: int) -> Insertion:
    """Put an empty table after the caret's block."""
    made = Table(
        new_id(),
        tuple(
            Row(new_id(), tuple(Cell(new_id(), (Paragraph(new_id()),)) for _ in range(max(1, columns))))
            for _ in range(max(1, rows))
        ),
        header_rows=1 if rows > 1 else 0,
    )
    return insert_blocks_after(section, caret, (made,))
