"""The whole sample, laid out, as text: a change of the layout shows as a change of these files (`--regen`)."""

from collections.abc import Callable

import pytest

from briefing_app.layout.lay_out import LayoutOptions, lay_out
from briefing_app.layout.options import ExportOptions
from briefing_app.model.template import CitationStyle
from tests.layout.describe import describe
from tests.samples import DATE, full_briefing

Golden = Callable[[str, str], None]


@pytest.mark.parametrize("style", ["footnotes", "endnotes", "sources", "none"])
def test_full_briefing(style: CitationStyle, golden: Golden) -> None:
    document = lay_out(full_briefing(), LayoutOptions(date=DATE, form=ExportOptions(citations=style)))
    golden(f"layout/golden/{style}.txt", describe(document))
