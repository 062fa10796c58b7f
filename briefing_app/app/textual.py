"""A briefing as plain text with the numbers that its exports have."""

from __future__ import annotations

from briefing_app.app.dates import now
from briefing_app.export.text import write_text
from briefing_app.layout.lay_out import LayoutOptions, lay_out
from briefing_app.model.briefing import Briefing


def briefing_text(briefing: Briefing) -> str:
    """The words of the briefing in order, with numbered citations, and notes and sources at the end."""
    return write_text(lay_out(briefing, LayoutOptions(date=now())))
