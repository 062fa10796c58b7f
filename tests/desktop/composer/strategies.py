"""Random blocks of a section, with distinct ids."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import strategies as st

from briefing_app.model.block import (
    Block,
    Cell,
    ListBlock,
    ListItem,
    PageBreak,
    Paragraph,
    Picture,
    Quotation,
    Row,
    Table,
)
from briefing_app.model.inline import Citation, Inlines, LineBreak, Note, Text, merge_texts

_WORDS = st.text(
    st.one_of(st.characters(categories=("L", "N", "P", "S", "Zs", "Mn")), st.sampled_from("abc ‘é«»Жعבح漢😀‍\t")),
    min_size=1,
    max_size=12,
)
_MARKS = st.sampled_from(["", "", "TLP:GREEN", "TLP:AMBER+STRICT"])
_TEXTS = st.builds(
    Text,
    _WORDS,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "", "https://example.org/a?b=1&c=é", "mailto:a@example.org"]),
    st.sampled_from(["", "", "ru", "ar"]),
)


@st.composite
def sections(draw: st.DrawFn) -> tuple[Block, ...]:
    """The blocks of one section."""
    numbers = itertools.count()

    def fresh() -> str:
        return f"n{next(numbers)}"

    return tuple(draw(st.lists(_block(fresh), max_size=5)))


def inlines(fresh: Any) -> st.SearchStrategy[Inlines]:
    ids = st.builds(fresh)
    citations = st.builds(Citation, ids, st.sampled_from(["e-closed", "e-opened", "gone"]), _WORDS | st.just(""))
    notes = st.builds(Note, ids, st.lists(_TEXTS | st.builds(LineBreak) | citations, max_size=3).map(tuple))
    return st.lists(_TEXTS | st.builds(LineBreak) | citations | notes, max_size=5).map(
        lambda xs: merge_texts(tuple(xs))
    )


def _paragraph(fresh: Any) -> st.SearchStrategy[Paragraph]:
    return st.builds(Paragraph, st.builds(fresh), inlines(fresh), _MARKS)


def _list(fresh: Any, depth: int = 0) -> st.SearchStrategy[ListBlock]:
    inner: st.SearchStrategy[Any] = _paragraph(fresh)
    if depth < 2:
        inner = st.one_of(inner, _list(fresh, depth + 1))
    items = st.builds(ListItem, st.builds(fresh), st.lists(inner, max_size=3).map(tuple))
    return st.builds(
        ListBlock, st.builds(fresh), st.lists(items, max_size=3).map(tuple), st.booleans(), st.integers(1, 9)
    )


def _quotation(fresh: Any) -> st.SearchStrategy[Quotation]:
    own = st.builds(
        Quotation, st.builds(fresh), paragraphs=st.lists(_paragraph(fresh), max_size=3).map(tuple), mark=_MARKS
    )
    cited = st.builds(Quotation, st.builds(fresh), st.sampled_from(["e-closed", "gone"]), st.booleans(), mark=_MARKS)
    return own | cited


@st.composite
def _table(draw: st.DrawFn, fresh: Any) -> Table:
    """A table whose cells fill its grid, or (now and then) do not."""
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    taken: set[tuple[int, int]] = set()
    lines = []
    for row in range(rows):
        cells = []
        for column in range(columns):
            if (row, column) in taken:
                continue
            wide = draw(st.integers(1, columns - column))
            while any((row, column + step) in taken for step in range(wide)):
                wide -= 1
            tall = draw(st.integers(1, rows - row))
            taken |= {(row + r, column + c) for r in range(tall) for c in range(wide)}
            content = st.lists(_paragraph(fresh) | _list(fresh, 1), max_size=2).map(tuple)
            cells.append(Cell(fresh(), draw(content), wide, tall))
        lines.append(Row(fresh(), tuple(cells)))
    if draw(st.integers(0, 9)) == 0:
        lines.append(Row(fresh(), ()))
    widths = draw(st.sampled_from([(), tuple(float(n + 1) for n in range(columns))]))
    return Table(fresh(), tuple(lines), draw(st.integers(0, rows)), draw(inlines(fresh)), widths, draw(_MARKS))


def _picture(fresh: Any) -> st.SearchStrategy[Picture]:
    widths = st.none() | st.floats(1, 400)
    return st.builds(Picture, st.builds(fresh), st.just("0" * 64), _WORDS | st.just(""), inlines(fresh), widths, _MARKS)


def _block(fresh: Any) -> st.SearchStrategy[Block]:
    return st.one_of(
        _paragraph(fresh),
        _paragraph(fresh),
        _list(fresh),
        _quotation(fresh),
        _table(fresh),
        _picture(fresh),
        st.builds(PageBreak, st.builds(fresh)),
    )
