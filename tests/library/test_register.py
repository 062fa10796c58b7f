"""The register of editions: nothing is written over, nothing is half there, and what is read is proved."""

from __future__ import annotations

import hashlib
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.errors import StorageError
from briefing_app.library.register.record import EditionRecord, ExportRecord, dump_record, load_record
from briefing_app.library.register.register import EditionTaken, Register

AT = "2026-11-25T09:00:00+01:00"


def record_of(data: bytes, edition: int = 1, *, briefing_id: str = "n01", title: str = "Порт Вельск") -> EditionRecord:
    return EditionRecord(
        briefing_id=briefing_id,
        edition=edition,
        title=title,
        issued_at=AT,
        marking="TLP:GREEN",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        exports=(ExportRecord(name="مرفأ.pdf", sha256="0" * 64, size=3),),
    )


def test_editions_are_kept_and_never_written_over(tmp_path: Path) -> None:
    register = Register(tmp_path / "library")
    assert register.editions("n01").records == ()
    for number, data in ((1, b"first"), (2, b"second"), (3, b"first")):
        register.add(record_of(data, number), data)
    with pytest.raises(EditionTaken):
        register.add(record_of(b"other", 2), b"other")
    found = register.editions("n01")
    assert [register.read(one) for one in found.records] == [b"first", b"second", b"first"]
    assert (found.last, found.problems) == (3, ())
    assert register.editions("n02").records == ()
    assert register.briefing_ids() == ("n01",)


@given(st.text(max_size=30).filter(lambda text: "\ud800" not in text))
def test_a_row_is_read_as_it_was_written(text: str) -> None:
    record = replace(record_of(b"x", title=text), note=text, briefing_id=text or "x")
    assert load_record(dump_record(record)) == record


@pytest.mark.parametrize("id", ["../../outside", "", "CON", "a/b", "Ж" * 300, "x" * 300, "\x00"])
def test_the_id_of_a_file_names_no_path(tmp_path: Path, id: str) -> None:
    register = Register(tmp_path / "library")
    register.add(record_of(b"data", briefing_id=id), b"data")
    assert [one.briefing_id for one in register.editions(id).records] == [id]
    assert [one.name for one in tmp_path.iterdir()] == ["library"]


def test_what_was_changed_is_not_read(tmp_path: Path) -> None:
    register = Register(tmp_path)
    register.add(record := record_of(b"data"), b"data")
    (frozen,) = (tmp_path / "register" / "frozen").rglob("*.briefing")
    assert not stat.S_IMODE(frozen.stat().st_mode) & 0o222
    frozen.chmod(0o644)
    frozen.write_bytes(b"dat4")
    with pytest.raises(StorageError, match="was changed since it was issued"):
        register.read(record)
    frozen.unlink()
    with pytest.raises(StorageError, match="is missing from the register"):
        register.read(record)
    register.add(record_of(b"data", 2), b"data")  # the same bytes again mend it
    assert register.read(record) == b"data"


@pytest.mark.parametrize(
    "row", [b"", b"{}", b"\xff", b"[" * 100_000, b'{"format": "briefing-edition", "version": 2}', dump_record]
)
def test_a_damaged_row_is_told_and_keeps_its_number(tmp_path: Path, row: object) -> None:
    register = Register(tmp_path)
    for number in (1, 2):
        register.add(record_of(b"data", number), b"data")
    path = tmp_path / "register" / "editions" / "n01" / "0002.json"
    path.chmod(0o644)
    path.write_bytes(row if isinstance(row, bytes) else dump_record(record_of(b"data", 7)))
    found = register.editions("n01")
    assert [one.edition for one in found.records] == [1]
    assert (len(found.problems), found.last) == (1, 2)
    with pytest.raises(EditionTaken):
        register.add(record_of(b"new", 2), b"new")


KILLED = """
import os, sys
left = int(sys.argv[2])
def count(event, args):
    global left
    if event.split(".")[0] == "os" or event == "open":
        if sys.argv[1] in str(args[0]):
            left -= 1
            if left < 0:
                os._exit(9)
from pathlib import Path
from tests.library.test_register import record_of
from briefing_app.library.register.register import Register
sys.addaudithook(count)
Register(Path(sys.argv[1])).add(record_of(b"second", 2), b"second")
"""


def test_a_killed_process_leaves_an_edition_or_nothing(tmp_path: Path, repository: Path) -> None:
    """The process is killed before each of its calls to the system in turn."""
    for calls in range(60):
        library = tmp_path / str(calls)
        register = Register(library)
        register.add(record_of(b"first"), b"first")
        ended = subprocess.run(
            [sys.executable, "-c", KILLED, str(library), str(calls)], cwd=repository, check=False
        ).returncode
        found = register.editions("n01")
        assert found.problems == ()
        assert [register.read(one) for one in found.records] in ([b"first"], [b"first", b"second"])
        if found.last == 1:
            register.add(record_of(b"second", 2), b"second")
        assert [one.edition for one in register.editions("n01").records] == [1, 2]
        if ended == 0:
            assert calls > 8
            return
    pytest.fail("the process made more calls than this test kills")
