"""Every PDF is PDF/UA-1 and PDF/A-2a, as veraPDF sees it, where that is installed (`make validate` installs it)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from briefing_app.export.pdf.writer import write_pdf
from briefing_app.layout.document import LayoutDocument, Properties, TextRun
from tests.export import validators
from tests.export.gallery import gallery
from tests.export.pdf_reading import document, heading, line
from tests.export.test_pdf_random import documents

pytestmark = pytest.mark.skipif(bool(validators.lacking_for_pdf()), reason=validators.lacking_for_pdf())


@pytest.fixture(scope="module")
def fonts(repository: Path) -> Path:
    return repository / "resources" / "fonts"


def test_the_gallery_complies(fonts: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.pdf" for name in gallery()]
    for file, laid in zip(files, gallery().values(), strict=True):
        file.write_bytes(write_pdf(laid, fonts).data)
    assert validators.pdf_faults(files) == []


def test_odd_characters_and_a_document_that_says_nothing_of_itself_comply(fonts: Path, tmp_path: Path) -> None:
    odd = "Port 港 \U0001f6a2 \ue000 a\u200cb\ufeffc\u00add\u2060e \u202ef\u202c ∑\u200d ✓\u200d \u2066x\u2069 \uffff"
    odd += "\ud800"
    nothing = Properties(
        title="", author="", subject="", organisation="", keywords="", language="no such", identifier="", date="x"
    )
    laid = document(line("p", odd), line("e"), heading("h", odd, 4), line("u", TextRun(odd, underline=True, url=odd)))
    bare = document(line("p", "x", language="not-a-language-of-any-kind"), header="", banner=None, properties=nothing)
    files = [tmp_path / "odd.pdf", tmp_path / "bare.pdf", tmp_path / "empty.pdf"]
    for file, one in zip(files, (laid, bare, document(properties=nothing)), strict=True):
        file.write_bytes(write_pdf(one, fonts).data)
    assert validators.pdf_faults(files) == []


def test_random_documents_comply(fonts: Path, tmp_path: Path) -> None:
    files: list[Path] = []

    @settings(max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(documents())
    def write(laid: LayoutDocument) -> None:
        files.append(tmp_path / f"{len(files)}.pdf")
        files[-1].write_bytes(write_pdf(laid, fonts).data)

    write()
    assert validators.pdf_faults(files) == []
