"""The watermark: words across the page behind the text, drawn in the header, as Word draws its own."""

from __future__ import annotations

from briefing_app.export.docx.xml import FACES, run, value
from briefing_app.layout.document import Page

_V, _O = "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office"
_COLOUR = "#D9DDE3"
_WIDE, _HIGH = 0.92, 0.32  # the words' length of the text's width, and their height of their length


def watermark(words: str, page: Page, number: int) -> str:
    """A run with ``words`` from corner to corner; ``number`` is the header's, for ids of its own."""
    width = (page.width - page.left - page.right) * _WIDE
    place = (
        f"position:absolute;margin-left:0;margin-top:0;width:{width:.0f}pt;height:{width * _HIGH:.0f}pt;"
        "rotation:315;z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        "mso-position-vertical-relative:margin"
    )
    return run(
        "",
        f'<w:pict><v:shapetype xmlns:v="{_V}" xmlns:o="{_O}" id="_x0000_t136" coordsize="21600,21600" o:spt="136" '
        'adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>'
        '<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>'
        '<v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
        '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" '
        'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape xmlns:v="{_V}" xmlns:o="{_O}" id="PowerPlusWaterMarkObject{number}" '
        f'o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" alt="{value(words)}" style="{place}" '
        f'o:allowincell="f" fillcolor="{_COLOUR}" stroked="f">'
        f'<v:textpath style="font-family:&quot;{FACES["sans"]}&quot;;font-size:1pt" string="{value(words)}"/>'
        "</v:shape></w:pict>",
    )
