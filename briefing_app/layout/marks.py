"""The banner and the portion marks: no portion may stand above the banner."""

from __future__ import annotations

from typing import assert_never

from briefing_app.errors import MarkingError
from briefing_app.layout.context import Context
from briefing_app.layout.document import Banner
from briefing_app.model.block import (
    Cell,
    ListBlock,
    ListItem,
    Node,
    PageBreak,
    Paragraph,
    Picture,
    Quotation,
    Row,
    Section,
    Table,
)
from briefing_app.model.marking import Marking, parse_marking
from briefing_app.model.plain import inline_text, inlines_of


def portion_label(mark: str, context: Context) -> str:
    """The label of a portion mark; a mark that is none is a problem, and stays as it is written."""
    try:
        marking = parse_marking(mark)
    except MarkingError as error:
        context.report(str(error))
        return mark.strip()
    return marking.label if marking else ""


def make_banner(wanted: str, context: Context) -> Banner | None:
    """The banner for the marking ``wanted``, after a look at every portion.

    Portions above it are problems; a draft takes the highest of them as its banner instead. Raises MarkingError
    where ``wanted`` is no marking.
    """
    banner = parse_marking(wanted)
    above = _portions_above(banner, context)
    if above and context.draft:
        banner = max((marking for _, marking in above), key=lambda marking: marking.rank)
    elif above:
        stated = f"the banner is {banner.label}" if banner else "the briefing has no marking"
        for place, marking in above:
            context.report(f"{place} is marked {marking.label}, but {stated}.")
    if banner is None:
        return None
    restrictions = context.briefing.meta.restrictions.strip()
    text = f"{banner.label} · {restrictions}" if restrictions else banner.label
    return Banner(text=text, colour=banner.colour, background=banner.background)


def _portions_above(banner: Marking | None, context: Context) -> list[tuple[str, Marking]]:
    above = []
    for node in context.briefing.walk():
        mark = _mark_of(node)
        try:
            marking = parse_marking(mark)
        except MarkingError:
            continue  # named where the portion is laid out
        if marking and (banner is None or marking.rank > banner.rank):
            above.append((_place(node), marking))
    return above


def _mark_of(node: Node) -> str:
    match node:
        case Section() | Paragraph() | Quotation() | Table() | Picture():
            return node.mark
        case ListBlock() | ListItem() | Row() | Cell() | PageBreak():
            return ""
        case _:
            assert_never(node)


def _place(node: Node) -> str:
    words = " ".join(inline_text(inlines_of(node)).split())
    opening = words if len(words) <= 60 else f"{words[:59].rstrip()}…"
    return f"the {node.type} “{opening}”" if opening else f"the {node.type} {node.id}"
