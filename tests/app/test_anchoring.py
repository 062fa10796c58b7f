"""Passages of a briefing whose source was read anew: told, and taken over only when asked for."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from briefing_app.app.adding import add_passage
from briefing_app.app.anchoring import anchor_excerpts, anchor_file
from briefing_app.app.library_access import open_library
from briefing_app.app.session import Session
from briefing_app.app.starting import start_briefing
from briefing_app.library.library import Library
from briefing_app.library.store.packing import pack
from briefing_app.model.edit import Put
from briefing_app.model.excerpt import Translation, sha256_text, with_translation
from briefing_app.model.reading import Fields

TEXT = "Власти обвинили судно. Кабель перерезан ночью у маяка. Порт закрыт до утра."
QUOTE = "Кабель перерезан ночью у маяка."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def quoted(folder: Path, tmp_path: Path) -> tuple[Path, str]:
    """A briefing with one quoted passage, and the id of its source."""
    file = tmp_path / "b.briefing"
    start_briefing("narrative", "Cable", None, file)
    with open_library(folder, write=True) as library:
        source = library.add_text(TEXT, Fields(title="Кабель", language="ru"))
        add_passage(library, file, "Accusation", source.id, quote=QUOTE)
    return file, source.id


def _read_as(folder: Path, text: str) -> None:
    """Put another text in force, as reading the source anew does."""
    connection = sqlite3.connect(folder / "library.sqlite")
    with connection:
        connection.execute("UPDATE reading SET text = ?, text_sha256 = ?", (pack(text), sha256_text(text)))
        connection.execute("UPDATE source SET text_sha256 = ?", (sha256_text(text),))
    connection.close()


def _states(folder: Path, file: Path) -> list[str]:
    with open_library(folder, write=False) as library:
        return [one.state for one in anchor_excerpts(library, Session.open(file)[0].briefing)]


def test_the_text_as_it_was_has_nothing_to_tell(folder: Path, quoted: tuple[Path, str]) -> None:
    assert _states(folder, quoted[0]) == ["same"]


def test_a_moved_passage_is_told_and_taken_over_when_asked_for(folder: Path, quoted: tuple[Path, str]) -> None:
    file, source_id = quoted
    _read_as(folder, "НОВОСТИ\n\n" + TEXT)
    before = file.read_bytes()
    with open_library(folder, write=False) as library:
        (one,) = anchor_file(library, file, update=False)
        assert (one.state, file.read_bytes() == before) == ("moved", True)
        anchor_file(library, file, update=True)
        assert anchor_file(library, file, update=False) == ()
        excerpt = Session.open(file)[0].briefing.excerpts[0]
        assert library.text(source_id)[excerpt.start : excerpt.end] == QUOTE
        assert excerpt.text == QUOTE
        assert excerpt.is_intact


def test_changed_words_are_kept_in_the_note_with_the_translation(folder: Path, quoted: tuple[Path, str]) -> None:
    file, _ = quoted
    session, _ = Session.open(file)
    old = replace(session.briefing.excerpts[0], note="Check the hour.")
    session.do(Put(with_translation(old, Translation(text="The cable was cut at night.", language="en"))), "Translate")
    session.save()
    _read_as(folder, TEXT.replace("перерезан ночью", "перерезан на рассвете"))
    with open_library(folder, write=False) as library:
        before = file.read_bytes()
        anchor_file(library, file, update=True)  # places only: the words are the analyst's to accept
        assert file.read_bytes() == before
        (one,) = anchor_file(library, file, accept_changed=True)
    assert one.state == "changed"
    excerpt = Session.open(file)[0].briefing.excerpts[0]
    assert excerpt.text == "Кабель перерезан на рассвете у маяка."
    assert excerpt.is_intact
    assert excerpt.note == f"Check the hour.\nBefore the source was read again: “{QUOTE}”"
    assert excerpt.translation is not None


@pytest.mark.parametrize("text", ["Совсем другая новость о погоде и ветре.", ""])
def test_a_lost_passage_stays_as_it_was(folder: Path, quoted: tuple[Path, str], text: str) -> None:
    file, _ = quoted
    before = Session.open(file)[0].briefing.excerpts
    _read_as(folder, text)
    with open_library(folder, write=False) as library:
        (one,) = anchor_file(library, file, update=True, accept_changed=True)
    assert one.state == "lost"
    assert Session.open(file)[0].briefing.excerpts == before


def test_a_source_that_is_not_there_is_told(
    folder: Path, quoted: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    from briefing_app.cli.main import main

    file, source_id = quoted
    with Library.open(folder, write=True) as library:
        library.remove(source_id)
    assert main(["anchors", str(file), "--library", str(folder)]) == 0
    assert "not in this library: Кабель" in capsys.readouterr().out
