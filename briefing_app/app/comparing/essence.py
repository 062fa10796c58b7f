"""What a part of a briefing is apart from its ids: two parts with one essence read and look the same."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from typing import Any, cast

from briefing_app.app.comparing.words import Aliases, quoted_words
from briefing_app.model.block import Block, Quotation
from briefing_app.model.briefing import Briefing
from briefing_app.model.inline import Citation, Inlines, LineBreak, Note, Text, merge_texts


def essence(block: Block, briefing: Briefing, aliases: Aliases) -> Hashable:
    """The block without ids; ``aliases`` name an excerpt as the other briefing does.

    A quotation has the words of its excerpt, which may have been taken anew under the same id.
    """
    bare = _bare(block, aliases)
    if isinstance(block, Quotation) and block.excerpt_id:
        excerpt = briefing.excerpt(block.excerpt_id)
        if excerpt is not None:
            translated = quoted_words(excerpt, True) if block.translated else ""
            return (bare, excerpt.text, translated)
    return bare


def inlines_essence(inlines: Inlines, aliases: Aliases) -> Hashable:
    """The same of a heading or a caption."""
    return _bare(inlines, aliases)


def _bare(value: Any, aliases: Aliases) -> Hashable:
    if isinstance(value, tuple):
        if any(isinstance(one, Text | LineBreak | Citation | Note) for one in value):
            value = merge_texts(value)
        return tuple(_bare(one, aliases) for one in value)
    if not is_dataclass(value):
        return cast(Hashable, value)
    parts: list[Hashable] = []
    for field in fields(value):
        if field.name == "excerpt_id":
            named = getattr(value, field.name)
            parts.append(aliases.get(named, named))
        elif field.name != "id":
            parts.append(_bare(getattr(value, field.name), aliases))
    return tuple(parts)
