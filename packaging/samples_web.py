"""The sample sources that are web pages: each outlet has a page of its own make, with the clutter that news has."""

from __future__ import annotations

import json
import quopri
from html import escape

from samples_text import Part, Sample

# look: colour, serif headline, menu, the words around the article in the outlet's language
_LOOKS = {
    "courier": ("#0b3c5d", "World|Strait|Harbour|Opinion|Weather", "By", "Related", "Sign up for our newsletter"),
    "dispatch": ("#7a1f1f", "News|World|Business|Letters", "By", "More on this story", "Subscribe for full access"),
    "vestnik": ("#1d4e2c", "Политика|Экономика|Общество|Порт", "Автор:", "Читайте также", "Подпишитесь на рассылку"),
    "phare": ("#12355b", "Monde|Détroit|Économie|Culture", "Par", "À lire aussi", "Abonnez-vous à notre lettre"),
    "lyman": ("#5b3a8c", "Новини|Аналітика|Порт|Культура", "Автор:", "Читайте також", "Підпишіться на розсилку"),
    "manara": ("#0f5257", "الأخبار|الشحن|الموانئ|الرأي", "بقلم", "اقرأ أيضاً", "اشترك في نشرتنا"),
    "gazette": ("#444444", "Harbour|Town|Tides|Notices", "", "Elsewhere", "Support your local paper"),
    "studies": ("#283747", "Notes|Data|People|About", "By", "Further notes", "Receive our notes by post"),
}
_RELATED = {
    "en": (
        "Tide tables for the week",
        "Ferry to Eskmark back on its winter timetable",
        "Letters: who owns the sea bed?",
    ),
    "ru": ("Паром на Порт-Ярву: расписание", "В порту открыли новый причал"),
    "uk": ("Прогноз погоди на тиждень", "Рибалки просять продовжити сезон"),
    "fr": ("La météo marine", "Le phare de Quervan rouvre au public"),
    "ar": ("جدول المد والجزر", "افتتاح رصيف جديد في الميناء"),
}


def page(sample: Sample) -> str:
    """The whole HTML page of a sample."""
    colour, menu, by, related, sign_up = _LOOKS[sample["look"]]
    language = sample["language"]
    direction = ' dir="rtl"' if language == "ar" else ""
    links = "".join(f'<li><a href="/{number}">{escape(name)}</a></li>' for number, name in enumerate(menu.split("|")))
    byline = f'<p class="byline">{by} <span rel="author">{escape(", ".join(sample.authors))}</span></p>'
    more = "".join(
        f'<li><a href="/more/{number}">{escape(title)}</a></li>' for number, title in enumerate(_RELATED[language])
    )
    return f"""<!DOCTYPE html>
<html lang="{language}"{direction}>
<head>
<meta charset="utf-8">
<!-- {escape(sample.notice)} -->
<title>{escape(sample["title"])} | {escape(sample["outlet"])}</title>
{_metadata(sample)}
<style>
body {{ margin: 0; font: 17px/1.6 Georgia, serif; color: #222; }}
header, footer {{ background: {colour}; color: #fff; padding: 12px 24px; }}
nav ul {{ display: flex; gap: 20px; list-style: none; padding: 0; }} nav a {{ color: #fff; text-decoration: none; }}
article {{ max-width: 42em; margin: 24px auto; }} .byline {{ color: #666; }} .notice {{ font-style: italic; }}
aside {{ max-width: 42em; margin: 24px auto; border-top: 3px solid {colour}; }}
</style>
</head>
<body>
<div class="cookie-banner" role="dialog"><p>{escape(sign_up)}</p><button type="button">OK</button></div>
<header><strong>{escape(sample["outlet"])}</strong><nav><ul>{links}</ul></nav></header>
<main>
<article itemscope itemtype="https://schema.org/NewsArticle">
<h1 itemprop="headline">{escape(sample["title"])}</h1>
{byline if sample.authors else ""}
<p class="published"><time itemprop="datePublished" datetime="{sample["date"]}">{sample["date"][:10]}</time></p>
<div itemprop="articleBody">
{chr(10).join(_html(part) for part in sample.parts)}
<p class="notice">{escape(sample.notice)}</p>
</div>
</article>
</main>
<aside class="related"><h2>{escape(related)}</h2><ul>{more}</ul></aside>
<footer><p>© 2026 {escape(sample["outlet"])}</p></footer>
</body>
</html>
"""


def _metadata(sample: Sample) -> str:
    linked = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": sample["title"],
        "datePublished": sample["date"],
        "inLanguage": sample["language"],
        "author": [{"@type": "Person", "name": name} for name in sample.authors],
        "publisher": {"@type": "Organization", "name": sample["outlet"]},
        "mainEntityOfPage": sample["url"],
    }
    named = {"description": sample["description"], "author": ", ".join(sample.authors)}
    graph = {
        "og:type": "article",
        "og:title": sample["title"],
        "og:site_name": sample["outlet"],
        "og:url": sample["url"],
        "og:description": sample["description"],
        "article:published_time": sample["date"],
    }
    lines = [f'<meta name="{name}" content="{escape(value)}">' for name, value in named.items()]
    lines += [f'<meta property="{name}" content="{escape(value)}">' for name, value in graph.items()]
    lines.append(f'<link rel="canonical" href="{escape(sample["url"])}">')
    script = json.dumps(linked, ensure_ascii=False, indent=1).replace("</", "<\\/")
    return "\n".join((*lines, f'<script type="application/ld+json">\n{script}\n</script>'))


def _html(part: Part) -> str:
    match part.kind:
        case "heading":
            return f"<h2>{escape(part.text, quote=False)}</h2>"
        case "list":
            return "<ul>" + "".join(f"<li>{escape(item, quote=False)}</li>" for item in part.items) + "</ul>"
        case "table":
            head, *body = part.rows
            cells = "".join(f"<th>{escape(cell)}</th>" for cell in head)
            rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in body)
            return f"<table><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table>"
        case _:
            return f"<p>{escape(part.text, quote=False)}</p>"


def saved_page(sample: Sample, picture: bytes) -> bytes:
    """The page as a browser saves it in one file (MHTML), with a picture of its own."""
    import base64

    boundary = "----MultipartBoundary--briefing-composer-sample----"
    html = page(sample).replace("</h1>", '</h1>\n<img src="cid:strait@strait-studies.example" alt="The strait">', 1)
    wrapped = base64.encodebytes(picture).decode("ascii").replace("\n", "\r\n")
    body = quopri.encodestring(html.encode("utf-8")).decode("ascii").replace("\n", "\r\n")
    subject = sample["title"]
    return (
        "From: <Saved by Blink>\r\n"
        f"Snapshot-Content-Location: {sample['url']}\r\n"
        f"Subject: {subject}\r\n"
        "Date: Fri, 13 Nov 2026 15:02:11 -0000\r\n"
        "MIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related; type="text/html"; boundary="{boundary}"\r\n\r\n'
        f"--{boundary}\r\nContent-Type: text/html\r\nContent-ID: <page@strait-studies.example>\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: {sample['url']}\r\n\r\n{body}\r\n"
        f"--{boundary}\r\nContent-Type: image/png\r\nContent-ID: <strait@strait-studies.example>\r\n"
        f"Content-Transfer-Encoding: base64\r\nContent-Location: {sample['url']}/strait.png\r\n\r\n{wrapped}\r\n"
        f"--{boundary}--\r\n"
    ).encode("ascii")
