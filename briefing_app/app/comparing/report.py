"""A comparison as rows for other programs, and as text for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from briefing_app.app.comparing.values import (
    BlockChange,
    Comparison,
    EvidenceChanges,
    ExcerptChange,
    FieldChange,
    GradeChange,
    Piece,
    SectionChange,
    SourceChange,
    State,
)
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.grading import Credibility, Reliability

_SHOWN = 160  # characters of what did not change, or of a passage
Paint = Callable[[str, str], str]
SIGNS = {State.SAME: " ", State.CHANGED: "~", State.ADDED: "+", State.REMOVED: "-"}


def plain_paint(kind: str, text: str) -> str:
    """Added and removed words between marks, as they are where there is no colour."""
    return {"added": f"{{+{text}+}}", "removed": f"[-{text}-]"}.get(kind, text)


def coloured_paint(kind: str, text: str) -> str:
    """The same for a terminal: added green and underlined, removed red and struck."""
    code = {"added": "4;32", "removed": "9;31", "moved": "36", "heading": "1", "muted": "2"}.get(kind)
    return f"\x1b[{code}m{text}\x1b[0m" if code else text


# --- rows


def comparison_rows(comparison: Comparison) -> dict[str, Any]:
    """Everything that differs, as JSON can hold it."""
    return {
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "same": comparison.is_empty,
        "title_page": [asdict(one) for one in comparison.title_page],
        "form_changed": comparison.form_changed,
        "sections": [_section_row(one) for one in comparison.sections if one.is_different],
        "evidence": {
            "excerpts": [_excerpt_row(one) for one in comparison.evidence.excerpts],
            "sources": [
                {
                    "id": one.source.id,
                    "title": one.source.display_title,
                    "state": str(one.state),
                    "fields": [asdict(field) for field in one.fields],
                }
                for one in comparison.evidence.sources
            ],
            "grades": [asdict(one) for one in comparison.evidence.grades],
        },
    }


def _side(briefing: Any) -> dict[str, Any]:
    return {"id": briefing.id, "title": briefing.meta.title, "edition": briefing.meta.edition}


def _section_row(one: SectionChange) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "path": list(one.path),
        "state": str(one.state),
        "renamed_from": one.renamed_from,
        "moved": one.moved,
        "moved_from": one.moved_from,
        "details": list(one.details),
        "blocks": [
            {
                "id": block.id,
                "type": (block.new or block.old).type,  # type: ignore[union-attr]
                "state": str(block.state),
                "moved": block.moved,
                "moved_from": block.moved_from,
                "details": list(block.details),
                "pieces": [asdict(piece) for piece in block.pieces],
            }
            for block in one.blocks
            if block.is_different and not block.away
        ],
    }


def _excerpt_row(one: ExcerptChange) -> dict[str, Any]:
    return {
        "id": one.excerpt.id,
        "source_id": one.excerpt.source_id,
        "source": one.source.display_title if one.source else "",
        "state": str(one.state),
        "text": one.excerpt.text,
        "sections": list(one.sections),
        "fields": [asdict(field) for field in one.fields],
    }


# --- words


def comparison_words(comparison: Comparison, paint: Paint = plain_paint) -> Iterator[str]:
    """The differences as lines; what did not change is left out."""
    if comparison.is_empty:
        yield "Nothing differs."
        return
    for field in comparison.title_page:
        yield f"{field.name}: {_field(field, paint)}"
    if comparison.form_changed:
        yield "The form (template) is another one, or another state of it."
    for section in comparison.sections:
        if section.is_different:
            yield ""
            yield from _section_words(section, paint)
    if not comparison.evidence.is_empty:
        yield ""
        yield from _evidence_words(comparison.evidence, paint)


def _field(field: FieldChange, paint: Paint) -> str:
    parts = [paint("removed", field.old) if field.old else "", paint("added", field.new) if field.new else ""]
    return " ".join(part for part in parts if part)


def section_notes(section: SectionChange) -> tuple[str, ...]:
    """What is to be said of the section itself, in words: new, removed, renamed, moved, and details."""
    notes = []
    if section.state is State.ADDED:
        notes.append("new section")
    if section.state is State.REMOVED:
        notes.append("section removed")
    if section.renamed_from:
        notes.append(f"was “{section.renamed_from}”")
    if section.moved:
        notes.append(f"moved from “{section.moved_from}”" if section.moved_from else "moved")
    return (*notes, *section.details)


def block_notes(block: BlockChange) -> tuple[str, ...]:
    """What is to be said of a block besides its words: where it came from or went, and details."""
    if block.away:
        return (f"moved to “{block.moved_to}”",)
    notes = []
    if block.moved:
        notes.append(f"moved from “{block.moved_from}”" if block.moved_from else "moved within the section")
    return (*notes, *block.details)


def _section_words(section: SectionChange, paint: Paint) -> Iterator[str]:
    notes = section_notes(section)
    where = " / ".join((*section.path, section.name))
    yield paint("heading", f"# {where}") + (paint("moved", f"  ({', '.join(notes)})") if notes else "")
    for block in section.blocks:
        if block.is_different:
            yield from _block_words(block, paint)


def _block_words(block: BlockChange, paint: Paint) -> Iterator[str]:
    notes = block_notes(block)
    sign = "<" if block.away else ">" if block.moved else SIGNS[block.state]
    if block.away or block.state is State.SAME:
        body = short("".join(piece.text for piece in block.pieces))
    else:
        body = "".join(paint(piece.kind, piece.text) for piece in with_less_same(block.pieces))
    kind = (block.new or block.old).type  # type: ignore[union-attr]
    note = paint("moved", f"({', '.join(notes)}) ") if notes else ""
    lines = (body or f"({kind.replace('_', ' ')})").split("\n")
    yield f"{sign} {note}{lines[0]}"
    yield from (f"  {line}" for line in lines[1:])


def with_less_same(pieces: Sequence[Piece], most: int = 2 * _SHOWN) -> list[Piece]:
    """The pieces with the middle of long unchanged runs left out."""
    shown = []
    for number, piece in enumerate(pieces):
        text = piece.text
        if piece.kind == "same" and len(text) > most:
            head = "" if number == 0 else _cut(text[: most // 2], last=True)
            tail = "" if number == len(pieces) - 1 else _cut(text[-most // 2 :], last=False)
            text = " … ".join((head, tail)).strip() if head and tail else f"{head} …" if head else f"… {tail}"
            piece = Piece("same", text)
        shown.append(piece)
    return shown


def _cut(text: str, *, last: bool) -> str:
    """``text`` without the word that was cut at its end or its beginning."""
    head, gap, tail = text.rpartition(" ") if last else text.partition(" ")
    return (head if last else tail) if gap else text


def short(text: str) -> str:
    """The beginning of a text in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1].rstrip()}…"


def _evidence_words(evidence: EvidenceChanges, paint: Paint) -> Iterator[str]:
    yield paint("heading", "# Evidence")
    for source in evidence.sources:
        yield f"{SIGNS[source.state]} {source_line(source)}"
        yield from (f"    {field.name}: {_field(field, paint)}" for field in source.fields)
    for excerpt in evidence.excerpts:
        yield f"{SIGNS[excerpt.state]} {excerpt_line(excerpt)}"
        yield from (f"    {field.name}: {_field(field, paint)}" for field in excerpt.fields)
    for grade in evidence.grades:
        yield f"~ {grade_line(grade)}"


def source_line(change: SourceChange) -> str:
    """A source that came, went or changed, in a line."""
    source = change.source
    head = {State.ADDED: "new source", State.REMOVED: "source no longer used"}.get(change.state, "source")
    parts = (source.display_title, source.outlet, source.published[:10])
    return f"{head}: " + ", ".join(part for part in parts if part)


def excerpt_line(change: ExcerptChange) -> str:
    """A passage that came, went or changed, in a line, with where it is used."""
    head = {State.ADDED: "new passage", State.REMOVED: "passage no longer used"}.get(change.state, "passage")
    title = change.source.display_title if change.source else change.excerpt.source_id
    where = f" — {', '.join(change.sections)}" if change.sections else ""
    return f"{head}: “{short(change.excerpt.text)}” ({title}{_page(change.excerpt)}){where}"


def _page(excerpt: Excerpt) -> str:
    return f", p. {excerpt.page}" if excerpt.page else ""


def grade_line(change: GradeChange) -> str:
    """A grade that changed, in a line, with the meaning of both."""
    meaning = Reliability if change.of == "source" else Credibility
    old, new = (f"{one} ({meaning(one).wording.lower()})" if one else "not graded" for one in (change.old, change.new))
    of = "grade of the source" if change.of == "source" else "grade of a passage"
    return f"{of}: {change.title}: {old} → {new}"
