"""Hypothesis strategies for the model: nodes, briefings, and edits that fit a briefing (or do not)."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from hypothesis import strategies as st

from briefing_app.model.block import (
    Block,
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
from briefing_app.model.briefing import Briefing, Media, Meta, walk
from briefing_app.model.edit import (
    Batch,
    Drop,
    Edit,
    Insert,
    Move,
    Put,
    Remove,
    Replace,
    SetMeta,
    SetTemplate,
    SetText,
    apply,
)
from briefing_app.model.excerpt import Excerpt, Translation, take_excerpt
from briefing_app.model.grading import Credibility, Reliability
from briefing_app.model.inline import Citation, Inline, LineBreak, Note, Text
from briefing_app.model.source import Source, SourceKind
from briefing_app.model.template import StyleSpec, Template, TemplateSection

# A few words in several scripts, with what trips text up: combining marks, quotes, a lone surrogate, right to left.
words = st.sampled_from(
    ("", "port", "«порт»", "مرفأ", "e\u0301", "a\nb", "𝔘", "\u200f12", '"\\', "\ud800", "港", " ", "\u2028")
)
ids = st.uuids().map(lambda value: value.hex)
marks = st.sampled_from(("", "TLP:GREEN", "TLP:RED"))
excerpt_ids = st.sampled_from(("e1", "e2", "e3"))
source_ids = st.sampled_from(("s1", "s2"))

texts = st.builds(
    Text, words, bold=st.booleans(), italic=st.booleans(), link=st.sampled_from(("", "https://a.example/?b=1"))
)
breaks = st.just(LineBreak())
citations = st.builds(Citation, ids, excerpt_ids, prefix=words, suffix=words)
notes = st.builds(Note, ids, st.lists(st.one_of(texts, breaks, citations), max_size=2).map(tuple))
inlines: st.SearchStrategy[tuple[Inline, ...]] = st.lists(st.one_of(texts, breaks, citations, notes), max_size=3).map(
    tuple
)

paragraphs = st.builds(Paragraph, ids, inlines, marks)


def _tuples(strategy: st.SearchStrategy[Node], size: int = 2) -> st.SearchStrategy[tuple[Node, ...]]:
    return st.lists(strategy, max_size=size).map(tuple)


def _lists(depth: int) -> st.SearchStrategy[ListBlock]:
    inner = paragraphs if depth == 0 else st.one_of(paragraphs, _lists(depth - 1))
    items = st.builds(ListItem, ids, _tuples(inner))
    return st.builds(ListBlock, ids, _tuples(items), st.booleans(), st.integers(1, 9))


lists = _lists(1)
cells = st.builds(Cell, ids, _tuples(st.one_of(paragraphs, lists), 1), st.integers(1, 2), st.integers(1, 2))
rows = st.builds(Row, ids, _tuples(cells))
widths = st.lists(st.floats(0.1, 9, allow_nan=False), max_size=2).map(tuple)
tables = st.builds(Table, ids, _tuples(rows), st.integers(0, 1), inlines, widths)
pictures = st.builds(
    Picture, ids, st.sampled_from(("0" * 64, "1" * 64)), words, inlines, st.none() | st.floats(10, 160)
)
quotations = st.one_of(
    st.builds(Quotation, ids, excerpt_ids, st.booleans()),
    st.builds(Quotation, ids, paragraphs=_tuples(paragraphs)),
)
blocks: st.SearchStrategy[Block] = st.one_of(paragraphs, lists, quotations, tables, pictures, st.builds(PageBreak, ids))


def _sections(depth: int) -> st.SearchStrategy[Section]:
    inner = st.just(()) if depth == 0 else _tuples(_sections(depth - 1), 1)
    keys = st.sampled_from(("", "lead", "facts"))
    return st.builds(Section, ids, inlines, _tuples(blocks, 2), inner, keys, st.booleans(), marks)


sections = _sections(1)
nodes: st.SearchStrategy[Node] = st.one_of(sections, blocks, st.builds(ListItem, ids, _tuples(paragraphs)), rows, cells)

metas = st.builds(
    Meta, title=words, edition=st.integers(0, 99), as_of=st.sampled_from(("", "2026-11-03T09:00Z")), marking=marks
)
styles = st.dictionaries(
    st.sampled_from(("body", "title")), st.builds(StyleSpec, size=st.none() | st.floats(6, 30)), max_size=2
)
templates = st.builds(
    Template,
    id=st.just("t"),
    name=words,
    sections=st.just((TemplateSection(key="lead", heading="Lead", aliases=("intro",)),)),
    contents=st.booleans(),
    styles=styles,
)


@st.composite
def excerpts(draw: st.DrawFn) -> Excerpt:
    text = draw(st.sampled_from(("The port was shut on Monday.", "«Порт закрыт», заявили власти.", "أُغلق المرفأ")))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    taken = take_excerpt(id=draw(excerpt_ids), source_id=draw(source_ids), text=text, start=start, end=end)
    translation = draw(st.none() | st.builds(Translation, text=words, language=st.just("en")))
    return replace(
        taken, translation=translation, credibility=draw(st.none() | st.sampled_from(Credibility)), note=draw(words)
    )


sources = st.builds(
    Source,
    id=source_ids,
    title=words,
    authors=st.lists(words, max_size=2).map(tuple),
    kind=st.sampled_from(SourceKind),
    reliability=st.none() | st.sampled_from(Reliability),
    pages=st.none() | st.integers(1, 9),
)
media = st.binary(max_size=12).map(
    lambda data: Media(sha256=hashlib.sha256(data).hexdigest(), media_type="image/png", data=data)
)


@st.composite
def briefings(draw: st.DrawFn) -> Briefing:
    """Any briefing whose ids stand once. Its citations may point to passages that it does not keep."""
    return Briefing(
        id=draw(ids),
        meta=draw(metas),
        template=draw(templates),
        sections=draw(_tuples(sections, 3)),  # type: ignore[arg-type]
        excerpts=tuple(draw(st.lists(excerpts(), max_size=3, unique_by=lambda one: one.id))),
        sources=tuple(draw(st.lists(sources, max_size=2, unique_by=lambda one: one.id))),
        media=tuple(draw(st.lists(media, max_size=2, unique_by=lambda one: one.sha256))),
    )


def _places(briefing: Briefing) -> st.SearchStrategy[str]:
    """The id of a part of the briefing, of the briefing itself, or (seldom) of nothing."""
    return st.sampled_from((briefing.id, "nothing", *(node.id for node in briefing.walk())))


def single_edits(briefing: Briefing) -> st.SearchStrategy[Edit]:
    """An edit of this briefing; many fit it and some are refused."""
    places, numbers = _places(briefing), st.integers(0, 3)
    return st.one_of(
        st.builds(Insert, places, numbers, nodes),
        st.builds(Remove, places),
        st.builds(Move, places, places, numbers),
        st.builds(Replace, places, nodes),
        st.builds(SetText, places, inlines),
        st.builds(SetMeta, metas),
        st.builds(SetTemplate, templates),
        st.builds(Put, st.one_of(excerpts(), sources, media), st.integers(-1, 3)),
        st.builds(Drop, st.just("excerpt"), excerpt_ids),
        st.builds(Drop, st.just("source"), source_ids),
        media.map(lambda one: Drop("media", one.sha256)),
    )


def edits(briefing: Briefing) -> st.SearchStrategy[Edit]:
    """An edit of this briefing, or a batch of them."""
    one = single_edits(briefing)
    return st.one_of(one, st.builds(Batch, words, st.lists(one, max_size=3).map(tuple)))


@st.composite
def histories(draw: st.DrawFn, *, max_size: int = 6) -> tuple[Briefing, list[Edit], Briefing]:
    """A briefing, edits that were applied to it one after another (all fit), and the briefing that came out."""
    from briefing_app.errors import EditRefused

    start = current = draw(briefings())
    done: list[Edit] = []
    for _ in range(draw(st.integers(0, max_size))):
        edit = draw(edits(current))
        try:
            current = apply(current, edit).briefing
        except EditRefused:
            continue
        done.append(edit)
    return start, done, current


def all_ids(briefing: Briefing) -> list[str]:
    """The ids of every node."""
    return [node.id for section in briefing.sections for node in walk(section)]
