"""HTML of other programs: whatever it is, no word is lost and nothing but our structure comes out."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_app.desktop.composer.foreign_html import clean_html
from briefing_app.model.block import Block, Paragraph, Section, Table
from briefing_app.model.briefing import Briefing, walk
from briefing_app.model.edit import Replace, apply
from briefing_app.model.inline import LineBreak, Text
from briefing_app.model.plain import inline_text, inlines_of
from tests import samples
from tests.samples import paragraph

_INLINE = ["b", "i", "u", "span", "a", "em", "strong", "font", "sub"]
_BLOCK = ["p", "div", "h1", "h3", "blockquote", "ul", "ol", "table", "pre", "section"]


@st.composite
def _html(draw: st.DrawFn, depth: int = 0) -> str:
    words = st.sampled_from(["port", "суда", "ميناء", "rates&amp;more", "x&lt;y", "  ", "1", "\n"])
    parts = []
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.integers(0, 3 if depth < 4 else 0))
        if kind == 0:
            parts.append(f"{draw(words)} ")
            continue
        inner = draw(_html(depth + 1))
        tag = draw(st.sampled_from(_INLINE if kind == 1 else _BLOCK))
        match tag:
            case "ul" | "ol":
                inner = "".join(f"<li>{draw(_html(depth + 1))}</li>" for _ in range(draw(st.integers(0, 3))))
            case "table":
                inner = f"<tr><td>{inner}</td><th colspan=2>{draw(_html(depth + 1))}</th></tr>"
        style = draw(st.sampled_from(["", "", " style='font-weight:700;color:red'", " style='font-style: italic'"]))
        parts.append(f"<{tag}{style}>{inner}</{tag}>")
    return "".join(parts)


def _fresh() -> Callable[[], str]:
    numbers = itertools.count()
    return lambda: f"n{next(numbers)}"


def _words(blocks: Sequence[Block]) -> str:
    return " ".join(inline_text(inlines_of(node)) for block in blocks for node in walk(block))


def _squeezed(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=150, deadline=None)
@given(html=_html())
def test_no_word_is_lost_and_what_comes_out_fits_a_section(html: str) -> None:
    import lxml.html

    blocks = clean_html(html, _fresh()).blocks
    expected = lxml.html.document_fromstring(f"<html><body>{html}x</body></html>").text_content()
    assert sorted(_squeezed(_words(blocks)) + "x") == sorted(_squeezed(expected))
    empty = Briefing(id="b", template=samples.template(), sections=(Section("s"),))
    filled = apply(empty, Replace("s", Section("s", blocks=tuple(blocks)))).briefing
    assert filled.sections[0].blocks == tuple(blocks)


@settings(max_examples=100, deadline=None)
@given(text=st.text())
def test_any_text_at_all_is_taken_calmly(text: str) -> None:
    clean_html(text, _fresh())
    clean_html(f"<p>{text}<table><tr><td colspan='{text}'>", _fresh())


def test_very_deep_and_very_wide_tables_are_taken() -> None:
    deep = "<div>" * 3_000 + "word" + "</div>" * 3_000
    assert _squeezed(_words(clean_html(deep, _fresh()).blocks)) in ("word", "")  # the parser has a limit of its own
    wide = clean_html("<table><tr><td colspan=99999 rowspan=77777>a</td></tr></table>", _fresh()).blocks[0]
    assert isinstance(wide, Table)
    assert wide.rows[0].cells[0].column_span <= 1000


def test_code_keeps_its_lines_and_google_docs_is_not_all_bold() -> None:
    (code,) = clean_html("<pre>a\n  b</pre>", _fresh()).blocks
    assert code == paragraph(code.id, "a", LineBreak(), "\N{NO-BREAK SPACE}" * 2 + "b")
    docs = '<b style="font-weight:normal;"><p>one <span style="font-weight:700">two</span></p></b>'
    (words,) = clean_html(docs, _fresh()).blocks
    assert isinstance(words, Paragraph)
    assert words.content == (Text("one "), Text("two", bold=True))


def test_pictures_inside_lists_cells_and_quotations_follow_them() -> None:
    data = base64.b64encode(samples.png(2, 2)).decode()
    image = f'<img alt="A map" src="data:image/png;base64,{data}">'
    for around in ("<ul><li>a{}</li></ul>", "<table><tr><td>a{}</td></tr></table>", "<blockquote>a{}</blockquote>"):
        cleaned = clean_html(around.format(image) + "<p>b</p>", _fresh())
        assert [block.type for block in cleaned.blocks][1:] == ["picture", "paragraph"]
        assert cleaned.media[0].data == samples.png(2, 2)
    lost = clean_html("<img src='https://example.org/tracker.png'><img src='file:///etc/passwd'>", _fresh())
    assert (lost.blocks, lost.media) == ([], [])
