"""The recovery journal: whatever moment a process dies at, the edits up to it come back."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing_app.errors import StorageError
from briefing_app.model.briefing import Briefing
from briefing_app.model.edit import Batch, Edit, Insert, Put, Remove, SetMeta, SetText, apply
from briefing_app.model.inline import Text
from briefing_app.storage.file import save
from briefing_app.storage.journal import Journal
from briefing_app.storage.recovery import find_recoverable
from tests import strategies
from tests.samples import briefing_of, full_briefing, media_of, meta, paragraph, png

relaxed = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def killed(folder: Path, briefing: Briefing, edits: list[Edit], path: Path | None = None) -> Path:
    """The journal that a process leaves behind which dies after these edits."""
    journal = Journal.start(folder, briefing, path, None, sync_after=None)
    for edit in edits:
        journal.record(edit)
    assert journal.problem is None
    journal.close(discard=False)
    return journal.place


@relaxed
@given(strategies.histories())
def test_any_work_comes_back(history: tuple[Briefing, list[Edit], Briefing]) -> None:
    start, edits, end = history
    with tempfile.TemporaryDirectory() as name:
        killed(Path(name), start, edits)
        (found,) = find_recoverable(Path(name))
        assert (found.edits, found.problem, found.path) == (len(edits), "", None)
        assert found.restore() == (end, None)


@relaxed
@given(strategies.histories(), st.data())
def test_a_journal_cut_anywhere_gives_the_edits_before_the_cut(
    history: tuple[Briefing, list[Edit], Briefing], data: st.DataObject
) -> None:
    start, edits, _ = history
    with tempfile.TemporaryDirectory() as name:
        journal = killed(Path(name), start, edits) / "journal"
        whole = journal.read_bytes()
        header = whole.index(b"\n") + 1
        cut = data.draw(st.integers(header, len(whole)))
        journal.write_bytes(whole[:cut])
        (found,) = find_recoverable(Path(name))
        survived = whole[header:cut].count(b"\n")
        assert (found.edits, found.problem) == (survived, "")
        expected = start
        for edit in edits[:survived]:
            expected = apply(expected, edit).briefing
        assert found.restore()[0] == expected


def test_damage_is_reported_and_not_raised(tmp_path: Path) -> None:
    edits: list[Edit] = [SetText("lead-1", (Text(word),)) for word in ("one", "two", "three", "four")]
    place = killed(tmp_path, full_briefing(), edits)
    whole = (place / "journal").read_bytes()

    (place / "journal").write_bytes(whole.replace(b'"two"', b'"TWO"'))
    (found,) = find_recoverable(tmp_path)
    assert found.edits == 1
    assert "last 3 edits are lost" in found.problem
    assert found.restore()[0] == apply(full_briefing(), edits[0]).briefing

    for content in (whole[:20], b"", b"\0" * 300):
        (place / "journal").write_bytes(content)
        (found,) = find_recoverable(tmp_path)
        assert (found.edits, found.title) == (0, "")
        assert "first line is damaged" in found.problem
        with pytest.raises(StorageError, match="recovery journal"):
            found.restore()
    found.discard()
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_start_is_reported(tmp_path: Path) -> None:
    place = killed(tmp_path, full_briefing(), [SetMeta(meta(edition=9))])
    (base,) = place.glob("base-*.json")
    base.write_bytes(base.read_bytes()[:500])
    (found,) = find_recoverable(tmp_path)
    assert found.problem
    base.unlink()
    (found,) = find_recoverable(tmp_path)
    assert found.problem


def test_the_living_are_left_alone_and_the_clean_leave_nothing(tmp_path: Path) -> None:
    journal = Journal.start(tmp_path, full_briefing(), None, None)
    journal.record(Remove("lead-1"))
    assert find_recoverable(tmp_path) == []
    journal.sync()
    journal.close()
    assert list(tmp_path.iterdir()) == []
    assert find_recoverable(tmp_path / "never made") == []


def test_a_process_that_is_killed_loses_nothing(tmp_path: Path, repository: Path) -> None:
    program = (
        "import os, sys, signal; from pathlib import Path; from tests.samples import full_briefing\n"
        "from briefing_app.storage.journal import Journal; from briefing_app.model.edit import Remove\n"
        "journal = Journal.start(Path(sys.argv[1]), full_briefing(), None, None)\n"
        "journal.record(Remove('lead-1')); journal.record(Remove('sit-1'))\n"
        "print('recorded', flush=True); sys.stdin.read(1); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=repository,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "recorded\n"
        assert find_recoverable(tmp_path) == [], "it lives"
        process.communicate("k")
    (found,) = find_recoverable(tmp_path)
    assert found.edits == 2
    restored, _ = found.restore()
    assert {node.id for node in full_briefing().walk()} - {node.id for node in restored.walk()} == {"lead-1", "sit-1"}


def test_a_new_picture_is_kept_once_and_comes_back(tmp_path: Path) -> None:
    picture = media_of(png(40, 30, 7))
    start = briefing_of(paragraph("first", "text"), media=())
    insert = Insert("part", 0, paragraph("new", "text"))
    edits: list[Edit] = [Put(picture), Batch("again", (Put(picture), insert))]
    place = killed(tmp_path, start, edits)
    assert [path.name for path in (place / "media").iterdir()] == [picture.sha256]
    (found,) = find_recoverable(tmp_path)
    assert found.restore()[0].media == (picture,)


def test_work_that_is_in_its_file_is_nothing_to_recover(tmp_path: Path) -> None:
    path, folder = tmp_path / "b.briefing", tmp_path / "journals"
    edit = SetMeta(meta(title="New title"))
    state = save(apply(full_briefing(), edit).briefing, path)

    killed(folder, full_briefing(), [edit], path)  # killed between the save and the end of the journal
    assert find_recoverable(folder) == []
    assert list(folder.iterdir()) == []

    journal = Journal.start(folder, full_briefing(), path, None)
    journal.record(edit)
    journal.checkpoint(apply(full_briefing(), edit).briefing, state)
    journal.record(Remove("lead-1"))
    journal.close(discard=False)
    (found,) = find_recoverable(folder)
    assert (found.path, found.title, found.edits) == (path, "New title", 1)
    assert found.restore()[1] == state
    assert len(list(journal.place.glob("base-*"))) == 1


def test_restored_work_that_dies_again_without_an_edit_comes_back_again(tmp_path: Path) -> None:
    path, folder = tmp_path / "b.briefing", tmp_path / "journals"
    state = save(full_briefing(), path)
    unsaved = apply(full_briefing(), Remove("lead-1")).briefing
    Journal.start(folder, unsaved, path, state).close(discard=False)
    (found,) = find_recoverable(folder)
    assert found.restore() == (unsaved, state)


def test_a_full_disk_is_told_and_ends_with_the_next_save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal.start(tmp_path, full_briefing(), None, None, sync_after=0)

    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr("briefing_app.storage.journal.line", full)
        journal.record(Remove("lead-1"))
    assert journal.problem is not None
    assert "No space left" in str(journal.problem)
    journal.record(Remove("sit-1"))  # could not be replayed without the one before
    after = apply(full_briefing(), Remove("lead-1")).briefing
    journal.checkpoint(after, None)
    assert journal.problem is None
    journal.record(Remove("sit-2"))
    journal.close(discard=False)
    (found,) = find_recoverable(tmp_path)
    assert found.restore()[0] == apply(after, Remove("sit-2")).briefing


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageError, match="recovery journal"):
        Journal.start(tmp_path / "file", full_briefing(), None, None)
    shutil.rmtree(tmp_path)
