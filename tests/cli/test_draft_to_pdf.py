"""A draft laid into a form leaves as a PDF whose text, read by another program, is the draft word for word."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.corpus
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler's pdftotext is not installed")
def test_every_paragraph_of_the_seed_article_is_in_the_pdf_verbatim(run: Run, corpus: Path, tmp_path: Path) -> None:
    seed = corpus / "seed" / "000_55c245188ef25330.txt"
    briefing, pdf = tmp_path / "seed.briefing", tmp_path / "seed.pdf"
    made = run("new", "--template", "narrative", "--title", "Seed", "--from", seed, "-o", briefing)
    assert made.code == 0, made.err
    left = run("export", briefing, "-o", pdf, "--marking", "TLP:CLEAR")
    assert left.code == 0, left.err
    done = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True, text=True)
    found = " ".join(done.stdout.split())
    for paragraph in filter(None, map(str.strip, seed.read_text(encoding="utf-8").split("\n"))):
        assert " ".join(paragraph.split()) in found
