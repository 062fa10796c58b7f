"""What a tool tip says of a place where a check has found something."""

from __future__ import annotations

from html import escape

from briefing_app.app.remarking import Remark


def tip_of(remarks: tuple[Remark, ...]) -> str:
    """What a tool tip says of a place, as rich text, which wraps; empty for none."""
    if not remarks:
        return ""
    return "<qt>" + "<br>".join(escape(remark.message) for remark in remarks) + "</qt>"
