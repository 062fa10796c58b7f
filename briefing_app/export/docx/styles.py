"""The styles part: our own base, with a named and editable style for every role."""

from __future__ import annotations

from briefing_app.export.docx.names import (
    CONTENTS,
    HEADINGS,
    LIST_LEVELS,
    STEP,
    STYLE_NAMES,
    TABLE_STYLE,
    UNNUMBERED_HEADING,
    list_style_id,
    list_style_name,
)
from briefing_app.export.docx.numbering import BULLETS, HEADING_NUMBERS, NUMBERS
from briefing_app.export.docx.scripts import word_language
from briefing_app.export.docx.xml import alignment, colour, look, part, spacing, twips
from briefing_app.layout.directions import language_direction
from briefing_app.layout.document import LayoutDocument, Role, Style, counts_lines
from briefing_app.layout.pages import text_width

_HANGING = 22.0  # points; the numbers of sources stand out to the left
_QUICK = "<w:qFormat/>"
_RULE, _HAIR, _TINT = "8A94A3", "D5DAE1", "EEF1F5"
_LINK = "1F4E9E"
_FOLLOWED_BY_BODY = {Role.TITLE, Role.SUBTITLE, *HEADINGS}


def styles_part(document: LayoutDocument, numbered: bool) -> bytes:
    """The whole part; ``numbered`` gives headings their multilevel numbering."""
    styles = document.styles
    content = [_defaults(document), _latent(), _normal(styles[Role.BODY]), _character_default(), _lists_default()]
    for role in Role:
        content.append(_paragraph_style(role, styles[role], document, numbered))
    content.extend(
        _linked_character(role, styles[role]) for role in (*HEADINGS, Role.TITLE, Role.SUBTITLE, Role.QUOTATION)
    )
    content.append(_endnote_text(styles[Role.NOTE]))
    content.append(_unnumbered_heading(styles[Role.HEADING_1], document))
    content.extend(_list_styles())
    content.extend(_characters())
    content.extend(_tables())
    return part("styles", "".join(content))


def _defaults(document: LayoutDocument) -> str:
    tag = document.properties.language
    language = word_language(tag) or "en-GB"
    backwards = language if language_direction(tag) == "rtl" else "ar-SA"
    body = document.styles[Role.BODY]
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{look(body)}"
        f'<w:lang w:val="{language}" w:eastAsia="zh-CN" w:bidi="{backwards}"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )


def _latent() -> str:
    """Word's own styles that we don't define stay out of the way."""
    return (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0" '
        'w:defUnhideWhenUsed="0" w:defQFormat="0" w:count="376"/>'
    )


def _normal(body: Style) -> str:
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"{_QUICK}<w:pPr><w:widowControl/>{spacing(body)}</w:pPr></w:style>"
    )


def _character_default() -> str:
    return (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    )


def _lists_default() -> str:
    return (
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )


def _paragraph_style(role: Role, style: Style, document: LayoutDocument, numbered: bool) -> str:
    id, name = STYLE_NAMES[role]
    custom = "" if name in _WORDS_OWN else ' w:customStyle="1"'
    following = '<w:next w:val="BodyText"/>' if role in _FOLLOWED_BY_BODY else ""
    link = f'<w:link w:val="{id}Char"/>' if role in _LINKED else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/>{following}{link}<w:uiPriority w:val="{_priority(role)}"/>{_QUICK}'
        f"<w:pPr>{_paragraph_properties(role, style, document, numbered)}</w:pPr>"
        f"<w:rPr>{look(style)}</w:rPr></w:style>"
    )


def _priority(role: Role) -> int:
    return 10 if role in _FOLLOWED_BY_BODY else 20


def _paragraph_properties(role: Role, style: Style, document: LayoutDocument, numbered: bool) -> str:
    level = HEADINGS.index(role) if role in HEADINGS else None
    keep = "<w:keepNext/>" if style.keep_with_next or role is Role.TABLE_HEAD else ""
    lines = "<w:keepLines/>" if level is not None or role in _KEPT_WHOLE else ""
    number = ""
    if level is not None and numbered:
        number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{HEADING_NUMBERS}"/></w:numPr>'
    outline = f'<w:outlineLvl w:val="{level}"/>' if level is not None else ""
    uncounted = "<w:suppressLineNumbers/>" if document.line_numbers and not counts_lines(role) else ""
    return (
        f"{keep}{lines}{number}{uncounted}{_border(role)}{_tabs(role, style, document)}{spacing(style)}"
        f"{_indent(role, style)}{alignment(style)}{outline}"
    )


def _border(role: Role) -> str:
    if role in (Role.QUOTATION, Role.QUOTATION_ORIGINAL, Role.ATTRIBUTION):
        return f'<w:pBdr><w:left w:val="single" w:sz="12" w:space="10" w:color="{_HAIR}"/></w:pBdr>'
    return ""


def _tabs(role: Role, style: Style, document: LayoutDocument) -> str:
    width = twips(text_width(document.page))
    if role in CONTENTS:
        place = twips(style.indent + number_width(role))
        return (
            f'<w:tabs><w:tab w:val="left" w:pos="{place}"/>'
            f'<w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>'
        )
    if role in (Role.HEADER, Role.FOOTER):
        return f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    return ""


def number_width(role: Role) -> float:
    """The room that a contents entry's number takes, in points."""
    return {Role.CONTENTS_1: 18.0, Role.CONTENTS_2: 26.0}.get(role, 36.0)


def _indent(role: Role, style: Style) -> str:
    if role is Role.SOURCE_ENTRY:
        left, hanging = twips(style.indent + _HANGING), twips(_HANGING)
        return f'<w:ind w:left="{left}" w:hanging="{hanging}"/>'
    right = twips(style.indent) if role in _BOTH_SIDES else 0
    if not style.indent:
        return ""
    return f'<w:ind w:left="{twips(style.indent)}"' + (f' w:right="{right}"/>' if right else "/>")


def _linked_character(role: Role, style: Style) -> str:
    id, name = STYLE_NAMES[role]
    shown = f"{name[0].upper()}{name[1:]} Char"
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{id}Char"><w:name w:val="{shown}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:link w:val="{id}"/><w:uiPriority w:val="{_priority(role)}"/>'
        f"<w:rPr>{look(style)}</w:rPr></w:style>"
    )


def _endnote_text(note: Style) -> str:
    return (
        '<w:style w:type="paragraph" w:styleId="EndnoteText"><w:name w:val="endnote text"/>'
        f'<w:basedOn w:val="Normal"/><w:uiPriority w:val="20"/><w:pPr>{spacing(note)}{alignment(note)}</w:pPr>'
        f"<w:rPr>{look(note)}</w:rPr></w:style>"
    )


def _unnumbered_heading(style: Style, document: LayoutDocument) -> str:
    """A first-level heading that no numbering counts."""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{UNNUMBERED_HEADING}">'
        '<w:name w:val="Heading Unnumbered"/><w:basedOn w:val="Normal"/><w:next w:val="BodyText"/>'
        f'<w:uiPriority w:val="10"/>{_QUICK}'
        f"<w:pPr>{_paragraph_properties(Role.HEADING_1, style, document, numbered=False)}</w:pPr>"
        f"<w:rPr>{look(style)}</w:rPr></w:style>"
    )


def _list_styles() -> list[str]:
    """Five levels of bullets, of numbers, and of the paragraphs that go on inside an item."""
    styles = []
    for level in range(1, LIST_LEVELS + 1):
        for kind, number in (("Bullet", BULLETS), ("Number", NUMBERS), ("Continue", 0)):
            id, name = list_style_id(kind, level - 1), list_style_name(kind, level)
            inside = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{number}"/></w:numPr>'
            if not number:
                inside = f'<w:ind w:left="{twips(level * STEP)}"/>'
            styles.append(
                f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>'
                f'<w:basedOn w:val="ListParagraph"/><w:uiPriority w:val="20"/>{_QUICK if level == 1 else ""}'
                f"<w:pPr>{inside}</w:pPr></w:style>"
            )
    return styles


def _characters() -> list[str]:
    raised = '<w:vertAlign w:val="superscript"/>'
    looks = (
        ("FootnoteReference", "footnote reference", raised, ""),
        ("EndnoteReference", "endnote reference", raised, ""),
        ("Hyperlink", "Hyperlink", f'<w:color w:val="{_LINK}"/><w:u w:val="single"/>', ""),
        ("PortionMark", "Portion Mark", "<w:b/><w:bCs/>", ' w:customStyle="1"'),
    )
    return [
        f'<w:style w:type="character"{custom} w:styleId="{id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="30"/><w:rPr>{inside}</w:rPr></w:style>'
        for id, name, inside, custom in looks
    ]


def _tables() -> list[str]:
    margins = (
        '<w:tblCellMar><w:top w:w="{0}" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="{0}" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
    )
    rule = '<w:{0} w:val="single" w:sz="{1}" w:space="0" w:color="{2}"/>'
    borders = rule.format("top", 8, _RULE) + rule.format("bottom", 8, _RULE) + rule.format("insideH", 4, _HAIR)
    head = f"<w:tcBorders>{rule.format('bottom', 8, _RULE)}</w:tcBorders>"
    return [
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{margins.format(0)}</w:tblPr></w:style>',
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}"><w:name w:val="Briefing Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="20"/>{_QUICK}'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders>{margins.format(60)}</w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr>{head}'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{colour(_TINT)}"/></w:tcPr></w:tblStylePr></w:style>',
    ]


_KEPT_WHOLE = (Role.TITLE, Role.SUBTITLE, Role.CAPTION, Role.ATTRIBUTION, Role.NOTE)
_BOTH_SIDES = (Role.QUOTATION, Role.QUOTATION_ORIGINAL, Role.ATTRIBUTION)
_LINKED = (*HEADINGS, Role.TITLE, Role.SUBTITLE, Role.QUOTATION)
_WORDS_OWN = {
    name
    for role, (_, name) in STYLE_NAMES.items()
    if role
    not in (
        Role.META,
        Role.LEAD,
        Role.QUOTATION_ORIGINAL,
        Role.ATTRIBUTION,
        Role.TABLE_HEAD,
        Role.TABLE_CELL,
        Role.BANNER,
    )
}
