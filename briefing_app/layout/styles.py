"""The look of each role: calm and bookish, serif text under sans headings; a template may change any of it."""

from __future__ import annotations

from dataclasses import fields, replace

from briefing_app.layout.document import Role, Style
from briefing_app.model.template import StyleSpec, Template

_INK = "#1A1A1A"
_DEEP = "#1F3A5F"  # headings: a dark blue that prints as near-black
_SOFT = "#5A6470"  # what stands beside the text: captions, attributions, running heads

_BODY = Style()
_HEADING = Style(font="sans", bold=True, colour=_DEEP, line_height=1.2, keep_with_next=True)
_BESIDE = Style(font="sans", size=8.5, colour=_SOFT, space_after=0.0, line_height=1.25)
_ENTRY = Style(font="sans", size=9.5, space_after=3.0, line_height=1.3)

_DEFAULTS: dict[Role, Style] = {
    Role.TITLE: replace(_HEADING, size=22.0, space_after=4.0, line_height=1.15),
    Role.SUBTITLE: replace(_HEADING, size=12.5, bold=False, colour=_SOFT, space_after=10.0, line_height=1.25),
    Role.META: replace(_BESIDE, size=9.0, space_after=2.0),
    Role.HEADING_1: replace(_HEADING, size=15.0, space_before=18.0, space_after=6.0),
    Role.HEADING_2: replace(_HEADING, size=12.0, space_before=14.0, space_after=4.0),
    Role.HEADING_3: replace(_HEADING, size=10.5, space_before=12.0, space_after=3.0),
    Role.HEADING_4: replace(_HEADING, size=10.0, bold=False, italic=True, space_before=10.0, space_after=3.0),
    Role.LEAD: replace(_BODY, size=11.5, space_after=8.0, line_height=1.4),
    Role.BODY: _BODY,
    Role.LIST: replace(_BODY, space_after=3.0),
    Role.QUOTATION: replace(_BODY, size=10.0, indent=20.0, space_after=4.0),
    Role.QUOTATION_ORIGINAL: replace(_BODY, size=9.5, indent=20.0, colour=_SOFT, space_after=4.0),
    Role.ATTRIBUTION: replace(_BESIDE, size=9.0, indent=20.0, space_after=9.0),
    Role.TABLE_HEAD: replace(_ENTRY, size=9.0, bold=True, space_after=0.0),
    Role.TABLE_CELL: replace(_ENTRY, size=9.0, space_after=0.0),
    Role.CAPTION: replace(_BESIDE, size=9.0, space_before=4.0, space_after=5.0),
    Role.CONTENTS_HEADING: replace(_HEADING, size=12.0, space_before=14.0, space_after=5.0),
    Role.CONTENTS_1: replace(_ENTRY, space_before=3.0, space_after=2.0),
    Role.CONTENTS_2: replace(_ENTRY, indent=14.0, space_after=2.0),
    Role.CONTENTS_3: replace(_ENTRY, size=9.0, indent=30.0, space_after=2.0),
    Role.NOTE: replace(_BODY, size=8.5, space_after=2.0, line_height=1.25),
    Role.SOURCE_ENTRY: replace(_BODY, size=9.5, space_after=4.0, line_height=1.3),
    Role.HEADER: _BESIDE,
    Role.FOOTER: _BESIDE,
    Role.BANNER: replace(_BESIDE, size=12.0, bold=True, align="end"),
}
_MINIMUM_BANNER = 12.0  # points; TLP 2.0


def resolve_styles(template: Template) -> dict[Role, Style]:
    """Every role's look, in the order of Role, with the template's overrides; unknown role names are left out."""
    styles = {role: _override(_DEFAULTS[role], template.styles.get(role.value)) for role in Role}
    banner = styles[Role.BANNER]
    styles[Role.BANNER] = replace(banner, size=max(_MINIMUM_BANNER, banner.size))
    return styles


def _override(style: Style, spec: StyleSpec | None) -> Style:
    if spec is None:
        return style
    values = {field.name: getattr(spec, field.name) for field in fields(spec)}
    return replace(style, **{name: value for name, value in values.items() if value is not None})
