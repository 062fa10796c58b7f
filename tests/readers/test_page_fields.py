"""Fields of web pages: titles without the site, single names, dates with the outlet's zone, where a page was saved."""

from __future__ import annotations

import json

import pytest

from briefing_app.model.reading import Fields
from briefing_app.readers import read
from tests.readers.test_pages import SENTENCE, mhtml

ENGLISH = "Officials said on Tuesday that the column had left the town at dawn and was moving towards the border. "


def fields(head: str = "", body: str = "", *, before: str = "", lang: str = "en") -> Fields:
    page = f"<!DOCTYPE html>{before}<html lang='{lang}'><head><meta charset=utf-8>{head}</head><body>{body}"
    text = SENTENCE if lang == "ru" else ENGLISH
    return read(f"{page}<article><p>{text * 6}</p></article></body></html>".encode(), "page.html").fields


HERALD = "<meta property=og:site_name content='The Herald'>"


@pytest.mark.parametrize(
    ("head", "heading", "title", "outlet"),
    [
        (f"<title>Column moves on - The Herald</title>{HERALD}", "", "Column moves on", "The Herald"),
        (f"<title>The Herald: Column moves on</title>{HERALD}", "", "Column moves on", "The Herald"),
        (f"<title>Weekly letter [The Herald]</title>{HERALD}", "", "Weekly letter", "The Herald"),
        ("<title>Column moves on | Herald</title>", "Column moves on", "Column moves on", "Herald"),
        (
            "<meta property=og:title content='Why - and how'>",
            "Why - and how",
            "Why - and how",
            "",
        ),
        ("<meta name=DC.title content=Catalogue><meta property=og:title content=Sharing>", "", "Catalogue", ""),
        ("<meta property=og:title content='A teaser'><title>The column</title>", "", "A teaser", ""),
    ],
)
def test_titles_without_the_name_of_the_site(head: str, heading: str, title: str, outlet: str) -> None:
    found = fields(head, f"<h1>{heading}</h1>" if heading else "")
    assert found.title == title
    assert found.outlet == outlet


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Jane Doe", ("Jane Doe",)),
        ("By Jane Doe and Max Roe, Moscow correspondent", ("Jane Doe", "Max Roe")),
        ("Written by JANE DOE | 3 November 2026", ("JANE DOE",)),
        ("Jane Doe, Max Roe and Ann Poe", ("Jane Doe", "Max Roe", "Ann Poe")),
        ("Martin Poe (avec Jean Doe et Morgane Roe)", ("Martin Poe", "Jean Doe", "Morgane Roe")),
        ("José Ortega y Gasset", ("José Ortega y Gasset",)),
        ("María López y Juan Pérez", ("María López", "Juan Pérez")),
        ("Автор: Анна Иванова, корреспондент", ("Анна Иванова",)),
        ("Анна Иванова и Пётр Сидоров", ("Анна Иванова", "Пётр Сидоров")),
        ("بقلم: محمد علي، أحمد حسن", ("محمد علي", "أحمد حسن")),
        ("View all posts by Jane Doe", ("Jane Doe",)),
        ("Jane Doe @janedoe", ("Jane Doe",)),
        ("Ben Silver Games Editor", ("Ben Silver",)),
        ("Jane Doe (https://doe.example/about)", ("Jane Doe",)),
        ("Robert E Lee Jr.", ("Robert E Lee Jr.",)),
        ("Follow Author", ()),
        ("https://facebook.com/jane", ()),
        ("admin", ()),
    ],
)
def test_bylines_become_single_names(byline: str, authors: tuple[str, ...]) -> None:
    assert fields(f"<meta name=author content='{byline}'>").authors == authors
    assert fields("", f"<p class='byline'>{byline}</p>").authors == authors


def test_linked_data_is_read_out_of_what_wraps_it() -> None:
    article = {"@type": "NewsArticle", "headline": "H", "author": {"name": "Jane Doe"}, "datePublished": "2026-02-01"}
    for before, after in (
        ("<![CDATA[", "]]>"),
        ("//<![CDATA[\n", "\n//]]>"),
        ("<!--", "-->"),
        ("/*<![CDATA[*/", "/*]]>*/"),
    ):
        found = fields(f'<script type="application/ld+json">\n{before}{json.dumps(article)}{after}\n</script>')
        assert (found.title, found.authors, found.published) == ("H", ("Jane Doe",), "2026-02-01")


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        (
            '<script type="application/ld+json">{"@type":"Article","datePublished":"2026-11-03T23:30:00Z"}</script>'
            "<meta property=article:published_time content='2026-11-04T02:30:00+03:00'>",
            "",
            "2026-11-04T02:30:00+03:00",
        ),
        ("", "<nav><time datetime=2020-01-01>x</time></nav><time datetime='2026-11-03T10:00'>", "2026-11-03T10:00"),
        ("<link rel=canonical href='http://a.example/2026/11/03/x'>", "<p class=date>4 May 2020</p>", "2026-11-03"),
        ("", "<p class='article-date'>3 ноября 2026, 12:40</p>", "2026-11-03"),
        ("", "<span style='display:none'>(<span class='bday dtstart published'>1998-02-28</span>)</span>", ""),
    ],
)  # fmt: skip
def test_dates_of_publication(head: str, body: str, date: str) -> None:
    assert fields(head, body).published == date


def test_a_declared_language_that_the_text_contradicts() -> None:
    german = (
        "Die Kolonne verließ die Stadt im Morgengrauen und bewegt sich auf die Grenze zu, teilte das Ministerium mit. "
    )
    page = f"<html lang='en-US'><body><article><p>{german * 6}</p></article></body></html>"
    assert read(page.encode(), "a.html").fields.language == "de"
    assert fields(lang="en").language == "en"
    assert fields(lang="ru").language == "ru"


@pytest.mark.parametrize(
    ("head", "before", "url"),
    [
        ("<link rel=canonical href='https://web.archive.org/web/20260101000000/https://a.example/x'>", "", "https://a.example/x"),
        ("", "<!-- saved from url=(0060)https://web.archive.org/web/20260101000000/http://a.example/x?b=1 -->", "http://a.example/x?b=1"),
        ("<link rel=canonical href='http://archive.ph/20260101000000/https://a.example/x'>", "", "https://a.example/x"),
        ("<link rel=canonical href='https://a.example/'>", "<!-- saved from url=(0019)https://a.example/x -->", "https://a.example/x"),
    ],
)  # fmt: skip
def test_the_address_of_the_page_itself(head: str, before: str, url: str) -> None:
    assert fields(head, before=before).url == url


SINGLE_FILE = """<!--
 Page saved with SingleFile
 url: https://a.example/story
 saved date: Wed Nov 04 2026 09:15:02 GMT+0300 (Moscow Standard Time)
-->"""


def test_a_page_saved_in_a_single_file() -> None:
    picture = "data:image/png;base64," + "iVBORw0KGgo" * 40_000
    body = (
        f"<img src='{picture}'><div class='sf-hidden'>Hidden words</div>"
        f"<div><template shadowrootmode=open><article><p>{ENGLISH * 5}</p></article></template></div>"
    )
    page = f"<!DOCTYPE html> <html lang=en>{SINGLE_FILE}<head><meta charset=utf-8><title>T</title></head><body>{body}"
    reading = read(page.encode(), "a.html")
    assert ENGLISH.strip() in reading.text
    assert "Hidden words" not in reading.text
    assert reading.fields.url == "https://a.example/story"
    assert reading.fields.accessed == "2026-11-04"


def test_the_day_on_which_an_archive_was_saved() -> None:
    assert read(mhtml(f"<p>{ENGLISH * 5}</p>".encode()), "story.mhtml").fields.accessed == "2026-11-03"


def test_what_an_archive_puts_around_a_page_is_left_out() -> None:
    bar = "<div id='wm-ipp-base'><div id='wm-ipp'><p>The archive has 24 captures of this page.</p></div></div>"
    page = f"<html><body>{bar}<div class=story><p>{ENGLISH * 3}</p><p>{ENGLISH * 2}</p></div></body></html>"
    text = read(page.encode(), "a.html").text
    assert "captures" not in text
    assert text.count("Officials") == 5
