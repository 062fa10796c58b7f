"""Web pages and web archives: main text, fields, encodings, where they were saved from."""

from __future__ import annotations

import collections
import json
import re
from pathlib import Path

import pytest
from lxml import html as lxml_html

from briefing_app.model.reading import BlockKind
from briefing_app.model.source import SourceKind
from briefing_app.readers import read
from tests.readers.test_read import check_form

SENTENCE = "Министерство обороны сообщило, что колонна вышла из города на рассвете и движется к границе. "
ARTICLE = f"""<article><h1>Колонна вышла к границе</h1><p class="byline">Автор: Анна Иванова</p>
<p>{SENTENCE * 4}</p><h2>Что известно</h2><p>{SENTENCE * 3}</p><ul><li>Первый пункт списка сообщения</li>
<li>Второй пункт списка сообщения</li></ul><blockquote><p>{SENTENCE}</p></blockquote></article>"""
HEAD = """<title>Колонна вышла к границе - Вестник</title><meta property="og:site_name" content="Вестник">
<meta property="article:published_time" content="2026-11-03T08:30:00+03:00">
<link rel="canonical" href="https://vestnik.example/2026/11/03/kolonna">"""


def page(head: str = HEAD, body: str = ARTICLE, charset: str = "utf-8", before: str = "") -> bytes:
    nav = "<nav><a href='/'>Главная</a><a href='/all'>Все новости</a></nav>"
    text = (
        f'<!DOCTYPE html>{before}<html lang="ru-RU"><head><meta charset="{charset}">{head}</head>'
        f"<body>{nav}{body}<footer>© Вестник</footer></body></html>"
    )
    return text.encode(charset)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-r"])
def test_an_article_without_the_page_around_it(charset: str) -> None:
    reading = read(page(charset=charset), "page.html")
    check_form(reading)
    assert reading.kind is SourceKind.WEB
    assert SENTENCE.strip() in reading.text
    assert "Все новости" not in reading.text
    kinds = [block.kind for block in reading.blocks]
    assert kinds.count(BlockKind.LIST_ITEM) == 2
    assert BlockKind.QUOTATION in kinds
    fields = reading.fields
    assert fields.title == "Колонна вышла к границе"
    assert fields.authors == ("Анна Иванова",)
    assert fields.outlet == "Вестник"
    assert fields.published == "2026-11-03T08:30:00+03:00"
    assert fields.language == "ru"
    assert fields.url == "https://vestnik.example/2026/11/03/kolonna"


def test_linked_data_comes_first_and_broken_linked_data_is_passed_over() -> None:
    data = {
        "@graph": [
            {"@type": "WebSite", "name": "The Site"},
            {
                "@type": ["NewsArticle"],
                "headline": "A headline &amp; more",
                "author": [{"@type": "Person", "name": "Jane Doe"}, {"name": "Max Roe"}],
                "datePublished": "2026-02-01",
                "publisher": {"name": "The Paper"},
            },
        ]
    }
    head = (
        '<script type="application/ld+json">{broken</script>'
        f'<script type="application/ld+json">{json.dumps(data)}</script><meta name="author" content="Staff">'
    )
    fields = read(page(head), "a.html").fields
    assert fields.title == "A headline & more"
    assert fields.authors == ("Jane Doe", "Max Roe")
    assert fields.outlet == "The Paper"
    assert fields.published == "2026-02-01"


@pytest.mark.parametrize(
    ("before", "url"),
    [
        ("<!-- saved from url=(0034)https://example.org/news/a -->", "https://example.org/news/a"),
        (
            "<!--\n Page saved with SingleFile \n url: https://example.org/b?c=1 \n saved date: x\n-->",
            "https://example.org/b?c=1",
        ),
        ("<!-- saved from url=(0014)about:internet -->", ""),
    ],
)
def test_where_a_browser_saved_the_page_from(before: str, url: str) -> None:
    fields = read(page("<title>T</title>", before=before), "a.html").fields
    assert fields.url == url
    assert fields.outlet == ("example.org" if url else "")


def test_a_page_without_an_article_is_read_whole() -> None:
    body = "<div>One short line.<br>Another line.</div><table><tr><td>A</td><td>B</td></tr></table>"
    reading = read(page("", body), "a.html")
    check_form(reading)
    assert "One short line." in reading.text
    assert "A\tB" in reading.text


def test_scripts_and_hidden_text_are_no_text() -> None:
    body = f"<article><p>{SENTENCE * 5}</p><p style='display: none'>Скрытый текст</p><script>var a=1</script></article>"
    text = read(page("", body), "a.html").text
    assert "Скрытый" not in text
    assert "var a" not in text


def mhtml(root: bytes, encoding: str = "quoted-printable") -> bytes:
    import base64
    import quopri

    coded = quopri.encodestring(root) if encoding == "quoted-printable" else base64.encodebytes(root)
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/news/story\r\n"
        b"Subject: =?utf-8?Q?A=20story?=\r\nDate: Tue, 3 Nov 2026 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="----b"\r\n\r\n'
        b"------b\r\nContent-Type: text/html\r\nContent-Location: https://ads.example/frame\r\n\r\n"
        b"<p>An advertisement</p>\r\n"
        b"------b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: " + encoding.encode() + b"\r\n"
        b"Content-Location: https://example.org/news/story\r\n\r\n" + coded + b"\r\n------b--\r\n"
    )


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_a_web_archive_is_its_own_page(encoding: str) -> None:
    reading = read(mhtml(page(), encoding), "story.mhtml")
    check_form(reading)
    assert reading.reader == "mhtml/2"
    assert SENTENCE.strip() in reading.text
    assert "advertisement" not in reading.text
    assert reading.fields.title == "Колонна вышла к границе"
    bare = read(mhtml(page("<p></p>", f"<p>{SENTENCE * 5}</p>"), encoding), "story.eml").fields
    assert bare.url == "https://example.org/news/story"
    assert bare.outlet == "example.org"
    assert bare.title == "A story"


@pytest.mark.corpus
def test_real_pages_give_their_main_text(corpus: Path) -> None:
    scores, titles = [], 0
    folders = sorted(folder for folder in (corpus / "html").iterdir() if folder.is_dir())
    for folder in folders:
        reading = read((folder / "source.html").read_bytes(), f"{folder.name}.html")
        check_form(reading)
        expected = lxml_html.fromstring((folder / "expected.html").read_text("utf-8"))
        scores.append(token_f1(reading.text, " ".join(expected.itertext())))
        metadata = json.loads((folder / "expected-metadata.json").read_text("utf-8"))
        titles += " ".join((metadata.get("title") or "").split()) == " ".join(reading.fields.title.split())
    assert sum(scores) / len(scores) > 0.975
    assert titles >= 0.8 * len(folders)


def token_f1(one: str, other: str) -> float:
    found, wanted = (collections.Counter(re.findall(r"\w+", text.lower())) for text in (one, other))
    shared = (found & wanted).total()
    return 2 * shared / (found.total() + wanted.total()) if shared else 0.0
