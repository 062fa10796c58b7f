"""Markdown as a source: its words without the marks, and the fields of its front matter."""

from __future__ import annotations

import itertools
from dataclasses import replace

from briefing_app.model.reading import Reading
from briefing_app.model.source import SourceKind
from briefing_app.readers.decoding import decode
from briefing_app.readers.draft_markdown import parse_markdown
from briefing_app.readers.flatten import flatten
from briefing_app.readers.language import language_of

READER = "markdown/1"


def read_markdown(data: bytes, name: str) -> Reading:
    """Read Markdown. Pictures are left out of a source's text, and so their warnings are too."""
    numbers = itertools.count(1)
    draft, fields = parse_markdown(decode(data), lambda: str(next(numbers)))
    shown = replace(draft, title="") if fields.title else draft  # front matter is no part of the text
    builder = flatten(shown)
    return Reading(
        reader=READER,
        kind=SourceKind.TEXT,
        media_type="text/markdown",
        text=builder.text,
        fields=replace(fields, title=fields.title or draft.title, language=language_of(fields.language, builder.text)),
        blocks=builder.blocks,
        no_text=not builder.text,
    )
