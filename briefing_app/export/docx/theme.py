"""The theme part: the fonts and colours that Word offers first when somebody goes on writing."""

from __future__ import annotations

from briefing_app.export.docx.xml import FACES, A, plain_part

_COLOURS = (
    ("dk1", "1A1A1A"),
    ("lt1", "FFFFFF"),
    ("dk2", "1F3A5F"),
    ("lt2", "EEF1F5"),
    ("accent1", "1F4E9E"),
    ("accent2", "3F7D6E"),
    ("accent3", "B07A2A"),
    ("accent4", "8A3B4A"),
    ("accent5", "5B5A8C"),
    ("accent6", "5A6470"),
    ("hlink", "1F4E9E"),
    ("folHlink", "5B5A8C"),
)
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def theme_part() -> bytes:
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS)
    lines = "".join(f'<a:ln w="{width}">{_FILL}<a:prstDash val="solid"/></a:ln>' for width in (6350, 12700, 19050))
    return plain_part(
        f'<a:theme xmlns:a="{A}" name="Briefing"><a:themeElements><a:clrScheme name="Briefing">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Briefing">{_face("majorFont", FACES["sans"])}{_face("minorFont", FACES["serif"])}'
        f'</a:fontScheme><a:fmtScheme name="Briefing"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{lines}</a:lnStyleLst><a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def _face(name: str, face: str) -> str:
    return f'<a:{name}><a:latin typeface="{face}"/><a:ea typeface=""/><a:cs typeface=""/></a:{name}>'
