"""The style sheet: calm on screen, light or dark as the reader's system is, and on paper with the document's page."""

from __future__ import annotations

import re

from briefing_app.layout.document import LayoutDocument, Role

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")

_SHEET = """
:root{color-scheme:light dark;--ink:#1a1a1a;--paper:#fff;--deep:%(deep)s;--soft:#5a6470;--link:#1b4f8a;--line:#d5dae1;
--tint:#eef1f5;--pale:#e4e7ec}
@media screen and (prefers-color-scheme:dark){:root{--ink:#e4e6ea;--paper:#16191d;--deep:#a9c4ee;--soft:#a3adb8;
--link:#8ab4f8;--line:#3a424c;--tint:#232930;--pale:#262c33}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.55 "Noto Serif",Georgia,"Times New Roman",serif}
main,body>footer,body>header{max-width:46rem;margin:0 auto;padding:0 1.25rem}
main{position:relative;z-index:1}
h1,h2,h3,h4,h5,figcaption,caption,table,nav,.meta,.subtitle,.attribution,.mark,.banner,.status{font-family:"Noto Sans",
"Segoe UI",Helvetica,Arial,sans-serif}
h1,h2,h3,h4,h5{color:var(--deep);line-height:1.2;margin:1.8em 0 .4em;break-after:avoid}
h1{font-size:2rem;margin:.8em 0 .2em}h2{font-size:1.4rem}h3{font-size:1.15rem}h4{font-size:1rem}
h5{font-size:1rem;font-weight:normal;font-style:italic}
p{margin:0 0 .7em;orphans:2;widows:2}
a{color:var(--link)}
sup{line-height:0;font-size:.7em}sup a{text-decoration:none}
img{max-width:100%%;height:auto}
.subtitle{font-size:1.15rem;color:var(--soft)}
.meta{font-size:.85rem;color:var(--soft);margin:0 0 .15em}
.lead{font-size:1.12em}
.mark{font-size:.8em;font-weight:bold}
.banner{text-align:right;margin:.6rem 0}
.banner span{display:inline-block;font-weight:bold;font-size:1rem;padding:.1em .45em;
color:%(banner)s;background:%(back)s}
.status{font-weight:bold;letter-spacing:.08em;color:var(--soft);margin:.4rem 0}
.watermark{position:fixed;inset:0;display:grid;place-items:center;margin:0;font:bold 24vmin "Noto Sans",sans-serif;
color:var(--pale);transform:rotate(-45deg);pointer-events:none;z-index:0;user-select:none}
blockquote{margin:1em 0;padding-inline-start:1em;border-inline-start:2px solid var(--line)}
blockquote p{margin-bottom:.35em}.original{color:var(--soft)}
.attribution{font-size:.85rem;color:var(--soft);overflow-wrap:anywhere}
figure{margin:1.2em 0;break-inside:avoid}figcaption,caption{font-size:.85rem;color:var(--soft);text-align:start}
caption{padding-bottom:.4em}
.wide{overflow-x:auto;margin:1.2em 0}
table{border-collapse:collapse;width:100%%;font-size:.9rem;border-block:1px solid var(--soft)}
th,td{padding:.35em .6em;text-align:start;vertical-align:top;border-top:1px solid var(--line)}
thead th{background:var(--tint);border-bottom:1px solid var(--soft)}
thead{display:table-header-group}tr{break-inside:avoid}
th p,td p{margin:0}
li>p{margin-bottom:.3em}
nav ol{list-style:none;padding:0;margin:0 0 1.5em}
.level-2{padding-inline-start:1.2em}.level-3{padding-inline-start:2.4em}
.source-entry{padding-inline-start:2.2em;text-indent:-2.2em;font-size:.95em;overflow-wrap:anywhere}
.source-entry .number{display:inline-block;min-width:2.2em;text-indent:0}
.notes{font-size:.88rem;border-top:1px solid var(--line);margin-top:2.5em;overflow-wrap:anywhere}
.notes li p{margin:0 0 .25em;display:inline}
@page{size:%(width)spt %(height)spt;margin:%(top)spt %(right)spt %(bottom)spt %(left)spt;
@bottom-left{content:"%(page)s";font:8pt "Noto Sans",sans-serif}%(boxes)s}
@media print{body{font-size:%(size)spt}main,body>footer,body>header{max-width:none;padding:0}a{color:inherit}
.new-page{break-before:page}.wide{overflow:visible}}
"""


def style_sheet(document: LayoutDocument) -> str:
    """The sheet for one document. It loads nothing."""
    page, banner = document.page, document.banner
    boxes = ""
    if banner:
        look = f'content:"{_string(banner.text)}";font:bold 12pt "Noto Sans",sans-serif;color:#000'
        boxes = f"@top-right{{{look}}}@bottom-right{{{look}}}"
    words = _string(document.words.page)
    counted = words.replace("{pages}", '" counter(pages) "').replace("{page}", '" counter(page) "')
    return _SHEET.strip() % {
        "deep": _colour(document.styles[Role.HEADING_1].colour, "#1f3a5f"),
        "banner": _colour(banner.colour if banner else "", "#ffffff"),
        "back": _colour(banner.background if banner else "", "#000000"),
        "width": f"{page.width:g}",
        "height": f"{page.height:g}",
        "top": f"{page.top:g}",
        "right": f"{page.right:g}",
        "bottom": f"{page.bottom:g}",
        "left": f"{page.left:g}",
        "size": f"{document.styles[Role.BODY].size:g}",
        "page": counted,
        "boxes": boxes,
    }


def _colour(text: str, otherwise: str) -> str:
    return text if _COLOUR.fullmatch(text) else otherwise


def _string(text: str) -> str:
    """``text`` inside a string of a style sheet: nothing in it can end the string, or the sheet."""
    return "".join(f"\\{ord(char):x} " if char in '"\\<>&\n\r\f' else char for char in text)
