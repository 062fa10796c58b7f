"""HTML and Markdown: the words come back as they are, and the files are sound."""

from __future__ import annotations

import base64
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from briefing_app.errors import ExportError
from briefing_app.export.html.writer import write_html
from briefing_app.export.markdown import write_markdown
from briefing_app.layout.document import LayoutDocument, NoteRun, Role, TextLine, TextRun
from briefing_app.layout.lay_out import lay_out
from briefing_app.model.inline import Text
from briefing_app.provenance.selftest import prove
from tests import strategies
from tests.export.gallery import from_the_right
from tests.export.pdf_reading import document, line
from tests.export_options import options_of
from tests.samples import MAP, briefing_of, full_briefing, paragraph

_SPACES = re.compile(r"\s+")
WORDS = st.text(
    st.one_of(
        st.sampled_from("\\`*_{}[]()#+-.!|<>&~=:$^\"'/ 1a\u00a0א"), st.characters(exclude_categories=["Cs", "Cc", "Cn"])
    ),
    min_size=1,
)


def laid(**options: object) -> LayoutDocument:
    return lay_out(full_briefing(), options_of(**options))


def parsed(text: str) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(text.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))


def root_of(made: LayoutDocument) -> lxml_html.HtmlElement:
    return parsed(write_html(made))


def rendered(made: LayoutDocument) -> lxml_html.HtmlElement:
    """The Markdown of a document as another program shows it."""
    html = MarkdownIt("commonmark", {"html": True}).enable("table").use(footnote_plugin).render(write_markdown(made))
    return parsed(f"<html><body>{html}</body></html>")


def spoken(text: str) -> str:
    return _SPACES.sub(" ", text.replace("\u200e", "")).strip()


@given(st.lists(st.tuples(WORDS, st.booleans(), st.booleans()), min_size=1, max_size=5))
def test_markdown_gives_back_the_words_of_a_paragraph(runs: list[tuple[str, bool, bool]]) -> None:
    made = document(
        TextLine("p", Role.BODY, tuple(TextRun(text, bold, italic) for text, bold, italic in runs)), banner=None
    )
    expected = spoken("".join(re.sub("[\x85\u2028\u2029]+", " ", text) for text, _, _ in runs))
    body = rendered(made)
    assert spoken(body.text_content()) == expected
    assert {one.tag for one in body.iter(etree.Element)} <= {"html", "body", "p", "em", "strong"}


@given(WORDS)
def test_no_words_of_a_heading_a_cell_or_an_item_become_marks(text: str) -> None:
    blocks = (
        line("h", text, role=Role.HEADING_2, level=2),
        line("p", "x", TextRun(text, url="https://a.example/?q=(1)>")),
    )
    body = rendered(document(*blocks, banner=None))
    if spoken(text):
        assert spoken(body.find(".//h3").text_content()) == spoken(re.sub("[\x85\u2028\u2029]+", " ", text))
    links = list(body.iter("a"))
    assert len(links) == (1 if text.strip() else 0)


@given(strategies.briefings())
def test_any_briefing_proves_itself_as_html_and_markdown(briefing: object) -> None:
    try:
        made = lay_out(briefing, options_of(draft=True, excerpts=True))  # type: ignore[arg-type]
    except ExportError:
        return
    prove(write_html(made).encode(), "html", made)
    prove(write_markdown(made).encode(), "md", made)


def test_html_is_one_sound_file_without_scripts() -> None:
    made = laid(cover=True, excerpts=True, watermark=True)
    root = root_of(made)
    headings = [(one.tag, one.text_content()) for one in root.iter("h1", "h2", "h3", "h4", "h5")]
    assert headings[0] == ("h1", "Velsk: the port reopens")
    assert [tag for tag, _ in headings].count("h1") == 1
    assert ("h3", "1.1 Traffic") in headings
    pictures = list(root.iter("img"))
    assert base64.b64decode(pictures[0].get("src").partition(",")[2]) == MAP.data
    assert all(one.getparent().tag == "figure" for one in pictures)
    assert {cell.get("scope") for cell in root.iter("th")} == {"col"}
    assert not list(root.iter("script", "link", "iframe"))
    assert "prefers-color-scheme:dark" in root.find(".//style").text
    assert "@media print" in root.find(".//style").text
    assert write_html(made) == write_html(made)


def test_notes_lead_to_their_calls_and_back() -> None:
    root = root_of(laid())
    notes = root.findall(".//section[@class='notes']/ol/li")
    assert len(notes) == len(laid().notes)
    for note in notes:
        back = note.xpath(".//a[@role='doc-backlink']")[0].get("href")
        call = root.get_element_by_id(back[1:])
        assert call.get("href") == f"#{note.get('id')}"


def test_words_in_other_languages_say_so_and_which_way_they_run() -> None:
    root = root_of(laid())
    assert {one.get("lang") for one in root.iter(etree.Element)} >= {"ru", "ar", "el", "en"}
    arabic = [one for one in root.iter("p") if one.get("lang") == "ar"]
    assert arabic
    assert all(one.get("dir") == "rtl" for one in arabic)
    from_right = root_of(lay_out(from_the_right("ar"), options_of()))
    assert (from_right.get("lang"), from_right.get("dir")) == ("ar", "rtl")


def test_what_an_author_writes_is_never_a_tag() -> None:
    evil = "</style></title><script>alert(1)</script>&lt;\x00\ufffe"
    briefing = briefing_of(paragraph("p", Text(evil, link='https://a.example/"><script>')))
    briefing = replace(briefing, meta=replace(briefing.meta, title=evil, marking="TLP:RED", restrictions=evil))
    made = lay_out(briefing, options_of())
    prove(write_html(made).encode(), "html", made)
    prove(write_markdown(made).encode(), "md", made)
    assert not list(root_of(made).iter("script"))
    assert not list(rendered(made).iter("script"))


def test_html_is_html_5() -> None:
    html5lib = pytest.importorskip("html5lib")
    for made in (laid(cover=True, excerpts=True, watermark=True), lay_out(from_the_right("ar"), options_of())):
        parser = html5lib.HTMLParser(strict=True)
        parser.parse(write_html(made))


def test_markdown_of_the_whole_sample(golden: object) -> None:
    text = write_markdown(laid(excerpts=True, numbered_paragraphs=True))
    shown = re.sub(r"(?<=;base64,)\S+", "…", text)
    golden("export/golden/full.md", shown)  # type: ignore[operator]


def test_markdown_has_footnotes_tables_and_pictures() -> None:
    body = rendered(laid())
    assert len(body.xpath("//li[@class='footnote-item']")) == len(laid().notes)
    assert [cell.text_content() for cell in body.iter("th")] == ["Berth", "Ships in October", "Ships in November"]
    assert all(one.get("src").startswith("data:image/png;base64,") for one in body.iter("img"))


def test_a_lost_word_a_broken_link_and_a_missing_marking_are_found() -> None:
    made = laid()
    text = write_html(made)
    for old, new, reason in (
        ("fourteen days", "days", "fourteen"),
        ('id="note-', 'id="moved-', "which is not in the file"),
        ('class="banner"', 'class="x"', "does not carry the marking"),
        ("</main>", "<script></script></main>", "could load or run something"),
    ):
        assert old in text
        with pytest.raises(ExportError) as failed:
            prove(text.replace(old, new).encode(), "html", made)
        assert reason in str(failed.value.problems)
    with pytest.raises(ExportError):
        prove(write_markdown(made).replace("fourteen days", "days").encode(), "md", made)


def test_calls_of_one_note_lead_back_to_the_first() -> None:
    made = laid()
    twice = replace(made, blocks=(*made.blocks, line("again", "Once more", NoteRun(made.notes[0].id, 1))))
    prove(write_html(twice).encode(), "html", twice)
