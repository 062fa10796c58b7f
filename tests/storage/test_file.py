"""The ``.briefing`` file: what is saved is what is opened, and nothing is ever half written or silently wrong."""

from __future__ import annotations

import errno
import io
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from briefing_app.errors import ChangedOnDisk, NewerVersion, StorageError
from briefing_app.model.block import Table
from briefing_app.model.briefing import Briefing
from briefing_app.storage.codec import decode, encode, inspect, schema
from briefing_app.storage.file import load, read_state, save
from briefing_app.storage.migrations.registry import MIGRATIONS
from tests import strategies
from tests.samples import full_briefing

relaxed = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


def repacked(data: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The package with its parts changed, as another program would write it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def changed(change: Callable[[dict[str, bytes]], object]) -> bytes:
    return repacked(encode(full_briefing()), change)


def with_document(change: Callable[[dict[str, Any]], None], briefing: Briefing | None = None) -> bytes:
    def edit(parts: dict[str, bytes]) -> None:
        document = json.loads(parts["briefing.json"])
        change(document)
        parts["briefing.json"] = json.dumps(document).encode()

    return repacked(encode(briefing or full_briefing()), edit)


# --- what is saved is what is opened ------------------------------------------------------------------------------


@relaxed
@given(strategies.briefings())
def test_any_briefing_comes_back_and_always_as_the_same_bytes(briefing: Briefing) -> None:
    data = encode(briefing)
    assert decode(data, "b.briefing") == briefing
    assert encode(decode(data, "b.briefing")) == data


def test_a_full_briefing_is_saved_and_opened_without_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "Порт.briefing"
    state = save(full_briefing(), path)
    loaded = load(path)
    assert (loaded.briefing, loaded.state, loaded.problems) == (full_briefing(), state, ())
    assert state.size == path.stat().st_size
    assert [entry.name for entry in tmp_path.iterdir() if entry.suffix == ".tmp"] == []


def test_the_package_is_what_the_documentation_says() -> None:
    with zipfile.ZipFile(io.BytesIO(encode(full_briefing()))) as archive:
        names = archive.namelist()
        first = archive.infolist()[0]
        document = archive.read("briefing.json").decode("utf-8")
    assert names[:2] == ["mimetype", "briefing.json"]
    assert all(name.startswith("media/") and name.endswith(".png") for name in names[2:])
    assert len(names) == 4
    assert (first.compress_type, first.date_time) == (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0))
    assert document.startswith('{\n  "format": "briefing-composer",\n  "schema_version": 1,\n  "briefing": {')
    assert "Порт Вельск" in document, "readable without the product"
    assert '"data"' not in document


def test_the_published_schema_is_the_one_in_use(repository: Path) -> None:
    published = json.loads((repository / "docs" / "briefing.schema.json").read_text("utf-8"))
    assert published == schema(), "run: python packaging/make_schema.py"
    assert "data" not in published["$defs"]["Media"]["properties"]


# --- saving is all or nothing -------------------------------------------------------------------------------------


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "b.briefing"
    save(full_briefing(), path)
    return path


@pytest.mark.parametrize(
    ("call", "code", "words"),
    [
        ("fsync", errno.ENOSPC, "disk is full"),
        ("fsync", errno.EDQUOT, "disk is full"),
        ("open", errno.EACCES, "read-only"),
        ("open", errno.EROFS, "read-only"),
        ("fsync", errno.EIO, "Check the disk"),
    ],
)
def test_a_save_that_fails_leaves_the_old_file_whole_and_no_other(
    saved: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int, words: str
) -> None:
    old = saved.read_bytes()

    def fail(*arguments: object, **keywords: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patched:
        patched.setattr(os, call, fail)
        with pytest.raises(StorageError, match=words) as raised:
            save(full_briefing(id="other"), saved)
    assert str(saved) in raised.value.message
    assert raised.value.remedy
    assert saved.read_bytes() == old
    assert list(saved.parent.glob("*briefing*")) == [saved]
    assert not list(saved.parent.glob(".*.tmp"))


def test_a_file_that_another_changed_is_not_overwritten(saved: Path) -> None:
    state = read_state(saved)
    os.utime(saved)
    state = save(full_briefing(id="mine"), saved, expected=state)  # touched, but the same bytes
    save(full_briefing(id="theirs"), saved)
    with pytest.raises(ChangedOnDisk, match=r"b\.briefing"):
        save(full_briefing(id="mine"), saved, expected=state)
    assert load(saved).briefing.id == "theirs"
    saved.unlink()
    save(full_briefing(id="mine"), saved, expected=state)  # a file that is gone cannot be overwritten
    assert load(saved).briefing.id == "mine"


@pytest.mark.skipif(os.name == "nt", reason="permissions and links of POSIX")
def test_permissions_and_links_stay(saved: Path) -> None:
    saved.chmod(0o640)
    link = saved.with_name("link.briefing")
    link.symlink_to(saved.name)
    save(full_briefing(id="changed"), link)
    assert link.is_symlink()
    assert saved.stat().st_mode & 0o777 == 0o640
    assert load(saved).briefing.id == "changed"


def test_places_where_nothing_can_be_saved(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="does not exist"):
        save(full_briefing(), tmp_path / "none" / "b.briefing")
    with pytest.raises(StorageError, match="folder"):
        save(full_briefing(), tmp_path)


def test_what_could_not_be_opened_again_is_not_saved(saved: Path) -> None:
    broken = full_briefing()
    for wrong in (
        replace(broken.sections[0], heading=("not an inline",)),  # type: ignore[arg-type]
        replace(broken.sections[0], blocks=(Table("t", widths=(float("nan"),)),)),
    ):
        with pytest.raises(StorageError, match="Velsk"):
            save(replace(broken, sections=(wrong,)), saved)
    assert load(saved).briefing == full_briefing()


# --- files that are wrong -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"Dear all, please find attached", "not a briefing"),
        (encode(full_briefing())[:900], "cut off"),
        (encode(full_briefing())[:-1], "cut off"),
        (changed(lambda parts: parts.pop("briefing.json")), "no briefing.json"),
        (changed(lambda parts: parts.update({"briefing.json": b'{"a": '})), "no sound JSON"),
        (changed(lambda parts: parts.update({"briefing.json": b'{"a": NaN}'})), "NaN"),
        (changed(lambda parts: parts.update({"briefing.json": b"\xff\xfe{"})), "no sound JSON"),
        (changed(lambda parts: parts.update({"briefing.json": b"[" * 200_000})), "deeply"),
        (changed(lambda parts: parts.update({"briefing.json": b'{"a":1,"a":2}'})), "twice"),
        (changed(lambda parts: parts.update({"briefing.json": b"[]"})), "format"),
        (changed(lambda parts: parts.update({"../../evil": b""})), "evil"),
        (changed(lambda parts: parts.update({"/etc/x": b""})), "etc"),
        (changed(lambda parts: parts.update({"a\\..\\b": b""})), "trust"),
        (changed(lambda parts: parts.update({f"media/{n}": b"" for n in range(5001)})), "parts"),
        (with_document(lambda document: document["briefing"]["meta"].update(edition="2")), "whole number"),
        (with_document(lambda document: document["briefing"]["meta"].update(colour="red")), "does not know"),
        (with_document(lambda document: document["briefing"].pop("id")), "is missing"),
        (with_document(lambda document: document["briefing"]["sections"][1]["blocks"][0].update(type="poem")), "poem"),
        (with_document(lambda document: document.update(schema_version="1")), "schema_version"),
        (with_document(lambda document: document.update(schema_version=0)), "old kind"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_and_named(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "wrong.briefing"
    path.write_bytes(data)
    with pytest.raises(StorageError, match=words) as raised:
        load(path)
    assert "wrong.briefing" in raised.value.message
    assert raised.value.remedy
    assert path.read_bytes() == data


def test_the_place_of_a_wrong_value_is_told_in_words() -> None:
    def spoil(document: dict[str, Any]) -> None:
        document["briefing"]["sections"][1]["blocks"][0]["content"][0]["text"] = 4

    with pytest.raises(StorageError) as raised:
        decode(with_document(spoil), "b.briefing")
    assert "“sections” number 2, “blocks” number 1, “content” number 1, “text” must be text (found 4)" in str(
        raised.value
    )


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.briefing"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("briefing.json", "w") as stream:
        for _ in range(300):
            stream.write(bytes(1024 * 1024))
    with pytest.raises(StorageError, match="314,572,800"):
        load(path)


def test_a_file_of_a_newer_version_is_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "tomorrow.briefing"
    path.write_bytes(with_document(lambda document: document.update(schema_version=7, more="to come")))
    with pytest.raises(NewerVersion, match=r"tomorrow\.briefing.*7.*untouched"):
        load(path)


def test_an_old_file_goes_through_its_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    def lift(document: dict[str, Any]) -> dict[str, Any]:
        briefing = dict(document["briefing"])
        briefing["meta"] = {**briefing["meta"], "title": briefing.pop("headline")}
        return {**document, "briefing": briefing}

    def lower(document: dict[str, Any]) -> None:
        document["schema_version"] = 0
        document["briefing"]["headline"] = document["briefing"]["meta"].pop("title")

    monkeypatch.setitem(MIGRATIONS, 0, lift)
    assert decode(with_document(lower), "old.briefing") == full_briefing()


# --- damage that does not cost the briefing -----------------------------------------------------------------------


def test_an_altered_passage_is_opened_and_told() -> None:
    def forge(document: dict[str, Any]) -> None:
        excerpt = document["briefing"]["excerpts"][0]
        excerpt["text"] = excerpt["text"].replace("closed", "opened")

    found = inspect(with_document(forge), "b.briefing")
    assert not found.briefing.excerpts[0].is_intact
    (problem,) = found.problems
    assert "opened both berths" in problem
    assert "Velsk shuts its port" in problem
    assert "altered" in problem


def test_pictures_that_are_gone_or_changed_are_told_by_their_alternative_text() -> None:
    def spoil(parts: dict[str, bytes]) -> None:
        first, second = [name for name in parts if name.startswith("media/")]
        parts[first] = parts[first][:-1] + b"?"
        del parts[second]
        parts["notes.txt"] = b"hello"

    found = inspect(repacked(encode(full_briefing()), spoil), "b.briefing")
    assert found.briefing.media == ()
    assert found.briefing.sections == full_briefing().sections
    told = " ".join(found.problems)
    assert "Map of the harbour" in told
    assert "Ships a day" in told
    assert "notes.txt" in told


def test_what_is_cited_and_not_there_and_ids_that_stand_twice_are_told() -> None:
    def spoil(document: dict[str, Any]) -> None:
        briefing = document["briefing"]
        briefing["excerpts"] = [one for one in briefing["excerpts"] if one["id"] != "e-closed"]
        briefing["sources"] = [one for one in briefing["sources"] if one["id"] != "s-memo"]
        briefing["sections"].append(briefing["sections"][0])

    found = inspect(with_document(spoil), "b.briefing")
    told = " ".join(found.problems)
    assert "e-closed" in told
    assert "Bookings for December" in told
    ids = strategies.all_ids(found.briefing)
    assert len(ids) == len(set(ids))
    assert inspect(encode(found.briefing), "b.briefing").briefing == found.briefing
