"""Copy, cut and paste: within a briefing, into another one, to and from other programs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication, QImage

from briefing_app.desktop.composer.clipboard import FRAGMENT_TYPE
from briefing_app.model.block import Block, ListBlock, Picture, Quotation, Table
from briefing_app.model.briefing import walk
from briefing_app.model.inline import Citation, LineBreak, Text
from tests import samples
from tests.desktop.composer.page import CTRL, SHIFT, Key, Page
from tests.desktop.composer.test_lists import outline
from tests.samples import paragraph

Open = Callable[..., Page]


def _clipboard(**content: object) -> None:
    data = QMimeData()
    if "html" in content:
        data.setHtml(str(content["html"]))
    if "text" in content:
        data.setText(str(content["text"]))
    if "image" in content:
        data.setImageData(content["image"])
    if "urls" in content:
        data.setUrls(content["urls"])  # type: ignore[arg-type]
    if "fragment" in content:
        data.setData(FRAGMENT_TYPE, content["fragment"])  # type: ignore[arg-type]
    QGuiApplication.clipboard().setMimeData(data)


def _paste(page: Page, **content: object) -> None:
    _clipboard(**content)
    page.key(Key.Key_V, modifiers=CTRL)


def test_a_whole_section_pastes_into_another_briefing_with_what_it_rests_on(open_page: Open) -> None:
    page = open_page(samples.full_briefing())
    page.go("sit-1", 0)
    page.key(Key.Key_A, modifiers=CTRL)
    page.key(Key.Key_C, modifiers=CTRL)
    other = open_page(paragraph("p", "before after"), excerpts=(), sources=(), media=())
    other.go("p", 7)
    other.key(Key.Key_V, modifiers=CTRL)
    copied = page.section("sec-situation").blocks
    pasted = other.blocks
    assert [block.type for block in pasted] == [block.type for block in copied]
    assert {excerpt.id for excerpt in other.briefing.excerpts} == {e.id for e in samples.excerpts()}
    assert {source.id for source in other.briefing.sources} == {s.id for s in samples.sources()}
    ids = {node.id for block in copied for node in walk(block)}
    assert not ids & {node.id for block in pasted for node in walk(block)}
    other.assert_true_view()
    other.key(Key.Key_Z, modifiers=CTRL)
    assert other.blocks == (paragraph("p", "before after"),)
    assert other.briefing.excerpts == ()
    other.assert_true_view()


def test_a_copy_inside_one_briefing_cites_the_same_passage_under_a_fresh_id(open_page: Open) -> None:
    page = open_page(paragraph("p", "word", Citation("c", "e-rates")), paragraph("q", "end"))
    page.go("p", 2)
    page.select(3)
    page.key(Key.Key_C, modifiers=CTRL)
    page.go("q", 3)
    page.key(Key.Key_V, modifiers=CTRL)
    copied = page.blocks[1].content[1]  # type: ignore[union-attr]
    assert page.blocks[1] == paragraph("q", "endrd", Citation(copied.id, "e-rates"))
    assert copied.id != "c"
    assert page.briefing.excerpts == samples.excerpts()


def test_other_programs_get_references_in_words(open_page: Open) -> None:
    page = open_page(paragraph("p", "Rates rose.", Citation("c", "e-rates")), Quotation("q", "e-opened"))
    page.go("p", 0)
    page.key(Key.Key_A, modifiers=CTRL)
    page.key(Key.Key_C, modifiers=CTRL)
    data = QGuiApplication.clipboard().mimeData()
    assert "Rates rose. [Northern Herald, “Velsk shuts its port”, 3 Nov 2026]" in data.text()
    assert "[Вельский вестник, “Порт Вельск вновь открыт”, 17 Nov 2026]" in data.text()
    assert "<blockquote>" in data.html()
    assert "\ufffc" not in data.text() + data.html()


def test_html_of_a_browser_becomes_our_structure(open_page: Open) -> None:
    html = """<meta charset="utf-8"><style>p{color:red}</style><h2>Head</h2>
    <p style="font-family:Comic Sans;color:#f00">One <b>bold</b> and <span style="font-style: italic">slanted</span>
    <a href="https://example.org/x">link</a><a href="javascript:alert(1)">!</a><br>two</p>
    <ul><li>a<ol><li>deep</li></ol></li><li><p>b</p></li></ul>
    <blockquote>quoted</blockquote>
    <table><caption>Cap</caption><tr><th>H</th><th>I</th></tr><tr><td colspan=2>wide</td></tr></table>
    <script>evil()</script><img src="https://example.org/tracker.png">"""
    page = open_page(paragraph("p"))
    page.go("p")
    _paste(page, html=html, text="fallback")
    head, words, bullets, quotation, table = page.blocks
    assert head == paragraph(head.id, Text("Head", bold=True))
    assert words == paragraph(
        words.id,
        "One ",
        Text("bold", bold=True),
        " and ",
        Text("slanted", italic=True),
        " ",
        Text("link", link="https://example.org/x"),
        "!",
        LineBreak(),
        "two",
    )
    assert outline(bullets) == [["-", ["a", ["1.", ["deep"]]], ["b"]]]
    assert outline(quotation) == [[">", "quoted"]]
    assert isinstance(table, Table)
    assert [[cell.column_span for cell in row.cells] for row in table.rows] == [[1, 1], [2]]
    assert table.header_rows == 1
    assert page.words(table.id) == "Cap"
    page.assert_true_view()


def test_lists_of_a_word_processor_become_lists(open_page: Open) -> None:
    item = (
        "<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'>"
        "<span style='mso-list:Ignore'>{marker}</span>{text}</p>"
    )
    rows = [(1, "·", "one"), (2, "o", "nested"), (1, "·", "two")]
    html = "<html><body><!--StartFragment-->" + "".join(
        item.format(level=level, marker=marker, text=text) for level, marker, text in rows
    )
    page = open_page(paragraph("p"))
    page.go("p")
    _paste(page, html=html + "<p class=MsoNormal>after<o:p></o:p></p><!--EndFragment--></body></html>")
    assert outline(*page.blocks) == [["-", ["one", ["-", ["nested"]]], ["two"]], "after"]


def test_plain_text_keeps_its_paragraphs(open_page: Open) -> None:
    page = open_page(paragraph("p", "ab"))
    page.go("p", 1)
    _paste(page, text="one\r\nwrapped\r\n\r\nдва\r\n")
    assert outline(*page.blocks) == ["aone\nwrapped", "дваb"]
    page.assert_true_view()


def test_pasting_over_a_selection_is_undone_at_once(open_page: Open) -> None:
    page = open_page(paragraph("p", "one two three"))
    page.go("p", 4)
    page.select(3)
    _paste(page, text="2")
    assert page.words("p") == "one 2 three"
    page.key(Key.Key_Z, modifiers=CTRL)
    assert page.words("p") == "one two three"


def test_blocks_pasted_into_a_cell_or_an_item_become_what_fits(open_page: Open) -> None:
    page = open_page(*samples.full_briefing().sections[1].sections[0].blocks)
    page.go("t-5-p", 2)
    _paste(page, html="<table><tr><td>x</td><td>y</td></tr></table><p>z</p>")
    cell = page.briefing.node("t-5")
    assert cell is not None
    assert outline(*cell.blocks) == ["41x", "y", "z"]  # type: ignore[union-attr]
    page.assert_true_view()


def test_pictures_are_pasted_from_the_clipboard_and_from_files(open_page: Open, tmp_path: object) -> None:
    page = open_page(paragraph("p", "text"), media=())
    page.go("p", 4)
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    _paste(page, image=image)
    file = tmp_path / "map.png"  # type: ignore[operator]
    file.write_bytes(samples.png(20, 10))
    _paste(page, urls=[QUrl.fromLocalFile(str(file))])
    assert [block.type for block in page.blocks] == ["paragraph", "picture", "picture"]
    assert page.briefing.media[1].data == samples.png(20, 10)
    page.assert_true_view()


def test_what_is_damaged_is_refused_in_words(open_page: Open, tmp_path: object) -> None:
    page = open_page(paragraph("p", "text"))
    told: list[str] = []
    page.composer.message.connect(told.append)
    page.go("p", 4)
    for broken in (b"{", b"[]", b'{"fragment": {"blocks": [{"type": "spell"}]}, "data": {}}', b"\xff"):
        _paste(page, fragment=broken)
    file = tmp_path / "no.png"  # type: ignore[operator]
    file.write_bytes(b"not a picture")
    _paste(page, urls=[QUrl.fromLocalFile(str(file))])
    assert len(told) == 5
    assert "no.png" in told[-1]
    assert page.blocks == (paragraph("p", "text"),)


def test_cutting_moves_a_quotation(open_page: Open) -> None:
    quote = Quotation("q", "e-opened", translated=True)
    page = open_page(quote, paragraph("p", "after"))
    page.go("q")
    page.key(Key.Key_X, modifiers=CTRL)
    assert page.blocks[-1] == paragraph("p", "after")
    assert not any(isinstance(block, Quotation) for block in page.blocks)
    page.go("p", 5)
    page.key(Key.Key_V, modifiers=CTRL)
    moved = page.blocks[-1]
    assert moved == Quotation(moved.id, "e-opened", translated=True)
    page.assert_true_view()


def test_part_of_a_list_is_copied_as_a_list(open_page: Open) -> None:
    page = open_page(*samples.full_briefing().sections[1].blocks[:3])
    page.go("li-1a-p", 6)
    page.key(Key.Key_Down, modifiers=SHIFT)
    page.key(Key.Key_C, modifiers=CTRL)
    page.go("sit-2", 0)
    page.key(Key.Key_End)
    page.key(Key.Key_Return)
    page.key(Key.Key_V, modifiers=CTRL)
    lists: list[Block] = [block for block in page.blocks if isinstance(block, ListBlock)]
    assert len(lists) == 2
    assert not any(isinstance(block, Picture) for block in page.blocks)
    page.assert_true_view()
