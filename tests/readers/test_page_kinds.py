"""Pages built as different kinds of sites build them: all of the article is read, and nothing that stands around it."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from briefing_app.model.reading import BlockKind
from briefing_app.readers import read
from tests.readers.test_read import check_form

WORDS = {
    "en": "the report said forces moved along a northern road while officials in the capital denied losses and asked"
    " for aid from partners who had promised shells before winter began".split(),
    "ru": "министерство сообщило что колонна вышла из города на рассвете и движется к границе где её ждут наблюдатели"
    " миссии которые прибыли накануне вечером".split(),
    "ar": "قالت الوزارة إن القوات تحركت على الطريق الشمالي بينما نفى المسؤولون في العاصمة وقوع خسائر وطلبوا المساعدة"
    " من الشركاء".split(),
}
CHINESE = "国防部表示部队沿北部公路移动首都官员否认有损失并要求伙伴国提供援助记者在现场看到车辆排成长队"


class Writer:
    """Makes sentences that are told apart, of the article or of what stands around it, and remembers both."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.chance = random.Random(language)
        self.article: list[str] = []
        self.furniture: list[str] = []

    def sentence(self, words: int = 16) -> str:
        if self.language == "zh":
            signs = [self.chance.choice(CHINESE) for _ in range(words)]
            return "".join(signs[: words // 2]) + "，" + "".join(signs[words // 2 :]) + "。"
        chosen = [self.chance.choice(WORDS[self.language]) for _ in range(words)]
        comma = "،" if self.language == "ar" else ","
        return " ".join([*chosen[:6], f"{chosen[6]}{comma}", *chosen[7:]]).capitalize() + "."

    def p(self, sentences: int = 3, tag: str = "p") -> str:
        joint = "" if self.language == "zh" else " "
        text = joint.join(self.sentence(self.chance.randint(12, 24)) for _ in range(sentences))
        self.article.append(text)
        return f"<{tag}>{text}</{tag}>" if tag else text

    def ps(self, count: int = 6, tag: str = "p") -> str:
        return "\n".join(self.p(self.chance.randint(1, 4), tag) for _ in range(count))

    def around(self, words: int = 10, *, link: bool = True, tag: str = "p") -> str:
        text = self.sentence(max(words, 8)).rstrip(".。")
        self.furniture.append(text)
        return f"<{tag}><a href='/x/{len(self.furniture)}'>{text}</a></{tag}>" if link else f"<{tag}>{text}.</{tag}>"

    def teasers(self, count: int = 8) -> str:
        return "<ul>" + "".join(self.around(tag="li") for _ in range(count)) + "</ul>"


def plain(w: Writer) -> str:
    return f"<article><h1>Headline of the day in words</h1>{w.ps(8)}</article>"


def live_blog(w: Writer) -> str:
    posts = "".join(
        f"<article class='block'><time>1{n}:20</time><h2>{w.p(1, '')}</h2>{w.ps(2)}</article>" for n in range(9)
    )
    return f"<main><h1>Live</h1><div class='live-feed'>{posts}</div></main>"


def in_parts_with_advertisements(w: Writer) -> str:
    part = "<div class='part'>{}</div><div class='ad-slot'>{}</div>"
    return "<div class='story'>" + "".join(part.format(w.ps(3), w.around(12, link=False)) for _ in range(3)) + "</div>"


def each_paragraph_in_boxes_of_its_own(w: Writer) -> str:
    boxes = "".join(f"<div class='c-x1'><div class='c-x2'>{w.p(2)}</div></div>" for _ in range(5))
    return f"<div class='c-a'><div class='c-b'>{boxes}</div></div>"


def paragraphs_that_are_divs(w: Writer) -> str:
    return f"<main><div class='css-1'>{w.ps(7, 'div')}</div><div class='css-9'>{w.teasers()}</div></main>"


def one_cell_with_line_breaks(w: Writer) -> str:
    text = "<br><br>".join(w.p(3, "") for _ in range(6))
    return f"<table><tr><td width=200>{w.teasers()}</td><td>{text}</td><td>{w.teasers(4)}</td></tr></table>"


def with_boxes_of_links_between(w: Writer) -> str:
    box = f"<div class='related-stories'><h3>Related</h3>{w.teasers(3)}</div>"
    more = f"<p><strong>READ MORE: {w.around(9, tag='span')}</strong></p>"
    return f"<div class='entry-content'>{w.ps(2)}{box}{w.ps(2)}{more}{w.ps(3)}<h3>More stories</h3>{w.teasers(3)}</div>"


def with_a_longer_discussion(w: Writer) -> str:
    talk = "".join(f"<li class='comment'>{w.around(40, link=False)}{w.around(40, link=False)}</li>" for _ in range(12))
    return f"<article>{w.ps(4)}</article><section id='comments'><ol>{talk}</ol></section>"


def a_flash(w: Writer) -> str:
    foot = "".join(w.around(16, link=False) for _ in range(3))
    return f"<div class='news-item'><h1>Flash</h1>{w.ps(2)}</div><footer>{foot}</footer><aside>{w.teasers()}</aside>"


def behind_a_wall(w: Writer) -> str:
    wall = f"<div class='paywall'><h3>Subscribe</h3>{w.around(14, link=False)}<form><input name=mail></form></div>"
    return f"<article><div class='body'>{w.ps(3)}</div>{wall}</article>"


def a_gallery_of_figures(w: Writer) -> str:
    figures = "".join(f"<figure><img src='{n}.jpg'><figcaption>{w.p(1, '')}</figcaption></figure>" for n in range(6))
    return f"<article><div class='text'>{w.ps(2)}{figures}</div></article>"


def with_a_notice_over_it(w: Writer) -> str:
    notice = f"<div id='cookie-consent' role='dialog'>{w.around(60, link=False)}<button>OK</button></div>"
    return f"{notice}<div class='page'><div class='content'>{w.ps(6)}</div></div>"


def with_quotations_and_lists(w: Writer) -> str:
    items = "".join(f"<li>{w.p(1, '')}</li>" for _ in range(4))
    quotation = f"<blockquote>{w.p()}</blockquote>"
    return f"<div class='post'>{w.ps(2)}{quotation}<h2>{w.p(1, '')}</h2><ul>{items}</ul>{w.ps(2)}</div>"


def with_teasers_in_boxes_of_no_name(w: Writer) -> str:
    boxes = "".join(
        f"<article class=k2><h3>{w.around(9, tag='span')}</h3><p>{w.around(14, link=False, tag='span')}</p></article>"
        for _ in range(5)
    )
    return f"<main><div class=k1>{w.ps(6)}<div class=k3><h2>Latest</h2>{boxes}</div></div></main>"


def with_lines_beside_its_title(w: Writer) -> str:
    signed = "".join(f"<div class='article-{name}'>{w.around(8, link=False)}</div>" for name in ("meta", "author"))
    hidden = f"<span class='visually-hidden'>{w.around(8, link=False, tag='span')}</span>"
    bio = f"<div class='author-bio'>{w.around(30, link=False)}</div>"
    figure = f"<figure><img src=a.png>{hidden}<figcaption>{w.p(1, '')}</figcaption></figure>"
    return f"<article class=story-body><h1>H</h1>{signed}{figure}{w.ps(5)}{bio}</article>"


KINDS: list[Callable[[Writer], str]] = [
    plain, live_blog, in_parts_with_advertisements, each_paragraph_in_boxes_of_its_own, paragraphs_that_are_divs,
    one_cell_with_line_breaks, with_boxes_of_links_between, with_a_longer_discussion, a_flash, behind_a_wall,
    a_gallery_of_figures, with_a_notice_over_it, with_quotations_and_lists,
    with_teasers_in_boxes_of_no_name, with_lines_beside_its_title,
]  # fmt: skip


def whole_page(w: Writer, body: str) -> bytes:
    nav = f"<header><div class='nav'>{w.teasers(6)}</div></header>"
    side = f"<div class='sidebar'>{w.teasers(6)}{w.around(14, link=False)}</div>"
    foot = f"<div id='footer'>{w.around(18, link=False)}</div>"
    head = f"<meta charset='utf-8'><title>Page</title><script>{'var a = 1; ' * 50}</script>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{nav}{body}{side}{foot}</body></html>".encode()


@pytest.mark.parametrize("language", ["en", "ru", "ar", "zh"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_all_of_the_article_and_nothing_around_it(kind: Callable[[Writer], str], language: str) -> None:
    writer = Writer(language)
    reading = read(whole_page(writer, kind(writer)), "page.html")
    check_form(reading)
    missing = [text for text in writer.article if text not in reading.text]
    assert not missing
    assert not [text for text in writer.furniture if text in reading.text]
    if kind is with_quotations_and_lists:
        kinds = [block.kind for block in reading.blocks]
        assert kinds.count(BlockKind.LIST_ITEM) == 4
        assert kinds.count(BlockKind.QUOTATION) == 1
        assert kinds.count(BlockKind.HEADING) == 1
    if kind is a_gallery_of_figures:
        assert [block.kind for block in reading.blocks].count(BlockKind.CAPTION) == 6
