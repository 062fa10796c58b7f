"""The text of pages: words apart where a reader sees them apart, no characters of the layout, blocks as they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.model.reading import BlockKind, Reading
from briefing_app.readers import read
from briefing_app.readers.html_characters import clean_characters
from tests.readers.test_read import check_form

PROSE = "Officials said on Tuesday that the column had left the town at dawn, moving towards the border. "


def article(body: str) -> Reading:
    page = f"<html><body><article><p>{PROSE * 3}</p>{body}<p>{PROSE * 3}</p></article></body></html>"
    reading = read(page.encode(), "a.html")
    check_form(reading)
    return reading


def blocks(body: str) -> list[tuple[BlockKind, str]]:
    reading = article(body)
    found = [(block.kind, reading.text[block.start : block.end]) for block in reading.blocks]
    return found[1:-1]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One line,<br>another <b>bold</b>ly set.</p>", "One line,\nanother boldly set."),
        ("<p>A word<sup><a href='#n1'>1</a></sup> with a note.</p>", "A word 1 with a note."),
        ("<p>On the 19<sup>th</sup> day, 5 km<sup>2</sup> burned.</p>", "On the 19th day, 5 km2 burned."),
        ("<p><span>A caption</span><span>Jane Doe/Agency</span></p>", "A caption Jane Doe/Agency"),
        ("<p><b>Mc</b>Donald, an o<i>pen</i> word.</p>", "McDonald, an open word."),
        (
            "<p>In\u00adfor\u00adma\u00adtion, zero\u200bwidth, \ufb01nal o\ufb03ce.</p>",
            "Information, zerowidth, final office.",
        ),
        ("<p>Twice escaped: A &amp;amp; B &amp;nbsp; &amp;#8212; C.</p>", "Twice escaped: A & B — C."),
        ("<p>10\u00a0000 men &nbsp; and\u00a0 more.</p>", "10\u00a0000 men and more."),
        ("<p>می\u200cخواهم &rlm;بروم.</p>", "می\u200cخواهم \u200fبروم."),
    ],
)
def test_words_as_a_reader_sees_them(body: str, text: str) -> None:
    assert blocks(body) == [(BlockKind.PARAGRAPH, text)]


def test_blocks_keep_their_kind_and_order() -> None:
    body = (
        "<h2>What is known</h2><ol><li>First of all points</li><li><p>Second point</p><p>with two lines</p></li></ol>"
        "<blockquote><p>“We held the bridge,” he said.</p></blockquote><figure><img src=a.png>"
        "<figcaption>The bridge at dawn. Jane Doe</figcaption></figure><pre>a  = 1\n  b &amp;lt; 2</pre>"
        "<table><caption>Losses by day</caption><tr><th>Day</th><th>Number</th></tr><tr><td>Monday</td>"
        "<td>1<br>000</td></tr><tr><td></td><td></td></tr></table><p>First part.<br><br>Second part.</p>"
    )
    assert blocks(body) == [
        (BlockKind.HEADING, "What is known"),
        (BlockKind.LIST_ITEM, "First of all points"),
        (BlockKind.LIST_ITEM, "Second point"),
        (BlockKind.LIST_ITEM, "with two lines"),
        (BlockKind.QUOTATION, "“We held the bridge,” he said."),
        (BlockKind.CAPTION, "The bridge at dawn. Jane Doe"),
        (BlockKind.PARAGRAPH, "a  = 1\n  b &lt; 2"),
        (BlockKind.CAPTION, "Losses by day"),
        (BlockKind.TABLE, "Day\tNumber\nMonday\t1 000"),
        (BlockKind.PARAGRAPH, "First part."),
        (BlockKind.PARAGRAPH, "Second part."),
    ]


def test_sentences_that_only_begin_like_furniture_stay() -> None:
    kept = [
        "By Friday, the town had fallen.",
        "Related deaths rose in May.",
        "Subscribers left the network.",
        "More on this became known later, the ministry said.",
        "Share prices fell by a tenth.",
        "Читайте внимательно, сказал он.",
        "Copyright law is at stake.",
    ]
    text = article("".join(f"<p>{line}</p>" for line in kept)).text
    assert [line for line in kept if line not in text] == []


def test_a_page_whose_article_is_in_its_linked_data_only() -> None:
    page = (
        '<html><body><script type="application/ld+json">{"@type": "NewsArticle", "headline": "H", "articleBody":'
        f' "{PROSE * 4}\\n{PROSE * 3}"}}</script><div id=root>Loading…</div></body></html>'
    )
    reading = read(page.encode(), "a.html")
    check_form(reading)
    assert reading.text.count("Officials") == 7
    assert len(reading.blocks) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>" + b"<div>" * 20_000 + b"deep",
        b"<html><body>" + b"<div class=related>" * 300 + PROSE.encode() * 9 + b"</div>" * 300,
        b"<html><body>" + b"<p style='display:none'>x</p>" * 20_000 + f"<p>{PROSE * 9}</p>".encode(),
        b"<table><tr><td>" * 300 + PROSE.encode() * 9,
        b"<div\x01a=1 \x00=2 <=3>" + PROSE.encode() * 9,
        b"<html><frameset><frame src=a></frameset></html>",
    ],
)
def test_absurd_pages_are_read(data: bytes) -> None:
    reading = read(data, "a.html")
    check_form(reading)
    assert reading.no_text is not bool(reading.text)


@given(st.text("a &;#nbsp0x12\u00a0\u00ad\u200b\ufb01\n"))
def test_cleaned_characters_have_no_layout_left(text: str) -> None:
    cleaned = clean_characters(text)
    assert not set(cleaned) & set("\u00ad\u200b\ufb01")
    assert "\u00a0 " not in cleaned
    assert "\u00a0\u00a0" not in cleaned
