"""The plain text of a layout."""

from hypothesis import given
from hypothesis import strategies as st

from briefing_app.export.text import write_text
from briefing_app.layout.lay_out import lay_out
from briefing_app.model.briefing import Briefing
from tests.export_options import options_of
from tests.samples import briefing_of, full_briefing, paragraph


def text_of(briefing: Briefing, **options: object) -> str:
    return write_text(lay_out(briefing, options_of(**options)))


def test_the_whole_sample(golden: object) -> None:
    golden("export/golden/full.txt", text_of(full_briefing()))  # type: ignore[operator]


def test_sources_are_listed_by_number() -> None:
    text = text_of(full_briefing(), citations="sources")
    assert "\n\nSources\n\n[1] Ann Marsh and Josef Lind, “Velsk shuts its port”" in text
    assert "traffic will recover by mid-December, because insurers have begun to cut their rates.\u00a0[1]\n" in text


def test_a_marking_stands_at_both_ends() -> None:
    text = text_of(full_briefing())
    assert text.startswith("TLP:AMBER · Members only\n\n")
    assert text.endswith("\n\nTLP:AMBER · Members only\n")


paragraphs = st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])).filter(str.strip), min_size=1)


@given(paragraphs)
def test_a_drafts_text_comes_out_as_it_went_in(draft: list[str]) -> None:
    text = text_of(briefing_of(*(paragraph(f"p{n}", part) for n, part in enumerate(draft))))
    assert text == "\n\n".join(["Small", "Edition 1", "Part", *draft]) + "\n"
