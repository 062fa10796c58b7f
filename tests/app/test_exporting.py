"""What holds an export back, and what --force does about it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefing_app.app import exporting
from briefing_app.app.exporting import ExportOrder, export_briefing
from briefing_app.errors import ExportError
from briefing_app.model.briefing import Briefing
from briefing_app.model.excerpt import Excerpt
from tests.samples import DATE, briefing_of, full_briefing, paragraph, template


def _altered(excerpt: Excerpt) -> Excerpt:
    return replace(excerpt, text=excerpt.text.replace("closed", "opened"))


def _held_back() -> list[tuple[str, Briefing]]:
    tampered = full_briefing()
    tampered = replace(tampered, excerpts=tuple(map(_altered, tampered.excerpts)))
    long = briefing_of(*(paragraph(f"p{n}", "Word " * 300) for n in range(9)))
    long = replace(long, template=template(page_limit=1, contents=False))
    unprintable = briefing_of(paragraph("p", "Written in \U00012000 cuneiform."))
    return [("altered after it was selected", tampered), ("its form allows 1", long), ("U+12000", unprintable)]


@pytest.mark.parametrize(("reason", "briefing"), _held_back(), ids=["tampered", "too-long", "unprintable"])
def test_an_error_holds_the_export_back_until_it_is_forced(tmp_path: Path, reason: str, briefing: Briefing) -> None:
    target = tmp_path / "out.pdf"
    target.write_bytes(b"what stood there")
    with pytest.raises(ExportError) as held:
        export_briefing(briefing, target, ExportOrder(date=DATE))
    assert reason in str(held.value)
    assert target.read_bytes() == b"what stood there"
    done = export_briefing(briefing, target, ExportOrder(date=DATE, force=True))
    assert target.read_bytes().startswith(b"%PDF")
    assert any(reason in finding.message for finding in done.findings)


@pytest.mark.parametrize("name", ["out.docx", "out.pdf"])
def test_a_file_that_fails_its_own_test_is_not_handed_over(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **options: object) -> None:
        raise ExportError("The export did not pass its own test.", problems=("Note 3 is missing.",))

    monkeypatch.setattr(exporting, "prove", fail)
    with pytest.raises(ExportError):
        export_briefing(full_briefing(), tmp_path / name, ExportOrder(date=DATE))
    assert list(tmp_path.iterdir()) == []
    done = export_briefing(full_briefing(), tmp_path / name, ExportOrder(date=DATE, force=True))
    assert any("Note 3 is missing." in finding.message for finding in done.findings)
