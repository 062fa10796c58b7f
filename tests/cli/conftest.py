"""The command line run in this process, as the analyst types it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from briefing_app.cli.main import main


@dataclass(frozen=True)
class Ran:
    """What a command gave: its exit code, its output, its messages."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: object) -> Ran:
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:  # argparse's own way to end with wrong use
            code = stop.code if isinstance(stop.code, int) else 1
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Ran(code, captured.out, captured.err)

    return run


ARTICLE = """<!doctype html><html lang="en"><head><title>Cable cut in the strait | The Northern Ledger</title>
<meta property="og:title" content="Cable cut in the strait"><meta property="og:site_name" content="The Northern Ledger">
<meta property="article:published_time" content="2026-11-03T08:00:00Z"><meta name="author" content="Ada Lind">
<link rel="canonical" href="https://ledger.example/cable"></head><body><nav>Home News</nav><article>
<h1>Cable cut in the strait</h1>
<p>The cable between Norvik and Estmark was cut on Monday night, the operator said in a statement. Traffic was
rerouted within the hour and most customers noticed nothing at all, it added.</p>
<p>Officials in Norvik accused a foreign survey ship of dragging its anchor across the line for eleven miles. The
ship's owner denies that and says that its transponder was switched on throughout the night.</p>
<p>Repairs will take two weeks if the weather holds, according to the company that owns the only cable ship within
reach of the strait, which is due to sail on Thursday.</p></article><footer>Cookies</footer></body></html>"""

RUSSIAN = """Кабель в проливе повреждён

Власти Норвика заявили, что кабель был перерезан в ночь на вторник. Министерство отвергло обвинения и назвало их
необоснованными.

Эксперты считают, что ремонт займёт не менее двух недель.
"""

MAIL = (
    "From: Jon Berg <jon@ledger.example>\r\nTo: desk@example.org\r\nSubject: Cable: what we know\r\n"
    "Date: Tue, 03 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    "Colleagues,\r\n\r\nThe repair ship sails on Thursday. The insurer has asked for the logs of the survey ship.\r\n"
)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A folder of saved articles, in three formats and two languages, with two files that cannot be read."""
    folder = tmp_path / "saved articles"
    (folder / "deeper").mkdir(parents=True)
    (folder / "cable.html").write_text(ARTICLE, encoding="utf-8")
    (folder / "deeper" / "кабель.txt").write_text(RUSSIAN, encoding="cp1251")
    (folder / "deeper" / "mail.eml").write_bytes(MAIL.encode())
    (folder / "copy of cable.html").write_text(ARTICLE, encoding="utf-8")
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 not a whole archive")
    return folder


@pytest.fixture
def library(tmp_path: Path, saved: Path, run: Run) -> Path:
    """A library with the saved articles in it."""
    folder = tmp_path / "library"
    assert run("import", saved, "--library", folder, "--json").code == 0
    return folder
