"""The named style of each role, as Word's users find it in the list of styles."""

from __future__ import annotations

from briefing_app.layout.document import Role

# role -> (style id, name); names that Word knows get its own translations and behaviour
STYLE_NAMES: dict[Role, tuple[str, str]] = {
    Role.TITLE: ("Title", "Title"),
    Role.SUBTITLE: ("Subtitle", "Subtitle"),
    Role.META: ("BriefingDetails", "Briefing Details"),
    Role.HEADING_1: ("Heading1", "heading 1"),
    Role.HEADING_2: ("Heading2", "heading 2"),
    Role.HEADING_3: ("Heading3", "heading 3"),
    Role.HEADING_4: ("Heading4", "heading 4"),
    Role.LEAD: ("Lead", "Lead"),
    Role.BODY: ("BodyText", "Body Text"),
    Role.LIST: ("ListParagraph", "List Paragraph"),
    Role.QUOTATION: ("Quote", "Quote"),
    Role.QUOTATION_ORIGINAL: ("QuoteOriginal", "Quote Original"),
    Role.ATTRIBUTION: ("QuoteAttribution", "Quote Attribution"),
    Role.TABLE_HEAD: ("TableHeading", "Table Heading"),
    Role.TABLE_CELL: ("TableText", "Table Text"),
    Role.CAPTION: ("Caption", "caption"),
    Role.CONTENTS_HEADING: ("TOCHeading", "TOC Heading"),
    Role.CONTENTS_1: ("TOC1", "toc 1"),
    Role.CONTENTS_2: ("TOC2", "toc 2"),
    Role.CONTENTS_3: ("TOC3", "toc 3"),
    Role.NOTE: ("FootnoteText", "footnote text"),
    Role.SOURCE_ENTRY: ("Bibliography", "Bibliography"),
    Role.HEADER: ("Header", "header"),
    Role.FOOTER: ("Footer", "footer"),
    Role.BANNER: ("MarkingBanner", "Marking Banner"),
}
HEADINGS = (Role.HEADING_1, Role.HEADING_2, Role.HEADING_3, Role.HEADING_4)
CONTENTS = (Role.CONTENTS_1, Role.CONTENTS_2, Role.CONTENTS_3)
LIST_LEVELS = 5  # Word has five styles of each kind of list
DEEPEST_LEVEL = 8  # and nine levels of numbering, counted from 0
STEP = 18.0  # points that each list level stands further in
UNNUMBERED_HEADING = "HeadingUnnumbered"  # of sources and notes, where the other headings are numbered
TABLE_STYLE = "BriefingTable"


def style_id(role: Role) -> str:
    return STYLE_NAMES[role][0]


def list_style_id(kind: str, depth: int) -> str:
    """The style of list paragraphs at ``depth`` from 0; ``kind`` is Bullet, Number or Continue."""
    level = min(depth + 1, LIST_LEVELS)
    return f"List{kind}{level if level > 1 else ''}"


def list_style_name(kind: str, level: int) -> str:
    return f"List {kind}{f' {level}' if level > 1 else ''}"
