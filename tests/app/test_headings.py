"""A draft's heading finds its section in several languages, and a stranger finds none."""

from __future__ import annotations

import pytest

from briefing_app.app.headings import FITS, fit
from briefing_app.model.template import TemplateSection

SECTIONS = (
    TemplateSection(key="accusation", heading="Accusation", aliases=("Allegation", "Обвинение", "الاتهام")),
    TemplateSection(key="posture", heading="Western posture", aliases=("Military support", "Позиция Запада")),
    TemplateSection(key="outlook", heading="Implications", aliases=("Outlook", "Conséquences", "Последствия")),
)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Accusations from the Kremlin", "accusation"),
        ("ALLEGATIONS", "accusation"),
        ("Western Military Support for Ukraine", "posture"),
        ("Russian Perspectives and Global Implications", "outlook"),
        ("Обвинения Кремля", "accusation"),
        ("Позиция стран Запада", "posture"),
        ("Последствия", "outlook"),
        ("consequences", "outlook"),
        ("الاتهام", "accusation"),
    ],
)
def test_the_best_fit_is_the_right_section(heading: str, key: str) -> None:
    best = max(SECTIONS, key=lambda section: fit(heading, section))
    assert best.key == key
    assert fit(heading, best) >= FITS


@pytest.mark.parametrize("heading", ["Background", "Annex B", "", "…", "The and of", "История вопроса", "方法"])
def test_a_heading_of_something_else_fits_nowhere(heading: str) -> None:
    assert max(fit(heading, section) for section in SECTIONS) < FITS
