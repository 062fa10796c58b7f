"""One step of a Word document's body: a paragraph with its role, or a finished block."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from briefing_app.model.block import Block
from briefing_app.model.inline import Inline, Inlines, LineBreak, Text, merge_texts
from briefing_app.readers.docx_numbering import Place

Kind = Literal["paragraph", "heading", "title", "quote", "caption", "item", "block"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One paragraph with its role, or a finished block (table, picture, page break)."""

    kind: Kind
    content: Inlines = ()
    level: int = 0
    place: Place | None = None
    block: Block | None = None


def trimmed(words: list[Inline]) -> Inlines:
    """Neighbouring runs joined, white space and breaks at both ends taken off; empty for nothing visible."""
    joined = list(merge_texts(tuple(words)))
    if not any(not isinstance(inline, Text | LineBreak) or _shows(inline) for inline in joined):
        return ()
    for end in (0, -1):
        while joined:
            inline = joined[end]
            if isinstance(inline, Text):
                text = inline.text.lstrip(" \t\n") if end == 0 else inline.text.rstrip(" \t\n")
                if text:
                    joined[end] = Text(text, inline.bold, inline.italic, inline.underline, inline.link)
                    break
            elif not isinstance(inline, LineBreak):
                break
            joined.pop(end)
    return tuple(joined)


def _shows(inline: Inline) -> bool:
    return isinstance(inline, Text) and bool(inline.text.strip())


def plain_heading(content: Inlines) -> Inlines:
    """A heading's words without the bold and italic that all of them share, which are its style's look."""
    runs = [inline for inline in content if isinstance(inline, Text) and inline.text.strip()]
    bold, italic, under = (all(getattr(run, name) for run in runs) for name in ("bold", "italic", "underline"))
    kept = (
        replace(
            inline,
            bold=inline.bold and not bold,
            italic=inline.italic and not italic,
            underline=inline.underline and not under,
        )
        if isinstance(inline, Text)
        else inline
        for inline in content
    )
    return merge_texts(tuple(kept))
