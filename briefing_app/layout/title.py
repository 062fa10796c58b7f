"""The title block: title, subtitle, and the lines that every form of briefing states."""

from __future__ import annotations

from briefing_app.layout.context import Context
from briefing_app.layout.document import Role, TextLine, TextRun
from briefing_app.layout.inlines import set_line
from briefing_app.layout.wording import readable_time

_BETWEEN = " · "


def title_block(context: Context) -> tuple[TextLine, ...]:
    """Title, subtitle, origin, reference and edition, cut-off time, period, distribution: each where it is given."""
    meta = context.briefing.meta
    edition = f"Edition {meta.edition}"
    lines = (
        ("title", Role.TITLE, meta.title),
        ("subtitle", Role.SUBTITLE, meta.subtitle),
        ("meta-origin", Role.META, _BETWEEN.join(filter(None, (meta.organisation, meta.author)))),
        ("meta-reference", Role.META, _BETWEEN.join(filter(None, (meta.reference, edition)))),
        ("meta-as-of", Role.META, f"Information as of {readable_time(meta.as_of)}" if meta.as_of else ""),
        ("meta-period", Role.META, f"Period: {meta.period}" if meta.period else ""),
        ("meta-distribution", Role.META, f"Distribution: {meta.distribution}" if meta.distribution else ""),
    )
    return tuple(
        set_line(TextLine(id, role, (TextRun(" ".join(text.split())),)), context)
        for id, role, text in lines
        if text.strip()
    )
